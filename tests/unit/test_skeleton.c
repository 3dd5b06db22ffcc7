// The data file to fill in, the fields as YAML, CSV and table, and the YAML scalars they are made
// of.
#include "data/value.h"
#include "engine/fields.h"
#include "report/print.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct draft {
    od_arena arena;
    od_source source;
    od_report_options options;
    OD_ARRAY(od_field) items;
    od_buf out;
} draft;

// Ten lines; the blanks of a test need not stand in them.
static void open_draft(draft *d) {
    *d = (draft){0};
    od_source_init(&d->source, &d->arena, "a.md", OD_SLICE("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"), 0);
}

static void close_draft(draft *d) {
    od_arena_free(&d->arena);
    od_buf_free(&d->out);
}

// Adds a blank in `line` (from 0) whose key is `key`, or which belongs to the field `key`.
static od_field *add(draft *d, size_t line, const char *key, const char *name) {
    od_reads_as *const how = od_arena_new(&d->arena, od_reads_as);
    od_field *const field = od_array_push(&d->arena, &d->items);
    *how = (od_reads_as){.place = {.key = od_slice_of(key), .slot_count = 1}};
    *field = (od_field){.index = d->items.count,
                        .span = {line * 2, line * 2 + 1},
                        .text = OD_SLICE("XX"),
                        .key = od_slice_of(key),
                        .token = 1,
                        .token_count = 1,
                        .name = od_slice_of(name),
                        .context = OD_SLICE("clause XX"),
                        .reads_as = how};
    return field;
}

static od_reads_as *how(od_field *field) {
    return (od_reads_as *)field->reads_as;
}

static const char *write_skeleton(draft *d) {
    const od_fields fields = {d->items.items, d->items.count};
    const od_report_fields document = {&d->source, &fields};
    od_report_skeleton(&d->out, &document, &d->options);
    od_buf_byte(&d->out, '\0');
    return d->out.data;
}

#define HEAD                                                                                       \
    "# The data of a.md: write a value for each null, keep null for what is to stay open.\n"       \
    "# Then run: orgdraft fill a.md -d THIS-FILE\n"

static void test_keys(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    od_reads_as *const materials = how(add(&d, 2, "发放XX篇", NULL));
    materials->type = (od_datum_type){.type = OD_TYPE_INTEGER, .unit = OD_SLICE("篇")};
    add(&d, 4, "chair: XX", NULL);
    assert_string_equal(write_skeleton(&d), HEAD "\n# line 3: whole number (篇) | clause XX\n"
                                                 "发放XX篇: null\n"
                                                 "\n# line 5: text | clause XX\n"
                                                 "'chair: XX': null\n");
    close_draft(&d);
}

static void test_nothing(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    d.options.language = OD_CHINESE;
    assert_string_equal(write_skeleton(&d),
                        "# a.md 的数据：把每个 null 改成要填的内容，暂时不填的保留 null。\n"
                        "# 填好后运行：orgdraft fill a.md -d 本文件\n");
    close_draft(&d);
}

// A field once, a date whole and not by its parts, in the order of its first blank.
static void test_fields(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    add(&d, 0, "branch", "branch")->label = OD_SLICE("支部名称");
    how(add(&d, 1, "meeting", "meeting.month"))->type.type = OD_TYPE_DATE;
    how(add(&d, 1, "meeting", "meeting.day"))->type.type = OD_TYPE_DATE;
    add(&d, 6, "branch", "branch");
    d.options.language = OD_CHINESE;
    const char *const written = strstr(write_skeleton(&d), "\n\n") + 1;
    assert_string_equal(written, "\n# 第1、7行，支部名称，文字｜clause XX\nbranch: null\n"
                                 "\n# 第2行，日期，如2024-03-01｜clause XX\nmeeting: null\n");
    close_draft(&d);
}

static void test_lists(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    for (size_t i = 0; i < 2; i++) {
        od_field *const field = add(&d, 3, "XX kinds, XX cases", NULL);
        field->token_count = 2;
        how(field)->place.slot = i;
        how(field)->place.slot_count = 2;
        how(field)->type.type = i ? OD_TYPE_INTEGER : OD_TYPE_TEXT;
    }
    for (size_t i = 0; i < 3; i++) {
        if (i == 1) continue; // a place that has another key
        od_field *const field = add(&d, 4 + i, "XX people", NULL);
        field->shared = true;
        how(field)->place.slot = i;
        how(field)->place.slot_count = 3;
    }
    const char *const written = strstr(write_skeleton(&d), "\n\n") + 1;
    assert_string_equal(written, "\n# line 4: text; whole number | clause XX\n"
                                 "'XX kinds, XX cases': [null, null]\n"
                                 "\n# line 5, 7: text | clause XX\n"
                                 "XX people:\n  - null # line 5\n  - null\n  - null # line 7\n");
    close_draft(&d);
}

