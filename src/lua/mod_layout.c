// pandoc.layout: Docs.
#include "lua/modules.h"

#include "base/utf8.h"
#include "lua/doc.h"

// Pushes argument `index` as a Doc.
static void push_argument(lua_State *L, const od_signature *signature, int index) {
    if (!od_push_as_doc(L, index)) od_argument_error(L, signature, index, "Doc");
}

// ---- operators ----------------------------------------------------------------------------------

static void push_operands(lua_State *L) {
    lua_settop(L, 2);
    for (int i = 1; i <= 2; i++)
        if (!od_push_as_doc(L, i)) od_expected(L, "Doc", i);
}

static int concat_two(lua_State *L) {
    push_operands(L);
    od_concat_docs(L);
    return 1;
}

static int beside(lua_State *L) {
    push_operands(L);
    od_join_docs(L, OD_DOC_BREAKING_SPACE, 0);
    return 1;
}

static int above(lua_State *L) {
    push_operands(L);
    od_join_docs(L, OD_DOC_CARRIAGE_RETURN, 0);
    return 1;
}

static int apart(lua_State *L) {
    push_operands(L);
    od_join_docs(L, OD_DOC_BLANK_LINES, 1);
    return 1;
}

static int equal(lua_State *L) {
    const od_doc *const a = od_to_doc(L, 1), *const b = od_to_doc(L, 2);
    lua_pushboolean(L, a && b && od_docs_equal(L, a, b));
    return 1;
}

static int to_string(lua_State *L) {
    if (!od_to_doc(L, 1)) return od_expected(L, "Doc", 1);
    od_push_rendered(L, 1, -1);
    return 1;
}

// ---- making -------------------------------------------------------------------------------------

static int literal(lua_State *L) {
    static const od_signature SIGNATURE = {"literal", {"text"}};
    od_push_literal(L, od_text_argument(L, &SIGNATURE, 1));
    return 1;
}

static int after_break(lua_State *L) {
    static const od_signature SIGNATURE = {"after_break", {"text"}};
    od_text_argument(L, &SIGNATURE, 1);
    od_push_doc_text(L, OD_DOC_AFTER_BREAK, 1);
    return 1;
}

static int before_non_blank(lua_State *L) {
    static const od_signature SIGNATURE = {"before_non_blank", {"contents"}};
    push_argument(L, &SIGNATURE, 1);
    od_wrap_doc(L, OD_DOC_BEFORE_NON_BLANK, 0);
    return 1;
}

static int blank_lines(lua_State *L) {
    static const od_signature SIGNATURE = {"blanklines", {"n"}};
    od_push_doc(L, OD_DOC_BLANK_LINES, od_integer_argument(L, &SIGNATURE, 1));
    return 1;
}

static int chomp(lua_State *L) {
    static const od_signature SIGNATURE = {"chomp", {"doc"}};
    push_argument(L, &SIGNATURE, 1);
    od_chomp_doc(L);
    return 1;
}

static int nestle(lua_State *L) {
    static const od_signature SIGNATURE = {"nestle", {"doc"}};
    push_argument(L, &SIGNATURE, 1);
    od_nestle_doc(L);
    return 1;
}

static int no_wrap(lua_State *L) {
    static const od_signature SIGNATURE = {"nowrap", {"doc"}};
    push_argument(L, &SIGNATURE, 1);
    od_unbreak_doc(L);
    return 1;
}

static int flush(lua_State *L) {
    static const od_signature SIGNATURE = {"flush", {"doc"}};
    push_argument(L, &SIGNATURE, 1);
    od_wrap_doc(L, OD_DOC_FLUSH, 0);
    return 1;
}

static int concat(lua_State *L) {
    static const od_signature SIGNATURE = {"concat", {"docs", "sep"}};
    const lua_Integer count = od_list_argument(L, &SIGNATURE, 1);
    const bool separated = !lua_isnoneornil(L, 2);
    lua_settop(L, 2);
    if (separated) {
        push_argument(L, &SIGNATURE, 2);
        lua_replace(L, 2);
    }
    od_push_doc(L, OD_DOC_EMPTY, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        if (i > 1 && separated) {
            lua_pushvalue(L, 2);
            od_concat_docs(L);
        }
        lua_rawgeti(L, 1, i);
        if (!od_push_as_doc(L, -1)) {
            od_begin_argument(L, &SIGNATURE, 1);
            od_host_of(L)->item = (uint64_t)i;
            od_expected(L, "Doc", -1);
        }
        lua_remove(L, -2);
        od_concat_docs(L);
    }
    return 1;
}

// ---- around -------------------------------------------------------------------------------------

static int put_between(lua_State *L, const od_signature *signature, const char *open,
                       const char *close) {
    od_push_literal(L, od_slice_of(open));
    push_argument(L, signature, 1);
    od_concat_docs(L);
    od_push_literal(L, od_slice_of(close));
    od_concat_docs(L);
    return 1;
}

