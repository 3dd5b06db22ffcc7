// Tallies: what many drafts of one profile say together.
//
// Sums, counts, the smallest and largest and lists of values, as the profile's `tally:` asks; drafts that
// share a key, and numbers far from all others. Against a table of what is expected: which drafts are
// missing, which are not in it, and where a draft says something else. All sums are exact.
#ifndef OD_ENGINE_TALLY_H
#define OD_ENGINE_TALLY_H

#include "profile/profile.h"

// One draft, or one row of what is expected.
typedef struct od_tally_record {
    od_slice name;          // path of the draft; of a row, where it stands
    const od_slice *values; // by field of the profile, in plain form; no bytes where there is none
} od_tally_record;

typedef struct od_tally_input {
    const od_profile *profile;
    const od_tally_record *drafts;
    size_t draft_count;
    const od_tally_record *rows; // what is expected
    size_t row_count;
    bool has_rows;
} od_tally_input;

// A sum, or a smallest or largest value.
typedef struct od_tally_total {
    size_t field;
    od_slice value;   // in plain form; empty when no draft says it
    size_t documents; // that say it
    size_t draft;     // smallest and largest: the first draft that has it
} od_tally_total;

typedef struct od_tally_totals {
    od_tally_total *items;
    size_t count;
} od_tally_totals;

// How many drafts have one value.
typedef struct od_tally_group {
    size_t field;
    od_slice value;
    size_t documents;
} od_tally_group;

// Drafts of one key.
typedef struct od_tally_twice {
    od_slice key;
    const size_t *drafts;
    size_t count;
} od_tally_twice;

// A number far from those of the other drafts.
typedef struct od_tally_outlier {
    size_t draft, field;
    od_slice value;
    od_slice middle; // the median of all drafts
    od_slice spread; // half of the drafts are no further from it than this
    od_slice limit;  // how far from the middle is too far
} od_tally_outlier;

// Where a draft does not say what its row expects.
typedef struct od_tally_difference {
    size_t draft, row, field;
} od_tally_difference;

typedef struct od_tally {
    const od_tally_input *input;
    const od_tally_rule *rule; // the profile's, or one that adds up all numbers
    od_tally_totals sum, min, max;
    OD_ARRAY(od_tally_group) groups; // by field in order of the profile, the most frequent first
    OD_ARRAY(od_tally_twice) twice;
    OD_ARRAY(size_t) missing; // rows without a draft
    OD_ARRAY(size_t) extra;   // drafts without a row
    OD_ARRAY(od_tally_difference) differences;
    OD_ARRAY(od_tally_outlier) outliers;
} od_tally;

// Tallies `input`, which is borrowed; the result lives in `arena`.
void od_tally_make(od_arena *arena, const od_tally_input *input, od_tally *tally);

// Returns what a draft or row is told apart by: the value of the key, or its name without one.
od_slice od_tally_key(const od_tally *tally, const od_tally_record *record);

#endif
