// Functions: what the rules of profiles may ask of a draft beside its fields.
#ifndef OD_ENGINE_FUNCTIONS_H
#define OD_ENGINE_FUNCTIONS_H

#include "engine/view.h"

// Returns the functions, closed by one without a name.
const od_named_function *od_functions(void);

// Returns the function of that name, or NULL.
const od_named_function *od_function_find(od_slice name);

// Whether the first argument of a function names a section, and whether its second is a pattern.
bool od_function_takes_section(const od_named_function *function);
bool od_function_takes_pattern(const od_named_function *function);

#endif
