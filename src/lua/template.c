#include "lua/template.h"

#include "base/utf8.h"
#include "lua/doc.h"
#include "lua/modules.h"
#include "lua/template_parts.h"

#include <stdlib.h>

static const char TEMPLATE_KEY; // its address is the key of the metatable

typedef struct template {
    od_arena arena;
    od_template_nodes nodes;
} template;

static int free_template(lua_State *L) {
    od_arena_free(&((template *)lua_touserdata(L, 1))->arena);
    return 0;
}

static const template *to_template(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &TEMPLATE_KEY);
    const bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same ? lua_touserdata(L, index) : NULL;
}

void od_push_template(lua_State *L, od_slice text, const char *path) {
    luaL_checkstack(L, 16, NULL);
    template *const made = lua_newuserdatauv(L, sizeof *made, 0);
    memset(made, 0, sizeof *made);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &TEMPLATE_KEY);
    lua_setmetatable(L, -2);
    od_read_template(L, &made->arena, od_arena_copy(&made->arena, text), path, &made->nodes);
}

void od_open_templates(lua_State *L) {
    lua_createtable(L, 0, 3);
    lua_pushcfunction(L, free_template);
    lua_setfield(L, -2, "__gc");
    lua_pushliteral(L, "Template");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, true);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &TEMPLATE_KEY);
}

// ---- values -------------------------------------------------------------------------------------

// What a value is to a template.
typedef enum sort { NOTHING, SIMPLE, TRUTH, LIST, MAP } sort;

static sort sort_of(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TNIL: return NOTHING;
    case LUA_TBOOLEAN: return TRUTH;
    case LUA_TSTRING:
    case LUA_TNUMBER: return SIMPLE;
    case LUA_TTABLE:
        return lua_rawlen(L, index) || od_is_list(L, index, OD_LIST_PLAIN) ? LIST : MAP;
    default:
        if (od_to_doc(L, index)) return SIMPLE;
        luaL_error(L, "Cannot use a value of type %s in a template", od_type_name(L, index));
        return NOTHING;
    }
}

// Replaces the simple value on top of the stack by its text.
static od_slice make_text(lua_State *L) {
    if (od_to_doc(L, -1)) {
        od_push_rendered(L, lua_gettop(L), -1);
        lua_remove(L, -2);
    }
    return od_read_text(L, -1);
}

static void push_roman(lua_State *L, int64_t number) {
    static const struct {
        int value;
        const char *letters;
    } NUMERALS[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"},
                    {50, "l"},   {40, "xl"},  {10, "x"},  {9, "ix"},   {5, "v"},   {4, "iv"},
                    {1, "i"}};
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    for (size_t i = 0; i < sizeof NUMERALS / sizeof *NUMERALS; i++)
        for (; number >= NUMERALS[i].value; number -= NUMERALS[i].value)
            luaL_addstring(&text, NUMERALS[i].letters);
    luaL_pushresult(&text);
}

// Replaces the text on top of the stack, when it is a whole number, by a letter or Roman numeral.
static void number_text(lua_State *L, od_pipe_kind kind) {
    const od_slice text = make_text(L);
    int64_t number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || i > 9) return;
        number = number * 10 + (text.data[i] - '0');
    }
    if (!text.size || (kind == OD_PIPE_ROMAN && (number < 1 || number >= 4000))) return;
    if (kind == OD_PIPE_ROMAN) {
        push_roman(L, number);
    } else {
        const char letter = (char)('a' + number % 26 - 1);
        lua_pushlstring(L, &letter, 1);
    }
    lua_remove(L, -2);
}

static void make_doc(lua_State *L) {
    if (od_to_doc(L, -1)) return;
    od_push_as_doc(L, -1);
    lua_remove(L, -2);
}

static void push_border(lua_State *L, od_slice text) {
    if (!text.size) {
        od_push_doc(L, OD_DOC_EMPTY, 0);
        return;
    }
    lua_pushlstring(L, text.data, text.size);
    od_push_doc_text(L, OD_DOC_VFILL, -1);
    lua_remove(L, -2);
}

static void make_block(lua_State *L, const od_pipe *pipe) {
    make_doc(L);
    od_block_doc(L, pipe->kind == OD_PIPE_LEFT    ? OD_DOC_LEFT
                    : pipe->kind == OD_PIPE_RIGHT ? OD_DOC_RIGHT
                                          : OD_DOC_CENTER,
                 pipe->width);
    push_border(L, pipe->before);
    lua_insert(L, -2);
    od_concat_docs(L);
    push_border(L, pipe->after);
    od_concat_docs(L);
}

