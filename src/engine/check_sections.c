// section-*: the sections that a profile asks for, each there once, in its place, with its text.
#include "engine/check.h"

#include "base/utf8.h"
#include "engine/passage.h"

typedef struct checker {
    const od_check_context *context;
    const od_outline *outline;
    const od_alignment_result *alignment;
    const od_source *source;
    const od_node *root;
    od_diagnostics *found;
    od_arena scratch;
    size_t *entries; // by section index + 1, the root first: its first match in alignment->rules
    bool *nearest;   // by section index: told of as the heading nearest to a missing section
    OD_ARRAY(const od_section_rule *) lost; // missing rules whose children were not looked for
} checker;

// ---- words for places --------------------------------------------------------------------------

static od_slice line_number(const checker *k, size_t offset) {
    return od_arena_number(k->found->arena, od_source_line_at(k->source, offset) + 1);
}

// Returns a heading as it stands in the draft, with its number.
static od_slice words_of(const checker *k, const od_section *s) {
    // Code has no visible text: then the source is shown.
    if (od_slice_find(s->title, OD_SLICE(OD_OPAQUE_MARK), 0) != SIZE_MAX)
        return od_source_cut(k->source, s->heading);
    if (!s->number.present) return s->title;
    return od_arena_concat(k->found->arena, od_source_cut(k->source, s->number.span), s->title);
}

// Returns `text` with {1} and {2} the line and the words of a heading.
static od_slice say_place(const checker *k, od_text text, const od_section *s) {
    return od_say(k->found, text, line_number(k, s->heading.start), words_of(k, s));
}

static void relate(const checker *k, od_diagnostic *d, const od_section *s, od_text text) {
    od_diagnostic_relate(k->found, d, k->source, s->heading, od_say(k->found, text));
}

// Points to the rule in the profile's file.
static void relate_rule(const checker *k, od_diagnostic *d, const od_section_rule *rule) {
    if (!rule->source) return;
    od_diagnostic_relate(k->found, d, rule->source, rule->span,
                         od_say(k->found, OD_SAY("the profile asks for it here", "文种文件里的要求")));
}

// ---- text of sections --------------------------------------------------------------------------

static bool is_comment(od_slice text) {
    return od_slice_starts(text, OD_SLICE("<!--"));
}

static bool is_white(od_slice text) {
    size_t size;
    for (size_t i = 0; i < text.size; i += size)
        if (!od_is_space(od_utf8_read(text, i, &size))) return false;
    return true;
}

// Whether a reader sees something of `node` itself at or after byte `from`.
static bool is_seen(const od_node *node, size_t from) {
    switch ((od_node_type)node->type) {
    case OD_TEXT:
        if (node->span.start >= from || (node->flags & (OD_DECODED | OD_OPAQUE)))
            return node->span.end > from && !is_white(node->leaf.text);
        return node->span.end > from &&
               !is_white(od_slice_from(node->leaf.text, from - node->span.start));
    case OD_CODE:
    case OD_MATH:
    case OD_IMAGE:
    case OD_CODE_BLOCK: return node->span.end > from;
    case OD_RAW_INLINE:
    case OD_RAW_BLOCK: return node->span.end > from && !is_comment(node->leaf.text);
    default: return false;
    }
}

static bool has_text(const checker *k, od_passage part) {
    for (const od_node *n = od_passage_next(k->root, &part, NULL, false); n;
         n = od_passage_next(k->root, &part, n, false))
        if (is_seen(n, part.span.start)) return true;
    return false;
}

static bool holds_any(const od_section_rule *rule, od_slice folded) {
    size_t size;
    for (size_t i = 0; i < rule->must_contain_count; i++)
        if (od_pattern_matches(&rule->must_contain[i], folded, &size)) return true;
    return false;
}

