// Tables whose cells are text: columns parted by spaces, under rules of hyphens. Where columns have
// widths, or cells line breaks, a row takes several lines and a blank one parts it from the next.
#include "base/utf8.h"
#include "writer/plain_parts.h"

// ---- which -------------------------------------------------------------------------------------

static bool is_part(const od_node *node) {
    return node->type == OD_TABLE_HEAD || node->type == OD_TABLE_BODY ||
           node->type == OD_TABLE_FOOT;
}

static bool is_text_cell(const od_node *cell) {
    if (cell->cell.row_span > 1 || cell->cell.column_span > 1) return false;
    const od_node *const block = cell->first;
    return !block || (!block->next && (block->type == OD_PLAIN || block->type == OD_PARA));
}

bool od_plain_is_text_table(const od_node *table) {
    for (const od_node *part = table->first; part; part = part->next) {
        if (!is_part(part)) continue;
        if (part->type == OD_TABLE_FOOT && part->first) return false;
        for (const od_node *row = part->first; row; row = row->next)
            for (const od_node *cell = row->first; cell; cell = cell->next)
                if (!is_text_cell(cell)) return false;
    }
    return true;
}

static bool has_line_break(const od_node *cell) {
    const od_node *const block = cell->first;
    for (const od_node *n = block; n;) {
        if (n->type == OD_LINE_BREAK) return true;
        n = od_node_next(block, n, n->type == OD_NOTE);
    }
    return false;
}

// ---- cells -------------------------------------------------------------------------------------

typedef struct columns {
    od_plain *p;
    const od_table *table;
    size_t count;
    size_t *widths; // of the columns, with the two cells that part them
    od_slice *lines; // by column: what is still to be put of the present row
    od_buf text;     // of the present row
    size_t *ends;    // by column: where its cell ends in `text`
    bool tall;       // rows may take several lines
    bool headless;
} columns;

// Writes a cell at the end of `out`, lines as wide as `width` (0: as it comes).
static void write_cell(od_plain *p, const od_node *cell, size_t width, od_buf *out) {
    if (!cell || !cell->first) return;
    const size_t before = out->size;
    const od_layout around = p->layout;
    p->layout = od_layout_start(out, width);
    od_plain_write_leaf(p, cell->first, false);
    od_layout_finish(&p->layout);
    p->layout = around;
    if (out->size > before && out->data[out->size - 1] == '\n') out->size--;
}

// Cuts the first line off `*text` and returns it.
static od_slice take_line(od_slice *text) {
    const char *const hit = text->size ? memchr(text->data, '\n', text->size) : NULL;
    const size_t size = hit ? (size_t)(hit - text->data) : text->size;
    const od_slice line = od_slice_cut(*text, 0, size);
    *text = hit ? od_slice_from(*text, size + 1) : (od_slice){0};
    return line;
}

static size_t widest_line(od_slice text) {
    size_t widest = 0;
    while (text.size) {
        const size_t width = od_utf8_width(take_line(&text));
        if (width > widest) widest = width;
    }
    return widest;
}

// Returns the next row of the table behind `row` (NULL: the first), or NULL.
static const od_node *next_row(const od_node *table, const od_node *row) {
    if (row && row->next) return row->next;
    for (const od_node *part = row ? row->parent->next : table->first; part; part = part->next)
        if (is_part(part) && part->first) return part->first;
    return NULL;
}

// ---- widths ------------------------------------------------------------------------------------

// Notes are written once: what was counted while measuring is forgotten.
static void measure(columns *c, const od_node *table, size_t width) {
    const size_t notes = c->p->notes.count;
    for (const od_node *row = next_row(table, NULL); row; row = next_row(table, row)) {
        const od_node *cell = row->first;
        for (size_t i = 0; i < c->count && cell; i++, cell = cell->next) {
            c->text.size = 0;
            write_cell(c->p, cell, width, &c->text);
            const size_t widest = widest_line(od_buf_slice(&c->text)) + 2;
            if (widest > c->widths[i]) c->widths[i] = widest;
        }
    }
    c->p->notes.count = notes;
}

static bool has_widths(const od_table *table) {
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].width > 0) return true;
    return false;
}

static bool is_tall(const od_node *table) {
    if (has_widths(table->table)) return true;
    for (const od_node *row = next_row(table, NULL); row; row = next_row(table, row))
        for (const od_node *cell = row->first; cell; cell = cell->next)
            if (has_line_break(cell)) return true;
    return false;
}

static void find_widths(columns *c, const od_node *table) {
    const bool given = has_widths(c->table);
    const bool fill = given && c->p->options->wrap == OD_WRAP_AUTO;
    for (size_t i = 0; i < c->count; i++) c->widths[i] = 2;
    measure(c, table, fill ? 1 : 0);
    if (!given) return;
    const size_t whole = od_writer_columns(c->p->options) - 1;
    for (size_t i = 0; i < c->count; i++) {
        const size_t width = (size_t)((double)whole * c->table->columns[i].width + 1e-9);
        if (width > c->widths[i]) c->widths[i] = width;
    }
}

