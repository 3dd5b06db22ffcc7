// pandoc.structure: sections, tables of contents, identifiers.
#include "lua/modules.h"

#include "base/utf8.h"
#include "lua/build.h"
#include "lua/document.h"
#include "lua/lua_files.h"
#include "lua/options.h"
#include "lua/sections.h"
#include "lua/show.h"
#include "lua/words.h"

// ---- options ------------------------------------------------------------------------------------

// Pushes field `name` of the table of options at `index`, nil when there are no options.
static void push_option(lua_State *L, int index, const char *name) {
    if (lua_isnoneornil(L, index)) {
        lua_pushnil(L);
        return;
    }
    if (!lua_istable(L, index) && lua_type(L, index) != LUA_TUSERDATA)
        luaL_error(L, "attempt to index a %s value", luaL_typename(L, index));
    lua_getfield(L, index, name);
}

static bool truth_option(lua_State *L, int index, const char *name) {
    push_option(L, index, name);
    const bool truth = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return truth;
}

// Returns a whole number, `fallback` for anything else.
static int64_t number_option(lua_State *L, int index, const char *name, int64_t fallback) {
    push_option(L, index, name);
    int whole;
    const lua_Integer number = lua_tointegerx(L, -1, &whole);
    lua_pop(L, 1);
    return whole ? number : fallback;
}

// ---- make_sections, slide_level -----------------------------------------------------------------

static bool is_heading(const od_node *node, int64_t level) {
    return node && node->type == OD_HEADING && node->heading.level == level;
}

static void link_slide_heading(od_store *store, od_node *parent, int64_t level) {
    od_node *const heading = od_store_node(store, OD_HEADING);
    heading->heading.level = (int)level;
    od_node *const text = od_store_node(store, OD_TEXT);
    text->flags |= OD_VERBATIM;
    text->leaf.text = od_store_text(store, (od_slice){"\0", 1});
    od_store_link(heading, text);
    od_store_link(parent, heading);
}

// Returns blocks that start with a heading of a slide, and have one in place of each rule.
static const od_node *prepare_slides(od_store *store, const od_node *root, int64_t level) {
    od_node *const made = od_store_node(store, OD_ROOT);
    const od_node *const first = root->first;
    const bool starts = first && first->type == OD_HEADING && first->heading.level <= level;
    if (!starts && !(first && first->type == OD_HORIZONTAL_RULE))
        link_slide_heading(store, made, level);
    for (const od_node *node = first; node; node = node->next) {
        if (node->type != OD_HORIZONTAL_RULE) od_store_append(store, made, node);
        else if (!is_heading(node->next, level)) link_slide_heading(store, made, level);
    }
    return made;
}

static int make_sections(lua_State *L) {
    static const od_signature SIGNATURE = {"make_sections", {"blocks", "opts"}};
    lua_settop(L, 2);
    const bool numbered = truth_option(L, 2, "number_sections");
    const int64_t base = number_option(L, 2, "base_level", OD_NO_BASE_LEVEL);
    const int64_t slides = number_option(L, 2, "slide_level", 0);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 3);
    const od_node *root = od_blocks_argument(&store, &SIGNATURE, 1);
    if (slides > 0) root = prepare_slides(&store, root, slides);
    od_node sections = {0};
    od_make_sections(&store, &sections, root->first, numbered, base);
    od_push_blocks(L, sections.first, 3);
    return 1;
}

static int slide_level(lua_State *L) {
    static const od_signature SIGNATURE = {"slide_level", {"blocks"}};
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    const od_node *node = od_blocks_argument(&store, &SIGNATURE, 1)->first;
    int least = 6;
    for (; node; node = node->next) {
        const od_node *const next = node->next;
        if (node->type != OD_HEADING || !next || node->heading.level >= least ||
            next->type == OD_HEADING || next->type == OD_HORIZONTAL_RULE)
            continue;
        least = node->heading.level;
        node = next;
    }
    lua_pushinteger(L, least);
    return 1;
}

// ---- table_of_contents --------------------------------------------------------------------------

typedef struct contents {
    od_store *store;
    int64_t depth;
    bool numbered;
} contents;

static bool has_class(const od_attr *attr, const char *name) {
    for (size_t i = 0; attr && i < attr->class_count; i++)
        if (od_slice_is(attr->classes[i], name)) return true;
    return false;
}

static const od_attr *new_attr(od_store *store, od_slice identifier, const char *class) {
    od_attr *const attr = od_store_alloc(store, sizeof *attr);
    attr->identifier = identifier;
    if (!class) return attr;
    od_slice *const classes = od_store_alloc(store, sizeof *classes);
    classes[0] = od_store_text(store, od_slice_of(class));
    attr->classes = classes;
    attr->class_count = 1;
    return attr;
}

