#include "document/fold.h"

#include "base/block.h"
#include "base/utf8.h"

typedef struct folder {
    od_slice text;
    const od_fold_mark *marks;
    size_t mark_count;
    od_fold_state now;
    char folded[4]; // a character that is not its own folded form
} folder;

// Folded bytes that come from the text at `from`, one by one.
typedef struct piece {
    size_t from, size;
    const char *bytes;
} piece;

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
    if (code > 0x3020 && code < 0xFE00) return code; // Han and most of their marks
    if (od_is_space(code) || code < 0xA0) return 0;
    if (is_double_quote(code)) return '"';
    if (is_single_quote(code)) return '\'';
    return code;
}

static bool is_wide(uint32_t code) {
    return od_is_han(code) || (code >= 0x3000 && code <= 0x303F) ||
           (code >= 0xFF00 && code <= 0xFFEF) || is_double_quote(code) || is_single_quote(code);
}

static bool is_wide_before(const folder *f) {
    size_t size;
    return f->now.previous != SIZE_MAX && f->now.previous > 0 &&
           is_wide(od_utf8_read_before(f->text, f->now.previous, &size));
}

// Whether `**` or `__` stands here beside a Han character or mark.
static bool is_stray_mark(const folder *f) {
    const size_t at = f->now.at;
    const char byte = f->text.data[at];
    if ((byte != '*' && byte != '_') || at + 1 >= f->text.size || f->text.data[at + 1] != byte)
        return false;
    size_t size;
    return is_wide_before(f) ||
           (at + 2 < f->text.size && is_wide(od_utf8_read(f->text, at + 2, &size)));
}

// Marks the bytes of characters that do not fold to themselves at a glance: all but ASCII signs without
// the marks, and the three-byte characters from U+4000 to U+9FFF, nearly all of them Han. A sequence
// cut off, or a byte that is no UTF-8, folds to itself too.
static od_block_mask not_plain(od_block bytes) {
    // Both ranges start at 0 when the bytes are counted from their first: 0xC0 to ' ', round the end.
    const od_block_mask others = bytes + 0x40 <= 0x40 + ' ', han = bytes - 0xE4 <= 0xE9 - 0xE4;
    return (others & ~han) | (bytes == 0x7F) | (bytes == '*') | (bytes == '_');
}

// Returns the end of the run of plain characters from `at`, the start of a character.
static size_t plain_end(od_slice text, size_t at, size_t end) {
    for (size_t plain = OD_BLOCK; plain == OD_BLOCK && at < end; at += plain) {
        if (end - at >= OD_BLOCK) {
            plain = od_block_first(not_plain(od_block_load(text.data + at)));
            continue;
        }
        char rest[OD_BLOCK] = {0};
        memcpy(rest, text.data + at, end - at);
        plain = od_block_first(not_plain(od_block_load(rest)));
    }
    return at;
}

static void read_to(folder *f, size_t at) {
    f->now.at = f->now.previous = at;
}

// A character that may not stay as it is.
typedef struct character {
    uint32_t folded;
    size_t at, size;
} character;

static bool is_mark(const folder *f, size_t at) {
    return f->text.data[at] == '*' || f->text.data[at] == '_';
}

// Finds the first character from the cursor to `end` that is a mark or does not stay as it is.
static character find_other(const folder *f, size_t end) {
    character c = {.at = f->now.at};
    do {
        c.at = plain_end(f->text, c.at + c.size, end);
        if (c.at == end || is_mark(f, c.at)) return c;
        const uint32_t code = od_utf8_read(f->text, c.at, &c.size);
        c.folded = fold_code(code);
        if (c.folded != code && code != OD_NOT_UTF8) return c;
    } while (c.at - f->now.at < OD_FOLD_STEP);
    c.at += c.size;
    return c;
}

static void keep_to(folder *f, piece *p, size_t end) {
    *p = (piece){f->now.at, end - f->now.at, f->text.data + f->now.at};
    read_to(f, end);
}

// Makes of a character what it folds to: `p->size` may be 0.
static void fold_one(folder *f, piece *p, character c) {
    *p = (piece){c.at, c.folded ? od_utf8_write(c.folded, f->folded) : 0, f->folded};
    read_to(f, c.at + c.size);
}

