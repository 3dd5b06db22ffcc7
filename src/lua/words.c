#include "lua/words.h"

// Where the word or the white space at `offset` of `node` ends. A space written as an escape or
// entity is a character like another.
static size_t piece_end(const od_node *node, size_t offset, od_word_kind *kind) {
    *kind = OD_WORD;
    if ((node->flags & OD_DECODED) && node->leaf.text.size == 1) return 1;
    od_slice rest = od_slice_from(node->leaf.text, offset), word;
    od_words(&rest, kind, &word);
    return node->leaf.text.size - rest.size;
}

static bool starts_with_word(const od_node *node) {
    if (!node || !od_is_run(node) || !node->leaf.text.size) return false;
    od_word_kind kind;
    piece_end(node, 0, &kind);
    return kind == OD_WORD;
}

static od_span cut_span(const od_node *node, size_t start, size_t end) {
    if (node->span.start == SIZE_MAX || node->leaf.text.size != node->span.end - node->span.start ||
        (node->flags & OD_DECODED))
        return node->span;
    return (od_span){node->span.start + start, node->span.start + end};
}

static void cut_piece(const od_node *node, size_t start, size_t end, od_node *piece) {
    *piece = *node;
    piece->parent = piece->next = NULL;
    piece->leaf.text = od_slice_cut(node->leaf.text, start, end);
    piece->span = cut_span(node, start, end);
}

// Collects the text of a word that goes from `from` through `nodes` whole runs into the first
// `tail` bytes of another.
static void merge(lua_State *L, od_words_place from, od_words_place to, od_node *piece) {
    size_t size = 0;
    for (const od_node *n = from.node;; n = n->next) {
        const size_t start = n == from.node ? from.offset : 0;
        size += (n == to.node ? to.offset : n->leaf.text.size) - start;
        if (n == to.node) break;
    }
    char *bytes = lua_newuserdatauv(L, size + 1, 2);
    piece->leaf.text = (od_slice){bytes, size};
    for (const od_node *n = from.node;; n = n->next) {
        const size_t start = n == from.node ? from.offset : 0;
        const size_t end = n == to.node ? to.offset : n->leaf.text.size;
        if (end > start) memcpy(bytes, n->leaf.text.data + start, end - start);
        bytes += end - start;
        if (n == to.node) break;
    }
}

static void step(od_words_place *place, size_t end) {
    place->offset = end;
    if (end == place->node->leaf.text.size) *place = (od_words_place){place->node->next, 0};
}

static od_words_kind merged_word(lua_State *L, od_words_place *place, od_words_place first,
                                 od_node *piece) {
    od_words_place last = first;
    while (starts_with_word(place->node)) {
        od_word_kind kind;
        const size_t end = piece_end(place->node, 0, &kind);
        last = (od_words_place){place->node, end};
        step(place, end);
        if (place->offset) break;
    }
    *piece = *first.node;
    piece->parent = piece->next = NULL;
    piece->flags = OD_VERBATIM | OD_BORROWED;
    piece->span = cut_span(first.node, first.offset, first.node->leaf.text.size);
    if (piece->span.start != SIZE_MAX) piece->span.end = cut_span(last.node, 0, last.offset).end;
    merge(L, first, last, piece);
    return OD_WORDS_MERGED;
}

// The kinds of white space, the stronger ones last: a row of them is the strongest.
static od_node_type stronger(od_node_type a, od_node_type b) {
    static const uint8_t STRENGTH[OD_NODE_TYPE_COUNT] = {
        [OD_SPACE] = 1, [OD_SOFT_BREAK] = 2, [OD_LINE_BREAK] = 3};
    return STRENGTH[a] >= STRENGTH[b] ? a : b;
}

// Reads the white space at `*place`; false when there is a word or something else.
static bool read_space(od_words_place *place, od_node_type *type) {
    const od_node *const node = place->node;
    if (!node) return false;
    if (od_is_break(node)) {
        *type = (od_node_type)node->type;
        *place = (od_words_place){node->next, 0};
        return true;
    }
    if (!od_is_run(node) || !node->leaf.text.size) return false;
    od_word_kind kind;
    const size_t end = piece_end(node, place->offset, &kind);
    if (kind == OD_WORD) return false;
    *type = kind == OD_WORD_SPACE ? OD_SPACE : OD_SOFT_BREAK;
    step(place, end);
    return true;
}

// Goes on from white space that ended a node: what white space follows belongs to it.
static void join_spaces(od_words_place *place, od_node *piece) {
    od_node_type type;
    for (size_t joined = 0; place->offset == 0 && read_space(place, &type); joined++) {
        piece->type = (uint8_t)stronger((od_node_type)piece->type, type);
        piece->leaf.text.size = 0; // it is no piece of one run any more
    }
}

od_words_kind od_words_next(lua_State *L, od_words_place *place, od_node *piece) {
    while (place->node && od_is_run(place->node) && !place->node->leaf.text.size)
        *place = (od_words_place){place->node->next, 0};
    const od_node *const node = place->node;
    if (!node) return OD_WORDS_END;
    if (!od_is_run(node)) {
        *place = (od_words_place){node->next, 0};
        if (!od_is_break(node)) return OD_WORDS_NODE;
        *piece = *node;
        piece->parent = piece->next = NULL;
        join_spaces(place, piece);
        return OD_WORDS_PIECE;
    }
    od_word_kind kind;
    const size_t start = place->offset, end = piece_end(node, start, &kind);
    step(place, end);
    if (kind == OD_WORD && !place->offset && starts_with_word(place->node))
        return merged_word(L, place, (od_words_place){node, start}, piece);
    cut_piece(node, start, end, piece);
    if (kind != OD_WORD) {
        piece->type = kind == OD_WORD_SPACE ? OD_SPACE : OD_SOFT_BREAK;
        join_spaces(place, piece);
    }
    return OD_WORDS_PIECE;
}

void od_words_pieces(od_words_place from, od_words_place to, void *context,
                     void (*append)(void *context, const od_node *piece)) {
    for (const od_node *n = from.node; n && (n != to.node || to.offset); n = n->next) {
        const size_t start = n == from.node ? from.offset : 0;
        const size_t end = n == to.node ? to.offset : od_is_run(n) ? n->leaf.text.size : 0;
        if (!od_is_run(n)) {
            append(context, n);
        } else if (end > start) {
            od_node piece;
            cut_piece(n, start, end, &piece);
            append(context, &piece);
        }
        if (n == to.node) break;
    }
}
