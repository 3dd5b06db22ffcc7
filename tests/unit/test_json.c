// JSON: values with their bytes, what is refused and where, and hostile input.
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "data/json_events.h"
#include "data/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

typedef struct fixture {
    od_arena arena;
    od_source source;
    od_diagnostics failures;
    od_value value;
    od_status status;
} fixture;

static void read_bytes(fixture *f, od_slice text, od_language language) {
    *f = (fixture){0};
    f->failures = (od_diagnostics){.arena = &f->arena, .language = language};
    od_source_init(&f->source, &f->arena, "data.json", text, 0);
    f->status = od_json_read(&f->arena, &f->source, &f->failures, &f->value);
    // One failure for a failed read, none for another.
    assert_int_equal(f->failures.found.count, f->status == OD_OK ? 0 : 1);
}

static void read_text(fixture *f, const char *text) {
    read_bytes(f, od_slice_of(text), OD_ENGLISH);
    if (f->status != OD_OK) print_error("%s\n", f->failures.found.items[0].message.data);
    assert_int_equal(f->status, OD_OK);
}

static const od_value *at(const fixture *f, const char *key) {
    const od_value *const value = od_value_at(&f->value, key);
    assert_non_null(value);
    return value;
}

static void assert_source(const fixture *f, const od_value *value, const char *expected) {
    const od_slice there = od_source_cut(&f->source, value->span);
    if (!od_slice_is(there, expected)) print_error("“%.*s”\n", (int)there.size, there.data);
    assert_true(od_slice_is(there, expected));
    assert_ptr_equal(value->source, &f->source);
}

// ---- values ------------------------------------------------------------------------------------

static void test_values(void **state) {
    (void)state;
    fixture f;
    read_text(&f, "\xEF\xBB\xBF{\r\n \"发放学习资料XX篇\" : 12 ,\"a\":\"第\\u4e09\\n\\\"x\\\"\",\"\\u952e\":[1.50,-3e5 , true,\n"
                  "null,{\"b\":{}, \"c\":[ ]},\"\"],\"d\":\"\\ud83d\\ude00\\\\u0000\", \"e\":false }\n");
    assert_int_equal(f.value.kind, OD_MAPPING);
    assert_int_equal(f.value.count, 5);
    assert_int_equal(f.value.span.start, 3);
    assert_int_equal(f.value.span.end, f.source.bytes.size - 1);
    const od_value *const number = at(&f, "发放学习资料XX篇");
    assert_source(&f, number, "12");
    assert_true(number->number && !number->quoted && number->kind == OD_SCALAR);
    assert_true(od_slice_is(od_source_cut(&f.source, f.value.entries[0].key_span),
                            "\"发放学习资料XX篇\""));
    assert_true(od_slice_is(at(&f, "a")->text, "第三\n\"x\""));
    assert_source(&f, at(&f, "a"), "\"第\\u4e09\\n\\\"x\\\"\"");
    assert_true(at(&f, "a")->quoted);
    const od_value *const list = at(&f, "键");
    assert_int_equal(list->count, 6);
    assert_source(&f, &list->items[0], "1.50");
    assert_true(od_slice_is(list->items[0].text, "1.50"));
    assert_source(&f, &list->items[1], "-3e5");
    assert_source(&f, &list->items[2], "true");
    assert_true(list->items[2].boolean && od_value_bool(&list->items[2], false));
    assert_source(&f, &list->items[3], "null");
    assert_int_equal(list->items[3].kind, OD_NULL);
    assert_source(&f, &list->items[4], "{\"b\":{}, \"c\":[ ]}");
    assert_source(&f, od_value_at(&list->items[4], "b"), "{}");
    assert_source(&f, od_value_at(&list->items[4], "c"), "[ ]");
    assert_source(&f, &list->items[5], "\"\"");
    assert_int_equal(list->items[5].kind, OD_SCALAR);
    assert_true(od_slice_is(at(&f, "d")->text, "\xF0\x9F\x98\x80\\u0000"));
    assert_false(od_value_bool(at(&f, "e"), true));
    od_arena_free(&f.arena);
}

static void test_roots(void **state) {
    (void)state;
    static const char *const ROOTS[] = {"12", "-0.5", "\"x\"", "true", "null", "[]", "{}"};
    for (size_t i = 0; i < sizeof ROOTS / sizeof *ROOTS; i++) {
        fixture f;
        char text[20];
        const char *const ends[] = {"", " ", "\n"};
        for (size_t j = 0; j < 3; j++) {
            strcat(strcat(strcpy(text, "\t"), ROOTS[i]), ends[j]);
            read_text(&f, text);
            assert_source(&f, &f.value, ROOTS[i]);
            od_arena_free(&f.arena);
        }
    }
}

// ---- refusals ----------------------------------------------------------------------------------

typedef struct refusal {
    const char *text;
    size_t line, column; // from 1, in code points
    const char *en, *zh; // parts of the messages
} refusal;

