#include "document/visible.h"

#include "base/block.h"
#include "base/utf8.h"

typedef struct builder {
    od_arena *arena;
    const od_source *source;
    char *out;
    size_t size;
    OD_ARRAY(od_stretch) map;
    bool pending; // a soft break was met: whether it is a space depends on what follows
    od_span pending_span;
    od_stretch_kind pending_kind;
} builder;

// Whether white space is not written beside this character: Han, kana and full-width marks.
static bool is_unspaced(uint32_t code) {
    return od_is_han(code) || (code >= 0x3000 && code <= 0x30FF) ||
           (code >= 0xFF00 && code <= 0xFFEF) || (code >= 0x2018 && code <= 0x201D);
}

static void put_stretch(builder *b, od_span source, od_stretch_kind kind, od_slice text) {
    const od_stretch *const last = b->map.count ? &b->map.items[b->map.count - 1] : NULL;
    const bool extends = last && kind == OD_STRETCH_EXACT && last->kind == OD_STRETCH_EXACT &&
                         last->source.start + (b->size - last->at) == source.start;
    if (extends) b->map.items[b->map.count - 1].source.end = source.end;
    else *od_array_push(b->arena, &b->map) = (od_stretch){b->size, source, kind};
    memcpy(b->out + b->size, text.data, text.size);
    b->size += text.size;
}

static void put(builder *b, od_span source, od_stretch_kind kind, od_slice text) {
    if (!text.size) return;
    if (b->pending) {
        size_t size;
        const uint32_t next = od_utf8_read(text, 0, &size);
        const od_slice done = {b->out, b->size};
        const bool joined = b->size == 0 || (is_unspaced(next) &&
                            is_unspaced(od_utf8_read_before(done, b->size, &size)));
        if (!joined) put_stretch(b, b->pending_span, b->pending_kind, OD_SLICE(" "));
        b->pending = false;
    }
    put_stretch(b, source, kind, text);
}

static void put_break(builder *b, od_span source, od_stretch_kind kind) {
    b->pending_kind = kind;
    if (b->pending) b->pending_span.end = source.end;
    else b->pending_span = source;
    b->pending = true;
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

// Returns the offset of the first line end of `text` at or after `from`, or its size.
static size_t find_line_end(od_slice text, size_t from) {
    for (; text.size - from >= OD_BLOCK; from += OD_BLOCK) {
        const od_block bytes = od_block_load(text.data + from);
        const size_t first = od_block_first((bytes == '\n') | (bytes == '\r'));
        if (first < OD_BLOCK) return from + first;
    }
    while (from < text.size && text.data[from] != '\n' && text.data[from] != '\r') from++;
    return from;
}

// Puts an exact run, whose line ends, with the white space around them, are soft breaks.
static void put_exact(builder *b, od_span span, od_slice text) {
    for (size_t done = 0; done < text.size;) {
        size_t stop = find_line_end(text, done);
        size_t after = stop;
        while (after < text.size && is_blank(text.data[after])) after++;
        while (after > stop && stop > done && is_blank(text.data[stop - 1])) stop--;
        put(b, (od_span){span.start + done, span.start + stop}, OD_STRETCH_EXACT,
            od_slice_cut(text, done, stop));
        const od_span around = {span.start + stop, span.start + after};
        if (after > stop) put_break(b, around, OD_STRETCH_WHOLE);
        done = after;
    }
}

static void put_inline(builder *b, const od_node *node) {
    const bool vague = node->flags & OD_OPAQUE;
    switch ((od_node_type)node->type) {
    case OD_TEXT:
        if (vague) put(b, node->span, OD_STRETCH_VAGUE, node->leaf.text);
        else if (node->flags & OD_DECODED) put(b, node->span, OD_STRETCH_WHOLE, node->leaf.text);
        else put_exact(b, node->span, node->leaf.text);
        break;
    case OD_SOFT_BREAK:
        put_break(b, node->span, vague ? OD_STRETCH_VAGUE : OD_STRETCH_WHOLE);
        break;
    case OD_LINE_BREAK:
        put(b, node->span, vague ? OD_STRETCH_VAGUE : OD_STRETCH_WHOLE, OD_SLICE("\n"));
        break;
    case OD_RAW_INLINE:
        if (od_slice_starts(node->leaf.text, OD_SLICE("<!--"))) break;
        // fall through
    case OD_CODE:
    case OD_MATH:
        put(b, node->span, vague ? OD_STRETCH_VAGUE : OD_STRETCH_WHOLE, OD_SLICE(OD_OPAQUE_MARK));
        break;
    default: break;
    }
}

// Returns an upper bound of the visible bytes below `leaf`.
static size_t bound_size(const od_node *leaf) {
    size_t size = 0;
    for (const od_node *n = od_node_next(leaf, leaf, false); n;
         n = od_node_next(leaf, n, n->type == OD_NOTE))
        size += n->type == OD_TEXT ? n->leaf.text.size + 1 : sizeof OD_OPAQUE_MARK;
    return size;
}

// Most paragraphs are one exact run on one line: their visible text is the source itself.
static bool read_single(od_arena *arena, const od_node *leaf, od_visible *visible) {
    const od_node *const only = leaf->first;
    if (!only || only->next || only->type != OD_TEXT || (only->flags & (OD_DECODED | OD_OPAQUE)))
        return false;
    const od_slice text = only->leaf.text;
    if (find_line_end(text, 0) < text.size) return false;
    od_stretch *const map = od_arena_new(arena, od_stretch);
    *map = (od_stretch){0, only->span, OD_STRETCH_EXACT};
    *visible = (od_visible){text, map, 1};
    return true;
}

void od_visible_read(od_arena *arena, const od_source *source, const od_node *leaf,
                     od_visible *visible) {
    if (read_single(arena, leaf, visible)) return;
    builder b = {.arena = arena, .source = source};
    b.out = od_arena_bytes(arena, bound_size(leaf) + 1);
    for (const od_node *n = od_node_next(leaf, leaf, false); n;
         n = od_node_next(leaf, n, n->type == OD_NOTE))
        put_inline(&b, n);
    *visible = (od_visible){{b.out, b.size}, b.map.items, b.map.count};
}

// Returns the index of the stretch that holds visible byte `at`.
static size_t find_stretch(const od_visible *visible, size_t at) {
    size_t low = 0, high = visible->map_count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (visible->map[middle].at <= at) low = middle;
        else high = middle;
    }
    return low;
}

