#include "lua/element.h"

#include "lua/attr.h"
#include "lua/list_attributes.h"
#include "lua/names.h"
#include "lua/words.h"

// ---- types and their properties -----------------------------------------------------------------

#define INLINE(...) {OD_CLASS_INLINE, sizeof((uint8_t[]){__VA_ARGS__}), {__VA_ARGS__}}
#define BLOCK(...) {OD_CLASS_BLOCK, sizeof((uint8_t[]){__VA_ARGS__}), {__VA_ARGS__}}
#define PART(class, ...) {class, sizeof((uint8_t[]){__VA_ARGS__}), {__VA_ARGS__}}

static const od_element_type TYPES[OD_NODE_TYPE_COUNT] = {
    [OD_BLOCK_QUOTE] = BLOCK(OD_P_CONTENT),
    [OD_ORDERED_LIST] = BLOCK(OD_P_LIST_ATTRIBUTES, OD_P_CONTENT),
    [OD_BULLET_LIST] = BLOCK(OD_P_CONTENT),
    [OD_DEFINITION_LIST] = BLOCK(OD_P_CONTENT),
    [OD_DIV] = BLOCK(OD_P_ATTR, OD_P_CONTENT),
    [OD_FIGURE] = BLOCK(OD_P_ATTR, OD_P_CAPTION, OD_P_CONTENT),
    [OD_TABLE] =
        BLOCK(OD_P_ATTR, OD_P_COLSPECS, OD_P_CAPTION, OD_P_HEAD, OD_P_BODIES, OD_P_FOOT),
    [OD_PLAIN] = BLOCK(OD_P_CONTENT),
    [OD_PARA] = BLOCK(OD_P_CONTENT),
    [OD_HEADING] = BLOCK(OD_P_LEVEL, OD_P_ATTR, OD_P_CONTENT),
    [OD_LINE_BLOCK] = BLOCK(OD_P_CONTENT),
    [OD_CODE_BLOCK] = BLOCK(OD_P_ATTR, OD_P_TEXT),
    [OD_RAW_BLOCK] = BLOCK(OD_P_FORMAT, OD_P_TEXT),
    [OD_HORIZONTAL_RULE] = {OD_CLASS_BLOCK, 0, {0}},

    [OD_CAPTION] = PART(OD_CLASS_CAPTION, OD_P_SHORT, OD_P_LONG),
    [OD_TABLE_HEAD] = PART(OD_CLASS_TABLE_HEAD, OD_P_ATTR, OD_P_ROWS),
    [OD_TABLE_BODY] =
        PART(OD_CLASS_TABLE_BODY, OD_P_ATTR, OD_P_ROW_HEAD_COLUMNS, OD_P_HEAD, OD_P_BODY),
    [OD_TABLE_FOOT] = PART(OD_CLASS_TABLE_FOOT, OD_P_ATTR, OD_P_ROWS),
    [OD_ROW] = PART(OD_CLASS_ROW, OD_P_ATTR, OD_P_CELLS),
    [OD_CELL] = PART(OD_CLASS_CELL, OD_P_ATTR, OD_P_ALIGNMENT, OD_P_ROW_SPAN, OD_P_COL_SPAN,
                     OD_P_CONTENTS),
    [OD_CITATION] = PART(OD_CLASS_CITATION, OD_P_ID, OD_P_MODE, OD_P_NOTE_NUM, OD_P_HASH,
                         OD_P_PREFIX, OD_P_SUFFIX),

    [OD_EMPH] = INLINE(OD_P_CONTENT),
    [OD_STRONG] = INLINE(OD_P_CONTENT),
    [OD_STRIKEOUT] = INLINE(OD_P_CONTENT),
    [OD_UNDERLINE] = INLINE(OD_P_CONTENT),
    [OD_SUPERSCRIPT] = INLINE(OD_P_CONTENT),
    [OD_SUBSCRIPT] = INLINE(OD_P_CONTENT),
    [OD_SMALL_CAPS] = INLINE(OD_P_CONTENT),
    [OD_QUOTED] = INLINE(OD_P_QUOTETYPE, OD_P_CONTENT),
    [OD_CITE] = INLINE(OD_P_CITATIONS, OD_P_CONTENT),
    [OD_LINK] = INLINE(OD_P_ATTR, OD_P_TARGET, OD_P_TITLE, OD_P_CONTENT),
    [OD_IMAGE] = INLINE(OD_P_ATTR, OD_P_SRC, OD_P_TITLE, OD_P_CAPTION),
    [OD_SPAN] = INLINE(OD_P_ATTR, OD_P_CONTENT),
    [OD_NOTE] = INLINE(OD_P_CONTENT),
    [OD_TEXT] = INLINE(OD_P_TEXT),
    [OD_SPACE] = {OD_CLASS_INLINE, 0, {0}},
    [OD_SOFT_BREAK] = {OD_CLASS_INLINE, 0, {0}},
    [OD_LINE_BREAK] = {OD_CLASS_INLINE, 0, {0}},
    [OD_CODE] = INLINE(OD_P_ATTR, OD_P_TEXT),
    [OD_MATH] = INLINE(OD_P_MATHTYPE, OD_P_TEXT),
    [OD_RAW_INLINE] = INLINE(OD_P_FORMAT, OD_P_TEXT),
};

