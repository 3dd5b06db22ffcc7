#include "lua/expression.h"

#include "base/buf.h"
#include "data/moment.h"
#include "lua/formula.h"
#include "lua/quantity.h"

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
    size_t used, most; // bytes that Lua holds, and may hold
    od_language language;
    od_date today; // what `today` is where nobody says otherwise
    // Of the evaluation that goes on:
    od_arena *arena;
    od_slice source;
    od_scene scene;
    bool is_formula; // its numbers are quantities
    int code;        // of the formula
    od_worth *worth;
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
    if (size > old && e->used + (size - old) > e->most) return NULL;
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

// ---- names in ASCII ----------------------------------------------------------------------------

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

static void push_whole(lua_State *L, int64_t number) {
    if (expressions_of(L)->is_formula) od_quantity_push(L, (long double)number);
    else lua_pushinteger(L, number);
}

// Whether the value at `index` is a whole number of days.
static bool read_days(lua_State *L, int index, int64_t *days) {
    long double number;
    if (lua_type(L, index) == LUA_TNUMBER) {
        *days = lua_tointeger(L, index);
        return lua_isinteger(L, index);
    }
    if (!od_quantity_read(L, index, &number) || fabsl(number) > 1e9L) return false;
    *days = (int64_t)number;
    return (long double)*days == number;
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
    int64_t days;
    if (read_days(L, 2, &days)) return move_date(L, check_days(L, 1), days, -1);
    push_whole(L, check_days(L, 1) - check_days(L, 2));
    return 1;
}

static int date_add(lua_State *L) {
    int64_t days;
    const int date = read_days(L, 1, &days) ? 2 : 1;
    if (date == 1 && !read_days(L, 2, &days))
        return luaL_error(L, "number expected to add to a date");
    return move_date(L, check_days(L, date), days, 1);
}

static int date_index(lua_State *L) {
    const od_date *const date = luaL_checkudata(L, 1, DATE);
    const od_slice name = od_slice_of(lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "");
    if (od_slice_is(name, "year")) push_whole(L, date->year);
    else if (od_slice_is(name, "month")) push_whole(L, date->month);
    else if (od_slice_is(name, "day")) push_whole(L, date->day);
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
    if (expressions_of(L)->is_formula)
        od_quantity_push(L, (long double)number.digits / (long double)power);
    else if (number.digits % power == 0) lua_pushinteger(L, number.digits / power);
    else lua_pushnumber(L, (lua_Number)number.digits / (lua_Number)power);
}

static void push_datum(lua_State *L, const od_datum *datum) {
    if (od_field_type_is_text(datum->type))
        lua_pushlstring(L, datum->text.data ? datum->text.data : "", datum->text.size);
    else if (datum->type == OD_TYPE_DATE) push_date(L, datum->date);
    else push_number(L, datum->number);
}

// ---- results -----------------------------------------------------------------------------------

static od_slice write_float(lua_State *L, od_arena *arena, lua_Number number) {
    // Beyond that a double has no nine decimals to be rounded to.
    if (!isfinite(number)) luaL_error(L, "a division by zero");
    if (fabs(number) >= 1e15) luaL_error(L, "the number is too large");
    return od_quantity_write(arena, (long double)number);
}

static od_slice write_number(lua_State *L, int index, od_arena *arena) {
    char text[32];
    if (lua_type(L, index) != LUA_TNUMBER) {
        long double number = 0;
        od_quantity_read(L, index, &number);
        return od_quantity_write(arena, number);
    }
    if (!lua_isinteger(L, index)) return write_float(L, arena, lua_tonumber(L, index));
    const int size = snprintf(text, sizeof text, "%lld", (long long)lua_tointeger(L, index));
    return od_arena_copy(arena, (od_slice){text, (size_t)size});
}

