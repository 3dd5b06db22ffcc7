// Fields: of which type the blanks are, which of them are one field, what it is called, and which
// numbers are the sums of others.
#include "engine/learn_parts.h"

#include "base/buf.h"
#include "base/names.h"
#include "base/utf8.h"
#include "data/moment.h"
#include "engine/clause.h"

// ---- reading -----------------------------------------------------------------------------------

static bool read_as(const od_learner *l, const od_datum_type *type, od_slice text,
                    od_datum *datum) {
    od_slice why;
    return od_datum_read(l->arena, l->language, type, text, datum, &why);
}

static bool is_text(od_field_type type) {
    return type == OD_TYPE_TEXT || type == OD_TYPE_PERSON;
}

typedef bool value_test(const od_learner *l, const od_datum_type *type, od_slice value);

// Whether `fits` is true of all values that finished drafts have in a slot, and there is one.
static bool all_values(const od_learner *l, const od_learn_slot *slot, value_test *fits,
                       const od_datum_type *type) {
    bool any = false;
    for (size_t d = 0; d < l->finished_count; d++) {
        if (!slot->values[d].size) continue;
        any = true;
        if (!fits(l, type, slot->values[d])) return false;
    }
    return any;
}

static bool is_of_type(const od_learner *l, const od_datum_type *type, od_slice value) {
    od_datum datum;
    return read_as(l, type, value, &datum);
}

// Whether a value that is read is written again as it stands there.
static bool comes_back(const od_learner *l, const od_datum_type *type, od_slice value) {
    od_datum datum;
    return read_as(l, type, value, &datum) &&
           od_slice_equal(od_datum_write(l->arena, type, &datum, OD_WHOLE), value);
}

// ---- types -------------------------------------------------------------------------------------

// Gives the type the format in which all values are written, if there is one.
static bool find_format(const od_learner *l, const od_learn_slot *slot, od_datum_type *type,
                        const char *const *formats) {
    for (; *formats; formats++) {
        od_datum_type tried = *type;
        tried.format = od_slice_of(*formats);
        if (!all_values(l, slot, comes_back, &tried)) continue;
        *type = tried;
        return true;
    }
    return false;
}

static const char *const NUMBER_FORMATS[] = {"", ",", "cn", "cn_digit", "cn_upper", NULL};
static const char *const DATE_FORMATS[] = {"YYYY年M月D日", "YYYY-MM-DD",     "YYYY/M/D",
                                           "YYYY.M.D",     "YYYY年MM月DD日", "YYYY/MM/DD",
                                           "YYYY.MM.DD",   "cn",             NULL};

// A number of so many digits counts things; longer ones are telephone numbers and the like.
static bool is_count(const od_learner *l, const od_datum_type *type, od_slice value) {
    enum { DIGITS = 6 };
    (void)l, (void)type;
    for (size_t i = 0; i < value.size; i++)
        if (!od_is_digit((unsigned char)value.data[i])) return false;
    return value.size <= DIGITS && (value.size == 1 || value.data[0] != '0');
}

static bool is_year(const od_learner *l, const od_datum_type *type, od_slice value) {
    return is_count(l, type, value) && value.size == 4 &&
           (od_slice_starts(value, OD_SLICE("19")) || od_slice_starts(value, OD_SLICE("20")));
}

// `30人` where the draft has no measure word behind the blank.
static bool is_measured(const od_learner *l, const od_datum_type *type, od_slice value) {
    if (value.size <= type->unit.size || !od_slice_ends(value, type->unit)) return false;
    return is_count(l, type, od_slice_cut(value, 0, value.size - type->unit.size));
}

static od_slice unit_of(od_slice value) {
    size_t digits = 0;
    while (digits < value.size && od_is_digit((unsigned char)value.data[digits])) digits++;
    const od_slice unit = od_slice_from(value, digits);
    return digits && od_measure_word(unit).size == unit.size ? unit : (od_slice){0};
}

static od_slice first_value(const od_learner *l, const od_learn_slot *slot) {
    for (size_t d = 0; d < l->finished_count; d++)
        if (slot->values[d].size) return slot->values[d];
    return (od_slice){0};
}

