#include "lua/document.h"

#include "lua/show.h"

typedef struct document {
    const od_node *root, *meta;
} document;

enum { KEEPER = 1, BLOCKS, META };

// ---- metadata -----------------------------------------------------------------------------------

// Pushes a value that is no list and no map of values; false for those.
static bool push_leaf(lua_State *L, const od_node *value, int keeper) {
    switch ((od_node_type)value->type) {
    case OD_META_STRING: lua_pushlstring(L, value->leaf.text.data, value->leaf.text.size); break;
    case OD_META_BOOL: lua_pushboolean(L, value->truth); break;
    case OD_META_INLINES: od_push_inlines(L, value->first, keeper); break;
    case OD_META_BLOCKS: od_push_blocks(L, value->first, keeper); break;
    default: return false;
    }
    return true;
}

static void open_table(lua_State *L, od_frames *frames, const od_node *value) {
    luaL_checkstack(L, 8, "nested too deep");
    lua_newtable(L);
    if (value->type == OD_META_LIST) {
        od_push_list_metatable(L, OD_LIST_PLAIN);
        lua_setmetatable(L, -2);
    }
    od_frame *const frame = od_frames_push(frames);
    frame->node = value;
    frame->child = value->first;
}

// Stores the value on top of the stack in the table below it, for the child of `frame` just read.
static void store_value(lua_State *L, od_frame *frame) {
    const od_node *const child = frame->pending;
    if (frame->node->type == OD_META_LIST) {
        lua_rawseti(L, -2, (lua_Integer)++frame->index);
        return;
    }
    lua_pushlstring(L, child->leaf.text.data, child->leaf.text.size);
    lua_insert(L, -2);
    lua_rawset(L, -3);
}

void od_push_meta_value(lua_State *L, const od_node *value, int keeper) {
    if (keeper) keeper = lua_absindex(L, keeper);
    luaL_checkstack(L, 8, NULL);
    if (push_leaf(L, value, keeper)) return;
    od_frames frames = od_frames_begin(od_host_of(L));
    open_table(L, &frames, value);
    for (;;) {
        od_frame *const frame = od_frames_top(&frames);
        const od_node *const child = frame->child;
        if (!child) {
            od_frames_pop(&frames);
            if (!frames.depth) return;
            store_value(L, od_frames_top(&frames));
            continue;
        }
        frame->child = child->next;
        frame->pending = child;
        const od_node *const item = child->type == OD_META_ENTRY ? child->first : child;
        if (push_leaf(L, item, keeper)) store_value(L, frame);
        else open_table(L, &frames, item);
    }
}

void od_push_meta(lua_State *L, const od_node *meta, int keeper) {
    od_push_meta_value(L, meta, keeper);
    od_push_list_metatable(L, OD_LIST_META);
    lua_setmetatable(L, -2);
}

// ---- check, push --------------------------------------------------------------------------------

static document *check(lua_State *L, int index) {
    document *const value = od_to_class(L, index, OD_CLASS_PANDOC);
    if (!value) {
        lua_pushfstring(L, "Pandoc expected, got %s", od_type_name(L, index));
        lua_pushliteral(L, "\n\twhile retrieving Pandoc");
        lua_concat(L, 2);
        od_raise(L);
    }
    return value;
}

bool od_is_document(lua_State *L, int index) {
    return od_to_class(L, index, OD_CLASS_PANDOC) != NULL;
}

void od_push_document(lua_State *L, const od_node *root, const od_node *meta, int keeper) {
    if (keeper) keeper = lua_absindex(L, keeper);
    document *const value = lua_newuserdatauv(L, sizeof *value, META);
    *value = (document){root, meta};
    od_push_metatable(L, OD_CLASS_PANDOC);
    lua_setmetatable(L, -2);
    if (!keeper) return;
    lua_pushvalue(L, keeper);
    lua_setiuservalue(L, -2, KEEPER);
}

// Returns `node` fit for `store`: a document's nodes may live in the memory of another value.
static const od_node *adopt(od_store *store, int index, const od_node *node) {
    lua_State *const L = store->L;
    const bool kept = lua_getiuservalue(L, index, KEEPER) != LUA_TNIL;
    lua_pop(L, 1);
    return kept ? od_store_copy(store, node) : node;
}

