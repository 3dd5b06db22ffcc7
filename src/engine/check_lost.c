// value-lost: a value that the data puts into the draft, and that nobody will read back from there.
//
// A text is read up to the words of its phrase that follow it. One that ends a sentence, holds those
// words itself, or is too long, is cut short or not found. Whether it is so is tried out: the filled
// text around the blank is matched with the one phrase, by the engine that extract reads with.
#include "engine/check.h"

typedef enum outcome {
    FOUND,
    MISSED,
    CUT_SHORT, // something else is read there
} outcome;

typedef struct trial {
    const od_check_context *context;
    od_arena arena; // of one place
} trial;

// ---- the filled text ---------------------------------------------------------------------------

// The folded text around a place, with what the data fills in.
typedef struct filled {
    od_slice text;
    size_t start, end; // of the value
    const size_t *marks; // of blanks that are left
    size_t mark_count;
} filled;

enum { AROUND = 1024 }; // bytes on each side: a phrase and its values are shorter

static size_t cut_before(od_slice text, size_t at) {
    size_t start = at > AROUND ? at - AROUND : 0;
    while (start < at && ((unsigned char)text.data[start] & 0xC0) == 0x80) start++;
    return start;
}

static size_t cut_after(od_slice text, size_t at) {
    size_t end = text.size - at > AROUND ? at + AROUND : text.size;
    while (end < text.size && ((unsigned char)text.data[end] & 0xC0) == 0x80) end++;
    return end;
}

static od_slice text_of_blank(trial *t, size_t blank) {
    static const char MARK[] = {OD_BLANK_MARK};
    const od_assignment *const given = &t->context->plan->blanks[blank];
    return given->fate == OD_FATE_FILL ? od_fold(&t->arena, given->text) : (od_slice){MARK, 1};
}

// Returns the index of the first blank of a leaf that does not stand before the folded byte `at`.
static size_t first_blank(const od_leaf *leaf, size_t at) {
    size_t low = 0, high = leaf->blank_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (leaf->marks[middle] < at) low = middle + 1;
        else high = middle;
    }
    return low;
}

static void fill_around(trial *t, const od_place *place, filled *f) {
    const od_leaf *const leaf = &t->context->reading->leaves.items[place->leaf];
    const od_slice text = leaf->folded.text;
    const size_t from = cut_before(text, place->start), to = cut_after(text, place->end);
    const size_t first = first_blank(leaf, from), end = first_blank(leaf, to);
    od_slice *const parts = od_arena_array(&t->arena, od_slice, (end - first) * 2 + 1);
    size_t *const marks = od_arena_array(&t->arena, size_t, end - first + 1);
    size_t count = 0, size = 0, at = from;
    *f = (filled){.marks = marks};
    for (size_t i = first; i < end; i++) {
        const od_slice value = text_of_blank(t, leaf->first_blank + i);
        parts[count++] = od_slice_cut(text, at, leaf->marks[i]);
        parts[count++] = value;
        at = leaf->marks[i] + 1;
        size += parts[count - 2].size + value.size;
        if (leaf->first_blank + i == place->blank) f->start = size - value.size, f->end = size;
        if (value.size == 1 && value.data[0] == OD_BLANK_MARK) marks[f->mark_count++] = size - 1;
    }
    parts[count++] = od_slice_cut(text, at, to);
    f->text = od_arena_join(&t->arena, parts, count);
}

// ---- one place ---------------------------------------------------------------------------------

static bool holds(od_slice text, od_slice word) {
    return word.size && od_slice_find(text, word, 0) != SIZE_MAX;
}

// Whether it is worth a trial: nearly all values are not.
static bool is_doubtful(trial *t, const od_hold *hold) {
    const od_place *const place = hold->place;
    const od_phrase *const phrase = &place->binding->phrase;
    const od_slice value = od_fold(&t->arena, hold->raw), next = phrase->literals[place->slot + 1];
    const od_slice both = od_arena_concat(&t->arena, value, next);
    return od_match_is_risky(value) || holds(value, phrase->literals[place->slot]) ||
           (next.size && od_slice_find(both, next, 0) < value.size);
}

