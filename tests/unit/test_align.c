// Alignment: which heading is which section, and what is missing, moved, misplaced or there twice.
#include "engine/align.h"

#include "base/buf.h"
#include "sections.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static void print_heading(const od_source *source, const od_section *s, od_buf *out) {
    if (!s) od_buf_byte(out, '-');
    else if (!s->parent) od_buf_text(out, "root");
    else od_buf_add(out, od_source_cut(source, s->number.span));
}

// Appends what became of the headings, in order (`一、 preparation`, with the kind when that is not
// in order), then of the rules that are missing: `missing meeting in root after 一、`.
static void print_result(const od_source *source, const od_outline *outline,
                         const od_alignment_result *result, od_buf *out) {
    static const char *const KINDS[] = {[OD_MATCH_IN_ORDER] = "",
                                        [OD_MATCH_MOVED] = " moved",
                                        [OD_MATCH_DUPLICATE] = " duplicate",
                                        [OD_MATCH_MISPLACED] = " misplaced"};
    for (size_t i = 0; i < outline->count; i++) {
        if (!result->sections[i].rule) continue;
        print_heading(source, outline->sections[i], out);
        od_buf_byte(out, ' ');
        od_buf_add(out, result->sections[i].rule->path);
        od_buf_text(out, KINDS[result->sections[i].kind]);
        od_buf_byte(out, '\n');
    }
    for (size_t i = 0; i < result->rules.count; i++) {
        const od_rule_match *const m = &result->rules.items[i];
        if (m->section || m->rule->preamble) continue;
        od_buf_text(out, "missing ");
        od_buf_add(out, m->rule->path);
        od_buf_text(out, " in ");
        print_heading(source, m->parent, out);
        od_buf_text(out, " after ");
        print_heading(source, m->after, out);
        if (m->nearest) od_buf_text(out, " near ");
        if (m->nearest) print_heading(source, m->nearest, out);
        od_buf_byte(out, '\n');
    }
}

static void assert_aligned(const char *rules, const char *draft, const char *expected) {
    od_arena arena = {0};
    od_source source;
    od_profile profile;
    od_outline outline;
    od_alignment_result result;
    od_source_init(&source, &arena, "draft", od_slice_of(draft), 0);
    make_profile(&arena, rules, &profile);
    const od_node *const root =
        od_read_plain_text(&arena, &source, (od_span){0, source.bytes.size});
    od_outline_read(&arena, &source, root, &(od_outline_options){0}, &outline);
    od_align(&arena, &outline, &profile, &result);
    od_buf out = {0};
    print_result(&source, &outline, &result, &out);
    od_buf_byte(&out, '\0');
    assert_string_equal(out.data, expected);
    od_buf_free(&out);
    free_rules(profile.sections, profile.section_count);
    od_arena_free(&arena);
}

static const char REPORT[] = "intro ^ =\n"
                             "preparation ~ = 会前准备 | 准备工作\n"
                             "  study = 学习\n"
                             "  opinions = 征求意见 | 谈心谈话\n"
                             "  issues = 查摆问题\n"
                             "meeting = 召开会议 | 会议召开\n"
                             "results = 会议成果 | 整改落实\n"
                             "  grading = 民主评议\n"
                             "  rectify = 整改\n";

#define PREPARATION "一、做好会前准备\n（一）学习理论。正文\n（二）征求意见。正文\n（三）查摆问题。正文\n"
#define RESULTS "（一）民主评议党员。正文\n（二）抓好整改。正文\n"
#define PREPARATION_OUT \
    "一、 preparation\n（一） preparation.study\n（二） preparation.opinions\n（三） preparation.issues\n"
#define RESULTS_OUT "（一） results.grading\n（二） results.rectify\n"

static void test_in_order(void **state) {
    (void)state;
    assert_aligned(REPORT, "开头\n" PREPARATION "二、会议召开\n正文\n三、会议成果\n" RESULTS,
                   PREPARATION_OUT "二、 meeting\n三、 results\n" RESULTS_OUT);
    // Where children may stand in any order they may.
    assert_aligned(REPORT,
                   "一、会前准备\n（一）查摆问题。正文\n（二）学习理论。正文\n（三）征求意见。正文\n"
                   "二、会议召开\n正文\n三、会议成果\n" RESULTS,
                   "一、 preparation\n（一） preparation.issues\n（二） preparation.study\n"
                   "（三） preparation.opinions\n二、 meeting\n三、 results\n" RESULTS_OUT);
    // Headings that the profile does not list stand between.
    assert_aligned(REPORT, PREPARATION "二、经费\n正文\n三、会议召开\n正文\n四、会议成果\n" RESULTS,
                   PREPARATION_OUT "三、 meeting\n四、 results\n" RESULTS_OUT);
}

