#include "cli/child.h"

#include "base/sanitized.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    MOMENT = 250000,            // microseconds from the first signal that time is up to the last
    WALL = 10, LEAST_WALL = 60, // times the processor time, and seconds, until the parent gives up
    EXIT_TIME = 3,              // exit codes of a child; 2 is od_out_of_memory
    EXIT_SENDING = 4,
};

// A message as it goes through the pipe; its bytes follow.
typedef struct head {
    uint64_t kind, size;
} head;

// A signal handler is told nothing but its signal.
static volatile sig_atomic_t time_is_up;
static const od_child_job *current_job;
static bool is_filtered;

bool od_child_spent(void) {
    return time_is_up;
}

bool od_child_is_filtered(void) {
    return is_filtered;
}

// ---- in the child --------------------------------------------------------------------------------

static void send_all(int descriptor, const void *data, size_t size) {
    const char *at = data;
    while (size) {
        const ssize_t written = write(descriptor, at, size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) _exit(EXIT_SENDING);
        at += written;
        size -= (size_t)written;
    }
}

void od_child_send(od_child *child, unsigned kind, od_slice bytes) {
    const head h = {kind, bytes.size};
    send_all(child->descriptor, &h, sizeof h);
    send_all(child->descriptor, bytes.data, bytes.size);
}

void od_child_answer(od_child *child, od_slice bytes) {
    od_child_send(child, OD_CHILD_ANSWER, bytes);
}

_Noreturn void od_child_leave(void) {
    _exit(0);
}

static void note_time(int number) {
    (void)number;
    if (time_is_up) _exit(EXIT_TIME);
    time_is_up = 1;
    if (current_job->time_up) current_job->time_up(current_job->context);
}

static void set_limit(int resource, rlim_t value) {
    // A limit that is lower already stays.
    struct rlimit limit;
    if (getrlimit((__rlimit_resource_t)resource, &limit) != 0) return;
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > value) limit.rlim_max = value;
    limit.rlim_cur = limit.rlim_max;
    setrlimit((__rlimit_resource_t)resource, &limit);
}

void od_child_clock(long milliseconds) {
    if (!current_job->milliseconds) return;
    const struct itimerval clock = {
        .it_value = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000},
        .it_interval = {.tv_usec = MOMENT}};
    setitimer(ITIMER_PROF, &clock, NULL);
}

static void limit_time(long milliseconds) {
    if (!milliseconds) return;
    sigaction(SIGPROF, &(struct sigaction){.sa_handler = note_time}, NULL);
    od_child_clock(milliseconds);
    set_limit(RLIMIT_CPU, (rlim_t)(milliseconds + 999) / 1000 + 1); // should the clock be stopped
}

static void limit_memory(size_t bytes) {
#ifdef OD_SANITIZED
    (void)bytes;
#else
    unsigned long pages = 0;
    FILE *const file = fopen("/proc/self/statm", "re");
    if (file && fscanf(file, "%lu", &pages) != 1) pages = 0;
    if (file) fclose(file);
    // Where nobody says what is mapped, assume much.
    const size_t mapped = pages ? pages * (size_t)sysconf(_SC_PAGESIZE) : (size_t)1 << 30;
    set_limit(RLIMIT_AS, mapped + bytes);
#endif
}

static void close_all_but(int descriptor) {
    const unsigned kept = (unsigned)descriptor;
    if ((!kept || close_range(0, kept - 1, 0) == 0) && close_range(kept + 1, ~0U, 0) == 0) return;
    const long most = sysconf(_SC_OPEN_MAX);
    for (int other = 0; other < most; other++)
        if (other != descriptor) close(other);
}

// Lets pass what computing needs, and memory only that is no code. Everything else ends the process.
static bool filter_calls(void) {
    static const int ALLOWED[] = {
        SCMP_SYS(write),         SCMP_SYS(exit),         SCMP_SYS(exit_group),
        SCMP_SYS(brk),           SCMP_SYS(munmap),       SCMP_SYS(mremap),
        SCMP_SYS(madvise),       SCMP_SYS(futex),        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(restart_syscall),
        SCMP_SYS(getrusage),     SCMP_SYS(sched_yield),  SCMP_SYS(gettid),
        SCMP_SYS(getpid),        SCMP_SYS(uname),
#ifdef OD_SANITIZED
        SCMP_SYS(sigaltstack),
#endif
    };
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter) return false;
    bool done = true;
    for (size_t i = 0; i < sizeof ALLOWED / sizeof *ALLOWED; i++)
        done = done && seccomp_rule_add(filter, SCMP_ACT_ALLOW, ALLOWED[i], 0) == 0;
    const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    // For od_child_clock; RLIMIT_CPU holds whatever the clock is set to.
    const struct scmp_arg_cmp own_clock = SCMP_A0(SCMP_CMP_EQ, ITIMER_PROF, 0);
    done = done && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(setitimer), 1, own_clock) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code) == 0 &&
           seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code) == 0 &&
           seccomp_load(filter) == 0;
    seccomp_release(filter);
    return done;
}

static _Noreturn void be_child(const od_child_job *job, int descriptor, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(0); // it ended before that was said
    prctl(PR_SET_DUMPABLE, 0);
    limit_memory(job->memory);
    close_all_but(descriptor);
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, 0);
    set_limit(RLIMIT_NPROC, 0);
    set_limit(RLIMIT_NOFILE, 0);
    current_job = job;
    limit_time(job->milliseconds);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    is_filtered = filter_calls();
    od_child child = {descriptor};
    job->work(job->context, &child);
    _exit(0);
}

// ---- in the parent -------------------------------------------------------------------------------

typedef struct run {
    const od_child_job *job;
    pid_t process;
    int descriptor;
    od_buf inbox;
    size_t received; // bytes in all
    od_child_end end;
} run;

