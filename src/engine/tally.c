#include "engine/tally.h"

#include "base/names.h"
#include "data/moment.h"

#include <stdlib.h>

// All numbers are brought to one scale, that of the finest decimal: 10^18 of them fit.
typedef __int128 wide;
enum { SCALE = 9 };

// What all drafts say of one field.
typedef struct column {
    bool read;
    bool chinese;         // some length of time is in Chinese
    size_t count;         // drafts that say something, in their order
    const size_t *drafts; // which they are
    const od_decimal *numbers; // dates as days
} column;

typedef struct worker {
    od_arena *arena;
    const od_tally_input *input;
    od_tally *tally;
    column *columns; // by field, read when first asked for
} worker;

// ---- numbers -----------------------------------------------------------------------------------

static wide widen(od_decimal number) {
    wide value = number.digits;
    for (int i = number.scale; i < SCALE; i++) value *= 10;
    return value;
}

// Writes `value` with as many decimals as it needs, at least `scale`.
static od_slice write_wide(od_arena *arena, wide value, int scale) {
    char text[64];
    size_t at = sizeof text;
    int decimals = SCALE;
    const bool negative = value < 0;
    if (negative) value = -value;
    for (; decimals > scale && value % 10 == 0; decimals--) value /= 10;
    for (int i = 0; i <= decimals || value; i++) {
        if (i == decimals && decimals) text[--at] = '.';
        text[--at] = (char)('0' + (int)(value % 10));
        value /= 10;
    }
    if (negative) text[--at] = '-';
    return od_arena_copy(arena, (od_slice){text + at, sizeof text - at});
}

static const od_datum_type *type_of(const worker *w, size_t field) {
    return &w->input->profile->fields[field].type;
}

// Reads what a record says of a field; false when it says nothing. Values are in plain form, which reads
// back without the bounds of the field.
static bool read(const worker *w, const od_tally_record *record, size_t field, od_datum *datum) {
    const od_datum_type bare = {.type = type_of(w, field)->type};
    od_slice why;
    return record->values[field].size &&
           od_datum_read(w->arena, OD_ENGLISH, &bare, record->values[field], datum, &why);
}

// Returns what the drafts say of a field that is a number, a date or a length of time.
static const column *column_of(const worker *w, size_t field) {
    column *const c = &w->columns[field];
    if (c->read) return c;
    od_decimal *const numbers = od_arena_array(w->arena, od_decimal, w->input->draft_count);
    size_t *const drafts = od_arena_array(w->arena, size_t, w->input->draft_count);
    for (size_t i = 0; i < w->input->draft_count; i++) {
        od_datum datum;
        if (!read(w, &w->input->drafts[i], field, &datum)) continue;
        if (datum.type == OD_TYPE_DATE) datum.number = (od_decimal){od_date_days(datum.date), 0};
        // Lengths of time in plain form end in 小时, 分, 秒 or in h, m, s.
        c->chinese |= datum.text.size && (unsigned char)datum.text.data[datum.text.size - 1] >= 0x80;
        numbers[c->count] = datum.number;
        drafts[c->count++] = i;
    }
    c->numbers = numbers;
    c->drafts = drafts;
    c->read = true;
    return c;
}

// ---- totals ------------------------------------------------------------------------------------

static void add_up(const worker *w, od_tally_total *total) {
    const column *const c = column_of(w, total->field);
    wide sum = 0;
    int scale = 0;
    for (size_t i = 0; i < c->count; i++) {
        sum += widen(c->numbers[i]);
        if (c->numbers[i].scale > scale) scale = c->numbers[i].scale;
    }
    total->documents = c->count;
    if (!c->count) return;
    total->value = write_wide(w->arena, sum, scale);
    if (type_of(w, total->field)->type != OD_TYPE_DURATION) return;
    for (int i = 0; i < SCALE; i++) sum /= 10;
    total->value = od_duration_write(w->arena, (int64_t)sum, c->chinese);
}

// `sign` is -1 for the smallest, 1 for the largest.
static void find_edge(const worker *w, od_tally_total *total, int sign) {
    const column *const c = column_of(w, total->field);
    size_t best = 0;
    for (size_t i = 1; i < c->count; i++)
        if (od_decimal_compare(c->numbers[i], c->numbers[best]) * sign > 0) best = i;
    total->documents = c->count;
    if (!c->count) return;
    od_datum datum;
    total->draft = c->drafts[best];
    if (read(w, &w->input->drafts[total->draft], total->field, &datum))
        total->value = od_datum_plain(w->arena, &datum);
}

static od_tally_totals start_totals(const worker *w, const od_tally_fields *fields) {
    const od_tally_totals totals = {od_arena_array(w->arena, od_tally_total, fields->count),
                                    fields->count};
    for (size_t i = 0; i < fields->count; i++) totals.items[i].field = fields->items[i];
    return totals;
}

