// Data: every type in every notation, what is refused and why, and how values are written.
#include "base/limits.h"
#include "data/datum.h"
#include "data/moment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *show(od_slice text) {
    return text.data ? text.data : "";
}

// ---- values that read --------------------------------------------------------------------------

typedef struct reading {
    od_field_type type;
    const char *unit, *text, *expected; // in canonical plain form
    bool unit_dropped;
} reading;

static bool reads(const reading *c) {
    od_arena arena = {0};
    const od_datum_type type = {.type = c->type, .unit = od_slice_of(c->unit)};
    od_datum datum = {0};
    od_slice why = {0};
    const bool read = od_datum_read(&arena, OD_ENGLISH, &type, od_slice_of(c->text), &datum, &why);
    const bool right = read && od_slice_is(datum.text, c->expected) &&
                       datum.unit_dropped == c->unit_dropped && datum.type == c->type;
    if (!right)
        print_error("%s: %.*s, not %s (%s)\n", c->text, (int)datum.text.size, show(datum.text),
                    c->expected, show(why));
    od_arena_free(&arena);
    return right;
}

static void assert_all_read(const reading *cases, size_t count) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) wrong += !reads(&cases[i]);
    assert_int_equal(wrong, 0);
}

static void test_numbers(void **state) {
    (void)state;
    static const reading CASES[] = {
        {OD_TYPE_INTEGER, "", "12", "12", false},
        {OD_TYPE_INTEGER, "", " 12　", "12", false},
        {OD_TYPE_INTEGER, "", "１２", "12", false},
        {OD_TYPE_INTEGER, "", "12.0", "12", false},
        {OD_TYPE_INTEGER, "", "010", "10", false},
        {OD_TYPE_INTEGER, "", "0", "0", false},
        {OD_TYPE_INTEGER, "", "-3", "-3", false},
        {OD_TYPE_INTEGER, "", "+3", "3", false},
        {OD_TYPE_INTEGER, "", "12,500", "12500", false},
        {OD_TYPE_INTEGER, "", "1,234,567", "1234567", false},
        {OD_TYPE_INTEGER, "", "12 500", "12500", false},
        {OD_TYPE_INTEGER, "", "12\xE2\x80\x89" "500", "12500", false},
        {OD_TYPE_INTEGER, "", "3.5亿", "350000000", false},
        {OD_TYPE_INTEGER, "", "12万", "120000", false},
        {OD_TYPE_INTEGER, "", "1.2万亿", "1200000000000", false},
        {OD_TYPE_INTEGER, "", "十二", "12", false},
        {OD_TYPE_INTEGER, "", "三千零五十二", "3052", false},
        {OD_TYPE_INTEGER, "", "一百零五", "105", false},
        {OD_TYPE_INTEGER, "", "一〇五", "105", false},
        {OD_TYPE_INTEGER, "", "两", "2", false},
        {OD_TYPE_INTEGER, "", "负三", "-3", false},
        {OD_TYPE_INTEGER, "", "壹仟贰佰", "1200", false},
        {OD_TYPE_INTEGER, "篇", "12篇", "12", true},
        {OD_TYPE_INTEGER, "篇", "12 篇", "12", true},
        {OD_TYPE_INTEGER, "篇", "十二篇", "12", true},
        {OD_TYPE_INTEGER, "篇", "12", "12", false},
        {OD_TYPE_INTEGER, "人次", "１２００人次", "1200", true},
        {OD_TYPE_INTEGER, "元", "12万元", "120000", true},
        {OD_TYPE_INTEGER, "", "999999999999999999", "999999999999999999", false},
        {OD_TYPE_DECIMAL, "", "12.50", "12.50", false},
        {OD_TYPE_DECIMAL, "", ".46", "0.46", false},
        {OD_TYPE_DECIMAL, "", "-0.5", "-0.5", false},
        {OD_TYPE_DECIMAL, "", "三点五", "3.5", false},
        {OD_TYPE_DECIMAL, "", "十二点零五", "12.05", false},
        {OD_TYPE_DECIMAL, "", "1.250万", "12500", false},
        {OD_TYPE_DECIMAL, "万元", "12.5万元", "12.5", true},
        {OD_TYPE_DECIMAL, "万元", "12.5万", "12.5", true},
        {OD_TYPE_DECIMAL, "公里", "3.5公里", "3.5", true},
        {OD_TYPE_DECIMAL, "", "0.123456789", "0.123456789", false},
        {OD_TYPE_DECIMAL, "", "1.0000000000000", "1.000000000", false},
        {OD_TYPE_PERCENT, "", "15%", "15", false},
        {OD_TYPE_PERCENT, "", "１５．５％", "15.5", false},
        {OD_TYPE_PERCENT, "%", "15%", "15", true},
        {OD_TYPE_PERCENT, "％", "15%", "15", true},
        {OD_TYPE_PERCENT, "", "15", "15", false},
        {OD_TYPE_PERCENT, "", "百分之十五", "15", false},
        {OD_TYPE_PERCENT, "", "百分之三点五", "3.5", false},
        {OD_TYPE_PERCENT, "", "百分之一百", "100", false},
        {OD_TYPE_MONEY, "", "12,500.50元", "12500.50", false},
        {OD_TYPE_MONEY, "元", "12500元", "12500", true},
        {OD_TYPE_MONEY, "", "¥12,500", "12500", false},
        {OD_TYPE_MONEY, "", "人民币3.5亿元", "350000000", false},
        {OD_TYPE_MONEY, "万元", "12万元", "12", true},
        {OD_TYPE_AMOUNT_CN, "", "壹仟贰佰元整", "1200", false},
        {OD_TYPE_AMOUNT_CN, "", "人民币壹仟贰佰元整", "1200", false},
        {OD_TYPE_AMOUNT_CN, "", "壹仟贰佰圆伍角整", "1200.50", false},
        {OD_TYPE_AMOUNT_CN, "", "壹仟贰佰元零伍分", "1200.05", false},
        {OD_TYPE_AMOUNT_CN, "", "伍角", "0.50", false},
        {OD_TYPE_AMOUNT_CN, "", "1,200.50", "1200.50", false},
        {OD_TYPE_AMOUNT_CN, "", "1200元", "1200", false},
        {OD_TYPE_AMOUNT_CN, "", "壹万贰仟", "12000", false},
        {OD_TYPE_AMOUNT_CN, "", "3.5万元", "35000", false},
    };
    assert_all_read(CASES, COUNT(CASES));
}