void od_build_document(od_store *store, int index, const od_node **root, const od_node **meta) {
    lua_State *const L = store->L;
    const document *const value = check(L, index);
    index = lua_absindex(L, index);
    if (lua_getiuservalue(L, index, BLOCKS) != LUA_TNIL) {
        od_node *const made = od_store_header(store, value->root);
        od_build(store, made, lua_gettop(L), OD_AS_BLOCKS);
        *root = made;
    } else {
        *root = adopt(store, index, value->root);
    }
    if (lua_getiuservalue(L, index, META) != LUA_TNIL) *meta = od_build_meta(store, lua_gettop(L));
    else *meta = adopt(store, index, value->meta);
    lua_pop(L, 2);
}

// ---- properties ---------------------------------------------------------------------------------

static int place_of(lua_State *L) {
    const char *const name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    return strcmp(name, "blocks") == 0 ? BLOCKS : strcmp(name, "meta") == 0 ? META : 0;
}

static void push_property(lua_State *L, int index, int place) {
    const document *const value = check(L, index);
    if (lua_getiuservalue(L, index, place) != LUA_TNIL) return;
    lua_pop(L, 1);
    if (place == BLOCKS) od_push_blocks(L, value->root->first, index);
    else od_push_meta(L, value->meta, index);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, index, place);
}

static int index_of(lua_State *L) {
    lua_settop(L, 2);
    const int place = place_of(L);
    if (place) {
        push_property(L, 1, place);
        return 1;
    }
    lua_rawget(L, lua_upvalueindex(1));
    return 1;
}

static int new_index(lua_State *L) {
    check(L, 1);
    lua_settop(L, 3);
    const int place = place_of(L);
    if (!place) return od_error(L, "Cannot set unknown property.");
    lua_setiuservalue(L, 1, place);
    return 0;
}

static int next_member(lua_State *L) {
    static const char *const NAMES[] = {"blocks", "meta", "clone", "normalize", "walk"};
    const lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    lua_pushinteger(L, i + 1);
    lua_copy(L, -1, lua_upvalueindex(2));
    if (i >= (lua_Integer)(sizeof NAMES / sizeof *NAMES)) return 0;
    lua_pushstring(L, NAMES[i]);
    lua_getfield(L, lua_upvalueindex(1), NAMES[i]);
    return 2;
}

static int pairs(lua_State *L) {
    check(L, 1);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_member, 2);
    return 1;
}

// ---- methods ------------------------------------------------------------------------------------

static int clone(lua_State *L) {
    check(L, 1);
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    const od_node *root, *meta;
    od_build_document(&store, 1, &root, &meta);
    od_push_document(L, root, meta, 2);
    return 1;
}

static int equal(lua_State *L) {
    lua_settop(L, 2);
    lua_pushnil(L);
    bool same = od_is_document(L, 1) && od_is_document(L, 2);
    if (same) {
        od_store store = od_store_in_lua(L, 3);
        for (int i = 1; i <= 2; i++) {
            const od_node *root, *meta;
            od_build_document(&store, i, &root, &meta);
            od_push_shown_document(L, root, meta);
        }
        same = lua_rawequal(L, -1, -2);
    }
    lua_pushboolean(L, same);
    return 1;
}

static int show(lua_State *L) {
    check(L, 1);
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    const od_node *root, *meta;
    od_build_document(&store, 1, &root, &meta);
    od_push_shown_document(L, root, meta);
    return 1;
}

// Joins two lists of entries sorted by key; of two with the same key the first list's counts.
static od_node *merge_meta(od_store *store, const od_node *a, const od_node *b) {
    od_node *const merged = od_store_node(store, OD_META_MAP);
    const od_node *left = a->first, *right = b->first;
    while (left || right) {
        const int order = !left    ? 1
                          : !right ? -1
                                   : od_slice_compare(left->leaf.text, right->leaf.text);
        od_store_append(store, merged, order <= 0 ? left : right);
        if (order <= 0) left = left->next;
        if (order >= 0) right = right->next;
    }
    return merged;
}

