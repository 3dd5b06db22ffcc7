#include "document/blank.h"

#include "base/block.h"
#include "base/utf8.h"
#include "data/datum.h"

// Everything here looks at characters of visible text. Sources of the tables: GB/T 9704 practice and
// the forms met in public templates; each list is closed on purpose, since a guess that is wrong
// changes somebody's text.

typedef struct scan {
    const od_visible *visible;
    od_slice text;
    const od_blank_options *options;
} scan;

enum { EDGE = 0 }; // stands for "no character there"

static uint32_t code_at(const scan *s, size_t at) {
    size_t size;
    return at < s->text.size ? od_utf8_read(s->text, at, &size) : EDGE;
}

static uint32_t code_before(const scan *s, size_t at) {
    size_t size;
    return at > 0 ? od_utf8_read_before(s->text, at, &size) : EDGE;
}

static bool starts_at(const scan *s, size_t at, const char *text) {
    return at <= s->text.size && od_slice_starts(od_slice_from(s->text, at), od_slice_of(text));
}

static bool ends_at(const scan *s, size_t at, const char *text) {
    return od_slice_ends(od_slice_cut(s->text, 0, at), od_slice_of(text));
}

// Lists of words are one string, each word closed by a space.
static bool any_starts_at(const scan *s, size_t at, const char *words) {
    for (const char *word = words, *end; (end = strchr(word, ' ')); word = end + 1)
        if (od_slice_starts(od_slice_from(s->text, at), (od_slice){word, (size_t)(end - word)}))
            return true;
    return false;
}

static bool any_ends_at(const scan *s, size_t at, const char *words) {
    for (const char *word = words, *end; (end = strchr(word, ' ')); word = end + 1)
        if (od_slice_ends(od_slice_cut(s->text, 0, at), (od_slice){word, (size_t)(end - word)}))
            return true;
    return false;
}

static bool is_ascii_word(uint32_t code) {
    return od_is_ascii_alpha(code) || od_is_digit(code) || od_is_digit(od_half_width(code));
}

static bool is_wide_mark(uint32_t code) {
    return (code >= 0x3001 && code <= 0x303F && code != 0x3007) ||
           (code >= 0xFF00 && code <= 0xFF0F) || (code >= 0xFF1A && code <= 0xFF20) ||
           (code >= 0x2010 && code <= 0x2026) || code == 0xB7;
}

static bool has_measure_word(const scan *s, size_t at) {
    return od_measure_word(od_slice_from(s->text, at)).size > 0;
}

// ---- signs: XX ×× X月 --------------------------------------------------------------------------

// The signs that stand for a blank, as one each.
static uint32_t sign_of(uint32_t code) {
    switch (code) {
    case 'X':
    case 0xFF38: return 'X'; // Ｘ
    case 'x':
    case 0xFF58: return 'x'; // ｘ
    case 0xD7:               // ×
    case 0x2715:             // ✕
    case 0x2573: return 0xD7; // ╳
    default: return 0;
    }
}

// Whether the run of printable ASCII around `at` is an address: a URL or mail.
static bool in_address(const scan *s, size_t at) {
    size_t start = at, end = at;
    while (start > 0 && s->text.data[start - 1] > ' ' && s->text.data[start - 1] != 0x7F) start--;
    while (end < s->text.size && s->text.data[end] > ' ' && s->text.data[end] != 0x7F) end++;
    const od_slice run = od_slice_cut(s->text, start, end);
    return od_slice_find(run, OD_SLICE("://"), 0) != SIZE_MAX ||
           od_slice_starts(run, OD_SLICE("www.")) ||
           od_slice_find(run, OD_SLICE("@"), 0) != SIZE_MAX;
}

// Words after which a run of X is a Roman number: `Super Bowl XX`.
static bool is_roman(const scan *s, size_t start, size_t end) {
    static const char WORDS[] =
        "Bowl Chapter Part Book Volume Vol. Act Scene Title Article Appendix Section Louis Pope "
        "Olympiad Phase Type Mark War Factor Annex Schedule Figure Table No. ";
    if (start == 0 || s->text.data[start - 1] != ' ' || end - start > 3) return false;
    return any_ends_at(s, start - 1, WORDS) && !od_is_han(code_at(s, end));
}

