#include "writer/gfm.h"

#include "writer/gfm_parts.h"
#include "writer/html.h"
#include "writer/html_attributes.h"
#include "writer/walk.h"

static void put(od_gfm *g, const char *text) {
    od_layout_string(&g->layout, text);
}

static void put_repeated(od_gfm *g, char byte, size_t count) {
    while (count--) od_buf_byte(od_layout_chunk(&g->layout), byte);
}

static bool is_list(const od_node *node) {
    return node->type == OD_BULLET_LIST || node->type == OD_ORDERED_LIST;
}

static bool is_text_block(const od_node *node) {
    return node->type == OD_PLAIN || node->type == OD_PARA || node->type == OD_LINE_BLOCK;
}

// ---- what may follow what ----------------------------------------------------------------------

// Whether the last line of `block` would take in a line of text that follows it. The text of a
// paragraph does so even from outside of its item or quote.
static bool ends_open(const od_node *block) {
    for (const od_node *n = block; n; n = n->last) {
        if (is_text_block(n)) return true;
        if (!is_list(n) && n->type != OD_ITEM && n->type != OD_BLOCK_QUOTE) break;
    }
    return block->type == OD_TABLE || block->type == OD_FIGURE || block->type == OD_DIV ||
           block->type == OD_DEFINITION_LIST;
}

// Whether `block` can end the text before it without a blank line.
static bool interrupts(const od_node *block) {
    switch ((od_node_type)block->type) {
    case OD_PLAIN:
    case OD_PARA:
    case OD_LINE_BLOCK:
    case OD_TABLE: return false;
    case OD_ORDERED_LIST:
        if (block->list.start != 1) return false;
        // fall through
    case OD_BULLET_LIST: return block->first && block->first->first;
    case OD_RAW_BLOCK: return od_gfm_html_interrupts(block->leaf.text);
    default: return true;
    }
}

// Whether a blank line must stand between two blocks of an item of a tight list. Where it need not
// it may not either, since it would loosen the list.
static bool needs_blank(const od_node *before, const od_node *block) {
    if (before->type == OD_BLOCK_QUOTE && block->type == OD_BLOCK_QUOTE) return true;
    if (before->type == OD_RAW_BLOCK && od_gfm_html_needs_blank(before->leaf.text)) return true;
    if (before->type == OD_PLAIN && block->type == OD_TABLE) return false;
    return ends_open(before) && !interrupts(block);
}

static const od_gfm_list *list_of(const od_gfm *g) {
    return &g->lists.items[g->lists.count - 1];
}

static bool is_first(const od_node *node) {
    return !node->parent || od_walk_first(node->parent) == node;
}

// ---- alerts ------------------------------------------------------------------------------------

// Returns what GitHub calls the alert that `div` is, as pandoc reads it, or NULL.
static const char *alert_name(const od_gfm *g, const od_node *div) {
    static const char *const NAMES[][2] = {{"note", "[!NOTE]"},
                                           {"tip", "[!TIP]"},
                                           {"important", "[!IMPORTANT]"},
                                           {"warning", "[!WARNING]"},
                                           {"caution", "[!CAUTION]"}};
    const od_attr *const attr = div->attr;
    const od_node *const title = div->first;
    if (g->commonmark || !attr || attr->class_count != 1 || attr->identifier.size || !title ||
        title->type != OD_DIV || !title->attr || title->attr->class_count != 1 ||
        !od_slice_is(title->attr->classes[0], "title"))
        return NULL;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (od_slice_is(attr->classes[0], NAMES[i][0])) return NAMES[i][1];
    return NULL;
}

static bool is_alert_title(const od_gfm *g, const od_node *node) {
    const od_node *const parent = node->parent;
    return node->type == OD_DIV && parent && parent->type == OD_DIV && parent->first == node &&
           alert_name(g, parent);
}

// Ends what stands before a block.
static void part(od_gfm *g, const od_node *block) {
    if (is_first(block)) return;
    const od_node *const parent = block->parent, *const before = g->last;
    if (parent->type == OD_DIV && before == parent->first && alert_name(g, parent))
        od_layout_line_end(&g->layout);
    else if (parent->type == OD_ITEM && list_of(g)->tight && !needs_blank(before, block))
        od_layout_line_end(&g->layout);
    else od_layout_blank(&g->layout);
}

// ---- text blocks -------------------------------------------------------------------------------

static bool has_break(const od_gfm *g, od_token_kind kind) {
    for (size_t i = 0; i < g->tokens.list.count; i++)
        if (g->tokens.list.items[i].kind == kind) return true;
    return false;
}

