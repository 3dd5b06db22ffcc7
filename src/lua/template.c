#include "lua/template.h"

#include "base/utf8.h"
#include "lua/doc.h"
#include "lua/keeper.h"
#include "lua/modules.h"

#include <ctype.h>
#include <stdlib.h>

static const char TEMPLATE_KEY; // its address is the key of the metatable

// Templates are nested by hand, a dozen levels at most; reading and applying them recurses.
enum { DEPTH_MAX = 150, PARTIALS_MAX = 50 };

typedef enum pipe_kind {
    PAIRS,
    UPPERCASE,
    LOWERCASE,
    LENGTH,
    REVERSE,
    FIRST,
    LAST,
    REST,
    ALL_BUT_LAST,
    CHOMP,
    ALPHA,
    ROMAN,
    NO_WRAP,
    LEFT,
    RIGHT,
    CENTER,
} pipe_kind;

typedef struct pipe {
    pipe_kind kind;
    int64_t width; // LEFT, RIGHT, CENTER
    od_slice before, after;
} pipe;

typedef struct variable {
    OD_ARRAY(od_slice) parts;
    OD_ARRAY(pipe) pipes;
} variable;

typedef enum kind {
    LITERAL,     // text
    BREAK,       // a space at which a line may be broken
    INTERPOLATE, // variable
    CONDITIONAL, // variable, first, second
    ITERATE,     // variable, first, second: the separator
    NESTED,      // first
    PARTIAL,     // first, pipes of variable
} kind;

typedef struct node node;

typedef struct nodes {
    OD_ARRAY(node) list;
} nodes;

struct node {
    kind kind;
    od_slice text;
    variable variable;
    nodes first, second;
};

typedef struct template {
    od_arena arena;
    nodes nodes;
} template;

// ---- parsing -----------------------------------------------------------------------------------------

typedef struct parser {
    lua_State *L;
    od_arena *arena;
    const char *path; // of partials, or NULL
    od_slice text;
    size_t at;
    bool breaking;          // between `$~$`
    size_t first_non_space; // of the line
    size_t nested;          // column of `$^$`, SIZE_MAX outside
    int depth, partials;
} parser;

static size_t column_at(const parser *p, size_t at) {
    size_t start = at;
    while (start && p->text.data[start - 1] != '\n' && p->text.data[start - 1] != '\r') start--;
    return od_utf8_count(od_slice_cut(p->text, start, at));
}

static int fail_at(parser *p, const char *message) {
    size_t line = 1;
    for (size_t i = 0; i < p->at && i < p->text.size; i++) line += p->text.data[i] == '\n';
    const size_t column = column_at(p, p->at < p->text.size ? p->at : p->text.size) + 1;
    return od_error(p->L, "\"%s\" (line %zu, column %zu):\n%s", p->path ? p->path : "template", line,
                    column, message);
}

static bool at_end(const parser *p) {
    return p->at >= p->text.size;
}

static char peek(const parser *p, size_t ahead) {
    return p->at + ahead < p->text.size ? p->text.data[p->at + ahead] : '\0';
}

