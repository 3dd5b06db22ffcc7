#include "lua/filter.h"

#include "lua/attr.h"
#include "lua/construct.h"
#include "lua/document.h"
#include "lua/heap.h"
#include "lua/list.h"
#include "lua/list_attributes.h"
#include "lua/methods.h"
#include "lua/modules.h"
#include "lua/names.h"
#include "lua/simple_table.h"
#include "lua/utils.h"
#include "lua/version.h"
#include "lua/walk.h"

#include <lualib.h>
#include <stdlib.h>

static const char PANDOC_VERSION[] = "3.10", PANDOC_API_VERSION[] = "1.23.1.2";

struct od_filter {
    lua_State *L;
    od_heap heap;
    od_host host;
    od_filter_settings settings;
};

// What is run in protected mode, and what it needs.
typedef struct task {
    od_filter *filter;
    od_slice source;
    od_arena *result;
    od_node **root, **meta;
} task;

// ---- errors -------------------------------------------------------------------------------------

static int add_traceback(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING) {
        if (luaL_callmeta(L, 1, "__tostring") && lua_type(L, -1) == LUA_TSTRING) lua_replace(L, 1);
        else luaL_tolstring(L, 1, NULL);
        lua_replace(L, 1);
        lua_settop(L, 1);
    }
    luaL_traceback(L, L, lua_tostring(L, 1), 1);
    return 1;
}

// Runs `function` with `task`; OD_INVALID with `*failure` when an error was raised.
static od_status protect(lua_CFunction function, task *task, bool traced,
                         od_filter_failure *failure) {
    od_filter *const filter = task->filter;
    lua_State *const L = filter->L;
    filter->host.handler = filter->host.answered = NULL;
    filter->host.place = OD_NO_SPAN;
    lua_settop(L, 0);
    lua_pushcfunction(L, add_traceback);
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, task);
    const int status = lua_pcall(L, 1, 0, traced ? 1 : 0);
    if (status == LUA_OK) return OD_OK;
    size_t size = 0;
    const char *const text = lua_tolstring(L, -1, &size);
    failure->message = text ? (od_slice){text, size} : OD_SLICE("unknown error");
    const bool inside = filter->host.handler != NULL;
    failure->handler = inside ? filter->host.handler : filter->host.answered;
    failure->place = inside ? filter->host.place : filter->host.answered_place;
    filter->host.frame_top = 0;
    // The message stays on the stack, so that it lives on.
    return OD_INVALID;
}

// ---- opening ------------------------------------------------------------------------------------

static void set_globals(lua_State *L, const od_filter_settings *settings) {
    lua_pushstring(L, settings->format ? settings->format : "");
    lua_setglobal(L, "FORMAT");
    lua_pushstring(L, settings->path);
    lua_setglobal(L, "PANDOC_SCRIPT_FILE");
    od_push_version(L, PANDOC_VERSION);
    lua_setglobal(L, "PANDOC_VERSION");
    od_push_version(L, PANDOC_API_VERSION);
    lua_setglobal(L, "PANDOC_API_VERSION");
}

