// value-type: what stands in a slot of the profile's phrases must read as the field's type.
#include "engine/check.h"

// A text at the edge of a phrase is read to the end of its clause: it holds more than the value, so
// only types that end by themselves are judged there.
static bool is_judged(const od_place *place) {
    if (place->blank != SIZE_MAX || !place->binding) return false;
    const od_phrase *const phrase = &place->binding->phrase;
    return phrase->literals[0].size && phrase->literals[phrase->slot_count].size;
}

static od_slice name_of(const od_field_rule *field) {
    return field->label.size ? field->label : field->id;
}

void od_check_values(od_check_context *c) {
    for (size_t i = 0; i < c->places->items.count; i++) {
        const od_place *const place = &c->places->items.items[i];
        if (!is_judged(place)) continue;
        const od_field_rule *const field = &c->reading->profile->fields[place->field];
        const od_leaf *const leaf = &c->reading->leaves.items[place->leaf];
        const od_datum_type type = od_place_type(c->reading->profile, place);
        const od_slice raw = od_match_text(leaf, place->start, place->end);
        od_datum datum;
        od_slice why;
        if (od_datum_read(c->reading->arena, c->found->language, &type, raw, &datum, &why))
            continue;
        od_diagnostic *const d = od_diagnose(
            c->found, OD_RULE_VALUE_TYPE, &c->reading->document->source,
            od_match_span(leaf, place->start, place->end),
            od_say(c->found, OD_SAY("“{1}”: {2}", "“{1}”：{2}"), name_of(field), why));
        od_diagnostic_relate(c->found, d, place->binding->source, place->binding->span,
                             od_say(c->found, OD_SAY("the profile's phrase", "文种文件里的短语")));
    }
}
