// heading-number: numbers that are out of sequence, skip a level or are written in a wrong form.
#include "engine/check.h"

#include "base/utf8.h"

// The headings of one form in one section, whose numbers should run from 1.
typedef struct chain chain;
struct chain {
    const od_section *scope; // the section that they divide, or the root
    int rank;
    const od_section **items;
    size_t count, capacity;
    chain *next; // of the same scope
};

// A place where the profile finds a section missing or not in its place: a gap in the numbers there
// is the same mistake, and told of already.
typedef struct hole hole;
struct hole {
    int64_t after, before; // section indices between which it is; -1 is the start
    bool used;
    hole *next; // of the same scope
};

// What is known of a section as a scope of numbers.
typedef struct scope {
    chain *chains;
    hole *holes;
    bool listed; // the profile lists what it holds
} scope;

typedef struct checker {
    const od_check_context *context;
    const od_outline *outline;
    const od_alignment_result *alignment;
    const od_source *source;
    od_diagnostics *found;
    od_arena scratch;
    scope *scopes; // by section index + 1, the root first
    OD_ARRAY(chain *) chains; // in the order of their first headings
} checker;

static scope *scope_at(const checker *k, const od_section *s) {
    return &k->scopes[s->parent ? s->index + 1 : 0];
}

static od_match_kind kind_of(const checker *k, const od_section *s) {
    return k->alignment->sections ? k->alignment->sections[s->index].kind : OD_MATCH_NONE;
}

// ---- words -------------------------------------------------------------------------------------

static od_slice written(const checker *k, const od_section *s) {
    return od_slice_trim(od_source_cut(k->source, s->number.span));
}

// Returns `value` as the number of a heading beside `s`.
static od_slice words_of(const checker *k, const od_section *s, int64_t value) {
    od_arena *const arena = k->found->arena;
    if (s->number.form != OD_FORM_DECIMAL)
        return od_ordinal_write(arena, s->number.form, s->number.depth, value);
    od_slice outer = written(k, s);
    while (outer.size && !od_is_digit((unsigned char)outer.data[outer.size - 1])) outer.size--;
    while (outer.size && od_is_digit((unsigned char)outer.data[outer.size - 1])) outer.size--;
    return od_arena_concat(arena, outer, od_arena_number(arena, (size_t)value));
}

static od_slice line_of(const checker *k, const od_section *s) {
    return od_arena_number(k->found->arena, od_source_line_at(k->source, s->heading.start) + 1);
}

static od_diagnostic *tell(const checker *k, const od_section *s, od_slice message) {
    return od_diagnose(k->found, OD_RULE_HEADING_NUMBER, k->source, s->number.span, message);
}

// Tells of `s` with a text of {1} its number, {2} that of `other` and {3} the line of that.
static od_diagnostic *tell_beside(const checker *k, const od_section *s, const od_section *other,
                                  od_text text) {
    od_diagnostic *const d =
        tell(k, s, od_say(k->found, text, written(k, s), written(k, other), line_of(k, other)));
    od_diagnostic_relate(k->found, d, k->source, other->number.span,
                         od_say(k->found, OD_SAY("the other number", "另一个序号在这里")));
    return d;
}

// ---- wrong forms -------------------------------------------------------------------------------

// Whether the number of `s` can be replaced. `1.` before white space would open a list in Markdown.
static bool is_safe(const checker *k, const od_section *s) {
    if (!s->number.replaceable) return false;
    const od_slice bytes = k->source->bytes;
    const size_t end = s->number.span.end;
    const bool opens = s->number.form == OD_FORM_ARABIC && s->node->type != OD_HEADING &&
                       k->context->reading->document->kind != OD_PLAIN_TEXT;
    return !opens || (end < bytes.size && bytes.data[end] != ' ' && bytes.data[end] != '\t');
}

static bool has_any(od_slice text, const char *const *parts) {
    for (; *parts; parts++)
        if (od_slice_find(text, od_slice_of(*parts), 0) != SIZE_MAX) return true;
    return false;
}

// Returns the message about a number {1} that should be {2}.
static od_text form_text(od_slice number) {
    static const char *const HALF[] = {"(", ")", NULL};
    static const char *const SPACES[] = {" ", "\t", "　", "\xC2\xA0", NULL};
    if (has_any(number, HALF))
        return OD_SAY("“{1}” has half-width brackets; write “{2}”", "“{1}”用了半角括号，应为“{2}”");
    if (has_any(number, SPACES))
        return OD_SAY("“{1}” has white space in it or after it; write “{2}”",
                      "“{1}”中间或后面多了空格，应为“{2}”");
    return OD_SAY("“{1}” is not how this number is written; write “{2}”", "“{1}”写法不规范，应为“{2}”");
}

