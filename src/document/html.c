// HTML: gumbo's tree, read node by node.
//
// Words go into the leaf that is open; where none is, a plain one opens. White space waits until a
// word follows it, and an inline opens with its first word, so that spaces come to stand outside of
// emphasis, as pandoc puts them.
#include "document/html_parts.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "document/meta.h"

#include <setjmp.h>
#include <stdlib.h>
#include <strings.h>

// ---- inlines -----------------------------------------------------------------------------------

static od_node *add(od_html *h, od_node *parent, od_node_type type) {
    od_node *const node = od_node_new(h->arena, type, OD_NO_SPAN);
    od_node_append(parent, node);
    return node;
}

static void flush_run(od_html *h) {
    if (!h->run.size) return;
    add(h, h->inner, OD_TEXT)->leaf.text = od_arena_copy(h->arena, od_buf_slice(&h->run));
    h->run.size = 0;
}

static bool is_list(const od_node *node) {
    return node->type == OD_BULLET_LIST || node->type == OD_ORDERED_LIST;
}

// Returns where a block goes: in a list, into an item of its own.
static od_node *block_parent(od_html *h) {
    if (!is_list(h->container)) return h->container;
    return add(h, h->container, OD_ITEM);
}

static void open_leaf(od_html *h, od_node_type type, bool is_explicit) {
    const bool is_part = type == OD_TERM;
    h->leaf = h->inner = add(h, is_part ? h->container : block_parent(h), type);
    h->is_explicit = is_explicit;
    h->started = false;
    h->space = '\0';
    h->generation++;
}

static void close_leaf(od_html *h) {
    h->waiting.count = 0;
    h->space = '\0';
    if (!h->leaf) return;
    flush_run(h);
    od_node *const leaf = h->leaf;
    const bool drop = !leaf->first && (leaf->type == OD_PARA || leaf->type == OD_PLAIN);
    if (drop) od_html_remove(leaf);
    h->leaf = h->inner = NULL;
    h->generation++;
}

// Opens what waits, behind the white space before it.
static void open_waiting(od_html *h) {
    if (!h->leaf) {
        const size_t count = h->waiting.count;
        open_leaf(h, OD_PLAIN, false);
        h->waiting.count = count;
    }
    if (h->space && h->started) od_buf_byte(&h->run, h->space);
    h->space = '\0';
    h->started = true;
    if (!h->waiting.count) return;
    flush_run(h);
    for (size_t i = 0; i < h->waiting.count; i++) {
        od_node_append(h->inner, h->waiting.items[i]);
        h->inner = h->waiting.items[i];
    }
    h->waiting.count = 0;
}

static od_node *put(od_html *h, od_node_type type) {
    open_waiting(h);
    flush_run(h);
    return add(h, h->inner, type);
}

static bool is_white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void put_text(od_html *h, const char *text) {
    while (*text) {
        const char *end = text;
        bool line_end = false;
        for (; is_white(*end); end++) line_end = line_end || *end == '\n';
        if (end > text) {
            if (line_end || !h->space) h->space = line_end ? '\n' : ' ';
            text = end;
            continue;
        }
        while (*end && !is_white(*end)) end++;
        open_waiting(h);
        od_buf_add(&h->run, (od_slice){text, (size_t)(end - text)});
        text = end;
    }
}

static void put_break(od_html *h) {
    h->space = '\0';
    put(h, OD_LINE_BREAK)->flags |= OD_VERBATIM; // two of them are two
    h->started = false;
}

// ---- payloads ----------------------------------------------------------------------------------

// Escapes what pandoc escapes in a target.
static od_slice escape_target(od_html *h, const char *target) {
    static const char DIGITS[] = "0123456789ABCDEF";
    od_buf out = {0};
    for (; target && *target; target++) {
        const unsigned char c = (unsigned char)*target;
        if (c > ' ' && !strchr("<>|\"{}[]^`", c)) {
            od_buf_byte(&out, (char)c);
            continue;
        }
        od_buf_byte(&out, '%');
        od_buf_byte(&out, DIGITS[c >> 4]);
        od_buf_byte(&out, DIGITS[c & 15]);
    }
    const od_slice made = od_arena_copy(h->arena, od_buf_slice(&out));
    od_buf_free(&out);
    return made;
}

static od_slice copy_attribute(od_html *h, const GumboNode *element, const char *name) {
    return od_arena_copy(h->arena, od_slice_of(od_html_attribute(element, name)));
}

static void set_link(od_html *h, od_node *node, const GumboNode *element, const char *target,
                     const char *skip) {
    od_link *const link = od_arena_new(h->arena, od_link);
    link->target = escape_target(h, od_html_attribute(element, target));
    link->title = copy_attribute(h, element, "title");
    link->attr = od_html_attr(h, element, NULL, skip);
    node->link = link;
}

static void put_image(od_html *h, const GumboNode *element) {
    if (!od_html_attribute(element, "src")) return;
    od_node *const image = put(h, OD_IMAGE);
    set_link(h, image, element, "src", " src alt title ");
    const od_slice alt = copy_attribute(h, element, "alt");
    if (alt.size) add(h, image, OD_TEXT)->leaf.text = alt;
}

