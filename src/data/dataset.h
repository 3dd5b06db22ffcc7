// Datasets: the values of several data files laid over each other, the later file winning, and the
// answers of a person over them.
#ifndef OD_DATA_DATASET_H
#define OD_DATA_DATASET_H

#include "data/value.h"

// Where one answer goes: what data files would write for the blank.
typedef struct od_answer_place {
    od_slice scope;    // section id that the key is nested under, or empty
    od_slice key;      // field, name or phrase
    size_t slot;       // index of the answer among the values of that key
    size_t slot_count; // how many values the key takes; more than one make a list
} od_answer_place;

typedef struct od_answer {
    od_answer_place place;
    od_slice value;
} od_answer;

struct od_data {
    od_arena *arena;         // of the session
    od_diagnostics *failures; // of the session
    size_t *source_count;    // numbers the sources of the session
    od_value values;         // a mapping: all files merged
    od_source *answered;     // the source that answers are said to come from; NULL without any
    OD_ARRAY(od_answer) answers;
};

// Lays `over` over `under`, both mappings: a key of both keeps its place and takes the later value;
// two mappings under one key are merged in turn.
od_value od_value_merge(od_arena *arena, const od_value *under, const od_value *over);

// Adds an answer; empty text is null. `value` is copied.
void od_data_add_answer(od_data *data, const od_answer_place *place, od_slice value);

// Returns all values, the answers laid over those of the files; made in `arena`.
od_value od_data_values(const od_data *data, od_arena *arena);

#endif
