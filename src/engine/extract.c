// Extraction: the values that a finished draft states, in the form that data files have.
#include "engine/check.h"
#include "engine/session.h"

typedef struct extractor {
    const od_reading *reading;
    const od_values *values;
    const od_evaluator *evaluator;
    const od_value *const *given; // by field: what the data says, or NULL; NULL without data
    od_diagnostics planned; // where the draft differs from data that is of no field
    od_language language;
} extractor;

// ---- places ------------------------------------------------------------------------------------

// Whether a place says something: a blank does not, and of a text at the open edge of its phrase it is
// not known where the value ends.
static bool says_something(const od_hold *hold) {
    return hold->kind != OD_HOLDS_BLANK && hold->kind != OD_HOLDS_UNCLEAR;
}

static void list_places(const extractor *x, const od_field_value *value, od_extracted *out) {
    static const char *const PARTS[] = {
        [OD_PART_YEAR] = "year", [OD_PART_MONTH] = "month", [OD_PART_DAY] = "day"};
    od_arena *const arena = x->reading->arena;
    od_extract_place *const places = od_arena_array(arena, od_extract_place, value->hold_count);
    for (size_t i = 0; i < value->hold_count; i++) {
        const od_hold *const hold = &value->holds[i];
        if (!says_something(hold)) continue;
        places[out->place_count++] = (od_extract_place){
            .span = hold->span,
            .value = hold->kind == OD_HOLDS_VALUE ? od_datum_plain(arena, &hold->datum)
                                                  : od_hold_text(hold),
            .part = PARTS[hold->part]};
    }
    out->places = places;
}

// ---- the data ----------------------------------------------------------------------------------

static bool find_value(void *context, od_slice name, od_datum *datum) {
    return od_values_find(context, name, datum);
}

// Whether the value of a field is what its default makes of the others: then nobody changed it.
static bool is_default(const extractor *x, size_t index) {
    const od_field_rule *const rule = &x->reading->profile->fields[index];
    od_slice text = rule->default_value, why;
    od_datum datum;
    if (!text.size) return false;
    if (text.data[0] == '=' &&
        x->evaluator->evaluate(x->evaluator->context, x->reading->arena, od_slice_from(text, 1),
                               find_value, (void *)x->values, &text) != OD_EVALUATED)
        return false;
    return od_datum_read(x->reading->arena, x->language, &rule->type, text, &datum, &why) &&
           od_datum_equal(&datum, &x->values->fields[index].datum);
}

static od_extract_change compare(const od_extracted *field, bool agrees) {
    switch (field->state) {
    case OD_EXTRACT_VALUE:
        if (!field->has_given) return OD_CHANGE_ADDED;
        return agrees ? OD_CHANGE_NONE : OD_CHANGE_CHANGED;
    case OD_EXTRACT_MISSING:
        return field->has_given && field->in_text ? OD_CHANGE_GONE : OD_CHANGE_NONE;
    case OD_EXTRACT_CONFLICT: break;
    }
    return OD_CHANGE_NONE;
}

static void hold_against_data(const extractor *x, size_t index, od_extracted *out) {
    const od_field_rule *const rule = &x->reading->profile->fields[index];
    const od_value *const given = x->given[index];
    od_datum datum;
    od_slice why;
    bool agrees = false;
    out->has_given = given != NULL;
    if (given) {
        out->given = od_slice_trim(given->text);
        if (od_datum_read(x->reading->arena, x->language, &rule->type, given->text, &datum, &why)) {
            out->given = od_datum_plain(x->reading->arena, &datum);
            agrees = od_datum_equal(&datum, &x->values->fields[index].datum);
        }
    }
    out->change = compare(out, agrees);
    if (out->change == OD_CHANGE_ADDED && is_default(x, index)) out->change = OD_CHANGE_NONE;
}

// ---- all ---------------------------------------------------------------------------------------

static od_extract_state state_of(const od_field_value *value) {
    switch (value->standing) {
    case OD_STANDING_NONE: return OD_EXTRACT_MISSING;
    case OD_STANDING_ONE: return OD_EXTRACT_VALUE;
    default: return OD_EXTRACT_CONFLICT;
    }
}

