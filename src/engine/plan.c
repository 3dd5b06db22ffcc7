#include "engine/plan.h"

#include "engine/defaults.h"
#include "engine/request.h"
#include "engine/suggest.h"

// How a request of a table has fared in the rows so far.
typedef struct fate_so_far {
    size_t told;   // the plan that told of it among the findings about all rows, from 1; 0 for none
    bool hopeless; // its key is wrong, whatever its value
} fate_so_far;

// What phrase keys say of one field, whose places they fit.
typedef struct said {
    const od_value *values[OD_PART_DAY + 1]; // by part; NULL for none
    bool divided; // they do not agree: the field has no value by them
    bool taken;   // the data gives the field this value
} said;

// A phrase key that fits filled text, where something else stands than it says.
typedef struct differing {
    const od_request *request;
    const od_match *match;
} differing;

struct od_planner {
    const od_reading *draft;   // what all plans share lives in its arena
    const od_reading *reading; // the same draft; its arena is that of the plan being made
    const od_places *places;
    const od_evaluator *evaluator;
    od_diagnostics *found;
    od_plan *plan;
    const od_value **given; // behind plan->given
    said *said;             // by field; NULL while no phrase key says anything of a field
    OD_ARRAY(differing) differing;
    od_plan_table *table; // NULL: there is but one plan
    size_t plan_number;   // from 1
    od_diagnostics again; // takes what was told in an earlier plan; nobody reads it
    // how keys fit the draft; with a table, in the arena `keys_arena` and for rows with these keys
    const od_blank_index *index;
    od_reading keys_reading; // the draft, in that arena
    od_arena keys_arena;
    od_request_list requests;
    od_request_steps steps;
    fate_so_far *fates;      // by request; NULL without a table
    od_match_list matches;   // of the phrase requests, in blanks
    size_t *first_match;     // by request, into by_request; one more at the end
    const od_match **by_request;
    // how blanks are read, each found out when it is first filled; NULL without a table
    od_datum_type *types;
    bool *has_type;
    // made when a message needs them
    od_reading all;          // every leaf, for keys that fit no blank
    const od_key *keys;
    const od_value *refused; // value that was last found to be wrong
    size_t budget;           // of work for messages about keys that fit nowhere
    od_reading view;         // what `reading` is, with a table
};

typedef od_planner planner;

// ---- findings about the data -------------------------------------------------------------------

// Returns how `request` has fared in the rows so far; NULL without a table, and for a default.
static fate_so_far *fate_of(const planner *p, const od_request *request) {
    return p->fates && !request->computed ? &p->fates[request - p->requests.items] : NULL;
}

static bool stands_in_row(const planner *p, const od_request *request) {
    return p->table && request->entry->value.source == p->table->source;
}

static bool has_column(const planner *p, const od_request *request) {
    return stands_in_row(p, request) && p->table->has_header;
}

// Whether the caller needs the key of `request` for itself, so that the draft need not have it.
static bool is_used(const planner *p, const od_request *request) {
    for (size_t i = 0; p->table && i < p->table->used_count; i++)
        if (od_slice_equal(p->table->used[i], request->key)) return true;
    return false;
}

// Adds a finding about all rows, once.
static od_diagnostic *complain_whole(planner *p, od_rule_id rule, const od_request *request,
                                     od_span span, od_slice message) {
    fate_so_far *const fate = fate_of(p, request);
    const bool again = fate->told && fate->told != p->plan_number;
    if (!again) fate->told = p->plan_number;
    return od_diagnose(again ? &p->again : p->table->whole, rule, request->entry->value.source, span,
                       message);
}

static bool is_error(od_rule_id rule) {
    size_t count;
    return od_rules(&count)[rule].severity == OD_ERROR && rule != OD_RULE_VALUE_DIFFERS;
}

static od_diagnostic *complain(planner *p, od_rule_id rule, const od_request *request,
                               od_span span, od_slice message) {
    if (is_error(rule)) p->plan->refused = true;
    const od_source *const source = request->entry->value.source;
    if (!p->table || stands_in_row(p, request))
        return od_diagnose(p->found, rule, source, span, message);
    // What a default comes to depends on the row.
    if (request->computed) return od_diagnose(p->found, rule, source, span, message);
    p->table->refused = p->table->refused || is_error(rule);
    return complain_whole(p, rule, request, span, message);
}

// A finding about the key of `request` at `span`, whatever its values are.
static od_diagnostic *complain_shape(planner *p, od_rule_id rule, const od_request *request,
                                     od_span span, od_slice message) {
    if (p->table) fate_of(p, request)->hopeless = is_error(rule);
    if (!has_column(p, request)) return complain(p, rule, request, span, message);
    p->plan->refused = p->plan->refused || is_error(rule);
    p->table->refused = p->table->refused || is_error(rule);
    return complain_whole(p, rule, request, request->entry->key_span, message);
}

static od_diagnostic *complain_key(planner *p, od_rule_id rule, const od_request *request,
                                   od_slice message) {
    return complain_shape(p, rule, request, request->entry->key_span, message);
}

static od_slice line_of(planner *p, od_span span) {
    const size_t line = od_source_line_at(&p->reading->document->source, span.start);
    return od_arena_number(p->found->arena, line + 1);
}

static void relate(planner *p, od_diagnostic *diagnostic, od_span span, od_text text) {
    od_diagnostic_relate(p->found, diagnostic, &p->reading->document->source, span,
                         od_say(p->found, text));
}

// ---- what phrase keys say of fields ------------------------------------------------------------

// Notes that a phrase key puts `value` at `place`: then it is a value of that field.
static void note_said(planner *p, const od_place *place, const od_value *value) {
    if (!place || value->kind != OD_SCALAR || od_slice_is(value->text, "=keep")) return;
    if (!p->said)
        p->said = od_arena_array(p->reading->arena, said, p->reading->profile->field_count);
    said *const s = &p->said[place->field];
    const od_value **const slot = &s->values[place->part];
    if (*slot && !od_slice_equal((*slot)->text, value->text)) s->divided = true;
    else *slot = value;
}

