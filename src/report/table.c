// The table of fields for people, its columns aligned by display width.
#include "report/print.h"
#include "source/source.h"

typedef enum column { NUMBER, PLACE, TYPE, SECTION, LABEL, VALUE, KEY, COLUMN_COUNT } column;

static const struct {
    const char *en, *zh;
} TITLES[COLUMN_COUNT] = {
    [NUMBER] = {"#", "#"},          [PLACE] = {"place", "位置"}, [TYPE] = {"type", "类型"},
    [SECTION] = {"section", "部分"}, [LABEL] = {"label", "名称"}, [VALUE] = {"value", "值"},
    [KEY] = {"key", "键"},
};

typedef struct row {
    od_slice cells[COLUMN_COUNT];
} row;

typedef struct table {
    od_arena *arena;
    const od_report_options *options;
    bool with_path;
    bool used[COLUMN_COUNT]; // columns in which something stands
    size_t widths[COLUMN_COUNT];
    OD_ARRAY(row) rows;
} table;

// Returns `text` as it may be shown.
static od_slice shown(const table *t, od_slice text) {
    od_buf buf = {0};
    od_print_text(&buf, text);
    const od_slice copy = od_arena_copy(t->arena, od_buf_slice(&buf));
    od_buf_free(&buf);
    return copy;
}

static od_slice place_of(const table *t, const od_source *source, od_position at) {
    const od_slice place = od_arena_concat(t->arena, od_arena_number(t->arena, at.line),
                                           OD_SLICE(":"), od_arena_number(t->arena, at.column));
    if (!t->with_path) return place;
    return od_arena_concat(t->arena, shown(t, od_slice_of(od_source_path(source))), OD_SLICE(":"),
                           place);
}

static od_slice type_of(const table *t, const od_field *field) {
    const od_slice type = od_slice_of(od_print_type(field->type, t->options->language));
    const od_slice unit = od_print_unit(field->type, field->unit);
    return unit.size ? od_arena_concat(t->arena, type, OD_SLICE(" "), shown(t, unit)) : type;
}

// Returns what a data file names the blank by: a field, a name, or a phrase and which of its
// blanks.
static od_slice key_of(const table *t, const od_field *field) {
    if (field->name.size) return shown(t, field->name);
    od_slice key = shown(t, field->key);
    if (field->scope.size)
        key = od_arena_concat(t->arena, shown(t, field->scope), OD_SLICE("::"), key);
    if (field->token_count < 2) return key;
    return od_arena_concat(t->arena, key, OD_SLICE("  ["), od_arena_number(t->arena, field->token),
                           OD_SLICE("/"), od_arena_number(t->arena, field->token_count),
                           OD_SLICE("]"));
}

static void add_row(table *t, const row *row) {
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const size_t width = od_print_text_width(row->cells[i]);
        if (width > t->widths[i]) t->widths[i] = width;
    }
    *od_array_push(t->arena, &t->rows) = *row;
}

static void add_field(table *t, const od_source *source, const od_field *field,
                      od_locator *locator) {
    const od_position at = od_locate(locator, source, field->span.start, t->options->unit);
    row row = {{[NUMBER] = od_arena_number(t->arena, field->index),
                [PLACE] = place_of(t, source, at),
                [TYPE] = type_of(t, field),
                [SECTION] = shown(t, field->section),
                [KEY] = key_of(t, field)}};
    if (field->label.size) row.cells[LABEL] = shown(t, field->label);
    if (field->has_value) row.cells[VALUE] = shown(t, field->value);
    else if (field->stands.size)
        row.cells[VALUE] = od_arena_concat(
            t->arena, shown(t, field->stands),
            od_slice_of(od_print_pick(t->options->language, " (known)", "（已知）")));
    for (size_t i = 0; i < COLUMN_COUNT; i++) t->used[i] |= row.cells[i].size > 0;
    add_row(t, &row);
}

static void add_titles(table *t) {
    row row;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        row.cells[i] =
            od_slice_of(od_print_pick(t->options->language, TITLES[i].en, TITLES[i].zh));
    add_row(t, &row);
}

static void print_row(od_buf *out, const table *t, const row *row) {
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (!t->used[i]) continue;
        const size_t room = t->widths[i] - od_print_text_width(row->cells[i]);
        if (i == NUMBER) od_print_spaces(out, room);
        od_buf_add(out, row->cells[i]);
        // The key comes last and is as long as it is.
        if (i != KEY) od_print_spaces(out, (i == NUMBER ? 0 : room) + 2);
    }
}

void od_report_fields_table(od_buf *out, const od_report_fields *documents, size_t count,
                            const od_report_options *options) {
    od_arena arena = {0};
    table t = {.arena = &arena, .options = options, .with_path = count > 1};
    add_titles(&t);
    for (size_t i = 0; i < count; i++) {
        od_locator locator = {0};
        for (size_t j = 0; j < documents[i].fields->count; j++)
            add_field(&t, documents[i].source, &documents[i].fields->items[j], &locator);
    }
    if (t.rows.count == 1) {
        od_buf_text(out, od_print_pick(options->language, "no blanks\n", "没有空白\n"));
    } else {
        od_print_color(out, options, OD_COLOR_BOLD);
        print_row(out, &t, &t.rows.items[0]);
        od_print_color(out, options, OD_COLOR_NONE);
        od_buf_byte(out, '\n');
        for (size_t i = 1; i < t.rows.count; i++) {
            print_row(out, &t, &t.rows.items[i]);
            od_buf_byte(out, '\n');
        }
    }
    od_arena_free(&arena);
}
