// The parts of templates: the tree that one is compiled to.
#ifndef OD_LUA_TEMPLATE_PARTS_H
#define OD_LUA_TEMPLATE_PARTS_H

#include "base/arena.h"
#include "lua/host.h"

// Templates are nested by hand, a dozen levels at most; reading and applying them recurses.
enum { OD_TEMPLATE_DEPTH_MAX = 150 };

typedef enum od_pipe_kind {
    OD_PIPE_PAIRS,
    OD_PIPE_UPPERCASE,
    OD_PIPE_LOWERCASE,
    OD_PIPE_LENGTH,
    OD_PIPE_REVERSE,
    OD_PIPE_FIRST,
    OD_PIPE_LAST,
    OD_PIPE_REST,
    OD_PIPE_ALL_BUT_LAST,
    OD_PIPE_CHOMP,
    OD_PIPE_ALPHA,
    OD_PIPE_ROMAN,
    OD_PIPE_NO_WRAP,
    OD_PIPE_LEFT,
    OD_PIPE_RIGHT,
    OD_PIPE_CENTER,
} od_pipe_kind;

typedef struct od_pipe {
    od_pipe_kind kind;
    int64_t width; // OD_PIPE_LEFT, OD_PIPE_RIGHT, OD_PIPE_CENTER
    od_slice before, after;
} od_pipe;

typedef struct od_variable {
    OD_ARRAY(od_slice) parts;
    OD_ARRAY(od_pipe) pipes;
} od_variable;

typedef enum od_template_kind {
    OD_TEMPLATE_LITERAL,     // text
    OD_TEMPLATE_BREAK,       // a space at which a line may be broken
    OD_TEMPLATE_INTERPOLATE, // variable
    OD_TEMPLATE_CONDITIONAL, // variable, first, second
    OD_TEMPLATE_ITERATE,     // variable, first, second: the separator
    OD_TEMPLATE_NESTED,      // first
    OD_TEMPLATE_PARTIAL,     // first, pipes of variable
} od_template_kind;

typedef struct od_template_node od_template_node;

typedef struct od_template_nodes {
    OD_ARRAY(od_template_node) list;
} od_template_nodes;

struct od_template_node {
    od_template_kind kind;
    od_slice text;
    od_variable variable;
    od_template_nodes first, second;
};

// Reads `text`, which must live as long as the arena, into nodes there (template_read.c). Raises an
// error that names line and column. `path` says where partials are looked for, NULL: nowhere.
void od_read_template(lua_State *L, od_arena *arena, od_slice text, const char *path,
                      od_template_nodes *into);

#endif
