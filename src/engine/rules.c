// The rules of profiles, held against the values of a draft.
#include "base/buf.h"
#include "data/moment.h"
#include "engine/check.h"
#include "engine/functions.h"
#include "engine/rule_check.h"

typedef struct checker {
    od_check_context *context;
    const od_profile *profile;
    const od_values *values;
    const od_source *source; // of the draft
    od_arena *arena;
    od_diagnostics *found, *failures;
    od_view view;
    bool *blamed; // by field
} checker;

// ---- values ------------------------------------------------------------------------------------

// Finds the one value of a field, or today.
static bool find_value(void *context, od_slice name, od_datum *datum) {
    od_view *const view = context;
    if (od_profile_field(view->profile, name) != SIZE_MAX)
        return od_values_find((void *)view->values, name, datum);
    *datum = (od_datum){.type = OD_TYPE_DATE, .text = OD_SLICE("today"), .date = view->today};
    return view->today.year && od_slice_is(name, "today");
}

static od_slice label_of(const checker *k, size_t field) {
    const od_field_rule *const rule = &k->profile->fields[field];
    return rule->label.size ? rule->label : rule->id;
}

// Returns a value as its field is written; a date without a format as the reader of messages would.
static od_slice write_datum(const checker *k, const od_datum_type *type, const od_datum *datum,
                            od_part part) {
    const bool plain_date = datum->type == OD_TYPE_DATE && !type->format.size;
    if (plain_date && part == OD_WHOLE && k->found->language == OD_CHINESE)
        return od_date_write(k->arena, datum->date, OD_SLICE("YYYY年M月D日"));
    return od_datum_write(k->arena, type, datum, part);
}

// Returns the value of a field as the draft writes it; what stands at its first place when that is
// not one value.
static od_slice text_of(const checker *k, size_t field, od_part part) {
    const od_field_value *const value = &k->values->fields[field];
    if (value->standing == OD_STANDING_ONE)
        return write_datum(k, &k->profile->fields[field].type, &value->datum, part);
    for (size_t i = 0; i < value->hold_count; i++)
        if (value->holds[i].raw.size) return od_hold_text(&value->holds[i]);
    return od_say(k->found, OD_SAY("(no value)", "（无）"));
}

static od_slice text_of_today(const checker *k) {
    if (!k->view.today.year) return OD_SLICE("today");
    const od_datum_type type = {.type = OD_TYPE_DATE};
    const od_datum today = {
        .type = OD_TYPE_DATE, .text = OD_SLICE("today"), .date = k->view.today};
    return write_datum(k, &type, &today, OD_WHOLE);
}

static od_part part_of(const od_mention *m) {
    return od_slice_is(m->part, "year")    ? OD_PART_YEAR
           : od_slice_is(m->part, "month") ? OD_PART_MONTH
           : od_slice_is(m->part, "day")   ? OD_PART_DAY
                                           : OD_WHOLE;
}

// ---- the message -------------------------------------------------------------------------------

static od_slice take_text(const checker *k, od_buf *buf) {
    const od_slice text = od_arena_copy(k->arena, od_buf_slice(buf));
    od_buf_free(buf);
    return od_say(k->found, OD_SAY("{1}", "{1}"), text);
}

// Returns the rule's own words with the values in them.
static od_slice write_message(const checker *k, od_slice message) {
    od_buf text = {0};
    od_slot slot = {0};
    od_slice name;
    size_t at = 0;
    while (od_rule_slot(k->profile, message, at, &slot, &name)) {
        od_buf_add(&text, od_slice_cut(message, at, slot.span.start));
        od_buf_add(&text, slot.field == SIZE_MAX ? text_of_today(k)
                                                 : text_of(k, slot.field, slot.part));
        at = slot.span.end;
    }
    od_buf_add(&text, od_slice_from(message, at));
    return take_text(k, &text);
}

