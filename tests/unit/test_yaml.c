// YAML: values with their bytes, what is refused and where, and hostile input.
#include "base/buf.h"
#include "base/limits.h"
#include "data/yaml_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
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
    od_source_init(&f->source, &f->arena, "data.yaml", text, 0);
    f->status = od_yaml_read(&f->arena, &f->source, (od_span){0, text.size}, &f->failures, &f->value);
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

static void assert_text(od_slice text, const char *expected) {
    if (!od_slice_is(text, expected)) print_error("“%.*s”\n", (int)text.size, text.data);
    assert_true(od_slice_is(text, expected));
}

static void assert_source(const fixture *f, const od_value *value, const char *expected) {
    assert_ptr_equal(value->source, &f->source);
    assert_text(od_source_cut(&f->source, value->span), expected);
}

// ---- values ------------------------------------------------------------------------------------

static void test_scalars(void **state) {
    (void)state;
    static const struct {
        const char *written, *text;
        od_value_kind kind;
        bool quoted, number, boolean;
    } CASES[] = {
        {"第三", "第三", OD_SCALAR, false, false, false},
        {"NO", "NO", OD_SCALAR, false, false, false},
        {"yes", "yes", OD_SCALAR, false, false, false},
        {"010", "010", OD_SCALAR, false, true, false},
        {"1.10", "1.10", OD_SCALAR, false, true, false},
        {"1e999", "1e999", OD_SCALAR, false, true, false},
        {"-.5", "-.5", OD_SCALAR, false, true, false},
        {"5.", "5.", OD_SCALAR, false, true, false},
        {"0x1F", "0x1F", OD_SCALAR, false, true, false},
        {"0o17", "0o17", OD_SCALAR, false, true, false},
        {"1e", "1e", OD_SCALAR, false, false, false},
        {"0x", "0x", OD_SCALAR, false, false, false},
        {".", ".", OD_SCALAR, false, false, false},
        {"+", "+", OD_SCALAR, false, false, false},
        {"1_000", "1_000", OD_SCALAR, false, false, false},
        {"9:30", "9:30", OD_SCALAR, false, false, false},
        {"2022-02-18", "2022-02-18", OD_SCALAR, false, false, false},
        {"12", "12", OD_SCALAR, false, true, false},
        {"\"12\"", "12", OD_SCALAR, true, false, false},
        {"'it''s'", "it's", OD_SCALAR, true, false, false},
        {"\"a\\u4e2db\"", "a中b", OD_SCALAR, true, false, false},
        {"true", "true", OD_SCALAR, false, false, true},
        {"FALSE", "FALSE", OD_SCALAR, false, false, true},
        {"\"true\"", "true", OD_SCALAR, true, false, false},
        {"tRue", "tRue", OD_SCALAR, false, false, false},
        {"null", "null", OD_NULL, false, false, false},
        {"~", "~", OD_NULL, false, false, false},
        {"NULL", "NULL", OD_NULL, false, false, false},
        {"\"null\"", "null", OD_SCALAR, true, false, false},
        {"''", "", OD_SCALAR, true, false, false},
        {"!!str 12", "12", OD_SCALAR, true, false, false},
        {"!!str", "", OD_SCALAR, true, false, false},
        {"! 12", "12", OD_SCALAR, true, false, false},
        {"!!int 12", "12", OD_SCALAR, false, true, false},
        {"!!null ''", "", OD_SCALAR, true, false, false},
        {"=keep", "=keep", OD_SCALAR, false, false, false},
        {"a #b", "a", OD_SCALAR, false, false, false},
        {"a#b", "a#b", OD_SCALAR, false, false, false},
        {"http://x.cn/a", "http://x.cn/a", OD_SCALAR, false, false, false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture f;
        char text[100];
        snprintf(text, sizeof text, "k: %s\n", CASES[i].written);
        read_text(&f, text);
        const od_value *const value = at(&f, "k");
        assert_int_equal(value->kind, CASES[i].kind);
        assert_text(value->text, CASES[i].text);
        assert_int_equal(value->quoted, CASES[i].quoted);
        assert_int_equal(value->number, CASES[i].number);
        assert_int_equal(value->boolean, CASES[i].boolean);
        od_arena_free(&f.arena);
    }
}

static void test_spans(void **state) {
    (void)state;
    fixture f;
    read_text(&f, "\xEF\xBB\xBF# 说明\r\n发放学习资料XX篇: 12\r\n主要问题XX类XX条: [ 3, \"十二\" ] # 后\r\n"
                  "会前:\r\n  地点: '三楼  会议室'\r\n  名单:\r\n  - 甲\r\n  - 乙: 1\r\n    丙: 2\r\n\r\n"
                  "长文: |\r\n  一行\r\n  二行\r\n\r\n折行: 一\r\n  二\r\n空:\r\n末: &a !!str x\r\n又: *a\r\n");
    assert_int_equal(f.value.count, 8);
    assert_text(f.value.entries[0].key, "发放学习资料XX篇");
    assert_text(od_source_cut(&f.source, f.value.entries[0].key_span), "发放学习资料XX篇");
    assert_source(&f, at(&f, "发放学习资料XX篇"), "12");
    const od_value *const list = at(&f, "主要问题XX类XX条");
    assert_source(&f, list, "[ 3, \"十二\" ]");
    assert_int_equal(list->count, 2);
    assert_source(&f, &list->items[1], "\"十二\"");
    const od_value *const inner = at(&f, "会前");
    assert_source(&f, od_value_at(inner, "地点"), "'三楼  会议室'");
    const od_value *const names = od_value_at(inner, "名单");
    assert_source(&f, names, "- 甲\r\n  - 乙: 1\r\n    丙: 2");
    assert_source(&f, &names->items[1], "乙: 1\r\n    丙: 2");
    assert_source(&f, at(&f, "长文"), "|\r\n  一行\r\n  二行");
    assert_text(at(&f, "长文")->text, "一行\n二行\n");
    assert_source(&f, at(&f, "折行"), "一\r\n  二");
    assert_text(at(&f, "折行")->text, "一 二");
    assert_source(&f, at(&f, "空"), "");
    assert_int_equal(at(&f, "空")->kind, OD_NULL);
    assert_source(&f, at(&f, "末"), "x");
    assert_source(&f, at(&f, "又"), "*a");
    assert_text(at(&f, "又")->text, "x");
    od_arena_free(&f.arena);
}

// Marks count code points, and NEL and U+2028 are line ends to libyaml and none to us.
static void test_spans_other_planes(void **state) {
    (void)state;
    fixture f;
    read_text(&f, "\xF0\xA0\x80\x80: \"\xF0\x9F\x98\x80\"\ra: b\r");
    assert_source(&f, at(&f, "\xF0\xA0\x80\x80"), "\"\xF0\x9F\x98\x80\"");
    assert_source(&f, at(&f, "a"), "b");
    od_arena_free(&f.arena);
}

static void test_range(void **state) {
    (void)state;
    const char *const text = "---\na: 甲\n---\n: [ not yaml\n";
    fixture f = {0};
    f.failures = (od_diagnostics){.arena = &f.arena};
    od_source_init(&f.source, &f.arena, "d.md", od_slice_of(text), 0);
    assert_int_equal(od_yaml_read(&f.arena, &f.source, (od_span){4, 11}, &f.failures, &f.value), OD_OK);
    assert_source(&f, at(&f, "a"), "甲");
    od_arena_free(&f.arena);
}

static void test_nothing(void **state) {
    (void)state;
    static const char *const TEXTS[] = {"", "\n\n", "# only a comment\n", "---\n", "\xEF\xBB\xBF", "---\n...\n"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        fixture f;
        read_text(&f, TEXTS[i]);
        assert_int_equal(f.value.kind, OD_NULL);
        od_arena_free(&f.arena);
    }
}

static void test_readers_of_values(void **state) {
    (void)state;
    fixture f;
    read_text(&f, "t: true\nq: 'true'\nn: 9223372036854775807\nm: -9223372036854775808\n"
                  "big: 9223372036854775808\nd: 1.5\np: +7\ne: ''\nl: [1]\n");
    assert_true(od_value_bool(at(&f, "t"), false));
    assert_false(od_value_bool(at(&f, "q"), false));
    assert_true(od_value_bool(NULL, true));
    int64_t number = 0;
    assert_true(od_value_integer(at(&f, "n"), &number));
    assert_true(number == INT64_MAX);
    assert_true(od_value_integer(at(&f, "m"), &number));
    assert_true(number == INT64_MIN);
    assert_true(od_value_integer(at(&f, "p"), &number));
    assert_int_equal(number, 7);
    assert_false(od_value_integer(at(&f, "big"), &number));
    assert_false(od_value_integer(at(&f, "d"), &number));
    assert_false(od_value_integer(at(&f, "e"), &number));
    assert_false(od_value_integer(at(&f, "l"), &number));
    assert_false(od_value_integer(NULL, &number));
    assert_null(od_value_at(&f.value, "none"));
    assert_null(od_value_at(at(&f, "t"), "t"));
    od_arena_free(&f.arena);
}

static void test_aliases(void **state) {
    (void)state;
    fixture f;
    read_text(&f, "a: &x {n: 1, m: [2, 3]}\nb: *x\nc: [*x, *x]\n&k 键: v\nd: &x 9\ne: *x\nf: {*k : w}\n");
    assert_text(od_value_at(at(&f, "b"), "n")->text, "1");
    assert_int_equal(at(&f, "c")->count, 2);
    assert_text(at(&f, "e")->text, "9");
    assert_text(od_value_at(at(&f, "f"), "键")->text, "w");
    od_arena_free(&f.arena);
}

// What looks like a clerk's mistake and is none.
static void test_colons(void **state) {
    (void)state;
    fixture f;
    read_text(&f, "a: {会前::意见XX条: , 备注：甲: 1, \"x：y\", z : }\n会前::意见XX条: 26\n"
                  "时间: 9:30\n说明: 见附件：三份\n备注：一: 是\nurl: http://x.cn:80/a\n");
    assert_int_equal(at(&f, "a")->count, 4);
    assert_int_equal(od_value_at(at(&f, "a"), "会前::意见XX条")->kind, OD_NULL);
    assert_text(at(&f, "会前::意见XX条")->text, "26");
    assert_text(at(&f, "时间")->text, "9:30");
    assert_text(at(&f, "说明")->text, "见附件：三份");
    assert_text(at(&f, "备注：一")->text, "是");
    od_arena_free(&f.arena);
}

// ---- refusals ----------------------------------------------------------------------------------

typedef struct refusal {
    const char *text;
    size_t line, column; // from 1, in code points
    od_status status;
    const char *en, *zh; // parts of the messages
} refusal;

// Returns whether `text` is refused as `wanted`, and says how else it went.
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
    assert_int_equal(failure->severity, OD_FAILURE);
    assert_true(failure->span.end >= failure->span.start && failure->span.end <= text.size);
    const bool right = place.line == wanted->line && place.column == wanted->column &&
                       f.status == wanted->status && strstr(failure->message.data, part);
    if (!right)
        print_error("%s\n%zu:%zu: %s\n", wanted->text, place.line, place.column,
                    failure->message.data);
    od_arena_free(&f.arena);
    return right;
}

