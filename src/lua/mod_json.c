// pandoc.json: JSON and Lua values, elements as pandoc's JSON has them.
//
// Objects are written with their keys sorted. Numbers are read as floats, as pandoc does.
#include "lua/modules.h"

#include "base/real.h"
#include "base/utf8.h"
#include "data/json_events.h"
#include "document/reader.h"
#include "lua/attr.h"
#include "lua/build.h"
#include "lua/document.h"
#include "lua/json.h"
#include "lua/keeper.h"
#include "lua/list.h"
#include "lua/list_attributes.h"
#include "lua/names.h"
#include "writer/pandoc_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

// ---- writing ------------------------------------------------------------------------------------

void od_json_put_string(od_buf *out, od_slice text) {
    static const char HEX[] = "0123456789abcdef";
    od_buf_byte(out, '"');
    for (size_t at = 0, size; at < text.size; at += size) {
        const uint32_t code = od_utf8_read(text, at, &size);
        if (code == OD_NOT_UTF8) od_buf_text(out, "\uFFFD");
        else if (code == '"') od_buf_text(out, "\\\"");
        else if (code == '\\') od_buf_text(out, "\\\\");
        else if (code == '\n') od_buf_text(out, "\\n");
        else if (code == '\r') od_buf_text(out, "\\r");
        else if (code == '\t') od_buf_text(out, "\\t");
        else if (code < 0x20) {
            od_buf_text(out, "\\u00");
            od_buf_byte(out, HEX[code >> 4]);
            od_buf_byte(out, HEX[code & 15]);
        } else od_buf_add(out, od_slice_cut(text, at, at + size));
    }
    od_buf_byte(out, '"');
}

// Appends a number as aeson does: whole ones by their digits, however many, others as Haskell has
// it.
static void put_number(lua_State *L, od_buf *out, int index) {
    if (lua_isinteger(L, index)) {
        lua_pushvalue(L, index);
        od_buf_text(out, lua_tostring(L, -1));
        lua_pop(L, 1);
        return;
    }
    const double number = lua_tonumber(L, index);
    if (!isfinite(number))
        luaL_error(L, "pandoc.json.encode: JSON has no infinite numbers and no NaN");
    if (number != floor(number) || number == 0) {
        if (number == 0) od_buf_byte(out, '0');
        else od_real_write(number, out);
        return;
    }
    char digits[32];
    int precision = 0;
    do snprintf(digits, sizeof digits, "%.*e", precision, number);
    while (strtod(digits, NULL) != number && ++precision < 17);
    const char *at = digits;
    int zeros = atoi(strchr(digits, 'e') + 1);
    if (*at == '-') od_buf_byte(out, *at++);
    od_buf_byte(out, *at++);
    for (; *at != 'e'; at++) {
        if (*at < '0' || *at > '9') continue;
        od_buf_byte(out, *at);
        zeros--;
    }
    while (zeros-- > 0) od_buf_byte(out, '0');
}

// A table that is being written. Its keys stand in a list of their own, at `keys` on the stack.
typedef struct level {
    int table, keys; // keys: 0 for an array
    lua_Integer count, at;
} level;

enum { DEPTH_MAX = 1000 };

typedef struct encoder {
    lua_State *L;
    od_buf *out;
    level *levels;
    size_t depth;
} encoder;

static const od_signature ENCODE = {"encode", {"object"}};

// Raises the message on top of the stack; where it stood in the value, if it did.
static int fail(encoder *e, const char *what) {
    lua_State *const L = e->L;
    if (e->depth) od_while_retrieving(L, what);
    for (size_t i = e->depth; i > 0; i--) {
        if (e->levels[i - 1].keys) od_while_retrieving(L, "key-value pair");
        else {
            lua_pushfstring(L, "index %I", e->levels[i - 1].at);
            lua_pushfstring(L, "\n\twhile retrieving %s\n\twhile retrieving list",
                            lua_tostring(L, -1));
            lua_remove(L, -2);
            lua_concat(L, 2);
        }
    }
    return od_raise_argument(L, &ENCODE, 1);
}

static int compare_keys(const void *a, const void *b) {
    return od_slice_compare(*(const od_slice *)a, *(const od_slice *)b);
}

