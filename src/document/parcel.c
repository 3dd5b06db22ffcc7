#include "document/parcel.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <math.h>

// ---- bytes -------------------------------------------------------------------------------------

// Both ways in one: each function below puts its value when packing, and returns it; else it reads
// one. So the two ways cannot differ.
typedef struct parcel {
    od_buf *out, *texts; // packing; else NULL
    bool mend;           // packing: whether texts may not be UTF-8
    od_arena *arena;     // opening
    od_slice rest, rest_of_texts;
    bool wrong;
} parcel;

static void put_number(od_buf *out, uint64_t number) {
    for (; number >= 0x80; number >>= 7) od_buf_byte(out, (char)(number | 0x80));
    od_buf_byte(out, (char)number);
}

static uint64_t read_number(parcel *p) {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && p->rest.size; shift += 7) {
        const uint64_t byte = (uint8_t)p->rest.data[0];
        p->rest = od_slice_from(p->rest, 1);
        number |= (byte & 0x7F) << shift;
        if (byte < 0x80) return number;
    }
    p->wrong = true;
    return 0;
}

static uint64_t pass_number(parcel *p, uint64_t number, uint64_t most) {
    if (p->out) {
        put_number(p->out, number);
        return number;
    }
    number = read_number(p);
    if (number <= most) return number;
    p->wrong = true;
    return 0;
}

static bool pass_truth(parcel *p, bool truth) {
    return pass_number(p, truth, 1) != 0;
}

static int64_t pass_whole(parcel *p, int64_t whole) {
    return (int64_t)pass_number(p, (uint64_t)whole, UINT64_MAX);
}

static double pass_real(parcel *p, double real) {
    if (p->out) {
        od_buf_add(p->out, (od_slice){(const char *)&real, sizeof real});
        return real;
    }
    if (p->rest.size < sizeof real) {
        p->wrong = true;
        return 0;
    }
    memcpy(&real, p->rest.data, sizeof real);
    p->rest = od_slice_from(p->rest, sizeof real);
    if (!isfinite(real)) p->wrong = true;
    return real;
}

static void put_mended(od_buf *out, od_slice text) {
    for (size_t invalid; (invalid = od_utf8_find_invalid(text)) != SIZE_MAX;) {
        od_buf_add(out, od_slice_cut(text, 0, invalid));
        od_buf_text(out, "\xEF\xBF\xBD");
        text = od_slice_from(text, invalid + 1);
    }
    od_buf_add(out, text);
}

// Returns the text of `size` bytes that comes next. All of them together are UTF-8, so each is that
// begins and ends between characters.
static od_slice read_text(parcel *p, uint64_t size) {
    const od_slice all = p->rest_of_texts;
    const bool fits = size <= all.size;
    const bool cut = fits && size < all.size && ((uint8_t)all.data[size] & 0xC0) == 0x80;
    if (!fits || cut) {
        p->wrong = true;
        return (od_slice){0};
    }
    p->rest_of_texts = od_slice_from(all, (size_t)size);
    return od_slice_cut(all, 0, (size_t)size);
}

static od_slice pass_text(parcel *p, od_slice text) {
    if (!p->out) return read_text(p, read_number(p));
    const size_t before = p->texts->size;
    if (p->mend) put_mended(p->texts, text);
    else od_buf_add(p->texts, text);
    put_number(p->out, p->texts->size - before);
    return text;
}

// ---- what nodes hold ---------------------------------------------------------------------------

// Returns room for so many items; when packing, what is there. Each item takes bytes of its own, so
// there can be no more items than bytes.
static void *items_of(parcel *p, const void *there, size_t *count, size_t size) {
    *count = (size_t)pass_number(p, *count, p->rest.size);
    if (p->out) return (void *)(uintptr_t)there;
    return *count ? od_arena_alloc_array(p->arena, *count, size) : NULL;
}

// Returns what is to be passed: when packing what is there, else a new and empty one.
#define PASSED(p, type, there) \
    ((p)->out ? (type *)(uintptr_t)(there) : od_arena_new((p)->arena, type))

