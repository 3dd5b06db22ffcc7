#include "lua/attr.h"

#include "lua/read.h"

#include <stdlib.h>

// An Attr or an AttributeList. The attr never changes; what was read of an Attr or assigned to it
// is in its user values, and an AttributeList that was written to has its pairs in one, as a table
// {key, value, key, value, …}.
typedef struct attr_value {
    const od_attr *attr;
} attr_value;

enum { KEEPER = 1, IDENTIFIER, CLASSES, ATTRIBUTES, PAIRS = IDENTIFIER };

static const od_attr EMPTY;

static const char *const FIELDS[] = {
    [IDENTIFIER] = "identifier", [CLASSES] = "classes", [ATTRIBUTES] = "attributes"};

// ---- check, push --------------------------------------------------------------------------------

static const attr_value *check(lua_State *L, int index, od_class class, const char *name) {
    const attr_value *const value = od_to_class(L, index, class);
    if (!value) od_expected(L, name, index);
    return value;
}

static void push_value(lua_State *L, od_class class, const od_attr *attr, int keeper) {
    luaL_checkstack(L, 4, NULL);
    if (keeper) keeper = lua_absindex(L, keeper);
    attr_value *const value =
        lua_newuserdatauv(L, sizeof *value, class == OD_CLASS_ATTR ? ATTRIBUTES : PAIRS);
    value->attr = attr ? attr : &EMPTY;
    od_push_metatable(L, class);
    lua_setmetatable(L, -2);
    if (!keeper) return;
    lua_pushvalue(L, keeper);
    lua_setiuservalue(L, -2, KEEPER);
}

void od_push_attr(lua_State *L, const od_attr *attr, int keeper) {
    push_value(L, OD_CLASS_ATTR, attr, keeper);
}

// ---- reading ------------------------------------------------------------------------------------

typedef struct reader {
    od_store *store;
    od_attr *attr;
    const char *around; // what it is all part of, for messages; may be NULL
} reader;

static const char PAIR[] = "value\n\twhile retrieving key-value pair";
static const char KEY_OF_PAIR[] = "key\n\twhile retrieving key-value pair";

// Returns the text at `index`, copied; what it is to the attr is `what`, for messages.
static od_slice read_text(const reader *r, int index, const char *what) {
    lua_State *const L = r->store->L;
    if (lua_isstring(L, index)) return od_store_text(r->store, od_read_text(L, index));
    lua_pushfstring(L, "string expected, got %s", od_type_name(L, index));
    od_while_retrieving(L, what);
    if (r->around) od_while_retrieving(L, r->around);
    od_raise(L);
    return (od_slice){0};
}

static od_slice read_item(const reader *r, int index, size_t item) {
    lua_State *const L = r->store->L;
    if (lua_isstring(L, index)) return od_store_text(r->store, od_read_text(L, index));
    index = lua_absindex(L, index);
    lua_pushfstring(L, "index %I\n\twhile retrieving list", (lua_Integer)item);
    return read_text(r, index, lua_tostring(L, -1));
}

static void read_classes(reader *r, int index) {
    lua_State *const L = r->store->L;
    if (!lua_istable(L, index)) {
        lua_pushfstring(L, "table expected, got %s", od_type_name(L, index));
        od_while_retrieving(L, "list");
        od_raise(L);
    }
    const size_t count = (size_t)lua_rawlen(L, index);
    od_slice *const classes = od_store_alloc(r->store, count * sizeof *classes);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        classes[i] = read_item(r, -1, i + 1);
        lua_pop(L, 1);
    }
    r->attr->classes = classes;
    r->attr->class_count = count;
}

static int compare_keys(const void *a, const void *b) {
    return od_slice_compare(((const od_pair *)a)->key, ((const od_pair *)b)->key);
}