// Whether the words before a blank are what a name follows.
static bool follows_title(od_slice before) {
    static const char *const TITLES[] = {
        "由",     "书记", "主任", "组长",   "局长",   "处长",   "科长",   "馆长", "校长", "院长",
        "经理",   "主席", "会长", "委员",   "队长",   "站长",   "姓名：", "姓名", "人：", "长：",
        "记录：", "主持", "同志", "Chair:", "Name:",  "chair:", "name:",  "Dr.",  "Mr.",  "Ms."};
    size_t size;
    while (before.size && od_is_space(od_utf8_read_before(before, before.size, &size)))
        before.size -= size;
    for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++)
        if (od_slice_ends(before, od_slice_of(TITLES[i]))) return true;
    return false;
}

// A blank of which the words around it say nothing: the values may.
static void guess_by_values(const od_learner *l, od_learn_fact *fact, const od_learn_slot *slot) {
    od_datum_type date = {.type = OD_TYPE_DATE}, person = {.type = OD_TYPE_PERSON},
                  measured = {.type = OD_TYPE_INTEGER, .unit = unit_of(first_value(l, slot))};
    if (all_values(l, slot, is_year, NULL)) {
        fact->type = (od_datum_type){.type = OD_TYPE_YEAR};
    } else if (all_values(l, slot, is_count, NULL)) {
        fact->type = (od_datum_type){.type = OD_TYPE_INTEGER};
    } else if (measured.unit.size && all_values(l, slot, is_measured, &measured)) {
        fact->type = measured;
        fact->print_unit = true;
    } else if (find_format(l, slot, &date, DATE_FORMATS)) {
        fact->type = date;
    } else if (follows_title(fact->before) && all_values(l, slot, comes_back, &person)) {
        fact->type = person;
    }
}

// A part of a date that is printed or written in words: all of it is.
static bool in_words(const od_learner *l, const od_learn_slot *slots, size_t count) {
    bool any = false;
    for (size_t i = 0; i < count; i++)
        for (size_t d = 0; d < l->finished_count; d++) {
            const od_slice value = slots[i].values[d];
            if (!value.size) continue;
            if ((unsigned char)value.data[0] < 0x80) return false;
            any = true;
        }
    return any;
}

static void find_type(const od_learner *l, od_learn_fact *fact) {
    const od_learn_slot *const slot = &l->slots.items[fact->first];
    const bool any = first_value(l, slot).size > 0;
    if (fact->count > 1) {
        if (in_words(l, slot, fact->count)) fact->type.format = OD_SLICE("cn");
        return;
    }
    if (!any) return;
    if (fact->type.type == OD_TYPE_TEXT) {
        guess_by_values(l, fact, slot);
        return;
    }
    if (fact->type.type == OD_TYPE_DATE) {
        find_format(l, slot, &fact->type, DATE_FORMATS);
    } else if (!is_text(fact->type.type)) {
        find_format(l, slot, &fact->type, NUMBER_FORMATS);
    }
    if (all_values(l, slot, is_of_type, &fact->type)) return;
    fact->fell_back = fact->type.type != OD_TYPE_PERSON;
    fact->type = (od_datum_type){.type = OD_TYPE_TEXT};
}

// ---- values ------------------------------------------------------------------------------------

static bool read_part(const od_learner *l, const od_learn_slot *slot, size_t draft, int *number) {
    static const od_field_type TYPES[] = {[OD_PART_YEAR] = OD_TYPE_YEAR,
                                          [OD_PART_MONTH] = OD_TYPE_MONTH,
                                          [OD_PART_DAY] = OD_TYPE_DAY};
    const od_datum_type type = {.type = TYPES[slot->part]};
    od_datum datum;
    if (!slot->values[draft].size || !read_as(l, &type, slot->values[draft], &datum)) return false;
    *number = (int)datum.number.digits;
    return true;
}

static od_slice date_value(const od_learner *l, const od_learn_slot *slots, size_t draft) {
    od_date date;
    if (!read_part(l, &slots[0], draft, &date.year) ||
        !read_part(l, &slots[1], draft, &date.month) ||
        !read_part(l, &slots[2], draft, &date.day) || !od_date_exists(date))
        return (od_slice){0};
    return od_date_write(l->arena, date, OD_SLICE("YYYY-MM-DD"));
}