static outcome match_filled(trial *t, const od_place *place, const filled *f) {
    const od_reading *const reading = t->context->reading;
    od_leaf leaf = reading->leaves.items[place->leaf];
    leaf.folded = (od_folded){.text = f->text};
    leaf.marks = f->marks;
    leaf.blank_count = f->mark_count;
    od_reading only = *reading;
    only.leaves.items = &leaf;
    only.leaves.count = 1;
    od_wanted wanted = od_bind_want(&t->arena, reading->profile, place->binding);
    wanted.scope = NULL; // the blank was found in it
    od_match_list matches = {0};
    od_matcher_run(od_matcher_new(&t->arena, &wanted, 1), &t->arena, &only, &matches);
    bool overlaps = false;
    for (size_t i = 0; i < matches.count; i++) {
        const od_slot_match *const slot = &matches.items[i].slots[place->slot];
        if (slot->start == f->start && slot->end == f->end) return FOUND;
        overlaps = overlaps || (slot->start < f->end && slot->end > f->start);
    }
    return overlaps ? CUT_SHORT : MISSED;
}

// Whether nothing of the phrase says where a text at this place starts or ends.
static bool is_open(const od_place *place) {
    const od_phrase *const phrase = &place->binding->phrase;
    return (place->slot == 0 && od_phrase_is_open_before(phrase)) ||
           (place->slot + 1 == phrase->slot_count && od_phrase_is_open_after(phrase));
}

// What is read at an open edge has to be confirmed by another place, so it neither helps nor harms.
static outcome try_place(trial *t, const od_hold *hold) {
    if (!hold->planned) return hold->kind == OD_HOLDS_VALUE ? FOUND : MISSED;
    if (!hold->place->binding) return MISSED;
    if (!is_doubtful(t, hold)) {
        const bool starts_open =
            hold->place->slot == 0 && od_phrase_is_open_before(&hold->place->binding->phrase);
        return starts_open ? MISSED : FOUND;
    }
    filled f;
    fill_around(t, hold->place, &f);
    const outcome found = match_filled(t, hold->place, &f);
    return found == CUT_SHORT && is_open(hold->place) ? MISSED : found;
}

// ---- one field ---------------------------------------------------------------------------------

// Returns the first planned place whose value will not be read back, when that leaves the field without
// its value or with another one; NULL when all is well.
static const od_hold *find_lost(trial *t, const od_field_value *value) {
    const od_hold *missed = NULL;
    bool found = false;
    for (size_t i = 0; i < value->hold_count; i++) {
        const od_hold *const hold = &value->holds[i];
        const bool bound = hold->planned && hold->place->binding;
        const outcome result = try_place(t, hold);
        od_arena_free(&t->arena);
        if (result == CUT_SHORT) return hold;
        found = found || result == FOUND;
        if (bound && result == MISSED && !missed) missed = hold;
    }
    return found ? NULL : missed;
}

static void report(const od_check_context *context, const od_hold *hold) {
    const od_field_rule *const field = &context->reading->profile->fields[hold->field];
    const od_assignment *const given = &context->plan->blanks[hold->place->blank];
    const od_value *const value = context->values_given && context->values_given[hold->field]
                                      ? context->values_given[hold->field]
                                      : &given->entry->value;
    od_diagnostic *const d = od_diagnose(
        context->found, OD_RULE_VALUE_LOST, value->source, value->span,
        od_say(context->found,
               OD_SAY("{1}: once filled in, “{2}” will not be read back as it is by the phrase “{3}”",
                      "{1}：填入以后，按短语“{3}”读不回“{2}”"),
               field->label.size ? field->label : field->id, od_hold_text(hold),
               hold->place->binding->phrase.text));
    od_diagnostic_relate(context->found, d, hold->place->binding->source,
                         hold->place->binding->span,
                         od_say(context->found, OD_SAY("the profile's phrase", "文种文件里的短语")));
}

void od_check_lost(od_check_context *context) {
    const od_profile *const profile = context->reading->profile;
    const od_field_value *const values = context->plan->values.fields;
    trial t = {.context = context};
    for (size_t i = 0; values && i < profile->field_count; i++) {
        if (!od_field_type_is_text(profile->fields[i].type.type)) continue;
        const od_hold *const lost = find_lost(&t, &values[i]);
        if (lost) report(context, lost);
    }
}
