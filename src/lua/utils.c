#include "lua/utils.h"

#include "lua/arguments.h"
#include "lua/date.h"
#include "lua/document.h"
#include "lua/flatten.h"
#include "lua/read.h"
#include "lua/sections.h"
#include "lua/sha1.h"
#include "lua/show.h"
#include "lua/simple_table.h"
#include "lua/version.h"

// ---- stringify ----------------------------------------------------------------------------------

// An error for what has no text: elements that are parts of tables only, and foreign objects.
static void check_text(lua_State *L, od_class class) {
    static const char *const TYPES[] = {[LUA_TFUNCTION] = "Function", [LUA_TTHREAD] = "Thread"};
    const int type = lua_type(L, 1);
    if (type == LUA_TFUNCTION || type == LUA_TTHREAD)
        od_error(L, "Cannot get Attr from Type%s", TYPES[type]);
    const bool textless = class == OD_CLASS_ROW || class == OD_CLASS_TABLE_BODY ||
                          class == OD_CLASS_NONE || class > OD_CLASS_ELEMENTS;
    if (type == LUA_TUSERDATA && textless)
        od_error(L, "table expected, got %s", od_type_name(L, 1));
}

static int stringify(lua_State *L) {
    if (lua_isnone(L, 1)) return od_error(L, "Cannot get Attr from TypeNone");
    if (lua_isnil(L, 1)) return od_error(L, "Cannot get Attr from TypeNil");
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    const od_class class = od_class_at(L, 1);
    if (class == OD_CLASS_ATTR || class == OD_CLASS_LIST_ATTRIBUTES) {
        lua_pushliteral(L, "");
    } else if (class == OD_CLASS_PANDOC) {
        const od_node *root, *meta;
        od_build_document(&store, 1, &root, &meta);
        od_push_plain_document(L, root, meta);
    } else {
        check_text(L, class);
        od_node value = {.type = OD_META_LIST};
        const bool element = class != OD_CLASS_NONE && class < OD_CLASS_ELEMENTS;
        if (!element) od_build_meta_value(&store, &value, 1);
        od_push_plain(L, element ? od_build_element(&store, 1) : &value);
    }
    return 1;
}

// ---- type, equals -------------------------------------------------------------------------------

static int type_of(lua_State *L) {
    lua_settop(L, 1);
    if (luaL_getmetafield(L, 1, "__name") == LUA_TSTRING) return 1;
    lua_pushstring(L, luaL_typename(L, 1));
    return 1;
}

static int equals(lua_State *L) {
    lua_settop(L, 2);
    lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPEQ));
    return 1;
}

// ---- blocks -------------------------------------------------------------------------------------

static void check_list(lua_State *L, int index, od_class class, const char *name) {
    if (!lua_istable(L, index)) {
        lua_pushfstring(L, "table expected, got %s", od_type_name(L, index));
        od_while_retrieving(L, "list");
        od_raise(L);
    }
    const lua_Integer count = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        if (!od_to_class(L, -1, class)) {
            lua_pushfstring(L, "%s expected, got %s\n\twhile retrieving index %I", name,
                            od_type_name(L, -1), i);
            od_while_retrieving(L, "list");
            od_raise(L);
        }
        lua_pop(L, 1);
    }
}

static int blocks_to_inlines(lua_State *L) {
    od_host *const host = od_host_of(L);
    lua_settop(L, 2);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 3);
    host->function = "blocks_to_inlines";
    host->argument = "blocks";
    check_list(L, 1, OD_CLASS_BLOCK, "Block");
    host->argument = "sep";
    if (!lua_isnil(L, 2)) check_list(L, 2, OD_CLASS_INLINE, "Inline");
    host->function = NULL;
    od_node blocks = {0}, separator = {0}, flat = {0};
    od_build(&store, &blocks, 1, OD_AS_BLOCKS);
    if (!lua_isnil(L, 2)) od_build(&store, &separator, 2, OD_AS_INLINES);
    od_flatten_blocks(&store, &flat, blocks.first, lua_isnil(L, 2) ? NULL : &separator);
    od_push_inlines(L, flat.first, 3);
    return 1;
}

static int make_sections(lua_State *L) {
    od_host *const host = od_host_of(L);
    host->missing = lua_gettop(L) < 2;
    lua_settop(L, 3);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 4);
    host->function = "make_sections";
    host->argument = "baselevel";
    const bool shifted = !lua_isnil(L, 2) || host->missing;
    const int64_t base = shifted ? od_read_integer(L, 2) : OD_NO_BASE_LEVEL;
    host->argument = "blocks";
    check_list(L, 3, OD_CLASS_BLOCK, "Block");
    host->function = NULL;
    od_node blocks = {0}, sections = {0};
    od_build(&store, &blocks, 3, OD_AS_BLOCKS);
    od_make_sections(&store, &sections, blocks.first, lua_toboolean(L, 1), base);
    od_push_blocks(L, sections.first, 4);
    return 1;
}

// ---- numbers, dates, hashes ---------------------------------------------------------------------

static int to_roman_numeral(lua_State *L) {
    static const struct {
        int value;
        const char *letters;
    } NUMERALS[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
                    {50, "L"},   {40, "XL"},  {10, "X"},  {9, "IX"},   {5, "V"},   {4, "IV"},
                    {1, "I"}};
    od_host_of(L)->function = "to_roman_numeral";
    od_host_of(L)->argument = "n";
    int64_t number = od_read_integer(L, 1);
    od_host_of(L)->function = NULL;
    if (number < 0 || number >= 4000) {
        lua_pushliteral(L, "?");
        return 1;
    }
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    for (size_t i = 0; i < sizeof NUMERALS / sizeof *NUMERALS; i++)
        for (; number >= NUMERALS[i].value; number -= NUMERALS[i].value)
            luaL_addstring(&text, NUMERALS[i].letters);
    luaL_pushresult(&text);
    return 1;
}

static int normalize_date(lua_State *L) {
    static const od_signature SIGNATURE = {"normalize_date", {"date"}};
    char date[11];
    if (od_normalize_date(od_text_argument(L, &SIGNATURE, 1), date)) lua_pushstring(L, date);
    else lua_pushnil(L);
    return 1;
}

static int sha1(lua_State *L) {
    static const od_signature SIGNATURE = {"sha1", {"input"}};
    char digits[41];
    od_sha1(od_text_argument(L, &SIGNATURE, 1), digits);
    lua_pushstring(L, digits);
    return 1;
}

void od_open_utils(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"blocks_to_inlines", blocks_to_inlines},
        {"equals", equals},
        {"from_simple_table", od_from_simple_table},
        {"make_sections", make_sections},
        {"normalize_date", normalize_date},
        {"sha1", sha1},
        {"stringify", stringify},
        {"to_roman_numeral", to_roman_numeral},
        {"to_simple_table", od_to_simple_table},
        {"type", type_of},
        {"Version", od_version_of_utils},
        {NULL, NULL},
    };
    luaL_newlib(L, FUNCTIONS);
}
