// Keepers of trees: an arena that Lua frees, for documents that a filter reads.
#ifndef OD_LUA_KEEPER_H
#define OD_LUA_KEEPER_H

#include "base/buf.h"
#include "lua/store.h"

// Pushes an arena that lives as long as the value pushed.
od_arena *od_push_arena(lua_State *L);

// Pushes a buffer that lives as long as the value pushed.
od_buf *od_push_buf(lua_State *L);

// Makes the tree `root`, which lies in an arena of Lua's, fit for filters: its nodes come from no
// source of theirs, and who takes them over copies them.
void od_lend_tree(od_node *root);

#endif
