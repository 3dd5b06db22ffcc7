// Attr and AttributeList in Lua.
#ifndef OD_LUA_ATTR_H
#define OD_LUA_ATTR_H

#include "lua/store.h"

// Pushes `attr` (NULL: the empty one) as Attr; `keeper` is the place of what holds its memory, 0
// for none.
void od_push_attr(lua_State *L, const od_attr *attr, int keeper);

// Reads the value at `index` as pandoc does (identifier, {id, classes, attributes}, HTML-like table
// or Attr) into `store`; NULL when it is empty. Raises an error for anything else.
const od_attr *od_read_attr(od_store *store, int index);

// Likewise for attributes alone: an AttributeList or a table.
const od_attr *od_read_attribute_list(od_store *store, int index);

// As the function pandoc.Attr.
int od_attr_new(lua_State *L);
int od_attribute_list_new(lua_State *L);

// Pushes field `name` ("identifier", "classes", "attributes") of the Attr at `index`, or sets it to
// the value on top of the stack, which is popped.
void od_attr_get(lua_State *L, int index, const char *name);
void od_attr_set(lua_State *L, int index, const char *name);

// Registers the metatables.
void od_open_attr(lua_State *L);

#endif
