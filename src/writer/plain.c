#include "writer/plain.h"

#include "writer/plain_parts.h"
#include "writer/spell.h"
#include "writer/walk.h"

static void put(od_plain *p, const char *text) {
    od_layout_string(&p->layout, text);
}

static void put_repeated(od_plain *p, char byte, size_t count) {
    while (count--) od_buf_byte(od_layout_chunk(&p->layout), byte);
}

// Begins a container whose lines stand behind `size` spaces; its first line begins right here.
static void indent(od_plain *p, size_t size) {
    static const char SPACES[] = "                                ";
    od_layout_push(&p->layout, (od_slice){SPACES, size});
}

// ---- lists -------------------------------------------------------------------------------------

static bool is_tight(const od_node *list) {
    for (const od_node *item = list->first; item; item = item->next)
        if (item->first && item->first->type != OD_PLAIN) return false;
    return true;
}

static void open_list(od_plain *p, const od_node *list) {
    *od_array_push(&p->arena, &p->lists) =
        (od_plain_list){.tight = is_tight(list), .number = list->list.start};
}

static void put_letter(od_buf *out, size_t number, char first) {
    od_buf_byte(out, (char)(first + (char)((number + 25) % 26)));
}

static void put_roman(od_buf *out, size_t number, bool upper) {
    static const struct {
        size_t value;
        const char *letters;
    } NUMERALS[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                    {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                    {5, "v"},    {4, "iv"},   {1, "i"}};
    enum { LARGEST = 3999 };
    if (number == 0 || number > LARGEST) {
        od_buf_number(out, number);
        return;
    }
    const size_t start = out->size;
    for (size_t i = 0; number; i++)
        for (; number >= NUMERALS[i].value; number -= NUMERALS[i].value)
            od_buf_text(out, NUMERALS[i].letters);
    for (size_t i = start; upper && i < out->size; i++)
        out->data[i] = (char)(out->data[i] - 'a' + 'A');
}

static void put_number(od_plain *p, const od_node *list, size_t number) {
    od_buf *const out = od_layout_chunk(&p->layout);
    if (list->list.delimiter == OD_DELIMITER_TWO_PARENS) od_buf_byte(out, '(');
    switch ((od_list_style)list->list.style) {
    case OD_STYLE_LOWER_ALPHA: put_letter(out, number, 'a'); break;
    case OD_STYLE_UPPER_ALPHA: put_letter(out, number, 'A'); break;
    case OD_STYLE_LOWER_ROMAN: put_roman(out, number, false); break;
    case OD_STYLE_UPPER_ROMAN: put_roman(out, number, true); break;
    default: od_buf_number(out, number); break;
    }
    const bool period = list->list.delimiter == OD_DELIMITER_PERIOD ||
                        list->list.delimiter == OD_DELIMITER_DEFAULT;
    od_buf_byte(out, period ? '.' : ')');
}

static void open_item(od_plain *p, const od_node *item) {
    enum { LEAST = 4, WIDEST = 30 };
    od_plain_list *const list = &p->lists.items[p->lists.count - 1];
    if (item != item->parent->first) {
        if (list->tight) od_layout_chomp(&p->layout);
        else od_layout_blank(&p->layout);
    }
    const size_t before = od_layout_chunk(&p->layout)->size;
    if (item->parent->type == OD_BULLET_LIST) {
        put(p, "- ");
        list->indent = 2;
    } else {
        put_number(p, item->parent, list->number++);
        const size_t size = od_layout_chunk(&p->layout)->size - before;
        list->indent = size + 1 < LEAST ? LEAST : size + 1 > WIDEST ? WIDEST : size + 1;
        put_repeated(p, ' ', list->indent > size ? list->indent - size : 1);
    }
    indent(p, list->indent);
}

static void close_item(od_plain *p) {
    od_layout_pop(&p->layout, p->lists.items[p->lists.count - 1].indent);
    od_layout_chomp(&p->layout);
}

// ---- definitions -------------------------------------------------------------------------------

// Whether the definitions of `term` stand right below it.
static bool is_tight_term(const od_node *term) {
    const od_node *const definition = term->next;
    return definition && definition->type == OD_DEFINITION && definition->first &&
           definition->first->type == OD_PLAIN;
}

static void put_term(od_plain *p, const od_node *term) {
    od_layout_blank(&p->layout);
    od_plain_write_leaf(p, term, true);
    const bool tight = is_tight_term(term);
    p->terms.items[p->terms.count - 1] = tight;
    if (tight) od_layout_line_end(&p->layout);
    else od_layout_blank(&p->layout);
}

static void close_definition(od_plain *p, const od_node *definition) {
    od_layout_pop(&p->layout, 2);
    const bool last = !definition->next || definition->next->type == OD_TERM;
    if (!last && p->terms.items[p->terms.count - 1]) od_layout_chomp(&p->layout);
    else od_layout_blank(&p->layout);
}

// ---- blocks ------------------------------------------------------------------------------------

static void put_code(od_plain *p, const od_node *node) {
    if (!node->leaf.text.size) return;
    put(p, "    ");
    indent(p, 4);
    od_layout_verbatim(&p->layout, node->leaf.text);
    od_layout_pop(&p->layout, 4);
}

static void put_raw(od_plain *p, const od_node *node) {
    if (!node->leaf.format || strcmp(node->leaf.format, "plain") != 0) return;
    od_slice text = node->leaf.text;
    while (text.size && text.data[text.size - 1] == '\n') text.size--;
    od_layout_verbatim(&p->layout, text);
}

// Whether the caption of a figure says what the image in it has said.
static bool is_said(const od_node *caption) {
    const od_node *const block = caption->next;
    const od_node *const image = block ? block->first : NULL;
    if (!image || image->type != OD_IMAGE || image->next || block->next) return false;
    od_buf said = {0}, again = {0};
    for (const od_node *n = image->first; n; n = n->next) od_spell(n, &said);
    od_spell(caption, &again);
    const bool same = od_slice_equal(od_buf_slice(&said), od_buf_slice(&again));
    od_buf_free(&said);
    od_buf_free(&again);
    return same;
}

// Writes a block up to its children; returns whether they are to be entered.
static bool enter_block(od_plain *p, const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_BLOCK_QUOTE:
        put(p, "  ");
        indent(p, 2);
        return true;
    case OD_ORDERED_LIST:
    case OD_BULLET_LIST: open_list(p, node); return true;
    case OD_ITEM: open_item(p, node); return true;
    case OD_DEFINITION_LIST: od_array_push(&p->arena, &p->terms); return true;
    case OD_TERM: put_term(p, node); return false;
    case OD_DEFINITION:
        put(p, "  ");
        indent(p, 2);
        return true;
    case OD_TABLE:
        if (od_plain_is_text_table(node)) {
            od_plain_write_table(p, node);
            return false;
        }
        od_plain_open_grid(p, node);
        return true;
    case OD_ROW: od_plain_open_row(p); return true;
    case OD_CELL: od_plain_open_cell(p, node); return true;
    case OD_CAPTION: return node->parent->type == OD_FIGURE && !is_said(node);
    case OD_SHORT_CAPTION: return false;
    case OD_PLAIN:
    case OD_PARA:
    case OD_LINE_BLOCK: od_plain_write_leaf(p, node, false); return false;
    case OD_HEADING: od_plain_write_leaf(p, node, true); return false;
    case OD_CODE_BLOCK: put_code(p, node); return false;
    case OD_RAW_BLOCK: put_raw(p, node); return false;
    case OD_HORIZONTAL_RULE:
        put_repeated(p, '-', od_writer_columns(p->options));
        return false;
    default: return true;
    }
}

