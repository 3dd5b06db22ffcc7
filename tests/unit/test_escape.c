// A value written into Markdown shows its own characters and nothing else.
#include "engine/escape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// `source` with the blank `XX` in it; what the value becomes there.
typedef struct row {
    const char *source, *value, *escaped;
} row;

static const row ROWS[] = {
    {"共XX人", "12", "12"},
    {"共XX人", "a*b", "a\\*b"},
    {"共XX人", "a_b <c> [d] `e` ~f~ #g", "a\\_b \\<c> \\[d\\] \\`e\\` \\~f\\~ \\#g"},
    {"共XX人", "a|b", "a\\|b"},
    {"共XX人", "C:\\x", "C:\\\\x"},
    {"共XX人", "R&D", "R&D"},
    {"共XX人", "&lt;", "\\&lt;"},
    {"a XX;", "&amp", "\\&amp"},
    {"共XX人", "第三（一）", "第三（一）"},
    {"XX 项", "1.", "1\\."},
    {"XX. 项", "12", "12\\"},
    {"a XX. b", "12", "12"},
    {"XX 项", "- a", "\\- a"},
    {"XX 项", "-a", "-a"},
    {"XX 项", "> a", "\\> a"},
    {"XX项", "# a", "\\# a"},
    {"> XX 项", "+ a", "\\+ a"},
    {"见XX。", "https://example.org", "https\\://example.org"},
    {"见XX。", "www.example.org", "www\\.example.org"},
    {"见XX。", "a@b.org", "a\\@b.org"},
    {"!XX", "a", "a"},
    {"a XX[b](c)", "!", "\\!"},
    {"价XX元", "$5$", "\\$5\\$"},
};

static void values_are_escaped_where_they_stand(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        od_arena arena = {0};
        const od_slice source = od_slice_of(ROWS[i].source);
        const size_t at = od_slice_find(source, OD_SLICE("XX"), 0);
        od_slice escaped;
        assert_true(od_escape_markdown(&arena, source, (od_span){at, at + 2}, at == 0,
                                       od_slice_of(ROWS[i].value), &escaped));
        if (!od_slice_is(escaped, ROWS[i].escaped))
            print_message("%s in %s -> %.*s\n", ROWS[i].value, ROWS[i].source, (int)escaped.size,
                          escaped.data);
        assert_true(od_slice_is(escaped, ROWS[i].escaped));
        od_arena_free(&arena);
    }
}

static void a_mark_after_a_backslash_is_refused(void **state) {
    (void)state;
    od_arena arena = {0};
    const od_slice source = OD_SLICE("路径\\XX");
    od_slice escaped;
    const od_span span = {7, 9};
    assert_true(od_escape_markdown(&arena, source, span, false, OD_SLICE("abc"), &escaped));
    assert_false(od_escape_markdown(&arena, source, span, false, OD_SLICE("*"), &escaped));
    assert_false(od_escape_markdown(&arena, source, span, false, OD_SLICE("(1)"), &escaped));
    od_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_escaped_where_they_stand),
        cmocka_unit_test(a_mark_after_a_backslash_is_refused),
    };
    return cmocka_run_group_tests_name("escape", tests, NULL, NULL);
}
