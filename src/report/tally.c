// Tallies: what many drafts say together, in every format.
#include "report/extract.h"
#include "report/grid.h"

static const od_field_rule *field_of(const od_tally *tally, size_t field) {
    return &tally->input->profile->fields[field];
}

static const od_tally_record *draft_of(const od_tally *tally, size_t draft) {
    return &tally->input->drafts[draft];
}

static bool shows_key(const od_tally *tally) {
    return tally->rule->key != SIZE_MAX;
}

static od_slice value_of(const od_tally *tally, size_t draft, size_t field) {
    return draft_of(tally, draft)->values[field];
}

od_slice od_tally_outlier_text(const od_tally *tally, const od_tally_outlier *outlier,
                               od_diagnostics *say) {
    const od_field_rule *const field = field_of(tally, outlier->field);
    return od_say(say,
                  OD_SAY("{1} is {2}, far from the other drafts: their middle value is {3}, half of "
                         "them are within {4} of it, and more than {5} away is looked at",
                         "{1}为{2}，与其他文稿相差很大：中位数为{3}，半数文稿与它相差不超过{4}，超过{5}即提示"),
                  field->label.size ? field->label : field->id, outlier->value, outlier->middle,
                  outlier->spread, outlier->limit);
}

// ---- JSON --------------------------------------------------------------------------------------

// A part of the tally, with its items one a line.
typedef struct list {
    od_buf *out;
    bool first;
    char close;
} list;

static list open_list(od_buf *out, const char *name, char open, char close) {
    od_buf_text(out, ",\n \"");
    od_buf_text(out, name);
    od_buf_text(out, "\": ");
    od_buf_byte(out, open);
    return (list){out, true, close};
}

static od_buf *next_item(list *l) {
    od_buf_text(l->out, l->first ? "\n  " : ",\n  ");
    l->first = false;
    return l->out;
}

static void close_list(list *l) {
    if (!l->first) od_buf_text(l->out, "\n ");
    od_buf_byte(l->out, l->close);
}

static void add_text(od_buf *out, const char *name, od_slice text) {
    od_buf_text(out, name);
    od_print_json(out, text);
}

static void add_value(od_buf *out, const od_tally *tally, size_t field, od_slice value) {
    if (!value.size) od_buf_text(out, "null");
    else if (od_field_type_is_number(field_of(tally, field)->type.type)) od_buf_add(out, value);
    else od_print_json(out, value);
}

static void add_totals_json(od_buf *out, const od_tally *tally, const char *name,
                            const od_tally_totals *totals, bool with_path) {
    list l = open_list(out, name, '{', '}');
    for (size_t i = 0; i < totals->count; i++) {
        const od_tally_total *const total = &totals->items[i];
        next_item(&l);
        od_print_json(out, field_of(tally, total->field)->id);
        od_buf_text(out, ": {\"value\": ");
        add_value(out, tally, total->field, total->value);
        od_buf_text(out, ", \"documents\": ");
        od_buf_number(out, total->documents);
        if (with_path && total->documents)
            add_text(out, ", \"path\": ", draft_of(tally, total->draft)->name);
        od_buf_byte(out, '}');
    }
    close_list(&l);
}

static void add_groups_json(od_buf *out, const od_tally *tally) {
    list l = open_list(out, "count", '{', '}');
    const od_tally_group *last = NULL;
    for (size_t i = 0; i < tally->groups.count; i++) {
        const od_tally_group *const group = &tally->groups.items[i];
        const bool same = last && last->field == group->field;
        if (!same) {
            if (last) od_buf_byte(out, ']');
            next_item(&l);
            od_print_json(out, field_of(tally, group->field)->id);
        }
        od_buf_text(out, same ? ", {\"value\": " : ": [{\"value\": ");
        add_value(out, tally, group->field, group->value);
        od_buf_text(out, ", \"documents\": ");
        od_buf_number(out, group->documents);
        od_buf_byte(out, '}');
        last = group;
    }
    if (last) od_buf_byte(out, ']');
    close_list(&l);
}

