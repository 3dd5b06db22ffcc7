// Layout: words, spaces and line ends become lines, each behind the prefix of the containers around
// it, filled up to a width where that is asked for.
//
// A line is broken only at a space, and only when what stands between that space and the next one
// does not fit any more: Chinese text, which has no spaces, stays on its line. Widths are those of
// a terminal (East Asian Width). Blank lines are asked for, not written: asking twice gives one,
// and none stands at either end of the whole. Source: doclayout, Text.DocLayout.
#ifndef OD_WRITER_LAYOUT_H
#define OD_WRITER_LAYOUT_H

#include "base/buf.h"

typedef struct od_layout {
    od_buf *out;
    size_t columns; // width of a full line; 0: lines are not broken

    od_buf prefix; // of the lines to come
    od_buf chunk;  // what was put since the last space or line end
    bool space;    // a space is to stand before the chunk, or a line end
    bool started;  // anything was written
    size_t line_ends; // to be written before the chunk
    size_t blank_prefix; // how much of the prefix stands on blank lines
    size_t column;
} od_layout;

// Begins a layout that appends to `out`; all that it holds is freed by od_layout_finish.
static inline od_layout od_layout_start(od_buf *out, size_t columns) {
    return (od_layout){.out = out, .columns = columns};
}

// Puts text that is not broken and has no line ends.
void od_layout_text(od_layout *l, od_slice text);
void od_layout_string(od_layout *l, const char *text);

// Returns the buffer to which the text that comes next may be appended directly.
static inline od_buf *od_layout_chunk(od_layout *l) {
    return &l->chunk;
}

// Puts a space at which the line may be broken. Several count as one; beside a line end, as none.
void od_layout_space(od_layout *l);

// Ends the line unless it is empty.
void od_layout_line_end(od_layout *l);

// Ends the line, empty or not.
void od_layout_new_line(od_layout *l);

// Makes sure that a blank line precedes what comes next.
void od_layout_blank(od_layout *l);

// Takes back a blank line that was asked for.
void od_layout_chomp(od_layout *l);

// Puts text as it is, line ends and all.
void od_layout_verbatim(od_layout *l, od_slice text);

// Adds `prefix` to the prefix of the lines to come, and takes the last `size` bytes of it away.
void od_layout_push(od_layout *l, od_slice prefix);
void od_layout_pop(od_layout *l, size_t size);

// Whether what comes next stands at the start of its line.
bool od_layout_at_line_start(const od_layout *l);

// Writes what is still held back, ends the last line, and frees all.
void od_layout_finish(od_layout *l);

#endif
