// Official lines: reports that are Markdown only by their file's name, one paragraph a line, with
// no blank lines between. A person reads each line as a paragraph, cmark-gfm reads one paragraph.
#include "document/markdown.h"

#include "base/utf8.h"

static bool is_numeral(uint32_t code) {
    static const uint32_t NUMERALS[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
                                        0x516B, 0x4E5D, 0x5341, 0x767E, 0x96F6, 0x3007};
    for (size_t i = 0; i < sizeof NUMERALS / sizeof *NUMERALS; i++)
        if (code == NUMERALS[i]) return true;
    return false;
}

// Reads the character at `*at` and moves past it; 0 at the end.
static uint32_t read(od_slice line, size_t *at) {
    if (*at >= line.size) return 0;
    size_t size;
    const uint32_t code = od_utf8_read(line, *at, &size);
    *at += size;
    return code;
}

// Whether `code` ends the number that the character `first` began.
static bool is_end(uint32_t first, uint32_t code) {
    switch (first) {
    case 0xFF08: // （
    case '(': return code == 0xFF09 || code == ')';
    case 0x7B2C: // 第…章 节 篇 条 部(分) 编
        return code == 0x7AE0 || code == 0x8282 || code == 0x7BC7 || code == 0x6761 ||
               code == 0x90E8 || code == 0x7F16;
    default: return code == 0x3001; // 、
    }
}

bool od_markdown_is_numbered(od_slice line) {
    enum { LONGEST = 6 }; // 一百二十三
    size_t at = 0;
    uint32_t code = read(line, &at);
    while (code == ' ' || code == '\t' || code == 0x3000 || code == 0xA0) code = read(line, &at);
    uint32_t first = 0;
    if (code == 0xFF08 || code == '(' || code == 0x7B2C) {
        first = code;
        code = read(line, &at);
    }
    size_t count = 0;
    for (; count < LONGEST && (is_numeral(code) || (first == 0x7B2C && od_is_digit(code))); count++)
        code = read(line, &at);
    return count && is_end(first, code);
}

// ---- guessing ----------------------------------------------------------------------------------

// Whether a line that starts like this can, in any place, be anything but text of a paragraph.
static bool starts_plain(od_slice line) {
    const unsigned char first = (unsigned char)line.data[0];
    return first >= 0x80 || od_is_ascii_alpha(first);
}

// Whether code, HTML or the like opens with this line, so that lines below it may lie within.
static bool may_swallow(od_slice line) {
    size_t at = 0;
    while (at < line.size && (line.data[at] == ' ' || line.data[at] == '\t' ||
                              line.data[at] == '>' || line.data[at] == '-' ||
                              line.data[at] == '*' || line.data[at] == '+' ||
                              line.data[at] == '.' || line.data[at] == ')' ||
                              od_is_digit((unsigned char)line.data[at])))
        at++;
    return at < line.size &&
           (line.data[at] == '`' || line.data[at] == '~' || line.data[at] == '<');
}

// The lines between two blank ones.
typedef struct stretch {
    size_t first;
    bool plain, numbered;
} stretch;

unsigned char *od_markdown_guess_lines(od_arena *arena, const od_source *source, od_span body) {
    unsigned char *marks = NULL;
    const size_t start = od_source_line_at(source, body.start);
    stretch s = {start, true, false};
    for (size_t i = start; i <= source->line_count; i++) {
        od_slice line = {0};
        if (i < source->line_count) {
            od_span span = od_source_line(source, i);
            if (span.start < body.start) span.start = body.start;
            line = od_source_cut(source, span);
        }
        const bool blank = !line.size || !od_slice_trim(line).size;
        if (!blank) {
            if (may_swallow(line)) return marks;
            s.plain = s.plain && starts_plain(line);
            s.numbered = s.numbered || (s.plain && od_markdown_is_numbered(line));
            continue;
        }
        if (s.plain && s.numbered && i - s.first > 1) {
            if (!marks) marks = od_arena_array(arena, unsigned char, source->line_count);
            memset(marks + s.first, OD_OWN, i - s.first);
        }
        s = (stretch){i + 1, true, false};
    }
    return marks;
}

// ---- plain lines -------------------------------------------------------------------------------

// Whether no byte of `line` could begin anything but text.
static bool is_plain(od_slice line, bool strikethrough) {
    for (size_t i = 0; i < line.size; i++) {
        switch (line.data[i]) {
        case '\0':
        case '\\':
        case '&':
        case '[':
        case '*':
        case '_':
        case '`':
        case '<': return false;
        case '~':
            if (strikethrough) return false;
            break;
        default: break;
        }
    }
    return true;
}

void od_markdown_find_plain_lines(const od_source *source, const od_reader_options *options,
                                  unsigned char *marks) {
    if (options->autolinks) return; // a bare URL begins with a letter
    for (size_t i = 0; i < source->line_count; i++) {
        if (!marks[i]) continue;
        const od_slice line = od_source_cut(source, od_source_line(source, i));
        if (is_plain(line, options->strikethrough)) marks[i] = OD_OWN_PLAIN;
    }
}