static bool skip_text(parser *p, const char *text) {
    const size_t size = strlen(text);
    if (p->text.size - p->at < size || memcmp(p->text.data + p->at, text, size) != 0) return false;
    p->at += size;
    return true;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static void skip_blanks(parser *p) {
    while (!at_end(p) && is_blank(peek(p, 0))) p->at++;
}

static bool skip_line_end(parser *p) {
    return skip_text(p, "\r\n") || skip_text(p, "\n") || skip_text(p, "\r");
}

// Skips a line end or the end of the text after a directive.
static bool skip_end_of_line(parser *p) {
    if (!at_end(p) && !skip_line_end(p)) return false;
    size_t at = p->at;
    while (at < p->text.size && is_blank(p->text.data[at])) at++;
    p->first_non_space = at;
    return true;
}

// Opens a directive, `$` or `${`; returns its closer, or 0.
static char open_directive(parser *p) {
    if (peek(p, 0) != '$' || peek(p, 1) == '$') return 0;
    if (peek(p, 1) == '{') {
        if (peek(p, 2) == '}') return 0;
        p->at += 2;
        skip_blanks(p);
        return '}';
    }
    p->at++;
    skip_blanks(p);
    return '$';
}

static void close_directive(parser *p, char closer) {
    skip_blanks(p);
    if (peek(p, 0) != closer || at_end(p))
        fail_at(p, at_end(p) ? "unexpected end of input" : "the directive is not closed here");
    p->at++;
}

// Whether a directive of the word `name` alone stands here; skips it when it does.
static bool skip_word_directive(parser *p, const char *name) {
    const size_t start = p->at;
    const char closer = open_directive(p);
    if (closer && skip_text(p, name)) {
        skip_blanks(p);
        if (!at_end(p) && peek(p, 0) == closer) {
            p->at++;
            return true;
        }
    }
    p->at = start;
    return false;
}

static bool is_word_byte(const parser *p, size_t ahead, bool first) {
    const unsigned char c = (unsigned char)peek(p, ahead);
    if (p->at + ahead >= p->text.size) return false;
    return isalpha(c) || c >= 0x80 || (!first && (isdigit(c) || c == '_' || c == '-'));
}

static bool is_reserved(od_slice word) {
    static const char *const WORDS[] = {"if", "else", "endif", "elseif", "for", "endfor", "sep"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (od_slice_is(word, WORDS[i])) return true;
    return false;
}

static bool read_name(parser *p, od_slice *name) {
    size_t size = 0;
    while (is_word_byte(p, size, size == 0)) size++;
    *name = od_slice_cut(p->text, p->at, p->at + size);
    if (!size || is_reserved(*name)) return false;
    p->at += size;
    return true;
}

static od_slice read_quoted(parser *p) {
    skip_blanks(p);
    if (peek(p, 0) != '"') return (od_slice){0};
    p->at++;
    od_buf *const out = od_push_buf(p->L);
    while (!at_end(p) && peek(p, 0) != '"') {
        if (peek(p, 0) == '\\' && p->at + 1 < p->text.size) p->at++;
        od_buf_byte(out, peek(p, 0));
        p->at++;
    }
    if (at_end(p)) fail_at(p, "unexpected end of input");
    p->at++;
    const od_slice copy = od_arena_copy(p->arena, od_buf_slice(out));
    lua_pop(p->L, 1);
    return copy;
}

static void read_pipe(parser *p, variable *v) {
    static const char *const NAMES[] = {
        [PAIRS] = "pairs",     [UPPERCASE] = "uppercase", [LOWERCASE] = "lowercase",
        [LENGTH] = "length",   [REVERSE] = "reverse",     [FIRST] = "first",
        [LAST] = "last",       [REST] = "rest",           [ALL_BUT_LAST] = "allbutlast",
        [CHOMP] = "chomp",     [ALPHA] = "alpha",         [ROMAN] = "roman",
        [NO_WRAP] = "nowrap",  [LEFT] = "left",           [RIGHT] = "right",
        [CENTER] = "center"};
    size_t size = 0;
    while (isalpha((unsigned char)peek(p, size))) size++;
    const od_slice name = od_slice_cut(p->text, p->at, p->at + size);
    size_t kind = 0;
    while (kind <= CENTER && !od_slice_is(name, NAMES[kind])) kind++;
    p->at += size;
    if (kind > CENTER) {
        lua_pushlstring(p->L, name.data, name.size);
        lua_pushfstring(p->L, "Unknown pipe %s", lua_tostring(p->L, -1));
        fail_at(p, lua_tostring(p->L, -1));
    }
    pipe *const pipe = od_array_push(p->arena, &v->pipes);
    pipe->kind = (pipe_kind)kind;
    if (kind < LEFT) return;
    skip_blanks(p);
    if (!isdigit((unsigned char)peek(p, 0))) fail_at(p, "expecting a width");
    for (; isdigit((unsigned char)peek(p, 0)) && pipe->width < 100000; p->at++)
        pipe->width = pipe->width * 10 + (peek(p, 0) - '0');
    pipe->before = read_quoted(p);
    pipe->after = read_quoted(p);
}

static bool read_variable(parser *p, variable *v) {
    const size_t start = p->at;
    od_slice name;
    if (!read_name(p, &name)) {
        p->at = start;
        return false;
    }
    *od_array_push(p->arena, &v->parts) = name;
    while (peek(p, 0) == '.') {
        p->at++;
        if (!read_name(p, &name)) fail_at(p, "expecting a name");
        *od_array_push(p->arena, &v->parts) = name;
    }
    while (peek(p, 0) == '/') {
        p->at++;
        read_pipe(p, v);
    }
    return true;
}

static node *add_node(parser *p, nodes *into, kind kind) {
    node *const n = od_array_push(p->arena, &into->list);
    n->kind = kind;
    return n;
}

static void add_literal(parser *p, nodes *into, od_slice text) {
    node *const last = into->list.count ? &into->list.items[into->list.count - 1] : NULL;
    const bool joins = last && last->kind == LITERAL && last->text.data + last->text.size == text.data;
    if (joins) last->text.size += text.size;
    else add_node(p, into, LITERAL)->text = text;
}

// Adds text between `$~$`: its white space may break lines.
static void add_breakable(parser *p, nodes *into, od_slice text) {
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && !is_blank(text.data[end])) end++;
        if (end > at) add_literal(p, into, od_slice_cut(text, at, end));
        if (end < text.size) add_node(p, into, BREAK);
        while (end < text.size && is_blank(text.data[end])) end++;
        at = end;
    }
}

