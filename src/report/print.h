// Printing: text of drafts as it may be shown, and the words and colours that reports share.
//
// Drafts come from strangers: what a terminal would obey, and what nobody sees, comes out as an
// escape.
#ifndef OD_REPORT_PRINT_H
#define OD_REPORT_PRINT_H

#include "report/report.h"

// Appends `text` in one line: white space controls as one space, other control and hidden
// characters as `\x1B` or `\u202E`, bytes that are not UTF-8 as `\xE9`.
void od_print_text(od_buf *out, od_slice text);

// Returns how many cells of a terminal od_print_text needs for the one character `code` with the
// bytes `character`.
size_t od_print_width(uint32_t code, od_slice character);

// Returns how many cells od_print_text needs for `text`.
size_t od_print_text_width(od_slice text);

// Appends `text` as a JSON string in quotes (RFC 8259); control and hidden characters as escapes,
// bytes that are not UTF-8 as U+FFFD.
void od_print_json(od_buf *out, od_slice text);

// Appends `count` spaces.
void od_print_spaces(od_buf *out, size_t count);

// Returns the one of two texts that is in `language`.
static inline const char *od_print_pick(od_language language, const char *en, const char *zh) {
    return language == OD_CHINESE ? zh : en;
}

// Returns a severity as machines know it: "warning".
const char *od_print_severity(od_severity severity);

// Returns what a type is called for people, such as “whole number”.
const char *od_print_type(od_field_type type, od_language language);

// Returns an example of a value where the type alone does not say how it is written, else NULL.
const char *od_print_example(od_field_type type);

// Returns `unit` unless the type says the same: a month needs no 月 beside it.
od_slice od_print_unit(od_field_type type, od_slice unit);

// Appends `text` as a YAML scalar that reads back as that text: plain where nothing else could be
// read from it, else in quotes, what is hidden as an escape. With `numbers` a plain number stays
// plain.
void od_print_yaml(od_buf *out, od_slice text, bool numbers);

// Appends `text` as the key of a mapping, with its colon. `indent` is the column of the key.
void od_print_yaml_key(od_buf *out, od_slice text, size_t indent);

// Whether a reader could not see the character, or a terminal would obey it.
bool od_print_hidden(uint32_t code);

// ---- colours -----------------------------------------------------------------------------------

typedef enum od_color {
    OD_COLOR_NONE, // ends any other
    OD_COLOR_BOLD,
    OD_COLOR_DIM,
    OD_COLOR_ERROR,
    OD_COLOR_WARNING,
    OD_COLOR_INFO,
    OD_COLOR_ADDED,
    OD_COLOR_REMOVED,
} od_color;

// Appends the switch to `color`, when `options` wants colours.
void od_print_color(od_buf *out, const od_report_options *options, od_color color);

// Returns the colour of a severity.
od_color od_print_severity_color(od_severity severity);

#endif
