// JSON, version 1: one finding or blank a line, so that the output can be read and compared by
// line.
#include "report/positions.h"
#include "report/print.h"

static void add_member(od_buf *out, const char *name) {
    od_buf_text(out, ", \"");
    od_buf_text(out, name);
    od_buf_text(out, "\": ");
}

static void add_text(od_buf *out, const char *name, od_slice text) {
    add_member(out, name);
    od_print_json(out, text);
}

static void add_text_or_null(od_buf *out, const char *name, bool is_null, od_slice text) {
    add_member(out, name);
    if (is_null) od_buf_text(out, "null");
    else od_print_json(out, text);
}

static void add_number(od_buf *out, const char *name, size_t number) {
    add_member(out, name);
    od_buf_number(out, number);
}

static void add_position(od_buf *out, od_position at) {
    od_buf_text(out, "{\"line\": ");
    od_buf_number(out, at.line);
    add_number(out, "column", at.column);
    add_number(out, "offset", at.offset);
    od_buf_byte(out, '}');
}

static void add_range(od_buf *out, od_position start, od_position end) {
    od_buf_text(out, "{\"start\": ");
    add_position(out, start);
    od_buf_text(out, ", \"end\": ");
    add_position(out, end);
    od_buf_byte(out, '}');
}

static od_slice path_of(const od_source *source) {
    return source ? od_slice_of(od_source_path(source)) : (od_slice){0};
}

// ---- findings ----------------------------------------------------------------------------------

static void locate_span(od_positions *positions, const od_source *source, od_span span) {
    od_positions_add(positions, source, span.start);
    od_positions_add(positions, source, span.end);
}

static void locate(od_positions *positions, const od_findings *findings) {
    for (size_t i = 0; i < findings->count; i++) {
        const od_diagnostic *const d = &findings->items[i];
        locate_span(positions, d->source, d->span);
        for (size_t j = 0; j < d->related_count; j++)
            locate_span(positions, d->related[j].source, d->related[j].span);
        for (size_t j = 0; d->fix && j < d->fix->edit_count; j++)
            locate_span(positions, d->source, d->fix->edits[j].span);
    }
    od_positions_locate(positions, OD_CODE_POINTS);
}

static void add_span(od_buf *out, const od_positions *positions, const od_source *source,
                     od_span span) {
    add_range(out, od_positions_at(positions, source, span.start),
              od_positions_at(positions, source, span.end));
}

static void add_related(od_buf *out, const od_positions *positions, const od_diagnostic *d) {
    add_member(out, "related");
    od_buf_byte(out, '[');
    for (size_t i = 0; i < d->related_count; i++) {
        const od_related *const related = &d->related[i];
        od_buf_text(out, i ? ", {\"path\": " : "{\"path\": ");
        od_print_json(out, path_of(related->source));
        add_member(out, "range");
        add_span(out, positions, related->source, related->span);
        add_text(out, "message", related->message);
        od_buf_byte(out, '}');
    }
    od_buf_byte(out, ']');
}

static void add_fix(od_buf *out, const od_positions *positions, const od_diagnostic *d) {
    add_member(out, "fix");
    if (!d->fix) {
        od_buf_text(out, "null");
        return;
    }
    od_buf_text(out, "{\"title\": ");
    od_print_json(out, d->fix->title);
    add_member(out, "edits");
    od_buf_byte(out, '[');
    for (size_t i = 0; i < d->fix->edit_count; i++) {
        od_buf_text(out, i ? ", {\"range\": " : "{\"range\": ");
        add_span(out, positions, d->source, d->fix->edits[i].span);
        add_text(out, "text", d->fix->edits[i].text);
        od_buf_byte(out, '}');
    }
    od_buf_text(out, "]}");
}

