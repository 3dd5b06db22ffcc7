// Writing: a file is replaced whole or not at all.
//
// A sibling file is written, synced and renamed over the old one, so that after any end of the
// program, power loss included, the old text or the new one stands there. Signals that would end
// the program wait meanwhile; only kill -9 can leave the sibling behind.
#ifndef OD_CLI_WRITE_H
#define OD_CLI_WRITE_H

#include "cli/file.h"

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

#endif