static void describe(const extractor *x, size_t index, od_extracted *out) {
    const od_field_rule *const rule = &x->reading->profile->fields[index];
    const od_field_value *const value = &x->values->fields[index];
    *out = (od_extracted){.name = rule->id,
                          .label = rule->label,
                          .unit = rule->type.unit,
                          .type = rule->type.type,
                          .in_text = !rule->not_in_text,
                          .state = state_of(value)};
    list_places(x, value, out);
    if (out->state == OD_EXTRACT_VALUE) {
        out->value = od_datum_plain(x->reading->arena, &value->datum);
        if (rule->type.type == OD_TYPE_LIST)
            out->items = od_datum_items(x->reading->arena, out->value, &out->item_count);
    }
    if (x->given) hold_against_data(x, index, out);
}

// Of what check says of values, extraction is about what they are.
static bool is_about_value(const od_diagnostic *d) {
    static const char *const RULES[] = {"value-type", "value-range", "value-conflict",
                                        "value-differs"};
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        if (strcmp(d->rule, RULES[i]) == 0) return true;
    return false;
}

// Whether there may be something to find: a draft at one with itself costs no time.
static bool may_find(const extractor *x) {
    if (x->given) return true;
    for (size_t i = 0; i < x->reading->profile->field_count; i++)
        if (x->values->fields[i].standing == OD_STANDING_WRONG ||
            x->values->fields[i].standing == OD_STANDING_DIVIDED)
            return true;
    return false;
}

static od_findings list_findings(od_session *session, const extractor *x,
                                 const od_places *places) {
    if (!may_find(x)) return (od_findings){0};
    od_diagnostics found = x->planned;
    const od_plan plan = {.given = x->given, .values = *x->values};
    od_check_values(&(od_check_context){.reading = x->reading,
                                        .places = places,
                                        .plan = &plan,
                                        .has_data = x->given != NULL,
                                        .values_given = x->given,
                                        .evaluator = &session->evaluator,
                                        .found = &found});
    size_t count = 0;
    for (size_t i = 0; i < found.found.count; i++)
        if (is_about_value(&found.found.items[i]))
            found.found.items[count++] = found.found.items[i];
    found.found.count = count;
    od_diagnostics_sort(&found);
    return (od_findings){.items = found.found.items, .count = count};
}

static od_status refuse_encoding(od_session *session, const od_document *document) {
    od_diagnostics *const log = &session->failures;
    const size_t line = od_source_line_at(&document->source, document->first_invalid);
    od_fail(log, document->source.path,
            od_say(log,
                   OD_SAY("line {1} is not UTF-8; convert the file first (for GBK: iconv -f GB18030 "
                          "-t UTF-8)",
                          "第{1}行不是UTF-8编码；请先转换（GBK文件可用：iconv -f GB18030 -t "
                          "UTF-8）"),
                   od_arena_number(log->arena, line + 1)));
    return OD_INVALID;
}

// Takes what the data says of each field. Of what else is to be said of it, extraction is about what
// differs; that it is not right itself is for check to say.
static void read_data(od_session *session, const od_places *places, const od_data *data,
                      extractor *x) {
    od_plan plan;
    od_plan_make(x->reading, places, data, &session->evaluator, &x->planned, &plan);
    x->given = plan.given;
    size_t count = 0;
    for (size_t i = 0; i < x->planned.found.count; i++)
        if (x->planned.found.items[i].source == &x->reading->document->source)
            x->planned.found.items[count++] = x->planned.found.items[i];
    x->planned.found.count = count;
}

od_status od_extract(od_session *session, const od_document *document, const od_profile *profile,
                     const od_data *data, const od_extraction **extraction) {
    if (document->first_invalid != SIZE_MAX) return refuse_encoding(session, document);
    // Results belong to the document; const says that what it holds of the draft does not change.
    od_arena *const arena = &((od_document *)document)->arena;
    od_reading reading;
    od_reading_make(arena, document, profile, profile->binding_count > 0, &reading);
    od_places places;
    od_bind(&reading, &places);
    od_values values;
    od_values_gather(&reading, &places, NULL, session->options.language, &values);
    extractor x = {.reading = &reading,
                   .values = &values,
                   .evaluator = &session->evaluator,
                   .planned = {.arena = arena, .language = session->options.language},
                   .language = session->options.language};
    if (data) read_data(session, &places, data, &x);
    od_extracted *const items = od_arena_array(arena, od_extracted, profile->field_count);
    for (size_t i = 0; i < profile->field_count; i++) describe(&x, i, &items[i]);
    od_extraction *const made = od_arena_new(arena, od_extraction);
    *made = (od_extraction){items, profile->field_count, list_findings(session, &x, &places)};
    *extraction = made;
    return OD_OK;
}
