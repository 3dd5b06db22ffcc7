// Periods: the last day of what the heads of reports say.
#include "data/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_periods(void **state) {
    (void)state;
    static const struct {
        const char *text;
        od_date end;
    } CASES[] = {
        {"2024", {2024, 12, 31}},
        {"2024年", {2024, 12, 31}},
        {"2024年度", {2024, 12, 31}},
        {"2024年全年", {2024, 12, 31}},
        {"二〇二四年", {2024, 12, 31}},
        {"2024年上半年", {2024, 6, 30}},
        {"2024年下半年", {2024, 12, 31}},
        {"2024H1", {2024, 6, 30}},
        {"2024年第三季度", {2024, 9, 30}},
        {"2024年一季度", {2024, 3, 31}},
        {"2024Q1", {2024, 3, 31}},
        {"2024年2月", {2024, 2, 29}},
        {"2023年2月份", {2023, 2, 28}},
        {"2024年3月底", {2024, 3, 31}},
        {"2024年底", {2024, 12, 31}},
        {"2024-06", {2024, 6, 30}},
        {"2024年3月5日", {2024, 3, 5}},
        {"2024年1—6月", {2024, 6, 30}},
        {"2024年1-6月", {2024, 6, 30}},
        {"2024年1月至6月", {2024, 6, 30}},
        {"2024年1月1日至6月30日", {2024, 6, 30}},
        {"2023年7月到2024年6月", {2024, 6, 30}},
        {"2024-01-01/2024-06-30", {2024, 6, 30}},
        {"2024-01-01～2024-06-30", {2024, 6, 30}},
        {"2023—2024年度", {2024, 12, 31}},
        {"2023—2024", {2024, 12, 31}},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        od_date end = {0};
        if (!od_period_end(od_slice_of(CASES[i].text), &end)) fail_msg("not read: %s", CASES[i].text);
        if (od_date_days(end) != od_date_days(CASES[i].end))
            fail_msg("%s ends on %d-%d-%d", CASES[i].text, end.year, end.month, end.day);
    }
}

static void test_none(void **state) {
    (void)state;
    static const char *const CASES[] = {"",         "去年",         "上半年",       "6月",     "24年",
                                        "2024年13月", "2024年2月30日", "2024年第五季度", "2024x",   "2024年至",
                                        "99999",    "2024年春季",     "—",            "至2024年春"};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        od_date end;
        if (od_period_end(od_slice_of(CASES[i]), &end))
            fail_msg("%s is read as a period", CASES[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_periods), cmocka_unit_test(test_none)};
    return cmocka_run_group_tests_name("period", tests, NULL, NULL);
}
