// orgdraft: the command line.
#include "cli/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

// A file opened while descriptor 1 or 2 is closed would get its number, and what is meant for
// people would end in a draft. So each is opened, the wrong way round: to use it stays the error
// that it is. Returns whether standard output was closed.
static bool open_standard(void) {
    bool stdout_closed = false;
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        if (fcntl(descriptor, F_GETFD) >= 0) continue;
        stdout_closed |= descriptor == STDOUT_FILENO;
        if (open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            _exit(OD_EXIT_FAILURE);
    }
    return stdout_closed;
}

static int run(od_cli *cli) {
    static int (*const COMMANDS[OD_COMMAND_COUNT])(od_cli *) = {
        [OD_COMMAND_NONE] = od_cmd_none,       [OD_COMMAND_CHECK] = od_cmd_check,
        [OD_COMMAND_FIELDS] = od_cmd_fields,   [OD_COMMAND_FILL] = od_cmd_fill,
        [OD_COMMAND_NEW] = od_cmd_new,         [OD_COMMAND_PROFILE] = od_cmd_profile,
        [OD_COMMAND_FILTER] = od_cmd_filter,   [OD_COMMAND_LUA] = od_cmd_lua,
        [OD_COMMAND_EXPLAIN] = od_cmd_explain, [OD_COMMAND_HELP] = od_cmd_help,
        [OD_COMMAND_EXTRACT] = od_cmd_extract,
    };
    if (cli->args.help) return od_cmd_help(cli);
    return cli->as_filter ? od_cmd_json_filter(cli) : COMMANDS[cli->args.command](cli);
}

// The second name of the program, under which pandoc runs it: pandoc -F orgdraft-filter.
static bool is_filter(const char *name) {
    const char *const slash = name ? strrchr(name, '/') : NULL;
    return name && strcmp(slash ? slash + 1 : name, "orgdraft-filter") == 0;
}

// What was written may still be refused when the file is closed: a full disk on a network.
static void close_stdout(od_cli *cli) {
    if (close(STDOUT_FILENO) == 0 || errno == EBADF) return;
    od_cli_fail_errno(cli, od_cli_text(cli, OD_SAY("standard output", "标准输出")), errno);
    od_cli_flush(cli);
}

int main(int count, char **words) {
    od_cli cli = {.stdout_closed = open_standard()};
    cli.as_filter = count > 0 && is_filter(words[0]);
    // In the place of its name stands the command that it is then.
    char command[] = "filter";
    if (cli.as_filter) words[0] = command;
    const size_t skipped = cli.as_filter || count == 0 ? 0 : 1;
    od_slice complaint;
    od_args_parse(&cli.arena, (const char *const *)words + skipped, (size_t)count - skipped,
                  &cli.args, &complaint);
    cli.log = (od_diagnostics){.arena = &cli.arena, .language = (od_language)cli.args.language};
    int status = OD_EXIT_FAILURE;
    if (complaint.size) od_cli_fail(&cli, NULL, complaint);
    else status = run(&cli);
    od_cli_flush(&cli);
    close_stdout(&cli);
    // Filters have pandoc's exit codes, which are higher.
    if (cli.failed && status < OD_EXIT_FAILURE) status = OD_EXIT_FAILURE;
    od_cli_free(&cli);
    return status;
}
