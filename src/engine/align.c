#include "engine/align.h"

#include "base/names.h"
#include "base/utf8.h"
#include "document/fold.h"

// Rules that are children of one, looked for among the children of one section.
typedef struct group {
    const od_section_rule *rules;
    size_t count;
    bool any_order;
    const od_section *parent;
    size_t first; // of its matches in the result
    const od_section *from, *to; // of the children of `parent`; NULL: from the first, to the last
} group;

typedef struct aligner {
    od_arena *arena;
    od_arena scratch;
    const od_outline *outline;
    od_alignment_result *result;
    OD_ARRAY(group) groups;
    size_t budget; // of nearest headings
} aligner;

// A child section that fits at least one rule of its group, with its fit for each rule.
typedef struct row {
    const od_section *section;
    const uint32_t *fits;
} row;

typedef struct table {
    row *rows;
    size_t count;
} table;

// How well a title fits a rule: by how many bytes of it the best alias matches, then by how much of
// the title that is. 0 is not at all.
enum { SIZE_MAX_COUNTED = 1 << 16, SHARE = 64 };

static uint32_t fit(const od_section_rule *rule, const od_section *s) {
    size_t best = 0, size;
    for (size_t i = 0; i < rule->alias_count && !rule->preamble; i++)
        if (od_pattern_matches(&rule->aliases[i], s->folded, &size) && size + 1 > best)
            best = size + 1; // a pattern may match nothing and fit all the same
    if (!best) return 0;
    if (best > SIZE_MAX_COUNTED) best = SIZE_MAX_COUNTED;
    const size_t share = s->folded.size ? (best - 1) * (SHARE - 1) / s->folded.size : 0;
    return (uint32_t)(best * SHARE + (share < SHARE ? share : SHARE - 1));
}

// Returns the bytes that a fit counts.
static size_t fit_size(uint32_t fits) {
    return fits ? fits / SHARE - 1 : 0;
}

// Whether a rule is looked for among the children of `parent`. One that asks for another level is
// looked for at that level, wherever it is.
static bool is_beside(const od_section_rule *rule, const od_section *parent) {
    return !rule->level || rule->level == parent->level + 1;
}

static od_section_match *match_of(const aligner *a, const od_section *s) {
    return &a->result->sections[s->index];
}

static bool is_free(const aligner *a, const od_section *s) {
    return !s->is_title && match_of(a, s)->kind == OD_MATCH_NONE;
}

static void add_group(aligner *a, group g) {
    if (!g.count) return;
    g.first = a->result->rules.count;
    for (size_t i = 0; i < g.count; i++)
        *od_array_push(a->arena, &a->result->rules) =
            (od_rule_match){.rule = &g.rules[i], .parent = g.parent};
    *od_array_push(&a->scratch, &a->groups) = g;
}

// Notes that `s` is the section of the rule whose match is `entry`.
static void take(aligner *a, size_t entry, const od_section *s, od_match_kind kind) {
    od_rule_match *const match = &a->result->rules.items[entry];
    if (!match->section || match->section->index > s->index) match->section = s;
    *match_of(a, s) = (od_section_match){match->rule, kind};
}

// Has the children of the rule that `s` matches looked for in `s`.
static void open(aligner *a, const od_section *s) {
    const od_section_rule *const rule = match_of(a, s)->rule;
    if (!rule) return;
    add_group(a, (group){rule->children, rule->child_count, rule->children_any_order, s, 0, NULL, NULL});
}

static bool is_found(const aligner *a, const group *g, size_t rule) {
    return a->result->rules.items[g->first + rule].section != NULL;
}

// ---- one group ---------------------------------------------------------------------------------

