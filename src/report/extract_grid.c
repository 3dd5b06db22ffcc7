// Extractions as tables: for people, as Markdown, as CSV.
#include "report/extract.h"
#include "report/grid.h"

// ---- one draft, field by field -----------------------------------------------------------------

static od_slice name_of(const od_field_rule *field) {
    return field->label.size ? field->label : field->id;
}

static od_slice pick(const od_records *records, const char *en, const char *zh) {
    return od_slice_of(od_print_pick(records->options->language, en, zh));
}

static void add_titles(od_grid *grid, const od_records *records, const char *const titles[][2]) {
    for (size_t i = 0; i < grid->columns; i++)
        od_grid_add(grid, pick(records, titles[i][0], titles[i][1]));
}

static od_slice place_text(od_arena *arena, const od_record_place *place) {
    return od_arena_concat(arena, od_arena_number(arena, place->start.line), OD_SLICE(":"),
                           od_arena_number(arena, place->start.column));
}

// `5:12 7:3`, the first of them when there are many.
static od_slice places_text(od_arena *arena, const od_record_value *value) {
    enum { SHOWN = 6 };
    od_slice text = {0};
    for (size_t i = 0; i < value->place_count && i < SHOWN; i++)
        text = od_arena_concat(arena, text, i ? OD_SLICE(" ") : (od_slice){0},
                               place_text(arena, &value->places[i]));
    return value->place_count > SHOWN ? od_arena_concat(arena, text, OD_SLICE(" …")) : text;
}

static bool stood_before(const od_record_value *value, size_t place) {
    for (size_t i = 0; i < place; i++)
        if (od_slice_equal(value->places[i].value, value->places[place].value)) return true;
    return false;
}

// What stands in the places of a field which is not one value: the first few different ones.
static od_slice conflict_text(const od_grid *grid, const od_records *records,
                              const od_record_value *value) {
    enum { SHOWN = 6 };
    od_arena *const arena = grid->arena;
    od_slice text = {0};
    size_t shown = 0;
    for (size_t i = 0; i < value->place_count && shown <= SHOWN; i++) {
        if (stood_before(value, i)) continue;
        text = od_arena_concat(arena, text, shown ? OD_SLICE(" / ") : (od_slice){0},
                               shown < SHOWN ? value->places[i].value : OD_SLICE("…"));
        shown++;
    }
    return od_arena_concat(arena,
                           shown > 1 ? pick(records, "no one value: ", "值不唯一：")
                                     : pick(records, "not a value: ", "读不出值："),
                           text);
}

static od_slice value_text(const od_grid *grid, const od_records *records,
                           const od_record_value *value, bool misses) {
    switch (value->state) {
    case OD_EXTRACT_VALUE: return value->value;
    case OD_EXTRACT_CONFLICT: return conflict_text(grid, records, value);
    case OD_EXTRACT_MISSING: break;
    }
    return misses ? pick(records, "(not in the draft)", "（文中没有）") : (od_slice){0};
}

static void make_single(od_grid *grid, const od_records *records) {
    static const char *const TITLES[][2] = {
        {"field", "字段"}, {"name", "名称"}, {"value", "值"}, {"unit", "单位"}, {"places", "位置"}};
    const od_record *const record = records->items;
    grid->columns = 5;
    add_titles(grid, records, TITLES);
    for (size_t i = 0; i < record->profile->field_count; i++) {
        const od_field_rule *const field = &record->profile->fields[i];
        const od_record_value *const value = &record->values[i];
        const bool misses = od_record_misses(record, i);
        if (value->state == OD_EXTRACT_MISSING && !misses) continue;
        od_grid_add(grid, field->id);
        od_grid_add(grid, field->label);
        od_grid_add(grid, value_text(grid, records, value, misses));
        od_grid_add(grid, value->state == OD_EXTRACT_VALUE
                              ? od_print_unit(field->type.type, field->type.unit)
                              : (od_slice){0});
        od_grid_add(grid, places_text(grid->arena, value));
    }
}

// ---- several drafts, one a row -----------------------------------------------------------------

