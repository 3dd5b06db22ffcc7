// The width of marks, letters and spaces in Chinese text.
//
// The marks of Chinese text are full-width (GB/T 15834-2011, 5.1), digits and letters half-width
// (GB/T 15835-2011, 5.1), and nothing parts characters but what is meant to. Official papers write
// Han and Latin characters without a space between them, which is the reverse of what linters of
// web copy want; so a profile chooses.
#include "engine/check_text.h"

#include "base/utf8.h"

// Quotes, dashes and dots of ellipses are the same characters in Latin text.
static bool is_shared_mark(uint32_t code) {
    return (code >= 0x2018 && code <= 0x201D) || code == 0x2014 || code == 0x2026;
}

static bool is_latin(uint32_t code) {
    return od_is_digit(code) || od_is_ascii_alpha(code);
}

// ---- half-width marks --------------------------------------------------------------------------

static od_diagnostic *tell(od_text_checker *k, size_t at, od_text text, const char *right) {
    return od_text_tell(
        k, OD_RULE_HALF_WIDTH_MARK, at, at + 1,
        od_say(k->found, text, od_slice_cut(k->text, at, at + 1), od_slice_of(right)));
}

static od_diagnostic *tell_mark(od_text_checker *k, size_t at, const char *right) {
    return tell(k, at,
                OD_SAY("the half-width mark “{1}” stands in Chinese text; write “{2}”",
                       "中文里用了半角标点“{1}”，应为“{2}”"),
                right);
}

static od_diagnostic *tell_quote(od_text_checker *k, size_t at, const char *right) {
    return tell(k, at,
                OD_SAY("a straight quote {1} stands in Chinese text; write {2}",
                       "中文里用了直引号 {1}，应为 {2}"),
                right);
}

// Returns the character before `at`, that before a bracket where `at` is right behind one.
static uint32_t word_before(const od_text_checker *k, size_t at) {
    const uint32_t before = od_text_before(k, at);
    return before == ')' ? od_text_before(k, at - 1) : before;
}

static void check_point(od_text_checker *k, size_t at, const char *right) {
    const uint32_t before = word_before(k, at), after = od_text_at(k, at + 1);
    // A full stop stands after Han, and not before a suffix (`文件.txt`) or another one.
    const bool dot = k->text.data[at] == '.';
    if (dot ? !od_is_han(before) || is_latin(after) || after == '.'
            : !od_is_chinese(before) && !od_is_chinese(after))
        return;
    od_text_fix(k, tell_mark(k, at, right), at, at + 1, od_slice_of(right));
}

// Straight quotes do not say whether they open or close: they go by turns where a leaf has an even
// number of them.
static void count_quotes(od_text_checker *k, size_t at) {
    for (; k->quotes_counted < at; k->quotes_counted++)
        k->quotes_before += k->text.data[k->quotes_counted] == '"';
    if (k->quotes_in_all) return;
    for (size_t i = 0; i < k->text.size; i++) k->quotes_in_all += k->text.data[i] == '"';
}

static void check_double_quote(od_text_checker *k, size_t at) {
    if (!od_is_chinese(od_text_before(k, at)) && !od_is_chinese(od_text_at(k, at + 1))) return;
    count_quotes(k, at);
    const bool known = k->quotes_in_all % 2 == 0;
    const char *const right = !known ? "“ ”" : k->quotes_before % 2 ? "”" : "“";
    od_diagnostic *const found = tell_quote(k, at, right);
    if (known) od_text_fix(k, found, at, at + 1, od_slice_of(right));
}

static void check_single_quote(od_text_checker *k, size_t at) {
    const uint32_t before = od_text_before(k, at), after = od_text_at(k, at + 1);
    if (is_latin(before) || is_latin(after)) return; // it's, '90s
    if (od_is_chinese(before) || od_is_chinese(after)) tell_quote(k, at, "‘ ’");
}

// Returns the bracket that closes the one at `at`, or SIZE_MAX. It is not looked for far away, so
// that many brackets without partners cost little.
static size_t find_bracket(const od_text_checker *k, size_t at) {
    enum { REACH = 200 };
    const size_t stop = k->text.size - at > REACH ? at + REACH : k->text.size;
    size_t depth = 0;
    for (size_t i = at; i < stop; i++) {
        if (k->text.data[i] == '(') depth++;
        if (k->text.data[i] == ')' && --depth == 0) return i;
    }
    return SIZE_MAX;
}

static bool touches_chinese(const od_text_checker *k, size_t at) {
    return od_is_chinese(od_text_before(k, at)) || od_is_chinese(od_text_at(k, at + 1));
}