static void read_table(aligner *a, const group *g, table *t) {
    OD_ARRAY(row) rows = {0};
    for (const od_section *s = g->from ? g->from : g->parent->first; s && s != g->to; s = s->next) {
        if (!is_free(a, s)) continue;
        const od_mark mark = od_arena_mark(&a->scratch);
        uint32_t *const fits = od_arena_array(&a->scratch, uint32_t, g->count);
        bool any = false;
        for (size_t j = 0; j < g->count; j++) {
            fits[j] = is_beside(&g->rules[j], g->parent) ? fit(&g->rules[j], s) : 0;
            any = any || fits[j];
        }
        if (any) *od_array_push(&a->scratch, &rows) = (row){s, fits};
        else od_arena_rewind(&a->scratch, mark);
    }
    *t = (table){rows.items, rows.count};
}

enum { STEP_ROW, STEP_RULE, STEP_MATCH, STEP_REPEAT };

// A rule found counts more than any sum of fits.
static const int64_t MATCHED = (int64_t)1 << 50;

// Fills `steps` (a line of rules + 1 for each row) with the way to the alignment that finds the
// most rules in order, and of those the one with the longest aliases.
static void score_order(aligner *a, const group *g, const table *t, unsigned char *steps) {
    const size_t width = g->count + 1;
    int64_t *above = od_arena_array(&a->scratch, int64_t, width);
    int64_t *line = od_arena_array(&a->scratch, int64_t, width);
    for (size_t i = 0; i < t->count; i++, steps += width) {
        line[0] = 0;
        for (size_t j = 1; j < width; j++) {
            const int64_t weight = t->rows[i].fits[j - 1];
            // Of equals the way that leaves later rows out: the first heading that fits is the one.
            line[j] = above[j];
            steps[j] = STEP_ROW;
            if (line[j - 1] > line[j]) line[j] = line[j - 1], steps[j] = STEP_RULE;
            if (!weight) continue;
            if (above[j - 1] + MATCHED + weight > line[j])
                line[j] = above[j - 1] + MATCHED + weight, steps[j] = STEP_MATCH;
            if (g->rules[j - 1].repeat && above[j] + weight > line[j])
                line[j] = above[j] + weight, steps[j] = STEP_REPEAT;
        }
        int64_t *const other = above;
        above = line;
        line = other;
    }
}

// Notes the matches of the way in `steps`, which is walked from its end.
static void take_order(aligner *a, const group *g, const table *t, const unsigned char *steps) {
    const size_t width = g->count + 1;
    for (size_t i = t->count, j = g->count; i > 0 && j > 0;) {
        const unsigned char step = steps[(i - 1) * width + j];
        if (step == STEP_MATCH || step == STEP_REPEAT)
            take(a, g->first + j - 1, t->rows[i - 1].section, OD_MATCH_IN_ORDER);
        if (step != STEP_RULE) i--;
        if (step == STEP_RULE || step == STEP_MATCH) j--;
    }
}

// Returns the row that fits the rule best and is free, or NULL; of equals the first.
static const row *best_row(const aligner *a, const table *t, size_t rule) {
    const row *best = NULL;
    for (size_t i = 0; i < t->count; i++)
        if (is_free(a, t->rows[i].section) && t->rows[i].fits[rule] > (best ? best->fits[rule] : 0))
            best = &t->rows[i];
    return best;
}

// Gives the rules that may repeat all rows that are left for them.
static void take_repeats(aligner *a, const group *g, const table *t, od_match_kind kind) {
    for (size_t j = 0; j < g->count; j++)
        for (size_t i = 0; g->rules[j].repeat && i < t->count; i++)
            if (t->rows[i].fits[j] && is_free(a, t->rows[i].section))
                take(a, g->first + j, t->rows[i].section, kind);
}

static void align_ordered(aligner *a, const group *g, const table *t) {
    unsigned char *const steps =
        od_arena_alloc_array(&a->scratch, t->count, g->count + 1);
    score_order(a, g, t, steps);
    take_order(a, g, t, steps);
    for (size_t j = 0; j < g->count; j++) {
        const row *const moved = is_found(a, g, j) ? NULL : best_row(a, t, j);
        if (moved) take(a, g->first + j, moved->section, OD_MATCH_MOVED);
    }
    take_repeats(a, g, t, OD_MATCH_MOVED);
}