// Sets the values of a fact in the form in which they are compared.
static void find_values(od_learner *l, od_learn_fact *fact) {
    const od_learn_slot *const slot = &l->slots.items[fact->first];
    for (size_t d = 0; d < l->finished_count; d++) {
        od_datum datum;
        if (fact->count > 1) {
            fact->values[d] = date_value(l, slot, d);
            continue;
        }
        if (!slot->values[d].size) continue;
        fact->values[d] = od_fold(l->arena, slot->values[d]);
        if (!is_text(fact->type.type) && read_as(l, &fact->type, slot->values[d], &datum))
            fact->values[d] = datum.text;
    }
}

// ---- joining -----------------------------------------------------------------------------------

typedef struct joiner {
    od_learner *learner;
    size_t *parents; // of facts; a fact is the root of its field when it is its own
    od_name *names;  // scratch
} joiner;

static size_t root_of(const joiner *j, size_t fact) {
    while (j->parents[fact] != fact) fact = j->parents[fact] = j->parents[j->parents[fact]];
    return fact;
}

static void join(const joiner *j, size_t a, size_t b, od_join why) {
    od_learn_fact *const facts = j->learner->facts.items;
    const size_t one = root_of(j, a), other = root_of(j, b);
    if (one == other) return;
    const size_t first = one < other ? one : other, last = one < other ? other : one;
    j->parents[last] = first;
    if (facts[first].join == OD_JOIN_NONE) facts[first].join = why;
}

static size_t known_values(const od_learner *l, const od_learn_fact *fact, size_t *distinct) {
    od_name *const names = od_arena_array(l->arena, od_name, l->finished_count);
    size_t count = 0;
    for (size_t d = 0; d < l->finished_count; d++)
        if (fact->values[d].size) names[count++] = (od_name){fact->values[d], d};
    od_names_sort(names, count);
    *distinct = count > 0;
    for (size_t i = 1; i < count; i++)
        *distinct += !od_slice_equal(names[i].name, names[i - 1].name);
    return count;
}

// Returns what facts that may be one field have in common: kind, measure word, and all values;
// empty when no value is known.
static od_slice vector_of(const od_learner *l, const od_learn_fact *fact) {
    size_t distinct;
    od_buf key = {0};
    if (!known_values(l, fact, &distinct)) return (od_slice){0};
    od_buf_number(&key, is_text(fact->type.type) ? OD_TYPE_TEXT : (size_t)fact->type.type);
    od_buf_add(&key, fact->type.unit);
    for (size_t d = 0; d < l->finished_count; d++) {
        od_buf_byte(&key, '\n');
        od_buf_add(&key, fact->values[d]);
    }
    const od_slice copy = od_arena_copy(l->arena, od_buf_slice(&key));
    od_buf_free(&key);
    return copy;
}

// Returns the word that a text starts with, or ends with: two Han characters, or letters.
static od_slice word_at_edge(od_slice text, bool at_end) {
    enum { LEAST_LETTERS = 3 };
    size_t count = 0, size, taken = 0;
    bool han = false;
    while (taken < text.size && !(han && count == 2)) {
        const uint32_t code = at_end ? od_utf8_read_before(text, text.size - taken, &size)
                                     : od_utf8_read(text, taken, &size);
        if (!taken) han = od_is_han(code);
        if (han ? !od_is_han(code) : !od_is_ascii_alpha(code)) break;
        taken += size;
        count++;
    }
    if (count < (han ? 2u : (unsigned)LEAST_LETTERS)) return (od_slice){0};
    return at_end ? od_slice_from(text, text.size - taken) : od_slice_cut(text, 0, taken);
}

static od_slice word_beside(const od_learn_fact *fact, bool before) {
    enum { NEAR = 64 }; // bytes
    od_slice text = before ? fact->before : fact->after;
    if (before && text.size > NEAR) text = od_slice_from(text, text.size - NEAR);
    if (!before && text.size > NEAR) text.size = NEAR;
    text = od_slice_trim(text);
    if (!before && fact->type.unit.size && od_slice_starts(text, fact->type.unit))
        text = od_slice_from(text, fact->type.unit.size);
    return word_at_edge(text, before);
}