// Whether the closing bracket at `at` was looked at together with its opening one.
static bool is_paired(od_text_checker *k, size_t at) {
    while (k->brackets.count && k->brackets.items[k->brackets.count - 1] < at) k->brackets.count--;
    return k->brackets.count && k->brackets.items[k->brackets.count - 1] == at;
}

// Whether the brackets belong to what stands before them, as in f(x).
static bool is_call(const od_text_checker *k, size_t open, size_t close) {
    if (!is_latin(od_text_before(k, open))) return false;
    for (size_t i = open; i < close; i++)
        if ((unsigned char)k->text.data[i] >= 0x80) return false;
    return true;
}

// Both brackets of a pair are changed, or none.
static void check_bracket(od_text_checker *k, size_t at) {
    const bool opens = k->text.data[at] == '(';
    if (!opens && is_paired(k, at)) return;
    const size_t close = opens ? find_bracket(k, at) : SIZE_MAX;
    if (close != SIZE_MAX) *od_array_push(&k->scratch, &k->brackets) = close;
    if (close != SIZE_MAX && is_call(k, at, close)) return;
    if (!touches_chinese(k, at) && (close == SIZE_MAX || !touches_chinese(k, close))) return;
    od_diagnostic *const found = tell_mark(k, at, opens ? "（" : "）");
    const od_text_change changes[] = {{at, at + 1, OD_SLICE("（")},
                                      {close, close + 1, OD_SLICE("）")}};
    if (close != SIZE_MAX) od_text_fix_all(k, found, changes, 2);
}

static void check_ascii_mark(od_text_checker *k, size_t at) {
    switch (k->text.data[at]) {
    case ',': check_point(k, at, "，"); break;
    case ';': check_point(k, at, "；"); break;
    case ':': check_point(k, at, "："); break;
    case '?': check_point(k, at, "？"); break;
    case '!': check_point(k, at, "！"); break;
    case '.': check_point(k, at, "。"); break;
    case '"': check_double_quote(k, at); break;
    case '\'': check_single_quote(k, at); break;
    case '(':
    case ')': check_bracket(k, at); break;
    default: break;
    }
}

// ---- spaces ------------------------------------------------------------------------------------

// Whether the leaf is running text: names in a list or the parts of a title may be spaced.
static bool is_prose(od_text_checker *k) {
    if (!k->prose_known) {
        k->prose_known = true;
        k->prose = od_slice_find(k->text, OD_SLICE("，"), 0) != SIZE_MAX ||
                   od_slice_find(k->text, OD_SLICE("。"), 0) != SIZE_MAX;
    }
    return k->prose;
}

static bool is_beside_mark(uint32_t before, uint32_t after) {
    return od_is_chinese_mark(before) || od_is_chinese_mark(after) ||
           (is_shared_mark(before) && od_is_han(after)) ||
           (od_is_han(before) && is_shared_mark(after));
}

static void tell_space(od_text_checker *k, od_rule_id rule, size_t start, size_t end,
                       od_text text) {
    od_diagnostic *const found = od_text_tell(k, rule, start, end, od_say(k->found, text));
    od_text_fix(k, found, start, end, (od_slice){0});
}

static size_t check_space(od_text_checker *k, size_t start) {
    size_t end = start;
    while (end < k->text.size && k->text.data[end] == ' ') end++;
    const uint32_t before = od_text_before(k, start), after = od_text_at(k, end);
    if (!before || !after || before == '\n' || after == '\n') return end;
    const bool both = od_is_han(before) && od_is_han(after);
    if (k->on[OD_RULE_HAN_SPACE] && (is_beside_mark(before, after) || (both && is_prose(k))))
        tell_space(k, OD_RULE_HAN_SPACE, start, end,
                   OD_SAY("a space stands between Chinese characters or marks; delete it",
                          "汉字之间或全角标点旁多了空格，应删去"));
    const bool mixed = (od_is_han(before) && is_latin(after)) ||
                       (is_latin(before) && od_is_han(after));
    if (k->on[OD_RULE_HAN_LATIN_SPACE] && k->latin_space == OD_LATIN_SPACE_NEVER && mixed)
        tell_space(k, OD_RULE_HAN_LATIN_SPACE, start, end,
                   OD_SAY("a space stands between a Han character and a letter or digit; official "
                          "papers have none",
                          "汉字与字母、数字之间多了空格，公文中不空格"));
    return end;
}