// Which row each rule of a group has, where their order is free; SIZE_MAX for none.
typedef struct assignment {
    const table *table;
    size_t *row_of;
    bool *used; // by row
} assignment;

static size_t best_unused(const assignment *as, size_t rule) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < as->table->count; i++) {
        const uint32_t least = best == SIZE_MAX ? 0 : as->table->rows[best].fits[rule];
        if (!as->used[i] && as->table->rows[i].fits[rule] > least) best = i;
    }
    return best;
}

static void assign(assignment *as, size_t rule, size_t row) {
    as->row_of[rule] = row;
    as->used[row] = true;
}

// Gives to each other the rule and the row that fit best of those that are free; false when none
// fit.
static bool assign_best(assignment *as, size_t rule_count) {
    size_t rule = SIZE_MAX, best = SIZE_MAX;
    for (size_t j = 0; j < rule_count; j++) {
        const size_t i = as->row_of[j] == SIZE_MAX ? best_unused(as, j) : SIZE_MAX;
        if (i == SIZE_MAX) continue;
        if (rule != SIZE_MAX && as->table->rows[i].fits[j] <= as->table->rows[best].fits[rule])
            continue;
        rule = j;
        best = i;
    }
    if (rule != SIZE_MAX) assign(as, rule, best);
    return rule != SIZE_MAX;
}

// Gives rule `wanted` the row of another rule that can do with a free one.
static void assign_by_exchange(assignment *as, size_t rule_count, size_t wanted) {
    for (size_t j = 0; j < rule_count; j++) {
        const size_t held = as->row_of[j];
        if (held == SIZE_MAX || !as->table->rows[held].fits[wanted]) continue;
        const size_t other = best_unused(as, j);
        if (other == SIZE_MAX) continue;
        assign(as, j, other);
        assign(as, wanted, held);
        return;
    }
}

static void align_any_order(aligner *a, const group *g, const table *t) {
    assignment as = {t, od_arena_array(&a->scratch, size_t, g->count),
                     od_arena_array(&a->scratch, bool, t->count)};
    for (size_t j = 0; j < g->count; j++) as.row_of[j] = SIZE_MAX;
    while (assign_best(&as, g->count)) continue;
    for (size_t j = 0; j < g->count; j++)
        if (as.row_of[j] == SIZE_MAX) assign_by_exchange(&as, g->count, j);
    for (size_t j = 0; j < g->count; j++)
        if (as.row_of[j] != SIZE_MAX)
            take(a, g->first + j, t->rows[as.row_of[j]].section, OD_MATCH_IN_ORDER);
    take_repeats(a, g, t, OD_MATCH_IN_ORDER);
}

// ---- a large group -----------------------------------------------------------------------------

// A table of all rules and all headings of a large group would be their product. Headings that are word
// for word an alias, one of one, are taken first; what is left between them is small.

// A heading that is an alias of one rule, and the only one of this title.
typedef struct anchor {
    size_t section, rule; // indices among the children and the rules
    size_t before;        // the anchor before it in the longest chain; SIZE_MAX: none
} anchor;

typedef OD_ARRAY(const od_section *) section_list;
typedef OD_ARRAY(anchor) anchor_list;
typedef OD_ARRAY(od_name) name_list;

// Returns what goes by `name`, or SIZE_MAX when nothing or more than one thing does.
static size_t find_single(const name_list *names, od_slice name) {
    const size_t at = od_names_find(names->items, names->count, name);
    if (at == SIZE_MAX) return SIZE_MAX;
    const bool again =
        at + 1 < names->count && od_slice_equal(names->items[at + 1].name, name);
    return again ? SIZE_MAX : names->items[at].number;
}

