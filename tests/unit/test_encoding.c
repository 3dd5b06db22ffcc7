// Encodings: what bytes tell of themselves, what a name decides, and the way back.
#include "data/encoding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

// 支部 in several encodings.
#define GBK_BRANCH "\xD6\xA7\xB2\xBF"
#define UTF16LE_BRANCH "\x2F\x65\xE8\x90"
#define UTF16BE_BRANCH "\x65\x2F\x90\xE8"
#define BIG5_BRANCH "\xA4\xE4\xB3\xA1"

typedef struct fixture {
    od_arena arena;
    od_diagnostics failures;
    od_decoded decoded;
    od_status status;
} fixture;

static void decode(fixture *f, od_slice bytes, const char *encoding) {
    *f = (fixture){0};
    f->failures = (od_diagnostics){.arena = &f->arena, .language = OD_ENGLISH};
    f->status = od_charset_decode(&f->arena, &f->failures, "rows.csv", bytes, encoding, &f->decoded);
    assert_int_equal(f->failures.found.count, f->status == OD_OK ? 0 : 1);
}

static void assert_decoded(od_slice bytes, const char *encoding, const char *text,
                           const char *found, bool guessed) {
    fixture f;
    decode(&f, bytes, encoding);
    assert_int_equal(f.status, OD_OK);
    if (!od_slice_is(f.decoded.text, text))
        print_error("“%.*s”\n", (int)f.decoded.text.size, f.decoded.text.data);
    assert_true(od_slice_is(f.decoded.text, text));
    assert_string_equal(f.decoded.encoding, found);
    assert_int_equal(f.decoded.guessed, guessed);
    od_arena_free(&f.arena);
}

static void test_told_by_bytes(void **state) {
    (void)state;
    assert_decoded(OD_SLICE("支部,a"), NULL, "支部,a", "UTF-8", false);
    assert_decoded(OD_SLICE(""), NULL, "", "UTF-8", false);
    assert_decoded(OD_SLICE("\xEF\xBB\xBF支部"), NULL, "\xEF\xBB\xBF支部", "UTF-8", false);
    assert_decoded(OD_SLICE(GBK_BRANCH ",a"), NULL, "支部,a", "GB18030", true);
    assert_decoded(OD_SLICE("\xFF\xFE" UTF16LE_BRANCH), NULL, "支部", "UTF-16LE", false);
    assert_decoded(OD_SLICE("\xFE\xFF" UTF16BE_BRANCH), NULL, "支部", "UTF-16BE", false);
    assert_decoded(OD_SLICE("\xFF\xFE\0\0\x2F\x65\0\0"), NULL, "支", "UTF-32LE", false);
    // Four bytes of GB 18030, and the euro of Windows.
    assert_decoded(OD_SLICE(GBK_BRANCH "\x81\x39\xEE\x39"), NULL, "支部㐀", "GB18030", true);
    assert_decoded(OD_SLICE(GBK_BRANCH "12\x80"), NULL, "支部12€", "GB18030", true);
}

static void test_named(void **state) {
    (void)state;
    assert_decoded(OD_SLICE(GBK_BRANCH), "gbk", "支部", "gbk", false);
    assert_decoded(OD_SLICE(GBK_BRANCH), "GB2312", "支部", "GB2312", false);
    assert_decoded(OD_SLICE(BIG5_BRANCH), "big5", "支部", "big5", false);
    assert_decoded(OD_SLICE(UTF16LE_BRANCH), "utf-16le", "支部", "utf-16le", false);
    assert_decoded(OD_SLICE("支部"), "utf8", "支部", "utf8", false);
}

static void assert_refused(od_slice bytes, const char *encoding, od_status status,
                           const char *part) {
    fixture f;
    decode(&f, bytes, encoding);
    assert_int_equal(f.status, status);
    const od_slice message = f.failures.found.items[0].message;
    if (od_slice_find(message, od_slice_of(part), 0) == SIZE_MAX)
        print_error("%.*s\n", (int)message.size, message.data);
    assert_true(od_slice_find(message, od_slice_of(part), 0) != SIZE_MAX);
    od_arena_free(&f.arena);
}

