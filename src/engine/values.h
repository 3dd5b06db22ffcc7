// Values: what each field of a profile says in a draft, gathered from all its places.
//
// A place is a slot of a phrase that fits, a `{{name}}` that is about to be filled, or a key of the front
// matter. What stands at the places of one field must be one value; a date may be spread over slots
// for its year, month and day. Where the draft is silent, the data speaks, and then the default of the
// profile. check, the rules of profiles, fields, fill and extract all ask here.
#ifndef OD_ENGINE_VALUES_H
#define OD_ENGINE_VALUES_H

#include "engine/bind.h"
#include "engine/evaluate.h"

// What is known beside the draft.
typedef struct od_supply {
    const od_slice *blanks;        // by blank: the text that is put there, empty for none; or NULL
    const od_value *const *fields; // by field: the scalar that the data gives, or NULL; or NULL
} od_supply;

// How what stands at a place reads.
typedef enum od_hold_kind {
    OD_HOLDS_BLANK,  // nothing yet
    OD_HOLDS_VALUE,  // `datum` is its value, of the field or of the part
    OD_HOLDS_MISFIT, // not what the type of the field is: value-type
    OD_HOLDS_BEYOND, // of the type, but not one that the field allows: value-range
    OD_HOLDS_UNCLEAR, // text at an open edge of its phrase: where a value ends cannot be told; one that
                      // goes over a mark and is not what the field is elsewhere; or, of an optional
                      // field, what is not of its type
} od_hold_kind;

// What one place holds.
typedef struct od_hold {
    size_t field; // index into the profile's fields
    od_part part;
    const od_place *place; // NULL: a key of the front matter
    od_hold_kind kind;
    bool planned;  // a blank, and the text is what the data would put there
    od_span span;  // in the source of the draft
    od_slice raw;  // as a reader sees it
    od_datum datum; // OD_HOLDS_VALUE
    size_t doubled; // folded bytes at its end that the text after it repeats (第三支部|支部), which are
                    // not in `datum`
    od_slice why;   // OD_HOLDS_MISFIT, OD_HOLDS_BEYOND: what was expected
} od_hold;

typedef enum od_standing {
    OD_STANDING_NONE,    // no value anywhere: every place is blank, or there is none
    OD_STANDING_ONE,     // one value
    OD_STANDING_DIVIDED, // the places do not agree
    OD_STANDING_WRONG,   // some place holds what the field cannot be
} od_standing;

typedef enum od_origin {
    OD_ORIGIN_NONE,
    OD_ORIGIN_DRAFT, // some place holds it, or is about to
    OD_ORIGIN_DATA,  // no place does: the data says so
    OD_ORIGIN_DEFAULT,
} od_origin;

typedef struct od_field_value {
    od_standing standing;
    od_origin origin;     // of the value of OD_STANDING_ONE
    od_datum datum;       // OD_STANDING_ONE
    const od_hold *holds; // of this field: the front matter first, then in the order of the text
    size_t hold_count;
} od_field_value;

typedef struct od_values {
    const od_reading *reading;
    od_field_value *fields; // by index into the profile's fields
} od_values;

// Gathers the values of all fields of `reading`'s profile, in its arena; messages are in `language`.
// `supply` may be NULL. Defaults are not among them: od_defaults_compute adds them.
void od_values_gather(const od_reading *reading, const od_places *places, const od_supply *supply,
                      od_language language, od_values *values);

// Sets `*datum` to the value of the field `name`; false when it has none, or more than one. Shaped
// as an od_name_finder: `context` is an od_values.
bool od_values_find(void *context, od_slice name, od_datum *datum);

// Whether two holds of one field say the same, as far as they speak of the same part of it.
bool od_hold_agrees(const od_hold *a, const od_hold *b);

// Whether within `span` of the draft a value stands that its field cannot be, or that other places
// contradict: which is told of.
bool od_values_faulty_in(const od_values *values, od_span span);

// Returns the value of a hold for people: as the field is written, or as it stands there.
od_slice od_hold_text(const od_hold *hold);

#endif
