#include "lua/methods.h"

#include "lua/attr.h"
#include "lua/document.h"
#include "lua/list.h"
#include "lua/normalize.h"
#include "lua/show.h"
#include "lua/walk.h"

static od_element *check(lua_State *L, int index) {
    od_element *const element = od_to_element(L, index);
    if (!element) od_expected(L, "element", index);
    return element;
}

// Pushes an element over `node`, which `store` made or which is that of the element at 1.
static void push_result(lua_State *L, const od_node *node, const od_store *store) {
    const od_element *const given = lua_touserdata(L, 1);
    const bool own = node == given->node;
    od_push_own_element(L, node, own ? 1 : store->keeper, 0, NULL);
}

static int element_clone(lua_State *L) {
    check(L, 1);
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    push_result(L, od_build_element(&store, 1), &store);
    return 1;
}

static int element_tostring(lua_State *L) {
    check(L, 1);
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_push_shown(L, od_build_element(&store, 1));
    return 1;
}

static int element_equal(lua_State *L) {
    lua_settop(L, 2);
    lua_pushnil(L);
    const od_class class = od_class_at(L, 1);
    bool equal = class != OD_CLASS_NONE && class < OD_CLASS_ELEMENTS && od_class_at(L, 2) == class;
    if (equal) {
        od_store store = od_store_in_lua(L, 3);
        const od_node *const a = od_build_element(&store, 1);
        equal = od_nodes_equal(L, a, od_build_element(&store, 2));
    }
    lua_pushboolean(L, equal);
    return 1;
}

// Cuts the arguments of a walk to two; without a filter it is an empty one.
static void take_arguments(lua_State *L) {
    if (lua_isnone(L, 2)) lua_newtable(L);
    lua_settop(L, 2);
}

static int element_walk(lua_State *L) {
    check(L, 1);
    take_arguments(L);
    lua_pushvalue(L, 1); // the result depends on what the element does
    od_store store = od_store_in_lua(L, 3);
    const od_node *const node = od_build_element(&store, 1);
    const od_functions functions = od_read_functions(L, 2);
    push_result(L, od_walk(&store, &functions, node), &store);
    return 1;
}

static int document_walk(lua_State *L) {
    take_arguments(L);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 3);
    const od_node *root, *meta;
    od_build_document(&store, 1, &root, &meta);
    const od_functions functions = od_read_functions(L, 2);
    od_walk_document(&store, &functions, &root, &meta);
    od_push_document(L, root, meta, 3);
    return 1;
}

// ---- Inlines and Blocks -------------------------------------------------------------------------

// Returns a node whose children are the list at 1.
static od_node *build_list(od_store *store, od_list_kind kind) {
    const bool inlines = kind == OD_LIST_INLINES;
    od_host *const host = od_host_of(store->L);
    od_node *const node = od_store_node(store, inlines ? OD_META_INLINES : OD_META_BLOCKS);
    host->function = ""; // methods of lists have no name in pandoc's messages
    host->argument = "self";
    od_build(store, node, 1, inlines ? OD_AS_INLINES : OD_AS_BLOCKS);
    host->function = NULL;
    return node;
}

static int list_walk(lua_State *L, od_list_kind kind) {
    take_arguments(L);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 3);
    const od_node *node = build_list(&store, kind);
    const od_functions functions = od_read_functions(L, 2);
    node = od_walk(&store, &functions, node);
    od_push_meta_value(L, node, 3);
    return 1;
}

static int list_clone(lua_State *L, od_list_kind kind) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_push_meta_value(L, build_list(&store, kind), 2);
    return 1;
}

static int list_tostring(lua_State *L, od_list_kind kind) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_node *const node = build_list(&store, kind);
    node->type = OD_ITEM; // shown as a bare list
    od_push_shown(L, node);
    return 1;
}

static int inlines_walk(lua_State *L) {
    return list_walk(L, OD_LIST_INLINES);
}

static int inlines_clone(lua_State *L) {
    return list_clone(L, OD_LIST_INLINES);
}

static int inlines_tostring(lua_State *L) {
    return list_tostring(L, OD_LIST_INLINES);
}

static int blocks_walk(lua_State *L) {
    return list_walk(L, OD_LIST_BLOCKS);
}

