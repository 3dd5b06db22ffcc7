// Filters: running Lua on a document, in a cage or trusted.
//
// In the cage all filters of a run share one child process (child.h), each with a Lua state of its
// own; so elements keep their places from one filter to the next. The document is parsed there, unless
// it is parsed already, and written there; what comes back are the bytes to put out, and no more is
// believed of them than that they are in their format. Trusted filters run in this process.
#ifndef OD_CLI_FILTERS_H
#define OD_CLI_FILTERS_H

#include "cli/load.h"
#include "cli/modules.h"
#include "lua/globals.h"

enum { OD_EXIT_LUA = 83 }; // pandoc's, for a filter that failed

typedef struct od_filtering {
    od_cli *cli;
    const od_script *scripts;
    size_t count;
    od_loaded *document; // parsed or not; NULL: the scripts are no filters and have none
    const char *format;  // FORMAT
    od_globals globals;  // all but what warnings do
    bool trust;
    bool keep; // what is printed stays in the buffers of `cli`
    void *context;
    // Appends the filtered document to `out`; NULL: nobody wants it.
    void (*write)(void *context, const od_loaded *document, od_buf *out);
    bool (*accept)(void *context, od_slice bytes); // whether they may be what `write` writes
    od_buf *out;
    // Takes what orgdraft.report was given; NULL: it becomes a line on standard error.
    void (*report)(void *context, const od_lua_report *report);
} od_filtering;

// Reads the filter `path`; like pandoc also from `filters/` of the user's data folder. Returns
// OD_EXIT_CLEAN or, after saying what went wrong, OD_EXIT_LUA.
int od_filters_read(od_cli *cli, const char *path, od_script *script);

// Returns pandoc's folder for data of the user, or NULL.
const char *od_filters_data_dir(od_cli *cli);

// Runs the scripts, the filters among them on the document, and writes it.
// Returns OD_EXIT_CLEAN or, after saying what went wrong, OD_EXIT_LUA, or as od_load_parse. With `*ended` a script has ended the
// run with the exit code that is returned, and nothing is to be written.
int od_filters_run(const od_filtering *filtering, bool *ended);

#endif
