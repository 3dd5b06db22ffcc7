// Filters: pandoc's Lua filters, run on a tree.
//
// One filter has one Lua state. What it may do is for the caller to say: which libraries are open,
// which modules there are beside those of this folder, and how much memory Lua gets.
#ifndef OD_LUA_FILTER_H
#define OD_LUA_FILTER_H

#include "document/ast.h"

#include <lua.h>

typedef struct od_filter od_filter;

// All zeros but `path` and `format`: everything open, as in pandoc.
typedef struct od_filter_settings {
    const char *path;   // of the script; PANDOC_SCRIPT_FILE and the name in messages
    const char *format; // FORMAT, what the document becomes
    // Lua's memory; NULL for malloc.
    lua_Alloc allocate;
    void *allocate_context;
    // Opens the standard libraries and sets globals; NULL opens all. Called in protected mode.
    void (*open)(lua_State *L, void *context);
    // Adds further modules, called with the table `pandoc` on top of the stack, which it must leave
    // there; may be NULL.
    void (*extend)(lua_State *L, void *context);
    void *context;
} od_filter_settings;

// Why a filter failed.
typedef struct od_filter_failure {
    od_slice message;    // Lua's message with its traceback; lives as long as the filter
    const char *handler; // "Str", "Meta", …: the function that was running, or NULL
    od_span place;       // of the element it was given, or OD_NO_SPAN
} od_filter_failure;

// Makes a filter with its Lua state. Returns NULL when the state cannot be made; `*failure` is set
// when a module could not be opened, and the filter must then be closed without having run.
od_filter *od_filter_open(const od_filter_settings *settings, od_filter_failure *failure);

// Reads and runs the script, which defines or returns its functions.
//
// Errors: OD_INVALID with `*failure`: syntax, or an error while it ran, or a wrong return value.
od_status od_filter_load(od_filter *filter, od_slice source, od_filter_failure *failure);

// Applies the filter to a document: replaces `*root` and `*meta` by the filtered trees, or leaves
// them as they are when nothing was changed. New nodes go to `result`; they may point into the old
// trees, which must live as long.
//
// Errors: OD_INVALID with `*failure`; the trees are then as before.
od_status od_filter_run(od_filter *filter, od_arena *result, od_node **root, od_node **meta,
                        od_filter_failure *failure);

// Returns the Lua state of a filter, to call into it or to set hooks.
lua_State *od_filter_state(const od_filter *filter);

// Closes the Lua state and frees everything that is not in an arena of the caller.
void od_filter_close(od_filter *filter);

#endif
