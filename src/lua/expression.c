#include "lua/expression.h"

#include "base/buf.h"
#include "data/moment.h"
#include "source/diagnostic.h"

#include <lauxlib.h>
#include <lua.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

// An expression takes some twenty instructions and some hundred bytes. Both bounds are low because
// neither counts the time of concatenating and comparing long strings: together they keep that to a
// fraction of a second.
enum { INSTRUCTIONS = 10000, STEP = 100, MEMORY = 1024 * 1024, SOURCE_MAX = 16 * 1024 };

struct od_expressions {
    lua_State *L;
    size_t used; // bytes that Lua holds
    od_language language;
    // Of the evaluation that goes on:
    od_arena *arena;
    od_slice source;
    od_name_finder *find;
    void *context;
    od_expression_result *result;
    int spent; // instructions
    bool missing, exhausted;
};

static od_expressions *expressions_of(lua_State *L) {
    od_expressions *e;
    memcpy(&e, lua_getextraspace(L), sizeof e);
    return e;
}

static void *allocate(void *context, void *memory, size_t old, size_t size) {
    od_expressions *const e = context;
    if (!memory) old = 0;
    if (!size) {
        e->used -= old;
        free(memory);
        return NULL;
    }
    if (size > old && e->used + (size - old) > MEMORY) return NULL;
    void *const moved = realloc(memory, size);
    if (moved) e->used = e->used - old + size;
    return moved;
}

// Counts instructions. Once they are spent every further one raises again.
static void count(lua_State *L, lua_Debug *event) {
    (void)event;
    od_expressions *const e = expressions_of(L);
    e->spent += STEP;
    if (e->spent < INSTRUCTIONS) return;
    e->exhausted = true;
    lua_sethook(L, count, LUA_MASKCOUNT, 1);
    luaL_error(L, "too long");
}

// ---- names -------------------------------------------------------------------------------------

// Lua's names are ASCII: each byte over 0x7F of a name is written `__E4`.

static bool is_high(char byte) {
    return (unsigned char)byte >= 0x80;
}

static void add_mangled(od_buf *out, char byte) {
    static const char DIGITS[] = "0123456789ABCDEF";
    od_buf_text(out, "__");
    od_buf_byte(out, DIGITS[(unsigned char)byte >> 4]);
    od_buf_byte(out, DIGITS[byte & 0xF]);
}

// Returns where the string that starts at `at` ends.
static size_t string_end(od_slice text, size_t at) {
    const char quote = text.data[at++];
    while (at < text.size && text.data[at] != quote) at += text.data[at] == '\\' ? 2 : 1;
    return at < text.size ? at + 1 : text.size;
}

// Returns where the `[[long string]]` at `at` ends; `at` + 1 when there is none.
static size_t long_string_end(od_slice text, size_t at) {
    if (!od_slice_starts(od_slice_from(text, at), OD_SLICE("[["))) return at + 1;
    const size_t end = od_slice_find(text, OD_SLICE("]]"), at);
    return end == SIZE_MAX ? text.size : end + 2;
}

// Appends `text` with its names in ASCII; strings stay as they are.
static void mangle(od_buf *out, od_slice text) {
    for (size_t i = 0; i < text.size;) {
        const bool is_string = text.data[i] == '"' || text.data[i] == '\'';
        const size_t end = is_string ? string_end(text, i) : long_string_end(text, i);
        if (is_high(text.data[i])) add_mangled(out, text.data[i]);
        else od_buf_add(out, od_slice_cut(text, i, end));
        i = end;
    }
}

static int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

// Returns the byte that is written at `at`, or -1.
static int unmangled(od_slice text, size_t at) {
    if (at + 4 > text.size || text.data[at] != '_' || text.data[at + 1] != '_') return -1;
    const int high = hex_value(text.data[at + 2]), low = hex_value(text.data[at + 3]);
    return high >= 8 && low >= 0 ? high * 16 + low : -1;
}

static od_slice unmangle(od_arena *arena, od_slice text) {
    char *const out = od_arena_array(arena, char, text.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size;) {
        const int byte = unmangled(text, i);
        out[size++] = byte < 0 ? text.data[i] : (char)byte;
        i += byte < 0 ? 1 : 4;
    }
    return (od_slice){out, size};
}

// ---- dates -------------------------------------------------------------------------------------