static void add_draft_json(od_buf *out, const od_tally *tally, size_t draft) {
    add_text(out, "{\"path\": ", draft_of(tally, draft)->name);
    if (shows_key(tally)) add_text(out, ", \"key\": ", od_tally_key(tally, draft_of(tally, draft)));
}

static void add_lists_json(od_buf *out, const od_tally *tally) {
    const od_tally_fields *const fields = &tally->rule->list;
    list l = open_list(out, "list", '{', '}');
    for (size_t i = 0; i < fields->count; i++) {
        next_item(&l);
        od_print_json(out, field_of(tally, fields->items[i])->id);
        od_buf_text(out, ": [");
        for (size_t j = 0; j < tally->input->draft_count; j++) {
            if (j) od_buf_text(out, ", ");
            add_draft_json(out, tally, j);
            od_buf_text(out, ", \"value\": ");
            add_value(out, tally, fields->items[i], value_of(tally, j, fields->items[i]));
            od_buf_byte(out, '}');
        }
        od_buf_byte(out, ']');
    }
    close_list(&l);
}

static void add_twice_json(od_buf *out, const od_tally *tally) {
    list l = open_list(out, "twice", '[', ']');
    for (size_t i = 0; i < tally->twice.count; i++) {
        const od_tally_twice *const twice = &tally->twice.items[i];
        next_item(&l);
        add_text(out, "{\"key\": ", twice->key);
        for (size_t j = 0; j < twice->count; j++)
            add_text(out, j ? ", " : ", \"paths\": [", draft_of(tally, twice->drafts[j])->name);
        od_buf_text(out, "]}");
    }
    close_list(&l);
}

static void add_expected_json(od_buf *out, const od_tally *tally) {
    list l = open_list(out, "missing", '[', ']');
    for (size_t i = 0; i < tally->missing.count; i++) {
        const od_tally_record *const row = &tally->input->rows[tally->missing.items[i]];
        next_item(&l);
        add_text(out, "{\"key\": ", od_tally_key(tally, row));
        add_text(out, ", \"row\": ", row->name);
        od_buf_byte(out, '}');
    }
    close_list(&l);
    l = open_list(out, "unexpected", '[', ']');
    for (size_t i = 0; i < tally->extra.count; i++) {
        next_item(&l);
        add_draft_json(out, tally, tally->extra.items[i]);
        od_buf_byte(out, '}');
    }
    close_list(&l);
    l = open_list(out, "differs", '[', ']');
    for (size_t i = 0; i < tally->differences.count; i++) {
        const od_tally_difference *const d = &tally->differences.items[i];
        next_item(&l);
        add_draft_json(out, tally, d->draft);
        add_text(out, ", \"name\": ", field_of(tally, d->field)->id);
        od_buf_text(out, ", \"draft\": ");
        add_value(out, tally, d->field, value_of(tally, d->draft, d->field));
        add_text(out, ", \"data\": ", tally->input->rows[d->row].values[d->field]);
        add_text(out, ", \"row\": ", tally->input->rows[d->row].name);
        od_buf_byte(out, '}');
    }
    close_list(&l);
}

static void add_outliers_json(od_buf *out, const od_tally *tally) {
    list l = open_list(out, "outliers", '[', ']');
    for (size_t i = 0; i < tally->outliers.count; i++) {
        const od_tally_outlier *const o = &tally->outliers.items[i];
        const od_slice parts[] = {OD_SLICE(", \"value\": "), o->value,
                                  OD_SLICE(", \"median\": "), o->middle,
                                  OD_SLICE(", \"spread\": "), o->spread,
                                  OD_SLICE(", \"limit\": "), o->limit};
        next_item(&l);
        add_draft_json(out, tally, o->draft);
        add_text(out, ", \"name\": ", field_of(tally, o->field)->id);
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++) od_buf_add(out, parts[j]);
        od_buf_byte(out, '}');
    }
    close_list(&l);
}

