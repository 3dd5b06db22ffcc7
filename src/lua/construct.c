#include "lua/construct.h"

#include "lua/attr.h"
#include "lua/build.h"
#include "lua/list_attributes.h"

enum { PARAMETERS_MAX = 6 };

// A parameter of a constructor: the property it sets, and how it is read when that differs from an
// assignment.
typedef struct parameter {
    uint8_t property;
    uint8_t reading; // an od_shape + 1; 0: as an assignment
    bool optional;
    const char *name;
} parameter;

typedef struct constructor {
    od_node_type type;
    parameter parameters[PARAMETERS_MAX];
} constructor;

#define INLINES(property, name) {property, OD_AS_INLINES + 1, false, name}
#define BLOCKS(property, name) {property, OD_AS_BLOCKS + 1, false, name}
#define ITEMS(property, name) {property, OD_AS_ITEMS + 1, false, name}
#define LIST(property, shape, name) {property, shape + 1, false, name}
#define VALUE(property, name) {property, 0, false, name}
#define OPTION(property, name) {property, 0, true, name}
#define OPTIONAL_LIST(property, shape, name) {property, shape + 1, true, name}
#define ATTR {OD_P_ATTR, 0, true, "attr"}

static const constructor CONSTRUCTORS[] = {
    {OD_EMPH, {INLINES(OD_P_CONTENT, "content")}},
    {OD_STRONG, {INLINES(OD_P_CONTENT, "content")}},
    {OD_STRIKEOUT, {INLINES(OD_P_CONTENT, "content")}},
    {OD_UNDERLINE, {INLINES(OD_P_CONTENT, "content")}},
    {OD_SUPERSCRIPT, {INLINES(OD_P_CONTENT, "content")}},
    {OD_SUBSCRIPT, {INLINES(OD_P_CONTENT, "content")}},
    {OD_SMALL_CAPS, {INLINES(OD_P_CONTENT, "content")}},
    {OD_QUOTED, {VALUE(OD_P_QUOTETYPE, "quotetype"), INLINES(OD_P_CONTENT, "content")}},
    {OD_CITE,
     {INLINES(OD_P_CONTENT, "content"), LIST(OD_P_CITATIONS, OD_AS_CITATIONS, "citations")}},
    {OD_LINK,
     {INLINES(OD_P_CONTENT, "content"), VALUE(OD_P_TARGET, "target"),
      OPTION(OD_P_TITLE, "title"), ATTR}},
    {OD_IMAGE,
     {INLINES(OD_P_CAPTION, "caption"), VALUE(OD_P_SRC, "src"), OPTION(OD_P_TITLE, "title"),
      ATTR}},
    {OD_SPAN, {INLINES(OD_P_CONTENT, "content"), ATTR}},
    {OD_NOTE, {BLOCKS(OD_P_CONTENT, "content")}},
    {OD_TEXT, {VALUE(OD_P_TEXT, "text")}},
    {OD_SPACE, {{0}}},
    {OD_SOFT_BREAK, {{0}}},
    {OD_LINE_BREAK, {{0}}},
    {OD_CODE, {VALUE(OD_P_TEXT, "code"), ATTR}},
    {OD_MATH, {VALUE(OD_P_MATHTYPE, "mathtype"), VALUE(OD_P_TEXT, "text")}},
    {OD_RAW_INLINE, {VALUE(OD_P_FORMAT, "format"), VALUE(OD_P_TEXT, "text")}},

    {OD_PLAIN, {INLINES(OD_P_CONTENT, "content")}},
    {OD_PARA, {INLINES(OD_P_CONTENT, "content")}},
    {OD_LINE_BLOCK, {LIST(OD_P_CONTENT, OD_AS_LINES, "content")}},
    {OD_CODE_BLOCK, {VALUE(OD_P_TEXT, "text"), ATTR}},
    {OD_RAW_BLOCK, {VALUE(OD_P_FORMAT, "format"), VALUE(OD_P_TEXT, "text")}},
    {OD_BLOCK_QUOTE, {BLOCKS(OD_P_CONTENT, "content")}},
    {OD_ORDERED_LIST,
     {ITEMS(OD_P_CONTENT, "items"), OPTION(OD_P_LIST_ATTRIBUTES, "listAttributes")}},
    {OD_BULLET_LIST, {ITEMS(OD_P_CONTENT, "items")}},
    {OD_DEFINITION_LIST, {LIST(OD_P_CONTENT, OD_AS_DEFINITION_ITEMS, "content")}},
    {OD_HEADING, {VALUE(OD_P_LEVEL, "level"), INLINES(OD_P_CONTENT, "content"), ATTR}},
    {OD_HORIZONTAL_RULE, {{0}}},
    {OD_DIV, {BLOCKS(OD_P_CONTENT, "content"), ATTR}},
    {OD_FIGURE,
     {BLOCKS(OD_P_CONTENT, "content"), OPTIONAL_LIST(OD_P_CAPTION, OD_AS_CAPTION, "caption"),
      ATTR}},
    {OD_TABLE,
     {LIST(OD_P_CAPTION, OD_AS_CAPTION, "caption"), VALUE(OD_P_COLSPECS, "colspecs"),
      LIST(OD_P_HEAD, OD_AS_HEAD, "head"), LIST(OD_P_BODIES, OD_AS_BODIES, "bodies"),
      LIST(OD_P_FOOT, OD_AS_FOOT, "foot"), ATTR}},

    {OD_CAPTION,
     {OPTIONAL_LIST(OD_P_LONG, OD_AS_BLOCKS, "long"),
      OPTIONAL_LIST(OD_P_SHORT, OD_AS_INLINES, "short")}},
    {OD_CELL,
     {BLOCKS(OD_P_CONTENTS, "blocks"), OPTION(OD_P_ALIGNMENT, "align"),
      OPTION(OD_P_ROW_SPAN, "rowspan"), OPTION(OD_P_COL_SPAN, "colspan"), ATTR}},
    {OD_ROW, {OPTIONAL_LIST(OD_P_CELLS, OD_AS_CELLS, "cells"), ATTR}},
    {OD_TABLE_HEAD, {OPTIONAL_LIST(OD_P_ROWS, OD_AS_ROWS, "rows"), ATTR}},
    {OD_TABLE_FOOT, {OPTIONAL_LIST(OD_P_ROWS, OD_AS_ROWS, "rows"), ATTR}},
    {OD_TABLE_BODY,
     {OPTIONAL_LIST(OD_P_BODY, OD_AS_ROWS, "body"), OPTIONAL_LIST(OD_P_HEAD, OD_AS_ROWS, "head"),
      OPTION(OD_P_ROW_HEAD_COLUMNS, "row_head_columns"), ATTR}},
    {OD_CITATION,
     {VALUE(OD_P_ID, "id"), VALUE(OD_P_MODE, "mode"),
      OPTIONAL_LIST(OD_P_PREFIX, OD_AS_INLINES, "prefix"),
      OPTIONAL_LIST(OD_P_SUFFIX, OD_AS_INLINES, "suffix"), OPTION(OD_P_NOTE_NUM, "note_num"),
      OPTION(OD_P_HASH, "hash")}},
};

