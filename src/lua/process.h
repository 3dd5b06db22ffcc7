// Processes: a command run with a text on its standard input, its output collected.
#ifndef OD_LUA_PROCESS_H
#define OD_LUA_PROCESS_H

#include "lua/host.h"

// Runs a command, looked up in PATH, pushes its output (and with `errors` what it wrote to standard
// error, which else goes to ours) and returns its exit code, 128 plus the signal that ended it.
// Raises an error when it cannot be started.
int od_run_process(lua_State *L, char *const *arguments, od_slice input, bool errors);

#endif
