#include "cli/outputs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

// How far an output has come.
typedef enum progress {
    PLANNED,
    WRITTEN,   // its content is in `temporary`
    REPLACED,  // it is in place; `temporary` holds what was there before
    CREATED,   // it is in place, where nothing was
    UNCHANGED, // it held its content already
} progress;

typedef struct output {
    const char *path;
    size_t folder;   // size of its folder's part of the path, 0 for the current folder
    char *temporary; // name of its sibling
    progress progress;
    bool exists;
    struct stat before;
} output;

struct od_outputs {
    od_cli *cli;
    od_outputs_mode mode;
    OD_ARRAY(output) items;
    size_t existing;             // files that are in the way
    OD_ARRAY(const char *) made; // folders, each after the one it lies in
    sigset_t signals;            // that were blocked before
    size_t asked;                // how often it was asked whether one waits
    od_slice folder;             // that is open
    int folder_fd;               // -1 for none
    bool has_device;             // `device` was synced
    dev_t device;
};

od_outputs *od_outputs_new(od_cli *cli, od_outputs_mode mode) {
    od_outputs *const outputs = od_arena_new(&cli->arena, od_outputs);
    outputs->cli = cli;
    outputs->mode = mode;
    outputs->folder_fd = -1;
    return outputs;
}

static bool refuse(od_outputs *o, const char *path, od_text why) {
    od_cli_fail(o->cli, path, od_say(&o->cli->log, why));
    return false;
}

static bool refuse_errno(od_outputs *o, const char *path, int error) {
    od_cli_fail_errno(o->cli, path, error);
    return false;
}

// ---- before anything is written ----------------------------------------------------------------

static const char *name_of(const output *out) {
    return out->path + (out->folder ? out->folder + (out->path[out->folder] == '/') : 0);
}

// Sets the size of the folder's part of the path: `/` alone stands for itself.
static size_t folder_size(const char *path) {
    const char *const slash = strrchr(path, '/');
    if (!slash) return 0;
    return slash == path ? 1 : (size_t)(slash - path);
}

// Whether a folder that a value names is a link to somewhere else.
static bool check_folders(od_outputs *o, const output *out, size_t given) {
    for (size_t at = given; at <= out->folder && out->folder; at++) {
        struct stat found;
        if (at != out->folder && out->path[at] != '/') continue;
        const od_slice folder = od_arena_copy(&o->cli->arena, (od_slice){out->path, at});
        if (folder.size && lstat(folder.data, &found) == 0 && S_ISLNK(found.st_mode))
            return refuse(o, folder.data,
                          OD_SAY("is a link, through which no draft is written; remove it, or name "
                                 "another folder in --out",
                                 "是一个链接，不会通过它写文稿；请删除，或在 --out 中换个文件夹"));
    }
    return true;
}

static bool may_replace(od_outputs *o, const output *out, const struct stat *read, size_t count) {
    if (S_ISLNK(out->before.st_mode))
        return refuse(o, out->path, OD_SAY("is a link, which is not written through; remove it",
                                           "是一个链接，不会通过它写入，请先删除"));
    for (size_t i = 0; i < count; i++)
        if (od_file_same(&read[i], &out->before))
            return refuse(o, out->path, OD_SAY("is a file that this run reads; it was not overwritten",
                                               "是本次要读取的文件，没有覆盖"));
    enum { SHOWN = 10 }; // of many files in the way
    if (o->mode == OD_OUTPUTS_NEW && o->existing++ < SHOWN)
        return refuse(o, out->path,
                      OD_SAY("exists already; --force replaces such files, --only-changed those whose "
                             "text is another",
                             "文件已存在；--force 全部覆盖，--only-changed 只覆盖内容有变的"));
    if (o->mode == OD_OUTPUTS_NEW) return false;
    return od_file_replaceable(o->cli, out->path, AT_FDCWD, out->path, &out->before);
}

