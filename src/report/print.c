#include "report/print.h"

#include "base/utf8.h"

#include <stdio.h>

// ---- characters --------------------------------------------------------------------------------

// U+200C and U+200D join emoji and letters of some scripts and are left alone.
bool od_print_hidden(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || od_is_bidi_control(code) ||
           code == 0x200B || code == 0x200E || code == 0x200F || code == 0x2028 || code == 0x2029 ||
           code == 0x2060 || code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

static bool is_line_space(uint32_t code) {
    return code >= '\t' && code <= '\r';
}

size_t od_print_width(uint32_t code, od_slice character) {
    if (code >= 0x20 && code < 0x7F) return 1;
    if (is_line_space(code)) return 1;
    if (code == OD_NOT_UTF8 || code < 0x80) return strlen("\\x00");
    if (od_print_hidden(code)) return strlen("\\u0000");
    return od_utf8_width(character);
}

size_t od_print_text_width(od_slice text) {
    size_t width = 0, size;
    for (size_t i = 0; i < text.size; i += size) {
        const uint32_t code = od_utf8_read(text, i, &size);
        width += od_print_width(code, od_slice_cut(text, i, i + size));
    }
    return width;
}

// Appends the escape of a character that is not shown.
static void add_escape(od_buf *out, uint32_t code, unsigned char byte) {
    char escape[16];
    const bool is_byte = code == OD_NOT_UTF8 || code < 0x80;
    const int size = is_byte ? snprintf(escape, sizeof escape, "\\x%02X", byte)
                             : snprintf(escape, sizeof escape, "\\u%04X", code);
    od_buf_add(out, (od_slice){escape, (size_t)size});
}

static bool is_continuation(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

// Returns the end of the run from `at` that is shown as it is, seen at a glance: ASCII but the two
// signs that JSON escapes, and the characters from U+3000 to U+9FFF.
static size_t plain_end(od_slice text, size_t at) {
    while (at < text.size) {
        const unsigned char byte = (unsigned char)text.data[at];
        if (byte >= ' ' && byte < 0x7F && byte != '"' && byte != '\\') at++;
        else if (byte >= 0xE3 && byte <= 0xE9 && text.size - at >= 3 &&
                 is_continuation(text.data[at + 1]) && is_continuation(text.data[at + 2]))
            at += 3;
        else break;
    }
    return at;
}

// Appends the plain run at `at` and returns its end.
static size_t add_plain(od_buf *out, od_slice text, size_t at) {
    const size_t end = plain_end(text, at);
    od_buf_add(out, od_slice_cut(text, at, end));
    return end;
}

void od_print_text(od_buf *out, od_slice text) {
    size_t size;
    for (size_t i = add_plain(out, text, 0); i < text.size; i = add_plain(out, text, i + size)) {
        const uint32_t code = od_utf8_read(text, i, &size);
        if (is_line_space(code)) od_buf_byte(out, ' ');
        else if (code == OD_NOT_UTF8 || od_print_hidden(code))
            add_escape(out, code, (unsigned char)text.data[i]);
        else od_buf_add(out, od_slice_cut(text, i, i + size));
    }
}

// Returns the letter of JSON's short escape, or 0.
static char short_escape(uint32_t code) {
    switch (code) {
    case '"': return '"';
    case '\\': return '\\';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

void od_print_json(od_buf *out, od_slice text) {
    size_t size;
    od_buf_byte(out, '"');
    for (size_t i = add_plain(out, text, 0); i < text.size; i = add_plain(out, text, i + size)) {
        const uint32_t code = od_utf8_read(text, i, &size);
        const char letter = short_escape(code);
        char escape[8];
        if (letter) {
            od_buf_byte(out, '\\');
            od_buf_byte(out, letter);
        } else if (code == OD_NOT_UTF8) {
            od_buf_text(out, "\xEF\xBF\xBD");
        } else if (od_print_hidden(code)) {
            snprintf(escape, sizeof escape, "\\u%04x", code & 0xFFFF);
            od_buf_text(out, escape);
        } else {
            od_buf_add(out, od_slice_cut(text, i, i + size));
        }
    }
    od_buf_byte(out, '"');
}

void od_print_spaces(od_buf *out, size_t count) {
    if (count) memset(od_buf_reserve(out, count), ' ', count);
    out->size += count;
}

// ---- words -------------------------------------------------------------------------------------

const char *od_print_severity(od_severity severity) {
    static const char *const NAMES[] = {[OD_INFO] = "info",
                                        [OD_WARNING] = "warning",
                                        [OD_ERROR] = "error",
                                        [OD_FAILURE] = "failure"};
    return NAMES[severity];
}

const char *od_print_type(od_field_type type, od_language language) {
    static const struct {
        const char *en, *zh;
    } WORDS[] = {
        [OD_TYPE_TEXT] = {"text", "文字"},
        [OD_TYPE_INTEGER] = {"whole number", "整数"},
        [OD_TYPE_DECIMAL] = {"number", "数字"},
        [OD_TYPE_PERCENT] = {"percentage", "百分数"},
        [OD_TYPE_MONEY] = {"amount", "金额"},
        [OD_TYPE_AMOUNT_CN] = {"amount", "大写金额"},
        [OD_TYPE_YEAR] = {"year", "年份"},
        [OD_TYPE_MONTH] = {"month", "月份"},
        [OD_TYPE_DAY] = {"day", "日"},
        [OD_TYPE_DATE] = {"date", "日期"},
        [OD_TYPE_TIME] = {"time", "时间"},
        [OD_TYPE_DURATION] = {"duration", "时长"},
        [OD_TYPE_PERSON] = {"name", "姓名"},
        [OD_TYPE_ORG] = {"organisation", "单位名称"},
        [OD_TYPE_ENUM] = {"choice", "选项"},
        [OD_TYPE_LIST] = {"list", "列表"},
    };
    return od_print_pick(language, WORDS[type].en, WORDS[type].zh);
}

const char *od_print_example(od_field_type type) {
    switch (type) {
    case OD_TYPE_AMOUNT_CN: return "1200.50";
    case OD_TYPE_PERCENT: return "12.5";
    case OD_TYPE_DATE: return "2024-03-01";
    case OD_TYPE_TIME: return "09:30";
    default: return NULL;
    }
}

od_slice od_print_unit(od_field_type type, od_slice unit) {
    switch (type) {
    case OD_TYPE_YEAR:
    case OD_TYPE_MONTH:
    case OD_TYPE_DAY:
    case OD_TYPE_PERCENT: return (od_slice){0};
    default: return unit;
    }
}

// ---- colours -----------------------------------------------------------------------------------

void od_print_color(od_buf *out, const od_report_options *options, od_color color) {
    // ECMA-48 8.3.117, the sixteen colours that every terminal has.
    static const char *const CODES[] = {
        [OD_COLOR_NONE] = "\x1B[0m",       [OD_COLOR_BOLD] = "\x1B[1m",
        [OD_COLOR_DIM] = "\x1B[2m",        [OD_COLOR_ERROR] = "\x1B[1;31m",
        [OD_COLOR_WARNING] = "\x1B[1;33m", [OD_COLOR_INFO] = "\x1B[1;36m",
        [OD_COLOR_ADDED] = "\x1B[32m",     [OD_COLOR_REMOVED] = "\x1B[31m",
    };
    if (options->color) od_buf_text(out, CODES[color]);
}

od_color od_print_severity_color(od_severity severity) {
    switch (severity) {
    case OD_INFO: return OD_COLOR_INFO;
    case OD_WARNING: return OD_COLOR_WARNING;
    default: return OD_COLOR_ERROR;
    }
}