// Returns the formula with its fields by their labels, and their values behind them.
static od_slice write_formula(const checker *k, const od_formula *formula) {
    od_buf text = {0};
    size_t at = 0;
    for (size_t i = 0; i < formula->mention_count; i++) {
        const od_mention *const m = &formula->mentions[i];
        const size_t field = m->called ? SIZE_MAX : od_profile_field(k->profile, m->name);
        if (m->called || (field == SIZE_MAX && !k->view.today.year)) continue;
        const od_slice value =
            field == SIZE_MAX ? text_of_today(k) : text_of(k, field, part_of(m));
        od_buf_add(&text, od_slice_cut(formula->text, at, m->span.start));
        od_buf_add(&text, od_say(k->found, OD_SAY("{1} ({2})", "{1}（{2}）"),
                                 field == SIZE_MAX ? m->name : label_of(k, field), value));
        at = m->span.end;
    }
    od_buf_add(&text, od_slice_from(formula->text, at));
    return take_text(k, &text);
}

static od_slice message_of(const checker *k, const od_profile_rule *rule) {
    const bool chinese = k->found->language == OD_CHINESE;
    const od_slice first = chinese ? rule->zh : rule->en, second = chinese ? rule->en : rule->zh;
    if (first.size || second.size) return write_message(k, first.size ? first : second);
    return od_say(k->found, OD_SAY("this does not hold: {1}", "不成立：{1}"),
                  write_formula(k, &rule->expr));
}

// ---- places ------------------------------------------------------------------------------------

// Where a field is told of.
typedef enum rank { IN_BODY, IN_FRONT_MATTER, IN_BLANK, RANK_COUNT } rank;

static rank rank_of(const od_hold *hold) {
    if (hold->kind == OD_HOLDS_BLANK) return IN_BLANK;
    return hold->place ? IN_BODY : IN_FRONT_MATTER;
}

// Returns the first hold of a field of that rank, if the formula speaks of a part of it one of that
// part; NULL when there is none.
static const od_hold *find_hold(const checker *k, size_t field, od_part part, rank wanted) {
    const od_field_value *const value = &k->values->fields[field];
    const od_hold *first = NULL;
    for (size_t i = 0; i < value->hold_count; i++) {
        const od_hold *const hold = &value->holds[i];
        if (rank_of(hold) != wanted) continue;
        if (part == OD_WHOLE || hold->part == part || hold->part == OD_WHOLE) return hold;
        if (!first) first = hold;
    }
    return first;
}

// Returns the place of a hold; of a date that is parted, up to its last part in the phrase.
static od_span span_of(const checker *k, const od_hold *hold, od_part part) {
    const od_field_value *const value = &k->values->fields[hold->field];
    const od_hold *last = hold;
    while (part == OD_WHOLE && last->place && last + 1 < value->holds + value->hold_count &&
           last[1].place && last[1].place->binding == last->place->binding &&
           last[1].place->leaf == last->place->leaf && last[1].place->slot == last->place->slot + 1)
        last++;
    return (od_span){hold->span.start, last->span.end};
}

// Puts the finding at the first field of the formula that is in the text. Returns that field.
static size_t place_at_field(const checker *k, const od_formula *formula, od_diagnostic *d) {
    for (rank r = IN_BODY; r < RANK_COUNT; r++) {
        for (size_t i = 0; i < formula->mention_count; i++) {
            const od_mention *const m = &formula->mentions[i];
            const size_t field = m->called ? SIZE_MAX : od_profile_field(k->profile, m->name);
            const od_hold *const hold =
                field == SIZE_MAX ? NULL : find_hold(k, field, part_of(m), r);
            if (!hold) continue;
            d->has_position = true;
            d->span = span_of(k, hold, part_of(m));
            return field;
        }
    }
    return SIZE_MAX;
}

