// Tables of pandoc's Markdown with their captions, and pipe tables.
#include "document/pandoc_tables.h"

#include "base/utf8.h"

#include <strings.h>

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

// Cuts `{…}` off the end of a line of a caption into `*attr`; false when there is none.
static bool cut_attributes(od_pm *pm, od_slice *line, const od_attr **attr) {
    const od_slice text = od_slice_trim(*line);
    size_t open = text.size;
    if (!od_pm_has(pm, OD_EXT_table_attributes) || !od_slice_ends(text, OD_SLICE("}"))) return false;
    while (open > 0 && text.data[open - 1] != '{') open--;
    const od_attr *found = NULL;
    if (!open || od_pm_attributes(pm->arena, text, open - 1, &found) != text.size) return false;
    *attr = found;
    *line = od_slice_cut(text, 0, open - 1);
    return true;
}

// Reads a caption at `at`; returns where the next block may start, or `at` when there is none. A
// caption ends with its attributes.
static size_t read_caption(od_pm *pm, od_slice text, size_t at, od_pm_caption *c) {
    *c = (od_pm_caption){0};
    if (!od_pm_has(pm, OD_EXT_table_captions)) return at;
    const size_t start = caption_mark(text, at);
    if (start == SIZE_MAX) return at;
    size_t end = start, next = start, stop = start;
    for (bool closed = false; end < text.size && !closed; end = next) {
        od_slice line = od_pm_line(text, end, &next);
        if (od_pm_is_blank_line(line)) break;
        closed = cut_attributes(pm, &line, &c->attr);
        stop = (size_t)(line.data - text.data) + line.size;
    }
    c->text = od_slice_trim(od_slice_cut(text, start, stop));
    c->present = c->text.size > 0;
    return skip_blank_lines(text, end);
}

// ---- making the table --------------------------------------------------------------------------

void od_pm_add_row(const od_pm_table *t, od_node *part, const od_pm_cells *cells) {
    od_node *const row = od_pm_add(t->pm, part, OD_ROW);
    for (size_t i = 0; i < t->columns.count; i++) {
        od_node *const cell = od_pm_add(t->pm, row, OD_CELL);
        cell->cell.row_span = cell->cell.column_span = 1;
        if (i >= cells->count || !cells->items[i].size) continue;
        od_pm_pend(t->pm, od_pm_add(t->pm, cell, OD_PLAIN), cells->items[i],
                   t->job->flags & ~(unsigned)OD_PM_FIGURE, t->job->depth);
    }
}

void od_pm_open_table(od_pm_table *t, const od_pm_caption *c, const double *widths) {
    od_pm *const pm = t->pm;
    t->node = od_pm_add(pm, t->job->into, OD_TABLE);
    od_table *const made = od_arena_new(pm->arena, od_table);
    od_column *const columns = od_arena_array(pm->arena, od_column, t->columns.count);
    for (size_t i = 0; i < t->columns.count; i++) {
        columns[i].alignment = t->columns.items[i].alignment;
        if (widths) columns[i].width = widths[i];
    }
    *made = (od_table){columns, t->columns.count, c->attr};
    t->node->table = made;
    if (!c->present) return;
    od_node *const node = od_pm_add(pm, t->node, OD_CAPTION);
    od_pm_pend(pm, od_pm_add(pm, node, OD_PLAIN), c->text,
               t->job->flags & ~(unsigned)OD_PM_FIGURE, t->job->depth);
}

bool od_pm_are_empty(const od_pm_cells *cells) {
    for (size_t i = 0; i < cells->count; i++)
        if (cells->items[i].size) return false;
    return true;
}

// ---- pipe tables -------------------------------------------------------------------------------

