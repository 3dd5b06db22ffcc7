#include "lua/formula.h"

// ---- tokens ------------------------------------------------------------------------------------

static bool is_white(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool is_name(char byte) {
    return (unsigned char)byte >= 0x80 || byte == '_' || is_digit(byte) ||
           (unsigned char)((byte | 32) - 'a') < 26;
}

static char byte_at(od_slice text, size_t at) {
    return at < text.size ? text.data[at] : '\0';
}

// Returns how many `=` a `[[` or `[==[` at `at` has, or SIZE_MAX when none stands there.
static size_t long_level(od_slice text, size_t at) {
    size_t end = at + 1;
    if (byte_at(text, at) != '[') return SIZE_MAX;
    while (byte_at(text, end) == '=') end++;
    return byte_at(text, end) == '[' ? end - at - 1 : SIZE_MAX;
}

// Returns where the long text at `at` ends.
static size_t long_end(od_slice text, size_t at, size_t level) {
    for (at += level + 2; at < text.size; at++) {
        size_t end = at + 1;
        if (text.data[at] != ']') continue;
        while (byte_at(text, end) == '=') end++;
        if (byte_at(text, end) == ']' && end - at - 1 == level) return end + 1;
    }
    return text.size;
}

// Returns where the text in quotes at `at` ends; a line break ends it too.
static size_t quoted_end(od_slice text, size_t at) {
    const char quote = text.data[at++];
    while (at < text.size && text.data[at] != quote && text.data[at] != '\n')
        at += text.data[at] == '\\' ? 2 : 1;
    return at < text.size ? at + 1 : text.size;
}

static size_t skip_comment(od_slice text, size_t at) {
    const size_t level = long_level(text, at + 2);
    if (level != SIZE_MAX) return long_end(text, at + 2, level);
    while (at < text.size && text.data[at] != '\n') at++;
    return at;
}

static size_t skip_white(od_slice text, size_t at) {
    for (;;) {
        if (at < text.size && is_white(text.data[at])) at++;
        else if (byte_at(text, at) == '-' && byte_at(text, at + 1) == '-')
            at = skip_comment(text, at);
        else return at;
    }
}

// 0x1p-3, 1e+5, .5: whatever follows without a break, and a sign behind its exponent.
static size_t number_end(od_slice text, size_t at) {
    char before = '\0';
    for (; at < text.size; at++) {
        const char byte = text.data[at];
        const bool sign = (byte == '+' || byte == '-') && strchr("eEpP", before) && before;
        if (!is_name(byte) && byte != '.' && !sign) break;
        before = byte;
    }
    return at;
}

static size_t sign_end(od_slice text, size_t at) {
    static const char *const SIGNS[] = {"...", "==", "~=", "<=", ">=", "!=", "//", "..",
                                        "::",  "<<", ">>", "&&", "||", "**", "<>"};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (od_slice_starts(od_slice_from(text, at), od_slice_of(SIGNS[i])))
            return at + strlen(SIGNS[i]);
    return at + 1;
}

// Words of Lua that a formula has no use for, and those that it has. A field may have the name of
// one of the former (`end`).
static const struct {
    const char *word;
    bool right;
} WORDS[] = {
    {"and", true},    {"or", true},      {"not", true},      {"true", true},    {"false", true},
    {"nil", false},   {"break", false},  {"do", false},      {"else", false},   {"elseif", false},
    {"end", false},   {"for", false},    {"function", false}, {"goto", false},  {"if", false},
    {"in", false},    {"local", false},  {"repeat", false},  {"return", false}, {"then", false},
    {"until", false}, {"while", false},
};

bool od_formula_reserves(od_slice name) {
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (od_slice_is(name, WORDS[i].word)) return true;
    return false;
}

od_token od_token_read(od_slice text, size_t at) {
    at = skip_white(text, at);
    if (at >= text.size) return (od_token){OD_TOKEN_END, {text.size, text.size}};
    const char byte = text.data[at];
    const size_t level = long_level(text, at);
    if (level != SIZE_MAX) return (od_token){OD_TOKEN_TEXT, {at, long_end(text, at, level)}};
    if (byte == '"' || byte == '\'') return (od_token){OD_TOKEN_TEXT, {at, quoted_end(text, at)}};
    if (is_digit(byte) || (byte == '.' && is_digit(byte_at(text, at + 1))))
        return (od_token){OD_TOKEN_NUMBER, {at, number_end(text, at)}};
    if (!is_name(byte)) return (od_token){OD_TOKEN_SIGN, {at, sign_end(text, at)}};
    size_t end = at;
    while (end < text.size && is_name(text.data[end])) end++;
    return (od_token){OD_TOKEN_NAME, {at, end}};
}

// ---- what may stand in a formula ---------------------------------------------------------------

typedef struct scanner {
    od_arena *arena;
    od_slice text;
    OD_ARRAY(od_mention) mentions;
    size_t depth; // of brackets
    od_token before;
    od_text why;
    od_span where;
} scanner;

static od_slice text_of(const scanner *s, od_token token) {
    return od_slice_cut(s->text, token.span.start, token.span.end);
}

static bool is_sign(const scanner *s, od_token token, const char *sign) {
    return token.kind == OD_TOKEN_SIGN && od_slice_is(text_of(s, token), sign);
}

static bool refuse(scanner *s, od_span where, od_text why) {
    s->why = why;
    s->where = where;
    return false;
}

static const struct {
    const char *sign;
    od_text why;
} SIGNS[] = {
    {"=", OD_SAY("`=` compares nothing; write `==`", "“=”不是比较，请写“==”")},
    {"!=", OD_SAY("write `~=` for “not equal”", "“不等于”请写“~=”")},
    {"<>", OD_SAY("write `~=` for “not equal”", "“不等于”请写“~=”")},
    {"&&", OD_SAY("write `and`", "请写“and”")},
    {"||", OD_SAY("write `or`", "请写“or”")},
    {"!", OD_SAY("write `not`", "请写“not”")},
    {"**", OD_SAY("write `^` for a power", "乘方请写“^”")},
    {":", OD_SAY("values have no methods here", "这里的值没有方法可调用")},
    {"::", OD_SAY("a rule is one expression, without labels", "规则只能是一个表达式，不能有标号")},
    {"{", OD_SAY("a rule is one expression, without tables", "规则只能是一个表达式，不能有表")},
    {"}", OD_SAY("a rule is one expression, without tables", "规则只能是一个表达式，不能有表")},
    {";", OD_SAY("a rule is one expression; join two by `and`",
                 "规则只能是一个表达式；两个条件请用“and”连接")},
    {"...", OD_SAY("`...` means nothing here", "这里不能写“...”")},
};

static bool check_sign(scanner *s, od_token token) {
    const od_slice sign = text_of(s, token);
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (od_slice_is(sign, SIGNS[i].sign)) return refuse(s, token.span, SIGNS[i].why);
    if (od_slice_is(sign, "(")) s->depth++;
    if (!od_slice_is(sign, ")") || s->depth--) return true;
    return refuse(s, token.span, OD_SAY("a `)` without its `(`", "“)”没有对应的“(”"));
}

// Lua has more ways to write numbers, and reads them less exactly.
static bool check_number(scanner *s, od_token token) {
    const od_slice text = text_of(s, token);
    size_t points = 0;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '.') points++;
        else if (!is_digit(text.data[i])) points = text.size;
    return points <= 1 || refuse(s, token.span,
                                 OD_SAY("write “{1}” in digits, with a point or without",
                                        "“{1}”请写成普通数字，可带小数点"));
}

