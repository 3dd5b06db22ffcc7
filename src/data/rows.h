// Rows: a table as many data files, one a row, each a mapping as a data file of its own would give.
//
// A table is CSV with a header, a YAML list, a JSON list, or JSON Lines: by the name of its file, else
// by how it begins. In CSV the header names the keys, as data files write them, sections before `::`;
// columns of one name make a list, in their order. A cell is a text; `~` alone, without quotes, is
// null; an empty cell is the empty text. The apostrophe before what looks like a formula is taken off
// (formula.h). Rows without any text are skipped.
#ifndef OD_DATA_ROWS_H
#define OD_DATA_ROWS_H

#include "data/csv.h"
#include "data/value.h"

// A key of a CSV table.
typedef struct od_row_key {
    od_slice name;
    od_span span;          // of its first header cell
    const size_t *columns; // rising
    size_t count;
} od_row_key;

struct od_rows {
    const od_source *source; // its bytes are UTF-8
    const char *encoding;    // of the file
    bool guessed;            // nothing but its bytes said so
    size_t count;            // at least 1
    const od_value *items;   // NULL for CSV, else the rows
    // CSV
    od_csv csv;
    const size_t *starts; // of each row
    const od_row_key *keys;
    size_t key_count;
    const od_cell *header; // of every column
    size_t column_count;
};

// Reads the table `bytes` of the file `path`, in `encoding` or, when that is NULL, as its bytes tell.
//
// Ownership: `*rows` lives in `arena`, which also takes what is read; `bytes` is borrowed as long.
//            `order` numbers its source.
// Errors:    OD_INVALID, OD_LIMIT, OD_NOT_FOUND (an unknown encoding), with failures: not readable as
//            what it is, no rows.
od_status od_rows_load(od_arena *arena, od_diagnostics *failures, const char *path, od_slice bytes,
                       const char *encoding, size_t order, od_rows **rows);

// Sets `*row` to row `index` as a mapping, made in `arena`; its span is that of the row. A row of CSV
// with more or fewer cells than the header is a finding, and false.
bool od_rows_get(const od_rows *rows, size_t index, od_arena *arena, od_diagnostics *found,
                 od_value *row);

#endif
