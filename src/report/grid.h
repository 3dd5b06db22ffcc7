// Grids: rows of cells, as a table for people, as one of Markdown, and as CSV.
#ifndef OD_REPORT_GRID_H
#define OD_REPORT_GRID_H

#include "base/arena.h"
#include "report/print.h"

// The first row holds the titles. `arena` holds the cells.
typedef struct od_grid {
    od_arena *arena;
    size_t columns;
    const bool *numbers; // columns whose cells are set to the right; or NULL
    OD_ARRAY(od_slice) cells; // row by row
} od_grid;

// Adds a cell; rows are full after `columns` of them.
static inline void od_grid_add(od_grid *grid, od_slice cell) {
    *od_array_push(grid->arena, &grid->cells) = cell;
}

// Appends the grid with its columns aligned by display width, leaving out those that are empty but for
// their titles.
void od_grid_table(od_buf *out, const od_grid *grid, const od_report_options *options);

// Appends the grid as a table of GFM, likewise.
void od_grid_markdown(od_buf *out, const od_grid *grid);

// Appends the grid as CSV (RFC 4180): lines end in CR LF, and a text that a spreadsheet would take for a
// formula is kept from being one (data/formula.h).
void od_grid_csv(od_buf *out, const od_grid *grid);

#endif