void od_report_tally_json(od_buf *out, const od_tally *tally) {
    od_buf_text(out, "{\"documents\": ");
    od_buf_number(out, tally->input->draft_count);
    od_buf_text(out, ", \"key\": ");
    if (shows_key(tally)) od_print_json(out, field_of(tally, tally->rule->key)->id);
    else od_buf_text(out, "null");
    add_totals_json(out, tally, "sum", &tally->sum, false);
    add_groups_json(out, tally);
    add_totals_json(out, tally, "min", &tally->min, true);
    add_totals_json(out, tally, "max", &tally->max, true);
    add_lists_json(out, tally);
    add_twice_json(out, tally);
    if (tally->input->has_rows) add_expected_json(out, tally);
    add_outliers_json(out, tally);
    od_buf_byte(out, '}');
}

// ---- for people --------------------------------------------------------------------------------

typedef struct writer {
    od_buf *out;
    const od_tally *tally;
    const od_report_options *options;
    bool markdown;
    od_arena arena;
    od_diagnostics say; // for od_say; nothing is listed in it
} writer;

static od_slice name_of(const writer *w, size_t field) {
    const od_field_rule *const rule = field_of(w->tally, field);
    return rule->label.size ? rule->label : rule->id;
}

// A draft by its key and path.
static od_slice draft_name(writer *w, size_t draft) {
    const od_tally_record *const record = draft_of(w->tally, draft);
    const od_slice key = od_tally_key(w->tally, record);
    if (od_slice_equal(key, record->name)) return key;
    return od_say(&w->say, OD_SAY("{1} ({2})", "{1}（{2}）"), key, record->name);
}

static void add_title(writer *w, od_text text) {
    od_buf_text(w->out, w->markdown ? "\n**" : "\n");
    od_buf_add(w->out, od_say(&w->say, text));
    od_buf_text(w->out, w->markdown ? "**\n\n" : "\n");
}

static void add_grid(writer *w, const od_grid *grid) {
    if (w->markdown) od_grid_markdown(w->out, grid);
    else od_grid_table(w->out, grid, w->options);
}

static od_grid new_grid(writer *w, const od_text *titles, size_t columns) {
    od_grid grid = {.arena = &w->arena, .columns = columns};
    for (size_t i = 0; i < columns; i++) od_grid_add(&grid, od_say(&w->say, titles[i]));
    return grid;
}

static od_slice with_unit(writer *w, size_t field, od_slice value) {
    const od_datum_type *const type = &field_of(w->tally, field)->type;
    return value.size ? od_arena_concat(&w->arena, value, od_print_unit(type->type, type->unit))
                      : value;
}

static void add_total_rows(writer *w, od_grid *grid, const od_tally_totals *totals, od_text what,
                           bool with_draft) {
    for (size_t i = 0; i < totals->count; i++) {
        const od_tally_total *const total = &totals->items[i];
        od_grid_add(grid, od_say(&w->say, what));
        od_grid_add(grid, name_of(w, total->field));
        od_grid_add(grid, with_unit(w, total->field, total->value));
        od_grid_add(grid, od_arena_number(&w->arena, total->documents));
        od_grid_add(grid, with_draft && total->documents ? draft_name(w, total->draft)
                                                         : (od_slice){0});
    }
}

static void add_totals(writer *w) {
    static const bool NUMBERS[] = {false, false, true, true, false};
    const od_text titles[] = {OD_SAY("tally", "汇总"), OD_SAY("field", "字段"),
                              OD_SAY("value", "值"), OD_SAY("drafts", "份数"),
                              OD_SAY("draft", "文稿")};
    const od_tally *const t = w->tally;
    od_grid grid = new_grid(w, titles, 5);
    grid.numbers = NUMBERS;
    add_total_rows(w, &grid, &t->sum, OD_SAY("sum", "合计"), false);
    add_total_rows(w, &grid, &t->min, OD_SAY("smallest", "最小"), true);
    add_total_rows(w, &grid, &t->max, OD_SAY("largest", "最大"), true);
    for (size_t i = 0; i < t->groups.count; i++) {
        const od_tally_group *const group = &t->groups.items[i];
        od_grid_add(&grid, od_say(&w->say, OD_SAY("count", "计数")));
        od_grid_add(&grid, name_of(w, group->field));
        od_grid_add(&grid, group->value);
        od_grid_add(&grid, od_arena_number(&w->arena, group->documents));
        od_grid_add(&grid, (od_slice){0});
    }
    if (grid.cells.count == grid.columns) return;
    od_buf_byte(w->out, '\n');
    add_grid(w, &grid);
}

