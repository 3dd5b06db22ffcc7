// Version: a dotted number that compares with strings and tables.
#ifndef OD_LUA_VERSION_H
#define OD_LUA_VERSION_H

#include "lua/host.h"

// Pushes the version that `text` ("3.10") spells.
void od_push_version(lua_State *L, const char *text);

// Version(x): from a string, a number, a list of numbers or a Version.
int od_version_new(lua_State *L);

// pandoc.utils.Version, whose messages name the argument otherwise.
int od_version_of_utils(lua_State *L);

// Registers the metatable.
void od_open_version(lua_State *L);

#endif
