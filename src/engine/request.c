#include "engine/request.h"

#include "engine/labels.h"

#include <stdlib.h>

typedef struct collector {
    const od_reading *reading;
    od_blank_options blanks;
    od_request_list *requests;
    od_request_steps *steps; // NULL when nobody will renew them
    OD_ARRAY(od_named) named; // sorted by name
    od_labels labels;         // made when a key is asked for that is no name otherwise
    bool has_labels;
} collector;

// Where a mapping of the data stands: in a section, below a name.
typedef struct place {
    const od_section_rule *scope;
    od_slice prefix; // of names and fields: "meeting."
} place;

static int compare_named(const void *left, const void *right) {
    const od_named *const a = left, *const b = right;
    const int order = od_slice_compare(a->name, b->name);
    return order ? order : (a->blank > b->blank) - (a->blank < b->blank);
}

static void index_names(collector *c) {
    const od_blank_list *const blanks = &c->reading->blanks;
    for (size_t i = 0; i < blanks->count; i++)
        if (blanks->items[i].style == OD_BLANK_NAMED)
            *od_array_push(c->reading->arena, &c->named) = (od_named){blanks->items[i].name, i};
    if (c->named.count)
        qsort(c->named.items, c->named.count, sizeof *c->named.items, compare_named);
}

