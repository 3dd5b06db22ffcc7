#include "writer/spell.h"

const od_node *od_find_meta(const od_node *map, const char *key) {
    for (const od_node *entry = map ? map->first : NULL; entry; entry = entry->next)
        if (od_slice_is(entry->leaf.text, key)) return entry->first;
    return NULL;
}

static void spell_space(od_buf *out) {
    if (out->size && out->data[out->size - 1] != ' ') od_buf_byte(out, ' ');
}

static void spell_words(od_slice text, od_buf *out) {
    od_word_kind kind;
    for (od_slice word; od_words(&text, &kind, &word);) {
        if (kind == OD_WORD) od_buf_add(out, word);
        else spell_space(out);
    }
}

static void spell_node(const od_node *node, od_buf *out) {
    switch ((od_node_type)node->type) {
    case OD_TEXT:
    case OD_META_STRING:
        if (node->flags & OD_VERBATIM) od_buf_add(out, node->leaf.text);
        else spell_words(node->leaf.text, out);
        break;
    case OD_CODE:
    case OD_MATH: od_buf_add(out, node->leaf.text); break;
    case OD_SPACE:
    case OD_SOFT_BREAK:
    case OD_LINE_BREAK:
    case OD_PLAIN:
    case OD_PARA:
        spell_space(out);
        break;
    default: break;
    }
}

void od_spell(const od_node *node, od_buf *out) {
    for (const od_node *n = node; n;) {
        spell_node(n, out);
        n = od_node_next(node, n, n->type == OD_NOTE || n->type == OD_CITATION);
    }
}
