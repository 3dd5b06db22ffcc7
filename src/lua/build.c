#include "lua/build.h"

#include "base/real.h"
#include "lua/attr.h"
#include "lua/list_attributes.h"
#include "lua/names.h"
#include "lua/read.h"

#include <math.h>
#include <stdlib.h>

// A value that is being read lies on Lua's stack as long as its frame is there. A frame is a list,
// whose items are taken one by one, or an element, whose properties are. Whatever lies above the
// value of the topmost frame when that goes on is left over and is dropped.
typedef struct builder {
    lua_State *L;
    od_store *store;
    od_frames frames;
    int top; // of Lua's stack when it was begun
} builder;

enum { ELEMENT = 100, META_MAP, CYCLE_CHECK = 1024 };

static const char LIST_OF_INLINES[] = "Inline, list of Inlines, or string";
static const char LIST_OF_BLOCKS[] = "Block, list of Blocks, or compatible element";

// ---- shapes: what a value could be read as ------------------------------------------------------

static bool has_metamethod(lua_State *L, int index, const char *name) {
    if (luaL_getmetafield(L, index, name) == LUA_TNIL) return false;
    lua_pop(L, 1);
    return true;
}

static bool is_inline(lua_State *L, int index) {
    const int type = lua_type(L, index);
    if (type == LUA_TSTRING) return true;
    if (type == LUA_TUSERDATA && od_to_class(L, index, OD_CLASS_INLINE)) return true;
    return (type == LUA_TUSERDATA || type == LUA_TTABLE) && has_metamethod(L, index, "__toinline");
}

// Whether all items of the table at `index` are as `is_item` says.
static bool all_items(lua_State *L, int index, bool (*is_item)(lua_State *, int)) {
    if (!lua_istable(L, index)) return false;
    luaL_checkstack(L, 4, NULL);
    index = lua_absindex(L, index);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        const bool fits = is_item(L, lua_gettop(L));
        lua_pop(L, 1);
        if (!fits) return false;
    }
    return true;
}

bool od_is_inlines(lua_State *L, int index) {
    return is_inline(L, index) || all_items(L, index, is_inline);
}

static bool is_block(lua_State *L, int index) {
    if (od_to_class(L, index, OD_CLASS_BLOCK)) return true;
    const int type = lua_type(L, index);
    if ((type == LUA_TUSERDATA || type == LUA_TTABLE) && has_metamethod(L, index, "__toblock"))
        return true;
    return od_is_inlines(L, index);
}

bool od_is_blocks(lua_State *L, int index) {
    return is_block(L, index) || all_items(L, index, is_block);
}

static bool is_bare_inline(lua_State *L, int index) {
    return od_to_class(L, index, OD_CLASS_INLINE) != NULL;
}

static bool is_bare_block(lua_State *L, int index) {
    return od_to_class(L, index, OD_CLASS_BLOCK) != NULL;
}

// ---- frames -------------------------------------------------------------------------------------

// An error for a value that contains itself: one that is met again among those being read.
static void check_cycle(builder *b, const void *identity) {
    const od_host *const host = b->frames.host;
    for (size_t i = 0; i < b->frames.depth; i++)
        if (host->frames[b->frames.base + i].identity == identity)
            luaL_error(b->L, "a value that contains itself cannot become part of a document");
}

// Begins to read the value on top of the stack, which stays there until its frame ends.
static od_frame *push_frame(builder *b, od_node *parent, int kind) {
    luaL_checkstack(b->L, 16, "nested too deep");
    const int value = lua_gettop(b->L);
    const void *const identity = lua_topointer(b->L, value);
    if (b->frames.depth % CYCLE_CHECK == CYCLE_CHECK - 1) check_cycle(b, identity);
    od_frame *const frame = od_frames_push(&b->frames);
    frame->copy = parent;
    frame->kind = (uint8_t)kind;
    frame->value = value;
    frame->identity = identity;
    frame->count = lua_istable(b->L, value) ? lua_rawlen(b->L, value) : 0;
    return frame;
}

static od_node *add_node(builder *b, od_node *parent, od_node_type type) {
    od_node *const node = od_store_node(b->store, type);
    od_store_link(parent, node);
    return node;
}

static void add_text(builder *b, od_node *parent, od_slice text) {
    od_node *const node = add_node(b, parent, OD_TEXT);
    node->flags |= OD_VERBATIM;
    node->leaf.text = od_store_text(b->store, text);
}

static void add_words(builder *b, od_node *parent, od_slice text) {
    od_word_kind kind;
    od_slice word;
    while (od_words(&text, &kind, &word)) {
        if (kind == OD_WORD) add_text(b, parent, word);
        else add_node(b, parent, kind == OD_WORD_SPACE ? OD_SPACE : OD_SOFT_BREAK)->flags |=
            OD_VERBATIM;
    }
}

// Adds the element on top of the stack to `parent`.
static void add_element(builder *b, od_node *parent) {
    const od_element *const element = lua_touserdata(b->L, -1);
    if (od_element_untouched(b->L, -1, element)) {
        od_store_append_inline(b->store, parent, element->node);
        lua_pop(b->L, 1);
        return;
    }
    od_node *const header = od_store_header(b->store, element->node);
    od_store_link(parent, header);
    push_frame(b, header, ELEMENT)->node = element->node;
}