// Keys of a section are nested under it, all of them where its first one stands.
static void test_sections(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    how(add(&d, 0, "b", NULL))->place.scope = OD_SLICE("p.study");
    add(&d, 1, "c", NULL);
    how(add(&d, 2, "a", NULL))->place.scope = OD_SLICE("p.study");
    how(add(&d, 3, "b", NULL))->place.scope = OD_SLICE("q");
    const char *const written = strstr(write_skeleton(&d), "\n\n") + 1;
    assert_string_equal(written, "\np.study:\n"
                                 "\n  # line 1: text | clause XX\n  b: null\n"
                                 "\n  # line 3: text | clause XX\n  a: null\n"
                                 "\n# line 2: text | clause XX\nc: null\n"
                                 "\nq:\n"
                                 "\n  # line 4: text | clause XX\n  b: null\n");
    close_draft(&d);
}

static void test_values(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    how(add(&d, 0, "a", NULL))->given = OD_SLICE("12");
    how(add(&d, 1, "b", NULL))->given = OD_SLICE("null");
    how(add(&d, 2, "c", NULL))->given = OD_SLICE("=keep");
    how(add(&d, 3, "d", "d"))->fallback = OD_SLICE("=a + b"); // as null it would not be computed
    od_field *const day = add(&d, 4, "e", "e.day");
    day->has_value = true;
    day->value = OD_SLICE("18");
    add(&d, 5, "f", NULL)->shared = true; // a clause that does not lead back to its blank
    const char *const written = strstr(write_skeleton(&d), "\n\n") + 1;
    assert_string_equal(written,
                        "\n# line 1: text | clause XX\na: 12\n"
                        "\n# line 2: text | clause XX\nb: 'null'\n"
                        "\n# line 3: text | clause XX\nc: '=keep'\n"
                        "\n# line 4: text | clause XX\n# computed when left out: =a + b\n# d: null\n"
                        "\n# line 5: text | clause XX\n# the data has so far: 18\ne: null\n"
                        "\n# line 6: text | clause XX\n"
                        "# no key leads to this blank; fill it in the draft itself\n");
    close_draft(&d);
}

static void test_choices(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    const od_slice choices[] = {OD_SLICE("draft"), OD_SLICE("final")};
    how(add(&d, 0, "a", NULL))->type =
        (od_datum_type){.type = OD_TYPE_ENUM, .choices = choices, .choice_count = 2};
    assert_non_null(strstr(write_skeleton(&d), "\n# line 1: choice: draft, final | clause XX\n"));
    close_draft(&d);
}

// ---- reading back ------------------------------------------------------------------------------

static const char *const NASTY[] = {
    "发放XX篇", "a: b", "a:", ":a", "a :b", "# a", "a # b", "a#b", "'", "\"quoted\" XX", "it's XX",
    "- XX", "-XX", "? XX", "! XX", "& XX", "* XX", "| XX", "> XX", "% XX", "@ XX", "` XX", "{{name}}",
    "[XX]", "a, b", "a]b", "{XX}", "“XX”", " XX", "XX ", "null", "Null", "~", "true", "Yes", "off", "n",
    "12", "012", "1.5", "1e3", "0x1F", "12:30", "2024-03-01", ".5", "+1", "-1", "=", "<<", "---", "...",
    "--- a", "... a", "a\nb", "a\tb", "\ta", "a\r\nb", "a\\b", "a\"b\\n", "a\x1B[2Jb", "a\x7F",
    "a\xC2\x85" "b", "a\xE2\x80\xA8" "b", "\xEF\xBB\xBFXX", "a\xE2\x80\x8B" "b", "a\xE2\x80\xAE" "b",
    "😀XX", "\xEF\xBF\xBE", "%YAML 1.2", "!!str a", "&a b", "*a", "a: # b", "XX：",
};

