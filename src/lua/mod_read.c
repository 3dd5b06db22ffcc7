// pandoc.read, pandoc.readers: text to documents.
//
// What is not read here is handed to pandoc when the filter is trusted and pandoc is installed.
#include "lua/modules.h"

#include "base/utf8.h"
#include "document/front_matter.h"
#include "document/meta.h"
#include "document/reader.h"
#include "lua/document.h"
#include "lua/json.h"
#include "lua/keeper.h"
#include "lua/options.h"
#include "lua/process.h"
#include "writer/pandoc_json.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const od_signature READ = {"read", {"content", "formatspec", "reader_options", "read_env"}};

// ---- formats ------------------------------------------------------------------------------------

// Pushes the text `name+ext-ext` of a table {format, extensions}.
static void push_spec_text(lua_State *L, int index) {
    lua_getfield(L, index, "format");
    lua_getfield(L, index, "extensions");
    const int extensions = lua_gettop(L);
    lua_pushvalue(L, -2);
    if (!lua_istable(L, extensions)) return;
    const lua_Integer count = (lua_Integer)lua_rawlen(L, extensions);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, extensions, i);
        lua_pushfstring(L, "%s+%s", lua_tostring(L, -2), lua_tostring(L, -1));
        lua_replace(L, -3);
        lua_pop(L, 1);
    }
    if (count) return;
    for (lua_pushnil(L); lua_next(L, extensions);) {
        if (lua_type(L, -2) == LUA_TSTRING) {
            const bool named = lua_type(L, -1) == LUA_TSTRING;
            const bool on =
                named ? strcmp(lua_tostring(L, -1), "enable") == 0 : lua_toboolean(L, -1);
            lua_pushfstring(L, "%s%c%s", lua_tostring(L, -3), on ? '+' : '-', lua_tostring(L, -2));
            lua_replace(L, -4);
        }
        lua_pop(L, 1);
    }
}

od_slice od_push_format_text(lua_State *L, const od_signature *signature, int index,
                             const char *fallback) {
    if (lua_isnoneornil(L, index)) lua_pushstring(L, fallback);
    else if (lua_type(L, index) == LUA_TSTRING) lua_pushvalue(L, index);
    else if (lua_istable(L, index)) push_spec_text(L, index);
    else {
        lua_pushfstring(L, "string or table expected, got %s", od_type_name(L, index));
        od_while_retrieving(L, "flavored format");
        od_raise_argument(L, signature, index);
    }
    if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "the field 'format' must name a format");
    return od_read_text(L, -1);
}

od_format_spec od_check_format(lua_State *L, od_arena *arena, od_slice text, od_format_use use) {
    od_format_spec spec;
    od_slice error;
    if (od_format_spec_read(arena, text, use, &spec, &error) != OD_OK) {
        lua_pushlstring(L, error.data, error.size);
        lua_error(L);
    }
    return spec;
}

// ---- readers ------------------------------------------------------------------------------------

// A text that is being read, in the arena that keeps it.
typedef struct reading {
    lua_State *L;
    od_arena *arena;
    od_slice text;
    od_format_spec spec;
    size_t columns;
    od_source source;
    od_diagnostics failures;
    od_node *root, *meta;
} reading;

// Raises the first failure.
static void raise_failure(const reading *r) {
    const od_slice message = r->failures.found.count ? r->failures.found.items[0].message
                                                     : OD_SLICE("the text cannot be read");
    lua_pushlstring(r->L, message.data, message.size);
    lua_error(r->L);
}

// Options of the GFM reader and the extensions that they are.
typedef struct gfm_switch {
    od_extension extension;
    size_t member;
} gfm_switch;

static const gfm_switch SWITCHES[] = {
    {OD_EXT_pipe_tables, offsetof(od_reader_options, tables)},
    {OD_EXT_strikeout, offsetof(od_reader_options, strikethrough)},
    {OD_EXT_autolink_bare_uris, offsetof(od_reader_options, autolinks)},
    {OD_EXT_task_lists, offsetof(od_reader_options, task_lists)},
    {OD_EXT_footnotes, offsetof(od_reader_options, footnotes)},
    {OD_EXT_gfm_auto_identifiers, offsetof(od_reader_options, heading_identifiers)},
    {OD_EXT_tex_math_dollars, offsetof(od_reader_options, math)},
    {OD_EXT_tex_math_gfm, offsetof(od_reader_options, math_gfm)},
    {OD_EXT_emoji, offsetof(od_reader_options, emoji)},
    {OD_EXT_alerts, offsetof(od_reader_options, alerts)},
    {OD_EXT_hard_line_breaks, offsetof(od_reader_options, hard_line_breaks)},
};

