// CSV (RFC 4180) of the fields of drafts, for spreadsheets.
#include "data/formula.h"
#include "report/print.h"
#include "source/source.h"

static void add_cell(od_buf *out, od_slice text) {
    od_buf cell = {0};
    if (od_formula_needs_guard(text)) od_buf_byte(&cell, '\'');
    od_print_text(&cell, text);
    bool quoted = false;
    for (size_t i = 0; i < cell.size && !quoted; i++) quoted = strchr(",\" ", cell.data[i]) != NULL;
    if (quoted) od_buf_byte(out, '"');
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.data[i] == '"') od_buf_byte(out, '"');
        od_buf_byte(out, cell.data[i]);
    }
    if (quoted) od_buf_byte(out, '"');
    od_buf_free(&cell);
}

static void add_text(od_buf *out, od_slice text) {
    add_cell(out, text);
    od_buf_byte(out, ',');
}

static void add_number(od_buf *out, size_t number) {
    od_buf_number(out, number);
    od_buf_byte(out, ',');
}

static void add_position(od_buf *out, od_position at) {
    add_number(out, at.line);
    add_number(out, at.column);
    add_number(out, at.offset);
}

static void add_field(od_buf *out, const od_source *source, const od_field *field,
                      od_locator *locator) {
    add_text(out, od_slice_of(od_source_path(source)));
    add_number(out, field->index);
    add_text(out, field->text);
    add_text(out, field->key);
    add_number(out, field->token);
    add_text(out, field->name);
    add_text(out, od_slice_of(od_field_type_name(field->type)));
    add_text(out, field->section);
    add_position(out, od_locate(locator, source, field->span.start, OD_CODE_POINTS));
    add_position(out, od_locate(locator, source, field->span.end, OD_CODE_POINTS));
    add_text(out, field->context);
    add_text(out, field->value);
    add_text(out, field->label);
    add_text(out, field->unit);
    add_cell(out, field->stands);
    od_buf_text(out, "\r\n");
}

void od_report_fields_csv(od_buf *out, const od_report_fields *documents, size_t count) {
    od_buf_text(out, "path,index,text,key,token,name,type,section,line,column,offset,end_line,"
                     "end_column,end_offset,context,value,label,unit,stands\r\n");
    for (size_t i = 0; i < count; i++) {
        od_locator locator = {0};
        for (size_t j = 0; j < documents[i].fields->count; j++)
            add_field(out, documents[i].source, &documents[i].fields->items[j], &locator);
    }
}