static void test_dates(void **state) {
    (void)state;
    static const reading CASES[] = {
        {OD_TYPE_YEAR, "", "2022", "2022", false},
        {OD_TYPE_YEAR, "", "2022年", "2022", false},
        {OD_TYPE_YEAR, "年", "2022年", "2022", true},
        {OD_TYPE_YEAR, "", "2022年度", "2022", false},
        {OD_TYPE_YEAR, "", "２０２２", "2022", false},
        {OD_TYPE_YEAR, "", "二〇二二", "2022", false},
        {OD_TYPE_YEAR, "", "二〇二二年", "2022", false},
        {OD_TYPE_YEAR, "", "二零二二年", "2022", false},
        {OD_TYPE_YEAR, "", "一九九七", "1997", false},
        {OD_TYPE_MONTH, "", "2", "2", false},
        {OD_TYPE_MONTH, "", "02", "2", false},
        {OD_TYPE_MONTH, "", "2月份", "2", false},
        {OD_TYPE_MONTH, "月", "十二月", "12", true},
        {OD_TYPE_DAY, "", "18", "18", false},
        {OD_TYPE_DAY, "", "08日", "8", false},
        {OD_TYPE_DAY, "", "18号", "18", false},
        {OD_TYPE_DAY, "日", "三十一日", "31", true},
        {OD_TYPE_DATE, "", "2022-02-18", "2022-02-18", false},
        {OD_TYPE_DATE, "", "2022/2/8", "2022-02-08", false},
        {OD_TYPE_DATE, "", "2022.2.8", "2022-02-08", false},
        {OD_TYPE_DATE, "", "２０２２－０２－１８", "2022-02-18", false},
        {OD_TYPE_DATE, "", "2022年2月18日", "2022-02-18", false},
        {OD_TYPE_DATE, "", "2022 年 2 月 18 日", "2022-02-18", false},
        {OD_TYPE_DATE, "", "2022年02月08日", "2022-02-08", false},
        {OD_TYPE_DATE, "", "二〇二二年二月十八日", "2022-02-18", false},
        {OD_TYPE_DATE, "", "44600", "2022-02-08", false},
        {OD_TYPE_DATE, "", "36526", "2000-01-01", false},
        {OD_TYPE_DATE, "", "20220218", "2022-02-18", false},
        {OD_TYPE_DATE, "", "2022-02-18 00:00:00", "2022-02-18", false},
        {OD_TYPE_DATE, "", "2022/2/18 0:00", "2022-02-18", false},
        {OD_TYPE_DATE, "", "2022-02-18T00:00:00Z", "2022-02-18", false},
        {OD_TYPE_DATE, "", "2024-02-29", "2024-02-29", false},
        {OD_TYPE_DATE, "", "2000-02-29", "2000-02-29", false},
        {OD_TYPE_TIME, "", "9:30", "9:30", false},
        {OD_TYPE_TIME, "", "09：30", "9:30", false},
        {OD_TYPE_TIME, "", "9时30分", "9:30", false},
        {OD_TYPE_TIME, "", "上午9时", "9:00", false},
        {OD_TYPE_TIME, "", "下午3时30分", "15:30", false},
        {OD_TYPE_TIME, "", "下午3点半", "15:30", false},
        {OD_TYPE_TIME, "", "下午三点", "15:00", false},
        {OD_TYPE_TIME, "", "上午 9:30", "9:30", false},
        {OD_TYPE_TIME, "", "中午12时", "12:00", false},
        {OD_TYPE_TIME, "", "晚上7点", "19:00", false},
        {OD_TYPE_TIME, "", "凌晨12时", "0:00", false},
        {OD_TYPE_TIME, "", "3:30 pm", "15:30", false},
        {OD_TYPE_TIME, "", "12:05 a.m.", "0:05", false},
        {OD_TYPE_TIME, "", "9 AM", "9:00", false},
        {OD_TYPE_TIME, "", "14:03:22", "14:03:22", false},
        {OD_TYPE_TIME, "", "24:00", "24:00", false},
        {OD_TYPE_DURATION, "", "2小时30分", "2小时30分", false},
        {OD_TYPE_DURATION, "", "一个半小时", "一个半小时", false},
        {OD_TYPE_DURATION, "", "1h 30m", "1h 30m", false},
    };
    assert_all_read(CASES, COUNT(CASES));
}

