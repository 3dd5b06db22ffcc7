// Packing: numbers and texts as bytes for another process of this program, which has numbers as we do.
#ifndef OD_BASE_PACK_H
#define OD_BASE_PACK_H

#include "base/buf.h"

void od_pack_number(od_buf *out, size_t number);
void od_pack_text(od_buf *out, od_slice text);

// What is left of a message, and whether it fell short so far: it may come from a cage.
typedef struct od_unpacker {
    od_slice rest;
    bool wrong;
} od_unpacker;

// Take the next part of a message; 0 or an empty text, and `wrong`, when it falls short. Texts are
// borrowed from the message.
size_t od_unpack_number(od_unpacker *unpacker);
od_slice od_unpack_text(od_unpacker *unpacker);

#endif
