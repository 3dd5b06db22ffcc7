#include "lua/doc.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "lua/keeper.h"

static const char DOC_KEY; // its address is the key of the metatable

// User values of a Doc.
enum { TEXT = 1, A, B };

// ---- making -------------------------------------------------------------------------------------

void od_open_docs(lua_State *L, const luaL_Reg *metamethods) {
    lua_newtable(L);
    luaL_setfuncs(L, metamethods, 0);
    lua_pushliteral(L, "Doc");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, true);
    lua_setfield(L, -2, "__metatable");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &DOC_KEY);
}

const od_doc *od_to_doc(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &DOC_KEY);
    const bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same ? lua_touserdata(L, index) : NULL;
}

static od_doc *push_new(lua_State *L, od_doc_kind kind) {
    luaL_checkstack(L, 8, NULL);
    od_doc *const doc = lua_newuserdatauv(L, sizeof *doc, B);
    *doc = (od_doc){.kind = kind};
    lua_rawgetp(L, LUA_REGISTRYINDEX, &DOC_KEY);
    lua_setmetatable(L, -2);
    return doc;
}

void od_push_doc(lua_State *L, od_doc_kind kind, int64_t number) {
    push_new(L, kind)->number = number;
}

static void keep_text(lua_State *L, od_doc *doc, int text) {
    lua_pushvalue(L, text);
    doc->text.data = lua_tolstring(L, -1, &doc->text.size);
    lua_setiuservalue(L, -2, TEXT);
}

void od_push_doc_text(lua_State *L, od_doc_kind kind, int text) {
    text = lua_absindex(L, text);
    od_doc *const doc = push_new(L, kind);
    keep_text(L, doc, text);
    doc->number = (int64_t)od_utf8_width(doc->text);
}

// Replaces the part on top of the stack by a Doc around it.
static od_doc *push_around(lua_State *L, od_doc_kind kind) {
    od_doc *const doc = push_new(L, kind);
    doc->a = lua_touserdata(L, -2);
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, A);
    return doc;
}

void od_wrap_doc(lua_State *L, od_doc_kind kind, int text) {
    const od_doc *const inner = lua_touserdata(L, -1);
    if (inner->kind == OD_DOC_EMPTY && kind != OD_DOC_BEFORE_NON_BLANK) return;
    if (text) text = lua_absindex(L, text);
    od_doc *const doc = push_around(L, kind);
    if (text) keep_text(L, doc, text);
}

void od_indent_doc(lua_State *L, int64_t width) {
    luaL_Buffer spaces;
    luaL_buffinit(L, &spaces);
    for (; width > 0; width--) luaL_addchar(&spaces, ' ');
    luaL_pushresult(&spaces);
    lua_insert(L, -2);
    od_wrap_doc(L, OD_DOC_PREFIXED, -2);
    lua_remove(L, -2);
}

void od_concat_docs(lua_State *L) {
    const od_doc *const a = lua_touserdata(L, -2), *const b = lua_touserdata(L, -1);
    if (b->kind == OD_DOC_EMPTY) {
        lua_pop(L, 1);
    } else if (a->kind == OD_DOC_EMPTY) {
        lua_remove(L, -2);
    } else {
        od_doc *const doc = push_around(L, OD_DOC_CONCAT); // around b
        doc->b = b;
        doc->a = a;
        lua_getiuservalue(L, -1, A);
        lua_setiuservalue(L, -2, B);
        lua_insert(L, -2);
        lua_setiuservalue(L, -2, A);
    }
}

void od_join_docs(lua_State *L, od_doc_kind kind, int64_t number) {
    const od_doc *const a = lua_touserdata(L, -2), *const b = lua_touserdata(L, -1);
    if (a->kind != OD_DOC_EMPTY && b->kind != OD_DOC_EMPTY) {
        od_push_doc(L, kind, number);
        lua_insert(L, -2);
        od_concat_docs(L);
    }
    od_concat_docs(L);
}