// Names masked on purpose: `被告人李××`, `，张××`. Only surnames that are no other word, and only where
// nothing before could make them one.
static bool is_masked_person(const scan *s, size_t start, size_t end) {
    static const char ROLES[] = "被告人 原告人 被告 原告 当事人 证人 上诉人 嫌疑人 患者 被害人 ";
    static const char SURNAMES[] =
        "李 王 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 郭 罗 宋 郑 谢 韩 唐 冯 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 "
        "苏 卢 蒋 蔡 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 姜 范 姚 谭 廖 邹 熊 陆 郝 孔 崔 邱 秦 侯 邵 孟 贺 赖 龚 ";
    if (any_ends_at(s, start, ROLES)) return true;
    if (!any_ends_at(s, start, SURNAMES) || has_measure_word(s, end)) return false;
    size_t size;
    od_utf8_read_before(s->text, start, &size);
    return any_ends_at(s, start - size, ROLES) || !od_is_han(code_before(s, start - size));
}

static bool is_open_place(uint32_t code) {
    return code == EDGE || od_is_han(code) || is_wide_mark(code);
}

// Whether a run of `sign` at [start, end) is a blank.
static bool is_run_blank(const scan *s, uint32_t sign, size_t start, size_t end) {
    const uint32_t before = code_before(s, start), after = code_at(s, end);
    if (is_ascii_word(before) || is_ascii_word(after)) return false;
    if (sign_of(before) || sign_of(after)) return false; // runs of several signs: `Xx×`
    if (sign == 'x')
        return is_open_place(before) && is_open_place(after) && (before != EDGE || after != EDGE);
    if (sign == 0xD7) return !is_masked_person(s, start, end);
    if (end - start == 3 && starts_at(s, end, "级")) return false; // a size, like XXL
    return !is_roman(s, start, end) && !in_address(s, start);
}

// Whether one `sign` at [start, end) is a blank: right before a date mark or a measure word.
static bool is_single_blank(const scan *s, uint32_t sign, size_t start, size_t end) {
    const uint32_t before = code_before(s, start);
    if (sign == 'x' || is_ascii_word(before) || sign_of(before)) return false;
    if (in_address(s, start)) return false;
    return any_starts_at(s, end, "年 月 日 时 分 元 % ％ 届 号 ") || has_measure_word(s, end);
}

// `20XX年`, `202X年`: digits and signs that make four, then 年. Sets `*start` to the first digit.
static bool is_year_blank(const scan *s, size_t *start, size_t end, size_t signs) {
    if (!starts_at(s, end, "年") || signs > 3) return false;
    size_t digits = 0, at = *start;
    while (at > 0 && od_is_digit((unsigned char)s->text.data[at - 1])) at--, digits++;
    if (digits + signs != 4 || is_ascii_word(code_before(s, at))) return false;
    *start = at;
    return true;
}

static bool find_sign(const scan *s, size_t at, od_blank *blank) {
    const uint32_t sign = sign_of(code_at(s, at));
    if (!sign) return false;
    size_t count = 0, end = at, size, next = at;
    for (; next < s->text.size && sign_of(od_utf8_read(s->text, next, &size)) == sign;
         next += size, count++)
        end = next + size;
    size_t start = at;
    const bool is_year = sign != 'x' && is_year_blank(s, &start, end, count);
    const bool is_blank = is_year || (count > 1 ? is_run_blank(s, sign, at, end)
                                                : is_single_blank(s, sign, at, end));
    const bool is_run = is_year || count > 1;
    *blank = (od_blank){.start = start, .end = end,
                        .style = is_run ? OD_BLANK_RUN : OD_BLANK_SINGLE};
    return is_blank;
}

// ---- lines: ____ -------------------------------------------------------------------------------

static bool find_line(const scan *s, size_t at, od_blank *blank) {
    size_t end = at, count = 0, size;
    while (end < s->text.size && od_half_width(od_utf8_read(s->text, end, &size)) == '_')
        end += size, count++;
    *blank = (od_blank){.start = at, .end = end, .style = OD_BLANK_LINE};
    if (count < (code_at(s, at) == '_' ? 3u : 2u)) return false;
    return !is_ascii_word(code_before(s, at)) && !is_ascii_word(code_at(s, end)) &&
           !in_address(s, at);
}

