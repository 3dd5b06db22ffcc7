// Clauses: how much of the text around a blank is told with it.
//
// A clause goes from one mark (。，；：！？) to the next; where it is long it is cut at a joint of the
// sentence, so that what is left still reads well. All offsets are bytes of the leaf's visible text.
#ifndef OD_ENGINE_CLAUSE_H
#define OD_ENGINE_CLAUSE_H

#include "engine/reading.h"

// Whether the character `code` at `at` ends a clause.
bool od_clause_mark(od_slice text, size_t at, uint32_t code);

// Return where the clause that `at` lies in starts, and ends.
size_t od_clause_start(const od_leaf *leaf, size_t at);
size_t od_clause_end(const od_leaf *leaf, size_t at);

// Returns `range` without white space at its ends.
od_span od_clause_trim(od_slice text, od_span range);

// Returns the range of the clauses that hold the blanks [first, last] of `leaf`, and of `more` on each
// side.
od_span od_clause_range(const od_leaf *leaf, size_t first, size_t last, size_t more);

// Returns the width of a character, where that of a Han character is 3.
size_t od_clause_width(uint32_t code);

// Return where to cut left of `at`, or right of it, not past `bound`: the farthest joint within
// `width`, else there. What is at most half as long again is not worth cutting.
size_t od_clause_cut_left(od_slice text, size_t at, size_t bound, size_t width);
size_t od_clause_cut_right(od_slice text, size_t at, size_t bound, size_t width);

#endif
