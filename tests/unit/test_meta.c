// Metadata: YAML and JSON as pandoc's values, maps, flattening.
#include "document/meta.h"

#include "base/limits.h"
#include "document/front_matter.h"
#include "writer/pandoc_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct fixture {
    od_arena arena;
    od_source source;
    od_diagnostics failures;
    od_status status;
    od_node *meta;
} fixture;

static const od_reader_options OPTIONS = {
    .tables = true, .strikethrough = true, .task_lists = true, .footnotes = true};

static void read_yaml(fixture *f, const char *yaml) {
    *f = (fixture){0};
    f->failures.arena = &f->arena;
    od_source_init(&f->source, &f->arena, "a.md", od_slice_of(yaml), 0);
    od_front_matter matter;
    od_front_matter_read(&f->arena, &f->source, OD_ENGLISH, &matter);
    assert_true(matter.valid);
    f->status = od_read_meta(&f->arena, &matter.values, &OPTIONS, &f->failures, &f->meta);
}

static void assert_meta(const od_node *meta, const char *expected) {
    static const od_node ROOT = {.type = OD_ROOT};
    static const od_pandoc_api VERSION = {.numbers = {1, 23}, .count = 2};
    static const size_t before = sizeof "{\"pandoc-api-version\":[1,23],\"meta\":" - 1;
    static const size_t after = sizeof ",\"blocks\":[]}" - 1;
    od_buf out = {0};
    od_write_pandoc_json(&ROOT, meta, &VERSION, &out);
    out.data[out.size - after] = '\0';
    assert_string_equal(out.data + before, expected);
    od_buf_free(&out);
}

// Asserts what the value `yaml` of a key becomes.
static void assert_value(const char *yaml, const char *expected) {
    fixture f;
    od_buf text = {0}, wanted = {0};
    od_buf_text(&text, "---\nk: ");
    od_buf_text(&text, yaml);
    od_buf_text(&text, "\n---\n");
    od_buf_byte(&text, '\0');
    od_buf_text(&wanted, "{\"k\":");
    od_buf_text(&wanted, expected);
    od_buf_text(&wanted, "}");
    od_buf_byte(&wanted, '\0');
    read_yaml(&f, text.data);
    assert_int_equal(f.status, OD_OK);
    assert_meta(f.meta, wanted.data);
    od_arena_free(&f.arena);
    od_buf_free(&text);
    od_buf_free(&wanted);
}

#define STR(text) "{\"t\":\"Str\",\"c\":\"" text "\"}"
#define SPACE "{\"t\":\"Space\"}"
#define LINE "{\"t\":\"LineBreak\"}"
#define INLINES(inlines) "{\"t\":\"MetaInlines\",\"c\":[" inlines "]}"
#define BLOCKS(blocks) "{\"t\":\"MetaBlocks\",\"c\":[" blocks "]}"
#define BOOL(truth) "{\"t\":\"MetaBool\",\"c\":" truth "}"
#define NOTHING "{\"t\":\"MetaString\",\"c\":\"\"}"
#define PARA(inlines) "{\"t\":\"Para\",\"c\":[" inlines "]}"

