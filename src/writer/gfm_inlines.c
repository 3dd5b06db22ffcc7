// Inlines: the tokens of a leaf, with what can be said in Markdown, else in HTML.
#include "base/utf8.h"
#include "document/links.h"
#include "writer/emphasis.h"
#include "writer/gfm_parts.h"
#include "writer/html.h"
#include "writer/html_attributes.h"

// What is known while the tokens of a leaf are written.
typedef struct writer {
    od_gfm *g;
    const od_gfm_leaf *leaf;
    const od_token *items;
    size_t count;
    size_t links;    // how many are open
    size_t bare;     // index of the token that closes a link without marks, or 0
    bool line_start; // the next token is the first on its line
    bool tildes, dollars, definition;
} writer;

static od_buf *chunk(const writer *w) {
    return od_layout_chunk(&w->g->layout);
}

static void put(const writer *w, const char *text) {
    od_layout_string(&w->g->layout, text);
}

// ---- roles -------------------------------------------------------------------------------------

bool od_gfm_takes_raw(const char *format) {
    static const char *const FORMATS[] = {"html", "html5",      "html4",        "gfm",
                                          "markdown", "commonmark", "commonmark_x"};
    for (size_t i = 0; format && i < sizeof FORMATS / sizeof *FORMATS; i++)
        if (strcmp(format, FORMATS[i]) == 0) return true;
    return false;
}

static bool has_attr(const od_attr *attr) {
    return attr && (attr->identifier.size || attr->class_count || attr->attribute_count);
}

static bool is_emoji(const od_attr *attr) {
    return attr && !attr->identifier.size && attr->class_count == 1 && attr->attribute_count == 1 &&
           od_slice_is(attr->classes[0], "emoji") &&
           od_slice_is(attr->attributes[0].key, "data-emoji");
}

// Whether the children of `link` are text alone, and that text is `wanted`.
static bool says(const od_node *link, od_slice wanted) {
    for (const od_node *n = link->first; n; n = n->next) {
        if (n->type != OD_TEXT || !od_slice_starts(wanted, n->leaf.text)) return false;
        wanted = od_slice_from(wanted, n->leaf.text.size);
    }
    return !wanted.size && link->first;
}

// Whether nothing in `text` ends an autolink or means anything else in it.
static bool is_plain_address(od_slice text) {
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] <= ' ' || strchr("<>", text.data[i]) ||
            od_gfm_is_entity(text, i))
            return false;
    return text.size > 0;
}

// Whether `target` begins with a scheme, as an autolink must.
static bool has_scheme(od_slice target) {
    enum { LONGEST = 32 };
    size_t size = 0;
    while (size < target.size && size <= LONGEST &&
           (od_is_ascii_alpha((unsigned char)target.data[size]) ||
            (size && (od_is_digit((unsigned char)target.data[size]) ||
                      strchr("+.-", target.data[size])))))
        size++;
    return size >= 2 && size <= LONGEST && size < target.size && target.data[size] == ':';
}

// Whether `text` is an address of electronic mail as autolinks know them.
static bool is_email(od_slice text) {
    const char *const hit = text.size ? memchr(text.data, '@', text.size) : NULL;
    if (!hit || hit == text.data) return false;
    const size_t from = (size_t)(hit - text.data) + 1;
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.data[i];
        if (od_is_ascii_alpha((unsigned char)c) || od_is_digit((unsigned char)c)) continue;
        const char *const others = i < from ? "@.!#$%&'*+/=?^_`{|}~-" : ".-";
        if (!strchr(others, c)) return false;
        const char before = i ? text.data[i - 1] : '.';
        if (i >= from && (i + 1 == text.size || i == from || before == '.' || before == '-'))
            return false;
    }
    return from < text.size;
}