// Replaces the value on top of the stack by what its metamethod makes of it; false, with the value
// still there, when that is not of `class`.
static bool convert(builder *b, const char *metamethod, od_class class) {
    luaL_getmetafield(b->L, -1, metamethod);
    lua_pushvalue(b->L, -2);
    const bool called = lua_pcall(b->L, 1, 1, 0) == LUA_OK;
    od_frames_reset(&b->frames);
    const bool good = called && od_to_class(b->L, -1, class);
    if (good) lua_replace(b->L, -2);
    else lua_pop(b->L, 1);
    return good;
}

static int wrong_item(builder *b, const char *what, uint64_t index) {
    if (what) od_while_retrieving(b->L, what);
    lua_pushfstring(b->L, "\n\twhile retrieving index %I\n\twhile retrieving list",
                    (lua_Integer)index);
    lua_concat(b->L, 2);
    return od_raise(b->L);
}

// ---- inlines ------------------------------------------------------------------------------------

// Pushes the message for a value that is no inline.
static void push_not_inline(lua_State *L, int index) {
    if (lua_type(L, index) == LUA_TTABLE) lua_pushliteral(L, "Inline expected, got table");
    else if (lua_type(L, index) == LUA_TUSERDATA)
        lua_pushliteral(L, "object has no __toinline metamethod");
    else lua_pushfstring(L, "Inline-ish expected, got %s", od_type_name(L, index));
}

void od_raise_no_inline(lua_State *L, int index) {
    push_not_inline(L, index);
    const int type = lua_type(L, index < 0 ? index - 1 : index);
    if (type == LUA_TTABLE || type == LUA_TUSERDATA) od_while_retrieving(L, "Inline");
    od_raise(L);
}

static void add_inline(builder *b, od_node *parent, uint64_t index) {
    lua_State *const L = b->L;
    if (lua_type(L, -1) == LUA_TSTRING) {
        add_text(b, parent, od_read_text(L, -1));
        lua_pop(L, 1);
        return;
    }
    if (!od_to_class(L, -1, OD_CLASS_INLINE)) {
        if (!is_inline(L, -1) || !convert(b, "__toinline", OD_CLASS_INLINE)) {
            push_not_inline(L, -1);
            wrong_item(b, "Inline", index);
        }
    }
    add_element(b, parent);
}

static void start_inlines(builder *b, od_node *parent) {
    lua_State *const L = b->L;
    switch (lua_type(L, -1)) {
    case LUA_TSTRING:
        add_words(b, parent, od_read_text(L, -1));
        lua_pop(L, 1);
        break;
    case LUA_TTABLE:
        if (!has_metamethod(L, -1, "__toinline")) {
            push_frame(b, parent, OD_AS_INLINES);
            break;
        } // fall through
    case LUA_TUSERDATA:
        if (!is_inline(L, -1)) od_raise_no_inline(L, -1);
        add_inline(b, parent, 1);
        break;
    default: od_expected(L, LIST_OF_INLINES, -1);
    }
}

// ---- blocks -------------------------------------------------------------------------------------

static bool add_bare_block(builder *b, od_node *parent) {
    lua_State *const L = b->L;
    if (od_to_class(L, -1, OD_CLASS_BLOCK)) {
        add_element(b, parent);
        return true;
    }
    const int type = lua_type(L, -1);
    if ((type == LUA_TTABLE || type == LUA_TUSERDATA) && has_metamethod(L, -1, "__toblock")) {
        if (!convert(b, "__toblock", OD_CLASS_BLOCK)) od_expected(L, "Block", -1);
        add_element(b, parent);
        return true;
    }
    return false;
}

static void add_block(builder *b, od_node *parent, int list) {
    if (add_bare_block(b, parent)) return;
    if (!od_is_inlines(b->L, -1)) od_expected(b->L, LIST_OF_BLOCKS, list);
    start_inlines(b, add_node(b, parent, OD_PLAIN));
}

static void start_blocks(builder *b, od_node *parent) {
    if (add_bare_block(b, parent)) return;
    if (lua_istable(b->L, -1)) push_frame(b, parent, OD_AS_BLOCKS);
    else add_block(b, parent, -1);
}

// A single item where a list of items may stand.
static void start_items(builder *b, od_node *parent, od_shape shape, od_node_type type) {
    if (all_items(b->L, -1, od_is_blocks)) {
        push_frame(b, parent, (int)shape);
        return;
    }
    if (!od_is_blocks(b->L, -1)) od_expected(b->L, LIST_OF_BLOCKS, -1);
    start_blocks(b, add_node(b, parent, type));
}

// ---- parts of lists, tables and citations -------------------------------------------------------

// Pushes item `i` of the table at `index`, beside it.
static void push_item(builder *b, int index, lua_Integer i) {
    luaL_checkstack(b->L, 8, NULL);
    lua_rawgeti(b->L, index, i);
}

static void push_raw_field(builder *b, int index, const char *name) {
    luaL_checkstack(b->L, 8, NULL);
    lua_pushstring(b->L, name);
    lua_rawget(b->L, index < 0 ? index - 1 : index);
}

static int expected_in_list(builder *b, const char *expected) {
    lua_pushfstring(b->L, "%s expected, got %s", expected, od_type_name(b->L, -1));
    od_while_retrieving(b->L, "list");
    return od_raise(b->L);
}

static void start_list(builder *b, od_node *parent, od_shape shape) {
    if (!lua_istable(b->L, -1)) expected_in_list(b, "table");
    push_frame(b, parent, (int)shape);
}

