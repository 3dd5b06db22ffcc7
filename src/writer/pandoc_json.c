#include "writer/pandoc_json.h"

#include "base/block.h"
#include "base/real.h"
#include "base/utf8.h"
#include "writer/values.h"

typedef struct writer {
    od_buf *out;
    bool first;     // what comes next is the first in its list
    od_buf closers; // for each value that is open, a closer
} writer;

typedef enum closer { NO_CLOSER, ARRAY, OBJECT, ARRAY_IN_OBJECT } closer;

static void put(writer *w, const char *text) {
    od_buf_text(w->out, text);
}

// Begins a value: a comma unless it is the first in its list.
static void begin(writer *w) {
    if (!w->first) od_buf_byte(w->out, ',');
    w->first = false;
}

// Begins a value with room for `size` bytes behind the comma and returns where they go.
static char *begin_with(writer *w, size_t size) {
    char *at = od_buf_reserve(w->out, size + 1);
    if (!w->first) *at++ = ',';
    w->first = false;
    return at;
}

static void end_at(writer *w, const char *at) {
    w->out->size = (size_t)(at - w->out->data);
}

static char *copy(char *at, const char *text, size_t size) {
    memcpy(at, text, size);
    return at + size;
}

// ---- strings -----------------------------------------------------------------------------------

static void put_escaped(od_buf *out, unsigned char byte) {
    static const char HEX[] = "0123456789abcdef";
    const char escape[] = {'\\', 'u', '0', '0', HEX[byte >> 4], HEX[byte & 15]};
    switch (byte) {
    case '"': od_buf_text(out, "\\\""); break;
    case '\\': od_buf_text(out, "\\\\"); break;
    case '\n': od_buf_text(out, "\\n"); break;
    case '\r': od_buf_text(out, "\\r"); break;
    case '\t': od_buf_text(out, "\\t"); break;
    default: od_buf_add(out, (od_slice){escape, sizeof escape});
    }
}

static bool is_escaped(char byte) {
    return (unsigned char)byte < 0x20 || byte == '"' || byte == '\\';
}

static bool has_escaped(const char *at) {
    const od_block b = od_block_load(at);
    return od_block_any((b < 0x20) | (b == '"') | (b == '\\'));
}

// Returns the offset of the first byte of `text`, from `at` on, that is to be escaped, or its size.
static size_t find_escaped(od_slice text, size_t at) {
    while (text.size - at >= OD_BLOCK && !has_escaped(text.data + at)) at += OD_BLOCK;
    while (at < text.size && !is_escaped(text.data[at])) at++;
    return at;
}

// Puts UTF-8 as the inside of a string.
static void put_valid(od_buf *out, od_slice text) {
    for (size_t start = 0;;) {
        const size_t end = find_escaped(text, start);
        od_buf_add(out, od_slice_cut(text, start, end));
        if (end == text.size) return;
        put_escaped(out, (unsigned char)text.data[end]);
        start = end + 1;
    }
}

// Puts any bytes as the inside of a string.
static void put_characters(od_buf *out, od_slice text) {
    for (size_t invalid; (invalid = od_utf8_find_invalid(text)) != SIZE_MAX;) {
        put_valid(out, od_slice_cut(text, 0, invalid));
        od_buf_text(out, "\xEF\xBF\xBD");
        text = od_slice_from(text, invalid + 1);
    }
    put_valid(out, text);
}

// Whether `text` is ASCII that needs no escapes; not asked of long texts, which hardly ever are.
static bool is_plain(od_slice text) {
    if (text.size > OD_BLOCK) return false;
    bool plain = true;
    for (size_t i = 0; i < text.size; i++)
        plain &= (signed char)text.data[i] >= 0x20 && text.data[i] != '"' && text.data[i] != '\\';
    return plain;
}

static void put_string(od_buf *out, od_slice text) {
    od_buf_byte(out, '"');
    put_characters(out, text);
    od_buf_byte(out, '"');
}

// ---- the spelling ------------------------------------------------------------------------------

static void open(void *context, od_value_form form, const char *name, size_t count) {
    writer *const w = context;
    closer closer = form == OD_RECORD || form == OD_OBJECT ? OBJECT : ARRAY;
    if (form == OD_WRAPPER) {
        od_buf_byte(&w->closers, NO_CLOSER);
        return;
    }
    begin(w);
    if (form == OD_TAGGED) {
        od_buf_add(w->out, OD_SLICE("{\"t\":\""));
        put(w, name);
        od_buf_add(w->out, OD_SLICE("\",\"c\":"));
        closer = count > 1 ? ARRAY_IN_OBJECT : OBJECT;
    }
    if (form != OD_TAGGED || count > 1) od_buf_byte(w->out, closer == OBJECT ? '{' : '[');
    od_buf_byte(&w->closers, (char)closer);
    w->first = true;
}

