// Lessons: what was learned from a draft with blanks and drafts that were finished from it; see learn.h.
#ifndef OD_ENGINE_LESSON_H
#define OD_ENGINE_LESSON_H

#include "engine/reading.h"

// Why several places are one field.
typedef enum od_join {
    OD_JOIN_NONE,
    OD_JOIN_NAME,   // its blanks have one name: `{{name}}`
    OD_JOIN_VALUES, // they hold one value in every finished draft
    OD_JOIN_WORDS,  // likewise, always the same one, and the words beside them are the same
    OD_JOIN_KEY,    // a key of the front matter has its value in every finished draft
} od_join;

typedef struct od_learned_field {
    od_slice id;
    od_slice label;
    od_datum_type type;
    bool print_unit;
    bool fell_back;        // the words around it ask for a number; some finished draft has none
    bool named;            // its blanks are `{{id}}`
    od_join join;
    const size_t *places;  // bytes of the draft, one for each blank, or for each date
    size_t place_count;
    const od_slice *values; // by finished draft, as they stand there; empty: not found
    size_t twin; // index of a field before it whose values are always the same; SIZE_MAX: none
} od_learned_field;

typedef struct od_learned_phrase {
    const od_section_rule *scope; // NULL: the whole draft
    od_slice text;                // with `<field>`
    size_t offset;                // of the draft, where it stands
    size_t unread;                // how many finished drafts it does not fit
} od_learned_phrase;

typedef enum od_unlearned_reason {
    OD_UNLEARNED_ALONE,    // no text beside it in its paragraph
    OD_UNLEARNED_BESIDE,   // right beside another blank
    OD_UNLEARNED_REPEATED, // the text beside it stands in several places
} od_unlearned_reason;

// A blank that no phrase leads to.
typedef struct od_unlearned {
    od_unlearned_reason reason;
    size_t offset;    // of the draft
    od_slice context; // the clause
} od_unlearned;

// A field that is the sum of others in every finished draft.
typedef struct od_learned_sum {
    size_t whole;      // index of the field
    size_t first, count; // its parts are neighbours among the numbers of the section
} od_learned_sum;

typedef struct od_learned_key {
    od_slice name;
    bool required; // every draft has it
    bool list;
} od_learned_key;

typedef struct od_learned {
    const od_source *source; // of the draft
    const od_source *const *finished;
    size_t finished_count;
    bool is_chinese;  // the draft is
    od_slice id, label; // label: the title of the draft, or empty
    const od_section_rule *sections;
    size_t section_count;
    bool sections_any_order;
    OD_ARRAY(od_learned_field) fields; // in the order of the text
    OD_ARRAY(od_learned_phrase) phrases; // by section, then likewise
    OD_ARRAY(od_unlearned) unlearned;
    OD_ARRAY(size_t) numbers; // fields that sums are made of, by section, in the order of the text
    OD_ARRAY(od_learned_sum) sums; // `first` counts in `numbers`
    bool has_keys; // some draft has front matter that can be described
    OD_ARRAY(od_learned_key) keys;
} od_learned;

#endif
