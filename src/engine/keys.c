#include "engine/keys.h"

#include "base/utf8.h"
#include "engine/clause.h"

#include <stdlib.h>

// How far a key reaches around its blanks, step by step.
typedef struct reach {
    size_t clauses; // beyond their own, on each side
    size_t left, right; // widths to which their own is cut; 0: not cut
} reach;

// Keys are read and typed by people, so they are cut short at first. Widths: a Han character is 3.
static const reach STEPS[] = {{0, 42, 24}, {0, 84, 48}, {0, 0, 0},
                              {1, 0, 0},   {2, 0, 0},   {4, 0, 0}};
enum {
    STEP_COUNT = sizeof STEPS / sizeof *STEPS,
    GAP_WIDTH = 18,     // blanks that stand closer share a key: `主要问题XX类XX条`
    MOST_BLANKS = 12,   // of one key: each of them is told of with the whole of it
};

// Blanks of one leaf that share a key: [first, last], counted in the leaf.
typedef struct cluster {
    size_t first, last;
    size_t step; // how far its key reaches now
    bool done;   // it has its key
} cluster;

typedef OD_ARRAY(cluster) cluster_list;

typedef struct maker {
    const od_reading *reading;
    const od_blank_index *index;
    od_arena *scratch; // dies with the maker
    od_arena *round;   // what one round needs
    od_key *keys;
    cluster_list *clusters; // by leaf, in the order of the text
    bool *fixed; // by blank: its key is what it is, no other may reach over it
} maker;

// Returns how far the key of blanks [first, last] of `leaf` may reach: at first not to any other
// blank, and never to one whose key is fixed.
static od_span free_range(const maker *m, const od_leaf *leaf, size_t first, size_t last,
                          bool fixed_only) {
    const bool *const fixed = m->fixed + leaf->first_blank;
    od_span range = {0, leaf->visible.text.size};
    for (size_t i = first; i-- > 0;) {
        if (fixed_only && !fixed[i]) continue;
        range.start = leaf->places[i].end;
        break;
    }
    for (size_t i = last + 1; i < leaf->blank_count; i++) {
        if (fixed_only && !fixed[i]) continue;
        range.end = leaf->places[i].start;
        break;
    }
    return range;
}

static od_span intersect(od_span a, od_span b) {
    return (od_span){a.start > b.start ? a.start : b.start, a.end < b.end ? a.end : b.end};
}

// Returns the visible range of the key of `c` at its step.
static od_span key_range(const maker *m, const od_leaf *leaf, const cluster *c) {
    const reach r = STEPS[c->step];
    const od_slice text = leaf->visible.text;
    od_span range = intersect(od_clause_range(leaf, c->first, c->last, r.clauses),
                              free_range(m, leaf, c->first, c->last, !r.left));
    if (!r.left) return od_clause_trim(text, range);
    range.start = od_clause_cut_left(text, leaf->places[c->first].start, range.start, r.left);
    range.end = od_clause_cut_right(text, leaf->places[c->last].end, range.end, r.right);
    return od_clause_trim(text, range);
}

// ---- clusters ----------------------------------------------------------------------------------

// Whether blank `i` of `leaf` stands so close after the one before it that they share a key.
static bool is_close(const maker *m, const od_leaf *leaf, size_t i) {
    const size_t from = leaf->places[i - 1].end, to = leaf->places[i].start;
    const bool *const fixed = m->fixed + leaf->first_blank;
    if (fixed[i] || fixed[i - 1]) return false;
    size_t width = 0, size;
    for (size_t at = from; at < to; at += size) {
        const uint32_t code = od_utf8_read(leaf->visible.text, at, &size);
        width += od_clause_width(code);
        if (width > GAP_WIDTH || od_clause_mark(leaf->visible.text, at, code)) return false;
    }
    return true;
}

