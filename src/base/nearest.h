// Nearest: the known word that a wrong one was probably meant to be.
#ifndef OD_BASE_NEAREST_H
#define OD_BASE_NEAREST_H

#include "base/slice.h"

// Returns how many single-character changes lead from `a` to `b` (Levenshtein, on code points), or
// `limit` + 1 as soon as it is certain to be more. Slices over 256 code points count as too far.
size_t od_nearest_distance(od_slice a, od_slice b, size_t limit);

// Set up with the wrong word and zeros.
typedef struct od_nearest {
    od_slice wrong;
    od_slice best;   // the nearest word offered so far; empty when none is near
    size_t distance; // of `best`
} od_nearest;

// Offers a known word. It is near when about a third of the characters differ at most; of equally
// near ones the first wins, or one that begins with the whole wrong word.
void od_nearest_offer(od_nearest *nearest, od_slice word);

#endif