// Whether `node` is what `www.example.org` alone is read as.
static bool is_bare_link(const od_node *node) {
    const od_link *const link = node->link;
    if (node->type != OD_LINK || link->title.size || !is_plain_address(link->target) ||
        !od_slice_starts(link->target, OD_SLICE("http://www.")))
        return false;
    const od_slice text = od_slice_from(link->target, 7);
    size_t stop;
    const size_t host = od_link_host_end(text, 0, &stop);
    return host != SIZE_MAX && od_link_path_end(text, host) == text.size && says(node, text);
}

static bool is_autolink(const od_node *node) {
    const od_link *const link = node->link;
    if (link->title.size || !is_plain_address(link->target)) return false;
    if (od_slice_starts(link->target, OD_SLICE("mailto:"))) {
        const od_slice address = od_slice_from(link->target, 7);
        if (is_email(address) && says(node, address)) return true;
    }
    return has_scheme(link->target) && says(node, link->target);
}

static od_token_role role_of(const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_CITE: return OD_ROLE_TRANSPARENT;
    case OD_SPAN:
        if (is_emoji(node->attr)) return OD_ROLE_WHOLE;
        return has_attr(node->attr) ? OD_ROLE_MARKED : OD_ROLE_TRANSPARENT;
    case OD_LINK:
        return has_attr(node->link->attr) || is_autolink(node) ? OD_ROLE_WHOLE : OD_ROLE_MARKED;
    case OD_IMAGE: return has_attr(node->link->attr) ? OD_ROLE_WHOLE : OD_ROLE_MARKED;
    case OD_RAW_INLINE:
        return od_gfm_takes_raw(node->leaf.format) ? OD_ROLE_WHOLE : OD_ROLE_ABSENT;
    case OD_CODE:
    case OD_MATH:
    case OD_NOTE: return OD_ROLE_WHOLE;
    default: return OD_ROLE_MARKED;
    }
}

void od_gfm_read_leaf(od_gfm *g, const od_node *leaf) {
    od_tokens_read(&g->tokens, &g->arena, leaf, role_of);
    od_emphasis_choose(&g->tokens, &g->arena);
}

// ---- neighbours --------------------------------------------------------------------------------

static bool is_space_at(const writer *w, size_t i) {
    return i >= w->count || od_token_is_space(&w->items[i]) || w->items[i].kind == OD_TOKEN_WHITE;
}

static bool is_node_at(const writer *w, size_t i, od_node_type type) {
    return i < w->count && w->items[i].kind >= OD_TOKEN_NODE && w->items[i].node->type == type;
}

static od_slice word_at(const writer *w, size_t i) {
    return od_token_text(&w->g->tokens, &w->items[i]);
}

// Whether a line that began with the token at `i` would begin another block.
static bool starts_block(const writer *w, size_t i) {
    if (i >= w->count) return false;
    if (w->items[i].kind == OD_TOKEN_WORD)
        return od_gfm_starts_block(word_at(w, i), is_space_at(w, i + 1));
    return w->items[i].kind == OD_TOKEN_NODE && w->items[i].node->type == OD_RAW_INLINE &&
           od_gfm_html_interrupts(w->items[i].node->leaf.text);
}

static bool has_dollar(od_slice text) {
    return text.size && memchr(text.data, '$', text.size);
}

// Whether a formula could end in what `node` is written as.
static bool holds_dollar(const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_MATH: return true;
    case OD_CODE:
    case OD_RAW_INLINE: return has_dollar(node->leaf.text);
    case OD_LINK:
    case OD_IMAGE: return has_dollar(node->link->target) || has_dollar(node->link->title);
    default: return false;
    }
}

static void count_in_word(writer *w, od_slice text, size_t *tildes, size_t *dollars) {
    for (size_t k = 0; k < text.size; k++) {
        if (text.data[k] == '~' && (k == 0 || text.data[k - 1] != '~')) ++*tildes;
        if (text.data[k] == '$') ++*dollars;
    }
    if (od_slice_find(text, OD_SLICE("]:"), 0) != SIZE_MAX) w->definition = true;
}

