// pandoc.image: format and size of images, from their first bytes.
#include "lua/modules.h"

#include <math.h>
#include <stdlib.h>

typedef struct image {
    double width, height;
    double horizontal, vertical; // dots in an inch
} image;

// ---- numbers ------------------------------------------------------------------------------------

static uint32_t byte_at(od_slice data, size_t at) {
    return at < data.size ? (uint8_t)data.data[at] : 0;
}

static uint32_t big(od_slice data, size_t at, int bytes) {
    uint32_t number = 0;
    for (int i = 0; i < bytes; i++) number = number << 8 | byte_at(data, at + (size_t)i);
    return number;
}

static uint32_t little16(od_slice data, size_t at) {
    return byte_at(data, at) | byte_at(data, at + 1) << 8;
}

// ---- formats ------------------------------------------------------------------------------------

static bool size_png(od_slice data, image *image) {
    if (data.size < 24) return false;
    *image = (struct image){big(data, 16, 4), big(data, 20, 4), 72, 72};
    for (size_t at = 8; at + 12 <= data.size;) {
        const uint32_t size = big(data, at, 4);
        const od_slice type = od_slice_cut(data, at + 4, at + 8);
        if (od_slice_is(type, "IDAT")) break;
        const bool metres = byte_at(data, at + 16) == 1;
        if (od_slice_is(type, "pHYs") && metres) {
            image->horizontal = floor(big(data, at + 8, 4) * 254.0 / 10000);
            image->vertical = floor(big(data, at + 12, 4) * 254.0 / 10000);
        }
        if (size > data.size - at - 12) break;
        at += 12 + size;
    }
    return true;
}

static bool size_gif(od_slice data, image *image) {
    if (data.size < 10) return false;
    *image = (struct image){little16(data, 6), little16(data, 8), 72, 72};
    return true;
}

static bool size_jpeg(od_slice data, image *image) {
    *image = (struct image){0, 0, 72, 72};
    for (size_t at = 2; at + 9 < data.size && byte_at(data, at) == 0xFF;) {
        const uint32_t marker = byte_at(data, at + 1);
        const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
                           marker != 0xCC;
        if (frame) {
            image->height = big(data, at + 5, 2);
            image->width = big(data, at + 7, 2);
            return true;
        }
        if (marker == 0xE0 && at + 16 < data.size && memcmp(data.data + at + 4, "JFIF", 5) == 0) {
            const uint32_t unit = byte_at(data, at + 11);
            const double factor = unit == 2 ? 2.54 : 1;
            if (unit) image->horizontal = floor(big(data, at + 12, 2) * factor);
            if (unit) image->vertical = floor(big(data, at + 14, 2) * factor);
        }
        at += 2 + big(data, at + 2, 2);
    }
    return false;
}

// Reads attribute `name` of the element svg in `tag` as pixels; false when it has none.
static bool svg_length(od_slice tag, const char *name, double *pixels) {
    static const struct {
        const char *unit;
        double pixels;
    } UNITS[] = {{"px", 1}, {"in", 96}, {"cm", 96 / 2.54}, {"mm", 9.6 / 2.54}, {"pt", 96.0 / 72},
                 {"pc", 16}};
    const size_t found = od_slice_find(tag, od_slice_of(name), 0);
    if (found == SIZE_MAX) return false;
    const size_t start = found + strlen(name) + 1; // behind the quote
    char text[32] = {0};
    for (size_t i = 0; i + 1 < sizeof text && start + i < tag.size; i++) {
        if (tag.data[start + i] == '"' || tag.data[start + i] == '\'') break;
        text[i] = tag.data[start + i];
    }
    char *end;
    *pixels = strtod(text, &end);
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
        if (strcmp(end, UNITS[i].unit) == 0) *pixels *= UNITS[i].pixels;
    return end != text;
}