// Whether a passage has one of the words that the rule asks for.
static bool holds_words(checker *k, od_passage part, const od_section_rule *rule) {
    bool holds = false;
    const od_mark mark = od_arena_mark(&k->scratch);
    for (const od_node *n = od_passage_next(k->root, &part, NULL, true); n && !holds;
         n = od_passage_next(k->root, &part, n, true)) {
        const od_slice text = od_passage_text(&k->scratch, k->source, &part, n);
        holds = text.size && holds_any(rule, od_fold(&k->scratch, text));
        od_arena_rewind(&k->scratch, mark);
    }
    return holds;
}

// ---- what is in a section ----------------------------------------------------------------------

static od_slice list_words(const checker *k, const od_section_rule *rule) {
    od_slice list = {0};
    for (size_t i = 0; i < rule->must_contain_count; i++) {
        const od_slice word = rule->must_contain[i].text;
        list = i ? od_say(k->found, OD_SAY("{1} or “{2}”", "{1}或“{2}”"), list, word)
                 : od_say(k->found, OD_SAY("“{1}”", "“{1}”"), word);
    }
    return list;
}

static void tell_text(const checker *k, od_rule_id id, const od_section_rule *rule, od_span span,
                      od_slice message) {
    relate_rule(k, od_diagnose(k->found, id, k->source, span, message), rule);
}

// Checks the length and the words of `parts`, the text of `rule`'s section; findings stand at
// `span`.
static void check_text(checker *k, const od_passage *parts, size_t count, const od_section_rule *rule,
                       od_span span) {
    size_t chars = 0;
    bool holds = rule->must_contain_count == 0;
    for (size_t i = 0; i < count; i++) {
        if (chars < rule->min_chars)
            chars += od_passage_chars(&k->scratch, k->source, k->root, &parts[i],
                                      rule->min_chars - chars);
        holds = holds || holds_words(k, parts[i], rule);
    }
    if (chars < rule->min_chars)
        tell_text(k, OD_RULE_SECTION_SHORT, rule, span,
                  od_say(k->found,
                         OD_SAY("“{1}” has {2} characters; at least {3} are asked for",
                                "“{1}”部分只有{2}字，至少要写{3}字"),
                         rule->title, od_arena_number(k->found->arena, chars),
                         od_arena_number(k->found->arena, rule->min_chars)));
    if (!holds)
        tell_text(k, OD_RULE_SECTION_CONTENT, rule, span,
                  od_say(k->found, OD_SAY("“{1}” must contain {2}", "“{1}”部分应写明{2}"),
                         rule->title, list_words(k, rule)));
}

// `一、时间：3月5日` holds what it heads.
static bool says_itself(const od_section *s) {
    static const od_slice COLONS[] = {{"：", 3}, {":", 1}};
    for (size_t i = 0; i < sizeof COLONS / sizeof *COLONS; i++) {
        const size_t at = od_slice_find(s->title, COLONS[i], 0);
        if (at != SIZE_MAX && !is_white(od_slice_from(s->title, at + COLONS[i].size))) return true;
    }
    return false;
}

// A numbered line that no rule asks for may be the item of a list: only marks make it a heading
// that needs text.
static bool is_empty(const checker *k, const od_section *s, const od_section_rule *rule) {
    const bool heading = rule || s->form == OD_FORM_MARKUP || s->form == OD_FORM_BOLD;
    return heading && !s->is_title && !s->first && !says_itself(s) && !has_text(k, od_passage_of(s));
}

static void check_content(checker *k, const od_section *s) {
    const od_section_match *const match = &k->alignment->sections[s->index];
    if (is_empty(k, s, match->rule)) {
        od_diagnose(k->found, OD_RULE_SECTION_EMPTY, k->source, s->heading,
                    od_say(k->found, OD_SAY("there is no text below “{1}”", "“{1}”下面没有内容"),
                           words_of(k, s)));
        return;
    }
    if (!match->rule || match->kind == OD_MATCH_DUPLICATE) return;
    const od_passage text = od_passage_of(s);
    check_text(k, &text, 1, match->rule, s->heading);
}

