// mark-pair: brackets and quotes come in pairs within a paragraph (GB/T
// 15834-2011, 4.8, 4.9, 4.15).
//
// Within “ ” the inner quotes are ‘ ’, within 《 》 the inner titles 〈 〉. Half-width brackets
// count as partners of full-width ones, since check_width.c has told of them already.
#include "engine/check_text.h"

#include "base/utf8.h"

typedef struct pair {
    uint32_t open, close;
    const char *opens, *closes;
    const char *inner; // what stands inside instead of the same pair; NULL: the pair itself
} pair;

static const pair PAIRS[] = {
    {0x201C, 0x201D, "“", "”", "‘ ’"},     {0x2018, 0x2019, "‘", "’", NULL},
    {0x300A, 0x300B, "《", "》", "〈 〉"}, {0x3008, 0x3009, "〈", "〉", NULL},
    {0xFF08, 0xFF09, "（", "）", NULL},    {0x3014, 0x3015, "〔", "〕", NULL},
    {0x3010, 0x3011, "【", "】", NULL},
};
enum { PAIR_COUNT = sizeof PAIRS / sizeof *PAIRS, QUOTES = 0, BRACKETS = 4 };

static void tell(od_text_checker *k, size_t at, od_text text, const char *first,
                 const char *second) {
    od_text_tell(k, OD_RULE_MARK_PAIR, at, od_text_next(k, at),
                 od_say(k->found, text, od_slice_of(first), od_slice_of(second)));
}

static void open_mark(od_text_checker *k, size_t at, size_t p, bool half) {
    const bool nested = PAIRS[p].inner && k->open_counts[p] > 0;
    if (nested && !k->nesting_told[p])
        tell(k, at,
             OD_SAY("{1} opens again before it was closed; inside it stand {2}",
                    "前面的 {1} 还没有配对，这里又出现一个；里面一层应当用 {2}"),
             PAIRS[p].opens, PAIRS[p].inner);
    if (nested) k->nesting_told[p] = true;
    k->open_counts[p]++;
    *od_array_push(&k->scratch, &k->open) = (od_open_mark){at, (uint8_t)p, half};
}

static void tell_open(od_text_checker *k, const od_open_mark *mark) {
    // A half-width bracket may be anything; a pair that was told of is what is wrong.
    if (mark->half || k->nesting_told[mark->pair]) return;
    const pair *const p = &PAIRS[mark->pair];
    tell(k, mark->at,
         OD_SAY("{1} is not closed in this paragraph: {2} is missing",
                "{1} 在本段内没有配对，缺 {2}"),
         p->opens, p->closes);
}

// Whether the bracket at `at` ends an item's number: `1）` `一）` `a）`.
static bool ends_number(const od_text_checker *k, size_t at) {
    size_t start = at;
    while (start) {
        const uint32_t code = od_text_before(k, start);
        if (!od_is_digit(code) && !od_is_ascii_alpha(code) && od_han_digit(code) < 0 &&
            code != 0x5341)
            break;
        start -= code < 0x80 ? 1 : 3;
    }
    const uint32_t before = od_text_before(k, start);
    return start < at && (!before || before == ' ' || before == '\n' || od_is_chinese_mark(before));
}

static void close_mark(od_text_checker *k, size_t at, size_t p, bool half) {
    if (!k->open_counts[p]) {
        if (half || (p == BRACKETS && ends_number(k, at))) return;
        tell(k, at,
             OD_SAY("{2} closes nothing: {1} is missing before it", "{2} 前面没有与它配对的 {1}"),
             PAIRS[p].opens, PAIRS[p].closes);
        return;
    }
    // What opened later and is not closed yet never will be, or it crosses this pair.
    for (;;) {
        const od_open_mark top = k->open.items[--k->open.count];
        k->open_counts[top.pair]--;
        if (top.pair == p) return;
        tell_open(k, &top);
    }
}

void od_check_pair(od_text_checker *k, size_t at, uint32_t code) {
    if (!k->on[OD_RULE_MARK_PAIR]) return;
    const bool half = code < 0x80;
    code = code == '(' ? 0xFF08 : code == ')' ? 0xFF09 : code;
    // An apostrophe is no quote.
    if (code == 0x2019 && !k->open_counts[1] && od_is_ascii_alpha(od_text_before(k, at))) return;
    for (size_t p = 0; p < PAIR_COUNT; p++) {
        if (code == PAIRS[p].open) open_mark(k, at, p, half);
        if (code == PAIRS[p].close) close_mark(k, at, p, half);
    }
}

// Where a quotation runs over several paragraphs each of them opens it, and the last one closes it:
// the finding waits for the next paragraph.
static void wait(od_text_checker *k, const od_open_mark *mark) {
    od_diagnostics list = *k->found;
    memset(&list.found, 0, sizeof list.found);
    od_diagnostics *const found = k->found;
    k->found = &list;
    tell_open(k, mark);
    k->found = found;
    k->waiting = list.found.count ? list.found.items : NULL;
}

void od_check_open(od_text_checker *k) {
    for (size_t i = 0; i < k->open.count; i++) {
        const od_open_mark *const mark = &k->open.items[i];
        if (mark->pair == QUOTES && !mark->at && k->open_counts[QUOTES] == 1) wait(k, mark);
        else tell_open(k, mark);
    }
}

void od_check_waiting(od_text_checker *k, bool goes_on) {
    if (k->waiting && !goes_on) *od_array_push(k->found->arena, &k->found->found) = *k->waiting;
    k->waiting = NULL;
}