// Returns the head of the message in front of the inbox; of size 0 when it is not there yet.
static head head_of(od_slice inbox) {
    head h = {0};
    if (inbox.size >= sizeof h) memcpy(&h, inbox.data, sizeof h);
    return h;
}

// Hands on the messages that are there as a whole. An answer stays.
static bool hand_on(run *r) {
    od_slice rest = od_buf_slice(&r->inbox);
    bool more = true;
    while (more && rest.size >= sizeof(head)) {
        const head h = head_of(rest);
        if (rest.size - sizeof h < h.size || h.kind == OD_CHILD_ANSWER) break;
        const size_t end = sizeof h + (size_t)h.size;
        more = r->job->take(r->job->context, (unsigned)h.kind, od_slice_cut(rest, sizeof h, end));
        rest = od_slice_from(rest, end);
    }
    if (rest.size && rest.data != r->inbox.data) memmove(r->inbox.data, rest.data, rest.size);
    r->inbox.size = rest.size;
    if (!more) r->end = OD_CHILD_STOPPED;
    return more;
}

// Waits until there is something to read; false when that takes too long.
static bool wait_for(const run *r, time_t until) {
    for (;;) {
        const time_t now = time(NULL);
        if (now >= until) return false;
        struct pollfd polled = {.fd = r->descriptor, .events = POLLIN};
        const time_t left = until - now < 60 ? until - now : 60;
        const int count = poll(&polled, 1, (int)left * 1000);
        if (count > 0) return true;
        if (count < 0 && errno != EINTR) return false;
    }
}

// Returns how many bytes to make room for: those of a message that has begun, so that none of it
// has to be moved, as far as it may be so large.
static size_t room_wanted(const run *r) {
    enum { PIECE = 256 * 1024 };
    const uint64_t size = head_of(od_buf_slice(&r->inbox)).size + sizeof(head);
    if (size > r->job->answer || size < r->inbox.size + PIECE) return PIECE;
    return (size_t)size - r->inbox.size;
}

// Reads until the pipe is closed or there is a reason to read no further.
static void listen_to(run *r) {
    const long wall = r->job->milliseconds * WALL / 1000;
    const time_t until = time(NULL) + (wall > LEAST_WALL ? wall : LEAST_WALL);
    for (;;) {
        if (r->job->milliseconds && !wait_for(r, until)) {
            r->end = OD_CHILD_TIME;
            return;
        }
        const size_t room = room_wanted(r);
        const ssize_t got = read(r->descriptor, od_buf_reserve(&r->inbox, room), room);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return;
        r->inbox.size += (size_t)got;
        r->received += (size_t)got;
        if (!hand_on(r)) return;
        if (r->received > r->job->answer) {
            r->end = OD_CHILD_TALKATIVE;
            return;
        }
    }
}

static od_child_end end_of(int status, int *detail) {
    if (WIFEXITED(status)) {
        switch (WEXITSTATUS(status)) {
        case 0: return OD_CHILD_DONE;
        case 2: return OD_CHILD_MEMORY;
        case EXIT_TIME: return OD_CHILD_TIME;
        default: *detail = 0; return OD_CHILD_CRASHED;
        }
    }
    *detail = WTERMSIG(status);
    return *detail == SIGPROF || *detail == SIGXCPU ? OD_CHILD_TIME : OD_CHILD_CRASHED;
}

static int compare_nothing(const void *a, const void *b) {
    (void)a;
    (void)b;
    return 0;
}

// Lets libc ask the system now what it asks once: what the local time is, and, when it first sorts
// more than a little, how much memory there is.
static void prepare_libc(void) {
    enum { MORE_THAN_LITTLE = 2048 };
    char bytes[MORE_THAN_LITTLE] = {0};
    tzset();
    qsort(bytes, sizeof bytes, 1, compare_nothing);
}

static int start(run *r) {
    int ends[2];
    prepare_libc();
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    fcntl(ends[0], F_SETPIPE_SZ, 1 << 20); // fewer turns with large answers; no matter if not
    const pid_t self = getpid();
    r->process = fork();
    if (r->process == 0) {
        close(ends[0]);
        be_child(r->job, ends[1], self);
    }
    const int error = r->process < 0 ? errno : 0;
    close(ends[1]);
    r->descriptor = ends[0];
    if (error) close(ends[0]);
    return error;
}

// Takes the answer, if there is one; it has to be all that is left.
static void take_answer(run *r, od_child_result *result) {
    const od_slice inbox = od_buf_slice(&r->inbox);
    const head h = head_of(inbox);
    if (h.kind != OD_CHILD_ANSWER) return;
    if (h.size != inbox.size - sizeof h) {
        result->end = OD_CHILD_STOPPED;
        return;
    }
    memmove(r->inbox.data, r->inbox.data + sizeof h, (size_t)h.size);
    r->inbox.size = (size_t)h.size;
    result->answered = true;
    result->answer = r->inbox;
    r->inbox = (od_buf){0};
}

od_child_result od_child_run(const od_child_job *job) {
    run r = {.job = job, .end = OD_CHILD_DONE};
    od_child_result result = {.detail = start(&r)};
    if (result.detail) {
        result.end = OD_CHILD_UNBORN;
        return result;
    }
    listen_to(&r);
    close(r.descriptor);
    if (r.end != OD_CHILD_DONE) kill(r.process, SIGKILL);
    int status = 0;
    while (waitpid(r.process, &status, 0) < 0 && errno == EINTR) continue;
    if (r.end == OD_CHILD_DONE) r.end = end_of(status, &result.detail);
    result.end = r.end;
    if (r.end == OD_CHILD_DONE) take_answer(&r, &result);
    od_buf_free(&r.inbox);
    return result;
}
