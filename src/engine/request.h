// Requests: what each key of the data asks for.
#ifndef OD_ENGINE_REQUEST_H
#define OD_ENGINE_REQUEST_H

#include "data/dataset.h"
#include "engine/reading.h"

typedef enum od_request_kind {
    OD_REQUEST_UNKNOWN, // the key is no phrase, field, section or name of the draft
    OD_REQUEST_PHRASE,
    OD_REQUEST_FIELD,
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
    od_slice name;          // OD_REQUEST_NAME, dotted
    const od_named *named;  // OD_REQUEST_NAME: the blanks of that name, in the order of the text
    size_t named_count;
} od_request;

typedef OD_ARRAY(od_request) od_request_list;

// Reads the requests of `data` against the draft and profile of `reading`, in the order of the data.
void od_requests_read(const od_reading *reading, const od_data *data, od_request_list *requests);

#endif
