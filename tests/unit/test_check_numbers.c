// heading-number: gaps, doubles, order, skipped levels and wrong forms, each told of once.
#include "sections.h"

#include "source/edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// Appends what was found: `LINE message`, and below it what the draft becomes by its fix.
static const char *print_findings(held *h) {
    od_buf out = {0};
    od_diagnostics_sort(&h->found);
    for (size_t i = 0; i < h->found.found.count; i++) {
        const od_diagnostic *const d = &h->found.found.items[i];
        od_buf_number(&out, od_source_line_at(d->source, d->span.start) + 1);
        od_buf_byte(&out, ' ');
        od_buf_add(&out, d->message);
        od_buf_byte(&out, '\n');
    }
    const od_slice text = od_arena_copy(&h->arena, od_buf_slice(&out));
    od_buf_free(&out);
    return text.data;
}

static void check(held *h, const char *rules, const char *draft, od_language language) {
    hold(h, rules, draft, language);
    od_check_numbers(&(od_check_context){.reading = &h->reading, .found = &h->found});
}

static void assert_said(const char *rules, const char *draft, od_language language,
                        const char *expected) {
    held h;
    check(&h, rules, draft, language);
    assert_string_equal(print_findings(&h), expected);
    release(&h);
}

typedef struct number_case {
    const char *draft, *expected;
} number_case;

static void assert_all(const number_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++)
        assert_said("", cases[i].draft, OD_CHINESE, cases[i].expected);
}
#define ASSERT_ALL(cases) assert_all(cases, sizeof cases / sizeof *cases)

static void test_clean(void **state) {
    (void)state;
    static const number_case CASES[] = {
        {"一、甲\n（一）子\n正文\n（二）丑\n正文\n二、乙\n（一）寅\n正文\n", ""},
        {"## 一、甲\n\n（一）子。正文\n\n（二）丑。正文\n\n## 二、乙\n\n（一）寅。正文\n", ""},
        {"## 甲\n\n（一）子。正文\n\n## 乙\n\n（一）丑。正文\n", ""},
        {"## 一、甲\n\n文\n\n## 附录\n\n文\n\n## 二、乙\n\n文\n", ""},
        {"第一章 总则\n第一条 甲项内容。\n第二条 乙项内容。\n第二章 附则\n第三条 丙项内容。\n", ""},
        {"1. Scope\nText.\n2. Terms\nText.\n", ""},
        // A list in a section may be followed by another one.
        {"（一）甲\n1.子。正文\n2.丑。正文\n接着\n1.寅。正文\n2.卯。正文\n", ""},
        // An attachment is a document of its own.
        {"一、甲\n正文\n二、乙\n正文\n附件1\n一、丙\n正文\n", ""},
        {"十、甲\n", "1 “十、”是这里的第一个序号，应从“一、”开始\n"},
    };
    ASSERT_ALL(CASES);
}

static void test_sequences(void **state) {
    (void)state;
    static const number_case CASES[] = {
        {"一、甲\n二、乙\n四、丙\n五、丁\n", "3 “四、”前面是“二、”，缺“三、”\n"},
        {"一、甲\n五、乙\n", "2 “五、”前面是“一、”，缺“二、”至“四、”\n"},
        {"二、甲\n三、乙\n", "1 “二、”是这里的第一个序号，应从“一、”开始\n"},
        {"一、甲\n二、乙\n二、丙\n三、丁\n", "3 “二、”重复：第2行已有“二、”\n"},
        {"一、甲\n二、乙\n二、丙\n四、丁\n", "3 “二、”重复：第2行已有“二、”\n"},
        {"一、甲\n三、乙\n二、丙\n四、丁\n", "2 “三、”排在“二、”（第3行）前面，序号颠倒\n"},
        {"二、甲\n一、乙\n三、丁\n", "1 “二、”排在“一、”（第2行）前面，序号颠倒\n"},
        {"一、甲\n二、乙\n三、丙\n一、丁\n二、戊\n", "4 序号又从“一、”编起，前面（第3行）已编到“三、”\n"},
        {"一、甲\n二、乙\n三、丙\n四、丁\n二、戊\n五、己\n", "5 “二、”排在“四、”（第4行）后面，序号颠倒\n"},
        {"一、甲\n（一）子\n正文\n（三）丑\n正文\n二、乙\n（二）寅\n正文\n",
         "4 “（三）”前面是“（一）”，缺“（二）”\n7 “（二）”是这里的第一个序号，应从“（一）”开始\n"},
        {"## 一、甲\n\n文\n\n## 三、乙\n\n文\n", "5 “三、”前面是“一、”，缺“二、”\n"},
        {"1. Scope\nText.\n3. Terms\nText.\n", "3 “3.”前面是“1.”，缺“2.”\n"},
        {"第一章 甲\n第三章 乙\n", "2 “第三章”前面是“第一章”，缺“第二章”\n"},
    };
    ASSERT_ALL(CASES);
}

