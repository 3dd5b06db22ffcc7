// The driver of the text checks: which leaves are looked at, and which of their characters.
#include "engine/check_text.h"

#include "base/utf8.h"

#include <stdlib.h>

// ---- characters --------------------------------------------------------------------------------

uint32_t od_text_at(const od_text_checker *k, size_t at) {
    size_t size;
    return at < k->text.size ? od_utf8_read(k->text, at, &size) : 0;
}

uint32_t od_text_before(const od_text_checker *k, size_t at) {
    size_t size;
    return at ? od_utf8_read_before(k->text, at, &size) : 0;
}

size_t od_text_next(const od_text_checker *k, size_t at) {
    size_t size;
    if (at >= k->text.size) return k->text.size;
    od_utf8_read(k->text, at, &size);
    return at + size;
}

bool od_text_has(const od_text_checker *k, size_t at, const char *word) {
    return at <= k->text.size && od_slice_starts(od_slice_from(k->text, at), od_slice_of(word));
}

bool od_text_ends(const od_text_checker *k, size_t at, const char *word) {
    return at <= k->text.size && od_slice_ends(od_slice_cut(k->text, 0, at), od_slice_of(word));
}

bool od_is_chinese_mark(uint32_t code) {
    return (code >= 0x3001 && code <= 0x3002) || (code >= 0x3008 && code <= 0x3011) ||
           (code >= 0x3014 && code <= 0x301B) || code == 0xFF01 || code == 0xFF08 ||
           code == 0xFF09 || code == 0xFF0C || code == 0xFF0E || code == 0xFF1A || code == 0xFF1B ||
           code == 0xFF1F || code == 0xFF5E;
}

bool od_is_chinese(uint32_t code) {
    return od_is_han(code) || od_is_chinese_mark(code);
}

int od_han_digit(uint32_t code) {
    static const uint32_t DIGITS[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                      0x516D, 0x4E03, 0x516B, 0x4E5D}; // 〇一二三四五六七八九
    for (int i = 0; i < 10; i++)
        if (code == DIGITS[i]) return i;
    return code == 0x96F6 ? 0 : -1; // 零
}

// ---- findings ----------------------------------------------------------------------------------

// Whether a kept expression of the profile covers the place. It is looked for near the place only.
static bool is_kept(const od_text_checker *k, size_t start, size_t end) {
    enum { AROUND = 90 };
    const od_blank_options *const o = &k->context->reading->profile->blanks;
    if (!o->keep_regex_count || end - start > AROUND) return false;
    const size_t from = start > AROUND ? start - AROUND : 0;
    const size_t to = k->text.size - end > AROUND ? end + AROUND : k->text.size;
    char window[3 * AROUND + 1]; // regexec wants a NUL behind
    memcpy(window, k->text.data + from, to - from);
    window[to - from] = '\0';
    for (size_t i = 0; i < o->keep_regex_count; i++) {
        regmatch_t hit;
        int flags = from ? REG_NOTBOL : 0;
        for (size_t at = 0; at < to - from; at += (size_t)hit.rm_eo) {
            if (regexec(&o->keep_regex[i], window + at, 1, &hit, flags) || !hit.rm_eo) break;
            if (from + at + (size_t)hit.rm_so <= start && end <= from + at + (size_t)hit.rm_eo)
                return true;
            flags = REG_NOTBOL;
        }
    }
    return false;
}

od_diagnostic *od_text_tell(od_text_checker *k, od_rule_id rule, size_t start, size_t end,
                            od_slice message) {
    if (is_kept(k, start, end)) return NULL;
    return od_diagnose(k->found, rule, k->source, od_visible_span(&k->visible, start, end),
                       message);
}

static bool is_editable(const od_text_checker *k, const od_text_change *change) {
    if (change->text.size) return od_visible_contiguous(&k->visible, change->start, change->end);
    const size_t start = change->start, end = change->end;
    const size_t before = start && od_text_before(k, start) != '\n' ? start - 1 : start;
    const size_t after = end < k->text.size && od_text_at(k, end) != '\n' ? end + 1 : end;
    return od_visible_contiguous(&k->visible, before, after);
}

static od_slice title_of(const od_text_checker *k, const od_text_change *change) {
    const od_slice old = od_slice_cut(k->text, change->start, change->end);
    if (!change->text.size) return od_say(k->found, OD_SAY("delete “{1}”", "删去“{1}”"), old);
    if (!old.size) return od_say(k->found, OD_SAY("insert “{1}”", "补上“{1}”"), change->text);
    return od_say(k->found, OD_SAY("write “{1}”", "改为“{1}”"), change->text);
}

