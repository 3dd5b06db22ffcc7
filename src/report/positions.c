#include "report/positions.h"

#include <stdlib.h>

void od_positions_add(od_positions *positions, const od_source *source, size_t offset) {
    if (!source) return;
    *od_array_push(positions->arena, &positions->places) =
        (od_placed){source, {.offset = offset}};
}

static int compare(const void *left, const void *right) {
    const od_placed *const a = left, *const b = right;
    if (a->source != b->source) return (uintptr_t)a->source < (uintptr_t)b->source ? -1 : 1;
    return a->at.offset < b->at.offset ? -1 : a->at.offset > b->at.offset;
}

void od_positions_locate(od_positions *positions, od_column_unit unit) {
    od_placed *const places = positions->places.items;
    const size_t count = positions->places.count;
    if (count) qsort(places, count, sizeof *places, compare);
    od_locator locator = {0};
    for (size_t i = 0; i < count; i++)
        places[i].at = od_locate(&locator, places[i].source, places[i].at.offset, unit);
}

od_position od_positions_at(const od_positions *positions, const od_source *source, size_t offset) {
    const od_placed wanted = {source, {.offset = offset}};
    const od_placed *const hit =
        source && positions->places.count
            ? bsearch(&wanted, positions->places.items, positions->places.count, sizeof wanted,
                      compare)
            : NULL;
    return hit ? hit->at : (od_position){1, 1, 0};
}
