// Suppression comments: what each silences, and what is said about those that do nothing.
//
// A draft has a finding of placeholder-unfilled at each XX, of section-short at each YY. What is
// left is written as `rule@line`, in order.
#include "base/buf.h"
#include "document/reader.h"
#include "engine/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct draft {
    od_document document;
    od_diagnostics found;
    od_buf left;
} draft;

static void open_draft(draft *d, const char *text) {
    *d = (draft){.found = {.language = OD_ENGLISH}};
    d->found.arena = &d->document.arena;
    od_source_init(&d->document.source, &d->document.arena, "a.txt", od_slice_of(text), 0);
}

static void find_all(draft *d, const char *word, od_rule_id rule) {
    const od_slice bytes = d->document.source.bytes, needle = od_slice_of(word);
    for (size_t at = 0; (at = od_slice_find(bytes, needle, at)) != SIZE_MAX; at++)
        od_diagnose(&d->found, rule, &d->document.source, (od_span){at, at + needle.size},
                    OD_SLICE("x"));
}

static const char *suppress(draft *d) {
    find_all(d, "XX", OD_RULE_PLACEHOLDER_UNFILLED);
    find_all(d, "YY", OD_RULE_SECTION_SHORT);
    od_suppress(&d->document, NULL, 0, NULL, &d->found);
    od_diagnostics_sort(&d->found);
    for (size_t i = 0; i < d->found.found.count; i++) {
        const od_diagnostic *const found = &d->found.found.items[i];
        if (i) od_buf_byte(&d->left, ' ');
        od_buf_text(&d->left, found->rule);
        od_buf_byte(&d->left, '@');
        od_buf_number(&d->left, found->has_position
                                    ? od_source_line_at(found->source, found->span.start) + 1
                                    : 0);
    }
    od_buf_byte(&d->left, '\0');
    return d->left.data;
}

static void close_draft(draft *d) {
    od_arena_free(&d->document.arena);
    od_buf_free(&d->left);
}

// Checks plain text.
static void assert_left(const char *text, const char *expected) {
    draft d;
    open_draft(&d, text);
    d.document.root = od_read_plain_text(&d.document.arena, &d.document.source,
                                         (od_span){0, d.document.source.bytes.size});
    assert_string_equal(suppress(&d), expected);
    close_draft(&d);
}

#define XX "placeholder-unfilled@"
#define YY "section-short@"
#define UNKNOWN "suppression-unknown@"
#define UNUSED "suppression-unused@"

static void test_none(void **state) {
    (void)state;
    assert_left("XX\nYY\n", XX "1 " YY "2");
    assert_left("XX <!-- a comment -->\n<!-- orgdraft: keep --> YY\n", XX "1 " YY "2");
    assert_left("", "");
}

static void test_line(void **state) {
    (void)state;
    assert_left("XX a XX <!-- orgdraft-disable-line -->\nXX\n", XX "2");
    assert_left("XX YY <!-- orgdraft-disable-line section-short -->\nYY\n", XX "1 " YY "2");
    assert_left("XX\r\n<!-- orgdraft-disable-line --> XX\r\nXX", XX "1 " XX "3");
}

static void test_next_line(void **state) {
    (void)state;
    assert_left("<!-- orgdraft-disable-next-line -->\nXX\nXX\n", XX "3");
    assert_left("XX<!-- orgdraft-disable-next-line -->\n\n \t\nXX\nXX", XX "1 " XX "5");
    assert_left("<!-- orgdraft-disable-next-line placeholder-unfilled -->\nXX YY\n", YY "2");
    assert_left("XX\n<!-- orgdraft-disable-next-line -->", XX "1 " UNUSED "2");
    assert_left("XX\n<!-- orgdraft-disable-next-line -->\n\n", XX "1 " UNUSED "2");
}

static void test_range(void **state) {
    (void)state;
    assert_left("XX\n<!-- orgdraft-disable -->\nXX\nYY\n<!-- orgdraft-enable -->\nXX\n",
                XX "1 " XX "6");
    assert_left("<!-- orgdraft-disable section-short -->\nXX YY\n"
                "<!-- orgdraft-enable section-short -->\nYY\n",
                XX "2 " YY "4");
    assert_left("<!-- orgdraft-disable -->\nXX\n<!-- orgdraft-enable section-short -->\nXX YY\n",
                YY "4");
    assert_left("<!-- orgdraft-disable -->\nXX\nYY", "");
}

