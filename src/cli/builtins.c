#include "cli/builtins.h"

static void complain(od_cli *cli, const char *name, const od_builtin_profile *profiles,
                     size_t count) {
    const char **const names = od_arena_array(&cli->arena, const char *, count);
    for (size_t i = 0; i < count; i++) names[i] = profiles[i].id;
    const od_slice nearest = od_suggest_word(name, names, count);
    if (nearest.size)
        od_cli_fail(cli, NULL,
                    od_say(&cli->log,
                           OD_SAY("there is no profile “{1}”; did you mean “{2}”?",
                                  "没有文种“{1}”；是不是想用“{2}”？"),
                           od_slice_of(name), nearest));
    else
        od_cli_fail(cli, NULL,
                    od_say(&cli->log,
                           OD_SAY("there is no built-in profile “{1}”; see orgdraft profile list",
                                  "没有自带的文种“{1}”；请看 orgdraft profile list"),
                           od_slice_of(name)));
}

const od_builtin_profile *od_cli_builtin(od_cli *cli, const char *name) {
    size_t count;
    const od_builtin_profile *const profiles = od_builtin_profiles(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(profiles[i].id, name) == 0) return &profiles[i];
    complain(cli, name, profiles, count);
    return NULL;
}
