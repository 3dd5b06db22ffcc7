#include "lua/list_attributes.h"

#include "lua/names.h"
#include "lua/read.h"

// ---- check, push --------------------------------------------------------------------------------

static od_list_attributes *check(lua_State *L, int index) {
    od_list_attributes *const value = od_to_class(L, index, OD_CLASS_LIST_ATTRIBUTES);
    if (!value) od_expected(L, "ListAttributes", index);
    return value;
}

void od_push_list_attributes(lua_State *L, od_list_attributes value) {
    od_list_attributes *const memory = lua_newuserdatauv(L, sizeof *memory, 0);
    *memory = value;
    od_push_metatable(L, OD_CLASS_LIST_ATTRIBUTES);
    lua_setmetatable(L, -2);
}

static bool read_table(lua_State *L, int index, od_list_attributes *read) {
    if (!lua_istable(L, index)) return false;
    int whole;
    unsigned style, delimiter;
    lua_rawgeti(L, index, 1);
    read->start = lua_tointegerx(L, -1, &whole);
    lua_rawgeti(L, index, 2);
    const bool styled = od_find_name(L, -1, OD_NAMES_STYLE, &style);
    lua_rawgeti(L, index, 3);
    const bool delimited = od_find_name(L, -1, OD_NAMES_DELIMITER, &delimiter);
    lua_pop(L, 3);
    if (!whole || !styled || !delimited) return false;
    read->style = (uint8_t)style;
    read->delimiter = (uint8_t)delimiter;
    return true;
}

od_list_attributes od_read_list_attributes(lua_State *L, int index) {
    const od_list_attributes *const value = od_to_class(L, index, OD_CLASS_LIST_ATTRIBUTES);
    if (value) return *value;
    od_list_attributes read;
    if (!read_table(L, index, &read)) {
        lua_pushliteral(L, "all choices failed");
        od_while_retrieving(L, "ListAttributes");
        od_raise(L);
    }
    return read;
}

// ---- fields -------------------------------------------------------------------------------------

void od_list_attributes_get(lua_State *L, int index, const char *name) {
    const od_list_attributes *const value = check(L, index);
    if (strcmp(name, "start") == 0) lua_pushinteger(L, value->start);
    else if (strcmp(name, "style") == 0)
        lua_pushstring(L, od_name_of(OD_NAMES_STYLE, value->style));
    else if (strcmp(name, "delimiter") == 0)
        lua_pushstring(L, od_name_of(OD_NAMES_DELIMITER, value->delimiter));
    else lua_pushnil(L);
}

void od_list_attributes_set(lua_State *L, int index, const char *name) {
    od_list_attributes *const value = check(L, index);
    if (strcmp(name, "start") == 0) value->start = od_read_integer(L, -1);
    else if (strcmp(name, "style") == 0)
        value->style = (uint8_t)od_read_name(L, -1, OD_NAMES_STYLE);
    else if (strcmp(name, "delimiter") == 0)
        value->delimiter = (uint8_t)od_read_name(L, -1, OD_NAMES_DELIMITER);
    else od_error(L, "Cannot set unknown property.");
    lua_pop(L, 1);
}

// ---- metamethods, methods -----------------------------------------------------------------------

static int clone(lua_State *L) {
    od_push_list_attributes(L, *check(L, 1));
    return 1;
}

static int index_of(lua_State *L) {
    const char *const name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    if (strcmp(name, "clone") == 0) lua_pushcfunction(L, clone);
    else od_list_attributes_get(L, 1, name);
    return 1;
}

static int new_index(lua_State *L) {
    const char *const name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    od_list_attributes_set(L, 1, name);
    return 0;
}

static int equal(lua_State *L) {
    const od_list_attributes *const a = od_to_class(L, 1, OD_CLASS_LIST_ATTRIBUTES);
    const od_list_attributes *const b = od_to_class(L, 2, OD_CLASS_LIST_ATTRIBUTES);
    lua_pushboolean(L, a && b && a->start == b->start && a->style == b->style &&
                           a->delimiter == b->delimiter);
    return 1;
}

static int next_field(lua_State *L) {
    static const char *const FIELDS[] = {"delimiter", "start", "style"};
    const lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    lua_pushinteger(L, i + 1);
    lua_copy(L, -1, lua_upvalueindex(2));
    if (i > 3) return 0;
    lua_pushstring(L, i == 3 ? "clone" : FIELDS[i]);
    if (i == 3) lua_pushcfunction(L, clone);
    else od_list_attributes_get(L, lua_upvalueindex(1), FIELDS[i]);
    return 2;
}

static int pairs(lua_State *L) {
    check(L, 1);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_field, 2);
    return 1;
}

int od_list_attributes_new(lua_State *L) {
    od_list_attributes value = {.start = 1};
    od_host *const host = od_host_of(L);
    host->item = 0;
    host->function = "ListAttributes";
    host->argument = "start";
    if (!lua_isnoneornil(L, 1)) value.start = od_read_integer(L, 1);
    host->argument = "style";
    if (!lua_isnoneornil(L, 2)) value.style = (uint8_t)od_read_name(L, 2, OD_NAMES_STYLE);
    host->argument = "delimiter";
    if (!lua_isnoneornil(L, 3)) value.delimiter = (uint8_t)od_read_name(L, 3, OD_NAMES_DELIMITER);
    host->function = NULL;
    od_push_list_attributes(L, value);
    return 1;
}

void od_open_list_attributes(lua_State *L) {
    static const luaL_Reg METAMETHODS[] = {{"__index", index_of},
                                           {"__newindex", new_index},
                                           {"__eq", equal},
                                           {"__pairs", pairs},
                                           {NULL, NULL}};
    od_new_metatable(L, OD_CLASS_LIST_ATTRIBUTES, "ListAttributes");
    luaL_setfuncs(L, METAMETHODS, 0);
    lua_pop(L, 1);
}
