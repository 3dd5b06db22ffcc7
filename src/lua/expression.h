// Expressions: what a profile computes, such as `=excellent + qualified`, worked out by Lua.
//
// Lua's operators and nothing else: no library, no global, no method of strings. The only names are
// those that the caller finds, and `today`. Dates have .year, .month and .day, are ordered by < and
// ==, and give days when subtracted. Names may be Chinese.
//
// Profiles may come from strangers: an evaluation is bounded in memory and instructions, and source
// text alone is loaded, never bytecode.
#ifndef OD_LUA_EXPRESSION_H
#define OD_LUA_EXPRESSION_H

#include "engine/evaluate.h"

typedef struct od_expressions od_expressions;

// Makes what evaluations need, once for a session; messages are in `language`. `today` is what that
// name means where no finder knows it; all zeros for nothing.
od_expressions *od_expressions_new(od_language language, od_date today);

void od_expressions_free(od_expressions *expressions);

// Evaluates `expression`. A name that `find` does not know ends it with OD_NAME_MISSING, whatever
// the expression would have made of it: nothing is ever nil or false for want of a value. Then, and
// with OD_UNEVALUABLE, the text of `*worth` is the name, or what is wrong.
//
// Numbers are exact as long as they are whole; others are binary floating point, and results are
// rounded to nine decimals.
od_evaluation od_expression_evaluate(od_expressions *expressions, od_arena *arena,
                                     od_slice expression, od_name_finder *find, void *context,
                                     od_worth *worth);

// ---- formulas ----------------------------------------------------------------------------------

// Compiles a formula (formula.h), once for the life of `expressions`, and lists its mentions.
// Errors: see od_evaluator.compile.
bool od_expression_compile(od_expressions *expressions, od_arena *arena, od_formula *formula,
                           od_slice *why, od_span *where);

// Evaluates a compiled formula; as od_expression_evaluate, but numbers are quantities (quantity.h).
od_evaluation od_expression_run(od_expressions *expressions, od_arena *arena,
                                const od_formula *formula, const od_scene *scene,
                                od_worth *worth);

// Returns an evaluator for the engine, whose `free` ends it. Lua itself is started when it is first
// asked, since most drafts compute nothing.
od_evaluator od_expressions_evaluator(od_language language, od_date today);

#endif
