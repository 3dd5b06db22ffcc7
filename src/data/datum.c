#include "data/datum.h"

#include "base/limits.h"
#include "base/numeral.h"
#include "base/utf8.h"
#include "data/decimal.h"
#include "data/moment.h"

const char *od_field_type_name(od_field_type type) {
    static const char *const NAMES[] = {
        [OD_TYPE_TEXT] = "text",         [OD_TYPE_INTEGER] = "integer",
        [OD_TYPE_DECIMAL] = "decimal",   [OD_TYPE_PERCENT] = "percent",
        [OD_TYPE_MONEY] = "money",       [OD_TYPE_AMOUNT_CN] = "amount_cn",
        [OD_TYPE_YEAR] = "year",         [OD_TYPE_MONTH] = "month",
        [OD_TYPE_DAY] = "day",           [OD_TYPE_DATE] = "date",
        [OD_TYPE_TIME] = "time",         [OD_TYPE_DURATION] = "duration",
        [OD_TYPE_PERSON] = "person",     [OD_TYPE_ORG] = "org",
        [OD_TYPE_ENUM] = "enum",         [OD_TYPE_LIST] = "list",
    };
    return NAMES[type];
}

// A value while it is read.
typedef struct reader {
    od_arena *arena;
    od_language language;
    const od_datum_type *type;
    od_slice raw;  // as given, trimmed
    od_slice text; // full-width digits and marks as half-width, and what was not read of it yet
    od_datum *datum;
    od_slice *why;
} reader;

// ---- reasons -----------------------------------------------------------------------------------

static bool refuse_with(const reader *r, od_text text, const od_slice *args, size_t count) {
    *r->why = od_format(r->arena, r->language, text, args, count);
    return false;
}

#define refuse(r, ...) refuse_args((r), __VA_ARGS__, (od_slice){0})
#define refuse_args(r, text, ...)                              \
    refuse_with((r), (text), (const od_slice[]){__VA_ARGS__}, \
                sizeof((const od_slice[]){__VA_ARGS__}) / sizeof(od_slice) - 1)

// Returns the value as messages quote it: its beginning when it is long.
static od_slice quote(const reader *r) {
    enum { SHOWN = 40 }; // characters
    size_t at = 0, size;
    for (size_t n = 0; at < r->raw.size; n++, at += size) {
        if (n == SHOWN)
            return od_arena_concat(r->arena, od_slice_cut(r->raw, 0, at), OD_SLICE("…"));
        od_utf8_read(r->raw, at, &size);
    }
    return r->raw;
}

// ---- forms -------------------------------------------------------------------------------------

static od_slice trim(od_slice text) {
    size_t size;
    while (text.size && od_is_space(od_utf8_read(text, 0, &size))) text = od_slice_from(text, size);
    while (text.size && od_is_space(od_utf8_read_before(text, text.size, &size))) text.size -= size;
    return text;
}

// Full-width ASCII as half-width; but the full-width comma parts items of a list, never thousands.
static od_slice make_half_width(od_arena *arena, od_slice text) {
    if (!memchr(text.data, 0xEF, text.size)) return text; // which they all start with
    char *const out = od_arena_array(arena, char, text.size + 1);
    size_t count = 0, size;
    for (size_t i = 0; i < text.size; i += size) {
        const uint32_t code = od_utf8_read(text, i, &size);
        if (code != 0xFF0C && od_half_width(code) < 0x80) out[count++] = (char)od_half_width(code);
        else {
            memcpy(out + count, text.data + i, size);
            count += size;
        }
    }
    return (od_slice){out, count};
}

// Takes `word` off the end of the text, and white space before it.
static bool drop_end(reader *r, od_slice word) {
    if (!word.size || r->text.size <= word.size || !od_slice_ends(r->text, word)) return false;
    r->text = trim(od_slice_cut(r->text, 0, r->text.size - word.size));
    return true;
}

static bool drop_start(reader *r, const char *word) {
    if (!od_slice_starts(r->text, od_slice_of(word))) return false;
    r->text = trim(od_slice_from(r->text, strlen(word)));
    return true;
}

static bool drop_any_end(reader *r, const char *const *words) {
    for (; *words; words++)
        if (drop_end(r, od_slice_of(*words))) return true;
    return false;
}

// Takes the unit of the type off the text, also without its 万 or 亿: 12万 for a blank before 万元
// is 12.
static void drop_unit(reader *r) {
    static const char *const LARGE[] = {"万亿", "万", "亿"};
    const od_slice unit =
        r->type->unit.size ? make_half_width(r->arena, r->type->unit) : (od_slice){0};
    r->datum->unit_dropped = drop_end(r, unit);
    for (size_t i = 0; !r->datum->unit_dropped && i < 3; i++)
        if (od_slice_starts(unit, od_slice_of(LARGE[i])))
            r->datum->unit_dropped = drop_end(r, od_slice_of(LARGE[i]));
}

