#include "data/dataset.h"

#include "base/limits.h"

#include <stdlib.h>

// An index of a mapping's entries by key, for merging large ones.
typedef struct by_key {
    const od_value *mapping;
    const od_entry **sorted;
} by_key;

static int compare_entries(const void *left, const void *right) {
    const od_entry *const *const a = left, *const *const b = right;
    return od_slice_compare((*a)->key, (*b)->key);
}

static by_key index_keys(od_arena *arena, const od_value *mapping) {
    const od_entry **const sorted = od_arena_array(arena, const od_entry *, mapping->count);
    for (size_t i = 0; i < mapping->count; i++) sorted[i] = &mapping->entries[i];
    if (mapping->count) qsort(sorted, mapping->count, sizeof *sorted, compare_entries);
    return (by_key){mapping, sorted};
}

static const od_entry *find(const by_key *index, od_slice key) {
    const od_entry wanted = {.key = key}, *const address = &wanted;
    const od_entry **const hit =
        index->mapping->count ? bsearch(&address, index->sorted, index->mapping->count,
                                        sizeof *index->sorted, compare_entries)
                              : NULL;
    return hit ? *hit : NULL;
}

// Data files nest no deeper than YAML_DEPTH, so this recursion is bounded.
od_value od_value_merge(od_arena *arena, const od_value *under, const od_value *over) {
    const by_key old = index_keys(arena, under), new = index_keys(arena, over);
    od_entry *const entries = od_arena_array(arena, od_entry, under->count + over->count);
    size_t count = 0;
    for (size_t i = 0; i < under->count; i++) {
        const od_entry *const before = &under->entries[i], *const later = find(&new, before->key);
        od_entry *const entry = &entries[count++];
        *entry = later ? *later : *before;
        if (later && before->value.kind == OD_MAPPING && later->value.kind == OD_MAPPING)
            entry->value = od_value_merge(arena, &before->value, &later->value);
    }
    for (size_t i = 0; i < over->count; i++)
        if (!find(&old, over->entries[i].key)) entries[count++] = over->entries[i];
    od_value merged = *over;
    merged.kind = OD_MAPPING;
    merged.entries = entries;
    merged.count = count;
    return merged;
}

static od_status check_shape(od_data *data, const od_source *source, const od_value *value) {
    if (value->kind == OD_MAPPING || value->kind == OD_NULL) return OD_OK;
    od_fail_at(data->failures, source, value->span,
               od_say(data->failures,
                      OD_SAY("the data must be keys and values, one `key: value` a line; a table "
                             "with a row for each draft goes with `fill --each`",
                             "数据应为“键: 值”的形式，每行一个；每行一份文稿的表，请用 fill --each")));
    return OD_INVALID;
}

od_status od_data_add(od_data *data, const char *path, od_slice bytes) {
    if (bytes.size > od_limit_value(DATA_SIZE)) {
        od_fail(data->failures, path,
                od_say(data->failures,
                       OD_SAY("larger than the limit of {1} bytes (data file size)",
                              "超过数据文件大小上限（{1}字节）"),
                       od_arena_number(data->arena, od_limit_value(DATA_SIZE))));
        return OD_LIMIT;
    }
    od_source *const source = od_arena_new(data->arena, od_source);
    od_source_init(source, data->arena, path, bytes, (*data->source_count)++);
    od_value value = {0};
    const bool is_json = od_slice_ends(od_slice_of(path), OD_SLICE(".json"));
    od_status status = is_json ? od_json_read(data->arena, source, data->failures, &value)
                               : od_yaml_read(data->arena, source, (od_span){0, bytes.size},
                                              data->failures, &value);
    if (status == OD_OK) status = check_shape(data, source, &value);
    if (status == OD_OK && value.kind == OD_MAPPING)
        data->values = od_value_merge(data->arena, &data->values, &value);
    return status;
}

// ---- answers -----------------------------------------------------------------------------------

