#include "lua/keeper.h"

static int free_arena(lua_State *L) {
    od_arena_free(lua_touserdata(L, 1));
    return 0;
}

static int free_buf(lua_State *L) {
    od_buf_free(lua_touserdata(L, 1));
    return 0;
}

// Pushes `size` zeroed bytes that `free` gets before they go.
static void *push_owner(lua_State *L, size_t size, lua_CFunction free) {
    void *const memory = lua_newuserdatauv(L, size, 0);
    memset(memory, 0, size);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, free);
    lua_setfield(L, -2, "__gc");
    lua_setmetatable(L, -2);
    return memory;
}

od_arena *od_push_arena(lua_State *L) {
    return push_owner(L, sizeof(od_arena), free_arena);
}

od_buf *od_push_buf(lua_State *L) {
    return push_owner(L, sizeof(od_buf), free_buf);
}

void od_lend_tree(od_node *root) {
    for (od_node *node = root; node; node = od_node_next(root, node, false)) {
        node->span = OD_NO_SPAN;
        node->flags |= OD_BORROWED;
    }
}