// Returns the place of a field that the folded bytes [start, end) of a leaf overlap, or NULL. Leaves are
// numbered alike in all readings that have every one.
static const od_place *place_at(const planner *p, size_t leaf, size_t start, size_t end) {
    const od_place *const places = p->places->items.items;
    size_t low = 0, high = p->reading->complete ? p->places->items.count : 0;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const od_place *const at = &places[middle];
        if (at->leaf < leaf || (at->leaf == leaf && at->end <= start)) low = middle + 1;
        else high = middle;
    }
    if (!p->reading->complete || low == p->places->items.count) return NULL;
    return places[low].leaf == leaf && places[low].start < end ? &places[low] : NULL;
}

static const od_place *place_of_slot(const planner *p, const od_match *match, size_t slot) {
    return place_at(p, match->leaf, match->slots[slot].start, match->slots[slot].end);
}

// Notes what a phrase key says that stands in filled text.
static void note_match(planner *p, const od_request *request, const od_match *match) {
    const size_t slots = request->phrase.slot_count;
    for (size_t i = 0; i < slots && i < request->value_count; i++)
        note_said(p, place_of_slot(p, match, i), &request->values[i]);
}

static void take_said(planner *p, size_t field, const od_value *value) {
    p->given[field] = value;
    p->said[field].taken = true;
}

// Takes what phrase keys say of whole fields, where no key of the field itself does.
static void take_wholes(planner *p) {
    for (size_t i = 0; p->said && i < p->reading->profile->field_count; i++)
        if (p->said[i].values[OD_WHOLE] && !p->said[i].divided && !p->given[i])
            take_said(p, i, p->said[i].values[OD_WHOLE]);
}

// Puts together the date that phrase keys give in parts; a part that none of them gives is as the draft
// has it. False when a part is known to neither.
static bool join_said(const planner *p, size_t field, const said *s, od_date *date) {
    static const od_field_type TYPES[] = {[OD_PART_YEAR] = OD_TYPE_YEAR,
                                          [OD_PART_MONTH] = OD_TYPE_MONTH,
                                          [OD_PART_DAY] = OD_TYPE_DAY};
    const od_field_value *const value = &p->plan->values.fields[field];
    const bool known = value->standing == OD_STANDING_ONE;
    *date = known ? value->datum.date : (od_date){0};
    int *const parts[] = {[OD_PART_YEAR] = &date->year, [OD_PART_MONTH] = &date->month,
                          [OD_PART_DAY] = &date->day};
    for (od_part part = OD_PART_YEAR; part <= OD_PART_DAY; part++) {
        const od_datum_type type = {.type = TYPES[part]};
        od_datum datum;
        od_slice why;
        if (!s->values[part]) {
            if (!known) return false;
            continue;
        }
        if (!od_datum_read(p->reading->arena, p->found->language, &type, s->values[part]->text,
                           &datum, &why))
            return false;
        *parts[part] = (int)datum.number.digits;
    }
    return od_date_exists(*date);
}

static const od_value *first_part(const said *s) {
    for (od_part part = OD_PART_YEAR; part <= OD_PART_DAY; part++)
        if (s->values[part]) return s->values[part];
    return NULL;
}

// Takes the dates that phrase keys give in parts.
static void take_parts(planner *p) {
    for (size_t i = 0; p->said && i < p->reading->profile->field_count; i++) {
        const said *const s = &p->said[i];
        const od_value *const first = first_part(s);
        od_date date;
        if (!first || s->divided || p->given[i] || !join_said(p, i, s, &date)) continue;
        od_value *const joined = od_arena_new(p->reading->arena, od_value);
        *joined = *first;
        joined->text = od_date_write(p->reading->arena, date, OD_SLICE("YYYY-MM-DD"));
        take_said(p, i, joined);
    }
}

// ---- one blank ---------------------------------------------------------------------------------

od_datum_type od_blank_type(const od_reading *reading, const od_places *places, size_t blank) {
    const od_place *const place = places->by_blank[blank];
    if (place) return od_place_type(reading->profile, place);
    const od_leaf *const leaf = od_reading_leaf(reading, blank);
    const od_blank *const b = &reading->blanks.items[blank];
    od_datum_type type = {0};
    type.type = od_datum_guess(od_slice_cut(leaf->visible.text, 0, b->start),
                               od_slice_from(leaf->visible.text, b->end), &type.unit);
    return type;
}

// As od_blank_type, which looks for measure words: once for all rows of a table.
static od_datum_type type_of(planner *p, size_t blank) {
    if (!p->types) return od_blank_type(p->reading, p->places, blank);
    if (!p->has_type[blank]) p->types[blank] = od_blank_type(p->reading, p->places, blank);
    p->has_type[blank] = true;
    return p->types[blank];
}

static bool same_text(const od_assignment *a, const od_assignment *b) {
    return a->fate == b->fate && od_slice_equal(a->text, b->text);
}

static void report_conflict(planner *p, const od_request *request, size_t blank) {
    const od_assignment *const before = &p->plan->blanks[blank];
    // In a table the keys may agree in another row.
    od_diagnostic *const d = complain(
        p, OD_RULE_DATA_CONFLICT, request,
        p->table ? request->entry->value.span : request->entry->key_span,
        od_say(p->found,
               OD_SAY("“{1}” and “{2}” give different values for the same blank; keep one of them",
                      "“{1}”和“{2}”给同一处空白两个不同的值，请只留一个"),
               request->key, before->entry->key));
    od_diagnostic_relate(p->found, d, before->entry->value.source,
                         p->table ? before->entry->value.span : before->entry->key_span,
                         od_say(p->found, OD_SAY("the other value", "另一个值")));
    relate(p, d, p->reading->blanks.items[blank].span, OD_SAY("the blank", "空白在这里"));
}

// Gives a blank its assignment, unless a longer phrase has given it one (S8). What another key leaves
// open is no value, so any value goes before it.
static void settle(planner *p, const od_request *request, size_t blank, od_assignment wanted) {
    od_assignment *const now = &p->plan->blanks[blank];
    const bool is_first = now->fate == OD_FATE_NONE;
    if (is_first || same_text(now, &wanted) || now->fate == OD_FATE_LEAVE) {
        if (is_first || wanted.fate != OD_FATE_LEAVE || wanted.weight > now->weight) *now = wanted;
        return;
    }
    if (wanted.fate == OD_FATE_LEAVE) return;
    if (now->by_field != wanted.by_field || now->weight == wanted.weight)
        report_conflict(p, request, blank);
    else if (wanted.weight > now->weight)
        *now = wanted;
}

