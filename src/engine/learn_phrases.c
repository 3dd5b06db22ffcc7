// Phrases: for each blank words around it that stand nowhere else, neither in the draft nor in the
// drafts that were finished from it, and that read the finished drafts.
#include "engine/learn_parts.h"

#include "base/utf8.h"
#include "engine/clause.h"
#include "engine/match.h"

#include <stdlib.h>

// How far a phrase reaches around its slots. Widths: a Han character is 3.
typedef struct reach {
    size_t clauses;     // beyond their own, on each side
    size_t left, right; // widths to which it is cut; 0: not cut
    bool over;          // over other slots
    size_t beyond;      // how much is taken behind the mark that a clause starts with
} reach;

// In the order in which they are preferred: what is short is easy to read, what is long tells more.
// The last ones are for text that was changed on one side, or beyond the next words.
static const reach REACHES[] = {
    {0, 30, 18, false, 12}, {0, 60, 36, false, 12}, {0, 0, 0, false, 12}, {1, 0, 0, false, 12},
    {3, 0, 0, false, 12},   {0, 0, 0, true, 12},    {1, 0, 0, true, 12},  {4, 0, 0, true, 12},
    {0, 30, 6, false, 12},  {0, 6, 18, false, 12},  {0, 9, 9, false, 0}};
enum {
    REACH_COUNT = sizeof REACHES / sizeof *REACHES,
    FOR_ALL = 5,     // so many are tried for every phrase, the others where these do not do
    GAP_WIDTH = 18,  // slots that stand closer share a phrase: `主要问题XX类XX条`
    MOST_SLOTS = 12, // of one phrase
};

// Slots of one leaf that share a phrase.
typedef struct cluster {
    size_t leaf, first, last;
    const od_section_rule *scope;
    size_t attempts; // index of the last one
    bool settled;
} cluster;

// What one finished draft makes of an attempt.
typedef struct trial {
    bool fits, fits_scoped; // once in the draft; once in the section
    const od_slice *values; // of the slots of the cluster
} trial;

// A phrase that was tried for a cluster and fits the draft.
typedef struct attempt {
    size_t cluster, reach;
    od_span range;      // of the visible text
    size_t first, last; // slots in it
    size_t literal_chars;
    bool at_start, at_end; // of its paragraph
    bool fits, fits_scoped;
    trial *trials;   // by finished draft
    size_t previous; // of the same cluster
} attempt;

static const size_t NONE = SIZE_MAX;

typedef struct chooser {
    od_learner *learner;
    od_arena *round; // dies with each round
    OD_ARRAY(cluster) clusters;
    OD_ARRAY(attempt) attempts;
} chooser;

// A phrase of one round.
typedef struct candidate {
    attempt attempt;
    od_phrase phrase;
} candidate;

typedef OD_ARRAY(candidate) candidate_list;

static od_slice text_of(const chooser *c, size_t leaf) {
    return c->learner->reading.leaves.items[leaf].visible.text;
}

static od_learn_slot *slots_of(const chooser *c) {
    return c->learner->slots.items;
}

// ---- clusters ----------------------------------------------------------------------------------

static bool is_close(const chooser *c, const od_learn_slot *a, const od_learn_slot *b) {
    const od_slice text = text_of(c, a->leaf);
    size_t width = 0, size;
    for (size_t at = a->end; at < b->start; at += size) {
        const uint32_t code = od_utf8_read(text, at, &size);
        width += od_clause_width(code);
        if (width > GAP_WIDTH || od_clause_mark(text, at, code)) return false;
    }
    return true;
}

static bool joins(const chooser *c, const cluster *last, size_t slot) {
    const od_learn_slot *const slots = slots_of(c);
    const od_learn_slot *const a = &slots[slot - 1], *const b = &slots[slot];
    if (a->leaf != b->leaf || a->wall) return false;
    if (a->fact == b->fact) return true;
    return slot - last->first < MOST_SLOTS && is_close(c, a, b);
}