// ---- numbers -----------------------------------------------------------------------------------

// Returns the measure word at the end of the text when what stands before it is a number: 12篇.
static od_slice find_foreign_unit(const reader *r) {
    enum { LONGEST = 24 }; // bytes of a measure word
    size_t size;
    od_decimal number;
    for (size_t at = r->text.size; at > 0 && r->text.size - at < LONGEST; at -= size) {
        const od_slice tail = od_slice_from(r->text, at), head = od_slice_cut(r->text, 0, at);
        if (tail.size && od_measure_word(tail).size == tail.size &&
            od_decimal_read(trim(head), &number) == OD_DECIMAL_OK)
            return tail;
        od_utf8_read_before(r->text, at, &size);
    }
    return (od_slice){0};
}

static bool refuse_number(const reader *r, od_text expected) {
    const od_slice foreign = find_foreign_unit(r);
    if (!foreign.size) return refuse(r, expected, quote(r));
    if (r->type->unit.size)
        return refuse(r,
                      OD_SAY("the unit is “{1}”, and the value is “{2}”",
                             "单位应是“{1}”，现在是“{2}”"),
                      r->type->unit, quote(r));
    return refuse(r, OD_SAY("a number alone is needed, without “{1}”: “{2}”",
                            "只写数字，不要带“{1}”：“{2}”"),
                  foreign, quote(r));
}

// Reads what is left of the text as a number; `expected` is told when it is none.
static bool read_decimal(reader *r, od_text expected) {
    const bool rows = od_slice_is(r->type->format, "cn_digit");
    switch ((rows ? od_decimal_read_rows : od_decimal_read)(r->text, &r->datum->number)) {
    case OD_DECIMAL_OK: return true;
    case OD_DECIMAL_NONE: break;
    case OD_DECIMAL_TOO_BIG:
        return refuse(r, OD_SAY("the number has more than 18 digits: “{1}”", "数字超过18位：“{1}”"),
                      quote(r));
    case OD_DECIMAL_TOO_FINE:
        return refuse(r, OD_SAY("the number has more than 9 decimals: “{1}”", "小数超过9位：“{1}”"),
                      quote(r));
    }
    return refuse_number(r, expected);
}

static bool check_bounds(const reader *r) {
    const od_datum_type *const type = r->type;
    if (type->has_min && od_decimal_compare(r->datum->number, type->min) < 0)
        return refuse(r, OD_SAY("must be at least {1}, and is “{2}”", "不能小于{1}，现在是“{2}”"),
                      od_decimal_write(r->arena, type->min), quote(r));
    if (type->has_max && od_decimal_compare(r->datum->number, type->max) > 0)
        return refuse(r, OD_SAY("must be at most {1}, and is “{2}”", "不能大于{1}，现在是“{2}”"),
                      od_decimal_write(r->arena, type->max), quote(r));
    return true;
}

static bool finish_number(reader *r) {
    r->datum->text = od_decimal_write(r->arena, r->datum->number);
    return check_bounds(r);
}

static bool read_whole(reader *r, od_text expected) {
    int64_t whole;
    if (!read_decimal(r, expected)) return false;
    if (!od_decimal_whole(r->datum->number, &whole)) return refuse(r, expected, quote(r));
    r->datum->number = (od_decimal){whole, 0};
    return true;
}

static bool read_integer(reader *r) {
    drop_unit(r);
    return read_whole(r, OD_SAY("a whole number is needed, not “{1}”", "要填整数，现在是“{1}”")) &&
           finish_number(r);
}

static bool read_number(reader *r) {
    drop_unit(r);
    return read_decimal(r, OD_SAY("a number is needed, not “{1}”", "要填数字，现在是“{1}”")) &&
           finish_number(r);
}

static bool read_percent(reader *r) {
    static const char *const SIGNS[] = {"%", NULL};
    const bool in_words = drop_start(r, "百分之");
    if (!in_words) drop_unit(r);
    if (!in_words && !r->datum->unit_dropped) drop_any_end(r, SIGNS);
    return read_decimal(r, OD_SAY("a percentage is needed, such as 15%, not “{1}”",
                                  "要填百分数，如15%，现在是“{1}”")) &&
           finish_number(r);
}