static const char *const PROPERTY_NAMES[OD_PROPERTY_COUNT] = {
    [OD_P_ALIGNMENT] = "alignment",
    [OD_P_ATTR] = "attr",
    [OD_P_BODIES] = "bodies",
    [OD_P_BODY] = "body",
    [OD_P_CAPTION] = "caption",
    [OD_P_CELLS] = "cells",
    [OD_P_CITATIONS] = "citations",
    [OD_P_COL_SPAN] = "col_span",
    [OD_P_COLSPECS] = "colspecs",
    [OD_P_CONTENT] = "content",
    [OD_P_CONTENTS] = "contents",
    [OD_P_FOOT] = "foot",
    [OD_P_FORMAT] = "format",
    [OD_P_HASH] = "hash",
    [OD_P_HEAD] = "head",
    [OD_P_ID] = "id",
    [OD_P_LEVEL] = "level",
    [OD_P_LIST_ATTRIBUTES] = "listAttributes",
    [OD_P_LONG] = "long",
    [OD_P_MATHTYPE] = "mathtype",
    [OD_P_MODE] = "mode",
    [OD_P_NOTE_NUM] = "note_num",
    [OD_P_PREFIX] = "prefix",
    [OD_P_QUOTETYPE] = "quotetype",
    [OD_P_ROW_HEAD_COLUMNS] = "row_head_columns",
    [OD_P_ROW_SPAN] = "row_span",
    [OD_P_ROWS] = "rows",
    [OD_P_SHORT] = "short",
    [OD_P_SRC] = "src",
    [OD_P_SUFFIX] = "suffix",
    [OD_P_TARGET] = "target",
    [OD_P_TEXT] = "text",
    [OD_P_TITLE] = "title",
};

const od_element_type *od_element_type_of(od_node_type type) {
    return &TYPES[type];
}

int od_property_place(od_node_type type, od_property property) {
    const od_element_type *const t = &TYPES[type];
    for (int i = 0; i < t->count; i++)
        if (t->properties[i] == property) return OD_FIRST_PROPERTY + i;
    return 0;
}

const char *od_property_name(od_property property) {
    return PROPERTY_NAMES[property];
}

// ---- check, push --------------------------------------------------------------------------------

static od_element *new_element(lua_State *L, const od_node *node, int keeper, size_t size) {
    luaL_checkstack(L, 4, NULL);
    const od_element_type *const type = &TYPES[node->type];
    od_element *const element = lua_newuserdatauv(L, size, 1 + type->count);
    element->node = node;
    od_push_metatable(L, (od_class)type->class);
    lua_setmetatable(L, -2);
    if (keeper) {
        lua_pushvalue(L, keeper);
        lua_setiuservalue(L, -2, OD_KEEPER);
    }
    return element;
}