// `~~` and `$` mean something in pairs: where there is only one, it is left alone.
static void count_pairs(writer *w) {
    size_t tildes = 0, dollars = 0;
    for (size_t i = 0; i < w->count; i++) {
        const od_token_kind kind = w->items[i].kind;
        if (kind == OD_TOKEN_WORD) count_in_word(w, word_at(w, i), &tildes, &dollars);
        if (is_node_at(w, i, OD_STRIKEOUT)) tildes += 2;
        if (kind >= OD_TOKEN_NODE && holds_dollar(w->items[i].node)) dollars++;
    }
    w->tildes = tildes > 1;
    w->dollars = dollars > 1;
}

// ---- words and spaces --------------------------------------------------------------------------

// Writes the mark of a task, which in the tree is a character; returns whether it was one.
static bool put_task(const writer *w, size_t i) {
    if (w->g->commonmark || i > 0 || !w->leaf->item_start || w->count < 2 ||
        !od_token_is_space(&w->items[1]))
        return false;
    const od_slice text = word_at(w, 0);
    const bool open = od_slice_is(text, "\xE2\x98\x90"), done = od_slice_is(text, "\xE2\x98\x92");
    if (open || done) put(w, open ? "[ ]" : "[x]");
    return open || done;
}

// Whether `[` at the start of the leaf could make it a definition, a task or an alert.
static bool must_escape_bracket(const writer *w, size_t i, od_slice text) {
    if (i > 0 || text.data[0] != '[') return false;
    return w->definition || w->leaf->item_start ||
           (w->leaf->quote_start && od_slice_starts(text, OD_SLICE("[!")));
}

static void put_word(const writer *w, size_t i) {
    if (put_task(w, i)) return;
    if (w->bare) {
        od_layout_text(&w->g->layout, word_at(w, i));
        return;
    }
    const od_token *const token = &w->items[i];
    const od_slice text = word_at(w, i);
    const bool after_space = i == 0 || is_space_at(w, i - 1);
    const od_gfm_word word = {
        .text = text,
        .after_space = after_space,
        .before_space = is_space_at(w, i + 1),
        .line_start = w->line_start,
        .leaf_start = i == 0,
        .in_link = w->links > 0,
        .after_note = i > 0 && is_node_at(w, i - 1, OD_NOTE),
        .before_bracket = is_node_at(w, i + 1, OD_LINK) || is_node_at(w, i + 1, OD_NOTE),
        .closes_heading = w->leaf->heading && after_space && i + 1 == w->count,
        .bracket = must_escape_bracket(w, i, text),
        .tildes = w->tildes,
        .dollars = w->dollars,
        .encode_first = token->encode_first,
        .encode_last = token->encode_last,
    };
    od_gfm_put_word(chunk(w), &word);
}

static void put_white(const writer *w, size_t i) {
    for (size_t k = 0; k < w->items[i].size; k++) od_buf_byte(chunk(w), ' ');
}

// Ends the line before the token at `i`. A word that would begin a block is escaped; HTML is kept
// from it by its indent.
static void put_line_end(writer *w, size_t i) {
    od_layout_line_end(&w->g->layout);
    if (i < w->count && w->items[i].kind == OD_TOKEN_NODE && starts_block(w, i)) put(w, "    ");
    w->line_start = true;
}

// Whether nothing but HTML stands on the line yet: alone there it would be a block.
static bool is_lone_html(const writer *w, size_t i) {
    return i == 1 && is_node_at(w, 0, OD_RAW_INLINE);
}

static void put_space(writer *w, size_t i) {
    const bool keep = w->g->options->wrap == OD_WRAP_PRESERVE && !w->leaf->one_line &&
                      w->items[i].kind == OD_TOKEN_SOFT_BREAK;
    if (keep) put_line_end(w, i + 1);
    else if (w->leaf->one_line || starts_block(w, i + 1) || is_lone_html(w, i)) put(w, " ");
    else od_layout_space(&w->g->layout);
}

static void put_line_break(writer *w, size_t i) {
    if (w->leaf->one_line) {
        put(w, "<br />");
        return;
    }
    put(w, "\\");
    put_line_end(w, i + 1);
}

