// placeholder-unfilled: every blank that is left, with the line of data that would fill it.
#include "engine/check.h"

#include "base/buf.h"
#include "base/utf8.h"

// What a clerk is to write for a type.
static od_text type_word(od_field_type type) {
    switch (type) {
    case OD_TYPE_INTEGER: return OD_SAY("number", "数字");
    case OD_TYPE_DECIMAL: return OD_SAY("number", "数字");
    case OD_TYPE_PERCENT: return OD_SAY("percent", "百分数");
    case OD_TYPE_MONEY:
    case OD_TYPE_AMOUNT_CN: return OD_SAY("amount", "金额");
    case OD_TYPE_YEAR: return OD_SAY("year", "年份");
    case OD_TYPE_MONTH: return OD_SAY("month", "月份");
    case OD_TYPE_DAY: return OD_SAY("day", "日");
    case OD_TYPE_DATE: return OD_SAY("date", "日期");
    case OD_TYPE_TIME: return OD_SAY("time", "时间");
    case OD_TYPE_DURATION: return OD_SAY("duration", "时长");
    case OD_TYPE_PERSON: return OD_SAY("name", "姓名");
    case OD_TYPE_ORG: return OD_SAY("organisation", "单位名称");
    default: return OD_SAY("text", "文字");
    }
}

// Whether a cut at `at` would part a number or a Latin word: 2025 in ……025年.
static bool parts_word(od_slice text, size_t at) {
    if (at == 0 || at >= text.size) return false;
    const unsigned char left = (unsigned char)text.data[at - 1], right = (unsigned char)text.data[at];
    return (od_is_digit(left) || od_is_ascii_alpha(left)) &&
           (od_is_digit(right) || od_is_ascii_alpha(right));
}

// Returns the last part of `context` before `start` and the first part after `end`, the middle whole,
// with an ellipsis where it was cut.
static od_slice shorten(od_arena *arena, od_slice text, size_t start, size_t end) {
    enum { AROUND = 12 };
    size_t from = start, to = end, size;
    for (int n = 0; n < AROUND && from > 0; n++) {
        od_utf8_read_before(text, from, &size);
        from -= size;
    }
    for (int n = 0; n < AROUND && to < text.size; n++) {
        od_utf8_read(text, to, &size);
        to += size;
    }
    for (int n = 0; n < AROUND && parts_word(text, from); n++) from--;
    for (int n = 0; n < AROUND && parts_word(text, to); n++) to++;
    return od_arena_concat(arena, from > 0 ? OD_SLICE("……") : OD_SLICE(""),
                           od_slice_cut(text, from, to),
                           to < text.size ? OD_SLICE("……") : OD_SLICE(""));
}

static od_slice clause_of(const od_check_context *c, const od_key *key, size_t index) {
    const od_leaf *const leaf = od_reading_leaf(c->reading, index);
    const od_blank *const blank = &c->reading->blanks.items[index];
    const size_t offset = (size_t)(key->context.data - leaf->visible.text.data);
    if (blank->start < offset || blank->end > offset + key->context.size) return key->context;
    return shorten(c->found->arena, key->context, blank->start - offset, blank->end - offset);
}

// Returns the value to write after `key:`, one word for each blank that the key reaches.
static od_slice value_words(const od_check_context *c, const od_key *key, size_t index) {
    enum { SHOWN = 6 };
    od_arena *const arena = c->found->arena;
    const size_t first = index + 1 - key->token;
    od_slice words = {0};
    for (size_t i = 0; i < key->slot_count && i < SHOWN; i++) {
        const size_t blank = first + i % key->token_count;
        const od_field_type type = od_blank_type(c->reading, c->places, blank).type;
        const od_slice word = od_say(c->found, type_word(type));
        words = i ? od_arena_concat(arena, words, OD_SLICE(", "), word) : word;
    }
    if (key->slot_count == 1) return words;
    return od_arena_concat(arena, OD_SLICE("["), words,
                           key->slot_count > SHOWN ? OD_SLICE(", …]") : OD_SLICE("]"));
}

// Returns what is to be written for a field: one of its choices, where it has few.
static od_slice field_words(const od_check_context *c, const od_datum_type *type) {
    enum { SHOWN = 6 };
    if (type->type != OD_TYPE_ENUM || type->choice_count > SHOWN)
        return od_say(c->found, type_word(type->type));
    od_slice words = {0};
    for (size_t i = 0; i < type->choice_count; i++)
        words = od_arena_concat(c->found->arena, words, i ? OD_SLICE("/") : words, type->choices[i]);
    return words;
}