void od_push_element(lua_State *L, const od_node *node, int keeper) {
    if (keeper) keeper = lua_absindex(L, keeper);
    new_element(L, node, keeper, offsetof(od_element, own));
}

od_element *od_push_own_element(lua_State *L, const od_node *node, int keeper, size_t spare,
                                char **memory) {
    if (keeper) keeper = lua_absindex(L, keeper);
    od_element *const element = new_element(L, node, keeper, sizeof *element + spare);
    element->own = *node;
    element->own.parent = element->own.next = NULL;
    element->node = &element->own;
    if (memory) *memory = (char *)element + sizeof *element;
    return element;
}

od_element *od_to_element(lua_State *L, int index) {
    const od_class class = od_class_at(L, index);
    return class != OD_CLASS_NONE && class < OD_CLASS_ELEMENTS ? lua_touserdata(L, index) : NULL;
}

// Whether the value on top of the stack is the text that `node` has.
static bool is_own_text(lua_State *L, const od_node *node) {
    size_t size;
    if (lua_type(L, -1) != LUA_TSTRING) return false;
    const char *const text = lua_tolstring(L, -1, &size);
    return od_slice_equal(node->leaf.text, (od_slice){text, size});
}

bool od_element_untouched(lua_State *L, int index, const od_element *element) {
    const od_element_type *const type = &TYPES[element->node->type];
    bool same = true;
    for (int i = 0; i < type->count && same; i++) {
        if (lua_getiuservalue(L, index, OD_FIRST_PROPERTY + i) != LUA_TNIL)
            same = type->properties[i] == OD_P_TEXT && is_own_text(L, element->node);
        lua_pop(L, 1);
    }
    return same;
}

// ---- lists of nodes -----------------------------------------------------------------------------

const od_node *od_list_start(const od_node *node) {
    const od_node *child = node->first;
    while (child && (child->type == OD_CITATION || child->type == OD_CAPTION ||
                     child->type == OD_SHORT_CAPTION))
        child = child->next;
    return child;
}

static void close_list(lua_State *L, od_list_kind kind) {
    od_push_list_metatable(L, kind);
    lua_setmetatable(L, -2);
}

// Pushes an inline that is a piece of one or several runs; the text of the latter is on the stack.
static void push_piece(lua_State *L, const od_node *piece, int keeper, od_words_kind kind) {
    if (kind == OD_WORDS_PIECE) {
        od_push_own_element(L, piece, keeper, 0, NULL);
        return;
    }
    if (keeper) { // the text's userdata holds on to what the nodes depend on
        lua_pushvalue(L, keeper);
        lua_setiuservalue(L, -2, 1);
    }
    od_push_own_element(L, piece, -1, 0, NULL);
    lua_remove(L, -2);
}

void od_push_inlines(lua_State *L, const od_node *first, int keeper) {
    if (keeper) keeper = lua_absindex(L, keeper);
    luaL_checkstack(L, 8, NULL);
    lua_newtable(L);
    od_words_place place = {first, 0};
    od_node piece;
    for (lua_Integer i = 1;; i++) {
        const od_node *node = place.node;
        const od_words_kind kind = od_words_next(L, &place, &piece);
        if (kind == OD_WORDS_END) break;
        if (kind == OD_WORDS_NODE) od_push_element(L, node, keeper);
        else push_piece(L, &piece, keeper, kind);
        lua_rawseti(L, -2, i);
    }
    close_list(L, OD_LIST_INLINES);
}

static void push_elements(lua_State *L, const od_node *first, const od_node *end, int keeper,
                          od_list_kind kind) {
    if (keeper) keeper = lua_absindex(L, keeper);
    luaL_checkstack(L, 8, NULL);
    lua_newtable(L);
    lua_Integer i = 0;
    for (const od_node *node = first; node && node != end; node = node->next) {
        od_push_element(L, node, keeper);
        lua_rawseti(L, -2, ++i);
    }
    close_list(L, kind);
}

void od_push_blocks(lua_State *L, const od_node *first, int keeper) {
    push_elements(L, first, NULL, keeper, OD_LIST_BLOCKS);
}

