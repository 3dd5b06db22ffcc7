#include "writer/html.h"

#include "writer/html_attributes.h"
#include "writer/html_parts.h"
#include "writer/spell.h"
#include "writer/walk.h"

static void put(od_html *h, const char *text) {
    od_layout_string(&h->layout, text);
}

static od_buf *chunk(od_html *h) {
    return od_layout_chunk(&h->layout);
}

static void put_end(od_html *h) {
    od_layout_line_end(&h->layout);
}

// ---- text --------------------------------------------------------------------------------------

static void put_space(od_html *h, od_word_kind kind) {
    if (kind == OD_WORD_SOFT_BREAK && h->options->wrap == OD_WRAP_PRESERVE) put_end(h);
    else od_layout_space(&h->layout);
}

static bool leave_out(od_html *h, bool space) {
    if (!h->mark) return false;
    h->mark = space ? 0 : 1;
    return true;
}

static void put_text(od_html *h, const od_node *node) {
    od_slice text = node->leaf.text, word;
    const bool character = (node->flags & OD_DECODED) && text.size == 1;
    if ((node->flags & OD_VERBATIM) || character) {
        if (!leave_out(h, false)) od_html_put_text(chunk(h), text);
        return;
    }
    for (od_word_kind kind; od_words(&text, &kind, &word);) {
        if (leave_out(h, kind != OD_WORD)) continue;
        if (kind == OD_WORD) od_html_put_text(chunk(h), word);
        else put_space(h, kind);
    }
}

// Puts text line by line. Within Markdown an empty line would end the HTML.
static void put_lines(od_html *h, od_slice text, bool escaped) {
    while (text.size) {
        const char *const hit = memchr(text.data, '\n', text.size);
        const size_t size = hit ? (size_t)(hit - text.data) : text.size;
        const od_slice line = od_slice_cut(text, 0, size);
        if (escaped) od_html_put_text(chunk(h), line);
        else od_layout_text(&h->layout, line);
        if (!hit) return;
        if (h->in_markdown && escaped && !size) put(h, "&#10;");
        else od_layout_new_line(&h->layout);
        text = od_slice_from(text, size + 1);
    }
}

static bool is_html(const char *format) {
    return strcmp(format, "html") == 0 || strcmp(format, "html5") == 0 ||
           strcmp(format, "html4") == 0;
}

static void put_raw(od_html *h, const od_node *node) {
    if (!node->leaf.format || !is_html(node->leaf.format)) return;
    od_slice text = node->leaf.text;
    while (node->type == OD_RAW_BLOCK && text.size && text.data[text.size - 1] == '\n') text.size--;
    put_lines(h, text, false);
}

// ---- inlines -----------------------------------------------------------------------------------

static void put_code(od_html *h, const od_node *node) {
    const od_attr *const attr = node->leaf.attr;
    const char *const drop = od_html_has_class(attr, "sample")     ? "sample"
                             : od_html_has_class(attr, "variable") ? "variable"
                                                                   : NULL;
    const char *const tag = !drop ? "code" : drop[0] == 's' ? "samp" : "var";
    od_attr rest = attr ? *attr : (od_attr){0};
    od_slice *const classes = od_arena_array(&h->arena, od_slice, rest.class_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < rest.class_count; i++)
        if (!drop || !od_slice_is(rest.classes[i], drop)) classes[count++] = rest.classes[i];
    rest.classes = classes;
    rest.class_count = count;
    od_buf_byte(chunk(h), '<');
    put(h, tag);
    od_html_put_attr(chunk(h), &rest);
    put(h, ">");
    od_html_put_text(chunk(h), node->leaf.text);
    put(h, "</");
    put(h, tag);
    put(h, ">");
}

static void put_math(od_html *h, const od_node *node) {
    const bool display = node->flags & OD_DISPLAY;
    put(h, display ? "<span class=\"math display\">\\[" : "<span class=\"math inline\">\\(");
    put_lines(h, node->leaf.text, true);
    put(h, display ? "\\]</span>" : "\\)</span>");
}

static void put_number(od_html *h, const char *before, size_t number, const char *after) {
    put(h, before);
    od_buf_number(chunk(h), number);
    put(h, after);
}

static void put_note(od_html *h, const od_node *node) {
    *od_array_push(&h->arena, &h->notes) = node;
    const size_t number = h->notes.count;
    put_number(h, "<a href=\"#fn", number, "\" class=\"footnote-ref\"");
    put_number(h, " id=\"fnref", number, "\" role=\"doc-noteref\">");
    put_number(h, "<sup>", number, "</sup></a>");
}

