#include "data/moment.h"

#include "base/buf.h"
#include "base/numeral.h"
#include "base/utf8.h"
#include "data/decimal.h"

#include <stdio.h>

// ---- the calendar ------------------------------------------------------------------------------

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int od_date_month_days(int year, int month) {
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : DAYS[month - 1];
}

bool od_date_exists(od_date date) {
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= od_date_month_days(date.year, date.month);
}

// The 400 years of the Gregorian cycle, counted from March so that a leap day is the last of its
// year.
enum { ERA_DAYS = 146097, DAYS_TO_1970 = 719468 };

int64_t od_date_days(od_date date) {
    const int64_t year = date.year - (date.month <= 2);
    const int64_t era = (year >= 0 ? year : year - 399) / 400, in_era = year - era * 400;
    const int64_t in_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    return era * ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 + in_year - DAYS_TO_1970;
}

od_date od_date_of_days(int64_t days) {
    days += DAYS_TO_1970;
    const int64_t era = (days >= 0 ? days : days - (ERA_DAYS - 1)) / ERA_DAYS;
    const int64_t in_era = days - era * ERA_DAYS;
    const int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / (ERA_DAYS - 1)) / 365;
    const int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
    const int64_t month = (5 * in_year + 2) / 153; // from March
    const int64_t day = in_year - (153 * month + 2) / 5 + 1;
    return (od_date){(int)(year + era * 400 + (month >= 10)),
                     (int)(month < 10 ? month + 3 : month - 9), (int)day};
}

// Spreadsheets count days from 1899-12-30, which is right from March 1900 on.
static od_date date_of_serial(int serial) {
    enum { SERIAL_OF_1970 = 25569 };
    return od_date_of_days(serial - SERIAL_OF_1970);
}

// ---- reading parts -----------------------------------------------------------------------------

typedef struct cursor {
    od_slice text;
    size_t at;
} cursor;

static bool at_end(const cursor *c) {
    return c->at >= c->text.size;
}

static bool skip(cursor *c, const char *word) {
    const od_slice wanted = od_slice_of(word);
    if (!od_slice_starts(od_slice_from(c->text, c->at), wanted)) return false;
    c->at += wanted.size;
    return true;
}

static void skip_spaces(cursor *c) {
    size_t size;
    while (!at_end(c) && od_is_space(od_utf8_read(c->text, c->at, &size))) c->at += size;
}

static bool skip_any(cursor *c, const char *const *words) {
    for (; *words; words++)
        if (skip(c, *words)) return true;
    return false;
}

// Reads up to nine Arabic digits, or a Chinese numeral, and sets `*width` to how many digits it
// has.
static bool read_part(cursor *c, int *value, size_t *width) {
    skip_spaces(c);
    const size_t start = c->at;
    int64_t number = 0;
    while (!at_end(c) && od_is_digit((unsigned char)c->text.data[c->at]) && c->at - start < 9)
        number = number * 10 + (c->text.data[c->at++] - '0');
    *width = c->at - start;
    if (!*width) {
        size_t size;
        bool digits;
        if (!od_numeral_read(od_slice_from(c->text, c->at), &number, &size, &digits)) return false;
        *width = digits ? od_utf8_count(od_slice_cut(c->text, c->at, c->at + size)) : 1;
        c->at += size;
        if (number > 999999999) return false;
    }
    *value = (int)number;
    skip_spaces(c);
    return true;
}

// ---- dates -------------------------------------------------------------------------------------

// The marks between the parts of a date.
typedef struct marks {
    const char *year, *month;
    const char *const *day; // each may follow the day
} marks;

static const char *const NO_MARK[] = {NULL};
static const char *const DAY_MARKS[] = {"日", "号", NULL};

static const marks MARKS[] = {
    {"-", "-", NO_MARK}, {"/", "/", NO_MARK}, {".", ".", NO_MARK}, {"年", "月", DAY_MARKS}};