static void test_durations(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } CASES[] = {
        {"2小时30分", 9000},  {"2小时30分钟", 9000}, {"90分钟", 5400},     {"一个半小时", 5400},
        {"半天", 43200},      {"两个半小时", 9000},  {"1.5小时", 5400},    {"3天", 259200},
        {"1天2小时", 93600},  {"1h 30m", 5400},      {"90 min", 5400},     {"1 hour, 5 minutes", 3900},
        {"45s", 45},          {"2 weeks", 1209600},  {"三十秒", 30},       {"0.5 d", 43200},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t seconds = -1;
        const bool read = od_duration_read(od_slice_of(CASES[i].text), &seconds);
        if (!read || seconds != CASES[i].seconds)
            print_error("%s: %lld\n", CASES[i].text, (long long)seconds);
        assert_true(read && seconds == CASES[i].seconds);
    }
    static const char *const OTHERS[] = {"", "2", "2小时30", "小时", "30分2小时", "2小时3小时", "很久",
                                         "个半小时", "0.0001秒", "1个月", "99999999999999999周"};
    for (size_t i = 0; i < COUNT(OTHERS); i++) {
        int64_t seconds;
        if (od_duration_read(od_slice_of(OTHERS[i]), &seconds)) print_error("other %zu\n", i);
        assert_false(od_duration_read(od_slice_of(OTHERS[i]), &seconds));
    }
}

static void test_texts(void **state) {
    (void)state;
    static const reading CASES[] = {
        {OD_TYPE_TEXT, "", " 第三　", "第三", false},
        {OD_TYPE_TEXT, "", "ＡＢ，１２", "ＡＢ，１２", false},
        {OD_TYPE_TEXT, "", "a  b", "a  b", false},
        {OD_TYPE_TEXT, "篇", "12篇", "12篇", false},
        {OD_TYPE_ORG, "", "城关镇党委", "城关镇党委", false},
        {OD_TYPE_PERSON, "", "张三", "张三", false},
        {OD_TYPE_PERSON, "", "张　三", "张三", false},
        {OD_TYPE_PERSON, "", "欧阳修远", "欧阳修远", false},
        {OD_TYPE_PERSON, "", "买买提·艾力", "买买提·艾力", false},
        {OD_TYPE_PERSON, "", "Ada Lovelace", "Ada Lovelace", false},
        {OD_TYPE_PERSON, "", "Jean-Luc O'Neill Jr.", "Jean-Luc O'Neill Jr.", false},
        {OD_TYPE_PERSON, "", "José Nuñez", "José Nuñez", false},
        {OD_TYPE_LIST, "", "张三、李四", "张三、李四", false},
        {OD_TYPE_LIST, "", "Ann, Bob", "Ann, Bob", false},
    };
    assert_all_read(CASES, COUNT(CASES));
}

// ---- values that do not ------------------------------------------------------------------------

typedef struct refusal {
    od_field_type type;
    const char *unit, *text;
    const char *en, *zh; // parts of the reasons
} refusal;

static bool is_refused(const od_datum_type *type, const refusal *c, od_language language) {
    od_arena arena = {0};
    od_datum datum = {.text = OD_SLICE("untouched")};
    od_slice why = {0};
    const bool read = od_datum_read(&arena, language, type, od_slice_of(c->text), &datum, &why);
    const char *const part = language == OD_CHINESE ? c->zh : c->en;
    const bool right = !read && why.size && strstr(why.data, part);
    if (!right)
        print_error("%s: %s %.*s\n", c->text, show(why), read ? (int)datum.text.size : 0,
                    show(datum.text));
    if (!read) assert_true(od_slice_is(datum.text, "untouched"));
    od_arena_free(&arena);
    return right;
}

static size_t count_wrong(od_datum_type type, const refusal *c) {
    type.type = c->type;
    if (*c->unit) type.unit = od_slice_of(c->unit);
    return (size_t)!is_refused(&type, c, OD_ENGLISH) + !is_refused(&type, c, OD_CHINESE);
}