// Reads the pairs of a table with string keys, sorted; when `html`, without `id` and `class`.
static void read_map(reader *r, int index, bool html) {
    lua_State *const L = r->store->L;
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) count++;
    od_pair *const pairs = od_store_alloc(r->store, count * sizeof *pairs);
    size_t found = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        lua_pushvalue(L, -2); // lua_next wants the key as it was
        od_pair *const pair = &pairs[found];
        pair->key = read_text(r, -1, KEY_OF_PAIR);
        pair->value = read_text(r, -2, PAIR);
        lua_pop(L, 1);
        const bool special =
            html && (od_slice_is(pair->key, "id") || od_slice_is(pair->key, "class"));
        if (!special) found++;
    }
    if (found) qsort(pairs, found, sizeof *pairs, compare_keys);
    r->attr->attributes = pairs;
    r->attr->attribute_count = found;
}

static void read_pair(reader *r, int index, size_t item, od_pair *pair) {
    lua_State *const L = r->store->L;
    if (!lua_istable(L, index)) od_error(L, "table expected, got %s", od_type_name(L, index));
    lua_rawgeti(L, index, 1);
    pair->key = read_item(r, -1, item);
    lua_rawgeti(L, index, 2);
    pair->value = read_item(r, -1, item);
    lua_pop(L, 2);
}

// Reads the table {key, value, …} of an AttributeList that was written to.
static void read_flat(reader *r, int index) {
    lua_State *const L = r->store->L;
    const size_t count = (size_t)lua_rawlen(L, index) / 2;
    od_pair *const pairs = od_store_alloc(r->store, count * sizeof *pairs);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, index, 2 * (lua_Integer)i + 1);
        lua_rawgeti(L, index, 2 * (lua_Integer)i + 2);
        pairs[i].key = od_store_text(r->store, od_read_text(L, -2));
        pairs[i].value = od_store_text(r->store, od_read_text(L, -1));
        lua_pop(L, 2);
    }
    r->attr->attributes = pairs;
    r->attr->attribute_count = count;
}

// Takes over the pairs of `attr`, copied if they live in Lua's memory.
static void share_pairs(reader *r, int index, const od_attr *attr) {
    lua_State *const L = r->store->L;
    const bool kept = lua_getiuservalue(L, index, KEEPER) != LUA_TNIL;
    lua_pop(L, 1);
    const od_attr *const safe = kept ? od_store_attr(r->store, attr) : attr;
    r->attr->attributes = safe->attributes;
    r->attr->attribute_count = safe->attribute_count;
}

static void read_attribute_list(reader *r, int index) {
    lua_State *const L = r->store->L;
    index = lua_absindex(L, index);
    const attr_value *const list = od_to_class(L, index, OD_CLASS_ATTRIBUTE_LIST);
    if (list) {
        if (lua_getiuservalue(L, index, PAIRS) == LUA_TTABLE) read_flat(r, lua_gettop(L));
        else share_pairs(r, index, list->attr);
        lua_pop(L, 1);
        return;
    }
    if (lua_isuserdata(L, index)) od_expected(L, "AttributeList", index);
    if (!lua_istable(L, index)) {
        lua_pushliteral(L, "unsupported type");
        od_raise(L);
    }
    const size_t count = (size_t)lua_rawlen(L, index);
    if (!count) {
        read_map(r, index, false);
        return;
    }
    od_pair *const pairs = od_store_alloc(r->store, count * sizeof *pairs);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        read_pair(r, lua_gettop(L), i + 1, &pairs[i]);
        lua_pop(L, 1);
    }
    r->attr->attributes = pairs;
    r->attr->attribute_count = count;
}

// The words of an HTML class attribute.
static void split_classes(reader *r, od_slice text) {
    size_t count = 0;
    od_word_kind kind;
    od_slice word;
    for (od_slice rest = text; od_words(&rest, &kind, &word);) count += kind == OD_WORD;
    od_slice *const classes = od_store_alloc(r->store, count * sizeof *classes);
    count = 0;
    for (od_slice rest = text; od_words(&rest, &kind, &word);)
        if (kind == OD_WORD) classes[count++] = od_store_text(r->store, word);
    r->attr->classes = classes;
    r->attr->class_count = count;
}

