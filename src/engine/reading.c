#include "engine/reading.h"

#include "base/sort.h"
#include "base/utf8.h"

#include <stdlib.h>

// A line that says so keeps what looks like a blank.
static const od_slice KEEP = {"<!-- orgdraft: keep -->", 23};

// Takes out the blanks from `first` on whose line is marked as kept.
static void drop_kept(const od_reading *reading, od_blank_list *list, size_t first) {
    const od_source *const source = &reading->document->source;
    size_t count = first;
    for (size_t i = first; i < list->count; i++) {
        const size_t line = od_source_line_at(source, list->items[i].span.start);
        const od_slice text = od_source_cut(source, od_source_line(source, line));
        if (od_slice_find(text, KEEP, 0) == SIZE_MAX) list->items[count++] = list->items[i];
    }
    list->count = count;
}

static void fold_leaf(od_arena *arena, const od_blank_list *blanks, od_leaf *leaf) {
    od_fold_mark *const marks = od_arena_array(arena, od_fold_mark, leaf->blank_count);
    for (size_t i = 0; i < leaf->blank_count; i++) {
        const od_blank *const blank = &blanks->items[leaf->first_blank + i];
        marks[i] = (od_fold_mark){blank->start, blank->end};
    }
    od_fold_marked(arena, leaf->visible.text, marks, leaf->blank_count, &leaf->folded);
    size_t *const at = od_arena_array(arena, size_t, leaf->blank_count);
    size_t from = 0;
    for (size_t i = 0; i < leaf->blank_count; i++) {
        const char *const hit = memchr(leaf->folded.text.data + from, OD_BLANK_MARK,
                                       leaf->folded.text.size - from);
        at[i] = (size_t)(hit - leaf->folded.text.data);
        from = at[i] + 1;
    }
    leaf->marks = at;
    leaf->places = marks;
}

// Whether the visible text of a leaf costs nothing to read: it is one run of the source.
static bool is_single_run(const od_node *leaf) {
    return leaf->first && !leaf->first->next && leaf->first->type == OD_TEXT;
}

static bool may_hold_blank(const od_reading *reading, const od_node *node) {
    return is_single_run(node) ||
           od_blank_possible(od_source_cut(&reading->document->source, node->span));
}

// Reads the visible text of a leaf, and adds its blanks to `blanks`; all in `arena`.
static od_leaf read_leaf(const od_reading *reading, od_arena *arena, const od_node *node,
                         od_blank_list *blanks) {
    od_leaf leaf = {.node = node, .first_blank = blanks->count};
    od_visible_read(arena, &reading->document->source, node, &leaf.visible);
    if (may_hold_blank(reading, node))
        od_blank_find(arena, &leaf.visible, &reading->options, blanks);
    if (reading->keeps) drop_kept(reading, blanks, leaf.first_blank);
    leaf.blank_count = blanks->count - leaf.first_blank;
    return leaf;
}

static void add_leaf(od_reading *reading, const od_node *node) {
    if (!reading->complete && !may_hold_blank(reading, node)) return;
    const od_mark mark = od_arena_mark(reading->arena);
    const od_blank *const blanks = reading->blanks.items;
    const od_leaf leaf = read_leaf(reading, reading->arena, node, &reading->blanks);
    if (!leaf.blank_count && !reading->complete) {
        // Unless the list of blanks has moved behind the mark.
        if (blanks == reading->blanks.items) od_arena_rewind(reading->arena, mark);
        return;
    }
    *od_array_push(reading->arena, &reading->leaves) = leaf;
}

static int compare_leaves(const void *left, const void *right) {
    const od_leaf *const a = left, *const b = right;
    return a->node->span.start < b->node->span.start   ? -1
           : a->node->span.start > b->node->span.start ? 1
                                                       : 0;
}

// Notes stand where they are referred to, and twice when they are referred to twice: brings leaves
// and blanks into the order of the source, each once.
static void sort_leaves(od_reading *reading) {
    bool sorted = true;
    for (size_t i = 1; i < reading->leaves.count && sorted; i++)
        sorted = compare_leaves(&reading->leaves.items[i - 1], &reading->leaves.items[i]) < 0;
    if (sorted) return;
    od_leaf *const leaves = reading->leaves.items;
    qsort(leaves, reading->leaves.count, sizeof *leaves, compare_leaves);
    od_blank_list blanks = {0};
    size_t count = 0;
    for (size_t i = 0; i < reading->leaves.count; i++) {
        if (count && compare_leaves(&leaves[count - 1], &leaves[i]) == 0) continue;
        od_leaf leaf = leaves[i];
        leaf.first_blank = blanks.count;
        for (size_t j = 0; j < leaf.blank_count; j++)
            *od_array_push(reading->arena, &blanks) =
                reading->blanks.items[leaves[i].first_blank + j];
        leaves[count++] = leaf;
    }
    reading->leaves.count = count;
    reading->blanks = blanks;
}

