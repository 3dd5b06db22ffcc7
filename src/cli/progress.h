// Progress: a bar on the terminal while a long run is under way.
//
// It appears after half a second, is redrawn a few times a second, and leaves nothing behind.
#ifndef OD_CLI_PROGRESS_H
#define OD_CLI_PROGRESS_H

#include "cli/cli.h"

typedef struct od_progress {
    const od_cli *cli;
    size_t total, done;
    size_t looked; // `done` when the clock was looked at last
    bool enabled;  // somebody watches: standard error is a terminal
    bool shown;
    long start, next; // milliseconds: of the run, and before which nothing is drawn again
} od_progress;

// Starts the progress of `total` steps.
void od_progress_start(od_progress *progress, const od_cli *cli, size_t total);

// Says that another step is done.
void od_progress_step(od_progress *progress);

// Takes the bar away.
void od_progress_end(od_progress *progress);

#endif
