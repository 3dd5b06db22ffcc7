#include "lua/walk.h"

#include "lua/document.h"
#include "lua/words.h"

typedef enum pass { INLINES, INLINE_LISTS, BLOCKS, BLOCK_LISTS, TOPDOWN } pass;

// Places of functions in their table: element types first, from 1.
enum { INLINE_LIST_FUNCTION = OD_NODE_TYPE_COUNT + 1, BLOCK_LIST_FUNCTION, META_FUNCTION,
       DOCUMENT_FUNCTION };

// Where the child that is being walked came from: the list of its parent, or what a function gave
// back.
enum { FROM_LIST, FROM_PENDING };

typedef struct walk {
    lua_State *L;
    od_host *host;
    od_store *store;
    const od_functions *functions;
    od_frames frames;
    pass pass;
    bool words; // runs of text are taken apart
} walk;

// ---- the functions of a filter ------------------------------------------------------------------

// Puts field `name` of the filter into the table on top of the stack at `place`, if it is a
// function.
static bool take(lua_State *L, int filter, const char *name, int place) {
    if (lua_getfield(L, filter, name) != LUA_TFUNCTION) {
        lua_pop(L, 1);
        return false;
    }
    lua_rawseti(L, -2, place);
    return true;
}

od_functions od_read_functions(lua_State *L, int index) {
    od_functions f = {0};
    luaL_checkstack(L, 8, NULL);
    index = lua_absindex(L, index);
    lua_createtable(L, DOCUMENT_FUNCTION, 0);
    f.place = lua_gettop(L);
    for (int type = 0; type < OD_NODE_TYPE_COUNT; type++) {
        const int class = od_element_type_of((od_node_type)type)->class;
        if (class != OD_CLASS_INLINE && class != OD_CLASS_BLOCK) continue;
        // The special function wins over the general one.
        f.has[type] = take(L, index, od_node_type_name((od_node_type)type), type + 1) ||
                      take(L, index, class == OD_CLASS_INLINE ? "Inline" : "Block", type + 1);
        if (f.has[type]) *(class == OD_CLASS_INLINE ? &f.inlines : &f.blocks) = true;
    }
    f.inline_lists = take(L, index, "Inlines", INLINE_LIST_FUNCTION);
    f.block_lists = take(L, index, "Blocks", BLOCK_LIST_FUNCTION);
    f.meta = take(L, index, "Meta", META_FUNCTION);
    f.document = take(L, index, "Pandoc", DOCUMENT_FUNCTION);
    if (lua_getfield(L, index, "traverse") == LUA_TSTRING)
        f.topdown = strcmp(lua_tostring(L, -1), "topdown") == 0;
    lua_pop(L, 1);
    return f;
}

// ---- what holds what ----------------------------------------------------------------------------

static od_class list_class(od_node_type type) {
    switch (type) {
    case OD_ROOT:
    case OD_BLOCK_QUOTE:
    case OD_ITEM:
    case OD_DEFINITION:
    case OD_DIV:
    case OD_FIGURE:
    case OD_CAPTION:
    case OD_CELL:
    case OD_NOTE:
    case OD_META_BLOCKS: return OD_CLASS_BLOCK;
    case OD_PLAIN:
    case OD_PARA:
    case OD_HEADING:
    case OD_LINE:
    case OD_TERM:
    case OD_SHORT_CAPTION:
    case OD_PREFIX:
    case OD_SUFFIX:
    case OD_META_INLINES: return OD_CLASS_INLINE;
    default:
        return type >= OD_EMPH && type <= OD_SPAN ? OD_CLASS_INLINE : OD_CLASS_NONE;
    }
}

// The function for the list of a node in this pass, 0 for none.
static int list_function(const walk *w, od_node_type type) {
    const od_class class = list_class(type);
    const od_functions *const f = w->functions;
    if (class == OD_CLASS_INLINE && f->inline_lists)
        return w->pass == INLINE_LISTS || w->pass == TOPDOWN ? INLINE_LIST_FUNCTION : 0;
    if (class == OD_CLASS_BLOCK && f->block_lists)
        return w->pass == BLOCK_LISTS || w->pass == TOPDOWN ? BLOCK_LIST_FUNCTION : 0;
    return 0;
}