void od_push_literal(lua_State *L, od_slice text) {
    luaL_checkstack(L, 8, NULL);
    od_push_doc(L, OD_DOC_EMPTY, 0);
    for (size_t at = 0;;) {
        const size_t line_end = od_slice_find(text, OD_SLICE("\n"), at);
        const size_t end = line_end == SIZE_MAX ? text.size : line_end;
        if (end > at) {
            lua_pushlstring(L, text.data + at, end - at);
            od_push_doc_text(L, OD_DOC_TEXT, -1);
            lua_remove(L, -2);
            od_concat_docs(L);
        }
        if (line_end == SIZE_MAX) return;
        od_push_doc(L, OD_DOC_NEW_LINE, 0);
        od_concat_docs(L);
        at = line_end + 1;
    }
}

bool od_push_as_doc(lua_State *L, int index) {
    if (od_to_doc(L, index)) {
        lua_pushvalue(L, index);
        return true;
    }
    if (!lua_isstring(L, index)) return false;
    lua_pushvalue(L, index);
    size_t size;
    const char *const data = lua_tolstring(L, -1, &size);
    od_push_literal(L, (od_slice){data, size});
    lua_remove(L, -2);
    return true;
}

// ---- lists of parts -----------------------------------------------------------------------------

typedef struct parts {
    OD_ARRAY(const od_doc *) list;
} parts;

// Unfolds a Doc into the list of its parts: no concatenations, no empty ones.
static void unfold(od_arena *arena, const od_doc *doc, parts *into) {
    OD_ARRAY(const od_doc *) stack = {0};
    *od_array_push(arena, &stack) = doc;
    while (stack.count) {
        const od_doc *const top = stack.items[--stack.count];
        if (top->kind == OD_DOC_CONCAT) {
            *od_array_push(arena, &stack) = top->b;
            *od_array_push(arena, &stack) = top->a;
        } else if (top->kind != OD_DOC_EMPTY) {
            *od_array_push(arena, &into->list) = top;
        }
    }
}

static const od_doc CARRIAGE_RETURN = {.kind = OD_DOC_CARRIAGE_RETURN};

// Returns what two vertical or breaking spaces that meet come to, or NULL when both stay.
static const od_doc *merge(const od_doc *a, const od_doc *b) {
    const od_doc_kind x = a->kind, y = b->kind;
    if (x == OD_DOC_BLANK_LINES) {
        if (y == OD_DOC_BLANK_LINES) return a->number >= b->number ? a : b;
        const bool weaker = y == OD_DOC_BREAKING_SPACE || y == OD_DOC_CARRIAGE_RETURN ||
                            y == OD_DOC_NEW_LINE;
        return weaker ? a : NULL;
    }
    if (x == OD_DOC_NEW_LINE) {
        if (y == OD_DOC_BLANK_LINES) return b;
        return y == OD_DOC_BREAKING_SPACE || y == OD_DOC_CARRIAGE_RETURN ? a : NULL;
    }
    if (x == OD_DOC_CARRIAGE_RETURN) {
        if (y == OD_DOC_BLANK_LINES) return b;
        return y == OD_DOC_BREAKING_SPACE || y == OD_DOC_CARRIAGE_RETURN ? a : NULL;
    }
    if (x != OD_DOC_BREAKING_SPACE) return NULL;
    const bool space = y == OD_DOC_CARRIAGE_RETURN || y == OD_DOC_NEW_LINE ||
                       y == OD_DOC_BLANK_LINES || y == OD_DOC_BREAKING_SPACE;
    return space ? b : NULL;
}

// Merges spaces that meet; what stands last ends its line at most.
static void normalize(parts *p) {
    size_t kept = 0;
    for (size_t i = 0; i < p->list.count; i++) {
        const od_doc *const merged =
            kept ? merge(p->list.items[kept - 1], p->list.items[i]) : NULL;
        if (merged) p->list.items[kept - 1] = merged;
        else p->list.items[kept++] = p->list.items[i];
    }
    if (kept) {
        const od_doc_kind last = p->list.items[kept - 1]->kind;
        if (last == OD_DOC_NEW_LINE || last == OD_DOC_BLANK_LINES)
            p->list.items[kept - 1] = &CARRIAGE_RETURN;
        if (last == OD_DOC_BREAKING_SPACE) kept--;
    }
    p->list.count = kept;
}

