// The marks of GB/T 15834-2011 one by one: their form, marks in a row, lists of quotes and titles,
// and the mark behind an ordinal word.
#include "engine/check_text.h"

#include "base/utf8.h"

enum {
    COMMA_LIST = 0x3001, // 、
    STOP = 0x3002,       // 。
    COMMA = 0xFF0C,      // ，
    COLON = 0xFF1A,      // ：
    SEMICOLON = 0xFF1B,  // ；
    DOTS = 0x2026,       // …
};

static bool is_point(uint32_t code) {
    return code == COMMA_LIST || code == STOP || code == COMMA || code == COLON ||
           code == SEMICOLON;
}

// ---- form --------------------------------------------------------------------------------------

static size_t run_end(const od_text_checker *k, size_t at, uint32_t code) {
    while (od_text_at(k, at) == code) at = od_text_next(k, at);
    return at;
}

static void tell_form(od_text_checker *k, size_t start, size_t end, od_text text, od_slice right) {
    if (!k->on[OD_RULE_MARK_FORM]) return;
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_MARK_FORM, start, end,
        od_say(k->found, text, od_slice_cut(k->text, start, end), right));
    od_text_fix(k, found, start, end, right);
}

static void tell_dots(od_text_checker *k, size_t start, size_t end) {
    tell_form(
        k, start, end,
        OD_SAY("“{1}” is no ellipsis of Chinese text; write “{2}”", "省略号写成了“{1}”，应为“{2}”"),
        OD_SLICE("……"));
}

static bool stands_in_chinese(const od_text_checker *k, size_t start, size_t end) {
    return od_is_chinese(od_text_before(k, start)) || od_is_chinese(od_text_at(k, end));
}

static size_t check_ascii_run(od_text_checker *k, size_t at, uint32_t code) {
    const size_t end = run_end(k, at, code), count = end - at;
    if (!stands_in_chinese(k, at, end)) return end;
    if (code == '.' && count >= 3) tell_dots(k, at, end);
    if (code == '-' && (count == 2 || count == 3))
        tell_form(
            k, at, end,
            OD_SAY("“{1}” is no dash of Chinese text; write “{2}”", "破折号写成了“{1}”，应为“{2}”"),
            OD_SLICE("——"));
    return end;
}

// Six dots are two characters, twelve (for whole paragraphs left out) are four.
static size_t check_dots(od_text_checker *k, size_t at) {
    const size_t end = run_end(k, at, DOTS);
    if ((end - at) / 3 % 2 && stands_in_chinese(k, at, end)) tell_dots(k, at, end);
    return end;
}

// ---- marks in a row ----------------------------------------------------------------------------

// Returns the one mark that a row of them stands for, 0 when that is not certain.
static uint32_t strongest(const od_text_checker *k, size_t at, size_t end) {
    static const uint32_t RISING[] = {COMMA_LIST, COMMA, SEMICOLON, STOP};
    const uint32_t first = od_text_at(k, at);
    size_t best = 0;
    bool same = true;
    for (; at < end; at += 3) {
        const uint32_t code = od_text_at(k, at);
        same &= code == first;
        for (size_t i = best; i < 4; i++)
            if (code == RISING[i]) best = i;
        if (code == COLON && !same) return 0;
    }
    if (same) return first;
    return first == COLON ? 0 : RISING[best];
}

static void tell_doubled(od_text_checker *k, size_t at, size_t end) {
    const uint32_t right = strongest(k, at, end);
    char bytes[4];
    const od_slice mark = {bytes, right ? od_utf8_write(right, bytes) : 0};
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_MARK_DOUBLED, at, end,
        od_say(k->found, OD_SAY("marks follow each other: “{1}”", "标点重复：“{1}”"),
               od_slice_cut(k->text, at, end)));
    if (right) od_text_fix(k, found, at, end, mark);
}

// Returns where the row of marks ends that starts at `at`.
static size_t check_row(od_text_checker *k, size_t at, uint32_t code, size_t next) {
    size_t end = next;
    while (is_point(od_text_at(k, end))) end += 3;
    if (end == next) return next;
    const bool dots = end - at >= 9 && run_end(k, at, code) == end && code == STOP;
    if (dots) tell_dots(k, at, end);
    else if (k->on[OD_RULE_MARK_DOUBLED]) tell_doubled(k, at, end);
    return end;
}

// ---- lists of quotes and titles ----------------------------------------------------------------

// Returns the mark that closes what opens at byte `at`, or an empty slice.
static od_slice closing_of(const od_text_checker *k, size_t at) {
    if (od_text_has(k, at, "“")) return OD_SLICE("”");
    if (od_text_has(k, at, "《")) return OD_SLICE("》");
    return (od_slice){0};
}

