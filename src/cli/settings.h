// Settings: what the configuration files say about each file.
//
// The nearest `.orgdraft.yaml` counts, from the folder of the file upward to the root of its
// repository (the folder that holds `.git`).
#ifndef OD_CLI_SETTINGS_H
#define OD_CLI_SETTINGS_H

#include "cli/cli.h"

typedef struct od_settings od_settings;

// A file of the command line and what was said about it.
typedef struct od_setting {
    const char *path; // NULL for standard input
    const char *name; // in messages, and what kind and configuration go by
    const char *config;  // path of the configuration, or NULL
    const char *profile; // that it names, or NULL
    bool ignored;        // it says to leave the file alone
} od_setting;

// Makes the settings of a run; they live as long as `cli`. With --config that file is read here;
// returns NULL after saying what is wrong with it.
od_settings *od_settings_new(od_cli *cli);

// Sets what is said about the file `path` (NULL for standard input) in `setting`. Returns false
// when its configuration is wrong, which is said once for each configuration.
bool od_settings_find(od_settings *settings, const char *path, od_setting *setting);

#endif
