#include "engine/clause.h"

#include "base/utf8.h"

enum {
    CLAUSE_CHARS = 120, // so that a line without any mark costs no more than another
    LEAST_WIDTH = 6,    // of what is left on a side when it is cut at a joint of the sentence
};

// ---- clauses -----------------------------------------------------------------------------------

bool od_clause_mark(od_slice text, size_t at, uint32_t code) {
    switch (code) {
    case 0x3002: // 。
    case 0xFF0C: // ，
    case 0xFF1B: // ；
    case 0xFF1A: // ：
    case 0xFF01: // ！
    case 0xFF1F: // ？
    case '\n':
    case 0xFFFC: return true;
    case ',':
    case ';':
    case ':':
    case '.':
    case '!':
    case '?':
        // Within numbers, times and names these are no ends: 1,000 and 9:30 and 1.5.
        return at + 1 >= text.size || text.data[at + 1] == ' ' || (unsigned char)text.data[at + 1] > 0x7F;
    default: return false;
    }
}

// Returns the index of the first blank of `leaf` that ends after visible byte `at`.
static size_t first_after(const od_leaf *leaf, size_t at) {
    size_t low = 0, high = leaf->blank_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (leaf->places[middle].end <= at) low = middle + 1;
        else high = middle;
    }
    return low;
}

// Whether a clause mark at `at` belongs to a blank: the dots of `[Fill in …]` do not end a clause.
static bool in_blank(const od_leaf *leaf, size_t at) {
    const size_t i = first_after(leaf, at);
    return i < leaf->blank_count && leaf->places[i].start <= at;
}

size_t od_clause_start(const od_leaf *leaf, size_t at) {
    const od_slice text = leaf->visible.text;
    size_t size;
    for (size_t n = 0; at > 0 && n < CLAUSE_CHARS; n++) {
        const uint32_t code = od_utf8_read_before(text, at, &size);
        if (od_clause_mark(text, at - size, code) && !in_blank(leaf, at - size)) return at;
        at -= size;
    }
    return at;
}

size_t od_clause_end(const od_leaf *leaf, size_t at) {
    const od_slice text = leaf->visible.text;
    size_t size;
    for (size_t n = 0; at < text.size && n < CLAUSE_CHARS; n++) {
        if (od_clause_mark(text, at, od_utf8_read(text, at, &size)) && !in_blank(leaf, at))
            return at;
        at += size;
    }
    return at;
}

od_span od_clause_trim(od_slice text, od_span range) {
    size_t size;
    while (range.start < range.end && od_is_space(od_utf8_read(text, range.start, &size)))
        range.start += size;
    while (range.end > range.start && od_is_space(od_utf8_read_before(text, range.end, &size)))
        range.end -= size;
    return range;
}

od_span od_clause_range(const od_leaf *leaf, size_t first, size_t last, size_t more) {
    od_span range = {od_clause_start(leaf, leaf->places[first].start),
                     od_clause_end(leaf, leaf->places[last].end)};
    size_t size;
    for (size_t n = 0; n < more && range.start > 0; n++) {
        od_utf8_read_before(leaf->visible.text, range.start, &size);
        range.start = od_clause_start(leaf, range.start - size);
    }
    for (size_t n = 0; n < more && range.end < leaf->visible.text.size; n++) {
        od_utf8_read(leaf->visible.text, range.end, &size);
        range.end = od_clause_end(leaf, range.end + size);
    }
    return od_clause_trim(leaf->visible.text, range);
}

// ---- cutting -----------------------------------------------------------------------------------

size_t od_clause_width(uint32_t code) {
    return od_is_han(code) ? 3 : 1;
}

// Whether a sentence can be cut beside this character and still read well.
static bool is_joint(uint32_t code) {
    static const uint32_t JOINTS[] = {0x3001, 0x201C, 0x201D, 0x2018, 0x2019, 0x300A, 0x300B,
                                      0xFF08, 0xFF09, 0x548C, 0x4E0E, 0x53CA, 0x5E76, 0x7684,
                                      0x4E86, 0x5728, 0x5C06}; // 、“”‘’《》（）和与及并的了在将
    for (size_t i = 0; i < sizeof JOINTS / sizeof *JOINTS; i++)
        if (JOINTS[i] == code) return true;
    return false;
}

static bool is_word(uint32_t code) {
    return od_is_ascii_alpha(code) || od_is_digit(code) || code == '\'' || code == '-' || code == '_';
}

// Moves `at` left until it no longer cuts a Latin word or number, but not past `bound`.
static size_t word_start(od_slice text, size_t at, size_t bound) {
    while (at > bound && is_word((unsigned char)text.data[at - 1]) &&
           is_word((unsigned char)text.data[at]))
        at--;
    return at;
}

static size_t word_end(od_slice text, size_t at, size_t bound) {
    while (at < bound && is_word((unsigned char)text.data[at - 1]) &&
           is_word((unsigned char)text.data[at]))
        at++;
    return at;
}

size_t od_clause_cut_left(od_slice text, size_t at, size_t bound, size_t width) {
    size_t far = at, joint = SIZE_MAX, size, done = 0, edge = at;
    while (far > bound && done <= width + width / 2) {
        const uint32_t code = od_utf8_read_before(text, far, &size);
        if (done >= LEAST_WIDTH && done <= width && is_joint(code)) joint = far;
        far -= size;
        done += od_clause_width(code);
        if (done <= width) edge = far;
    }
    if (far == bound && done <= width + width / 2) return bound;
    return joint != SIZE_MAX ? joint : word_start(text, edge, bound);
}

size_t od_clause_cut_right(od_slice text, size_t at, size_t bound, size_t width) {
    size_t far = at, joint = SIZE_MAX, size, done = 0, edge = at;
    while (far < bound && done <= width + width / 2) {
        const uint32_t code = od_utf8_read(text, far, &size);
        if (done >= LEAST_WIDTH && done <= width && is_joint(code)) joint = far;
        far += size;
        done += od_clause_width(code);
        if (done <= width) edge = far;
    }
    if (far == bound && done <= width + width / 2) return bound;
    return joint != SIZE_MAX ? joint : edge > at ? word_end(text, edge, bound) : edge;
}
