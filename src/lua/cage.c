#include "lua/cage.h"

#include "lua/modules.h"

#include <lualib.h>
#include <stdlib.h>

enum { INSTRUCTIONS = 10000 }; // between two looks at the clock

static const char CAGE_KEY; // its address is the key of the cage in the registry

static od_cage *cage_of(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &CAGE_KEY);
    od_cage *const cage = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return cage;
}

// ---- memory and time -----------------------------------------------------------------------------

void *od_cage_allocate(void *context, void *memory, size_t old, size_t size) {
    od_cage *const cage = context;
    if (!memory) old = 0; // then it says the type of the object
    if (cage->memory && size > old && size - old > cage->memory - cage->used) return NULL;
    void *const moved = od_heap_move(&cage->heap, memory, old, size);
    if (moved || !size) cage->used = cage->used - old + size;
    return moved;
}

static void look_at_clock(lua_State *L, lua_Debug *event) {
    (void)event;
    od_cage *const cage = cage_of(L);
    if (!cage->spent(cage->context)) return;
    luaL_where(L, 0);
    od_slice where = od_slice_of(lua_tostring(L, -1));
    // `FILE:LINE: `, or nothing
    while (where.size && (where.data[where.size - 1] == ' ' || where.data[where.size - 1] == ':'))
        where.size--;
    const od_host *const host = od_host_of(L);
    cage->give_up(cage->context, where, host->handler, host->place);
}

void od_cage_wake(od_cage *cage) {
    if (cage->L) lua_sethook(cage->L, look_at_clock, LUA_MASKCOUNT, 1);
}

// A hook costs something at every instruction, so the main thread has none until its time is up.
// Which coroutine runs then nobody can tell: each has one from the start, of the thread that makes
// it.
static int make_coroutine(lua_State *L) {
    const od_cage *const cage = cage_of(L);
    const lua_Hook hook = lua_gethook(L);
    lua_sethook(L, look_at_clock, LUA_MASKCOUNT, INSTRUCTIONS);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    if (!hook && !cage->spent(cage->context)) lua_sethook(L, NULL, 0, 0);
    return 1;
}

// ---- refusals ------------------------------------------------------------------------------------

static int refuse(lua_State *L) {
    return luaL_error(L, "%s is not available to a caged filter; run with --trust",
                      lua_tostring(L, lua_upvalueindex(1)));
}

// Pushes a function that says that `library`.`name` is not available.
static void push_refusal(lua_State *L, const char *library, const char *name) {
    if (*library) lua_pushfstring(L, "%s.%s", library, name);
    else lua_pushstring(L, name);
    lua_pushcclosure(L, refuse, 1);
}

static bool is_listed(const char *const *names, const char *name) {
    for (; *names; names++)
        if (strcmp(*names, name) == 0) return true;
    return false;
}

// Replaces the functions of the table on top of the stack by refusals, but for those of `allowed`.
static void refuse_all_but(lua_State *L, const char *library, const char *const *allowed) {
    for (lua_pushnil(L); lua_next(L, -2);) {
        const bool is_named = lua_type(L, -2) == LUA_TSTRING;
        if (is_named && lua_isfunction(L, -1) && !is_listed(allowed, lua_tostring(L, -2))) {
            push_refusal(L, library, lua_tostring(L, -2));
            lua_pushvalue(L, -3);
            lua_insert(L, -2);
            lua_rawset(L, -5); // of a key that is there, so that the walk may go on
        }
        lua_pop(L, 1);
    }
}

// Adds refusals for `names` to the table on top of the stack.
static void refuse_these(lua_State *L, const char *library, const char *const *names) {
    for (; *names; names++) {
        push_refusal(L, library, *names);
        lua_setfield(L, -2, *names);
    }
}

// ---- printing ------------------------------------------------------------------------------------

static int print(lua_State *L) {
    const int count = lua_gettop(L);
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    for (int i = 1; i <= count; i++) {
        if (i > 1) luaL_addchar(&text, '\t');
        luaL_tolstring(L, i, NULL);
        luaL_addvalue(&text);
    }
    luaL_addchar(&text, '\n');
    luaL_pushresult(&text);
    od_cage *const cage = cage_of(L);
    cage->print(cage->context, false, (od_slice){lua_tostring(L, -1), lua_rawlen(L, -1)});
    return 0;
}

static void write_from(lua_State *L, int first, bool to_stderr) {
    od_cage *const cage = cage_of(L);
    for (int i = first; i <= lua_gettop(L); i++) {
        size_t size;
        const char *const data = luaL_checklstring(L, i, &size);
        cage->print(cage->context, to_stderr, (od_slice){data, size});
    }
}

