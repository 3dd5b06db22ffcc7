// Encodings of text that are known without the tables of the system, which a caged filter cannot read:
// UTF-8, UTF-16 and UTF-32 in either order of bytes, Latin-1, ASCII.
#ifndef OD_LUA_ENCODING_H
#define OD_LUA_ENCODING_H

#include "lua/host.h"

typedef struct od_encoding od_encoding;

// Returns the encoding called `name`, or NULL.
const od_encoding *od_encoding_find(const char *name);

// Pushes `text` of that encoding as UTF-8; what is none becomes U+FFFD.
void od_push_decoded(lua_State *L, const od_encoding *encoding, od_slice text);

// Pushes UTF-8 `text` in that encoding; returns the first character that it does not have, with
// nothing pushed, or 0.
uint32_t od_push_encoded(lua_State *L, const od_encoding *encoding, od_slice text);

#endif
