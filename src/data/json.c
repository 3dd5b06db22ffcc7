// JSON by yajl's callbacks. yajl tells no positions: inside a callback it has consumed the text up
// to the end of the token, and the start is the next character after the token before.
#include "data/builder.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <yajl/yajl_parse.h>

typedef struct reader {
    od_builder b;
    yajl_handle handle;
    od_span range; // of the text in the source
    size_t done;   // offset of the end of the last token
} reader;

static bool fail(reader *r, od_span span, od_text text, od_slice argument) {
    return od_builder_fail(&r->b, OD_INVALID, span, od_say(r->b.failures, text, argument));
}

// Returns the offset of the first byte at or after `at` that is no white space, comma or colon.
static size_t next_token(const reader *r, size_t at) {
    const char *const data = r->b.source->bytes.data;
    while (at < r->range.end && strchr(" \t\r\n,:", data[at])) at++;
    return at;
}

// Returns the span of the token that yajl has just read; `size` is its size where yajl, at the very
// end of the text, has lost count.
static od_span token(reader *r, size_t size) {
    const size_t start = next_token(r, r->done);
    size_t end = r->range.start + yajl_get_bytes_consumed(r->handle);
    if (end <= start || end > r->range.end) end = start + size;
    r->done = end;
    return (od_span){start, end};
}

static int add(reader *r, od_value value) {
    value.source = r->b.source;
    return od_builder_add(&r->b, &(od_built){.value = value, .nodes = 1});
}

// ---- scalars -----------------------------------------------------------------------------------

static int on_null(void *context) {
    reader *const r = context;
    const od_span span = token(r, 4);
    return add(r,
               (od_value){.kind = OD_NULL, .span = span, .text = od_source_cut(r->b.source, span)});
}

static int on_boolean(void *context, int value) {
    reader *const r = context;
    const od_span span = token(r, value ? 4 : 5);
    return add(r, (od_value){.kind = OD_SCALAR,
                             .boolean = true,
                             .span = span,
                             .text = od_source_cut(r->b.source, span)});
}

static int on_number(void *context, const char *text, size_t size) {
    (void)text;
    reader *const r = context;
    const size_t start = next_token(r, r->done);
    const od_span span = {start, start + size};
    r->done = span.end;
    return add(r, (od_value){.kind = OD_SCALAR,
                             .number = true,
                             .span = span,
                             .text = od_source_cut(r->b.source, span)});
}

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
static bool check_escapes(reader *r, od_span span) {
    const od_slice raw = od_source_cut(r->b.source, span);
    for (size_t i = 0; i + 1 < raw.size; i += raw.data[i] == '\\' ? 2 : 1) {
        const size_t unit = read_unit(raw, i);
        const od_span place = {span.start + i, span.start + i + 6};
        if (unit == 0)
            return fail(r, place,
                        OD_SAY("the value holds a NUL character (“\\u0000”); delete it",
                               "值里有NUL字符（“\\u0000”），请删掉"),
                        raw);
        if (unit == SIZE_MAX || unit < 0xD800 || unit > 0xDFFF) continue;
        const size_t low = unit < 0xDC00 ? read_unit(raw, i + 6) : SIZE_MAX;
        if (low == SIZE_MAX || low < 0xDC00 || low > 0xDFFF)
            return fail(r, place,
                        OD_SAY("“{1}” is half a character; write the character itself",
                               "“{1}”只是半个字符，请直接写出字符"),
                        od_slice_cut(raw, i, i + 6));
        i += 6; // to the low half, into which the loop's own step leads
    }
    return true;
}

// Returns the text of the string at `span`: that of the source when it has no escapes.
static od_slice keep_text(reader *r, const unsigned char *text, size_t size, od_span span) {
    const od_slice decoded = {(const char *)text, size};
    const od_slice there =
        od_source_cut(r->b.source, (od_span){span.start + 1, span.end - 1});
    return od_slice_equal(there, decoded) ? there : od_arena_copy(r->b.arena, decoded);
}

static int on_string(void *context, const unsigned char *text, size_t size) {
    reader *const r = context;
    const od_span span = token(r, size + 2);
    if (!check_escapes(r, span)) return 0;
    return add(r, (od_value){.kind = OD_SCALAR,
                             .quoted = true,
                             .span = span,
                             .text = keep_text(r, text, size, span)});
}

// ---- collections -------------------------------------------------------------------------------

static int on_key(void *context, const unsigned char *text, size_t size) {
    reader *const r = context;
    const od_span span = token(r, size + 2);
    if (!check_escapes(r, span)) return 0;
    if (!size)
        return fail(r, span, OD_SAY("the key is empty", "键是空的"), (od_slice){0});
    return od_builder_key(&r->b, keep_text(r, text, size, span), span);
}

