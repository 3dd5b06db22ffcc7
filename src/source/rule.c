#include "source/rule.h"

#include "base/slice.h"

static const od_rule RULES[OD_RULE_COUNT] = {
#define RULE(name, id, severity) [OD_RULE_##name] = {id, severity, {0}, {0}},
    OD_RULES(RULE)
#undef RULE
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
