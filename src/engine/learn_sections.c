// Sections: the headings of a draft as the sections of a profile.
#include "engine/learn_parts.h"

#include "base/buf.h"
#include "base/names.h"
#include "base/utf8.h"
#include "profile/pattern.h"

// Headings of one title below one parent (or below several that have one title): one section.
typedef struct group {
    const od_section *first;
    od_slice key;     // folded title, in small letters
    od_phrase phrase; // title with its blanks
    OD_ARRAY(const od_section *) sections;
    size_t parents;               // in how many of the parents it stands
    const od_section *last_parent;
    bool repeats;
} group;

typedef OD_ARRAY(group) group_list;

// The children of `sections`, all of which are `rule`, that have yet to be made.
typedef struct task {
    od_section_rule *rule; // NULL for the top
    const od_section **sections;
    size_t count;
} task;

typedef struct maker {
    od_learner *learner;
    od_arena *arena;
    OD_ARRAY(task) tasks;
} maker;

// ---- ids ---------------------------------------------------------------------------------------

static bool is_id_sign(uint32_t code) {
    return code != OD_NOT_UTF8 && od_is_alphanumeric(code);
}

od_slice od_learn_section_id(od_arena *arena, od_slice title, od_slice fallback) {
    enum { WIDTH = 30 }; // ten Han characters
    char *const out = od_arena_array(arena, char, title.size + 1);
    size_t size, used = 0, width = 0, whole = 0;
    bool gap = false;
    for (size_t i = 0; i < title.size; i += size) {
        const uint32_t code = od_half_width(od_utf8_read(title, i, &size));
        if (!is_id_sign(code)) {
            gap = used > 0;
            continue;
        }
        const bool joined = od_is_han(code) || (used && (unsigned char)out[used - 1] >= 0x80);
        width += od_is_han(code) ? 3 : 1;
        if (width > WIDTH) break;
        if (gap) whole = used;
        if (gap && !joined) out[used++] = '-';
        gap = false;
        used += od_utf8_write(od_lower_case(code), out + used);
    }
    // A Latin word that did not fit is left out, where it is not the only one.
    if (width > WIDTH && !gap && whole && (unsigned char)out[used - 1] < 0x80) used = whole;
    return used ? (od_slice){out, used} : fallback;
}

// Gives the rules ids of which no two are the same.
static void tell_apart(od_arena *arena, od_section_rule *rules, size_t count) {
    od_name *const names = od_arena_array(arena, od_name, count);
    for (size_t i = 0; i < count; i++) names[i] = (od_name){rules[i].id, i};
    od_names_sort(names, count);
    size_t nth = 1;
    for (size_t i = 1; i < count; i++) {
        nth = od_slice_equal(names[i].name, names[i - 1].name) ? nth + 1 : 1;
        if (nth == 1) continue;
        od_section_rule *const rule = &rules[names[i].number];
        od_slice id;
        do {
            id = od_arena_concat(arena, names[i].name, OD_SLICE("-"), od_arena_number(arena, nth));
        } while (od_names_find(names, count, id) != SIZE_MAX && nth++);
        rule->id = id;
    }
}

// ---- aliases -----------------------------------------------------------------------------------

static void add_escaped(od_buf *out, od_slice text) {
    for (size_t i = 0; i < text.size; i++) {
        if (strchr(".[]{}()*+?^$|\\", text.data[i])) od_buf_byte(out, '\\');
        od_buf_byte(out, text.data[i]);
    }
}

// Returns an expression for a title with blanks in it.
static od_slice write_pattern(od_arena *arena, const od_phrase *phrase) {
    od_buf out = {0};
    od_buf_text(&out, "re:");
    size_t last = phrase->slot_count, first = 0;
    while (first < last && !phrase->literals[first].size) first++;
    while (last > first && !phrase->literals[last].size) last--;
    for (size_t i = first; i <= last; i++) {
        if (i > first) od_buf_text(&out, ".+");
        add_escaped(&out, phrase->literals[i]);
    }
    const od_slice text = od_arena_copy(arena, od_buf_slice(&out));
    od_buf_free(&out);
    return text;
}

// The only text of a title that starts or ends with a blank, as it is written; empty when there is more
// than one.
static od_slice only_literal(const od_phrase *phrase, od_slice title) {
    od_slice only = {0};
    for (size_t i = 0; i <= phrase->slot_count; i++) {
        if (!phrase->literals[i].size) continue;
        if (only.size) return (od_slice){0};
        only = od_slice_trim(od_slice_cut(
            title, i ? phrase->slots[i - 1].span.end : 0,
            i < phrase->slot_count ? phrase->slots[i].span.start : title.size));
    }
    return only;
}

