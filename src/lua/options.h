// ReaderOptions and WriterOptions in Lua, and formats with extensions as filters name them.
#ifndef OD_LUA_OPTIONS_H
#define OD_LUA_OPTIONS_H

#include "document/format.h"
#include "lua/host.h"

// Pushes the extensions of a set as a List.
void od_push_extensions(lua_State *L, const od_extensions *set);

// Pushes what the value at `index` is as Sources: texts with their names.
void od_push_sources(lua_State *L, int index);

// Pushes the table of the fields of the ReaderOptions or WriterOptions that the value at `index` is
// (nil: the defaults); the value must be an argument of `function` called `argument`.
void od_push_reader_options(lua_State *L, int index, const char *function, const char *argument);
void od_push_writer_options(lua_State *L, int index, const char *function, const char *argument);

#endif
