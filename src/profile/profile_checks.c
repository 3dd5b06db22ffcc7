// Which rules are on and how grave they are, and what the rules of style leave alone.
#include "base/nearest.h"
#include "profile/loader.h"

static void read_level(od_loader *l, const od_entry *entry, void *target) {
    static const od_choice CHOICES[] = {{"off", OD_LEVEL_OFF},
                                        {"info", OD_LEVEL_INFO},
                                        {"warning", OD_LEVEL_WARNING},
                                        {"error", OD_LEVEL_ERROR}};
    int chosen;
    if (od_load_choice(l, entry, CHOICES, OD_COUNT(CHOICES), &chosen))
        *(od_level *)target = (od_level)chosen;
}

static const od_key_spec LEVEL_KEYS[] = {
    {"draft", read_level, offsetof(od_check_levels, draft)},
    {"final", read_level, offsetof(od_check_levels, final)},
};

// Finds a built-in rule whose findings may be given another level; notes why not.
static bool find_rule(od_loader *l, od_slice id, od_span span, size_t *index) {
    size_t count;
    const od_rule *const rules = od_rules(&count), *const rule = od_rule_find(id);
    od_nearest nearest = {.wrong = id};
    if (rule == &rules[OD_RULE_ENCODING_UTF8]) {
        od_load_fail(l, span,
                     od_say(l->failures,
                            OD_SAY("“{1}” stays an error: nothing else is checked in such a file",
                                   "“{1}”只能是error：这样的文件其他内容都没有检查"),
                            id));
        return false;
    }
    for (size_t i = 0; !rule && i < count; i++)
        od_nearest_offer(&nearest, od_slice_of(rules[i].id));
    if (rule) *index = (size_t)(rule - rules);
    else
        od_load_fail_name(l, span,
                          OD_SAY("“{1}” is no rule of orgdraft; `orgdraft explain` lists them",
                                 "“{1}”不是orgdraft的规则；用“orgdraft explain”查看"),
                          id, nearest.best);
    return rule != NULL;
}

static void read_check(od_loader *l, const od_entry *entry) {
    size_t index;
    if (!find_rule(l, entry->key, entry->key_span, &index)) return;
    od_check_levels *const levels = &l->profile->checks[index];
    if (entry->value.kind == OD_MAPPING) {
        od_load_keys(l, &entry->value, OD_SAY("the levels of a rule", "规则的级别"), LEVEL_KEYS,
                     OD_COUNT(LEVEL_KEYS), levels);
        return;
    }
    read_level(l, entry, &levels->draft);
    levels->final = levels->draft;
}

void od_load_checks(od_loader *l, const od_entry *entry) {
    if (!entry) return;
    if (entry->value.kind != OD_MAPPING) {
        od_load_fail_type(l, entry,
                          OD_SAY("rules and their levels: `{quote-list: off}`",
                                 "规则及其级别：“{quote-list: off}”"));
        return;
    }
    for (size_t i = 0; i < entry->value.count; i++) read_check(l, &entry->value.entries[i]);
}

void od_load_advisory(od_loader *l, const od_entry *entry) {
    size_t count, index;
    if (!entry) return;
    const od_value **const texts = od_load_texts(l, entry, &count);
    for (size_t i = 0; i < count; i++)
        if (find_rule(l, texts[i]->text, texts[i]->span, &index))
            l->profile->checks[index].advisory = true;
}

void od_inherit_checks(od_profile *profile) {
    for (size_t i = 0; i < OD_RULE_COUNT; i++) {
        od_check_levels *const levels = &profile->checks[i];
        if (levels->advisory) levels->draft = OD_LEVEL_OFF;
        levels->advisory = false;
    }
}

void od_read_latin_space(od_loader *l, const od_entry *entry, void *target) {
    static const od_choice CHOICES[] = {{"never", OD_LATIN_SPACE_NEVER},
                                        {"always", OD_LATIN_SPACE_ALWAYS},
                                        {"keep", OD_LATIN_SPACE_KEEP}};
    int chosen;
    if (od_load_choice(l, entry, CHOICES, OD_COUNT(CHOICES), &chosen))
        *(od_latin_space *)target = (od_latin_space)chosen;
}

void od_load_keep_words(od_loader *l, const od_entry *entry) {
    od_profile *const profile = l->profile;
    size_t count;
    if (!entry) return;
    const od_slice *const words = od_load_slices(l, entry, &count);
    const size_t before = profile->keep_word_count;
    od_slice *const all = od_arena_array(l->arena, od_slice, before + count);
    if (before) memcpy(all, profile->keep_words, before * sizeof *all);
    if (count) memcpy(all + before, words, count * sizeof *all);
    profile->keep_words = all;
    profile->keep_word_count = before + count;
}