// Takes 人民币 and the sign of the currency off the start.
static void drop_currency(reader *r) {
    drop_start(r, "人民币");
    drop_start(r, "¥");
    drop_start(r, "￥");
}

static bool read_money(reader *r) {
    static const char *const YUAN[] = {"元整", "元", NULL};
    drop_currency(r);
    drop_unit(r);
    if (!r->datum->unit_dropped && (!r->type->unit.size || od_slice_is(r->type->unit, "元整")))
        drop_any_end(r, YUAN);
    return read_decimal(r, OD_SAY("an amount of money is needed, such as 12500.50, not “{1}”",
                                  "要填金额，如12500.50，现在是“{1}”")) &&
           finish_number(r);
}

// ---- amounts in capitals -----------------------------------------------------------------------

// Reads `伍` before `unit` (角, 分) as that many cents each; nothing there is no mistake.
static void read_coins(reader *r, const char *unit, int64_t cents) {
    int64_t number;
    size_t size;
    bool digits;
    od_slice text = r->text;
    if (od_slice_starts(text, OD_SLICE("零"))) text = od_slice_from(text, strlen("零"));
    if (!od_numeral_read(text, &number, &size, &digits) || number > 9) return;
    text = od_slice_from(text, size);
    if (!od_slice_starts(text, od_slice_of(unit))) return;
    r->datum->number.digits += number * cents;
    r->text = od_slice_from(text, strlen(unit));
}

// Reads 壹仟贰佰元伍角整 into cents; false when it is not that.
static bool read_capitals(reader *r) {
    int64_t yuan = 0;
    size_t size;
    bool digits;
    const od_slice all = r->text;
    r->datum->number = (od_decimal){0, 2};
    if (od_numeral_read(r->text, &yuan, &size, &digits) && !digits) {
        od_slice rest = od_slice_from(r->text, size);
        const bool has_unit =
            od_slice_starts(rest, OD_SLICE("元")) || od_slice_starts(rest, OD_SLICE("圆"));
        if (has_unit) r->text = od_slice_from(rest, strlen("元"));
        else if (!rest.size) r->text = rest;
        else yuan = 0; // 伍角
        r->datum->number.digits = yuan * 100;
    }
    read_coins(r, "角", 10);
    read_coins(r, "分", 1);
    if (r->text.size == all.size) return false; // `整` alone
    return !r->text.size || od_slice_is(r->text, "整") || od_slice_is(r->text, "正");
}

static od_slice write_capitals(od_arena *arena, od_decimal amount) {
    int64_t cents = amount.digits < 0 ? -amount.digits : amount.digits;
    for (int i = amount.scale; i < 2; i++) cents *= 10;
    for (int i = amount.scale; i > 2; i--) cents /= 10;
    const int64_t yuan = cents / 100, jiao = cents / 10 % 10, fen = cents % 10;
    const od_slice none = {0};
    const bool has_yuan = yuan || !cents;
    return od_arena_concat(
        arena, amount.digits < 0 ? OD_SLICE("负") : none,
        has_yuan ? od_numeral_write_capital(arena, yuan) : none, has_yuan ? OD_SLICE("元") : none,
        yuan && !jiao && fen ? OD_SLICE("零") : none,
        jiao ? od_numeral_write_capital(arena, jiao) : none, jiao ? OD_SLICE("角") : none,
        fen ? od_numeral_write_capital(arena, fen) : none, fen ? OD_SLICE("分") : OD_SLICE("整"));
}

// Whether `number` is whole cents of an amount that can be written.
static bool is_cents(od_decimal number) {
    int64_t cents;
    if (number.digits > 99999999999999999 || number.digits < -99999999999999999) return false;
    if (number.scale <= 2) return true;
    return od_decimal_whole((od_decimal){number.digits, number.scale - 2}, &cents);
}

static bool read_amount_cn(reader *r) {
    static const char *const YUAN[] = {"元整", "元正", "圆整", "元", NULL};
    const od_text expected =
        OD_SAY("an amount of money is needed, such as 1200.50 or 壹仟贰佰元整, not “{1}”",
               "要填金额，如1200.50或“壹仟贰佰元整”，现在是“{1}”");
    drop_currency(r);
    const od_slice whole = r->text;
    if (!read_capitals(r)) {
        r->text = whole;
        drop_any_end(r, YUAN);
        if (!read_decimal(r, expected)) return false;
        if (!is_cents(r->datum->number)) return refuse(r, expected, quote(r));
    }
    int64_t yuan;
    if (od_decimal_whole(r->datum->number, &yuan)) r->datum->number = (od_decimal){yuan, 0};
    // 元整 after the amount, or 元, leaves no room for 角 and 分.
    else if (od_slice_starts(r->type->unit, OD_SLICE("元")))
        return refuse(r,
                      OD_SAY("“{1}” follows the amount, so it must be whole yuan, not “{2}”",
                             "金额后面写着“{1}”，只能填整元，现在是“{2}”"),
                      r->type->unit, quote(r));
    return finish_number(r);
}

