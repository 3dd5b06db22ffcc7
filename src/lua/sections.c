#include "lua/sections.h"

#include <stdio.h>

enum { LEVELS = 64 }; // numbers of headings at a greater depth are not told apart

typedef struct sectioner {
    od_store *store;
    od_frames frames;
    bool numbered;
    int64_t shift; // added to the level of each heading
    int64_t above; // levels above that of the highest heading
    int64_t numbers[LEVELS];
    size_t depth; // how many numbers there are
} sectioner;

// A frame is a list of blocks: node is its first child still to come, `pending` where it ends,
// `copy` what it is added to.
static void enter(sectioner *s, od_node *parent, const od_node *first, const od_node *end) {
    od_frame *const frame = od_frames_push(&s->frames);
    frame->copy = parent;
    frame->child = first;
    frame->pending = end;
}

static bool has_class(const od_attr *attr, const char *name) {
    for (size_t i = 0; attr && i < attr->class_count; i++)
        if (od_slice_is(attr->classes[i], name)) return true;
    return false;
}

// Takes the next number of a heading of `level`; false when it gets none.
static bool count(sectioner *s, const od_attr *attr, int64_t level) {
    if (level <= 0 || level > LEVELS || has_class(attr, "unnumbered")) return false;
    const size_t l = (size_t)level;
    if (s->depth >= l) {
        s->depth = l;
        s->numbers[l - 1]++;
        return true;
    }
    while (s->depth + 1 < l) s->numbers[s->depth++] = 0;
    s->numbers[s->depth++] = 1;
    return true;
}

static od_slice number_text(sectioner *s) {
    char text[LEVELS * 8];
    size_t size = 0;
    for (size_t i = 0; i < s->depth && size + 24 < sizeof text; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, i ? ".%lld" : "%lld",
                                 (long long)s->numbers[i]);
    return od_store_text(s->store, (od_slice){text, size});
}

static bool has_number(const od_attr *attr) {
    for (size_t i = 0; i < attr->attribute_count; i++)
        if (od_slice_is(attr->attributes[i].key, "number")) return true;
    return false;
}

// Returns the attr of a section: that of its heading with the class `section` and the number.
static od_attr *section_attr(sectioner *s, const od_attr *attr, bool counted) {
    static const od_attr EMPTY;
    if (!attr) attr = &EMPTY;
    od_attr *const made = od_store_alloc(s->store, sizeof *made);
    *made = *attr;
    od_slice *const classes =
        od_store_alloc(s->store, (attr->class_count + 1) * sizeof *classes);
    classes[0] = od_store_text(s->store, OD_SLICE("section"));
    for (size_t i = 0; i < attr->class_count; i++) classes[i + 1] = attr->classes[i];
    made->classes = classes;
    made->class_count++;
    if (!counted || !s->numbered || has_number(attr)) return made;
    od_pair *const pairs = od_store_alloc(s->store, (attr->attribute_count + 1) * sizeof *pairs);
    pairs[0] = (od_pair){od_store_text(s->store, OD_SLICE("number")), number_text(s)};
    for (size_t i = 0; i < attr->attribute_count; i++) pairs[i + 1] = attr->attributes[i];
    made->attributes = pairs;
    made->attribute_count++;
    return made;
}

// The blocks up to the next heading of this level or above belong to the section.
static const od_node *section_end(const od_node *heading, const od_node *end) {
    const od_node *node = heading->next;
    while (node && node != end) {
        const od_node *h = node;
        if (h->type == OD_DIV && h->first && h->first->type == OD_HEADING) h = h->first;
        if (h->type == OD_HEADING && h->heading.level <= heading->heading.level) break;
        node = node->next;
    }
    return node;
}

static bool have_different_names(const od_attr *a, const od_attr *b) {
    return a && b && a->identifier.size && b->identifier.size &&
           !od_slice_equal(a->identifier, b->identifier);
}

// A Div that begins with a heading, all others in it being deeper, is the section of that heading.
static bool is_section(const od_node *div) {
    const od_node *const heading = div->first;
    if (!heading || heading->type != OD_HEADING) return false;
    if (have_different_names(div->attr, heading->heading.attr)) return false;
    if (has_class(div->attr, "column") || has_class(div->attr, "columns") ||
        has_class(div->attr, "fragment"))
        return false;
    for (const od_node *node = heading->next; node; node = node->next)
        if (node->type == OD_HEADING && node->heading.level <= heading->heading.level) return false;
    return true;
}

// Adds `class` unless it is there.
static void add_class(od_attr *attr, od_slice *classes, od_slice class) {
    for (size_t i = 0; i < attr->class_count; i++)
        if (od_slice_equal(classes[i], class)) return;
    classes[attr->class_count++] = class;
}

