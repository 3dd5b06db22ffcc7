#include "data/json_events.h"

#include "base/block.h"
#include "base/buf.h"
#include "base/utf8.h"

// What may come next.
typedef enum state {
    VALUE,       // a value
    FIRST_VALUE, // or the end of the array
    KEY,
    FIRST_KEY, // or the end of the object
    COLON,
    NEXT, // a comma, or the end of what is open
    DONE, // nothing
} state;

typedef struct scanner {
    od_json_events *e;
    const char *start, *at, *end; // start: of the source; at: of what comes next
    state state;
    od_buf open;    // `{` or `[` for each object or array that is open
    od_buf decoded; // the last string that had escapes
} scanner;

// ---- errors ------------------------------------------------------------------------------------

static const od_text ENDS_EARLY = {"the file ends too early: a “}”, “]” or quote is missing",
                                   "文件不完整：缺少“}”“]”或引号"};
static const od_text GOES_ON = {"the file goes on after the end of its data; keep one “{…}”",
                                "数据结束之后还有内容；一个文件只能有一份“{…}”"};
static const od_text NOT_HEXADECIMAL = {"“\\u” needs four hexadecimal digits",
                                        "“\\u”后面要有四位十六进制数字"};
static const od_text CONTROL_IN_STRING = {
    "a line break or tab stands inside quotes; close the quotes before the end of the line",
    "引号里有换行或制表符；引号要在本行内配对"};
static const od_text NO_ESCAPE = {"in quotes “\\” starts an escape; write “\\\\”",
                                  "引号里的“\\”是转义符，请写成“\\\\”"};
static const od_text HALF_CHARACTER = {"“{1}” is half a character; write the character itself",
                                       "“{1}”只是半个字符，请直接写出字符"};
static const od_text NO_COLON = {"after a key comes “:” and the value",
                                 "键后面应是半角冒号“:”和值"};
static const od_text NO_COMMA_IN_OBJECT = {"a “,” is missing before this, or a “}” at the end",
                                           "前面缺少半角逗号“,”，或末尾缺少“}”"};
static const od_text NO_COMMA_IN_ARRAY = {"a “,” is missing before this, or a “]” at the end",
                                          "前面缺少半角逗号“,”，或末尾缺少“]”"};
static const od_text NO_KEY = {
    "a key in double quotes must stand here; delete a comma after the last entry",
    "这里应是双引号中的键；最后一项后面不要有逗号"};
static const od_text NO_VALUE = {"a value is missing here; delete a comma after the last item",
                                 "这里缺少值；最后一项后面不要有逗号"};
static const od_text NO_NUMBER = {
    "this is not a number as JSON writes them; put it in double quotes",
    "这不是JSON的数字写法，请加双引号"};
static const od_text NO_LITERAL = {
    "only true, false and null stand without quotes; put a text in double quotes",
    "只有true、false、null不加引号；文字要加双引号"};
static const od_text COMMENT = {"JSON has no comments; delete it", "JSON不能写注释，请删掉"};
static const od_text NO_TOKEN = {
    "“{1}” cannot stand here; texts are in straight double quotes, marks are “,” and “:”",
    "这里不能有“{1}”；文字要用半角双引号，分隔用半角的“,”和“:”"};

static size_t offset_of(const scanner *s, const char *at) {
    return (size_t)(at - s->start);
}

// Notes that `size` bytes from `at` are wrong, and returns false.
static bool fail_span(scanner *s, const char *at, size_t size, od_text text) {
    const size_t start = offset_of(s, at);
    od_fail_at(s->e->failures, s->e->source, (od_span){start, start + size},
               od_say(s->e->failures, text, (od_slice){at, size}));
    return false;
}

// Notes that the character at `at` is wrong, or that the text ends there.
static bool fail(scanner *s, const char *at, od_text text) {
    if (at >= s->end) return fail_span(s, s->end, 0, ENDS_EARLY);
    size_t size;
    od_utf8_read((od_slice){at, (size_t)(s->end - at)}, 0, &size);
    return fail_span(s, at, size, text);
}

// Likewise for a token that may not stand where it does, unless it is none at all.
static bool fail_token(scanner *s, od_text text) {
    const char c = *s->at;
    if (c == '/') return fail(s, s->at, COMMENT);
    const bool is_token = c && strchr("{}[],:\"-0123456789tfn", c);
    return fail(s, s->at, is_token ? text : NO_TOKEN);
}

// ---- strings -----------------------------------------------------------------------------------

// Reads the four hexadecimal digits at `at`; false when they are none.
static bool read_digits(const scanner *s, const char *at, uint32_t *unit) {
    if (s->end - at < 4) return false;
    *unit = 0;
    for (const char *const end = at + 4; at < end; at++) {
        const char low = (char)(*at | 0x20);
        const bool is_letter = low >= 'a' && low <= 'f';
        if (!is_letter && (*at < '0' || *at > '9')) return false;
        *unit = *unit * 16 + (uint32_t)(is_letter ? low - 'a' + 10 : *at - '0');
    }
    return true;
}

