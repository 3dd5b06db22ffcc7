// Numbers in the running text (GB/T 15835-2011).
//
// Words that only look like numbers (一律, 十分, 千方百计, 第二十条) are never looked at: a Chinese
// numeral counts when it is a number of its own, over ten, right before a measure word.
#include "engine/check_text.h"

#include "base/numeral.h"
#include "base/utf8.h"
#include "data/moment.h"

// ---- measure words -----------------------------------------------------------------------------

// Longer words come before those that they begin with.
#define UNIT(word)                                                                                 \
    { word, sizeof(word) - 1 }
static const od_slice UNITS[] = {
    UNIT("人次"), UNIT("人"),   UNIT("篇"),   UNIT("条"), UNIT("项"), UNIT("名"), UNIT("份"),
    UNIT("件"),   UNIT("户"),   UNIT("家"),   UNIT("场"), UNIT("册"), UNIT("类"), UNIT("天"),
    UNIT("元"),   UNIT("万元"), UNIT("亿元"), UNIT("亩"), UNIT("吨"), UNIT("台"), UNIT("辆"),
    UNIT("处"),   UNIT("间"),   UNIT("套"),   UNIT("岁"), UNIT("种"), UNIT("位"), UNIT("次"),
    UNIT("组"),   UNIT("公里"), UNIT("米"),
};
#undef UNIT
enum { UNIT_COUNT = sizeof UNITS / sizeof *UNITS };
_Static_assert((int)UNIT_COUNT <= (int)OD_UNIT_MAX, "od_numeral_habits has a place for each");

size_t od_text_unit(const od_text_checker *k, size_t at) {
    const od_slice rest = od_slice_from(k->text, at);
    if (rest.size < 3) return OD_UNIT_NONE;
    // A character at a time: this is asked behind every number of the draft.
    for (size_t i = 0; i < UNIT_COUNT; i++)
        if (rest.data[1] == UNITS[i].data[1] && rest.data[2] == UNITS[i].data[2] &&
            od_slice_starts(rest, UNITS[i]))
            return i;
    return OD_UNIT_NONE;
}

static bool has_any(const od_text_checker *k, size_t at, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (od_text_has(k, at, words[i])) return true;
    return false;
}

static bool ends_any(const od_text_checker *k, size_t at, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (od_text_ends(k, at, words[i])) return true;
    return false;
}

#define HAS_ANY(k, at, words) has_any((k), (at), (words), sizeof(words) / sizeof *(words))
#define ENDS_ANY(k, at, words) ends_any((k), (at), (words), sizeof(words) / sizeof *(words))

static od_slice cut(const od_text_checker *k, size_t start, size_t end) {
    return od_slice_cut(k->text, start, end);
}

// ---- numbers in digits -------------------------------------------------------------------------

typedef struct number {
    size_t start, end;
    size_t whole; // digits before the point
    bool separated;
} number;

static bool digit_at(const od_text_checker *k, size_t at) {
    return at < k->text.size && od_is_digit((unsigned char)k->text.data[at]);
}

static bool is_group(const od_text_checker *k, size_t at) {
    return k->text.data[at] == ',' && digit_at(k, at + 1) && digit_at(k, at + 2) &&
           digit_at(k, at + 3) && !digit_at(k, at + 4);
}

static number read_number(const od_text_checker *k, size_t at) {
    number n = {.start = at, .end = at};
    while (n.end < k->text.size) {
        if (digit_at(k, n.end)) {
            n.end++;
            n.whole++;
        } else if (is_group(k, n.end)) {
            n.separated = true;
            n.end++;
        } else break;
    }
    if (n.end < k->text.size && k->text.data[n.end] == '.' && digit_at(k, n.end + 1))
        for (n.end++; digit_at(k, n.end);) n.end++;
    return n;
}

// ---- mixed forms -------------------------------------------------------------------------------

static bool is_scale(uint32_t code) {
    return code == 0x5341 || code == 0x767E || code == 0x5343; // 十百千
}

// `4千` is wrong, `4千米` a measure.
static void check_mixed(od_text_checker *k, const number *n) {
    static const char *const OTHERS[] = {
        "千米", "千克", "千瓦",   "千伏",   "千卡", "千帕", "千赫", "千焦",
        "千安", "千兆", "千字节", "千字文", "百分", "百货", "百科", "百姓",
        "百强", "百日", "十字",   "十佳",   "十大", "千企", "千村", "十强",
    };
    if (n->whole > 3 || n->separated || HAS_ANY(k, n->end, OTHERS)) return;
    enum { LONGEST = 24 };
    size_t end = n->end;
    for (uint32_t code; end < n->end + LONGEST && (code = od_text_at(k, end)) != 0;
         end += code < 0x80 ? 1 : 3)
        if (od_han_digit(code) < 0 && !od_is_digit(code) && !is_scale(code)) break;
    od_text_tell(
        k, OD_RULE_NUMBER_MIXED, n->start, end,
        od_say(k->found,
               OD_SAY("“{1}” mixes digits and Chinese numerals; only 万 and 亿 go with digits",
                      "“{1}”混用了阿拉伯数字和汉字数字，只有“万”“亿”可以与阿拉伯数字连用"),
               cut(k, n->start, end)));
}

