#include "engine/values.h"

#include "base/utf8.h"
#include "data/moment.h"

typedef struct gatherer {
    const od_reading *reading;
    const od_places *places;
    const od_supply *supply;
    od_language language;
    OD_ARRAY(od_hold) holds; // the front matter's first, then in the order of the text
} gatherer;

// ---- what one place holds ----------------------------------------------------------------------

// Whether no words of the phrase stand before the place, so that a text there is read from the start
// of its clause.
static bool is_open_before(const od_place *place) {
    return place->binding && place->slot == 0 && od_phrase_is_open_before(&place->binding->phrase);
}

// The same for what stands after it.
static bool is_open_after(const od_place *place) {
    if (!place->binding) return false;
    const od_phrase *const phrase = &place->binding->phrase;
    return place->slot + 1 == phrase->slot_count && od_phrase_is_open_after(phrase);
}

static void read_hold(const gatherer *g, const od_datum_type *type, od_hold *hold) {
    od_arena *const arena = g->reading->arena;
    hold->kind = OD_HOLDS_VALUE;
    if (od_datum_read(arena, g->language, type, hold->raw, &hold->datum, &hold->why)) return;
    hold->kind = od_datum_is_of_type(arena, type, hold->raw) ? OD_HOLDS_BEYOND : OD_HOLDS_MISFIT;
}

// Returns how many bytes at the end of `text` are also the start of `next`, at least two characters
// (支部|支部), in the folded text; 0 for none.
static size_t overlap(od_slice text, od_slice next) {
    enum { MOST = 64 }; // a name's suffix is short
    const size_t most = text.size < next.size ? text.size : next.size;
    for (size_t size = most < MOST ? most : MOST; size > 3; size--) {
        const od_slice end = od_slice_from(text, text.size - size);
        if (((unsigned char)end.data[0] & 0xC0) == 0x80) continue;
        if (od_slice_starts(next, end) && od_utf8_count(end) >= 2) return size;
    }
    return 0;
}

// Takes the end of a text off its value when it stands in the text after it too.
static void part_doubled(const gatherer *g, const od_leaf *leaf, const od_datum_type *type,
                         od_hold *hold) {
    const od_place *const place = hold->place;
    const od_slice value = od_slice_cut(leaf->folded.text, place->start, place->end);
    const size_t size = overlap(value, od_slice_from(leaf->folded.text, place->end));
    od_datum datum;
    od_slice why;
    if (!size || size == value.size) return; // the value is that word
    if (!od_datum_read(g->reading->arena, g->language, type,
                       od_match_text(leaf, place->start, place->end - size), &datum, &why))
        return;
    hold->datum = datum;
    hold->doubled = size;
}

static void hold_value(gatherer *g, od_hold *hold) {
    const od_place *const place = hold->place;
    const od_leaf *const leaf = &g->reading->leaves.items[place->leaf];
    const od_datum_type type = od_place_type(g->reading->profile, place);
    od_match_read(leaf, place->start, place->end, &hold->span, &hold->raw);
    read_hold(g, &type, hold);
    if (hold->kind == OD_HOLDS_VALUE && od_field_type_is_text(type.type)) part_doubled(g, leaf, &type, hold);
    if (place->loose && hold->kind != OD_HOLDS_VALUE) hold->kind = OD_HOLDS_UNCLEAR;
    const bool open = is_open_before(place) || is_open_after(place);
    // Words of a general profile may stand in a sentence that speaks of something else.
    if (hold->kind == OD_HOLDS_MISFIT && g->reading->profile->fields[hold->field].optional)
        hold->kind = OD_HOLDS_UNCLEAR;
    if (open && (hold->kind != OD_HOLDS_VALUE || (is_open_before(place) && od_field_type_is_text(type.type))))
        hold->kind = OD_HOLDS_UNCLEAR;
}

static void hold_blank(gatherer *g, od_hold *hold) {
    const od_place *const place = hold->place;
    const od_datum_type type = od_place_type(g->reading->profile, place);
    hold->span = g->reading->blanks.items[place->blank].span;
    hold->kind = OD_HOLDS_BLANK;
    if (!g->supply || !g->supply->blanks || !g->supply->blanks[place->blank].size) return;
    hold->planned = true;
    hold->raw = g->supply->blanks[place->blank];
    read_hold(g, &type, hold);
}

