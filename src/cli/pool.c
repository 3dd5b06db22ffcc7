#include "cli/pool.h"

#include "cli/outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
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
    RUNS_PER_WORKER = 8,
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

// Neighbouring files.
typedef struct run {
    size_t next, end;
} run;

typedef struct worker {
    pid_t process; // 0: none
    int descriptor;
    run run, queued; // what is still to come, of this run and of the one after it
    size_t received; // results that came through the pipe
    bool ended;      // its last result said so
    od_outbox *box;
    od_buf inbox;
} worker;

// A result kept until its turn comes.
typedef struct kept {
    bool there;
    od_buf bytes;
} kept;

typedef struct dispatch {
    const od_pool *pool;
    worker *workers;
    kept *results;
    size_t start;  // first file that no worker has
    size_t length; // of a run
    size_t handed; // results handed on
} dispatch;

// Keeps what one draft took for the next one, instead of giving it back and asking for it again.
static void keep_memory(void) {
#ifdef M_TRIM_THRESHOLD
    enum { KEPT = 16 * 1024 * 1024, PIECES = 2 * 1024 * 1024 };
    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_TOP_PAD, 256 * 1024);
    mallopt(M_MMAP_THRESHOLD, PIECES);
#endif
}

static run run_of(const dispatch *d, size_t start) {
    const size_t left = d->pool->count - start;
    return (run){start, start + (left < d->length ? left : d->length)};
}

static void do_run(const dispatch *d, od_outbox *box, int descriptor, run run, od_buf *bytes) {
    for (; run.next < run.end; run.next++) {
        od_result result = {0};
        d->pool->work(d->pool->context, run.next, descriptor, &result);
        bytes->size = 0;
        od_result_pack(bytes, &result);
        if (!od_outbox_put(box, descriptor, od_buf_slice(bytes))) _exit(2);
    }
    if (!od_outbox_send(box, descriptor)) _exit(2);
}

static _Noreturn void work(const dispatch *d, const worker *w, int descriptor) {
    // Nobody would read what we say when the one who started us is gone.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    keep_memory();
    od_buf bytes = {0};
    do_run(d, w->box, descriptor, w->run, &bytes);
    for (size_t queued; (queued = w->box->queued) > 0;) {
        w->box->queued = 0;
        do_run(d, w->box, descriptor, run_of(d, queued - 1), &bytes);
    }
    _exit(0);
}

// Returns 0 or an errno.
static int start(dispatch *d, worker *w) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    od_outbox_clear(w->box);
    const pid_t process = fork();
    if (process < 0) {
        const int error = errno;
        close(ends[0]);
        close(ends[1]);
        return error;
    }
    if (process == 0) {
        close(ends[0]);
        work(d, w, ends[1]);
    }
    close(ends[1]);
    w->process = process;
    w->descriptor = ends[0];
    w->ended = false;
    w->received = 0;
    w->inbox.size = 0;
    return 0;
}

// Returns the next run that no worker has, empty when all are given out.
static run take_run(dispatch *d) {
    const run run = run_of(d, d->start);
    d->start = run.end;
    return run;
}

// Lets a worker know what comes after its run, so that it does not end.
static void queue_run(dispatch *d, worker *w) {
    if (w->run.next == w->run.end && w->queued.end && !w->box->queued) {
        w->run = w->queued; // it has taken it
        w->queued = (run){0};
    }
    if (w->queued.end || d->start == d->pool->count) return;
    w->queued = take_run(d);
    w->box->queued = w->queued.next + 1;
}

// Starts a worker on what is left of its run, or on another; returns 0 or an errno.
static int start_run(dispatch *d, worker *w) {
    if (w->run.next == w->run.end) {
        w->run = w->queued.end ? w->queued : take_run(d);
        w->queued = (run){0};
    }
    if (w->run.next == w->run.end) return 0;
    const int error = start(d, w);
    if (error) return error;
    if (w->queued.end) w->box->queued = w->queued.next + 1;
    else queue_run(d, w);
    return 0;
}

// ---- results -----------------------------------------------------------------------------------

static void hand_on(dispatch *d) {
    while (d->handed < d->pool->count && d->results[d->handed].there) {
        kept *const k = &d->results[d->handed];
        od_result result;
        unpack(od_buf_slice(&k->bytes), &result);
        d->pool->done(d->pool->context, d->handed++, &result);
        od_buf_free(&k->bytes);
    }
}

// Returns which file the next result of a worker is of, SIZE_MAX for none.
static size_t next_file(worker *w) {
    if (w->run.next == w->run.end) {
        w->run = w->queued;
        w->queued = (run){0};
    }
    return w->run.next < w->run.end ? w->run.next++ : SIZE_MAX;
}

