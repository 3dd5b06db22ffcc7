// Bindings: the phrases by which fields stand in the text, by section.
#include "profile/loader.h"

#include "base/nearest.h"

typedef struct reader {
    od_loader *loader;
    OD_ARRAY(const od_section_rule *) sections; // all of the tree
    OD_ARRAY(od_name) paths, ids;               // of the sections, sorted
    OD_ARRAY(od_binding) bindings;
} reader;

// The key of phrases that may stand anywhere.
static const char EVERYWHERE[] = "*";

static void index_sections(reader *r) {
    od_loader *const l = r->loader;
    const od_profile *const profile = l->profile;
    for (const od_section_rule *s = od_section_rule_next(profile, NULL); s;
         s = od_section_rule_next(profile, s)) {
        *od_array_push(l->arena, &r->paths) = (od_name){s->path, r->sections.count};
        *od_array_push(l->arena, &r->ids) = (od_name){s->id, r->sections.count};
        *od_array_push(l->arena, &r->sections) = s;
    }
    od_names_sort(r->paths.items, r->paths.count);
    od_names_sort(r->ids.items, r->ids.count);
}

static size_t find_field(const void *context, od_slice name) {
    return od_load_find_field(((const reader *)context)->loader, name);
}

// ---- sections ----------------------------------------------------------------------------------

static const od_section_rule *find_path(const reader *r, od_slice path) {
    const size_t hit = od_names_find(r->paths.items, r->paths.count, path);
    return hit == SIZE_MAX ? NULL : r->sections.items[r->paths.items[hit].number];
}

static const od_section_rule *find_section(reader *r, const od_entry *entry) {
    od_loader *const l = r->loader;
    const od_section_rule *const exact = find_path(r, entry->key);
    if (exact) return exact;
    const size_t hit = od_names_find(r->ids.items, r->ids.count, entry->key);
    if (hit == SIZE_MAX) {
        od_nearest nearest = {.wrong = entry->key};
        for (size_t i = 0; i < r->sections.count; i++) {
            od_nearest_offer(&nearest, r->sections.items[i]->id);
            od_nearest_offer(&nearest, r->sections.items[i]->path);
        }
        od_load_fail_name(l, entry->key_span,
                          OD_SAY("bindings for the section “{1}”, which the profile does not have",
                                 "“{1}”的短语没有归属：文种文件中没有这个部分"),
                          entry->key, nearest.best);
        return NULL;
    }
    const od_section_rule *const section = r->sections.items[r->ids.items[hit].number];
    if (hit + 1 < r->ids.count && od_slice_equal(r->ids.items[hit + 1].name, entry->key)) {
        od_load_fail(l, entry->key_span,
                     od_say(l->failures,
                            OD_SAY("several sections have the id “{1}”; write its whole path, "
                                   "such as “{2}”",
                                   "有几个部分的id都是“{1}”，请写完整路径，如“{2}”"),
                            entry->key, section->path));
        return NULL;
    }
    return section;
}

// ---- phrases -----------------------------------------------------------------------------------

// Returns the name between the `<` and `>` of a slot, without the part of a date.
static od_slice name_in_slot(od_slice slot) {
    if (slot.size < 2 || slot.data[slot.size - 1] != '>') return (od_slice){0};
    const od_slice name = od_slice_cut(slot, 1, slot.size - 1);
    static const char *const PARTS[] = {".year", ".month", ".day"};
    for (size_t i = 0; i < OD_COUNT(PARTS); i++)
        if (od_slice_ends(name, od_slice_of(PARTS[i])))
            return od_slice_cut(name, 0, name.size - strlen(PARTS[i]));
    return name;
}

static void fail_phrase(reader *r, const od_value *value, od_span wrong, od_text why) {
    od_loader *const l = r->loader;
    const od_slice part = od_slice_cut(value->text, wrong.start, wrong.end);
    const od_slice name = name_in_slot(part);
    const bool is_unknown = name.size && od_load_find_field(l, name) == SIZE_MAX;
    const od_slice message = od_say(l->failures, OD_SAY("{1}: “{2}”", "{1}：“{2}”"),
                                    od_say(l->failures, why), part);
    od_load_fail_name(l, od_load_within(value, wrong), OD_SAY("{1}", "{1}"), message,
                      is_unknown ? od_load_nearest_field(l, name) : (od_slice){0});
}

static bool has_part(od_field_type type, od_part part) {
    return part == OD_WHOLE || type == OD_TYPE_DATE;
}

