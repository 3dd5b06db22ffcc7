#include "base/nearest.h"

#include "base/utf8.h"

static size_t limit_of(od_slice wrong) {
    const size_t third = (od_utf8_count(wrong) + 1) / 3;
    return third ? third : 1;
}

// Whether two letters that stand side by side are swapped: one slip of the fingers, not two
// changes.
static bool is_swapped(od_slice a, od_slice b) {
    size_t at = 0;
    if (a.size != b.size) return false;
    while (at < a.size && a.data[at] == b.data[at]) at++;
    return at + 1 < a.size && a.data[at] == b.data[at + 1] && a.data[at + 1] == b.data[at] &&
           od_slice_equal(od_slice_from(a, at + 2), od_slice_from(b, at + 2));
}

// Whether `a` is better than `b`, which is as near: it goes on where the wrong word stops.
static bool is_better(od_slice wrong, od_slice a, od_slice b) {
    return od_slice_starts(a, wrong) && !od_slice_starts(b, wrong);
}

void od_nearest_offer(od_nearest *nearest, od_slice word) {
    size_t limit = limit_of(nearest->wrong);
    if (nearest->best.size) limit = nearest->distance;
    // A word as short as its change is another word.
    if (od_utf8_count(word) <= limit) return;
    const size_t distance = is_swapped(nearest->wrong, word)
                                ? 1
                                : od_slice_distance(nearest->wrong, word, limit);
    if (distance > limit) return;
    const bool as_near = nearest->best.size && distance == nearest->distance;
    if (as_near && !is_better(nearest->wrong, word, nearest->best)) return;
    nearest->best = word;
    nearest->distance = distance;
}