// Pushes a list with the children of each child of `node`: lines, or items.
static void push_lists(lua_State *L, const od_node *first, const od_node *end, int keeper,
                       void (*push)(lua_State *, const od_node *, int)) {
    luaL_checkstack(L, 8, NULL);
    lua_newtable(L);
    lua_Integer i = 0;
    for (const od_node *node = first; node && node != end; node = node->next) {
        push(L, node->first, keeper);
        lua_rawseti(L, -2, ++i);
    }
    close_list(L, OD_LIST_PLAIN);
}

static void push_definitions(lua_State *L, const od_node *node, int keeper) {
    luaL_checkstack(L, 8, NULL);
    lua_newtable(L);
    lua_Integer i = 0;
    for (const od_node *term = node->first; term;) {
        const od_node *end = term->next;
        while (end && end->type == OD_DEFINITION) end = end->next;
        lua_createtable(L, 2, 0);
        od_push_inlines(L, term->first, keeper);
        lua_rawseti(L, -2, 1);
        push_lists(L, term->next, end, keeper, od_push_blocks);
        lua_rawseti(L, -2, 2);
        lua_rawseti(L, -2, ++i);
        term = end;
    }
    close_list(L, OD_LIST_PLAIN);
}

// ---- properties ---------------------------------------------------------------------------------

static void push_text(lua_State *L, od_slice text) {
    lua_pushlstring(L, text.data ? text.data : "", text.size);
}

static void get_text(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    push_text(L, node->leaf.text);
}

static void get_format(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    push_text(L, od_slice_of(node->leaf.format));
}

static void get_content(lua_State *L, const od_node *node, int keeper) {
    switch ((od_node_type)node->type) {
    case OD_BLOCK_QUOTE:
    case OD_DIV:
    case OD_FIGURE:
    case OD_NOTE: od_push_blocks(L, od_list_start(node), keeper); break;
    case OD_LINE_BLOCK: push_lists(L, node->first, NULL, keeper, od_push_inlines); break;
    case OD_ORDERED_LIST:
    case OD_BULLET_LIST: push_lists(L, node->first, NULL, keeper, od_push_blocks); break;
    case OD_DEFINITION_LIST: push_definitions(L, node, keeper); break;
    default: od_push_inlines(L, od_list_start(node), keeper); break;
    }
}

static void get_contents(lua_State *L, const od_node *node, int keeper) {
    od_push_blocks(L, node->first, keeper);
}

static void get_attr(lua_State *L, const od_node *node, int keeper) {
    const od_attr *attr;
    switch ((od_node_type)node->type) {
    case OD_LINK:
    case OD_IMAGE: attr = node->link->attr; break;
    case OD_TABLE: attr = node->table->attr; break;
    case OD_CODE:
    case OD_CODE_BLOCK: attr = node->leaf.attr; break;
    case OD_HEADING: attr = node->heading.attr; break;
    case OD_CELL: attr = node->cell.attr; break;
    case OD_TABLE_BODY: attr = node->body.attr; break;
    default: attr = node->attr; break;
    }
    od_push_attr(L, attr, keeper);
}

static void get_target(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    push_text(L, node->link->target);
}

static void get_title(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    push_text(L, node->link->title);
}

// Returns the child of that type, or an empty one when the reader left it out.
static const od_node *part(const od_node *node, od_node_type type) {
    static const od_node EMPTY_CAPTION = {.type = OD_CAPTION, .span = {SIZE_MAX, SIZE_MAX}};
    static const od_node EMPTY_HEAD = {.type = OD_TABLE_HEAD, .span = {SIZE_MAX, SIZE_MAX}};
    static const od_node EMPTY_FOOT = {.type = OD_TABLE_FOOT, .span = {SIZE_MAX, SIZE_MAX}};
    for (const od_node *child = node->first; child; child = child->next)
        if (child->type == type) return child;
    return type == OD_CAPTION ? &EMPTY_CAPTION : type == OD_TABLE_HEAD ? &EMPTY_HEAD : &EMPTY_FOOT;
}

