#include "engine/fields.h"

#include "engine/plan.h"
#include "engine/session.h"

typedef od_reads_as reads_as; // what od_field.reads_as points to

static od_slice field_name(od_arena *arena, const od_reading *reading, const od_place *place) {
    static const char *const PARTS[] = {
        [OD_PART_YEAR] = ".year", [OD_PART_MONTH] = ".month", [OD_PART_DAY] = ".day"};
    const od_slice id = reading->profile->fields[place->field].id;
    return place->part == OD_WHOLE
               ? id
               : od_arena_concat(arena, id, od_slice_of(PARTS[place->part]));
}

static od_slice section_name(const od_reading *reading, size_t offset) {
    const od_section_rule *const rule = od_reading_section(reading, offset);
    if (rule) return rule->path;
    const od_section *const section = od_outline_at(&reading->outline, offset);
    return section ? section->title : (od_slice){0};
}

// Where an answer for the blank goes: for a field of the profile to the field as a whole.
static reads_as *read_as(const od_reading *reading, const od_key *key, const od_datum_type *type,
                         const od_place *place) {
    reads_as *const how = od_arena_new(reading->arena, reads_as);
    if (place) {
        const od_field_rule *const field = &reading->profile->fields[place->field];
        *how = (reads_as){.type = field->type,
                          .place = {.key = field->id, .slot_count = 1},
                          .fallback = field->default_value};
        return how;
    }
    *how = (reads_as){.type = *type,
                      .place = {.scope = key->scope ? key->scope->path : (od_slice){0},
                                .key = key->text,
                                .slot = key->slot,
                                .slot_count = key->slot_count}};
    return how;
}

static void describe(const od_reading *reading, const od_places *places, const od_key *key,
                     size_t index, od_field *field) {
    const od_blank *const blank = &reading->blanks.items[index];
    const od_datum_type type = od_blank_type(reading, places, index);
    const od_place *const place = places->by_blank[index];
    *field = (od_field){
        .index = index + 1,
        .span = blank->span,
        .text = od_source_cut(&reading->document->source, blank->span),
        .key = key->text,
        .token = key->token,
        .token_count = key->token_count,
        .type = type.type,
        .unit = type.unit,
        .section = section_name(reading, blank->span.start),
        .scope = key->scope ? key->scope->path : (od_slice){0},
        .shared = key->shared,
        .context = key->context,
        .reads_as = read_as(reading, key, &type, place),
    };
    if (!place) return;
    field->name = field_name(reading->arena, reading, place);
    field->label = reading->profile->fields[place->field].label;
}

// Notes what the data says of a blank. A part of a date that a phrase gave tells nothing of the date.
static void note_value(od_field *field, const od_assignment *planned) {
    reads_as *const how = (reads_as *)field->reads_as;
    const od_value *const value = planned->entry ? &planned->entry->value : NULL;
    const bool is_part = field->name.size && !od_slice_equal(field->name, how->place.key);
    if (planned->fate == OD_FATE_KEEP) how->given = OD_SLICE("=keep");
    if (planned->fate != OD_FATE_FILL) return;
    field->has_value = true;
    field->value = planned->text;
    if (planned->computed || (is_part && !planned->by_field)) return;
    how->given = planned->by_field && value->kind == OD_SCALAR ? value->text : planned->text;
}

// Notes what is known of a field whose blank the data does not fill.
static void note_known(const od_reading *reading, const od_values *values, const od_place *place,
                       od_field *field) {
    if (!place || field->has_value) return;
    const od_field_value *const known = &values->fields[place->field];
    if (known->standing == OD_STANDING_ONE)
        field->stands =
            od_datum_write(reading->arena, &reading->profile->fields[place->field].type,
                           &known->datum, place->part);
}

const od_fields *od_list_fields(od_session *session, const od_document *document,
                                const od_profile *profile, const od_data *data) {
    od_arena *const arena = &((od_document *)document)->arena;
    od_reading reading;
    od_reading_make(arena, document, profile, profile && profile->binding_count, &reading);
    od_places places;
    od_bind(&reading, &places);
    // What is wrong with the data is for fill to say.
    od_diagnostics ignored = {.arena = arena, .language = session->options.language};
    od_plan plan;
    od_plan_make(&reading, &places, data, &session->evaluator, &ignored, &plan);
    const od_key *const keys = od_keys_make(&reading);
    od_field *const items = od_arena_array(arena, od_field, reading.blanks.count);
    size_t count = 0;
    for (size_t i = 0; i < reading.blanks.count; i++) {
        if (!od_blank_fillable(&reading.blanks.items[i])) continue;
        od_field *const field = &items[count++];
        describe(&reading, &places, &keys[i], i, field);
        field->index = count;
        note_value(field, &plan.blanks[i]);
        note_known(&reading, &plan.values, places.by_blank[i], field);
    }
    od_fields *const fields = od_arena_new(arena, od_fields);
    *fields = (od_fields){items, count};
    return fields;
}

void od_data_answer(od_data *data, const od_field *field, od_slice value) {
    const reads_as *const how = field->reads_as;
    od_data_add_answer(data, &how->place, value);
}

bool od_field_accepts(od_session *session, const od_field *field, od_slice text, od_slice *why) {
    const reads_as *const how = field->reads_as;
    od_datum datum;
    return od_datum_read(&session->arena, session->options.language, &how->type, text, &datum, why);
}
