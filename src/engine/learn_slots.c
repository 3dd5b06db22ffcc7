// Slots: the blanks of a draft, and the numbers that are printed in a date with blanks.
#include "engine/learn_parts.h"

#include "base/utf8.h"

// ---- numbers of a date -------------------------------------------------------------------------

static size_t skip_spaces(od_slice text, size_t at) {
    size_t size;
    while (at < text.size && od_is_space(od_utf8_read(text, at, &size))) at += size;
    return at;
}

static size_t skip_spaces_back(od_slice text, size_t at) {
    size_t size;
    while (at > 0 && od_is_space(od_utf8_read_before(text, at, &size))) at -= size;
    return at;
}

static bool is_number_sign(od_slice text, size_t at, size_t size) {
    const od_slice signs = OD_SLICE("〇零一二三四五六七八九十０１２３４５６７８９");
    if (size == 1) return od_is_digit((unsigned char)text.data[at]);
    return od_slice_find(signs, od_slice_cut(text, at, at + size), 0) != SIZE_MAX;
}

static size_t number_end(od_slice text, size_t at) {
    size_t size;
    for (; at < text.size; at += size) {
        od_utf8_read(text, at, &size);
        if (!is_number_sign(text, at, size)) return at;
    }
    return at;
}

static size_t number_start(od_slice text, size_t at) {
    size_t size;
    for (; at > 0; at -= size) {
        od_utf8_read_before(text, at, &size);
        if (!is_number_sign(text, at - size, size)) return at;
    }
    return at;
}

// ---- dates -------------------------------------------------------------------------------------

enum { DATE_PARTS = 3 };

typedef struct finder {
    od_learner *learner;
    size_t leaf_index;
    const od_leaf *leaf;
    size_t next; // first blank of the leaf that is not yet a slot
} finder;

// Returns the blank of the leaf that starts at visible byte `at`, from `next` on; SIZE_MAX for none.
static size_t blank_from(const finder *f, size_t at) {
    for (size_t i = f->next; i < f->leaf->blank_count && i < f->next + DATE_PARTS; i++)
        if (f->leaf->places[i].start == at) return f->leaf->first_blank + i;
    return SIZE_MAX;
}

static bool can_fill(const finder *f, size_t blank) {
    return od_blank_fillable(&f->learner->reading.blanks.items[blank]);
}

// Reads the number or blank of one part of a date at `*at`, and the sign after it.
static bool read_part(const finder *f, od_part part, size_t *at, od_learn_slot *slot) {
    static const char *const SIGNS[] = {
        [OD_PART_YEAR] = "年", [OD_PART_MONTH] = "月", [OD_PART_DAY] = "日"};
    const od_slice text = f->leaf->visible.text, sign = od_slice_of(SIGNS[part]);
    const size_t start = skip_spaces(text, *at), blank = blank_from(f, start);
    if (blank != SIZE_MAX && !can_fill(f, blank)) return false;
    const size_t end = blank == SIZE_MAX ? number_end(text, start)
                                         : f->leaf->places[blank - f->leaf->first_blank].end;
    if (end == start) return false;
    if (part == OD_PART_YEAR && blank == SIZE_MAX &&
        od_utf8_count(od_slice_cut(text, start, end)) != 4)
        return false;
    *slot = (od_learn_slot){
        .leaf = f->leaf_index, .blank = blank, .start = start, .end = end, .part = part};
    *at = skip_spaces(text, end);
    if (!od_slice_starts(od_slice_from(text, *at), sign)) return false;
    *at += sign.size;
    return !od_slice_starts(od_slice_from(text, *at), OD_SLICE("度"));
}

// Returns the name that is the date of `{{date.year}}`, or empty.
static od_slice date_name(const finder *f, const od_learn_slot *slot) {
    static const char *const ENDS[] = {
        [OD_PART_YEAR] = ".year", [OD_PART_MONTH] = ".month", [OD_PART_DAY] = ".day"};
    const od_slice end = od_slice_of(ENDS[slot->part]);
    const od_slice name = f->learner->reading.blanks.items[slot->blank].name;
    if (name.size <= end.size || !od_slice_ends(name, end)) return (od_slice){0};
    return od_slice_cut(name, 0, name.size - end.size);
}

static bool is_named(const finder *f, size_t blank) {
    return f->learner->reading.blanks.items[blank].style == OD_BLANK_NAMED;
}

// Whether the names of the slots, where they have any, are the parts of one date.
static bool names_fit(const finder *f, const od_learn_slot *slots, od_slice *name) {
    *name = (od_slice){0};
    for (size_t i = 0; i < DATE_PARTS; i++) {
        if (slots[i].blank == SIZE_MAX || !is_named(f, slots[i].blank)) continue;
        const od_slice date = date_name(f, &slots[i]);
        if (!date.size || (name->size && !od_slice_equal(date, *name))) return false;
        *name = date;
    }
    return true;
}

