// ReaderOptions and WriterOptions: userdata with the fields and defaults of pandoc 3.10.
//
// The values are in a table, the only user value. What a field takes is told by its kind; names of
// choices are kept in the spelling in which pandoc gives them back.
#include "lua/modules.h"

#include "lua/options.h"

typedef enum kind {
    NUMBER,
    OPTIONAL_NUMBER,
    TEXT,
    OPTIONAL_TEXT,
    TRUTH,
    LIST,
    SET,
    ANY,
    CHOICE,
} kind;

// A choice is read with its prefix or without, and kept with it.
typedef struct choices {
    const char *what, *prefix, *names[7];
} choices;

typedef struct field {
    const char *name;
    kind kind;
    int number;       // default of NUMBER and TRUTH
    const char *text; // default of TEXT and CHOICE
    const choices *choices;
} field;

static const choices WRAPS = {"wrap method", "wrap-", {"auto", "none", "preserve"}};
static const choices CITES = {"cite method", "", {"citeproc", "natbib", "biblatex"}};
static const choices DIVISIONS = {
    "top level division", "top-level-", {"default", "section", "chapter", "part"}};
static const choices LOCATIONS = {
    "reference location", "", {"end-of-block", "end-of-section", "end-of-document"}};
static const choices OBFUSCATIONS = {
    "obfuscation method", "", {"none", "references", "javascript"}};
static const choices CAPTIONS = {"caption position", "", {"above", "below"}};
static const choices CHANGES = {
    "track changes", "", {"accept-changes", "reject-changes", "all-changes"}};

static const field READER[] = {
    {"abbreviations", ANY, 0, NULL, NULL},
    {"columns", NUMBER, 80, NULL, NULL},
    {"default_image_extension", TEXT, 0, "", NULL},
    {"extensions", SET, 0, NULL, NULL},
    {"indented_code_classes", LIST, 0, NULL, NULL},
    {"standalone", TRUTH, 0, NULL, NULL},
    {"strip_comments", TRUTH, 0, NULL, NULL},
    {"tab_stop", NUMBER, 4, NULL, NULL},
    {"track_changes", CHOICE, 0, "accept-changes", &CHANGES},
    {NULL, ANY, 0, NULL, NULL},
};

static const field WRITER[] = {
    {"chunk_template", TEXT, 0, "%s-%i.html", NULL},
    {"cite_method", CHOICE, 0, "citeproc", &CITES},
    {"columns", NUMBER, 72, NULL, NULL},
    {"dpi", NUMBER, 96, NULL, NULL},
    {"email_obfuscation", CHOICE, 0, "none", &OBFUSCATIONS},
    {"epub_chapter_level", NUMBER, 1, NULL, NULL},
    {"epub_fonts", LIST, 0, NULL, NULL},
    {"epub_metadata", OPTIONAL_TEXT, 0, NULL, NULL},
    {"epub_subdirectory", TEXT, 0, "EPUB", NULL},
    {"epub_title_page", TRUTH, 1, NULL, NULL},
    {"extensions", SET, 0, NULL, NULL},
    {"figure_caption_position", CHOICE, 0, "below", &CAPTIONS},
    {"highlight_method", ANY, 0, "default", NULL},
    {"html_math_method", ANY, 0, "plain", NULL},
    {"html_q_tags", TRUTH, 0, NULL, NULL},
    {"identifier_prefix", TEXT, 0, "", NULL},
    {"incremental", TRUTH, 0, NULL, NULL},
    {"link_images", TRUTH, 0, NULL, NULL},
    {"list_of_figures", TRUTH, 0, NULL, NULL},
    {"list_of_tables", TRUTH, 0, NULL, NULL},
    {"list_tables", TRUTH, 0, NULL, NULL},
    {"number_offset", LIST, 0, NULL, NULL},
    {"number_sections", TRUTH, 0, NULL, NULL},
    {"prefer_ascii", TRUTH, 0, NULL, NULL},
    {"reference_doc", OPTIONAL_TEXT, 0, NULL, NULL},
    {"reference_links", TRUTH, 0, NULL, NULL},
    {"reference_location", CHOICE, 0, "end-of-document", &LOCATIONS},
    {"section_divs", TRUTH, 0, NULL, NULL},
    {"setext_headers", TRUTH, 0, NULL, NULL},
    {"slide_level", OPTIONAL_NUMBER, 0, NULL, NULL},
    {"split_level", NUMBER, 1, NULL, NULL},
    {"tab_stop", NUMBER, 4, NULL, NULL},
    {"table_caption_position", CHOICE, 0, "above", &CAPTIONS},
    {"table_of_contents", TRUTH, 0, NULL, NULL},
    {"template", ANY, 0, NULL, NULL},
    {"toc_depth", NUMBER, 3, NULL, NULL},
    {"top_level_division", CHOICE, 0, "top-level-default", &DIVISIONS},
    {"variables", ANY, 0, NULL, NULL},
    {"wrap_text", CHOICE, 0, "wrap-auto", &WRAPS},
    {NULL, ANY, 0, NULL, NULL},
};

