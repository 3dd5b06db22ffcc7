// Reading a profile: its file, and those that it extends.
#include "profile/loader.h"

#include "base/buf.h"
#include "base/limits.h"
#include "profile/builtin.h"

#include <stdlib.h>

// ---- one file ----------------------------------------------------------------------------------

// The parts of a profile, read in the order of need, not of the file.
typedef struct parts {
    const od_entry *headings, *input, *placeholders, *sections, *fields, *front_matter, *bindings,
        *rules, *lua, *stale, *checks, *advisory, *keep_words, *tally;
} parts;

typedef struct head {
    parts parts;
    od_slice id, label;
    od_extra extra;
    bool sections_any_order;
    od_latin_space latin_space;
} head;

static void read_version(od_loader *l, const od_entry *entry, void *target) {
    int64_t version;
    (void)target;
    if (!od_value_integer(&entry->value, &version) || version != 1)
        od_load_fail_type(l, entry, OD_SAY("1, the only version of the format that this program "
                                           "knows",
                                           "1（本程序只认识这一版格式）"));
}

static void read_id(od_loader *l, const od_entry *entry, void *target) {
    bool wrong = !od_is_text(&entry->value);
    for (size_t i = 0; !wrong && i < entry->value.text.size; i++)
        wrong = strchr(" \t\n/", entry->value.text.data[i]) != NULL;
    if (wrong) od_load_fail_type(l, entry, OD_SAY("a name without white space or `/`",
                                                  "一个名称，其中没有空格和“/”"));
    else *(od_slice *)target = entry->value.text;
}

static const od_key_spec KEYS[] = {
    {"orgdraft-profile", read_version, 0},
    {"id", read_id, offsetof(head, id)},
    {"extends", od_read_nothing, 0},
    {"label", od_read_label, offsetof(head, label)},
    {"input", od_read_entry, offsetof(head, parts.input)},
    {"headings", od_read_entry, offsetof(head, parts.headings)},
    {"placeholders", od_read_entry, offsetof(head, parts.placeholders)},
    {"front_matter", od_read_entry, offsetof(head, parts.front_matter)},
    {"extra", od_read_extra, offsetof(head, extra)},
    {"sections_order", od_read_order, offsetof(head, sections_any_order)},
    {"sections", od_read_entry, offsetof(head, parts.sections)},
    {"fields", od_read_entry, offsetof(head, parts.fields)},
    {"bindings", od_read_entry, offsetof(head, parts.bindings)},
    {"rules", od_read_entry, offsetof(head, parts.rules)},
    {"lua", od_read_entry, offsetof(head, parts.lua)},
    {"stale", od_read_entry, offsetof(head, parts.stale)},
    {"checks", od_read_entry, offsetof(head, parts.checks)},
    {"advisory", od_read_entry, offsetof(head, parts.advisory)},
    {"cjk_latin_space", od_read_latin_space, offsetof(head, latin_space)},
    {"keep_words", od_read_entry, offsetof(head, parts.keep_words)},
    {"tally", od_read_entry, offsetof(head, parts.tally)},
};

// The name of a file without its folder and suffix, for a profile that does not say its id.
static od_slice stem(od_slice path) {
    for (size_t slash; (slash = od_slice_find(path, OD_SLICE("/"), 0)) != SIZE_MAX;)
        path = od_slice_from(path, slash + 1);
    const size_t dot = od_slice_find(path, OD_SLICE("."), 1);
    return path.size && dot != SIZE_MAX ? od_slice_cut(path, 0, dot) : path;
}

static void load_parts(od_loader *l, const parts *p, const od_profile *base) {
    od_load_input(l, p->input);
    od_load_headings(l, p->headings);
    od_load_placeholders(l, p->placeholders);
    od_load_sections(l, p->sections);
    od_load_fields(l, p->fields);
    od_load_front_matter(l, p->front_matter);
    od_load_bindings(l, p->bindings, base);
    od_load_rules(l, p->rules);
    od_load_lua(l, p->lua);
    od_load_stale(l, p->stale);
    od_load_checks(l, p->checks);
    od_load_advisory(l, p->advisory);
    od_load_keep_words(l, p->keep_words);
    od_load_tally(l, p->tally);
}

static int compare_spans(const void *left, const void *right) {
    const od_span *const a = &((const od_diagnostic *)left)->span,
                  *const b = &((const od_diagnostic *)right)->span;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return a->end < b->end ? -1 : a->end > b->end;
}

