// Positions: the lines and columns of all places of a report, found in one pass over each source.
//
// Findings, their ends, related places and edits go back and forth in a text; asked for one by one,
// the columns of many places in one long line would each be counted from its start.
#ifndef OD_REPORT_POSITIONS_H
#define OD_REPORT_POSITIONS_H

#include "source/source.h"

typedef struct od_placed {
    const od_source *source;
    od_position at; // offset at first; line and column once located
} od_placed;

// All zeros is empty. Places are added, located once, and then asked for.
typedef struct od_positions {
    od_arena *arena;
    OD_ARRAY(od_placed) places;
} od_positions;

// Adds a place; `source` may be NULL, which adds nothing.
void od_positions_add(od_positions *positions, const od_source *source, size_t offset);

// Ends the adding: finds all lines and columns, these in `unit`.
void od_positions_locate(od_positions *positions, od_column_unit unit);

// Returns the position of a place that was added; line 1, column 1 when `source` is NULL.
od_position od_positions_at(const od_positions *positions, const od_source *source, size_t offset);

#endif