static void check_form(const checker *k, const od_section *s) {
    const od_slice right = s->number.right;
    if (!right.size) return;
    const od_slice number = od_source_cut(k->source, s->number.span);
    od_slice message = od_say(k->found, form_text(number), number, right);
    const bool safe = is_safe(k, s);
    if (safe)
        message = od_say(k->found, OD_SAY("{1} (--fix does it)", "{1}。可用 --fix 自动改"), message);
    od_diagnostic *const d = tell(k, s, message);
    if (!safe) return;
    od_diagnostic_fix(k->found, d, od_say(k->found, OD_SAY("write “{1}”", "改为“{1}”"), right),
                      (od_edit){s->number.span, right});
}

// ---- renumbering -------------------------------------------------------------------------------

static bool is_official(od_heading_form form) {
    return form >= OD_FORM_HAN && form <= OD_FORM_ARABIC_PAREN;
}

// Gives `d` the fix that numbers the headings from item `from` on, the first as `value`.
static void fix_from(const checker *k, od_diagnostic *d, const chain *c, size_t from, size_t count,
                     int64_t value) {
    od_arena *const arena = k->found->arena;
    OD_ARRAY(od_edit) edits = {0};
    for (size_t i = 0; i < count; i++, value++) {
        const od_section *const s = c->items[from + i];
        if (s->number.value == value && !s->number.right.size) continue;
        if (!is_official(s->number.form) || !is_safe(k, s)) return;
        *od_array_push(arena, &edits) = (od_edit){s->number.span, words_of(k, s, value)};
    }
    od_fix *const fix = od_arena_new(arena, od_fix);
    const od_slice title =
        count == 1 ? od_say(k->found, OD_SAY("renumber to “{1}”", "序号改为“{1}”"), edits.items[0].text)
                   : od_say(k->found, OD_SAY("renumber from here on", "从这里起重新编号"));
    *fix = (od_fix){title, edits.items, edits.count};
    d->fix = fix;
}

// Numbers alone are wrong where the profile misses no section: then the headings are renumbered,
// and otherwise a gap may be the trace of what was lost.
static void fix_rest(const checker *k, od_diagnostic *d, const chain *c, size_t from, int64_t value,
                     bool *fixed) {
    const scope *const where = scope_at(k, c->scope);
    if (*fixed || !where->listed || where->holes) return;
    *fixed = true; // one fix mends all the rest
    fix_from(k, d, c, from, c->count - from, value);
}

// ---- sequences ---------------------------------------------------------------------------------

// Walks the headings of a chain.
typedef struct walk {
    const checker *k;
    const chain *chain;
    int64_t expected; // number of the next heading
    int64_t ahead;    // a number met too early, or 0
    const od_section *previous;
    bool fixed;
} walk;

// Whether a gap before `s` is where the profile misses something.
static bool is_explained(const walk *w, const od_section *s) {
    const int64_t at = (int64_t)s->index;
    for (hole *h = scope_at(w->k, w->chain->scope)->holes; h; h = h->next) {
        if (h->used || h->after >= at || h->before < at) continue;
        h->used = true;
        return true;
    }
    return false;
}

static void tell_gap(walk *w, size_t i) {
    const od_section *const s = w->chain->items[i];
    const checker *const k = w->k;
    const od_slice first = words_of(k, s, w->expected), last = words_of(k, s, s->number.value - 1);
    od_text text = OD_SAY("“{1}” follows “{2}”: “{3}” is missing", "“{1}”前面是“{2}”，缺“{3}”");
    if (w->expected == 1)
        text = OD_SAY("“{1}” is the first number here; numbering starts at “{3}”",
                      "“{1}”是这里的第一个序号，应从“{3}”开始");
    else if (s->number.value - 1 > w->expected)
        text = OD_SAY("“{1}” follows “{2}”: “{3}” to “{4}” are missing",
                      "“{1}”前面是“{2}”，缺“{3}”至“{4}”");
    const od_slice before = w->previous ? written(k, w->previous)
                                        : words_of(k, s, w->expected - 1); // no heading
    od_diagnostic *const d =
        tell(k, s, od_say(k->found, text, written(k, s), before, first, last));
    fix_rest(k, d, w->chain, i, w->expected, &w->fixed);
}

// Returns the number of the heading after item `i`, or 0.
static int64_t value_after(const chain *c, size_t i) {
    return i + 1 < c->count ? c->items[i + 1]->number.value : 0;
}

static void step_up(walk *w, size_t i) {
    const od_section *const s = w->chain->items[i];
    const int64_t next = value_after(w->chain, i);
    if (is_explained(w, s)) {
        w->expected = s->number.value + 1;
        return;
    }
    if (next >= w->expected && next < s->number.value) {
        tell_beside(w->k, s, w->chain->items[i + 1],
                    OD_SAY("“{1}” comes before “{2}” (line {3}): the numbers are out of order",
                           "“{1}”排在“{2}”（第{3}行）前面，序号颠倒"));
        w->ahead = s->number.value;
        return;
    }
    tell_gap(w, i);
    w->expected = s->number.value + 1;
}