// Whether what follows the text block stands right below it.
static bool ends_line_only(const od_plain *p, const od_node *node) {
    return node->type == OD_PLAIN &&
           (p->lists.count > 0 || node->parent->type == OD_DEFINITION ||
            (node->next && node->next->type == OD_RAW_BLOCK));
}

static void leave_block(od_plain *p, const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_BLOCK_QUOTE: od_layout_pop(&p->layout, 2); break;
    case OD_ORDERED_LIST:
    case OD_BULLET_LIST: p->lists.count--; break;
    case OD_ITEM: close_item(p); return;
    case OD_DEFINITION_LIST: p->terms.count--; break;
    case OD_TERM: return;
    case OD_DEFINITION: close_definition(p, node); return;
    case OD_TABLE:
        if (!od_plain_is_text_table(node)) od_plain_close_grid(p);
        break;
    case OD_CELL: od_plain_close_cell(p); return;
    case OD_ROW:
    case OD_TABLE_HEAD:
    case OD_TABLE_BODY:
    case OD_TABLE_FOOT:
    case OD_SHORT_CAPTION: return;
    default: break;
    }
    if (ends_line_only(p, node) || node->type == OD_RAW_BLOCK) od_layout_line_end(&p->layout);
    else od_layout_blank(&p->layout);
}

static void write_blocks(od_plain *p, const od_node *root) {
    for (od_walk w = {.root = root}; od_walk_step(&w);) {
        if (w.leaving) leave_block(p, w.node);
        else w.skip = !enter_block(p, w.node);
    }
}

// ---- documents ---------------------------------------------------------------------------------

static void put_note(od_plain *p, const od_node *note, size_t number) {
    od_layout_blank(&p->layout);
    put(p, "[");
    od_buf_number(od_layout_chunk(&p->layout), number);
    put(p, "]");
    const od_node *const first = note->first;
    if (first && (first->type == OD_PARA || first->type == OD_PLAIN)) put(p, " ");
    else od_layout_line_end(&p->layout);
    write_blocks(p, note);
}

// Puts one line with `value`, the items of a list parted by `; `.
static void put_title_line(od_plain *p, const od_node *value) {
    if (!value) return;
    const bool list = value->type == OD_META_LIST;
    od_buf text = {0};
    for (const od_node *n = list ? value->first : value; n; n = list ? n->next : NULL) {
        if (list && n != value->first) od_buf_text(&text, "; ");
        od_spell(n, &text);
    }
    od_layout_text(&p->layout, od_slice_trim(od_buf_slice(&text)));
    od_layout_line_end(&p->layout);
    od_buf_free(&text);
}

static void put_title(od_plain *p, const od_node *meta) {
    put_title_line(p, od_find_meta(meta, "title"));
    put_title_line(p, od_find_meta(meta, "author"));
    put_title_line(p, od_find_meta(meta, "date"));
    od_layout_blank(&p->layout);
}

void od_write_plain(const od_node *root, const od_writer_options *options, od_buf *out) {
    const size_t columns = options->wrap == OD_WRAP_AUTO ? od_writer_columns(options) : 0;
    od_plain p = {.layout = od_layout_start(out, columns), .options = options};
    if (options->standalone && options->meta) put_title(&p, options->meta);
    write_blocks(&p, root);
    for (size_t i = 0; i < p.notes.count; i++) put_note(&p, p.notes.items[i], i + 1);
    od_layout_finish(&p.layout);
    od_buf_free(&p.tokens.text);
    od_arena_free(&p.arena);
}
