// Expressions: what a profile computes, such as `=excellent + qualified`, worked out by Lua.
//
// Lua's operators and nothing else: no library, no global, no method of strings. The only names are
// those that the caller finds. Dates have .year, .month and .day, are ordered by < and ==, and give
// days when subtracted. Names may be Chinese.
//
// Profiles may come from strangers: an evaluation is bounded in memory and instructions, and source
// text alone is loaded, never bytecode.
#ifndef OD_LUA_EXPRESSION_H
#define OD_LUA_EXPRESSION_H

#include "engine/evaluate.h"

typedef struct od_expressions od_expressions;

typedef enum od_result_kind {
    OD_RESULT_NUMBER,
    OD_RESULT_TEXT,
    OD_RESULT_BOOLEAN,
    OD_RESULT_DATE,
} od_result_kind;

typedef struct od_expression_result {
    od_result_kind kind; // with OD_EVALUATED
    bool truth;          // OD_RESULT_BOOLEAN
    od_date date;        // OD_RESULT_DATE
    od_slice text; // the value in canonical form (12, 0.3, 2022-02-18, true), the name that is
                   // missing, or what is wrong; in the arena of the evaluation
} od_expression_result;

// Makes what evaluations need, once for a session; messages are in `language`.
od_expressions *od_expressions_new(od_language language);

void od_expressions_free(od_expressions *expressions);

// Evaluates `expression`. A name that `find` does not know ends it with OD_NAME_MISSING, whatever
// the expression would have made of it: nothing is ever nil or false for want of a value.
//
// Numbers are exact as long as they are whole; others are binary floating point, and results are
// rounded to nine decimals.
od_evaluation od_expression_evaluate(od_expressions *expressions, od_arena *arena,
                                     od_slice expression, od_name_finder *find, void *context,
                                     od_expression_result *result);

// Returns an evaluator for the engine, whose `free` ends it. Lua itself is started when it is first
// asked, since most drafts compute nothing.
od_evaluator od_expressions_evaluator(od_language language);

#endif