// An ordinal (第十九届) keeps the numerals it was given.
static bool is_ordinal(const od_leaf *leaf, const od_blank *blank) {
    return od_slice_ends(od_slice_cut(leaf->visible.text, 0, blank->start), OD_SLICE("第"));
}

static bool looks_blank(const planner *p, od_slice text) {
    if (!od_blank_possible(text)) return false;
    const od_blank_options options = {
        .styles = (1u << OD_BLANK_RUN) | (1u << OD_BLANK_LINE) | (1u << OD_BLANK_NAMED) |
                  (1u << OD_BLANK_HINT) | (1u << OD_BLANK_WORD)};
    od_phrase phrase;
    od_phrase_read_key(p->reading->arena, text, &options, &phrase);
    return phrase.slot_count > 0;
}

// Whether `text` starts with `word`, for a reader: spaces and widths aside.
static bool stands_before(od_arena *arena, od_slice text, od_slice word) {
    enum { SPACES = 16 }; // bytes of them before and within the word that are looked past
    const size_t bound = word.size * 3 + SPACES; // a half-width sign may be written in three bytes
    if (text.size > bound) text.size = bound;
    return od_slice_starts(od_fold(arena, text), od_fold(arena, word));
}

// What makes a number a percentage in words, in front of it: then it has no sign after it.
static const od_slice PERCENT_IN_WORDS = {"百分之", sizeof "百分之" - 1};

static bool follows_percent_in_words(const od_leaf *leaf, const od_blank *blank) {
    return od_slice_ends(od_slice_cut(leaf->visible.text, 0, blank->start), PERCENT_IN_WORDS);
}

static bool is_percent_in_words(const od_leaf *leaf, const od_blank *blank, od_slice text) {
    return od_slice_starts(text, PERCENT_IN_WORDS) || follows_percent_in_words(leaf, blank);
}

// Adds the unit where the profile wants it printed and the text does not have it.
static od_slice add_unit(const planner *p, const od_leaf *leaf, const od_blank *blank,
                         const od_field_rule *field, od_slice text) {
    if (!field || !field->print_unit || !field->type.unit.size) return text;
    if (od_slice_ends(text, field->type.unit)) return text;
    if (od_slice_is(field->type.unit, "%") && is_percent_in_words(leaf, blank, text)) return text;
    if (stands_before(p->reading->arena, od_slice_from(leaf->visible.text, blank->end),
                      field->type.unit))
        return text;
    return od_arena_concat(p->reading->arena, text, field->type.unit);
}

// Whether the text around a blank says that its number is a percentage: XX%, 百分之XX, 占比（%）：XX.
static bool says_percent(const planner *p, const od_leaf *leaf, const od_blank *blank) {
    enum { NEAR = 24 }; // bytes before the blank in which a sign in brackets is about it
    static const char *const SIGNS[] = {"（%", "(%", "（％", "（百分"};
    const od_slice text = leaf->visible.text;
    const od_slice before =
        od_slice_cut(text, blank->start > NEAR ? blank->start - NEAR : 0, blank->start);
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (od_slice_find(before, od_slice_of(SIGNS[i]), 0) != SIZE_MAX) return true;
    return follows_percent_in_words(leaf, blank) ||
           stands_before(p->reading->arena, od_slice_from(text, blank->end), OD_SLICE("%"));
}

// Adds the sign with which the data wrote a percentage, where only that says what the number is.
static od_slice add_percent(const planner *p, const od_leaf *leaf, const od_blank *blank,
                            const od_datum_type *type, od_slice value, od_slice text) {
    value = od_slice_trim(value);
    const bool signs = od_slice_ends(value, OD_SLICE("%")) || od_slice_ends(value, OD_SLICE("％")) ||
                       od_slice_starts(value, PERCENT_IN_WORDS);
    if (type->type != OD_TYPE_PERCENT || !signs || says_percent(p, leaf, blank)) return text;
    if (od_slice_starts(type->format, OD_SLICE("cn")))
        return od_arena_concat(p->reading->arena, PERCENT_IN_WORDS, text);
    return od_slice_ends(text, OD_SLICE("%"))
               ? text
               : od_arena_concat(p->reading->arena, text, OD_SLICE("%"));
}

// The unit that the data wrote is nowhere in the text then.
static void note_no_unit(planner *p, const od_request *request, const od_value *value,
                         od_slice text, od_slice unit) {
    complain(p, OD_RULE_DATA_UNIT, request, value->span,
             od_say(p->found,
                    OD_SAY("the data says “{1}” and the text has no “{2}” behind the blank: only {3} is "
                           "filled in; `print_unit: always` in the profile writes the unit too",
                           "数据写了“{1}”，文中空白后面没有“{2}”，只填{3}；要连单位一起填，请在文种文件里"
                           "加 print_unit: always"),
                    value->text, unit, text));
}

static void note_unit(planner *p, const od_request *request, const od_value *value, od_slice text,
                      od_slice unit) {
    complain(p, OD_RULE_DATA_UNIT, request, value->span,
             od_say(p->found,
                    OD_SAY("the data says “{1}” and the text already has “{2}”: only {3} is filled in",
                           "数据写了“{1}”，文中已有“{2}”，只填{3}"),
                    value->text, unit, text));
}

// ---- empty cells -------------------------------------------------------------------------------

// Whether `value` is a cell in which nothing stands: nobody has said what is to be filled in.
static bool is_empty_cell(const planner *p, const od_value *value) {
    return p->table && p->table->has_header && value->source == p->table->source &&
           value->kind == OD_SCALAR && !od_slice_trim(value->text).size;
}

static void report_empty_cell(planner *p, const od_request *request, const od_value *value) {
    complain(p, OD_RULE_VALUE_TYPE, request, value->span,
             od_say(p->found,
                    OD_SAY("“{1}”: the cell is empty; write the value, or give --partial to leave "
                           "such blanks open",
                           "“{1}”：这一格是空的；请填上值，或用 --partial 允许留空"),
                    request->key));
}

// ---- values ------------------------------------------------------------------------------------

// Returns the rule that a value breaks which cannot be read as `type`.
static od_rule_id broken_rule(const planner *p, const od_datum_type *type, od_slice text) {
    return od_datum_is_of_type(p->reading->arena, type, text) ? OD_RULE_VALUE_RANGE
                                                              : OD_RULE_VALUE_TYPE;
}

