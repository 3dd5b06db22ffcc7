#include "base/glob.h"

#include "base/bracket.h"
#include "base/utf8.h"

// A pattern becomes a list of steps, and a path is matched by following all the ways through them
// at once (Thompson, 1968). Ways lead forward only, or stay.
typedef enum step_kind {
    STEP_CHAR,   // one given character
    STEP_ONE,    // any but `/`
    STEP_SET,    // one of a set, never `/`
    STEP_STAR,   // any number of characters but `/`
    STEP_EACH,   // one of any
    STEP_ALL,    // any number of any characters
    STEP_DIRS,   // any number of folders: goes on at once, or enters the STEP_IN_DIR after it
    STEP_IN_DIR, // inside one of those folders; its `/` leads back to the STEP_DIRS
    STEP_BRANCH, // goes on, or to `other`
    STEP_JUMP,   // to `other`
    STEP_END,
} step_kind;

typedef struct step {
    step_kind kind;
    uint32_t code;   // STEP_CHAR
    size_t other;    // STEP_BRANCH, STEP_JUMP
    od_char_set set; // STEP_SET
} step;

struct od_glob {
    const step *steps;
    size_t count;
    bool folder; // the pattern ended in `/`
};

static const size_t NOWHERE = SIZE_MAX;

// ---- reading -----------------------------------------------------------------------------------

typedef struct open_brace {
    size_t branch; // of the alternative being read
    size_t jumps;  // the last jump to the end, each leading to the one before through `other`
} open_brace;

typedef struct compiler {
    od_arena *arena;
    od_slice pattern;
    od_glob_syntax syntax;
    size_t at;
    OD_ARRAY(step) steps;
    OD_ARRAY(open_brace) open;
} compiler;

static step *add(compiler *c, step_kind kind) {
    step *const added = od_array_push(c->arena, &c->steps);
    *added = (step){.kind = kind, .other = NOWHERE};
    return added;
}

static bool has_braces(const compiler *c) {
    return c->syntax == OD_GLOB_CONFIG;
}

// Whether a part of the path starts at the place of the pattern.
static bool at_part_start(const compiler *c) {
    if (c->at == 0) return true;
    const char before = c->pattern.data[c->at - 1];
    return before == '/' || (has_braces(c) && c->open.count && (before == '{' || before == ','));
}

static bool at_part_end(const compiler *c, size_t at) {
    if (at == c->pattern.size) return true;
    const char byte = c->pattern.data[at];
    return byte == '/' || (has_braces(c) && c->open.count && (byte == '}' || byte == ','));
}

static od_glob_fault read_stars(compiler *c) {
    size_t end = c->at;
    while (end < c->pattern.size && c->pattern.data[end] == '*') end++;
    const bool deep = end - c->at == 2 && at_part_start(c) && at_part_end(c, end);
    if (!deep) {
        add(c, STEP_STAR);
    } else if (end < c->pattern.size && c->pattern.data[end] == '/') {
        add(c, STEP_DIRS);
        add(c, STEP_IN_DIR);
        end++;
    } else {
        add(c, STEP_EACH); // `a/**` is what is in a, not a itself
        add(c, STEP_ALL);
    }
    c->at = end;
    return OD_GLOB_FINE;
}

static od_glob_fault read_bracket(compiler *c) {
    od_char_set set;
    const size_t end = od_bracket_read(c->arena, c->pattern, c->at, OD_BRACKET_GLOB, &set);
    if (end == SIZE_MAX) return OD_GLOB_BRACKET;
    add(c, STEP_SET)->set = set;
    c->at = end;
    return OD_GLOB_FINE;
}

static od_glob_fault open_braces(compiler *c) {
    add(c, STEP_BRANCH);
    *od_array_push(c->arena, &c->open) = (open_brace){c->steps.count - 1, NOWHERE};
    c->at++;
    return OD_GLOB_FINE;
}

static void next_alternative(compiler *c) {
    open_brace *const brace = &c->open.items[c->open.count - 1];
    add(c, STEP_JUMP)->other = brace->jumps;
    brace->jumps = c->steps.count - 1;
    add(c, STEP_BRANCH);
    c->steps.items[brace->branch].other = c->steps.count - 1;
    brace->branch = c->steps.count - 1;
    c->at++;
}

static void close_braces(compiler *c) {
    const open_brace brace = c->open.items[--c->open.count];
    for (size_t jump = brace.jumps; jump != NOWHERE;) {
        step *const from = &c->steps.items[jump];
        jump = from->other;
        from->other = c->steps.count;
    }
    c->at++;
}

static od_glob_fault read_char(compiler *c) {
    if (c->pattern.data[c->at] == '\\' && ++c->at == c->pattern.size) return OD_GLOB_ESCAPE;
    size_t size;
    const uint32_t code = od_utf8_read(c->pattern, c->at, &size);
    add(c, STEP_CHAR)->code = code;
    c->at += size;
    return OD_GLOB_FINE;
}

static od_glob_fault read_step(compiler *c) {
    const char byte = c->pattern.data[c->at];
    if (byte == '*') return read_stars(c);
    if (byte == '[') return read_bracket(c);
    if (byte == '?') {
        add(c, STEP_ONE);
        c->at++;
        return OD_GLOB_FINE;
    }
    if (has_braces(c) && byte == '{') return open_braces(c);
    if (c->open.count && (byte == ',' || byte == '}')) {
        if (byte == ',') next_alternative(c);
        else close_braces(c);
        return OD_GLOB_FINE;
    }
    return read_char(c);
}

