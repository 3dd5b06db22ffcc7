// The parts of the HTML writer: what its files share.
#ifndef OD_WRITER_HTML_PARTS_H
#define OD_WRITER_HTML_PARTS_H

#include "base/arena.h"
#include "writer/layout.h"
#include "writer/writer.h"

// A table that is being written. Tables may lie in cells of others.
typedef struct od_html_table {
    const od_table *table;
    size_t *taken;  // by column: rows that a cell from above still covers
    size_t column;  // of the next cell
    size_t row;     // index in its part
} od_html_table;

typedef struct od_html {
    od_layout layout;
    const od_writer_options *options;
    od_arena arena;
    OD_ARRAY(const od_node *) notes;
    size_t notes_from; // how many were written before
    OD_ARRAY(od_html_table) tables;
    size_t links; // how many are open
    bool in_markdown;
    int mark; // how much of a task item's mark is still to be left out: 2 mark and space, 1 space
} od_html;

// ---- nodes (html.c) ----------------------------------------------------------------------------

// Writes what is below `root`.
void od_html_write_below(od_html *h, const od_node *root);

// Writes the section of the notes that were met.
void od_html_write_notes(od_html *h);

// ---- tables (html_table.c) ---------------------------------------------------------------------

void od_html_open_table(od_html *h, const od_node *node);
void od_html_close_table(od_html *h, const od_node *node);
void od_html_open_part(od_html *h, const od_node *node);
void od_html_close_part(od_html *h, const od_node *node);
void od_html_open_cell(od_html *h, const od_node *node);
void od_html_close_cell(od_html *h, const od_node *node);
void od_html_open_row(od_html *h, const od_node *node);
void od_html_close_row(od_html *h, const od_node *node);

// Whether the part has anything in it.
bool od_html_is_empty_part(const od_node *part);

// ---- pages (html_page.c) -----------------------------------------------------------------------

// Write what stands before and behind the blocks of a page.
void od_html_open_page(od_html *h);
void od_html_close_page(od_html *h);

// ---- images (html_image.c) ---------------------------------------------------------------------

// Writes an image, or the player of a film or sound.
void od_html_put_image(od_html *h, const od_node *node);

#endif
