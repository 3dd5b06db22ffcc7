#include "lua/process.h"

#include "base/buf.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

extern char **environ;

enum { IN, OUT, ERR, PIPES };

typedef struct process {
    int ends[PIPES]; // our ends, -1 when closed
    od_buf texts[PIPES];
    od_slice input;
} process;

static void shut(int *end) {
    if (*end >= 0) close(*end);
    *end = -1;
}

static int free_process(lua_State *L) {
    process *const p = lua_touserdata(L, 1);
    for (int i = 0; i < PIPES; i++) {
        shut(&p->ends[i]);
        od_buf_free(&p->texts[i]);
    }
    return 0;
}

// Pushes a process whose pipes and buffers Lua closes.
static process *push_process(lua_State *L) {
    process *const p = lua_newuserdatauv(L, sizeof *p, 0);
    *p = (process){.ends = {-1, -1, -1}};
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, free_process);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    return p;
}

// Makes the pipes, starts the command and closes its ends; 0 or an error number.
static int start(process *p, char *const *arguments, bool errors, pid_t *pid) {
    int theirs[PIPES] = {-1, -1, -1};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    int error = 0;
    for (int i = 0; i < (errors ? PIPES : ERR) && !error; i++) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) {
            error = errno;
            break;
        }
        p->ends[i] = ends[i == IN];
        theirs[i] = ends[i != IN];
        error = posix_spawn_file_actions_adddup2(&actions, theirs[i], i);
    }
    if (!error) error = posix_spawnp(pid, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    for (int i = 0; i < PIPES; i++) shut(&theirs[i]);
    return error;
}

static void feed(process *p) {
    const ssize_t sent = p->input.size ? write(p->ends[IN], p->input.data, p->input.size) : 0;
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (sent > 0) p->input = od_slice_from(p->input, (size_t)sent);
    if (sent < 0 || !p->input.size) shut(&p->ends[IN]);
}

static void collect(process *p, int which) {
    enum { CHUNK = 65536 };
    const ssize_t got = read(p->ends[which], od_buf_reserve(&p->texts[which], CHUNK), CHUNK);
    if (got > 0) p->texts[which].size += (size_t)got;
    else if (got == 0 || errno != EINTR) shut(&p->ends[which]);
}

// Feeds and collects until all pipes are closed. A command that does not read its input is no
// error.
static void transfer(process *p) {
    const int flags = fcntl(p->ends[IN], F_GETFL);
    fcntl(p->ends[IN], F_SETFL, flags | O_NONBLOCK);
    for (;;) {
        struct pollfd polled[PIPES];
        int open = 0;
        for (int i = 0; i < PIPES; i++) {
            polled[i] = (struct pollfd){.fd = p->ends[i], .events = i == IN ? POLLOUT : POLLIN};
            open += p->ends[i] >= 0;
        }
        if (!open) return;
        if (poll(polled, PIPES, -1) < 0) {
            if (errno == EINTR) continue;
            return;
        }
        for (int i = 0; i < PIPES; i++) {
            if (!polled[i].revents) continue;
            if (i == IN) feed(p);
            else collect(p, i);
        }
    }
}

int od_run_process(lua_State *L, char *const *arguments, od_slice input, bool errors) {
    process *const p = push_process(L);
    const int owner = lua_gettop(L);
    p->input = input;
    pid_t pid = 0;
    const int error = start(p, arguments, errors, &pid);
    if (error) return luaL_error(L, "%s: %s", arguments[0], strerror(error));
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGPIPE, &ignore, &before);
    transfer(p);
    sigaction(SIGPIPE, &before, NULL);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    for (int i = OUT; i < (errors ? PIPES : ERR); i++) {
        const od_slice text = od_buf_slice(&p->texts[i]);
        lua_pushlstring(L, text.data ? text.data : "", text.size);
    }
    lua_remove(L, owner);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
