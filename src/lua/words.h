// Words: an inline list as pandoc sees it, Str, Space and SoftBreak instead of runs of text.
#ifndef OD_LUA_WORDS_H
#define OD_LUA_WORDS_H

#include "lua/host.h"

// A place in a list of inlines: before byte `offset` of `node`.
typedef struct od_words_place {
    const od_node *node;
    size_t offset;
} od_words_place;

typedef enum od_words_kind {
    OD_WORDS_END,
    OD_WORDS_NODE,   // a node of the list, as it is
    OD_WORDS_PIECE,  // a piece of a run, told by `*piece`
    OD_WORDS_MERGED, // likewise, but of several runs; a userdata that holds its text was pushed
} od_words_kind;

// Whether `node` is a run that may hold several words or a part of one.
static inline bool od_is_run(const od_node *node) {
    return node->type == OD_TEXT && !(node->flags & OD_VERBATIM);
}

// Whether `node` is white space or a line break as a reader leaves it: a row of these is one
// inline.
static inline bool od_is_break(const od_node *node) {
    return (node->type == OD_SPACE || node->type == OD_SOFT_BREAK || node->type == OD_LINE_BREAK) &&
           !(node->flags & OD_VERBATIM);
}

// Reads the inline at `*place` and moves past it. The answer is the node at the old place, or
// `piece`.
od_words_kind od_words_next(lua_State *L, od_words_place *place, od_node *piece);

// Appends to `parent`, through `append`, the pieces of runs from `from` up to `to`.
void od_words_pieces(od_words_place from, od_words_place to, void *context,
                     void (*append)(void *context, const od_node *piece));

#endif