// A definition: {term, definitions} on top of the stack.
static void add_definition_item(builder *b, od_node *parent) {
    lua_State *const L = b->L;
    if (!lua_istable(L, -1)) od_error(L, "table expected, got %s", od_type_name(L, -1));
    const int item = lua_gettop(L);
    od_node *const term = add_node(b, parent, OD_TERM);
    push_item(b, item, 2);
    start_items(b, parent, OD_AS_DEFINITIONS, OD_DEFINITION);
    push_item(b, item, 1);
    start_inlines(b, term);
}

static void set_attr(od_node *node, const od_attr *attr, od_store *store) {
    if (attr && !attr->identifier.size && !attr->class_count && !attr->attribute_count) attr = NULL;
    switch ((od_node_type)node->type) {
    case OD_LINK:
    case OD_IMAGE: {
        od_link *const link = od_store_alloc(store, sizeof *link);
        if (node->link) *link = *node->link;
        link->attr = attr;
        node->link = link;
        break;
    }
    case OD_TABLE: {
        od_table *const table = od_store_alloc(store, sizeof *table);
        if (node->table) *table = *node->table;
        table->attr = attr;
        node->table = table;
        break;
    }
    case OD_CODE:
    case OD_CODE_BLOCK: node->leaf.attr = attr; break;
    case OD_HEADING: node->heading.attr = attr; break;
    case OD_CELL: node->cell.attr = attr; break;
    case OD_TABLE_BODY: node->body.attr = attr; break;
    default: node->attr = attr; break;
    }
}

static void read_attr_field(builder *b, od_node *node, int table, const char *name) {
    push_raw_field(b, table, name);
    set_attr(node, od_read_attr(b->store, -1), b->store);
    lua_pop(b->L, 1);
}

static int64_t read_integer_field(builder *b, int table, const char *name) {
    push_raw_field(b, table, name);
    const int64_t number = od_read_integer(b->L, -1);
    lua_pop(b->L, 1);
    return number;
}

// Replaces the table on top of the stack by one of its fields.
static void replace_by_field(builder *b, const char *name) {
    push_raw_field(b, -1, name);
    lua_remove(b->L, -2);
}

static void add_cell(builder *b, od_node *parent) {
    lua_State *const L = b->L;
    if (od_to_class(L, -1, OD_CLASS_CELL)) {
        add_element(b, parent);
        return;
    }
    if (!lua_istable(L, -1)) od_expected(L, "Cell or table", -1);
    od_node *const cell = add_node(b, parent, OD_CELL);
    const int table = lua_gettop(L);
    read_attr_field(b, cell, table, "attr");
    push_raw_field(b, table, "alignment");
    cell->cell.alignment = (uint8_t)od_read_name(L, -1, OD_NAMES_ALIGNMENT);
    lua_pop(L, 1);
    cell->cell.row_span = (uint32_t)read_integer_field(b, table, "row_span");
    cell->cell.column_span = (uint32_t)read_integer_field(b, table, "col_span");
    replace_by_field(b, "contents");
    start_blocks(b, cell);
}

static void add_row(builder *b, od_node *parent) {
    lua_State *const L = b->L;
    if (od_to_class(L, -1, OD_CLASS_ROW)) {
        add_element(b, parent);
        return;
    }
    if (!lua_istable(L, -1)) od_expected(L, "Cell or table", -1);
    od_node *const row = add_node(b, parent, OD_ROW);
    push_item(b, lua_gettop(L), 1);
    set_attr(row, od_read_attr(b->store, -1), b->store);
    lua_pop(L, 1);
    push_item(b, lua_gettop(L), 2);
    lua_remove(L, -2);
    start_list(b, row, OD_AS_CELLS);
}

static void add_body(builder *b, od_node *parent) {
    lua_State *const L = b->L;
    if (od_to_class(L, -1, OD_CLASS_TABLE_BODY)) {
        add_element(b, parent);
        return;
    }
    if (!lua_istable(L, -1)) od_expected(L, "TableBody", -1);
    od_node *const body = add_node(b, parent, OD_TABLE_BODY);
    const int table = lua_gettop(L);
    read_attr_field(b, body, table, "attr");
    body->body.row_head_columns = (uint32_t)read_integer_field(b, table, "row_head_columns");
    push_raw_field(b, table, "body");
    start_list(b, body, OD_AS_ROWS);
    push_raw_field(b, table, "head");
    start_list(b, body, OD_AS_ROWS); // its frame is on top, so its rows come first
    body->body.head_rows = (uint32_t)od_frames_top(&b->frames)->count;
}

static void add_part(builder *b, od_node *parent, od_shape shape, uint64_t index) {
    od_host *const host = b->frames.host;
    host->item = index;
    if (shape == OD_AS_ROWS) add_row(b, parent);
    else if (shape == OD_AS_CELLS) add_cell(b, parent);
    else add_body(b, parent);
    host->item = 0;
}

// A table {long = …, short = …} on top of the stack; false when it is none.
static bool start_caption_table(builder *b, od_node *caption) {
    lua_State *const L = b->L;
    if (!lua_istable(L, -1)) return false;
    const int table = lua_gettop(L);
    push_raw_field(b, table, "short");
    push_raw_field(b, table, "long");
    if (!od_is_blocks(L, -1)) {
        lua_settop(L, table);
        return false;
    }
    const bool brief = od_is_inlines(L, table + 1);
    od_node *const short_caption = brief ? add_node(b, caption, OD_SHORT_CAPTION) : NULL;
    start_blocks(b, caption);
    lua_pushvalue(L, table + 1);
    if (brief) start_inlines(b, short_caption);
    return true;
}