// What stands between may be numbered without being a heading.
static void test_paragraphs(void **state) {
    (void)state;
    static const number_case CASES[] = {
        {"一、甲\n二、这一段没有标题只有很长很长的正文所以第一句话就远远超过了四十个字谁也不会把它当成一个小标题。"
         "正文\n三、乙\n正文\n",
         ""},
        {"（一）同意。\n（二）不同意；\n（三）弃权\n正文\n", ""},
    };
    ASSERT_ALL(CASES);
}

static void test_levels(void **state) {
    (void)state;
    static const number_case CASES[] = {
        {"一、甲\n1.子\n正文\n2.丑\n正文\n二、乙\n",
         "2 “1.”直接放在“一、”下面，中间缺“（一）”这一级\n"},
        {"一、甲\n（1）子\n正文\n", "2 “（1）”直接放在“一、”下面，中间缺“（一）”这一级\n"},
        {"（一）甲\n（1）子\n正文\n", "2 “（1）”直接放在“（一）”下面，中间缺“1.”这一级\n"},
        {"## 甲\n\n1\\.子\n\n文\n", ""},
    };
    ASSERT_ALL(CASES);
}

static void test_forms(void **state) {
    (void)state;
    static const number_case CASES[] = {
        {"(一)甲项\n正文\n", "1 “(一)”用了半角括号，应为“（一）”。可用 --fix 自动改\n"},
        {"㈠甲项\n正文\n", "1 “㈠”写法不规范，应为“（一）”。可用 --fix 自动改\n"},
        {"一、 甲项\n正文\n", "1 “一、 ”中间或后面多了空格，应为“一、”。可用 --fix 自动改\n"},
        {"1、甲项\n正文\n", "1 “1、”写法不规范，应为“1.”。可用 --fix 自动改\n"},
        {"## （**一**) 甲项\n\n文\n", "1 “（**一**) ”用了半角括号，应为“（一）”\n"},
    };
    ASSERT_ALL(CASES);
}

static const char THREE[] = "a = 甲项\nb = 乙项\nc = 丙项\n";

