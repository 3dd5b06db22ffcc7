// Inlines: text without marks.
#include "base/utf8.h"
#include "writer/plain_parts.h"

typedef struct writer {
    od_plain *p;
    const od_token *items;
    size_t count;
    bool one_line;
    size_t capitals;      // how many small capitals are open
    od_node_type script;  // OD_SUPERSCRIPT or OD_SUBSCRIPT in whose characters we write, or 0
    size_t script_end;    // index of the token that closes it
} writer;

static od_buf *chunk(const writer *w) {
    return od_layout_chunk(&w->p->layout);
}

static void put(const writer *w, const char *text) {
    od_layout_string(&w->p->layout, text);
}

static od_token_role role_of(const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_STRIKEOUT:
    case OD_SUPERSCRIPT:
    case OD_SUBSCRIPT:
    case OD_SMALL_CAPS:
    case OD_IMAGE: return OD_ROLE_MARKED;
    case OD_CODE:
    case OD_MATH:
    case OD_NOTE: return OD_ROLE_WHOLE;
    case OD_RAW_INLINE:
        return node->leaf.format && strcmp(node->leaf.format, "plain") == 0 ? OD_ROLE_WHOLE
                                                                            : OD_ROLE_ABSENT;
    default: return OD_ROLE_TRANSPARENT;
    }
}

// ---- superscript and subscript -----------------------------------------------------------------

// Returns the superscript or subscript form of `code`, or 0 when it has none.
static uint32_t script_of(od_node_type script, uint32_t code) {
    static const char MARKS[] = "+-=()";
    const uint32_t base = script == OD_SUPERSCRIPT ? 0x2070 : 0x2080;
    if (code == '1' && base == 0x2070) return 0xB9;
    if ((code == '2' || code == '3') && base == 0x2070) return 0xB0 + (code - '0');
    if (od_is_digit(code)) return base + (code - '0');
    if (code == 0x2212) code = '-';
    const char *const mark = code && code < 0x80 ? strchr(MARKS, (char)code) : NULL;
    return mark ? base + 0xA + (uint32_t)(mark - MARKS) : 0;
}

static bool has_script(od_node_type script, od_slice text) {
    size_t size;
    for (size_t i = 0; i < text.size; i += size)
        if (!script_of(script, od_utf8_read(text, i, &size))) return false;
    return true;
}

// Whether all that stands between the marks at `from` and `to` has such a form.
static bool all_have_script(const writer *w, size_t from, size_t to) {
    const od_node_type script = w->items[from].node->type;
    for (size_t i = from + 1; i < to; i++) {
        const od_token *const token = &w->items[i];
        if (od_token_is_space(token)) continue;
        if (token->kind != OD_TOKEN_WORD ||
            !has_script(script, od_token_text(&w->p->tokens, token)))
            return false;
    }
    return true;
}

static void open_script(writer *w, size_t i) {
    const od_token *const token = &w->items[i];
    if (!w->script && all_have_script(w, i, token->size)) {
        w->script = token->node->type;
        w->script_end = token->size;
    } else put(w, token->node->type == OD_SUPERSCRIPT ? "^(" : "_(");
}

static void close_script(writer *w, size_t i) {
    if (w->script && i == w->script_end) w->script = OD_ROOT;
    else put(w, ")");
}

// ---- tokens ------------------------------------------------------------------------------------

static void put_word(const writer *w, od_slice text) {
    if (!w->capitals && !w->script) {
        od_layout_text(&w->p->layout, text);
        return;
    }
    size_t size;
    for (size_t i = 0; i < text.size; i += size) {
        const uint32_t code = od_utf8_read(text, i, &size);
        char bytes[4];
        if (code == OD_NOT_UTF8) od_buf_add(chunk(w), od_slice_cut(text, i, i + size));
        else {
            const uint32_t changed = w->script ? script_of(w->script, code) : od_upper_case(code);
            od_buf_add(chunk(w), (od_slice){bytes, od_utf8_write(changed, bytes)});
        }
    }
}