void od_text_fix_all(od_text_checker *k, od_diagnostic *found, const od_text_change *changes,
                     size_t count) {
    if (!found) return;
    for (size_t i = 0; i < count; i++)
        if (!is_editable(k, &changes[i])) return;
    od_edit *const edits = od_arena_array(k->found->arena, od_edit, count);
    for (size_t i = 0; i < count; i++)
        edits[i] = (od_edit){od_visible_span(&k->visible, changes[i].start, changes[i].end),
                             od_arena_copy(k->found->arena, changes[i].text)};
    od_fix *const fix = od_arena_new(k->found->arena, od_fix);
    *fix = (od_fix){title_of(k, &changes[0]), edits, count};
    found->fix = fix;
    found->message = od_say(k->found, OD_SAY("{1} (--fix does it)", "{1}。可用 --fix 自动改"),
                            found->message);
}

void od_text_fix(od_text_checker *k, od_diagnostic *found, size_t start, size_t end,
                 od_slice text) {
    const od_text_change change = {start, end, text};
    od_text_fix_all(k, found, &change, 1);
}

// ---- spared text -------------------------------------------------------------------------------

void od_text_spare(od_text_checker *k, size_t start, size_t end) {
    if (end > start) *od_array_push(&k->scratch, &k->spared) = (od_span){start, end};
}

static void spare_word(void *context, size_t number, size_t end) {
    od_text_checker *const k = context;
    od_text_spare(k, end - k->keep_sizes[number], end);
}

static int compare_spans(const void *left, const void *right) {
    const od_span *const a = left, *const b = right;
    return a->start < b->start ? -1 : a->start > b->start;
}

static void sort_spared(od_text_checker *k) {
    od_span *const spans = k->spared.items;
    bool sorted = true;
    for (size_t i = 1; i < k->spared.count; i++) sorted &= spans[i - 1].start <= spans[i].start;
    if (!sorted) qsort(spans, k->spared.count, sizeof *spans, compare_spans);
}