static void make_clusters(chooser *c) {
    const od_reading *const reading = &c->learner->reading;
    for (size_t i = 0; i < c->learner->slots.count; i++) {
        const od_learn_slot *const slot = &slots_of(c)[i];
        cluster *const last = c->clusters.count ? &c->clusters.items[c->clusters.count - 1] : NULL;
        if (slot->wall) continue;
        if (last && last->last + 1 == i && joins(c, last, i)) {
            last->last = i;
            continue;
        }
        const od_leaf *const leaf = &reading->leaves.items[slot->leaf];
        const size_t offset = od_visible_span(&leaf->visible, slot->start, slot->end).start;
        *od_array_push(c->learner->arena, &c->clusters) =
            (cluster){.leaf = slot->leaf,
                      .first = i,
                      .last = i,
                      .scope = od_reading_section(reading, offset),
                      .attempts = NONE};
    }
}

// ---- ranges ------------------------------------------------------------------------------------

static bool is_opaque(uint32_t code) {
    return code == 0xFFFC;
}

// Returns how many slots left of `slot`, or right of it, a phrase may hold.
static size_t slots_before(const chooser *c, size_t slot, size_t most) {
    const od_learn_slot *const slots = slots_of(c);
    size_t count = 0;
    while (count < most && slot > count && slots[slot - count - 1].leaf == slots[slot].leaf &&
           !slots[slot - count - 1].wall)
        count++;
    return count;
}

static size_t slots_after(const chooser *c, size_t slot, size_t most) {
    const od_learn_slot *const slots = slots_of(c);
    size_t count = 0;
    while (count < most && slot + count + 1 < c->learner->slots.count &&
           slots[slot + count + 1].leaf == slots[slot].leaf && !slots[slot + count + 1].wall)
        count++;
    return count;
}

// Returns the part of the leaf that a phrase for `cl` may take: to the next slot, or `over` some.
static od_span free_range(const chooser *c, const cluster *cl, bool over) {
    const od_learn_slot *const slots = slots_of(c);
    const size_t most = over ? MOST_SLOTS / 2 : 0;
    const size_t before = slots_before(c, cl->first, most), after = slots_after(c, cl->last, most);
    const size_t left = cl->first - before, right = cl->last + after;
    od_span range = {0, text_of(c, cl->leaf).size};
    if (left > 0 && slots[left - 1].leaf == cl->leaf) range.start = slots[left - 1].end;
    if (right + 1 < c->learner->slots.count && slots[right + 1].leaf == cl->leaf)
        range.end = slots[right + 1].start;
    return range;
}

static od_span clauses_around(const chooser *c, const cluster *cl, size_t more) {
    const od_leaf *const leaf = &c->learner->reading.leaves.items[cl->leaf];
    const od_slice text = leaf->visible.text;
    od_span range = {od_clause_start(leaf, slots_of(c)[cl->first].start),
                     od_clause_end(leaf, slots_of(c)[cl->last].end)};
    size_t size;
    for (size_t n = 0; n < more && range.start > 0; n++) {
        if (is_opaque(od_utf8_read_before(text, range.start, &size))) break;
        range.start = od_clause_start(leaf, range.start - size);
    }
    for (size_t n = 0; n < more && range.end < text.size; n++) {
        if (is_opaque(od_utf8_read(text, range.end, &size))) break;
        range.end = od_clause_end(leaf, range.end + size);
    }
    return range;
}

static bool has_words(const chooser *c, od_slice text, size_t start, size_t end) {
    return od_fold(c->round, od_slice_cut(text, start, end)).size > 0;
}

// Returns where a phrase starts whose slot is the first thing of its clause: some words before the
// mark say where the value starts.
static size_t reach_left(const chooser *c, const cluster *cl, size_t bound, size_t width) {
    const od_leaf *const leaf = &c->learner->reading.leaves.items[cl->leaf];
    const od_slice text = leaf->visible.text;
    size_t at = slots_of(c)[cl->first].start, size;
    while (at > bound) {
        const uint32_t code = od_utf8_read_before(text, at, &size);
        if (is_opaque(code)) return at;
        if (!od_is_space(code) && !od_clause_mark(text, at - size, code)) break;
        at -= size;
    }
    const size_t clause = od_clause_start(leaf, at);
    if (!width && at < slots_of(c)[cl->first].start) return at;
    return od_clause_cut_left(text, at, clause > bound ? clause : bound, width);
}

