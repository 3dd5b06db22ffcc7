#include "document/ast.h"

#include "base/block.h"

#include <assert.h>

od_node *od_node_new(od_arena *arena, od_node_type type, od_span span) {
    od_node *const node = od_arena_new(arena, od_node);
    node->type = (uint8_t)type;
    node->span = span;
    return node;
}

void od_node_append(od_node *parent, od_node *child) {
    assert(!child->parent);
    child->parent = parent;
    if (parent->last) parent->last->next = child;
    else parent->first = child;
    parent->last = child;
}

bool od_node_holds_inlines(od_node_type type) {
    return type == OD_PLAIN || type == OD_PARA || type == OD_HEADING || type == OD_LINE ||
           type == OD_TERM;
}

bool od_node_is_inline(od_node_type type) {
    return type >= OD_EMPH && type < OD_NODE_TYPE_COUNT;
}

od_node *od_node_next(const od_node *root, const od_node *node, bool skip) {
    if (!skip && node->first) return node->first;
    while (node != root && !node->next) node = node->parent;
    return node == root ? NULL : node->next;
}

bool od_node_is_deeper(const od_node *root, size_t levels) {
    size_t level = 0;
    for (const od_node *node = root;; node = node->next) {
        for (; node->first; node = node->first)
            if (++level > levels) return true;
        for (; node != root && !node->next; node = node->parent) level--;
        if (node == root) return false;
    }
}

const char *od_node_type_name(od_node_type type) {
    static const char *const NAMES[OD_NODE_TYPE_COUNT] = {
        [OD_ROOT] = "Pandoc",
        [OD_BLOCK_QUOTE] = "BlockQuote",
        [OD_ORDERED_LIST] = "OrderedList",
        [OD_BULLET_LIST] = "BulletList",
        [OD_ITEM] = "Item",
        [OD_DEFINITION_LIST] = "DefinitionList",
        [OD_TERM] = "Term",
        [OD_DEFINITION] = "Definition",
        [OD_DIV] = "Div",
        [OD_FIGURE] = "Figure",
        [OD_TABLE] = "Table",
        [OD_CAPTION] = "Caption",
        [OD_SHORT_CAPTION] = "ShortCaption",
        [OD_TABLE_HEAD] = "TableHead",
        [OD_TABLE_BODY] = "TableBody",
        [OD_TABLE_FOOT] = "TableFoot",
        [OD_ROW] = "Row",
        [OD_CELL] = "Cell",
        [OD_PLAIN] = "Plain",
        [OD_PARA] = "Para",
        [OD_HEADING] = "Header",
        [OD_LINE_BLOCK] = "LineBlock",
        [OD_LINE] = "Line",
        [OD_CODE_BLOCK] = "CodeBlock",
        [OD_RAW_BLOCK] = "RawBlock",
        [OD_HORIZONTAL_RULE] = "HorizontalRule",
        [OD_CITATION] = "Citation",
        [OD_PREFIX] = "Prefix",
        [OD_SUFFIX] = "Suffix",
        [OD_META_MAP] = "MetaMap",
        [OD_META_ENTRY] = "MetaEntry",
        [OD_META_LIST] = "MetaList",
        [OD_META_INLINES] = "MetaInlines",
        [OD_META_BLOCKS] = "MetaBlocks",
        [OD_META_STRING] = "MetaString",
        [OD_META_BOOL] = "MetaBool",
        [OD_EMPH] = "Emph",
        [OD_STRONG] = "Strong",
        [OD_STRIKEOUT] = "Strikeout",
        [OD_UNDERLINE] = "Underline",
        [OD_SUPERSCRIPT] = "Superscript",
        [OD_SUBSCRIPT] = "Subscript",
        [OD_SMALL_CAPS] = "SmallCaps",
        [OD_QUOTED] = "Quoted",
        [OD_CITE] = "Cite",
        [OD_LINK] = "Link",
        [OD_IMAGE] = "Image",
        [OD_SPAN] = "Span",
        [OD_NOTE] = "Note",
        [OD_TEXT] = "Str",
        [OD_SPACE] = "Space",
        [OD_SOFT_BREAK] = "SoftBreak",
        [OD_LINE_BREAK] = "LineBreak",
        [OD_CODE] = "Code",
        [OD_MATH] = "Math",
        [OD_RAW_INLINE] = "RawInline",
    };
    return NAMES[type];
}

// ---- words -------------------------------------------------------------------------------------

// Returns the size of the word at the front of `text`: a few letters, or a whole Chinese sentence.
static size_t word_size(od_slice text) {
    const char *at = text.data;
    const char *const end = at + text.size;
    for (; end - at >= OD_BLOCK; at += OD_BLOCK) {
        const od_block b = od_block_load(at);
        const size_t first =
            od_block_first((b == ' ') | (b == '\t') | (b == '\n') | (b == '\r'));
        if (first < OD_BLOCK) return (size_t)(at - text.data) + first;
    }
    while (at < end && !od_separates(*at)) at++;
    return (size_t)(at - text.data);
}

bool od_words(od_slice *text, od_word_kind *kind, od_slice *word) {
    if (!text->size) return false;
    size_t size = 0;
    bool line_end = false;
    for (; size < text->size && od_separates(text->data[size]); size++)
        line_end = line_end || text->data[size] == '\n' || text->data[size] == '\r';
    *kind = !size ? OD_WORD : line_end ? OD_WORD_SOFT_BREAK : OD_WORD_SPACE;
    if (!size) size = word_size(*text);
    *word = od_slice_cut(*text, 0, size);
    *text = od_slice_from(*text, size);
    return true;
}