// ---- where a section is ------------------------------------------------------------------------

// Returns how `rule` was matched in the section `parent`.
static const od_rule_match *entry_of(const checker *k, const od_section_rule *rule,
                                     const od_section *parent) {
    const od_section_rule *const siblings =
        rule->parent ? rule->parent->children : k->context->reading->profile->sections;
    const size_t first = k->entries[parent->parent ? parent->index + 1 : 0];
    return &k->alignment->rules.items[first + (size_t)(rule - siblings)];
}

static bool is_in_order(const checker *k, const od_rule_match *entry) {
    return entry->section &&
           k->alignment->sections[entry->section->index].kind == OD_MATCH_IN_ORDER;
}

static void tell_order(const checker *k, const od_section *s, const od_rule_match *other,
                       od_text text) {
    const od_section_rule *const rule = k->alignment->sections[s->index].rule;
    od_diagnostic *const d =
        od_diagnose(k->found, OD_RULE_SECTION_ORDER, k->source, s->heading,
                    od_say(k->found, text, rule->title, other->rule->title,
                           line_number(k, other->section->heading.start)));
    relate(k, d, other->section, OD_SAY("the other section", "另一部分在这里"));
}

// A section that is not in its place among its siblings stands before one that it belongs after, or
// the other way round.
static void check_order(const checker *k, const od_section *s) {
    const od_section_rule *const rule = k->alignment->sections[s->index].rule;
    const od_rule_match *const own = entry_of(k, rule, s->parent);
    const od_rule_match *const first = &k->alignment->rules.items[k->entries[
        s->parent->parent ? s->parent->index + 1 : 0]];
    const size_t count =
        rule->parent ? rule->parent->child_count : k->context->reading->profile->section_count;
    for (const od_rule_match *other = own; other-- > first;) {
        if (!is_in_order(k, other)) continue;
        if (other->section->index < s->index) break;
        tell_order(k, s, other,
                   OD_SAY("“{1}” belongs after “{2}” (line {3})", "“{1}”应在“{2}”（第{3}行）之后"));
        return;
    }
    for (const od_rule_match *other = own + 1; other < first + count; other++) {
        if (!is_in_order(k, other)) continue;
        tell_order(k, s, other,
                   OD_SAY("“{1}” belongs before “{2}” (line {3})", "“{1}”应在“{2}”（第{3}行）之前"));
        return;
    }
}

// Says that `s` belongs below `parent`, the section of its rule's parent.
static void tell_parent(const checker *k, const od_section *s, const od_section *parent) {
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_SECTION_LEVEL, k->source, s->heading,
        od_say(k->found,
               OD_SAY("“{1}” belongs directly below “{2}” (line {3})", "“{1}”应直接放在“{2}”（第{3}行）下面"),
               words_of(k, s), words_of(k, parent), line_number(k, parent->heading.start)));
    relate(k, d, parent, OD_SAY("it belongs below this heading", "应放在这个标题下面"));
}

static void tell_top(const checker *k, const od_section *s) {
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_SECTION_LEVEL, k->source, s->heading,
        od_say(k->found,
               OD_SAY("“{1}” should be a section of the top level, not a part of “{2}” (line {3})",
                      "“{1}”应单独成为最上一级的部分，不应放在“{2}”（第{3}行）下面"),
               words_of(k, s), words_of(k, s->parent), line_number(k, s->parent->heading.start)));
    relate(k, d, s->parent, OD_SAY("it stands below this heading", "现在放在这个标题下面"));
}

static void tell_level(const checker *k, const od_section *s, const od_section_rule *rule) {
    od_arena *const arena = k->found->arena;
    od_diagnose(k->found, OD_RULE_SECTION_LEVEL, k->source, s->heading,
                od_say(k->found,
                       OD_SAY("“{1}” is a heading of level {2}, and should be one of level {3}",
                              "“{1}”现在是第{2}级标题，应为第{3}级"),
                       words_of(k, s), od_arena_number(arena, (size_t)s->level),
                       od_arena_number(arena, (size_t)rule->level)));
}

