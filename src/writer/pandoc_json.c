#include "writer/pandoc_json.h"

#include "base/utf8.h"

// White space waits for what follows it: as in pandoc's Builder a run of it is one node, and a line
// break takes in the white space around it.
typedef enum waiting { NOTHING, SPACE, SOFT_BREAK, LINE_BREAK } waiting;

typedef struct writer {
    od_buf *out;
    bool in_string; // the text of a Str is being written
    waiting space;
} writer;

// ---- JSON --------------------------------------------------------------------------------------

static void put(writer *w, const char *text) {
    od_buf_text(w->out, text);
}

// Puts a comma unless it would be the first thing in its list.
static void separate(writer *w) {
    const char last = w->out->size ? w->out->data[w->out->size - 1] : '[';
    if (last != '[' && last != '{') od_buf_byte(w->out, ',');
}

static void put_escaped(writer *w, unsigned char byte) {
    static const char HEX[] = "0123456789abcdef";
    switch (byte) {
    case '"': put(w, "\\\""); break;
    case '\\': put(w, "\\\\"); break;
    case '\n': put(w, "\\n"); break;
    case '\r': put(w, "\\r"); break;
    case '\t': put(w, "\\t"); break;
    default:
        put(w, "\\u00");
        od_buf_byte(w->out, HEX[byte >> 4]);
        od_buf_byte(w->out, HEX[byte & 15]);
        break;
    }
}

