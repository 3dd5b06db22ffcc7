#include "engine/request.h"

typedef struct collector {
    const od_reading *reading;
    od_blank_options blanks;
    od_request_list *requests;
} collector;

// Where a mapping of the data stands: in a section, below a name.
typedef struct place {
    const od_section_rule *scope;
    od_slice prefix; // of names and fields: "meeting."
} place;

static bool has_name(const od_reading *reading, od_slice name, bool as_prefix) {
    for (size_t i = 0; i < reading->blanks.count; i++) {
        const od_blank *const blank = &reading->blanks.items[i];
        if (blank->style != OD_BLANK_NAMED) continue;
        if (as_prefix ? od_slice_starts(blank->name, name) : od_slice_equal(blank->name, name))
            return true;
    }
    return false;
}

static const od_section_rule *find_section(const collector *c, place at, od_slice key) {
    const od_profile *const profile = c->reading->profile;
    if (!profile) return NULL;
    if (at.scope) {
        const od_slice path =
            od_arena_concat(c->reading->arena, at.scope->path, OD_SLICE("."), key);
        const od_section_rule *const inner = od_profile_section(profile, path);
        if (inner) return inner;
    }
    return od_profile_section(profile, key);
}

// Takes `preparation::意见建议XX条` apart (a section in a column header).
static od_slice split_scope(const collector *c, place *at, od_slice key) {
    const size_t colons = od_slice_find(key, OD_SLICE("::"), 0);
    if (colons == SIZE_MAX) return key;
    const od_section_rule *const scope =
        find_section(c, *at, od_slice_trim(od_slice_cut(key, 0, colons)));
    if (!scope) return key;
    at->scope = scope;
    return od_slice_trim(od_slice_from(key, colons + 2));
}

static void read_values(od_request *request, const od_value *value) {
    if (value->kind == OD_MAPPING) {
        const od_value *const all = od_value_at(value, "all");
        request->all = all != NULL && value->count == 1;
        request->misshapen = !request->all;
        if (all) value = all;
    }
    request->is_list = value->kind == OD_SEQUENCE;
    request->values = request->is_list ? value->items : value;
    request->value_count = request->is_list ? value->count : 1;
    for (size_t i = 0; i < request->value_count; i++)
        if (request->values[i].kind == OD_MAPPING || request->values[i].kind == OD_SEQUENCE)
            request->misshapen = true;
}

// Says what a key is; false when it opens a mapping of further keys, `*inner` is then its place.
static bool identify(const collector *c, place at, od_request *request, place *inner) {
    const od_reading *const reading = c->reading;
    const bool is_mapping = request->entry->value.kind == OD_MAPPING;
    od_phrase_read_key(reading->arena, request->key, &c->blanks, &request->phrase);
    if (request->phrase.slot_count && request->phrase.literal_chars) {
        request->kind = OD_REQUEST_PHRASE;
        return true;
    }
    const od_slice name = od_arena_concat(reading->arena, at.prefix, request->key);
    request->field = reading->profile ? od_profile_field(reading->profile, name) : SIZE_MAX;
    request->name = name;
    if (request->field != SIZE_MAX) {
        request->kind = OD_REQUEST_FIELD;
        return true;
    }
    if (has_name(reading, name, false)) {
        request->kind = OD_REQUEST_NAME;
        return true;
    }
    if (!is_mapping) {
        // A bare `XX` fits only where a draft has a single blank; the places will say so.
        if (request->phrase.slot_count) request->kind = OD_REQUEST_PHRASE;
        return true;
    }
    *inner = (place){at.scope, od_arena_concat(reading->arena, name, OD_SLICE("."))};
    if (has_name(reading, inner->prefix, true)) return false;
    inner->scope = find_section(c, at, request->key);
    inner->prefix = at.prefix;
    return inner->scope == NULL;
}

// Data nests no deeper than YAML_DEPTH, so this recursion is bounded.
static void collect(const collector *c, place at, const od_value *mapping) {
    for (size_t i = 0; i < mapping->count; i++) {
        const od_entry *const entry = &mapping->entries[i];
        place here = at, inner;
        od_request request = {.entry = entry};
        request.key = split_scope(c, &here, od_slice_trim(entry->key));
        request.scope = here.scope;
        if (!identify(c, here, &request, &inner)) {
            collect(c, inner, &entry->value);
            continue;
        }
        read_values(&request, &entry->value);
        *od_array_push(c->reading->arena, c->requests) = request;
    }
}

void od_requests_read(const od_reading *reading, const od_data *data, od_request_list *requests) {
    collector c = {.reading = reading, .requests = requests};
    if (reading->profile) c.blanks = reading->profile->blanks;
    c.blanks.plain_text = reading->document->kind == OD_PLAIN_TEXT;
    const od_value values = od_data_values(data, reading->arena);
    collect(&c, (place){0}, &values);
}
