// Pipe tables and simple tables of pandoc's Markdown, with their captions.
#include "document/pandoc_markdown.h"

#include "base/utf8.h"

#include <strings.h>

typedef OD_ARRAY(od_slice) cell_list;

typedef struct column {
    od_alignment alignment;
    size_t dashes;
    size_t start, end; // simple tables: columns of the text
} column;

typedef OD_ARRAY(column) column_list;

typedef struct caption {
    bool present;
    od_slice text;
    const od_attr *attr;
} caption;

// ---- captions ----------------------------------------------------------------------------------

// Returns the offset behind `Table:` or `:` at `at`, or SIZE_MAX.
static size_t caption_mark(od_slice text, size_t at) {
    const size_t start = od_pm_skip_blanks(text, at);
    if (start - at > 3) return SIZE_MAX;
    const od_slice here = od_slice_from(text, start);
    if (here.size > 6 && strncasecmp(here.data, "table:", 6) == 0) return start + 6;
    if (od_pm_byte(here, 0) != ':' || od_pm_byte(here, 1) == ':') return SIZE_MAX;
    return start + 1;
}

static size_t skip_blank_lines(od_slice text, size_t at) {
    for (size_t next; at < text.size; at = next)
        if (!od_pm_is_blank_line(od_pm_line(text, at, &next))) break;
    return at;
}

// Reads a caption at `at`; returns where the next block may start, or `at` when there is none.
static size_t read_caption(od_pm *pm, od_slice text, size_t at, caption *c) {
    *c = (caption){0};
    if (!od_pm_has(pm, OD_EXT_table_captions)) return at;
    const size_t start = caption_mark(text, at);
    if (start == SIZE_MAX) return at;
    size_t end = start, next;
    while (end < text.size && !od_pm_is_blank_line(od_pm_line(text, end, &next))) end = next;
    od_slice words = od_slice_trim(od_slice_cut(text, start, end));
    if (od_pm_has(pm, OD_EXT_table_attributes) && od_slice_ends(words, OD_SLICE("}"))) {
        size_t open = words.size;
        while (open > 0 && words.data[open - 1] != '{') open--;
        if (open > 0 &&
            od_pm_attributes(pm->arena, words, open - 1, &c->attr) == words.size)
            words = od_slice_trim(od_slice_cut(words, 0, open - 1));
        else c->attr = NULL;
    }
    c->present = true;
    c->text = words;
    return skip_blank_lines(text, end);
}

// ---- pipe tables -------------------------------------------------------------------------------

// Reads the line of dashes of a pipe table; false when it is none.
static bool read_break(od_pm *pm, od_slice line, column_list *columns) {
    size_t at = od_pm_skip_blanks(line, 0);
    bool piped = od_pm_byte(line, at) == '|';
    if (piped) at++;
    for (;;) {
        at = od_pm_skip_blanks(line, at);
        if (at >= line.size) break;
        const bool left = line.data[at] == ':';
        if (left) at++;
        const size_t start = at;
        while (od_pm_byte(line, at) == '-') at++;
        const size_t dashes = at - start;
        const bool right = od_pm_byte(line, at) == ':';
        if (right) at++;
        if (!dashes) return false;
        *od_array_push(&pm->scratch, columns) =
            (column){.alignment = left && right ? OD_ALIGN_CENTER
                                  : left        ? OD_ALIGN_LEFT
                                  : right       ? OD_ALIGN_RIGHT
                                                : OD_ALIGN_DEFAULT,
                     .dashes = dashes + left + right};
        at = od_pm_skip_blanks(line, at);
        if (at >= line.size) break;
        if (line.data[at] != '|' && line.data[at] != '+') return false;
        piped = true;
        at++;
    }
    return piped && columns->count > 0;
}

// Returns the end of the cell that starts at `at`: the next pipe outside of code.
static size_t cell_end(od_slice line, size_t at) {
    while (at < line.size && line.data[at] != '|') {
        if (line.data[at] == '\\') at++;
        else if (line.data[at] == '`') {
            const size_t code = od_pm_code_end(line, at);
            if (code != SIZE_MAX) at = code;
            else while (od_pm_byte(line, at) == '`') at++;
            continue;
        }
        at++;
    }
    return at < line.size ? at : line.size;
}

// Cuts a row into cells; false when it holds no pipe.
static bool read_row(od_pm *pm, od_slice line, cell_list *cells) {
    line = od_slice_trim(line);
    bool piped = od_pm_byte(line, 0) == '|';
    cells->count = 0;
    for (size_t at = piped; at <= line.size;) {
        const size_t end = cell_end(line, at);
        *od_array_push(&pm->scratch, cells) = od_slice_trim(od_slice_cut(line, at, end));
        if (end >= line.size) break;
        piped = true;
        if (end + 1 == line.size) break; // a pipe at the end closes the row
        at = end + 1;
    }
    return piped;
}

// ---- making the table --------------------------------------------------------------------------

