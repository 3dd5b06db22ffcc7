// Text: which characters of a word must be escaped, so that it is read as that word.
//
// All is decided by the bytes around a character; where they are not known, it is escaped.
#include "base/utf8.h"
#include "document/emoji.h"
#include "document/links.h"
#include "writer/gfm_parts.h"

static bool is_letter(char byte) {
    return od_is_ascii_alpha((unsigned char)byte);
}

static bool is_word_byte(char byte) {
    return is_letter(byte) || od_is_digit((unsigned char)byte);
}

static bool is_mark(char byte) {
    const unsigned char c = (unsigned char)byte;
    return c > ' ' && c < 0x7F && !is_word_byte(byte);
}

static char at(od_slice text, size_t i) {
    return i < text.size ? text.data[i] : '\0';
}

static size_t run_end(od_slice text, size_t i) {
    size_t end = i;
    while (end < text.size && text.data[end] == text.data[i]) end++;
    return end;
}

// ---- the start of a line -----------------------------------------------------------------------

// Returns how many digits a number of a list at the front of `text` has, or 0. Within a paragraph
// only 1 begins a list.
static size_t list_number(od_slice text, bool within) {
    enum { MOST_DIGITS = 9 };
    size_t digits = 0;
    unsigned long number = 0;
    while (od_is_digit((unsigned char)at(text, digits)) && digits < MOST_DIGITS)
        number = number * 10 + (unsigned long)(text.data[digits++] - '0');
    if (!digits || digits + 1 != text.size || (within && number != 1)) return 0;
    return text.data[digits] == '.' || text.data[digits] == ')' ? digits : 0;
}

// Whether `text` could be part of the line below a table's header.
static bool is_delimiter_row(od_slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (!strchr("|:-", text.data[i])) return false;
    return text.size && (text.data[0] == '|' || memchr(text.data, '-', text.size));
}

// Whether a whole line `text` of one character is markup: a rule, or a heading's underline.
static bool is_rule(od_slice text, bool within) {
    const char c = at(text, 0);
    if (!c || !strchr("-=_*", c) || run_end(text, 0) != text.size) return false;
    // At the start `--` matters too: behind the mark of an item it is the rest of a rule.
    return within || c != '=';
}

// Returns the offset of the byte to be escaped, so that no block begins with the word, or SIZE_MAX.
static size_t block_mark(od_slice text, bool before_space, bool within) {
    const char c = at(text, 0);
    if (c == '>' || (c == '~' && run_end(text, 0) >= 3)) return 0;
    if (within && is_delimiter_row(text)) return 0;
    if (!before_space) return SIZE_MAX;
    if (c == '#' && text.size <= 6 && run_end(text, 0) == text.size) return 0;
    if (text.size == 1 && (c == '-' || c == '+' || c == '*')) return 0;
    if (is_rule(text, within)) return 0;
    const size_t digits = list_number(text, within);
    return digits ? digits : SIZE_MAX;
}

bool od_gfm_starts_block(od_slice text, bool before_space) {
    return block_mark(text, before_space, true) != SIZE_MAX;
}

// ---- characters --------------------------------------------------------------------------------

// Whether the `*`s, `_`s or `~`s [start, end) of the word may stand as they are: between spaces, or
// `_` within a word.
static bool is_idle_run(const od_gfm_word *word, size_t start, size_t end) {
    const od_slice text = word->text;
    if (text.data[start] == '~' && !word->tildes) return true;
    if (start == 0 && end == text.size)
        return word->after_space && word->before_space && !word->line_start;
    if (word->encode_first || word->encode_last) return false;
    if (text.data[start] != '_' || start == 0 || end == text.size) return false;
    size_t size;
    return od_is_alphanumeric(od_utf8_read_before(text, start, &size)) &&
           od_is_alphanumeric(od_utf8_read(text, end, &size));
}

bool od_gfm_is_entity(od_slice text, size_t i) {
    if (text.data[i] != '&') return false;
    enum { LONGEST = 33 };
    size_t end = i + 1;
    if (at(text, end) == '#') end++;
    const size_t first = end;
    while (end < text.size && end - i < LONGEST && is_word_byte(text.data[end])) end++;
    return end > first && at(text, end) == ';';
}

// Whether the `.` at `i` is that of a bare `www.`.
static bool is_www(od_slice text, size_t i) {
    return i >= 3 && od_link_starts_www(text, i - 3) && od_link_may_start(text, i - 3);
}

// Whether the `:` at `i` would make the word before it a bare URL.
static bool is_scheme(od_slice text, size_t i) {
    return od_slice_starts(od_slice_from(text, i), OD_SLICE("://")) &&
           od_link_scheme_start(text, i) != SIZE_MAX;
}

// Whether the `@` at `i` is that of an address of mail.
static bool is_mail(od_slice text, size_t i) {
    size_t size, stop;
    if (i == 0 || od_link_host_end(text, i + 1, &stop) == SIZE_MAX) return false;
    const uint32_t before = od_utf8_read_before(text, i, &size);
    return od_is_alphanumeric(before) || (before < 0x80 && strchr(".-_+", (char)before));
}

// Whether the `:` at `i` begins the name of an emoji.
static bool is_emoji(od_slice text, size_t i) {
    size_t end = i + 1;
    while (end < text.size && (is_word_byte(text.data[end]) || strchr("_+-", text.data[end])))
        end++;
    return end > i + 1 && at(text, end) == ':' && od_emoji(od_slice_cut(text, i + 1, end)).size;
}

