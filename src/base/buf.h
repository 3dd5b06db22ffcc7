// Buffers: bytes that grow, owned by one place and freed by it.
#ifndef OD_BASE_BUF_H
#define OD_BASE_BUF_H

#include "base/slice.h"

// All zeros is empty.
typedef struct od_buf {
    char *data;
    size_t size, capacity;
} od_buf;

// Moves the bytes to where `extra` more have room.
void od_buf_grow(od_buf *buf, size_t extra);

// Makes room for `extra` more bytes and returns where they go; od_buf.size is for the caller to raise.
static inline char *od_buf_reserve(od_buf *buf, size_t extra) {
    if (buf->capacity - buf->size < extra) od_buf_grow(buf, extra);
    return buf->data ? buf->data + buf->size : NULL;
}

// Appends bytes.
void od_buf_add(od_buf *buf, od_slice text);

// Appends one byte.
static inline void od_buf_byte(od_buf *buf, char byte) {
    *od_buf_reserve(buf, 1) = byte;
    buf->size++;
}

// Appends a NUL-closed string.
void od_buf_text(od_buf *buf, const char *text);

// Appends the decimal digits of `number`.
void od_buf_number(od_buf *buf, size_t number);

// Frees the bytes and empties the buffer.
void od_buf_free(od_buf *buf);

static inline od_slice od_buf_slice(const od_buf *buf) {
    return (od_slice){buf->data, buf->size};
}

#endif