static int blocks_clone(lua_State *L) {
    return list_clone(L, OD_LIST_BLOCKS);
}

static int blocks_tostring(lua_State *L) {
    return list_tostring(L, OD_LIST_BLOCKS);
}

// ---- Attr ---------------------------------------------------------------------------------------

static int attribute_list_tostring(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_push_shown_attributes(L, od_read_attribute_list(&store, 1));
    return 1;
}

static int attr_tostring(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_push_shown_attr(L, od_read_attr(&store, 1));
    return 1;
}

// ---- walk_block, walk_inline --------------------------------------------------------------------

static int walk_fuzzy(lua_State *L, od_shape shape, const char *function, const char *argument) {
    take_arguments(L);
    lua_pushvalue(L, 1);
    od_store store = od_store_in_lua(L, 3);
    od_host *const host = od_host_of(L);
    host->function = function;
    host->argument = argument;
    const bool fits = shape == OD_AS_BLOCKS
                          ? od_to_class(L, 1, OD_CLASS_BLOCK) || od_is_inlines(L, 1)
                          : lua_type(L, 1) == LUA_TSTRING || od_to_class(L, 1, OD_CLASS_INLINE);
    if (!fits && shape == OD_AS_BLOCKS) od_expected(L, "Block or list of Inlines", 1);
    if (!fits) od_raise_no_inline(L, 1);
    od_node list = {0};
    if (shape == OD_AS_BLOCKS && lua_istable(L, 1)) {
        od_node *const plain = od_store_node(&store, OD_PLAIN);
        od_build(&store, plain, 1, OD_AS_INLINES);
        od_store_link(&list, plain);
    } else {
        od_build(&store, &list, 1, shape);
    }
    host->function = NULL;
    const od_functions functions = od_read_functions(L, 2);
    od_push_own_element(L, od_walk(&store, &functions, list.first), 3, 0, NULL);
    return 1;
}

int od_walk_block(lua_State *L) {
    return walk_fuzzy(L, OD_AS_BLOCKS, "walk_block", "block");
}

int od_walk_inline(lua_State *L) {
    return walk_fuzzy(L, OD_AS_INLINES, "walk_inline", "inline");
}

// ---- registering --------------------------------------------------------------------------------

void od_open_methods(lua_State *L) {
    for (int i = OD_CLASS_NONE + 1; i < OD_CLASS_ELEMENTS; i++) {
        const od_class class = (od_class)i;
        if (class != OD_CLASS_CELL) od_add_method(L, class, "clone", element_clone);
        od_add_method(L, class, "__tostring", element_tostring);
        od_add_method(L, class, "__eq", element_equal);
        const bool walks = class == OD_CLASS_INLINE || class == OD_CLASS_BLOCK ||
                           class == OD_CLASS_CELL || class == OD_CLASS_ROW;
        if (walks) od_add_method(L, class, "walk", element_walk);
    }
    od_add_method(L, OD_CLASS_BLOCK, "show", element_tostring);
    od_add_method(L, OD_CLASS_PANDOC, "normalize", od_normalize_document);
    od_add_method(L, OD_CLASS_PANDOC, "walk", document_walk);
    od_add_list_method(L, OD_LIST_INLINES, "walk", inlines_walk);
    od_add_list_method(L, OD_LIST_INLINES, "clone", inlines_clone);
    od_add_list_method(L, OD_LIST_INLINES, "__tostring", inlines_tostring);
    od_add_list_method(L, OD_LIST_BLOCKS, "walk", blocks_walk);
    od_add_list_method(L, OD_LIST_BLOCKS, "clone", blocks_clone);
    od_add_list_method(L, OD_LIST_BLOCKS, "__tostring", blocks_tostring);
    od_push_metatable(L, OD_CLASS_ATTRIBUTE_LIST);
    lua_pushcfunction(L, attribute_list_tostring);
    lua_setfield(L, -2, "__tostring");
    lua_pop(L, 1);
    od_push_metatable(L, OD_CLASS_ATTR);
    lua_pushcfunction(L, attr_tostring);
    lua_setfield(L, -2, "__tostring");
    lua_pop(L, 1);
}
