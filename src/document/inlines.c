// Inlines: cmark-gfm's nodes are laid along the content of their block, in order, byte by byte.
//
// Text must be the content's next bytes, or what its next escape or entity stands for; marks are
// stepped over. When anything does not fit, or content is left over, nothing of the block is
// believed: all its inlines become opaque. There are no near misses.
#include "document/markdown.h"

#include "base/block.h"
#include "base/utf8.h"
#include "document/emoji.h"
#include "document/syntax.h"

#include <cmark-gfm-extension_api.h>

typedef struct aligner {
    od_markdown *m;
    const od_content *content;
    size_t at;       // the content's next byte
    size_t piece;    // index of the piece last looked at
    od_node *parent; // of what comes next
    od_node *run;    // an exact text, the last child of `parent`, that may still grow
    bool has_break;  // a soft break was met that may turn out to lie inside `run`
    od_span soft_break;
    size_t bracket; // behind the next `]`, or SIZE_MAX; looked for when `at` has reached it
    bool lost;
} aligner;

// ---- places ------------------------------------------------------------------------------------

static const od_piece *seek(aligner *a, size_t at) {
    const od_piece *const pieces = a->content->pieces.items;
    while (a->piece > 0 && pieces[a->piece].at > at) a->piece--;
    while (a->piece + 1 < a->content->pieces.count && pieces[a->piece + 1].at <= at) a->piece++;
    return &pieces[a->piece];
}

// Returns the source offset where content byte `at` starts.
static size_t source_start(aligner *a, size_t at) {
    if (!a->content->pieces.count) return a->m->body.start;
    const od_piece *const piece = seek(a, at);
    if (at >= a->content->text.size) return piece->source.end;
    return piece->exact ? piece->source.start + (at - piece->at) : piece->source.start;
}

// Returns the source offset where the content bytes before `end` end.
static size_t source_end(aligner *a, size_t end) {
    if (end == 0 || !a->content->pieces.count) return source_start(a, end);
    const od_piece *const piece = seek(a, end - 1);
    return piece->exact ? piece->source.start + (end - piece->at) : piece->source.end;
}

static char peek(const aligner *a, size_t at) {
    return at < a->content->text.size ? a->content->text.data[at] : '\0';
}

static od_slice rest(const aligner *a, size_t at) {
    return od_slice_from(a->content->text, at < a->content->text.size ? at : a->content->text.size);
}

od_slice od_markdown_content(cmark_node *leaf) {
    if (!cmark_node_first_child(leaf)) return OD_SLICE("");
    return od_slice_of(cmark_node_get_string_content(leaf));
}

// ---- nodes -------------------------------------------------------------------------------------

od_slice od_markdown_keep(const od_markdown *m, od_span span, od_slice text) {
    const od_slice there = od_source_cut(m->source, span);
    return od_slice_equal(there, text) ? there : od_arena_copy(m->arena, text);
}

static void flush_break(aligner *a) {
    a->run = NULL;
    if (!a->has_break) return;
    a->has_break = false;
    od_node_append(a->parent, od_node_new(a->m->arena, OD_SOFT_BREAK, a->soft_break));
}

static od_node *put_node(aligner *a, od_node_type type, od_span span) {
    flush_break(a);
    od_node *const node = od_node_new(a->m->arena, type, span);
    od_node_append(a->parent, node);
    return node;
}

static void put_decoded(aligner *a, od_span span, od_slice text) {
    od_node *const node = put_node(a, OD_TEXT, span);
    node->flags |= OD_DECODED;
    node->leaf.text = od_arena_copy(a->m->arena, text);
}

// Whether an exact text at `start` continues the run: right after it, or after a soft break that is
// nothing but white space.
static bool joins(const aligner *a, size_t start) {
    if (!a->run) return false;
    const char *const bytes = a->content->source->bytes.data;
    size_t at = a->run->span.end;
    if (!a->has_break) return at == start;
    while (at < start && od_content_is_space(bytes[at])) at++;
    return at == start;
}

static void put_exact_source(aligner *a, od_span span) {
    if (!joins(a, span.start)) {
        od_node *const node = put_node(a, OD_TEXT, span);
        a->run = node;
    }
    a->has_break = false;
    a->run->span.end = span.end;
    a->run->leaf.text = od_source_cut(a->content->source, a->run->span);
}

