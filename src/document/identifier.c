// Identifiers of headings, as pandoc gives them when it reads GFM (gfm_auto_identifiers):
// lower case, spaces as hyphens, no punctuation, `-1`, `-2` behind repeated ones.
// Source: commonmark-extensions, Commonmark.Extensions.AutoIdentifiers.
#include "document/markdown.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>

typedef struct heading {
    od_node *node;
    od_slice identifier;
    size_t order;
} heading;

typedef OD_ARRAY(heading) heading_list;

static void add_character(od_buf *out, uint32_t code) {
    char bytes[4];
    if (code == OD_NOT_UTF8) return;
    if (od_is_space(code)) code = '-';
    else if (code != '_' && code != '-' && !od_is_alphanumeric(code)) return;
    const size_t size = od_utf8_write(od_lower_case(code), bytes);
    od_buf_add(out, (od_slice){bytes, size});
}

static void add_text(od_buf *out, od_slice text) {
    od_word_kind kind;
    for (od_slice word; od_words(&text, &kind, &word);) {
        if (kind != OD_WORD) {
            od_buf_byte(out, '-');
            continue;
        }
        size_t size;
        for (size_t i = 0; i < word.size; i += size)
            add_character(out, od_utf8_read(word, i, &size));
    }
}

// An emoji counts by its name.
static bool is_emoji(const od_node *n) {
    if (n->type != OD_SPAN || !n->attr || !n->attr->attribute_count) return false;
    return od_slice_is(n->attr->attributes[0].key, "data-emoji");
}

static void spell(od_buf *out, const od_node *leaf) {
    out->size = 0;
    for (const od_node *n = od_node_next(leaf, leaf, false); n;
         n = od_node_next(leaf, n, n->type == OD_NOTE || is_emoji(n))) {
        if (n->type == OD_TEXT || n->type == OD_CODE || n->type == OD_MATH)
            add_text(out, n->leaf.text);
        if (is_emoji(n)) add_text(out, n->attr->attributes[0].value);
        if (n->type == OD_SOFT_BREAK || n->type == OD_LINE_BREAK) od_buf_byte(out, '-');
    }
}

static int compare(const void *left, const void *right) {
    const heading *const a = left, *const b = right;
    const int order = od_slice_compare(a->identifier, b->identifier);
    if (order != 0) return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void give(od_arena *arena, const heading *h, size_t repeated) {
    od_attr *const attr = od_arena_new(arena, od_attr);
    attr->identifier = repeated ? od_arena_concat(arena, h->identifier, OD_SLICE("-"),
                                                  od_arena_number(arena, repeated))
                                : h->identifier;
    h->node->heading.attr = attr;
}

void od_markdown_identify(od_arena *arena, od_node *root) {
    od_arena scratch = {0};
    heading_list list = {0};
    od_buf spelled = {0};
    for (od_node *n = root; n; n = od_node_next(root, n, false)) {
        if (n->type != OD_HEADING) continue;
        spell(&spelled, n);
        const size_t order = list.count;
        *od_array_push(&scratch, &list) =
            (heading){n, od_arena_copy(arena, od_buf_slice(&spelled)), order};
    }
    if (list.count) qsort(list.items, list.count, sizeof *list.items, compare);
    size_t repeated = 0;
    for (size_t i = 0; i < list.count; i++) {
        const bool again =
            i > 0 && od_slice_equal(list.items[i].identifier, list.items[i - 1].identifier);
        repeated = again ? repeated + 1 : 0;
        give(arena, &list.items[i], repeated);
    }
    od_buf_free(&spelled);
    od_arena_free(&scratch);
}
