// Suggestions: what a key that fits nowhere was probably meant to be.
#ifndef OD_ENGINE_SUGGEST_H
#define OD_ENGINE_SUGGEST_H

#include "engine/match.h"

// A part of the draft that a phrase key nearly fits.
typedef struct od_near {
    od_slice text; // as a reader sees it
    od_span span;  // in the source
    bool is_same;  // it is the phrase to the letter: something else keeps it from fitting
} od_near;

// Finds the part of the draft around a blank that takes the fewest changes to become `phrase`; false
// when none takes less than a third of its characters. `*budget` bounds the work over many calls.
bool od_suggest_phrase(const od_reading *reading, const od_phrase *phrase, size_t *budget,
                       od_near *near);

// Returns the name of a field, section or `{{name}}` most like `name`, or an empty slice; `*budget` as
// above.
od_slice od_suggest_name(const od_reading *reading, od_slice name, size_t *budget);

#endif
