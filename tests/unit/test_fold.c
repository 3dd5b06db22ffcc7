// Folding, and the way back from folded bytes to the text.
#include "document/fold.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *const ROWS[][2] = {
    {"ＡＢＣ１２，（）", "ABC12,()"},
    {"a b\tc　d\xC2\xA0" "e\xE2\x80\x8B" "f", "abcdef"},
    {"“甲”「乙」『丙』\"丁\"", "\"甲\"\"乙\"\"丙\"\"丁\""},
    {"‘甲’", "'甲'"},
    {"**（一）学习。**支部", "(一)学习。支部"},
    {"a**b**c", "a**b**c"},
    {"中__文__字", "中文字"},
    {"Case Kept", "CaseKept"},
    {"\x01\x1F\x7F", ""},
    {"", ""},
};

static void texts_fold(void **state) {
    (void)state;
    od_arena arena = {0};
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        const od_slice folded = od_fold(&arena, od_slice_of(ROWS[i][0]));
        if (!od_slice_is(folded, ROWS[i][1]))
            print_message("%s -> %.*s\n", ROWS[i][0], (int)folded.size, folded.data);
        assert_true(od_slice_is(folded, ROWS[i][1]));
        assert_true(od_slice_equal(od_fold(&arena, folded), folded));
    }
    od_arena_free(&arena);
}

static void marks_stand_for_blanks(void **state) {
    (void)state;
    od_arena arena = {0};
    const od_slice text = OD_SLICE("共 XX 人，ＸＸ 次");
    const size_t first = 4, second = first + 2 + 1 + 3 + 3;
    const od_fold_mark marks[] = {{first, first + 2}, {second, second + 6}};
    od_folded folded;
    od_fold_marked(&arena, text, marks, 2, &folded);
    assert_true(od_slice_is(folded.text, "共\x01人,\x01次"));
    assert_int_equal(od_fold_origin(&folded, 0), 0);
    assert_int_equal(od_fold_origin(&folded, 3), first);
    assert_int_equal(od_fold_origin(&folded, 4), first + 3);  // 人
    assert_int_equal(od_fold_origin(&folded, 7), first + 6);  // ，
    assert_int_equal(od_fold_origin(&folded, 8), second);
    assert_int_equal(od_fold_origin(&folded, 9), second + 7); // 次, after a space
    od_arena_free(&arena);
}

static void empty_marks_count(void **state) {
    (void)state;
    od_arena arena = {0};
    const od_fold_mark mark = {9, 9};
    od_folded folded;
    od_fold_marked(&arena, OD_SLICE("地点："), &mark, 1, &folded);
    assert_true(od_slice_is(folded.text, "地点:\x01"));
    od_arena_free(&arena);
}

// Long texts are mapped from states kept now and then: from every place on, what is left of the text
// folds to what is left of the folded text.
static void every_place_leads_back(void **state) {
    (void)state;
    static const char *const PARTS[] = {"中", "文", "a", " ", "　", "（", "１", "“", "\n", "é", "😀", "\xFF"};
    srand(3);
    od_arena arena = {0};
    od_buf text = {0};
    while (text.size < 4000)
        od_buf_text(&text, PARTS[(size_t)rand() % (sizeof PARTS / sizeof *PARTS)]);
    const od_slice whole = od_buf_slice(&text);
    od_folded folded;
    od_fold_marked(&arena, whole, NULL, 0, &folded);
    assert_true(folded.state_count > 2);
    size_t size;
    for (size_t at = 0; at < folded.text.size; at += size) {
        od_utf8_read(folded.text, at, &size);
        const od_mark mark = od_arena_mark(&arena);
        const size_t origin = od_fold_origin(&folded, at);
        assert_true(od_slice_equal(od_fold(&arena, od_slice_from(whole, origin)),
                                   od_slice_from(folded.text, at)));
        assert_false(od_is_space(od_utf8_read(whole, origin, &size)));
        od_utf8_read(folded.text, at, &size);
        od_arena_rewind(&arena, mark);
    }
    od_buf_free(&text);
    od_arena_free(&arena);
}

static void ranges_lead_back(void **state) {
    (void)state;
    od_arena arena = {0};
    const od_slice text = OD_SLICE("共 XX 人，ＸＸ 次**共**计");
    const od_fold_mark marks[] = {{4, 6}, {13, 19}};
    od_folded folded;
    od_fold_marked(&arena, text, marks, 2, &folded);
    assert_true(od_slice_is(folded.text, "共\x01人,\x01次共计"));
    static const struct {
        size_t start, end;
        const char *from;
    } RANGES[] = {{0, 3, "共"},         {3, 4, "XX"},        {0, 7, "共 XX 人"},
                  {7, 8, "，"},         {8, 9, "ＸＸ"},      {4, 12, "人，ＸＸ 次"},
                  {9, 15, "次**共"},    {15, 18, "计"},      {0, 18, "共 XX 人，ＸＸ 次**共**计"}};
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++) {
        const od_span range = od_fold_range(&folded, RANGES[i].start, RANGES[i].end);
        assert_true(od_slice_is(od_slice_cut(text, range.start, range.end), RANGES[i].from));
    }
    od_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_fold),
        cmocka_unit_test(marks_stand_for_blanks),
        cmocka_unit_test(empty_marks_count),
        cmocka_unit_test(every_place_leads_back),
        cmocka_unit_test(ranges_lead_back),
    };
    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