// Reads the value at `index`; false when it is of no type that counts.
static bool read_worth(lua_State *L, int index, od_worth *worth) {
    od_arena *const arena = expressions_of(L)->arena;
    const od_date *const date = luaL_testudata(L, index, DATE);
    long double number;
    size_t size;
    if (date) {
        *worth = (od_worth){.kind = OD_WORTH_DATE,
                            .date = *date,
                            .text = od_date_write(arena, *date, OD_SLICE("YYYY-MM-DD"))};
    } else if (od_quantity_read(L, index, &number)) {
        *worth = (od_worth){
            .kind = OD_WORTH_NUMBER, .number = number, .text = write_number(L, index, arena)};
    } else if (lua_type(L, index) == LUA_TSTRING) {
        const char *const text = lua_tolstring(L, index, &size);
        *worth = (od_worth){.kind = OD_WORTH_TEXT,
                            .text = od_arena_copy(arena, (od_slice){text, size})};
    } else if (lua_type(L, index) == LUA_TBOOLEAN) {
        const bool truth = lua_toboolean(L, index);
        *worth = (od_worth){.kind = OD_WORTH_TRUTH,
                            .truth = truth,
                            .text = truth ? OD_SLICE("true") : OD_SLICE("false")};
    } else return false;
    return true;
}

static void push_worth(lua_State *L, const od_worth *worth) {
    switch (worth->kind) {
    case OD_WORTH_NUMBER: od_quantity_push(L, worth->number); break;
    case OD_WORTH_TEXT:
        lua_pushlstring(L, worth->text.data ? worth->text.data : "", worth->text.size);
        break;
    case OD_WORTH_TRUTH: lua_pushboolean(L, worth->truth); break;
    case OD_WORTH_DATE: push_date(L, worth->date); break;
    }
}

static void take_result(lua_State *L, od_expressions *e) {
    if (read_worth(L, -1, e->worth)) return;
    luaL_error(L, "the result is a %s, and not a number, text, date or truth",
               luaL_typename(L, -1));
}

// ---- names -------------------------------------------------------------------------------------

// Before the name of a function, so that a field may have the same.
static const char FUNCTION[] = "__f_";
// Before a name that Lua has another use for.
static const char RESERVED[] = "__r_";
// Makes a quantity of a number that is written in a formula, given as a text.
static const char NUMBER[] = "__n";

// Ends the evaluation: `name` has no value.
static int miss(lua_State *L, od_slice name) {
    od_expressions *const e = expressions_of(L);
    e->missing = true;
    e->worth->text = name;
    return luaL_error(L, "missing");
}

// Whether an argument is of the kind of that letter.
static bool is_kind(const od_worth *worth, char kind) {
    switch (kind) {
    case 't': return worth->kind == OD_WORTH_TEXT;
    case 'n': return worth->kind == OD_WORTH_NUMBER;
    case 'd': return worth->kind == OD_WORTH_DATE;
    default: return true;
    }
}

static bool read_arguments(lua_State *L, const od_named_function *function, od_worth *arguments) {
    const int count = lua_gettop(L);
    bool optional = false;
    int i = 0;
    for (const char *kind = function->kinds; *kind; kind++) {
        if (*kind == '?') optional = true;
        else if (i == count && optional) return true;
        else if (i == count || !read_worth(L, i + 1, &arguments[i])) return false;
        else if (!is_kind(&arguments[i++], *kind)) return false;
    }
    return i == count;
}

static int call_function(lua_State *L) {
    od_expressions *const e = expressions_of(L);
    const od_named_function *const function = lua_touserdata(L, lua_upvalueindex(1));
    od_worth arguments[OD_ARGUMENTS_MAX] = {0}, worth = {0};
    if (!read_arguments(L, function, arguments))
        return luaL_error(L, "it is called so: %s(%s)", function->name, function->takes);
    od_slice why = OD_SLICE("");
    const od_evaluation done =
        function->call(e->scene.context, e->arena, arguments, &worth, &why);
    if (done == OD_NAME_MISSING) return miss(L, why);
    if (done == OD_EVALUATED) push_worth(L, &worth);
    else lua_pushlstring(L, why.data, why.size);
    return done == OD_EVALUATED ? 1 : lua_error(L);
}

