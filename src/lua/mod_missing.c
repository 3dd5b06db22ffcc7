// What pandoc has and orgdraft does not: pandoc.zip, pandoc.cli, pandoc.scaffolding. Whoever asks for
// it is told so.
#include "lua/modules.h"

static int refuse(lua_State *L) {
    return luaL_error(L, "%s is not available here; %s", lua_tostring(L, lua_upvalueindex(1)),
                      lua_tostring(L, lua_upvalueindex(2)));
}

// Sets field `name` of the table on top of the stack to a function that raises an error.
static void set_refusal(lua_State *L, const char *module, const char *name, const char *way_out) {
    lua_pushfstring(L, "pandoc.%s.%s", module, name);
    lua_pushstring(L, way_out);
    lua_pushcclosure(L, refuse, 2);
    lua_setfield(L, -2, name);
}

// Sets it to a table that raises an error when it is called, read, gone through or written to.
static void set_refusing_table(lua_State *L, const char *module, const char *name,
                               const char *way_out) {
    static const char *const EVENTS[] = {"__call", "__index", "__newindex", "__pairs"};
    lua_newtable(L);
    lua_newtable(L);
    for (size_t i = 0; i < sizeof EVENTS / sizeof *EVENTS; i++) {
        lua_pushfstring(L, "pandoc.%s.%s", module, name);
        lua_pushstring(L, way_out);
        lua_pushcclosure(L, refuse, 2);
        lua_setfield(L, -2, EVENTS[i]);
    }
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, name);
}

void od_open_zip(lua_State *L) {
    static const char *const NAMES[] = {"Archive", "Entry", "read_entry", "zip"};
    lua_newtable(L);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        set_refusal(L, "zip", NAMES[i], "run zip or unzip with pandoc.pipe and --trust");
}

void od_open_cli(lua_State *L) {
    static const char WAY_OUT[] =
        "these are options of pandoc; read your own from the table arg, and what is written is told "
        "by FORMAT and PANDOC_WRITER_OPTIONS";
    lua_newtable(L);
    set_refusing_table(L, "cli", "default_options", WAY_OUT);
    set_refusal(L, "cli", "parse_options", WAY_OUT);
    set_refusal(L, "cli", "repl", "start one with: orgdraft lua");
}

void od_open_scaffolding(lua_State *L) {
    lua_newtable(L);
    set_refusing_table(L, "scaffolding", "Writer", "custom writers run in pandoc alone");
}
