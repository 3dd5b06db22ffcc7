// Suppression comments: `<!-- orgdraft-disable-next-line RULE: reason -->` and its kin, named and
// placed as markdownlint names and places its own.
//
//     orgdraft-disable            from the comment on
//     orgdraft-enable             ends that, for what was disabled
//     orgdraft-disable-line       the line of the comment
//     orgdraft-disable-next-line  the next line that is not blank
//     orgdraft-disable-file       the whole draft
//
// Rules are separated by spaces or commas, none means all; a reason follows `:` or `--`. Comments
// are taken from the syntax tree, so that those in code are text.
#include "engine/check.h"

#include "base/names.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "document/document.h"

#include <stdlib.h>

typedef enum verb { DISABLE, ENABLE, DISABLE_LINE, DISABLE_NEXT_LINE, DISABLE_FILE } verb;

static const od_slice VERBS[] = {
    [DISABLE] = {"orgdraft-disable", 16},
    [ENABLE] = {"orgdraft-enable", 15},
    [DISABLE_LINE] = {"orgdraft-disable-line", 21},
    [DISABLE_NEXT_LINE] = {"orgdraft-disable-next-line", 26},
    [DISABLE_FILE] = {"orgdraft-disable-file", 21},
};
enum { VERB_COUNT = sizeof VERBS / sizeof *VERBS };

// Rules by slots: those that are built in, then others that comments name, then one for all the
// rest, which can be silenced only together with all rules. A set has a bit for each.
typedef uint64_t *rule_set;
enum { WORD = 64 };

static bool holds(const uint64_t *set, size_t slot) {
    return set[slot / WORD] >> slot % WORD & 1;
}

static void include(rule_set set, size_t slot) {
    set[slot / WORD] |= (uint64_t)1 << slot % WORD;
}

// What is said about the comments themselves is silenced only by name, since a comment without
// names would silence that it silences nothing.
static bool is_about_comments(size_t slot) {
    return slot == OD_RULE_SUPPRESSION_UNKNOWN || slot == OD_RULE_SUPPRESSION_UNUSED;
}

// One comment.
typedef struct directive {
    verb verb;
    od_span span;  // of the comment
    od_span reach; // of a line verb: from the start of the first line to the end of the last
    rule_set rules, used; // once all comments are read
    bool named;           // rules were given
} directive;

// One rule that a comment names.
typedef struct name {
    size_t directive;
    size_t rule;
    od_span span;
} name;

// A comment as found: where it is, and what stands between its signs; `as_text`: it is none, since
// a reader sees it.
typedef struct comment {
    od_span span, content;
    bool as_text;
} comment;

typedef struct suppressor {
    od_arena *arena;
    const od_source *source;
    OD_ARRAY(comment) comments;
    OD_ARRAY(directive) directives;
    OD_ARRAY(name) names;
    OD_ARRAY(od_name) known;   // ids of rules that are not built in, sorted
    OD_ARRAY(od_slice) others; // those of them that comments name
    od_diagnostics wrong; // what is said about the comments
} suppressor;

// ---- reading one comment -----------------------------------------------------------------------

// The characters of a comment from `at` to `end`.
typedef struct cursor {
    od_slice bytes;
    size_t at, end;
} cursor;

static uint32_t peek(const cursor *c, size_t *size) {
    return od_utf8_read(od_slice_cut(c->bytes, 0, c->end), c->at, size);
}

static bool is_separator(uint32_t code) {
    return od_is_space(code) || code == ',' || code == 0xFF0C || code == 0x3001; // ，、
}

// Whether a reason starts here: `:` `：` `--` `—`.
static bool at_reason(const cursor *c) {
    size_t size;
    const uint32_t code = peek(c, &size);
    const od_slice rest = od_slice_cut(c->bytes, c->at, c->end);
    return code == ':' || code == 0xFF1A || code == 0x2014 || od_slice_starts(rest, OD_SLICE("--"));
}

// Reads the next word; false at the end or at the reason.
static bool next_word(cursor *c, od_span *word) {
    size_t size;
    while (c->at < c->end && is_separator(peek(c, &size))) c->at += size;
    word->start = c->at;
    while (c->at < c->end && !at_reason(c)) {
        if (is_separator(peek(c, &size))) break;
        c->at += size;
    }
    word->end = c->at;
    return word->end > word->start;
}