// ---- laying out ---------------------------------------------------------------------------------

// A list of parts that is being laid out, and what is put back after it.
typedef struct level {
    parts parts;
    size_t at;
    size_t prefix;   // size of the prefix before it
    bool use_prefix;
} level;

typedef struct layout {
    od_arena *arena;
    od_buf *out;
    OD_ARRAY(level) levels;
    OD_ARRAY(char) prefix;
    bool use_prefix;
    int64_t columns; // -1: lines are not broken
    int64_t column, newlines;
} layout;

static void enter(layout *l, const od_doc *doc, size_t prefix, bool use_prefix) {
    parts p = {0};
    unfold(l->arena, doc, &p);
    normalize(&p);
    *od_array_push(l->arena, &l->levels) =
        (level){.parts = p, .prefix = prefix, .use_prefix = use_prefix};
}

static od_slice prefix_of(const layout *l) {
    return l->use_prefix ? (od_slice){l->prefix.items, l->prefix.count} : (od_slice){0};
}

static void add_prefix(layout *l, od_slice text) {
    for (size_t i = 0; i < text.size; i++) *od_array_push(l->arena, &l->prefix) = text.data[i];
}

static void new_line(layout *l) {
    od_slice prefix = prefix_of(l);
    while (prefix.size && strchr(" \t", prefix.data[prefix.size - 1])) prefix.size--;
    if (l->column == 0) od_buf_add(l->out, prefix);
    od_buf_byte(l->out, '\n');
    l->column = 0;
    l->newlines++;
}

static void put(layout *l, od_slice text, int64_t width) {
    const od_slice prefix = prefix_of(l);
    if (l->column == 0) {
        od_buf_add(l->out, prefix);
        l->column += (int64_t)od_utf8_width(prefix);
    }
    od_buf_add(l->out, text);
    l->column += width;
    l->newlines = 0;
}

static bool is_breakable(const od_doc *doc) {
    return doc->kind == OD_DOC_BREAKING_SPACE || doc->kind == OD_DOC_CARRIAGE_RETURN ||
           doc->kind == OD_DOC_NEW_LINE || doc->kind == OD_DOC_BLANK_LINES;
}

static int64_t width_of(const od_doc *doc) {
    return doc->kind == OD_DOC_TEXT || doc->kind == OD_DOC_BLOCK || doc->kind == OD_DOC_VFILL
               ? doc->number
               : 0;
}

static void put_space(layout *l, level *v) {
    int64_t width = 0;
    for (size_t i = v->at; i < v->parts.list.count && !is_breakable(v->parts.list.items[i]); i++)
        width += width_of(v->parts.list.items[i]);
    if (l->columns >= 0 && l->column + 1 + width > l->columns) new_line(l);
    else if (l->column > 0) put(l, OD_SLICE(" "), 1);
}

static bool is_space_at_start(od_slice text) {
    size_t size;
    return text.size && od_is_space(od_utf8_read(text, 0, &size));
}

// Whether a Doc starts with white space, or is nothing.
static bool starts_blank(const od_doc *doc) {
    for (;;) {
        switch (doc->kind) {
        case OD_DOC_TEXT:
        case OD_DOC_AFTER_BREAK: return is_space_at_start(doc->text);
        case OD_DOC_BLOCK:
        case OD_DOC_VFILL: return doc->number > 0 && is_space_at_start(doc->text);
        case OD_DOC_PREFIXED:
        case OD_DOC_BEFORE_NON_BLANK:
        case OD_DOC_FLUSH:
        case OD_DOC_STYLED:
        case OD_DOC_CONCAT: doc = doc->a; continue;
        default: return true;
        }
    }
}

static bool is_block(const od_doc *doc) {
    return doc->kind == OD_DOC_BLOCK || doc->kind == OD_DOC_VFILL;
}

