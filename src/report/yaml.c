// YAML: scalars that libyaml reads back as they were, and the fields of a draft in that form.
#include "base/utf8.h"
#include "report/print.h"
#include "source/source.h"

#include <stdio.h>
#include <strings.h>

// ---- scalars -----------------------------------------------------------------------------------

// Whether a character may stand in YAML as it is. What libyaml refuses (reader.c) and what it takes
// for a line break is hidden too.
static bool is_shown(uint32_t code) {
    return code != OD_NOT_UTF8 && !od_print_hidden(code);
}

static bool all_shown(od_slice text) {
    size_t size;
    for (size_t i = 0; i < text.size; i += size)
        if (!is_shown(od_utf8_read(text, i, &size))) return false;
    return true;
}

// Words that YAML 1.1 or 1.2 reads as something else than a text.
static bool is_word(od_slice text) {
    static const char *const WORDS[] = {"null", "true", "false", "yes", "no",
                                        "on",   "off",  "y",     "n"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (text.size == strlen(WORDS[i]) && strncasecmp(text.data, WORDS[i], text.size) == 0)
            return true;
    return false;
}

// Whether some reader may take the text for a number, a date or a time: it starts like one and
// holds only what they are made of.
static bool is_number_like(od_slice text) {
    static const char SIGNS[] = "0123456789+-.:_eExXoOabcdfABCDFTtZz ";
    if (!od_is_digit((unsigned char)text.data[0])) return false;
    for (size_t i = 0; i < text.size; i++)
        if (!memchr(SIGNS, text.data[i], sizeof SIGNS - 1)) return false;
    return true;
}

// Whether the text is a number that every reader writes back the same: 12, 0, 12.5.
static bool is_plain_number(od_slice text) {
    size_t i = 0, point = 0;
    if (text.data[0] == '0' && text.size > 1 && text.data[1] != '.') return false;
    for (; i < text.size; i++) {
        if (text.data[i] == '.' && i > 0 && i + 1 < text.size) point++;
        else if (!od_is_digit((unsigned char)text.data[i])) return false;
    }
    return point <= 1;
}

// Whether the text reads back from the plain style, also within `[…]` (YAML 1.2, 7.3.3). Stricter
// than that where people would stumble.
static bool is_plain(od_slice text, bool numbers) {
    static const char FIRST[] = "-?:,[]{}#&*!|>'\"%@`=<~+. ", NEVER[] = ",[]{}\t";
    if (!text.size || memchr(FIRST, text.data[0], sizeof FIRST - 1)) return false;
    const char last = text.data[text.size - 1];
    if (last == ' ' || last == ':' || is_word(text) || !all_shown(text)) return false;
    if (is_number_like(text)) return numbers && is_plain_number(text);
    for (size_t i = 0; i < text.size; i++) {
        const char next = i + 1 < text.size ? text.data[i + 1] : '\0';
        if (memchr(NEVER, text.data[i], sizeof NEVER - 1)) return false;
        if (text.data[i] == ':' && next == ' ') return false;
        if (text.data[i] == ' ' && next == '#') return false;
    }
    return true;
}

static void add_single_quoted(od_buf *out, od_slice text) {
    od_buf_byte(out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\'') od_buf_byte(out, '\'');
        od_buf_byte(out, text.data[i]);
    }
    od_buf_byte(out, '\'');
}

static void add_double_quoted(od_buf *out, od_slice text) {
    size_t size;
    od_buf_byte(out, '"');
    for (size_t i = 0; i < text.size; i += size) {
        const uint32_t code = od_utf8_read(text, i, &size);
        char escape[16] = "";
        // A NUL is refused wherever YAML is read here.
        if (code == OD_NOT_UTF8 || code == 0) od_buf_text(out, "\xEF\xBF\xBD");
        else if (code == '"' || code == '\\') snprintf(escape, sizeof escape, "\\%c", (int)code);
        else if (code == '\n') snprintf(escape, sizeof escape, "\\n");
        else if (code < 0x80 && !is_shown(code)) snprintf(escape, sizeof escape, "\\x%02X", code);
        else if (!is_shown(code)) snprintf(escape, sizeof escape, "\\u%04X", code);
        else od_buf_add(out, od_slice_cut(text, i, i + size));
        od_buf_text(out, escape);
    }
    od_buf_byte(out, '"');
}

