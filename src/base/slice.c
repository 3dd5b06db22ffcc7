#include "base/slice.h"

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
