#include "lua/list.h"

#include <lualib.h>

static const char *const NAMES[OD_LIST_KIND_COUNT] = {
    [OD_LIST_PLAIN] = "List",
    [OD_LIST_INLINES] = "Inlines",
    [OD_LIST_BLOCKS] = "Blocks",
    [OD_LIST_META] = "Meta",
};

// ---- making lists -------------------------------------------------------------------------------

// Collects what an iterator (function, state, control) gives; only its first values count.
static void collect(lua_State *L, int function) {
    lua_newtable(L);
    const int list = lua_gettop(L);
    lua_pushvalue(L, function + 2);
    for (lua_Integer i = 1;; i++) {
        lua_pushvalue(L, function);
        lua_pushvalue(L, function + 1);
        lua_rotate(L, -3, -1);
        lua_call(L, 2, 1);
        if (lua_isnil(L, -1)) break;
        lua_pushvalue(L, -1);
        lua_rawseti(L, list, i);
    }
    lua_pop(L, 1);
}

// List(t), List:new(t), List(iterator, state, control): the metatable is set on the table itself.
static int list_new(lua_State *L) {
    lua_settop(L, 4);
    if (lua_isnil(L, 2)) {
        lua_newtable(L);
    } else if (lua_isfunction(L, 2)) {
        collect(L, 2);
    } else {
        luaL_checktype(L, 2, LUA_TTABLE);
        lua_pushvalue(L, 2);
    }
    lua_pushvalue(L, 1);
    lua_setmetatable(L, -2);
    return 1;
}

// Raises an error unless the argument is a function, or a value that can be called like one.
static void check_callable(lua_State *L, int argument) {
    if (luaL_getmetafield(L, argument, "__call") != LUA_TNIL) lua_pop(L, 1);
    else luaL_checktype(L, argument, LUA_TFUNCTION);
}

// Pushes a new table for `count` items with the metatable of the list at 1.
static void push_like(lua_State *L, lua_Integer count) {
    lua_createtable(L, count < INT32_MAX ? (int)count : 0, 0);
    if (lua_getmetatable(L, 1)) lua_setmetatable(L, -2);
}

static void copy_items(lua_State *L, int from, int to, lua_Integer start) {
    const lua_Integer count = luaL_len(L, from);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, from, i);
        lua_seti(L, to, start + i);
    }
}

static int list_clone(lua_State *L) {
    lua_settop(L, 1);
    luaL_checktype(L, 1, LUA_TTABLE);
    push_like(L, luaL_len(L, 1));
    copy_items(L, 1, 2, 0);
    return 1;
}

static int list_concat(lua_State *L) {
    lua_settop(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TTABLE);
    const lua_Integer first = luaL_len(L, 1);
    push_like(L, first + luaL_len(L, 2));
    copy_items(L, 1, 3, 0);
    copy_items(L, 2, 3, first);
    return 1;
}

static int list_extend(lua_State *L) {
    lua_settop(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TTABLE);
    copy_items(L, 2, 1, luaL_len(L, 1));
    lua_settop(L, 1);
    return 1;
}

// ---- looking ------------------------------------------------------------------------------------

static lua_Integer relative(lua_Integer position, lua_Integer count) {
    if (position >= 0) return position;
    return -position > count ? 0 : count + position + 1;
}

static int list_at(lua_State *L) {
    lua_settop(L, 3);
    const lua_Integer index = luaL_checkinteger(L, 2);
    const lua_Integer position = relative(index, luaL_len(L, 1));
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_geti(L, 1, position);
    if (lua_isnil(L, -1)) lua_pushvalue(L, 3);
    return 1;
}

// Pushes the first item equal to the value at 2 and returns its place, 0 for none.
static lua_Integer find(lua_State *L) {
    lua_settop(L, 3);
    luaL_checktype(L, 1, LUA_TTABLE);
    const lua_Integer start = luaL_optinteger(L, 3, 1), count = luaL_len(L, 1);
    for (lua_Integer i = relative(start, count); i <= count; i++) {
        lua_geti(L, 1, i);
        if (lua_compare(L, 2, -1, LUA_OPEQ)) return i;
        lua_pop(L, 1);
    }
    lua_pushnil(L);
    return 0;
}

static int list_find(lua_State *L) {
    const lua_Integer place = find(L);
    if (!place) return 1;
    lua_pushinteger(L, place);
    return 2;
}

// As a call of List.find, which is what messages name.
static int list_includes(lua_State *L) {
    lua_settop(L, 3);
    lua_pushcfunction(L, list_find);
    lua_insert(L, 1);
    lua_call(L, 3, 2);
    lua_pushboolean(L, lua_type(L, 2) == LUA_TNUMBER);
    return 1;
}

// Calls the function at 2 with item `i` and its place, leaving the result on the stack.
static void call_with_item(lua_State *L, lua_Integer i, int results) {
    lua_pushvalue(L, 2);
    lua_geti(L, 1, i);
    lua_pushinteger(L, i);
    lua_call(L, 2, results);
}

static int list_find_if(lua_State *L) {
    lua_settop(L, 3);
    luaL_checktype(L, 1, LUA_TTABLE);
    check_callable(L, 2);
    const lua_Integer start = luaL_optinteger(L, 3, 1), count = luaL_len(L, 1);
    for (lua_Integer i = relative(start, count); i <= count; i++) {
        call_with_item(L, i, 1);
        if (lua_toboolean(L, -1)) {
            lua_geti(L, 1, i);
            lua_pushinteger(L, i);
            return 2;
        }
        lua_pop(L, 1);
    }
    lua_pushnil(L);
    return 1;
}

