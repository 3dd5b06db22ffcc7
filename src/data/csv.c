#include "data/csv.h"

#include "base/buf.h"
#include "base/utf8.h"

static bool is_line_end(char byte) {
    return byte == '\n' || byte == '\r';
}

// ---- the delimiter -----------------------------------------------------------------------------

void od_csv_open(od_csv *csv, const od_source *source) {
    static const od_slice MARK = {"\xEF\xBB\xBF", 3};
    static const char CANDIDATES[] = ",;\t";
    const od_slice bytes = source->bytes;
    *csv = (od_csv){.source = source, .delimiter = ','};
    if (od_slice_starts(bytes, MARK)) csv->start = MARK.size;
    size_t counts[sizeof CANDIDATES] = {0};
    bool quoted = false;
    for (size_t i = csv->start; i < bytes.size && (quoted || !is_line_end(bytes.data[i])); i++) {
        const char byte = bytes.data[i];
        if (byte == '"') quoted = !quoted;
        const char *const hit = quoted || !byte ? NULL : strchr(CANDIDATES, byte);
        if (hit) counts[hit - CANDIDATES]++;
    }
    size_t best = 0;
    for (size_t i = 1; CANDIDATES[i]; i++)
        if (counts[i] > counts[best]) best = i;
    csv->delimiter = CANDIDATES[best];
}

// ---- cells -------------------------------------------------------------------------------------

typedef struct reader {
    const od_csv *csv;
    od_arena *arena;
    od_diagnostics *failures;
    od_slice bytes;
    size_t at;
} reader;

static od_status refuse(const reader *r, od_span span, od_text why) {
    od_fail_at(r->failures, r->csv->source, span, od_say(r->failures, why));
    return OD_INVALID;
}

// Whether a cell ends at the byte.
static bool is_end(const reader *r, size_t at) {
    return at == r->bytes.size || r->bytes.data[at] == r->csv->delimiter ||
           is_line_end(r->bytes.data[at]);
}

// Returns `text` with its doubled quotes as single ones.
static od_slice undouble(od_arena *arena, od_slice text) {
    char *const out = od_arena_array(arena, char, text.size);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        out[size++] = text.data[i];
        if (text.data[i] == '"') i++;
    }
    return (od_slice){out, size};
}

// Reads a cell whose quote stands at `r->at`.
static od_status read_quoted(reader *r, od_cell *cell) {
    const size_t start = r->at++;
    bool doubled = false;
    for (;;) {
        const char *const quote =
            r->at < r->bytes.size
                ? memchr(r->bytes.data + r->at, '"', r->bytes.size - r->at)
                : NULL;
        if (!quote)
            return refuse(r, (od_span){start, start + 1},
                          OD_SAY("this quote has no end: the cell needs a second “\"”",
                                 "这个引号没有配对：单元格末尾缺少“\"”"));
        r->at = (size_t)(quote - r->bytes.data) + 1;
        if (r->at == r->bytes.size || r->bytes.data[r->at] != '"') break;
        doubled = true;
        r->at++;
    }
    *cell = (od_cell){{start, r->at}, od_slice_cut(r->bytes, start + 1, r->at - 1), true};
    if (doubled) cell->text = undouble(r->arena, cell->text);
    size_t size;
    if (is_end(r, r->at)) return OD_OK;
    od_utf8_read(r->bytes, r->at, &size);
    return refuse(r, (od_span){r->at, r->at + size},
                  OD_SAY("the cell goes on after its closing quote; write a quote inside quotes "
                         "twice: “\"\"”",
                         "右引号之后还有内容；引号里的引号要写两遍：“\"\"”"));
}

static od_status read_cell(reader *r, od_cell *cell) {
    if (r->at < r->bytes.size && r->bytes.data[r->at] == '"') return read_quoted(r, cell);
    const size_t start = r->at;
    while (!is_end(r, r->at)) r->at++;
    *cell = (od_cell){{start, r->at}, od_slice_cut(r->bytes, start, r->at), false};
    return OD_OK;
}

od_status od_csv_read(const od_csv *csv, od_arena *arena, od_diagnostics *failures, size_t *offset,
                      od_csv_record *record) {
    reader r = {csv, arena, failures, csv->source->bytes, *offset};
    OD_ARRAY(od_cell) cells = {0};
    for (;;) {
        const od_status status = read_cell(&r, od_array_push(arena, &cells));
        if (status != OD_OK) return status;
        if (r.at == r.bytes.size || r.bytes.data[r.at] != csv->delimiter) break;
        r.at++;
    }
    *record = (od_csv_record){{*offset, r.at}, cells.items, cells.count};
    if (r.at + 1 < r.bytes.size && r.bytes.data[r.at] == '\r' && r.bytes.data[r.at + 1] == '\n')
        r.at++;
    *offset = r.at < r.bytes.size ? r.at + 1 : r.at;
    return OD_OK;
}