// Whether `token` is a word of Lua; *right: one that may stand here.
static bool find_word(const scanner *s, od_token token, bool *right) {
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (!od_slice_is(text_of(s, token), WORDS[i].word)) continue;
        *right = WORDS[i].right;
        return true;
    }
    return false;
}

// Whether a word of Lua cannot be the name of a field where it stands: it begins something that Lua
// has.
static bool begins_statement(const scanner *s, od_token token, od_token next) {
    if (od_slice_is(text_of(s, token), "nil") || is_sign(s, next, "(")) return true;
    if (next.kind == OD_TOKEN_NAME)
        return !od_slice_is(text_of(s, next), "and") && !od_slice_is(text_of(s, next), "or");
    return next.kind == OD_TOKEN_NUMBER || next.kind == OD_TOKEN_TEXT;
}

static bool refuse_word(scanner *s, od_token token) {
    if (od_slice_is(text_of(s, token), "nil"))
        return refuse(s, token.span,
                      OD_SAY("`nil` is no value here; ask `filled(field)`",
                             "这里没有“nil”；字段有没有值，请用“filled(字段)”"));
    return refuse(s, token.span,
                  OD_SAY("“{1}” cannot be used: a rule is one expression",
                         "不能用“{1}”：规则只能是一个表达式"));
}

// ---- mentions ----------------------------------------------------------------------------------

