// Expressions: what they give, what they may see, and that no expression does harm.
#include "lua/expression.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *name;
    od_field_type type;
    const char *text;
} FIELDS[] = {
    {"excellent", OD_TYPE_INTEGER, "10"},      {"qualified", OD_TYPE_INTEGER, "21"},
    {"basic", OD_TYPE_INTEGER, "0"},           {"price", OD_TYPE_MONEY, "12.10"},
    {"rate", OD_TYPE_PERCENT, "15%"},          {"ten", OD_TYPE_DECIMAL, "10.0"},
    {"branch", OD_TYPE_TEXT, "第三"},          {"secretary", OD_TYPE_PERSON, "张三"},
    {"held", OD_TYPE_DATE, "2022-02-18"},      {"reported", OD_TYPE_DATE, "2022年3月1日"},
    {"year", OD_TYPE_YEAR, "2021"},            {"start", OD_TYPE_TIME, "9:30"},
    {"优秀", OD_TYPE_INTEGER, "10"},           {"人数_合格", OD_TYPE_INTEGER, "21"},
    {"big", OD_TYPE_INTEGER, "999999999999999999"},
};

static bool find(void *context, od_slice name, od_datum *datum) {
    od_arena *const arena = context;
    for (size_t i = 0; i < COUNT(FIELDS); i++) {
        if (!od_slice_is(name, FIELDS[i].name)) continue;
        const od_datum_type type = {.type = FIELDS[i].type};
        od_slice why;
        assert_true(od_datum_read(arena, OD_ENGLISH, &type, od_slice_of(FIELDS[i].text), datum, &why));
        return true;
    }
    *datum = (od_datum){.type = OD_TYPE_INTEGER}; // given, but empty
    return od_slice_is(name, "empty_number");
}

typedef struct fixture {
    od_arena arena;
    od_expressions *expressions;
} fixture;

static int set_up(void **state) {
    fixture *const f = calloc(1, sizeof *f);
    f->expressions = od_expressions_new(OD_ENGLISH, (od_date){0});
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *const f = *state;
    od_expressions_free(f->expressions);
    od_arena_free(&f->arena);
    free(f);
    return 0;
}

static od_evaluation evaluate(fixture *f, od_slice text, od_worth *result) {
    return od_expression_evaluate(f->expressions, &f->arena, text, find, &f->arena, result);
}

typedef struct expectation {
    const char *expression;
    od_evaluation done;
    od_worth_kind kind;
    const char *text; // all of it with OD_EVALUATED and OD_NAME_MISSING, else a part
} expectation;

static size_t count_wrong(fixture *f, const expectation *cases, size_t count) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        od_worth result;
        const clock_t start = clock();
        const od_evaluation done = evaluate(f, od_slice_of(cases[i].expression), &result);
        const bool in_time = clock() - start < 5 * CLOCKS_PER_SEC;
        bool right = done == cases[i].done && in_time;
        if (right && done == OD_EVALUATED) right = result.kind == cases[i].kind;
        if (right && done == OD_UNEVALUABLE) right = strstr(result.text.data, cases[i].text) != NULL;
        else if (right) right = od_slice_is(result.text, cases[i].text);
        if (!right)
            print_error("%.60s: %d %.*s%s\n", cases[i].expression, done, (int)result.text.size,
                        result.text.data, in_time ? "" : " (slow)");
        wrong += !right;
    }
    return wrong;
}

