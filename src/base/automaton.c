#include "base/automaton.h"

// A node of the trie. Its children are a list sorted by nothing: strings are Chinese text, whose
// nodes rarely have more than a few, except the root's, which have a table.
typedef struct node {
    uint32_t child, sibling; // 0: none (the root is nobody's child)
    uint32_t fail;           // longest proper suffix that is in the trie
    uint32_t output;         // nearest node on the fail path that ends a string, 0: none
    uint32_t number;         // string that ends here + 1, 0: none
    unsigned char byte;
} node;

struct od_automaton {
    od_arena *arena;
    OD_ARRAY(node) nodes; // 0 is the root
    uint32_t root[256];
    uint64_t pairs[256][4]; // for each first byte the bits of the bytes that may follow it
    size_t count;
};

od_automaton *od_automaton_new(od_arena *arena) {
    od_automaton *const a = od_arena_new(arena, od_automaton);
    a->arena = arena;
    od_array_push(arena, &a->nodes);
    return a;
}

// Returns the child of `from` by `byte`, 0 when there is none.
static uint32_t step(const od_automaton *a, uint32_t from, unsigned char byte) {
    if (from == 0) return a->root[byte];
    uint32_t child = a->nodes.items[from].child;
    while (child && a->nodes.items[child].byte != byte) child = a->nodes.items[child].sibling;
    return child;
}

static uint32_t add_child(od_automaton *a, uint32_t parent, unsigned char byte) {
    const uint32_t index = (uint32_t)a->nodes.count;
    node *const child = od_array_push(a->arena, &a->nodes);
    child->byte = byte;
    child->sibling = a->nodes.items[parent].child;
    a->nodes.items[parent].child = index;
    if (parent == 0) a->root[byte] = index;
    return index;
}

static uint64_t second_bit(char byte) {
    return (uint64_t)1 << ((unsigned char)byte % 64);
}

// Notes how `text` starts. A string of one byte may be followed by any.
static void add_pair(od_automaton *a, od_slice text) {
    uint64_t *const seconds = a->pairs[(unsigned char)text.data[0]];
    if (text.size > 1) seconds[(unsigned char)text.data[1] / 64] |= second_bit(text.data[1]);
    else memset(seconds, 0xFF, sizeof a->pairs[0]);
}

size_t od_automaton_add(od_automaton *a, od_slice text) {
    uint32_t at = 0;
    add_pair(a, text);
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char byte = (unsigned char)text.data[i];
        const uint32_t next = step(a, at, byte);
        at = next ? next : add_child(a, at, byte);
    }
    if (!a->nodes.items[at].number) a->nodes.items[at].number = (uint32_t)++a->count;
    return a->nodes.items[at].number - 1;
}

// Returns the node reached from `from` by `byte`, falling back along the fail path.
static uint32_t advance(const od_automaton *a, uint32_t from, unsigned char byte) {
    uint32_t next;
    while (!(next = step(a, from, byte)) && from) from = a->nodes.items[from].fail;
    return next;
}

void od_automaton_build(od_automaton *a) {
    // Breadth first: the fail node of a child is one level up, so it is ready before.
    const od_mark mark = od_arena_mark(a->arena);
    uint32_t *const queue = od_arena_array(a->arena, uint32_t, a->nodes.count);
    size_t head = 0, tail = 0;
    queue[tail++] = 0;
    while (head < tail) {
        const uint32_t parent = queue[head++];
        for (uint32_t c = a->nodes.items[parent].child; c; c = a->nodes.items[c].sibling) {
            node *const child = &a->nodes.items[c];
            child->fail = parent ? advance(a, a->nodes.items[parent].fail, child->byte) : 0;
            const node *const fail = &a->nodes.items[child->fail];
            child->output = fail->number ? child->fail : fail->output;
            queue[tail++] = c;
        }
    }
    od_arena_rewind(a->arena, mark);
}

// Bytes of the character that a byte starts; of one that starts none, 1.
#define SIXTEEN(size) size, size, size, size, size, size, size, size, size, size, size, size, size, \
                      size, size, size
static const unsigned char SIZES[256] = {
    SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1),
    SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(1), SIXTEEN(2), SIXTEEN(2), SIXTEEN(3), SIXTEEN(4)};

// Returns the first place from `i` on where a string may start: strings and text are UTF-8, so that is the
// start of a character.
static size_t skip(const od_automaton *a, od_slice text, size_t i) {
    const unsigned char *const bytes = (const unsigned char *)text.data;
    while (i + 1 < text.size) {
        const unsigned char lead = bytes[i], second = bytes[i + 1];
        if (a->pairs[lead][second / 64] >> second % 64 & 1) return i;
        i += SIZES[lead];
    }
    return i;
}

void od_automaton_run(const od_automaton *a, od_slice text, od_automaton_hit *hit, void *context) {
    uint32_t at = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!at && (i = skip(a, text, i)) >= text.size) break;
        at = advance(a, at, (unsigned char)text.data[i]);
        if (!at) continue;
        const node *const nodes = a->nodes.items;
        for (uint32_t out = nodes[at].number ? at : nodes[at].output; out; out = nodes[out].output)
            hit(context, nodes[out].number - 1, i + 1);
    }
}