static void read_text(parser *p, nodes *into) {
    const size_t start = p->at;
    bool blank = true;
    while (!at_end(p) && !strchr("$\r\n", peek(p, 0))) {
        blank = blank && is_blank(peek(p, 0));
        p->at++;
    }
    while (p->at == start) p->at++; // a NUL
    if (blank && !memchr(p->text.data, '\n', start)) p->first_non_space = p->at;
    const od_slice text = od_slice_cut(p->text, start, p->at);
    if (p->breaking) add_breakable(p, into, text);
    else add_literal(p, into, text);
}

// Reads a line end with the blanks behind it; false, within `$^$`, when the next line stands elsewhere.
static bool read_line_end(parser *p, nodes *into) {
    const size_t start = p->at;
    skip_line_end(p);
    const size_t end = p->at;
    skip_blanks(p);
    if (p->nested != SIZE_MAX && column_at(p, p->at) != p->nested) {
        // A blank line belongs to what is nested.
        if (!(peek(p, 0) == '\n' || peek(p, 0) == '\r')) {
            p->at = start;
            return false;
        }
    }
    p->first_non_space = p->at;
    if (p->breaking) add_node(p, into, BREAK);
    else add_literal(p, into, od_slice_cut(p->text, start, p->nested == SIZE_MAX ? p->at : end));
    return true;
}

static void skip_comments(parser *p) {
    while (peek(p, 0) == '$' && peek(p, 1) == '-' && peek(p, 2) == '-') {
        const bool whole_line = column_at(p, p->at) == 0;
        while (!at_end(p) && peek(p, 0) != '\n') p->at++;
        if (whole_line) skip_line_end(p);
    }
}

static void read_nodes(parser *p, nodes *into);

// Makes what stands alone on its line, indented, nested by its column.
static void finish_value(parser *p, nodes *into, size_t start, node made) {
    const bool alone = p->first_non_space == start &&
                       (at_end(p) || peek(p, 0) == '\n' || peek(p, 0) == '\r');
    if (!alone || column_at(p, start) == 0) {
        *od_array_push(p->arena, &into->list) = made;
        return;
    }
    node *const nested = add_node(p, into, NESTED);
    *od_array_push(p->arena, &nested->first.list) = made;
}