static void close(void *context) {
    static const od_slice CLOSERS[] = {{"", 0}, {"]", 1}, {"}", 1}, {"]}", 2}};
    writer *const w = context;
    od_buf_add(w->out, CLOSERS[(size_t)w->closers.data[--w->closers.size]]);
    w->first = false;
}

static void put_field(void *context, od_slice name) {
    writer *const w = context;
    begin(w);
    put_string(w->out, name);
    od_buf_byte(w->out, ':');
    w->first = true;
}

static void put_constant(void *context, const char *name) {
    static const char BEFORE[] = "{\"t\":\"", AFTER[] = "\"}";
    writer *const w = context;
    const size_t size = strlen(name);
    char *at = begin_with(w, size + sizeof BEFORE + sizeof AFTER);
    at = copy(at, BEFORE, sizeof BEFORE - 1);
    at = copy(at, name, size);
    end_at(w, copy(at, AFTER, sizeof AFTER - 1));
}

static void put_nothing(void *context) {
    begin(context);
    put(context, "null");
}

static void put_text(void *context, od_slice text) {
    writer *const w = context;
    begin(w);
    put_string(w->out, text);
}

static void put_integer(void *context, int64_t number) {
    writer *const w = context;
    begin(w);
    if (number < 0) od_buf_byte(w->out, '-');
    od_buf_number(w->out, number < 0 ? -(size_t)number : (size_t)number);
}

static void put_real(void *context, double number) {
    writer *const w = context;
    begin(w);
    od_real_write(number, w->out);
}

static void put_truth(void *context, bool truth) {
    begin(context);
    put(context, truth ? "true" : "false");
}

static void put_word(void *context, od_slice text) {
    static const char BEFORE[] = "{\"t\":\"Str\",\"c\":\"", AFTER[] = "\"}";
    writer *const w = context;
    char *at = begin_with(w, text.size + sizeof BEFORE + sizeof AFTER);
    at = copy(at, BEFORE, sizeof BEFORE - 1);
    if (is_plain(text)) {
        at = copy(at, text.data, text.size);
    } else {
        end_at(w, at);
        put_characters(w->out, text);
        at = od_buf_reserve(w->out, sizeof AFTER);
    }
    end_at(w, copy(at, AFTER, sizeof AFTER - 1));
}

static const od_spelling SPELLING = {
    .open = open,
    .close = close,
    .field = put_field,
    .constant = put_constant,
    .nothing = put_nothing,
    .text = put_text,
    .integer = put_integer,
    .real = put_real,
    .truth = put_truth,
    .word = put_word,
};

// ---- figures of version 1.22 -------------------------------------------------------------------

static bool has_note(const od_node *parent) {
    for (const od_node *n = parent; n; n = od_node_next(parent, n, false))
        if (n->type == OD_NOTE) return true;
    return false;
}

static void put_children(const od_node *parent, const od_values_options *options, od_buf *out) {
    writer w = {.out = out, .first = true};
    od_values_spell_children(parent, options, &SPELLING, &w);
    od_buf_free(&w.closers);
}

// An alternative text with a note is taken for another one: figures in notes in figures would have
// to be compared again at every level.
static bool same_inlines(const od_node *a, const od_node *b) {
    if (has_note(a) || has_note(b)) return false;
    od_buf left = {0}, right = {0};
    put_children(a, &(od_values_options){0}, &left);
    put_children(b, &(od_values_options){0}, &right);
    const bool same = od_slice_equal(od_buf_slice(&left), od_buf_slice(&right));
    od_buf_free(&left);
    od_buf_free(&right);
    return same;
}

// ---- all ---------------------------------------------------------------------------------------

void od_write_pandoc_json(const od_node *root, const od_node *meta, const od_pandoc_api *version,
                          od_buf *out) {
    static const od_pandoc_api NEWEST = {.numbers = {1, 23, 1, 2}, .count = 4};
    if (!version) version = &NEWEST;
    const bool is_old = version->count > 1 && version->numbers[0] == 1 && version->numbers[1] < 23;
    const od_values_options options = {.same_inlines = is_old ? same_inlines : NULL};
    od_buf_text(out, "{\"pandoc-api-version\":[");
    for (size_t i = 0; i < version->count; i++) {
        if (i) od_buf_byte(out, ',');
        od_buf_number(out, version->numbers[i]);
    }
    od_buf_text(out, "],\"meta\":");
    if (meta) put_children(meta, &options, out);
    else od_buf_text(out, "{}");
    od_buf_text(out, ",\"blocks\":");
    put_children(root, &options, out);
    od_buf_byte(out, '}');
}

void od_write_pandoc_json_node(const od_node *node, od_buf *out) {
    writer w = {.out = out, .first = true};
    od_values_spell_node(node, &(od_values_options){0}, &SPELLING, &w);
    od_buf_free(&w.closers);
}
