#include "report/excerpt.h"

#include "base/utf8.h"

// Cells of a terminal. Few are narrower than WIDTH, and wider lines are hard to read.
enum { WIDTH = 100, ELLIPSIS = 1, TWO_ELLIPSES = 2, LEAST_NUMBER = 4 };

static size_t digits(size_t number) {
    size_t count = 1;
    for (; number >= 10; number /= 10) count++;
    return count;
}

size_t od_excerpt_margin(size_t line) {
    const size_t count = digits(line);
    return (count > LEAST_NUMBER ? count : LEAST_NUMBER) + strlen(" | ");
}

// A part of a line that grows by whole characters.
typedef struct view {
    od_slice bytes;  // of the source
    od_span line;    // without its line end
    od_span shown;   // what is shown of it
    size_t cells;    // how many cells that takes
} view;

static size_t width_at(const view *v, size_t at, uint32_t code, size_t size) {
    return od_print_width(code, od_slice_cut(v->bytes, at, at + size));
}

// Marks without a width of their own may follow each other without end: what is shown is bounded by
// characters too.
enum { CHARS = WIDTH * 2 };

// Adds characters to the right of what is shown, up to byte `end`, while no more than `cells` are
// taken in all.
static void grow_right(view *v, size_t end, size_t cells) {
    size_t size;
    for (size_t n = 0; n < CHARS && v->shown.end < end; n++) {
        const uint32_t code = od_utf8_read(v->bytes, v->shown.end, &size);
        const size_t width = width_at(v, v->shown.end, code, size);
        if (v->cells + width > cells) return;
        v->cells += width;
        v->shown.end += size;
    }
}

static void grow_left(view *v, size_t cells) {
    size_t size;
    for (size_t n = 0; n < CHARS && v->shown.start > v->line.start; n++) {
        const uint32_t code = od_utf8_read_before(v->bytes, v->shown.start, &size);
        const size_t width = width_at(v, v->shown.start - size, code, size);
        if (v->cells + width > cells) return;
        v->cells += width;
        v->shown.start -= size;
    }
}

// Chooses what is shown of the line: the place, then what is left of it for half of the rest, then
// what is right of it, and what that leaves free to the left again.
static void choose(view *v, od_span place, size_t cells) {
    v->shown = (od_span){place.start, place.start};
    grow_right(v, place.end, cells * 2 / 3);
    grow_left(v, v->cells + (cells - v->cells) / 2);
    grow_right(v, v->line.end, cells);
    grow_left(v, cells);
}

static size_t add_part(od_buf *out, const view *v, size_t start, size_t end) {
    const od_slice part = od_slice_cut(v->bytes, start, end);
    od_print_text(out, part);
    return od_print_text_width(part);
}

static void add_margin(od_buf *out, size_t line, bool with_number,
                       const od_report_options *options) {
    const size_t size = od_excerpt_margin(line) - strlen(" | ");
    od_print_color(out, options, OD_COLOR_DIM);
    od_print_spaces(out, with_number ? size - digits(line) : size);
    if (with_number) od_buf_number(out, line);
    od_buf_text(out, " |");
    od_print_color(out, options, OD_COLOR_NONE);
    od_buf_byte(out, ' ');
}

static void add_carets(od_buf *out, size_t line, size_t before, size_t count, od_color color,
                       const od_report_options *options) {
    add_margin(out, line, false, options);
    od_print_spaces(out, before);
    od_print_color(out, options, color);
    for (size_t i = 0; i < (count ? count : 1); i++) od_buf_byte(out, '^');
    od_print_color(out, options, OD_COLOR_NONE);
    od_buf_byte(out, '\n');
}

void od_excerpt_add(od_buf *out, const od_source *source, od_span span, size_t line, od_color color,
                    const od_report_options *options) {
    view v = {.bytes = source->bytes, .line = od_source_line(source, line - 1)};
    // The mark at the start of a file is no text.
    if (od_slice_starts(od_source_cut(source, v.line), OD_SLICE("\xEF\xBB\xBF")) && !v.line.start)
        v.line.start = strlen("\xEF\xBB\xBF");
    od_span place = span;
    if (place.start < v.line.start) place.start = v.line.start;
    if (place.start > v.line.end) place.start = v.line.end; // within the line end
    if (place.end > v.line.end) place.end = v.line.end;
    if (place.end < place.start) place.end = place.start;
    choose(&v, place, WIDTH - od_excerpt_margin(line) - TWO_ELLIPSES);
    if (place.end > v.shown.end) place.end = v.shown.end;

    add_margin(out, line, true, options);
    const bool cut_left = v.shown.start > v.line.start, cut_right = v.shown.end < v.line.end;
    if (cut_left) od_buf_text(out, "…");
    const size_t before = add_part(out, &v, v.shown.start, place.start) + (cut_left ? ELLIPSIS : 0);
    const size_t count = add_part(out, &v, place.start, place.end);
    add_part(out, &v, place.end, v.shown.end);
    if (cut_right) od_buf_text(out, "…");
    od_buf_byte(out, '\n');
    add_carets(out, line, before, count, color, options);
}
