// Rules of a profile, when it is loaded: every formula is compiled once, and all that can be found out
// without a draft is: wrong syntax, unknown names, sections that are not there, comparisons of what
// cannot be compared.
#ifndef OD_ENGINE_RULE_CHECK_H
#define OD_ENGINE_RULE_CHECK_H

#include "engine/evaluate.h"
#include "profile/profile.h"

// Compiles the rules of `profile`, each mistake a failure in `failures`, whose arena keeps the rest.
//
// Errors: OD_INVALID.
od_status od_rules_compile(const od_evaluator *evaluator, od_profile *profile,
                           od_diagnostics *failures);

// Notes that `formula` of `rule` is wrong: at `where` of its text, for the reason `why`.
void od_rule_fail(od_diagnostics *failures, const od_profile_rule *rule, const od_formula *formula,
                  od_span where, od_slice why);

// Notes that the formula is worth something else than true or false.
void od_rule_fail_worth(od_diagnostics *failures, const od_profile_rule *rule,
                        const od_formula *formula, const od_worth *worth);

#endif
