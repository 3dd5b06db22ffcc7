// Chinese numerals: what reads as a number and what only looks like one, and the way back.
#include "base/numeral.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_read(void **state) {
    (void)state;
    static const struct {
        const char *text, *used; // the part that is the number; NULL when there is none
        int64_t number;
        bool digits;
    } CASES[] = {
        {"十二", "十二", 12, false},
        {"十", "十", 10, false},
        {"二十", "二十", 20, false},
        {"二十四节气", "二十四", 24, false},
        {"一百", "一百", 100, false},
        {"一百零五", "一百零五", 105, false},
        {"一百〇五", "一百〇五", 105, false},
        {"一百一十", "一百一十", 110, false},
        {"一百一十五", "一百一十五", 115, false},
        {"三千零五十二", "三千零五十二", 3052, false},
        {"三千零二", "三千零二", 3002, false},
        {"一万二千", "一万二千", 12000, false},
        {"一万零二百", "一万零二百", 10200, false},
        {"十二万", "十二万", 120000, false},
        {"一百二十万零三", "一百二十万零三", 1200003, false},
        {"三千万", "三千万", 30000000, false},
        {"一亿", "一亿", 100000000, false},
        {"一亿二千万", "一亿二千万", 120000000, false},
        {"一亿零五", "一亿零五", 100000005, false},
        {"一亿零三十万", "一亿零三十万", 100300000, false},
        {"一万二千亿", "一万二千亿", 1200000000000, false},
        {"九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九",
         "九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九", 9999999999999999, false},
        {"两个", "两", 2, false},
        {"两百", "两百", 200, false},
        {"两千零二", "两千零二", 2002, false},
        {"两万两千", "两万两千", 22000, false},
        {"廿", "廿", 20, false},
        {"廿一", "廿一", 21, false},
        {"卅二人", "卅二", 32, false},
        {"零", "零", 0, false},
        {"七日", "七", 7, false},
        {"壹仟贰佰元整", "壹仟贰佰", 1200, false},
        {"叁拾贰", "叁拾贰", 32, false},
        {"壹拾", "壹拾", 10, false},
        {"拾贰", "拾贰", 12, false},
        {"二〇二二年", "二〇二二", 2022, true},
        {"二○二二", "二○二二", 2022, true},
        {"二零二二", "二零二二", 2022, true},
        {"一一", "一一", 11, true},
        {"三五天", "三五", 35, true},
        {"〇〇七", "〇〇七", 7, true},
        {"贰零贰贰", "贰零贰贰", 2022, true},
        {"一二三四五六七八九一二三四五六七八", "一二三四五六七八九一二三四五六七八", 12345678912345678, true},
        // No numbers.
        {"", NULL, 0, false},
        {"12", NULL, 0, false},
        {"支部", NULL, 0, false},
        {"百", NULL, 0, false},
        {"万", NULL, 0, false},
        {"亿元", NULL, 0, false},
        {"三千五", NULL, 0, false},
        {"一百五", NULL, 0, false},
        {"一百十", NULL, 0, false},
        {"一千二十", NULL, 0, false},
        {"二三十", NULL, 0, false},
        {"五六百", NULL, 0, false},
        {"十百", NULL, 0, false},
        {"百一", NULL, 0, false},
        {"一万二", NULL, 0, false},
        {"一亿五", NULL, 0, false},
        {"两十", NULL, 0, false},
        {"十两", NULL, 0, false},
        {"二两", NULL, 0, false},
        {"两二", NULL, 0, false},
        {"三千零", NULL, 0, false},
        {"三千零零五", NULL, 0, false},
        {"一万亿万", NULL, 0, false},
        {"一亿亿", NULL, 0, false},
        {"一百廿", NULL, 0, false},
        {"零五", "零五", 5, true},
        {"零十", NULL, 0, false},
        {"一二三四五六七八九〇一二三四五六七八九", NULL, 0, false},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t number = -1;
        size_t size = 99;
        bool digits = false;
        const bool read = od_numeral_read(od_slice_of(CASES[i].text), &number, &size, &digits);
        bool right = read == (CASES[i].used != NULL);
        if (read && right)
            right = size == strlen(CASES[i].used) && number == CASES[i].number &&
                    digits == CASES[i].digits;
        if (!right) print_error("%s: %d %lld %zu\n", CASES[i].text, read, (long long)number, size);
        wrong += !right;
    }
    assert_int_equal(wrong, 0);
}

