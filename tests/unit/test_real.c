// Real numbers: shortest digits, as Haskell shows them.
#include "base/real.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_both_ways(void **state) {
    (void)state;
    static const char *const CASES[][2] = {
        {"0", "0.0"}, {"-0.0", "-0.0"}, {"1", "1.0"}, {"0.1", "0.1"}, {"0.05", "5.0e-2"},
        {"0.5555555555555556", "0.5555555555555556"}, {"5.555555555555555e-2", "5.555555555555555e-2"},
        {"9999999", "9999999.0"}, {"10000000", "1.0e7"}, {"-12345678.5", "-1.23456785e7"},
        {"1e300", "1.0e300"}, {"5e-324", "5.0e-324"}, {"120.50", "120.5"}, {"1E+2", "100.0"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        double number;
        od_buf out = {0};
        assert_true(od_real_read(od_slice_of(CASES[i][0]), &number));
        od_real_write(number, &out);
        od_buf_byte(&out, '\0');
        assert_string_equal(out.data, CASES[i][1]);
        od_buf_free(&out);
    }
}

static void test_too_large(void **state) {
    (void)state;
    double number;
    assert_false(od_real_read(OD_SLICE("1e999"), &number));
    char digits[200];
    memset(digits, '1', sizeof digits);
    assert_false(od_real_read((od_slice){digits, sizeof digits}, &number));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_both_ways),
                                       cmocka_unit_test(test_too_large)};
    return cmocka_run_group_tests_name("real", tests, NULL, NULL);
}