static int concat(lua_State *L) {
    lua_settop(L, 2);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 3);
    const od_node *root[2], *meta[2];
    for (int i = 0; i < 2; i++) od_build_document(&store, i + 1, &root[i], &meta[i]);
    od_node *const joined = od_store_node(&store, OD_ROOT);
    for (int i = 0; i < 2; i++) od_store_append_all(&store, joined, root[i]->first, NULL);
    od_push_document(L, joined, merge_meta(&store, meta[1], meta[0]), 3);
    return 1;
}

// ---- constructors -------------------------------------------------------------------------------

static void set_argument(lua_State *L, const char *argument, const char *function) {
    od_host_of(L)->argument = argument;
    od_host_of(L)->function = function;
}

static int new_document(lua_State *L) {
    lua_settop(L, 2);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 3);
    od_node *const root = od_store_node(&store, OD_ROOT);
    set_argument(L, "blocks", "Pandoc");
    od_build(&store, root, 1, OD_AS_BLOCKS);
    set_argument(L, "meta", "Pandoc");
    const od_node *const meta =
        lua_isnil(L, 2) ? od_store_node(&store, OD_META_MAP) : od_build_meta(&store, 2);
    set_argument(L, NULL, NULL);
    od_push_document(L, root, meta, 3);
    return 1;
}

static int new_meta(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    set_argument(L, "meta", "Meta");
    const od_node *const meta = od_build_meta(&store, 1);
    set_argument(L, NULL, NULL);
    od_push_meta(L, meta, 2);
    return 1;
}

// MetaInlines, MetaBlocks: the first upvalue tells the type of node.
static int new_meta_list(lua_State *L) {
    const od_node_type type = (od_node_type)lua_tointeger(L, lua_upvalueindex(1));
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_node *const list = od_store_node(&store, type);
    set_argument(L, type == OD_META_INLINES ? "inlines" : "content", od_node_type_name(type));
    od_build(&store, list, 1, type == OD_META_INLINES ? OD_AS_INLINES : OD_AS_BLOCKS);
    set_argument(L, NULL, NULL);
    od_push_meta_value(L, list, 2);
    return 1;
}

static int new_meta_values(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_node *const list = od_store_node(&store, OD_META_LIST);
    set_argument(L, "values", "MetaList");
    od_build(&store, list, 1, OD_AS_META_VALUES);
    set_argument(L, NULL, NULL);
    od_push_meta_value(L, list, 2);
    return 1;
}

static int new_meta_map(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    set_argument(L, "key_value_map", "MetaMap");
    const od_node *const map = od_build_meta(&store, 1);
    set_argument(L, NULL, NULL);
    od_push_meta_value(L, map, 2);
    return 1;
}

static int new_meta_string(lua_State *L) {
    lua_settop(L, 1);
    set_argument(L, "s", "MetaString");
    if (!lua_isstring(L, 1)) od_expected(L, "string", 1);
    set_argument(L, NULL, NULL);
    lua_tostring(L, 1);
    return 1;
}

static int new_meta_bool(lua_State *L) {
    lua_pushboolean(L, lua_toboolean(L, 1));
    return 1;
}

static void open_metatable(lua_State *L) {
    static const luaL_Reg METAMETHODS[] = {{"__newindex", new_index}, {"__eq", equal},
                                           {"__tostring", show},      {"__concat", concat},
                                           {"__pairs", pairs},        {NULL, NULL}};
    static const luaL_Reg METHODS[] = {{"clone", clone}, {NULL, NULL}};
    od_new_metatable(L, OD_CLASS_PANDOC, "Pandoc");
    luaL_setfuncs(L, METAMETHODS, 0);
    luaL_newlib(L, METHODS);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "members"); // for od_add_method
    lua_pushcclosure(L, index_of, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

void od_open_document(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"Pandoc", new_document},    {"Meta", new_meta},           {"MetaMap", new_meta_map},
        {"MetaList", new_meta_values}, {"MetaString", new_meta_string}, {"MetaBool", new_meta_bool},
        {NULL, NULL}};
    open_metatable(L);
    luaL_setfuncs(L, FUNCTIONS, 0);
    static const od_node_type LISTS[] = {OD_META_INLINES, OD_META_BLOCKS};
    for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
        lua_pushinteger(L, LISTS[i]);
        lua_pushcclosure(L, new_meta_list, 1);
        lua_setfield(L, -2, od_node_type_name(LISTS[i]));
    }
}
