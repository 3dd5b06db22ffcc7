// Front matter: the keys that a draft's YAML block must and may have.
#include "profile/loader.h"

// What any draft may say of itself, whatever its profile: the words of pandoc, of static sites and
// of the program itself.
static const struct common_key {
    const char *name;
    od_field_type type;
} COMMON_KEYS[] = {
    {"profile", OD_TYPE_TEXT}, {"doctype", OD_TYPE_TEXT},  {"status", OD_TYPE_TEXT},
    {"title", OD_TYPE_TEXT},   {"subtitle", OD_TYPE_TEXT}, {"date", OD_TYPE_DATE},
    {"author", OD_TYPE_TEXT},  {"lang", OD_TYPE_TEXT},     {"language", OD_TYPE_TEXT},
    {"keywords", OD_TYPE_TEXT}, {"tags", OD_TYPE_TEXT},    {"categories", OD_TYPE_TEXT},
    {"description", OD_TYPE_TEXT}, {"abstract", OD_TYPE_TEXT}, {"version", OD_TYPE_TEXT},
    {"id", OD_TYPE_TEXT},      {"layout", OD_TYPE_TEXT},   {"slug", OD_TYPE_TEXT},
    {"draft", OD_TYPE_TEXT},   {"toc", OD_TYPE_TEXT},
};

static const struct common_key *find_common(od_slice name) {
    for (size_t i = 0; i < OD_COUNT(COMMON_KEYS); i++)
        if (od_slice_is(name, COMMON_KEYS[i].name)) return &COMMON_KEYS[i];
    return NULL;
}

bool od_profile_common_key(od_slice name) {
    return find_common(name) != NULL;
}

// What is known of one key while the parts that speak of it are read.
typedef struct known_key {
    od_key_rule rule;
    bool begun;  // some part spoke of it
    bool listed; // `required` or `optional` did
} known_key;

typedef struct reader {
    od_loader *loader;
    OD_ARRAY(od_name) names; // all that are mentioned, sorted; numbers by first mention
    known_key *keys;         // by number
} reader;

// ---- all keys ----------------------------------------------------------------------------------

static void mention(reader *r, od_slice name) {
    const size_t number = r->names.count;
    *od_array_push(r->loader->arena, &r->names) = (od_name){name, number};
}

static void mention_texts(reader *r, const od_value *value) {
    if (!value) return;
    if (value->kind == OD_SCALAR) mention(r, value->text);
    for (size_t i = 0; value->kind == OD_SEQUENCE && i < value->count; i++)
        mention(r, value->items[i].text);
}

// Collects the names of all keys, so that each has its place before anything is read.
static void collect(reader *r, const od_value *front_matter) {
    const od_profile *const profile = r->loader->profile;
    for (size_t i = 0; i < profile->key_count; i++) mention(r, profile->keys[i].name);
    if (front_matter->kind == OD_MAPPING) {
        mention_texts(r, od_value_at(front_matter, "required"));
        mention_texts(r, od_value_at(front_matter, "optional"));
        const od_value *const keys = od_value_at(front_matter, "keys");
        for (size_t i = 0; keys && keys->kind == OD_MAPPING && i < keys->count; i++)
            mention(r, keys->entries[i].key);
    }
    od_names_sort(r->names.items, r->names.count);
    r->keys = od_arena_array(r->loader->arena, known_key, r->names.count);
    for (size_t i = 0; i < profile->key_count; i++)
        r->keys[i] = (known_key){.rule = profile->keys[i], .begun = true};
}

static known_key *find_key(reader *r, od_slice name) {
    return &r->keys[r->names.items[od_names_find(r->names.items, r->names.count, name)].number];
}

// Returns the rule of a key; a new one is read as the field of its name, else as the word usually
// is.
static od_key_rule *get_key(reader *r, od_slice name) {
    known_key *const known = find_key(r, name);
    od_key_rule *const key = &known->rule;
    if (known->begun) return key;
    known->begun = true;
    key->name = name;
    const size_t field = od_load_find_field(r->loader, name);
    const struct common_key *const common = find_common(name);
    if (field != SIZE_MAX) {
        const od_field_rule *const rule = &r->loader->profile->fields[field];
        key->label = rule->label;
        key->type = rule->type;
        key->pattern = rule->pattern;
        key->list = rule->type.type == OD_TYPE_LIST;
    } else if (common) {
        key->type.type = common->type;
    }
    return key;
}

// ---- short forms -------------------------------------------------------------------------------

