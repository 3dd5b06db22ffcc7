// Events by yajl's callbacks. yajl tells no positions: inside a callback it has consumed the text up
// to the end of the token, and the start is the next character after the token before.
#include "data/json_events.h"

#include "base/utf8.h"

#include <yajl/yajl_parse.h>

static void fail(const od_json_events *e, od_span span, od_text text, od_slice argument) {
    od_fail_at(e->failures, e->source, span, od_say(e->failures, text, argument));
}

// Returns the offset of the first byte at or after `at` that is no white space, comma or colon.
static size_t next_token(const od_json_events *e, size_t at) {
    const char *const data = e->source->bytes.data;
    while (at < e->range.end && strchr(" \t\r\n,:", data[at])) at++;
    return at;
}

od_span od_json_events_token(const od_json_events *e) {
    const size_t start = next_token(e, e->before);
    // At the very end of the text yajl has lost count.
    const bool known = e->done > start && e->done <= e->range.end;
    return (od_span){start, known ? e->done : start + e->size};
}

bool od_json_events_lasts(const od_json_events *e, od_slice text) {
    const uintptr_t at = (uintptr_t)text.data, start = (uintptr_t)e->source->bytes.data;
    return at >= start && at - start < e->source->bytes.size;
}

// ---- tokens ------------------------------------------------------------------------------------

// Notes that a token of `size` bytes has been read.
static void note(od_json_events *e, size_t size) {
    e->before = e->done;
    e->done = e->range.start + yajl_get_bytes_consumed(e->handle);
    e->size = size;
}

static int take_plain(od_json_events *e, od_json_event event, size_t size) {
    note(e, size);
    return e->take(e->context, event, (od_slice){0});
}

static int on_null(void *context) {
    return take_plain(context, OD_JSON_NULL, 4);
}

static int on_boolean(void *context, int value) {
    return take_plain(context, value ? OD_JSON_TRUE : OD_JSON_FALSE, value ? 4 : 5);
}

static int on_number(void *context, const char *text, size_t size) {
    od_json_events *const e = context;
    e->before = next_token(e, e->done);
    e->done = e->before + size; // yajl has seen more, to know where it ends
    e->size = size;
    return e->take(e->context, OD_JSON_NUMBER, (od_slice){text, size});
}

static int on_start_map(void *context) {
    return take_plain(context, OD_JSON_OPEN_OBJECT, 1);
}

static int on_end_map(void *context) {
    return take_plain(context, OD_JSON_CLOSE_OBJECT, 1);
}

static int on_start_array(void *context) {
    return take_plain(context, OD_JSON_OPEN_ARRAY, 1);
}

static int on_end_array(void *context) {
    return take_plain(context, OD_JSON_CLOSE_ARRAY, 1);
}

// ---- strings -----------------------------------------------------------------------------------

// Reads the four hexadecimal digits of `\uXXXX` whose backslash stands at `at`, which yajl has
// checked; SIZE_MAX when there is no such escape.
static size_t read_unit(od_slice raw, size_t at) {
    if (at + 6 > raw.size || raw.data[at] != '\\' || raw.data[at + 1] != 'u') return SIZE_MAX;
    size_t unit = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        const char digit = raw.data[i];
        const int value = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
        unit = unit * 16 + (size_t)value;
    }
    return unit;
}

// yajl turns half a surrogate pair into a question mark or into bytes that are not UTF-8.
static bool check_escapes(const od_json_events *e) {
    const od_span span = od_json_events_token(e);
    const od_slice raw = od_source_cut(e->source, span);
    for (size_t i = 0; i + 1 < raw.size; i += raw.data[i] == '\\' ? 2 : 1) {
        const size_t unit = read_unit(raw, i);
        const od_span place = {span.start + i, span.start + i + 6};
        if (unit == 0 && e->refuse_nul) {
            fail(e, place,
                 OD_SAY("the value holds a NUL character (“\\u0000”); delete it",
                        "值里有NUL字符（“\\u0000”），请删掉"),
                 raw);
            return false;
        }
        if (unit == SIZE_MAX || unit < 0xD800 || unit > 0xDFFF) continue;
        const size_t low = unit < 0xDC00 ? read_unit(raw, i + 6) : SIZE_MAX;
        if (low == SIZE_MAX || low < 0xDC00 || low > 0xDFFF) {
            fail(e, place,
                 OD_SAY("“{1}” is half a character; write the character itself",
                        "“{1}”只是半个字符，请直接写出字符"),
                 od_slice_cut(raw, i, i + 6));
            return false;
        }
        i += 6; // to the low half, into which the loop's own step leads
    }
    return true;
}

static int take_text(od_json_events *e, od_json_event event, const unsigned char *bytes,
                     size_t size) {
    const od_slice text = {(const char *)bytes, size};
    note(e, size + 2);
    // yajl decodes into a buffer of its own only when there are escapes.
    if (size && !od_json_events_lasts(e, text) && !check_escapes(e)) return 0;
    return e->take(e->context, event, text);
}

static int on_string(void *context, const unsigned char *text, size_t size) {
    return take_text(context, OD_JSON_STRING, text, size);
}

static int on_key(void *context, const unsigned char *text, size_t size) {
    return take_text(context, OD_JSON_KEY, text, size);
}