// ---- ranges ------------------------------------------------------------------------------------

// Returns where the number behind the sign of a range at `at` starts, or 0.
static size_t range_rest(const od_text_checker *k, size_t at) {
    static const char *const SIGNS[] = {"～", "~", "—", "–", "-"};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (od_text_has(k, at, SIGNS[i])) {
            const size_t rest = at + strlen(SIGNS[i]);
            return digit_at(k, rest) ? rest : 0;
        }
    return 0;
}

// `13～17万元`: 13 or 130,000?
static void check_range(od_text_checker *k, const number *n) {
    static const char *const REPEATED[] = {"万", "亿", "%", "％", "‰"};
    const size_t rest = range_rest(k, n->end);
    const uint32_t before = od_text_before(k, n->start);
    if (!rest || before == '-' || before == '/' || before == '.') return;
    const number second = read_number(k, rest);
    if (!HAS_ANY(k, second.end, REPEATED)) return;
    const size_t end = od_text_next(k, second.end);
    const od_slice unit = cut(k, second.end, end), first = cut(k, n->start, n->end);
    k->range_until = rest;
    od_text_tell(k, OD_RULE_NUMBER_RANGE, n->start, end,
                 od_say(k->found,
                        OD_SAY("“{1}” may be read in two ways; write “{3}” behind both numbers, as "
                               "“{2}{3}～”",
                               "“{1}”有歧义：前后两个数都要写“{3}”，如“{2}{3}～”"),
                        cut(k, n->start, end), first, unit));
}

void od_check_tilde(od_text_checker *k, size_t at) {
    const uint32_t before = od_text_before(k, at);
    const bool number = od_is_digit(before) || before == '%' || od_is_han(before);
    if (!number || !digit_at(k, at + 1) || at < k->range_until) return;
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_NUMBER_RANGE, at, at + 1,
        od_say(k->found, OD_SAY("a range takes “～”, not “~”", "范围号应为“～”，不用“~”")));
    od_text_fix(k, found, at, at + 1, OD_SLICE("～"));
}

void od_check_decimal(od_text_checker *k, size_t at) {
    const uint32_t before = od_text_before(k, at);
    const bool alone = !before || before == ' ' || od_is_chinese(before);
    if (!alone || !digit_at(k, at + 1)) return;
    size_t end = at + 1;
    while (digit_at(k, end)) end++;
    const uint32_t after = od_text_at(k, end);
    if (od_is_ascii_alpha(after) || after == '.' || after == '-' || after == '_') return;
    od_text_tell(
        k, OD_RULE_NUMBER_POINT, at, end,
        od_say(k->found,
               OD_SAY("a 0 is missing before the point: write “0{1}”", "小数点前缺0，应写“0{1}”"),
               cut(k, at, end)));
}

// ---- one form in all of the draft --------------------------------------------------------------

static od_span span_of(const od_text_checker *k, size_t start, size_t end) {
    return od_visible_span(&k->visible, start, end);
}

// Long numbers with a measure word; others may be numbers of telephones and files.
static void check_separator(od_text_checker *k, const number *n) {
    od_numeral_habits *const habits = &k->habits;
    if (n->whole < 5 || (!n->separated && k->text.data[n->start] == '0')) return;
    const bool known = habits->long_seen;
    if (!known) {
        habits->long_seen = true;
        habits->separated = n->separated;
        habits->long_span = span_of(k, n->start, n->end);
    }
    if (!known || habits->separated == n->separated) return;
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_NUMBER_SEPARATOR, n->start, n->end,
        od_say(k->found,
               OD_SAY("“{1}” is grouped in another way than the first long number of the draft",
                      "“{1}”的千位分隔写法与前文不一致，全文应统一"),
               cut(k, n->start, n->end)));
    if (found)
        od_diagnostic_relate(k->found, found, k->source, habits->long_span,
                             od_say(k->found, OD_SAY("the first one", "前文的写法")));
}

