// YAML by libyaml's events, never its document loader, which is quadratic on deep input. libyaml
// bounds nothing itself; all limits are kept here and in the builder. Deep flow collections make
// its scanner quadratic too, but it reads no further than a simple key (1,024 characters) ahead of
// its events, so that stopping at the depth limit is enough.
#include "data/yaml_parts.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <yaml.h>

// Turns libyaml's marks, which count code points, into bytes. It moves from the last place asked
// for, so that marks in rising order cost one pass over the text in all.
typedef struct cursor {
    od_slice text;
    size_t index, offset;
} cursor;

typedef struct anchor {
    od_slice name;
    od_built built;
    bool open; // its collection is not closed yet
} anchor;

// What the reader keeps of an open collection beside the builder.
typedef struct level {
    size_t anchor; // SIZE_MAX: none
    bool flow;
} level;

typedef struct reader {
    od_builder b;
    yaml_parser_t parser;
    cursor cursor;
    OD_ARRAY(anchor) anchors;
    OD_ARRAY(level) levels;
    size_t documents, aliases, alias_nodes;
} reader;

static size_t offset_of(cursor *c, yaml_mark_t mark) {
    size_t size;
    for (; c->index < mark.index && c->offset < c->text.size; c->index++, c->offset += size)
        od_utf8_read(c->text, c->offset, &size);
    for (; c->index > mark.index && c->offset > 0; c->index--, c->offset -= size)
        od_utf8_read_before(c->text, c->offset, &size);
    return c->offset;
}

static od_span char_at(const reader *r, size_t at) {
    size_t size = 0;
    if (at < r->cursor.text.size) od_utf8_read(r->cursor.text, at, &size);
    return (od_span){at, at + size};
}

static bool fail(reader *r, od_status status, od_span span, od_text text, od_slice argument) {
    return od_builder_fail(&r->b, status, span, od_say(r->b.failures, text, argument));
}

static bool fail_limit(reader *r, od_span span, od_text text, size_t limit) {
    return fail(r, OD_LIMIT, span, text, od_arena_number(r->b.failures->arena, limit));
}

// ---- what clerks do to colons ------------------------------------------------------------------

static const od_slice WIDE_COLON = {"：", sizeof "：" - 1};

typedef struct colon {
    size_t at; // SIZE_MAX: nothing wrong
    bool wide;
} colon;

static bool ends_key(od_slice line, size_t at) {
    return at + 1 == line.size || line.data[at + 1] == ' ' || line.data[at + 1] == '\t';
}

// Finds the colon in `line` that was meant to end a key and does not: a full-width one, or one
// without a space after it. A line that has a right one is not blamed.
static colon find_wrong_colon(od_slice line) {
    colon wrong = {SIZE_MAX, false};
    for (size_t i = 0; i < line.size && !strchr("#\"'", line.data[i]); i++) {
        const bool is_wide = od_slice_starts(od_slice_from(line, i), WIDE_COLON);
        if (line.data[i] == ':' && ends_key(line, i)) return (colon){SIZE_MAX, false};
        if (od_slice_starts(od_slice_from(line, i), OD_SLICE("://"))) break;
        if (wrong.at == SIZE_MAX && (is_wide || line.data[i] == ':')) wrong = (colon){i, is_wide};
    }
    return wrong;
}

static bool report_colon(reader *r, od_span line, colon wrong) {
    const size_t at = line.start + wrong.at;
    const od_slice key = od_slice_trim(od_slice_cut(r->cursor.text, line.start, at));
    const od_text wide = OD_SAY(
        "a full-width colon “：” stands after “{1}”; write `{1}: value` with “:” and a space",
        "“{1}”后面用了全角冒号“：”；请改成半角冒号加一个空格，如“{1}: 值”");
    const od_text narrow = OD_SAY("the colon after “{1}” needs a space: `{1}: value`",
                                  "“{1}”后面的冒号之后要空一格，如“{1}: 值”");
    return fail(r, OD_INVALID, char_at(r, at), wrong.wide ? wide : narrow, key);
}

static od_span line_around(const reader *r, size_t at) {
    const od_span line = od_source_line(r->b.source, od_source_line_at(r->b.source, at));
    const size_t end = line.end < r->cursor.text.size ? line.end : r->cursor.text.size;
    return (od_span){line.start < end ? line.start : end, end};
}