static void complain(suppressor *s, od_rule_id rule, od_span span, od_text text, od_slice word,
                     od_slice other) {
    od_diagnose(&s->wrong, rule, s->source, span, od_say(&s->wrong, text, word, other));
}

// Says that `word` is unknown, and what was probably meant.
static void report_unknown(suppressor *s, od_span span, const od_nearest *nearest, od_text what) {
    const od_slice word = od_source_cut(s->source, span), kind = od_say(&s->wrong, what);
    od_text text = OD_SAY("“{1}” is no {2} of orgdraft, so this comment silences nothing",
                          "“{1}”不是orgdraft的{2}，这条注释不起作用");
    if (nearest->best.size)
        text = OD_SAY("“{1}” is no {2} of orgdraft; did you mean “{3}”?",
                      "“{1}”不是orgdraft的{2}；是不是“{3}”？");
    od_diagnose(&s->wrong, OD_RULE_SUPPRESSION_UNKNOWN, s->source, span,
                od_say(&s->wrong, text, word, kind, nearest->best));
}

static bool read_verb(suppressor *s, od_span word, verb *verb) {
    const od_slice text = od_source_cut(s->source, word);
    od_nearest nearest = {.wrong = text};
    for (size_t i = 0; i < VERB_COUNT; i++) {
        *verb = (enum verb)i;
        if (od_slice_equal(text, VERBS[i])) return true;
        od_nearest_offer(&nearest, VERBS[i]);
    }
    report_unknown(s, word, &nearest, OD_SAY("comment", "注释指令"));
    return false;
}

static size_t slot_count(const suppressor *s) {
    return OD_RULE_COUNT + s->others.count + 1;
}

// Returns the slot of a rule that is not built in: its own when a comment names it.
static size_t find_other(const suppressor *s, od_slice id) {
    for (size_t i = 0; i < s->others.count; i++)
        if (od_slice_equal(s->others.items[i], id)) return OD_RULE_COUNT + i;
    return slot_count(s) - 1;
}

static void add_known(suppressor *s, const char *rule) {
    const od_slice id = od_slice_of(rule);
    if (!od_rule_find(id)) *od_array_push(s->arena, &s->known) = (od_name){id, s->known.count};
}

static void use_rule(suppressor *s, size_t slot, od_span word) {
    *od_array_push(s->arena, &s->names) = (name){s->directives.count, slot, word};
}

// Notes that a comment names a rule that is not built in; false when there is none of that id.
static bool use_other(suppressor *s, od_slice id, od_span word) {
    if (od_names_find(s->known.items, s->known.count, id) == SIZE_MAX) return false;
    size_t slot = find_other(s, id);
    if (slot == slot_count(s) - 1) *od_array_push(s->arena, &s->others) = id;
    use_rule(s, slot, word);
    return true;
}

static void read_rule(suppressor *s, od_span word) {
    const od_slice text = od_source_cut(s->source, word);
    size_t count;
    const od_rule *const rules = od_rules(&count), *const rule = od_rule_find(text);
    if (rule == &rules[OD_RULE_ENCODING_UTF8]) {
        complain(s, OD_RULE_SUPPRESSION_UNKNOWN, word,
                 OD_SAY("“{1}” cannot be switched off: nothing else is checked in such a file",
                        "“{1}”不能关闭：这样的文件其他内容都没有检查"),
                 text, (od_slice){0});
        return;
    }
    if (rule) {
        use_rule(s, (size_t)(rule - rules), word);
        return;
    }
    if (use_other(s, text, word)) return;
    od_nearest nearest = {.wrong = text};
    for (size_t i = 0; i < count; i++) od_nearest_offer(&nearest, od_slice_of(rules[i].id));
    for (size_t i = 0; i < s->known.count; i++) od_nearest_offer(&nearest, s->known.items[i].name);
    report_unknown(s, word, &nearest, OD_SAY("rule", "规则"));
}

// Within a paragraph CommonMark takes a comment that holds `--` for text, and in plain text a
// comment ends in its line.
static void refuse_text(suppressor *s, od_span span) {
    complain(s, OD_RULE_SUPPRESSION_UNKNOWN, span,
             OD_SAY("this is no comment but text that readers see: a comment ends with `-->` and "
                    "has no `--` before that; write the reason after `:`",
                    "这里不是注释，读者会看到它：注释要用“-->”结束，中间不能有“--”；请用冒号引出理由"),
             (od_slice){0}, (od_slice){0});
}