static void hold_places(gatherer *g) {
    for (size_t i = 0; i < g->places->items.count; i++) {
        const od_place *const place = &g->places->items.items[i];
        od_hold hold = {.field = place->field, .part = place->part, .place = place};
        // A blank that two phrases claim belongs to one of them.
        if (place->blank != SIZE_MAX && g->places->by_blank[place->blank] != place) continue;
        if (place->blank == SIZE_MAX) hold_value(g, &hold);
        else hold_blank(g, &hold);
        *od_array_push(g->reading->arena, &g->holds) = hold;
    }
}

// ---- the front matter --------------------------------------------------------------------------

static bool is_blank(const gatherer *g, od_slice text) {
    od_phrase phrase;
    od_phrase_read_key(g->reading->arena, text, &g->reading->profile->blanks, &phrase);
    return phrase.slot_count > 0;
}

// Sets `*text` to a scalar, or to the items of what is a list for the field too.
static bool front_matter_text(const gatherer *g, size_t field, const od_value *value,
                              od_slice *text) {
    *text = value->text;
    if (value->kind == OD_SCALAR) return true;
    if (value->kind != OD_SEQUENCE || !value->count ||
        g->reading->profile->fields[field].type.type != OD_TYPE_LIST)
        return false;
    od_slice *const parts = od_arena_array(g->reading->arena, od_slice, value->count * 2);
    for (size_t i = 0; i < value->count; i++) {
        if (value->items[i].kind != OD_SCALAR) return false;
        parts[2 * i] = value->items[i].text;
        parts[2 * i + 1] = OD_SLICE("、");
    }
    *text = od_arena_join(g->reading->arena, parts, value->count * 2 - 1);
    return true;
}

static void hold_front_matter(gatherer *g) {
    const od_profile *const profile = g->reading->profile;
    const od_value *const values = &g->reading->document->front_matter.values;
    for (size_t i = 0; i < values->count; i++) {
        const od_entry *const entry = &values->entries[i];
        const size_t field = od_profile_field(profile, entry->key);
        od_hold hold = {.field = field, .span = entry->value.span};
        if (field == SIZE_MAX || !front_matter_text(g, field, &entry->value, &hold.raw)) continue;
        if (!od_slice_trim(hold.raw).size || is_blank(g, hold.raw)) hold.kind = OD_HOLDS_BLANK;
        else read_hold(g, &profile->fields[field].type, &hold);
        *od_array_push(g->reading->arena, &g->holds) = hold;
    }
}

// ---- one field ---------------------------------------------------------------------------------

// Sets the number of a part of a date that `hold` speaks of; false, with it unset, when it does not.
static bool part_of(const od_hold *hold, od_part part, int *number) {
    const od_date date = hold->datum.date;
    if (hold->part != OD_WHOLE) {
        if (hold->part == part) *number = (int)hold->datum.number.digits;
        return hold->part == part;
    }
    if (hold->datum.type != OD_TYPE_DATE) return false;
    *number = part == OD_PART_YEAR ? date.year : part == OD_PART_MONTH ? date.month : date.day;
    return true;
}

bool od_hold_agrees(const od_hold *a, const od_hold *b) {
    if (a->part == OD_WHOLE && b->part == OD_WHOLE) return od_datum_equal(&a->datum, &b->datum);
    for (od_part part = OD_PART_YEAR; part <= OD_PART_DAY; part++) {
        int one, other;
        if (part_of(a, part, &one) && part_of(b, part, &other) && one != other) return false;
    }
    return true;
}

od_slice od_hold_text(const od_hold *hold) {
    return od_slice_trim(hold->raw);
}

// Text at an open edge becomes clear by a value that it ends with, or starts with: then the place is
// that value's. Where it does neither it holds something else.
static void clear_up(const gatherer *g, od_hold *hold, const od_hold *known) {
    od_arena *const arena = g->reading->arena;
    const od_place *const place = hold->place;
    const od_leaf *const leaf = &g->reading->leaves.items[place->leaf];
    const od_slice text = od_slice_cut(leaf->folded.text, place->start, place->end);
    const od_slice value = od_fold(arena, known->raw);
    size_t start = place->start, end = place->end;
    if (is_open_before(place) && od_slice_ends(text, value)) start = end - value.size;
    else if (is_open_after(place) && od_slice_starts(text, value)) end = start + value.size;
    else if (hold->kind == OD_HOLDS_UNCLEAR && !od_field_type_is_text(known->datum.type)) return;
    hold->kind = OD_HOLDS_VALUE;
    hold->datum = known->datum;
    if (start == place->start && end == place->end && !od_slice_equal(text, value))
        hold->datum.text = hold->raw;
    od_match_read(leaf, start, end, &hold->span, &hold->raw);
}