// Reports a wrong colon in the line around `at`; false when there is none. (A failure was noted
// when it is true, unlike everywhere else.)
static bool blame_colon(reader *r, size_t at) {
    const od_span line = line_around(r, at);
    const colon wrong = find_wrong_colon(od_source_cut(r->b.source, line));
    if (wrong.at == SIZE_MAX) return false;
    report_colon(r, line, wrong);
    return true;
}

// As blame_colon for the last line before `at` that is not blank.
static bool blame_line_before(reader *r, size_t at) {
    size_t line = od_source_line_at(r->b.source, at);
    while (line-- > 0) {
        const od_span span = od_source_line(r->b.source, line);
        if (od_slice_trim(od_source_cut(r->b.source, span)).size) return blame_colon(r, span.start);
    }
    return false;
}

// A text alone at the top is no error to YAML, but often lines whose colons are wrong.
static bool check_root(reader *r, const od_value *value) {
    if (r->b.frames.count || value->quoted) return true;
    for (size_t at = value->span.start; at < value->span.end;) {
        if (blame_colon(r, at)) return false;
        const size_t line = od_source_line_at(r->b.source, at) + 1;
        at = line < r->b.source->line_count ? r->b.source->lines[line] : value->span.end;
    }
    return true;
}

// `{甲：1}` is a key without a value to YAML.
static bool check_flow_key(reader *r, const od_value *value) {
    const od_builder_frame *const frame = &r->b.frames.items[r->b.frames.count - 1];
    if (!r->levels.items[r->levels.count - 1].flow || !frame->has_key) return true;
    if (value->kind != OD_NULL || value->span.start != value->span.end) return true;
    const od_span span = frame->next.key_span;
    size_t after = span.end;
    while (after < r->cursor.text.size && strchr(" \t\r\n", r->cursor.text.data[after])) after++;
    if (after < r->cursor.text.size && r->cursor.text.data[after] == ':') return true;
    if (r->cursor.text.data[span.start] == '"' || r->cursor.text.data[span.start] == '\'')
        return true;
    const colon wrong = find_wrong_colon(od_source_cut(r->b.source, span));
    return wrong.at == SIZE_MAX || report_colon(r, span, wrong);
}

// ---- errors of libyaml -------------------------------------------------------------------------

