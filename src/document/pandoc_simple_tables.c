// Simple and multiline tables of pandoc's Markdown: columns told by groups of dashes.
#include "document/pandoc_tables.h"

#include "base/utf8.h"

// ---- lines of dashes ---------------------------------------------------------------------------

// Reads a line of groups of dashes into the columns of the table; false when it is none.
static bool read_dashes(od_pm_table *t, od_slice line) {
    size_t at = od_pm_skip_blanks(line, 0);
    t->columns.count = 0;
    if (at > 3) return false;
    while (at < line.size) {
        const size_t start = at;
        while (od_pm_byte(line, at) == '-') at++;
        if (at == start) return false;
        const size_t dashes = at - start;
        at = od_pm_skip_blanks(line, at);
        *od_array_push(&t->pm->scratch, &t->columns) =
            (od_pm_column){.dashes = dashes, .start = start, .end = at};
    }
    return t->columns.count > 0;
}

static bool is_dashes(od_slice line) {
    size_t at = od_pm_skip_blanks(line, 0);
    if (at > 3 || od_pm_byte(line, at) != '-') return false;
    while (at < line.size && (line.data[at] == '-' || od_pm_is_blank(line.data[at]))) at++;
    return at == line.size;
}

static bool is_blank_at(od_slice text, size_t at) {
    size_t next;
    return od_pm_is_blank_line(od_pm_line(text, at, &next));
}

// ---- finding -----------------------------------------------------------------------------------

// Returns where the next line of dashes starts, or SIZE_MAX. That there is none is kept, for a text
// with many rules.
static size_t find_dashes(od_pm *pm, od_slice text, size_t at) {
    const char *const end = text.data + text.size;
    if (pm->no_dashes.end == end && text.data + at >= pm->no_dashes.start) return SIZE_MAX;
    for (size_t next, here = at; here < text.size; here = next)
        if (is_dashes(od_pm_line(text, here, &next))) return here;
    pm->no_dashes.start = text.data + at;
    pm->no_dashes.end = end;
    return SIZE_MAX;
}

// Finds the end of rows of a line each; false when there are none, or none that end as they must.
static bool find_simple_end(od_slice text, od_pm_simple *f) {
    size_t at = f->rows;
    for (size_t next; at < text.size; at = next) {
        const od_slice line = od_pm_line(text, at, &next);
        if (is_dashes(line)) break;
        if (!od_pm_is_blank_line(line)) continue;
        if (f->kind == OD_PM_SIMPLE_HEADLESS) return false;
        break;
    }
    f->end = at;
    return at > f->rows;
}

static bool find_multiline_end(od_pm *pm, od_slice text, od_pm_simple *f) {
    if (is_blank_at(text, f->rows)) return false;
    f->end = find_dashes(pm, text, f->rows);
    return f->end != SIZE_MAX && f->end > f->rows;
}

static bool find_kind(od_pm_table *t, size_t at, od_pm_simple *f) {
    od_pm *const pm = t->pm;
    const od_slice text = t->job->text;
    size_t next;
    const bool multiline = f->kind == OD_PM_MULTILINE || f->kind == OD_PM_MULTILINE_HEADLESS;
    if (!od_pm_has(pm, multiline ? OD_EXT_multiline_tables : OD_EXT_simple_tables)) return false;
    f->heading = f->dashes = at;
    const od_slice first = od_pm_line(text, at, &next);
    if (f->kind == OD_PM_SIMPLE) f->dashes = next;
    if (f->kind == OD_PM_MULTILINE) {
        if (!is_dashes(first) || is_blank_at(text, next)) return false;
        f->heading = next;
        f->dashes = find_dashes(pm, text, next);
        if (f->dashes == SIZE_MAX || f->dashes == next) return false;
    }
    if (f->dashes >= text.size) return false;
    if (!read_dashes(t, od_pm_line(text, f->dashes, &f->rows))) return false;
    return multiline ? find_multiline_end(pm, text, f) : find_simple_end(text, f);
}

