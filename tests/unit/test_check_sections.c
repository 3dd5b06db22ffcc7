// section-*: one finding for one mistake, at its place, in words.
#include "sections.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct section_case {
    const char *rules, *draft, *expected;
} section_case;

static void assert_found(const char *rules, const char *draft, const char *expected) {
    held h;
    hold(&h, rules, draft, OD_ENGLISH);
    od_check_sections(&(od_check_context){.reading = &h.reading, .found = &h.found});
    assert_string_equal(list_findings(&h), expected);
    release(&h);
}

static void assert_all(const section_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++)
        assert_found(cases[i].rules, cases[i].draft, cases[i].expected);
}
#define ASSERT_ALL(cases) assert_all(cases, sizeof cases / sizeof *cases)

static const char THREE[] = "before = 会前准备\n"
                            "  study = 学习\n"
                            "  opinions = 征求意见\n"
                            "meeting = 会议召开\n"
                            "results = 会议成果\n";

#define BEFORE "一、会前准备\n（一）学习理论。正文\n（二）征求意见。正文\n" // lines 1 to 3

static void test_places(void **state) {
    (void)state;
    static const section_case CASES[] = {
        {THREE, BEFORE "二、会议召开\n正文\n三、会议成果\n正文\n", ""},
        {THREE, BEFORE "三、会议成果\n正文\n", "section-missing@1"},
        {THREE, BEFORE "二、会议召开\n正文\n", "section-missing@4"},
        {THREE, "二、会议召开\n正文\n三、会议成果\n正文\n", "section-missing@1"},
        {THREE, "一、会前准备\n（一）学习理论。正文\n二、会议召开\n正文\n三、会议成果\n正文\n",
         "section-missing@2"},
        {THREE, "一、会前准备\n（一）征求意见。正文\n二、会议召开\n正文\n三、会议成果\n正文\n",
         "section-missing@1"},
        {THREE, BEFORE "二、会议成果\n正文\n三、会议召开\n正文\n", "section-order@6"},
        {THREE, BEFORE "二、会议召开\n正文\n三、会议召开\n正文\n四、会议成果\n正文\n",
         "section-duplicate@6"},
        {THREE, BEFORE "（三）会议召开\n正文\n二、会议成果\n正文\n", "section-level@4"},
        {THREE,
         "一、会前准备\n（一）学习理论。正文\n二、会议召开\n（一）征求意见。正文\n三、会议成果\n正文\n",
         "section-level@4"},
        {"a ? = 甲项\nb = 乙项\n", "一、乙项\n正文\n", ""},
        {THREE, "", "section-missing@1 section-missing@1 section-missing@1"},
    };
    ASSERT_ALL(CASES);
}

static void test_markup(void **state) {
    (void)state;
    static const section_case CASES[] = {
        {THREE,
         "# 报告\n\n## 会前准备\n\n### 学习\n\n正文\n\n### 征求意见\n\n正文\n\n## 会议召开\n\n正文\n\n"
         "## 会议成果\n\n- 正文\n",
         ""},
        {THREE,
         "## 一、会前准备\n\n### （一）学习\n\n正文\n\n### （二）征求意见\n\n正文\n\n### 二、会议召开\n\n"
         "正文\n\n## 三、会议成果\n\n正文\n",
         "section-level@11"},
        {THREE, "## 会前准备\n（一）学习理论。正文\n（二）征求意见。正文\n## 会议召开\n正文\n## 会议成果\n正文\n",
         ""},
    };
    ASSERT_ALL(CASES);
}

static void test_empty(void **state) {
    (void)state;
    static const section_case CASES[] = {
        {"a = 甲项\nb = 乙项\n", "一、甲项\n二、乙项\n正文\n", "section-empty@1"},
        {"a = 甲项 ; min 5 ; has 词\nb = 乙项\n", "一、甲项\n二、乙项\n正文\n", "section-empty@1"},
        {"a = 甲项\n", "一、甲项\n（一）子项\n（二）子项\n", ""},
        {"", "一、甲项\n二、乙项\n", ""},
        {"", "## 甲\n\n## 乙\n\n正文\n", "section-empty@1"},
        {"", "## 甲\n\n<!-- 待写 -->\n\n---\n\n## 乙\n\n```\n码\n```\n", "section-empty@1"},
        {"", "# 报告\n\n## 甲\n\n![图](a.png)\n\n## 乙\n\n|a|\n|-|\n\n## 丙\n\n`码`\n", ""},
        {"", "## 甲\n\n> 引\n\n## 乙\n\n1. 项\n\n## 丙\n\nXX\n", ""},
        {"a = 时间\n", "一、时间：3月5日\n二、地点：\n", ""},
        {"a = 地点\n", "一、地点：\n二、其他\n", "section-empty@1"},
        {"a = 甲项\n", "一、甲项。\n<!-- 待写 -->\n二、乙项\n", "section-empty@1"},
    };
    ASSERT_ALL(CASES);
}

