// pandoc.text: Unicode text, on code points.
#include "lua/modules.h"

#include "base/utf8.h"
#include "lua/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <utf8proc.h>

// Letters whose upper case is several letters. Source: Unicode 15, SpecialCasing.txt, the mappings
// without conditions. (The only such lower case is that of U+0130.)
typedef struct special {
    uint32_t code;
    const char *upper;
} special;

static const special SPECIAL[] = {
    {0x00DF, "SS"}, {0x0149, "\u02BCN"}, {0x01F0, "J\u030C"}, {0x0390, "\u0399\u0308\u0301"},
    {0x03B0, "\u03A5\u0308\u0301"}, {0x0587, "\u0535\u0552"}, {0x1E96, "H\u0331"},
    {0x1E97, "T\u0308"}, {0x1E98, "W\u030A"}, {0x1E99, "Y\u030A"}, {0x1E9A, "A\u02BE"},
    {0x1F50, "\u03A5\u0313"}, {0x1F52, "\u03A5\u0313\u0300"}, {0x1F54, "\u03A5\u0313\u0301"},
    {0x1F56, "\u03A5\u0313\u0342"}, {0x1F80, "\u1F08\u0399"}, {0x1F81, "\u1F09\u0399"},
    {0x1F82, "\u1F0A\u0399"}, {0x1F83, "\u1F0B\u0399"}, {0x1F84, "\u1F0C\u0399"},
    {0x1F85, "\u1F0D\u0399"}, {0x1F86, "\u1F0E\u0399"}, {0x1F87, "\u1F0F\u0399"},
    {0x1F88, "\u1F08\u0399"}, {0x1F89, "\u1F09\u0399"}, {0x1F8A, "\u1F0A\u0399"},
    {0x1F8B, "\u1F0B\u0399"}, {0x1F8C, "\u1F0C\u0399"}, {0x1F8D, "\u1F0D\u0399"},
    {0x1F8E, "\u1F0E\u0399"}, {0x1F8F, "\u1F0F\u0399"}, {0x1F90, "\u1F28\u0399"},
    {0x1F91, "\u1F29\u0399"}, {0x1F92, "\u1F2A\u0399"}, {0x1F93, "\u1F2B\u0399"},
    {0x1F94, "\u1F2C\u0399"}, {0x1F95, "\u1F2D\u0399"}, {0x1F96, "\u1F2E\u0399"},
    {0x1F97, "\u1F2F\u0399"}, {0x1F98, "\u1F28\u0399"}, {0x1F99, "\u1F29\u0399"},
    {0x1F9A, "\u1F2A\u0399"}, {0x1F9B, "\u1F2B\u0399"}, {0x1F9C, "\u1F2C\u0399"},
    {0x1F9D, "\u1F2D\u0399"}, {0x1F9E, "\u1F2E\u0399"}, {0x1F9F, "\u1F2F\u0399"},
    {0x1FA0, "\u1F68\u0399"}, {0x1FA1, "\u1F69\u0399"}, {0x1FA2, "\u1F6A\u0399"},
    {0x1FA3, "\u1F6B\u0399"}, {0x1FA4, "\u1F6C\u0399"}, {0x1FA5, "\u1F6D\u0399"},
    {0x1FA6, "\u1F6E\u0399"}, {0x1FA7, "\u1F6F\u0399"}, {0x1FA8, "\u1F68\u0399"},
    {0x1FA9, "\u1F69\u0399"}, {0x1FAA, "\u1F6A\u0399"}, {0x1FAB, "\u1F6B\u0399"},
    {0x1FAC, "\u1F6C\u0399"}, {0x1FAD, "\u1F6D\u0399"}, {0x1FAE, "\u1F6E\u0399"},
    {0x1FAF, "\u1F6F\u0399"}, {0x1FB2, "\u1FBA\u0399"}, {0x1FB3, "\u0391\u0399"},
    {0x1FB4, "\u0386\u0399"}, {0x1FB6, "\u0391\u0342"}, {0x1FB7, "\u0391\u0342\u0399"},
    {0x1FBC, "\u0391\u0399"}, {0x1FC2, "\u1FCA\u0399"}, {0x1FC3, "\u0397\u0399"},
    {0x1FC4, "\u0389\u0399"}, {0x1FC6, "\u0397\u0342"}, {0x1FC7, "\u0397\u0342\u0399"},
    {0x1FCC, "\u0397\u0399"}, {0x1FD2, "\u0399\u0308\u0300"}, {0x1FD3, "\u0399\u0308\u0301"},
    {0x1FD6, "\u0399\u0342"}, {0x1FD7, "\u0399\u0308\u0342"}, {0x1FE2, "\u03A5\u0308\u0300"},
    {0x1FE3, "\u03A5\u0308\u0301"}, {0x1FE4, "\u03A1\u0313"}, {0x1FE6, "\u03A5\u0342"},
    {0x1FE7, "\u03A5\u0308\u0342"}, {0x1FF2, "\u1FFA\u0399"}, {0x1FF3, "\u03A9\u0399"},
    {0x1FF4, "\u038F\u0399"}, {0x1FF6, "\u03A9\u0342"}, {0x1FF7, "\u03A9\u0342\u0399"},
    {0x1FFC, "\u03A9\u0399"}, {0xFB00, "FF"}, {0xFB01, "FI"}, {0xFB02, "FL"}, {0xFB03, "FFI"},
    {0xFB04, "FFL"}, {0xFB05, "ST"}, {0xFB06, "ST"}, {0xFB13, "\u0544\u0546"},
    {0xFB14, "\u0544\u0535"}, {0xFB15, "\u0544\u053B"}, {0xFB16, "\u054E\u0546"},
    {0xFB17, "\u0544\u053D"},
};

