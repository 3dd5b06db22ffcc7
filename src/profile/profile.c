#include "profile/profile.h"

const od_section_rule *od_section_rule_next(const od_profile *profile,
                                            const od_section_rule *rule) {
    if (!rule) return profile->section_count ? profile->sections : NULL;
    if (rule->child_count) return rule->children;
    for (; rule; rule = rule->parent) {
        const od_section_rule *const siblings =
            rule->parent ? rule->parent->children : profile->sections;
        const size_t count = rule->parent ? rule->parent->child_count : profile->section_count;
        if ((size_t)(rule - siblings) + 1 < count) return rule + 1;
    }
    return NULL;
}

size_t od_profile_field(const od_profile *profile, od_slice id) {
    const size_t hit = od_names_find(profile->field_index, profile->field_count, id);
    return hit == SIZE_MAX ? SIZE_MAX : profile->field_index[hit].number;
}

const od_section_rule *od_profile_section(const od_profile *profile, od_slice path) {
    const od_section_rule *by_id = NULL;
    size_t count = 0;
    for (const od_section_rule *s = od_section_rule_next(profile, NULL); s;
         s = od_section_rule_next(profile, s)) {
        if (od_slice_equal(s->path, path)) return s;
        if (!od_slice_equal(s->id, path)) continue;
        by_id = s;
        count++;
    }
    return count == 1 ? by_id : NULL;
}

void od_profile_free(od_profile *profile) {
    for (const od_profile *p = profile; p; p = p->base)
        for (size_t i = 0; i < p->regexes.count; i++) regfree(p->regexes.items[i]);
}
