#include "engine/match.h"

#include "base/automaton.h"
#include "base/sort.h"
#include "base/utf8.h"

// How one phrase is recognised. A phrase with its expected text in place is one string.
// A phrase that reads values is triggered by its first literal that is not empty; the rest is then
// tried from there.
typedef struct trigger {
    size_t wanted;
    size_t literal;        // index of the trigger among the literals; SIZE_MAX: the whole phrase
    size_t size;           // bytes of the trigger
    struct trigger *next;  // of the same string
} trigger;

struct od_matcher {
    od_arena *arena;
    const od_wanted *wanted;
    size_t count; // of them
    od_automaton *automaton;
    OD_ARRAY(trigger *) triggers; // by number of the string
};

// The bounds of a value in a text: a slot that reads more than this reads something else.
// One that goes to the end of its paragraph may be long, but not so long that many make it slow.
enum { NUMBER_CHARS = 24, TEXT_CHARS = 60, REST_CHARS = 600 };

// ---- compiling ---------------------------------------------------------------------------------

static od_slice join_whole(od_arena *arena, const od_wanted *wanted) {
    const od_phrase *const phrase = wanted->phrase;
    od_slice *const parts = od_arena_array(arena, od_slice, phrase->slot_count * 2 + 1);
    for (size_t i = 0; i <= phrase->slot_count; i++) {
        parts[i * 2] = phrase->literals[i];
        if (i < phrase->slot_count) parts[i * 2 + 1] = wanted->expected[i];
    }
    return od_arena_join(arena, parts, phrase->slot_count * 2 + 1);
}

static void add_trigger(od_matcher *m, size_t wanted, size_t literal, od_slice text) {
    if (!text.size) return;
    const size_t number = od_automaton_add(m->automaton, text);
    if (number == m->triggers.count) od_array_push(m->arena, &m->triggers);
    trigger *const added = od_arena_new(m->arena, trigger);
    *added = (trigger){wanted, literal, text.size, m->triggers.items[number]};
    m->triggers.items[number] = added;
}

static size_t first_literal(const od_phrase *phrase) {
    size_t i = 0;
    while (i < phrase->slot_count && !phrase->literals[i].size) i++;
    return i;
}

od_matcher *od_matcher_new(od_arena *arena, const od_wanted *wanted, size_t count) {
    od_matcher *const m = od_arena_new(arena, od_matcher);
    *m = (od_matcher){.arena = arena, .wanted = wanted, .count = count};
    m->automaton = od_automaton_new(arena);
    for (size_t i = 0; i < count; i++) {
        const od_phrase *const phrase = wanted[i].phrase;
        if (wanted[i].types && phrase->slot_count) {
            const size_t literal = first_literal(phrase);
            add_trigger(m, i, literal, phrase->literals[literal]);
        } else {
            add_trigger(m, i, SIZE_MAX, join_whole(arena, &wanted[i]));
        }
    }
    od_automaton_build(m->automaton);
    return m;
}

// ---- one leaf ----------------------------------------------------------------------------------

typedef struct run {
    od_arena *arena; // of the matches
    const od_matcher *matcher;
    const od_reading *reading;
    od_match_list *matches;
    od_match_list loose; // of phrases that may fit nowhere else
    bool over_marks;     // texts go over the marks within a sentence
    size_t leaf_index;
    const od_leaf *leaf;
    od_slice text;
    bool located; // the next two are known
    bool single;  // the leaf lies in one section, of this rule
    const od_section_rule *section;
} run;

// Returns the index in the reading of the blank whose mark stands at folded byte `at`.
static size_t blank_at(const od_leaf *leaf, size_t at) {
    size_t low = 0, high = leaf->blank_count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (leaf->marks[middle] <= at) low = middle;
        else high = middle;
    }
    return leaf->first_blank + low;
}

// Returns false when the phrase cannot stand just there.
static bool add_match(run *r, size_t wanted, od_slot_match *slots, od_span span) {
    const od_phrase *const phrase = r->matcher->wanted[wanted].phrase;
    if (phrase->at_start && span.start > 0) return false;
    if (phrase->at_end && span.end < r->text.size) return false;
    if (!od_match_bounded(phrase, r->text, span.start, span.end)) return false;
    od_match_list *const list = r->over_marks ? &r->loose : r->matches;
    *od_array_push(r->arena, list) =
        (od_match){wanted, r->leaf_index, span.start, span.end, r->over_marks, slots};
    return true;
}