// Returns where the date that the blank at `place` belongs to would start: what stands before it is
// walked back over the months and years that are printed.
static size_t date_start(od_slice text, const od_fold_mark *place) {
    size_t at = place->start;
    static const char *const SIGNS[] = {"年", "月"};
    const size_t after = skip_spaces(text, place->end);
    const od_slice rest = od_slice_from(text, after);
    const int parts = od_slice_starts(rest, OD_SLICE("日"))   ? 2
                      : od_slice_starts(rest, OD_SLICE("月")) ? 1
                                                             : 0;
    for (int part = parts; part-- > 0;) {
        const size_t end = skip_spaces_back(text, at);
        const od_slice sign = od_slice_of(SIGNS[part]);
        if (!od_slice_ends(od_slice_cut(text, 0, end), sign)) return place->start;
        at = number_start(text, skip_spaces_back(text, end - sign.size));
    }
    return at;
}

static void add_values(od_learner *l, od_learn_slot *slot) {
    slot->values = od_arena_array(l->arena, od_slice, l->finished_count);
}

static od_learn_fact *add_fact(od_learner *l, od_slice text, od_span range) {
    od_learn_fact *const fact = od_array_push(l->arena, &l->facts);
    *fact = (od_learn_fact){.first = l->slots.count,
                            .before = od_slice_cut(text, 0, range.start),
                            .after = od_slice_from(text, range.end),
                            .values = od_arena_array(l->arena, od_slice, l->finished_count)};
    return fact;
}

static void add_slot(od_learner *l, const od_learn_slot *found) {
    od_learn_slot *const slot = od_array_push(l->arena, &l->slots);
    *slot = *found;
    slot->fact = l->facts.count - 1;
    add_values(l, slot);
    l->facts.items[slot->fact].count++;
}

// Adds the date that the next blank belongs to; false when it belongs to none.
static bool add_date(finder *f) {
    od_learner *const l = f->learner;
    const od_slice text = f->leaf->visible.text;
    size_t at = date_start(text, &f->leaf->places[f->next]);
    const size_t taken = l->slots.count && l->slots.items[l->slots.count - 1].leaf == f->leaf_index
                             ? l->slots.items[l->slots.count - 1].end
                             : 0;
    od_learn_slot slots[DATE_PARTS];
    od_slice name;
    for (size_t i = 0; i < DATE_PARTS; i++)
        if (!read_part(f, (od_part)(OD_PART_YEAR + (int)i), &at, &slots[i])) return false;
    if (slots[0].start < taken || !names_fit(f, slots, &name)) return false;
    od_learn_fact *const fact = add_fact(l, text, (od_span){slots[0].start, at});
    fact->type.type = OD_TYPE_DATE;
    fact->name = name;
    for (size_t i = 0; i < DATE_PARTS; i++) {
        add_slot(l, &slots[i]);
        f->next += slots[i].blank != SIZE_MAX;
    }
    return true;
}

// ---- all ---------------------------------------------------------------------------------------

static void add_blank(finder *f) {
    od_learner *const l = f->learner;
    const od_fold_mark place = f->leaf->places[f->next];
    const size_t index = f->leaf->first_blank + f->next++;
    const od_blank *const blank = &l->reading.blanks.items[index];
    const od_slice text = f->leaf->visible.text;
    const od_learn_slot slot = {.leaf = f->leaf_index,
                                .blank = index,
                                .start = place.start,
                                .end = place.end,
                                .wall = !od_blank_fillable(blank)};
    od_learn_fact *const fact = add_fact(l, text, (od_span){place.start, place.end});
    fact->type.type = od_datum_guess(fact->before, fact->after, &fact->type.unit);
    if (blank->style == OD_BLANK_NAMED) fact->name = blank->name;
    add_slot(l, &slot);
}

// Blanks without text between them are walls: nothing would say where the value of one ends.
static void part_neighbours(od_learner *l) {
    od_arena scratch = {0};
    for (size_t i = 1; i < l->slots.count; i++) {
        od_learn_slot *const a = &l->slots.items[i - 1], *const b = &l->slots.items[i];
        if (a->leaf != b->leaf) continue;
        const od_slice text = l->reading.leaves.items[b->leaf].visible.text;
        if (od_fold(&scratch, od_slice_cut(text, a->end, b->start)).size == 0)
            a->wall = b->wall = true;
        od_arena_free(&scratch);
    }
}

void od_learn_slots(od_learner *l) {
    for (size_t i = 0; i < l->reading.leaves.count; i++) {
        finder f = {.learner = l, .leaf_index = i, .leaf = &l->reading.leaves.items[i]};
        while (f.next < f.leaf->blank_count)
            if (!add_date(&f)) add_blank(&f);
    }
    part_neighbours(l);
}