// Pushes the keys of the table at `table` as a sorted list of strings and numbers.
static lua_Integer push_sorted_keys(encoder *e, int table) {
    lua_State *const L = e->L;
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) count++;
    od_slice *const keys = lua_newuserdatauv(L, (count + 1) * sizeof *keys, 0);
    lua_createtable(L, 0, (int)(count < INT32_MAX ? count : 0)); // from the text to the key
    const int texts = lua_gettop(L);
    size_t found = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING && lua_type(L, -2) != LUA_TNUMBER) {
            lua_pushfstring(L, "string expected, got %s", od_type_name(L, -2));
            fail(e, "key");
        }
        lua_pushvalue(L, -2);
        keys[found].data = lua_tolstring(L, -1, &keys[found].size); // of a number: its text
        found++;
        lua_pushvalue(L, -3);
        lua_rawset(L, texts);
    }
    if (found) qsort(keys, found, sizeof *keys, compare_keys);
    lua_createtable(L, (int)(found < INT32_MAX ? found : 0), 0);
    for (size_t i = 0; i < found; i++) {
        lua_pushlstring(L, keys[i].data, keys[i].size);
        lua_rawget(L, texts);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_replace(L, texts - 1);
    lua_settop(L, texts - 1);
    return (lua_Integer)found;
}

// Opens the table on top of the stack.
static void open_table(encoder *e) {
    lua_State *const L = e->L;
    luaL_checkstack(L, 16, "nested too deep");
    const int table = lua_gettop(L);
    const lua_Integer length = (lua_Integer)lua_rawlen(L, table);
    const bool is_list = od_is_list(L, table, OD_LIST_PLAIN) ||
                         od_is_list(L, table, OD_LIST_INLINES) ||
                         od_is_list(L, table, OD_LIST_BLOCKS);
    if (e->depth == DEPTH_MAX)
        luaL_error(L, "pandoc.json.encode: the value is nested too deep, or contains itself");
    level *const l = &e->levels[e->depth];
    *l = (level){.table = table, .count = length};
    if (!length && !is_list) {
        e->depth++; // for messages
        l->keys = 1;
        l->count = push_sorted_keys(e, table);
        e->depth--;
        l->keys = lua_gettop(L);
    }
    e->depth++;
    od_buf_byte(e->out, l->keys ? '{' : '[');
}

// Calls the metamethod __tojson, on top of the stack, for the value below it, and puts what it
// gives in place of both, read as JSON.
static void call_to_json(encoder *e) {
    lua_State *const L = e->L;
    lua_pushvalue(L, -2);
    lua_call(L, 1, 1);
    lua_replace(L, -2);
    if (!lua_isstring(L, -1)) {
        lua_pushfstring(L, "string expected, got %s", od_type_name(L, -1));
        od_while_retrieving(L, "result of `__tojson`");
        fail(e, "value");
    }
    if (!od_json_push(L, od_read_text(L, -1))) {
        lua_pushliteral(L, "the metamethod `__tojson` gave a string that is not JSON");
        fail(e, "value");
    }
    lua_replace(L, -2);
}

// Writes the value on top of the stack and pops it, or opens it and leaves it there.
static void put_value(encoder *e) {
    lua_State *const L = e->L;
    if (luaL_getmetafield(L, -1, "__tojson") != LUA_TNIL) call_to_json(e);
    switch (lua_type(L, -1)) {
    case LUA_TNIL: od_buf_text(e->out, "null"); break;
    case LUA_TBOOLEAN: od_buf_text(e->out, lua_toboolean(L, -1) ? "true" : "false"); break;
    case LUA_TNUMBER: put_number(L, e->out, lua_gettop(L)); break;
    case LUA_TSTRING: od_json_put_string(e->out, od_read_text(L, -1)); break;
    case LUA_TTABLE: open_table(e); return;
    default:
        if (lua_islightuserdata(L, -1) && !lua_touserdata(L, -1)) { // pandoc.json.null
            od_buf_text(e->out, "null");
            break;
        }
        lua_pushliteral(L, "Object does not have a `__tojson` metamethod.");
        fail(e, "value");
    }
    lua_pop(L, 1);
}

