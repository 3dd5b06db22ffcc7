// Sections and numbers together, from bytes to findings: one mistake is one finding, in plain text
// and Markdown alike.
#include "base/buf.h"
#include "base/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// The lines of a report, and the parts that cases cut and swap.
#define OPENING "现将读书会开展情况报告如下。\n"
#define BEFORE                                     \
    "一、认真做好会前准备\n"                       \
    "（一）选好书目，发放到人。办公室选定书目。\n" \
    "（二）分组自学，写好心得。各组利用晚上学习。\n"
#define MEETING            \
    "二、按时召开会议\n"   \
    "会议由馆长主持，全体馆员参加。会上六人发言。\n"
#define RESULTS                                      \
    "三、用好会议成果\n"                             \
    "（一）整理心得，汇编成册。心得已经印发。\n"     \
    "（二）改进服务，延长开放。开放时间延长一小时。\n"

// That lines without empty ones between run on in Markdown is not asked here.
static void add_finding(const od_source *source, const od_diagnostic *d, od_buf *out) {
    if (strcmp(d->rule, "md-paragraph") == 0) return;
    if (out->size) od_buf_byte(out, ' ');
    od_buf_text(out, d->rule);
    od_buf_byte(out, '@');
    const od_slice bytes = od_source_bytes(source);
    size_t end = d->span.start;
    while (end < bytes.size && bytes.data[end] != '\n' && bytes.data[end] != '\r') end++;
    // The place is told by the first two characters there: a number and its mark, three bytes each.
    od_buf_add(out, od_slice_cut(bytes, d->span.start,
                                 end - d->span.start > 6 ? d->span.start + 6 : end));
}

static void assert_found(const char *path, od_slice draft, const char *expected) {
    od_session *const session = od_session_new(&(od_options){0});
    od_document *document;
    od_profile *profile;
    const od_input input = {.path = path, .bytes = draft};
    assert_int_equal(od_document_open(session, &input, &document), OD_OK);
    assert_int_equal(od_profile_for(session, document, NULL, &profile), OD_OK);
    const od_findings *const found =
        od_check(session, document, profile, &(od_check_options){0});
    od_buf out = {0};
    for (size_t i = 0; i < found->count; i++)
        add_finding(od_document_source(document), &found->items[i], &out);
    od_buf_byte(&out, '\0');
    assert_string_equal(out.data, expected);
    od_buf_free(&out);
    od_session_free(session);
}

// Appends `line` as Markdown: level 1 with `##`, level 2 with `###` and its text below, and an
// empty line after each.
static void add_markdown(od_buf *out, od_slice line) {
    const bool inner = od_slice_starts(line, OD_SLICE("（"));
    const size_t stop = od_slice_find(line, OD_SLICE("。"), 0);
    const bool outer = od_slice_find(line, OD_SLICE("、"), 0) == 3;
    if (inner || outer) od_buf_text(out, inner ? "### " : "## ");
    if (!inner) {
        od_buf_add(out, line);
    } else {
        od_buf_add(out, od_slice_cut(line, 0, stop));
        od_buf_text(out, "\n\n");
        od_buf_add(out, od_slice_from(line, stop + 3));
    }
    od_buf_text(out, "\n\n");
}

static void to_markdown(od_slice text, od_buf *out) {
    for (size_t at = 0; at < text.size;) {
        const size_t end = od_slice_find(text, OD_SLICE("\n"), at);
        add_markdown(out, od_slice_cut(text, at, end));
        at = end + 1;
    }
}

static void to_crlf(od_slice text, od_buf *out) {
    od_buf_text(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\n') od_buf_byte(out, '\r');
        od_buf_byte(out, text.data[i]);
    }
}

// The report reads the same in every dress.
static void assert_everywhere(const char *draft, const char *expected) {
    od_buf markdown = {0}, crlf = {0}, both = {0};
    to_markdown(od_slice_of(draft), &markdown);
    to_crlf(od_slice_of(draft), &crlf);
    to_crlf(od_buf_slice(&markdown), &both);
    assert_found("a.txt", od_slice_of(draft), expected);
    assert_found("a.md", od_slice_of(draft), expected);
    assert_found("a.md", od_buf_slice(&markdown), expected);
    assert_found("a.txt", od_buf_slice(&crlf), expected);
    assert_found("a.md", od_buf_slice(&crlf), expected);
    assert_found("a.md", od_buf_slice(&both), expected);
    od_buf_free(&markdown);
    od_buf_free(&crlf);
    od_buf_free(&both);
}

static void test_whole(void **state) {
    (void)state;
    assert_everywhere(OPENING BEFORE MEETING RESULTS, "");
}

static void test_cut(void **state) {
    (void)state;
    assert_everywhere(OPENING BEFORE RESULTS, "section-missing@一、");
    assert_everywhere(OPENING BEFORE MEETING, "section-missing@二、");
    assert_everywhere(OPENING MEETING RESULTS, "section-missing@现将");
}

static void test_swapped(void **state) {
    (void)state;
    assert_everywhere(OPENING BEFORE RESULTS MEETING, "section-order@二、");
}

static void test_twice(void **state) {
    (void)state;
    assert_everywhere(OPENING BEFORE MEETING MEETING RESULTS, "section-duplicate@二、");
}

static void test_numbers(void **state) {
    (void)state;
    assert_everywhere(OPENING BEFORE MEETING "四、用好会议成果\n会后印发了心得。\n",
                      "heading-number@四、");
    assert_everywhere(OPENING BEFORE MEETING "三、用好会议成果\n（二）整理心得。心得已经印发。\n",
                      "heading-number@（二");
    assert_everywhere(OPENING BEFORE MEETING "三、 用好会议成果\n会后印发了心得。\n",
                      "heading-number@三、");
}

static void test_level(void **state) {
    (void)state;
    assert_found("a.md",
                 OD_SLICE("开头\n\n## 一、会前准备\n\n发了书。\n\n### 二、召开会议\n\n开了会。\n\n"
                          "## 三、会议成果\n\n印了书。\n"),
                 "section-level@二、");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),   cmocka_unit_test(test_cut),
        cmocka_unit_test(test_swapped), cmocka_unit_test(test_twice),
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_level),
    };
    return cmocka_run_group_tests_name("check_structure", tests, NULL, NULL);
}
