#include "cli/write.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/xattr.h>
#include <unistd.h>

// A file about to be written.
typedef struct target {
    od_cli *cli;
    const char *path;      // as it was given, for messages
    char folder[PATH_MAX]; // where it really is
    char name[NAME_MAX + 1];
    char temporary[NAME_MAX + 1];
    int folder_fd;
    bool exists;
    struct stat before;
} target;

static bool refuse(target *t, od_text why) {
    od_cli_fail(t->cli, t->path, od_say(&t->cli->log, why));
    return false;
}

static bool refuse_errno(target *t, int error) {
    od_cli_fail_errno(t->cli, t->path, error);
    return false;
}

static const od_text NO_FILE =
    OD_SAY("is no regular file; leave the option out and redirect the output",
           "不是普通文件；请不用此选项，改用重定向输出");

// ---- where it goes -----------------------------------------------------------------------------

static bool split(target *t, const char *resolved, const char *name) {
    const size_t folder = strlen(resolved), size = strlen(name);
    if (folder >= sizeof t->folder || size >= sizeof t->name) return refuse_errno(t, ENAMETOOLONG);
    memcpy(t->folder, resolved, folder + 1);
    memcpy(t->name, name, size + 1);
    return true;
}

// Follows links: the link stays, and what it names is replaced.
static bool resolve_existing(target *t, char *resolved) {
    char *const slash = strrchr(resolved, '/');
    const char *const name = slash + 1;
    if (slash == resolved) return split(t, "/", name);
    *slash = '\0';
    return split(t, resolved, name);
}

static bool resolve_new(target *t) {
    struct stat found;
    // What /dev/fd leads to may have no path, and is there all the same.
    if (stat(t->path, &found) == 0) return refuse(t, NO_FILE);
    if (lstat(t->path, &found) == 0)
        return refuse(t, OD_SAY("is a link to a file that does not exist; remove the link",
                                "是一个链接，但所指的文件不存在，请先删除链接"));
    const char *const slash = strrchr(t->path, '/');
    const char *const name = slash ? slash + 1 : t->path;
    if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return refuse_errno(t, EISDIR);
    const od_slice folder = slash == t->path ? OD_SLICE("/")
                            : slash ? (od_slice){t->path, (size_t)(slash - t->path)}
                                    : OD_SLICE(".");
    char resolved[PATH_MAX];
    if (realpath(od_arena_copy(&t->cli->arena, folder).data, resolved))
        return split(t, resolved, name);
    if (errno == ENOENT)
        return refuse(t, OD_SAY("its folder does not exist; make it first",
                                "所在的文件夹不存在，请先建立"));
    return refuse_errno(t, errno);
}

