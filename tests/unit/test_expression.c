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
        {"branch + 1", OD_UNEVALUABLE, 0, "only numbers and dates can be reckoned with"},
        {"'10' + 1", OD_UNEVALUABLE, 0, "only numbers and dates can be reckoned with"},
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
        {"('x'):rep(1e9)", OD_UNEVALUABLE, 0, "a value of this kind has no such part"},
        {"('x').rep", OD_UNEVALUABLE, 0, "a value of this kind has no such part"},
        {"branch:upper()", OD_UNEVALUABLE, 0, "a value of this kind has no such part"},
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

// ---- formulas ----------------------------------------------------------------------------------

static od_evaluation twice(void *context, od_arena *arena, const od_worth *arguments,
                           od_worth *worth, od_slice *why) {
    (void)context, (void)arena;
    *worth = (od_worth){.kind = OD_WORTH_NUMBER, .number = 2 * arguments[0].number};
    *why = OD_SLICE("seven is unlucky");
    if (arguments[0].number == 8) {
        *why = OD_SLICE("eight");
        return OD_NAME_MISSING;
    }
    return arguments[0].number == 7 ? OD_UNEVALUABLE : OD_EVALUATED;
}

static od_evaluation filled(void *context, od_arena *arena, const od_worth *arguments,
                            od_worth *worth, od_slice *why) {
    od_datum datum;
    (void)why;
    *worth = (od_worth){.kind = OD_WORTH_TRUTH,
                        .truth = find(context, arguments[0].text, &datum)};
    (void)arena;
    return OD_EVALUATED;
}

static const od_named_function FUNCTIONS[] = {
    {"twice", "number", "n", twice}, {"filled", "field", "t", filled}, {"excellent", "", "", twice},
    {NULL, NULL, NULL, NULL}};

static od_evaluation run_formula(fixture *f, const char *text, od_worth *worth) {
    od_formula formula = {.text = od_slice_of(text)};
    od_span where;
    const od_scene scene = {&f->arena, find, FUNCTIONS};
    if (!od_expression_compile(f->expressions, &f->arena, &formula, &worth->text, &where))
        fail_msg("%s: %.*s", text, (int)worth->text.size, worth->text.data);
    return od_expression_run(f->expressions, &f->arena, &formula, &scene, worth);
}