static void get_caption(lua_State *L, const od_node *node, int keeper) {
    if (node->type == OD_IMAGE) od_push_inlines(L, node->first, keeper);
    else od_push_element(L, part(node, OD_CAPTION), keeper);
}

static const od_node *first_of(const od_node *node, od_node_type type) {
    const od_node *child = node->first;
    while (child && child->type != type) child = child->next;
    return child;
}

// The end of a sequence of siblings of one type.
static const od_node *end_of(const od_node *first) {
    const od_node *end = first;
    while (end && end->type == first->type) end = end->next;
    return end;
}

static void get_citations(lua_State *L, const od_node *node, int keeper) {
    const od_node *const first = first_of(node, OD_CITATION);
    push_elements(L, first, end_of(first), keeper, OD_LIST_PLAIN);
}

static void get_bodies(lua_State *L, const od_node *node, int keeper) {
    const od_node *const first = first_of(node, OD_TABLE_BODY);
    push_elements(L, first, end_of(first), keeper, OD_LIST_PLAIN);
}

static const od_node *body_start(const od_node *node) {
    const od_node *row = node->first;
    for (uint32_t i = 0; row && i < node->body.head_rows; i++) row = row->next;
    return row;
}

static void get_head(lua_State *L, const od_node *node, int keeper) {
    if (node->type == OD_TABLE) od_push_element(L, part(node, OD_TABLE_HEAD), keeper);
    else push_elements(L, node->first, body_start(node), keeper, OD_LIST_PLAIN);
}

static void get_body(lua_State *L, const od_node *node, int keeper) {
    push_elements(L, body_start(node), NULL, keeper, OD_LIST_PLAIN);
}

static void get_foot(lua_State *L, const od_node *node, int keeper) {
    od_push_element(L, part(node, OD_TABLE_FOOT), keeper);
}

static void get_rows(lua_State *L, const od_node *node, int keeper) {
    push_elements(L, node->first, NULL, keeper, OD_LIST_PLAIN);
}