static void put_back_link(od_html *h) {
    put_number(h, "<a href=\"#fnref", h->notes_from,
               "\" class=\"footnote-back\" role=\"doc-backlink\">\xE2\x86\xA9\xEF\xB8\x8E</a>");
}

// HTML has an element for some classes of spans.
static const char *span_element(const od_attr *attr) {
    static const char *const ELEMENTS[] = {"kbd", "mark", "dfn"};
    for (size_t i = 0; attr && attr->class_count && i < 3; i++)
        if (od_slice_is(attr->classes[0], ELEMENTS[i])) return ELEMENTS[i];
    return NULL;
}

static void open_span(od_html *h, const od_node *node) {
    const char *const element = span_element(node->attr);
    od_attr rest = node->attr ? *node->attr : (od_attr){0};
    if (element) {
        rest.classes++;
        rest.class_count--;
    }
    put(h, "<");
    put(h, element ? element : "span");
    od_html_put_attr(chunk(h), &rest);
    put(h, ">");
}

static void close_span(od_html *h, const od_node *node) {
    const char *const element = span_element(node->attr);
    put(h, "</");
    put(h, element ? element : "span");
    put(h, ">");
}

// HTML has no links in links.
static void open_link(od_html *h, const od_node *node) {
    if (h->links++ > 0) {
        put(h, "<span");
        od_html_put_attr(chunk(h), node->link->attr);
        put(h, ">");
        return;
    }
    put(h, "<a");
    od_html_put_value(chunk(h), "href", node->link->target);
    od_html_put_attr(chunk(h), node->link->attr);
    if (node->link->title.size) od_html_put_value(chunk(h), "title", node->link->title);
    put(h, ">");
}

static void close_link(od_html *h, const od_node *node) {
    (void)node;
    put(h, --h->links > 0 ? "</span>" : "</a>");
}

static void open_cite(od_html *h, const od_node *node) {
    put(h, "<span class=\"citation\" data-cites=\"");
    const char *separator = "";
    for (const od_node *c = node->first; c && c->type == OD_CITATION; c = c->next) {
        put(h, separator);
        od_html_put_escaped(chunk(h), c->citation->id);
        separator = " ";
    }
    put(h, "\">");
}

static void put_quote(od_html *h, const od_node *node, bool closing) {
    if (node->double_quotes) put(h, closing ? "”" : "“");
    else put(h, closing ? "’" : "‘");
}

// ---- task lists --------------------------------------------------------------------------------

// Returns the box that the paragraph begins with: '\0', ' ' or 'x'.
static char task_box(const od_node *paragraph) {
    const od_node *const text = paragraph ? paragraph->first : NULL;
    if (!text || text->type != OD_TEXT || !od_node_holds_inlines(paragraph->type)) return '\0';
    od_slice rest = text->leaf.text, word = {0};
    od_word_kind kind = OD_WORD_SPACE;
    if (!od_words(&rest, &kind, &word) || kind != OD_WORD) return '\0';
    if (!rest.size && !(text->next && text->next->type == OD_SPACE)) return '\0';
    if (od_slice_is(word, "\xE2\x98\x90")) return ' ';
    return od_slice_is(word, "\xE2\x98\x92") ? 'x' : '\0';
}

static bool is_task_list(const od_node *list) {
    for (const od_node *item = list->first; item; item = item->next)
        if (!task_box(item->first)) return false;
    return list->first != NULL;
}

static bool is_task(const od_node *paragraph) {
    const od_node *const item = paragraph->parent;
    return item && item->type == OD_ITEM && item->first == paragraph && task_box(paragraph);
}

static void open_task(od_html *h, const od_node *paragraph) {
    if (!is_task(paragraph)) return;
    put(h, task_box(paragraph) == 'x' ? "<label><input type=\"checkbox\" checked=\"\" />"
                                      : "<label><input type=\"checkbox\" />");
    h->mark = 2;
}

static void close_task(od_html *h, const od_node *paragraph) {
    if (is_task(paragraph)) put(h, "</label>");
    h->mark = 0;
}

// ---- blocks ------------------------------------------------------------------------------------

static bool is_last_of_note(const od_node *block) {
    return block->parent && block->parent->type == OD_NOTE && !block->next;
}

static void open_para(od_html *h, const od_node *node) {
    if (node->type == OD_PARA && node->first) put(h, "<p>");
    open_task(h, node);
}

