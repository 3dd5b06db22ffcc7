// Encoding: which bytes are told of, where, and as what.
#include "base/buf.h"
#include "base/utf8.h"
#include "engine/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct checked {
    od_document document;
    od_diagnostics found;
} checked;

static void check_bytes(checked *c, const char *bytes, size_t size) {
    *c = (checked){.found = {.language = OD_ENGLISH}};
    c->found.arena = &c->document.arena;
    od_source_init(&c->document.source, &c->document.arena, "a.md", (od_slice){bytes, size}, 0);
    c->document.first_invalid = od_utf8_find_invalid(c->document.source.bytes);
    od_check_context context = {.found = &c->found};
    od_check_encoding(&context, &c->document);
}

#define check(c, literal) check_bytes((c), (literal), sizeof(literal) - 1)

static void done(checked *c) {
    od_arena_free(&c->document.arena);
}

static const od_diagnostic *at(const checked *c, size_t index) {
    assert_true(index < c->found.found.count);
    return &c->found.found.items[index];
}

static void assert_finding(const checked *c, size_t index, const char *rule, size_t start,
                           size_t end) {
    assert_string_equal(at(c, index)->rule, rule);
    assert_int_equal(at(c, index)->span.start, start);
    assert_int_equal(at(c, index)->span.end, end);
}

static void assert_says(const checked *c, size_t index, const char *text) {
    assert_true(od_slice_find(at(c, index)->message, od_slice_of(text), 0) != SIZE_MAX);
}

static void assert_count(const checked *c, size_t count) {
    assert_int_equal(c->found.found.count, count);
}

static void test_clean(void **state) {
    (void)state;
    checked c;
    check(&c, "");
    assert_count(&c, 0);
    done(&c);
    // Tabs, line ends, form feed, a byte order mark in front, quotes and dashes (E2 80 ..), NBSP, a
    // middle dot, an emoji joined by U+200D, full-width marks (EF BC ..).
    check(&c, "\xEF\xBB\xBF" "a\tb\r\nc\fd “甲”——‘乙’…… \xC2\xA0·，：１ 👩\xE2\x80\x8D🚀\n"
              "long enough for several blocks of sixty-four bytes, and then some more of it\n");
    assert_count(&c, 0);
    done(&c);
}

static void test_nul(void **state) {
    (void)state;
    checked c;
    check(&c, "ab\0\0\0cd\0");
    assert_count(&c, 2);
    assert_finding(&c, 0, "encoding-nul", 2, 5);
    assert_finding(&c, 1, "encoding-nul", 7, 8);
    assert_null(at(&c, 0)->fix);
    done(&c);
}

static void test_bidi(void **state) {
    (void)state;
    checked c;
    check(&c, "a\xE2\x80\xAE" "b\xE2\x81\xA6" "c\xE2\x81\xA9\xE2\x80\x8E");
    assert_count(&c, 3);
    assert_finding(&c, 0, "encoding-bidi", 1, 4);
    assert_says(&c, 0, "U+202E");
    assert_finding(&c, 1, "encoding-bidi", 5, 8);
    assert_finding(&c, 2, "encoding-bidi", 9, 12);
    assert_int_equal(at(&c, 0)->severity, OD_WARNING);
    done(&c);
}

static void test_control(void **state) {
    (void)state;
    checked c;
    check(&c, "a\x1B[31m\x7F\xC2\x85\xEF\xBB\xBF\xE2\x80\x8B\xE2\x81\xA0\xE2\x80\xA8\x0B");
    assert_count(&c, 8);
    const size_t starts[] = {1, 6, 7, 9, 12, 15, 18, 21};
    for (size_t i = 0; i < 8; i++) {
        assert_string_equal(at(&c, i)->rule, "encoding-control");
        assert_int_equal(at(&c, i)->span.start, starts[i]);
    }
    assert_says(&c, 0, "U+001B, escape");
    assert_int_equal(at(&c, 0)->fix->edit_count, 1);
    assert_int_equal(at(&c, 0)->fix->edits[0].text.size, 0);
    assert_null(at(&c, 2)->fix); // it would join two lines
    assert_null(at(&c, 6)->fix);
    assert_null(at(&c, 7)->fix);
    done(&c);
}

static void test_run_is_one(void **state) {
    (void)state;
    checked c;
    check(&c, "a\xE2\x80\x8B\xE2\x80\x8B" "b\xE2\x80\x8B");
    assert_count(&c, 2);
    assert_finding(&c, 0, "encoding-control", 1, 7);
    assert_int_equal(at(&c, 0)->fix->edits[0].span.start, 1);
    assert_int_equal(at(&c, 0)->fix->edits[0].span.end, 7);
    assert_finding(&c, 1, "encoding-control", 8, 11);
    done(&c);
}