// Applies a pipe to the simple value on top of the stack.
static void pipe_simple(lua_State *L, const od_pipe *pipe) {
    switch (pipe->kind) {
    case OD_PIPE_UPPERCASE:
    case OD_PIPE_LOWERCASE: od_push_case(L, make_text(L), pipe->kind == OD_PIPE_UPPERCASE); break;
    case OD_PIPE_REVERSE: od_push_reversed(L, make_text(L)); break;
    case OD_PIPE_CHOMP:
        make_doc(L);
        od_chomp_doc(L);
        return;
    case OD_PIPE_NO_WRAP:
        make_doc(L);
        od_unbreak_doc(L);
        return;
    case OD_PIPE_ALPHA:
    case OD_PIPE_ROMAN: number_text(L, pipe->kind); return;
    case OD_PIPE_LEFT:
    case OD_PIPE_RIGHT:
    case OD_PIPE_CENTER: make_block(L, pipe); return;
    default: return;
    }
    lua_remove(L, -2);
}

static int compare_keys(const void *a, const void *b) {
    return od_slice_compare(*(const od_slice *)a, *(const od_slice *)b);
}

// Pushes the list of the keys of the map at `map`, sorted.
static lua_Integer push_keys(lua_State *L, int map) {
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, map); lua_pop(L, 1)) count += lua_type(L, -2) == LUA_TSTRING;
    od_slice *const keys = lua_newuserdatauv(L, (count + 1) * sizeof *keys, 0);
    size_t at = 0;
    for (lua_pushnil(L); lua_next(L, map); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) continue;
        keys[at].data = lua_tolstring(L, -2, &keys[at].size);
        at++;
    }
    if (count) qsort(keys, count, sizeof *keys, compare_keys);
    lua_newtable(L);
    for (size_t i = 0; i < count; i++) {
        lua_pushlstring(L, keys[i].data, keys[i].size);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2);
    return (lua_Integer)count;
}

// Replaces the list or map on top of the stack by the list of its {key, value}.
static void make_pairs(lua_State *L, sort sort) {
    const int from = lua_gettop(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, from);
    if (sort == MAP) count = push_keys(L, from);
    else lua_pushnil(L);
    lua_newtable(L);
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_createtable(L, 0, 2);
        if (sort == MAP) lua_rawgeti(L, from + 1, i);
        else lua_pushfstring(L, "%I", i);
        if (sort == MAP) lua_pushvalue(L, -1);
        else lua_pushinteger(L, i);
        lua_rawget(L, from);
        lua_setfield(L, -3, "value");
        lua_setfield(L, -2, "key");
        lua_rawseti(L, -2, i);
    }
    lua_replace(L, from);
    lua_settop(L, from);
}

static void apply_pipe(lua_State *L, const od_pipe *pipe, int depth);

// Replaces the list on top of the stack by its items `first` to `last`, each with the pipe applied
// when there is one, from last to first when `backwards`.
static void map_list(lua_State *L, const od_pipe *pipe, lua_Integer first, lua_Integer last,
                     bool backwards, int depth) {
    const int from = lua_gettop(L);
    lua_newtable(L);
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
    for (lua_Integer i = first; i <= last; i++) {
        lua_rawgeti(L, from, backwards ? last - (i - first) : i);
        if (pipe) apply_pipe(L, pipe, depth + 1);
        lua_rawseti(L, -2, i - first + 1);
    }
    lua_remove(L, from);
}

static void pipe_list(lua_State *L, const od_pipe *pipe, int depth) {
    const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    switch (pipe->kind) {
    case OD_PIPE_REVERSE: map_list(L, NULL, 1, count, true, depth); break;
    case OD_PIPE_FIRST:
    case OD_PIPE_LAST:
        if (!count) break;
        lua_rawgeti(L, -1, pipe->kind == OD_PIPE_FIRST ? 1 : count);
        lua_remove(L, -2);
        break;
    case OD_PIPE_REST: map_list(L, NULL, 2, count, false, depth); break;
    case OD_PIPE_ALL_BUT_LAST: map_list(L, NULL, 1, count - 1, false, depth); break;
    default: map_list(L, pipe, 1, count, false, depth);
    }
}