static void start_caption(builder *b, od_node *parent) {
    lua_State *const L = b->L;
    if (od_to_class(L, -1, OD_CLASS_CAPTION)) {
        add_element(b, parent);
        return;
    }
    if (!lua_istable(L, -1)) od_error(L, "table expected, got %s", od_type_name(L, -1));
    od_node *const caption = add_node(b, parent, OD_CAPTION);
    if (start_caption_table(b, caption)) return;
    if (!od_is_blocks(L, -1)) {
        lua_pushfstring(L, "Caption, list of Blocks, or compatible element expected, got %s",
                        od_type_name(L, -1));
        od_while_retrieving(L, "Caption");
        od_raise(L);
    }
    start_blocks(b, caption);
}

static void start_part(builder *b, od_node *parent, od_class class, const char *name) {
    if (!od_to_class(b->L, -1, class)) od_expected(b->L, name, -1);
    add_element(b, parent);
}

// ---- metadata -----------------------------------------------------------------------------------

static int compare_entries(const void *a, const void *b) {
    return od_slice_compare((*(od_node *const *)a)->leaf.text, (*(od_node *const *)b)->leaf.text);
}

// Adds an entry, still without value, for each key of the table on top of the stack.
static void add_entries(builder *b, od_node *map) {
    lua_State *const L = b->L;
    luaL_checkstack(L, 8, NULL);
    const int table = lua_gettop(L);
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) count++;
    // On Lua's stack, since what is read next may raise an error.
    od_node **const entries = lua_newuserdatauv(L, (count + 1) * sizeof(od_node *), 0);
    size_t found = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        entries[found] = od_store_node(b->store, OD_META_ENTRY);
        entries[found++]->leaf.text = od_store_text(b->store, od_read_text(L, -1));
        lua_pop(L, 1);
    }
    if (found) qsort(entries, found, sizeof *entries, compare_entries);
    for (size_t i = 0; i < found; i++) od_store_link(map, entries[i]);
    lua_pop(L, 1);
}

static void start_meta_map(builder *b, od_node *map) {
    add_entries(b, map);
    push_frame(b, map, META_MAP)->child = map->first;
}

static void start_meta_table(builder *b, od_node *parent) {
    lua_State *const L = b->L;
    if (od_is_list(L, -1, OD_LIST_INLINES)) start_inlines(b, add_node(b, parent, OD_META_INLINES));
    else if (od_is_list(L, -1, OD_LIST_BLOCKS))
        start_blocks(b, add_node(b, parent, OD_META_BLOCKS));
    else if (od_is_list(L, -1, OD_LIST_PLAIN))
        push_frame(b, add_node(b, parent, OD_META_LIST), OD_AS_META_VALUES);
    else if (!lua_rawlen(L, -1)) start_meta_map(b, add_node(b, parent, OD_META_MAP));
    else if (all_items(L, -1, is_bare_inline))
        start_inlines(b, add_node(b, parent, OD_META_INLINES));
    else if (all_items(L, -1, is_bare_block)) start_blocks(b, add_node(b, parent, OD_META_BLOCKS));
    else push_frame(b, add_node(b, parent, OD_META_LIST), OD_AS_META_VALUES);
}

// Appends a number as Haskell shows it, which is not how Lua does.
static void put_number(double number, od_buf *out) {
    if (isfinite(number)) od_real_write(number == 0 ? 0 : number, out);
    else od_buf_text(out, isnan(number) ? "NaN" : number < 0 ? "-Infinity" : "Infinity");
}

// The string or number on top of the stack.
static void add_meta_string(builder *b, od_node *parent) {
    od_node *const node = add_node(b, parent, OD_META_STRING);
    if (lua_type(b->L, -1) == LUA_TSTRING || lua_isinteger(b->L, -1)) {
        node->leaf.text = od_store_text(b->store, od_read_text(b->L, -1));
        return;
    }
    od_buf text = {0};
    put_number(lua_tonumber(b->L, -1), &text);
    char copy[32];
    const size_t size = text.size < sizeof copy ? text.size : sizeof copy;
    memcpy(copy, text.data, size);
    od_buf_free(&text); // before what may raise an error
    node->leaf.text = od_store_text(b->store, (od_slice){copy, size});
}

static void start_meta_value(builder *b, od_node *parent) {
    lua_State *const L = b->L;
    switch (lua_type(L, -1)) {
    case LUA_TBOOLEAN: add_node(b, parent, OD_META_BOOL)->truth = lua_toboolean(L, -1); break;
    case LUA_TSTRING:
    case LUA_TNUMBER: add_meta_string(b, parent); break;
    case LUA_TTABLE: start_meta_table(b, parent); return;
    default:
        if (od_to_class(L, -1, OD_CLASS_INLINE)) {
            add_element(b, add_node(b, parent, OD_META_INLINES));
            return;
        }
        if (od_to_class(L, -1, OD_CLASS_BLOCK)) {
            add_element(b, add_node(b, parent, OD_META_BLOCKS));
            return;
        }
        lua_pushliteral(L, "could not get meta value");
        if (lua_isuserdata(L, -2))
            lua_pushfstring(L, "Block expected, got %s", od_type_name(L, -2));
        od_while_retrieving(L, "MetaValue");
        if (parent->type == OD_META_ENTRY) {
            od_while_retrieving(L, "value");
            od_while_retrieving(L, "key-value pair");
            od_while_retrieving(L, "Map");
            const od_host *const host = b->frames.host;
            if (host->function && strcmp(host->argument, "meta") == 0)
                od_while_retrieving(L, "Meta");
        }
        od_raise(L);
    }
    lua_pop(L, 1);
}

