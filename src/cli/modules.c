#include "cli/modules.h"

#include "base/limits.h"
#include "cli/file.h"

#include <dirent.h>

enum { DEPTH = 3, ENTRIES = 4096 }; // folders within folders, and names looked at

typedef struct folder {
    od_slice name; // from the folder of the script, "" or closed by a slash
    int depth;
} folder;

typedef struct finder {
    od_cli *cli;
    od_script *script;
    od_slice base; // folder of the script, "" or closed by a slash
    OD_ARRAY(folder) folders;
    OD_ARRAY(od_cage_module) modules;
    size_t looked_at, bytes;
} finder;

static void read_module(finder *f, od_slice name) {
    od_arena *const arena = &f->cli->arena;
    if (f->modules.count == od_limit_value(FILTER_MODULES) ||
        f->bytes > 4 * od_limit_value(FILTER_SIZE)) {
        f->script->modules_left_out = true;
        return;
    }
    const char *const path = od_arena_concat(arena, f->base, name).data;
    od_file file;
    const int error = od_file_load(path, od_limit_value(FILTER_SIZE), &file);
    if (error || !S_ISREG(file.stat.st_mode)) {
        od_file_free(&file);
        return;
    }
    od_cli_keep(f->cli, file.bytes);
    f->bytes += file.bytes.size;
    *od_array_push(arena, &f->modules) = (od_cage_module){
        od_slice_cut(name, 0, name.size - 4), path, od_buf_slice(&file.bytes)};
}

static void look_at(finder *f, const folder *in, const struct dirent *entry) {
    od_arena *const arena = &f->cli->arena;
    if (entry->d_name[0] == '.') return;
    if (++f->looked_at > ENTRIES) {
        f->script->modules_left_out = true;
        return;
    }
    const od_slice name = od_arena_concat(arena, in->name, od_slice_of(entry->d_name));
    if (entry->d_type == DT_DIR && in->depth < DEPTH)
        *od_array_push(arena, &f->folders) =
            (folder){od_arena_concat(arena, name, OD_SLICE("/")), in->depth + 1};
    // No pipes: to read one is to wait.
    const bool is_file = entry->d_type == DT_REG || entry->d_type == DT_LNK;
    if (is_file && od_slice_ends(name, OD_SLICE(".lua"))) read_module(f, name);
}

static void search(finder *f, size_t index) {
    const folder in = f->folders.items[index]; // the list may move
    const od_slice here = f->base.size || in.name.size ? (od_slice){0} : OD_SLICE(".");
    DIR *const opened = opendir(od_arena_concat(&f->cli->arena, f->base, in.name, here).data);
    if (!opened) return;
    for (const struct dirent *e; (e = readdir(opened)) != NULL && f->looked_at <= ENTRIES;)
        look_at(f, &in, e);
    closedir(opened);
}

void od_modules_read(od_cli *cli, od_script *script) {
    if (od_slice_find(script->bytes, OD_SLICE("require"), 0) == SIZE_MAX) return;
    const char *const slash = strrchr(script->path, '/');
    finder f = {.cli = cli,
                .script = script,
                .base = {script->path, slash ? (size_t)(slash - script->path) + 1 : 0}};
    *od_array_push(&cli->arena, &f.folders) = (folder){OD_SLICE(""), 0};
    for (size_t i = 0; i < f.folders.count; i++) search(&f, i);
    script->modules = f.modules.items;
    script->module_count = f.modules.count;
}
