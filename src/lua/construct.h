// Constructors: pandoc.Str, pandoc.Para and all others that make elements.
#ifndef OD_LUA_CONSTRUCT_H
#define OD_LUA_CONSTRUCT_H

#include "lua/host.h"

// Adds all constructors to the table on top of the stack (`pandoc`), with the tables Inline and
// Block that hold those of their class.
void od_open_constructors(lua_State *L);

#endif