static size_t source_start(const od_stretch *stretch, size_t at) {
    return stretch->kind == OD_STRETCH_EXACT ? stretch->source.start + (at - stretch->at)
                                     : stretch->source.start;
}

od_span od_visible_span(const od_visible *visible, size_t start, size_t end) {
    if (!visible->map_count) return (od_span){0, 0};
    if (start == end && start > 0) {
        // An empty place belongs to what stands before it: a value goes right after that.
        const od_stretch *const before = &visible->map[find_stretch(visible, start - 1)];
        const size_t at = before->kind == OD_STRETCH_EXACT ? source_start(before, start)
                                                   : before->source.end;
        return (od_span){at, at};
    }
    const od_stretch *const first = &visible->map[find_stretch(visible, start)];
    const size_t from = source_start(first, start);
    if (start == end) return (od_span){from, from};
    const od_stretch *const last = &visible->map[find_stretch(visible, end - 1)];
    const size_t to = last->kind == OD_STRETCH_EXACT ? source_start(last, end) : last->source.end;
    return (od_span){from, to};
}

bool od_visible_contiguous(const od_visible *visible, size_t start, size_t end) {
    if (!visible->map_count) return false;
    const size_t first = find_stretch(visible, start > 0 && start == end ? start - 1 : start);
    const size_t last = end > start ? find_stretch(visible, end - 1) : first;
    for (size_t i = first; i <= last; i++) {
        if (visible->map[i].kind == OD_STRETCH_VAGUE) return false;
        if (i > first && visible->map[i].source.start != visible->map[i - 1].source.end)
            return false;
    }
    return true;
}

od_visible od_visible_within(od_arena *arena, const od_visible *visible, od_span span) {
    size_t start = SIZE_MAX, end = 0;
    OD_ARRAY(od_stretch) map = {0};
    for (size_t i = 0; i < visible->map_count; i++) {
        const od_stretch *const s = &visible->map[i];
        const size_t stop = i + 1 < visible->map_count ? visible->map[i + 1].at
                                                       : visible->text.size;
        if (s->source.end <= span.start || s->source.start >= span.end) continue;
        od_stretch part = *s;
        size_t from = s->at, to = stop;
        if (s->kind == OD_STRETCH_EXACT && s->source.start < span.start) {
            from += span.start - s->source.start;
            part.source.start = span.start;
        }
        if (s->kind == OD_STRETCH_EXACT && s->source.end > span.end) {
            to -= s->source.end - span.end;
            part.source.end = span.end;
        }
        if (start == SIZE_MAX) start = from;
        end = to;
        part.at = from - start;
        *od_array_push(arena, &map) = part;
    }
    if (start == SIZE_MAX) return (od_visible){0};
    return (od_visible){od_slice_cut(visible->text, start, end), map.items, map.count};
}

size_t od_visible_chars(od_slice text) {
    size_t count = 0, size;
    for (size_t i = 0; i < text.size; i += size)
        if (!od_is_space(od_utf8_read(text, i, &size))) count++;
    return count;
}
