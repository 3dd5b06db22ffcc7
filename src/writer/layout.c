#include "writer/layout.h"

#include "base/utf8.h"

static void write_line_end(od_layout *l) {
    od_buf_byte(l->out, '\n');
    l->column = 0;
}

static void write_prefix(od_layout *l) {
    if (l->column > 0 || !l->prefix.size) return;
    od_buf_add(l->out, od_buf_slice(&l->prefix));
    l->column = od_utf8_width(od_buf_slice(&l->prefix));
}

// On a blank line the prefix stands without the spaces at its end.
static void write_blank_line(od_layout *l) {
    size_t size = l->blank_prefix;
    while (size > 0 && l->prefix.data[size - 1] == ' ') size--;
    od_buf_add(l->out, (od_slice){l->prefix.data, size});
    write_line_end(l);
}

static void write_line_ends(od_layout *l) {
    if (l->started && l->line_ends) {
        write_line_end(l);
        for (size_t i = 1; i < l->line_ends; i++) write_blank_line(l);
    }
    l->line_ends = 0;
}

static void write_chunk(od_layout *l) {
    if (!l->chunk.size) return;
    const od_slice chunk = od_buf_slice(&l->chunk);
    // Where lines are not broken nobody asks how wide they are.
    const size_t width = l->columns ? od_utf8_width(chunk) : chunk.size;
    write_line_ends(l);
    if (l->space && l->column > 0) {
        const bool fits = !l->columns || l->column + 1 + width <= l->columns;
        if (fits) {
            od_buf_byte(l->out, ' ');
            l->column++;
        } else write_line_end(l);
    }
    l->space = false;
    write_prefix(l);
    od_buf_add(l->out, chunk);
    l->column += width;
    l->chunk.size = 0;
    l->started = true;
}

void od_layout_text(od_layout *l, od_slice text) {
    od_buf_add(&l->chunk, text);
}

void od_layout_string(od_layout *l, const char *text) {
    od_buf_text(&l->chunk, text);
}

void od_layout_space(od_layout *l) {
    write_chunk(l);
    l->space = l->line_ends == 0 && l->column > 0;
}

static void ask_line_ends(od_layout *l, size_t count) {
    write_chunk(l);
    l->space = false;
    if (!l->line_ends || l->prefix.size < l->blank_prefix) l->blank_prefix = l->prefix.size;
    if (l->line_ends < count) l->line_ends = count;
}

void od_layout_line_end(od_layout *l) {
    ask_line_ends(l, 1);
}

void od_layout_blank(od_layout *l) {
    ask_line_ends(l, 2);
}

void od_layout_new_line(od_layout *l) {
    write_chunk(l);
    ask_line_ends(l, l->line_ends + 1);
}

void od_layout_chomp(od_layout *l) {
    ask_line_ends(l, 1);
    l->line_ends = 1;
}

void od_layout_verbatim(od_layout *l, od_slice text) {
    for (;;) {
        const char *const hit = text.size ? memchr(text.data, '\n', text.size) : NULL;
        if (!hit) break;
        const size_t size = (size_t)(hit - text.data);
        od_layout_text(l, od_slice_cut(text, 0, size));
        od_layout_new_line(l);
        text = od_slice_from(text, size + 1);
    }
    od_layout_text(l, text);
}

void od_layout_push(od_layout *l, od_slice prefix) {
    write_chunk(l);
    od_buf_add(&l->prefix, prefix);
}

void od_layout_pop(od_layout *l, size_t size) {
    write_chunk(l);
    l->prefix.size -= size;
    if (l->blank_prefix > l->prefix.size) l->blank_prefix = l->prefix.size;
}

bool od_layout_at_line_start(const od_layout *l) {
    return !l->chunk.size && (l->line_ends > 0 || l->column == 0);
}

void od_layout_finish(od_layout *l) {
    write_chunk(l);
    if (l->started) write_line_end(l);
    od_buf_free(&l->prefix);
    od_buf_free(&l->chunk);
}