static void read_html_table(reader *r, int index) {
    lua_State *const L = r->store->L;
    const char *const around = r->around;
    r->around = around ? "HTML-like attributes\n\twhile retrieving Attr" : "HTML-like attributes";
    if (lua_getfield(L, index, "id") != LUA_TNIL) r->attr->identifier = read_text(r, -1, PAIR);
    if (lua_getfield(L, index, "class") != LUA_TNIL) split_classes(r, read_text(r, -1, PAIR));
    lua_pop(L, 2);
    read_map(r, index, true);
    r->around = around;
}

// Whether the first `count` items of the table at `index` are texts.
static bool are_texts(lua_State *L, int index, size_t count) {
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        good = lua_isstring(L, -1);
        lua_pop(L, 1);
    }
    return good;
}

static bool are_pairs(lua_State *L, int index) {
    bool good = true;
    const size_t count = (size_t)lua_rawlen(L, index);
    for (size_t i = 0; good && i < count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        good = !lua_istable(L, -1) || are_texts(L, lua_gettop(L), 2); // others are an error
        lua_pop(L, 1);
    }
    if (count) return good;
    for (lua_pushnil(L); good && lua_next(L, index);) {
        good = lua_isstring(L, -1) && lua_isstring(L, -2);
        lua_pop(L, good ? 1 : 2);
    }
    return good;
}

// Reads what may be there as classes or attributes; what cannot be read counts as nothing.
static void read_optional(reader *r, int index, bool classes) {
    lua_State *const L = r->store->L;
    const bool table = lua_istable(L, index);
    if (classes) {
        if (table && are_texts(L, index, (size_t)lua_rawlen(L, index))) read_classes(r, index);
    } else if (table ? are_pairs(L, index)
                     : od_to_class(L, index, OD_CLASS_ATTRIBUTE_LIST) != NULL) {
        read_attribute_list(r, index);
    }
}

static void read_table(reader *r, int index) {
    lua_State *const L = r->store->L;
    if (!lua_rawlen(L, index)) {
        read_html_table(r, index);
        return;
    }
    lua_rawgeti(L, index, 1);
    r->attr->identifier = read_text(r, -1, "raw index '1'");
    lua_rawgeti(L, index, 2);
    read_optional(r, lua_gettop(L), true);
    lua_rawgeti(L, index, 3);
    read_optional(r, lua_gettop(L), false);
    lua_pop(L, 3);
}

// Takes the fields of an Attr that were read or assigned.
static void read_fields(reader *r, int index) {
    lua_State *const L = r->store->L;
    if (lua_getiuservalue(L, index, IDENTIFIER) != LUA_TNIL)
        r->attr->identifier = od_store_text(r->store, od_read_text(L, -1));
    if (lua_getiuservalue(L, index, CLASSES) != LUA_TNIL) read_classes(r, lua_gettop(L));
    if (lua_getiuservalue(L, index, ATTRIBUTES) != LUA_TNIL)
        read_attribute_list(r, lua_gettop(L));
    lua_pop(L, 3);
}

static bool untouched(lua_State *L, int index) {
    for (int i = IDENTIFIER; i <= ATTRIBUTES; i++) {
        const bool nil = lua_getiuservalue(L, index, i) == LUA_TNIL;
        lua_pop(L, 1);
        if (!nil) return false;
    }
    return true;
}

static const od_attr *read_userdata(od_store *store, int index, const attr_value *value) {
    lua_State *const L = store->L;
    const bool kept = lua_getiuservalue(L, index, KEEPER) != LUA_TNIL;
    lua_pop(L, 1);
    if (untouched(L, index) && !kept) return value->attr;
    od_attr *const attr = od_store_alloc(store, sizeof *attr);
    *attr = kept ? *od_store_attr(store, value->attr) : *value->attr;
    read_fields(&(reader){store, attr, NULL}, index);
    return attr;
}