static bool size_svg(od_slice data, image *image) {
    const size_t start = od_slice_find(data, OD_SLICE("<svg"), 0);
    const size_t end = od_slice_find(data, OD_SLICE(">"), start);
    const od_slice tag = od_slice_cut(data, start, end == SIZE_MAX ? data.size : end);
    *image = (struct image){0, 0, 96, 96};
    if (svg_length(tag, " width=", &image->width) && svg_length(tag, " height=", &image->height))
        return true;
    const size_t box = od_slice_find(tag, OD_SLICE("viewBox="), 0);
    if (box == SIZE_MAX) return false;
    char text[64] = {0};
    memcpy(text, tag.data + box + 9, tag.size - box - 9 < 63 ? tag.size - box - 9 : 63);
    char *at = text;
    double numbers[4];
    for (int i = 0; i < 4; i++) {
        numbers[i] = strtod(at, &at);
        while (*at == ',' || *at == ' ') at++;
    }
    image->width = numbers[2];
    image->height = numbers[3];
    return numbers[2] > 0 && numbers[3] > 0;
}

typedef struct image_format {
    const char *name;
    const char *start;
    bool (*size)(od_slice data, image *image); // NULL: not read here
} image_format;

static const image_format FORMATS[] = {
    {"png", "\x89PNG\r\n\x1A\n", size_png}, {"gif", "GIF87a", size_gif},
    {"gif", "GIF89a", size_gif},            {"jpeg", "\xFF\xD8\xFF", size_jpeg},
    {"pdf", "%PDF", NULL},                  {"eps", "%!PS", NULL},
    {"tiff", "II*", NULL},                  {"tiff", "MM", NULL},
    {"webp", "RIFF", NULL},
};

enum { FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS };

// Returns the index of the format in FORMATS, FORMAT_COUNT for SVG, -1 for none that is known.
static int find_format(od_slice data) {
    for (int i = 0; i < FORMAT_COUNT; i++)
        if (od_slice_starts(data, od_slice_of(FORMATS[i].start))) return i;
    const od_slice head = od_slice_cut(data, 0, data.size < 5000 ? data.size : 5000);
    return od_slice_find(head, OD_SLICE("<svg"), 0) != SIZE_MAX ? FORMAT_COUNT : -1;
}

static int format(lua_State *L) {
    static const od_signature SIGNATURE = {"format", {"image"}};
    const int found = find_format(od_text_argument(L, &SIGNATURE, 1));
    if (found < 0) lua_pushnil(L);
    else lua_pushstring(L, found == FORMAT_COUNT ? "svg" : FORMATS[found].name);
    return 1;
}

static void set_number(lua_State *L, const char *name, double number) {
    if (number == floor(number)) lua_pushinteger(L, (lua_Integer)number);
    else lua_pushnumber(L, number);
    lua_setfield(L, -2, name);
}

static int size(lua_State *L) {
    static const od_signature SIGNATURE = {"size", {"image", "opts"}};
    const od_slice data = od_text_argument(L, &SIGNATURE, 1);
    const int found = find_format(data);
    if (found < 0) return od_error(L, "could not determine image type");
    if (found < FORMAT_COUNT && !FORMATS[found].size)
        return luaL_error(L, "pandoc.image.size: sizes of %s are not read here, only those of png, "
                             "jpeg, gif and svg",
                          FORMATS[found].name);
    image image;
    const bool good =
        found == FORMAT_COUNT ? size_svg(data, &image) : FORMATS[found].size(data, &image);
    if (!good) return od_error(L, "could not determine image size");
    lua_createtable(L, 0, 4);
    set_number(L, "width", image.width);
    set_number(L, "height", image.height);
    set_number(L, "dpi_horz", image.horizontal);
    set_number(L, "dpi_vert", image.vertical);
    return 1;
}

void od_open_image(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {{"format", format}, {"size", size}, {NULL, NULL}};
    luaL_newlib(L, FUNCTIONS);
}