// Reads a comment, if it is one of ours.
static void read_comment(suppressor *s, const comment *from) {
    cursor c = {s->source->bytes, from->content.start, from->content.end};
    directive d = {.span = from->span};
    od_span word;
    if (from->as_text) {
        refuse_text(s, from->span);
        return;
    }
    if (!next_word(&c, &word)) return;
    if (!od_slice_starts(od_source_cut(s->source, word), OD_SLICE("orgdraft-"))) return;
    if (!read_verb(s, word, &d.verb)) return;
    while (next_word(&c, &word)) {
        d.named = true;
        read_rule(s, word);
    }
    *od_array_push(s->arena, &s->directives) = d;
}

// ---- finding comments --------------------------------------------------------------------------

static const od_slice OPEN = {"<!--", 4}, CLOSE = {"-->", 3};

// Collects the comments in the HTML at `span`.
static void find_in_html(suppressor *s, od_span span) {
    const od_slice html = od_slice_cut(s->source->bytes, 0, span.end);
    size_t start = span.start;
    while ((start = od_slice_find(html, OPEN, start)) != SIZE_MAX) {
        const size_t inside = start + OPEN.size;
        const size_t close = od_slice_find(html, CLOSE, inside);
        if (close == SIZE_MAX) return; // it swallows the rest of the draft, which is seen anyway
        const size_t end = close + CLOSE.size;
        *od_array_push(s->arena, &s->comments) = (comment){{start, end}, {inside, close}, false};
        start = end;
    }
}

// An inline of which only the parent's place is known: its own text says where it is.
static void find_in_opaque(suppressor *s, const od_node *node) {
    const od_slice around = od_slice_cut(s->source->bytes, 0, node->span.end);
    const size_t at = od_slice_find(around, node->leaf.text, node->span.start);
    if (at != SIZE_MAX) find_in_html(s, (od_span){at, at + node->leaf.text.size});
}

static void find_in_text(suppressor *s, od_span span) {
    const od_slice text = od_slice_cut(s->source->bytes, 0, span.end);
    const od_slice start = OD_SLICE("<!-- orgdraft-");
    size_t at = span.start;
    for (; (at = od_slice_find(text, start, at)) != SIZE_MAX; at += start.size)
        *od_array_push(s->arena, &s->comments) =
            (comment){.span = {at, at + OPEN.size}, .as_text = true};
}

static void find_in_node(suppressor *s, const od_node *node) {
    switch (node->type) {
    case OD_RAW_BLOCK:
    case OD_RAW_INLINE:
        if (!od_slice_is(od_slice_of(node->leaf.format), "html")) return;
        if (node->flags & OD_OPAQUE) find_in_opaque(s, node);
        else find_in_html(s, node->span);
        return;
    case OD_TEXT:
        if (!(node->flags & (OD_DECODED | OD_OPAQUE))) find_in_text(s, node->span);
        return;
    default: return;
    }
}

static int compare_comments(const void *left, const void *right) {
    const comment *const a = left, *const b = right;
    return a->span.start < b->span.start ? -1 : a->span.start > b->span.start;
}

// Reads the comments in the order of the source. A note that is referred to twice is in the tree
// twice, its comments count once.
static void read_comments(suppressor *s) {
    comment *const comments = s->comments.items;
    if (s->comments.count) qsort(comments, s->comments.count, sizeof *comments, compare_comments);
    for (size_t i = 0; i < s->comments.count; i++)
        if (!i || comments[i].span.start != comments[i - 1].span.start)
            read_comment(s, &comments[i]);
}

// ---- lines -------------------------------------------------------------------------------------

static bool is_blank_line(const od_source *source, size_t line) {
    return !od_slice_trim(od_source_cut(source, od_source_line(source, line))).size;
}

