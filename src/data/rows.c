#include "data/rows.h"

#include "base/limits.h"
#include "data/builder.h"
#include "data/encoding.h"
#include "data/formula.h"

#include <stdlib.h>
#include <strings.h>

typedef struct loader {
    od_arena *arena;
    od_diagnostics *failures;
    od_rows *rows;
} loader;

static od_status refuse(const loader *l, od_span span, od_text why) {
    od_fail_at(l->failures, l->rows->source, span, od_say(l->failures, why));
    return OD_INVALID;
}

// ---- CSV: the header ---------------------------------------------------------------------------

// A column while those of one name are brought together.
typedef struct column {
    od_slice name;
    size_t index, first; // first: of the columns of its name
} column;

static int compare_names(const void *left, const void *right) {
    const column *const a = left, *const b = right;
    const int order = od_slice_compare(a->name, b->name);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

static int compare_firsts(const void *left, const void *right) {
    const column *const a = left, *const b = right;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

// Returns the columns that have a name, those of one name side by side, in the order of the header.
static column *sort_columns(od_arena *arena, const od_csv_record *header, size_t *count) {
    column *const columns = od_arena_array(arena, column, header->count);
    *count = 0;
    for (size_t i = 0; i < header->count; i++) {
        const od_slice name = od_slice_trim(header->cells[i].text);
        if (name.size) columns[(*count)++] = (column){name, i, i};
    }
    if (*count < 2) return columns;
    qsort(columns, *count, sizeof *columns, compare_names);
    for (size_t i = 1; i < *count; i++)
        if (od_slice_equal(columns[i].name, columns[i - 1].name))
            columns[i].first = columns[i - 1].first;
    qsort(columns, *count, sizeof *columns, compare_firsts);
    return columns;
}

static od_status read_header(const loader *l, const od_csv_record *header) {
    od_rows *const rows = l->rows;
    size_t count;
    const column *const columns = sort_columns(l->arena, header, &count);
    od_row_key *const keys = od_arena_array(l->arena, od_row_key, count);
    size_t *const indices = od_arena_array(l->arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        indices[i] = columns[i].index;
        if (columns[i].index == columns[i].first)
            keys[rows->key_count++] =
                (od_row_key){columns[i].name, header->cells[indices[i]].span, indices + i, 0};
        keys[rows->key_count - 1].count++;
    }
    rows->keys = keys;
    rows->header = header->cells;
    rows->column_count = header->count;
    if (count) return OD_OK;
    return refuse(l, header->span,
                  OD_SAY("the first line must name the columns, and names none",
                         "第一行应写各列的名称，现在是空的"));
}

// ---- CSV: all records --------------------------------------------------------------------------

static bool has_text(const od_csv_record *record, size_t from) {
    for (size_t i = from; i < record->count; i++)
        if (od_slice_trim(record->cells[i].text).size) return true;
    return false;
}

static od_status read_records(const loader *l, size_t at) {
    od_rows *const rows = l->rows;
    od_arena scratch = {0};
    OD_ARRAY(size_t) starts = {0};
    od_status status = OD_OK;
    while (status == OD_OK && !od_csv_at_end(&rows->csv, at)) {
        const od_mark mark = od_arena_mark(&scratch);
        const size_t start = at;
        od_csv_record record;
        status = od_csv_read(&rows->csv, &scratch, l->failures, &at, &record);
        if (status == OD_OK && has_text(&record, 0)) *od_array_push(l->arena, &starts) = start;
        od_arena_rewind(&scratch, mark);
    }
    od_arena_free(&scratch);
    rows->starts = starts.items;
    rows->count = starts.count;
    return status;
}

static od_status read_table(const loader *l) {
    od_rows *const rows = l->rows;
    od_csv_open(&rows->csv, rows->source);
    od_builder bytes = {.source = rows->source, .failures = l->failures};
    const od_span all = {rows->csv.start, rows->source->bytes.size};
    if (!od_builder_check_bytes(&bytes, all)) return bytes.status;
    size_t at = rows->csv.start;
    od_csv_record header = {0};
    while (!od_csv_at_end(&rows->csv, at)) {
        const od_status status = od_csv_read(&rows->csv, l->arena, l->failures, &at, &header);
        if (status != OD_OK) return status;
        if (!od_csv_is_blank(&header)) break;
    }
    const od_status status = header.count ? read_header(l, &header) : OD_OK;
    return status == OD_OK ? read_records(l, at) : status;
}

// ---- CSV: one row ------------------------------------------------------------------------------

static od_value cell_value(const od_rows *rows, const od_cell *cell) {
    const bool is_null = !cell->quoted && od_slice_is(od_slice_trim(cell->text), "~");
    return (od_value){.kind = is_null ? OD_NULL : OD_SCALAR,
                      .quoted = cell->quoted,
                      .source = rows->source,
                      .span = cell->span,
                      .text = od_formula_unguard(cell->text)};
}

static od_value key_value(const od_rows *rows, const od_row_key *key, const od_csv_record *record,
                          od_arena *arena) {
    if (key->count == 1) return cell_value(rows, &record->cells[key->columns[0]]);
    od_value *const items = od_arena_array(arena, od_value, key->count);
    for (size_t i = 0; i < key->count; i++)
        items[i] = cell_value(rows, &record->cells[key->columns[i]]);
    return (od_value){.kind = OD_SEQUENCE,
                      .source = rows->source,
                      .span = {items[0].span.start, items[key->count - 1].span.end},
                      .items = items,
                      .count = key->count};
}

static bool has_right_size(const od_rows *rows, const od_csv_record *record, od_diagnostics *found) {
    if (record->count == rows->column_count ||
        (record->count > rows->column_count && !has_text(record, rows->column_count)))
        return true;
    const bool lacks = record->count < rows->column_count;
    od_diagnose(found, OD_RULE_DATA_SHAPE, rows->source, record->span,
                od_say(found,
                       lacks ? OD_SAY("this row has {1} cells, the header {2}; an empty cell has its "
                                      "“{3}” too",
                                      "这一行有{1}格，表头有{2}格，少了几格；没有内容的格也要有“{3}”")
                             : OD_SAY("this row has {1} cells, the header {2}; a cell with a “{3}” in "
                                      "it must be in quotes",
                                      "这一行有{1}格，表头有{2}格；单元格里有“{3}”的，要加引号"),
                       od_arena_number(found->arena, record->count),
                       od_arena_number(found->arena, rows->column_count),
                       rows->csv.delimiter == '\t' ? OD_SLICE("Tab")
                                                   : (od_slice){&rows->csv.delimiter, 1}));
    return false;
}

// Whether nothing stands below a header cell without a name.
static bool has_only_named(const od_rows *rows, const od_csv_record *record, od_diagnostics *found) {
    bool right = true;
    for (size_t i = 0; i < rows->column_count; i++) {
        if (od_slice_trim(rows->header[i].text).size ||
            !od_slice_trim(record->cells[i].text).size)
            continue;
        od_diagnose(found, OD_RULE_DATA_SHAPE, rows->source, record->cells[i].span,
                    od_say(found,
                           OD_SAY("“{1}” stands in column {2}, which the header gives no name",
                                  "“{1}”在第{2}列，表头里这一列没有名称"),
                           record->cells[i].text, od_arena_number(found->arena, i + 1)));
        right = false;
    }
    return right;
}

static bool get_record(const od_rows *rows, size_t index, od_arena *arena, od_diagnostics *found,
                       od_value *row) {
    od_csv_record record;
    size_t at = rows->starts[index];
    // It was read before, so it can be read.
    if (od_csv_read(&rows->csv, arena, found, &at, &record) != OD_OK) return false;
    if (!has_right_size(rows, &record, found) || !has_only_named(rows, &record, found)) return false;
    od_entry *const entries = od_arena_array(arena, od_entry, rows->key_count);
    for (size_t i = 0; i < rows->key_count; i++) {
        const od_row_key *const key = &rows->keys[i];
        entries[i] = (od_entry){key->name, key->span, key_value(rows, key, &record, arena)};
    }
    *row = (od_value){.kind = OD_MAPPING,
                      .source = rows->source,
                      .span = record.span,
                      .entries = entries,
                      .count = rows->key_count};
    return true;
}

bool od_rows_get(const od_rows *rows, size_t index, od_arena *arena, od_diagnostics *found,
                 od_value *row) {
    if (!rows->items) return get_record(rows, index, arena, found, row);
    *row = rows->items[index];
    return true;
}

// ---- lists -------------------------------------------------------------------------------------

typedef enum format { CSV, YAML, JSON, JSON_LINES } format;

static od_status read_list(const loader *l, format format) {
    const od_source *const source = l->rows->source;
    od_value list = {0};
    od_status status = OD_OK;
    switch (format) {
    case CSV: break;
    case YAML:
        status = od_yaml_read(l->arena, source, (od_span){0, source->bytes.size}, l->failures, &list);
        break;
    case JSON: status = od_json_read(l->arena, source, l->failures, &list); break;
    case JSON_LINES: status = od_json_lines_read(l->arena, source, l->failures, &list); break;
    }
    if (status != OD_OK) return status;
    if (list.kind != OD_SEQUENCE)
        return refuse(l, list.span,
                      OD_SAY("a list of rows must stand here, each with its keys and values",
                             "这里应是一个列表，每项为一行数据（键和值）"));
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].kind != OD_MAPPING)
            status = refuse(l, list.items[i].span,
                            OD_SAY("this item is no row: it must be keys and values",
                                   "这一项不是一行数据：应是“键: 值”的形式"));
    l->rows->items = list.items;
    l->rows->count = list.count;
    return status;
}