// A drawing keeps its identifier and classes.
static void put_drawing(od_html *h, const GumboNode *element) {
    od_buf source = {0}, target = {0};
    od_html_spell_svg(element, &source);
    od_buf_text(&target, "data:image/svg+xml;base64,");
    od_html_add_base64(&target, od_buf_slice(&source));
    od_link *const link = od_arena_new(h->arena, od_link);
    link->target = od_arena_copy(h->arena, od_buf_slice(&target));
    const od_attr *const all = od_html_attr(h, element, NULL, NULL);
    if (all && (all->identifier.size || all->class_count)) {
        od_attr *const attr = od_arena_new(h->arena, od_attr);
        *attr = *all;
        attr->attribute_count = 0;
        link->attr = attr;
    }
    put(h, OD_IMAGE)->link = link;
    od_buf_free(&source);
    od_buf_free(&target);
}

static void put_formula(od_html *h, const GumboNode *element) {
    const GumboNode *const tex = od_html_tex(element);
    const char *const display = od_html_attribute(element, "display");
    if (!tex) {
        h->has_formula = true;
        return;
    }
    od_buf text = {0};
    od_html_spell(tex, &text);
    od_node *const node = put(h, OD_MATH);
    node->leaf.text = od_arena_copy(h->arena, od_buf_slice(&text));
    if (display && strcmp(display, "block") == 0) node->flags |= OD_DISPLAY;
    od_buf_free(&text);
}

// Appends `text` with its white space folded to single spaces.
static void fold_spaces(const od_buf *text, od_buf *out) {
    for (size_t i = 0; i < text->size; i++) {
        const char c = text->data[i];
        if (!is_white(c)) od_buf_byte(out, c);
        else if (i == 0 || !is_white(text->data[i - 1])) od_buf_byte(out, ' ');
    }
}

static void put_code(od_html *h, const GumboNode *element, const char *class) {
    od_buf text = {0}, folded = {0};
    od_html_spell(element, &text);
    fold_spaces(&text, &folded);
    if (folded.size) {
        od_node *const code = put(h, OD_CODE);
        code->leaf.text = od_arena_copy(h->arena, od_buf_slice(&folded));
        code->leaf.attr = od_html_attr(h, element, class, NULL);
    }
    od_buf_free(&text);
    od_buf_free(&folded);
}

// MathJax keeps formulas in scripts.
static void put_script(od_html *h, const GumboNode *element) {
    const char *const type = od_html_attribute(element, "type");
    if (!type || strncmp(type, "math/tex", 8) != 0) {
        if (!h->is_explicit) close_leaf(h);
        return;
    }
    od_buf text = {0};
    od_html_spell(element, &text);
    od_node *const math = put(h, OD_MATH);
    if (strstr(type, "display")) math->flags |= OD_DISPLAY;
    math->leaf.text = od_arena_copy(h->arena, od_buf_slice(&text));
    od_buf_free(&text);
}

static const GumboNode *only_code(const GumboNode *pre) {
    const GumboVector *const children = &pre->v.element.children;
    const GumboNode *const child = children->length == 1 ? children->data[0] : NULL;
    const bool is_code = child && child->type == GUMBO_NODE_ELEMENT &&
                         child->v.element.tag == GUMBO_TAG_CODE;
    return is_code ? child : NULL;
}

// Returns the attributes of a code block: those of the `pre`, or else the language of the `code` in
// it.
static const od_attr *code_attr(od_html *h, const GumboNode *pre) {
    const od_attr *const attr = od_html_attr(h, pre, NULL, NULL);
    const GumboNode *const code = only_code(pre);
    if (!code || (attr && attr->class_count)) return attr;
    const char *class = od_html_attribute(code, "class");
    if (!class || strncmp(class, "language-", 9) != 0) return attr;
    class += 9;
    od_slice *const name = od_arena_new(h->arena, od_slice);
    *name = od_arena_copy(h->arena, (od_slice){class, strcspn(class, " ")});
    od_attr *const made = od_arena_new(h->arena, od_attr);
    if (attr) *made = *attr;
    made->classes = name;
    made->class_count = 1;
    return made;
}

static void put_code_block(od_html *h, const GumboNode *element) {
    close_leaf(h);
    od_node *const node = add(h, block_parent(h), OD_CODE_BLOCK);
    od_buf text = {0};
    // HTML drops a line end right behind the tag; pandoc keeps it.
    const GumboStringPiece tag = element->v.element.original_tag;
    if (tag.data && tag.data[tag.length] == '\n') od_buf_byte(&text, '\n');
    od_html_spell(element, &text);
    od_slice code = od_buf_slice(&text);
    if (od_slice_ends(code, OD_SLICE("\n"))) code.size--;
    node->leaf.text = od_arena_copy(h->arena, code);
    node->leaf.attr = code_attr(h, element);
    od_buf_free(&text);
}

// ---- kinds of elements -------------------------------------------------------------------------

typedef enum action {
    THROUGH, // its content alone
    BREAK,   // likewise, but it ends the paragraph before it
    SKIP,
    LEAF,
    CONTAINER,
    DIV,
    INLINE,
    SPAN,
    TABLE_PART,
    CELL,
    ANCHOR,
    QUOTE,
    CODE,
    PRE,
    IMAGE,
    LINE_BREAK,
    RULE,
    INPUT,
    COLUMN,
    HEAD,
    SCRIPT,
    DRAWING,
    FORMULA,
} action;

typedef struct kind {
    GumboTag tag;
    action action;
    od_node_type type;
    const char *class;
} kind;