// ---- errors of yajl ----------------------------------------------------------------------------

// What yajl says, by a part of it, and how to say it to a clerk.
static const struct hint {
    const char *error;
    od_text text;
} HINTS[] = {
    {"premature EOF",
     {"the file ends too early: a “}”, “]” or quote is missing", "文件不完整：缺少“}”“]”或引号"}},
    {"trailing garbage",
     {"the file goes on after the end of its data; keep one “{…}”",
      "数据结束之后还有内容；一个文件只能有一份“{…}”"}},
    {"invalid (non-hex)",
     {"“\\u” needs four hexadecimal digits", "“\\u”后面要有四位十六进制数字"}},
    {"inside string",
     {"a line break or tab stands inside quotes; close the quotes before the end of the line",
      "引号里有换行或制表符；引号要在本行内配对"}},
    {"inside a string, '\\'",
     {"in quotes “\\” starts an escape; write “\\\\”", "引号里的“\\”是转义符，请写成“\\\\”"}},
    {"after a key in an object",
     {"after a key comes “:” and the value", "键后面应是半角冒号“:”和值"}},
    {"object key and value must be separated by a colon",
     {"after a key comes “:” and the value", "键后面应是半角冒号“:”和值"}},
    {"after key and value",
     {"a “,” is missing before this, or a “}” at the end", "前面缺少半角逗号“,”，或末尾缺少“}”"}},
    {"after array element",
     {"a “,” is missing before this, or a “]” at the end", "前面缺少半角逗号“,”，或末尾缺少“]”"}},
    {"invalid object key",
     {"a key in double quotes must stand here; delete a comma after the last entry",
      "这里应是双引号中的键；最后一项后面不要有逗号"}},
    {"unallowed token",
     {"a value is missing here; delete a comma after the last item",
      "这里缺少值；最后一项后面不要有逗号"}},
    {"malformed number", {"this is not a number as JSON writes them; put it in double quotes",
                          "这不是JSON的数字写法，请加双引号"}},
    {"invalid string in json text",
     {"only true, false and null stand without quotes; put a text in double quotes",
      "只有true、false、null不加引号；文字要加双引号"}},
    {"comment", {"JSON has no comments; delete it", "JSON不能写注释，请删掉"}},
    {"invalid char in json text",
     {"“{1}” cannot stand here; texts are in straight double quotes, marks are “,” and “:”",
      "这里不能有“{1}”；文字要用半角双引号，分隔用半角的“,”和“:”"}},
};

// Returns the span of the character in which byte `at` of the source lies, or an empty one at the
// end.
static od_span char_at(const od_json_events *e, size_t at) {
    const od_slice text = od_slice_cut(e->source->bytes, 0, e->range.end);
    if (at >= text.size) return (od_span){text.size, text.size};
    while (at > e->range.start && ((unsigned char)text.data[at] & 0xC0) == 0x80) at--;
    size_t size;
    od_utf8_read(text, at, &size);
    return (od_span){at, at + size};
}

// Where yajl stopped: inside a string at the byte that it could not read, else before the token
// that it did not want.
static size_t error_place(const od_json_events *e, const char *error) {
    const bool in_string = strstr(error, "inside string") || strstr(error, "inside a string");
    return in_string ? e->range.start + yajl_get_bytes_consumed(e->handle) : next_token(e, e->done);
}

static void report_error(const od_json_events *e) {
    // Without the text, of which yajl would show an excerpt.
    unsigned char *const error = yajl_get_error(e->handle, 0, NULL, 0);
    const od_span span = char_at(e, error_place(e, (const char *)error));
    od_text message = OD_SAY("not JSON here", "这里不符合JSON格式");
    for (size_t i = 0; i < sizeof HINTS / sizeof *HINTS; i++) {
        if (!strstr((const char *)error, HINTS[i].error)) continue;
        message = HINTS[i].text;
        break;
    }
    yajl_free_error(e->handle, error);
    fail(e, span, message, od_source_cut(e->source, span));
}

// ---- all ---------------------------------------------------------------------------------------

od_status od_json_events_read(od_json_events *e) {
    static const yajl_callbacks CALLBACKS = {.yajl_null = on_null,
                                             .yajl_boolean = on_boolean,
                                             .yajl_number = on_number,
                                             .yajl_string = on_string,
                                             .yajl_start_map = on_start_map,
                                             .yajl_map_key = on_key,
                                             .yajl_end_map = on_end_map,
                                             .yajl_start_array = on_start_array,
                                             .yajl_end_array = on_end_array};
    const od_slice text = od_source_cut(e->source, e->range);
    e->before = e->done = e->range.start;
    e->handle = yajl_alloc(&CALLBACKS, NULL, e);
    if (!e->handle) od_out_of_memory(0);
    yajl_config(e->handle, yajl_dont_validate_strings, 1); // the range is valid UTF-8
    yajl_status status = yajl_parse(e->handle, (const unsigned char *)text.data, text.size);
    if (status == yajl_status_ok) status = yajl_complete_parse(e->handle);
    if (status == yajl_status_error) report_error(e);
    yajl_free(e->handle);
    return status == yajl_status_ok ? OD_OK : OD_INVALID;
}