// Returns the leaf that the reading has of the same block, or NULL when it kept none.
static const od_leaf *kept_leaf(const od_text_checker *k) {
    const od_reading *const reading = k->context->reading;
    size_t low = 0, high = reading->leaves.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const size_t start = reading->leaves.items[middle].node->span.start;
        if (start == k->leaf->span.start) return &reading->leaves.items[middle];
        if (start < k->leaf->span.start) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static const od_section *section_of(const od_text_checker *k) {
    const od_outline *const outline = &k->context->reading->outline;
    size_t low = 0, high = outline->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const od_section *const s = outline->sections[middle];
        if (s->node == k->leaf) return s;
        if (s->node->span.start < k->leaf->span.start) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

// The number of a heading has a rule of its own.
static void spare_number(od_text_checker *k, const od_section *s) {
    size_t at = 0;
    if (!s->number.present) return;
    while (at < k->text.size) {
        const size_t next = od_text_next(k, at);
        if (od_visible_span(&k->visible, at, next).end > s->number.span.end) break;
        at = next;
    }
    // 第一章　总则, 第一条 为了…
    while (s->number.form == OD_FORM_CHAPTER && od_is_space(od_text_at(k, at)))
        at = od_text_next(k, at);
    od_text_spare(k, 0, at);
}

static void spare_all(od_text_checker *k, const od_section *section) {
    const od_leaf *const leaf = kept_leaf(k);
    const od_blank *const blanks = k->context->reading->blanks.items;
    for (size_t i = 0; leaf && i < leaf->blank_count; i++)
        od_text_spare(k, blanks[leaf->first_blank + i].start, blanks[leaf->first_blank + i].end);
    if (section) spare_number(k, section);
    if (k->keep_words) od_automaton_run(k->keep_words, k->text, spare_word, k);
}

// Returns where an address that starts before `at` ends: the marks of a sentence are none of it.
static size_t skip_address(const od_text_checker *k, size_t at) {
    const size_t start = at;
    while (at < k->text.size && k->text.data[at] > ' ' && k->text.data[at] < 0x7F) at++;
    const bool brackets = memchr(k->text.data + start, '(', at - start) != NULL;
    const char *const marks = brackets ? "?!.,:;*_~'\"" : "?!.,:;*_~'\")";
    while (at > start && strchr(marks, k->text.data[at - 1])) at--;
    return at;
}

// Returns where the title ends that opens at `at`, or SIZE_MAX when it is not closed.
static size_t title_end(const od_text_checker *k, size_t at) {
    size_t depth = 0;
    for (;;) {
        const size_t close = od_slice_find(k->text, OD_SLICE("》"), at);
        if (close == SIZE_MAX) return SIZE_MAX;
        // Titles in titles are told of, and closed all the same.
        for (size_t open = at; (open = od_slice_find(od_slice_cut(k->text, 0, close),
                                                     OD_SLICE("《"), open)) != SIZE_MAX;
             open += 3)
            depth++;
        at = close + 3;
        if (--depth == 0) return at;
    }
}

// Goes through text that is spared: only its pairs of marks must be right.
static void look_at_pairs(od_text_checker *k, size_t at, size_t end) {
    while (at < end) {
        size_t size;
        const unsigned char lead = (unsigned char)k->text.data[at];
        if (lead >= 0xE2 && (lead <= 0xE3 || lead == 0xEF))
            od_check_pair(k, at, od_utf8_read(k->text, at, &size));
        at = od_text_next(k, at);
    }
}

// ---- one leaf ----------------------------------------------------------------------------------

// Returns where to go on behind the title that opens at `at`.
static size_t look_at_title(od_text_checker *k, size_t at) {
    if (k->unclosed_title) return at + 3;
    const size_t end = title_end(k, at);
    if (end == SIZE_MAX) {
        k->unclosed_title = true;
        od_check_pair(k, at, 0x300A);
        return at + 3;
    }
    look_at_pairs(k, at, end);
    od_check_cited_title(k, at, end);
    return end;
}

// Looks at a mark of ASCII, and returns where to go on.
static size_t look_at_ascii(od_text_checker *k, size_t at, uint32_t code) {
    switch (code) {
    case ':':
        if (od_text_has(k, at, "://")) return skip_address(k, at);
        break;
    case '@': return skip_address(k, at);
    case 'w':
        if (od_text_has(k, at, "www.")) return skip_address(k, at);
        break;
    case 'O': od_check_zero(k, at, code); break;
    case '.':
        if (k->on[OD_RULE_NUMBER_POINT]) od_check_decimal(k, at);
        break;
    case '~':
        if (k->on[OD_RULE_NUMBER_RANGE]) od_check_tilde(k, at);
        break;
    case '[':
    case '(': od_check_document_number(k, at, code); break;
    default: break;
    }
    if (code == '(' || code == ')') od_check_pair(k, at, code);
    const size_t next = od_check_width(k, at, code, at + 1);
    return code == '.' || code == '-' ? od_check_mark(k, at, code, next) : next;
}

// Looks at a character that is not one of the usual Han ones, and returns where to go on.
static size_t look_at(od_text_checker *k, size_t at) {
    size_t size;
    const uint32_t code = od_utf8_read(k->text, at, &size);
    if (od_is_digit(code)) return od_check_digits(k, at);
    if (code < 0x80) return look_at_ascii(k, at, code);
    if (code == 0x300A) return look_at_title(k, at);
    if (code == 0x3007 || code == 0x25CB || code == 0x25EF) od_check_zero(k, at, code); // 〇○◯
    if (code == 0x201C) od_check_day_name(k, at);
    if (code == 0x3010 || code == 0x3014 || code == 0xFF08 || code == 0xFF3B) // 【〔（［
        od_check_document_number(k, at, code);
    const size_t next = od_check_width(k, at, code, at + size);
    return next > at + size ? next : od_check_mark(k, at, code, next);
}

// Which Han characters numerals and hedges are known by: 一 and the like are too many.
static bool is_telling(uint32_t code) {
    switch (code) {
    case 0x5341: // 十
    case 0x767E: // 百
    case 0x5343: // 千
    case 0x7EA6: // 约
    case 0x8FD1: // 近
    case 0x5DE6: // 左
    case 0x4E0A: // 上
    case 0x96F6: // 零
        return true;
    default: return false;
    }
}

// Whether `lead` starts one of the usual Han characters: U+4E00 to U+9FFF, and few others.
static bool starts_han(unsigned char lead) {
    return lead >= 0xE4 && lead <= 0xE9;
}

// Whether a comma or full stop stands before a Han character: most marks do, and none is wrong
// there.
static bool is_plain_mark(const od_text_checker *k, size_t at) {
    const char *const mark = k->text.data + at;
    return k->text.size - at > 3 && starts_han((unsigned char)mark[3]) &&
           (memcmp(mark, "，", 3) == 0 || memcmp(mark, "。", 3) == 0);
}

static void look_through(od_text_checker *k) {
    const char *const bytes = k->text.data;
    size_t next = 0; // of the spared ranges
    for (size_t at = 0; at < k->text.size;) {
        if (next < k->spared.count && k->spared.items[next].start <= at) {
            const size_t end = k->spared.items[next++].end;
            if (end > at) {
                look_at_pairs(k, at, end);
                at = end;
            }
            continue;
        }
        const unsigned char lead = (unsigned char)bytes[at];
        if (!starts_han(lead)) {
            at = is_plain_mark(k, at) ? at + 3 : look_at(k, at);
            continue;
        }
        const uint32_t code = (lead & 0x0Fu) << 12 | ((unsigned char)bytes[at + 1] & 0x3Fu) << 6 |
                              ((unsigned char)bytes[at + 2] & 0x3Fu);
        if (is_telling(code)) od_check_han(k, at, code);
        at += 3;
    }
}

void od_text_load(od_text_checker *k, const od_node *leaf) {
    k->leaf = leaf;
    const od_leaf *const kept = kept_leaf(k);
    if (kept) k->visible = kept->visible;
    else od_visible_read(&k->scratch, k->source, leaf, &k->visible);
    k->text = k->visible.text;
}

static void forget_leaf(od_text_checker *k) {
    memset(&k->spared, 0, sizeof k->spared);
    memset(&k->open, 0, sizeof k->open);
    memset(&k->brackets, 0, sizeof k->brackets);
    memset(k->open_counts, 0, sizeof k->open_counts);
    memset(k->nesting_told, 0, sizeof k->nesting_told);
    k->unclosed_title = k->prose_known = false;
    k->quotes_before = k->quotes_counted = k->quotes_in_all = 0;
    k->listed_until = k->numeral_until = k->hedged_until = k->range_until = k->bracket_until = 0;
}

static void check_leaf(od_text_checker *k, const od_node *leaf) {
    const od_mark mark = od_arena_mark(&k->scratch);
    forget_leaf(k);
    od_text_load(k, leaf);
    const od_section *const section = section_of(k);
    od_check_waiting(k, od_text_has(k, 0, "“"));
    spare_all(k, section);
    od_check_line(k, section);
    sort_spared(k);
    look_through(k);
    od_check_open(k);
    od_arena_rewind(&k->scratch, mark);
}

// ---- the draft ---------------------------------------------------------------------------------

static int compare_leaves(const void *left, const void *right) {
    const od_span *const a = &(*(od_node *const *)left)->span,
                         *const b = &(*(od_node *const *)right)->span;
    return a->start < b->start ? -1 : a->start > b->start;
}

// Collects the leaves in the order of the source. A note stands in the tree where it is referred
// to, and twice when that is done twice.
static void find_leaves(od_text_checker *k, const od_node *root) {
    bool sorted = true;
    for (const od_node *n = root; n; n = od_node_next(root, n, false)) {
        if (!od_node_holds_inlines(n->type)) continue;
        if (k->leaves.count)
            sorted &= k->leaves.items[k->leaves.count - 1]->span.start < n->span.start;
        *od_array_push(&k->kept, &k->leaves) = n;
    }
    if (sorted) return;
    const od_node **const leaves = k->leaves.items;
    qsort(leaves, k->leaves.count, sizeof *leaves, compare_leaves);
    size_t count = 0;
    for (size_t i = 0; i < k->leaves.count; i++)
        if (!count || leaves[count - 1]->span.start != leaves[i]->span.start)
            leaves[count++] = leaves[i];
    k->leaves.count = count;
}

// Notes which rules are on; false when none is.
static bool switch_on(od_text_checker *k, const od_profile *profile, od_stage stage) {
    bool off[OD_RULE_COUNT], any = false;
    od_levels_off(profile, stage, off);
#define RULE(name) any |= k->on[OD_RULE_##name] = !off[OD_RULE_##name];
    OD_TEXT_RULES(RULE)
#undef RULE
    return any;
}

static void add_words(od_text_checker *k, const od_slice *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const size_t number = od_automaton_add(k->keep_words, words[i]);
        k->keep_sizes[number] = words[i].size;
    }
}

static void read_words(od_text_checker *k, const od_profile *profile) {
    const size_t count = profile->blanks.keep_count + profile->keep_word_count;
    if (!count) return;
    k->keep_words = od_automaton_new(&k->kept);
    k->keep_sizes = od_arena_array(&k->kept, size_t, count);
    add_words(k, profile->blanks.keep, profile->blanks.keep_count);
    add_words(k, profile->keep_words, profile->keep_word_count);
    od_automaton_build(k->keep_words);
}

void od_check_text(od_check_context *context) {
    const od_reading *const reading = context->reading;
    od_text_checker k = {
        .context = context, .source = &reading->document->source, .found = context->found};
    if (!reading->profile || !switch_on(&k, reading->profile, context->stage)) return;
    k.latin_space = reading->profile->latin_space;
    read_words(&k, reading->profile);
    k.attachments.possible = od_slice_find(k.source->bytes, OD_SLICE("附件"), 0) != SIZE_MAX;
    find_leaves(&k, reading->document->root);
    for (size_t i = 0; i < k.leaves.count; i++) check_leaf(&k, k.leaves.items[i]);
    od_check_waiting(&k, false);
    od_check_habits(&k);
    od_check_headings(&k);
    od_check_official(&k);
    od_arena_free(&k.scratch);
    od_arena_free(&k.kept);
}