// Returns line `index` of a block, empty behind its last.
static od_slice line_of(const od_doc *doc, size_t index) {
    if (doc->kind == OD_DOC_VFILL) return doc->text;
    if (index >= doc->lines) return (od_slice){0};
    size_t start = 0;
    for (; index; index--) start = od_slice_find(doc->text, OD_SLICE("\n"), start) + 1;
    const size_t end = od_slice_find(doc->text, OD_SLICE("\n"), start);
    return od_slice_cut(doc->text, start, end == SIZE_MAX ? doc->text.size : end);
}

// Lays out blocks side by side: those from `first` up to `end` of the parts.
static void put_blocks(layout *l, const od_doc *const *first, const od_doc *const *end) {
    size_t height = 1;
    for (const od_doc *const *b = first; b < end; b++)
        if ((*b)->kind == OD_DOC_BLOCK && (*b)->lines > height) height = (*b)->lines;
    const size_t before = l->prefix.count;
    const od_slice prefix = {l->prefix.items, l->prefix.count};
    for (int64_t n = l->column - (int64_t)od_utf8_width(prefix); n > 0; n--)
        add_prefix(l, OD_SLICE(" "));
    for (size_t row = 0; row < height; row++) {
        if (row && l->newlines == 0) new_line(l);
        od_buf line = {0};
        int64_t width = 0, wanted = 0;
        for (const od_doc *const *b = first; b < end; b++) {
            for (; b > first && width < wanted; width++) od_buf_byte(&line, ' ');
            const od_slice piece = line_of(*b, row);
            od_buf_add(&line, piece);
            width += (int64_t)od_utf8_width(piece);
            wanted += (*b)->number;
        }
        if (line.size) put(l, od_buf_slice(&line), width);
        od_buf_free(&line);
    }
    l->prefix.count = before;
}

static void put_blank_lines(layout *l, int64_t number) {
    for (int64_t n = 1 + number - l->newlines; n > 0; n--) new_line(l);
}

// Lays out the next part of the innermost level, or ends that level.
static void step(layout *l) {
    level *const v = &l->levels.items[l->levels.count - 1];
    if (v->at == v->parts.list.count) {
        l->prefix.count = v->prefix;
        l->use_prefix = v->use_prefix;
        l->levels.count--;
        return;
    }
    const od_doc *const *const rest = v->parts.list.items + v->at++;
    const od_doc *const *const end = v->parts.list.items + v->parts.list.count;
    const od_doc *const doc = *rest;
    const size_t prefix = l->prefix.count;
    const bool use_prefix = l->use_prefix;
    switch (doc->kind) {
    case OD_DOC_TEXT: put(l, doc->text, doc->number); break;
    case OD_DOC_PREFIXED:
        add_prefix(l, doc->text);
        enter(l, doc->a, prefix, use_prefix);
        break;
    case OD_DOC_FLUSH:
        l->use_prefix = false;
        enter(l, doc->a, prefix, use_prefix);
        break;
    case OD_DOC_STYLED: enter(l, doc->a, prefix, use_prefix); break;
    case OD_DOC_BEFORE_NON_BLANK:
        if (rest + 1 < end && !starts_blank(rest[1])) enter(l, doc->a, prefix, use_prefix);
        break;
    case OD_DOC_BREAKING_SPACE: put_space(l, v); break;
    case OD_DOC_AFTER_BREAK:
        if (l->newlines > 0) put(l, doc->text, (int64_t)od_utf8_width(doc->text));
        break;
    case OD_DOC_CARRIAGE_RETURN:
        if (l->newlines == 0) new_line(l);
        break;
    case OD_DOC_NEW_LINE: new_line(l); break;
    case OD_DOC_BLANK_LINES: put_blank_lines(l, doc->number); break;
    case OD_DOC_BLOCK:
    case OD_DOC_VFILL: {
        const od_doc *const *last = rest;
        while (last < end && is_block(*last)) last++;
        v->at = (size_t)(last - v->parts.list.items);
        put_blocks(l, rest, last);
        break;
    }
    case OD_DOC_EMPTY:
    case OD_DOC_CONCAT: break;
    }
}

