#include "profile/phrase.h"

#include "base/utf8.h"

typedef struct phrase_builder {
    od_arena *arena;
    OD_ARRAY(od_slice) literals;
    OD_ARRAY(od_slot) slots;
} phrase_builder;

// Makes a builder for a phrase of at most `slots` slots: a profile has many phrases, and arrays that
// grow would take most of their memory.
static phrase_builder begin(od_arena *arena, size_t slots) {
    phrase_builder b = {.arena = arena};
    b.literals.capacity = slots + 1;
    b.literals.items = od_arena_array(arena, od_slice, slots + 1);
    b.slots.capacity = slots;
    b.slots.items = od_arena_array(arena, od_slot, slots);
    return b;
}

static void add_literal(phrase_builder *b, od_slice text) {
    *od_array_push(b->arena, &b->literals) = od_fold(b->arena, text);
}

static void finish(phrase_builder *b, od_slice text, od_phrase *phrase) {
    *phrase = (od_phrase){.text = text,
                          .literals = b->literals.items,
                          .slots = b->slots.items,
                          .slot_count = b->slots.count};
    for (size_t i = 0; i < b->literals.count; i++)
        phrase->literal_chars += od_utf8_count(b->literals.items[i]);
}

void od_phrase_read_key(od_arena *arena, od_slice text, const od_blank_options *blanks,
                        od_phrase *phrase) {
    od_stretch whole = {0, {0, text.size}, OD_STRETCH_EXACT};
    const od_visible visible = {text, &whole, text.size ? 1 : 0};
    od_blank_list found = {0};
    od_blank_find(arena, &visible, blanks, &found);
    phrase_builder b = begin(arena, found.count);
    size_t done = 0;
    for (size_t i = 0; i < found.count; i++) {
        const od_blank *const blank = &found.items[i];
        add_literal(&b, od_slice_cut(text, done, blank->start));
        *od_array_push(arena, &b.slots) =
            (od_slot){SIZE_MAX, OD_WHOLE, {blank->start, blank->end}};
        done = blank->end;
    }
    add_literal(&b, od_slice_from(text, done));
    finish(&b, text, phrase);
}

static const struct part_name {
    const char *name;
    od_part part;
} PARTS[] = {{"year", OD_PART_YEAR}, {"month", OD_PART_MONTH}, {"day", OD_PART_DAY}};

// A field may itself hold a dot, so the name as a whole is tried first.
bool od_slot_find(od_slice name, od_field_finder *find, const void *context, od_slot *slot) {
    slot->part = OD_WHOLE;
    slot->field = find(context, name);
    if (slot->field != SIZE_MAX) return true;
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        const od_slice part = od_slice_of(PARTS[i].name);
        if (name.size <= part.size || !od_slice_ends(name, part)) continue;
        const size_t dot = name.size - part.size - 1;
        if (name.data[dot] != '.') continue;
        slot->part = PARTS[i].part;
        slot->field = find(context, od_slice_cut(name, 0, dot));
    }
    return slot->field != SIZE_MAX;
}

static bool refuse(od_span *wrong, od_text *why, od_span span, od_text reason) {
    *wrong = span;
    *why = reason;
    return false;
}

static size_t count_byte(od_slice text, char byte) {
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) count += text.data[i] == byte;
    return count;
}

static const od_slice EDGE = {"^", 1};

bool od_phrase_read_binding(od_arena *arena, od_slice text, od_field_finder *find,
                            const void *context, od_phrase *phrase, od_span *wrong, od_text *why) {
    phrase_builder b = begin(arena, count_byte(text, '<'));
    const bool at_start = od_slice_starts(text, EDGE);
    const bool at_end = text.size > EDGE.size && od_slice_ends(text, EDGE);
    const od_slice whole = text;
    size_t done = at_start ? EDGE.size : 0;
    if (at_end) text.size -= EDGE.size;
    for (size_t open; (open = od_slice_find(text, OD_SLICE("<"), done)) != SIZE_MAX;) {
        const size_t close = od_slice_find(text, OD_SLICE(">"), open);
        if (close == SIZE_MAX)
            return refuse(wrong, why, (od_span){open, text.size},
                          OD_SAY("a `<` without its `>`", "“<”没有对应的“>”"));
        od_slot slot = {.span = {open, close + 1}};
        if (!od_slot_find(od_slice_cut(text, open + 1, close), find, context, &slot))
            return refuse(wrong, why, slot.span,
                          OD_SAY("the phrase names a field that the profile does not have",
                                 "短语里的字段在文种文件中没有定义"));
        add_literal(&b, od_slice_cut(text, done, open));
        if (b.slots.count && !b.literals.items[b.slots.count].size)
            return refuse(wrong, why, slot.span,
                          OD_SAY("two slots side by side: nothing says where one ends",
                                 "两个字段紧挨着，无法分清各自的范围"));
        *od_array_push(arena, &b.slots) = slot;
        done = close + 1;
    }
    add_literal(&b, od_slice_from(text, done));
    finish(&b, whole, phrase);
    phrase->at_start = at_start;
    phrase->at_end = at_end;
    const od_span all = {0, whole.size};
    if (!phrase->slot_count)
        return refuse(wrong, why, all,
                      OD_SAY("the phrase has no `<field>`", "短语里没有“<字段>”"));
    if (!phrase->literal_chars)
        return refuse(wrong, why, all,
                      OD_SAY("the phrase has no literal text, so it would fit anywhere",
                             "短语里没有固定文字，会到处匹配"));
    return true;
}

bool od_phrase_is_open_before(const od_phrase *phrase) {
    return !phrase->literals[0].size && !phrase->at_start;
}

bool od_phrase_is_open_after(const od_phrase *phrase) {
    return !phrase->literals[phrase->slot_count].size && !phrase->at_end;
}

size_t od_phrase_letters(const od_phrase *phrase) {
    size_t count = 0, size;
    for (size_t i = 0; i <= phrase->slot_count; i++)
        for (size_t at = 0; at < phrase->literals[i].size; at += size)
            count += od_is_alphanumeric(od_utf8_read(phrase->literals[i], at, &size));
    return count;
}
