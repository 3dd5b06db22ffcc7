// Tables of HTML: their parts in pandoc's order, all rows of one length.
#include "document/html_parts.h"

#include "base/limits.h"

enum { SPAN_MAX = 1000 }; // as in HTML's own algorithm

typedef OD_ARRAY(od_node *) node_list;

typedef struct parts {
    od_node *caption, *head, *foot;
    node_list bodies;
} parts;

// ---- parts -------------------------------------------------------------------------------------

static void move_rows(od_node *from, od_node *into) {
    for (od_node *row = from->first, *next; row; row = next) {
        next = row->next;
        row->parent = row->next = NULL;
        od_node_append(into, row);
    }
    from->first = from->last = NULL;
}

static void drop_empty_rows(od_node *part) {
    od_node *const first = part->first;
    part->first = part->last = NULL;
    for (od_node *row = first, *next; row; row = next) {
        next = row->next;
        row->parent = row->next = NULL;
        if (row->first) od_node_append(part, row);
    }
}

static od_node *part_of(od_html *h, od_node *have, od_node_type type) {
    return have ? have : od_node_new(h->arena, type, OD_NO_SPAN);
}

static void add_part(od_html *h, parts *p, od_node *n) {
    if (n->type == OD_CAPTION) {
        if (!p->caption && n->first) p->caption = n;
        return;
    }
    drop_empty_rows(n);
    od_node **const one = n->type == OD_TABLE_HEAD   ? &p->head
                          : n->type == OD_TABLE_FOOT ? &p->foot
                                                     : NULL;
    if (one && *one) move_rows(n, *one);
    else if (one) *one = n;
    else if (n->first) *od_array_push(&h->scratch, &p->bodies) = n;
}

static bool is_heading_row(const od_node *row) {
    for (const od_node *cell = row->first; cell; cell = cell->next)
        if (!(cell->flags & OD_FRESH)) return false;
    return true;
}

// A first row of nothing but headings is the head of a table without one.
static void find_head(parts *p) {
    if (p->head->first || !p->bodies.count) return;
    od_node *const body = p->bodies.items[0], *const row = body->first;
    if (!row || !is_heading_row(row)) return;
    od_html_remove(row);
    od_node_append(p->head, row);
    if (body->first) return;
    p->bodies.count--;
    memmove(p->bodies.items, p->bodies.items + 1, p->bodies.count * sizeof *p->bodies.items);
}

// ---- columns -----------------------------------------------------------------------------------

// Which columns are taken by cells of rows before, and for how many rows more.
typedef struct taken {
    uint32_t *rows;
    size_t count, capacity;
} taken;

static uint32_t *taken_at(od_html *h, taken *t, size_t column) {
    while (t->count <= column) {
        t->rows = od_array_grow(&h->scratch, t->rows, t->count, &t->capacity, sizeof *t->rows);
        t->rows[t->count++] = 0;
    }
    return &t->rows[column];
}

// Lays the cells of `row` over columns; returns how many it reaches. With `width` the row is filled
// up to that.
static size_t lay_row(od_html *h, od_node *row, taken *t, size_t width) {
    size_t column = 0;
    for (const od_node *cell = row->first; cell; cell = cell->next) {
        while (column < t->count && t->rows[column]) column++;
        for (uint32_t i = 0; i < cell->cell.column_span; i++)
            *taken_at(h, t, column++) = cell->cell.row_span;
    }
    for (size_t i = 0; i < width; i++) {
        if (*taken_at(h, t, i)) continue;
        if (h->padding++ > od_limit_value(TABLE_PADDING)) {
            h->padded_too_much = true;
            break;
        }
        od_node *const cell = od_node_new(h->arena, OD_CELL, OD_NO_SPAN);
        cell->cell.row_span = cell->cell.column_span = 1;
        od_node_append(row, cell);
    }
    size_t reached = 0;
    for (size_t i = 0; i < t->count; i++) {
        if (!t->rows[i]) continue;
        t->rows[i]--;
        reached = i + 1;
    }
    return reached;
}

