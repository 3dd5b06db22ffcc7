#include "lua/globals.h"

// ---- defaults of pandoc 3.10 ---------------------------------------------------------------------

typedef enum kind { NUMBER, TEXT, TRUTH, LIST, TABLE } kind;

typedef struct option {
    const char *name;
    kind kind;
    int number;
    const char *text;
} option;

static const option READER[] = {
    {"abbreviations", TABLE, 0, NULL},       {"columns", NUMBER, 72, NULL},
    {"default_image_extension", TEXT, 0, ""}, {"indented_code_classes", LIST, 0, NULL},
    {"standalone", TRUTH, false, NULL},      {"strip_comments", TRUTH, false, NULL},
    {"tab_stop", NUMBER, 4, NULL},           {"track_changes", TEXT, 0, "accept-changes"},
    {NULL, NUMBER, 0, NULL}};

static const option WRITER[] = {
    {"chunk_template", TEXT, 0, "%s-%i.html"},
    {"cite_method", TEXT, 0, "citeproc"},
    {"columns", NUMBER, 72, NULL},
    {"dpi", NUMBER, 96, NULL},
    {"email_obfuscation", TEXT, 0, "none"},
    {"epub_chapter_level", NUMBER, 1, NULL},
    {"epub_fonts", LIST, 0, NULL},
    {"epub_subdirectory", TEXT, 0, "EPUB"},
    {"epub_title_page", TRUTH, true, NULL},
    {"figure_caption_position", TEXT, 0, "below"},
    {"highlight_method", TEXT, 0, "default"},
    {"html_math_method", TEXT, 0, "plain"},
    {"html_q_tags", TRUTH, false, NULL},
    {"identifier_prefix", TEXT, 0, ""},
    {"incremental", TRUTH, false, NULL},
    {"link_images", TRUTH, false, NULL},
    {"list_of_figures", TRUTH, false, NULL},
    {"list_of_tables", TRUTH, false, NULL},
    {"list_tables", TRUTH, false, NULL},
    {"number_offset", LIST, 0, NULL},
    {"number_sections", TRUTH, false, NULL},
    {"prefer_ascii", TRUTH, false, NULL},
    {"reference_links", TRUTH, false, NULL},
    {"reference_location", TEXT, 0, "end-of-document"},
    {"section_divs", TRUTH, false, NULL},
    {"setext_headers", TRUTH, false, NULL},
    {"split_level", NUMBER, 1, NULL},
    {"tab_stop", NUMBER, 4, NULL},
    {"table_caption_position", TEXT, 0, "above"},
    {"table_of_contents", TRUTH, false, NULL},
    {"toc_depth", NUMBER, 3, NULL},
    {"top_level_division", TEXT, 0, "top-level-default"},
    {"variables", TABLE, 0, NULL},
    {"wrap_text", TEXT, 0, "wrap-auto"},
    {NULL, NUMBER, 0, NULL}};

// The extensions that a format has by default; the last row stands for all others.
typedef struct extensions {
    const char *format, *names[16];
} extensions;

static const extensions EXTENSIONS[] = {
    {"gfm",
     {"alerts", "auto_identifiers", "autolink_bare_uris", "emoji", "footnotes",
      "gfm_auto_identifiers", "pipe_tables", "raw_html", "strikeout", "task_lists",
      "tex_math_dollars", "tex_math_gfm", "yaml_metadata_block", NULL}},
    {"commonmark", {"raw_html", NULL}},
    {"html", {"auto_identifiers", "line_blocks", "native_divs", "native_spans", NULL}},
    {"plain",
     {"blank_before_blockquote", "blank_before_header", "definition_lists", "example_lists",
      "fancy_lists", "grid_tables", "implicit_figures", "intraword_underscores", "latex_macros",
      "multiline_tables", "simple_tables", "startnum", "strikeout", "table_captions", NULL}},
    {NULL, {"auto_identifiers", NULL}}};

// ---- tables --------------------------------------------------------------------------------------

static void push_list(lua_State *L) {
    lua_newtable(L);
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
}