// Replaces the value on top of the stack by its length as a template counts it.
static void make_length(lua_State *L, sort sort) {
    lua_Integer length = 0;
    if (sort == SIMPLE) length = (lua_Integer)od_utf8_count(make_text(L));
    else if (sort == LIST) length = (lua_Integer)lua_rawlen(L, -1);
    else if (sort == MAP) {
        length = push_keys(L, lua_gettop(L));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    lua_pushfstring(L, "%I", length);
}

static void apply_pipe(lua_State *L, const od_pipe *pipe, int depth) {
    luaL_checkstack(L, 16, NULL);
    if (depth > OD_TEMPLATE_DEPTH_MAX) luaL_error(L, "a value in a template is nested too deep");
    const sort sort = sort_of(L, -1);
    if (pipe->kind == OD_PIPE_LENGTH) make_length(L, sort);
    else if (pipe->kind == OD_PIPE_PAIRS && (sort == LIST || sort == MAP)) make_pairs(L, sort);
    else if (sort == SIMPLE) pipe_simple(L, pipe);
    else if (sort == LIST) pipe_list(L, pipe, depth);
}

// ---- applying -----------------------------------------------------------------------------------

typedef struct renderer {
    lua_State *L;
    int context; // table of values
    int it;      // place of the item of the innermost loop, 0 outside
    int64_t column;
} renderer;

// Pushes the value of a variable, nil when there is none.
static void push_value(const renderer *r, const od_variable *v) {
    lua_State *const L = r->L;
    luaL_checkstack(L, 16, NULL);
    if (r->it && od_slice_is(v->parts.items[0], "it")) {
        lua_pushvalue(L, r->it);
    } else {
        lua_pushlstring(L, v->parts.items[0].data, v->parts.items[0].size);
        lua_gettable(L, r->context);
    }
    for (size_t i = 1; i < v->parts.count; i++) {
        if (sort_of(L, -1) == MAP) {
            lua_pushlstring(L, v->parts.items[i].data, v->parts.items[i].size);
            lua_gettable(L, -2);
        } else {
            lua_pushnil(L);
        }
        lua_remove(L, -2);
    }
    for (size_t i = 0; i < v->pipes.count; i++) apply_pipe(L, &v->pipes.items[i], 0);
}

// Replaces the value on top of the stack by the Doc that it is in a text.
static void make_value_doc(lua_State *L, int depth) {
    luaL_checkstack(L, 16, NULL);
    if (depth > OD_TEMPLATE_DEPTH_MAX) luaL_error(L, "a value in a template is nested too deep");
    const int from = lua_gettop(L);
    switch (sort_of(L, from)) {
    case NOTHING: od_push_doc(L, OD_DOC_EMPTY, 0); break;
    case TRUTH: od_push_literal(L, od_slice_of(lua_toboolean(L, from) ? "true" : "false")); break;
    case MAP: od_push_literal(L, OD_SLICE("true")); break;
    case SIMPLE:
        make_doc(L);
        od_cut_line_end(L);
        return;
    case LIST:
        od_push_doc(L, OD_DOC_EMPTY, 0);
        const lua_Integer count = (lua_Integer)lua_rawlen(L, from);
        for (lua_Integer i = 1; i <= count; i++) {
            lua_rawgeti(L, from, i);
            make_value_doc(L, depth + 1);
            od_concat_docs(L);
        }
    }
    lua_remove(L, from);
}

// Whether the value on top of the stack makes a condition true.
static bool is_true(lua_State *L, int depth) {
    luaL_checkstack(L, 16, NULL);
    if (depth > OD_TEMPLATE_DEPTH_MAX) luaL_error(L, "a value in a template is nested too deep");
    switch (sort_of(L, -1)) {
    case NOTHING: return false;
    case TRUTH: return lua_toboolean(L, -1);
    case MAP: return true;
    case SIMPLE:
        if (od_to_doc(L, -1)) return od_to_doc(L, -1)->kind != OD_DOC_EMPTY;
        return lua_type(L, -1) == LUA_TNUMBER || lua_rawlen(L, -1) > 0;
    case LIST: break;
    }
    const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    bool found = false;
    for (lua_Integer i = 1; i <= count && !found; i++) {
        lua_rawgeti(L, -1, i);
        found = is_true(L, depth + 1);
        lua_pop(L, 1);
    }
    return found;
}

static void push_nodes(renderer *r, const od_template_nodes *all);

// Notes what was put: where the line stands now.
static void note_column(renderer *r) {
    r->column = od_doc_offset(r->L, lua_gettop(r->L), r->column, false, NULL);
}

static void push_loop(renderer *r, const od_template_node *n) {
    lua_State *const L = r->L;
    push_value(r, &n->variable);
    const int from = lua_gettop(L);
    const sort sort = sort_of(L, from);
    od_push_doc(L, OD_DOC_EMPTY, 0);
    const lua_Integer count = sort == LIST ? (lua_Integer)lua_rawlen(L, from) : sort != NOTHING;
    const int outer = r->it;
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1) {
            push_nodes(r, &n->second);
            od_concat_docs(L);
        }
        if (sort == LIST) lua_rawgeti(L, from, i);
        else lua_pushvalue(L, from);
        r->it = lua_gettop(L);
        push_nodes(r, &n->first);
        lua_remove(L, -2);
        r->it = outer;
        od_concat_docs(L);
    }
    lua_remove(L, from);
}

