// Tables: pipes where every cell is one line of inlines, and HTML where that cannot be.
//
// Cells are written one after the other into a buffer, then laid out by their widths. A `|` in a
// cell is escaped whatever it stands in: the table is cut up before its inlines are read.
#include "base/utf8.h"
#include "writer/gfm_parts.h"

// ---- which -------------------------------------------------------------------------------------

static bool is_part(const od_node *node) {
    return node->type == OD_TABLE_HEAD || node->type == OD_TABLE_BODY ||
           node->type == OD_TABLE_FOOT;
}

static bool is_simple_cell(const od_node *cell) {
    if (cell->cell.row_span > 1 || cell->cell.column_span > 1) return false;
    const od_node *const block = cell->first;
    if (!block) return true;
    if (block->next || (block->type != OD_PLAIN && block->type != OD_PARA)) return false;
    for (const od_node *n = block->first; n;) {
        if (n->type == OD_LINE_BREAK) return false;
        n = od_node_next(block, n, n->type == OD_NOTE);
    }
    return true;
}

static bool is_simple_caption(const od_node *caption) {
    for (const od_node *n = caption->first; n; n = n->next)
        if (n->type != OD_PLAIN && n->type != OD_PARA && n->type != OD_SHORT_CAPTION) return false;
    return true;
}

bool od_gfm_is_pipe_table(const od_node *table) {
    if (!table->table->column_count) return false;
    if (table->first && table->first->type == OD_CAPTION && !is_simple_caption(table->first))
        return false;
    for (const od_node *part = table->first; part; part = part->next)
        for (const od_node *row = is_part(part) ? part->first : NULL; row; row = row->next)
            for (const od_node *cell = row->first; cell; cell = cell->next)
                if (!is_simple_cell(cell)) return false;
    return true;
}

// ---- cells -------------------------------------------------------------------------------------

typedef struct grid {
    od_gfm *g;
    const od_table *table;
    od_buf text;           // of all cells
    OD_ARRAY(size_t) ends; // by cell: where it ends in `text`
    size_t *widths;        // by column
    bool pad;
} grid;

// Writes a cell's inlines to `g->layout.out` with a layout of its own.
static void write_inlines(od_gfm *g, const od_node *cell, od_buf *out) {
    const od_layout around = g->layout;
    const od_gfm_leaf leaf = {.one_line = true};
    g->layout = od_layout_start(out, 0);
    od_gfm_read_leaf(g, cell->first);
    od_gfm_write_leaf(g, &leaf);
    od_layout_finish(&g->layout);
    g->layout = around;
    if (out->size && out->data[out->size - 1] == '\n') out->size--;
}

static void put_escaped(od_buf *out, od_slice text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '|') od_buf_byte(out, '\\');
        od_buf_byte(out, text.data[i]);
    }
}

static void add_cell(grid *t, const od_node *cell, size_t column, od_buf *scratch) {
    const size_t start = t->text.size;
    scratch->size = 0;
    if (cell && cell->first) write_inlines(t->g, cell, scratch);
    put_escaped(&t->text, od_buf_slice(scratch));
    *od_array_push(&t->g->arena, &t->ends) = t->text.size;
    const od_slice text = od_slice_from(od_buf_slice(&t->text), start);
    const size_t width = od_utf8_width(text);
    if (width > t->widths[column]) t->widths[column] = width;
}

static void add_row(grid *t, const od_node *row, od_buf *scratch) {
    const od_node *cell = row ? row->first : NULL;
    for (size_t i = 0; i < t->table->column_count; i++) {
        add_cell(t, cell, i, scratch);
        cell = cell ? cell->next : NULL;
    }
}

// A pipe table has one row for a header, empty when there is none.
static void add_rows(grid *t, const od_node *table) {
    od_buf scratch = {0};
    bool header = false;
    for (const od_node *part = table->first; part; part = part->next) {
        if (!is_part(part)) continue;
        if (!header && !(part->type == OD_TABLE_HEAD && part->first)) add_row(t, NULL, &scratch);
        header = true;
        for (const od_node *row = part->first; row; row = row->next) add_row(t, row, &scratch);
    }
    if (!header) add_row(t, NULL, &scratch);
    od_buf_free(&scratch);
}

// ---- layout ------------------------------------------------------------------------------------

static void put_repeated(od_buf *out, char byte, size_t count) {
    while (count--) od_buf_byte(out, byte);
}

static void put_cell(const grid *t, size_t index) {
    od_buf *const out = od_layout_chunk(&t->g->layout);
    const size_t column = index % t->table->column_count;
    const size_t start = index ? t->ends.items[index - 1] : 0;
    const od_slice text = od_slice_cut(od_buf_slice(&t->text), start, t->ends.items[index]);
    const size_t room = t->pad ? t->widths[column] - od_utf8_width(text) : 0;
    const od_alignment alignment = t->table->columns[column].alignment;
    const size_t left = alignment == OD_ALIGN_RIGHT    ? room
                        : alignment == OD_ALIGN_CENTER ? room / 2
                                                       : 0;
    put_repeated(out, ' ', left + 1);
    od_buf_add(out, text);
    put_repeated(out, ' ', room - left + 1);
    od_buf_byte(out, '|');
}

static void put_border(const grid *t) {
    od_buf *const out = od_layout_chunk(&t->g->layout);
    od_buf_byte(out, '|');
    for (size_t i = 0; i < t->table->column_count; i++) {
        const od_alignment alignment = t->table->columns[i].alignment;
        const bool left = alignment == OD_ALIGN_LEFT || alignment == OD_ALIGN_CENTER;
        const bool right = alignment == OD_ALIGN_RIGHT || alignment == OD_ALIGN_CENTER;
        if (left) od_buf_byte(out, ':');
        put_repeated(out, '-', (t->pad ? t->widths[i] : 2) + 2 - (size_t)left - (size_t)right);
        if (right) od_buf_byte(out, ':');
        od_buf_byte(out, '|');
    }
    od_layout_line_end(&t->g->layout);
}

static void put_rows(const grid *t) {
    const size_t columns = t->table->column_count;
    for (size_t i = 0; i < t->ends.count; i++) {
        if (i % columns == 0) od_layout_string(&t->g->layout, "|");
        put_cell(t, i);
        if ((i + 1) % columns == 0) od_layout_line_end(&t->g->layout);
        if (i + 1 == columns) put_border(t);
    }
}

// Cells that together are wider than a line look better as they are.
static bool is_padded(const grid *t) {
    size_t sum = 0;
    for (size_t i = 0; i < t->table->column_count; i++) {
        if (t->widths[i] < 3) t->widths[i] = 3;
        sum += t->widths[i];
    }
    return sum <= od_writer_columns(t->g->options);
}

void od_gfm_write_table(od_gfm *g, const od_node *table) {
    grid t = {.g = g, .table = table->table};
    t.widths = od_arena_array(&g->arena, size_t, table->table->column_count);
    add_rows(&t, table);
    t.pad = is_padded(&t);
    put_rows(&t);
    od_buf_free(&t.text);
}
