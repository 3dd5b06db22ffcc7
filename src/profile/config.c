#include "profile/config.h"

#include "base/glob.h"
#include "base/limits.h"
#include "profile/builtin.h"
#include "profile/loader.h"

typedef struct file_glob {
    const od_glob *glob;
    const char *profile;
} file_glob;

struct od_config {
    od_source source;
    const char *profile; // NULL: none
    OD_ARRAY(file_glob) files;
    OD_ARRAY(const od_glob *) ignored;
};

static od_text fault_text(od_glob_fault fault) {
    switch (fault) {
    case OD_GLOB_BRACKET: return OD_SAY("a `[` that is not closed or not right", "“[”没有闭合或内容有误");
    case OD_GLOB_BRACE: return OD_SAY("a `{` without its `}`", "“{”没有对应的“}”");
    case OD_GLOB_ESCAPE: return OD_SAY("a `\\` at its end", "以“\\”结尾");
    case OD_GLOB_PARTS:
        return OD_SAY("an empty part, `.` or `..`: paths go from the folder of this file",
                      "有空的部分或“.”“..”；路径从本文件所在的文件夹算起");
    default: return OD_SAY("it is empty", "内容为空");
    }
}

// Reads a glob; NULL with a failure when it cannot match anything.
static const od_glob *read_glob(od_loader *l, od_slice text, od_span span) {
    const od_glob *glob = NULL;
    const od_glob_fault fault = od_glob_read(l->arena, text, OD_GLOB_CONFIG, &glob);
    if (fault != OD_GLOB_FINE)
        od_load_fail(l, span,
                     od_say(l->failures,
                            OD_SAY("the pattern “{1}” matches nothing: {2}", "“{1}”匹配不到任何文件：{2}"),
                            text, od_say(l->failures, fault_text(fault))));
    return glob;
}

static void read_profile(od_loader *l, const od_entry *entry, void *target) {
    const od_value *const value = &entry->value;
    if (!od_is_text(value)) {
        od_load_fail_type(l, entry, OD_SAY("the name of a profile or the path of a file",
                                           "内置文种的名称或文件的路径"));
        return;
    }
    if (!od_is_profile_path(value->text) && !od_builtin_find(value->text)) {
        od_load_fail_name(l, value->span,
                          OD_SAY("“{1}” is no built-in profile; a file is named with its `.yaml`",
                                 "“{1}”不是内置文种；文件要写全名（以.yaml结尾）"),
                          value->text, od_builtin_nearest(value->text));
        return;
    }
    const od_slice from = od_slice_of(l->source->path);
    *(const char **)target =
        od_arena_copy(l->arena, od_profile_resolve(l->arena, from, value->text)).data;
}

static void read_files(od_loader *l, const od_entry *entry, void *target) {
    od_config *const config = target;
    const od_value *const files = &entry->value;
    if (files->kind != OD_MAPPING) {
        od_load_fail_type(l, entry, OD_SAY("patterns and their profiles: `{\"reports/*.md\": adr}`",
                                           "文件模式及其文种：“{\"reports/*.md\": adr}”"));
        return;
    }
    for (size_t i = 0; i < files->count; i++) {
        const od_entry *const file = &files->entries[i];
        file_glob read = {.glob = read_glob(l, file->key, file->key_span)};
        read_profile(l, file, &read.profile);
        if (read.glob && read.profile) *od_array_push(l->arena, &config->files) = read;
    }
}

static void read_ignore(od_loader *l, const od_entry *entry, void *target) {
    od_config *const config = target;
    size_t count;
    const od_value **const texts = od_load_texts(l, entry, &count);
    for (size_t i = 0; i < count; i++) {
        const od_glob *const glob = read_glob(l, texts[i]->text, texts[i]->span);
        if (glob) *od_array_push(l->arena, &config->ignored) = glob;
    }
}

static const od_key_spec KEYS[] = {
    {"profile", read_profile, offsetof(od_config, profile)},
    {"files", read_files, 0},
    {"ignore", read_ignore, 0},
};

static od_status refuse_size(od_diagnostics *failures, const char *path) {
    od_fail(failures, path,
            od_say(failures,
                   OD_SAY("larger than the limit of {1} bytes (profile size)",
                          "超过文种文件大小上限（{1}字节）"),
                   od_arena_number(failures->arena, od_limit_value(PROFILE_SIZE))));
    return OD_LIMIT;
}

od_status od_config_load(od_arena *arena, od_diagnostics *failures, const char *path,
                         od_slice bytes, size_t order, od_config **config) {
    if (bytes.size > od_limit_value(PROFILE_SIZE)) return refuse_size(failures, path);
    const size_t before = failures->found.count;
    od_config *const made = od_arena_new(arena, od_config);
    od_source_init(&made->source, arena, path, bytes, order);
    od_value root;
    const od_status status =
        od_yaml_read(arena, &made->source, (od_span){0, bytes.size}, failures, &root);
    if (status != OD_OK) return status;
    od_loader loader = {.arena = arena, .failures = failures, .source = &made->source};
    // A file with nothing but comments asks for nothing.
    if (root.kind != OD_NULL)
        od_load_keys(&loader, &root, OD_SAY("a configuration", "配置文件"), KEYS, OD_COUNT(KEYS),
                     made);
    if (failures->found.count > before) return OD_INVALID;
    *config = made;
    return OD_OK;
}

const char *od_config_profile(const od_config *config, const char *path) {
    for (size_t i = 0; i < config->files.count; i++)
        if (od_glob_covers(config->files.items[i].glob, od_slice_of(path)))
            return config->files.items[i].profile;
    return config->profile;
}

bool od_config_ignores(const od_config *config, const char *path) {
    for (size_t i = 0; i < config->ignored.count; i++)
        if (od_glob_covers(config->ignored.items[i], od_slice_of(path))) return true;
    return false;
}