bool od_outputs_add(od_outputs *outputs, const char *path, size_t given, const struct stat *read,
                    size_t read_count) {
    output out = {.path = path, .folder = folder_size(path)};
    if (!check_folders(outputs, &out, given)) return false;
    out.exists = lstat(path, &out.before) == 0;
    if (!out.exists && errno != ENOENT) return refuse_errno(outputs, path, errno);
    if (out.exists && !may_replace(outputs, &out, read, read_count)) return false;
    *od_array_push(&outputs->cli->arena, &outputs->items) = out;
    return true;
}

size_t od_outputs_existing(const od_outputs *outputs) {
    return outputs->existing;
}

// ---- folders -----------------------------------------------------------------------------------

static int make_folder(od_outputs *o, const char *path) {
    if (mkdir(path, 0777) == 0) {
        *od_array_push(&o->cli->arena, &o->made) = path;
        return 0;
    }
    struct stat found;
    if (errno == EEXIST && stat(path, &found) == 0 && !S_ISDIR(found.st_mode)) return ENOTDIR;
    return errno == EEXIST ? 0 : errno;
}

static int make_folders(od_outputs *o, od_slice folder) {
    for (size_t at = 1; at <= folder.size; at++) {
        if (at < folder.size && folder.data[at] != '/') continue;
        const int error =
            make_folder(o, od_arena_copy(&o->cli->arena, od_slice_cut(folder, 0, at)).data);
        if (error) return error;
    }
    return 0;
}

