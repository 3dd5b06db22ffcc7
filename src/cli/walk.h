// Walks: which files the arguments of a command name.
//
// Folders are searched in the order of their names, so that the list is the same on every run.
// Files named one by one are always taken.
#ifndef OD_CLI_WALK_H
#define OD_CLI_WALK_H

#include "cli/settings.h"

// Files to be read, in the order of the arguments.
typedef struct od_walk {
    od_cli *cli;
    od_settings *settings;
    OD_ARRAY(od_setting) files;
    size_t left_out; // files named that the configuration ignores (--force-exclude)
    struct od_seen *seen;
    size_t seen_count, seen_capacity;
} od_walk;

// Adds what `argument` names: a file, all drafts of a folder, or standard input for `-`. What
// cannot be read is said at once.
void od_walk_add(od_walk *walk, const char *argument);

#endif
