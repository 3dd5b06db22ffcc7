#include "cli/deadline.h"

#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <unistd.h>

enum { LEAST = 5000, MORE = 1000, BYTES_PER_MORE = 4 << 20 };

// A signal handler is told nothing but its signal, so what it says has to stand where it finds it.
static struct {
    bool handled; // the signal, from the first deadline on
    int descriptor;
    od_slice last_words;
} at_the_end;

static void give_up(int number) {
    (void)number;
    const od_slice words = at_the_end.last_words;
    // Whether it could be said or not, the end is the same.
    const ssize_t written = write(at_the_end.descriptor, words.data, words.size);
    (void)written;
    _exit(OD_EXIT_FAILURE);
}

static void set_clock(long milliseconds) {
    const struct itimerval clock = {
        .it_value = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000}};
    setitimer(ITIMER_PROF, &clock, NULL);
}

long od_deadline_for(const od_cli *cli, size_t size) {
    if (cli->args.timeout >= 0) return cli->args.timeout;
    return LEAST + (long)(size / BYTES_PER_MORE) * MORE;
}

od_slice od_deadline_message(od_cli *cli, long milliseconds) {
    char seconds[32];
    snprintf(seconds, sizeof seconds, "%.10g", (double)milliseconds / 1000);
    return od_say(&cli->log,
                  OD_SAY("gave up after {1} s, too complex; split it, or allow more with --timeout",
                         "用了{1}秒仍未完成，内容过于复杂，已放弃；请拆分，或用 --timeout 放宽"),
                  od_slice_of(seconds));
}

void od_deadline_start(long milliseconds, int descriptor, od_slice last_words) {
    if (!milliseconds) return;
    at_the_end.descriptor = descriptor;
    at_the_end.last_words = last_words;
    if (!at_the_end.handled)
        at_the_end.handled = sigaction(SIGPROF, &(struct sigaction){.sa_handler = give_up}, NULL) == 0;
    set_clock(milliseconds);
}

void od_deadline_stop(void) {
    set_clock(0);
}

void od_deadline_start_file(od_cli *cli, const char *path, size_t size) {
    const long milliseconds = od_deadline_for(cli, size);
    if (!milliseconds) return;
    // The line is made as all others are, and taken out again.
    const size_t before = cli->err.size;
    od_cli_note(cli, path, od_deadline_message(cli, milliseconds));
    const od_slice line = od_arena_copy(
        &cli->arena, od_slice_cut(od_buf_slice(&cli->err), before, cli->err.size));
    cli->err.size = before;
    od_deadline_start(milliseconds, STDERR_FILENO, line);
}