// Reads the value of the next entry of a map.
static void step_meta_map(builder *b) {
    lua_State *const L = b->L;
    od_frame *const frame = od_frames_top(&b->frames);
    lua_settop(L, frame->value);
    const od_node *const entry = frame->child;
    if (!entry) {
        lua_settop(L, frame->value - 1);
        od_frames_pop(&b->frames);
        return;
    }
    frame->child = entry->next;
    const int table = frame->value;
    lua_pushlstring(L, entry->leaf.text.data, entry->leaf.text.size);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, table) == LUA_TNIL && lua_stringtonumber(L, lua_tostring(L, -2)))
        lua_rawget(L, table);
    start_meta_value(b, (od_node *)(uintptr_t)entry); // made by this builder
}

// ---- properties ---------------------------------------------------------------------------------

static void start(builder *b, od_node *parent, od_shape shape) {
    switch (shape) {
    case OD_AS_INLINES: start_inlines(b, parent); break;
    case OD_AS_BLOCKS: start_blocks(b, parent); break;
    case OD_AS_ITEMS: start_items(b, parent, OD_AS_ITEMS, OD_ITEM); break;
    case OD_AS_DEFINITIONS: start_items(b, parent, OD_AS_DEFINITIONS, OD_DEFINITION); break;
    case OD_AS_CAPTION: start_caption(b, parent); break;
    case OD_AS_HEAD: start_part(b, parent, OD_CLASS_TABLE_HEAD, "TableHead"); break;
    case OD_AS_FOOT: start_part(b, parent, OD_CLASS_TABLE_FOOT, "TableFoot"); break;
    case OD_AS_ELEMENT: add_element(b, parent); break;
    default: start_list(b, parent, shape); break;
    }
}

// Which of the five kinds of content pandoc takes a value for: the first that fits.
typedef enum content { INLINES, LINES, BLOCKS, ITEMS, DEFINITIONS, NO_CONTENT } content;

static bool is_definition_item(lua_State *L, int index) {
    if (!lua_istable(L, index)) return false;
    luaL_checkstack(L, 4, NULL);
    const int top = lua_gettop(L);
    lua_rawgeti(L, index, 1);
    lua_rawgeti(L, index, 2);
    const bool fits = od_is_inlines(L, top + 1) &&
                      (all_items(L, top + 2, od_is_blocks) || od_is_blocks(L, top + 2));
    lua_settop(L, top);
    return fits;
}

static content content_of(lua_State *L, int index) {
    if (od_is_inlines(L, index)) return INLINES;
    if (all_items(L, index, od_is_inlines)) return LINES;
    if (od_is_blocks(L, index)) return BLOCKS;
    if (all_items(L, index, od_is_blocks)) return ITEMS;
    if (all_items(L, index, is_definition_item)) return DEFINITIONS;
    return NO_CONTENT;
}

// Raises what is wrong with a value that is no content: why it is no list of definition items, the
// last kind that pandoc tries.
static void refuse_content(lua_State *L, int index) {
    if (!lua_istable(L, index)) {
        lua_pushfstring(L, "table expected, got %s", od_type_name(L, index));
        od_while_retrieving(L, "list");
        od_raise(L);
    }
    lua_Integer i = 0;
    do lua_settop(L, index), lua_rawgeti(L, index, ++i);
    while (is_definition_item(L, index + 1));
    if (!lua_istable(L, -1)) od_error(L, "table expected, got %s", od_type_name(L, -1));
    lua_rawgeti(L, index + 1, 1);
    if (od_is_inlines(L, -1)) lua_pushliteral(L, "all choices failed");
    else lua_pushfstring(L, "%s expected, got %s", LIST_OF_INLINES, od_type_name(L, -1));
    lua_pushfstring(L, "\n\twhile retrieving index %I", i);
    lua_concat(L, 2);
    od_while_retrieving(L, "list");
    od_raise(L);
}

// A list of the wrong kind leaves an element empty, as in pandoc (whose error is raised in the list
// monad); a value that is no content at all is an error.
static void set_nothing(builder *b, content got) {
    if (got == NO_CONTENT) refuse_content(b->L, lua_gettop(b->L));
    lua_pop(b->L, 1);
}

static void set_block_content(builder *b, od_node *node, content kind) {
    if (kind == INLINES) {
        const bool empty = lua_istable(b->L, -1) && !lua_rawlen(b->L, -1);
        if (!empty && node->type == OD_NOTE) set_nothing(b, kind);
        else start_inlines(b, empty ? node : add_node(b, node, OD_PLAIN));
    } else if (kind == BLOCKS) {
        start_blocks(b, node);
    } else {
        set_nothing(b, kind);
    }
}

