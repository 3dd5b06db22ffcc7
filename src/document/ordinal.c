#include "document/ordinal.h"

#include "base/numeral.h"
#include "base/utf8.h"

// Headings have small numbers: what is larger is a year, a date or a quantity.
enum { VALUE_MAX = 99, CHAPTER_MAX = 999, DECIMAL_DEPTH_MAX = 6 };

enum {
    DUNHAO = 0x3001,          // 、
    FULL_STOP = 0xFF0E,       // ．
    FULL_COMMA = 0xFF0C,      // ，
    FULL_OPEN = 0xFF08,       // （
    FULL_CLOSE = 0xFF09,      // ）
    DI = 0x7B2C,              // 第
};

// ---- scanning ----------------------------------------------------------------------------------

typedef struct cursor {
    od_slice text;
    size_t at;
} cursor;

// Returns the next character, 0 at the end.
static uint32_t peek(const cursor *c) {
    size_t size;
    return c->at < c->text.size ? od_utf8_read(c->text, c->at, &size) : 0;
}

static void advance(cursor *c) {
    size_t size;
    od_utf8_read(c->text, c->at, &size);
    c->at += size;
}

static bool eat(cursor *c, uint32_t code) {
    if (peek(c) != code) return false;
    advance(c);
    return true;
}

static bool eat_word(cursor *c, od_slice word) {
    if (!od_slice_starts(od_slice_from(c->text, c->at), word)) return false;
    c->at += word.size;
    return true;
}

static void skip_spaces(cursor *c) {
    while (c->at < c->text.size && peek(c) != '\n' && od_is_space(peek(c))) advance(c);
}

static bool is_digit(uint32_t code) {
    return od_is_digit(od_half_width(code));
}

static bool is_han_numeral(uint32_t code) {
    static const uint32_t NUMERALS[] = {0x3007, 0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                        0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E}; // 〇零一…百
    for (size_t i = 0; i < sizeof NUMERALS / sizeof *NUMERALS; i++)
        if (NUMERALS[i] == code) return true;
    return false;
}

// ---- numerals ----------------------------------------------------------------------------------

typedef struct numeral {
    int64_t value;
    bool han;
} numeral;

static bool read_arabic(cursor *c, numeral *n) {
    // `01.` is a code or a date. The digits are bounded because a page of them may follow.
    if (od_half_width(peek(c)) == '0') return false;
    *n = (numeral){0, false};
    for (int digits = 0; is_digit(peek(c)); digits++, advance(c)) {
        if (digits == 4) return false;
        n->value = n->value * 10 + (int64_t)(od_half_width(peek(c)) - '0');
    }
    return n->value > 0;
}

static bool read_han(cursor *c, numeral *n) {
    enum { NUMERAL_SIZE_MAX = 7 * 3 }; // 一百二十三 and some
    const size_t start = c->at;
    while (is_han_numeral(peek(c)) && c->at - start <= NUMERAL_SIZE_MAX) advance(c);
    const od_slice text = od_slice_cut(c->text, start, c->at);
    size_t size;
    bool digits;
    n->han = true;
    return text.size > 0 && text.size <= NUMERAL_SIZE_MAX &&
           od_numeral_read(text, &n->value, &size, &digits) && size == text.size && n->value > 0;
}

static bool read_numeral(cursor *c, numeral *n) {
    return is_digit(peek(c)) ? read_arabic(c, n) : read_han(c, n);
}

// ---- forms -------------------------------------------------------------------------------------

// Numbers that are one character: ㈠ ⑴ ⒈.
static bool read_sign(cursor *c, od_ordinal *o) {
    static const struct {
        uint32_t first, last;
        od_heading_form form;
    } SIGNS[] = {{0x3220, 0x3229, OD_FORM_HAN_PAREN},
                 {0x2474, 0x2487, OD_FORM_ARABIC_PAREN},
                 {0x2488, 0x249B, OD_FORM_ARABIC}};
    const uint32_t code = peek(c);
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        if (code < SIGNS[i].first || code > SIGNS[i].last) continue;
        advance(c);
        eat(c, DUNHAO);
        o->form = SIGNS[i].form;
        o->value = (int64_t)(code - SIGNS[i].first) + 1;
        return true;
    }
    return false;
}

typedef struct unit_word {
    od_slice word;
    int unit;
} unit_word;

static const unit_word UNITS[] = {
    {{"部分", 6}, OD_UNIT_PART},   {{"篇", 3}, OD_UNIT_PART},     {{"编", 3}, OD_UNIT_PART},
    {{"章", 3}, OD_UNIT_CHAPTER}, {{"节", 3}, OD_UNIT_SECTION}, {{"条", 3}, OD_UNIT_ARTICLE},
};
enum { UNIT_COUNT = sizeof UNITS / sizeof *UNITS };

