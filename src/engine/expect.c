#include "engine/expect.h"

#include "engine/labels.h"

typedef struct reader {
    od_arena *arena;
    const od_profile *profile;
    od_diagnostics *found;
    od_labels labels;
} reader;

// Returns what a cell says of a field; nothing for a cell that is empty or null.
static od_slice read_cell(const reader *r, const od_field_rule *field, const od_value *cell) {
    const od_datum_type bare = {.type = field->type.type, .unit = field->type.unit};
    od_datum datum;
    od_slice why;
    if (cell->kind != OD_SCALAR || !od_slice_trim(cell->text).size) return (od_slice){0};
    if (!od_datum_read(r->arena, r->found->language, &bare, cell->text, &datum, &why))
        return od_slice_trim(cell->text);
    return od_arena_copy(r->arena, od_datum_plain(r->arena, &datum));
}

static od_slice name_row(const reader *r, const od_source *source, const od_value *row) {
    const size_t line = od_source_line_at(source, row->span.start) + 1;
    return od_arena_concat(r->arena, od_slice_of(source->path), OD_SLICE(":"),
                           od_arena_number(r->arena, line));
}

// Returns the field of a column, by its id or else by its label; SIZE_MAX when it has none, or two.
static size_t find_column(const reader *r, od_slice header) {
    const size_t by_id = od_profile_field(r->profile, header);
    if (by_id != SIZE_MAX) return by_id;
    size_t rival;
    const size_t by_label = od_labels_find(&r->labels, r->arena, header, &rival);
    return rival == SIZE_MAX ? by_label : SIZE_MAX;
}

static od_tally_record read_row(const reader *r, const od_source *source, const od_value *row) {
    od_slice *const values = od_arena_array(r->arena, od_slice, r->profile->field_count);
    for (size_t i = 0; i < row->count; i++) {
        const size_t field = find_column(r, row->entries[i].key);
        if (field != SIZE_MAX)
            values[field] = read_cell(r, &r->profile->fields[field], &row->entries[i].value);
    }
    return (od_tally_record){name_row(r, source, row), values};
}

// Whether some row says a field at all.
static bool is_said(const od_tally_input *input, size_t field) {
    for (size_t i = 0; i < input->row_count; i++)
        if (input->rows[i].values[field].size) return true;
    return false;
}

bool od_expect_read(od_arena *arena, const od_profile *profile, size_t key, const od_rows *rows,
                    od_diagnostics *found, od_diagnostics *failures, od_tally_input *input) {
    const reader r = {arena, profile, found, od_labels_make(arena, profile)};
    od_tally_record *const records = od_arena_array(arena, od_tally_record, rows->count);
    input->rows = records;
    input->has_rows = true;
    for (size_t i = 0; i < rows->count; i++) {
        od_value row;
        if (od_rows_get(rows, i, arena, found, &row))
            records[input->row_count++] = read_row(&r, rows->source, &row);
    }
    if (key != SIZE_MAX && (is_said(input, key) || found->found.count)) return true;
    od_fail(failures, rows->source->path,
            key == SIZE_MAX
                ? od_say(failures,
                         OD_SAY("the profile does not say which field tells drafts apart; give it "
                                "`tally: {key: …}`",
                                "文种文件没有说明用哪个字段区分文稿，请写 tally: {key: …}"))
                : od_say(failures,
                         OD_SAY("no column “{1}” with values, by which drafts are told apart",
                                "没有“{1}”列（或全空），无法对应各份文稿"),
                         profile->fields[key].id));
    return false;
}