static void test_missing(void **state) {
    (void)state;
    assert_aligned(REPORT, PREPARATION "三、会议成果\n" RESULTS,
                   PREPARATION_OUT "三、 results\n" RESULTS_OUT
                                   "missing meeting in root after 一、\n");
    // The children of a section that is missing are not missed one by one.
    assert_aligned(REPORT, "二、会议召开\n正文\n三、会议成果\n" RESULTS,
                   "二、 meeting\n三、 results\n" RESULTS_OUT
                   "missing preparation in root after -\n");
    assert_aligned(REPORT,
                   "一、会前准备\n（一）学习理论。正文\n（三）查摆问题。正文\n二、会议召开\n正文\n"
                   "三、会议成果\n" RESULTS,
                   "一、 preparation\n（一） preparation.study\n（三） preparation.issues\n"
                   "二、 meeting\n三、 results\n" RESULTS_OUT
                   "missing preparation.opinions in 一、 after （一）\n");
    assert_aligned("one ? = 甲项\ntwo = 乙项\n", "一、乙项\n", "一、 two\nmissing one in root after -\n");
}

static void test_nearest(void **state) {
    (void)state;
    // A wrong character, and the example of a title that only shares its sense.
    assert_aligned(REPORT, PREPARATION "二、会议召升\n正文\n三、会议成果\n" RESULTS,
                   PREPARATION_OUT "三、 results\n" RESULTS_OUT
                                   "missing meeting in root after 一、 near 二、\n");
    assert_aligned("p = 会前准备 | 前期准备 | 准备工作\nm = 会议召开\n",
                   "一、准备情况\n正文\n二、会议召开\n", "二、 m\nmissing p in root after - near 一、\n");
    assert_aligned("m = Decision Outcome\n", "1. Scope\nText\n2. The decision outcom\nText\n",
                   "missing m in root after - near 2.\n");
    assert_aligned("m = 会议召开\n", "一、经费使用\n正文\n", "missing m in root after -\n");
}

static void test_moved(void **state) {
    (void)state;
    assert_aligned(REPORT, PREPARATION "二、会议成果\n" RESULTS "三、会议召开\n正文\n",
                   PREPARATION_OUT "二、 results\n" RESULTS_OUT "三、 meeting moved\n");
    assert_aligned("a = 甲项\nb = 乙项\nc = 丙项\n", "一、丙项\n二、甲项\n三、乙项\n",
                   "一、 c moved\n二、 a\n三、 b\n");
    assert_aligned("~\na = 甲项\nb = 乙项\nc = 丙项\n", "一、丙项\n二、甲项\n三、乙项\n",
                   "一、 c\n二、 a\n三、 b\n");
}

static void test_aliases(void **state) {
    (void)state;
    // The longer alias wins, wherever its rule stands.
    assert_aligned("a = 整改\nb = 整改落实\n", "一、整改落实\n二、其他\n",
                   "一、 b\nmissing a in root after -\n");
    // But no section is given up for it.
    assert_aligned("a = 整改\nb = 整改落实\n", "一、整改落实\n二、整改落实\n", "一、 a\n二、 b\n");
    assert_aligned("~\na = 整改 | 落实\nb = 整改落实\n", "一、整改落实\n二、落实\n", "一、 b\n二、 a\n");
    // In any order, a rule makes room for one that has nothing else.
    assert_aligned("~\na = 甲项 | 乙项\nb = 甲项\n", "一、甲项\n二、乙项\n", "一、 b\n二、 a\n");
}

static void test_duplicates(void **state) {
    (void)state;
    assert_aligned("a = 甲项\nb = 乙项\n", "一、甲项\n二、甲项\n三、乙项\n",
                   "一、 a\n二、 a duplicate\n三、 b\n");
    assert_aligned("a = 甲项\nb = 乙项\n", "一、甲项\n二、乙项\n三、甲项\n",
                   "一、 a\n二、 b\n三、 a duplicate\n");
    assert_aligned("a * = 甲项\nb = 乙项\n", "一、甲项\n二、甲项\n三、乙项\n四、甲项\n",
                   "一、 a\n二、 a\n三、 b\n四、 a moved\n");
    // Another title that only holds the words is none, and not the section either.
    assert_aligned("m = Meeting\n", "1. Meeting\nText\n2. Next meeting\nText\n", "1. m\n");
    assert_aligned("m = Meeting\n", "1. Last meeting\nText\n2. Meeting\nText\n", "2. m\n");
    // The same words below another heading are none.
    assert_aligned("a = 甲项\nb = 乙项\n", "一、甲项\n（一）乙项回顾\n正文\n二、乙项\n",
                   "一、 a\n二、 b\n");
    // A rule that may repeat leaves to others what is theirs.
    assert_aligned("a = 甲项\nany * = 项\n", "一、丙项\n二、甲项\n三、乙项\n",
                   "一、 any moved\n二、 a\n三、 any\n");
}

