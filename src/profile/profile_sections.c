// Sections: the tree of a profile, laid over that of its base.
#include "profile/loader.h"

static const od_choice EXTRAS[] = {
    {"allow", OD_EXTRA_ALLOW}, {"warn", OD_EXTRA_WARN}, {"error", OD_EXTRA_ERROR}};
static const od_choice ORDERS[] = {{"fixed", false}, {"any", true}};

// A section of this file, or one of the base that it does not name.
typedef struct item {
    od_section_rule rule;
    const od_entry *children; // as written, or NULL
    od_slice title;
    bool own_aliases; // written in this file
    size_t next;      // while the order is worked out: the item after this one
} item;

static const size_t NONE = SIZE_MAX;

// ---- settings ----------------------------------------------------------------------------------

void od_read_extra(od_loader *l, const od_entry *entry, void *target) {
    int chosen;
    if (od_load_choice(l, entry, EXTRAS, OD_COUNT(EXTRAS), &chosen))
        *(od_extra *)target = (od_extra)chosen;
}

void od_read_order(od_loader *l, const od_entry *entry, void *target) {
    int chosen;
    if (od_load_choice(l, entry, ORDERS, OD_COUNT(ORDERS), &chosen)) *(bool *)target = chosen != 0;
}

static void read_level(od_loader *l, const od_entry *entry, void *target) {
    int64_t level;
    if (od_value_integer(&entry->value, &level) && level >= 0 && level <= 9)
        *(int *)target = (int)level;
    else
        od_load_fail_type(l, entry, OD_SAY("a level from 1 to 9, or 0 for any", "1到9的级别（0表示不限）"));
}

static void read_aliases(od_loader *l, const od_entry *entry, void *target) {
    item *const section = target;
    section->rule.aliases = od_load_patterns(l, entry, &section->rule.alias_count);
    section->own_aliases = true;
}

static void read_must_contain(od_loader *l, const od_entry *entry, void *target) {
    od_section_rule *const rule = &((item *)target)->rule;
    rule->must_contain = od_load_patterns(l, entry, &rule->must_contain_count);
}

#define AT(member) offsetof(item, rule.member)
static const od_key_spec KEYS[] = {
    {"id", od_read_nothing, 0},
    {"title", od_read_label, offsetof(item, title)},
    {"any", read_aliases, 0},
    {"preamble", od_read_bool, AT(preamble)},
    {"level", read_level, AT(level)},
    {"optional", od_read_bool, AT(optional)},
    {"repeat", od_read_bool, AT(repeat)},
    {"min_chars", od_read_size, AT(min_chars)},
    {"must_contain", read_must_contain, 0},
    {"extra", od_read_extra, AT(extra)},
    {"children_order", od_read_order, AT(children_any_order)},
    {"children", od_read_entry, offsetof(item, children)},
};
#undef AT

// How messages call a section to which its profile gives no title.
static od_slice default_title(od_loader *l, const od_section_rule *rule) {
    if (rule->preamble) return od_say(l->failures, OD_SAY("opening text", "开头"));
    for (size_t i = 0; i < rule->alias_count; i++)
        if (!rule->aliases[i].regex) return rule->aliases[i].text;
    return rule->alias_count ? rule->aliases[0].text : rule->id;
}

// Ids are parts of dotted paths, and of column headers `section::key`.
static bool is_id(od_slice id) {
    for (size_t i = 0; i < id.size; i++)
        if (strchr(" \t\n.:<>", id.data[i])) return false;
    return id.size > 0;
}

// Returns the id of a section, or NULL with a failure.
static const od_value *read_id(od_loader *l, const od_value *section) {
    if (section->kind != OD_MAPPING) {
        od_load_fail(l, section->span,
                     od_say(l->failures, OD_SAY("a section must be keys and values: `{id: …, "
                                                "any: […]}`",
                                                "每个部分应写成键和值：“{id: …, any: […]}”")));
        return NULL;
    }
    const od_value *const id = od_value_at(section, "id");
    if (!id)
        od_load_fail(l, (od_span){section->span.start, section->span.start + 1},
                     od_say(l->failures, OD_SAY("a section needs an `id`", "每个部分都要有“id”")));
    else if (id->kind != OD_SCALAR || !is_id(id->text))
        od_load_fail(l, id->span,
                     od_say(l->failures,
                            OD_SAY("an `id` is a text without `.`, `:`, `<`, `>` or white space",
                                   "“id”应为一段文字，其中没有“.”“:”“<”“>”和空格")));
    else return id;
    return NULL;
}

// ---- laying over -------------------------------------------------------------------------------