static void test_values(void **state) {
    static const expectation CASES[] = {
        {"excellent + qualified + basic", OD_EVALUATED, OD_WORTH_NUMBER, "31"},
        {" excellent*3 ", OD_EVALUATED, OD_WORTH_NUMBER, "30"},
        {"excellent / 4", OD_EVALUATED, OD_WORTH_NUMBER, "2.5"},
        {"qualified / 3", OD_EVALUATED, OD_WORTH_NUMBER, "7"},
        {"qualified // 2", OD_EVALUATED, OD_WORTH_NUMBER, "10"},
        {"qualified % 2", OD_EVALUATED, OD_WORTH_NUMBER, "1"},
        {"1 / 3", OD_EVALUATED, OD_WORTH_NUMBER, "0.333333333"},
        {"0.1 + 0.2", OD_EVALUATED, OD_WORTH_NUMBER, "0.3"},
        {"price * 3", OD_EVALUATED, OD_WORTH_NUMBER, "36.3"},
        {"price - 12.1", OD_EVALUATED, OD_WORTH_NUMBER, "0"},
        {"-(price - price)", OD_EVALUATED, OD_WORTH_NUMBER, "0"},
        {"ten", OD_EVALUATED, OD_WORTH_NUMBER, "10"},
        {"rate", OD_EVALUATED, OD_WORTH_NUMBER, "15"},
        {"big", OD_EVALUATED, OD_WORTH_NUMBER, "999999999999999999"},
        {"start", OD_EVALUATED, OD_WORTH_NUMBER, "34200"},
        {"year + 1", OD_EVALUATED, OD_WORTH_NUMBER, "2022"},
        {"held.year - year", OD_EVALUATED, OD_WORTH_NUMBER, "1"},
        {"reported - held", OD_EVALUATED, OD_WORTH_NUMBER, "11"},
        {"held + 14", OD_EVALUATED, OD_WORTH_DATE, "2022-03-04"},
        {"14 + held", OD_EVALUATED, OD_WORTH_DATE, "2022-03-04"},
        {"held - 49", OD_EVALUATED, OD_WORTH_DATE, "2021-12-31"},
        {"held", OD_EVALUATED, OD_WORTH_DATE, "2022-02-18"},
        {"held < reported", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"held <= held", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"held >= reported", OD_EVALUATED, OD_WORTH_TRUTH, "false"},
        {"held == reported - 11", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"held ~= reported", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"held.month == 2 and held.day == 18", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"branch", OD_EVALUATED, OD_WORTH_TEXT, "第三"},
        {"branch .. '支部'", OD_EVALUATED, OD_WORTH_TEXT, "第三支部"},
        {"branch == \"第三\"", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"[[第]] .. '\\'三'", OD_EVALUATED, OD_WORTH_TEXT, "第'三"},
        {"secretary == '李四'", OD_EVALUATED, OD_WORTH_TRUTH, "false"},
        {"excellent * 3 <= 31 or basic > 0", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"优秀 + 人数_合格", OD_EVALUATED, OD_WORTH_NUMBER, "31"},
        {"1 -- 注", OD_EVALUATED, OD_WORTH_NUMBER, "1"},
        {"excellent\n+ 1", OD_EVALUATED, OD_WORTH_NUMBER, "11"},
        {"1, 2", OD_UNEVALUABLE, 0, "near ','"},
    };
    assert_int_equal(count_wrong(*state, CASES, COUNT(CASES)), 0);
}

// A name without a value ends the evaluation; it never becomes false, or a value of its own.
static void test_missing(void **state) {
    static const expectation CASES[] = {
        {"unknown", OD_NAME_MISSING, 0, "unknown"},
        {"excellent + unknown", OD_NAME_MISSING, 0, "unknown"},
        {"unknown == 3", OD_NAME_MISSING, 0, "unknown"},
        {"not unknown", OD_NAME_MISSING, 0, "unknown"},
        {"unknown and 1 or 2", OD_NAME_MISSING, 0, "unknown"},
        {"unknown or 5", OD_NAME_MISSING, 0, "unknown"},
        {"unknown.year", OD_NAME_MISSING, 0, "unknown"},
        {"(function() return unknown end)()", OD_NAME_MISSING, 0, "unknown"},
        {"empty_number + 1", OD_NAME_MISSING, 0, "empty_number"},
        {"合格 + 1", OD_NAME_MISSING, 0, "合格"},
        {"true or unknown", OD_EVALUATED, OD_WORTH_TRUTH, "true"}, // never asked
        // Lua's own names are no more than names.
        {"pcall(excellent)", OD_NAME_MISSING, 0, "pcall"},
        {"error()", OD_NAME_MISSING, 0, "error"},
        {"os.exit(1)", OD_NAME_MISSING, 0, "os"},
        {"io.open('x')", OD_NAME_MISSING, 0, "io"},
        {"load('return 1')()", OD_NAME_MISSING, 0, "load"},
        {"require 'os'", OD_NAME_MISSING, 0, "require"},
        {"setmetatable({}, {})", OD_NAME_MISSING, 0, "setmetatable"},
        {"getmetatable('').x", OD_NAME_MISSING, 0, "getmetatable"},
        {"string.rep('x', 9)", OD_NAME_MISSING, 0, "string"},
        {"math.huge", OD_NAME_MISSING, 0, "math"},
        {"_G", OD_NAME_MISSING, 0, "_G"},
        {"_ENV.print", OD_NAME_MISSING, 0, "print"},
        {"collectgarbage()", OD_NAME_MISSING, 0, "collectgarbage"},
    };
    assert_int_equal(count_wrong(*state, CASES, COUNT(CASES)), 0);
}

