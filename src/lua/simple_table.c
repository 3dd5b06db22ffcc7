#include "lua/simple_table.h"

#include "lua/arguments.h"
#include "lua/flatten.h"
#include "lua/names.h"
#include "lua/normalize.h"
#include "lua/read.h"
#include "lua/show.h"

#include <math.h>

// All fields are Lua values, in the user values.
enum { CAPTION = 1, ALIGNS, WIDTHS, HEADERS, ROWS };

static const char *const FIELDS[] = {[CAPTION] = "caption", [ALIGNS] = "aligns",
                                     [WIDTHS] = "widths",   [HEADERS] = "headers",
                                     [ROWS] = "rows"};

// ---- check, push --------------------------------------------------------------------------------

static void check(lua_State *L, int index) {
    if (!od_to_class(L, index, OD_CLASS_SIMPLE_TABLE)) od_expected(L, "SimpleTable", index);
}

static void push(lua_State *L) {
    lua_newuserdatauv(L, 0, ROWS);
    od_push_metatable(L, OD_CLASS_SIMPLE_TABLE);
    lua_setmetatable(L, -2);
}

static void set_list_metatable(lua_State *L) {
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
}

static void check_table(lua_State *L, int index) {
    if (lua_istable(L, index)) return;
    lua_pushfstring(L, "table expected, got %s", od_type_name(L, index));
    od_while_retrieving(L, "list");
    od_raise(L);
}

// ---- reading values as nodes and back -----------------------------------------------------------

// Pushes a fresh copy of the Inlines or Blocks that the value at `index` is read as.
static void push_read(lua_State *L, int index, od_shape shape) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, NULL);
    lua_pushnil(L);
    const int keeper = lua_gettop(L);
    od_host *const host = od_host_of(L);
    const char *const function = host->function; // beginning a store forgets it
    od_store store = od_store_in_lua(L, keeper);
    host->function = function;
    od_node *const list = od_store_node(&store, OD_ITEM);
    od_build(&store, list, index, shape);
    if (shape == OD_AS_INLINES) od_push_inlines(L, list->first, keeper);
    else od_push_blocks(L, list->first, keeper);
    lua_remove(L, keeper);
}

// Pushes a List of what `push_item` makes of each item of the table at `index`.
static void push_mapped(lua_State *L, int index, void (*push_item)(lua_State *, int)) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, NULL);
    check_table(L, index);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, index);
    lua_newtable(L);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        push_item(L, lua_gettop(L));
        lua_rawseti(L, -3, i);
        lua_pop(L, 1);
    }
    set_list_metatable(L);
}

static void push_alignment(lua_State *L, int index) {
    lua_pushstring(L, od_name_of(OD_NAMES_ALIGNMENT, od_read_name(L, index, OD_NAMES_ALIGNMENT)));
}

static void push_width(lua_State *L, int index) {
    lua_pushnumber(L, od_read_number(L, index));
}

static void push_cell(lua_State *L, int index) {
    push_read(L, index, OD_AS_BLOCKS);
}

static void push_row(lua_State *L, int index) {
    push_mapped(L, index, push_cell);
}

// ---- fields -------------------------------------------------------------------------------------

static int place_of(lua_State *L) {
    const char *const name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    if (strcmp(name, "header") == 0) return HEADERS;
    for (int i = CAPTION; i <= ROWS; i++)
        if (strcmp(name, FIELDS[i]) == 0) return i;
    return 0;
}

static int index_of(lua_State *L) {
    check(L, 1);
    const int place = place_of(L);
    if (place) lua_getiuservalue(L, 1, place);
    else if (lua_type(L, 2) == LUA_TSTRING && strcmp(lua_tostring(L, 2), "t") == 0)
        lua_pushliteral(L, "SimpleTable");
    else lua_pushnil(L);
    return 1;
}

static int next_field(lua_State *L) {
    static const char *const NAMES[] = {"aligns", "caption", "headers", "rows", "t", "widths"};
    enum { COUNT = sizeof NAMES / sizeof *NAMES };
    size_t at = 0;
    if (!lua_isnil(L, 2)) while (at < COUNT && strcmp(luaL_checkstring(L, 2), NAMES[at++]) != 0);
    if (at == COUNT) return 0;
    lua_pushstring(L, NAMES[at]);
    lua_pushvalue(L, -1);
    lua_gettable(L, 1);
    return 2;
}