static void close_para(od_html *h, const od_node *node) {
    close_task(h, node);
    if (is_last_of_note(node)) put_back_link(h);
    if (node->type == OD_PARA && node->first) put(h, "</p>");
}

static void open_heading(od_html *h, const od_node *node) {
    const bool deep = node->heading.level > 6;
    if (deep) put(h, "<p");
    else put_number(h, "<h", (size_t)node->heading.level, "");
    od_html_put_attr_with(chunk(h), node->heading.attr, deep ? "heading" : NULL);
    put(h, ">");
}

static void close_heading(od_html *h, const od_node *node) {
    if (node->heading.level > 6) put(h, "</p>");
    else put_number(h, "</h", (size_t)node->heading.level, ">");
}

static void put_code_block(od_html *h, const od_node *node) {
    put(h, "<pre");
    od_html_put_attr(chunk(h), node->leaf.attr);
    put(h, "><code>");
    put_lines(h, node->leaf.text, true);
    put(h, "</code></pre>");
}

static void open_ordered(od_html *h, const od_node *node) {
    static const char TYPES[] = {'\0', '1', '1', 'i', 'I', 'a', 'A'};
    put(h, "<ol");
    if (node->list.start != 1) put_number(h, " start=\"", node->list.start, "\"");
    if (node->list.style == OD_STYLE_EXAMPLE) put(h, " class=\"example\"");
    if (TYPES[node->list.style]) {
        put(h, " type=\"");
        od_buf_byte(chunk(h), TYPES[node->list.style]);
        put(h, "\"");
    }
    put(h, ">");
}

static void open_bullets(od_html *h, const od_node *node) {
    put(h, is_task_list(node) ? "<ul class=\"task-list\">" : "<ul>");
}

static bool is_section(const od_node *div) {
    return od_html_has_class(div->attr, "section");
}

// Columns have their width as style, as pandoc writes them.
static void put_div_attr(od_html *h, const od_attr *attr) {
    const od_slice *const width =
        od_html_has_class(attr, "column") ? od_html_find_value(attr, "width") : NULL;
    if (attr->identifier.size) od_html_put_value(chunk(h), "id", attr->identifier);
    od_slice *const classes = od_arena_array(&h->arena, od_slice, attr->class_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < attr->class_count; i++)
        if (!od_slice_is(attr->classes[i], "section")) classes[count++] = attr->classes[i];
    od_html_put_classes(chunk(h), classes, count, NULL);
    for (size_t i = 0; i < attr->attribute_count; i++)
        if (&attr->attributes[i].value != width) od_html_put_pair(chunk(h), &attr->attributes[i]);
    if (width) {
        put(h, " style=\"width:");
        od_html_put_escaped(chunk(h), *width);
        put(h, ";\"");
    }
    if (od_slice_is(attr->identifier, "refs")) put(h, " role=\"list\"");
}

static void open_div(od_html *h, const od_node *node) {
    put(h, is_section(node) ? "<section" : "<div");
    if (node->attr) put_div_attr(h, node->attr);
    put(h, ">");
}

static void close_div(od_html *h, const od_node *node) {
    put_end(h);
    put(h, is_section(node) ? "</section>" : "</div>");
}

static void open_figure(od_html *h, const od_node *node) {
    put(h, "<figure");
    od_html_put_attr(chunk(h), node->attr);
    put(h, ">");
}

// Returns the image when a figure is nothing but that, or NULL.
static const od_node *only_image(const od_node *figure) {
    const od_node *const block = od_walk_first(figure);
    if (!block || block->type != OD_PLAIN || od_walk_after(block) != od_walk_caption(figure))
        return NULL;
    const od_node *const image = block->first;
    return image && image->type == OD_IMAGE && !image->next ? image : NULL;
}

// Whether the caption says what a screen reader has just read out as the text of the image.
static bool repeats_image(const od_node *caption) {
    const od_node *const image = only_image(caption->parent);
    if (!image || !image->first) return false;
    od_buf said = {0}, again = {0};
    for (const od_node *n = image->first; n; n = n->next) od_spell(n, &said);
    od_spell(caption, &again);
    const bool same = od_slice_equal(od_buf_slice(&said), od_buf_slice(&again));
    od_buf_free(&said);
    od_buf_free(&again);
    return same;
}

static void open_caption(od_html *h, const od_node *node) {
    if (!node->last || node->last->type == OD_SHORT_CAPTION) return;
    put_end(h);
    if (node->parent->type == OD_TABLE) put(h, "<caption>");
    else put(h, repeats_image(node) ? "<figcaption aria-hidden=\"true\">" : "<figcaption>");
}