typedef struct level {
    od_loader *loader;
    const od_section_rule *parent; // NULL at the top
    const od_section_rule *base;   // sections of the base at this place
    size_t base_count;
    OD_ARRAY(item) items;
    size_t first; // in order
} level;

static od_name *name_base(level *v) {
    od_name *const names = od_arena_array(v->loader->arena, od_name, v->base_count);
    for (size_t i = 0; i < v->base_count; i++) names[i] = (od_name){v->base[i].id, i};
    od_names_sort(names, v->base_count);
    return names;
}

// Reads the sections that this file names; `places` gets the item of each section of the base.
static void read_items(level *v, const od_value *list, size_t *places) {
    const od_name *const names = name_base(v);
    od_loader *const l = v->loader;
    for (size_t i = 0; i < list->count; i++) {
        const od_value *const id = read_id(l, &list->items[i]);
        if (!id) continue;
        const size_t hit = od_names_find(names, v->base_count, id->text);
        item *const section = od_array_push(l->arena, &v->items);
        section->next = NONE;
        if (hit != SIZE_MAX) {
            const od_section_rule *const base = &v->base[names[hit].number];
            section->rule = *base;
            section->title = od_slice_equal(base->title, default_title(l, base)) ? (od_slice){0}
                                                                                 : base->title;
            places[names[hit].number] = v->items.count - 1;
        }
        section->rule.id = id->text;
        section->rule.source = l->source;
        section->rule.span = id->span;
        od_load_keys(l, &list->items[i], OD_SAY("a section", "部分"), KEYS, OD_COUNT(KEYS), section);
        section->rule.title =
            section->title.size ? section->title : default_title(l, &section->rule);
    }
}

// Puts the sections of the base that this file does not name after the one they followed there.
static void add_rest(level *v, size_t *places) {
    v->first = v->items.count ? 0 : NONE;
    for (size_t i = 1; i < v->items.count; i++) v->items.items[i - 1].next = i;
    for (size_t i = 0; i < v->base_count; i++) {
        if (places[i] != NONE) continue;
        item *const section = od_array_push(v->loader->arena, &v->items);
        places[i] = v->items.count - 1;
        section->rule = v->base[i];
        size_t *const link = i ? &v->items.items[places[i - 1]].next : &v->first;
        section->next = *link;
        *link = places[i];
    }
}

// Returns the items in order.
static item *sort_items(level *v) {
    item *const sorted = od_arena_array(v->loader->arena, item, v->items.count);
    size_t count = 0;
    for (size_t i = v->first; i != NONE; i = v->items.items[i].next)
        sorted[count++] = v->items.items[i];
    return sorted;
}

// ---- what can never be found -------------------------------------------------------------------

static void check_ids(od_loader *l, const item *items, size_t count) {
    od_name *const names = od_arena_array(l->arena, od_name, count);
    for (size_t i = 0; i < count; i++) names[i] = (od_name){items[i].rule.id, i};
    od_names_sort(names, count);
    for (size_t i = 1; i < count; i++)
        if (od_slice_equal(names[i].name, names[i - 1].name))
            od_load_fail(l, items[names[i].number].rule.span,
                         od_say(l->failures,
                                OD_SAY("two sections here have the id “{1}”", "这里有两个部分的id都是“{1}”"),
                                names[i].name));
}

static bool is_own(const od_loader *l, const od_section_rule *rule) {
    return rule->source == l->source;
}

static void check_preamble(od_loader *l, const level *v, const item *section, bool first) {
    const od_section_rule *const rule = &section->rule;
    if (rule->alias_count || section->children || rule->child_count)
        od_load_fail(l, rule->span,
                     od_say(l->failures, OD_SAY("a preamble is text without a heading: `any` and "
                                                "`children` "
                                                "would never be looked at",
                                                "preamble是没有标题的开头文字，“any”和“children”不会起作用")));
    if (v->parent || !first)
        od_load_fail(l, rule->span,
                     od_say(l->failures, OD_SAY("only the first section of the top level can be "
                                                "the preamble",
                                                "只有最上层的第一个部分才能是preamble")));
}

static void check_reachable(od_loader *l, const level *v, const item *section, bool first) {
    const od_section_rule *const rule = &section->rule;
    if (!is_own(l, rule)) return;
    if (rule->preamble) {
        check_preamble(l, v, section, first);
        return;
    }
    if (!rule->alias_count && !section->own_aliases)
        od_load_fail(l, rule->span,
                     od_say(l->failures,
                            OD_SAY("no heading can be the section “{1}”: give it aliases (`any: "
                                   "[…]`), or "
                                   "`preamble: true`",
                                   "没有标题能对上“{1}”这一部分：请用“any: […]”写明标题，或者写“preamble: true”"),
                            rule->id));
    if (v->parent && rule->level && v->parent->level && rule->level <= v->parent->level)
        od_load_fail(l, rule->span,
                     od_say(l->failures,
                            OD_SAY("the section “{1}” is never found: its level is not below "
                                   "that of "
                                   "“{2}”, in which it stands",
                                   "永远找不到“{1}”：它的级别不低于所在的“{2}”"),
                            rule->id, v->parent->id));
}