static void push_condition(renderer *r, const od_template_node *n) {
    push_value(r, &n->variable);
    const bool truth = is_true(r->L, 0);
    lua_pop(r->L, 1);
    push_nodes(r, truth ? &n->first : &n->second);
}

static void push_partial_nodes(renderer *r, const od_template_node *n) {
    push_nodes(r, &n->first);
    for (size_t i = 0; i < n->variable.pipes.count; i++)
        apply_pipe(r->L, &n->variable.pipes.items[i], 0);
    if (n->variable.pipes.count) make_value_doc(r->L, 0);
}

static void push_node(renderer *r, const od_template_node *n) {
    lua_State *const L = r->L;
    const int64_t column = r->column;
    switch (n->kind) {
    case OD_TEMPLATE_LITERAL:
        od_push_literal(L, n->text);
        note_column(r);
        break;
    case OD_TEMPLATE_BREAK:
        od_push_doc(L, OD_DOC_BREAKING_SPACE, 0);
        note_column(r);
        break;
    case OD_TEMPLATE_INTERPOLATE:
        push_value(r, &n->variable);
        make_value_doc(L, 0);
        note_column(r);
        break;
    case OD_TEMPLATE_CONDITIONAL: push_condition(r, n); break;
    case OD_TEMPLATE_ITERATE: push_loop(r, n); break;
    case OD_TEMPLATE_PARTIAL: push_partial_nodes(r, n); break;
    case OD_TEMPLATE_NESTED:
        push_nodes(r, &n->first);
        od_indent_doc(L, column);
        break;
    }
}

static void push_nodes(renderer *r, const od_template_nodes *all) {
    luaL_checkstack(r->L, 16, NULL);
    od_push_doc(r->L, OD_DOC_EMPTY, 0);
    for (size_t i = 0; i < all->list.count; i++) {
        push_node(r, &all->list.items[i]);
        od_concat_docs(r->L);
    }
}

bool od_push_applied_doc(lua_State *L, int index, int context) {
    context = lua_absindex(L, context);
    index = lua_absindex(L, index);
    const bool is_text = lua_type(L, index) == LUA_TSTRING;
    if (!is_text && !to_template(L, index)) return false;
    if (is_text) od_push_template(L, od_read_text(L, index), NULL);
    else lua_pushvalue(L, index);
    const template *const t = lua_touserdata(L, -1);
    renderer r = {.L = L, .context = context};
    push_nodes(&r, &t->nodes);
    lua_remove(L, -2);
    return true;
}

void od_push_applied(lua_State *L, int index, int context, int columns) {
    if (!od_push_applied_doc(L, index, context)) od_expected(L, "Template", index);
    od_push_rendered(L, lua_gettop(L), columns ? columns : -1);
    lua_remove(L, -2);
}

// ---- metadata -----------------------------------------------------------------------------------

static void push_context_value(lua_State *L, int value, int blocks, int inlines, int depth) {
    luaL_checkstack(L, 16, NULL);
    if (depth > OD_TEMPLATE_DEPTH_MAX) luaL_error(L, "the metadata is nested too deep");
    value = lua_absindex(L, value);
    const bool is_blocks = od_is_list(L, value, OD_LIST_BLOCKS);
    if (is_blocks || od_is_list(L, value, OD_LIST_INLINES)) {
        lua_pushvalue(L, is_blocks ? blocks : inlines);
        lua_pushvalue(L, value);
        lua_call(L, 1, 1);
        return;
    }
    if (!lua_istable(L, value)) {
        lua_pushvalue(L, value);
        return;
    }
    lua_newtable(L);
    if (od_is_list(L, value, OD_LIST_PLAIN)) {
        od_push_list_metatable(L, OD_LIST_PLAIN);
        lua_setmetatable(L, -2);
    }
    const int made = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, value); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        push_context_value(L, -2, blocks, inlines, depth + 1);
        lua_rawset(L, made);
    }
}

void od_push_context(lua_State *L, int meta, int blocks, int inlines) {
    push_context_value(L, meta, lua_absindex(L, blocks), lua_absindex(L, inlines), 0);
}
