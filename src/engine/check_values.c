// value-*, binding-missing: what stands in the slots of the profile's phrases, against its fields, against
// itself in other places, and against the data.
#include "engine/check.h"

#include "base/utf8.h"
#include "data/notation.h"
#include "engine/escape.h"

typedef struct checker {
    od_check_context *context;
    od_diagnostics *found;
    const od_profile *profile;
    const od_source *source;
} checker;

static od_slice name_of(const od_field_rule *field) {
    return field->label.size ? field->label : field->id;
}

// What a place holds, for people: the number of a date's part with its word.
static od_slice shown(const checker *k, const od_hold *hold) {
    static const char *const WORDS[] = {
        [OD_WHOLE] = "", [OD_PART_YEAR] = "年", [OD_PART_MONTH] = "月", [OD_PART_DAY] = "日"};
    return od_arena_concat(k->found->arena, od_hold_text(hold), od_slice_of(WORDS[hold->part]));
}

static bool is_value(const od_hold *hold) {
    return hold->kind == OD_HOLDS_VALUE;
}

static void relate_place(const checker *k, od_diagnostic *d, const od_hold *hold) {
    od_diagnostic_relate(k->found, d, k->source, hold->span,
                         od_say(k->found, OD_SAY("here it is “{1}”", "这里是“{1}”"), shown(k, hold)));
}

// ---- fixes from the data -----------------------------------------------------------------------

// Whether the bytes at a place are just the text that a reader sees, so that they can be replaced
// without breaking marks around them; the front matter has its own ways of quoting.
static bool is_replaceable(const checker *k, const od_hold *hold) {
    return hold->place && !hold->planned && hold->place->blank == SIZE_MAX &&
           od_slice_equal(od_source_cut(k->source, hold->span), hold->raw);
}

// Sets `*text` to the bytes that write `datum` where `hold` stands; false when that cannot be done.
static bool write_at(const checker *k, const od_hold *hold, const od_datum *datum, od_slice *text) {
    const od_document *const document = k->context->reading->document;
    const od_datum_type *const type = &k->profile->fields[hold->field].type;
    if (!is_replaceable(k, hold)) return false;
    *text = od_notation_write(k->found->arena, type, datum, hold->part, hold->raw,
                              is_value(hold) ? &hold->datum : NULL);
    if (!text->size) return false;
    if (document->kind != OD_MARKDOWN) return true;
    const od_leaf *const leaf = &k->context->reading->leaves.items[hold->place->leaf];
    const bool starts_block = hold->place->start == 0 && leaf->folded.text.size > 0;
    return od_escape_markdown(k->found->arena, k->source->bytes, hold->span, starts_block, *text,
                              text);
}

typedef OD_ARRAY(od_edit) edit_list;

static void add_edit(const checker *k, edit_list *edits, const od_hold *hold,
                     const od_datum *datum) {
    od_slice text;
    if (write_at(k, hold, datum, &text))
        *od_array_push(k->found->arena, edits) = (od_edit){hold->span, text};
}

static void give_fix(const checker *k, od_diagnostic *d, const edit_list *edits) {
    if (!edits->count) return;
    od_fix *const fix = od_arena_new(k->found->arena, od_fix);
    *fix = (od_fix){od_say(k->found, OD_SAY("write “{1}”, as the data says", "按数据改为“{1}”"),
                           edits->items[0].text),
                    edits->items, edits->count};
    d->fix = fix;
}

// Reads what the data says of a field; false when it says nothing that could be read.
static bool read_given(const checker *k, size_t field, od_datum *given) {
    od_slice why;
    const od_value *const value = k->context->values_given ? k->context->values_given[field] : NULL;
    return value && od_datum_read(k->found->arena, k->found->language,
                                  &k->profile->fields[field].type, value->text, given, &why);
}

// ---- value-type, value-range -------------------------------------------------------------------

static od_rule_id rule_of(od_hold_kind kind) {
    return kind == OD_HOLDS_MISFIT ? OD_RULE_VALUE_TYPE : OD_RULE_VALUE_RANGE;
}

// A key of the front matter that the profile lists is told of there.
static bool is_told_of(const checker *k, const od_hold *hold) {
    const od_slice id = k->profile->fields[hold->field].id;
    for (size_t i = 0; !hold->place && i < k->profile->key_count; i++)
        if (od_slice_equal(k->profile->keys[i].name, id)) return true;
    return hold->planned; // what is wrong with the data
}

