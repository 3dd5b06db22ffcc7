// pandoc.mediabag: files that belong to the document, kept in memory.
//
// The bag is a table in the registry, from the path that was given, made canonical, to an item
// {path, mime, contents}. It is listed in the order of those keys.
#include "lua/modules.h"

#include "lua/mime.h"
#include "lua/sha1.h"

#include <stdlib.h>
#include <unistd.h>

static const char BAG_KEY; // its address is the key of the bag in the registry

enum { PATH = 1, MIME, CONTENTS }; // fields of an item

static void push_bag(lua_State *L) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &BAG_KEY) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &BAG_KEY);
}

static bool is_uri(od_slice path) {
    size_t at = 0;
    while (at < path.size && (('a' <= (path.data[at] | 32) && (path.data[at] | 32) <= 'z') ||
                              (at && strchr("0123456789+-.", path.data[at]))))
        at++;
    return at > 1 && at < path.size && path.data[at] == ':';
}

// Pushes `path` as the key of the bag: with `/` and without `./` and `//`, but for URIs.
static void push_key(lua_State *L, od_slice path) {
    if (is_uri(path)) {
        lua_pushlstring(L, path.data, path.size);
        return;
    }
    luaL_Buffer out;
    luaL_buffinitsize(L, &out, path.size + 1);
    for (size_t at = 0; at < path.size;) {
        size_t end = at;
        while (end < path.size && path.data[end] != '/' && path.data[end] != '\\') end++;
        const od_slice part = od_slice_cut(path, at, end);
        if (at == 0 && !part.size) luaL_addchar(&out, '/');
        if (part.size && !od_slice_is(part, ".")) {
            luaL_addlstring(&out, part.data, part.size);
            if (end < path.size) luaL_addchar(&out, '/');
        }
        at = end + 1;
    }
    luaL_pushresult(&out);
}

