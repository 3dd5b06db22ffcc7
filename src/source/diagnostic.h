// Diagnostics: findings about a draft, and failures of operations, in the order they were met.
//
// Messages are written in both languages where they arise, side by side, so that neither is
// forgotten; the list's language picks one. Arguments are slices, put in for {1} to {9}.
#ifndef OD_SOURCE_DIAGNOSTIC_H
#define OD_SOURCE_DIAGNOSTIC_H

#include "source/rule.h"
#include "source/source.h"

// One message in both languages.
typedef struct od_text {
    const char *en, *zh;
} od_text;

// A growing list of diagnostics.
typedef struct od_diagnostics {
    od_arena *arena; // of the messages and the list
    od_language language;
    OD_ARRAY(od_diagnostic) found;
} od_diagnostics;

// Returns `text` in `language` with {1}..{9} replaced by `args`, white space in them folded to single
// spaces so that the message stays one line.
od_slice od_format(od_arena *arena, od_language language, od_text text, const od_slice *args,
                   size_t count);

// od_format in the language of `list`: od_say(list, OD_SAY("{1} blanks", "{1}处空白"), number).
#define OD_SAY(english, chinese) ((od_text){"" english, "" chinese})
#define od_say(list, ...) od_say_args((list), __VA_ARGS__, (od_slice){0})
#define od_say_args(list, text, ...)                                                  \
    od_format((list)->arena, (list)->language, (text), (const od_slice[]){__VA_ARGS__}, \
              sizeof((const od_slice[]){__VA_ARGS__}) / sizeof(od_slice) - 1)

// Adds a finding of `rule` at `span` with the rule's own severity; the caller may change that, or add
// related places and a fix, through the pointer, which lives until the next call.
od_diagnostic *od_diagnose(od_diagnostics *list, od_rule_id rule, const od_source *source,
                           od_span span, od_slice message);

// Adds a failure at `span` of `source`, which may be NULL for none.
void od_fail_at(od_diagnostics *list, const od_source *source, od_span span, od_slice message);

// Adds a failure about `path` as a whole: "PATH: MESSAGE".
void od_fail(od_diagnostics *list, const char *path, od_slice message);

// Gives a finding a fix of one edit.
void od_diagnostic_fix(od_diagnostics *list, od_diagnostic *diagnostic, od_slice title,
                       od_edit edit);

// Gives a finding another related place.
void od_diagnostic_relate(od_diagnostics *list, od_diagnostic *diagnostic, const od_source *source,
                          od_span span, od_slice message);

// Sorts by source, span start, span end, rule, and as they were found; findings about the whole file
// come first.
void od_diagnostics_sort(od_diagnostics *list);

#endif