enum { SPECIAL_COUNT = sizeof SPECIAL / sizeof *SPECIAL };

static const char *special_upper(uint32_t code) {
    size_t low = 0, high = SPECIAL_COUNT;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (SPECIAL[middle].code == code) return SPECIAL[middle].upper;
        if (SPECIAL[middle].code < code) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static void add_code(luaL_Buffer *out, uint32_t code) {
    char bytes[4];
    luaL_addlstring(out, bytes, od_utf8_write(code, bytes));
}

// Whether `b` are the first bytes of one of the characters without case of which Chinese and
// Japanese drafts consist: U+3000 to U+9FFF, the marks from U+2000 to U+203F and from U+FF00 to
// U+FF20.
static bool is_caseless(const unsigned char *b) {
    if ((b[1] & 0xC0) != 0x80 || (b[2] & 0xC0) != 0x80) return false;
    if (b[0] >= 0xE3 && b[0] <= 0xE9) return true;
    return (b[0] == 0xE2 && b[1] == 0x80) || (b[0] == 0xEF && b[1] == 0xBC && b[2] <= 0xA0);
}

// Returns where the characters without case from `at` on end.
static size_t caseless_end(od_slice text, size_t at) {
    while (text.size - at >= 3 && is_caseless((const unsigned char *)text.data + at)) at += 3;
    return at;
}

static void add_upper(luaL_Buffer *out, uint32_t code) {
    const char *const upper = special_upper(code);
    if (upper) luaL_addstring(out, upper);
    else add_code(out, (uint32_t)utf8proc_toupper((utf8proc_int32_t)code));
}

static void add_lower(luaL_Buffer *out, uint32_t code) {
    if (code == 0x130) luaL_addstring(out, "i\u0307");
    else add_code(out, (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
}

static void add_other(luaL_Buffer *out, uint32_t code, bool upper) {
    if (code == OD_NOT_UTF8) add_code(out, 0xFFFD);
    else if (upper) add_upper(out, code);
    else add_lower(out, code);
}

static bool is_letter(char byte, char first) {
    return (unsigned)(byte - first) < 26;
}

// Returns how many bytes at the front of `text` stay as they are.
static size_t unchanged_size(od_slice text, char first) {
    for (size_t at = 0; at < text.size;) {
        if ((uint8_t)text.data[at] < 0x80) {
            if (is_letter(text.data[at], first)) return at;
            at++;
            continue;
        }
        const size_t end = caseless_end(text, at);
        if (end == at) return at;
        at = end;
    }
    return text.size;
}

static void push_case(lua_State *L, od_slice text, size_t at, bool upper) {
    const char first = upper ? 'a' : 'A';
    luaL_Buffer out;
    luaL_buffinitsize(L, &out, text.size);
    luaL_addlstring(&out, text.data, at);
    while (at < text.size) {
        const char c = text.data[at];
        if ((uint8_t)c < 0x80) {
            luaL_addchar(&out, (char)(is_letter(c, first) ? c ^ 0x20 : c));
            at++;
            continue;
        }
        const size_t end = caseless_end(text, at);
        luaL_addlstring(&out, text.data + at, end - at);
        at = end;
        if (at == text.size || (uint8_t)text.data[at] < 0x80) continue;
        size_t size;
        add_other(&out, od_utf8_read(text, at, &size), upper);
        at += size;
    }
    luaL_pushresult(&out);
}

void od_push_case(lua_State *L, od_slice text, bool upper) {
    push_case(L, text, unchanged_size(text, upper ? 'a' : 'A'), upper);
}

// Pushes the text at 1 in the other case; itself where that is the same.
static int convert_case(lua_State *L, const od_signature *signature, bool upper) {
    const od_slice text = od_text_argument(L, signature, 1);
    const size_t same = unchanged_size(text, upper ? 'a' : 'A');
    if (same == text.size && lua_type(L, 1) == LUA_TSTRING) lua_settop(L, 1);
    else push_case(L, text, same, upper);
    return 1;
}

static int lower(lua_State *L) {
    static const od_signature SIGNATURE = {"lower", {"s"}};
    return convert_case(L, &SIGNATURE, false);
}

static int upper(lua_State *L) {
    static const od_signature SIGNATURE = {"upper", {"s"}};
    return convert_case(L, &SIGNATURE, true);
}

static int length(lua_State *L) {
    static const od_signature SIGNATURE = {"len", {"s"}};
    lua_pushinteger(L, (lua_Integer)od_utf8_count(od_text_argument(L, &SIGNATURE, 1)));
    return 1;
}

static void add_text(luaL_Buffer *out, od_slice text) {
    for (size_t at = 0, size; at < text.size; at += size) {
        const uint32_t code = od_utf8_read(text, at, &size);
        if (code == OD_NOT_UTF8) add_code(out, 0xFFFD);
        else luaL_addlstring(out, text.data + at, size);
    }
}

void od_push_reversed(lua_State *L, od_slice text) {
    luaL_Buffer out;
    luaL_buffinitsize(L, &out, text.size);
    for (size_t at = text.size, size; at > 0; at -= size) {
        od_utf8_read_before(text, at, &size);
        add_text(&out, od_slice_cut(text, at - size, at));
    }
    luaL_pushresult(&out);
}

static int reverse(lua_State *L) {
    static const od_signature SIGNATURE = {"reverse", {"s"}};
    od_push_reversed(L, od_text_argument(L, &SIGNATURE, 1));
    return 1;
}

// Returns the offset of code point `index`, from 1, or the size of `text`.
static size_t offset_of(od_slice text, int64_t index) {
    size_t at = 0;
    for (size_t size; index > 1 && at < text.size; index--, at += size)
        od_utf8_read(text, at, &size);
    return at;
}

static int sub(lua_State *L) {
    static const od_signature SIGNATURE = {"sub", {"s", "i", "j"}};
    const od_slice text = od_text_argument(L, &SIGNATURE, 1);
    int64_t first = od_integer_argument(L, &SIGNATURE, 2);
    int64_t last = lua_isnoneornil(L, 3) ? -1 : od_integer_argument(L, &SIGNATURE, 3);
    const int64_t count = (int64_t)od_utf8_count(text);
    if (first < 0) first = first < -count ? 1 : count + first + 1;
    if (last < 0) last = last < -count ? 0 : count + last + 1;
    const size_t start = offset_of(text, first);
    const size_t end = last < first ? start : offset_of(text, last >= count ? count + 1 : last + 1);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    if (end > start) add_text(&out, od_slice_cut(text, start, end));
    luaL_pushresult(&out);
    return 1;
}

// ---- superscripts, subscripts -------------------------------------------------------------------

// The signs behind the digits, which follow each other.
static const char SIGNS[] = "+-=()";

static bool is_white(uint32_t code) {
    return code != OD_NOT_UTF8 && code != 0x200B && od_is_space(code);
}

static uint32_t to_superscript(uint32_t code) {
    if (is_white(code)) return code;
    if (code == '1') return 0xB9;
    if (code == '2' || code == '3') return 0xB0 + code - '0';
    if (od_is_digit(code)) return 0x2070 + code - '0';
    if (code == 0x2212) code = '-';
    const char *const sign = code && code < 0x80 ? strchr(SIGNS, (int)code) : NULL;
    return sign ? 0x207A + (uint32_t)(sign - SIGNS) : 0;
}

static uint32_t to_subscript(uint32_t code) {
    if (is_white(code)) return code;
    if (od_is_digit(code)) return 0x2080 + code - '0';
    const char *const sign = code && code < 0x80 ? strchr(SIGNS, (int)code) : NULL;
    return sign ? 0x208A + (uint32_t)(sign - SIGNS) : 0;
}

// Pushes `text` with each character as `convert` has it, or nil when one has no such form.
static int push_converted(lua_State *L, od_slice text, uint32_t (*convert)(uint32_t code)) {
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    for (size_t at = 0, size; at < text.size; at += size) {
        const uint32_t code = convert(od_utf8_read(text, at, &size));
        if (code) {
            add_code(&out, code);
            continue;
        }
        lua_pushnil(L);
        return 1;
    }
    luaL_pushresult(&out);
    return 1;
}

static int subscript(lua_State *L) {
    static const od_signature SIGNATURE = {"subscript", {"input"}};
    return push_converted(L, od_text_argument(L, &SIGNATURE, 1), to_subscript);
}

static int superscript(lua_State *L) {
    static const od_signature SIGNATURE = {"superscript", {"input"}};
    return push_converted(L, od_text_argument(L, &SIGNATURE, 1), to_superscript);
}

// ---- encodings ----------------------------------------------------------------------------------

static int close_converter(lua_State *L) {
    iconv_t *const converter = lua_touserdata(L, 1);
    if (*converter != (iconv_t)-1) iconv_close(*converter);
    *converter = (iconv_t)-1;
    return 0;
}

// Pushes a converter that Lua closes.
static iconv_t push_converter(lua_State *L, const char *to, const char *from, const char *name) {
    iconv_t *const converter = lua_newuserdatauv(L, sizeof *converter, 0);
    *converter = (iconv_t)-1;
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, close_converter);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    *converter = iconv_open(to, from);
    if (*converter == (iconv_t)-1)
        od_error(L, "mkTextEncoding: does not exist (unknown encoding:%s)", name);
    return *converter;
}

static int convert(lua_State *L, od_slice text, const char *to, const char *from,
                   const char *name) {
    const iconv_t converter = push_converter(L, to, from, name);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    char *in = (char *)(uintptr_t)text.data;
    size_t left = text.size;
    while (left > 0) {
        char bytes[1024], *at = bytes;
        size_t room = sizeof bytes;
        const size_t result = iconv(converter, &in, &left, &at, &room);
        luaL_addlstring(&out, bytes, sizeof bytes - room);
        if (result == (size_t)-1 && errno != E2BIG)
            return od_error(L, "cannot convert from %s to %s: byte %zu is not %s", from, to,
                            text.size - left + 1, from);
    }
    char rest[64], *at = rest;
    size_t room = sizeof rest;
    iconv(converter, NULL, NULL, &at, &room);
    luaL_addlstring(&out, rest, sizeof rest - room);
    luaL_pushresult(&out);
    return 1;
}

static const char *encoding_argument(lua_State *L, const od_signature *signature) {
    return lua_isnoneornil(L, 2) ? "UTF-8" : od_text_argument(L, signature, 2).data;
}

static int from_encoding(lua_State *L) {
    static const od_signature SIGNATURE = {"fromencoding", {"s", "encoding"}};
    const od_slice text = od_text_argument(L, &SIGNATURE, 1);
    const char *const name = encoding_argument(L, &SIGNATURE);
    const od_encoding *const encoding = od_encoding_find(name);
    if (encoding) {
        od_push_decoded(L, encoding, text);
        return 1;
    }
    od_check_trust(L, lua_pushfstring(L, "the encoding '%s'", name));
    return convert(L, text, "UTF-8", name, name);
}

static int to_encoding(lua_State *L) {
    static const od_signature SIGNATURE = {"toencoding", {"s", "enc"}};
    const od_slice text = od_text_argument(L, &SIGNATURE, 1);
    const char *const name = encoding_argument(L, &SIGNATURE);
    const od_encoding *const encoding = od_encoding_find(name);
    if (encoding) {
        const uint32_t missing = od_push_encoded(L, encoding, text);
        if (!missing) return 1;
        return luaL_error(L, "recoverEncode: invalid argument (cannot encode character '\\%d')",
                          (int)missing);
    }
    od_check_trust(L, lua_pushfstring(L, "the encoding '%s'", name));
    return convert(L, text, name, "UTF-8", name);
}

void od_open_text(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"fromencoding", from_encoding}, {"len", length},
        {"lower", lower},                {"reverse", reverse},
        {"sub", sub},                    {"subscript", subscript},
        {"superscript", superscript},    {"toencoding", to_encoding},
        {"upper", upper},                {NULL, NULL},
    };
    luaL_newlib(L, FUNCTIONS);
}
