#include "lua/store.h"

#include "base/utf8.h"

enum {
    FIRST_CHUNK = 384, // an inline with two or three children
    LARGEST_CHUNK = 64 * 1024,
    ALIGNMENT = _Alignof(max_align_t),
};

// A chunk's first user value is the chunk before it, its second what its nodes depend on.
static void add_chunk(od_store *store, size_t size) {
    lua_State *const L = store->L;
    const bool first = store->chunk == 0;
    size_t wanted = first ? FIRST_CHUNK : store->chunk;
    if (wanted < size) wanted = size;
    luaL_checkstack(L, 4, NULL);
    store->cursor = lua_newuserdatauv(L, wanted, 2);
    store->limit = store->cursor + wanted;
    store->chunk = wanted * 4 > LARGEST_CHUNK ? LARGEST_CHUNK : wanted * 4;
    if (first) {
        lua_pushvalue(L, store->keeper);
        lua_setiuservalue(L, -2, 2);
        lua_replace(L, store->keeper);
        return;
    }
    lua_getiuservalue(L, store->keeper, 1);
    lua_setiuservalue(L, -2, 1);
    lua_setiuservalue(L, store->keeper, 1);
}

void *od_store_alloc(od_store *store, size_t size) {
    if (store->arena) return od_arena_alloc(store->arena, size);
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if ((size_t)(store->limit - store->cursor) < size) add_chunk(store, size);
    void *const memory = store->cursor;
    store->cursor += size;
    return memset(memory, 0, size);
}

static od_slice copy_bytes(od_store *store, od_slice text) {
    char *const bytes = od_store_alloc(store, text.size + 1);
    if (text.size) memcpy(bytes, text.data, text.size);
    return (od_slice){bytes, text.size};
}

od_slice od_store_text(od_store *store, od_slice text) {
    if (od_utf8_find_invalid(text) == SIZE_MAX) return copy_bytes(store, text);
    char *const bytes = od_store_alloc(store, text.size * 3 + 1);
    size_t end = 0, size;
    for (size_t at = 0; at < text.size; at += size) {
        const uint32_t code = od_utf8_read(text, at, &size);
        if (code == OD_NOT_UTF8) {
            end += od_utf8_write(0xFFFD, bytes + end);
        } else {
            memcpy(bytes + end, text.data + at, size);
            end += size;
        }
    }
    return (od_slice){bytes, end};
}

const od_attr *od_store_attr(od_store *store, const od_attr *attr) {
    if (!attr) return NULL;
    od_attr *const copy = od_store_alloc(store, sizeof *copy);
    *copy = *attr;
    copy->identifier = copy_bytes(store, attr->identifier);
    od_slice *const classes = od_store_alloc(store, attr->class_count * sizeof *classes);
    for (size_t i = 0; i < attr->class_count; i++)
        classes[i] = copy_bytes(store, attr->classes[i]);
    od_pair *const pairs = od_store_alloc(store, attr->attribute_count * sizeof *pairs);
    for (size_t i = 0; i < attr->attribute_count; i++)
        pairs[i] = (od_pair){copy_bytes(store, attr->attributes[i].key),
                             copy_bytes(store, attr->attributes[i].value)};
    copy->classes = classes;
    copy->attributes = pairs;
    return copy;
}

static void copy_link(od_store *store, od_node *node) {
    od_link *const link = od_store_alloc(store, sizeof *link);
    link->target = copy_bytes(store, node->link->target);
    link->title = copy_bytes(store, node->link->title);
    link->attr = od_store_attr(store, node->link->attr);
    node->link = link;
}

static void copy_table(od_store *store, od_node *node) {
    od_table *const table = od_store_alloc(store, sizeof *table);
    *table = *node->table;
    od_column *const columns = od_store_alloc(store, table->column_count * sizeof *columns);
    if (table->column_count) memcpy(columns, table->columns, table->column_count * sizeof *columns);
    table->columns = columns;
    table->attr = od_store_attr(store, table->attr);
    node->table = table;
}

