#include "cli/ignore.h"

#include "base/glob.h"
#include "base/limits.h"
#include "cli/file.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct pattern {
    const od_glob *glob;
    bool negated;
} pattern;

struct od_ignore {
    const od_ignore *above;
    od_slice outer; // path from its folder down to where the walk starts, or empty
    size_t skip;    // bytes of a path from there that lead to its folder
    OD_ARRAY(pattern) patterns;
};

// ---- reading -----------------------------------------------------------------------------------

// Trailing spaces do not count unless a `\` stands before them.
static od_slice without_trailing(od_slice line) {
    if (od_slice_ends(line, OD_SLICE("\r"))) line.size--;
    while (line.size && line.data[line.size - 1] == ' ' &&
           !(line.size > 1 && line.data[line.size - 2] == '\\'))
        line.size--;
    return line;
}

static void read_line(od_arena *arena, od_ignore *ignore, od_slice line) {
    line = without_trailing(line);
    if (!line.size || line.data[0] == '#') return;
    const bool negated = line.data[0] == '!';
    if (negated) line = od_slice_from(line, 1);
    const od_glob *glob;
    // As git does, what is no pattern matches nothing.
    if (od_glob_read(arena, line, OD_GLOB_GITIGNORE, &glob) != OD_GLOB_FINE) return;
    *od_array_push(arena, &ignore->patterns) = (pattern){glob, negated};
}

static void read_lines(od_arena *arena, od_ignore *ignore, od_slice text) {
    if (od_slice_starts(text, OD_SLICE("\xEF\xBB\xBF"))) text = od_slice_from(text, 3);
    while (text.size) {
        const size_t found = od_slice_find(text, OD_SLICE("\n"), 0);
        const size_t end = found == SIZE_MAX ? text.size : found;
        read_line(arena, ignore, od_slice_cut(text, 0, end));
        text = od_slice_from(text, end < text.size ? end + 1 : end);
    }
}

// Returns what the .gitignore in `folder` says over `above`; only `above` when there is none.
static const od_ignore *read_file(od_cli *cli, const od_ignore *above, od_slice folder,
                                  od_slice outer, size_t skip) {
    od_arena *const arena = &cli->arena;
    const char *const path = od_arena_concat(arena, folder, OD_SLICE("/.gitignore")).data;
    od_file file;
    const int error = od_file_load(path, od_limit_value(PROFILE_SIZE), &file);
    // A file that cannot be read would leave out what nobody knows: say so.
    if (error && error != ENOENT && error != ENOTDIR && error != EISDIR)
        od_cli_fail_errno(cli, path, error);
    const od_ignore *result = above;
    if (!error) {
        od_ignore *const made = od_arena_new(arena, od_ignore);
        *made = (od_ignore){.above = above, .outer = outer, .skip = skip};
        // Globs borrow their text.
        read_lines(arena, made, od_arena_copy(arena, od_buf_slice(&file.bytes)));
        if (made->patterns.count) result = made;
    }
    od_file_free(&file);
    return result;
}

// ---- entering ----------------------------------------------------------------------------------

const od_ignore *od_ignore_enter(od_cli *cli, const od_ignore *above, const char *path,
                                 od_slice inner) {
    return read_file(cli, above, od_slice_of(path), (od_slice){0},
                     inner.size ? inner.size + 1 : 0);
}

static bool is_repository(const char *folder, size_t size) {
    char path[PATH_MAX];
    if (size + sizeof "/.git" > sizeof path) return false;
    memcpy(path, folder, size);
    memcpy(path + size, "/.git", sizeof "/.git");
    return access(path, F_OK) == 0;
}

const od_ignore *od_ignore_start(od_cli *cli, const char *path) {
    char resolved[PATH_MAX];
    if (!realpath(path, resolved)) return NULL; // the walk will say so
    const od_slice here = od_arena_copy(&cli->arena, od_slice_of(resolved));
    // Without a repository nothing above the folder counts.
    size_t root = here.size;
    while (root > 0 && !is_repository(here.data, root))
        do root--;
        while (root > 0 && here.data[root] != '/');
    if (root == 0 && !is_repository(here.data, 0)) return NULL;
    const od_ignore *ignore = NULL;
    for (size_t end = root; end < here.size;) {
        const od_slice outer = od_slice_from(here, end + 1);
        ignore = read_file(cli, ignore, od_slice_cut(here, 0, end), outer, 0);
        end++;
        while (end < here.size && here.data[end] != '/') end++;
    }
    return ignore;
}

// ---- asking ------------------------------------------------------------------------------------

bool od_ignored(od_cli *cli, const od_ignore *patterns, od_slice inner, bool is_folder) {
    if (!patterns) return false;
    const od_mark mark = od_arena_mark(&cli->arena);
    int answer = -1;
    for (const od_ignore *i = patterns; i && answer < 0; i = i->above) {
        const od_slice path = od_arena_concat(
            &cli->arena, i->outer, i->outer.size ? OD_SLICE("/") : OD_SLICE(""),
            od_slice_from(inner, i->skip), is_folder ? OD_SLICE("/") : OD_SLICE(""));
        for (size_t p = i->patterns.count; p > 0 && answer < 0; p--)
            if (od_glob_matches(i->patterns.items[p - 1].glob, path))
                answer = !i->patterns.items[p - 1].negated;
    }
    od_arena_rewind(&cli->arena, mark);
    return answer == 1;
}
