// Sources: a text, its path, and where its lines start.
//
// Line ends are LF, CR LF and CR alone, as CommonMark 0.31 section 2.1 has them, so that our lines
// are cmark-gfm's lines. Inside the program a place is a byte offset; lines and columns are made here,
// at the edge.
#ifndef OD_SOURCE_SOURCE_H
#define OD_SOURCE_SOURCE_H

#include "base/arena.h"

struct od_source {
    const char *path;
    od_slice bytes;
    const size_t *lines; // offset of the start of each line
    size_t line_count;   // at least 1: an empty text has one empty line
    size_t order;        // sources of a session are numbered in order of opening
};

// Sets up `source` over borrowed `bytes`; `path` is copied to `arena`.
void od_source_init(od_source *source, od_arena *arena, const char *path, od_slice bytes,
                    size_t order);

// Returns the index (from 0) of the line that holds byte `offset`.
size_t od_source_line_at(const od_source *source, size_t offset);

// Returns the span of line `line` (from 0) without its line end.
od_span od_source_line(const od_source *source, size_t line);

// Returns the bytes of `span`.
static inline od_slice od_source_cut(const od_source *source, od_span span) {
    return od_slice_cut(source->bytes, span.start, span.end);
}

// Returns the offset of the place at `line` and `column` in code points, both from 0, as libyaml
// counts them (a byte order mark at the start is not counted); past the end it is the end.
size_t od_source_offset(const od_source *source, size_t line, size_t column);

// A position remembered, so that positions asked for in rising order cost one pass over the text
// in all. All zeros before the first use.
typedef struct od_locator {
    const od_source *source;
    size_t line_start; // offset of the line of `at`
    od_position at;    // the last answer
} od_locator;

// As od_source_position, remembering the answer in `locator`; use one unit with one locator.
od_position od_locate(od_locator *locator, const od_source *source, size_t offset,
                      od_column_unit unit);

#endif
