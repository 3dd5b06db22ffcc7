// Rules, whose formulas are kept as written.
#include "profile/loader.h"

// ---- rules -------------------------------------------------------------------------------------

static void read_level(od_loader *l, const od_entry *entry, void *target) {
    static const od_choice CHOICES[] = {
        {"info", OD_INFO}, {"warning", OD_WARNING}, {"error", OD_ERROR}};
    int chosen;
    if (od_load_choice(l, entry, CHOICES, OD_COUNT(CHOICES), &chosen))
        *(od_severity *)target = (od_severity)chosen;
}

// Comments in drafts name rules: an id is one word of theirs, and no other rule's.
static void read_id(od_loader *l, const od_entry *entry, void *target) {
    static const char *const MARKS[] = {" ", "\t", "\n", ",", ":", "，", "：", "、", "—", "--",
                                        "[", "]",  "<",  ">"};
    bool wrong = !od_is_text(&entry->value);
    for (size_t i = 0; !wrong && i < OD_COUNT(MARKS); i++)
        wrong = od_slice_find(entry->value.text, od_slice_of(MARKS[i]), 0) != SIZE_MAX;
    if (wrong) {
        od_load_fail_type(l, entry, OD_SAY("a name without white space, brackets, commas, colons "
                                           "and dashes of two",
                                           "一个名称，其中没有空格、括号、逗号、冒号和破折号"));
    } else if (od_rule_find(entry->value.text)) {
        od_load_fail(l, entry->value.span,
                     od_say(l->failures,
                            OD_SAY("“{1}” is a rule of orgdraft's own; take another id",
                                   "“{1}”是orgdraft自带的规则，请换一个id"),
                            entry->value.text));
    } else {
        *(const od_entry **)target = entry;
    }
}

static void read_formula(od_loader *l, const od_entry *entry, void *target) {
    // An expression may be one number or word, which YAML has as a plain scalar all the same.
    od_formula *const formula = target;
    od_read_string(l, entry, &formula->text);
    formula->value = &entry->value;
}

typedef struct reader {
    od_profile_rule rule;
    const od_entry *id, *zh, *en;
} reader;

static const od_key_spec RULE_KEYS[] = {
    {"id", read_id, offsetof(reader, id)},
    {"expr", read_formula, offsetof(reader, rule.expr)},
    {"when", read_formula, offsetof(reader, rule.when)},
    {"level", read_level, offsetof(reader, rule.level)},
    {"zh", od_read_entry, offsetof(reader, zh)},
    {"en", od_read_entry, offsetof(reader, en)},
};

static size_t find_field(const void *context, od_slice name) {
    return od_profile_field(context, name);
}

bool od_rule_slot(const od_profile *profile, od_slice message, size_t at, od_slot *slot,
                  od_slice *name) {
    while ((at = od_slice_find(message, OD_SLICE("<"), at)) != SIZE_MAX) {
        size_t end = ++at;
        while (end < message.size && !strchr(" \t\n<>", message.data[end])) end++;
        if (end == at || end == message.size || message.data[end] != '>') continue;
        *name = od_slice_cut(message, at, end);
        *slot = (od_slot){.field = SIZE_MAX, .span = {at - 1, end + 1}};
        od_slot_find(*name, find_field, profile, slot);
        return true;
    }
    return false;
}

// The fields that a message shows must be there.
static void read_message(od_loader *l, const od_entry *entry, od_slice *message) {
    od_slot slot = {0};
    od_slice name;
    if (!entry) return;
    od_read_string(l, entry, message);
    for (size_t at = 0; od_rule_slot(l->profile, *message, at, &slot, &name); at = slot.span.end) {
        if (slot.field != SIZE_MAX || od_slice_is(name, "today")) continue;
        od_load_fail_name(l, od_load_within(&entry->value, slot.span),
                          OD_SAY("the message shows “<{1}>”, which is no field of the profile",
                                 "提示语里的“<{1}>”不是文种文件中的字段"),
                          name, od_load_nearest_field(l, name));
    }
}

static void read_rule(od_loader *l, const od_value *value, od_profile_rule *rule) {
    const size_t before = l->failures->found.count;
    reader r = {.rule = {.level = OD_ERROR, .source = l->source}};
    od_load_keys(l, value, OD_SAY("a rule", "规则"), RULE_KEYS, OD_COUNT(RULE_KEYS), &r);
    read_message(l, r.zh, &r.rule.zh);
    read_message(l, r.en, &r.rule.en);
    *rule = r.rule;
    if (r.id) {
        rule->id = od_arena_copy(l->arena, r.id->value.text);
        rule->span = r.id->value.span;
    }
    if (l->failures->found.count > before) return;
    const char *const missing = !rule->id.size ? "id" : !rule->expr.text.size ? "expr" : NULL;
    if (missing)
        od_load_fail(l, (od_span){value->span.start, value->span.start + 1},
                     od_say(l->failures, OD_SAY("a rule needs `{1}`", "规则缺少“{1}”"),
                            od_slice_of(missing)));
}

// The ids of rules, sorted.
static od_name *index_rules(od_loader *l, const od_profile_rule *rules, size_t count) {
    od_name *const names = od_arena_array(l->arena, od_name, count);
    for (size_t i = 0; i < count; i++) names[i] = (od_name){rules[i].id, i};
    od_names_sort(names, count);
    return names;
}

static void check_twice(od_loader *l, const od_profile_rule *rules, size_t count) {
    const od_name *const ids = index_rules(l, rules, count);
    for (size_t i = 1; i < count; i++)
        if (ids[i].name.size && od_slice_equal(ids[i].name, ids[i - 1].name))
            od_load_fail(l, rules[ids[i].number].span,
                         od_say(l->failures, OD_SAY("two rules have the id “{1}”",
                                                    "有两条规则的id都是“{1}”"),
                                ids[i].name));
}

void od_load_rules(od_loader *l, const od_entry *entry) {
    od_profile *const profile = l->profile;
    const size_t base_count = profile->rule_count, count = entry ? entry->value.count : 0;
    if (entry && entry->value.kind != OD_SEQUENCE) {
        od_load_fail_type(l, entry, OD_SAY("a list of rules", "由规则组成的列表"));
        return;
    }
    // A copy even of the base's alone: each profile has its formulas compiled.
    od_profile_rule *const rules = od_arena_array(l->arena, od_profile_rule, base_count + count);
    od_profile_rule *const own = od_arena_array(l->arena, od_profile_rule, count);
    const od_name *const in_base = index_rules(l, profile->rules, base_count);
    if (base_count) memcpy(rules, profile->rules, base_count * sizeof *rules);
    for (size_t i = 0; i < count; i++) {
        read_rule(l, &entry->value.items[i], &own[i]);
        if (!own[i].id.size) continue;
        const size_t hit = od_names_find(in_base, base_count, own[i].id);
        rules[hit == SIZE_MAX ? profile->rule_count++ : in_base[hit].number] = own[i];
    }
    check_twice(l, own, count);
    profile->rules = rules;
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
