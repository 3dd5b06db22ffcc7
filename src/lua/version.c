#include "lua/version.h"

#include "base/utf8.h"
#include "lua/arguments.h"

#include <stdio.h>

typedef struct version {
    size_t count;
    lua_Integer parts[];
} version;

// ---- check, push --------------------------------------------------------------------------------

static version *push(lua_State *L, size_t count) {
    version *const value = lua_newuserdatauv(L, sizeof *value + count * sizeof *value->parts, 0);
    value->count = count;
    od_push_metatable(L, OD_CLASS_VERSION);
    lua_setmetatable(L, -2);
    return value;
}

// Whether `text` is what may follow the numbers, as the tag of 1.2-rc1, which says nothing.
static bool are_tags(od_slice text) {
    bool empty = false;
    for (size_t i = 0; i < text.size; i++) {
        const uint8_t byte = (uint8_t)text.data[i];
        if (empty && byte == '-') return false;
        const bool alphanumeric = byte >= 0x80 || od_is_digit(byte) || od_is_ascii_alpha(byte);
        if (byte != '-' && !alphanumeric) return false;
        empty = byte == '-';
    }
    return !empty;
}

static bool read_text(lua_State *L, od_slice text) {
    const char *const tags = text.size ? memchr(text.data, '-', text.size) : NULL;
    const size_t end = tags ? (size_t)(tags - text.data) : text.size;
    if (!are_tags(od_slice_cut(text, end, text.size))) return false;
    text.size = end;
    size_t count = 1;
    for (size_t i = 0; i < text.size; i++) count += text.data[i] == '.';
    version *const value = push(L, count);
    size_t at = 0;
    for (size_t i = 0; i < count; i++, at++) {
        const size_t start = at;
        value->parts[i] = 0;
        for (; at < text.size && od_is_digit((uint8_t)text.data[at]); at++)
            value->parts[i] = value->parts[i] * 10 + (text.data[at] - '0');
        if (at == start || (at < text.size && text.data[at] != '.')) return false;
    }
    return true;
}

// Raises the message on top of the stack.
static void fail(lua_State *L) {
    od_while_retrieving(L, "Version");
    od_raise(L);
}

static void read_table(lua_State *L, int index) {
    const size_t count = (size_t)lua_rawlen(L, index);
    version *const value = push(L, count);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        int whole;
        value->parts[i] = lua_tointegerx(L, -1, &whole);
        if (!whole) {
            lua_pushfstring(L, "Integral expected, got %s\n\twhile retrieving index %I\n\twhile "
                               "retrieving list", od_type_name(L, -1), (lua_Integer)i + 1);
            fail(L);
        }
        lua_pop(L, 1);
    }
}

static void read_number(lua_State *L, int index) {
    version *const value = push(L, 1);
    int whole;
    value->parts[0] = lua_tointegerx(L, index, &whole);
    if (whole) return;
    lua_pushliteral(L, "Integral expected, got number");
    fail(L);
}

// Pushes what the value at `index` is as a version and returns it; raises an error for no version.
static const version *read(lua_State *L, int index) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, NULL);
    if (od_to_class(L, index, OD_CLASS_VERSION)) {
        lua_pushvalue(L, index);
    } else if (lua_type(L, index) == LUA_TNUMBER) {
        read_number(L, index);
    } else if (lua_isstring(L, index)) {
        lua_pushvalue(L, index);
        const od_slice text = od_read_text(L, -1);
        if (!read_text(L, text)) {
            lua_pushfstring(L, "could not parse as Version: %s", text.data);
            fail(L);
        }
        lua_remove(L, -2);
    } else if (lua_istable(L, index)) {
        read_table(L, index);
    } else {
        if (lua_isuserdata(L, index))
            lua_pushfstring(L, "Version expected, got %s", od_type_name(L, index));
        else lua_pushliteral(L, "could not peek Version");
        fail(L);
    }
    return lua_touserdata(L, -1);
}

static const version *read_argument(lua_State *L, const od_signature *signature, int index) {
    od_begin_argument(L, signature, index);
    const version *const value = read(L, index);
    od_end_argument(L);
    return value;
}

void od_push_version(lua_State *L, const char *text) {
    read_text(L, od_slice_of(text));
}