enum { SWITCH_COUNT = sizeof SWITCHES / sizeof *SWITCHES };

static od_reader_options gfm_options(const od_extensions *extensions) {
    od_reader_options options = {0};
    for (size_t i = 0; i < SWITCH_COUNT; i++)
        *(bool *)((char *)&options + SWITCHES[i].member) =
            od_extensions_have(extensions, SWITCHES[i].extension);
    return options;
}

// Reads the front matter when there is one and it is wanted; returns where the body is.
static od_span read_front_matter(reading *r, const od_reader_options *options) {
    od_front_matter matter = {.body = od_slice_starts(r->text, OD_SLICE("\xEF\xBB\xBF")) ? 3 : 0};
    if (od_extensions_have(&r->spec.extensions, OD_EXT_yaml_metadata_block))
        od_front_matter_read(r->arena, &r->source, OD_ENGLISH, &matter);
    if (matter.present && !matter.valid) {
        lua_pushlstring(r->L, matter.error.data, matter.error.size);
        lua_error(r->L);
    }
    if (matter.present &&
        od_read_meta(r->arena, &matter.values, options, &r->failures, &r->meta) != OD_OK)
        raise_failure(r);
    return (od_span){matter.body, r->text.size};
}

// Raw HTML at the end of a text that does not end its last line does not end it either.
static void cut_line_end(od_node *root) {
    od_node *last = root;
    while (last->last) last = last->last;
    od_slice *const text = &last->leaf.text;
    if (last->type == OD_RAW_BLOCK && text->size && text->data[text->size - 1] == '\n')
        text->size--;
}

static void read_gfm(reading *r) {
    const od_reader_options options = gfm_options(&r->spec.extensions);
    const od_span body = read_front_matter(r, &options);
    if (od_read_markdown(r->arena, &r->source, body, &options, &r->failures, &r->root) != OD_OK)
        raise_failure(r);
    if (r->text.size && r->text.data[r->text.size - 1] != '\n') cut_line_end(r->root);
}

static void read_json(reading *r) {
    od_slice message = {0};
    if (od_read_json_tree(r->arena, r->text, &r->root, &r->meta, &message)) return;
    lua_pushliteral(r->L, "JSON parse error: ");
    lua_pushlstring(r->L, message.data ? message.data : "", message.size);
    lua_concat(r->L, 2);
    lua_error(r->L);
}

static void read_pandoc_markdown(reading *r) {
    if (od_read_pandoc_markdown(r->arena, &r->source, &r->spec.extensions, r->columns, &r->failures,
                                &r->root, &r->meta) != OD_OK)
        raise_failure(r);
}

static void read_html(reading *r) {
    if (od_read_html(r->arena, &r->source, &r->spec.extensions, &r->failures, &r->root, &r->meta) !=
        OD_OK)
        raise_failure(r);
}

// Extensions that the reader of pandoc's Markdown heeds.
static const od_extension MARKDOWN[] = {
    OD_EXT_auto_identifiers,
    OD_EXT_autolink_bare_uris,
    OD_EXT_backtick_code_blocks,
    OD_EXT_blank_before_blockquote,
    OD_EXT_blank_before_header,
    OD_EXT_bracketed_spans,
    OD_EXT_citations,
    OD_EXT_definition_lists,
    OD_EXT_emoji,
    OD_EXT_escaped_line_breaks,
    OD_EXT_example_lists,
    OD_EXT_fancy_lists,
    OD_EXT_fenced_code_blocks,
    OD_EXT_fenced_divs,
    OD_EXT_footnotes,
    OD_EXT_four_space_rule,
    OD_EXT_gfm_auto_identifiers,
    OD_EXT_grid_tables,
    OD_EXT_hard_line_breaks,
    OD_EXT_header_attributes,
    OD_EXT_ignore_line_breaks,
    OD_EXT_implicit_figures,
    OD_EXT_implicit_header_references,
    OD_EXT_inline_code_attributes,
    OD_EXT_inline_notes,
    OD_EXT_intraword_underscores,
    OD_EXT_line_blocks,
    OD_EXT_link_attributes,
    OD_EXT_lists_without_preceding_blankline,
    OD_EXT_multiline_tables,
    OD_EXT_native_divs,
    OD_EXT_native_spans,
    OD_EXT_pandoc_title_block,
    OD_EXT_pipe_tables,
    OD_EXT_raw_attribute,
    OD_EXT_raw_html,
    OD_EXT_raw_tex,
    OD_EXT_shortcut_reference_links,
    OD_EXT_simple_tables,
    OD_EXT_smart,
    OD_EXT_space_in_atx_header,
    OD_EXT_startnum,
    OD_EXT_strikeout,
    OD_EXT_subscript,
    OD_EXT_superscript,
    OD_EXT_table_attributes,
    OD_EXT_table_captions,
    OD_EXT_task_lists,
    OD_EXT_tex_math_dollars,
    OD_EXT_yaml_metadata_block,
    OD_EXTENSION_COUNT,
};

