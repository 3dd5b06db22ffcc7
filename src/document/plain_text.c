#include "document/reader.h"
#include "source/source.h"

static const od_slice COMMENT_START = {"<!--", 4}, COMMENT_END = {"-->", 3};

static void add_text(od_arena *arena, const od_source *source, od_node *parent, od_span span) {
    if (span.start == span.end) return;
    od_node *const text = od_node_new(arena, OD_TEXT, span);
    text->leaf.text = od_source_cut(source, span);
    od_node_append(parent, text);
}

static void add_comment(od_arena *arena, const od_source *source, od_node *parent, od_span span) {
    od_node *const comment = od_node_new(arena, OD_RAW_INLINE, span);
    comment->leaf.text = od_source_cut(source, span);
    comment->leaf.format = "html";
    od_node_append(parent, comment);
}

// Returns the comment of `line` (a span of the source) that starts at or after `from`, or an empty
// span at its end. A comment that is not closed in its line is text.
static od_span find_comment(const od_source *source, od_span line, size_t from) {
    const od_slice bytes = od_slice_cut(source->bytes, 0, line.end);
    const size_t start = od_slice_find(bytes, COMMENT_START, from);
    if (start == SIZE_MAX) return (od_span){line.end, line.end};
    const size_t end = od_slice_find(bytes, COMMENT_END, start + COMMENT_START.size);
    if (end == SIZE_MAX) return (od_span){line.end, line.end};
    return (od_span){start, end + COMMENT_END.size};
}

static od_node *read_line(od_arena *arena, const od_source *source, od_span line) {
    od_node *const para = od_node_new(arena, OD_PARA, line);
    for (size_t at = line.start; at < line.end;) {
        const od_span comment = find_comment(source, line, at);
        add_text(arena, source, para, (od_span){at, comment.start});
        if (comment.end > comment.start) add_comment(arena, source, para, comment);
        at = comment.end;
    }
    return para;
}

od_node *od_read_plain_text(od_arena *arena, const od_source *source, od_span body) {
    od_node *const root = od_node_new(arena, OD_ROOT, body);
    for (size_t i = od_source_line_at(source, body.start); i < source->line_count; i++) {
        od_span line = od_source_line(source, i);
        if (line.start >= body.end) break;
        if (line.start < body.start) line.start = body.start;
        if (line.end > body.end) line.end = body.end;
        const od_slice text = od_slice_trim(od_source_cut(source, line));
        if (!text.size) continue;
        line.start = (size_t)(text.data - source->bytes.data);
        line.end = line.start + text.size;
        od_node_append(root, read_line(arena, source, line));
    }
    return root;
}
