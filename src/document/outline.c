#include "document/outline.h"

#include "base/utf8.h"

enum {
    LINE_CHARS = 60,   // a longer line of its own is a paragraph
    RUN_IN_CHARS = 40, // as is one whose first sentence is longer (its 。 is not counted)
    LEAP = 3, // how far a number above ten may be from the one before; `十一、中秋` are holidays
};

// How sure it is that a numbered paragraph is a heading.
typedef enum certainty {
    NEVER, // no heading, but it counts among the numbers of its form
    WEAK,  // one if text follows and it is not an item of a list
    FIRM,
} certainty;

// A heading, or a numbered paragraph that may be one.
typedef struct candidate {
    od_section section; // its span.end: end of the block before it, until the tree is built
    int rank;
    certainty certainty;
} candidate;

// Ranks of bold lines among those of numbers (od_ordinal_rank): outside all or inside all.
enum { RANK_BOLD_ABOVE = 0, RANK_BOLD_BELOW = OD_ORDINAL_RANKS };

// The numbered paragraphs of a rank.
typedef struct sequence {
    int64_t value; // of the last one; 0: none yet
    bool heading;  // that one was a heading
    int64_t reached; // the largest value in the draft so far
} sequence;

typedef struct reader {
    od_arena *arena;
    od_arena scratch;
    od_mark empty; // of `scratch`
    const od_source *source;
    const od_node *tree;
    unsigned forms;
    bool run_in;
    candidate pending; // waits for the next candidate, to know what follows it
    bool has_pending;
    bool listing;    // `附件：1. …` came before: what is numbered below it are the attachments
    bool met_number; // a numbered paragraph was a heading
    bool bold_above; // bold lines came before numbers: they hold them, and else lie within them
    sequence sequences[OD_ORDINAL_RANKS];
    OD_ARRAY(od_section *) sections;
} reader;

// ---- ranks -------------------------------------------------------------------------------------

static int number_rank(const od_heading_number *number) {
    return od_ordinal_rank(number->form, number->depth);
}

static int rank_of(const reader *r, const od_section *s) {
    if (s->number.present) return number_rank(&s->number);
    return r->bold_above ? RANK_BOLD_ABOVE : RANK_BOLD_BELOW;
}

// Returns the level of `#` that a plain heading stands beside: official papers in Markdown have
// their title at `#` and `一、` at `##`.
static int usual_depth(const od_section *s) {
    static const int DEPTHS[OD_FORM_COUNT] = {
        [OD_FORM_HAN] = 2,
        [OD_FORM_HAN_PAREN] = 3,
        [OD_FORM_ARABIC] = 4,
        [OD_FORM_ARABIC_PAREN] = 5,
    };
    if (!s->number.present) return 7;
    if (s->number.form == OD_FORM_CHAPTER)
        return s->number.depth > OD_UNIT_CHAPTER ? s->number.depth : 2;
    if (s->number.form == OD_FORM_DECIMAL) return s->number.depth + 1;
    return DEPTHS[s->number.form];
}

static bool is_markup(const od_section *s) {
    return s->form == OD_FORM_MARKUP;
}

// Whether heading `s` ends the section `open`, rather than lying inside it.
static bool ends(const reader *r, const od_section *s, const od_section *open) {
    if (is_markup(s) && is_markup(open)) return s->node->heading.level <= open->node->heading.level;
    if (is_markup(s) && !s->number.present) return s->node->heading.level <= usual_depth(open);
    if (is_markup(open) && !open->number.present) return false;
    return rank_of(r, s) <= rank_of(r, open);
}

// ---- the text of a candidate -------------------------------------------------------------------

// A heading as it stands in visible text.
typedef struct wording {
    const od_visible *visible;
    size_t start; // of the heading
    od_ordinal ordinal;
    bool numbered;
    size_t title_start, title_end;
    size_t rest; // where the text after the heading starts: the end when there is none
    bool sentence; // the title ended in 。
} wording;

