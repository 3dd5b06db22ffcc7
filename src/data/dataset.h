// Datasets: the values of several data files laid over each other, the later file winning.
#ifndef OD_DATA_DATASET_H
#define OD_DATA_DATASET_H

#include "data/value.h"

struct od_data {
    od_arena *arena;         // of the session
    od_diagnostics *failures; // of the session
    size_t *source_count;    // numbers the sources of the session
    od_value values;         // a mapping: all files merged
};

// Lays `over` over `under`, both mappings: a key of both keeps its place and takes the later value;
// two mappings under one key are merged in turn.
od_value od_value_merge(od_arena *arena, const od_value *under, const od_value *over);

#endif
