// The parts of the plain writer: what its files share.
#ifndef OD_WRITER_PLAIN_PARTS_H
#define OD_WRITER_PLAIN_PARTS_H

#include "base/arena.h"
#include "writer/layout.h"
#include "writer/tokens.h"
#include "writer/writer.h"

typedef struct od_plain_grid od_plain_grid;

// A list that is being written.
typedef struct od_plain_list {
    bool tight;
    size_t number; // of the next item
    size_t indent; // of the present item
} od_plain_list;

typedef struct od_plain {
    od_layout layout;
    const od_writer_options *options;
    od_arena arena;
    od_tokens tokens;
    OD_ARRAY(const od_node *) notes;
    OD_ARRAY(od_plain_list) lists;
    OD_ARRAY(bool) terms; // by list of definitions: whether they stand right below the present term
    OD_ARRAY(od_plain_grid *) grids; // tables in whose cells we are
} od_plain;

// ---- inlines (plain_inlines.c) -----------------------------------------------------------------

// Writes the inlines of `leaf`; with `one_line` without line breaks.
void od_plain_write_leaf(od_plain *p, const od_node *leaf, bool one_line);

// ---- tables whose cells are text (plain_table.c) -----------------------------------------------

bool od_plain_is_text_table(const od_node *table);

void od_plain_write_table(od_plain *p, const od_node *table);

// Writes the caption of a table, if it has one.
void od_plain_write_caption(od_plain *p, const od_node *table);

// ---- tables whose cells are blocks (plain_grid.c) ----------------------------------------------

// What is written between open and close of a cell goes into it.
void od_plain_open_grid(od_plain *p, const od_node *table);
void od_plain_open_row(od_plain *p);
void od_plain_open_cell(od_plain *p, const od_node *cell);
void od_plain_close_cell(od_plain *p);
void od_plain_close_grid(od_plain *p);

#endif