// Reads `value` as what `blank` takes; false with a finding when it is not that.
static bool read_value(planner *p, const od_request *request, const od_value *value, size_t blank,
                       od_assignment *out) {
    const od_leaf *const leaf = od_reading_leaf(p->reading, blank);
    const od_blank *const b = &p->reading->blanks.items[blank];
    const od_place *const place = p->places->by_blank[blank];
    const od_field_rule *const field =
        place ? &p->reading->profile->fields[place->field] : NULL;
    const bool by_field = request->kind == OD_REQUEST_FIELD;
    const od_datum_type type =
        by_field ? field->type : type_of(p, blank);
    od_datum datum;
    od_slice why;
    if (value == p->refused) return false; // told of at the first of its places
    if (is_empty_cell(p, value) && !type.allow_empty) {
        out->fate = OD_FATE_LEAVE;
        if (p->table->partial) return true;
        p->refused = value;
        report_empty_cell(p, request, value);
        return false;
    }
    if (looks_blank(p, value->text)) {
        p->refused = value;
        complain(p, OD_RULE_VALUE_TYPE, request, value->span,
                 od_say(p->found,
                        OD_SAY("the value “{1}” is itself a blank; leave it out, or write `=keep` to "
                               "keep the text as it is",
                               "值“{1}”本身还是空白；请填实际内容，确实要保留原样请写 =keep"),
                        value->text));
        return false;
    }
    if (!od_datum_read(p->reading->arena, p->found->language, &type, value->text, &datum, &why)) {
        p->refused = value;
        od_diagnostic *const d =
            complain(p, broken_rule(p, &type, value->text), request, value->span,
                     od_say(p->found, OD_SAY("“{1}”: {2}", "“{1}”：{2}"), request->key, why));
        relate(p, d, b->span, OD_SAY("for this blank", "要填的空白在这里"));
        return false;
    }
    out->fate = OD_FATE_FILL;
    out->text = !field && is_ordinal(leaf, b) && !datum.unit_dropped
                    ? od_slice_trim(value->text)
                    : od_datum_write(p->reading->arena, &type, &datum,
                                     by_field ? place->part : OD_WHOLE);
    out->text = add_percent(p, leaf, b, &type, value->text, out->text);
    out->text = add_unit(p, leaf, b, field, out->text);
    if (!datum.unit_dropped) return true;
    if (stands_before(p->reading->arena, od_slice_from(leaf->visible.text, b->end), type.unit))
        note_unit(p, request, value, out->text, type.unit);
    else if (by_field && !field->print_unit)
        note_no_unit(p, request, value, out->text, type.unit);
    return true;
}

static void assign(planner *p, const od_request *request, const od_value *value, size_t blank,
                   size_t weight) {
    od_assignment wanted = {.entry = request->entry,
                            .weight = weight,
                            .by_field = request->kind == OD_REQUEST_FIELD,
                            .computed = request->computed};
    if (value->kind == OD_NULL) wanted.fate = OD_FATE_LEAVE;
    else if (od_slice_is(value->text, "=keep")) wanted.fate = OD_FATE_KEEP;
    else if (!read_value(p, request, value, blank, &wanted)) {
        p->plan->blanks[blank].refused = true;
        return;
    }
    if (request->kind == OD_REQUEST_PHRASE) note_said(p, p->places->by_blank[blank], value);
    settle(p, request, blank, wanted);
}

// ---- phrases in blanks -------------------------------------------------------------------------

// Whether the profile lets the field of this place stand in several (S6, `occurs: all`).
static bool occurs_all(const planner *p, const od_match *match) {
    const od_place *const place = p->places->by_blank[match->slots[0].blank];
    return place && p->reading->profile->fields[place->field].occurs_all;
}

static od_slice list_lines(planner *p, const od_match *const *matches, size_t count) {
    enum { SHOWN = 8 };
    od_arena *const arena = p->found->arena;
    od_slice text = {0};
    for (size_t i = 0; i < count && i < SHOWN; i++) {
        const od_leaf *const leaf = &p->reading->leaves.items[matches[i]->leaf];
        const od_slice line = line_of(p, od_match_span(leaf, matches[i]->start, matches[i]->end));
        const od_slice comma = p->found->language == OD_CHINESE ? OD_SLICE("、") : OD_SLICE(", ");
        text = i ? od_arena_concat(arena, text, comma, line) : line;
    }
    return count > SHOWN ? od_arena_concat(arena, text, OD_SLICE("…")) : text;
}

static void report_ambiguous(planner *p, const od_request *request, const od_match *const *matches,
                             size_t count) {
    if (!p->keys) p->keys = od_keys_make(p->draft);
    const od_key *const longer = &p->keys[matches[0]->slots[0].blank];
    od_text text =
        OD_SAY("“{1}” fits {2} places (lines {3}); name the column by more of the sentence, such as "
               "“{4}”, or give it once for each place",
               "“{1}”在文中有{2}处（第{3}行），不知道该填哪一处；列名请多写几个字，如“{4}”，"
               "或者每处各给一列");
    if (!has_column(p, request))
        text = OD_SAY("“{1}” fits {2} places (lines {3}); write more of the sentence, such as “{4}”, or "
                      "`{all: value}` for all of them",
                      "“{1}”在文中有{2}处（第{3}行），不知道该填哪一处；请多写几个字，如“{4}”，全部填同一个值请写 "
                      "{all: 值}");
    od_diagnostic *const d = complain_key(
        p, OD_RULE_DATA_AMBIGUOUS, request,
        od_say(p->found, text, request->key, od_arena_number(p->found->arena, count),
               list_lines(p, matches, count), longer->text));
    for (size_t i = 0; i < count; i++) {
        const od_leaf *const leaf = &p->reading->leaves.items[matches[i]->leaf];
        relate(p, d, od_match_span(leaf, matches[i]->start, matches[i]->end),
               OD_SAY("it fits here", "这里也符合"));
    }
}

static void report_shape(planner *p, const od_request *request, size_t places) {
    const size_t slots = request->phrase.slot_count;
    od_arena *const arena = p->found->arena;
    od_text text = OD_SAY("“{1}” has {2} blanks in {3} places and {4} values were given; write a list "
                          "with one value for each blank: [a, b]",
                          "“{1}”有{2}个空白，文中{3}处，却给了{4}个值；请按顺序写成列表，每个空白一个值，如 [甲, 乙]");
    if (has_column(p, request))
        text = OD_SAY("“{1}” has {2} blanks in {3} places, and the table {4} columns of that name; give "
                      "it one column for each blank, in the order of the text",
                      "“{1}”有{2}个空白，文中{3}处，表里这个名称的列有{4}个；请按顺序每个空白给一列，列名相同");
    complain_shape(p, OD_RULE_DATA_SHAPE, request, request->entry->value.span,
             od_say(p->found, text, request->key, od_arena_number(arena, slots),
                    od_arena_number(arena, places),
                    od_arena_number(arena, request->value_count)));
}