// The same for its end. The mark alone says where the value ends; a line end is none to a phrase.
static size_t reach_right(const chooser *c, const cluster *cl, size_t bound, size_t width) {
    const od_leaf *const leaf = &c->learner->reading.leaves.items[cl->leaf];
    const od_slice text = leaf->visible.text;
    size_t at = slots_of(c)[cl->last].end, size;
    while (at < bound) {
        const uint32_t code = od_utf8_read(text, at, &size);
        if (is_opaque(code)) return at;
        at += size;
        if (!od_is_space(code)) return at;
        if (code != '\n') continue;
        const size_t clause = od_clause_end(leaf, at);
        return od_clause_cut_right(text, at, clause < bound ? clause : bound, width);
    }
    return at;
}

static od_span range_of(const chooser *c, const cluster *cl, const reach *r) {
    const od_slice text = text_of(c, cl->leaf);
    const size_t start = slots_of(c)[cl->first].start, end = slots_of(c)[cl->last].end;
    const od_span free = free_range(c, cl, r->over);
    od_span range = clauses_around(c, cl, r->clauses);
    if (range.start < free.start) range.start = free.start;
    if (range.end > free.end) range.end = free.end;
    if (r->left) {
        range.start = od_clause_cut_left(text, start, range.start, r->left);
        range.end = od_clause_cut_right(text, end, range.end, r->right);
    }
    if (!has_words(c, text, range.start, start)) range.start = reach_left(c, cl, free.start, r->beyond);
    if (!has_words(c, text, end, range.end))
        range.end = reach_right(c, cl, free.end, r->beyond);
    return od_clause_trim(text, range);
}

// ---- candidates --------------------------------------------------------------------------------

static bool was_tried(const chooser *c, const cluster *cl, od_span range) {
    for (size_t i = cl->attempts; i != NONE; i = c->attempts.items[i].previous) {
        const od_span before = c->attempts.items[i].range;
        if (before.start == range.start && before.end == range.end) return true;
    }
    return false;
}

// Takes the slots that lie in the range of an attempt into it.
static void hold_slots(const chooser *c, const cluster *cl, attempt *a) {
    const od_learn_slot *const slots = slots_of(c);
    a->first = cl->first;
    a->last = cl->last;
    while (a->first > 0 && slots[a->first - 1].leaf == cl->leaf &&
           slots[a->first - 1].start >= a->range.start)
        a->first--;
    while (a->last + 1 < c->learner->slots.count && slots[a->last + 1].leaf == cl->leaf &&
           slots[a->last + 1].end <= a->range.end)
        a->last++;
    // A range that cuts a slot goes around it.
    if (a->first > 0 && slots[a->first - 1].leaf == cl->leaf &&
        slots[a->first - 1].end > a->range.start)
        a->range.start = slots[a->first - 1].end;
    if (a->last + 1 < c->learner->slots.count && slots[a->last + 1].leaf == cl->leaf &&
        slots[a->last + 1].start < a->range.end)
        a->range.end = slots[a->last + 1].start;
}

static od_field_type slot_type(const chooser *c, const od_learn_slot *slot) {
    static const od_field_type PARTS[] = {[OD_PART_YEAR] = OD_TYPE_YEAR,
                                          [OD_PART_MONTH] = OD_TYPE_MONTH,
                                          [OD_PART_DAY] = OD_TYPE_DAY};
    return slot->part == OD_WHOLE ? c->learner->facts.items[slot->fact].type.type
                                  : PARTS[slot->part];
}

// Whether a value in the slot may be any words: where it stands at the edge of a paragraph, the edge
// alone says how far it goes. A number ends where its digits do.
static bool holds_words(const chooser *c, const od_learn_slot *slot) {
    const od_field_type type = slot_type(c, slot);
    return type == OD_TYPE_TEXT || type == OD_TYPE_PERSON;
}

