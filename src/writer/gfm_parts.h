// The parts of the Markdown writer: what its files share.
#ifndef OD_WRITER_GFM_PARTS_H
#define OD_WRITER_GFM_PARTS_H

#include "base/arena.h"
#include "writer/layout.h"
#include "writer/tokens.h"
#include "writer/writer.h"

// A list that is being written.
typedef struct od_gfm_list {
    bool tight;
    char mark;     // `-`, `*`, `.` or `)`
    size_t number; // of the next item
    size_t indent; // of the present item
} od_gfm_list;

typedef struct od_gfm {
    od_layout layout;
    const od_writer_options *options;
    bool commonmark; // nothing that CommonMark has not
    od_arena arena;
    od_tokens tokens;
    OD_ARRAY(const od_node *) notes;
    OD_ARRAY(od_gfm_list) lists;
    const od_node *last; // the block that was left last
    char last_mark;      // of the list that was left last
} od_gfm;

// Where the inlines of a leaf stand.
typedef struct od_gfm_leaf {
    bool one_line;   // a heading or a cell: line breaks are spaces, and no block begins within
    bool heading;    // `#`s at the end would be taken for its closing
    bool item_start; // at the start of a bullet item, where `[ ]` is a task
    bool quote_start;
} od_gfm_leaf;

// ---- text (gfm_text.c) -------------------------------------------------------------------------

// What must be known of a word to escape it.
typedef struct od_gfm_word {
    od_slice text;
    bool after_space, before_space; // the ends of the leaf count as space
    bool line_start;                // first on its line, where markup of blocks counts
    bool leaf_start;                // first of its leaf
    bool in_link;
    bool after_note; // where `:` would make it a definition
    bool before_bracket; // a link or note follows
    bool closes_heading; // last in a heading that `#`s could close
    bool bracket;    // a `[` at the start must be escaped
    bool tildes, dollars; // escape them
    bool encode_first, encode_last;
} od_gfm_word;

// Appends a word with the escapes that it needs.
void od_gfm_put_word(od_buf *out, const od_gfm_word *word);

// Whether a line that starts with the word `text` would be read as the start of another block
// within a paragraph.
bool od_gfm_starts_block(od_slice text, bool before_space);

// Whether there is an `&` at `i` that begins what looks like an entity.
bool od_gfm_is_entity(od_slice text, size_t i);

// Appends the target and title of a link: `(target "title")`.
void od_gfm_put_target(od_buf *out, const od_link *link);

// Appends `text` as the info string of a code block.
void od_gfm_put_info(od_buf *out, od_slice text);

// Returns the length of the longest run of `byte` in `text`.
size_t od_gfm_longest_run(od_slice text, char byte);

// ---- inlines (gfm_inlines.c) -------------------------------------------------------------------

// Reads the inlines of `leaf` into g->tokens with their marks chosen.
void od_gfm_read_leaf(od_gfm *g, const od_node *leaf);

// Writes g->tokens.
void od_gfm_write_leaf(od_gfm *g, const od_gfm_leaf *leaf);

// Whether a raw node of `format` is Markdown or HTML.
bool od_gfm_takes_raw(const char *format);

// ---- tables (gfm_table.c) ----------------------------------------------------------------------

// Whether the table can be a pipe table.
bool od_gfm_is_pipe_table(const od_node *table);

void od_gfm_write_table(od_gfm *g, const od_node *table);

// ---- HTML blocks (gfm_html.c) ------------------------------------------------------------------

// Whether HTML with `text` at the start of a line would end a paragraph before it.
bool od_gfm_html_interrupts(od_slice text);

// Whether a block of HTML that starts with `text` goes on to the next blank line.
bool od_gfm_html_needs_blank(od_slice text);

// ---- blocks (gfm.c) ----------------------------------------------------------------------------

// Writes the blocks below `root`.
void od_gfm_write_blocks(od_gfm *g, const od_node *root);

// ---- front matter (gfm_meta.c) -----------------------------------------------------------------

void od_gfm_write_meta(od_gfm *g, const od_node *meta);

#endif