static int braces(lua_State *L) {
    static const od_signature SIGNATURE = {"braces", {"doc"}};
    return put_between(L, &SIGNATURE, "{", "}");
}

static int brackets(lua_State *L) {
    static const od_signature SIGNATURE = {"brackets", {"doc"}};
    return put_between(L, &SIGNATURE, "[", "]");
}

static int parens(lua_State *L) {
    static const od_signature SIGNATURE = {"parens", {"doc"}};
    return put_between(L, &SIGNATURE, "(", ")");
}

static int quotes(lua_State *L) {
    static const od_signature SIGNATURE = {"quotes", {"doc"}};
    return put_between(L, &SIGNATURE, "'", "'");
}

static int double_quotes(lua_State *L) {
    static const od_signature SIGNATURE = {"double_quotes", {"doc"}};
    return put_between(L, &SIGNATURE, "\"", "\"");
}

static int inside(lua_State *L) {
    static const od_signature SIGNATURE = {"inside", {"contents", "start", "end"}};
    push_argument(L, &SIGNATURE, 2);
    push_argument(L, &SIGNATURE, 1);
    od_concat_docs(L);
    push_argument(L, &SIGNATURE, 3);
    od_concat_docs(L);
    return 1;
}

static int nest(lua_State *L) {
    static const od_signature SIGNATURE = {"nest", {"doc", "ind"}};
    const int64_t width = od_integer_argument(L, &SIGNATURE, 2);
    push_argument(L, &SIGNATURE, 1);
    od_indent_doc(L, width);
    return 1;
}

static int hang(lua_State *L) {
    static const od_signature SIGNATURE = {"hang", {"doc", "ind", "start"}};
    const int64_t width = od_integer_argument(L, &SIGNATURE, 2);
    push_argument(L, &SIGNATURE, 3);
    push_argument(L, &SIGNATURE, 1);
    od_indent_doc(L, width);
    od_concat_docs(L);
    return 1;
}

static int prefixed(lua_State *L) {
    static const od_signature SIGNATURE = {"prefixed", {"doc", "prefix"}};
    od_text_argument(L, &SIGNATURE, 2);
    push_argument(L, &SIGNATURE, 1);
    od_wrap_doc(L, OD_DOC_PREFIXED, 2);
    return 1;
}

static int make_block(lua_State *L, const od_signature *signature, od_doc_alignment alignment) {
    const int64_t width = od_integer_argument(L, signature, 2);
    push_argument(L, signature, 1);
    od_block_doc(L, alignment, width);
    return 1;
}

static int left_block(lua_State *L) {
    static const od_signature SIGNATURE = {"lblock", {"doc", "width"}};
    return make_block(L, &SIGNATURE, OD_DOC_LEFT);
}

static int right_block(lua_State *L) {
    static const od_signature SIGNATURE = {"rblock", {"doc", "width"}};
    return make_block(L, &SIGNATURE, OD_DOC_RIGHT);
}

static int center_block(lua_State *L) {
    static const od_signature SIGNATURE = {"cblock", {"doc", "width"}};
    return make_block(L, &SIGNATURE, OD_DOC_CENTER);
}

static int vertical_fill(lua_State *L) {
    static const od_signature SIGNATURE = {"vfill", {"border"}};
    od_text_argument(L, &SIGNATURE, 1);
    od_push_doc_text(L, OD_DOC_VFILL, 1);
    return 1;
}

// Styles are seen on terminals alone, for which there is no rendering here.
static int styled(lua_State *L) {
    static const od_signature SIGNATURE = {"bold", {"doc"}};
    push_argument(L, &SIGNATURE, 1);
    od_wrap_doc(L, OD_DOC_STYLED, 0);
    return 1;
}

// ---- asking -------------------------------------------------------------------------------------

static int height(lua_State *L) {
    static const od_signature SIGNATURE = {"height", {"doc"}};
    push_argument(L, &SIGNATURE, 1);
    od_push_rendered(L, lua_gettop(L), -1);
    const od_slice text = od_read_text(L, -1);
    lua_Integer lines = 1;
    for (size_t i = 0; i < text.size; i++) lines += text.data[i] == '\n';
    lua_pushinteger(L, lines);
    return 1;
}

static int is_empty(lua_State *L) {
    static const od_signature SIGNATURE = {"is_empty", {"doc"}};
    push_argument(L, &SIGNATURE, 1);
    lua_pushboolean(L, od_to_doc(L, -1)->kind == OD_DOC_EMPTY);
    return 1;
}

static int offset(lua_State *L) {
    static const od_signature SIGNATURE = {"offset", {"doc"}};
    push_argument(L, &SIGNATURE, 1);
    int64_t longest;
    od_doc_offset(L, lua_gettop(L), 0, false, &longest);
    lua_pushinteger(L, longest);
    return 1;
}

