#include "lua/read.h"

od_slice od_read_text(lua_State *L, int index) {
    if (!lua_isstring(L, index)) od_expected(L, "string", index);
    size_t size;
    const char *const data = lua_tolstring(L, index, &size);
    return (od_slice){data, size};
}

int64_t od_read_integer(lua_State *L, int index) {
    int whole;
    const lua_Integer number = lua_tointegerx(L, index, &whole);
    if (!whole) od_expected(L, "Integral", index);
    return number;
}

double od_read_number(lua_State *L, int index) {
    int is_number;
    const lua_Number number = lua_tonumberx(L, index, &is_number);
    if (!is_number) od_expected(L, "RealFloat", index);
    return number;
}

void od_while_retrieving(lua_State *L, const char *what) {
    lua_pushfstring(L, "\n\twhile retrieving %s", what);
    lua_concat(L, 2);
}
