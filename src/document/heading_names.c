#include "document/heading_names.h"

#include "base/buf.h"
#include "base/utf8.h"

static void add_character(od_buf *out, uint32_t code, bool gfm) {
    char bytes[4];
    if (code == OD_NOT_UTF8) return;
    const bool white = od_is_space(code);
    if (white && (gfm || out->size == 0 || out->data[out->size - 1] != ' '))
        od_buf_byte(out, gfm ? '-' : ' ');
    const bool mark = code == '_' || code == '-' || (code == '.' && !gfm);
    if (white || (!mark && !od_is_alphanumeric(code))) return;
    od_buf_add(out, (od_slice){bytes, od_utf8_write(od_lower_case(code), bytes)});
}

static void add_text(od_buf *out, od_slice text, bool gfm) {
    size_t size;
    for (size_t i = 0; i < text.size; i += size)
        add_character(out, od_utf8_read(text, i, &size), gfm);
}

// Appends what identifies a heading, its letters in lower case.
static void spell(od_buf *out, const od_node *leaf, bool gfm) {
    out->size = 0;
    for (const od_node *n = od_node_next(leaf, leaf, false); n;
         n = od_node_next(leaf, n, n->type == OD_NOTE || n->type == OD_CITATION)) {
        if (n->type == OD_TEXT || n->type == OD_CODE || n->type == OD_MATH)
            add_text(out, n->leaf.text, gfm);
        if (n->type == OD_LINE_BREAK || n->type == OD_SPACE) add_character(out, ' ', gfm);
    }
}

// pandoc's auto_identifiers: nothing before the first letter, words with hyphens between them.
static od_slice shape(od_arena *arena, od_slice text) {
    size_t start = 0, size;
    for (; start < text.size; start += size) {
        const uint32_t code = od_utf8_read(text, start, &size);
        if (code == OD_NOT_UTF8 || od_is_digit(code)) continue;
        if (od_is_alphanumeric(code)) break;
    }
    const od_slice words = od_slice_trim(od_slice_from(text, start));
    od_buf out = {0};
    for (size_t i = 0; i < words.size; i++)
        od_buf_byte(&out, words.data[i] == ' ' ? '-' : words.data[i]);
    const od_slice made = od_arena_copy(arena, od_buf_slice(&out));
    od_buf_free(&out);
    return made.size ? made : OD_SLICE("section");
}

static size_t hash(od_slice name) {
    size_t value = 5381;
    for (size_t i = 0; i < name.size; i++) value = value * 33 ^ (unsigned char)name.data[i];
    return value;
}

static size_t slot(const od_ids *set, od_slice name) {
    size_t at = hash(name) & (set->capacity - 1);
    while (set->items[at].name.data && !od_slice_equal(set->items[at].name, name))
        at = (at + 1) & (set->capacity - 1);
    return at;
}

// Returns whether `name` was new.
static bool put_id(od_ids *set, od_slice name) {
    if (!name.data) name = OD_SLICE("");
    if (2 * set->count >= set->capacity) {
        const od_ids old = *set;
        set->capacity = old.capacity ? 2 * old.capacity : 64;
        set->items = od_arena_array(set->arena, od_id, set->capacity);
        for (size_t i = 0; i < old.capacity; i++)
            if (old.items[i].name.data) set->items[slot(set, old.items[i].name)] = old.items[i];
    }
    const size_t at = slot(set, name);
    if (set->items[at].name.data) return false;
    set->items[at].name = name;
    set->items[at].next = 1;
    set->count++;
    return true;
}

static od_slice unique(od_ids *set, od_arena *arena, od_slice name) {
    if (put_id(set, name)) return name;
    for (;;) {
        const size_t number = set->items[slot(set, name)].next++;
        const od_slice made =
            od_arena_concat(arena, name, OD_SLICE("-"), od_arena_number(arena, number));
        if (put_id(set, made)) return made;
    }
}

static void set_identifier(od_arena *arena, od_node *node, od_slice identifier) {
    od_attr *const attr = od_arena_new(arena, od_attr);
    if (node->heading.attr) *attr = *node->heading.attr;
    attr->identifier = identifier;
    node->heading.attr = attr;
}

void od_name_heading(od_ids *ids, od_arena *arena, od_node *heading, bool named, bool gfm) {
    if (heading->heading.attr && heading->heading.attr->identifier.size) {
        put_id(ids, heading->heading.attr->identifier);
        return;
    }
    if (!named) return;
    od_buf text = {0};
    spell(&text, heading, gfm);
    const od_slice plain = od_buf_slice(&text);
    const od_slice name = gfm ? od_arena_copy(arena, plain) : shape(arena, plain);
    set_identifier(arena, heading, unique(ids, arena, name));
    od_buf_free(&text);
}
