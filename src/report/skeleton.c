// The data file to fill in: one key for each thing that has to be said, in the order of the text.
#include "base/utf8.h"
#include "engine/fields.h"
#include "report/print.h"
#include "source/source.h"

#include <stdlib.h>

// One blank and where its value goes.
typedef struct entry {
    const od_field *field;
    od_answer_place place;
    const od_reads_as *how; // NULL for fields that do not come from a draft
} entry;

// The blanks of one key.
typedef struct group {
    const entry *entries; // by slot, then in the order of the text
    size_t count;
    size_t order; // index of its first blank; where it has a section, of that section's first key
} group;

typedef struct skeleton {
    od_arena arena;
    od_buf *out;
    const od_source *source;
    const od_report_options *options;
    entry *entries;
    size_t entry_count;
    OD_ARRAY(group) groups;
} skeleton;

// ---- grouping ----------------------------------------------------------------------------------

static entry entry_of(const od_field *field) {
    const od_reads_as *const how = field->reads_as;
    if (how) return (entry){field, how->place, how};
    if (field->name.size)
        return (entry){field, {.key = field->name, .slot_count = 1}, NULL};
    return (entry){field, {field->scope, field->key, field->token - 1, field->token_count}, NULL};
}

static int compare_sizes(size_t a, size_t b) {
    return a < b ? -1 : a > b;
}

static int compare_entries(const void *left, const void *right) {
    const entry *const a = left, *const b = right;
    int order = od_slice_compare(a->place.scope, b->place.scope);
    if (!order) order = od_slice_compare(a->place.key, b->place.key);
    if (!order) order = compare_sizes(a->place.slot, b->place.slot);
    return order ? order : compare_sizes(a->field->index, b->field->index);
}

static bool same_scope(const entry *a, const entry *b) {
    return od_slice_equal(a->place.scope, b->place.scope);
}

static void make_groups(skeleton *s) {
    for (size_t first = 0, next; first < s->entry_count; first = next) {
        const entry *const e = &s->entries[first];
        size_t order = e->field->index;
        for (next = first; next < s->entry_count && same_scope(&s->entries[next], e) &&
                           od_slice_equal(s->entries[next].place.key, e->place.key);
             next++)
            if (s->entries[next].field->index < order) order = s->entries[next].field->index;
        *od_array_push(&s->arena, &s->groups) = (group){e, next - first, order};
    }
}

static int compare_groups(const void *left, const void *right) {
    const group *const a = left, *const b = right;
    return compare_sizes(a->order, b->order);
}

// Groups of one section stand together, where the first of them is. Groups are sorted by section.
static void order_groups(skeleton *s) {
    group *const groups = s->groups.items;
    for (size_t first = 0, next; first < s->groups.count; first = next) {
        for (next = first + 1;
             next < s->groups.count && same_scope(groups[next].entries, groups[first].entries);)
            next++;
        if (!groups[first].entries->place.scope.size) continue;
        qsort(groups + first, next - first, sizeof *groups, compare_groups);
        for (size_t i = first + 1; i < next; i++) groups[i].order = groups[first].order;
    }
}

// As compare_groups, but stable: groups of one section have one order and keep theirs.
static int compare_placed(const void *left, const void *right) {
    const group *const *const a = left, *const *const b = right;
    const int order = compare_sizes((*a)->order, (*b)->order);
    return order ? order : (*a > *b) - (*a < *b);
}

// ---- comments ----------------------------------------------------------------------------------

static bool is_chinese(const skeleton *s) {
    return s->options->language == OD_CHINESE;
}

static void add_words(skeleton *s, const char *en, const char *zh) {
    od_buf_text(s->out, od_print_pick(s->options->language, en, zh));
}

static void add_line_number(skeleton *s, const od_field *field) {
    od_buf_number(s->out, od_source_line_at(s->source, field->span.start) + 1);
}

// Appends “lines 1, 4 and so on” of the blanks of a group.
static void add_lines(skeleton *s, const group *g) {
    enum { SHOWN = 8 };
    size_t last = SIZE_MAX, shown = 0;
    add_words(s, "line ", "第");
    for (size_t i = 0; i < g->count; i++) {
        const size_t line = od_source_line_at(s->source, g->entries[i].field->span.start);
        if (line == last) continue;
        last = line;
        if (shown == SHOWN) {
            od_buf_text(s->out, "…");
            break;
        }
        if (shown++) add_words(s, ", ", "、");
        od_buf_number(s->out, line + 1);
    }
    add_words(s, "", "行");
}

static void add_choices(skeleton *s, const od_datum_type *type) {
    enum { SHOWN = 12 };
    add_words(s, ": ", "：");
    for (size_t i = 0; i < type->choice_count && i < SHOWN; i++) {
        if (i) add_words(s, ", ", "、");
        od_print_text(s->out, type->choices[i]);
    }
    if (type->choice_count > SHOWN) od_buf_text(s->out, "…");
}