static const char DATE[] = "date"; // its metatable in the registry, and its name in messages

static void push_date(lua_State *L, od_date date) {
    od_date *const pushed = lua_newuserdatauv(L, sizeof date, 0);
    *pushed = date;
    luaL_setmetatable(L, DATE);
}

static int64_t check_days(lua_State *L, int index) {
    return od_date_days(*(const od_date *)luaL_checkudata(L, index, DATE));
}

static int date_equal(lua_State *L) {
    lua_pushboolean(L, check_days(L, 1) == check_days(L, 2));
    return 1;
}

static int date_less(lua_State *L) {
    lua_pushboolean(L, check_days(L, 1) < check_days(L, 2));
    return 1;
}

static int date_less_equal(lua_State *L) {
    lua_pushboolean(L, check_days(L, 1) <= check_days(L, 2));
    return 1;
}

static int move_date(lua_State *L, int64_t from, int64_t days, int direction) {
    const int64_t most = 4000000; // more than from year 1 to 9999
    od_date moved = {0};
    if (days >= -most && days <= most) moved = od_date_of_days(from + direction * days);
    if (!od_date_exists(moved)) return luaL_error(L, "the date lies outside the years 1 to 9999");
    push_date(L, moved);
    return 1;
}

// Days between two dates, or the date some days earlier.
static int date_subtract(lua_State *L) {
    if (lua_isinteger(L, 2)) return move_date(L, check_days(L, 1), lua_tointeger(L, 2), -1);
    lua_pushinteger(L, check_days(L, 1) - check_days(L, 2));
    return 1;
}

static int date_add(lua_State *L) {
    const int date = lua_isinteger(L, 1) ? 2 : 1;
    return move_date(L, check_days(L, date), luaL_checkinteger(L, 3 - date), 1);
}

static int date_index(lua_State *L) {
    const od_date *const date = luaL_checkudata(L, 1, DATE);
    const od_slice name = od_slice_of(lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "");
    if (od_slice_is(name, "year")) lua_pushinteger(L, date->year);
    else if (od_slice_is(name, "month")) lua_pushinteger(L, date->month);
    else if (od_slice_is(name, "day")) lua_pushinteger(L, date->day);
    else return luaL_error(L, "a date has year, month and day, and no '%s'", name.data);
    return 1;
}

static void make_dates(lua_State *L) {
    static const luaL_Reg METHODS[] = {{"__eq", date_equal},      {"__lt", date_less},
                                       {"__le", date_less_equal}, {"__sub", date_subtract},
                                       {"__add", date_add},       {"__index", date_index},
                                       {NULL, NULL}};
    luaL_newmetatable(L, DATE);
    luaL_setfuncs(L, METHODS, 0);
    lua_pop(L, 1);
}

// ---- values from outside -----------------------------------------------------------------------

static void push_number(lua_State *L, od_decimal number) {
    int64_t power = 1;
    for (int i = 0; i < number.scale; i++) power *= 10;
    if (number.digits % power == 0) lua_pushinteger(L, number.digits / power);
    else lua_pushnumber(L, (lua_Number)number.digits / (lua_Number)power);
}

static bool is_text(od_field_type type) {
    return type == OD_TYPE_TEXT || type == OD_TYPE_PERSON || type == OD_TYPE_ORG ||
           type == OD_TYPE_ENUM || type == OD_TYPE_LIST;
}

// __index of the environment: the only way to a name.
static int find_name(lua_State *L) {
    od_expressions *const e = expressions_of(L);
    if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "names are texts");
    size_t size;
    const char *const mangled = lua_tolstring(L, 2, &size);
    const od_slice name = unmangle(e->arena, (od_slice){mangled, size});
    od_datum datum;
    // A field that is left empty has no number.
    if (!e->find(e->context, name, &datum) || (!datum.text.size && !is_text(datum.type))) {
        e->missing = true;
        e->result->text = name;
        return luaL_error(L, "missing");
    }
    if (is_text(datum.type))
        lua_pushlstring(L, datum.text.data ? datum.text.data : "", datum.text.size);
    else if (datum.type == OD_TYPE_DATE) push_date(L, datum.date);
    else push_number(L, datum.number);
    return 1;
}

static int refuse_name(lua_State *L) {
    return luaL_error(L, "names cannot be given a value here");
}