static od_diagnostic *tell_wrong(const checker *k, const od_field_value *value,
                                 const od_hold *hold) {
    const od_field_rule *const field = &k->profile->fields[hold->field];
    od_diagnostic *const d =
        od_diagnose(k->found, rule_of(hold->kind), k->source, hold->span,
                    od_say(k->found, OD_SAY("“{1}”: {2}", "“{1}”：{2}"), name_of(field), hold->why));
    if (hold->place && hold->place->binding)
        od_diagnostic_relate(k->found, d, hold->place->binding->source, hold->place->binding->span,
                             od_say(k->found, OD_SAY("the profile's phrase", "文种文件里的短语")));
    for (size_t i = 0; i < value->hold_count; i++)
        if (is_value(&value->holds[i])) relate_place(k, d, &value->holds[i]);
    return d;
}

// One finding for all places that hold the same wrong text.
static void check_wrong(const checker *k, const od_field_value *value, const od_datum *given) {
    const od_hold *last = NULL;
    od_diagnostic *d = NULL;
    edit_list edits = {0};
    for (size_t i = 0; i < value->hold_count; i++) {
        const od_hold *const hold = &value->holds[i];
        const bool wrong = hold->kind == OD_HOLDS_MISFIT || hold->kind == OD_HOLDS_BEYOND;
        if (!wrong || is_told_of(k, hold)) continue;
        if (last && od_slice_equal(last->raw, hold->raw) && last->part == hold->part) {
            relate_place(k, d, hold);
        } else {
            if (d && given) give_fix(k, d, &edits);
            edits = (edit_list){0};
            d = tell_wrong(k, value, hold);
            last = hold;
        }
        if (given) add_edit(k, &edits, hold, given);
    }
    if (d && given) give_fix(k, d, &edits);
}

// ---- value-differs -----------------------------------------------------------------------------

static bool differs(const od_hold *hold, const od_datum *given) {
    const od_hold data = {.datum = *given};
    return is_value(hold) && !hold->planned && !od_hold_agrees(hold, &data);
}

// Returns what the data says, for people: the day that a serial number of a spreadsheet stands for
// beside it.
static od_slice given_text(const checker *k, const od_value *entry, const od_datum *given) {
    const od_slice text = od_slice_trim(entry->text);
    for (size_t i = 0; i < text.size; i++)
        if (!od_is_digit((unsigned char)text.data[i])) return text;
    if (given->type != OD_TYPE_DATE) return text;
    const bool chinese = k->found->language == OD_CHINESE;
    const od_slice day = od_date_write(k->found->arena, given->date,
                                       chinese ? OD_SLICE("YYYY年M月D日") : OD_SLICE("YYYY-MM-DD"));
    return od_say(k->found, OD_SAY("{1} ({2})", "{1}（{2}）"), text, day);
}

static void check_given(const checker *k, size_t field, const od_datum *given) {
    const od_field_value *const value = &k->context->plan->values.fields[field];
    const od_value *const entry = k->context->values_given[field];
    od_diagnostic *d = NULL;
    edit_list edits = {0};
    for (size_t i = 0; i < value->hold_count; i++) {
        const od_hold *const hold = &value->holds[i];
        if (!differs(hold, given)) continue;
        add_edit(k, &edits, hold, given);
        if (d) {
            relate_place(k, d, hold);
            continue;
        }
        d = od_diagnose(k->found, OD_RULE_VALUE_DIFFERS, k->source, hold->span,
                        od_say(k->found,
                               OD_SAY("{3}: the text says “{1}”, the data says “{2}”",
                                      "{3}：文中是“{1}”，数据是“{2}”"),
                               shown(k, hold), given_text(k, entry, given),
                               name_of(&k->profile->fields[field])));
    }
    if (!d) return;
    od_diagnostic_relate(k->found, d, entry->source, entry->span,
                         od_say(k->found, OD_SAY("the data", "数据在这里")));
    give_fix(k, d, &edits);
}

void od_check_given(od_check_context *context) {
    const checker k = {context, context->found, context->reading->profile,
                       &context->reading->document->source};
    const size_t count = context->plan->values.fields ? k.profile->field_count : 0;
    for (size_t i = 0; i < count; i++) {
        od_datum given;
        if (read_given(&k, i, &given)) check_given(&k, i, &given);
    }
}

// ---- value-conflict ----------------------------------------------------------------------------

// The different values of one field; those beyond are only related places.
enum { GROUPS = 6, LINES = 4 };

typedef struct group {
    const od_hold *first;
    size_t count;
    size_t lines[LINES]; // of its first places
} group;

typedef struct groups {
    group items[GROUPS];
    size_t count;
    bool more;
} groups;

