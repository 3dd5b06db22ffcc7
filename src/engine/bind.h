// Binding: which slots of a draft belong to which fields of its profile.
//
// A field stands in the text where a phrase of the profile fits, or where `{{id}}` names it.
#ifndef OD_ENGINE_BIND_H
#define OD_ENGINE_BIND_H

#include "engine/match.h"

// One place of a field.
typedef struct od_place {
    size_t field; // index into the profile's fields
    od_part part;
    const od_binding *binding; // NULL for `{{id}}`
    size_t slot;               // which one of its phrase
    bool loose;                // the phrase fits only with a text that goes over a mark
    size_t leaf;
    size_t blank;      // index into od_reading.blanks, or SIZE_MAX for a value
    size_t start, end; // in the folded text of the leaf
} od_place;

typedef struct od_places {
    OD_ARRAY(od_place) items; // in the order of the text, those that overlap resolved
    const od_place **by_blank; // for each blank the place that claims it, or NULL
    size_t *found;             // for each binding how often it fits, loose matches aside
    const od_place **by_field; // sorted by field, each field's in the order of the text
    const size_t *first_of;    // for each field its first in `by_field`; one more at the end
} od_places;

// Returns how what stands at a place is read: as the field, or as the part of a date.
od_datum_type od_place_type(const od_profile *profile, const od_place *place);

// Compiles the phrases of a profile, once for all drafts, in `arena`, which lives as long as the profile.
void od_bind_compile(od_arena *arena, od_profile *profile);

// Returns what `binding` of the profile looks for, in `arena`.
od_wanted od_bind_want(od_arena *arena, const od_profile *profile, const od_binding *binding);

// Finds the places of all fields of `reading`'s profile. When two phrases claim a blank, the one with
// more literal text has it.
void od_bind(const od_reading *reading, od_places *places);

#endif