// A time after the date: spreadsheets add midnight to every date.
static bool is_midnight(od_slice text) {
    size_t zeros = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!strchr(" T0:.Z", text.data[i])) return false;
        zeros += text.data[i] == '0';
    }
    return zeros > 0;
}

static od_date_fault check_rest(cursor *c) {
    skip_spaces(c);
    if (at_end(c)) return OD_DATE_OK;
    const od_slice rest = od_slice_from(c->text, c->at);
    if (is_midnight(rest)) return OD_DATE_OK;
    return od_slice_find(rest, OD_SLICE(":"), 0) != SIZE_MAX ? OD_DATE_WITH_TIME : OD_DATE_NONE;
}

// Reads what follows the year, whose mark is at the cursor.
static od_date_fault read_month_day(cursor *c, const marks *m, od_date *date) {
    size_t width;
    if (!read_part(c, &date->month, &width) || width > 2) return OD_DATE_NONE;
    if (at_end(c)) return OD_DATE_INCOMPLETE;
    if (!skip(c, m->month)) return OD_DATE_NONE;
    if (at_end(c)) return OD_DATE_INCOMPLETE;
    if (!read_part(c, &date->day, &width) || width > 2) return OD_DATE_NONE;
    skip_any(c, m->day);
    return check_rest(c);
}

// Numbers alone: 20220218 and the serials of spreadsheets.
static od_date_fault read_compact(int number, size_t width, od_date *date) {
    if (width == 5 && number >= 10000) *date = date_of_serial(number);
    else if (width == 8) *date = (od_date){number / 10000, number / 100 % 100, number % 100};
    else return OD_DATE_NONE;
    return OD_DATE_OK;
}

static od_date_fault read_parts(cursor *c, od_date *date) {
    size_t width;
    const bool arabic = !at_end(c) && od_is_digit((unsigned char)c->text.data[0]);
    if (!read_part(c, &date->year, &width)) return OD_DATE_NONE;
    if (at_end(c)) return arabic ? read_compact(date->year, width, date) : OD_DATE_NONE;
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (!skip(c, MARKS[i].year)) continue;
        if (at_end(c)) return OD_DATE_INCOMPLETE;
        const od_date_fault fault = read_month_day(c, &MARKS[i], date);
        return fault == OD_DATE_OK && width != 4 ? OD_DATE_SHORT_YEAR : fault;
    }
    return OD_DATE_NONE;
}

od_date_fault od_date_read(od_slice text, od_date *date) {
    cursor c = {.text = text};
    *date = (od_date){0};
    const od_date_fault fault = read_parts(&c, date);
    return fault == OD_DATE_OK && !od_date_exists(*date) ? OD_DATE_NO_SUCH_DAY : fault;
}

static void write_number(od_buf *out, int number, int width) {
    char digits[16];
    const int size = snprintf(digits, sizeof digits, "%0*d", width, number);
    od_buf_add(out, (od_slice){digits, (size_t)size});
}

od_slice od_date_write(od_arena *arena, od_date date, od_slice pattern) {
    const struct {
        const char *text;
        int number, width;
    } parts[] = {{"YYYY", date.year, 4}, {"MM", date.month, 2}, {"M", date.month, 1},
                 {"DD", date.day, 2},    {"D", date.day, 1}};
    od_buf out = {0};
    cursor c = {.text = pattern};
    while (!at_end(&c)) {
        size_t i = 0;
        while (i < 5 && !skip(&c, parts[i].text)) i++;
        if (i < 5) write_number(&out, parts[i].number, parts[i].width);
        else od_buf_byte(&out, pattern.data[c.at++]);
    }
    const od_slice written = od_arena_copy(arena, od_buf_slice(&out));
    od_buf_free(&out);
    return written;
}

// ---- times of day ------------------------------------------------------------------------------

// Words that say which half of the day an hour of twelve lies in.
typedef enum half { ANY_HALF, MORNING, NOON, AFTERNOON, NIGHT } half;

