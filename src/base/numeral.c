#include "base/numeral.h"

#include "base/utf8.h"

#include <stdio.h>

// What a numeral means in a number.
typedef enum sign_kind { NO_SIGN, DIGIT, TEN_POWER, TENS, MYRIAD } sign_kind;

typedef struct sign {
    uint32_t code;
    sign_kind kind;
    int64_t value;
} sign;

// 〇 and ○ stand for 零 in digits; ○ is what many write for 〇.
static const sign SIGNS[] = {
    {0x96F6, DIGIT, 0}, {0x3007, DIGIT, 0}, {0x25CB, DIGIT, 0}, {0x4E00, DIGIT, 1}, // 零〇○一
    {0x4E8C, DIGIT, 2}, {0x4E09, DIGIT, 3}, {0x56DB, DIGIT, 4}, {0x4E94, DIGIT, 5}, // 二三四五
    {0x516D, DIGIT, 6}, {0x4E03, DIGIT, 7}, {0x516B, DIGIT, 8}, {0x4E5D, DIGIT, 9}, // 六七八九
    {0x4E24, DIGIT, 2},                                                             // 两
    {0x58F9, DIGIT, 1}, {0x8D30, DIGIT, 2}, {0x53C1, DIGIT, 3}, {0x8086, DIGIT, 4}, // 壹贰叁肆
    {0x4F0D, DIGIT, 5}, {0x9646, DIGIT, 6}, {0x67D2, DIGIT, 7}, {0x634C, DIGIT, 8}, // 伍陆柒捌
    {0x7396, DIGIT, 9},                                                             // 玖
    {0x5341, TEN_POWER, 10}, {0x767E, TEN_POWER, 100}, {0x5343, TEN_POWER, 1000},   // 十百千
    {0x62FE, TEN_POWER, 10}, {0x4F70, TEN_POWER, 100}, {0x4EDF, TEN_POWER, 1000},   // 拾佰仟
    {0x5EFF, TENS, 20}, {0x5345, TENS, 30},                                         // 廿卅
    {0x4E07, MYRIAD, 10000}, {0x4EBF, MYRIAD, 100000000},                           // 万亿
};

enum { PAIR = 0x4E24 }; // 两: a two that counts, never a digit of a row

// Returns the numeral at `at`, of kind NO_SIGN when there is none, and sets `*size`.
static sign read_sign(od_slice text, size_t at, size_t *size) {
    *size = 0;
    if (at >= text.size) return (sign){0};
    const uint32_t code = od_utf8_read(text, at, size);
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (SIGNS[i].code == code) return SIGNS[i];
    return (sign){0};
}

// ---- reading -----------------------------------------------------------------------------------

// Where the reading of a number stands.
typedef struct cursor {
    od_slice text;
    size_t at;
    bool wrong; // what was read is no number
} cursor;

static bool skip_zero(cursor *c) {
    size_t size;
    const sign zero = read_sign(c->text, c->at, &size);
    if (zero.kind != DIGIT || zero.value != 0) return false;
    c->at += size;
    return true;
}

// One step of a section: `d千`, `d`, `十`, `廿`. Sets `*unit` to the power that it counts.
static int64_t read_step(cursor *c, int64_t before, int64_t *unit) {
    size_t size, next_size;
    const sign first = read_sign(c->text, c->at, &size);
    *unit = 0;
    if (before == 0 && (first.kind == TENS || (first.kind == TEN_POWER && first.value == 10))) {
        c->at += size;
        *unit = 10;
        return first.value;
    }
    if (first.kind != DIGIT || first.value == 0) return 0;
    const sign power = read_sign(c->text, c->at + size, &next_size);
    c->at += size;
    *unit = power.kind == TEN_POWER ? power.value : 1;
    if (*unit > 1) c->at += next_size;
    if (first.code == PAIR && (*unit == 10 || (*unit == 1 && before))) c->wrong = true;
    return first.value * *unit;
}

// Reads a number below 10,000. A power that is left out is told by 零: 一百零五, not 一百五.
static int64_t read_section(cursor *c) {
    int64_t value = 0, last = 10000;
    while (!c->wrong && last > 1) {
        const size_t start = c->at;
        const bool zero = value > 0 && skip_zero(c);
        int64_t unit;
        const int64_t step = read_step(c, value, &unit);
        if (!unit) {
            c->at = start;
            break;
        }
        if (unit >= last || (value > 0 && unit * 10 < last && !zero)) c->wrong = true;
        value += step;
        last = unit;
    }
    return value;
}

static bool skip_myriad(cursor *c, int64_t value) {
    size_t size;
    const sign unit = read_sign(c->text, c->at, &size);
    if (unit.kind != MYRIAD || unit.value != value) return false;
    c->at += size;
    return true;
}