static void match_whole(run *r, const trigger *t, size_t end) {
    const od_wanted *const wanted = &r->matcher->wanted[t->wanted];
    const size_t start = end - t->size, count = wanted->phrase->slot_count;
    od_slot_match *const slots = od_arena_array(r->arena, od_slot_match, count);
    size_t at = start;
    for (size_t i = 0; i < count; i++) {
        at += wanted->phrase->literals[i].size;
        slots[i] = (od_slot_match){SIZE_MAX, at, at + wanted->expected[i].size};
        at = slots[i].end;
    }
    add_match(r, t->wanted, slots, (od_span){start, end});
}

// ---- values ------------------------------------------------------------------------------------

// Whether the character ends a sentence, or is nothing that can be read: no value goes over it.
static bool ends_sentence(uint32_t code) {
    return code == 0x3002 || code == '!' || code == '?' || code == OD_BLANK_MARK || code == 0xFFFC;
}

// Whether the folded character at `at` ends a clause, and so a value of `type`. A comma or colon between
// digits belongs to a number or a time, and commas and semicolons are marks of a list.
static bool ends_clause(od_slice text, size_t at, uint32_t code, od_field_type type) {
    if (ends_sentence(code)) return true;
    if (code == ';') return type != OD_TYPE_LIST;
    if (code == ',' && type == OD_TYPE_LIST) return false;
    if (code != ',' && code != ':') return false;
    return !(at > 0 && at + 1 < text.size && od_is_digit((unsigned char)text.data[at - 1]) &&
             od_is_digit((unsigned char)text.data[at + 1]));
}

// Whether values of `type`, which is no text, are written with the character.
static bool is_value_char(od_field_type type, uint32_t code) {
    const od_slice numerals =
        OD_SLICE("〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟负");
    static const char *const MORE[OD_TYPE_LIST + 1] = {
        [OD_TYPE_DECIMAL] = "点",
        [OD_TYPE_PERCENT] = "百分之点",
        [OD_TYPE_MONEY] = "元整¥点",
        [OD_TYPE_AMOUNT_CN] = "元圆角分整正",
        [OD_TYPE_DATE] = "年月日号/",
        [OD_TYPE_TIME] = ":上下午早晚凌晨中点时分秒半刻",
        [OD_TYPE_DURATION] = "个半小时分钟秒天日周星期hms",
    };
    if (od_is_digit(code) || code == '.' || code == ',' || code == '%' || code == '-') return true;
    char bytes[4];
    const od_slice character = {bytes, od_utf8_write(code, bytes)};
    return od_slice_find(od_slice_of(MORE[type]), character, 0) != SIZE_MAX ||
           (code >= 0x80 && od_slice_find(numerals, character, 0) != SIZE_MAX);
}

// Whether a value of `type` at an open edge of its phrase stops at the folded character at `at`.
static bool stops_at(od_slice text, size_t at, uint32_t code, od_field_type type) {
    // In the open a comma does not part a list, which would take in all that follows.
    if (code == ',' && type == OD_TYPE_LIST) return true;
    if (ends_clause(text, at, code, type)) return true;
    if (!od_field_type_is_text(type)) return !is_value_char(type, code);
    return code == '"' || (code == 0x3001 && type != OD_TYPE_LIST);
}

// Returns where a value that starts the phrase starts: before `end`, as far as a value of its type goes,
// for a text to the start of the clause, whatever it holds when the phrase is at the start of its
// paragraph. Returns `end` when there is none.
static size_t value_start(od_slice text, size_t end, od_field_type type, bool at_start) {
    size_t start = end, size;
    for (size_t chars = 0; start > 0 && chars <= TEXT_CHARS; chars++) {
        const uint32_t code = od_utf8_read_before(text, start, &size);
        const bool stops = at_start ? ends_clause(text, start - size, code, type)
                                    : stops_at(text, start - size, code, type);
        if (stops) return start;
        start -= size;
    }
    return start == 0 ? 0 : end;
}

// The same for a value that ends the phrase. At the end of its paragraph it may hold any marks:
// `出席：<people>^` is all that stands there.
static size_t value_end(od_slice text, size_t start, od_field_type type, bool at_end) {
    size_t end = start, size;
    const size_t bound = at_end ? REST_CHARS : TEXT_CHARS;
    for (size_t chars = 0; end < text.size && chars <= bound; chars++) {
        const uint32_t code = od_utf8_read(text, end, &size);
        const bool stops = at_end ? code == OD_BLANK_MARK || code == 0xFFFC
                                  : stops_at(text, end, code, type);
        if (stops) return end;
        end += size;
    }
    return end == text.size ? end : start;
}