// Joins those of some facts with equal values that have the same word before, or after them.
static void join_by_words(const joiner *j, const size_t *facts, size_t count) {
    od_learner *const l = j->learner;
    od_name *const names = od_arena_array(l->arena, od_name, count);
    for (int before = 0; before <= 1; before++) {
        size_t used = 0;
        for (size_t i = 0; i < count; i++) {
            const od_slice word = word_beside(&l->facts.items[facts[i]], before);
            if (word.size) names[used++] = (od_name){word, facts[i]};
        }
        od_names_sort(names, used);
        for (size_t i = 1; i < used; i++)
            if (od_slice_equal(names[i].name, names[i - 1].name))
                join(j, names[i - 1].number, names[i].number, OD_JOIN_WORDS);
    }
}

// Joins facts of one vector, as far as their values are no accident. Texts that change together
// from draft to draft are one; numbers often are equal by chance, and so is a text that never
// changes: there the words beside them must agree too.
static void join_group(const joiner *j, const size_t *facts, size_t count) {
    const od_learner *const l = j->learner;
    const od_learn_fact *const first = &l->facts.items[facts[0]];
    size_t distinct;
    known_values(l, first, &distinct);
    const bool telling = distinct > 1 ? is_text(first->type.type) : false;
    if (telling || first->type.type == OD_TYPE_DATE) {
        for (size_t i = 1; i < count; i++) join(j, facts[0], facts[i], OD_JOIN_VALUES);
        return;
    }
    const bool is_long = is_text(first->type.type) && od_utf8_count(first->values[0]) > 1;
    if (distinct > 1 || is_long) join_by_words(j, facts, count);
}

static void join_by_values(const joiner *j) {
    od_learner *const l = j->learner;
    size_t count = 0;
    size_t *const members = od_arena_array(l->arena, size_t, l->facts.count);
    for (size_t i = 0; i < l->facts.count; i++) {
        const od_slice key = vector_of(l, &l->facts.items[i]);
        if (key.size) j->names[count++] = (od_name){key, i};
    }
    od_names_sort(j->names, count);
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first;
             next < count && od_slice_equal(j->names[next].name, j->names[first].name); next++)
            members[next - first] = j->names[next].number;
        if (next - first > 1) join_group(j, members, next - first);
    }
}

static void join_by_names(const joiner *j) {
    od_learner *const l = j->learner;
    size_t count = 0;
    for (size_t i = 0; i < l->facts.count; i++)
        if (l->facts.items[i].name.size)
            j->names[count++] = (od_name){l->facts.items[i].name, i};
    od_names_sort(j->names, count);
    for (size_t i = 1; i < count; i++)
        if (od_slice_equal(j->names[i].name, j->names[i - 1].name))
            join(j, j->names[i - 1].number, j->names[i].number, OD_JOIN_NAME);
}

// ---- fields ------------------------------------------------------------------------------------

static bool is_bound(const od_learner *l, const od_learn_fact *fact) {
    for (size_t i = fact->first; i < fact->first + fact->count; i++)
        if (!l->slots.items[i].bound) return false;
    return true;
}

static size_t offset_of(const od_learner *l, const od_learn_fact *fact) {
    const od_learn_slot *const slot = &l->slots.items[fact->first];
    return od_visible_span(&l->reading.leaves.items[slot->leaf].visible, slot->start, slot->end)
        .start;
}

// Where the clause of a fact starts; where nothing of it stands before the fact, the one before it:
// `Chair: __`.
static size_t label_start(const od_leaf *leaf, size_t at) {
    const od_slice text = leaf->visible.text;
    size_t start = od_clause_start(leaf, at), size;
    if (od_slice_trim(od_slice_cut(text, start, at)).size) return start;
    while (start > 0) {
        const uint32_t code = od_utf8_read_before(text, start, &size);
        if (!od_is_space(code) && !od_clause_mark(text, start - size, code)) break;
        start -= size;
    }
    return od_clause_start(leaf, start);
}

