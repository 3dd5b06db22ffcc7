// Content: the text of one leaf block as its inlines are parsed, with the way back to the source.
//
// cmark-gfm parses inlines in a copy of the block's lines: without the prefixes of quotes and lists
// and the white space before each line, line ends as LF, `\|` of a table as `|`, NUL as U+FFFD.
// Its inline columns count in that copy, and not even there reliably. So the copy is held against
// the source once, line by line from the end of each, and what comes out is a list of pieces.
#ifndef OD_DOCUMENT_CONTENT_H
#define OD_DOCUMENT_CONTENT_H

#include "source/source.h"

// A part of the content. An exact piece is the bytes of its source; another one (a line end, `\|`,
// NUL) belongs to its source as a whole.
typedef struct od_piece {
    size_t at; // offset in the content where it starts; it ends where the next one starts
    od_span source;
    bool exact;
} od_piece;

// All zeros is empty. One content is used for one leaf after the other, so that it is allocated
// once.
typedef struct od_content {
    od_arena *arena; // of the pieces
    const od_source *source;
    od_slice text;
    OD_ARRAY(od_piece) pieces;
} od_content;

// What is done to lines before they become content.
typedef enum od_unescaping { OD_AS_IT_IS, OD_PIPES_UNESCAPED } od_unescaping;

// Maps `text`, whose first line is the end of source line `line` (from 0), its second that of the
// next line, and so on. Returns false when that is not so; the content is then of no use.
bool od_content_map_lines(od_content *content, od_slice text, size_t line,
                          od_unescaping unescaping);

// Maps `text`, which holds no line end, to the source from `start` up to at most `end`.
bool od_content_map_at(od_content *content, od_slice text, od_span within,
                       od_unescaping unescaping);

// Returns how many lines `text` has: the last one needs no line end.
size_t od_content_count_lines(od_slice text);

// Returns `text` without the white space at its end that cmark-gfm takes off there.
od_slice od_content_trim_end(od_slice text);

// Whether cmark-gfm takes `byte` for white space.
static inline bool od_content_is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

// Whether `byte` is a mark that a backslash escapes.
static inline bool od_content_is_mark(char byte) {
    return (byte >= '!' && byte <= '/') || (byte >= ':' && byte <= '@') ||
           (byte >= '[' && byte <= '`') || (byte >= '{' && byte <= '~');
}

#endif