static void test_misplaced(void **state) {
    (void)state;
    assert_aligned(REPORT, PREPARATION "（四）会议召开\n正文\n三、会议成果\n" RESULTS,
                   PREPARATION_OUT "（四） meeting misplaced\n三、 results\n" RESULTS_OUT);
    assert_aligned(REPORT,
                   "一、会前准备\n（一）学习理论。正文\n（二）征求意见。正文\n二、会议召开\n"
                   "（一）查摆问题。正文\n三、会议成果\n" RESULTS,
                   "一、 preparation\n（一） preparation.study\n（二） preparation.opinions\n"
                   "二、 meeting\n（一） preparation.issues misplaced\n三、 results\n" RESULTS_OUT);
    // Its children go with it.
    assert_aligned("a = 甲项\nb = 乙项\n  c = 丙项\n", "一、甲项\n（一）乙项\n1.丙项\n正文\n",
                   "一、 a\n（一） b misplaced\n1. b.c\n");
    // One short word in a long title is no evidence.
    assert_aligned("a = 甲项\n  b = 学习\nc = 丙项\n", "一、甲项\n正文\n二、丙项\n（一）继续深入地组织学习\n正文\n",
                   "一、 a\n二、 c\nmissing a.b in 一、 after - near （一）\n");
    // What stands in its place is not taken for another's.
    assert_aligned("a = 甲项\n  b = 乙项\nc = 丙项\n  b = 乙项\n", "一、甲项\n二、丙项\n（一）乙项\n正文\n",
                   "一、 a\n二、 c\n（一） c.b\nmissing a.b in 一、 after -\n");
    // A level without a parent.
    assert_aligned("a = 甲项\nb = 乙项 ; level 2\n", "一、甲项\n（一）乙项\n正文\n", "一、 a\n（一） b\n");
}

static void test_repeated(void **state) {
    (void)state;
    assert_aligned("matter * = 议题\n  owner = 责任\nend = 结束\n",
                   "一、议题甲\n（一）责任人\n正文\n二、议题乙\n（一）期限\n正文\n三、结束\n",
                   "一、 matter\n（一） matter.owner\n二、 matter\n三、 end\n"
                   "missing matter.owner in 二、 after -\n");
    // What one of many misses is looked for in that one alone.
    assert_aligned("matter * = 议题\n  owner = 责任\n",
                   "一、议题甲\n（一）责任\n正文\n（二）责任人\n正文\n二、议题乙\n（一）期限\n正文\n",
                   "一、 matter\n（一） matter.owner\n二、 matter\n"
                   "missing matter.owner in 二、 after -\n");
    assert_aligned("matter * = 议题\nend = 结束语\n", "一、议题甲\n二、议题乙\n",
                   "一、 matter\n二、 matter\nmissing end in root after 二、\n");
}

// Many rules and headings, where not every one is held against every other. Of 400 items the draft has
// not the 100th, has the 150th in more words, and the 200th behind the 250th; the 300th is there twice.
static void add_items(od_buf *draft) {
    char line[64];
    for (int i = 0; i < 400; i++) {
        if (i == 100 || i == 200) continue;
        snprintf(line, sizeof line, "一、%s第%d栏\n正文\n", i == 150 ? "本月的" : "", i);
        od_buf_text(draft, line);
        if (i == 250) od_buf_text(draft, "一、第200栏\n正文\n");
        if (i == 300) od_buf_text(draft, "一、第300栏\n正文\n");
    }
    od_buf_byte(draft, '\0');
}

static void test_large(void **state) {
    (void)state;
    od_buf rules = {0}, draft = {0}, expected = {0};
    char line[64];
    for (int i = 0; i < 400; i++) {
        snprintf(line, sizeof line, "r%d = 第%d栏\n", i, i);
        od_buf_text(&rules, line);
        snprintf(line, sizeof line, "一、 r%d\n", i);
        if (i != 100 && i != 200) od_buf_text(&expected, line);
        if (i == 250) od_buf_text(&expected, "一、 r200 moved\n");
        if (i == 300) od_buf_text(&expected, "一、 r300 duplicate\n");
    }
    add_items(&draft);
    od_buf_byte(&rules, '\0');
    od_buf_text(&expected, "missing r100 in root after 一、\n");
    od_buf_byte(&expected, '\0');
    assert_aligned(rules.data, draft.data, expected.data);
    od_buf_free(&rules);
    od_buf_free(&draft);
    od_buf_free(&expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_order),   cmocka_unit_test(test_missing),
        cmocka_unit_test(test_nearest),    cmocka_unit_test(test_moved),
        cmocka_unit_test(test_aliases),    cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_misplaced),  cmocka_unit_test(test_repeated),
        cmocka_unit_test(test_large),
    };
    return cmocka_run_group_tests_name("align", tests, NULL, NULL);
}
