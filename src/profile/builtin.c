#include "profile/builtin.h"

#include "base/nearest.h"

const od_builtin_profile *od_builtin_profiles(size_t *count) {
    *count = od_builtin_count;
    return od_builtin_table;
}

const od_builtin_profile *od_builtin_find(od_slice id) {
    for (size_t i = 0; i < od_builtin_count; i++)
        if (od_slice_is(id, od_builtin_table[i].id)) return &od_builtin_table[i];
    return NULL;
}

od_slice od_builtin_nearest(od_slice wrong) {
    od_nearest nearest = {.wrong = wrong};
    for (size_t i = 0; i < od_builtin_count; i++)
        od_nearest_offer(&nearest, od_slice_of(od_builtin_table[i].id));
    return nearest.best;
}