static int pairs(lua_State *L) {
    check(L, 1);
    lua_settop(L, 1);
    lua_pushcfunction(L, next_field);
    lua_insert(L, 1);
    return 2;
}

static int new_index(lua_State *L) {
    check(L, 1);
    lua_settop(L, 3);
    const int place = place_of(L);
    if (!place) return od_error(L, "Cannot set unknown property.");
    lua_setiuservalue(L, 1, place);
    return 0;
}

static int new_simple_table(lua_State *L) {
    static const char *const ARGUMENTS[] = {[CAPTION] = "caption", [ALIGNS] = "align",
                                            [WIDTHS] = "widths",   [HEADERS] = "header",
                                            [ROWS] = "body"};
    od_host *const host = od_host_of(L);
    lua_settop(L, ROWS);
    push(L);
    const int table = lua_gettop(L);
    host->function = "SimpleTable";
    for (int i = CAPTION; i <= ROWS; i++) {
        host->argument = ARGUMENTS[i];
        switch (i) {
        case CAPTION: push_read(L, i, OD_AS_INLINES); break;
        case ALIGNS: push_mapped(L, i, push_alignment); break;
        case WIDTHS: push_mapped(L, i, push_width); break;
        case HEADERS: push_row(L, i); break;
        default: push_mapped(L, i, push_row); break;
        }
        lua_setiuservalue(L, table, i);
    }
    host->function = NULL;
    return 1;
}

// ---- from and to tables -------------------------------------------------------------------------

static void add_row(od_store *store, od_node *parent, int cells) {
    lua_State *const L = store->L;
    check_table(L, cells);
    od_node *const row = od_store_node(store, OD_ROW);
    od_store_link(parent, row);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, cells);
    for (lua_Integer i = 1; i <= count; i++) {
        od_node *const cell = od_store_node(store, OD_CELL);
        cell->cell.row_span = cell->cell.column_span = 1;
        od_store_link(row, cell);
        lua_rawgeti(L, cells, i);
        od_build(store, cell, lua_gettop(L), OD_AS_BLOCKS);
        lua_pop(L, 1);
    }
}

static const od_table *read_columns(od_store *store, int table) {
    lua_State *const L = store->L;
    lua_getiuservalue(L, table, ALIGNS);
    lua_getiuservalue(L, table, WIDTHS);
    check_table(L, -2);
    check_table(L, -1);
    size_t count = (size_t)lua_rawlen(L, -2);
    if (count > (size_t)lua_rawlen(L, -1)) count = (size_t)lua_rawlen(L, -1);
    od_column *const columns = od_store_alloc(store, count * sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, -2, (lua_Integer)i + 1);
        columns[i].alignment = (od_alignment)od_read_name(L, -1, OD_NAMES_ALIGNMENT);
        lua_rawgeti(L, -2, (lua_Integer)i + 1);
        columns[i].width = od_read_number(L, -1);
        lua_pop(L, 2);
    }
    lua_pop(L, 2);
    od_table *const result = od_store_alloc(store, sizeof *result);
    result->columns = columns;
    result->column_count = count;
    return result;
}

static od_node *add_part(od_store *store, od_node *parent, od_node_type type) {
    od_node *const part = od_store_node(store, type);
    od_store_link(parent, part);
    return part;
}

static void add_caption(od_store *store, od_node *parent, int table) {
    lua_State *const L = store->L;
    od_node *const caption = add_part(store, parent, OD_CAPTION);
    lua_getiuservalue(L, table, CAPTION);
    od_node *const plain = od_store_node(store, OD_PLAIN);
    od_build(store, plain, lua_gettop(L), OD_AS_INLINES);
    if (plain->first) od_store_link(caption, plain);
    lua_pop(L, 1);
}