static int on_start_map(void *context) {
    reader *const r = context;
    return od_builder_open(&r->b, OD_MAPPING, token(r, 1).start);
}

static int on_start_array(void *context) {
    reader *const r = context;
    return od_builder_open(&r->b, OD_SEQUENCE, token(r, 1).start);
}

static int on_end(void *context) {
    reader *const r = context;
    od_built built;
    return od_builder_close(&r->b, token(r, 1).end, &built);
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
static od_span char_at(const reader *r, size_t at) {
    const od_slice text = od_slice_cut(r->b.source->bytes, 0, r->range.end);
    if (at >= text.size) return (od_span){text.size, text.size};
    while (at > r->range.start && ((unsigned char)text.data[at] & 0xC0) == 0x80) at--;
    size_t size;
    od_utf8_read(text, at, &size);
    return (od_span){at, at + size};
}

// Where yajl stopped: inside a string at the byte that it could not read, else before the token
// that it did not want.
static size_t error_place(const reader *r, const char *error) {
    const bool in_string = strstr(error, "inside string") || strstr(error, "inside a string");
    return in_string ? r->range.start + yajl_get_bytes_consumed(r->handle) : next_token(r, r->done);
}

static bool report_error(reader *r, od_slice text) {
    unsigned char *const error =
        yajl_get_error(r->handle, 0, (const unsigned char *)text.data, text.size);
    const od_span span = char_at(r, error_place(r, (const char *)error));
    od_text message = OD_SAY("not JSON here", "这里不符合JSON格式");
    for (size_t i = 0; i < sizeof HINTS / sizeof *HINTS; i++) {
        if (!strstr((const char *)error, HINTS[i].error)) continue;
        message = HINTS[i].text;
        break;
    }
    yajl_free_error(r->handle, error);
    return fail(r, span, message, od_source_cut(r->b.source, span));
}

// ---- all ---------------------------------------------------------------------------------------

static bool parse(reader *r, od_slice text, bool lines) {
    static const yajl_callbacks CALLBACKS = {.yajl_null = on_null,
                                             .yajl_boolean = on_boolean,
                                             .yajl_number = on_number,
                                             .yajl_string = on_string,
                                             .yajl_start_map = on_start_map,
                                             .yajl_map_key = on_key,
                                             .yajl_end_map = on_end,
                                             .yajl_start_array = on_start_array,
                                             .yajl_end_array = on_end};
    r->handle = yajl_alloc(&CALLBACKS, NULL, r);
    if (!r->handle) od_run_out(0);
    yajl_config(r->handle, yajl_allow_multiple_values, (int)lines);
    yajl_status status = yajl_parse(r->handle, (const unsigned char *)text.data, text.size);
    if (status == yajl_status_ok) status = yajl_complete_parse(r->handle);
    if (status == yajl_status_error) report_error(r, text);
    yajl_free(r->handle);
    return status == yajl_status_ok;
}

// Reads one value; with `lines` any number of them, as the items of a list.
static bool read_text(reader *r, bool lines) {
    if (!od_builder_check_bytes(&r->b, r->range)) return false;
    const od_slice text = od_source_cut(r->b.source, r->range);
    if (!od_slice_trim(text).size)
        return fail(r, r->range, OD_SAY("the file is empty; write at least {}", "文件是空的，至少要写{}"),
                    text);
    if (!lines) return parse(r, text, false);
    od_built built;
    return od_builder_open(&r->b, OD_SEQUENCE, r->range.start) && parse(r, text, true) &&
           od_builder_close(&r->b, r->range.end, &built);
}

static od_status read_source(od_arena *arena, const od_source *source, bool lines,
                             od_diagnostics *failures, od_value *value) {
    static const od_slice MARK = {"\xEF\xBB\xBF", 3};
    const size_t start = od_slice_starts(source->bytes, MARK) ? MARK.size : 0;
    reader r = {.b = {.arena = arena,
                      .source = source,
                      .failures = failures,
                      .depth_max = od_limit_value(JSON_DEPTH),
                      .depth_message = OD_SAY("nested deeper than {1} levels (limit: JSON nesting)",
                                              "嵌套超过{1}层（上限：JSON 嵌套层数）")},
                .range = {start, source->bytes.size},
                .done = start};
    const bool done = read_text(&r, lines);
    if (done) *value = r.b.root;
    od_builder_free(&r.b);
    return done ? OD_OK : r.b.status;
}

od_status od_json_read(od_arena *arena, const od_source *source, od_diagnostics *failures,
                       od_value *value) {
    return read_source(arena, source, false, failures, value);
}

od_status od_json_lines_read(od_arena *arena, const od_source *source, od_diagnostics *failures,
                             od_value *value) {
    return read_source(arena, source, true, failures, value);
}