static void push_environment(lua_State *L) {
    static const luaL_Reg METHODS[] = {
        {"__index", find_name}, {"__newindex", refuse_name}, {NULL, NULL}};
    lua_newtable(L);
    luaL_newlib(L, METHODS);
    lua_setmetatable(L, -2);
}

// ---- results -----------------------------------------------------------------------------------

static od_slice write_float(lua_State *L, od_arena *arena, lua_Number number) {
    char text[64];
    // Beyond that a double has no nine decimals to be rounded to.
    if (!isfinite(number)) luaL_error(L, "a division by zero");
    if (fabs(number) >= 1e15) luaL_error(L, "the number is too large");
    int size = snprintf(text, sizeof text, "%.9f", number);
    while (text[size - 1] == '0') size--;
    if (text[size - 1] == '.') size--;
    const bool negative_zero = size == 2 && memcmp(text, "-0", 2) == 0;
    return od_arena_copy(arena, negative_zero ? OD_SLICE("0") : (od_slice){text, (size_t)size});
}

static od_slice write_number(lua_State *L, od_arena *arena) {
    char text[32];
    if (!lua_isinteger(L, -1)) return write_float(L, arena, lua_tonumber(L, -1));
    const int size = snprintf(text, sizeof text, "%lld", (long long)lua_tointeger(L, -1));
    return od_arena_copy(arena, (od_slice){text, (size_t)size});
}

static void take_result(lua_State *L, od_expressions *e) {
    od_expression_result *const result = e->result;
    const od_date *const date = luaL_testudata(L, -1, DATE);
    size_t size;
    if (date) {
        *result = (od_expression_result){
            OD_RESULT_DATE, false, *date, od_date_write(e->arena, *date, OD_SLICE("YYYY-MM-DD"))};
        return;
    }
    switch (lua_type(L, -1)) {
    case LUA_TNUMBER:
        *result =
            (od_expression_result){.kind = OD_RESULT_NUMBER, .text = write_number(L, e->arena)};
        break;
    case LUA_TSTRING: {
        const char *const text = lua_tolstring(L, -1, &size);
        *result = (od_expression_result){.kind = OD_RESULT_TEXT,
                                         .text = od_arena_copy(e->arena, (od_slice){text, size})};
        break;
    }
    case LUA_TBOOLEAN: {
        const bool truth = lua_toboolean(L, -1);
        *result = (od_expression_result){.kind = OD_RESULT_BOOLEAN,
                                         .truth = truth,
                                         .text = truth ? OD_SLICE("true") : OD_SLICE("false")};
        break;
    }
    default:
        luaL_error(L, "the result is a %s, and not a number, text, date or truth",
                   luaL_typename(L, -1));
    }
}

// ---- evaluation --------------------------------------------------------------------------------

// Everything that can raise runs in here.
static int run(lua_State *L) {
    od_expressions *const e = expressions_of(L);
    if (luaL_loadbufferx(L, e->source.data, e->source.size, "=expression", "t") != LUA_OK)
        return lua_error(L);
    lua_getfield(L, LUA_REGISTRYINDEX, "environment"); // -- chunk, environment
    lua_setupvalue(L, -2, 1);                          // -- chunk
    lua_call(L, 0, 1);                                 // -- result
    take_result(L, e);
    return 0;
}

// Returns the source of a chunk that gives the value of `expression`. Brackets keep out statements;
// the line end closes a comment.
static od_slice make_source(od_arena *arena, od_slice expression) {
    od_buf buf = {0};
    od_buf_text(&buf, "return (");
    mangle(&buf, expression);
    od_buf_text(&buf, "\n)");
    const od_slice source = od_arena_copy(arena, od_buf_slice(&buf));
    od_buf_free(&buf);
    return source;
}

// Returns Lua's message without the name of the chunk; its line is said when there are several.
static od_slice clean_message(od_expressions *e, const char *message, bool several_lines) {
    static const char PREFIX[] = "expression:";
    od_slice text = unmangle(e->arena, od_slice_of(message ? message : "it raised no text"));
    if (!od_slice_starts(text, OD_SLICE("expression:"))) return text;
    const size_t line_end = od_slice_find(text, OD_SLICE(": "), sizeof PREFIX - 1);
    if (line_end == SIZE_MAX) return text;
    const od_slice line = od_slice_cut(text, sizeof PREFIX - 1, line_end);
    text = od_slice_from(text, line_end + 2);
    return several_lines ? od_arena_concat(e->arena, OD_SLICE("line "), line, OD_SLICE(": "), text)
                         : text;
}

