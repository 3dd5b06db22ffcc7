// The filter host: what all the Lua bindings share.
//
// An element in Lua is a userdata that points at a node. The node never changes; what a filter
// reads or assigns is kept in the userdata's user values, one for each property of its type. When
// the value goes back (is returned, put into another element, compared, shown), a node is made of
// the old one and those properties. An element that nobody touched goes back as the node it came
// from.
//
// Nodes that Lua makes live in Lua's memory (they are OD_BORROWED and die with their element),
// until a pass over the document takes them over into the arena of its result.
//
// Errors jump over C frames, so nothing here holds memory that neither Lua nor an arena owns. The
// one exception is the stack of frames, which belongs to the host.
#ifndef OD_LUA_HOST_H
#define OD_LUA_HOST_H

#include "document/ast.h"

#include <lauxlib.h>
#include <lua.h>

// The classes of userdata; `pandoc.utils.type` names them.
typedef enum od_class {
    OD_CLASS_NONE,
    OD_CLASS_INLINE,
    OD_CLASS_BLOCK,
    OD_CLASS_CAPTION,
    OD_CLASS_CELL,
    OD_CLASS_CITATION,
    OD_CLASS_ROW,
    OD_CLASS_TABLE_BODY,
    OD_CLASS_TABLE_FOOT,
    OD_CLASS_TABLE_HEAD,
    OD_CLASS_ELEMENTS, // the classes above are nodes, those below are not
    OD_CLASS_ATTR = OD_CLASS_ELEMENTS,
    OD_CLASS_ATTRIBUTE_LIST,
    OD_CLASS_LIST_ATTRIBUTES,
    OD_CLASS_PANDOC,
    OD_CLASS_SIMPLE_TABLE,
    OD_CLASS_VERSION,
    OD_CLASS_COUNT,
} od_class;

// The kinds of tables with a metatable of their own.
typedef enum od_list_kind {
    OD_LIST_PLAIN,
    OD_LIST_INLINES,
    OD_LIST_BLOCKS,
    OD_LIST_META,
    OD_LIST_KIND_COUNT,
} od_list_kind;

// One level of a walk; which members are used is the walk's own affair.
typedef struct od_frame {
    const od_node *node, *child, *pending;
    od_node *copy;
    uint64_t index, count;
    const void *identity;
    int value; // place on Lua's stack
    uint8_t kind, step;
    bool stopped, listed, broken;
} od_frame;

// What one Lua state needs; found from any lua_State of it.
typedef struct od_host {
    const void *metatables[OD_CLASS_COUNT], *lists[OD_LIST_KIND_COUNT]; // their identities
    int metatable_places[OD_CLASS_COUNT], list_places[OD_LIST_KIND_COUNT]; // in the registry
    od_frame *frames;
    size_t frame_capacity, frame_top;
    // What is being filtered, for the message of an error.
    const char *handler;
    od_span place;
    // What was filtered last: what came back may be wrong.
    const char *answered;
    od_span answered_place;
    // The argument that is being read, for messages; NULL outside of constructors.
    const char *argument, *function;
    bool missing; // it was not given, which is not the same as nil
    uint64_t item; // place in the list that is being read, from 1; 0 outside of lists
} od_host;

// Returns the host of a state.
static inline od_host *od_host_of(lua_State *L) {
    od_host *host;
    memcpy(&host, lua_getextraspace(L), sizeof host);
    return host;
}

// Pushes the metatable of a class or list kind.
void od_push_metatable(lua_State *L, od_class class);
void od_push_list_metatable(lua_State *L, od_list_kind kind);

// Makes an empty metatable for `class`, named `name`, and leaves it on the stack. Scripts cannot
// get at it.
void od_new_metatable(lua_State *L, od_class class, const char *name);

// Returns the userdata at `index` when it is of `class`, else NULL.
void *od_to_class(lua_State *L, int index, od_class class);

// Returns the class of the userdata at `index`, OD_CLASS_NONE for anything else.
od_class od_class_at(lua_State *L, int index);

// Whether the table at `index` has the metatable of `kind`.
bool od_is_list(lua_State *L, int index, od_list_kind kind);

// Returns the name that messages use for the type of the value at `index`: Lua's, or a userdata's
// own.
const char *od_type_name(lua_State *L, int index);

// Raises the message on top of the stack, saying which argument was being read.
int od_raise(lua_State *L);

// Raises a message as pandoc's functions do, without the place in the filter, which the traceback
// tells.
int od_error(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Raises "EXPECTED expected, got TYPE".
int od_expected(lua_State *L, const char *expected, int index);

// ---- frames: stacks for walks -------------------------------------------------------------------

// A stack of frames above those of the walks that are under way.
typedef struct od_frames {
    od_host *host;
    size_t base, depth;
} od_frames;

// Begins a stack.
static inline od_frames od_frames_begin(od_host *host) {
    return (od_frames){host, host->frame_top, 0};
}

// Adds a zeroed frame; addresses of frames got earlier are no longer good.
od_frame *od_frames_push(od_frames *frames);

static inline od_frame *od_frames_top(const od_frames *frames) {
    return &frames->host->frames[frames->base + frames->depth - 1];
}

static inline od_frame *od_frames_below(const od_frames *frames) {
    return &frames->host->frames[frames->base + frames->depth - 2];
}

static inline void od_frames_pop(od_frames *frames) {
    frames->host->frame_top = frames->base + --frames->depth;
}

// Says again where the stack ends, after a call into Lua in which an error may have been caught.
static inline void od_frames_reset(const od_frames *frames) {
    frames->host->frame_top = frames->base + frames->depth;
}

// ---- visits: all nodes of a tree without parent links -------------------------------------------

typedef struct od_visit {
    od_frames frames;
    const od_node *at; // the node just entered or left
    bool leaving;
} od_visit;

// Begins a visit of `node` and all below it.
od_visit od_visit_begin(od_host *host, const od_node *node);

// Goes on to the next node entered or left, `skip` leaving out the children of the node just
// entered; false at the end. The node after `at` in its list is at->next, except for the topmost.
bool od_visit_next(od_visit *visit, bool skip);

#endif