// `<amount.year>` makes sense of a date only.
static bool check_parts(reader *r, const od_value *value, const od_phrase *phrase) {
    od_loader *const l = r->loader;
    for (size_t i = 0; i < phrase->slot_count; i++) {
        const od_slot *const slot = &phrase->slots[i];
        const od_field_rule *const field = &l->profile->fields[slot->field];
        if (has_part(field->type.type, slot->part)) continue;
        od_load_fail(l, od_load_within(value, slot->span),
                     od_say(l->failures,
                            OD_SAY("only a date has a year, month and day, and “{1}” is of type "
                                   "`{2}`",
                                   "只有日期才有年、月、日，而“{1}”的类型是“{2}”"),
                            field->id, od_slice_of(od_field_type_name(field->type.type))));
        return false;
    }
    return true;
}

static bool is_free_text(const reader *r, const od_slot *slot) {
    const od_field_type type = r->loader->profile->fields[slot->field].type.type;
    return slot->part == OD_WHOLE && od_field_type_is_text(type);
}

// Whether nothing but the end of a clause says where a text at the phrase's edge ends.
static bool is_open(const reader *r, const od_phrase *phrase) {
    const size_t last = phrase->slot_count;
    return (od_phrase_is_open_before(phrase) && is_free_text(r, &phrase->slots[0])) ||
           (od_phrase_is_open_after(phrase) && is_free_text(r, &phrase->slots[last - 1]));
}

// Notes a phrase that would fit in nearly every sentence.
static bool check_words(reader *r, const od_value *value, const od_phrase *phrase) {
    const size_t letters = od_phrase_letters(phrase);
    if (letters > 1 || (letters == 1 && !is_open(r, phrase))) return true;
    fail_phrase(r, value, (od_span){0, value->text.size},
                OD_SAY("the phrase has too few words: it would fit nearly everywhere",
                       "短语里的固定文字太少，几乎到处都匹配，请多写几个字"));
    return false;
}

static void read_phrase(reader *r, const od_section_rule *scope, const od_value *value) {
    od_loader *const l = r->loader;
    od_binding binding = {.scope = scope, .source = l->source, .span = value->span};
    od_span wrong;
    od_text why;
    if (!od_phrase_read_binding(l->arena, value->text, find_field, r, &binding.phrase, &wrong,
                                &why))
        fail_phrase(r, value, wrong, why);
    else if (check_parts(r, value, &binding.phrase) && check_words(r, value, &binding.phrase))
        *od_array_push(l->arena, &r->bindings) = binding;
}

// Makes room for the bindings of the base and of `value`.
static void reserve(reader *r, const od_profile *base, const od_value *value) {
    size_t count = base ? base->binding_count : 0;
    for (size_t i = 0; i < value->count; i++) {
        const od_value *const phrases = &value->entries[i].value;
        count += phrases->kind == OD_SEQUENCE ? phrases->count : 1;
    }
    r->bindings.items = od_arena_array(r->loader->arena, od_binding, count);
    r->bindings.capacity = count;
}

static void read_section(reader *r, const od_entry *entry) {
    const bool everywhere = od_slice_is(entry->key, EVERYWHERE);
    const od_section_rule *const scope = everywhere ? NULL : find_section(r, entry);
    size_t count;
    const od_value **const texts = od_load_texts(r->loader, entry, &count);
    for (size_t i = 0; i < count; i++)
        if (scope || everywhere) read_phrase(r, scope, texts[i]);
}

// The bindings of the base, with the sections that this profile made of the base's.
static void take_base(reader *r, const od_profile *base) {
    for (size_t i = 0; base && i < base->binding_count; i++) {
        od_binding *const binding = od_array_push(r->loader->arena, &r->bindings);
        *binding = base->bindings[i];
        if (binding->scope) binding->scope = find_path(r, binding->scope->path);
    }
}

void od_load_bindings(od_loader *l, const od_entry *entry, const od_profile *base) {
    reader r = {.loader = l};
    index_sections(&r);
    if (entry && entry->value.kind == OD_MAPPING) reserve(&r, base, &entry->value);
    take_base(&r, base);
    if (entry && entry->value.kind != OD_MAPPING)
        od_load_fail_type(l, entry, OD_SAY("phrases by the id of their section: `{done: "
                                           "[办结<count>件]}`",
                                           "以所在部分的id为键的短语：“{done: [办结<count>件]}”"));
    else
        for (size_t i = 0; entry && i < entry->value.count; i++)
            read_section(&r, &entry->value.entries[i]);
    l->profile->bindings = r.bindings.items;
    l->profile->binding_count = r.bindings.count;
}