static void find_anchors(aligner *a, const group *g, const section_list *sections,
                         anchor_list *anchors) {
    name_list titles = {0}, aliases = {0};
    for (size_t i = 0; i < sections->count; i++)
        *od_array_push(&a->scratch, &titles) = (od_name){sections->items[i]->folded, i};
    for (size_t j = 0; j < g->count; j++)
        for (size_t k = 0; k < g->rules[j].alias_count; k++)
            if (!g->rules[j].preamble && is_beside(&g->rules[j], g->parent))
                *od_array_push(&a->scratch, &aliases) =
                    (od_name){g->rules[j].aliases[k].folded, j};
    od_names_sort(titles.items, titles.count);
    od_names_sort(aliases.items, aliases.count);
    for (size_t i = 0; i < sections->count; i++) {
        const od_slice title = sections->items[i]->folded;
        const size_t rule = title.size ? find_single(&aliases, title) : SIZE_MAX;
        if (rule != SIZE_MAX && find_single(&titles, title) == i)
            *od_array_push(&a->scratch, anchors) = (anchor){i, rule, SIZE_MAX};
    }
}

// Keeps the longest chain of anchors whose rules rise.
static void keep_chain(aligner *a, anchor_list *anchors) {
    size_t *const ends = od_arena_array(&a->scratch, size_t, anchors->count); // by length of chain
    anchor *const items = anchors->items;
    size_t length = 0;
    for (size_t i = 0; i < anchors->count; i++) {
        size_t low = 0, high = length;
        while (low < high) {
            const size_t middle = low + (high - low) / 2;
            if (items[ends[middle]].rule < items[i].rule) low = middle + 1;
            else high = middle;
        }
        items[i].before = low ? ends[low - 1] : SIZE_MAX;
        ends[low] = i;
        if (low == length) length++;
    }
    size_t at = length ? ends[length - 1] : SIZE_MAX;
    anchors->count = length;
    anchor *const chain = od_arena_array(&a->scratch, anchor, length);
    for (size_t i = length; i-- > 0; at = items[at].before) chain[i] = items[at];
    anchors->items = chain;
}

// Aligns the rules [first, end) of a group with the headings from `from` to before `to`.
static void align_between(aligner *a, const group *g, size_t first, size_t end,
                          const od_section *from, const od_section *to) {
    if (first >= end || from == to) return;
    const group part = {g->rules + first, end - first, false, g->parent, g->first + first, from, to};
    table t;
    read_table(a, &part, &t);
    unsigned char *const steps = od_arena_alloc_array(&a->scratch, t.count, part.count + 1);
    score_order(a, &part, &t, steps);
    take_order(a, &part, &t, steps);
}

static void align_chain(aligner *a, const group *g, const section_list *sections,
                        const anchor_list *chain) {
    size_t rule = 0;
    const od_section *from = g->parent->first;
    for (size_t i = 0; i <= chain->count; i++) {
        const bool last = i == chain->count;
        const od_section *const at = last ? NULL : sections->items[chain->items[i].section];
        align_between(a, g, rule, last ? g->count : chain->items[i].rule, from, at);
        if (last) break;
        rule = chain->items[i].rule + 1;
        from = at->next;
    }
}

// Gives a rule the free heading that fits it best, or, when it may repeat, every one that fits.
static void take_free(aligner *a, const group *g, size_t rule, const section_list *sections,
                      od_match_kind kind) {
    const od_section *best = NULL;
    uint32_t most = 0;
    for (size_t i = 0; i < sections->count; i++) {
        const od_section *const s = sections->items[i];
        const uint32_t fits = is_free(a, s) ? fit(&g->rules[rule], s) : 0;
        if (fits && g->rules[rule].repeat) take(a, g->first + rule, s, kind);
        if (fits <= most) continue;
        most = fits;
        best = s;
    }
    if (best && is_free(a, best)) take(a, g->first + rule, best, kind);
}