// ---- dates and times ---------------------------------------------------------------------------

// A part of a date: what it may end in, and its bounds.
typedef struct part_rule {
    const char *ends[3];
    int64_t min, max;
    od_text expected;
} part_rule;

static bool read_date_part(reader *r, const part_rule *rule) {
    const bool had_end = drop_any_end(r, rule->ends);
    int64_t number;
    size_t size;
    bool digits;
    r->datum->unit_dropped = had_end && r->type->unit.size;
    // Years are written digit by digit: 二〇二二, 一九九七.
    if (od_numeral_read(r->text, &number, &size, &digits) && size == r->text.size)
        r->datum->number = (od_decimal){number, 0};
    else if (!read_whole(r, rule->expected))
        return false;
    if (r->datum->number.digits < rule->min || r->datum->number.digits > rule->max)
        return refuse(r, rule->expected, quote(r));
    return finish_number(r);
}

static bool read_year(reader *r) {
    static const part_rule RULE = {
        {"年度", "年", NULL},
        1000,
        9999,
        {"a year of four digits is needed, such as 2022, not “{1}”",
         "要填四位数的年份，如2022，现在是“{1}”"}};
    return read_date_part(r, &RULE);
}

static bool read_month(reader *r) {
    static const part_rule RULE = {
        {"月份", "月", NULL},
        1,
        12,
        {"a month is needed, 1 to 12, not “{1}”", "要填月份，1到12，现在是“{1}”"}};
    return read_date_part(r, &RULE);
}

static bool read_day(reader *r) {
    static const part_rule RULE = {
        {"日", "号", NULL},
        1,
        31,
        {"a day of the month is needed, 1 to 31, not “{1}”", "要填日期中的日，1到31，现在是“{1}”"}};
    return read_date_part(r, &RULE);
}

static bool refuse_day(const reader *r) {
    const od_date date = r->datum->date;
    if (date.year < 1 || date.month < 1 || date.month > 12)
        return refuse(r, OD_SAY("there is no such month: “{1}”", "没有这个月份：“{1}”"), quote(r));
    const od_slice month = od_arena_number(r->arena, (size_t)date.month),
                   days = od_arena_number(
                       r->arena, (size_t)od_date_month_days(date.year, date.month));
    return refuse(r,
                  OD_SAY("there is no such day: “{1}”; month {2} of that year has {3} days",
                         "没有这一天：“{1}”，当年{2}月只有{3}天"),
                  quote(r), month, days);
}

static bool read_date(reader *r) {
    switch (od_date_read(r->text, &r->datum->date)) {
    case OD_DATE_OK:
        r->datum->text = od_date_write(r->arena, r->datum->date, OD_SLICE("YYYY-MM-DD"));
        return true;
    case OD_DATE_NO_SUCH_DAY: return refuse_day(r);
    case OD_DATE_INCOMPLETE:
        return refuse(r,
                      OD_SAY("a whole date is needed, with its day, such as 2022-02-18, not “{1}”",
                             "日期要写全年月日，如2022年2月18日，现在是“{1}”"),
                      quote(r));
    case OD_DATE_SHORT_YEAR:
        return refuse(r, OD_SAY("the year needs four digits: “{1}”", "年份要写四位数：“{1}”"),
                      quote(r));
    case OD_DATE_WITH_TIME:
        return refuse(r, OD_SAY("a date alone is needed, without a time: “{1}”",
                                "只写日期，不要带时间：“{1}”"),
                      quote(r));
    case OD_DATE_NONE: break;
    }
    return refuse(r, OD_SAY("a date is needed, such as 2022-02-18, not “{1}”",
                            "要填日期，如2022年2月18日，现在是“{1}”"),
                  quote(r));
}

static bool read_time(reader *r) {
    if (!od_time_read(r->text, &r->datum->number.digits))
        return refuse(r, OD_SAY("a time of day is needed, such as 9:30, not “{1}”",
                                "要填时间，如9:30，现在是“{1}”"),
                      quote(r));
    r->datum->text = od_time_write(r->arena, r->datum->number.digits);
    return true;
}

static bool read_duration(reader *r) {
    if (!od_duration_read(r->text, &r->datum->number.digits))
        return refuse(r, OD_SAY("a length of time is needed, such as 2h 30m, not “{1}”",
                                "要填时长，如2小时30分，现在是“{1}”"),
                      quote(r));
    r->datum->text = r->raw;
    return true;
}

