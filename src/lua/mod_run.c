// pandoc.utils, the rest: other filters run on a document, and citations.
#include "lua/modules.h"

#include "lua/document.h"
#include "lua/json.h"
#include "lua/keeper.h"
#include "lua/lua_files.h"
#include "lua/process.h"
#include "writer/pandoc_json.h"

#include <unistd.h>

// Sets the trees of the document at 1, which live as long as a value that it pushes.
static void build_document(lua_State *L, const od_signature *signature, const od_node **root,
                           const od_node **meta) {
    od_begin_argument(L, signature, 1);
    if (!od_is_document(L, 1)) {
        lua_pushfstring(L, "Pandoc expected, got %s", od_type_name(L, 1));
        od_while_retrieving(L, "Pandoc");
        od_raise(L);
    }
    od_end_argument(L);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, lua_gettop(L));
    od_build_document(&store, 1, root, meta);
}

// Pushes a buffer with the document at 1 as JSON.
static od_buf *push_json(lua_State *L, const od_signature *signature) {
    const od_node *root, *meta;
    build_document(L, signature, &root, &meta);
    od_arena *const arena = od_push_arena(L);
    od_buf *const out = od_push_buf(L);
    od_write_pandoc_json(od_store_settle(arena, root), od_store_settle(arena, meta), NULL, out);
    return out;
}

// Pushes the document that the JSON on top of the stack is.
static int push_document(lua_State *L, const char *function) {
    const od_slice given = od_read_text(L, -1);
    od_arena *const arena = od_push_arena(L);
    const int keeper = lua_gettop(L);
    od_node *root, *meta;
    od_slice message = OD_SLICE("not JSON");
    if (!od_read_json_tree(arena, od_arena_copy(arena, given), &root, &meta, &message))
        return od_error(L, "%s: the answer is not a document: %.*s", function, (int)message.size,
                        message.data);
    od_push_document(L, root, meta, keeper);
    return 1;
}

// ---- JSON filters -------------------------------------------------------------------------------

// What runs scripts that are not executable, by their extension.
static const char *interpreter_of(od_slice path) {
    static const char *const INTERPRETERS[][2] = {
        {".py", "python"}, {".hs", "runhaskell"}, {".pl", "perl"}, {".rb", "ruby"},
        {".php", "php"},   {".js", "node"},       {".r", "Rscript"}};
    for (size_t i = 0; i < sizeof INTERPRETERS / sizeof *INTERPRETERS; i++)
        if (od_slice_ends(path, od_slice_of(INTERPRETERS[i][0]))) return INTERPRETERS[i][1];
    return NULL;
}

// Pushes the words of the command for the filter at 2 with the arguments at 3 (nil: the format), as
// a block of NULL-closed pointers; its texts are kept by a table below it.
static char **push_command(lua_State *L, const od_signature *signature) {
    const od_slice path = od_text_argument(L, signature, 2);
    const bool given = !lua_isnoneornil(L, 3);
    const lua_Integer count = given ? od_list_argument(L, signature, 3) : 1;
    lua_newtable(L);
    const int texts = lua_gettop(L);
    char **const words = lua_newuserdatauv(L, ((size_t)count + 3) * sizeof *words, 0);
    size_t at = 0;
    const char *const interpreter = interpreter_of(path);
    const bool here = access(path.data, F_OK) == 0, runs = access(path.data, X_OK) == 0;
    if (here && !runs && interpreter) words[at++] = (char *)(uintptr_t)interpreter;
    const bool bare = here && runs && !memchr(path.data, '/', path.size);
    lua_pushfstring(L, bare ? "./%s" : "%s", path.data);
    words[at++] = (char *)(uintptr_t)lua_tostring(L, -1);
    lua_rawseti(L, texts, 1);
    for (lua_Integer i = 1; i <= count; i++) {
        if (given) od_push_text_item(L, signature, 3, i);
        else lua_getglobal(L, "FORMAT");
        words[at++] = (char *)(uintptr_t)(lua_isstring(L, -1) ? lua_tostring(L, -1) : "");
        lua_rawseti(L, texts, i + 1);
    }
    words[at] = NULL;
    return words;
}

