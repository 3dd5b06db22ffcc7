// Views: what the formulas of rules look at, and how functions answer them.
#ifndef OD_ENGINE_VIEW_H
#define OD_ENGINE_VIEW_H

#include "engine/evaluate.h"
#include "engine/values.h"

// What the names of a formula look at; the context of their scene.
typedef struct od_view {
    const od_profile *profile;
    const od_values *values; // NULL: a trial, in which functions answer anything of the right kind
    od_date today;           // year 0: not known
    const od_io *io;         // or NULL
    od_language language;
    od_arena scratch;
} od_view;

// Finds the section of a path; `*` is the whole draft, for which `*rule` is NULL.
bool od_view_find_section(const od_profile *profile, od_slice path, const od_section_rule **rule);

// Give the answer of a function.
od_evaluation od_answer_truth(od_worth *worth, bool truth);
od_evaluation od_answer_number(od_worth *worth, long double number);

// Says in `*why` what is wrong with the arguments; {1} is `about`.
od_evaluation od_answer_refuse(const od_view *view, od_arena *arena, od_slice *why, od_text text,
                               od_slice about);

// As od_view_find_section; says in `*why` when there is no such section.
bool od_view_section(const od_view *view, od_arena *arena, od_slice path,
                     const od_section_rule **rule, od_slice *why);

#endif
