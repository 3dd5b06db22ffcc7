// Inlines of pandoc's Markdown.
//
// pandoc tries one parser after the other and goes back where one fails. Emphasis and double quotes
// never go back: what they have read stays when their end does not come, with the marks as text. So
// they are frames on a stack. Single quotes and strikeout do go back, to the place they started at.
#include "document/emoji.h"
#include "document/links.h"
#include "document/pandoc_markdown.h"

#include "base/utf8.h"

#include <strings.h>

typedef enum frame_kind { TOP, ONE, TWO, THREE, STRIKE, SUPER, SUB, SINGLE, DOUBLE } frame_kind;

typedef struct frame {
    frame_kind kind;
    char mark;
    od_node *node; // what is in it; not yet linked to its parent
    size_t start;  // behind the marks that opened it
    size_t notes;  // what to go back to
} frame;

typedef struct pair {
    size_t open, close;
} pair;

typedef struct parser {
    od_pm *pm;
    od_slice text;
    size_t at;
    unsigned flags;
    size_t depth;
    od_buf run; // text that is not a node yet
    OD_ARRAY(frame) frames;
    size_t word_end;      // where the last word ended
    size_t returns;       // how often it went back
    bool paired;          // `pairs` are known
    OD_ARRAY(pair) pairs; // brackets that belong together, in order of opening
    OD_ARRAY(pair) spans; // likewise the tags of spans, `close` being where the closing one starts
    size_t bad_links;     // how many targets did not end
    bool parens_known;
    OD_ARRAY(size_t) open_parens; // those that are never closed, in order
    size_t no_dollar;     // from here on no formula ends
    bool closed;          // a line end stands behind the text
} parser;

static char peek(const parser *p, size_t at) {
    return od_pm_byte(p->text, at);
}

static bool has(const parser *p, od_extension extension) {
    return od_pm_has(p->pm, extension);
}

static frame *top(parser *p) {
    return &p->frames.items[p->frames.count - 1];
}

// ---- nodes -------------------------------------------------------------------------------------

static void flush(parser *p) {
    if (!p->run.size) return;
    od_pm_add(p->pm, top(p)->node, OD_TEXT)->leaf.text =
        od_arena_copy(p->pm->arena, od_buf_slice(&p->run));
    p->run.size = 0;
}

static od_node *put(parser *p, od_node_type type) {
    flush(p);
    return od_pm_add(p->pm, top(p)->node, type);
}

static void put_text(parser *p, size_t end) {
    od_buf_add(&p->run, od_slice_cut(p->text, p->at, end));
    p->at = end;
}

static od_slice keep(parser *p, size_t start, size_t end) {
    return od_arena_copy(p->pm->arena, od_slice_cut(p->text, start, end));
}

// Adds a text whose inlines are read later.
static void pend(parser *p, od_node *node, size_t start, size_t end, unsigned flags) {
    od_pm_pend(p->pm, node, od_slice_cut(p->text, start, end),
               (p->flags | flags) & ~(unsigned)OD_PM_FIGURE, p->depth + 1);
}

// ---- frames ------------------------------------------------------------------------------------

static void open_frame(parser *p, frame_kind kind, char mark, size_t size) {
    flush(p);
    p->at += size;
    *od_array_push(&p->pm->scratch, &p->frames) =
        (frame){kind, mark, od_node_new(p->pm->arena, OD_SPAN, OD_NO_SPAN), p->at,
                p->pm->note_count};
}

static void splice(od_node *from, od_node *into) {
    for (od_node *n = from->first, *next; n; n = next) {
        next = n->next;
        n->parent = n->next = NULL;
        od_node_append(into, n);
    }
}

// Puts the children of `node` behind those of `last`; two words that meet stay two.
static void join(od_node *last, od_node *node) {
    od_node *const first = node->first;
    const bool words = first && first->type == OD_TEXT && last->last &&
                       last->last->type == OD_TEXT &&
                       od_pm_skip(first->leaf.text, 0) == 0;
    bool white = false;
    for (size_t i = 0; words && i < first->leaf.text.size; i++)
        white = white || od_pm_is_white(first->leaf.text.data[i]);
    if (words && !white) first->flags |= OD_VERBATIM;
    splice(node, last);
}

// Ends the frame on top as a node of `type`, behind `size` bytes of marks.
static od_node *close_frame(parser *p, od_node_type type, size_t size) {
    flush(p);
    od_node *const node = top(p)->node;
    node->type = (uint8_t)type;
    p->frames.count--;
    // Neighbours of one kind are one, as pandoc's builder has it.
    od_node *const last = top(p)->node->last;
    if (last && last->type == type && type != OD_QUOTED) join(last, node);
    else od_node_append(top(p)->node, node);
    p->at += size;
    p->word_end = p->at;
    return node;
}

static const char *opening(const frame *f) {
    const bool star = f->mark == '*';
    switch (f->kind) {
    case ONE: return star ? "*" : "_";
    case TWO: return star ? "**" : "__";
    case THREE: return star ? "***" : "___";
    case STRIKE: return "~~";
    case SUPER: return "^";
    case SUB: return "~";
    case SINGLE: return "\xE2\x80\x99";
    default: return "\xE2\x80\x9C";
    }
}

static bool returns(const parser *p, const frame *f) {
    enum { RETURNS_MAX = 16 }; // each reads the rest again
    return (f->kind == SINGLE || f->kind == DOUBLE || f->kind == STRIKE) &&
           p->returns < RETURNS_MAX;
}

