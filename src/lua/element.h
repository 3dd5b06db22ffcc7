// Elements: nodes as userdata, with their properties and methods.
#ifndef OD_LUA_ELEMENT_H
#define OD_LUA_ELEMENT_H

#include "lua/store.h"

// Properties of elements. Which of them a type has is told by od_element_type.
typedef enum od_property {
    OD_P_NONE,
    OD_P_ALIGNMENT,
    OD_P_ATTR,
    OD_P_BODIES,
    OD_P_BODY,
    OD_P_CAPTION,
    OD_P_CELLS,
    OD_P_CITATIONS,
    OD_P_COL_SPAN,
    OD_P_COLSPECS,
    OD_P_CONTENT,
    OD_P_CONTENTS,
    OD_P_FOOT,
    OD_P_FORMAT,
    OD_P_HASH,
    OD_P_HEAD,
    OD_P_ID,
    OD_P_LEVEL,
    OD_P_LIST_ATTRIBUTES,
    OD_P_LONG,
    OD_P_MATHTYPE,
    OD_P_MODE,
    OD_P_NOTE_NUM,
    OD_P_PREFIX,
    OD_P_QUOTETYPE,
    OD_P_ROW_HEAD_COLUMNS,
    OD_P_ROW_SPAN,
    OD_P_ROWS,
    OD_P_SHORT,
    OD_P_SRC,
    OD_P_SUFFIX,
    OD_P_TARGET,
    OD_P_TEXT,
    OD_P_TITLE,
    OD_PROPERTY_COUNT,
} od_property;

enum { OD_PROPERTIES_MAX = 6 };

// What a type of node is in Lua.
typedef struct od_element_type {
    uint8_t class, count;
    // In the order of pandoc's constructor, so that parts of a node are in the order of its
    // children.
    uint8_t properties[OD_PROPERTIES_MAX];
} od_element_type;

// Returns what `type` is in Lua; its class is OD_CLASS_NONE when it is no element.
const od_element_type *od_element_type_of(od_node_type type);

// An element. Its first user value is its keeper (what holds the memory of its node), the others
// are what was read of or assigned to its properties, in the order of its type, nil for the rest.
typedef struct od_element {
    const od_node *node;
    od_node own; // only when `node` points at it
} od_element;

enum { OD_KEEPER = 1, OD_FIRST_PROPERTY };

// Returns the user value that holds `property` of `type`, 0 when the type has no such property.
int od_property_place(od_node_type type, od_property property);

// Returns the name of a property.
const char *od_property_name(od_property property);

// Pushes an element over `node`; `keeper` is the place of its keeper on the stack, 0 for none.
void od_push_element(lua_State *L, const od_node *node, int keeper);

// Pushes an element with a node of its own, a copy of `node`, and room for `spare` bytes, which
// `*memory` gets.
od_element *od_push_own_element(lua_State *L, const od_node *node, int keeper, size_t spare,
                                char **memory);

// Returns the element at `index`, NULL when the value there is none.
od_element *od_to_element(lua_State *L, int index);

// Whether the element at `index` is as its node says: no property was read or assigned, or no more
// than its text, as it was.
bool od_element_untouched(lua_State *L, int index, const od_element *element);

// Pushes property `property` (which its type must have) of the element at `index`.
void od_push_property(lua_State *L, int index, const od_element *element, od_property property);

// Returns the first child of `node` that belongs to its list of inlines or blocks, past captions
// and citations.
const od_node *od_list_start(const od_node *node);

// Pushes the nodes from `first` on as Inlines, Blocks.
void od_push_inlines(lua_State *L, const od_node *first, int keeper);
void od_push_blocks(lua_State *L, const od_node *first, int keeper);

// Registers the metatables of all classes of elements.
void od_open_elements(lua_State *L);

// Adds `function` as method `name` of `class`.
void od_add_method(lua_State *L, od_class class, const char *name, lua_CFunction function);

#endif