// What libyaml says, by a part of its problem and of its context, and how to say it to a clerk.
static const struct hint {
    const char *problem, *context;
    bool at_context; // the place to show is where the construct starts, not where it went wrong
    od_text text;
} HINTS[] = {
    {"end of stream", "quoted scalar", true,
     {"this quote is never closed; put the same quote at the end of the value",
      "引号没有配对，请在值的末尾补上同样的引号"}},
    {"document indicator", "quoted scalar", true,
     {"this quote is never closed; put the same quote at the end of the value",
      "引号没有配对，请在值的末尾补上同样的引号"}},
    {"escape character", "", false,
     {"in double quotes “\\” starts an escape; use single quotes, or write “\\\\”",
      "双引号里的“\\”是转义符；请改用单引号，或写成“\\\\”"}},
    {"hexdecimal", "quoted scalar", false,
     {"in double quotes “\\x” and “\\u” need hexadecimal digits; use single quotes",
      "双引号里的“\\x”“\\u”后面要有十六进制数字；请改用单引号"}},
    {"tab character", "", false,
     {"a tab stands where the line is indented; use spaces", "缩进用了制表符（Tab），请改用空格"}},
    {"mapping values are not allowed", "", false,
     {"this colon cannot start a value: put a value that holds “: ” in quotes, or move the line so "
      "that it lines up with the keys above",
      "这里不能再有冒号：值里含有“: ”时请给整个值加引号；如果这是新的一行，请与上面的键左对齐"}},
    {"sequence entries are not allowed", "", false,
     {"“- ” cannot start a list here; begin the list on a line of its own, or put the value in "
      "quotes",
      "这里不能用“- ”开始列表；列表请另起一行，否则请给值加引号"}},
    {"mapping keys are not allowed", "", false,
     {"“? ” cannot stand here; put the value in quotes", "这里不能用“? ”，请给值加引号"}},
    {"could not find expected ':'", "", true,
     {"this line has no colon: write `key: value`", "这一行没有冒号；应写成“键: 值”"}},
    {"alphabetic or numeric", "alias", true,
     {"a value that starts with “*” must be in quotes", "以“*”开头的值要加引号"}},
    {"alphabetic or numeric", "anchor", true,
     {"a value that starts with “&” must be in quotes", "以“&”开头的值要加引号"}},
    {"", "tag", true, {"a value that starts with “!” must be in quotes", "以“!”开头的值要加引号"}},
    {"undefined tag handle", "", false,
     {"a value that starts with “!” must be in quotes", "以“!”开头的值要加引号"}},
    {"expected comment or line break", "block scalar", true,
     {"after “|” or “>” the text starts on the next line; put a value that starts with them in "
      "quotes",
      "“|”“>”后面的文字要另起一行；以它们开头的值要加引号"}},
    {"expected ',' or ']'", "", true,
     {"this list is not well closed: items are parted by “,” and the list ends with “]”",
      "这个列表没有写完：各项用半角逗号“,”分开，末尾要有“]”"}},
    {"expected ',' or '}'", "", true,
     {"this “{” is not well closed: entries are `key: value`, parted by “,”, and end with “}”",
      "这个“{”没有写完：每项写成“键: 值”，用半角逗号“,”分开，末尾要有“}”"}},
    {"expected key", "block mapping", false,
     {"this does not line up with the keys above, or follows a closing quote; start keys of one "
      "level in the same column",
      "这里与上面的键没有左对齐，或者引号后面还有文字；同一级的键要左对齐"}},
    {"expected '-' indicator", "", false,
     {"this does not line up with the list above; start each item with “- ” in the same column",
      "这里与上面的列表没有左对齐；每一项都以“- ”开头并左对齐"}},
    {"expected node content", "", false, {"a value is missing here", "这里缺少值"}},
    {"expected <document start>", "", false,
     {"the file goes on after the end of its data; keep one document",
      "数据结束之后还有内容；一个文件只能有一份数据"}},
    {"duplicate %YAML", "", false, {"two %YAML lines; delete one", "有两行%YAML，请删去一行"}},
    {"incompatible YAML", "", false,
     {"only YAML 1.1 and 1.2 are read; delete the %YAML line",
      "只支持YAML 1.1和1.2，请删去%YAML这一行"}},
    {"directive", "", true,
     {"a line that starts with “%” is a directive; put the text in quotes",
      "行首的“%”是指令符号；请给文字加引号"}},
};

static bool holds(const char *text, const char *part) {
    return !*part || (text && strstr(text, part));
}

static const struct hint *find_hint(const yaml_parser_t *parser) {
    for (size_t i = 0; i < sizeof HINTS / sizeof *HINTS; i++)
        if (holds(parser->problem, HINTS[i].problem) && holds(parser->context, HINTS[i].context))
            return &HINTS[i];
    return NULL;
}

// A character that starts no value: a tab, or one of @ ` %.
static bool report_start(reader *r, size_t at) {
    const od_span span = char_at(r, at);
    const od_slice text = od_slice_cut(r->cursor.text, span.start, span.end);
    if (od_slice_is(text, "\t"))
        return fail(r, OD_INVALID, span,
                    OD_SAY("a tab stands where the line is indented; use spaces",
                           "缩进用了制表符（Tab），请改用空格"),
                    text);
    return fail(r, OD_INVALID, span,
                OD_SAY("a value cannot start with “{1}”; put it in quotes",
                       "值不能以“{1}”开头，请加引号"),
                text);
}

static bool report_no_key(reader *r, od_span span) {
    return fail(r, OD_INVALID, span,
                OD_SAY("the key before this colon is missing", "冒号前面缺少键"), (od_slice){0});
}

static bool report_unknown(reader *r, size_t at) {
    const char *const problem = r->parser.problem ? r->parser.problem : "wrong YAML";
    return fail(r, OD_INVALID, char_at(r, at),
                OD_SAY("not YAML here: {1}", "这里不符合YAML格式：{1}"), od_slice_of(problem));
}

