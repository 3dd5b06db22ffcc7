#include "engine/defaults.h"

#include "engine/match.h"

// What is known of a field's value.
typedef enum knowledge { UNKNOWN, ABSENT, KNOWN } knowledge;

typedef struct worker {
    const od_reading *reading;
    const od_evaluator *evaluator;
    od_default *defaults;
    knowledge *known;
    od_datum *values;
    bool *waiting;  // its expression is being evaluated: what asks for it again goes in a circle
    size_t missing; // the field that the last evaluation lacked, SIZE_MAX for none
} worker;

static bool read_as_field(worker *w, size_t field, od_slice text, od_datum *datum) {
    od_slice why;
    return od_datum_read(w->reading->arena, OD_ENGLISH, &w->reading->profile->fields[field].type,
                         text, datum, &why);
}

static void learn(worker *w, size_t field, od_slice text) {
    if (w->known[field] == KNOWN || !read_as_field(w, field, text, &w->values[field])) return;
    w->known[field] = KNOWN;
}

static void learn_from_data(worker *w, const od_request_list *requests) {
    for (size_t i = 0; i < requests->count; i++) {
        const od_request *const request = &requests->items[i];
        if (request->kind != OD_REQUEST_FIELD) continue;
        w->defaults[request->field].given = true;
        if (!request->misshapen && request->value_count == 1 &&
            request->values[0].kind == OD_SCALAR)
            learn(w, request->field, request->values[0].text);
    }
}

static void learn_from_text(worker *w, const od_places *places) {
    for (size_t i = 0; i < places->items.count; i++) {
        const od_place *const place = &places->items.items[i];
        if (place->blank != SIZE_MAX || place->part != OD_WHOLE) continue;
        const od_leaf *const leaf = &w->reading->leaves.items[place->leaf];
        learn(w, place->field, od_match_text(leaf, place->start, place->end));
    }
}

static bool find_value(void *context, od_slice name, od_datum *datum) {
    worker *const w = context;
    const size_t field = od_profile_field(w->reading->profile, name);
    if (field != SIZE_MAX && w->known[field] == KNOWN) {
        *datum = w->values[field];
        return true;
    }
    w->missing = field;
    return false;
}

// Sets the value of `field` from its default. Returns a field to work out first, or SIZE_MAX.
static size_t work_out(worker *w, size_t field) {
    const od_slice text = w->reading->profile->fields[field].default_value;
    od_slice result = text;
    w->known[field] = ABSENT; // unless the end is reached
    if (!text.size) return SIZE_MAX;
    if (text.data[0] == '=') {
        w->missing = SIZE_MAX;
        const od_evaluation done =
            w->evaluator->evaluate(w->evaluator->context, w->reading->arena,
                                   od_slice_from(text, 1), find_value, w, &result);
        if (done == OD_UNEVALUABLE) w->defaults[field].error = result;
        if (done == OD_NAME_MISSING) return w->missing;
        if (done != OD_EVALUATED) return SIZE_MAX;
    }
    w->defaults[field].has_value = true;
    w->defaults[field].text = result;
    if (read_as_field(w, field, result, &w->values[field])) w->known[field] = KNOWN;
    return SIZE_MAX;
}

// Works out `field`, and before it what its expression needs, on a stack of the fields that wait.
static void resolve(worker *w, size_t field, size_t *stack) {
    size_t depth = 0;
    stack[depth++] = field;
    w->waiting[field] = true;
    while (depth) {
        const size_t top = stack[depth - 1], needed = work_out(w, top);
        if (needed != SIZE_MAX && w->known[needed] == UNKNOWN && !w->waiting[needed]) {
            stack[depth++] = needed;
            w->waiting[needed] = true;
            continue;
        }
        w->waiting[top] = false;
        depth--;
    }
}

const od_default *od_defaults_compute(const od_reading *reading, const od_places *places,
                                      const od_request_list *requests,
                                      const od_evaluator *evaluator) {
    od_arena *const arena = reading->arena;
    const size_t count = reading->profile ? reading->profile->field_count : 0;
    worker w = {.reading = reading, .evaluator = evaluator};
    w.defaults = od_arena_array(arena, od_default, count);
    w.known = od_arena_array(arena, knowledge, count);
    w.values = od_arena_array(arena, od_datum, count);
    w.waiting = od_arena_array(arena, bool, count);
    size_t *const stack = od_arena_array(arena, size_t, count);
    learn_from_data(&w, requests);
    learn_from_text(&w, places);
    for (size_t i = 0; i < count; i++)
        if (w.known[i] == UNKNOWN && !w.defaults[i].given) resolve(&w, i, stack);
    return w.defaults;
}