static void report_misshapen(planner *p, const od_request *request) {
    od_text text =
        OD_SAY("“{1}” needs a value, not keys below it", "“{1}”应直接给出值，下面不能再有键");
    if (has_column(p, request))
        text = OD_SAY("the table has several columns called “{1}”; keep one of them",
                      "表里有好几列都叫“{1}”，请只留一列");
    complain_shape(p, OD_RULE_DATA_SHAPE, request, request->entry->value.span,
                   od_say(p->found, text, request->key));
}

// Puts the values of `request` into the blanks of its matches, in order; `repeat`: the same ones in
// every match.
static void assign_matches(planner *p, const od_request *request, const od_match *const *matches,
                           size_t count, bool repeat) {
    const size_t slots = request->phrase.slot_count;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < slots; j++)
            assign(p, request, &request->values[repeat ? j : i * slots + j],
                   matches[i]->slots[j].blank, request->phrase.literal_chars);
}

static void plan_phrase(planner *p, const od_request *request, const od_match *const *matches,
                        size_t count) {
    const size_t slots = request->phrase.slot_count;
    const bool one_each = request->value_count == slots * count;
    if (one_each && (count == 1 || request->is_list))
        assign_matches(p, request, matches, count, false);
    else if (request->value_count == slots && (request->all || occurs_all(p, matches[0])))
        assign_matches(p, request, matches, count, true);
    else if (count > 1 && request->value_count == slots)
        report_ambiguous(p, request, matches, count);
    else
        report_shape(p, request, count);
}

// ---- phrases without a blank: filled before, or not there at all -------------------------------

static void read_all(planner *p) {
    if (!p->all.document)
        od_reading_make(p->draft->arena, p->reading->document, p->reading->profile, true, &p->all);
}

static od_datum_type guess_slot(const od_phrase *phrase, size_t slot) {
    od_datum_type type = {0};
    type.type = od_datum_guess(phrase->literals[slot], phrase->literals[slot + 1], &type.unit);
    return type;
}

// Returns the text that a filled blank would hold, folded; empty when the value says none.
static od_slice expected_text(planner *p, const od_phrase *phrase, size_t slot,
                              const od_value *value) {
    const od_datum_type type = guess_slot(phrase, slot);
    od_datum datum;
    od_slice why;
    if (value->kind != OD_SCALAR || od_slice_is(value->text, "=keep")) return (od_slice){0};
    od_slice text = value->text;
    if (od_datum_read(p->reading->arena, p->found->language, &type, text, &datum, &why) &&
        !od_slice_ends(phrase->literals[slot], OD_SLICE("第")))
        text = od_datum_write(p->reading->arena, &type, &datum, OD_WHOLE);
    return od_fold(p->reading->arena, text);
}

// One way a phrase that fits no blank may stand in the text.
typedef struct attempt {
    const od_request *request;
    size_t fits;          // how often it does
    const od_match *last; // one of these places
} attempt;

typedef struct attempts {
    OD_ARRAY(attempt) items;
    OD_ARRAY(od_wanted) wanted; // as many
} attempts;

static void try_all(planner *p, attempts *a) {
    od_match_list matches = {0};
    od_matcher_run(od_matcher_new(p->reading->arena, a->wanted.items, a->items.count),
                   p->reading->arena, &p->all, &matches);
    for (size_t i = 0; i < matches.count; i++) {
        if (matches.items[i].loose) continue; // no evidence that it is this phrase
        attempt *const tried = &a->items.items[matches.items[i].wanted];
        tried->fits++;
        tried->last = &matches.items[i];
    }
}

static void add_attempt(planner *p, attempts *a, const od_request *request, od_wanted wanted) {
    *od_array_push(p->reading->arena, &a->items) = (attempt){.request = request};
    *od_array_push(p->reading->arena, &a->wanted) = wanted;
}

// Adds an attempt for the first values of `request`: the phrase with these in place.
static bool expect_values(planner *p, attempts *a, const od_request *request) {
    const size_t slots = request->phrase.slot_count;
    if (request->value_count < slots) return false;
    od_slice *const expected = od_arena_array(p->reading->arena, od_slice, slots);
    for (size_t i = 0; i < slots; i++) {
        expected[i] = expected_text(p, &request->phrase, i, &request->values[i]);
        if (!expected[i].size) return false;
    }
    add_attempt(p, a, request, (od_wanted){&request->phrase, request->scope, expected, NULL});
    return true;
}

// Adds an attempt for any values: the phrase with something in its place.
static bool expect_any(planner *p, attempts *a, const od_request *request) {
    const size_t slots = request->phrase.slot_count;
    if (!request->phrase.literal_chars) return false;
    od_field_type *const types = od_arena_array(p->reading->arena, od_field_type, slots);
    for (size_t i = 0; i < slots; i++) types[i] = guess_slot(&request->phrase, i).type;
    add_attempt(p, a, request, (od_wanted){&request->phrase, request->scope, NULL, types});
    return true;
}

// What the data gives for a field is held against the draft with all other places of the field.
static bool is_taken(const planner *p, const od_match *match, size_t slot) {
    const od_place *const place = p->said ? place_of_slot(p, match, slot) : NULL;
    return place && p->said[place->field].taken;
}

static void report_differs(planner *p, const od_request *request, const od_match *match) {
    const od_leaf *const leaf = &p->all.leaves.items[match->leaf];
    for (size_t i = 0; i < request->phrase.slot_count && i < request->value_count; i++) {
        const od_slot_match *const slot = &match->slots[i];
        if (slot->blank != SIZE_MAX || request->values[i].kind != OD_SCALAR) continue;
        if (is_taken(p, match, i)) continue;
        const od_slice text = od_match_text(leaf, slot->start, slot->end);
        const od_slice expected = expected_text(p, &request->phrase, i, &request->values[i]);
        if (od_slice_equal(od_fold(p->reading->arena, text), expected)) continue;
        od_diagnostic *const d = od_diagnose(
            p->found, OD_RULE_VALUE_DIFFERS, &p->reading->document->source,
            od_match_span(leaf, slot->start, slot->end),
            od_say(p->found,
                   OD_SAY("the text says “{1}”, the data says “{2}” (“{3}”); the text was not changed",
                          "文中是“{1}”，数据是“{2}”（“{3}”）；正文没有改动"),
                   text, request->values[i].text, request->key));
        od_diagnostic_relate(p->found, d, request->entry->value.source, request->values[i].span,
                             od_say(p->found, OD_SAY("the data", "数据在这里")));
    }
}