static void put_opening(parser *p, const frame *f) {
    // What does not strike is an empty subscript.
    if (f->kind == STRIKE && has(p, OD_EXT_subscript)) put(p, OD_SUBSCRIPT);
    else od_buf_text(&p->run, opening(f));
}

// Reads again what stands behind the marks of `f`, which are text.
static void go_back(parser *p, const frame *f) {
    put_opening(p, f);
    p->returns++;
    p->at = f->start;
    p->pm->note_count = f->notes;
    p->word_end = SIZE_MAX;
}

// The text has ended and frames have not. Their marks become text; what is in them stays, or is
// read again from the innermost one that goes back.
static void fail_frames(parser *p) {
    flush(p);
    const size_t count = p->frames.count;
    size_t index = count - 1;
    while (index > 0 && !returns(p, &p->frames.items[index])) index--;
    if (index > 0) {
        const frame f = p->frames.items[index];
        p->frames.count = index;
        go_back(p, &f);
        return;
    }
    // All at once, since each splice gives every child another parent.
    p->frames.count = 1;
    for (size_t i = 1; i < count; i++) {
        put_opening(p, &p->frames.items[i]);
        flush(p);
        splice(p->frames.items[i].node, top(p)->node);
    }
}

// White space stands before the end of a strikeout: it is none.
static void fail_strike(parser *p) {
    flush(p);
    const frame f = *top(p);
    const bool again = returns(p, &f);
    p->frames.count--;
    if (again) {
        go_back(p, &f);
        return;
    }
    put_opening(p, &f);
    flush(p);
    splice(f.node, top(p)->node);
}

// ---- emphasis ----------------------------------------------------------------------------------

// Whether `count` marks at `at` can end emphasis.
static bool ends(const parser *p, char mark, size_t at, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (peek(p, at + i) != mark) return false;
    return mark == '*' || !has(p, OD_EXT_intraword_underscores) ||
           !od_pm_is_word(p->text, at + count);
}

static bool close_one(parser *p, char mark) {
    if (!ends(p, mark, p->at, 1)) return false;
    if (peek(p, p->at + 1) == mark && !ends(p, mark, p->at + 2, 1)) open_frame(p, TWO, mark, 2);
    else close_frame(p, OD_EMPH, 1);
    return true;
}

// What three marks opened may end with one, two or three.
static bool close_three(parser *p, char mark) {
    if (!ends(p, mark, p->at, 1)) return false;
    if (ends(p, mark, p->at, 3)) {
        od_node *const inner = top(p)->node;
        flush(p);
        od_node *const outer = od_node_new(p->pm->arena, OD_SPAN, OD_NO_SPAN);
        inner->type = OD_EMPH;
        od_node_append(outer, inner);
        top(p)->node = outer;
        close_frame(p, OD_STRONG, 3);
        return true;
    }
    const bool two = ends(p, mark, p->at, 2);
    flush(p);
    od_node *const inner = top(p)->node;
    inner->type = two ? OD_STRONG : OD_EMPH;
    p->frames.count--;
    open_frame(p, two ? ONE : TWO, mark, two ? 2 : 1);
    od_node_append(top(p)->node, inner);
    p->word_end = p->at;
    return true;
}

static void read_emphasis(parser *p, char mark) {
    if (mark == '_' && has(p, OD_EXT_intraword_underscores) && p->word_end == p->at) {
        put_text(p, p->at + 1);
        return;
    }
    size_t count = 0;
    while (peek(p, p->at + count) == mark) count++;
    if (count > 3 || od_pm_is_white(peek(p, p->at + count))) {
        put_text(p, p->at + count);
        return;
    }
    open_frame(p, count == 1 ? ONE : count == 2 ? TWO : THREE, mark, count);
}

// ---- brackets ----------------------------------------------------------------------------------

