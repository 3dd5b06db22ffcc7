// Extractions as JSON and YAML.
#include "report/extract.h"

static const od_field_rule *field_of(const od_record *record, size_t field) {
    return &record->profile->fields[field];
}

bool od_record_misses(const od_record *record, size_t field) {
    return record->values[field].state == OD_EXTRACT_MISSING && !field_of(record, field)->not_in_text;
}

// ---- JSON --------------------------------------------------------------------------------------

// Appends a separator before every member but the first.
static void part(od_buf *out, bool *first) {
    if (!*first) od_buf_text(out, ", ");
    *first = false;
}

static void add_key(od_buf *out, bool *first, od_slice name) {
    part(out, first);
    od_print_json(out, name);
    od_buf_text(out, ": ");
}

// A plain form of a number is one of JSON too, and is written as it is: no digit is lost.
static void add_scalar(od_buf *out, od_field_type type, od_slice value) {
    if (od_field_type_is_number(type) && value.size) od_buf_add(out, value);
    else od_print_json(out, value);
}

static void add_value(od_buf *out, od_field_type type, const od_record_value *value) {
    if (type != OD_TYPE_LIST) {
        add_scalar(out, type, value->value);
        return;
    }
    bool first = true;
    od_buf_byte(out, '[');
    for (size_t i = 0; i < value->item_count; i++) {
        part(out, &first);
        od_print_json(out, value->items[i]);
    }
    od_buf_byte(out, ']');
}

static void add_position(od_buf *out, od_position at) {
    od_buf_text(out, "{\"line\": ");
    od_buf_number(out, at.line);
    od_buf_text(out, ", \"column\": ");
    od_buf_number(out, at.column);
    od_buf_text(out, ", \"offset\": ");
    od_buf_number(out, at.offset);
    od_buf_byte(out, '}');
}

static void add_range(od_buf *out, const od_record_place *place) {
    od_buf_text(out, "{\"start\": ");
    add_position(out, place->start);
    od_buf_text(out, ", \"end\": ");
    add_position(out, place->end);
    od_buf_byte(out, '}');
}

static void add_values(od_buf *out, const od_record *record) {
    bool first = true;
    od_buf_text(out, ",\n \"values\": {");
    for (size_t i = 0; i < record->profile->field_count; i++) {
        if (record->values[i].state != OD_EXTRACT_VALUE) continue;
        add_key(out, &first, field_of(record, i)->id);
        add_value(out, field_of(record, i)->type.type, &record->values[i]);
    }
    od_buf_byte(out, '}');
}

static void add_places(od_buf *out, const od_record *record) {
    bool first = true;
    od_buf_text(out, ",\n \"places\": {");
    for (size_t i = 0; i < record->profile->field_count; i++) {
        const od_record_value *const value = &record->values[i];
        if (!value->place_count) continue;
        add_key(out, &first, field_of(record, i)->id);
        for (size_t j = 0; j < value->place_count; j++) {
            od_buf_text(out, j ? ", " : "[");
            add_range(out, &value->places[j]);
        }
        od_buf_byte(out, ']');
    }
    od_buf_byte(out, '}');
}

static void add_missing(od_buf *out, const od_record *record) {
    bool first = true;
    od_buf_text(out, ",\n \"missing\": [");
    for (size_t i = 0; i < record->profile->field_count; i++) {
        if (!od_record_misses(record, i)) continue;
        part(out, &first);
        od_print_json(out, field_of(record, i)->id);
    }
    od_buf_byte(out, ']');
}

static void add_conflicts(od_buf *out, const od_record *record) {
    bool first = true;
    od_buf_text(out, ",\n \"conflicts\": {");
    for (size_t i = 0; i < record->profile->field_count; i++) {
        const od_record_value *const value = &record->values[i];
        if (value->state != OD_EXTRACT_CONFLICT) continue;
        add_key(out, &first, field_of(record, i)->id);
        for (size_t j = 0; j < value->place_count; j++) {
            od_buf_text(out, j ? ", {\"value\": " : "[{\"value\": ");
            od_print_json(out, value->places[j].value);
            od_buf_text(out, ", \"range\": ");
            add_range(out, &value->places[j]);
            od_buf_byte(out, '}');
        }
        od_buf_byte(out, ']');
    }
    od_buf_text(out, "}}");
}

void od_report_extract_json(od_buf *out, const od_records *records) {
    od_buf_text(out, "{\"version\": 1, \"documents\": [");
    for (size_t i = 0; i < records->count; i++) {
        const od_record *const record = &records->items[i];
        od_buf_text(out, i ? ",\n{\"path\": " : "\n{\"path\": ");
        od_print_json(out, record->path);
        od_buf_text(out, ", \"profile\": ");
        od_print_json(out, record->profile->id);
        add_values(out, record);
        add_places(out, record);
        add_missing(out, record);
        add_conflicts(out, record);
    }
    od_buf_text(out, records->count ? "\n]" : "]");
    if (records->tally) {
        od_buf_text(out, ",\n\"tally\": ");
        od_report_tally_json(out, records->tally);
    }
    od_buf_text(out, "}\n");
}

// ---- the differences from the data -------------------------------------------------------------

static const char *name_of_change(od_extract_change change) {
    return change == OD_CHANGE_ADDED ? "added" : change == OD_CHANGE_GONE ? "gone" : "changed";
}