// Moves the ends of `range` out of the slots that they cut.
static od_span spare_slots(const od_learner *l, const od_learn_fact *fact, od_span range) {
    const od_learn_slot *const slots = l->slots.items;
    const size_t leaf = slots[fact->first].leaf;
    for (size_t i = fact->first; i-- > 0 && slots[i].leaf == leaf && slots[i].end > range.start;)
        if (slots[i].start < range.start) range.start = slots[i].end;
    for (size_t i = fact->first + fact->count;
         i < l->slots.count && slots[i].leaf == leaf && slots[i].start < range.end; i++)
        if (slots[i].end > range.end) range.end = slots[i].start;
    return range;
}

// The clause around a fact, with a line in its place.
static od_slice label_of(const od_learner *l, const od_learn_fact *fact) {
    enum { LEFT = 30, RIGHT = 18 };
    const od_learn_slot *const first = &l->slots.items[fact->first];
    const od_leaf *const leaf = &l->reading.leaves.items[first->leaf];
    const od_slice text = leaf->visible.text;
    const size_t stop = text.size - fact->after.size; // behind the 日 of a date
    const od_span range = spare_slots(
        l, fact,
        (od_span){
            od_clause_cut_left(text, first->start, label_start(leaf, first->start), LEFT),
            od_clause_cut_right(text, stop, od_clause_end(leaf, stop), RIGHT)});
    const od_slice label =
        od_arena_concat(l->arena, od_slice_cut(text, range.start, first->start), OD_SLICE("__"),
                        od_slice_cut(text, stop, range.end));
    const od_span trimmed = od_clause_trim(label, (od_span){0, label.size});
    return od_slice_cut(label, trimmed.start, trimmed.end);
}

// The facts of one field, as they are put together.
typedef struct members {
    OD_ARRAY(size_t) facts;
} members;

// Of types that one field has in several places, the one that says most.
static void take_type(od_learned_field *field, const od_learn_fact *fact) {
    if (field->type.type != OD_TYPE_TEXT && fact->type.type != OD_TYPE_PERSON) return;
    if (fact->type.type == OD_TYPE_TEXT) return;
    field->type = fact->type;
    field->print_unit = fact->print_unit;
}

static bool is_named(const od_learner *l, const od_learn_fact *fact) {
    for (size_t i = fact->first; i < fact->first + fact->count; i++) {
        const size_t blank = l->slots.items[i].blank;
        if (blank != SIZE_MAX && l->reading.blanks.items[blank].style == OD_BLANK_NAMED)
            return true;
    }
    return false;
}

static void add_field(od_learner *l, const members *m, od_join why) {
    const od_learn_fact *const facts = l->facts.items, *const first = &facts[m->facts.items[0]];
    const bool joined = m->facts.count > 1 || why == OD_JOIN_KEY;
    od_learned_field *const field = od_array_push(l->arena, &l->learned->fields);
    *field = (od_learned_field){.type = first->type,
                                .print_unit = first->print_unit,
                                .fell_back = first->fell_back,
                                .join = joined ? why : OD_JOIN_NONE,
                                .label = label_of(l, first),
                                .place_count = m->facts.count,
                                .twin = SIZE_MAX};
    size_t *const places = od_arena_array(l->arena, size_t, m->facts.count);
    od_slice *const values = od_arena_array(l->arena, od_slice, l->finished_count);
    for (size_t i = 0; i < m->facts.count; i++) {
        const od_learn_fact *const fact = &facts[m->facts.items[i]];
        places[i] = offset_of(l, fact);
        field->named |= is_named(l, fact);
        take_type(field, fact);
        for (size_t d = 0; d < l->finished_count; d++) {
            const od_slice raw = l->slots.items[fact->first].values[d];
            if (!values[d].size) values[d] = fact->count > 1 ? fact->values[d] : raw;
        }
    }
    field->places = places;
    field->values = values;
}

