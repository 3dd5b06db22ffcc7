// Dates in the running text and names of days (GB/T 15835-2011, 5.1 and 5.2; 15834-2011, 4.14).
#include "engine/check_text.h"

#include "base/utf8.h"
#include "data/moment.h"

// ---- digits ------------------------------------------------------------------------------------

// A number of a date as it is written.
typedef struct part {
    size_t start, end; // of its digits
    int value;
} part;

// Reads digits at `at`; false when there are none, or too many for a part of a date.
static bool read_part(const od_text_checker *k, size_t at, part *p) {
    *p = (part){at, at, 0};
    while (p->end < k->text.size && od_is_digit((unsigned char)k->text.data[p->end])) {
        if (p->end - at == 4) return false;
        p->value = p->value * 10 + k->text.data[p->end++] - '0';
    }
    return p->end > at;
}

static size_t size_of(const part *p) {
    return p->end - p->start;
}

static bool has_zero(const od_text_checker *k, const part *p) {
    return size_of(p) == 2 && k->text.data[p->start] == '0';
}

static od_slice text_of(const od_text_checker *k, size_t start, size_t end) {
    return od_slice_cut(k->text, start, end);
}

static bool is_real(int year, int month, int day) {
    return month >= 1 && month <= 12 && day >= 1 && day <= od_date_month_days(year, month);
}

static void tell(od_text_checker *k, size_t start, size_t end, od_text text, od_slice right) {
    if (k->on[OD_RULE_DATE_FORM])
        od_text_tell(k, OD_RULE_DATE_FORM, start, end,
                     od_say(k->found, text, text_of(k, start, end), right));
}

static od_slice spell(od_text_checker *k, od_slice pattern, int year, int month, int day) {
    return od_date_write(k->found->arena, (od_date){year, month, day}, pattern);
}

// ---- 年月日 ------------------------------------------------------------------------------------

// A date written with 年, 月 and 日, or a part of one.
typedef struct han_date {
    size_t start, end;
    part year, month, day;
    bool has_year, has_month, has_day;
} han_date;

static bool read_unit(const od_text_checker *k, size_t *at, od_slice unit, part *p) {
    if (!read_part(k, *at, p) || !od_slice_starts(od_slice_from(k->text, p->end), unit))
        return false;
    *at = p->end + unit.size;
    return true;
}

static bool read_han_date(const od_text_checker *k, size_t at, han_date *d) {
    *d = (han_date){.start = at, .end = at};
    d->has_year = read_unit(k, &d->end, OD_SLICE("年"), &d->year);
    d->has_month = read_unit(k, &d->end, OD_SLICE("月"), &d->month);
    d->has_day = read_unit(k, &d->end, OD_SLICE("日"), &d->day);
    return d->end > at;
}

static void tell_zeros(od_text_checker *k, const han_date *d) {
    od_text_change zeros[2];
    size_t count = 0;
    if (d->has_month && has_zero(k, &d->month))
        zeros[count++] = (od_text_change){d->month.start, d->month.start + 2,
                                          text_of(k, d->month.start + 1, d->month.end)};
    if (d->has_day && has_zero(k, &d->day))
        zeros[count++] = (od_text_change){d->day.start, d->day.start + 2,
                                          text_of(k, d->day.start + 1, d->day.end)};
    if (!count || !k->on[OD_RULE_DATE_FORM]) return;
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_DATE_FORM, d->start, d->end,
        od_say(k->found,
               OD_SAY("months and days have no leading zero: “{1}”",
                      "月、日不编虚位，“{1}”中的0应去掉"),
               text_of(k, d->start, d->end)));
    od_text_fix_all(k, found, zeros, count);
}

// Two digits and 年 may be a span of time; before a month they are a year.
static bool is_short_year(const od_text_checker *k, const han_date *d) {
    if (!d->has_year || size_of(&d->year) != 2) return false;
    static const char *const REST[] = {"度", "上半年", "下半年", "全年"};
    for (size_t i = 0; i < sizeof REST / sizeof *REST; i++)
        if (od_text_has(k, d->year.end + 3, REST[i])) return true;
    return d->has_month;
}

static bool is_unreal(const han_date *d) {
    if (d->has_month && d->has_day) // without a year, one with a 29 February
        return !is_real(d->has_year ? d->year.value : 2000, d->month.value, d->day.value);
    return d->has_month && (d->month.value < 1 || d->month.value > 12);
}

// Whether what the sentence says of the date before `from` is reported as done.
static bool is_done(const od_text_checker *k, size_t from) {
    enum { REACH = 300 };
    const size_t stop = k->text.size - from > REACH ? from + REACH : k->text.size;
    for (size_t at = from; at + 3 <= stop; at += (unsigned char)k->text.data[at] < 0x80 ? 1 : 3) {
        const char *const sign = k->text.data + at;
        if (memcmp(sign, "。", 3) == 0) return false;
        if (memcmp(sign, "了", 3) == 0 || memcmp(sign, "已", 3) == 0) return true;
    }
    return false;
}

