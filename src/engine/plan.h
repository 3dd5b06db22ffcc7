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
    bool refused;          // the data has a value for it, which is wrong
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

// ---- many plans for one draft ------------------------------------------------------------------

// A table whose rows are planned one after another. Findings about a row stand at its cells; what is
// wrong with the header, or with data that all rows share, is told once and apart.
typedef struct od_plan_table {
    const od_source *source;
    bool has_header;       // the keys are the same in every row, and each value is one cell
    bool partial;          // an empty cell leaves its blanks; else it is a mistake
    const od_slice *used;  // keys that need no place in the draft
    size_t used_count;
    od_diagnostics *whole; // findings about all of it; may name one thing several times
    bool refused;          // one of these is an error
} od_plan_table;

typedef struct od_planner od_planner;

// Makes a planner for the rows of `table`. It lives in the arena of `reading`; od_planner_free gives
// back what it holds beside that.
od_planner *od_planner_new(const od_reading *reading, const od_places *places,
                           const od_evaluator *evaluator, od_plan_table *table);

// Makes the plan of one row: `values` are its own laid over those that all share. The plan lives in
// `arena`. Findings that stand in the draft or its profile are for the caller to place. Rows with the same keys one after another cost the
// least: how keys fit the draft is found out once for them.
void od_planner_plan(od_planner *planner, const od_value *values, od_arena *arena,
                     od_diagnostics *found, od_plan *plan);

void od_planner_free(od_planner *planner);

#endif
