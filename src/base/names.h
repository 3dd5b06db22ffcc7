// Names: a sorted table from names to numbers.
#ifndef OD_BASE_NAMES_H
#define OD_BASE_NAMES_H

#include "base/slice.h"

typedef struct od_name {
    od_slice name;
    size_t number;
} od_name;

// Sorts by name, then by number.
void od_names_sort(od_name *names, size_t count);

// Returns the index of the first entry of `name` in sorted `names`, or SIZE_MAX.
size_t od_names_find(const od_name *names, size_t count, od_slice name);

#endif