static void note_done(od_text_checker *k, const han_date *d) {
    const od_date date = {d->year.value, d->month.value, d->day.value};
    od_numeral_habits *const habits = &k->habits;
    if (habits->done.year && od_date_days(date) <= od_date_days(habits->done)) return;
    // `2月18日前` is a term.
    if (od_text_has(k, d->end, "前") || od_text_has(k, d->end, "之前") || !is_done(k, d->end))
        return;
    habits->done = date;
    habits->done_span = od_visible_span(&k->visible, d->start, d->end);
}

// A date of a field is told of there.
static void tell_unreal(od_text_checker *k, size_t start, size_t end) {
    if (od_values_faulty_in(&k->context->plan->values, od_visible_span(&k->visible, start, end)))
        return;
    tell(k, start, end, OD_SAY("there is no such day: “{1}”", "没有这一天：“{1}”"), (od_slice){0});
}

static size_t check_han_date(od_text_checker *k, const han_date *d) {
    if (is_short_year(k, d))
        tell(k, d->start, d->end,
             OD_SAY("the year of “{1}” needs all four digits", "“{1}”中的年份应写全四位数字"),
             (od_slice){0});
    else if (is_unreal(d))
        tell_unreal(k, d->start, d->end);
    else tell_zeros(k, d);
    const bool whole = d->has_year && size_of(&d->year) == 4 && d->has_month && d->has_day;
    if (whole && !is_unreal(d)) note_done(k, d);
    return d->end;
}

// ---- 2022.2.18 ---------------------------------------------------------------------------------

static const od_text NOT_A_FORM = OD_SAY("“{1}” is no form for a date; write “{2}”",
                                         "日期写成了“{1}”，应为“{2}”");

static bool is_code(uint32_t code) {
    return od_is_ascii_alpha(code) || od_is_digit(code) || code == '.' || code == '-' ||
           code == '/' || code == '_' || code == '#';
}

// Whether something numbered goes on behind `at`: then it is no date.
static bool goes_on(const od_text_checker *k, size_t at) {
    const uint32_t next = od_text_at(k, at);
    if (od_is_ascii_alpha(next) || od_is_digit(next) || next == '_') return true;
    return (next == '.' || next == '-' || next == '/') && is_code(od_text_at(k, at + 1));
}

static bool is_year(const part *p) {
    return size_of(p) == 4 && p->value >= 1900 && p->value <= 2099;
}

// Returns where the year and month (and day) end that are parted by one of `.-/`, or `at`.
static size_t check_parted(od_text_checker *k, size_t at, const part *year) {
    part month, day;
    const char sign = k->text.data[year->end];
    if (!read_part(k, year->end + 1, &month) || size_of(&month) > 2) return at;
    const bool whole = month.end < k->text.size && k->text.data[month.end] == sign &&
                       read_part(k, month.end + 1, &day) && size_of(&day) <= 2;
    const size_t end = whole ? day.end : month.end;
    if (goes_on(k, end) || month.value < 1 || month.value > 12) return at;
    if (!whole) {
        // 2022.2 is a number, 2022/2 a ratio.
        if (sign != '-' || size_of(&month) != 2) return at;
        tell(k, at, end,
             OD_SAY("“{1}” is no whole date; write the day too, or “{2}”",
                    "“{1}”只有年和月，应写作“{2}”"),
             spell(k, OD_SLICE("YYYY年M月"), year->value, month.value, 1));
        return end;
    }
    if (day.value < 1 || day.value > 31) return at;
    if (!is_real(year->value, month.value, day.value))
        tell_unreal(k, at, end);
    else if (sign != '-' || size_of(&month) != 2 || size_of(&day) != 2)
        tell(k, at, end, NOT_A_FORM,
             spell(k, OD_SLICE("YYYY年M月D日"), year->value, month.value, day.value));
    return end;
}

// `于2-18召开`
static size_t check_month_day(od_text_checker *k, size_t at, const part *month) {
    part day;
    if (!od_text_ends(k, at, "于") || size_of(month) > 2 || !read_part(k, month->end + 1, &day))
        return at;
    const uint32_t after = od_text_at(k, day.end);
    if (!is_real(2000, month->value, day.value) || !od_is_han(after)) return at;
    if (od_text_unit(k, day.end) != OD_UNIT_NONE) return at;
    tell(k, at, day.end, NOT_A_FORM, spell(k, OD_SLICE("M月D日"), 2000, month->value, day.value));
    return day.end;
}

size_t od_check_date(od_text_checker *k, size_t at) {
    part first;
    han_date date;
    if (!read_part(k, at, &first) || first.end >= k->text.size) return at;
    const char sign = k->text.data[first.end];
    const bool parts = sign == '.' || sign == '-' || sign == '/';
    const uint32_t before = od_text_before(k, at);
    if (!parts) {
        const bool may = !od_is_digit(before) && read_han_date(k, at, &date);
        return may ? check_han_date(k, &date) : at;
    }
    if (is_code(before)) return at;
    if (is_year(&first)) return check_parted(k, at, &first);
    return sign == '-' ? check_month_day(k, at, &first) : at;
}