static bool is_safe(char byte) {
    const unsigned char c = (unsigned char)byte;
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

// Puts the inside of a string.
static void put_characters(writer *w, od_slice text) {
    for (size_t i = 0; i < text.size;) {
        size_t end = i;
        while (end < text.size && is_safe(text.data[end])) end++;
        od_buf_add(w->out, od_slice_cut(text, i, end));
        if (end == text.size) return;
        size_t size;
        const uint32_t code = od_utf8_read(text, end, &size);
        if (code == OD_NOT_UTF8) put(w, "\xEF\xBF\xBD");
        else if (code < 0x80) put_escaped(w, (unsigned char)code);
        else od_buf_add(w->out, od_slice_cut(text, end, end + size));
        i = end + size;
    }
}

static void put_string(writer *w, od_slice text) {
    od_buf_byte(w->out, '"');
    put_characters(w, text);
    od_buf_byte(w->out, '"');
}

static void put_tag(writer *w, const char *name) {
    put(w, "{\"t\":\"");
    put(w, name);
    put(w, "\"}");
}

static void put_integer(writer *w, int64_t number) {
    if (number < 0) od_buf_byte(w->out, '-');
    od_buf_number(w->out, number < 0 ? (size_t)0 - (size_t)number : (size_t)number);
}

static void put_attr(writer *w, const od_attr *attr) {
    static const od_attr EMPTY;
    if (!attr) attr = &EMPTY;
    put(w, "[");
    put_string(w, attr->identifier);
    put(w, ",[");
    for (size_t i = 0; i < attr->class_count; i++) {
        separate(w);
        put_string(w, attr->classes[i]);
    }
    put(w, "],[");
    for (size_t i = 0; i < attr->attribute_count; i++) {
        separate(w);
        put(w, "[");
        put_string(w, attr->attributes[i].key);
        put(w, ",");
        put_string(w, attr->attributes[i].value);
        put(w, "]");
    }
    put(w, "]]");
}

// ---- text --------------------------------------------------------------------------------------

static void close_string(writer *w) {
    if (w->in_string) put(w, "\"}");
    w->in_string = false;
}

// Ends what the inlines so far left open.
static void settle(writer *w) {
    static const char *const NAMES[] = {"", "Space", "SoftBreak", "LineBreak"};
    close_string(w);
    if (w->space == NOTHING) return;
    separate(w);
    put_tag(w, NAMES[w->space]);
    w->space = NOTHING;
}

static void put_space(writer *w, waiting space) {
    close_string(w);
    if (space > w->space) w->space = space;
}

static void put_word(writer *w, od_slice word) {
    if (!w->in_string) {
        settle(w);
        separate(w);
        put(w, "{\"t\":\"Str\",\"c\":\"");
        w->in_string = true;
    }
    put_characters(w, word);
}

// Ends what came before, so that what comes next is a node of its own.
static void put_verbatim(writer *w, const od_node *node) {
    settle(w);
    separate(w);
    if (node->type != OD_TEXT) {
        put_tag(w, od_node_type_name((od_node_type)node->type));
        return;
    }
    put(w, "{\"t\":\"Str\",\"c\":");
    put_string(w, node->leaf.text);
    put(w, "}");
}

static void put_text(writer *w, const od_node *node) {
    od_slice text = node->leaf.text, word;
    // A space written as an entity is a character like another; a task mark has a space behind it.
    if ((node->flags & OD_DECODED) && text.size == 1) {
        put_word(w, text);
        return;
    }
    for (od_word_kind kind; od_words(&text, &kind, &word);) {
        if (kind == OD_WORD) put_word(w, word);
        else put_space(w, kind == OD_WORD_SPACE ? SPACE : SOFT_BREAK);
    }
}

// ---- parts of nodes ----------------------------------------------------------------------------

static void put_list_attributes(writer *w, const od_node *node) {
    static const char *const STYLES[] = {"DefaultStyle", "Example",    "Decimal",   "LowerRoman",
                                         "UpperRoman",   "LowerAlpha", "UpperAlpha"};
    static const char *const DELIMITERS[] = {"DefaultDelim", "Period", "OneParen", "TwoParens"};
    put(w, "[");
    put_integer(w, (int64_t)node->list.start); // a filter may start a list below zero
    put(w, ",");
    put_tag(w, STYLES[node->list.style]);
    put(w, ",");
    put_tag(w, DELIMITERS[node->list.delimiter]);
    put(w, "]");
}

static const char *alignment_name(od_alignment alignment) {
    static const char *const NAMES[] = {"AlignDefault", "AlignLeft", "AlignRight", "AlignCenter"};
    return NAMES[alignment];
}

static void put_width(writer *w, double width) {
    if (width <= 0) {
        put_tag(w, "ColWidthDefault");
        return;
    }
    // Millionths of the whole, by hand: printf would write the locale's decimal point.
    const size_t millionths = (size_t)(width * 1e6 + 0.5);
    put(w, "{\"t\":\"ColWidth\",\"c\":");
    od_buf_number(w->out, millionths / 1000000);
    od_buf_byte(w->out, '.');
    for (size_t digit = 100000; digit; digit /= 10)
        od_buf_byte(w->out, (char)('0' + millionths / digit % 10));
    put(w, "}");
}

static void put_columns(writer *w, const od_table *table) {
    put(w, "[");
    for (size_t i = 0; i < table->column_count; i++) {
        separate(w);
        put(w, "[");
        put_tag(w, alignment_name(table->columns[i].alignment));
        put(w, ",");
        put_width(w, table->columns[i].width);
        put(w, "]");
    }
    put(w, "]");
}

static void put_target(writer *w, const od_link *link) {
    put(w, "[");
    put_string(w, link->target);
    put(w, ",");
    put_string(w, link->title);
    put(w, "]");
}

// ---- nodes -------------------------------------------------------------------------------------

// A table is [attr, caption, columns, head, bodies, foot]. The list of bodies begins behind the
// head and ends before the foot.
static void open_table(writer *w, const od_node *node) {
    put_attr(w, node->table->attr);
    if (node->first && node->first->type == OD_CAPTION) return; // the caption puts the columns
    put(w, ",[null,[]],");
    put_columns(w, node->table);
}

static void close_head(writer *w, const od_node *node) {
    (void)node;
    put(w, "]],[");
}

// The rows of a body are in two lists, its head and the rest; the second opens before its first row.
static void open_body(writer *w, const od_node *node) {
    put_attr(w, node->body.attr);
    put(w, ",");
    put_integer(w, node->body.row_head_columns);
    put(w, ",[");
    if (!node->body.head_rows) put(w, "],[");
}

static void before_row(writer *w, const od_node *row) {
    const od_node *const body = row->parent;
    if (body->type != OD_TABLE_BODY || !body->body.head_rows) return;
    uint32_t before = 0;
    for (const od_node *n = body->first; n != row; n = n->next)
        if (++before > body->body.head_rows) return;
    if (before == body->body.head_rows) put(w, "],[");
}

static void close_body(writer *w, const od_node *node) {
    uint32_t rows = 0;
    for (const od_node *n = node->first; n && rows <= node->body.head_rows; n = n->next) rows++;
    if (node->body.head_rows && rows <= node->body.head_rows) put(w, "],[");
}

static void open_cell(writer *w, const od_node *node) {
    put_attr(w, node->cell.attr);
    put(w, ",");
    put_tag(w, alignment_name((od_alignment)node->cell.alignment));
    put(w, ",");
    od_buf_number(w->out, node->cell.row_span);
    put(w, ",");
    od_buf_number(w->out, node->cell.column_span);
    put(w, ",[");
}

static void open_heading(writer *w, const od_node *node) {
    put_integer(w, node->heading.level);
    put(w, ",");
    put_attr(w, node->heading.attr);
    put(w, ",[");
}

static void open_attr(writer *w, const od_node *node) {
    put_attr(w, node->attr);
    put(w, ",[");
}

static void open_figure(writer *w, const od_node *node) {
    put_attr(w, node->attr);
    if (!node->first || node->first->type != OD_CAPTION) put(w, ",[null,[]],[");
}

static void open_ordered(writer *w, const od_node *node) {
    put_list_attributes(w, node);
    put(w, ",[");
}

static void open_quoted(writer *w, const od_node *node) {
    put_tag(w, node->double_quotes ? "DoubleQuote" : "SingleQuote");
    put(w, ",[");
}

// The citations come before the inlines; their list ends before the first of these.
static bool is_citation(const od_node *node) {
    return node && node->type == OD_CITATION;
}

static void open_cite(writer *w, const od_node *node) {
    put(w, is_citation(node->first) ? "[" : "[],[");
}

static void open_citation(writer *w, const od_node *node) {
    put(w, "\"citationId\":");
    put_string(w, node->citation->id);
    put(w, ",\"citationPrefix\":");
}

static void close_citation(writer *w, const od_node *node) {
    static const char *const MODES[] = {"NormalCitation", "AuthorInText", "SuppressAuthor"};
    put(w, ",\"citationMode\":");
    put_tag(w, MODES[node->citation->mode]);
    put(w, ",\"citationNoteNum\":");
    put_integer(w, node->citation->note_number);
    put(w, ",\"citationHash\":");
    put_integer(w, node->citation->hash);
    put(w, is_citation(node->next) ? "}" : "}],[");
}

static void open_link(writer *w, const od_node *node) {
    put_attr(w, node->link->attr);
    put(w, ",[");
}

static void close_link(writer *w, const od_node *node) {
    put(w, "],");
    put_target(w, node->link);
}

static void put_code(writer *w, const od_node *node) {
    put_attr(w, node->leaf.attr);
    put(w, ",");
    put_string(w, node->leaf.text);
}

static void put_math(writer *w, const od_node *node) {
    put_tag(w, node->flags & OD_DISPLAY ? "DisplayMath" : "InlineMath");
    put(w, ",");
    put_string(w, node->leaf.text);
}

static void put_raw(writer *w, const od_node *node) {
    put_string(w, od_slice_of(node->leaf.format));
    put(w, ",");
    put_string(w, node->leaf.text);
}

static void open_caption(writer *w, const od_node *node) {
    const bool brief = node->first && node->first->type == OD_SHORT_CAPTION;
    put(w, brief ? "[" : "null,[");
}

static void close_caption(writer *w, const od_node *node) {
    put(w, "]]");
    if (node->parent->type == OD_FIGURE) put(w, ",[");
    else {
        put(w, ",");
        put_columns(w, node->parent->table);
    }
}

static void open_term(writer *w, const od_node *node) {
    (void)node;
    put(w, "["); // of the term itself; the one before holds it and its definitions
}

static void close_term(writer *w, const od_node *node) {
    put(w, "],[");
    if (!node->next || node->next->type != OD_DEFINITION) put(w, "]]");
}

static void close_definition(writer *w, const od_node *node) {
    put(w, node->next && node->next->type == OD_DEFINITION ? "]" : "]]]");
}

static void open_entry(writer *w, const od_node *node) {
    put_string(w, node->leaf.text);
    put(w, ":");
}

static void put_meta_string(writer *w, const od_node *node) {
    put_string(w, node->leaf.text);
}

static void put_truth(writer *w, const od_node *node) {
    put(w, node->truth ? "true" : "false");
}

// Whether something stands before `node` in its list, or it has no list of its own.
static bool needs_comma(const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_PREFIX:
    case OD_SUFFIX:
    case OD_SHORT_CAPTION: return false;
    default: break;
    }
    return !node->parent || node->parent->type != OD_META_ENTRY;
}

