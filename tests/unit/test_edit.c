// Edits: order of adding, overlaps, and the way back.
#include "source/edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_applied(const od_edit_list *list, const char *original, const char *expected) {
    od_buf out = {0};
    od_edit_apply(list, od_slice_of(original), &out);
    assert_int_equal(out.size, strlen(expected));
    assert_memory_equal(out.data, expected, out.size);
    od_buf_free(&out);
}

static void test_any_order(void **state) {
    (void)state;
    od_arena arena = {0};
    od_edit_list list = {0};
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){4, 6}, OD_SLICE("DD")), OD_OK);
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){0, 2}, OD_SLICE("a")), OD_OK);
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){2, 2}, OD_SLICE("-")), OD_OK);
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){6, 6}, OD_SLICE("!")), OD_OK);
    assert_applied(&list, "xxbbyy", "a-bbDD!");
    od_arena_free(&arena);
}

static void test_overlap(void **state) {
    (void)state;
    od_arena arena = {0};
    od_edit_list list = {0};
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){2, 5}, OD_SLICE("x")), OD_OK);
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){4, 6}, OD_SLICE("y")), OD_OVERLAP);
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){0, 3}, OD_SLICE("y")), OD_OVERLAP);
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){3, 3}, OD_SLICE("y")), OD_OVERLAP);
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){2, 5}, OD_SLICE("z")), OD_OVERLAP);
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){2, 5}, OD_SLICE("x")), OD_OK);
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){5, 5}, OD_SLICE("p")), OD_OK);
    assert_int_equal(od_edit_replace(&arena, &list, (od_span){5, 5}, OD_SLICE("q")), OD_OVERLAP);
    assert_int_equal(list.edits.count, 2);
    od_arena_free(&arena);
}

static void test_inverse(void **state) {
    (void)state;
    od_arena arena = {0};
    od_edit_list list = {0}, inverse;
    const char *const original = "one two three";
    od_edit_replace(&arena, &list, (od_span){0, 3}, OD_SLICE("1"));
    od_edit_replace(&arena, &list, (od_span){4, 4}, OD_SLICE("and "));
    od_edit_replace(&arena, &list, (od_span){8, 13}, OD_SLICE("3333333"));
    od_buf out = {0}, back = {0};
    od_edit_apply(&list, od_slice_of(original), &out);
    od_edit_invert(&arena, &list, od_slice_of(original), &inverse);
    od_edit_apply(&inverse, od_buf_slice(&out), &back);
    assert_true(od_slice_is(od_buf_slice(&back), original));
    od_buf_free(&out);
    od_buf_free(&back);
    od_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_overlap),
        cmocka_unit_test(test_inverse),
    };
    return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
