// Evaluation: how the engine asks what an expression such as `=excellent + qualified` is worth.
//
// What language expressions are written in is not the engine's business; the session hands it this.
#ifndef OD_ENGINE_EVALUATE_H
#define OD_ENGINE_EVALUATE_H

#include "data/datum.h"
#include "profile/formula.h"

typedef enum od_evaluation {
    OD_EVALUATED,
    OD_NAME_MISSING, // a name in it has no value
    OD_UNEVALUABLE,  // it is wrong, or took too long
} od_evaluation;

// Finds the value of a name; false when it has none.
typedef bool od_name_finder(void *context, od_slice name, od_datum *datum);

// ---- what an expression, or an argument in it, is worth -----------------------------------------

typedef enum od_worth_kind {
    OD_WORTH_NUMBER,
    OD_WORTH_TEXT,
    OD_WORTH_TRUTH,
    OD_WORTH_DATE,
} od_worth_kind;

typedef struct od_worth {
    od_worth_kind kind;
    bool truth;    // OD_WORTH_TRUTH
    long double number; // OD_WORTH_NUMBER
    od_date date;  // OD_WORTH_DATE
    od_slice text; // the text, or the value in canonical form (12, 0.3, 2022-02-18, true)
} od_worth;

// ---- what a formula may name --------------------------------------------------------------------

enum { OD_ARGUMENTS_MAX = 4 };

// A function: sets `*worth` (of a number, `number` alone), all in `arena`. Arguments that are left
// out are all zeros. With OD_NAME_MISSING `*why` is what has no value, for people; with
// OD_UNEVALUABLE it says what is wrong with the arguments.
typedef od_evaluation od_function(void *context, od_arena *arena, const od_worth *arguments,
                                  od_worth *worth, od_slice *why);

typedef struct od_named_function {
    const char *name;
    const char *takes; // its arguments, for people: "section, text"
    const char *kinds; // a letter each: t text, n number, d date, * any; behind `?` those that may
                       // be left out
    od_function *call;
} od_named_function;

typedef struct od_scene {
    void *context;        // of both
    od_name_finder *find;
    const od_named_function *functions; // closed by a NULL name, or NULL for none
} od_scene;

// ---- the evaluator ------------------------------------------------------------------------------

typedef struct od_evaluator {
    void *context;
    // Evaluates `expression` (without its `=`). Sets `*result` to its value as text in canonical
    // form (12, 2022-02-18), to the name without a value, or to what is wrong, all in `arena`.
    od_evaluation (*evaluate)(void *context, od_arena *arena, od_slice expression,
                              od_name_finder *find, void *find_context, od_slice *result);
    // Compiles a formula for `run`, and lists its mentions in `arena`.
    // Errors: false, and `*why` says what is wrong at `*where` of its text.
    bool (*compile)(void *context, od_arena *arena, od_formula *formula, od_slice *why,
                    od_span *where);
    // Evaluates a compiled formula. The text of `*worth` is as `evaluate` has it.
    od_evaluation (*run)(void *context, od_arena *arena, const od_formula *formula,
                         const od_scene *scene, od_worth *worth);
    void (*free)(void *context); // ends with the session; may be NULL
} od_evaluator;

#endif
