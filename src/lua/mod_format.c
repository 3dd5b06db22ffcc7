// pandoc.format: which extensions formats have. pandoc.types: Version, Sources.
#include "lua/modules.h"

#include "document/format.h"
#include "lua/options.h"
#include "lua/version.h"

#include <strings.h>

void od_push_extensions(lua_State *L, const od_extensions *set) {
    lua_newtable(L);
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
    lua_Integer count = 0;
    for (int i = 0; i < OD_EXTENSION_COUNT; i++) {
        if (!od_extensions_have(set, (od_extension)i)) continue;
        lua_pushstring(L, od_extension_name((od_extension)i));
        lua_rawseti(L, -2, ++count);
    }
}

static int all_extensions(lua_State *L) {
    static const od_signature SIGNATURE = {"all_extensions", {"format"}};
    od_extensions set, defaults;
    od_format_extensions(od_text_argument(L, &SIGNATURE, 1), &set, &defaults);
    od_push_extensions(L, &set);
    return 1;
}

static int default_extensions(lua_State *L) {
    static const od_signature SIGNATURE = {"default_extensions", {"format"}};
    od_extensions all, set;
    od_format_extensions(od_text_argument(L, &SIGNATURE, 1), &all, &set);
    od_push_extensions(L, &set);
    return 1;
}

static int extensions(lua_State *L) {
    static const od_signature SIGNATURE = {"extensions", {"format"}};
    const od_slice format = od_text_argument(L, &SIGNATURE, 1);
    od_extensions all, defaults;
    od_format_extensions(format, &all, &defaults);
    lua_newtable(L);
    for (int i = 0; i < OD_EXTENSION_COUNT; i++) {
        if (!od_extensions_have(&all, (od_extension)i)) continue;
        lua_pushboolean(L, od_extensions_have(&defaults, (od_extension)i));
        lua_setfield(L, -2, od_extension_name((od_extension)i));
    }
    return 1;
}

// Formats by the extensions of file names.
static const char *const PATHS[][2] = {
    {"1", "man"}, {"2", "man"}, {"3", "man"}, {"4", "man"}, {"5", "man"}, {"6", "man"},
    {"7", "man"}, {"8", "man"}, {"9", "man"}, {"adoc", "asciidoc"}, {"asciidoc", "asciidoc"},
    {"bib", "biblatex"}, {"csv", "csv"}, {"ctx", "context"}, {"db", "docbook"}, {"dj", "djot"},
    {"docx", "docx"}, {"dokuwiki", "dokuwiki"}, {"epub", "epub"}, {"fb2", "fb2"}, {"htm", "html"},
    {"html", "html"}, {"icml", "icml"}, {"ipynb", "ipynb"}, {"json", "json"}, {"latex", "latex"},
    {"lhs", "markdown"}, {"ltx", "latex"}, {"markdown", "markdown"}, {"markua", "markua"},
    {"md", "markdown"}, {"ms", "ms"}, {"muse", "muse"}, {"native", "native"}, {"odt", "odt"},
    {"opml", "opml"}, {"org", "org"}, {"pdf", "pdf"}, {"pod", "pod"}, {"pptx", "pptx"},
    {"roff", "ms"}, {"rst", "rst"}, {"rtf", "rtf"}, {"s5", "s5"}, {"t2t", "t2t"}, {"tei", "tei"},
    {"tex", "latex"}, {"texinfo", "texinfo"}, {"text", "markdown"}, {"textile", "textile"},
    {"tsv", "tsv"}, {"txt", "markdown"}, {"typ", "typst"}, {"wiki", "mediawiki"},
    {"xhtml", "html"}, {"xlsx", "xlsx"}, {"xml", "xml"},
};