static void set_content(builder *b, od_node *node) {
    const content kind = content_of(b->L, -1);
    switch ((od_node_type)node->type) {
    case OD_BLOCK_QUOTE:
    case OD_DIV:
    case OD_FIGURE:
    case OD_NOTE: set_block_content(b, node, kind); break;
    case OD_LINE_BLOCK:
        if (kind == LINES) start_list(b, node, OD_AS_LINES);
        else set_nothing(b, kind);
        break;
    case OD_ORDERED_LIST:
    case OD_BULLET_LIST:
        if (kind == LINES) start_list(b, node, OD_AS_LINE_ITEMS);
        else if (kind == BLOCKS || kind == ITEMS) start_items(b, node, OD_AS_ITEMS, OD_ITEM);
        else set_nothing(b, kind);
        break;
    case OD_DEFINITION_LIST:
        if (kind == DEFINITIONS) start_list(b, node, OD_AS_DEFINITION_ITEMS);
        else set_nothing(b, kind);
        break;
    default:
        if (kind == INLINES) start_inlines(b, node);
        else set_nothing(b, kind);
        break;
    }
}

static void set_text(builder *b, od_node *node) {
    node->leaf.text = od_store_text(b->store, od_read_text(b->L, -1));
    if (node->type == OD_TEXT) node->flags = (uint8_t)((node->flags | OD_VERBATIM) & ~OD_DECODED);
    lua_pop(b->L, 1);
}

static void set_format(builder *b, od_node *node) {
    node->leaf.format = od_store_text(b->store, od_read_text(b->L, -1)).data;
    lua_pop(b->L, 1);
}

static void set_attr_property(builder *b, od_node *node) {
    set_attr(node, od_read_attr(b->store, -1), b->store);
    lua_pop(b->L, 1);
}

static void set_link(builder *b, od_node *node, bool title) {
    od_link *const link = od_store_alloc(b->store, sizeof *link);
    if (node->link) *link = *node->link;
    *(title ? &link->title : &link->target) = od_store_text(b->store, od_read_text(b->L, -1));
    node->link = link;
    lua_pop(b->L, 1);
}

static void set_target(builder *b, od_node *node) {
    set_link(b, node, false);
}

static void set_title(builder *b, od_node *node) {
    set_link(b, node, true);
}

static void set_caption(builder *b, od_node *node) {
    if (node->type == OD_IMAGE) start_inlines(b, node);
    else start_caption(b, node);
}

static void set_citations(builder *b, od_node *node) {
    start_list(b, node, OD_AS_CITATIONS);
}

static void set_quotetype(builder *b, od_node *node) {
    node->double_quotes = od_read_name(b->L, -1, OD_NAMES_QUOTE) != 0;
    lua_pop(b->L, 1);
}

static void set_mathtype(builder *b, od_node *node) {
    const bool display = od_read_name(b->L, -1, OD_NAMES_MATH) != 0;
    node->flags = (uint8_t)((node->flags & ~OD_DISPLAY) | (display ? OD_DISPLAY : 0));
    lua_pop(b->L, 1);
}

static void set_level(builder *b, od_node *node) {
    node->heading.level = (int)od_read_integer(b->L, -1);
    lua_pop(b->L, 1);
}

static void set_list_attributes(builder *b, od_node *node) {
    const od_list_attributes value = od_read_list_attributes(b->L, lua_gettop(b->L));
    node->list.start = (size_t)value.start;
    node->list.style = value.style;
    node->list.delimiter = value.delimiter;
    lua_pop(b->L, 1);
}

static double read_width(lua_State *L, int index) {
    const double width = lua_isnumber(L, index) ? lua_tonumber(L, index) : 0;
    return lua_isnumber(L, index) && width == 0 ? -0.0 : width;
}

static void set_colspecs(builder *b, od_node *node) {
    lua_State *const L = b->L;
    if (!lua_istable(L, -1)) expected_in_list(b, "table");
    luaL_checkstack(L, 8, NULL);
    od_table *const table = od_store_alloc(b->store, sizeof *table);
    if (node->table) *table = *node->table;
    table->column_count = (size_t)lua_rawlen(L, -1);
    od_column *const columns = od_store_alloc(b->store, table->column_count * sizeof *columns);
    for (size_t i = 0; i < table->column_count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        if (!lua_istable(L, -1)) expected_in_list(b, "table");
        lua_rawgeti(L, -1, 1);
        b->frames.host->item = i + 1;
        columns[i].alignment = (od_alignment)od_read_name(L, -1, OD_NAMES_ALIGNMENT);
        b->frames.host->item = 0;
        lua_rawgeti(L, -2, 2);
        columns[i].width = read_width(L, -1);
        lua_pop(L, 3);
    }
    table->columns = columns;
    node->table = table;
    lua_pop(L, 1);
}

static void set_head(builder *b, od_node *node) {
    if (node->type == OD_TABLE) {
        start(b, node, OD_AS_HEAD);
        return;
    }
    start_list(b, node, OD_AS_ROWS);
    node->body.head_rows = (uint32_t)od_frames_top(&b->frames)->count;
}

static void set_bodies(builder *b, od_node *node) {
    start_list(b, node, OD_AS_BODIES);
}

static void set_foot(builder *b, od_node *node) {
    start(b, node, OD_AS_FOOT);
}

static void set_rows(builder *b, od_node *node) {
    start_list(b, node, OD_AS_ROWS);
}

static void set_cells(builder *b, od_node *node) {
    start_list(b, node, OD_AS_CELLS);
}

static void set_row_head_columns(builder *b, od_node *node) {
    node->body.row_head_columns = (uint32_t)od_read_integer(b->L, -1);
    lua_pop(b->L, 1);
}

static void set_alignment(builder *b, od_node *node) {
    node->cell.alignment = (uint8_t)od_read_name(b->L, -1, OD_NAMES_ALIGNMENT);
    lua_pop(b->L, 1);
}