static size_t count_wrong(const refusal *wanted, od_slice text) {
    return (size_t)!is_refused(wanted, text, OD_ENGLISH) + !is_refused(wanted, text, OD_CHINESE);
}

static void test_refusals(void **state) {
    (void)state;
    static const refusal CASES[] = {
        // What YAML allows and we do not.
        {"a: 1\nb: 2\na: 3\n", 3, 1, OD_INVALID, "“a” is given twice, first on line 1", "写了两次，第一次在第1行"},
        {"a: 1\n\"a\": 3\n", 2, 1, OD_INVALID, "given twice", "写了两次"},
        {"x:\n  甲: 1\n  乙: 2\n  甲: 3\n  乙: 1\n", 4, 3, OD_INVALID, "“甲” is given twice, first on line 2", "“甲”写了两次"},
        {"[{a: 1, b: 2, a: 3}]\n", 1, 15, OD_INVALID, "given twice", "写了两次"},
        {"a: 1\n---\nb: 2\n", 2, 1, OD_INVALID, "second document", "又开始了一份数据"},
        {"%TAG ! tag:x,2000:\n---\na: 1\n", 1, 1, OD_INVALID, "%TAG", "%TAG"},
        {"# c\n%YAML 1.1\n%TAG ! tag:x,2000:\n---\na: 1\n", 3, 1, OD_INVALID, "%TAG", "%TAG"},
        {"a: 1\n...\n%TAG ! tag:x,2000:\n---\na: 1\n", 3, 1, OD_INVALID, "%TAG", "%TAG"},
        {"a: !!python/object:os.system x\n", 1, 30, OD_INVALID, "tag:yaml.org,2002:python/object:os.system", "不支持标签"},
        {"a: !mine x\n", 1, 10, OD_INVALID, "“!mine” is not supported", "不支持标签“!mine”"},
        {"a: !!binary aGk=\n", 1, 13, OD_INVALID, "is not supported", "不支持标签"},
        {"a: !!map x\n", 1, 10, OD_INVALID, "is not supported", "不支持标签"},
        {"a: !!str [x]\n", 1, 10, OD_INVALID, "is not supported", "不支持标签"},
        {"a: &x {b: 1}\nc:\n  <<: *x\n", 3, 3, OD_INVALID, "merge keys", "合并键"},
        {"a: &x [1, *x]\n", 1, 11, OD_INVALID, "inside the value it refers to", "自己所指"},
        {"a: *nowhere\n", 1, 4, OD_INVALID, "refers to nothing", "没有对应"},
        {"a: \"x\\0y\"\n", 1, 4, OD_INVALID, "NUL", "NUL"},
        {"[a, b]: 1\n", 1, 1, OD_INVALID, "a key must be a text", "键必须是文字"},
        {"? {a: 1}\n: 1\n", 1, 3, OD_INVALID, "a key must be a text", "键必须是文字"},
        {"a: 1\n: 2\n", 2, 1, OD_INVALID, "key before this colon is missing", "缺少键"},
        {"'': 2\n", 1, 1, OD_INVALID, "key before this colon is missing", "缺少键"},
        // Bytes.
        {"a: 1\n名: \xB5\xDA\xC8\xFD\n", 2, 4, OD_INVALID, "GBK", "GBK"},
        {"\xFF\xFE" "a", 1, 1, OD_INVALID, "UTF-16", "UTF-16"},
        {"a: 1\nb: x\x07y\n", 2, 5, OD_INVALID, "U+0007", "U+0007"},
        {"a: x\xEF\xBB\xBFy\n", 1, 5, OD_INVALID, "U+FEFF", "U+FEFF"},
        {"a: \xC2\x9By\n", 1, 4, OD_INVALID, "U+009B", "U+009B"},
        // What clerks write.
        {"branch: 第三\n会议日期：2022-02-18\n", 2, 5, OD_INVALID, "full-width colon “：” stands after “会议日期”", "全角冒号"},
        {"会议日期：2022-02-18\nbranch: 第三\n", 1, 5, OD_INVALID, "full-width colon", "全角冒号"},
        {"会议日期：2022-02-18\n地点：三楼\n", 1, 5, OD_INVALID, "full-width colon", "全角冒号"},
        {"人数:12\n", 1, 3, OD_INVALID, "the colon after “人数” needs a space", "冒号之后要空一格"},
        {"a: 1\n人数:12\n", 2, 3, OD_INVALID, "needs a space", "空一格"},
        {"人数:12\na: 1\n", 1, 3, OD_INVALID, "needs a space", "空一格"},
        {"a: 1\n\n人数:12\n\nb: 3\n", 3, 3, OD_INVALID, "needs a space", "空一格"},
        {"a: {甲：1}\n", 1, 6, OD_INVALID, "full-width colon", "全角冒号"},
        {"a: {x:1, y: 2}\n", 1, 6, OD_INVALID, "needs a space", "空一格"},
        {"a: 1\n只是一句话\nb: 2\n", 2, 1, OD_INVALID, "no colon", "没有冒号"},
        {"a: 备注: 甲\n", 1, 6, OD_INVALID, "in quotes", "加引号"},
        {"a: 1\n  b: 2\n", 2, 4, OD_INVALID, "lines up with the keys above", "左对齐"},
        {"a:\n  b: 1\n c: 2\n", 3, 2, OD_INVALID, "does not line up", "没有左对齐"},
        {"a: \"第三\" 支部\n", 1, 9, OD_INVALID, "follows a closing quote", "引号后面还有文字"},
        {"a: 1\nb: \"没有配对\nc: 3\n", 2, 4, OD_INVALID, "never closed", "没有配对"},
        {"a: '没有配对", 1, 4, OD_INVALID, "never closed", "没有配对"},
        {"a: \"C:\\data\"\n", 1, 7, OD_INVALID, "“\\” starts an escape", "转义符"},
        {"a:\n\tb: 1\n", 2, 1, OD_INVALID, "a tab stands", "制表符"},
        {"a: @张三\n", 1, 4, OD_INVALID, "cannot start with “@”", "不能以“@”开头"},
        {"a: `x`\n", 1, 4, OD_INVALID, "cannot start with “`”", "不能以“`”开头"},
        {"a: %x\n", 1, 4, OD_INVALID, "cannot start with “%”", "不能以“%”开头"},
        {"a: *重点*\n", 1, 4, OD_INVALID, "“*” must be in quotes", "以“*”开头的值要加引号"},
        {"a: &重点\n", 1, 4, OD_INVALID, "“&” must be in quotes", "以“&”开头的值要加引号"},
        {"a: !重点\n", 1, 4, OD_INVALID, "“!” must be in quotes", "以“!”开头的值要加引号"},
        {"a: - 1\n", 1, 4, OD_INVALID, "cannot start a list here", "不能用“- ”开始列表"},
        {"a: [1, 2\nb: 3\n", 1, 4, OD_INVALID, "list is not well closed", "列表没有写完"},
        {"a: {b: 1\nc: 3\n", 1, 4, OD_INVALID, "not well closed", "没有写完"},
        {"a: |x\n", 1, 4, OD_INVALID, "next line", "另起一行"},
        {"%FOO\n---\na: 1\n", 1, 1, OD_INVALID, "directive", "指令"},
        {"a:\n- 1\n- 2\n x: 1\n", 4, 3, OD_INVALID, "colon", "冒号"},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        wrong += count_wrong(&CASES[i], od_slice_of(CASES[i].text));
    const refusal nul = {"a: x NUL y", 1, 5, OD_INVALID, "U+0000", "U+0000"};
    wrong += count_wrong(&nul, OD_SLICE("a: x\0y\n"));
    assert_int_equal(wrong, 0);
}

// ---- limits ------------------------------------------------------------------------------------

static void repeat(od_buf *buf, const char *text, size_t count) {
    for (size_t i = 0; i < count; i++) od_buf_text(buf, text);
}

static od_status read_buf(od_buf *buf, const char *part) {
    fixture f;
    const clock_t start = clock();
    read_bytes(&f, od_buf_slice(buf), OD_ENGLISH);
    if (part) {
        assert_int_not_equal(f.status, OD_OK);
        if (!strstr(f.failures.found.items[0].message.data, part))
            print_error("%s\n", f.failures.found.items[0].message.data);
        assert_non_null(strstr(f.failures.found.items[0].message.data, part));
    }
    // Hours for what is quadratic, and sanitizers are slow.
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    od_arena_free(&f.arena);
    od_buf_free(buf);
    return f.status;
}

static void test_depth(void **state) {
    (void)state;
    static const char *const OPENERS[] = {"[", "{a: ", "[? ", "{? ", "[\n", "{a: \n", "[[],", "[{", "- ",
                                          "? ", "{\"a\":", "- ? "};
    for (size_t i = 0; i < sizeof OPENERS / sizeof *OPENERS; i++) {
        od_buf buf = {0};
        repeat(&buf, OPENERS[i], 1000000);
        const od_status status = read_buf(&buf, "");
        assert_true(status == OD_LIMIT || status == OD_INVALID);
    }
    od_buf most = {0}, more = {0};
    repeat(&most, "[", 64);
    repeat(&most, "]", 64);
    assert_int_equal(read_buf(&most, NULL), OD_OK);
    repeat(&more, "[", 65);
    repeat(&more, "]", 65);
    assert_int_equal(read_buf(&more, "deeper than 64 levels (limit: YAML nesting)"), OD_LIMIT);
}

static void test_brackets_in_text(void **state) {
    (void)state;
    od_buf buf = {0};
    for (size_t i = 0; i < 200; i++) {
        od_buf_text(&buf, "键");
        od_buf_number(&buf, i);
        od_buf_text(&buf, ": 见 [一 {二 # [[[[\n");
    }
    assert_int_equal(read_buf(&buf, NULL), OD_OK);
}

static void test_alias_limits(void **state) {
    (void)state;
    od_buf most = {0}, more = {0}, bomb = {0}, deep = {0};
    od_buf_text(&most, "a: &x 1\nb: [*x");
    repeat(&most, ", *x", 99);
    od_buf_text(&most, "]\n");
    assert_int_equal(read_buf(&most, NULL), OD_OK);
    od_buf_text(&more, "a: &x 1\nb: [*x");
    repeat(&more, ", *x", 100);
    od_buf_text(&more, "]\n");
    assert_int_equal(read_buf(&more, "more than 100 aliases (limit: YAML aliases)"), OD_LIMIT);
    od_buf_text(&bomb, "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    for (char name = 'b'; name < 'h'; name++) {
        const char line[] = {name, ':', ' ', '&', name, ' ', '[', 0};
        od_buf_text(&bomb, line);
        for (size_t i = 0; i < 10; i++) {
            const char alias[] = {'*', (char)(name - 1), i < 9 ? ',' : ']', ' ', 0};
            od_buf_text(&bomb, alias);
        }
        od_buf_text(&bomb, "\n");
    }
    assert_int_equal(read_buf(&bomb, "limit: nodes made by YAML aliases"), OD_LIMIT);
    // Each step is 40 deep, and together more than 64.
    od_buf_text(&deep, "a: &a ");
    repeat(&deep, "[", 40);
    repeat(&deep, "]", 40);
    od_buf_text(&deep, "\nb: ");
    repeat(&deep, "[", 40);
    od_buf_text(&deep, "*a ");
    repeat(&deep, "]", 40);
    assert_int_equal(read_buf(&deep, "limit: YAML nesting"), OD_LIMIT);
}

static void test_node_limit(void **state) {
    (void)state;
    od_buf buf = {0};
    od_buf_text(&buf, "[");
    repeat(&buf, "1,", od_limit_value(YAML_NODES) + 1);
    od_buf_text(&buf, "]");
    assert_int_equal(read_buf(&buf, "limit: YAML nodes"), OD_LIMIT);
}

// Inputs on which a careless reader takes quadratic time.
static void test_linear(void **state) {
    (void)state;
    od_buf line = {0}, keys = {0}, tags = {0}, anchors = {0}, same = {0};
    od_buf_text(&line, "[");
    repeat(&line, "一,", 200000); // one long line with many events
    od_buf_text(&line, "]");
    assert_int_equal(read_buf(&line, NULL), OD_OK);
    for (size_t i = 0; i < 200000; i++) {
        od_buf_text(&keys, "键");
        od_buf_number(&keys, i);
        od_buf_text(&keys, ": 1\n");
    }
    assert_int_equal(read_buf(&keys, NULL), OD_OK);
    for (size_t i = 0; i < 100000; i++) {
        od_buf_text(&tags, "%TAG !");
        od_buf_number(&tags, i);
        od_buf_text(&tags, "! tag:x,2000:\n");
    }
    assert_int_equal(read_buf(&tags, "%TAG"), OD_INVALID);
    for (size_t i = 0; i < 100000; i++) {
        od_buf_text(&anchors, "- &a");
        od_buf_number(&anchors, i);
        od_buf_text(&anchors, " 1\n");
    }
    repeat(&anchors, "- *a0\n", 100);
    assert_int_equal(read_buf(&anchors, NULL), OD_OK);
    repeat(&same, "a: 1\n", 200000);
    assert_int_equal(read_buf(&same, "“a” is given twice, first on line 1"), OD_INVALID);
}

// Every beginning of a file, and every file with one byte changed, is read or refused without a fault.
static void test_mangled(void **state) {
    (void)state;
    static const char TEXT[] =
        "\xEF\xBB\xBF%YAML 1.1\n---\n# 注\na: &x {n: 1, \"m\\u4e2d\": ['二', *y, ~]}\n"
        "b: *x\n? 键\n: |+\n  一\n\n  二\n\nc:\n- >-\n  折\n  行\n- !!str 1\n- {：: ：}\n...\n";
    static const char BYTES[] = "\0\t\n\r :[]{},#&*!|>'\"%@`-?\xE4\xFF\x80\\";
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

// ---- with and without libyaml ------------------------------------------------------------------

static bool same_scalar(const od_value *a, const od_value *b) {
    return a->kind == b->kind && a->quoted == b->quoted && a->number == b->number &&
           a->boolean == b->boolean && a->span.start == b->span.start &&
           a->span.end == b->span.end && a->count == b->count && od_slice_equal(a->text, b->text);
}

static bool same_values(const od_value *a, const od_value *b) {
    if (!same_scalar(a, b)) return false;
    for (size_t i = 0; a->kind == OD_SEQUENCE && i < a->count; i++)
        if (!same_values(&a->items[i], &b->items[i])) return false;
    for (size_t i = 0; a->kind == OD_MAPPING && i < a->count; i++) {
        const od_entry *const left = &a->entries[i], *const right = &b->entries[i];
        if (!od_slice_equal(left->key, right->key) || left->key_span.start != right->key_span.start ||
            left->key_span.end != right->key_span.end || !same_values(&left->value, &right->value))
            return false;
    }
    return true;
}

// Reads `text` without libyaml, if that can be, and compares with what libyaml makes of it: a comment
// with a tab at the end is for libyaml alone. Returns whether it could be.
static bool agrees(const char *text) {
    fixture f = {0};
    f.failures = (od_diagnostics){.arena = &f.arena};
    od_source_init(&f.source, &f.arena, "data.yaml", od_slice_of(text), 0);
    od_builder b = {.arena = &f.arena, .source = &f.source, .failures = &f.failures, .depth_max = 64};
    const od_span all = {0, f.source.bytes.size};
    const bool simple = od_builder_check_bytes(&b, all) && od_yaml_read_simple(&b, all);
    if (simple) {
        od_buf buf = {0};
        od_buf_text(&buf, text);
        od_buf_text(&buf, "\n#\t\n");
        fixture judge;
        read_bytes(&judge, od_buf_slice(&buf), OD_ENGLISH);
        if (judge.status != OD_OK || !same_values(&b.root, &judge.value)) {
            print_error("differs:\n%s\n", text);
            fail();
        }
        od_arena_free(&judge.arena);
        od_buf_free(&buf);
    }
    od_builder_free(&b);
    od_arena_free(&f.arena);
    return simple;
}

static void test_simple(void **state) {
    (void)state;
    static const char *const SIMPLE[] = {
        "a: 1", "a: 1\nb: 二\n", "a:\nb:\n", "a: # nothing\nb: x # y\n", "a: b#c\n", "# c\n\na: b\n",
        "a:\n  b: 1\n  c:\n    d: e\nf: g\n", "a:\n- 1\n- 2\nb: 3\n", "a:\n  - 1\n  - b: 2\n    c: 3\n  -\n",
        "- a\n- - b\n  - c\n-\n- d: e\n", "- a:\n  - b\n  - c: d\n    e: f\n- g\n", "a: {}\nb: []\n",
        "a: {b: 1, c: [x, y, {d: e}], f: 'g, h'}\n", "- [a, \"b\", -1] # c\n- {x: {y: z}}\n",
        "a: \"x: y\"\n'b c': 'd # e'\n", "a: b  \n  \nc: d", "a: b\r\nc:\r\n  - d\r\n", "甲: 于<date.year>年，共<n>件\n",
        "a: http://x.org/y:z\nb: 10:30\nc: -5\nd: ~\ne: null\nf: True\n", "a : b\n", "a: [b c, d:e]\n",
"\"a\": {\"b\": 'c'}\n", "a: =x + 1\nb: <c>\n", "a-b_c.d: e - f\n",
        "a: [b,\n    c, \n\n  {\nd: e,\nf: g}] # h\ni: j\n",
    };
    for (size_t i = 0; i < sizeof SIMPLE / sizeof *SIMPLE; i++) {
        if (!agrees(SIMPLE[i])) {
            print_error("not simple:\n%s\n", SIMPLE[i]);
            fail();
        }
    }
}

// Texts put together of what matters to YAML, so that nothing is read that libyaml reads otherwise.
static void test_simple_at_random(void **state) {
    (void)state;
    static const char *const PIECES[] = {
        "a",  "b",  "一", " ",  "  ", "\n", "\n", "\n  ", "\n- ", "- ", "-",  ":",  ": ", ": ", ":\n", ",",
        ", ", "[",  "]",  "{",  "}",  "'",  "\"", "#",   " #",  "1",  "~",  "?",  "&",  "*",  "|",   ">",
        "!",  "%",  "@",  "`",  "\\", "\r\n", "\n    ", "---", "...", "a: b\n", "- c\n", "<<", "[a, b]", "{a: b}",
        "x: ", "y:\n  ", "null", ",\n", "[\n", "\xC2\xA0", "\xE2\x80\xA8", "\xC2\x85",
    };
    enum { ROUNDS = 60000, MOST = 14, COUNT = sizeof PIECES / sizeof *PIECES };
    size_t simple = 0;
    srand(5);
    for (int round = 0; round < ROUNDS; round++) {
        char text[MOST * 8 + 1] = "";
        for (int i = rand() % MOST; i >= 0; i--) strcat(text, PIECES[rand() % COUNT]);
        simple += agrees(text);
    }
    assert_true(simple > ROUNDS / 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scalars),       cmocka_unit_test(test_spans),
        cmocka_unit_test(test_spans_other_planes), cmocka_unit_test(test_range),
        cmocka_unit_test(test_nothing),       cmocka_unit_test(test_readers_of_values),
        cmocka_unit_test(test_colons),        cmocka_unit_test(test_aliases),       cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_depth),         cmocka_unit_test(test_brackets_in_text),
        cmocka_unit_test(test_alias_limits),  cmocka_unit_test(test_node_limit),
        cmocka_unit_test(test_linear),
        cmocka_unit_test(test_mangled),
        cmocka_unit_test(test_simple),
        cmocka_unit_test(test_simple_at_random),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