// Notes a soft break, which lies inside an exact text or becomes a node, as what follows it shows.
static void put_break(aligner *a, od_span span) {
    if (a->has_break) flush_break(a);
    a->soft_break = span;
    a->has_break = true;
}

// Puts the content bytes [from, to) as text. A line end in it, as in the label of an unknown
// footnote, is a soft break like others.
static void put_text(aligner *a, size_t from, size_t to) {
    const size_t count = a->content->pieces.count;
    while (from < to) {
        const od_piece *const piece = seek(a, from);
        size_t stop = a->piece + 1 < count ? piece[1].at : a->content->text.size;
        if (stop > to) stop = to;
        if (piece->exact) {
            const size_t start = piece->source.start + (from - piece->at);
            put_exact_source(a, (od_span){start, start + (stop - from)});
        } else if (peek(a, from) == '\n') put_break(a, piece->source);
        else put_decoded(a, piece->source, od_slice_cut(a->content->text, from, stop));
        from = stop;
    }
}

// ---- text --------------------------------------------------------------------------------------

// Reads the number of `&#…;` (`text` from the `&` to the `;`) as cmark-gfm does; false when it is
// none.
static bool read_number(od_slice text, uint32_t *code) {
    const bool hex = text.size > 2 && (text.data[2] == 'x' || text.data[2] == 'X');
    const size_t first = hex ? 3 : 2, end = text.size - 1;
    if (end <= first || end - first > 8) return false;
    *code = 0;
    for (size_t i = first; i < end; i++) {
        const uint32_t c = (unsigned char)text.data[i], letter = (c | 32) - 'a';
        if (od_is_digit(c)) *code = *code * (hex ? 16 : 10) + (c - '0');
        else if (hex && letter < 6) *code = *code * 16 + 10 + letter;
        else return false;
        if (*code > 0x110000) *code = 0x110000;
    }
    if (*code == 0 || *code > 0x10FFFF || (*code >= 0xD800 && *code <= 0xDFFF)) *code = 0xFFFD;
    return true;
}

// Returns the end of what looks like an entity at the front of `text`, after its `;`, or 0.
static size_t entity_end(od_slice text) {
    enum { LONGEST = 33 };
    for (size_t i = 1; i < text.size && i < LONGEST; i++) {
        const char c = text.data[i];
        if (c == ';') return i > 2 ? i + 1 : 0;
        if (!od_is_ascii_alpha((unsigned char)c) && !od_is_digit((unsigned char)c) && c != '#')
            return 0;
    }
    return 0;
}

// Whether `code` is the second character of an entity that stands for two (HTML 5.2, 8.5: &nvlt;
// &NotEqualTilde; &caps; &bne; &nparsl; &race; &ThickSpace; and their like).
static bool is_second(uint32_t code) {
    static const uint32_t SECONDS[] = {0x338, 0x20D2, 0xFE00, 0x20E5, 0x333, 0x331, 0x200A};
    for (size_t i = 0; i < sizeof SECONDS / sizeof *SECONDS; i++)
        if (code == SECONDS[i]) return true;
    return false;
}

// Returns how many bytes of `wanted` the named entity `entity` stands for, `after` being the
// content behind it. The names need no table here: whether cmark-gfm knew the name shows in the
// text it made.
static size_t match_name(od_slice entity, od_slice wanted, od_slice after) {
    const bool is_and = od_slice_equal(entity, OD_SLICE("&amp;")) ||
                        od_slice_equal(entity, OD_SLICE("&AMP;"));
    if (wanted.data[0] == '&') return is_and ? 1 : 0;
    if (is_and) return 0;
    size_t size, more;
    od_utf8_read(wanted, 0, &size);
    if (size >= wanted.size) return size;
    const od_slice left = od_slice_from(wanted, size);
    const uint32_t second = od_utf8_read(left, 0, &more);
    if (second == 'j') return od_slice_equal(entity, OD_SLICE("&fjlig;")) ? size + 1 : size;
    const bool two = is_second(second) && !od_slice_starts(after, od_slice_cut(left, 0, more));
    return two ? size + more : size;
}

