#include "data/encoding.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>

static const od_slice UTF8_MARK = {"\xEF\xBB\xBF", 3};

// ---- names -------------------------------------------------------------------------------------

// What people call GBK, and what iconv is to be asked for.
typedef struct family {
    const char *name, *read, *written;
} family;

static const family FAMILY[] = {
    {"gbk", "GB18030", "GBK"},    {"cp936", "GB18030", "GBK"},   {"gb2312", "GB18030", "GBK"},
    {"ms936", "GB18030", "GBK"},  {"936", "GB18030", "GBK"},     {"gb18030", "GB18030", "GB18030"},
    {"utf8", "UTF-8", "UTF-8"},   {"utf-8", "UTF-8", "UTF-8"},
};

static const family *find_family(const char *name) {
    for (size_t i = 0; i < sizeof FAMILY / sizeof *FAMILY; i++)
        if (strcasecmp(FAMILY[i].name, name) == 0) return &FAMILY[i];
    return NULL;
}

// Opens a conversion. Some of iconv's names are orders (`//TRANSLIT` makes what it lacks into
// something like it), so a name holds letters, digits and plain marks only.
static iconv_t open_conversion(const char *to, const char *from, const char *asked) {
    for (const char *at = asked; *at; at++) {
        const unsigned char byte = (unsigned char)*at;
        if (!od_is_ascii_alpha(byte) && !od_is_digit(byte) && !strchr("-_.:+()", byte))
            return (iconv_t)-1;
    }
    return *asked ? iconv_open(to, from) : (iconv_t)-1;
}

// ---- conversion --------------------------------------------------------------------------------

// Appends to `out` what `text` becomes. Returns the offset of the first byte that is not of the
// encoding, or lacks there; SIZE_MAX for none. `euro`: a byte 0x80 is “€”, as Windows has it in its
// code page 936.
static size_t convert(iconv_t conversion, od_slice text, bool euro, od_buf *out) {
    enum { ROOM = 64 }; // more than any one character takes
    char *in = (char *)text.data; // iconv does not write to it
    size_t left = text.size;
    for (bool ended = false; !ended;) {
        od_buf_reserve(out, left + left / 2 + ROOM);
        char *to = out->data + out->size;
        size_t room = out->capacity - out->size;
        ended = left == 0; // then the state that some encodings end in is to be written
        const size_t done = iconv(conversion, ended ? NULL : &in, ended ? NULL : &left, &to, &room);
        const int error = done == (size_t)-1 ? errno : 0;
        out->size = (size_t)(to - out->data);
        if (!error) continue;
        if (error == E2BIG) ended = false;
        else if (euro && left && *in == '\x80') {
            od_buf_text(out, "€");
            in++;
            left--;
        } else return text.size - left;
    }
    return SIZE_MAX;
}

// ---- reading -----------------------------------------------------------------------------------

static od_status refuse_name(od_diagnostics *failures, const char *path, const char *encoding) {
    od_fail(failures, path,
            od_say(failures,
                   OD_SAY("the encoding “{1}” is not known here; gbk, utf-8, utf-16 and big5 are usual",
                          "不认识编码“{1}”；常用的有 gbk、utf-8、utf-16、big5"),
                   od_slice_of(encoding)));
    return OD_NOT_FOUND;
}

static od_status refuse_bytes(od_diagnostics *failures, const char *path, od_slice bytes, size_t at,
                              od_text text, const char *encoding) {
    size_t line = 1;
    for (size_t i = 0; i < at; i++) line += bytes.data[i] == '\n';
    od_fail(failures, path,
            od_say(failures, text, od_arena_number(failures->arena, line), od_slice_of(encoding)));
    return OD_INVALID;
}

