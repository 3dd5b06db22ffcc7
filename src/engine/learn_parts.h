// The parts of learning, one file each: sections, slots, phrases, fields, names.
#ifndef OD_ENGINE_LEARN_PARTS_H
#define OD_ENGINE_LEARN_PARTS_H

#include "engine/lesson.h"

// A blank of the draft, or the printed number of a date that has a blank.
typedef struct od_learn_slot {
    size_t leaf;
    size_t blank;      // index into the blanks of the draft, or SIZE_MAX
    size_t start, end; // of the visible text
    od_part part;
    bool wall;         // no phrase can hold it
    bool bound;        // a phrase holds it
    size_t fact;
    od_slice *values;  // by finished draft; empty: not found, or still blank
} od_learn_slot;

// What one blank says, or the slots of one date together.
typedef struct od_learn_fact {
    size_t first, count; // slots
    od_datum_type type;
    bool print_unit;
    bool fell_back;
    od_slice name;          // of a `{{name}}` or of the front matter; else empty
    od_slice before, after; // text of its paragraph around it
    od_slice *values;       // by finished draft, in the form by which they are compared
    od_join join;
    size_t field;           // of the profile
} od_learn_fact;

// A phrase that was chosen: a part of a paragraph with the slots in it.
typedef struct od_learn_phrase {
    const od_section_rule *scope;
    size_t leaf, first, last; // slots
    od_span range;            // of the visible text
    bool at_start, at_end;    // its first or last slot is at the edge of the paragraph
    size_t unread;
} od_learn_phrase;

typedef struct od_learner {
    od_arena *arena;     // of the draft
    od_language language;
    od_profile profile;  // sections only
    od_reading reading;  // of the draft
    od_reading *finished;
    size_t finished_count;
    OD_ARRAY(od_learn_slot) slots; // in the order of the text
    OD_ARRAY(od_learn_fact) facts; // likewise
    OD_ARRAY(od_learn_phrase) phrases;
    OD_ARRAY(od_pattern *) patterns; // to be given back
    od_learned *learned;
} od_learner;

// Makes the sections of `outline`, the outline of `draft`.
void od_learn_sections(od_learner *l, const od_document *draft, const od_outline *outline);

// Says which sections the finished drafts lack, repeat, or have in another order.
void od_learn_section_use(od_learner *l);

// Returns `title` as an id: `fallback` when nothing of it can stand there.
od_slice od_learn_section_id(od_arena *arena, od_slice title, od_slice fallback);

// Finds the slots and facts of the draft.
void od_learn_slots(od_learner *l);

// Chooses phrases for all slots, and reads the finished drafts by them.
void od_learn_phrases(od_learner *l);

// Works out types, joins the facts that are one field, and finds sums.
void od_learn_fields(od_learner *l);

// Returns a name for the field of a fact, of the words around it; empty when they give none.
od_slice od_learn_name(od_arena *arena, const od_learn_fact *fact);

// Returns what stands for a fact without a name.
od_slice od_learn_plain_name(od_field_type type, bool chinese);

// Returns `name` as the id of a field that rules can speak of.
od_slice od_learn_field_id(od_arena *arena, od_slice name);

#endif
