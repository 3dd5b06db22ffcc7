// Tables: which column a cell stands in follows from the cells before it and those above that reach
// down; alignment and row headers follow from the column.
#include "writer/html_attributes.h"
#include "writer/html_parts.h"

static void put(od_html *h, const char *text) {
    od_layout_string(&h->layout, text);
}

static void put_end(od_html *h) {
    od_layout_line_end(&h->layout);
}

static od_html_table *top(od_html *h) {
    return &h->tables.items[h->tables.count - 1];
}

// ---- columns -----------------------------------------------------------------------------------

static double sum_widths(const od_table *table) {
    double sum = 0;
    for (size_t i = 0; i < table->column_count; i++) sum += table->columns[i].width;
    return sum;
}

// Puts a share of the whole in percent, rounded down when `down`.
static void put_percent(od_buf *out, double share, bool down) {
    od_buf_number(out, (size_t)(share * 100 + (down ? 1e-9 : 0.5)));
    od_buf_byte(out, '%');
}

static void put_columns(od_html *h, const od_table *table) {
    if (sum_widths(table) <= 0) return;
    put_end(h);
    put(h, "<colgroup>");
    for (size_t i = 0; i < table->column_count; i++) {
        put_end(h);
        if (table->columns[i].width <= 0) {
            put(h, "<col />");
            continue;
        }
        put(h, "<col style=\"width: ");
        put_percent(od_layout_chunk(&h->layout), table->columns[i].width, true);
        put(h, "\" />");
    }
    put_end(h);
    put(h, "</colgroup>");
}

void od_html_open_table(od_html *h, const od_node *node) {
    const od_table *const table = node->table;
    od_html_table *const t = od_array_push(&h->arena, &h->tables);
    t->table = table;
    t->taken = od_arena_array(&h->arena, size_t, table->column_count + 1);
    put(h, "<table");
    od_buf *const out = od_layout_chunk(&h->layout);
    od_html_put_attr(out, table->attr);
    const double sum = sum_widths(table);
    // Else browsers make a table of narrow columns as narrow as they can.
    if (sum > 0 && sum < 1 && !od_html_find_value(table->attr, "style")) {
        put(h, " style=\"width:");
        put_percent(out, sum, false);
        put(h, ";\"");
    }
    put(h, ">");
    if (!node->first || node->first->type != OD_CAPTION) put_columns(h, table);
}

void od_html_close_table(od_html *h, const od_node *node) {
    (void)node;
    h->tables.count--;
    put_end(h);
    put(h, "</table>");
}

// ---- parts -------------------------------------------------------------------------------------

bool od_html_is_empty_part(const od_node *part) {
    if (part->type == OD_TABLE_BODY) return !part->first;
    for (const od_node *row = part->first; row; row = row->next)
        for (const od_node *cell = row->first; cell; cell = cell->next)
            if (cell->first) return false;
    return true;
}

static const char *part_name(const od_node *part) {
    if (part->type == OD_TABLE_HEAD) return "thead";
    return part->type == OD_TABLE_BODY ? "tbody" : "tfoot";
}

void od_html_open_part(od_html *h, const od_node *node) {
    if (node->type == OD_TABLE_HEAD && node->parent->first->type == OD_CAPTION)
        put_columns(h, node->parent->table);
    od_html_table *const t = top(h);
    memset(t->taken, 0, (t->table->column_count + 1) * sizeof *t->taken);
    t->row = 0;
    if (od_html_is_empty_part(node)) return;
    put_end(h);
    put(h, "<");
    put(h, part_name(node));
    const od_attr *const attr = node->type == OD_TABLE_BODY ? node->body.attr : node->attr;
    od_html_put_attr(od_layout_chunk(&h->layout), attr);
    put(h, ">");
}

void od_html_close_part(od_html *h, const od_node *node) {
    if (od_html_is_empty_part(node)) return;
    put_end(h);
    put(h, "</");
    put(h, part_name(node));
    put(h, ">");
}

// ---- cells -------------------------------------------------------------------------------------

static bool is_header(const od_html_table *t, const od_node *part) {
    if (part->type == OD_TABLE_HEAD) return true;
    if (part->type != OD_TABLE_BODY) return false;
    return t->row < part->body.head_rows || t->column < part->body.row_head_columns;
}

