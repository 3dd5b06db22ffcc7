#include "engine/rule_check.h"

#include "base/nearest.h"
#include "engine/functions.h"
#include "profile/loader.h"
#include "profile/pattern.h"

typedef struct checker {
    const od_evaluator *evaluator;
    const od_profile *profile;
    od_diagnostics *failures;
    const od_profile_rule *rule;
    const od_formula *formula;
} checker;

// ---- what is said ------------------------------------------------------------------------------

void od_rule_fail(od_diagnostics *failures, const od_profile_rule *rule, const od_formula *formula,
                  od_span where, od_slice why) {
    od_fail_at(failures, rule->source, od_load_within(formula->value, where),
               od_say(failures, OD_SAY("rule “{1}”: {2}", "规则“{1}”：{2}"), rule->id, why));
}

void od_rule_fail_worth(od_diagnostics *failures, const od_profile_rule *rule,
                        const od_formula *formula, const od_worth *worth) {
    od_rule_fail(failures, rule, formula, (od_span){0, formula->text.size},
                 od_say(failures,
                        OD_SAY("it must be true or false, as a comparison is; it is “{1}”",
                               "结果应为真或假，如一个比较；现在是“{1}”"),
                        worth->text));
}

static bool fail(const checker *c, od_span where, od_text text, od_slice name, od_slice nearest) {
    od_slice why = od_say(c->failures, text, name);
    if (nearest.size)
        why = od_say(c->failures, OD_SAY("{1}; did you mean “{2}”?", "{1}；是不是“{2}”？"), why,
                     nearest);
    od_rule_fail(c->failures, c->rule, c->formula, where, why);
    return false;
}

// ---- names -------------------------------------------------------------------------------------

static bool check_field(const checker *c, const od_mention *m) {
    const size_t field = od_profile_field(c->profile, m->name);
    const bool is_today = field == SIZE_MAX && !m->asked && od_slice_is(m->name, "today");
    if (field == SIZE_MAX && !is_today) {
        od_nearest nearest = {.wrong = m->name};
        for (size_t i = 0; i < c->profile->field_count; i++)
            od_nearest_offer(&nearest, c->profile->fields[i].id);
        return fail(c, m->span,
                    OD_SAY("“{1}” is no field of the profile", "“{1}”不是文种文件中的字段"),
                    m->name, nearest.best);
    }
    const bool is_date = is_today || c->profile->fields[field].type.type == OD_TYPE_DATE;
    if (m->part.size && !is_date)
        return fail(c, m->span,
                    OD_SAY("“{1}” is no date and has no parts", "“{1}”不是日期，没有年月日可取"),
                    m->name, (od_slice){0});
    static const char *const PARTS[] = {"year", "month", "day"};
    for (size_t i = 0; m->part.size && i < OD_COUNT(PARTS); i++)
        if (od_slice_is(m->part, PARTS[i])) return true;
    return !m->part.size || fail(c, m->span,
                                 OD_SAY("a date has year, month and day, and no “{1}”",
                                        "日期只有year、month、day，没有“{1}”"),
                                 m->part, (od_slice){0});
}

static bool check_function(const checker *c, const od_mention *m) {
    const od_named_function *const function = od_function_find(m->name);
    const od_section_rule *section;
    if (!function) {
        od_nearest nearest = {.wrong = m->name};
        for (const od_named_function *f = od_functions(); f->name; f++)
            od_nearest_offer(&nearest, od_slice_of(f->name));
        return fail(c, m->span, OD_SAY("there is no function “{1}”", "没有函数“{1}”"), m->name,
                    nearest.best);
    }
    if (od_function_takes_section(function) && m->texts[0].size &&
        !od_view_find_section(c->profile, m->texts[0], &section))
        return fail(c, m->span,
                    OD_SAY("the profile has no section “{1}”", "文种文件里没有“{1}”这个部分"),
                    m->texts[0], (od_slice){0});
    od_pattern pattern;
    od_text why;
    if (!od_function_takes_pattern(function) || !m->texts[1].size) return true;
    if (!od_pattern_read(c->failures->arena, m->texts[1], &pattern, &why))
        return fail(c, m->span, why, m->texts[1], (od_slice){0});
    od_pattern_free(&pattern);
    return true;
}

static bool check_names(const checker *c) {
    bool right = true;
    for (size_t i = 0; i < c->formula->mention_count; i++) {
        const od_mention *const m = &c->formula->mentions[i];
        right = (m->called ? check_function(c, m) : check_field(c, m)) && right;
    }
    return right;
}

// ---- a trial -----------------------------------------------------------------------------------

// Finds a value for every field, to see whether types go together.
static bool find_any(void *context, od_slice name, od_datum *datum) {
    const od_view *const view = context;
    const size_t field = od_profile_field(view->profile, name);
    const bool is_today = field == SIZE_MAX && od_slice_is(name, "today");
    *datum = (od_datum){.type = is_today ? OD_TYPE_DATE : OD_TYPE_TEXT,
                        .text = OD_SLICE("1"),
                        .number = {1, 0},
                        .date = {2000, 1, 1}};
    if (field != SIZE_MAX) datum->type = view->profile->fields[field].type.type;
    return is_today || field != SIZE_MAX;
}

// What fails on these values alone may do well on others: a date that is moved too far.
static bool depends_on_values(od_slice why) {
    return od_slice_find(why, OD_SLICE("outside the years"), 0) != SIZE_MAX;
}

static bool try_formula(const checker *c) {
    od_view view = {.profile = c->profile, .language = c->failures->language};
    const od_scene scene = {&view, find_any, od_functions()};
    od_worth worth;
    const od_evaluation done = c->evaluator->run(c->evaluator->context, c->failures->arena,
                                                 c->formula, &scene, &worth);
    od_arena_free(&view.scratch);
    if (done == OD_EVALUATED && worth.kind != OD_WORTH_TRUTH) {
        od_rule_fail_worth(c->failures, c->rule, c->formula, &worth);
        return false;
    }
    if (done != OD_UNEVALUABLE || depends_on_values(worth.text)) return true;
    od_rule_fail(c->failures, c->rule, c->formula, (od_span){0, c->formula->text.size}, worth.text);
    return false;
}

// ---- all ---------------------------------------------------------------------------------------

static bool check_formula(checker *c, const od_profile_rule *rule, od_formula *formula) {
    od_slice why;
    od_span where;
    if (!formula->text.size) return true;
    c->rule = rule;
    c->formula = formula;
    if (c->evaluator->compile(c->evaluator->context, c->failures->arena, formula, &why, &where))
        return check_names(c) && try_formula(c);
    od_rule_fail(c->failures, rule, formula, where, why);
    return false;
}

od_status od_rules_compile(const od_evaluator *evaluator, od_profile *profile,
                           od_diagnostics *failures) {
    checker c = {.evaluator = evaluator, .profile = profile, .failures = failures};
    bool right = true;
    for (size_t i = 0; i < profile->rule_count; i++) {
        od_profile_rule *const rule = &profile->rules[i];
        right = check_formula(&c, rule, &rule->when) && right;
        right = check_formula(&c, rule, &rule->expr) && right;
    }
    return right ? OD_OK : OD_INVALID;
}
