#include "engine/match.h"

#include "base/utf8.h"

#include <stdlib.h>

// How much text around a blank is sorted by. What is longer is compared when a phrase is looked for.
enum { CONTEXT = 128 };

// Where a blank stands.
typedef struct spot {
    size_t leaf;
    size_t at; // of its mark in the folded text
} spot;

struct od_blank_index {
    const od_reading *reading;
    const spot *spots; // by blank
    const size_t *before, *after; // blanks, sorted by the text before and after them
    size_t count;
};

// Part of a sorted list of blanks.
typedef struct range {
    const size_t *first;
    size_t count;
} range;

// ---- bounds ------------------------------------------------------------------------------------

static bool is_digit_at(od_slice text, size_t at) {
    return at < text.size && od_is_digit((unsigned char)text.data[at]);
}

bool od_match_bounded(const od_phrase *phrase, od_slice text, size_t start, size_t end) {
    const od_slice last = phrase->literals[phrase->slot_count];
    if (last.size && phrase->slot_count &&
        od_measure_word(od_slice_from(text, end - last.size)).size > last.size &&
        od_measure_word(last).size == last.size)
        return false;
    if (start > 0 && is_digit_at(text, start) && is_digit_at(text, start - 1)) return false;
    return !(end > 0 && is_digit_at(text, end - 1) && is_digit_at(text, end));
}

// ---- contexts ----------------------------------------------------------------------------------

static od_slice text_of(const od_blank_index *index, size_t blank) {
    return index->reading->leaves.items[index->spots[blank].leaf].folded.text;
}

// Returns the text before a blank, the nearest CONTEXT bytes of it.
static od_slice text_before(const od_blank_index *index, size_t blank) {
    const size_t at = index->spots[blank].at;
    return od_slice_cut(text_of(index, blank), at > CONTEXT ? at - CONTEXT : 0, at);
}

static od_slice text_after(const od_blank_index *index, size_t blank) {
    const od_slice text = text_of(index, blank);
    const size_t at = index->spots[blank].at + 1;
    return od_slice_cut(text, at, text.size - at > CONTEXT ? at + CONTEXT : text.size);
}

