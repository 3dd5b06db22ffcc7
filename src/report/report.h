// Reports: what was found, written for people, editors and programs.
//
// Every function appends to a buffer and knows nothing of files or terminals, so that a report of
// many documents can be put together from the reports of each. Formats: design of the command line,
// version 1 of the JSON.
#ifndef OD_REPORT_REPORT_H
#define OD_REPORT_REPORT_H

#include "base/buf.h"

typedef struct od_report_options {
    od_language language;
    od_column_unit unit; // of columns in plain lines
    bool excerpt;        // text: the source line and a caret below each finding (a terminal)
    bool color;          // ANSI colours
} od_report_options;

// How many findings of each severity; sums of several documents are added up by the caller.
typedef struct od_report_counts {
    size_t files, errors, warnings, infos;
    size_t unchecked; // rules that lacked data
} od_report_counts;

// Adds the findings to `counts` (not `files`).
void od_report_count(od_report_counts *counts, const od_findings *findings);

// ---- check -------------------------------------------------------------------------------------

// Appends one line a finding, `path:line:col: severity: message [rule]`, with excerpts when wanted.
// A finding about the whole file has no line and column: `path: severity: …`. Control characters of
// the text come out as escapes.
void od_report_text(od_buf *out, const od_findings *findings, const od_report_options *options);

// Appends which rules of the profile were not checked, and for want of which fields: one line for all
// rules that lack the same.
void od_report_text_unchecked(od_buf *out, const od_findings *findings,
                              const od_report_options *options);

// Appends the closing line of a text report: what was found in how many files, and how many rules were
// not checked. Nothing found says so.
void od_report_text_summary(od_buf *out, const od_report_counts *counts,
                            const od_report_options *options);

// Appends the findings as items of the JSON array `diagnostics`, each closed by a comma. Ill-formed
// UTF-8 comes out as U+FFFD.
void od_report_json_items(od_buf *out, const od_findings *findings);

// Appends the rules that were not checked as items of the JSON array `unchecked`, each closed by a
// comma.
void od_report_json_unchecked(od_buf *out, const od_findings *findings);

// Appends the whole JSON document around `items` and `unchecked`, which is what the functions above
// wrote for all documents.
void od_report_json(od_buf *out, od_slice items, od_slice unchecked,
                    const od_report_counts *counts);

// Appends one line a failure, for standard error: `orgdraft: PATH:LINE:COLUMN: message`, without line
// and column where there are none.
void od_report_failures(od_buf *out, const od_findings *failures);

// ---- fields ------------------------------------------------------------------------------------

// The blanks of one document, as the formats of `orgdraft fields` take them.
typedef struct od_report_fields {
    const od_source *source;
    const od_fields *fields;
} od_report_fields;

// Appends the blanks of `count` documents: a table for people (columns aligned by display width), the
// JSON of the design, YAML of the same shape, or CSV (RFC 4180; a cell that a spreadsheet would take
// for a formula is kept from being one).
void od_report_fields_table(od_buf *out, const od_report_fields *documents, size_t count,
                            const od_report_options *options);
void od_report_fields_json(od_buf *out, const od_report_fields *documents, size_t count);
void od_report_fields_yaml(od_buf *out, const od_report_fields *documents, size_t count);
void od_report_fields_csv(od_buf *out, const od_report_fields *documents, size_t count);

// Appends the data file to fill in: each key once, in the order of the text, its value null (or what
// the data already gives), its clause and what is expected as a comment; keys that are unique only in
// a section are nested under it. `orgdraft fill` takes that file as it is.
void od_report_skeleton(od_buf *out, const od_report_fields *document,
                        const od_report_options *options);

// ---- differences -------------------------------------------------------------------------------

// Appends a unified diff (three lines of context; `\ No newline at end of file` where it applies) that
// patch(1) takes; nothing when `before` and `after` are equal. `edits` (sorted, against `before`) is
// how one became the other, so no search for differences is needed.
void od_report_diff(od_buf *out, const char *path, od_slice before, const od_edit *edits,
                    size_t edit_count, const od_report_options *options);

#endif
