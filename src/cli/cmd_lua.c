// orgdraft lua: a script, or lines typed at a prompt, in the environment of filters.
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/filters.h"
#include "lua/filter.h"
#include "lua/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// ---- scripts -----------------------------------------------------------------------------------

// Reads the script that is named, or standard input.
static bool read_script(od_cli *cli, od_script *script) {
    const od_args *const args = &cli->args;
    if (args->code) {
        *script = (od_script){.path = "(command line)", .bytes = od_slice_of(args->code)};
        return true;
    }
    const bool named = args->operands.count && strcmp(args->operands.items[0], "-") != 0;
    const char *const path = named ? args->operands.items[0] : "<stdin>";
    od_file file;
    if (!od_file_read(cli, named ? path : NULL, path, &od_limit_table[OD_LIMIT_INDEX_FILTER_SIZE],
                      &file))
        return false;
    od_cli_keep(cli, file.bytes);
    *script = (od_script){.path = path, .bytes = od_buf_slice(&file.bytes)};
    if (named) od_modules_read(cli, script);
    return true;
}

static od_globals globals_of(od_cli *cli, const char *script) {
    const od_args *const args = &cli->args;
    const size_t skipped = args->code || !args->operands.count ? 0 : 1;
    return (od_globals){.script = script,
                        .arguments = args->operands.items + skipped,
                        .argument_count = args->operands.count - skipped,
                        .user_data_dir = args->trust ? od_filters_data_dir(cli) : NULL};
}

static int run_script(od_cli *cli) {
    od_script script;
    if (!read_script(cli, &script)) return OD_EXIT_FAILURE;
    const od_filtering filtering = {.cli = cli,
                                    .scripts = &script,
                                    .count = 1,
                                    .format = "",
                                    .globals = globals_of(cli, script.path),
                                    .trust = cli->args.trust};
    bool ended;
    return od_filters_run(&filtering, &ended);
}

// ---- a prompt ----------------------------------------------------------------------------------

static void say(void *context, od_slice line) {
    (void)context;
    fwrite(line.data, 1, line.size, stderr);
}

static void extend(lua_State *L, void *context) {
    od_set_globals(L, context);
}

// Adds a line to `typed`; false at the end of the input.
static bool read_line(od_buf *typed, const char *prompt) {
    char *line = NULL;
    size_t capacity = 0;
    fputs(prompt, stdout);
    fflush(stdout);
    const ssize_t size = getline(&line, &capacity, stdin);
    if (size > 0) od_buf_add(typed, (od_slice){line, (size_t)size});
    free(line);
    return size > 0;
}

// Runs one input, which may take several lines; false at the end.
static bool take_input(od_filter *filter) {
    od_buf typed = {0};
    bool more = read_line(&typed, "> ");
    for (bool incomplete = more; incomplete;) {
        od_filter_failure failure;
        const od_status status =
            od_script_type(filter, od_buf_slice(&typed), &incomplete, &failure);
        if (incomplete && (more = read_line(&typed, ">> "))) continue;
        if (status != OD_OK)
            fprintf(stderr, "%.*s\n", (int)failure.message.size, failure.message.data);
        incomplete = false;
    }
    od_buf_free(&typed);
    return more;
}

// Who types may do as he likes: there is no cage here.
static int prompt(od_cli *cli) {
    od_cli_flush(cli);
    od_globals globals = {.say = say, .user_data_dir = od_filters_data_dir(cli)};
    const od_filter_settings settings = {
        .path = "stdin", .format = "", .extend = extend, .context = &globals};
    od_filter_failure failure;
    od_filter *const filter = od_filter_open(&settings, &failure);
    if (!filter || failure.message.data) {
        od_filter_close(filter);
        od_run_out(0);
        return OD_EXIT_FAILURE;
    }
    printf("orgdraft %s, Lua 5.4, pandoc 3.10; %s\n", OD_VERSION,
           od_cli_text(cli, OD_SAY("end with Ctrl-D", "按 Ctrl-D 结束")));
    while (take_input(filter)) continue;
    putchar('\n');
    fflush(stdout);
    od_filter_close(filter);
    return OD_EXIT_CLEAN;
}

int od_cmd_lua(od_cli *cli) {
    const od_args *const args = &cli->args;
    const bool is_typed = !args->code && !args->operands.count && isatty(STDIN_FILENO);
    return is_typed ? prompt(cli) : run_script(cli);
}