static const kind KINDS[] = {
    {GUMBO_TAG_P, LEAF, OD_PARA, NULL},
    {GUMBO_TAG_H1, LEAF, OD_HEADING, NULL},
    {GUMBO_TAG_H2, LEAF, OD_HEADING, NULL},
    {GUMBO_TAG_H3, LEAF, OD_HEADING, NULL},
    {GUMBO_TAG_H4, LEAF, OD_HEADING, NULL},
    {GUMBO_TAG_H5, LEAF, OD_HEADING, NULL},
    {GUMBO_TAG_H6, LEAF, OD_HEADING, NULL},
    {GUMBO_TAG_DT, LEAF, OD_TERM, NULL},
    {GUMBO_TAG_UL, CONTAINER, OD_BULLET_LIST, NULL},
    {GUMBO_TAG_OL, CONTAINER, OD_ORDERED_LIST, NULL},
    {GUMBO_TAG_LI, CONTAINER, OD_ITEM, NULL},
    {GUMBO_TAG_DL, CONTAINER, OD_DEFINITION_LIST, NULL},
    {GUMBO_TAG_DD, CONTAINER, OD_DEFINITION, NULL},
    {GUMBO_TAG_BLOCKQUOTE, CONTAINER, OD_BLOCK_QUOTE, NULL},
    {GUMBO_TAG_FIGURE, CONTAINER, OD_FIGURE, NULL},
    {GUMBO_TAG_FIGCAPTION, CONTAINER, OD_CAPTION, NULL},
    {GUMBO_TAG_TABLE, CONTAINER, OD_TABLE, NULL},
    {GUMBO_TAG_CAPTION, TABLE_PART, OD_CAPTION, NULL},
    {GUMBO_TAG_THEAD, TABLE_PART, OD_TABLE_HEAD, NULL},
    {GUMBO_TAG_TBODY, TABLE_PART, OD_TABLE_BODY, NULL},
    {GUMBO_TAG_TFOOT, TABLE_PART, OD_TABLE_FOOT, NULL},
    {GUMBO_TAG_TR, TABLE_PART, OD_ROW, NULL},
    {GUMBO_TAG_TD, CELL, OD_CELL, NULL},
    {GUMBO_TAG_TH, CELL, OD_CELL, NULL},
    {GUMBO_TAG_COL, COLUMN, OD_ROOT, NULL},
    {GUMBO_TAG_DIV, DIV, OD_DIV, NULL},
    {GUMBO_TAG_SECTION, DIV, OD_DIV, "section"},
    {GUMBO_TAG_HEADER, DIV, OD_DIV, "header"},
    {GUMBO_TAG_ASIDE, DIV, OD_DIV, "aside"},
    {GUMBO_TAG_EM, INLINE, OD_EMPH, NULL},
    {GUMBO_TAG_I, INLINE, OD_EMPH, NULL},
    {GUMBO_TAG_STRONG, INLINE, OD_STRONG, NULL},
    {GUMBO_TAG_B, INLINE, OD_STRONG, NULL},
    {GUMBO_TAG_DEL, INLINE, OD_STRIKEOUT, NULL},
    {GUMBO_TAG_S, INLINE, OD_STRIKEOUT, NULL},
    {GUMBO_TAG_STRIKE, INLINE, OD_STRIKEOUT, NULL},
    {GUMBO_TAG_U, INLINE, OD_UNDERLINE, NULL},
    {GUMBO_TAG_INS, INLINE, OD_UNDERLINE, NULL},
    {GUMBO_TAG_SUB, INLINE, OD_SUBSCRIPT, NULL},
    {GUMBO_TAG_SUP, INLINE, OD_SUPERSCRIPT, NULL},
    {GUMBO_TAG_SPAN, SPAN, OD_SPAN, NULL},
    {GUMBO_TAG_MARK, SPAN, OD_SPAN, "mark"},
    {GUMBO_TAG_SMALL, SPAN, OD_SPAN, "small"},
    {GUMBO_TAG_KBD, SPAN, OD_SPAN, "kbd"},
    {GUMBO_TAG_DFN, SPAN, OD_SPAN, "dfn"},
    {GUMBO_TAG_ABBR, SPAN, OD_SPAN, "abbr"},
    {GUMBO_TAG_BDO, SPAN, OD_SPAN, NULL},
    {GUMBO_TAG_A, ANCHOR, OD_LINK, NULL},
    {GUMBO_TAG_Q, QUOTE, OD_QUOTED, NULL},
    {GUMBO_TAG_CODE, CODE, OD_CODE, NULL},
    {GUMBO_TAG_TT, CODE, OD_CODE, NULL},
    {GUMBO_TAG_SAMP, CODE, OD_CODE, "sample"},
    {GUMBO_TAG_VAR, CODE, OD_CODE, "variable"},
    {GUMBO_TAG_PRE, PRE, OD_CODE_BLOCK, NULL},
    {GUMBO_TAG_IMG, IMAGE, OD_IMAGE, NULL},
    {GUMBO_TAG_BR, LINE_BREAK, OD_LINE_BREAK, NULL},
    {GUMBO_TAG_HR, RULE, OD_HORIZONTAL_RULE, NULL},
    {GUMBO_TAG_INPUT, INPUT, OD_ROOT, NULL},
    {GUMBO_TAG_HEAD, HEAD, OD_ROOT, NULL},
    {GUMBO_TAG_SCRIPT, SCRIPT, OD_ROOT, NULL},
    {GUMBO_TAG_STYLE, SCRIPT, OD_ROOT, NULL},
    {GUMBO_TAG_TEXTAREA, SKIP, OD_ROOT, NULL},
    {GUMBO_TAG_IFRAME, SKIP, OD_ROOT, NULL},
    {GUMBO_TAG_VIDEO, SKIP, OD_ROOT, NULL},
    {GUMBO_TAG_AUDIO, SKIP, OD_ROOT, NULL},
    {GUMBO_TAG_SVG, DRAWING, OD_ROOT, NULL},
    {GUMBO_TAG_MATH, FORMULA, OD_ROOT, NULL},
    {GUMBO_TAG_ARTICLE, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_NAV, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_FOOTER, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_MAIN, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_TITLE, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_BODY, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_DETAILS, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_SUMMARY, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_CENTER, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_ADDRESS, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_FORM, BREAK, OD_ROOT, NULL},
    {GUMBO_TAG_FIELDSET, BREAK, OD_ROOT, NULL},
};

