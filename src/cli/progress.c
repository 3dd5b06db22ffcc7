#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { FIRST = 500, EVERY = 100 }; // milliseconds
enum { STEPS_PER_LOOK = 16 };      // so that quick steps do not spend their time on the clock

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void put(const char *text, size_t size) {
    // A bar that cannot be drawn is no reason to do anything else.
    const ssize_t written = write(STDERR_FILENO, text, size);
    (void)written;
}

void od_progress_start(od_progress *progress, const od_cli *cli, size_t total) {
    *progress = (od_progress){.cli = cli, .total = total};
    progress->enabled = !cli->args.quiet && isatty(STDERR_FILENO);
    if (!progress->enabled) return;
    progress->start = now();
    progress->next = progress->start + FIRST;
}

static void draw(od_progress *p) {
    enum { WIDTH = 40 };
    char bar[WIDTH + 1], line[2 * WIDTH + 64];
    const size_t full = p->total ? p->done * WIDTH / p->total : WIDTH;
    for (size_t i = 0; i < WIDTH; i++) bar[i] = i < full ? '#' : '.';
    bar[WIDTH] = '\0';
    const int size = snprintf(line, sizeof line, "\r[%s] %3zu%%", bar,
                              p->total ? p->done * 100 / p->total : 100);
    if (size > 0) put(line, (size_t)size);
    p->shown = true;
}

void od_progress_step(od_progress *progress) {
    progress->done++;
    if (!progress->enabled || progress->done - progress->looked < STEPS_PER_LOOK) return;
    progress->looked = progress->done;
    const long time = now();
    if (time < progress->next) return;
    progress->next = time + EVERY;
    draw(progress);
}

void od_progress_end(od_progress *progress) {
    static const char CLEAR[] = "\r\033[K";
    if (progress->shown) put(CLEAR, sizeof CLEAR - 1);
    progress->shown = false;
}
