#include "cli/worker.h"

#include "cli/deadline.h"

#include <signal.h>
#include <sys/wait.h>

void od_worker_start_clock(od_cli *cli, const char *name, size_t size, int descriptor,
                           od_buf *record) {
    if (descriptor == OD_NO_WORKER) {
        od_deadline_start_file(cli, name, size);
        return;
    }
    const long milliseconds = od_deadline_for(cli, size);
    const size_t before = cli->err.size;
    od_cli_note(cli, name, od_deadline_message(cli, milliseconds));
    od_result_pack(record, &(od_result){.failed = true,
                                        .last = true,
                                        .err = od_slice_from(od_buf_slice(&cli->err), before)});
    cli->err.size = before;
    od_deadline_start(milliseconds, descriptor, od_buf_slice(record));
}

// Says how a worker ended that owes a result.
static od_slice cause_of_death(od_cli *cli, int status) {
    const od_text crashed =
        OD_SAY("not done: the program crashed on it (signal {1}); please report this",
               "没有处理：程序处理它时崩溃（信号{1}），请报告这个问题");
    const od_text killed =
        OD_SAY("not done: the program was killed, perhaps for want of memory (signal {1})",
               "没有处理：程序被强行终止，可能是内存不足（信号{1}）");
    const od_text ended =
        OD_SAY("not done: the program ended on it (exit {1}), perhaps for want of memory",
               "没有处理：程序处理它时中止（退出码{1}），可能是内存不足");
    if (!WIFSIGNALED(status))
        return od_say(&cli->log, ended,
                      od_arena_number(&cli->arena, (size_t)WEXITSTATUS(status)));
    return od_say(&cli->log, WTERMSIG(status) == SIGKILL ? killed : crashed,
                  od_arena_number(&cli->arena, (size_t)WTERMSIG(status)));
}

void od_worker_died(od_cli *cli, const char *name, int status, od_result *result) {
    const size_t before = cli->err.size;
    od_cli_note(cli, name, cause_of_death(cli, status));
    result->failed = true;
    result->err = od_arena_copy(&cli->arena, od_slice_from(od_buf_slice(&cli->err), before));
    cli->err.size = before;
}