// Returns what a token says as a text; empty when it is none, or has escapes or several lines.
static od_slice literal(const scanner *s, od_token token) {
    const od_slice text = text_of(s, token);
    if (token.kind != OD_TOKEN_TEXT || text.size < 2 || text.data[0] == '[') return (od_slice){0};
    if (memchr(text.data, '\\', text.size) || text.data[text.size - 1] != text.data[0])
        return (od_slice){0};
    return od_slice_cut(text, 1, text.size - 1);
}

// Reads the first two arguments of a call as far as they are texts; `open` is its bracket.
static const od_slice *read_arguments(const scanner *s, od_token open) {
    od_slice *const texts = od_arena_array(s->arena, od_slice, 2);
    od_token token = open;
    for (size_t i = 0; i < 2; i++) {
        const od_token value = od_token_read(s->text, token.span.end);
        token = od_token_read(s->text, value.span.end);
        const bool more = is_sign(s, token, ",");
        if (more || is_sign(s, token, ")")) texts[i] = literal(s, value);
        if (!more) break;
    }
    return texts;
}

// Reads `filled(field)` or `value(field)`: the field becomes a mention of its own. Sets `*token` to the
// last one read.
static bool read_field(scanner *s, od_token function, od_token open, od_token *token) {
    const od_token field = od_token_read(s->text, open.span.end);
    const od_token close = od_token_read(s->text, field.span.end);
    const od_slice name = field.kind == OD_TOKEN_NAME ? text_of(s, field) : literal(s, field);
    if (!name.size || !is_sign(s, close, ")"))
        return refuse(s, (od_span){open.span.start, close.span.end},
                      od_slice_is(text_of(s, function), "filled")
                          ? OD_SAY("`filled` takes the name of one field: filled(name)",
                                   "“filled”后面写一个字段名：filled(字段)")
                          : OD_SAY("`value` takes the name of one field: value(name)",
                                   "“value”后面写一个字段名：value(字段)"));
    *od_array_push(s->arena, &s->mentions) =
        (od_mention){.name = name, .span = field.span, .asked = true};
    *token = close;
    return true;
}

static bool read_call(scanner *s, od_token name, od_token open, od_token *token) {
    const od_slice text = text_of(s, name);
    *od_array_push(s->arena, &s->mentions) = (od_mention){
        .name = text, .span = name.span, .called = true, .texts = read_arguments(s, open)};
    if (od_slice_is(text, "filled") || od_slice_is(text, "value"))
        return read_field(s, name, open, token);
    s->depth++;
    *token = open;
    return true;
}

// Reads a name, and a part behind it.
static void read_name(scanner *s, od_token name, od_token *token) {
    od_mention mention = {.name = text_of(s, name), .span = name.span};
    const od_token dot = od_token_read(s->text, name.span.end);
    const od_token part = is_sign(s, dot, ".") ? od_token_read(s->text, dot.span.end) : dot;
    *token = name;
    if (part.kind == OD_TOKEN_NAME && part.span.start != dot.span.start) {
        mention.part = text_of(s, part);
        mention.span.end = part.span.end;
        *token = part;
    }
    *od_array_push(s->arena, &s->mentions) = mention;
}

// Reads what starts with a name. Sets `*token` to the last one read.
static bool read_word(scanner *s, od_token *token) {
    const od_token name = *token, next = od_token_read(s->text, name.span.end);
    bool right;
    if (find_word(s, name, &right)) {
        if (right) return true;
        if (begins_statement(s, name, next)) return refuse_word(s, name);
    }
    if (is_sign(s, s->before, ".")) return true; // a further part
    if (next.kind == OD_TOKEN_TEXT)
        return refuse(s, next.span,
                      OD_SAY("put what belongs to “{1}” into brackets or join it by an operator",
                             "“{1}”前面缺少运算符；如是函数的参数，请放在括号里"));
    if (is_sign(s, next, "(")) return read_call(s, name, next, token);
    read_name(s, name, token);
    return true;
}

bool od_formula_scan(od_arena *arena, od_formula *formula, od_text *why, od_span *where) {
    scanner s = {.arena = arena, .text = formula->text, .before = {.kind = OD_TOKEN_END}};
    bool right = true;
    od_token token = od_token_read(s.text, 0);
    while (right && token.kind != OD_TOKEN_END) {
        if (token.kind == OD_TOKEN_NAME) right = read_word(&s, &token);
        else if (token.kind == OD_TOKEN_NUMBER) right = check_number(&s, token);
        else if (token.kind == OD_TOKEN_SIGN) right = check_sign(&s, token);
        s.before = token;
        token = od_token_read(s.text, token.span.end);
    }
    formula->mentions = s.mentions.items;
    formula->mention_count = s.mentions.count;
    *why = s.why;
    *where = s.where;
    return right;
}