static const char *haskell_type(lua_State *L, int index) {
    static const char *const NAMES[] = {
        [LUA_TNIL] = "TypeNil",           [LUA_TBOOLEAN] = "TypeBoolean",
        [LUA_TNUMBER] = "TypeNumber",     [LUA_TFUNCTION] = "TypeFunction",
        [LUA_TTHREAD] = "TypeThread",     [LUA_TLIGHTUSERDATA] = "TypeLightUserdata",
        [LUA_TUSERDATA] = "TypeUserdata", [LUA_TSTRING] = "TypeString",
        [LUA_TTABLE] = "TypeTable",
    };
    const int type = lua_type(L, index);
    return type == LUA_TNONE ? "TypeNone" : NAMES[type];
}

const od_attr *od_read_attr(od_store *store, int index) {
    lua_State *const L = store->L;
    luaL_checkstack(L, 12, NULL);
    index = lua_absindex(L, index);
    const attr_value *const value = od_to_class(L, index, OD_CLASS_ATTR);
    if (value) return read_userdata(store, index, value);
    od_attr *const attr = od_store_alloc(store, sizeof *attr);
    reader r = {store, attr, "Attr"};
    const int type = lua_type(L, index);
    if (type == LUA_TSTRING) attr->identifier = od_store_text(store, od_read_text(L, index));
    else if (type == LUA_TTABLE) read_table(&r, index);
    else if (type == LUA_TUSERDATA) od_expected(L, "Attr", index);
    else od_error(L, "Cannot get Attr from %s", haskell_type(L, index));
    return attr;
}

// ---- fields of an Attr --------------------------------------------------------------------------

static void push_classes(lua_State *L, const od_attr *attr) {
    lua_createtable(L, (int)attr->class_count, 0);
    for (size_t i = 0; i < attr->class_count; i++) {
        lua_pushlstring(L, attr->classes[i].data, attr->classes[i].size);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
}

static int field_place(const char *name) {
    for (int i = IDENTIFIER; i <= ATTRIBUTES; i++)
        if (strcmp(name, FIELDS[i]) == 0) return i;
    return 0;
}

void od_attr_get(lua_State *L, int index, const char *name) {
    index = lua_absindex(L, index);
    const attr_value *const value = check(L, index, OD_CLASS_ATTR, "Attr");
    const int place = field_place(name);
    if (!place) {
        if (strcmp(name, "tag") == 0 || strcmp(name, "t") == 0) lua_pushliteral(L, "Attr");
        else lua_pushnil(L);
        return;
    }
    if (lua_getiuservalue(L, index, place) != LUA_TNIL) return;
    lua_pop(L, 1);
    if (place == IDENTIFIER) {
        lua_pushlstring(L, value->attr->identifier.data, value->attr->identifier.size);
        return;
    }
    if (place == CLASSES) push_classes(L, value->attr);
    else push_value(L, OD_CLASS_ATTRIBUTE_LIST, value->attr, index);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, index, place);
}

void od_attr_set(lua_State *L, int index, const char *name) {
    index = lua_absindex(L, index);
    check(L, index, OD_CLASS_ATTR, "Attr");
    const int place = field_place(name);
    if (strcmp(name, "tag") == 0 || strcmp(name, "t") == 0)
        od_error(L, "'%s' is a read-only property.", "tag");
    if (!place) od_error(L, "Cannot set unknown property.");
    lua_setiuservalue(L, index, place);
}

static int attr_clone(lua_State *L) {
    check(L, 1, OD_CLASS_ATTR, "Attr");
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_push_attr(L, od_store_attr(&store, od_read_attr(&store, 1)), 2);
    return 1;
}

static int attr_index(lua_State *L) {
    const char *const name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    if (strcmp(name, "clone") == 0) lua_pushcfunction(L, attr_clone);
    else od_attr_get(L, 1, name);
    return 1;
}

static int attr_new_index(lua_State *L) {
    const char *const name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    lua_settop(L, 3);
    od_attr_set(L, 1, name);
    return 0;
}

static int next_attr_field(lua_State *L) {
    static const char *const ORDER[] = {"attributes", "classes", "identifier", "tag"};
    const lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
    lua_pushinteger(L, i + 1);
    lua_copy(L, -1, lua_upvalueindex(2));
    if (i > 4) return 0;
    lua_pushstring(L, i == 4 ? "clone" : ORDER[i]);
    if (i == 4) lua_pushcfunction(L, attr_clone);
    else od_attr_get(L, lua_upvalueindex(1), ORDER[i]);
    return 2;
}