static bool fail_digits(scanner *s, const char *at) {
    while (at < s->end && ((*at >= '0' && *at <= '9') ||
                           ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'f')))
        at++;
    return fail(s, at, NOT_HEXADECIMAL);
}

// Reads `\uXXXX`, of which `at` is the backslash, or two of them. Returns how many bytes that
// took, 0 when they are wrong.
static size_t read_unicode(scanner *s, const char *at) {
    enum { SIZE = 6 };
    uint32_t code, low = 0;
    if (!read_digits(s, at + 2, &code)) return fail_digits(s, at + 2);
    const bool is_pair = code >= 0xD800 && code < 0xDC00 && s->end - at > (ptrdiff_t)2 * SIZE &&
                         at[SIZE] == '\\' && at[SIZE + 1] == 'u' &&
                         read_digits(s, at + SIZE + 2, &low) && low >= 0xDC00 && low <= 0xDFFF;
    if (is_pair) code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    else if (code >= 0xD800 && code <= 0xDFFF) return fail_span(s, at, SIZE, HALF_CHARACTER);
    s->decoded.size += od_utf8_write(code, od_buf_reserve(&s->decoded, 4));
    return is_pair ? 2 * SIZE : SIZE;
}

// Reads the escape at `at` and returns its size, 0 when it is wrong.
static size_t read_escape(scanner *s, const char *at) {
    static const char ESCAPES[] = "\"\\/bfnrt", MEANINGS[] = "\"\\/\b\f\n\r\t";
    if (s->end - at < 2) return fail(s, s->end, NO_ESCAPE);
    if (at[1] == 'u') return read_unicode(s, at);
    const char *const escape = at[1] ? strchr(ESCAPES, at[1]) : NULL;
    if (!escape) return fail(s, at + 1, NO_ESCAPE);
    od_buf_byte(&s->decoded, MEANINGS[escape - ESCAPES]);
    return 2;
}