// `第一条意见` counts opinions; an article's number stands apart from its text.
static bool is_apart(const cursor *c) {
    const uint32_t next = peek(c);
    return next == 0 || od_is_space(next) || next == 0xFF1A || next == 0x3010; // ： 【
}

// `第一章`. Sets `*unit` to the row of UNITS.
static bool read_chapter(cursor *c, od_ordinal *o, size_t *unit) {
    numeral n;
    if (!eat(c, DI)) return false;
    skip_spaces(c);
    if (!read_numeral(c, &n) || n.value > CHAPTER_MAX) return false;
    skip_spaces(c);
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        if (!eat_word(c, UNITS[i].word)) continue;
        o->form = OD_FORM_CHAPTER;
        o->value = n.value;
        o->depth = UNITS[i].unit;
        *unit = n.han ? i : UNIT_COUNT; // `第1章` is a style of its own, not a wrong form
        return o->depth != OD_UNIT_ARTICLE || is_apart(c);
    }
    return false;
}

// `（一）` `（1）`, with brackets of either width.
static bool read_bracketed(cursor *c, od_ordinal *o) {
    numeral n;
    if (!eat(c, FULL_OPEN) && !eat(c, '(')) return false;
    skip_spaces(c);
    if (!read_numeral(c, &n) || n.value > VALUE_MAX) return false;
    skip_spaces(c);
    if (!eat(c, FULL_CLOSE) && !eat(c, ')')) return false;
    eat(c, DUNHAO);
    o->form = n.han ? OD_FORM_HAN_PAREN : OD_FORM_ARABIC_PAREN;
    o->value = n.value;
    return true;
}

// `1.2.3`, of which the first part is read already. A last dot may follow.
static bool read_decimal(cursor *c, od_ordinal *o) {
    o->form = OD_FORM_DECIMAL;
    for (o->depth = 1; o->depth <= DECIMAL_DEPTH_MAX && eat(c, '.');) {
        numeral n;
        if (!is_digit(peek(c))) break;
        if (!read_arabic(c, &n) || n.value > VALUE_MAX) return false;
        o->value = n.value;
        o->depth++;
    }
    const uint32_t next = peek(c);
    return od_is_space(next) || (o->depth > 1 && od_is_han(next));
}

// Whether `mark`, already read, stands inside a quantity or a list of numbers: `二、三季度`, `1.5`,
// `1,000`. A heading may start with a number of its own (`二、三会一课制度`), so two numbers in a row
// are a list only before a word that is counted so.
static bool is_inside(const cursor *c, uint32_t mark, const numeral *n) {
    static const od_slice COUNTED[] = {{"季", 3}, {"月", 3}, {"支部", 6}, {"级", 3}, {"类", 3},
                                       {"等", 3}, {"号", 3}, {"楼", 3},   {"层", 3}, {"把手", 6},
                                       {"班", 3}, {"组", 3}, {"线", 3},   {"产", 3}, {"期", 3},
                                       {"周", 3}, {"日", 3}};
    if (mark != DUNHAO) return is_digit(peek(c)) || peek(c) == mark;
    cursor ahead = *c;
    numeral next;
    if (!read_numeral(&ahead, &next) || next.han != n->han || next.value != n->value + 1)
        return false;
    if (!n->han) return true;
    for (size_t i = 0; i < sizeof COUNTED / sizeof *COUNTED; i++)
        if (eat_word(&ahead, COUNTED[i])) return true;
    return false;
}

// `一、` `1.` and, with `decimals`, `1.1` and `1 `.
static bool read_marked(cursor *c, bool decimals, od_ordinal *o) {
    numeral n;
    if (!read_numeral(c, &n) || n.value > VALUE_MAX) return false;
    o->value = n.value;
    o->form = n.han ? OD_FORM_HAN : OD_FORM_ARABIC;
    cursor decimal = *c;
    if (decimals && !n.han && read_decimal(&decimal, o) &&
        (o->depth > 1 || c->text.data[c->at] != '.')) {
        *c = decimal;
        return true;
    }
    o->form = n.han ? OD_FORM_HAN : OD_FORM_ARABIC;
    o->value = n.value;
    o->depth = 0;
    skip_spaces(c);
    const uint32_t mark = peek(c);
    const bool is_mark = mark == DUNHAO || mark == '.' || mark == FULL_STOP ||
                         (!n.han && (mark == ',' || mark == FULL_COMMA));
    if (!is_mark) return false;
    advance(c);
    return !is_inside(c, mark, &n);
}

