// Text reports: lines, excerpts with their carets, the closing line, failures.
#include "report/report.h"
#include "source/diagnostic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct report {
    od_arena arena;
    od_source source;
    od_diagnostics found;
    od_report_options options;
    od_buf out;
} report;

static void open_report(report *r, const char *path, const char *text) {
    *r = (report){0};
    r->found.arena = &r->arena;
    od_source_init(&r->source, &r->arena, path, od_slice_of(text), 0);
}

static void close_report(report *r) {
    od_arena_free(&r->arena);
    od_buf_free(&r->out);
}

static od_diagnostic *find(report *r, size_t start, size_t end) {
    return od_diagnose(&r->found, OD_RULE_PLACEHOLDER_UNFILLED, &r->source, (od_span){start, end},
                       OD_SLICE("blank"));
}

static const char *write_report(report *r) {
    const od_findings findings = {.items = r->found.found.items, .count = r->found.found.count};
    od_report_text(&r->out, &findings, &r->options);
    od_buf_byte(&r->out, '\0');
    return r->out.data;
}

// Writes the excerpt of one finding, without its first line.
static void assert_excerpt(const char *text, size_t start, size_t end, const char *expected) {
    report r;
    open_report(&r, "a", text);
    r.options.excerpt = true;
    find(&r, start, end);
    const char *const written = strchr(write_report(&r), '\n') + 1;
    assert_string_equal(written, expected);
    close_report(&r);
}

static void test_line(void **state) {
    (void)state;
    report r;
    open_report(&r, "dir/a.md", "会前准备\n共XX人\n");
    find(&r, 16, 18)->severity = OD_ERROR;
    find(&r, 0, 0)->has_position = false;
    assert_string_equal(write_report(&r), "dir/a.md:2:2: error: blank [placeholder-unfilled]\n"
                                          "dir/a.md: warning: blank [placeholder-unfilled]\n");
    close_report(&r);
}

static void test_units(void **state) {
    (void)state;
    static const struct {
        od_column_unit unit;
        const char *line;
    } CASES[] = {{OD_CODE_POINTS, "a:1:4: warning: blank [placeholder-unfilled]\n"},
                 {OD_BYTES, "a:1:9: warning: blank [placeholder-unfilled]\n"},
                 {OD_UTF16, "a:1:5: warning: blank [placeholder-unfilled]\n"}};
    for (size_t i = 0; i < 3; i++) {
        report r;
        open_report(&r, "a", "\xEF\xBB\xBF共😀aXX"); // the mark is no column
        r.options.unit = CASES[i].unit;
        find(&r, 11, 13);
        assert_string_equal(write_report(&r), CASES[i].line);
        close_report(&r);
    }
}

// No draft and no path may command a terminal.
static void test_controls(void **state) {
    (void)state;
    report r;
    open_report(&r, "a\x1B]0;x\x07\n.md", "x");
    find(&r, 0, 1)->message = OD_SLICE("\x1B[2J \xC2\x9B \xE2\x80\xAE \xFF \xEF\xBB\xBF 好\t.");
    assert_string_equal(write_report(&r),
                        "a\\x1B]0;x\\x07 .md:1:1: warning: \\x1B[2J \\u009B \\u202E \\xFF \\uFEFF 好 . "
                        "[placeholder-unfilled]\n");
    close_report(&r);
}

static void test_excerpt(void **state) {
    (void)state;
    assert_excerpt("one\ntwo XX three\r\nfour", 8, 10,
                   "   2 | two XX three\n"
                   "     |     ^^\n");
    // Two cells for each of 会前共 and ，; a combining accent takes none; a tab is one space.
    assert_excerpt("会前，e\xCC\x81\t共XX人", 16, 18,
                   "   1 | 会前，e\xCC\x81 共XX人\n"
                   "     |           ^^\n");
    assert_excerpt("共ＸＸ人", 3, 9, "   1 | 共ＸＸ人\n     |   ^^^^\n");
    assert_excerpt("\xEF\xBB\xBFXX", 3, 5, "   1 | XX\n     | ^^\n");
    assert_excerpt("a\x1B" "bXX", 3, 5, "   1 | a\\x1BbXX\n     |       ^^\n");
}

static void test_excerpt_edges(void **state) {
    (void)state;
    assert_excerpt("", 0, 0, "   1 | \n     | ^\n");
    assert_excerpt("ab\n", 3, 3, "   2 | \n     | ^\n");
    assert_excerpt("ab\n", 2, 3, "   1 | ab\n     |   ^\n"); // the line end itself
    assert_excerpt("ab\r\ncd", 3, 3, "   1 | ab\n     |   ^\n");
    // Several lines: the first is underlined to its end.
    assert_excerpt("one two\nthree\n", 4, 13, "   1 | one two\n     |     ^^^\n");
    assert_excerpt("one\xFFtwo", 3, 4, "   1 | one\\xFFtwo\n     |    ^^^^\n");
}