// What pandoc 3.10 makes of each, before gfm.
static void test_scalars(void **state) {
    (void)state;
    static const char *const CASES[][2] = {
        {"a *b*", INLINES(STR("a") "," SPACE ",{\"t\":\"Emph\",\"c\":[" STR("b") "]}")},
        {"\"a &amp; \\u4e2d\"", INLINES(STR("a") "," SPACE "," STR("&") "," SPACE "," STR("中"))},
        {"", NOTHING},
        {"~", NOTHING},
        {"NULL", NOTHING},
        {"|", NOTHING},
        {"\"\"", INLINES("")},
        {"' '", INLINES("")},
        {"\"\\n\"", BLOCKS("")},
        {"y", BOOL("true")},
        {"Off", BOOL("false")},
        {"TRUE", BOOL("true")},
        {"tRue", INLINES(STR("tRue"))},
        {"\"yes\"", INLINES(STR("yes"))},
        {"!!str true", INLINES(STR("true"))},
        {"2020-01-02", INLINES(STR("2020-01-02"))},
        {"|\n  a\n  b", BLOCKS(PARA(STR("a") ",{\"t\":\"SoftBreak\"}," STR("b")))},
        {"|-\n  a\n\n  b", INLINES(STR("a") "," LINE "," STR("b"))},
        {">\n  a\n  b", BLOCKS(PARA(STR("a") "," SPACE "," STR("b")))},
        {"\"a \\n \"", BLOCKS(PARA(STR("a")))},
        {"\"    a\"", INLINES(STR("a"))},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) assert_value(CASES[i][0], CASES[i][1]);
}