static bool has_key(const od_pair *pairs, const od_pair *end, od_slice key) {
    for (; pairs < end; pairs++)
        if (od_slice_equal(pairs->key, key)) return true;
    return false;
}

// Adds to `attr` what the Div that becomes a section had: its identifier, the classes after, the
// attributes before the heading's own; of equal keys the last one counts.
static void combine(sectioner *s, od_attr *attr, const od_attr *div) {
    static const od_attr EMPTY;
    if (!div) div = &EMPTY;
    if (!attr->identifier.size) attr->identifier = div->identifier;
    const od_slice *const own = attr->classes;
    const size_t own_count = attr->class_count;
    od_slice *const classes =
        od_store_alloc(s->store, (own_count + div->class_count + 1) * sizeof *classes);
    attr->classes = classes;
    attr->class_count = 0;
    for (size_t i = 0; i < own_count; i++) add_class(attr, classes, own[i]);
    for (size_t i = 0; i < div->class_count; i++) add_class(attr, classes, div->classes[i]);
    const size_t room = attr->attribute_count + div->attribute_count;
    od_pair *const pairs = od_store_alloc(s->store, (room + 1) * sizeof *pairs);
    od_pair *const end = pairs + room;
    od_pair *first = end - attr->attribute_count;
    for (size_t i = 0; i < attr->attribute_count; i++) first[i] = attr->attributes[i];
    for (size_t i = div->attribute_count; i-- > 0;)
        if (!has_key(first, end, div->attributes[i].key)) *--first = div->attributes[i];
    attr->attributes = first;
    attr->attribute_count = (size_t)(end - first);
}

static void add_section(sectioner *s, od_node *parent, const od_node *heading, const od_node *end,
                        const od_node *div) {
    const int64_t level = heading->heading.level + s->shift;
    const od_attr *const given = od_store_attr(s->store, heading->heading.attr);
    const bool counted = count(s, given, level - s->above);
    od_node *const section = od_store_node(s->store, OD_DIV);
    od_store_link(parent, section);
    od_attr *const attr = section_attr(s, given, counted);
    section->attr = attr;
    od_node *const copy = od_store_copy(s->store, heading);
    od_attr *const own = od_store_alloc(s->store, sizeof *own);
    *own = *attr;
    own->identifier = (od_slice){NULL, 0};
    own->classes = attr->classes + 1;
    own->class_count--;
    copy->heading.attr = own;
    copy->heading.level = (int)level;
    copy->flags |= section->flags & OD_BORROWED;
    if (copy->flags & OD_BORROWED && copy->first && !(heading->flags & OD_BORROWED)) {
        copy->first = copy->last = NULL;
        od_store_append_all(s->store, copy, heading->first, NULL);
    }
    od_store_link(section, copy);
    if (div) combine(s, attr, od_store_attr(s->store, div->attr));
    enter(s, section, heading->next, end);
}

static void step(sectioner *s) {
    od_frame *const frame = od_frames_top(&s->frames);
    const od_node *const node = frame->child, *const end = frame->pending;
    if (!node || node == end) {
        od_frames_pop(&s->frames);
        return;
    }
    od_node *const parent = frame->copy;
    if (node->type == OD_HEADING) {
        const od_node *const rest = section_end(node, end);
        frame->child = rest ? rest : end;
        add_section(s, parent, node, rest, NULL);
        return;
    }
    frame->child = node->next;
    if (node->type != OD_DIV) {
        od_store_append(s->store, parent, node);
    } else if (is_section(node)) {
        add_section(s, parent, node->first, NULL, node);
    } else {
        od_node *const div = od_store_header(s->store, node);
        od_store_link(parent, div);
        enter(s, div, node->first, NULL);
    }
}

// The level of the highest heading, wherever it stands; 1 when there is none.
static int64_t highest(od_host *host, const od_node *first) {
    int64_t level = INT64_MAX;
    for (const od_node *block = first; block; block = block->next) {
        od_visit visit = od_visit_begin(host, block);
        while (od_visit_next(&visit, false)) {
            const od_node *const node = visit.at;
            if (node->type == OD_HEADING && node->heading.level < level)
                level = node->heading.level;
        }
    }
    return level == INT64_MAX ? 1 : level;
}

void od_make_sections(od_store *store, od_node *parent, const od_node *first, bool numbered,
                      int64_t base) {
    od_host *const host = od_host_of(store->L);
    const int64_t level = highest(host, first);
    if (base == OD_NO_BASE_LEVEL) base = level;
    sectioner s = {.store = store, .frames = od_frames_begin(host), .numbered = numbered,
                   .shift = base - level, .above = base - 1};
    enter(&s, parent, first, NULL);
    while (s.frames.depth) step(&s);
}