static void test_refusals(void **state) {
    (void)state;
    static const refusal CASES[] = {
        {OD_TYPE_INTEGER, "", "九十多", "a whole number is needed, not “九十多”", "要填整数，现在是“九十多”"},
        {OD_TYPE_INTEGER, "", "约20", "whole number", "要填整数，现在是“约20”"},
        {OD_TYPE_INTEGER, "", "一律", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "“七一”", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "十九届", "without “届”", "不要带“届”"},
        {OD_TYPE_INTEGER, "", "三五", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "十几", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "二三十", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "4千", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "1百零8", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "三千五", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "12.5", "whole number", "要填整数，现在是“12.5”"},
        {OD_TYPE_INTEGER, "", "12.", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "1,23", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "3，120", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "1 2", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "1e3", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "0x1F", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "--3", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "9～16", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "第三", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "无", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "12篇", "without “篇”", "不要带“篇”"},
        {OD_TYPE_INTEGER, "条", "12篇", "the unit is “条”, and the value is “12篇”", "单位应是“条”，现在是“12篇”"},
        {OD_TYPE_INTEGER, "人", "30人次", "the unit is “人”", "单位应是“人”"},
        {OD_TYPE_INTEGER, "篇", "篇", "whole number", "要填整数"},
        {OD_TYPE_INTEGER, "", "1000000000000000000", "more than 18 digits", "超过18位"},
        {OD_TYPE_INTEGER, "", "99999999999999999999999999", "more than 18 digits", "超过18位"},
        {OD_TYPE_INTEGER, "", "999999999999万亿", "more than 18 digits", "超过18位"},
        {OD_TYPE_DECIMAL, "", "0.1234567891", "more than 9 decimals", "小数超过9位"},
        {OD_TYPE_DECIMAL, "", "1.2.3", "a number is needed", "要填数字"},
        {OD_TYPE_PERCENT, "", "15个", "without “个”", "不要带“个”"},
        {OD_TYPE_PERCENT, "", "一成半", "percentage", "百分数"},
        {OD_TYPE_MONEY, "万元", "12亿元", "the unit is “万元”", "单位应是“万元”"},
        {OD_TYPE_MONEY, "", "若干", "amount of money", "要填金额"},
        {OD_TYPE_AMOUNT_CN, "", "壹仟贰佰块", "without “块”", "不要带“块”"},
        {OD_TYPE_AMOUNT_CN, "", "整", "amount of money", "要填金额"},
        {OD_TYPE_AMOUNT_CN, "", "1.005", "amount of money", "要填金额"},
        {OD_TYPE_YEAR, "", "22", "four digits", "四位数"},
        {OD_TYPE_YEAR, "", "22年", "four digits", "四位数"},
        {OD_TYPE_YEAR, "", "去年", "four digits", "四位数"},
        {OD_TYPE_YEAR, "", "20222", "four digits", "四位数"},
        {OD_TYPE_MONTH, "", "13", "1 to 12", "1到12"},
        {OD_TYPE_MONTH, "", "0", "1 to 12", "1到12"},
        {OD_TYPE_MONTH, "", "2.5", "1 to 12", "1到12"},
        {OD_TYPE_DAY, "", "32", "1 to 31", "1到31"},
        {OD_TYPE_DAY, "", "上旬", "1 to 31", "1到31"},
        {OD_TYPE_DATE, "", "2022-02-30", "month 2 of that year has 28 days", "当年2月只有28天"},
        {OD_TYPE_DATE, "", "2022年2月29日", "28 days", "28天"},
        {OD_TYPE_DATE, "", "1900-02-29", "28 days", "28天"},
        {OD_TYPE_DATE, "", "2022-13-01", "no such month", "没有这个月份"},
        {OD_TYPE_DATE, "", "2022-00-01", "no such month", "没有这个月份"},
        {OD_TYPE_DATE, "", "2022-04-00", "no such day", "没有这一天"},
        {OD_TYPE_DATE, "", "2022-02", "with its day", "全年月日"},
        {OD_TYPE_DATE, "", "2022年2月", "with its day", "全年月日"},
        {OD_TYPE_DATE, "", "2022年", "with its day", "全年月日"},
        {OD_TYPE_DATE, "", "22-02-18", "four digits", "四位数"},
        {OD_TYPE_DATE, "", "2-18", "with its day", "全年月日"},
        {OD_TYPE_DATE, "", "2022-02-18 09:30", "without a time", "不要带时间"},
        {OD_TYPE_DATE, "", "2022-02-18日", "a date is needed", "要填日期"},
        {OD_TYPE_DATE, "", "2022-02/18", "a date is needed", "要填日期"},
        {OD_TYPE_DATE, "", "2022年2 18日", "a date is needed", "要填日期"},
        {OD_TYPE_DATE, "", "二月十八日", "a date is needed", "要填日期"},
        {OD_TYPE_DATE, "", "446000", "a date is needed", "要填日期"},
        {OD_TYPE_DATE, "", "昨天", "a date is needed", "要填日期"},
        {OD_TYPE_TIME, "", "9", "time of day", "要填时间"},
        {OD_TYPE_TIME, "", "25:00", "time of day", "要填时间"},
        {OD_TYPE_TIME, "", "9:60", "time of day", "要填时间"},
        {OD_TYPE_TIME, "", "9:5", "time of day", "要填时间"},
        {OD_TYPE_TIME, "", "24:30", "time of day", "要填时间"},
        {OD_TYPE_TIME, "", "上午15时", "time of day", "要填时间"},
        {OD_TYPE_TIME, "", "上午", "time of day", "要填时间"},
        {OD_TYPE_DURATION, "", "2小时30", "length of time", "要填时长"},
        {OD_TYPE_PERSON, "", "张三同志", "without “同志”", "不要带“同志”"},
        {OD_TYPE_PERSON, "", "李书记", "without “书记”", "不要带“书记”"},
        {OD_TYPE_PERSON, "", "书记张三", "without “书记”", "不要带“书记”"},
        {OD_TYPE_PERSON, "", "张三、李四", "one person", "一个人的姓名"},
        {OD_TYPE_PERSON, "", "张", "one person", "一个人的姓名"},
        {OD_TYPE_PERSON, "", "城关镇党委", "one person", "一个人的姓名"},
        {OD_TYPE_PERSON, "", "张3", "one person", "一个人的姓名"},
        {OD_TYPE_PERSON, "", "·张三", "one person", "一个人的姓名"},
        {OD_TYPE_LIST, "", "张三、、李四", "is empty", "有一项是空的"},
        {OD_TYPE_LIST, "", "张三、", "is empty", "有一项是空的"},
        {OD_TYPE_TEXT, "", "", "the value is empty", "值是空的"},
        {OD_TYPE_TEXT, "", " 　", "the value is empty", "值是空的"},
        {OD_TYPE_INTEGER, "", "", "the value is empty", "值是空的"},
        {OD_TYPE_TEXT, "", "一行\n二行", "line break", "换行"},
        {OD_TYPE_TEXT, "", "一行\r二行", "line break", "换行"},
        {OD_TYPE_TEXT, "", "一\xE2\x80\xA8二", "line break", "换行"},
        {OD_TYPE_TEXT, "", "一\xC2\x85二", "line break", "换行"},
        {OD_TYPE_TEXT, "", "一\t二", "control character", "控制字符"},
        {OD_TYPE_TEXT, "", "一\x1B[2J二", "control character", "控制字符"},
        {OD_TYPE_TEXT, "", "一\x7F", "control character", "控制字符"},
        {OD_TYPE_TEXT, "", "一\xE2\x80\xAE二", "control character", "控制字符"},
        {OD_TYPE_TEXT, "", "\xB5\xDA", "not UTF-8", "不是UTF-8"},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(CASES); i++) wrong += count_wrong((od_datum_type){0}, &CASES[i]);
    assert_int_equal(wrong, 0);
}