static void make_phrase(const chooser *c, candidate *cand) {
    const attempt *const a = &cand->attempt;
    const od_learn_slot *const slots = slots_of(c);
    const od_slice text = text_of(c, slots[a->first].leaf);
    const size_t count = a->last - a->first + 1;
    od_slice *const literals = od_arena_array(c->round, od_slice, count + 1);
    size_t at = a->range.start;
    for (size_t i = 0; i <= count; i++) {
        const size_t end = i < count ? slots[a->first + i].start : a->range.end;
        literals[i] = od_fold(c->round, od_slice_cut(text, at, end));
        cand->phrase.literal_chars += od_utf8_count(literals[i]);
        if (i < count) at = slots[a->first + i].end;
    }
    cand->phrase.literals = literals;
    cand->phrase.slot_count = count;
    cand->phrase.at_start = holds_words(c, &slots[a->first]) &&
                            !has_words(c, text, 0, slots[a->first].start);
    cand->phrase.at_end = holds_words(c, &slots[a->last]) &&
                          !has_words(c, text, slots[a->last].end, text.size);
    cand->attempt.literal_chars = cand->phrase.literal_chars;
    cand->attempt.at_start = cand->phrase.at_start;
    cand->attempt.at_end = cand->phrase.at_end;
}

// Whether a profile takes the phrase: it has two letters, or one between two edges.
static bool has_enough_words(const chooser *c, const candidate *cand) {
    const od_phrase *const phrase = &cand->phrase;
    const od_learn_slot *const slots = slots_of(c);
    const size_t letters = od_phrase_letters(phrase);
    const bool open_before = od_phrase_is_open_before(phrase) &&
                             holds_words(c, &slots[cand->attempt.first]);
    const bool open_after = od_phrase_is_open_after(phrase) &&
                            holds_words(c, &slots[cand->attempt.last]);
    return letters > 1 || (letters && !open_before && !open_after);
}

static void propose(chooser *c, size_t index, size_t reach_index, candidate_list *list) {
    const cluster *const cl = &c->clusters.items[index];
    candidate cand = {
        .attempt = {.cluster = index, .reach = reach_index, .previous = cl->attempts}};
    cand.attempt.range = range_of(c, cl, &REACHES[reach_index]);
    hold_slots(c, cl, &cand.attempt);
    if (was_tried(c, cl, cand.attempt.range)) return;
    make_phrase(c, &cand);
    if (has_enough_words(c, &cand)) *od_array_push(c->round, list) = cand;
}

// ---- matching ----------------------------------------------------------------------------------

// Candidates with the same words are looked for once: in a long draft there are many. Of those with
// one scope none is the only one there.
typedef struct variant {
    const od_section_rule *scope;
    size_t members;       // candidates
    size_t count;         // places in the scope
    const od_match *hit;  // the last one
} variant;

typedef struct family {
    const candidate *first;
    size_t members, count;
    const od_match *hit;
    variant *variants; // by scope
    size_t variant_count;
} family;

// A candidate with the place that it has in its family.
typedef struct member {
    candidate *candidate;
    const od_section_rule *scope;
    size_t family, variant;
} member;

typedef struct family_round {
    member *members; // by candidate
    OD_ARRAY(family) families;
} family_round;

static int compare_phrases(const od_phrase *p, const od_phrase *q) {
    if (p->at_start != q->at_start) return p->at_start ? 1 : -1;
    if (p->at_end != q->at_end) return p->at_end ? 1 : -1;
    if (p->slot_count != q->slot_count) return p->slot_count < q->slot_count ? -1 : 1;
    for (size_t i = 0; i <= p->slot_count; i++) {
        const int order = od_slice_compare(p->literals[i], q->literals[i]);
        if (order) return order;
    }
    return 0;
}

static int compare_members(const void *left, const void *right) {
    const member *const a = *(member *const *)left, *const b = *(member *const *)right;
    const int order = compare_phrases(&a->candidate->phrase, &b->candidate->phrase);
    if (order) return order;
    return ((uintptr_t)a->scope > (uintptr_t)b->scope) - ((uintptr_t)a->scope < (uintptr_t)b->scope);
}

// Puts a member behind the one before it in order.
static void add_member(const chooser *c, family_round *r, member *m, const member *before) {
    family *f = r->families.count ? &r->families.items[r->families.count - 1] : NULL;
    if (!before || compare_phrases(&before->candidate->phrase, &m->candidate->phrase) != 0) {
        f = od_array_push(c->round, &r->families);
        f->first = m->candidate;
        before = NULL;
    }
    if (!before || before->scope != m->scope) f->variant_count++;
    f->members++;
    m->family = r->families.count - 1;
    m->variant = f->variant_count - 1;
}