static int open_path(const char *path) {
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

// Opens the folder of an output, making it when it is not there; says what went wrong.
static bool enter(od_outputs *o, const output *out) {
    const od_slice folder = {out->path, out->folder};
    if (o->folder_fd >= 0 && od_slice_equal(folder, o->folder)) return true;
    if (o->folder_fd >= 0) close(o->folder_fd);
    const char *const path =
        folder.size ? od_arena_copy(&o->cli->arena, folder).data : ".";
    o->folder = folder;
    o->folder_fd = open_path(path);
    if (o->folder_fd < 0 && errno == ENOENT) {
        const int error = make_folders(o, folder);
        if (error) return refuse_errno(o, path, error);
        o->folder_fd = open_path(path);
    }
    return o->folder_fd >= 0 || refuse_errno(o, path, errno);
}

// ---- writing -----------------------------------------------------------------------------------

void od_outputs_begin(od_outputs *outputs) {
    sigset_t all;
    sigfillset(&all);
    signal(SIGXFSZ, SIG_IGN); // a file over the size limit is an error like others
    sigprocmask(SIG_SETMASK, &all, &outputs->signals);
}

// Whether the signal would end the program when it is let through.
static bool ends_program(const od_outputs *o, int number) {
    struct sigaction action;
    return !sigismember(&o->signals, number) && sigaction(number, NULL, &action) == 0 &&
           action.sa_handler == SIG_DFL;
}

// Asked before each file, of which there are many: looks now and then.
static bool is_interrupted(od_outputs *o) {
    enum { FILES_PER_LOOK = 16 };
    static const int ENDING[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    sigset_t pending;
    if (o->asked++ % FILES_PER_LOOK || sigpending(&pending) != 0) return false;
    for (size_t i = 0; i < sizeof ENDING / sizeof *ENDING; i++)
        if (sigismember(&pending, ENDING[i]) && ends_program(o, ENDING[i])) return true;
    return false;
}

static bool fill_sibling(od_outputs *o, output *out, int descriptor, od_slice bytes) {
    int error = od_file_put(descriptor, bytes);
    if (!error && out->exists)
        error = od_file_keep(o->folder_fd, name_of(out), &out->before, descriptor);
    if (close(descriptor) != 0 && !error) error = errno;
    return !error || refuse_errno(o, out->path, error);
}

bool od_outputs_write(od_outputs *outputs, size_t index, od_slice bytes) {
    output *const out = &outputs->items.items[index];
    char temporary[NAME_MAX + 1];
    if (is_interrupted(outputs) || !enter(outputs, out)) return false;
    if (outputs->mode == OD_OUTPUTS_CHANGED && out->exists &&
        od_file_holds(outputs->folder_fd, name_of(out), &out->before, bytes)) {
        out->progress = UNCHANGED;
        return true;
    }
    const int descriptor = od_file_sibling(outputs->folder_fd, name_of(out),
                                           out->exists ? 0600 : 0666, temporary);
    if (descriptor < 0 && (errno == EACCES || errno == EPERM))
        return refuse(outputs, out->path,
                      OD_SAY("its folder does not let files be written; name another in --out",
                             "所在文件夹不允许写文件，请在 --out 中换个文件夹"));
    if (descriptor < 0) return refuse_errno(outputs, out->path, errno);
    out->temporary =
        (char *)od_arena_copy(&outputs->cli->arena, od_slice_of(temporary)).data;
    out->progress = WRITTEN;
    return fill_sibling(outputs, out, descriptor, bytes);
}

// ---- into place --------------------------------------------------------------------------------

static bool is_as_before(const od_outputs *o, const output *out) {
    struct stat now;
    if (fstatat(o->folder_fd, name_of(out), &now, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT && !out->exists;
    return out->exists && od_file_same(&now, &out->before) &&
           now.st_size == out->before.st_size &&
           now.st_mtim.tv_sec == out->before.st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == out->before.st_mtim.tv_nsec;
}

// Puts the old file where the new one was, and the new one in its place. Returns 0 or an errno.
static int exchange(const od_outputs *o, output *out) {
    const int fd = o->folder_fd;
    const char *const name = name_of(out);
    if (renameat2(fd, out->temporary, fd, name, RENAME_EXCHANGE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return errno;
    // A file system that cannot exchange two files: for a moment there is none.
    char aside[NAME_MAX + 1];
    const int descriptor = od_file_sibling(fd, name, 0600, aside);
    if (descriptor < 0) return errno;
    close(descriptor);
    if (renameat(fd, name, fd, aside) != 0) {
        const int error = errno;
        unlinkat(fd, aside, 0);
        return error;
    }
    if (renameat(fd, out->temporary, fd, name) != 0) {
        const int error = errno;
        // What was there before goes back; the sibling is removed with the others.
        return renameat(fd, aside, fd, name) == 0 ? error : errno;
    }
    memcpy(out->temporary, aside, strlen(aside) + 1); // as long as the other
    return 0;
}

static int create(const od_outputs *o, const output *out) {
    const int fd = o->folder_fd;
    if (renameat2(fd, out->temporary, fd, name_of(out), RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return errno;
    // Some file systems cannot promise that; then a look before has to do.
    if (!is_as_before(o, out)) return EEXIST;
    return renameat(fd, out->temporary, fd, name_of(out)) == 0 ? 0 : errno;
}

static bool place(od_outputs *o, output *out) {
    if (out->progress != WRITTEN) return true;
    if (is_interrupted(o) || !enter(o, out)) return false;
    int error = out->exists && !is_as_before(o, out) ? EEXIST : 0;
    if (!error) error = out->exists ? exchange(o, out) : create(o, out);
    if (error == EEXIST)
        return refuse(o, out->path, OD_SAY("was changed by someone else meanwhile; run it again",
                                           "其间被别人改动过，请重新运行"));
    if (error) return refuse_errno(o, out->path, error);
    out->progress = out->exists ? REPLACED : CREATED;
    return true;
}

// Has the disk take all that was written, before the first of it is in place: once for each file
// system, which costs less than once for each file.
static bool sync_all(od_outputs *o) {
    for (size_t i = 0; i < o->items.count; i++) {
        const output *const out = &o->items.items[i];
        struct stat folder;
        if (out->progress != WRITTEN) continue;
        if (o->has_device && od_slice_equal((od_slice){out->path, out->folder}, o->folder)) continue;
        if (!enter(o, out)) return false;
        if (fstat(o->folder_fd, &folder) != 0) return refuse_errno(o, out->path, errno);
        if (o->has_device && folder.st_dev == o->device) continue;
        if (syncfs(o->folder_fd) != 0) return refuse_errno(o, out->path, errno);
        o->has_device = true;
        o->device = folder.st_dev;
    }
    return true;
}

// ---- back --------------------------------------------------------------------------------------

// Undoes what was done for an output; says what cannot be undone.
static bool take_back(od_outputs *o, output *out) {
    if (out->progress == PLANNED || out->progress == UNCHANGED) return true;
    if (!enter(o, out)) return false;
    const int fd = o->folder_fd;
    int status = 0;
    if (out->progress == REPLACED) status = renameat(fd, out->temporary, fd, name_of(out));
    else status = unlinkat(fd, out->progress == CREATED ? name_of(out) : out->temporary, 0);
    if (status == 0 || errno == ENOENT) return true;
    if (out->progress == REPLACED)
        od_cli_fail(o->cli, out->path,
                    od_say(&o->cli->log,
                           OD_SAY("could not be put back ({1}); its old text is beside it, in {2}",
                                  "无法恢复原状（{1}）；原来的内容在旁边的 {2} 里"),
                           od_cli_errno(o->cli, errno), od_slice_of(out->temporary)));
    else refuse_errno(o, out->path, errno);
    return false;
}

static void take_all_back(od_outputs *o) {
    size_t written = 0, stuck = 0;
    for (size_t i = o->items.count; i-- > 0;) {
        output *const out = &o->items.items[i];
        written += out->progress != PLANNED && out->progress != UNCHANGED;
        stuck += !take_back(o, out);
    }
    for (size_t i = o->made.count; i-- > 0;) rmdir(o->made.items[i]);
    od_arena *const arena = &o->cli->arena;
    const od_text text =
        stuck ? OD_SAY("of {1} drafts written {2} could not be taken back, as said above; the others "
                       "were",
                       "已写的{1}份中有{2}份没能撤回（见上），其余已撤回")
              : OD_SAY("no draft was written: {1} were, and were taken back",
                       "没有写入任何文稿：已写的{1}份都已撤回");
    od_cli_note(o->cli, NULL, od_say(&o->cli->log, text, od_arena_number(arena, written),
                                     od_arena_number(arena, stuck)));
}

// Removes what the files were before, and has the disk take their names.
static void finish(od_outputs *o) {
    for (size_t i = 0; i < o->items.count; i++) {
        output *const out = &o->items.items[i];
        const bool last = i + 1 == o->items.count ||
                          !od_slice_equal((od_slice){out->path, out->folder},
                                          (od_slice){out[1].path, out[1].folder});
        if (out->progress == UNCHANGED || !enter(o, out)) continue;
        if (out->progress == REPLACED) unlinkat(o->folder_fd, out->temporary, 0);
        // Not every file system lets folders be synced; the files themselves are.
        if (last) (void)fsync(o->folder_fd);
    }
}

bool od_outputs_end(od_outputs *outputs, bool whole) {
    whole = whole && sync_all(outputs);
    for (size_t i = 0; i < outputs->items.count && whole; i++)
        whole = place(outputs, &outputs->items.items[i]);
    if (whole) finish(outputs);
    else take_all_back(outputs);
    if (outputs->folder_fd >= 0) close(outputs->folder_fd);
    outputs->folder_fd = -1;
    if (!whole) od_cli_flush(outputs->cli); // a signal that waits may end the program now
    sigprocmask(SIG_SETMASK, &outputs->signals, NULL);
    return whole;
}

size_t od_outputs_unchanged(const od_outputs *outputs) {
    size_t count = 0;
    for (size_t i = 0; i < outputs->items.count; i++)
        count += outputs->items.items[i].progress == UNCHANGED;
    return count;
}
