// pandoc.write, pandoc.writers: documents to text.
#include "lua/modules.h"

#include "lua/doc.h"
#include "lua/document.h"
#include "lua/keeper.h"
#include "lua/options.h"
#include "lua/template.h"
#include "writer/gfm.h"
#include "writer/html.h"
#include "writer/native.h"
#include "writer/pandoc_json.h"
#include "writer/plain.h"

static const od_signature WRITE = {"write", {"doc", "formatspec", "writer_options"}};

static void write_json(const od_node *root, const od_writer_options *options, od_buf *out) {
    od_write_pandoc_json(root, options->meta, NULL, out);
}

// A writer; what it writes ends with a line end or does not, as in pandoc.
typedef struct writer {
    const char *name;
    void (*write)(const od_node *root, const od_writer_options *options, od_buf *out);
    bool line_end;
} writer;

static const writer WRITERS[] = {
    {"commonmark", od_write_commonmark, true}, {"gfm", od_write_gfm, true},
    {"html", od_write_html, false},     {"html5", od_write_html, false},
    {"json", write_json, false},        {"native", od_write_native, false},
    {"plain", od_write_plain, true},
};

enum { WRITER_COUNT = sizeof WRITERS / sizeof *WRITERS };

// Returns the writer of a format with the extensions that it has by default, else NULL and why not.
static const writer *find_writer(const od_format_spec *spec, od_extension *lacking) {
    *lacking = OD_EXTENSION_COUNT;
    const writer *found = WRITERS;
    while (found < WRITERS + WRITER_COUNT && !od_slice_is(spec->name, found->name)) found++;
    if (found == WRITERS + WRITER_COUNT) return NULL;
    od_extensions known, defaults;
    od_format_extensions(spec->name, &known, &defaults);
    for (int e = 0; e < OD_EXTENSION_COUNT; e++) {
        if (od_extensions_have(&spec->extensions, (od_extension)e) ==
            od_extensions_have(&defaults, (od_extension)e))
            continue;
        *lacking = (od_extension)e;
        return NULL;
    }
    return found;
}

// ---- options ------------------------------------------------------------------------------------

// Raises an error for an option that is set and would change what is written. The table of options
// is on top of the stack.
static void check_options(lua_State *L) {
    static const char *const MISSING[] = {
        "html_q_tags",     "incremental",   "link_images",  "list_of_figures",
        "list_of_tables",  "list_tables",   "prefer_ascii", "number_sections",
        "reference_links", "section_divs",  "setext_headers", "table_of_contents",
    };
    for (size_t i = 0; i < sizeof MISSING / sizeof *MISSING; i++) {
        lua_getfield(L, -1, MISSING[i]);
        if (lua_toboolean(L, -1))
            luaL_error(L, "pandoc.write: the option '%s' is not available here; leave it out",
                       MISSING[i]);
        lua_pop(L, 1);
    }
    lua_getfield(L, -1, "identifier_prefix");
    if (lua_rawlen(L, -1))
        luaL_error(L, "pandoc.write: the option 'identifier_prefix' is not available here");
    lua_getfield(L, -2, "reference_location");
    const char *const location = lua_tostring(L, -1);
    if (location && strcmp(location, "end-of-document") != 0)
        luaL_error(L, "pandoc.write: notes are written at the end of the document here; the "
                      "reference_location '%s' is not available", location);
    lua_pop(L, 2);
}

static od_writer_options read_options(lua_State *L) {
    od_writer_options options = {0};
    lua_getfield(L, -1, "columns");
    const lua_Integer columns = lua_tointeger(L, -1);
    options.columns = columns > 0 ? (size_t)columns : 1;
    lua_getfield(L, -2, "wrap_text");
    const char *const wrap = lua_tostring(L, -1);
    if (wrap && strcmp(wrap, "wrap-none") == 0) options.wrap = OD_WRAP_NONE;
    if (wrap && strcmp(wrap, "wrap-preserve") == 0) options.wrap = OD_WRAP_PRESERVE;
    lua_pop(L, 2);
    return options;
}

// ---- writing ------------------------------------------------------------------------------------

// Pushes `root` as `w` writes it.
static void push_written(lua_State *L, const writer *w, const od_node *root,
                         const od_writer_options *options) {
    const int top = lua_gettop(L);
    od_buf *const out = od_push_buf(L);
    w->write(od_store_settle(od_push_arena(L), root), options, out); // writers look at parents
    size_t size = out->size;
    if (!w->line_end && !options->standalone && size && out->data[size - 1] == '\n') size--;
    lua_pushlstring(L, out->data ? out->data : "", size);
    lua_replace(L, top + 1);
    lua_settop(L, top + 1);
}

// What writes a piece of the metadata for a template.
typedef struct piece_writer {
    const writer *writer;
    od_writer_options options;
} piece_writer;

// Writes the Blocks or Inlines at 1 without the line end behind them; the first upvalue is a
// piece_writer.
static int write_piece(lua_State *L) {
    const piece_writer *const p = lua_touserdata(L, lua_upvalueindex(1));
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_node *const root = od_store_node(&store, OD_ROOT);
    if (lua_toboolean(L, lua_upvalueindex(2))) {
        od_node *const plain = od_store_node(&store, OD_PLAIN);
        od_build(&store, plain, 1, OD_AS_INLINES);
        od_store_link(root, plain);
    } else {
        od_build(&store, root, 1, OD_AS_BLOCKS);
    }
    push_written(L, p->writer, root, &p->options);
    const od_slice text = od_read_text(L, -1);
    size_t size = text.size;
    while (size && text.data[size - 1] == '\n') size--;
    lua_pushlstring(L, text.data, size);
    return 1;
}