static void make_families(const chooser *c, const candidate_list *list, family_round *r) {
    member **const sorted = od_arena_array(c->round, member *, list->count);
    r->members = od_arena_array(c->round, member, list->count);
    for (size_t i = 0; i < list->count; i++) {
        r->members[i].candidate = &list->items[i];
        r->members[i].scope = c->clusters.items[list->items[i].attempt.cluster].scope;
        sorted[i] = &r->members[i];
    }
    if (list->count) qsort(sorted, list->count, sizeof *sorted, compare_members);
    for (size_t i = 0; i < list->count; i++)
        add_member(c, r, sorted[i], i ? sorted[i - 1] : NULL);
    for (size_t i = 0; i < r->families.count; i++) {
        family *const f = &r->families.items[i];
        f->variants = od_arena_array(c->round, variant, f->variant_count);
    }
    for (size_t i = 0; i < list->count; i++) {
        variant *const v =
            &r->families.items[r->members[i].family].variants[r->members[i].variant];
        v->scope = r->members[i].scope;
        v->members++;
    }
}

static const od_wanted *want(const chooser *c, const family_round *r) {
    od_wanted *const wanted = od_arena_array(c->round, od_wanted, r->families.count);
    for (size_t i = 0; i < r->families.count; i++) {
        const candidate *const first = r->families.items[i].first;
        od_field_type *const types =
            od_arena_array(c->round, od_field_type, first->phrase.slot_count);
        for (size_t j = 0; j < first->phrase.slot_count; j++)
            types[j] = slot_type(c, &slots_of(c)[first->attempt.first + j]);
        wanted[i] = (od_wanted){&first->phrase, NULL, NULL, types};
    }
    return wanted;
}

static variant *find_variant(const family *f, const od_section_rule *scope) {
    size_t low = 0, high = f->variant_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if ((uintptr_t)f->variants[middle].scope < (uintptr_t)scope) low = middle + 1;
        else high = middle;
    }
    return low < f->variant_count && f->variants[low].scope == scope ? &f->variants[low] : NULL;
}

// Counts the places in one draft: of each family, and of each variant in its scope.
static void count_hits(family_round *r, const od_reading *reading, const od_match_list *matches) {
    for (size_t i = 0; i < r->families.count; i++) {
        family *const f = &r->families.items[i];
        f->count = 0;
        for (size_t k = 0; k < f->variant_count; k++) f->variants[k].count = 0;
    }
    for (size_t i = 0; i < matches->count; i++) {
        const od_match *const match = &matches->items[i];
        const od_leaf *const leaf = &reading->leaves.items[match->leaf];
        family *const f = &r->families.items[match->wanted];
        const od_section_rule *scope =
            od_reading_section(reading, od_match_span(leaf, match->start, match->end).start);
        f->count++;
        f->hit = match;
        for (bool all = false; !all; scope = scope ? scope->parent : NULL) {
            variant *const v = find_variant(f, scope);
            all = !scope;
            if (!v) continue;
            v->count++;
            v->hit = match;
        }
    }
}

// Whether a match in the draft is the place that the candidate was made of.
static bool is_own(const chooser *c, const attempt *a, const od_match *match) {
    const od_learn_slot *const slots = slots_of(c);
    if (match->leaf != slots[a->first].leaf) return false;
    for (size_t i = a->first; i <= a->last; i++)
        if (match->slots[i - a->first].blank != slots[i].blank) return false;
    return true;
}

static trial read_trial(const chooser *c, const member *m, const family_round *r,
                        const od_reading *reading) {
    const candidate *const cand = m->candidate;
    const family *const f = &r->families.items[m->family];
    const variant *const v = &f->variants[m->variant];
    const cluster *const cl = &c->clusters.items[cand->attempt.cluster];
    const od_match *const match = v->count == 1 ? v->hit : f->hit;
    trial read = {.fits = f->count == 1, .fits_scoped = v->count == 1};
    if (!read.fits && !read.fits_scoped) return read;
    const od_leaf *const leaf = &reading->leaves.items[match->leaf];
    od_slice *const values = od_arena_array(c->learner->arena, od_slice, cl->last - cl->first + 1);
    for (size_t i = cl->first; i <= cl->last; i++) {
        const od_slot_match *const slot = &match->slots[i - cand->attempt.first];
        if (slot->blank != SIZE_MAX) continue;
        const od_slice raw = od_match_text(leaf, slot->start, slot->end);
        const od_span trimmed = od_clause_trim(raw, (od_span){0, raw.size});
        values[i - cl->first] = od_slice_cut(raw, trimmed.start, trimmed.end);
    }
    read.values = values;
    return read;
}