static void push_strings(lua_State *L, const char *const *strings, size_t count) {
    push_list(L);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, strings[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_option(lua_State *L, const option *o) {
    switch (o->kind) {
    case NUMBER: lua_pushinteger(L, o->number); break;
    case TEXT: lua_pushstring(L, o->text); break;
    case TRUTH: lua_pushboolean(L, o->number); break;
    case LIST: push_list(L); break;
    case TABLE: lua_newtable(L); break;
    }
}

static void push_options(lua_State *L, const option *options, const char *format) {
    lua_newtable(L);
    for (; options->name; options++) {
        push_option(L, options);
        lua_setfield(L, -2, options->name);
    }
    const extensions *row = EXTENSIONS;
    while (row->format && (!format || strcmp(row->format, format) != 0)) row++;
    size_t count = 0;
    while (row->names[count]) count++;
    push_strings(L, row->names, count);
    lua_setfield(L, -2, "extensions");
}

// Makes the table on top of the stack a value of type `name`, as pandoc.utils.type tells it. With a
// constructor of that name in `pandoc` (the table at `module`) it becomes what that one makes.
static void make_typed(lua_State *L, int module, const char *name) {
    if (lua_getfield(L, module, name) == LUA_TFUNCTION) {
        lua_insert(L, -2);
        lua_call(L, 1, 1);
        return;
    }
    lua_pop(L, 1);
    lua_createtable(L, 0, 1);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_setmetatable(L, -2);
}

static int refuse_assignment(lua_State *L) {
    return luaL_error(L, "This ReaderOptions value is read-only.");
}

static int count_pairs(lua_State *L) {
    lua_getglobal(L, "next");
    lua_pushvalue(L, lua_upvalueindex(1));
    return 2;
}

// Puts an empty table in front of the one on top of the stack, through which it can be read only.
static void make_read_only(lua_State *L, const char *name) {
    lua_newtable(L);
    lua_createtable(L, 0, 4);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_assignment);
    lua_setfield(L, -2, "__newindex");
    lua_pushvalue(L, -3);
    lua_pushcclosure(L, count_pairs, 1);
    lua_setfield(L, -2, "__pairs");
    lua_setmetatable(L, -2);
    lua_remove(L, -2);
}

static void set_reader_options(lua_State *L, const od_globals *g) {
    push_options(L, READER, g->from);
    lua_pushinteger(L, (lua_Integer)(g->columns ? g->columns : 72));
    lua_setfield(L, -2, "columns");
    lua_pushboolean(L, g->standalone);
    lua_setfield(L, -2, "standalone");
    make_read_only(L, "ReaderOptions (read-only)");
    lua_setglobal(L, "PANDOC_READER_OPTIONS");
}

static void set_writer_options(lua_State *L, const od_globals *g, int module) {
    push_options(L, WRITER, g->to);
    lua_pushinteger(L, (lua_Integer)(g->columns ? g->columns : 72));
    lua_setfield(L, -2, "columns");
    lua_pushfstring(L, "wrap-%s", g->wrap ? g->wrap : "auto");
    lua_setfield(L, -2, "wrap_text");
    make_typed(L, module, "WriterOptions");
    lua_setglobal(L, "PANDOC_WRITER_OPTIONS");
}

// What has no value in PANDOC_STATE: nil for what there could be, an error for anything else.
static int missing_state(lua_State *L) {
    static const char *const KNOWN[] = {"output_file", "source_url", "user_data_dir"};
    const char *const key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (strcmp(KNOWN[i], key) == 0) return 0;
    return od_error(L, "Unknown key");
}

static void set_state(lua_State *L, const od_globals *g) {
    static const char *const HERE[] = {"."};
    lua_newtable(L);
    push_strings(L, g->input_files, g->input_count);
    lua_setfield(L, -2, "input_files");
    lua_pushstring(L, g->output_file);
    lua_setfield(L, -2, "output_file");
    push_strings(L, HERE, 1);
    lua_setfield(L, -2, "resource_path");
    lua_pushstring(L, g->user_data_dir);
    lua_setfield(L, -2, "user_data_dir");
    push_list(L);
    lua_setfield(L, -2, "log");
    push_list(L);
    lua_setfield(L, -2, "request_headers");
    lua_pushliteral(L, "WARNING");
    lua_setfield(L, -2, "verbosity");
    lua_pushboolean(L, false);
    lua_setfield(L, -2, "trace");
    lua_createtable(L, 0, 2);
    lua_pushliteral(L, "CommonStateInterface");
    lua_setfield(L, -2, "__name");
    lua_pushcfunction(L, missing_state);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setglobal(L, "PANDOC_STATE");
}

// ---- warn ----------------------------------------------------------------------------------------

// warn(text, …): `[WARNING] TEXT at FILE line N`. A single argument with `@` is a switch (Lua 5.4).
static int warn(lua_State *L) {
    const od_globals *const g = lua_touserdata(L, lua_upvalueindex(1));
    const int count = lua_gettop(L);
    for (int i = 1; i <= count || i == 1; i++) luaL_checkstring(L, i);
    const char *const first = lua_tostring(L, 1);
    if (count == 1 && *first == '@') {
        if (strcmp(first, "@off") != 0 && strcmp(first, "@on") != 0) return 0;
        lua_pushboolean(L, strcmp(first, "@off") == 0);
        lua_replace(L, lua_upvalueindex(2));
        return 0;
    }
    if (lua_toboolean(L, lua_upvalueindex(2))) return 0;
    lua_concat(L, count);
    lua_Debug caller;
    const bool known = lua_getstack(L, 1, &caller) && lua_getinfo(L, "Sl", &caller) &&
                       caller.currentline > 0;
    if (known)
        lua_pushfstring(L, "[WARNING] %s at %s line %d\n", lua_tostring(L, 1), caller.short_src,
                        caller.currentline);
    else lua_pushfstring(L, "[WARNING] %s\n", lua_tostring(L, 1));
    g->say(g->context, (od_slice){lua_tostring(L, -1), lua_rawlen(L, -1)});
    return 0;
}

static void set_warn(lua_State *L, const od_globals *g) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)g);
    lua_pushboolean(L, false); // off
    lua_pushcclosure(L, warn, 2);
    lua_setglobal(L, "warn");
}

static void set_arguments(lua_State *L, const od_globals *g) {
    if (!g->script) return;
    lua_newtable(L);
    lua_pushstring(L, g->script);
    lua_rawseti(L, -2, 0);
    for (size_t i = 0; i < g->argument_count; i++) {
        lua_pushstring(L, g->arguments[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setglobal(L, "arg");
}

void od_set_globals(lua_State *L, const od_globals *globals) {
    set_state(L, globals);
    set_reader_options(L, globals);
    set_writer_options(L, globals, lua_gettop(L));
    set_warn(L, globals);
    set_arguments(L, globals);
}
