// pandoc.path: file paths, as Haskell's System.FilePath.Posix takes them apart.
#include "lua/modules.h"

#include <unistd.h>

static bool is_separator(char c) {
    return c == '/';
}

static bool has_trailing(od_slice path) {
    return path.size && is_separator(path.data[path.size - 1]);
}

// The separators at the start.
static od_slice drive_of(od_slice path) {
    size_t size = 0;
    while (size < path.size && is_separator(path.data[size])) size++;
    return od_slice_cut(path, 0, size);
}

static od_slice drop_trailing(od_slice path) {
    const size_t least = drive_of(path).size;
    size_t size = path.size;
    while (size > least && is_separator(path.data[size - 1])) size--;
    return od_slice_cut(path, 0, size);
}

// The part before the file's name, with its separator.
static od_slice folder_of(od_slice path) {
    size_t size = path.size;
    while (size && !is_separator(path.data[size - 1])) size--;
    return od_slice_cut(path, 0, size);
}

static int push_slice(lua_State *L, od_slice text) {
    lua_pushlstring(L, text.data, text.size);
    return 1;
}

static int directory(lua_State *L) {
    static const od_signature SIGNATURE = {"directory", {"filepath"}};
    const od_slice folder = folder_of(od_text_argument(L, &SIGNATURE, 1));
    return push_slice(L, folder.size ? drop_trailing(folder) : OD_SLICE("."));
}

static int filename(lua_State *L) {
    static const od_signature SIGNATURE = {"filename", {"filepath"}};
    const od_slice path = od_text_argument(L, &SIGNATURE, 1);
    return push_slice(L, od_slice_from(path, folder_of(path).size));
}

static int is_absolute(lua_State *L) {
    static const od_signature SIGNATURE = {"is_absolute", {"filepath"}};
    lua_pushboolean(L, drive_of(od_text_argument(L, &SIGNATURE, 1)).size > 0);
    return 1;
}

static int is_relative(lua_State *L) {
    static const od_signature SIGNATURE = {"is_relative", {"filepath"}};
    lua_pushboolean(L, drive_of(od_text_argument(L, &SIGNATURE, 1)).size == 0);
    return 1;
}

static int exists(lua_State *L) {
    static const od_signature SIGNATURE = {"exists", {"path", "type"}};
    const od_slice path = od_text_argument(L, &SIGNATURE, 1);
    od_check_trust(L, "pandoc.path.exists");
    lua_pushboolean(L, access(path.data, F_OK) == 0);
    return 1;
}

// ---- joining ------------------------------------------------------------------------------------

// Appends `path` as the part after what `out` holds, which ends with `last`.
static void add_part(luaL_Buffer *out, od_slice path) {
    if (!path.size) return;
    const size_t size = luaL_bufflen(out);
    if (size && !is_separator(luaL_buffaddr(out)[size - 1])) luaL_addchar(out, '/');
    luaL_addlstring(out, path.data, path.size);
}

static int join(lua_State *L) {
    static const od_signature SIGNATURE = {"join", {"filepaths"}};
    const lua_Integer count = od_list_argument(L, &SIGNATURE, 1);
    // What comes before an absolute path does not count.
    lua_Integer first = 1;
    for (lua_Integer i = 1; i <= count; i++) {
        if (drive_of(od_push_text_item(L, &SIGNATURE, 1, i)).size) first = i;
        lua_pop(L, 1);
    }
    luaL_checkstack(L, count < 100000 ? (int)count * 2 + 8 : 1 << 30, "too many parts");
    lua_pushliteral(L, "");
    bool closed = true; // whether no separator is needed before the next part
    for (lua_Integer i = first; i <= count; i++) {
        lua_rawgeti(L, 1, i);
        const od_slice part = od_read_text(L, -1);
        if (!part.size) continue;
        if (!closed) {
            lua_pushliteral(L, "/");
            lua_insert(L, -2);
        }
        closed = has_trailing(part);
    }
    lua_concat(L, lua_gettop(L) - 1);
    return 1;
}