// Puts a finding that has no field at the first section that the formula names.
static void place_at_section(const checker *k, const od_formula *formula, od_diagnostic *d) {
    const od_reading *const reading = k->context->reading;
    for (size_t i = 0; i < formula->mention_count; i++) {
        const od_mention *const m = &formula->mentions[i];
        const od_section_rule *rule = NULL;
        if (!m->called || !m->texts[0].size ||
            !od_function_takes_section(od_function_find(m->name)) ||
            !od_view_find_section(k->profile, m->texts[0], &rule) || !rule)
            continue;
        const od_rule_match *const match = od_align_find(&reading->alignment, rule);
        if (!match || !match->section) continue;
        d->has_position = true;
        d->span = match->section->heading;
        return;
    }
}

static void relate(const checker *k, od_diagnostic *d, size_t field, od_part part) {
    const od_hold *hold = find_hold(k, field, part, IN_BODY);
    if (!hold) hold = find_hold(k, field, part, IN_FRONT_MATTER);
    const od_value *const given =
        k->context->plan->given ? k->context->plan->given[field] : NULL;
    const od_slice message = od_say(k->found, OD_SAY("{1} is {2}", "{1}是{2}"), label_of(k, field),
                                    text_of(k, field, OD_WHOLE));
    if (hold)
        od_diagnostic_relate(k->found, d, k->source, span_of(k, hold, part), message);
    else if (k->values->fields[field].origin == OD_ORIGIN_DATA && given && given->source)
        od_diagnostic_relate(k->found, d, given->source, given->span, message);
}

static bool is_mentioned_before(const od_formula *formula, size_t mention) {
    for (size_t i = 0; i < mention; i++)
        if (!formula->mentions[i].called &&
            od_slice_equal(formula->mentions[i].name, formula->mentions[mention].name))
            return true;
    return false;
}

static void relate_others(const checker *k, const od_formula *formula, size_t standing,
                          od_diagnostic *d) {
    for (size_t i = 0; i < formula->mention_count; i++) {
        const od_mention *const m = &formula->mentions[i];
        const size_t field = m->called ? SIZE_MAX : od_profile_field(k->profile, m->name);
        if (field != SIZE_MAX && field != standing && !is_mentioned_before(formula, i))
            relate(k, d, field, part_of(m));
    }
}

// ---- blame -------------------------------------------------------------------------------------

// Whether a formula speaks of all that a default is worked out from.
typedef struct coverage {
    const checker *checker;
    const od_formula *formula;
    bool whole;
} coverage;

static bool find_covered(void *context, od_slice name, od_datum *datum) {
    coverage *const c = context;
    bool mentioned = false;
    for (size_t i = 0; i < c->formula->mention_count && !mentioned; i++)
        mentioned = od_slice_equal(c->formula->mentions[i].name, name);
    c->whole = c->whole && mentioned;
    return od_values_find((void *)c->checker->values, name, datum);
}

// A computed field that is not the sum of its parts is told of once, by the rule that says it.
static void blame(const checker *k, const od_formula *formula) {
    const od_evaluator *const e = k->context->evaluator;
    for (size_t i = 0; i < formula->mention_count; i++) {
        const od_mention *const m = &formula->mentions[i];
        const size_t field = m->called ? SIZE_MAX : od_profile_field(k->profile, m->name);
        if (field == SIZE_MAX) continue;
        const od_slice text = k->profile->fields[field].default_value;
        coverage c = {k, formula, true};
        od_slice result;
        if (text.size < 2 || text.data[0] != '=') continue;
        e->evaluate(e->context, k->arena, od_slice_from(text, 1), find_covered, &c, &result);
        k->blamed[field] |= c.whole;
    }
}

// ---- one rule ----------------------------------------------------------------------------------

static void report(const checker *k, const od_profile_rule *rule) {
    od_diagnostic *const d = od_array_push(k->arena, &k->found->found);
    *d = (od_diagnostic){.source = k->source,
                         .rule = rule->id.data,
                         .severity = rule->level,
                         .message = message_of(k, rule)};
    size_t field = place_at_field(k, &rule->expr, d);
    if (!d->has_position) place_at_section(k, &rule->expr, d);
    if (!d->has_position) field = place_at_field(k, &rule->when, d);
    if (!d->has_position) place_at_section(k, &rule->when, d);
    relate_others(k, &rule->expr, field, d);
    blame(k, &rule->expr);
}

