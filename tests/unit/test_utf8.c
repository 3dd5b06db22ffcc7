// UTF-8: well-formed and ill-formed sequences, counts and widths.
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// Unicode 15, table 3-7: the edges of each row, and what lies just outside.
static const struct row {
    const char *bytes;
    size_t invalid; // offset, SIZE_MAX when well-formed
} ROWS[] = {
    {"", SIZE_MAX},
    {"plain", SIZE_MAX},
    {"\xC2\x80\xDF\xBF", SIZE_MAX},
    {"\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF", SIZE_MAX},
    {"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", SIZE_MAX},
    {"a\x80", 1},
    {"\xC0\x80", 0},
    {"\xC1\xBF", 0},
    {"\xE0\x9F\xBF", 0},
    {"\xED\xA0\x80", 0}, // a surrogate
    {"\xF0\x8F\xBF\xBF", 0},
    {"\xF4\x90\x80\x80", 0},
    {"\xF5\x80\x80\x80", 0},
    {"ok\xE4\xB8", 2},
    {"ok\xE4\xB8z", 2},
    {"\xB0\xB4\xD5\xD5", 0}, // GBK
};

static void ill_formed_bytes_are_found(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_int_equal(od_utf8_find_invalid(od_slice_of(ROWS[i].bytes)), ROWS[i].invalid);
    // Long enough for any step over several bytes at once.
    char text[257];
    for (size_t at = 0; at < 256; at++) {
        memset(text, 'a', sizeof text);
        text[at] = '\xFF';
        assert_int_equal(od_utf8_find_invalid((od_slice){text, 256}), at);
    }
}

static void both_ways_agree(void **state) {
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 37) {
        if (code >= 0xD800 && code <= 0xDFFF) continue;
        char bytes[4];
        size_t size, before;
        const size_t written = od_utf8_write(code, bytes);
        const od_slice text = {bytes, written};
        assert_int_equal(od_utf8_read(text, 0, &size), code);
        assert_int_equal(size, written);
        assert_int_equal(od_utf8_read_before(text, written, &before), code);
        assert_int_equal(before, written);
    }
}

static void counts_and_widths(void **state) {
    (void)state;
    const od_slice text = OD_SLICE("a中😀é");
    assert_int_equal(od_utf8_count(text), 4);
    assert_int_equal(od_utf8_count_utf16(text), 5);
    assert_int_equal(od_utf8_width(text), 1 + 2 + 2 + 1);
    assert_int_equal(od_utf8_width(OD_SLICE("e\xCC\x81")), 1); // a combining accent
    assert_int_equal(od_utf8_count(OD_SLICE("\xFF\xFE")), 2);
}

static void classes(void **state) {
    (void)state;
    assert_true(od_is_han(0x4E00) && od_is_han(0x3007) && od_is_han(0x20000));
    assert_false(od_is_han('a') || od_is_han(0x3001));
    assert_true(od_is_space(0x3000) && od_is_space(0xA0) && od_is_space(0x200B) &&
                od_is_space(0xFEFF));
    assert_true(od_is_bidi_control(0x202E) && od_is_bidi_control(0x2067));
    assert_false(od_is_bidi_control(0x200D));
    assert_int_equal(od_half_width(0xFF21), 'A');
    assert_int_equal(od_half_width(0x3000), 0x3000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ill_formed_bytes_are_found),
        cmocka_unit_test(both_ways_agree),
        cmocka_unit_test(counts_and_widths),
        cmocka_unit_test(classes),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