// Steps over an entity that stands for the front of `wanted`; returns how much of `wanted` that is.
static size_t take_entity(aligner *a, od_slice wanted) {
    const od_slice here = rest(a, a->at);
    const size_t end = entity_end(here);
    if (!end) return 0;
    const od_slice entity = od_slice_cut(here, 0, end);
    size_t size = 0;
    if (entity.data[1] == '#') {
        uint32_t code;
        char bytes[4];
        if (!read_number(entity, &code)) return 0;
        size = od_utf8_write(code, bytes);
        if (!od_slice_starts(wanted, (od_slice){bytes, size})) return 0;
    } else size = match_name(entity, wanted, od_slice_from(here, end));
    if (!size) return 0;
    put_decoded(a, (od_span){source_start(a, a->at), source_end(a, a->at + end)},
                od_slice_cut(wanted, 0, size));
    a->at += end;
    return size;
}

static bool takes_escapes(const aligner *a) {
    // Between `<` and `>` of an autolink a backslash is a backslash.
    return a->parent->type != OD_LINK ||
           a->content->source->bytes.data[a->parent->span.start] == '[';
}

// Steps over a backslash and the mark it escapes, when that mark is the front of `wanted`.
static size_t take_escape(aligner *a, od_slice wanted) {
    const char mark = peek(a, a->at + 1);
    if (!od_content_is_mark(mark) || wanted.data[0] != mark || !takes_escapes(a)) return 0;
    put_decoded(a, (od_span){source_start(a, a->at), source_end(a, a->at + 2)},
                od_slice_cut(wanted, 0, 1));
    a->at += 2;
    return 1;
}

// Returns the end of the next `]`, or SIZE_MAX.
static size_t find_bracket(aligner *a) {
    if (a->bracket > a->at) return a->bracket;
    const od_slice here = rest(a, a->at);
    const char *const hit = memchr(here.data, ']', here.size);
    a->bracket = hit ? (size_t)(hit - a->content->text.data) + 1 : SIZE_MAX;
    return a->bracket;
}

// `[^label]` without a definition is text again, in which cmark-gfm leaves escapes as they are.
// Returns how much of `wanted` it is.
static size_t take_label(aligner *a, od_slice wanted) {
    enum { LONGEST = 1000 };
    const size_t end = find_bracket(a);
    if (end == SIZE_MAX || end - a->at > LONGEST) return 0;
    const od_slice label = od_slice_cut(a->content->text, a->at, end);
    if (!od_slice_starts(wanted, label)) return 0;
    put_text(a, a->at, end);
    a->at = end;
    return label.size;
}

// Returns how many bytes at the front of `wanted` are the content's next ones and need no thought.
static size_t match_plain(const aligner *a, od_slice wanted) {
    const od_slice here = rest(a, a->at);
    const size_t limit = wanted.size < here.size ? wanted.size : here.size;
    size_t size = 0;
    while (size < limit && here.data[size] == wanted.data[size] && here.data[size] != '\\' &&
           here.data[size] != '&' &&
           !(here.data[size] == '[' && size + 1 < here.size && here.data[size + 1] == '^'))
        size++;
    return size;
}

static bool is_special_block(const char *at) {
    const od_block bytes = od_block_load(at);
    return od_block_any((bytes == '\\') | (bytes == '&') | (bytes == '['));
}

// Whether text holds a byte that may start something else: an escape, an entity, a label.
static bool has_special(od_slice text) {
    size_t at = 0;
    for (; text.size - at >= OD_BLOCK; at += OD_BLOCK)
        if (is_special_block(text.data + at)) return true;
    // The last block overlaps the one before.
    if (at) return is_special_block(text.data + text.size - OD_BLOCK);
    for (; at < text.size; at++)
        if (text.data[at] == '\\' || text.data[at] == '&' || text.data[at] == '[') return true;
    return false;
}

// Steps over the one thing at the front that is not plain; returns how much of `wanted` it is.
static size_t match_special(aligner *a, od_slice wanted) {
    const char here = peek(a, a->at);
    size_t size = 0;
    if (here == '\\') size = take_escape(a, wanted);
    else if (here == '&') size = take_entity(a, wanted);
    else if (here == '[') size = take_label(a, wanted);
    if (size) return size;
    if (a->at >= a->content->text.size || here != wanted.data[0]) return 0;
    put_text(a, a->at, a->at + 1);
    a->at++;
    return 1;
}

