// Pandoc and Meta in Lua: a whole document.
#ifndef OD_LUA_DOCUMENT_H
#define OD_LUA_DOCUMENT_H

#include "lua/build.h"

// Pushes a document; `keeper` is the place of what holds its nodes, 0 for none.
void od_push_document(lua_State *L, const od_node *root, const od_node *meta, int keeper);

// Whether the value at `index` is a document.
bool od_is_document(lua_State *L, int index);

// Returns the trees of the document at `index`, with what was assigned to it; raises an error for
// anything else.
void od_build_document(od_store *store, int index, const od_node **root, const od_node **meta);

// Pushes a tree of metadata as the table Meta.
void od_push_meta(lua_State *L, const od_node *meta, int keeper);

// Pushes one value of metadata.
void od_push_meta_value(lua_State *L, const od_node *value, int keeper);

// Registers the metatable and adds Pandoc, Meta, MetaMap, … to the table on top of the stack.
void od_open_document(lua_State *L);

#endif
