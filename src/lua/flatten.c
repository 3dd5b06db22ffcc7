#include "lua/flatten.h"

// What stands between two children of a node when they are flattened.
typedef enum between { NOTHING, LINE_BREAKS, GIVEN } between;

typedef struct flattener {
    od_store *store;
    od_node *parent;
    const od_node *separator; // its children stand between the topmost blocks; NULL: a line break
} flattener;

static void add(flattener *f, od_node_type type, od_slice text) {
    od_node *const node = od_store_node(f->store, type);
    node->flags |= OD_VERBATIM;
    if (type == OD_TEXT) node->leaf.text = od_store_text(f->store, text);
    od_store_link(f->parent, node);
}

// Joins two texts that come together, as the monoid of pandoc's Inlines does.
static void join_text(flattener *f, od_node *last, const od_node *text) {
    const od_slice a = last->leaf.text, b = text->leaf.text;
    char *const bytes = od_store_alloc(f->store, a.size + b.size + 1);
    if (a.size) memcpy(bytes, a.data, a.size);
    if (b.size) memcpy(bytes + a.size, b.data, b.size);
    last->leaf.text = (od_slice){bytes, a.size + b.size};
    last->flags = (uint8_t)((last->flags | OD_VERBATIM) & ~OD_DECODED);
    if (!f->store->arena) last->flags |= OD_BORROWED;
}

// Adds inlines after what is there; of two texts that meet one is made when both are single words.
static void add_inlines(flattener *f, const od_node *first) {
    od_node *const last = f->parent->last;
    const bool meet = last && first && last->type == OD_TEXT && first->type == OD_TEXT;
    if (!meet) {
        od_store_append_all(f->store, f->parent, first, NULL);
        return;
    }
    // Runs join by themselves where the texts touch; only what is exactly one Str needs help.
    if ((last->flags & OD_VERBATIM) && (first->flags & OD_VERBATIM)) {
        join_text(f, last, first);
        first = first->next;
    }
    od_store_append_all(f->store, f->parent, first, NULL);
}

static void add_leaf(flattener *f, const od_node *block) {
    od_node *const node = od_store_header(f->store, block);
    node->type = block->type == OD_RAW_BLOCK ? OD_RAW_INLINE : OD_CODE;
    od_store_link(f->parent, node);
}

// Whether the blocks below `node` stand in its place, and what between them.
static bool is_container(const od_node *node, between *between) {
    switch ((od_node_type)node->type) {
    case OD_BLOCK_QUOTE:
    case OD_ITEM:
    case OD_DEFINITION:
    case OD_DIV:
    case OD_FIGURE:
    case OD_CELL:
    case OD_LINE_BLOCK:
    case OD_TABLE:
    case OD_TABLE_HEAD:
    case OD_TABLE_BODY:
    case OD_TABLE_FOOT: *between = LINE_BREAKS; return true;
    case OD_ORDERED_LIST:
    case OD_BULLET_LIST:
    case OD_DEFINITION_LIST:
    case OD_ROW: *between = NOTHING; return true;
    default: return false;
    }
}

static void separate(flattener *f, between between) {
    if (between == GIVEN && f->separator) add_inlines(f, f->separator->first);
    else if (between != NOTHING) add(f, OD_LINE_BREAK, (od_slice){NULL, 0});
}

static void add_term(flattener *f, const od_node *term) {
    const od_node colon = {.type = OD_TEXT, .flags = OD_VERBATIM, .span = OD_NO_SPAN,
                           .leaf.text = OD_SLICE(":")};
    add_inlines(f, term->first);
    add_inlines(f, &colon);
    add(f, OD_SPACE, (od_slice){NULL, 0});
}

static void add_block(flattener *f, const od_node *block) {
    switch ((od_node_type)block->type) {
    case OD_PLAIN:
    case OD_PARA:
    case OD_HEADING:
    case OD_LINE: add_inlines(f, block->first); break;
    case OD_TERM: add_term(f, block); break;
    case OD_CODE_BLOCK:
    case OD_RAW_BLOCK: add_leaf(f, block); break;
    default: break;
    }
}

void od_flatten_blocks(od_store *store, od_node *parent, const od_node *first,
                       const od_node *separator) {
    flattener f = {store, parent, separator};
    od_frames frames = od_frames_begin(od_host_of(store->L));
    od_frame *frame = od_frames_push(&frames);
    frame->child = first;
    frame->kind = GIVEN;
    while (frames.depth) {
        frame = od_frames_top(&frames);
        const od_node *const child = frame->child;
        if (!child) {
            od_frames_pop(&frames);
            continue;
        }
        frame->child = child->next;
        if (child->type == OD_CAPTION) continue;
        // An empty part of a table is no row.
        if (child->type >= OD_TABLE_HEAD && child->type <= OD_TABLE_FOOT && !child->first) continue;
        if (frame->index++) separate(&f, (between)frame->kind);
        between between;
        if (is_container(child, &between)) {
            frame = od_frames_push(&frames);
            frame->child = child->first;
            frame->kind = (uint8_t)between;
        } else {
            add_block(&f, child);
        }
    }
}
