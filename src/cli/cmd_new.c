// orgdraft new: a draft to start from.
#include "cli/builtins.h"
#include "cli/commands.h"
#include "cli/write.h"

int od_cmd_new(od_cli *cli) {
    const od_word_list *const words = &cli->args.operands;
    if (words->count != 1) {
        od_cli_fail(cli, NULL,
                    od_say(&cli->log, OD_SAY("name one profile; see orgdraft profile list",
                                             "请给出一个文种；请看 orgdraft profile list")));
        return OD_EXIT_FAILURE;
    }
    const od_builtin_profile *const profile = od_cli_builtin(cli, words->items[0]);
    if (!profile) return OD_EXIT_FAILURE;
    const od_slice draft = od_slice_of(profile->draft);
    const char *const target = cli->args.output;
    if (!target || strcmp(target, "-") == 0) od_buf_add(&cli->out, draft);
    else od_file_replace(cli, target, OD_WRITE_NEW, NULL, draft);
    return OD_EXIT_CLEAN;
}