// Code and the like in a title is nothing that an alias can name: the longest text beside it does.
static od_slice without_opaque(od_slice title) {
    od_slice longest = {0};
    for (size_t start = 0, end; start <= title.size; start = end + strlen(OD_OPAQUE_MARK)) {
        end = od_slice_find(title, od_slice_of(OD_OPAQUE_MARK), start);
        if (end == SIZE_MAX) end = title.size;
        const od_slice part = od_slice_trim(od_slice_cut(title, start, end));
        if (part.size > longest.size) longest = part;
        if (end == title.size) break;
    }
    return longest;
}

static bool read_alias(maker *m, const group *g, od_pattern *alias) {
    const bool is_marked = od_slice_starts(g->first->title, OD_SLICE("re:"));
    od_slice text = without_opaque(g->first->title);
    od_text why;
    if (g->phrase.slot_count) text = only_literal(&g->phrase, g->first->title);
    if (!text.size || is_marked) text = write_pattern(m->arena, &g->phrase);
    if (!od_pattern_read(m->arena, text, alias, &why)) return false;
    if (alias->regex) {
        *od_array_push(m->arena, &m->learner->patterns) = alias;
        alias->text = text; // with its `re:`
    }
    return true;
}

// ---- the tree ----------------------------------------------------------------------------------

static od_slice group_key(od_arena *arena, const od_phrase *phrase) {
    od_buf key = {0};
    for (size_t i = 0; i <= phrase->slot_count; i++) {
        if (i) od_buf_byte(&key, OD_BLANK_MARK);
        od_buf_add(&key, phrase->literals[i]);
    }
    for (size_t i = 0; i < key.size; i++)
        if (key.data[i] >= 'A' && key.data[i] <= 'Z') key.data[i] = (char)(key.data[i] | 32);
    const od_slice copy = od_arena_copy(arena, od_buf_slice(&key));
    od_buf_free(&key);
    return copy;
}

// Puts `section` into its group. `names` is sorted; it tells the index of the group of a title.
static void add_to_group(maker *m, group *g, const od_section *section) {
    if (!g->first) g->first = section;
    if (g->last_parent == section->parent) g->repeats = true;
    else g->parents++;
    g->last_parent = section->parent;
    *od_array_push(m->arena, &g->sections) = section;
}

typedef struct child {
    const od_section *section;
    od_phrase phrase;
    od_slice key;
} child;

// Collects the sections below those of a task that have a title.
static child *collect(maker *m, const task *t, size_t *count) {
    OD_ARRAY(child) children = {0};
    const od_blank_options options = {.plain_text = m->learner->reading.document->kind ==
                                                    OD_PLAIN_TEXT};
    for (size_t i = 0; i < t->count; i++)
        for (const od_section *s = t->sections[i]->first; s; s = s->next) {
            child c = {.section = s};
            if (s->is_title) continue;
            od_phrase_read_key(m->arena, s->title, &options, &c.phrase);
            // A title that is nothing but a blank, or none at all, cannot be told from others.
            if (!c.phrase.literal_chars) continue;
            c.key = group_key(m->arena, &c.phrase);
            *od_array_push(m->arena, &children) = c;
        }
    *count = children.count;
    return children.items;
}

// Groups the children by their titles, in the order in which these first appear.
static void make_groups(maker *m, const child *children, size_t count, group_list *groups) {
    od_name *const names = od_arena_array(m->arena, od_name, count);
    size_t *const group_of = od_arena_array(m->arena, size_t, count);
    for (size_t i = 0; i < count; i++) names[i] = (od_name){children[i].key, i};
    od_names_sort(names, count);
    for (size_t i = 0; i < count; i++) {
        const size_t same = od_names_find(names, count, children[i].key);
        const size_t first = names[same].number; // of its title, in order
        if (first == i) {
            group_of[i] = groups->count;
            group *const g = od_array_push(m->arena, groups);
            g->key = children[i].key;
            g->phrase = children[i].phrase;
        }
        add_to_group(m, &groups->items[group_of[first]], children[i].section);
    }
}

// Returns a title without its blanks.
static od_slice without_blanks(od_arena *arena, const group *g) {
    od_buf out = {0};
    for (size_t i = 0; i <= g->phrase.slot_count; i++) {
        const size_t start = i ? g->phrase.slots[i - 1].span.end : 0;
        const size_t end = i < g->phrase.slot_count ? g->phrase.slots[i].span.start
                                                    : g->first->title.size;
        od_buf_add(&out, od_slice_cut(g->first->title, start, end));
        od_buf_byte(&out, ' ');
    }
    const od_slice copy = od_arena_copy(arena, od_buf_slice(&out));
    od_buf_free(&out);
    return copy;
}

