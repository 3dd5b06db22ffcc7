// Tables whose cells are blocks, span others, or that have a foot: drawn as a grid.
//
// The blocks of a cell are written with a layout of their own, as wide as its columns; when the
// table ends, all is drawn line by line. A cell that spans rows has lines where others have a
// border.
#include "base/utf8.h"
#include "writer/plain_parts.h"

typedef struct cell {
    size_t row, column, rows, columns;
    size_t start, end; // in the text of the grid
    od_slice left;     // what is still to be drawn
} cell;

struct od_plain_grid {
    const od_node *table;
    od_layout around; // the layout in which the table stands
    od_buf text;
    OD_ARRAY(cell) cells;
    size_t columns, rows;
    size_t *widths; // of the columns, inside
    size_t *taken;  // by column: the row from which on it is free
    size_t column;  // of the next cell
    bool fixed;     // the widths were given, not found
    size_t head, foot; // rows in front of and behind these are the table's head and foot
    size_t *owners;    // by row and column: index of the cell, or SIZE_MAX
    size_t *heights;   // by row
};

static od_plain_grid *top(od_plain *p) {
    return p->grids.items[p->grids.count - 1];
}

// ---- widths ------------------------------------------------------------------------------------

static bool is_text(const od_node *block) {
    return block->type == OD_PLAIN || block->type == OD_PARA;
}

// Whether no cell has more than a line of text, so that columns may be as wide as that.
static bool is_simple(const od_node *table) {
    for (const od_node *n = table->first; n; n = od_node_next(table, n, n->type == OD_CELL)) {
        if (n->type != OD_CELL) continue;
        if (n->first && (n->first->next || !is_text(n->first))) return false;
    }
    return true;
}

static double share_of(const od_table *table, size_t column) {
    double sum = 0;
    for (size_t i = 0; i < table->column_count; i++) sum += table->columns[i].width;
    return sum > 0 ? table->columns[column].width : 1.0 / (double)table->column_count;
}

// Three of a column's cells are its border and the spaces beside it.
static void share_widths(od_plain *p, od_plain_grid *g) {
    enum { BORDER = 3 };
    const od_table *const table = g->table->table;
    const bool inner = p->grids.count > 0 && p->layout.columns;
    const size_t whole = inner ? p->layout.columns : od_writer_columns(p->options);
    for (size_t i = 0; i < g->columns; i++) {
        const size_t width = (size_t)((double)whole * share_of(table, i) + 1e-9);
        g->widths[i] = width > BORDER ? width - BORDER : 1;
    }
}

static bool has_widths(const od_table *table) {
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].width > 0) return true;
    return false;
}

void od_plain_open_grid(od_plain *p, const od_node *table) {
    od_plain_grid *const g = od_arena_new(&p->arena, od_plain_grid);
    g->table = table;
    g->columns = table->table->column_count;
    g->widths = od_arena_array(&p->arena, size_t, g->columns + 1);
    g->taken = od_arena_array(&p->arena, size_t, g->columns + 1);
    g->fixed = has_widths(table->table) || !is_simple(table);
    if (g->fixed) share_widths(p, g);
    *od_array_push(&p->arena, &p->grids) = g;
}

// ---- cells -------------------------------------------------------------------------------------

void od_plain_open_row(od_plain *p) {
    od_plain_grid *const g = top(p);
    g->column = 0;
    g->rows++;
}

static size_t at_least_one(size_t span) {
    return span ? span : 1;
}

static size_t inner_width(const od_plain_grid *g, const cell *c) {
    size_t width = (c->columns - 1) * 3;
    for (size_t i = 0; i < c->columns; i++) width += g->widths[c->column + i];
    return width;
}

void od_plain_open_cell(od_plain *p, const od_node *node) {
    od_plain_grid *const g = top(p);
    const size_t row = g->rows - 1;
    while (g->column < g->columns && g->taken[g->column] > row) g->column++;
    cell *const c = od_array_push(&p->arena, &g->cells);
    *c = (cell){.row = row, .column = g->column, .start = g->text.size};
    c->rows = at_least_one(node->cell.row_span);
    c->columns = at_least_one(node->cell.column_span);
    if (c->columns > g->columns - c->column) c->columns = g->columns - c->column;
    for (size_t i = 0; i < c->columns; i++) g->taken[c->column + i] = row + c->rows;
    g->column += c->columns;
    g->around = p->layout;
    const bool fill = g->fixed && p->options->wrap == OD_WRAP_AUTO && c->columns;
    p->layout = od_layout_start(&g->text, fill ? inner_width(g, c) : 0);
}