// ---- brackets: （　　） 【请填写】 {{name}} --------------------------------------------------------

// Brackets, and the words with which a hint between them starts. Round ones hold all sorts of text
// (`（请假3人）`), so their words are longer.
static const struct bracket {
    const char *open, *close;
    bool empty; // nothing or white space between them is a blank
    const char *hints;
} BRACKETS[] = {
    {"（", "）", true, "请填 请在此 请输入 请根据 请补充 此处 可根据 待填 待补 "},
    {"【", "】", true, "请填 请在 请输 请根据 请补 请选 请写 填 此处 可根据 待 "},
    {"《", "》", true, "请填 此处填 "},
    {"〔", "〕", true, "请填 此处填 "},
    {"[", "]", false,
     "请填 请在 请输 请根据 请补 请选 请写 填 此处 可根据 待 Fill fill Insert insert Enter enter TBD "
     "TODO Your your "},
    {"<", ">", false,
     "请填 请在 请输 请根据 请补 请选 请写 填 此处 可根据 待 Fill fill Insert insert Enter enter "},
};

enum { HINT_MAX = 200 }; // bytes: a longer bracket is text

static od_slice trim_spaces(od_slice text) {
    size_t size;
    while (text.size && od_is_space(od_utf8_read(text, 0, &size))) text = od_slice_from(text, size);
    while (text.size && od_is_space(od_utf8_read_before(text, text.size, &size))) text.size -= size;
    return text;
}

static bool find_in_bracket(const scan *s, size_t at, const struct bracket *bracket,
                            od_blank *blank) {
    const size_t inside = at + strlen(bracket->open);
    const size_t bound = s->text.size - inside < HINT_MAX ? s->text.size : inside + HINT_MAX;
    const size_t close =
        od_slice_find(od_slice_cut(s->text, 0, bound), od_slice_of(bracket->close), inside);
    if (close == SIZE_MAX) return false;
    const od_slice content = trim_spaces(od_slice_cut(s->text, inside, close));
    if (!content.size) {
        *blank = (od_blank){.start = inside, .end = close, .style = OD_BLANK_EMPTY};
        return bracket->empty;
    }
    *blank = (od_blank){
        .start = at, .end = close + strlen(bracket->close), .style = OD_BLANK_HINT};
    return any_starts_at(s, (size_t)(content.data - s->text.data), bracket->hints);
}

static bool find_bracket(const scan *s, size_t at, od_blank *blank) {
    for (size_t i = 0; i < sizeof BRACKETS / sizeof *BRACKETS; i++)
        if (starts_at(s, at, BRACKETS[i].open)) return find_in_bracket(s, at, &BRACKETS[i], blank);
    return false;
}

static bool find_named(const scan *s, size_t at, od_blank *blank) {
    if (!starts_at(s, at, "{{")) return false;
    const size_t bound = s->text.size - at < HINT_MAX ? s->text.size : at + HINT_MAX;
    const size_t close = od_slice_find(od_slice_cut(s->text, 0, bound), OD_SLICE("}}"), at + 2);
    if (close == SIZE_MAX) return false;
    const od_slice name = trim_spaces(od_slice_cut(s->text, at + 2, close));
    *blank = (od_blank){.start = at, .end = close + 2, .style = OD_BLANK_NAMED, .name = name};
    return name.size > 0 && !memchr(name.data, '{', name.size) && !memchr(name.data, '\n', name.size);
}

// ---- words: 某某 〇〇 待定 ------------------------------------------------------------------------

static bool is_chinese_digit(uint32_t code) {
    static const uint32_t DIGITS[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D,
                                      0x4E03, 0x516B, 0x4E5D, 0x5341, 0x96F6, 0x3007};
    for (size_t i = 0; i < sizeof DIGITS / sizeof *DIGITS; i++)
        if (DIGITS[i] == code) return true;
    return od_is_digit(code);
}

// 某某, and 某 right before a part of a date.
static bool find_some(const scan *s, size_t at, od_blank *blank) {
    const size_t one = strlen("某");
    size_t end = at;
    while (starts_at(s, end, "某")) end += one;
    *blank = (od_blank){.start = at, .end = end, .style = OD_BLANK_WORD};
    if (end - at == one) return any_starts_at(s, end, "年 月 日 ");
    return !is_masked_person(s, at, end);
}

