// Rules and the tally: kept as written, but of the right shape.
#include "profile/loader.h"

// ---- rules -------------------------------------------------------------------------------------

typedef struct rule {
    od_slice id, expr, when, text;
} rule;

static void read_level(od_loader *l, const od_entry *entry, void *target) {
    static const od_choice CHOICES[] = {{"info", 0}, {"warning", 0}, {"error", 0}};
    int chosen;
    (void)target;
    od_load_choice(l, entry, CHOICES, OD_COUNT(CHOICES), &chosen);
}

// An expression may be one number or word, which YAML has as a plain scalar all the same.
static const od_key_spec RULE_KEYS[] = {
    {"id", od_read_string, offsetof(rule, id)},     {"expr", od_read_string, offsetof(rule, expr)},
    {"when", od_read_string, offsetof(rule, when)}, {"level", read_level, 0},
    {"zh", od_read_string, offsetof(rule, text)},   {"en", od_read_string, offsetof(rule, text)},
};

static void check_rule(od_loader *l, const od_value *value, rule *r) {
    const size_t before = l->failures->found.count;
    od_load_keys(l, value, OD_SAY("a rule", "规则"), RULE_KEYS, OD_COUNT(RULE_KEYS), r);
    if (l->failures->found.count > before) return;
    const char *const missing = !r->id.size ? "id" : !r->expr.size ? "expr" : NULL;
    if (missing)
        od_load_fail(l, (od_span){value->span.start, value->span.start + 1},
                     od_say(l->failures, OD_SAY("a rule needs `{1}`", "规则缺少“{1}”"),
                            od_slice_of(missing)));
}

// The ids of the base's rules, which a rule of the same id replaces.
static od_name *index_rules(od_loader *l) {
    const od_profile *const profile = l->profile;
    od_name *const names = od_arena_array(l->arena, od_name, profile->rule_count);
    for (size_t i = 0; i < profile->rule_count; i++)
        names[i] = (od_name){od_value_at(&profile->rules[i], "id")->text, i};
    od_names_sort(names, profile->rule_count);
    return names;
}

static void check_twice(od_loader *l, const od_value *rules, od_name *ids, size_t count) {
    od_names_sort(ids, count);
    for (size_t i = 1; i < count; i++)
        if (od_slice_equal(ids[i].name, ids[i - 1].name))
            od_load_fail(l, od_value_at(&rules[ids[i].number], "id")->span,
                         od_say(l->failures, OD_SAY("two rules have the id “{1}”",
                                                    "有两条规则的id都是“{1}”"),
                                ids[i].name));
}

void od_load_rules(od_loader *l, const od_entry *entry) {
    if (!entry) return;
    if (entry->value.kind != OD_SEQUENCE) {
        od_load_fail_type(l, entry, OD_SAY("a list of rules", "由规则组成的列表"));
        return;
    }
    od_profile *const profile = l->profile;
    const size_t base_count = profile->rule_count, count = entry->value.count;
    od_value *const rules = od_arena_array(l->arena, od_value, base_count + count);
    od_name *const ids = od_arena_array(l->arena, od_name, count);
    const od_name *const in_base = index_rules(l);
    size_t id_count = 0;
    if (base_count) memcpy(rules, profile->rules, base_count * sizeof *rules);
    for (size_t i = 0; i < count; i++) {
        rule r = {0};
        check_rule(l, &entry->value.items[i], &r);
        if (!r.id.size) continue;
        ids[id_count++] = (od_name){r.id, i};
        const size_t hit = od_names_find(in_base, base_count, r.id);
        rules[hit == SIZE_MAX ? profile->rule_count++ : in_base[hit].number] =
            entry->value.items[i];
    }
    check_twice(l, entry->value.items, ids, id_count);
    profile->rules = rules;
}

// ---- the tally ---------------------------------------------------------------------------------

static void read_names(od_loader *l, const od_entry *entry, void *target) {
    size_t count;
    const od_value **const texts = od_load_texts(l, entry, &count);
    (void)target;
    for (size_t i = 0; i < count; i++) {
        if (od_load_find_field(l, texts[i]->text) != SIZE_MAX) continue;
        od_load_fail_name(l, texts[i]->span,
                          OD_SAY("the tally names “{1}”, which is no field of the profile",
                                 "汇总里的“{1}”不是文种文件中的字段"),
                          texts[i]->text, od_load_nearest_field(l, texts[i]->text));
    }
}

void od_load_lua(od_loader *loader, const od_entry *entry) {
    if (!entry) return;
    od_profile *const profile = loader->profile;
    size_t count;
    const od_slice *const paths = od_load_slices(loader, entry, &count);
    od_slice *const all = od_arena_array(loader->arena, od_slice, profile->lua_count + count);
    for (size_t i = 0; i < profile->lua_count; i++) all[i] = profile->lua[i];
    const od_slice from = od_slice_of(loader->source->path);
    size_t folder = from.size;
    while (folder && from.data[folder - 1] != '/') folder--;
    for (size_t i = 0; i < count; i++) {
        const bool rooted = od_slice_starts(paths[i], OD_SLICE("/"));
        all[profile->lua_count + i] = od_arena_concat(
            loader->arena, od_slice_cut(from, 0, rooted ? 0 : folder), paths[i]);
    }
    profile->lua = all;
    profile->lua_count += count;
}

void od_load_tally(od_loader *l, const od_entry *entry) {
    static const od_key_spec KEYS[] = {
        {"key", read_names, 0}, {"sum", read_names, 0}, {"list", read_names, 0}};
    if (!entry) return;
    od_load_keys(l, &entry->value, OD_SAY("`tally`", "“tally”"), KEYS, OD_COUNT(KEYS), l->profile);
    l->profile->tally = &entry->value;
}