// Returns the displayed formula when there is nothing else in the leaf, or NULL.
static const od_node *only_formula(const od_gfm *g) {
    if (g->tokens.list.count != 1 || g->tokens.list.items[0].kind != OD_TOKEN_NODE) return NULL;
    const od_node *const node = g->tokens.list.items[0].node;
    return node->type == OD_MATH && (node->flags & OD_DISPLAY) ? node : NULL;
}

static void put_fenced(od_gfm *g, char mark, od_slice info, od_slice text) {
    const size_t longest = od_gfm_longest_run(text, mark);
    const size_t size = longest < 3 ? 3 : longest + 1;
    put_repeated(g, mark, size);
    if (info.size) {
        put(g, " ");
        od_gfm_put_info(od_layout_chunk(&g->layout), info);
    }
    od_layout_line_end(&g->layout);
    if (text.size) {
        od_layout_verbatim(&g->layout, text);
        od_layout_new_line(&g->layout);
    }
    put_repeated(g, mark, size);
}

static void put_para(od_gfm *g, const od_node *node) {
    const od_node *const parent = node->parent;
    const bool first = parent && is_first(node);
    const od_gfm_leaf leaf = {
        .item_start = first && parent->type == OD_ITEM && parent->parent->type == OD_BULLET_LIST,
        .quote_start = first && parent->type == OD_BLOCK_QUOTE,
    };
    od_gfm_read_leaf(g, node);
    const od_node *const formula = only_formula(g);
    if (formula) put_fenced(g, '`', OD_SLICE("math"), formula->leaf.text);
    else od_gfm_write_leaf(g, &leaf);
}

// `#` marks one line; only an underlined heading can have several.
static void put_heading(od_gfm *g, const od_node *node) {
    enum { DEEPEST = 6 };
    const size_t level = node->heading.level < 1         ? 1
                         : node->heading.level > DEEPEST ? DEEPEST
                                                         : (size_t)node->heading.level;
    od_gfm_read_leaf(g, node);
    const bool lines = has_break(g, OD_TOKEN_LINE_BREAK) ||
                       (g->options->wrap == OD_WRAP_PRESERVE && has_break(g, OD_TOKEN_SOFT_BREAK));
    const bool underlined = level <= 2 && lines;
    const od_gfm_leaf leaf = {.one_line = !underlined, .heading = !underlined};
    if (!underlined) {
        put_repeated(g, '#', level);
        if (g->tokens.list.count) put(g, " ");
    }
    const size_t columns = g->layout.columns;
    g->layout.columns = 0;
    od_gfm_write_leaf(g, &leaf);
    od_layout_line_end(&g->layout);
    g->layout.columns = columns;
    if (underlined) put(g, level == 1 ? "====" : "----");
}

// ---- code, rules, raw text ---------------------------------------------------------------------

static void put_code(od_gfm *g, const od_node *node) {
    const od_attr *const attr = node->leaf.attr;
    const od_slice info = attr && attr->class_count ? attr->classes[0] : (od_slice){0};
    const bool ticks = info.size && memchr(info.data, '`', info.size);
    put_fenced(g, ticks ? '~' : '`', info, node->leaf.text);
}

// `---` below text would make a heading of it, and in an item a rule of the item's own mark.
static void put_rule(od_gfm *g, const od_node *node) {
    const bool item = node->parent && node->parent->type == OD_ITEM;
    if (item) put(g, "___");
    else put_repeated(g, '-', od_writer_columns(g->options));
}

static void put_raw(od_gfm *g, const od_node *node) {
    if (!od_gfm_takes_raw(node->leaf.format)) return;
    od_slice text = node->leaf.text;
    while (text.size && text.data[text.size - 1] == '\n') text.size--;
    // Indented it would belong to the item before it, or stand too far from the mark of its own.
    const bool near_list = !is_first(node) ? g->last && is_list(g->last)
                                           : node->parent && node->parent->type == OD_ITEM;
    while (near_list && text.size && text.data[0] == ' ') text = od_slice_from(text, 1);
    od_layout_verbatim(&g->layout, text);
}

static void put_html(od_gfm *g, const od_node *node) {
    od_buf text = {0};
    od_write_html_node(node, g->options, &text);
    od_layout_verbatim(&g->layout, od_buf_slice(&text));
    od_buf_free(&text);
}

// ---- lists -------------------------------------------------------------------------------------

// In a loose list text is in paragraphs.
static bool is_tight(const od_node *list) {
    for (const od_node *item = list->first; item; item = item->next)
        for (const od_node *block = item->first; block; block = block->next)
            if (block->type == OD_PARA) return false;
    return true;
}