// ---- texts -------------------------------------------------------------------------------------

static bool check_length(const reader *r) {
    const size_t count = r->type->max_chars ? od_utf8_count(r->raw) : 0;
    if (count <= r->type->max_chars) return true;
    return refuse(r, OD_SAY("at most {1} characters, and there are {2}", "最多{1}个字，现在有{2}个"),
                  od_arena_number(r->arena, r->type->max_chars), od_arena_number(r->arena, count));
}

static bool check_forbidden(const reader *r) {
    for (size_t i = 0; i < r->type->forbid_count; i++) {
        const od_slice word = r->type->forbid[i];
        if (word.size && od_slice_find(r->raw, word, 0) != SIZE_MAX)
            return refuse(r, OD_SAY("leave “{1}” out: “{2}”", "不要写“{1}”：“{2}”"), word, quote(r));
    }
    return true;
}

static bool check_pattern(const reader *r) {
    if (!r->type->pattern) return true;
    const od_slice text = od_arena_copy(r->arena, r->raw); // closed by a NUL
    if (regexec(r->type->pattern, text.data, 0, NULL, 0) == 0) return true;
    return refuse(r, OD_SAY("“{1}” does not match the pattern “{2}”", "“{1}”不符合规定的写法“{2}”"),
                  quote(r), r->type->pattern_text);
}

static bool read_plain(reader *r) {
    r->datum->text = r->raw;
    return true;
}

static bool is_choice(const od_datum_type *type, od_slice text) {
    for (size_t i = 0; i < type->choice_count; i++)
        if (od_slice_equal(type->choices[i], text)) return true;
    return false;
}

static bool refuse_choice(const reader *r, od_slice text) {
    enum { SHOWN = 12 };
    const bool chinese = r->language == OD_CHINESE;
    const od_slice comma = chinese ? OD_SLICE("、") : OD_SLICE(", ");
    od_slice list = {0};
    for (size_t i = 0; i < r->type->choice_count && i < SHOWN; i++)
        list =
            i ? od_arena_concat(r->arena, list, comma, r->type->choices[i]) : r->type->choices[i];
    if (r->type->choice_count > SHOWN) list = od_arena_concat(r->arena, list, comma, OD_SLICE("…"));
    return refuse(r, OD_SAY("must be one of: {1}; it is “{2}”", "只能是以下之一：{1}；现在是“{2}”"), list,
                  text);
}

static bool read_enum(reader *r) {
    r->datum->text = r->raw;
    return is_choice(r->type, r->raw) || refuse_choice(r, quote(r));
}

// Returns the size of the mark between two items of a list at `at`, or 0.
size_t od_list_mark(od_slice text, size_t at) {
    static const char *const MARKS[] = {"、", "，", "；", ",", ";"};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (od_slice_starts(od_slice_from(text, at), od_slice_of(MARKS[i])))
            return strlen(MARKS[i]);
    return 0;
}

static bool check_item(const reader *r, od_slice item) {
    if (!item.size)
        return refuse(r, OD_SAY("an item of the list is empty: “{1}”", "列表里有一项是空的：“{1}”"),
                      quote(r));
    return !r->type->choice_count || is_choice(r->type, item) || refuse_choice(r, item);
}

// Takes the next item of a list off `*rest`, trimmed.
static od_slice next_item(od_slice *rest) {
    size_t size;
    for (size_t at = 0; at < rest->size; at += size) {
        size = od_list_mark(*rest, at);
        if (size) {
            const od_slice item = od_slice_cut(*rest, 0, at);
            *rest = od_slice_from(*rest, at + size);
            return trim(item);
        }
        od_utf8_read(*rest, at, &size);
    }
    const od_slice item = *rest;
    *rest = (od_slice){0};
    return trim(item);
}

static bool ends_in_mark(od_slice text) {
    size_t size;
    if (!text.size) return false;
    od_utf8_read_before(text, text.size, &size);
    return od_list_mark(text, text.size - size) > 0;
}

static bool read_list(reader *r) {
    r->datum->text = r->raw;
    for (od_slice rest = r->raw; rest.size;)
        if (!check_item(r, next_item(&rest))) return false;
    return !ends_in_mark(r->raw) || check_item(r, (od_slice){0});
}

const od_slice *od_datum_items(od_arena *arena, od_slice text, size_t *count) {
    OD_ARRAY(od_slice) items = {0};
    for (od_slice rest = text; rest.size;) *od_array_push(arena, &items) = next_item(&rest);
    *count = items.count;
    return items.items;
}

