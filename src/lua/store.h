// Stores: where nodes that Lua makes are kept, in Lua's memory or in an arena.
//
// In Lua's memory nodes lie in chunks, each a userdata. The first of them holds on to the others
// and to what the nodes were made from, so that an element has one thing to hold on to: its keeper.
#ifndef OD_LUA_STORE_H
#define OD_LUA_STORE_H

#include "lua/host.h"

typedef struct od_store {
    lua_State *L;
    od_arena *arena;       // NULL: Lua's memory
    char *cursor, *limit;  // free part of the newest chunk
    int keeper;            // place on Lua's stack of the keeper, nil while there is none
    size_t chunk;          // size of the next chunk; 0: there is no chunk yet
    // In an arena, the run to which changed words are being added, and the room behind its text.
    od_node *run;
    char *run_end, *run_limit;
} od_store;

// Begins a store in Lua's memory; the value at `keeper` is what its nodes already depend on.
static inline od_store od_store_in_lua(lua_State *L, int keeper) {
    od_host_of(L)->function = NULL;
    od_host_of(L)->item = 0;
    return (od_store){.L = L, .keeper = keeper};
}

// Begins a store in an arena; the value at `keeper` must be nil.
static inline od_store od_store_in_arena(lua_State *L, od_arena *arena, int keeper) {
    od_host_of(L)->function = NULL;
    return (od_store){.L = L, .arena = arena, .keeper = keeper};
}

// Returns `size` zeroed bytes.
void *od_store_alloc(od_store *store, size_t size);

// Returns a copy of `text`, closed by a NUL. What is not UTF-8 becomes U+FFFD.
od_slice od_store_text(od_store *store, od_slice text);

// Returns a new node of `type`, made by Lua: without a span.
od_node *od_store_node(od_store *store, od_node_type type);

// Returns a copy of `node` and its payload without links and without children.
od_node *od_store_header(od_store *store, const od_node *node);

// Returns a copy of `node` without links; its payload and children are shared, or copied when they
// live in Lua's memory.
od_node *od_store_copy(od_store *store, const od_node *node);

// Makes `child`, a node of this store without links, the last child of `parent`.
void od_store_link(od_node *parent, od_node *child);

// Appends a copy of `child` to `parent`. Texts that follow each other in the source become one
// again.
void od_store_append(od_store *store, od_node *parent, const od_node *child);

// Appends a copy of one inline as pandoc sees it. Where it does not stand in the source beside what
// is before it, it is marked so that the two do not become one.
void od_store_append_inline(od_store *store, od_node *parent, const od_node *child);

// Appends a Str with `text` that was `piece`, a word of a run. Where no place is lost by that, such
// words and the white space between them become a run again.
void od_store_append_word(od_store *store, od_node *parent, const od_node *piece, od_slice text);

// Appends copies of the nodes from `first` up to `end`, which is not included (NULL: to the last).
void od_store_append_all(od_store *store, od_node *parent, const od_node *first,
                         const od_node *end);

// Returns a copy of `attr` in the store; NULL stays NULL.
const od_attr *od_store_attr(od_store *store, const od_attr *attr);

// Gives all nodes below `root` (of this filter's result) their parent links, copying what still
// belongs to other trees, so that the result is a tree as a reader would make it.
od_node *od_store_settle(od_arena *arena, const od_node *root);

#endif
