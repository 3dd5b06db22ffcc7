#include "lua/arguments.h"

#include "lua/build.h"
#include "lua/document.h"

#include <stdarg.h>
#include <stdio.h>

void od_begin_argument(lua_State *L, const od_signature *signature, int index) {
    od_host *const host = od_host_of(L);
    host->function = signature->function;
    host->argument = signature->arguments[index - 1];
    host->missing = lua_isnone(L, index);
    host->item = 0;
}

void od_end_argument(lua_State *L) {
    od_host_of(L)->function = NULL;
}

od_slice od_text_argument(lua_State *L, const od_signature *signature, int index) {
    od_begin_argument(L, signature, index);
    const od_slice text = od_read_text(L, index);
    od_end_argument(L);
    return text;
}

int64_t od_integer_argument(lua_State *L, const od_signature *signature, int index) {
    od_begin_argument(L, signature, index);
    const int64_t number = od_read_integer(L, index);
    od_end_argument(L);
    return number;
}

lua_Integer od_list_argument(lua_State *L, const od_signature *signature, int index) {
    od_begin_argument(L, signature, index);
    if (!lua_istable(L, index)) {
        lua_pushfstring(L, "table expected, got %s", od_type_name(L, index));
        od_while_retrieving(L, "list");
        od_raise(L);
    }
    od_end_argument(L);
    return (lua_Integer)lua_rawlen(L, index);
}

od_slice od_push_text_item(lua_State *L, const od_signature *signature, int index,
                           lua_Integer item) {
    od_begin_argument(L, signature, index);
    od_host_of(L)->item = (uint64_t)item;
    lua_rawgeti(L, index, item);
    const od_slice text = od_read_text(L, -1);
    od_host_of(L)->item = 0;
    od_end_argument(L);
    return text;
}

const od_node *od_blocks_argument(od_store *store, const od_signature *signature, int index) {
    lua_State *const L = store->L;
    if (od_is_document(L, index)) {
        const od_node *root, *meta;
        od_build_document(store, index, &root, &meta);
        return root;
    }
    od_begin_argument(L, signature, index);
    od_node *const root = od_store_node(store, OD_ROOT);
    od_build(store, root, index, OD_AS_BLOCKS);
    od_end_argument(L);
    return root;
}

int od_argument_error(lua_State *L, const od_signature *signature, int index,
                      const char *expected) {
    od_begin_argument(L, signature, index);
    return od_expected(L, expected, index);
}

int od_raise_argument(lua_State *L, const od_signature *signature, int index) {
    od_begin_argument(L, signature, index);
    return od_raise(L);
}

