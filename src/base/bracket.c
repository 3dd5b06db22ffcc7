#include "base/bracket.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { CODE_MAX = 0x10FFFF, SURROGATE_FIRST = 0xD800, SURROGATE_LAST = 0xDFFF };

void od_char_set_add(od_arena *arena, od_char_set *set, uint32_t first, uint32_t last) {
    *od_array_push(arena, &set->ranges) = (od_range){first, last};
}

// Ranges of the classes, as pairs of characters.
static const struct class {
    const char *name, *pairs;
} CLASSES[] = {
    {"alpha", "AZaz"},     {"digit", "09"},     {"alnum", "09AZaz"},
    {"upper", "AZ"},       {"lower", "az"},     {"xdigit", "09AFaf"},
    {"space", "\t\r  "},   {"blank", "\t\t  "}, {"punct", "!/:@[`{~"},
    {"print", " ~"},       {"graph", "!~"},     {"cntrl", "\x01\x1F\x7F\x7F"},
};

bool od_char_set_add_class(od_arena *arena, od_char_set *set, od_slice name) {
    for (size_t i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++) {
        if (!od_slice_is(name, CLASSES[i].name)) continue;
        for (const char *pair = CLASSES[i].pairs; *pair; pair += 2)
            od_char_set_add(arena, set, (unsigned char)pair[0], (unsigned char)pair[1]);
        return true;
    }
    return false;
}

typedef struct reader {
    od_arena *arena;
    od_slice text;
    size_t at;
    od_bracket_syntax syntax;
} reader;

static bool is_at(const reader *r, char byte) {
    return r->at < r->text.size && r->text.data[r->at] == byte;
}

// Reads `[:alpha:]` when one stands here. Sets `*wrong` for what has no meaning.
static bool read_class(reader *r, od_char_set *set, bool *wrong) {
    if (!is_at(r, '[') || r->at + 1 >= r->text.size) return false;
    const char kind = r->text.data[r->at + 1];
    if (kind == '.' || kind == '=') return *wrong = true;
    if (kind != ':') return false;
    const size_t end = od_slice_find(r->text, OD_SLICE(":]"), r->at + 2);
    if (end == SIZE_MAX) return *wrong = true;
    if (!od_char_set_add_class(r->arena, set, od_slice_cut(r->text, r->at + 2, end)))
        *wrong = true;
    r->at = end + 2;
    return true;
}

static uint32_t read_code(reader *r) {
    size_t size;
    if (r->syntax == OD_BRACKET_GLOB && is_at(r, '\\') && r->at + 1 < r->text.size) r->at++;
    const uint32_t code = od_utf8_read(r->text, r->at, &size);
    r->at += size;
    return code;
}

// Reads one character or range; false when it is the wrong way round or the text ends.
static bool read_member(reader *r, od_char_set *set) {
    const uint32_t first = read_code(r);
    uint32_t last = first;
    // A `-` before the closing bracket is itself.
    if (is_at(r, '-') && r->at + 1 < r->text.size && r->text.data[r->at + 1] != ']') {
        r->at++;
        last = read_code(r);
    }
    od_char_set_add(r->arena, set, first, last);
    return first <= last;
}

size_t od_bracket_read(od_arena *arena, od_slice text, size_t start, od_bracket_syntax syntax,
                       od_char_set *set) {
    reader r = {arena, text, start + 1, syntax};
    *set = (od_char_set){0};
    if (is_at(&r, '^') || (syntax == OD_BRACKET_GLOB && is_at(&r, '!'))) {
        set->negated = true;
        r.at++;
    }
    bool wrong = false;
    for (bool first = true; r.at < text.size; first = false) {
        if (!first && is_at(&r, ']')) return wrong ? SIZE_MAX : r.at + 1;
        if (read_class(&r, set, &wrong)) {
            if (wrong) return SIZE_MAX;
        } else if (!read_member(&r, set)) {
            return SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

bool od_char_set_has(const od_char_set *set, uint32_t code) {
    for (size_t i = 0; i < set->ranges.count; i++)
        if (code >= set->ranges.items[i].first && code <= set->ranges.items[i].last)
            return !set->negated;
    return set->negated;
}

static int compare_ranges(const void *left, const void *right) {
    const od_range *const a = left, *const b = right;
    return a->first < b->first ? -1 : a->first > b->first;
}

// Sorts the ranges and joins those that overlap or touch.
static void join_ranges(od_char_set *set) {
    if (!set->ranges.count) return;
    od_range *const items = set->ranges.items;
    qsort(items, set->ranges.count, sizeof *items, compare_ranges);
    size_t count = 1;
    for (size_t i = 1; i < set->ranges.count; i++) {
        od_range *const last = &items[count - 1];
        if (items[i].first > last->last + 1) items[count++] = items[i];
        else if (items[i].last > last->last) last->last = items[i].last;
    }
    set->ranges.count = count;
}

// Replaces the joined ranges by what lies between them.
static void invert(od_arena *arena, od_char_set *set) {
    od_char_set inverse = {0};
    uint32_t next = 0;
    for (size_t i = 0; i < set->ranges.count; i++) {
        const od_range range = set->ranges.items[i];
        if (range.first > next) od_char_set_add(arena, &inverse, next, range.first - 1);
        next = range.last + 1;
    }
    if (next <= CODE_MAX) od_char_set_add(arena, &inverse, next, CODE_MAX);
    *set = inverse;
}

static void drop_surrogates(od_arena *arena, od_char_set *set) {
    od_char_set kept = {0};
    for (size_t i = 0; i < set->ranges.count; i++) {
        const od_range range = set->ranges.items[i];
        if (range.first < SURROGATE_FIRST)
            od_char_set_add(arena, &kept, range.first,
                            range.last < SURROGATE_FIRST ? range.last : SURROGATE_FIRST - 1);
        if (range.last > SURROGATE_LAST)
            od_char_set_add(arena, &kept,
                            range.first > SURROGATE_LAST ? range.first : SURROGATE_LAST + 1,
                            range.last < CODE_MAX ? range.last : CODE_MAX);
    }
    *set = kept;
}

void od_char_set_normalize(od_arena *arena, od_char_set *set) {
    const bool negated = set->negated;
    join_ranges(set);
    if (negated) invert(arena, set);
    drop_surrogates(arena, set);
    set->negated = false;
}