static const char STREAM[] = "FILE*"; // as Lua's own are called

static int write_to_stream(lua_State *L) {
    const bool *const to_stderr = luaL_checkudata(L, 1, STREAM);
    write_from(L, 2, *to_stderr);
    lua_settop(L, 1);
    return 1;
}

static int do_nothing_with_stream(lua_State *L) {
    luaL_checkudata(L, 1, STREAM);
    lua_settop(L, 1);
    return 1;
}

static int write_to_stdout(lua_State *L) {
    write_from(L, 1, false);
    lua_getfield(L, lua_upvalueindex(1), "stdout");
    return 1;
}

static int type_of_stream(lua_State *L) {
    luaL_checkany(L, 1);
    if (luaL_testudata(L, 1, STREAM)) lua_pushliteral(L, "file");
    else lua_pushnil(L);
    return 1;
}

static void make_stream_type(lua_State *L) {
    static const char *const REFUSED[] = {"close", "lines", "read", "seek", NULL};
    static const luaL_Reg METHODS[] = {{"write", write_to_stream},
                                       {"flush", do_nothing_with_stream},
                                       {"setvbuf", do_nothing_with_stream},
                                       {NULL, NULL}};
    luaL_newmetatable(L, STREAM);
    luaL_newlib(L, METHODS);
    refuse_these(L, "file", REFUSED);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

static void add_stream(lua_State *L, const char *name, bool to_stderr) {
    *(bool *)lua_newuserdatauv(L, sizeof(bool), 0) = to_stderr;
    luaL_setmetatable(L, STREAM);
    lua_setfield(L, -2, name);
}

static void open_io(lua_State *L) {
    static const char *const REFUSED[] = {"close", "input",   "lines",  "open", "output",
                                          "popen", "read",    "stdin",  "tmpfile", NULL};
    make_stream_type(L);
    lua_newtable(L);
    refuse_these(L, "io", REFUSED);
    add_stream(L, "stdout", false);
    add_stream(L, "stderr", true);
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, write_to_stdout, 1);
    lua_setfield(L, -2, "write");
    lua_pushcfunction(L, type_of_stream);
    lua_setfield(L, -2, "type");
    lua_pushcfunction(L, do_nothing_with_stream);
    lua_setfield(L, -2, "flush");
    lua_setglobal(L, "io");
}

// ---- base ----------------------------------------------------------------------------------------

// The binary form of a chunk is not checked by Lua: a wrong one is a crash.
static int load_text(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING) luaL_checktype(L, 1, LUA_TFUNCTION);
    const char *const mode = luaL_optstring(L, 3, "bt");
    if (!strchr(mode, 't')) return luaL_error(L, "binary chunks are not available to a caged filter; "
                                                 "run with --trust");
    if (lua_gettop(L) < 3) lua_settop(L, 3);
    lua_pushliteral(L, "t");
    lua_replace(L, 3);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

static void refuse_field(lua_State *L, const char *field) {
    lua_pushstring(L, field);
    if (lua_rawget(L, 2) != LUA_TNIL)
        luaL_error(L, "setmetatable with %s is not available to a caged filter; run with --trust",
                   field);
    lua_pop(L, 1);
}