static int hex_value(char c) {
    const char low = (char)(c | 32);
    return c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

// Pushes `text` with its %XX as bytes.
static void push_unescaped(lua_State *L, od_slice text) {
    luaL_Buffer out;
    luaL_buffinitsize(L, &out, text.size);
    for (size_t i = 0; i < text.size; i++) {
        const bool escape = text.data[i] == '%' && i + 2 < text.size &&
                            hex_value(text.data[i + 1]) >= 0 && hex_value(text.data[i + 2]) >= 0;
        if (escape) {
            const int high = hex_value(text.data[i + 1]), low = hex_value(text.data[i + 2]);
            luaL_addchar(&out, (char)(high * 16 + low));
            i += 2;
        } else {
            luaL_addchar(&out, text.data[i]);
        }
    }
    luaL_pushresult(&out);
}

// Pushes the path under which an item is written: its own when that stays within a folder, else one
// made of its contents.
static void push_item_path(lua_State *L, od_slice key, od_slice mime, od_slice contents) {
    push_unescaped(L, key);
    key = od_read_text(L, -1);
    const bool leaves = !key.size || key.data[0] == '/' || is_uri(key) ||
                        od_slice_find(key, OD_SLICE(".."), 0) != SIZE_MAX ||
                        od_slice_find(key, OD_SLICE("%"), 0) != SIZE_MAX;
    if (!leaves) return;
    char digits[41];
    od_sha1(contents, digits);
    const char *const extension = od_mime_extension(mime);
    size_t dot = key.size;
    while (dot && key.data[dot - 1] != '.' && key.data[dot - 1] != '/') dot--;
    const bool has_dot = dot && key.data[dot - 1] == '.';
    const bool usable = has_dot && !memchr(key.data + dot, '%', key.size - dot);
    const char *const own = usable ? key.data + dot : "";
    const char *const used = extension ? extension : own;
    lua_pushfstring(L, "%s%s%s", digits, *used ? "." : "", used);
    lua_remove(L, -2);
}

// Puts the value at `contents` into the bag.
static void put(lua_State *L, od_slice path, const char *mime, int contents) {
    contents = lua_absindex(L, contents);
    push_bag(L);
    push_key(L, path);
    const od_slice key = od_read_text(L, -1);
    if (!mime) mime = od_mime_of_path(key);
    lua_createtable(L, CONTENTS, 0);
    push_item_path(L, key, od_slice_of(mime), od_read_text(L, contents));
    lua_rawseti(L, -2, PATH);
    lua_pushstring(L, mime);
    lua_rawseti(L, -2, MIME);
    lua_pushvalue(L, contents);
    lua_rawseti(L, -2, CONTENTS);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

// Pushes the item of `path`; false, with nothing pushed, when there is none.
static bool push_item(lua_State *L, od_slice path) {
    push_bag(L);
    push_key(L, path);
    const bool found = lua_rawget(L, -2) == LUA_TTABLE;
    lua_remove(L, -2);
    if (!found) lua_pop(L, 1);
    return found;
}

static int compare_keys(const void *a, const void *b) {
    return od_slice_compare(*(const od_slice *)a, *(const od_slice *)b);
}

// Pushes the list of all items in their order.
static void push_items(lua_State *L) {
    push_bag(L);
    const int bag = lua_gettop(L);
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, bag); lua_pop(L, 1)) count++;
    od_slice *const keys = lua_newuserdatauv(L, (count + 1) * sizeof *keys, 0);
    size_t at = 0;
    for (lua_pushnil(L); lua_next(L, bag); lua_pop(L, 1)) {
        keys[at].data = lua_tolstring(L, -2, &keys[at].size);
        at++;
    }
    if (count) qsort(keys, count, sizeof *keys, compare_keys);
    lua_newtable(L);
    for (size_t i = 0; i < count; i++) {
        lua_pushlstring(L, keys[i].data, keys[i].size);
        lua_rawget(L, bag);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_replace(L, bag);
    lua_settop(L, bag);
}

// ---- functions of the bag -----------------------------------------------------------------------

static int insert(lua_State *L) {
    static const od_signature SIGNATURE = {"insert", {"filepath", "mimetype", "contents"}};
    const od_slice path = od_text_argument(L, &SIGNATURE, 1);
    const char *const mime =
        lua_isnoneornil(L, 2) ? NULL : od_text_argument(L, &SIGNATURE, 2).data;
    od_text_argument(L, &SIGNATURE, 3);
    put(L, path, mime, 3);
    return 0;
}

static int push_mime_and_contents(lua_State *L) {
    lua_rawgeti(L, -1, MIME);
    lua_rawgeti(L, -2, CONTENTS);
    return 2;
}

static int lookup(lua_State *L) {
    static const od_signature SIGNATURE = {"lookup", {"filepath"}};
    if (push_item(L, od_text_argument(L, &SIGNATURE, 1))) return push_mime_and_contents(L);
    lua_pushnil(L);
    lua_pushnil(L);
    return 2;
}

static int delete_item(lua_State *L) {
    static const od_signature SIGNATURE = {"delete", {"filepath"}};
    const od_slice path = od_text_argument(L, &SIGNATURE, 1);
    push_bag(L);
    push_key(L, path);
    lua_pushnil(L);
    lua_rawset(L, -3);
    return 0;
}

static int empty(lua_State *L) {
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &BAG_KEY);
    return 0;
}

static int list(lua_State *L) {
    push_items(L);
    const int items = lua_gettop(L);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, items);
    lua_newtable(L);
    od_push_list_metatable(L, OD_LIST_PLAIN);
    lua_setmetatable(L, -2);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_createtable(L, 0, 3);
        lua_rawgeti(L, items, i);
        lua_rawgeti(L, -1, PATH);
        lua_setfield(L, -3, "path");
        lua_rawgeti(L, -1, MIME);
        lua_setfield(L, -3, "type");
        lua_rawgeti(L, -1, CONTENTS);
        lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
        lua_setfield(L, -4, "length");
        lua_pop(L, 2);
        lua_rawseti(L, -2, i);
    }
    return 1;
}