static void align_large(aligner *a, const group *g, const section_list *sections) {
    anchor_list anchors = {0};
    find_anchors(a, g, sections, &anchors);
    if (!g->any_order) keep_chain(a, &anchors);
    for (size_t i = 0; i < anchors.count; i++)
        if (!is_found(a, g, anchors.items[i].rule))
            take(a, g->first + anchors.items[i].rule, sections->items[anchors.items[i].section],
                 OD_MATCH_IN_ORDER);
    if (!g->any_order) align_chain(a, g, sections, &anchors);
    const od_match_kind kind = g->any_order ? OD_MATCH_IN_ORDER : OD_MATCH_MOVED;
    section_list rest = {0};
    for (size_t i = 0; i < sections->count; i++)
        if (is_free(a, sections->items[i]))
            *od_array_push(&a->scratch, &rest) = sections->items[i];
    for (size_t j = 0; j < g->count && rest.count; j++)
        if (is_beside(&g->rules[j], g->parent) && (!is_found(a, g, j) || g->rules[j].repeat))
            take_free(a, g, j, &rest, kind);
}

// Collects the headings of a group; false when it is not so large that they are worth it.
static bool is_large(aligner *a, const group *g, section_list *sections) {
    enum { CELLS = 1 << 16 };
    size_t count = 0;
    for (const od_section *s = g->parent->first; s; s = s->next) count++;
    if (count < CELLS / g->count) return false;
    for (const od_section *s = g->parent->first; s; s = s->next)
        if (is_free(a, s)) *od_array_push(&a->scratch, sections) = s;
    return true;
}

static void align_group(aligner *a, const group *g) {
    section_list sections = {0};
    if (is_large(a, g, &sections)) {
        align_large(a, g, &sections);
        for (size_t i = 0; i < sections.count; i++) open(a, sections.items[i]);
        return;
    }
    table t;
    read_table(a, g, &t);
    if (g->any_order) align_any_order(a, g, &t);
    else align_ordered(a, g, &t);
    for (size_t i = 0; i < t.count; i++) open(a, t.rows[i].section);
}

// ---- headings in the wrong place ---------------------------------------------------------------

static bool is_inside(const od_section *s, const od_section *parent) {
    while (s && s != parent) s = s->parent;
    return s != NULL;
}

// Whether a fit is enough of a title to claim the heading wherever it stands: in another section
// one short word is no evidence.
static bool is_plain(uint32_t fits, const od_section *s) {
    enum { FOUR_HAN = 12 };
    return fit_size(fits) >= FOUR_HAN || fit_size(fits) * 3 >= s->folded.size;
}

// The sections [from, to) of the outline.
typedef struct range {
    size_t from, to;
} range;

// Returns where to look for the section of a rule that is not in its place: everywhere, but in the
// parent alone when that is one of many, or the work would grow with their square.
static range search_range(const aligner *a, const od_rule_match *match) {
    const od_section_rule *above = match->rule->parent;
    while (above && !above->repeat) above = above->parent;
    if (!above) return (range){0, a->outline->count};
    const od_section *end = match->parent;
    while (end->parent && !end->next) end = end->parent;
    return (range){match->parent->index + 1, end->parent ? end->next->index : a->outline->count};
}

// Whether `s` is where a rule that asks for a level beyond its parent's children is to be found.
static bool is_at_level(const od_rule_match *match, const od_section *s) {
    return !is_beside(match->rule, match->parent) && s->level == match->rule->level &&
           is_inside(s, match->parent);
}

// Looks for the section of a rule that its group does not have.
static void find_elsewhere(aligner *a, size_t entry) {
    const od_rule_match match = a->result->rules.items[entry];
    const range where = search_range(a, &match);
    const od_section *best = NULL;
    uint32_t most = 0;
    for (size_t i = where.from; i < where.to; i++) {
        const od_section *const s = a->outline->sections[i];
        const uint32_t fits = is_free(a, s) && s != match.parent ? fit(match.rule, s) : 0;
        const bool right = fits && is_at_level(&match, s);
        const bool rival = best && is_at_level(&match, best);
        if (!fits || (!right && (rival || match.rule->optional || !is_plain(fits, s)))) continue;
        if (right == rival && fits <= most) continue;
        best = s;
        most = fits;
    }
    if (!best) return;
    take(a, entry, best, is_at_level(&match, best) ? OD_MATCH_IN_ORDER : OD_MATCH_MISPLACED);
    open(a, best);
}