static size_t skip_spaces(od_slice text, size_t at) {
    size_t size;
    while (at < text.size && od_is_space(od_utf8_read(text, at, &size))) at += size;
    return at;
}

static size_t trim_end(od_slice text, size_t start, size_t end) {
    size_t size;
    while (end > start && od_is_space(od_utf8_read_before(text, end, &size))) end -= size;
    return end;
}

// Whether `**` or `__` stands at `at`: marks that CommonMark leaves as text beside Han.
static bool is_stray_mark(od_slice text, size_t at) {
    return at + 1 < text.size && (text.data[at] == '*' || text.data[at] == '_') &&
           text.data[at + 1] == text.data[at];
}

static size_t skip_stray_mark(od_slice text, size_t at) {
    return is_stray_mark(text, at) ? at + 2 : at;
}

// What may follow the sentence of a heading and still belong to it.
static bool is_closing(uint32_t code) {
    return code == 0x201D || code == 0x2019 || code == 0x300B || code == 0xFF09 || code == 0x300D ||
           code == 0x300F; // ” ’ 》 ） 」 』
}

static size_t skip_closing(od_slice text, size_t at) {
    for (size_t size;;) {
        at = skip_spaces(text, at);
        if (is_stray_mark(text, at)) at += 2;
        else if (at < text.size && is_closing(od_utf8_read(text, at, &size))) at += size;
        else return at;
    }
}

// Returns where the bold text ends that the paragraph `node` starts with, or SIZE_MAX when it
// starts with none: `**（一）小标题** 正文`.
static size_t bold_end(reader *r, const od_node *node, od_slice text, size_t start) {
    if (is_stray_mark(text, start)) {
        const size_t end = od_slice_find(text, od_slice_cut(text, start, start + 2), start + 2);
        return end;
    }
    const od_node *n = node->first;
    size_t before = 0;
    if (n && n->type == OD_TEXT && skip_spaces(n->leaf.text, 0) == n->leaf.text.size) {
        before = n->leaf.text.size;
        n = n->next;
    }
    if (!n || (n->type != OD_STRONG && n->type != OD_EMPH)) return SIZE_MAX;
    od_visible bold;
    od_visible_read(&r->scratch, r->source, n, &bold);
    return before + bold.text.size;
}

// Finds where the title ends that starts at `w->title_start`; false when it is longer than a
// heading.
static bool find_end(wording *w, size_t bold) {
    const od_slice text = w->visible->text;
    size_t at = w->title_start, size;
    for (size_t chars = 0; at < text.size && chars <= LINE_CHARS; at += size) {
        const uint32_t code = od_utf8_read(text, at, &size);
        if (at == bold || code == '\n' || code == 0x3002) break; // 。
        if (!od_is_space(code)) chars++;
        if (chars > LINE_CHARS) return false;
    }
    w->title_end = trim_end(text, w->title_start, at);
    w->rest = at;
    if (at == text.size) return true;
    const bool at_bold = at == bold;
    if (at_bold) at = skip_closing(text, at);
    const uint32_t mark = at < text.size ? od_utf8_read(text, at, &size) : 0;
    w->sentence = mark == 0x3002;
    // Beside bold text a colon parts the heading from what it heads.
    if (w->sentence || mark == '\n' || (at_bold && (mark == ':' || mark == 0xFF1A))) at += size;
    w->rest = skip_closing(text, at);
    return true;
}

static uint32_t last_char(od_slice text, size_t start, size_t end) {
    size_t size;
    return end > start ? od_utf8_read_before(text, end, &size) : 0;
}

// Whether a line that ends so is an item of a list or a broken sentence.
static bool is_open_end(uint32_t code) {
    return code == 0xFF1B || code == ';' || code == 0xFF0C || code == ',' || code == 0x3001;
}

static bool is_arabic(od_heading_form form) {
    return form == OD_FORM_ARABIC || form == OD_FORM_ARABIC_PAREN;
}