void od_push_rendered(lua_State *L, int index, int64_t columns) {
    const od_doc *const doc = lua_touserdata(L, index);
    const int top = lua_gettop(L);
    od_arena *const arena = od_push_arena(L);
    layout l = {.arena = arena, .out = od_push_buf(L), .columns = columns, .use_prefix = true,
                .newlines = 2};
    enter(&l, doc, 0, true);
    while (l.levels.count) step(&l);
    lua_pushlstring(L, l.out->data ? l.out->data : "", l.out->size);
    lua_replace(L, top + 1);
    lua_settop(L, top + 1);
}

// ---- measuring ----------------------------------------------------------------------------------

typedef struct measure {
    parts parts;
    size_t at;
    int64_t longest, column; // of what is around it
    int64_t prefix;
} measure;

// The line that is being measured.
typedef struct ruler {
    int64_t longest, column;
    bool broken; // at all spaces
} ruler;

static void end_line(ruler *r) {
    if (r->column > r->longest) r->longest = r->column;
    r->column = 0;
}

// Measures a Doc without parts; false for one that has any.
static bool measure_leaf(ruler *r, const od_doc *doc) {
    switch (doc->kind) {
    case OD_DOC_TEXT:
    case OD_DOC_BLOCK:
    case OD_DOC_VFILL: r->column += doc->number; return true;
    case OD_DOC_CARRIAGE_RETURN:
    case OD_DOC_NEW_LINE:
    case OD_DOC_BLANK_LINES: end_line(r); return true;
    case OD_DOC_BREAKING_SPACE:
        if (r->broken && r->column > 0) end_line(r);
        else r->column++;
        return true;
    case OD_DOC_AFTER_BREAK:
        if (r->column == 0) r->column = (int64_t)od_utf8_width(doc->text);
        return true;
    default: return false;
    }
}

// Goes back to what is around a level that was measured.
static void end_level(ruler *r, const measure *m) {
    if (m->prefix < 0) return;
    const int64_t longest = r->longest + m->prefix;
    r->longest = longest > m->longest ? longest : m->longest;
    r->column += m->prefix;
}

int64_t od_doc_offset(lua_State *L, int index, int64_t column, bool broken, int64_t *longest) {
    const od_doc *const top = lua_touserdata(L, index);
    od_arena *const arena = od_push_arena(L);
    OD_ARRAY(measure) levels = {0};
    ruler r = {.column = column, .broken = broken};
    measure *m = od_array_push(arena, &levels);
    m->prefix = -1;
    unfold(arena, top, &m->parts);
    while (levels.count) {
        m = &levels.items[levels.count - 1];
        if (m->at == m->parts.list.count) {
            end_level(&r, m);
            levels.count--;
            continue;
        }
        const od_doc *const doc = m->parts.list.items[m->at++];
        const od_doc *const next = m->at < m->parts.list.count ? m->parts.list.items[m->at] : NULL;
        if (measure_leaf(&r, doc)) continue;
        if (doc->kind == OD_DOC_BEFORE_NON_BLANK && (!next || starts_blank(next))) continue;
        measure inner = {.prefix = -1};
        if (doc->kind == OD_DOC_PREFIXED) {
            inner.longest = r.longest;
            inner.column = r.column;
            inner.prefix = (int64_t)od_utf8_width(doc->text);
            r.longest = r.column = 0;
        }
        unfold(arena, doc->a, &inner.parts);
        *od_array_push(arena, &levels) = inner;
    }
    if (longest) *longest = r.column > r.longest ? r.column : r.longest;
    lua_pop(L, 1);
    return r.column;
}

// ---- changing -----------------------------------------------------------------------------------

