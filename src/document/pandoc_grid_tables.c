// Grid tables: cells drawn with `+`, `-` and `|`, which may span rows and columns.
//
// A cell is traced from its upper left corner: right along its upper border, down, left and up
// again; its other corners are those of more cells. Where a line ends early or late, pandoc has
// rules of its own, which are kept.
// Source: pandoc's package gridtables, Text.GridTable.Trace, after docutils.
#include "document/pandoc_tables.h"

#include "base/utf8.h"

#include <stdlib.h>

enum {
    MISSING = '\0', // behind the end of a line
    OTHER = '\1',   // a character that is not ASCII, or the second column of a wide one
};

typedef struct grid_line {
    od_slice text;
    size_t width;      // in columns
    size_t *offsets;   // of each column, one more than there are; NULL when all bytes are columns
    bool normal;       // `=` and `:` are `-`
    bool parts;        // a line of `=` parts head, body and foot
} grid_line;

typedef struct corner {
    size_t row, column;
} corner;

typedef struct grid_cell {
    size_t top, left, bottom, right;
} grid_cell;

struct od_pm_grid {
    od_pm *pm;
    OD_ARRAY(grid_line) lines;
    size_t width;
    OD_ARRAY(grid_cell) cells;
    OD_ARRAY(corner) corners;
    OD_ARRAY(od_alignment) alignments;
    uint8_t *seen;                // corners, by the offset in the text
    bool *row_marks, *column_marks; // which lines and columns part cells
    size_t steps, limit;
};

// ---- characters --------------------------------------------------------------------------------

// Notes the offset of each column of a line that is not all ASCII.
static void measure_line(od_pm *pm, grid_line *line, size_t width) {
    const od_slice text = line->text;
    bool ascii = true;
    for (size_t i = 0; i < text.size && ascii; i++) ascii = (unsigned char)text.data[i] < 0x80;
    line->width = text.size;
    if (!ascii) {
        line->offsets = od_arena_array(&pm->scratch, size_t, 2 * text.size + 2);
        size_t column = 0, start = 0;
        for (size_t at = 0, size; at < text.size; at += size) {
            od_utf8_read(text, at, &size);
            const size_t wide = od_utf8_width(od_slice_cut(text, at, at + size));
            if (!wide && at + size < text.size) continue; // goes with the next one
            line->offsets[column++] = start;
            start = at + size;
            if (wide == 2) line->offsets[column++] = start;
        }
        line->offsets[column] = text.size;
        line->width = column;
    }
    if (line->width > width) line->width = width;
}

static size_t offset_of(const grid_line *line, size_t column) {
    if (column > line->width) column = line->width;
    return line->offsets ? line->offsets[column] : column;
}

static char char_at(const od_pm_grid *g, size_t row, size_t column) {
    const grid_line *const line = &g->lines.items[row];
    if (column >= line->width) return MISSING;
    const size_t at = offset_of(line, column);
    if (line->offsets && line->offsets[column + 1] != at + 1) return OTHER;
    const char c = line->text.data[at];
    if ((unsigned char)c >= 0x80 || c == MISSING) return OTHER;
    return line->normal && (c == '=' || c == ':') ? '-' : c;
}

// ---- lines -------------------------------------------------------------------------------------

// Whether a line is a first one: `+`, and groups of dashes that end with `+`.
static bool is_first_line(od_slice line) {
    size_t at = 1;
    if (od_pm_byte(line, 0) != '+') return false;
    do {
        if (od_pm_byte(line, at) == ':') at++;
        const size_t start = at;
        while (od_pm_byte(line, at) == '-') at++;
        if (at == start) return false;
        if (od_pm_byte(line, at) == ':') at++;
        if (od_pm_byte(line, at) != '+') return false;
        at++;
    } while (at < line.size && !od_pm_is_blank(line.data[at]));
    return od_pm_skip_blanks(line, at) == line.size;
}

// Takes the lines at `at` that begin with a border behind `indent` spaces; returns their end.
static size_t take_lines(od_pm_grid *g, od_slice text, size_t at, size_t indent) {
    for (size_t next; at < text.size; at = next) {
        od_slice line = od_pm_line(text, at, &next);
        for (size_t i = 0; i < indent; i++)
            if (od_pm_byte(line, i) != ' ') return at;
        line = od_slice_from(line, indent);
        if (od_pm_byte(line, 0) != '+' && od_pm_byte(line, 0) != '|') return at;
        while (line.size && od_pm_is_white(line.data[line.size - 1])) line.size--;
        *od_array_push(&g->pm->scratch, &g->lines) = (grid_line){.text = line};
        const size_t width = od_utf8_width(line);
        if (width > g->width) g->width = width;
    }
    return at;
}