// ---- rows --------------------------------------------------------------------------------------

static void put_repeated(od_plain *p, char byte, size_t count) {
    while (count--) od_buf_byte(od_layout_chunk(&p->layout), byte);
}

static void put_rule(const columns *c, bool whole) {
    for (size_t i = 0; i < c->count; i++) {
        if (i > 0) put_repeated(c->p, whole ? '-' : ' ', 1);
        put_repeated(c->p, '-', c->widths[i]);
    }
    od_layout_line_end(&c->p->layout);
}

static void trim_spaces(od_buf *chunk, size_t from) {
    while (chunk->size > from && chunk->data[chunk->size - 1] == ' ') chunk->size--;
}

// Puts one line of all cells of the row; returns whether there is another one.
static bool put_line(columns *c) {
    od_buf *const chunk = od_layout_chunk(&c->p->layout);
    const size_t start = chunk->size;
    bool more = false;
    for (size_t i = 0; i < c->count; i++) {
        const od_slice line = take_line(&c->lines[i]);
        const size_t width = od_utf8_width(line);
        const size_t room = c->widths[i] > width ? c->widths[i] - width : 0;
        const od_alignment alignment = c->table->columns[i].alignment;
        const size_t left = alignment == OD_ALIGN_RIGHT    ? room
                            : alignment == OD_ALIGN_CENTER ? room / 2
                                                           : 0;
        put_repeated(c->p, ' ', left + (i > 0 ? 1 : 0));
        od_buf_add(chunk, line);
        put_repeated(c->p, ' ', room - left);
        more = more || c->lines[i].size;
    }
    trim_spaces(chunk, start);
    return more;
}

static void put_row(columns *c, const od_node *row) {
    const od_node *cell = row->first;
    c->text.size = 0;
    for (size_t i = 0; i < c->count; i++) {
        const bool fill = has_widths(c->table) && c->p->options->wrap == OD_WRAP_AUTO;
        write_cell(c->p, cell, fill ? c->widths[i] : 0, &c->text);
        c->ends[i] = c->text.size;
        cell = cell ? cell->next : NULL;
    }
    for (size_t i = 0; i < c->count; i++)
        c->lines[i] = od_slice_cut(od_buf_slice(&c->text), i ? c->ends[i - 1] : 0, c->ends[i]);
    while (put_line(c)) od_layout_new_line(&c->p->layout);
    od_layout_new_line(&c->p->layout);
}

static bool is_headless(const od_node *table) {
    for (const od_node *part = table->first; part; part = part->next)
        for (const od_node *row = part->type == OD_TABLE_HEAD ? part->first : NULL; row;
             row = row->next)
            for (const od_node *cell = row->first; cell; cell = cell->next)
                if (cell->first) return false;
    return true;
}

static void put_rows(columns *c, const od_node *table) {
    const od_node *row = next_row(table, NULL);
    if (c->headless) {
        if (row && row->parent->type == OD_TABLE_HEAD) row = next_row(table, row);
    } else {
        if (c->tall) put_rule(c, true);
        put_row(c, row);
        row = next_row(table, row);
    }
    put_rule(c, false);
    size_t count = 0;
    for (; row; row = next_row(table, row), count++) {
        if (c->tall && count > 0) od_layout_blank(&c->p->layout);
        put_row(c, row);
    }
    if (c->tall && count < 2) od_layout_blank(&c->p->layout);
    if (c->headless || c->tall) put_rule(c, !c->headless);
}

void od_plain_write_caption(od_plain *p, const od_node *table) {
    const od_node *const caption = table->first;
    if (!caption || caption->type != OD_CAPTION) return;
    for (const od_node *block = caption->first; block; block = block->next) {
        if (block->type != OD_PLAIN && block->type != OD_PARA) continue;
        od_layout_blank(&p->layout);
        od_layout_string(&p->layout, ": ");
        od_plain_write_leaf(p, block, false);
    }
}

void od_plain_write_table(od_plain *p, const od_node *table) {
    const size_t count = table->table->column_count;
    columns c = {.p = p, .table = table->table, .count = count};
    c.widths = od_arena_array(&p->arena, size_t, count);
    c.ends = od_arena_array(&p->arena, size_t, count);
    c.lines = od_arena_array(&p->arena, od_slice, count);
    c.headless = is_headless(table);
    c.tall = is_tall(table);
    find_widths(&c, table);
    od_layout_string(&p->layout, "  ");
    od_layout_push(&p->layout, OD_SLICE("  "));
    put_rows(&c, table);
    od_plain_write_caption(p, table);
    od_layout_pop(&p->layout, 2);
    od_buf_free(&c.text);
}
