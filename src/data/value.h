// Values: what a YAML or JSON file says, each value with its place, scalars as they were written.
//
// A scalar keeps its text (`NO`, `010`, `1.10` and dates are not interpreted here): what a value *is*
// depends on the field that takes it; see datum.h.
#ifndef OD_DATA_VALUE_H
#define OD_DATA_VALUE_H

#include "source/diagnostic.h"

typedef enum od_value_kind { OD_NULL, OD_SCALAR, OD_SEQUENCE, OD_MAPPING } od_value_kind;

typedef struct od_entry od_entry;

typedef struct od_value {
    od_value_kind kind;
    bool quoted;    // scalar: written in quotes or as a block, so that `"null"` is a text
    bool number, boolean; // scalar: JSON number or YAML 1.2 core plain number; true or false likewise
    const od_source *source;
    od_span span;   // of the value in its file, quotes included
    od_slice text;  // scalar
    size_t count;   // items or entries
    const struct od_value *items; // sequence
    const od_entry *entries;      // mapping, in the order of the file, keys unique
} od_value;

struct od_entry {
    od_slice key;
    od_span key_span;
    od_value value;
};

// Returns the value of `key` in a mapping, or NULL.
const od_value *od_value_get(const od_value *mapping, od_slice key);

// As od_value_get for a NUL-closed key.
const od_value *od_value_at(const od_value *mapping, const char *key);

// Reads a plain `true` or `false`; returns `otherwise` for NULL or anything else.
bool od_value_bool(const od_value *value, bool otherwise);

// Reads a whole decimal number; false when the value is no such scalar or does not fit.
bool od_value_integer(const od_value *value, int64_t *number);

// Reads `source` (one YAML document, or nothing) into `*value`, all in `arena`.
//
// Follows YAML 1.1 as libyaml reads it, with the core schema of YAML 1.2 for null, numbers and
// booleans. Refused, each with its place: duplicate keys, more than one document, directives but
// %YAML, tags but the core ones, merge keys, an alias inside its own anchor, NUL characters, and
// what passes a limit (limits.h). `range` is the part of the source to read.
//
// Errors: OD_INVALID or OD_LIMIT, with one failure in `failures` at the exact place.
od_status od_yaml_read(od_arena *arena, const od_source *source, od_span range,
                       od_diagnostics *failures, od_value *value);

// Reads `source` as JSON (RFC 8259) into `*value`; numbers keep their text. A byte order mark is
// skipped. Duplicate keys are refused.
//
// Errors: as od_yaml_read.
od_status od_json_read(od_arena *arena, const od_source *source, od_diagnostics *failures,
                       od_value *value);

// As od_json_read for JSON Lines: values one after another, usually one a line, become the items of
// one sequence.
od_status od_json_lines_read(od_arena *arena, const od_source *source, od_diagnostics *failures,
                             od_value *value);

#endif