// Reads `text` as a YAML file and returns its one entry.
static od_entry read_entry(od_arena *arena, od_slice text) {
    od_source *const source = od_arena_new(arena, od_source);
    od_source_init(source, arena, "x.yaml", text, 0);
    od_diagnostics failures = {.arena = arena};
    od_value value = {0};
    if (od_yaml_read(arena, source, (od_span){0, text.size}, &failures, &value) != OD_OK)
        fail_msg("%.*s: %s", (int)text.size, text.data, failures.found.items[0].message.data);
    assert_int_equal(value.kind, OD_MAPPING);
    assert_int_equal(value.count, 1);
    return value.entries[0];
}

static void test_scalars_read_back(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof NASTY / sizeof *NASTY; i++) {
        od_arena arena = {0};
        od_buf out = {0};
        const od_slice text = od_slice_of(NASTY[i]);
        od_print_yaml_key(&out, text, 0);
        od_buf_text(&out, " [");
        od_print_yaml(&out, text, i & 1);
        od_buf_text(&out, "]\n");
        const od_entry entry = read_entry(&arena, od_buf_slice(&out));
        if (!od_slice_equal(entry.key, text)) fail_msg("key: %.*s", (int)out.size, out.data);
        assert_int_equal(entry.value.kind, OD_SEQUENCE);
        const od_value *const value = &entry.value.items[0];
        assert_int_equal(entry.value.count, 1);
        assert_int_equal(value->kind, OD_SCALAR);
        if (!od_slice_equal(value->text, text)) fail_msg("value: %.*s", (int)out.size, out.data);
        od_buf_free(&out);
        od_arena_free(&arena);
    }
}