static int combine(lua_State *L) {
    static const od_signature SIGNATURE = {"combine", {"filepath", "filepath"}};
    const od_slice a = od_text_argument(L, &SIGNATURE, 1), b = od_text_argument(L, &SIGNATURE, 2);
    if (drive_of(b).size) return push_slice(L, b);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    luaL_addlstring(&out, a.data, a.size);
    add_part(&out, b);
    luaL_pushresult(&out);
    return 1;
}

static int add_extension(lua_State *L) {
    static const od_signature SIGNATURE = {"add_extension", {"filepath", "extension"}};
    const od_slice path = od_text_argument(L, &SIGNATURE, 1);
    const od_slice extension = od_text_argument(L, &SIGNATURE, 2);
    const bool dot = extension.size && extension.data[0] != '.';
    lua_pushfstring(L, "%s%s%s", path.data, dot ? "." : "", extension.data);
    return 1;
}

// ---- splitting ----------------------------------------------------------------------------------

// Takes the next part (a drive is one) off `*path`, with the separators behind it; false at the
// end.
static bool next_part(od_slice *path, od_slice *part) {
    if (!path->size) return false;
    size_t size = drive_of(*path).size;
    if (!size) {
        while (size < path->size && !is_separator(path->data[size])) size++;
        while (size < path->size && is_separator(path->data[size])) size++;
    }
    *part = od_slice_cut(*path, 0, size);
    *path = od_slice_from(*path, size);
    return true;
}

static int split(lua_State *L) {
    static const od_signature SIGNATURE = {"split", {"filepath"}};
    od_slice path = od_text_argument(L, &SIGNATURE, 1), part;
    lua_newtable(L);
    for (lua_Integer i = 1; next_part(&path, &part); i++) {
        push_slice(L, drop_trailing(part));
        lua_rawseti(L, -2, i);
    }
    return 1;
}

static int split_extension(lua_State *L) {
    static const od_signature SIGNATURE = {"split_extension", {"filepath"}};
    const od_slice path = od_text_argument(L, &SIGNATURE, 1);
    const size_t start = folder_of(path).size;
    size_t dot = path.size;
    while (dot > start && path.data[dot - 1] != '.') dot--;
    const size_t end = dot > start ? dot - 1 : path.size;
    push_slice(L, od_slice_cut(path, 0, end));
    push_slice(L, od_slice_from(path, end));
    return 2;
}

static int split_search_path(lua_State *L) {
    static const od_signature SIGNATURE = {"split_search_path", {"search_path"}};
    od_slice rest = od_text_argument(L, &SIGNATURE, 1);
    lua_newtable(L);
    for (lua_Integer i = 1;; i++) {
        const size_t colon = od_slice_find(rest, OD_SLICE(":"), 0);
        const size_t end = colon == SIZE_MAX ? rest.size : colon;
        push_slice(L, end ? od_slice_cut(rest, 0, end) : OD_SLICE("."));
        lua_rawseti(L, -2, i);
        if (colon == SIZE_MAX) return 1;
        rest = od_slice_from(rest, colon + 1);
    }
}

// ---- normalizing, relating ----------------------------------------------------------------------

// Pushes `path` with single separators and without `.` parts.
static void push_normal(lua_State *L, od_slice path) {
    const od_slice drive = drive_of(path), rest = od_slice_from(path, drive.size);
    const bool ends_in_dot = rest.size && rest.data[rest.size - 1] == '.' &&
                             has_trailing(od_slice_cut(rest, 0, rest.size - 1));
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    if (drive.size) luaL_addchar(&out, '/');
    od_slice left = rest, part;
    while (next_part(&left, &part)) {
        const od_slice name = drop_trailing(part);
        if (!od_slice_is(name, ".")) add_part(&out, name);
    }
    if (!luaL_bufflen(&out)) luaL_addchar(&out, '.');
    const size_t size = luaL_bufflen(&out);
    if ((has_trailing(rest) || ends_in_dot) && !is_separator(luaL_buffaddr(&out)[size - 1]))
        luaL_addchar(&out, '/');
    luaL_pushresult(&out);
}

