// Modules: the Lua files beside a filter, read before it runs in its cage.
#ifndef OD_CLI_MODULES_H
#define OD_CLI_MODULES_H

#include "cli/cli.h"
#include "lua/cage.h"

// A script and what it may require.
typedef struct od_script {
    const char *path;
    od_slice bytes;
    const od_cage_module *modules;
    size_t module_count;
    bool modules_left_out; // more files, or more bytes, than are read (limits.h)
} od_script;

// Reads the Lua files of the folder of `script` and of the folders in it into `script`, if it says
// `require` at all. What cannot be read is not there: then `require` says so.
void od_modules_read(od_cli *cli, od_script *script);

#endif