static void tell_missing(od_text_checker *k, size_t at, size_t start, size_t end) {
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_HAN_LATIN_SPACE, start, end,
        od_say(
            k->found,
            OD_SAY("a space is wanted between Han characters and “{1}”", "汉字与“{1}”之间应空一格"),
            od_slice_cut(k->text, start, end)));
    od_text_fix(k, found, at, at, OD_SLICE(" "));
}

void od_check_latin_edges(od_text_checker *k, size_t start, size_t end) {
    if (!k->on[OD_RULE_HAN_LATIN_SPACE] || k->latin_space != OD_LATIN_SPACE_ALWAYS) return;
    if (od_is_han(od_text_before(k, start))) tell_missing(k, start, start, end);
    if (od_is_han(od_text_at(k, end))) tell_missing(k, end, start, end);
}

// ---- characters that are not seen --------------------------------------------------------------

// Other characters that are not seen are control characters (check_encoding.c).
static const struct hidden {
    uint32_t code;
    const char *name;
} HIDDEN[] = {{0xA0, "U+00A0 NO-BREAK SPACE"},
              {0xAD, "U+00AD SOFT HYPHEN"},
              {0x200C, "U+200C ZERO WIDTH NON-JOINER"},
              {0x200D, "U+200D ZERO WIDTH JOINER"}};

static const char *hidden_name(uint32_t code) {
    for (size_t i = 0; i < sizeof HIDDEN / sizeof *HIDDEN; i++)
        if (HIDDEN[i].code == code) return HIDDEN[i].name;
    return NULL;
}

// Joiners belong into other scripts and between emoji: only beside Chinese text are they certainly
// left over from another program.
static void check_hidden(od_text_checker *k, size_t start, const char *name, size_t end) {
    const uint32_t before = od_text_before(k, start), after = od_text_at(k, end);
    if (!od_is_chinese(before) && !od_is_chinese(after)) return;
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_HIDDEN_CHARACTER, start, end,
        od_say(
            k->found,
            OD_SAY("a character that is not seen stands here: {1}", "这里有一个看不见的字符：{1}"),
            od_slice_of(name)));
    od_text_fix(k, found, start, end, (od_slice){0});
}

// ---- letters and digits ------------------------------------------------------------------------

static bool is_wide_letter(uint32_t code) {
    return (code >= 0xFF10 && code <= 0xFF19) || (code >= 0xFF21 && code <= 0xFF3A) ||
           (code >= 0xFF41 && code <= 0xFF5A);
}

static size_t check_wide_letters(od_text_checker *k, size_t start) {
    size_t end = start;
    char bytes[64];
    size_t size = 0;
    while (is_wide_letter(od_text_at(k, end)) && size < sizeof bytes) {
        bytes[size++] = (char)od_half_width(od_text_at(k, end));
        end += 3;
    }
    if (!k->on[OD_RULE_FULL_WIDTH_LETTER]) return end;
    const od_slice right = {bytes, size};
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_FULL_WIDTH_LETTER, start, end,
        od_say(
            k->found,
            OD_SAY("“{1}” is written in full width; write “{2}”", "“{1}”用了全角字符，应为“{2}”"),
            od_slice_cut(k->text, start, end), right));
    // Half-width, `１.` at the start of a paragraph would open a list.
    const uint32_t after = od_text_at(k, end);
    if (start || (after != '.' && after != ')')) od_text_fix(k, found, start, end, right);
    return end;
}

static size_t skip_letters(od_text_checker *k, size_t start, size_t end) {
    while (end < k->text.size && od_is_ascii_alpha((unsigned char)k->text.data[end])) end++;
    od_check_latin_edges(k, start, end);
    return end;
}

size_t od_check_width(od_text_checker *k, size_t at, uint32_t code, size_t next) {
    if (od_is_ascii_alpha(code)) return skip_letters(k, at, next);
    if (code == ' ') return check_space(k, at);
    if (code < 0x80) {
        if (k->on[OD_RULE_HALF_WIDTH_MARK] && at >= k->bracket_until) check_ascii_mark(k, at);
        return next;
    }
    if (is_wide_letter(code)) return check_wide_letters(k, at);
    if (code == 0xFF0B && k->on[OD_RULE_FULL_WIDTH_SIGN]) // ＋
        od_text_tell(k, OD_RULE_FULL_WIDTH_SIGN, at, next,
                     od_say(k->found, OD_SAY("the full-width sign “＋” stands here; “+” is usual",
                                             "这里用了全角“＋”，一般用半角“+”")));
    const char *const hidden = k->on[OD_RULE_HIDDEN_CHARACTER] ? hidden_name(code) : NULL;
    if (hidden) check_hidden(k, at, hidden, next);
    return next;
}