// Returns the name that the first of the facts has which has any.
static od_slice name_of(od_learner *l, const members *m, bool *fixed) {
    *fixed = false;
    for (size_t i = 0; i < m->facts.count; i++) {
        const od_learn_fact *const fact = &l->facts.items[m->facts.items[i]];
        bool is_id = fact->name.size > 0;
        for (size_t k = 0; k < fact->name.size; k++)
            if (strchr(" \t\n<>", fact->name.data[k])) is_id = false;
        *fixed = is_id;
        if (is_id) return fact->name;
        const od_slice name = od_learn_field_id(l->arena, od_learn_name(l->arena, fact));
        if (name.size) return name;
    }
    const od_field_type type = l->learned->fields.items[l->learned->fields.count - 1].type.type;
    return od_learn_plain_name(type, l->learned->is_chinese);
}

// ---- front matter ------------------------------------------------------------------------------

static const od_value *key_value(const od_reading *reading, od_slice name) {
    const od_value *const value =
        od_value_get(&reading->document->front_matter.values, name);
    return value && value->kind == OD_SCALAR ? value : NULL;
}

// Whether a key says in every finished draft what a field says there, and not always the same.
static bool key_agrees(const od_learner *l, od_slice name, const od_learn_fact *fact) {
    size_t distinct;
    for (size_t d = 0; d < l->finished_count; d++) {
        const od_value *const value = key_value(&l->finished[d], name);
        od_datum datum;
        if (!value || !fact->values[d].size) return false;
        if (is_text(fact->type.type)) {
            if (!od_slice_equal(od_fold(l->arena, value->text), fact->values[d])) return false;
        } else if (!read_as(l, &fact->type, value->text, &datum) ||
                   !od_slice_equal(datum.text, fact->values[d])) {
            return false;
        }
    }
    return known_values(l, fact, &distinct) &&
           (distinct > 1 || fact->type.type == OD_TYPE_DATE);
}

static void add_keys(od_learner *l, const od_reading *reading) {
    const od_value *const values = &reading->document->front_matter.values;
    for (size_t i = 0; i < values->count; i++)
        *od_array_push(l->arena, &l->learned->keys) = (od_learned_key){
            .name = values->entries[i].key, .list = values->entries[i].value.kind == OD_SEQUENCE};
}

static int drafts_with(const od_learner *l, od_slice name) {
    int count = od_value_get(&l->reading.document->front_matter.values, name) != NULL;
    for (size_t d = 0; d < l->finished_count; d++)
        count += od_value_get(&l->finished[d].document->front_matter.values, name) != NULL;
    return count;
}

static bool can_describe(const od_reading *reading) {
    const od_front_matter *const front = &reading->document->front_matter;
    if (front->present && !front->valid) return false;
    for (size_t i = 0; i < front->values.count; i++)
        if (front->values.entries[i].value.kind == OD_MAPPING) return false;
    return true;
}

// Lists each key of any draft once.
static void find_keys(od_learner *l) {
    od_learned *const learned = l->learned;
    bool can = can_describe(&l->reading);
    add_keys(l, &l->reading);
    for (size_t d = 0; d < l->finished_count; d++) {
        add_keys(l, &l->finished[d]);
        can = can && can_describe(&l->finished[d]);
    }
    od_name *const names = od_arena_array(l->arena, od_name, learned->keys.count);
    for (size_t i = 0; i < learned->keys.count; i++)
        names[i] = (od_name){learned->keys.items[i].name, i};
    od_names_sort(names, learned->keys.count);
    size_t count = 0;
    const size_t all = learned->keys.count;
    for (size_t i = 0; i < all; i++) {
        od_learned_key key = learned->keys.items[i];
        const size_t same = od_names_find(names, all, key.name);
        if (names[same].number != i) continue;
        for (size_t k = same; k < all && od_slice_equal(names[k].name, key.name); k++)
            key.list |= learned->keys.items[names[k].number].list;
        key.required = drafts_with(l, key.name) == (int)l->finished_count + 1;
        learned->keys.items[count++] = key;
    }
    learned->keys.count = count;
    learned->has_keys = can && count > 0;
}