static void make_totals(const worker *w, const od_tally_rule *rule) {
    od_tally *const t = w->tally;
    t->sum = start_totals(w, &rule->sum);
    t->min = start_totals(w, &rule->min);
    t->max = start_totals(w, &rule->max);
    for (size_t i = 0; i < t->sum.count; i++) add_up(w, &t->sum.items[i]);
    for (size_t i = 0; i < t->min.count; i++) find_edge(w, &t->min.items[i], -1);
    for (size_t i = 0; i < t->max.count; i++) find_edge(w, &t->max.items[i], 1);
}

// ---- groups ------------------------------------------------------------------------------------

static int compare_groups(const void *left, const void *right) {
    const od_tally_group *const a = left, *const b = right;
    if (a->documents != b->documents) return a->documents > b->documents ? -1 : 1;
    return od_slice_compare(a->value, b->value);
}

static void count_values(const worker *w, size_t field) {
    const size_t count = w->input->draft_count, first = w->tally->groups.count;
    od_name *const names = od_arena_array(w->arena, od_name, count);
    size_t said = 0;
    for (size_t i = 0; i < count; i++)
        if (w->input->drafts[i].values[field].size)
            names[said++] = (od_name){w->input->drafts[i].values[field], i};
    od_names_sort(names, said);
    for (size_t i = 0; i < said; i++) {
        if (!i || !od_slice_equal(names[i].name, names[i - 1].name))
            *od_array_push(w->arena, &w->tally->groups) =
                (od_tally_group){.field = field, .value = names[i].name};
        w->tally->groups.items[w->tally->groups.count - 1].documents++;
    }
    if (said)
        qsort(w->tally->groups.items + first, w->tally->groups.count - first,
              sizeof *w->tally->groups.items, compare_groups);
}

// ---- keys --------------------------------------------------------------------------------------

od_slice od_tally_key(const od_tally *tally, const od_tally_record *record) {
    const size_t key = tally->rule->key;
    return key != SIZE_MAX && record->values[key].size ? record->values[key] : record->name;
}

// Returns the records that have a key, sorted by it.
static od_name *sort_keys(const worker *w, const od_tally_record *records, size_t *count) {
    const size_t key = w->tally->rule->key;
    od_name *const names = od_arena_array(w->arena, od_name, *count);
    size_t said = 0;
    for (size_t i = 0; i < *count; i++)
        if (records[i].values[key].size) names[said++] = (od_name){records[i].values[key], i};
    od_names_sort(names, said);
    *count = said;
    return names;
}

static void find_twice(const worker *w, const od_name *names, size_t count) {
    for (size_t i = 0, end; i < count; i = end) {
        end = i + 1;
        while (end < count && od_slice_equal(names[i].name, names[end].name)) end++;
        if (end - i < 2) continue;
        size_t *const drafts = od_arena_array(w->arena, size_t, end - i);
        for (size_t j = i; j < end; j++) drafts[j - i] = names[j].number;
        *od_array_push(w->arena, &w->tally->twice) =
            (od_tally_twice){names[i].name, drafts, end - i};
    }
}

static void find_differences(const worker *w, size_t draft, size_t row) {
    const od_tally_record *const said = &w->input->drafts[draft], *const wanted =
                                                                      &w->input->rows[row];
    for (size_t field = 0; field < w->input->profile->field_count; field++) {
        od_datum a, b;
        if (!said->values[field].size || !wanted->values[field].size) continue;
        const bool same = read(w, said, field, &a) && read(w, wanted, field, &b)
                              ? od_datum_equal(&a, &b)
                              : od_slice_equal(said->values[field], wanted->values[field]);
        if (!same)
            *od_array_push(w->arena, &w->tally->differences) =
                (od_tally_difference){draft, row, field};
    }
}

static void hold_against_rows(const worker *w, const od_name *drafts, size_t draft_count) {
    size_t row_count = w->input->row_count;
    const od_name *const rows = sort_keys(w, w->input->rows, &row_count);
    bool *const found = od_arena_array(w->arena, bool, w->input->row_count);
    size_t *const row_of = od_arena_array(w->arena, size_t, w->input->draft_count);
    for (size_t i = 0; i < w->input->draft_count; i++) row_of[i] = SIZE_MAX;
    for (size_t i = 0; i < draft_count; i++) {
        const size_t hit = od_names_find(rows, row_count, drafts[i].name);
        if (hit == SIZE_MAX) continue;
        row_of[drafts[i].number] = rows[hit].number;
        for (size_t j = hit; j < row_count && od_slice_equal(rows[j].name, rows[hit].name); j++)
            found[rows[j].number] = true;
    }
    for (size_t i = 0; i < w->input->draft_count; i++) {
        if (row_of[i] == SIZE_MAX) *od_array_push(w->arena, &w->tally->extra) = i;
        else find_differences(w, i, row_of[i]);
    }
    for (size_t i = 0; i < w->input->row_count; i++)
        if (!found[i]) *od_array_push(w->arena, &w->tally->missing) = i;
}

