// Globals: what pandoc tells a script about its run. PANDOC_STATE, PANDOC_READER_OPTIONS,
// PANDOC_WRITER_OPTIONS with the fields and defaults of pandoc 3.10, `warn`, and `arg`.
#ifndef OD_LUA_GLOBALS_H
#define OD_LUA_GLOBALS_H

#include "lua/host.h"

// All zeros but `say` are pandoc's defaults.
typedef struct od_globals {
    const char *const *input_files;
    size_t input_count;
    const char *output_file;   // NULL: standard output
    const char *user_data_dir; // NULL: not told
    const char *from, *to;     // names of formats without extensions; NULL: json
    size_t columns;
    const char *wrap; // "auto", "none", "preserve"; NULL: auto
    bool standalone;
    // Of a script, not of a filter: `arg`, the script itself at 0.
    const char *script;
    const char *const *arguments;
    size_t argument_count;
    void *context;
    void (*say)(void *context, od_slice line); // takes warnings, each closed by a line end
} od_globals;

// Sets them; the table `pandoc` is on top of the stack. `globals` must live as long as the state.
void od_set_globals(lua_State *L, const od_globals *globals);

#endif