// Whether `s` is as much of what `rule` looks for as `first`, its section: `Next meeting` beside
// `Meeting` is something else, `Meeting` once more is not.
static bool is_again(const od_section_rule *rule, const od_section *first, const od_section *s) {
    return fit_size(fit(rule, s)) * first->folded.size >=
           fit_size(fit(rule, first)) * s->folded.size;
}

// Notes the rule that `s` fits best of those whose section is there already beside it.
static void find_duplicate(aligner *a, const group *g, const od_section *s) {
    uint32_t most = 0;
    for (size_t j = 0; j < g->count; j++) {
        const od_section_rule *const rule = &g->rules[j];
        const od_section *const first = a->result->rules.items[g->first + j].section;
        const uint32_t fits = first && first->parent == s->parent ? fit(rule, s) : 0;
        if (fits <= most || !is_again(rule, first, s)) continue;
        most = fits;
        *match_of(a, s) = (od_section_match){rule, OD_MATCH_DUPLICATE};
    }
}

static void find_duplicates(aligner *a) {
    for (size_t i = 0; i < a->groups.count; i++) {
        const group *const g = &a->groups.items[i];
        for (const od_section *s = g->parent->first; s; s = s->next)
            if (is_free(a, s)) find_duplicate(a, g, s);
    }
}

// ---- what is missing ---------------------------------------------------------------------------

enum { TITLE_CHARS = 64 };

// Work spent on nearest headings, in steps of the distance: a draft of 100,000 headings that are
// all unknown gets no hint.
static const size_t NEAREST_BUDGET = (size_t)1 << 24;

typedef struct codes {
    uint32_t items[TITLE_CHARS];
    size_t count;
} codes;

// Returns the first characters of `text`, ASCII letters as small ones.
static codes read_codes(od_slice text) {
    codes c = {.count = 0};
    size_t size;
    for (size_t i = 0; i < text.size && c.count < TITLE_CHARS; i += size) {
        const uint32_t code = od_utf8_read(text, i, &size);
        c.items[c.count++] = code >= 'A' && code <= 'Z' ? code | 32 : code;
    }
    return c;
}

// Returns how many changes lead from `alias` to `title`, or with `anywhere` to the part of `title`
// nearest to it (Sellers, 1980).
static size_t distance(const codes *alias, const codes *title, bool anywhere) {
    size_t column[TITLE_CHARS + 1];
    for (size_t i = 0; i <= alias->count; i++) column[i] = i;
    size_t best = column[alias->count];
    for (size_t j = 0; j < title->count; j++) {
        size_t diagonal = column[0];
        column[0] = anywhere ? 0 : j + 1;
        for (size_t i = 1; i <= alias->count; i++) {
            size_t cost = diagonal + (alias->items[i - 1] != title->items[j]);
            if (column[i] + 1 < cost) cost = column[i] + 1;
            if (column[i - 1] + 1 < cost) cost = column[i - 1] + 1;
            diagonal = column[i];
            column[i] = cost;
        }
        if (column[alias->count] < best) best = column[alias->count];
    }
    return anywhere ? best : column[alias->count];
}

enum { UNLIKE = 1000 };

// Returns how unlike two titles are in thousandths, UNLIKE when they are too much so: two in five
// characters of the alias may differ from a part of the title, or half of the characters of both.
static size_t unlikeness(aligner *a, od_slice alias, od_slice title) {
    const codes from = read_codes(alias), to = read_codes(title);
    const size_t cost = from.count * to.count * 2;
    const size_t longer = from.count > to.count ? from.count : to.count;
    if (!from.count || !to.count || a->budget < cost) return UNLIKE;
    a->budget -= cost;
    const size_t part = distance(&from, &to, true) * 1000 / from.count;
    const size_t whole = distance(&from, &to, false) * 1000 / longer;
    const size_t best = part <= 400 ? part : UNLIKE;
    return whole <= 500 && whole < best ? whole : best;
}