// ---- persons -----------------------------------------------------------------------------------

// Returns the title that a name carries, or NULL.
static const char *find_title(od_slice name) {
    static const char *const TITLES[] = {
        "同志",   "书记",   "主任", "局长", "处长",   "科长", "部长", "主席", "委员", "总经理",
        "经理",   "董事长", "先生", "女士", "老师",   "教授", "院长", "校长", "镇长", "县长",
        "市长",   "省长",   "乡长", "村长", "区长",   "组长", "队长", "会长", "秘书", "干事",
        "厅长",   "司长",   "站长", "所长", "馆长",   "主持", "党员", "工程师"};
    for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++) {
        const od_slice title = od_slice_of(TITLES[i]);
        if (name.size > title.size && (od_slice_ends(name, title) || od_slice_starts(name, title)))
            return TITLES[i];
    }
    return NULL;
}

static bool is_dot(uint32_t code) {
    return code == 0xB7 || code == 0x2022 || code == 0x2027 || code == 0x30FB;
}

// Counts the Han characters, dots and others of a name.
typedef struct letters {
    size_t han, dots, latin, others;
    bool edge_dot;
} letters;

static bool is_latin(uint32_t code) {
    return od_is_ascii_alpha(code) ||
           (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) ||
           (code >= 0x1E00 && code <= 0x1EFF);
}

static letters count_letters(od_slice name) {
    letters count = {0};
    size_t size;
    bool after_dot = true;
    for (size_t i = 0; i < name.size; i += size) {
        const uint32_t code = od_utf8_read(name, i, &size);
        if (od_is_han(code)) count.han++;
        else if (is_dot(code)) count.dots++;
        else if (is_latin(code)) count.latin++;
        else if (!strchr(" .'-", (char)code) || code > 0x7F) count.others += code != 0x2019;
        if (is_dot(code) && after_dot) count.edge_dot = true;
        after_dot = is_dot(code);
    }
    count.edge_dot = count.edge_dot || after_dot;
    return count;
}

// Clerks write 张　三 to make names line up.
static od_slice drop_spaces(od_arena *arena, od_slice name) {
    char *const out = od_arena_array(arena, char, name.size + 1);
    size_t count = 0, size;
    for (size_t i = 0; i < name.size; i += size) {
        if (od_is_space(od_utf8_read(name, i, &size))) continue;
        memcpy(out + count, name.data + i, size);
        count += size;
    }
    return (od_slice){out, count};
}

static bool read_person(reader *r) {
    enum { NAME_MAX_CHARS = 40 };
    const letters count = count_letters(r->raw);
    od_slice name = r->raw;
    if (count.han && !count.latin) name = drop_spaces(r->arena, name);
    const letters clean = count_letters(name);
    const char *const title = clean.han ? find_title(name) : NULL;
    if (title)
        return refuse(r, OD_SAY("a name alone is needed, without “{1}”: “{2}”",
                                "只写姓名，不要带“{1}”：“{2}”"),
                      od_slice_of(title), quote(r));
    const bool is_han = clean.han && !clean.latin && !clean.others && !clean.edge_dot &&
                        clean.han + clean.dots <= NAME_MAX_CHARS &&
                        od_utf8_count(name) == clean.han + clean.dots &&
                        (clean.dots ? clean.han >= 2 : clean.han >= 2 && clean.han <= 4);
    const bool is_foreign = clean.latin && !clean.han && !clean.others && !clean.dots &&
                            od_utf8_count(name) <= NAME_MAX_CHARS;
    if (!is_han && !is_foreign)
        return refuse(r, OD_SAY("the name of one person is needed, not “{1}”",
                                "要填一个人的姓名（两到四个字），现在是“{1}”"),
                      quote(r));
    r->datum->text = name;
    return true;
}

// ---- all ---------------------------------------------------------------------------------------

static bool (*const READERS[])(reader *r) = {
    [OD_TYPE_TEXT] = read_plain,       [OD_TYPE_INTEGER] = read_integer,
    [OD_TYPE_DECIMAL] = read_number,   [OD_TYPE_PERCENT] = read_percent,
    [OD_TYPE_MONEY] = read_money,      [OD_TYPE_AMOUNT_CN] = read_amount_cn,
    [OD_TYPE_YEAR] = read_year,        [OD_TYPE_MONTH] = read_month,
    [OD_TYPE_DAY] = read_day,          [OD_TYPE_DATE] = read_date,
    [OD_TYPE_TIME] = read_time,        [OD_TYPE_DURATION] = read_duration,
    [OD_TYPE_PERSON] = read_person,    [OD_TYPE_ORG] = read_plain,
    [OD_TYPE_ENUM] = read_enum,        [OD_TYPE_LIST] = read_list,
};