static void test_refused(void **state) {
    (void)state;
    assert_refused(OD_SLICE("a\nb\n\xFF\xFF"), NULL, OD_INVALID, "line 3 is neither");
    assert_refused(OD_SLICE("caf\xE9,1"), NULL, OD_INVALID, "line 1 is neither");
    assert_refused(OD_SLICE(GBK_BRANCH), "utf-8", OD_INVALID, "line 1 is not UTF-8");
    assert_refused(OD_SLICE("\xFF"), "gbk", OD_INVALID, "line 1 is not in the encoding gbk");
    assert_refused(OD_SLICE("支部\n第三支部\xE6\n"), NULL, OD_INVALID, "line 2 is not UTF-8");
    assert_refused(OD_SLICE("a"), "klingon", OD_NOT_FOUND, "“klingon” is not known");
    assert_refused(OD_SLICE("a"), "gbk//IGNORE", OD_NOT_FOUND, "is not known");
    assert_refused(OD_SLICE("a"), "", OD_NOT_FOUND, "is not known");
}

static void assert_encoded(const char *encoding, od_slice text, od_slice expected) {
    od_buf out = {0};
    size_t missing;
    od_buf_byte(&out, '>'); // what is there stays
    assert_int_equal(od_charset_encode(encoding, text, &out, &missing), OD_OK);
    assert_true(od_slice_equal(od_slice_from(od_buf_slice(&out), 1), expected));
    od_buf_free(&out);
}

static void test_encode(void **state) {
    (void)state;
    assert_encoded("gbk", OD_SLICE("支部,a"), OD_SLICE(GBK_BRANCH ",a"));
    assert_encoded("GB18030", OD_SLICE("㐀"), OD_SLICE("\x81\x39\xEE\x39"));
    assert_encoded("utf-8", OD_SLICE("支部"), OD_SLICE("支部"));
    assert_encoded("utf-16le", OD_SLICE("支部"), OD_SLICE(UTF16LE_BRANCH));
    assert_encoded("gbk", OD_SLICE(""), OD_SLICE(""));
    od_buf out = {0};
    size_t missing = 0;
    od_buf_byte(&out, '>');
    // What GBK lacks is not made into something like it.
    assert_int_equal(od_charset_encode("gbk", OD_SLICE("支部㐀"), &out, &missing), OD_INVALID);
    assert_int_equal(missing, 6);
    assert_int_equal(out.size, 1);
    assert_int_equal(od_charset_encode("ascii", OD_SLICE("a支"), &out, &missing), OD_INVALID);
    assert_int_equal(missing, 1);
    assert_int_equal(od_charset_encode("klingon", OD_SLICE("a"), &out, &missing), OD_NOT_FOUND);
    od_buf_free(&out);
}

// Every character of GBK goes there and back; many of them make the buffer grow.
static void test_round(void **state) {
    (void)state;
    od_buf bytes = {0}, back = {0};
    for (unsigned lead = 0xB0; lead <= 0xF7; lead++)
        for (unsigned trail = 0xA1; trail <= (lead == 0xD7 ? 0xF9u : 0xFEu); trail++) {
            od_buf_byte(&bytes, (char)lead);
            od_buf_byte(&bytes, (char)trail);
        }
    fixture f;
    decode(&f, od_buf_slice(&bytes), NULL);
    assert_int_equal(f.status, OD_OK);
    assert_true(f.decoded.guessed);
    assert_int_equal(f.decoded.text.size, 6763 * 3); // the Chinese characters of GB 2312
    size_t missing;
    assert_int_equal(od_charset_encode("gbk", f.decoded.text, &back, &missing), OD_OK);
    assert_true(od_slice_equal(od_buf_slice(&bytes), od_buf_slice(&back)));
    od_arena_free(&f.arena);
    od_buf_free(&bytes);
    od_buf_free(&back);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_told_by_bytes), cmocka_unit_test(test_named),
        cmocka_unit_test(test_refused),       cmocka_unit_test(test_encode),
        cmocka_unit_test(test_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
