// Fields: what the blanks and values of a draft are.
#include "profile/loader.h"

#include "base/nearest.h"

typedef struct reader {
    od_value_settings settings; // first, as OD_VALUE_KEYS wants it
    od_field_rule rule;
    const od_entry *default_entry;
} reader;

static void read_print_unit(od_loader *l, const od_entry *entry, void *target) {
    static const od_choice CHOICES[] = {{"auto", false}, {"always", true}};
    int chosen;
    if (od_load_choice(l, entry, CHOICES, OD_COUNT(CHOICES), &chosen))
        *(bool *)target = chosen != 0;
}

static void read_occurs(od_loader *l, const od_entry *entry, void *target) {
    static const od_choice CHOICES[] = {{"once", false}, {"all", true}};
    int chosen;
    if (od_load_choice(l, entry, CHOICES, OD_COUNT(CHOICES), &chosen))
        *(bool *)target = chosen != 0;
}

static const od_key_spec KEYS[] = {
    OD_VALUE_KEYS,
    {"label", od_read_label, offsetof(reader, rule.label)},
    {"print_unit", read_print_unit, offsetof(reader, rule.print_unit)},
    {"occurs", read_occurs, offsetof(reader, rule.occurs_all)},
    {"in_text", od_read_not, offsetof(reader, rule.not_in_text)},
    {"optional", od_read_bool, offsetof(reader, rule.optional)},
    {"default", od_read_entry, offsetof(reader, default_entry)},
};

static void read_default(od_loader *l, reader *r) {
    if (!r->default_entry) return;
    const od_value *const value = &r->default_entry->value;
    od_datum datum;
    od_slice why;
    if (value->kind != OD_SCALAR) {
        od_load_fail_type(l, r->default_entry, OD_SAY("a value, or `=` and an expression",
                                                      "一个值，或以“=”开头的算式"));
    } else if (od_slice_starts(value->text, OD_SLICE("=")) ||
               od_datum_read(l->arena, l->failures->language, &r->rule.type, value->text, &datum,
                             &why)) {
        r->rule.default_value = value->text;
    } else {
        od_load_fail(l, value->span,
                     od_say(l->failures, OD_SAY("the default is no value of this field: {1}",
                                                "默认值不符合这个字段的要求：{1}"),
                            why));
    }
}

static void check_id(od_loader *l, const od_entry *entry) {
    bool wrong = !entry->key.size;
    for (size_t i = 0; i < entry->key.size; i++)
        if (strchr(" \t\n<>", entry->key.data[i])) wrong = true;
    if (wrong)
        od_load_fail(l, entry->key_span,
                     od_say(l->failures,
                            OD_SAY("a field's id has no white space and no `<` or `>`: phrases "
                                   "name it "
                                   "as `<id>`",
                                   "字段的id里不能有空格和“<”“>”，因为短语要写成“<id>”")));
}

static void read_field(od_loader *l, const od_entry *entry, od_field_rule *rule) {
    reader r = {.rule = *rule, .settings = {.type = rule->type, .pattern = rule->pattern}};
    r.rule.id = entry->key;
    r.rule.source = l->source;
    r.rule.span = entry->key_span;
    check_id(l, entry);
    if (entry->value.kind == OD_MAPPING) od_load_type(l, entry, &r.settings);
    od_load_keys(l, &entry->value, OD_SAY("a field", "字段"), KEYS, OD_COUNT(KEYS), &r);
    od_load_value_settings(l, entry, &r.settings);
    r.rule.type = r.settings.type;
    r.rule.pattern = r.settings.pattern;
    read_default(l, &r);
    *rule = r.rule;
}

static void index_fields(od_loader *l) {
    od_profile *const profile = l->profile;
    od_name *const names = od_arena_array(l->arena, od_name, profile->field_count);
    for (size_t i = 0; i < profile->field_count; i++)
        names[i] = (od_name){profile->fields[i].id, i};
    od_names_sort(names, profile->field_count);
    l->fields = names;
    l->field_count = profile->field_count;
    profile->field_index = names;
}

size_t od_load_find_field(const od_loader *l, od_slice id) {
    const size_t hit = od_names_find(l->fields, l->field_count, id);
    return hit == SIZE_MAX ? SIZE_MAX : l->fields[hit].number;
}

od_slice od_load_nearest_field(const od_loader *l, od_slice wrong) {
    od_nearest nearest = {.wrong = wrong};
    for (size_t i = 0; i < l->field_count; i++) od_nearest_offer(&nearest, l->fields[i].name);
    return nearest.best;
}

static void lay_fields(od_loader *l, const od_value *values) {
    od_profile *const profile = l->profile;
    od_field_rule *const fields =
        od_arena_array(l->arena, od_field_rule, profile->field_count + values->count);
    for (size_t i = 0; i < profile->field_count; i++) fields[i] = profile->fields[i];
    for (size_t i = 0; i < values->count; i++) {
        const od_entry *const entry = &values->entries[i];
        const size_t in_base = od_load_find_field(l, entry->key);
        read_field(l, entry, &fields[in_base == SIZE_MAX ? profile->field_count++ : in_base]);
    }
    profile->fields = fields;
}

void od_load_fields(od_loader *l, const od_entry *entry) {
    index_fields(l); // of the base
    if (!entry) return;
    if (entry->value.kind != OD_MAPPING) {
        od_load_fail_type(l, entry, OD_SAY("fields by their ids: `{count: {type: integer}}`",
                                           "以id为键的各个字段：“{count: {type: integer}}”"));
        return;
    }
    lay_fields(l, &entry->value);
    index_fields(l);
}