static void close_caption(od_html *h, const od_node *node) {
    if (!node->last || node->last->type == OD_SHORT_CAPTION) return;
    put(h, node->parent->type == OD_TABLE ? "</caption>" : "</figcaption>");
}

static void close_line(od_html *h, const od_node *node) {
    if (!node->next) return;
    put(h, "<br />");
    put_end(h);
}

// ---- nodes -------------------------------------------------------------------------------------

// How a kind of node is written: text before and after its children, or functions.
typedef struct shape {
    const char *before, *after;
    void (*open)(od_html *h, const od_node *node);
    void (*close)(od_html *h, const od_node *node);
    bool ends_line; // what stands in it begins on a line of its own, and so does `after`
} shape;

static void open_quoted(od_html *h, const od_node *node) {
    put_quote(h, node, false);
}

static void close_quoted(od_html *h, const od_node *node) {
    put_quote(h, node, true);
}

static void put_soft_break(od_html *h, const od_node *node) {
    if (!leave_out(h, true))
        put_space(h, node->type == OD_SPACE ? OD_WORD_SPACE : OD_WORD_SOFT_BREAK);
}

static void put_line_break(od_html *h, const od_node *node) {
    (void)node;
    put(h, "<br />");
    put_end(h);
}

static const shape *shape_of(od_node_type type) {
    static const shape SHAPES[OD_NODE_TYPE_COUNT] = {
        [OD_BLOCK_QUOTE] = {.before = "<blockquote>", .after = "</blockquote>", .ends_line = true},
        [OD_ORDERED_LIST] = {.open = open_ordered, .after = "</ol>", .ends_line = true},
        [OD_BULLET_LIST] = {.open = open_bullets, .after = "</ul>", .ends_line = true},
        [OD_ITEM] = {.before = "<li>", .after = "</li>"},
        [OD_DEFINITION_LIST] = {.before = "<dl>", .after = "</dl>", .ends_line = true},
        [OD_TERM] = {.before = "<dt>", .after = "</dt>"},
        [OD_DEFINITION] = {.before = "<dd>", .after = "</dd>", .ends_line = true},
        [OD_DIV] = {.open = open_div, .close = close_div, .ends_line = true},
        [OD_FIGURE] = {.open = open_figure, .after = "</figure>", .ends_line = true},
        [OD_TABLE] = {.open = od_html_open_table, .close = od_html_close_table},
        [OD_CAPTION] = {.open = open_caption, .close = close_caption},
        [OD_TABLE_HEAD] = {.open = od_html_open_part, .close = od_html_close_part},
        [OD_TABLE_BODY] = {.open = od_html_open_part, .close = od_html_close_part},
        [OD_TABLE_FOOT] = {.open = od_html_open_part, .close = od_html_close_part},
        [OD_ROW] = {.open = od_html_open_row, .close = od_html_close_row},
        [OD_CELL] = {.open = od_html_open_cell, .close = od_html_close_cell},
        [OD_PLAIN] = {.open = open_para, .close = close_para},
        [OD_PARA] = {.open = open_para, .close = close_para},
        [OD_HEADING] = {.open = open_heading, .close = close_heading},
        [OD_LINE_BLOCK] = {.before = "<div class=\"line-block\">", .after = "</div>"},
        [OD_LINE] = {.close = close_line},
        [OD_CODE_BLOCK] = {.open = put_code_block},
        [OD_RAW_BLOCK] = {.open = put_raw},
        [OD_HORIZONTAL_RULE] = {.before = "<hr />"},
        [OD_EMPH] = {.before = "<em>", .after = "</em>"},
        [OD_STRONG] = {.before = "<strong>", .after = "</strong>"},
        [OD_STRIKEOUT] = {.before = "<del>", .after = "</del>"},
        [OD_UNDERLINE] = {.before = "<u>", .after = "</u>"},
        [OD_SUPERSCRIPT] = {.before = "<sup>", .after = "</sup>"},
        [OD_SUBSCRIPT] = {.before = "<sub>", .after = "</sub>"},
        [OD_SMALL_CAPS] = {.before = "<span class=\"smallcaps\">", .after = "</span>"},
        [OD_QUOTED] = {.open = open_quoted, .close = close_quoted},
        [OD_CITE] = {.open = open_cite, .after = "</span>"},
        [OD_LINK] = {.open = open_link, .close = close_link},
        [OD_IMAGE] = {.open = od_html_put_image},
        [OD_SPAN] = {.open = open_span, .close = close_span},
        [OD_NOTE] = {.open = put_note},
        [OD_TEXT] = {.open = put_text},
        [OD_SPACE] = {.open = put_soft_break},
        [OD_SOFT_BREAK] = {.open = put_soft_break},
        [OD_LINE_BREAK] = {.open = put_line_break},
        [OD_CODE] = {.open = put_code},
        [OD_MATH] = {.open = put_math},
        [OD_RAW_INLINE] = {.open = put_raw},
    };
    return &SHAPES[type];
}