static bool ends_run(char c) {
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

const char *od_json_string_run(const char *at, const char *end) {
    enum { SHORT = 4 }; // most strings are keys and tags
    for (const char *const near = end - at > SHORT ? at + SHORT : end; at < near; at++)
        if (ends_run(*at)) return at;
    for (; end - at >= OD_BLOCK; at += OD_BLOCK) {
        const od_block b = od_block_load(at);
        const size_t first = od_block_first((b < 0x20) | (b == '"') | (b == '\\'));
        if (first < OD_BLOCK) return at + first;
    }
    while (at < end && !ends_run(*at)) at++;
    return at;
}

// Reads the string at s->at and moves past it.
static bool read_string(scanner *s, od_slice *text) {
    const char *const first = s->at + 1;
    const char *at = first, *run = first;
    s->decoded.size = 0;
    for (;;) {
        at = od_json_string_run(at, s->end);
        if (at == s->end) return fail_span(s, s->at, (size_t)(s->end - s->at), ENDS_EARLY);
        if (*at == '"') break;
        if (*at != '\\') return fail(s, at, CONTROL_IN_STRING);
        od_buf_add(&s->decoded, (od_slice){run, (size_t)(at - run)});
        const size_t size = read_escape(s, at);
        if (!size) return false;
        run = at += size;
    }
    if (run != first) od_buf_add(&s->decoded, (od_slice){run, (size_t)(at - run)});
    *text = run == first ? (od_slice){first, (size_t)(at - first)} : od_buf_slice(&s->decoded);
    s->at = at + 1;
    return true;
}

// ---- other scalars -----------------------------------------------------------------------------

static const char *skip_digits(const scanner *s, const char *at) {
    while (at < s->end && *at >= '0' && *at <= '9') at++;
    return at;
}

// Returns the end of the number at s->at, or NULL when there is none.
static const char *find_number_end(const scanner *s) {
    const char *const digits = s->at + (*s->at == '-');
    if (digits == s->end || *digits < '0' || *digits > '9') return NULL;
    const char *at = *digits == '0' ? digits + 1 : skip_digits(s, digits);
    if (at < s->end && *at == '.') {
        const char *const decimals = at + 1;
        at = skip_digits(s, decimals);
        if (at == decimals) return NULL;
    }
    if (at < s->end && (*at | 0x20) == 'e') {
        at++;
        if (at < s->end && (*at == '+' || *at == '-')) at++;
        const char *const exponent = at;
        at = skip_digits(s, exponent);
        if (at == exponent) return NULL;
    }
    return at;
}

// Gives the token from s->at up to `end` to its taker and moves past it.
static bool give(scanner *s, od_json_event event, const char *end, od_slice text) {
    s->e->token = (od_span){offset_of(s, s->at), offset_of(s, end)};
    s->at = end;
    return s->e->take(s->e->context, event, text);
}

static void end_value(scanner *s) {
    s->state = s->open.size ? NEXT : DONE;
}

static bool take_number(scanner *s) {
    const char *const end = find_number_end(s);
    if (!end) return fail(s, s->at, NO_NUMBER);
    end_value(s);
    return give(s, OD_JSON_NUMBER, end, (od_slice){s->at, (size_t)(end - s->at)});
}

static bool take_literal(scanner *s, const char *name, od_json_event event) {
    const size_t size = strlen(name);
    const size_t left = (size_t)(s->end - s->at);
    if (left < size || memcmp(s->at, name, size) != 0) return fail(s, s->at, NO_LITERAL);
    end_value(s);
    return give(s, event, s->at + size, (od_slice){0});
}

static bool take_string(scanner *s, od_json_event event) {
    const char *const start = s->at;
    od_slice text;
    if (!read_string(s, &text)) return false;
    const char *const end = s->at;
    s->at = start;
    if (event == OD_JSON_KEY) s->state = COLON;
    else end_value(s);
    return give(s, event, end, text);
}

// ---- objects and arrays ------------------------------------------------------------------------

static bool open(scanner *s, od_json_event event, state state) {
    od_buf_byte(&s->open, *s->at);
    s->state = state;
    return give(s, event, s->at + 1, (od_slice){0});
}

static bool close(scanner *s) {
    const bool is_object = *s->at == '}';
    s->open.size--;
    end_value(s);
    return give(s, is_object ? OD_JSON_CLOSE_OBJECT : OD_JSON_CLOSE_ARRAY, s->at + 1,
                (od_slice){0});
}

static bool in_object(const scanner *s) {
    return s->open.data[s->open.size - 1] == '{';
}

// Lets the taker read items of an array by itself; false when it does not.
static bool skip_items(scanner *s) {
    if (!s->e->skip || !s->open.size || in_object(s)) return false;
    const char *const end = s->e->skip(s->e->context, s->at, s->end);
    if (end == s->at) return false;
    s->at = end;
    s->state = NEXT;
    return true;
}

static bool take_value(scanner *s) {
    switch (*s->at) {
    case '{': return skip_items(s) || open(s, OD_JSON_OPEN_OBJECT, FIRST_KEY);
    case '[': return open(s, OD_JSON_OPEN_ARRAY, FIRST_VALUE);
    case '"': return take_string(s, OD_JSON_STRING);
    case 't': return take_literal(s, "true", OD_JSON_TRUE);
    case 'f': return take_literal(s, "false", OD_JSON_FALSE);
    case 'n': return take_literal(s, "null", OD_JSON_NULL);
    case '-': return take_number(s);
    case ']':
        if (s->state == FIRST_VALUE) return close(s);
        break;
    default:
        if (*s->at >= '0' && *s->at <= '9') return take_number(s);
        break;
    }
    return fail_token(s, NO_VALUE);
}

static bool take_key(scanner *s) {
    if (*s->at == '"') return take_string(s, OD_JSON_KEY);
    if (*s->at == '}' && s->state == FIRST_KEY) return close(s);
    return fail_token(s, NO_KEY);
}

static bool take_colon(scanner *s) {
    if (*s->at != ':') return fail_token(s, NO_COLON);
    s->at++;
    s->state = VALUE;
    return true;
}

static bool take_next(scanner *s) {
    const bool is_object = in_object(s);
    if (*s->at == (is_object ? '}' : ']')) return close(s);
    if (*s->at != ',') return fail_token(s, is_object ? NO_COMMA_IN_OBJECT : NO_COMMA_IN_ARRAY);
    s->at++;
    s->state = is_object ? KEY : VALUE;
    return true;
}

// ---- all ---------------------------------------------------------------------------------------

static bool is_white(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool take_token(scanner *s) {
    switch (s->state) {
    case VALUE:
    case FIRST_VALUE: return take_value(s);
    case KEY:
    case FIRST_KEY: return take_key(s);
    case COLON: return take_colon(s);
    case NEXT: return take_next(s);
    case DONE: break;
    }
    return fail_token(s, GOES_ON);
}

static bool read_all(scanner *s) {
    for (;;) {
        while (s->at < s->end && is_white(*s->at)) s->at++;
        if (s->at == s->end) return s->state == DONE || fail(s, s->at, ENDS_EARLY);
        if (!take_token(s)) return false;
    }
}

od_status od_json_events_read(od_json_events *e) {
    const char *const start = e->source->bytes.data;
    scanner s = {.e = e, .start = start, .at = start + e->range.start, .end = start + e->range.end};
    const bool fine = !start ? fail(&s, s.at, ENDS_EARLY) : read_all(&s);
    od_buf_free(&s.open);
    od_buf_free(&s.decoded);
    return fine ? OD_OK : OD_INVALID;
}

bool od_json_events_lasts(const od_json_events *e, od_slice text) {
    const uintptr_t at = (uintptr_t)text.data, start = (uintptr_t)e->source->bytes.data;
    return at >= start && at - start < e->source->bytes.size;
}