static const od_attr *pass_attr(parcel *p, const od_attr *there) {
    if (!pass_truth(p, there != NULL)) return NULL;
    od_attr *const attr = PASSED(p, od_attr, there);
    const od_slice identifier = pass_text(p, attr->identifier);
    size_t classes = attr->class_count, pairs = attr->attribute_count;
    od_slice *const class = items_of(p, attr->classes, &classes, sizeof *class);
    for (size_t i = 0; i < classes; i++) {
        const od_slice text = pass_text(p, class[i]);
        if (!p->out) class[i] = text;
    }
    od_pair *const pair = items_of(p, attr->attributes, &pairs, sizeof *pair);
    for (size_t i = 0; i < pairs; i++) {
        const od_slice key = pass_text(p, pair[i].key), value = pass_text(p, pair[i].value);
        if (!p->out) pair[i] = (od_pair){key, value};
    }
    if (!p->out) *attr = (od_attr){identifier, class, classes, pair, pairs};
    return attr;
}

static const od_link *pass_link(parcel *p, const od_link *there) {
    od_link *const link = PASSED(p, od_link, there);
    const od_slice target = pass_text(p, link->target), title = pass_text(p, link->title);
    const od_attr *const attr = pass_attr(p, link->attr);
    if (!p->out) *link = (od_link){target, title, attr};
    return link;
}

static const od_table *pass_table(parcel *p, const od_table *there) {
    od_table *const table = PASSED(p, od_table, there);
    size_t count = table->column_count;
    od_column *const columns = items_of(p, table->columns, &count, sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const uint64_t alignment = pass_number(p, columns[i].alignment, OD_ALIGN_CENTER);
        const double width = pass_real(p, columns[i].width);
        if (!p->out) columns[i] = (od_column){(od_alignment)alignment, width};
    }
    const od_attr *const attr = pass_attr(p, table->attr);
    if (!p->out) *table = (od_table){columns, count, attr};
    return table;
}

static const od_citation *pass_citation(parcel *p, const od_citation *there) {
    od_citation *const citation = PASSED(p, od_citation, there);
    const od_slice id = pass_text(p, citation->id);
    const uint64_t mode = pass_number(p, citation->mode, OD_SUPPRESS_AUTHOR);
    const int64_t number = pass_whole(p, citation->note_number);
    const int64_t hash = pass_whole(p, citation->hash);
    if (!p->out) *citation = (od_citation){id, (od_citation_mode)mode, number, hash};
    return citation;
}

static const char *pass_format(parcel *p, const char *format) {
    const od_slice text = pass_text(p, od_slice_of(format));
    if (p->out) return format;
    if (text.size && memchr(text.data, '\0', text.size)) p->wrong = true;
    return od_arena_copy(p->arena, text).data;
}

static void pass_list(parcel *p, od_node *n) {
    n->list.start = (size_t)pass_number(p, n->list.start, UINT64_MAX);
    n->list.style = (uint8_t)pass_number(p, n->list.style, OD_STYLE_UPPER_ALPHA);
    n->list.delimiter = (uint8_t)pass_number(p, n->list.delimiter, OD_DELIMITER_TWO_PARENS);
    n->list.tight = pass_truth(p, n->list.tight);
}

static void pass_cell(parcel *p, od_node *n) {
    n->cell.attr = pass_attr(p, n->cell.attr);
    n->cell.row_span = (uint32_t)pass_number(p, n->cell.row_span, UINT32_MAX);
    n->cell.column_span = (uint32_t)pass_number(p, n->cell.column_span, UINT32_MAX);
    n->cell.alignment = (uint8_t)pass_number(p, n->cell.alignment, OD_ALIGN_CENTER);
}

static void pass_body(parcel *p, od_node *n) {
    n->body.attr = pass_attr(p, n->body.attr);
    n->body.head_rows = (uint32_t)pass_number(p, n->body.head_rows, UINT32_MAX);
    n->body.row_head_columns = (uint32_t)pass_number(p, n->body.row_head_columns, UINT32_MAX);
}

