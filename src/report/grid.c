#include "report/grid.h"

#include "data/formula.h"

static size_t row_count(const od_grid *grid) {
    return grid->columns ? grid->cells.count / grid->columns : 0;
}

static od_slice cell_at(const od_grid *grid, size_t row, size_t column) {
    return grid->cells.items[row * grid->columns + column];
}

// Returns which columns hold something below their titles.
static bool *find_used(const od_grid *grid) {
    bool *const used = od_arena_array(grid->arena, bool, grid->columns);
    for (size_t i = grid->columns; i < grid->cells.count; i++)
        used[i % grid->columns] |= grid->cells.items[i].size > 0;
    return used;
}

// ---- for people --------------------------------------------------------------------------------

typedef struct table {
    const od_grid *grid;
    const bool *used;
    size_t *widths;
    size_t last; // column that is used
} table;

static table measure(const od_grid *grid) {
    table t = {grid, find_used(grid), od_arena_array(grid->arena, size_t, grid->columns), 0};
    for (size_t i = 0; i < grid->cells.count; i++) {
        const size_t width = od_print_text_width(grid->cells.items[i]);
        if (width > t.widths[i % grid->columns]) t.widths[i % grid->columns] = width;
    }
    for (size_t i = 0; i < grid->columns; i++)
        if (t.used[i]) t.last = i;
    return t;
}

// Returns the last column of a row in which something stands: no spaces follow it.
static size_t last_of(const table *t, size_t row) {
    size_t last = t->last;
    while (last > 0 && (!t->used[last] || !cell_at(t->grid, row, last).size)) last--;
    return last;
}

static void print_row(od_buf *out, const table *t, size_t row) {
    const size_t last = last_of(t, row);
    for (size_t i = 0; i <= last; i++) {
        if (!t->used[i]) continue;
        const od_slice cell = cell_at(t->grid, row, i);
        const size_t room = t->widths[i] - od_print_text_width(cell);
        const bool right = t->grid->numbers && t->grid->numbers[i];
        if (right) od_print_spaces(out, room);
        od_print_text(out, cell);
        if (i < last) od_print_spaces(out, (right ? 0 : room) + 2);
    }
}

void od_grid_table(od_buf *out, const od_grid *grid, const od_report_options *options) {
    const table t = measure(grid);
    for (size_t row = 0; row < row_count(grid); row++) {
        if (!row) od_print_color(out, options, OD_COLOR_BOLD);
        print_row(out, &t, row);
        if (!row) od_print_color(out, options, OD_COLOR_NONE);
        od_buf_byte(out, '\n');
    }
}

// ---- Markdown ----------------------------------------------------------------------------------

// All marks that could be read as something else are escaped; what is hidden comes out as escapes.
static void add_markdown(od_buf *out, od_slice text) {
    od_buf plain = {0};
    od_print_text(&plain, text);
    for (size_t i = 0; i < plain.size; i++) {
        if (strchr("\\`*_[]<>|#~$&@!", plain.data[i])) od_buf_byte(out, '\\');
        od_buf_byte(out, plain.data[i]);
    }
    od_buf_free(&plain);
}

static void add_markdown_row(od_buf *out, const od_grid *grid, const bool *used, size_t row) {
    od_buf_byte(out, '|');
    for (size_t i = 0; i < grid->columns; i++) {
        if (!used[i]) continue;
        od_buf_byte(out, ' ');
        add_markdown(out, cell_at(grid, row, i));
        od_buf_text(out, " |");
    }
    od_buf_byte(out, '\n');
}

static void add_rule(od_buf *out, const od_grid *grid, const bool *used) {
    od_buf_byte(out, '|');
    for (size_t i = 0; i < grid->columns; i++)
        if (used[i]) od_buf_text(out, grid->numbers && grid->numbers[i] ? "---:|" : "---|");
    od_buf_byte(out, '\n');
}

void od_grid_markdown(od_buf *out, const od_grid *grid) {
    const bool *const used = find_used(grid);
    for (size_t row = 0; row < row_count(grid); row++) {
        add_markdown_row(out, grid, used, row);
        if (!row) add_rule(out, grid, used);
    }
}

// ---- CSV ---------------------------------------------------------------------------------------

static void add_csv(od_buf *out, od_slice cell) {
    const bool guarded = od_formula_needs_guard(cell);
    bool quoted = od_slice_is(cell, "~"); // which is null without quotes
    for (size_t i = 0; i < cell.size && !quoted; i++) quoted = strchr(",;\t\"\r\n ", cell.data[i]);
    if (quoted) od_buf_byte(out, '"');
    if (guarded) od_buf_byte(out, '\'');
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.data[i] == '"') od_buf_byte(out, '"');
        od_buf_byte(out, cell.data[i]);
    }
    if (quoted) od_buf_byte(out, '"');
}

void od_grid_csv(od_buf *out, const od_grid *grid) {
    for (size_t i = 0; i < grid->cells.count; i++) {
        const bool ends_row = (i + 1) % grid->columns == 0;
        add_csv(out, grid->cells.items[i]);
        od_buf_text(out, ends_row ? "\r\n" : ",");
    }
}