static void add_lists(writer *w) {
    const od_tally_fields *const fields = &w->tally->rule->list;
    if (!fields->count) return;
    od_grid grid = {.arena = &w->arena, .columns = fields->count + 1};
    od_grid_add(&grid, od_say(&w->say, OD_SAY("list", "列表")));
    for (size_t i = 0; i < fields->count; i++) od_grid_add(&grid, name_of(w, fields->items[i]));
    for (size_t i = 0; i < w->tally->input->draft_count; i++) {
        od_grid_add(&grid, draft_name(w, i));
        for (size_t j = 0; j < fields->count; j++)
            od_grid_add(&grid, value_of(w->tally, i, fields->items[j]));
    }
    od_buf_byte(w->out, '\n');
    add_grid(w, &grid);
}

// One line of text under a title.
static void add_line(writer *w, od_slice text) {
    od_buf_text(w->out, w->markdown ? "- " : "  ");
    od_print_text(w->out, text);
    od_buf_byte(w->out, '\n');
}

static void add_twice(writer *w) {
    if (w->tally->twice.count) add_title(w, OD_SAY("more than one draft", "有多份文稿"));
    for (size_t i = 0; i < w->tally->twice.count; i++) {
        const od_tally_twice *const twice = &w->tally->twice.items[i];
        od_slice paths = {0};
        for (size_t j = 0; j < twice->count; j++)
            paths = od_arena_concat(&w->arena, paths, j ? OD_SLICE(", ") : (od_slice){0},
                                    draft_of(w->tally, twice->drafts[j])->name);
        add_line(w, od_say(&w->say, OD_SAY("{1}: {2}", "{1}：{2}"), twice->key, paths));
    }
}

static void add_expected(writer *w) {
    const od_tally *const t = w->tally;
    if (t->missing.count) add_title(w, OD_SAY("expected, but there is no draft", "应有而没有文稿"));
    for (size_t i = 0; i < t->missing.count; i++) {
        const od_tally_record *const row = &t->input->rows[t->missing.items[i]];
        add_line(w, od_say(&w->say, OD_SAY("{1} ({2})", "{1}（{2}）"), od_tally_key(t, row),
                           row->name));
    }
    if (t->extra.count) add_title(w, OD_SAY("not expected", "不在名单中"));
    for (size_t i = 0; i < t->extra.count; i++) add_line(w, draft_name(w, t->extra.items[i]));
    if (t->differences.count) add_title(w, OD_SAY("text and data disagree", "文稿与数据不一致"));
    for (size_t i = 0; i < t->differences.count; i++) {
        const od_tally_difference *const d = &t->differences.items[i];
        add_line(w, od_say(&w->say,
                           OD_SAY("{1}: {2} is “{3}”, in the data “{4}” ({5})",
                                  "{1}：{2}是“{3}”，数据是“{4}”（{5}）"),
                           draft_name(w, d->draft), name_of(w, d->field),
                           value_of(t, d->draft, d->field), t->input->rows[d->row].values[d->field],
                           t->input->rows[d->row].name));
    }
}

static void add_outliers(writer *w) {
    if (w->tally->outliers.count) add_title(w, OD_SAY("worth a second look", "建议核对"));
    for (size_t i = 0; i < w->tally->outliers.count; i++) {
        const od_tally_outlier *const o = &w->tally->outliers.items[i];
        add_line(w, od_say(&w->say, OD_SAY("{1}: {2}", "{1}：{2}"), draft_name(w, o->draft),
                           od_tally_outlier_text(w->tally, o, &w->say)));
    }
}

