#include "engine/plan.h"
#include "engine/session.h"

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
    };
    if (!place) return;
    field->name = field_name(reading->arena, reading, place);
    field->label = reading->profile->fields[place->field].label;
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
    od_plan_make(&reading, &places, data, &ignored, &plan);
    const od_key *const keys = od_keys_make(&reading);
    od_field *const items = od_arena_array(arena, od_field, reading.blanks.count);
    size_t count = 0;
    for (size_t i = 0; i < reading.blanks.count; i++) {
        if (!od_blank_fillable(&reading.blanks.items[i])) continue;
        od_field *const field = &items[count++];
        describe(&reading, &places, &keys[i], i, field);
        field->index = count;
        if (plan.blanks[i].fate != OD_FATE_FILL) continue;
        field->has_value = true;
        field->value = plan.blanks[i].text;
    }
    od_fields *const fields = od_arena_new(arena, od_fields);
    *fields = (od_fields){items, count};
    return fields;
}