static certainty judge_line(const wording *w, size_t chars) {
    const od_heading_form form = w->ordinal.form;
    const uint32_t last = last_char(w->visible->text, w->title_start, w->title_end);
    if (!chars || is_open_end(last)) return NEVER;
    if (w->sentence)
        return chars <= RUN_IN_CHARS && (form == OD_FORM_HAN || form == OD_FORM_HAN_PAREN) ? WEAK
                                                                                           : NEVER;
    if (is_arabic(form)) return last == '.' ? NEVER : WEAK;
    return FIRM;
}

static certainty judge_run_in(const reader *r, const wording *w, size_t chars) {
    if (!r->run_in || !chars || chars > RUN_IN_CHARS) return NEVER;
    const bool may = w->ordinal.form != OD_FORM_CHAPTER && w->ordinal.form != OD_FORM_DECIMAL;
    return may || !w->sentence ? FIRM : NEVER;
}

// Splits a numbered paragraph into its heading and the rest.
static certainty judge(reader *r, const od_node *node, wording *w) {
    const od_slice text = w->visible->text;
    const size_t bold = bold_end(r, node, text, skip_spaces(text, 0));
    w->title_start = skip_spaces(text, w->ordinal.end);
    // `**（一）**小标题`: only the number is bold.
    const bool beyond = bold != SIZE_MAX && bold > w->title_start;
    if (!beyond) w->title_start = skip_stray_mark(text, w->title_start);
    certainty found = NEVER;
    if (find_end(w, beyond ? bold : SIZE_MAX)) {
        const size_t chars =
            od_visible_chars(od_slice_cut(text, w->title_start, w->title_end));
        found = w->rest < text.size ? judge_run_in(r, w, chars) : judge_line(w, chars);
    }
    if (found != NEVER || w->ordinal.form != OD_FORM_CHAPTER ||
        w->ordinal.depth != OD_UNIT_ARTICLE)
        return found;
    // An article (`第一条 为了…`) is a section whatever its text is: it has no title then.
    w->title_end = w->title_start;
    w->rest = w->title_start;
    return FIRM;
}

// ---- candidates --------------------------------------------------------------------------------

// Returns where visible byte `at` comes from: where it starts, or at the end of all where that
// ends.
static size_t origin(const od_visible *visible, size_t at) {
    return at < visible->text.size ? od_visible_span(visible, at, at + 1).start
                                   : od_visible_span(visible, 0, at).end;
}

static void describe_number(od_arena *arena, const wording *w, od_heading_number *number) {
    number->present = true;
    number->form = w->ordinal.form;
    number->value = w->ordinal.value;
    number->depth = w->ordinal.depth;
    if (w->ordinal.right.size) number->right = od_arena_copy(arena, w->ordinal.right);
    number->span = od_visible_span(w->visible, w->start, w->ordinal.end);
    number->replaceable = od_visible_contiguous(w->visible, w->start, w->ordinal.end);
}

static void describe(reader *r, const od_node *node, const wording *w, candidate *c) {
    od_section *const s = &c->section;
    const od_slice text = w->visible->text;
    s->node = node;
    s->span.start = node->span.start;
    s->run_in = w->rest < text.size;
    s->body = s->run_in ? origin(w->visible, w->rest) : node->span.end;
    if (w->numbered) describe_number(r->arena, w, &s->number);
    if (c->certainty == NEVER) return;
    s->title = od_arena_copy(r->arena, od_slice_cut(text, w->title_start, w->title_end));
    s->folded = od_fold(r->arena, s->title);
    if (w->title_end > w->start && s->title.size)
        s->heading = od_visible_span(w->visible, w->start, w->title_end);
    else
        s->heading = w->numbered ? s->number.span : node->span;
}

static bool read_number(reader *r, wording *w) {
    const bool decimals = r->forms & 1u << OD_FORM_DECIMAL;
    w->numbered = od_ordinal_read(&r->scratch, w->visible->text, w->start, decimals,
                                  &w->ordinal);
    return w->numbered;
}

