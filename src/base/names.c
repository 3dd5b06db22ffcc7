#include "base/names.h"

#include <stdlib.h>

static int compare(const void *left, const void *right) {
    const od_name *const a = left, *const b = right;
    const int order = od_slice_compare(a->name, b->name);
    if (order) return order;
    return a->number < b->number ? -1 : a->number > b->number;
}

void od_names_sort(od_name *names, size_t count) {
    if (count) qsort(names, count, sizeof *names, compare);
}

size_t od_names_find(const od_name *names, size_t count, od_slice name) {
    size_t low = 0, high = count; // names before `low` are smaller, from `high` on not
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (od_slice_compare(names[middle].name, name) < 0) low = middle + 1;
        else high = middle;
    }
    return low < count && od_slice_equal(names[low].name, name) ? low : SIZE_MAX;
}
