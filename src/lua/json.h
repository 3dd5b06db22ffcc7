// JSON for the modules: values and trees from JSON.
#ifndef OD_LUA_JSON_H
#define OD_LUA_JSON_H

#include "base/buf.h"
#include "lua/element.h"

// Pushes the Lua value that the JSON `text` stands for (arrays as List, null as pandoc.json.null);
// false, with nothing pushed, when it is no JSON.
bool od_json_push(lua_State *L, od_slice text);

// Appends `text` as a JSON string.
void od_json_put_string(od_buf *out, od_slice text);

// Reads pandoc's JSON into trees that filters can have; false with `*message` (unless NULL) when it
// is none. `text` must live as long as the arena.
bool od_read_json_tree(od_arena *arena, od_slice text, od_node **root, od_node **meta,
                       od_slice *message);

#endif