static void report_unmatched(planner *p, const od_request *request) {
    od_near near;
    if (is_used(p, request)) return;
    if (!od_suggest_phrase(p->reading, &request->phrase, &p->budget, &near)) {
        complain_key(p, OD_RULE_DATA_UNMATCHED, request,
                     od_say(p->found,
                            OD_SAY("“{1}” is not in the draft{2}", "数据里的“{1}”在文中{2}找不到"),
                            request->key,
                            request->scope ? od_arena_concat(p->found->arena, OD_SLICE(" ("),
                                                             request->scope->path, OD_SLICE(")"))
                                           : (od_slice){0}));
        return;
    }
    const od_slice scope = request->scope ? request->scope->path : (od_slice){0};
    od_text text = OD_SAY("“{1}” is not in the draft; did you mean “{2}” (line {3})?",
                          "数据里的“{1}”在文中找不到；是不是“{2}”（第{3}行）？");
    if (near.is_same && scope.size)
        text = OD_SAY("“{1}” is not in the section “{4}”; it stands in line {3}",
                      "“{4}”部分里没有“{1}”；它在第{3}行");
    od_diagnostic *const d =
        complain_key(p, OD_RULE_DATA_UNMATCHED, request,
                     od_say(p->found, text, request->key, near.text, line_of(p, near.span), scope));
    relate(p, d, near.span, OD_SAY("the nearest phrase", "最接近的是这里"));
}

// Looks for the phrases of `missing` filled: with their own values (then all is well), else with
// others (then that is told), else says that they are not there.
static void plan_missing(planner *p, const od_request *const *missing, size_t count) {
    if (!count) return;
    read_all(p);
    attempts filled = {0}, other = {0};
    for (size_t i = 0; i < count; i++)
        if (!expect_values(p, &filled, missing[i]) && !expect_any(p, &other, missing[i]))
            report_unmatched(p, missing[i]);
    try_all(p, &filled);
    for (size_t i = 0; i < filled.items.count; i++) {
        const attempt *const tried = &filled.items.items[i];
        if (tried->fits) note_match(p, tried->request, tried->last);
        else if (!expect_any(p, &other, tried->request))
            report_unmatched(p, tried->request);
    }
    try_all(p, &other);
    for (size_t i = 0; i < other.items.count; i++) {
        const attempt *const tried = &other.items.items[i];
        const bool says_nothing = tried->request->values[0].kind == OD_NULL;
        if (tried->fits != 1 && !(tried->fits && says_nothing)) {
            report_unmatched(p, tried->request);
            continue;
        }
        note_match(p, tried->request, tried->last);
        *od_array_push(p->reading->arena, &p->differing) =
            (differing){tried->request, tried->last};
    }
}

static void report_differing(planner *p) {
    for (size_t i = 0; i < p->differing.count; i++)
        report_differs(p, p->differing.items[i].request, p->differing.items[i].match);
}

// ---- fields and names --------------------------------------------------------------------------

static void plan_place(planner *p, const od_request *request, const od_place *place) {
    const size_t weight = place->binding ? place->binding->phrase.literal_chars : SIZE_MAX;
    if (p->places->by_blank[place->blank] == place)
        assign(p, request, &request->values[0], place->blank, weight);
}

// A value that no blank takes is read all the same: rules count with it.
static void plan_unplaced(planner *p, const od_request *request) {
    const od_value *const value = &request->values[0];
    const od_datum_type *const type = &p->reading->profile->fields[request->field].type;
    od_datum datum;
    od_slice why;
    if (value->kind != OD_SCALAR || od_slice_is(value->text, "=keep") ||
        od_datum_read(p->reading->arena, p->found->language, type, value->text, &datum, &why))
        return;
    complain(p, broken_rule(p, type, value->text), request, value->span,
             od_say(p->found, OD_SAY("“{1}”: {2}", "“{1}”：{2}"), request->key, why));
}

static bool is_in_front_matter(const planner *p, od_slice key) {
    return od_value_get(&p->reading->document->front_matter.values, key) != NULL;
}

// Two keys may name one field: its id and its label, or the one key within two sections.
// Where blanks take their values, that is told at the blanks.
static void report_other(planner *p, const od_request *request, const od_value *other) {
    const od_value *const value = &request->values[0];
    if (!other || value->kind != OD_SCALAR || od_slice_equal(other->text, value->text)) return;
    od_diagnostic *const d = complain(
        p, OD_RULE_DATA_CONFLICT, request, value->span,
        od_say(p->found,
               OD_SAY("“{1}”: two keys give this field different values; keep one of them",
                      "“{1}”：同一字段有两个键，给的值不同，请只留一个"),
               request->key));
    od_diagnostic_relate(p->found, d, other->source, other->span,
                         od_say(p->found, OD_SAY("the other value", "另一个值")));
}

static void plan_field(planner *p, const od_request *request) {
    const od_field_rule *const field = &p->reading->profile->fields[request->field];
    if (request->value_count != 1) {
        report_misshapen(p, request);
        return;
    }
    const od_value *const other = p->given[request->field];
    if (request->values[0].kind == OD_SCALAR) p->given[request->field] = &request->values[0];
    bool placed = field->not_in_text, blank = false;
    const size_t *const first_of = p->places->first_of + request->field;
    for (size_t i = first_of[0]; i < first_of[1]; i++) {
        const od_place *const place = p->places->by_field[i];
        placed = true;
        if (place->blank == SIZE_MAX) continue;
        plan_place(p, request, place);
        blank = true;
    }
    if (!blank) {
        plan_unplaced(p, request);
        report_other(p, request, other);
    }
    if (placed || is_used(p, request) || is_in_front_matter(p, field->id)) return;
    complain_key(p, OD_RULE_DATA_UNMATCHED, request,
                 od_say(p->found,
                        OD_SAY("the field “{1}” has no place in the draft: none of the profile's phrases "
                               "for it is there",
                               "字段“{1}”在文中没有位置：文种文件里它的短语都没有出现"),
                        request->key));
}

