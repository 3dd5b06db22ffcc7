// Building: from Lua values back to nodes, reading them as liberally as pandoc does.
//
// Values may be nested as deep as memory allows; one that contains itself is an error.
#ifndef OD_LUA_BUILD_H
#define OD_LUA_BUILD_H

#include "lua/element.h"

// What a value is read as.
typedef enum od_shape {
    OD_AS_INLINES, // string, Inline, or list of these
    OD_AS_BLOCKS,  // Block, list of what can be one, or what is read as inlines
    OD_AS_LINES,   // list of inlines: children OD_LINE
    OD_AS_ITEMS,   // list of blocks, or blocks: children OD_ITEM
    OD_AS_LINE_ITEMS, // list of inlines: children OD_ITEM with one OD_PLAIN
    OD_AS_DEFINITION_ITEMS,
    OD_AS_DEFINITIONS,
    OD_AS_CITATIONS,
    OD_AS_CAPTION,
    OD_AS_ROWS,
    OD_AS_CELLS,
    OD_AS_BODIES,
    OD_AS_HEAD,
    OD_AS_FOOT,
    OD_AS_META_VALUES,
    OD_AS_ELEMENT, // an element of any kind, as it is
} od_shape;

// Appends to `parent` what the value at `index` is read as.
void od_build(od_store *store, od_node *parent, int index, od_shape shape);

// Returns the node of the element at `index`: its own when nobody touched it, else a new one in the
// store.
const od_node *od_build_element(od_store *store, int index);

// Sets property `property` of `header`, a node in the store that is still without those children,
// to the value at `index`, as an assignment.
void od_build_property(od_store *store, od_node *header, od_property property, int index);

// Returns the metadata that the table at `index` is read as: a node of type OD_META_MAP.
od_node *od_build_meta(od_store *store, int index);

// Appends to `parent` the metadata value at `index`.
void od_build_meta_value(od_store *store, od_node *parent, int index);

// Raises the error for a value that is no Inline.
void od_raise_no_inline(lua_State *L, int index);

// Whether the value at `index` is a string, an Inline, or a list of these.
bool od_is_inlines(lua_State *L, int index);

// Whether the value at `index` is a list that is read as blocks, or a Block.
bool od_is_blocks(lua_State *L, int index);

#endif