static void get_colspecs(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_createtable(L, (int)node->table->column_count, 0);
    for (size_t i = 0; i < node->table->column_count; i++) {
        const od_column *const column = &node->table->columns[i];
        lua_createtable(L, 2, 0);
        lua_pushstring(L, od_name_of(OD_NAMES_ALIGNMENT, column->alignment));
        lua_rawseti(L, -2, 1);
        if (od_has_width(column)) {
            lua_pushnumber(L, column->width == 0 ? 0 : column->width);
            lua_rawseti(L, -2, 2);
        }
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    close_list(L, OD_LIST_PLAIN);
}

static void get_quotetype(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_pushstring(L, od_name_of(OD_NAMES_QUOTE, node->double_quotes));
}

static void get_mathtype(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_pushstring(L, od_name_of(OD_NAMES_MATH, (node->flags & OD_DISPLAY) != 0));
}

static void get_level(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_pushinteger(L, node->heading.level);
}

static void get_list_attributes(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    od_push_list_attributes(L, (od_list_attributes){(int64_t)node->list.start, node->list.style,
                                                    node->list.delimiter});
}

static void get_alignment(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_pushstring(L, od_name_of(OD_NAMES_ALIGNMENT, node->cell.alignment));
}

static void get_row_span(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_pushinteger(L, node->cell.row_span);
}

static void get_col_span(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_pushinteger(L, node->cell.column_span);
}

static void get_row_head_columns(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_pushinteger(L, node->body.row_head_columns);
}

static void get_long(lua_State *L, const od_node *node, int keeper) {
    od_push_blocks(L, od_list_start(node), keeper);
}

static void get_short(lua_State *L, const od_node *node, int keeper) {
    const od_node *const child = first_of(node, OD_SHORT_CAPTION);
    if (child) od_push_inlines(L, child->first, keeper);
    else lua_pushnil(L);
}

static void get_affix(lua_State *L, const od_node *node, int keeper, od_node_type type) {
    const od_node *const child = first_of(node, type);
    od_push_inlines(L, child ? child->first : NULL, keeper);
}

static void get_prefix(lua_State *L, const od_node *node, int keeper) {
    get_affix(L, node, keeper, OD_PREFIX);
}

static void get_suffix(lua_State *L, const od_node *node, int keeper) {
    get_affix(L, node, keeper, OD_SUFFIX);
}

static void get_id(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    push_text(L, node->citation->id);
}

static void get_mode(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_pushstring(L, od_name_of(OD_NAMES_CITATION_MODE, node->citation->mode));
}

static void get_note_num(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_pushinteger(L, node->citation->note_number);
}

static void get_hash(lua_State *L, const od_node *node, int keeper) {
    (void)keeper;
    lua_pushinteger(L, node->citation->hash);
}

static void (*const GETTERS[OD_PROPERTY_COUNT])(lua_State *, const od_node *, int) = {
    [OD_P_ALIGNMENT] = get_alignment,
    [OD_P_ATTR] = get_attr,
    [OD_P_BODIES] = get_bodies,
    [OD_P_BODY] = get_body,
    [OD_P_CAPTION] = get_caption,
    [OD_P_CELLS] = get_rows,
    [OD_P_CITATIONS] = get_citations,
    [OD_P_COL_SPAN] = get_col_span,
    [OD_P_COLSPECS] = get_colspecs,
    [OD_P_CONTENT] = get_content,
    [OD_P_CONTENTS] = get_contents,
    [OD_P_FOOT] = get_foot,
    [OD_P_FORMAT] = get_format,
    [OD_P_HASH] = get_hash,
    [OD_P_HEAD] = get_head,
    [OD_P_ID] = get_id,
    [OD_P_LEVEL] = get_level,
    [OD_P_LIST_ATTRIBUTES] = get_list_attributes,
    [OD_P_LONG] = get_long,
    [OD_P_MATHTYPE] = get_mathtype,
    [OD_P_MODE] = get_mode,
    [OD_P_NOTE_NUM] = get_note_num,
    [OD_P_PREFIX] = get_prefix,
    [OD_P_QUOTETYPE] = get_quotetype,
    [OD_P_ROW_HEAD_COLUMNS] = get_row_head_columns,
    [OD_P_ROW_SPAN] = get_row_span,
    [OD_P_ROWS] = get_rows,
    [OD_P_SHORT] = get_short,
    [OD_P_SRC] = get_target,
    [OD_P_SUFFIX] = get_suffix,
    [OD_P_TARGET] = get_target,
    [OD_P_TEXT] = get_text,
    [OD_P_TITLE] = get_title,
};

void od_push_property(lua_State *L, int index, const od_element *element, od_property property) {
    index = lua_absindex(L, index);
    const int place = od_property_place((od_node_type)element->node->type, property);
    if (lua_getiuservalue(L, index, place) != LUA_TNIL) return;
    lua_pop(L, 1);
    // What comes of a node in Lua's memory must hold on to it, which the element does.
    const int keeper = element->node->flags & OD_BORROWED ? index : 0;
    GETTERS[property](L, element->node, keeper);
    // Values with an identity are the same at each read; numbers and strings are as good as new.
    if (lua_type(L, -1) != LUA_TTABLE && lua_type(L, -1) != LUA_TUSERDATA) return;
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, index, place);
}

// ---- members: what the keys of a class mean -----------------------------------------------------

// A member is a property, a field of a property, the tag, or a method.
enum { FIELD_SHIFT = 8, TAG_MEMBER = 1 << 16 };

static const char *const FIELDS[] = {NULL, "identifier", "classes", "attributes",
                                     "start", "style", "delimiter"};
enum { FIELD_IDENTIFIER = 1, FIELD_START = 4, FIELD_COUNT = 7 };

static od_element *check_element(lua_State *L) {
    od_element *const element = od_to_element(L, 1);
    if (!element) od_expected(L, "element", 1);
    return element;
}

static void push_tag(lua_State *L, const od_element *element) {
    lua_pushstring(L, od_node_type_name((od_node_type)element->node->type));
}