static void test_enable_only_what_was_disabled(void **state) {
    (void)state;
    assert_left("<!-- orgdraft-disable-file placeholder-unfilled -->\n<!-- orgdraft-enable -->\nXX\n",
                UNUSED "2");
    assert_left("<!-- orgdraft-disable section-short -->\nYY XX\n<!-- orgdraft-enable "
                "placeholder-unfilled -->\nYY XX\n",
                XX "2 " UNUSED "3 " XX "4");
}

static void test_file(void **state) {
    (void)state;
    assert_left("XX\n<!-- orgdraft-disable-file placeholder-unfilled -->\nXX YY\n", YY "3");
    assert_left("XX\nYY\n<!-- orgdraft-disable-file -->\n", "");
}

static void test_whole_file_finding(void **state) {
    (void)state;
    static const struct {
        const char *text, *left;
    } CASES[] = {
        {"<!-- orgdraft-disable -->\nXX\n", "front-matter-missing@0"},
        {"<!-- orgdraft-disable-file front-matter-missing -->\n", ""},
    };
    for (size_t i = 0; i < 2; i++) {
        draft d;
        open_draft(&d, CASES[i].text);
        d.document.root = od_read_plain_text(&d.document.arena, &d.document.source,
                                             (od_span){0, d.document.source.bytes.size});
        od_diagnose(&d.found, OD_RULE_FRONT_MATTER_MISSING, &d.document.source, (od_span){0, 0},
                    OD_SLICE("x"))
            ->has_position = false;
        assert_string_equal(suppress(&d), CASES[i].left);
        close_draft(&d);
    }
}

static void test_several_rules_and_reasons(void **state) {
    (void)state;
    static const char *const COMMENTS[] = {
        "<!-- orgdraft-disable-next-line placeholder-unfilled section-short -->\nXX YY\n",
        "<!--orgdraft-disable-next-line placeholder-unfilled,section-short-->\nXX YY\n",
        "<!-- orgdraft-disable-next-line placeholder-unfilled， section-short -->\nXX YY\n",
        "<!-- orgdraft-disable-next-line placeholder-unfilled、section-short： 待会后补 -->\nXX YY\n",
        "<!-- orgdraft-disable-next-line: no such rule -->\nXX YY\n",
        "<!-- orgdraft-disable-next-line -- no such rule -->\nXX YY\n",
        "<!-- orgdraft-disable-next-line section-short placeholder-unfilled -- no rule -->\nXX YY\n",
        "<!-- orgdraft-disable-next-line —— 数据待会后补 -->\nXX YY\n",
    };
    for (size_t i = 0; i < sizeof COMMENTS / sizeof *COMMENTS; i++) assert_left(COMMENTS[i], "");
    assert_left("<!-- orgdraft-disable-next-line placeholder-unfilled: 数据待会后补 -->\nXX YY\n",
                YY "2");
}

static void test_unknown(void **state) {
    (void)state;
    assert_left("<!-- orgdraft-disabel -->\nXX\n", UNKNOWN "1 " XX "2");
    // A rule that does not exist must not turn into all rules.
    assert_left("<!-- orgdraft-disable placeholder-unfiled -->\nXX\n", UNKNOWN "1 " XX "2");
    assert_left("<!-- orgdraft-disable placeholder-unfiled section-short -->\nXX YY\n",
                UNKNOWN "1 " XX "2");
    draft d;
    open_draft(&d, "XX\n<!-- orgdraft-disable-file placeholder-unfiled -->\n");
    d.document.root = od_read_plain_text(&d.document.arena, &d.document.source,
                                         (od_span){0, d.document.source.bytes.size});
    assert_string_equal(suppress(&d), XX "1 " UNKNOWN "2");
    const od_diagnostic *const unknown = &d.found.found.items[1];
    assert_int_equal(unknown->span.start, 30); // of the name
    assert_int_equal(unknown->span.end, 49);
    assert_true(od_slice_find(unknown->message, OD_SLICE("did you mean “placeholder-unfilled”"), 0) !=
                SIZE_MAX);
    close_draft(&d);
}

static void test_unused(void **state) {
    (void)state;
    assert_left("<!-- orgdraft-disable -->\n", UNUSED "1");
    assert_left("<!-- orgdraft-disable-line section-short, placeholder-unfilled --> XX\n", UNUSED "1");
    // The second one is superfluous.
    assert_left("<!-- orgdraft-disable -->\n<!-- orgdraft-disable section-short -->\nYY XX\n",
                UNUSED "2");
    assert_left("<!-- orgdraft-enable -->\nXX\n", UNUSED "1 " XX "2");
}