// How a kind of node is written: `before` and `after` are text, `open` and `close` what depends on
// the node. Kinds that pandoc gives a tag have their name from od_node_type_name.
typedef struct shape {
    bool tagged;
    const char *before;
    void (*open)(writer *w, const od_node *node);
    void (*close)(writer *w, const od_node *node);
    const char *after;
} shape;

static const shape *shape_of(od_node_type type) {
    static const shape SHAPES[OD_NODE_TYPE_COUNT] = {
        [OD_BLOCK_QUOTE] = {true, "[", NULL, NULL, "]"},
        [OD_ORDERED_LIST] = {true, "[", open_ordered, NULL, "]]"},
        [OD_BULLET_LIST] = {true, "[", NULL, NULL, "]"},
        [OD_ITEM] = {false, "[", NULL, NULL, "]"},
        [OD_DEFINITION_LIST] = {true, "[", NULL, NULL, "]"},
        [OD_TERM] = {false, "[", open_term, close_term, ""},
        [OD_DEFINITION] = {false, "[", NULL, close_definition, ""},
        [OD_DIV] = {true, "[", open_attr, NULL, "]]"},
        [OD_FIGURE] = {true, "[", open_figure, NULL, "]]"},
        [OD_TABLE] = {true, "[", open_table, NULL, "]"},
        [OD_CAPTION] = {false, "[", open_caption, close_caption, ""},
        [OD_SHORT_CAPTION] = {false, NULL, NULL, NULL, "],["},
        [OD_CITATION] = {false, "{", open_citation, close_citation, ""},
        [OD_PREFIX] = {false, "[", NULL, NULL, "]"},
        [OD_SUFFIX] = {false, ",\"citationSuffix\":[", NULL, NULL, "]"},
        [OD_META_MAP] = {true, "{", NULL, NULL, "}"},
        [OD_META_ENTRY] = {false, NULL, open_entry, NULL, ""},
        [OD_META_LIST] = {true, "[", NULL, NULL, "]"},
        [OD_META_INLINES] = {true, "[", NULL, NULL, "]"},
        [OD_META_BLOCKS] = {true, "[", NULL, NULL, "]"},
        [OD_META_STRING] = {true, "", put_meta_string, NULL, ""},
        [OD_META_BOOL] = {true, "", put_truth, NULL, ""},
        [OD_TABLE_HEAD] = {false, "[", open_attr, close_head, ""},
        [OD_TABLE_BODY] = {false, "[", open_body, close_body, "]]"},
        [OD_TABLE_FOOT] = {false, "[", open_attr, NULL, "]]"},
        [OD_ROW] = {false, "[", open_attr, NULL, "]]"},
        [OD_CELL] = {false, "[", open_cell, NULL, "]]"},
        [OD_PLAIN] = {true, "[", NULL, NULL, "]"},
        [OD_PARA] = {true, "[", NULL, NULL, "]"},
        [OD_HEADING] = {true, "[", open_heading, NULL, "]]"},
        [OD_LINE_BLOCK] = {true, "[", NULL, NULL, "]"},
        [OD_LINE] = {false, "[", NULL, NULL, "]"},
        [OD_CODE_BLOCK] = {true, "[", put_code, NULL, "]"},
        [OD_RAW_BLOCK] = {true, "[", put_raw, NULL, "]"},
        [OD_HORIZONTAL_RULE] = {true, NULL, NULL, NULL, ""},
        [OD_EMPH] = {true, "[", NULL, NULL, "]"},
        [OD_STRONG] = {true, "[", NULL, NULL, "]"},
        [OD_STRIKEOUT] = {true, "[", NULL, NULL, "]"},
        [OD_UNDERLINE] = {true, "[", NULL, NULL, "]"},
        [OD_SUPERSCRIPT] = {true, "[", NULL, NULL, "]"},
        [OD_SUBSCRIPT] = {true, "[", NULL, NULL, "]"},
        [OD_SMALL_CAPS] = {true, "[", NULL, NULL, "]"},
        [OD_QUOTED] = {true, "[", open_quoted, NULL, "]]"},
        [OD_CITE] = {true, "[", open_cite, NULL, "]]"},
        [OD_LINK] = {true, "[", open_link, close_link, "]"},
        [OD_IMAGE] = {true, "[", open_link, close_link, "]"},
        [OD_SPAN] = {true, "[", open_attr, NULL, "]]"},
        [OD_NOTE] = {true, "[", NULL, NULL, "]"},
        [OD_CODE] = {true, "[", put_code, NULL, "]"},
        [OD_MATH] = {true, "[", put_math, NULL, "]"},
        [OD_RAW_INLINE] = {true, "[", put_raw, NULL, "]"},
    };
    return &SHAPES[type];
}

