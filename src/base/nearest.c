#include "base/nearest.h"

#include "base/utf8.h"

enum { DISTANCE_MAX = 256 };

// Returns the count of code points written to `codes`, or SIZE_MAX when there are too many.
static size_t decode(od_slice text, uint32_t codes[DISTANCE_MAX]) {
    size_t count = 0, size;
    for (size_t i = 0; i < text.size; i += size) {
        if (count == DISTANCE_MAX) return SIZE_MAX;
        codes[count++] = od_utf8_read(text, i, &size);
    }
    return count;
}

size_t od_nearest_distance(od_slice a, od_slice b, size_t limit) {
    uint32_t from[DISTANCE_MAX], to[DISTANCE_MAX];
    const size_t from_count = decode(a, from), to_count = decode(b, to);
    if (from_count == SIZE_MAX || to_count == SIZE_MAX) return limit + 1;
    size_t row[DISTANCE_MAX + 1];
    for (size_t j = 0; j <= to_count; j++) row[j] = j;
    for (size_t i = 1; i <= from_count; i++) {
        size_t diagonal = row[0], best = row[0] = i;
        for (size_t j = 1; j <= to_count; j++) {
            size_t cost = diagonal + (from[i - 1] != to[j - 1]);
            if (row[j] + 1 < cost) cost = row[j] + 1;
            if (row[j - 1] + 1 < cost) cost = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = cost;
            if (cost < best) best = cost;
        }
        if (best > limit) return limit + 1;
    }
    return row[to_count] > limit ? limit + 1 : row[to_count];
}

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
                                : od_nearest_distance(nearest->wrong, word, limit);
    if (distance > limit) return;
    const bool as_near = nearest->best.size && distance == nearest->distance;
    if (as_near && !is_better(nearest->wrong, word, nearest->best)) return;
    nearest->best = word;
    nearest->distance = distance;
}
