// UTF-8: reading and writing code points, and the classes of characters that matter in drafts.
//
// Everything here works on valid and invalid input alike: a byte that starts no well-formed sequence
// (Unicode 15, table 3-7) is one character of size 1 and value OD_NOT_UTF8.
#ifndef OD_BASE_UTF8_H
#define OD_BASE_UTF8_H

#include "base/slice.h"

enum { OD_NOT_UTF8 = 0x7FFFFFFF };

// Reads the character at byte `offset` (which must lie in `text`) and sets `*size` to its bytes, 1 to 4.
uint32_t od_utf8_read(od_slice text, size_t offset, size_t *size);

// Reads the character that ends just before byte `offset` (which must not be 0) and sets `*size`.
uint32_t od_utf8_read_before(od_slice text, size_t offset, size_t *size);

// Writes `code` (a scalar value) to `bytes` and returns how many it took, 1 to 4.
size_t od_utf8_write(uint32_t code, char bytes[4]);

// Returns the offset of the first byte of `text` that is not well-formed UTF-8, or SIZE_MAX.
size_t od_utf8_find_invalid(od_slice text);

// Returns how many code points `text` holds; an ill-formed byte counts one.
size_t od_utf8_count(od_slice text);

// Returns how many UTF-16 units `text` takes; an ill-formed byte counts one.
size_t od_utf8_count_utf16(od_slice text);

// Returns how many cells of a terminal `text` takes: East Asian wide characters two, combining marks
// none (Unicode TR 11); a tab counts one.
size_t od_utf8_width(od_slice text);

// Whether `code` is a Han character (including 〇 and the extensions).
bool od_is_han(uint32_t code);

// Whether `code` is white space to a reader: ASCII white space, NBSP, U+2000..200B, U+3000, zero-width
// characters and the byte order mark.
bool od_is_space(uint32_t code);

// Whether `code` changes the order of text on screen without being seen (Unicode TR 36, bidi controls).
bool od_is_bidi_control(uint32_t code);

// Whether `code` is a letter, a mark on one, or a digit or number of any script (Unicode general
// categories L, M and N).
bool od_is_alphanumeric(uint32_t code);

// Return `code` in lower and upper case, or itself.
uint32_t od_lower_case(uint32_t code);
uint32_t od_upper_case(uint32_t code);

// Returns the half-width form of a full-width ASCII character (U+FF01..FF5E), else `code`.
static inline uint32_t od_half_width(uint32_t code) {
    return code >= 0xFF01 && code <= 0xFF5E ? code - 0xFEE0 : code;
}

static inline bool od_is_ascii_alpha(uint32_t code) {
    return (code | 32u) - 'a' < 26u;
}

static inline bool od_is_digit(uint32_t code) {
    return code - '0' < 10u;
}

#endif