// Pushes a field of an Attr or ListAttributes that an element has, nil when it has none.
static void push_field(lua_State *L, const od_element *element, od_property property, int field) {
    if (!od_property_place((od_node_type)element->node->type, property)) {
        lua_pushnil(L);
        return;
    }
    od_push_property(L, 1, element, property);
    // As in pandoc, what was assigned is there as it was given, maybe not an Attr.
    if (property == OD_P_ATTR && od_to_class(L, -1, OD_CLASS_ATTR))
        od_attr_get(L, -1, FIELDS[field]);
    else if (property != OD_P_ATTR && od_to_class(L, -1, OD_CLASS_LIST_ATTRIBUTES))
        od_list_attributes_get(L, -1, FIELDS[field]);
    else lua_getfield(L, -1, FIELDS[field]);
}

static int element_index(lua_State *L) {
    const od_element *const element = check_element(L);
    lua_settop(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER) return 1; // a method, or nil
    const int member = (int)lua_tointeger(L, -1);
    if (member == TAG_MEMBER) {
        push_tag(L, element);
        return 1;
    }
    const od_property property = (od_property)(member & ((1 << FIELD_SHIFT) - 1));
    const int field = member >> FIELD_SHIFT;
    if (field) push_field(L, element, property, field);
    else if (od_property_place((od_node_type)element->node->type, property))
        od_push_property(L, 1, element, property);
    else lua_pushnil(L);
    return 1;
}

static void set_field(lua_State *L, const od_element *element, od_property property, int field) {
    if (!od_property_place((od_node_type)element->node->type, property))
        luaL_error(L, "attempt to index a nil value");
    od_push_property(L, 1, element, property);
    lua_pushvalue(L, 3);
    if (property == OD_P_ATTR && od_to_class(L, -2, OD_CLASS_ATTR))
        od_attr_set(L, -2, FIELDS[field]);
    else if (property != OD_P_ATTR && od_to_class(L, -2, OD_CLASS_LIST_ATTRIBUTES))
        od_list_attributes_set(L, -2, FIELDS[field]);
    else lua_setfield(L, -2, FIELDS[field]);
}

static int element_new_index(lua_State *L) {
    const od_element *const element = check_element(L);
    lua_settop(L, 3);
    lua_pushvalue(L, 2);
    const int type = lua_rawget(L, lua_upvalueindex(1));
    if (type != LUA_TNUMBER) return od_error(L, "Cannot set unknown property.");
    const int member = (int)lua_tointeger(L, -1);
    if (member == TAG_MEMBER) return od_error(L, "'tag' is a read-only property.");
    const od_property property = (od_property)(member & ((1 << FIELD_SHIFT) - 1));
    const int field = member >> FIELD_SHIFT;
    if (field) {
        set_field(L, element, property, field);
        return 0;
    }
    const int place = od_property_place((od_node_type)element->node->type, property);
    if (!place)
        return od_error(L, "Trying to set unavailable property %s.", PROPERTY_NAMES[property]);
    lua_settop(L, 3);
    lua_setiuservalue(L, 1, place);
    return 0;
}

// ---- pairs --------------------------------------------------------------------------------------

static int next_member(lua_State *L) {
    const lua_Integer place = lua_tointeger(L, lua_upvalueindex(2));
    lua_pushinteger(L, place + 2);
    lua_copy(L, -1, lua_upvalueindex(2));
    if (lua_rawgeti(L, lua_upvalueindex(1), place) == LUA_TNIL) return 0;
    lua_rawgeti(L, lua_upvalueindex(1), place + 1);
    return 2;
}

// Adds a name and the value on top of the stack, which may be nil, to the list, whose size is its
// item 0.
static void add_member(lua_State *L, int list, const char *name) {
    lua_rawgeti(L, list, 0);
    const lua_Integer size = lua_tointeger(L, -1);
    lua_pop(L, 1);
    lua_rawseti(L, list, size + 2);
    lua_pushstring(L, name);
    lua_rawseti(L, list, size + 1);
    lua_pushinteger(L, size + 2);
    lua_rawseti(L, list, 0);
}