static size_t count_cells(const char *line) {
    size_t cells = 0; // of `x`, `.`, `^`, spaces and `…`, which are all that is there
    for (; *line && *line != '\n'; line++) cells += ((unsigned char)*line & 0xC0) != 0x80;
    return cells;
}

static void test_long_line(void **state) {
    (void)state;
    char text[3001];
    memset(text, '.', 3000);
    text[3000] = '\0';
    memcpy(text + 1500, "xxxx", 4);
    report r;
    open_report(&r, "a", text);
    r.options.excerpt = true;
    find(&r, 1500, 1504);
    const char *const line = strchr(write_report(&r), '\n') + 1, *const carets = strchr(line, '\n') + 1;
    assert_int_equal(count_cells(line), 100);
    assert_memory_equal(line, "   1 | …", strlen("   1 | …"));
    assert_memory_equal(strstr(line, "…\n"), "…\n", 4);
    assert_int_equal(strcspn(carets, "^"), strcspn(line, "x") - 2); // … has three bytes
    assert_int_equal(strspn(carets + strcspn(carets, "^"), "^"), 4);
    close_report(&r);
    // At the start and at the end there is something on one side only.
    open_report(&r, "a", text);
    r.options.excerpt = true;
    find(&r, 0, 1);
    const char *const first = strchr(write_report(&r), '\n') + 1;
    assert_memory_equal(first, "   1 | ...", strlen("   1 | ..."));
    assert_int_equal(count_cells(first), 99);
    close_report(&r);
    open_report(&r, "a", text);
    r.options.excerpt = true;
    find(&r, 2999, 3000);
    const char *const last = strchr(write_report(&r), '\n') + 1;
    assert_memory_equal(last, "   1 | …", strlen("   1 | …"));
    assert_int_equal(count_cells(last), 99);
    close_report(&r);
    // A place that is too wide itself.
    open_report(&r, "a", text);
    r.options.excerpt = true;
    find(&r, 10, 2990);
    const char *const wide = strchr(write_report(&r), '\n') + 1;
    assert_true(count_cells(wide) <= 100);
    assert_true(count_cells(strchr(wide, '\n') + 1) <= 100);
    close_report(&r);
}

static void test_notes(void **state) {
    (void)state;
    report r;
    open_report(&r, "a", "XX");
    od_source data;
    od_source_init(&data, &r.arena, "b.yaml", OD_SLICE("k: 1\nl: 2\n"), 1);
    r.options.excerpt = true;
    od_diagnostic *const d = find(&r, 0, 2);
    od_diagnostic_relate(&r.found, d, &data, (od_span){8, 9}, OD_SLICE("the data"));
    od_diagnostic_fix(&r.found, d, OD_SLICE("do it"), (od_edit){{0, 2}, OD_SLICE("12")});
    assert_string_equal(write_report(&r), "a:1:1: warning: blank [placeholder-unfilled]\n"
                                          "   1 | XX\n"
                                          "     | ^^\n"
                                          "     = b.yaml:2:4: the data\n"
                                          "     = --fix: do it\n");
    close_report(&r);
}

static void test_chinese(void **state) {
    (void)state;
    report r;
    open_report(&r, "a", "XX");
    r.options.language = OD_CHINESE;
    find(&r, 0, 2);
    assert_string_equal(write_report(&r), "a:1:1: warning: blank [placeholder-unfilled]\n");
    r.out.size = 0;
    r.options.excerpt = true; // a person reads it
    assert_string_equal(write_report(&r), "a:1:1: 提醒: blank [placeholder-unfilled]\n"
                                          "   1 | XX\n     | ^^\n");
    close_report(&r);
}

static void test_color(void **state) {
    (void)state;
    report r;
    open_report(&r, "a", "XX");
    r.options.color = true;
    find(&r, 0, 2)->severity = OD_ERROR;
    assert_string_equal(write_report(&r),
                        "\x1B[1ma:1:1: \x1B[0m\x1B[1;31merror\x1B[0m: blank\x1B[2m "
                        "[placeholder-unfilled]\x1B[0m\n");
    close_report(&r);
}

// One line for all rules that lack the same.
static void test_unchecked(void **state) {
    (void)state;
    od_arena arena = {0};
    od_source source;
    od_source_init(&source, &arena, "a.md", OD_SLICE(""), 0);
    const od_slice labels[] = {OD_SLICE("Members"), OD_SLICE("today")};
    const od_slice fields[] = {OD_SLICE("members"), OD_SLICE("today")};
    const od_unchecked items[] = {{&source, OD_SLICE("max"), labels, fields, 1},
                                  {&source, OD_SLICE("both"), labels, fields, 2},
                                  {&source, OD_SLICE("half"), labels, fields, 1}};
    const od_findings findings = {.unchecked = items, .unchecked_count = 3};
    od_buf out = {0};
    od_report_text_unchecked(&out, &findings, &(od_report_options){.language = OD_ENGLISH});
    od_report_text_unchecked(&out, &findings, &(od_report_options){.language = OD_CHINESE});
    od_buf_byte(&out, '\0');
    assert_string_equal(out.data, "a.md: not checked: max, half (no value: Members)\n"
                                  "a.md: not checked: both (no value: Members, today)\n"
                                  "a.md: 未核对：max、half（缺：Members）\n"
                                  "a.md: 未核对：both（缺：Members、today）\n");
    od_buf_free(&out);
    od_arena_free(&arena);
}

