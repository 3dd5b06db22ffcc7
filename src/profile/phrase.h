// Phrases: patterns of literal text and slots, the one thing that fills, verifies and extracts.
//
// A phrase is written in two ways. A data key writes its slots as the draft does, by blanks:
// `主要问题XX类XX条`. A profile's binding names them: `主要问题<issue_classes>类<issues>条`. Both become
// the same: folded literals with slots between them. A `^` at the very start or end of a binding is the
// edge of the paragraph: `^<unit>召开`, `地点：<place>^`.
#ifndef OD_PROFILE_PHRASE_H
#define OD_PROFILE_PHRASE_H

#include "data/datum.h"
#include "document/blank.h"

// What a slot stands for. A data key's slots are anonymous: field SIZE_MAX.
typedef struct od_slot {
    size_t field; // index into the profile's fields, or SIZE_MAX
    od_part part;
    od_span span; // of `<field.part>` in the text of the phrase
} od_slot;

typedef struct od_phrase {
    od_slice text;            // as written
    const od_slice *literals; // folded, slot_count + 1 of them, the outer ones may be empty
    const od_slot *slots;
    size_t slot_count;
    size_t literal_chars;     // of all literals: the longer phrase wins
    bool at_start, at_end;    // fits only where a paragraph starts, and ends
} od_phrase;

// Whether the phrase starts with a slot that nothing but the clause bounds before it; and after it.
bool od_phrase_is_open_before(const od_phrase *phrase);
bool od_phrase_is_open_after(const od_phrase *phrase);

// Returns how many letters, digits and Han characters the words of a phrase have: marks alone do not tell
// one place from another.
size_t od_phrase_letters(const od_phrase *phrase);

// Reads a data key. A key without a blank has slot_count 0.
void od_phrase_read_key(od_arena *arena, od_slice text, const od_blank_options *blanks,
                        od_phrase *phrase);

// A name and its index, for finding the fields that a binding names.
typedef size_t od_field_finder(const void *context, od_slice name);

// Splits `meeting_date.year` into a field and its part; false when `find` knows no such field.
bool od_slot_find(od_slice name, od_field_finder *find, const void *context, od_slot *slot);

// Reads a binding such as `于<meeting_date.year>年<meeting_date.month>月`. `find` gives the index of
// a field's name, SIZE_MAX for an unknown one.
//
// Errors: false; `*wrong` is then the span in `text` of what is wrong and `*why` says it: an unknown
//         field or part, two slots side by side, no slot, no literal text, a `<` without `>`.
bool od_phrase_read_binding(od_arena *arena, od_slice text, od_field_finder *find,
                            const void *context, od_phrase *phrase, od_span *wrong, od_text *why);

#endif
