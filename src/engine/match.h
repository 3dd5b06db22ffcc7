// Matching: where phrases stand in a draft. The one engine of fill, fields, check and extract.
//
// A phrase fits where each of its slots is a blank, which is found by the text around blanks; or, all
// phrases in one pass over the folded visible text, where each holds the text that is expected there; or, when it reads values,
// where a slot is any text, the shortest that lets the whole phrase match, within one clause. A phrase that
// fits nowhere so is matched loosely: a text with words of the phrase after it may then go over the marks
// within a sentence.
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
    bool loose;        // a text goes over a mark
    const od_slot_match *slots; // as many as the phrase has
} od_match;

typedef OD_ARRAY(od_match) od_match_list;

// S5: whether [start, end) of folded `text`, where `phrase` fits, is cut off rightly: a measure word at
// its end is not the start of a longer one (人, not 人次), and a number at an edge is a whole one.
bool od_match_bounded(const od_phrase *phrase, od_slice text, size_t start, size_t end);

// ---- phrases of blanks -------------------------------------------------------------------------

// The blanks of a draft, sorted by the text before and by the text after them: the places of a phrase
// are found by search, without reading the draft again.
typedef struct od_blank_index od_blank_index;

// Makes the index of all blanks of `reading` in `arena`.
const od_blank_index *od_blank_index_make(od_arena *arena, const od_reading *reading);

// Adds to `matches`, in the order of the text, the places where each slot of `wanted` is a blank; they
// get the number `number`. `arena` takes the matches.
void od_blank_index_find(const od_blank_index *index, od_arena *arena, const od_wanted *wanted,
                         size_t number, od_match_list *matches);

// ---- phrases of text ---------------------------------------------------------------------------

typedef struct od_matcher od_matcher;

// Compiles `count` phrases; `wanted` is borrowed by the matcher. One of `expected` and `types` is given
// for each.
od_matcher *od_matcher_new(od_arena *arena, const od_wanted *wanted, size_t count);

// Adds every match in `reading` to `matches`, which live in `arena`: by leaf, then by end, then by phrase.
void od_matcher_run(const od_matcher *matcher, od_arena *arena, const od_reading *reading,
                    od_match_list *matches);

// Whether `text` holds what may keep it, as the value of a slot, from being read back as it is: marks, or
// too many characters.
bool od_match_is_risky(od_slice text);

// Returns the span in the source of the folded bytes [start, end) of a leaf.
od_span od_match_span(const od_leaf *leaf, size_t start, size_t end);

// Both at once: the span in the source, and the visible text.
void od_match_read(const od_leaf *leaf, size_t start, size_t end, od_span *span, od_slice *text);

// Returns the visible text that the folded bytes [start, end) of a leaf come from.
od_slice od_match_text(const od_leaf *leaf, size_t start, size_t end);

#endif