static bool read_separator(parser *p, nodes *into) {
    if (peek(p, 0) != '[') return false;
    const size_t start = ++p->at;
    while (!at_end(p) && peek(p, 0) != ']') p->at++;
    if (at_end(p)) fail_at(p, "unexpected end of input");
    add_literal(p, into, od_slice_cut(p->text, start, p->at));
    p->at++;
    return true;
}

// Pushes the text of partial `name`, with its last line end left out.
static void push_partial(parser *p, od_slice name) {
    lua_State *const L = p->L;
    od_check_trust(L, "a partial in a template");
    const char *const base = p->path ? p->path : "";
    const char *const slash = strrchr(base, '/');
    const char *const dot = strrchr(slash ? slash : base, '.');
    const bool has_extension = memchr(name.data, '.', name.size) != NULL;
    lua_pushlstring(L, base, slash ? (size_t)(slash - base) + 1 : 0);
    lua_pushlstring(L, name.data, name.size);
    lua_pushstring(L, !has_extension && dot ? dot : "");
    lua_concat(L, 3);
    od_push_file_contents(L, lua_tostring(L, -1));
    const od_slice text = od_read_text(L, -1);
    const bool line_end = text.size && text.data[text.size - 1] == '\n';
    lua_pushlstring(L, text.data, text.size - line_end);
    lua_remove(L, -2);
    lua_remove(L, -2);
}

// Reads a partial's nodes; its name and `()` stand here.
static void read_partial(parser *p, nodes *into) {
    size_t size = 0;
    while (isalnum((unsigned char)peek(p, size)) || (peek(p, size) && strchr("_-./\\", peek(p, size))))
        size++;
    const od_slice name = od_slice_cut(p->text, p->at, p->at + size);
    p->at += size;
    if (!size || !skip_text(p, "()")) fail_at(p, "expecting the name of a partial and \"()\"");
    if (p->partials >= PARTIALS_MAX) {
        add_literal(p, into, OD_SLICE("(loop)"));
        return;
    }
    push_partial(p, name);
    parser inner = *p;
    inner.text = od_arena_copy(p->arena, od_read_text(p->L, -1));
    lua_pop(p->L, 1);
    inner.at = inner.first_non_space = 0;
    inner.nested = SIZE_MAX;
    inner.partials++;
    read_nodes(&inner, into);
    if (!at_end(&inner)) fail_at(&inner, "unexpected directive");
}

// Whether the name of a partial stands here.
static bool is_partial(const parser *p) {
    size_t size = 0;
    while (isalnum((unsigned char)peek(p, size)) || (peek(p, size) && strchr("_-./\\", peek(p, size))))
        size++;
    return size && peek(p, size) == '(' && peek(p, size + 1) == ')';
}

static void read_value(parser *p, nodes *into) {
    const size_t start = p->at;
    const char closer = open_directive(p);
    if (!closer) fail_at(p, "unexpected \"$\"");
    node made = {.kind = INTERPOLATE};
    if (is_partial(p)) {
        made.kind = PARTIAL;
        read_partial(p, &made.first);
        while (peek(p, 0) == '/') {
            p->at++;
            read_pipe(p, &made.variable);
        }
    } else if (!read_variable(p, &made.variable)) {
        fail_at(p, at_end(p) ? "unexpected end of input" : "expecting a variable or a directive");
    } else if (peek(p, 0) == ':') {
        p->at++;
        made.kind = ITERATE;
        read_partial(p, &made.first);
        read_separator(p, &made.second);
    } else if (peek(p, 0) == '[') {
        made.kind = ITERATE;
        node *const it = add_node(p, &made.first, INTERPOLATE);
        *od_array_push(p->arena, &it->variable.parts) = OD_SLICE("it");
        read_separator(p, &made.second);
    }
    close_directive(p, closer);
    finish_value(p, into, start, made);
}

