#include "document/fold.h"

#include "base/utf8.h"

typedef struct folder {
    od_arena *arena;
    od_slice text;
    char *out;
    size_t size;
    uint32_t previous; // character read before, for marks beside Han
    bool with_map;
    OD_ARRAY(od_fold_piece) map;
} folder;

static bool is_double_quote(uint32_t code) {
    return code == 0x201C || code == 0x201D || code == 0x201E || code == 0x201F ||
           (code >= 0x300C && code <= 0x300F) || code == 0x301D || code == 0x301E;
}

static bool is_single_quote(uint32_t code) {
    return code >= 0x2018 && code <= 0x201B;
}

// Returns what `code` folds to, or 0 for nothing.
static uint32_t fold_code(uint32_t code) {
    code = od_half_width(code);
    if (code < 0x80) return code <= ' ' || code == 0x7F ? 0 : code;
    if (od_is_space(code) || (code >= 0x80 && code < 0xA0)) return 0;
    if (is_double_quote(code)) return '"';
    if (is_single_quote(code)) return '\'';
    return code;
}

static bool is_wide(uint32_t code) {
    return od_is_han(code) || (code >= 0x3000 && code <= 0x303F) ||
           (code >= 0xFF00 && code <= 0xFFEF) || is_double_quote(code) || is_single_quote(code);
}

// Whether `**` or `__` stands at `at` beside a Han character or mark.
static bool is_stray_mark(const folder *f, size_t at) {
    const char byte = f->text.data[at];
    if ((byte != '*' && byte != '_') || at + 1 >= f->text.size || f->text.data[at + 1] != byte)
        return false;
    if (is_wide(f->previous)) return true;
    size_t size;
    return at + 2 < f->text.size && is_wide(od_utf8_read(f->text, at + 2, &size));
}

static void put(folder *f, size_t from, const char *bytes, size_t size) {
    if (f->with_map) {
        const od_fold_piece *const last = f->map.count ? &f->map.items[f->map.count - 1] : NULL;
        if (!last || last->from + (f->size - last->at) != from)
            *od_array_push(f->arena, &f->map) = (od_fold_piece){f->size, from};
    }
    memcpy(f->out + f->size, bytes, size);
    f->size += size;
}

static void fold_range(folder *f, size_t start, size_t end) {
    size_t size;
    for (size_t i = start; i < end; i += size) {
        const uint32_t code = od_utf8_read(f->text, i, &size);
        if (is_stray_mark(f, i)) {
            size = 2;
            continue;
        }
        f->previous = code;
        if (code == OD_NOT_UTF8) {
            put(f, i, f->text.data + i, 1);
            continue;
        }
        const uint32_t folded = fold_code(code);
        char bytes[4];
        if (folded) put(f, i, bytes, od_utf8_write(folded, bytes));
    }
}

void od_fold_marked(od_arena *arena, od_slice text, const od_fold_mark *marks, size_t mark_count,
                    od_folded *folded) {
    // Folding never lengthens, and an empty mark adds one byte.
    folder f = {.arena = arena, .text = text, .with_map = true};
    f.out = od_arena_array(arena, char, text.size + mark_count + 1);
    size_t done = 0;
    for (size_t i = 0; i < mark_count; i++) {
        fold_range(&f, done, marks[i].start);
        put(&f, marks[i].start, (const char[]){OD_BLANK_MARK}, 1);
        f.previous = 0;
        done = marks[i].end;
    }
    fold_range(&f, done, text.size);
    *folded = (od_folded){{f.out, f.size}, f.map.items, f.map.count};
}

od_slice od_fold(od_arena *arena, od_slice text) {
    folder f = {.arena = arena, .text = text};
    f.out = od_arena_array(arena, char, text.size + 1);
    fold_range(&f, 0, text.size);
    return (od_slice){f.out, f.size};
}

size_t od_fold_origin(const od_folded *folded, size_t at) {
    if (!folded->map_count) return 0;
    size_t low = 0, high = folded->map_count; // map[low].at <= at < map[high].at
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (folded->map[middle].at <= at) low = middle;
        else high = middle;
    }
    return folded->map[low].from + (at - folded->map[low].at);
}