// Whether `wanted` is the content's next bytes as they are. In a bare URL they always are.
static bool is_verbatim(const aligner *a, od_slice wanted) {
    const od_slice here = rest(a, a->at);
    if (!od_slice_starts(here, wanted)) return false;
    if (!has_special(wanted)) return true;
    const char mark = a->content->source->bytes.data[a->parent->span.start];
    return a->parent->type == OD_LINK && mark != '[' && mark != '<';
}

// Text that has no known place.
static void put_lost_text(aligner *a, od_slice text) {
    if (!text.size) return;
    od_node *const node = put_node(a, OD_TEXT, a->parent->span);
    node->leaf.text = od_arena_copy(a->m->arena, text);
}

static void take_text(aligner *a, od_slice wanted) {
    if (!a->lost && is_verbatim(a, wanted)) {
        put_text(a, a->at, a->at + wanted.size);
        a->at += wanted.size;
        return;
    }
    while (wanted.size && !a->lost) {
        size_t size = match_plain(a, wanted);
        if (size) {
            put_text(a, a->at, a->at + size);
            a->at += size;
        } else size = match_special(a, wanted);
        a->lost = size == 0;
        wanted = od_slice_from(wanted, size);
    }
    put_lost_text(a, wanted);
}

// ---- breaks, code, HTML ------------------------------------------------------------------------

// Steps over the end of a line with the white space around it, and over the backslash of a hard
// one, behind which cmark-gfm leaves white space alone. Returns its span up to the next line of the
// source.
static od_span take_line_end(aligner *a, bool hard) {
    const size_t from = a->at;
    while (peek(a, a->at) != '\n' && od_content_is_space(peek(a, a->at))) a->at++;
    const bool backslash = hard && peek(a, a->at) == '\\';
    if (backslash) a->at++;
    if (peek(a, a->at) != '\n') {
        a->lost = true;
        return a->parent->span;
    }
    a->at++;
    const od_span span = {source_start(a, from), source_end(a, a->at)};
    while (!backslash && (peek(a, a->at) == ' ' || peek(a, a->at) == '\t')) a->at++;
    return span;
}

static void take_soft_break(aligner *a) {
    const od_span span = take_line_end(a, false);
    if (a->m->options->hard_line_breaks) put_node(a, OD_LINE_BREAK, span);
    else if (a->lost) put_node(a, OD_SOFT_BREAK, span);
    else put_break(a, span);
}

static void take_line_break(aligner *a) {
    const od_span span = take_line_end(a, true);
    const od_node *const last = a->parent->last;
    const bool second = last && last->type == OD_LINE_BREAK;
    od_node *const node = put_node(a, OD_LINE_BREAK, span);
    if (second) node->flags |= OD_VERBATIM; // two of them are two
}

// Returns the end of the code span that starts at `at`, or SIZE_MAX.
static size_t code_end(const aligner *a, size_t at) {
    size_t ticks = 0;
    while (peek(a, at) == '`') at++, ticks++;
    if (!ticks) return SIZE_MAX;
    for (;;) {
        const od_slice here = rest(a, at);
        const char *const hit = memchr(here.data, '`', here.size);
        if (!hit) return SIZE_MAX;
        at = (size_t)(hit - a->content->text.data);
        size_t found = 0;
        while (peek(a, at) == '`') at++, found++;
        if (found == ticks) return at;
    }
}

// Steps over the content up to `end`, or gets lost when that is SIZE_MAX; returns its span.
static od_span take_span(aligner *a, size_t end) {
    if (end == SIZE_MAX || end > a->content->text.size) a->lost = true;
    if (a->lost) return a->parent->span;
    const od_span span = {source_start(a, a->at), source_end(a, end)};
    a->at = end;
    return span;
}

static void take_code(aligner *a, od_slice text) {
    const od_span span = take_span(a, a->lost ? SIZE_MAX : code_end(a, a->at));
    od_node *const node = put_node(a, OD_CODE, span);
    node->leaf.text = od_arena_copy(a->m->arena, text);
}

static void take_html(aligner *a, od_slice text) {
    const bool fits = !a->lost && od_slice_starts(rest(a, a->at), text);
    const od_span span = take_span(a, fits ? a->at + text.size : SIZE_MAX);
    od_node *const node = put_node(a, OD_RAW_INLINE, span);
    node->leaf.text = od_markdown_keep(a->m, span, text);
    node->leaf.format = "html";
}

// ---- formulas and emoji ------------------------------------------------------------------------