// Opens `$name(variable)$`; false when it does not stand here.
static bool open_block(parser *p, const char *name, variable *v, bool *multiline) {
    const size_t start = p->at;
    const char closer = open_directive(p);
    if (!closer || !skip_text(p, name) || peek(p, 0) != '(') {
        p->at = start;
        return false;
    }
    p->at++;
    if (!read_variable(p, v)) fail_at(p, "expecting a variable");
    if (peek(p, 0) != ')') fail_at(p, "expecting \")\"");
    p->at++;
    close_directive(p, closer);
    *multiline = skip_end_of_line(p);
    return true;
}

static void require_directive(parser *p, const char *name) {
    if (skip_word_directive(p, name)) return;
    lua_pushfstring(p->L, "%s\nexpecting \"$%s$\"",
                    at_end(p) ? "unexpected end of input" : "unexpected directive", name);
    fail_at(p, lua_tostring(p->L, -1));
}

// Reads what follows the first branch of a condition up to its `$endif$`, which is not read.
static void read_else(parser *p, node *condition, bool multiline) {
    // A chain of elseif is as long as its author wants: no recursion.
    for (;;) {
        variable v = {0};
        if (open_block(p, "elseif", &v, &(bool){false})) {
            node *const inner = add_node(p, &condition->second, CONDITIONAL);
            inner->variable = v;
            read_nodes(p, &inner->first);
            condition = inner;
            continue;
        }
        if (skip_word_directive(p, "else")) {
            if (multiline) skip_end_of_line(p);
            read_nodes(p, &condition->second);
        }
        return;
    }
}

static bool read_condition(parser *p, nodes *into) {
    variable v = {0};
    bool multiline;
    if (!open_block(p, "if", &v, &multiline)) return false;
    node made = {.kind = CONDITIONAL, .variable = v};
    read_nodes(p, &made.first);
    read_else(p, &made, multiline);
    require_directive(p, "endif");
    if (multiline) skip_end_of_line(p);
    *od_array_push(p->arena, &into->list) = made;
    return true;
}

// Gives variables within a loop over `v` that start as it does the name `it`.
static void call_it(parser *p, nodes *in, const variable *v) {
    for (size_t i = 0; i < in->list.count; i++) {
        node *const n = &in->list.items[i];
        size_t same = 0;
        const size_t count = v->parts.count;
        while (same < count && same < n->variable.parts.count &&
               od_slice_equal(v->parts.items[same], n->variable.parts.items[same]))
            same++;
        if (n->kind != PARTIAL && same == count) {
            n->variable.parts.items[count - 1] = OD_SLICE("it");
            n->variable.parts.items += count - 1;
            n->variable.parts.count -= count - 1;
            n->variable.parts.capacity = n->variable.parts.count;
        }
        if (n->kind == PARTIAL) continue;
        call_it(p, &n->first, v);
        call_it(p, &n->second, v);
    }
}

static bool read_loop(parser *p, nodes *into) {
    variable v = {0};
    bool multiline;
    if (!open_block(p, "for", &v, &multiline)) return false;
    node made = {.kind = ITERATE, .variable = v};
    read_nodes(p, &made.first);
    call_it(p, &made.first, &v);
    if (skip_word_directive(p, "sep")) {
        if (multiline) skip_end_of_line(p);
        read_nodes(p, &made.second);
        call_it(p, &made.second, &v);
    }
    require_directive(p, "endfor");
    if (multiline) skip_end_of_line(p);
    *od_array_push(p->arena, &into->list) = made;
    return true;
}

static bool read_nesting(parser *p, nodes *into) {
    const size_t column = column_at(p, p->at);
    if (!skip_word_directive(p, "^")) return false;
    const size_t before = p->nested;
    p->nested = column;
    nodes inner = {0};
    read_nodes(p, &inner);
    p->nested = before;
    add_node(p, into, NESTED)->first = inner;
    return true;
}

