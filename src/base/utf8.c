#include "base/utf8.h"

#include "base/block.h"

#include <utf8proc.h>

// Returns the size of the well-formed sequence at `bytes`, or 0. Unicode 15, table 3-7.
static size_t sequence_size(const unsigned char *bytes, size_t available) {
    const unsigned char lead = bytes[0];
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    const size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size > available) return 0;
    unsigned char low = 0x80, high = 0xBF;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F; // surrogates
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F; // past U+10FFFF
    if (bytes[1] < low || bytes[1] > high) return 0;
    for (size_t i = 2; i < size; i++)
        if ((bytes[i] & 0xC0) != 0x80) return 0;
    return size;
}

uint32_t od_utf8_read(od_slice text, size_t offset, size_t *size) {
    const unsigned char *const bytes = (const unsigned char *)text.data + offset;
    // Nearly all that is not ASCII is here.
    if (bytes[0] >= 0xE1 && bytes[0] <= 0xEF && bytes[0] != 0xED && text.size - offset >= 3 &&
        (bytes[1] & 0xC0) == 0x80 && (bytes[2] & 0xC0) == 0x80) {
        *size = 3;
        return (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    }
    *size = sequence_size(bytes, text.size - offset);
    switch (*size) {
    case 1: return bytes[0];
    case 2: return (bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu);
    case 3: return (bytes[0] & 0x0Fu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    case 4:
        return (bytes[0] & 0x07u) << 18 | (bytes[1] & 0x3Fu) << 12 | (bytes[2] & 0x3Fu) << 6 |
               (bytes[3] & 0x3Fu);
    default: *size = 1; return OD_NOT_UTF8;
    }
}

uint32_t od_utf8_read_before(od_slice text, size_t offset, size_t *size) {
    size_t start = offset - 1;
    while (start > 0 && offset - start < 4 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
        start--;
    const uint32_t code = od_utf8_read(od_slice_cut(text, 0, offset), start, size);
    if (start + *size == offset) return code;
    *size = 1;
    return OD_NOT_UTF8;
}

size_t od_utf8_write(uint32_t code, char bytes[4]) {
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        bytes[0] = (char)(0xC0 | code >> 6);
        bytes[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        bytes[0] = (char)(0xE0 | code >> 12);
        bytes[1] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | code >> 18);
    bytes[1] = (char)(0x80 | (code >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (code >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

// The leads of three-byte sequences that need no look at the edges of table 3-7.
static od_block_mask plain_leads(od_block bytes) {
    return (bytes >= 0xE1) & (bytes <= 0xEF) & (bytes != 0xED);
}

// Whether the bytes from `at` are ASCII and plain three-byte sequences, which nearly all of a
// Chinese draft is: a byte continues a sequence exactly if one of the two before it is a lead.
static bool is_plain_block(const char *at) {
    const od_block bytes = od_block_load(at);
    const od_block_mask leads = plain_leads(bytes), continues = (bytes & 0xC0) == 0x80;
    const od_block_mask wanted =
        plain_leads(od_block_load(at - 1)) | plain_leads(od_block_load(at - 2));
    return !od_block_any((continues ^ wanted) | ((bytes >= 0x80) & ~(leads | continues)));
}

// Returns the start of a character not after `at`, up to which all is well-formed, past as many
// plain blocks as there are; the last one may overlap the one before. What stands before `at` must
// be well-formed.
static size_t skip_plain(od_slice text, size_t at) {
    const size_t start = at;
    if (at < 2) return at;
    while (text.size - at >= OD_BLOCK && is_plain_block(text.data + at)) at += OD_BLOCK;
    const size_t last = text.size - OD_BLOCK;
    if (text.size >= OD_BLOCK + 2 && at > last && is_plain_block(text.data + last)) at = text.size;
    if (at == start) return at;
    // The last sequence may go on behind the last block.
    for (at--; ((unsigned char)text.data[at] & 0xC0) == 0x80;) at--;
    return at;
}

size_t od_utf8_find_invalid(od_slice text) {
    enum { STRIDE = 2 * OD_BLOCK }; // after a block that is not plain, so far one by one
    size_t i = 0;
    while (i < text.size) {
        i = skip_plain(text, i);
        const size_t stop = i ? i + STRIDE : 2;
        while (i < text.size && i < stop) {
            const size_t size = sequence_size((const unsigned char *)text.data + i, text.size - i);
            if (!size) return i;
            i += size;
        }
    }
    return SIZE_MAX;
}

size_t od_utf8_count(od_slice text) {
    size_t count = 0, size;
    for (size_t i = 0; i < text.size; i += size, count++) od_utf8_read(text, i, &size);
    return count;
}

size_t od_utf8_count_utf16(od_slice text) {
    size_t count = 0, size;
    for (size_t i = 0; i < text.size; i += size) {
        const uint32_t code = od_utf8_read(text, i, &size);
        count += code != OD_NOT_UTF8 && code > 0xFFFF ? 2 : 1;
    }
    return count;
}

size_t od_utf8_width(od_slice text) {
    size_t width = 0, size;
    for (size_t i = 0; i < text.size; i += size) {
        const uint32_t code = od_utf8_read(text, i, &size);
        if (code == OD_NOT_UTF8 || code == '\t') width++;
        else width += (size_t)utf8proc_charwidth((utf8proc_int32_t)code);
    }
    return width;
}

bool od_is_han(uint32_t code) {
    return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) ||
           code == 0x3007 || code == 0x3005 || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0x20000 && code <= 0x323AF);
}

bool od_is_space(uint32_t code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 ||
           (code >= 0x2000 && code <= 0x200D) || code == 0x202F || code == 0x205F ||
           code == 0x2060 || code == 0x3000 || code == 0xFEFF;
}

bool od_is_bidi_control(uint32_t code) {
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool od_is_alphanumeric(uint32_t code) {
    const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

uint32_t od_lower_case(uint32_t code) {
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

uint32_t od_upper_case(uint32_t code) {
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)code);
}
