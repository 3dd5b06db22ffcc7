// Readings: a document as a profile sees it.
//
// Made once for a document and a profile, and shared by check, fields, fill and extract: the outline,
// which of its sections is which section of the profile, and the leaf blocks with their visible text
// and blanks.
#ifndef OD_ENGINE_READING_H
#define OD_ENGINE_READING_H

#include "document/document.h"
#include "document/fold.h"
#include "engine/align.h"
#include "profile/profile.h"

// A leaf block in which there is something to match.
typedef struct od_leaf {
    const od_node *node;
    od_visible visible;
    od_folded folded;                // with an OD_BLANK_MARK for each blank
    size_t first_blank, blank_count; // in od_reading.blanks
    const size_t *marks;             // where the blanks stand in the folded text
    const od_fold_mark *places;      // where they stand in the visible text
} od_leaf;

typedef struct od_reading {
    od_arena *arena;
    const od_document *document;
    const od_profile *profile; // may be NULL
    od_outline outline;
    od_alignment_result alignment;
    OD_ARRAY(od_leaf) leaves; // in the order of the source
    od_blank_list blanks;     // likewise
    OD_ARRAY(const od_node *) nodes; // every leaf, likewise; only for a profile with rules
    od_blank_options options; // how blanks are told
    bool complete;            // every leaf is among `leaves`
    bool keeps;               // some line of the draft says that it keeps what looks like a blank
} od_reading;

// Reads `document` as `profile` (NULL: no profile, default styles). With `all_leaves` every leaf is
// kept and folded, else only those that hold a blank.
void od_reading_make(od_arena *arena, const od_document *document, const od_profile *profile,
                     bool all_leaves, od_reading *reading);

// Returns the folded text of leaf `index` of `nodes`, with an OD_BLANK_MARK for each blank. It is made in
// `arena` when it is not at hand: rules look into few leaves of a draft.
od_slice od_reading_text(const od_reading *reading, od_arena *arena, size_t index);

// Returns the leaf that holds the blank of that index.
const od_leaf *od_reading_leaf(const od_reading *reading, size_t blank);

// Returns the profile's section that the byte lies in: the innermost aligned one, or NULL.
const od_section_rule *od_reading_section(const od_reading *reading, size_t offset);

// Whether byte `offset` lies in `rule`'s section or in one nested in it; NULL is the whole draft.
bool od_reading_in(const od_reading *reading, size_t offset, const od_section_rule *rule);

#endif