// Pushes a table of the parts of the Doc at `index`, in order: unfold on Lua's side.
static void push_parts(lua_State *L, int index) {
    lua_newtable(L);
    const int list = lua_gettop(L);
    lua_newtable(L); // a stack of Docs
    const int stack = lua_gettop(L);
    lua_pushvalue(L, index);
    lua_rawseti(L, stack, 1);
    lua_Integer depth = 1, count = 0;
    while (depth) {
        lua_rawgeti(L, stack, depth--);
        const od_doc *const doc = lua_touserdata(L, -1);
        if (doc->kind == OD_DOC_CONCAT) {
            lua_getiuservalue(L, -1, B);
            lua_rawseti(L, stack, ++depth);
            lua_getiuservalue(L, -1, A);
            lua_rawseti(L, stack, ++depth);
            lua_pop(L, 1);
        } else if (doc->kind != OD_DOC_EMPTY) {
            lua_rawseti(L, list, ++count);
        } else {
            lua_pop(L, 1);
        }
    }
    lua_settop(L, list);
}

// Replaces the table of parts on top of the stack by the Doc of those from `first` to `last`.
static void join_parts(lua_State *L, lua_Integer first, lua_Integer last) {
    od_push_doc(L, OD_DOC_EMPTY, 0);
    for (lua_Integer i = first; i <= last; i++) {
        lua_rawgeti(L, -2, i);
        od_concat_docs(L);
    }
    lua_remove(L, -2);
}

void od_cut_line_end(lua_State *L) {
    push_parts(L, lua_gettop(L));
    const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    lua_rawgeti(L, -1, count);
    const od_doc *const last = count ? lua_touserdata(L, -1) : NULL;
    lua_pop(L, 1);
    if (!last || (last->kind != OD_DOC_CARRIAGE_RETURN && last->kind != OD_DOC_NEW_LINE)) {
        lua_pop(L, 1);
        return;
    }
    join_parts(L, 1, count - 1);
    lua_replace(L, -2);
}

static int chomp_function(lua_State *L) {
    od_chomp_doc(L);
    return 1;
}

void od_chomp_doc(lua_State *L) {
    push_parts(L, lua_gettop(L));
    lua_remove(L, -2);
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    for (; count; count--) {
        lua_rawgeti(L, -1, count);
        const od_doc *const doc = lua_touserdata(L, -1);
        if (is_breakable(doc)) {
            lua_pop(L, 1);
            continue;
        }
        if (doc->kind == OD_DOC_PREFIXED) {
            // Through a call, so that Lua bounds the depth.
            lua_getiuservalue(L, -1, TEXT);
            lua_pushcfunction(L, chomp_function);
            lua_getiuservalue(L, -3, A);
            lua_call(L, 1, 1);
            od_wrap_doc(L, OD_DOC_PREFIXED, -2);
            lua_replace(L, -3);
            lua_pop(L, 1);
        }
        lua_rawseti(L, -2, count);
        break;
    }
    join_parts(L, 1, count);
}

void od_nestle_doc(lua_State *L) {
    push_parts(L, lua_gettop(L));
    lua_remove(L, -2);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    lua_Integer first = 1;
    for (; first <= count; first++) {
        lua_rawgeti(L, -1, first);
        const od_doc_kind kind = ((const od_doc *)lua_touserdata(L, -1))->kind;
        lua_pop(L, 1);
        if (kind != OD_DOC_BLANK_LINES && kind != OD_DOC_NEW_LINE) break;
    }
    join_parts(L, first, count);
}

void od_unbreak_doc(lua_State *L) {
    push_parts(L, lua_gettop(L));
    lua_remove(L, -2);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        const od_doc_kind kind = ((const od_doc *)lua_touserdata(L, -1))->kind;
        lua_pop(L, 1);
        if (kind != OD_DOC_BREAKING_SPACE) continue;
        lua_pushliteral(L, " ");
        od_push_doc_text(L, OD_DOC_TEXT, -1);
        lua_remove(L, -2);
        lua_rawseti(L, -2, i);
    }
    join_parts(L, 1, count);
}

// ---- blocks -------------------------------------------------------------------------------------

