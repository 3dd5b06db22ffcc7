// Layout: where lines end, and what stands before them.
#include "writer/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void finish(od_layout *l, const char *expected) {
    od_buf *const out = l->out;
    od_layout_finish(l);
    od_buf_byte(out, '\0');
    assert_string_equal(out->data, expected);
    od_buf_free(out);
}

static void put_words(od_layout *l, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0) od_layout_space(l);
        od_layout_string(l, words[i]);
    }
}

static void lines_are_filled_by_width(void **state) {
    (void)state;
    static const char *const WORDS[] = {"ab", "cd", "中文", "ef", "gh"};
    od_buf out = {0};
    od_layout l = od_layout_start(&out, 7);
    put_words(&l, WORDS, 5);
    finish(&l, "ab cd\n中文 ef\ngh\n");
}

static void without_columns_nothing_is_broken(void **state) {
    (void)state;
    static const char *const WORDS[] = {"a", "b", "c"};
    od_buf out = {0};
    od_layout l = od_layout_start(&out, 0);
    put_words(&l, WORDS, 3);
    finish(&l, "a b c\n");
}

static void what_is_too_long_stands_alone(void **state) {
    (void)state;
    static const char *const WORDS[] = {"a", "没有空格的长句子", "b"};
    od_buf out = {0};
    od_layout l = od_layout_start(&out, 6);
    put_words(&l, WORDS, 3);
    finish(&l, "a\n没有空格的长句子\nb\n");
}

static void spaces_beside_line_ends_vanish(void **state) {
    (void)state;
    od_buf out = {0};
    od_layout l = od_layout_start(&out, 20);
    od_layout_space(&l);
    od_layout_string(&l, "a");
    od_layout_space(&l);
    od_layout_space(&l);
    od_layout_line_end(&l);
    od_layout_space(&l);
    od_layout_string(&l, "b");
    od_layout_space(&l);
    finish(&l, "a\nb\n");
}

static void blank_lines_are_asked_for(void **state) {
    (void)state;
    od_buf out = {0};
    od_layout l = od_layout_start(&out, 0);
    od_layout_blank(&l);
    od_layout_string(&l, "a");
    od_layout_blank(&l);
    od_layout_line_end(&l);
    od_layout_blank(&l);
    od_layout_string(&l, "b");
    od_layout_blank(&l);
    od_layout_chomp(&l);
    od_layout_string(&l, "c");
    od_layout_blank(&l);
    finish(&l, "a\n\nb\nc\n");
}

static void a_blank_line_has_the_prefix_around_it(void **state) {
    (void)state;
    od_buf out = {0};
    od_layout l = od_layout_start(&out, 0);
    od_layout_string(&l, "> ");
    od_layout_push(&l, OD_SLICE("> "));
    od_layout_string(&l, "a");
    od_layout_blank(&l);
    od_layout_string(&l, "b");
    od_layout_pop(&l, 2);
    od_layout_blank(&l);
    od_layout_string(&l, "> ");
    od_layout_push(&l, OD_SLICE("> "));
    od_layout_string(&l, "c");
    od_layout_pop(&l, 2);
    finish(&l, "> a\n>\n> b\n\n> c\n");
}

static void verbatim_text_keeps_its_lines(void **state) {
    (void)state;
    od_buf out = {0};
    od_layout l = od_layout_start(&out, 3);
    od_layout_push(&l, OD_SLICE("  "));
    od_layout_verbatim(&l, OD_SLICE("long line\n\n\n  x\n"));
    od_layout_string(&l, "y");
    od_layout_pop(&l, 2);
    finish(&l, "  long line\n\n\n    x\n  y\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_filled_by_width),
        cmocka_unit_test(without_columns_nothing_is_broken),
        cmocka_unit_test(what_is_too_long_stands_alone),
        cmocka_unit_test(spaces_beside_line_ends_vanish),
        cmocka_unit_test(blank_lines_are_asked_for),
        cmocka_unit_test(a_blank_line_has_the_prefix_around_it),
        cmocka_unit_test(verbatim_text_keeps_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
