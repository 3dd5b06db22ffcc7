// JSON reports: the exact shape, and that any bytes of a draft come out as JSON.
#include "report/report.h"
#include "source/diagnostic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <yajl/yajl_tree.h>

typedef struct report {
    od_arena arena;
    od_source source;
    od_diagnostics found;
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

static od_diagnostic *find(report *r, size_t start, size_t end, const char *message) {
    return od_diagnose(&r->found, OD_RULE_PLACEHOLDER_UNFILLED, &r->source, (od_span){start, end},
                       od_slice_of(message));
}

static const char *write_report(report *r) {
    const od_findings findings = {.items = r->found.found.items, .count = r->found.found.count};
    od_report_counts counts = {.files = 1};
    od_report_count(&counts, &findings);
    od_buf items = {0}, unchecked = {0};
    od_report_json_items(&items, &findings);
    od_report_json_unchecked(&unchecked, &findings);
    od_report_json(&r->out, od_buf_slice(&items), od_buf_slice(&unchecked), &counts);
    od_buf_free(&items);
    od_buf_free(&unchecked);
    od_buf_byte(&r->out, '\0');
    return r->out.data;
}

static void test_unchecked(void **state) {
    (void)state;
    report r;
    open_report(&r, "a.md", "");
    const od_slice labels[] = {OD_SLICE("Members"), OD_SLICE("Talks")};
    const od_slice fields[] = {OD_SLICE("members"), OD_SLICE("talks")};
    const od_unchecked items[] = {{&r.source, OD_SLICE("max"), labels, fields, 1},
                                  {&r.source, OD_SLICE("人\"数"), labels, fields, 2}};
    const od_findings findings = {.unchecked = items, .unchecked_count = 2};
    od_report_counts counts = {.files = 1};
    od_report_count(&counts, &findings);
    assert_int_equal(counts.unchecked, 2);
    od_buf out = {0};
    od_report_json_unchecked(&out, &findings);
    od_report_json(&r.out, (od_slice){0}, od_buf_slice(&out), &counts);
    od_buf_byte(&r.out, '\0');
    assert_string_equal(r.out.data,
                        "{\"version\": 1, \"diagnostics\": [], \"unchecked\": [\n"
                        "{\"path\": \"a.md\", \"rule\": \"max\", \"missing\": [\"members\"]},\n"
                        "{\"path\": \"a.md\", \"rule\": \"人\\\"数\", \"missing\": "
                        "[\"members\", \"talks\"]}\n"
                        "], \"summary\": {\"files\": 1, \"errors\": 0, \"warnings\": 0, "
                        "\"infos\": 0, \"unchecked\": 2}}\n");
    od_buf_free(&out);
    close_report(&r);
}

static yajl_val parse(const char *text) {
    char error[200] = "";
    const yajl_val tree = yajl_tree_parse(text, error, sizeof error);
    if (!tree) fail_msg("%s: %s", error, text);
    return tree;
}

static void test_empty(void **state) {
    (void)state;
    report r;
    open_report(&r, "a.md", "");
    assert_string_equal(write_report(&r),
                        "{\"version\": 1, \"diagnostics\": [], \"unchecked\": [], \"summary\": {"
                        "\"files\": 1, \"errors\": 0, \"warnings\": 0, \"infos\": 0, "
                        "\"unchecked\": 0}}\n");
    close_report(&r);
}

#define RANGE(l1, c1, o1, l2, c2, o2)                                                          \
    "{\"start\": {\"line\": " #l1 ", \"column\": " #c1 ", \"offset\": " #o1 "}, \"end\": "     \
    "{\"line\": " #l2 ", \"column\": " #c2 ", \"offset\": " #o2 "}}"

static void test_shape(void **state) {
    (void)state;
    report r;
    open_report(&r, "a.md", "\xEF\xBB\xBF会前\n共XX人\n");
    od_source data;
    od_source_init(&data, &r.arena, "b.yaml", OD_SLICE("k: 1\nl: 2\n"), 1);
    od_diagnostic *const d = find(&r, 13, 15, "blank");
    od_diagnostic_relate(&r.found, d, &data, (od_span){8, 9}, OD_SLICE("the data"));
    od_diagnostic_relate(&r.found, d, &r.source, (od_span){3, 6}, OD_SLICE("there"));
    od_diagnostic_fix(&r.found, d, OD_SLICE("do it"), (od_edit){{10, 13}, OD_SLICE("")});
    find(&r, 0, 0, "whole")->severity = OD_ERROR;
    assert_string_equal(
        write_report(&r),
        "{\"version\": 1, \"diagnostics\": [\n"
        "{\"path\": \"a.md\", \"rule\": \"placeholder-unfilled\", \"severity\": \"warning\", \"message\": "
        "\"blank\", \"range\": " RANGE(2, 2, 13, 2, 4, 15) ", \"related\": [{\"path\": \"b.yaml\", "
        "\"range\": " RANGE(2, 4, 8, 2, 5, 9) ", \"message\": \"the data\"}, {\"path\": \"a.md\", "
        "\"range\": " RANGE(1, 1, 3, 1, 2, 6) ", \"message\": \"there\"}], \"fix\": {\"title\": "
        "\"do it\", \"edits\": [{\"range\": " RANGE(2, 1, 10, 2, 2, 13) ", \"text\": \"\"}]}},\n"
        "{\"path\": \"a.md\", \"rule\": \"placeholder-unfilled\", \"severity\": \"error\", \"message\": "
        "\"whole\", \"range\": " RANGE(1, 1, 0, 1, 1, 0) ", \"related\": [], \"fix\": null}\n"
        "], \"unchecked\": [], \"summary\": {\"files\": 1, \"errors\": 1, \"warnings\": 1, "
        "\"infos\": 0, \"unchecked\": 0}}\n");
    yajl_tree_free(parse(r.out.data));
    close_report(&r);
}

static void test_texts(void **state) {
    (void)state;
    report r;
    open_report(&r, "a\"b\\c\n.md", "XX");
    find(&r, 0, 2, "\xFF\xC3( \x01\x1B \x7F \xE2\x80\xAE 好 😀 \"q\" \\ /");
    const yajl_val tree = parse(write_report(&r));
    const char *diagnostics[] = {"diagnostics", NULL};
    const yajl_val found = YAJL_GET_ARRAY(yajl_tree_get(tree, diagnostics, yajl_t_array))->values[0];
    const char *path[] = {"path", NULL}, *message[] = {"message", NULL};
    assert_string_equal(YAJL_GET_STRING(yajl_tree_get(found, path, yajl_t_string)), "a\"b\\c\n.md");
    assert_string_equal(YAJL_GET_STRING(yajl_tree_get(found, message, yajl_t_string)),
                        "\xEF\xBF\xBD\xEF\xBF\xBD( \x01\x1B \x7F \xE2\x80\xAE 好 😀 \"q\" \\ /");
    // Nothing that a terminal obeys, and nothing that is not seen, stands there as it is.
    assert_null(strchr(r.out.data, '\x1B'));
    assert_null(strchr(r.out.data, '\x7F'));
    assert_null(strstr(r.out.data, "\xE2\x80\xAE"));
    assert_non_null(strstr(r.out.data, "\\u202e"));
    yajl_tree_free(tree);
    close_report(&r);
}

static void test_every_byte(void **state) {
    (void)state;
    char text[256 * 3 + 1];
    for (int i = 1; i < 256; i++) { // each byte alone, and each before a letter
        text[i * 3 - 3] = (char)i;
        text[i * 3 - 2] = (char)i;
        text[i * 3 - 1] = 'a';
    }
    text[255 * 3] = '\0';
    report r;
    open_report(&r, "a.md", text);
    find(&r, 0, 1, text);
    yajl_tree_free(parse(write_report(&r)));
    close_report(&r);
}

static void test_fields(void **state) {
    (void)state;
    report r;
    open_report(&r, "a.md", "共XX人，XX\n");
    const od_field items[] = {
        {.index = 1, .span = {3, 5}, .text = OD_SLICE("XX"), .key = OD_SLICE("共XX人"), .token = 1,
         .token_count = 1, .type = OD_TYPE_INTEGER, .unit = OD_SLICE("人"),
         .section = OD_SLICE("meeting"), .context = OD_SLICE("共XX人"),
         .stands = OD_SLICE("12")},
        {.index = 2, .span = {11, 13}, .text = OD_SLICE("XX"), .key = OD_SLICE("，XX"), .token = 1,
         .token_count = 1, .name = OD_SLICE("chair"), .context = OD_SLICE("XX"), .has_value = true,
         .value = OD_SLICE("李宁"), .label = OD_SLICE("主持")},
    };
    const od_fields fields = {items, 2};
    const od_report_fields documents[] = {{&r.source, &fields}};
    od_report_fields_json(&r.out, documents, 1);
    od_buf_byte(&r.out, '\0');
    assert_string_equal(
        r.out.data,
        "{\"version\": 1, \"fields\": [\n"
        "{\"path\": \"a.md\", \"index\": 1, \"text\": \"XX\", \"key\": \"共XX人\", \"token\": 1, "
        "\"name\": null, \"type\": \"integer\", \"section\": \"meeting\", \"range\": " RANGE(
            1, 2, 3, 1, 4, 5) ", \"context\": \"共XX人\", \"value\": null, \"label\": null, "
        "\"unit\": \"人\", \"stands\": \"12\"},\n"
        "{\"path\": \"a.md\", \"index\": 2, \"text\": \"XX\", \"key\": \"，XX\", \"token\": 1, "
        "\"name\": \"chair\", \"type\": \"text\", \"section\": \"\", \"range\": " RANGE(
            1, 6, 11, 1, 8, 13) ", \"context\": \"XX\", \"value\": \"李宁\", "
        "\"label\": \"主持\", \"unit\": null, \"stands\": null}\n"
        "]}\n");
    r.out.size = 0;
    od_report_fields_json(&r.out, documents, 0);
    assert_true(od_slice_is(od_buf_slice(&r.out), "{\"version\": 1, \"fields\": []}\n"));
    close_report(&r);
}

// Findings that lie within each other on one long line: their ends go back and forth.
static void test_many(void **state) {
    (void)state;
    enum { COUNT = 100000 };
    char *const text = malloc(COUNT * 10 + 1);
    for (size_t i = 0; i < COUNT; i++) memcpy(text + i * 10, "共计XXab", 10);
    text[COUNT * 10] = '\0';
    report r;
    open_report(&r, "a", text);
    for (size_t i = 0; i < COUNT; i++)
        find(&r, i * 10 + 6, i & 1 ? i * 10 + 8 : COUNT * 10, "x");
    assert_non_null(strstr(write_report(&r), "{\"line\": 1, \"column\": 599997, \"offset\": 999996}"));
    close_report(&r);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty), cmocka_unit_test(test_unchecked),      cmocka_unit_test(test_shape),
        cmocka_unit_test(test_texts),      cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_fields),     cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests_name("report_json", tests, NULL, NULL);
}
