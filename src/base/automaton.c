#include "base/automaton.h"

// Strings are Chinese text, of which the first few bytes mostly tell one from all others: only so many
// become nodes, and the rest is compared where these are found. That keeps the trie small, and quick to
// build. But a rest is never so long that comparing it at every byte of a text would show.
enum { REST_MOST = 256 };

// A node of the trie while strings are added. Its children are a list sorted by nothing.
typedef struct sprout {
    uint32_t child, sibling; // 0: none (the root is nobody's child)
    uint32_t number;         // string that ends here, or alone goes on from here, + 1, 0: none
    unsigned char byte;
} sprout;

// A node of the finished automaton. Nodes stand by level, so that the children of one are in a row.
typedef struct node {
    uint32_t first;  // child, the others follow
    uint32_t count;  // of the children
    uint32_t fail;   // longest proper suffix that is in the trie
    uint32_t output; // nearest node on the fail path that has a string, 0: none
    uint32_t number; // string + 1, 0: none
    uint32_t depth;  // bytes that lead here: what the string has more must follow
} node;

struct od_automaton {
    od_arena *arena, scratch;
    OD_ARRAY(sprout) sprouts; // 0 is the root, until it is built
    OD_ARRAY(od_slice) strings;
    const node *nodes;
    const unsigned char *bytes; // for each node the byte that leads to it
    uint32_t root[256];
    uint64_t pairs[256][4]; // for each first byte the bits of the bytes that may follow it
};

od_automaton *od_automaton_new(od_arena *arena) {
    od_automaton *const a = od_arena_new(arena, od_automaton);
    a->arena = arena;
    return a;
}

// ---- adding ------------------------------------------------------------------------------------

static uint32_t find_child(const od_automaton *a, uint32_t parent, unsigned char byte) {
    uint32_t child = a->sprouts.items[parent].child;
    while (child && a->sprouts.items[child].byte != byte) child = a->sprouts.items[child].sibling;
    return child;
}

