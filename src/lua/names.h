// Names: pandoc's constructors without arguments, which Lua knows as strings.
#ifndef OD_LUA_NAMES_H
#define OD_LUA_NAMES_H

#include "lua/host.h"

typedef enum od_name_set {
    OD_NAMES_ALIGNMENT,
    OD_NAMES_CITATION_MODE,
    OD_NAMES_DELIMITER,
    OD_NAMES_MATH,
    OD_NAMES_QUOTE,
    OD_NAMES_STYLE,
    OD_NAME_SET_COUNT,
} od_name_set;

// Returns the name of a value of the enumerations in ast.h.
const char *od_name_of(od_name_set set, unsigned value);

// Sets `*value` to what the name at `index` means; false for anything else.
bool od_find_name(lua_State *L, int index, od_name_set set, unsigned *value);

// Reads the name at `index`; raises pandoc's error for anything else.
unsigned od_read_name(lua_State *L, int index, od_name_set set);

// Sets each name in the table on top of the stack to itself.
void od_add_names(lua_State *L);

#endif