// Finalizers run where no hook sees them, and weak tables that grow while memory is short are freed
// twice. (A field that comes into the metatable later gets past this; then the process ends.)
static int set_metatable(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    if (lua_istable(L, 2)) {
        refuse_field(L, "__gc");
        refuse_field(L, "__mode");
    }
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

static int finish_xpcall(lua_State *L, int status, lua_KContext context) {
    (void)context;
    if (status == LUA_OK || status == LUA_YIELD) {
        // [handler, true, results]
        return lua_gettop(L) - 1;
    }
    // [handler, …, message]
    lua_pushvalue(L, 1);
    lua_insert(L, -2);
    lua_call(L, 1, 1);
    lua_pushboolean(L, false);
    lua_insert(L, -2);
    return 2;
}

// xpcall whose handler is called when the error is over, not within: a handler that was called from
// a hook would run without hooks.
static int xpcall_after(lua_State *L) {
    const int count = lua_gettop(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushboolean(L, true);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2); // [f, handler, true, f, arguments]
    lua_remove(L, 1);
    return finish_xpcall(L, lua_pcallk(L, count - 2, LUA_MULTRET, 0, 0, finish_xpcall), 0);
}

static int collect_garbage(lua_State *L) {
    static const char *const ALLOWED[] = {"count", "collect", "step", NULL};
    const char *const what = luaL_optstring(L, 1, "collect");
    if (!is_listed(ALLOWED, what))
        return luaL_error(L, "collectgarbage '%s' is not available to a caged filter; run with "
                             "--trust",
                          what);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

// Puts `function` in the place of the global `name`, which it has as its upvalue.
static void wrap(lua_State *L, const char *name, lua_CFunction function) {
    lua_getglobal(L, name);
    lua_pushcclosure(L, function, 1);
    lua_setglobal(L, name);
}

static void open_base(lua_State *L) {
    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    lua_pop(L, 1);
    wrap(L, "load", load_text);
    wrap(L, "collectgarbage", collect_garbage);
    lua_register(L, "xpcall", xpcall_after);
    lua_register(L, "print", print);
    static const char *const REFUSED[] = {"dofile", "loadfile", NULL};
    lua_pushglobaltable(L);
    refuse_these(L, "", REFUSED);
    lua_pop(L, 1);
}

// ---- os, string, coroutine, debug ----------------------------------------------------------------

static int leave(lua_State *L) {
    od_cage *const cage = cage_of(L);
    const int status = lua_isboolean(L, 1) ? !lua_toboolean(L, 1) : (int)luaL_optinteger(L, 1, 0);
    cage->leave(cage->context, status);
    return 0;
}

typedef struct library {
    const char *name;
    lua_CFunction open;
    const char *allowed[20]; // empty: all but `refused`
    const char *refused;
} library;

static const library LIBRARIES[] = {
    {LUA_TABLIBNAME, luaopen_table, {NULL}, NULL},
    {LUA_MATHLIBNAME, luaopen_math, {NULL}, NULL},
    {LUA_UTF8LIBNAME, luaopen_utf8, {NULL}, NULL},
    {LUA_STRLIBNAME, luaopen_string, {NULL}, "dump"},
    // A chain of coroutines that close each other ends in a crash.
    {LUA_COLIBNAME, luaopen_coroutine, {NULL}, "close"},
    {LUA_OSLIBNAME, luaopen_os, {"clock", "date", "difftime", "time", NULL}, NULL},
    {LUA_DBLIBNAME, luaopen_debug, {"traceback", NULL}, NULL},
};

static void watch_coroutines(lua_State *L) {
    static const char *const MAKERS[] = {"create", "wrap"};
    lua_getglobal(L, LUA_COLIBNAME);
    for (size_t i = 0; i < sizeof MAKERS / sizeof *MAKERS; i++) {
        lua_getfield(L, -1, MAKERS[i]);
        lua_pushcclosure(L, make_coroutine, 1);
        lua_setfield(L, -2, MAKERS[i]);
    }
    lua_pop(L, 1);
}

static void open_libraries(lua_State *L) {
    for (size_t i = 0; i < sizeof LIBRARIES / sizeof *LIBRARIES; i++) {
        const library *const l = &LIBRARIES[i];
        luaL_requiref(L, l->name, l->open, 1);
        if (l->allowed[0]) refuse_all_but(L, l->name, l->allowed);
        if (l->refused) {
            push_refusal(L, l->name, l->refused);
            lua_setfield(L, -2, l->refused);
        }
        lua_pop(L, 1);
    }
    lua_getglobal(L, LUA_OSLIBNAME);
    lua_pushcfunction(L, leave);
    lua_setfield(L, -2, "exit");
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, false); // getmetatable("") says this
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 3);
}

// ---- require -------------------------------------------------------------------------------------

static bool is_named(const od_cage_module *module, const char *name, size_t size) {
    const od_slice have = module->name;
    if (have.size < size) return false;
    for (size_t i = 0; i < size; i++)
        if (have.data[i] != (name[i] == '.' ? '/' : name[i])) return false;
    return have.size == size || od_slice_is(od_slice_from(have, size), "/init");
}

// Returns the module of that name; raises an error when there is none.
static const od_cage_module *find_module(lua_State *L, const char *name, size_t size) {
    const od_cage *const cage = cage_of(L);
    for (size_t i = 0; i < cage->module_count; i++)
        if (is_named(&cage->modules[i], name, size)) return &cage->modules[i];
    luaL_error(L,
               "module '%s' not found: a caged filter can require pandoc's modules and Lua files "
               "beside it%s; run with --trust",
               name, cage->modules_left_out ? ", of which not all could be read" : "");
    return NULL;
}

