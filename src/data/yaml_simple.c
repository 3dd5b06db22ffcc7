#include "data/yaml_parts.h"

#include "base/block.h"
#include "base/utf8.h"

// An open block collection.
typedef struct level {
    od_value_kind kind;
    size_t indent;
    bool indentless; // a list that is not indented more than its key
} level;

typedef struct reader {
    od_builder *b;
    od_slice text;    // the source up to the end of the range
    size_t at;        // what is read
    size_t line, end; // of the line in which that is
    size_t next;      // where the line behind it starts
    OD_ARRAY(level) levels;
    bool waits;       // the last key or dash of the innermost level has no value yet
    size_t mark;      // where that would be, if it is null
} reader;

// libyaml wants the colon of a key within 1,024 characters.
enum { KEY_SIZE_MAX = 1000 };

// ---- characters --------------------------------------------------------------------------------

static char peek(const reader *r, size_t at) {
    return at < r->end ? r->text.data[at] : '\n';
}

static bool is_space_or_end(const reader *r, size_t at) {
    return at >= r->end || r->text.data[at] == ' ';
}

static void skip_spaces(reader *r) {
    while (r->at < r->end && r->text.data[r->at] == ' ') r->at++;
}

// Moves to the next line; false when there is none.
static bool next_line(reader *r) {
    if (r->next >= r->text.size) return false;
    const char *const hit = memchr(r->text.data + r->next, '\n', r->text.size - r->next);
    r->line = r->at = r->next;
    r->next = hit ? (size_t)(hit - r->text.data) + 1 : r->text.size;
    r->end = hit ? r->next - 1 : r->next;
    if (r->end > r->line && r->text.data[r->end - 1] == '\r') r->end--;
    return true;
}

// Whether nothing but a comment follows, which stands behind a space.
static bool ends_line(reader *r) {
    skip_spaces(r);
    return r->at == r->end ||
           (r->text.data[r->at] == '#' && (r->at == r->line || r->text.data[r->at - 1] == ' '));
}

// Whether there are no tabs, and no ends of lines but `\n` and `\r\n`: NEL, LS and PS are ends too.
static bool has_plain_lines(od_slice text) {
    enum { AHEAD = 2 };
    size_t at = 0;
    for (; text.size - at >= OD_BLOCK + AHEAD; at += OD_BLOCK) {
        const od_block a = od_block_load(text.data + at), b = od_block_load(text.data + at + 1),
                       c = od_block_load(text.data + at + 2);
        const od_block_mask other = (a == '\t') | ((a == '\r') & (b != '\n')) |
                                    ((a == 0xC2) & (b == 0x85)) |
                                    ((a == 0xE2) & (b == 0x80) & ((c == 0xA8) | (c == 0xA9)));
        if (od_block_any(other)) return false;
    }
    const od_slice rest = od_slice_from(text, at);
    for (size_t i = 0; i < rest.size; i++) {
        const od_slice from = od_slice_from(rest, i);
        if (from.data[0] == '\t' || od_slice_starts(from, OD_SLICE("\xC2\x85")) ||
            od_slice_starts(from, OD_SLICE("\xE2\x80\xA8")) ||
            od_slice_starts(from, OD_SLICE("\xE2\x80\xA9")) ||
            (from.data[0] == '\r' && !od_slice_starts(from, OD_SLICE("\r\n"))))
            return false;
    }
    return true;
}

// Whether the line starts or ends a document, which only the start of a line can.
static bool starts_document(const reader *r) {
    const od_slice rest = od_slice_from(r->text, r->at);
    return r->at == r->line &&
           (od_slice_starts(rest, OD_SLICE("---")) || od_slice_starts(rest, OD_SLICE("...")));
}

// ---- scalars -----------------------------------------------------------------------------------

typedef struct scalar {
    od_span span;
    od_slice text;
    bool quoted;
} scalar;

static bool starts_plain(const reader *r, size_t at) {
    const char first = peek(r, at);
    if (first == '-') return !strchr(" \n,[]{}-", peek(r, at + 1));
    return !strchr("\n?:,[]{}#&*!|>'\"%@`", first);
}

// Returns the end of the plain text from `at` outside `[…]` and `{…}`.
static size_t block_plain_end(const reader *r, size_t at) {
    for (; at < r->end; at++) {
        const char byte = r->text.data[at];
        if (byte == ':' && is_space_or_end(r, at + 1)) break;
        if (byte == '#' && r->text.data[at - 1] == ' ') break;
    }
    return at;
}