static int next_item(lua_State *L) {
    const lua_Integer at = lua_tointeger(L, lua_upvalueindex(2)) + 1;
    lua_pushinteger(L, at);
    lua_copy(L, -1, lua_upvalueindex(2));
    if (lua_rawgeti(L, lua_upvalueindex(1), at) != LUA_TTABLE) return 0;
    lua_rawgeti(L, -1, PATH);
    lua_rawgeti(L, -2, MIME);
    lua_rawgeti(L, -3, CONTENTS);
    return 3;
}

static int items(lua_State *L) {
    push_items(L);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_item, 2);
    return 1;
}

// ---- fetching -----------------------------------------------------------------------------------

static int digit_of(char c) {
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *const at = c ? strchr(DIGITS, c) : NULL;
    return at ? (int)(at - DIGITS) : c == '-' ? 62 : c == '_' ? 63 : -1;
}

static void push_base64(lua_State *L, od_slice text) {
    luaL_Buffer out;
    luaL_buffinitsize(L, &out, text.size);
    uint32_t bits = 0;
    int count = 0;
    for (size_t i = 0; i < text.size; i++) {
        const int digit = digit_of(text.data[i]);
        if (digit < 0) continue;
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        luaL_addchar(&out, (char)(bits >> count & 0xFF));
    }
    luaL_pushresult(&out);
}

// Pushes media type and contents of a `data:` URI.
static void push_data_uri(lua_State *L, od_slice uri) {
    const size_t comma = od_slice_find(uri, OD_SLICE(","), 0);
    if (comma == SIZE_MAX) luaL_error(L, "pandoc.mediabag.fetch: a data: URI without a comma");
    od_slice mime = od_slice_cut(uri, strlen("data:"), comma);
    const bool coded = od_slice_ends(mime, OD_SLICE(";base64"));
    if (coded) mime.size -= strlen(";base64");
    if (mime.size) lua_pushlstring(L, mime.data, mime.size);
    else lua_pushliteral(L, "text/plain");
    push_unescaped(L, od_slice_from(uri, comma + 1));
    if (!coded) return;
    push_base64(L, od_read_text(L, -1));
    lua_remove(L, -2);
}

// Pushes the first file called `path` in the folders of PANDOC_STATE.resource_path; false when
// there is none.
static bool push_found_path(lua_State *L, const char *path) {
    lua_pushstring(L, path);
    if (access(path, R_OK) == 0) return true;
    const int top = lua_gettop(L);
    if (*path == '/' || lua_getglobal(L, "PANDOC_STATE") != LUA_TTABLE ||
        lua_getfield(L, -1, "resource_path") != LUA_TTABLE)
        return false;
    const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, top + 2, i);
        if (!lua_isstring(L, -1)) continue;
        lua_pushfstring(L, "%s/%s", lua_tostring(L, -1), path);
        if (access(lua_tostring(L, -1), R_OK) == 0) return true;
    }
    return false;
}

static bool is_remote(od_slice source) {
    return is_uri(source) && !od_slice_starts(source, OD_SLICE("file:"));
}

// Pushes media type and contents of `source`; raises an error when it cannot be had.
static void fetch_source(lua_State *L, od_slice source) {
    if (push_item(L, source)) {
        push_mime_and_contents(L);
        return;
    }
    if (od_slice_starts(source, OD_SLICE("data:"))) {
        push_data_uri(L, source);
        return;
    }
    if (is_remote(source))
        luaL_error(L, "pandoc.mediabag.fetch: '%s' is on the network, which filters do not get; "
                      "save it as a file and name that",
                   source.data);
    od_check_trust(L, "pandoc.mediabag.fetch of a file");
    const od_slice file = od_slice_starts(source, OD_SLICE("file://"))
                              ? od_slice_from(source, strlen("file://"))
                              : source;
    push_unescaped(L, file);
    const char *const path = access(file.data, R_OK) == 0 ? file.data : lua_tostring(L, -1);
    if (!push_found_path(L, path))
        luaL_error(L, "File '%s' not found in resource path", source.data);
    lua_pushstring(L, od_mime_of_path(od_slice_of(path)));
    lua_insert(L, -2);
    od_push_file_contents(L, lua_tostring(L, -1));
    lua_remove(L, -2);
}