static int attr_pairs(lua_State *L) {
    check(L, 1, OD_CLASS_ATTR, "Attr");
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_attr_field, 2);
    return 1;
}

static bool same_attr(const od_attr *a, const od_attr *b) {
    if (!od_slice_equal(a->identifier, b->identifier) || a->class_count != b->class_count ||
        a->attribute_count != b->attribute_count)
        return false;
    for (size_t i = 0; i < a->class_count; i++)
        if (!od_slice_equal(a->classes[i], b->classes[i])) return false;
    for (size_t i = 0; i < a->attribute_count; i++)
        if (!od_slice_equal(a->attributes[i].key, b->attributes[i].key) ||
            !od_slice_equal(a->attributes[i].value, b->attributes[i].value))
            return false;
    return true;
}

static bool readable_as_attr(lua_State *L, int index) {
    const int type = lua_type(L, index);
    return type == LUA_TSTRING || type == LUA_TTABLE || od_to_class(L, index, OD_CLASS_ATTR);
}

static int attr_equal(lua_State *L) {
    lua_settop(L, 2);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 3);
    lua_pushboolean(L, readable_as_attr(L, 1) && readable_as_attr(L, 2) &&
                           same_attr(od_read_attr(&store, 1), od_read_attr(&store, 2)));
    return 1;
}

int od_attr_new(lua_State *L) {
    lua_settop(L, 3);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 4);
    od_attr *const attr = od_store_alloc(&store, sizeof *attr);
    reader r = {&store, attr, NULL};
    const int type = lua_type(L, 1);
    if (type == LUA_TSTRING) {
        attr->identifier = od_store_text(&store, od_read_text(L, 1));
        read_optional(&r, 2, true);
        read_optional(&r, 3, false);
    } else if (type == LUA_TTABLE) {
        read_table(&r, 1);
    } else if (od_to_class(L, 1, OD_CLASS_ATTR)) {
        *attr = *od_store_attr(&store, od_read_attr(&store, 1));
    } else if (type == LUA_TUSERDATA) {
        read_attribute_list(&r, 1);
        *attr = *od_store_attr(&store, attr);
    } else if (type != LUA_TNIL) {
        return od_error(L, "Cannot create Attr from %s", haskell_type(L, 1));
    }
    od_push_attr(L, attr, 4);
    return 1;
}

// ---- AttributeList ------------------------------------------------------------------------------

static const attr_value *check_list(lua_State *L, int index) {
    return check(L, index, OD_CLASS_ATTRIBUTE_LIST, "AttributeList");
}

// Pushes the table {key, value, …} of the list at 1, made when there is none yet.
static void push_pairs(lua_State *L) {
    const attr_value *const list = check_list(L, 1);
    if (lua_getiuservalue(L, 1, PAIRS) == LUA_TTABLE) return;
    lua_pop(L, 1);
    const od_attr *const attr = list->attr;
    lua_createtable(L, (int)attr->attribute_count * 2, 0);
    for (size_t i = 0; i < attr->attribute_count; i++) {
        lua_pushlstring(L, attr->attributes[i].key.data, attr->attributes[i].key.size);
        lua_rawseti(L, -2, 2 * (lua_Integer)i + 1);
        lua_pushlstring(L, attr->attributes[i].value.data, attr->attributes[i].value.size);
        lua_rawseti(L, -2, 2 * (lua_Integer)i + 2);
    }
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, 1, PAIRS);
}

// Returns the place (from 1) of the key at 2 in the table of pairs at `pairs`, 0 for none.
static lua_Integer find_key(lua_State *L, int pairs) {
    const lua_Integer size = (lua_Integer)lua_rawlen(L, pairs);
    for (lua_Integer i = 1; i < size; i += 2) {
        lua_rawgeti(L, pairs, i);
        const bool found = lua_rawequal(L, -1, 2);
        lua_pop(L, 1);
        if (found) return i;
    }
    return 0;
}