static void set_row_span(builder *b, od_node *node) {
    node->cell.row_span = (uint32_t)od_read_integer(b->L, -1);
    lua_pop(b->L, 1);
}

static void set_col_span(builder *b, od_node *node) {
    node->cell.column_span = (uint32_t)od_read_integer(b->L, -1);
    lua_pop(b->L, 1);
}

static void set_contents(builder *b, od_node *node) {
    start_blocks(b, node);
}

static void set_short(builder *b, od_node *node) {
    start_inlines(b, add_node(b, node, OD_SHORT_CAPTION));
}

static od_citation *new_citation(builder *b, od_node *node) {
    od_citation *const citation = od_store_alloc(b->store, sizeof *citation);
    if (node->citation) *citation = *node->citation;
    node->citation = citation;
    return citation;
}

static void set_id(builder *b, od_node *node) {
    new_citation(b, node)->id = od_store_text(b->store, od_read_text(b->L, -1));
    lua_pop(b->L, 1);
}

static void set_mode(builder *b, od_node *node) {
    new_citation(b, node)->mode = (od_citation_mode)od_read_name(b->L, -1, OD_NAMES_CITATION_MODE);
    lua_pop(b->L, 1);
}

static void set_note_num(builder *b, od_node *node) {
    new_citation(b, node)->note_number = od_read_integer(b->L, -1);
    lua_pop(b->L, 1);
}

static void set_hash(builder *b, od_node *node) {
    new_citation(b, node)->hash = od_read_integer(b->L, -1);
    lua_pop(b->L, 1);
}

static void set_prefix(builder *b, od_node *node) {
    start_inlines(b, add_node(b, node, OD_PREFIX));
}

static void set_suffix(builder *b, od_node *node) {
    start_inlines(b, add_node(b, node, OD_SUFFIX));
}

// How a property is set to the value on top of the stack, which is then popped or has a frame; and
// which children of the node it stands for, so that they can be kept when it was not touched.
typedef struct setter {
    void (*set)(builder *, od_node *);
    bool (*holds)(const od_node *parent, const od_node *child, size_t index);
} setter;

static bool holds_citation(const od_node *parent, const od_node *child, size_t index) {
    (void)parent, (void)index;
    return child->type == OD_CITATION;
}

static bool holds_caption(const od_node *parent, const od_node *child, size_t index) {
    (void)index;
    return parent->type == OD_IMAGE || child->type == OD_CAPTION;
}

static bool holds_list(const od_node *parent, const od_node *child, size_t index) {
    (void)parent, (void)index;
    return child->type != OD_CITATION && child->type != OD_CAPTION &&
           child->type != OD_SHORT_CAPTION;
}

static bool holds_head(const od_node *parent, const od_node *child, size_t index) {
    return parent->type == OD_TABLE ? child->type == OD_TABLE_HEAD
                                    : index < parent->body.head_rows;
}

static bool holds_body_row(const od_node *parent, const od_node *child, size_t index) {
    (void)child;
    return index >= parent->body.head_rows;
}

static bool holds_body(const od_node *parent, const od_node *child, size_t index) {
    (void)parent, (void)index;
    return child->type == OD_TABLE_BODY;
}

static bool holds_foot(const od_node *parent, const od_node *child, size_t index) {
    (void)parent, (void)index;
    return child->type == OD_TABLE_FOOT;
}

static bool holds_short(const od_node *parent, const od_node *child, size_t index) {
    (void)parent, (void)index;
    return child->type == OD_SHORT_CAPTION;
}

static bool holds_prefix(const od_node *parent, const od_node *child, size_t index) {
    (void)parent, (void)index;
    return child->type == OD_PREFIX;
}

static bool holds_suffix(const od_node *parent, const od_node *child, size_t index) {
    (void)parent, (void)index;
    return child->type == OD_SUFFIX;
}

static const setter SETTERS[OD_PROPERTY_COUNT] = {
    [OD_P_ALIGNMENT] = {set_alignment, NULL},
    [OD_P_ATTR] = {set_attr_property, NULL},
    [OD_P_BODIES] = {set_bodies, holds_body},
    [OD_P_BODY] = {set_rows, holds_body_row},
    [OD_P_CAPTION] = {set_caption, holds_caption},
    [OD_P_CELLS] = {set_cells, holds_list},
    [OD_P_CITATIONS] = {set_citations, holds_citation},
    [OD_P_COL_SPAN] = {set_col_span, NULL},
    [OD_P_COLSPECS] = {set_colspecs, NULL},
    [OD_P_CONTENT] = {set_content, holds_list},
    [OD_P_CONTENTS] = {set_contents, holds_list},
    [OD_P_FOOT] = {set_foot, holds_foot},
    [OD_P_FORMAT] = {set_format, NULL},
    [OD_P_HASH] = {set_hash, NULL},
    [OD_P_HEAD] = {set_head, holds_head},
    [OD_P_ID] = {set_id, NULL},
    [OD_P_LEVEL] = {set_level, NULL},
    [OD_P_LIST_ATTRIBUTES] = {set_list_attributes, NULL},
    [OD_P_LONG] = {set_contents, holds_list},
    [OD_P_MATHTYPE] = {set_mathtype, NULL},
    [OD_P_MODE] = {set_mode, NULL},
    [OD_P_NOTE_NUM] = {set_note_num, NULL},
    [OD_P_PREFIX] = {set_prefix, holds_prefix},
    [OD_P_QUOTETYPE] = {set_quotetype, NULL},
    [OD_P_ROW_HEAD_COLUMNS] = {set_row_head_columns, NULL},
    [OD_P_ROW_SPAN] = {set_row_span, NULL},
    [OD_P_ROWS] = {set_rows, holds_list},
    [OD_P_SHORT] = {set_short, holds_short},
    [OD_P_SRC] = {set_target, NULL},
    [OD_P_SUFFIX] = {set_suffix, holds_suffix},
    [OD_P_TARGET] = {set_target, NULL},
    [OD_P_TEXT] = {set_text, NULL},
    [OD_P_TITLE] = {set_title, NULL},
};