static int find_function(lua_State *L, od_slice name) {
    const od_named_function *f = expressions_of(L)->scene.functions;
    while (f && f->name && !od_slice_is(name, f->name)) f++;
    if (!f || !f->name) return luaL_error(L, "there is no such function");
    lua_pushlightuserdata(L, (void *)f);
    lua_pushcclosure(L, call_function, 1);
    return 1;
}

// __index of the environment: the only way to a name.
static int find_name(lua_State *L) {
    od_expressions *const e = expressions_of(L);
    if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "names are texts");
    size_t size;
    const char *const mangled = lua_tolstring(L, 2, &size);
    od_slice name = unmangle(e->arena, (od_slice){mangled, size});
    if (e->is_formula && od_slice_starts(name, od_slice_of(RESERVED)))
        name = od_slice_from(name, strlen(RESERVED));
    if (e->is_formula && od_slice_is(name, NUMBER)) {
        lua_pushcfunction(L, od_quantity_of_text);
        return 1;
    }
    if (e->is_formula && od_slice_starts(name, od_slice_of(FUNCTION)))
        return find_function(L, od_slice_from(name, strlen(FUNCTION)));
    od_datum datum;
    const bool found = e->scene.find(e->scene.context, name, &datum);
    // A field that is left empty has no number.
    if (found && (datum.text.size || od_field_type_is_text(datum.type))) push_datum(L, &datum);
    else if (!found && e->today.year && od_slice_is(name, "today")) push_date(L, e->today);
    else return miss(L, name);
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

// ---- evaluation --------------------------------------------------------------------------------

// Leaves the chunk of the source on the stack.
static void load_source(lua_State *L, const od_expressions *e) {
    if (luaL_loadbufferx(L, e->source.data, e->source.size, "=expression", "t") != LUA_OK)
        lua_error(L);
    lua_getfield(L, LUA_REGISTRYINDEX, "environment"); // -- chunk, environment
    lua_setupvalue(L, -2, 1);                          // -- chunk
}

// Everything that can raise runs in here.
static int run(lua_State *L) {
    od_expressions *const e = expressions_of(L);
    if (e->is_formula) lua_rawgeti(L, LUA_REGISTRYINDEX, e->code);
    else load_source(L, e);
    lua_call(L, 0, 1); // -- result
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

// What Lua says of values of a wrong kind, for people who do not know Lua; else empty. The value is
// named where Lua names it: (global 'cases').
static od_slice plain_words(od_expressions *e, od_slice text) {
    static const struct {
        const char *start;
        od_text text;
    } WORDS[] = {
        {"attempt to compare", {"values of different kinds cannot be compared", "不同种类的值不能相比"}},
        {"attempt to perform arithmetic", {"only numbers and dates can be reckoned with",
                                           "只有数字和日期可以计算"}},
        {"attempt to concatenate", {"only texts can be joined by `..`", "“..”只能连接文字"}},
        {"attempt to index", {"a value of this kind has no such part", "这种值没有这样的组成部分"}},
    };
    const od_slice global = OD_SLICE("(global '");
    const size_t at = od_slice_find(text, global, 0), start = at + global.size;
    const size_t end = at == SIZE_MAX ? SIZE_MAX : od_slice_find(text, OD_SLICE("'"), start);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (!od_slice_starts(text, od_slice_of(WORDS[i].start))) continue;
        const od_slice plain = od_format(e->arena, e->language, WORDS[i].text, NULL, 0);
        if (end == SIZE_MAX) return plain;
        return od_arena_concat(e->arena, OD_SLICE("“"), od_slice_cut(text, start, end),
                               e->language == OD_CHINESE ? OD_SLICE("”：") : OD_SLICE("”: "), plain);
    }
    return (od_slice){0};
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
    const od_slice plain = plain_words(e, text);
    if (plain.size) text = plain;
    return several_lines ? od_arena_concat(e->arena, OD_SLICE("line "), line, OD_SLICE(": "), text)
                         : text;
}

