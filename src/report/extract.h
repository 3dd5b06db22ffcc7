// Extractions: the values of finished drafts, and their tally, as data files, tables and JSON.
#ifndef OD_REPORT_EXTRACT_H
#define OD_REPORT_EXTRACT_H

#include "engine/tally.h"
#include "report/print.h"

typedef struct od_record_place {
    od_position start, end;
    od_slice value; // in plain form, or as it stands there when it is no value of the field
} od_record_place;

// What a draft says of one field; see od_extracted.
typedef struct od_record_value {
    od_extract_state state;
    od_extract_change change;
    bool has_given;
    od_slice value, given;
    const od_slice *items;
    size_t item_count;
    const od_record_place *places;
    size_t place_count;
} od_record_value;

// What one draft says.
typedef struct od_record {
    od_slice path;
    const od_profile *profile;
    const od_record_value *values; // by field of the profile
} od_record;

// What is to be written.
typedef struct od_records {
    const od_record *items;
    size_t count;
    const od_tally *tally; // NULL: none; its drafts are `items`
    const od_report_options *options;
} od_records;

// Whether `field` is missing in a draft: it belongs there and is not said.
bool od_record_misses(const od_record *record, size_t field);

// One draft: a data file that `orgdraft fill -d` takes. Several: a list of such, which `fill --each`
// takes, each with its `path`; with a tally the list is `documents:` beside `tally:`.
void od_report_extract_yaml(od_buf *out, const od_records *records);

// JSON, version 1: values, places, missing and conflicts of each draft, and the tally.
void od_report_extract_json(od_buf *out, const od_records *records);

// CSV: one row a draft, its path and the fields of its profile in their order (of several profiles, those
// of the first and then what the others have more). The tally comes behind an empty line.
void od_report_extract_csv(od_buf *out, const od_records *records);

// Tables for people: one draft field by field with its places, several one a row.
void od_report_extract_table(od_buf *out, const od_records *records);
void od_report_extract_markdown(od_buf *out, const od_records *records);

// How one draft differs from the data, field by field.
void od_report_merge_table(od_buf *out, const od_records *records);
void od_report_merge_markdown(od_buf *out, const od_records *records);
void od_report_merge_csv(od_buf *out, const od_records *records);
void od_report_merge_json(od_buf *out, const od_records *records);
void od_report_merge_yaml(od_buf *out, const od_records *records);

// Appends the tally as a member of JSON, in one line a figure.
void od_report_tally_json(od_buf *out, const od_tally *tally);

// Appends the tally in tables for people, as Markdown or plainly.
void od_report_tally_text(od_buf *out, const od_tally *tally, const od_report_options *options,
                          bool markdown);

// Appends the tally as rows under the columns of a CSV: `fields` says which field each column holds,
// SIZE_MAX for none.
void od_report_tally_csv(od_buf *out, const od_tally *tally, const size_t *fields, size_t columns);

// Returns one line a person reads: why a number is an outlier.
od_slice od_tally_outlier_text(const od_tally *tally, const od_tally_outlier *outlier,
                               od_diagnostics *say);

#endif