// ---- 二〇二二年 --------------------------------------------------------------------------------

// Whether `code` stands for 0 among Han numerals, rightly or not.
static bool is_any_zero(uint32_t code) {
    return code == 0x3007 || code == 0x96F6 || code == 0x25CB || code == 0x25EF || code == 'O' ||
           code == 'o' || code == '0' || code == 0xFF2F || code == 0xFF10;
}

static bool is_year_sign(uint32_t code) {
    return od_han_digit(code) >= 0 || is_any_zero(code);
}

static size_t before_of(const od_text_checker *k, size_t at) {
    size_t size;
    od_utf8_read_before(k->text, at, &size);
    return at - size;
}

static bool is_scale(uint32_t code) {
    return code == 0x5341 || code == 0x767E || code == 0x5343 || code == 0x4E07; // 十百千万
}

// Looks at the four signs of a year that the zero at `at` is one of.
static void check_year(od_text_checker *k, size_t at) {
    size_t start = at, count = 0;
    bool wrong = false;
    for (size_t i = 0; i < 4 && start && is_year_sign(od_text_before(k, start)); i++)
        start = before_of(k, start);
    size_t end = start;
    for (; count < 5 && is_year_sign(od_text_at(k, end)); count++) {
        const uint32_t code = od_text_at(k, end);
        wrong |= is_any_zero(code) && code != 0x3007;
        end = od_text_next(k, end);
    }
    if (count != 4 || !wrong || !od_text_has(k, end, "年") || end <= k->numeral_until) return;
    if (od_han_digit(od_text_at(k, start)) <= 0) return; // 2000 年 in digits
    k->numeral_until = end;
    od_text_tell(k, OD_RULE_HAN_ZERO, start, end,
                 od_say(k->found,
                        OD_SAY("in a year the zero is “〇” (U+3007): “{1}”",
                               "年份里的零应写“〇”（U+3007）：“{1}”"),
                        text_of(k, start, end)));
}

void od_check_zero(od_text_checker *k, size_t at, uint32_t code) {
    if (!k->on[OD_RULE_HAN_ZERO]) return;
    const size_t next = od_text_next(k, at);
    const bool counts = is_scale(od_text_before(k, at)) || is_scale(od_text_at(k, next));
    if (code != 0x3007) check_year(k, at);
    else if (counts && od_han_digit(od_text_at(k, next)) > 0)
        od_text_tell(k, OD_RULE_HAN_ZERO, at, next,
                     od_say(k->found, OD_SAY("in counting the zero is “零”, not “〇”",
                                             "计数时的零应写“零”，不写“〇”")));
}

// ---- “一·二八” ---------------------------------------------------------------------------------

// Days that are known by their date, as they are written. Those of January, November and December
// take a dot in Han numerals, as 一二九 may be read in two ways, the others none; in digits all do.
static const struct day_name {
    const char *wrong, *right;
} DAY_NAMES[] = {
    {"一二八", "一·二八"}, {"一二九", "一二·九"}, {"一二一", "一二·一"}, {"一二四", "一二·四"},
    {"一一九", "一一·九"}, {"三·八", "三八"},     {"五·一", "五一"},     {"五·四", "五四"},
    {"六·一", "六一"},     {"七·一", "七一"},     {"七·七", "七七"},     {"八·一", "八一"},
    {"九·一八", "九一八"}, {"十·一", "十一"},     {"五·卅", "五卅"},     {"三·一五", "三一五"},
    {"315", "3·15"},       {"3.15", "3·15"},      {"911", "9·11"},       {"9.11", "9·11"},
    {"918", "9·18"},       {"9.18", "9·18"},      {"12.4", "12·4"},      {"12.9", "12·9"},
    {"1.28", "1·28"},      {"12.13", "12·13"},    {"11.9", "11·9"},      {"5.12", "5·12"},
};

void od_check_day_name(od_text_checker *k, size_t at) {
    enum { LONGEST = 15 };
    if (!k->on[OD_RULE_DAY_NAME]) return;
    const size_t start = at + 3; // behind “
    const size_t stop = k->text.size - start > LONGEST ? start + LONGEST : k->text.size;
    const size_t close = od_slice_find(od_slice_cut(k->text, 0, stop), OD_SLICE("”"), start);
    if (close == SIZE_MAX) return;
    const od_slice name = text_of(k, start, close);
    for (size_t i = 0; i < sizeof DAY_NAMES / sizeof *DAY_NAMES; i++)
        if (od_slice_is(name, DAY_NAMES[i].wrong))
            od_text_tell(
                k, OD_RULE_DAY_NAME, start, close,
                od_say(k->found,
                       OD_SAY("the day “{1}” is written “{2}”", "以月日命名的“{1}”应写作“{2}”"),
                       name, od_slice_of(DAY_NAMES[i].right)));
}