// Passes what `n`, of which no more than the type is known when opening, holds beside its children.
static void pass_payload(parcel *p, od_node *n) {
    switch ((od_node_type)n->type) {
    case OD_TEXT:
    case OD_MATH:
    case OD_META_STRING:
    case OD_META_ENTRY: n->leaf.text = pass_text(p, n->leaf.text); break;
    case OD_CODE:
    case OD_CODE_BLOCK:
        n->leaf.attr = pass_attr(p, n->leaf.attr);
        n->leaf.text = pass_text(p, n->leaf.text);
        break;
    case OD_RAW_INLINE:
    case OD_RAW_BLOCK:
        n->leaf.format = pass_format(p, n->leaf.format);
        n->leaf.text = pass_text(p, n->leaf.text);
        break;
    case OD_HEADING:
        n->heading.attr = pass_attr(p, n->heading.attr);
        n->heading.level = (int)(uint32_t)pass_number(p, (uint32_t)n->heading.level, UINT32_MAX);
        break;
    case OD_ORDERED_LIST:
    case OD_BULLET_LIST: pass_list(p, n); break;
    case OD_DIV:
    case OD_SPAN:
    case OD_FIGURE:
    case OD_ROW:
    case OD_TABLE_HEAD:
    case OD_TABLE_FOOT: n->attr = pass_attr(p, n->attr); break;
    case OD_LINK:
    case OD_IMAGE: n->link = pass_link(p, n->link); break;
    case OD_TABLE: n->table = pass_table(p, n->table); break;
    case OD_TABLE_BODY: pass_body(p, n); break;
    case OD_CELL: pass_cell(p, n); break;
    case OD_QUOTED: n->double_quotes = pass_truth(p, n->double_quotes); break;
    case OD_CITATION: n->citation = pass_citation(p, n->citation); break;
    case OD_META_BOOL: n->truth = pass_truth(p, n->truth); break;
    default: break;
    }
}

// ---- which nodes may stand where ---------------------------------------------------------------

// The kinds of nodes, as far as places go. Where several kinds may stand below a node, they do so
// in this order.
enum {
    SHORT_CAPTION = 1 << 0,
    CAPTION = 1 << 1,
    HEAD = 1 << 2,
    BODY = 1 << 3,
    FOOT = 1 << 4,
    PREFIX = 1 << 5,
    SUFFIX = 1 << 6,
    CITATION = 1 << 7,
    BLOCK = 1 << 8,
    INLINE = 1 << 9,
    ITEM = 1 << 10,
    TERM = 1 << 11, // may come again behind a definition
    DEFINITION = 1 << 12,
    LINE = 1 << 13,
    ROW = 1 << 14,
    CELL = 1 << 15,
    ENTRY = 1 << 16,
    VALUE = 1 << 17,
    ONCE = SHORT_CAPTION | CAPTION | HEAD | FOOT | PREFIX | SUFFIX,
};