// Whether a line is drawn with `mark`; takes the alignments that it gives. The first character of
// each group may be anything, as in pandoc.
static bool read_groups(od_pm_grid *g, size_t row, char mark) {
    g->alignments.count = 0;
    if (char_at(g, row, 0) != '+') return false;
    for (size_t start = 1, at; start < g->width - 1; start = at + 1) {
        for (at = start + 1; char_at(g, row, at) == mark; at++) continue;
        const bool right = char_at(g, row, at) == ':';
        at += right;
        if (char_at(g, row, at) != '+') return false;
        const bool left = char_at(g, row, start) == ':';
        *od_array_push(&g->pm->scratch, &g->alignments) = left && right ? OD_ALIGN_CENTER
                                                          : left        ? OD_ALIGN_LEFT
                                                          : right       ? OD_ALIGN_RIGHT
                                                                        : OD_ALIGN_DEFAULT;
    }
    return true;
}

// The first line of `=` gives the alignments, else the first of all.
static void find_parts(od_pm_grid *g) {
    size_t first = SIZE_MAX;
    for (size_t row = 0; row < g->lines.count; row++) {
        grid_line *const line = &g->lines.items[row];
        line->parts = read_groups(g, row, '=');
        if (line->parts && first == SIZE_MAX) first = row;
    }
    if (first != SIZE_MAX) read_groups(g, first, '=');
    else if (!read_groups(g, 0, '-')) g->alignments.count = 0;
    for (size_t row = 0; row < g->lines.count; row++)
        g->lines.items[row].normal = !row || g->lines.items[row].parts;
}

// ---- tracing -----------------------------------------------------------------------------------

static void mark_columns(od_pm_grid *g, size_t row, size_t start, size_t end) {
    for (size_t i = start; i < end; i++)
        if (char_at(g, row, i) == '+') g->column_marks[i] = true;
}

static void mark_rows(od_pm_grid *g, size_t column, size_t start, size_t end) {
    for (size_t i = start; i < end; i++)
        if (char_at(g, i, column) == '+') g->row_marks[i] = true;
}

// Whether the borders below and to the left of the cell are closed.
static bool closes(od_pm_grid *g, const grid_cell *c) {
    if (char_at(g, c->bottom, c->left) != '+') return false;
    for (size_t i = c->right; i-- > c->left + 1; g->steps++) {
        const char here = char_at(g, c->bottom, i);
        if (here != '+' && here != '-') return false;
    }
    for (size_t i = c->bottom; i-- > c->top + 1; g->steps++) {
        const char here = char_at(g, i, c->left);
        if (here != '+' && here != '|') return false;
    }
    return true;
}

// Follows the right border down. At the end of the lines it may be left out.
static bool trace_down(od_pm_grid *g, grid_cell *c) {
    const bool last = c->right == g->width - 1;
    for (c->bottom = c->top + 1; c->bottom < g->lines.count; c->bottom++, g->steps++) {
        const char here = char_at(g, c->bottom, c->right);
        if (here == '+') {
            if (closes(g, c)) return true;
        } else if (here != '|' && !last) return false;
    }
    return false;
}

// Whether a line is a border from `left` on, as far as it goes.
static bool is_border_from(od_pm_grid *g, size_t row, size_t left) {
    if (char_at(g, row, left) != '+') return false;
    for (size_t i = left + 1; i < g->width; i++, g->steps++) {
        const char here = char_at(g, row, i);
        if (here == MISSING) return true;
        if (here != '+' && here != '-') return false;
    }
    return true;
}

// The last cell of a row whose text goes on behind the end of the border.
static bool trace_rest(od_pm_grid *g, grid_cell *c) {
    c->right = g->width - 1;
    for (c->bottom = c->top + 1; c->bottom < g->lines.count; c->bottom++, g->steps++)
        if (is_border_from(g, c->bottom, c->left)) return true;
    return false;
}