static void push_pair(lua_State *L, int pairs, lua_Integer place) {
    lua_createtable(L, 2, 0);
    lua_rawgeti(L, pairs, place);
    lua_rawseti(L, -2, 1);
    lua_rawgeti(L, pairs, place + 1);
    lua_rawseti(L, -2, 2);
}

// A number that is no place.
static void wrong_key(lua_State *L) {
    od_host_of(L)->function = "";
    od_host_of(L)->argument = "key";
    od_expected(L, "Integral", 2);
}

static int list_index(lua_State *L) {
    const attr_value *const list = check_list(L, 1);
    lua_settop(L, 2);
    if (lua_type(L, 2) == LUA_TSTRING && lua_getiuservalue(L, 1, PAIRS) != LUA_TTABLE) {
        const od_slice key = od_read_text(L, 2);
        for (size_t i = 0; i < list->attr->attribute_count; i++) {
            const od_pair *const pair = &list->attr->attributes[i];
            if (!od_slice_equal(pair->key, key)) continue;
            lua_pushlstring(L, pair->value.data, pair->value.size);
            return 1;
        }
        return 0;
    }
    lua_settop(L, 2);
    push_pairs(L);
    if (lua_type(L, 2) == LUA_TSTRING) {
        const lua_Integer place = find_key(L, 3);
        if (!place) return 0;
        lua_rawgeti(L, 3, place + 1);
        return 1;
    }
    int whole;
    const lua_Integer number = lua_tointegerx(L, 2, &whole);
    if (!whole && lua_type(L, 2) == LUA_TNUMBER) wrong_key(L);
    if (!whole || number < 1 || number > (lua_Integer)lua_rawlen(L, 3) / 2) return 0;
    push_pair(L, 3, 2 * number - 1);
    return 1;
}

static void remove_pair(lua_State *L, int pairs, lua_Integer place) {
    const lua_Integer size = (lua_Integer)lua_rawlen(L, pairs);
    for (lua_Integer i = place; i + 2 <= size; i++) {
        lua_rawgeti(L, pairs, i + 2);
        lua_rawseti(L, pairs, i);
    }
    for (lua_Integer i = size; i > size - 2; i--) {
        lua_pushnil(L);
        lua_rawseti(L, pairs, i);
    }
}

static void set_key(lua_State *L) {
    const lua_Integer place = find_key(L, 4);
    if (lua_isnil(L, 3)) {
        if (place) remove_pair(L, 4, place);
        return;
    }
    if (lua_istable(L, 3)) { // a pair, which has its place only under a number
        od_host_of(L)->function = "";
        od_host_of(L)->argument = "value";
        for (lua_Integer i = 1; i <= 2; i++) {
            lua_rawgeti(L, 3, i);
            od_read_text(L, -1);
        }
        od_error(L, "invalid attribute value");
    }
    if (!lua_isstring(L, 3)) od_error(L, "table expected, got %s", od_type_name(L, 3));
    lua_tostring(L, 3);
    const lua_Integer at = place ? place : (lua_Integer)lua_rawlen(L, 4) + 1;
    lua_pushvalue(L, 2);
    lua_rawseti(L, 4, at);
    lua_pushvalue(L, 3);
    lua_rawseti(L, 4, at + 1);
}

static void set_number(lua_State *L, lua_Integer number) {
    const lua_Integer count = (lua_Integer)lua_rawlen(L, 4) / 2;
    if (number < 1) number = 1;
    if (lua_isnil(L, 3)) {
        if (number <= count) remove_pair(L, 4, 2 * number - 1);
        return;
    }
    if (number > count) number = count + 1;
    if (lua_isstring(L, 3) && number <= count) {
        lua_tostring(L, 3);
        lua_pushvalue(L, 3);
        lua_rawseti(L, 4, 2 * number);
        return;
    }
    if (!lua_istable(L, 3))
        od_error(L, "trying to set an attribute key-value pair, "
                      "but got a single string instead.");
    od_host_of(L)->function = "";
    od_host_of(L)->argument = "value";
    for (lua_Integer i = 1; i <= 2; i++) {
        lua_rawgeti(L, 3, i);
        od_read_text(L, -1);
        lua_rawseti(L, 4, 2 * number - 2 + i);
    }
    od_host_of(L)->function = NULL;
}