static void open_node(writer *w, const od_node *node) {
    if (node->flags & OD_VERBATIM) {
        put_verbatim(w, node);
        return;
    }
    switch ((od_node_type)node->type) {
    case OD_TEXT: put_text(w, node); return;
    case OD_SPACE: put_space(w, SPACE); return;
    case OD_SOFT_BREAK: put_space(w, SOFT_BREAK); return;
    case OD_LINE_BREAK: put_space(w, LINE_BREAK); return;
    default: break;
    }
    settle(w);
    if (node->type == OD_TABLE_FOOT) put(w, "]"); // of the bodies
    if (node->type == OD_ROW) before_row(w, node);
    if (needs_comma(node)) separate(w);
    const shape *const s = shape_of(node->type);
    if (s->tagged) {
        put(w, "{\"t\":\"");
        put(w, od_node_type_name(node->type));
        put(w, s->before ? "\",\"c\":" : "\"");
    }
    if (s->before) put(w, s->before);
    if (s->open) s->open(w, node);
}

static void close_node(writer *w, const od_node *node) {
    if (node->type >= OD_TEXT && node->type <= OD_LINE_BREAK) return;
    settle(w);
    const shape *const s = shape_of(node->type);
    if (s->close) s->close(w, node);
    put(w, s->after);
    if (s->tagged) put(w, "}");
}

static void write_below(writer *w, const od_node *root) {
    for (const od_node *n = root->first; n;) {
        open_node(w, n);
        if (n->first) {
            n = n->first;
            continue;
        }
        close_node(w, n);
        while (n != root && !n->next) {
            n = n->parent;
            if (n != root) close_node(w, n);
        }
        n = n == root ? NULL : n->next;
    }
}

static void put_head(writer *w) {
    put(w, "{\"pandoc-api-version\":[1,23,1],\"meta\":");
}

static void put_blocks(writer *w, const od_node *root) {
    put(w, ",\"blocks\":[");
    write_below(w, root);
    put(w, "]}");
}

void od_write_pandoc_json(const od_node *root, od_slice meta, od_buf *out) {
    writer w = {.out = out};
    put_head(&w);
    if (meta.size) od_buf_add(out, meta);
    else put(&w, "{}");
    put_blocks(&w, root);
}

void od_write_pandoc_json_document(const od_node *root, const od_node *meta, od_buf *out) {
    writer w = {.out = out};
    put_head(&w);
    put(&w, "{");
    write_below(&w, meta);
    put(&w, "}");
    put_blocks(&w, root);
}