int od_from_simple_table(lua_State *L) {
    static const od_signature SIGNATURE = {"from_simple_table", {"simple_tbl"}};
    if (!od_to_class(L, 1, OD_CLASS_SIMPLE_TABLE)) {
        lua_pushfstring(L, "SimpleTable expected, got %s", od_type_name(L, 1));
        od_while_retrieving(L, "SimpleTable");
        return od_raise_argument(L, &SIGNATURE, 1);
    }
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_node *const node = od_store_node(&store, OD_TABLE);
    node->table = read_columns(&store, 1);
    add_caption(&store, node, 1);
    od_node *const head = add_part(&store, node, OD_TABLE_HEAD);
    lua_getiuservalue(L, 1, HEADERS);
    check_table(L, 3);
    if (lua_rawlen(L, 3)) add_row(&store, head, 3);
    lua_settop(L, 2);
    lua_getiuservalue(L, 1, ROWS);
    check_table(L, 3);
    const lua_Integer rows = (lua_Integer)lua_rawlen(L, 3);
    od_node *const body = rows ? add_part(&store, node, OD_TABLE_BODY) : NULL;
    for (lua_Integer i = 1; i <= rows; i++) {
        lua_rawgeti(L, 3, i);
        add_row(&store, body, 4);
        lua_settop(L, 3);
    }
    add_part(&store, node, OD_TABLE_FOOT);
    od_push_own_element(L, node, 2, 0, NULL);
    return 1;
}

// How many rows a cell of the row before still reaches down, and its width, by column. A table with
// cells over several rows or columns is laid out on a grid, whose other cells are empty.
typedef struct grid {
    lua_State *L;
    size_t columns;
    uint32_t *left; // rows still to come of a cell above
    int keeper;
} grid;

static void push_empty(grid *g) {
    od_push_blocks(g->L, NULL, 0);
}

static void push_grid_row(grid *g, const od_node *row) {
    lua_State *const L = g->L;
    lua_newtable(L);
    const od_node *cell = row->first;
    uint32_t wide = 0, high = 0;
    for (size_t column = 0; column < g->columns; column++) {
        if (g->left[column]) {
            g->left[column]--;
            push_empty(g);
        } else if (wide) {
            wide--;
            g->left[column] = high;
            push_empty(g);
        } else if (cell) {
            high = cell->cell.row_span ? cell->cell.row_span - 1 : 0;
            wide = cell->cell.column_span ? cell->cell.column_span - 1 : 0;
            g->left[column] = high;
            od_push_blocks(L, cell->first, g->keeper);
            cell = cell->next;
        } else {
            push_empty(g);
        }
        lua_rawseti(L, -2, (lua_Integer)column + 1);
    }
    set_list_metatable(L);
}

static void push_columns(lua_State *L, const od_table *table, bool widths) {
    lua_createtable(L, (int)table->column_count, 0);
    for (size_t i = 0; i < table->column_count; i++) {
        if (widths) lua_pushnumber(L, fabs(table->columns[i].width));
        else lua_pushstring(L, od_name_of(OD_NAMES_ALIGNMENT, table->columns[i].alignment));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    set_list_metatable(L);
}

// Sets the first row of the head as the headers, and all others as rows of the table at `table`.
static void set_rows(grid *g, const od_node *node, int table) {
    lua_State *const L = g->L;
    lua_newtable(L); // headers, when there are none
    set_list_metatable(L);
    lua_setiuservalue(L, table, HEADERS);
    lua_newtable(L);
    lua_Integer count = 0;
    for (const od_node *part = node->first; part; part = part->next) {
        if (part->type == OD_CAPTION) continue;
        for (const od_node *row = part->first; row; row = row->next) {
            push_grid_row(g, row);
            if (part->type == OD_TABLE_HEAD && row == part->first)
                lua_setiuservalue(L, table, HEADERS);
            else lua_rawseti(L, -2, ++count);
        }
    }
    set_list_metatable(L);
    lua_setiuservalue(L, table, ROWS);
}

int od_to_simple_table(lua_State *L) {
    static const od_signature SIGNATURE = {"to_simple_table", {"tbl"}};
    od_begin_argument(L, &SIGNATURE, 1);
    lua_settop(L, 1);
    const od_element *const element = od_to_class(L, 1, OD_CLASS_BLOCK);
    if (!element) od_expected(L, "Block", 1);
    if (element->node->type != OD_TABLE) {
        lua_pushfstring(L, "Expected Table, got %s.",
                        od_node_type_name((od_node_type)element->node->type));
        od_raise(L);
    }
    lua_pushvalue(L, 1);
    od_store store = od_store_in_lua(L, 2);
    const od_node *const node = od_normalize_table(&store, od_build_element(&store, 1));
    push(L);
    const od_node *caption = node->first;
    while (caption && caption->type != OD_CAPTION) caption = caption->next;
    od_node flat = {0};
    if (caption) od_flatten_blocks(&store, &flat, od_list_start(caption), NULL);
    od_push_inlines(L, flat.first, 2);
    lua_setiuservalue(L, 3, CAPTION);
    push_columns(L, node->table, false);
    lua_setiuservalue(L, 3, ALIGNS);
    push_columns(L, node->table, true);
    lua_setiuservalue(L, 3, WIDTHS);
    grid g = {L, node->table->column_count, NULL, 2};
    g.left = od_store_alloc(&store, g.columns * sizeof *g.left);
    set_rows(&g, node, 3);
    lua_settop(L, 3);
    return 1;
}

// ---- showing ------------------------------------------------------------------------------------

// Replaces the list on top of the stack by its items as `push_item` shows them: [a,b].
static void show_list(lua_State *L, void (*show_item)(lua_State *L)) {
    luaL_checkstack(L, 16, NULL);
    const int list = lua_gettop(L);
    check_table(L, list);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, list);
    lua_pushliteral(L, "[");
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1) lua_pushliteral(L, ",");
        lua_rawgeti(L, list, i);
        show_item(L);
        lua_concat(L, i > 1 ? 3 : 2);
    }
    lua_pushliteral(L, "]");
    lua_concat(L, 2);
    lua_replace(L, list);
}

