#include "document/content.h"

static const od_slice REPLACEMENT = {"\xEF\xBF\xBD", 3};

size_t od_content_count_lines(od_slice text) {
    size_t count = 0;
    for (size_t at = 0; at < text.size; count++) {
        const char *const end = memchr(text.data + at, '\n', text.size - at);
        if (!end) return count + 1;
        at = (size_t)(end - text.data) + 1;
    }
    return count;
}

od_slice od_content_trim_end(od_slice text) {
    while (text.size && od_content_is_space(text.data[text.size - 1])) text.size--;
    return text;
}

static void add_piece(od_content *content, size_t at, od_span source, bool exact) {
    *od_array_push(content->arena, &content->pieces) = (od_piece){at, source, exact};
}

// Adds byte pairs (content `at`, source `from`) that are the same to the last piece or a new one.
static void add_exact_byte(od_content *content, size_t first, size_t at, size_t from) {
    od_piece *const last = content->pieces.count > first
                               ? &content->pieces.items[content->pieces.count - 1]
                               : NULL;
    if (last && last->exact && last->source.end == from) last->source.end++;
    else add_piece(content, at, (od_span){from, from + 1}, true);
}

// Adds the pieces of the content bytes [at, end), which start at `from` in the source and must end
// at or before `limit`. Returns where they end, or SIZE_MAX when they are not the same.
static size_t map_run(od_content *content, size_t at, size_t end, size_t from, size_t limit,
                      od_unescaping unescaping) {
    const char *const text = content->text.data, *const bytes = content->source->bytes.data;
    if (end - at <= limit - from && memcmp(text + at, bytes + from, end - at) == 0) {
        if (end > at) add_piece(content, at, (od_span){from, from + (end - at)}, true);
        return from + (end - at);
    }
    const size_t first = content->pieces.count;
    while (at < end && from < limit) {
        if (unescaping == OD_PIPES_UNESCAPED && bytes[from] == '\\' && from + 1 < limit &&
            bytes[from + 1] == '|') {
            if (text[at] != '|') return SIZE_MAX;
            add_piece(content, at++, (od_span){from, from + 2}, false);
            from += 2;
        } else if (bytes[from] == '\0') {
            if (!od_slice_starts(od_slice_cut(content->text, at, end), REPLACEMENT))
                return SIZE_MAX;
            add_piece(content, at, (od_span){from, from + 1}, false);
            at += REPLACEMENT.size;
            from++;
        } else {
            if (text[at] != bytes[from]) return SIZE_MAX;
            add_exact_byte(content, first, at++, from++);
        }
    }
    return at == end ? from : SIZE_MAX;
}

// Returns where in the source line `line` its part that became the content `text` starts, when it
// goes up to the end of that line; SIZE_MAX when it does not.
static size_t find_tail(const od_source *source, od_span line, od_slice text,
                        od_unescaping unescaping) {
    const char *const bytes = source->bytes.data;
    if (text.size <= line.end - line.start &&
        memcmp(bytes + line.end - text.size, text.data, text.size) == 0)
        return line.end - text.size;
    size_t from = line.end;
    while (text.size && from > line.start) {
        if (bytes[from - 1] == '\0') {
            if (!od_slice_ends(text, REPLACEMENT)) return SIZE_MAX;
            text.size -= REPLACEMENT.size;
            from--;
            continue;
        }
        if (bytes[from - 1] != text.data[text.size - 1]) return SIZE_MAX;
        text.size--;
        from--;
        if (unescaping == OD_PIPES_UNESCAPED && bytes[from] == '|' && from > line.start &&
            bytes[from - 1] == '\\')
            from--;
    }
    return text.size ? SIZE_MAX : from;
}

static void start_content(od_content *content, od_slice text) {
    content->text = text;
    content->pieces.count = 0;
}

// A tab of which the indentation of a list took a part leaves the rest of it as spaces in the
// content. Maps these, at the front of the content bytes [at, end), and returns where they end, or
// `at`.
static size_t map_cut_tab(od_content *content, size_t at, size_t end, od_span line,
                          od_unescaping unescaping) {
    enum { LONGEST = 3 };
    for (size_t i = at; i < end && i < at + LONGEST && content->text.data[i] == ' '; i++) {
        const od_slice rest = od_slice_cut(content->text, i + 1, end);
        const size_t start = find_tail(content->source, line, rest, unescaping);
        if (start == SIZE_MAX || start == line.start) continue;
        if (content->source->bytes.data[start - 1] != '\t') continue;
        add_piece(content, at, (od_span){start - 1, start}, false);
        return i + 1;
    }
    return at;
}

// Maps the content bytes [at, end), one line without its line end.
static bool map_line(od_content *content, size_t at, size_t end, od_span line,
                     od_unescaping unescaping) {
    const od_slice text = od_slice_cut(content->text, at, end);
    size_t start = find_tail(content->source, line, text, unescaping);
    if (start == SIZE_MAX) {
        at = map_cut_tab(content, at, end, line, unescaping);
        start = find_tail(content->source, line, od_slice_cut(content->text, at, end), unescaping);
    }
    if (start == SIZE_MAX) return false;
    return map_run(content, at, end, start, line.end, unescaping) == line.end;
}

bool od_content_map_lines(od_content *content, od_slice text, size_t line,
                          od_unescaping unescaping) {
    const od_source *const source = content->source;
    start_content(content, text);
    for (size_t at = 0; at < text.size; line++) {
        if (line >= source->line_count) return false;
        const char *const hit = memchr(text.data + at, '\n', text.size - at);
        const size_t end = hit ? (size_t)(hit - text.data) : text.size;
        od_span span = od_source_line(source, line);
        // A last line without its line end was trimmed.
        if (!hit) span.end = span.start + od_content_trim_end(od_source_cut(source, span)).size;
        if (!map_line(content, at, end, span, unescaping)) return false;
        if (!hit) return true;
        const size_t next = line + 1 < source->line_count ? source->lines[line + 1]
                                                          : source->bytes.size;
        add_piece(content, end, (od_span){span.end, next}, false);
        at = end + 1;
    }
    return true;
}

bool od_content_map_at(od_content *content, od_slice text, od_span within,
                       od_unescaping unescaping) {
    start_content(content, text);
    return map_run(content, 0, text.size, within.start, within.end, unescaping) != SIZE_MAX;
}
