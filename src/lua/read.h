// Readers of single Lua values: text, numbers.
#ifndef OD_LUA_READ_H
#define OD_LUA_READ_H

#include "lua/store.h"

// Returns the text of a string or number at `index` (a number becomes its text there); raises
// "string expected" for anything else. Lives as long as the value stays on the stack.
od_slice od_read_text(lua_State *L, int index);

// Returns the whole number at `index`, or in the string there.
int64_t od_read_integer(lua_State *L, int index);

// Returns the number at `index`, or in the string there.
double od_read_number(lua_State *L, int index);

// Appends to the message on top of the stack where the value was met: "\n\twhile retrieving WHAT".
void od_while_retrieving(lua_State *L, const char *what);

#endif
