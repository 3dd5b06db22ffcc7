// Levels: which rules are on, and how grave their findings are, as a profile's `checks` say.
#include "engine/check.h"

static od_level level_of(const od_profile *profile, size_t rule, od_stage stage) {
    const od_check_levels *const levels = &profile->checks[rule];
    return stage == OD_STAGE_FINAL ? levels->final : levels->draft;
}

void od_levels_off(const od_profile *profile, od_stage stage, bool off[OD_RULE_COUNT]) {
    memset(off, 0, OD_RULE_COUNT * sizeof *off);
#define RULE(name) off[OD_RULE_##name] = true;
    OD_TEXT_RULES(RULE)
#undef RULE
    for (size_t i = 0; i < OD_RULE_COUNT; i++) {
        const od_level level = level_of(profile, i, stage);
        if (level != OD_LEVEL_DEFAULT) off[i] = level == OD_LEVEL_OFF;
    }
}

// Whether the finding stays; gives it its level.
static bool apply(const od_profile *profile, od_stage stage, od_diagnostic *finding) {
    static const od_severity SEVERITIES[] = {
        [OD_LEVEL_INFO] = OD_INFO, [OD_LEVEL_WARNING] = OD_WARNING, [OD_LEVEL_ERROR] = OD_ERROR};
    size_t count;
    const od_rule *const rules = od_rules(&count);
    const od_rule *const rule = od_rule_find(od_slice_of(finding->rule));
    if (!rule) return true;
    const od_level level = level_of(profile, (size_t)(rule - rules), stage);
    if (level >= OD_LEVEL_INFO) finding->severity = SEVERITIES[level];
    return level != OD_LEVEL_OFF;
}

void od_levels_apply(const od_profile *profile, od_stage stage, od_diagnostics *found) {
    size_t kept = 0;
    for (size_t i = 0; i < found->found.count; i++) {
        od_diagnostic finding = found->found.items[i];
        if (apply(profile, stage, &finding)) found->found.items[kept++] = finding;
    }
    found->found.count = kept;
}
