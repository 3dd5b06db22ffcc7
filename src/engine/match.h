// Matching: where phrases stand in a draft. The one engine of fill, fields, check and extract.
//
// All phrases are looked for in one pass over the folded visible text. A phrase fits where each of its
// slots is a blank; or where each holds the text that is expected there; or, when it reads values,
// where a slot is any text, the shortest that lets the whole phrase match, within one clause.
#ifndef OD_ENGINE_MATCH_H
#define OD_ENGINE_MATCH_H

#include "engine/reading.h"

// A phrase to look for.
typedef struct od_wanted {
    const od_phrase *phrase;
    const od_section_rule *scope; // NULL: the whole draft
    const od_slice *expected;     // folded text for each slot: fits there instead of blanks
    const od_field_type *types;   // type of each slot: slots may be values, not only blanks
} od_wanted;

// What one slot of a match holds.
typedef struct od_slot_match {
    size_t blank;      // index into od_reading.blanks, or SIZE_MAX for a value
    size_t start, end; // in the folded text of the leaf
} od_slot_match;

// One place where a phrase fits.
typedef struct od_match {
    size_t wanted;     // index of the phrase
    size_t leaf;       // index into od_reading.leaves
    size_t start, end; // in the folded text of the leaf
    const od_slot_match *slots; // as many as the phrase has
} od_match;

typedef OD_ARRAY(od_match) od_match_list;

typedef struct od_matcher od_matcher;

// Compiles `count` phrases; `wanted` is borrowed by the matcher. Only one of `expected` and `types` is
// given for a phrase; with neither it is for blanks.
od_matcher *od_matcher_new(od_arena *arena, const od_wanted *wanted, size_t count);

// Adds every match in `reading` to `matches`, which live in the arena of the matcher: by leaf, then by
// end, then by phrase.
void od_matcher_run(const od_matcher *matcher, const od_reading *reading, od_match_list *matches);

// Returns the span in the source of the folded bytes [start, end) of a leaf.
od_span od_match_span(const od_leaf *leaf, size_t start, size_t end);

// Returns the visible text that the folded bytes [start, end) of a leaf come from.
od_slice od_match_text(const od_leaf *leaf, size_t start, size_t end);

#endif