static void show_name(lua_State *L) {
    lua_tostring(L, -1);
}

static void show_width(lua_State *L) {
    lua_pushnumber(L, od_read_number(L, -1)); // 0 as 0.0
    luaL_tolstring(L, -1, NULL);
    lua_replace(L, -3);
    lua_pop(L, 1);
}

static void show_cell(lua_State *L) {
    push_read(L, -1, OD_AS_BLOCKS);
    luaL_tolstring(L, -1, NULL);
    lua_replace(L, -3);
    lua_pop(L, 1);
}

static void show_row(lua_State *L) {
    show_list(L, show_cell);
}

static int show(lua_State *L) {
    lua_settop(L, 1);
    check(L, 1);
    luaL_checkstack(L, 24, NULL);
    lua_pushliteral(L, "SimpleTable {simpleTableCaption = ");
    lua_getiuservalue(L, 1, CAPTION);
    push_read(L, -1, OD_AS_INLINES);
    luaL_tolstring(L, -1, NULL);
    lua_replace(L, -3);
    lua_pop(L, 1);
    lua_pushliteral(L, ", simpleTableAlignments = ");
    lua_getiuservalue(L, 1, ALIGNS);
    show_list(L, show_name);
    lua_pushliteral(L, ", simpleTableColumnWidths = ");
    lua_getiuservalue(L, 1, WIDTHS);
    show_list(L, show_width);
    lua_pushliteral(L, ", simpleTableHeader = ");
    lua_getiuservalue(L, 1, HEADERS);
    show_list(L, show_cell);
    lua_pushliteral(L, ", simpleTableBody = ");
    lua_getiuservalue(L, 1, ROWS);
    show_list(L, show_row);
    lua_pushliteral(L, "}");
    lua_concat(L, lua_gettop(L) - 1);
    return 1;
}

static int equal(lua_State *L) {
    lua_settop(L, 2);
    bool same =
        od_to_class(L, 1, OD_CLASS_SIMPLE_TABLE) && od_to_class(L, 2, OD_CLASS_SIMPLE_TABLE);
    if (same) {
        for (int i = 1; i <= 2; i++) {
            lua_pushcfunction(L, od_from_simple_table);
            lua_pushvalue(L, i);
            lua_call(L, 1, 1);
        }
        same = lua_compare(L, 3, 4, LUA_OPEQ);
    }
    lua_pushboolean(L, same);
    return 1;
}

void od_open_simple_table(lua_State *L) {
    static const luaL_Reg METAMETHODS[] = {
        {"__index", index_of}, {"__newindex", new_index}, {"__eq", equal},
        {"__tostring", show},  {"__pairs", pairs},         {NULL, NULL}};
    od_new_metatable(L, OD_CLASS_SIMPLE_TABLE, "SimpleTable");
    luaL_setfuncs(L, METAMETHODS, 0);
    lua_pop(L, 1);
    lua_pushcfunction(L, new_simple_table);
    lua_setfield(L, -2, "SimpleTable");
}
