#include "cli/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    // A process costs about as much as this many small drafts.
    FILES_PER_WORKER = 8,
    // Runs are shorter than a worker's share, so that none has to wait long for the last one.
    RUNS_PER_WORKER = 4,
    LONGEST_RUN = 256,
};

// ---- results as bytes --------------------------------------------------------------------------

// Both ends are one program, so its own layout will do.
typedef struct head {
    od_report_counts counts;
    bool failed, last;
    size_t out, err, items, unchecked; // sizes
} head;

void od_result_pack(od_buf *out, const od_result *result) {
    head h;
    memset(&h, 0, sizeof h); // nothing of ours in its gaps
    h.counts = result->counts;
    h.failed = result->failed;
    h.last = result->last;
    h.out = result->out.size;
    h.err = result->err.size;
    h.items = result->items.size;
    h.unchecked = result->unchecked.size;
    od_buf_add(out, (od_slice){(const char *)&h, sizeof h});
    od_buf_add(out, result->out);
    od_buf_add(out, result->err);
    od_buf_add(out, result->items);
    od_buf_add(out, result->unchecked);
}

// Takes a whole result from the start of `bytes`; returns its size, 0 when it is not all there.
static size_t unpack(od_slice bytes, od_result *result) {
    head h;
    if (bytes.size < sizeof h) return 0;
    memcpy(&h, bytes.data, sizeof h);
    if (bytes.size - sizeof h < h.out + h.err + h.items + h.unchecked) return 0;
    const size_t err = sizeof h + h.out, items = err + h.err, unchecked = items + h.items,
                 end = unchecked + h.unchecked;
    *result = (od_result){.counts = h.counts,
                          .failed = h.failed,
                          .last = h.last,
                          .out = od_slice_cut(bytes, sizeof h, err),
                          .err = od_slice_cut(bytes, err, items),
                          .items = od_slice_cut(bytes, items, unchecked),
                          .unchecked = od_slice_cut(bytes, unchecked, end)};
    return end;
}

// ---- workers -----------------------------------------------------------------------------------

typedef struct worker {
    pid_t process; // 0: none
    int descriptor;
    size_t next, end; // files of its run that are still to come
    bool ended;       // its last result said so
    od_buf inbox;
} worker;

// A result kept until its turn comes.
typedef struct kept {
    bool there;
    od_buf bytes;
} kept;

typedef struct run {
    const od_pool *pool;
    worker *workers;
    kept *results;
    size_t start;  // first file that no worker has
    size_t length; // of a run
    size_t handed; // results handed on
} run;

static _Noreturn void work(const run *r, int descriptor, size_t next, size_t end) {
    // Nobody would read what we say when the one who started us is gone.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    od_buf bytes = {0};
    for (; next < end; next++) {
        od_result result = {0};
        r->pool->work(r->pool->context, next, descriptor, &result);
        bytes.size = 0;
        od_result_pack(&bytes, &result);
        od_slice rest = od_buf_slice(&bytes);
        while (rest.size) {
            const ssize_t written = write(descriptor, rest.data, rest.size);
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) _exit(2);
            rest = od_slice_from(rest, (size_t)written);
        }
    }
    _exit(0);
}

// Returns 0 or an errno.
static int start(run *r, worker *w, size_t next, size_t end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    const pid_t process = fork();
    if (process < 0) {
        const int error = errno;
        close(ends[0]);
        close(ends[1]);
        return error;
    }
    if (process == 0) {
        close(ends[0]);
        work(r, ends[1], next, end);
    }
    close(ends[1]);
    w->process = process;
    w->descriptor = ends[0];
    w->next = next;
    w->end = end;
    w->ended = false;
    w->inbox.size = 0;
    return 0;
}

static int start_run(run *r, worker *w) {
    if (r->start == r->pool->count) return 0;
    const size_t left = r->pool->count - r->start;
    const size_t end = r->start + (left < r->length ? left : r->length);
    const size_t next = r->start;
    r->start = end;
    return start(r, w, next, end);
}

// ---- results -----------------------------------------------------------------------------------

static void hand_on(run *r) {
    while (r->handed < r->pool->count && r->results[r->handed].there) {
        kept *const k = &r->results[r->handed];
        od_result result;
        unpack(od_buf_slice(&k->bytes), &result);
        r->pool->done(r->pool->context, r->handed++, &result);
        od_buf_free(&k->bytes);
    }
}

