// CSV: records of cells (RFC 4180), each cell with its place.
//
// Cells may be in quotes, with line ends and doubled quotes in them; lines end in LF, CR LF or CR;
// a byte order mark is skipped. The delimiter is the comma, semicolon or tab that stands most often
// in the first record. A file is read record by record, and any record again from where it starts,
// so that no more than one is in memory.
#ifndef OD_DATA_CSV_H
#define OD_DATA_CSV_H

#include "source/diagnostic.h"

typedef struct od_cell {
    od_span span;  // in the source, quotes included
    od_slice text; // what it says
    bool quoted;
} od_cell;

typedef struct od_csv_record {
    od_span span; // without its line end
    const od_cell *cells; // at least one
    size_t count;
} od_csv_record;

typedef struct od_csv {
    const od_source *source; // valid UTF-8
    size_t start;            // of the first record
    char delimiter;
} od_csv;

// Sets up `csv` to read `source` and finds out its delimiter.
void od_csv_open(od_csv *csv, const od_source *source);

// Whether no record starts at `offset`.
static inline bool od_csv_at_end(const od_csv *csv, size_t offset) {
    return offset >= csv->source->bytes.size;
}

// Whether a record is an empty line.
static inline bool od_csv_is_blank(const od_csv_record *record) {
    return record->span.start == record->span.end;
}

// Reads the record that starts at `*offset` and moves `*offset` to the next one. Texts of cells are
// parts of the source or, with doubled quotes, in `arena`, as the cells are.
//
// Errors: OD_INVALID for a quote that is not closed, or text after one that is; one failure at its
//         place.
od_status od_csv_read(const od_csv *csv, od_arena *arena, od_diagnostics *failures, size_t *offset,
                      od_csv_record *record);

#endif