static int list_new_index(lua_State *L) {
    lua_settop(L, 3);
    push_pairs(L);
    int whole;
    const lua_Integer number = lua_tointegerx(L, 2, &whole);
    if (lua_type(L, 2) == LUA_TSTRING) set_key(L);
    else if (whole) set_number(L, number);
    else if (lua_type(L, 2) == LUA_TNUMBER) wrong_key(L);
    else od_error(L, "invalid attribute key");
    return 0;
}

static int list_length(lua_State *L) {
    lua_settop(L, 1);
    push_pairs(L);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 2) / 2);
    return 1;
}

static int next_pair(lua_State *L) {
    const lua_Integer place = lua_tointeger(L, lua_upvalueindex(2));
    lua_pushinteger(L, place + 2);
    lua_copy(L, -1, lua_upvalueindex(2));
    if (lua_rawgeti(L, lua_upvalueindex(1), place) == LUA_TNIL) return 0;
    lua_rawgeti(L, lua_upvalueindex(1), place + 1);
    return 2;
}

// Goes over the pairs as they are now, so that the list may be changed meanwhile.
static int list_pairs(lua_State *L) {
    lua_settop(L, 1);
    push_pairs(L);
    const lua_Integer size = (lua_Integer)lua_rawlen(L, 2);
    lua_createtable(L, (int)size, 0);
    for (lua_Integer i = 1; i <= size; i++) {
        lua_rawgeti(L, 2, i);
        lua_rawseti(L, 3, i);
    }
    lua_pushinteger(L, 1);
    lua_pushcclosure(L, next_pair, 2);
    return 1;
}

static bool readable_as_list(lua_State *L, int index) {
    return lua_istable(L, index) || od_to_class(L, index, OD_CLASS_ATTRIBUTE_LIST);
}

static int list_equal(lua_State *L) {
    lua_settop(L, 2);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 3);
    od_attr a = {0}, b = {0};
    bool equal = readable_as_list(L, 1) && readable_as_list(L, 2);
    if (equal) {
        read_attribute_list(&(reader){&store, &a, NULL}, 1);
        read_attribute_list(&(reader){&store, &b, NULL}, 2);
        equal = same_attr(&a, &b);
    }
    lua_pushboolean(L, equal);
    return 1;
}

const od_attr *od_read_attribute_list(od_store *store, int index) {
    od_attr *const attr = od_store_alloc(store, sizeof *attr);
    read_attribute_list(&(reader){store, attr, NULL}, index);
    return attr;
}

int od_attribute_list_new(lua_State *L) {
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_attr *const attr = od_store_alloc(&store, sizeof *attr);
    od_host_of(L)->function = "AttributeList";
    od_host_of(L)->argument = "attribs";
    read_attribute_list(&(reader){&store, attr, NULL}, 1);
    od_host_of(L)->function = NULL;
    push_value(L, OD_CLASS_ATTRIBUTE_LIST, od_store_attr(&store, attr), 2);
    return 1;
}

void od_open_attr(lua_State *L) {
    static const luaL_Reg ATTR[] = {{"__index", attr_index},
                                    {"__newindex", attr_new_index},
                                    {"__eq", attr_equal},
                                    {"__pairs", attr_pairs},
                                    {NULL, NULL}};
    static const luaL_Reg LIST[] = {{"__index", list_index}, {"__newindex", list_new_index},
                                    {"__len", list_length},  {"__pairs", list_pairs},
                                    {"__eq", list_equal},    {NULL, NULL}};
    od_new_metatable(L, OD_CLASS_ATTR, "Attr");
    luaL_setfuncs(L, ATTR, 0);
    od_new_metatable(L, OD_CLASS_ATTRIBUTE_LIST, "AttributeList");
    luaL_setfuncs(L, LIST, 0);
    lua_pop(L, 2);
}