static void plan_name(planner *p, const od_request *request) {
    if (request->value_count != 1) {
        report_misshapen(p, request);
        return;
    }
    for (size_t i = 0; i < request->named_count; i++)
        assign(p, request, &request->values[0], request->named[i].blank, SIZE_MAX);
}

static void report_unknown(planner *p, const od_request *request, od_slice near) {
    od_text text = OD_SAY("“{1}” is not in the draft: it is no field of the profile, and as a phrase it "
                          "must hold the blank too, such as “{1}XX”",
                          "数据里的“{1}”在文中找不到：它不是文种里的字段；如果是短语，要把空白也写上，"
                          "如“{1}XX”");
    if (near.size)
        text = OD_SAY("“{1}” is not in the draft; did you mean “{2}”?",
                      "数据里的“{1}”在文中找不到；是不是“{2}”？");
    else if (request->entry->value.kind == OD_MAPPING)
        text = OD_SAY("“{1}” is no section of the profile, nor a field of it",
                      "“{1}”不是文种里的部分，也不是其中的字段");
    complain_key(p, OD_RULE_DATA_UNMATCHED, request, od_say(p->found, text, request->key, near));
}

// A key that is no phrase may be the name of a `{{name}}` that was filled before, which leaves no trace
// but its value: then filling again is no mistake, and is only told of.
static void report_gone(planner *p, const od_request *request) {
    const od_entry *const entry = request->entry;
    od_diagnostic *const d =
        od_diagnose(p->found, OD_RULE_DATA_UNMATCHED, entry->value.source,
                    p->table ? entry->value.span : entry->key_span,
                    od_say(p->found,
                           OD_SAY("no blank is called “{1}”; its value stands in the text already",
                                  "文中没有叫“{1}”的空白；它的值已在正文中"),
                           request->key));
    d->severity = OD_INFO;
}

// Whether a reader finds the value of `request` in the draft.
static bool stands_in_text(planner *p, const od_request *request) {
    if (request->misshapen || request->value_count != 1 || request->is_list ||
        request->values[0].kind != OD_SCALAR || request->key.size == 0)
        return false;
    const od_slice value = od_fold(p->reading->arena, request->values[0].text);
    const size_t work = p->reading->document->source.bytes.size;
    if (!value.size || p->budget < work) return false;
    p->budget -= work;
    read_all(p);
    for (size_t i = 0; i < p->all.leaves.count; i++)
        if (od_slice_find(p->all.leaves.items[i].folded.text, value, 0) != SIZE_MAX) return true;
    return false;
}

static void report_rivals(planner *p, const od_request *request) {
    const od_field_rule *const fields = p->reading->profile->fields;
    complain_key(p, OD_RULE_DATA_AMBIGUOUS, request,
                 od_say(p->found,
                        OD_SAY("“{1}” is the label of “{2}” and of “{3}”; write the one that you mean",
                               "“{1}”既是“{2}”的名称，也是“{3}”的名称，请改写其中一个"),
                        request->key, fields[request->field].id, fields[request->rival].id));
}

static void plan_unknown(planner *p, const od_request *request) {
    if (request->rival != SIZE_MAX) {
        report_rivals(p, request);
        return;
    }
    if (is_used(p, request)) return;
    const od_slice near = od_suggest_name(p->reading, request->key, &p->budget);
    if (!near.size && stands_in_text(p, request)) report_gone(p, request);
    else report_unknown(p, request, near);
}

// ---- all ---------------------------------------------------------------------------------------

// Finds the blanks of all phrase requests; what is found lives in `arena`.
static void find_phrases(planner *p, od_arena *arena) {
    const size_t count = p->requests.count;
    p->matches = (od_match_list){0};
    p->first_match = od_arena_array(arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        const od_request *const request = &p->requests.items[i];
        const od_wanted wanted = {&request->phrase, request->scope, NULL, NULL};
        p->first_match[i] = p->matches.count;
        if (request->kind == OD_REQUEST_PHRASE)
            od_blank_index_find(p->index, arena, &wanted, i, &p->matches);
    }
    p->first_match[count] = p->matches.count;
    p->by_request = od_arena_array(arena, const od_match *, p->matches.count);
    for (size_t i = 0; i < p->matches.count; i++) p->by_request[i] = &p->matches.items[i];
}

// Blanks of a phrase whose key is wrong: more than that is not to be said of them.
static void mark_refused(planner *p, const od_match *const *matches, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < p->requests.items[matches[i]->wanted].phrase.slot_count; j++)
            p->plan->blanks[matches[i]->slots[j].blank].refused = true;
}

// Plans one request; false when it is a phrase that fits no blank.
static bool plan_request(planner *p, size_t index) {
    const od_request *const request = &p->requests.items[index];
    const size_t first = p->first_match[index], count = p->first_match[index + 1] - first;
    if (p->fates && p->fates[index].hopeless) {
        p->plan->refused = true; // as an earlier row has told
        mark_refused(p, p->by_request + first, count);
        return true;
    }
    if (request->misshapen && request->kind != OD_REQUEST_UNKNOWN) {
        report_misshapen(p, request);
        return true;
    }
    switch (request->kind) {
    case OD_REQUEST_UNKNOWN: plan_unknown(p, request); break;
    case OD_REQUEST_FIELD: plan_field(p, request); break;
    case OD_REQUEST_NAME: plan_name(p, request); break;
    case OD_REQUEST_PHRASE:
        if (!count) return false;
        plan_phrase(p, request, p->by_request + first, count);
        if (p->fates && p->fates[index].hopeless) mark_refused(p, p->by_request + first, count);
        break;
    }
    return true;
}