// Sets the reach of the line verbs. Many comments may stand in one line before many blank lines, so
// the last answer is kept.
static void set_reaches(suppressor *s) {
    const od_source *const source = s->source;
    size_t after = SIZE_MAX, next = 0; // the next line that is not blank after line `after`
    for (size_t i = 0; i < s->directives.count; i++) {
        directive *const d = &s->directives.items[i];
        const size_t first = od_source_line_at(source, d->span.start);
        const size_t last = od_source_line_at(source, d->span.end - 1);
        if (d->verb == DISABLE_LINE)
            d->reach = (od_span){source->lines[first], od_source_line(source, last).end};
        if (d->verb != DISABLE_NEXT_LINE) continue;
        if (after != last) {
            after = last;
            next = last + 1;
            while (next < source->line_count && is_blank_line(source, next)) next++;
        }
        d->reach = last + 1 < source->line_count
                       ? (od_span){source->lines[last + 1],
                                   next < source->line_count ? od_source_line(source, next).end
                                                             : source->bytes.size}
                       : (od_span){source->bytes.size + 1, source->bytes.size + 1};
    }
}

// ---- silencing ---------------------------------------------------------------------------------

// A comment that starts to count at byte `at`.
typedef struct event {
    size_t at, directive;
} event;

// Which comments silence each rule at one place; NULL for none.
typedef struct state {
    directive **file, **range, **line; // by slot
} state;

static int compare_events(const void *left, const void *right) {
    const event *const a = left, *const b = right;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    return a->directive < b->directive ? -1 : a->directive > b->directive;
}

static size_t start_of(const directive *d) {
    switch (d->verb) {
    case DISABLE_FILE: return 0;
    case DISABLE_LINE:
    case DISABLE_NEXT_LINE: return d->reach.start;
    default: return d->span.start;
    }
}

// Makes the sets of all comments, now that it is known which rules they name. A draft that is not
// UTF-8 is not checked at all, so nothing silences that: it would be taken for clean.
static void make_sets(suppressor *s) {
    const size_t words = slot_count(s) / WORD + 1;
    for (size_t i = 0; i < s->directives.count; i++) {
        directive *const d = &s->directives.items[i];
        d->rules = od_arena_array(s->arena, uint64_t, words);
        d->used = od_arena_array(s->arena, uint64_t, words);
        for (size_t slot = 0; !d->named && slot < slot_count(s); slot++)
            if (!is_about_comments(slot) && slot != OD_RULE_ENCODING_UTF8) include(d->rules, slot);
    }
    for (size_t i = 0; i < s->names.count; i++)
        include(s->directives.items[s->names.items[i].directive].rules, s->names.items[i].rule);
}

static const event *make_events(suppressor *s) {
    event *const events = od_arena_array(s->arena, event, s->directives.count);
    for (size_t i = 0; i < s->directives.count; i++)
        events[i] = (event){start_of(&s->directives.items[i]), i};
    if (s->directives.count) qsort(events, s->directives.count, sizeof *events, compare_events);
    return events;
}

// The first comment that silences a rule is the one that is used: another within it is superfluous.
static void apply_to(state *now, directive *d, size_t slot) {
    directive **const line = &now->line[slot];
    switch (d->verb) {
    case DISABLE_FILE:
        if (!now->file[slot]) now->file[slot] = d;
        break;
    case DISABLE:
        if (!now->range[slot]) now->range[slot] = d;
        break;
    case ENABLE:
        if (now->range[slot]) include(d->used, slot);
        now->range[slot] = NULL;
        break;
    case DISABLE_LINE:
    case DISABLE_NEXT_LINE:
        if (!*line || (*line)->reach.end < d->reach.end) *line = d;
        break;
    }
}

static void apply(const suppressor *s, state *now, directive *d) {
    for (size_t slot = 0; slot < slot_count(s); slot++)
        if (holds(d->rules, slot)) apply_to(now, d, slot);
}

static size_t slot_of(const suppressor *s, const od_diagnostic *finding) {
    size_t count;
    const od_slice id = od_slice_of(finding->rule);
    const od_rule *const rule = od_rule_find(id);
    return rule ? (size_t)(rule - od_rules(&count)) : find_other(s, id);
}

static bool mark_used(directive *d, size_t slot) {
    if (d) include(d->used, slot);
    return d != NULL;
}

static bool is_silenced(const suppressor *s, const state *now, const od_diagnostic *finding) {
    const size_t rule = slot_of(s, finding);
    bool silenced = mark_used(now->file[rule], rule);
    // What is about the file as a whole stands in no line and no range.
    if (!finding->has_position) return silenced;
    directive *const line = now->line[rule];
    if (line && finding->span.start <= line->reach.end) silenced |= mark_used(line, rule);
    silenced |= mark_used(now->range[rule], rule);
    return silenced;
}