static bool needs_escape(const od_gfm_word *word, size_t i) {
    const od_slice text = word->text;
    const char next = at(text, i + 1);
    switch (text.data[i]) {
    case '`': return true;
    case '\\':
        return i + 1 == text.size || is_mark(next) || next == ' ' || next == '\n' ||
               word->encode_last;
    case '<': return is_letter(next) || next == '/' || next == '!' || next == '?';
    case '&': return od_gfm_is_entity(text, i);
    case '[': return word->in_link || next == '^' || (word->bracket && i == 0);
    case ']': return word->in_link || next == '(';
    case '!': return i + 1 == text.size && word->before_bracket;
    case '$': return word->dollars;
    case ':': return (word->after_note && i == 0) || is_scheme(text, i) || is_emoji(text, i);
    case '.': return is_www(text, i);
    case '@': return is_mail(text, i);
    case '#': return word->closes_heading && run_end(text, i) == text.size && i == 0;
    default: return false;
    }
}

static void put_entity(od_buf *out, uint32_t code) {
    od_buf_text(out, "&#");
    od_buf_number(out, code);
    od_buf_byte(out, ';');
}

// Puts the `*`s, `_`s or `~`s at `i`; returns where they end.
static size_t put_run(od_buf *out, const od_gfm_word *word, size_t i, size_t mark) {
    const size_t end = run_end(word->text, i);
    const bool idle = is_idle_run(word, i, end);
    for (size_t k = i; k < end; k++) {
        if (!idle || k == mark) od_buf_byte(out, '\\');
        od_buf_byte(out, word->text.data[k]);
    }
    return end;
}

// Puts the character at `i` of the word; returns where it ends.
static size_t put_character(od_buf *out, const od_gfm_word *word, size_t i, size_t mark) {
    const od_slice text = word->text;
    const char c = text.data[i];
    size_t size;
    const uint32_t code = od_utf8_read(text, i, &size);
    const bool encode = (word->encode_first && i == 0) ||
                        (word->encode_last && i + size == text.size);
    if (code != OD_NOT_UTF8 && (encode || c == ' ' || (c >= '\t' && c <= '\r'))) {
        put_entity(out, code);
        return i + size;
    }
    if (c == '*' || c == '_' || c == '~') return put_run(out, word, i, mark);
    if (i == mark || needs_escape(word, i)) od_buf_byte(out, '\\');
    od_buf_add(out, od_slice_cut(text, i, i + size));
    return i + size;
}

static bool is_special(char byte) {
    return (unsigned char)byte <= ' ' || strchr("`\\<&[]!~$:.#*_@", byte);
}

void od_gfm_put_word(od_buf *out, const od_gfm_word *word) {
    const od_slice text = word->text;
    const size_t mark = word->line_start
                            ? block_mark(text, word->before_space, !word->leaf_start)
                            : SIZE_MAX;
    for (size_t i = 0; i < text.size;) {
        size_t end = i;
        if (i > 0 || !word->encode_first)
            while (end < text.size && end != mark && !is_special(text.data[end])) end++;
        if (word->encode_last && end == text.size && end > i) {
            size_t size;
            od_utf8_read_before(text, end, &size);
            end -= size;
        }
        od_buf_add(out, od_slice_cut(text, i, end));
        i = end < text.size ? put_character(out, word, end, mark) : end;
    }
}

// ---- targets and info strings ------------------------------------------------------------------

// Puts text in which backslashes and entities count, and `marks` must be escaped.
static void put_literal(od_buf *out, od_slice text, const char *marks) {
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.data[i];
        const bool edge = i == 0 || i + 1 == text.size;
        if ((unsigned char)c < ' ' || (c == ' ' && edge)) {
            put_entity(out, (unsigned char)c);
            continue;
        }
        // cmark-gfm resolves entities first, so that a backslash would not keep one from it.
        const bool entity = od_gfm_is_entity(text, i);
        if ((c == '\\' && (is_mark(at(text, i + 1)) || i + 1 == text.size)) ||
            (c && strchr(marks, c)))
            od_buf_byte(out, '\\');
        od_buf_text(out, entity ? "&amp" : "");
        od_buf_byte(out, entity ? ';' : c);
    }
}

// Whether a target can stand without `<` and `>`: no white space, and parentheses that match.
static bool is_bare_target(od_slice target) {
    enum { DEEPEST = 30 };
    size_t depth = 0;
    if (at(target, 0) == '<') return false;
    for (size_t i = 0; i < target.size; i++) {
        const char c = target.data[i];
        if ((unsigned char)c <= ' ' || c == 0x7F) return false;
        if (c == '(' && ++depth > DEEPEST) return false;
        if (c == ')' && depth-- == 0) return false;
    }
    return depth == 0;
}

void od_gfm_put_target(od_buf *out, const od_link *link) {
    od_buf_byte(out, '(');
    const bool bare = is_bare_target(link->target) && (link->target.size || !link->title.size);
    if (!bare) od_buf_byte(out, '<');
    put_literal(out, link->target, bare ? "" : "<>");
    if (!bare) od_buf_byte(out, '>');
    if (link->title.size) {
        od_buf_text(out, " \"");
        put_literal(out, link->title, "\"");
        od_buf_byte(out, '"');
    }
    od_buf_byte(out, ')');
}

void od_gfm_put_info(od_buf *out, od_slice text) {
    put_literal(out, text, "");
}

size_t od_gfm_longest_run(od_slice text, char byte) {
    size_t longest = 0;
    for (size_t i = 0; i < text.size;) {
        const char *const hit = memchr(text.data + i, byte, text.size - i);
        if (!hit) break;
        const size_t start = (size_t)(hit - text.data), end = run_end(text, start);
        if (end - start > longest) longest = end - start;
        i = end;
    }
    return longest;
}