// Compares from the end backwards; at most as many bytes as `b` has, so that a text that ends in `b`
// is equal to it.
static int compare_backwards(od_slice a, od_slice b) {
    for (size_t i = 1; i <= b.size; i++) {
        if (i > a.size) return -1;
        const unsigned char x = (unsigned char)a.data[a.size - i];
        const unsigned char y = (unsigned char)b.data[b.size - i];
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

static int compare_forwards(od_slice a, od_slice b) {
    if (a.size > b.size) a.size = b.size;
    return od_slice_compare(a, b);
}

static int compare_numbers(const void *left, const void *right) {
    const size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return (a > b) - (a < b);
}

static int compare_before(const void *left, const void *right, void *context) {
    const size_t a = *(const size_t *)left, b = *(const size_t *)right;
    const od_slice x = text_before(context, a), y = text_before(context, b);
    const int order = x.size <= y.size ? -compare_backwards(y, x) : compare_backwards(x, y);
    if (order) return order;
    return x.size != y.size ? (x.size < y.size ? -1 : 1) : compare_numbers(left, right);
}

static int compare_after(const void *left, const void *right, void *context) {
    const size_t a = *(const size_t *)left, b = *(const size_t *)right;
    const int order = od_slice_compare(text_after(context, a), text_after(context, b));
    return order ? order : compare_numbers(left, right);
}

const od_blank_index *od_blank_index_make(od_arena *arena, const od_reading *reading) {
    const size_t count = reading->blanks.count;
    od_blank_index *const index = od_arena_new(arena, od_blank_index);
    spot *const spots = od_arena_array(arena, spot, count);
    size_t *const before = od_arena_array(arena, size_t, count);
    size_t *const after = od_arena_array(arena, size_t, count);
    for (size_t l = 0; l < reading->leaves.count; l++) {
        const od_leaf *const leaf = &reading->leaves.items[l];
        for (size_t i = 0; i < leaf->blank_count; i++)
            spots[leaf->first_blank + i] = (spot){l, leaf->marks[i]};
    }
    for (size_t i = 0; i < count; i++) before[i] = after[i] = i;
    *index = (od_blank_index){reading, spots, before, after, count};
    if (!count) return index;
    qsort_r(before, count, sizeof *before, compare_before, index);
    qsort_r(after, count, sizeof *after, compare_after, index);
    return index;
}

// ---- finding -----------------------------------------------------------------------------------

// Compares the context of a blank with that of a phrase: zero when they go together.
typedef int compare_context(const od_blank_index *index, size_t blank, od_slice wanted);

static int fits_before(const od_blank_index *index, size_t blank, od_slice wanted) {
    return compare_backwards(text_before(index, blank), wanted);
}

static int fits_after(const od_blank_index *index, size_t blank, od_slice wanted) {
    return compare_forwards(text_after(index, blank), wanted);
}

// Returns the index in `sorted` of the first blank whose context is not less than `wanted`; with
// `past`, of the first that is more.
static size_t find_edge(const od_blank_index *index, const size_t *sorted, compare_context *compare,
                        od_slice wanted, bool past) {
    size_t low = 0, high = index->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = compare(index, sorted[middle], wanted);
        if (order < 0 || (past && order == 0)) low = middle + 1;
        else high = middle;
    }
    return low;
}

static range find_range(const od_blank_index *index, const size_t *sorted, compare_context *compare,
                        od_slice wanted) {
    const size_t first = find_edge(index, sorted, compare, wanted, false);
    return (range){sorted + first, find_edge(index, sorted, compare, wanted, true) - first};
}

static od_slice last_part(od_slice text) {
    return text.size > CONTEXT ? od_slice_from(text, text.size - CONTEXT) : text;
}

static od_slice first_part(od_slice text) {
    return text.size > CONTEXT ? od_slice_cut(text, 0, CONTEXT) : text;
}

// Returns what a phrase has after its first slot, the other slots as blanks.
static od_slice join_rest(od_arena *arena, const od_phrase *phrase) {
    static const char MARK[] = {OD_BLANK_MARK};
    if (phrase->slot_count == 1) return phrase->literals[1];
    od_slice *const parts = od_arena_array(arena, od_slice, phrase->slot_count * 2);
    size_t count = 0;
    for (size_t i = 1; i <= phrase->slot_count; i++) {
        if (i > 1) parts[count++] = (od_slice){MARK, 1};
        parts[count++] = phrase->literals[i];
    }
    return od_arena_join(arena, parts, count);
}

// Adds the match whose first slot is `blank`, if the phrase fits there.
static void add_fitting(const od_blank_index *index, od_arena *arena, const od_wanted *wanted,
                        od_slice rest, size_t blank, od_match *match, od_match_list *matches) {
    const od_phrase *const phrase = wanted->phrase;
    const spot place = index->spots[blank];
    const od_leaf *const leaf = &index->reading->leaves.items[place.leaf];
    const od_slice text = leaf->folded.text;
    if (!od_slice_ends(od_slice_cut(text, 0, place.at), phrase->literals[0]) ||
        !od_slice_starts(od_slice_from(text, place.at + 1), rest))
        return;
    match->leaf = place.leaf;
    match->start = place.at - phrase->literals[0].size;
    match->end = place.at + 1 + rest.size;
    if (!od_match_bounded(phrase, text, match->start, match->end)) return;
    const od_span at = index->reading->blanks.items[blank].span;
    if (wanted->scope && !od_reading_in(index->reading, at.start, wanted->scope)) return;
    od_slot_match *const slots = od_arena_array(arena, od_slot_match, phrase->slot_count);
    for (size_t i = 0; i < phrase->slot_count; i++) {
        const size_t mark = index->spots[blank + i].at;
        slots[i] = (od_slot_match){blank + i, mark, mark + 1};
    }
    match->slots = slots;
    *od_array_push(arena, matches) = *match;
}

void od_blank_index_find(const od_blank_index *index, od_arena *arena, const od_wanted *wanted,
                         size_t number, od_match_list *matches) {
    const od_phrase *const phrase = wanted->phrase;
    if (!phrase->slot_count || !index->count) return;
    const od_slice rest = join_rest(arena, phrase);
    const range before =
        find_range(index, index->before, fits_before, last_part(phrase->literals[0]));
    const range after = find_range(index, index->after, fits_after, first_part(rest));
    const range fewer = before.count < after.count ? before : after;
    if (!fewer.count) return;
    size_t *const blanks = od_arena_array(arena, size_t, fewer.count);
    memcpy(blanks, fewer.first, fewer.count * sizeof *blanks);
    if (fewer.count > 1) qsort(blanks, fewer.count, sizeof *blanks, compare_numbers);
    od_match match = {.wanted = number};
    for (size_t i = 0; i < fewer.count; i++)
        add_fitting(index, arena, wanted, rest, blanks[i], &match, matches);
}