// Returns the index of the first `{{name}}` that does not sort before `name`.
static size_t first_named(const collector *c, od_slice name) {
    size_t low = 0, high = c->named.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (od_slice_compare(c->named.items[middle].name, name) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool has_prefix(const collector *c, od_slice prefix) {
    const size_t first = first_named(c, prefix);
    return first < c->named.count && od_slice_starts(c->named.items[first].name, prefix);
}

// Finds the blanks that `request` names; false when there are none.
static bool find_named(const collector *c, od_request *request) {
    const size_t first = first_named(c, request->name);
    size_t end = first;
    while (end < c->named.count && od_slice_equal(c->named.items[end].name, request->name)) end++;
    request->named = c->named.items + first;
    request->named_count = end - first;
    return end > first;
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

// The values of a list of data are one value for a field that is a list: 甲、乙.
static void join_list(const collector *c, od_request *request) {
    od_arena *const arena = c->reading->arena;
    od_slice *const parts = od_arena_array(arena, od_slice, request->value_count * 2);
    for (size_t i = 0; i < request->value_count; i++) {
        if (request->values[i].kind != OD_SCALAR) return;
        parts[i * 2] = i ? OD_SLICE("、") : (od_slice){0};
        parts[i * 2 + 1] = request->values[i].text;
    }
    od_value *const joined = od_arena_new(arena, od_value);
    *joined = (od_value){.kind = OD_SCALAR,
                         .quoted = true,
                         .source = request->entry->value.source,
                         .span = request->entry->value.span,
                         .text = od_arena_join(arena, parts, request->value_count * 2)};
    request->values = joined;
    request->value_count = 1;
    request->is_list = false;
}

static bool takes_list(const collector *c, const od_request *request) {
    return request->kind == OD_REQUEST_FIELD && request->is_list && request->value_count &&
           c->reading->profile->fields[request->field].type.type == OD_TYPE_LIST;
}

// Whether `value` is a mapping of further keys, not `{all: …}`.
static bool opens_mapping(const od_value *value) {
    return value->kind == OD_MAPPING && !(value->count == 1 && od_value_at(value, "all"));
}

// Finds the field that has the key as its label.
static void find_label(collector *c, od_request *request) {
    od_arena *const arena = c->reading->arena;
    if (!c->has_labels) c->labels = od_labels_make(arena, c->reading->profile);
    c->has_labels = true;
    request->field = od_labels_find(&c->labels, arena, request->key, &request->rival);
}

// Says what a key is; false when it opens a mapping of further keys, `*inner` is then its place. A name
// that a draft uses goes before everything else that it may look like.
static bool identify(collector *c, place at, od_request *request, place *inner) {
    const od_reading *const reading = c->reading;
    const bool opens = opens_mapping(&request->entry->value);
    request->name = od_arena_concat(reading->arena, at.prefix, request->key);
    if (opens) {
        *inner = (place){at.scope, od_arena_concat(reading->arena, request->name, OD_SLICE("."))};
        if (has_prefix(c, inner->prefix)) return false;
        *inner = (place){find_section(c, at, request->key), at.prefix};
        if (inner->scope) return false;
    }
    if (find_named(c, request)) {
        request->kind = OD_REQUEST_NAME;
        return true;
    }
    od_phrase_read_key(reading->arena, request->key, &c->blanks, &request->phrase);
    request->field =
        reading->profile ? od_profile_field(reading->profile, request->name) : SIZE_MAX;
    request->rival = SIZE_MAX;
    // A bare `XX` fits only where a draft has a single blank; the places will say so.
    if (request->phrase.slot_count && (request->phrase.literal_chars || !opens)) {
        request->kind = OD_REQUEST_PHRASE;
        return true;
    }
    if (request->field == SIZE_MAX && !at.prefix.size) find_label(c, request);
    if (request->field != SIZE_MAX && request->rival == SIZE_MAX)
        request->kind = OD_REQUEST_FIELD;
    return true;
}

static void note_step(const collector *c, const od_entry *entry, bool descends) {
    if (!c->steps) return;
    *od_array_push(c->reading->arena, c->steps) =
        (od_request_step){entry->key, opens_mapping(&entry->value), descends, entry->value.count};
}

// Data nests no deeper than YAML_DEPTH, so this recursion is bounded.
static void collect(collector *c, place at, const od_value *mapping) {
    for (size_t i = 0; i < mapping->count; i++) {
        const od_entry *const entry = &mapping->entries[i];
        place here = at, inner;
        od_request request = {.entry = entry};
        request.key = split_scope(c, &here, od_slice_trim(entry->key));
        request.scope = here.scope;
        const bool is_request = identify(c, here, &request, &inner);
        note_step(c, entry, !is_request);
        if (!is_request) {
            collect(c, inner, &entry->value);
            continue;
        }
        read_values(&request, &entry->value);
        if (takes_list(c, &request)) join_list(c, &request);
        *od_array_push(c->reading->arena, c->requests) = request;
    }
}

void od_requests_read(const od_reading *reading, const od_value *values, od_request_list *requests,
                      od_request_steps *steps) {
    collector c = {.reading = reading, .requests = requests, .steps = steps};
    if (reading->profile) c.blanks = reading->profile->blanks;
    c.blanks.plain_text = reading->document->kind == OD_PLAIN_TEXT;
    index_names(&c);
    collect(&c, (place){0}, values);
}

// ---- the same keys again -----------------------------------------------------------------------

typedef struct renewer {
    const od_request_steps *steps;
    od_request_list *requests;
    size_t step, request; // the next ones
} renewer;

// Bounded as collect.
static bool renew(renewer *r, const od_value *mapping) {
    for (size_t i = 0; i < mapping->count; i++) {
        const od_entry *const entry = &mapping->entries[i];
        if (r->step == r->steps->count) return false;
        const od_request_step *const step = &r->steps->items[r->step++];
        if (!od_slice_equal(step->key, entry->key) || step->opens != opens_mapping(&entry->value))
            return false;
        if (step->descends) {
            if (step->count != entry->value.count || !renew(r, &entry->value)) return false;
            continue;
        }
        od_request *const request = &r->requests->items[r->request++];
        request->entry = entry;
        request->all = request->misshapen = false;
        read_values(request, &entry->value);
    }
    return true;
}

bool od_requests_renew(const od_request_steps *steps, const od_value *values,
                       od_request_list *requests) {
    renewer r = {steps, requests, 0, 0};
    return renew(&r, values) && r.step == steps->count;
}
