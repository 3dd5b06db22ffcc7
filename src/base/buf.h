// Buffers: bytes that grow, owned by one place and freed by it.
#ifndef OD_BASE_BUF_H
#define OD_BASE_BUF_H

#include "base/slice.h"

// All zeros is empty.
typedef struct od_buf {
    char *data;
    size_t size, capacity;
} od_buf;

// Makes room for `extra` more bytes and returns where they go; od_buf.size is for the caller to raise.
char *od_buf_reserve(od_buf *buf, size_t extra);

// Appends bytes.
void od_buf_add(od_buf *buf, od_slice text);

// Appends one byte.
void od_buf_byte(od_buf *buf, char byte);

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