// Returns the same inside, or SIZE_MAX for what versions of YAML do not agree upon.
static size_t flow_plain_end(const reader *r, size_t at) {
    for (; at < r->end; at++) {
        const char byte = r->text.data[at];
        if (byte == ',' || byte == ']' || byte == '}') break;
        if (byte == '[' || byte == '{' || byte == '?' || byte == '#') return SIZE_MAX;
        if (byte == ':' && peek(r, at + 1) == ' ') break;
        if (byte == ':' && strchr(",[]{}\n", peek(r, at + 1))) return SIZE_MAX;
    }
    return at;
}

static bool read_plain(reader *r, bool flow, scalar *s) {
    const size_t start = r->at;
    if (!starts_plain(r, start)) return false;
    size_t end = flow ? flow_plain_end(r, start) : block_plain_end(r, start);
    if (end == SIZE_MAX) return false;
    r->at = end;
    while (end > start && r->text.data[end - 1] == ' ') end--;
    *s = (scalar){{start, end}, od_slice_cut(r->text, start, end), false};
    return end > start;
}

static bool read_quoted(reader *r, scalar *s) {
    const size_t start = r->at++;
    const char quote = r->text.data[start];
    const char *const close = memchr(r->text.data + r->at, quote, r->end - r->at);
    if (!close) return false;
    const size_t end = (size_t)(close - r->text.data);
    const od_slice text = od_slice_cut(r->text, r->at, end);
    r->at = end + 1;
    *s = (scalar){{start, r->at}, text, true};
    return quote == '"' ? !text.size || !memchr(text.data, '\\', text.size)
                        : peek(r, r->at) != '\'';
}

static bool read_scalar(reader *r, bool flow, scalar *s) {
    const char first = peek(r, r->at);
    return first == '"' || first == '\'' ? read_quoted(r, s) : read_plain(r, flow, s);
}

static bool add_scalar(reader *r, const scalar *s) {
    od_built built = {.value = {.kind = OD_SCALAR,
                                .source = r->b->source,
                                .span = s->span,
                                .quoted = s->quoted,
                                .text = s->text},
                      .nodes = 1};
    od_yaml_classify(&built.value);
    r->waits = false;
    return od_builder_add(r->b, &built);
}

static bool add_null(reader *r) {
    return add_scalar(r, &(scalar){.span = {r->mark, r->mark},
                                   .text = od_slice_cut(r->text, r->mark, r->mark)});
}

// Adds what was read as a key, when it is one: its colon stands at `at`.
static bool add_key(reader *r, const scalar *key) {
    if (!key->text.size || key->span.end - key->span.start > KEY_SIZE_MAX) return false;
    if (!key->quoted && od_slice_is(key->text, "<<")) return false;
    r->mark = ++r->at;
    r->waits = true;
    return od_builder_key(r->b, key->text, key->span);
}

// ---- [a, b] and {a: b} -------------------------------------------------------------------------

static bool open_flow(reader *r) {
    const od_value_kind kind = r->text.data[r->at] == '[' ? OD_SEQUENCE : OD_MAPPING;
    r->waits = false;
    return od_builder_open(r->b, kind, r->at++);
}

static const od_builder_frame *frame_of(const reader *r) {
    return &r->b->frames.items[r->b->frames.count - 1];
}

// Moves to the next item, which may stand on a later line.
static bool seek_item(reader *r) {
    for (skip_spaces(r); r->at == r->end; skip_spaces(r))
        if (!next_line(r)) return false;
    return !starts_document(r);
}

// Whether a bracket stands here that closes the open collection.
static bool at_close(const reader *r) {
    return peek(r, r->at) == (frame_of(r)->kind == OD_SEQUENCE ? ']' : '}');
}

static bool read_flow_key(reader *r) {
    scalar key;
    if (!read_scalar(r, true, &key) || peek(r, r->at) != ':' || peek(r, r->at + 1) != ' ')
        return false;
    if (!add_key(r, &key)) return false;
    skip_spaces(r);
    return true;
}

// Reads an item up to its end, or, of one that is a collection, its start: `*opened` is set then.
static bool read_flow_item(reader *r, bool *opened) {
    if (!seek_item(r)) return false;
    if (frame_of(r)->kind == OD_MAPPING && !read_flow_key(r)) return false;
    const char first = peek(r, r->at);
    *opened = first == '[' || first == '{';
    if (*opened) return open_flow(r);
    scalar item;
    return read_scalar(r, true, &item) && peek(r, r->at) != ':' && add_scalar(r, &item);
}