static int list_filter(lua_State *L) {
    lua_settop(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    check_callable(L, 2);
    const lua_Integer count = luaL_len(L, 1);
    lua_newtable(L);
    if (!lua_getmetatable(L, 1)) od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, 3);
    lua_Integer kept = 0;
    for (lua_Integer i = 1; i <= count; i++) {
        call_with_item(L, i, 1);
        if (lua_toboolean(L, -1)) {
            lua_geti(L, 1, i);
            lua_seti(L, 3, ++kept);
        }
        lua_pop(L, 1);
    }
    return 1;
}

static int list_map(lua_State *L) {
    lua_settop(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    check_callable(L, 2);
    const lua_Integer count = luaL_len(L, 1);
    // With room for all, so that the length counts those that become nil.
    lua_createtable(L, count < INT32_MAX ? (int)count : 0, 0);
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
    for (lua_Integer i = 1; i <= count; i++) {
        call_with_item(L, i, 1);
        lua_seti(L, 3, i);
    }
    return 1;
}

static int next_item(lua_State *L) {
    const lua_Integer step = lua_tointeger(L, lua_upvalueindex(2));
    const lua_Integer place = lua_tointeger(L, lua_upvalueindex(3));
    lua_pushinteger(L, place + step);
    lua_copy(L, -1, lua_upvalueindex(3));
    lua_geti(L, lua_upvalueindex(1), place);
    return 1;
}

static int list_iter(lua_State *L) {
    lua_settop(L, 3);
    luaL_checktype(L, 1, LUA_TTABLE);
    const lua_Integer step = luaL_optinteger(L, 2, 1), count = luaL_len(L, 1);
    const lua_Integer start = luaL_optinteger(L, 3, step > 0 || count <= 0 ? 1 : count);
    if (!step) return od_error(L, "List.iter: step size must not be 0");
    lua_pushvalue(L, 1);
    lua_pushinteger(L, step);
    lua_pushinteger(L, start);
    lua_pushcclosure(L, next_item, 3);
    return 1;
}

// Two lists are equal when they are of one kind and their items are.
static int list_equal(lua_State *L) {
    lua_settop(L, 2);
    bool equal = lua_istable(L, 1) && lua_istable(L, 2) && lua_getmetatable(L, 1) &&
                 lua_getmetatable(L, 2) && lua_rawequal(L, 3, 4);
    const lua_Integer count = equal ? luaL_len(L, 1) : 0;
    equal = equal && count == luaL_len(L, 2);
    for (lua_Integer i = 1; equal && i <= count; i++) {
        lua_geti(L, 1, i);
        lua_geti(L, 2, i);
        equal = lua_compare(L, -1, -2, LUA_OPEQ);
        lua_pop(L, 2);
    }
    lua_pushboolean(L, equal);
    return 1;
}

static int list_tostring(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    luaL_getmetafield(L, 1, "__name");
    const lua_Integer count = luaL_len(L, 1);
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    lua_pushvalue(L, 2);
    luaL_addvalue(&text);
    luaL_addstring(&text, " {");
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1) luaL_addstring(&text, ", ");
        lua_geti(L, 1, i);
        luaL_tolstring(L, -1, NULL);
        lua_remove(L, -2);
        luaL_addvalue(&text);
    }
    luaL_addstring(&text, "}");
    luaL_pushresult(&text);
    return 1;
}

// ---- registering --------------------------------------------------------------------------------

static void new_list_metatable(lua_State *L, od_list_kind kind) {
    static const luaL_Reg FUNCTIONS[] = {
        {"__concat", list_concat}, {"__eq", list_equal},     {"at", list_at},
        {"clone", list_clone},     {"extend", list_extend},  {"filter", list_filter},
        {"find", list_find},       {"find_if", list_find_if}, {"includes", list_includes},
        {"iter", list_iter},       {"map", list_map},        {"new", list_new},
        {"__tostring", list_tostring}, {NULL, NULL},
    };
    static const char *const FROM_TABLE[] = {"insert", "remove", "sort"};
    od_host *const host = od_host_of(L);
    lua_newtable(L);
    host->lists[kind] = lua_topointer(L, -1);
    lua_pushvalue(L, -1);
    host->list_places[kind] = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pushstring(L, NAMES[kind]);
    lua_setfield(L, -2, "__name");
    if (kind == OD_LIST_META) return;
    luaL_setfuncs(L, FUNCTIONS, 0);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_getfield(L, -1, LUA_TABLIBNAME);
    for (size_t i = 0; i < sizeof FROM_TABLE / sizeof *FROM_TABLE; i++) {
        lua_getfield(L, -1, FROM_TABLE[i]);
        lua_setfield(L, -4, FROM_TABLE[i]);
    }
    lua_pop(L, 2);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "__index");
}

void od_add_list_method(lua_State *L, od_list_kind kind, const char *name,
                        lua_CFunction function) {
    od_push_list_metatable(L, kind);
    lua_pushcfunction(L, function);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void od_open_lists(lua_State *L) {
    for (int kind = OD_LIST_KIND_COUNT - 1; kind > OD_LIST_PLAIN; kind--) {
        new_list_metatable(L, (od_list_kind)kind);
        lua_pop(L, 1);
    }
    new_list_metatable(L, OD_LIST_PLAIN);
    lua_newtable(L);
    lua_pushcfunction(L, list_new);
    lua_setfield(L, -2, "__call");
    lua_setmetatable(L, -2);
}