static bool has_function(const walk *w, od_node_type type) {
    if (!w->functions->has[type]) return false;
    const int class = od_element_type_of(type)->class;
    return w->pass == TOPDOWN || (w->pass == INLINES && class == OD_CLASS_INLINE) ||
           (w->pass == BLOCKS && class == OD_CLASS_BLOCK);
}

// ---- copying what is changed --------------------------------------------------------------------

static void append_piece(void *context, const od_node *piece) {
    const walk *const w = context;
    od_store_append(w->store, od_frames_top(&w->frames)->copy, piece);
}

// Whether `child` is the caption that `enter` gave to a table that has none.
static bool is_made_caption(const od_frame *frame, const od_node *child) {
    return child && child->type == OD_CAPTION && child != frame->node->first;
}

// Makes sure that the topmost frame has a copy of its node, with the children before `place`.
static od_node *ensure_copy(walk *w, od_words_place place) {
    od_frame *const frame = od_frames_top(&w->frames);
    if (frame->copy) return frame->copy;
    frame->copy = od_store_header(w->store, frame->node);
    if (!is_made_caption(frame, place.node))
        od_store_append_all(w->store, frame->copy, frame->node->first, place.node);
    if (place.offset)
        od_words_pieces((od_words_place){place.node, 0}, place, w, append_piece);
    return frame->copy;
}

// Adds to the topmost frame `node`, which came of its child `original`.
static void keep(walk *w, const od_node *original, const od_node *node) {
    od_frame *const frame = od_frames_top(&w->frames);
    if (frame->step == FROM_LIST) frame->broken = false;
    if (node == original) {
        if (frame->copy) od_store_append(w->store, frame->copy, node);
        return;
    }
    od_node *const copy = ensure_copy(w, (od_words_place){original, 0});
    od_store_link(copy, (od_node *)(uintptr_t)node); // the copy that a frame made of `original`
}

// ---- calling ------------------------------------------------------------------------------------

typedef enum answer { KEPT, REPLACED } answer;

static int keeper(const walk *w) {
    return w->store->arena ? 0 : w->store->keeper;
}

// Calls a function with the value on top of the stack and puts on it what came back. `stop` says
// whether not to go further down.
static void call(walk *w, int function, const char *handler, od_span span, bool *stop) {
    lua_State *const L = w->L;
    const char *const outer = w->host->handler;
    const od_span outer_place = w->host->place;
    w->host->handler = handler;
    w->host->place = span;
    w->host->answered = NULL;
    lua_rawgeti(L, w->functions->place, function);
    lua_pushvalue(L, -2);
    lua_call(L, 1, 2);
    od_frames_reset(&w->frames);
    w->host->function = NULL;
    w->host->handler = outer;
    w->host->place = outer_place;
    w->host->answered = handler;
    w->host->answered_place = span;
    *stop = lua_isboolean(L, -1) && !lua_toboolean(L, -1);
    lua_pop(L, 1);
}

// Gives the element on top of the stack to its function. KEPT leaves nothing on the stack, REPLACED
// the element and what came back.
static answer call_element(walk *w, const od_node *node, bool *stop) {
    lua_State *const L = w->L;
    const od_element *const element = lua_touserdata(L, -1);
    call(w, node->type + 1, od_node_type_name((od_node_type)node->type), node->span, stop);
    if (!lua_isnil(L, -1) &&
        !(lua_rawequal(L, -1, -2) && od_element_untouched(L, -1, element)))
        return REPLACED;
    lua_pop(L, 2);
    return KEPT;
}

static od_shape shape_of(od_node_type type) {
    return od_element_type_of(type)->class == OD_CLASS_INLINE ? OD_AS_INLINES : OD_AS_BLOCKS;
}