static void take_emoji(aligner *a, od_slice name, od_span span) {
    od_arena *const arena = a->m->arena;
    od_pair *const pair = od_arena_new(arena, od_pair);
    *pair = (od_pair){OD_SLICE("data-emoji"), od_arena_copy(arena, name)};
    od_slice *const class = od_arena_new(arena, od_slice);
    *class = OD_SLICE("emoji");
    od_attr *const attr = od_arena_new(arena, od_attr);
    *attr = (od_attr){{0}, class, 1, pair, 1};
    od_node *const node = put_node(a, OD_SPAN, span);
    node->attr = attr;
    od_node *const text = od_node_new(arena, OD_TEXT, span);
    text->flags |= OD_DECODED;
    text->leaf.text = od_emoji(name);
    od_node_append(node, text);
}

// What syntax.c has found.
static void take_found(aligner *a, od_slice source, od_slice kind) {
    const bool fits = !a->lost && od_slice_starts(rest(a, a->at), source);
    const od_span span = take_span(a, fits ? a->at + source.size : SIZE_MAX);
    if (od_slice_is(kind, OD_SYNTAX_EMOJI)) {
        take_emoji(a, od_slice_cut(source, 1, source.size - 1), span);
        return;
    }
    od_node *const node = put_node(a, OD_MATH, span);
    if (od_slice_is(kind, OD_SYNTAX_DISPLAY)) node->flags |= OD_DISPLAY;
    node->leaf.text = od_arena_copy(a->m->arena, od_syntax_formula(source));
}

// ---- links -------------------------------------------------------------------------------------

// Within a link two more bytes count as white space.
static size_t skip_spaces(const aligner *a, size_t at) {
    while (od_content_is_space(peek(a, at)) || peek(a, at) == '\v' || peek(a, at) == '\f') at++;
    return at;
}

// Each of these returns the end of its part of a link at `at`, or SIZE_MAX when there is none, by
// the rules of cmark-gfm's inlines.c, which are a little wider than the specification's.
static size_t pointy_target_end(const aligner *a, size_t at) {
    for (at++; at < a->content->text.size; at++) {
        const char c = peek(a, at);
        if (c == '>') return at + 1;
        if (c == '\n' || c == '<') return SIZE_MAX;
        if (c == '\\') at++;
    }
    return SIZE_MAX;
}

static size_t bare_target_end(const aligner *a, size_t at) {
    enum { DEEPEST = 32 };
    size_t depth = 0;
    const size_t start = at;
    for (; at < a->content->text.size; at++) {
        const char c = peek(a, at);
        if (od_content_is_space(c)) return at == start ? SIZE_MAX : at;
        if (c == '\\' && od_content_is_mark(peek(a, at + 1))) at++;
        else if (c == '(' && ++depth > DEEPEST) return SIZE_MAX;
        else if (c == ')' && depth-- == 0) return at;
    }
    return SIZE_MAX;
}

static size_t target_end(const aligner *a, size_t at) {
    return peek(a, at) == '<' ? pointy_target_end(a, at) : bare_target_end(a, at);
}

static size_t title_end(const aligner *a, size_t at) {
    const char open = peek(a, at), close = open == '(' ? ')' : open;
    if (open != '"' && open != '\'' && open != '(') return at;
    size_t last = at; // after the last mark that could close it, escaped or not
    for (size_t i = at + 1; i < a->content->text.size; i++) {
        const char c = peek(a, i);
        if (c != close && !(c == '(' && open == '(')) continue;
        const bool escaped = peek(a, i - 1) == '\\' && i - 1 > at;
        if (c == close) last = i + 1;
        if (!escaped) return c == close ? i + 1 : last;
    }
    return last;
}

// Returns the end of `(target "title")` at `at`.
static size_t inline_end(const aligner *a, size_t at) {
    if (peek(a, at) != '(') return SIZE_MAX;
    const size_t target = target_end(a, skip_spaces(a, at + 1));
    if (target == SIZE_MAX) return SIZE_MAX;
    size_t end = skip_spaces(a, target);
    if (end > target) end = skip_spaces(a, title_end(a, end));
    return peek(a, end) == ')' ? end + 1 : SIZE_MAX;
}