// Whether the 、 at `at` stands right between two quoted items or two titles.
static bool is_joint(const od_text_checker *k, size_t at) {
    const od_slice close = closing_of(k, at + 3);
    return od_text_has(k, at, "、") && close.size &&
           od_slice_ends(od_slice_cut(k->text, 0, at), close);
}

// Where something stands between the items, as `“甲”（一等）、“乙”`, the mark is right in all of
// the list. Whether that is so before the joint at `at`.
static bool is_annotated_before(const od_text_checker *k, size_t at) {
    enum { REACH = 300 };
    const od_slice open = od_text_ends(k, at, "”") ? OD_SLICE("“") : OD_SLICE("《");
    const size_t stop = at > REACH ? at - REACH : 0;
    for (size_t i = at; i-- > stop;)
        if (od_slice_starts(od_slice_from(k->text, i), open)) return od_text_ends(k, i, "）、");
    return false;
}

typedef OD_ARRAY(od_text_change) change_list;

// Collects the joints of the list from the one at `at` on; false when something stands between
// items.
static bool collect_joints(od_text_checker *k, size_t at, change_list *joints) {
    bool plain = !is_annotated_before(k, at);
    while (is_joint(k, at)) {
        *od_array_push(&k->scratch, joints) = (od_text_change){at, at + 3, {0}};
        const od_slice close = closing_of(k, at + 3);
        const size_t found = od_slice_find(k->text, close, at + 3);
        k->listed_until = at + 3;
        if (found == SIZE_MAX) return plain;
        at = found + close.size;
        plain &= !od_text_has(k, at, "（");
    }
    return plain;
}

static void check_list(od_text_checker *k, size_t at) {
    change_list joints = {0};
    if (at < k->listed_until || !is_joint(k, at) || !collect_joints(k, at, &joints)) return;
    const bool titles = od_text_ends(k, at, "》");
    const od_text quotes = OD_SAY("quoted items in a row take no “、” between them",
                                  "并列的引号之间通常不用顿号");
    const od_text names = OD_SAY("titles in a row take no “、” between them",
                                 "并列的书名号之间通常不用顿号");
    od_diagnostic *const found = od_text_tell(k, OD_RULE_QUOTE_LIST, at, at + 3,
                                              od_say(k->found, titles ? names : quotes));
    od_text_fix_all(k, found, joints.items, joints.count);
}

// ---- ordinal words -----------------------------------------------------------------------------

// Returns where the ordinal word starts that ends at `end`, or SIZE_MAX.
static size_t ordinal_start(const od_text_checker *k, size_t end) {
    static const char *const WORDS[] = {"首先", "其次", "再次", "最后"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (od_text_ends(k, end, WORDS[i])) return end - 6;
    size_t at = end;
    while (at && (od_han_digit(od_text_before(k, at)) > 0 || od_text_before(k, at) == 0x5341))
        at -= 3;
    const bool prefixed = od_text_ends(k, at, "第") || od_text_ends(k, at, "其");
    return at < end && prefixed ? at - 3 : SIZE_MAX;
}

static void check_ordinal(od_text_checker *k, size_t at) {
    const size_t start = ordinal_start(k, at);
    if (start == SIZE_MAX) return;
    const uint32_t before = od_text_before(k, start), after = od_text_at(k, at + 3);
    // 第一、第二季度 and 第一、二组 are lists.
    if (before && before != STOP && before != SEMICOLON && before != COLON && before != '\n')
        return;
    if (od_han_digit(after) >= 0 || after == 0x7B2C || after == 0x5176) return;
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_ORDINAL_MARK, at, at + 3,
        od_say(k->found, OD_SAY("“{1}” takes “，” behind it", "“{1}”后面应为“，”"),
               od_slice_cut(k->text, start, at)));
    od_text_fix(k, found, at, at + 3, OD_SLICE("，"));
}

// ---- all of them -------------------------------------------------------------------------------

size_t od_check_mark(od_text_checker *k, size_t at, uint32_t code, size_t next) {
    if (code == '.' || code == '-') return check_ascii_run(k, at, code);
    if (code == DOTS) return check_dots(k, at);
    if (!is_point(code)) {
        od_check_pair(k, at, code);
        return next;
    }
    if (code == COMMA_LIST && k->on[OD_RULE_QUOTE_LIST]) check_list(k, at);
    if (code == COMMA_LIST && k->on[OD_RULE_ORDINAL_MARK]) check_ordinal(k, at);
    if (code == COMMA_LIST && k->on[OD_RULE_NUMBER_APPROXIMATE]) od_check_approximate(k, at);
    return check_row(k, at, code, next);
}