static group *group_of(groups *g, const od_hold *hold) {
    for (size_t i = 0; i < g->count; i++)
        if (od_hold_agrees(g->items[i].first, hold)) return &g->items[i];
    if (g->count == GROUPS) {
        g->more = true;
        return NULL;
    }
    g->items[g->count] = (group){.first = hold};
    return &g->items[g->count++];
}

// Whether `hold` speaks of what is compared: the whole value, or one part of a date.
static bool speaks_of(const od_hold *hold, od_part part) {
    return is_value(hold) && (hold->part == part || hold->part == OD_WHOLE);
}

// Returns the part of a date in which the holds differ; OD_WHOLE for all else.
static od_part part_divided(const od_field_value *value) {
    for (od_part part = OD_PART_YEAR; part <= OD_PART_DAY; part++) {
        const od_hold *first = NULL;
        for (size_t i = 0; i < value->hold_count; i++) {
            const od_hold *const hold = &value->holds[i];
            if (!is_value(hold) || hold->part != part) continue;
            if (first && !od_hold_agrees(first, hold)) return part;
            if (!first) first = hold;
        }
        for (size_t i = 0; first && i < value->hold_count; i++)
            if (is_value(&value->holds[i]) && value->holds[i].part == OD_WHOLE &&
                !od_hold_agrees(first, &value->holds[i]))
                return part;
    }
    return OD_WHOLE;
}

static od_slice list_lines(const checker *k, const group *g) {
    od_arena *const arena = k->found->arena;
    const bool chinese = k->found->language == OD_CHINESE;
    od_slice text = {0};
    for (size_t i = 0; i < g->count && i < LINES; i++) {
        if (i && g->lines[i] == g->lines[i - 1]) continue;
        const od_slice line = od_arena_number(arena, g->lines[i]);
        text = i ? od_arena_concat(arena, text, chinese ? OD_SLICE("、") : OD_SLICE(", "), line)
                 : line;
    }
    return g->count > LINES ? od_arena_concat(arena, text, OD_SLICE("…")) : text;
}

static od_slice list_values(const checker *k, const groups *all) {
    od_slice text = {0};
    for (size_t i = 0; i < all->count; i++) {
        const od_slice item =
            od_say(k->found, OD_SAY("“{1}” (line {2})", "第{2}行是“{1}”"),
                   shown(k, all->items[i].first), list_lines(k, &all->items[i]));
        text = i ? od_say(k->found, OD_SAY("{1}, {2}", "{1}，{2}"), text, item) : item;
    }
    return all->more ? od_arena_concat(k->found->arena, text, OD_SLICE("…")) : text;
}

static void collect_groups(const checker *k, const od_field_value *value, od_part part,
                           groups *all) {
    for (size_t i = 0; i < value->hold_count; i++) {
        const od_hold *const hold = &value->holds[i];
        group *const g = speaks_of(hold, part) ? group_of(all, hold) : NULL;
        if (!g) continue;
        if (g->count < LINES)
            g->lines[g->count] = od_source_line_at(k->source, hold->span.start) + 1;
        g->count++;
    }
}

// Returns the value that most places hold; of as many the one that comes first.
static const od_hold *find_usual(const groups *all) {
    const group *usual = &all->items[0];
    for (size_t i = 1; i < all->count; i++)
        if (all->items[i].count > usual->count) usual = &all->items[i];
    return usual->first;
}

// The finding stands at the first place that does not hold what most places do.
static void check_divided(const checker *k, size_t field) {
    const od_field_value *const value = &k->context->plan->values.fields[field];
    const od_part part = part_divided(value);
    groups all = {0};
    collect_groups(k, value, part, &all);
    const od_hold *const usual = find_usual(&all), *odd = NULL;
    for (size_t i = 0; i < value->hold_count && !odd; i++)
        if (speaks_of(&value->holds[i], part) && !od_hold_agrees(usual, &value->holds[i]))
            odd = &value->holds[i];
    if (!odd) return;
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_VALUE_CONFLICT, k->source, odd->span,
        od_say(k->found,
               OD_SAY("“{1}” is not the same everywhere: {2}", "“{1}”前后不一致：{2}，请核对"),
               name_of(&k->profile->fields[field]), list_values(k, &all)));
    for (size_t i = 0; i < value->hold_count; i++)
        if (speaks_of(&value->holds[i], part) && &value->holds[i] != odd)
            relate_place(k, d, &value->holds[i]);
}

// ---- value-doubled -----------------------------------------------------------------------------

static bool is_number(od_field_type type) {
    return type == OD_TYPE_INTEGER || type == OD_TYPE_DECIMAL || type == OD_TYPE_MONEY ||
           type == OD_TYPE_PERCENT;
}

