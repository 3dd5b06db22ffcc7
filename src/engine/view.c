#include "engine/view.h"

od_evaluation od_answer_refuse(const od_view *view, od_arena *arena, od_slice *why, od_text text,
                               od_slice about) {
    *why = od_format(arena, view->language, text, &about, 1);
    return OD_UNEVALUABLE;
}

od_evaluation od_answer_truth(od_worth *worth, bool truth) {
    *worth = (od_worth){.kind = OD_WORTH_TRUTH, .truth = truth};
    return OD_EVALUATED;
}

od_evaluation od_answer_number(od_worth *worth, long double number) {
    *worth = (od_worth){.kind = OD_WORTH_NUMBER, .number = number};
    return OD_EVALUATED;
}

bool od_view_find_section(const od_profile *profile, od_slice path, const od_section_rule **rule) {
    const bool all = od_slice_is(path, "*");
    *rule = all ? NULL : od_profile_section(profile, path);
    return all || *rule;
}

bool od_view_section(const od_view *view, od_arena *arena, od_slice path,
                     const od_section_rule **rule, od_slice *why) {
    if (od_view_find_section(view->profile, path, rule)) return true;
    od_answer_refuse(view, arena, why,
                     OD_SAY("the profile has no section “{1}”", "文种文件里没有“{1}”这个部分"), path);
    return false;
}
