// SHA-1 (FIPS 180-4), as pandoc.utils.sha1 gives it; not for secrets.
#ifndef OD_LUA_SHA1_H
#define OD_LUA_SHA1_H

#include "base/slice.h"

// Writes the 40 hexadecimal digits of the hash of `text`, and a NUL.
void od_sha1(od_slice text, char digits[41]);

#endif
