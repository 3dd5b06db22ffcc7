// The reader of templates.
#include "lua/template_parts.h"

#include "base/utf8.h"
#include "lua/keeper.h"
#include "lua/modules.h"

#include <ctype.h>

enum { PARTIALS_MAX = 50 }; // within each other; pandoc's number

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
    return od_error(p->L, "\"%s\" (line %zu, column %zu):\n%s",
                    p->path ? p->path : "template", line, column, message);
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

static void read_pipe(parser *p, od_variable *v) {
    static const char *const NAMES[] = {
        // By od_pipe_kind.
        "pairs", "uppercase", "lowercase", "length", "reverse", "first", "last", "rest",
        "allbutlast", "chomp", "alpha", "roman", "nowrap", "left", "right", "center",
    };
    size_t size = 0;
    while (isalpha((unsigned char)peek(p, size))) size++;
    const od_slice name = od_slice_cut(p->text, p->at, p->at + size);
    size_t kind = 0;
    while (kind <= OD_PIPE_CENTER && !od_slice_is(name, NAMES[kind])) kind++;
    p->at += size;
    if (kind > OD_PIPE_CENTER) {
        lua_pushlstring(p->L, name.data, name.size);
        lua_pushfstring(p->L, "Unknown pipe %s", lua_tostring(p->L, -1));
        fail_at(p, lua_tostring(p->L, -1));
    }
    od_pipe *const pipe = od_array_push(p->arena, &v->pipes);
    pipe->kind = (od_pipe_kind)kind;
    if (kind < OD_PIPE_LEFT) return;
    skip_blanks(p);
    if (!isdigit((unsigned char)peek(p, 0))) fail_at(p, "expecting a width");
    for (; isdigit((unsigned char)peek(p, 0)) && pipe->width < 100000; p->at++)
        pipe->width = pipe->width * 10 + (peek(p, 0) - '0');
    pipe->before = read_quoted(p);
    pipe->after = read_quoted(p);
}

static bool read_variable(parser *p, od_variable *v) {
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

static od_template_node *add_node(parser *p, od_template_nodes *into, od_template_kind kind) {
    od_template_node *const n = od_array_push(p->arena, &into->list);
    n->kind = kind;
    return n;
}

static void add_literal(parser *p, od_template_nodes *into, od_slice text) {
    const size_t count = into->list.count;
    od_template_node *const last = count ? &into->list.items[count - 1] : NULL;
    const bool joins = last && last->kind == OD_TEMPLATE_LITERAL &&
                       last->text.data + last->text.size == text.data;
    if (joins) last->text.size += text.size;
    else add_node(p, into, OD_TEMPLATE_LITERAL)->text = text;
}

// Adds text between `$~$`: its white space may break lines.
static void add_breakable(parser *p, od_template_nodes *into, od_slice text) {
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && !is_blank(text.data[end])) end++;
        if (end > at) add_literal(p, into, od_slice_cut(text, at, end));
        if (end < text.size) add_node(p, into, OD_TEMPLATE_BREAK);
        while (end < text.size && is_blank(text.data[end])) end++;
        at = end;
    }
}

