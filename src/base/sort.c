#include "base/sort.h"

#include <stdlib.h>

void od_sort(void *items, size_t count, size_t size, od_compare *compare) {
    const char *const bytes = items;
    size_t sorted = 1;
    while (sorted < count && compare(bytes + (sorted - 1) * size, bytes + sorted * size) <= 0)
        sorted++;
    if (sorted < count) qsort(items, count, size, compare);
}