static od_slice say(od_expressions *e, od_text text, od_slice expression, od_slice detail) {
    return od_format(e->arena, e->language, text, (const od_slice[]){expression, detail}, 2);
}

// Who says where the formula stands need not repeat it.
static od_evaluation explain_formula(od_expressions *e, int status) {
    const char *const message = lua_type(e->L, -1) == LUA_TSTRING ? lua_tostring(e->L, -1) : NULL;
    e->worth->text = e->exhausted || status == LUA_ERRMEM
                         ? say(e, OD_SAY("it takes too much time or memory", "计算量太大"),
                               (od_slice){0}, (od_slice){0})
                         : say(e, OD_SAY("it cannot be worked out: {2}", "算不出来：{2}"),
                               (od_slice){0}, clean_message(e, message, false));
    return OD_UNEVALUABLE;
}

static od_evaluation explain(od_expressions *e, int status, od_slice expression) {
    od_worth *const worth = e->worth;
    if (e->missing) return OD_NAME_MISSING;
    if (e->is_formula) return explain_formula(e, status);
    if (e->exhausted || status == LUA_ERRMEM) {
        worth->text = say(e,
                          OD_SAY("the expression “{1}” takes too much time or memory",
                                 "算式“{1}”计算量太大"),
                          expression, (od_slice){0});
        return OD_UNEVALUABLE;
    }
    const char *const message = lua_type(e->L, -1) == LUA_TSTRING ? lua_tostring(e->L, -1) : NULL;
    const bool several = expression.size && memchr(expression.data, '\n', expression.size);
    worth->text = say(e,
                      OD_SAY("the expression “{1}” cannot be worked out: {2}",
                             "算式“{1}”算不出来：{2}"),
                      expression, clean_message(e, message, several));
    return OD_UNEVALUABLE;
}

// Calls `work` with what is set of the evaluation; its result is to go to `worth`.
static int protect(od_expressions *e, lua_CFunction work, od_arena *arena, od_worth *worth) {
    *worth = (od_worth){0};
    e->arena = arena;
    e->worth = worth;
    e->spent = 0;
    e->missing = e->exhausted = false;
    e->most = e->used + MEMORY;
    lua_sethook(e->L, count, LUA_MASKCOUNT, STEP);
    lua_pushcfunction(e->L, work);
    const int status = lua_pcall(e->L, 0, 0, 0);
    lua_sethook(e->L, NULL, 0, 0);
    return status;
}

// Makes the state as good as new.
static void clear(od_expressions *e, int status) {
    lua_settop(e->L, 0);
    if (status != LUA_OK) lua_gc(e->L, LUA_GCCOLLECT); // so that one bad expression costs no other
}

static od_evaluation evaluate(od_expressions *e, od_arena *arena, od_slice expression,
                              od_worth *worth) {
    const int status = protect(e, run, arena, worth);
    const od_evaluation done = status == LUA_OK ? OD_EVALUATED : explain(e, status, expression);
    clear(e, status);
    return done;
}

od_evaluation od_expression_evaluate(od_expressions *expressions, od_arena *arena,
                                     od_slice expression, od_name_finder *find, void *context,
                                     od_worth *worth) {
    od_expressions *const e = expressions;
    e->scene = (od_scene){.context = context, .find = find};
    e->is_formula = false;
    if (expression.size <= SOURCE_MAX) {
        e->source = make_source(arena, expression);
        return evaluate(e, arena, expression, worth);
    }
    *worth = (od_worth){0};
    e->arena = arena;
    e->worth = worth;
    e->missing = false;
    e->exhausted = true;
    return explain(e, LUA_OK, (od_slice){0});
}

