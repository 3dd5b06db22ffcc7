// Showing: nodes as Haskell's `show` prints them, and as plain text.
#ifndef OD_LUA_SHOW_H
#define OD_LUA_SHOW_H

#include "lua/host.h"

// Pushes what `show` prints for `node`: `Para [Str "a"]`. A node that is a list of its children (an
// item, a line) is shown as a list.
void od_push_shown(lua_State *L, const od_node *node);

// Pushes the shown `attr`; NULL is the empty one.
void od_push_shown_attr(lua_State *L, const od_attr *attr);
void od_push_shown_attributes(lua_State *L, const od_attr *attr);

// Pushes a document as shown.
void od_push_shown_document(lua_State *L, const od_node *root, const od_node *meta);

// Pushes the text of `node` and all below it as pandoc.utils.stringify gives it.
void od_push_plain(lua_State *L, const od_node *node);

// Likewise of a document: the inlines of its metadata, then its blocks.
void od_push_plain_document(lua_State *L, const od_node *root, const od_node *meta);

// Whether two nodes are equal, whatever runs their texts consist of.
bool od_nodes_equal(lua_State *L, const od_node *a, const od_node *b);

#endif
