// Keys: a phrase for every blank, by which data can name it (S13).
//
// The key is the clause around the blank, cut short where it is long, and grown to the left and right
// until it is found once in the draft. When even the whole block is not enough, it is looked at
// within its section; what not even that tells apart takes a list, one value for every place where its
// key fits, also for those that have a longer key of their own.
#ifndef OD_ENGINE_KEYS_H
#define OD_ENGINE_KEYS_H

#include "engine/match.h"

typedef struct od_key {
    od_slice text;      // the phrase, or the name of a `{{name}}`
    size_t token;       // which blank of the phrase this is, from 1
    size_t token_count; // how many it has
    const od_section_rule *scope; // the section it is unique in; NULL: in the draft
    bool shared;        // other places have the same key: it takes a list, in order
    size_t slot;        // index of the blank's value among those that the key takes
    size_t slot_count;  // how many that is
    od_slice context;   // the clause around the blank, as a reader sees it
} od_key;

// Returns one key for each blank of `reading`, by its index.
const od_key *od_keys_make(const od_reading *reading);

#endif
