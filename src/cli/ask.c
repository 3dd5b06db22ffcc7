#include "cli/ask.h"

#include "base/limits.h"
#include "base/names.h"
#include "base/utf8.h"

#include <stdio.h>
#include <unistd.h>

// What a value of each type looks like, for a person.
static const od_text TYPES[] = {
    [OD_TYPE_TEXT] = OD_SAY("text", "文字"),
    [OD_TYPE_INTEGER] = OD_SAY("whole number", "整数"),
    [OD_TYPE_DECIMAL] = OD_SAY("number", "数"),
    [OD_TYPE_PERCENT] = OD_SAY("percentage", "百分比"),
    [OD_TYPE_MONEY] = OD_SAY("amount of money", "金额"),
    [OD_TYPE_AMOUNT_CN] = OD_SAY("amount in capitals", "大写金额"),
    [OD_TYPE_YEAR] = OD_SAY("year, such as 2022", "年份，如2022"),
    [OD_TYPE_MONTH] = OD_SAY("month, 1 to 12", "月份，1到12"),
    [OD_TYPE_DAY] = OD_SAY("day, 1 to 31", "日，1到31"),
    [OD_TYPE_DATE] = OD_SAY("date, such as 2022-02-18", "日期，如2022-02-18"),
    [OD_TYPE_TIME] = OD_SAY("time, such as 14:30", "时间，如14:30"),
    [OD_TYPE_DURATION] = OD_SAY("length of time", "时长"),
    [OD_TYPE_PERSON] = OD_SAY("person", "人名"),
    [OD_TYPE_ORG] = OD_SAY("organisation", "单位名称"),
    [OD_TYPE_ENUM] = OD_SAY("one of the given words", "规定的词语之一"),
    [OD_TYPE_LIST] = OD_SAY("list", "列表"),
};

typedef struct asker {
    od_cli *cli;
    const od_source *source;
    const od_fields *fields;
    const od_field **questions;
    size_t count;
    bool ended; // no more input
} asker;

// ---- what to ask -------------------------------------------------------------------------------

// Returns the field that a blank belongs to: `meeting_date` for `meeting_date.day`, since a date is
// asked as a whole.
static od_slice whole_name(const od_field *field, bool *is_part) {
    static const char *const PARTS[] = {".year", ".month", ".day"};
    *is_part = false;
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        const od_slice part = od_slice_of(PARTS[i]);
        if (!od_slice_ends(field->name, part)) continue;
        *is_part = true;
        return od_slice_cut(field->name, 0, field->name.size - part.size);
    }
    return field->name;
}

// Returns what is the same for blanks that take one value, and no others.
static od_slice identity(od_arena *arena, const od_field *field) {
    const od_slice mark = OD_SLICE("\n");
    bool is_part;
    if (field->name.size) return whole_name(field, &is_part);
    return od_arena_concat(arena, mark, field->scope, mark, field->key, mark,
                           od_arena_number(arena, field->token), mark,
                           field->shared ? od_arena_number(arena, field->index) : OD_SLICE(""));
}

// Keeps the first blank of each value that is missing.
static void choose(asker *a) {
    od_arena *const arena = &a->cli->arena;
    const od_fields *const fields = a->fields;
    od_name *const names = od_arena_array(arena, od_name, fields->count);
    bool *const first = od_arena_array(arena, bool, fields->count);
    for (size_t i = 0; i < fields->count; i++)
        names[i] = (od_name){identity(arena, &fields->items[i]), i};
    od_names_sort(names, fields->count);
    for (size_t i = 0; i < fields->count; i++)
        first[names[i].number] = i == 0 || !od_slice_equal(names[i - 1].name, names[i].name);
    a->questions = od_arena_array(arena, const od_field *, fields->count);
    for (size_t i = 0; i < fields->count; i++)
        if (first[i] && !fields->items[i].has_value) a->questions[a->count++] = &fields->items[i];
}

// ---- questions and answers ---------------------------------------------------------------------

// Reads a line without its end, up to the size of a value and a little more; false at the end of input.
static bool read_line(od_buf *line) {
    const size_t most = od_limit_value(VALUE_SIZE) + 1;
    int byte;
    line->size = 0;
    while ((byte = getchar_unlocked()) != EOF && byte != '\n')
        if (line->size < most) od_buf_byte(line, (char)byte);
    return byte != EOF || line->size > 0;
}

