// Writing: a file is replaced whole or not at all.
//
// A sibling file is written, synced and renamed over the old one, so that after any end of the
// program, power loss included, the old text or the new one stands there. Signals that would end
// the program wait meanwhile; only kill -9 can leave the sibling behind.
#ifndef OD_CLI_WRITE_H
#define OD_CLI_WRITE_H

#include "cli/file.h"

#include <limits.h>

typedef enum od_write_mode {
    OD_WRITE_REPLACE, // the file that was read, as it was then
    OD_WRITE_ANY,     // a new file, or in place of one that exists
    OD_WRITE_NEW,     // a new file only
} od_write_mode;

// Makes `bytes` the content of file `path`. Owner, mode, ACL, attributes and symbolic links stay as
// they are. When the file holds these bytes already nothing is written.
//
// `read_as` is the state of the file when it was read (OD_WRITE_REPLACE), else NULL.
// Errors: false, after saying why: no regular file, not writable, has several names, was changed
//         meanwhile, the disk is full…; the file is then the old one.
bool od_file_replace(od_cli *cli, const char *path, od_write_mode mode, const struct stat *read_as,
                   od_slice bytes);

// ---- the steps of it, for those who write many files at once -----------------------------------

// Whether the file `name` of a folder, of which `found` is the state, may be replaced; says why not
// under the name `path`.
bool od_file_replaceable(od_cli *cli, const char *path, int folder_fd, const char *name,
                         const struct stat *found);

// Whether that file holds `bytes`.
bool od_file_holds(int folder_fd, const char *name, const struct stat *found, od_slice bytes);

// Makes an empty file `.NAME.RANDOM` with `mode` (less umask) beside `name` and sets `temporary` to
// what it is called. Returns its descriptor, or -1 and errno.
int od_file_sibling(int folder_fd, const char *name, mode_t mode, char temporary[NAME_MAX + 1]);

// Writes all of `bytes`; returns 0 or an errno.
int od_file_put(int descriptor, od_slice bytes);

// Gives the open file owner, mode, ACL and attributes of the file `name`, of which `old` is the state;
// returns 0 or an errno. Who may read a draft must not change, so what cannot be kept is a reason to
// stop.
int od_file_keep(int folder_fd, const char *name, const struct stat *old, int descriptor);

#endif
