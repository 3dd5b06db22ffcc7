// What all elements and lists of elements can do: clone, walk, show, compare.
#ifndef OD_LUA_METHODS_H
#define OD_LUA_METHODS_H

#include "lua/host.h"

// Adds the methods to the metatables of elements, Inlines, Blocks and Attr.
void od_open_methods(lua_State *L);

// As pandoc.walk_block and pandoc.walk_inline.
int od_walk_block(lua_State *L);
int od_walk_inline(lua_State *L);

#endif