static int fetch(lua_State *L) {
    static const od_signature SIGNATURE = {"fetch", {"source"}};
    fetch_source(L, od_text_argument(L, &SIGNATURE, 1));
    return 2;
}

// ---- fill, write --------------------------------------------------------------------------------

static int fetch_argument(lua_State *L) {
    fetch_source(L, od_read_text(L, 1));
    return 2;
}

static void push_pair(lua_State *L, const char *key, od_slice value) {
    lua_createtable(L, 2, 0);
    lua_pushstring(L, key);
    lua_rawseti(L, -2, 1);
    lua_pushlstring(L, value.data, value.size);
    lua_rawseti(L, -2, 2);
}

// Turns the image at 1 into a span of its description, as pandoc does when there is no such file.
static int push_placeholder(lua_State *L, od_slice source) {
    lua_getglobal(L, "pandoc");
    lua_getfield(L, -1, "Span");
    lua_getfield(L, 1, "caption");
    lua_getfield(L, 1, "attr");
    lua_call(L, 2, 1);
    lua_getfield(L, -1, "classes");
    static const char *const CLASSES[] = {"placeholder", "image"};
    for (int i = 0; i < 2; i++) {
        lua_getfield(L, -1, "insert");
        lua_pushvalue(L, -2);
        lua_pushinteger(L, 1);
        lua_pushstring(L, CLASSES[i]);
        lua_call(L, 3, 0);
    }
    lua_pop(L, 1);
    lua_getfield(L, -1, "attributes");
    lua_newtable(L);
    push_pair(L, "original-image-src", source);
    lua_getfield(L, 1, "title");
    push_pair(L, "original-image-title", od_read_text(L, -1));
    lua_remove(L, -2);
    lua_rawseti(L, -3, 2);
    lua_rawseti(L, -2, 1);
    const lua_Integer count = luaL_len(L, -2);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, -2, i);
        lua_rawseti(L, -2, i + 2);
    }
    lua_setfield(L, -3, "attributes");
    lua_pop(L, 1);
    return 1;
}

static int fill_image(lua_State *L) {
    lua_settop(L, 1);
    lua_getfield(L, 1, "src");
    const od_slice source = od_read_text(L, 2);
    if (!push_item(L, source)) {
        lua_pushcfunction(L, fetch_argument);
        lua_pushvalue(L, 2);
        if (lua_pcall(L, 1, 2, 0) != LUA_OK) return push_placeholder(L, source);
        put(L, source, lua_tostring(L, -2), -1);
        push_item(L, source);
    }
    lua_rawgeti(L, -1, PATH);
    lua_setfield(L, 1, "src");
    lua_settop(L, 1);
    return 1;
}

static int fill(lua_State *L) {
    static const od_signature SIGNATURE = {"fill", {"doc"}};
    lua_settop(L, 1);
    if (!od_to_class(L, 1, OD_CLASS_PANDOC)) return od_argument_error(L, &SIGNATURE, 1, "Pandoc");
    lua_getfield(L, 1, "walk");
    lua_pushvalue(L, 1);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, fill_image);
    lua_setfield(L, -2, "Image");
    lua_call(L, 2, 1);
    return 1;
}

