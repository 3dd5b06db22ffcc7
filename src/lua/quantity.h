// Quantities: the numbers of formulas.
//
// Lua's own are binary: 0.1 + 0.2 is not 0.3, and a sum of amounts would be found wrong that is right.
// A quantity is compared to nine decimals, and whole ones exactly; no operation on them fails.
#ifndef OD_LUA_QUANTITY_H
#define OD_LUA_QUANTITY_H

#include "base/arena.h"

#include <lua.h>

#include <stdbool.h>

// Makes the type known to a state.
void od_quantity_set_up(lua_State *L);

// Pushes a quantity.
void od_quantity_push(lua_State *L, long double number);

// Whether the value at `index` is a quantity, or a number of Lua's own; sets `*number` then.
bool od_quantity_read(lua_State *L, int index, long double *number);

// Makes the quantity of a text of digits, with a decimal point or not; called from Lua.
int od_quantity_of_text(lua_State *L);

// Writes a number: 12, 0.3; at most nine decimals.
od_slice od_quantity_write(od_arena *arena, long double number);

#endif