// Returns the end of `[label]` at `at`.
static size_t label_end(const aligner *a, size_t at) {
    enum { LONGEST = 1000 };
    if (peek(a, at) != '[') return SIZE_MAX;
    for (size_t i = at + 1; i < a->content->text.size && i - at <= LONGEST + 1; i++) {
        const char c = peek(a, i);
        if (c == ']') return i + 1;
        if (c == '[') return SIZE_MAX;
        if (c == '\\' && od_content_is_mark(peek(a, i + 1))) i++;
    }
    return SIZE_MAX;
}

// Returns the end of what closes a link or image: `](…)`, `][label]`, or `]` alone.
static size_t tail_end(const aligner *a, size_t at) {
    if (peek(a, at) != ']') return SIZE_MAX;
    const size_t end = inline_end(a, at + 1);
    if (end != SIZE_MAX) return end;
    const size_t label = label_end(a, at + 1);
    return label != SIZE_MAX ? label : at + 1;
}

// ---- inlines with children ---------------------------------------------------------------------

// Opens a node behind `mark` bytes that stand before its children.
static od_node *open_node(aligner *a, od_node_type type, size_t mark) {
    const od_span span = take_span(a, a->at + mark);
    a->parent = put_node(a, type, span);
    return a->parent;
}

// Closes the open node with the marks up to `end`.
static void close_node(aligner *a, size_t end) {
    flush_break(a);
    const od_span span = take_span(a, end);
    a->parent->span.end = span.end;
    a->parent = a->parent->parent;
}

static bool is_mark(const aligner *a, const char *marks, size_t size) {
    const char first = peek(a, a->at);
    if (!first || !strchr(marks, first)) return false;
    return size == 1 || peek(a, a->at + 1) == first;
}

static void take_mark(aligner *a, od_node_type type, const char *marks, size_t size) {
    if (!is_mark(a, marks, size)) a->lost = true;
    open_node(a, type, size);
}

static void leave_mark(aligner *a, const char *marks, size_t size) {
    if (!is_mark(a, marks, size)) a->lost = true;
    close_node(a, a->at + size);
}

static void open_link(aligner *a, cmark_node *n, od_node_type type) {
    const char first = peek(a, a->at);
    size_t mark = first == '[' || first == '<' ? 1 : 0;
    if (type == OD_IMAGE) {
        mark = 2;
        if (first != '!' || peek(a, a->at + 1) != '[') a->lost = true;
    }
    od_node *const node = open_node(a, type, mark);
    od_link *const link = od_arena_new(a->m->arena, od_link);
    link->target = od_arena_copy(a->m->arena, od_slice_of(cmark_node_get_url(n)));
    link->title = od_arena_copy(a->m->arena, od_slice_of(cmark_node_get_title(n)));
    node->link = link;
}

static void close_link(aligner *a) {
    const char first =
        a->lost ? '\0' : a->content->source->bytes.data[a->parent->span.start];
    size_t end = a->at; // a bare URL
    if (first == '<') end = peek(a, a->at) == '>' ? a->at + 1 : SIZE_MAX;
    else if (first == '[' || first == '!') end = tail_end(a, a->at);
    close_node(a, end);
}

static void take_note(aligner *a, cmark_node *n) {
    const bool fits = peek(a, a->at) == '[' && peek(a, a->at + 1) == '^';
    const od_span span = take_span(a, fits ? find_bracket(a) : SIZE_MAX);
    od_node *const note = put_node(a, OD_NOTE, span);
    // cmark-gfm has put the definition's number, from 1, in the place of its label.
    const od_slice number = od_slice_of(cmark_node_get_literal(n));
    size_t definition = 0;
    for (size_t i = 0; i < number.size; i++)
        definition = definition * 10 + (size_t)(number.data[i] - '0');
    *od_array_push(&a->m->scratch, &a->m->notes) =
        (od_note_reference){note, definition - 1, a->m->note};
}

// ---- the walk ----------------------------------------------------------------------------------

static bool is_strikeout(cmark_node *n) {
    return strcmp(cmark_node_get_type_string(n), "strikethrough") == 0;
}

