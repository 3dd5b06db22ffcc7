#include "document/pandoc_markdown.h"

#include "base/utf8.h"

#include <cmark-gfm.h>
#include <stdlib.h>

bool od_pm_is_word(od_slice text, size_t at) {
    size_t size;
    if (at >= text.size) return false;
    const uint32_t code = od_utf8_read(text, at, &size);
    return code != OD_NOT_UTF8 && od_is_alphanumeric(code);
}

size_t od_pm_skip(od_slice text, size_t at) {
    while (at < text.size && od_pm_is_white(text.data[at])) at++;
    return at;
}

size_t od_pm_skip_blanks(od_slice text, size_t at) {
    while (at < text.size && od_pm_is_blank(text.data[at])) at++;
    return at;
}

size_t od_pm_skip_line_end(od_slice text, size_t at) {
    at = od_pm_skip_blanks(text, at);
    if (od_pm_byte(text, at) != '\n') return at;
    return od_pm_skip_blanks(text, at + 1);
}

od_slice od_pm_line(od_slice text, size_t at, size_t *next) {
    const char *const hit = at < text.size ? memchr(text.data + at, '\n', text.size - at) : NULL;
    const size_t end = hit ? (size_t)(hit - text.data) : text.size;
    *next = hit ? end + 1 : end;
    return od_slice_cut(text, at < end ? at : end, end);
}

bool od_pm_is_blank_line(od_slice line) {
    return od_pm_skip(line, 0) == line.size;
}

od_slice od_pm_key(od_arena *arena, od_slice text) {
    od_buf out = {0};
    text = od_slice_trim(text);
    size_t size;
    for (size_t at = 0; at < text.size; at += size) {
        char bytes[4];
        size = 1;
        if (od_pm_is_white(text.data[at])) {
            size = od_pm_skip(text, at) - at;
            od_buf_byte(&out, ' ');
            continue;
        }
        const uint32_t code = od_utf8_read(text, at, &size);
        if (code == OD_NOT_UTF8) od_buf_byte(&out, text.data[at]);
        else od_buf_add(&out, (od_slice){bytes, od_utf8_write(od_lower_case(code), bytes)});
    }
    const od_slice key = od_arena_copy(arena, od_buf_slice(&out));
    od_buf_free(&out);
    return key;
}

size_t od_pm_code_end(od_slice text, size_t at) {
    size_t ticks = 0, run = 0;
    while (od_pm_byte(text, at + ticks) == '`') ticks++;
    for (size_t i = at + ticks; i <= text.size; i++) {
        if (od_pm_byte(text, i) == '`') {
            run++;
            continue;
        }
        if (run == ticks) return i;
        run = 0;
    }
    return SIZE_MAX;
}

// ---- entities ----------------------------------------------------------------------------------

// cmark-gfm knows all names: it is asked, since they are too many to have twice.
od_slice od_pm_entity(od_arena *arena, od_slice text) {
    cmark_node *const document = cmark_parse_document(text.data, text.size, CMARK_OPT_DEFAULT);
    cmark_node *const para = cmark_node_first_child(document);
    od_buf out = {0};
    for (cmark_node *n = para ? cmark_node_first_child(para) : NULL; n; n = cmark_node_next(n))
        od_buf_add(&out, od_slice_of(cmark_node_get_literal(n)));
    cmark_node_free(document);
    const bool known = out.size && !od_slice_equal(od_buf_slice(&out), text);
    const od_slice entity = known ? od_arena_copy(arena, od_buf_slice(&out)) : (od_slice){0};
    od_buf_free(&out);
    return entity;
}

size_t od_pm_entity_end(od_slice text, size_t at) {
    enum { LONGEST = 33 };
    size_t end = at + 1;
    if (od_pm_byte(text, end) == '#') end++;
    while (end < text.size && end - at < LONGEST &&
           (od_is_ascii_alpha((unsigned char)text.data[end]) ||
            od_is_digit((unsigned char)text.data[end])))
        end++;
    return od_pm_byte(text, end) == ';' && end > at + 1 ? end + 1 : SIZE_MAX;
}

od_slice od_pm_unescape(od_arena *arena, od_slice text) {
    if (!memchr(text.data ? text.data : "", '\\', text.size) &&
        !memchr(text.data ? text.data : "", '&', text.size))
        return od_arena_copy(arena, text);
    od_buf out = {0};
    for (size_t at = 0; at < text.size;) {
        const size_t end = text.data[at] == '&' ? od_pm_entity_end(text, at) : SIZE_MAX;
        const od_slice entity =
            end == SIZE_MAX ? (od_slice){0} : od_pm_entity(arena, od_slice_cut(text, at, end));
        if (entity.size) {
            od_buf_add(&out, entity);
            at = end;
            continue;
        }
        if (text.data[at] == '\\' && at + 1 < text.size && !od_pm_is_word(text, at + 1)) at++;
        od_buf_byte(&out, text.data[at++]);
    }
    const od_slice made = od_arena_copy(arena, od_buf_slice(&out));
    od_buf_free(&out);
    return made;
}

// ---- names -------------------------------------------------------------------------------------

void od_pm_sort(od_pm_index *index) {
    if (index->count) od_names_sort(index->items, index->count);
}

size_t od_pm_find(const od_pm_index *index, od_slice key) {
    size_t at = od_names_find(index->items, index->count, key);
    if (at == SIZE_MAX) return SIZE_MAX;
    while (at + 1 < index->count && od_slice_equal(index->items[at + 1].name, key)) at++;
    return index->items[at].number;
}
