// pandoc.List, and the tables Inlines and Blocks.
#ifndef OD_LUA_LIST_H
#define OD_LUA_LIST_H

#include "lua/host.h"

// Registers the metatables of all lists and leaves the module pandoc.List on the stack.
void od_open_lists(lua_State *L);

// Adds `function` as member `name` of lists of `kind`.
void od_add_list_method(lua_State *L, od_list_kind kind, const char *name, lua_CFunction function);

#endif
