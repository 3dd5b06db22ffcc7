#include "engine/keys.h"

#include "base/utf8.h"

// How far a key reaches around its clause, step by step.
typedef struct reach {
    size_t left, right; // clauses beyond the blank's own
    bool whole;         // not cut short
} reach;

static const reach STEPS[] = {{0, 0, false}, {0, 0, true},  {1, 0, true}, {1, 1, true},
                              {2, 1, true},  {2, 2, true},  {4, 4, true}, {8, 8, true}};
enum {
    STEP_COUNT = sizeof STEPS / sizeof *STEPS,
    CLAUSE_CHARS = 120, // so that a line without any mark costs no more than another
    LEFT_CHARS = 14, // a clause longer than this is cut short at first: keys are read by people
    RIGHT_CHARS = 8,
};

typedef struct maker {
    const od_reading *reading;
    od_key *keys;
    unsigned char *step; // by blank: how far its key reaches now
} maker;

// ---- clauses -----------------------------------------------------------------------------------

static bool is_clause_mark(od_slice text, size_t at, uint32_t code) {
    switch (code) {
    case 0x3002: // 。
    case 0xFF0C: // ，
    case 0xFF1B: // ；
    case 0xFF1A: // ：
    case 0xFF01: // ！
    case 0xFF1F: // ？
    case '\n':
    case 0xFFFC: return true;
    case ',':
    case ';':
    case ':':
    case '.':
    case '!':
    case '?':
        // Within numbers, times and names these are no ends: 1,000 and 9:30 and 1.5.
        return at + 1 >= text.size || text.data[at + 1] == ' ' || (unsigned char)text.data[at + 1] > 0x7F;
    default: return false;
    }
}

// Returns the index of the first blank of `leaf` that ends after visible byte `at`.
static size_t first_after(const od_leaf *leaf, size_t at) {
    size_t low = 0, high = leaf->blank_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (leaf->places[middle].end <= at) low = middle + 1;
        else high = middle;
    }
    return low;
}

// Whether a clause mark at `at` belongs to a blank: the dots of `[Fill in …]` do not end a clause.
static bool in_blank(const od_leaf *leaf, size_t at) {
    const size_t i = first_after(leaf, at);
    return i < leaf->blank_count && leaf->places[i].start <= at;
}

static size_t clause_start(const od_leaf *leaf, size_t at) {
    const od_slice text = leaf->visible.text;
    size_t size;
    for (size_t n = 0; at > 0 && n < CLAUSE_CHARS; n++) {
        const uint32_t code = od_utf8_read_before(text, at, &size);
        if (is_clause_mark(text, at - size, code) && !in_blank(leaf, at - size)) return at;
        at -= size;
    }
    return at;
}

static size_t clause_end(const od_leaf *leaf, size_t at) {
    const od_slice text = leaf->visible.text;
    size_t size;
    for (size_t n = 0; at < text.size && n < CLAUSE_CHARS; n++) {
        if (is_clause_mark(text, at, od_utf8_read(text, at, &size)) && !in_blank(leaf, at))
            return at;
        at += size;
    }
    return at;
}

static od_span trim(od_slice text, od_span range) {
    size_t size;
    while (range.start < range.end && od_is_space(od_utf8_read(text, range.start, &size)))
        range.start += size;
    while (range.end > range.start && od_is_space(od_utf8_read_before(text, range.end, &size)))
        range.end -= size;
    return range;
}

// Returns the visible range of the clause that holds blank `i` of `leaf`, and of `r` more on each side.
static od_span clause_range(const od_leaf *leaf, size_t i, reach r) {
    od_span range = {clause_start(leaf, leaf->places[i].start),
                     clause_end(leaf, leaf->places[i].end)};
    size_t size;
    for (size_t n = 0; n < r.left && range.start > 0; n++) {
        od_utf8_read_before(leaf->visible.text, range.start, &size);
        range.start = clause_start(leaf, range.start - size);
    }
    for (size_t n = 0; n < r.right && range.end < leaf->visible.text.size; n++) {
        od_utf8_read(leaf->visible.text, range.end, &size);
        range.end = clause_end(leaf, range.end + size);
    }
    return trim(leaf->visible.text, range);
}