static kind kind_of(const GumboNode *element) {
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (KINDS[i].tag == element->v.element.tag) return KINDS[i];
    return (kind){.action = THROUGH};
}

// ---- blocks ------------------------------------------------------------------------------------

static od_list_style list_style(const GumboNode *element) {
    static const struct {
        const char *type, *style;
        od_list_style is;
    } STYLES[] = {{"1", "decimal", OD_STYLE_DECIMAL},
                  {"a", "lower-alpha", OD_STYLE_LOWER_ALPHA},
                  {"A", "upper-alpha", OD_STYLE_UPPER_ALPHA},
                  {"i", "lower-roman", OD_STYLE_LOWER_ROMAN},
                  {"I", "upper-roman", OD_STYLE_UPPER_ROMAN}};
    const char *const type = od_html_attribute(element, "type");
    const char *const style = od_html_attribute(element, "style");
    for (size_t i = 0; i < sizeof STYLES / sizeof *STYLES; i++)
        if ((type && strcmp(type, STYLES[i].type) == 0) ||
            (style && strstr(style, "list-style-type") && strstr(style, STYLES[i].style)))
            return STYLES[i].is;
    return OD_STYLE_DEFAULT;
}

static size_t read_number(const char *text, size_t otherwise, size_t most) {
    if (!text) return otherwise;
    char *end;
    const long value = strtol(text, &end, 10);
    if (end == text || value < 0) return otherwise;
    return (size_t)value < most ? (size_t)value : most;
}

static void set_payload(od_html *h, od_node *node, const GumboNode *element, const char *class) {
    switch ((od_node_type)node->type) {
    case OD_HEADING:
        node->heading.level = (int)(element->v.element.tag - GUMBO_TAG_H1) + 1;
        node->heading.attr = od_html_attr(h, element, NULL, NULL);
        break;
    case OD_ORDERED_LIST:
        node->list.start = read_number(od_html_attribute(element, "start"), 1, 1000000000);
        node->list.style = (uint8_t)list_style(element);
        break;
    case OD_TABLE: {
        od_table *const table = od_arena_new(h->arena, od_table);
        table->attr = od_html_attr(h, element, NULL, NULL);
        node->table = table;
        break;
    }
    case OD_TABLE_BODY: node->body.attr = od_html_attr(h, element, NULL, NULL); break;
    case OD_DIV:
    case OD_FIGURE:
    case OD_TABLE_HEAD:
    case OD_TABLE_FOOT:
    case OD_ROW: node->attr = od_html_attr(h, element, class, NULL); break;
    case OD_CELL:
        node->cell.attr = od_html_attr(h, element, NULL, " align colspan rowspan ");
        node->cell.alignment = (uint8_t)od_html_alignment(element);
        node->cell.column_span =
            (uint32_t)read_number(od_html_attribute(element, "colspan"), 1, 1000);
        node->cell.row_span =
            (uint32_t)read_number(od_html_attribute(element, "rowspan"), 1, 65534);
        if (!node->cell.column_span) node->cell.column_span = 1;
        if (!node->cell.row_span) node->cell.row_span = 1;
        // Remembered until the table is finished.
        if (element->v.element.tag == GUMBO_TAG_TH) node->flags |= OD_FRESH;
        break;
    default: break;
    }
}

static bool has_parent(const od_html *h, od_node_type type) {
    const od_node_type container = (od_node_type)h->container->type;
    switch (type) {
    case OD_ITEM: return container == OD_BULLET_LIST || container == OD_ORDERED_LIST;
    case OD_TERM:
    case OD_DEFINITION: return container == OD_DEFINITION_LIST;
    case OD_CAPTION: return container == OD_FIGURE || container == OD_TABLE;
    default: return true;
    }
}

// Opens a block for `element`; a part that stands outside of its whole leaves only its content.
static void open_block(od_html *h, const kind *k, od_html_frame *frame) {
    if (!has_parent(h, k->type)) {
        close_leaf(h);
        return;
    }
    if (h->waiting.count) open_waiting(h); // `<a href="x"><p>`: an empty link
    od_node *const last = h->container->last;
    if (k->type == OD_TERM && last && last->type == OD_TERM) {
        // Terms that follow each other are lines of one.
        h->leaf = h->inner = last;
        h->is_explicit = frame->is_leaf = true;
        h->generation++;
        add(h, last, OD_LINE_BREAK)->flags |= OD_VERBATIM;
        h->started = false;
        return;
    }
    close_leaf(h);
    if (k->action == LEAF) {
        open_leaf(h, k->type, true);
        set_payload(h, h->leaf, frame->element, NULL);
        frame->is_leaf = true;
        return;
    }
    const bool is_part = k->action == TABLE_PART || k->action == CELL || k->type == OD_ITEM ||
                         k->type == OD_DEFINITION || k->type == OD_CAPTION;
    frame->made = add(h, is_part ? h->container : block_parent(h), k->type);
    set_payload(h, frame->made, frame->element, k->class);
    h->container = frame->made;
}