static od_slice say(od_expressions *e, od_text text, od_slice expression, od_slice detail) {
    return od_format(e->arena, e->language, text, (const od_slice[]){expression, detail}, 2);
}

static od_evaluation explain(od_expressions *e, int status, od_slice expression) {
    od_expression_result *const result = e->result;
    if (e->missing) return OD_NAME_MISSING;
    if (e->exhausted || status == LUA_ERRMEM) {
        result->text = say(e,
                           OD_SAY("the expression “{1}” takes too much time or memory",
                                  "算式“{1}”计算量太大"),
                           expression, (od_slice){0});
        return OD_UNEVALUABLE;
    }
    const char *const message = lua_type(e->L, -1) == LUA_TSTRING ? lua_tostring(e->L, -1) : NULL;
    const bool several = expression.size && memchr(expression.data, '\n', expression.size);
    result->text = say(e,
                       OD_SAY("the expression “{1}” cannot be worked out: {2}",
                              "算式“{1}”算不出来：{2}"),
                       expression, clean_message(e, message, several));
    return OD_UNEVALUABLE;
}

od_evaluation od_expression_evaluate(od_expressions *expressions, od_arena *arena,
                                     od_slice expression, od_name_finder *find, void *context,
                                     od_expression_result *result) {
    od_expressions *const e = expressions;
    *result = (od_expression_result){0};
    e->arena = arena;
    e->find = find;
    e->context = context;
    e->result = result;
    e->spent = 0;
    e->missing = false;
    e->exhausted = expression.size > SOURCE_MAX;
    if (e->exhausted) return explain(e, LUA_OK, (od_slice){0});
    e->source = make_source(arena, expression);
    lua_sethook(e->L, count, LUA_MASKCOUNT, STEP);
    lua_pushcfunction(e->L, run);
    const int status = lua_pcall(e->L, 0, 0, 0);
    lua_sethook(e->L, NULL, 0, 0);
    const od_evaluation done = status == LUA_OK ? OD_EVALUATED : explain(e, status, expression);
    lua_settop(e->L, 0);
    if (status != LUA_OK) lua_gc(e->L, LUA_GCCOLLECT); // so that one bad expression costs no other
    return done;
}

static int set_up(lua_State *L) {
    make_dates(L);
    push_environment(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "environment");
    return 0;
}

static void *allocate_zeroed(size_t size) {
    void *const memory = calloc(1, size);
    if (memory) return memory;
    od_run_out(size);
}

od_expressions *od_expressions_new(od_language language) {
    od_expressions *const e = allocate_zeroed(sizeof *e);
    e->language = language;
    e->L = lua_newstate(allocate, e);
    if (!e->L) od_run_out(MEMORY);
    memcpy(lua_getextraspace(e->L), &e, sizeof(od_expressions *));
    lua_pushcfunction(e->L, set_up);
    if (lua_pcall(e->L, 0, 0, 0) != LUA_OK) od_run_out(MEMORY);
    return e;
}

void od_expressions_free(od_expressions *expressions) {
    if (!expressions) return;
    lua_close(expressions->L);
    free(expressions);
}

// What the engine holds: nothing but the language until it asks.
typedef struct late {
    od_language language;
    od_expressions *expressions;
} late;

static od_evaluation evaluate_text(void *context, od_arena *arena, od_slice expression,
                                   od_name_finder *find, void *find_context, od_slice *text) {
    late *const l = context;
    if (!l->expressions) l->expressions = od_expressions_new(l->language);
    od_expression_result result;
    const od_evaluation done =
        od_expression_evaluate(l->expressions, arena, expression, find, find_context, &result);
    *text = result.text;
    return done;
}

static void free_late(void *context) {
    late *const l = context;
    od_expressions_free(l->expressions);
    free(l);
}

od_evaluator od_expressions_evaluator(od_language language) {
    late *const l = allocate_zeroed(sizeof *l);
    l->language = language;
    return (od_evaluator){l, evaluate_text, free_late};
}
