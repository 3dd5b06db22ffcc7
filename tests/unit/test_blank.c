// Which signs of a visible text are blanks, and which only look like one.
#include "document/blank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// A text whose blanks are marked by `{` and `}` around what is expected to be one.
typedef struct row {
    const char *marked;
    od_blank_style style; // of all of them
} row;

// Removes the marks from `marked` and sets the spans they enclosed.
static size_t unmark(const char *marked, char *text, od_span *spans) {
    size_t size = 0, count = 0;
    for (const char *at = marked; *at; at++) {
        if (at[0] == '\x02') spans[count].start = size;
        else if (at[0] == '\x03') spans[count++].end = size;
        else text[size++] = *at;
    }
    text[size] = '\0';
    return count;
}

static void expect(const char *marked, od_blank_style style, const od_blank_options *options) {
    char text[512];
    od_span spans[16] = {{0, 0}};
    const size_t count = unmark(marked, text, spans);
    od_arena arena = {0};
    od_stretch whole = {0, {0, strlen(text)}, OD_STRETCH_EXACT};
    const od_visible visible = {od_slice_of(text), &whole, 1};
    od_blank_list found = {0};
    od_blank_find(&arena, &visible, options, &found);
    if (found.count != count) print_message("%s: %zu blanks, not %zu\n", text, found.count, count);
    assert_int_equal(found.count, count);
    for (size_t i = 0; i < count; i++) {
        if (found.items[i].start != spans[i].start || found.items[i].end != spans[i].end)
            print_message("%s: blank %zu is [%zu, %zu)\n", text, i, found.items[i].start,
                          found.items[i].end);
        assert_int_equal(found.items[i].start, spans[i].start);
        assert_int_equal(found.items[i].end, spans[i].end);
        assert_int_equal(found.items[i].style, style);
    }
    // What holds a blank must pass the quick look too.
    if (count) assert_true(od_blank_possible(od_slice_of(text)));
    od_arena_free(&arena);
}

#define B(text) "\x02" text "\x03"

static const row BLANKS[] = {
    {"发放资料" B("XX") "篇", OD_BLANK_RUN},
    {"共" B("XXX") "人、" B("××") "人次", OD_BLANK_RUN},
    {B("ＸＸ") "支部和" B("✕✕") "支部", OD_BLANK_RUN},
    {"由" B("xx") "主持", OD_BLANK_RUN},
    {B("20XX") "年和" B("202X") "年", OD_BLANK_RUN},
    {"meeting on XXL day; see " B("XX") " for it", OD_BLANK_RUN},
    {"“" B("XX") "”会议", OD_BLANK_RUN},
    {B("X") "月" B("X") "日" B("×") "时", OD_BLANK_SINGLE},
    {"第" B("X") "届，" B("X") "个", OD_BLANK_SINGLE},
    {"地点：" B("____") "，人数" B("＿＿"), OD_BLANK_LINE},
    {"名称（" B("　　") "）", OD_BLANK_EMPTY},
    {"编号【" B(" ") "】，《" B("") "》", OD_BLANK_EMPTY},
    {B("【请填写会议地点】") "召开" B("[此处填写人数]"), OD_BLANK_HINT},
    {B("<填写>") "人" B("（可根据实际修改）"), OD_BLANK_HINT},
    {B("{{meeting.date}}") "，" B("{{ 会议日期 }}"), OD_BLANK_NAMED},
    {"由" B("某某") "同志，" B("〇〇") "单位，" B("○○○"), OD_BLANK_WORD},
    {B("某") "年" B("某") "月" B("某") "日", OD_BLANK_WORD},
    {"地点：" B("待定"), OD_BLANK_NOTE},
    {"Owner: " B("TBD"), OD_BLANK_NOTE},
};

