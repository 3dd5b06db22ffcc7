// Arguments of module functions, read and complained about as pandoc does.
#ifndef OD_LUA_ARGUMENTS_H
#define OD_LUA_ARGUMENTS_H

#include "lua/read.h"

// A function and the names of its arguments, for messages.
typedef struct od_signature {
    const char *function;
    const char *arguments[5];
} od_signature;

// Says that argument `index` is being read, until od_end_argument.
void od_begin_argument(lua_State *L, const od_signature *signature, int index);
void od_end_argument(lua_State *L);

// Returns the string or number at `index` as text.
od_slice od_text_argument(lua_State *L, const od_signature *signature, int index);

// Returns the whole number at `index`, which may be in a string.
int64_t od_integer_argument(lua_State *L, const od_signature *signature, int index);

// Returns the length of the list at `index`, which must be a table.
lua_Integer od_list_argument(lua_State *L, const od_signature *signature, int index);

// Returns item `item` of the list at `index`, a string or number, and pushes it.
od_slice od_push_text_item(lua_State *L, const od_signature *signature, int index,
                           lua_Integer item);

// Returns the blocks of the document at `index`, or those that the value there is read as. The
// nodes live as long as the store.
const od_node *od_blocks_argument(od_store *store, const od_signature *signature, int index);

// Raises "EXPECTED expected, got TYPE" for argument `index`.
int od_argument_error(lua_State *L, const od_signature *signature, int index, const char *expected);

// Raises the message on top of the stack as an error in argument `index`.
int od_raise_argument(lua_State *L, const od_signature *signature, int index);

#endif