static void read_list(od_loader *l, const od_entry *entry, reader *r, bool required) {
    size_t count;
    const od_value **const texts = od_load_texts(l, entry, &count);
    for (size_t i = 0; i < count; i++) {
        known_key *const known = find_key(r, texts[i]->text);
        if (known->listed)
            od_load_fail(l, texts[i]->span,
                         od_say(l->failures,
                                OD_SAY("the key “{1}” is listed twice", "键“{1}”列了两次"),
                                texts[i]->text));
        known->listed = true;
        get_key(r, texts[i]->text)->required = required;
    }
}

static void read_required(od_loader *l, const od_entry *entry, void *target) {
    read_list(l, entry, target, true);
}

static void read_optional(od_loader *l, const od_entry *entry, void *target) {
    read_list(l, entry, target, false);
}

// ---- the long form -----------------------------------------------------------------------------

typedef struct key_reader {
    od_value_settings settings; // first, as OD_VALUE_KEYS wants it
    od_key_rule rule;
} key_reader;

static const od_key_spec KEY_KEYS[] = {
    OD_VALUE_KEYS,
    {"label", od_read_label, offsetof(key_reader, rule.label)},
    {"required", od_read_bool, offsetof(key_reader, rule.required)},
    {"list", od_read_bool, offsetof(key_reader, rule.list)},
};

// `due: date` is short for `due: {type: date}`, and `state: [open, shut]` for its enum.
static od_entry expand(od_loader *l, const od_entry *entry) {
    if (entry->value.kind == OD_MAPPING || entry->value.kind == OD_NULL) return *entry;
    od_entry *const inner = od_arena_new(l->arena, od_entry);
    inner->key = entry->value.kind == OD_SCALAR ? OD_SLICE("type") : OD_SLICE("enum");
    inner->key_span = entry->value.span;
    inner->value = entry->value;
    od_entry expanded = *entry;
    expanded.value = (od_value){.kind = OD_MAPPING,
                                .source = entry->value.source,
                                .span = entry->value.span,
                                .count = 1,
                                .entries = inner};
    return expanded;
}

static void read_key(reader *r, const od_entry *written) {
    od_loader *const l = r->loader;
    const od_entry entry = expand(l, written);
    od_key_rule *const rule = get_key(r, entry.key);
    if (entry.value.kind == OD_NULL) return; // a key without more to say of it
    key_reader k = {.rule = *rule, .settings = {.type = rule->type, .pattern = rule->pattern}};
    od_load_type(l, &entry, &k.settings);
    od_load_keys(l, &entry.value, OD_SAY("a key", "键"), KEY_KEYS, OD_COUNT(KEY_KEYS), &k);
    od_load_value_settings(l, &entry, &k.settings);
    k.rule.type = k.settings.type;
    k.rule.pattern = k.settings.pattern;
    if (k.rule.type.type == OD_TYPE_LIST) {
        k.rule.type.type = OD_TYPE_TEXT;
        k.rule.list = true;
    }
    *rule = k.rule;
}

static void read_keys(od_loader *l, const od_entry *entry, void *target) {
    if (entry->value.kind != OD_MAPPING) {
        od_load_fail_type(l, entry, OD_SAY("keys and what they must be: `{due: {type: date}}`",
                                           "各个键及其要求：“{due: {type: date}}”"));
        return;
    }
    for (size_t i = 0; i < entry->value.count; i++) read_key(target, &entry->value.entries[i]);
}

void od_load_front_matter(od_loader *l, const od_entry *entry) {
    static const od_key_spec KEYS[] = {
        {"required", read_required, 0},
        {"optional", read_optional, 0},
        {"keys", read_keys, 0},
    };
    od_profile *const profile = l->profile;
    if (!entry) return;
    reader r = {.loader = l};
    collect(&r, &entry->value);
    od_load_keys(l, &entry->value, OD_SAY("`front_matter`", "“front_matter”"), KEYS, OD_COUNT(KEYS),
                 &r);
    profile->has_front_matter = true;
    profile->front_matter_required = false;
    od_key_rule *const keys = od_arena_array(l->arena, od_key_rule, r.names.count);
    profile->keys = keys;
    profile->key_count = 0;
    for (size_t i = 0; i < r.names.count; i++) {
        if (!r.keys[i].begun) continue;
        keys[profile->key_count++] = r.keys[i].rule;
        if (r.keys[i].rule.required) profile->front_matter_required = true;
    }
}
