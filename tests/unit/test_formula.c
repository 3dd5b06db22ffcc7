// Cells of text that a spreadsheet would run.
#include "data/formula.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

static void test_guard(void **state) {
    static const struct {
        const char *cell;
        bool guarded;
    } CASES[] = {{"=1+1", true},  {"+86 10", true}, {"-", true},      {"@a", true},   {"\tx", true},
                 {"＝SUM", true}, {"'=1", true},    {"''+a", true},   {"=", true},    {"=5", true},
                 {"-5", false},   {"+5.2", false},  {"", false},      {"a=1", false}, {"'a", false},
                 {"''", false},   {"张三", false},  {"2025-02", false}};
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(od_formula_needs_guard(od_slice_of(CASES[i].cell)), CASES[i].guarded);
}

// What is read is what was written, guarded or not.
static void test_round_trip(void **state) {
    static const char *const CELLS[] = {"=1", "'=1", "''=1", "'a", "'", "", "-5", "@", "'@x", "+a"};
    (void)state;
    for (size_t i = 0; i < sizeof CELLS / sizeof *CELLS; i++) {
        char written[16] = "'";
        strcpy(written + od_formula_needs_guard(od_slice_of(CELLS[i])), CELLS[i]);
        assert_true(od_slice_is(od_formula_unguard(od_slice_of(written)), CELLS[i]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_guard),
                                       cmocka_unit_test(test_round_trip)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