// Whether each part of `pattern` can be a part of a path at all.
static bool has_sound_parts(od_slice pattern) {
    for (size_t start = 0; start <= pattern.size;) {
        size_t end = od_slice_find(pattern, OD_SLICE("/"), start);
        if (end == SIZE_MAX) end = pattern.size;
        const od_slice part = od_slice_cut(pattern, start, end);
        if (!part.size || od_slice_is(part, ".") || od_slice_is(part, "..")) return false;
        start = end + 1;
    }
    return true;
}

od_glob_fault od_glob_read(od_arena *arena, od_slice pattern, od_glob_syntax syntax,
                           const od_glob **glob) {
    const bool folder = od_slice_ends(pattern, OD_SLICE("/"));
    if (folder) pattern.size--;
    const bool rooted = od_slice_starts(pattern, OD_SLICE("/"));
    if (rooted) pattern = od_slice_from(pattern, 1);
    if (!pattern.size) return OD_GLOB_EMPTY;
    if (!has_sound_parts(pattern)) return OD_GLOB_PARTS;
    compiler c = {.arena = arena, .pattern = pattern, .syntax = syntax};
    if (!rooted && od_slice_find(pattern, OD_SLICE("/"), 0) == SIZE_MAX) {
        add(&c, STEP_DIRS);
        add(&c, STEP_IN_DIR);
    }
    while (c.at < pattern.size) {
        const od_glob_fault fault = read_step(&c);
        if (fault != OD_GLOB_FINE) return fault;
    }
    if (c.open.count) return OD_GLOB_BRACE;
    add(&c, STEP_END);
    od_glob *const made = od_arena_new(arena, od_glob);
    *made = (od_glob){c.steps.items, c.steps.count, folder};
    *glob = made;
    return OD_GLOB_FINE;
}

// ---- matching ----------------------------------------------------------------------------------

static void mark(bool *steps, size_t step) {
    steps[step] = true;
}

// Adds the steps that are reached without taking a character. Ways lead forward, so one pass does
// it.
static void close(const od_glob *glob, bool *reached) {
    for (size_t i = 0; i < glob->count; i++) {
        if (!reached[i]) continue;
        const step *const s = &glob->steps[i];
        switch (s->kind) {
        case STEP_DIRS:
            mark(reached, i + 1);
            mark(reached, i + 2);
            break;
        case STEP_BRANCH:
            if (s->other != NOWHERE) mark(reached, s->other);
            mark(reached, i + 1);
            break;
        case STEP_STAR:
        case STEP_ALL: mark(reached, i + 1); break;
        case STEP_JUMP: mark(reached, s->other); break;
        default: break;
        }
    }
}

// Follows every way from `from` over the character `code` to `to`.
static void follow(const od_glob *glob, const bool *from, uint32_t code, bool *to) {
    const bool slash = code == '/';
    memset(to, 0, glob->count * sizeof *to);
    for (size_t i = 0; i < glob->count; i++) {
        if (!from[i]) continue;
        const step *const s = &glob->steps[i];
        switch (s->kind) {
        case STEP_CHAR: to[i + 1] |= s->code == code; break;
        case STEP_ONE: to[i + 1] |= !slash; break;
        case STEP_SET: to[i + 1] |= !slash && od_char_set_has(&s->set, code); break;
        case STEP_STAR: to[i] |= !slash; break;
        case STEP_EACH: to[i + 1] = true; break;
        case STEP_ALL: to[i] = true; break;
        case STEP_IN_DIR: to[slash ? i - 1 : i] = true; break;
        default: break;
        }
    }
    close(glob, to);
}

typedef struct walk {
    bool covered; // a folder above the path matches
    bool matched; // the path itself does
} walk;

static walk follow_path(const od_glob *glob, od_slice path, bool *now, bool *next) {
    walk result = {false, false};
    now[0] = true;
    close(glob, now);
    size_t size;
    for (size_t i = 0; i < path.size; i += size) {
        const uint32_t code = od_utf8_read(path, i, &size);
        if (code == '/' && now[glob->count - 1]) result.covered = true;
        follow(glob, now, code, next);
        bool *const swap = now;
        now = next;
        next = swap;
    }
    result.matched = now[glob->count - 1];
    return result;
}

static walk walk_path(const od_glob *glob, od_slice path) {
    enum { SMALL = 512 };
    bool small[2 * SMALL] = {false};
    if (glob->count <= SMALL) return follow_path(glob, path, small, small + glob->count);
    od_arena arena = {0};
    bool *const large = od_arena_array(&arena, bool, 2 * glob->count);
    const walk result = follow_path(glob, path, large, large + glob->count);
    od_arena_free(&arena);
    return result;
}

// Takes the `/` off the path of a folder.
static bool strip_folder(od_slice *path) {
    if (!od_slice_ends(*path, OD_SLICE("/"))) return false;
    path->size--;
    return true;
}

bool od_glob_matches(const od_glob *glob, od_slice path) {
    const bool is_folder = strip_folder(&path);
    return (is_folder || !glob->folder) && walk_path(glob, path).matched;
}

bool od_glob_covers(const od_glob *glob, od_slice path) {
    const bool is_folder = strip_folder(&path);
    const walk result = walk_path(glob, path);
    return result.covered || (result.matched && (is_folder || !glob->folder));
}

bool od_glob_match(od_slice pattern, od_slice path) {
    od_arena arena = {0};
    const od_glob *glob;
    const bool matches = od_glob_read(&arena, pattern, OD_GLOB_CONFIG, &glob) == OD_GLOB_FINE &&
                         od_glob_matches(glob, path);
    od_arena_free(&arena);
    return matches;
}
