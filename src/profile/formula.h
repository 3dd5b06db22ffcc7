// Formulas: what the rules of a profile hold against a draft, such as `a + b == c`.
//
// A profile only keeps them. What language they are written in is known to whoever the engine asks
// (evaluate.h), which also says what names they mention.
#ifndef OD_PROFILE_FORMULA_H
#define OD_PROFILE_FORMULA_H

#include "data/value.h"

// A name in a formula.
typedef struct od_mention {
    od_slice name; // `meeting_date`; of a function: `has`
    od_slice part; // `year` of `meeting_date.year`, or empty
    od_span span;  // in the formula, with the part
    bool called;   // it is a function
    bool asked;    // the field of `filled(field)` or `value(field)`, which is given by its name
    const od_slice *texts; // called: its first two arguments, each empty unless written as a text
} od_mention;

typedef struct od_formula {
    od_slice text;         // empty for no formula
    const od_value *value; // where the profile says it
    int code;              // what it was compiled to, by whoever did
    const od_mention *mentions; // in the order of the formula
    size_t mention_count;
} od_formula;

#endif