// Adds to `list` the clusters that the blanks [first, last] of `leaf` make by themselves.
static void add_clusters(maker *m, const od_leaf *leaf, size_t first, size_t last,
                         cluster_list *list) {
    const size_t others = list->count;
    for (size_t i = first; i <= last; i++) {
        cluster *const before = list->count > others ? &list->items[list->count - 1] : NULL;
        if (before && i - before->first < MOST_BLANKS && is_close(m, leaf, i))
            before->last = i;
        else
            *od_array_push(m->scratch, list) =
                (cluster){.first = i, .last = i, .done = m->fixed[leaf->first_blank + i]};
    }
}

static void make_clusters(maker *m, size_t leaf_index) {
    const od_leaf *const leaf = &m->reading->leaves.items[leaf_index];
    if (leaf->blank_count)
        add_clusters(m, leaf, 0, leaf->blank_count - 1, &m->clusters[leaf_index]);
}

// Takes the clusters apart again that together did not find a key either.
static void unmerge_clusters(maker *m, size_t leaf_index) {
    const od_leaf *const leaf = &m->reading->leaves.items[leaf_index];
    cluster_list *const list = &m->clusters[leaf_index], apart = {0};
    for (size_t i = 0; i < list->count; i++) {
        const cluster c = list->items[i];
        if (c.done) *od_array_push(m->scratch, &apart) = c;
        else add_clusters(m, leaf, c.first, c.last, &apart);
    }
    *list = apart;
}

// Returns the visible range that `c` claims: of its key while that is looked for, then of its blanks.
static od_span claim(const maker *m, const od_leaf *leaf, const cluster *c) {
    if (!c->done && c->step < STEP_COUNT) return key_range(m, leaf, c);
    return (od_span){leaf->places[c->first].start, leaf->places[c->last].end};
}

static bool holds_blank(const od_leaf *leaf, od_span range, const cluster *c) {
    return leaf->places[c->first].start < range.end && leaf->places[c->last].end > range.start;
}

static bool meet(const maker *m, const od_leaf *leaf, const cluster *a, const cluster *b) {
    return holds_blank(leaf, claim(m, leaf, a), b) || holds_blank(leaf, claim(m, leaf, b), a);
}

// Ends the search for a key of its own: it would reach over too much.
static void give_up(cluster *c) {
    if (!c->done) c->step = STEP_COUNT;
}

// Merges the clusters whose keys have come to reach other blanks, so that no blank has two keys.
static void merge_clusters(maker *m, size_t leaf_index) {
    const od_leaf *const leaf = &m->reading->leaves.items[leaf_index];
    cluster_list *const list = &m->clusters[leaf_index];
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        cluster c = list->items[i];
        for (; count; count--) {
            cluster before = list->items[count - 1];
            if ((before.done && c.done) || !meet(m, leaf, &before, &c)) break;
            if (c.last - before.first >= MOST_BLANKS) {
                give_up(&list->items[count - 1]);
                give_up(&c);
                break;
            }
            c = (cluster){.first = before.first,
                          .last = c.last,
                          .step = before.step > c.step ? before.step : c.step};
        }
        list->items[count++] = c;
    }
    list->count = count;
}

// ---- candidates --------------------------------------------------------------------------------

// A phrase proposed for a cluster.
typedef struct candidate {
    od_phrase phrase;
    size_t leaf;
    cluster *cluster;
    const od_section_rule *scope;
    size_t matches; // how often it fits
    size_t group;   // of candidates that are the same
} candidate;

typedef OD_ARRAY(candidate) candidate_list;

// Whether a key read from `text` is the phrase that stands in the draft: context that was cut away may
// have been what made a sign a blank.
static bool reads_back(const maker *m, candidate *c, od_slice text) {
    od_blank_options options =
        m->reading->profile ? m->reading->profile->blanks : (od_blank_options){0};
    options.plain_text = m->reading->document->kind == OD_PLAIN_TEXT;
    od_phrase_read_key(m->round, text, &options, &c->phrase);
    return c->phrase.slot_count == c->cluster->last - c->cluster->first + 1;
}