static void add_finding(od_buf *out, const od_positions *positions, const od_diagnostic *d) {
    od_buf_text(out, "\n{\"path\": ");
    od_print_json(out, path_of(d->source));
    add_text_or_null(out, "rule", !d->rule, od_slice_of(d->rule));
    add_text(out, "severity", od_slice_of(od_print_severity(d->severity)));
    add_text(out, "message", d->message);
    add_member(out, "range");
    add_span(out, positions, d->source, d->span);
    add_related(out, positions, d);
    add_fix(out, positions, d);
    od_buf_text(out, "},");
}

void od_report_json_items(od_buf *out, const od_findings *findings) {
    od_arena arena = {0};
    od_positions positions = {.arena = &arena};
    locate(&positions, findings);
    for (size_t i = 0; i < findings->count; i++) add_finding(out, &positions, &findings->items[i]);
    od_arena_free(&arena);
}

// Appends an array's items without the comma that closes the last of them.
static void add_items(od_buf *out, od_slice items) {
    if (items.size) items.size--;
    od_buf_add(out, items);
    if (items.size) od_buf_byte(out, '\n');
}

void od_report_json_unchecked(od_buf *out, const od_findings *findings) {
    for (size_t i = 0; i < findings->unchecked_count; i++) {
        const od_unchecked *const u = &findings->unchecked[i];
        od_buf_text(out, "\n{\"path\": ");
        od_print_json(out, path_of(u->source));
        add_text(out, "rule", u->rule);
        add_member(out, "missing");
        for (size_t j = 0; j < u->missing_count; j++) {
            od_buf_text(out, j ? ", " : "[");
            od_print_json(out, u->missing_fields[j]);
        }
        od_buf_text(out, "]},");
    }
}

void od_report_json(od_buf *out, od_slice items, od_slice unchecked,
                    const od_report_counts *counts) {
    od_buf_text(out, "{\"version\": 1, \"diagnostics\": [");
    add_items(out, items);
    od_buf_text(out, "], \"unchecked\": [");
    add_items(out, unchecked);
    od_buf_text(out, "], \"summary\": {\"files\": ");
    od_buf_number(out, counts->files);
    add_number(out, "errors", counts->errors);
    add_number(out, "warnings", counts->warnings);
    add_number(out, "infos", counts->infos);
    add_number(out, "unchecked", counts->unchecked);
    od_buf_text(out, "}}\n");
}

// ---- fields ------------------------------------------------------------------------------------

static void add_field(od_buf *out, const od_source *source, const od_field *field,
                      od_locator *locator) {
    const od_position start = od_locate(locator, source, field->span.start, OD_CODE_POINTS);
    const od_position end = od_locate(locator, source, field->span.end, OD_CODE_POINTS);
    od_buf_text(out, "\n{\"path\": ");
    od_print_json(out, path_of(source));
    add_number(out, "index", field->index);
    add_text(out, "text", field->text);
    add_text(out, "key", field->key);
    add_number(out, "token", field->token);
    add_text_or_null(out, "name", !field->name.size, field->name);
    add_text(out, "type", od_slice_of(od_field_type_name(field->type)));
    add_text(out, "section", field->section);
    add_member(out, "range");
    add_range(out, start, end);
    add_text(out, "context", field->context);
    add_text_or_null(out, "value", !field->has_value, field->value);
    add_text_or_null(out, "label", !field->label.size, field->label);
    add_text_or_null(out, "unit", !field->unit.size, field->unit);
    add_text_or_null(out, "stands", !field->stands.size, field->stands);
    od_buf_text(out, "},");
}

void od_report_fields_json(od_buf *out, const od_report_fields *documents, size_t count) {
    od_buf items = {0};
    for (size_t i = 0; i < count; i++) {
        od_locator locator = {0};
        for (size_t j = 0; j < documents[i].fields->count; j++)
            add_field(&items, documents[i].source, &documents[i].fields->items[j], &locator);
    }
    od_buf_text(out, "{\"version\": 1, \"fields\": [");
    add_items(out, od_buf_slice(&items));
    od_buf_text(out, "]}\n");
    od_buf_free(&items);
}