static od_status decode_as(od_arena *arena, od_diagnostics *failures, const char *path,
                           od_slice bytes, const char *encoding, od_decoded *decoded) {
    const family *const group = find_family(encoding);
    const char *const from = group ? group->read : encoding;
    const bool is_gb = strcmp(from, "GB18030") == 0;
    const iconv_t conversion = open_conversion("UTF-8", from, encoding);
    if (conversion == (iconv_t)-1) return refuse_name(failures, path, encoding);
    od_buf text = {0};
    const size_t wrong = convert(conversion, bytes, is_gb, &text);
    iconv_close(conversion);
    if (wrong == SIZE_MAX) decoded->text = od_arena_copy(arena, od_buf_slice(&text));
    od_buf_free(&text);
    if (wrong == SIZE_MAX) return OD_OK;
    const od_text guessed =
        OD_SAY("line {1} is neither UTF-8 nor GBK; save the file as UTF-8, or name its encoding with "
               "--encoding",
               "第{1}行既不是UTF-8也不是GBK；请把文件另存为UTF-8，或用 --encoding 指明编码");
    const od_text asked = OD_SAY("line {1} is not in the encoding {2}; leave --encoding out, or name "
                                 "another",
                                 "第{1}行不是{2}编码；请去掉 --encoding，或换一个编码");
    return refuse_bytes(failures, path, bytes, wrong, decoded->guessed ? guessed : asked, encoding);
}

static od_status keep_utf8(od_diagnostics *failures, const char *path, od_slice bytes, size_t wrong,
                           od_decoded *decoded) {
    decoded->text = bytes;
    if (wrong == SIZE_MAX) return OD_OK;
    return refuse_bytes(failures, path, bytes, wrong,
                        OD_SAY("line {1} is not UTF-8, though the file begins so or is nearly so; "
                               "something has damaged it",
                               "第{1}行不是UTF-8编码，而文件其余部分是；文件可能已损坏"),
                        "UTF-8");
}

// Whether bytes that are not UTF-8 were so once: nearly every character of more than one byte is
// still whole. In GBK hardly one in seven looks so.
static bool is_damaged_utf8(od_slice bytes) {
    size_t whole = 0, broken = 0, size;
    for (size_t at = 0; at < bytes.size; at += size) {
        const uint32_t code = od_utf8_read(bytes, at, &size);
        whole += code != OD_NOT_UTF8 && size > 1;
        broken += code == OD_NOT_UTF8;
    }
    return whole > broken;
}

typedef struct mark {
    od_slice bytes;
    const char *encoding;
} mark;

static const mark MARKS[] = {
    {{"\xFF\xFE\0\0", 4}, "UTF-32LE"}, // begins as the next one does
    {{"\xFF\xFE", 2}, "UTF-16LE"},
    {{"\xFE\xFF", 2}, "UTF-16BE"},
};

od_status od_charset_decode(od_arena *arena, od_diagnostics *failures, const char *path,
                            od_slice bytes, const char *encoding, od_decoded *decoded) {
    *decoded = (od_decoded){.encoding = encoding};
    const family *const group = encoding ? find_family(encoding) : NULL;
    const size_t wrong = od_utf8_find_invalid(bytes);
    const bool is_utf8 = group && strcmp(group->read, "UTF-8") == 0;
    if (is_utf8) return keep_utf8(failures, path, bytes, wrong, decoded);
    if (encoding) return decode_as(arena, failures, path, bytes, encoding, decoded);
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        const mark *const m = &MARKS[i];
        if (!od_slice_starts(bytes, m->bytes)) continue;
        decoded->encoding = m->encoding;
        return decode_as(arena, failures, path, od_slice_from(bytes, m->bytes.size),
                         m->encoding, decoded);
    }
    decoded->encoding = "UTF-8";
    if (wrong == SIZE_MAX || od_slice_starts(bytes, UTF8_MARK) || is_damaged_utf8(bytes))
        return keep_utf8(failures, path, bytes, wrong, decoded);
    decoded->encoding = "GB18030";
    decoded->guessed = true;
    return decode_as(arena, failures, path, bytes, decoded->encoding, decoded);
}

// ---- writing -----------------------------------------------------------------------------------

od_status od_charset_encode(const char *encoding, od_slice text, od_buf *out, size_t *missing) {
    const family *const group = find_family(encoding);
    const iconv_t conversion =
        open_conversion(group ? group->written : encoding, "UTF-8", encoding);
    if (conversion == (iconv_t)-1) return OD_NOT_FOUND;
    const size_t before = out->size;
    const size_t wrong = convert(conversion, text, false, out);
    iconv_close(conversion);
    if (wrong == SIZE_MAX) return OD_OK;
    out->size = before;
    *missing = wrong;
    return OD_INVALID;
}