static bool trace_cell(od_pm_grid *g, grid_cell *c) {
    for (c->right = c->left + 1; c->right < g->width; c->right++, g->steps++) {
        const char here = char_at(g, c->top, c->right);
        if (here == '-') continue;
        if (here != '+') return false;
        if (trace_down(g, c)) {
            mark_columns(g, c->top, c->left + 1, c->right);
            mark_columns(g, c->bottom, c->left + 1, c->right);
            mark_rows(g, c->right, c->top + 1, c->bottom);
            mark_rows(g, c->left, c->top + 1, c->bottom);
            return true;
        }
        const bool ends = char_at(g, c->top, c->right + 1) == MISSING;
        if (ends && c->right + 1 < g->width) return trace_rest(g, c);
    }
    return false;
}

static void add_corner(od_pm_grid *g, size_t row, size_t column) {
    // No cell starts on the last line or in the last column.
    if (row + 1 >= g->lines.count || column + 1 >= g->width) return;
    const grid_line *const line = &g->lines.items[row];
    if (column >= line->width) return;
    const char *const at = line->text.data + offset_of(line, column);
    const size_t bit = (size_t)(at - g->lines.items[0].text.data);
    if (g->seen[bit / 8] & 1U << bit % 8) return;
    g->seen[bit / 8] |= (uint8_t)(1U << bit % 8);
    *od_array_push(&g->pm->scratch, &g->corners) = (corner){row, column};
}

// What no draft needs: borders that are followed in vain again and again, or rows and columns that
// are hardly ever both filled.
static void refuse(od_pm_grid *g) {
    od_pm *const pm = g->pm;
    if (pm->status != OD_OK) return;
    pm->status = OD_LIMIT;
    const od_text text = OD_SAY("this grid table is too tangled: write it as several tables",
                                "这个网格表格的框线太乱，请分成几个表格");
    od_fail_at(pm->failures, pm->source, (od_span){0, 0}, od_say(pm->failures, text));
}

static void trace(od_pm_grid *g) {
    add_corner(g, 0, 0);
    g->row_marks[0] = g->column_marks[0] = true;
    while (g->corners.count && g->steps < g->limit) {
        const corner start = g->corners.items[--g->corners.count];
        grid_cell c = {.top = start.row, .left = start.column};
        if (!trace_cell(g, &c)) continue;
        g->row_marks[c.bottom] = g->column_marks[c.right] = true;
        *od_array_push(&g->pm->scratch, &g->cells) = c;
        add_corner(g, c.top, c.right);
        add_corner(g, c.bottom, c.left);
    }
    if (g->steps >= g->limit) refuse(g);
}

static int compare_cells(const void *a, const void *b) {
    const grid_cell *const x = a, *const y = b;
    if (x->top != y->top) return x->top < y->top ? -1 : 1;
    return x->left == y->left ? 0 : x->left < y->left ? -1 : 1;
}

od_pm_grid *od_pm_find_grid(od_pm *pm, od_slice text, size_t at, size_t *end) {
    size_t next, indent = 0;
    if (!od_pm_has(pm, OD_EXT_grid_tables)) return NULL;
    const od_slice first = od_pm_line(text, at, &next);
    while (indent < 4 && od_pm_byte(first, indent) == ' ') indent++;
    if (indent > 3 || !is_first_line(od_slice_from(first, indent))) return NULL;
    od_pm_grid *const g = od_arena_new(&pm->scratch, od_pm_grid);
    g->pm = pm;
    *end = take_lines(g, text, at, indent);
    if (g->lines.count < 2) return NULL;
    g->limit = 100 * (*end - at) + 10000;
    g->seen = od_arena_array(&pm->scratch, uint8_t, (*end - at) / 8 + 1);
    g->row_marks = od_arena_array(&pm->scratch, bool, g->lines.count);
    g->column_marks = od_arena_array(&pm->scratch, bool, g->width + 1);
    for (size_t i = 0; i < g->lines.count; i++) measure_line(pm, &g->lines.items[i], g->width);
    find_parts(g);
    trace(g);
    if (!g->cells.count) return NULL;
    qsort(g->cells.items, g->cells.count, sizeof(grid_cell), compare_cells);
    return g;
}

// ---- rows and columns --------------------------------------------------------------------------

// Which cell starts at a place of the table.
enum { FREE = -1, COVERED = -2 };

typedef struct layout {
    const od_pm_grid *grid;
    size_t rows, columns;
    size_t *row_of, *column_of; // numbers of the lines and columns that part cells
    ptrdiff_t *places;
} layout;

