// SimpleTable: a table as pandoc had it before version 2.10.
#ifndef OD_LUA_SIMPLE_TABLE_H
#define OD_LUA_SIMPLE_TABLE_H

#include "lua/build.h"

// Registers the metatable and adds SimpleTable to the table on top of the stack.
void od_open_simple_table(lua_State *L);

// As pandoc.utils.to_simple_table and from_simple_table.
int od_to_simple_table(lua_State *L);
int od_from_simple_table(lua_State *L);

#endif