static int min_offset(lua_State *L) {
    static const od_signature SIGNATURE = {"min_offset", {"doc"}};
    push_argument(L, &SIGNATURE, 1);
    int64_t longest;
    od_doc_offset(L, lua_gettop(L), 0, true, &longest);
    lua_pushinteger(L, longest);
    return 1;
}

static int update_column(lua_State *L) {
    static const od_signature SIGNATURE = {"update_column", {"doc", "i"}};
    const int64_t column = od_integer_argument(L, &SIGNATURE, 2);
    push_argument(L, &SIGNATURE, 1);
    lua_pushinteger(L, od_doc_offset(L, lua_gettop(L), column, false, NULL));
    return 1;
}

static int real_length(lua_State *L) {
    static const od_signature SIGNATURE = {"real_length", {"str"}};
    lua_pushinteger(L, (lua_Integer)od_utf8_width(od_text_argument(L, &SIGNATURE, 1)));
    return 1;
}

static int render(lua_State *L) {
    static const od_signature SIGNATURE = {"render", {"doc", "colwidth", "style"}};
    const int64_t columns = lua_isnoneornil(L, 2) ? -1 : od_integer_argument(L, &SIGNATURE, 2);
    if (!lua_isnoneornil(L, 3)) {
        const char *const style = od_text_argument(L, &SIGNATURE, 3).data;
        if (strcmp(style, "ansi") == 0)
            return luaL_error(L, "pandoc.layout.render: the style 'ansi' is not available here; "
                                 "leave it out for plain text");
        if (strcmp(style, "plain") != 0) {
            lua_pushfstring(L, "Unknown rendering style: %s", style);
            return od_raise_argument(L, &SIGNATURE, 3);
        }
    }
    push_argument(L, &SIGNATURE, 1);
    od_push_rendered(L, lua_gettop(L), columns);
    return 1;
}

static void add_constants(lua_State *L) {
    static const struct {
        const char *name;
        od_doc_kind kind;
        int number;
    } CONSTANTS[] = {{"blankline", OD_DOC_BLANK_LINES, 1},
                     {"cr", OD_DOC_CARRIAGE_RETURN, 0},
                     {"empty", OD_DOC_EMPTY, 0},
                     {"space", OD_DOC_BREAKING_SPACE, 0}};
    for (size_t i = 0; i < sizeof CONSTANTS / sizeof *CONSTANTS; i++) {
        od_push_doc(L, CONSTANTS[i].kind, CONSTANTS[i].number);
        lua_setfield(L, -2, CONSTANTS[i].name);
    }
}

static int list_methods(lua_State *L) {
    lua_getglobal(L, "next");
    lua_pushvalue(L, lua_upvalueindex(1));
    return 2;
}

// Gives docs the functions of the module that take a doc first as methods. The module is on top of
// the stack, the metatable of docs below it.
static void add_methods(lua_State *L) {
    static const char *const NAMES[] = {
        "before_non_blank", "braces", "brackets", "cblock", "chomp", "double_quotes", "flush",
        "hang", "height", "inside", "is_empty", "lblock", "min_offset", "nest", "nestle", "nowrap",
        "offset", "parens", "prefixed", "quotes", "rblock", "render", "update_column", "vfill"};
    lua_newtable(L);
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        lua_getfield(L, -2, NAMES[i]);
        lua_setfield(L, -2, NAMES[i]);
    }
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, list_methods, 1);
    lua_setfield(L, -4, "__pairs");
    lua_setfield(L, -3, "__index");
}

void od_open_layout(lua_State *L) {
    static const luaL_Reg METAMETHODS[] = {
        {"__add", beside}, {"__concat", concat_two}, {"__div", above},  {"__eq", equal},
        {"__idiv", apart}, {"__tostring", to_string}, {NULL, NULL},
    };
    static const luaL_Reg FUNCTIONS[] = {
        {"after_break", after_break},
        {"before_non_blank", before_non_blank},
        {"bg", styled},
        {"blanklines", blank_lines},
        {"bold", styled},
        {"braces", braces},
        {"brackets", brackets},
        {"cblock", center_block},
        {"chomp", chomp},
        {"concat", concat},
        {"double_quotes", double_quotes},
        {"fg", styled},
        {"flush", flush},
        {"hang", hang},
        {"height", height},
        {"inside", inside},
        {"is_empty", is_empty},
        {"italic", styled},
        {"lblock", left_block},
        {"literal", literal},
        {"min_offset", min_offset},
        {"nest", nest},
        {"nestle", nestle},
        {"nowrap", no_wrap},
        {"offset", offset},
        {"parens", parens},
        {"prefixed", prefixed},
        {"quotes", quotes},
        {"rblock", right_block},
        {"real_length", real_length},
        {"render", render},
        {"strikeout", styled},
        {"underlined", styled},
        {"update_column", update_column},
        {"vfill", vertical_fill},
        {NULL, NULL},
    };
    od_open_docs(L, METAMETHODS);
    luaL_newlib(L, FUNCTIONS);
    add_methods(L);
    lua_remove(L, -2);
    add_constants(L);
}