// Moves `*start` and `*end` past the marks around a text, when it has such at both ends.
static void unmark(od_slice text, size_t *start, size_t *end) {
    if (*end < *start + 4 || !is_stray_mark(text, *start) || !is_stray_mark(text, *end - 2)) return;
    *start += 2;
    *end -= 2;
}

// Reads a heading in markup, which may have a number and, after its first sentence, text.
static void read_markup(reader *r, const od_node *node, const od_visible *visible, candidate *c) {
    const od_slice text = visible->text;
    wording w = {.visible = visible, .start = skip_spaces(text, 0), .rest = text.size};
    w.title_end = trim_end(text, w.start, text.size);
    unmark(text, &w.start, &w.title_end);
    w.title_start = w.start;
    c->section.form = OD_FORM_MARKUP;
    c->certainty = FIRM;
    if (read_number(r, &w)) {
        wording split = w;
        w.title_start = split.title_start = skip_spaces(text, w.ordinal.end);
        if (w.title_start > w.title_end) w.title_end = w.title_start;
        const bool fits = find_end(&split, SIZE_MAX) && split.sentence;
        const size_t chars = od_visible_chars(od_slice_cut(text, w.title_start, split.title_end));
        if (fits && chars && (split.rest == text.size || judge_run_in(r, &split, chars) == FIRM))
            w = split;
    }
    describe(r, node, &w, c);
}

// Whether all of the paragraph `node` is bold.
static bool is_bold(const od_node *node, od_slice text) {
    const size_t start = skip_spaces(text, 0), end = trim_end(text, start, text.size);
    if (is_stray_mark(text, start))
        return end > start + 4 && od_slice_find(text, od_slice_cut(text, start, start + 2),
                                                start + 2) == end - 2;
    bool bold = false;
    for (const od_node *n = node->first; n; n = n->next) {
        if (n->type == OD_STRONG) bold = true;
        else if (n->type != OD_TEXT || skip_spaces(n->leaf.text, 0) != n->leaf.text.size)
            return false;
    }
    return bold;
}

static bool read_bold(reader *r, const od_node *node, const od_visible *visible, candidate *c) {
    const od_slice text = visible->text;
    if (!is_bold(node, text)) return false;
    wording w = {.visible = visible, .start = skip_spaces(text, 0)};
    w.title_start = w.start;
    if (!find_end(&w, SIZE_MAX) || w.sentence || w.rest < text.size) return false;
    unmark(text, &w.start, &w.title_end);
    w.title_start = w.start;
    if (w.title_end == w.start) return false;
    c->section.form = OD_FORM_BOLD;
    c->certainty = FIRM;
    describe(r, node, &w, c);
    return true;
}

// Reads a paragraph (or a heading in markup when those are not selected) that starts with a number.
static bool read_numbered(reader *r, const od_node *node, const od_visible *visible,
                          candidate *c) {
    const od_slice text = visible->text;
    wording w = {.visible = visible,
                 .start = skip_stray_mark(text, skip_spaces(text, 0))};
    if (!read_number(r, &w) || !(r->forms & 1u << w.ordinal.form)) return false;
    c->section.form = w.ordinal.form;
    c->certainty = judge(r, node, &w);
    if (r->listing && is_arabic(w.ordinal.form)) c->certainty = NEVER;
    describe(r, node, &w, c);
    return true;
}

// Returns the first text of a block from its first character that is not white space or a stray mark.
static od_slice first_text(const od_node *node) {
    for (const od_node *n = node->first; n; n = od_node_next(node, n, n->type == OD_NOTE)) {
        if (n->type != OD_TEXT) continue;
        const size_t at = skip_stray_mark(n->leaf.text, skip_spaces(n->leaf.text, 0));
        if (at < n->leaf.text.size) return od_slice_from(n->leaf.text, at);
    }
    return (od_slice){0};
}

// Whether a paragraph may start with a number, by its first character: a quick look that spares
// most paragraphs being read.
static bool may_be_numbered(od_slice text) {
    size_t size;
    return text.size && od_ordinal_possible(od_utf8_read(text, 0, &size));
}