// Gives `node`, which came of the child `original` of the topmost frame, to its function.
static void visit(walk *w, const od_node *original, const od_node *node) {
    bool stop;
    if (has_function(w, (od_node_type)node->type)) {
        luaL_checkstack(w->L, 16, NULL);
        od_push_element(w->L, node, keeper(w));
        if (call_element(w, node, &stop) == REPLACED) {
            od_node *const copy = ensure_copy(w, (od_words_place){original, 0});
            od_build(w->store, copy, lua_gettop(w->L), shape_of((od_node_type)node->type));
            lua_pop(w->L, 2);
            od_frames_top(&w->frames)->broken = true;
            return;
        }
    }
    keep(w, original, node);
}

// Calls the list function of `node` with its list from `first` on. REPLACED leaves the list and
// what came back on the stack.
static answer call_list(walk *w, int function, const od_node *node, const od_node *first,
                        bool *stop) {
    luaL_checkstack(w->L, 16, NULL);
    const bool inlines = function == INLINE_LIST_FUNCTION;
    if (inlines) od_push_inlines(w->L, first, keeper(w));
    else od_push_blocks(w->L, first, keeper(w));
    call(w, function, inlines ? "Inlines" : "Blocks", node->span, stop);
    if (!lua_isnil(w->L, -1)) return REPLACED;
    lua_pop(w->L, 2);
    return KEPT;
}

static od_shape list_shape(int function) {
    return function == INLINE_LIST_FUNCTION ? OD_AS_INLINES : OD_AS_BLOCKS;
}

// ---- words --------------------------------------------------------------------------------------

static od_words_place place_of(const od_frame *frame) {
    return (od_words_place){frame->child, frame->index};
}

static void go_to(od_frame *frame, od_words_place place) {
    frame->child = place.node;
    frame->index = place.offset;
}

// Pushes the element for a piece of runs; the text of a merged one is on the stack and is replaced.
static void push_piece(walk *w, const od_node *piece, od_words_kind kind) {
    if (kind == OD_WORDS_PIECE) {
        od_push_own_element(w->L, piece, keeper(w), 0, NULL);
        return;
    }
    if (keeper(w)) {
        lua_pushvalue(w->L, w->store->keeper);
        lua_setiuservalue(w->L, -2, 1);
    }
    od_push_own_element(w->L, piece, -1, 0, NULL);
    lua_remove(w->L, -2);
}

// Reads the next word of the topmost frame and gives it to its function. Returns how it was
// answered; REPLACED leaves the element and what came back on the stack.
static answer step_word(walk *w, od_words_place *before, bool *stop, bool *inline_string) {
    lua_State *const L = w->L;
    luaL_checkstack(L, 16, NULL);
    od_frame *frame = od_frames_top(&w->frames);
    od_words_place place = *before = place_of(frame);
    od_node piece;
    const int top = lua_gettop(L);
    const od_words_kind kind = od_words_next(L, &place, &piece);
    go_to(frame, place);
    *inline_string = kind == OD_WORDS_PIECE || kind == OD_WORDS_MERGED;
    if (!*inline_string) { // only empty runs were left
        if (kind == OD_WORDS_NODE) go_to(frame, (od_words_place){before->node->next, 0});
        lua_settop(L, top);
        return KEPT;
    }
    if (w->functions->has[piece.type]) {
        push_piece(w, &piece, kind);
        if (call_element(w, &piece, stop) == REPLACED) return REPLACED;
    }
    frame = od_frames_top(&w->frames);
    if (frame->copy) od_store_append_inline(w->store, frame->copy, &piece);
    lua_settop(L, top);
    return KEPT;
}

// Whether the topmost frame is at a run that has to be taken apart; empty runs are passed over.
static bool at_words(const walk *w, od_frame *frame) {
    if (!w->words) return false;
    while (frame->child && od_is_run(frame->child) && !frame->child->leaf.text.size)
        go_to(frame, (od_words_place){frame->child->next, 0});
    return frame->child && (od_is_run(frame->child) || od_is_break(frame->child));
}