// Makes the next piece; false at the end.
static bool next_piece(folder *f, piece *p) {
    static const char MARK[] = {OD_BLANK_MARK};
    const bool has_mark = f->now.mark < f->mark_count;
    const size_t end = has_mark ? f->marks[f->now.mark].start : f->text.size;
    for (p->size = 0; !p->size && f->now.at < end;) {
        const character other = find_other(f, end);
        if (other.at > f->now.at) keep_to(f, p, other.at);
        else if (!is_mark(f, other.at)) fold_one(f, p, other);
        else if (is_stray_mark(f)) f->now.at += 2;
        else keep_to(f, p, other.at + 1);
    }
    if (!p->size && has_mark) {
        *p = (piece){end, 1, MARK};
        f->now.at = f->marks[f->now.mark++].end;
        f->now.previous = SIZE_MAX;
    }
    f->now.out += p->size;
    return p->size > 0;
}

static folder start(od_slice text, const od_fold_mark *marks, size_t mark_count) {
    return (folder){.text = text, .marks = marks, .mark_count = mark_count,
                    .now = {.previous = SIZE_MAX}};
}

void od_fold_marked(od_arena *arena, od_slice text, const od_fold_mark *marks, size_t mark_count,
                    od_folded *folded) {
    folder f = start(text, marks, mark_count);
    // Folding never lengthens, and an empty mark adds one byte.
    char *const out = od_arena_bytes(arena, text.size + mark_count + 1);
    OD_ARRAY(od_fold_state) states = {0};
    size_t done = 0, next_state = OD_FOLD_STEP;
    for (piece p; next_piece(&f, &p); done = f.now.out) {
        memcpy(out + done, p.bytes, p.size);
        if (f.now.out < next_state) continue;
        *od_array_push(arena, &states) = f.now;
        next_state = f.now.out + OD_FOLD_STEP;
    }
    *folded = (od_folded){{out, done}, text, marks, mark_count, states.items, states.count};
}

od_slice od_fold(od_arena *arena, od_slice text) {
    folder f = start(text, NULL, 0);
    char *const out = od_arena_bytes(arena, text.size + 1);
    size_t done = 0;
    for (piece p; next_piece(&f, &p); done = f.now.out) memcpy(out + done, p.bytes, p.size);
    return (od_slice){out, done};
}

// Returns the index of the first state behind the folded byte `at`.
static size_t state_after(const od_folded *folded, size_t at) {
    size_t low = 0, high = folded->state_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (folded->states[middle].out <= at) low = middle + 1;
        else high = middle;
    }
    return low;
}

// Starts on the way to the folded byte `at`.
static folder start_near(const od_folded *folded, size_t at) {
    folder f = start(folded->origin, folded->marks, folded->mark_count);
    const size_t after = state_after(folded, at);
    if (after) f.now = folded->states[after - 1];
    return f;
}

size_t od_fold_origin(const od_folded *folded, size_t at) {
    folder f = start_near(folded, at);
    for (piece p; next_piece(&f, &p);)
        if (at < f.now.out) return p.from + (at - (f.now.out - p.size));
    return folded->origin.size;
}

// Returns the end of what the last of the folded bytes before `end` comes from, which is in `p`.
static size_t end_of(const folder *f, const piece *p, size_t end) {
    const size_t kept = end - (f->now.out - p->size);
    // A plain piece is the text itself; any other comes from one character or blank as a whole.
    return p->bytes == f->text.data + p->from && kept < p->size ? p->from + kept : f->now.at;
}

od_span od_fold_range(const od_folded *folded, size_t start, size_t end) {
    folder f = start_near(folded, start);
    od_span range = {folded->origin.size, folded->origin.size};
    bool begun = false;
    for (piece p; next_piece(&f, &p);) {
        const size_t before = f.now.out - p.size;
        if (!begun && start < f.now.out) {
            range.start = p.from + (start - before);
            begun = true;
        }
        if (end > f.now.out) continue;
        range.end = end_of(&f, &p, end);
        return range;
    }
    return range;
}