static bool is_refused(const refusal *wanted, od_slice text, od_language language) {
    fixture f;
    read_bytes(&f, text, language);
    if (f.status == OD_OK) {
        print_error("%s\nnot refused\n", wanted->text);
        od_arena_free(&f.arena);
        return false;
    }
    const od_diagnostic *const failure = &f.failures.found.items[0];
    const od_position place = od_source_position(&f.source, failure->span.start, OD_CODE_POINTS);
    const char *const part = language == OD_CHINESE ? wanted->zh : wanted->en;
    assert_int_equal(f.status, OD_INVALID);
    assert_true(failure->span.end >= failure->span.start && failure->span.end <= text.size);
    const bool right = place.line == wanted->line && place.column == wanted->column &&
                       strstr(failure->message.data, part);
    if (!right)
        print_error("%s\n%zu:%zu: %s\n", wanted->text, place.line, place.column,
                    failure->message.data);
    od_arena_free(&f.arena);
    return right;
}

static void test_refusals(void **state) {
    (void)state;
    static const refusal CASES[] = {
        {"", 1, 1, "the file is empty", "文件是空的"},
        {" \n", 1, 1, "the file is empty", "文件是空的"},
        {"{\"a\": 1,\n \"b\": 2,\n \"a\": 3}", 3, 2, "“a” is given twice, first on line 1", "第一次在第1行"},
        {"[{\"a\": 1, \"\\u0061\": 2}]", 1, 11, "“a” is given twice", "“a”写了两次"},
        {"{\"\": 1}", 1, 2, "the key is empty", "键是空的"},
        {"{\"a\": 1,}", 1, 9, "delete a comma after the last entry", "不要有逗号"},
        {"[1, 2, ]", 1, 8, "delete a comma after the last item", "不要有逗号"},
        {"{a: 1}", 1, 2, "“a” cannot stand here", "不能有“a”"},
        {"{'a': 1}", 1, 2, "straight double quotes", "半角双引号"},
        {"{“a”: 1}", 1, 2, "““” cannot stand here", "半角双引号"},
        {"{\"甲\"：1}", 1, 5, "“：” cannot stand here", "不能有“：”"},
        {"{\"甲\":1，\"乙\":2}", 1, 7, "“，” cannot stand here", "不能有“，”"},
        {"{\"a\" 1}", 1, 6, "after a key comes “:”", "半角冒号"},
        {"{\"a\": 1\n \"b\": 2}", 2, 2, "a “,” is missing before this", "缺少半角逗号"},
        {"[1 2]", 1, 4, "a “,” is missing before this", "缺少半角逗号"},
        {"{\"a\": tru}", 1, 7, "only true, false and null", "文字要加双引号"},
        {"{\"a\": 01}", 1, 8, "a “,” is missing", "缺少半角逗号"},
        {"{\"a\": 1.}", 1, 7, "not a number as JSON", "不是JSON的数字"},
        {"{\"a\": .5}", 1, 7, "“.” cannot stand here", "不能有“.”"},
        {"{\"a\": NaN}", 1, 7, "cannot stand here", "不能有“N”"},
        {"// 注\n{}", 1, 1, "JSON has no comments", "JSON不能写注释"},
        {"{} {}", 1, 4, "keep one", "只能有一份"},
        {"[\"a\nb\"]", 1, 4, "line break or tab", "换行或制表符"},
        {"[\"a\tb\"]", 1, 4, "line break or tab", "换行或制表符"},
        {"[\"C:\\data\"]", 1, 6, "“\\” starts an escape", "转义符"},
        {"[\"\\u12x4\"]", 1, 7, "four hexadecimal digits", "四位十六进制"},
        {"[1, 2", 1, 6, "ends too early", "不完整"},
        {"{\"a\": \"x", 1, 7, "ends too early", "不完整"},
        {"{\"a\"", 1, 5, "ends too early", "不完整"},
        {"[\"x\\u0000y\"]", 1, 4, "NUL", "NUL"},
        {"{\"x\\u0000y\": 1}", 1, 4, "NUL", "NUL"},
        {"[\"\\ud800\"]", 1, 3, "“\\ud800” is half a character", "半个字符"},
        {"[\"\\ud800\\u0041\"]", 1, 3, "half a character", "半个字符"},
        {"[\"\\ude00\"]", 1, 3, "half a character", "半个字符"},
        {"[\"\\ud83d\\ude00\\ud83d\"]", 1, 15, "half a character", "半个字符"},
        {"{\"名\": \"\xB5\xDA\"}", 1, 8, "GBK", "GBK"},
        {"\xFF\xFE{", 1, 1, "UTF-16", "UTF-16"},
        {"[\"\x07\"]", 1, 3, "U+0007", "U+0007"},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        wrong += (size_t)!is_refused(&CASES[i], od_slice_of(CASES[i].text), OD_ENGLISH) +
                 !is_refused(&CASES[i], od_slice_of(CASES[i].text), OD_CHINESE);
    assert_int_equal(wrong, 0);
}

// ---- limits ------------------------------------------------------------------------------------

static void repeat(od_buf *buf, const char *text, size_t count) {
    for (size_t i = 0; i < count; i++) od_buf_text(buf, text);
}

static void assert_status(od_buf *buf, od_status status, const char *part) {
    fixture f;
    const clock_t start = clock();
    read_bytes(&f, od_buf_slice(buf), OD_ENGLISH);
    assert_int_equal(f.status, status);
    if (part) assert_non_null(strstr(f.failures.found.items[0].message.data, part));
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    od_arena_free(&f.arena);
    od_buf_free(buf);
}

static void test_limits(void **state) {
    (void)state;
    od_buf most = {0}, more = {0}, endless = {0}, nodes = {0}, keys = {0};
    repeat(&most, "[", 64);
    repeat(&most, "]", 64);
    assert_status(&most, OD_OK, NULL);
    repeat(&more, "[", 65);
    repeat(&more, "]", 65);
    assert_status(&more, OD_LIMIT, "deeper than 64 levels (limit: JSON nesting)");
    repeat(&endless, "{\"a\":[", 1000000);
    assert_status(&endless, OD_LIMIT, "limit: JSON nesting");
    od_buf_text(&nodes, "[1");
    repeat(&nodes, ",1", od_limit_value(YAML_NODES));
    od_buf_text(&nodes, "]");
    assert_status(&nodes, OD_LIMIT, "values in one file");
    od_buf_text(&keys, "{");
    for (size_t i = 0; i < 200000; i++) {
        od_buf_text(&keys, i ? ",\"键" : "\"键");
        od_buf_number(&keys, i);
        od_buf_text(&keys, "\":1");
    }
    od_buf_text(&keys, "}");
    assert_status(&keys, OD_OK, NULL);
}

// Every beginning of a file, and every file with one byte changed, is read or refused without a fault.
static void test_mangled(void **state) {
    (void)state;
    static const char TEXT[] = "\xEF\xBB\xBF{\"甲\\u4e2d\":[1.5e3,true,null,{\"b\":{},\"c\":[[]]},"
                               "\"\\ud83d\\ude00\\\\\\/\"] , \"d\": -0}\r\n";
    static const char BYTES[] = "\0\t\n []{},:\"\\u0/-+.eE\xE4\xFF\x80";
    const size_t size = sizeof TEXT - 1;
    char copy[sizeof TEXT];
    for (size_t i = 0; i <= size; i++) {
        fixture f;
        // From the heap, so that a read past the end is seen.
        char *const part = malloc(i ? i : 1);
        memcpy(part, TEXT, i);
        read_bytes(&f, (od_slice){part, i}, OD_CHINESE);
        od_arena_free(&f.arena);
        free(part);
    }
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j < sizeof BYTES - 1; j++) {
            fixture f;
            memcpy(copy, TEXT, sizeof TEXT);
            copy[i] = BYTES[j];
            read_bytes(&f, (od_slice){copy, size}, OD_ENGLISH);
            od_arena_free(&f.arena);
        }
}