static uint32_t add_child(od_automaton *a, uint32_t parent, unsigned char byte) {
    const uint32_t index = (uint32_t)a->sprouts.count;
    sprout *const child = od_array_push(&a->scratch, &a->sprouts);
    child->byte = byte;
    child->sibling = a->sprouts.items[parent].child;
    a->sprouts.items[parent].child = index;
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

// Returns what more the string of the sprout `at` has, `depth` bytes deep.
static od_slice rest_of(const od_automaton *a, uint32_t at, size_t depth) {
    const uint32_t number = a->sprouts.items[at].number;
    return number ? od_slice_from(a->strings.items[number - 1], depth) : (od_slice){0};
}

// Moves the string that is no longer alone at `at` one byte down.
static void push_down(od_automaton *a, uint32_t at, unsigned char byte) {
    const uint32_t child = add_child(a, at, byte);
    a->sprouts.items[child].number = a->sprouts.items[at].number;
    a->sprouts.items[at].number = 0;
}

// Returns the sprout that is to have `text` as its string, or has it.
static uint32_t place(od_automaton *a, od_slice text) {
    uint32_t at = 0;
    for (size_t i = 0; i < text.size; i++) {
        const od_slice more = od_slice_from(text, i), rest = rest_of(a, at, i);
        if (rest.size && od_slice_equal(rest, more)) return at;
        if (rest.size) push_down(a, at, (unsigned char)rest.data[0]);
        const unsigned char byte = (unsigned char)more.data[0];
        const uint32_t next = find_child(a, at, byte);
        at = next ? next : add_child(a, at, byte);
        if (!next && more.size <= REST_MOST) return at;
    }
    const od_slice rest = rest_of(a, at, text.size);
    if (rest.size) push_down(a, at, (unsigned char)rest.data[0]);
    return at;
}

size_t od_automaton_add(od_automaton *a, od_slice text) {
    if (!a->sprouts.count) od_array_push(&a->scratch, &a->sprouts);
    add_pair(a, text);
    const uint32_t at = place(a, text);
    uint32_t *const number = &a->sprouts.items[at].number;
    if (!*number) {
        *od_array_push(a->arena, &a->strings) = text;
        *number = (uint32_t)a->strings.count;
    }
    return *number - 1;
}

// ---- building ----------------------------------------------------------------------------------

// Returns the child of `from` by `byte`, 0 when there is none.
static uint32_t step(const od_automaton *a, uint32_t from, unsigned char byte) {
    if (from == 0) return a->root[byte];
    const uint32_t first = a->nodes[from].first, end = first + a->nodes[from].count;
    for (uint32_t child = first; child < end; child++)
        if (a->bytes[child] == byte) return child;
    return 0;
}

// Returns the node reached from `from` by `byte`, falling back along the fail path.
static uint32_t advance(const od_automaton *a, uint32_t from, unsigned char byte) {
    uint32_t next;
    while (!(next = step(a, from, byte)) && from) from = a->nodes[from].fail;
    return next;
}

// Lays the nodes out by level. `order` gets the sprout that each comes from.
static void lay_out(od_automaton *a, node *nodes, unsigned char *bytes, uint32_t *order) {
    uint32_t count = 1;
    for (uint32_t i = 0; i < count; i++) {
        const sprout *const from = &a->sprouts.items[order[i]];
        nodes[i].number = from->number;
        nodes[i].first = count;
        for (uint32_t c = from->child; c; c = a->sprouts.items[c].sibling) {
            bytes[count] = a->sprouts.items[c].byte;
            nodes[count].depth = nodes[i].depth + 1;
            order[count++] = c;
        }
        nodes[i].count = count - nodes[i].first;
    }
    for (uint32_t c = nodes[0].first; c < nodes[0].first + nodes[0].count; c++)
        a->root[bytes[c]] = c;
}

void od_automaton_build(od_automaton *a) {
    const size_t count = a->sprouts.count;
    if (!count) return;
    node *const nodes = od_arena_array(a->arena, node, count);
    unsigned char *const bytes = od_arena_array(a->arena, unsigned char, count);
    lay_out(a, nodes, bytes, od_arena_array(&a->scratch, uint32_t, count));
    a->nodes = nodes;
    a->bytes = bytes;
    // By level: the fail node of a child is one up at least, so it is ready before.
    for (uint32_t parent = 0; parent < count; parent++)
        for (uint32_t c = nodes[parent].first; c < nodes[parent].first + nodes[parent].count; c++) {
            nodes[c].fail = parent ? advance(a, nodes[parent].fail, bytes[c]) : 0;
            const node *const fail = &nodes[nodes[c].fail];
            nodes[c].output = fail->number ? nodes[c].fail : fail->output;
        }
    od_arena_free(&a->scratch);
    memset(&a->sprouts, 0, sizeof a->sprouts);
}

// ---- running -----------------------------------------------------------------------------------

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

// Tells of the string of a node, which is reached before byte `end`, if all of it stands there.
static void tell(const od_automaton *a, const node *n, od_slice text, size_t end,
                 od_automaton_hit *hit, void *context) {
    const od_slice rest = od_slice_from(a->strings.items[n->number - 1], n->depth);
    if (od_slice_starts(od_slice_from(text, end), rest))
        hit(context, n->number - 1, end + rest.size);
}

void od_automaton_run(const od_automaton *a, od_slice text, od_automaton_hit *hit, void *context) {
    uint32_t at = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!at && (i = skip(a, text, i)) >= text.size) break;
        at = advance(a, at, (unsigned char)text.data[i]);
        if (!at) continue;
        const node *const nodes = a->nodes;
        for (uint32_t out = nodes[at].number ? at : nodes[at].output; out; out = nodes[out].output)
            tell(a, &nodes[out], text, i + 1, hit, context);
    }
}