static bool report_error(reader *r) {
    const yaml_parser_t *const parser = &r->parser;
    if (parser->error == YAML_MEMORY_ERROR) od_run_out(0);
    const size_t at = offset_of(&r->cursor, parser->problem_mark);
    const bool has_context =
        parser->context && parser->context_mark.line <= parser->problem_mark.line;
    const size_t start = has_context ? offset_of(&r->cursor, parser->context_mark) : at;
    if (parser->problem && strstr(parser->problem, "cannot start any token"))
        return report_start(r, at);
    const struct hint *const hint = find_hint(parser);
    if (!hint) return report_unknown(r, at);
    if (strstr(hint->problem, "expected key") && at < r->cursor.text.size &&
        r->cursor.text.data[at] == ':')
        return report_no_key(r, char_at(r, at));
    const bool about_colons =
        strstr(hint->problem, "':'") || strstr(hint->problem, "mapping values");
    if (strstr(hint->problem, "':'") && blame_colon(r, start)) return false;
    if (about_colons && blame_line_before(r, hint->at_context ? start : at)) return false;
    return fail(r, OD_INVALID, char_at(r, hint->at_context ? start : at), hint->text,
                (od_slice){0});
}

// ---- scalars -----------------------------------------------------------------------------------

static size_t skip_digits(od_slice text, size_t at) {
    while (at < text.size && od_is_digit((unsigned char)text.data[at])) at++;
    return at;
}

static bool is_based(od_slice text, const char *prefix, const char *digits) {
    if (!od_slice_starts(text, od_slice_of(prefix)) || text.size == strlen(prefix)) return false;
    for (size_t i = strlen(prefix); i < text.size; i++)
        if (!text.data[i] || !strchr(digits, text.data[i])) return false;
    return true;
}

// Whether a plain scalar is a number of the core schema (YAML 1.2.2, 10.3.2).
static bool is_core_number(od_slice text) {
    if (text.size && text.data[0] == '0' &&
        (is_based(text, "0o", "01234567") || is_based(text, "0x", "0123456789abcdefABCDEF")))
        return true;
    size_t at = text.size && (text.data[0] == '-' || text.data[0] == '+');
    const size_t whole = skip_digits(text, at);
    size_t digits = whole - at;
    at = whole;
    if (at < text.size && text.data[at] == '.') {
        const size_t end = skip_digits(text, at + 1);
        digits += end - at - 1;
        at = end;
    }
    if (!digits) return false;
    if (at < text.size && (text.data[at] | 0x20) == 'e') {
        at++;
        if (at < text.size && (text.data[at] == '-' || text.data[at] == '+')) at++;
        const size_t end = skip_digits(text, at);
        if (end == at) return false;
        at = end;
    }
    return at == text.size;
}

static bool is_one_of(od_slice text, const char *const *words) {
    for (; *words; words++)
        if (od_slice_is(text, *words)) return true;
    return false;
}

// What plain words but texts and numbers start with.
static bool may_be_word(od_slice text) {
    return !text.size || strchr("~nNtTfF", text.data[0]);
}

