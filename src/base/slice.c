#include "base/slice.h"

#include "base/utf8.h"

int od_slice_compare(od_slice a, od_slice b) {
    const size_t common = a.size < b.size ? a.size : b.size;
    const int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order != 0) return order;
    return a.size < b.size ? -1 : a.size > b.size;
}

size_t od_slice_find(od_slice slice, od_slice needle, size_t from) {
    if (from > slice.size || slice.size - from < needle.size) return SIZE_MAX;
    if (needle.size == 0) return from;
    const char *const hit =
        memmem(slice.data + from, slice.size - from, needle.data, needle.size);
    return hit ? (size_t)(hit - slice.data) : SIZE_MAX;
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

od_slice od_slice_trim(od_slice slice) {
    while (slice.size && is_blank(slice.data[0])) slice = od_slice_from(slice, 1);
    while (slice.size && is_blank(slice.data[slice.size - 1])) slice.size--;
    return slice;
}

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

size_t od_slice_distance(od_slice a, od_slice b, size_t limit) {
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