// Reads one file into its profile, which knows its source and lies over `base` (NULL for none).
static void load_file(od_loader *l, const od_value *root, const od_profile *base) {
    od_profile *const profile = l->profile;
    const size_t before = l->failures->found.count;
    if (base) {
        const od_source source = profile->source;
        *profile = *base;
        profile->source = source;
        profile->base = base;
        memset(&profile->regexes, 0, sizeof profile->regexes);
        od_inherit_checks(profile);
    }
    head h = {.extra = profile->extra,
              .sections_any_order = profile->sections_any_order,
              .latin_space = profile->latin_space};
    od_load_keys(l, root, OD_SAY("a profile", "文种文件"), KEYS, OD_COUNT(KEYS), &h);
    const od_slice id = h.id.size ? h.id : stem(od_slice_of(profile->source.path));
    profile->id = od_arena_copy(l->arena, id);
    profile->label = h.label.size ? h.label : profile->id;
    profile->extra = h.extra;
    profile->sections_any_order = h.sections_any_order;
    profile->latin_space = h.latin_space;
    if (root->kind == OD_MAPPING) load_parts(l, &h.parts, base);
    const size_t count = l->failures->found.count - before;
    if (count)
        qsort(l->failures->found.items + before, count, sizeof(od_diagnostic), compare_spans);
}

// ---- the files that extend each other ----------------------------------------------------------

typedef struct link {
    od_slice name; // a built-in id, or a path
    od_slice key;  // the same without detours, to know it again
    od_profile *profile;
    od_value root;
} link;

typedef struct chain {
    od_arena *arena;
    const od_io *io;
    od_diagnostics *failures;
    OD_ARRAY(link) links; // the one asked for first, its last base last
    const od_value *asked; // the value of `extends` that asked for the next, NULL for the first
} chain;

bool od_is_profile_path(od_slice name) {
    return od_slice_find(name, OD_SLICE("/"), 0) != SIZE_MAX ||
           od_slice_ends(name, OD_SLICE(".yaml")) || od_slice_ends(name, OD_SLICE(".yml"));
}

// Notes why the next file cannot be had: where a file asked for it, else as a whole.
static od_status fail(chain *c, od_status status, od_slice name, od_slice message) {
    if (c->asked) {
        od_fail_at(c->failures, c->asked->source, c->asked->span,
                   od_say(c->failures, OD_SAY("extends “{1}”: {2}", "extends“{1}”：{2}"), name,
                          message));
    } else {
        od_fail(c->failures, od_arena_copy(c->arena, name).data, message);
    }
    return status;
}

static od_status fail_unknown(chain *c, od_slice name) {
    const od_slice nearest = od_builtin_nearest(name);
    const od_slice unknown = od_say(
        c->failures, OD_SAY("no built-in profile has this name", "没有这个内置文种"));
    const od_slice hint =
        nearest.size ? od_say(c->failures, OD_SAY("did you mean “{1}”?", "是不是“{1}”？"), nearest)
                     : od_say(c->failures,
                              OD_SAY("`orgdraft profile list` shows them; a file is named with "
                                     "its `.yaml`",
                                     "用“orgdraft profile list”查看；文件要写全名（以.yaml结尾）"));
    return fail(c, OD_NOT_FOUND, name,
                od_say(c->failures, OD_SAY("{1}; {2}", "{1}；{2}"), unknown, hint));
}

static od_status fail_read(chain *c, od_status status, od_slice name) {
    switch (status) {
    case OD_NOT_FOUND:
        return fail(c, status, name, od_say(c->failures, OD_SAY("no such file", "没有这个文件")));
    case OD_LIMIT:
        return fail(c, status, name,
                    od_say(c->failures,
                           OD_SAY("larger than the limit of {1} bytes (profile size)",
                                  "超过文种文件大小上限（{1}字节）"),
                           od_arena_number(c->arena, od_limit_value(PROFILE_SIZE))));
    default:
        return fail(c, OD_IO, name, od_say(c->failures, OD_SAY("cannot be read", "无法读取")));
    }
}

// Reads the bytes of a file; they are copied, so that they live as long as the profile.
static od_status read_bytes(chain *c, od_slice name, od_slice *bytes) {
    if (!c->io || !c->io->read) return fail_read(c, OD_IO, name);
    od_slice borrowed;
    const char *const path = od_arena_copy(c->arena, name).data;
    const od_status status =
        c->io->read(c->io->context, path, od_limit_value(PROFILE_SIZE), &borrowed);
    if (status != OD_OK) return fail_read(c, status, name);
    *bytes = od_arena_copy(c->arena, borrowed);
    if (c->io->release) c->io->release(c->io->context, borrowed);
    return OD_OK;
}

// Takes `.` and `..` out of a path as far as its text allows.
static od_slice normalize(od_arena *arena, od_slice path) {
    OD_ARRAY(od_slice) parts = {0};
    const bool rooted = od_slice_starts(path, OD_SLICE("/"));
    for (size_t start = 0; start <= path.size;) {
        size_t end = od_slice_find(path, OD_SLICE("/"), start);
        if (end == SIZE_MAX) end = path.size;
        const od_slice part = od_slice_cut(path, start, end);
        const bool up = od_slice_is(part, "..");
        if (up && parts.count && !od_slice_is(parts.items[parts.count - 2], "..")) parts.count -= 2;
        else if (part.size && !od_slice_is(part, ".")) {
            *od_array_push(arena, &parts) = part;
            *od_array_push(arena, &parts) = OD_SLICE("/");
        }
        start = end + 1;
    }
    const od_slice joined = od_arena_join(arena, parts.items, parts.count ? parts.count - 1 : 0);
    return rooted ? od_arena_concat(arena, OD_SLICE("/"), joined) : joined;
}