static void check_level(const checker *k, const od_rule_match *entry) {
    const od_section *const s = entry->section;
    if (entry->parent != s->parent && entry->parent->parent) tell_parent(k, s, entry->parent);
    else if (entry->parent != s->parent) tell_top(k, s);
    else tell_level(k, s, entry->rule);
}

static void check_duplicate(const checker *k, const od_section *s) {
    const od_section_rule *const rule = k->alignment->sections[s->index].rule;
    const od_section *const first = entry_of(k, rule, s->parent)->section;
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_SECTION_DUPLICATE, k->source, s->heading,
        od_say(k->found,
               OD_SAY("“{1}” is in the draft already: line {2}, “{3}”", "“{1}”部分重复：第{2}行已有“{3}”"),
               rule->title, line_number(k, first->heading.start), words_of(k, first)));
    relate(k, d, first, OD_SAY("the first one", "第一处在这里"));
}

// ---- what is not in the profile ----------------------------------------------------------------

static od_extra extra_below(const checker *k, const od_section *parent) {
    if (!parent->parent) return k->context->reading->profile->extra;
    const od_section_match *const match = &k->alignment->sections[parent->index];
    return match->rule && match->kind != OD_MATCH_DUPLICATE ? match->rule->extra : OD_EXTRA_ALLOW;
}

static bool fits_any(const od_section_rule *rule, const od_section *s) {
    size_t size;
    for (size_t i = 0; i < rule->alias_count; i++)
        if (od_pattern_matches(&rule->aliases[i], s->folded, &size)) return true;
    return false;
}

// Whether the heading is told of already: as the one nearest to a section that is missing, or as
// part of one whose heading is.
static bool is_explained(const checker *k, const od_section *s) {
    if (k->nearest[s->index]) return true;
    for (size_t i = 0; i < k->lost.count; i++)
        for (size_t j = 0; j < k->lost.items[i]->child_count; j++)
            if (fits_any(&k->lost.items[i]->children[j], s)) return true;
    return false;
}

static void check_extra(const checker *k, const od_section *s) {
    const od_extra extra = extra_below(k, s->parent);
    if (extra == OD_EXTRA_ALLOW || s->is_title || is_explained(k, s)) return;
    od_diagnostic *const d =
        od_diagnose(k->found, OD_RULE_SECTION_EXTRA, k->source, s->heading,
                    od_say(k->found,
                           OD_SAY("the profile lists no section “{1}” here", "文种没有规定这里有“{1}”部分"),
                           words_of(k, s)));
    d->severity = extra == OD_EXTRA_ERROR ? OD_ERROR : OD_WARNING;
}

// ---- what is missing ---------------------------------------------------------------------------

// Returns where a missing section belongs, in words.
static od_slice place_of(const checker *k, const od_rule_match *missing) {
    if (missing->after)
        return say_place(k, OD_SAY("after line {1}, “{2}”", "第{1}行“{2}”之后"), missing->after);
    if (missing->parent->parent)
        return say_place(k, OD_SAY("at the start of line {1}, “{2}”", "第{1}行“{2}”下面的开头"),
                         missing->parent);
    const od_section *first = k->outline->root->first;
    if (first && first->is_title) first = first->next;
    if (first) return say_place(k, OD_SAY("before line {1}, “{2}”", "第{1}行“{2}”之前"), first);
    return od_say(k->found, OD_SAY("in the text", "正文中"));
}

static od_span missing_span(const checker *k, const od_rule_match *missing) {
    if (missing->after) return missing->after->heading;
    if (missing->parent->parent) return missing->parent->heading;
    const size_t start = k->outline->root->span.start;
    return (od_span){start, start};
}