// Comments about the comments: only by name.
static void test_own_rules(void **state) {
    (void)state;
    assert_left("<!-- orgdraft-disable-file suppression-unused -->\n<!-- orgdraft-disable -->\n", "");
    assert_left("<!-- orgdraft-disable-file -->\nXX\n<!-- orgdraft-disabel -->\n", UNKNOWN "3");
    assert_left("<!-- orgdraft-disable-next-line suppression-unknown -->\n<!-- orgdraft-x -->\n", "");
}

static void test_not_utf8_stays(void **state) {
    (void)state;
    draft d;
    open_draft(&d, "\xFF\n<!-- orgdraft-disable-file -->\n<!-- orgdraft-disable-file encoding-utf8 -->");
    d.document.root = od_read_plain_text(&d.document.arena, &d.document.source,
                                         (od_span){0, d.document.source.bytes.size});
    od_diagnose(&d.found, OD_RULE_ENCODING_UTF8, &d.document.source, (od_span){0, 1}, OD_SLICE("x"));
    assert_string_equal(suppress(&d), "encoding-utf8@1 " UNUSED "2 " UNKNOWN "3");
    close_draft(&d);
}

static void test_other_sources(void **state) {
    (void)state;
    draft d;
    open_draft(&d, "<!-- orgdraft-disable-file -->\nXX\n");
    d.document.root = od_read_plain_text(&d.document.arena, &d.document.source,
                                         (od_span){0, d.document.source.bytes.size});
    od_source data;
    od_source_init(&data, &d.document.arena, "data.yaml", OD_SLICE("a\nb\n"), 1);
    od_diagnose(&d.found, OD_RULE_DATA_UNMATCHED, &data, (od_span){2, 3}, OD_SLICE("x"));
    assert_string_equal(suppress(&d), "data-unmatched@2");
    close_draft(&d);
}

// ---- Markdown, its tree made by hand ------------------------------------------------------------

static od_node *add(draft *d, od_node *parent, od_node_type type, const char *part) {
    const od_slice bytes = d->document.source.bytes;
    const size_t at = od_slice_find(bytes, od_slice_of(part), 0);
    assert_true(at != SIZE_MAX);
    od_node *const node =
        od_node_new(&d->document.arena, type, (od_span){at, at + strlen(part)});
    node->leaf.text = od_source_cut(&d->document.source, node->span);
    if (type == OD_RAW_BLOCK || type == OD_RAW_INLINE) node->leaf.format = "html";
    od_node_append(parent, node);
    return node;
}

static od_node *root_of(draft *d) {
    d->document.root =
        od_node_new(&d->document.arena, OD_ROOT, (od_span){0, d->document.source.bytes.size});
    return d->document.root;
}

static void test_code_does_not_count(void **state) {
    (void)state;
    draft d;
    open_draft(&d, "```\n<!-- orgdraft-disable-file -->\n```\n`<!-- orgdraft-enable -->` XX\n");
    od_node *const root = root_of(&d);
    add(&d, root, OD_CODE_BLOCK, "```\n<!-- orgdraft-disable-file -->\n```");
    od_node *const para = add(&d, root, OD_PARA, "`<!-- orgdraft-enable -->` XX");
    add(&d, para, OD_CODE, "`<!-- orgdraft-enable -->`");
    add(&d, para, OD_TEXT, " XX");
    assert_string_equal(suppress(&d), XX "4");
    close_draft(&d);
}

static void test_blocks_and_inlines(void **state) {
    (void)state;
    draft d;
    open_draft(&d, "<!-- orgdraft-disable\n  section-short -- why -->\nYY\n\n"
                   "a XX <!-- orgdraft-disable-line -->\n\n"
                   "<!-- orgdraft-enable section-short --><!-- orgdraft-disable-line -->\n\nYY\n");
    od_node *const root = root_of(&d);
    add(&d, root, OD_RAW_BLOCK, "<!-- orgdraft-disable\n  section-short -- why -->\n");
    od_node *const para = add(&d, root, OD_PARA, "a XX <!-- orgdraft-disable-line -->");
    add(&d, para, OD_TEXT, "a XX ");
    add(&d, para, OD_RAW_INLINE, "<!-- orgdraft-disable-line -->");
    add(&d, root, OD_RAW_BLOCK,
        "<!-- orgdraft-enable section-short --><!-- orgdraft-disable-line -->\n");
    assert_string_equal(suppress(&d), UNUSED "7 " YY "9");
    close_draft(&d);
}

