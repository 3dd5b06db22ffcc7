// Expectations: the rows of a table as what drafts are held against in a tally.
#ifndef OD_ENGINE_EXPECT_H
#define OD_ENGINE_EXPECT_H

#include "data/rows.h"
#include "engine/tally.h"

// Reads `rows`: columns that are fields of `profile` are what the drafts are expected to say, each in plain
// form where it is a value of the field. Rows are named by their file and line. What is wrong with a row
// is among `found`, and the row left out.
//
// Errors: false with a failure in `failures` when no column is the field `key`, by which drafts are told
//         apart.
bool od_expect_read(od_arena *arena, const od_profile *profile, size_t key, const od_rows *rows,
                    od_diagnostics *found, od_diagnostics *failures, od_tally_input *input);

#endif
