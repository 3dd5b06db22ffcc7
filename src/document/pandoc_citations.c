// Citations of pandoc's Markdown.
#include "document/pandoc_markdown.h"

#include "base/utf8.h"

static bool is_key_character(od_slice text, size_t at) {
    return od_pm_is_word(text, at) || od_pm_byte(text, at) == '_';
}

static size_t character_size(od_slice text, size_t at) {
    size_t size;
    od_utf8_read(text, at, &size);
    return size;
}

// Reads a key in braces at `at`, the `{`; returns its end or SIZE_MAX.
static size_t braced_end(od_slice text, size_t at) {
    size_t open = 0;
    for (; at < text.size && !od_pm_is_white(text.data[at]); at++) {
        if (text.data[at] == '{') open++;
        else if (text.data[at] == '}' && --open == 0) return at + 1;
    }
    return SIZE_MAX;
}

// Reads the key behind the `@` before `at`: letters, digits and `_`, single marks between them.
static size_t key_end(od_slice text, size_t at, od_slice *key) {
    const size_t start = at;
    if (od_pm_byte(text, at) == '{') {
        const size_t end = braced_end(text, at);
        if (end != SIZE_MAX) *key = od_slice_cut(text, at + 1, end - 1);
        return end;
    }
    if (od_pm_byte(text, at) != '*' && !is_key_character(text, at)) return SIZE_MAX;
    at += character_size(text, at);
    while (at < text.size) {
        const bool mark = strchr(":.#$%&-+?<>~/", text.data[at]) != NULL;
        const bool inner = mark && is_key_character(text, at + 1);
        const bool slash = (text.data[at] == ':' || text.data[at] == '/') &&
                           od_pm_byte(text, at + 1) == '/';
        if (!is_key_character(text, at) && !inner && !slash) break;
        at += character_size(text, at);
    }
    *key = od_slice_cut(text, start, at);
    return at;
}

typedef struct found {
    od_slice key;
    bool suppressed;
    size_t start, end;
} found;

// Reads `@key` or `-@key` at `at`, which no letter or digit may stand before.
static bool read_key(od_slice text, size_t at, found *f) {
    size_t size;
    if (at > 0) {
        const uint32_t before = od_utf8_read_before(text, at, &size);
        if (before != OD_NOT_UTF8 && od_is_alphanumeric(before)) return false;
    }
    f->suppressed = od_pm_byte(text, at) == '-';
    f->start = at;
    if (f->suppressed) at++;
    if (od_pm_byte(text, at) != '@') return false;
    f->end = key_end(text, at + 1, &f->key);
    return f->end != SIZE_MAX;
}

// Returns the end of what stands at `at` and is one thing: an escape, code, a pair of brackets.
static size_t step(od_slice text, size_t at) {
    const char c = text.data[at];
    if (c == '\\') return at + 2 < text.size ? at + 2 : text.size;
    if (c == '`') {
        const size_t code = od_pm_code_end(text, at);
        if (code != SIZE_MAX) return code;
        while (od_pm_byte(text, at) == '`') at++;
        return at;
    }
    if (c != '[') return at + 1;
    size_t open = 1;
    for (size_t i = at + 1; i < text.size; i++) {
        if (text.data[i] == '\\') i++;
        else if (text.data[i] == '[') open++;
        else if (text.data[i] == ']' && --open == 0) return i + 1;
    }
    return at + 1;
}

// Returns the end of the citation that starts at `at`: the next `;`.
static size_t part_end(od_slice text, size_t at) {
    while (at < text.size && text.data[at] != ';') at = step(text, at);
    return at < text.size ? at : text.size;
}

static bool find_key(od_slice part, found *f) {
    for (size_t at = 0; at < part.size; at = step(part, at))
        if ((part.data[at] == '@' || part.data[at] == '-') && read_key(part, at, f)) return true;
    return false;
}

// Whether each part of `text` holds a key.
static bool is_list(od_slice text) {
    found f;
    for (size_t at = 0;;) {
        const size_t end = part_end(text, at);
        if (!find_key(od_slice_cut(text, at, end), &f)) return false;
        if (end >= text.size) return true;
        at = end + 1;
    }
}

// ---- nodes -------------------------------------------------------------------------------------

typedef struct place {
    od_pm *pm;
    od_node *cite;
    unsigned flags;
    size_t depth;
} place;

static void add_suffix(const place *p, od_node *node, od_slice text) {
    od_node *const suffix = od_pm_add(p->pm, node, OD_SUFFIX);
    const od_slice trimmed = od_slice_trim(text);
    const bool spaced = trimmed.size && text.size && od_pm_is_white(text.data[0]);
    if (spaced) od_pm_add(p->pm, suffix, OD_SPACE);
    if (trimmed.size) od_pm_pend(p->pm, suffix, trimmed, p->flags, p->depth + 1);
}

static od_node *add_citation(const place *p, const found *f, bool author) {
    od_node *const node = od_pm_add(p->pm, p->cite, OD_CITATION);
    od_citation *const c = od_arena_new(p->pm->arena, od_citation);
    c->id = od_arena_copy(p->pm->arena, f->key);
    c->mode = f->suppressed ? OD_SUPPRESS_AUTHOR
              : author      ? OD_AUTHOR_IN_TEXT
                            : OD_NORMAL_CITATION;
    c->note_number = (int64_t)p->pm->note_count;
    node->citation = c;
    return node;
}