static void assert_summary(od_report_counts counts, od_language language, const char *expected) {
    od_buf out = {0};
    od_report_text_summary(&out, &counts, &(od_report_options){.language = language});
    assert_true(od_slice_is(od_buf_slice(&out), expected));
    od_buf_free(&out);
}

static void test_summary(void **state) {
    (void)state;
    assert_summary((od_report_counts){4, 2, 3, 0, 0}, OD_ENGLISH, "2 errors, 3 warnings in 4 files\n");
    assert_summary((od_report_counts){1, 1, 0, 1, 0}, OD_ENGLISH, "1 error, 1 info in 1 file\n");
    assert_summary((od_report_counts){2, 0, 1, 5, 0}, OD_ENGLISH, "1 warning, 5 infos in 2 files\n");
    assert_summary((od_report_counts){1, 0, 0, 0, 0}, OD_ENGLISH, "nothing found in 1 file\n");
    assert_summary((od_report_counts){4, 2, 3, 0, 0}, OD_CHINESE, "发现2个错误、3个提醒（共检查4个文件）\n");
    assert_summary((od_report_counts){4, 0, 0, 0, 0}, OD_CHINESE, "检查了4个文件，没有发现问题\n");
    assert_summary((od_report_counts){1, 2, 3, 0, 1}, OD_CHINESE,
                   "发现2个错误、3个提醒（共检查1个文件）；1条规则因缺数据未核对\n");
    assert_summary((od_report_counts){1, 0, 0, 0, 4}, OD_ENGLISH,
                   "nothing found in 1 file; 4 rules not checked for want of data\n");
    assert_summary((od_report_counts){1, 1, 0, 0, 1}, OD_ENGLISH,
                   "1 error in 1 file; 1 rule not checked for want of data\n");
}

static void test_count(void **state) {
    (void)state;
    report r;
    open_report(&r, "a", "XX");
    find(&r, 0, 1)->severity = OD_ERROR;
    find(&r, 0, 1)->severity = OD_INFO;
    find(&r, 0, 1);
    find(&r, 0, 1);
    od_report_counts counts = {.files = 7, .errors = 1};
    od_report_count(&counts, &(od_findings){.items = r.found.found.items,
                                               .count = r.found.found.count});
    assert_int_equal(counts.files, 7);
    assert_int_equal(counts.errors, 2);
    assert_int_equal(counts.warnings, 2);
    assert_int_equal(counts.infos, 1);
    close_report(&r);
}

static void test_failures(void **state) {
    (void)state;
    report r;
    open_report(&r, "p.yaml", "a\nb\n");
    od_fail_at(&r.found, &r.source, (od_span){2, 3}, OD_SLICE("unknown key\x1B"));
    od_fail(&r.found, "x.md", OD_SLICE("not there"));
    od_fail(&r.found, NULL, OD_SLICE("no file"));
    od_report_failures(&r.out, &(od_findings){.items = r.found.found.items,
                                               .count = r.found.found.count});
    assert_true(od_slice_is(od_buf_slice(&r.out), "orgdraft: p.yaml:2:1: unknown key\\x1B\n"
                                                  "orgdraft: x.md: not there\n"
                                                  "orgdraft: no file\n"));
    close_report(&r);
}

// A hundred thousand findings in one line of 1 MB, each with a related place elsewhere in it:
// counting the columns of each from the start of the line would take minutes.
static void test_many(void **state) {
    (void)state;
    enum { COUNT = 100000 };
    char *const text = malloc(COUNT * 10 + 1);
    for (size_t i = 0; i < COUNT; i++) memcpy(text + i * 10, "共计XXab", 10);
    text[COUNT * 10] = '\0';
    report r;
    open_report(&r, "a", text);
    r.options.excerpt = true;
    for (size_t i = 0; i < COUNT; i++) {
        const size_t back = (COUNT - 1 - i) * 10;
        od_diagnostic_relate(&r.found, find(&r, i * 10 + 6, i * 10 + 8), &r.source,
                             (od_span){back, back + 3}, OD_SLICE("y"));
    }
    const char *const written = write_report(&r);
    assert_non_null(strstr(written, "\na:1:599997: warning: blank"));
    close_report(&r);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),      cmocka_unit_test(test_units),
        cmocka_unit_test(test_controls),  cmocka_unit_test(test_excerpt),
        cmocka_unit_test(test_excerpt_edges), cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_notes),     cmocka_unit_test(test_chinese),
        cmocka_unit_test(test_color),     cmocka_unit_test(test_summary), cmocka_unit_test(test_unchecked),
        cmocka_unit_test(test_count),     cmocka_unit_test(test_failures),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests_name("report_text", tests, NULL, NULL);
}