// Keeps the candidates that fit the draft where they should and nowhere else.
static void keep_attempts(chooser *c, candidate_list *list, const family_round *r) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const member *const m = &r->members[i];
        const family *const f = &r->families.items[m->family];
        const variant *const v = &f->variants[m->variant];
        candidate cand = list->items[i];
        attempt *const a = &cand.attempt;
        a->fits = f->members == 1 && f->count == 1 && is_own(c, a, f->hit);
        a->fits_scoped = v->members == 1 && v->count == 1 && is_own(c, a, v->hit);
        if (!a->fits && !a->fits_scoped) continue;
        a->trials = od_arena_array(c->learner->arena, trial, c->learner->finished_count);
        list->items[count++] = cand;
    }
    list->count = count;
}

static void note_attempts(chooser *c, const candidate_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        attempt a = list->items[i].attempt;
        cluster *const cl = &c->clusters.items[a.cluster];
        a.previous = cl->attempts;
        cl->attempts = c->attempts.count;
        *od_array_push(c->learner->arena, &c->attempts) = a;
    }
}

static void run_round(const chooser *c, family_round *r, const od_matcher *matcher,
                      const od_reading *reading) {
    od_match_list matches = {0};
    od_matcher_run(matcher, c->round, reading, &matches);
    count_hits(r, reading, &matches);
}

static void try_all(chooser *c, candidate_list *list) {
    family_round in_draft = {0}, left = {0};
    make_families(c, list, &in_draft);
    run_round(c, &in_draft,
              od_matcher_new(c->round, want(c, &in_draft), in_draft.families.count),
              &c->learner->reading);
    keep_attempts(c, list, &in_draft);
    make_families(c, list, &left);
    const od_matcher *const matcher =
        od_matcher_new(c->round, want(c, &left), left.families.count);
    for (size_t d = 0; d < c->learner->finished_count && list->count; d++) {
        run_round(c, &left, matcher, &c->learner->finished[d]);
        for (size_t i = 0; i < list->count; i++)
            list->items[i].attempt.trials[d] =
                read_trial(c, &left.members[i], &left, &c->learner->finished[d]);
    }
    note_attempts(c, list);
}

// ---- choosing ----------------------------------------------------------------------------------

static bool fits_finished(const attempt *a, size_t draft, bool scoped) {
    return scoped ? a->trials[draft].fits_scoped : a->trials[draft].fits;
}

// Returns for each finished draft the values of a cluster by the longest phrase that fits: the more
// words agree, the surer it is where a value ends.
static const od_slice **trust(const chooser *c, const cluster *cl) {
    const size_t count = c->learner->finished_count;
    const od_slice **const values = od_arena_array(c->round, const od_slice *, count);
    size_t *const chars = od_arena_array(c->round, size_t, count);
    for (size_t i = cl->attempts; i != NONE; i = c->attempts.items[i].previous) {
        const attempt *const a = &c->attempts.items[i];
        for (size_t d = 0; d < count; d++) {
            if (!a->trials[d].values || a->literal_chars < chars[d]) continue;
            chars[d] = a->literal_chars;
            values[d] = a->trials[d].values;
        }
    }
    return values;
}

static bool agrees(const cluster *cl, const od_slice *read, const od_slice *trusted) {
    for (size_t i = 0; i <= cl->last - cl->first; i++)
        if (!od_slice_equal(read[i], trusted[i])) return false;
    return true;
}

// Whether an attempt can be taken: it fits the draft and misreads nothing. Sets `*gain` to how many
// finished drafts it reads that `done` does not name.
static bool is_usable(const chooser *c, const cluster *cl, const attempt *a, bool scoped,
                      const od_slice *const *trusted, const bool *done, size_t *gain) {
    *gain = 0;
    if (!(scoped ? a->fits_scoped : a->fits)) return false;
    for (size_t d = 0; d < c->learner->finished_count; d++) {
        if (!fits_finished(a, d, scoped) || !a->trials[d].values) continue;
        if (!agrees(cl, a->trials[d].values, trusted[d])) return false;
        *gain += !done[d];
    }
    return true;
}