// Thai has no spaces; where it may be broken is written by U+200B.
static void test_thai(void **state) {
    (void)state;
    checked c;
    check(&c, "ภาษา\xE2\x80\x8Bไทย");
    assert_count(&c, 0);
    done(&c);
}

// Each place of a block and each place where two blocks meet.
static void test_every_offset(void **state) {
    (void)state;
    static const char *const SUSPECTS[] = {"\x01", "\x7F", "\xC2\x9B", "\xE2\x80\xAA", "\xE2\x81\xA7",
                                           "\xE2\x80\x8B", "\xEF\xBB\xBF"};
    char bytes[200];
    for (size_t i = 0; i < sizeof SUSPECTS / sizeof *SUSPECTS; i++) {
        const size_t size = strlen(SUSPECTS[i]);
        for (size_t start = 1; start + size <= sizeof bytes; start++) {
            checked c;
            memset(bytes, 'a', sizeof bytes);
            memcpy(bytes + start, SUSPECTS[i], size);
            check_bytes(&c, bytes, sizeof bytes);
            assert_count(&c, 1);
            assert_int_equal(at(&c, 0)->span.start, start);
            assert_int_equal(at(&c, 0)->span.end, start + size);
            done(&c);
        }
    }
}

static void test_cap(void **state) {
    (void)state;
    od_buf text = {0};
    for (int i = 0; i < 250; i++) od_buf_text(&text, "a\x01");
    checked c;
    check_bytes(&c, text.data, text.size);
    assert_count(&c, 101);
    assert_finding(&c, 99, "encoding-control", 199, 200);
    assert_false(at(&c, 100)->has_position);
    assert_says(&c, 100, "250");
    done(&c);
    // A run that starts past the cap must not lengthen the last one that was told.
    od_buf_text(&text, "\x02\x02\x02");
    check_bytes(&c, text.data, text.size);
    assert_finding(&c, 99, "encoding-control", 199, 200);
    assert_says(&c, 100, "251");
    done(&c);
    od_buf_free(&text);
}

static void test_gbk(void **state) {
    (void)state;
    checked c;
    // 一、基本情况。发放资料12篇 in GBK.
    check(&c, "# \xD2\xBB\xA1\xA2\xBB\xF9\xB1\xBE\xC7\xE9\xBF\xF6\xA1\xA3\xB7\xA2\xB7\xC5\xD7\xCA\xC1\xCF"
              "12\xC6\xAA\n");
    assert_count(&c, 1);
    assert_finding(&c, 0, "encoding-utf8", 4, 5); // D2 BB happens to be well-formed
    assert_says(&c, 0, "iconv -f GB18030");
    done(&c);
}

static void test_utf16(void **state) {
    (void)state;
    checked c;
    check(&c, "\xFF\xFE" "a\0b\0\n\0");
    assert_count(&c, 1);
    assert_finding(&c, 0, "encoding-utf8", 0, 1);
    assert_says(&c, 0, "iconv -f UTF-16 ");
    done(&c);
    check(&c, "h\0e\0l\0l\0o\0,\0 \0w\0o\0r\0l\0d\0");
    assert_count(&c, 1);
    assert_finding(&c, 0, "encoding-nul", 1, 2);
    assert_says(&c, 0, "UTF-16LE");
    done(&c);
}

static void test_damaged(void **state) {
    (void)state;
    checked c;
    // A cut character and a lone continuation byte in good text; the rest is looked at all the
    // same.
    check(&c, "会前准备工作\xE4\xB8，学习\x80\x01 x");
    assert_count(&c, 2);
    assert_finding(&c, 0, "encoding-utf8", 18, 19);
    assert_says(&c, 0, "0xE4");
    assert_says(&c, 0, "as 3 in the file"); // E4, B8 and 80
    assert_finding(&c, 1, "encoding-control", 30, 31);
    done(&c);
    check(&c, "caf\xE9 au lait, cr\xE8me"); // Latin-1
    assert_says(&c, 0, "0xE9");
    done(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),        cmocka_unit_test(test_nul),
        cmocka_unit_test(test_bidi),         cmocka_unit_test(test_control),
        cmocka_unit_test(test_run_is_one),   cmocka_unit_test(test_thai),
        cmocka_unit_test(test_every_offset), cmocka_unit_test(test_cap),
        cmocka_unit_test(test_gbk),          cmocka_unit_test(test_utf16),
        cmocka_unit_test(test_damaged),
    };
    return cmocka_run_group_tests_name("check_encoding", tests, NULL, NULL);
}