// Appends what is expected: “whole number (篇)”.
static void add_expected(skeleton *s, const entry *e) {
    const od_field_type type = e->how ? e->how->type.type : e->field->type;
    const char *const example = od_print_example(type);
    const od_slice unit = od_print_unit(type, e->how ? e->how->type.unit : e->field->unit);
    od_buf_text(s->out, od_print_type(type, s->options->language));
    if (unit.size) {
        add_words(s, " (", "（");
        od_print_text(s->out, unit);
        add_words(s, ")", "）");
    }
    if (example) {
        add_words(s, ", such as ", "，如");
        od_buf_text(s->out, example);
    }
    if (e->how && e->how->type.choice_count) add_choices(s, &e->how->type);
}

// Appends the expected types of the slots of a group, one after another.
static void add_all_expected(skeleton *s, const group *g) {
    size_t slot = SIZE_MAX;
    const size_t slots = g->entries->place.slot_count;
    const bool is_list = slots > 1 && !g->entries->field->shared;
    for (size_t i = 0; i < g->count; i++) {
        const entry *const e = &g->entries[i];
        if (e->place.slot == slot) continue;
        if (slot != SIZE_MAX) add_words(s, "; ", "；");
        slot = e->place.slot;
        add_expected(s, e);
        if (!is_list) return; // all the same
    }
}

static void add_clause(skeleton *s, od_slice clause) {
    enum { CHARS = 120 };
    size_t end = 0, size;
    for (size_t n = 0; n < CHARS && end < clause.size; n++) {
        od_utf8_read(clause, end, &size);
        end += size;
    }
    od_print_text(s->out, od_slice_cut(clause, 0, end));
    if (end < clause.size) od_buf_text(s->out, "…");
}

static void start_comment(skeleton *s, size_t indent) {
    od_print_spaces(s->out, indent);
    od_buf_text(s->out, "# ");
}

static void add_comment(skeleton *s, const group *g, size_t indent) {
    const entry *const e = g->entries;
    start_comment(s, indent);
    add_lines(s, g);
    add_words(s, ": ", "，");
    if (e->field->label.size) {
        od_print_text(s->out, e->field->label);
        add_words(s, ", ", "，");
    }
    add_all_expected(s, g);
    add_words(s, " | ", "｜");
    add_clause(s, e->field->context);
    od_buf_byte(s->out, '\n');
}

static void add_note(skeleton *s, size_t indent, const char *en, const char *zh, od_slice text) {
    start_comment(s, indent);
    add_words(s, en, zh);
    if (text.size) {
        od_print_text(s->out, text);
        add_words(s, "", "”");
    }
    od_buf_byte(s->out, '\n');
}

// ---- values ------------------------------------------------------------------------------------

static od_slice given_to(const entry *e) {
    if (e->how) return e->how->given;
    return e->field->has_value ? e->field->value : (od_slice){0};
}

static void add_value(skeleton *s, const entry *e) {
    const od_slice given = e ? given_to(e) : (od_slice){0};
    if (given.size) od_print_yaml(s->out, given, true);
    else od_buf_text(s->out, "null");
}

// Returns the entry for `slot` at or after `*next`, and moves `*next` past the entries of that
// slot; NULL when the slot has none: something else fills that blank.
static const entry *take_slot(const group *g, size_t slot, size_t *next) {
    const entry *found = NULL;
    for (; *next < g->count && g->entries[*next].place.slot == slot; ++*next)
        if (!found || (!given_to(found).size && given_to(&g->entries[*next]).size))
            found = &g->entries[*next];
    return found;
}

// A list of the blanks of one phrase, in one line.
static void add_list(skeleton *s, const group *g) {
    size_t next = 0;
    od_buf_text(s->out, " [");
    for (size_t slot = 0; slot < g->entries->place.slot_count; slot++) {
        if (slot) od_buf_text(s->out, ", ");
        add_value(s, take_slot(g, slot, &next));
    }
    od_buf_text(s->out, "]\n");
}

// A list of the places that share a key, each with its line.
static void add_shared_list(skeleton *s, const group *g, size_t indent) {
    size_t next = 0;
    od_buf_byte(s->out, '\n');
    for (size_t slot = 0; slot < g->entries->place.slot_count; slot++) {
        const entry *const e = take_slot(g, slot, &next);
        od_print_spaces(s->out, indent + 2);
        od_buf_text(s->out, "- ");
        add_value(s, e);
        if (e) {
            add_words(s, " # line ", " # 第");
            add_line_number(s, e->field);
            add_words(s, "", "行");
        }
        od_buf_byte(s->out, '\n');
    }
}