static bool is_plain_key(od_slice key) {
    static const char MARKS[] = "-?:,[]{}#&*!|>'\"%@` ";
    return key.size && !memchr(MARKS, key.data[0], sizeof MARKS - 1) &&
           od_slice_find(key, OD_SLICE(": "), 0) == SIZE_MAX &&
           od_slice_find(key, OD_SLICE(" #"), 0) == SIZE_MAX && !od_slice_ends(key, OD_SLICE(":"));
}

// Returns `key` as YAML takes it before a colon (YAML 1.2, 7.3): in quotes where it needs them.
static od_slice yaml_key(od_arena *arena, od_slice key) {
    if (is_plain_key(key)) return key;
    od_buf quoted = {0};
    od_buf_byte(&quoted, '\'');
    for (size_t i = 0; i < key.size; i++) {
        if (key.data[i] == '\'') od_buf_byte(&quoted, '\'');
        od_buf_byte(&quoted, key.data[i]);
    }
    od_buf_byte(&quoted, '\'');
    const od_slice copy = od_arena_copy(arena, od_buf_slice(&quoted));
    od_buf_free(&quoted);
    return copy;
}

// Returns the key under which data gives the blank its value.
static od_slice data_key(const od_check_context *c, const od_key *keys, size_t index) {
    const od_place *const place = c->places->by_blank[index];
    if (place) return c->reading->profile->fields[place->field].id;
    const od_key *const key = &keys[index];
    const od_slice path = key->scope ? key->scope->path : (od_slice){0};
    return od_arena_concat(c->found->arena, path, path.size ? OD_SLICE("::") : (od_slice){0},
                           key->text);
}

static od_slice data_line(const od_check_context *c, const od_key *keys, size_t index) {
    od_arena *const arena = c->found->arena;
    const od_place *const place = c->places->by_blank[index];
    const od_slice key = data_key(c, keys, index);
    if (!place)
        return od_arena_concat(arena, yaml_key(arena, key), OD_SLICE(": "),
                               value_words(c, &keys[index], index));
    return od_arena_concat(arena, key, OD_SLICE(": "),
                           field_words(c, &c->reading->profile->fields[place->field].type));
}

static od_slice message_of(const od_check_context *c, const od_key *keys, size_t index) {
    const od_blank *const blank = &c->reading->blanks.items[index];
    const od_slice clause = clause_of(c, &keys[index], index);
    const od_assignment *const planned = c->plan ? &c->plan->blanks[index] : NULL;
    if (planned && planned->fate == OD_FATE_FILL)
        return od_say(c->found,
                      OD_SAY("blank not filled: “{1}”; the data has “{2}” for it",
                             "还有空白没填：“{1}”。数据里已有它的值“{2}”"),
                      clause, planned->text);
    if (planned && planned->fate == OD_FATE_LEAVE)
        return od_say(c->found,
                      OD_SAY("blank left on purpose (the data says null): “{1}”",
                             "数据里写明暂不填（null）的空白：“{1}”"),
                      clause);
    if (planned && planned->refused)
        return od_say(c->found,
                      OD_SAY("blank not filled: “{1}”; what the data has for it is wrong",
                             "还有空白没填：“{1}”。数据里给它的值有错，请先改正"),
                      clause);
    if (blank->style == OD_BLANK_NOTE)
        return od_say(c->found, OD_SAY("still open: “{1}”", "还有待定的内容：“{1}”"), clause);
    if (blank->vague)
        return od_say(c->found,
                      OD_SAY("blank not filled: “{1}”; fill it by hand, marks stand inside it",
                             "还有空白没填：“{1}”。空白中间夹有标记，请手工填写"),
                      clause);
    if (!c->places->by_blank[index] && keys[index].shared && keys[index].slot_count == 1)
        return od_say(c->found,
                      OD_SAY("blank not filled: “{1}”; no words around it tell it from the others: fill "
                             "it by hand",
                             "还有空白没填：“{1}”。上下文与别处完全相同，无法用数据区分，请手工填写"),
                      clause);
    return od_say(c->found,
                  OD_SAY("blank not filled: “{1}”; add to the data: {2}",
                         "还有空白没填：“{1}”。请在数据中加一行：{2}"),
                  clause, data_line(c, keys, index));
}

static bool is_left(const od_check_context *c, size_t index, bool filled) {
    if (!c->plan) return true;
    const od_fate fate = c->plan->blanks[index].fate;
    return fate != OD_FATE_KEEP && !(filled && fate == OD_FATE_FILL);
}

