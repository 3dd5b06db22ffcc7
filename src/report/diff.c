// Unified differences (POSIX diff -u), made from the edits that lead from one text to the other.
#include "report/print.h"

enum { CONTEXT = 3, TWO_CONTEXTS = 2 * CONTEXT }; // lines

// A part of the old text, from line start to line start, and what it becomes.
typedef struct change {
    od_span old; // of `before`
    od_slice new;
} change;

typedef struct differ {
    od_buf *out;
    const od_report_options *options;
    const char *path;
    od_slice before;
    const od_edit *edits;
    size_t edit_count;
    size_t next;           // the first edit that is not in a change yet
    od_buf text;           // the new text of a change
    size_t counted, lines; // how many line ends of `before` lie before byte `counted`
    size_t added, removed; // lines of the hunks so far
    // The hunk that is open: it ends at byte `end` of `before`.
    bool is_open;
    od_buf hunk;
    size_t end, old_start, old_lines, new_lines;
    bool has_header;
} differ;

// ---- lines of the old text ---------------------------------------------------------------------

static size_t line_start(const differ *d, size_t at) {
    const char *const hit = at ? memrchr(d->before.data, '\n', at) : NULL;
    return hit ? (size_t)(hit - d->before.data) + 1 : 0;
}

// Returns where the line after the one that holds byte `at` starts.
static size_t line_end(od_slice text, size_t at) {
    const char *const hit = at < text.size ? memchr(text.data + at, '\n', text.size - at) : NULL;
    return hit ? (size_t)(hit - text.data) + 1 : text.size;
}

// Returns the index of the line that starts at byte `at`; asked for in rising order.
static size_t line_index(differ *d, size_t at) {
    while (d->counted < at) {
        d->counted = line_end(d->before, d->counted);
        d->lines++;
    }
    return d->lines;
}

// ---- changes -----------------------------------------------------------------------------------

static bool touches(const differ *d, size_t edit, size_t end) {
    return edit < d->edit_count && d->edits[edit].span.start < end;
}

// Returns the end of the lines that an edit touches; an insertion touches the line it stands in.
static size_t edit_end(const differ *d, od_span span) {
    return line_end(d->before, span.end > span.start ? span.end - 1 : span.end);
}

// Writes to `text` what the bytes [start, end) of the old text become by the edits [first, last).
static void apply(differ *d, size_t first, size_t last, od_span old) {
    d->text.size = 0;
    size_t done = old.start;
    for (size_t i = first; i < last; i++) {
        od_buf_add(&d->text, od_slice_cut(d->before, done, d->edits[i].span.start));
        od_buf_add(&d->text, d->edits[i].text);
        done = d->edits[i].span.end;
    }
    od_buf_add(&d->text, od_slice_cut(d->before, done, old.end));
}

// Whether what the edits [first, last) make of `old` joins the line after it: it is not empty and
// its last line has no end.
static bool joins_next(const differ *d, size_t first, size_t last, od_span old) {
    if (old.end == d->before.size) return false;
    size_t end = old.end;
    for (size_t i = last; i > first && d->edits[i - 1].span.end == end; i--) {
        const od_edit *const edit = &d->edits[i - 1];
        if (edit->text.size) return edit->text.data[edit->text.size - 1] != '\n';
        end = edit->span.start;
    }
    return end > old.start && d->before.data[end - 1] != '\n';
}

// Reads the next change: whole lines, with all edits that touch them or the lines right after.
static change next_change(differ *d) {
    const size_t first = d->next;
    od_span old = {line_start(d, d->edits[first].span.start), 0};
    old.end = edit_end(d, d->edits[d->next++].span);
    for (;;) {
        // Lines that follow each other change together, so that the old ones stand before the new
        // ones.
        if (touches(d, d->next, old.end) || touches(d, d->next, line_end(d->before, old.end))) {
            const od_span span = d->edits[d->next++].span;
            if (span.start >= old.end || span.end > old.end) old.end = edit_end(d, span);
        } else if (joins_next(d, first, d->next, old)) {
            old.end = line_end(d->before, old.end);
        } else {
            break;
        }
    }
    // Insertions at the very end belong to the last line when that has no end.
    while (d->next < d->edit_count && old.end == d->before.size) d->next++;
    apply(d, first, d->next, old);
    return (change){old, od_buf_slice(&d->text)};
}

// Takes from a change the lines at its start and end that stay as they are.
static void trim(const differ *d, change *c) {
    od_slice old = od_slice_cut(d->before, c->old.start, c->old.end);
    while (old.size && c->new.size) {
        const size_t size = line_end(old, 0);
        if (size != line_end(c->new, 0)) break;
        if (!od_slice_starts(c->new, od_slice_cut(old, 0, size))) break;
        old = od_slice_from(old, size);
        c->new = od_slice_from(c->new, size);
        c->old.start += size;
    }
    while (old.size && c->new.size) {
        const char *const hit = memrchr(old.data, '\n', old.size - 1);
        const size_t start = hit ? (size_t)(hit - old.data) + 1 : 0;
        const od_slice last = od_slice_from(old, start);
        if (!od_slice_ends(c->new, last)) break;
        const size_t rest = c->new.size - last.size;
        if (rest && c->new.data[rest - 1] != '\n') break;
        old.size = start;
        c->new.size = rest;
        c->old.end -= last.size;
    }
}

// ---- hunks -------------------------------------------------------------------------------------

// Whether GNU diff and patch write the name in quotes.
static bool needs_quotes(od_slice path) {
    for (size_t i = 0; i < path.size; i++) {
        const unsigned char byte = (unsigned char)path.data[i];
        if (byte < 0x20 || byte == 0x7F || byte == '"' || byte == '\\') return true;
    }
    return false;
}