static void test_styles(void **state) {
    (void)state;
    static const struct {
        const char *text, *written;
        bool numbers;
    } CASES[] = {
        {"发放XX篇", "发放XX篇", false}, {"“XX”", "“XX”", false},  {"2022年", "2022年", false},
        {"12", "'12'", false},           {"12", "12", true},        {"012", "'012'", true},
        {"12.5", "12.5", true},          {"-1", "'-1'", true},      {"it's", "it's", false},
        {"'", "''''", false},            {"a\x1B", "\"a\\x1B\"", false},
        {"a\xE2\x80\xAE", "\"a\\u202E\"", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        od_buf out = {0};
        od_print_yaml(&out, od_slice_of(CASES[i].text), CASES[i].numbers);
        assert_true(od_slice_is(od_buf_slice(&out), CASES[i].written));
        od_buf_free(&out);
    }
}

// libyaml takes no key of more than 1,024 characters without a question mark.
static void test_long_key(void **state) {
    (void)state;
    for (size_t chars = 990; chars < 1040; chars++) {
        od_arena arena = {0};
        od_buf key = {0}, out = {0};
        for (size_t i = 0; i < chars; i++) od_buf_text(&key, "字");
        od_buf_text(&out, "section:\n  ");
        od_print_yaml_key(&out, od_buf_slice(&key), 2);
        od_buf_text(&out, " null\n");
        const od_entry entry = read_entry(&arena, od_buf_slice(&out));
        assert_true(od_slice_equal(entry.value.entries[0].key, od_buf_slice(&key)));
        od_buf_free(&out);
        od_buf_free(&key);
        od_arena_free(&arena);
    }
}

// Whatever a draft holds, the file reads, and says the keys.
static void test_skeleton_reads(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    for (size_t i = 0; i < sizeof NASTY / sizeof *NASTY; i++) {
        od_field *const field = add(&d, i % 10, NASTY[i], NULL);
        field->context = od_slice_of(NASTY[i]);
        field->unit = how(field)->type.unit = od_slice_of(NASTY[i]);
        how(field)->given = od_slice_of(NASTY[i]);
        if (i % 3 == 0) how(field)->place.scope = OD_SLICE("s: t");
    }
    write_skeleton(&d);
    od_source source;
    od_source_init(&source, &d.arena, "x.yaml", (od_slice){d.out.data, d.out.size - 1}, 0);
    od_diagnostics failures = {.arena = &d.arena};
    od_value value = {0};
    if (od_yaml_read(&d.arena, &source, (od_span){0, source.bytes.size}, &failures, &value) != OD_OK)
        fail_msg("%s\n%s", failures.found.items[0].message.data, d.out.data);
    const od_value *const nested = od_value_at(&value, "s: t");
    for (size_t i = 0; i < sizeof NASTY / sizeof *NASTY; i++) {
        const od_value *const read = od_value_at(i % 3 ? &value : nested, NASTY[i]);
        assert_non_null(read);
        assert_true(od_slice_is(read->text, NASTY[i]));
    }
    close_draft(&d);
}

// ---- the other formats -------------------------------------------------------------------------

static od_report_fields two_fields(draft *d, od_fields *fields) {
    od_field *const first = add(d, 1, "累计XX人次", NULL);
    first->type = OD_TYPE_INTEGER;
    first->unit = OD_SLICE("人次");
    first->section = OD_SLICE("meeting");
    od_field *const second = add(d, 2, "=SUM(A1), \"XX\"", NULL);
    second->token = 2;
    second->token_count = 2;
    second->context = OD_SLICE("+XX\x1B");
    second->has_value = true;
    second->value = OD_SLICE("-5");
    second->label = OD_SLICE("甲");
    first->stands = OD_SLICE("12");
    *fields = (od_fields){d->items.items, d->items.count};
    return (od_report_fields){&d->source, fields};
}

static void test_csv(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    od_fields fields;
    const od_report_fields document = two_fields(&d, &fields);
    od_report_fields_csv(&d.out, &document, 1);
    assert_true(od_slice_is(
        od_buf_slice(&d.out),
        "path,index,text,key,token,name,type,section,line,column,offset,end_line,end_column,end_offset,"
        "context,value,label,unit,stands\r\n"
        "a.md,1,XX,累计XX人次,1,,integer,meeting,2,1,2,2,2,3,\"clause XX\",,,人次,12\r\n"
        "a.md,2,XX,\"'=SUM(A1), \"\"XX\"\"\",2,,text,,3,1,4,3,2,5,'+XX\\x1B,-5,甲,,\r\n"));
    close_draft(&d);
}

static void test_table(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    od_fields fields;
    const od_report_fields document = two_fields(&d, &fields);
    od_report_fields_table(&d.out, &document, 1, &d.options);
    assert_true(od_slice_is(od_buf_slice(&d.out),
                            "#  place  type               section  label  value       key\n"
                            "1  2:1    whole number 人次  meeting         12 (known)  累计XX人次\n"
                            "2  3:1    text                        甲     -5          "
                            "=SUM(A1), \"XX\"  [2/2]\n"));
    close_draft(&d);
    open_draft(&d);
    d.options.language = OD_CHINESE;
    const od_fields none = {0};
    const od_report_fields empty = {&d.source, &none};
    od_report_fields_table(&d.out, &empty, 1, &d.options);
    assert_true(od_slice_is(od_buf_slice(&d.out), "没有空白\n"));
    close_draft(&d);
}

static void test_yaml(void **state) {
    (void)state;
    draft d;
    open_draft(&d);
    od_fields fields;
    const od_report_fields document = two_fields(&d, &fields);
    od_report_fields_yaml(&d.out, &document, 1);
    assert_true(od_slice_is(
        od_buf_slice(&d.out),
        "version: 1\nfields:\n"
        "  - path: a.md\n    index: 1\n    text: XX\n    key: 累计XX人次\n    token: 1\n    name: null\n"
        "    type: integer\n    section: meeting\n    range: {start: {line: 2, column: 1, offset: 2}, "
        "end: {line: 2, column: 2, offset: 3}}\n    context: clause XX\n    value: null\n    label: null\n    unit: 人次\n    stands: '12'\n"
        "  - path: a.md\n    index: 2\n    text: XX\n    key: '=SUM(A1), \"XX\"'\n    token: 2\n"
        "    name: null\n    type: text\n    section: ''\n    range: {start: {line: 3, column: 1, "
        "offset: 4}, end: {line: 3, column: 2, offset: 5}}\n    context: \"+XX\\x1B\"\n"
        "    value: '-5'\n    label: 甲\n    unit: null\n    stands: null\n"));
    d.out.size = 0;
    od_report_fields_yaml(&d.out, &document, 0);
    assert_true(od_slice_is(od_buf_slice(&d.out), "version: 1\nfields: []\n"));
    close_draft(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_scalars_read_back),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_long_key),
        cmocka_unit_test(test_skeleton_reads),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_yaml),
    };
    return cmocka_run_group_tests_name("skeleton", tests, NULL, NULL);
}
