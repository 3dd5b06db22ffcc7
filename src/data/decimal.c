#include "data/decimal.h"

#include "base/numeral.h"
#include "base/utf8.h"


enum { DIGITS_MAX = 18, SCALE_MAX = 9 };

static const int64_t POWERS[] = {1,       10,       100,       1000,       10000,
                                 100000,  1000000,  10000000,  100000000,  1000000000,
                                 10000000000, 100000000000, 1000000000000};

// ---- Arabic digits -----------------------------------------------------------------------------

// A number while it is read.
typedef struct cursor {
    od_slice text;
    size_t at;
    od_decimal number;
    int digits; // significant ones so far
} cursor;

static bool at_digit(const cursor *c, size_t at) {
    return at < c->text.size && od_is_digit((unsigned char)c->text.data[at]);
}

static void take_digit(cursor *c) {
    const int digit = c->text.data[c->at++] - '0';
    if (c->digits || digit) c->digits++;
    if (c->digits <= DIGITS_MAX) c->number.digits = c->number.digits * 10 + digit;
}

static size_t take_digits(cursor *c) {
    const size_t start = c->at;
    while (at_digit(c, c->at)) take_digit(c);
    return c->at - start;
}

// Returns the size of a separator of thousands at the cursor: a comma, or a space of any width that
// stands in a line.
static size_t separator_size(const cursor *c) {
    if (c->at >= c->text.size) return 0;
    size_t size;
    const uint32_t code = od_utf8_read(c->text, c->at, &size);
    const bool is_one =
        code == ',' || code == ' ' || code == 0xA0 || code == 0x2009 || code == 0x202F;
    const size_t at = c->at + size;
    if (!is_one || !at_digit(c, at) || !at_digit(c, at + 1) || !at_digit(c, at + 2)) return 0;
    return at_digit(c, at + 3) ? 0 : size;
}

static void take_groups(cursor *c) {
    const size_t separator = separator_size(c);
    if (!separator) return;
    const char mark = c->text.data[c->at];
    while (separator_size(c) == separator && c->text.data[c->at] == mark) {
        c->at += separator;
        take_digits(c);
    }
}

static bool read_arabic(cursor *c) {
    const size_t whole = take_digits(c);
    if (whole >= 1 && whole <= 3) take_groups(c);
    if (c->at >= c->text.size || c->text.data[c->at] != '.') return whole > 0;
    c->at++;
    const size_t fraction = take_digits(c);
    c->number.scale = fraction > 99 ? 99 : (int)fraction;
    return fraction > 0;
}

// ---- Chinese numerals --------------------------------------------------------------------------

// Whether a row of digits is a number and not an approximation: 一〇五, but not 三五.
static bool has_zero(od_slice text) {
    static const char *const ZEROS[] = {"〇", "零", "○"};
    for (size_t i = 0; i < sizeof ZEROS / sizeof *ZEROS; i++)
        if (od_slice_find(text, od_slice_of(ZEROS[i]), 0) != SIZE_MAX) return true;
    return false;
}

// Reads the digits after 点.
static bool read_chinese_fraction(cursor *c) {
    int64_t fraction;
    size_t size;
    bool digits;
    if (!od_numeral_read(od_slice_from(c->text, c->at), &fraction, &size, &digits)) return false;
    const size_t count = od_utf8_count(od_slice_cut(c->text, c->at, c->at + size));
    if ((!digits && count > 1) || count > SCALE_MAX || fraction >= POWERS[count]) return false;
    if (__builtin_mul_overflow(c->number.digits, POWERS[count], &c->number.digits)) return false;
    c->number.digits += fraction;
    c->number.scale = (int)count;
    c->at += size;
    return true;
}

// With `rows` a row of digits counts also where it has no zero: 三五 is 35.
static bool read_chinese(cursor *c, bool rows) {
    static const od_slice POINT = {"点", sizeof "点" - 1};
    size_t size;
    bool digits;
    const od_slice rest = od_slice_from(c->text, c->at);
    if (!od_numeral_read(rest, &c->number.digits, &size, &digits)) return false;
    if (digits && !rows && !has_zero(od_slice_cut(rest, 0, size))) return false;
    c->at += size;
    if (!od_slice_starts(od_slice_from(c->text, c->at), POINT)) return true;
    c->at += POINT.size;
    return read_chinese_fraction(c);
}

// ---- both --------------------------------------------------------------------------------------