typedef struct boxer {
    od_doc_alignment alignment;
    int64_t width;
    od_buf *out;
    size_t lines;
} boxer;

static void add_aligned(boxer *b, od_slice line) {
    if (b->lines++) od_buf_byte(b->out, '\n');
    int64_t pad = b->alignment == OD_DOC_LEFT ? 0 : b->width - (int64_t)od_utf8_width(line);
    if (b->alignment == OD_DOC_CENTER && pad > 0) pad /= 2;
    for (; pad > 0; pad--) od_buf_byte(b->out, ' ');
    od_buf_add(b->out, line);
}

// Adds `line`, cut for the width. The pieces are filled from the end, so that the first is the
// shortest.
static void add_cut(boxer *b, od_arena *arena, od_slice line) {
    OD_ARRAY(size_t) starts = {0};
    int64_t used = 0;
    for (size_t at = line.size, size; at > 0; at -= size) {
        od_utf8_read_before(line, at, &size);
        const int64_t cells = (int64_t)od_utf8_width(od_slice_cut(line, at - size, at));
        if (used + cells > b->width && used > 0) {
            *od_array_push(arena, &starts) = at;
            used = 0;
        }
        used += cells;
    }
    size_t start = 0;
    while (starts.count) {
        const size_t end = starts.items[--starts.count];
        add_aligned(b, od_slice_cut(line, start, end));
        start = end;
    }
    add_aligned(b, od_slice_from(line, start));
}

// Adds the lines of `text`, of which the last does not count when it is empty.
static void box_lines(boxer *b, od_arena *arena, od_slice text) {
    for (size_t start = 0;;) {
        const size_t line_end = od_slice_find(text, OD_SLICE("\n"), start);
        const size_t end = line_end == SIZE_MAX ? text.size : line_end;
        if (line_end != SIZE_MAX || end > start)
            add_cut(b, arena, od_slice_cut(text, start, end));
        if (line_end == SIZE_MAX) return;
        start = line_end + 1;
    }
}

void od_block_doc(lua_State *L, od_doc_alignment alignment, int64_t width) {
    const od_doc *const inner = lua_touserdata(L, -1);
    if (width < 1 && inner->kind != OD_DOC_EMPTY) width = 1;
    const int top = lua_gettop(L);
    od_push_rendered(L, top, width);
    size_t size;
    const char *const data = lua_tolstring(L, -1, &size);
    od_arena *const arena = od_push_arena(L);
    boxer b = {alignment, width, od_push_buf(L), 0};
    box_lines(&b, arena, (od_slice){data, size});
    lua_pushlstring(L, b.out->data ? b.out->data : "", b.out->size);
    od_push_doc_text(L, OD_DOC_BLOCK, -1);
    od_doc *const doc = lua_touserdata(L, -1);
    doc->number = width;
    doc->lines = b.lines;
    lua_replace(L, top);
    lua_settop(L, top);
}

// ---- equality -----------------------------------------------------------------------------------

static bool same_part(const od_doc *a, const od_doc *b) {
    return a->kind == b->kind && a->number == b->number && a->lines == b->lines &&
           od_slice_equal(a->text, b->text);
}

bool od_docs_equal(lua_State *L, const od_doc *a, const od_doc *b) {
    od_arena *const arena = od_push_arena(L);
    OD_ARRAY(const od_doc *) stack = {0};
    *od_array_push(arena, &stack) = a;
    *od_array_push(arena, &stack) = b;
    bool same = true;
    while (stack.count && same) {
        parts x = {0}, y = {0};
        unfold(arena, stack.items[--stack.count], &y);
        unfold(arena, stack.items[--stack.count], &x);
        same = x.list.count == y.list.count;
        for (size_t i = 0; same && i < x.list.count; i++) {
            same = same_part(x.list.items[i], y.list.items[i]);
            if (!same || !x.list.items[i]->a) continue;
            *od_array_push(arena, &stack) = x.list.items[i]->a;
            *od_array_push(arena, &stack) = y.list.items[i]->a;
        }
    }
    lua_pop(L, 1);
    return same;
}