// Returns the columns that the rows of `part` reach.
static size_t lay_part(od_html *h, od_node *part, size_t width) {
    taken t = {0};
    size_t reached = 0;
    for (od_node *row = part->first; row && !h->padded_too_much; row = row->next) {
        const size_t columns = lay_row(h, row, &t, width);
        if (columns > reached) reached = columns;
    }
    return reached;
}

static size_t lay_all(od_html *h, parts *p, size_t width) {
    size_t reached = lay_part(h, p->head, width);
    const size_t foot = lay_part(h, p->foot, width);
    if (foot > reached) reached = foot;
    for (size_t i = 0; i < p->bodies.count; i++) {
        const size_t body = lay_part(h, p->bodies.items[i], width);
        if (body > reached) reached = body;
    }
    return reached;
}

static void count_row_heads(od_node *body) {
    uint32_t least = UINT32_MAX;
    for (const od_node *row = body->first; row; row = row->next) {
        uint32_t heads = 0;
        for (const od_node *cell = row->first; cell && cell->flags & OD_FRESH; cell = cell->next)
            heads += cell->cell.column_span;
        if (heads < least) least = heads;
    }
    body->body.row_head_columns = least == UINT32_MAX ? 0 : least;
}

// ---- widths ------------------------------------------------------------------------------------

// Whether a cell is one paragraph without line breaks, or nothing.
static bool is_simple(const od_node *cell) {
    const od_node *const block = cell->first;
    if (!block) return true;
    if (block->next || (block->type != OD_PLAIN && block->type != OD_PARA)) return false;
    for (const od_node *n = block; n; n = od_node_next(block, n, false))
        if (n->type == OD_LINE_BREAK) return false;
    return true;
}

static bool is_simple_table(const od_node *table) {
    for (const od_node *n = table; n; n = od_node_next(table, n, n->type == OD_CELL))
        if (n->type == OD_CELL && !is_simple(n)) return false;
    return true;
}

static void set_columns(od_html *h, od_node *table, const parts *p, size_t count,
                        const double *widths, size_t width_count) {
    od_table *const made = od_arena_new(h->arena, od_table);
    od_column *const columns = od_arena_array(h->arena, od_column, count);
    const bool simple = width_count || is_simple_table(table);
    for (size_t i = 0; i < count; i++)
        columns[i].width = i < width_count ? widths[i] : simple ? 0 : 1.0 / (double)count;
    const od_node *const row = p->bodies.count ? p->bodies.items[0]->first : NULL;
    size_t column = 0;
    for (const od_node *cell = row ? row->first : NULL; cell && column < count; cell = cell->next) {
        columns[column].alignment = cell->cell.alignment;
        column += cell->cell.column_span;
    }
    *made = (od_table){columns, count, table->table->attr};
    table->table = made;
}

// ---- all ---------------------------------------------------------------------------------------

static void clear_marks(od_node *table) {
    for (od_node *n = table; n; n = od_node_next(table, n, false))
        if (n->type == OD_CELL) n->flags &= (uint8_t)~OD_FRESH;
}

void od_html_finish_table(od_html *h, od_node *table, const double *widths, size_t width_count) {
    parts p = {0};
    for (od_node *n = table->first, *next; n; n = next) {
        next = n->next;
        n->parent = n->next = NULL;
        add_part(h, &p, n);
    }
    table->first = table->last = NULL;
    p.head = part_of(h, p.head, OD_TABLE_HEAD);
    p.foot = part_of(h, p.foot, OD_TABLE_FOOT);
    find_head(&p);
    const size_t columns = lay_all(h, &p, 0);
    if (!columns) {
        od_html_remove(table);
        return;
    }
    lay_all(h, &p, columns);
    if (p.caption) od_node_append(table, p.caption);
    od_node_append(table, p.head);
    for (size_t i = 0; i < p.bodies.count; i++) {
        count_row_heads(p.bodies.items[i]);
        od_node_append(table, p.bodies.items[i]);
    }
    od_node_append(table, p.foot);
    set_columns(h, table, &p, columns, widths, width_count);
    clear_marks(table);
}
