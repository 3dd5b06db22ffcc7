#include "document/pandoc_markdown.h"

#include "base/utf8.h"

#include <strings.h>

// ---- attributes --------------------------------------------------------------------------------

typedef struct attributes {
    od_arena *arena;
    od_slice identifier;
    OD_ARRAY(od_slice) classes;
    OD_ARRAY(od_pair) pairs;
} attributes;

static const od_attr *finish(attributes *a) {
    if (!a->identifier.size && !a->classes.count && !a->pairs.count) return NULL;
    od_attr *const attr = od_arena_new(a->arena, od_attr);
    *attr = (od_attr){a->identifier, a->classes.items, a->classes.count, a->pairs.items,
                      a->pairs.count};
    return attr;
}

static void add_classes(attributes *a, od_slice names) {
    for (size_t at = od_pm_skip(names, 0), end; at < names.size; at = od_pm_skip(names, end)) {
        for (end = at; end < names.size && !od_pm_is_white(names.data[end]); end++) continue;
        *od_array_push(a->arena, &a->classes) =
            od_arena_copy(a->arena, od_slice_cut(names, at, end));
    }
}

static void add_pair(attributes *a, od_slice key, od_slice value) {
    if (od_slice_is(key, "id")) a->identifier = od_arena_copy(a->arena, value);
    else if (od_slice_is(key, "class")) add_classes(a, value);
    else
        *od_array_push(a->arena, &a->pairs) =
            (od_pair){od_arena_copy(a->arena, key), od_arena_copy(a->arena, value)};
}

// Returns the end of a name: letters, digits, `-_:.`.
static size_t name_end(od_slice text, size_t at) {
    size_t size;
    for (; at < text.size; at += size) {
        size = 1;
        if (strchr("-_:.", text.data[at])) continue;
        const uint32_t code = od_utf8_read(text, at, &size);
        if (code == OD_NOT_UTF8 || !od_is_alphanumeric(code)) break;
    }
    return at;
}

// Reads a value, quoted or not; returns its end or SIZE_MAX.
static size_t read_value(attributes *a, od_slice text, size_t at, od_slice *value) {
    const char mark = od_pm_byte(text, at);
    size_t end = at;
    if (mark != '"' && mark != '\'') {
        while (end < text.size && !od_pm_is_white(text.data[end]) && text.data[end] != '}') end++;
        *value = od_pm_unescape(a->arena, od_slice_cut(text, at, end));
        return end;
    }
    for (end++; end < text.size && text.data[end] != mark; end++)
        if (text.data[end] == '\\') end++;
    if (end >= text.size) return SIZE_MAX;
    *value = od_pm_unescape(a->arena, od_slice_cut(text, at + 1, end));
    return end + 1;
}

static size_t read_one(attributes *a, od_slice text, size_t at) {
    const char mark = text.data[at];
    const bool named = mark == '#' || mark == '.';
    const size_t start = named ? at + 1 : at, end = name_end(text, start);
    const od_slice name = od_slice_cut(text, start, end);
    if (mark == '-' && end == at + 1) {
        add_classes(a, OD_SLICE("unnumbered"));
        return end;
    }
    if (!name.size) return SIZE_MAX;
    if (mark == '#') a->identifier = od_arena_copy(a->arena, name);
    else if (mark == '.') add_classes(a, name);
    else {
        od_slice value;
        if (od_pm_byte(text, end) != '=') return SIZE_MAX;
        const size_t after = read_value(a, text, end + 1, &value);
        if (after != SIZE_MAX) add_pair(a, name, value);
        return after;
    }
    return end;
}

size_t od_pm_attributes(od_arena *arena, od_slice text, size_t at, const od_attr **attr) {
    attributes a = {.arena = arena};
    if (od_pm_byte(text, at) != '{') return SIZE_MAX;
    for (at = od_pm_skip(text, at + 1); at < text.size; at = od_pm_skip(text, at)) {
        if (text.data[at] == '}') {
            *attr = finish(&a);
            return at + 1;
        }
        at = read_one(&a, text, at);
        if (at == SIZE_MAX) return SIZE_MAX;
    }
    return SIZE_MAX;
}

size_t od_pm_raw_attribute(od_arena *arena, od_slice text, size_t at, const char **format) {
    if (od_pm_byte(text, at) != '{') return SIZE_MAX;
    at = od_pm_skip(text, at + 1);
    if (od_pm_byte(text, at) != '=') return SIZE_MAX;
    const size_t start = at + 1, end = name_end(text, start);
    at = od_pm_skip(text, end);
    if (end == start || od_pm_byte(text, at) != '}') return SIZE_MAX;
    *format = od_arena_copy(arena, od_slice_cut(text, start, end)).data;
    return at + 1;
}

const od_attr *od_pm_class(od_arena *arena, od_slice name) {
    attributes a = {.arena = arena};
    *od_array_push(arena, &a.classes) = od_arena_copy(arena, name);
    return finish(&a);
}

// ---- tags of HTML ------------------------------------------------------------------------------

