#include "engine/escape.h"

#include "base/buf.h"
#include "base/utf8.h"

typedef struct writer {
    od_slice source, value;
    od_span span;
    bool line_start;
    od_buf out;
} writer;

// Whether only white space and quote marks stand before `offset` on its line.
static bool starts_line(od_slice source, size_t offset) {
    while (offset > 0) {
        const char byte = source.data[offset - 1];
        if (byte == '\n' || byte == '\r') return true;
        if (byte != ' ' && byte != '\t' && byte != '>') return false;
        offset--;
    }
    return true;
}

// Returns the byte `i` of the value as it will stand in the source: past its end, the source goes on.
static unsigned char byte_at(const writer *w, size_t i) {
    if (i < w->value.size) return (unsigned char)w->value.data[i];
    i = w->span.end + (i - w->value.size);
    return i < w->source.size ? (unsigned char)w->source.data[i] : '\n';
}

static bool is_alnum(unsigned char byte) {
    return od_is_ascii_alpha(byte) || od_is_digit(byte);
}

// Whether the `&` at `i` would start an entity: letters, digits and `#` up to a `;`.
static bool starts_entity(const writer *w, size_t i) {
    enum { LONGEST = 34 }; // CounterClockwiseContourIntegral and its marks
    size_t at = i + 1;
    if (byte_at(w, at) == '#') at++;
    while (at - i < LONGEST && is_alnum(byte_at(w, at))) at++;
    return byte_at(w, at) == ';';
}

// Whether the byte at `i` makes a bare address of what is around it (GFM autolinks).
static bool makes_address(const writer *w, size_t i) {
    const unsigned char byte = (unsigned char)w->value.data[i];
    if (byte == ':') return byte_at(w, i + 1) == '/' && byte_at(w, i + 2) == '/';
    if (byte == '@') return is_alnum(byte_at(w, i + 1));
    return byte == '.' && i >= 3 && memcmp(w->value.data + i - 3, "www", 3) == 0;
}

static bool is_space_byte(unsigned char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

// Whether the byte at `i`, the first of its line, would start a block there.
static bool starts_block(const writer *w, size_t i) {
    const unsigned char byte = (unsigned char)w->value.data[i];
    if (byte == '>' || byte == '=') return true;
    return (byte == '-' || byte == '+') &&
           (is_space_byte(byte_at(w, i + 1)) || byte_at(w, i + 1) == byte);
}

static bool needs_escape(const writer *w, size_t i) {
    const unsigned char byte = (unsigned char)w->value.data[i];
    if (byte != '\0' && strchr("\\`*_[]<|#~$", byte)) return true;
    if (byte == '&') return starts_entity(w, i);
    if (byte == '!') return byte_at(w, i + 1) == '[';
    if (makes_address(w, i)) return true;
    return i == 0 && w->line_start && starts_block(w, i);
}

// Returns how many digits the value starts with when they, with what follows, would number a list
// (`1. `, `12) `), else SIZE_MAX.
static size_t list_number(const writer *w) {
    size_t i = 0;
    while (i < w->value.size && od_is_digit((unsigned char)w->value.data[i])) i++;
    if (i == 0 || i > 9 || !w->line_start) return SIZE_MAX;
    const unsigned char mark = byte_at(w, i);
    return (mark == '.' || mark == ')') && is_space_byte(byte_at(w, i + 1)) ? i : SIZE_MAX;
}

static size_t count_backslashes(od_slice source, size_t offset) {
    size_t count = 0;
    while (offset > count && source.data[offset - count - 1] == '\\') count++;
    return count;
}

bool od_escape_markdown(od_arena *arena, od_slice source, od_span span, bool block_start,
                        od_slice value, od_slice *escaped) {
    writer w = {source, value, span, block_start || starts_line(source, span.start), {0}};
    const size_t number = list_number(&w);
    for (size_t i = 0; i < value.size; i++) {
        if (i == number || needs_escape(&w, i)) od_buf_byte(&w.out, '\\');
        od_buf_byte(&w.out, value.data[i]);
    }
    if (number == value.size) od_buf_byte(&w.out, '\\');
    *escaped = od_arena_copy(arena, od_buf_slice(&w.out));
    od_buf_free(&w.out);
    // A backslash before a letter stands for itself; before a mark it would not any more.
    const unsigned char first = escaped->size ? (unsigned char)escaped->data[0] : 'a';
    const bool is_mark = first < 0x80 && !is_alnum(first) && first != ' ';
    return !(is_mark && count_backslashes(source, span.start) % 2 == 1);
}