// A type of options; its address is the key of its metatable.
typedef struct options_type {
    const char *name;
    const field *fields;
} options_type;

static const options_type READER_OPTIONS = {"ReaderOptions", READER};
static const options_type WRITER_OPTIONS = {"WriterOptions", WRITER};

static const field *find_field(const options_type *type, const char *name) {
    for (const field *f = type->fields; f->name; f++)
        if (strcmp(f->name, name) == 0) return f;
    return NULL;
}

// ---- values -------------------------------------------------------------------------------------

static void push_empty_list(lua_State *L) {
    lua_newtable(L);
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
}

static void push_default(lua_State *L, const field *f) {
    switch (f->kind) {
    case NUMBER: lua_pushinteger(L, f->number); break;
    case TRUTH: lua_pushboolean(L, f->number); break;
    case LIST:
    case SET: push_empty_list(L); break;
    case TEXT:
    case CHOICE: lua_pushstring(L, f->text); break;
    case ANY:
        if (f->text) lua_pushstring(L, f->text);
        else if (strcmp(f->name, "template") == 0) lua_pushnil(L);
        else lua_newtable(L);
        break;
    case OPTIONAL_NUMBER:
    case OPTIONAL_TEXT: lua_pushnil(L); break;
    }
}

static void push_choice(lua_State *L, const field *f, od_slice text) {
    const choices *const all = f->choices;
    const od_slice prefix = od_slice_of(all->prefix);
    const od_slice bare =
        od_slice_starts(text, prefix) ? od_slice_from(text, prefix.size) : text;
    for (size_t i = 0; all->names[i]; i++) {
        const size_t size = strlen(all->names[i]);
        const bool short_form = all == &CHANGES && bare.size + strlen("-changes") == size &&
                                memcmp(all->names[i], bare.data, bare.size) == 0;
        if (!short_form && !od_slice_is(bare, all->names[i])) continue;
        lua_pushfstring(L, "%s%s", all->prefix, all->names[i]);
        return;
    }
    od_error(L, "failed to decode: Unknown %s \"%s\"", all->what, text.data);
}

// Pushes the names of extensions at `index` in pandoc's order, each once.
static void push_set(lua_State *L, int index) {
    od_extensions set = {0};
    if (!lua_istable(L, index)) od_expected(L, "table", index);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        od_extension extension;
        if (od_extension_find(od_read_text(L, -1), &extension))
            od_extensions_put(&set, extension, true);
        lua_pop(L, 1);
    }
    od_push_extensions(L, &set);
}

// Replaces the name of a method that has a URL, on top of the stack, by the table of both.
static void make_math_method(lua_State *L) {
    static const char *const METHODS[] = {"webtex", "mathjax", "katex"};
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++) {
        if (lua_type(L, -1) != LUA_TSTRING) return;
        if (strcmp(lua_tostring(L, -1), METHODS[i]) != 0) continue;
        lua_createtable(L, 0, 2);
        lua_insert(L, -2);
        lua_setfield(L, -2, "method");
        lua_pushliteral(L, "");
        lua_setfield(L, -2, "url");
    }
}

// Pushes the value at `index` as field `f` takes it.
static void push_value(lua_State *L, const field *f, int index) {
    index = lua_absindex(L, index);
    const bool nil = lua_isnil(L, index);
    if (nil && (f->kind == OPTIONAL_NUMBER || f->kind == OPTIONAL_TEXT || f->kind == ANY)) {
        lua_pushnil(L);
        return;
    }
    switch (f->kind) {
    case NUMBER:
    case OPTIONAL_NUMBER: lua_pushinteger(L, od_read_integer(L, index)); break;
    case TRUTH: lua_pushboolean(L, lua_toboolean(L, index)); break;
    case TEXT:
    case OPTIONAL_TEXT: {
        const od_slice text = od_read_text(L, index);
        lua_pushlstring(L, text.data, text.size);
        break;
    }
    case CHOICE: push_choice(L, f, od_read_text(L, index)); break;
    case SET: push_set(L, index); break;
    case LIST:
        if (!lua_istable(L, index)) od_expected(L, "table", index);
        lua_pushvalue(L, index);
        break;
    case ANY:
        lua_pushvalue(L, index);
        if (strcmp(f->name, "html_math_method") == 0) make_math_method(L);
        break;
    }
}

// ---- userdata -----------------------------------------------------------------------------------

// Pushes the table of the fields of the options at `index`; false when it is none of `type`.
static bool push_fields(lua_State *L, const options_type *type, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, type);
    const bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    if (same) lua_getiuservalue(L, index, 1);
    return same;
}

static const options_type *type_of(lua_State *L) {
    return lua_touserdata(L, lua_upvalueindex(1));
}

static int get(lua_State *L) {
    lua_settop(L, 2);
    if (!push_fields(L, type_of(L), 1)) return 0;
    lua_insert(L, 2);
    lua_rawget(L, 2);
    return 1;
}

