// Files: read whole, counting what comes.
//
// Sizes that the system tells are only hints: /proc, pipes and growing files tell others. Nothing
// is mapped into memory, since a file that shrinks would end the program.
#ifndef OD_CLI_FILE_H
#define OD_CLI_FILE_H

#include "cli/cli.h"

#include <sys/stat.h>

// A file that was read.
typedef struct od_file {
    od_buf bytes;
    struct stat stat; // as it was before it was read
} od_file;

// Reads the file `path`, which may be a pipe, or standard input when `path` is NULL.
//
// Ownership: od_file_free, also after an error.
// Errors:    an errno, 0 for none; EISDIR for a folder, E2BIG for more than `limit` bytes.
int od_file_load(const char *path, size_t limit, od_file *file);

// As od_file_load; says what went wrong, under the name `name`, and returns false then. `limit` is
// one of od_limits.
bool od_file_read(od_cli *cli, const char *path, const char *name, const od_limit *limit,
                  od_file *file);

// Frees the bytes.
void od_file_free(od_file *file);

// Whether two files are one.
static inline bool od_file_same(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

// Whether `path`, which may be NULL or `-`, is a file that exists and is `other`.
bool od_file_is(const char *path, const struct stat *other);

// Returns how a session reads the files that profiles name.
od_io od_file_io(void);

#endif