// By type: what kind it is, and what may stand below it.
static const struct {
    int kind, below;
} PLACES[OD_NODE_TYPE_COUNT] = {
    [OD_ROOT] = {0, BLOCK},
    [OD_BLOCK_QUOTE] = {BLOCK, BLOCK},
    [OD_ORDERED_LIST] = {BLOCK, ITEM},
    [OD_BULLET_LIST] = {BLOCK, ITEM},
    [OD_ITEM] = {ITEM, BLOCK},
    [OD_DEFINITION_LIST] = {BLOCK, TERM | DEFINITION},
    [OD_TERM] = {TERM, INLINE},
    [OD_DEFINITION] = {DEFINITION, BLOCK},
    [OD_DIV] = {BLOCK, BLOCK},
    [OD_FIGURE] = {BLOCK, CAPTION | BLOCK},
    [OD_TABLE] = {BLOCK, CAPTION | HEAD | BODY | FOOT},
    [OD_CAPTION] = {CAPTION, SHORT_CAPTION | BLOCK},
    [OD_SHORT_CAPTION] = {SHORT_CAPTION, INLINE},
    [OD_TABLE_HEAD] = {HEAD, ROW},
    [OD_TABLE_BODY] = {BODY, ROW},
    [OD_TABLE_FOOT] = {FOOT, ROW},
    [OD_ROW] = {ROW, CELL},
    [OD_CELL] = {CELL, BLOCK},
    [OD_PLAIN] = {BLOCK, INLINE},
    [OD_PARA] = {BLOCK, INLINE},
    [OD_HEADING] = {BLOCK, INLINE},
    [OD_LINE_BLOCK] = {BLOCK, LINE},
    [OD_LINE] = {LINE, INLINE},
    [OD_CODE_BLOCK] = {BLOCK, 0},
    [OD_RAW_BLOCK] = {BLOCK, 0},
    [OD_HORIZONTAL_RULE] = {BLOCK, 0},
    [OD_CITATION] = {CITATION, PREFIX | SUFFIX},
    [OD_PREFIX] = {PREFIX, INLINE},
    [OD_SUFFIX] = {SUFFIX, INLINE},
    [OD_META_MAP] = {VALUE, ENTRY},
    [OD_META_ENTRY] = {ENTRY, VALUE},
    [OD_META_LIST] = {VALUE, VALUE},
    [OD_META_INLINES] = {VALUE, INLINE},
    [OD_META_BLOCKS] = {VALUE, BLOCK},
    [OD_META_STRING] = {VALUE, 0},
    [OD_META_BOOL] = {VALUE, 0},
    [OD_EMPH] = {INLINE, INLINE},
    [OD_STRONG] = {INLINE, INLINE},
    [OD_STRIKEOUT] = {INLINE, INLINE},
    [OD_UNDERLINE] = {INLINE, INLINE},
    [OD_SUPERSCRIPT] = {INLINE, INLINE},
    [OD_SUBSCRIPT] = {INLINE, INLINE},
    [OD_SMALL_CAPS] = {INLINE, INLINE},
    [OD_QUOTED] = {INLINE, INLINE},
    [OD_CITE] = {INLINE, CITATION | INLINE},
    [OD_LINK] = {INLINE, INLINE},
    [OD_IMAGE] = {INLINE, INLINE},
    [OD_SPAN] = {INLINE, INLINE},
    [OD_NOTE] = {INLINE, BLOCK},
    [OD_TEXT] = {INLINE, 0},
    [OD_SPACE] = {INLINE, 0},
    [OD_SOFT_BREAK] = {INLINE, 0},
    [OD_LINE_BREAK] = {INLINE, 0},
    [OD_CODE] = {INLINE, 0},
    [OD_MATH] = {INLINE, 0},
    [OD_RAW_INLINE] = {INLINE, 0},
};

// Whether a node of `type` may come next below `parent`.
static bool may_follow(const od_node *parent, uint64_t type) {
    const int kind = PLACES[type].kind, last = parent->last ? PLACES[parent->last->type].kind : 0;
    if (!(PLACES[parent->type].below & kind)) return false;
    if (parent->type == OD_META_ENTRY) return !last;
    if (parent->type == OD_DEFINITION_LIST) return last || kind == TERM;
    return kind > last || (kind == last && !(kind & ONCE));
}

// Whether `node`, which is `parent`'s last child to be, stands in order of its key.
static bool is_sorted(const od_node *parent, const od_node *node) {
    return node->type != OD_META_ENTRY || !parent->last ||
           od_slice_compare(parent->last->leaf.text, node->leaf.text) < 0;
}

// Whether `node` has all the children that it must have.
static bool is_whole(const od_node *node) {
    if (node->type == OD_META_ENTRY) return node->first != NULL;
    if (node->type != OD_TABLE_BODY) return true;
    uint32_t rows = 0;
    for (const od_node *row = node->first; row && rows < node->body.head_rows; row = row->next)
        rows++;
    return rows == node->body.head_rows;
}

// ---- trees -------------------------------------------------------------------------------------

enum {
    END = OD_ROOT, // closes the children of a node, none of which can be a root
    FLAGS = OD_DECODED | OD_DISPLAY | OD_SETEXT | OD_OPAQUE | OD_VERBATIM,
};