static bool is_tag_byte(char c) {
    return od_is_ascii_alpha((unsigned char)c) || od_is_digit((unsigned char)c) || c == '-' ||
           c == ':' || c == '_';
}

static bool read_until(od_slice text, size_t at, const char *end, od_pm_tag *tag) {
    const size_t hit = od_slice_find(text, od_slice_of(end), at);
    if (hit == SIZE_MAX) return false;
    *tag = (od_pm_tag){.end = hit + strlen(end)};
    return true;
}

// Steps over the attributes of a tag to its `>`; returns SIZE_MAX when it has none.
static size_t tag_end(od_slice text, size_t at) {
    for (; at < text.size; at++) {
        const char c = text.data[at];
        if (c == '>') return at;
        if (c == '<') return SIZE_MAX;
        if (c != '"' && c != '\'') continue;
        if (text.data[at - 1] != '=') return SIZE_MAX;
        const char *const hit = memchr(text.data + at + 1, c, text.size - at - 1);
        if (!hit) return SIZE_MAX;
        at = (size_t)(hit - text.data);
    }
    return SIZE_MAX;
}

bool od_pm_read_tag(od_slice text, size_t at, od_pm_tag *tag) {
    const od_slice here = od_slice_from(text, at);
    if (od_slice_starts(here, OD_SLICE("<!--"))) return read_until(text, at + 4, "-->", tag);
    if (od_slice_starts(here, OD_SLICE("<?"))) return read_until(text, at + 2, "?>", tag);
    const bool closing = od_pm_byte(text, at + 1) == '/';
    const size_t start = at + (closing ? 2 : 1);
    size_t end = start;
    if (!od_is_ascii_alpha((unsigned char)od_pm_byte(text, start))) return false;
    while (end < text.size && is_tag_byte(text.data[end])) end++;
    const char after = od_pm_byte(text, end);
    if (after != '>' && after != '/' && !od_pm_is_white(after)) return false;
    const size_t close = tag_end(text, end);
    if (close == SIZE_MAX) return false;
    *tag = (od_pm_tag){close + 1, od_slice_cut(text, start, end), closing,
                       text.data[close - 1] == '/'};
    return true;
}

bool od_pm_is_block_tag(od_slice name) {
    static const char *const BLOCKS[] = {
        "address", "article",  "aside",  "blockquote", "body",     "canvas",  "caption", "center",
        "col",     "colgroup", "dd",     "details",    "dir",      "div",     "dl",      "dt",
        "fieldset", "figcaption", "figure", "footer",  "form",     "frame",   "frameset", "h1",
        "h2",      "h3",       "h4",     "h5",         "h6",       "head",    "header",  "hgroup",
        "hr",      "html",     "isindex", "legend",    "li",       "main",    "menu",    "meta",
        "nav",     "noframes", "ol",     "output",     "p",        "pre",     "section", "style",
        "summary", "table",    "tbody",  "td",         "textarea", "tfoot",   "th",      "thead",
        "title",   "tr",       "ul",     "xmp",        "script"};
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++)
        if (name.size == strlen(BLOCKS[i]) && strncasecmp(name.data, BLOCKS[i], name.size) == 0)
            return true;
    return false;
}

const od_attr *od_pm_tag_attr(od_arena *arena, od_slice text) {
    attributes a = {.arena = arena};
    size_t at = 1;
    while (at < text.size && is_tag_byte(text.data[at])) at++;
    for (at = od_pm_skip(text, at); at < text.size; at = od_pm_skip(text, at)) {
        const size_t end = name_end(text, at);
        od_slice value = {0};
        if (end == at) {
            at++;
            continue;
        }
        size_t after = end;
        if (od_pm_byte(text, end) == '=') {
            const char mark = od_pm_byte(text, end + 1);
            const char *const hit = mark == '"' || mark == '\''
                                        ? memchr(text.data + end + 2, mark, text.size - end - 2)
                                        : NULL;
            size_t stop = hit ? (size_t)(hit - text.data) : end + 1;
            while (!hit && stop < text.size && !od_pm_is_white(text.data[stop]) &&
                   text.data[stop] != '>')
                stop++;
            value = od_slice_cut(text, hit ? end + 2 : end + 1, stop);
            after = hit ? stop + 1 : stop;
        }
        add_pair(&a, od_slice_cut(text, at, end), value);
        at = after;
    }
    return finish(&a);
}

size_t od_pm_find_closing(od_slice text, size_t at, od_slice name, size_t *end) {
    size_t open = 1;
    for (;;) {
        const char *const hit =
            at < text.size ? memchr(text.data + at, '<', text.size - at) : NULL;
        if (!hit) return SIZE_MAX;
        at = (size_t)(hit - text.data);
        od_pm_tag tag;
        if (!od_pm_read_tag(text, at, &tag)) {
            at++;
            continue;
        }
        const bool same = tag.name.size == name.size &&
                          strncasecmp(tag.name.data, name.data, name.size) == 0;
        if (same && !tag.empty) open += tag.closing ? (size_t)-1 : 1;
        *end = tag.end;
        if (open == 0) return at;
        at = tag.end;
    }
}
