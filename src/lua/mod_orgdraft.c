#include "lua/mod_orgdraft.h"

#include "document/document.h"
#include "document/outline.h"
#include "lua/element.h"

static od_lua_draft *draft_of(lua_State *L) {
    return lua_touserdata(L, lua_upvalueindex(1));
}

const od_draft_part *od_draft_part_at(const od_draft_part *parts, size_t count, size_t offset) {
    const od_draft_part *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const od_draft_part *const part = &parts[i];
        if (offset >= part->start && offset - part->start <= part->source->bytes.size) found = part;
    }
    return found;
}

static const od_draft_part *part_at(const od_lua_draft *draft, size_t offset) {
    return od_draft_part_at(draft->parts, draft->part_count, offset);
}

// ---- spans of values -----------------------------------------------------------------------------

static bool is_place(od_span span) {
    return span.start != SIZE_MAX;
}

// Returns the span of the element at `index`, or of all elements in the list there.
static od_span span_of(lua_State *L, int index) {
    const od_element *const element = od_to_element(L, index);
    if (element) return element->node->span;
    od_span all = OD_NO_SPAN;
    if (!lua_istable(L, index)) return all;
    index = lua_absindex(L, index);
    for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
        const od_element *const item = od_to_element(L, -1);
        const od_span span = item ? item->node->span : OD_NO_SPAN;
        if (is_place(span)) {
            if (!is_place(all)) all = span;
            if (span.start < all.start) all.start = span.start;
            if (span.end > all.end) all.end = span.end;
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return all;
}

static void set_integer(lua_State *L, const char *name, size_t number) {
    lua_pushinteger(L, (lua_Integer)number);
    lua_setfield(L, -2, name);
}

static void set_slice(lua_State *L, const char *name, od_slice text) {
    lua_pushlstring(L, text.size ? text.data : "", text.size);
    lua_setfield(L, -2, name);
}

// Adds file, start, stop, line and column to the table on top of the stack.
static void set_place(lua_State *L, od_lua_draft *draft, const od_draft_part *part, od_span span) {
    const od_position at =
        od_locate(&draft->locator, part->source, span.start - part->start, OD_CODE_POINTS);
    lua_pushstring(L, part->source->path);
    lua_setfield(L, -2, "file");
    set_integer(L, "start", span.start - part->start);
    set_integer(L, "stop", span.end - part->start);
    set_integer(L, "line", at.line);
    set_integer(L, "column", at.column);
}

static int span(lua_State *L) {
    luaL_checkany(L, 1);
    od_lua_draft *const draft = draft_of(L);
    const od_span found = span_of(L, 1);
    const od_draft_part *const part = is_place(found) ? part_at(draft, found.start) : NULL;
    if (!part) {
        lua_pushnil(L);
        return 1;
    }
    lua_createtable(L, 0, 5);
    set_place(L, draft, part, found);
    return 1;
}

static int source(lua_State *L) {
    luaL_checkany(L, 1);
    const od_span found = span_of(L, 1);
    const od_draft_part *const part = is_place(found) ? part_at(draft_of(L), found.start) : NULL;
    if (!part || found.end - part->start > part->source->bytes.size) {
        lua_pushnil(L);
        return 1;
    }
    const od_slice bytes =
        od_slice_cut(part->source->bytes, found.start - part->start, found.end - part->start);
    lua_pushlstring(L, bytes.size ? bytes.data : "", bytes.size);
    return 1;
}

// ---- report --------------------------------------------------------------------------------------

// Returns the part of the file that the table at `index` names; the first one when it names none.
static const od_draft_part *named_part(lua_State *L, const od_lua_draft *draft, int index) {
    const od_draft_part *found = draft->part_count ? &draft->parts[0] : NULL;
    if (lua_getfield(L, index, "file") == LUA_TSTRING) {
        for (size_t i = 0; i < draft->part_count; i++)
            if (strcmp(draft->parts[i].source->path, lua_tostring(L, -1)) == 0)
                found = &draft->parts[i];
    }
    lua_pop(L, 1);
    return found;
}

// Reads {start=, stop=} at `index`; raises an error when that lies outside of the draft.
static od_span read_range(lua_State *L, const od_lua_draft *draft, int index) {
    index = lua_absindex(L, index);
    const od_draft_part *const part = named_part(L, draft, index);
    lua_getfield(L, index, "start");
    lua_getfield(L, index, "stop");
    int is_start, is_stop;
    const lua_Integer start = lua_tointegerx(L, -2, &is_start);
    const lua_Integer stop = lua_tointegerx(L, -1, &is_stop);
    lua_pop(L, 2);
    if (!is_start || !is_stop)
        luaL_error(L, "orgdraft.report: a range needs whole numbers as start and stop");
    if (!part || start < 0 || stop < start || (size_t)stop > part->source->bytes.size)
        luaL_error(L, "orgdraft.report: %I to %I lies outside of the draft", start, stop);
    return (od_span){(size_t)start + part->start, (size_t)stop + part->start};
}

static bool has_range(lua_State *L, int index) {
    if (!lua_istable(L, index)) return false;
    const bool has = lua_getfield(L, index, "start") != LUA_TNIL;
    lua_pop(L, 1);
    return has;
}

// The place of a report: its first item, or its field `range`.
static void read_place(lua_State *L, const od_lua_draft *draft, od_lua_report *report) {
    if (lua_getfield(L, 1, "range") == LUA_TNIL) {
        lua_pop(L, 1);
        lua_rawgeti(L, 1, 1);
    }
    if (has_range(L, -1)) report->span = read_range(L, draft, -1);
    else if (!lua_isnil(L, -1)) report->span = span_of(L, -1);
    report->has_position = is_place(report->span) && part_at(draft, report->span.start);
    lua_pop(L, 1);
}

// Returns the text of a field, copied; `missing` when there is none.
static od_slice read_text(lua_State *L, od_lua_draft *draft, int index, const char *field,
                          od_slice missing) {
    const int type = lua_getfield(L, index, field);
    if (type != LUA_TNIL && type != LUA_TSTRING)
        luaL_error(L, "orgdraft.report: %s must be a string, got %s", field, luaL_typename(L, -1));
    const od_slice text =
        type == LUA_TNIL ? missing : (od_slice){lua_tostring(L, -1), lua_rawlen(L, -1)};
    const od_slice copy = od_arena_copy(draft->arena, text);
    lua_pop(L, 1);
    return copy;
}

static od_severity read_severity(lua_State *L, od_lua_draft *draft) {
    static const char *const NAMES[] = {
        [OD_INFO] = "info", [OD_WARNING] = "warning", [OD_ERROR] = "error"};
    const od_slice name = read_text(L, draft, 1, "severity", OD_SLICE("warning"));
    for (int i = OD_INFO; i <= OD_ERROR; i++)
        if (od_slice_is(name, NAMES[i])) return (od_severity)i;
    luaL_error(L, "orgdraft.report: severity must be error, warning or info, got '%s'", name.data);
    return OD_WARNING;
}

// The rule of `rules/decision-has-owner.lua` is `decision-has-owner`.
static od_slice default_rule(const od_lua_draft *draft) {
    od_slice name = od_slice_of(draft->script ? draft->script : "filter");
    for (size_t slash; (slash = od_slice_find(name, OD_SLICE("/"), 0)) != SIZE_MAX;)
        name = od_slice_from(name, slash + 1);
    if (od_slice_ends(name, OD_SLICE(".lua"))) name.size -= 4;
    return name;
}

// `fix` is the text to stand there instead, or {text=, title=} with a range of its own if need be.
static void read_fix(lua_State *L, od_lua_draft *draft, od_lua_report *report) {
    const int type = lua_getfield(L, 1, "fix");
    report->fix_span = report->span;
    if (type == LUA_TSTRING) {
        report->fix_text = read_text(L, draft, 1, "fix", (od_slice){0});
        report->has_fix = report->has_position;
    } else if (type == LUA_TTABLE) {
        const int fix = lua_gettop(L);
        report->fix_text = read_text(L, draft, fix, "text", (od_slice){0});
        report->fix_title = read_text(L, draft, fix, "title", (od_slice){0});
        if (has_range(L, fix)) report->fix_span = read_range(L, draft, fix);
        report->has_fix = is_place(report->fix_span);
    } else if (type != LUA_TNIL) {
        luaL_error(L, "orgdraft.report: fix must be a string or a table, got %s",
                   luaL_typename(L, -1));
    }
    lua_pop(L, 1);
}

static int report(lua_State *L) {
    od_lua_draft *const draft = draft_of(L);
    luaL_checktype(L, 1, LUA_TTABLE);
    od_lua_report made = {.span = OD_NO_SPAN};
    read_place(L, draft, &made);
    made.message = read_text(L, draft, 1, "message", (od_slice){0});
    if (!made.message.size) return luaL_error(L, "orgdraft.report: there is no message");
    made.rule = read_text(L, draft, 1, "rule", default_rule(draft));
    made.severity = read_severity(L, draft);
    read_fix(L, draft, &made);
    *od_array_push(draft->arena, &draft->reports) = made;
    return 0;
}

// ---- the draft as check reads it -----------------------------------------------------------------

// A session that Lua frees when an error passes by.
static const char SESSION[] = "orgdraft.session";

static int free_session(lua_State *L) {
    od_session **const session = luaL_checkudata(L, 1, SESSION);
    od_session_free(*session);
    *session = NULL;
    return 0;
}

static od_session *push_session(lua_State *L, od_language language) {
    od_session **const session = lua_newuserdatauv(L, sizeof *session, 0);
    *session = NULL;
    if (luaL_newmetatable(L, SESSION)) {
        lua_pushcfunction(L, free_session);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    *session = od_session_new(&(od_options){.language = language});
    return *session;
}

// Returns the document of a part, read anew where there is none yet.
static const od_document *open_part(lua_State *L, od_session *session, const od_draft_part *part) {
    if (part->document) return part->document;
    od_document *document;
    const od_input input = {.path = part->source->path, .bytes = part->source->bytes};
    if (od_document_open(session, &input, &document) == OD_OK) return document;
    const od_slice why = od_session_failures(session).items[0].message;
    lua_pushlstring(L, why.data, why.size);
    lua_error(L);
    return NULL;
}

static void check_text(lua_State *L, const od_lua_draft *draft, const char *name) {
    if (!draft->part_count)
        luaL_error(L, "orgdraft.%s needs a draft that was read from its text, and this one came as "
                      "JSON",
                   name);
}

static void push_field(lua_State *L, od_lua_draft *draft, const od_draft_part *part,
                       const od_field *field) {
    lua_createtable(L, 0, 12);
    set_place(L, draft, part,
              (od_span){field->span.start + part->start, field->span.end + part->start});
    set_integer(L, "index", field->index);
    set_integer(L, "token", field->token);
    set_slice(L, "text", field->text);
    set_slice(L, "key", field->key);
    if (field->name.size) set_slice(L, "name", field->name);
    set_slice(L, "section", field->section);
    set_slice(L, "context", field->context);
    lua_pushstring(L, od_field_type_name(field->type));
    lua_setfield(L, -2, "type");
}

// What a list is made of, one part of the draft at a time.
typedef struct listing {
    lua_State *L;
    od_lua_draft *draft;
    od_session *session;
    lua_Integer count; // of the items in the table on top of the stack
} listing;

static void end_item(listing *l) {
    lua_rawseti(l->L, -2, ++l->count);
}

// Returns the table that `list` makes of all parts.
static int list_parts(lua_State *L, const char *name,
                      void (*list)(listing *l, const od_draft_part *part,
                                   const od_document *document)) {
    od_lua_draft *const draft = draft_of(L);
    check_text(L, draft, name);
    listing l = {.L = L, .draft = draft, .session = push_session(L, draft->language)};
    lua_newtable(L);
    for (size_t i = 0; i < draft->part_count; i++)
        list(&l, &draft->parts[i], open_part(L, l.session, &draft->parts[i]));
    return 1;
}

static void list_fields(listing *l, const od_draft_part *part, const od_document *document) {
    const od_fields *const found = od_list_fields(l->session, document, part->profile, NULL);
    for (size_t i = 0; i < found->count; i++) {
        push_field(l->L, l->draft, part, &found->items[i]);
        end_item(l);
    }
}

static int fields(lua_State *L) {
    return list_parts(L, "fields", list_fields);
}

static void push_section(lua_State *L, od_lua_draft *draft, const od_draft_part *part,
                         const od_section *section) {
    lua_createtable(L, 0, 9);
    const od_span heading = section->heading;
    set_place(L, draft, part, (od_span){heading.start + part->start, heading.end + part->start});
    set_integer(L, "level", (size_t)section->level);
    set_slice(L, "title", section->title);
    set_integer(L, "last", section->span.end);
    if (section->number.present) {
        const od_span number = section->number.span;
        set_slice(L, "number", od_source_cut(part->source, number));
    }
}

static void list_sections(listing *l, const od_draft_part *part, const od_document *document) {
    od_outline read;
    od_outline_read(l->draft->arena, part->source, document->root, &(od_outline_options){0}, &read);
    for (size_t i = 0; i < read.count; i++) {
        push_section(l->L, l->draft, part, read.sections[i]);
        end_item(l);
    }
}

static int outline(lua_State *L) {
    return list_parts(L, "outline", list_sections);
}

void od_open_orgdraft(lua_State *L, od_lua_draft *draft) {
    static const luaL_Reg FUNCTIONS[] = {{"span", span},     {"source", source},
                                         {"report", report}, {"fields", fields},
                                         {"outline", outline}, {NULL, NULL}};
    lua_newtable(L);
    lua_pushlightuserdata(L, draft);
    luaL_setfuncs(L, FUNCTIONS, 1);
    lua_pushliteral(L, OD_VERSION);
    lua_setfield(L, -2, "version");
    lua_pushstring(L, draft->language == OD_CHINESE ? "zh" : "en");
    lua_setfield(L, -2, "language");
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, "orgdraft");
    lua_pop(L, 1);
    lua_setglobal(L, "orgdraft");
}
