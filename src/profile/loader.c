#include "profile/loader.h"

#include "base/nearest.h"
#include "profile/pattern.h"

// ---- failures ----------------------------------------------------------------------------------

void od_load_fail(od_loader *l, od_span span, od_slice message) {
    od_fail_at(l->failures, l->source, span, message);
}

void od_load_fail_name(od_loader *l, od_span span, od_text what, od_slice name, od_slice nearest) {
    const od_slice wrong = od_say(l->failures, what, name);
    od_load_fail(l, span,
                 nearest.size ? od_say(l->failures,
                                       OD_SAY("{1}; did you mean “{2}”?", "{1}；是不是“{2}”？"), wrong,
                                       nearest)
                              : wrong);
}

void od_load_fail_type(od_loader *l, const od_entry *entry, od_text wanted) {
    od_load_fail(l, entry->value.span,
                 od_say(l->failures, OD_SAY("“{1}” must be {2}", "“{1}”应为{2}"), entry->key,
                        od_say(l->failures, wanted)));
}

// ---- mappings ----------------------------------------------------------------------------------

static const od_key_spec *find_spec(const od_key_spec *specs, size_t count, od_slice name) {
    for (size_t i = 0; i < count; i++)
        if (od_slice_is(name, specs[i].name)) return &specs[i];
    return NULL;
}

// Lists the keys there are, for a wrong one that is near none of them.
static od_slice list_keys(od_loader *l, const od_key_spec *specs, size_t count) {
    od_slice list = od_slice_of(specs[0].name);
    for (size_t i = 1; i < count; i++)
        list = od_arena_concat(l->arena, list, od_say(l->failures, OD_SAY(", ", "、")),
                               od_slice_of(specs[i].name));
    return list;
}

static void fail_key(od_loader *l, const od_entry *entry, const od_key_spec *specs, size_t count) {
    od_nearest nearest = {.wrong = entry->key};
    for (size_t i = 0; i < count; i++) od_nearest_offer(&nearest, od_slice_of(specs[i].name));
    const od_text what = OD_SAY("unknown key “{1}”", "不认识的键“{1}”");
    if (nearest.best.size) {
        od_load_fail_name(l, entry->key_span, what, entry->key, nearest.best);
        return;
    }
    od_load_fail(l, entry->key_span,
                 od_say(l->failures, OD_SAY("{1}; the keys here are: {2}", "{1}；这里可用的键：{2}"),
                        od_say(l->failures, what, entry->key), list_keys(l, specs, count)));
}

void od_load_keys(od_loader *l, const od_value *value, od_text what, const od_key_spec *specs,
                  size_t count, void *target) {
    if (value->kind != OD_MAPPING) {
        od_load_fail(l, value->span,
                     od_say(l->failures,
                            OD_SAY("{1} must be keys and values: `{key: value}`",
                                   "{1}应写成键和值：“{键: 值}”"),
                            od_say(l->failures, what)));
        return;
    }
    for (size_t i = 0; i < value->count; i++) {
        const od_entry *const entry = &value->entries[i];
        const od_key_spec *const spec = find_spec(specs, count, entry->key);
        if (spec) spec->read(l, entry, (char *)target + spec->offset);
        else fail_key(l, entry, specs, count);
    }
}

// ---- readers -----------------------------------------------------------------------------------

bool od_is_text(const od_value *value) {
    return value->kind == OD_SCALAR && od_slice_trim(value->text).size > 0;
}

void od_read_string(od_loader *l, const od_entry *entry, void *target) {
    if (od_is_text(&entry->value)) *(od_slice *)target = entry->value.text;
    else od_load_fail_type(l, entry, OD_SAY("a text", "一段文字"));
}

typedef struct label {
    od_slice zh, en;
} label;

static const od_key_spec LABEL_KEYS[] = {
    {"zh", od_read_string, offsetof(label, zh)},
    {"en", od_read_string, offsetof(label, en)},
};

void od_read_label(od_loader *l, const od_entry *entry, void *target) {
    if (entry->value.kind != OD_MAPPING) {
        od_read_string(l, entry, target);
        return;
    }
    label both = {0};
    od_load_keys(l, &entry->value, OD_SAY("a label", "名称"), LABEL_KEYS, OD_COUNT(LABEL_KEYS),
                 &both);
    const bool chinese = l->failures->language == OD_CHINESE;
    const od_slice first = chinese ? both.zh : both.en, second = chinese ? both.en : both.zh;
    *(od_slice *)target = first.size ? first : second;
}

static bool read_bool(od_loader *l, const od_entry *entry, bool *value) {
    if (entry->value.kind != OD_SCALAR || !entry->value.boolean) {
        od_load_fail_type(l, entry, OD_SAY("`true` or `false`", "“true”或“false”"));
        return false;
    }
    *value = od_value_bool(&entry->value, false);
    return true;
}