// Returns the end of the shortest value from `start` that `literal` follows at or after `from`, or
// SIZE_MAX.
static size_t inner_value_end(const run *r, size_t start, size_t from, od_slice literal,
                              od_field_type type) {
    const od_slice text = r->text;
    size_t at = start, size;
    const bool is_text = od_field_type_is_text(type), over_marks = r->over_marks && is_text;
    // Capitals take many characters: 壹仟贰佰叁拾肆万…
    const bool is_long = is_text || type == OD_TYPE_AMOUNT_CN;
    const size_t bound = is_long ? TEXT_CHARS : NUMBER_CHARS;
    for (size_t chars = 0; at < text.size && chars <= bound; chars++) {
        if (at >= from && od_slice_starts(od_slice_from(text, at), literal)) return at;
        const uint32_t code = od_utf8_read(text, at, &size);
        if (over_marks ? ends_sentence(code) : ends_clause(text, at, code, type)) return SIZE_MAX;
        at += size;
    }
    return SIZE_MAX;
}

// Tries slot `i` from `at_from.start`, not ending before `at_from.end`; sets `*slot` and returns where
// the literal after it starts, or SIZE_MAX.
static size_t try_slot(const run *r, const od_wanted *wanted, size_t i, od_span at_from,
                       od_slot_match *slot) {
    const size_t at = at_from.start, from = at_from.end;
    const od_slice text = r->text, literal = wanted->phrase->literals[i + 1];
    const od_field_type type = wanted->types[i];
    if (at < text.size && text.data[at] == OD_BLANK_MARK) {
        if (from > at + 1 || !od_slice_starts(od_slice_from(text, at + 1), literal))
            return SIZE_MAX;
        *slot = (od_slot_match){blank_at(r->leaf, at), at, at + 1};
        return at + 1;
    }
    const bool is_last = i + 1 == wanted->phrase->slot_count && !literal.size;
    if (is_last && from > at + 1) return SIZE_MAX;
    const size_t end = is_last ? value_end(text, at, type, wanted->phrase->at_end)
                               : inner_value_end(r, at, from, literal, type);
    if (end == SIZE_MAX || end == at) return SIZE_MAX;
    *slot = (od_slot_match){SIZE_MAX, at, end};
    return end;
}

// Matches the slots from `first` on, the first of which starts at `at`; returns the end of the match,
// or SIZE_MAX. A slot that turns out too short for what follows is lengthened.
static size_t match_slots(const run *r, const od_wanted *wanted, size_t first, size_t at,
                          od_slot_match *slots) {
    const od_phrase *const phrase = wanted->phrase;
    enum { TRIES = 256 }; // bounds the lengthening of several slots together
    size_t i = first, from = at + 1;
    for (int tries = 0; tries < TRIES; tries++) {
        if (i == phrase->slot_count) return at;
        const size_t end = try_slot(r, wanted, i, (od_span){at, from}, &slots[i]);
        if (end != SIZE_MAX) {
            at = end + phrase->literals[i + 1].size;
            from = at + 1;
            i++;
        } else {
            if (i == first) return SIZE_MAX;
            i--;
            at = slots[i].start;
            from = slots[i].end + 1;
        }
    }
    return SIZE_MAX;
}

// Sets the slot before the trigger, when the phrase starts with one; false when nothing stands there.
static bool match_leading(const run *r, const od_wanted *wanted, size_t end, od_slot_match *slot) {
    if (end > 0 && r->text.data[end - 1] == OD_BLANK_MARK) {
        *slot = (od_slot_match){blank_at(r->leaf, end - 1), end - 1, end};
        return true;
    }
    const size_t start = value_start(r->text, end, wanted->types[0], wanted->phrase->at_start);
    *slot = (od_slot_match){SIZE_MAX, start, end};
    return start < end;
}

// Returns whether the phrase fits where its trigger ends at `end`.
static bool match_values(run *r, const trigger *t, size_t end) {
    const od_wanted *const wanted = &r->matcher->wanted[t->wanted];
    od_slot_match *const slots =
        od_arena_array(r->arena, od_slot_match, wanted->phrase->slot_count);
    size_t start = end - t->size;
    if (t->literal > 0) {
        // Bindings have no two slots side by side, so at most the first literal is empty.
        if (!match_leading(r, wanted, start, &slots[0])) return false;
        start = slots[0].start;
    }
    const size_t stop = match_slots(r, wanted, t->literal, end, slots);
    return stop != SIZE_MAX && add_match(r, t->wanted, slots, (od_span){start, stop});
}

// Whether some text of the phrase has words of the phrase after it.
static bool holds_inner_text(const od_wanted *wanted, size_t first) {
    for (size_t i = first; i < wanted->phrase->slot_count; i++)
        if (wanted->phrase->literals[i + 1].size && od_field_type_is_text(wanted->types[i]))
            return true;
    return false;
}

static void match_loosely(run *r, const trigger *t, size_t end) {
    if (!holds_inner_text(&r->matcher->wanted[t->wanted], t->literal)) return;
    r->over_marks = true;
    match_values(r, t, end);
    r->over_marks = false;
}