// ---- formulas ----------------------------------------------------------------------------------

// Appends a token as Lua is to see it; `mention` is what stands there, or NULL.
static void add_token(od_buf *out, od_slice text, od_token token, const od_mention *mention) {
    const od_slice word = od_slice_cut(text, token.span.start, token.span.end);
    const bool quoted = mention && mention->asked;
    od_buf_byte(out, ' ');
    if (token.kind == OD_TOKEN_NUMBER) {
        od_buf_text(out, NUMBER);
        od_buf_text(out, "('");
        od_buf_add(out, word);
        od_buf_text(out, "')");
        return;
    }
    if (mention && mention->called) od_buf_text(out, FUNCTION);
    else if (mention && od_formula_reserves(mention->name) && !quoted) od_buf_text(out, RESERVED);
    if (quoted) od_buf_byte(out, '"');
    if (quoted) od_buf_add(out, mention->name);
    else if (token.kind == OD_TOKEN_TEXT) od_buf_add(out, word);
    else mangle(out, word);
    if (quoted) od_buf_byte(out, '"');
}

// Returns the source of the first `count` tokens of a formula; the bracket is closed after all of
// them.
static od_slice make_formula(od_arena *arena, const od_formula *formula, size_t count) {
    od_buf buf = {0};
    od_buf_text(&buf, "return (");
    size_t mention = 0;
    od_token token = od_token_read(formula->text, 0);
    for (; count && token.kind != OD_TOKEN_END; count--) {
        const bool here = mention < formula->mention_count &&
                          formula->mentions[mention].span.start == token.span.start;
        add_token(&buf, formula->text, token, here ? &formula->mentions[mention] : NULL);
        mention += here;
        token = od_token_read(formula->text, token.span.end);
    }
    if (count) od_buf_byte(&buf, ')');
    const od_slice source = od_arena_copy(arena, od_buf_slice(&buf));
    od_buf_free(&buf);
    return source;
}