void od_plain_close_cell(od_plain *p) {
    od_plain_grid *const g = top(p);
    cell *const c = &g->cells.items[g->cells.count - 1];
    od_layout_finish(&p->layout);
    p->layout = g->around;
    while (g->text.size > c->start && g->text.data[g->text.size - 1] == '\n') g->text.size--;
    c->end = g->text.size;
}

// ---- measuring ---------------------------------------------------------------------------------

static od_slice take_line(od_slice *text) {
    const char *const hit = text->size ? memchr(text->data, '\n', text->size) : NULL;
    const size_t size = hit ? (size_t)(hit - text->data) : text->size;
    const od_slice line = od_slice_cut(*text, 0, size);
    *text = hit ? od_slice_from(*text, size + 1) : (od_slice){0};
    return line;
}

static size_t count_lines(od_slice text) {
    size_t count = 0;
    do take_line(&text), count++;
    while (text.size);
    return count;
}

// Makes the columns of `c` as wide as its longest line, which is a word that could not be broken.
static void widen(od_plain_grid *g, const cell *c) {
    size_t widest = 0;
    for (od_slice text = c->left; text.size;) {
        const size_t width = od_utf8_width(take_line(&text));
        if (width > widest) widest = width;
    }
    const size_t width = inner_width(g, c);
    if (widest <= width) return;
    const size_t each = (widest - width + c->columns - 1) / c->columns;
    for (size_t i = 0; i < c->columns; i++) g->widths[c->column + i] += each;
}

static void find_widths(od_plain_grid *g) {
    for (size_t i = 0; i < g->columns; i++)
        if (!g->widths[i]) g->widths[i] = 1;
    for (int spanning = 0; spanning < 2; spanning++)
        for (size_t i = 0; i < g->cells.count; i++) {
            const cell *const c = &g->cells.items[i];
            if (c->columns && (c->columns > 1) == spanning) widen(g, c);
        }
}

// A cell that spans rows may use the borders between them; what it needs beyond, the last row gets.
static void find_heights(od_plain_grid *g) {
    for (size_t i = 0; i < g->rows; i++) g->heights[i] = 1;
    for (int spanning = 0; spanning < 2; spanning++)
        for (size_t i = 0; i < g->cells.count; i++) {
            cell *const c = &g->cells.items[i];
            if (c->rows > g->rows - c->row) c->rows = g->rows - c->row;
            if ((c->rows > 1) != spanning) continue;
            size_t height = c->rows - 1;
            for (size_t r = 0; r < c->rows; r++) height += g->heights[c->row + r];
            const size_t wanted = count_lines(c->left);
            if (wanted > height) g->heights[c->row + c->rows - 1] += wanted - height;
        }
}

static void find_owners(od_plain_grid *g) {
    for (size_t i = 0; i < g->rows * g->columns; i++) g->owners[i] = SIZE_MAX;
    for (size_t i = 0; i < g->cells.count; i++) {
        const cell *const c = &g->cells.items[i];
        for (size_t r = c->row; r < c->row + c->rows; r++)
            for (size_t k = 0; k < c->columns; k++) g->owners[r * g->columns + c->column + k] = i;
    }
}

static void find_parts(od_plain_grid *g) {
    size_t row = 0;
    g->foot = SIZE_MAX;
    for (const od_node *part = g->table->first; part; part = part->next) {
        if (part->type == OD_TABLE_FOOT && part->first) g->foot = row;
        const od_node *const first = part->type == OD_CAPTION ? NULL : part->first;
        for (const od_node *n = first; n; n = n->next) row++;
        if (part->type == OD_TABLE_HEAD) g->head = row;
    }
}

// ---- drawing -----------------------------------------------------------------------------------

static void put_repeated(od_buf *out, char byte, size_t count) {
    while (count--) od_buf_byte(out, byte);
}

static size_t owner(const od_plain_grid *g, size_t row, size_t column) {
    return row < g->rows && column < g->columns ? g->owners[row * g->columns + column] : SIZE_MAX;
}

static bool same_cell(size_t a, size_t b) {
    return a == b && a != SIZE_MAX;
}