static void propose(maker *m, size_t leaf_index, cluster *cluster, candidate_list *list) {
    const od_leaf *const leaf = &m->reading->leaves.items[leaf_index];
    candidate c = {.leaf = leaf_index, .cluster = cluster};
    const od_span range = key_range(m, leaf, cluster);
    if (reads_back(m, &c, od_slice_cut(leaf->visible.text, range.start, range.end)))
        *od_array_push(m->round, list) = c;
}

// By scope, then by phrase as it is matched.
static int compare_candidates(const void *left, const void *right) {
    const candidate *const a = *(candidate *const *)left, *const b = *(candidate *const *)right;
    if (a->scope != b->scope) return (uintptr_t)a->scope < (uintptr_t)b->scope ? -1 : 1;
    const od_phrase *const p = &a->phrase, *const q = &b->phrase;
    if (p->slot_count != q->slot_count) return p->slot_count < q->slot_count ? -1 : 1;
    for (size_t i = 0; i <= p->slot_count; i++) {
        const int order = od_slice_compare(p->literals[i], q->literals[i]);
        if (order) return order;
    }
    return 0;
}

// Counts how often each candidate fits, each in its scope, and sets `*matches` to where: in them
// `wanted` is the group of the candidate. In a long draft many candidates are the same, and each is
// looked for once.
static void count_matches(const maker *m, candidate_list *list, od_match_list *matches) {
    od_arena *const arena = m->round;
    candidate **const sorted = od_arena_array(arena, candidate *, list->count);
    *matches = (od_match_list){0};
    for (size_t i = 0; i < list->count; i++) sorted[i] = &list->items[i];
    if (list->count) qsort(sorted, list->count, sizeof *sorted, compare_candidates);
    for (size_t i = 0; i < list->count; i++) {
        candidate *const c = sorted[i], *const before = i ? sorted[i - 1] : NULL;
        if (before && compare_candidates(&before, &c) == 0) {
            c->group = before->group;
            c->matches = before->matches;
            continue;
        }
        const od_wanted wanted = {&c->phrase, c->scope, NULL, NULL};
        const size_t count = matches->count;
        c->group = i;
        od_blank_index_find(m->index, arena, &wanted, i, matches);
        c->matches = matches->count - count;
    }
}

// Gives the blanks of a cluster a key that fits once.
static void take(maker *m, const candidate *c) {
    const od_leaf *const leaf = &m->reading->leaves.items[c->leaf];
    c->cluster->done = true;
    for (size_t i = c->cluster->first; i <= c->cluster->last; i++) {
        const size_t token = i - c->cluster->first;
        m->keys[leaf->first_blank + i] = (od_key){.text = c->phrase.text,
                                                  .token = token + 1,
                                                  .token_count = c->phrase.slot_count,
                                                  .scope = c->scope,
                                                  .slot = token,
                                                  .slot_count = c->phrase.slot_count};
    }
}

// ---- rounds ------------------------------------------------------------------------------------

static bool is_pending(const cluster *c) {
    return !c->done && c->step < STEP_COUNT;
}

// Proposes a phrase for each cluster without a key, and takes those that fit once. Returns whether any
// cluster is still to be tried.
static bool try_step(maker *m) {
    candidate_list list = {0};
    od_match_list matches;
    bool pending = false;
    for (size_t l = 0; l < m->reading->leaves.count; l++) {
        merge_clusters(m, l);
        for (size_t i = 0; i < m->clusters[l].count; i++)
            if (is_pending(&m->clusters[l].items[i])) propose(m, l, &m->clusters[l].items[i], &list);
    }
    count_matches(m, &list, &matches);
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].matches == 1) take(m, &list.items[i]);
    for (size_t l = 0; l < m->reading->leaves.count; l++)
        for (size_t i = 0; i < m->clusters[l].count; i++) {
            cluster *const c = &m->clusters[l].items[i];
            if (is_pending(c)) pending = ++c->step < STEP_COUNT || pending;
        }
    return pending;
}

// ---- keys that fit several times ---------------------------------------------------------------

