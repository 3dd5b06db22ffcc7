// Lists: what the rules of profiles ask of names, dates and figures that stand in the text without
// being fields, since there may be any number of them.
//
// A list is a text: items between the marks of lists (、，；,;), or, from a function, each with a line
// break behind it. A blank in the place of an item makes the whole list unknown.
#ifndef OD_ENGINE_LISTS_H
#define OD_ENGINE_LISTS_H

#include "engine/view.h"

// A time, with its day or without.
typedef struct od_moment {
    bool has_day;
    int64_t seconds; // since 1970, or since midnight
} od_moment;

// Reads 9:30, 2025-02-18, or both.
bool od_moment_read(od_slice text, od_moment *moment);

od_function od_list_between, od_list_column, od_list_empty_cells; // from the text
od_function od_list_items, od_list_number, od_list_sum, od_list_all_in, od_list_each_in, od_list_earliest,
    od_list_latest, od_list_ascending; // of lists

#endif