static const od_extension GFM[] = {
    OD_EXT_alerts,     OD_EXT_autolink_bare_uris, OD_EXT_emoji,      OD_EXT_footnotes,
    OD_EXT_gfm_auto_identifiers, OD_EXT_hard_line_breaks, OD_EXT_pipe_tables, OD_EXT_strikeout,
    OD_EXT_task_lists,
    OD_EXT_tex_math_dollars, OD_EXT_tex_math_gfm, OD_EXT_yaml_metadata_block, OD_EXTENSION_COUNT,
};

static const od_extension HTML[] = {
    OD_EXT_auto_identifiers, OD_EXT_gfm_auto_identifiers, OD_EXT_line_blocks,
    OD_EXT_native_divs,      OD_EXT_native_spans,         OD_EXTENSION_COUNT,
};

static const od_extension NONE[] = {OD_EXTENSION_COUNT};

// A reader. Extensions that are not in `heeds` must be as `like` has them by default.
typedef struct reader {
    const char *name;
    void (*read)(reading *r);
    const od_extension *heeds;
    const char *like;
} reader;

static const reader READERS[] = {
    {"commonmark", read_gfm, GFM, "commonmark"},
    {"gfm", read_gfm, GFM, "gfm"},
    {"html", read_html, HTML, "html"},
    {"json", read_json, NONE, "json"},
    {"markdown", read_pandoc_markdown, MARKDOWN, "markdown"},
};

enum { READER_COUNT = sizeof READERS / sizeof *READERS };

// Returns the reader of a format when it can read it as it is wanted, else NULL and why not.
static const reader *find_reader(const od_format_spec *spec, od_extension *lacking) {
    *lacking = OD_EXTENSION_COUNT;
    const reader *found = READERS;
    while (found < READERS + READER_COUNT && !od_slice_is(spec->name, found->name)) found++;
    if (found == READERS + READER_COUNT) return NULL;
    od_extensions known, expected;
    od_format_extensions(od_slice_of(found->like), &known, &expected);
    for (const od_extension *e = found->heeds; *e != OD_EXTENSION_COUNT; e++)
        od_extensions_put(&expected, *e, od_extensions_have(&spec->extensions, *e));
    for (int e = 0; e < OD_EXTENSION_COUNT; e++) {
        const bool on = od_extensions_have(&spec->extensions, (od_extension)e);
        if (on == od_extensions_have(&expected, (od_extension)e)) continue;
        *lacking = (od_extension)e;
        return NULL;
    }
    return found;
}

// ---- pandoc -------------------------------------------------------------------------------------

bool od_is_format(const char *name) {
    static const od_format_use USES[] = {OD_FORMAT_READ, OD_FORMAT_WRITE};
    for (size_t u = 0; u < 2; u++) {
        const char *known;
        for (size_t i = 0; (known = od_format_name(i, USES[u])); i++)
            if (strcmp(known, name) == 0) return true;
    }
    return false;
}

bool od_has_pandoc(void) {
    const char *at = getenv("PATH");
    while (at && *at) {
        const size_t size = strcspn(at, ":");
        char path[4096];
        const int length = snprintf(path, sizeof path, "%.*s/pandoc", (int)size, at);
        if (length > 0 && (size_t)length < sizeof path && access(path, X_OK) == 0) return true;
        at += size + (at[size] == ':');
    }
    return false;
}

// Pushes what pandoc prints, or, when it fails, what it says; returns its exit code.
static int run_pandoc(lua_State *L, const char *const *arguments, od_slice input) {
    const int code = od_run_process(L, (char *const *)(uintptr_t)arguments, input, true);
    if (code) lua_remove(L, -2);
    else lua_pop(L, 1);
    return code;
}

