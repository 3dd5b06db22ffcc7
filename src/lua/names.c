#include "lua/names.h"

enum { NAMES_MAX = 8 };

static const char *const NAMES[OD_NAME_SET_COUNT][NAMES_MAX] = {
    [OD_NAMES_ALIGNMENT] = {[OD_ALIGN_DEFAULT] = "AlignDefault",
                            [OD_ALIGN_LEFT] = "AlignLeft",
                            [OD_ALIGN_RIGHT] = "AlignRight",
                            [OD_ALIGN_CENTER] = "AlignCenter"},
    [OD_NAMES_CITATION_MODE] = {[OD_NORMAL_CITATION] = "NormalCitation",
                                [OD_AUTHOR_IN_TEXT] = "AuthorInText",
                                [OD_SUPPRESS_AUTHOR] = "SuppressAuthor"},
    [OD_NAMES_DELIMITER] = {[OD_DELIMITER_DEFAULT] = "DefaultDelim",
                            [OD_DELIMITER_PERIOD] = "Period",
                            [OD_DELIMITER_ONE_PAREN] = "OneParen",
                            [OD_DELIMITER_TWO_PARENS] = "TwoParens"},
    [OD_NAMES_MATH] = {"InlineMath", "DisplayMath"},
    [OD_NAMES_QUOTE] = {"SingleQuote", "DoubleQuote"},
    [OD_NAMES_STYLE] = {[OD_STYLE_DEFAULT] = "DefaultStyle",
                        [OD_STYLE_EXAMPLE] = "Example",
                        [OD_STYLE_DECIMAL] = "Decimal",
                        [OD_STYLE_LOWER_ROMAN] = "LowerRoman",
                        [OD_STYLE_UPPER_ROMAN] = "UpperRoman",
                        [OD_STYLE_LOWER_ALPHA] = "LowerAlpha",
                        [OD_STYLE_UPPER_ALPHA] = "UpperAlpha"},
};

const char *od_name_of(od_name_set set, unsigned value) {
    return NAMES[set][value];
}

bool od_find_name(lua_State *L, int index, od_name_set set, unsigned *value) {
    if (lua_type(L, index) != LUA_TSTRING) return false;
    const char *const text = lua_tostring(L, index);
    for (unsigned i = 0; i < NAMES_MAX && NAMES[set][i]; i++) {
        if (strcmp(text, NAMES[set][i]) != 0) continue;
        *value = i;
        return true;
    }
    return false;
}

unsigned od_read_name(lua_State *L, int index, od_name_set set) {
    unsigned value;
    if (od_find_name(L, index, set, &value)) return value;
    if (!lua_isstring(L, index)) od_expected(L, "string", index);
    lua_pushfstring(L, "Could not read: %s", lua_tostring(L, index));
    return (unsigned)od_raise(L);
}

void od_add_names(lua_State *L) {
    for (size_t set = 0; set < OD_NAME_SET_COUNT; set++) {
        for (size_t i = 0; i < NAMES_MAX && NAMES[set][i]; i++) {
            lua_pushstring(L, NAMES[set][i]);
            lua_setfield(L, -2, NAMES[set][i]);
        }
    }
}