static bool locate(target *t) {
    char resolved[PATH_MAX];
    const bool found = realpath(t->path, resolved);
    if (!found && errno != ENOENT) return refuse_errno(t, errno);
    if (found ? !resolve_existing(t, resolved) : !resolve_new(t)) return false;
    t->folder_fd = open(t->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (t->folder_fd < 0) return refuse_errno(t, errno);
    if (fstatat(t->folder_fd, t->name, &t->before, AT_SYMLINK_NOFOLLOW) == 0) t->exists = true;
    else if (errno != ENOENT) return refuse_errno(t, errno);
    return true;
}

// ---- whether it may be written -----------------------------------------------------------------

bool od_file_replaceable(od_cli *cli, const char *path, int folder_fd, const char *name,
                         const struct stat *found) {
    if (S_ISDIR(found->st_mode)) {
        od_cli_fail_errno(cli, path, EISDIR);
        return false;
    }
    const struct {
        bool wrong;
        od_text why;
    } faults[] = {
        {!S_ISREG(found->st_mode), NO_FILE},
        {found->st_nlink > 1,
         OD_SAY("has more than one name (hard links), which would become different files; write to a "
                "new file with -o",
                "有多个名字（硬链接），写入后会分成不同的文件；请用 -o 写到新文件")},
        {faccessat(folder_fd, name, W_OK, AT_EACCESS) != 0,
         OD_SAY("is write-protected; nothing was written", "是只读的，没有写入")},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (!faults[i].wrong) continue;
        od_cli_fail(cli, path, od_say(&cli->log, faults[i].why));
        return false;
    }
    return true;
}

static bool unchanged(const struct stat *a, const struct stat *b) {
    return od_file_same(a, b) && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
           a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static bool refuse_changed(target *t) {
    return refuse(t, OD_SAY("was changed by someone else meanwhile; not written, run it again",
                            "其间被别人改动过；没有写入，请重新运行"));
}

static bool may_replace(target *t, od_write_mode mode, const struct stat *read_as) {
    if (mode == OD_WRITE_REPLACE && !t->exists) return refuse_changed(t);
    if (!t->exists) return true;
    if (mode == OD_WRITE_NEW)
        return refuse(t, OD_SAY("exists already; choose another name", "文件已存在，请换个名字"));
    if (S_ISREG(t->before.st_mode) && mode == OD_WRITE_REPLACE && !unchanged(&t->before, read_as))
        return refuse_changed(t);
    return od_file_replaceable(t->cli, t->path, t->folder_fd, t->name, &t->before);
}

bool od_file_holds(int folder_fd, const char *name, const struct stat *found, od_slice bytes) {
    if ((size_t)found->st_size != bytes.size) return false;
    const int descriptor = openat(folder_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) return false;
    char piece[16 * 1024];
    ssize_t got;
    while ((got = read(descriptor, piece, sizeof piece)) > 0) {
        if ((size_t)got > bytes.size || memcmp(piece, bytes.data, (size_t)got) != 0) break;
        bytes = od_slice_from(bytes, (size_t)got);
    }
    close(descriptor);
    return got == 0 && bytes.size == 0;
}

// Whether the target holds `bytes` already: then its time of change stays too.
static bool holds(const target *t, od_slice bytes) {
    return t->exists && od_file_holds(t->folder_fd, t->name, &t->before, bytes);
}

// ---- the sibling -------------------------------------------------------------------------------

int od_file_sibling(int folder_fd, const char *name, mode_t mode, char temporary[NAME_MAX + 1]) {
    enum { TRIES = 100, RANDOM_CHARS = 8 };
    static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz234567";
    const size_t size = strlen(name), most = NAME_MAX - RANDOM_CHARS - 2;
    for (int i = 0; i < TRIES; i++) {
        unsigned char random[RANDOM_CHARS];
        if (getrandom(random, sizeof random, 0) != sizeof random) return -1;
        char suffix[RANDOM_CHARS + 1] = {0};
        for (size_t c = 0; c < RANDOM_CHARS; c++) suffix[c] = LETTERS[random[c] % 32];
        snprintf(temporary, NAME_MAX + 1, ".%.*s.%s", (int)(size < most ? size : most), name,
                 suffix);
        const int descriptor = openat(folder_fd, temporary,
                                      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (descriptor >= 0 || errno != EEXIST) return descriptor;
    }
    return -1;
}

int od_file_put(int descriptor, od_slice bytes) {
    while (bytes.size) {
        const ssize_t written = write(descriptor, bytes.data, bytes.size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes = od_slice_from(bytes, (size_t)written);
    }
    return 0;
}

// ---- owner, mode, attributes -------------------------------------------------------------------

// Names of the attributes of a file, each closed by a NUL.
typedef struct attributes {
    char *names; // malloc
    size_t size;
} attributes;

// Returns 0 or an errno; a file system without attributes has none.
static int list_attributes(int descriptor, attributes *list) {
    *list = (attributes){0};
    const ssize_t size = flistxattr(descriptor, NULL, 0);
    if (size < 0) return errno == ENOTSUP ? 0 : errno;
    if (size == 0) return 0;
    list->names = malloc((size_t)size);
    if (!list->names) return ENOMEM;
    const ssize_t got = flistxattr(descriptor, list->names, (size_t)size);
    if (got < 0) return errno;
    list->size = (size_t)got;
    return 0;
}

// Returns the value of an attribute in `value` and its size, or -1.
static ssize_t get_attribute(int descriptor, const char *name, od_buf *value) {
    const ssize_t size = fgetxattr(descriptor, name, NULL, 0);
    if (size < 0) return -1;
    value->size = 0;
    return fgetxattr(descriptor, name, od_buf_reserve(value, (size_t)size + 1), (size_t)size);
}

static int copy_attribute(int from, int to, const char *name) {
    od_buf value = {0}, present = {0};
    int error = 0;
    const ssize_t size = get_attribute(from, name, &value);
    if (size < 0) error = errno;
    else if (fsetxattr(to, name, value.data, (size_t)size, 0) != 0) {
        // Labels that only root sets are often there already, by the rules of the folder.
        error = errno;
        if (get_attribute(to, name, &present) == size &&
            memcmp(present.data, value.data, (size_t)size) == 0)
            error = 0;
    }
    od_buf_free(&value);
    od_buf_free(&present);
    return error;
}

static bool has_attribute(const attributes *list, const char *name) {
    for (size_t at = 0; at < list->size; at += strlen(list->names + at) + 1)
        if (strcmp(list->names + at, name) == 0) return true;
    return false;
}

// The folder may have given the sibling an ACL of its own, which would let in others than before.
static int drop_others(int descriptor, const attributes *wanted) {
    attributes present;
    int error = list_attributes(descriptor, &present);
    for (size_t at = 0; !error && at < present.size; at += strlen(present.names + at) + 1) {
        const char *const name = present.names + at;
        if (has_attribute(wanted, name) || strncmp(name, "security.", 9) == 0) continue;
        if (fremovexattr(descriptor, name) != 0) error = errno;
    }
    free(present.names);
    return error;
}

static int copy_attributes(int from, int to) {
    attributes list;
    int error = list_attributes(from, &list);
    for (size_t at = 0; !error && at < list.size; at += strlen(list.names + at) + 1)
        error = copy_attribute(from, to, list.names + at);
    if (!error) error = drop_others(to, &list);
    free(list.names);
    return error;
}

int od_file_keep(int folder_fd, const char *name, const struct stat *old, int descriptor) {
    struct stat now;
    if (fstat(descriptor, &now) != 0) return errno;
    if ((now.st_uid != old->st_uid || now.st_gid != old->st_gid) &&
        fchown(descriptor, old->st_uid, old->st_gid) != 0)
        return errno;
    if (fchmod(descriptor, old->st_mode & 07777) != 0) return errno;
    // A path descriptor would do for files that we may write and not read; flistxattr refuses
    // those.
    const int from = openat(folder_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (from < 0) return errno;
    const int error = copy_attributes(from, descriptor);
    close(from);
    return error;
}

static int give_default(int descriptor) {
    const mode_t mask = umask(0);
    umask(mask);
    return fchmod(descriptor, 0666 & ~mask) != 0 ? errno : 0;
}

// ---- the exchange ------------------------------------------------------------------------------

static bool say_not_kept(target *t, int error) {
    od_cli_fail(t->cli, t->path,
                od_say(&t->cli->log,
                       OD_SAY("its owner, permissions or attributes cannot be kept ({1}); write to "
                              "a new file with -o",
                              "无法保持原来的属主、权限或属性（{1}），请用 -o 写到新文件"),
                       od_cli_errno(t->cli, error)));
    return false;
}

static bool prepare(target *t, int descriptor, od_slice bytes) {
    int error = od_file_put(descriptor, bytes);
    if (error) return refuse_errno(t, error);
    error = t->exists ? od_file_keep(t->folder_fd, t->name, &t->before, descriptor)
                      : give_default(descriptor);
    if (error) return say_not_kept(t, error);
    return fsync(descriptor) == 0 || refuse_errno(t, errno);
}

// Whether the target is still what it was before the sibling was written.
static bool is_as_before(const target *t) {
    struct stat now;
    if (fstatat(t->folder_fd, t->name, &now, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT && !t->exists;
    return t->exists && unchanged(&now, &t->before);
}

static bool put_in_place(target *t) {
    if (!is_as_before(t)) return refuse_changed(t);
    int status;
    if (t->exists) {
        status = renameat(t->folder_fd, t->temporary, t->folder_fd, t->name);
    } else {
        status = renameat2(t->folder_fd, t->temporary, t->folder_fd, t->name, RENAME_NOREPLACE);
        // Some file systems cannot promise that; then the check just made has to do.
        if (status != 0 && errno == EINVAL)
            status = renameat(t->folder_fd, t->temporary, t->folder_fd, t->name);
    }
    if (status != 0) return errno == EEXIST ? refuse_changed(t) : refuse_errno(t, errno);
    t->temporary[0] = '\0';
    // Not every file system lets folders be synced; the file itself is.
    (void)fsync(t->folder_fd);
    return true;
}

static bool exchange(target *t, od_slice bytes) {
    const int descriptor = od_file_sibling(t->folder_fd, t->name, 0600, t->temporary);
    if (descriptor < 0) {
        const int error = errno;
        if (error != EACCES && error != EPERM) return refuse_errno(t, error);
        return refuse(t, OD_SAY("its folder does not let files be written; write elsewhere with -o",
                                "所在文件夹不允许写文件，请用 -o 写到别处"));
    }
    bool done = prepare(t, descriptor, bytes);
    if (close(descriptor) != 0 && done) done = refuse_errno(t, errno);
    done = done && put_in_place(t);
    if (t->temporary[0]) unlinkat(t->folder_fd, t->temporary, 0);
    return done;
}

bool od_file_replace(od_cli *cli, const char *path, od_write_mode mode, const struct stat *read_as,
                   od_slice bytes) {
    target t = {.cli = cli, .path = path, .folder_fd = -1};
    bool done = locate(&t) && may_replace(&t, mode, read_as);
    if (done && !holds(&t, bytes)) {
        sigset_t all, before;
        sigfillset(&all);
        signal(SIGXFSZ, SIG_IGN); // a file over the size limit is an error like others
        sigprocmask(SIG_SETMASK, &all, &before);
        done = exchange(&t, bytes);
        sigprocmask(SIG_SETMASK, &before, NULL);
    }
    if (t.folder_fd >= 0) close(t.folder_fd);
    return done;
}
