// Front matter: metadata as YAML, its inlines and blocks as Markdown.
#include "base/utf8.h"
#include "writer/gfm_parts.h"
#include "writer/walk.h"

// ---- scalars -----------------------------------------------------------------------------------

// Whether YAML reads `text` as a truth value or as nothing.
static bool is_word_of_yaml(od_slice text) {
    static const char *const WORDS[] = {"true", "false", "yes", "no", "on", "off", "null", "~", "y",
                                        "n"};
    char lower[8];
    if (text.size >= sizeof lower) return false;
    for (size_t i = 0; i < text.size; i++)
        lower[i] = (char)od_lower_case((unsigned char)text.data[i] & 0x7F);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (od_slice_is((od_slice){lower, text.size}, WORDS[i])) return true;
    return false;
}

static bool needs_quotes(od_slice text) {
    if (!text.size || is_word_of_yaml(text)) return true;
    if (strchr("-?:,[]{}#&*!|>'\"%@` ", text.data[0]) || text.data[text.size - 1] == ' ')
        return true;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '#' || text.data[i] == ':' || (unsigned char)text.data[i] < ' ')
            return true;
    return false;
}

static void put_quoted(od_buf *out, od_slice text) {
    static const char HEX[] = "0123456789abcdef";
    od_buf_byte(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char c = (unsigned char)text.data[i];
        if (c < ' ') {
            od_buf_text(out, "\\x");
            od_buf_byte(out, HEX[c >> 4]);
            od_buf_byte(out, HEX[c & 15]);
            continue;
        }
        if (c == '"' || c == '\\') od_buf_byte(out, '\\');
        od_buf_byte(out, (char)c);
    }
    od_buf_byte(out, '"');
}

static void put_line(od_gfm *g, od_slice text) {
    if (needs_quotes(text)) put_quoted(od_layout_chunk(&g->layout), text);
    else od_layout_text(&g->layout, text);
}

// Puts text of several lines as a block, whose last line end is `kept` by YAML or not there.
static void put_block(od_gfm *g, od_slice text, bool kept) {
    od_layout_string(&g->layout, kept ? "|" : "|-");
    if (text.data[0] == ' ' || text.data[0] == '\n') od_layout_string(&g->layout, "2");
    od_layout_push(&g->layout, OD_SLICE("  "));
    od_layout_line_end(&g->layout);
    od_layout_verbatim(&g->layout, text);
    od_layout_pop(&g->layout, 2);
}

static void put_text(od_gfm *g, od_slice text, bool blocks) {
    const bool kept = blocks || (text.size && text.data[text.size - 1] == '\n');
    while (text.size && text.data[text.size - 1] == '\n') text.size--;
    const bool lines = text.size && memchr(text.data, '\n', text.size);
    if (text.size && (lines || blocks)) put_block(g, text, kept);
    else put_line(g, text);
}

// Writes inlines or blocks into a buffer, as Markdown, then that as a scalar.
static void put_markdown(od_gfm *g, const od_node *value) {
    od_buf text = {0};
    const od_layout around = g->layout;
    g->layout = od_layout_start(&text, around.columns);
    if (value->type == OD_META_BLOCKS) od_gfm_write_blocks(g, value);
    else {
        const od_gfm_leaf leaf = {.one_line = true};
        od_gfm_read_leaf(g, value);
        od_gfm_write_leaf(g, &leaf);
    }
    od_layout_finish(&g->layout);
    g->layout = around;
    put_text(g, od_buf_slice(&text), value->type == OD_META_BLOCKS);
    od_buf_free(&text);
}

// ---- the tree ----------------------------------------------------------------------------------

static bool is_collection(const od_node *value) {
    return value->type == OD_META_LIST || value->type == OD_META_MAP;
}

static void enter_scalar(od_gfm *g, const od_node *value) {
    switch ((od_node_type)value->type) {
    case OD_META_BOOL: od_layout_string(&g->layout, value->truth ? "true" : "false"); break;
    case OD_META_STRING: put_text(g, value->leaf.text, false); break;
    case OD_META_LIST: od_layout_string(&g->layout, "[]"); break; // empty
    case OD_META_MAP: od_layout_string(&g->layout, "{}"); break;
    default: put_markdown(g, value); break;
    }
}

static bool is_list_item(const od_node *node) {
    return node->parent && node->parent->type == OD_META_LIST;
}

static void enter_entry(od_gfm *g, const od_node *entry) {
    // The first entry of a map in a list stands behind the list's mark.
    if (entry != entry->parent->first || !is_list_item(entry->parent))
        od_layout_line_end(&g->layout);
    put_line(g, entry->leaf.text);
    od_layout_string(&g->layout, ":");
    const od_node *const value = entry->first;
    if (!value) return;
    if (!is_collection(value) || !value->first) od_layout_string(&g->layout, " ");
    else if (value->type == OD_META_MAP) od_layout_push(&g->layout, OD_SLICE("  "));
}

static void leave_entry(od_gfm *g, const od_node *entry) {
    const od_node *const value = entry->first;
    if (value && value->type == OD_META_MAP && value->first) od_layout_pop(&g->layout, 2);
}

static void enter_item(od_gfm *g, const od_node *item) {
    // The first item of a list in a list stands behind that one's mark.
    if (item != item->parent->first || !is_list_item(item->parent))
        od_layout_line_end(&g->layout);
    od_layout_string(&g->layout, "- ");
    od_layout_push(&g->layout, OD_SLICE("  "));
}

// Returns whether the children of `node` are to be entered.
static bool enter_node(od_gfm *g, const od_node *node) {
    if (node->type == OD_META_ENTRY) {
        enter_entry(g, node);
        return true;
    }
    if (is_list_item(node)) enter_item(g, node);
    if (is_collection(node) && node->first) return true;
    enter_scalar(g, node);
    return false;
}

void od_gfm_write_meta(od_gfm *g, const od_node *meta) {
    od_layout_string(&g->layout, "---");
    od_layout_line_end(&g->layout);
    for (od_walk w = {.root = meta}; od_walk_step(&w);) {
        if (!w.leaving) {
            w.skip = !enter_node(g, w.node);
            continue;
        }
        if (w.node->type == OD_META_ENTRY) leave_entry(g, w.node);
        if (is_list_item(w.node)) od_layout_pop(&g->layout, 2);
    }
    od_layout_line_end(&g->layout);
    od_layout_string(&g->layout, "---");
    od_layout_blank(&g->layout);
}
