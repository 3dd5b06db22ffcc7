// The syntax tree of a draft, in pandoc's shape (pandoc-types 1.23), every node with its bytes.
//
// Two things differ from pandoc's types, and a writer or Lua turns them back where it asks:
// * A run of text is one node, OD_TEXT, not one node a word. Its text holds the words, the white
//   space between them, and soft breaks as line ends with the white space around them. pandoc's
//   Str, Space and SoftBreak come from od_words (below).
// * A text node is either *exact*, its bytes being those of its span, or *decoded*, one escape,
//   entity or task mark whose span covers its source. So no node needs a map: a visible byte is
//   either the byte at the same distance into the span, or belongs to the span as a whole.
//
// Nodes live in the document's arena and have parent links, so no walk recurses.
//
// What a filter or a JSON reader makes is told apart by a flag and by its span: a text that is exactly
// one pandoc Str (it may hold spaces) is OD_VERBATIM, a Space of its own is OD_SPACE, and a node that
// comes from no source has the span OD_NO_SPAN. Writers join adjacent texts without OD_VERBATIM
// into one Str (`AT&amp;T` is three nodes and one Str) and never split or join one with it.
#ifndef OD_DOCUMENT_AST_H
#define OD_DOCUMENT_AST_H

#include "base/arena.h"

#include <math.h>

typedef enum od_node_type {
    OD_ROOT, // children: blocks

    // Blocks with block children.
    OD_BLOCK_QUOTE,
    OD_ORDERED_LIST, // children: OD_ITEM; payload: list
    OD_BULLET_LIST,  // children: OD_ITEM; payload: list
    OD_ITEM,
    OD_DEFINITION_LIST, // children: OD_TERM followed by its OD_DEFINITIONs
    OD_TERM,            // children: inlines
    OD_DEFINITION,
    OD_DIV,    // payload: attr
    OD_FIGURE, // payload: attr; children: OD_CAPTION, then blocks

    // Tables: OD_CAPTION?, OD_TABLE_HEAD, OD_TABLE_BODY*, OD_TABLE_FOOT; payload: table.
    OD_TABLE,
    OD_CAPTION,       // children: OD_SHORT_CAPTION?, then blocks
    OD_SHORT_CAPTION, // children: inlines
    OD_TABLE_HEAD,    // children: OD_ROW
    OD_TABLE_BODY,    // children: OD_ROW, the first of which are its head; payload: body
    OD_TABLE_FOOT,
    OD_ROW,
    OD_CELL, // children: blocks; payload: cell

    // Blocks with inline children: the leaf blocks that hold visible text.
    OD_PLAIN,
    OD_PARA,
    OD_HEADING,    // payload: heading
    OD_LINE_BLOCK, // children: OD_LINE
    OD_LINE,       // children: inlines

    // Blocks without children.
    OD_CODE_BLOCK, // payload: leaf (text, attr)
    OD_RAW_BLOCK,  // payload: leaf (text, format)
    OD_HORIZONTAL_RULE,

    // Parts of OD_CITE: its citations come before its inlines.
    OD_CITATION, // children: OD_PREFIX, OD_SUFFIX; payload: citation
    OD_PREFIX,   // children: inlines
    OD_SUFFIX,

    // Metadata: a tree of its own beside the OD_ROOT of the blocks, with OD_META_MAP at its top.
    OD_META_MAP,   // children: OD_META_ENTRY, sorted by key, keys unique
    OD_META_ENTRY, // one child, the value; payload: leaf (text: the key)
    OD_META_LIST,  // children: values
    OD_META_INLINES,
    OD_META_BLOCKS,
    OD_META_STRING, // payload: leaf (text)
    OD_META_BOOL,   // payload: truth

    // Inlines with inline children.
    OD_EMPH,
    OD_STRONG,
    OD_STRIKEOUT,
    OD_UNDERLINE,
    OD_SUPERSCRIPT,
    OD_SUBSCRIPT,
    OD_SMALL_CAPS,
    OD_QUOTED, // payload: quote
    OD_CITE,   // children: OD_CITATION, then inlines
    OD_LINK,   // payload: link
    OD_IMAGE,  // payload: link; children: the alternative text
    OD_SPAN,   // payload: attr

    OD_NOTE, // children: blocks, whose spans are those of the footnote's definition

    // Inlines without children.
    OD_TEXT,       // payload: leaf (text)
    OD_SPACE,      // one that does not lie inside an exact text
    OD_SOFT_BREAK, // likewise
    OD_LINE_BREAK,
    OD_CODE,       // payload: leaf (text, attr)
    OD_MATH,       // payload: leaf (text); flag OD_DISPLAY
    OD_RAW_INLINE, // payload: leaf (text, format)

    OD_NODE_TYPE_COUNT,
} od_node_type;

// Flags of od_node.flags.
enum {
    OD_DECODED = 1, // OD_TEXT: text differs from the span's bytes; the span is one escape or entity
    OD_DISPLAY = 2, // OD_MATH: display math
    OD_SETEXT = 4,  // OD_HEADING: underlined, not `#`
    OD_OPAQUE = 8,  // any inline: its place is known only as the span of its parent (no near misses)
    OD_VERBATIM = 16, // OD_TEXT: exactly one pandoc Str, white space and all; OD_SPACE, OD_SOFT_BREAK
                      // and OD_LINE_BREAK: one of its own, whatever white space stands beside it
    // While a filter runs, and never in a finished tree:
    OD_BORROWED = 32, // payload and children live in Lua's memory
    OD_FRESH = 64,    // made by this filter and not yet linked to its parent
};