static void add_change(od_buf *out, const od_record *record, size_t field) {
    const od_record_value *const value = &record->values[field];
    const od_field_type type = field_of(record, field)->type.type;
    od_buf_text(out, "{\"name\": ");
    od_print_json(out, field_of(record, field)->id);
    od_buf_text(out, ", \"change\": \"");
    od_buf_text(out, name_of_change(value->change));
    od_buf_text(out, "\", \"data\": ");
    // What the data says need not be a value of the field, and then is no number.
    if (value->has_given) od_print_json(out, value->given);
    else od_buf_text(out, "null");
    od_buf_text(out, ", \"draft\": ");
    if (value->change == OD_CHANGE_GONE) od_buf_text(out, "null");
    else add_value(out, type, value);
    od_buf_text(out, ", \"range\": ");
    if (value->change != OD_CHANGE_GONE && value->place_count) add_range(out, value->places);
    else od_buf_text(out, "null");
    od_buf_byte(out, '}');
}

void od_report_merge_json(od_buf *out, const od_records *records) {
    const od_record *const record = records->items;
    bool first = true;
    od_buf_text(out, "{\"version\": 1, \"path\": ");
    od_print_json(out, record->path);
    od_buf_text(out, ", \"changes\": [");
    for (size_t i = 0; i < record->profile->field_count; i++) {
        if (record->values[i].change == OD_CHANGE_NONE) continue;
        od_buf_text(out, first ? "\n" : ",\n");
        first = false;
        add_change(out, record, i);
    }
    od_buf_text(out, first ? "]}\n" : "\n]}\n");
}

// ---- YAML --------------------------------------------------------------------------------------

// A date is written without quotes, as people write it in data files. A time is not: 9:30 would be
// read as a number to base 60.
static void add_yaml_value(od_buf *out, od_field_type type, const od_record_value *value) {
    if (value->value.size && (type == OD_TYPE_DATE || od_field_type_is_number(type))) {
        od_buf_add(out, value->value);
        return;
    }
    if (type != OD_TYPE_LIST) {
        od_print_yaml(out, value->value, false);
        return;
    }
    od_buf_byte(out, '[');
    for (size_t i = 0; i < value->item_count; i++) {
        if (i) od_buf_text(out, ", ");
        od_print_yaml(out, value->items[i], false);
    }
    od_buf_byte(out, ']');
}

static void add_indent(od_buf *out, size_t indent) {
    od_print_spaces(out, indent);
}

static void add_yaml_missing(od_buf *out, const od_record *record, size_t indent,
                             od_language language) {
    bool first = true;
    for (size_t i = 0; i < record->profile->field_count; i++) {
        if (!od_record_misses(record, i)) continue;
        if (first) {
            add_indent(out, indent);
            od_buf_text(out, od_print_pick(language, "# not in the draft: ", "# 文中没有："));
        } else {
            od_buf_text(out, od_print_pick(language, ", ", "、"));
        }
        first = false;
        od_print_text(out, field_of(record, i)->id);
    }
    if (!first) od_buf_byte(out, '\n');
}

static void add_yaml_conflict(od_buf *out, const od_record *record, size_t field, size_t indent,
                              od_language language) {
    const od_record_value *const value = &record->values[field];
    add_indent(out, indent);
    od_buf_text(out, od_print_pick(language, "# no one value: ", "# 取不到唯一的值："));
    od_print_text(out, field_of(record, field)->id);
    od_buf_text(out, od_print_pick(language, ": ", "："));
    for (size_t i = 0; i < value->place_count; i++) {
        if (i) od_buf_text(out, od_print_pick(language, ", ", "、"));
        od_print_text(out, value->places[i].value);
        od_buf_text(out, od_print_pick(language, " (line ", "（第"));
        od_buf_number(out, value->places[i].start.line);
        od_buf_text(out, od_print_pick(language, ")", "行）"));
    }
    od_buf_byte(out, '\n');
}

// Appends the fields of a draft, each in its line.
static void add_yaml_record(od_buf *out, const od_record *record, size_t indent,
                            od_language language) {
    const size_t before = out->size;
    for (size_t i = 0; i < record->profile->field_count; i++) {
        if (record->values[i].state != OD_EXTRACT_VALUE) continue;
        add_indent(out, indent);
        od_print_yaml_key(out, field_of(record, i)->id, indent);
        od_buf_byte(out, ' ');
        add_yaml_value(out, field_of(record, i)->type.type, &record->values[i]);
        od_buf_byte(out, '\n');
    }
    if (out->size == before && !indent) od_buf_text(out, "{}\n");
    for (size_t i = 0; i < record->profile->field_count; i++)
        if (record->values[i].state == OD_EXTRACT_CONFLICT)
            add_yaml_conflict(out, record, i, indent, language);
    add_yaml_missing(out, record, indent, language);
}

void od_report_extract_yaml(od_buf *out, const od_records *records) {
    const od_language language = records->options->language;
    if (records->count == 1 && !records->tally) {
        add_yaml_record(out, records->items, 0, language);
        return;
    }
    const size_t indent = records->tally ? 2 : 0;
    if (records->tally) od_buf_text(out, "documents:\n");
    for (size_t i = 0; i < records->count; i++) {
        add_indent(out, indent);
        od_buf_text(out, "- path: ");
        od_print_yaml(out, records->items[i].path, false);
        od_buf_byte(out, '\n');
        add_yaml_record(out, &records->items[i], indent + 2, language);
    }
    if (!records->tally) return;
    od_buf_text(out, "tally: "); // JSON is YAML
    od_report_tally_json(out, records->tally);
    od_buf_byte(out, '\n');
}

void od_report_merge_yaml(od_buf *out, const od_records *records) {
    const od_record *const record = records->items;
    bool first = true;
    for (size_t i = 0; i < record->profile->field_count; i++) {
        const od_record_value *const value = &record->values[i];
        if (value->change == OD_CHANGE_NONE) continue;
        if (first) od_buf_text(out, "changes:\n");
        first = false;
        od_buf_text(out, "  - ");
        add_change(out, record, i); // JSON is YAML
        od_buf_byte(out, '\n');
    }
    if (first) od_buf_text(out, "changes: []\n");
}
