#include "engine/passage.h"

od_passage od_passage_of(const od_section *section) {
    return (od_passage){section->node, {section->body, section->span.end}};
}

void od_passage_preamble(const od_outline *outline, const od_node *root, od_passage parts[2]) {
    const od_section *const all = outline->root, *first = all->first;
    const od_section *const title = first && first->is_title ? first : NULL;
    if (title) first = title->next;
    const size_t end = first ? first->span.start : all->span.end;
    parts[0] = (od_passage){root->first, {all->span.start, title ? title->span.start : end}};
    parts[1] = title ? (od_passage){title->node, {title->body, end}} : (od_passage){0};
}

const od_node *od_passage_next(const od_node *root, const od_passage *passage, const od_node *node,
                               bool leaves) {
    if (!node) node = passage->first;
    else {
        const bool skip = node->type == OD_NOTE || (leaves && od_node_holds_inlines(node->type));
        node = od_node_next(root, node, skip);
    }
    return node && node->span.start < passage->span.end ? node : NULL;
}

od_slice od_passage_text(od_arena *arena, const od_source *source, const od_passage *passage,
                         const od_node *node) {
    if (node->type == OD_CODE_BLOCK) return node->leaf.text;
    if (!od_node_holds_inlines(node->type)) return (od_slice){0};
    od_visible visible;
    od_visible_read(arena, source, node, &visible);
    if (node->span.start < passage->span.start)
        visible = od_visible_within(arena, &visible, passage->span);
    return visible.text;
}

size_t od_passage_chars(od_arena *scratch, const od_source *source, const od_node *root,
                        const od_passage *passage, size_t enough) {
    size_t count = 0;
    const od_mark mark = od_arena_mark(scratch);
    for (const od_node *n = od_passage_next(root, passage, NULL, true); n && count < enough;
         n = od_passage_next(root, passage, n, true)) {
        count += od_visible_chars(od_passage_text(scratch, source, passage, n));
        od_arena_rewind(scratch, mark);
    }
    return count < enough ? count : enough;
}