static void introduce(asker *a, size_t index) {
    od_cli *const cli = a->cli;
    const od_field *const field = a->questions[index];
    const od_position at = od_source_position(a->source, field->span.start, OD_CODE_POINTS);
    const od_slice message = od_say(
        &cli->log, OD_SAY("[{1}/{2}] line {3}: {4}", "[{1}/{2}] 第{3}行：{4}"),
        od_arena_number(&cli->arena, index + 1), od_arena_number(&cli->arena, a->count),
        od_arena_number(&cli->arena, at.line), field->context);
    od_buf_add(&cli->err, message);
    od_buf_byte(&cli->err, '\n');
}

static void prompt(asker *a, const od_field *field) {
    od_cli *const cli = a->cli;
    bool is_part;
    const od_slice name = whole_name(field, &is_part);
    const od_slice type = od_say(&cli->log, TYPES[is_part ? OD_TYPE_DATE : field->type]);
    const od_slice called = field->label.size ? field->label : name.size ? name : field->key;
    const od_slice line =
        field->unit.size && !is_part
            ? od_say(&cli->log, OD_SAY("{1} ({2}, {3}): ", "{1}（{2}，{3}）："), called, type,
                     field->unit)
            : od_say(&cli->log, OD_SAY("{1} ({2}): ", "{1}（{2}）："), called, type);
    od_buf_text(&cli->err, "  ");
    od_buf_add(&cli->err, line);
    od_cli_flush(cli);
}

static bool accepts(asker *a, const od_field *field, od_slice answer) {
    od_cli *const cli = a->cli;
    od_slice why = {0};
    if (od_utf8_find_invalid(answer) != SIZE_MAX)
        why = od_say(&cli->log, OD_SAY("text in UTF-8", "UTF-8编码的文字"));
    else if (answer.size > od_limit_value(VALUE_SIZE))
        why = od_say(&cli->log, OD_SAY("a shorter text", "短一些的文字"));
    else if (od_field_accepts(cli->session, field, answer, &why)) return true;
    const od_slice message =
        od_say(&cli->log, OD_SAY("not accepted; expected: {1}", "不能这样填；应为：{1}"), why);
    od_buf_text(&cli->err, "  ");
    od_buf_add(&cli->err, message);
    od_buf_byte(&cli->err, '\n');
    return false;
}

// Asks until an answer is right. Returns false when the blank is left.
static bool ask_one(asker *a, const od_field *field, od_buf *line, od_slice *answer) {
    do {
        prompt(a, field);
        a->ended = !read_line(line);
        // What a person types ends the line of the question; what a pipe gives is not seen.
        if (!isatty(STDIN_FILENO) || a->ended) od_buf_byte(&a->cli->err, '\n');
        *answer = od_slice_trim(od_buf_slice(line));
        if (a->ended || !answer->size) return false;
    } while (!accepts(a, field, *answer));
    return true;
}

// Adds an answer. A phrase of several blanks takes a list, in which those that are not answered would
// count as left on purpose: so what the data gives for them is repeated.
static void add_answer(asker *a, const od_field *field, od_slice answer, od_data *data) {
    od_data_answer(data, field, answer);
    if (field->name.size || field->token_count < 2) return;
    const size_t index = (size_t)(field - a->fields->items), reach = field->token_count;
    size_t i = index > reach ? index - reach : 0;
    for (; i < a->fields->count && i <= index + reach; i++) {
        const od_field *const other = &a->fields->items[i];
        if (other->has_value && !other->name.size && od_slice_equal(other->key, field->key) &&
            od_slice_equal(other->scope, field->scope))
            od_data_answer(data, other, other->value);
    }
}

size_t od_ask(od_cli *cli, const od_draft *draft, od_data *data) {
    asker a = {.cli = cli, .source = od_document_source(draft->document)};
    a.fields = od_list_fields(cli->session, draft->document, draft->profile, data);
    choose(&a);
    od_buf line = {0};
    size_t answered = 0;
    for (size_t i = 0; i < a.count && !a.ended; i++) {
        od_slice answer;
        introduce(&a, i);
        if (!ask_one(&a, a.questions[i], &line, &answer)) continue;
        add_answer(&a, a.questions[i], answer, data);
        answered++;
    }
    od_buf_free(&line);
    return answered;
}
