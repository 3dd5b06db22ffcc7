// Defaults: the values of fields that the data does not give but the profile computes (S14).
#ifndef OD_ENGINE_DEFAULTS_H
#define OD_ENGINE_DEFAULTS_H

#include "engine/bind.h"
#include "engine/evaluate.h"
#include "engine/request.h"

typedef struct od_default {
    bool given;     // the data speaks of the field, be it with null
    bool has_value; // `text` is its default
    od_slice text;
    od_slice error; // why its expression has no value, or empty; a missing field is no error
} od_default;

// Returns the defaults of all fields of the profile, by index. An expression sees what the data gives,
// what stands in the text, and other defaults, in this order.
const od_default *od_defaults_compute(const od_reading *reading, const od_places *places,
                                      const od_request_list *requests,
                                      const od_evaluator *evaluator);

#endif