// Adds the loose matches of phrases that fit nowhere else.
static void add_loose(const run *r) {
    if (!r->loose.count) return;
    bool *const fits = od_arena_array(r->arena, bool, r->matcher->count);
    for (size_t i = 0; i < r->matches->count; i++) fits[r->matches->items[i].wanted] = true;
    for (size_t i = 0; i < r->loose.count; i++)
        if (!fits[r->loose.items[i].wanted])
            *od_array_push(r->arena, r->matches) = r->loose.items[i];
}

// Finds out whether a leaf lies in one section, as nearly all do.
static void locate(run *r) {
    const od_span span = r->leaf->node->span;
    const od_outline *const outline = &r->reading->outline;
    const size_t last = span.end > span.start ? span.end - 1 : span.start;
    r->single = od_outline_at(outline, span.start) == od_outline_at(outline, last);
    r->section = r->single ? od_reading_section(r->reading, span.start) : NULL;
    r->located = true;
}

// Whether the folded bytes [start, end) lie in `scope`.
static bool is_in(run *r, const od_section_rule *scope, size_t start, size_t end) {
    if (!scope) return true;
    if (!r->located) locate(r);
    if (!r->single)
        return od_reading_in(r->reading, od_match_span(r->leaf, start, end).start, scope);
    const od_section_rule *at = r->section;
    while (at && at != scope) at = at->parent;
    return at == scope;
}

static void on_hit(void *context, size_t number, size_t end) {
    run *const r = context;
    for (const trigger *t = r->matcher->triggers.items[number]; t; t = t->next) {
        if (!is_in(r, r->matcher->wanted[t->wanted].scope, end - t->size, end)) continue;
        if (t->literal == SIZE_MAX) match_whole(r, t, end);
        else if (!match_values(r, t, end)) match_loosely(r, t, end);
    }
}

static int compare_matches(const void *left, const void *right) {
    const od_match *const a = left, *const b = right;
    if (a->leaf != b->leaf) return a->leaf < b->leaf ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    if (a->wanted != b->wanted) return a->wanted < b->wanted ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

// A trigger may occur again inside a slot; of two matches with one end the later start is the shorter
// one, and it sorts last.
static void drop_longer(od_match_list *matches) {
    size_t count = 0;
    for (size_t i = 0; i < matches->count; i++) {
        const od_match m = matches->items[i];
        const od_match *const last = matches->items + count - (count > 0);
        if (count && last->leaf == m.leaf && last->end == m.end && last->wanted == m.wanted)
            count--;
        matches->items[count++] = m;
    }
    matches->count = count;
}

void od_matcher_run(const od_matcher *matcher, od_arena *arena, const od_reading *reading,
                    od_match_list *matches) {
    run r = {.arena = arena, .matcher = matcher, .reading = reading, .matches = matches};
    for (size_t i = 0; i < reading->leaves.count; i++) {
        r.leaf_index = i;
        r.leaf = &reading->leaves.items[i];
        r.text = r.leaf->folded.text;
        r.located = false;
        od_automaton_run(matcher->automaton, r.text, on_hit, &r);
    }
    add_loose(&r);
    if (!matches->count) return;
    od_sort(matches->items, matches->count, sizeof *matches->items, compare_matches);
    drop_longer(matches);
}

bool od_match_is_risky(od_slice text) {
    size_t size, chars = 0;
    for (size_t at = 0; at < text.size; at += size, chars++) {
        const uint32_t code = od_utf8_read(text, at, &size);
        if (stops_at(text, at, code, OD_TYPE_TEXT)) return true;
    }
    return chars >= TEXT_CHARS;
}

// ---- places ------------------------------------------------------------------------------------

// Returns the visible range of the folded bytes [start, end).
static od_span visible_range(const od_leaf *leaf, size_t start, size_t end) {
    if (start < end) return od_fold_range(&leaf->folded, start, end);
    const size_t at = start < leaf->folded.text.size ? od_fold_origin(&leaf->folded, start)
                                                     : leaf->visible.text.size;
    return (od_span){at, at};
}

od_span od_match_span(const od_leaf *leaf, size_t start, size_t end) {
    const od_span range = visible_range(leaf, start, end);
    return od_visible_span(&leaf->visible, range.start, range.end);
}

void od_match_read(const od_leaf *leaf, size_t start, size_t end, od_span *span, od_slice *text) {
    const od_span range = visible_range(leaf, start, end);
    *span = od_visible_span(&leaf->visible, range.start, range.end);
    *text = od_slice_cut(leaf->visible.text, range.start, range.end);
}

od_slice od_match_text(const od_leaf *leaf, size_t start, size_t end) {
    const od_span range = visible_range(leaf, start, end);
    return od_slice_cut(leaf->visible.text, range.start, range.end);
}