// 〇〇 and ○○○, but not the digits of 二〇〇二年.
static bool find_circles(const scan *s, size_t at, od_blank *blank) {
    const uint32_t sign = code_at(s, at);
    size_t end = at, size, count = 0;
    while (end < s->text.size && od_utf8_read(s->text, end, &size) == sign) end += size, count++;
    *blank = (od_blank){.start = at, .end = end, .style = OD_BLANK_WORD};
    return count >= 2 && !is_chinese_digit(code_before(s, at)) &&
           !is_chinese_digit(code_at(s, end));
}

// Words that say something is still open. They count only as a whole clause's end, since `待定` and
// `TODO` also occur in sentences about them.
static bool find_note(const scan *s, size_t at, od_blank *blank) {
    static const char *const WORDS[] = {"待定", "待补充", "待补", "待填写", "TBD", "TODO"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (!starts_at(s, at, WORDS[i])) continue;
        const size_t end = at + strlen(WORDS[i]);
        const uint32_t before = code_before(s, at), after = code_at(s, end);
        *blank = (od_blank){.start = at, .end = end, .style = OD_BLANK_NOTE};
        const bool opens = before == EDGE || before == ':' || before == 0xFF1A || before == '\n' ||
                           before == 0xFF08 || before == '(' || before == 0x3010 || before == '[' ||
                           (before == ' ' && ends_at(s, at, ": "));
        const bool closes = after == EDGE || after == '\n' || is_wide_mark(after) ||
                            after == '.' || after == ')' || after == ']' || after == ';' ||
                            (after == ':' && before == EDGE);
        return opens && closes && !is_ascii_word(after);
    }
    return false;
}

// ---- forms: 地点： at a line's end ----------------------------------------------------------------

static bool find_form(const scan *s, size_t at, od_blank *blank) {
    static const char LABELS[] =
        "时间 地点 姓名 主持 主持人 记录 记录人 出席 出席人员 列席 列席人员 请假 请假人员 缺席 缺席人员 "
        "参加人员 电话 联系电话 联系人 日期 单位 会议时间 会议地点 会议主持 会议记录 ";
    if (!s->options->plain_text || trim_spaces(od_slice_from(s->text, at + strlen("："))).size)
        return false;
    const od_slice label = trim_spaces(od_slice_cut(s->text, 0, at));
    for (const char *word = LABELS, *end; (end = strchr(word, ' ')); word = end + 1) {
        if (!od_slice_equal(label, (od_slice){word, (size_t)(end - word)})) continue;
        const size_t after = at + strlen("：");
        *blank = (od_blank){.start = after, .end = after, .style = OD_BLANK_FORM};
        return true;
    }
    return false;
}

// ---- all ---------------------------------------------------------------------------------------

// By the first bytes of the forms: what to try there. A form line is found by its end.
#define FORM(first, find) {{first, sizeof(first) - 1}, find}
static const struct form {
    od_slice first;
    bool (*find)(const scan *s, size_t at, od_blank *blank);
} FORMS[] = {
    FORM("X", find_sign),     FORM("x", find_sign),     FORM("×", find_sign),
    FORM("✕", find_sign),     FORM("╳", find_sign),     FORM("Ｘ", find_sign),
    FORM("ｘ", find_sign),    FORM("_", find_line),     FORM("＿", find_line),
    FORM("{{", find_named),   FORM("（", find_bracket), FORM("【", find_bracket),
    FORM("《", find_bracket), FORM("〔", find_bracket), FORM("[", find_bracket),
    FORM("<", find_bracket),  FORM("某", find_some),    FORM("〇", find_circles),
    FORM("○", find_circles),  FORM("待", find_note),    FORM("TBD", find_note),
    FORM("TODO", find_note),
};

enum { FORM_COUNT = sizeof FORMS / sizeof *FORMS };

enum { AHEAD = 2 }; // bytes past a block that first_suspect looks at