int od_version_new(lua_State *L) {
    static const od_signature SIGNATURE = {"Version", {"version_specifier"}};
    read_argument(L, &SIGNATURE, 1);
    return 1;
}

int od_version_of_utils(lua_State *L) {
    static const od_signature SIGNATURE = {"Version", {"v"}};
    read_argument(L, &SIGNATURE, 1);
    return 1;
}

// ---- metamethods --------------------------------------------------------------------------------

static int compare(const version *a, const version *b) {
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (a->parts[i] != b->parts[i]) return a->parts[i] < b->parts[i] ? -1 : 1;
    return a->count == b->count ? 0 : a->count < b->count ? -1 : 1;
}

static int compare_values(lua_State *L) {
    static const od_signature SIGNATURE = {"", {"v1", "v2"}};
    lua_settop(L, 2);
    const version *const a = read_argument(L, &SIGNATURE, 1);
    return compare(a, read_argument(L, &SIGNATURE, 2));
}

static int equal(lua_State *L) {
    lua_pushboolean(L, compare_values(L) == 0);
    return 1;
}

static int less(lua_State *L) {
    lua_pushboolean(L, compare_values(L) < 0);
    return 1;
}

static int less_or_equal(lua_State *L) {
    lua_pushboolean(L, compare_values(L) <= 0);
    return 1;
}

static int length(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)read(L, 1)->count);
    return 1;
}

static int to_string(lua_State *L) {
    const version *const value = read(L, 1);
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    for (size_t i = 0; i < value->count; i++) {
        char part[32];
        const int size = snprintf(part, sizeof part, i ? ".%lld" : "%lld",
                                  (long long)value->parts[i]);
        luaL_addlstring(&text, part, (size_t)size);
    }
    luaL_pushresult(&text);
    return 1;
}

static int must_be_at_least(lua_State *L) {
    static const od_signature SIGNATURE = {"must_be_at_least", {"self", "reference"}};
    lua_settop(L, 3);
    const version *const actual = read_argument(L, &SIGNATURE, 1);
    if (compare(actual, read_argument(L, &SIGNATURE, 2)) >= 0) return 0;
    lua_getglobal(L, "string");
    lua_getfield(L, -1, "format");
    if (lua_isnil(L, 3)) lua_pushliteral(L, "expected version %s or newer, got %s");
    else lua_pushvalue(L, 3);
    luaL_tolstring(L, 5, NULL);
    luaL_tolstring(L, 4, NULL);
    lua_call(L, 3, 1);
    return lua_error(L);
}

static int next_part(lua_State *L) {
    const version *const value = read(L, 1);
    const lua_Integer place = luaL_optinteger(L, 2, 0) + 1;
    if ((size_t)place > value->count) return 0;
    lua_pushinteger(L, place);
    lua_pushinteger(L, value->parts[place - 1]);
    return 2;
}

static int pairs(lua_State *L) {
    read(L, 1);
    lua_settop(L, 1);
    lua_pushcfunction(L, next_part);
    lua_insert(L, 1);
    return 2;
}

static int index_of(lua_State *L) {
    const version *const value = read(L, 1);
    int whole;
    const lua_Integer place = lua_tointegerx(L, 2, &whole);
    if (lua_type(L, 2) == LUA_TSTRING && strcmp(lua_tostring(L, 2), "must_be_at_least") == 0)
        lua_pushcfunction(L, must_be_at_least);
    else if (whole && place >= 1 && (size_t)place <= value->count)
        lua_pushinteger(L, value->parts[place - 1]);
    else lua_pushnil(L);
    return 1;
}

static int refuse_assignment(lua_State *L) {
    return od_error(L, "Cannot set unknown property.");
}

void od_open_version(lua_State *L) {
    static const luaL_Reg METAMETHODS[] = {
        {"__newindex", refuse_assignment}, {"__eq", equal},     {"__lt", less},
        {"__le", less_or_equal},           {"__len", length},   {"__index", index_of},
        {"__tostring", to_string},         {"__pairs", pairs},  {NULL, NULL},
    };
    od_new_metatable(L, OD_CLASS_VERSION, "Version");
    luaL_setfuncs(L, METAMETHODS, 0);
    lua_pop(L, 1);
}