// ---- inline elements ---------------------------------------------------------------------------

static void wait_for(od_html *h, od_html_frame *frame, od_node *node) {
    frame->made = node;
    frame->is_inline = true;
    *od_array_push(&h->scratch, &h->waiting) = node;
}

static bool is_small_caps(const GumboNode *element) {
    const char *const style = od_html_attribute(element, "style");
    const char *const class = od_html_attribute(element, "class");
    return (style && strstr(style, "font-variant") && strstr(style, "small-caps")) ||
           (class && strcmp(class, "smallcaps") == 0);
}

static void open_span(od_html *h, const kind *k, od_html_frame *frame) {
    if (!od_extensions_have(h->extensions, OD_EXT_native_spans)) return;
    const od_attr *const attr = od_html_attr(h, frame->element, k->class, NULL);
    if (k->tag == GUMBO_TAG_BDO && !attr) return;
    const bool small = k->tag == GUMBO_TAG_SPAN && is_small_caps(frame->element);
    od_node *const node = od_node_new(h->arena, small ? OD_SMALL_CAPS : OD_SPAN, OD_NO_SPAN);
    if (!small) node->attr = attr;
    wait_for(h, frame, node);
}

static void open_anchor(od_html *h, od_html_frame *frame) {
    const GumboNode *const element = frame->element;
    if (od_html_attribute(element, "href")) {
        od_node *const node = od_node_new(h->arena, OD_LINK, OD_NO_SPAN);
        set_link(h, node, element, "href", " href title ");
        wait_for(h, frame, node);
        return;
    }
    od_node *const node = od_node_new(h->arena, OD_SPAN, OD_NO_SPAN);
    node->attr = od_html_attr(h, element, NULL, " name ");
    const od_slice name = copy_attribute(h, element, "name");
    if (name.size && !(node->attr && node->attr->identifier.size)) {
        od_attr *const attr = od_arena_new(h->arena, od_attr);
        if (node->attr) *attr = *node->attr;
        attr->identifier = name;
        node->attr = attr;
    }
    wait_for(h, frame, node);
}

static void open_quote(od_html *h, od_html_frame *frame) {
    od_node *const node = od_node_new(h->arena, OD_QUOTED, OD_NO_SPAN);
    node->double_quotes = h->quotes % 2 == 0;
    h->quotes++;
    frame->quotes = true;
    wait_for(h, frame, node);
    const od_slice cite = copy_attribute(h, frame->element, "cite");
    if (!cite.size) return;
    od_node *const span = od_node_new(h->arena, OD_SPAN, OD_NO_SPAN);
    span->attr = od_html_attr(h, frame->element, NULL, NULL);
    *od_array_push(&h->scratch, &h->waiting) = span;
}

static void put_input(od_html *h, const GumboNode *element) {
    const char *const type = od_html_attribute(element, "type");
    if (!type || strcasecmp(type, "checkbox") != 0) return;
    bool in_item = false;
    for (size_t i = 0; i < h->frames.count; i++)
        in_item = in_item || (h->frames.items[i].made && h->frames.items[i].made->type == OD_ITEM);
    if (!in_item || h->started) return;
    put_text(h, od_html_attribute(element, "checked") ? "\xE2\x98\x92" : "\xE2\x98\x90");
    h->space = ' ';
}

static void note_column(od_html *h, const GumboNode *element) {
    for (size_t i = h->frames.count; i-- > 0;) {
        od_html_frame *const frame = &h->frames.items[i];
        if (!frame->made || frame->made->type != OD_TABLE) continue;
        const size_t span = read_number(od_html_attribute(element, "span"), 1, 1000);
        for (size_t k = 0; k < span; k++)
            *od_array_push(&h->scratch, &frame->widths) = od_html_width(element);
        return;
    }
}

// ---- the head ----------------------------------------------------------------------------------

static void add_meta(od_html *h, od_slice key, od_slice text) {
    od_node *const value = od_node_new(h->arena, OD_META_INLINES, OD_NO_SPAN);
    if (text.size) add(h, value, OD_TEXT)->leaf.text = text;
    od_meta_put(h->arena, h->meta, key, value);
}

static void read_head(od_html *h, const GumboNode *head) {
    const GumboVector *const children = &head->v.element.children;
    for (unsigned i = 0; i < children->length; i++) {
        const GumboNode *const n = children->data[i];
        if (n->type != GUMBO_NODE_ELEMENT) continue;
        if (n->v.element.tag == GUMBO_TAG_TITLE) {
            od_buf text = {0};
            od_html_spell(n, &text);
            const od_slice title = od_slice_trim(od_buf_slice(&text));
            if (title.size) add_meta(h, OD_SLICE("title"), od_arena_copy(h->arena, title));
            od_buf_free(&text);
        }
        const od_slice name = copy_attribute(h, n, "name");
        if (n->v.element.tag == GUMBO_TAG_META && name.size && od_html_attribute(n, "content"))
            add_meta(h, name, copy_attribute(h, n, "content"));
    }
}

// ---- the walk ----------------------------------------------------------------------------------