void od_yaml_classify(od_value *value) {
    static const char *const NULLS[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const BOOLEANS[] = {"true", "True", "TRUE", "false", "False", "FALSE", NULL};
    if (value->quoted) return;
    if (!may_be_word(value->text)) value->number = is_core_number(value->text);
    else if (is_one_of(value->text, NULLS)) value->kind = OD_NULL;
    else value->boolean = is_one_of(value->text, BOOLEANS);
}

// Moves `at` past anchors, tags, and what may stand between them and their node.
static size_t skip_properties(const reader *r, size_t at, size_t end) {
    const char *const data = r->cursor.text.data;
    while (at < end && (data[at] == '&' || data[at] == '!')) {
        while (at < end && !strchr(" \t\r\n,[]{}", data[at])) at++;
        while (at < end && strchr(" \t\r\n#", data[at])) {
            if (data[at] != '#') at++;
            else
                while (at < end && data[at] != '\n' && data[at] != '\r') at++;
        }
    }
    return at;
}

static od_span span_of(reader *r, const yaml_event_t *event, bool has_properties) {
    const size_t start = offset_of(&r->cursor, event->start_mark);
    const size_t end = offset_of(&r->cursor, event->end_mark);
    return (od_span){has_properties ? skip_properties(r, start, end) : start, end};
}

// Keeps the text of a scalar: most stand in the source as they are.
static od_slice keep_text(reader *r, od_slice text, od_span span) {
    const od_slice there = od_source_cut(r->b.source, span);
    return od_slice_equal(there, text) ? there : od_arena_copy(r->b.arena, text);
}

static bool check_tag(reader *r, const char *tag, const char *const *allowed, od_span span) {
    static const char CORE[] = "tag:yaml.org,2002:";
    const bool is_core = tag && strncmp(tag, CORE, sizeof CORE - 1) == 0;
    if (!tag || strcmp(tag, "!") == 0) return true;
    if (is_core && is_one_of(od_slice_of(tag + sizeof CORE - 1), allowed)) return true;
    return fail(
        r, OD_INVALID, span,
        OD_SAY("the tag “{1}” is not supported; a value that starts with “!” must be in quotes",
               "不支持标签“{1}”；以“!”开头的值要加引号"),
        od_slice_of(tag));
}

// Sets `*value` to the scalar of `event`.
static bool read_scalar(reader *r, const yaml_event_t *event, od_value *value) {
    static const char *const TAGS[] = {"str", "int", "float", "bool", "null", NULL};
    const char *const tag = (const char *)event->data.scalar.tag;
    const bool is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    const bool is_block = event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
                          event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
    od_span span = span_of(r, event, tag || event->data.scalar.anchor);
    // libyaml's end of a block is where the next token starts.
    while (is_block && span.end > span.start &&
           strchr(" \t\r\n", r->cursor.text.data[span.end - 1]))
        span.end--;
    const od_slice text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    if (!check_tag(r, tag, TAGS, span)) return false;
    if (text.size && memchr(text.data, 0, text.size))
        return fail(r, OD_INVALID, span,
                    OD_SAY("the value holds a NUL character (“\\0”); delete it",
                           "值里有NUL字符（“\\0”），请删掉"),
                    text);
    *value = (od_value){.kind = OD_SCALAR,
                        .source = r->b.source,
                        .span = span,
                        .quoted = !is_plain || (tag && (strcmp(tag, "!") == 0 ||
                                                        strcmp(tag, YAML_STR_TAG) == 0)),
                        .text = keep_text(r, text, span)};
    od_yaml_classify(value);
    return true;
}

// ---- anchors and aliases -----------------------------------------------------------------------

// Notes the anchor of an event and returns its index; SIZE_MAX when it has none.
static size_t note_anchor(reader *r, const yaml_char_t *name, const od_built *built) {
    if (!name) return SIZE_MAX;
    anchor *const noted = od_array_push(&r->b.scratch, &r->anchors);
    noted->name = od_arena_copy(&r->b.scratch, od_slice_of((const char *)name));
    noted->open = built == NULL;
    if (built) noted->built = *built;
    return r->anchors.count - 1;
}

static const anchor *find_anchor(const reader *r, od_slice name) {
    for (size_t i = r->anchors.count; i-- > 0;)
        if (od_slice_equal(r->anchors.items[i].name, name)) return &r->anchors.items[i];
    return NULL;
}

// Whether one more alias of `target` keeps within the limits.
static bool check_alias_limits(reader *r, const anchor *target, od_span span) {
    if (++r->aliases > od_limit_value(YAML_ALIASES))
        return fail_limit(
            r, span,
            OD_SAY("more than {1} aliases (limit: YAML aliases); write the values out",
                   "别名（*名称）超过{1}个（上限：YAML 别名数），请直接写出值"),
            od_limit_value(YAML_ALIASES));
    r->alias_nodes += target->built.nodes;
    if (r->alias_nodes > od_limit_value(YAML_ALIAS_NODES))
        return fail_limit(r, span,
                          OD_SAY("aliases repeat more than {1} values (limit: nodes made by YAML "
                                 "aliases); write the values out",
                                 "别名重复出的值超过{1}个（上限：YAML 别名展开的节点数），请直接写出值"),
                          od_limit_value(YAML_ALIAS_NODES));
    if (r->b.frames.count + target->built.height > od_limit_value(YAML_DEPTH))
        return fail_limit(r, span, r->b.depth_message, od_limit_value(YAML_DEPTH));
    return true;
}

static bool find_target(reader *r, const yaml_event_t *event, od_span span, const anchor **target) {
    const od_slice name = od_slice_of((const char *)event->data.alias.anchor);
    *target = find_anchor(r, name);
    if (!*target)
        return fail(
            r, OD_INVALID, span,
            OD_SAY("“*{1}” refers to nothing; a value that starts with “*” must be in quotes",
                   "“*{1}”没有对应的“&{1}”；以“*”开头的值要加引号"),
            name);
    if ((*target)->open)
        return fail(r, OD_INVALID, span,
                    OD_SAY("“*{1}” stands inside the value it refers to",
                           "“*{1}”写在了它自己所指的值里面"),
                    name);
    return check_alias_limits(r, *target, span);
}

// ---- events ------------------------------------------------------------------------------------

static bool add_key(reader *r, const od_value *value) {
    if (value->kind == OD_MAPPING || value->kind == OD_SEQUENCE)
        return fail(r, OD_INVALID, value->span,
                    OD_SAY("a key must be a text, not a list", "键必须是文字，不能是列表"),
                    (od_slice){0});
    if (!value->text.size) return report_no_key(r, value->span);
    if (!value->quoted && od_slice_is(value->text, "<<"))
        return fail(r, OD_INVALID, value->span,
                    OD_SAY("merge keys (“<<”) are not supported; write the keys out",
                           "不支持合并键“<<”，请直接写出各个键"),
                    (od_slice){0});
    return od_builder_key(&r->b, value->text, value->span);
}

static bool add_scalar(reader *r, const yaml_event_t *event) {
    od_built built = {.nodes = 1};
    if (!read_scalar(r, event, &built.value)) return false;
    note_anchor(r, event->data.scalar.anchor, &built);
    if (od_builder_wants_key(&r->b)) return add_key(r, &built.value);
    if (r->b.frames.count && !check_flow_key(r, &built.value)) return false;
    return check_root(r, &built.value) && od_builder_add(&r->b, &built);
}

static bool add_alias(reader *r, const yaml_event_t *event) {
    const anchor *target;
    const od_span span = span_of(r, event, false);
    if (!find_target(r, event, span, &target)) return false;
    od_built built = target->built;
    built.value.span = span;
    if (od_builder_wants_key(&r->b)) return add_key(r, &built.value);
    return od_builder_add(&r->b, &built);
}

// The parts of a start of a sequence and of a mapping that are the same.
typedef struct opening {
    od_value_kind kind;
    const yaml_char_t *anchor, *tag;
    bool flow;
} opening;

static opening opening_of(const yaml_event_t *event) {
    if (event->type == YAML_SEQUENCE_START_EVENT)
        return (opening){OD_SEQUENCE, event->data.sequence_start.anchor,
                         event->data.sequence_start.tag,
                         event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE};
    return (opening){OD_MAPPING, event->data.mapping_start.anchor, event->data.mapping_start.tag,
                     event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE};
}

static bool open_collection(reader *r, const yaml_event_t *event) {
    static const char *const TAGS[][2] = {
        [OD_SEQUENCE] = {"seq", NULL}, [OD_MAPPING] = {"map", NULL}};
    const opening o = opening_of(event);
    const bool has_properties = o.anchor || o.tag;
    size_t start = offset_of(&r->cursor, event->start_mark);
    if (has_properties) start = skip_properties(r, start, r->cursor.text.size);
    if (!check_tag(r, (const char *)o.tag, TAGS[o.kind], char_at(r, start))) return false;
    if (od_builder_wants_key(&r->b))
        return add_key(r, &(od_value){.kind = o.kind, .span = char_at(r, start)});
    *od_array_push(&r->b.scratch, &r->levels) = (level){note_anchor(r, o.anchor, NULL), o.flow};
    return od_builder_open(&r->b, o.kind, start);
}

static bool close_collection(reader *r, const yaml_event_t *event) {
    const level closed = r->levels.items[--r->levels.count];
    const od_builder_frame *const frame = &r->b.frames.items[r->b.frames.count - 1];
    size_t end = offset_of(&r->cursor, event->end_mark);
    // A block has no mark at its end: libyaml's is where the next token starts.
    if (event->start_mark.index == event->end_mark.index && r->b.pending.count > frame->first)
        end = od_builder_last_end(&r->b);
    od_built built;
    if (!od_builder_close(&r->b, end, &built)) return false;
    if (closed.anchor == SIZE_MAX) return true;
    r->anchors.items[closed.anchor].built = built;
    r->anchors.items[closed.anchor].open = false;
    return true;
}

static bool start_document(reader *r, const yaml_event_t *event) {
    if (++r->documents == 1) return true;
    return fail(r, OD_INVALID, char_at(r, offset_of(&r->cursor, event->start_mark)),
                OD_SAY("a second document starts here (“---”); keep one document in a file",
                       "这里又开始了一份数据（“---”）；一个文件只能有一份数据"),
                (od_slice){0});
}

static bool take(reader *r, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT: return start_document(r, event);
    case YAML_SCALAR_EVENT: return add_scalar(r, event);
    case YAML_ALIAS_EVENT: return add_alias(r, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT: return open_collection(r, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: return close_collection(r, event);
    default: return true;
    }
}

static bool read_events(reader *r) {
    for (bool going = true; going;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event)) return report_error(r);
        going = event.type != YAML_STREAM_END_EVENT;
        const bool taken = take(r, &event);
        yaml_event_delete(&event);
        if (!taken) return false;
    }
    return true;
}