void od_print_yaml(od_buf *out, od_slice text, bool numbers) {
    if (is_plain(text, numbers)) od_buf_add(out, text);
    else if (all_shown(text)) add_single_quoted(out, text);
    else add_double_quoted(out, text);
}

void od_print_yaml_key(od_buf *out, od_slice text, size_t indent) {
    enum { SIMPLE_KEY = 1000 }; // libyaml takes 1024 characters for a key without a `?` (scanner.c)
    od_buf key = {0};
    od_print_yaml(&key, text, false);
    const bool simple = od_utf8_count(od_buf_slice(&key)) <= SIMPLE_KEY;
    if (!simple) od_buf_text(out, "? ");
    od_buf_add(out, od_buf_slice(&key));
    if (!simple) {
        od_buf_byte(out, '\n');
        od_print_spaces(out, indent);
    }
    od_buf_byte(out, ':');
    od_buf_free(&key);
}

// ---- fields ------------------------------------------------------------------------------------

static void add_member(od_buf *out, const char *name) {
    od_buf_text(out, "    ");
    od_buf_text(out, name);
    od_buf_text(out, ": ");
}

static void add_text(od_buf *out, const char *name, od_slice text) {
    add_member(out, name);
    od_print_yaml(out, text, false);
    od_buf_byte(out, '\n');
}

static void add_text_or_null(od_buf *out, const char *name, bool is_null, od_slice text) {
    if (!is_null) {
        add_text(out, name, text);
        return;
    }
    add_member(out, name);
    od_buf_text(out, "null\n");
}

static void add_number(od_buf *out, const char *name, size_t number) {
    add_member(out, name);
    od_buf_number(out, number);
    od_buf_byte(out, '\n');
}

static void add_position(od_buf *out, const char *name, od_position at) {
    od_buf_text(out, name);
    od_buf_text(out, ": {line: ");
    od_buf_number(out, at.line);
    od_buf_text(out, ", column: ");
    od_buf_number(out, at.column);
    od_buf_text(out, ", offset: ");
    od_buf_number(out, at.offset);
    od_buf_byte(out, '}');
}

static void add_field(od_buf *out, const od_source *source, const od_field *field,
                      od_locator *locator) {
    const od_position start = od_locate(locator, source, field->span.start, OD_CODE_POINTS);
    const od_position end = od_locate(locator, source, field->span.end, OD_CODE_POINTS);
    od_buf_text(out, "  - path: ");
    od_print_yaml(out, od_slice_of(od_source_path(source)), false);
    od_buf_byte(out, '\n');
    add_number(out, "index", field->index);
    add_text(out, "text", field->text);
    add_text(out, "key", field->key);
    add_number(out, "token", field->token);
    add_text_or_null(out, "name", !field->name.size, field->name);
    add_text(out, "type", od_slice_of(od_field_type_name(field->type)));
    add_text(out, "section", field->section);
    add_member(out, "range");
    add_position(out, "{start", start);
    add_position(out, ", end", end);
    od_buf_text(out, "}\n");
    add_text(out, "context", field->context);
    add_text_or_null(out, "value", !field->has_value, field->value);
    add_text_or_null(out, "label", !field->label.size, field->label);
    add_text_or_null(out, "unit", !field->unit.size, field->unit);
    add_text_or_null(out, "stands", !field->stands.size, field->stands);
}

void od_report_fields_yaml(od_buf *out, const od_report_fields *documents, size_t count) {
    size_t fields = 0;
    for (size_t i = 0; i < count; i++) fields += documents[i].fields->count;
    od_buf_text(out, fields ? "version: 1\nfields:\n" : "version: 1\nfields: []\n");
    for (size_t i = 0; i < count; i++) {
        od_locator locator = {0};
        for (size_t j = 0; j < documents[i].fields->count; j++)
            add_field(out, documents[i].source, &documents[i].fields->items[j], &locator);
    }
}