// Returns the words at the end of the phrase that name what the value is part of (`<branch>支部`), and
// cannot begin the text that follows as a verb: 党组织组织活动 is right.
static od_slice suffix_of(const od_place *place) {
    static const char *const VERBS[] = {"组织", "领导", "报告", "通知", "计划", "总结", "决定",
                                        "工作", "检查", "管理", "服务", "建设", "研究", "指导"};
    enum { LEAST = 2 * 3, MOST = 6 * 3 }; // bytes
    const od_phrase *const phrase = place->binding ? &place->binding->phrase : NULL;
    if (!phrase || place->slot + 1 != phrase->slot_count) return (od_slice){0};
    const od_slice text = phrase->literals[phrase->slot_count];
    if (text.size < LEAST || text.size > MOST) return (od_slice){0};
    for (size_t i = 0, size; i < text.size; i += size)
        if (!od_is_han(od_utf8_read(text, i, &size))) return (od_slice){0};
    for (size_t i = 0; i < sizeof VERBS / sizeof *VERBS; i++)
        if (od_slice_is(text, VERBS[i])) return (od_slice){0};
    return text;
}

// Finds what is written twice after a value: [*start, *end) of the folded text of its leaf. A unit may
// stand twice in the text (12篇篇), a suffix in the value and in the text (第三支部支部).
static bool find_doubled(const checker *k, const od_hold *hold, size_t *start, size_t *end) {
    const od_place *const place = hold->place;
    const od_slice text = k->context->reading->leaves.items[place->leaf].folded.text;
    const od_slice after = od_slice_from(text, place->end);
    size_t size = 0;
    if (is_number(k->profile->fields[hold->field].type.type)) {
        const od_slice unit = od_measure_word(after);
        *start = place->end + unit.size;
        size = unit.size && od_slice_starts(od_slice_from(text, *start), unit) ? unit.size : 0;
    } else {
        size = hold->doubled;
        *start = place->end - size;
        const od_slice suffix = size ? (od_slice){0} : suffix_of(place);
        if (suffix.size && od_slice_starts(after, suffix) &&
            od_slice_starts(od_slice_from(after, suffix.size), suffix)) {
            *start = place->end + suffix.size;
            size = suffix.size;
        }
    }
    *end = *start + size;
    return size > 0;
}

static void check_doubled(const checker *k, const od_hold *hold) {
    size_t start, end;
    if (!is_value(hold) || !hold->place || hold->place->blank != SIZE_MAX ||
        !find_doubled(k, hold, &start, &end))
        return;
    const od_leaf *const leaf = &k->context->reading->leaves.items[hold->place->leaf];
    const od_span span = od_match_span(leaf, start, end);
    const od_slice text = od_match_text(leaf, start, end);
    od_diagnostic *const d =
        od_diagnose(k->found, OD_RULE_VALUE_DOUBLED, k->source, span,
                    od_say(k->found, OD_SAY("“{1}” stands twice here; delete one of them",
                                            "“{1}”写了两遍，请删去一个"),
                           text));
    if (od_slice_equal(od_source_cut(k->source, span), text))
        od_diagnostic_fix(k->found, d,
                          od_say(k->found, OD_SAY("delete “{1}”", "删去“{1}”"), text),
                          (od_edit){span, {0}});
}

// ---- value-computed ----------------------------------------------------------------------------

// Whether a default is worked out from other fields and not merely taken from one, which may differ.
static bool is_computed(const checker *k, const od_field_rule *field) {
    const od_slice text = field->default_value;
    return is_number(field->type.type) && text.size > 1 && text.data[0] == '=' &&
           od_profile_field(k->profile, od_slice_trim(od_slice_from(text, 1))) == SIZE_MAX;
}

static const od_hold *first_value(const od_field_value *value) {
    for (size_t i = 0; i < value->hold_count; i++)
        if (is_value(&value->holds[i])) return &value->holds[i];
    return NULL;
}

// Finds values, and notes which fields were asked for.
typedef struct finder {
    od_values *values;
    OD_ARRAY(const od_field_value *) asked;
} finder;

static bool find_value(void *context, od_slice name, od_datum *datum) {
    finder *const f = context;
    if (!od_values_find(f->values, name, datum)) return false;
    const size_t field = od_profile_field(f->values->reading->profile, name);
    *od_array_push(f->values->reading->arena, &f->asked) = &f->values->fields[field];
    return true;
}