// An alias by which siblings are told apart.
typedef struct alias {
    const od_pattern *pattern;
    const item *section;
} alias;

static od_slice alias_key(od_arena *arena, const od_pattern *pattern) {
    const od_slice key = pattern->regex
                             ? od_arena_concat(arena, OD_SLICE("re:"), pattern->text)
                             : od_arena_copy(arena, pattern->folded);
    char *const bytes = (char *)key.data;
    for (size_t i = 0; i < key.size && !pattern->regex; i++)
        if (bytes[i] >= 'A' && bytes[i] <= 'Z') bytes[i] = (char)(bytes[i] | 32);
    return key;
}

static void fail_shadowed(od_loader *l, const alias *earlier, const alias *later) {
    const od_section_rule *const a = &earlier->section->rule, *const b = &later->section->rule;
    if (a == b || (a->level && b->level && a->level != b->level)) return;
    od_span span;
    if (later->section->own_aliases) span = later->pattern->span;
    else if (earlier->section->own_aliases) span = earlier->pattern->span;
    else return; // a matter of the base
    od_load_fail(l, span,
                 od_say(l->failures,
                        OD_SAY("“{1}” never leads to the section “{2}”: it is an alias of “{3}” "
                               "too, which "
                               "comes first",
                               "“{1}”永远对不上“{2}”：前面的“{3}”已有同样的别名"),
                        later->pattern->text, b->id, a->id));
}

static void check_aliases(od_loader *l, const item *items, size_t count) {
    OD_ARRAY(alias) aliases = {0};
    OD_ARRAY(od_name) names = {0};
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < items[i].rule.alias_count; j++) {
            const od_pattern *const pattern = &items[i].rule.aliases[j];
            *od_array_push(l->arena, &names) =
                (od_name){alias_key(l->arena, pattern), aliases.count};
            *od_array_push(l->arena, &aliases) = (alias){pattern, &items[i]};
        }
    od_names_sort(names.items, names.count);
    for (size_t i = 1; i < names.count; i++)
        if (od_slice_equal(names.items[i].name, names.items[i - 1].name))
            fail_shadowed(l, &aliases.items[names.items[i - 1].number],
                          &aliases.items[names.items[i].number]);
}

// ---- the tree ----------------------------------------------------------------------------------

static const od_value *sections_of(od_loader *l, const od_entry *entry) {
    static const od_value EMPTY = {.kind = OD_SEQUENCE};
    if (!entry) return &EMPTY;
    if (entry->value.kind == OD_SEQUENCE) return &entry->value;
    od_load_fail_type(l, entry, OD_SAY("a list of sections", "由各部分组成的列表"));
    return &EMPTY;
}

// Lays the list `entry` over the sections `base`, and their children over their children. A profile
// nests no deeper than YAML_DEPTH, so this recursion is bounded.
static const od_section_rule *load_list(od_loader *l, const od_entry *entry,
                                        const od_section_rule *base, size_t base_count,
                                        const od_section_rule *parent, size_t *count) {
    level v = {.loader = l, .parent = parent, .base = base, .base_count = base_count};
    size_t *const places = od_arena_array(l->arena, size_t, base_count);
    for (size_t i = 0; i < base_count; i++) places[i] = NONE;
    read_items(&v, sections_of(l, entry), places);
    add_rest(&v, places);
    const item *const items = sort_items(&v);
    *count = v.items.count;
    check_ids(l, items, *count);
    check_aliases(l, items, *count);
    od_section_rule *const rules = od_arena_array(l->arena, od_section_rule, *count);
    for (size_t i = 0; i < *count; i++) {
        od_section_rule *const rule = &rules[i];
        check_reachable(l, &v, &items[i], i == 0);
        *rule = items[i].rule;
        rule->parent = parent;
        rule->path = parent ? od_arena_concat(l->arena, parent->path, OD_SLICE("."), rule->id)
                            : rule->id;
        rule->children = load_list(l, items[i].children, rule->children, rule->child_count, rule,
                                   &rule->child_count);
    }
    return rules;
}

void od_load_sections(od_loader *l, const od_entry *entry) {
    od_profile *const profile = l->profile;
    profile->sections = load_list(l, entry, profile->sections, profile->section_count, NULL,
                                  &profile->section_count);
}