static void put_lines(const writer *w, od_slice text) {
    for (size_t i = 0; i < text.size; i++)
        od_buf_byte(chunk(w), text.data[i] == '\n' ? ' ' : text.data[i]);
}

// Whether the word, at the start of a line, would look like the start of an item or a quote.
static bool looks_like_mark(const writer *w, size_t i) {
    static const char *const MARKS[] = {"-", "+", "*", "1.", "1)"};
    if (i + 1 >= w->count || w->items[i].kind != OD_TOKEN_WORD ||
        !od_token_is_space(&w->items[i + 1]))
        return false;
    const od_slice text = od_token_text(&w->p->tokens, &w->items[i]);
    if (text.data[0] == '>') return true;
    for (size_t k = 0; k < sizeof MARKS / sizeof *MARKS; k++)
        if (od_slice_is(text, MARKS[k])) return true;
    return false;
}

static void put_space(const writer *w, size_t i) {
    const od_token_kind kind = w->items[i].kind;
    const bool line = kind == OD_TOKEN_LINE_BREAK || (kind == OD_TOKEN_SOFT_BREAK &&
                                                      w->p->options->wrap == OD_WRAP_PRESERVE);
    if (line && !w->one_line) {
        // A second line break is an empty line.
        if (i > 0 && w->items[i - 1].kind == OD_TOKEN_LINE_BREAK)
            od_layout_new_line(&w->p->layout);
        else od_layout_line_end(&w->p->layout);
    } else if (w->one_line || looks_like_mark(w, i + 1)) put(w, " ");
    else od_layout_space(&w->p->layout);
}

// A displayed formula stands on a line of its own.
static void put_formula(const writer *w, const od_node *node) {
    const bool display = (node->flags & OD_DISPLAY) && !w->one_line;
    if (display) od_layout_line_end(&w->p->layout);
    put_lines(w, node->leaf.text);
    if (display) od_layout_line_end(&w->p->layout);
}

static void put_node(const writer *w, const od_node *node) {
    if (node->type == OD_MATH) {
        put_formula(w, node);
        return;
    }
    if (node->type != OD_NOTE) {
        put_lines(w, node->leaf.text);
        return;
    }
    *od_array_push(&w->p->arena, &w->p->notes) = node;
    put(w, "[");
    od_buf_number(chunk(w), w->p->notes.count);
    put(w, "]");
}

static void put_mark(writer *w, size_t i) {
    const od_token *const token = &w->items[i];
    const bool closing = token->kind == OD_TOKEN_CLOSE;
    switch ((od_node_type)token->node->type) {
    case OD_STRIKEOUT: put(w, "~~"); break;
    case OD_IMAGE: put(w, closing ? "]" : "["); break;
    case OD_SMALL_CAPS:
        if (closing) w->capitals--;
        else w->capitals++;
        break;
    default:
        if (closing) close_script(w, i);
        else open_script(w, i);
        break;
    }
}

static void put_token(writer *w, size_t i) {
    const od_token *const token = &w->items[i];
    switch ((od_token_kind)token->kind) {
    case OD_TOKEN_WORD: put_word(w, od_token_text(&w->p->tokens, token)); break;
    case OD_TOKEN_WHITE: put_lines(w, od_token_text(&w->p->tokens, token)); break;
    case OD_TOKEN_SPACE:
    case OD_TOKEN_SOFT_BREAK:
    case OD_TOKEN_LINE_BREAK: put_space(w, i); break;
    case OD_TOKEN_NODE: put_node(w, token->node); break;
    case OD_TOKEN_OPEN:
    case OD_TOKEN_CLOSE: put_mark(w, i); break;
    }
}

void od_plain_write_leaf(od_plain *p, const od_node *leaf, bool one_line) {
    od_tokens_read(&p->tokens, &p->arena, leaf, role_of);
    writer w = {
        .p = p,
        .items = p->tokens.list.items,
        .count = p->tokens.list.count,
        .one_line = one_line,
    };
    for (size_t i = 0; i < w.count; i++) put_token(&w, i);
}
