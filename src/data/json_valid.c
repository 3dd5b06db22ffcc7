#include "data/json_events.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <ctype.h>

typedef struct checker {
    const char *at, *end;
    od_buf open; // the closing bracket of each object and array that is open
} checker;

static void pass_white(checker *c) {
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\n' || *c->at == '\r' || *c->at == '\t'))
        c->at++;
}

static bool pass(checker *c, char wanted) {
    if (c->at == c->end || *c->at != wanted) return false;
    c->at++;
    return true;
}

static bool pass_escape(checker *c) {
    if (c->end - c->at < 2 || !c->at[1]) return false;
    const bool is_code = c->at[1] == 'u';
    if (!is_code && !strchr("\"\\/bfnrt", c->at[1])) return false;
    c->at += 2;
    for (int i = 0; is_code && i < 4; i++, c->at++)
        if (c->at == c->end || !isxdigit((unsigned char)*c->at)) return false;
    return true;
}

static bool pass_string(checker *c) {
    if (!pass(c, '"')) return false;
    while ((c->at = od_json_string_run(c->at, c->end)) < c->end) {
        if (*c->at == '"') {
            c->at++;
            return true;
        }
        if (*c->at != '\\' || !pass_escape(c)) return false;
    }
    return false;
}

static bool pass_digits(checker *c) {
    const char *const start = c->at;
    while (c->at < c->end && *c->at >= '0' && *c->at <= '9') c->at++;
    return c->at > start;
}

static bool pass_number(checker *c) {
    pass(c, '-');
    if (!pass(c, '0') && !pass_digits(c)) return false;
    if (pass(c, '.') && !pass_digits(c)) return false;
    if (!pass(c, 'e') && !pass(c, 'E')) return true;
    if (!pass(c, '+')) pass(c, '-');
    return pass_digits(c);
}

static bool pass_literal(checker *c) {
    static const od_slice LITERALS[] = {{"true", 4}, {"false", 5}, {"null", 4}};
    const od_slice rest = {c->at, (size_t)(c->end - c->at)};
    for (size_t i = 0; i < sizeof LITERALS / sizeof *LITERALS; i++) {
        if (!od_slice_starts(rest, LITERALS[i])) continue;
        c->at += LITERALS[i].size;
        return true;
    }
    return false;
}

static bool pass_key(checker *c) {
    pass_white(c);
    if (!pass_string(c)) return false;
    pass_white(c);
    return pass(c, ':');
}

static bool pass_exactly(checker *c, const char *text, size_t size) {
    if ((size_t)(c->end - c->at) < size || memcmp(c->at, text, size) != 0) return false;
    c->at += size;
    return true;
}

// Passes a word or space as pandoc's documents mostly consist of, all of it at once.
static bool pass_word(checker *c) {
    static const char STR[] = "{\"t\":\"Str\",\"c\":\"", SPACE[] = "{\"t\":\"Space\"}";
    const char *const start = c->at;
    if (pass_exactly(c, SPACE, sizeof SPACE - 1)) return true;
    if (pass_exactly(c, STR, sizeof STR - 1)) {
        c->at = od_json_string_run(c->at, c->end);
        if (pass_exactly(c, "\"}", 2)) return true;
        c->at = start;
    }
    return false;
}

// Passes a scalar, an empty object or array, or the start of another one, which `*opened` says.
static bool pass_value(checker *c, bool *opened) {
    pass_white(c);
    *opened = false;
    if (c->at == c->end) return false;
    const char first = *c->at;
    if (first == '"') return pass_string(c);
    if (first == '{' && pass_word(c)) return true;
    if (first != '{' && first != '[')
        return first == '-' || isdigit((unsigned char)first) ? pass_number(c) : pass_literal(c);
    const char closing = first == '{' ? '}' : ']';
    c->at++;
    pass_white(c);
    if (pass(c, closing)) return true;
    *opened = true;
    od_buf_byte(&c->open, closing);
    return first == '[' || pass_key(c);
}

// Passes what comes behind a value, up to the next one; `*done` when there is none.
static bool pass_on(checker *c, bool *done) {
    for (;;) {
        pass_white(c);
        *done = !c->open.size;
        if (*done) return c->at == c->end;
        const char closing = c->open.data[c->open.size - 1];
        if (pass(c, ',')) return closing == ']' || pass_key(c);
        if (!pass(c, closing)) return false;
        c->open.size--;
    }
}

static bool pass_all(checker *c) {
    for (bool opened, done = false; !done;) {
        if (!pass_value(c, &opened)) return false;
        if (!opened && !pass_on(c, &done)) return false;
    }
    return true;
}

bool od_json_is_valid(od_slice text) {
    if (!text.size || od_utf8_find_invalid(text) != SIZE_MAX) return false;
    checker c = {.at = text.data, .end = text.data + text.size};
    const bool valid = pass_all(&c);
    od_buf_free(&c.open);
    return valid;
}