static void test_wrong(void **state) {
    static const expectation CASES[] = {
        {"", OD_UNEVALUABLE, 0, "unexpected symbol near ')'"},
        {"excellent +", OD_UNEVALUABLE, 0, "“excellent +” cannot be worked out: unexpected symbol"},
        {"excellent qualified", OD_UNEVALUABLE, 0, "near 'qualified'"},
        {"优秀 合格", OD_UNEVALUABLE, 0, "near '合格'"},
        {"excellent = 1", OD_UNEVALUABLE, 0, "near '='"},
        {"1\n+\n+", OD_UNEVALUABLE, 0, "line 3: "},
        {"excellent ＋ qualified", OD_UNEVALUABLE, 0, "near '＋'"},
        {"nil", OD_UNEVALUABLE, 0, "the result is a nil"},
        {"{}", OD_UNEVALUABLE, 0, "the result is a table"},
        {"function() end", OD_UNEVALUABLE, 0, "the result is a function"},
        {"1 / 0", OD_UNEVALUABLE, 0, "a division by zero"},
        {"0 / 0", OD_UNEVALUABLE, 0, "a division by zero"},
        {"1 // 0", OD_UNEVALUABLE, 0, "divide by zero"},
        {"excellent % 0", OD_UNEVALUABLE, 0, "perform 'n%0'"},
        {"10.0 ^ 40", OD_UNEVALUABLE, 0, "the number is too large"},
        {"branch + 1", OD_UNEVALUABLE, 0, "arithmetic on a string value"},
        {"'10' + 1", OD_UNEVALUABLE, 0, "arithmetic on a string value"},
        {"branch < 3", OD_UNEVALUABLE, 0, "compare"},
        {"held < 3", OD_UNEVALUABLE, 0, "date expected"},
        {"held + reported", OD_UNEVALUABLE, 0, "number expected"},
        {"held - branch", OD_UNEVALUABLE, 0, "date expected"},
        {"held.week", OD_UNEVALUABLE, 0, "no 'week'"},
        {"held[1]", OD_UNEVALUABLE, 0, "a date has year, month and day"},
        {"held + 9000000", OD_UNEVALUABLE, 0, "outside the years"},
        {"held - math", OD_NAME_MISSING, 0, "math"},
        {"held - (-9223372036854775807 - 1)", OD_UNEVALUABLE, 0, "outside the years"},
        {"_ENV[1]", OD_UNEVALUABLE, 0, "names are texts"},
        {"(function() x = 1 end)()", OD_UNEVALUABLE, 0, "cannot be given a value"},
        {"(function() _ENV.excellent = 1 end)()", OD_UNEVALUABLE, 0, "cannot be given a value"},
        {"(function() local _ENV = {} return excellent end)()", OD_UNEVALUABLE, 0, "a nil"},
        {"excellent()", OD_UNEVALUABLE, 0, "call a number value"},
        {"\x1bLua", OD_UNEVALUABLE, 0, "cannot be worked out"},
        {"'unclosed", OD_UNEVALUABLE, 0, "unfinished string"},
        {"'unclosed \\", OD_UNEVALUABLE, 0, "unfinished string"},
        {"[[unclosed", OD_UNEVALUABLE, 0, "unfinished long string"},
    };
    assert_int_equal(count_wrong(*state, CASES, COUNT(CASES)), 0);
}

static void test_hostile(void **state) {
    static const char TOO_MUCH[] = "too much time or memory";
    static const expectation CASES[] = {
        {"(function() while true do end end)()", OD_UNEVALUABLE, 0, TOO_MUCH},
        {"(function() ::again:: goto again end)()", OD_UNEVALUABLE, 0, TOO_MUCH},
        {"(function() for i = 1, 1e18 do end end)()", OD_UNEVALUABLE, 0, TOO_MUCH},
        {"(function() for i = 1, 9e9 do local x = held < reported end end)()", OD_UNEVALUABLE, 0, TOO_MUCH},
        {"(function() local function f() return f() end return f() end)()", OD_UNEVALUABLE, 0, TOO_MUCH},
        {"(function() local function f() return 1 + f() end return f() end)()", OD_UNEVALUABLE, 0, ""},
        {"(function() local s = 'xxxxxxxx' while true do s = s .. s end end)()", OD_UNEVALUABLE, 0, TOO_MUCH},
        {"(function() local s = 'x' for i = 1, 18 do s = s .. s end while true do local t = s .. 'y' end end)()",
         OD_UNEVALUABLE, 0, TOO_MUCH},
        {"(function() local s = 'x' for i = 1, 17 do s = s .. s end local t, u = s .. 'a', s .. 'b' "
         "while t < u do end end)()",
         OD_UNEVALUABLE, 0, TOO_MUCH},
        {"(function() local t = {} while true do t[#t + 1] = {} end end)()", OD_UNEVALUABLE, 0, TOO_MUCH},
        {"(function() local t = {} for i = 1, 1e9 do t[i * 1.5] = i end end)()", OD_UNEVALUABLE, 0, TOO_MUCH},
        {"('x'):rep(1e9)", OD_UNEVALUABLE, 0, "index a string value"},
        {"('x').rep", OD_UNEVALUABLE, 0, "index a string value"},
        {"branch:upper()", OD_UNEVALUABLE, 0, "index a string value"},
        {"#branch", OD_EVALUATED, OD_WORTH_NUMBER, "6"},
        {"held.__index", OD_UNEVALUABLE, 0, "no '__index'"},
        {"1) + (2", OD_EVALUATED, OD_WORTH_NUMBER, "3"},
        {"1) while true do end return (1", OD_UNEVALUABLE, 0, "near 'while'"},
    };
    assert_int_equal(count_wrong(*state, CASES, COUNT(CASES)), 0);
    // The same state is as good as new afterwards.
    test_values(state);
}