// Writes the next item of the table opened last, or closes it.
static void put_next(encoder *e) {
    lua_State *const L = e->L;
    level *const l = &e->levels[e->depth - 1];
    if (l->at == l->count) {
        od_buf_byte(e->out, l->keys ? '}' : ']');
        lua_settop(L, l->table - 1);
        e->depth--;
        return;
    }
    if (l->at++) od_buf_byte(e->out, ',');
    if (!l->keys) {
        lua_rawgeti(L, l->table, l->at);
    } else {
        lua_rawgeti(L, l->keys, l->at);
        lua_pushvalue(L, -1);
        od_json_put_string(e->out, od_read_text(L, -1));
        lua_pop(L, 1);
        od_buf_byte(e->out, ':');
        lua_rawget(L, l->table);
    }
    put_value(e);
}

static int encode(lua_State *L) {
    if (lua_isnone(L, 1)) {
        lua_pushliteral(L, "Object does not have a `__tojson` metamethod.");
        return od_raise_argument(L, &ENCODE, 1);
    }
    lua_settop(L, 1);
    encoder e = {.L = L, .out = od_push_buf(L)};
    e.levels = lua_newuserdatauv(L, (DEPTH_MAX + 1) * sizeof *e.levels, 0);
    lua_pushvalue(L, 1);
    put_value(&e);
    while (e.depth) put_next(&e);
    lua_pushlstring(L, e.out->data, e.out->size);
    return 1;
}

// ---- reading ------------------------------------------------------------------------------------

typedef struct decoder {
    lua_State *L;
    int base;
} decoder;

// Adds the value on top of the stack to what is open below it.
static void add_value(const decoder *d) {
    lua_State *const L = d->L;
    if (lua_gettop(L) == d->base + 1) return;
    if (lua_istable(L, -2)) {
        lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
        return;
    }
    lua_pushvalue(L, -2); // a key stands between; the first of equal ones counts
    const bool taken = lua_rawget(L, -4) != LUA_TNIL;
    lua_pop(L, 1);
    if (taken) lua_pop(L, 2);
    else lua_rawset(L, -3);
}

static bool take_event(void *context, od_json_event event, od_slice text) {
    const decoder *const d = context;
    lua_State *const L = d->L;
    double number = 0;
    if (!lua_checkstack(L, 8)) return false;
    switch (event) {
    case OD_JSON_NULL: lua_pushlightuserdata(L, NULL); break;
    case OD_JSON_FALSE:
    case OD_JSON_TRUE: lua_pushboolean(L, event == OD_JSON_TRUE); break;
    case OD_JSON_NUMBER:
        // What is too large for a double is infinite.
        if (!od_real_read(text, &number) && !isinf(number)) return false;
        lua_pushnumber(L, number);
        break;
    case OD_JSON_STRING: lua_pushlstring(L, text.data ? text.data : "", text.size); break;
    case OD_JSON_KEY: lua_pushlstring(L, text.data ? text.data : "", text.size); return true;
    case OD_JSON_OPEN_OBJECT: lua_newtable(L); return true;
    case OD_JSON_OPEN_ARRAY:
        lua_newtable(L);
        od_push_list_metatable(L, OD_LIST_PLAIN);
        lua_setmetatable(L, -2);
        return true;
    case OD_JSON_CLOSE_OBJECT:
    case OD_JSON_CLOSE_ARRAY: break;
    }
    add_value(d);
    return true;
}

bool od_json_push(lua_State *L, od_slice text) {
    if (od_utf8_find_invalid(text) != SIZE_MAX) return false;
    od_arena *const arena = od_push_arena(L);
    const int owner = lua_gettop(L);
    od_diagnostics failures = {.arena = arena};
    od_source source;
    od_source_init(&source, arena, "", text, 0);
    decoder d = {L, owner};
    od_json_events events = {.source = &source, .range = {0, text.size}, .failures = &failures,
                             .take = take_event, .context = &d};
    const bool good = od_json_events_read(&events) == OD_OK;
    lua_settop(L, good ? owner + 1 : owner - 1);
    if (good) lua_remove(L, owner);
    return good;
}

// ---- elements -----------------------------------------------------------------------------------

// What JSON can be read as.
typedef enum shape { NO_SHAPE, INLINE, BLOCK, INLINES, BLOCKS, DOCUMENT } shape;