static bool is_word(uint32_t code) {
    return od_is_ascii_alpha(code) || od_is_digit(code) || code == '\'' || code == '-' || code == '_';
}

// Moves `at` left until it no longer cuts a Latin word or number, but not past `bound`.
static size_t word_start(od_slice text, size_t at, size_t bound) {
    while (at > bound && is_word((unsigned char)text.data[at - 1]) &&
           is_word((unsigned char)text.data[at]))
        at--;
    return at;
}

static size_t word_end(od_slice text, size_t at, size_t bound) {
    while (at < bound && is_word((unsigned char)text.data[at - 1]) &&
           is_word((unsigned char)text.data[at]))
        at++;
    return at;
}

// Cuts `range` short around the blanks [first, last] of `leaf` that it holds.
static od_span cut_short(const od_leaf *leaf, od_span range, size_t first, size_t last) {
    const od_slice text = leaf->visible.text;
    size_t start = leaf->places[first].start, end = leaf->places[last].end, size;
    for (size_t n = 0; n < LEFT_CHARS && start > range.start; n++) {
        od_utf8_read_before(text, start, &size);
        start -= size;
    }
    for (size_t n = 0; n < RIGHT_CHARS && end < range.end; n++) {
        od_utf8_read(text, end, &size);
        end += size;
    }
    if (start > range.start) start = word_start(text, start, range.start);
    if (end < range.end && end > leaf->places[last].end) end = word_end(text, end, range.end);
    return trim(text, (od_span){start, end});
}

// Sets `*first` and `*last` to the blanks of `leaf` that lie in `range`, one of which is `i`. A blank
// that the range cuts is taken in whole.
static void blanks_in(const od_leaf *leaf, size_t i, od_span *range, size_t *first, size_t *last) {
    *first = *last = i;
    while (*first > 0 && leaf->places[*first - 1].end > range->start) --*first;
    while (*last + 1 < leaf->blank_count && leaf->places[*last + 1].start < range->end) ++*last;
    if (leaf->places[*first].start < range->start) range->start = leaf->places[*first].start;
    if (leaf->places[*last].end > range->end) range->end = leaf->places[*last].end;
}

// ---- candidates --------------------------------------------------------------------------------

// A phrase proposed for a run of blanks of one leaf.
typedef struct candidate {
    od_phrase phrase;
    size_t leaf, first, last; // blanks of the leaf that it holds
    const od_section_rule *scope;
    size_t matches;
} candidate;

typedef OD_ARRAY(candidate) candidate_list;

static od_blank_options blank_options(const od_reading *reading) {
    od_blank_options options =
        reading->profile ? reading->profile->blanks : (od_blank_options){0};
    options.plain_text = reading->document->kind == OD_PLAIN_TEXT;
    return options;
}

// Whether a key read from `text` is the phrase that stands in the draft: context that was cut away may
// have been what made a sign a blank.
static bool reads_back(const maker *m, candidate *c, od_slice text) {
    const od_blank_options options = blank_options(m->reading);
    od_phrase_read_key(m->reading->arena, text, &options, &c->phrase);
    return c->phrase.slot_count == c->last - c->first + 1;
}

static void propose(maker *m, size_t leaf_index, size_t i, candidate_list *list) {
    const od_leaf *const leaf = &m->reading->leaves.items[leaf_index];
    const reach r = STEPS[m->step[leaf->first_blank + i]];
    candidate c = {.leaf = leaf_index};
    od_span range = clause_range(leaf, i, r);
    blanks_in(leaf, i, &range, &c.first, &c.last);
    if (!r.whole) range = cut_short(leaf, range, c.first, c.last);
    if (reads_back(m, &c, od_slice_cut(leaf->visible.text, range.start, range.end)))
        *od_array_push(m->reading->arena, list) = c;
}