// Fills the blanks that are left of a field with its default.
static void plan_default(planner *p, size_t index, const od_default *computed) {
    const od_field_rule *const field = &p->reading->profile->fields[index];
    od_entry *const entry = od_arena_new(p->reading->arena, od_entry);
    *entry = (od_entry){.key = field->id,
                        .key_span = field->span,
                        .value = {.kind = OD_SCALAR,
                                  .source = field->source,
                                  .span = field->span,
                                  .text = computed->text}};
    const od_request request = {.kind = OD_REQUEST_FIELD,
                                .entry = entry,
                                .key = field->id,
                                .values = &entry->value,
                                .value_count = 1,
                                .computed = true,
                                .field = index};
    const size_t *const first_of = p->places->first_of + index;
    for (size_t i = first_of[0]; i < first_of[1]; i++) {
        const od_place *const place = p->places->by_field[i];
        if (place->blank != SIZE_MAX && p->plan->blanks[place->blank].fate == OD_FATE_NONE)
            plan_place(p, &request, place);
    }
}

static void report_default(planner *p, const od_field_rule *field, od_slice why) {
    od_diagnose(p->found, OD_RULE_VALUE_TYPE, field->source, field->span,
                od_say(p->found,
                       OD_SAY("the default of “{1}” cannot be computed: {2}",
                              "“{1}”的默认值算不出来：{2}"),
                       field->id, why));
}

// Returns by blank the text that it is to hold.
static const od_slice *planned_texts(const planner *p) {
    const size_t count = p->reading->blanks.count;
    od_slice *const texts = od_arena_array(p->reading->arena, od_slice, count);
    for (size_t i = 0; i < count; i++)
        if (p->plan->blanks[i].fate == OD_FATE_FILL) texts[i] = p->plan->blanks[i].text;
    return texts;
}

static void gather(planner *p) {
    const od_supply supply = {planned_texts(p), p->plan->given};
    od_values_gather(p->reading, p->places, &supply, p->found->language, &p->plan->values);
}

// Which fields the data speaks of, be it with null.
static const bool *spoken_of(const planner *p, size_t field_count) {
    bool *const spoken = od_arena_array(p->reading->arena, bool, field_count);
    for (size_t i = 0; i < p->requests.count; i++)
        if (p->requests.items[i].kind == OD_REQUEST_FIELD)
            spoken[p->requests.items[i].field] = true;
    return spoken;
}

static void plan_defaults(planner *p, bool filling) {
    const size_t count = p->reading->profile ? p->reading->profile->field_count : 0;
    gather(p);
    take_parts(p);
    report_differing(p);
    const od_default *const defaults = od_defaults_compute(
        &p->plan->values, spoken_of(p, count), p->evaluator, p->found->language);
    for (size_t i = 0; i < count && filling; i++) {
        if (defaults[i].has_value) plan_default(p, i, &defaults[i]);
        if (defaults[i].error.size)
            report_default(p, &p->reading->profile->fields[i], defaults[i].error);
    }
}

// Plans all requests, whose phrases were found.
static void plan_requests(planner *p) {
    const od_request **const missing =
        od_arena_array(p->reading->arena, const od_request *, p->requests.count);
    size_t missing_count = 0;
    for (size_t i = 0; i < p->requests.count; i++)
        if (!plan_request(p, i)) missing[missing_count++] = &p->requests.items[i];
    plan_missing(p, missing, missing_count);
    take_wholes(p);
}

static void plan_data(planner *p, const od_data *data) {
    const od_value values = od_data_values(data, p->reading->arena);
    p->index = od_blank_index_make(p->reading->arena, p->reading);
    od_requests_read(p->reading, &values, &p->requests, NULL);
    find_phrases(p, p->reading->arena);
    plan_requests(p);
}

// Begins a plan in which no blank is filled yet.
static void start_plan(planner *p, od_plan *plan) {
    const od_reading *const reading = p->reading;
    const size_t field_count = reading->profile ? reading->profile->field_count : 0;
    p->plan = plan;
    p->said = NULL;
    p->differing.items = NULL;
    p->differing.count = p->differing.capacity = 0;
    p->given = od_arena_array(reading->arena, const od_value *, field_count);
    *plan = (od_plan){
        .blanks = od_arena_array(reading->arena, od_assignment, reading->blanks.count),
        .given = p->given};
}

enum { SUGGESTION_WORK = 200 * 1000 * 1000 }; // a second or so, whatever the draft and data

void od_plan_make(const od_reading *reading, const od_places *places, const od_data *data,
                  const od_evaluator *evaluator, od_diagnostics *found, od_plan *plan) {
    planner p = {.draft = reading,
                 .reading = reading,
                 .places = places,
                 .evaluator = evaluator,
                 .found = found,
                 .budget = SUGGESTION_WORK};
    start_plan(&p, plan);
    if (data) plan_data(&p, data);
    plan_defaults(&p, data != NULL);
}

// ---- many plans --------------------------------------------------------------------------------

od_planner *od_planner_new(const od_reading *reading, const od_places *places,
                           const od_evaluator *evaluator, od_plan_table *table) {
    od_planner *const p = od_arena_new(reading->arena, od_planner);
    *p = (od_planner){.draft = reading,
                      .places = places,
                      .evaluator = evaluator,
                      .table = table,
                      .index = od_blank_index_make(reading->arena, reading),
                      .keys_reading = *reading,
                      .budget = SUGGESTION_WORK,
                      .view = *reading};
    p->types = od_arena_array(reading->arena, od_datum_type, reading->blanks.count);
    p->has_type = od_arena_array(reading->arena, bool, reading->blanks.count);
    p->keys_reading.arena = &p->keys_arena;
    p->reading = &p->view;
    return p;
}

// Finds out how the keys of `values` fit the draft, unless that is known from the row before.
static void read_keys(od_planner *p, const od_value *values) {
    if (p->plan_number > 1 && od_requests_renew(&p->steps, values, &p->requests)) return;
    od_arena_free(&p->keys_arena);
    p->requests = (od_request_list){0};
    p->steps = (od_request_steps){0};
    od_requests_read(&p->keys_reading, values, &p->requests, &p->steps);
    p->fates = od_arena_array(&p->keys_arena, fate_so_far, p->requests.count);
    find_phrases(p, &p->keys_arena);
}

void od_planner_plan(od_planner *planner, const od_value *values, od_arena *arena,
                     od_diagnostics *found, od_plan *plan) {
    planner->plan_number++;
    planner->found = found;
    planner->view.arena = arena;
    planner->again = (od_diagnostics){.arena = arena, .language = found->language};
    planner->refused = NULL;
    start_plan(planner, plan);
    read_keys(planner, values);
    plan_requests(planner);
    plan_defaults(planner, true);
}

void od_planner_free(od_planner *planner) {
    od_arena_free(&planner->keys_arena);
}