static size_t unlike_rule(aligner *a, const od_section_rule *rule, od_slice rule_title,
                          const od_section *s) {
    size_t least = unlikeness(a, rule_title, s->folded);
    for (size_t i = 0; i < rule->alias_count; i++) {
        const size_t unlike = unlikeness(a, rule->aliases[i].folded, s->folded);
        if (unlike < least) least = unlike;
    }
    return least;
}

// Returns the heading that no rule matches and that is most like what `match` looks for, one beside
// its place before others; NULL when none is like it.
static const od_section *find_nearest(aligner *a, const od_rule_match *match) {
    const od_slice title = od_fold(&a->scratch, match->rule->title);
    const od_section *best = NULL;
    size_t least = UNLIKE;
    const range where = search_range(a, match);
    for (size_t i = where.from; i < where.to; i++) {
        const od_section *const s = a->outline->sections[i];
        if (!is_free(a, s) || s == match->parent) continue;
        const size_t unlike = unlike_rule(a, match->rule, title, s);
        const bool nearer = best && unlike == least && unlike < UNLIKE &&
                            s->parent == match->parent && best->parent != match->parent;
        if (unlike >= least && !nearer) continue;
        least = unlike;
        best = s;
    }
    return best;
}

// Returns the last of the sections beside `s` that match the same rule, of which `s` is the first.
static const od_section *last_repeat(const aligner *a, const od_section *s) {
    const od_section *last = s;
    for (const od_section *next = s->next; next; next = next->next)
        if (match_of(a, next)->rule == match_of(a, s)->rule &&
            match_of(a, next)->kind == OD_MATCH_IN_ORDER)
            last = next;
    return last;
}

// Says for each rule of a group that is missing where its section belongs.
static void explain_group(aligner *a, const group *g) {
    const od_section *after = NULL;
    for (size_t j = 0; j < g->count; j++) {
        od_rule_match *const match = &a->result->rules.items[g->first + j];
        if (match->section && match->section->parent == g->parent &&
            match_of(a, match->section)->kind == OD_MATCH_IN_ORDER)
            after = g->rules[j].repeat ? last_repeat(a, match->section) : match->section;
        if (match->section || match->rule->preamble) continue;
        match->after = after;
        if (!match->rule->optional) match->nearest = find_nearest(a, match);
    }
}

// ---- the whole ---------------------------------------------------------------------------------

// Whether a rule is to be looked for beyond the children of its parent. What is optional is not
// searched for in wrong places.
static bool is_sought(const od_rule_match *match) {
    return !match->section && !match->rule->preamble &&
           (!match->rule->optional || !is_beside(match->rule, match->parent));
}

void od_align(od_arena *arena, const od_outline *outline, const od_profile *profile,
              od_alignment_result *result) {
    *result = (od_alignment_result){
        .sections = od_arena_array(arena, od_section_match, outline->count)};
    aligner a = {
        .arena = arena, .outline = outline, .result = result, .budget = NEAREST_BUDGET};
    add_group(&a, (group){profile->sections, profile->section_count, profile->sections_any_order,
                          outline->root, 0, NULL, NULL});
    // What stands in its place is taken first, so that no rule takes it for a heading gone astray.
    size_t aligned = 0, searched = 0;
    while (aligned < a.groups.count || searched < result->rules.count) {
        if (aligned < a.groups.count) {
            const group g = a.groups.items[aligned++];
            align_group(&a, &g);
        } else {
            if (is_sought(&result->rules.items[searched])) find_elsewhere(&a, searched);
            searched++;
        }
    }
    find_duplicates(&a);
    for (size_t i = 0; i < a.groups.count; i++) explain_group(&a, &a.groups.items[i]);
    od_arena_free(&a.scratch);
}

const od_rule_match *od_align_find(const od_alignment_result *result, const od_section_rule *rule) {
    for (size_t i = 0; i < result->rules.count; i++)
        if (result->rules.items[i].rule == rule) return &result->rules.items[i];
    return NULL;
}