// An attempt to be taken.
typedef struct choice {
    const attempt *attempt;
    bool scoped;
    size_t gain;
} choice;

// Returns the attempt that reads most of what is left, of several the one that comes first.
static choice choose(const chooser *c, const cluster *cl, const od_slice *const *trusted,
                     const bool *done) {
    choice best = {0};
    size_t gain;
    // The list starts with what was tried last.
    for (size_t i = cl->attempts; i != NONE; i = c->attempts.items[i].previous)
        for (int scoped = 0; scoped <= 1; scoped++) {
            const attempt *const a = &c->attempts.items[i];
            if (is_usable(c, cl, a, scoped, trusted, done, &gain) && gain >= best.gain)
                best = (choice){a, scoped, gain};
        }
    return best;
}

// Whether a finished draft has the section.
static bool has_section(const od_reading *reading, const od_section_rule *rule) {
    bool optional = false;
    for (const od_section_rule *r = rule; r; r = r->parent) optional |= r->optional;
    if (!optional || rule->preamble) return true;
    const od_rule_match *const match = od_align_find(&reading->alignment, rule);
    return match && match->section;
}

static void take(chooser *c, const cluster *cl, const choice *chosen) {
    const attempt *const a = chosen->attempt;
    od_learn_phrase *const phrase = od_array_push(c->learner->arena, &c->learner->phrases);
    *phrase = (od_learn_phrase){.scope = chosen->scoped ? cl->scope : NULL,
                                .leaf = cl->leaf,
                                .first = a->first,
                                .last = a->last,
                                .range = a->range,
                                .at_start = a->at_start,
                                .at_end = a->at_end};
    for (size_t d = 0; d < c->learner->finished_count; d++)
        phrase->unread += (!fits_finished(a, d, chosen->scoped) || !a->trials[d].values) &&
                          has_section(&c->learner->finished[d], cl->scope);
    for (size_t i = a->first; i <= a->last; i++) slots_of(c)[i].bound = true;
}

static void take_values(chooser *c, const cluster *cl, const od_slice *const *trusted) {
    for (size_t d = 0; d < c->learner->finished_count; d++)
        for (size_t i = cl->first; trusted[d] && i <= cl->last; i++)
            slots_of(c)[i].values[d] = trusted[d][i - cl->first];
}

// Chooses the phrases of a cluster: one, or more where one does not read all finished drafts.
static void settle(chooser *c, const cluster *cl) {
    enum { MOST_PHRASES = 3 };
    const od_slice *const *const trusted = trust(c, cl);
    bool *const done = od_arena_array(c->round, bool, c->learner->finished_count);
    for (size_t n = 0; n < MOST_PHRASES; n++) {
        const choice chosen = choose(c, cl, trusted, done);
        if (!chosen.attempt || (n && !chosen.gain)) break;
        take(c, cl, &chosen);
        for (size_t d = 0; d < c->learner->finished_count; d++)
            done[d] |= fits_finished(chosen.attempt, d, chosen.scoped) &&
                       chosen.attempt->trials[d].values;
    }
    take_values(c, cl, trusted);
}

// Whether one phrase already reads all there is to be read.
static bool is_settled(const chooser *c, const cluster *cl) {
    const size_t count = c->learner->finished_count;
    const bool *const done = od_arena_array(c->round, bool, count);
    const od_slice *const *const trusted = trust(c, cl);
    const choice best = choose(c, cl, trusted, done);
    return best.attempt && best.gain == count;
}

void od_learn_phrases(od_learner *l) {
    od_arena round = {0};
    chooser c = {.learner = l, .round = &round};
    make_clusters(&c);
    for (size_t r = 0; r < REACH_COUNT; r++) {
        candidate_list list = {0};
        for (size_t i = 0; i < c.clusters.count; i++) {
            cluster *const cl = &c.clusters.items[i];
            if (r >= FOR_ALL && !cl->settled) cl->settled = is_settled(&c, cl);
            if (!cl->settled) propose(&c, i, r, &list);
        }
        if (list.count) try_all(&c, &list);
        od_arena_free(&round);
    }
    for (size_t i = 0; i < c.clusters.count; i++) settle(&c, &c.clusters.items[i]);
    od_arena_free(&round);
}