bool od_pm_find_simple(od_pm_table *t, size_t at, od_pm_simple *found) {
    for (int kind = 0; kind < OD_PM_SIMPLE_KINDS; kind++) {
        found->kind = (od_pm_simple_kind)kind;
        if (!find_kind(t, at, found)) continue;
        const od_slice closing = od_pm_line(t->job->text, found->end, &found->after);
        if (!is_dashes(closing)) found->after = found->end;
        return true;
    }
    return false;
}

// ---- cells -------------------------------------------------------------------------------------

// Cuts a line at the columns; nothing is trimmed. A wide character that stands on an edge moves the
// next one on, as in pandoc.
static void cut_line(const od_pm_table *t, od_slice line, od_pm_cells *cells) {
    size_t at = 0, edge = 0, size;
    cells->count = 0;
    for (size_t i = 0; i <= t->columns.count; i++) {
        const size_t next = i < t->columns.count ? t->columns.items[i].start : SIZE_MAX;
        const size_t start = at;
        for (size_t width = 0; at < line.size && width < next - edge; at += size) {
            od_utf8_read(line, at, &size);
            width += od_utf8_width(od_slice_cut(line, at, at + size));
        }
        edge = next;
        if (i) *od_array_push(&t->pm->scratch, cells) = od_slice_cut(line, start, at);
    }
}

static od_slice trim_end(od_slice text) {
    while (text.size && od_pm_is_white(text.data[text.size - 1])) text.size--;
    return text;
}

// A heading that ends before its dashes do is aligned to the left, one that starts after them to
// the right; of several lines the shortest tells.
static void align(od_pm_table *t, const od_slice *shortest) {
    for (size_t i = 0; i < t->columns.count; i++) {
        od_pm_column *const c = &t->columns.items[i];
        if (!shortest[i].size) continue;
        const bool left = od_pm_is_blank(shortest[i].data[0]);
        const bool right = od_utf8_width(shortest[i]) < c->dashes;
        c->alignment = left && right ? OD_ALIGN_CENTER
                       : left        ? OD_ALIGN_RIGHT
                       : right       ? OD_ALIGN_LEFT
                                     : OD_ALIGN_DEFAULT;
    }
}

static void keep_shortest(const od_pm_cells *cells, od_slice *shortest) {
    for (size_t i = 0; i < cells->count; i++) {
        const od_slice cell = trim_end(cells->items[i]);
        if (!cell.size) continue;
        if (!shortest[i].size || od_utf8_width(cell) < od_utf8_width(shortest[i]))
            shortest[i] = cell;
    }
}

// Aligns the columns by the lines [at, end).
static void align_by(od_pm_table *t, size_t at, size_t end) {
    od_pm_cells cells = {0};
    od_slice *const shortest = od_arena_array(&t->pm->scratch, od_slice, t->columns.count);
    for (size_t next; at < end; at = next) {
        cut_line(t, od_pm_line(t->job->text, at, &next), &cells);
        keep_shortest(&cells, shortest);
    }
    align(t, shortest);
}

// Returns the text of a cell up to where pandoc stops: at an empty line, and in a list also at a line
// that starts one.
static od_slice cut_cell(const od_pm_table *t, od_slice text) {
    size_t at = 0, next;
    for (; at < text.size; at = next) {
        const od_slice line = od_pm_line(text, at, &next);
        if (!at) continue;
        if (!line.size) break;
        if (t->job->flags & OD_PM_IN_LIST && od_pm_starts_list(t->pm, text, at)) break;
    }
    return od_slice_trim(od_slice_cut(text, 0, at));
}