void od_push_pandoc_output(lua_State *L, const char *const *arguments, od_slice input) {
    const int code = run_pandoc(L, arguments, input);
    if (code) luaL_error(L, "pandoc ended with %d: %s", code, lua_tostring(L, -1));
}

void od_push_pandoc_of_json(lua_State *L, const char *const *arguments, const od_node *root,
                            const od_node *meta) {
    static const od_pandoc_api VERSIONS[] = {{.numbers = {1, 23, 1}, .count = 3},
                                             {.numbers = {1, 22, 2, 1}, .count = 4}};
    const int top = lua_gettop(L);
    od_arena *const arena = od_push_arena(L);
    od_buf *const json = od_push_buf(L);
    root = od_store_settle(arena, root);
    meta = od_store_settle(arena, meta);
    int code = 0;
    // pandoc 2 takes documents of its own version alone.
    for (size_t i = 0; i < sizeof VERSIONS / sizeof *VERSIONS; i++) {
        json->size = 0;
        od_write_pandoc_json(root, meta, &VERSIONS[i], json);
        code = run_pandoc(L, arguments, od_buf_slice(json));
        const char *const said = lua_tostring(L, -1);
        if (!code || !strstr(said ? said : "", "ncompatible API versions")) break;
    }
    if (code) luaL_error(L, "pandoc ended with %d: %s", code, lua_tostring(L, -1));
    lua_replace(L, top + 1);
    lua_settop(L, top + 1);
}

int od_refuse_format(lua_State *L, const char *function, od_slice format, od_extension lacking,
                     const char *known) {
    if (lacking != OD_EXTENSION_COUNT)
        return od_error(L, "%s: the extension '%s' of '%.*s' is not available here; leave it out, "
                           "or run with --trust and pandoc installed",
                        function, od_extension_name(lacking), (int)format.size, format.data);
    return od_error(L, "%s: the format '%.*s' is not available here, only %s; run with --trust and "
                       "pandoc installed",
                    function, (int)format.size, format.data, known);
}

// Lets pandoc read what no reader here can.
static void read_by_pandoc(reading *r, const char *format, od_extension lacking) {
    lua_State *const L = r->L;
    if (od_is_caged(L) || !od_has_pandoc())
        od_refuse_format(L, "pandoc.read", od_slice_of(format), lacking,
                         "commonmark, gfm, html, json, markdown");
    const char *const arguments[] = {"pandoc", "-f", format, "-t", "json", NULL};
    od_push_pandoc_output(L, arguments, r->text);
    r->text = od_arena_copy(r->arena, od_read_text(L, -1));
    lua_pop(L, 1);
    read_json(r);
}

// ---- pandoc.read --------------------------------------------------------------------------------

// Raises an error for an option that is set and would change what is read. Returns the columns.
static size_t check_options(lua_State *L) {
    static const char *const MISSING[] = {"abbreviations", "default_image_extension",
                                          "indented_code_classes", "strip_comments"};
    for (size_t i = 0; i < sizeof MISSING / sizeof *MISSING; i++) {
        lua_getfield(L, -1, MISSING[i]);
        const bool set = lua_isboolean(L, -1) ? lua_toboolean(L, -1) : lua_rawlen(L, -1) > 0;
        if (set) luaL_error(L, "pandoc.read: the option '%s' is not available here", MISSING[i]);
        lua_pop(L, 1);
    }
    lua_getfield(L, -1, "columns");
    const lua_Integer columns = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return columns > 0 ? (size_t)columns : 1;
}

// An error for bytes that are not UTF-8. Sources may have them, and show them as U+FFFD.
static void check_encoding(lua_State *L, int index) {
    const od_slice text = od_read_text(L, index);
    size_t at = od_utf8_find_invalid(text);
    if (at == SIZE_MAX) return;
    // Of a character that the end cuts off, the last byte.
    const uint8_t first = (uint8_t)text.data[at];
    const size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    size_t rest = at + 1;
    while (rest < text.size && ((uint8_t)text.data[rest] & 0xC0) == 0x80) rest++;
    if (rest == text.size && rest - at < size) at = rest - 1;
    od_error(L, "Cannot decode byte '\\x%x': Data.Text.Encoding: Invalid UTF-8 stream",
             (unsigned)(uint8_t)text.data[at]);
}