// Whether `node` begins a line: all blocks do but the first in an item, a cell, a note or a
// caption.
static bool begins_line(const od_node *node) {
    const od_node_type type = node->type;
    if (type == OD_ROOT || type > OD_HORIZONTAL_RULE || type == OD_LINE || type == OD_CAPTION ||
        type == OD_SHORT_CAPTION)
        return false;
    const od_node *const parent = node->parent;
    if (!parent || od_walk_first(parent) != node) return true;
    return shape_of(parent->type)->ends_line || parent->type == OD_ROOT;
}

// Whether the children of `node` are written by whoever writes the node, or not at all.
static bool has_no_children(const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_NOTE:
    case OD_IMAGE:
    case OD_CITATION:
    case OD_SHORT_CAPTION: return true;
    case OD_TABLE_HEAD:
    case OD_TABLE_BODY:
    case OD_TABLE_FOOT: return od_html_is_empty_part(node);
    default: return false;
    }
}

static void enter_node(od_html *h, const od_node *node) {
    const shape *const s = shape_of(node->type);
    if (begins_line(node)) put_end(h);
    if (s->before) put(h, s->before);
    if (s->open) s->open(h, node);
}

static void leave_node(od_html *h, const od_node *node) {
    const shape *const s = shape_of(node->type);
    if (s->ends_line && s->after) put_end(h);
    if (s->close) s->close(h, node);
    if (s->after) put(h, s->after);
}

void od_html_write_below(od_html *h, const od_node *root) {
    for (od_walk w = {.root = root}; od_walk_step(&w);) {
        if (w.leaving) leave_node(h, w.node);
        else {
            enter_node(h, w.node);
            w.skip = has_no_children(w.node);
        }
    }
}

// ---- notes -------------------------------------------------------------------------------------

static void write_note(od_html *h, const od_node *note) {
    put_end(h);
    put_number(h, "<li id=\"fn", h->notes_from, "\">");
    od_html_write_below(h, note);
    const od_node *const last = note->last;
    if (!last || (last->type != OD_PARA && last->type != OD_PLAIN)) {
        put_end(h);
        put_back_link(h);
    }
    put(h, "</li>");
}

void od_html_write_notes(od_html *h) {
    if (h->notes_from == h->notes.count) return;
    put_end(h);
    put(h, "<section id=\"footnotes\" class=\"footnotes footnotes-end-of-document\""
           " role=\"doc-endnotes\">");
    put_end(h);
    put(h, "<hr />");
    put_end(h);
    put(h, "<ol>");
    while (h->notes_from < h->notes.count) {
        const od_node *const note = h->notes.items[h->notes_from++];
        write_note(h, note);
    }
    put_end(h);
    put(h, "</ol>");
    put_end(h);
    put(h, "</section>");
}

// ---- documents ---------------------------------------------------------------------------------

static od_html start(const od_writer_options *options, od_buf *out) {
    const size_t columns = options->wrap == OD_WRAP_AUTO ? od_writer_columns(options) : 0;
    return (od_html){.layout = od_layout_start(out, columns), .options = options};
}

static void finish(od_html *h) {
    od_layout_finish(&h->layout);
    od_arena_free(&h->arena);
}

void od_write_html_node(const od_node *node, const od_writer_options *options, od_buf *out) {
    od_html h = start(options, out);
    h.in_markdown = true;
    enter_node(&h, node);
    if (!has_no_children(node)) od_html_write_below(&h, node);
    leave_node(&h, node);
    od_html_write_notes(&h);
    finish(&h);
    while (out->size && out->data[out->size - 1] == '\n') out->size--;
}

void od_write_html(const od_node *root, const od_writer_options *options, od_buf *out) {
    od_html h = start(options, out);
    if (options->standalone) od_html_open_page(&h);
    od_html_write_below(&h, root);
    od_html_write_notes(&h);
    if (options->standalone) od_html_close_page(&h);
    finish(&h);
}