void od_data_add_answer(od_data *data, const od_answer_place *place, od_slice value) {
    if (!data->answered) {
        data->answered = od_arena_new(data->arena, od_source);
        od_source_init(data->answered, data->arena, "<answers>", (od_slice){0},
                       (*data->source_count)++);
    }
    *od_array_push(data->arena, &data->answers) =
        (od_answer){*place, od_arena_copy(data->arena, value)};
}

// By section, key and slot, a later answer after an earlier one.
static int compare_answers(const void *left, const void *right) {
    const od_answer *const a = *(const od_answer *const *)left;
    const od_answer *const b = *(const od_answer *const *)right;
    int order = od_slice_compare(a->place.scope, b->place.scope);
    if (!order) order = od_slice_compare(a->place.key, b->place.key);
    if (!order) order = (a->place.slot > b->place.slot) - (a->place.slot < b->place.slot);
    return order ? order : (a > b) - (a < b);
}

static od_value answer_value(const od_data *data, const od_answer *answer) {
    return (od_value){.kind = answer->value.size ? OD_SCALAR : OD_NULL,
                      .source = data->answered,
                      .text = answer->value};
}

// Returns the list that the files give for a key, when it has `slots` items, or NULL.
static const od_value *old_items(const od_data *data, const od_answer_place *place) {
    const od_value *mapping = &data->values;
    if (place->scope.size) mapping = od_value_get(mapping, place->scope);
    const od_value *const old = mapping && mapping->kind == OD_MAPPING
                                    ? od_value_get(mapping, place->key)
                                    : NULL;
    return old && old->kind == OD_SEQUENCE && old->count == place->slot_count ? old->items : NULL;
}

// Returns the value of the answers [first, last), all of one key. What was not answered stays as the
// files have it.
static od_value key_value(const od_data *data, od_arena *arena, const od_answer *const *first,
                          const od_answer *const *last) {
    const size_t slots = (*first)->place.slot_count;
    if (slots == 1) return answer_value(data, last[-1]);
    od_value *const items = od_arena_array(arena, od_value, slots);
    const od_value *const old = old_items(data, &(*first)->place);
    for (size_t i = 0; i < slots; i++)
        items[i] = old ? old[i] : (od_value){.kind = OD_NULL, .source = data->answered};
    for (; first < last; first++) items[(*first)->place.slot] = answer_value(data, *first);
    return (od_value){
        .kind = OD_SEQUENCE, .source = data->answered, .items = items, .count = slots};
}

// Returns the answers [first, last), all of one section, as a mapping.
static od_value scope_values(const od_data *data, od_arena *arena, const od_answer *const *first,
                             const od_answer *const *last) {
    OD_ARRAY(od_entry) entries = {0};
    while (first < last) {
        const od_answer *const *next = first;
        while (next < last && od_slice_equal((*next)->place.key, (*first)->place.key)) next++;
        *od_array_push(arena, &entries) = (od_entry){
            .key = (*first)->place.key, .value = key_value(data, arena, first, next)};
        first = next;
    }
    return (od_value){.kind = OD_MAPPING,
                      .source = data->answered,
                      .entries = entries.items,
                      .count = entries.count};
}

od_value od_data_values(const od_data *data, od_arena *arena) {
    const size_t count = data->answers.count;
    if (!count) return data->values;
    const od_answer **const sorted = od_arena_array(arena, const od_answer *, count);
    for (size_t i = 0; i < count; i++) sorted[i] = &data->answers.items[i];
    qsort(sorted, count, sizeof *sorted, compare_answers);
    od_value values = data->values;
    for (size_t first = 0, next; first < count; first = next) {
        const od_slice scope = sorted[first]->place.scope;
        for (next = first; next < count && od_slice_equal(sorted[next]->place.scope, scope);)
            next++;
        od_value over = scope_values(data, arena, sorted + first, sorted + next);
        if (scope.size) {
            od_entry *const entry = od_arena_new(arena, od_entry);
            *entry = (od_entry){.key = scope, .value = over};
            over = (od_value){
                .kind = OD_MAPPING, .source = data->answered, .entries = entry, .count = 1};
        }
        values = od_value_merge(arena, &values, &over);
    }
    return values;
}
