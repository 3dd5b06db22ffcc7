// The tally: what is added up, counted and listed over many drafts.
#include "profile/loader.h"

// What fields a part of the tally takes.
static bool adds_up(od_field_type type) {
    return (type >= OD_TYPE_INTEGER && type <= OD_TYPE_AMOUNT_CN) || type == OD_TYPE_DURATION;
}

static bool has_order(od_field_type type) {
    return adds_up(type) || (type >= OD_TYPE_YEAR && type <= OD_TYPE_TIME);
}

static bool is_any(od_field_type type) {
    (void)type;
    return true;
}

// How one part is read.
typedef struct part {
    bool (*takes)(od_field_type type);
    od_text refusal; // of a field of another type
} part;

static const part SUM = {adds_up, OD_SAY("“{1}” cannot be added up: it is no number",
                                         "“{1}”不是数字，不能求和")};
static const part ORDER = {has_order, OD_SAY("“{1}” has no smallest and largest: it is a text",
                                             "“{1}”是文字，没有最大最小")};
static const part ANY = {is_any, OD_SAY("“{1}”", "“{1}”")};

static void read_fields(od_loader *l, const od_entry *entry, const part *part,
                        od_tally_fields *fields) {
    size_t count;
    const od_value **const texts = od_load_texts(l, entry, &count);
    size_t *const items = od_arena_array(l->arena, size_t, count);
    *fields = (od_tally_fields){.items = items};
    for (size_t i = 0; i < count; i++) {
        const size_t field = od_load_find_field(l, texts[i]->text);
        if (field == SIZE_MAX)
            od_load_fail_name(l, texts[i]->span,
                              OD_SAY("the tally names “{1}”, which is no field of the profile",
                                     "汇总里的“{1}”不是文种文件中的字段"),
                              texts[i]->text, od_load_nearest_field(l, texts[i]->text));
        else if (!part->takes(l->profile->fields[field].type.type))
            od_load_fail(l, texts[i]->span, od_say(l->failures, part->refusal, texts[i]->text));
        else items[fields->count++] = field;
    }
}

static void read_key(od_loader *l, const od_entry *entry, void *target) {
    od_tally_fields fields;
    if (!od_is_text(&entry->value)) {
        od_load_fail_type(l, entry, OD_SAY("the one field that tells drafts apart",
                                           "一个字段，用来区分各份文稿"));
        return;
    }
    read_fields(l, entry, &ANY, &fields);
    if (fields.count) *(size_t *)target = fields.items[0];
}

static void read_any(od_loader *l, const od_entry *entry, void *target) {
    read_fields(l, entry, &ANY, target);
}

static void read_sum(od_loader *l, const od_entry *entry, void *target) {
    read_fields(l, entry, &SUM, target);
}

static void read_order(od_loader *l, const od_entry *entry, void *target) {
    read_fields(l, entry, &ORDER, target);
}

void od_load_tally(od_loader *l, const od_entry *entry) {
    static const od_key_spec KEYS[] = {
        {"key", read_key, offsetof(od_tally_rule, key)},
        {"sum", read_sum, offsetof(od_tally_rule, sum)},
        {"count", read_any, offsetof(od_tally_rule, count)},
        {"min", read_order, offsetof(od_tally_rule, min)},
        {"max", read_order, offsetof(od_tally_rule, max)},
        {"list", read_any, offsetof(od_tally_rule, list)},
    };
    if (!entry) return;
    od_tally_rule *const rule = od_arena_new(l->arena, od_tally_rule);
    rule->key = SIZE_MAX;
    od_load_keys(l, &entry->value, OD_SAY("`tally`", "“tally”"), KEYS, OD_COUNT(KEYS), rule);
    l->profile->tally = rule;
}