static bool close_flow(reader *r) {
    od_built built;
    return od_builder_close(r->b, ++r->at, &built);
}

// Reads the collection that starts here, with those inside.
static bool read_flow(reader *r) {
    const size_t outside = r->b->frames.count;
    for (bool opened = open_flow(r), go_on = opened; go_on;) {
        skip_spaces(r);
        if (at_close(r)) {
            if (!close_flow(r)) return false;
            if (r->b->frames.count == outside) return true;
            opened = false;
        } else if (opened) {
            go_on = read_flow_item(r, &opened);
        } else {
            go_on = peek(r, r->at++) == ',' && read_flow_item(r, &opened);
        }
    }
    return false;
}

// ---- collections by indentation ----------------------------------------------------------------

static level *top(const reader *r) {
    return r->levels.count ? &r->levels.items[r->levels.count - 1] : NULL;
}

static bool open_level(reader *r, od_value_kind kind, size_t column) {
    const level *const outer = top(r);
    if (outer ? !r->waits : r->b->has_root) return false;
    const bool indentless = outer && outer->indent == column;
    *od_array_push(&r->b->scratch, &r->levels) = (level){kind, column, indentless};
    r->waits = false;
    return od_builder_open(r->b, kind, r->at);
}

static bool close_level(reader *r) {
    od_built built;
    if (r->waits && !add_null(r)) return false;
    r->levels.count--;
    return od_builder_close(r->b, od_builder_last_end(r->b), &built);
}

// Whether a dash of a list stands here.
static bool at_dash(const reader *r) {
    return peek(r, r->at) == '-' && is_space_or_end(r, r->at + 1);
}

// Closes what the indentation of a line ends.
static bool settle(reader *r, size_t indent) {
    const bool dash = at_dash(r);
    const level *outer;
    while ((outer = top(r)) &&
           (outer->indent > indent || (outer->indent == indent && outer->indentless && !dash)))
        if (!close_level(r)) return false;
    if (!outer) return !r->b->has_root;
    if (outer->indent < indent) return r->waits;
    if (dash && outer->kind == OD_MAPPING) return r->waits;
    if (!dash && outer->kind == OD_SEQUENCE) return false;
    return !r->waits || add_null(r);
}

// Opens the level of a dash or key at `column` unless it is open.
static bool enter(reader *r, od_value_kind kind, size_t column) {
    const level *const outer = top(r);
    return (outer && outer->indent == column && outer->kind == kind) || open_level(r, kind, column);
}

// Reads the value of a key or dash on its line: a text or a collection in brackets.
static bool read_value(reader *r) {
    const char first = peek(r, r->at);
    if (first == '[' || first == '{') return read_flow(r) && ends_line(r);
    scalar s;
    return read_scalar(r, false, &s) && ends_line(r) && add_scalar(r, &s);
}

// Reads `key: value`, `key:`, or, behind a dash, a text alone.
static bool read_entry(reader *r, bool behind_dash) {
    const size_t start = r->at;
    const char first = peek(r, start);
    if (first == '[' || first == '{') return behind_dash && read_value(r);
    scalar s;
    if (!read_scalar(r, false, &s)) return false;
    if (peek(r, r->at) != ':') return behind_dash && ends_line(r) && add_scalar(r, &s);
    const size_t colon = r->at;
    if (!is_space_or_end(r, colon + 1)) return false;
    r->at = start; // where the mapping starts
    if (!enter(r, OD_MAPPING, start - r->line)) return false;
    r->at = colon;
    return add_key(r, &s) && (ends_line(r) || read_value(r));
}

static bool read_line(reader *r) {
    if (ends_line(r)) return true;
    if (starts_document(r) || !settle(r, r->at - r->line)) return false;
    bool behind_dash = false;
    for (; at_dash(r); behind_dash = true) {
        if (!enter(r, OD_SEQUENCE, r->at - r->line)) return false;
        r->mark = ++r->at;
        r->waits = true;
        if (ends_line(r)) return true;
    }
    return read_entry(r, behind_dash);
}

bool od_yaml_read_simple(od_builder *builder, od_span range) {
    reader r = {.b = builder, .text = od_slice_cut(builder->source->bytes, 0, range.end)};
    if (!has_plain_lines(od_source_cut(builder->source, range))) return false;
    r.next = range.start;
    while (next_line(&r))
        if (!read_line(&r)) return false;
    while (r.levels.count)
        if (!close_level(&r)) return false;
    return builder->has_root;
}
