// Slices: borrowed bytes, compared and cut without copying.
#ifndef OD_BASE_SLICE_H
#define OD_BASE_SLICE_H

#include <orgdraft.h>

#include <string.h>

// A slice of a string literal.
#define OD_SLICE(literal) ((od_slice){"" literal, sizeof(literal) - 1})

// Returns a slice of the NUL-closed string `text`; NULL gives the empty slice.
static inline od_slice od_slice_of(const char *text) {
    return (od_slice){text, text ? strlen(text) : 0};
}

// Returns the bytes [start, end) of `slice`; the range must lie in it.
static inline od_slice od_slice_cut(od_slice slice, size_t start, size_t end) {
    return (od_slice){slice.data ? slice.data + start : NULL, end - start};
}

// Returns the bytes of `slice` from `start` on.
static inline od_slice od_slice_from(od_slice slice, size_t start) {
    return od_slice_cut(slice, start, slice.size);
}

static inline bool od_slice_equal(od_slice a, od_slice b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool od_slice_is(od_slice a, const char *text) {
    return od_slice_equal(a, od_slice_of(text));
}

static inline bool od_slice_starts(od_slice slice, od_slice prefix) {
    return slice.size >= prefix.size &&
           (prefix.size == 0 || memcmp(slice.data, prefix.data, prefix.size) == 0);
}

static inline bool od_slice_ends(od_slice slice, od_slice suffix) {
    return slice.size >= suffix.size &&
           (suffix.size == 0 ||
            memcmp(slice.data + slice.size - suffix.size, suffix.data, suffix.size) == 0);
}

// Compares byte by byte, a prefix first: negative, zero or positive as memcmp.
int od_slice_compare(od_slice a, od_slice b);

// Returns the offset of the first `needle` in `slice` at or after `from`, or SIZE_MAX.
size_t od_slice_find(od_slice slice, od_slice needle, size_t from);

// Returns `slice` without ASCII white space (space, tab, CR, LF) at both ends.
od_slice od_slice_trim(od_slice slice);

#endif
