#include "base/pack.h"

void od_pack_number(od_buf *out, size_t number) {
    const uint64_t n = number;
    od_buf_add(out, (od_slice){(const char *)&n, sizeof n});
}

void od_pack_text(od_buf *out, od_slice text) {
    od_pack_number(out, text.size);
    od_buf_add(out, text);
}

size_t od_unpack_number(od_unpacker *u) {
    uint64_t n = 0;
    if (u->rest.size < sizeof n) {
        u->wrong = true;
        return 0;
    }
    memcpy(&n, u->rest.data, sizeof n);
    u->rest = od_slice_from(u->rest, sizeof n);
    return (size_t)n;
}

od_slice od_unpack_text(od_unpacker *u) {
    const size_t size = od_unpack_number(u);
    if (size > u->rest.size) {
        u->wrong = true;
        return (od_slice){0};
    }
    const od_slice text = od_slice_cut(u->rest, 0, size);
    u->rest = od_slice_from(u->rest, size);
    return text;
}