// Returns where the dollars stand that end the formula whose text starts at `at`, or SIZE_MAX.
static size_t find_dollars(const parser *p, size_t at, bool display) {
    const size_t start = at;
    for (; at < p->text.size; at++) {
        const char c = p->text.data[at];
        if (c == '\\') at++;
        else if (c == '$' && display && peek(p, at + 1) == '$') return at;
        else if (c == '$' && !display) {
            const bool fine = at > start && !od_pm_is_white(p->text.data[at - 1]) &&
                              !od_is_digit((unsigned char)peek(p, at + 1));
            return fine ? at : SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

// Returns the end of what is one thing where brackets are paired: an escape, code, a formula, a
// tag.
static size_t skip_thing(const parser *p, size_t at) {
    const char c = p->text.data[at];
    od_pm_tag tag;
    if (c == '\\') return at + 2;
    if (c == '`') {
        const size_t code = od_pm_code_end(p->text, at);
        if (code != SIZE_MAX) return code;
        while (peek(p, at) == '`') at++;
        return at;
    }
    if (c == '$' && has(p, OD_EXT_tex_math_dollars) && !od_pm_is_white(peek(p, at + 1))) {
        const bool display = peek(p, at + 1) == '$';
        const size_t end = find_dollars(p, at + (display ? 2 : 1), display);
        if (end != SIZE_MAX) return end + (display ? 2 : 1);
    }
    if (c == '<' && od_pm_read_tag(p->text, at, &tag)) return tag.end;
    return at + 1;
}

static bool is_span(od_slice name) {
    return name.size == 4 && strncasecmp(name.data, "span", 4) == 0;
}

typedef OD_ARRAY(size_t) offset_list;

// Pairs the tag of a span at `at` with the one that it closes.
static void pair_span(parser *p, size_t at, offset_list *open) {
    od_pm_tag tag;
    if (!od_pm_read_tag(p->text, at, &tag) || !is_span(tag.name) || tag.empty) return;
    if (!tag.closing) {
        *od_array_push(&p->pm->scratch, open) = p->spans.count;
        *od_array_push(&p->pm->scratch, &p->spans) = (pair){at, SIZE_MAX};
    } else if (open->count) p->spans.items[open->items[--open->count]].close = at;
}

static void find_pairs(parser *p) {
    offset_list open = {0}, tags = {0};
    p->paired = true;
    for (size_t at = 0; at < p->text.size;) {
        const char c = p->text.data[at];
        if (c == '[') {
            *od_array_push(&p->pm->scratch, &open) = p->pairs.count;
            *od_array_push(&p->pm->scratch, &p->pairs) = (pair){at, SIZE_MAX};
        } else if (c == ']' && open.count) p->pairs.items[open.items[--open.count]].close = at;
        else if (c == '<') pair_span(p, at, &tags);
        at = skip_thing(p, at);
    }
}

// Returns what closes what stands at `at`, or SIZE_MAX.
static size_t find_close(const pair *pairs, size_t count, size_t at) {
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (pairs[middle].open < at) low = middle + 1;
        else high = middle;
    }
    return low < count && pairs[low].open == at ? pairs[low].close : SIZE_MAX;
}

// Returns where the `]` stands that closes the `[` at `at`, or SIZE_MAX.
static size_t match_bracket(parser *p, size_t at) {
    if (!p->paired) find_pairs(p);
    return find_close(p->pairs.items, p->pairs.count, at);
}

// Likewise the closing tag of the span at `at`.
static size_t match_span(parser *p, size_t at) {
    if (!p->paired) find_pairs(p);
    return find_close(p->spans.items, p->spans.count, at);
}

// ---- strikeout, sub- and superscript -----------------------------------------------------------

// Whether `mark` comes before any white space.
static bool ends_short(const parser *p, char mark) {
    for (size_t at = p->at + 1; at < p->text.size; at++) {
        const char c = p->text.data[at];
        if (c == mark) return true;
        if (c == '\\') at++;
        else if (c == '`') {
            const size_t code = od_pm_code_end(p->text, at);
            if (code != SIZE_MAX) at = code - 1;
        } else if (od_pm_is_white(c)) return false;
    }
    return false;
}

static void read_tilde(parser *p) {
    const bool two = peek(p, p->at + 1) == '~';
    const char after = peek(p, p->at + 2);
    if (two && has(p, OD_EXT_strikeout) && after && !od_pm_is_white(after) && after != '~' &&
        od_slice_find(p->text, OD_SLICE("~~"), p->at + 2) != SIZE_MAX)
        open_frame(p, STRIKE, '~', 2);
    else if (has(p, OD_EXT_subscript) && ends_short(p, '~')) open_frame(p, SUB, '~', 1);
    else put_text(p, p->at + 1);
}

static void read_caret(parser *p) {
    const bool bracket = peek(p, p->at + 1) == '[' && has(p, OD_EXT_inline_notes);
    const size_t close = bracket ? match_bracket(p, p->at + 1) : SIZE_MAX;
    const char after = close == SIZE_MAX ? '\0' : peek(p, close + 1);
    if (close != SIZE_MAX && after != '(' && after != '[') {
        p->pm->note_count++;
        od_node *const para = od_pm_add(p->pm, put(p, OD_NOTE), OD_PARA);
        pend(p, para, p->at + 2, close, 0);
        p->at = close + 1;
    } else if (has(p, OD_EXT_superscript) && ends_short(p, '^')) open_frame(p, SUPER, '^', 1);
    else put_text(p, p->at + 1);
}

// ---- closing -----------------------------------------------------------------------------------

// Ends the frame on top when its end stands here.
static bool close_here(parser *p) {
    const frame f = *top(p);
    const char c = peek(p, p->at);
    switch (f.kind) {
    case TOP: return false;
    case ONE: return c == f.mark && close_one(p, f.mark);
    case TWO:
        if (c != f.mark || !ends(p, f.mark, p->at, 2)) return false;
        close_frame(p, OD_STRONG, 2);
        return true;
    case THREE: return c == f.mark && close_three(p, f.mark);
    case STRIKE:
        if (c != '~' || peek(p, p->at + 1) != '~' || p->at == f.start) return false;
        if (od_pm_is_white(peek(p, p->at - 1))) fail_strike(p);
        else close_frame(p, OD_STRIKEOUT, 2);
        return true;
    case SUPER:
    case SUB:
        if (c != f.mark) return false;
        close_frame(p, f.kind == SUPER ? OD_SUPERSCRIPT : OD_SUBSCRIPT, 1);
        return true;
    case SINGLE:
        if (c != '\'' || od_pm_is_word(p->text, p->at + 1) || p->at == f.start) return false;
        close_frame(p, OD_QUOTED, 1)->double_quotes = false;
        return true;
    case DOUBLE:
        if (c != '"' || p->at == f.start) return false;
        close_frame(p, OD_QUOTED, 1)->double_quotes = true;
        return true;
    }
    return false;
}

// ---- smart punctuation -------------------------------------------------------------------------

static bool is_quoted(const parser *p, frame_kind kind) {
    for (size_t i = p->frames.count; i-- > 0;) {
        const frame_kind k = p->frames.items[i].kind;
        if (k == SINGLE || k == DOUBLE) return k == kind;
    }
    return false;
}

static void put_instead(parser *p, const char *text, size_t size) {
    od_buf_text(&p->run, text);
    p->at += size;
}

static void read_quote(parser *p, char mark) {
    if (!has(p, OD_EXT_smart)) {
        put_text(p, p->at + 1);
        return;
    }
    const char next = peek(p, p->at + 1);
    const bool single = mark == '\'';
    const bool open = next && !od_pm_is_white(next) && (single || next != '"');
    if (open && !is_quoted(p, single ? SINGLE : DOUBLE) && p->word_end != p->at)
        open_frame(p, single ? SINGLE : DOUBLE, mark, 1);
    else if (!single && next == '"') put_instead(p, "\xE2\x80\x9C", 1);
    else put_instead(p, single ? "\xE2\x80\x99" : "\xE2\x80\x9D", 1);
}

static void read_dash(parser *p) {
    size_t count = 0;
    while (count < 3 && peek(p, p->at + count) == '-') count++;
    if (count < 2 || !has(p, OD_EXT_smart)) put_text(p, p->at + 1);
    else put_instead(p, count == 3 ? "\xE2\x80\x94" : "\xE2\x80\x93", count);
}

// ---- words -------------------------------------------------------------------------------------

// Source: pandoc, data/abbreviations.
static bool is_abbreviation(od_slice word) {
    static const char *const WORDS[] = {
        "Mr.",  "Mrs.", "Ms.",  "Capt.", "Dr.",  "Prof.", "Gen.",  "Gov.", "e.g.", "i.e.",
        "Sgt.", "St.",  "vol.", "vs.",   "Sen.", "Rep.",  "Pres.", "Hon.", "Rev.", "Ph.D.",
        "M.D.", "M.A.", "p.",   "pp.",   "ch.",  "chap.", "sec.",  "cf.",  "cp."};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (od_slice_is(word, WORDS[i])) return true;
    return false;
}

// Returns the end of a word: letters and digits, and single dots among and behind them.
static size_t word_end(const parser *p, size_t at) {
    while (at < p->text.size) {
        size_t size = 1;
        if (p->text.data[at] == '.' && peek(p, at + 1) != '.') {
            at++;
            continue;
        }
        const uint32_t code = od_utf8_read(p->text, at, &size);
        if (code == OD_NOT_UTF8 || !od_is_alphanumeric(code)) break;
        at += size;
    }
    return at;
}

static void put_bare_link(parser *p, size_t end, const char *prefix) {
    od_node *const node = put(p, OD_LINK);
    od_link *const link = od_arena_new(p->pm->arena, od_link);
    const od_slice text = keep(p, p->at, end);
    link->target = od_arena_concat(p->pm->arena, od_slice_of(prefix), text);
    link->attr = od_pm_class(p->pm->arena, OD_SLICE("uri"));
    node->link = link;
    od_pm_add(p->pm, node, OD_TEXT)->leaf.text = text;
    p->at = end;
}

static bool read_bare_link(parser *p, size_t word) {
    size_t stop;
    if (!has(p, OD_EXT_autolink_bare_uris) || p->flags & OD_PM_NO_LINKS) return false;
    if (!od_slice_starts(od_slice_from(p->text, word), OD_SLICE("://"))) return false;
    if (od_link_scheme_start(p->text, word) != p->at) return false;
    const size_t host = od_link_host_end(p->text, word + 3, &stop);
    if (host == SIZE_MAX) return false;
    put_bare_link(p, od_link_path_end(p->text, host), "");
    return true;
}

// Whether a note or a citation stands at `at`, a `[`.
static bool opens_cite(parser *p, size_t at) {
    const size_t close = match_bracket(p, at);
    return close != SIZE_MAX &&
           (peek(p, at + 1) == '^' || memchr(p->text.data + at, '@', close - at));
}

static void read_word(parser *p) {
    const size_t start = p->at, end = word_end(p, p->at);
    if (read_bare_link(p, end)) return;
    put_text(p, end);
    p->word_end = end;
    if (!has(p, OD_EXT_smart) || !od_pm_is_blank(peek(p, end))) return;
    const size_t next = od_pm_skip(p->text, end);
    const char after = peek(p, next);
    const bool line_end = memchr(p->text.data + end, '\n', next - end) != NULL;
    if (line_end || after == '@' || (after == '[' && opens_cite(p, next))) return;
    if (!is_abbreviation(od_slice_cut(p->text, start, end)) || next >= p->text.size) return;
    put_instead(p, "\xC2\xA0", next - end);
}

// ---- white space, escapes, entities ------------------------------------------------------------

static void read_white(parser *p) {
    const size_t end = od_pm_skip(p->text, p->at);
    const char *const hit = memchr(p->text.data + p->at, '\n', end - p->at);
    if (!hit) {
        od_buf_byte(&p->run, ' ');
    } else if (hit - (p->text.data + p->at) >= 2 || has(p, OD_EXT_hard_line_breaks)) {
        put(p, OD_LINE_BREAK)->flags |= OD_VERBATIM; // two of them are two
    } else if (!has(p, OD_EXT_ignore_line_breaks)) od_buf_byte(&p->run, '\n');
    p->at = end;
}

// Returns the end of `{…}` or `[…]` at `at`, or SIZE_MAX.
static size_t group_end(const parser *p, size_t at) {
    const char open = peek(p, at), close = open == '{' ? '}' : ']';
    size_t depth = 0;
    for (; at < p->text.size; at++) {
        const char c = p->text.data[at];
        if (c == '\\') at++;
        else if (c == open) depth++;
        else if (c == close && --depth == 0) return at + 1;
    }
    return SIZE_MAX;
}

static size_t environment_end(const parser *p, size_t at, size_t arguments) {
    const od_slice name = od_slice_cut(p->text, at, arguments);
    const od_slice close = od_arena_concat(&p->pm->scratch, OD_SLICE("\\end"), name);
    const size_t hit = od_slice_find(p->text, close, arguments);
    return hit == SIZE_MAX ? SIZE_MAX : hit + close.size;
}

// Reads a command of TeX with its arguments.
static bool read_tex(parser *p) {
    size_t end = p->at + 1;
    while (od_is_ascii_alpha((unsigned char)peek(p, end))) end++;
    if (!has(p, OD_EXT_raw_tex) || end == p->at + 1) return false;
    const od_slice name = od_slice_cut(p->text, p->at + 1, end);
    if (peek(p, end) == '*') end++;
    bool arguments = false;
    while (peek(p, end) == '{' || peek(p, end) == '[') {
        const size_t group = group_end(p, end);
        if (group == SIZE_MAX) {
            if (peek(p, end) == '{') return false;
            break;
        }
        if (!arguments && od_slice_is(name, "begin")) {
            const size_t close = environment_end(p, end, group);
            if (close == SIZE_MAX) return false;
            end = close;
            arguments = true;
            break;
        }
        end = group;
        arguments = true;
    }
    if (!arguments) end = od_pm_skip_blanks(p->text, end);
    od_node *const node = put(p, OD_RAW_INLINE);
    node->leaf.text = keep(p, p->at, end);
    node->leaf.format = "tex";
    p->at = end;
    return true;
}

static void read_backslash(parser *p) {
    const char next = peek(p, p->at + 1);
    const bool at_end = p->closed && p->at + 1 >= p->text.size;
    if ((next == '\n' || at_end) && has(p, OD_EXT_escaped_line_breaks)) {
        put(p, OD_LINE_BREAK)->flags |= OD_VERBATIM; // two of them are two
        p->at = od_pm_skip(p->text, p->at + 1);
        return;
    }
    if (next && next != '\n' && !od_pm_is_word(p->text, p->at + 1)) {
        size_t size;
        od_utf8_read(p->text, p->at + 1, &size);
        if (next == ' ') put_instead(p, "\xC2\xA0", 2);
        else {
            p->at++;
            put_text(p, p->at + size);
        }
        return;
    }
    if (!read_tex(p)) put_text(p, p->at + 1);
}

static void read_ampersand(parser *p) {
    const size_t end = od_pm_entity_end(p->text, p->at);
    if (end != SIZE_MAX) {
        const od_slice entity =
            od_pm_entity(&p->pm->scratch, od_slice_cut(p->text, p->at, end));
        if (entity.size) {
            od_buf_add(&p->run, entity);
            p->at = end;
            return;
        }
    }
    put_text(p, p->at + 1);
}

// ---- code and formulas -------------------------------------------------------------------------

static void read_code(parser *p) {
    size_t ticks = 0;
    while (peek(p, p->at + ticks) == '`') ticks++;
    const size_t end = od_pm_code_end(p->text, p->at);
    if (end == SIZE_MAX) {
        put_text(p, p->at + ticks);
        return;
    }
    od_buf text = {0};
    const od_slice code = od_slice_trim(od_slice_cut(p->text, p->at + ticks, end - ticks));
    for (size_t i = 0; i < code.size; i++)
        od_buf_byte(&text, code.data[i] == '\n' ? ' ' : code.data[i]);
    const char *format = NULL;
    const od_attr *attr = NULL;
    size_t after = has(p, OD_EXT_raw_attribute)
                       ? od_pm_raw_attribute(p->pm->arena, p->text, end, &format)
                       : SIZE_MAX;
    const bool raw = after != SIZE_MAX;
    if (!raw && has(p, OD_EXT_inline_code_attributes))
        after = od_pm_attributes(p->pm->arena, p->text, end, &attr);
    od_node *const node = put(p, raw ? OD_RAW_INLINE : OD_CODE);
    node->leaf.text = od_arena_copy(p->pm->arena, od_buf_slice(&text));
    if (raw) node->leaf.format = format;
    else node->leaf.attr = after != SIZE_MAX ? attr : NULL;
    od_buf_free(&text);
    p->at = after != SIZE_MAX ? after : end;
}

static void read_dollar(parser *p) {
    const bool display = peek(p, p->at + 1) == '$';
    const size_t size = display ? 2 : 1, start = p->at + size;
    const bool open = display || !od_pm_is_white(peek(p, start));
    const size_t end = has(p, OD_EXT_tex_math_dollars) && open && p->at < p->no_dollar
                           ? find_dollars(p, start, display)
                           : SIZE_MAX;
    if (end == SIZE_MAX) {
        if (!memchr(p->text.data + p->at + 1, '$', p->text.size - p->at - 1)) p->no_dollar = p->at;
        put_text(p, p->at + size);
        return;
    }
    od_node *const node = put(p, OD_MATH);
    if (display) node->flags |= OD_DISPLAY;
    node->leaf.text = keep(p, start, end);
    p->at = end + size;
}

// ---- notes -------------------------------------------------------------------------------------

static bool read_note(parser *p) {
    od_pm *const pm = p->pm;
    size_t end = p->at + 2;
    if (!has(p, OD_EXT_footnotes) || peek(p, p->at + 1) != '^') return false;
    while (end < p->text.size && !strchr("] \t\n[^", p->text.data[end])) end++;
    if (end == p->at + 2 || peek(p, end) != ']') return false;
    const size_t found =
        od_pm_find(&pm->note_names, od_slice_cut(p->text, p->at + 1, end));
    // Copies may hold copies, so together they may not outgrow the text.
    if (found == SIZE_MAX || p->flags & OD_PM_IN_NOTE || pm->copied > 4 * pm->size) {
        put_text(p, end + 1);
        return true;
    }
    pm->note_count++;
    const od_slice text = pm->notes.items[found].text;
    pm->copied += text.size;
    const size_t base = pm->jobs.count;
    od_node *const note = put(p, OD_NOTE);
    od_pm_push(pm, note, text, OD_PM_IN_NOTE, p->depth + 1);
    od_pm_run(pm, base);
    od_pm_finish(pm, note);
    p->at = end + 1;
    return true;
}

// ---- spans -------------------------------------------------------------------------------------

// Returns `attr` without its class `index`, NULL when nothing is left.
static const od_attr *without_class(od_arena *arena, const od_attr *attr, size_t index) {
    od_attr *const made = od_arena_new(arena, od_attr);
    *made = *attr;
    od_slice *const classes = od_arena_array(arena, od_slice, attr->class_count);
    made->class_count = 0;
    for (size_t i = 0; i < attr->class_count; i++)
        if (i != index) classes[made->class_count++] = attr->classes[i];
    made->classes = classes;
    const bool empty = !made->identifier.size && !made->class_count && !made->attribute_count;
    return empty ? NULL : made;
}

// Adds a span; some classes make it small capitals or underlined. Returns where its text goes.
static od_node *put_span(parser *p, const od_attr *attr) {
    od_node *parent = NULL;
    for (size_t i = 0; attr && i < attr->class_count;) {
        const od_slice name = attr->classes[i];
        const bool small = od_slice_is(name, "smallcaps");
        if (!small && !od_slice_is(name, "ul") && !od_slice_is(name, "underline")) {
            i++;
            continue;
        }
        const od_node_type type = small ? OD_SMALL_CAPS : OD_UNDERLINE;
        parent = parent ? od_pm_add(p->pm, parent, type) : put(p, type);
        attr = without_class(p->pm->arena, attr, i);
    }
    if (parent && !attr) return parent;
    od_node *const span = parent ? od_pm_add(p->pm, parent, OD_SPAN) : put(p, OD_SPAN);
    span->attr = attr;
    return span;
}

static bool read_span(parser *p, size_t close) {
    const od_attr *attr;
    if (!has(p, OD_EXT_bracketed_spans)) return false;
    const size_t end = od_pm_attributes(p->pm->arena, p->text, close + 1, &attr);
    if (end == SIZE_MAX) return false;
    od_node *const span = put_span(p, attr);
    pend(p, span, p->at + 1, close, 0);
    p->at = end;
    return true;
}

// ---- links -------------------------------------------------------------------------------------

// Finds the definition that the brackets up to `close`, with what follows them, refer to. Sets
// `*end`.
static const od_link *find_reference(parser *p, size_t start, size_t close, size_t *end) {
    enum { LONGEST = 1000 };
    od_slice label = od_slice_cut(p->text, start, close);
    *end = close + 1;
    if (peek(p, *end) == '[') {
        const size_t second = match_bracket(p, *end);
        if (second != SIZE_MAX) {
            if (second > *end + 1) label = od_slice_cut(p->text, *end + 1, second);
            *end = second + 1;
        }
    } else if (!has(p, OD_EXT_shortcut_reference_links)) return NULL;
    if (label.size > LONGEST || !label.size) return NULL;
    const od_slice key = od_pm_key(&p->pm->scratch, label);
    const size_t found = od_pm_find(&p->pm->reference_names, key);
    if (found != SIZE_MAX) return &p->pm->references.items[found].link;
    if (!has(p, OD_EXT_implicit_header_references)) return NULL;
    const size_t heading = od_pm_find(&p->pm->heading_names, key);
    return heading != SIZE_MAX ? &p->pm->headings.items[heading].link : NULL;
}

static void find_open_parens(parser *p) {
    offset_list open = {0};
    p->parens_known = true;
    for (size_t at = 0; at < p->text.size; at++) {
        const char c = p->text.data[at];
        if (c == '\\') at++;
        else if (c == '(') *od_array_push(&p->pm->scratch, &open) = at;
        else if (c == ')' && open.count) open.count--;
    }
    p->open_parens.items = open.items;
    p->open_parens.count = open.count;
}

// Whether the `(` at `at` is never closed. Looked at only when many targets went on to the end of
// the text, since a title may hold a bracket of its own.
static bool is_unclosed(parser *p, size_t at) {
    enum { BAD_MAX = 64 };
    if (p->bad_links < BAD_MAX) return false;
    if (!p->parens_known) find_open_parens(p);
    size_t low = 0, high = p->open_parens.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (p->open_parens.items[middle] < at) low = middle + 1;
        else high = middle;
    }
    return low < p->open_parens.count && p->open_parens.items[low] == at;
}

// Reads the link or image whose text starts at `start` and ends at `close`.
static bool read_link(parser *p, size_t start, size_t close, od_node_type type) {
    od_pm *const pm = p->pm;
    od_link *const link = od_arena_new(pm->arena, od_link);
    const bool target = peek(p, close + 1) == '(' && !is_unclosed(p, close + 1);
    size_t end = target ? od_pm_link_source(pm->arena, p->text, close + 1, link) : SIZE_MAX;
    if (target && end == SIZE_MAX) p->bad_links++;
    if (end != SIZE_MAX) {
        const size_t after = has(p, OD_EXT_link_attributes)
                                 ? od_pm_attributes(pm->arena, p->text, end, &link->attr)
                                 : SIZE_MAX;
        if (after != SIZE_MAX) end = after;
    } else {
        const od_link *const found = find_reference(p, start, close, &end);
        if (!found) return false;
        *link = *found;
    }
    od_node *const node = put(p, type);
    node->link = link;
    pend(p, node, start, close, type == OD_LINK ? OD_PM_NO_LINKS : 0);
    p->at = end;
    return true;
}

static void read_bracket(parser *p) {
    if (read_note(p)) return;
    const size_t close = match_bracket(p, p->at);
    if (close != SIZE_MAX) {
        if (has(p, OD_EXT_citations)) {
            flush(p);
            const size_t end = od_pm_read_citation(p->pm, p->text, p->at, close, p->flags,
                                                   p->depth, top(p)->node);
            if (end != SIZE_MAX) {
                p->at = end;
                return;
            }
        }
        if (read_span(p, close)) return;
        if (!(p->flags & OD_PM_NO_LINKS) && read_link(p, p->at + 1, close, OD_LINK)) return;
    }
    put_text(p, p->at + 1);
}

static void read_exclamation(parser *p) {
    if (peek(p, p->at + 1) == '[') {
        const size_t close = match_bracket(p, p->at + 1);
        if (close != SIZE_MAX && read_link(p, p->at + 2, close, OD_IMAGE)) return;
    }
    put_text(p, p->at + 1);
}

// ---- angles ------------------------------------------------------------------------------------

// Returns the end of `<scheme:…>` or `<name@host>` at the place, or SIZE_MAX.
static size_t autolink_end(const parser *p, bool *mail) {
    size_t at = p->at + 1;
    *mail = false;
    bool scheme = false;
    if (!od_pm_is_word(p->text, at)) return SIZE_MAX;
    for (; at < p->text.size; at++) {
        const char c = p->text.data[at];
        if (c == '>') return scheme || *mail ? at : SIZE_MAX;
        if (od_pm_is_white(c) || c == '<') return SIZE_MAX;
        if (c == ':' && at > p->at + 2) scheme = scheme || !*mail;
        if (c == '@' && !scheme) *mail = true;
    }
    return SIZE_MAX;
}

static bool read_autolink(parser *p) {
    bool mail;
    const size_t end = autolink_end(p, &mail);
    if (end == SIZE_MAX || p->flags & OD_PM_NO_LINKS) return false;
    od_arena *const arena = p->pm->arena;
    od_node *const node = put(p, OD_LINK);
    od_link *const link = od_arena_new(arena, od_link);
    const od_slice text = keep(p, p->at + 1, end);
    link->target = mail ? od_arena_concat(arena, OD_SLICE("mailto:"), text) : text;
    node->link = link;
    od_pm_add(p->pm, node, OD_TEXT)->leaf.text = text;
    p->at = has(p, OD_EXT_link_attributes)
                ? od_pm_attributes(arena, p->text, end + 1, &link->attr)
                : SIZE_MAX;
    if (p->at != SIZE_MAX) return true;
    link->attr = od_pm_class(arena, mail ? OD_SLICE("email") : OD_SLICE("uri"));
    p->at = end + 1;
    return true;
}

static bool read_html_span(parser *p, const od_pm_tag *tag) {
    od_pm_tag closing;
    if (!has(p, OD_EXT_native_spans) || tag->closing || tag->empty || !is_span(tag->name))
        return false;
    const size_t close = match_span(p, p->at);
    if (close == SIZE_MAX || !od_pm_read_tag(p->text, close, &closing)) return false;
    od_node *const span = put_span(
        p, od_pm_tag_attr(p->pm->arena, od_slice_cut(p->text, p->at, tag->end)));
    pend(p, span, tag->end, close, 0);
    p->at = closing.end;
    return true;
}

static void read_angle(parser *p) {
    od_pm_tag tag;
    if (read_autolink(p)) return;
    if (od_pm_read_tag(p->text, p->at, &tag)) {
        if (read_html_span(p, &tag)) return;
        if (has(p, OD_EXT_raw_html)) {
            od_node *const node = put(p, OD_RAW_INLINE);
            node->leaf.text = keep(p, p->at, tag.end);
            node->leaf.format = "html";
            p->at = tag.end;
            return;
        }
    }
    put_text(p, p->at + 1);
}

// ---- the rest ----------------------------------------------------------------------------------

// `@key`, or the number of an example.
static bool read_author(parser *p) {
    flush(p);
    const size_t end =
        od_pm_read_author(p->pm, p->text, p->at, p->flags, p->depth, top(p)->node);
    if (end == SIZE_MAX) return false;
    p->at = end;
    return true;
}

static bool read_emoji(parser *p) {
    size_t end = p->at + 1;
    if (!has(p, OD_EXT_emoji)) return false;
    while (end < p->text.size && (od_is_ascii_alpha((unsigned char)peek(p, end)) ||
                                  od_is_digit((unsigned char)peek(p, end)) ||
                                  (peek(p, end) && strchr("_+-", peek(p, end)))))
        end++;
    const od_slice name = od_slice_cut(p->text, p->at + 1, end);
    const od_slice found = peek(p, end) == ':' ? od_emoji(name) : (od_slice){0};
    if (!found.size) return false;
    od_node *const span = put(p, OD_SPAN);
    od_pair *const data = od_arena_new(p->pm->arena, od_pair);
    *data = (od_pair){OD_SLICE("data-emoji"), od_arena_copy(p->pm->arena, name)};
    od_attr *const attr = od_arena_new(p->pm->arena, od_attr);
    *attr = *od_pm_class(p->pm->arena, OD_SLICE("emoji"));
    attr->attributes = data;
    attr->attribute_count = 1;
    span->attr = attr;
    od_pm_add(p->pm, span, OD_TEXT)->leaf.text = found;
    p->at = end + 1;
    return true;
}

static void read_dots(parser *p) {
    if (has(p, OD_EXT_smart) &&
        od_slice_starts(od_slice_from(p->text, p->at), OD_SLICE("...")))
        put_instead(p, "\xE2\x80\xA6", 3);
    else if (peek(p, p->at + 1) == '.') put_text(p, p->at + 1);
    else read_word(p);
}

static void read_one(parser *p) {
    const char c = p->text.data[p->at];
    switch (c) {
    case ' ':
    case '\t':
    case '\r':
    case '\n': read_white(p); return;
    case '\\': read_backslash(p); return;
    case '`': read_code(p); return;
    case '*':
    case '_': read_emphasis(p, c); return;
    case '^': read_caret(p); return;
    case '~': read_tilde(p); return;
    case '[': read_bracket(p); return;
    case '!': read_exclamation(p); return;
    case '$': read_dollar(p); return;
    case '<': read_angle(p); return;
    case '"':
    case '\'': read_quote(p, c); return;
    case '&': read_ampersand(p); return;
    case '.': read_dots(p); return;
    case '-':
        if (peek(p, p->at + 1) != '@' || !read_author(p)) read_dash(p);
        return;
    case '@':
        if (!read_author(p)) put_text(p, p->at + 1);
        return;
    case ':':
        if (!read_emoji(p)) put_text(p, p->at + 1);
        return;
    default: break;
    }
    size_t size;
    od_utf8_read(p->text, p->at, &size);
    if (od_pm_is_word(p->text, p->at)) read_word(p);
    else put_text(p, p->at + size);
}

// ---- figures -----------------------------------------------------------------------------------

// An image that is a paragraph of its own becomes a figure with its text as the caption.
static void make_figure(od_pm *pm, od_node *leaf, const od_pm_pending *pending) {
    od_node *const image = leaf->first;
    if (!(pending->flags & OD_PM_FIGURE) || !od_pm_has(pm, OD_EXT_implicit_figures)) return;
    if (!image || image->next || image->type != OD_IMAGE || !image->first) return;
    od_link *const link = od_arena_new(pm->arena, od_link);
    *link = *image->link;
    const od_attr *const attr = link->attr;
    leaf->type = OD_FIGURE;
    leaf->attr = NULL;
    if (attr && attr->identifier.size) {
        od_attr *const own = od_arena_new(pm->arena, od_attr), *const rest =
                                                                   od_arena_new(pm->arena, od_attr);
        own->identifier = attr->identifier;
        *rest = *attr;
        rest->identifier = (od_slice){0};
        leaf->attr = own;
        link->attr = rest->class_count || rest->attribute_count ? rest : NULL;
    }
    image->link = link;
    leaf->first = leaf->last = image->parent = NULL;
    const od_pm_pending alt = pm->pending.items[image->first->span.start];
    od_node *const text = od_pm_add(pm, od_pm_add(pm, leaf, OD_CAPTION), OD_PLAIN);
    od_pm_pend(pm, text, alt.text, alt.flags, alt.depth);
    od_node_append(od_pm_add(pm, leaf, OD_PLAIN), image);
}

void od_pm_read_inlines(od_pm *pm, od_pm_pending pending, od_node *leaf) {
    parser p = {.pm = pm,
                .text = pending.text,
                .flags = pending.flags & ~(unsigned)OD_PM_FIGURE,
                .depth = pending.depth,
                .closed = (pending.flags & OD_PM_FIGURE) != 0,
                .word_end = SIZE_MAX,
                .no_dollar = SIZE_MAX};
    *od_array_push(&pm->scratch, &p.frames) = (frame){.kind = TOP, .node = leaf};
    while (p.at < p.text.size || p.frames.count > 1) {
        if (p.at >= p.text.size) fail_frames(&p);
        else if (!close_here(&p)) read_one(&p);
    }
    flush(&p);
    od_buf_free(&p.run);
    make_figure(pm, leaf, &pending);
}
