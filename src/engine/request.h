// Requests: what each key of the data asks for.
#ifndef OD_ENGINE_REQUEST_H
#define OD_ENGINE_REQUEST_H

#include "data/dataset.h"
#include "engine/reading.h"

typedef enum od_request_kind {
    OD_REQUEST_UNKNOWN, // the key is no phrase, field, section or name of the draft
    OD_REQUEST_PHRASE,
    OD_REQUEST_FIELD, // by its id, or by its label
    OD_REQUEST_NAME, // of `{{name}}` blanks
} od_request_kind;

// A `{{name}}` of the draft.
typedef struct od_named {
    od_slice name;
    size_t blank; // index into od_reading.blanks
} od_named;

typedef struct od_request {
    od_request_kind kind;
    const od_entry *entry;
    od_slice key;           // as written, without its section
    const od_section_rule *scope;
    const od_value *values; // the values for its blanks, in order
    size_t value_count;
    bool is_list;           // they were written as a list
    bool all;               // `{all: …}`: consent to every place
    bool misshapen;         // a mapping stands where a value should
    bool computed;          // no data says so: it is the default of the profile
    od_phrase phrase;       // OD_REQUEST_PHRASE
    size_t field;           // OD_REQUEST_FIELD
    size_t rival;           // OD_REQUEST_UNKNOWN: `field` and this one have the key as their label, or SIZE_MAX
    od_slice name;          // OD_REQUEST_NAME, dotted
    const od_named *named;  // OD_REQUEST_NAME: the blanks of that name, in the order of the text
    size_t named_count;
} od_request;

typedef OD_ARRAY(od_request) od_request_list;

// A key of the data as it was met, for od_requests_renew.
typedef struct od_request_step {
    od_slice key;
    bool opens;    // its value is a mapping of further keys
    bool descends; // which were read as such
    size_t count;  // how many
} od_request_step;

typedef OD_ARRAY(od_request_step) od_request_steps;

// Reads the requests of `values`, a mapping, against the draft and profile of `reading`, in the order
// of the data; `steps` is NULL or takes what od_requests_renew needs.
void od_requests_read(const od_reading *reading, const od_value *values, od_request_list *requests,
                      od_request_steps *steps);

// Puts the values of another mapping into `requests`: false when its keys are not those of `steps`, in
// their order; the requests are then of no use any more.
bool od_requests_renew(const od_request_steps *steps, const od_value *values,
                       od_request_list *requests);

#endif
