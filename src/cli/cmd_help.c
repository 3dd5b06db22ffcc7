// orgdraft help, and what `orgdraft` does without a command.
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/page.h"

static void list_limits(od_cli *cli) {
    size_t count;
    const od_limit *const limits = od_limits(&count);
    od_buf *const out = &cli->out;
    for (size_t i = 0; i < count; i++) {
        const od_slice number = od_arena_number(&cli->arena, limits[i].value);
        od_page_pad(out, number.size, 10);
        od_buf_add(out, number);
        od_buf_byte(out, ' ');
        od_buf_text(out, limits[i].unit);
        od_page_text(out, od_slice_of(limits[i].name), 21, 11 + strlen(limits[i].unit));
        od_page_text(out, od_slice_of(limits[i].reason), 23, 0);
    }
}

int od_cmd_help(od_cli *cli) {
    const od_args *const args = &cli->args;
    od_command_id id = args->command == OD_COMMAND_HELP ? OD_COMMAND_NONE : args->command;
    if (args->command == OD_COMMAND_HELP && args->operands.count && !args->help) {
        id = od_command_find(args->operands.items[0]);
        if (id == OD_COMMAND_NONE) {
            od_cli_fail(cli, NULL,
                        od_say(&cli->log,
                               OD_SAY("there is no command “{1}”; see orgdraft --help",
                                      "没有命令“{1}”；请看 orgdraft --help"),
                               od_slice_of(args->operands.items[0])));
            return OD_EXIT_FAILURE;
        }
    }
    od_help_write(&cli->out, id, (od_language)args->language);
    return OD_EXIT_CLEAN;
}

int od_cmd_none(od_cli *cli) {
    const od_args *const args = &cli->args;
    if (args->version) od_buf_text(&cli->out, "orgdraft " OD_VERSION "\n");
    else if (args->limits) list_limits(cli);
    else if (args->man) od_man_write(&cli->out, (od_language)args->language);
    else if (args->shell) od_completions_write(&cli->out, args->shell);
    else
        od_cli_fail(cli, NULL,
                    od_say(&cli->log,
                           OD_SAY("say what to do: orgdraft check FILE, fields FILE, fill FILE -d "
                                  "DATA; see orgdraft --help",
                                  "请说明要做什么：orgdraft check 文件、fields 文件、fill 文件 -d 数据；"
                                  "请看 orgdraft --help")));
    return OD_EXIT_CLEAN;
}