// ---- all ---------------------------------------------------------------------------------------

// Refuses %TAG lines, in which libyaml takes quadratic time: at the start and after `...`.
static bool check_directives(reader *r, size_t start) {
    const od_source *const source = r->b.source;
    const size_t end = r->cursor.text.size;
    bool in_prefix = true;
    for (size_t i = od_source_line_at(source, start);
         i < source->line_count && source->lines[i] < end; i++) {
        const od_span line = line_around(r, source->lines[i] < start ? start : source->lines[i]);
        const od_slice text =
            od_source_cut(source, (od_span){line.start < start ? start : line.start, line.end});
        if (od_slice_starts(text, OD_SLICE("..."))) in_prefix = true;
        else if (in_prefix && od_slice_starts(text, OD_SLICE("%TAG")))
            return fail(r, OD_INVALID, line,
                        OD_SAY("%TAG lines are not supported; delete it", "不支持%TAG，请删去这一行"),
                        (od_slice){0});
        else if (text.size && text.data[0] != '#' && text.data[0] != '%' &&
                 od_slice_trim(text).size)
            in_prefix = false;
    }
    return true;
}

static bool read_range(reader *r, od_span range) {
    if (!check_directives(r, range.start)) return false;
    if (!yaml_parser_initialize(&r->parser)) od_run_out(sizeof r->parser);
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    const od_slice text = od_source_cut(r->b.source, range);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)(text.size ? text.data : ""),
                                 text.size);
    const bool done = read_events(r);
    yaml_parser_delete(&r->parser);
    return done;
}