// Counts how often each candidate fits, each in its scope.
static void count_matches(const od_reading *reading, candidate_list *list) {
    od_wanted *const wanted = od_arena_array(reading->arena, od_wanted, list->count);
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].matches = 0;
        wanted[i] = (od_wanted){&list->items[i].phrase, list->items[i].scope, NULL, NULL};
    }
    od_match_list matches = {0};
    od_matcher_run(od_matcher_new(reading->arena, wanted, list->count), reading, &matches);
    for (size_t i = 0; i < matches.count; i++) list->items[matches.items[i].wanted].matches++;
}

static void take(maker *m, const candidate *c) {
    const od_leaf *const leaf = &m->reading->leaves.items[c->leaf];
    for (size_t i = c->first; i <= c->last; i++) {
        od_key *const key = &m->keys[leaf->first_blank + i];
        key->text = c->phrase.text;
        key->token = i - c->first + 1;
        key->token_count = c->phrase.slot_count;
        key->scope = c->scope;
        key->shared = c->matches > 1;
    }
}

// ---- rounds ------------------------------------------------------------------------------------

static bool is_pending(const maker *m, size_t blank) {
    return !m->keys[blank].text.size && m->step[blank] < STEP_COUNT;
}

// Proposes a phrase for each pending blank, and takes those that fit once. Returns whether any blank
// is pending still.
static bool try_step(maker *m) {
    candidate_list list = {0};
    for (size_t l = 0; l < m->reading->leaves.count; l++) {
        const od_leaf *const leaf = &m->reading->leaves.items[l];
        for (size_t i = 0; i < leaf->blank_count; i++)
            if (is_pending(m, leaf->first_blank + i)) propose(m, l, i, &list);
    }
    count_matches(m->reading, &list);
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].matches == 1) take(m, &list.items[i]);
    bool pending = false;
    for (size_t i = 0; i < m->reading->blanks.count; i++) {
        m->step[i]++;
        pending = pending || is_pending(m, i);
    }
    return pending;
}

// What no phrase tells apart in the draft: the clause, in its section when it is unique there, else
// shared.
static void share_rest(maker *m) {
    candidate_list list = {0};
    for (size_t l = 0; l < m->reading->leaves.count; l++) {
        const od_leaf *const leaf = &m->reading->leaves.items[l];
        for (size_t i = 0; i < leaf->blank_count; i++) {
            const size_t blank = leaf->first_blank + i;
            if (m->keys[blank].text.size) continue;
            m->step[blank] = 1;
            const size_t before = list.count;
            propose(m, l, i, &list);
            if (list.count > before)
                list.items[before].scope =
                    od_reading_section(m->reading, m->reading->blanks.items[blank].span.start);
        }
    }
    count_matches(m->reading, &list);
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].matches > 1) list.items[i].scope = NULL;
    for (size_t i = 0; i < list.count; i++) take(m, &list.items[i]);
}

// A name is a key of its own; a blank that nothing reads back keeps its bare text.
static void name_and_default(maker *m, size_t blank) {
    const od_blank *const b = &m->reading->blanks.items[blank];
    od_key *const key = &m->keys[blank];
    if (b->style == OD_BLANK_NAMED) *key = (od_key){b->name, 1, 1, NULL, false, key->context};
    else if (!key->text.size)
        *key = (od_key){key->context, 1, 1, NULL, true, key->context};
}

const od_key *od_keys_make(const od_reading *reading) {
    const size_t count = reading->blanks.count;
    maker m = {.reading = reading};
    m.keys = od_arena_array(reading->arena, od_key, count);
    m.step = od_arena_array(reading->arena, unsigned char, count);
    while (count && try_step(&m)) continue;
    if (count) share_rest(&m);
    for (size_t l = 0; l < reading->leaves.count; l++) {
        const od_leaf *const leaf = &reading->leaves.items[l];
        for (size_t i = 0; i < leaf->blank_count; i++) {
            const od_span range = clause_range(leaf, i, (reach){0, 0, true});
            m.keys[leaf->first_blank + i].context =
                od_slice_cut(leaf->visible.text, range.start, range.end);
        }
    }
    for (size_t i = 0; i < count; i++) name_and_default(&m, i);
    return m.keys;
}
