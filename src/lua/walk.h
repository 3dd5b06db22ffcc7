// Walking: a filter's functions applied to a tree, in pandoc's order.
//
// Typewise (the default) makes up to four passes, from the leaves to the root: inlines, lists of
// inlines, blocks, lists of blocks. Topdown makes one, from the root. Nothing is copied of what no
// function changes. Source: jgm/pandoc doc/lua-filters.md, "Traversal order".
#ifndef OD_LUA_WALK_H
#define OD_LUA_WALK_H

#include "lua/build.h"

// The functions of a filter, in a table that `place` is the place of on Lua's stack.
typedef struct od_functions {
    int place;
    bool has[OD_NODE_TYPE_COUNT]; // whether there is one for elements of this type
    bool inlines, blocks, inline_lists, block_lists, meta, document, topdown;
} od_functions;

// Reads the functions that the filter at `index` has, by plain field access, and pushes their
// table.
od_functions od_read_functions(lua_State *L, int index);

// Returns the tree `node` with the functions applied to all below it, or `node` when they changed
// nothing. `node` itself is not given to a function, but its list is.
const od_node *od_walk(od_store *store, const od_functions *functions, const od_node *node);

// Applies all functions, also those for the metadata and the document as a whole.
void od_walk_document(od_store *store, const od_functions *functions, const od_node **root,
                      const od_node **meta);

#endif
