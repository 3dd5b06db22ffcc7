// ListAttributes in Lua: start, style and delimiter of an ordered list.
#ifndef OD_LUA_LIST_ATTRIBUTES_H
#define OD_LUA_LIST_ATTRIBUTES_H

#include "lua/host.h"

typedef struct od_list_attributes {
    int64_t start;
    uint8_t style, delimiter;
} od_list_attributes;

// Pushes a ListAttributes.
void od_push_list_attributes(lua_State *L, od_list_attributes value);

// Reads a ListAttributes or a table of three; raises an error for anything else.
od_list_attributes od_read_list_attributes(lua_State *L, int index);

// Pushes field `name` of the ListAttributes at `index`, or sets it to the value on top of the
// stack, which is popped.
void od_list_attributes_get(lua_State *L, int index, const char *name);
void od_list_attributes_set(lua_State *L, int index, const char *name);

// As the function pandoc.ListAttributes.
int od_list_attributes_new(lua_State *L);

// Registers the metatable.
void od_open_list_attributes(lua_State *L);

#endif