// Whether a paragraph opens the list of attachments.
static bool opens_list(od_slice text) {
    return od_slice_starts(text, OD_SLICE("附件：")) || od_slice_starts(text, OD_SLICE("附件:"));
}

static bool may_be_bold(const reader *r, const od_node *node) {
    return (r->forms & 1u << OD_FORM_BOLD) && node->first;
}

static bool read_candidate(reader *r, const od_node *node, candidate *c) {
    const bool markup = node->type == OD_HEADING && (r->forms & 1u << OD_FORM_MARKUP);
    if (node->type != OD_HEADING && node->type != OD_PARA && node->type != OD_PLAIN) return false;
    const od_slice text = markup ? (od_slice){0} : first_text(node);
    const bool bold = !markup && may_be_bold(r, node);
    const bool numbered = may_be_numbered(text);
    if (!numbered) r->listing = opens_list(text);
    if (!markup && !bold && !numbered) return false;
    od_visible visible;
    od_visible_read(&r->scratch, r->source, node, &visible);
    *c = (candidate){0};
    bool found = true;
    if (markup) read_markup(r, node, &visible, c);
    else found = (numbered && read_numbered(r, node, &visible, c)) ||
                 (bold && read_bold(r, node, &visible, c));
    od_arena_rewind(&r->scratch, r->empty);
    if (found && c->section.number.present) c->rank = number_rank(&c->section.number);
    return found;
}

// ---- headings among the candidates -------------------------------------------------------------

// Whether a reader sees nothing of `node`, or no more than a line.
static bool is_silent(const od_node *node) {
    return node->type == OD_HORIZONTAL_RULE ||
           (node->type == OD_RAW_BLOCK && od_slice_starts(node->leaf.text, OD_SLICE("<!--")));
}

// Whether text, or a heading inside it, follows the pending candidate before `next` (NULL: the
// end).
static bool has_body(const reader *r, const candidate *next) {
    const od_node *n = r->pending.section.node->next;
    while (n && is_silent(n)) n = n->next;
    if (!n) return false;
    if (!next || n != next->section.node) return true;
    return next->section.number.present && next->rank > r->pending.rank;
}

// Forgets the numbers that restart below a heading.
static void restart_below(reader *r, const candidate *c) {
    for (int rank = c->section.number.present ? c->rank + 1 : 0; rank < OD_ORDINAL_RANKS; rank++)
        r->sequences[rank].value = 0, r->sequences[rank].heading = false;
}

static void accept(reader *r, const candidate *c) {
    od_section *const s = od_arena_new(r->arena, od_section);
    *s = c->section;
    s->index = r->sections.count;
    *od_array_push(r->arena, &r->sections) = s;
    if (s->form == OD_FORM_BOLD && !r->met_number) r->bold_above = true;
    if (!is_markup(s) && s->number.present) r->met_number = true;
    restart_below(r, c);
}

// Whether nothing leads up to a number: `十一、中秋两节期间` speaks of holidays.
static bool is_leap(const sequence *last, const od_heading_number *number) {
    return number->form != OD_FORM_CHAPTER && number->value > 10 &&
           number->value > last->reached + LEAP;
}

// A list is known by its first item, and so are headings: 2. is what 1. was.
static bool is_heading(const reader *r, const candidate *c, const candidate *next) {
    if (c->certainty != WEAK) return c->certainty == FIRM;
    const sequence *const last = &r->sequences[c->rank];
    if (last->value && c->section.number.value == last->value + 1) return last->heading;
    return has_body(r, next);
}

// Decides on the pending candidate, now that it is known what comes next.
static void settle(reader *r, const candidate *next) {
    if (!r->has_pending) return;
    r->has_pending = false;
    candidate *const c = &r->pending;
    od_heading_number *const number = &c->section.number;
    if (!number->present) {
        accept(r, c);
        return;
    }
    sequence *const last = &r->sequences[c->rank];
    if (!is_markup(&c->section) && is_leap(last, number)) return;
    const bool heading = is_heading(r, c, next);
    if (heading && !last->heading) number->follows = last->value;
    if (heading) accept(r, c);
    last->value = number->value;
    last->heading = heading;
    if (number->value > last->reached) last->reached = number->value;
}