static void keep(run *r, size_t index, od_slice bytes) {
    od_buf_add(&r->results[index].bytes, bytes);
    r->results[index].there = true;
}

static void empty_inbox(run *r, worker *w) {
    od_slice rest = od_buf_slice(&w->inbox);
    od_result result;
    for (size_t size; w->next < w->end && (size = unpack(rest, &result)) > 0;) {
        keep(r, w->next++, od_slice_cut(rest, 0, size));
        w->ended = result.last;
        rest = od_slice_from(rest, size);
    }
    if (rest.size && rest.data != w->inbox.data) memmove(w->inbox.data, rest.data, rest.size);
    w->inbox.size = rest.size;
}

// Ends a worker whose pipe is closed. What it left undone goes to another one, but for the file
// that it died of.
static int bury(run *r, worker *w) {
    int status = 0;
    close(w->descriptor);
    while (waitpid(w->process, &status, 0) < 0 && errno == EINTR) continue;
    w->process = 0;
    if (w->next < w->end && !w->ended) {
        od_result result = {0};
        r->pool->died(r->pool->context, w->next, status, &result);
        od_result_pack(&r->results[w->next].bytes, &result);
        r->results[w->next++].there = true;
    }
    return w->next < w->end ? start(r, w, w->next, w->end) : start_run(r, w);
}

static int listen_to(run *r, worker *w) {
    enum { PIECE = 64 * 1024 };
    const ssize_t got = read(w->descriptor, od_buf_reserve(&w->inbox, PIECE), PIECE);
    if (got < 0) return errno == EINTR || errno == EAGAIN ? 0 : errno;
    w->inbox.size += (size_t)got;
    empty_inbox(r, w);
    return got == 0 ? bury(r, w) : 0;
}

// Waits for any worker. Returns 0 or an errno; sets `*busy` to whether there was one.
static int wait_for_any(run *r, struct pollfd *polled, bool *busy) {
    *busy = false;
    for (size_t i = 0; i < r->pool->workers; i++) {
        const bool works = r->workers[i].process != 0;
        polled[i] = (struct pollfd){.fd = works ? r->workers[i].descriptor : -1, .events = POLLIN};
        *busy = *busy || works;
    }
    if (!*busy) return 0;
    if (poll(polled, (nfds_t)r->pool->workers, -1) < 0) return errno == EINTR ? 0 : errno;
    int error = 0;
    for (size_t i = 0; i < r->pool->workers && !error; i++)
        if (polled[i].fd >= 0 && polled[i].revents) error = listen_to(r, &r->workers[i]);
    return error;
}

static void stop_all(run *r) {
    for (size_t i = 0; i < r->pool->workers; i++) {
        worker *const w = &r->workers[i];
        if (w->process) {
            close(w->descriptor);
            kill(w->process, SIGTERM);
            waitpid(w->process, NULL, 0);
        }
        od_buf_free(&w->inbox);
    }
}

int od_pool_run(const od_pool *pool) {
    od_arena arena = {0};
    const size_t length = pool->count / (pool->workers * RUNS_PER_WORKER) + 1;
    run r = {.pool = pool,
             .workers = od_arena_array(&arena, worker, pool->workers),
             .results = od_arena_array(&arena, kept, pool->count),
             .length = pool->workers == 1       ? pool->count
                       : length < LONGEST_RUN ? length
                                              : LONGEST_RUN};
    struct pollfd *const polled = od_arena_array(&arena, struct pollfd, pool->workers);
    int error = 0;
    for (size_t i = 0; i < pool->workers && !error; i++) error = start_run(&r, &r.workers[i]);
    for (bool busy = true; busy && !error;) {
        error = wait_for_any(&r, polled, &busy);
        hand_on(&r);
    }
    stop_all(&r);
    od_arena_free(&arena);
    return error;
}

size_t od_pool_workers(size_t wanted, size_t count) {
    if (wanted) return wanted < count ? wanted : count;
    cpu_set_t processors;
    const int found = sched_getaffinity(0, sizeof processors, &processors) == 0
                          ? CPU_COUNT(&processors)
                          : 1;
    const size_t most = (count + FILES_PER_WORKER - 1) / FILES_PER_WORKER;
    return most < (size_t)found ? most : (size_t)found;
}