static bool pass(void *context, od_json_event event, od_slice text) {
    (void)context, (void)event, (void)text;
    return true;
}

// Whether the reader of events takes all of `text`.
static bool is_read(od_slice text) {
    if (od_utf8_find_invalid(text) != SIZE_MAX) return false;
    od_arena arena = {0};
    const od_source source = {.bytes = text};
    od_diagnostics failures = {.arena = &arena};
    od_json_events events = {
        .source = &source, .range = {0, text.size}, .failures = &failures, .take = pass};
    const od_status status = od_json_events_read(&events);
    od_arena_free(&arena);
    return status == OD_OK;
}

// What is called valid is what can be read.
static void test_validity(void **state) {
    (void)state;
    static const char TEXT[] = "{\"甲\\u4e2d and more than sixteen bytes\":[1.5e3,true,null,{\"b\":{},"
                               "\"c\":[{\"t\":\"Str\",\"c\":\"x\"},{\"t\":\"Space\"},[{}]]},\"\\n\\\\\\/\"] , \"d\": -0,\"e\":false}\r\n";
    static const char BYTES[] = "\0\t\n []{},:\"\\u0/-+.eEtf\xE4\xFF\x80";
    char copy[sizeof TEXT];
    size_t valid = 0, tried = 0;
    assert_true(od_json_is_valid(od_slice_of(TEXT)));
    for (size_t i = 0; i < sizeof TEXT; i++) {
        const od_slice part = {TEXT, i};
        assert_int_equal(od_json_is_valid(part), is_read(part));
        for (size_t j = 0; i < sizeof TEXT - 1 && j < sizeof BYTES - 1; j++, tried++) {
            memcpy(copy, TEXT, sizeof TEXT);
            copy[i] = BYTES[j];
            const od_slice text = {copy, sizeof TEXT - 1};
            assert_int_equal(od_json_is_valid(text), is_read(text));
            valid += od_json_is_valid(text);
        }
    }
    assert_in_range(valid, 100, tried - 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_roots),   cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_limits), cmocka_unit_test(test_mangled),
        cmocka_unit_test(test_validity),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