// Returns which of the OD_BLOCK bytes may start a form, OD_BLOCK for none. Every Han character starts like
// 某 or 待, so three bytes are looked at together; some of what looks like a form is none (form_at).
static size_t first_suspect(const char *bytes) {
    const od_block a = od_block_load(bytes), b = od_block_load(bytes + 1),
                   c = od_block_load(bytes + 2);
    const od_block_mask letter = (a == 'X') | (a == '[') | (a == '<') |
                                 (((a == '{') | (a == '_') | (a == 'x')) &
                                  ((a == b) | (b == 0xEF))) | // also a wide one behind it
                                 ((a == 'T') & ((b | ('B' ^ 'O')) == 'O')); // TB, TO
    const od_block_mask sign = ((a == 0xC3) & (b == 0x97)) | ((a == 0xE2) & (b >= 0x95)); // ×✕╳○
    const od_block_mask marks = (a == 0xE3) & (b == 0x80) & (c >= 0x87); // 【《〔〇
    const od_block_mask wide = (a == 0xEF) & ((c == 0x88) | (c == 0x98) | (c >= 0xB8)); // （ｘＸ＿
    const od_block_mask word = ((b == 0x9F) & (c == 0x90)) | ((b == 0xBE) & (c == 0x85)); // 某待
    return od_block_first(letter | sign | marks | wide | word);
}

// The first bytes of the forms, and the second bytes of those that start with a byte over 0x7F.
static const bool FIRST[256] = {
    ['X'] = true,  ['x'] = true,  ['_'] = true,  ['{'] = true,  ['['] = true,
    ['<'] = true,  ['T'] = true,  [0xC3] = true, [0xE2] = true, [0xE3] = true,
    [0xE5] = true, [0xE6] = true, [0xEF] = true,
};
static const bool SECOND[256] = {
    [0x80] = true, [0x95] = true, [0x97] = true, [0x9C] = true,
    [0x9F] = true, [0xBC] = true, [0xBD] = true, [0xBE] = true,
};

// Returns the form that starts at `at`, or NULL.
static const struct form *form_at(od_slice text, size_t at) {
    const unsigned char first = (unsigned char)text.data[at];
    if (!FIRST[first]) return NULL;
    if (first > 0x7F && (at + 1 == text.size || !SECOND[(unsigned char)text.data[at + 1]]))
        return NULL;
    for (size_t i = 0; i < FORM_COUNT; i++)
        if (FORMS[i].first.data[0] == (char)first &&
            od_slice_starts(od_slice_from(text, at), FORMS[i].first))
            return &FORMS[i];
    return NULL;
}

// Returns the first place from `at` on where a form may start, as far as blocks tell.
static size_t skip_clear(od_slice text, size_t at) {
    enum { SEEN = OD_BLOCK + AHEAD };
    while (text.size - at >= SEEN) {
        const size_t clear = first_suspect(text.data + at);
        at += clear;
        if (clear < OD_BLOCK) return at;
    }
    if (text.size < SEEN || text.size - at <= AHEAD) return at;
    // The last block overlaps the one before.
    const size_t last = text.size - SEEN, suspect = last + first_suspect(text.data + last);
    return suspect > at ? suspect : at;
}

// Returns the first form of `text` at or after `*at`, which becomes its place; NULL when there is none.
static const struct form *next_form(od_slice text, size_t *at) {
    for (; *at < text.size; ++*at) {
        *at = skip_clear(text, *at);
        const struct form *const form = form_at(text, *at);
        if (form) return form;
    }
    return NULL;
}

static bool is_kept(const scan *s, const od_blank *blank) {
    const od_blank_options *const o = s->options;
    for (size_t i = 0; i < o->keep_count; i++) {
        const size_t size = o->keep[i].size;
        size_t from = blank->start > size ? blank->start - size : 0;
        for (;; from++) {
            from = od_slice_find(s->text, o->keep[i], from);
            if (from == SIZE_MAX || from >= blank->end) break;
            if (from <= blank->start && from + size >= blank->end) return true;
        }
    }
    return false;
}

// Whether a match of `regex` in `text` covers the bytes from `start` to `end`. A blank at an end of the
// window is no blank at an end of the text: `outer` says which ends are.
static bool regex_covers(const regex_t *regex, const char *text, size_t start, size_t end, int outer) {
    for (size_t from = 0; from <= start;) {
        regmatch_t match;
        if (regexec(regex, text + from, 1, &match, from ? outer | REG_NOTBOL : outer) != 0)
            return false;
        const size_t match_start = from + (size_t)match.rm_so;
        if (match_start > start) return false;
        if (from + (size_t)match.rm_eo >= end) return true;
        from = match_start + 1;
    }
    return false;
}