static const char *format_of_path(od_slice path) {
    size_t dot = path.size;
    while (dot && path.data[dot - 1] != '.' && path.data[dot - 1] != '/') dot--;
    if (!dot || path.data[dot - 1] != '.') return NULL;
    const od_slice extension = od_slice_from(path, dot);
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
        if (strlen(PATHS[i][0]) == extension.size &&
            strncasecmp(PATHS[i][0], extension.data, extension.size) == 0)
            return PATHS[i][1];
    return NULL;
}

static int from_path(lua_State *L) {
    static const od_signature SIGNATURE = {"from_path", {"path"}};
    lua_settop(L, 1);
    const bool is_list = lua_istable(L, 1);
    const lua_Integer count = is_list ? (lua_Integer)lua_rawlen(L, 1) : 1;
    for (lua_Integer i = 1; i <= count; i++) {
        const od_slice path = is_list ? od_push_text_item(L, &SIGNATURE, 1, i)
                                      : od_text_argument(L, &SIGNATURE, 1);
        const char *const format = format_of_path(path);
        if (!format) continue;
        lua_pushstring(L, format);
        return 1;
    }
    lua_pushnil(L);
    return 1;
}

void od_open_format(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"all_extensions", all_extensions},
        {"default_extensions", default_extensions},
        {"extensions", extensions},
        {"from_path", from_path},
        {NULL, NULL},
    };
    luaL_newlib(L, FUNCTIONS);
}

// ---- types --------------------------------------------------------------------------------------

static const char SOURCES_KEY; // its address is the key of the metatable of Sources

static int sources_to_string(lua_State *L) {
    const lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, 1, i);
        lua_getfield(L, -1, "text");
        size_t size;
        const char *const text = lua_tolstring(L, -1, &size);
        lua_getfield(L, -2, "name");
        const bool named = lua_rawlen(L, -1) > 0;
        lua_pop(L, 1);
        lua_remove(L, -2);
        luaL_addvalue(&out);
        // A file that ends within a line does not run into the next.
        if (named && (!size || text[size - 1] != '\n') && i < count) luaL_addchar(&out, '\n');
    }
    luaL_pushresult(&out);
    return 1;
}

// Pushes a source {name, text}, both from the top of the stack.
static void push_source(lua_State *L) {
    lua_createtable(L, 0, 2);
    lua_insert(L, -3);
    lua_setfield(L, -3, "text");
    lua_setfield(L, -2, "name");
}

// Pushes the source that the value at `index` is.
static void read_source(lua_State *L, int index) {
    if (lua_istable(L, index)) {
        index = lua_absindex(L, index);
        lua_getfield(L, index, "name");
        lua_getfield(L, index, "text");
        push_source(L);
        return;
    }
    lua_pushliteral(L, "");
    lua_pushvalue(L, index < 0 ? index - 1 : index);
    lua_tostring(L, -1);
    push_source(L);
}

void od_push_sources(lua_State *L, int index) {
    index = lua_absindex(L, index);
    lua_newtable(L);
    if (lua_isstring(L, index)) {
        read_source(L, index);
        lua_rawseti(L, -2, 1);
    } else if (lua_istable(L, index)) {
        const lua_Integer count = (lua_Integer)lua_rawlen(L, index);
        for (lua_Integer i = 1; i <= count; i++) {
            lua_rawgeti(L, index, i);
            read_source(L, -1);
            lua_rawseti(L, -3, i);
            lua_pop(L, 1);
        }
    } else {
        luaL_error(L, "table expected, got %s", od_type_name(L, index));
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &SOURCES_KEY);
    lua_setmetatable(L, -2);
}

static int sources(lua_State *L) {
    lua_settop(L, 1);
    od_push_sources(L, 1);
    return 1;
}

static int version(lua_State *L) {
    return od_version_new(L);
}

void od_open_types(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {{"Sources", sources}, {"Version", version}, {NULL, NULL}};
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, sources_to_string);
    lua_setfield(L, -2, "__tostring");
    lua_pushliteral(L, "Sources");
    lua_setfield(L, -2, "__name");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &SOURCES_KEY);
    luaL_newlib(L, FUNCTIONS);
}