// Returns the mark of the list in one of whose items `list` comes first if nothing else than marks
// would stand on that line: three of the same would be a rule.
static char mark_before(const od_gfm *g, const od_node *list) {
    const od_node *const parent = list->parent;
    const bool alone = is_first(list) && parent && parent->type == OD_ITEM && list->first &&
                       !list->first->first;
    return alone ? list_of(g)->mark : '\0';
}

static char list_mark(const od_gfm *g, const od_node *list, bool follows) {
    if (list->type == OD_BULLET_LIST)
        return (follows && g->last_mark == '-') || mark_before(g, list) == '-' ? '*' : '-';
    return list->list.delimiter == OD_DELIMITER_ONE_PAREN ||
                   list->list.delimiter == OD_DELIMITER_TWO_PARENS
               ? ')'
               : '.';
}

static void open_list(od_gfm *g, const od_node *list) {
    const bool follows = !is_first(list) && g->last && g->last->type == list->type;
    const char mark = list_mark(g, list, follows);
    if (follows && mark == g->last_mark) { // else it would go on
        put(g, "<!-- -->");
        od_layout_blank(&g->layout);
    }
    *od_array_push(&g->arena, &g->lists) =
        (od_gfm_list){.tight = is_tight(list), .mark = mark, .number = list->list.start};
}

static void close_list(od_gfm *g) {
    g->last_mark = list_of(g)->mark;
    g->lists.count--;
}

static void put_marker(od_gfm *g, const od_gfm_list *list, bool bullet) {
    od_buf *const out = od_layout_chunk(&g->layout);
    if (!bullet) od_buf_number(out, list->number);
    od_buf_byte(out, list->mark);
}

static void open_item(od_gfm *g, const od_node *item) {
    static const char SPACES[] = "                        ";
    od_gfm_list *const list = &g->lists.items[g->lists.count - 1];
    const bool bullet = item->parent->type == OD_BULLET_LIST;
    if (!is_first(item)) {
        if (list->tight) od_layout_line_end(&g->layout);
        else od_layout_blank(&g->layout);
    }
    const size_t before = od_layout_chunk(&g->layout)->size;
    put_marker(g, list, bullet);
    const size_t size = od_layout_chunk(&g->layout)->size - before;
    list->number++;
    list->indent = bullet || size >= 4 ? size + 1 : 4;
    if (item->first) put_repeated(g, ' ', list->indent - size);
    od_layout_push(&g->layout, (od_slice){SPACES, list->indent});
}

static void close_item(od_gfm *g) {
    od_layout_pop(&g->layout, list_of(g)->indent);
}

// ---- containers --------------------------------------------------------------------------------

static void open_quote(od_gfm *g, const od_node *node) {
    put(g, node->first ? "> " : ">");
    od_layout_push(&g->layout, OD_SLICE("> "));
}

static void close_quote(od_gfm *g) {
    od_layout_pop(&g->layout, 2);
}

static void open_div(od_gfm *g, const od_node *node) {
    const char *const alert = alert_name(g, node);
    if (alert) {
        open_quote(g, node);
        put(g, alert);
        return;
    }
    put(g, "<div");
    od_html_put_attr(od_layout_chunk(&g->layout), node->attr);
    put(g, ">");
    od_layout_blank(&g->layout);
}

static void close_div(od_gfm *g, const od_node *node) {
    if (is_alert_title(g, node)) return;
    if (alert_name(g, node)) {
        close_quote(g);
        return;
    }
    od_layout_blank(&g->layout);
    put(g, "</div>");
}

// Pipe tables have no caption: it is a paragraph below.
static void put_table(od_gfm *g, const od_node *table) {
    if (!od_gfm_is_pipe_table(table)) {
        put_html(g, table);
        return;
    }
    od_gfm_write_table(g, table);
    if (!table->first || table->first->type != OD_CAPTION) return;
    for (const od_node *block = table->first->first; block; block = block->next) {
        if (block->type == OD_SHORT_CAPTION) continue;
        od_layout_blank(&g->layout);
        put_para(g, block);
    }
}

// Markdown has no lists of definitions: a term is a line of its own before its first definition.
static void put_term(od_gfm *g, const od_node *node) {
    if (node != node->parent->first) od_layout_blank(&g->layout);
    put_para(g, node);
    const od_node *const definition = node->next;
    const bool text = definition && definition->type == OD_DEFINITION && definition->first &&
                      is_text_block(definition->first);
    if (text && g->tokens.list.count) {
        put(g, "\\");
        od_layout_line_end(&g->layout);
    } else od_layout_blank(&g->layout);
}