// Returns what kind of element has the tag `t` of the table at `index`.
static shape shape_of_element(lua_State *L, int index) {
    if (!lua_istable(L, index)) return NO_SHAPE;
    lua_pushliteral(L, "t");
    lua_rawget(L, index < 0 ? index - 1 : index);
    shape shape = NO_SHAPE;
    if (lua_type(L, -1) == LUA_TSTRING) {
        const char *const name = lua_tostring(L, -1);
        for (int type = 0; type < OD_NODE_TYPE_COUNT && !shape; type++) {
            const od_class class = od_element_type_of((od_node_type)type)->class;
            if (strcmp(od_node_type_name((od_node_type)type), name) != 0) continue;
            shape = class == OD_CLASS_INLINE ? INLINE : class == OD_CLASS_BLOCK ? BLOCK : NO_SHAPE;
        }
    }
    lua_pop(L, 1);
    return shape;
}

// Whether the list of numbers on top of the stack is the version of pandoc's JSON that elements
// are written in.
static bool is_own_api(lua_State *L) {
    static const lua_Number OWN[] = {1, 23};
    bool own = lua_istable(L, -1);
    for (lua_Integer i = 1; own && i <= 2; i++) {
        lua_rawgeti(L, -1, i);
        own = lua_tonumber(L, -1) == OWN[i - 1];
        lua_pop(L, 1);
    }
    return own;
}

// Returns what the JSON value on top of the stack may be read as.
static shape shape_of(lua_State *L) {
    if (!lua_istable(L, -1)) return NO_SHAPE;
    if (lua_getfield(L, -1, "pandoc-api-version") != LUA_TNIL) {
        const bool document = is_own_api(L);
        lua_pop(L, 1);
        return document ? DOCUMENT : NO_SHAPE;
    }
    lua_pop(L, 1);
    if (!od_is_list(L, -1, OD_LIST_PLAIN)) return shape_of_element(L, -1);
    if (!lua_rawlen(L, -1)) return INLINES;
    lua_rawgeti(L, -1, 1);
    const shape first = shape_of_element(L, -1);
    lua_pop(L, 1);
    return first == INLINE ? INLINES : first == BLOCK ? BLOCKS : NO_SHAPE;
}

bool od_read_json_tree(od_arena *arena, od_slice text, od_node **root, od_node **meta,
                       od_slice *message) {
    od_diagnostics failures = {.arena = arena};
    od_source source;
    od_source_init(&source, arena, "", text, 0);
    od_pandoc_api version;
    if (od_read_pandoc_json(arena, &source, &failures, &version, root, meta) == OD_OK) {
        od_lend_tree(*root);
        od_lend_tree(*meta);
        return true;
    }
    if (message && failures.found.count) *message = failures.found.items[0].message;
    return false;
}

// Pushes what `text`, JSON of the shape given, is as an element; false, with nothing pushed, when
// it is none.
static bool push_element(lua_State *L, od_slice text, shape shape) {
    static const struct {
        const char *before, *after;
    } FRAMES[] = {
        [INLINE] = {"[{\"t\":\"Plain\",\"c\":[", "]}]}"},
        [INLINES] = {"[{\"t\":\"Plain\",\"c\":", "}]}"},
        [BLOCK] = {"[", "]}"},
        [BLOCKS] = {"", "}"},
    };
    const int top = lua_gettop(L);
    od_arena *const arena = od_push_arena(L);
    if (shape != DOCUMENT)
        text = od_arena_concat(
            arena, OD_SLICE("{\"pandoc-api-version\":[1,23],\"meta\":{},\"blocks\":"),
            od_slice_of(FRAMES[shape].before), text, od_slice_of(FRAMES[shape].after));
    else text = od_arena_copy(arena, text);
    od_node *root, *meta;
    if (!od_read_json_tree(arena, text, &root, &meta, NULL)) {
        lua_settop(L, top);
        return false;
    }
    const od_node *const first = root->first;
    switch (shape) {
    case DOCUMENT: od_push_document(L, root, meta, top + 1); break;
    case BLOCKS: od_push_blocks(L, first, top + 1); break;
    case BLOCK: od_push_element(L, first, top + 1); break;
    default: od_push_inlines(L, first->first, top + 1);
    }
    if (shape == INLINE) {
        lua_rawgeti(L, -1, 1);
        lua_remove(L, -2);
    }
    lua_remove(L, top + 1);
    return true;
}

