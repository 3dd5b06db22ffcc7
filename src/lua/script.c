#include "lua/script.h"

#include <lauxlib.h>

typedef struct task {
    od_slice source;
    const char *name;
    const char *const *arguments;
    size_t count;
    bool incomplete;
} task;

static int add_traceback(lua_State *L) {
    const char *const text = luaL_tolstring(L, 1, NULL);
    luaL_traceback(L, L, text, 1);
    return 1;
}

// The message stays on the stack, so that it lives on.
static od_status protect(lua_State *L, lua_CFunction function, task *task, bool traced,
                         od_filter_failure *failure) {
    lua_settop(L, 0);
    lua_pushcfunction(L, add_traceback);
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, task);
    if (lua_pcall(L, 1, 1, traced ? 1 : 0) == LUA_OK) return OD_OK;
    size_t size = 0;
    const char *const text = lua_tolstring(L, -1, &size);
    *failure = (od_filter_failure){
        .message = text ? (od_slice){text, size} : OD_SLICE("unknown error"),
        .place = OD_NO_SPAN};
    return OD_INVALID;
}

static const char CHUNK_KEY; // its address is the key of the compiled chunk in the registry

static int load(lua_State *L, od_slice source, const char *name) {
    return luaL_loadbufferx(L, source.size ? source.data : "", source.size, name, "t");
}

static int compile(lua_State *L) {
    const task *const t = lua_touserdata(L, 1);
    od_slice source = t->source;
    if (od_slice_starts(source, OD_SLICE("#"))) { // the line of the shell
        const size_t end = od_slice_find(source, OD_SLICE("\n"), 0);
        source = od_slice_from(source, end == SIZE_MAX ? source.size : end);
    }
    if (load(L, source, t->name) != LUA_OK) return lua_error(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &CHUNK_KEY);
    return 0;
}

static int execute(lua_State *L) {
    const task *const t = lua_touserdata(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &CHUNK_KEY);
    luaL_checkstack(L, (int)t->count, "too many arguments");
    for (size_t i = 0; i < t->count; i++) lua_pushstring(L, t->arguments[i]);
    lua_call(L, (int)t->count, 0);
    return 0;
}

od_status od_script_run(od_filter *filter, od_slice source, const char *name,
                        const char *const *arguments, size_t count, od_filter_failure *failure) {
    lua_State *const L = od_filter_state(filter);
    task t = {.source = source, .name = name, .arguments = arguments, .count = count};
    const od_status status = protect(L, compile, &t, false, failure);
    return status == OD_OK ? protect(L, execute, &t, true, failure) : status;
}

// ---- a prompt ------------------------------------------------------------------------------------

static int compile_typed(lua_State *L) {
    task *const t = lua_touserdata(L, 1);
    lua_pushfstring(L, "return %s", lua_pushlstring(L, t->source.data, t->source.size));
    const od_slice expression = {lua_tostring(L, -1), lua_rawlen(L, -1)};
    if (load(L, expression, "=stdin") != LUA_OK) {
        lua_pop(L, 1);
        if (load(L, t->source, "=stdin") != LUA_OK) {
            const od_slice message = od_slice_of(lua_tostring(L, -1));
            t->incomplete = od_slice_ends(message, OD_SLICE("<eof>"));
            return lua_error(L);
        }
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &CHUNK_KEY);
    return 0;
}

static int execute_typed(lua_State *L) {
    lua_settop(L, 0);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &CHUNK_KEY);
    lua_call(L, 0, LUA_MULTRET);
    const int count = lua_gettop(L);
    if (!count) return 0;
    lua_getglobal(L, "print");
    lua_insert(L, 1);
    lua_call(L, count, 0);
    return 0;
}

od_status od_script_type(od_filter *filter, od_slice text, bool *incomplete,
                         od_filter_failure *failure) {
    lua_State *const L = od_filter_state(filter);
    task t = {.source = text};
    od_status status = protect(L, compile_typed, &t, false, failure);
    *incomplete = status != OD_OK && t.incomplete;
    if (status == OD_OK) status = protect(L, execute_typed, &t, true, failure);
    return status;
}