// Whether a directive stands here that ends a list of nodes.
static bool is_terminator(parser *p) {
    static const char *const WORDS[] = {"else", "endif", "sep", "endfor"};
    const size_t start = p->at;
    bool found = false;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS && !found; i++)
        found = skip_word_directive(p, WORDS[i]);
    if (!found && open_directive(p)) found = skip_text(p, "elseif") && peek(p, 0) == '(';
    p->at = start;
    return found;
}

static void read_nodes(parser *p, nodes *into) {
    if (++p->depth > DEPTH_MAX) fail_at(p, "the template is nested too deep");
    skip_comments(p);
    while (!at_end(p)) {
        const char c = peek(p, 0);
        if (c == '\n' || c == '\r') {
            if (!read_line_end(p, into)) break;
        } else if (c != '$') {
            read_text(p, into);
        } else if (peek(p, 1) == '$') {
            add_literal(p, into, od_slice_cut(p->text, p->at, p->at + 1));
            p->at += 2;
        } else if (is_terminator(p)) {
            break;
        } else if (skip_word_directive(p, "~")) {
            p->breaking = !p->breaking;
        } else if (!read_condition(p, into) && !read_loop(p, into) && !read_nesting(p, into)) {
            read_value(p, into);
        }
        skip_comments(p);
    }
    p->depth--;
}

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
    parser p = {.L = L, .arena = &made->arena, .path = path, .nested = SIZE_MAX,
                .text = od_arena_copy(&made->arena, text)};
    read_nodes(&p, &made->nodes);
    if (!at_end(&p)) fail_at(&p, "unexpected directive: nothing is open that it could close");
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

