// Plans: which value of the data goes into which blank of a draft.
//
// The rules are S1 to S14 of the phrase semantics: a key fits exactly once unless told otherwise, the
// k-th blank of a phrase takes the k-th value, the longer phrase wins, nothing is guessed. What does
// not come out is a finding: each key without a place or with too many, each value of a wrong type.
#ifndef OD_ENGINE_PLAN_H
#define OD_ENGINE_PLAN_H

#include "data/dataset.h"
#include "engine/keys.h"
#include "engine/values.h"

// What is to be done with one blank.
typedef enum od_fate {
    OD_FATE_NONE,  // no data speaks of it
    OD_FATE_FILL,
    OD_FATE_LEAVE, // null: left on purpose, still a blank
    OD_FATE_KEEP,  // `=keep`: the text is to stay as it is, no blank any more
} od_fate;

typedef struct od_assignment {
    od_fate fate;
    od_slice text;         // as a reader is to see it, not yet escaped
    const od_entry *entry; // of the data
    size_t weight;         // literal characters of the phrase
    bool by_field;         // through the profile's field, not a phrase key
    bool computed;         // the default of the profile, since no data speaks of the field
} od_assignment;

typedef struct od_plan {
    od_assignment *blanks; // by index into od_reading.blanks
    bool refused;          // an error was found: nothing may be filled
    const od_value *const *given; // by field: the scalar that the data gives for it, or NULL
    od_values values;       // of all fields, with what the blanks are to hold, and defaults
} od_plan;

// Returns how a blank is read: by the field that claims it, else as the words around it suggest.
// `*unit` is the measure word after it.
od_datum_type od_blank_type(const od_reading *reading, const od_places *places, size_t blank);

// Makes the plan of `data` (NULL: none, no blank is filled) for `reading`; what the data does not give,
// `evaluator` computes from the defaults of the profile. Findings go to `found`.
void od_plan_make(const od_reading *reading, const od_places *places, const od_data *data,
                  const od_evaluator *evaluator, od_diagnostics *found, od_plan *plan);

#endif