static void look_at_keys(const worker *w) {
    if (w->tally->rule->key == SIZE_MAX) return;
    size_t count = w->input->draft_count;
    const od_name *const names = sort_keys(w, w->input->drafts, &count);
    find_twice(w, names, count);
    if (w->input->has_rows) hold_against_rows(w, names, count);
}

// ---- outliers ----------------------------------------------------------------------------------

static int compare_wide(const void *left, const void *right) {
    const wide a = *(const wide *)left, b = *(const wide *)right;
    return a < b ? -1 : a > b;
}

// Returns twice the median, which is whole whatever the count.
static wide middle_of(wide *values, size_t count) {
    qsort(values, count, sizeof *values, compare_wide);
    return values[(count - 1) / 2] + values[count / 2];
}

static wide distance(wide a, wide b) {
    return a > b ? a - b : b - a;
}

// A number is far off when it is further from the median than five times the median distance, and than
// half the median, without which drafts that all but agree would make outliers of small differences.
static void find_outliers(const worker *w, size_t field) {
    enum { FEWEST = 10, TIMES = 5 };
    const column *const c = column_of(w, field);
    const size_t said = c->count;
    if (said < FEWEST) return;
    wide *const values = od_arena_array(w->arena, wide, said);
    wide *const sorted = od_arena_array(w->arena, wide, said);
    for (size_t i = 0; i < said; i++) sorted[i] = values[i] = widen(c->numbers[i]);
    const wide middle = middle_of(sorted, said); // doubled, as are distances
    for (size_t i = 0; i < said; i++) sorted[i] = distance(values[i] * 2, middle);
    const wide spread = middle_of(sorted, said) / 2;
    const wide half = distance(middle, 0) / 2;
    const wide limit = spread * TIMES > half ? spread * TIMES : half;
    for (size_t i = 0; i < said; i++) {
        if (distance(values[i] * 2, middle) <= limit) continue;
        *od_array_push(w->arena, &w->tally->outliers) =
            (od_tally_outlier){.draft = c->drafts[i],
                               .field = field,
                               .value = w->input->drafts[c->drafts[i]].values[field],
                               .middle = write_wide(w->arena, middle / 2, 0),
                               .spread = write_wide(w->arena, spread / 2, 0),
                               .limit = write_wide(w->arena, limit / 2, 0)};
    }
}

static void look_for_outliers(const worker *w) {
    const od_profile *const profile = w->input->profile;
    bool *const wanted = od_arena_array(w->arena, bool, profile->field_count);
    const od_tally_fields *const parts[] = {&w->tally->rule->sum, &w->tally->rule->min,
                                            &w->tally->rule->max};
    for (size_t p = 0; p < 3; p++)
        for (size_t i = 0; i < parts[p]->count; i++) wanted[parts[p]->items[i]] = true;
    for (size_t i = 0; i < profile->field_count; i++) {
        const od_field_type type = profile->fields[i].type.type;
        if (wanted[i] && type >= OD_TYPE_INTEGER && type <= OD_TYPE_AMOUNT_CN) find_outliers(w, i);
    }
}

// ---- all ---------------------------------------------------------------------------------------

// What is done where a profile does not say: all numbers are added up.
static const od_tally_rule *usual_rule(const worker *w) {
    const od_profile *const profile = w->input->profile;
    od_tally_rule *const rule = od_arena_new(w->arena, od_tally_rule);
    size_t *const fields = od_arena_array(w->arena, size_t, profile->field_count);
    *rule = (od_tally_rule){.key = SIZE_MAX, .sum = {.items = fields}};
    for (size_t i = 0; i < profile->field_count; i++) {
        const od_field_type type = profile->fields[i].type.type;
        const bool is_amount = type >= OD_TYPE_INTEGER && type <= OD_TYPE_AMOUNT_CN;
        if ((is_amount && type != OD_TYPE_PERCENT) || type == OD_TYPE_DURATION)
            fields[rule->sum.count++] = i;
    }
    return rule;
}

void od_tally_make(od_arena *arena, const od_tally_input *input, od_tally *tally) {
    *tally = (od_tally){.input = input};
    const worker w = {arena, input, tally,
                      od_arena_array(arena, column, input->profile->field_count)};
    tally->rule = input->profile->tally ? input->profile->tally : usual_rule(&w);
    make_totals(&w, tally->rule);
    for (size_t i = 0; i < tally->rule->count.count; i++)
        count_values(&w, tally->rule->count.items[i]);
    look_at_keys(&w);
    look_for_outliers(&w);
}
