#include "cli/cli.h"

#include "report/print.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

// ---- what the system says ----------------------------------------------------------------------

typedef struct error_text {
    int error;
    od_text text;
} error_text;

static const error_text ERRORS[] = {
    {ENOENT, OD_SAY("there is no such file; check the name", "没有这个文件，请检查文件名")},
    {ENOTDIR, OD_SAY("a folder in this path is a file; check the name",
                     "路径中有一段不是文件夹，请检查文件名")},
    {EACCES, OD_SAY("not permitted to open it; check its permissions",
                    "没有权限打开，请检查文件权限")},
    {EPERM, OD_SAY("not permitted; check its owner and permissions",
                   "没有权限，请检查文件的属主和权限")},
    {EISDIR, OD_SAY("is a folder; name a file", "是文件夹，请给出文件")},
    {ENOSPC, OD_SAY("the disk is full; free some space and run it again",
                    "磁盘已满，请腾出空间后重试")},
    {EDQUOT, OD_SAY("your share of the disk is used up; free some space and run it again",
                    "磁盘配额已用完，请腾出空间后重试")},
    {EROFS, OD_SAY("this disk can only be read; write elsewhere with -o",
                   "磁盘是只读的，请用 -o 写到别处")},
    {ENAMETOOLONG, OD_SAY("the name is too long; shorten it", "文件名太长，请改短")},
    {ELOOP, OD_SAY("the links lead in a circle; name the file itself",
                   "链接绕成了圈，请直接给出文件")},
    {EIO, OD_SAY("the disk failed to read or write; check it", "磁盘读写出错，请检查磁盘")},
    {EFBIG, OD_SAY("the file would be larger than this system allows",
                   "文件超过了系统允许的大小")},
    {EMFILE, OD_SAY("too many files are open; use a smaller -j", "打开的文件太多，请把 -j 改小")},
    {EBADF, OD_SAY("is closed; open or redirect it", "已被关闭，请打开或重定向")},
    {ETXTBSY, OD_SAY("is a program that is running", "是正在运行的程序")},
    {ENXIO, OD_SAY("is a socket; name a file", "是套接字，请给出文件")},
};

od_slice od_cli_errno(od_cli *cli, int error) {
    for (size_t i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++)
        if (ERRORS[i].error == error) return od_say(&cli->log, ERRORS[i].text);
    return od_arena_copy(&cli->arena, od_slice_of(strerror(error)));
}

// ---- lines on standard error -------------------------------------------------------------------

void od_cli_note(od_cli *cli, const char *path, od_slice message) {
    od_buf_text(&cli->err, "orgdraft: ");
    if (path) {
        od_print_text(&cli->err, od_slice_of(path));
        od_buf_text(&cli->err, ": ");
    }
    od_print_text(&cli->err, message);
    od_buf_byte(&cli->err, '\n');
}

void od_cli_fail(od_cli *cli, const char *path, od_slice message) {
    od_cli_note(cli, path, message);
    cli->failed = true;
}

void od_cli_fail_errno(od_cli *cli, const char *path, int error) {
    od_cli_fail(cli, path, od_cli_errno(cli, error));
}

void od_cli_fail_session(od_cli *cli) {
    const od_findings failures = od_session_failures(cli->session);
    if (!failures.count) return;
    od_report_failures(&cli->err, &failures);
    od_session_clear_failures(cli->session);
    cli->failed = true;
}

// ---- reports -----------------------------------------------------------------------------------

// Returns an environment variable, empty when it is not set.
static const char *environment(const char *name) {
    const char *const value = getenv(name);
    return value ? value : "";
}

static bool wants_color(const od_cli *cli, bool terminal) {
    if (cli->args.color != OD_COLOR_AUTO) return cli->args.color == OD_COLOR_ALWAYS;
    if (*environment("NO_COLOR")) return false;
    const char *const forced = environment("FORCE_COLOR"), *const term = environment("TERM");
    if (*forced) return strcmp(forced, "0") != 0;
    return terminal && *term && strcmp(term, "dumb") != 0;
}

od_report_options od_cli_report(const od_cli *cli, bool to_stderr) {
    const bool terminal = isatty(to_stderr ? STDERR_FILENO : STDOUT_FILENO);
    return (od_report_options){.language = (od_language)cli->args.language,
                               .unit = (od_column_unit)cli->args.unit,
                               .excerpt = terminal,
                               .color = wants_color(cli, terminal)};
}

// ---- today -------------------------------------------------------------------------------------

static od_day day_of(const struct tm *at) {
    return (od_day){at->tm_year + 1900, at->tm_mon + 1, at->tm_mday};
}

// Builds that are to come out the same every time say what time it is: reproducible-builds.org.
bool od_cli_today(od_cli *cli, od_day *today) {
    const char *const epoch = environment("SOURCE_DATE_EPOCH");
    char *end;
    struct tm at;
    errno = 0;
    const long long seconds = *epoch ? strtoll(epoch, &end, 10) : (long long)time(NULL);
    const time_t moment = (time_t)seconds;
    *today = cli->args.today;
    if (today->year) return true;
    if (*epoch && (errno || *end || seconds < 0 || !gmtime_r(&moment, &at) || at.tm_year > 8099)) {
        od_cli_fail(cli, NULL,
                    od_say(&cli->log,
                           OD_SAY("SOURCE_DATE_EPOCH must be seconds since 1970; it is “{1}”; "
                                  "unset it or give --today",
                                  "环境变量 SOURCE_DATE_EPOCH 应为1970年以来的秒数，现在是“{1}”；"
                                  "请取消它，或用 --today"),
                           od_slice_of(epoch)));
        return false;
    }
    if (*epoch || localtime_r(&moment, &at)) *today = day_of(&at);
    return true;
}

// ---- writing -----------------------------------------------------------------------------------

// Returns 0 or an errno.
static int write_all(int descriptor, od_slice bytes) {
    while (bytes.size) {
        const ssize_t written = write(descriptor, bytes.data, bytes.size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EAGAIN) {
            // Whoever shares the pipe with us made it non-blocking.
            poll(&(struct pollfd){.fd = descriptor, .events = POLLOUT}, 1, -1);
            continue;
        }
        if (written < 0) return errno;
        bytes = od_slice_from(bytes, (size_t)written);
    }
    return 0;
}

// Ends as other tools do when nobody reads any more, also where SIGPIPE was ignored by who started
// us.
static _Noreturn void end_quietly(void) {
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
    _exit(OD_EXIT_FAILURE);
}

void od_cli_flush(od_cli *cli) {
    const int error = write_all(STDOUT_FILENO, od_buf_slice(&cli->out));
    cli->out.size = 0;
    if (error == EPIPE) end_quietly();
    if (error)
        od_cli_fail(cli, od_cli_text(cli, OD_SAY("standard output", "标准输出")),
                    od_cli_errno(cli, error));
    // Nowhere is left to say that standard error cannot be written.
    (void)write_all(STDERR_FILENO, od_buf_slice(&cli->err));
    cli->err.size = 0;
    if (error) _exit(OD_EXIT_FAILURE);
}

// ---- memory ------------------------------------------------------------------------------------

void od_cli_keep(od_cli *cli, od_buf bytes) {
    *od_array_push(&cli->arena, &cli->kept) = bytes;
}

void od_cli_free(od_cli *cli) {
    od_session_free(cli->session);
    for (size_t i = 0; i < cli->kept.count; i++) od_buf_free(&cli->kept.items[i]);
    od_buf_free(&cli->out);
    od_buf_free(&cli->err);
    od_arena_free(&cli->arena);
}
