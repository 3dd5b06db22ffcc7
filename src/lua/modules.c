#include "lua/modules.h"

bool od_is_caged(lua_State *L) {
    const bool caged = lua_getfield(L, LUA_REGISTRYINDEX, OD_CAGED_FIELD) != LUA_TNIL;
    const bool on = caged && lua_toboolean(L, -1);
    lua_pop(L, 1);
    return on;
}

void od_check_trust(lua_State *L, const char *name) {
    if (od_is_caged(L))
        luaL_error(L, "%s is not available to a caged filter; run with --trust", name);
}

// Makes the table on top of the stack what `require` gives for `name`.
static void set_loaded(lua_State *L, const char *name) {
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void od_open_modules(lua_State *L) {
    static const struct {
        const char *name;
        void (*open)(lua_State *L);
    } MODULES[] = {
        {"cli", od_open_cli},           {"format", od_open_format},
        {"image", od_open_image},       {"json", od_open_json},
        {"layout", od_open_layout},     {"log", od_open_log},
        {"mediabag", od_open_mediabag}, {"path", od_open_path},
        {"scaffolding", od_open_scaffolding}, {"structure", od_open_structure},
        {"system", od_open_system},
        {"template", od_open_template}, {"text", od_open_text},
        {"types", od_open_types},       {"zip", od_open_zip},
    };
    for (size_t i = 0; i < sizeof MODULES / sizeof *MODULES; i++) {
        MODULES[i].open(L);
        lua_pushfstring(L, "pandoc.%s", MODULES[i].name);
        lua_insert(L, -2);
        set_loaded(L, lua_tostring(L, -2));
        if (MODULES[i].open == od_open_text) set_loaded(L, "text"); // its name before pandoc 3
        lua_remove(L, -2);
        lua_setfield(L, -2, MODULES[i].name);
    }
    od_add_options(L);
    od_add_pipe(L);
    od_add_read(L);
    od_add_utils(L);
    od_add_write(L);
    od_open_lpeg(L);
}
