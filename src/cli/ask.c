#include "cli/ask.h"

#include "base/limits.h"
#include "base/names.h"
#include "base/utf8.h"
#include "report/print.h"

#include <stdio.h>
#include <unistd.h>

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

// Reads a line without its end, up to the size of a value and a little more; false at the end of
// input.
static bool read_line(od_buf *line) {
    const size_t most = od_limit_value(VALUE_SIZE) + 1;
    int byte;
    line->size = 0;
    while ((byte = getchar_unlocked()) != EOF && byte != '\n')
        if (line->size < most) od_buf_byte(line, (char)byte);
    return byte != EOF || line->size > 0;
}

// Returns the line around a blank, cut short, with the blank in brackets.
static od_slice sentence(asker *a, const od_field *field) {
    enum { BEFORE = 30, AFTER = 20 };
    const od_slice text = od_source_bytes(a->source), more = OD_SLICE("…");
    size_t start = field->span.start, end = field->span.end, size;
    for (size_t n = 0; n < BEFORE && start > 0 && text.data[start - 1] != '\n'; n++) {
        od_utf8_read_before(text, start, &size);
        start -= size;
    }
    for (size_t n = 0; n < AFTER && end < text.size && text.data[end] != '\n'; n++) {
        od_utf8_read(text, end, &size);
        end += size;
    }
    const bool cut_before = start > 0 && text.data[start - 1] != '\n';
    const bool cut_after = end < text.size && text.data[end] != '\n';
    return od_arena_concat(&a->cli->arena, cut_before ? more : (od_slice){0},
                           od_slice_cut(text, start, field->span.start), OD_SLICE("【"),
                           field->text, OD_SLICE("】"),
                           od_slice_trim(od_slice_cut(text, field->span.end, end)),
                           cut_after ? more : (od_slice){0});
}

static void introduce(asker *a, size_t index) {
    od_cli *const cli = a->cli;
    const od_field *const field = a->questions[index];
    const od_position at = od_source_position(a->source, field->span.start, OD_CODE_POINTS);
    od_print_text(&cli->err,
                  od_say(&cli->log, OD_SAY("[{1}/{2}] line {3}: {4}", "[{1}/{2}] 第{3}行：{4}"),
                         od_arena_number(&cli->arena, index + 1),
                         od_arena_number(&cli->arena, a->count),
                         od_arena_number(&cli->arena, at.line), sentence(a, field)));
    od_buf_byte(&cli->err, '\n');
}

// What is asked for: the field by the profile's words, and what kind of value it takes.
static void prompt(asker *a, const od_field *field) {
    od_cli *const cli = a->cli;
    bool is_part;
    const od_slice name = whole_name(field, &is_part);
    const od_slice called = field->label.size ? field->label : name;
    const od_field_type type = is_part ? OD_TYPE_DATE : field->type;
    od_slice kind = od_slice_of(od_print_type(type, cli->log.language));
    if (field->unit.size && !is_part)
        kind = od_say(&cli->log, OD_SAY("{1}, {2}", "{1}，{2}"), kind, field->unit);
    if (od_print_example(type))
        kind = od_say(&cli->log, OD_SAY("{1}, such as {2}", "{1}，如{2}"), kind,
                      od_slice_of(od_print_example(type)));
    const od_text text = called.size ? OD_SAY("  {1} ({2}): ", "  {1}（{2}）：")
                                     : OD_SAY("  {2}: ", "  {2}：");
    od_print_text(&cli->err, od_say(&cli->log, text, called, kind));
    od_cli_flush(cli);
}

static bool accepts(asker *a, const od_field *field, od_slice answer) {
    od_cli *const cli = a->cli;
    od_slice why;
    if (od_field_accepts(cli->session, field, answer, &why)) return true;
    od_print_text(&cli->err,
                  od_say(&cli->log, OD_SAY("  not accepted: {1}", "  不能这样填：{1}"), why));
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

// Adds an answer. A phrase of several blanks takes a list, in which those that are not answered
// would count as left on purpose: so what the data gives for them is repeated.
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