static void test_text(void **state) {
    (void)state;
    static const section_case CASES[] = {
        {"a = 甲项 ; min 4\n", "一、甲项\n只三字\n", "section-short@1"},
        {"a = 甲项 ; min 4\n", "一、甲项\n有 四 个 字\n", ""},
        {"a = 甲项 ; min 4\n", "一、甲项。两字\n", "section-short@1"},
        {"a = 甲项 ; min 4\n", "一、甲项。两字\n又两\n", ""},
        // What lies below it is its text, with the headings in it; what comes after is not.
        {"a = 甲项 ; min 9\n", "一、甲项\n（一）子。三个字\n二、不算这里的字\n正文\n", "section-short@1"},
        {"a = 甲项 ; min 8\n", "一、甲项\n（一）子。三个字\n二、不算这里的字\n正文\n", ""},
        {"a = 甲项 ; min 4\n", "一、甲项\nXX年X\n", ""},
        {"a = 甲项 ; has 如下 | 请指正\n", "一、甲项\n情况是：\n", "section-content@1"},
        {"a = 甲项 ; has 如下 | 请指正\n", "一、甲项\n情况\n请　指　正\n", ""},
        {"a = 甲项 ; has re:^第[0-9]+号$\n", "一、甲项\n是第2号\n", "section-content@1"},
        {"a = 甲项 ; has 如下 ; min 9\n", "一、甲项\n情况\n", "section-content@1 section-short@1"},
        {"p ^ = ; min 5 ; has 如下\na = 甲项\n", "情况如下：\n一、甲项\n正文\n", ""},
        {"p ^ = ; min 6 ; has 如下\na = 甲项\n", "情况如下：\n一、甲项\n正文\n", "section-short@1"},
        {"p ^ = ; has 如下\na = 甲项\n", "情况：\n一、如下甲项\n正文\n", "section-content@1"},
        {"p ^ =\na = 甲项\n", "一、甲项\n正文\n", "section-missing@1"},
        {"p ^ ? = ; min 5\na = 甲项\n", "一、甲项\n正文\n", ""},
        {"p ^ = ; min 5\na = 甲项\n", "# 长长的题目\n\n两字\n\n## 甲项\n\n正文\n", "section-short@1"},
        {"p ^ = ; min 5\na = 甲项\n", "上面\n\n# 题目\n\n下面话\n\n## 甲项\n\n正文\n", ""},
    };
    ASSERT_ALL(CASES);
}

static void test_extra(void **state) {
    (void)state;
    static const section_case CASES[] = {
        {"a = 甲项\n", "一、甲项\n正文\n二、乙项\n正文\n", ""},
        {"w\na = 甲项\n", "一、甲项\n正文\n二、乙项\n正文\n", "section-extra@3"},
        {"w\na = 甲项\n", "一、甲项\n正文\n（一）子项\n正文\n", ""},
        {"a w = 甲项\n", "一、甲项\n正文\n（一）子项\n正文\n", "section-extra@3"},
        // The heading that is nearest to a missing section is told of there, and so are the
        // children of one whose heading is gone.
        {"w\na = 甲乙丙项\n", "一、甲乙戊项\n正文\n", "section-missing@1"},
        {"w\na = 甲项\n  s = 学习\nb = 乙项\n", "（一）学习\n正文\n一、乙项\n正文\n", "section-missing@1"},
        {"w\na = 甲项\n", "# 题目\n\n## 甲项\n\n正文\n", ""},
    };
    ASSERT_ALL(CASES);
}

static void test_severity(void **state) {
    (void)state;
    held h;
    hold(&h, "e\na = 甲项\n", "一、甲项\n正文\n二、乙项\n正文\n", OD_ENGLISH);
    od_check_sections(&(od_check_context){.reading = &h.reading, .found = &h.found});
    assert_int_equal(h.found.found.count, 1);
    assert_int_equal(h.found.found.items[0].severity, OD_ERROR);
    release(&h);
}

static void assert_says(const char *rules, const char *draft, od_language language,
                        const char *message) {
    held h;
    hold(&h, rules, draft, language);
    od_check_sections(&(od_check_context){.reading = &h.reading, .found = &h.found});
    assert_int_equal(h.found.found.count, 1);
    const od_slice said = od_arena_copy(&h.arena, h.found.found.items[0].message);
    assert_string_equal(said.data, message);
    release(&h);
}

