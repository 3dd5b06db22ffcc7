// Evaluation: how the engine asks what an expression such as `=excellent + qualified` is worth.
//
// What language expressions are written in is not the engine's business; the session hands it this.
#ifndef OD_ENGINE_EVALUATE_H
#define OD_ENGINE_EVALUATE_H

#include "data/datum.h"

typedef enum od_evaluation {
    OD_EVALUATED,
    OD_NAME_MISSING, // a name in it has no value
    OD_UNEVALUABLE,  // it is wrong, or took too long
} od_evaluation;

// Finds the value of a name; false when it has none.
typedef bool od_name_finder(void *context, od_slice name, od_datum *datum);

typedef struct od_evaluator {
    void *context;
    // Evaluates `expression` (without its `=`). Sets `*result` to its value as text in canonical form
    // (12, 2022-02-18), to the name without a value, or to what is wrong, all in `arena`.
    od_evaluation (*evaluate)(void *context, od_arena *arena, od_slice expression,
                              od_name_finder *find, void *find_context, od_slice *result);
    void (*free)(void *context); // ends with the session; may be NULL
} od_evaluator;

#endif