static int element_pairs(lua_State *L) {
    static const char *const METHODS[] = {"clone", "show", "walk"};
    const od_element *const element = check_element(L);
    const od_node_type type = (od_node_type)element->node->type;
    lua_settop(L, 1);
    lua_newtable(L);
    bool tag_due = TYPES[type].class == OD_CLASS_INLINE || TYPES[type].class == OD_CLASS_BLOCK;
    for (int property = 1; property < OD_PROPERTY_COUNT; property++) {
        if (tag_due && strcmp(PROPERTY_NAMES[property], "tag") > 0) {
            push_tag(L, element);
            add_member(L, 2, "tag");
            tag_due = false;
        }
        if (!od_property_place(type, (od_property)property)) continue;
        od_push_property(L, 1, element, (od_property)property);
        add_member(L, 2, PROPERTY_NAMES[property]);
    }
    for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++) {
        if (lua_getfield(L, lua_upvalueindex(1), METHODS[i]) == LUA_TFUNCTION)
            add_member(L, 2, METHODS[i]);
        else lua_pop(L, 1);
    }
    lua_pushinteger(L, 1);
    lua_pushcclosure(L, next_member, 2);
    return 1;
}

// ---- classes ------------------------------------------------------------------------------------

static void add_alias(lua_State *L, const char *name, lua_Integer member) {
    lua_pushinteger(L, member);
    lua_setfield(L, -2, name);
}

static void add_aliases(lua_State *L, od_class class) {
    if (class == OD_CLASS_INLINE || class == OD_CLASS_BLOCK) {
        add_alias(L, "tag", TAG_MEMBER);
        add_alias(L, "t", TAG_MEMBER);
        add_alias(L, "c", OD_P_CONTENT);
    }
    if (class == OD_CLASS_CELL) add_alias(L, "content", OD_P_CONTENTS);
    if (class == OD_CLASS_CAPTION || class == OD_CLASS_CITATION) return;
    for (int field = FIELD_IDENTIFIER; field < FIELD_START; field++)
        add_alias(L, FIELDS[field], OD_P_ATTR | field << FIELD_SHIFT);
    if (class != OD_CLASS_BLOCK) return;
    for (int field = FIELD_START; field < FIELD_COUNT; field++)
        add_alias(L, FIELDS[field], OD_P_LIST_ATTRIBUTES | field << FIELD_SHIFT);
}

static void open_class(lua_State *L, od_class class, const char *name) {
    static const luaL_Reg METAMETHODS[] = {{"__index", element_index},
                                           {"__newindex", element_new_index},
                                           {"__pairs", element_pairs},
                                           {NULL, NULL}};
    od_new_metatable(L, class, name);
    lua_newtable(L);
    for (size_t type = 0; type < OD_NODE_TYPE_COUNT; type++) {
        if (TYPES[type].class != class) continue;
        for (int i = 0; i < TYPES[type].count; i++)
            add_alias(L, PROPERTY_NAMES[TYPES[type].properties[i]], TYPES[type].properties[i]);
    }
    add_aliases(L, class);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "members");
    luaL_setfuncs(L, METAMETHODS, 1);
    lua_pop(L, 1);
}

void od_add_method(lua_State *L, od_class class, const char *name, lua_CFunction function) {
    od_push_metatable(L, class);
    if (name[0] != '_') {
        lua_getfield(L, -1, "members");
        lua_remove(L, -2);
    }
    lua_pushcfunction(L, function);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void od_open_elements(lua_State *L) {
    static const char *const NAMES[OD_CLASS_ELEMENTS] = {
        [OD_CLASS_INLINE] = "Inline",          [OD_CLASS_BLOCK] = "Block",
        [OD_CLASS_CAPTION] = "Caption",        [OD_CLASS_CELL] = "Cell",
        [OD_CLASS_CITATION] = "Citation",      [OD_CLASS_ROW] = "Row",
        [OD_CLASS_TABLE_BODY] = "TableBody",   [OD_CLASS_TABLE_FOOT] = "TableFoot",
        [OD_CLASS_TABLE_HEAD] = "TableHead",
    };
    for (int class = OD_CLASS_NONE + 1; class < OD_CLASS_ELEMENTS; class++)
        open_class(L, (od_class)class, NAMES[class]);
}