// Copies what `node` points at, apart from its children.
static void copy_payload(od_store *store, od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_CODE:
    case OD_CODE_BLOCK:
        node->leaf.attr = od_store_attr(store, node->leaf.attr);
        node->leaf.text = copy_bytes(store, node->leaf.text);
        break;
    case OD_RAW_INLINE:
    case OD_RAW_BLOCK:
        node->leaf.format = copy_bytes(store, od_slice_of(node->leaf.format)).data;
        node->leaf.text = copy_bytes(store, node->leaf.text);
        break;
    case OD_TEXT:
    case OD_MATH:
    case OD_META_ENTRY:
    case OD_META_STRING: node->leaf.text = copy_bytes(store, node->leaf.text); break;
    case OD_HEADING: node->heading.attr = od_store_attr(store, node->heading.attr); break;
    case OD_CELL: node->cell.attr = od_store_attr(store, node->cell.attr); break;
    case OD_TABLE_BODY: node->body.attr = od_store_attr(store, node->body.attr); break;
    case OD_DIV:
    case OD_SPAN:
    case OD_FIGURE:
    case OD_ROW:
    case OD_TABLE_HEAD:
    case OD_TABLE_FOOT: node->attr = od_store_attr(store, node->attr); break;
    case OD_LINK:
    case OD_IMAGE: copy_link(store, node); break;
    case OD_TABLE: copy_table(store, node); break;
    case OD_CITATION: {
        od_citation *const citation = od_store_alloc(store, sizeof *citation);
        *citation = *node->citation;
        citation->id = copy_bytes(store, citation->id);
        node->citation = citation;
        break;
    }
    default: break;
    }
}

od_node *od_store_node(od_store *store, od_node_type type) {
    od_node *const node = od_store_alloc(store, sizeof *node);
    node->type = (uint8_t)type;
    node->flags = store->arena ? OD_FRESH : OD_BORROWED;
    node->span = OD_NO_SPAN;
    return node;
}

// Copies a node and its payload; the children are still those of `node`.
static od_node *copy_one(od_store *store, const od_node *node) {
    od_node *const copy = od_store_alloc(store, sizeof *copy);
    *copy = *node;
    copy->parent = copy->next = NULL;
    copy->flags &= (uint8_t)~(OD_BORROWED | OD_FRESH);
    if (store->arena) copy->flags |= OD_FRESH;
    if (node->flags & OD_BORROWED) {
        copy_payload(store, copy);
        if (!store->arena) copy->flags |= OD_BORROWED;
    }
    return copy;
}

od_node *od_store_header(od_store *store, const od_node *node) {
    od_node *const header = copy_one(store, node);
    header->first = header->last = NULL;
    if (!store->arena) header->flags |= OD_BORROWED;
    return header;
}

void od_store_link(od_node *parent, od_node *child) {
    if (parent->last) parent->last->next = child;
    else parent->first = child;
    parent->last = child;
}

od_node *od_store_copy(od_store *store, const od_node *node) {
    od_node *const top = copy_one(store, node);
    if (!(node->flags & OD_BORROWED) || !node->first) return top;
    od_frames frames = od_frames_begin(od_host_of(store->L));
    od_frame *frame = od_frames_push(&frames);
    frame->copy = top;
    frame->child = node->first;
    top->first = top->last = NULL;
    while (frames.depth) {
        frame = od_frames_top(&frames);
        const od_node *const child = frame->child;
        if (!child) {
            od_frames_pop(&frames);
            continue;
        }
        frame->child = child->next;
        od_node *const copy = copy_one(store, child);
        od_store_link(frame->copy, copy);
        if (!(child->flags & OD_BORROWED) || !child->first) continue;
        copy->first = copy->last = NULL;
        frame = od_frames_push(&frames);
        frame->copy = copy;
        frame->child = child->first;
    }
    return top;
}

// Whether a node is a piece of a text run: its bytes are those of its span.
static bool is_exact(const od_node *node) {
    enum { OWN = OD_DECODED | OD_VERBATIM | OD_BORROWED };
    return (node->type == OD_TEXT || node->type == OD_SPACE || node->type == OD_SOFT_BREAK) &&
           !(node->flags & OWN) && node->leaf.text.size &&
           (node->span.start == SIZE_MAX ||
            node->leaf.text.size == node->span.end - node->span.start);
}

// Makes `node` and the piece after it one run when they lie side by side in the source.
static bool join(od_node *node, const od_node *piece) {
    if (!node || !is_exact(node) || !is_exact(piece)) return false;
    if (node->span.end != piece->span.start) return false; // both may be OD_NO_SPAN
    if (node->leaf.text.data + node->leaf.text.size != piece->leaf.text.data) return false;
    if ((node->flags ^ piece->flags) & OD_OPAQUE) return false;
    node->type = OD_TEXT;
    node->span.end = piece->span.end;
    node->leaf.text.size += piece->leaf.text.size;
    return true;
}

// Makes `text` the end of the run of changed words, where `piece` stood behind it in the source. A
// word and another, or white space and other, would become one.
static bool extend_run(od_store *store, const od_node *parent, const od_node *piece,
                       od_slice text) {
    od_node *const run = store->run;
    if (!run || parent->last != run || run->flags & OD_VERBATIM) return false;
    if (run->span.end != piece->span.start) return false;
    if ((size_t)(store->run_limit - store->run_end) < text.size) return false;
    if (od_separates(store->run_end[-1]) == od_separates(text.data[0])) return false;
    store->run_end = (char *)memcpy(store->run_end, text.data, text.size) + text.size;
    run->leaf.text.size += text.size;
    run->span.end = piece->span.end;
    return true;
}