// Reads what stands before the content of `element`; returns whether the content is to be read.
static bool enter_element(od_html *h, od_html_frame *frame) {
    const kind k = kind_of(frame->element);
    const bool is_block = k.action == LEAF || k.action == CONTAINER || k.action == DIV ||
                          k.action == TABLE_PART || k.action == CELL || k.action == BREAK;
    // What is a block elsewhere is only its content inside of a heading.
    if (is_block && h->leaf && h->is_explicit) return true;
    switch (k.action) {
    case THROUGH: return true;
    case SKIP: return false;
    case BREAK: close_leaf(h); return true;
    case DIV:
        if (h->container->type == OD_DEFINITION_LIST) return true;
        if (od_extensions_have(h->extensions, OD_EXT_native_divs)) open_block(h, &k, frame);
        else close_leaf(h);
        return true;
    case LEAF:
    case CONTAINER:
    case TABLE_PART:
    case CELL: open_block(h, &k, frame); return true;
    case INLINE: wait_for(h, frame, od_node_new(h->arena, k.type, OD_NO_SPAN)); return true;
    case SPAN: open_span(h, &k, frame); return true;
    case ANCHOR: open_anchor(h, frame); return true;
    case QUOTE: open_quote(h, frame); return true;
    case CODE: put_code(h, frame->element, k.class); return false;
    case PRE: put_code_block(h, frame->element); return false;
    case IMAGE: put_image(h, frame->element); return false;
    case LINE_BREAK: put_break(h); return false;
    case RULE:
        close_leaf(h);
        add(h, block_parent(h), OD_HORIZONTAL_RULE);
        return false;
    case INPUT: put_input(h, frame->element); return false;
    case COLUMN: note_column(h, frame->element); return false;
    case HEAD:
        // A head without its tag is part of the text, as pandoc reads it.
        if (frame->element->parse_flags & GUMBO_INSERTION_BY_PARSER) return true;
        read_head(h, frame->element);
        return false;
    case SCRIPT:
        put_script(h, frame->element);
        return false;
    case DRAWING: put_drawing(h, frame->element); return false;
    case FORMULA: put_formula(h, frame->element); return false;
    }
    return true;
}

static bool merges(const od_node *node) {
    return node->type >= OD_EMPH && node->type <= OD_SUBSCRIPT;
}

// Two words that come to stand side by side stay two.
static void keep_apart(const od_node *before, od_node *after) {
    if (!before || !after || before->type != OD_TEXT || after->type != OD_TEXT) return;
    for (size_t i = 0; i < after->leaf.text.size; i++)
        if (is_white(after->leaf.text.data[i])) return;
    after->flags |= OD_VERBATIM;
}

// Joins `node` with one of its kind right before it, as pandoc's builder does.
static void merge(od_node *node) {
    od_node *before = NULL;
    for (od_node *n = node->parent->first; n != node; n = n->next) before = n;
    if (!before || before->type != node->type || !merges(node)) return;
    od_html_remove(node);
    keep_apart(before->last, node->first);
    for (od_node *n = node->first, *next; n; n = next) {
        next = n->next;
        n->parent = n->next = NULL;
        od_node_append(before, n);
    }
}

static void leave_inline(od_html *h, const od_html_frame *frame) {
    if (frame->quotes) h->quotes--;
    od_node *const node = frame->made;
    bool waits = false;
    for (size_t i = 0; i < h->waiting.count; i++) waits = waits || h->waiting.items[i] == node;
    if (waits) open_waiting(h); // it is empty
    if (!node->parent || !h->leaf) return;
    // A block in it has ended it.
    const od_node *n = h->inner;
    while (n && n != node && n != h->leaf) n = n->parent;
    if (n != node) return;
    flush_run(h);
    h->inner = node->parent;
    merge(node);
}

// The caption of a figure comes first.
static void finish_figure(od_html *h, od_node *figure) {
    od_node *caption = NULL;
    for (od_node *n = figure->first; n && !caption; n = n->next)
        if (n->type == OD_CAPTION) caption = n;
    if (caption) od_html_remove(caption);
    else caption = od_node_new(h->arena, OD_CAPTION, OD_NO_SPAN);
    caption->next = figure->first;
    caption->parent = figure;
    figure->first = caption;
    if (!figure->last) figure->last = caption;
}

// Turns a div of class line-block into lines.
static void finish_lines(od_html *h, od_node *div) {
    const bool is_one = div->attr && div->attr->class_count &&
                        od_slice_is(div->attr->classes[0], "line-block") && div->first &&
                        !div->first->next && div->first->type == OD_PLAIN;
    if (!is_one || !od_extensions_have(h->extensions, OD_EXT_line_blocks)) return;
    od_node *inline_node = div->first->first;
    div->type = OD_LINE_BLOCK;
    div->attr = NULL;
    div->first = div->last = NULL;
    od_node *line = add(h, div, OD_LINE);
    for (od_node *next; inline_node; inline_node = next) {
        next = inline_node->next;
        inline_node->parent = inline_node->next = NULL;
        if (inline_node->type == OD_LINE_BREAK) line = add(h, div, OD_LINE);
        else od_node_append(line, inline_node);
    }
}

// The identifier of an item goes to what it says.
static void finish_item(od_html *h, od_node *item, const GumboNode *element) {
    const od_slice identifier = copy_attribute(h, element, "id");
    od_node *const leaf = item->first;
    if (!identifier.size || !leaf || (leaf->type != OD_PLAIN && leaf->type != OD_PARA)) return;
    od_node *const span = od_node_new(h->arena, OD_SPAN, OD_NO_SPAN);
    od_attr *const attr = od_arena_new(h->arena, od_attr);
    attr->identifier = identifier;
    span->attr = attr;
    span->first = leaf->first;
    span->last = leaf->last;
    for (od_node *n = span->first; n; n = n->next) n->parent = span;
    leaf->first = leaf->last = NULL;
    od_node_append(leaf, span);
}