// ---- values ------------------------------------------------------------------------------------------

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
static void number_text(lua_State *L, pipe_kind kind) {
    const od_slice text = make_text(L);
    int64_t number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || i > 9) return;
        number = number * 10 + (text.data[i] - '0');
    }
    if (!text.size || (kind == ROMAN && (number < 1 || number >= 4000))) return;
    if (kind == ROMAN) {
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

static void make_block(lua_State *L, const pipe *pipe) {
    make_doc(L);
    od_block_doc(L, pipe->kind == LEFT    ? OD_DOC_LEFT
                    : pipe->kind == RIGHT ? OD_DOC_RIGHT
                                          : OD_DOC_CENTER,
                 pipe->width);
    push_border(L, pipe->before);
    lua_insert(L, -2);
    od_concat_docs(L);
    push_border(L, pipe->after);
    od_concat_docs(L);
}

// Applies a pipe to the simple value on top of the stack.
static void pipe_simple(lua_State *L, const pipe *pipe) {
    switch (pipe->kind) {
    case UPPERCASE:
    case LOWERCASE: od_push_case(L, make_text(L), pipe->kind == UPPERCASE); break;
    case REVERSE: od_push_reversed(L, make_text(L)); break;
    case CHOMP:
        make_doc(L);
        od_chomp_doc(L);
        return;
    case NO_WRAP:
        make_doc(L);
        od_unbreak_doc(L);
        return;
    case ALPHA:
    case ROMAN: number_text(L, pipe->kind); return;
    case LEFT:
    case RIGHT:
    case CENTER: make_block(L, pipe); return;
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

static void apply_pipe(lua_State *L, const pipe *pipe, int depth);

// Replaces the list on top of the stack by its items `first` to `last`, each with the pipe applied
// when there is one, from last to first when `backwards`.
static void map_list(lua_State *L, const pipe *pipe, lua_Integer first, lua_Integer last,
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

static void pipe_list(lua_State *L, const pipe *pipe, int depth) {
    const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    switch (pipe->kind) {
    case REVERSE: map_list(L, NULL, 1, count, true, depth); break;
    case FIRST:
    case LAST:
        if (!count) break;
        lua_rawgeti(L, -1, pipe->kind == FIRST ? 1 : count);
        lua_remove(L, -2);
        break;
    case REST: map_list(L, NULL, 2, count, false, depth); break;
    case ALL_BUT_LAST: map_list(L, NULL, 1, count - 1, false, depth); break;
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

static void apply_pipe(lua_State *L, const pipe *pipe, int depth) {
    luaL_checkstack(L, 16, NULL);
    if (depth > DEPTH_MAX) luaL_error(L, "a value in a template is nested too deep");
    const sort sort = sort_of(L, -1);
    if (pipe->kind == LENGTH) make_length(L, sort);
    else if (pipe->kind == PAIRS && (sort == LIST || sort == MAP)) make_pairs(L, sort);
    else if (sort == SIMPLE) pipe_simple(L, pipe);
    else if (sort == LIST) pipe_list(L, pipe, depth);
}

// ---- applying ----------------------------------------------------------------------------------------

typedef struct renderer {
    lua_State *L;
    int context; // table of values
    int it;      // place of the item of the innermost loop, 0 outside
    int64_t column;
} renderer;

// Pushes the value of a variable, nil when there is none.
static void push_value(const renderer *r, const variable *v) {
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
    if (depth > DEPTH_MAX) luaL_error(L, "a value in a template is nested too deep");
    const int from = lua_gettop(L);
    switch (sort_of(L, from)) {
    case NOTHING: od_push_doc(L, OD_DOC_EMPTY, 0); break;
    case TRUTH: od_push_literal(L, od_slice_of(lua_toboolean(L, from) ? "true" : "false")); break;
    case MAP: od_push_literal(L, OD_SLICE("true")); break;
    case SIMPLE:
        make_doc(L);
        od_chomp_doc(L);
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
    if (depth > DEPTH_MAX) luaL_error(L, "a value in a template is nested too deep");
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

static void push_nodes(renderer *r, const nodes *all);

// Notes what was put: where the line stands now.
static void note_column(renderer *r) {
    r->column = od_doc_offset(r->L, lua_gettop(r->L), r->column, false, NULL);
}

static void push_loop(renderer *r, const node *n) {
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

static void push_condition(renderer *r, const node *n) {
    push_value(r, &n->variable);
    const bool truth = is_true(r->L, 0);
    lua_pop(r->L, 1);
    push_nodes(r, truth ? &n->first : &n->second);
}

static void push_partial_nodes(renderer *r, const node *n) {
    push_nodes(r, &n->first);
    for (size_t i = 0; i < n->variable.pipes.count; i++) apply_pipe(r->L, &n->variable.pipes.items[i], 0);
    if (n->variable.pipes.count) make_value_doc(r->L, 0);
}

static void push_node(renderer *r, const node *n) {
    lua_State *const L = r->L;
    const int64_t column = r->column;
    switch (n->kind) {
    case LITERAL:
        od_push_literal(L, n->text);
        note_column(r);
        break;
    case BREAK:
        od_push_doc(L, OD_DOC_BREAKING_SPACE, 0);
        note_column(r);
        break;
    case INTERPOLATE:
        push_value(r, &n->variable);
        make_value_doc(L, 0);
        note_column(r);
        break;
    case CONDITIONAL: push_condition(r, n); break;
    case ITERATE: push_loop(r, n); break;
    case PARTIAL: push_partial_nodes(r, n); break;
    case NESTED:
        push_nodes(r, &n->first);
        od_indent_doc(L, column);
        break;
    }
}

static void push_nodes(renderer *r, const nodes *all) {
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

// ---- metadata ----------------------------------------------------------------------------------------

static void push_context_value(lua_State *L, int value, int blocks, int inlines, int depth) {
    luaL_checkstack(L, 16, NULL);
    if (depth > DEPTH_MAX) luaL_error(L, "the metadata is nested too deep");
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