static int compile(lua_State *L) {
    od_expressions *const e = expressions_of(L);
    load_source(L, e);
    e->code = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

static bool compiles(od_expressions *e, od_arena *arena, const char **message) {
    od_worth worth;
    const int status = protect(e, compile, arena, &worth);
    const char *const text = lua_type(e->L, -1) == LUA_TSTRING ? lua_tostring(e->L, -1) : "";
    *message = od_arena_copy(arena, od_slice_of(text)).data;
    clear(e, status);
    return status == LUA_OK;
}

// Whether the first `count` tokens could go on to be an expression.
static bool may_go_on(od_expressions *e, od_arena *arena, const od_formula *formula,
                      size_t count) {
    const char *message;
    e->source = make_formula(arena, formula, count);
    return !compiles(e, arena, &message) && strstr(message, "near <eof>");
}

// Finds the first token of a wrong formula that cannot stand where it does: END for a formula that
// ends too soon.
static od_token find_fault(od_expressions *e, od_arena *arena, const od_formula *formula) {
    size_t count = 0, right = 0;
    od_token token = od_token_read(formula->text, 0);
    for (; token.kind != OD_TOKEN_END; count++)
        token = od_token_read(formula->text, token.span.end);
    size_t wrong = count + 1;
    while (wrong - right > 1) {
        const size_t middle = right + (wrong - right) / 2;
        if (middle <= count && may_go_on(e, arena, formula, middle)) right = middle;
        else wrong = middle;
    }
    token = od_token_read(formula->text, 0);
    for (size_t i = 0; i < right; i++) token = od_token_read(formula->text, token.span.end);
    return token;
}

static bool refuse_source(od_expressions *e, od_arena *arena, const od_formula *formula,
                          const char *message, od_slice *why, od_span *where) {
    e->arena = arena;
    *where = (od_span){0, formula->text.size};
    if (formula->text.size > SOURCE_MAX || !*message || strstr(message, "overflow") ||
        strstr(message, "levels") || strstr(message, "too many") || strstr(message, "limit")) {
        *why = say(e,
                   OD_SAY("the expression is too long, or nested too deeply", "算式太长，或嵌套太深"),
                   (od_slice){0}, (od_slice){0});
        return false;
    }
    const od_token token = find_fault(e, arena, formula);
    *where = token.span;
    *why = token.kind == OD_TOKEN_END
               ? say(e, OD_SAY("the expression ends too soon", "算式不完整"), (od_slice){0},
                     (od_slice){0})
               : say(e, OD_SAY("“{1}” cannot stand here", "这里不能写“{1}”"),
                     od_slice_cut(formula->text, token.span.start, token.span.end),
                     (od_slice){0});
    return false;
}

bool od_expression_compile(od_expressions *expressions, od_arena *arena, od_formula *formula,
                           od_slice *why, od_span *where) {
    od_expressions *const e = expressions;
    od_text text;
    const char *message = "";
    if (formula->text.size > SOURCE_MAX)
        return refuse_source(e, arena, formula, message, why, where);
    if (!od_formula_scan(arena, formula, &text, where)) {
        e->arena = arena;
        *why = say(e, text, od_slice_cut(formula->text, where->start, where->end), (od_slice){0});
        return false;
    }
    e->source = make_formula(arena, formula, SIZE_MAX);
    if (!compiles(e, arena, &message))
        return refuse_source(e, arena, formula, message, why, where);
    formula->code = e->code;
    return true;
}

od_evaluation od_expression_run(od_expressions *expressions, od_arena *arena,
                                const od_formula *formula, const od_scene *scene,
                                od_worth *worth) {
    od_expressions *const e = expressions;
    e->scene = *scene;
    e->is_formula = true;
    e->code = formula->code;
    const od_evaluation done = evaluate(e, arena, formula->text, worth);
    e->is_formula = false;
    return done;
}

// ---- the state ---------------------------------------------------------------------------------

static int set_up(lua_State *L) {
    make_dates(L);
    od_quantity_set_up(L);
    push_environment(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "environment");
    return 0;
}

static void *allocate_zeroed(size_t size) {
    void *const memory = calloc(1, size);
    if (memory) return memory;
    od_run_out(size);
}

od_expressions *od_expressions_new(od_language language, od_date today) {
    od_expressions *const e = allocate_zeroed(sizeof *e);
    e->language = language;
    e->today = today;
    e->most = MEMORY;
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

// ---- what the engine holds ---------------------------------------------------------------------

// Nothing but what to start Lua with, until it asks.
typedef struct late {
    od_language language;
    od_date today;
    od_expressions *expressions;
} late;

static od_expressions *start(void *context) {
    late *const l = context;
    if (!l->expressions) l->expressions = od_expressions_new(l->language, l->today);
    return l->expressions;
}

static od_evaluation evaluate_text(void *context, od_arena *arena, od_slice expression,
                                   od_name_finder *find, void *find_context, od_slice *text) {
    od_worth worth;
    const od_evaluation done =
        od_expression_evaluate(start(context), arena, expression, find, find_context, &worth);
    *text = worth.text;
    return done;
}

static bool compile_formula(void *context, od_arena *arena, od_formula *formula, od_slice *why,
                            od_span *where) {
    return od_expression_compile(start(context), arena, formula, why, where);
}

static od_evaluation run_formula(void *context, od_arena *arena, const od_formula *formula,
                                 const od_scene *scene, od_worth *worth) {
    return od_expression_run(start(context), arena, formula, scene, worth);
}

static void free_late(void *context) {
    late *const l = context;
    od_expressions_free(l->expressions);
    free(l);
}

od_evaluator od_expressions_evaluator(od_language language, od_date today) {
    late *const l = allocate_zeroed(sizeof *l);
    l->language = language;
    l->today = today;
    return (od_evaluator){l, evaluate_text, compile_formula, run_formula, free_late};
}