static bool is_open(const od_hold *hold) {
    return hold->place && !hold->planned && hold->place->blank == SIZE_MAX &&
           (is_open_before(hold->place) || is_open_after(hold->place));
}

static void clear_all_up(const gatherer *g, od_hold *holds, size_t count) {
    const od_hold *known = NULL;
    for (size_t i = 0; i < count && !known; i++)
        if (holds[i].kind == OD_HOLDS_VALUE && !is_open(&holds[i])) known = &holds[i];
    if (!known || known->part != OD_WHOLE) return;
    for (size_t i = 0; i < count; i++)
        if (is_open(&holds[i]) && (holds[i].kind == OD_HOLDS_UNCLEAR || od_field_type_is_text(known->datum.type)))
            clear_up(g, &holds[i], known);
}

static bool is_loose(const od_hold *hold) {
    return hold->place && hold->place->loose && !hold->planned;
}

// A text that goes over a mark is no value of the field where another place says something else: then
// the sentence is only one with the same words.
static void drop_loose(od_hold *holds, size_t count) {
    const od_hold *known = NULL;
    for (size_t i = 0; i < count && !known; i++)
        if (holds[i].kind == OD_HOLDS_VALUE && !is_loose(&holds[i])) known = &holds[i];
    for (size_t i = 0; known && i < count; i++)
        if (holds[i].kind == OD_HOLDS_VALUE && is_loose(&holds[i]) &&
            !od_hold_agrees(known, &holds[i]))
            holds[i].kind = OD_HOLDS_UNCLEAR;
}

// Puts a date together from the parts that its holds speak of; false while one is missing.
static bool join_date(const od_hold *holds, size_t count, od_date *date) {
    int parts[OD_PART_DAY + 1] = {0};
    bool known[OD_PART_DAY + 1] = {0};
    for (size_t i = 0; i < count; i++)
        for (od_part part = OD_PART_YEAR; part <= OD_PART_DAY; part++)
            if (holds[i].kind == OD_HOLDS_VALUE && part_of(&holds[i], part, &parts[part]))
                known[part] = true;
    *date = (od_date){parts[OD_PART_YEAR], parts[OD_PART_MONTH], parts[OD_PART_DAY]};
    return known[OD_PART_YEAR] && known[OD_PART_MONTH] && known[OD_PART_DAY];
}

// Marks the places of the day that no month has.
static void refuse_day(const gatherer *g, od_field_value *value, od_hold *holds, od_date date) {
    od_diagnostics say = {.arena = g->reading->arena, .language = g->language};
    const od_slice why = od_say(&say, OD_SAY("there is no such day: {1}", "没有这一天：{1}"),
                                od_date_write(say.arena, date, OD_SLICE("YYYY-MM-DD")));
    value->standing = OD_STANDING_WRONG;
    for (size_t i = 0; i < value->hold_count; i++) {
        if (holds[i].kind != OD_HOLDS_VALUE || holds[i].part != OD_PART_DAY) continue;
        holds[i].kind = OD_HOLDS_MISFIT;
        holds[i].why = why;
    }
}

static void take_date(const gatherer *g, od_field_value *value, od_hold *holds) {
    od_date date;
    if (!join_date(holds, value->hold_count, &date)) {
        value->standing = OD_STANDING_NONE;
        return;
    }
    if (!od_date_exists(date)) {
        refuse_day(g, value, holds, date);
        return;
    }
    value->origin = OD_ORIGIN_DRAFT;
    value->datum = (od_datum){
        .type = OD_TYPE_DATE,
        .date = date,
        .text = od_date_write(g->reading->arena, date, OD_SLICE("YYYY-MM-DD"))};
}

// Whether all holds agree with each other. One that agrees with the first agrees with all, but for
// parts of a date, of which each is held against the first that speaks of it.
static bool all_agree(const od_hold *holds, size_t count) {
    const od_hold *first[OD_PART_DAY + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        const od_hold *const hold = &holds[i];
        if (hold->kind != OD_HOLDS_VALUE) continue;
        for (od_part part = OD_WHOLE; part <= OD_PART_DAY; part++)
            if (first[part] && !od_hold_agrees(first[part], hold)) return false;
        if (!first[hold->part]) first[hold->part] = hold;
    }
    return true;
}