static int normalize(lua_State *L) {
    static const od_signature SIGNATURE = {"normalize", {"filepath"}};
    push_normal(L, od_text_argument(L, &SIGNATURE, 1));
    return 1;
}

// Whether two paths are the same once normalized.
static bool same_path(lua_State *L, od_slice a, od_slice b) {
    od_slice normal[2] = {a, b};
    for (int i = 0; i < 2; i++) {
        push_normal(L, normal[i]);
        size_t size;
        const char *const data = lua_tolstring(L, -1, &size);
        normal[i] = drop_trailing((od_slice){data, size});
    }
    const bool same = od_slice_equal(normal[0], normal[1]);
    lua_pop(L, 2);
    return same;
}

static od_slice drop_leading(od_slice path) {
    return od_slice_from(path, drive_of(path).size);
}

// Takes the first name off a relative path, with its separators.
static od_slice take_name(od_slice *path) {
    od_slice part = {0};
    return next_part(path, &part) ? drop_trailing(part) : part;
}

static int make_relative(lua_State *L) {
    static const od_signature SIGNATURE = {"make_relative", {"path", "root", "unsafe"}};
    const od_slice given = od_text_argument(L, &SIGNATURE, 1);
    od_slice root = od_text_argument(L, &SIGNATURE, 2);
    const od_slice path = given.size ? given : OD_SLICE(".");
    if (!root.size) root = OD_SLICE(".");
    if (same_path(L, path, root)) return push_slice(L, OD_SLICE("."));
    if (!od_slice_equal(drive_of(path), drive_of(root))) return push_slice(L, path);
    od_slice left = drop_leading(path), above = drop_leading(root);
    while (above.size) {
        od_slice next_left = left, next_above = above;
        const od_slice name = take_name(&next_left);
        if (!same_path(L, name, take_name(&next_above))) break;
        left = next_left;
        above = next_above;
    }
    if (above.size && !lua_toboolean(L, 3)) return push_slice(L, given);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    while (above.size) {
        take_name(&above);
        add_part(&out, OD_SLICE(".."));
    }
    add_part(&out, left);
    luaL_pushresult(&out);
    return 1;
}

// ---- strings as paths ---------------------------------------------------------------------------

static int treat_strings_as_paths(lua_State *L) {
    static const luaL_Reg METAMETHODS[] = {
        {"__add", add_extension}, {"__div", combine}, {NULL, NULL}};
    static const luaL_Reg METHODS[] = {
        {"directory", directory},
        {"filename", filename},
        {"is_absolute", is_absolute},
        {"is_relative", is_relative},
        {"normalize", normalize},
        {"split", split},
        {"split_extension", split_extension},
        {"split_search_path", split_search_path},
        {NULL, NULL},
    };
    lua_pushliteral(L, "");
    if (lua_getmetatable(L, -1)) luaL_setfuncs(L, METAMETHODS, 0);
    if (lua_getglobal(L, "string") == LUA_TTABLE) luaL_setfuncs(L, METHODS, 0);
    return 0;
}

void od_open_path(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"directory", directory},
        {"exists", exists},
        {"filename", filename},
        {"is_absolute", is_absolute},
        {"is_relative", is_relative},
        {"join", join},
        {"make_relative", make_relative},
        {"normalize", normalize},
        {"split", split},
        {"split_extension", split_extension},
        {"split_search_path", split_search_path},
        {"treat_strings_as_paths", treat_strings_as_paths},
        {NULL, NULL},
    };
    luaL_newlib(L, FUNCTIONS);
    lua_pushliteral(L, "/");
    lua_setfield(L, -2, "separator");
    lua_pushliteral(L, ":");
    lua_setfield(L, -2, "search_path_separator");
}