int od_ordinal_rank(od_heading_form form, int depth) {
    // Units of chapters are 1 to 4; of a decimal number each part is a level, the first that of 1.
    static const int RANKS[OD_FORM_COUNT] = {
        [OD_FORM_HAN] = 5,
        [OD_FORM_HAN_PAREN] = 6,
        [OD_FORM_ARABIC] = 7,
        [OD_FORM_ARABIC_PAREN] = 15,
    };
    if (form == OD_FORM_CHAPTER) return depth;
    if (form == OD_FORM_DECIMAL) return RANKS[OD_FORM_ARABIC] - 1 + depth;
    return RANKS[form];
}

// ---- right forms -------------------------------------------------------------------------------

static od_slice write(od_arena *arena, od_heading_form form, size_t unit, int64_t value) {
    const od_slice arabic = od_arena_number(arena, (size_t)value);
    switch (form) {
    case OD_FORM_HAN:
        return od_arena_concat(arena, od_numeral_write(arena, value), OD_SLICE("、"));
    case OD_FORM_HAN_PAREN:
        return od_arena_concat(arena, OD_SLICE("（"), od_numeral_write(arena, value),
                               OD_SLICE("）"));
    case OD_FORM_ARABIC: return od_arena_concat(arena, arabic, OD_SLICE("."));
    case OD_FORM_ARABIC_PAREN:
        return od_arena_concat(arena, OD_SLICE("（"), arabic, OD_SLICE("）"));
    case OD_FORM_CHAPTER:
        return od_arena_concat(arena, OD_SLICE("第"), od_numeral_write(arena, value),
                               UNITS[unit].word);
    default: return arabic;
    }
}

od_slice od_ordinal_write(od_arena *arena, od_heading_form form, int depth, int64_t value) {
    size_t unit = 0;
    while (form == OD_FORM_CHAPTER && unit + 1 < UNIT_COUNT && UNITS[unit].unit != depth) unit++;
    return write(arena, form, unit, value);
}

// Whether the text from `c` on is Chinese: has a Han character near.
static bool is_chinese(cursor c) {
    enum { NEAR = 60 };
    for (int n = 0; n < NEAR && c.at < c.text.size; n++, advance(&c))
        if (od_is_han(peek(&c))) return true;
    return false;
}

// Decides whether the number [start, c->at) is written right, and takes in the white space after it
// that official documents do not have.
static void judge(od_arena *arena, cursor *c, size_t start, size_t unit, od_ordinal *o) {
    const bool han = o->form == OD_FORM_HAN || o->form == OD_FORM_HAN_PAREN;
    o->end = c->at;
    if (o->form == OD_FORM_DECIMAL || (o->form == OD_FORM_CHAPTER && unit == UNIT_COUNT)) return;
    // `(1) Scope` and `1. Scope` are right in another language.
    const bool chinese = han || is_chinese(*c);
    if (o->form == OD_FORM_ARABIC_PAREN && !chinese) return;
    const od_slice right = write(arena, o->form, unit, o->value);
    const bool wrong = !od_slice_equal(right, od_slice_cut(c->text, start, c->at));
    skip_spaces(c);
    // A space after `1.` is Markdown's and everyone's; once the number is mended it goes too, or
    // `1、 标题` would become a list.
    const bool spaced = c->at > o->end && c->at < c->text.size && peek(c) != '\n' &&
                        o->form != OD_FORM_CHAPTER && (o->form != OD_FORM_ARABIC || wrong) &&
                        chinese;
    if (spaced) o->end = c->at;
    if (wrong || spaced) o->right = right;
}

bool od_ordinal_possible(uint32_t code) {
    return is_digit(code) || is_han_numeral(code) || code == DI || code == FULL_OPEN ||
           code == '(' || (code >= 0x3220 && code <= 0x3229) || (code >= 0x2474 && code <= 0x249B);
}

bool od_ordinal_read(od_arena *arena, od_slice text, size_t at, bool decimals,
                     od_ordinal *ordinal) {
    *ordinal = (od_ordinal){0};
    cursor c = {text, at};
    size_t unit = 0;
    bool found;
    switch (peek(&c)) {
    case DI: found = read_chapter(&c, ordinal, &unit); break;
    case FULL_OPEN:
    case '(': found = read_bracketed(&c, ordinal); break;
    default: found = read_sign(&c, ordinal) || read_marked(&c, decimals, ordinal); break;
    }
    if (found) judge(arena, &c, at, unit, ordinal);
    return found;
}
