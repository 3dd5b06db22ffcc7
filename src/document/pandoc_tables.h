// What the readers of pandoc's tables share.
#ifndef OD_DOCUMENT_PANDOC_TABLES_H
#define OD_DOCUMENT_PANDOC_TABLES_H

#include "document/pandoc_markdown.h"

typedef OD_ARRAY(od_slice) od_pm_cells;

typedef struct od_pm_column {
    od_alignment alignment;
    size_t dashes;
    size_t start, end; // simple and multiline tables: columns of the text
} od_pm_column;

// A table that is being read.
typedef struct od_pm_table {
    od_pm *pm;
    const od_pm_job *job;
    od_node *node;
    OD_ARRAY(od_pm_column) columns;
} od_pm_table;

typedef struct od_pm_caption {
    bool present;
    od_slice text;
    const od_attr *attr;
} od_pm_caption;

// Adds the table with its columns and caption; `widths` is NULL when they are as wide as their text.
void od_pm_open_table(od_pm_table *t, const od_pm_caption *c, const double *widths);

// Adds a row of one line a cell to a part of the table.
void od_pm_add_row(const od_pm_table *t, od_node *part, const od_pm_cells *cells);

bool od_pm_are_empty(const od_pm_cells *cells);

// ---- simple and multiline tables (pandoc_simple_tables.c) --------------------------------------

typedef enum od_pm_simple_kind {
    OD_PM_MULTILINE,
    OD_PM_SIMPLE_HEADLESS,
    OD_PM_SIMPLE,
    OD_PM_MULTILINE_HEADLESS,
    OD_PM_SIMPLE_KINDS,
} od_pm_simple_kind;

typedef struct od_pm_simple {
    od_pm_simple_kind kind;
    size_t heading, dashes, rows, end; // where each part starts
    size_t after;                      // behind the last line of dashes
} od_pm_simple;

// Finds the simple or multiline table at `at`; false when none stands there.
bool od_pm_find_simple(od_pm_table *t, size_t at, od_pm_simple *found);
void od_pm_read_simple(od_pm_table *t, const od_pm_simple *found, const od_pm_caption *c);

// ---- grid tables (pandoc_grid_tables.c) --------------------------------------------------------

typedef struct od_pm_grid od_pm_grid;

// Finds the grid table at `at`, and sets `*end` behind it; NULL when none stands there.
od_pm_grid *od_pm_find_grid(od_pm *pm, od_slice text, size_t at, size_t *end);
void od_pm_read_grid(od_pm_table *t, od_pm_grid *grid, const od_pm_caption *c);

#endif