static void collect(reader *r) {
    size_t block_end = r->tree->span.start;
    for (const od_node *n = r->tree->first; n;
         n = od_node_next(r->tree, n, n->type != OD_DIV)) {
        candidate c;
        if (read_candidate(r, n, &c)) {
            c.section.span.end = block_end;
            settle(r, &c);
            r->pending = c;
            r->has_pending = true;
        }
        if (n->type != OD_DIV) block_end = n->span.end;
    }
    settle(r, NULL);
}

// ---- the tree ----------------------------------------------------------------------------------

// Whether the first heading is the title: the only `#` without a number (or the only bold line,
// where those are headings), and not the only heading.
static bool starts_with_title(const reader *r) {
    if (r->sections.count < 2) return false;
    const od_section *const first = r->sections.items[0];
    const bool top = is_markup(first) ? first->node->heading.level == 1
                                      : first->form == OD_FORM_BOLD;
    if (!top || first->number.present) return false;
    for (size_t i = 1; i < r->sections.count; i++) {
        const od_section *const s = r->sections.items[i];
        if (s->form != first->form || s->number.present) continue;
        if (!is_markup(s) || s->node->heading.level == 1) return false;
    }
    return true;
}

static void append(od_section *parent, od_section *s) {
    s->parent = parent;
    if (parent->last) parent->last->next = s;
    else parent->first = s;
    parent->last = s;
}

// Returns the section that `s` lies in, `current` being the one opened last.
static od_section *find_parent(const reader *r, od_section *current, const od_section *s) {
    od_section *parent = current;
    for (od_section *open = current; open->parent; open = open->parent)
        if (open->is_title || ends(r, s, open)) parent = open->parent;
    return parent;
}

static void close(od_section *from, const od_section *to, size_t end) {
    for (; from != to; from = from->parent) from->span.end = end;
}

static void build(reader *r, od_section *root) {
    const bool titled = starts_with_title(r);
    od_section *current = root;
    for (size_t i = 0; i < r->sections.count; i++) {
        od_section *const s = r->sections.items[i];
        s->is_title = titled && i == 0;
        od_section *const parent = find_parent(r, current, s);
        close(current, parent, s->span.end);
        append(parent, s);
        s->level = s->is_title ? 0 : parent->level + 1;
        current = s;
    }
    const od_node *const last = r->tree->last;
    close(current, root, last ? last->span.end : root->span.end);
}

void od_outline_read(od_arena *arena, const od_source *source, const od_node *tree,
                     const od_outline_options *options, od_outline *outline) {
    reader r = {.arena = arena,
                .source = source,
                .tree = tree,
                .forms = options->forms,
                .run_in = !options->no_run_in};
    if (r.forms == OD_FORM_DEFAULT)
        r.forms = ((1u << OD_FORM_COUNT) - 1) & ~(1u << OD_FORM_DECIMAL | 1u << OD_FORM_BOLD);
    // Rewound for each paragraph, it keeps its first chunk.
    od_arena_alloc(&r.scratch, 1);
    r.empty = od_arena_mark(&r.scratch);
    collect(&r);
    od_arena_free(&r.scratch);
    od_section *const root = od_arena_new(arena, od_section);
    *root = (od_section){.span = tree->span, .body = tree->span.start};
    build(&r, root);
    *outline = (od_outline){root, r.sections.items, r.sections.count};
}

const od_section *od_outline_at(const od_outline *outline, size_t offset) {
    // Sections are told by where they start: what stands between the last block of one and the next
    // heading, such as a footnote's text, is still its.
    size_t low = 0, high = outline->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (outline->sections[middle]->span.start <= offset) low = middle + 1;
        else high = middle;
    }
    return low ? outline->sections[low - 1] : outline->root;
}