static void test_sections(void **state) {
    (void)state;
    static const number_case CASES[] = {
        // A gap where a section is missing is the same mistake.
        {"一、甲项\n正文\n三、丙项\n正文\n", ""},
        {"二、乙项\n正文\n三、丙项\n正文\n", ""},
        {"一、甲项\n正文\n三、其他\n正文\n四、丙项\n正文\n", ""},
        {"一、甲项\n正文\n三、丙项\n正文\n五、其他\n正文\n", "5 “五、”前面是“三、”，缺“四、”\n"},
        {"一、甲项\n正文\n三、乙项\n正文\n", "3 “三、”前面是“一、”，缺“二、”\n"}, // 丙项 is missing
        // So are the numbers of sections that stand in the wrong place, moved with them or not.
        {"一、甲项\n正文\n三、丙项\n正文\n二、乙项\n正文\n", ""},
        {"一、甲项\n正文\n二、丙项\n正文\n三、乙项\n正文\n", ""},
        {"一、甲项\n（一）乙项\n正文\n三、丙项\n正文\n", ""},
        {"## 一、甲项\n\n文\n\n### 二、乙项\n\n文\n\n## 三、丙项\n\n文\n", ""},
        // And of one that was pasted twice.
        {"一、甲项\n正文\n一、甲项\n正文\n二、乙项\n正文\n三、丙项\n正文\n", ""},
        {"一、甲项\n正文\n二、甲项\n正文\n三、乙项\n正文\n四、丙项\n正文\n", ""},
        {"一、甲项\n正文\n三、乙项\n正文\n四、丙项\n正文\n", "3 “三、”前面是“一、”，缺“二、”\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_said(THREE, CASES[i].draft, OD_CHINESE, CASES[i].expected);
}

static void test_words(void **state) {
    (void)state;
    assert_said("", "一、甲\n三、乙\n", OD_ENGLISH, "2 “三、” follows “一、”: “二、” is missing\n");
    assert_said("", "一、甲\n四、乙\n", OD_ENGLISH,
                "2 “四、” follows “一、”: “二、” to “三、” are missing\n");
    assert_said("", "二、甲\n", OD_ENGLISH,
                "1 “二、” is the first number here; numbering starts at “一、”\n");
    assert_said("", "一、甲\n一、乙\n", OD_ENGLISH, "2 the number “一、” is there already, in line 1\n");
    assert_said("", "(一)甲项\n文\n", OD_ENGLISH,
                "1 “(一)” has half-width brackets; write “（一）” (--fix does it)\n");
    assert_said("", "一、甲\n1.子\n正文\n", OD_ENGLISH,
                "2 “1.” stands directly below “一、”: the level “（一）” between them is left out\n");
}

static void assert_fixed(const char *rules, const char *draft, const char *expected) {
    held h;
    check(&h, rules, draft, OD_CHINESE);
    od_diagnostics_sort(&h.found);
    od_edit_list edits = {0};
    for (size_t i = 0; i < h.found.found.count; i++) {
        const od_fix *const fix = h.found.found.items[i].fix;
        for (size_t j = 0; fix && j < fix->edit_count; j++)
            assert_int_equal(
                od_edit_replace(&h.arena, &edits, fix->edits[j].span, fix->edits[j].text), OD_OK);
    }
    od_buf out = {0};
    od_edit_apply(&edits, h.document.source.bytes, &out);
    od_buf_byte(&out, '\0');
    assert_string_equal(out.data, expected);
    od_buf_free(&out);
    release(&h);
}

static void test_fixes(void **state) {
    (void)state;
    assert_fixed("", "(一)甲项\n正文\n㈡乙项\n正文\n（三） 丙项\n", "（一）甲项\n正文\n（二）乙项\n正文\n（三）丙项\n");
    assert_fixed("", "### (一)　甲项\n\n文\n", "### （一）甲项\n\n文\n");
    assert_fixed("", "# 题\n\n1、甲项\n\n文\n\n2、 乙项\n\n文\n", "# 题\n\n1.甲项\n\n文\n\n2.乙项\n\n文\n");
    // `1. Scope` would open a list.
    assert_fixed("", "# T\n\n1、 Scope\n\nText\n", "# T\n\n1、 Scope\n\nText\n");
    assert_fixed("", "## 1、 Scope\n\nText\n", "## 1. Scope\n\nText\n");
    // A double before the right next number can only be that between.
    assert_fixed("", "一、甲\n二、乙\n二、丙\n四、丁\n", "一、甲\n二、乙\n三、丙\n四、丁\n");
    assert_fixed("", "一、甲\n二、乙\n二、丙\n三、丁\n", "一、甲\n二、乙\n二、丙\n三、丁\n");
    // A gap may be the trace of a lost section, but not where the profile finds all.
    assert_fixed("", "一、甲项\n三、乙项\n四、丙项\n", "一、甲项\n三、乙项\n四、丙项\n");
    assert_fixed(THREE, "一、甲项\n三、乙项\n四、丙项\n", "一、甲项\n二、乙项\n三、丙项\n");
    assert_fixed(THREE, "一、甲项\n二、乙项\n二、丙项\n三、其他\n", "一、甲项\n二、乙项\n三、丙项\n四、其他\n");
    assert_fixed(THREE, "一、甲项\n三、丙项\n五、其他\n", "一、甲项\n三、丙项\n五、其他\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),    cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_paragraphs), cmocka_unit_test(test_levels),
        cmocka_unit_test(test_forms),    cmocka_unit_test(test_sections),
        cmocka_unit_test(test_words),    cmocka_unit_test(test_fixes),
    };
    return cmocka_run_group_tests_name("check_numbers", tests, NULL, NULL);
}