static void test_formulas(void **state) {
    static const expectation CASES[] = {
        {"excellent + qualified == 31", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"price * 3 == 36.3", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"0.1 + 0.2 == 0.3", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"0.1 + 0.2 ~= 0.3 or 0.1 + 0.2 > 0.3", OD_EVALUATED, OD_WORTH_TRUTH, "false"},
        {"0.1 + 0.2 <= 0.3 and 0.3 <= 0.1 + 0.2", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"price - 12.1 == 0", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"12345678901.23 + 0.01 == 12345678901.24", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"12345678901.23 == 12345678901.24", OD_EVALUATED, OD_WORTH_TRUTH, "false"},
        {"big == big - 1", OD_EVALUATED, OD_WORTH_TRUTH, "false"},
        {"big + 1 > big", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"ten == 10 and 10 == ten and ten == excellent", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"1 / 3 * 3 == 1", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"1 / 0 > big", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"0 / 0 == 0 / 0", OD_EVALUATED, OD_WORTH_TRUTH, "false"},
        {"7 // 2 == 3 and -7 // 2 == -4 and 7 % 0 == 7", OD_EVALUATED, OD_WORTH_TRUTH, "false"},
        {"7 % 3 == 1 and -7 % 3 == 2 and 2 ^ 10 == 1024", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"0.3 // 0.1 == 3", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"-excellent == 0 - 10", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"excellent == '10'", OD_EVALUATED, OD_WORTH_TRUTH, "false"},
        {"held - reported == -11", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"held + 11 == reported and 11 + held == reported", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"held.year == year + 1 and held.month * 9 == held.day", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"twice(excellent) == 20 and twice(0.15) == 0.3", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"twice(twice(excellent)) - 1", OD_EVALUATED, OD_WORTH_NUMBER, "39"},
        {"excellent(1)", OD_UNEVALUABLE, 0, "it is called so: excellent()"},
        {"excellent", OD_EVALUATED, OD_WORTH_NUMBER, "10"},
        {"twice(8)", OD_NAME_MISSING, 0, "eight"},
        {"twice(7)", OD_UNEVALUABLE, 0, "it cannot be worked out: seven is unlucky"},
        {"twice('7')", OD_UNEVALUABLE, 0, "it is called so: twice(number)"},
        {"twice(1, 2)", OD_UNEVALUABLE, 0, "it is called so: twice(number)"},
        {"twice()", OD_UNEVALUABLE, 0, "it is called so: twice(number)"},
        {"twice(gone)", OD_NAME_MISSING, 0, "gone"},
        {"filled(excellent) and filled('优秀') and filled(人数_合格)", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"filled(gone)", OD_EVALUATED, OD_WORTH_TRUTH, "false"},
        {"优秀 + 人数_合格", OD_EVALUATED, OD_WORTH_NUMBER, "31"},
        {"gone == 3", OD_NAME_MISSING, 0, "gone"},
        {"end > 3", OD_NAME_MISSING, 0, "end"},
        {"basic == 0 or gone == 3", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
        {"basic == 1 or gone == 3", OD_NAME_MISSING, 0, "gone"},
        {"excellent < 'a'", OD_UNEVALUABLE, 0, "compare"},
        {"excellent + branch", OD_UNEVALUABLE, 0, "only numbers and dates can be reckoned with"},
        {"excellent .. 'a'", OD_UNEVALUABLE, 0, "only texts can be joined"},
        {"held < excellent", OD_UNEVALUABLE, 0, "date expected"},
        {"excellent.year", OD_UNEVALUABLE, 0, "has no such part"},
        {"held.__index", OD_UNEVALUABLE, 0, "no '__index'"},
        {"excellent.__add", OD_UNEVALUABLE, 0, "has no such part"},
        {"#branch == 6 -- Lua counts bytes", OD_EVALUATED, OD_WORTH_TRUTH, "false"},
        {"(excellent)\n == 10 -- it's all", OD_EVALUATED, OD_WORTH_TRUTH, "true"},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        od_worth worth = {0};
        const od_evaluation done = run_formula(*state, CASES[i].expression, &worth);
        bool right = done == CASES[i].done;
        if (right && done == OD_EVALUATED) right = worth.kind == CASES[i].kind;
        if (right && done == OD_UNEVALUABLE) right = strstr(worth.text.data, CASES[i].text) != NULL;
        else if (right) right = od_slice_is(worth.text, CASES[i].text);
        if (!right)
            print_error("%s: %d %.*s\n", CASES[i].expression, done, (int)worth.text.size,
                        worth.text.data);
        wrong += !right;
    }
    assert_int_equal(wrong, 0);
}

static void test_refused_formulas(void **state) {
    fixture *const f = *state;
    static const struct {
        const char *text, *why, *at; // `at`: what stands where the fault is
    } CASES[] = {
        {"", "ends too soon", ""},
        {"excellent +", "ends too soon", ""},
        {"(excellent", "ends too soon", ""},
        {"excellent qualified", "“qualified” cannot stand here", "qualified"},
        {"excellent == == 1", "“==” cannot stand here", "== 1"},
        {"优秀 ＋ 合格", "“＋” cannot stand here", "＋ 合格"},
        {"优秀 = 合格", "write `==`", "= 合格"},
        {"excellent != 1", "write `~=`", "!= 1"},
        {"excellent <> 1", "write `~=`", "<> 1"},
        {"a && b", "write `and`", "&& b"},
        {"a || b", "write `or`", "|| b"},
        {"!a", "write `not`", "!a"},
        {"a ** 2", "write `^`", "** 2"},
        {"excellent ~= nil", "ask `filled(field)`", "nil"},
        {"(function() while true do end end)()", "“function” cannot be used", "function() while"},
        {"while true do end", "“while” cannot be used", "while true"},
        {"goto a", "“goto” cannot be used", "goto a"},
        {"1) while true do end return (1", "a `)` without its `(`", ") while"},
        {"1) + (2", "a `)` without its `(`", ") + (2"},
        {"1; x = 2", "join two by `and`", "; x"},
        {"{}", "without tables", "{}"},
        {"{excellent}", "without tables", "{exc"},
        {"('x'):rep(1e9)", "no methods", ":rep"},
        {"branch:upper()", "no methods", ":upper"},
        {"::again:: 1", "without labels", "::again"},
        {"...", "means nothing", "..."},
        {"print 'x'", "into brackets", "'x'"},
        {"print [[x]]", "into brackets", "[[x]]"},
        {"filled(a + 1)", "takes the name of one field", "(a + 1"},
        {"filled()", "takes the name of one field", "()"},
        {"filled(a, b)", "takes the name of one field", "(a, "},
        {"'unclosed", "ends too soon", ""},
        {"[[unclosed", "ends too soon", ""},
        {"12abc", "in digits", "12abc"},
        {"1e5 == 0x10", "in digits", "1e5"},
        {"1.2.3", "in digits", "1.2.3"},
        {"a.", "ends too soon", ""},
        {"a.b.", "ends too soon", ""},
        {"\x1bLua", "cannot stand here", "\x1bLua"},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        od_formula formula = {.text = od_slice_of(CASES[i].text)};
        od_slice why = OD_SLICE("");
        od_span where = {0};
        const bool done =
            od_expression_compile(f->expressions, &f->arena, &formula, &why, &where);
        const od_slice at = od_slice_from(formula.text, where.start);
        if (!done && strstr(why.data, CASES[i].why) && where.end <= formula.text.size &&
            od_slice_starts(at, od_slice_of(CASES[i].at)) && (*CASES[i].at || !at.size))
            continue;
        print_error("%s: %d %.*s at %zu\n", CASES[i].text, done, (int)why.size, why.data,
                    where.start);
        wrong++;
    }
    assert_int_equal(wrong, 0);
    // The same state is as good as new afterwards.
    test_formulas(state);
}

static void test_mentions(void **state) {
    fixture *const f = *state;
    od_formula formula = {
        .text = OD_SLICE("has(\"a.b\", '第三') and held . year > 2 -- gone\n and filled(优秀) "
                         "and has(branch, \"x\" .. 'y') and end.x == 'no name' .. [[ none ]]")};
    od_slice why;
    od_span where;
    static const struct {
        const char *name, *part, *first, *second;
        bool called, asked;
    } WANTED[] = {
        {"has", "", "a.b", "第三", true, false}, {"held", "year", "", "", false, false},
        {"filled", "", "", "", true, false},     {"优秀", "", "", "", false, true},
        {"has", "", "", "", true, false},        {"branch", "", "", "", false, false},
        {"end", "x", "", "", false, false},
    };
    assert_true(od_expression_compile(f->expressions, &f->arena, &formula, &why, &where));
    assert_int_equal(formula.mention_count, COUNT(WANTED));
    for (size_t i = 0; i < COUNT(WANTED); i++) {
        const od_mention *const m = &formula.mentions[i];
        assert_true(od_slice_is(m->name, WANTED[i].name));
        assert_true(od_slice_is(m->part, WANTED[i].part));
        assert_int_equal(m->called, WANTED[i].called);
        assert_int_equal(m->asked, WANTED[i].asked);
        assert_true(od_slice_starts(od_slice_from(formula.text, m->span.start), m->name));
        if (!m->called || od_slice_is(m->name, "filled")) continue;
        assert_true(od_slice_is(m->texts[0], WANTED[i].first));
        assert_true(od_slice_is(m->texts[1], WANTED[i].second));
    }
}

// Whatever a formula holds, it is refused or evaluated soon.
static void test_large_formulas(void **state) {
    static const struct {
        const char *part, *middle, *end;
    } SHAPES[] = {{"(", "1", ")"}, {"not ", "1", ""}, {"- ", "1", ""}, {"'a'..", "'b'", ""},
                  {"2^", "1", ""}, {"1+", "1", ""},   {"a.", "a", ""}, {"twice(", "1", ")"},
                  {"((((", "", ""}, {"a or ", "a", ""}, {"\xE4", "", ""}, {"--", "", ""}};
    fixture *const f = *state;
    static const size_t COUNTS[] = {10, 150, 300, 2000, 200000};
    for (size_t i = 0; i < COUNT(SHAPES); i++)
        for (size_t j = 0; j < COUNT(COUNTS); j++) {
            od_formula formula = {
                .text = repeated(SHAPES[i].part, COUNTS[j], SHAPES[i].middle, SHAPES[i].end)};
            const od_scene scene = {&f->arena, find, FUNCTIONS};
            const clock_t start = clock();
            od_slice why;
            od_span where;
            od_worth worth;
            if (od_expression_compile(f->expressions, &f->arena, &formula, &why, &where))
                od_expression_run(f->expressions, &f->arena, &formula, &scene, &worth);
            else assert_true(why.size > 0 && where.end <= formula.text.size);
            assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
            free((char *)formula.text.data);
        }
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
        cmocka_unit_test_setup_teardown(test_formulas, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused_formulas, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_mentions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_large_formulas, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("expression", tests, NULL, NULL);
}
