// Defaults: the values of fields that the data does not give but the profile computes (S14).
#ifndef OD_ENGINE_DEFAULTS_H
#define OD_ENGINE_DEFAULTS_H

#include "engine/values.h"

typedef struct od_default {
    bool has_value; // `text` is its default
    od_slice text;
    od_slice error; // why its expression has no value, or empty; a missing field is no error
} od_default;

// Gives each field of `values` that has no value its default, and returns the defaults by index. Fields
// for which `given` (by index, or NULL) is set get none: the data leaves them open on purpose. An
// expression sees the values, and other defaults.
const od_default *od_defaults_compute(od_values *values, const bool *given,
                                      const od_evaluator *evaluator, od_language language);

#endif