static void check_missing(const checker *k, const od_rule_match *missing) {
    od_diagnostics *const found = k->found;
    const od_slice title = missing->rule->title, place = place_of(k, missing);
    const od_section *const nearest = missing->nearest;
    od_slice message;
    if (nearest)
        message = od_say(found,
                         OD_SAY("the section “{1}” is missing; it belongs {2}. The nearest "
                                "heading is line {3}, “{4}”: if that is it, rename it or give the "
                                "profile an alias",
                                "缺少“{1}”部分（必须有），应放在{2}。最接近的标题：第{3}行“{4}”；如果就是它，"
                                "请改标题或在文种文件里加别名"),
                         title, place, line_number(k, nearest->heading.start),
                         words_of(k, nearest));
    else
        message = od_say(found,
                         OD_SAY("the section “{1}” is missing; it belongs {2}",
                                "缺少“{1}”部分（必须有），应放在{2}"),
                         title, place);
    od_diagnostic *const d = od_diagnose(found, OD_RULE_SECTION_MISSING, k->source,
                                         missing_span(k, missing), message);
    if (nearest) relate(k, d, nearest, OD_SAY("the nearest heading", "最接近的标题"));
    relate_rule(k, d, missing->rule);
}

static void check_preamble(checker *k, const od_section_rule *rule) {
    od_passage parts[2];
    od_passage_preamble(k->outline, k->root, parts);
    const size_t start = k->outline->root->span.start;
    od_span span = {start, start};
    for (size_t i = 0; i < 2; i++) {
        if (!parts[i].first || !has_text(k, parts[i])) continue;
        check_text(k, parts, 2, rule, span);
        return;
    }
    if (rule->optional) return;
    tell_text(k, OD_RULE_SECTION_MISSING, rule, span,
              od_say(k->found,
                     OD_SAY("the text before the first heading (“{1}”) is missing",
                            "第一个标题之前缺少“{1}”的文字（必须有）"),
                     rule->title));
}

// ---- all of them -------------------------------------------------------------------------------

static void index_entry(checker *k, size_t index) {
    const od_rule_match *const entry = &k->alignment->rules.items[index];
    k->entries[entry->parent->parent ? entry->parent->index + 1 : 0] = index;
    if (entry->nearest) k->nearest[entry->nearest->index] = true;
    if (entry->section || !entry->rule->child_count) return;
    for (size_t i = 0; i < k->lost.count; i++)
        if (k->lost.items[i] == entry->rule) return;
    *od_array_push(&k->scratch, &k->lost) = entry->rule;
}

static void check_entry(checker *k, const od_rule_match *entry) {
    if (entry->rule->preamble) check_preamble(k, entry->rule);
    else if (!entry->section && !entry->rule->optional) check_missing(k, entry);
    else if (entry->section &&
             k->alignment->sections[entry->section->index].kind == OD_MATCH_MISPLACED)
        check_level(k, entry);
}

static void check_section(checker *k, const od_section *s) {
    switch (k->alignment->sections[s->index].kind) {
    case OD_MATCH_NONE: check_extra(k, s); break;
    case OD_MATCH_MOVED: check_order(k, s); break;
    case OD_MATCH_DUPLICATE: check_duplicate(k, s); break;
    default: break;
    }
    check_content(k, s);
}

void od_check_sections(od_check_context *context) {
    const od_reading *const reading = context->reading;
    if (!reading->profile) return;
    checker k = {.context = context,
                 .outline = &reading->outline,
                 .alignment = &reading->alignment,
                 .source = &reading->document->source,
                 .root = reading->document->root,
                 .found = context->found};
    k.entries = od_arena_array(&k.scratch, size_t, k.outline->count + 1);
    k.nearest = od_arena_array(&k.scratch, bool, k.outline->count);
    for (size_t i = k.alignment->rules.count; i-- > 0;) index_entry(&k, i);
    for (size_t i = 0; i < k.alignment->rules.count; i++)
        check_entry(&k, &k.alignment->rules.items[i]);
    for (size_t i = 0; i < k.outline->count; i++) check_section(&k, k.outline->sections[i]);
    od_arena_free(&k.scratch);
}
