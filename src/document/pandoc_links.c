#include "document/pandoc_markdown.h"

// Returns `target` as pandoc's escapeURI has it.
static od_slice escape_target(od_arena *arena, od_slice target) {
    static const char DIGITS[] = "0123456789ABCDEF";
    od_buf out = {0};
    for (size_t i = 0; i < target.size; i++) {
        const unsigned char c = (unsigned char)target.data[i];
        if (c > ' ' && !strchr("<>|\"{}[]^`", c)) {
            od_buf_byte(&out, (char)c);
            continue;
        }
        od_buf_byte(&out, '%');
        od_buf_byte(&out, DIGITS[c >> 4]);
        od_buf_byte(&out, DIGITS[c & 15]);
    }
    const od_slice made = od_arena_copy(arena, od_buf_slice(&out));
    od_buf_free(&out);
    return made;
}

// Returns the end of a title in quotes at `at`, behind its closing mark, or SIZE_MAX.
static size_t title_end(od_slice text, size_t at, bool last) {
    char mark = od_pm_byte(text, at);
    if (mark == '(' && last) mark = ')';
    else if (mark != '"' && mark != '\'') return SIZE_MAX;
    for (size_t i = at + 1; i < text.size; i++) {
        if (text.data[i] == '\\') {
            i++;
            continue;
        }
        if (text.data[i] == '\n' && od_pm_byte(text, od_pm_skip_blanks(text, i + 1)) == '\n')
            return SIZE_MAX;
        if (text.data[i] != mark) continue;
        // A mark inside the title is one that nothing but the end follows.
        const size_t after = last ? od_pm_skip_blanks(text, i + 1) : od_pm_skip(text, i + 1);
        const char next = od_pm_byte(text, after);
        if (last ? next == '\n' || next == '{' || after >= text.size : next == ')') return i + 1;
    }
    return SIZE_MAX;
}

static size_t read_title(od_arena *arena, od_slice text, size_t at, bool last, od_link *link) {
    size_t start = at;
    if (last) start = od_pm_skip_line_end(text, at);
    else start = od_pm_skip(text, at);
    const size_t end = start > at ? title_end(text, start, last) : SIZE_MAX;
    if (end == SIZE_MAX) return at;
    link->title = od_pm_unescape(arena, od_slice_cut(text, start + 1, end - 1));
    return end;
}

// Returns the end of a target without angles: spaces may stand in it, brackets in pairs.
static size_t target_end(od_slice text, size_t at) {
    size_t open = 0;
    for (; at < text.size; at++) {
        const char c = text.data[at];
        if (c == '\\' && at + 1 < text.size) at++;
        else if (c == '(') open++;
        else if (c == ')' && open == 0) return at;
        else if (c == ')') open--;
        else if (od_pm_is_white(c)) {
            const size_t next = od_pm_skip(text, at);
            const char mark = od_pm_byte(text, next);
            if (mark == '"' || mark == '\'') return at;
        }
    }
    return SIZE_MAX;
}

static size_t angle_end(od_slice text, size_t at) {
    for (at++; at < text.size && text.data[at] != '\n'; at++) {
        if (text.data[at] == '\\') at++;
        else if (text.data[at] == '>') return at;
    }
    return SIZE_MAX;
}

// Puts words and single spaces.
static od_slice fold_target(od_arena *arena, od_slice target) {
    od_buf out = {0};
    for (size_t at = od_pm_skip(target, 0); at < target.size; at++) {
        const bool white = od_pm_is_white(target.data[at]);
        if (!white) od_buf_byte(&out, target.data[at]);
        else if (od_pm_skip(target, at) < target.size && !od_pm_is_white(target.data[at + 1]))
            od_buf_byte(&out, ' ');
    }
    const od_slice made = od_pm_unescape(arena, od_arena_copy(arena, od_buf_slice(&out)));
    od_buf_free(&out);
    return escape_target(arena, made);
}

size_t od_pm_link_source(od_arena *arena, od_slice text, size_t at, od_link *link) {
    if (od_pm_byte(text, at) != '(') return SIZE_MAX;
    *link = (od_link){0};
    at = od_pm_skip(text, at + 1);
    const bool angles = od_pm_byte(text, at) == '<' && angle_end(text, at) != SIZE_MAX;
    const size_t start = angles ? at + 1 : at;
    size_t end = angles ? angle_end(text, at) : target_end(text, at);
    if (end == SIZE_MAX) return SIZE_MAX;
    link->target = fold_target(arena, od_slice_cut(text, start, end));
    if (angles) end++;
    while (!angles && end > start && od_pm_is_blank(text.data[end - 1])) end--;
    end = read_title(arena, text, end, false, link);
    end = od_pm_skip(text, end);
    return od_pm_byte(text, end) == ')' ? end + 1 : SIZE_MAX;
}

// Returns the end of the words at `at`, before a title or attributes.
static size_t words_end(od_slice text, size_t at) {
    size_t end = at;
    while (at < text.size && text.data[at] != '\n') {
        while (at < text.size && !od_pm_is_white(text.data[at])) at++;
        end = at;
        at = od_pm_skip_blanks(text, at);
        if (at < text.size && strchr("\"'({", text.data[at])) break;
    }
    return end;
}

size_t od_pm_definition_source(od_arena *arena, od_slice text, size_t at, od_link *link) {
    *link = (od_link){0};
    at = od_pm_skip_line_end(text, at);
    const bool angles = od_pm_byte(text, at) == '<' && angle_end(text, at) != SIZE_MAX;
    const size_t start = angles ? at + 1 : at;
    size_t end = angles ? angle_end(text, at) : words_end(text, start);
    link->target = fold_target(arena, od_slice_cut(text, start, end));
    if (angles) end++;
    const size_t titled = read_title(arena, text, end, true, link);
    end = od_pm_skip_blanks(text, titled);
    const size_t attributed = od_pm_attributes(arena, text, end, &link->attr);
    if (attributed != SIZE_MAX) end = od_pm_skip_blanks(text, attributed);
    return end >= text.size || text.data[end] == '\n' ? end : SIZE_MAX;
}
