// JSON events: a text (RFC 8259) as the stream of its tokens, one call each.
//
// Written here and not taken from a library, since a document of pandoc's is mostly
// `{"t":"Str",…}` and reading it must not cost more than filtering it: 1 MB of Markdown is 6 MB of
// JSON and 1,600,000 tokens, for which yajl alone takes 26 ms. Whoever takes the events may read
// such items himself (`skip`).
#ifndef OD_DATA_JSON_EVENTS_H
#define OD_DATA_JSON_EVENTS_H

#include "source/diagnostic.h"

typedef enum od_json_event {
    OD_JSON_NULL,
    OD_JSON_FALSE,
    OD_JSON_TRUE,
    OD_JSON_NUMBER, // text: as it is written
    OD_JSON_STRING, // text: decoded
    OD_JSON_KEY,    // likewise
    OD_JSON_OPEN_OBJECT,
    OD_JSON_CLOSE_OBJECT,
    OD_JSON_OPEN_ARRAY,
    OD_JSON_CLOSE_ARRAY,
} od_json_event;

typedef struct od_json_events {
    const od_source *source;
    od_span range; // the part of the source to read; it must be valid UTF-8
    od_diagnostics *failures;

    // Takes a token; false ends the reading. A text without escapes is a part of the source, any
    // other is gone when `take` returns.
    bool (*take)(void *context, od_json_event event, od_slice text);
    // NULL, or asked before each object in an array: returns the end of the last of the items from
    // `at` on that it has read by itself, or `at`. White space and commas between items are its
    // business.
    const char *(*skip)(void *context, const char *at, const char *end);
    void *context;

    od_span token; // the one that `take` has been given last
} od_json_events;

// Reads all of the range. Nothing recurses, and there is no limit on nesting: that is for `take` to
// set.
//
// Errors: OD_INVALID when it is not JSON, with one failure; or when `take` returned false.
od_status od_json_events_read(od_json_events *events);

// Returns the first byte from `at` on that does not stand for itself in a string: a quote, a backslash
// or a control character; else `end`.
const char *od_json_string_run(const char *at, const char *end);

// Whether `text` is UTF-8 and JSON.
bool od_json_is_valid(od_slice text);

// Whether `text`, which `take` has been given, is a part of the source.
bool od_json_events_lasts(const od_json_events *events, od_slice text);

#endif