static void link_text(od_store *store, od_node *parent, od_slice text) {
    od_node *const node = od_store_node(store, OD_TEXT);
    node->flags |= OD_VERBATIM;
    node->leaf.text = od_store_text(store, text);
    od_store_link(parent, node);
}

// Returns `before` and `text` as one text in the store.
static od_slice join_text(od_store *store, const char *before, od_slice text) {
    lua_pushstring(store->L, before);
    lua_pushlstring(store->L, text.data, text.size);
    lua_concat(store->L, 2);
    const od_slice joined = od_store_text(store, od_read_text(store->L, -1));
    lua_pop(store->L, 1);
    return joined;
}

static void link_number(contents *c, od_node *parent, const od_attr *attr) {
    for (size_t i = 0; attr && c->numbered && i < attr->attribute_count; i++) {
        if (!od_slice_is(attr->attributes[i].key, "number")) continue;
        od_node *const span = od_store_node(c->store, OD_SPAN);
        span->attr = new_attr(c->store, (od_slice){0}, "toc-section-number");
        link_text(c->store, span, attr->attributes[i].value);
        od_store_link(parent, span);
        od_node *const space = od_store_node(c->store, OD_SPACE);
        space->flags |= OD_VERBATIM;
        od_store_link(parent, space);
        return;
    }
}

// Copies the words from `first` on, each as one of its own; returns the node after them.
static const od_node *copy_words(contents *c, od_node *parent, const od_node *first) {
    lua_State *const L = c->store->L;
    od_words_place place = {first, 0};
    od_node piece;
    while (place.offset || (place.node && (od_is_run(place.node) || od_is_break(place.node)))) {
        const int top = lua_gettop(L);
        if (od_words_next(L, &place, &piece) == OD_WORDS_END) break;
        od_node *const copy = od_store_copy(c->store, &piece);
        copy->flags |= OD_VERBATIM;
        od_store_link(parent, copy);
        lua_settop(L, top);
    }
    return place.node;
}

// Copies the inlines of a heading: without notes, and links as their text.
static void copy_inlines(contents *c, od_node *parent, const od_node *first) {
    od_frames frames = od_frames_begin(od_host_of(c->store->L));
    od_frame *frame = od_frames_push(&frames);
    frame->copy = parent;
    frame->child = first;
    while (frames.depth) {
        frame = od_frames_top(&frames);
        const od_node *const child = frame->child;
        if (!child) {
            od_frames_pop(&frames);
            continue;
        }
        if (od_is_run(child) || od_is_break(child)) {
            frame->child = copy_words(c, frame->copy, child);
            continue;
        }
        frame->child = child->next;
        od_node *into = frame->copy;
        if (child->type == OD_NOTE) continue;
        if (!child->first) {
            od_store_append(c->store, into, child);
            continue;
        }
        if (child->type != OD_LINK) {
            od_node *const copy = od_store_header(c->store, child);
            od_store_link(into, copy);
            into = copy;
        }
        frame = od_frames_push(&frames);
        frame->copy = into;
        frame->child = child->first;
    }
}

// Returns the entry of a section: its heading as a link, or as it is when nothing can be linked to.
static od_node *new_entry(contents *c, const od_node *section) {
    const od_node *const heading = section->first;
    const od_attr *const attr = section->attr;
    od_node *const item = od_store_node(c->store, OD_ITEM);
    od_node *const plain = od_store_node(c->store, OD_PLAIN);
    od_store_link(item, plain);
    od_node *into = plain;
    if (attr && attr->identifier.size) {
        od_link *const link = od_store_alloc(c->store, sizeof *link);
        link->attr = new_attr(c->store, join_text(c->store, "toc-", attr->identifier), NULL);
        link->target = join_text(c->store, "#", attr->identifier);
        link->title = od_store_text(c->store, (od_slice){0});
        into = od_store_node(c->store, OD_LINK);
        into->link = link;
    }
    link_number(c, into, heading->heading.attr);
    copy_inlines(c, into, heading->first);
    if (into != plain) od_store_link(plain, into);
    return item;
}

// Returns the section that a block is, or NULL.
static const od_node *section_of(const od_node *block) {
    while (block->type == OD_DIV && block->first && block->first->type == OD_DIV &&
           !block->first->next)
        block = block->first;
    const bool section = block->type == OD_DIV && block->first && block->first->type == OD_HEADING;
    return section ? block : NULL;
}