static int set(lua_State *L) {
    lua_settop(L, 3);
    od_end_argument(L);
    const field *const f =
        lua_type(L, 2) == LUA_TSTRING ? find_field(type_of(L), lua_tostring(L, 2)) : NULL;
    if (!f) return od_error(L, "Cannot set unknown property.");
    if (!push_fields(L, type_of(L), 1)) return 0;
    push_value(L, f, 3);
    lua_setfield(L, 4, f->name);
    return 0;
}

static int next_field(lua_State *L) {
    const field *const fields = type_of(L)->fields;
    const lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));
    lua_pushinteger(L, at + 1);
    lua_copy(L, -1, lua_upvalueindex(3));
    if (!fields[at].name) return 0;
    lua_pushstring(L, fields[at].name);
    lua_getfield(L, lua_upvalueindex(2), fields[at].name);
    return 2;
}

static int pairs(lua_State *L) {
    lua_settop(L, 1);
    if (!push_fields(L, type_of(L), 1)) return 0;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 2);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_field, 3);
    return 1;
}

// ReaderOptions {columns = 72, …}: the fields in their order.
static int to_string(lua_State *L) {
    lua_settop(L, 1);
    const options_type *const type = type_of(L);
    if (!push_fields(L, type, 1)) return 0;
    lua_pushfstring(L, "%s {", type->name);
    for (const field *f = type->fields; f->name; f++) {
        lua_pushfstring(L, f == type->fields ? "%s = " : ", %s = ", f->name);
        lua_getfield(L, 2, f->name);
        luaL_tolstring(L, -1, NULL);
        lua_remove(L, -2);
        lua_concat(L, 3);
    }
    lua_pushliteral(L, "}");
    lua_concat(L, 2);
    return 1;
}

static void open_metatable(lua_State *L, const options_type *type) {
    static const luaL_Reg METAMETHODS[] = {{"__index", get},
                                           {"__newindex", set},
                                           {"__pairs", pairs},
                                           {"__tostring", to_string},
                                           {NULL, NULL}};
    lua_newtable(L);
    lua_pushlightuserdata(L, (void *)(uintptr_t)type);
    luaL_setfuncs(L, METAMETHODS, 1);
    lua_pushstring(L, type->name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, true);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, type);
}

// ---- constructors -------------------------------------------------------------------------------

// Raises an error for a key of the table at `index` that is no field of `type`.
static void check_names(lua_State *L, const options_type *type, int index) {
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        if (lua_type(L, -2) != LUA_TSTRING || !find_field(type, lua_tostring(L, -2)))
            od_error(L, "Cannot set unknown property.");
}

// Pushes a table of the fields of `type`: those of the table at `index` (0 for none), which may be
// a proxy, and the defaults.
static void push_read(lua_State *L, const options_type *type, int index) {
    if (index) check_names(L, type, index);
    lua_newtable(L);
    for (const field *f = type->fields; f->name; f++) {
        if (index && lua_getfield(L, index, f->name) != LUA_TNIL) {
            push_value(L, f, -1);
            lua_remove(L, -2);
        } else {
            lua_settop(L, lua_gettop(L) - (index ? 1 : 0));
            push_default(L, f);
        }
        lua_setfield(L, -2, f->name);
    }
}

static void push_options(lua_State *L, const options_type *type, int index, const char *function,
                         const char *argument) {
    luaL_checkstack(L, 16, NULL);
    od_end_argument(L);
    if (push_fields(L, type, index)) return;
    if (lua_istable(L, index)) {
        push_read(L, type, lua_absindex(L, index));
        return;
    }
    od_host *const host = od_host_of(L);
    host->function = function;
    host->argument = argument;
    host->missing = lua_isnone(L, index);
    host->item = 0;
    lua_pushfstring(L, "%s userdata or table expected, got %s", type->name, od_type_name(L, index));
    od_while_retrieving(L, type->name);
    od_raise(L);
}

void od_push_reader_options(lua_State *L, int index, const char *function, const char *argument) {
    if (lua_isnoneornil(L, index)) push_read(L, &READER_OPTIONS, 0);
    else push_options(L, &READER_OPTIONS, index, function, argument);
}

void od_push_writer_options(lua_State *L, int index, const char *function, const char *argument) {
    if (lua_isnoneornil(L, index)) push_read(L, &WRITER_OPTIONS, 0);
    else push_options(L, &WRITER_OPTIONS, index, function, argument);
}

static int new_options(lua_State *L) {
    const options_type *const type = type_of(L);
    push_options(L, type, 1, type->name, "opts");
    if (lua_type(L, 1) == LUA_TUSERDATA) { // a copy
        push_read(L, type, lua_gettop(L));
    }
    lua_newuserdatauv(L, 0, 1);
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, type);
    lua_setmetatable(L, -2);
    return 1;
}

void od_add_options(lua_State *L) {
    static const options_type *const TYPES[] = {&READER_OPTIONS, &WRITER_OPTIONS};
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        open_metatable(L, TYPES[i]);
        lua_pushlightuserdata(L, (void *)(uintptr_t)TYPES[i]);
        lua_pushcclosure(L, new_options, 1);
        lua_setfield(L, -2, TYPES[i]->name);
    }
}
