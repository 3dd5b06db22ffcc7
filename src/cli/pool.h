// Pools: many files at a time, in processes of their own.
//
// cmark-gfm keeps process-wide tables while it parses, so threads are out; and a process that
// crashes or takes too long costs one file. Each worker takes runs of neighbouring files and leaves
// one result for each in its outbox, from which they go through a pipe; when it dies, the file it
// died of is known, and another worker takes the rest of the run. Results are handed on in the order
// of the files, whatever the number of workers.
#ifndef OD_CLI_POOL_H
#define OD_CLI_POOL_H

#include "base/arena.h"
#include "report/report.h"

// What came of one file.
typedef struct od_result {
    od_report_counts counts;
    bool failed;
    bool last; // the worker ends after this
    od_slice out, err;
    od_slice items, unchecked; // as JSON, which is put together at the end
} od_result;

typedef struct od_pool {
    void *context;
    size_t count; // files
    size_t workers;
    // Does file `index`, in a worker. What goes to `descriptor` instead of `*result`, when the
    // worker is to end meanwhile, is what od_result_pack makes.
    void (*work)(void *context, size_t index, int descriptor, od_result *result);
    // Takes the result of file `index`; called in the order of the files.
    void (*done)(void *context, size_t index, const od_result *result);
    // Says in `*result` that the worker ended at file `index`, with the `status` of waitpid.
    void (*died)(void *context, size_t index, int status, od_result *result);
} od_pool;

// Runs all files. Returns 0, or an errno when no process or pipe could be made.
int od_pool_run(const od_pool *pool);

// Returns how many workers suit `count` files when `wanted` are asked for (0: by processors).
size_t od_pool_workers(size_t wanted, size_t count);

// Appends the bytes of `result` as they go through the pipe.
void od_result_pack(od_buf *out, const od_result *result);

#endif
