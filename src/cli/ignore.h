// Ignored files: what the .gitignore files of a tree leave out.
//
// Follows gitignore(5): the files of a folder and of those above it count, the nearest first;
// within one the last pattern that matches decides; `!` takes back.
#ifndef OD_CLI_IGNORE_H
#define OD_CLI_IGNORE_H

#include "cli/cli.h"

// The patterns of one .gitignore; linked to those of the folders above.
typedef struct od_ignore od_ignore;

// Returns the patterns that hold in folder `path`, which lies in a tree where `above` holds:
// `above` itself when the folder has no .gitignore. `inner` is the path of the folder from the
// start of the walk, `` for that itself.
const od_ignore *od_ignore_enter(od_cli *cli, const od_ignore *above, const char *path,
                                 od_slice inner);

// Returns the patterns that hold in folder `path`, where a walk starts, from the folders above it
// up to the root of its repository.
const od_ignore *od_ignore_start(od_cli *cli, const char *path);

// Whether a file, or a folder, is left out. `inner` is its path from the start of the walk.
bool od_ignored(od_cli *cli, const od_ignore *patterns, od_slice inner, bool is_folder);

#endif
