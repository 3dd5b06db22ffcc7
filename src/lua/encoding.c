#include "lua/encoding.h"

#include "base/utf8.h"

#include <strings.h>

struct od_encoding {
    const char *name;
    int unit;       // bytes of a unit; 0: UTF-8
    bool big;       // order of bytes
    bool marked;    // starts with a byte order mark, which tells the order
    uint32_t limit; // of characters of single bytes
};

static const od_encoding ENCODINGS[] = {
    {"utf-8", 0, false, false, 0},       {"utf8", 0, false, false, 0},
    {"utf-16le", 2, false, false, 0},    {"utf-16be", 2, true, false, 0},
    {"utf-16", 2, true, true, 0},        {"utf-32le", 4, false, false, 0},
    {"utf-32be", 4, true, false, 0},     {"utf-32", 4, true, true, 0},
    {"latin1", 1, false, false, 0x100},  {"iso-8859-1", 1, false, false, 0x100},
    {"iso8859-1", 1, false, false, 0x100}, {"ascii", 1, false, false, 0x80},
    {"us-ascii", 1, false, false, 0x80},
};

const od_encoding *od_encoding_find(const char *name) {
    for (size_t i = 0; i < sizeof ENCODINGS / sizeof *ENCODINGS; i++)
        if (strcasecmp(name, ENCODINGS[i].name) == 0) return &ENCODINGS[i];
    return NULL;
}

// ---- decoding -----------------------------------------------------------------------------------

static void add_code(luaL_Buffer *out, uint32_t code) {
    char bytes[4];
    const bool scalar = code <= 0x10FFFF && !(code >= 0xD800 && code < 0xE000);
    luaL_addlstring(out, bytes, od_utf8_write(scalar ? code : 0xFFFD, bytes));
}

// Returns the unit at `at`; one that the text cuts off is no character.
static uint32_t unit_at(od_slice text, size_t at, int size, bool big) {
    if (at + (size_t)size > text.size) return OD_NOT_UTF8;
    uint32_t unit = 0;
    for (int i = 0; i < size; i++)
        unit = unit << 8 | (uint8_t)text.data[at + (size_t)(big ? i : size - 1 - i)];
    return unit;
}

static bool is_high_half(uint32_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low_half(uint32_t unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

static void decode_units(luaL_Buffer *out, const od_encoding *e, od_slice text) {
    const size_t size = (size_t)e->unit;
    bool big = e->big;
    size_t at = 0;
    if (e->marked && text.size >= size) {
        const bool other = unit_at(text, 0, e->unit, !big) == 0xFEFF;
        if (other) big = !big;
        if (other || unit_at(text, 0, e->unit, big) == 0xFEFF) at = size;
    }
    for (; at < text.size; at += size) {
        uint32_t code = unit_at(text, at, e->unit, big);
        if (e->unit == 2 && is_high_half(code)) {
            const uint32_t low = unit_at(text, at + size, e->unit, big);
            if (is_low_half(low)) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                at += size;
            }
        }
        add_code(out, e->limit && code >= e->limit ? 0xFFFD : code);
    }
}

static void copy_valid(luaL_Buffer *out, od_slice text) {
    for (size_t at = 0, size; at < text.size; at += size)
        add_code(out, od_utf8_read(text, at, &size));
}

void od_push_decoded(lua_State *L, const od_encoding *encoding, od_slice text) {
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    if (encoding->unit) decode_units(&out, encoding, text);
    else copy_valid(&out, text);
    luaL_pushresult(&out);
}

// ---- encoding -----------------------------------------------------------------------------------

static void add_unit(luaL_Buffer *out, const od_encoding *e, uint32_t unit) {
    for (int i = 0; i < e->unit; i++)
        luaL_addchar(out, (char)(unit >> 8 * (e->big ? e->unit - 1 - i : i) & 0xFF));
}

static uint32_t find_missing(const od_encoding *e, od_slice text) {
    for (size_t at = 0, size; e->limit && at < text.size; at += size) {
        const uint32_t code = od_utf8_read(text, at, &size);
        if (code >= e->limit) return code == OD_NOT_UTF8 ? 0xFFFD : code;
    }
    return 0;
}

uint32_t od_push_encoded(lua_State *L, const od_encoding *encoding, od_slice text) {
    const uint32_t missing = find_missing(encoding, text);
    if (missing) return missing;
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    if (encoding->marked) add_unit(&out, encoding, 0xFEFF);
    if (!encoding->unit) copy_valid(&out, text);
    for (size_t at = 0, size; encoding->unit && at < text.size; at += size) {
        uint32_t code = od_utf8_read(text, at, &size);
        if (code == OD_NOT_UTF8) code = 0xFFFD;
        if (encoding->unit == 2 && code >= 0x10000) {
            add_unit(&out, encoding, 0xD800 + ((code - 0x10000) >> 10));
            code = 0xDC00 + ((code - 0x10000) & 0x3FF);
        }
        add_unit(&out, encoding, code);
    }
    luaL_pushresult(&out);
    return 0;
}