static const struct half_word {
    const char *text;
    half half;
} HALVES[] = {{"上午", MORNING},   {"凌晨", MORNING},   {"早上", MORNING}, {"早晨", MORNING},
              {"清晨", MORNING},   {"中午", NOON},      {"下午", AFTERNOON}, {"傍晚", AFTERNOON},
              {"晚上", NIGHT},     {"夜里", NIGHT},     {"晚", NIGHT}};

static const struct half_word SUFFIXES[] = {
    {"a.m.", MORNING}, {"am", MORNING},   {"AM", MORNING},   {"A.M.", MORNING},
    {"p.m.", AFTERNOON}, {"pm", AFTERNOON}, {"PM", AFTERNOON}, {"P.M.", AFTERNOON}};

static half skip_half(cursor *c, const struct half_word *words, size_t count) {
    skip_spaces(c);
    for (size_t i = 0; i < count; i++)
        if (skip(c, words[i].text)) return words[i].half;
    return ANY_HALF;
}

// Returns the hour of 24 that `hour` in `part` of the day is, or -1.
static int full_hour(int hour, half part) {
    if (hour > 24) return -1;
    switch (part) {
    case ANY_HALF: return hour;
    case MORNING: return hour <= 12 ? hour % 12 : -1;
    case NOON: return hour >= 11 && hour <= 14 ? hour : hour <= 2 && hour >= 1 ? hour + 12 : -1;
    case AFTERNOON: return hour >= 12 ? hour : hour + 12;
    case NIGHT: return hour == 12 ? 24 : hour > 12 ? hour : hour >= 5 ? hour + 12 : -1;
    }
    return -1;
}

static const char *const HOUR_MARKS[] = {"时", "点钟", "点", NULL};
static const char *const MINUTE_MARKS[] = {"分钟", "分", NULL};

// Reads `:30`, `:30:15`.
static bool read_clock(cursor *c, int *minute, int *second) {
    size_t width;
    if (!read_part(c, minute, &width) || width != 2) return false;
    if (!skip(c, ":")) return true;
    return read_part(c, second, &width) && width == 2;
}

// Reads `30分`, `半`, `整`, or nothing.
static bool read_minute(cursor *c, int *minute) {
    size_t width;
    skip_spaces(c);
    if (at_end(c) || skip(c, "整")) return true;
    if (skip(c, "半")) {
        *minute = 30;
        return true;
    }
    return read_part(c, minute, &width) && width <= 2 && (skip_any(c, MINUTE_MARKS) || at_end(c));
}

bool od_time_read(od_slice text, int64_t *seconds) {
    cursor c = {.text = text};
    int hour, minute = 0, second = 0;
    size_t width;
    half part = skip_half(&c, HALVES, sizeof HALVES / sizeof *HALVES);
    if (!read_part(&c, &hour, &width) || width > 2) return false;
    const bool is_clock = skip(&c, ":");
    const bool is_words = !is_clock && skip_any(&c, HOUR_MARKS);
    if (is_clock ? !read_clock(&c, &minute, &second) : is_words && !read_minute(&c, &minute))
        return false;
    if (part == ANY_HALF && !is_words)
        part = skip_half(&c, SUFFIXES, sizeof SUFFIXES / sizeof *SUFFIXES);
    // `9` alone is a number.
    if (!at_end(&c) || minute > 59 || second > 59 || (part == ANY_HALF && !is_clock && !is_words))
        return false;
    hour = full_hour(hour, part);
    if (hour < 0 || (hour == 24 && (minute || second))) return false;
    *seconds = hour * 3600 + minute * 60 + second;
    return true;
}

od_slice od_time_write(od_arena *arena, int64_t seconds) {
    char text[32];
    const int hour = (int)(seconds / 3600), minute = (int)(seconds / 60 % 60),
              second = (int)(seconds % 60);
    const int size = second ? snprintf(text, sizeof text, "%d:%02d:%02d", hour, minute, second)
                            : snprintf(text, sizeof text, "%d:%02d", hour, minute);
    return od_arena_copy(arena, (od_slice){text, (size_t)size});
}