typedef struct table {
    od_pm *pm;
    const od_pm_job *job;
    od_node *node;
    column_list columns;
} table;

static void add_row(const table *t, od_node *part, const cell_list *cells) {
    od_node *const row = od_pm_add(t->pm, part, OD_ROW);
    for (size_t i = 0; i < t->columns.count; i++) {
        od_node *const cell = od_pm_add(t->pm, row, OD_CELL);
        cell->cell.row_span = cell->cell.column_span = 1;
        if (i >= cells->count || !cells->items[i].size) continue;
        od_pm_pend(t->pm, od_pm_add(t->pm, cell, OD_PLAIN), cells->items[i],
                   t->job->flags & ~(unsigned)OD_PM_FIGURE, t->job->depth);
    }
}

static void open_table(table *t, const caption *c) {
    od_pm *const pm = t->pm;
    t->node = od_pm_add(pm, t->job->into, OD_TABLE);
    od_table *const made = od_arena_new(pm->arena, od_table);
    od_column *const columns = od_arena_array(pm->arena, od_column, t->columns.count);
    for (size_t i = 0; i < t->columns.count; i++)
        columns[i].alignment = t->columns.items[i].alignment;
    *made = (od_table){columns, t->columns.count, c->attr};
    t->node->table = made;
    if (!c->present) return;
    od_node *const node = od_pm_add(pm, t->node, OD_CAPTION);
    od_pm_pend(pm, od_pm_add(pm, node, OD_PLAIN), c->text,
               t->job->flags & ~(unsigned)OD_PM_FIGURE, t->job->depth);
}

// Columns of a table with long lines are as wide as their dashes.
static void set_widths(const table *t, size_t longest) {
    enum { COLUMNS = 80 };
    if (longest <= COLUMNS) return;
    size_t sum = 0;
    for (size_t i = 0; i < t->columns.count; i++) sum += t->columns.items[i].dashes;
    od_column *const columns = od_arena_array(t->pm->arena, od_column, t->columns.count);
    for (size_t i = 0; i < t->columns.count; i++) {
        columns[i] = t->node->table->columns[i];
        columns[i].width = (double)t->columns.items[i].dashes / (double)sum;
    }
    od_table *const made = od_arena_new(t->pm->arena, od_table);
    *made = *t->node->table;
    made->columns = columns;
    t->node->table = made;
}

static bool is_empty(const cell_list *cells) {
    for (size_t i = 0; i < cells->count; i++)
        if (cells->items[i].size) return false;
    return true;
}

static size_t row_length(const cell_list *cells) {
    size_t length = 0;
    for (size_t i = 0; i < cells->count; i++) length += od_utf8_count(cells->items[i]);
    return length;
}

// Returns where the pipe table at `at` ends, or SIZE_MAX when none stands there.
static size_t pipe_end(od_pm *pm, od_slice text, size_t at, column_list *columns) {
    size_t next;
    cell_list cells = {0};
    if (!od_pm_has(pm, OD_EXT_pipe_tables)) return SIZE_MAX;
    const od_slice head = od_pm_line(text, at, &next);
    if (!read_row(pm, head, &cells) || next >= text.size) return SIZE_MAX;
    if (!read_break(pm, od_pm_line(text, next, &next), columns)) return SIZE_MAX;
    for (at = next; at < text.size; at = next) {
        const od_slice line = od_pm_line(text, at, &next);
        if (od_pm_is_blank_line(line) || !read_row(pm, line, &cells)) break;
    }
    return at;
}

static void read_pipe(table *t, size_t at, size_t end) {
    od_pm *const pm = t->pm;
    cell_list cells = {0};
    size_t next;
    read_row(pm, od_pm_line(t->job->text, at, &next), &cells);
    od_node *const head = od_pm_add(pm, t->node, OD_TABLE_HEAD);
    size_t longest = row_length(&cells);
    if (!is_empty(&cells)) add_row(t, head, &cells);
    od_pm_line(t->job->text, next, &next);
    od_node *const body = od_pm_add(pm, t->node, OD_TABLE_BODY);
    for (at = next; at < end; at = next) {
        read_row(pm, od_pm_line(t->job->text, at, &next), &cells);
        if (row_length(&cells) > longest) longest = row_length(&cells);
        add_row(t, body, &cells);
    }
    od_pm_add(pm, t->node, OD_TABLE_FOOT);
    set_widths(t, longest);
}

// ---- simple tables -----------------------------------------------------------------------------

// Reads a line of groups of dashes; false when it is none.
static bool read_dashes(od_pm *pm, od_slice line, column_list *columns) {
    size_t at = od_pm_skip_blanks(line, 0);
    columns->count = 0;
    if (at > 3) return false;
    while (at < line.size) {
        const size_t start = at;
        while (od_pm_byte(line, at) == '-') at++;
        if (at == start) return false;
        *od_array_push(&pm->scratch, columns) = (column){.start = start, .end = at};
        at = od_pm_skip_blanks(line, at);
    }
    return columns->count > 0;
}