static void keep_children(builder *b, od_node *header, const od_node *node, const setter *setter) {
    size_t index = 0;
    for (const od_node *child = node->first; child; child = child->next, index++)
        if (setter->holds(node, child, index)) od_store_append(b->store, header, child);
}

// Takes over the next property of the element of the topmost frame.
static void step_element(builder *b) {
    od_frame *const frame = od_frames_top(&b->frames);
    lua_settop(b->L, frame->value);
    const od_element_type *const type = od_element_type_of((od_node_type)frame->node->type);
    if (frame->step == type->count) {
        lua_settop(b->L, frame->value - 1);
        od_frames_pop(&b->frames);
        return;
    }
    const int place = OD_FIRST_PROPERTY + frame->step;
    const setter *const setter = &SETTERS[type->properties[frame->step++]];
    od_node *const header = frame->copy;
    if (lua_getiuservalue(b->L, frame->value, place) != LUA_TNIL) {
        setter->set(b, header);
        return;
    }
    lua_pop(b->L, 1);
    if (setter->holds) keep_children(b, header, frame->node, setter);
}

// Takes the next item of the list of the topmost frame.
static void step_list(builder *b) {
    lua_State *const L = b->L;
    od_frame *const frame = od_frames_top(&b->frames);
    lua_settop(L, frame->value);
    if (frame->index == frame->count) {
        lua_settop(L, frame->value - 1);
        od_frames_pop(&b->frames);
        return;
    }
    od_node *const parent = frame->copy;
    const int list = frame->value;
    const uint64_t index = ++frame->index;
    lua_rawgeti(L, list, (lua_Integer)index);
    switch ((od_shape)frame->kind) {
    case OD_AS_INLINES: add_inline(b, parent, index); break;
    case OD_AS_BLOCKS: add_block(b, parent, list); break;
    case OD_AS_LINES: start_inlines(b, add_node(b, parent, OD_LINE)); break;
    case OD_AS_ITEMS: start_blocks(b, add_node(b, parent, OD_ITEM)); break;
    case OD_AS_LINE_ITEMS:
        start_inlines(b, add_node(b, add_node(b, parent, OD_ITEM), OD_PLAIN));
        break;
    case OD_AS_DEFINITIONS: start_blocks(b, add_node(b, parent, OD_DEFINITION)); break;
    case OD_AS_DEFINITION_ITEMS: add_definition_item(b, parent); break;
    case OD_AS_CITATIONS:
        if (!od_to_class(L, -1, OD_CLASS_CITATION)) {
            lua_pushfstring(L, "Citation expected, got %s", od_type_name(L, -1));
            wrong_item(b, NULL, index);
        }
        add_element(b, parent);
        break;
    case OD_AS_ROWS:
    case OD_AS_CELLS:
    case OD_AS_BODIES: add_part(b, parent, (od_shape)frame->kind, index); break;
    default: start_meta_value(b, parent); break;
    }
}

static void run(builder *b) {
    while (b->frames.depth) {
        switch (od_frames_top(&b->frames)->kind) {
        case ELEMENT: step_element(b); break;
        case META_MAP: step_meta_map(b); break;
        default: step_list(b); break;
        }
    }
    lua_settop(b->L, b->top);
}

static builder begin(od_store *store, int index) {
    lua_State *const L = store->L;
    luaL_checkstack(L, 16, NULL);
    const int top = lua_gettop(L);
    lua_pushvalue(L, index);
    return (builder){L, store, od_frames_begin(od_host_of(L)), top};
}

void od_build(od_store *store, od_node *parent, int index, od_shape shape) {
    builder b = begin(store, index);
    start(&b, parent, shape);
    run(&b);
}

const od_node *od_build_element(od_store *store, int index) {
    const od_element *const element = lua_touserdata(store->L, index);
    if (od_element_untouched(store->L, index, element)) return element->node;
    od_node parent = {0};
    od_build(store, &parent, index, OD_AS_ELEMENT);
    return parent.first;
}

void od_build_property(od_store *store, od_node *header, od_property property, int index) {
    builder b = begin(store, index);
    SETTERS[property].set(&b, header);
    run(&b);
}

od_node *od_build_meta(od_store *store, int index) {
    lua_State *const L = store->L;
    builder b = begin(store, index);
    if (!lua_istable(L, -1)) {
        lua_pushfstring(L, "table expected, got %s", od_type_name(L, -1));
        od_while_retrieving(L, "Map");
        od_while_retrieving(L, "Meta");
        od_raise(L);
    }
    od_node *const map = od_store_node(store, OD_META_MAP);
    start_meta_map(&b, map);
    run(&b);
    return map;
}

void od_build_meta_value(od_store *store, od_node *parent, int index) {
    builder b = begin(store, index);
    start_meta_value(&b, parent);
    run(&b);
}
