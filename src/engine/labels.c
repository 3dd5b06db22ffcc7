#include "engine/labels.h"

#include "document/fold.h"

od_labels od_labels_make(od_arena *arena, const od_profile *profile) {
    const size_t count = profile ? profile->field_count : 0;
    od_name *const names = od_arena_array(arena, od_name, count);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const od_slice label = od_fold(arena, profile->fields[i].label);
        if (label.size) names[used++] = (od_name){label, i};
    }
    od_names_sort(names, used);
    return (od_labels){names, used};
}

size_t od_labels_find(const od_labels *labels, od_arena *arena, od_slice text, size_t *rival) {
    const od_slice label = od_fold(arena, text);
    const size_t at = od_names_find(labels->items, labels->count, label);
    *rival = SIZE_MAX;
    if (at == SIZE_MAX) return SIZE_MAX;
    if (at + 1 < labels->count && od_slice_equal(labels->items[at + 1].name, label))
        *rival = labels->items[at + 1].number;
    return labels->items[at].number;
}