// Proposes the whole clause of each cluster that has no key yet, or a part of it when the clause holds
// the blanks of others.
static void propose_rest(maker *m, candidate_list *list) {
    enum { WHOLE_CLAUSE = 2 };
    for (size_t l = 0; l < m->reading->leaves.count; l++) {
        unmerge_clusters(m, l);
        for (size_t i = 0; i < m->clusters[l].count; i++) {
            cluster *const c = &m->clusters[l].items[i];
            const size_t before = list->count;
            if (c->done) continue;
            for (c->step = WHOLE_CLAUSE + 1; c->step > 0 && list->count == before;) {
                c->step--;
                propose(m, l, c, list);
            }
            c->step = STEP_COUNT;
        }
    }
}

// Marks the groups of which a place overlaps the one before, as `XX、XX` does in `XX、XX、XX`: their
// values would have no order.
static bool *find_overlapping(const maker *m, const od_match_list *matches, size_t groups) {
    bool *const overlapping = od_arena_array(m->round, bool, groups);
    const od_match **const before = od_arena_array(m->round, const od_match *, groups);
    for (size_t i = 0; i < matches->count; i++) {
        const od_match *const match = &matches->items[i], *const last = before[match->wanted];
        if (last && last->leaf == match->leaf && match->start < last->end)
            overlapping[match->wanted] = true;
        before[match->wanted] = match;
    }
    return overlapping;
}

// Takes the candidates that fit once, each in its scope, out of the list.
static void take_unique(maker *m, candidate_list *list) {
    od_match_list matches;
    count_matches(m, list, &matches);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const candidate c = list->items[i];
        if (c.matches == 1) take(m, &c);
        else list->items[count++] = c;
    }
    list->count = count;
}

// Narrows the candidates to the sections that they stand in, or with `everywhere` widens them again.
static void set_scopes(const maker *m, candidate_list *list, bool everywhere) {
    for (size_t i = 0; i < list->count; i++) {
        candidate *const c = &list->items[i];
        const size_t blank = m->reading->leaves.items[c->leaf].first_blank + c->cluster->first;
        const size_t start = m->reading->blanks.items[blank].span.start;
        c->scope = everywhere ? NULL : od_reading_section(m->reading, start);
    }
}

// Gives all blanks of a match, whatever keys they had, the key that it is one of `places` places of.
static void share(maker *m, const od_match *match, od_slice text, size_t slots, size_t index,
                  size_t places) {
    for (size_t i = 0; i < slots; i++) {
        const size_t blank = match->slots[i].blank;
        if (m->fixed[blank]) continue;
        m->fixed[blank] = true;
        m->keys[blank] = (od_key){.text = text,
                                  .token = i + 1,
                                  .token_count = slots,
                                  .shared = places > 1,
                                  .slot = index * slots + i,
                                  .slot_count = places * slots};
    }
}

// Splits the clusters of a leaf at the blanks that are fixed now. What is left of a cluster that had a
// key must look for another.
static void split_clusters(maker *m, size_t leaf_index) {
    const bool *const fixed = m->fixed + m->reading->leaves.items[leaf_index].first_blank;
    cluster_list *const list = &m->clusters[leaf_index], split = {0};
    for (size_t i = 0; i < list->count; i++) {
        const cluster c = list->items[i];
        bool is_whole = true;
        for (size_t j = c.first; j <= c.last; j++) is_whole = is_whole && !fixed[j];
        for (size_t j = c.first; !is_whole && j <= c.last; j++) {
            const bool extends = split.count && j > c.first && !fixed[j] && !fixed[j - 1];
            if (extends) split.items[split.count - 1].last = j;
            else *od_array_push(m->scratch, &split) = (cluster){j, j, 0, fixed[j]};
        }
        if (is_whole) *od_array_push(m->scratch, &split) = c;
    }
    *list = split;
}