static void note_number(od_text_checker *k, const number *n) {
    const size_t unit = od_text_unit(k, n->end);
    if (unit == OD_UNIT_NONE) return;
    od_span *const first = &k->habits.arabic[unit];
    if (!first->end) *first = span_of(k, n->start, n->end);
    if (k->on[OD_RULE_NUMBER_SEPARATOR]) check_separator(k, n);
}

size_t od_check_digits(od_text_checker *k, size_t at) {
    const uint32_t before = od_text_before(k, at);
    if (k->text.data[at] == '0' && od_han_digit(before) >= 0) od_check_zero(k, at, '0');
    const size_t past_date = od_check_date(k, at);
    const number n = read_number(k, at);
    const size_t end = past_date > at ? past_date : n.end;
    od_check_latin_edges(k, at, n.end);
    if (past_date > at || od_is_ascii_alpha(before) || before == '_') return end;
    const uint32_t after = od_text_at(k, end);
    if (!od_is_han(after)) {
        if (k->on[OD_RULE_NUMBER_RANGE]) check_range(k, &n);
        return end;
    }
    if (k->on[OD_RULE_NUMBER_MIXED] && is_scale(after)) check_mixed(k, &n);
    note_number(k, &n);
    return end;
}

void od_check_habits(od_text_checker *k) {
    for (size_t i = 0; i < k->habits.han.count; i++) {
        const od_quantity *const q = &k->habits.han.items[i];
        const od_span first = k->habits.arabic[q->unit];
        if (!first.end) continue;
        const od_slice unit = UNITS[q->unit];
        od_diagnostic *const found = od_diagnose(
            k->found, OD_RULE_NUMBER_STYLE, k->source, q->span,
            od_say(k->found,
                   OD_SAY("“{1}{2}” is in Chinese numerals, other numbers of {2} in digits",
                          "“{1}{2}”用了汉字数字，而别处“{2}”前用的是阿拉伯数字，同类数量应统一"),
                   od_source_cut(k->source, q->span), unit));
        od_diagnostic_relate(k->found, found, k->source, first,
                             od_say(k->found, OD_SAY("in digits here", "这里用了阿拉伯数字")));
    }
}

// ---- numbers in Chinese numerals ---------------------------------------------------------------

static bool is_numeral(uint32_t code) {
    return od_han_digit(code) >= 0 || is_scale(code) || code == 0x4E07; // 万
}

static size_t numeral_start(const od_text_checker *k, size_t at) {
    while (at && is_numeral(od_text_before(k, at))) at -= 3;
    return at;
}

static size_t numeral_end(const od_text_checker *k, size_t at) {
    while (is_numeral(od_text_at(k, at))) at += 3;
    return at;
}

// Notes a quantity that could have been written in digits as well: not an ordinal (第十二条), an
// approximate number (二三十人, 十几人, 约三十人) or a part of a name (“二十条”, 十一届).
static void note_numeral(od_text_checker *k, size_t at) {
    static const char *const NO_COUNT[] = {"第", "几", "数", "上", "近", "约",
                                           "“",  "·",  "逾", "超", "其"};
    if (at < k->numeral_until) return;
    const size_t start = numeral_start(k, at), end = numeral_end(k, at);
    k->numeral_until = end;
    int64_t value;
    size_t size;
    bool digits;
    if (!od_numeral_read(cut(k, start, end), &value, &size, &digits) || digits || value < 11 ||
        start + size != end || ENDS_ANY(k, start, NO_COUNT))
        return;
    // 百家, 千户: no numbers without a digit of their own.
    if (od_han_digit(od_text_at(k, start)) < 0 && od_text_at(k, start) != 0x5341) return;
    const size_t unit = od_text_unit(k, end);
    if (unit == OD_UNIT_NONE) return;
    const size_t after = end + UNITS[unit].size;
    if (od_text_has(k, after, "左右") || od_text_has(k, after, "上下")) return;
    *od_array_push(&k->kept, &k->habits.han) = (od_quantity){span_of(k, start, end), unit};
}

// 三、五天: the two numerals of an approximate number stand side by side.
void od_check_approximate(od_text_checker *k, size_t at) {
    static const char *const BEHIND[] = {"天", "个",   "人",   "次", "名", "位", "里",
                                         "步", "遍",   "岁",   "份", "家", "户", "元",
                                         "倍", "小时", "分钟", "十", "百", "千", "万"};
    const int first = od_han_digit(od_text_before(k, at)),
              second = od_han_digit(od_text_at(k, at + 3));
    if (first < 1 || second < 1 || (second != first + 1 && !(first == 3 && second == 5))) return;
    const uint32_t before = od_text_before(k, at - 3);
    if (is_numeral(before) || before == 0x3001 || before == 0x7B2C || !before) return; // 、第
    if (!HAS_ANY(k, at + 6, BEHIND)) return;
    od_text_tell(
        k, OD_RULE_NUMBER_APPROXIMATE, at - 3, at + 6,
        od_say(k->found,
               OD_SAY("“{1}”: two numerals of an approximate number take no “、” between them",
                      "“{1}”：相邻两数连用表示概数，中间不用顿号"),
               cut(k, at - 3, at + 6)));
}