static void skip_taken(od_html_table *t) {
    while (t->column < t->table->column_count && t->taken[t->column]) t->column++;
}

// Takes the room of the cell in its columns.
static void take_columns(od_html_table *t, const od_node *cell) {
    const size_t wanted = cell->cell.column_span ? cell->cell.column_span : 1;
    for (size_t i = t->column; i < t->table->column_count && i < t->column + wanted; i++)
        t->taken[i] = cell->cell.row_span ? cell->cell.row_span : 1;
}

static const char *alignment_of(const od_html_table *t, size_t alignment) {
    static const char *const NAMES[] = {NULL, "left", "right", "center"};
    if (alignment == OD_ALIGN_DEFAULT && t->column < t->table->column_count)
        alignment = t->table->columns[t->column].alignment;
    return NAMES[alignment];
}

static void put_style(od_buf *out, const char *alignment, const od_slice *style) {
    if (!alignment && !style) return;
    od_buf_text(out, " style=\"");
    if (alignment) {
        od_buf_text(out, "text-align: ");
        od_buf_text(out, alignment);
        od_buf_byte(out, ';');
    }
    if (alignment && style) od_buf_byte(out, ' ');
    if (style) od_html_put_escaped(out, *style);
    od_buf_byte(out, '"');
}

static void put_cell_attr(od_buf *out, const od_attr *attr, const char *alignment) {
    put_style(out, alignment, od_html_find_value(attr, "style"));
    if (!attr) return;
    if (attr->identifier.size) od_html_put_value(out, "id", attr->identifier);
    od_html_put_classes(out, attr->classes, attr->class_count, NULL);
    for (size_t i = 0; i < attr->attribute_count; i++)
        if (!od_slice_is(attr->attributes[i].key, "style"))
            od_html_put_pair(out, &attr->attributes[i]);
}

static void put_span(od_buf *out, const char *name, size_t span) {
    if (span <= 1) return;
    od_buf_byte(out, ' ');
    od_buf_text(out, name);
    od_buf_text(out, "=\"");
    od_buf_number(out, span);
    od_buf_byte(out, '"');
}

void od_html_open_cell(od_html *h, const od_node *node) {
    od_html_table *const t = top(h);
    skip_taken(t);
    put_end(h);
    put(h, is_header(t, node->parent->parent) ? "<th" : "<td");
    od_buf *const out = od_layout_chunk(&h->layout);
    put_span(out, "rowspan", node->cell.row_span);
    put_span(out, "colspan", node->cell.column_span);
    put_cell_attr(out, node->cell.attr, alignment_of(t, node->cell.alignment));
    put(h, ">");
    take_columns(t, node);
}

void od_html_close_cell(od_html *h, const od_node *node) {
    od_html_table *const t = top(h);
    const bool header = is_header(t, node->parent->parent);
    t->column += node->cell.column_span ? node->cell.column_span : 1;
    put(h, header ? "</th>" : "</td>");
}

// ---- rows --------------------------------------------------------------------------------------

void od_html_open_row(od_html *h, const od_node *node) {
    top(h)->column = 0;
    put_end(h);
    put(h, "<tr");
    od_html_put_attr(od_layout_chunk(&h->layout), node->attr);
    put(h, ">");
}

// Puts the cells that the row lacks.
static void fill_row(od_html *h, const od_node *row) {
    od_html_table *const t = top(h);
    for (skip_taken(t); t->column < t->table->column_count; t->column++, skip_taken(t)) {
        const bool header = is_header(t, row->parent);
        put_end(h);
        put(h, header ? "<th" : "<td");
        put_style(od_layout_chunk(&h->layout), alignment_of(t, OD_ALIGN_DEFAULT), NULL);
        put(h, header ? "></th>" : "></td>");
    }
}

void od_html_close_row(od_html *h, const od_node *node) {
    od_html_table *const t = top(h);
    fill_row(h, node);
    for (size_t i = 0; i < t->table->column_count; i++)
        if (t->taken[i]) t->taken[i]--;
    t->row++;
    put_end(h);
    put(h, "</tr>");
}