// A column: a field by its name, in whatever profiles have it.
typedef struct column {
    const od_field_rule *field;
    size_t index; // in the first profile that has it
} column;

typedef struct columns {
    OD_ARRAY(column) items;
    bool mixed; // several profiles: which one a draft has is told
} columns;

static bool has_column(const columns *c, od_slice id) {
    for (size_t i = 0; i < c->items.count; i++)
        if (od_slice_equal(c->items.items[i].field->id, id)) return true;
    return false;
}

// Whether a draft of `profile` says the field.
static bool is_said(const od_records *records, const od_profile *profile, size_t field) {
    for (size_t i = 0; i < records->count; i++)
        if (records->items[i].profile == profile &&
            records->items[i].values[field].state != OD_EXTRACT_MISSING)
            return true;
    return false;
}

// A field that is data alone has a column only where some front matter says it.
static void add_columns(od_arena *arena, columns *c, const od_records *records,
                        const od_profile *profile, bool first) {
    for (size_t i = 0; i < profile->field_count; i++) {
        const od_field_rule *const field = &profile->fields[i];
        if (!first && has_column(c, field->id)) continue;
        if (field->not_in_text && !is_said(records, profile, i)) continue;
        *od_array_push(arena, &c->items) = (column){field, i};
    }
}

// Fields of the first profile, then what others have more, profile by profile.
static columns list_columns(od_arena *arena, const od_records *records) {
    columns c = {0};
    OD_ARRAY(const od_profile *) seen = {0};
    for (size_t i = 0; i < records->count; i++) {
        const od_profile *const profile = records->items[i].profile;
        size_t at = 0;
        while (at < seen.count && seen.items[at] != profile) at++;
        if (at < seen.count) continue;
        *od_array_push(arena, &seen) = profile;
        add_columns(arena, &c, records, profile, seen.count == 1);
    }
    c.mixed = seen.count > 1;
    return c;
}

static const od_record_value *value_of(const od_record *record, const column *column) {
    const od_profile *const profile = record->profile;
    size_t index = column->index;
    if (index >= profile->field_count || &profile->fields[index] != column->field)
        index = od_profile_field(profile, column->field->id);
    return index == SIZE_MAX ? NULL : &record->values[index];
}

// The name of the first column: no field has it too.
static od_slice path_title(od_arena *arena, const columns *c) {
    od_slice title = OD_SLICE("path");
    while (has_column(c, title)) title = od_arena_concat(arena, title, OD_SLICE("_"));
    return title;
}

static void add_row(od_grid *grid, const od_records *records, const columns *c,
                    const od_record *record, bool csv) {
    od_grid_add(grid, record->path);
    if (c->mixed) od_grid_add(grid, record->profile->id);
    for (size_t i = 0; i < c->items.count; i++) {
        const od_record_value *const value = value_of(record, &c->items.items[i]);
        const bool plain = csv || !value || value->state != OD_EXTRACT_CONFLICT;
        od_grid_add(grid, value && value->state == OD_EXTRACT_VALUE ? value->value
                          : plain                                   ? (od_slice){0}
                                  : conflict_text(grid, records, value));
    }
}

// Machines get ids, people labels.
static void make_rows(od_grid *grid, const od_records *records, const columns *c, bool csv) {
    const size_t lead = c->mixed ? 2 : 1;
    grid->columns = lead + c->items.count;
    bool *const numbers = od_arena_array(grid->arena, bool, grid->columns);
    od_grid_add(grid, csv ? path_title(grid->arena, c) : pick(records, "draft", "文稿"));
    if (c->mixed) od_grid_add(grid, csv ? OD_SLICE("profile") : pick(records, "profile", "文种"));
    for (size_t i = 0; i < c->items.count; i++) {
        const od_field_rule *const field = c->items.items[i].field;
        od_grid_add(grid, csv ? field->id : name_of(field));
        numbers[lead + i] = od_field_type_is_number(field->type.type);
    }
    grid->numbers = numbers;
    for (size_t i = 0; i < records->count; i++)
        add_row(grid, records, c, &records->items[i], csv);
}

