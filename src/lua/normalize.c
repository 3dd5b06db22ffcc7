#include "lua/normalize.h"

#include "lua/document.h"
#include "lua/flatten.h"
#include "lua/walk.h"

// ---- inlines ------------------------------------------------------------------------------------

typedef struct melder {
    od_store *store;
    od_node *list;
} melder;

static void meld(void *context, const od_node *inl) {
    const melder *const m = context;
    od_meld_inline(m->store, m->list, inl);
}

// The function `Inlines` of a filter.
static int normalize_inlines(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_node given = {0}, made = {0};
    od_build(&store, &given, 1, OD_AS_INLINES);
    od_each_inline(L, given.first, &(melder){&store, &made}, meld);
    od_push_inlines(L, made.first, 2);
    return 1;
}

// ---- tables -------------------------------------------------------------------------------------

// The rows of one part of a table. `hang` says for each column how many more rows, counted from 1,
// a cell of the rows above goes down.
typedef struct section {
    od_store *store;
    uint32_t width, heads; // columns, and how many of them are row heads
    uint32_t *hang;
} section;

// Puts cells from `*cell` on into the columns from `column` up to `end`: cut where there is no
// room, and empty ones when there are no more.
static void place_cells(section *s, od_node *row, const od_node **cell, uint32_t column,
                        uint32_t end, uint32_t rows_left) {
    while (column < end) {
        if (s->hang[column] > 1) {
            s->hang[column++]--;
            continue;
        }
        od_node *const placed = *cell ? od_store_copy(s->store, *cell)
                                      : od_store_node(s->store, OD_CELL);
        const int32_t high = *cell ? (int32_t)placed->cell.row_span : 1;
        const int32_t wide = *cell ? (int32_t)placed->cell.column_span : 1;
        const uint32_t wanted = wide > 1 ? (uint32_t)wide : 1;
        placed->cell.row_span = high > 1 ? (uint32_t)high : 1;
        if (placed->cell.row_span > rows_left) placed->cell.row_span = rows_left;
        uint32_t taken = 0;
        for (; taken < wanted && column < end && s->hang[column] == 1; taken++)
            s->hang[column++] = placed->cell.row_span;
        placed->cell.column_span = taken;
        od_store_link(row, placed);
        if (*cell) *cell = (*cell)->next;
    }
}

// Adds the `count` rows from `row` on to `parent`; returns the row after them.
static const od_node *add_rows(section *s, od_node *parent, const od_node *row, uint32_t count) {
    for (uint32_t i = 0; i < s->width; i++) s->hang[i] = 1;
    for (; count; count--, row = row->next) {
        od_node *const made = od_store_header(s->store, row);
        const od_node *cell = row->first;
        place_cells(s, made, &cell, 0, s->heads, count);
        place_cells(s, made, &cell, s->heads, s->width, count);
        od_store_link(parent, made);
    }
    return row;
}

static void add_part(section *s, od_node *table, const od_node *part) {
    od_node *const made = od_store_header(s->store, part);
    od_store_link(table, made);
    uint32_t count = 0;
    for (const od_node *row = part->first; row; row = row->next) count++;
    const od_node *row = part->first;
    s->heads = 0;
    if (part->type == OD_TABLE_BODY) {
        const int32_t heads = (int32_t)part->body.row_head_columns;
        row = add_rows(s, made, row, part->body.head_rows);
        count -= part->body.head_rows;
        s->heads = heads < 0 ? 0 : (uint32_t)heads > s->width ? s->width : (uint32_t)heads;
        made->body.row_head_columns = s->heads;
    }
    add_rows(s, made, row, count);
}

od_node *od_normalize_table(od_store *store, const od_node *table) {
    section s = {.store = store, .width = (uint32_t)table->table->column_count};
    s.hang = od_store_alloc(store, (s.width + 1) * sizeof *s.hang);
    od_node *const made = od_store_header(store, table);
    for (const od_node *part = table->first; part; part = part->next) {
        if (part->type == OD_CAPTION) od_store_append(store, made, part);
        else add_part(&s, made, part);
    }
    return made;
}

// The function `Table` of a filter.
static int normalize_table(lua_State *L) {
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    od_store store = od_store_in_lua(L, 2);
    od_push_element(L, od_normalize_table(&store, od_build_element(&store, 1)), 2);
    return 1;
}

// ---- documents ----------------------------------------------------------------------------------

int od_normalize_document(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    lua_newtable(L);
    lua_pushcfunction(L, normalize_inlines);
    lua_setfield(L, 3, "Inlines");
    lua_pushcfunction(L, normalize_table);
    lua_setfield(L, 3, "Table");
    od_store store = od_store_in_lua(L, 2);
    const od_node *root, *meta;
    od_build_document(&store, 1, &root, &meta);
    const od_functions functions = od_read_functions(L, 3);
    od_walk_document(&store, &functions, &root, &meta);
    od_push_document(L, root, meta, 2);
    return 1;
}