// A value becomes part of a line: it holds no line break, no control, and nothing that reorders
// text without being seen (S12).
static bool check_characters(const reader *r) {
    size_t size;
    for (size_t i = 0; i < r->raw.size; i += size) {
        const uint32_t code = od_utf8_read(r->raw, i, &size);
        if (code == '\n' || code == '\r' || code == 0x85 || code == 0x2028 || code == 0x2029)
            return refuse(r, OD_SAY("the value holds a line break; write it on one line",
                                    "值里有换行，请写在一行里"));
        if (code < 0x20 || (code >= 0x7F && code < 0xA0) || od_is_bidi_control(code))
            return refuse(r, OD_SAY("the value holds an invisible control character; delete it",
                                    "值里有看不见的控制字符，请删掉"));
        if (code == OD_NOT_UTF8)
            return refuse(r, OD_SAY("the value is not UTF-8", "值不是UTF-8编码"));
    }
    return true;
}

static bool check_size(const reader *r) {
    if (r->raw.size <= od_limit_value(VALUE_SIZE)) return true;
    return refuse(r, OD_SAY("the value is larger than {1} bytes (limit: value size)",
                            "值超过{1}字节（上限：值的大小）"),
                  od_arena_number(r->arena, od_limit_value(VALUE_SIZE)));
}

static bool refuse_empty(const reader *r) {
    return refuse(r, OD_SAY("the value is empty; to leave the blank on purpose write `null`",
                            "值是空的；确实要留空请写 null"));
}

bool od_datum_read(od_arena *arena, od_language language, const od_datum_type *type, od_slice text,
                   od_datum *datum, od_slice *why) {
    od_datum read = {.type = type->type};
    reader r = {.arena = arena,
                .language = language,
                .type = type,
                .raw = trim(text),
                .datum = &read,
                .why = why};
    if (!check_size(&r) || !check_characters(&r)) return false;
    if (!r.raw.size && !type->allow_empty) return refuse_empty(&r);
    if (r.raw.size) {
        r.text = make_half_width(arena, r.raw);
        if (!READERS[type->type](&r)) return false;
        if (!check_length(&r) || !check_forbidden(&r) || !check_pattern(&r)) return false;
    }
    *datum = read;
    return true;
}

bool od_datum_is_of_type(od_arena *arena, const od_datum_type *type, od_slice text) {
    const od_datum_type bare = {.type = type->type, .unit = type->unit};
    od_datum datum;
    od_slice why;
    return type->type == OD_TYPE_ENUM ||
           od_datum_read(arena, OD_ENGLISH, &bare, text, &datum, &why);
}

// ---- writing -----------------------------------------------------------------------------------

// Returns the digits after the point of `number` one by one in Chinese.
static od_slice write_fraction(od_arena *arena, od_decimal number) {
    const od_slice plain = od_decimal_write(arena, number);
    const size_t point = od_slice_find(plain, OD_SLICE("."), 0);
    od_slice out = OD_SLICE("点");
    for (size_t i = point + 1; i < plain.size; i++)
        out = od_arena_concat(arena, out, od_numeral_write_digits(arena, plain.data[i] - '0'));
    return out;
}

static od_slice write_in_words(od_arena *arena, od_decimal number,
                               od_slice (*write)(od_arena *, int64_t)) {
    int64_t power = 1;
    for (int i = 0; i < number.scale; i++) power *= 10;
    const od_slice whole = write(arena, number.digits / power);
    if (!number.scale) return whole;
    const bool negative_zero = number.digits < 0 && number.digits / power == 0;
    return od_arena_concat(arena, negative_zero ? OD_SLICE("负") : (od_slice){0}, whole,
                           write_fraction(arena, number));
}

static od_slice write_number(od_arena *arena, od_slice format, od_decimal number) {
    if (od_slice_is(format, ",")) return od_decimal_write_grouped(arena, number);
    if (od_slice_is(format, "cn")) return write_in_words(arena, number, od_numeral_write);
    if (od_slice_is(format, "cn_digit"))
        return write_in_words(arena, number, od_numeral_write_digits);
    if (od_slice_is(format, "cn_upper"))
        return write_in_words(arena, number, od_numeral_write_capital);
    return od_decimal_write(arena, number);
}