static void pack_node(parcel *p, const od_node *node) {
    od_buf_byte(p->out, (char)node->type);
    od_buf_byte(p->out, (char)(node->flags & FLAGS));
    od_node copy = *node;
    pass_payload(p, &copy);
}

static void pack_below(parcel *p, const od_node *root) {
    for (const od_node *node = root; node; node = od_node_next(root, node, false)) {
        if (node != root) pack_node(p, node);
        if (node->first) continue;
        // All whose last node this is end here.
        const od_node *ended = node;
        if (PLACES[node->type].below) od_buf_byte(p->out, END);
        for (; ended != root && !ended->next; ended = ended->parent) od_buf_byte(p->out, END);
    }
}

// Reads a node and makes it the last child of `parent`; NULL when it cannot be.
static od_node *open_node(parcel *p, od_node *parent, uint64_t type) {
    if (type >= OD_NODE_TYPE_COUNT || !may_follow(parent, type)) return NULL;
    od_node *const node = od_node_new(p->arena, (od_node_type)type, OD_NO_SPAN);
    node->flags = (uint8_t)pass_number(p, 0, UINT8_MAX);
    pass_payload(p, node);
    if (p->wrong || node->flags & ~FLAGS || !is_sorted(parent, node)) return NULL;
    od_node_append(parent, node);
    return node;
}

static od_status open_below(parcel *p, od_node *root) {
    const size_t limit = od_limit_value(AST_DEPTH);
    size_t depth = 0;
    for (od_node *parent = root; parent;) {
        const uint64_t type = read_number(p);
        if (p->wrong) return OD_INVALID;
        if (type == END) {
            if (!is_whole(parent)) return OD_INVALID;
            parent = parent->parent;
            depth--;
            continue;
        }
        od_node *const node = open_node(p, parent, type);
        if (!node) return OD_INVALID;
        if (!PLACES[type].below) continue;
        parent = node;
        if (++depth > limit) return OD_LIMIT;
    }
    return OD_OK;
}

// ---- all ---------------------------------------------------------------------------------------

static void pack(const od_node *root, const od_node *meta, bool mend, od_buf *nodes,
                 od_buf *texts) {
    parcel p = {.out = nodes, .texts = texts, .mend = mend};
    const od_node *const trees[] = {root, meta};
    nodes->size = texts->size = 0;
    for (size_t i = 0; i < 2; i++) {
        pass_truth(&p, trees[i] != NULL);
        if (trees[i]) pack_below(&p, trees[i]);
    }
}

void od_parcel_pack(const od_node *root, const od_node *meta, od_buf *out) {
    od_buf nodes = {0}, texts = {0};
    pack(root, meta, false, &nodes, &texts);
    if (od_utf8_find_invalid(od_buf_slice(&texts)) != SIZE_MAX)
        pack(root, meta, true, &nodes, &texts);
    put_number(out, nodes.size);
    od_buf_add(out, od_buf_slice(&nodes));
    od_buf_add(out, od_buf_slice(&texts));
    od_buf_free(&nodes);
    od_buf_free(&texts);
}

od_status od_parcel_open(od_arena *arena, od_slice bytes, od_node **root, od_node **meta) {
    static const od_node_type TYPES[] = {OD_ROOT, OD_META_MAP};
    parcel p = {.arena = arena, .rest = bytes};
    const uint64_t size = read_number(&p);
    if (p.wrong || size > p.rest.size) return OD_INVALID;
    p.rest_of_texts = od_slice_from(p.rest, (size_t)size);
    p.rest = od_slice_cut(p.rest, 0, (size_t)size);
    if (od_utf8_find_invalid(p.rest_of_texts) != SIZE_MAX) return OD_INVALID;
    od_node *trees[] = {NULL, NULL};
    for (size_t i = 0; i < 2; i++) {
        if (!pass_truth(&p, false)) continue;
        trees[i] = od_node_new(arena, TYPES[i], OD_NO_SPAN);
        const od_status status = open_below(&p, trees[i]);
        if (status != OD_OK) return status;
    }
    if (p.wrong || p.rest.size || p.rest_of_texts.size) return OD_INVALID;
    *root = trees[0];
    *meta = trees[1];
    return OD_OK;
}