static state make_state(const suppressor *s) {
    const size_t count = slot_count(s);
    directive **const slots = od_arena_array(s->arena, directive *, 3 * count);
    return (state){slots, slots + count, slots + 2 * count};
}

// Takes out of `found` what is silenced; one pass over findings and comments in rising order.
static void silence(suppressor *s, od_diagnostics *found) {
    const event *const events = make_events(s);
    state now = make_state(s);
    for (size_t i = 0; i < s->directives.count; i++)
        if (s->directives.items[i].verb == DISABLE_FILE) apply(s, &now, &s->directives.items[i]);
    od_diagnostics_sort(found);
    size_t kept = 0, event = 0;
    for (size_t i = 0; i < found->found.count; i++) {
        const od_diagnostic *const finding = &found->found.items[i];
        const bool ours = finding->source == s->source;
        while (ours && finding->has_position && event < s->directives.count &&
               events[event].at <= finding->span.start)
            apply(s, &now, &s->directives.items[events[event++].directive]);
        if (!ours || !is_silenced(s, &now, finding)) found->found.items[kept++] = *finding;
    }
    found->found.count = kept;
    // What follows the last finding may end a range still.
    while (event < s->directives.count)
        apply(s, &now, &s->directives.items[events[event++].directive]);
}

// ---- comments that do nothing ------------------------------------------------------------------

static void report_unused(suppressor *s, const directive *d, od_span span, od_slice what) {
    od_text text = OD_SAY("“{1}” silences nothing here; delete it", "“{1}”在这里没有屏蔽任何问题，请删除");
    if (d->verb == ENABLE)
        text = OD_SAY("“{1}” was not switched off before; delete it", "“{1}”前面并没有关闭过，请删除");
    complain(s, OD_RULE_SUPPRESSION_UNUSED, span, text, what, (od_slice){0});
}

static bool is_used(const suppressor *s, const directive *d) {
    for (size_t slot = 0; slot < slot_count(s); slot++)
        if (holds(d->used, slot)) return true;
    return false;
}

// Whether it is wrong to name the rule in a comment that silenced nothing of it.
static bool is_superfluous(size_t slot, const bool *off) {
    return !is_about_comments(slot) && !(off && slot < OD_RULE_COUNT && off[slot]);
}

static void find_unused(suppressor *s, const bool *off) {
    for (size_t i = 0; i < s->directives.count; i++) {
        const directive *const d = &s->directives.items[i];
        if (!d->named && !is_used(s, d)) report_unused(s, d, d->span, VERBS[d->verb]);
    }
    for (size_t i = 0; i < s->names.count; i++) {
        const name *const n = &s->names.items[i];
        const directive *const d = &s->directives.items[n->directive];
        if (holds(d->used, n->rule) || !is_superfluous(n->rule, off)) continue;
        report_unused(s, d, n->span, od_source_cut(s->source, n->span));
    }
}

void od_suppress(const od_document *document, const char *const *rules, size_t rule_count,
                 const bool *off, od_diagnostics *found) {
    const od_slice bytes = document->source.bytes;
    // Most drafts have no such comment, and then this costs nothing more.
    if (!bytes.size || !memmem(bytes.data, bytes.size, "orgdraft-", 9)) return;
    suppressor s = {.arena = found->arena,
                    .source = &document->source,
                    .wrong = {.arena = found->arena, .language = found->language}};
    for (size_t i = 0; i < rule_count; i++) add_known(&s, rules[i]);
    for (size_t i = 0; i < found->found.count; i++) add_known(&s, found->found.items[i].rule);
    od_names_sort(s.known.items, s.known.count);
    for (const od_node *n = document->root; n; n = od_node_next(document->root, n, false))
        find_in_node(&s, n);
    read_comments(&s);
    make_sets(&s);
    set_reaches(&s);
    silence(&s, found);
    find_unused(&s, off);
    silence(&s, &s.wrong);
    for (size_t i = 0; i < s.wrong.found.count; i++)
        *od_array_push(found->arena, &found->found) = s.wrong.found.items[i];
}