// Writes the item on top of the stack below the folder at 1.
static void write_item(lua_State *L) {
    lua_rawgeti(L, -1, PATH);
    lua_getglobal(L, "pandoc");
    lua_getfield(L, -1, "system");
    lua_getfield(L, -1, "make_directory");
    const char *const path = lua_pushfstring(L, "%s/%s", lua_tostring(L, 1), lua_tostring(L, -4));
    const char *const slash = strrchr(path, '/');
    lua_insert(L, -2);
    lua_pushlstring(L, path, (size_t)(slash - path));
    lua_pushboolean(L, true);
    lua_call(L, 2, 0);
    lua_rawgeti(L, -5, CONTENTS);
    od_write_file(L, path, od_read_text(L, -1));
    lua_pop(L, 5);
}

static int write_bag(lua_State *L) {
    static const od_signature SIGNATURE = {"write", {"dir", "fp"}};
    od_text_argument(L, &SIGNATURE, 1);
    od_check_trust(L, "pandoc.mediabag.write");
    if (!lua_isnoneornil(L, 2)) {
        const od_slice path = od_text_argument(L, &SIGNATURE, 2);
        if (!push_item(L, path)) return luaL_error(L, "Resource not in mediabag: %s", path.data);
        write_item(L);
        return 0;
    }
    lua_settop(L, 1);
    push_items(L);
    const lua_Integer count = (lua_Integer)lua_rawlen(L, 2);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, 2, i);
        write_item(L);
        lua_pop(L, 1);
    }
    return 0;
}

// ---- data URIs ----------------------------------------------------------------------------------

static void add_base64(luaL_Buffer *out, od_slice bytes) {
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.size; i += 3) {
        const size_t left = bytes.size - i;
        uint32_t bits = (uint32_t)(uint8_t)bytes.data[i] << 16;
        if (left > 1) bits |= (uint32_t)(uint8_t)bytes.data[i + 1] << 8;
        if (left > 2) bits |= (uint32_t)(uint8_t)bytes.data[i + 2];
        luaL_addchar(out, DIGITS[bits >> 18]);
        luaL_addchar(out, DIGITS[bits >> 12 & 63]);
        luaL_addchar(out, left > 1 ? DIGITS[bits >> 6 & 63] : '=');
        luaL_addchar(out, left > 2 ? DIGITS[bits & 63] : '=');
    }
}

static void add_escaped(luaL_Buffer *out, od_slice text) {
    static const char HEX[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char c = (unsigned char)text.data[i];
        const unsigned char low = c | 32;
        if ((low >= 'a' && low <= 'z') || (c >= '0' && c <= '9')) {
            luaL_addchar(out, (char)c);
            continue;
        }
        luaL_addchar(out, '%');
        luaL_addchar(out, HEX[c >> 4]);
        luaL_addchar(out, HEX[c & 15]);
    }
}

static int make_data_uri(lua_State *L) {
    static const od_signature SIGNATURE = {"make_data_uri", {"mime_type", "raw_data"}};
    const od_slice mime = od_text_argument(L, &SIGNATURE, 1);
    const od_slice contents = od_text_argument(L, &SIGNATURE, 2);
    const bool is_text = od_slice_starts(mime, OD_SLICE("text/"));
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    luaL_addstring(&out, "data:");
    luaL_addlstring(&out, mime.data, mime.size);
    // As pandoc has it, twice when it was there.
    if (is_text && memchr(mime.data, ';', mime.size)) luaL_addstring(&out, ";charset=utf-8");
    luaL_addstring(&out, is_text ? "," : ";base64,");
    if (is_text) add_escaped(&out, contents);
    else add_base64(&out, contents);
    luaL_pushresult(&out);
    return 1;
}

void od_open_mediabag(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"delete", delete_item}, {"empty", empty},   {"fetch", fetch},
        {"fill", fill},          {"insert", insert}, {"items", items},
        {"list", list},          {"lookup", lookup}, {"make_data_uri", make_data_uri},
        {"write", write_bag},    {NULL, NULL},
    };
    luaL_newlib(L, FUNCTIONS);
}