// ---- durations ---------------------------------------------------------------------------------

// Longer words before their beginnings.
static const struct duration_unit {
    const char *text;
    int64_t seconds;
} UNITS[] = {
    {"星期", 604800},  {"周", 604800},  {"weeks", 604800}, {"week", 604800},  {"w", 604800},
    {"天", 86400},     {"日", 86400},   {"days", 86400},   {"day", 86400},    {"d", 86400},
    {"小时", 3600},    {"时", 3600},    {"hours", 3600},   {"hour", 3600},    {"hrs", 3600},
    {"hr", 3600},      {"h", 3600},     {"分钟", 60},      {"分", 60},        {"minutes", 60},
    {"minute", 60},    {"mins", 60},    {"min", 60},       {"m", 60},         {"秒钟", 1},
    {"秒", 1},         {"seconds", 1},  {"second", 1},     {"secs", 1},       {"sec", 1},
    {"s", 1},
};

enum { UNIT_COUNT = sizeof UNITS / sizeof *UNITS };

// Returns the seconds of the unit at the cursor, 0 for none.
static int64_t read_unit(cursor *c) {
    skip_spaces(c);
    for (size_t i = 0; i < UNIT_COUNT; i++)
        if (skip(c, UNITS[i].text)) return UNITS[i].seconds;
    return 0;
}

// Returns the size of the number at the cursor.
static size_t number_size(const cursor *c) {
    size_t end = c->at, size;
    while (end < c->text.size &&
           (od_is_digit((unsigned char)c->text.data[end]) || c->text.data[end] == '.'))
        end++;
    if (end > c->at) return end - c->at;
    int64_t number;
    bool digits;
    return od_numeral_read(od_slice_from(c->text, c->at), &number, &size, &digits) ? size : 0;
}

// Reads one `2小时`, `半天`, `一个半小时`, `1.5 h`.
static bool read_span(cursor *c, int64_t *unit, int64_t *seconds) {
    od_decimal number = {0};
    int64_t product;
    skip_spaces(c);
    const size_t size = number_size(c);
    if (size &&
        od_decimal_read(od_slice_cut(c->text, c->at, c->at + size), &number) != OD_DECIMAL_OK)
        return false;
    c->at += size;
    skip_spaces(c);
    if (size) skip(c, "个");
    const bool half = skip(c, "半");
    *unit = read_unit(c);
    if (!*unit || (!size && !half)) return false;
    if (__builtin_mul_overflow(number.digits, *unit, &product)) return false;
    if (!od_decimal_whole((od_decimal){product, number.scale}, seconds)) return false;
    if (half) *seconds += *unit / 2;
    return true;
}

bool od_duration_read(od_slice text, int64_t *seconds) {
    cursor c = {.text = text};
    int64_t last = INT64_MAX, total = 0;
    if (!text.size) return false;
    for (skip_spaces(&c); !at_end(&c); skip_spaces(&c)) {
        int64_t unit, part;
        if (!read_span(&c, &unit, &part) || unit >= last) return false;
        if (__builtin_add_overflow(total, part, &total)) return false;
        last = unit;
        skip(&c, ",");
    }
    *seconds = total;
    return true;
}

od_slice od_duration_write(od_arena *arena, int64_t seconds, bool chinese) {
    static const struct {
        int64_t seconds;
        const char *latin, *chinese;
    } PARTS[] = {{3600, "h", "小时"}, {60, "m", "分"}, {1, "s", "秒"}};
    od_slice text = {0};
    for (size_t i = 0; i < 3; i++) {
        const int64_t count = seconds / PARTS[i].seconds;
        seconds %= PARTS[i].seconds;
        if (!count && (text.size || i < 2)) continue;
        const od_slice space = text.size && !chinese ? OD_SLICE(" ") : (od_slice){0};
        text = od_arena_concat(arena, text, space, od_arena_number(arena, (size_t)count),
                               od_slice_of(chinese ? PARTS[i].chinese : PARTS[i].latin));
    }
    return text;
}