// Adds the citations that `;` parts in `text`.
static void add_list(const place *p, od_slice text) {
    for (size_t at = 0; at < text.size;) {
        const size_t end = part_end(text, at);
        const od_slice part = od_slice_cut(text, at, end);
        found f;
        if (find_key(part, &f)) {
            od_node *const node = add_citation(p, &f, false);
            od_node *const prefix = od_pm_add(p->pm, node, OD_PREFIX);
            const od_slice before = od_slice_trim(od_slice_cut(part, 0, f.start));
            if (before.size) od_pm_pend(p->pm, prefix, before, p->flags, p->depth + 1);
            add_suffix(p, node, od_slice_from(part, f.end));
        }
        at = end + 1;
    }
}

static place open_cite(od_pm *pm, od_node *parent, unsigned flags, size_t depth) {
    pm->note_count++;
    return (place){pm, od_pm_add(pm, parent, OD_CITE), flags, depth};
}

static void add_text(const place *p, od_slice text) {
    od_pm_add(p->pm, p->cite, OD_TEXT)->leaf.text = od_arena_copy(p->pm->arena, text);
}

size_t od_pm_read_citation(od_pm *pm, od_slice text, size_t at, size_t close, unsigned flags,
                           size_t depth, od_node *parent) {
    const od_slice inner = od_slice_cut(text, at + 1, close);
    const char after = od_pm_byte(text, close + 1);
    const od_attr *attr;
    od_link link;
    if (!memchr(inner.data, '@', inner.size) || !is_list(inner)) return SIZE_MAX;
    // With any of these behind it, it is a link or a span.
    if (after == '[' && step(text, close + 1) > close + 2) return SIZE_MAX;
    if (after == '(' && od_pm_link_source(&pm->scratch, text, close + 1, &link) != SIZE_MAX)
        return SIZE_MAX;
    if (after == '{' && od_pm_has(pm, OD_EXT_bracketed_spans) &&
        od_pm_attributes(&pm->scratch, text, close + 1, &attr) != SIZE_MAX)
        return SIZE_MAX;
    const place p = open_cite(pm, parent, flags, depth);
    add_list(&p, inner);
    add_text(&p, od_slice_cut(text, at, close + 1));
    return close + 1;
}

// Returns the end of `[p. 3]` or `[see @b]` behind a key, or SIZE_MAX; sets `*open` to its `[`.
static size_t locator_end(od_slice text, size_t at, size_t *open) {
    *open = od_pm_skip_line_end(text, at);
    if (od_pm_byte(text, *open) != '[' || od_pm_byte(text, *open + 1) == '^') return SIZE_MAX;
    const size_t end = step(text, *open);
    if (end <= *open + 1) return SIZE_MAX;
    const char after = od_pm_byte(text, end);
    return after == '(' || after == '[' ? SIZE_MAX : end;
}

// Puts the citations in the brackets behind a key: more of them, or what belongs to it and more.
static void add_locator(const place *p, od_node *first, od_slice inner) {
    if (is_list(inner)) {
        od_pm_add(p->pm, first, OD_SUFFIX);
        add_list(p, inner);
        return;
    }
    const size_t end = part_end(inner, 0);
    add_suffix(p, first, od_slice_cut(inner, 0, end));
    if (end < inner.size) add_list(p, od_slice_from(inner, end + 1));
}

size_t od_pm_read_author(od_pm *pm, od_slice text, size_t at, unsigned flags, size_t depth,
                         od_node *parent) {
    found f;
    if (!read_key(text, at, &f)) return SIZE_MAX;
    const size_t number = f.suppressed ? SIZE_MAX : od_pm_find(&pm->example_numbers, f.key);
    if (number != SIZE_MAX) {
        od_pm_add(pm, parent, OD_TEXT)->leaf.text = od_arena_number(pm->arena, number);
        return f.end;
    }
    if (!od_pm_has(pm, OD_EXT_citations)) return SIZE_MAX;
    size_t open;
    size_t end = locator_end(text, f.end, &open);
    const od_slice inner = end == SIZE_MAX ? (od_slice){0} : od_slice_cut(text, open + 1, end - 1);
    const size_t part = part_end(inner, 0);
    const bool list = end != SIZE_MAX && inner.size &&
                      (is_list(inner) || part >= inner.size ||
                       is_list(od_slice_from(inner, part + 1)));
    if (!list) end = SIZE_MAX;
    const place p = open_cite(pm, parent, flags, depth);
    od_node *const first = add_citation(&p, &f, true);
    od_pm_add(pm, first, OD_PREFIX);
    if (end == SIZE_MAX) od_pm_add(pm, first, OD_SUFFIX);
    else add_locator(&p, first, inner);
    add_text(&p, od_arena_concat(&pm->scratch, OD_SLICE("@"), f.key));
    if (end == SIZE_MAX) return f.end;
    od_pm_add(pm, p.cite, OD_SPACE);
    add_text(&p, od_slice_cut(text, open, end));
    return end;
}
