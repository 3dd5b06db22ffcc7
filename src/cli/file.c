#include "cli/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_READ = 16 * 1024 };

static int read_descriptor(int descriptor, size_t limit, od_file *file) {
    if (fstat(descriptor, &file->stat) != 0) return errno;
    if (S_ISDIR(file->stat.st_mode)) return EISDIR;
    // One byte more than is expected, so that the end is seen without growing.
    const size_t hint = S_ISREG(file->stat.st_mode) && file->stat.st_size > 0
                            ? (size_t)file->stat.st_size
                            : FIRST_READ;
    od_buf_reserve(&file->bytes, (hint < limit ? hint : limit) + 1);
    for (;;) {
        od_buf *const bytes = &file->bytes;
        char *const room = od_buf_reserve(bytes, 1);
        const ssize_t got = read(descriptor, room, bytes->capacity - bytes->size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno;
        if (got == 0) return 0;
        bytes->size += (size_t)got;
        if (bytes->size > limit) return E2BIG;
    }
}

int od_file_load(const char *path, size_t limit, od_file *file) {
    *file = (od_file){0};
    if (!path) return read_descriptor(STDIN_FILENO, limit, file);
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return errno;
    const int error = read_descriptor(descriptor, limit, file);
    close(descriptor);
    return error;
}

bool od_file_read(od_cli *cli, const char *path, const char *name, const od_limit *limit,
                  od_file *file) {
    const int error = od_file_load(path, limit->value, file);
    if (error == E2BIG)
        od_cli_fail(cli, name,
                    od_say(&cli->log,
                           OD_SAY("larger than the limit of {1} bytes ({2}); split it",
                                  "超过上限{1}字节（{2}），请拆分"),
                           od_arena_number(&cli->arena, limit->value), od_slice_of(limit->name)));
    else if (error)
        od_cli_fail_errno(cli, name, error);
    if (error) od_file_free(file);
    return !error;
}

void od_file_free(od_file *file) {
    od_buf_free(&file->bytes);
}

bool od_file_is(const char *path, const struct stat *other) {
    struct stat found;
    return path && strcmp(path, "-") != 0 && stat(path, &found) == 0 && od_file_same(&found, other);
}

static od_status io_read(void *context, const char *path, size_t limit, od_slice *bytes) {
    (void)context;
    od_file file;
    const int error = od_file_load(path, limit, &file);
    if (!error) {
        *bytes = od_buf_slice(&file.bytes);
        return OD_OK;
    }
    od_file_free(&file);
    if (error == E2BIG) return OD_LIMIT;
    return error == ENOENT || error == ENOTDIR ? OD_NOT_FOUND : OD_IO;
}

static void io_release(void *context, od_slice bytes) {
    (void)context;
    od_buf owned = {(char *)bytes.data, bytes.size, bytes.size};
    od_buf_free(&owned);
}

// Names the files of the folder that `path` lies in.
static od_status io_list(void *context, const char *path, bool (*take)(void *taker, od_slice name),
                         void *taker) {
    (void)context;
    const char *const slash = strrchr(path, '/');
    const size_t size = slash ? (size_t)(slash - path) + 1 : 0;
    char *const folder = size ? strndup(path, size) : strdup(".");
    DIR *const open = folder ? opendir(folder) : NULL;
    free(folder);
    if (!open) return OD_IO;
    const struct dirent *entry;
    while ((entry = readdir(open)) != NULL)
        if (entry->d_name[0] != '.' && !take(taker, od_slice_of(entry->d_name))) break;
    closedir(open);
    return OD_OK;
}

od_io od_file_io(void) {
    return (od_io){.read = io_read, .release = io_release, .list = io_list};
}
