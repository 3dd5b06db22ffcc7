#include "base/buf.h"

#include "base/arena.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// Asks for large pages: the small ones of a large buffer cost more than what is written there.
static void want_large_pages(char *data, size_t capacity) {
#ifdef MADV_HUGEPAGE
    enum { LARGE = 4 * 1024 * 1024 };
    if (capacity < LARGE) return;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), at = (uintptr_t)data;
    const uintptr_t start = (at + page - 1) & ~(page - 1), end = (at + capacity) & ~(page - 1);
    madvise((void *)start, end - start, MADV_HUGEPAGE); // no matter if not
#else
    (void)data;
    (void)capacity;
#endif
}

void od_buf_grow(od_buf *buf, size_t extra) {
    if (extra > SIZE_MAX / 2 - buf->size) od_run_out(extra);
    size_t capacity = buf->capacity ? buf->capacity * 2 : 256;
    if (capacity < buf->size + extra) capacity = buf->size + extra;
    char *const data = realloc(buf->data, capacity);
    if (!data) od_run_out(capacity);
    want_large_pages(data, capacity);
    buf->data = data;
    buf->capacity = capacity;
}

void od_buf_add(od_buf *buf, od_slice text) {
    if (!text.size) return;
    memcpy(od_buf_reserve(buf, text.size), text.data, text.size);
    buf->size += text.size;
}

void od_buf_text(od_buf *buf, const char *text) {
    od_buf_add(buf, od_slice_of(text));
}

void od_buf_number(od_buf *buf, size_t number) {
    char digits[24];
    size_t at = sizeof digits;
    do digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    od_buf_add(buf, (od_slice){digits + at, sizeof digits - at});
}

void od_buf_free(od_buf *buf) {
    free(buf->data);
    *buf = (od_buf){0};
}