static void step_again(walk *w, size_t i) {
    const od_section *const s = w->chain->items[i];
    if (kind_of(w->k, s) == OD_MATCH_DUPLICATE) return; // told of as a section
    od_diagnostic *const d = tell_beside(
        w->k, s, w->previous,
        OD_SAY("the number “{1}” is there already, in line {3}", "“{1}”重复：第{3}行已有“{2}”"));
    if (value_after(w->chain, i) == w->expected + 1) {
        fix_from(w->k, d, w->chain, i, 1, w->expected);
        w->expected++;
    } else {
        fix_rest(w->k, d, w->chain, i, w->expected, &w->fixed);
    }
}

// Returns the first text of a block, without white space before it.
static od_slice first_text(const od_node *block) {
    for (const od_node *n = block; n; n = od_node_next(block, n, false)) {
        size_t at = 0, size;
        if (n->type != OD_TEXT) continue;
        const od_slice text = n->leaf.text;
        while (at < text.size && od_is_space(od_utf8_read(text, at, &size))) at += size;
        if (at < text.size) return od_slice_from(text, at);
    }
    return (od_slice){0};
}

// Whether an attachment starts between two headings: a document of its own, numbered from 1.
static bool parts_documents(const od_section *from, const od_section *to) {
    static const od_slice WORDS[] = {{"附件", 6}, {"附录", 6}, {"附：", 6}};
    for (const od_node *n = from->node->next; n && n != to->node; n = n->next)
        for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
            if (od_slice_starts(first_text(n), WORDS[i])) return true;
    return false;
}

// Lists of items may follow each other in one section.
static bool may_restart(const walk *w, const od_section *s) {
    const bool list = s->number.form == OD_FORM_ARABIC || s->number.form == OD_FORM_ARABIC_PAREN;
    return s->number.value == 1 && w->previous &&
           ((list && w->expected > 2) || parts_documents(w->previous, s));
}

static void step_back(walk *w, size_t i) {
    const od_section *const s = w->chain->items[i];
    if (may_restart(w, s)) {
        w->expected = 2;
        return;
    }
    if (s->number.value == w->previous->number.value) {
        step_again(w, i);
        return;
    }
    if (kind_of(w->k, s) == OD_MATCH_DUPLICATE) return;
    if (s->number.value > w->previous->number.value) {
        tell(w->k, s, od_say(w->k->found, OD_SAY("“{1}” is out of order", "“{1}”的顺序不对"),
                             written(w->k, s)));
        return;
    }
    if (s->number.value > 1) {
        tell_beside(w->k, s, w->previous,
                    OD_SAY("“{1}” comes after “{2}” (line {3}): the numbers are out of order",
                           "“{1}”排在“{2}”（第{3}行）后面，序号颠倒"));
        return;
    }
    tell_beside(w->k, s, w->previous,
                OD_SAY("numbering starts again at “{1}”, after “{2}” (line {3})",
                       "序号又从“{1}”编起，前面（第{3}行）已编到“{2}”"));
    w->expected = 2;
}

// Whether the heading is not in its place, so that its number says nothing about its neighbours.
static bool is_astray(const checker *k, const od_section *s) {
    const od_match_kind kind = kind_of(k, s);
    return kind == OD_MATCH_MOVED || kind == OD_MATCH_MISPLACED;
}

static void step(walk *w, size_t i) {
    const od_section *const s = w->chain->items[i];
    const int64_t value = s->number.value;
    if (w->expected == w->ahead) {
        w->expected++;
        w->ahead = 0;
    }
    if (s->number.follows >= w->expected) w->expected = s->number.follows + 1;
    const bool follows = s->number.follows && value == s->number.follows + 1;
    if (value == w->expected || follows) w->expected = value + 1;
    else if (is_astray(w->k, s)) return;
    else if (value > w->expected) step_up(w, i);
    else if (w->previous) step_back(w, i);
    else w->expected = value + 1; // only numbers of no headings came before
    w->previous = s;
}

// ---- levels ------------------------------------------------------------------------------------

// Returns the form of the level below, for the levels of official documents.
static od_heading_form form_below(od_heading_form form) {
    static const od_heading_form BELOW[OD_FORM_COUNT] = {[OD_FORM_HAN] = OD_FORM_HAN_PAREN,
                                                         [OD_FORM_HAN_PAREN] = OD_FORM_ARABIC,
                                                         [OD_FORM_ARABIC] = OD_FORM_ARABIC_PAREN};
    return BELOW[form];
}