// Lays `n` along the content up to its children; returns whether leave_node is to be called.
static bool enter_node(aligner *a, cmark_node *n) {
    const od_slice text = od_slice_of(cmark_node_get_literal(n));
    const od_slice kind = od_slice_of(cmark_node_get_user_data(n));
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_TEXT: take_text(a, text); return false;
    case CMARK_NODE_SOFTBREAK: take_soft_break(a); return false;
    case CMARK_NODE_LINEBREAK: take_line_break(a); return false;
    case CMARK_NODE_CODE: take_code(a, text); return false;
    case CMARK_NODE_HTML_INLINE:
        if (kind.size) take_found(a, text, kind);
        else take_html(a, text);
        return false;
    case CMARK_NODE_FOOTNOTE_REFERENCE: take_note(a, n); return false;
    case CMARK_NODE_EMPH: take_mark(a, OD_EMPH, "*_", 1); return true;
    case CMARK_NODE_STRONG: take_mark(a, OD_STRONG, "*_", 2); return true;
    case CMARK_NODE_LINK: open_link(a, n, OD_LINK); return true;
    case CMARK_NODE_IMAGE: open_link(a, n, OD_IMAGE); return true;
    default: break;
    }
    if (is_strikeout(n)) take_mark(a, OD_STRIKEOUT, "~", 2);
    else open_node(a, OD_SPAN, 0);
    return true;
}

static void leave_node(aligner *a) {
    switch ((od_node_type)a->parent->type) {
    case OD_EMPH: leave_mark(a, "*_", 1); break;
    case OD_STRONG: leave_mark(a, "*_", 2); break;
    case OD_STRIKEOUT: leave_mark(a, "~", 2); break;
    case OD_LINK:
    case OD_IMAGE: close_link(a); break;
    default: close_node(a, a->at); break;
    }
}

static void align(aligner *a, cmark_node *leaf) {
    for (cmark_node *n = cmark_node_first_child(leaf); n;) {
        if (enter_node(a, n)) {
            cmark_node *const child = cmark_node_first_child(n);
            if (child) {
                n = child;
                continue;
            }
            leave_node(a);
        }
        while (!cmark_node_next(n)) {
            n = cmark_node_parent(n);
            if (n == leaf) return;
            leave_node(a);
        }
        n = cmark_node_next(n);
    }
}

// ---- plain blocks ------------------------------------------------------------------------------

// Whether `leaf` is nothing but text and soft breaks, and its content shows that the text is the
// content as it is: then no node's text need be looked at. Most paragraphs are like that.
static bool is_plain(const od_markdown *m, od_slice text, cmark_node *leaf) {
    for (cmark_node *n = cmark_node_first_child(leaf); n; n = cmark_node_next(n)) {
        const cmark_node_type type = cmark_node_get_type(n);
        const bool soft_break = type == CMARK_NODE_SOFTBREAK && !m->options->hard_line_breaks;
        if (type != CMARK_NODE_TEXT && !soft_break) return false;
    }
    return !has_special(text);
}

static void put_plain(aligner *a) {
    const od_slice text = od_content_trim_end(a->content->text);
    while (a->at < text.size) {
        const char *const hit = memchr(text.data + a->at, '\n', text.size - a->at);
        const size_t end = hit ? (size_t)(hit - text.data) : text.size;
        const size_t line = a->at;
        a->at += od_content_trim_end(od_slice_cut(text, a->at, end)).size;
        put_text(a, line, a->at);
        if (hit) take_soft_break(a);
    }
}

bool od_markdown_read_at_once(od_markdown *m, cmark_node *leaf, od_slice text, od_node *into) {
    const od_slice there = od_source_cut(m->source, into->span);
    if (!text.size || !od_slice_equal(there, text) || !is_plain(m, text, leaf)) return false;
    od_node *const node = od_node_new(m->arena, OD_TEXT, into->span);
    node->leaf.text = there;
    od_node_append(into, node);
    return true;
}

// ---- opaque blocks -----------------------------------------------------------------------------

static void make_opaque(od_node *leaf) {
    for (od_node *n = od_node_next(leaf, leaf, false); n;
         n = od_node_next(leaf, n, n->type == OD_NOTE)) {
        n->flags |= OD_OPAQUE;
        n->span = leaf->span;
    }
}

void od_markdown_read_inlines(od_markdown *m, cmark_node *leaf, bool mapped, od_node *into) {
    aligner a = {.m = m, .content = &m->content, .parent = into, .lost = !mapped};
    if (!mapped) m->content.text = (od_slice){"", 0};
    if (mapped && is_plain(m, a.content->text, leaf)) put_plain(&a);
    else align(&a, leaf);
    flush_break(&a);
    if (!a.lost && a.at < od_content_trim_end(a.content->text).size) a.lost = true;
    if (a.lost) make_opaque(into);
}