static void test_bounds(void **state) {
    (void)state;
    static const od_slice FORBID[] = {{"支部", sizeof "支部" - 1}};
    static const od_slice CHOICES[] = {{"draft", 5}, {"final", 5}};
    const od_datum_type bounded = {.has_min = true, .min = {1, 0}, .has_max = true, .max = {995, 1}};
    const od_datum_type named = {.max_chars = 4, .forbid = FORBID, .forbid_count = 1};
    const od_datum_type chosen = {.choices = CHOICES, .choice_count = 2};
    regex_t regex;
    assert_int_equal(regcomp(&regex, "^[A-Z]+-[0-9]+$", REG_EXTENDED | REG_NOSUB), 0);
    const od_datum_type matched = {.pattern = &regex, .pattern_text = OD_SLICE("^[A-Z]+-[0-9]+$")};
    static const refusal CASES[] = {
        {OD_TYPE_INTEGER, "", "0", "must be at least 1", "不能小于1，现在是“0”"},
        {OD_TYPE_INTEGER, "", "100", "must be at most 99.5", "不能大于99.5"},
        {OD_TYPE_DECIMAL, "", "99.51", "must be at most 99.5", "不能大于99.5"},
        {OD_TYPE_TEXT, "", "一二三四五", "at most 4 characters, and there are 5", "最多4个字，现在有5个"},
        {OD_TYPE_TEXT, "", "三支部", "leave “支部” out: “三支部”", "不要写“支部”"},
        {OD_TYPE_ENUM, "", "done", "must be one of: draft, final; it is “done”", "只能是以下之一：draft、final"},
        {OD_TYPE_LIST, "", "draft, done", "must be one of: draft, final; it is “done”", "现在是“done”"},
        {OD_TYPE_TEXT, "", "A-1x", "does not match the pattern “^[A-Z]+-[0-9]+$”", "不符合规定的写法"},
    };
    const od_datum_type *const types[] = {&bounded, &bounded, &bounded, &named,
                                          &named,   &chosen,  &chosen,  &matched};
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(CASES); i++) wrong += count_wrong(*types[i], &CASES[i]);
    assert_int_equal(wrong, 0);
    od_arena arena = {0};
    od_datum datum;
    od_slice why;
    od_datum_type type = bounded;
    type.type = OD_TYPE_DECIMAL;
    assert_true(od_datum_read(&arena, OD_ENGLISH, &type, OD_SLICE("99.50"), &datum, &why));
    assert_true(od_datum_read(&arena, OD_ENGLISH, &type, OD_SLICE("1"), &datum, &why));
    type = matched;
    assert_true(od_datum_read(&arena, OD_ENGLISH, &type, OD_SLICE("AB-12"), &datum, &why));
    type = (od_datum_type){.type = OD_TYPE_INTEGER, .allow_empty = true};
    assert_true(od_datum_read(&arena, OD_ENGLISH, &type, OD_SLICE(" "), &datum, &why));
    assert_int_equal(datum.text.size, 0);
    assert_int_equal(od_datum_write(&arena, &type, &datum, OD_WHOLE).size, 0);
    regfree(&regex);
    od_arena_free(&arena);
}