size_t od_check_blanks(od_check_context *c, bool filled) {
    if (!c->reading->blanks.count) return 0;
    const od_key *const keys = od_keys_make(c->reading);
    const od_severity severity = od_check_leftover(c->reading->profile, c->stage);
    size_t left = 0;
    for (size_t i = 0; i < c->reading->blanks.count; i++) {
        if (!is_left(c, i, filled)) continue;
        od_diagnostic *const d =
            od_diagnose(c->found, OD_RULE_PLACEHOLDER_UNFILLED, &c->reading->document->source,
                        c->reading->blanks.items[i].span, message_of(c, keys, i));
        d->severity = severity;
        left++;
    }
    return left;
}

// ---- blanks of a table -------------------------------------------------------------------------

// Whether no data can fill the blank, so that message_of has said what to do.
static bool needs_hand(const od_check_context *c, const od_key *keys, size_t index) {
    const od_blank *const blank = &c->reading->blanks.items[index];
    return blank->style == OD_BLANK_NOTE || blank->vague ||
           (!c->places->by_blank[index] && keys[index].shared && keys[index].slot_count == 1);
}

static od_slice uncovered_message(const od_check_context *c, const od_key *keys, bool has_header,
                                  const od_uncovered *u) {
    const od_slice clause = clause_of(c, &keys[u->blank], u->blank);
    od_arena *const arena = c->found->arena;
    const size_t slots = c->places->by_blank[u->blank] ? 1 : keys[u->blank].slot_count;
    if (!u->all)
        return od_say(c->found,
                      u->rows == 1
                          ? OD_SAY("this row has no value for the blank “{2}”; add: {3}",
                                   "这行数据没有这处空白的值：“{2}”。请加：{3}")
                          : OD_SAY("{1} rows, this one first, have no value for the blank “{2}”; add: "
                                   "{3}",
                                   "有{1}行数据（这是第一行）没有这处空白的值：“{2}”。请加：{3}"),
                      od_arena_number(arena, u->rows), clause, data_line(c, keys, u->blank));
    if (!has_header)
        return od_say(c->found,
                      OD_SAY("no row has a value for the blank “{1}”; add to each: {2}",
                             "所有数据行都没有这处空白的值：“{1}”。请在每行数据中加：{2}"),
                      clause, data_line(c, keys, u->blank));
    const od_text text =
        slots == 1 ? OD_SAY("the table has no column for the blank “{1}”; add the column “{2}”",
                            "表里没有给这处空白的列：“{1}”。请加一列，列名：{2}")
                   : OD_SAY("the table has no columns for the blank “{1}”; add {3} columns called “{2}”, "
                            "one for each blank",
                            "表里没有给这处空白的列：“{1}”。请加{3}列，列名都是：{2}，每个空白一列");
    return od_say(c->found, text, clause, data_key(c, keys, u->blank),
                  od_arena_number(arena, slots));
}

// Whether what is said of the blank before says it of this one too.
static bool shares_column(const od_check_context *c, const od_key *keys, const od_uncovered *before,
                          const od_uncovered *u) {
    return before->all && u->all && !needs_hand(c, keys, u->blank) &&
           od_slice_equal(data_key(c, keys, before->blank), data_key(c, keys, u->blank));
}

void od_check_uncovered(od_check_context *c, const od_source *table, bool has_header,
                        const od_uncovered *blanks, size_t count) {
    if (!count) return;
    const od_key *const keys = od_keys_make(c->reading);
    const od_source *const draft = &c->reading->document->source;
    const od_severity severity = od_check_leftover(c->reading->profile, c->stage);
    for (size_t i = 0; i < count; i++) {
        const od_uncovered *const u = &blanks[i];
        if (has_header && i && shares_column(c, keys, &blanks[i - 1], u)) continue;
        const od_span span = c->reading->blanks.items[u->blank].span;
        const od_slice message = needs_hand(c, keys, u->blank)
                                     ? message_of(c, keys, u->blank)
                                     : uncovered_message(c, keys, has_header, u);
        od_diagnostic *const d =
            od_diagnose(c->found, OD_RULE_PLACEHOLDER_UNFILLED, u->all ? draft : table,
                        u->all ? span : u->first, message);
        d->severity = severity;
        if (!u->all)
            od_diagnostic_relate(c->found, d, draft, span,
                                 od_say(c->found, OD_SAY("the blank", "空白在这里")));
    }
}
