// Workers: what commands that read many drafts, each in a process of the pool, have in common.
#ifndef OD_CLI_WORKER_H
#define OD_CLI_WORKER_H

#include "cli/cli.h"
#include "cli/pool.h"

enum { OD_NO_WORKER = -1 }; // instead of the descriptor that a worker answers on

// Starts the clock for the draft `name` of `size` bytes. A worker has to leave a result behind when it
// runs out; this is kept in `record` until od_deadline_stop.
void od_worker_start_clock(od_cli *cli, const char *name, size_t size, int descriptor,
                           od_buf *record);

// Sets `*result` to that of the draft `name`, whose worker ended with the `status` of waitpid.
void od_worker_died(od_cli *cli, const char *name, int status, od_result *result);

#endif