static void keep(dispatch *d, worker *w, od_slice bytes) {
    const size_t file = next_file(w);
    if (file == SIZE_MAX) return;
    od_buf_add(&d->results[file].bytes, bytes);
    d->results[file].there = true;
}

// Takes the results that an ended worker left in its outbox.
static void empty_outbox(dispatch *d, worker *w) {
    od_outbox *const box = w->box;
    od_slice rest = {box->bytes, box->size};
    od_result result;
    size_t number = box->sent;
    for (size_t size; (size = unpack(rest, &result)) > 0; number++) {
        if (number >= w->received) keep(d, w, od_slice_cut(rest, 0, size));
        rest = od_slice_from(rest, size);
    }
    box->size = 0;
}

static void empty_inbox(dispatch *d, worker *w) {
    od_slice rest = od_buf_slice(&w->inbox);
    od_result result;
    for (size_t size; !w->ended && (size = unpack(rest, &result)) > 0; w->received++) {
        w->ended = result.last;
        // Last words go past the outbox.
        if (w->ended) empty_outbox(d, w);
        keep(d, w, od_slice_cut(rest, 0, size));
        rest = od_slice_from(rest, size);
    }
    if (rest.size && rest.data != w->inbox.data) memmove(w->inbox.data, rest.data, rest.size);
    w->inbox.size = rest.size;
}

// Whether a worker has not yet seen what it is to do next.
static bool is_between_files(const worker *w) {
    return w->run.next == w->run.end && (!w->queued.end || w->box->queued);
}

// Ends a worker whose pipe is closed. What it left undone goes to another one, but for the file
// that it died of.
static int bury(dispatch *d, worker *w) {
    int status = 0;
    close(w->descriptor);
    while (waitpid(w->process, &status, 0) < 0 && errno == EINTR) continue;
    w->process = 0;
    empty_outbox(d, w);
    const size_t file = w->ended || is_between_files(w) ? SIZE_MAX : next_file(w);
    if (file != SIZE_MAX) {
        od_result result = {0};
        d->pool->died(d->pool->context, file, status, &result);
        od_result_pack(&d->results[file].bytes, &result);
        d->results[file].there = true;
    }
    return start_run(d, w);
}

static int listen_to(dispatch *d, worker *w) {
    enum { PIECE = 64 * 1024 };
    const ssize_t got = read(w->descriptor, od_buf_reserve(&w->inbox, PIECE), PIECE);
    if (got < 0) return errno == EINTR || errno == EAGAIN ? 0 : errno;
    w->inbox.size += (size_t)got;
    empty_inbox(d, w);
    if (got == 0) return bury(d, w);
    queue_run(d, w);
    return 0;
}

// Waits for any worker. Returns 0 or an errno; sets `*busy` to whether there was one.
static int wait_for_any(dispatch *d, struct pollfd *polled, bool *busy) {
    *busy = false;
    for (size_t i = 0; i < d->pool->workers; i++) {
        const bool works = d->workers[i].process != 0;
        polled[i] = (struct pollfd){.fd = works ? d->workers[i].descriptor : -1, .events = POLLIN};
        *busy = *busy || works;
    }
    if (!*busy) return 0;
    if (poll(polled, (nfds_t)d->pool->workers, -1) < 0) return errno == EINTR ? 0 : errno;
    int error = 0;
    for (size_t i = 0; i < d->pool->workers && !error; i++)
        if (polled[i].fd >= 0 && polled[i].revents) error = listen_to(d, &d->workers[i]);
    return error;
}

static void stop_all(dispatch *d) {
    for (size_t i = 0; i < d->pool->workers; i++) {
        worker *const w = &d->workers[i];
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
    dispatch d = {.pool = pool,
                  .workers = od_arena_array(&arena, worker, pool->workers),
                  .results = od_arena_array(&arena, kept, pool->count),
                  .length = pool->workers == 1       ? pool->count
                            : length < LONGEST_RUN ? length
                                                   : LONGEST_RUN};
    struct pollfd *const polled = od_arena_array(&arena, struct pollfd, pool->workers);
    od_outbox *const boxes = od_outbox_new(pool->workers);
    int error = boxes ? 0 : errno;
    for (size_t i = 0; i < pool->workers && !error; i++) {
        d.workers[i].box = &boxes[i];
        error = start_run(&d, &d.workers[i]);
    }
    for (bool busy = true; busy && !error;) {
        error = wait_for_any(&d, polled, &busy);
        hand_on(&d);
    }
    stop_all(&d);
    if (boxes) od_outbox_free(boxes, pool->workers);
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