// The span of a node that comes from no source.
#define OD_NO_SPAN ((od_span){SIZE_MAX, SIZE_MAX})

typedef struct od_pair {
    od_slice key, value;
} od_pair;

// pandoc's Attr.
typedef struct od_attr {
    od_slice identifier;
    const od_slice *classes;
    size_t class_count;
    const od_pair *attributes;
    size_t attribute_count;
} od_attr;

typedef struct od_link {
    od_slice target, title; // decoded: without escapes and entities
    const od_attr *attr;    // NULL when empty
} od_link;

typedef enum od_list_style {
    OD_STYLE_DEFAULT,
    OD_STYLE_EXAMPLE,
    OD_STYLE_DECIMAL,
    OD_STYLE_LOWER_ROMAN,
    OD_STYLE_UPPER_ROMAN,
    OD_STYLE_LOWER_ALPHA,
    OD_STYLE_UPPER_ALPHA,
} od_list_style;

typedef enum od_list_delimiter {
    OD_DELIMITER_DEFAULT,
    OD_DELIMITER_PERIOD,
    OD_DELIMITER_ONE_PAREN,
    OD_DELIMITER_TWO_PARENS,
} od_list_delimiter;

typedef enum od_alignment {
    OD_ALIGN_DEFAULT,
    OD_ALIGN_LEFT,
    OD_ALIGN_RIGHT,
    OD_ALIGN_CENTER,
} od_alignment;

typedef struct od_column {
    od_alignment alignment;
    double width; // of the whole, 0 to 1; 0 is pandoc's ColWidthDefault, -0.0 is ColWidth 0
} od_column;

// Whether a width is told, be it 0.
static inline bool od_has_width(const od_column *column) {
    return column->width != 0 || signbit(column->width);
}

typedef struct od_table {
    const od_column *columns;
    size_t column_count;
    const od_attr *attr;
} od_table;

typedef enum od_citation_mode {
    OD_NORMAL_CITATION,
    OD_AUTHOR_IN_TEXT,
    OD_SUPPRESS_AUTHOR,
} od_citation_mode;

typedef struct od_citation {
    od_slice id;
    od_citation_mode mode;
    int64_t note_number, hash;
} od_citation;

typedef struct od_node od_node;
struct od_node {
    uint8_t type; // od_node_type
    uint8_t flags;
    od_span span;
    od_node *parent, *next, *first, *last;
    union {
        // OD_TEXT, OD_CODE, OD_MATH, OD_RAW_*, OD_CODE_BLOCK. Raw nodes have a format, code an attr.
        struct {
            od_slice text; // an exact OD_TEXT points into the source
            union {
                const od_attr *attr;
                const char *format;
            };
        } leaf;
        struct {
            const od_attr *attr;
            int level;
        } heading;
        struct {
            size_t start;
            uint8_t style, delimiter; // od_list_style, od_list_delimiter
            bool tight;
        } list;
        struct {
            const od_attr *attr;
            uint32_t row_span, column_span; // 1 when not spanning
            uint8_t alignment;              // od_alignment
        } cell;
        struct {
            const od_attr *attr;
            uint32_t head_rows; // how many of its rows are the intermediate head
            uint32_t row_head_columns;
        } body;
        const od_attr *attr; // OD_DIV, OD_SPAN, OD_FIGURE, OD_ROW and the parts of a table
        const od_link *link;
        const od_table *table;
        bool double_quotes; // OD_QUOTED
        const od_citation *citation;
        bool truth; // OD_META_BOOL
    };
};

// Returns a new node of `type` that has no parent yet.
od_node *od_node_new(od_arena *arena, od_node_type type, od_span span);

// Makes `child`, which must have no parent, the last child of `parent`.
void od_node_append(od_node *parent, od_node *child);

// Whether `type` is one of the leaf blocks that hold inlines: OD_PLAIN, OD_PARA, OD_HEADING, OD_LINE,
// OD_TERM.
bool od_node_holds_inlines(od_node_type type);

// Whether `type` is an inline.
bool od_node_is_inline(od_node_type type);

// Returns the node after `node` in document order (parents first) in the tree below `root`, or NULL.
// With `skip` the children of `node` are left out.
od_node *od_node_next(const od_node *root, const od_node *node, bool skip);

// Whether a node below `root` stands more than `levels` below it.
bool od_node_is_deeper(const od_node *root, size_t levels);

// Returns the pandoc name of a type ("Para", "Str" for OD_TEXT), for messages and tests.
const char *od_node_type_name(od_node_type type);

// ---- words -------------------------------------------------------------------------------------

typedef enum od_word_kind { OD_WORD, OD_WORD_SPACE, OD_WORD_SOFT_BREAK } od_word_kind;

// Whether `byte` separates words: space, tab or line end.
static inline bool od_separates(char byte) {
    const unsigned char b = (unsigned char)byte;
    return b <= ' ' && (b == ' ' || b == '\t' || b == '\n' || b == '\r');
}

// Reads one of pandoc's Str, Space or SoftBreak from the front of `*text` and moves `*text` past it;
// false at the end. White space (space, tab, line end) separates words, U+00A0 does not; white space
// that holds a line end is one soft break. Source: pandoc, T.P.Readers.CommonMark.
bool od_words(od_slice *text, od_word_kind *kind, od_slice *word);

#endif