void od_report_extract_csv(od_buf *out, const od_records *records) {
    od_arena arena = {0};
    od_grid grid = {.arena = &arena};
    const columns c = list_columns(&arena, records);
    make_rows(&grid, records, &c, true);
    od_grid_csv(out, &grid);
    if (records->tally) {
        size_t *const fields = od_arena_array(&arena, size_t, grid.columns);
        for (size_t i = 0; i < grid.columns; i++) fields[i] = SIZE_MAX;
        for (size_t i = 0; i < c.items.count; i++)
            fields[grid.columns - c.items.count + i] = c.items.items[i].index;
        od_report_tally_csv(out, records->tally, fields, grid.columns);
    }
    od_arena_free(&arena);
}

static void make_grid(od_grid *grid, const od_records *records) {
    if (records->count == 1) {
        make_single(grid, records);
        return;
    }
    const columns c = list_columns(grid->arena, records);
    make_rows(grid, records, &c, false);
}

void od_report_extract_table(od_buf *out, const od_records *records) {
    od_arena arena = {0};
    od_grid grid = {.arena = &arena};
    make_grid(&grid, records);
    od_grid_table(out, &grid, records->options);
    if (records->tally) od_report_tally_text(out, records->tally, records->options, false);
    od_arena_free(&arena);
}

void od_report_extract_markdown(od_buf *out, const od_records *records) {
    od_arena arena = {0};
    od_grid grid = {.arena = &arena};
    make_grid(&grid, records);
    od_grid_markdown(out, &grid);
    if (records->tally) od_report_tally_text(out, records->tally, records->options, true);
    od_arena_free(&arena);
}

// ---- the differences from the data -------------------------------------------------------------

static od_slice change_text(const od_records *records, od_extract_change change, bool csv) {
    static const char *const WORDS[][2] = {[OD_CHANGE_ADDED] = {"added", "新增"},
                                           [OD_CHANGE_CHANGED] = {"changed", "改变"},
                                           [OD_CHANGE_GONE] = {"gone", "文中没有"}};
    return csv ? od_slice_of(WORDS[change][0])
               : pick(records, WORDS[change][0], WORDS[change][1]);
}

static void make_merge(od_grid *grid, const od_records *records, bool csv) {
    static const char *const TITLES[][2] = {{"change", "变化"}, {"name", "字段"}, {"data", "数据"},
                                            {"draft", "文稿"},  {"place", "位置"}};
    static const char *const IDS[][2] = {{"change", "change"}, {"name", "name"}, {"data", "data"},
                                         {"draft", "draft"},   {"place", "place"}};
    const od_record *const record = records->items;
    grid->columns = 5;
    add_titles(grid, records, csv ? IDS : TITLES);
    for (size_t i = 0; i < record->profile->field_count; i++) {
        const od_record_value *const value = &record->values[i];
        const od_field_rule *const field = &record->profile->fields[i];
        if (value->change == OD_CHANGE_NONE) continue;
        od_grid_add(grid, change_text(records, value->change, csv));
        od_grid_add(grid, csv ? field->id : name_of(field));
        od_grid_add(grid, value->given);
        od_grid_add(grid, value->value);
        od_grid_add(grid, places_text(grid->arena, value));
    }
}

static void write_merge(od_buf *out, const od_records *records, bool csv, bool markdown) {
    od_arena arena = {0};
    od_grid grid = {.arena = &arena};
    make_merge(&grid, records, csv);
    if (csv) od_grid_csv(out, &grid);
    else if (grid.cells.count == grid.columns)
        od_buf_text(out, od_print_pick(records->options->language, "nothing differs\n",
                                       "没有不同\n"));
    else if (markdown) od_grid_markdown(out, &grid);
    else od_grid_table(out, &grid, records->options);
    od_arena_free(&arena);
}

void od_report_merge_table(od_buf *out, const od_records *records) {
    write_merge(out, records, false, false);
}

void od_report_merge_markdown(od_buf *out, const od_records *records) {
    write_merge(out, records, false, true);
}

void od_report_merge_csv(od_buf *out, const od_records *records) {
    write_merge(out, records, true, false);
}