static void test_write(void **state) {
    (void)state;
    static const struct {
        int64_t number;
        const char *counting, *digits, *capital;
    } CASES[] = {
        {0, "零", "〇", "零"},
        {7, "七", "七", "柒"},
        {10, "十", "一〇", "壹拾"},
        {12, "十二", "一二", "壹拾贰"},
        {32, "三十二", "三二", "叁拾贰"},
        {105, "一百零五", "一〇五", "壹佰零伍"},
        {110, "一百一十", "一一〇", "壹佰壹拾"},
        {1200, "一千二百", "一二〇〇", "壹仟贰佰"},
        {2022, "二千零二十二", "二〇二二", "贰仟零贰拾贰"},
        {3002, "三千零二", "三〇〇二", "叁仟零贰"},
        {3052, "三千零五十二", "三〇五二", "叁仟零伍拾贰"},
        {10000, "一万", "一〇〇〇〇", "壹万"},
        {10200, "一万零二百", "一〇二〇〇", "壹万零贰佰"},
        {12000, "一万二千", "一二〇〇〇", "壹万贰仟"},
        {120000, "十二万", "一二〇〇〇〇", "壹拾贰万"},
        {1200003, "一百二十万零三", "一二〇〇〇〇三", "壹佰贰拾万零叁"},
        {1203000, "一百二十万三千", "一二〇三〇〇〇", "壹佰贰拾万叁仟"},
        {100003000, "一亿零三千", "一〇〇〇〇三〇〇〇", "壹亿零叁仟"},
        {100000000, "一亿", "一〇〇〇〇〇〇〇〇", "壹亿"},
        {100000005, "一亿零五", "一〇〇〇〇〇〇〇五", "壹亿零伍"},
        {100300000, "一亿零三十万", "一〇〇三〇〇〇〇〇", "壹亿零叁拾万"},
        {1000000000000, "一万亿", "一〇〇〇〇〇〇〇〇〇〇〇〇", "壹万亿"},
        {-12, "负十二", "负一二", "负壹拾贰"},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        od_arena arena = {0};
        const od_slice written[] = {od_numeral_write(&arena, CASES[i].number),
                                    od_numeral_write_digits(&arena, CASES[i].number),
                                    od_numeral_write_capital(&arena, CASES[i].number)};
        const char *const wanted[] = {CASES[i].counting, CASES[i].digits, CASES[i].capital};
        for (size_t j = 0; j < 3; j++) {
            if (od_slice_is(written[j], wanted[j])) continue;
            print_error("%lld: %.*s, not %s\n", (long long)CASES[i].number, (int)written[j].size,
                        written[j].data, wanted[j]);
            wrong++;
        }
        od_arena_free(&arena);
    }
    assert_int_equal(wrong, 0);
}

static void assert_round(int64_t number) {
    od_arena arena = {0};
    const od_slice written[] = {od_numeral_write(&arena, number),
                                od_numeral_write_capital(&arena, number)};
    for (size_t i = 0; i < 2; i++) {
        int64_t back = -1;
        size_t size = 0;
        bool digits = true;
        if (!od_numeral_read(written[i], &back, &size, &digits) || back != number)
            print_error("%lld: %.*s\n", (long long)number, (int)written[i].size, written[i].data);
        assert_true(back == number && size == written[i].size && !digits);
    }
    od_arena_free(&arena);
}

static void test_there_and_back(void **state) {
    (void)state;
    for (int64_t i = 0; i < 20000; i++) assert_round(i);
    uint64_t random = 12345;
    for (int i = 0; i < 20000; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        // All sizes, with many zeros among the digits.
        int64_t number = 0;
        for (uint64_t bits = random >> 16, left = random % 17; left > 0; left--, bits /= 20)
            number = number * 10 + (int64_t)(bits % 20 < 10 ? 0 : bits % 20 - 10);
        assert_round(number % 10000000000000000);
    }
}

// The longest numbers are still written, even where no reader is asked for them.
static void test_extremes(void **state) {
    (void)state;
    od_arena arena = {0};
    assert_true(od_slice_is(od_numeral_write(&arena, INT64_MIN),
                            "负九百二十二亿三千三百七十二万零三百六十八亿五千四百七十七万五千八百零八"));
    assert_true(od_slice_is(od_numeral_write_digits(&arena, INT64_MIN),
                            "负九二二三三七二〇三六八五四七七五八〇八"));
    od_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_write),
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_extremes),
    };
    return cmocka_run_group_tests_name("numeral", tests, NULL, NULL);
}