// Reads the line of dashes of a pipe table; false when it is none.
static bool read_break(od_pm_table *t, od_slice line) {
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
        *od_array_push(&t->pm->scratch, &t->columns) =
            (od_pm_column){.alignment = left && right ? OD_ALIGN_CENTER
                                        : left        ? OD_ALIGN_LEFT
                                        : right       ? OD_ALIGN_RIGHT
                                                      : OD_ALIGN_DEFAULT,
                           .dashes = dashes + left + right};
        at = od_pm_skip_blanks(line, at);
        if (at >= line.size) break;
        // A pipe may close the line, a plus may not.
        const bool closes = od_pm_skip_blanks(line, at + 1) >= line.size;
        if (line.data[at] != '|' && (line.data[at] != '+' || closes)) return false;
        piped = true;
        at++;
    }
    return piped && t->columns.count > 0;
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
static bool read_row(od_pm *pm, od_slice line, od_pm_cells *cells) {
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

// Columns of a table with long lines are as wide as their dashes.
static const double *pipe_widths(const od_pm_table *t, size_t longest) {
    if (longest <= t->pm->columns) return NULL;
    double *const widths = od_arena_array(&t->pm->scratch, double, t->columns.count);
    size_t sum = 0;
    for (size_t i = 0; i < t->columns.count; i++) sum += t->columns.items[i].dashes;
    for (size_t i = 0; i < t->columns.count; i++)
        widths[i] = (double)t->columns.items[i].dashes / (double)sum;
    return widths;
}

static size_t row_length(const od_pm_cells *cells) {
    size_t length = 0;
    for (size_t i = 0; i < cells->count; i++) length += od_utf8_count(cells->items[i]);
    return length;
}

typedef struct pipes {
    size_t start, end;
    size_t longest; // characters of a row
} pipes;

// Finds the pipe table at `at`; false when none stands there.
static bool find_pipes(od_pm_table *t, size_t at, pipes *p) {
    size_t next;
    od_pm_cells cells = {0};
    const od_slice text = t->job->text;
    if (!od_pm_has(t->pm, OD_EXT_pipe_tables)) return false;
    const od_slice head = od_pm_line(text, at, &next);
    if (!read_row(t->pm, head, &cells) || next >= text.size) return false;
    if (!read_break(t, od_pm_line(text, next, &next))) return false;
    *p = (pipes){.start = at, .longest = row_length(&cells)};
    for (p->end = next; p->end < text.size; p->end = next) {
        const od_slice line = od_pm_line(text, p->end, &next);
        if (od_pm_is_blank_line(line) || !read_row(t->pm, line, &cells)) break;
        if (row_length(&cells) > p->longest) p->longest = row_length(&cells);
    }
    return true;
}

static void read_pipes(od_pm_table *t, const pipes *p, const od_pm_caption *c) {
    od_pm_cells cells = {0};
    size_t next;
    od_pm_open_table(t, c, pipe_widths(t, p->longest));
    od_node *const head = od_pm_add(t->pm, t->node, OD_TABLE_HEAD);
    read_row(t->pm, od_pm_line(t->job->text, p->start, &next), &cells);
    if (!od_pm_are_empty(&cells)) od_pm_add_row(t, head, &cells);
    od_pm_line(t->job->text, next, &next);
    od_node *const body = od_pm_add(t->pm, t->node, OD_TABLE_BODY);
    for (size_t at = next; at < p->end; at = next) {
        read_row(t->pm, od_pm_line(t->job->text, at, &next), &cells);
        od_pm_add_row(t, body, &cells);
    }
    od_pm_add(t->pm, t->node, OD_TABLE_FOOT);
}

// ---- all ---------------------------------------------------------------------------------------

bool od_pm_read_table(od_pm *pm, od_pm_job *job) {
    od_pm_table t = {.pm = pm, .job = job};
    od_pm_caption c;
    pipes piped;
    od_pm_simple simple;
    od_pm_grid *grid = NULL;
    size_t end;
    const size_t at = read_caption(pm, job->text, job->at, &c);
    const bool is_piped = find_pipes(&t, at, &piped);
    const bool is_simple = !is_piped && od_pm_find_simple(&t, at, &simple);
    if (is_piped) end = piped.end;
    else if (is_simple) end = simple.after;
    else if (!(grid = od_pm_find_grid(pm, job->text, at, &end))) return false;
    if (!c.present) end = read_caption(pm, job->text, skip_blank_lines(job->text, end), &c);
    if (is_piped) read_pipes(&t, &piped, &c);
    else if (is_simple) od_pm_read_simple(&t, &simple, &c);
    else od_pm_read_grid(&t, grid, &c);
    job->at = end;
    return true;
}