// Adds the fields that a formula speaks of and that have no value, and `name`, which it ended at.
static void list_missing(const checker *k, const od_formula *formula, od_slice name,
                         od_unchecked *unchecked) {
    od_slice *const labels = od_arena_array(k->arena, od_slice, formula->mention_count + 1);
    od_slice *const fields = od_arena_array(k->arena, od_slice, formula->mention_count + 1);
    bool listed = false;
    size_t count = 0;
    for (size_t i = 0; i < formula->mention_count; i++) {
        const od_mention *const m = &formula->mentions[i];
        const size_t field = m->called ? SIZE_MAX : od_profile_field(k->profile, m->name);
        od_datum datum;
        if (field == SIZE_MAX || m->asked || is_mentioned_before(formula, i) ||
            find_value((void *)&k->view, m->name, &datum))
            continue;
        listed |= od_slice_equal(m->name, name);
        fields[count] = m->name;
        labels[count++] = label_of(k, field);
    }
    if (!listed) fields[count] = labels[count] = name, count++;
    unchecked->missing = labels;
    unchecked->missing_fields = fields;
    unchecked->missing_count = count;
}

typedef enum verdict { HOLDS, FAILS, UNCHECKED, BROKEN } verdict;

static verdict judge(checker *k, const od_profile_rule *rule, const od_formula *formula,
                     od_unchecked *unchecked) {
    const od_scene scene = {&k->view, find_value, od_functions()};
    const od_evaluator *const e = k->context->evaluator;
    od_worth worth;
    const od_evaluation done = e->run(e->context, k->arena, formula, &scene, &worth);
    if (done == OD_EVALUATED && worth.kind == OD_WORTH_TRUTH) return worth.truth ? HOLDS : FAILS;
    if (done == OD_NAME_MISSING) {
        list_missing(k, formula, worth.text, unchecked);
        return UNCHECKED;
    }
    if (done == OD_EVALUATED) od_rule_fail_worth(k->failures, rule, formula, &worth);
    else od_rule_fail(k->failures, rule, formula, (od_span){0, formula->text.size}, worth.text);
    return BROKEN;
}

static bool check_rule(checker *k, const od_profile_rule *rule) {
    od_unchecked unchecked = {.source = k->source, .rule = rule->id};
    verdict v = rule->when.text.size ? judge(k, rule, &rule->when, &unchecked) : HOLDS;
    if (v == FAILS) return true; // it does not apply
    if (v == HOLDS) v = judge(k, rule, &rule->expr, &unchecked);
    if (v == FAILS) report(k, rule);
    if (v == UNCHECKED) *od_array_push(k->arena, &k->context->unchecked) = unchecked;
    return v != BROKEN;
}

od_status od_check_rules(od_check_context *context, od_diagnostics *failures) {
    const od_reading *const reading = context->reading;
    const od_profile *const profile = reading->profile;
    bool right = true;
    if (!profile || !profile->rule_count) return OD_OK;
    const od_day today = context->today;
    checker k = {.context = context,
                 .profile = profile,
                 .values = &context->plan->values,
                 .source = &reading->document->source,
                 .arena = context->found->arena,
                 .found = context->found,
                 .failures = failures,
                 .view = {.profile = profile,
                          .values = &context->plan->values,
                          .today = {today.year, today.month, today.day},
                          .io = context->io,
                          .language = context->found->language}};
    k.blamed = od_arena_array(k.arena, bool, profile->field_count);
    for (size_t i = 0; i < profile->rule_count; i++)
        right = check_rule(&k, &profile->rules[i]) && right;
    od_arena_free(&k.view.scratch);
    context->blamed = k.blamed;
    return right ? OD_OK : OD_INVALID;
}