static int run_json_filter(lua_State *L) {
    static const od_signature SIGNATURE = {"run_json_filter", {"doc", "filter", "args"}};
    od_check_trust(L, "pandoc.utils.run_json_filter");
    lua_settop(L, 3);
    const od_buf *const json = push_json(L, &SIGNATURE);
    char **const words = push_command(L, &SIGNATURE);
    const int code = od_run_process(L, words, od_buf_slice(json), false);
    if (code)
        return luaL_error(L, "Error running filter %s:\nFilter returned error status %d",
                          lua_tostring(L, 2), code);
    return push_document(L, "pandoc.utils.run_json_filter");
}

// ---- Lua filters --------------------------------------------------------------------------------

// Pushes the table of globals for the filter: that at 3, or a copy of ours.
static void push_globals(lua_State *L) {
    if (lua_istable(L, 3)) {
        lua_pushvalue(L, 3);
        return;
    }
    lua_newtable(L);
    lua_pushglobaltable(L);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, -6);
    }
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "_G");
    lua_pushvalue(L, 2);
    lua_setfield(L, -2, "PANDOC_SCRIPT_FILE");
}

// Replaces the document at 1 by that which the filter on top of the stack makes of it; pops it.
static void walk(lua_State *L) {
    lua_getfield(L, 1, "walk");
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -3);
    lua_call(L, 2, 1);
    lua_replace(L, 1);
    lua_pop(L, 1);
}

static int run_lua_filter(lua_State *L) {
    static const od_signature SIGNATURE = {"run_lua_filter", {"doc", "filter", "env"}};
    if (!od_is_document(L, 1)) return od_argument_error(L, &SIGNATURE, 1, "Pandoc");
    const char *const path = od_text_argument(L, &SIGNATURE, 2).data;
    od_check_trust(L, "pandoc.utils.run_lua_filter");
    lua_settop(L, 3);
    push_globals(L);
    if (luaL_loadfilex(L, path, "t") != LUA_OK) return lua_error(L);
    lua_pushvalue(L, 4);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
    // What it returns, or its globals.
    const int filters = lua_isnil(L, -1) ? 4 : lua_gettop(L);
    if (!lua_istable(L, filters)) return luaL_error(L, "the filter %s gives no table", path);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, filters);
    if (!count) {
        lua_pushvalue(L, filters);
        walk(L);
    }
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, filters, i);
        walk(L);
    }
    lua_settop(L, 1);
    return 1;
}

// ---- citations ----------------------------------------------------------------------------------

static int citeproc(lua_State *L) {
    static const od_signature SIGNATURE = {"citeproc", {"doc"}};
    lua_settop(L, 1);
    const od_node *root, *meta;
    build_document(L, &SIGNATURE, &root, &meta);
    if (od_is_caged(L) || !od_has_pandoc())
        return luaL_error(L, "pandoc.utils.citeproc is pandoc's and not available here; run with "
                             "--trust and pandoc installed");
    const char *const arguments[] = {"pandoc", "-f", "json", "-t", "json", "--citeproc", NULL};
    od_push_pandoc_of_json(L, arguments, root, meta);
    return push_document(L, "pandoc.utils.citeproc");
}

static int references(lua_State *L) {
    static const od_signature SIGNATURE = {"references", {"doc"}};
    static const char NAME[] = "orgdraft.references";
    if (!od_is_document(L, 1)) {
        lua_pushfstring(L, "Pandoc expected, got %s\n\twhile retrieving Pandoc",
                        lua_gettop(L) ? od_type_name(L, 1) : "no value");
        return od_raise_argument(L, &SIGNATURE, 1);
    }
    lua_settop(L, 1);
    if (lua_getfield(L, LUA_REGISTRYINDEX, NAME) == LUA_TNIL) {
        lua_pop(L, 1);
        if (luaL_loadbufferx(L, od_lua_references, strlen(od_lua_references), "=references.lua",
                             "t") != LUA_OK)
            lua_error(L);
        lua_call(L, 0, 1);
        lua_pushvalue(L, -1);
        lua_setfield(L, LUA_REGISTRYINDEX, NAME);
    }
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int documentation(lua_State *L) {
    return luaL_error(L, "pandoc.utils.documentation is not available here; what functions do "
                         "is in https://pandoc.org/lua-filters.html");
}

void od_add_utils(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"citeproc", citeproc},
        {"documentation", documentation},
        {"references", references},
        {"run_json_filter", run_json_filter},
        {"run_lua_filter", run_lua_filter},
        {NULL, NULL},
    };
    lua_getfield(L, -1, "utils");
    luaL_setfuncs(L, FUNCTIONS, 0);
    lua_pop(L, 1);
}