// Adds the file or built-in profile `name` to the chain.
static od_status add_link(chain *c, od_slice name) {
    od_slice bytes = {0}, shown = name;
    if (od_is_profile_path(name)) {
        const od_status status = read_bytes(c, name, &bytes);
        if (status != OD_OK) return status;
    } else {
        const od_builtin_profile *const builtin = od_builtin_find(name);
        if (!builtin) return fail_unknown(c, name);
        bytes = od_slice_of(builtin->yaml);
        shown = od_arena_concat(c->arena, OD_SLICE("<built-in>/"), name, OD_SLICE(".yaml"));
    }
    link *const added = od_array_push(c->arena, &c->links);
    added->name = name;
    added->key = od_is_profile_path(name) ? normalize(c->arena, name) : name;
    added->profile = od_arena_new(c->arena, od_profile);
    od_source *const source = &added->profile->source;
    od_source_init(source, c->arena, od_arena_copy(c->arena, shown).data, bytes, 0);
    return od_yaml_read(c->arena, source, (od_span){0, bytes.size}, c->failures, &added->root);
}

od_slice od_profile_resolve(od_arena *arena, od_slice from, od_slice name) {
    if (!od_is_profile_path(name) || od_slice_starts(name, OD_SLICE("/"))) return name;
    size_t folder = from.size;
    while (folder && from.data[folder - 1] != '/') folder--;
    if (od_slice_starts(name, OD_SLICE("./"))) name = od_slice_from(name, 2);
    const od_slice path = od_arena_concat(arena, od_slice_cut(from, 0, folder), name);
    // A path stays one that is seen to be one.
    return od_is_profile_path(path) ? path : od_arena_concat(arena, OD_SLICE("./"), path);
}

// Returns the names of the links from `first` on, as they extend each other.
static od_slice name_circle(chain *c, size_t first, od_slice last) {
    od_buf names = {0};
    for (size_t i = first; i < c->links.count; i++) {
        od_buf_add(&names, c->links.items[i].key);
        od_buf_text(&names, " → ");
    }
    od_buf_add(&names, last);
    const od_slice text = od_arena_copy(c->arena, od_buf_slice(&names));
    od_buf_free(&names);
    return text;
}

static od_status check_circle(chain *c, od_slice name) {
    const od_slice key = od_is_profile_path(name) ? normalize(c->arena, name) : name;
    for (size_t i = 0; i < c->links.count; i++) {
        if (!od_slice_equal(c->links.items[i].key, key)) continue;
        return fail(c, OD_INVALID, key,
                    od_say(c->failures, OD_SAY("the profiles extend each other in a circle: {1}",
                                               "文种文件互相引用成环：{1}"),
                           name_circle(c, i, key)));
    }
    if (c->links.count < od_limit_value(EXTENDS_DEPTH)) return OD_OK;
    return fail(c, OD_LIMIT, name,
                od_say(c->failures,
                       OD_SAY("more than {1} profiles extend each other (a limit)",
                              "互相引用的文种文件超过{1}个（上限）"),
                       od_arena_number(c->arena, od_limit_value(EXTENDS_DEPTH))));
}

// Reads the profile asked for and all that it extends.
static od_status read_chain(chain *c, od_slice name) {
    for (;;) {
        od_status status = add_link(c, name);
        if (status != OD_OK) return status;
        const link *const last = &c->links.items[c->links.count - 1];
        const od_value *const extends = od_value_at(&last->root, "extends");
        if (!extends) return OD_OK;
        c->asked = extends;
        if (!od_is_text(extends))
            return fail(c, OD_INVALID, extends->text,
                        od_say(c->failures, OD_SAY("it must be the name of a profile or a file",
                                                   "应为内置文种的名称或文件的路径")));
        name = od_profile_resolve(c->arena, last->name, extends->text);
        status = check_circle(c, name);
        if (status != OD_OK) return status;
    }
}

static void load_chain(chain *c) {
    od_slice_list keep_regexes = {0};
    const od_profile *base = NULL;
    for (size_t i = c->links.count; i-- > 0;) {
        const link *const at = &c->links.items[i];
        od_loader loader = {.arena = c->arena,
                            .failures = c->failures,
                            .source = &at->profile->source,
                            .profile = at->profile,
                            .keep_regexes = &keep_regexes};
        load_file(&loader, &at->root, base);
        base = at->profile;
    }
}

od_status od_profile_read(od_arena *arena, const od_io *io, const char *name,
                          od_diagnostics *failures, od_profile **profile) {
    chain c = {.arena = arena, .io = io, .failures = failures};
    const size_t before = failures->found.count;
    const od_status status = read_chain(&c, od_arena_copy(arena, od_slice_of(name)));
    if (status != OD_OK) return status;
    load_chain(&c);
    od_profile *const made = c.links.items[0].profile;
    if (failures->found.count > before) {
        od_profile_free(made);
        return OD_INVALID;
    }
    *profile = made;
    return OD_OK;
}