// Adds the entries of the sections from `first` on. A frame is a list of blocks and the list of
// entries that it becomes, made when there is one.
static void add_entries(contents *c, od_node *list, const od_node *first) {
    od_frames frames = od_frames_begin(od_host_of(c->store->L));
    od_frame *frame = od_frames_push(&frames);
    frame->copy = list;
    frame->child = first;
    while (frames.depth) {
        frame = od_frames_top(&frames);
        const od_node *const block = frame->child;
        if (!block) {
            od_frames_pop(&frames);
            if (frames.depth && !frame->copy->first) {
                od_node *const item = od_frames_top(&frames)->copy->last;
                item->last = item->first; // the empty list goes again
                item->first->next = NULL;
            }
            continue;
        }
        frame->child = block->next;
        const od_node *const section = section_of(block);
        if (!section || section->first->heading.level > c->depth ||
            has_class(section->first->heading.attr, "unlisted"))
            continue;
        od_node *const item = new_entry(c, section);
        od_node *const inner = od_store_node(c->store, OD_BULLET_LIST);
        inner->list.tight = true;
        od_store_link(item, inner);
        od_store_link(frame->copy, item);
        frame = od_frames_push(&frames);
        frame->copy = inner;
        frame->child = section->first->next;
    }
}

// ---- unique_identifier --------------------------------------------------------------------------

// White space as Haskell has it.
static bool is_space(uint32_t code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xA0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000;
}

// Adds `code` as identifiers have it; `*space` is whether white space waits.
static void add_code(luaL_Buffer *out, uint32_t code, bool gfm, bool *space) {
    char bytes[4];
    if (is_space(code)) {
        if (gfm) luaL_addchar(out, '-');
        *space = !gfm;
        return;
    }
    const bool mark = code == '_' || code == '-' || (!gfm && code == '.');
    if (!mark && !od_is_alphanumeric(code)) return;
    const size_t size = luaL_bufflen(out);
    if (*space && size) luaL_addchar(out, '-');
    *space = false;
    code = od_lower_case(code);
    // Identifiers of pandoc's Markdown start with a letter.
    if (!gfm && !size && (mark || od_is_digit(code))) return;
    luaL_addlstring(out, bytes, od_utf8_write(code, bytes));
}

// Pushes what an identifier is made of the text on top of the stack.
static void push_identifier(lua_State *L, bool gfm) {
    const od_slice text = od_read_text(L, -1);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    bool space = false;
    for (size_t at = 0, size; at < text.size; at += size)
        add_code(&out, od_utf8_read(text, at, &size), gfm, &space);
    if (!luaL_bufflen(&out)) luaL_addstring(&out, "section");
    luaL_pushresult(&out);
}

// Whether the set at `used`, a table or nil, has the string on top of the stack as a key.
static bool is_used(lua_State *L, int used) {
    if (lua_isnil(L, used)) return false;
    lua_pushvalue(L, -1);
    const bool found = lua_rawget(L, used) != LUA_TNIL && lua_toboolean(L, -1);
    lua_pop(L, 1);
    return found;
}

static int unique_identifier(lua_State *L) {
    static const od_signature SIGNATURE = {"unique_identifier", {"inlines", "used", "exts"}};
    bool gfm = false;
    if (!lua_isnoneornil(L, 3)) {
        const lua_Integer count = od_list_argument(L, &SIGNATURE, 3);
        for (lua_Integer i = 1; i <= count; i++) {
            const od_slice name = od_push_text_item(L, &SIGNATURE, 3, i);
            gfm = gfm || od_slice_is(name, "gfm_auto_identifiers");
            if (od_slice_is(name, "ascii_identifiers"))
                return luaL_error(L, "pandoc.structure.unique_identifier: the extension "
                                     "'ascii_identifiers' is not available here");
            lua_pop(L, 1);
        }
    }
    if (!lua_isnoneornil(L, 2) && !lua_istable(L, 2)) {
        lua_pushfstring(L, "table expected, got %s", od_type_name(L, 2));
        od_while_retrieving(L, "Set");
        return od_raise_argument(L, &SIGNATURE, 2);
    }
    lua_settop(L, 2);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 3);
    od_node *const plain = od_store_node(&store, OD_PLAIN);
    od_begin_argument(L, &SIGNATURE, 1);
    od_build(&store, plain, 1, OD_AS_INLINES);
    od_end_argument(L);
    od_push_plain(L, plain);
    push_identifier(L, gfm);
    const int base = lua_gettop(L);
    lua_pushvalue(L, base);
    for (lua_Integer i = 1; is_used(L, 2); i++) {
        lua_settop(L, base);
        lua_pushfstring(L, "%s-%I", lua_tostring(L, base), i);
    }
    return 1;
}

// ---- split_into_chunks --------------------------------------------------------------------------

// Makes a userdata with the metatable at 2 that holds the table at 1.
static int new_object(lua_State *L) {
    lua_newuserdatauv(L, 0, 1);
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    lua_pushvalue(L, 2);
    lua_setmetatable(L, -2);
    return 1;
}

static int object_fields(lua_State *L) {
    luaL_checktype(L, 1, LUA_TUSERDATA);
    lua_getiuservalue(L, 1, 1);
    return 1;
}