static void test_note_twice_and_opaque(void **state) {
    (void)state;
    draft d;
    open_draft(&d, "[^1] [^1]\n\n[^1]: XX <!-- orgdraft-disable-line -->\n");
    od_node *const root = root_of(&d);
    od_node *const para = add(&d, root, OD_PARA, "[^1] [^1]");
    for (int i = 0; i < 2; i++) {
        od_node *const note = add(&d, para, OD_NOTE, "[^1]");
        od_node *const inner = add(&d, note, OD_PARA, "XX <!-- orgdraft-disable-line -->");
        od_node *const raw = add(&d, inner, OD_RAW_INLINE, "<!-- orgdraft-disable-line -->");
        raw->span = inner->span;
        raw->flags = OD_OPAQUE;
    }
    assert_string_equal(suppress(&d), "");
    close_draft(&d);
}

static void test_no_comment_but_text(void **state) {
    (void)state;
    draft d;
    open_draft(&d, "XX <!-- orgdraft-disable-line -- why -->\n");
    od_node *const para = add(&d, root_of(&d), OD_PARA, "XX <!-- orgdraft-disable-line -- why -->");
    add(&d, para, OD_TEXT, "XX <!-- orgdraft-disable-line -- why -->");
    assert_string_equal(suppress(&d), XX "1 " UNKNOWN "1");
    assert_int_equal(d.found.found.items[1].span.start, 3);
    close_draft(&d);
}

// Tens of thousands of comments and findings in one line, which a look at each pair would not end.
static void test_many(void **state) {
    (void)state;
    enum { COUNT = 50000 };
    od_buf text = {0};
    for (int i = 0; i < COUNT; i++) od_buf_text(&text, "XX<!--orgdraft-disable-line-->");
    for (int i = 0; i < COUNT; i++) od_buf_text(&text, "\n");
    od_buf_text(&text, "XX\n");
    od_buf_byte(&text, '\0');
    draft d;
    open_draft(&d, text.data);
    d.document.root = od_read_plain_text(&d.document.arena, &d.document.source,
                                         (od_span){0, d.document.source.bytes.size});
    suppress(&d);
    assert_int_equal(d.found.found.count, COUNT); // all comments but one are superfluous, one XX
    close_draft(&d);
    od_buf_free(&text);
}

// However many rules a profile has, each can be named.
static void test_many_rules(void **state) {
    (void)state;
    enum { COUNT = 300 };
    char ids[COUNT][16];
    const char *rules[COUNT];
    od_buf text = {0};
    for (int i = 0; i < COUNT; i++) {
        snprintf(ids[i], sizeof ids[i], "own-%d", i);
        rules[i] = ids[i];
        od_buf_text(&text, "<!-- orgdraft-disable-next-line ");
        od_buf_text(&text, ids[i]);
        od_buf_text(&text, " -->\n\nword\n\n");
    }
    od_buf_byte(&text, '\0');
    draft d;
    open_draft(&d, text.data);
    d.document.root = od_read_plain_text(&d.document.arena, &d.document.source,
                                         (od_span){0, d.document.source.bytes.size});
    size_t at = 0;
    for (size_t i = 0; i < COUNT; i++) {
        at = od_slice_find(d.document.source.bytes, OD_SLICE("word"), at + 1);
        // One in a hundred is another rule's.
        const size_t rule = i % 100 == 50 ? i + 1 : i;
        *od_array_push(d.found.arena, &d.found.found) =
            (od_diagnostic){.source = &d.document.source,
                            .span = {at, at + 4},
                            .rule = rules[rule],
                            .has_position = true};
    }
    od_suppress(&d.document, rules, COUNT, NULL, &d.found);
    size_t left = 0, unused = 0;
    for (size_t i = 0; i < d.found.found.count; i++) {
        left += strncmp(d.found.found.items[i].rule, "own-", 4) == 0;
        unused += strcmp(d.found.found.items[i].rule, "suppression-unused") == 0;
    }
    assert_int_equal(left, 3);
    assert_int_equal(unused, 3);
    close_draft(&d);
    od_buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_next_line),
        cmocka_unit_test(test_range),
        cmocka_unit_test(test_enable_only_what_was_disabled),
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_whole_file_finding),
        cmocka_unit_test(test_several_rules_and_reasons),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_unused),
        cmocka_unit_test(test_own_rules),
        cmocka_unit_test(test_not_utf8_stays),
        cmocka_unit_test(test_other_sources),
        cmocka_unit_test(test_code_does_not_count),
        cmocka_unit_test(test_blocks_and_inlines),
        cmocka_unit_test(test_note_twice_and_opaque),
        cmocka_unit_test(test_no_comment_but_text),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_many_rules),
    };
    return cmocka_run_group_tests_name("suppress", tests, NULL, NULL);
}
