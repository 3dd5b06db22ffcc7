#include "lua/quantity.h"

#include <lauxlib.h>

#include <math.h>
#include <stdio.h>

static const char QUANTITY[] = "number"; // its metatable in the registry, and its name in messages

void od_quantity_push(lua_State *L, long double number) {
    long double *const pushed = lua_newuserdatauv(L, sizeof number, 0);
    *pushed = number;
    luaL_setmetatable(L, QUANTITY);
}

bool od_quantity_read(lua_State *L, int index, long double *number) {
    const long double *const quantity = luaL_testudata(L, index, QUANTITY);
    if (quantity) *number = *quantity;
    else if (lua_isinteger(L, index)) *number = (long double)lua_tointeger(L, index);
    else if (lua_type(L, index) == LUA_TNUMBER) *number = (long double)lua_tonumber(L, index);
    else return false;
    return true;
}

// As the values of fields are read: all digits, then the point. A double in between would have
// fewer.
int od_quantity_of_text(lua_State *L) {
    const char *text = luaL_checkstring(L, 1);
    long double digits = 0, power = 1;
    bool behind = false;
    for (; *text; text++) {
        if (*text == '.') behind = true;
        else digits = digits * 10 + (*text - '0');
        if (*text != '.' && behind) power *= 10;
    }
    od_quantity_push(L, digits / power);
    return 1;
}

static long double check(lua_State *L, int index) {
    long double number = 0;
    if (od_quantity_read(L, index, &number)) return number;
    const bool named = luaL_getmetafield(L, index, "__name") == LUA_TSTRING;
    luaL_error(L, "attempt to perform arithmetic on a %s value",
               named ? lua_tostring(L, -1) : luaL_typename(L, index));
    return 0;
}

// ---- comparing ---------------------------------------------------------------------------------

// What some operations may have added to a number of this size: half of the ninth decimal, or what
// the last bits of a large one are worth.
static long double doubt(long double number) {
    const long double bits = fabsl(number) * 1e-17L;
    return bits > 5e-10L ? bits : 5e-10L;
}

static long double settle(long double number) {
    const long double whole = rintl(number);
    return fabsl(number - whole) <= doubt(number) ? whole : number;
}

// Negative, zero, positive.
static int compare(long double a, long double b) {
    a = settle(a);
    b = settle(b);
    const bool whole = a == rintl(a) && b == rintl(b);
    if (a == b || (!whole && fabsl(a - b) <= doubt(a))) return 0;
    return a < b ? -1 : 1;
}

// What is no number (0 / 0) is neither equal to, nor less than anything.
static bool is_comparable(long double a, long double b) {
    return !isnan(a) && !isnan(b);
}

static int equal(lua_State *L) {
    long double a, b;
    lua_pushboolean(L, od_quantity_read(L, 1, &a) && od_quantity_read(L, 2, &b) &&
                           is_comparable(a, b) && compare(a, b) == 0);
    return 1;
}

static void read_both(lua_State *L, long double *a, long double *b) {
    if (!od_quantity_read(L, 1, a) || !od_quantity_read(L, 2, b))
        luaL_error(L, "attempt to compare a number with something else");
}

static int less(lua_State *L) {
    long double a = 0, b = 0;
    read_both(L, &a, &b);
    lua_pushboolean(L, is_comparable(a, b) && compare(a, b) < 0);
    return 1;
}

static int less_equal(lua_State *L) {
    long double a = 0, b = 0;
    read_both(L, &a, &b);
    lua_pushboolean(L, is_comparable(a, b) && compare(a, b) <= 0);
    return 1;
}

// ---- arithmetic --------------------------------------------------------------------------------

// A number of days and a date are the date's to add.
static int add(lua_State *L) {
    long double number;
    if (!od_quantity_read(L, 2, &number) && luaL_getmetafield(L, 2, "__add")) {
        lua_insert(L, 1);
        lua_call(L, 2, 1);
        return 1;
    }
    od_quantity_push(L, check(L, 1) + check(L, 2));
    return 1;
}

static int subtract(lua_State *L) {
    od_quantity_push(L, check(L, 1) - check(L, 2));
    return 1;
}

static int multiply(lua_State *L) {
    od_quantity_push(L, check(L, 1) * check(L, 2));
    return 1;
}

static int divide(lua_State *L) {
    od_quantity_push(L, check(L, 1) / check(L, 2));
    return 1;
}

static int divide_whole(lua_State *L) {
    od_quantity_push(L, floorl(settle(check(L, 1) / check(L, 2))));
    return 1;
}

// As Lua's own: it has the sign of what is divided by.
static int remainder_of(lua_State *L) {
    const long double a = check(L, 1), b = check(L, 2);
    od_quantity_push(L, a - b * floorl(settle(a / b)));
    return 1;
}

static int power(lua_State *L) {
    od_quantity_push(L, powl(check(L, 1), check(L, 2)));
    return 1;
}

static int negate(lua_State *L) {
    od_quantity_push(L, -check(L, 1));
    return 1;
}

void od_quantity_set_up(lua_State *L) {
    static const luaL_Reg METHODS[] = {{"__add", add},   {"__sub", subtract},
                                       {"__mul", multiply}, {"__div", divide},
                                       {"__idiv", divide_whole}, {"__mod", remainder_of},
                                       {"__pow", power}, {"__unm", negate},
                                       {"__eq", equal},  {"__lt", less},
                                       {"__le", less_equal}, {NULL, NULL}};
    luaL_newmetatable(L, QUANTITY);
    luaL_setfuncs(L, METHODS, 0);
    lua_pop(L, 1);
}

od_slice od_quantity_write(od_arena *arena, long double number) {
    char text[64];
    if (!isfinite(number) || fabsl(number) >= 1e18L) {
        const int size = snprintf(text, sizeof text, "%.9Lg", number);
        return od_arena_copy(arena, (od_slice){text, (size_t)size});
    }
    int size = snprintf(text, sizeof text, "%.9Lf", number);
    while (text[size - 1] == '0') size--;
    if (text[size - 1] == '.') size--;
    const bool negative_zero = size == 2 && memcmp(text, "-0", 2) == 0;
    return od_arena_copy(arena, negative_zero ? OD_SLICE("0") : (od_slice){text, (size_t)size});
}