static void leave_element(od_html *h, const od_html_frame *frame) {
    if (frame->is_inline) {
        leave_inline(h, frame);
        return;
    }
    const kind k = kind_of(frame->element);
    if (frame->is_leaf || frame->made || (k.action == BREAK && !h->is_explicit) ||
        (k.action == DIV && !h->is_explicit))
        close_leaf(h);
    if (frame->is_leaf) h->is_explicit = false;
    if (!frame->made) return;
    h->container = frame->container;
    if (frame->made->type == OD_FIGURE) finish_figure(h, frame->made);
    if (frame->made->type == OD_DIV) finish_lines(h, frame->made);
    if (frame->made->type == OD_ITEM) finish_item(h, frame->made, frame->element);
    if (frame->made->type == OD_TABLE)
        od_html_finish_table(h, frame->made, frame->widths.items, frame->widths.count);
}

static void read_tree(od_html *h, const GumboNode *top) {
    for (const GumboNode *n = top; n;) {
        const bool is_element = n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE;
        if (n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE ||
            n->type == GUMBO_NODE_CDATA)
            put_text(h, n->v.text.text);
        if (is_element) {
            od_html_frame frame = {.element = n, .container = h->container};
            const bool below = enter_element(h, &frame);
            if (below && n->v.element.children.length) {
                *od_array_push(&h->scratch, &h->frames) = frame;
                n = n->v.element.children.data[0];
                continue;
            }
            if (below) leave_element(h, &frame);
        }
        while (n != top && n->index_within_parent + 1 >= n->parent->v.element.children.length) {
            n = n->parent;
            const od_html_frame frame = h->frames.items[--h->frames.count];
            leave_element(h, &frame);
        }
        if (n == top) return;
        n = n->parent->v.element.children.data[n->index_within_parent + 1];
    }
}

// ---- afterwards --------------------------------------------------------------------------------

static bool is_paragraph(const od_node *n, bool in_list) {
    switch ((od_node_type)n->type) {
    case OD_PARA:
    case OD_CODE_BLOCK:
    case OD_HEADING:
    case OD_BLOCK_QUOTE: return true;
    case OD_BULLET_LIST:
    case OD_ORDERED_LIST:
    case OD_DEFINITION_LIST: return !in_list;
    default: return false;
    }
}

// Plain text beside paragraphs is a paragraph.
static void fix_plains(od_node *parent, bool in_list) {
    bool any = false;
    for (const od_node *n = parent->first; n; n = n->next) any = any || is_paragraph(n, in_list);
    for (od_node *n = parent->first; any && n; n = n->next)
        if (n->type == OD_PLAIN) n->type = OD_PARA;
}

// Puts the children of `from` in the place of it.
static void replace_by_children(od_node *from) {
    od_node *const parent = from->parent, *const first = from->first, *const last = from->last;
    for (od_node *n = first; n; n = n->next) n->parent = parent;
    od_node *before = NULL;
    for (od_node *n = parent->first; n != from; n = n->next) before = n;
    od_node *const after = from->next;
    *(before ? &before->next : &parent->first) = first ? first : after;
    if (last) last->next = after;
    if (!after) parent->last = last ? last : before;
}

// A definition list that lacks terms or definitions leaves its content alone.
static void unwrap(od_node *list) {
    for (od_node *n = list->first, *next; n; n = next) {
        next = n->next;
        if (n->type == OD_TERM) n->type = OD_PLAIN;
        else if (n->type == OD_DEFINITION) replace_by_children(n);
    }
    replace_by_children(list);
}

static bool is_complete(const od_node *list) {
    if (!list->first || list->first->type != OD_TERM || list->last->type != OD_DEFINITION)
        return false;
    for (const od_node *n = list->first; n; n = n->next)
        if (n->type != OD_TERM && n->type != OD_DEFINITION) return false;
    return true;
}

static void finish(od_html *h) {
    od_ids ids = {.arena = &h->scratch};
    const bool gfm = od_extensions_have(h->extensions, OD_EXT_gfm_auto_identifiers);
    const bool named = gfm || od_extensions_have(h->extensions, OD_EXT_auto_identifiers);
    for (od_node *n = h->root, *next; n; n = next) {
        next = od_node_next(h->root, n, false);
        const bool in_list = n->type == OD_ITEM || n->type == OD_DEFINITION;
        if (n->type == OD_HEADING) od_name_heading(&ids, h->arena, n, named, gfm);
        if (in_list || n->type == OD_ROOT || n->type == OD_BLOCK_QUOTE) fix_plains(n, in_list);
        if (n->type != OD_DEFINITION_LIST || is_complete(n)) continue;
        od_node *const after = od_node_next(h->root, n, true);
        unwrap(n);
        next = after;
    }
}

// ---- parsing -----------------------------------------------------------------------------------

// Gumbo's memory: an arena of its own, and a bound, since tags that are wrongly nested multiply.
typedef struct memory {
    od_arena arena;
    size_t used, most;
    jmp_buf full;
} memory;

static void *allocate(void *context, size_t size) {
    memory *const m = context;
    m->used += size;
    if (m->used > m->most) longjmp(m->full, 1);
    return od_arena_alloc(&m->arena, size);
}

static void deallocate(void *context, void *bytes) {
    (void)context;
    (void)bytes;
}