static od_slice repeated(const char *part, size_t count, const char *middle, const char *end) {
    char *const text = calloc(strlen(part) * count + strlen(middle) + strlen(end) * count + 1, 1);
    char *at = text;
    for (size_t i = 0; i < count; i++) at = stpcpy(at, part);
    at = stpcpy(at, middle);
    for (size_t i = 0; i < count; i++) at = stpcpy(at, end);
    return od_slice_of(text);
}

static void test_nesting(void **state) {
    static const struct {
        const char *part, *middle, *end;
    } SHAPES[] = {{"(", "1", ")"},   {"{", "", "}"},          {"not ", "1", ""},      {"- ", "1", ""},
                  {"1..", "1", ""},  {"function() return ", "1", " end"}, {"2^", "1", ""}, {"a.", "a", ""},
                  {"((((((((", "", ""}, {"\xE4", "", ""},     {"1+", "1", ""}};
    fixture *const f = *state;
    static const size_t COUNTS[] = {10, 150, 300, 1500, 200000};
    for (size_t i = 0; i < COUNT(SHAPES); i++)
        for (size_t j = 0; j < COUNT(COUNTS); j++) {
            const od_slice text =
                repeated(SHAPES[i].part, COUNTS[j], SHAPES[i].middle, SHAPES[i].end);
            od_worth result;
            const clock_t start = clock();
            const od_evaluation done = evaluate(f, text, &result);
            assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
            assert_true(done == OD_EVALUATED || result.text.size > 0);
            if (COUNTS[j] == 200000) assert_int_equal(done, OD_UNEVALUABLE);
            free((char *)text.data);
        }
    // A NUL is no end.
    od_worth result;
    assert_int_equal(evaluate(f, OD_SLICE("1\0+ os"), &result), OD_UNEVALUABLE);
}

static void test_evaluator(void **state) {
    fixture *const f = *state;
    const od_evaluator evaluator = od_expressions_evaluator(OD_ENGLISH, (od_date){0});
    od_slice text;
    assert_int_equal(evaluator.evaluate(evaluator.context, &f->arena, OD_SLICE("held + 1"), find,
                                        &f->arena, &text),
                     OD_EVALUATED);
    assert_true(od_slice_is(text, "2022-02-19"));
    assert_int_equal(evaluator.evaluate(evaluator.context, &f->arena, OD_SLICE("gone + 1"), find,
                                        &f->arena, &text),
                     OD_NAME_MISSING);
    assert_true(od_slice_is(text, "gone"));
    evaluator.free(evaluator.context);
}

static void test_chinese(void **state) {
    (void)state;
    od_arena arena = {0};
    od_expressions *const expressions = od_expressions_new(OD_CHINESE, (od_date){0});
    od_worth result;
    assert_int_equal(od_expression_evaluate(expressions, &arena, OD_SLICE("1 +"), find, &arena, &result),
                     OD_UNEVALUABLE);
    assert_non_null(strstr(result.text.data, "算式“1 +”算不出来"));
    assert_int_equal(od_expression_evaluate(expressions, &arena,
                                            OD_SLICE("(function() while true do end end)()"), find,
                                            &arena, &result),
                     OD_UNEVALUABLE);
    assert_non_null(strstr(result.text.data, "计算量太大"));
    od_expressions_free(expressions);
    od_expressions_free(NULL);
    od_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hostile, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nesting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_evaluator, set_up, tear_down),
        cmocka_unit_test(test_chinese),
    };
    return cmocka_run_group_tests_name("expression", tests, NULL, NULL);
}
