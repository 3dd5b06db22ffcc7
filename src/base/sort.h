// Sorting of what is mostly in order already.
#ifndef OD_BASE_SORT_H
#define OD_BASE_SORT_H

#include <stddef.h>

typedef int od_compare(const void *left, const void *right);

// As qsort, but a list that is in order costs one look at each pair of neighbours; an empty one may be
// NULL.
void od_sort(void *items, size_t count, size_t size, od_compare *compare);

#endif