void od_report_tally_text(od_buf *out, const od_tally *tally, const od_report_options *options,
                          bool markdown) {
    writer w = {.out = out, .tally = tally, .options = options, .markdown = markdown};
    w.say = (od_diagnostics){.arena = &w.arena, .language = options->language};
    add_totals(&w);
    add_lists(&w);
    add_twice(&w);
    add_expected(&w);
    add_outliers(&w);
    od_arena_free(&w.arena);
}

// ---- CSV ---------------------------------------------------------------------------------------

// A row under the columns of the drafts: what it is, then the figures where they belong.
static void add_totals_csv(od_grid *grid, const size_t *fields, const char *name,
                           const od_tally_totals *totals) {
    if (!totals->count) return;
    od_grid_add(grid, od_slice_of(name));
    for (size_t i = 1; i < grid->columns; i++) {
        od_slice cell = {0};
        for (size_t j = 0; j < totals->count; j++)
            if (totals->items[j].field == fields[i]) cell = totals->items[j].value;
        od_grid_add(grid, cell);
    }
}

// A row of words: `missing,第五`.
static void add_words(od_grid *grid, const od_slice *words, size_t count) {
    for (size_t i = 0; i < grid->columns; i++)
        od_grid_add(grid, i < count ? words[i] : (od_slice){0});
}

#define add_words_csv(grid, ...)                                  \
    add_words((grid), (const od_slice[]){__VA_ARGS__},            \
              sizeof((const od_slice[]){__VA_ARGS__}) / sizeof(od_slice))

static void add_findings_csv(od_grid *grid, const od_tally *t) {
    for (size_t i = 0; i < t->groups.count; i++) {
        const od_tally_group *const group = &t->groups.items[i];
        add_words_csv(grid, OD_SLICE("count"), field_of(t, group->field)->id, group->value,
                      od_arena_number(grid->arena, group->documents));
    }
    for (size_t i = 0; i < t->twice.count; i++)
        for (size_t j = 0; j < t->twice.items[i].count; j++)
            add_words_csv(grid, OD_SLICE("twice"), t->twice.items[i].key,
                          draft_of(t, t->twice.items[i].drafts[j])->name);
    for (size_t i = 0; i < t->missing.count; i++)
        add_words_csv(grid, OD_SLICE("missing"),
                      od_tally_key(t, &t->input->rows[t->missing.items[i]]));
    for (size_t i = 0; i < t->extra.count; i++)
        add_words_csv(grid, OD_SLICE("unexpected"),
                      od_tally_key(t, draft_of(t, t->extra.items[i])),
                      draft_of(t, t->extra.items[i])->name);
    for (size_t i = 0; i < t->differences.count; i++) {
        const od_tally_difference *const d = &t->differences.items[i];
        add_words_csv(grid, OD_SLICE("differs"), draft_of(t, d->draft)->name,
                      field_of(t, d->field)->id, value_of(t, d->draft, d->field),
                      t->input->rows[d->row].values[d->field]);
    }
    for (size_t i = 0; i < t->outliers.count; i++) {
        const od_tally_outlier *const o = &t->outliers.items[i];
        add_words_csv(grid, OD_SLICE("outlier"), draft_of(t, o->draft)->name,
                      field_of(t, o->field)->id, o->value, o->middle);
    }
}

void od_report_tally_csv(od_buf *out, const od_tally *tally, const size_t *fields, size_t columns) {
    enum { WORDS = 5 }; // of the longest row of words
    od_arena arena = {0};
    od_grid totals = {.arena = &arena, .columns = columns};
    od_grid words = {.arena = &arena, .columns = columns > WORDS ? columns : WORDS};
    add_totals_csv(&totals, fields, "sum", &tally->sum);
    add_totals_csv(&totals, fields, "min", &tally->min);
    add_totals_csv(&totals, fields, "max", &tally->max);
    add_findings_csv(&words, tally);
    od_buf_text(out, "\r\n");
    od_grid_csv(out, &totals);
    od_grid_csv(out, &words);
    od_arena_free(&arena);
}