// ---- nodes -------------------------------------------------------------------------------------

static void put_repeated(od_buf *out, char byte, size_t count) {
    while (count--) od_buf_byte(out, byte);
}

static void put_code(const writer *w, od_slice text) {
    const size_t ticks = od_gfm_longest_run(text, '`') + 1;
    const char first = text.size ? text.data[0] : '`';
    const char last = text.size ? text.data[text.size - 1] : '`';
    bool blank = true;
    for (size_t i = 0; i < text.size; i++) blank = blank && text.data[i] == ' ';
    // One space is taken off both ends when both have one and there is more than spaces.
    const bool pad = ticks > 1 || first == '`' || last == '`' ||
                     (!blank && first == ' ' && last == ' ');
    put_repeated(chunk(w), '`', ticks);
    if (pad) put(w, " ");
    for (size_t i = 0; i < text.size; i++)
        od_buf_byte(chunk(w), text.data[i] == '\n' || text.data[i] == '\r' ? ' ' : text.data[i]);
    if (pad) put(w, " ");
    put_repeated(chunk(w), '`', ticks);
}

// Whether a block would begin with the line at the front of `text`.
static bool line_starts_block(od_slice text) {
    size_t size = 0;
    while (size < text.size && (unsigned char)text.data[size] > ' ') size++;
    return od_gfm_starts_block(od_slice_cut(text, 0, size), true) || od_gfm_html_interrupts(text);
}

// Puts text that may have several lines, which must stay those of one paragraph.
static void put_lines(const writer *w, od_slice text) {
    while (text.size) {
        const char *const hit = memchr(text.data, '\n', text.size);
        const size_t size = hit ? (size_t)(hit - text.data) : text.size;
        od_layout_text(&w->g->layout, od_slice_cut(text, 0, size));
        if (!hit) return;
        text = od_slice_from(text, size + 1);
        if (w->leaf->one_line) put(w, " ");
        else od_layout_line_end(&w->g->layout);
        if (!w->leaf->one_line && line_starts_block(text)) put(w, "    ");
    }
}

static void put_math(const writer *w, const od_node *node) {
    const od_slice text = node->leaf.text;
    const bool display = node->flags & OD_DISPLAY;
    const bool ticks = text.size && memchr(text.data, '`', text.size);
    put(w, display ? "$$" : ticks ? "$" : "$`");
    put_lines(w, text);
    put(w, display ? "$$" : ticks ? "$" : "`$");
}

static void put_autolink(const writer *w, const od_link *link) {
    put(w, "<");
    const bool mail = od_slice_starts(link->target, OD_SLICE("mailto:"));
    od_buf_add(chunk(w), mail ? od_slice_from(link->target, 7) : link->target);
    put(w, ">");
}

// Writes a link or image that has attributes, text and all, as HTML.
static void put_html(const writer *w, const od_node *node) {
    const od_writer_options options = {.wrap = OD_WRAP_NONE};
    od_buf text = {0};
    od_write_html_node(node, &options, &text);
    put_lines(w, od_buf_slice(&text));
    od_buf_free(&text);
}

static void put_note(const writer *w, const od_node *node) {
    *od_array_push(&w->g->arena, &w->g->notes) = node;
    put(w, w->g->commonmark ? "\\[" : "[^"); // no link, whatever follows
    od_buf_number(chunk(w), w->g->notes.count);
    put(w, "]");
}

static void put_node(const writer *w, const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_CODE: put_code(w, node->leaf.text); break;
    case OD_MATH: put_math(w, node); break;
    case OD_RAW_INLINE: put_lines(w, node->leaf.text); break;
    case OD_NOTE: put_note(w, node); break;
    case OD_SPAN:
        if (w->g->commonmark) {
            put_lines(w, node->first ? node->first->leaf.text : OD_SLICE(""));
            break;
        }
        put(w, ":");
        od_buf_add(chunk(w), node->attr->attributes[0].value);
        put(w, ":");
        break;
    default:
        if (node->type == OD_LINK && !has_attr(node->link->attr)) put_autolink(w, node->link);
        else put_html(w, node);
        break;
    }
}