// ---- hedges ------------------------------------------------------------------------------------

static void tell_hedges(od_text_checker *k, size_t start, size_t end) {
    if (start < k->hedged_until) return;
    k->hedged_until = end;
    od_text_tell(k, OD_RULE_NUMBER_HEDGE, start, end,
                 od_say(k->found,
                        OD_SAY("“{1}” says twice that the number is approximate; keep one",
                               "“{1}”重复表示概数，保留一个即可"),
                        cut(k, start, end)));
}

// Returns where the hedge starts that ends at `end`, or SIZE_MAX: 节约 and 附近 are none.
static size_t hedge_start(const od_text_checker *k, size_t end) {
    static const char *const HEDGES[] = {"大约", "约为", "约有", "将近",
                                         "大概", "大致", "约",   "近"};
    static const char *const WORDS[] = {
        "合约", "签约", "条约", "预约", "节约", "制约", "特约", "公约", "契约",
        "邀约", "简约", "违约", "失约", "履约", "续约", "集约", "最近", "附近",
        "靠近", "临近", "邻近", "亲近", "就近", "逼近", "远近", "相近",
    };
    if (ENDS_ANY(k, end, WORDS)) return SIZE_MAX;
    for (size_t i = 0; i < sizeof HEDGES / sizeof *HEDGES; i++)
        if (od_text_ends(k, end, HEDGES[i])) return end - strlen(HEDGES[i]);
    return SIZE_MAX;
}

// Returns where the number ends that starts at `at`, in digits or Chinese numerals.
static size_t any_number_end(const od_text_checker *k, size_t at) {
    return digit_at(k, at) ? read_number(k, at).end : numeral_end(k, at);
}

// 约30余人
static void check_hedge_before(od_text_checker *k, size_t at) {
    static const char *const MORE[] = {"余", "多", "几"};
    size_t from = at + 3;
    const size_t start = hedge_start(k, from);
    if (start == SIZE_MAX) return;
    if (od_text_has(k, from, "为") || od_text_has(k, from, "有")) from += 3;
    const size_t end = any_number_end(k, from);
    if (end > from && HAS_ANY(k, end, MORE)) tell_hedges(k, start, end + 3);
}

static size_t any_number_start(const od_text_checker *k, size_t end) {
    size_t at = end;
    while (at && (od_is_digit(od_text_before(k, at)) || k->text.data[at - 1] == '.' ||
                  k->text.data[at - 1] == ','))
        at--;
    return at < end ? at : numeral_start(k, end);
}

// 约三十人左右, 三十余人左右
static void check_hedge_behind(od_text_checker *k, size_t at) {
    enum { UNIT_CHARS = 4 };
    size_t end = at;
    bool more = false;
    for (int i = 0; i < UNIT_CHARS && end; i++) {
        const uint32_t code = od_text_before(k, end);
        if (od_is_digit(code) || (is_numeral(code) && code != 0x4E07)) break;
        if (!od_is_han(code) && code != '%') return;
        more = code == 0x4F59 || code == 0x591A ||
               code == 0x51E0; // 余多几, right behind the number
        end -= code < 0x80 ? 1 : 3;
    }
    const size_t number = any_number_start(k, end);
    if (number == end) return;
    const size_t hedge = hedge_start(k, number);
    if (hedge != SIZE_MAX) tell_hedges(k, hedge, at + 6);
    else if (more) tell_hedges(k, number, at + 6);
}

void od_check_han(od_text_checker *k, size_t at, uint32_t code) {
    switch (code) {
    case 0x96F6: // 零
    case 0x3007: // 〇
        od_check_zero(k, at, code);
        break;
    case 0x7EA6: // 约
    case 0x8FD1: // 近
        if (k->on[OD_RULE_NUMBER_HEDGE]) check_hedge_before(k, at);
        break;
    case 0x5DE6: // 左右
    case 0x4E0A: // 上下
        if (k->on[OD_RULE_NUMBER_HEDGE] &&
            (od_text_has(k, at, "左右") || od_text_has(k, at, "上下")))
            check_hedge_behind(k, at);
        break;
    default:
        if (k->on[OD_RULE_NUMBER_STYLE]) note_numeral(k, at);
        break;
    }
}
