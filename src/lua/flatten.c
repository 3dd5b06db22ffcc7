#include "lua/flatten.h"

#include "lua/words.h"

// What stands between two children of a node when they are flattened.
typedef enum between { NOTHING, LINE_BREAKS, GIVEN } between;

typedef struct flattener {
    od_store *store;
    od_node *parent;
    const od_node *separator; // its children stand between the topmost blocks; NULL: a line break
} flattener;

// Makes `last` one text of two that come together.
static void join_text(od_store *store, od_node *last, const od_node *text) {
    const od_slice a = last->leaf.text, b = text->leaf.text;
    char *const bytes = od_store_alloc(store, a.size + b.size + 1);
    if (a.size) memcpy(bytes, a.data, a.size);
    if (b.size) memcpy(bytes + a.size, b.data, b.size);
    last->leaf.text = (od_slice){bytes, a.size + b.size};
    last->flags = (uint8_t)((last->flags | OD_VERBATIM) & ~OD_DECODED);
    if (!store->arena) last->flags |= OD_BORROWED;
}

// Moves what `inlines` holds behind what `last` holds.
static void join_inlines(od_store *store, od_node *last, const od_node *inlines) {
    const od_node *first = last->first;
    last->first = last->last = NULL;
    od_store_append_all(store, last, first, NULL);
    for (first = inlines->first; first; first = first->next)
        od_store_append_inline(store, last, first);
    if (!store->arena) last->flags |= OD_BORROWED;
}

static bool is_white(const od_node *node) {
    return node->type >= OD_SPACE && node->type <= OD_LINE_BREAK;
}

static bool is_style(const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_EMPH:
    case OD_STRONG:
    case OD_UNDERLINE:
    case OD_STRIKEOUT:
    case OD_SUPERSCRIPT:
    case OD_SUBSCRIPT: return true;
    default: return false;
    }
}

// White space that comes together becomes one; a line break takes in spaces, but not another.
static bool meld_white(od_node *last, const od_node *next) {
    static const uint8_t STRENGTH[OD_NODE_TYPE_COUNT] = {
        [OD_SPACE] = 1, [OD_SOFT_BREAK] = 2, [OD_LINE_BREAK] = 3};
    if (last->type == OD_LINE_BREAK && next->type == OD_LINE_BREAK) return false;
    if (STRENGTH[next->type] > STRENGTH[last->type]) last->type = next->type;
    return true;
}

void od_meld_inline(od_store *store, od_node *parent, const od_node *inl) {
    od_node *const last = parent->last;
    if (last && is_white(last) && is_white(inl) && meld_white(last, inl)) return;
    if (last && last->type == inl->type) {
        if (inl->type == OD_TEXT) join_text(store, last, inl);
        if (is_style(inl)) join_inlines(store, last, inl);
        if (inl->type == OD_TEXT || is_style(inl)) return;
    }
    od_node *const copy = od_store_copy(store, inl);
    if (inl->type == OD_TEXT || is_white(inl)) copy->flags |= OD_VERBATIM;
    od_store_link(parent, copy);
}

void od_each_inline(lua_State *L, const od_node *first, void *context,
                    void (*each)(void *context, const od_node *inl)) {
    od_words_place place = {first, 0};
    od_node piece;
    for (;;) {
        const int top = lua_gettop(L);
        luaL_checkstack(L, 8, NULL);
        const od_node *const node = place.node;
        const od_words_kind kind = od_words_next(L, &place, &piece);
        if (kind == OD_WORDS_END) return;
        each(context, kind == OD_WORDS_NODE ? node : &piece);
        lua_settop(L, top);
    }
}

// A list of inlines that is added: what meets at its start becomes one where it can.
typedef struct addition {
    flattener *f;
    bool started;
} addition;

static void add_inline(void *context, const od_node *inl) {
    addition *const a = context;
    flattener *const f = a->f;
    if (!a->started) {
        a->started = true;
        od_meld_inline(f->store, f->parent, inl);
        return;
    }
    od_node *const copy = od_store_copy(f->store, inl);
    if (inl->type == OD_TEXT || is_white(inl)) copy->flags |= OD_VERBATIM;
    od_store_link(f->parent, copy);
}

static void add_inlines(flattener *f, const od_node *first) {
    addition a = {f, false};
    od_each_inline(f->store->L, first, &a, add_inline);
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

static void add_white(flattener *f, od_node_type type) {
    const od_node node = {.type = (uint8_t)type, .flags = OD_VERBATIM, .span = OD_NO_SPAN};
    od_meld_inline(f->store, f->parent, &node);
}

static void separate(flattener *f, between between) {
    if (between == GIVEN && f->separator) add_inlines(f, f->separator->first);
    else if (between != NOTHING) add_white(f, OD_LINE_BREAK);
}

static void add_term(flattener *f, const od_node *term) {
    const od_node colon = {.type = OD_TEXT, .flags = OD_VERBATIM, .span = OD_NO_SPAN,
                           .leaf.text = OD_SLICE(":")};
    add_inlines(f, term->first);
    add_inlines(f, &colon);
    add_white(f, OD_SPACE);
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