static void test_words(void **state) {
    (void)state;
    static const struct {
        const char *rules, *draft, *en, *zh;
    } CASES[] = {
        {"p = 会前准备 | 准备工作\nm = 会议召开\n", "开头\n一、准备情况\n正文\n二、会议召开\n正文\n",
         "the section “会前准备” is missing; it belongs before line 2, “一、准备情况”. The nearest "
         "heading is line 2, “一、准备情况”: if that is it, rename it or give the profile an alias",
         "缺少“会前准备”部分（必须有），应放在第2行“一、准备情况”之前。最接近的标题：第2行“一、准备情况”；如果就是它，请改标题或在文种"
         "文件里加别名"},
        {"p = 会前准备\nm = 会议召开\n", "一、会前准备\n正文\n",
         "the section “会议召开” is missing; it belongs after line 1, “一、会前准备”",
         "缺少“会议召开”部分（必须有），应放在第1行“一、会前准备”之后"},
        {"p = 会前准备\n  s = 学习\n", "一、会前准备\n正文\n",
         "the section “学习” is missing; it belongs at the start of line 1, “一、会前准备”",
         "缺少“学习”部分（必须有），应放在第1行“一、会前准备”下面的开头"},
        {"m = 会议召开\nr = 会议成果\n", "一、会议成果\n正文\n二、会议召开\n正文\n",
         "“会议召开” belongs before “会议成果” (line 1)", "“会议召开”应在“会议成果”（第1行）之前"},
        {"m = 会议召开\nf = 会后工作\nr = 会议成果\n",
         "一、会议成果\n正文\n二、会议召开\n正文\n三、会后工作\n正文\n",
         "“会议成果” belongs after “会后工作” (line 5)", "“会议成果”应在“会后工作”（第5行）之后"},
        {"m = 会议召开\nr = 会议成果\n", "一、会议召开\n正文\n（一）会议成果\n正文\n",
         "“（一）会议成果” should be a section of the top level, not a part of “一、会议召开” (line 1)",
         "“（一）会议成果”应单独成为最上一级的部分，不应放在“一、会议召开”（第1行）下面"},
        {"m = 会议召开\n  r = 会议成果\n", "一、会议召开\n正文\n二、会议成果\n正文\n",
         "“二、会议成果” belongs directly below “一、会议召开” (line 1)",
         "“二、会议成果”应直接放在“一、会议召开”（第1行）下面"},
        {"m = 会议召开\n", "一、会议召开\n正文\n二、会议召开\n正文\n",
         "“会议召开” is in the draft already: line 1, “一、会议召开”", "“会议召开”部分重复：第1行已有“一、会议召开”"},
        {"m = 会议召开\n", "一、会议召开\n", "there is no text below “一、会议召开”", "“一、会议召开”下面没有内容"},
        {"", "## `make` 命令\n\n## 乙\n\n正文\n", "there is no text below “`make` 命令”",
         "“`make` 命令”下面没有内容"},
        {"m = 会议召开 ; min 9\n", "一、会议召开\n开了\n", "“会议召开” has 2 characters; at least 9 are asked for",
         "“会议召开”部分只有2字，至少要写9字"},
        {"m = 会议召开 ; has 主持 | 记录\n", "一、会议召开\n开了\n", "“会议召开” must contain “主持” or “记录”",
         "“会议召开”部分应写明“主持”或“记录”"},
        {"m = 会议召开 ; level 2\n", "一、会议召开\n开了\n",
         "“一、会议召开” is a heading of level 1, and should be one of level 2",
         "“一、会议召开”现在是第1级标题，应为第2级"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_says(CASES[i].rules, CASES[i].draft, OD_ENGLISH, CASES[i].en);
        assert_says(CASES[i].rules, CASES[i].draft, OD_CHINESE, CASES[i].zh);
    }
}

static void test_related(void **state) {
    (void)state;
    held h;
    const char *const draft = "一、会议成果\n正文\n二、会议召开\n正文\n";
    hold(&h, "m = 会议召开\nr = 会议成果\n", draft, OD_ENGLISH);
    od_check_sections(&(od_check_context){.reading = &h.reading, .found = &h.found});
    const od_diagnostic *const d = &h.found.found.items[0];
    assert_int_equal(d->related_count, 1);
    assert_true(od_slice_is(od_source_cut(d->related[0].source, d->related[0].span), "一、会议成果"));
    release(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places), cmocka_unit_test(test_markup),
        cmocka_unit_test(test_empty),  cmocka_unit_test(test_text),
        cmocka_unit_test(test_extra),  cmocka_unit_test(test_severity),
        cmocka_unit_test(test_words),  cmocka_unit_test(test_related),
    };
    return cmocka_run_group_tests_name("check_sections", tests, NULL, NULL);
}