// Whether the topmost frame is at text that now stands beside other text than in the source,
// because what was between them is gone or another: pandoc keeps them two.
static bool at_break(const walk *w, const od_frame *frame) {
    if (!frame->broken || !frame->copy || !frame->child) return false;
    const od_node *const last = frame->copy->last;
    return !at_words(w, od_frames_top(&w->frames)) && last &&
           (od_is_run(last) || od_is_break(last)) &&
           (od_is_run(frame->child) || od_is_break(frame->child));
}

// Takes over the first word of such a text as one of its own, and then the rest of its run.
static void keep_apart(walk *w) {
    const int top = lua_gettop(w->L);
    od_frame *const frame = od_frames_top(&w->frames);
    od_words_place place = place_of(frame);
    od_node piece;
    const od_words_kind kind = od_words_next(w->L, &place, &piece);
    if (kind == OD_WORDS_PIECE || kind == OD_WORDS_MERGED) {
        od_store_append_inline(w->store, frame->copy, &piece);
        if (place.offset) {
            const od_words_place end = {place.node, place.node->leaf.text.size};
            od_words_pieces(place, end, w, append_piece);
            place = (od_words_place){place.node->next, 0};
        }
        go_to(frame, place);
    }
    frame->broken = false;
    lua_settop(w->L, top);
}

// Adds the element on top of the stack, which came back as it was given, when it is a word that got
// a text: by far the most that filters do to words, and not worth a builder.
static bool add_changed_text(walk *w, od_node *copy) {
    lua_State *const L = w->L;
    if (!lua_rawequal(L, -1, -2)) return false;
    const od_node *const piece = ((const od_element *)lua_touserdata(L, -1))->node;
    if (piece->type != OD_TEXT) return false;
    const bool text = lua_getiuservalue(L, -1, OD_FIRST_PROPERTY) == LUA_TSTRING;
    if (text) {
        size_t size;
        const char *const data = lua_tolstring(L, -1, &size);
        od_store_append_word(w->store, copy, piece, (od_slice){data, size});
    }
    lua_pop(L, 1);
    return text;
}

static void visit_word(walk *w) {
    od_words_place before;
    bool stop, read;
    if (step_word(w, &before, &stop, &read) == KEPT) return;
    od_node *const copy = ensure_copy(w, before);
    if (!add_changed_text(w, copy))
        od_build(w->store, copy, lua_gettop(w->L), OD_AS_INLINES);
    lua_pop(w->L, 2);
}

// ---- typewise -----------------------------------------------------------------------------------

// Where a walk through the children of `node` starts. What has no caption has, in pandoc, one
// without blocks, and `Blocks` is called with it.
static const od_node *start_of(const walk *w, const od_node *node) {
    const bool captioned = node->type == OD_TABLE || node->type == OD_FIGURE;
    if (!captioned || (node->first && node->first->type == OD_CAPTION) ||
        !list_function(w, OD_CAPTION))
        return node->first;
    od_node *const caption = od_store_node(w->store, OD_CAPTION);
    caption->next = node->first;
    return caption;
}

static void enter(walk *w, const od_node *node) {
    od_frame *const frame = od_frames_push(&w->frames);
    frame->node = node;
    frame->child = start_of(w, node);
}

// Returns `node` with its list as the list function wants it.
static const od_node *apply_list(walk *w, const od_node *node) {
    const int function = list_function(w, (od_node_type)node->type);
    if (!function) return node;
    bool stop;
    const od_node *const first = od_list_start(node);
    if (call_list(w, function, node, first, &stop) == KEPT) return node;
    od_node *const copy = od_store_header(w->store, node);
    od_store_append_all(w->store, copy, node->first == first ? NULL : node->first, first);
    od_build(w->store, copy, lua_gettop(w->L), list_shape(function));
    lua_pop(w->L, 2);
    return copy;
}