static void add_key_and_values(skeleton *s, const group *g, size_t indent) {
    const entry *const e = g->entries;
    size_t next = 0;
    od_print_spaces(s->out, indent);
    od_print_yaml_key(s->out, e->place.key, indent);
    if (e->place.slot_count > 1 && e->field->shared) {
        add_shared_list(s, g, indent);
    } else if (e->place.slot_count > 1) {
        add_list(s, g);
    } else {
        od_buf_byte(s->out, ' ');
        add_value(s, take_slot(g, 0, &next));
        od_buf_byte(s->out, '\n');
    }
}

static bool has_given(const group *g) {
    for (size_t i = 0; i < g->count; i++)
        if (given_to(&g->entries[i]).size) return true;
    return false;
}

// A value that goes into a blank and cannot be written here, such as the day of a date whose year
// nothing says.
static od_slice untold_value(const group *g) {
    for (size_t i = 0; i < g->count; i++)
        if (g->entries[i].field->has_value) return g->entries[i].field->value;
    return (od_slice){0};
}

// A blank whose clause does not lead back to it: as a key it would be refused.
static bool has_no_key(const entry *e) {
    return e->field->shared && !e->field->name.size && e->place.slot_count == 1;
}

// Appends a key as a comment: written as null it would keep the profile from computing the value.
static void add_computed(skeleton *s, const group *g, size_t indent) {
    add_note(s, indent, "computed when left out: ", "不写则自动计算：“", g->entries->how->fallback);
    start_comment(s, indent);
    add_key_and_values(s, g, 0);
}

static void add_group(skeleton *s, const group *g, size_t indent) {
    const entry *const e = g->entries;
    od_buf_byte(s->out, '\n');
    add_comment(s, g, indent);
    if (has_no_key(e)) {
        add_note(s, indent, "no key leads to this blank; fill it in the draft itself",
                 "这处空白没有可用的键，请直接在文稿中填写", (od_slice){0});
        return;
    }
    if (!has_given(g)) {
        if (e->how && e->how->fallback.size) {
            add_computed(s, g, indent);
            return;
        }
        const od_slice untold = untold_value(g);
        if (untold.size) add_note(s, indent, "the data has so far: ", "现有数据里是：“", untold);
    }
    add_key_and_values(s, g, indent);
}

// ---- all ---------------------------------------------------------------------------------------

static void add_head(skeleton *s) {
    const od_slice path = od_slice_of(od_source_path(s->source));
    od_buf_text(s->out, "# ");
    if (is_chinese(s)) {
        od_print_text(s->out, path);
        od_buf_text(s->out, " 的数据：把每个 null 改成要填的内容，暂时不填的保留 null。\n"
                            "# 填好后运行：orgdraft fill ");
        od_print_text(s->out, path);
        od_buf_text(s->out, " -d 本文件\n");
        return;
    }
    od_buf_text(s->out, "The data of ");
    od_print_text(s->out, path);
    od_buf_text(s->out, ": write a value for each null, keep null for what is to stay open.\n"
                        "# Then run: orgdraft fill ");
    od_print_text(s->out, path);
    od_buf_text(s->out, " -d THIS-FILE\n");
}

// Opens the mapping of a section.
static void add_section(skeleton *s, od_slice scope) {
    od_buf_byte(s->out, '\n');
    od_print_yaml_key(s->out, scope, 0);
    od_buf_byte(s->out, '\n');
}

static void add_groups(skeleton *s) {
    const group **const placed = od_arena_array(&s->arena, const group *, s->groups.count);
    for (size_t i = 0; i < s->groups.count; i++) placed[i] = &s->groups.items[i];
    qsort(placed, s->groups.count, sizeof *placed, compare_placed);
    od_slice open = {0};
    for (size_t i = 0; i < s->groups.count; i++) {
        const od_slice scope = placed[i]->entries->place.scope;
        if (scope.size && !od_slice_equal(scope, open)) add_section(s, scope);
        open = scope;
        add_group(s, placed[i], scope.size ? 2 : 0);
    }
}

void od_report_skeleton(od_buf *out, const od_report_fields *document,
                        const od_report_options *options) {
    skeleton s = {.out = out, .source = document->source, .options = options};
    add_head(&s);
    if (!document->fields->count) return;
    s.entry_count = document->fields->count;
    s.entries = od_arena_array(&s.arena, entry, s.entry_count);
    for (size_t i = 0; i < s.entry_count; i++)
        s.entries[i] = entry_of(&document->fields->items[i]);
    qsort(s.entries, s.entry_count, sizeof *s.entries, compare_entries);
    make_groups(&s);
    order_groups(&s);
    add_groups(&s);
    od_arena_free(&s.arena);
}