// Whether tags are open so deep that gumbo, which looks through all of them, takes too long. Tags
// that are usually left open are not counted.
static bool is_deep(od_slice text) {
    enum { DEEPEST = 1000 };
    static const char *const OPEN[] = {"p",  "li", "td",  "th",    "tr",  "dt",   "dd",   "br",
                                       "hr", "img", "input", "col", "meta", "link", "option",
                                       "wbr"};
    size_t depth = 0;
    for (size_t at = 0; at + 1 < text.size; at++) {
        if (text.data[at] != '<') continue;
        const bool closing = text.data[at + 1] == '/';
        const size_t start = at + (closing ? 2 : 1);
        size_t end = start;
        while (end < text.size && od_is_ascii_alpha((unsigned char)text.data[end])) end++;
        if (end == start) continue;
        bool counts = true;
        for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN && counts; i++)
            counts = strlen(OPEN[i]) != end - start ||
                     strncasecmp(OPEN[i], text.data + start, end - start) != 0;
        if (!counts) continue;
        if (closing) depth -= depth > 0;
        else if (++depth > DEEPEST) return true;
    }
    return false;
}

// Returns the first `main` below `top`, which stands for the whole document, or `top`.
static const GumboNode *find_main(const GumboNode *top) {
    for (const GumboNode *n = top;;) {
        const bool is_element = n->type == GUMBO_NODE_ELEMENT;
        if (is_element && n->v.element.tag == GUMBO_TAG_MAIN) return n;
        if (is_element && n->v.element.children.length) {
            n = n->v.element.children.data[0];
            continue;
        }
        while (n != top && n->index_within_parent + 1 >= n->parent->v.element.children.length)
            n = n->parent;
        if (n == top) return top;
        n = n->parent->v.element.children.data[n->index_within_parent + 1];
    }
}

static od_node *add_main(od_html *h, const GumboNode *main) {
    od_node *const div = add(h, h->root, OD_DIV);
    od_attr *const attr = od_arena_new(h->arena, od_attr);
    const od_attr *const given = od_html_attr(h, main, NULL, " role ");
    if (given) *attr = *given;
    od_pair *const pairs = od_arena_array(h->arena, od_pair, attr->attribute_count + 1);
    for (size_t i = 0; i < attr->attribute_count; i++) pairs[i] = attr->attributes[i];
    pairs[attr->attribute_count++] = (od_pair){OD_SLICE("role"), OD_SLICE("main")};
    attr->attributes = pairs;
    div->attr = attr;
    return div;
}

static void read_root(od_html *h, const GumboNode *root) {
    const od_slice language = copy_attribute(h, root, "lang");
    if (language.size) add_meta(h, OD_SLICE("lang"), language);
    const GumboVector *const children = &root->v.element.children;
    const GumboNode *const main = find_main(root);
    for (unsigned i = 0; main != root && i < children->length; i++) {
        const GumboNode *const n = children->data[i];
        if (n->type == GUMBO_NODE_ELEMENT && n->v.element.tag == GUMBO_TAG_HEAD) read_head(h, n);
    }
    const bool named = main != root && (od_html_attribute(main, "id") ||
                                        od_html_attribute(main, "class"));
    if (named) h->container = add_main(h, main);
    read_tree(h, main);
    close_leaf(h);
    finish(h);
}

static od_status refuse(od_diagnostics *failures, const od_source *source, od_status status,
                        od_text text) {
    od_fail_at(failures, source, (od_span){0, 0}, od_say(failures, text));
    return status;
}

static od_status check(const od_html *h, const od_source *source, od_diagnostics *failures) {
    if (h->has_formula)
        return refuse(failures, source, OD_INVALID,
                      OD_SAY("this HTML holds MathML without an annotation in TeX, which is not "
                             "read here",
                             "这段 HTML 含有没有附 TeX 源码的 MathML，这里不能读取"));
    if (h->padded_too_much)
        return refuse(failures, source, OD_LIMIT,
                      OD_SAY("the tables of this HTML lack too many cells",
                             "这段 HTML 的表格缺少的单元格太多"));
    return OD_OK;
}

// Gumbo may leave by longjmp: what it needs lives in the caller.
static bool parse(memory *m, const od_source *source, od_html *h) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = deallocate;
    options.userdata = m;
    options.max_errors = 0;
    if (setjmp(m->full)) return false;
    const GumboOutput *const output =
        gumbo_parse_with_options(&options, source->bytes.data ? source->bytes.data : "",
                                 source->bytes.size);
    read_root(h, output->root);
    return true;
}

od_status od_read_html(od_arena *arena, const od_source *source, const od_extensions *extensions,
                       od_diagnostics *failures, od_node **root, od_node **meta) {
    enum { BYTES_PER_BYTE = 256, AT_LEAST = 1 << 24 };
    if (is_deep(source->bytes))
        return refuse(failures, source, OD_LIMIT,
                      OD_SAY("the tags of this HTML are nested too deep",
                             "这段 HTML 的标签嵌套太深"));
    memory m = {.most = AT_LEAST + BYTES_PER_BYTE * source->bytes.size};
    od_html h = {.arena = arena, .extensions = extensions};
    h.root = h.container = od_node_new(arena, OD_ROOT, OD_NO_SPAN);
    h.meta = od_node_new(arena, OD_META_MAP, OD_NO_SPAN);
    const bool parsed = parse(&m, source, &h);
    od_status status = parsed ? check(&h, source, failures)
                              : refuse(failures, source, OD_LIMIT,
                                       OD_SAY("this HTML needs too much memory",
                                              "读取这段 HTML 需要的内存太多"));
    od_buf_free(&h.run);
    od_arena_free(&h.scratch);
    od_arena_free(&m.arena);
    if (status != OD_OK) return status;
    *root = h.root;
    *meta = h.meta;
    return OD_OK;
}
