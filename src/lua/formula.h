// Formulas as they are written: the part of Lua that a rule of a profile may use.
//
// One expression of names, numbers, texts, operators and calls of functions. Nothing in it can loop,
// assign, build tables or reach a method, and every name in it is known before it runs.
#ifndef OD_LUA_FORMULA_H
#define OD_LUA_FORMULA_H

#include "profile/formula.h"
#include "source/diagnostic.h"

typedef enum od_token_kind {
    OD_TOKEN_END,
    OD_TOKEN_NAME,
    OD_TOKEN_NUMBER,
    OD_TOKEN_TEXT,
    OD_TOKEN_SIGN,
} od_token_kind;

typedef struct od_token {
    od_token_kind kind;
    od_span span;
} od_token;

// Returns the token at or after byte `at`; white space and comments are none. Names may be Chinese.
od_token od_token_read(od_slice text, size_t at);

// Whether a name is a word of Lua's own.
bool od_formula_reserves(od_slice name);

// Lists the mentions of a formula.
//
// Errors: false, and `*why` says what may not stand at `*where`; {1} in it is the text there.
bool od_formula_scan(od_arena *arena, od_formula *formula, od_text *why, od_span *where);

#endif