static void describe(maker *m, const task *t, const group *g, od_section_rule *rule) {
    enum { LEVELS = 9 }; // that a profile can name
    od_pattern *const alias = od_arena_new(m->arena, od_pattern);
    *rule = (od_section_rule){.title = g->first->title,
                              .parent = t->rule,
                              .level = g->first->level <= LEVELS ? g->first->level : 0,
                              .optional = g->parents < t->count,
                              .repeat = g->repeats,
                              .aliases = alias};
    rule->alias_count = read_alias(m, g, alias);
    rule->id = od_learn_section_id(m->arena, without_blanks(m->arena, g), OD_SLICE("section"));
}

// Makes the rules for the children of one task. A preamble is the first of the top ones.
static void make_rules(maker *m, const task *t, bool preamble) {
    od_learner *const l = m->learner;
    size_t child_count;
    const child *const children = collect(m, t, &child_count);
    group_list groups = {0};
    make_groups(m, children, child_count, &groups);
    const size_t before = preamble && groups.count ? 1 : 0, count = groups.count + before;
    od_section_rule *const rules = od_arena_array(m->arena, od_section_rule, count);
    if (before)
        rules[0] = (od_section_rule){.id = l->learned->is_chinese ? OD_SLICE("开头")
                                                                  : OD_SLICE("opening"),
                                     .preamble = true};
    for (size_t i = 0; i < groups.count; i++)
        describe(m, t, &groups.items[i], &rules[before + i]);
    tell_apart(m->arena, rules, count);
    for (size_t i = 0; i < count; i++) {
        od_section_rule *const rule = &rules[i];
        rule->path = t->rule ? od_arena_concat(m->arena, t->rule->path, OD_SLICE("."), rule->id)
                             : rule->id;
        if (i >= before)
            *od_array_push(m->arena, &m->tasks) =
                (task){rule, groups.items[i - before].sections.items,
                       groups.items[i - before].sections.count};
    }
    if (t->rule) t->rule->children = rules, t->rule->child_count = count;
    else l->profile.sections = rules, l->profile.section_count = count;
}

// Whether text stands before the first heading that is no title.
static bool has_preamble(const od_document *draft, const od_outline *outline) {
    const od_node *title = NULL, *first = NULL;
    for (size_t i = 0; i < outline->count && !first; i++)
        if (outline->sections[i]->is_title) title = outline->sections[i]->node;
        else first = outline->sections[i]->node;
    for (const od_node *n = draft->root->first; n && n != first; n = n->next)
        if (n != title && n->type != OD_RAW_BLOCK && n->type != OD_HORIZONTAL_RULE) return true;
    return false;
}

static void take_title(od_learner *l, const od_outline *outline) {
    od_phrase phrase;
    if (!outline->count || !outline->sections[0]->is_title) return;
    od_phrase_read_key(l->arena, outline->sections[0]->title, &(od_blank_options){0}, &phrase);
    if (!phrase.slot_count) l->learned->label = outline->sections[0]->title;
}

void od_learn_sections(od_learner *l, const od_document *draft, const od_outline *outline) {
    maker m = {.learner = l, .arena = l->arena};
    const od_section **const top = od_arena_array(l->arena, const od_section *, 1);
    top[0] = outline->root;
    take_title(l, outline);
    *od_array_push(l->arena, &m.tasks) = (task){NULL, top, 1};
    for (size_t i = 0; i < m.tasks.count; i++) {
        const task t = m.tasks.items[i];
        make_rules(&m, &t, i == 0 && has_preamble(draft, outline));
    }
}

// ---- what finished drafts make of them ---------------------------------------------------------

static od_section_rule *changeable(const od_section_rule *rule) {
    return (od_section_rule *)rule; // made here
}

static void note_moved(od_learner *l, const od_section_rule *rule) {
    if (rule->parent) changeable(rule->parent)->children_any_order = true;
    else l->profile.sections_any_order = true;
}

static void note_use(od_learner *l, const od_reading *finished) {
    const od_alignment_result *const found = &finished->alignment;
    for (size_t i = 0; i < found->rules.count; i++) {
        const od_rule_match *const match = &found->rules.items[i];
        const bool missing = match->rule->preamble
                                 ? !has_preamble(finished->document, &finished->outline)
                                 : !match->section;
        if (missing) changeable(match->rule)->optional = true;
    }
    for (size_t i = 0; i < finished->outline.count; i++) {
        const od_section_match *const match = &found->sections[i];
        if (match->kind == OD_MATCH_DUPLICATE) changeable(match->rule)->repeat = true;
        if (match->kind == OD_MATCH_MOVED) note_moved(l, match->rule);
    }
}

void od_learn_section_use(od_learner *l) {
    for (size_t i = 0; i < l->finished_count; i++) note_use(l, &l->finished[i]);
    l->learned->sections = l->profile.sections;
    l->learned->section_count = l->profile.section_count;
    l->learned->sections_any_order = l->profile.sections_any_order;
}
