// JSON events: a text (RFC 8259) as the stream of its tokens, one call each. The only file that sees
// yajl is the one behind this header.
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

struct yajl_handle_t;

typedef struct od_json_events {
    const od_source *source;
    od_span range; // the part of the source to read; it must be valid UTF-8
    od_diagnostics *failures;
    bool refuse_nul; // whether `\u0000` is a failure

    // Takes a token; false ends the reading. A text without escapes is a part of the source, any
    // other is gone when `take` returns.
    bool (*take)(void *context, od_json_event event, od_slice text);
    void *context;

    // Where the reading stands, for od_json_events_token.
    struct yajl_handle_t *handle;
    size_t before, done; // ends of the token before the last one and of that one
    size_t size;         // of that one, as far as it is known without looking
} od_json_events;

// Reads all of the range.
//
// Errors: OD_INVALID when it is not JSON, with one failure; or when `take` returned false.
od_status od_json_events_read(od_json_events *events);

// Returns the span of the token that `take` has been given last.
od_span od_json_events_token(const od_json_events *events);

// Whether `text`, which `take` has been given, is a part of the source.
bool od_json_events_lasts(const od_json_events *events, od_slice text);

#endif