static void read_sign(cursor *c, bool *negative) {
    static const struct {
        const char *text;
        bool negative;
    } SIGNS[] = {{"-", true}, {"−", true}, {"负", true}, {"+", false}};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        if (!od_slice_starts(c->text, od_slice_of(SIGNS[i].text))) continue;
        c->at = strlen(SIGNS[i].text);
        *negative = SIGNS[i].negative;
        return;
    }
}

// Reads 万, 亿 or 万亿 and returns the power of ten, 0 for none.
static int read_myriad(cursor *c) {
    static const struct {
        const char *text;
        int power;
    } UNITS[] = {{"万亿", 12}, {"亿", 8}, {"万", 4}};
    while (c->at < c->text.size && c->text.data[c->at] == ' ') c->at++;
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        if (!od_slice_is(od_slice_from(c->text, c->at), UNITS[i].text)) continue;
        c->at = c->text.size;
        return UNITS[i].power;
    }
    return 0;
}

// Multiplies by a power of ten: first by moving the point.
static bool shift(od_decimal *number, int power) {
    const int moved = power < number->scale ? power : number->scale;
    number->scale -= moved;
    return !__builtin_mul_overflow(number->digits, POWERS[power - moved], &number->digits);
}

static void drop_zeros(od_decimal *number) {
    while (number->scale > SCALE_MAX && number->digits % 10 == 0) {
        number->digits /= 10;
        number->scale--;
    }
}

// Reads what is digits and nothing else, as most numbers are; false when it is not.
static bool read_digits(od_slice text, od_decimal *number) {
    int64_t digits = 0;
    if (!text.size || text.size > DIGITS_MAX) return false;
    for (size_t i = 0; i < text.size; i++) {
        if (!od_is_digit((unsigned char)text.data[i])) return false;
        digits = digits * 10 + (text.data[i] - '0');
    }
    *number = (od_decimal){digits, 0};
    return true;
}

static od_decimal_fault read_number(od_slice text, bool rows, od_decimal *number) {
    cursor c = {.text = text};
    bool negative = false;
    if (read_digits(text, number)) return OD_DECIMAL_OK;
    read_sign(&c, &negative);
    const bool arabic = at_digit(&c, c.at) || (c.at < text.size && text.data[c.at] == '.');
    if (!(arabic ? read_arabic(&c) : read_chinese(&c, rows))) return OD_DECIMAL_NONE;
    const int power = read_myriad(&c);
    if (c.at != text.size) return OD_DECIMAL_NONE;
    if (c.digits > DIGITS_MAX) return OD_DECIMAL_TOO_BIG;
    drop_zeros(&c.number);
    if (c.number.scale > SCALE_MAX) return OD_DECIMAL_TOO_FINE;
    const int64_t most = 999999999999999999;
    if (!shift(&c.number, power) || c.number.digits > most) return OD_DECIMAL_TOO_BIG;
    *number = c.number;
    if (negative) number->digits = -number->digits;
    return OD_DECIMAL_OK;
}

od_decimal_fault od_decimal_read(od_slice text, od_decimal *number) {
    return read_number(text, false, number);
}

od_decimal_fault od_decimal_read_rows(od_slice text, od_decimal *number) {
    return read_number(text, true, number);
}

int od_decimal_compare(od_decimal a, od_decimal b) {
    __int128 left = a.digits, right = b.digits;
    for (int i = a.scale; i < b.scale; i++) left *= 10;
    for (int i = b.scale; i < a.scale; i++) right *= 10;
    return left < right ? -1 : left > right;
}

bool od_decimal_whole(od_decimal number, int64_t *whole) {
    if (number.digits % POWERS[number.scale]) return false;
    *whole = number.digits / POWERS[number.scale];
    return true;
}

// ---- writing -----------------------------------------------------------------------------------

static od_slice write_decimal(od_arena *arena, od_decimal number, bool grouped) {
    char text[40]; // 19 digits or 10, a sign, a point, commas: from the last one on
    size_t at = sizeof text;
    uint64_t rest =
        number.digits < 0 ? 0 - (uint64_t)number.digits : (uint64_t)number.digits;
    for (int i = 0; i <= number.scale || rest; i++, rest /= 10) {
        if (i && i == number.scale) text[--at] = '.';
        else if (grouped && i > number.scale && (i - number.scale) % 3 == 0) text[--at] = ',';
        text[--at] = (char)('0' + rest % 10);
    }
    if (number.digits < 0) text[--at] = '-';
    return od_arena_copy(arena, (od_slice){text + at, sizeof text - at});
}

od_slice od_decimal_write(od_arena *arena, od_decimal number) {
    return write_decimal(arena, number, false);
}

od_slice od_decimal_write_grouped(od_arena *arena, od_decimal number) {
    return write_decimal(arena, number, true);
}