// Pushes the function that makes module `name`, and what it is called with behind the name.
static void push_loader(lua_State *L, const char *name, size_t size) {
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
    if (lua_getfield(L, -1, name) != LUA_TNIL) {
        lua_pushliteral(L, ":preload:");
        return;
    }
    const od_cage_module *const module = find_module(L, name, size);
    lua_pushfstring(L, "@%s", module->path);
    if (luaL_loadbufferx(L, module->bytes.size ? module->bytes.data : "", module->bytes.size,
                         lua_tostring(L, -1), "t") != LUA_OK)
        luaL_error(L, "error loading module '%s' from file '%s':\n\t%s", name, module->path,
                   lua_tostring(L, -1));
    lua_pushstring(L, module->path);
}

static int require(lua_State *L) {
    size_t size;
    const char *const name = luaL_checklstring(L, 1, &size);
    lua_settop(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    if (lua_getfield(L, 2, name) != LUA_TNIL && lua_toboolean(L, -1)) return 1;
    push_loader(L, name, size);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2); // [function, data, name, data]
    lua_pushvalue(L, -4);
    lua_insert(L, -3);
    lua_call(L, 2, 1);
    if (!lua_isnil(L, -1)) lua_setfield(L, 2, name);
    if (lua_getfield(L, 2, name) == LUA_TNIL) {
        lua_pushboolean(L, true);
        lua_pushvalue(L, -1);
        lua_setfield(L, 2, name);
    }
    return 1;
}

static void open_package(lua_State *L) {
    static const char *const REFUSED[] = {"loadlib", "searchpath", NULL};
    lua_newtable(L);
    refuse_these(L, "package", REFUSED);
    lua_pushliteral(L, "/\n;\n?\n!\n-\n");
    lua_setfield(L, -2, "config");
    lua_pushliteral(L, "./?.lua");
    lua_setfield(L, -2, "path"); // filters add to it, and nothing reads it
    lua_pushliteral(L, "");
    lua_setfield(L, -2, "cpath");
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_setfield(L, -2, "loaded");
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
    lua_setfield(L, -2, "preload");
    lua_setglobal(L, LUA_LOADLIBNAME);
    lua_register(L, "require", require);
}

void od_cage_open(lua_State *L, void *cage) {
    lua_pushlightuserdata(L, cage);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &CAGE_KEY);
    lua_pushboolean(L, true);
    lua_setfield(L, LUA_REGISTRYINDEX, OD_CAGED_FIELD);
    open_base(L);
    open_libraries(L);
    watch_coroutines(L);
    open_io(L);
    open_package(L);
    ((od_cage *)cage)->L = L;
}

// ---- pandoc's modules ----------------------------------------------------------------------------

typedef struct refusals {
    const char *module; // NULL: the table `pandoc` itself
    const char *library;
    const char *names[20];
} refusals;

static const refusals REFUSALS[] = {
    {NULL, "pandoc", {"pipe", NULL}},
    {"utils", "pandoc.utils", {"run_json_filter", "run_lua_filter", NULL}},
    {"mediabag", "pandoc.mediabag", {"fetch", "fill", "write", NULL}},
    {"path", "pandoc.path", {"exists", NULL}},
    {"template", "pandoc.template", {"get", NULL}},
    {"system",
     "pandoc.system",
     {"command", "copy", "environment", "get_working_directory", "list_directory",
      "make_directory", "read_file", "remove", "remove_directory", "rename", "times",
      "with_environment", "with_temporary_directory", "with_working_directory", "write_file", "xdg",
      NULL}},
};

// Adds refusals for those of `names` that the table on top of the stack does not have. Those that
// are there know of the cage.
static void refuse_missing(lua_State *L, const char *library, const char *const *names) {
    for (; *names; names++) {
        if (lua_getfield(L, -1, *names) == LUA_TNIL) {
            push_refusal(L, library, *names);
            lua_setfield(L, -3, *names);
        }
        lua_pop(L, 1);
    }
}

// Leaves the module `name` of the table `pandoc`, which is on top of the stack, on top of it.
static void push_module(lua_State *L, const char *name) {
    if (lua_getfield(L, -1, name) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, name);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushfstring(L, "pandoc.%s", name);
    lua_pushvalue(L, -3);
    lua_settable(L, -3);
    lua_pop(L, 1);
}

void od_cage_extend(lua_State *L, void *cage) {
    (void)cage;
    // Not before the modules that are written in Lua, which have weak tables.
    lua_register(L, "setmetatable", set_metatable);
    for (size_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++) {
        const refusals *const r = &REFUSALS[i];
        if (r->module) push_module(L, r->module);
        refuse_missing(L, r->library, r->names);
        if (r->module) lua_pop(L, 1);
    }
}