// Numbers the marks; returns how many there are.
static size_t number_marks(od_pm *pm, const bool *marks, size_t count, size_t **numbers) {
    size_t n = 0;
    *numbers = od_arena_array(&pm->scratch, size_t, count + 1);
    for (size_t i = 0; i < count; i++) (*numbers)[i] = marks[i] ? n++ : SIZE_MAX;
    return n;
}

// A later cell hides what an earlier one covers.
static void place_cell(layout *l, size_t index) {
    const grid_cell *const c = &l->grid->cells.items[index];
    for (size_t r = l->row_of[c->top]; r < l->row_of[c->bottom]; r++)
        for (size_t i = l->column_of[c->left]; i < l->column_of[c->right]; i++)
            l->places[r * l->columns + i] = COVERED;
    l->places[l->row_of[c->top] * l->columns + l->column_of[c->left]] = (ptrdiff_t)index;
}

static bool lay_out(od_pm_grid *g, layout *l) {
    *l = (layout){.grid = g};
    l->rows = number_marks(g->pm, g->row_marks, g->lines.count, &l->row_of) - 1;
    l->columns = number_marks(g->pm, g->column_marks, g->width, &l->column_of) - 1;
    if (l->columns && l->rows > g->limit / l->columns) {
        refuse(g);
        return false;
    }
    l->places = od_arena_array(&g->pm->scratch, ptrdiff_t, l->rows * l->columns);
    for (size_t i = 0; i < l->rows * l->columns; i++) l->places[i] = FREE;
    for (size_t i = 0; i < g->cells.count; i++) place_cell(l, i);
    return true;
}

// Sets where the body starts and ends. A foot stands between the last two lines of `=` when the
// very last is the table's.
static void find_body(const layout *l, size_t *start, size_t *end) {
    const od_pm_grid *const g = l->grid;
    size_t last = SIZE_MAX;
    *start = 0;
    *end = l->rows;
    for (size_t row = g->lines.count; row-- > 0;) {
        const bool parts = g->lines.items[row].parts;
        if (parts && l->row_of[row] != SIZE_MAX) *start = l->row_of[row];
        if (!parts || !g->lines.items[g->lines.count - 1].parts) continue;
        if (last == g->lines.count - 1 && l->row_of[row] != SIZE_MAX) *end = l->row_of[row];
        last = last == SIZE_MAX ? row : 0;
    }
    if (*end < *start) *end = *start;
}

// ---- texts -------------------------------------------------------------------------------------

static bool has_space_before(const od_pm_grid *g, const grid_cell *c) {
    for (size_t row = c->top + 1; row < c->bottom; row++) {
        const char here = c->left + 1 < c->right ? char_at(g, row, c->left + 1) : MISSING;
        if (here != MISSING && here != ' ') return false;
    }
    return true;
}

static od_slice cell_text(const od_pm_grid *g, const grid_cell *c) {
    od_buf out = {0};
    const size_t start = c->left + 1 + has_space_before(g, c);
    for (size_t row = c->top + 1; row < c->bottom; row++) {
        const grid_line *const line = &g->lines.items[row];
        const size_t from = offset_of(line, start), to = offset_of(line, c->right);
        od_slice text = from < to ? od_slice_cut(line->text, from, to) : (od_slice){0};
        while (text.size && od_pm_is_white(text.data[text.size - 1])) text.size--;
        for (size_t i = 0; i < text.size; i++)
            od_buf_byte(&out, line->normal && strchr("=:", text.data[i]) ? '-' : text.data[i]);
        od_buf_byte(&out, '\n');
    }
    const bool blank = !od_slice_trim(od_buf_slice(&out)).size;
    od_buf_byte(&out, '\n');
    const od_slice text = blank ? (od_slice){0} : od_arena_copy(&g->pm->scratch, od_buf_slice(&out));
    od_buf_free(&out);
    return text;
}

// ---- making the table --------------------------------------------------------------------------

typedef OD_ARRAY(od_pm_job) job_list;

// Returns the first cell that starts in the row `*place` is in, from there on, and sets `*place`
// behind it; NULL when there is none, and FREE_CELL for an empty place.
static const grid_cell *next_cell(const layout *l, size_t *place, size_t end) {
    static const grid_cell FREE_CELL = {0};
    for (; *place < end; ++*place) {
        const ptrdiff_t found = l->places[*place];
        if (found == COVERED) continue;
        ++*place;
        return found == FREE ? &FREE_CELL : &l->grid->cells.items[found];
    }
    return NULL;
}