static void check_jump(const checker *k, const chain *c) {
    const od_section *const s = c->items[0], *const above = c->scope;
    if (!above->parent || !above->number.present || is_astray(k, s)) return;
    const od_heading_form wanted = form_below(above->number.form);
    const od_heading_form form = s->number.form;
    if (wanted == OD_FORM_MARKUP || !is_official(form) || form <= wanted) return;
    od_diagnostic *const d =
        tell(k, s,
             od_say(k->found,
                    OD_SAY("“{1}” stands directly below “{2}”: the level “{3}” between them is "
                           "left out",
                           "“{1}”直接放在“{2}”下面，中间缺“{3}”这一级"),
                    written(k, s), written(k, above),
                    od_ordinal_write(k->found->arena, wanted, 0, 1)));
    od_diagnostic_relate(k->found, d, k->source, above->number.span,
                         od_say(k->found, OD_SAY("the heading above", "上一级标题")));
}

// ---- chains ------------------------------------------------------------------------------------

static int rank_of(const od_section *s) {
    return od_ordinal_rank(s->number.form, s->number.depth);
}

// Returns the section whose parts `s` numbers: not one with an inner number, in which it stands by
// mistake; and articles are counted through the whole draft.
static const od_section *scope_of(const checker *k, const od_section *s) {
    if (s->number.form == OD_FORM_CHAPTER && s->number.depth == OD_UNIT_ARTICLE)
        return k->outline->root;
    const od_section *scope = s->parent;
    while (scope->parent && scope->number.present && rank_of(scope) >= rank_of(s))
        scope = scope->parent;
    return scope;
}

static void add_item(checker *k, const od_section *s) {
    const od_section *const where = scope_of(k, s);
    scope *const at = scope_at(k, where);
    chain *c = at->chains;
    while (c && c->rank != rank_of(s)) c = c->next;
    if (!c) {
        c = od_arena_new(&k->scratch, chain);
        *c = (chain){.scope = where, .rank = rank_of(s), .next = at->chains};
        at->chains = c;
        *od_array_push(&k->scratch, &k->chains) = c;
    }
    *od_array_push(&k->scratch, c) = s;
}

static bool is_settled(const checker *k, const od_rule_match *entry) {
    return entry->section && kind_of(k, entry->section) == OD_MATCH_IN_ORDER;
}

static bool has_any_order(const checker *k, const od_section_rule *rule) {
    return rule->parent ? rule->parent->children_any_order
                        : k->context->reading->profile->sections_any_order;
}

// Finds the holes among the matches [first, end) of one scope.
static void find_holes(checker *k, size_t first, size_t end) {
    const od_rule_match *const entries = k->alignment->rules.items;
    const bool any_order = has_any_order(k, entries[first].rule);
    scope *const at = scope_at(k, entries[first].parent);
    const hole *bounded = at->holes; // those from here on know what comes after them
    int64_t after = -1;
    for (size_t i = first; i < end; i++) {
        if (entries[i].rule->preamble) continue;
        at->listed = true;
        if (is_settled(k, &entries[i]) && !any_order) {
            after = (int64_t)entries[i].section->index;
            for (hole *h = at->holes; h != bounded; h = h->next) h->before = after;
            bounded = at->holes;
        } else if (!is_settled(k, &entries[i]) &&
                   (entries[i].section || !entries[i].rule->optional)) {
            hole *const h = od_arena_new(&k->scratch, hole);
            *h = (hole){.after = after, .before = INT64_MAX, .next = at->holes};
            at->holes = h;
        }
    }
}

static void find_all_holes(checker *k) {
    const od_rule_match *const entries = k->alignment->rules.items;
    for (size_t first = 0, end; first < k->alignment->rules.count; first = end) {
        end = first + 1;
        while (end < k->alignment->rules.count && entries[end].parent == entries[first].parent)
            end++;
        find_holes(k, first, end);
    }
}

static void check_chain(const checker *k, const chain *c) {
    walk w = {.k = k, .chain = c, .expected = 1};
    check_jump(k, c);
    for (size_t i = 0; i < c->count; i++) step(&w, i);
}

void od_check_numbers(od_check_context *context) {
    const od_reading *const reading = context->reading;
    checker k = {.context = context,
                 .outline = &reading->outline,
                 .alignment = &reading->alignment,
                 .source = &reading->document->source,
                 .found = context->found};
    k.scopes = od_arena_array(&k.scratch, scope, k.outline->count + 1);
    if (reading->profile) find_all_holes(&k);
    for (size_t i = 0; i < k.outline->count; i++) {
        const od_section *const s = k.outline->sections[i];
        if (!s->number.present) continue;
        check_form(&k, s);
        add_item(&k, s);
    }
    for (size_t i = 0; i < k.chains.count; i++) check_chain(&k, k.chains.items[i]);
    od_arena_free(&k.scratch);
}