static void test_size(void **state) {
    (void)state;
    const size_t limit = od_limit_value(VALUE_SIZE);
    char *const text = malloc(limit + 1);
    memset(text, 'a', limit + 1);
    od_arena arena = {0};
    const od_datum_type type = {0};
    od_datum datum;
    od_slice why;
    assert_true(od_datum_read(&arena, OD_ENGLISH, &type, (od_slice){text, limit}, &datum, &why));
    assert_false(od_datum_read(&arena, OD_ENGLISH, &type, (od_slice){text, limit + 1}, &datum, &why));
    assert_non_null(strstr(why.data, "larger than 65536 bytes (limit: value size)"));
    // A reason quotes the beginning of a long value.
    const od_datum_type integer = {.type = OD_TYPE_INTEGER};
    assert_false(od_datum_read(&arena, OD_ENGLISH, &integer, (od_slice){text, limit}, &datum, &why));
    assert_true(why.size < 200);
    od_arena_free(&arena);
    free(text);
}

// ---- writing -----------------------------------------------------------------------------------

static void test_write(void **state) {
    (void)state;
    static const struct {
        od_field_type type;
        const char *unit, *format, *text, *expected;
        od_part part;
    } CASES[] = {
        {OD_TYPE_INTEGER, "", "", "12,500", "12500", OD_WHOLE},
        {OD_TYPE_INTEGER, "", "#", "十二", "12", OD_WHOLE},
        {OD_TYPE_INTEGER, "", ",", "1234567", "1,234,567", OD_WHOLE},
        {OD_TYPE_INTEGER, "", ",", "-1234", "-1,234", OD_WHOLE},
        {OD_TYPE_INTEGER, "", ",", "123", "123", OD_WHOLE},
        {OD_TYPE_INTEGER, "", "cn", "32", "三十二", OD_WHOLE},
        {OD_TYPE_INTEGER, "", "cn_digit", "2022", "二〇二二", OD_WHOLE},
        {OD_TYPE_INTEGER, "", "cn_upper", "32", "叁拾贰", OD_WHOLE},
        {OD_TYPE_INTEGER, "篇", "", "12篇", "12", OD_WHOLE},
        {OD_TYPE_DECIMAL, "", "", "12.50", "12.50", OD_WHOLE},
        {OD_TYPE_DECIMAL, "", ",", "12500.5", "12,500.5", OD_WHOLE},
        {OD_TYPE_DECIMAL, "", "cn", "3.05", "三点〇五", OD_WHOLE},
        {OD_TYPE_DECIMAL, "", "cn", "-0.5", "负零点五", OD_WHOLE},
        {OD_TYPE_PERCENT, "%", "", "15%", "15", OD_WHOLE},
        {OD_TYPE_MONEY, "元", ",", "12500元", "12,500", OD_WHOLE},
        {OD_TYPE_AMOUNT_CN, "", "", "1200", "壹仟贰佰元整", OD_WHOLE},
        {OD_TYPE_AMOUNT_CN, "", "", "1200.5", "壹仟贰佰元伍角整", OD_WHOLE},
        {OD_TYPE_AMOUNT_CN, "", "", "1200.05", "壹仟贰佰元零伍分", OD_WHOLE},
        {OD_TYPE_AMOUNT_CN, "", "", "0.56", "伍角陆分", OD_WHOLE},
        {OD_TYPE_AMOUNT_CN, "", "", "0", "零元整", OD_WHOLE},
        {OD_TYPE_AMOUNT_CN, "元整", "", "1200", "壹仟贰佰", OD_WHOLE},
        {OD_TYPE_AMOUNT_CN, "", "#", "壹仟贰佰元整", "1200", OD_WHOLE},
        {OD_TYPE_YEAR, "", "", "2022年", "2022", OD_WHOLE},
        {OD_TYPE_YEAR, "", "cn", "2022", "二〇二二", OD_WHOLE},
        {OD_TYPE_MONTH, "", "", "02", "2", OD_WHOLE},
        {OD_TYPE_MONTH, "", "cn", "12", "十二", OD_WHOLE},
        {OD_TYPE_DAY, "", "", "08", "8", OD_WHOLE},
        {OD_TYPE_DAY, "", "cn_digit", "18", "十八", OD_WHOLE},
        {OD_TYPE_DATE, "", "", "2022年2月8日", "2022-02-08", OD_WHOLE},
        {OD_TYPE_DATE, "", "", "2022-02-08", "2022", OD_PART_YEAR},
        {OD_TYPE_DATE, "", "", "2022-02-08", "2", OD_PART_MONTH},
        {OD_TYPE_DATE, "", "YYYY-MM-DD", "2022-02-08", "8", OD_PART_DAY},
        {OD_TYPE_DATE, "", "YYYY年M月D日", "2022-02-08", "2022年2月8日", OD_WHOLE},
        {OD_TYPE_DATE, "", "YYYY年MM月DD日", "2022-02-08", "2022年02月08日", OD_WHOLE},
        {OD_TYPE_DATE, "", "D.M.YYYY", "2022-12-08", "8.12.2022", OD_WHOLE},
        {OD_TYPE_DATE, "", "cn", "2022-02-18", "二〇二二年二月十八日", OD_WHOLE},
        {OD_TYPE_DATE, "", "cn", "2022-02-18", "二〇二二", OD_PART_YEAR},
        {OD_TYPE_DATE, "", "cn", "2022-12-18", "十二", OD_PART_MONTH},
        {OD_TYPE_DATE, "", "cn", "2022-02-18", "十八", OD_PART_DAY},
        {OD_TYPE_TIME, "", "", "下午3点半", "15:30", OD_WHOLE},
        {OD_TYPE_TEXT, "", "", " 第三 ", "第三", OD_WHOLE},
        {OD_TYPE_PERSON, "", "", "张　三", "张三", OD_WHOLE},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        od_arena arena = {0};
        const od_datum_type type = {.type = CASES[i].type,
                                    .unit = od_slice_of(CASES[i].unit),
                                    .format = od_slice_of(CASES[i].format)};
        od_datum datum;
        od_slice why;
        assert_true(od_datum_read(&arena, OD_ENGLISH, &type, od_slice_of(CASES[i].text), &datum, &why));
        const od_slice written = od_datum_write(&arena, &type, &datum, CASES[i].part);
        const bool right = od_slice_is(written, CASES[i].expected);
        if (!right)
            print_error("%s as %s: %.*s, not %s\n", CASES[i].text, CASES[i].format,
                        (int)written.size, show(written), CASES[i].expected);
        wrong += !right;
        od_arena_free(&arena);
    }
    assert_int_equal(wrong, 0);
}

