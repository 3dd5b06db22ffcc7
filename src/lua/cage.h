// The cage: what a filter of a stranger gets of Lua.
//
// No cage within a process holds over this Lua: pattern matching, finalizers and message handlers
// run for ever where no hook sees them, and there are ways to a crash that are open in Debian's
// 5.4.4. So the filter runs in a process that can do nothing but compute and answer, which is the
// caller's affair. What is here closes the known holes, and tells honest filters why something is
// not there.
#ifndef OD_LUA_CAGE_H
#define OD_LUA_CAGE_H

#include "lua/heap.h"
#include "lua/host.h"

// A Lua file beside the filter, read beforehand, for `require`.
typedef struct od_cage_module {
    od_slice name;    // its path from the folder of the filter, without `.lua`: "lib/tables"
    const char *path; // for messages
    od_slice bytes;
} od_cage_module;

// All zeros but the functions, which must be there.
typedef struct od_cage {
    size_t memory; // bytes that Lua may hold; 0: as many as the process may
    size_t used;   // bytes that it holds
    od_heap heap;  // to be freed after the state
    lua_State *volatile L; // while there is one that od_cage_wake may look for
    const od_cage_module *modules;
    size_t module_count;
    bool modules_left_out; // there were more of them than are read
    void *context;
    // Takes what the filter prints.
    void (*print)(void *context, bool to_stderr, od_slice text);
    // Ends the process with `status` (os.exit); does not return.
    void (*leave)(void *context, int status);
    // Asked now and then, and after od_cage_wake: whether the filter has used up its time.
    bool (*spent)(void *context);
    // Ends the process of a filter that has; `where` is its file and line or empty, `handler` and
    // `place` are what it was called for. Does not return, so that no pcall can catch it.
    void (*give_up)(void *context, od_slice where, const char *handler, od_span place);
} od_cage;

// For od_filter_settings: Lua's memory with the limit, the libraries without what reaches out of
// the process, and refusals for the functions of pandoc's modules that do. `cage` is an od_cage,
// the context of all three.
void *od_cage_allocate(void *cage, void *memory, size_t old, size_t size);
void od_cage_open(lua_State *L, void *cage);

// Makes the filter ask whether its time is up before its next instruction. May be called from a
// signal handler.
void od_cage_wake(od_cage *cage);

void od_cage_extend(lua_State *L, void *cage);

#endif
