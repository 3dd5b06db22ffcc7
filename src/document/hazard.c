// Hazards: drafts on which cmark-gfm 0.29 is known to need quadratic time or memory, found by one
// cheap pass over the lines and refused. What this pass cannot see is left to the caller's
// deadline.
#include "document/markdown.h"

#include "base/limits.h"
#include "base/utf8.h"

typedef struct scan {
    const od_source *source;
    od_diagnostics *failures;
    bool tables;    // of interest, and there is a `|` at all
    size_t columns; // of the table the line may be in, 0 for none
    size_t padding; // cells that rows lacked so far
} scan;

static od_status refuse(const scan *s, od_span line, od_text reason, size_t limit) {
    od_diagnostics *const log = s->failures;
    const od_slice message = od_say(log, reason, od_arena_number(log->arena, limit));
    od_fail_at(log, s->source, (od_span){line.start, line.start}, message);
    return OD_LIMIT;
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

// ---- containers --------------------------------------------------------------------------------

// Returns the end of the list marker or `>` at the front of `line`, or 0.
static size_t marker_end(od_slice line) {
    if (!line.size) return 0;
    const char first = line.data[0];
    if (first == '>') return 1;
    size_t end = 0;
    if (first == '-' || first == '+' || first == '*') end = 1;
    else if (od_is_digit((unsigned char)first)) {
        while (end < line.size && od_is_digit((unsigned char)line.data[end])) end++;
        if (end == line.size || (line.data[end] != '.' && line.data[end] != ')')) return 0;
        end++;
    }
    return end && (end == line.size || is_blank(line.data[end])) ? end : 0;
}

// Returns where the thematic break at the end of `line` starts, if there is one; `- - -` opens no
// lists however long it is.
static size_t rule_start(od_slice line) {
    const od_slice trimmed = od_slice_trim(line);
    if (!trimmed.size) return line.size;
    const char mark = trimmed.data[trimmed.size - 1];
    size_t start = line.size;
    if (mark != '-' && mark != '*') return start;
    while (start > 0 && (is_blank(line.data[start - 1]) || line.data[start - 1] == mark)) start--;
    return start;
}

// Whether `line` starts with more than the allowed number of quotes and list items.
static bool is_too_deep(od_slice line) {
    const size_t limit = od_limit_value(CONTAINERS);
    if (line.size <= limit) return false;
    size_t at = 0, count = 0, rule = SIZE_MAX;
    for (;;) {
        while (at < line.size && is_blank(line.data[at])) at++;
        const size_t end = marker_end(od_slice_from(line, at));
        if (!end) return false;
        if (rule == SIZE_MAX) rule = rule_start(line);
        if (at >= rule) return false;
        at += end;
        if (++count > limit) return true;
    }
}

// ---- tables ------------------------------------------------------------------------------------

// Returns the cells that `line` would have as a row of a table.
static size_t count_cells(od_slice line) {
    size_t pipes = 0;
    for (size_t i = 0; i < line.size; i++)
        pipes += line.data[i] == '|' && (i == 0 || line.data[i - 1] != '\\');
    const od_slice inside = od_slice_trim(line);
    if (!inside.size) return 0;
    const bool first = inside.data[0] == '|', last = pipes && inside.data[inside.size - 1] == '|';
    return pipes + 1 - (first ? 1 : 0) - (last && inside.size > 1 ? 1 : 0);
}

static bool is_delimiter_row(od_slice line) {
    bool dash = false;
    for (size_t i = 0; i < line.size; i++) {
        const char c = line.data[i];
        if (c == '-') dash = true;
        else if (c != '|' && c != ':' && c != '>' && !is_blank(c)) return false;
    }
    return dash;
}

static od_status check_cells(scan *s, od_span span) {
    const od_slice line = od_source_cut(s->source, span);
    if (!s->columns && !memchr(line.data, '|', line.size)) return OD_OK;
    const size_t cells = count_cells(line), limit = od_limit_value(TABLE_CELLS);
    if (cells > limit)
        return refuse(s, span,
                      OD_SAY("more than {1} table cells in this line (limit: table cells in a row)",
                             "这一行的表格单元格超过{1}个（每行单元格上限）"),
                      limit);
    if (!cells) s->columns = 0;
    else if (is_delimiter_row(line)) s->columns = cells;
    else if (cells < s->columns) s->padding += s->columns - cells;
    if (s->padding <= od_limit_value(TABLE_PADDING)) return OD_OK;
    return refuse(s, span,
                  OD_SAY("the rows of this table lack more than {1} cells (limit: missing table "
                         "cells)",
                         "这个表格各行缺少的单元格超过{1}个（缺失单元格上限）"),
                  od_limit_value(TABLE_PADDING));
}

// ---- the pass ----------------------------------------------------------------------------------

static od_status check_line(scan *s, od_span span) {
    const size_t limit = od_limit_value(LINE_SIZE);
    if (span.end - span.start > limit)
        return refuse(s, span,
                      OD_SAY("this line is longer than {1} bytes (limit: line length)",
                             "这一行超过{1}字节（行长上限），请分行"),
                      limit);
    const od_slice line = od_source_cut(s->source, span);
    if (is_too_deep(line))
        return refuse(s, span,
                      OD_SAY("more than {1} quotes and lists inside each other (limit: nested "
                             "quotes and lists)",
                             "这一行开头的引用和列表超过{1}层（嵌套上限）"),
                      od_limit_value(CONTAINERS));
    return s->tables ? check_cells(s, span) : OD_OK;
}

od_status od_markdown_refuse(const od_source *source, od_span body, bool tables,
                             od_diagnostics *failures) {
    scan s = {.source = source, .failures = failures};
    const od_slice text = od_source_cut(source, body);
    s.tables = tables && text.size && memchr(text.data, '|', text.size);
    // Lines no longer than the limits need no look when there are no tables.
    for (size_t i = od_source_line_at(source, body.start); i < source->line_count; i++) {
        od_span line = {source->lines[i], i + 1 < source->line_count ? source->lines[i + 1]
                                                                     : source->bytes.size};
        if (!s.tables && line.end - line.start <= od_limit_value(CONTAINERS)) continue;
        line = od_source_line(source, i);
        if (line.start < body.start) line.start = body.start;
        const od_status status = check_line(&s, line);
        if (status != OD_OK) return status;
    }
    return OD_OK;
}