// Reads what follows 万 or 亿, by `read`; when it is under a tenth of that unit, 零 must say so.
static int64_t read_rest(cursor *c, int64_t unit, int64_t (*read)(cursor *)) {
    const size_t start = c->at;
    const bool zero = skip_zero(c);
    const int64_t rest = read(c);
    if (!rest) c->at = start;
    else if (rest < unit / 10 && !zero) c->wrong = true;
    return rest;
}

// Reads a number below 100,000,000.
static int64_t read_group(cursor *c) {
    const int64_t section = read_section(c);
    if (!section || c->wrong || !skip_myriad(c, 10000)) return section;
    return section * 10000 + read_rest(c, 10000, read_section);
}

static int64_t read_counting(cursor *c) {
    const int64_t group = read_group(c);
    if (!group || c->wrong || !skip_myriad(c, 100000000)) return group;
    return group * 100000000 + read_rest(c, 100000000, read_group);
}

// Reads a row of digits, 二〇二二; 0 bytes when there are other numerals among them.
static size_t read_digits(od_slice text, int64_t *number, size_t *count) {
    size_t at = 0, size;
    *number = 0;
    *count = 0;
    for (sign s = read_sign(text, 0, &size); s.kind; s = read_sign(text, at, &size)) {
        if (s.kind != DIGIT || (s.code == PAIR && (at || read_sign(text, size, &size).kind)))
            return 0;
        if (++*count > 18) return 0;
        *number = *number * 10 + s.value;
        at += size;
    }
    return at;
}

bool od_numeral_read(od_slice text, int64_t *number, size_t *size, bool *digits) {
    size_t count;
    *size = read_digits(text, number, &count);
    *digits = count > 1;
    if (*size) return true;
    *digits = false;
    cursor c = {.text = text};
    *number = read_counting(&c);
    *size = c.at;
    size_t next;
    // A numeral left over means that the whole is none: 二三十, 十几十.
    return c.at && !c.wrong && *number && !read_sign(text, c.at, &next).kind;
}

// ---- writing -----------------------------------------------------------------------------------

typedef struct script {
    const char *digits[10];
    const char *ten, *hundred, *thousand;
    bool keeps_one; // 壹拾 where counting has 十
} script;

static const script COUNTING = {{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
                                "十", "百", "千", false};
static const script CAPITAL = {{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
                               "拾", "佰", "仟", true};

enum { NUMBER_BYTES = 256 }; // 19 digits, each of two characters

typedef struct writer {
    const script *script;
    char bytes[NUMBER_BYTES];
    size_t size;
    bool gap; // a zero was passed over since the last digit
} writer;

static void put(writer *w, const char *text) {
    const size_t size = strlen(text);
    memcpy(w->bytes + w->size, text, size);
    w->size += size;
}

static void put_digit(writer *w, int digit, const char *unit) {
    if (!digit) {
        w->gap = w->size > 0;
        return;
    }
    if (w->gap) put(w, w->script->digits[0]);
    w->gap = false;
    const bool bare_ten = digit == 1 && w->size == 0 && unit == w->script->ten;
    if (!bare_ten || w->script->keeps_one) put(w, w->script->digits[digit]);
    put(w, unit);
}

static void put_section(writer *w, int section) {
    put_digit(w, section / 1000, w->script->thousand);
    put_digit(w, section / 100 % 10, w->script->hundred);
    put_digit(w, section / 10 % 10, w->script->ten);
    put_digit(w, section % 10, "");
}

static od_slice write_number(od_arena *arena, int64_t number, const script *script) {
    static const char *const UNITS[] = {"", "万", "亿", "万", "亿"};
    writer w = {.script = script};
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    int sections[5];
    for (int i = 0; i < 5; i++, rest /= 10000) sections[i] = (int)(rest % 10000);
    for (int i = 4; i >= 0; i--) {
        put_section(&w, sections[i]);
        // 亿 closes the 万 before it too: 一万亿.
        const bool closes = i == 2 && sections[3];
        if (w.size && (sections[i] || closes)) put(&w, UNITS[i]);
        if (sections[i]) w.gap = false; // a zero at its end is told by its unit: 一百二十万三千
    }
    if (!w.size) put(&w, script->digits[0]);
    return od_arena_concat(arena, od_slice_of(number < 0 ? "负" : ""),
                           ((od_slice){w.bytes, w.size}));
}

od_slice od_numeral_write(od_arena *arena, int64_t number) {
    return write_number(arena, number, &COUNTING);
}

od_slice od_numeral_write_capital(od_arena *arena, int64_t number) {
    return write_number(arena, number, &CAPITAL);
}

od_slice od_numeral_write_digits(od_arena *arena, int64_t number) {
    char ascii[24];
    writer w = {0};
    snprintf(ascii, sizeof ascii, "%lld", (long long)number);
    for (const char *at = ascii; *at; at++)
        put(&w, *at == '-' ? "负" : *at == '0' ? "〇" : COUNTING.digits[*at - '0']);
    return od_arena_copy(arena, (od_slice){w.bytes, w.size});
}
