// Templates: pandoc's template language, compiled to a tree and applied to Lua tables.
//
// Values are those of Lua: text and Docs, true and false, lists and maps; a string or number is
// text. The result is a Doc. Source: pandoc's manual, "Templates"; doctemplates.
#ifndef OD_LUA_TEMPLATE_H
#define OD_LUA_TEMPLATE_H

#include "lua/host.h"

// Compiles `text` and pushes the Template; raises an error that names line and column. `path` says
// where partials are looked for, NULL: nowhere.
void od_push_template(lua_State *L, od_slice text, const char *path);

// Pushes the Doc that the template at `template` (a Template or a string) makes of the table at
// `context`; false, with nothing pushed, when the first is none of these.
bool od_push_applied_doc(lua_State *L, int template, int context);

// Pushes the text of it, its lines filled up to `columns` where they may be broken (0: not at all).
void od_push_applied(lua_State *L, int template, int context, int columns);

// Pushes a table of values for templates made of the metadata at `meta`; the functions at `blocks`
// and `inlines` turn Blocks and Inlines into text.
void od_push_context(lua_State *L, int meta, int blocks, int inlines);

// Registers the metatable of templates.
void od_open_templates(lua_State *L);

#endif