static od_standing stand(const od_hold *holds, size_t count) {
    bool wrong = false, any = false;
    for (size_t i = 0; i < count; i++) {
        wrong |= holds[i].kind == OD_HOLDS_MISFIT || holds[i].kind == OD_HOLDS_BEYOND;
        any |= holds[i].kind == OD_HOLDS_VALUE;
    }
    if (wrong) return OD_STANDING_WRONG;
    if (!any) return OD_STANDING_NONE;
    return all_agree(holds, count) ? OD_STANDING_ONE : OD_STANDING_DIVIDED;
}

static void take_from_draft(const gatherer *g, size_t field, od_field_value *value,
                            od_hold *holds) {
    size_t first = 0;
    if (g->reading->profile->fields[field].type.type == OD_TYPE_DATE) {
        take_date(g, value, holds);
        return;
    }
    while (holds[first].kind != OD_HOLDS_VALUE) first++;
    value->origin = OD_ORIGIN_DRAFT;
    value->datum = holds[first].datum;
}

static void take_from_data(const gatherer *g, size_t field, od_field_value *value) {
    od_slice why;
    if (!g->supply || !g->supply->fields || !g->supply->fields[field]) return;
    if (!od_datum_read(g->reading->arena, g->language, &g->reading->profile->fields[field].type,
                       g->supply->fields[field]->text, &value->datum, &why))
        return;
    value->standing = OD_STANDING_ONE;
    value->origin = OD_ORIGIN_DATA;
}

static void settle(const gatherer *g, size_t field, od_field_value *value, od_hold *holds) {
    clear_all_up(g, holds, value->hold_count);
    drop_loose(holds, value->hold_count);
    value->holds = holds;
    value->standing = stand(holds, value->hold_count);
    if (value->standing == OD_STANDING_ONE) take_from_draft(g, field, value, holds);
    if (value->standing == OD_STANDING_NONE) take_from_data(g, field, value);
}

// ---- all ---------------------------------------------------------------------------------------

// Sorts the holds by field, each field's in the order they were found.
static void settle_all(const gatherer *g, od_field_value *fields) {
    const size_t count = g->reading->profile->field_count;
    od_hold *const sorted = od_arena_array(g->reading->arena, od_hold, g->holds.count);
    size_t *const next = od_arena_array(g->reading->arena, size_t, count + 1);
    for (size_t i = 0; i < g->holds.count; i++) next[g->holds.items[i].field + 1]++;
    for (size_t i = 0; i < count; i++) {
        fields[i].hold_count = next[i + 1];
        next[i + 1] += next[i];
    }
    for (size_t i = 0; i < g->holds.count; i++)
        sorted[next[g->holds.items[i].field]++] = g->holds.items[i];
    for (size_t i = 0; i < count; i++)
        settle(g, i, &fields[i], sorted + next[i] - fields[i].hold_count);
}

void od_values_gather(const od_reading *reading, const od_places *places, const od_supply *supply,
                      od_language language, od_values *values) {
    *values = (od_values){.reading = reading};
    if (!reading->profile || !reading->profile->field_count) return;
    gatherer g = {
        .reading = reading, .places = places, .supply = supply, .language = language};
    values->fields = od_arena_array(reading->arena, od_field_value, reading->profile->field_count);
    hold_front_matter(&g);
    hold_places(&g);
    settle_all(&g, values->fields);
}

static bool is_faulty(const od_field_value *value, const od_hold *hold) {
    if (value->standing == OD_STANDING_DIVIDED) return hold->kind == OD_HOLDS_VALUE;
    return hold->kind == OD_HOLDS_MISFIT || hold->kind == OD_HOLDS_BEYOND;
}

bool od_values_faulty_in(const od_values *values, od_span span) {
    const size_t count = values->fields ? values->reading->profile->field_count : 0;
    for (size_t i = 0; i < count; i++) {
        const od_field_value *const value = &values->fields[i];
        if (value->standing != OD_STANDING_WRONG && value->standing != OD_STANDING_DIVIDED) continue;
        for (size_t j = 0; j < value->hold_count; j++) {
            const od_hold *const hold = &value->holds[j];
            if (is_faulty(value, hold) && hold->span.start >= span.start &&
                hold->span.end <= span.end)
                return true;
        }
    }
    return false;
}

bool od_values_find(void *context, od_slice name, od_datum *datum) {
    const od_values *const values = context;
    if (!values->fields) return false;
    const size_t field = od_profile_field(values->reading->profile, name);
    if (field == SIZE_MAX || values->fields[field].standing != OD_STANDING_ONE) return false;
    *datum = values->fields[field].datum;
    return true;
}