// Whether there is a border between `row` and the one above it in `column`.
static bool has_border(const od_plain_grid *g, size_t row, size_t column) {
    return row == 0 || !same_cell(owner(g, row - 1, column), owner(g, row, column));
}

// Whether there is a border on the left of `column` in `row`.
static bool has_side(const od_plain_grid *g, size_t row, size_t column) {
    if (row >= g->rows) return false;
    return column == 0 || column == g->columns ||
           !same_cell(owner(g, row, column - 1), owner(g, row, column));
}

// Puts one line of the cell that begins at `column` of `row`; returns behind which column it ends.
static size_t put_content(od_plain_grid *g, od_buf *out, size_t row, size_t column) {
    const size_t index = owner(g, row, column);
    cell *const c = index == SIZE_MAX ? NULL : &g->cells.items[index];
    const size_t width = c ? inner_width(g, c) : g->widths[column];
    const od_slice line = c ? take_line(&c->left) : (od_slice){0};
    const size_t used = od_utf8_width(line);
    od_buf_byte(out, ' ');
    od_buf_add(out, line);
    put_repeated(out, ' ', (width > used ? width - used : 0) + 1);
    return c ? c->column + c->columns : column + 1;
}

static void put_line(od_plain_grid *g, od_buf *out, size_t row) {
    for (size_t i = 0; i < g->columns;) {
        od_buf_byte(out, '|');
        i = put_content(g, out, row, i);
    }
    od_buf_byte(out, '|');
}

// Returns what stands where the border above `row` meets the left side of `column`.
static char corner(const od_plain_grid *g, size_t row, size_t column, char rule) {
    const bool left = column > 0 && has_border(g, row, column - 1);
    const bool right = column < g->columns && has_border(g, row, column);
    const bool side = has_side(g, row, column) || (row > 0 && has_side(g, row - 1, column));
    if (!left && !right) return '|';
    return side || left != right ? '+' : rule;
}

// Puts the border of one column, with colons that tell its alignment when `aligned`.
static void put_rule(const od_plain_grid *g, od_buf *out, size_t column, char rule, bool aligned) {
    const od_alignment a = aligned ? g->table->table->columns[column].alignment : OD_ALIGN_DEFAULT;
    const bool left = a == OD_ALIGN_LEFT || a == OD_ALIGN_CENTER;
    const bool right = a == OD_ALIGN_RIGHT || a == OD_ALIGN_CENTER;
    if (left) od_buf_byte(out, ':');
    put_repeated(out, rule, g->widths[column] + 2 - (size_t)left - (size_t)right);
    if (right) od_buf_byte(out, ':');
}

static void put_border(od_plain_grid *g, od_buf *out, size_t row) {
    const bool head = g->head && row == g->head;
    const bool foot = g->foot != SIZE_MAX && (row == g->foot || row == g->rows);
    const char rule = head || foot ? '=' : '-';
    for (size_t i = 0; i < g->columns;) {
        od_buf_byte(out, corner(g, row, i, rule));
        if (has_border(g, row, i)) put_rule(g, out, i++, rule, row == g->head);
        else i = put_content(g, out, row, i);
    }
    od_buf_byte(out, corner(g, row, g->columns, rule));
}

static void draw(od_plain *p, od_plain_grid *g) {
    od_buf *const out = od_layout_chunk(&p->layout);
    for (size_t row = 0; row <= g->rows; row++) {
        put_border(g, out, row);
        od_layout_line_end(&p->layout);
        for (size_t i = 0; row < g->rows && i < g->heights[row]; i++) {
            put_line(g, out, row);
            od_layout_line_end(&p->layout);
        }
    }
}

void od_plain_close_grid(od_plain *p) {
    od_plain_grid *const g = top(p);
    p->grids.count--;
    for (size_t i = 0; i < g->cells.count; i++) {
        cell *const c = &g->cells.items[i];
        c->left = od_slice_cut(od_buf_slice(&g->text), c->start, c->end);
    }
    g->heights = od_arena_array(&p->arena, size_t, g->rows + 1);
    g->owners = od_arena_array(&p->arena, size_t, g->rows * g->columns + 1);
    find_widths(g);
    find_heights(g);
    find_owners(g);
    find_parts(g);
    if (g->columns) draw(p, g);
    od_buf_free(&g->text);
    od_plain_write_caption(p, g->table);
}
