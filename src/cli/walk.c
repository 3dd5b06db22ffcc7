#include "cli/walk.h"

#include "cli/file.h"
#include "cli/ignore.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

// ---- each file once ----------------------------------------------------------------------------

// A file that is listed already.
struct od_seen {
    dev_t device;
    ino_t inode;
    bool used;
};

static size_t slot_of(const od_walk *walk, dev_t device, ino_t inode) {
    size_t slot = (size_t)(inode * 0x9E3779B97F4A7C15u ^ device) & (walk->seen_capacity - 1);
    while (walk->seen[slot].used &&
           (walk->seen[slot].inode != inode || walk->seen[slot].device != device))
        slot = (slot + 1) & (walk->seen_capacity - 1);
    return slot;
}

static void grow(od_walk *walk) {
    struct od_seen *const old = walk->seen;
    const size_t count = walk->seen_capacity;
    walk->seen_capacity = count ? count * 2 : 64;
    walk->seen = od_arena_array(&walk->cli->arena, struct od_seen, walk->seen_capacity);
    for (size_t i = 0; i < count; i++)
        if (old[i].used) walk->seen[slot_of(walk, old[i].device, old[i].inode)] = old[i];
}

// Whether the file came before. A file with several names (hard links) counts under each of them.
static bool seen_before(od_walk *walk, const struct stat *stat) {
    if (!S_ISREG(stat->st_mode) || stat->st_nlink > 1) return false;
    if (walk->seen_count * 2 >= walk->seen_capacity) grow(walk);
    struct od_seen *const seen = &walk->seen[slot_of(walk, stat->st_dev, stat->st_ino)];
    if (seen->used) return true;
    *seen = (struct od_seen){stat->st_dev, stat->st_ino, true};
    walk->seen_count++;
    return false;
}

// ---- folders -----------------------------------------------------------------------------------

// A file or folder still to be looked at.
typedef struct pending {
    const char *path;
    od_slice inner; // the path from the start of the walk
    bool is_folder;
    const od_ignore *patterns; // of the folder that it lies in
} pending;

typedef OD_ARRAY(pending) pending_list;

static bool is_draft(const char *name) {
    static const char *const SUFFIXES[] = {".md", ".markdown", ".txt", ".text"};
    const char *const point = strrchr(name, '.');
    for (size_t i = 0; point && i < sizeof SUFFIXES / sizeof *SUFFIXES; i++)
        if (strcasecmp(point, SUFFIXES[i]) == 0) return true;
    return false;
}

static void take(od_walk *walk, const char *path, const struct stat *stat) {
    od_setting setting;
    if (seen_before(walk, stat) || !od_settings_find(walk->settings, path, &setting) ||
        setting.ignored)
        return;
    *od_array_push(&walk->cli->arena, &walk->files) = setting;
}

static int compare_paths(const void *left, const void *right) {
    const pending *const a = left, *const b = right;
    return strcmp(b->path, a->path); // the last is taken first
}

static void look_at(od_walk *walk, const pending *folder, const char *name,
                    const od_ignore *patterns, pending_list *list) {
    if (name[0] == '.') return; // hidden, and `.` and `..`
    od_arena *const arena = &walk->cli->arena;
    const od_slice base = od_slice_of(name), path = od_slice_of(folder->path);
    const od_slice slash =
        od_slice_ends(path, OD_SLICE("/")) || !path.size ? OD_SLICE("") : OD_SLICE("/");
    pending found = {.path = od_arena_concat(arena, path, slash, base).data, .patterns = patterns};
    found.inner = folder->inner.size
                      ? od_arena_concat(arena, folder->inner, OD_SLICE("/"), base)
                      : od_arena_copy(arena, base);
    struct stat link;
    if (lstat(found.path, &link) != 0) return; // gone meanwhile
    // Links to folders are not followed, as git does: they might lead in a circle.
    found.is_folder = S_ISDIR(link.st_mode);
    if (!found.is_folder && !is_draft(name)) return;
    if (od_ignored(walk->cli, patterns, found.inner, found.is_folder)) return;
    *od_array_push(arena, list) = found;
}

// The folder where a walk starts may be the current one, which has an empty path: then the paths of
// its files are plain names.
static const char *spelled(const pending *folder) {
    return *folder->path ? folder->path : ".";
}

static void open_folder(od_walk *walk, const pending *folder, pending_list *list) {
    DIR *const entries = opendir(spelled(folder));
    if (!entries) {
        od_cli_fail_errno(walk->cli, spelled(folder), errno);
        return;
    }
    const od_ignore *const patterns =
        od_ignore_enter(walk->cli, folder->patterns, spelled(folder), folder->inner);
    const size_t first = list->count;
    for (const struct dirent *entry; (entry = readdir(entries));)
        look_at(walk, folder, entry->d_name, patterns, list);
    closedir(entries);
    if (list->count > first)
        qsort(list->items + first, list->count - first, sizeof *list->items, compare_paths);
}

static void look_into(od_walk *walk, const char *path) {
    struct stat found;
    if (stat(path, &found) != 0) od_cli_fail_errno(walk->cli, path, errno);
    else if (S_ISREG(found.st_mode)) take(walk, path, &found);
}

static void walk_folder(od_walk *walk, const char *path) {
    pending_list list = {0};
    *od_array_push(&walk->cli->arena, &list) =
        (pending){.path = strcmp(path, ".") == 0 || strcmp(path, "./") == 0 ? "" : path,
                  .is_folder = true,
                  .patterns = od_ignore_start(walk->cli, path)};
    while (list.count) {
        const pending next = list.items[--list.count];
        if (next.is_folder) open_folder(walk, &next, &list);
        else look_into(walk, next.path);
    }
}

// ---- arguments ---------------------------------------------------------------------------------

// Lists a file that was named: also one that the configuration ignores, unless --force-exclude.
static void add_named(od_walk *walk, const char *path) {
    od_setting setting;
    if (!od_settings_find(walk->settings, path, &setting)) return;
    if (setting.ignored && walk->cli->args.force_exclude) walk->left_out++;
    else *od_array_push(&walk->cli->arena, &walk->files) = setting;
}

static void add_stdin(od_walk *walk) {
    for (size_t i = 0; i < walk->files.count; i++)
        if (!walk->files.items[i].path) return; // it can be read only once
    add_named(walk, NULL);
}

void od_walk_add(od_walk *walk, const char *argument) {
    struct stat found;
    if (strcmp(argument, "-") == 0) add_stdin(walk);
    else if (stat(argument, &found) != 0) od_cli_fail_errno(walk->cli, argument, errno);
    else if (S_ISDIR(found.st_mode)) walk_folder(walk, argument);
    else if (!seen_before(walk, &found)) add_named(walk, argument);
}