static const od_node *walk_typewise(walk *w, const od_node *root) {
    enter(w, root);
    for (;;) {
        od_frame *const frame = od_frames_top(&w->frames);
        if (at_words(w, frame)) {
            visit_word(w);
            continue;
        }
        if (at_break(w, frame)) {
            keep_apart(w);
            continue;
        }
        const od_node *const child = frame->child;
        if (child) {
            go_to(frame, (od_words_place){child->next, 0});
            if (child->first || list_function(w, (od_node_type)child->type)) enter(w, child);
            else visit(w, child, child);
            continue;
        }
        const od_node *const original = frame->node;
        const od_node *const node = apply_list(w, frame->copy ? frame->copy : original);
        od_frames_pop(&w->frames);
        if (!w->frames.depth) return node;
        visit(w, original, node);
    }
}

// ---- topdown ------------------------------------------------------------------------------------

// Calls the list function of the topmost frame once its parts are done.
static void topdown_list(walk *w) {
    od_frame *frame = od_frames_top(&w->frames);
    frame->listed = true;
    const int function = list_function(w, (od_node_type)frame->node->type);
    if (!function) return;
    bool stop;
    const od_node *const first = frame->child;
    const answer answer = call_list(w, function, frame->node, first, &stop);
    frame = od_frames_top(&w->frames);
    if (answer == REPLACED) {
        ensure_copy(w, (od_words_place){first, 0});
        od_node list = {0};
        od_build(w->store, &list, lua_gettop(w->L), list_shape(function));
        lua_pop(w->L, 2);
        frame = od_frames_top(&w->frames);
        frame->child = list.first;
    }
    if (!stop) return;
    if (frame->copy) od_store_append_all(w->store, frame->copy, frame->child, NULL);
    frame->child = NULL;
}

// Takes over the elements that came back; when going further down, later, one by one.
static void topdown_replace(walk *w, od_words_place before, od_shape shape, bool stop) {
    ensure_copy(w, before);
    od_node list = {0};
    od_build(w->store, &list, lua_gettop(w->L), shape);
    lua_pop(w->L, 2);
    od_frame *const frame = od_frames_top(&w->frames);
    frame->broken = true;
    if (stop) od_store_append_all(w->store, frame->copy, list.first, NULL);
    else frame->pending = list.first;
}

static bool goes_down(const walk *w, const od_node *node) {
    return node->first || list_function(w, (od_node_type)node->type);
}

// Goes down into `node`, or adds it as it is.
static void topdown_enter(walk *w, const od_node *node) {
    if (goes_down(w, node)) enter(w, node);
    else keep(w, node, node);
}

static void topdown_child(walk *w, const od_node *child) {
    bool stop = false;
    if (!has_function(w, (od_node_type)child->type)) {
        topdown_enter(w, child);
        return;
    }
    luaL_checkstack(w->L, 16, NULL);
    od_push_element(w->L, child, keeper(w));
    if (call_element(w, child, &stop) == REPLACED)
        topdown_replace(w, (od_words_place){child, 0}, shape_of((od_node_type)child->type), stop);
    else if (stop) keep(w, child, child);
    else topdown_enter(w, child);
}

static bool is_part(const od_node *node) {
    return node->type == OD_CITATION || node->type == OD_CAPTION || node->type == OD_SHORT_CAPTION;
}

static void topdown_word(walk *w) {
    od_words_place before;
    bool stop = false, read;
    if (step_word(w, &before, &stop, &read) == REPLACED)
        topdown_replace(w, before, OD_AS_INLINES, stop);
}

// One step of the topmost frame; false when it is done.
static bool topdown_step(walk *w) {
    od_frame *const frame = od_frames_top(&w->frames);
    const od_node *const child = frame->child;
    if (frame->pending) {
        const od_node *const node = frame->pending;
        frame->pending = node->next;
        frame->step = FROM_PENDING;
        topdown_enter(w, node);
    } else if (!frame->listed && !(child && is_part(child))) {
        topdown_list(w);
    } else if (at_words(w, frame)) {
        topdown_word(w);
    } else if (at_break(w, frame)) {
        keep_apart(w);
    } else if (frame->child) {
        const od_node *const next = frame->child;
        frame->step = FROM_LIST;
        go_to(frame, (od_words_place){next->next, 0});
        if (is_part(next)) topdown_enter(w, next);
        else topdown_child(w, next);
    } else {
        return false;
    }
    return true;
}