// A match must cover the blank, so it is looked for in a window around it.
static bool is_kept_by_regex(const scan *s, const od_blank *blank) {
    enum { AROUND = 120 };
    const od_blank_options *const o = s->options;
    if (!o->keep_regex_count || blank->end - blank->start > HINT_MAX) return false;
    const size_t from = blank->start > AROUND ? blank->start - AROUND : 0;
    const size_t to = s->text.size - blank->end > AROUND ? blank->end + AROUND : s->text.size;
    char window[HINT_MAX + 2 * AROUND + 1]; // regexec wants a NUL behind
    memcpy(window, s->text.data + from, to - from);
    window[to - from] = '\0';
    const int outer = (from ? REG_NOTBOL : 0) | (to < s->text.size ? REG_NOTEOL : 0);
    for (size_t i = 0; i < o->keep_regex_count; i++)
        if (regex_covers(&o->keep_regex[i], window, blank->start - from, blank->end - from, outer))
            return true;
    return false;
}

// Whether the style is wanted. A form line is a kind of line, a note is always told of.
static bool is_wanted(const od_blank_options *options, od_blank_style style) {
    return !options->styles || options->styles & 1u << style || style == OD_BLANK_NOTE;
}

// Returns where to look on after the character at `at`, which starts no blank: a run of signs that is
// none is none from its second sign on either.
static size_t skip_sign(const scan *s, size_t at) {
    size_t size;
    const uint32_t sign = sign_of(od_utf8_read(s->text, at, &size));
    at += size;
    while (sign && sign_of(code_at(s, at)) == sign) {
        od_utf8_read(s->text, at, &size);
        at += size;
    }
    return at;
}

static bool find_at(const scan *s, const struct form *form, size_t at, od_blank *blank) {
    return form->find(s, at, blank) && is_wanted(s->options, blank->style) && !is_kept(s, blank) &&
           !is_kept_by_regex(s, blank);
}

static void add_blank(od_arena *arena, const scan *s, od_blank blank, od_blank_list *blanks) {
    blank.span = od_visible_span(s->visible, blank.start, blank.end);
    blank.vague = !od_visible_contiguous(s->visible, blank.start, blank.end);
    *od_array_push(arena, blanks) = blank;
}

// Returns where the colon stands that ends `text` but for white space, or SIZE_MAX.
static size_t last_colon(od_slice text) {
    const od_slice colon = OD_SLICE("："), trimmed = trim_spaces(text);
    if (!od_slice_ends(trimmed, colon)) return SIZE_MAX;
    return (size_t)(trimmed.data - text.data) + trimmed.size - colon.size;
}

void od_blank_find(od_arena *arena, const od_visible *visible, const od_blank_options *options,
                   od_blank_list *blanks) {
    const scan s = {visible, visible->text, options};
    static const struct form LINE = FORM("：", find_form);
    size_t done = 0, at = 0; // no blank starts before `done`
    od_blank blank;
    for (const struct form *form; (form = next_form(s.text, &at));) {
        if (!find_at(&s, form, at, &blank) || blank.start < done) {
            at = skip_sign(&s, at);
            continue;
        }
        add_blank(arena, &s, blank, blanks);
        done = blank.end;
        at = blank.end > at ? blank.end : at + 1;
    }
    const size_t colon = options->plain_text ? last_colon(s.text) : SIZE_MAX;
    if (colon != SIZE_MAX && colon >= done && find_at(&s, &LINE, colon, &blank))
        add_blank(arena, &s, blank, blanks);
}

// Whether an `&` of `bytes` may start an entity.
static bool has_entity(od_slice bytes) {
    const char *at = bytes.data, *const end = bytes.data + bytes.size;
    while (at < end && (at = memchr(at, '&', (size_t)(end - at)))) {
        if (++at < end && *at != ' ') return true;
    }
    return false;
}

// Looks at source bytes, where marks may be escaped and characters written as entities.
bool od_blank_possible(od_slice bytes) {
    size_t at = 0;
    if (!bytes.size) return false;
    return memchr(bytes.data, '\\', bytes.size) || has_entity(bytes) || next_form(bytes, &at) ||
           last_colon(bytes) != SIZE_MAX;
}