static void tell_computed(const checker *k, size_t index, const finder *f, od_slice result) {
    const od_field_rule *const field = &k->profile->fields[index];
    const od_hold *const hold = first_value(&f->values->fields[index]);
    const od_slice expression = od_slice_trim(od_slice_from(field->default_value, 1));
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_VALUE_COMPUTED, k->source, hold->span,
        od_say(k->found, OD_SAY("“{1}” is {2}, but {3} is {4}", "“{1}”是{2}，但按{3}算应为{4}"),
               name_of(field), od_hold_text(hold), expression, result));
    for (size_t i = 0; i < f->asked.count; i++) {
        const od_hold *const part = first_value(f->asked.items[i]);
        if (part)
            od_diagnostic_relate(k->found, d, k->source, part->span,
                                 od_say(k->found, OD_SAY("“{1}” is {2}", "“{1}”是{2}"),
                                        name_of(&k->profile->fields[part->field]),
                                        od_hold_text(part)));
    }
}

static void check_computed(const checker *k, size_t index) {
    const od_field_rule *const field = &k->profile->fields[index];
    const od_evaluator *const evaluator = k->context->evaluator;
    const od_field_value *const value = &k->context->plan->values.fields[index];
    const od_datum_type bare = {.type = field->type.type};
    finder f = {.values = (od_values *)&k->context->plan->values};
    od_slice result, why;
    od_datum computed;
    if (!first_value(value) || value->standing != OD_STANDING_ONE || !is_computed(k, field)) return;
    if (evaluator->evaluate(evaluator->context, k->found->arena,
                            od_slice_from(field->default_value, 1), find_value, &f,
                            &result) != OD_EVALUATED)
        return;
    if (od_datum_read(k->found->arena, k->found->language, &bare, result, &computed, &why) &&
        od_decimal_compare(computed.number, value->datum.number) != 0)
        tell_computed(k, index, &f, result);
}

// ---- binding-missing ---------------------------------------------------------------------------

// Whether a draft may leave the words of `binding` out.
static bool is_optional(const checker *k, const od_binding *binding) {
    for (size_t i = 0; i < binding->phrase.slot_count; i++)
        if (k->profile->fields[binding->phrase.slots[i].field].optional) return true;
    return false;
}

// Whether the draft holds all fields of `binding` in other phrases: it words them in another way.
static bool is_worded_otherwise(const checker *k, const od_binding *binding) {
    for (size_t i = 0; i < binding->phrase.slot_count; i++)
        if (!k->context->plan->values.fields[binding->phrase.slots[i].field].hold_count)
            return false;
    return true;
}

static void check_missing(const checker *k, size_t index) {
    const od_binding *const binding = &k->profile->bindings[index];
    const od_rule_match *const scope =
        binding->scope ? od_align_find(&k->context->reading->alignment, binding->scope) : NULL;
    if (k->context->places->found[index] || is_optional(k, binding) ||
        is_worded_otherwise(k, binding))
        return;
    if (binding->scope && !binding->scope->preamble && (!scope || !scope->section)) return;
    const od_span at = scope && scope->section ? scope->section->node->span : (od_span){0};
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_BINDING_MISSING, k->source, (od_span){at.start, at.start},
        od_say(k->found,
               OD_SAY("the phrase “{1}” of the profile is not in the draft",
                      "文种里的短语“{1}”在文中没有出现"),
               binding->phrase.text));
    if (!scope || !scope->section) d->has_position = false;
    od_diagnostic_relate(k->found, d, binding->source, binding->span,
                         od_say(k->found, OD_SAY("the profile's phrase", "文种文件里的短语")));
}

// ---- all ---------------------------------------------------------------------------------------

static void check_field(const checker *k, size_t index) {
    const od_field_value *const value = &k->context->plan->values.fields[index];
    od_datum given;
    const bool is_given = read_given(k, index, &given);
    if (value->standing == OD_STANDING_WRONG) check_wrong(k, value, is_given ? &given : NULL);
    if (is_given) check_given(k, index, &given);
    else if (value->standing == OD_STANDING_DIVIDED) check_divided(k, index);
    for (size_t i = 0; i < value->hold_count; i++) check_doubled(k, &value->holds[i]);
    // A rule that found the same fault says it in the profile's own words.
    if (!k->context->blamed || !k->context->blamed[index]) check_computed(k, index);
}

void od_check_values(od_check_context *context) {
    const checker k = {context, context->found, context->reading->profile,
                       &context->reading->document->source};
    if (!context->plan->values.fields) return;
    for (size_t i = 0; i < k.profile->field_count; i++) check_field(&k, i);
    for (size_t i = 0; i < k.profile->binding_count; i++) check_missing(&k, i);
}