// Returns the offset of column `column` (a character of any width) of `line`.
static size_t column_offset(od_slice line, size_t column) {
    size_t at = 0, size;
    while (at < line.size && column > 0) {
        od_utf8_read(line, at, &size);
        const size_t width = od_utf8_width(od_slice_cut(line, at, at + size));
        column -= width < column ? width : column;
        at += size;
    }
    return at;
}

static void cut_simple(const table *t, od_slice line, cell_list *cells) {
    cells->count = 0;
    for (size_t i = 0; i < t->columns.count; i++) {
        const size_t start = i ? column_offset(line, t->columns.items[i].start) : 0;
        const size_t end = i + 1 < t->columns.count
                               ? column_offset(line, t->columns.items[i + 1].start)
                               : line.size;
        *od_array_push(&t->pm->scratch, cells) =
            od_slice_trim(od_slice_cut(line, start, end > start ? end : start));
    }
}

// A heading that stands over its dashes on one side only is aligned to that side.
static void align_simple(table *t, const cell_list *cells, od_slice line) {
    for (size_t i = 0; i < t->columns.count; i++) {
        column *const c = &t->columns.items[i];
        if (i >= cells->count || !cells->items[i].size) continue;
        const od_slice cell = cells->items[i];
        const size_t at = (size_t)(cell.data - line.data);
        const size_t start = od_utf8_width(od_slice_cut(line, 0, at));
        const size_t end = start + od_utf8_width(cell);
        const bool left = start <= c->start, right = end >= c->end;
        c->alignment = left && right ? OD_ALIGN_DEFAULT
                       : left        ? OD_ALIGN_LEFT
                       : right       ? OD_ALIGN_RIGHT
                                     : OD_ALIGN_CENTER;
    }
}

// Returns where the simple table at `at` ends, or SIZE_MAX. `*headless` tells of one that begins
// with its dashes and must end with them.
static size_t simple_end(od_pm *pm, od_slice text, size_t at, column_list *columns,
                         bool *headless) {
    size_t next, after;
    if (!od_pm_has(pm, OD_EXT_simple_tables)) return SIZE_MAX;
    const od_slice first = od_pm_line(text, at, &next);
    *headless = read_dashes(pm, first, columns);
    if (!*headless) {
        if (next >= text.size || !read_dashes(pm, od_pm_line(text, next, &next), columns))
            return SIZE_MAX;
        // One group of dashes underlines a heading.
        if (columns->count < 2) return SIZE_MAX;
    }
    for (at = next; at < text.size; at = after) {
        const od_slice line = od_pm_line(text, at, &after);
        column_list closing = {0};
        if (od_pm_is_blank_line(line)) return *headless ? SIZE_MAX : at;
        if (read_dashes(pm, line, &closing)) return at > next ? after : SIZE_MAX;
    }
    return *headless ? SIZE_MAX : at;
}

static void read_simple(table *t, size_t at, size_t end, bool headless, const caption *c) {
    od_pm *const pm = t->pm;
    cell_list cells = {0};
    column_list closing = {0};
    size_t next, after;
    const od_slice line = od_pm_line(t->job->text, at, &next);
    const od_slice below = headless ? od_pm_line(t->job->text, next, &after) : line;
    cut_simple(t, below, &cells);
    align_simple(t, &cells, below);
    open_table(t, c);
    od_node *const head = od_pm_add(pm, t->node, OD_TABLE_HEAD);
    if (!headless) {
        add_row(t, head, &cells);
        od_pm_line(t->job->text, next, &next);
    }
    od_node *const body = od_pm_add(pm, t->node, OD_TABLE_BODY);
    for (at = next; at < end; at = next) {
        const od_slice row = od_pm_line(t->job->text, at, &next);
        if (read_dashes(pm, row, &closing)) break;
        cut_simple(t, row, &cells);
        add_row(t, body, &cells);
    }
    od_pm_add(pm, t->node, OD_TABLE_FOOT);
}

// ---- all ---------------------------------------------------------------------------------------

bool od_pm_read_table(od_pm *pm, od_pm_job *job) {
    table t = {.pm = pm, .job = job};
    caption c;
    bool headless = false;
    const size_t at = read_caption(pm, job->text, job->at, &c);
    const size_t pipe = pipe_end(pm, job->text, at, &t.columns);
    size_t end = pipe;
    if (end == SIZE_MAX) end = simple_end(pm, job->text, at, &t.columns, &headless);
    if (end == SIZE_MAX) return false;
    size_t after = end;
    if (!c.present) {
        const size_t below = skip_blank_lines(job->text, end);
        after = read_caption(pm, job->text, below, &c);
    }
    if (pipe == SIZE_MAX) read_simple(&t, at, end, headless, &c);
    else {
        open_table(&t, &c);
        read_pipe(&t, at, end);
    }
    job->at = after;
    return true;
}