void od_store_append(od_store *store, od_node *parent, const od_node *child) {
    if (join(parent->last, child)) return;
    if (store->run && is_exact(child) && !(child->flags & OD_OPAQUE) &&
        extend_run(store, parent, child, child->leaf.text))
        return;
    od_store_link(parent, od_store_copy(store, child));
}

// Whether a node and its neighbours may become one when they are read.
static bool is_loose(const od_node *node) {
    return node->type >= OD_TEXT && node->type <= OD_LINE_BREAK && !(node->flags & OD_VERBATIM);
}

void od_store_append_inline(od_store *store, od_node *parent, const od_node *child) {
    const od_node *const last = parent->last;
    const bool loose = last && is_loose(last) && is_loose(child);
    od_store_append(store, parent, child);
    if (loose && parent->last != last) parent->last->flags |= OD_VERBATIM;
}

// Whether `text`, put in the place of `piece`, is a word of a run whose places can be told by
// offsets.
static bool suits_run(const od_node *piece, od_slice text) {
    enum { OTHER = OD_DECODED | OD_VERBATIM | OD_BORROWED | OD_OPAQUE };
    if (piece->flags & OTHER || !text.size) return false;
    if (piece->span.start != SIZE_MAX && piece->span.end - piece->span.start != text.size)
        return false;
    od_word_kind kind;
    od_slice word;
    od_words(&text, &kind, &word);
    return kind == OD_WORD && !text.size && od_utf8_find_invalid(word) == SIZE_MAX;
}

// Whether a word at the front of a run would not be joined to what is before it.
static bool may_begin_run(const od_node *before) {
    if (!before || !is_loose(before) || before->type != OD_TEXT) return true;
    const od_slice text = before->leaf.text;
    return !(before->flags & OD_DECODED) && text.size && od_separates(text.data[text.size - 1]);
}

// Begins a run; false when it would need too much room.
static bool begin_run(od_store *store, od_node *parent, const od_node *piece, od_slice text) {
    enum { ROOM = 4096 };
    if ((size_t)(store->run_limit - store->run_end) <= text.size) {
        if (text.size > ROOM / 4) return false;
        store->run_end = od_store_alloc(store, ROOM);
        store->run_limit = store->run_end + ROOM;
    }
    od_node *const run = store->run = od_store_node(store, OD_TEXT);
    // Runs do not touch, so that none is taken for the end of another.
    store->run_end++;
    run->leaf.text = (od_slice){memcpy(store->run_end, text.data, text.size), text.size};
    store->run_end += text.size;
    run->span = piece->span;
    od_store_link(parent, run);
    return true;
}

void od_store_append_word(od_store *store, od_node *parent, const od_node *piece, od_slice text) {
    if (store->arena && suits_run(piece, text)) {
        if (extend_run(store, parent, piece, text)) return;
        if (may_begin_run(parent->last) && begin_run(store, parent, piece, text)) return;
    }
    od_node *const node = od_store_node(store, OD_TEXT);
    node->flags |= OD_VERBATIM;
    node->span = piece->span;
    node->leaf.text = od_store_text(store, text);
    od_store_link(parent, node);
}

void od_store_append_all(od_store *store, od_node *parent, const od_node *first,
                         const od_node *end) {
    for (const od_node *node = first; node && node != end; node = node->next)
        od_store_append(store, parent, node);
}

// ---- the result ---------------------------------------------------------------------------------

// Whether a list of nodes was made for this place and may be linked as it is.
static bool own_list(const od_node *first) {
    for (const od_node *node = first; node; node = node->next)
        if (!(node->flags & OD_FRESH)) return false;
    return true;
}

static void settle_children(od_arena *arena, od_node *parent) {
    const od_node *child = parent->first;
    if (own_list(child)) {
        for (od_node *node = parent->first; node; node = node->next) {
            node->flags &= (uint8_t)~OD_FRESH;
            node->parent = parent;
        }
        return;
    }
    parent->first = parent->last = NULL;
    for (; child; child = child->next) {
        od_node *const copy = od_arena_new(arena, od_node);
        *copy = *child;
        copy->flags &= (uint8_t)~OD_FRESH;
        copy->parent = parent;
        copy->next = NULL;
        od_store_link(parent, copy);
    }
}

od_node *od_store_settle(od_arena *arena, const od_node *root) {
    od_node *const top = od_arena_new(arena, od_node);
    *top = *root;
    top->flags &= (uint8_t)~OD_FRESH;
    top->parent = top->next = NULL;
    for (od_node *node = top; node; node = od_node_next(top, node, false))
        settle_children(arena, node);
    return top;
}
