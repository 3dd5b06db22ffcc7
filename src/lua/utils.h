// pandoc.utils.
#ifndef OD_LUA_UTILS_H
#define OD_LUA_UTILS_H

#include "lua/host.h"

// Pushes the module.
void od_open_utils(lua_State *L);

#endif
