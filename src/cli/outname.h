// Output names: the file name of each draft, by a pattern such as `out/{branch}-{row}.md`.
//
// `{name}` is what a row has for a column or field, `{row}` its number from 1, `{{` and `}}` are
// braces. A name that a value makes must stay where the pattern puts it and be a file name on every
// system that drafts are carried to.
#ifndef OD_CLI_OUTNAME_H
#define OD_CLI_OUTNAME_H

#include "source/diagnostic.h"

typedef struct od_name_part {
    od_slice text; // as it stands, or the name in braces
    bool is_slot;
} od_name_part;

typedef struct od_name_pattern {
    OD_ARRAY(od_name_part) parts;
} od_name_pattern;

// Reads a pattern; false, with `*why`, when it cannot be one.
bool od_name_pattern_read(od_diagnostics *log, const char *text, od_name_pattern *pattern,
                          od_slice *why);

// Whether a slot is the number of the row.
bool od_name_is_row(od_slice slot);

// Whether drafts of several rows have different names at all: the pattern has a slot.
bool od_name_pattern_varies(const od_name_pattern *pattern);

// Puts `values`, one for each slot in order, into the pattern. Returns the name, closed by a NUL, in
// the arena of `log`; with `*why` what is wrong with it, and `*slot` the slot (from 0) that is to blame.
od_slice od_name_make(od_diagnostics *log, const od_name_pattern *pattern, const od_slice *values,
                      od_slice *why, size_t *slot);

// Returns `name` as file systems know it that make no difference between cases.
od_slice od_name_fold(od_arena *arena, od_slice name);

#endif