// Makes room for every leaf, where every leaf is kept: a list that grows leaves its old places behind.
static void reserve_leaves(od_reading *reading) {
    const od_node *const root = reading->document->root;
    size_t count = 0;
    for (const od_node *n = root; n; n = od_node_next(root, n, false))
        count += od_node_holds_inlines(n->type);
    if (count > SIZE_MAX / sizeof(od_leaf)) od_run_out(SIZE_MAX);
    reading->leaves.items = od_arena_bytes(reading->arena, count * sizeof(od_leaf));
    reading->leaves.capacity = count;
}

static int compare_nodes(const void *left, const void *right) {
    const od_node *const a = *(const od_node *const *)left, *const b = *(const od_node *const *)right;
    return a->span.start < b->span.start ? -1 : a->span.start > b->span.start;
}

// Brings the nodes into the order of the source, each once, as the leaves are.
static void sort_nodes(od_reading *reading) {
    size_t count = 0;
    const od_node **const nodes = reading->nodes.items;
    od_sort(nodes, reading->nodes.count, sizeof *nodes, compare_nodes);
    for (size_t i = 0; i < reading->nodes.count; i++)
        if (!count || compare_nodes(&nodes[count - 1], &nodes[i]) != 0) nodes[count++] = nodes[i];
    reading->nodes.count = count;
}

void od_reading_make(od_arena *arena, const od_document *document, const od_profile *profile,
                     bool all_leaves, od_reading *reading) {
    *reading = (od_reading){
        .arena = arena, .document = document, .profile = profile, .complete = all_leaves};
    const od_outline_options outline = profile ? profile->outline : (od_outline_options){0};
    od_outline_read(arena, &document->source, document->root, &outline, &reading->outline);
    if (profile) od_align(arena, &reading->outline, profile, &reading->alignment);
    const bool rules = profile && profile->rule_count; // which may look anywhere
    if (profile) reading->options = profile->blanks;
    reading->options.plain_text = document->kind == OD_PLAIN_TEXT;
    reading->keeps = od_slice_find(document->source.bytes, KEEP, 0) != SIZE_MAX;
    if (reading->complete) reserve_leaves(reading);
    for (const od_node *n = document->root; n; n = od_node_next(document->root, n, false)) {
        if (!od_node_holds_inlines(n->type)) continue;
        if (rules) *od_array_push(arena, &reading->nodes) = n;
        add_leaf(reading, n);
    }
    sort_leaves(reading);
    sort_nodes(reading);
    for (size_t i = 0; i < reading->leaves.count; i++)
        fold_leaf(arena, &reading->blanks, &reading->leaves.items[i]);
}

od_slice od_reading_text(const od_reading *reading, od_arena *arena, size_t index) {
    if (reading->complete) return reading->leaves.items[index].folded.text;
    od_blank_list blanks = {0};
    od_leaf leaf = read_leaf(reading, arena, reading->nodes.items[index], &blanks);
    fold_leaf(arena, &blanks, &leaf);
    return leaf.folded.text;
}

const od_leaf *od_reading_leaf(const od_reading *reading, size_t blank) {
    size_t low = 0, high = reading->leaves.count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (reading->leaves.items[middle].first_blank <= blank) low = middle;
        else high = middle;
    }
    // Leaves without blanks share their first_blank with the one after them: the last is meant.
    return &reading->leaves.items[low];
}

static const od_section_rule *preamble_of(const od_section_rule *rules, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (rules[i].preamble) return &rules[i];
    return NULL;
}

const od_section_rule *od_reading_section(const od_reading *reading, size_t offset) {
    if (!reading->profile) return NULL;
    const od_section *section = od_outline_at(&reading->outline, offset);
    bool before_sections = true;
    for (; section && section->parent; section = section->parent) {
        if (!section->is_title) before_sections = false;
        const od_section_rule *const rule = reading->alignment.sections[section->index].rule;
        if (rule) return rule;
    }
    return before_sections ? preamble_of(reading->profile->sections,
                                         reading->profile->section_count)
                           : NULL;
}

bool od_reading_in(const od_reading *reading, size_t offset, const od_section_rule *rule) {
    if (!rule) return true;
    const od_section_rule *at = od_reading_section(reading, offset);
    while (at && at != rule) at = at->parent;
    return at == rule;
}