static void test_numbers(void **state) {
    (void)state;
    static const char *const CASES[][2] = {
        {"1", "1"}, {"1.0", "1"}, {"1.50", "1.5"}, {"1e3", "1000"}, {"1e-3", "1.0e-3"},
        {"0x1F", "31"}, {"0o17", "15"}, {"010", "10"}, {"-5", "-5"}, {"+5", "5"}, {".inf", ".inf"},
        {"1e400", "1.0e400"}, {"123456789012345678901234567890", "1.2345678901234567890123456789e29"},
        {"0.1", "0.1"}, {"12345678.5", "1.23456785e7"}, {"1_000", "1_000"}, {"1.", "1"}, {".5", ".5"},
        {"0.05", "5.0e-2"}, {"1e21", "1.0e21"}, {"1e18", "1000000000000000000"},
        {"9223372036854775807", "9223372036854775807"}, {"9223372036854775808", "9.223372036854775808e18"},
        {"-9223372036854775808", "-9223372036854775808"}, {"-0", "0"}, {"0.0", "0"}, {"00", "0"},
        {"-0.5", "-0.5"}, {"1.235e2", "123.5"}, {"1E+2", "100"}, {"'3'", "3"}, {"1:30", "1:30"},
        {"1e", "1e"}, {"0x", "0x"}, {"1.2.3", "1.2.3"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        od_buf expected = {0};
        od_buf_text(&expected, "{\"t\":\"MetaInlines\",\"c\":[{\"t\":\"Str\",\"c\":\"");
        od_buf_text(&expected, CASES[i][1]);
        od_buf_text(&expected, "\"}]}");
        od_buf_byte(&expected, '\0');
        assert_value(CASES[i][0], expected.data);
        od_buf_free(&expected);
    }
}

static void test_flattened(void **state) {
    (void)state;
    static const char *const CASES[][2] = {
        {"\"# a\\n\\nb\"", INLINES(STR("a") "," LINE "," STR("b"))},
        {"\"> a\\n>\\n> b\"", INLINES(STR("a") "," LINE "," STR("b"))},
        {"\"- a\\n- b\\n\\n  c\"", INLINES(STR("ab") "," LINE "," STR("c"))},
        {"\"***\\n\\nx\"", INLINES(LINE "," STR("x"))},
        {"\"```c\\nx\\n```\\ny\"",
         INLINES("{\"t\":\"Code\",\"c\":[[\"\",[\"c\"],[]],\"x\"]}," LINE "," STR("y"))},
        {"\"<div>x</div>\"", INLINES("{\"t\":\"RawInline\",\"c\":[\"html\",\"<div>x</div>\"]}")},
        {"\"| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\nx\"",
         INLINES(STR("ab") "," LINE "," STR("12") "," LINE "," STR("x"))},
        {"\"x[^1]\\n\\n[^1]: note\"", INLINES(STR("x") ",{\"t\":\"Note\",\"c\":[" PARA(STR("note")) "]}")},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) assert_value(CASES[i][0], CASES[i][1]);
}

static void test_collections(void **state) {
    (void)state;
    fixture f;
    read_yaml(&f, "---\nb: [1, {y: x, x: no, z_: 1}, []]\na: {}\nc_: gone\n_d: kept\n中: \n---\n");
    assert_int_equal(f.status, OD_OK);
    assert_meta(f.meta,
                "{\"_d\":" INLINES(STR("kept")) ",\"a\":{\"t\":\"MetaMap\",\"c\":{}},"
                "\"b\":{\"t\":\"MetaList\",\"c\":[" INLINES(STR("1")) ",{\"t\":\"MetaMap\",\"c\":{"
                "\"x\":" BOOL("false") ",\"y\":" INLINES(STR("x")) "}},{\"t\":\"MetaList\",\"c\":[]}]},"
                "\"中\":" NOTHING "}");
    od_arena_free(&f.arena);
    read_yaml(&f, "---\n# nothing\n---\n");
    assert_meta(f.meta, "{}");
    od_arena_free(&f.arena);
}

// Where the text stands in its file as it is, its nodes have their places there.
static void test_spans(void **state) {
    (void)state;
    fixture f;
    read_yaml(&f, "---\na: 甲 *b*\nc: \"x\\ty\"\n---\n");
    const od_node *const a = od_meta_get(f.meta, OD_SLICE("a"));
    assert_true(od_slice_is(od_source_cut(&f.source, a->span), "甲 *b*"));
    assert_true(od_slice_is(od_source_cut(&f.source, a->last->span), "*b*"));
    assert_true(od_slice_is(od_source_cut(&f.source, a->parent->span), "a"));
    const od_node *const c = od_meta_get(f.meta, OD_SLICE("c"));
    assert_true(od_slice_is(od_source_cut(&f.source, c->span), "\"x\\ty\""));
    assert_true(c->first->span.start == SIZE_MAX);
    od_arena_free(&f.arena);
}

static void test_refused(void **state) {
    (void)state;
    fixture f;
    od_buf text = {0};
    od_buf_text(&text, "---\na: 1\nb: \"x\\n");
    for (size_t i = 0; i <= od_limit_value(CONTAINERS); i++) od_buf_byte(&text, '>');
    od_buf_text(&text, " y\"\n---\n");
    od_buf_byte(&text, '\0');
    read_yaml(&f, text.data);
    assert_int_equal(f.status, OD_LIMIT);
    assert_int_equal(f.failures.found.count, 1);
    assert_ptr_equal(f.failures.found.items[0].source, &f.source);
    assert_int_equal(f.failures.found.items[0].span.start, strlen("---\na: 1\nb: "));
    od_arena_free(&f.arena);
    od_buf_free(&text);
}

static void test_put(void **state) {
    (void)state;
    static const char *const KEYS[] = {"b", "a", "c", "b", "bb"};
    od_arena arena = {0};
    od_node *const map = od_node_new(&arena, OD_META_MAP, OD_NO_SPAN);
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        od_node *const value = od_node_new(&arena, OD_META_BOOL, OD_NO_SPAN);
        value->truth = i % 2;
        od_meta_put(&arena, map, od_slice_of(KEYS[i]), value);
    }
    assert_meta(map, "{\"a\":" BOOL("true") ",\"b\":" BOOL("true") ",\"bb\":" BOOL("false") ",\"c\":" BOOL("false") "}");
    assert_true(od_slice_is(map->last->leaf.text, "c"));
    assert_null(od_meta_get(map, OD_SLICE("d")));
    assert_int_equal(od_meta_get(map, OD_SLICE("b"))->type, OD_META_BOOL);
    od_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scalars),   cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_flattened), cmocka_unit_test(test_collections),
        cmocka_unit_test(test_spans),     cmocka_unit_test(test_refused),
        cmocka_unit_test(test_put),
    };
    return cmocka_run_group_tests_name("meta", tests, NULL, NULL);
}