// Makes the table on top of the stack what `require` gives for `name`, if there is `require`.
static void set_loaded(lua_State *L, const char *name) {
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

static void open_pandoc(lua_State *L) {
    static const luaL_Reg WALKS[] = {
        {"walk_block", od_walk_block}, {"walk_inline", od_walk_inline}, {NULL, NULL}};
    lua_newtable(L);
    od_open_lists(L);
    set_loaded(L, "pandoc.List");
    lua_setfield(L, -2, "List");
    od_open_elements(L);
    od_open_attr(L);
    od_open_list_attributes(L);
    od_open_version(L);
    od_open_document(L);
    od_open_methods(L);
    od_open_simple_table(L);
    od_open_constructors(L);
    od_add_names(L);
    luaL_setfuncs(L, WALKS, 0);
    od_open_utils(L);
    set_loaded(L, "pandoc.utils");
    lua_getfield(L, -1, "sha1");
    lua_setfield(L, -3, "sha1");
    lua_setfield(L, -2, "utils");
    od_open_modules(L);
}

static int open_state(lua_State *L) {
    const task *const t = lua_touserdata(L, 1);
    const od_filter_settings *const settings = &t->filter->settings;
    if (settings->open) settings->open(L, settings->context);
    else luaL_openlibs(L);
    open_pandoc(L);
    if (settings->extend) settings->extend(L, settings->context);
    set_loaded(L, "pandoc");
    lua_setglobal(L, "pandoc");
    set_globals(L, settings);
    return 0;
}

static void *allocate(void *heap, void *block, size_t old, size_t size) {
    return od_heap_move(heap, block, old, size);
}

od_filter *od_filter_open(const od_filter_settings *settings, od_filter_failure *failure) {
    od_filter *const filter = calloc(1, sizeof *filter);
    if (!filter) return NULL;
    filter->settings = *settings;
    filter->L = settings->allocate
                    ? lua_newstate(settings->allocate, settings->allocate_context)
                    : lua_newstate(allocate, &filter->heap);
    if (!filter->L) {
        free(filter);
        return NULL;
    }
    od_host *const host = &filter->host;
    memcpy(lua_getextraspace(filter->L), &host, sizeof host);
    *failure = (od_filter_failure){0};
    task task = {.filter = filter};
    protect(open_state, &task, true, failure);
    return filter;
}

// ---- loading ------------------------------------------------------------------------------------

static const char FILTERS_KEY; // its address is the key of the list of filters in the registry

// Compiles the script, in a call of its own: what is wrong with its syntax has no traceback.
static int compile(lua_State *L) {
    const task *const t = lua_touserdata(L, 1);
    lua_pushfstring(L, "@%s", t->filter->settings.path);
    if (luaL_loadbufferx(L, t->source.data ? t->source.data : "", t->source.size,
                         lua_tostring(L, -1), "t") != LUA_OK)
        return lua_error(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &FILTERS_KEY);
    return 0;
}

// Slots of the stack that are kept while a script runs. In Debian's Lua 5.4.4 a chain of `..` over
// values with __concat (Inlines, Docs) reads freed memory when the stack grows or shrinks within it
// (luaV_concat); with these it does neither short of a deep recursion.
enum { STACK_KEPT = 4000 };

// Runs the script and keeps its filters as a list.
static int execute(lua_State *L) {
    lua_settop(L, 0);
    luaL_checkstack(L, STACK_KEPT, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &FILTERS_KEY);
    lua_call(L, 0, LUA_MULTRET);
    if (lua_gettop(L) == 0) lua_pushglobaltable(L);
    else lua_settop(L, 1);
    const bool single = lua_rawlen(L, 1) == 0;
    if (single) {
        lua_createtable(L, 1, 0);
        lua_insert(L, 1);
        lua_rawseti(L, 1, 1);
    }
    lua_settop(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &FILTERS_KEY);
    return 0;
}

od_status od_filter_load(od_filter *filter, od_slice source, od_filter_failure *failure) {
    // A first line `#!…` is not Lua's, and its line end must stay for the numbers of lines.
    if (od_slice_starts(source, OD_SLICE("#"))) {
        const size_t line_end = od_slice_find(source, OD_SLICE("\n"), 0);
        source = od_slice_from(source, line_end == SIZE_MAX ? source.size : line_end);
    }
    task task = {.filter = filter, .source = source};
    const od_status status = protect(compile, &task, false, failure);
    return status == OD_OK ? protect(execute, &task, true, failure) : status;
}

// ---- running ------------------------------------------------------------------------------------

// Gives tables and figures that a reader left without a caption an empty one, which pandoc's types
// always have: the function `Blocks` is to see its list.
static void add_captions(od_arena *arena, od_node *root) {
    for (od_node *node = root; node; node = od_node_next(root, node, false)) {
        if (node->type != OD_TABLE && node->type != OD_FIGURE) continue;
        if (node->first && node->first->type == OD_CAPTION) continue;
        od_node *const caption = od_node_new(arena, OD_CAPTION, OD_NO_SPAN);
        caption->parent = node;
        caption->next = node->first;
        node->first = caption;
        if (!node->last) node->last = caption;
    }
}

static int run_filters(lua_State *L) {
    const task *const t = lua_touserdata(L, 1);
    lua_settop(L, 0);
    luaL_checkstack(L, STACK_KEPT, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &FILTERS_KEY);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    // All functions are read before the first is called, as in pandoc.
    od_functions *const functions = lua_newuserdatauv(L, (size_t)count * sizeof *functions, 0);
    luaL_checkstack(L, (int)count + 8, "too many filters");
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, 1, i + 1);
        functions[i] = od_read_functions(L, -1);
        lua_remove(L, -2);
        functions[i].place = lua_gettop(L);
        if (functions[i].block_lists) add_captions(t->result, *t->root);
    }
    lua_pushnil(L);
    const int keeper = lua_gettop(L);
    const od_node *root = *t->root, *meta = *t->meta;
    for (lua_Integer i = 0; i < count; i++) {
        od_store store = od_store_in_arena(L, t->result, keeper);
        od_walk_document(&store, &functions[i], &root, &meta);
        lua_settop(L, keeper);
    }
    if (root != *t->root) *t->root = od_store_settle(t->result, root);
    if (meta != *t->meta) *t->meta = od_store_settle(t->result, meta);
    return 0;
}

od_status od_filter_run(od_filter *filter, od_arena *result, od_node **root, od_node **meta,
                        od_filter_failure *failure) {
    task task = {.filter = filter, .result = result, .root = root, .meta = meta};
    return protect(run_filters, &task, true, failure);
}

lua_State *od_filter_state(const od_filter *filter) {
    return filter->L;
}

void od_filter_close(od_filter *filter) {
    if (!filter) return;
    lua_close(filter->L);
    od_heap_free(&filter->heap);
    free(filter->host.frames);
    free(filter);
}
