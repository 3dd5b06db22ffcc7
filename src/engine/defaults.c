#include "engine/defaults.h"

typedef struct worker {
    od_values *values;
    const od_evaluator *evaluator;
    od_language language;
    const bool *given;
    od_default *defaults;
    bool *done;     // nothing more is to be found out about the field
    bool *waiting;  // its expression is being evaluated: what asks for it again goes in a circle
    size_t missing; // the field that the last evaluation lacked, SIZE_MAX for none
} worker;

static bool find_value(void *context, od_slice name, od_datum *datum) {
    worker *const w = context;
    if (od_values_find(w->values, name, datum)) return true;
    w->missing = od_profile_field(w->values->reading->profile, name);
    return false;
}

static void set_value(worker *w, size_t field, od_slice text) {
    const od_reading *const reading = w->values->reading;
    od_field_value *const value = &w->values->fields[field];
    od_slice why;
    w->defaults[field].has_value = true;
    w->defaults[field].text = text;
    if (!od_datum_read(reading->arena, w->language, &reading->profile->fields[field].type, text,
                       &value->datum, &why))
        return;
    value->standing = OD_STANDING_ONE;
    value->origin = OD_ORIGIN_DEFAULT;
}

// Sets the value of `field` from its default. Returns a field to work out first, or SIZE_MAX.
static size_t work_out(worker *w, size_t field) {
    const od_reading *const reading = w->values->reading;
    const od_slice text = reading->profile->fields[field].default_value;
    od_slice result = text;
    w->done[field] = true;
    if (!text.size) return SIZE_MAX;
    if (text.data[0] == '=') {
        w->missing = SIZE_MAX;
        const od_evaluation done =
            w->evaluator->evaluate(w->evaluator->context, reading->arena, od_slice_from(text, 1),
                                   find_value, w, &result);
        if (done == OD_UNEVALUABLE) w->defaults[field].error = result;
        if (done == OD_NAME_MISSING) return w->missing;
        if (done != OD_EVALUATED) return SIZE_MAX;
    }
    set_value(w, field, result);
    return SIZE_MAX;
}

// Works out `field`, and before it what its expression needs, on a stack of the fields that wait.
static void resolve(worker *w, size_t field, size_t *stack) {
    size_t depth = 0;
    stack[depth++] = field;
    w->waiting[field] = true;
    while (depth) {
        const size_t top = stack[depth - 1], needed = work_out(w, top);
        if (needed != SIZE_MAX && !w->done[needed] && !w->waiting[needed]) {
            stack[depth++] = needed;
            w->waiting[needed] = true;
            continue;
        }
        w->waiting[top] = false;
        depth--;
    }
}

// Whether the default of a field counts: nothing else says what it is.
static bool is_wanted(const worker *w, size_t field) {
    return w->values->fields[field].standing == OD_STANDING_NONE &&
           !(w->given && w->given[field]);
}

const od_default *od_defaults_compute(od_values *values, const bool *given,
                                      const od_evaluator *evaluator, od_language language) {
    const od_reading *const reading = values->reading;
    const size_t count = values->fields ? reading->profile->field_count : 0;
    worker w = {.values = values, .evaluator = evaluator, .language = language, .given = given};
    w.defaults = od_arena_array(reading->arena, od_default, count);
    w.done = od_arena_array(reading->arena, bool, count);
    w.waiting = od_arena_array(reading->arena, bool, count);
    size_t *const stack = od_arena_array(reading->arena, size_t, count);
    for (size_t i = 0; i < count; i++) w.done[i] = !is_wanted(&w, i);
    for (size_t i = 0; i < count; i++)
        if (!w.done[i]) resolve(&w, i, stack);
    return w.defaults;
}