static const char *const NO_BLANKS[] = {
    "尺码XXL、XXXL都有货",
    "Super Bowl XX was in 1986",
    "Louis XX, Chapter XXX",
    "SpaceX和Xbox",
    "做X光，沿X轴，X射线",
    "房间3×5米，4×4的表",
    "航班HKXX12",
    "被告人李××，张××",
    "被告人某某",
    "see https://example.org/XX and mail XX@example.org",
    "www.example.org/XX",
    "型号XXX级",
    "N个问题",
    "〔2022〕5号",
    "【会议时间】上午",
    "二〇〇二年",
    "axxb",
    "foo_bar __init__",
    "这件事待定后再说",
    "TODOs are listed",
    "请假（3人）",
};

static void blanks_are_found(void **state) {
    (void)state;
    const od_blank_options options = {0};
    for (size_t i = 0; i < sizeof BLANKS / sizeof *BLANKS; i++)
        expect(BLANKS[i].marked, BLANKS[i].style, &options);
}

// Texts are looked at in blocks: it must not matter where in one, or across which, a blank stands.
static void blanks_are_found_wherever_they_stand(void **state) {
    (void)state;
    static const row ROWS[] = {
        {B("XX") "篇", OD_BLANK_RUN},    {B("_＿＿") "册", OD_BLANK_LINE}, {B("xｘ") "，", OD_BLANK_RUN},
        {"（" B("  ") "）", OD_BLANK_EMPTY}, {"【" B("") "】", OD_BLANK_EMPTY},   {B("{{n}}"), OD_BLANK_NAMED},
        {B("〇〇") "县", OD_BLANK_WORD}, {"（" B("待定"), OD_BLANK_NOTE}, {B("某某") "辅导", OD_BLANK_WORD}};
    static const char FILLER[] = "TaTbxT-x_T";
    enum { BLOCKS = 40 };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        for (size_t before = 0; before < BLOCKS; before++) {
            char text[256] = "";
            for (size_t at = 0; at < before; at++) text[at] = FILLER[at % (sizeof FILLER - 1)];
            strcat(strcat(text, "。"), ROWS[i].marked);
            for (size_t at = strlen(text), end = at + before % 20; at < end; at++) text[at] = '\n';
            expect(text, ROWS[i].style, &(od_blank_options){0});
        }
}

static void lookalikes_are_not(void **state) {
    (void)state;
    const od_blank_options options = {0};
    for (size_t i = 0; i < sizeof NO_BLANKS / sizeof *NO_BLANKS; i++)
        expect(NO_BLANKS[i], OD_BLANK_RUN, &options);
}

static void form_lines_end_in_a_blank_in_plain_text(void **state) {
    (void)state;
    expect("地点：" B(""), OD_BLANK_FORM, &(od_blank_options){.plain_text = true});
    expect("地点：", OD_BLANK_FORM, &(od_blank_options){0});
    expect("现将情况报告如下：", OD_BLANK_FORM, &(od_blank_options){.plain_text = true});
}

static void kept_texts_are_no_blanks(void **state) {
    (void)state;
    const od_slice keep[] = {OD_SLICE("XX乐队")};
    const od_blank_options options = {.keep = keep, .keep_count = 1};
    expect("XX乐队为" B("XX") "人演出", OD_BLANK_RUN, &options);
    regex_t regex;
    assert_int_equal(regcomp(&regex, "第XX届", REG_EXTENDED), 0);
    const od_blank_options by_regex = {.keep_regex = &regex, .keep_regex_count = 1};
    expect("第XX届有" B("XX") "人", OD_BLANK_RUN, &by_regex);
    regfree(&regex);
}

static void styles_are_selected(void **state) {
    (void)state;
    const od_blank_options only_named = {.styles = 1u << OD_BLANK_NAMED};
    expect("XX人、" B("{{n}}") "人、____", OD_BLANK_NAMED, &only_named);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_are_found),
        cmocka_unit_test(blanks_are_found_wherever_they_stand),
        cmocka_unit_test(lookalikes_are_not),
        cmocka_unit_test(form_lines_end_in_a_blank_in_plain_text),
        cmocka_unit_test(kept_texts_are_no_blanks),
        cmocka_unit_test(styles_are_selected),
    };
    return cmocka_run_group_tests_name("blank", tests, NULL, NULL);
}