static od_builder make_builder(od_arena *arena, const od_source *source, od_diagnostics *failures) {
    return (od_builder){.arena = arena,
                        .source = source,
                        .failures = failures,
                        .depth_max = od_limit_value(YAML_DEPTH),
                        .depth_message =
                            OD_SAY("nested deeper than {1} levels (limit: YAML nesting)",
                                   "嵌套超过{1}层（上限：YAML 嵌套层数）")};
}

// Reads the range without libyaml, if it is simple enough. What is wrong is said by who knows best.
static bool read_simple(od_arena *arena, const od_source *source, od_span range,
                        od_diagnostics *failures, od_value *value) {
    const size_t before = failures->found.count;
    const od_mark mark = od_arena_mark(arena);
    od_builder b = make_builder(arena, source, failures);
    od_builder_reserve(&b, range.end - range.start);
    const bool done = od_yaml_read_simple(&b, range);
    if (done) *value = b.root;
    else if (failures->found.count == before) od_arena_rewind(arena, mark);
    failures->found.count = before;
    od_builder_free(&b);
    return done;
}

od_status od_yaml_read(od_arena *arena, const od_source *source, od_span range,
                       od_diagnostics *failures, od_value *value) {
    static const od_slice MARK = {"\xEF\xBB\xBF", 3};
    if (range.start == 0 && od_slice_starts(od_source_cut(source, range), MARK))
        range.start = MARK.size;
    reader r = {.b = make_builder(arena, source, failures),
                .cursor = {od_slice_cut(source->bytes, 0, range.end), 0, range.start}};
    if (!od_builder_check_bytes(&r.b, range)) return r.b.status;
    if (read_simple(arena, source, range, failures, value)) return OD_OK;
    const bool done = read_range(&r, range);
    if (done)
        *value = r.b.has_root ? r.b.root
                              : (od_value){.source = source, .span = {range.start, range.start}};
    od_builder_free(&r.b);
    return done ? OD_OK : r.b.status;
}