// ---- marks -------------------------------------------------------------------------------------

static void put_emphasis(const writer *w, const od_token *token) {
    const od_node_type type = token->node->type;
    const bool closing = token->kind == OD_TOKEN_CLOSE;
    if (token->mark != '<' && (type != OD_STRIKEOUT || !w->g->commonmark)) {
        put_repeated(chunk(w), token->mark, type == OD_EMPH ? 1 : 2);
        return;
    }
    put(w, closing ? "</" : "<");
    put(w, type == OD_EMPH ? "em" : type == OD_STRONG ? "strong" : "s");
    put(w, ">");
}

static void put_element(const writer *w, const od_token *token) {
    const od_node *const node = token->node;
    const char *const name = node->type == OD_UNDERLINE     ? "u"
                             : node->type == OD_SUPERSCRIPT ? "sup"
                             : node->type == OD_SUBSCRIPT   ? "sub"
                                                            : "span";
    put(w, token->kind == OD_TOKEN_CLOSE ? "</" : "<");
    put(w, name);
    if (token->kind == OD_TOKEN_OPEN) {
        if (node->type == OD_SPAN) od_html_put_attr(chunk(w), node->attr);
        if (node->type == OD_SMALL_CAPS) put(w, " class=\"smallcaps\"");
    }
    put(w, ">");
}

// A bare link needs white space around it, to end where it ends.
static void open_link(writer *w, size_t i) {
    const od_token *const token = &w->items[i];
    const size_t next = token->size + 1;
    const bool breaks = next < w->count && w->items[next].kind == OD_TOKEN_LINE_BREAK;
    const bool alone = (i == 0 || is_space_at(w, i - 1)) && is_space_at(w, next) && !breaks;
    // No link stands in another.
    if (!w->g->commonmark && (alone || w->links) && is_bare_link(token->node)) {
        w->bare = token->size;
        return;
    }
    put(w, token->node->type == OD_LINK ? "[" : "![");
    w->links++;
}

static void close_link(writer *w, size_t i) {
    if (w->bare == i) {
        w->bare = 0;
        return;
    }
    put(w, "]");
    od_gfm_put_target(chunk(w), w->items[i].node->link);
    w->links--;
}

static void put_mark(writer *w, size_t i) {
    const od_token *const token = &w->items[i];
    const od_node_type type = token->node->type;
    if (od_node_is_emphasis(token->node)) put_emphasis(w, token);
    else if (type != OD_LINK && type != OD_IMAGE) put_element(w, token);
    else if (token->kind == OD_TOKEN_OPEN) open_link(w, i);
    else close_link(w, i);
}

// ---- leaves ------------------------------------------------------------------------------------

static void put_token(writer *w, size_t i) {
    const od_token *const token = &w->items[i];
    switch ((od_token_kind)token->kind) {
    case OD_TOKEN_WORD: put_word(w, i); break;
    case OD_TOKEN_WHITE: put_white(w, i); break;
    case OD_TOKEN_SPACE:
    case OD_TOKEN_SOFT_BREAK: put_space(w, i); return;
    case OD_TOKEN_LINE_BREAK: put_line_break(w, i); return;
    case OD_TOKEN_NODE: put_node(w, token->node); break;
    case OD_TOKEN_OPEN:
    case OD_TOKEN_CLOSE: put_mark(w, i); break;
    }
    w->line_start = false;
}

void od_gfm_write_leaf(od_gfm *g, const od_gfm_leaf *leaf) {
    writer w = {
        .g = g,
        .leaf = leaf,
        .items = g->tokens.list.items,
        .count = g->tokens.list.count,
        .line_start = !leaf->one_line,
    };
    count_pairs(&w);
    for (size_t i = 0; i < w.count; i++) put_token(&w, i);
}