// Pushes the functions of chunks.lua, which is compiled when it is first asked for.
static void push_chunk_functions(lua_State *L) {
    static const char *const NAMES[] = {"orgdraft.split_into_chunks", "orgdraft.contents_list"};
    if (lua_getfield(L, LUA_REGISTRYINDEX, NAMES[0]) == LUA_TNIL) {
        lua_pop(L, 1);
        if (luaL_loadbufferx(L, od_lua_chunks, strlen(od_lua_chunks), "=chunks.lua", "t") != LUA_OK)
            lua_error(L);
        lua_pushcfunction(L, new_object);
        lua_pushcfunction(L, object_fields);
        lua_call(L, 2, 2);
        lua_setfield(L, LUA_REGISTRYINDEX, NAMES[1]);
        lua_pushvalue(L, -1);
        lua_setfield(L, LUA_REGISTRYINDEX, NAMES[0]);
    }
    lua_getfield(L, LUA_REGISTRYINDEX, NAMES[1]);
}

static bool is_chunked(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA) return false;
    return strcmp(od_type_name(L, index), "ChunkedDoc") == 0;
}

static int contents_of_chunks(lua_State *L) {
    push_chunk_functions(L);
    lua_getfield(L, 1, "toc");
    lua_pushinteger(L, number_option(L, 2, "toc_depth", 3));
    lua_pushboolean(L, truth_option(L, 2, "number_sections"));
    lua_call(L, 3, 1);
    return 1;
}

static int split_into_chunks(lua_State *L) {
    static const od_signature SIGNATURE = {"split_into_chunks", {"doc", "opts"}};
    if (!od_is_document(L, 1)) {
        lua_pushfstring(L, "Pandoc expected, got %s\n\twhile retrieving Pandoc",
                        lua_gettop(L) ? luaL_typename(L, 1) : "no value");
        return od_raise_argument(L, &SIGNATURE, 1);
    }
    lua_settop(L, 2);
    if (!lua_isnil(L, 2) && !lua_istable(L, 2))
        return od_error(L, "table expected, got %s", od_type_name(L, 2));
    push_option(L, 2, "chunk_level");
    if (!lua_isnil(L, -1) && !lua_isinteger(L, -1)) {
        lua_pushfstring(L, "Integral expected, got %s\n\twhile retrieving raw field 'chunk_level'",
                        od_type_name(L, -1));
        return od_raise_argument(L, &SIGNATURE, 2);
    }
    push_chunk_functions(L);
    lua_pop(L, 1);
    lua_pushvalue(L, 1);
    lua_createtable(L, 0, 4);
    lua_pushinteger(L, number_option(L, 2, "chunk_level", 1));
    lua_setfield(L, -2, "chunk_level");
    push_option(L, 2, "base_heading_level");
    if (lua_isinteger(L, -1)) lua_setfield(L, -2, "base_heading_level");
    else lua_pop(L, 1);
    lua_pushboolean(L, truth_option(L, 2, "number_sections"));
    lua_setfield(L, -2, "number_sections");
    push_option(L, 2, "path_template");
    if (!lua_isstring(L, -1)) {
        lua_pop(L, 1);
        lua_pushliteral(L, "chunk-%n");
    }
    lua_setfield(L, -2, "path_template");
    lua_call(L, 2, 1);
    return 1;
}

static int table_of_contents(lua_State *L) {
    static const od_signature SIGNATURE = {"table_of_contents", {"toc_source", "opts"}};
    if (lua_isnumber(L, 1) || lua_isboolean(L, 1) || lua_isnoneornil(L, 1))
        return od_argument_error(L, &SIGNATURE, 1, "ChunkedDoc");
    lua_settop(L, 2);
    od_push_writer_options(L, 2, SIGNATURE.function, SIGNATURE.arguments[1]);
    lua_replace(L, 2);
    if (is_chunked(L, 1)) return contents_of_chunks(L);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 3);
    contents c = {.store = &store, .depth = number_option(L, 2, "toc_depth", 3),
                  .numbered = truth_option(L, 2, "number_sections")};
    const od_node *const root = od_blocks_argument(&store, &SIGNATURE, 1);
    od_node sections = {0};
    od_make_sections(&store, &sections, root->first, true, OD_NO_BASE_LEVEL);
    od_node *const list = od_store_node(&store, OD_BULLET_LIST);
    add_entries(&c, list, sections.first);
    od_push_own_element(L, list, 3, 0, NULL);
    return 1;
}

void od_open_structure(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"make_sections", make_sections},
        {"slide_level", slide_level},
        {"split_into_chunks", split_into_chunks},
        {"table_of_contents", table_of_contents},
        {"unique_identifier", unique_identifier},
        {NULL, NULL},
    };
    luaL_newlib(L, FUNCTIONS);
}
