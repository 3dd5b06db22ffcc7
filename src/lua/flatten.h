// Flattening: blocks as one list of inlines.
#ifndef OD_LUA_FLATTEN_H
#define OD_LUA_FLATTEN_H

#include "lua/store.h"

// Appends to `parent` the inlines of the blocks from `first` on, those of `separator` (NULL: one
// line break) between two blocks. Source: pandoc, T.P.Shared.blocksToInlinesWithSep.
void od_flatten_blocks(od_store *store, od_node *parent, const od_node *first,
                       const od_node *separator);

// Appends a copy of `inl` to `parent`, as pandoc's Inlines come together: two texts become one,
// so do two Emph and their like, and white space with white space.
void od_meld_inline(od_store *store, od_node *parent, const od_node *inl);

// Calls `each` for the inlines from `first` on as pandoc sees them, words for runs.
void od_each_inline(lua_State *L, const od_node *first, void *context,
                    void (*each)(void *context, const od_node *inl));

#endif
