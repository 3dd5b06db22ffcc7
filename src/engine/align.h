// Alignment: which heading of a draft is which section of its profile.
//
// The whole outline is aligned at once, as a diff aligns lines, so that one missing section is one
// difference and does not shift the rest.
#ifndef OD_ENGINE_ALIGN_H
#define OD_ENGINE_ALIGN_H

#include "profile/profile.h"

typedef enum od_match_kind {
    OD_MATCH_NONE,      // the profile does not list this heading
    OD_MATCH_IN_ORDER,
    OD_MATCH_MOVED,     // found, but not in its place among its siblings
    OD_MATCH_DUPLICATE, // a second heading for a section that may not repeat
    OD_MATCH_MISPLACED, // found below another parent, or at another level
} od_match_kind;

// How one section of the draft was matched.
typedef struct od_section_match {
    const od_section_rule *rule; // NULL with OD_MATCH_NONE
    od_match_kind kind;
} od_section_match;

// How one section rule was matched in one section: a rule below one that repeats is looked for in each
// section of that one.
typedef struct od_rule_match {
    const od_section_rule *rule;
    const od_section *section; // first one that matches it; NULL when missing (also for preambles)
    const od_section *nearest; // when missing: the unmatched heading most like it, or NULL
    const od_section *after;   // when missing: the section it belongs after; NULL: at the start
    const od_section *parent;  // when missing: the section it belongs in (the root at the top)
} od_rule_match;

typedef struct od_alignment_result {
    od_section_match *sections; // by od_section.index
    OD_ARRAY(od_rule_match) rules; // every rule that was looked for, parents before children
} od_alignment_result;

// Aligns `outline` with the sections of `profile`.
//
// Children of a missing section that is found nowhere are not looked for: the one finding is enough.
void od_align(od_arena *arena, const od_outline *outline, const od_profile *profile,
              od_alignment_result *result);

// Returns how a rule was matched (first), or NULL for a rule that was not looked for.
const od_rule_match *od_align_find(const od_alignment_result *result, const od_section_rule *rule);

#endif