// Sets each field of the table on top of the stack in the one at `into`, and pops it.
static void add_fields(lua_State *L, int into) {
    if (lua_istable(L, -1))
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
            lua_pushvalue(L, -2);
            lua_pushvalue(L, -2);
            lua_settable(L, into);
        }
    lua_pop(L, 1);
}

// Pushes $body$: the text at `body`, and a blank line before what may follow.
static void push_body(lua_State *L, const writer *w, int body) {
    lua_pushvalue(L, body);
    if (!w->line_end) return;
    od_slice text = od_read_text(L, -1);
    while (od_slice_ends(text, OD_SLICE("\n"))) text.size--;
    od_push_literal(L, text);
    od_push_doc(L, OD_DOC_BLANK_LINES, 1);
    od_concat_docs(L);
    lua_replace(L, -2);
}

// Pushes the document at 1, of which `body` on top of the stack is the text, in the template of the
// options, the table at `options`: as $body$, its metadata and variables.
static void push_in_template(lua_State *L, const writer *w, const od_writer_options *how,
                             int options) {
    const int body = lua_gettop(L);
    piece_writer *const piece = lua_newuserdatauv(L, sizeof *piece, 0);
    *piece = (piece_writer){w, *how};
    lua_getfield(L, 1, "meta");
    for (int inlines = 0; inlines < 2; inlines++) {
        lua_pushvalue(L, body + 1);
        lua_pushboolean(L, inlines);
        lua_pushcclosure(L, write_piece, 2);
    }
    od_push_context(L, body + 2, body + 3, body + 4);
    const int context = lua_gettop(L);
    lua_getfield(L, options, "variables");
    add_fields(L, context);
    push_body(L, w, body);
    lua_setfield(L, context, "body");
    lua_getfield(L, options, "template");
    od_push_applied(L, context + 1, context, how->wrap == OD_WRAP_AUTO ? (int)how->columns : 0);
}

// Whether pandoc.write ends with a line end in a format that is not written here; the program does
// always.
static bool ends_line(od_slice format) {
    static const char *const NAMES[] = {
        "asciidoc", "context", "djot",     "dokuwiki", "haddock", "ipynb",  "jira",   "markdown",
        "markua",   "muse",    "commonmark", "mediawiki", "org",  "rst",    "rtf",    "textile",
        "typst",    "vimdoc",  "xwiki",    "zimwiki",
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (od_slice_starts(format, od_slice_of(NAMES[i]))) return true;
    return false;
}

static void write_by_pandoc(lua_State *L, const char *format, od_extension lacking,
                            const od_node *root, const od_node *meta) {
    if (od_is_caged(L) || !od_has_pandoc())
        od_refuse_format(L, "pandoc.write", od_slice_of(format), lacking,
                         "commonmark, gfm, html, json, native, plain");
    const char *const arguments[] = {"pandoc", "-f", "json", "-t", format, NULL};
    od_push_pandoc_of_json(L, arguments, root, meta);
    const od_slice text = od_read_text(L, -1);
    if (ends_line(od_slice_of(format)) || !od_slice_ends(text, OD_SLICE("\n"))) return;
    lua_pushlstring(L, text.data, text.size - 1);
    lua_remove(L, -2);
}

static int write_document(lua_State *L) {
    od_begin_argument(L, &WRITE, 1);
    if (!od_is_document(L, 1)) {
        lua_pushfstring(L, "Pandoc expected, got %s", od_type_name(L, 1));
        od_while_retrieving(L, "Pandoc");
        od_raise(L);
    }
    od_end_argument(L);
    lua_settop(L, 3);
    od_arena *const arena = od_push_arena(L);
    const od_slice format = od_push_format_text(L, &WRITE, 2, "markdown");
    od_push_writer_options(L, 3, WRITE.function, WRITE.arguments[2]);
    const int options = lua_gettop(L);
    const od_format_spec spec = od_check_format(L, arena, format, OD_FORMAT_WRITE);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, lua_gettop(L));
    const od_node *root, *meta;
    od_build_document(&store, 1, &root, &meta);
    od_extension lacking;
    const writer *const w = find_writer(&spec, &lacking);
    if (!w) {
        write_by_pandoc(L, format.data, lacking, root, meta);
        return 1;
    }
    lua_pushvalue(L, options);
    check_options(L);
    od_writer_options how = read_options(L);
    const bool in_template = lua_getfield(L, options, "template") != LUA_TNIL;
    // Formats of data have no templates; native is then written with its metadata.
    const bool data = w->write == write_json || w->write == od_write_native;
    if (data) how.meta = od_store_settle(arena, meta);
    how.standalone = w->write == od_write_native && in_template;
    push_written(L, w, root, &how);
    if (in_template && !data) push_in_template(L, w, &how, options);
    return 1;
}

static int write_classic(lua_State *L) {
    return luaL_error(L, "pandoc.write_classic is not available here; use pandoc.write");
}

void od_add_write(lua_State *L) {
    lua_pushcfunction(L, write_document);
    lua_setfield(L, -2, "write");
    lua_pushcfunction(L, write_classic);
    lua_setfield(L, -2, "write_classic");
    lua_newtable(L);
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        lua_pushliteral(L, "text");
        lua_setfield(L, -2, WRITERS[i].name);
    }
    lua_setfield(L, -2, "writers");
}