// ---- the format --------------------------------------------------------------------------------

static format guess_format(od_slice text) {
    text = od_slice_trim(od_slice_starts(text, OD_SLICE("\xEF\xBB\xBF")) ? od_slice_from(text, 3)
                                                                         : text);
    if (od_slice_starts(text, OD_SLICE("{"))) return JSON_LINES;
    if (od_slice_starts(text, OD_SLICE("["))) return JSON;
    return od_slice_starts(text, OD_SLICE("- ")) || od_slice_starts(text, OD_SLICE("---")) ? YAML : CSV;
}

static format choose_format(const char *path, od_slice text) {
    static const struct {
        const char *suffix;
        format format;
    } NAMES[] = {{".csv", CSV},   {".tsv", CSV},  {".tab", CSV},          {".txt", CSV},
                 {".yaml", YAML}, {".yml", YAML}, {".jsonl", JSON_LINES}, {".ndjson", JSON_LINES}};
    const size_t size = strlen(path);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const size_t suffix = strlen(NAMES[i].suffix);
        if (size >= suffix && strcasecmp(path + size - suffix, NAMES[i].suffix) == 0)
            return NAMES[i].format;
    }
    return guess_format(text);
}

// ---- all ---------------------------------------------------------------------------------------

static od_status check_size(const loader *l, const char *path, size_t size) {
    if (size <= od_limit_value(DATA_SIZE)) return OD_OK;
    od_fail(l->failures, path,
            od_say(l->failures,
                   OD_SAY("larger than the limit of {1} bytes (data file size); split it",
                          "超过数据文件大小上限（{1}字节），请拆分"),
                   od_arena_number(l->failures->arena, od_limit_value(DATA_SIZE))));
    return OD_LIMIT;
}

od_status od_rows_load(od_arena *arena, od_diagnostics *failures, const char *path, od_slice bytes,
                       const char *encoding, size_t order, od_rows **rows) {
    const loader l = {arena, failures, od_arena_new(arena, od_rows)};
    od_decoded decoded;
    od_status status = check_size(&l, path, bytes.size);
    if (status == OD_OK)
        status = od_charset_decode(arena, failures, path, bytes, encoding, &decoded);
    if (status == OD_OK) status = check_size(&l, path, decoded.text.size);
    if (status != OD_OK) return status;
    od_source *const source = od_arena_new(arena, od_source);
    od_source_init(source, arena, path, decoded.text, order);
    *l.rows = (od_rows){.source = source, .encoding = decoded.encoding, .guessed = decoded.guessed};
    const format format = choose_format(path, decoded.text);
    status = format == CSV ? read_table(&l) : read_list(&l, format);
    if (status != OD_OK) return status;
    *rows = l.rows;
    if (l.rows->count) return OD_OK;
    od_fail(failures, path,
            od_say(failures, OD_SAY("holds no rows; write one for each draft",
                                    "里面没有数据行；每份文稿写一行")));
    return OD_INVALID;
}
