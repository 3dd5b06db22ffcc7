// Functions: what the rules of profiles may ask of a draft beside its fields.
#ifndef OD_ENGINE_FUNCTIONS_H
#define OD_ENGINE_FUNCTIONS_H

#include "engine/evaluate.h"
#include "engine/values.h"

// What the names of a formula look at; the context of their scene.
typedef struct od_view {
    const od_profile *profile;
    const od_values *values; // NULL: a trial, in which functions answer anything of the right kind
    od_date today;           // year 0: not known
    od_language language;
    od_arena scratch;
} od_view;

// Returns the functions, closed by one without a name.
const od_named_function *od_functions(void);

// Returns the function of that name, or NULL.
const od_named_function *od_function_find(od_slice name);

// Whether the first argument of a function names a section, and its second is a pattern.
bool od_function_takes_section(const od_named_function *function);
bool od_function_takes_pattern(const od_named_function *function);

// ---- for those who write functions -----------------------------------------------------------------

// Give an answer.
od_evaluation od_answer_truth(od_worth *worth, bool truth);
od_evaluation od_answer_number(od_worth *worth, long double number);

// Says in `*why` what is wrong with the arguments; {1} is `about`.
od_evaluation od_answer_refuse(const od_view *view, od_arena *arena, od_slice *why, od_text text,
                               od_slice about);

// As od_function_section for what is in view; says in `*why` when there is none.
bool od_view_section(const od_view *view, od_arena *arena, od_slice path,
                     const od_section_rule **rule, od_slice *why);

// Finds the section of a path; `*` is the whole draft, for which `*rule` is NULL.
bool od_function_section(const od_profile *profile, od_slice path, const od_section_rule **rule);

#endif