// Gives a fact the name of the key that agrees with it.
static void name_by_keys(od_learner *l, const joiner *j) {
    for (size_t k = 0; k < l->learned->keys.count; k++) {
        const od_learned_key *const key = &l->learned->keys.items[k];
        for (size_t i = 0; i < l->facts.count; i++) {
            od_learn_fact *const fact = &l->facts.items[i];
            if (root_of(j, i) != i || fact->name.size || !key_agrees(l, key->name, fact)) continue;
            fact->name = key->name;
            if (fact->join == OD_JOIN_NONE) fact->join = OD_JOIN_KEY;
            break;
        }
    }
}

// ---- ids ---------------------------------------------------------------------------------------

typedef struct proposal {
    od_slice name;
    bool fixed; // `{{name}}` or a key: it is called so
} proposal;

// Gives the fields ids of which no two are the same, and none is a key of the front matter that
// says something else.
static void give_ids(od_learner *l, const proposal *proposals) {
    od_learned *const learned = l->learned;
    const size_t fields = learned->fields.count, count = fields + learned->keys.count;
    od_name *const names = od_arena_array(l->arena, od_name, count);
    for (size_t i = 0; i < fields; i++)
        names[i] = (od_name){proposals[i].name, proposals[i].fixed ? i : count * 2 + i};
    for (size_t i = 0; i < learned->keys.count; i++)
        names[fields + i] = (od_name){learned->keys.items[i].name, count + i};
    od_names_sort(names, count);
    size_t nth = 1;
    for (size_t i = 0; i < count; i++) {
        const bool again = i && od_slice_equal(names[i].name, names[i - 1].name);
        const bool is_key = names[i].number >= count && names[i].number < count * 2;
        nth = again ? nth + 1 : 1;
        if (is_key) continue;
        od_slice id = names[i].name;
        if (nth > 1) {
            do {
                id = od_arena_concat(l->arena, names[i].name, OD_SLICE("_"),
                                     od_arena_number(l->arena, nth));
            } while (od_names_find(names, count, id) != SIZE_MAX && nth++);
        }
        learned->fields.items[names[i].number % (count * 2)].id = id;
    }
}

// Tells of each field whether one before it always has the same values.
static void find_twins(od_learner *l) {
    od_learned *const learned = l->learned;
    od_name *const names = od_arena_array(l->arena, od_name, l->facts.count);
    size_t count = 0, distinct;
    for (size_t i = 0; i < l->facts.count; i++) {
        const od_learn_fact *const fact = &l->facts.items[i];
        if (fact->field == SIZE_MAX || known_values(l, fact, &distinct) < 2 || distinct < 2)
            continue;
        names[count++] = (od_name){vector_of(l, fact), i};
    }
    od_names_sort(names, count);
    for (size_t first = 0, i = 1; i < count; i++) {
        if (!od_slice_equal(names[i].name, names[first].name)) first = i;
        const size_t twin = l->facts.items[names[first].number].field,
                     field = l->facts.items[names[i].number].field;
        if (twin < field && learned->fields.items[field].twin == SIZE_MAX)
            learned->fields.items[field].twin = twin;
    }
}

// ---- sums --------------------------------------------------------------------------------------

typedef struct number {
    size_t field;
    const od_section_rule *section;
    const int64_t *values; // by finished draft
} number;

typedef OD_ARRAY(number) number_list;

static bool scale_value(const od_learner *l, const od_learned_field *field, size_t draft,
                        int64_t *scaled) {
    enum { SCALE = 4 };
    const int64_t most = INT64_C(100000000000);
    od_datum datum;
    if (!field->values[draft].size || !read_as(l, &field->type, field->values[draft], &datum) ||
        datum.number.scale > SCALE || datum.number.digits > most || datum.number.digits < -most)
        return false;
    *scaled = datum.number.digits;
    for (int i = datum.number.scale; i < SCALE; i++) *scaled *= 10;
    return true;
}

static void add_number(od_learner *l, size_t index, number_list *numbers) {
    const od_learned_field *const field = &l->learned->fields.items[index];
    const od_field_type type = field->type.type;
    if (type != OD_TYPE_INTEGER && type != OD_TYPE_DECIMAL && type != OD_TYPE_MONEY) return;
    int64_t *const values = od_arena_array(l->arena, int64_t, l->finished_count);
    for (size_t d = 0; d < l->finished_count; d++)
        if (!scale_value(l, field, d, &values[d])) return;
    *od_array_push(l->arena, numbers) =
        (number){index, od_reading_section(&l->reading, field->places[0]), values};
    *od_array_push(l->arena, &l->learned->numbers) = index;
}