static int decode(lua_State *L) {
    static const od_signature SIGNATURE = {"decode", {"str", "pandoc_types"}};
    const od_slice text = od_text_argument(L, &SIGNATURE, 1);
    const bool elements = lua_isnoneornil(L, 2) || lua_toboolean(L, 2);
    lua_settop(L, 1);
    if (!od_json_push(L, text)) {
        lua_pushnil(L);
        return 1;
    }
    const shape shape = elements ? shape_of(L) : NO_SHAPE;
    if (shape) push_element(L, text, shape);
    return 1;
}

// ---- __tojson -----------------------------------------------------------------------------------

static int push_buf(lua_State *L, const od_buf *buf) {
    lua_pushlstring(L, buf->data ? buf->data : "", buf->size);
    return 1;
}

static int element_to_json(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    const od_node *const node = od_store_settle(od_push_arena(L), od_build_element(&store, 1));
    od_buf *const out = od_push_buf(L);
    od_write_pandoc_json_node(node, out);
    return push_buf(L, out);
}

// A list is written as the content of a block, and taken out of it.
static int list_to_json(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    const bool inlines = od_is_list(L, 1, OD_LIST_INLINES);
    od_node *const block = od_store_node(&store, inlines ? OD_PLAIN : OD_BLOCK_QUOTE);
    od_build(&store, block, 1, inlines ? OD_AS_INLINES : OD_AS_BLOCKS);
    od_buf *const out = od_push_buf(L);
    od_write_pandoc_json_node(od_store_settle(od_push_arena(L), block), out);
    const size_t start = od_slice_find(od_buf_slice(out), OD_SLICE("["), 0);
    lua_pushlstring(L, out->data + start, out->size - start - 1);
    return 1;
}

static int document_to_json(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    const od_node *root, *meta;
    od_build_document(&store, 1, &root, &meta);
    od_arena *const arena = od_push_arena(L);
    od_buf *const out = od_push_buf(L);
    od_write_pandoc_json(od_store_settle(arena, root), od_store_settle(arena, meta), NULL, out);
    return push_buf(L, out);
}

static int attr_to_json(lua_State *L) {
    static const od_attr EMPTY;
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    const od_attr *attr = od_read_attr(&store, 1);
    if (!attr) attr = &EMPTY;
    od_buf *const out = od_push_buf(L);
    od_buf_byte(out, '[');
    od_json_put_string(out, attr->identifier);
    od_buf_text(out, ",[");
    for (size_t i = 0; i < attr->class_count; i++) {
        if (i) od_buf_byte(out, ',');
        od_json_put_string(out, attr->classes[i]);
    }
    od_buf_text(out, "],[");
    for (size_t i = 0; i < attr->attribute_count; i++) {
        od_buf_text(out, i ? ",[" : "[");
        od_json_put_string(out, attr->attributes[i].key);
        od_buf_byte(out, ',');
        od_json_put_string(out, attr->attributes[i].value);
        od_buf_byte(out, ']');
    }
    od_buf_text(out, "]]");
    return push_buf(L, out);
}

static int list_attributes_to_json(lua_State *L) {
    lua_settop(L, 1);
    lua_getfield(L, 1, "start");
    lua_getfield(L, 1, "style");
    lua_getfield(L, 1, "delimiter");
    lua_pushfstring(L, "[%s,{\"t\":\"%s\"},{\"t\":\"%s\"}]", lua_tostring(L, 2), lua_tostring(L, 3),
                    lua_tostring(L, 4));
    return 1;
}

static void add_to_json(lua_State *L) {
    for (int class = OD_CLASS_NONE + 1; class < OD_CLASS_ELEMENTS; class++)
        od_add_method(L, (od_class)class, "__tojson", element_to_json);
    od_add_method(L, OD_CLASS_ATTR, "__tojson", attr_to_json);
    od_add_method(L, OD_CLASS_LIST_ATTRIBUTES, "__tojson", list_attributes_to_json);
    od_add_method(L, OD_CLASS_PANDOC, "__tojson", document_to_json);
    od_add_list_method(L, OD_LIST_INLINES, "__tojson", list_to_json);
    od_add_list_method(L, OD_LIST_BLOCKS, "__tojson", list_to_json);
}

void od_open_json(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {{"decode", decode}, {"encode", encode}, {NULL, NULL}};
    add_to_json(L);
    luaL_newlib(L, FUNCTIONS);
    lua_pushlightuserdata(L, NULL);
    lua_setfield(L, -2, "null");
}