// What a new node is before its parameters are set.
static void set_defaults(od_node *node) {
    static const od_link NO_LINK;
    static const od_table NO_TABLE;
    static const od_citation NO_CITATION;
    switch ((od_node_type)node->type) {
    case OD_LINK:
    case OD_IMAGE: node->link = &NO_LINK; break;
    case OD_TABLE: node->table = &NO_TABLE; break;
    case OD_CITATION: node->citation = &NO_CITATION; break;
    case OD_ORDERED_LIST: node->list.start = 1; break;
    case OD_CELL: node->cell.row_span = node->cell.column_span = 1; break;
    case OD_TEXT:
    case OD_SPACE:
    case OD_SOFT_BREAK:
    case OD_LINE_BREAK: node->flags |= OD_VERBATIM; break;
    default: break;
    }
}

static void read_parameter(od_store *store, od_node *node, const parameter *p, int index) {
    if (!p->reading) {
        od_build_property(store, node, (od_property)p->property, index);
        return;
    }
    od_node list = {0};
    const od_shape shape = (od_shape)(p->reading - 1);
    od_node_type holder = OD_ROOT;
    if (p->property == OD_P_SHORT) holder = OD_SHORT_CAPTION;
    else if (p->property == OD_P_PREFIX) holder = OD_PREFIX;
    else if (p->property == OD_P_SUFFIX) holder = OD_SUFFIX;
    od_node *into = &list;
    if (holder != OD_ROOT) {
        into = od_store_node(store, holder);
        od_store_link(&list, into);
    }
    od_build(store, into, index, shape);
    // Parts come in the order of the children of a node, whatever the order of parameters.
    const bool before = p->property == OD_P_SHORT || p->property == OD_P_CITATIONS ||
                        (p->property == OD_P_CAPTION && node->type != OD_IMAGE) ||
                        (p->property == OD_P_HEAD && node->type == OD_TABLE_BODY);
    if (p->property == OD_P_HEAD && node->type == OD_TABLE_BODY)
        for (const od_node *row = list.first; row; row = row->next) node->body.head_rows++;
    if (!list.first) return;
    if (before && node->first) {
        list.last->next = node->first;
        node->first = list.first;
        return;
    }
    if (node->last) node->last->next = list.first;
    else node->first = list.first;
    node->last = list.last;
}