static void open_definition(od_gfm *g, const od_node *node) {
    if (g->last && g->last->type == OD_DEFINITION && g->last->next == node)
        od_layout_blank(&g->layout);
}

// ---- blocks ------------------------------------------------------------------------------------

// Writes a block up to its children; returns whether they are to be entered.
static bool enter_block(od_gfm *g, const od_node *node) {
    if (is_alert_title(g, node)) return false;
    if (node->type != OD_ITEM && node->type != OD_TERM && node->type != OD_DEFINITION)
        part(g, node);
    switch ((od_node_type)node->type) {
    case OD_BLOCK_QUOTE: open_quote(g, node); return true;
    case OD_ORDERED_LIST:
    case OD_BULLET_LIST: open_list(g, node); return true;
    case OD_ITEM: open_item(g, node); return true;
    case OD_DEFINITION_LIST: return true;
    case OD_TERM: put_term(g, node); return false;
    case OD_DEFINITION: open_definition(g, node); return true;
    case OD_DIV: open_div(g, node); return true;
    case OD_FIGURE: put_html(g, node); return false;
    case OD_TABLE:
        if (g->commonmark) put_html(g, node);
        else put_table(g, node);
        return false;
    case OD_PLAIN:
    case OD_PARA:
    case OD_LINE_BLOCK: put_para(g, node); return false;
    case OD_HEADING: put_heading(g, node); return false;
    case OD_CODE_BLOCK: put_code(g, node); return false;
    case OD_RAW_BLOCK: put_raw(g, node); return false;
    case OD_HORIZONTAL_RULE: put_rule(g, node); return false;
    default: return false;
    }
}

static void leave_block(od_gfm *g, const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_BLOCK_QUOTE: close_quote(g); break;
    case OD_ORDERED_LIST:
    case OD_BULLET_LIST: close_list(g); break;
    case OD_ITEM: close_item(g); break;
    case OD_DIV: close_div(g, node); break;
    default: break;
    }
    g->last = node;
}

void od_gfm_write_blocks(od_gfm *g, const od_node *root) {
    for (od_walk w = {.root = root}; od_walk_step(&w);) {
        if (w.leaving) leave_block(g, w.node);
        else w.skip = !enter_block(g, w.node);
    }
}

// ---- documents ---------------------------------------------------------------------------------

// A note without the syntax for it: a number in brackets before its text.
static void put_plain_note(od_gfm *g, const od_node *note, size_t number) {
    od_layout_blank(&g->layout);
    put(g, "\\[");
    od_buf_number(od_layout_chunk(&g->layout), number);
    put(g, "]");
    if (note->first && is_text_block(note->first)) put(g, " ");
    else od_layout_blank(&g->layout);
    od_gfm_write_blocks(g, note);
}

// A note begins on the line of its label only when it begins with text.
static void put_note(od_gfm *g, const od_node *note, size_t number) {
    od_layout_blank(&g->layout);
    put(g, "[^");
    od_buf_number(od_layout_chunk(&g->layout), number);
    put(g, "]:");
    if (note->first && is_text_block(note->first)) put(g, " ");
    od_layout_push(&g->layout, OD_SLICE("    "));
    if (note->first && !is_text_block(note->first)) od_layout_line_end(&g->layout);
    od_gfm_write_blocks(g, note);
    od_layout_pop(&g->layout, 4);
}

static void write_document(od_gfm *g, const od_node *root, od_buf *out) {
    const od_writer_options *const options = g->options;
    const size_t columns = options->wrap == OD_WRAP_AUTO ? od_writer_columns(options) : 0;
    g->layout = od_layout_start(out, columns);
    if (!g->commonmark && options->standalone && options->meta && options->meta->first)
        od_gfm_write_meta(g, options->meta);
    od_gfm_write_blocks(g, root);
    for (size_t i = 0; i < g->notes.count; i++) {
        if (g->commonmark) put_plain_note(g, g->notes.items[i], i + 1);
        else put_note(g, g->notes.items[i], i + 1);
    }
    od_layout_finish(&g->layout);
    od_buf_free(&g->tokens.text);
    od_arena_free(&g->arena);
}

void od_write_gfm(const od_node *root, const od_writer_options *options, od_buf *out) {
    write_document(&(od_gfm){.options = options}, root, out);
}

void od_write_commonmark(const od_node *root, const od_writer_options *options, od_buf *out) {
    write_document(&(od_gfm){.options = options, .commonmark = true}, root, out);
}