static void fill_cell(const od_pm_table *t, const layout *l, const grid_cell *c, od_node *node,
                      job_list *jobs) {
    node->cell.row_span = node->cell.column_span = 1;
    if (!c || c->bottom == c->top) return;
    node->cell.row_span = (uint32_t)(l->row_of[c->bottom] - l->row_of[c->top]);
    node->cell.column_span = (uint32_t)(l->column_of[c->right] - l->column_of[c->left]);
    const od_slice text = cell_text(l->grid, c);
    if (text.size) *od_array_push(&t->pm->scratch, jobs) = (od_pm_job){.into = node, .text = text};
}

// Adds the rows [start, end) as a part. Cells end with the part, and with the next cell that hangs
// over from a row above; what lacks is empty. `hanging` tells how many rows are covered in each
// column, this one included.
// Source: pandoc-types, Text.Pandoc.Builder, normalizeTableHead.
static void add_rows(const od_pm_table *t, const layout *l, od_node *part, size_t start, size_t end,
                     job_list *jobs) {
    uint32_t *const hanging = od_arena_array(&t->pm->scratch, uint32_t, l->columns);
    for (size_t r = start; r < end; r++) {
        od_node *const row = od_pm_add(t->pm, part, OD_ROW);
        size_t place = r * l->columns;
        for (size_t i = 0; i < l->columns;) {
            if (hanging[i] > 1) {
                hanging[i++]--;
                continue;
            }
            od_node *const node = od_pm_add(t->pm, row, OD_CELL);
            fill_cell(t, l, next_cell(l, &place, (r + 1) * l->columns), node, jobs);
            if (node->cell.row_span > end - r) node->cell.row_span = (uint32_t)(end - r);
            uint32_t span = 0;
            for (; span < node->cell.column_span && i < l->columns && hanging[i] <= 1; span++)
                hanging[i++] = node->cell.row_span;
            node->cell.column_span = span;
        }
    }
}

// Whether a head is no more than one row of empty cells: then there is none.
static bool is_empty_row(const layout *l) {
    for (size_t i = 0; i < l->columns; i++) {
        if (l->places[i] == FREE) continue;
        if (l->places[i] == COVERED) return false;
        const grid_cell *const c = &l->grid->cells.items[l->places[i]];
        if (l->row_of[c->bottom] != 1 || l->column_of[c->right] != i + 1) return false;
        if (cell_text(l->grid, c).size) return false;
    }
    return true;
}

static const double *measure_columns(od_pm_table *t, const layout *l) {
    const od_pm_grid *const g = l->grid;
    double *const widths = od_arena_array(&t->pm->scratch, double, l->columns);
    size_t before = 0, sum = 0;
    for (size_t i = 1; i < g->width; i++) {
        if (!g->column_marks[i]) continue;
        const size_t number = t->columns.count;
        od_pm_column *const c = od_array_push(&t->pm->scratch, &t->columns);
        *c = (od_pm_column){.dashes = i - before};
        if (number < g->alignments.count) c->alignment = g->alignments.items[number];
        before = i;
        sum += c->dashes;
    }
    const size_t all = sum + l->columns - 2;
    const double whole = (double)(l->columns + sum > 2 && all > t->pm->columns ? all : t->pm->columns);
    for (size_t i = 0; i < l->columns; i++) widths[i] = (double)t->columns.items[i].dashes / whole;
    return widths;
}

void od_pm_read_grid(od_pm_table *t, od_pm_grid *grid, const od_pm_caption *c) {
    layout l;
    job_list jobs = {0};
    size_t start, end;
    if (!lay_out(grid, &l)) return;
    find_body(&l, &start, &end);
    t->columns.count = 0;
    const double *const widths = measure_columns(t, &l);
    od_pm_open_table(t, c, widths);
    const bool headless = start == 1 && is_empty_row(&l);
    add_rows(t, &l, od_pm_add(t->pm, t->node, OD_TABLE_HEAD), 0, headless ? 0 : start, &jobs);
    add_rows(t, &l, od_pm_add(t->pm, t->node, OD_TABLE_BODY), start, end, &jobs);
    add_rows(t, &l, od_pm_add(t->pm, t->node, OD_TABLE_FOOT), end, l.rows, &jobs);
    // The last one pushed is read first.
    for (size_t i = jobs.count; i-- > 0;)
        od_pm_push(t->pm, jobs.items[i].into, jobs.items[i].text,
                   t->job->flags & ~(unsigned)OD_PM_IN_DIV, t->job->depth + 1);
}
