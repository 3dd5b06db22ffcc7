#include "cli/settings.h"

#include "base/limits.h"
#include "cli/file.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

static const char NAME[] = ".orgdraft.yaml";

// A profile that a configuration names, loaded once.
typedef struct tried_profile {
    const char *name;
    bool right;
} tried_profile;

// A configuration file, read once.
typedef struct loaded {
    const char *path; // absolute, or as --config gave it
    od_slice folder;  // absolute, without a `/` at its end unless it is the root
    od_config *config; // NULL when it is wrong
    OD_ARRAY(tried_profile) profiles;
} loaded;

struct od_settings {
    od_cli *cli;
    OD_ARRAY(loaded *) configs;
    loaded *only;         // of --config
    const char *folder;   // the last one asked for, as it was spelled, with the answers for it
    od_slice real_folder; // absolute
    loaded *found;        // NULL for none
};

// ---- reading -----------------------------------------------------------------------------------

static od_slice folder_of(od_cli *cli, const char *path) {
    const char *const slash = strrchr(path, '/');
    if (!slash) return OD_SLICE(".");
    if (slash == path) return OD_SLICE("/");
    return od_arena_copy(&cli->arena, (od_slice){path, (size_t)(slash - path)});
}

static od_slice absolute(od_cli *cli, const char *folder) {
    char resolved[PATH_MAX];
    if (realpath(folder, resolved)) return od_arena_copy(&cli->arena, od_slice_of(resolved));
    // A name given for standard input may lie in a folder that does not exist.
    if (folder[0] == '/' || !getcwd(resolved, sizeof resolved)) return od_slice_of(folder);
    return od_arena_concat(&cli->arena, od_slice_of(resolved), OD_SLICE("/"), od_slice_of(folder));
}

static loaded *load(od_settings *settings, const char *path) {
    od_cli *const cli = settings->cli;
    for (size_t i = 0; i < settings->configs.count; i++)
        if (strcmp(settings->configs.items[i]->path, path) == 0) return settings->configs.items[i];
    loaded *const made = od_arena_new(&cli->arena, loaded);
    *od_array_push(&cli->arena, &settings->configs) = made;
    made->path = path;
    made->folder = absolute(cli, folder_of(cli, path).data);
    od_file file;
    if (!od_file_read(cli, path, path, &od_limit_table[OD_LIMIT_INDEX_PROFILE_SIZE], &file))
        return made;
    od_cli_keep(cli, file.bytes);
    const od_slice bytes = od_buf_slice(&file.bytes);
    if (od_config_read(cli->session, path, bytes, &made->config) != OD_OK) {
        made->config = NULL;
        od_cli_fail_session(cli);
    }
    return made;
}

od_settings *od_settings_new(od_cli *cli) {
    od_settings *const settings = od_arena_new(&cli->arena, od_settings);
    settings->cli = cli;
    if (!cli->args.config) return settings;
    settings->only = load(settings, cli->args.config);
    return settings->only->config ? settings : NULL;
}

// ---- looking upward ----------------------------------------------------------------------------

static bool exists(const char *folder, size_t size, const char *name, char path[PATH_MAX]) {
    const size_t more = strlen(name);
    if (size + 1 + more + 1 > PATH_MAX) return false;
    memcpy(path, folder, size);
    path[size] = '/';
    memcpy(path + size + 1, name, more + 1);
    return access(path, F_OK) == 0;
}

static loaded *find_upward(od_settings *settings, od_slice folder) {
    char path[PATH_MAX];
    size_t size = folder.size;
    for (;;) {
        if (size == 1) size = 0; // the root
        if (exists(folder.data, size, NAME, path))
            return load(settings, od_arena_copy(&settings->cli->arena, od_slice_of(path)).data);
        if (size == 0 || exists(folder.data, size, ".git", path)) return NULL;
        while (size > 0 && folder.data[size - 1] != '/') size--;
        if (size > 1) size--;
    }
}

static void enter_folder(od_settings *settings, const char *path) {
    const od_slice folder = folder_of(settings->cli, path);
    if (settings->folder && od_slice_is(folder, settings->folder)) return;
    settings->folder = folder.data;
    settings->real_folder = absolute(settings->cli, folder.data);
    settings->found =
        settings->only ? settings->only : find_upward(settings, settings->real_folder);
}

// ---- answers -----------------------------------------------------------------------------------

static bool below(od_slice path, od_slice folder, size_t *skip) {
    if (!od_slice_starts(path, folder)) return false;
    *skip = folder.size == 1 ? 1 : folder.size + 1;
    return folder.size == 1 || (path.size > folder.size && path.data[folder.size] == '/');
}

// Returns the path of a file as the configuration's globs see it: from the folder of the
// configuration, or, when --config named one elsewhere, from the current folder.
static const char *relative(od_settings *settings, const loaded *config, const char *path) {
    od_arena *const arena = &settings->cli->arena;
    const char *const slash = strrchr(path, '/');
    const od_slice whole =
        od_arena_concat(arena, settings->real_folder,
                        settings->real_folder.size == 1 ? OD_SLICE("") : OD_SLICE("/"),
                        od_slice_of(slash ? slash + 1 : path));
    size_t skip;
    if (below(whole, config->folder, &skip)) return whole.data + skip;
    char here[PATH_MAX];
    if (getcwd(here, sizeof here) && below(whole, od_slice_of(here), &skip))
        return whole.data + skip;
    return whole.data;
}

// Loads a profile that a configuration names, so that a wrong one is said once and not for each
// file.
static bool try_profile(od_settings *settings, loaded *config, const char *name) {
    for (size_t i = 0; i < config->profiles.count; i++)
        if (strcmp(config->profiles.items[i].name, name) == 0)
            return config->profiles.items[i].right;
    od_profile *profile;
    const bool right = od_profile_load(settings->cli->session, name, &profile) == OD_OK;
    *od_array_push(&settings->cli->arena, &config->profiles) = (tried_profile){name, right};
    if (!right) od_cli_fail_session(settings->cli);
    return right;
}

bool od_settings_find(od_settings *settings, const char *path, od_setting *setting) {
    const od_args *const args = &settings->cli->args;
    const char *const given = args->stdin_filename;
    *setting = (od_setting){.path = path, .name = path ? path : given ? given : "<stdin>"};
    if (args->no_config) return true;
    enter_folder(settings, path || given ? setting->name : "./-");
    loaded *const found = settings->found;
    if (!found) return true;
    setting->config = found->path;
    if (!found->config) return false;
    const char *const from_there = relative(settings, found, setting->name);
    setting->ignored = od_config_ignores(found->config, from_there);
    if (setting->ignored) return true;
    setting->profile = od_config_profile(found->config, from_there);
    // With -p it does not matter what the configuration says.
    if (!setting->profile || args->profile) return true;
    return try_profile(settings, found, setting->profile);
}