static void read_text(parser *p, od_template_nodes *into) {
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

// Reads a line end with the blanks behind it; false, within `$^$`, when the next line stands
// elsewhere.
static bool read_line_end(parser *p, od_template_nodes *into) {
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
    if (p->breaking) add_node(p, into, OD_TEMPLATE_BREAK);
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

static void read_nodes(parser *p, od_template_nodes *into);

// Makes what stands alone on its line, indented, nested by its column.
static void finish_value(parser *p, od_template_nodes *into, size_t start, od_template_node made) {
    const bool alone = p->first_non_space == start &&
                       (at_end(p) || peek(p, 0) == '\n' || peek(p, 0) == '\r');
    if (!alone || column_at(p, start) == 0) {
        *od_array_push(p->arena, &into->list) = made;
        return;
    }
    od_template_node *const nested = add_node(p, into, OD_TEMPLATE_NESTED);
    *od_array_push(p->arena, &nested->first.list) = made;
}

static bool read_separator(parser *p, od_template_nodes *into) {
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

// Returns the size of the name of a partial that stands here, 0 for none.
static size_t partial_name_size(const parser *p) {
    size_t size = 0;
    for (char c; (c = peek(p, size)) && (isalnum((unsigned char)c) || strchr("_-./\\", c));) size++;
    return size;
}

// Reads a partial's nodes; its name and `()` stand here.
static void read_partial(parser *p, od_template_nodes *into) {
    const size_t size = partial_name_size(p);
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
    const size_t size = partial_name_size(p);
    return size && peek(p, size) == '(' && peek(p, size + 1) == ')';
}

static void read_value(parser *p, od_template_nodes *into) {
    const size_t start = p->at;
    const char closer = open_directive(p);
    if (!closer) fail_at(p, "unexpected \"$\"");
    od_template_node made = {.kind = OD_TEMPLATE_INTERPOLATE};
    if (is_partial(p)) {
        made.kind = OD_TEMPLATE_PARTIAL;
        read_partial(p, &made.first);
        while (peek(p, 0) == '/') {
            p->at++;
            read_pipe(p, &made.variable);
        }
    } else if (!read_variable(p, &made.variable)) {
        fail_at(p, at_end(p) ? "unexpected end of input" : "expecting a variable or a directive");
    } else if (peek(p, 0) == ':') {
        p->at++;
        made.kind = OD_TEMPLATE_ITERATE;
        read_partial(p, &made.first);
        read_separator(p, &made.second);
    } else if (peek(p, 0) == '[') {
        made.kind = OD_TEMPLATE_ITERATE;
        od_template_node *const it = add_node(p, &made.first, OD_TEMPLATE_INTERPOLATE);
        *od_array_push(p->arena, &it->variable.parts) = OD_SLICE("it");
        read_separator(p, &made.second);
    }
    close_directive(p, closer);
    finish_value(p, into, start, made);
}

// Opens `$name(variable)$`; false when it does not stand here.
static bool open_block(parser *p, const char *name, od_variable *v, bool *multiline) {
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
static void read_else(parser *p, od_template_node *condition, bool multiline) {
    // A chain of elseif is as long as its author wants: no recursion.
    for (;;) {
        od_variable v = {0};
        if (open_block(p, "elseif", &v, &(bool){false})) {
            od_template_node *const inner =
                add_node(p, &condition->second, OD_TEMPLATE_CONDITIONAL);
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

static bool read_condition(parser *p, od_template_nodes *into) {
    od_variable v = {0};
    bool multiline;
    if (!open_block(p, "if", &v, &multiline)) return false;
    od_template_node made = {.kind = OD_TEMPLATE_CONDITIONAL, .variable = v};
    read_nodes(p, &made.first);
    read_else(p, &made, multiline);
    require_directive(p, "endif");
    if (multiline) skip_end_of_line(p);
    *od_array_push(p->arena, &into->list) = made;
    return true;
}

// Gives variables within a loop over `v` that start as it does the name `it`.
static void call_it(parser *p, od_template_nodes *in, const od_variable *v) {
    for (size_t i = 0; i < in->list.count; i++) {
        od_template_node *const n = &in->list.items[i];
        size_t same = 0;
        const size_t count = v->parts.count;
        while (same < count && same < n->variable.parts.count &&
               od_slice_equal(v->parts.items[same], n->variable.parts.items[same]))
            same++;
        if (n->kind != OD_TEMPLATE_PARTIAL && same == count) {
            n->variable.parts.items[count - 1] = OD_SLICE("it");
            n->variable.parts.items += count - 1;
            n->variable.parts.count -= count - 1;
            n->variable.parts.capacity = n->variable.parts.count;
        }
        if (n->kind == OD_TEMPLATE_PARTIAL) continue;
        call_it(p, &n->first, v);
        call_it(p, &n->second, v);
    }
}

static bool read_loop(parser *p, od_template_nodes *into) {
    od_variable v = {0};
    bool multiline;
    if (!open_block(p, "for", &v, &multiline)) return false;
    od_template_node made = {.kind = OD_TEMPLATE_ITERATE, .variable = v};
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

static bool read_nesting(parser *p, od_template_nodes *into) {
    const size_t column = column_at(p, p->at);
    if (!skip_word_directive(p, "^")) return false;
    const size_t before = p->nested;
    p->nested = column;
    od_template_nodes inner = {0};
    read_nodes(p, &inner);
    p->nested = before;
    add_node(p, into, OD_TEMPLATE_NESTED)->first = inner;
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

static void read_nodes(parser *p, od_template_nodes *into) {
    if (++p->depth > OD_TEMPLATE_DEPTH_MAX) fail_at(p, "the template is nested too deep");
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

void od_read_template(lua_State *L, od_arena *arena, od_slice text, const char *path,
                      od_template_nodes *into) {
    parser p = {.L = L, .arena = arena, .path = path, .nested = SIZE_MAX, .text = text};
    read_nodes(&p, into);
    if (!at_end(&p)) fail_at(&p, "unexpected directive: nothing is open that it could close");
}
