// Fields: how a blank that was listed takes its value from data. Behind od_field.reads_as, for those
// who write data files.
#ifndef OD_ENGINE_FIELDS_H
#define OD_ENGINE_FIELDS_H

#include "data/dataset.h"
#include "data/datum.h"

typedef struct od_reads_as {
    od_datum_type type;    // how a value is read: for a part of a date, as the whole date
    od_answer_place place; // where in the data it goes
    od_slice given;        // what the data says there, as it was written; empty when nothing
    od_slice fallback;     // what the profile fills in when the data says nothing, or empty
} od_reads_as;

#endif