void od_read_bool(od_loader *l, const od_entry *entry, void *target) {
    read_bool(l, entry, target);
}

void od_read_not(od_loader *l, const od_entry *entry, void *target) {
    bool value;
    if (read_bool(l, entry, &value)) *(bool *)target = !value;
}

void od_read_size(od_loader *l, const od_entry *entry, void *target) {
    int64_t number;
    if (od_value_integer(&entry->value, &number) && number >= 0) *(size_t *)target = (size_t)number;
    else od_load_fail_type(l, entry, OD_SAY("a whole number, 0 or more", "整数（0或更大）"));
}

void od_read_entry(od_loader *l, const od_entry *entry, void *target) {
    (void)l;
    *(const od_entry **)target = entry;
}

void od_read_nothing(od_loader *l, const od_entry *entry, void *target) {
    (void)l;
    (void)entry;
    (void)target;
}

static od_slice list_choices(od_loader *l, const od_choice *choices, size_t count) {
    od_slice list = od_slice_of(choices[0].word);
    for (size_t i = 1; i < count; i++)
        list = od_arena_concat(l->arena, list, od_say(l->failures, OD_SAY(", ", "、")),
                               od_slice_of(choices[i].word));
    return list;
}

bool od_load_choice(od_loader *l, const od_entry *entry, const od_choice *choices, size_t count,
                    int *value) {
    const bool is_scalar = entry->value.kind == OD_SCALAR;
    for (size_t i = 0; is_scalar && i < count; i++) {
        if (!od_slice_is(entry->value.text, choices[i].word)) continue;
        *value = choices[i].value;
        return true;
    }
    od_nearest nearest = {.wrong = entry->value.text};
    for (size_t i = 0; is_scalar && i < count; i++)
        od_nearest_offer(&nearest, od_slice_of(choices[i].word));
    const od_slice message = od_say(
        l->failures, OD_SAY("“{1}” must be one of: {2}", "“{1}”只能是其中之一：{2}"), entry->key,
        list_choices(l, choices, count));
    od_load_fail_name(l, entry->value.span, OD_SAY("{1}", "{1}"), message, nearest.best);
    return false;
}

// ---- lists -------------------------------------------------------------------------------------

const od_value **od_load_texts(od_loader *l, const od_entry *entry, size_t *count) {
    const od_value *const value = &entry->value;
    const bool is_list = value->kind == OD_SEQUENCE;
    const od_value *const items = is_list ? value->items : value;
    const size_t item_count = is_list ? value->count : 1;
    const od_value **const texts = od_arena_array(l->arena, const od_value *, item_count);
    *count = 0;
    for (size_t i = 0; i < item_count; i++) {
        if (od_is_text(&items[i])) {
            texts[(*count)++] = &items[i];
            continue;
        }
        od_load_fail(l, items[i].span,
                     od_say(l->failures,
                            OD_SAY("“{1}” must be a text or a list of texts",
                                   "“{1}”应为一段文字，或由多段文字组成的列表"),
                            entry->key));
    }
    return texts;
}

const od_slice *od_load_slices(od_loader *l, const od_entry *entry, size_t *count) {
    const od_value **const texts = od_load_texts(l, entry, count);
    od_slice *const slices = od_arena_array(l->arena, od_slice, *count);
    for (size_t i = 0; i < *count; i++) slices[i] = texts[i]->text;
    return slices;
}

void od_load_own(od_loader *l, const od_pattern *pattern) {
    if (pattern->regex) *od_array_push(l->arena, &l->profile->regexes) = pattern->regex;
}

const od_pattern *od_load_patterns(od_loader *l, const od_entry *entry, size_t *count) {
    size_t text_count;
    const od_value **const texts = od_load_texts(l, entry, &text_count);
    od_pattern *const patterns = od_arena_array(l->arena, od_pattern, text_count);
    *count = 0;
    for (size_t i = 0; i < text_count; i++) {
        od_pattern *const pattern = &patterns[*count];
        od_text why;
        if (!od_pattern_read(l->arena, texts[i]->text, pattern, &why)) {
            od_load_fail(l, texts[i]->span, od_say(l->failures, why));
            continue;
        }
        pattern->span = texts[i]->span;
        od_load_own(l, pattern);
        (*count)++;
    }
    return patterns;
}

od_span od_load_within(const od_value *value, od_span span) {
    const size_t start = value->span.start + (value->quoted ? 1 : 0);
    const od_slice bytes = value->source->bytes;
    if (start + value->text.size > bytes.size ||
        !od_slice_equal(od_slice_cut(bytes, start, start + value->text.size), value->text))
        return value->span;
    return (od_span){start + span.start, start + span.end};
}