static void test_equal(void **state) {
    (void)state;
    static const struct {
        od_field_type type;
        const char *a, *b;
        bool equal;
    } CASES[] = {
        {OD_TYPE_INTEGER, "12", "十二", true},          {OD_TYPE_INTEGER, "12", "13", false},
        {OD_TYPE_DECIMAL, "12.5", "12.50", true},       {OD_TYPE_DECIMAL, "12", "12.0", true},
        {OD_TYPE_MONEY, "1.25万元", "12,500", true},    {OD_TYPE_AMOUNT_CN, "1200", "壹仟贰佰元整", true},
        {OD_TYPE_DATE, "2022-02-18", "2022年2月18日", true},
        {OD_TYPE_DATE, "2022-02-18", "2022-02-19", false},
        {OD_TYPE_YEAR, "2022", "二〇二二年", true},     {OD_TYPE_TIME, "下午3时30分", "15:30", true},
        {OD_TYPE_DURATION, "90分钟", "一个半小时", true}, {OD_TYPE_DURATION, "90分钟", "1小时", false},
        {OD_TYPE_TEXT, "12", "十二", false},            {OD_TYPE_TEXT, "甲", " 甲 ", true},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        od_arena arena = {0};
        const od_datum_type type = {.type = CASES[i].type};
        od_datum a, b;
        od_slice why;
        assert_true(od_datum_read(&arena, OD_ENGLISH, &type, od_slice_of(CASES[i].a), &a, &why));
        assert_true(od_datum_read(&arena, OD_ENGLISH, &type, od_slice_of(CASES[i].b), &b, &why));
        assert_int_equal(od_datum_equal(&a, &b), CASES[i].equal);
        assert_int_equal(od_datum_equal(&b, &a), CASES[i].equal);
        od_arena_free(&arena);
    }
    assert_true(od_decimal_compare((od_decimal){INT64_MAX, 0}, (od_decimal){INT64_MAX, 9}) > 0);
    assert_true(od_decimal_compare((od_decimal){-1, 9}, (od_decimal){0, 0}) < 0);
    assert_int_equal(od_decimal_compare((od_decimal){10, 1}, (od_decimal){1, 0}), 0);
}

// Every day of four centuries is there, and no other.
static void test_calendar(void **state) {
    (void)state;
    size_t days = 0;
    for (int year = 1900; year < 2300; year++)
        for (int month = 0; month <= 13; month++)
            for (int day = 0; day <= 32; day++) days += od_date_exists((od_date){year, month, day});
    assert_int_equal(days, 146097);
    assert_false(od_date_exists((od_date){0, 1, 1}));
    assert_int_equal(od_date_days((od_date){1970, 1, 1}), 0);
    assert_int_equal(od_date_days((od_date){1, 1, 1}), -719162);
    assert_int_equal(od_date_days((od_date){2022, 2, 18}), 19041);
    for (int64_t day = -719162; day < 200000; day++) {
        const od_date date = od_date_of_days(day);
        assert_true(od_date_exists(date) && od_date_days(date) == day);
    }
    assert_false(od_date_exists((od_date){10000, 1, 1}));
}

// ---- words around a blank ----------------------------------------------------------------------