// Joins the lines [at, end) to cells.
static void join_lines(const od_pm_table *t, size_t at, size_t end, bool heading,
                       od_pm_cells *cells) {
    od_pm_cells pieces = {0};
    od_buf *const texts = od_arena_array(&t->pm->scratch, od_buf, t->columns.count);
    for (size_t next; at < end; at = next) {
        cut_line(t, od_pm_line(t->job->text, at, &next), &pieces);
        for (size_t i = 0; i < t->columns.count; i++) {
            od_buf_add(&texts[i], od_slice_trim(pieces.items[i]));
            od_buf_byte(&texts[i], '\n');
        }
    }
    cells->count = 0;
    for (size_t i = 0; i < t->columns.count; i++) {
        od_slice text = od_arena_copy(&t->pm->scratch, od_buf_slice(&texts[i]));
        od_buf_free(&texts[i]);
        if (heading) text = od_slice_trim(text);
        *od_array_push(&t->pm->scratch, cells) = cut_cell(t, text);
    }
}

// ---- making the table --------------------------------------------------------------------------

// Columns of a multiline table are as wide as their dashes and the space behind them.
static const double *measure(const od_pm_table *t) {
    const size_t count = t->columns.count;
    double *const widths = od_arena_array(&t->pm->scratch, double, count);
    const size_t end = t->columns.items[count - 1].end + 1;
    size_t total = t->columns.items[0].start;
    size_t *const lengths = od_arena_array(&t->pm->scratch, size_t, count);
    for (size_t i = 0; i < count; i++) {
        const od_pm_column *const c = &t->columns.items[i];
        lengths[i] = (i + 1 < count ? c->end : end) - c->start;
    }
    // The last has no space behind it.
    const size_t before = count > 1 ? lengths[count - 2] : t->columns.items[0].start;
    if (lengths[count - 1] < before && before - lengths[count - 1] <= 2) lengths[count - 1] = before;
    for (size_t i = 0; i < count; i++) total += lengths[i];
    const size_t all = end > t->pm->columns ? end : t->pm->columns;
    const double whole = (double)(total > all ? total : all);
    for (size_t i = 0; i < count; i++) widths[i] = (double)lengths[i] / whole;
    return widths;
}

static void add_head(const od_pm_table *t, const od_pm_simple *f) {
    od_pm_cells cells = {0};
    od_node *const head = od_pm_add(t->pm, t->node, OD_TABLE_HEAD);
    if (f->heading == f->dashes) return;
    join_lines(t, f->heading, f->dashes, true, &cells);
    if (!od_pm_are_empty(&cells)) od_pm_add_row(t, head, &cells);
}

// Returns where the row at `at` ends.
static size_t row_end(const od_pm_table *t, const od_pm_simple *f, size_t at) {
    size_t next;
    od_pm_line(t->job->text, at, &next);
    if (f->kind == OD_PM_SIMPLE || f->kind == OD_PM_SIMPLE_HEADLESS) return next;
    while (next < f->end && !is_blank_at(t->job->text, next)) od_pm_line(t->job->text, next, &next);
    return next;
}

static void add_body(const od_pm_table *t, const od_pm_simple *f) {
    od_pm_cells cells = {0};
    od_node *const body = od_pm_add(t->pm, t->node, OD_TABLE_BODY);
    for (size_t at = f->rows, next; at < f->end; at = next) {
        next = row_end(t, f, at);
        if (is_blank_at(t->job->text, at)) {
            od_pm_line(t->job->text, at, &next);
            continue;
        }
        join_lines(t, at, next, false, &cells);
        od_pm_add_row(t, body, &cells);
    }
}

void od_pm_read_simple(od_pm_table *t, const od_pm_simple *found, const od_pm_caption *c) {
    const bool multiline =
        found->kind == OD_PM_MULTILINE || found->kind == OD_PM_MULTILINE_HEADLESS;
    size_t next;
    od_pm_line(t->job->text, found->rows, &next);
    if (found->heading < found->dashes) align_by(t, found->heading, found->dashes);
    else align_by(t, found->rows, next);
    od_pm_open_table(t, c, multiline ? measure(t) : NULL);
    add_head(t, found);
    add_body(t, found);
    od_pm_add(t->pm, t->node, OD_TABLE_FOOT);
}
