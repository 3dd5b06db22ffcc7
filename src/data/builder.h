// Builders: values put together from the events of a reader, within the limits that all readers
// share.
//
// A reader opens and closes collections and adds scalars in the order of its file; the builder
// keeps the stack, refuses duplicate keys, and counts depth and nodes. Nothing recurses.
#ifndef OD_DATA_BUILDER_H
#define OD_DATA_BUILDER_H

#include "data/value.h"

// A collection that is open.
typedef struct od_builder_frame {
    od_value_kind kind;
    size_t start;        // offset of the collection in its source
    size_t first;        // its first entry among the pending ones
    size_t nodes_before; // how many nodes there were before it
    size_t height;       // levels below it, so far
    od_entry next;       // mapping: the key that waits for its value
    bool has_key;        // mapping: there is such a key
} od_builder_frame;

typedef struct od_builder {
    od_arena *arena; // of the values
    od_arena scratch;
    const od_source *source;
    od_diagnostics *failures;
    od_text depth_message;   // {1} is the limit
    size_t depth_max;
    OD_ARRAY(od_builder_frame) frames;
    OD_ARRAY(od_entry) pending; // items and entries of all open collections
    size_t nodes;
    od_value root;
    bool has_root;
    od_status status; // of the first failure
} od_builder;

// What is known of a value that was just added or closed, for anchors.
typedef struct od_built {
    od_value value;
    size_t nodes;  // it and all below it
    size_t height; // levels of collections, 0 for a scalar
} od_built;

// Makes room for the values of `size` bytes of a file at once. What is not needed costs nothing.
void od_builder_reserve(od_builder *builder, size_t size);

// Notes a failure at `span` and returns false.
bool od_builder_fail(od_builder *builder, od_status status, od_span span, od_slice message);

// Whether the next scalar is a key.
bool od_builder_wants_key(const od_builder *builder);

// Adds a key to the open mapping.
bool od_builder_key(od_builder *builder, od_slice key, od_span span);

// Adds a value: to the open collection, or as the root.
bool od_builder_add(od_builder *builder, const od_built *built);

// Opens a collection that starts at `start`.
bool od_builder_open(od_builder *builder, od_value_kind kind, size_t start);

// Closes the open collection, which ends before `end`, and adds it. Sets `*built` for the caller.
bool od_builder_close(od_builder *builder, size_t end, od_built *built);

// Returns where the last item or entry of the open collection ends; it must have one.
size_t od_builder_last_end(const od_builder *builder);

// Frees the scratch memory.
void od_builder_free(od_builder *builder);

// Refuses bytes that are not UTF-8, and control characters, at their exact place in `range`; for
// readers whose library would name neither line nor column.
bool od_builder_check_bytes(od_builder *builder, od_span range);

#endif