static void test_measure_words(void **state) {
    (void)state;
    static const struct {
        const char *text, *word;
    } CASES[] = {
        {"篇。", "篇"},       {"人次", "人次"},     {"人参加会议", "人"},  {"人民政府", ""},
        {"人员", ""},         {"个月", "个月"},     {"个分会场", "个"},    {"个人", ""},
        {"年度", "年度"},     {"年", "年"},         {"件次", "件次"},      {"户次", "户次"},
        {"场次", "场次"},     {"万元", "万元"},     {"万人次", "万人次"},  {"亿元", "亿元"},
        {"余人", "余人"},     {"余名党员", "余名"}, {"万", ""},            {"余", ""},
        {"名党员", "名"},     {"名单", ""},         {"条例", ""},          {"条", "条"},
        {"项目", ""},         {"项目标", "项"},     {"项工作", "项"},      {"类", "类"},
        {"公里", "公里"},     {"吨", "吨"},         {"%", "%"},            {"％", "％"},
        {"个百分点", "个百分点"}, {"小时", "小时"}, {"分钟", "分钟"},      {"所", "所"},
        {"所有", ""},         {"处", "处"},         {"处理", ""},          {"支部", ""},
        {"组织部", ""},       {"领域", ""},         {"", ""},              {"a", ""},
        {"日上午", "日"},     {"日常", ""},         {"天津", ""},          {"月", "月"},
        {"个工作日", "个工作日"}, {"亩", "亩"},     {"批次", "批次"},      {"册", "册"},
        {"级", ""},           {"届", "届"},         {"届时", ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const od_slice word = od_measure_word(od_slice_of(CASES[i].text));
        if (!od_slice_is(word, CASES[i].word))
            print_error("%s: %.*s\n", CASES[i].text, (int)word.size, show(word));
        assert_true(od_slice_is(word, CASES[i].word));
    }
}

static void test_guesses(void **state) {
    (void)state;
    static const struct {
        const char *before, *after, *unit;
        od_field_type type;
    } CASES[] = {
        {"发放学习资料", "篇，", "篇", OD_TYPE_INTEGER},
        {"按照", "组织部《", "", OD_TYPE_TEXT},
        {"要求，", "支部结合", "", OD_TYPE_TEXT},
        {"2022年2月", "日召开", "日", OD_TYPE_DAY},
        {"2022年", "月", "月", OD_TYPE_MONTH},
        {"召开", "年度", "年度", OD_TYPE_YEAR},
        {"于", "年2月", "年", OD_TYPE_YEAR},
        {"党龄", "年", "年", OD_TYPE_INTEGER},
        {"近", "年来", "年", OD_TYPE_INTEGER},
        {"考察", "重要讲话", "", OD_TYPE_TEXT},
        {"意见建议", "条。", "条", OD_TYPE_INTEGER},
        {"累计", "人次", "人次", OD_TYPE_INTEGER},
        {"主要问题", "类XX条", "类", OD_TYPE_INTEGER},
        {"全体党员共计", "参加会议", "", OD_TYPE_TEXT},
        {"书记", "主持", "", OD_TYPE_PERSON},
        {"书记", "同志", "", OD_TYPE_PERSON},
        {"", "主持人", "", OD_TYPE_TEXT},
        {"主会场和", "个分会场", "个", OD_TYPE_INTEGER},
        {"推动", "工作", "", OD_TYPE_TEXT},
        {"对", "名党员", "名", OD_TYPE_INTEGER},
        {"人员。", "支部将", "", OD_TYPE_TEXT},
        {"经", "党委批准", "", OD_TYPE_TEXT},
        {"由", "公司承办", "", OD_TYPE_TEXT},
        {"由", "局牵头", "", OD_TYPE_TEXT},
        {"增长", "%", "%", OD_TYPE_PERCENT},
        {"增长", " ％", "％", OD_TYPE_PERCENT},
        {"提高", "个百分点", "个百分点", OD_TYPE_DECIMAL},
        {"投入", "万元", "万元", OD_TYPE_MONEY},
        {"投入", "元", "元", OD_TYPE_MONEY},
        {"覆盖", "万人", "万人", OD_TYPE_DECIMAL},
        {"全长", "公里", "公里", OD_TYPE_DECIMAL},
        {"参加群众", "余人", "余人", OD_TYPE_INTEGER},
        {"参加群众", "多人", "多人", OD_TYPE_INTEGER},
        {"推进", "多元化", "", OD_TYPE_TEXT},
        {"金额", "，", "", OD_TYPE_MONEY},
        {"金额（大写）：", "", "", OD_TYPE_AMOUNT_CN},
        {"经", "处，", "", OD_TYPE_TEXT},
        {"新建", "处", "处", OD_TYPE_INTEGER},
        {"整改隐患", "处，", "处", OD_TYPE_INTEGER},
        {"共", "所学校", "所", OD_TYPE_INTEGER},
        {"在", "派出所", "", OD_TYPE_TEXT},
        {"赠书", "本，", "本", OD_TYPE_INTEGER},
        {"在", "时，", "", OD_TYPE_TEXT},
        {"2月8日", "时", "时", OD_TYPE_INTEGER},
        {"2月", "号", "号", OD_TYPE_DAY},
        {"地点：", "", "", OD_TYPE_TEXT},
        {"", "", "", OD_TYPE_TEXT},
        {"第", "届", "届", OD_TYPE_INTEGER},
        {"Present: ", " members", "", OD_TYPE_TEXT},
    };
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        od_slice unit;
        const od_slice after = od_slice_of(CASES[i].after);
        const od_field_type type = od_datum_guess(od_slice_of(CASES[i].before), after, &unit);
        const bool right = type == CASES[i].type && od_slice_is(unit, CASES[i].unit);
        if (!right)
            print_error("%s_%s: %s, %.*s\n", CASES[i].before, CASES[i].after, od_field_type_name(type),
                        (int)unit.size, show(unit));
        wrong += !right;
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),   cmocka_unit_test(test_dates),
        cmocka_unit_test(test_durations), cmocka_unit_test(test_texts),
        cmocka_unit_test(test_refusals),  cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_size),      cmocka_unit_test(test_write),
        cmocka_unit_test(test_equal),     cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_measure_words), cmocka_unit_test(test_guesses),
    };
    return cmocka_run_group_tests_name("datum", tests, NULL, NULL);
}