static od_slice unit_at(const od_learner *l, const number *n) {
    return l->learned->fields.items[n->field].type.unit;
}

static bool is_sum(const od_learner *l, const number_list *numbers, size_t whole, size_t first,
                   size_t count) {
    bool changes = false;
    // Persons and pages do not add up.
    for (size_t i = first + 1; i < first + count; i++)
        if (!od_slice_equal(unit_at(l, &numbers->items[i]), unit_at(l, &numbers->items[first])))
            return false;
    for (size_t d = 0; d < l->finished_count; d++) {
        int64_t sum = 0;
        for (size_t i = first; i < first + count; i++) {
            const number *const part = &numbers->items[i];
            if (!part->values[d] || part->section != numbers->items[whole].section) return false;
            sum += part->values[d];
        }
        if (sum != numbers->items[whole].values[d]) return false;
        changes |= sum != numbers->items[whole].values[0];
    }
    return changes;
}

// A sum and its parts stand near each other, the parts in a row: what is found farther apart would
// be found by chance.
static void find_sum(od_learner *l, const number_list *numbers, size_t whole) {
    enum { MOST_PARTS = 8, APART = 2 };
    for (size_t count = 2; count <= MOST_PARTS; count++)
        for (size_t apart = 1; apart <= APART; apart++) {
            const size_t after = whole + apart, gap = apart + count - 1;
            size_t first = SIZE_MAX;
            if (after + count <= numbers->count && is_sum(l, numbers, whole, after, count))
                first = after;
            else if (gap <= whole && is_sum(l, numbers, whole, whole - gap, count))
                first = whole - gap;
            if (first == SIZE_MAX) continue;
            *od_array_push(l->arena, &l->learned->sums) =
                (od_learned_sum){numbers->items[whole].field, first, count};
            return;
        }
}

static void find_sums(od_learner *l) {
    number_list numbers = {0};
    if (l->finished_count < 2) return;
    for (size_t i = 0; i < l->learned->fields.count; i++) add_number(l, i, &numbers);
    for (size_t i = 0; i < numbers.count; i++) find_sum(l, &numbers, i);
}

// ---- all ---------------------------------------------------------------------------------------

// Whether the profile can speak of a fact: a phrase leads to it, or its blank names it.
static bool is_known(const od_learner *l, const od_learn_fact *fact) {
    return is_bound(l, fact) || (fact->name.size && fact->join != OD_JOIN_KEY);
}

static void make_fields(od_learner *l, const joiner *j) {
    members *const of = od_arena_array(l->arena, members, l->facts.count);
    for (size_t i = 0; i < l->facts.count; i++) {
        l->facts.items[i].field = SIZE_MAX;
        if (is_known(l, &l->facts.items[i]))
            *od_array_push(l->arena, &of[root_of(j, i)].facts) = i;
    }
    proposal *const proposals = od_arena_array(l->arena, proposal, l->facts.count);
    for (size_t i = 0; i < l->facts.count; i++) {
        if (!of[i].facts.count) continue;
        const size_t index = l->learned->fields.count;
        add_field(l, &of[i], l->facts.items[i].join);
        proposals[index].name = name_of(l, &of[i], &proposals[index].fixed);
        for (size_t k = 0; k < of[i].facts.count; k++)
            l->facts.items[of[i].facts.items[k]].field = index;
    }
    give_ids(l, proposals);
}

void od_learn_fields(od_learner *l) {
    joiner j = {.learner = l,
                .parents = od_arena_array(l->arena, size_t, l->facts.count),
                .names = od_arena_array(l->arena, od_name, l->facts.count)};
    for (size_t i = 0; i < l->facts.count; i++) {
        j.parents[i] = i;
        find_type(l, &l->facts.items[i]);
        find_values(l, &l->facts.items[i]);
    }
    find_keys(l);
    join_by_names(&j);
    join_by_values(&j);
    name_by_keys(l, &j);
    make_fields(l, &j);
    find_twins(l);
    find_sums(l);
}
