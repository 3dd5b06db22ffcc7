// pandoc.log: messages to the person who runs the filter.
#include "lua/modules.h"

static const char SILENT_KEY; // its address is the key of the list that takes messages while silent
static const char MESSAGE_KEY; // … and of the metatable of messages

// Pushes the place of the Lua function that called, "FILE line N", or "".
static void push_place(lua_State *L) {
    lua_Debug caller;
    const bool known = lua_getstack(L, 1, &caller) && lua_getinfo(L, "Sl", &caller) &&
                       caller.currentline > 0;
    if (known) lua_pushfstring(L, " at %s line %d", caller.short_src, caller.currentline);
    else lua_pushliteral(L, "");
}

static int message_to_string(lua_State *L) {
    lua_getfield(L, 1, "message");
    return 1;
}

// Keeps the message on top of the stack for `silence`; false when messages are not kept.
static bool keep(lua_State *L, const char *verbosity, int text) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &SILENT_KEY) != LUA_TTABLE) return false;
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, text);
    lua_setfield(L, -2, "message");
    lua_pushstring(L, verbosity);
    lua_setfield(L, -2, "verbosity");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &MESSAGE_KEY);
    lua_setmetatable(L, -2);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    return true;
}

// Writes the string on top of the stack to io.stderr, which a cage has replaced by its own.
static void write_error(lua_State *L) {
    const int text = lua_gettop(L);
    if (lua_getglobal(L, "io") != LUA_TTABLE || lua_getfield(L, -1, "stderr") == LUA_TNIL) return;
    lua_getfield(L, -1, "write");
    lua_insert(L, -2);
    lua_pushvalue(L, text);
    lua_call(L, 2, 0);
}

static int log_message(lua_State *L, const od_signature *signature, const char *verbosity,
                       bool shown) {
    const od_slice text = od_text_argument(L, signature, 1);
    push_place(L);
    lua_pushfstring(L, "%s%s", text.data, lua_tostring(L, -1));
    if (keep(L, verbosity, lua_gettop(L))) return 0;
    if (!shown) return 0;
    lua_pop(L, 1);
    lua_pushfstring(L, "[%s] %s\n", verbosity, lua_tostring(L, -1));
    write_error(L);
    return 0;
}

// What is said only with --verbose is not shown.
static int info(lua_State *L) {
    static const od_signature SIGNATURE = {"info", {"message"}};
    return log_message(L, &SIGNATURE, "INFO", false);
}

static int warn(lua_State *L) {
    static const od_signature SIGNATURE = {"warn", {"message"}};
    return log_message(L, &SIGNATURE, "WARNING", true);
}

static int silence(lua_State *L) {
    static const od_signature SIGNATURE = {"silence", {"fn"}};
    if (!lua_isfunction(L, 1)) return od_argument_error(L, &SIGNATURE, 1, "function");
    const int arguments = lua_gettop(L) - 1;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &SILENT_KEY);
    lua_insert(L, 1);
    lua_newtable(L);
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &SILENT_KEY);
    lua_insert(L, 2);
    const int status = lua_pcall(L, arguments, LUA_MULTRET, 0);
    lua_pushvalue(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &SILENT_KEY);
    if (status != LUA_OK) return lua_error(L);
    return lua_gettop(L) - 1;
}

void od_open_log(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"info", info}, {"silence", silence}, {"warn", warn}, {NULL, NULL}};
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, message_to_string);
    lua_setfield(L, -2, "__tostring");
    lua_pushliteral(L, "LogMessage");
    lua_setfield(L, -2, "__name");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &MESSAGE_KEY);
    luaL_newlib(L, FUNCTIONS);
}
