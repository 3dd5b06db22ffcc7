// Labels: fields by what people call them.
//
// A key of the data, or the header of a table, may be the label of a field (会议日期) in place of its
// id: the same words to a reader, spaces and widths aside.
#ifndef OD_ENGINE_LABELS_H
#define OD_ENGINE_LABELS_H

#include "base/names.h"
#include "profile/profile.h"

typedef struct od_labels {
    const od_name *items; // folded, each with the index of its field
    size_t count;
} od_labels;

// Collects the labels of `profile` (NULL: none) in `arena`.
od_labels od_labels_make(od_arena *arena, const od_profile *profile);

// Returns the field that `text` is the label of, or SIZE_MAX; `*rival` is another one of the same label,
// or SIZE_MAX. What is made on the way goes to `arena`.
size_t od_labels_find(const od_labels *labels, od_arena *arena, od_slice text, size_t *rival);

#endif
