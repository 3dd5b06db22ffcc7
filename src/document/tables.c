// Tables: cmark-gfm knows the line of each row, not rightly the columns of its cells, so the cells
// are cut out of the line again by its rules.
#include "document/markdown.h"

#include <cmark-gfm-core-extensions.h>

// What is left of a row.
typedef struct cell_cursor {
    const char *bytes; // of the source
    size_t at, end;
} cell_cursor;

static cell_cursor start_row(const od_source *source, od_span row) {
    cell_cursor c = {source->bytes.data, row.start, row.end};
    if (c.at < c.end && c.bytes[c.at] == '|') c.at++;
    return c;
}

// Returns the next cell without the white space around it. A `|` right behind a backslash belongs
// to the cell. When the row has ended, the cell is empty and lies at its end.
static od_span next_cell(cell_cursor *c) {
    size_t start = c->at, end = c->at;
    while (end < c->end && (c->bytes[end] != '|' || (end > start && c->bytes[end - 1] == '\\')))
        end++;
    c->at = end < c->end ? end + 1 : end;
    while (start < end && od_content_is_space(c->bytes[start])) start++;
    while (end > start && od_content_is_space(c->bytes[end - 1])) end--;
    return (od_span){start, end};
}

static void read_cell(od_markdown *m, cmark_node *n, od_span span, od_node *row) {
    od_node *const cell = od_node_new(m->arena, OD_CELL, span);
    cell->cell.row_span = cell->cell.column_span = 1;
    od_node_append(row, cell);
    const od_slice text = od_markdown_content(n);
    if (!text.size) return;
    od_node *const plain = od_node_new(m->arena, OD_PLAIN, span);
    od_node_append(cell, plain);
    if (od_markdown_read_at_once(m, n, text, plain)) return;
    const bool mapped = od_content_map_at(&m->content, text, span, OD_PIPES_UNESCAPED);
    od_markdown_read_inlines(m, n, mapped, plain);
}

static void read_row(od_markdown *m, cmark_node *n, od_span span, od_node *part) {
    od_node *const row = od_node_new(m->arena, OD_ROW, span);
    od_node_append(part, row);
    cell_cursor cells = start_row(m->source, span);
    for (cmark_node *cell = cmark_node_first_child(n); cell; cell = cmark_node_next(cell))
        read_cell(m, cell, next_cell(&cells), row);
    part->span.end = span.end;
}

// Returns the span of line `line` from `start` on (a source offset) without white space at its end.
static od_span row_span(const od_markdown *m, size_t line, size_t start) {
    const od_span span = od_source_line(m->source, line);
    if (start > span.end || start < span.start) start = span.start;
    const od_slice row = od_content_trim_end(od_source_cut(m->source, (od_span){start, span.end}));
    return (od_span){start, start + row.size};
}

// The header is the last line of the paragraph that the table began as.
static od_span header_span(const od_markdown *m, size_t line, od_slice content) {
    size_t end = content.size;
    if (end && content.data[end - 1] == '\n') end--;
    size_t start = end;
    while (start && content.data[start - 1] != '\n') start--;
    const od_span span = od_source_line(m->source, line);
    const size_t size = end - start;
    return row_span(m, line, size <= span.end - span.start ? span.end - size : span.start);
}

// Before a row there are only white space and the marks of quotes: with anything else the line
// would not have continued the table.
static od_span body_span(const od_markdown *m, size_t line) {
    const od_span span = od_source_line(m->source, line);
    size_t start = span.start;
    while (start < span.end && (m->source->bytes.data[start] == '>' ||
                                od_content_is_space(m->source->bytes.data[start])))
        start++;
    return row_span(m, line, start);
}

static od_node *add_part(od_markdown *m, od_node *table, od_node_type type, size_t start) {
    od_node *const part = od_node_new(m->arena, type, (od_span){start, start});
    od_node_append(table, part);
    return part;
}

static const od_table *read_columns(od_markdown *m, cmark_node *n) {
    od_table *const table = od_arena_new(m->arena, od_table);
    table->column_count = cmark_gfm_extensions_get_table_columns(n);
    od_column *const columns = od_arena_array(m->arena, od_column, table->column_count);
    const uint8_t *const letters = cmark_gfm_extensions_get_table_alignments(n);
    for (size_t i = 0; i < table->column_count; i++)
        columns[i].alignment = letters[i] == 'l'   ? OD_ALIGN_LEFT
                               : letters[i] == 'r' ? OD_ALIGN_RIGHT
                               : letters[i] == 'c' ? OD_ALIGN_CENTER
                                                   : OD_ALIGN_DEFAULT;
    table->columns = columns;
    return table;
}

void od_markdown_read_table(od_markdown *m, cmark_node *n, od_node *into) {
    into->table = read_columns(m, n);
    const od_slice content = od_markdown_content(n);
    const size_t lines = od_content_count_lines(content);
    const size_t header = m->first_line + (size_t)cmark_node_get_start_line(n) + lines - 2;
    const od_span first = header_span(m, header, content);
    into->span.start = first.start;
    od_node *const head = add_part(m, into, OD_TABLE_HEAD, first.start);
    cmark_node *row = cmark_node_first_child(n);
    if (row) read_row(m, row, first, head);
    // The line of dashes belongs to no part.
    od_span end = body_span(m, header + 1);
    od_node *const body = add_part(m, into, OD_TABLE_BODY, end.end);
    for (row = row ? cmark_node_next(row) : NULL; row; row = cmark_node_next(row)) {
        end = body_span(m, m->first_line + (size_t)cmark_node_get_start_line(row) - 1);
        if (!body->first) body->span.start = end.start;
        read_row(m, row, end, body);
    }
    add_part(m, into, OD_TABLE_FOOT, end.end);
    into->span.end = end.end;
}
