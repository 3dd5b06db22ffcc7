// word-stale: words that belong to other years than the draft's.
#include "base/automaton.h"
#include "engine/check.h"

#include <limits.h>

typedef struct checker {
    od_check_context *context;
    const od_leaf *leaf;
    size_t *words; // by number in the automaton: the word of the profile
    int year;      // of the draft; 0: not known
} checker;

static int year_of(const od_field_value *value, od_field_type type) {
    if (value->standing != OD_STANDING_ONE || value->datum.type != type) return 0;
    return type == OD_TYPE_DATE ? value->datum.date.year : (int)value->datum.number.digits;
}

static int first_year(const od_check_context *c, od_field_type type) {
    const od_field_value *const fields = c->plan->values.fields;
    int year = 0;
    for (size_t i = 0; fields && i < c->reading->profile->field_count && !year; i++)
        year = year_of(&fields[i], type);
    return year;
}

static int front_matter_year(const od_check_context *c) {
    const od_value *const date = od_value_at(&c->reading->document->front_matter.values, "date");
    const od_datum_type type = {.type = OD_TYPE_DATE};
    od_datum datum;
    od_slice why;
    if (!date || date->kind != OD_SCALAR ||
        !od_datum_read(c->found->arena, c->found->language, &type, date->text, &datum, &why))
        return 0;
    return datum.date.year;
}

// Returns the year that a draft is of: what a field for a year says, else its date, else today.
static int draft_year(const od_check_context *c) {
    int year = first_year(c, OD_TYPE_YEAR);
    if (!year) year = front_matter_year(c);
    if (!year) year = first_year(c, OD_TYPE_DATE);
    return year ? year : c->today.year;
}

static od_slice say_years(const checker *k, const od_stale_word *word) {
    od_diagnostics *const found = k->context->found;
    const od_slice from = od_arena_number(found->arena, (size_t)word->from);
    const od_slice to = od_arena_number(found->arena, (size_t)word->to);
    if (word->from == word->to) return od_say(found, OD_SAY("{1}", "{1}年"), from);
    if (word->to == INT_MAX) return od_say(found, OD_SAY("{1} and later", "{1}年及以后"), from);
    if (!word->from) return od_say(found, OD_SAY("{1} and earlier", "{1}年及以前"), to);
    return od_say(found, OD_SAY("{1} to {2}", "{1}～{2}年"), from, to);
}

static void tell(const checker *k, const od_stale_word *word, od_span span) {
    od_diagnostics *const found = k->context->found;
    const bool has_years = word->to != 0;
    const od_slice message =
        has_years
            ? od_say(found,
                     OD_SAY("“{1}” belongs to {2}, and this draft is of {3}: left over from "
                            "another year?",
                            "“{1}”是{2}的用语，本文是{3}年的，是不是往年留下的？"),
                     word->text, say_years(k, word),
                     od_arena_number(found->arena, (size_t)k->year))
            : od_say(found, OD_SAY("“{1}”: does this still hold this year?",
                                   "“{1}”：今年还适用吗？请核对"),
                     word->text);
    od_diagnostic *const d = od_diagnose(found, OD_RULE_WORD_STALE,
                                         &k->context->reading->document->source, span, message);
    if (!has_years) d->severity = OD_INFO;
    od_diagnostic_relate(found, d, word->source, word->span,
                         od_say(found, OD_SAY("the profile says so", "文种文件里的规定")));
}

static bool is_of(const od_stale_word *word, int year) {
    return word->to && (!year || (year >= word->from && year <= word->to));
}

static void on_hit(void *context, size_t number, size_t end) {
    const checker *const k = context;
    const od_stale_word *const word = &k->context->reading->profile->stale[k->words[number]];
    tell(k, word, od_match_span(k->leaf, end - word->folded.size, end));
}

void od_check_stale(od_check_context *context) {
    const od_profile *const profile = context->reading->profile;
    od_arena *const arena = context->found->arena;
    if (!profile->stale_count) return;
    checker k = {.context = context, .year = draft_year(context)};
    od_automaton *const automaton = od_automaton_new(arena);
    k.words = od_arena_array(arena, size_t, profile->stale_count);
    size_t count = 0;
    for (size_t i = 0; i < profile->stale_count; i++) {
        if (is_of(&profile->stale[i], k.year)) continue;
        k.words[od_automaton_add(automaton, profile->stale[i].folded)] = i;
        count++;
    }
    if (!count) return;
    od_automaton_build(automaton);
    for (size_t i = 0; i < context->reading->leaves.count; i++) {
        k.leaf = &context->reading->leaves.items[i];
        od_automaton_run(automaton, k.leaf->folded.text, on_hit, &k);
    }
}