// Returns the year or, with `is_year` false, a month or day in the format of a date.
static od_slice write_date_number(od_arena *arena, od_slice format, int number, bool is_year) {
    const bool words = od_slice_is(format, "cn") || od_slice_is(format, "cn_digit");
    if (words)
        return is_year ? od_numeral_write_digits(arena, number) : od_numeral_write(arena, number);
    return od_arena_number(arena, (size_t)number);
}

static od_slice write_date(od_arena *arena, od_slice format, od_date date, od_part part) {
    switch (part) {
    case OD_PART_YEAR: return write_date_number(arena, format, date.year, true);
    case OD_PART_MONTH: return write_date_number(arena, format, date.month, false);
    case OD_PART_DAY: return write_date_number(arena, format, date.day, false);
    case OD_WHOLE: break;
    }
    if (od_slice_is(format, "cn") || od_slice_is(format, "cn_digit"))
        return od_arena_concat(arena, write_date_number(arena, format, date.year, true),
                               OD_SLICE("年"),
                               write_date_number(arena, format, date.month, false),
                               OD_SLICE("月"), write_date_number(arena, format, date.day, false),
                               OD_SLICE("日"));
    return od_date_write(arena, date, format.size ? format : OD_SLICE("YYYY-MM-DD"));
}

// An amount in capitals, without what the text prints after it: 壹仟贰佰 before 元整.
static od_slice write_amount(od_arena *arena, const od_datum_type *type, od_decimal number) {
    if (type->format.size) return write_number(arena, type->format, number);
    od_slice text = write_capitals(arena, number);
    if (type->unit.size && od_slice_ends(text, type->unit)) text.size -= type->unit.size;
    else if (od_slice_is(type->unit, "元") && od_slice_ends(text, OD_SLICE("元整")))
        text.size -= strlen("元整");
    return text;
}

od_slice od_datum_write(od_arena *arena, const od_datum_type *type, const od_datum *datum,
                        od_part part) {
    if (!datum->text.size) return (od_slice){0}; // left empty, as the type allows
    switch (datum->type) {
    case OD_TYPE_INTEGER:
    case OD_TYPE_DECIMAL:
    case OD_TYPE_PERCENT:
    case OD_TYPE_MONEY: return write_number(arena, type->format, datum->number);
    case OD_TYPE_AMOUNT_CN: return write_amount(arena, type, datum->number);
    case OD_TYPE_YEAR: {
        const bool words = od_slice_is(type->format, "cn");
        return write_number(arena, words ? OD_SLICE("cn_digit") : type->format, datum->number);
    }
    case OD_TYPE_MONTH:
    case OD_TYPE_DAY: {
        const bool words = od_slice_is(type->format, "cn_digit");
        return write_number(arena, words ? OD_SLICE("cn") : type->format, datum->number);
    }
    case OD_TYPE_DATE: return write_date(arena, type->format, datum->date, part);
    default: return datum->text;
    }
}

// ---- comparing ---------------------------------------------------------------------------------

static bool is_number(od_field_type type) {
    return (type >= OD_TYPE_INTEGER && type <= OD_TYPE_DAY) || type == OD_TYPE_TIME ||
           type == OD_TYPE_DURATION;
}

static bool lists_equal(od_slice a, od_slice b) {
    while (a.size && b.size)
        if (!od_slice_equal(next_item(&a), next_item(&b))) return false;
    return !a.size && !b.size;
}

bool od_datum_equal(const od_datum *a, const od_datum *b) {
    const bool empty = !a->text.size || !b->text.size;
    if (empty || a->type != b->type) return od_slice_equal(a->text, b->text);
    if (is_number(a->type)) return od_decimal_compare(a->number, b->number) == 0;
    if (a->type == OD_TYPE_LIST) return lists_equal(a->text, b->text);
    return od_slice_equal(a->text, b->text);
}

// ---- plain forms -------------------------------------------------------------------------------

static bool has_han(od_slice text) {
    size_t size;
    for (size_t i = 0; i < text.size; i += size)
        if (od_is_han(od_utf8_read(text, i, &size))) return true;
    return false;
}

od_slice od_datum_plain(od_arena *arena, const od_datum *datum) {
    if (datum->type != OD_TYPE_DURATION || !datum->text.size) return datum->text;
    return od_duration_write(arena, datum->number.digits, has_han(datum->text));
}

bool od_field_type_is_number(od_field_type type) {
    return type >= OD_TYPE_INTEGER && type <= OD_TYPE_DAY;
}

bool od_field_type_is_text(od_field_type type) {
    return type == OD_TYPE_TEXT || type == OD_TYPE_PERSON || type == OD_TYPE_ORG ||
           type == OD_TYPE_ENUM || type == OD_TYPE_LIST;
}
