#include "engine/bind.h"

#include "base/sort.h"

od_datum_type od_place_type(const od_profile *profile, const od_place *place) {
    static const od_field_type TYPES[] = {[OD_PART_YEAR] = OD_TYPE_YEAR,
                                          [OD_PART_MONTH] = OD_TYPE_MONTH,
                                          [OD_PART_DAY] = OD_TYPE_DAY};
    if (place->part == OD_WHOLE) return profile->fields[place->field].type;
    return (od_datum_type){.type = TYPES[place->part]};
}

// Splits `{{meeting_date.year}}` as bindings do.
static bool find_named(const od_profile *profile, od_slice name, od_place *place) {
    place->field = od_profile_field(profile, name);
    place->part = OD_WHOLE;
    static const struct {
        const char *suffix;
        od_part part;
    } PARTS[] = {{".year", OD_PART_YEAR}, {".month", OD_PART_MONTH}, {".day", OD_PART_DAY}};
    for (size_t i = 0; i < 3 && place->field == SIZE_MAX; i++) {
        const od_slice suffix = od_slice_of(PARTS[i].suffix);
        if (!od_slice_ends(name, suffix)) continue;
        place->field = od_profile_field(profile, od_slice_cut(name, 0, name.size - suffix.size));
        place->part = PARTS[i].part;
    }
    return place->field != SIZE_MAX;
}

static void add_named(const od_reading *reading, od_places *places) {
    for (size_t leaf = 0; leaf < reading->leaves.count; leaf++) {
        const od_leaf *const l = &reading->leaves.items[leaf];
        for (size_t i = 0; i < l->blank_count; i++) {
            const od_blank *const blank = &reading->blanks.items[l->first_blank + i];
            od_place place = {.leaf = leaf, .blank = l->first_blank + i, .start = l->marks[i],
                              .end = l->marks[i] + 1};
            if (blank->style == OD_BLANK_NAMED && find_named(reading->profile, blank->name, &place))
                *od_array_push(reading->arena, &places->items) = place;
        }
    }
}

od_wanted od_bind_want(od_arena *arena, const od_profile *profile, const od_binding *binding) {
    od_field_type *const types = od_arena_array(arena, od_field_type, binding->phrase.slot_count);
    for (size_t i = 0; i < binding->phrase.slot_count; i++) {
        const od_slot *const slot = &binding->phrase.slots[i];
        const od_place place = {.field = slot->field, .part = slot->part};
        types[i] = od_place_type(profile, &place).type;
    }
    return (od_wanted){&binding->phrase, binding->scope, NULL, types};
}

static od_wanted *want_bindings(od_arena *arena, const od_profile *profile) {
    od_wanted *const wanted = od_arena_array(arena, od_wanted, profile->binding_count);
    for (size_t i = 0; i < profile->binding_count; i++)
        wanted[i] = od_bind_want(arena, profile, &profile->bindings[i]);
    return wanted;
}

void od_bind_compile(od_arena *arena, od_profile *profile) {
    if (profile->binding_count)
        profile->matcher =
            od_matcher_new(arena, want_bindings(arena, profile), profile->binding_count);
}

static void add_match_places(const od_reading *reading, const od_match *match, od_places *places) {
    const od_binding *const binding = &reading->profile->bindings[match->wanted];
    places->found[match->wanted] += !match->loose;
    for (size_t i = 0; i < binding->phrase.slot_count; i++) {
        const od_slot *const slot = &binding->phrase.slots[i];
        const od_slot_match *const held = &match->slots[i];
        *od_array_push(reading->arena, &places->items) =
            (od_place){.field = slot->field,
                       .part = slot->part,
                       .binding = binding,
                       .slot = i,
                       .loose = match->loose,
                       .leaf = match->leaf,
                       .blank = held->blank,
                       .start = held->start,
                       .end = held->end};
    }
}

static size_t weight(const od_place *place) {
    // A name says outright what the blank is.
    return place->binding ? place->binding->phrase.literal_chars : SIZE_MAX;
}

static void claim_blanks(const od_reading *reading, od_places *places) {
    places->by_blank = od_arena_array(reading->arena, const od_place *, reading->blanks.count);
    for (size_t i = 0; i < places->items.count; i++) {
        const od_place *const place = &places->items.items[i];
        if (place->blank == SIZE_MAX) continue;
        const od_place **const owner = &places->by_blank[place->blank];
        if (!*owner || weight(*owner) < weight(place)) *owner = place;
    }
}

// Sorts the places by field.
static void index_fields(const od_reading *reading, od_places *places) {
    const size_t field_count = reading->profile ? reading->profile->field_count : 0;
    size_t *const first = od_arena_array(reading->arena, size_t, field_count + 2);
    places->by_field = od_arena_array(reading->arena, const od_place *, places->items.count);
    for (size_t i = 0; i < places->items.count; i++) first[places->items.items[i].field + 2]++;
    for (size_t i = 1; i < field_count + 2; i++) first[i] += first[i - 1];
    for (size_t i = 0; i < places->items.count; i++) {
        const od_place *const place = &places->items.items[i];
        places->by_field[first[place->field + 1]++] = place;
    }
    places->first_of = first;
}

static int compare_places(const void *left, const void *right) {
    const od_place *const a = left, *const b = right;
    if (a->leaf != b->leaf) return a->leaf < b->leaf ? -1 : 1;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    return (weight(a) < weight(b)) - (weight(a) > weight(b));
}

// Of two phrases that read a value from the same text, the one with more literal text has it (S8):
// `召开了<year>年度` before `召开<year>年度`, which would read the 了 too. A text that goes over a mark has
// only what is no other phrase's.
static void drop_overlapped(od_places *places) {
    size_t count = 0;
    for (size_t i = 0; i < places->items.count; i++) {
        const od_place place = places->items.items[i];
        const od_place *const last = count ? &places->items.items[count - 1] : NULL;
        const bool overlaps = last && last->leaf == place.leaf && place.start < last->end &&
                              last->blank == SIZE_MAX && place.blank == SIZE_MAX;
        const bool is_less = overlaps && (place.loose != last->loose ? place.loose
                                                                     : weight(&place) <= weight(last));
        if (is_less) continue;
        if (overlaps) count--;
        places->items.items[count++] = place;
    }
    places->items.count = count;
}

void od_bind(const od_reading *reading, od_places *places) {
    *places = (od_places){0};
    const od_profile *const profile = reading->profile;
    if (profile && profile->field_count) add_named(reading, places);
    if (profile && profile->binding_count) {
        places->found = od_arena_array(reading->arena, size_t, profile->binding_count);
        // A profile that no session loaded, as in a test, has none yet.
        const od_matcher *const matcher =
            profile->matcher ? profile->matcher
                             : od_matcher_new(reading->arena, want_bindings(reading->arena, profile),
                                              profile->binding_count);
        od_match_list matches = {0};
        od_matcher_run(matcher, reading->arena, reading, &matches);
        for (size_t i = 0; i < matches.count; i++)
            add_match_places(reading, &matches.items[i], places);
    }
    od_sort(places->items.items, places->items.count, sizeof *places->items.items,
            compare_places);
    drop_overlapped(places);
    claim_blanks(reading, places);
    index_fields(reading, places);
}
