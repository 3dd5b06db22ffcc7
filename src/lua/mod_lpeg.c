// lpeg and re: parsing expression grammars, as globals and for `require`, as in pandoc.
#include "lua/modules.h"

#include "lua/lua_files.h"

int luaopen_lpeg(lua_State *L);

static int give_lpeg(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    return 1;
}

// re is a Lua file, which asks for lpeg; the answer must not depend on a `require` that may be
// missing, and it makes weak tables, which a cage refuses to filters.
static void push_environment(lua_State *L) {
    lua_createtable(L, 0, 2);
    lua_getglobal(L, "lpeg");
    lua_pushcclosure(L, give_lpeg, 1);
    lua_setfield(L, -2, "require");
    lua_getglobal(L, "setmetatable");
    lua_setfield(L, -2, "setmetatable");
    lua_createtable(L, 0, 1);
    lua_pushglobaltable(L);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

// Compiles re and moves what is in it to the table at `index`, which is it from then on. To compile
// it takes as long as all else that a filter needs to start, and few filters use it.
static void fill_re(lua_State *L, int index) {
    lua_pushnil(L);
    lua_setmetatable(L, index);
    if (luaL_loadbufferx(L, od_lua_re, strlen(od_lua_re), "=re.lua", "t") != LUA_OK) lua_error(L);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, index);
    }
    lua_pop(L, 1);
}

static int index_re(lua_State *L) {
    fill_re(L, 1);
    lua_settop(L, 2);
    lua_rawget(L, 1);
    return 1;
}

static int list_re(lua_State *L) {
    fill_re(L, 1);
    lua_getglobal(L, "next");
    lua_pushvalue(L, 1);
    return 2;
}

static int make_re(lua_State *L) {
    lua_newtable(L);
    lua_createtable(L, 0, 2);
    push_environment(L);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, index_re, 1);
    lua_setfield(L, -3, "__index");
    lua_pushcclosure(L, list_re, 1);
    lua_setfield(L, -2, "__pairs");
    lua_setmetatable(L, -2);
    return 1;
}

// lpeg.utfR; its first upvalue is lpeg, the second what makes the pattern, once it was needed.
static int range_of_codes(lua_State *L) {
    const lua_Integer from = luaL_checkinteger(L, 1), to = luaL_checkinteger(L, 2);
    luaL_argcheck(L, from <= to, 2, "empty range");
    luaL_argcheck(L, from >= 0 && to <= 0x10FFFF, 2, "invalid code point");
    lua_settop(L, 2);
    if (lua_isnil(L, lua_upvalueindex(2))) {
        if (luaL_loadbufferx(L, od_lua_utf_range, strlen(od_lua_utf_range), "=utf_range.lua",
                             "t") != LUA_OK)
            lua_error(L);
        lua_pushvalue(L, lua_upvalueindex(1));
        lua_call(L, 1, 1);
        lua_replace(L, lua_upvalueindex(2));
    }
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    return 1;
}

// Makes the table lpeg, on top of the stack, what it is in LPeg 1.1, which pandoc has.
static void complete_lpeg(lua_State *L) {
    if (lua_getfield(L, -1, "utfR") == LUA_TNIL) {
        lua_pushvalue(L, -2);
        lua_pushnil(L);
        lua_pushcclosure(L, range_of_codes, 2);
        lua_setfield(L, -3, "utfR");
    }
    lua_pop(L, 1);
    if (lua_getfield(L, -1, "version") == LUA_TFUNCTION) {
        lua_call(L, 0, 1);
        lua_setfield(L, -2, "version");
    } else lua_pop(L, 1);
}

void od_open_lpeg(lua_State *L) {
    luaL_requiref(L, "lpeg", luaopen_lpeg, 1);
    complete_lpeg(L);
    luaL_requiref(L, "re", make_re, 1);
    lua_pop(L, 2);
}
