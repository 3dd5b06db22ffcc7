#include "base/nearest.h"

#include "base/utf8.h"

static size_t limit_of(od_slice wrong) {
    const size_t third = (od_utf8_count(wrong) + 1) / 3;
    return third ? third : 1;
}

void od_nearest_offer(od_nearest *nearest, od_slice word) {
    size_t limit = limit_of(nearest->wrong);
    if (nearest->best.size) {
        if (!nearest->distance) return;
        limit = nearest->distance - 1;
    }
    // A word as short as its change is another word.
    if (od_utf8_count(word) <= limit) return;
    const size_t distance = od_slice_distance(nearest->wrong, word, limit);
    if (distance > limit) return;
    nearest->best = word;
    nearest->distance = distance;
}