// Returns the text of the argument, which may be Sources, copied into the arena.
static od_slice read_content(lua_State *L, od_arena *arena, int index) {
    if (!lua_isstring(L, index)) {
        od_push_sources(L, index);
        luaL_tolstring(L, -1, NULL);
        lua_remove(L, -2);
    } else {
        check_encoding(L, index);
        lua_pushvalue(L, index);
    }
    const od_slice text = od_arena_copy(arena, od_read_text(L, -1));
    lua_pop(L, 1);
    return text;
}

static int read_text(lua_State *L) {
    od_end_argument(L);
    if (lua_gettop(L) < 3) lua_settop(L, 3);
    od_arena *const arena = od_push_arena(L);
    const int keeper = lua_gettop(L);
    reading r = {.L = L, .arena = arena, .text = read_content(L, arena, 1)};
    const od_slice format = od_push_format_text(L, &READ, 2, "markdown");
    od_push_reader_options(L, 3, READ.function, READ.arguments[2]);
    r.columns = check_options(L);
    r.spec = od_check_format(L, arena, format, OD_FORMAT_READ);
    r.failures.arena = arena;
    r.meta = od_node_new(arena, OD_META_MAP, OD_NO_SPAN);
    od_source_init(&r.source, arena, "", r.text, 0);
    od_extension lacking;
    const reader *const reader = find_reader(&r.spec, &lacking);
    if (reader) reader->read(&r);
    else read_by_pandoc(&r, format.data, lacking);
    od_lend_tree(r.root);
    od_lend_tree(r.meta);
    od_push_document(L, r.root, r.meta, keeper);
    return 1;
}

static const od_signature WITH_STATE = {"with_state", {"options", "callback"}};

// Checks an option of with_state, its name and value on top of the stack; pushes the value as it
// will be in PANDOC_STATE.
static void push_state_option(lua_State *L) {
    const char *const name = luaL_tolstring(L, -2, NULL);
    const bool list = strcmp(name, "request_headers") == 0 || strcmp(name, "resource_path") == 0;
    if (!list && strcmp(name, "user_data_dir") != 0) {
        lua_pushfstring(L, "Unknown or unsupported state option: %s", name);
        od_raise_argument(L, &WITH_STATE, 1);
    }
    lua_pop(L, 1);
    const char *const wanted = list ? "table" : "string";
    if (list ? !lua_istable(L, -1) : !lua_isstring(L, -1)) {
        lua_pushfstring(L, "%s expected, got %s", wanted, od_type_name(L, -1));
        if (list) od_while_retrieving(L, "list");
        od_raise_argument(L, &WITH_STATE, 1);
    }
    if (!list) {
        lua_pushvalue(L, -1);
        return;
    }
    const lua_Integer count = luaL_len(L, -1);
    lua_newtable(L);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, -2, i);
        lua_rawseti(L, -2, i);
    }
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
}

static int with_state(lua_State *L) {
    if (!lua_istable(L, 1)) return od_argument_error(L, &WITH_STATE, 1, "table");
    if (!lua_isfunction(L, 2)) return od_argument_error(L, &WITH_STATE, 2, "function");
    lua_settop(L, 2);
    if (lua_getglobal(L, "PANDOC_STATE") != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
    }
    lua_newtable(L); // 4: the values before
    for (lua_pushnil(L); lua_next(L, 1);) {
        push_state_option(L);
        lua_replace(L, -2);
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -3);
        lua_gettable(L, 3);
        lua_settable(L, 4);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_settable(L, 3);
    }
    lua_pushvalue(L, 2);
    const int status = lua_pcall(L, 0, LUA_MULTRET, 0);
    const int top = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, 1); lua_settop(L, top + 1)) {
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -1);
        lua_gettable(L, 4);
        lua_settable(L, 3);
    }
    if (status != LUA_OK) return lua_error(L);
    return lua_gettop(L) - 4;
}

void od_add_read(lua_State *L) {
    lua_pushcfunction(L, read_text);
    lua_setfield(L, -2, "read");
    lua_pushcfunction(L, with_state);
    lua_setfield(L, -2, "with_state");
    lua_newtable(L);
    for (size_t i = 0; i < READER_COUNT; i++) {
        lua_pushliteral(L, "text");
        lua_setfield(L, -2, READERS[i].name);
    }
    lua_setfield(L, -2, "readers");
}
