#include "base/slice.h"

#include <ctype.h>

int od_slice_compare(od_slice a, od_slice b) {
    const size_t common = a.size < b.size ? a.size : b.size;
    const int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order != 0) return order;
    return a.size < b.size ? -1 : a.size > b.size;
}

// A mark such as `[` or `<` is rare in a text, and memchr faster than memmem, which looks at every byte of
// it when the needle is short.
static bool starts_with_mark(od_slice needle) {
    enum { LONGEST = 32 }; // bounds what is compared at each mark
    return needle.size <= LONGEST && ispunct((unsigned char)needle.data[0]) &&
           (unsigned char)needle.data[0] < 0x80;
}

static const char *find_mark(const char *at, const char *end, od_slice needle) {
    for (end -= needle.size - 1; at < end; at++) {
        at = memchr(at, needle.data[0], (size_t)(end - at));
        if (!at || memcmp(at, needle.data, needle.size) == 0) return at;
    }
    return NULL;
}

size_t od_slice_find(od_slice slice, od_slice needle, size_t from) {
    if (from > slice.size || slice.size - from < needle.size) return SIZE_MAX;
    if (needle.size == 0) return from;
    const char *const hit =
        starts_with_mark(needle)
            ? find_mark(slice.data + from, slice.data + slice.size, needle)
            : memmem(slice.data + from, slice.size - from, needle.data, needle.size);
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