// Citations have a prefix and a suffix, tables and figures a caption, be they empty.
static void add_missing_parts(od_store *store, od_node *node) {
    od_node_type wanted[2] = {OD_ROOT, OD_ROOT};
    if (node->type == OD_CITATION) {
        wanted[0] = OD_PREFIX;
        wanted[1] = OD_SUFFIX;
    } else if (node->type == OD_FIGURE) {
        wanted[0] = OD_CAPTION;
    }
    for (size_t i = 0; i < 2 && wanted[i] != OD_ROOT; i++) {
        const od_node *child = node->first;
        while (child && child->type != wanted[i]) child = child->next;
        if (child) continue;
        od_node *const part = od_store_node(store, wanted[i]);
        if (wanted[i] == OD_SUFFIX) {
            od_store_link(node, part);
            continue;
        }
        part->next = node->first;
        node->first = part;
        if (!node->last) node->last = part;
    }
}

static const char *name_of(const constructor *c) {
    return od_node_type_name(c->type);
}

// All constructors: the first upvalue tells which.
static int construct(lua_State *L) {
    const constructor *const c = &CONSTRUCTORS[lua_tointeger(L, lua_upvalueindex(1))];
    od_host *const host = od_host_of(L);
    const int given = lua_gettop(L);
    lua_settop(L, PARAMETERS_MAX);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, PARAMETERS_MAX + 1);
    od_node node = {.type = (uint8_t)c->type, .flags = OD_BORROWED, .span = OD_NO_SPAN};
    set_defaults(&node);
    for (int i = 0; i < PARAMETERS_MAX && c->parameters[i].name; i++) {
        const parameter *const p = &c->parameters[i];
        if (p->optional && lua_isnil(L, i + 1)) continue;
        host->function = name_of(c);
        host->argument = p->name;
        host->missing = i >= given;
        read_parameter(&store, &node, p, i + 1);
    }
    host->function = NULL;
    add_missing_parts(&store, &node);
    od_push_own_element(L, &node, PARAMETERS_MAX + 1, 0, NULL);
    return 1;
}

// Inlines(x), Blocks(x): the first upvalue tells the type of node that holds the list.
static int new_list(lua_State *L) {
    const od_node_type type = (od_node_type)lua_tointeger(L, lua_upvalueindex(1));
    const bool inlines = type == OD_LINE;
    od_host *const host = od_host_of(L);
    host->missing = lua_gettop(L) == 0;
    lua_settop(L, 1);
    lua_pushnil(L);
    od_store store = od_store_in_lua(L, 2);
    od_node *const list = od_store_node(&store, type);
    host->function = inlines ? "Inlines" : "Blocks";
    host->argument = inlines ? "inline_like_elements" : "block_like_elements";
    od_build(&store, list, 1, inlines ? OD_AS_INLINES : OD_AS_BLOCKS);
    host->function = NULL;
    if (inlines) od_push_inlines(L, list->first, 2);
    else od_push_blocks(L, list->first, 2);
    return 1;
}

static void add_list(lua_State *L, const char *name, od_node_type type) {
    lua_pushinteger(L, type);
    lua_pushcclosure(L, new_list, 1);
    lua_setfield(L, -2, name);
}

// Adds a field to the table on top of the stack: a table whose `constructor` is itself.
static void add_constructor_table(lua_State *L, const char *name) {
    lua_newtable(L);
    lua_newtable(L);
    lua_setfield(L, -2, "constructor");
    lua_setfield(L, -2, name);
}

void od_open_constructors(lua_State *L) {
    add_constructor_table(L, "Inline");
    add_constructor_table(L, "Block");
    for (size_t i = 0; i < sizeof CONSTRUCTORS / sizeof *CONSTRUCTORS; i++) {
        const char *const name = name_of(&CONSTRUCTORS[i]);
        const int class = od_element_type_of(CONSTRUCTORS[i].type)->class;
        lua_pushinteger(L, (lua_Integer)i);
        lua_pushcclosure(L, construct, 1);
        if (class == OD_CLASS_INLINE || class == OD_CLASS_BLOCK) {
            lua_getfield(L, -2, class == OD_CLASS_INLINE ? "Inline" : "Block");
            lua_getfield(L, -1, "constructor");
            lua_pushvalue(L, -3);
            lua_setfield(L, -2, name);
            lua_pop(L, 2);
        }
        lua_setfield(L, -2, name);
    }
    add_list(L, "Inlines", OD_LINE);
    add_list(L, "Blocks", OD_ITEM);
    lua_pushcfunction(L, od_attr_new);
    lua_setfield(L, -2, "Attr");
    lua_pushcfunction(L, od_attribute_list_new);
    lua_setfield(L, -2, "AttributeList");
    lua_pushcfunction(L, od_list_attributes_new);
    lua_setfield(L, -2, "ListAttributes");
}