static const od_node *walk_topdown(walk *w, const od_node *root) {
    enter(w, root);
    for (;;) {
        if (topdown_step(w)) continue;
        const od_frame *const frame = od_frames_top(&w->frames);
        const od_node *const original = frame->node;
        const od_node *const node = frame->copy ? frame->copy : original;
        od_frames_pop(&w->frames);
        if (!w->frames.depth) return node;
        keep(w, original, node);
    }
}

// ---- passes -------------------------------------------------------------------------------------

static const od_node *run(od_store *store, const od_functions *f, pass pass, const od_node *node) {
    walk w = {.L = store->L,
              .host = od_host_of(store->L),
              .store = store,
              .functions = f,
              .pass = pass,
              .words = (pass == INLINES || pass == TOPDOWN) &&
                       (f->has[OD_TEXT] || f->has[OD_SPACE] || f->has[OD_SOFT_BREAK] ||
                        f->has[OD_LINE_BREAK])};
    w.frames = od_frames_begin(w.host);
    return pass == TOPDOWN ? walk_topdown(&w, node) : walk_typewise(&w, node);
}

// The passes that the functions need; returns how many.
static size_t passes_of(const od_functions *f, pass passes[4]) {
    size_t count = 0;
    if (f->topdown) {
        if (f->inlines || f->blocks || f->inline_lists || f->block_lists) passes[count++] = TOPDOWN;
        return count;
    }
    if (f->inlines) passes[count++] = INLINES;
    if (f->inline_lists) passes[count++] = INLINE_LISTS;
    if (f->blocks) passes[count++] = BLOCKS;
    if (f->block_lists) passes[count++] = BLOCK_LISTS;
    return count;
}

const od_node *od_walk(od_store *store, const od_functions *functions, const od_node *node) {
    pass passes[4];
    const size_t count = passes_of(functions, passes);
    for (size_t i = 0; i < count; i++) node = run(store, functions, passes[i], node);
    return node;
}

static void walk_trees(od_store *store, const od_functions *f, const od_node **root,
                       const od_node **meta) {
    pass passes[4];
    const size_t count = passes_of(f, passes);
    for (size_t i = 0; i < count; i++) {
        *meta = run(store, f, passes[i], *meta);
        *root = run(store, f, passes[i], *root);
    }
}

static void call_whole(od_store *store, const od_functions *f, int function, const char *handler) {
    walk w = {.L = store->L, .host = od_host_of(store->L), .store = store, .functions = f};
    w.frames = od_frames_begin(w.host);
    bool stop;
    call(&w, function, handler, OD_NO_SPAN, &stop);
}

static void walk_meta(od_store *store, const od_functions *f, const od_node **meta) {
    if (!f->meta) return;
    lua_State *const L = store->L;
    od_push_meta(L, *meta, store->arena ? 0 : store->keeper);
    call_whole(store, f, META_FUNCTION, "Meta");
    if (!lua_isnil(L, -1)) *meta = od_build_meta(store, lua_gettop(L));
    lua_pop(L, 2);
}

static void walk_whole(od_store *store, const od_functions *f, const od_node **root,
                       const od_node **meta) {
    if (!f->document) return;
    lua_State *const L = store->L;
    od_push_document(L, *root, *meta, store->arena ? 0 : store->keeper);
    call_whole(store, f, DOCUMENT_FUNCTION, "Pandoc");
    if (!lua_isnil(L, -1)) od_build_document(store, lua_gettop(L), root, meta);
    lua_pop(L, 2);
}

void od_walk_document(od_store *store, const od_functions *functions, const od_node **root,
                      const od_node **meta) {
    luaL_checkstack(store->L, 16, NULL);
    if (functions->topdown) {
        walk_whole(store, functions, root, meta);
        walk_meta(store, functions, meta);
        walk_trees(store, functions, root, meta);
        return;
    }
    walk_trees(store, functions, root, meta);
    walk_meta(store, functions, meta);
    walk_whole(store, functions, root, meta);
}