// Keys for what no phrase tells apart in the draft: the clause, in its section when it is unique there,
// else one list for all places where it fits. Returns whether a cluster lost its key to such a list.
static bool share_rest(maker *m) {
    candidate_list list = {0};
    od_match_list matches;
    propose_rest(m, &list);
    take_unique(m, &list);
    set_scopes(m, &list, false);
    take_unique(m, &list);
    set_scopes(m, &list, true);
    count_matches(m, &list, &matches);
    const candidate **const of = od_arena_array(m->round, const candidate *, list.count);
    size_t *const seen = od_arena_array(m->round, size_t, list.count);
    const bool *const overlapping = find_overlapping(m, &matches, list.count);
    for (size_t i = list.count; i-- > 0;) of[list.items[i].group] = &list.items[i];
    for (size_t i = 0; i < matches.count; i++) {
        const od_match *const match = &matches.items[i];
        const candidate *const c = of[match->wanted];
        if (overlapping[match->wanted]) continue;
        share(m, match, c->phrase.text, c->phrase.slot_count, seen[match->wanted]++, c->matches);
    }
    bool pending = false;
    for (size_t l = 0; l < m->reading->leaves.count; l++) {
        if (list.count) split_clusters(m, l);
        for (size_t i = 0; i < m->clusters[l].count; i++)
            pending = pending || is_pending(&m->clusters[l].items[i]);
    }
    return pending;
}

// A name is a key of its own; a blank that nothing reads back keeps its bare text.
static void name_and_default(maker *m, size_t blank) {
    const od_blank *const b = &m->reading->blanks.items[blank];
    od_key *const key = &m->keys[blank];
    const bool is_named = b->style == OD_BLANK_NAMED;
    if (!is_named && key->text.size) return;
    *key = (od_key){.text = is_named ? b->name : key->context,
                    .token = 1,
                    .token_count = 1,
                    .shared = !is_named,
                    .slot_count = 1,
                    .context = key->context};
}

// Looks for all keys. Each turn of the outer loop fixes a blank more, or is the last.
static void find_keys(maker *m) {
    for (bool pending = true; pending; od_arena_free(m->round)) {
        while (try_step(m)) od_arena_free(m->round);
        pending = share_rest(m);
    }
}

// Returns the clause of a blank; where nothing else stands in it, as behind a colon, from the clause
// before on, so that a reader knows which blank is meant.
static od_span context_of(const od_leaf *leaf, size_t blank) {
    const od_span range = od_clause_range(leaf, blank, blank, 0);
    const od_span bare = {leaf->places[blank].start, leaf->places[blank].end};
    if (range.start < bare.start || range.end > bare.end) return range;
    return (od_span){od_clause_range(leaf, blank, blank, 1).start, range.end};
}

static void note_context(maker *m, const od_leaf *leaf) {
    for (size_t i = 0; i < leaf->blank_count; i++) {
        const od_span range = context_of(leaf, i);
        m->keys[leaf->first_blank + i].context =
            od_slice_cut(leaf->visible.text, range.start, range.end);
    }
}

const od_key *od_keys_make(const od_reading *reading) {
    const size_t count = reading->blanks.count;
    od_arena scratch = {0}, round = {0};
    maker m = {.reading = reading, .scratch = &scratch, .round = &round};
    m.keys = od_arena_array(reading->arena, od_key, count);
    m.clusters = od_arena_array(&scratch, cluster_list, reading->leaves.count);
    m.fixed = od_arena_array(&scratch, bool, count);
    for (size_t i = 0; i < count; i++)
        m.fixed[i] = reading->blanks.items[i].style == OD_BLANK_NAMED;
    for (size_t l = 0; l < reading->leaves.count; l++) make_clusters(&m, l);
    m.index = od_blank_index_make(&scratch, reading);
    if (count) find_keys(&m);
    od_arena_free(&scratch);
    for (size_t l = 0; l < reading->leaves.count; l++) note_context(&m, &reading->leaves.items[l]);
    for (size_t i = 0; i < count; i++) name_and_default(&m, i);
    return m.keys;
}