static void add_path(od_buf *out, od_slice path) {
    if (!needs_quotes(path)) {
        od_buf_add(out, path);
        // Without the tab, patch would end the name at its first space.
        if (path.size && memchr(path.data, ' ', path.size)) od_buf_byte(out, '\t');
        return;
    }
    od_buf_byte(out, '"');
    for (size_t i = 0; i < path.size; i++) {
        const unsigned char byte = (unsigned char)path.data[i];
        const bool octal = byte < 0x20 || byte == 0x7F;
        if (octal || byte == '"' || byte == '\\') od_buf_byte(out, '\\');
        if (octal) {
            od_buf_byte(out, (char)('0' + (byte >> 6)));
            od_buf_byte(out, (char)('0' + (byte >> 3 & 7)));
            od_buf_byte(out, (char)('0' + (byte & 7)));
        } else {
            od_buf_byte(out, (char)byte);
        }
    }
    od_buf_byte(out, '"');
}

static void add_header(differ *d) {
    const od_slice path = od_slice_of(d->path);
    od_print_color(d->out, d->options, OD_COLOR_BOLD);
    od_buf_text(d->out, "--- ");
    add_path(d->out, path);
    od_buf_text(d->out, "\n+++ ");
    add_path(d->out, path);
    od_print_color(d->out, d->options, OD_COLOR_NONE);
    od_buf_byte(d->out, '\n');
    d->has_header = true;
}

// Appends the bytes of a line. On a terminal a draft may command nothing; for patch they are what
// they are.
static void add_bytes(const differ *d, od_buf *out, od_slice line) {
    if (d->options->excerpt) od_print_text(out, line);
    else od_buf_add(out, line);
}

// Appends each line of `text` to the hunk, with `sign` before it.
static void add_lines(differ *d, char sign, od_color color, od_slice text) {
    while (text.size) {
        const size_t size = line_end(text, 0);
        const bool ends = text.data[size - 1] == '\n';
        od_print_color(&d->hunk, d->options, color);
        od_buf_byte(&d->hunk, sign);
        add_bytes(d, &d->hunk, od_slice_cut(text, 0, ends ? size - 1 : size));
        od_print_color(&d->hunk, d->options, OD_COLOR_NONE);
        od_buf_text(&d->hunk, ends ? "\n" : "\n\\ No newline at end of file\n");
        d->old_lines += sign != '+';
        d->new_lines += sign != '-';
        text = od_slice_from(text, size);
    }
}

// Appends the old lines from the end of the hunk to byte `end`, which stay.
static void add_context(differ *d, size_t end) {
    add_lines(d, ' ', OD_COLOR_NONE, od_slice_cut(d->before, d->end, end));
    d->end = end;
}

// Returns where the `count`th line from the one that starts at `at` starts.
static size_t skip_lines(const differ *d, size_t at, size_t count) {
    for (; count > 0 && at < d->before.size; count--) at = line_end(d->before, at);
    return at;
}

static void add_range(differ *d, char sign, size_t start, size_t count) {
    od_buf_byte(d->out, sign);
    // Without lines the place is named by the line before it.
    od_buf_number(d->out, count ? start + 1 : start);
    if (count == 1) return;
    od_buf_byte(d->out, ',');
    od_buf_number(d->out, count);
}

static void close_hunk(differ *d) {
    if (!d->is_open) return;
    add_context(d, skip_lines(d, d->end, CONTEXT));
    if (!d->has_header) add_header(d);
    od_print_color(d->out, d->options, OD_COLOR_INFO);
    od_buf_text(d->out, "@@ ");
    add_range(d, '-', d->old_start, d->old_lines);
    od_buf_byte(d->out, ' ');
    add_range(d, '+', d->old_start + d->added - d->removed, d->new_lines);
    od_buf_text(d->out, " @@");
    od_print_color(d->out, d->options, OD_COLOR_NONE);
    od_buf_byte(d->out, '\n');
    od_buf_add(d->out, od_buf_slice(&d->hunk));
    d->added += d->new_lines;
    d->removed += d->old_lines;
    d->hunk.size = 0;
    d->is_open = false;
}

static void open_hunk(differ *d, size_t at) {
    size_t start = at;
    for (size_t i = 0; i < CONTEXT && start > d->end; i++) start = line_start(d, start - 1);
    d->is_open = true;
    d->old_start = line_index(d, start);
    d->old_lines = d->new_lines = 0;
    d->end = start;
}

// Adds a change to the hunk that is open, or to a new one when more lines than two contexts lie
// between.
static void add_change(differ *d, const change *c) {
    if (c->old.start == c->old.end && !c->new.size) return; // nothing changed
    if (d->is_open && skip_lines(d, d->end, TWO_CONTEXTS) < c->old.start) close_hunk(d);
    if (!d->is_open) open_hunk(d, c->old.start);
    add_context(d, c->old.start);
    add_lines(d, '-', OD_COLOR_REMOVED, od_slice_cut(d->before, c->old.start, c->old.end));
    add_lines(d, '+', OD_COLOR_ADDED, c->new);
    d->end = c->old.end;
}

void od_report_diff(od_buf *out, const char *path, od_slice before, const od_edit *edits,
                    size_t edit_count, const od_report_options *options) {
    differ d = {.out = out,
                .options = options,
                .path = path,
                .before = before.size ? before : OD_SLICE(""),
                .edits = edits,
                .edit_count = edit_count};
    while (d.next < edit_count) {
        change c = next_change(&d);
        trim(&d, &c);
        add_change(&d, &c);
    }
    close_hunk(&d);
    od_buf_free(&d.text);
    od_buf_free(&d.hunk);
}
