// Walks: a tree in the order in which it is written, every node entered once and left once.
//
// Nothing recurses, so a tree may be as deep as memory allows. The caption of a figure comes after
// its blocks, where all writers put it.
#ifndef OD_WRITER_WALK_H
#define OD_WRITER_WALK_H

#include "document/ast.h"

typedef struct od_walk {
    const od_node *root; // itself neither entered nor left
    const od_node *node; // NULL before the first step
    bool leaving;        // `node` is left, not entered
    bool skip;           // set by the caller on entering: leave out the node's children
} od_walk;

static inline const od_node *od_walk_caption(const od_node *figure) {
    const od_node *const first = figure->first;
    const bool has = figure->type == OD_FIGURE && first && first->type == OD_CAPTION;
    return has ? first : NULL;
}

static inline const od_node *od_walk_first(const od_node *node) {
    const od_node *const caption = od_walk_caption(node);
    return caption && caption->next ? caption->next : node->first;
}

static inline const od_node *od_walk_after(const od_node *node) {
    const od_node *const caption = node->parent ? od_walk_caption(node->parent) : NULL;
    if (node == caption) return NULL;
    return node->next ? node->next : caption;
}

// Goes to the next node to be entered or left; false when all were.
static inline bool od_walk_step(od_walk *w) {
    if (!w->node) {
        w->node = od_walk_first(w->root);
        return w->node != NULL;
    }
    if (!w->leaving) {
        const od_node *const child = w->skip ? NULL : od_walk_first(w->node);
        w->skip = false;
        if (child) w->node = child;
        else w->leaving = true;
        return true;
    }
    const od_node *const after = od_walk_after(w->node);
    w->leaving = !after;
    w->node = after ? after : w->node->parent;
    return w->node != w->root;
}

#endif
