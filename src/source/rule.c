#include "source/rule.h"

#include "base/slice.h"

static const od_rule RULES[OD_RULE_COUNT] = {
#define RULE(name, text, level) [OD_RULE_##name].id = text, [OD_RULE_##name].severity = level,
    OD_RULES(RULE)
#undef RULE
#define WORDS(summary, why, example, fix) {summary, why, example, fix}
#define TEXT(name, english, chinese) [OD_RULE_##name].en = english, [OD_RULE_##name].zh = chinese,
#include "source/rule_text.inc"
#include "source/rule_text_markdown.inc"
#include "source/rule_text_style.inc"
#undef TEXT
#undef WORDS
};

const od_rule *od_rules(size_t *count) {
    *count = OD_RULE_COUNT;
    return RULES;
}

const od_rule *od_rule_find(od_slice id) {
    for (size_t i = 0; i < OD_RULE_COUNT; i++)
        if (od_slice_is(id, RULES[i].id)) return &RULES[i];
    return NULL;
}
