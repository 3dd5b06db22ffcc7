// One draft per row: the draft is read and its blanks matched once; a row costs its own values alone.
#include "base/buf.h"
#include "data/rows.h"
#include "engine/check.h"
#include "engine/fill.h"
#include "engine/labels.h"

#include <stdlib.h>

struct od_batch {
    od_session *session;
    const od_rows *rows;
    od_batch_options options;
    od_value shared;    // what the rows are laid over
    od_arena *arena;    // of the document: findings, and what all rows share
    od_reading reading;
    od_places places;
    od_labels labels;
    od_planner *planner;
    od_plan_table table;
    od_diagnostics whole;
    od_check_context context;
    // what blanks lack
    od_uncovered *uncovered; // by blank
    size_t counted;          // the rows before this one were counted among these
    size_t planned;          // how many of them were planned at all
    // rules
    OD_ARRAY(od_unchecked) unchecked; // each once, as the first row without its fields has it
    bool broken;                      // a rule itself is wrong, which was told
    // the row filled last
    od_arena row_arena;
    od_mark row_start;
    od_reading view; // the draft, in the arena of the row
    od_value values;
    od_span span;    // in the table
    od_plan plan;
    od_buf out;
};

// ---- tables ------------------------------------------------------------------------------------

od_status od_rows_read(od_session *session, const char *path, od_slice bytes,
                       const od_rows_options *options, od_rows **rows) {
    return od_rows_load(&session->arena, &session->failures, path, bytes, options->encoding,
                        session->source_count++, rows);
}

size_t od_rows_count(const od_rows *rows) {
    return rows->count;
}

const char *od_rows_encoding(const od_rows *rows, bool *guessed) {
    *guessed = rows->guessed;
    return rows->encoding;
}

const od_source *od_rows_source(const od_rows *rows) {
    return rows->source;
}

// ---- batches -----------------------------------------------------------------------------------

od_status od_batch_new(od_session *session, const od_document *document, const od_profile *profile,
                       const od_data *shared, const od_rows *rows, const od_batch_options *options,
                       od_batch **batch) {
    if (document->first_invalid != SIZE_MAX) return od_fill_refuse_encoding(session, document);
    od_arena *const arena = &((od_document *)document)->arena;
    od_batch *const b = od_arena_new(arena, od_batch);
    *b = (od_batch){.session = session, .rows = rows, .options = *options, .arena = arena};
    b->shared = shared ? od_data_values(shared, arena) : (od_value){.kind = OD_MAPPING};
    b->whole = (od_diagnostics){.arena = arena, .language = session->options.language};
    od_reading_make(arena, document, profile, profile && profile->binding_count, &b->reading);
    od_bind(&b->reading, &b->places);
    b->labels = od_labels_make(arena, profile);
    b->table = (od_plan_table){.source = rows->source,
                               .has_header = !rows->items,
                               .partial = options->partial,
                               .used = options->used,
                               .used_count = options->used_count,
                               .whole = &b->whole};
    b->planner = od_planner_new(&b->reading, &b->places, &session->evaluator, &b->table);
    b->uncovered = od_arena_array(arena, od_uncovered, b->reading.blanks.count);
    b->view = b->reading;
    b->view.arena = &b->row_arena;
    b->context = (od_check_context){.reading = &b->view,
                                    .places = &b->places,
                                    .plan = &b->plan,
                                    .has_data = true,
                                    .evaluator = &session->evaluator,
                                    .today = session->options.today,
                                    .stage = od_check_stage(document, options->stage)};
    od_arena_alloc(&b->row_arena, 1); // so that its first piece stays from row to row
    b->row_start = od_arena_mark(&b->row_arena);
    *batch = b;
    return OD_OK;
}

void od_batch_free(od_batch *batch) {
    if (!batch) return;
    od_planner_free(batch->planner);
    od_arena_free(&batch->row_arena);
    od_buf_free(&batch->out);
}

// ---- findings of a row -------------------------------------------------------------------------

static const od_related *find_related(const od_diagnostic *finding, const od_source *source) {
    for (size_t i = 0; i < finding->related_count; i++)
        if (finding->related[i].source == source) return &finding->related[i];
    return NULL;
}

static bool is_of_profile(const od_batch *b, const od_source *source) {
    for (const od_profile *p = b->reading.profile; p; p = p->base)
        if (source == &p->source) return true;
    return false;
}

// Whether `source` is data that all rows share.
static bool is_shared(const od_batch *b, const od_source *source) {
    return source != b->rows->source && source != &b->reading.document->source &&
           !is_of_profile(b, source);
}

static const od_related *find_shared(const od_batch *b, const od_diagnostic *finding) {
    for (size_t i = 0; i < finding->related_count; i++)
        if (is_shared(b, finding->related[i].source)) return &finding->related[i];
    return NULL;
}

// Returns the cell that the blank at `span` of the draft is filled from; false when it is none.
static bool find_cell(const od_batch *b, od_span span, od_span *cell) {
    const od_blank_list *const blanks = &b->reading.blanks;
    size_t low = 0, high = blanks->count; // the first blank that does not start before the span
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (blanks->items[middle].span.start < span.start) low = middle + 1;
        else high = middle;
    }
    if (low == blanks->count || blanks->items[low].span.start != span.start) return false;
    const od_entry *const entry = b->plan.blanks[low].entry;
    if (!entry || entry->value.source != b->rows->source) return false;
    *cell = entry->value.span;
    return true;
}

// Returns where in the table a finding about this row belongs: at the cell that it names, or whose
// blank it stands at, else at the row.
static od_span span_in_table(const od_batch *b, const od_diagnostic *finding) {
    const od_related *const named = find_related(finding, b->rows->source);
    od_span span = b->span;
    if (named) return named->span;
    if (finding->source == &b->reading.document->source) find_cell(b, finding->span, &span);
    return span;
}

static void relate(const od_batch *b, od_diagnostics *list, od_diagnostic *d,
                   const od_source *source, od_span span, od_slice message) {
    od_span cell;
    if (source == &b->reading.document->source && find_cell(b, span, &cell)) {
        source = b->rows->source;
        span = cell;
    }
    od_diagnostic_relate(list, d, source, span, od_arena_copy(list->arena, message));
}

// Adds to `list` a finding of the text of one row, which is nowhere but in the table: it stands there,
// and names its place in the draft beside it.
static void place_finding(od_batch *b, od_diagnostics *list, const od_diagnostic *finding,
                          const od_source *source, od_span span) {
    od_diagnostic *const d = od_array_push(list->arena, &list->found);
    const bool is_draft = finding->source == &b->reading.document->source;
    *d = (od_diagnostic){.source = source,
                         .span = span,
                         .rule = finding->rule,
                         .severity = finding->severity,
                         .has_position = true,
                         .message = od_arena_copy(list->arena, finding->message)};
    if (finding->has_position)
        od_diagnostic_relate(list, d, finding->source, finding->span,
                             od_say(list, is_draft ? OD_SAY("in the draft", "文稿中的位置")
                                                   : OD_SAY("in the profile", "文种文件里的位置")));
    for (size_t i = 0; i < finding->related_count; i++) {
        const od_related *const r = &finding->related[i];
        if (r->source != source || r->span.start != span.start)
            relate(b, list, d, r->source, r->span, r->message);
    }
}

// Adds a finding that stands where it belongs; what it says outlives the row.
static void keep_finding(od_diagnostics *list, const od_diagnostic *finding) {
    od_diagnostic *const d = od_array_push(list->arena, &list->found);
    *d = *finding;
    d->message = od_arena_copy(list->arena, finding->message);
    d->related = NULL;
    d->related_count = 0;
    for (size_t i = 0; i < finding->related_count; i++) {
        const od_related *const r = &finding->related[i];
        od_diagnostic_relate(list, d, r->source, r->span, od_arena_copy(list->arena, r->message));
    }
}

// Moves the findings that stand outside the table into it, or, when all rows have them, apart.
static void place_findings(od_batch *b, const od_diagnostics *found, od_diagnostics *placed) {
    for (size_t i = 0; i < found->found.count; i++) {
        const od_diagnostic *const finding = &found->found.items[i];
        const bool in_table = finding->source == b->rows->source;
        if (in_table || is_shared(b, finding->source)) {
            keep_finding(in_table ? placed : &b->whole, finding);
            continue;
        }
        const od_related *const shared =
            find_related(finding, b->rows->source) ? NULL : find_shared(b, finding);
        if (shared) place_finding(b, &b->whole, finding, shared->source, shared->span);
        else place_finding(b, placed, finding, b->rows->source, span_in_table(b, finding));
    }
}

static bool was_unchecked(const od_batch *b, od_slice rule) {
    for (size_t i = 0; i < b->unchecked.count; i++)
        if (od_slice_equal(b->unchecked.items[i].rule, rule)) return true;
    return false;
}

static const od_slice *copy_texts(od_arena *arena, const od_slice *texts, size_t count) {
    od_slice *const copy = od_arena_array(arena, od_slice, count);
    for (size_t i = 0; i < count; i++) copy[i] = od_arena_copy(arena, texts[i]);
    return copy;
}

static void keep_unchecked(od_batch *b, const od_check_context *context) {
    for (size_t i = 0; i < context->unchecked.count; i++) {
        const od_unchecked *const u = &context->unchecked.items[i];
        if (was_unchecked(b, u->rule)) continue;
        od_unchecked *const kept = od_array_push(b->arena, &b->unchecked);
        *kept = *u;
        kept->missing = copy_texts(b->arena, u->missing, u->missing_count);
        kept->missing_fields = copy_texts(b->arena, u->missing_fields, u->missing_count);
    }
}

// What the filled draft of a row says: against its data, and by the rules of the profile. No draft is
// read again for it, as the plan knows all values. What is made on the way goes with the row. One with
// mistakes is checked too, so that all are told at once; only what it lacks for a rule is not told.
static void check_row(od_batch *b, bool refused, od_diagnostics *placed) {
    od_diagnostics met = {.arena = &b->row_arena, .language = placed->language};
    od_check_context context = b->context;
    context.values_given = b->plan.given;
    context.found = &met;
    if (!b->broken && od_check_rules(&context, &b->session->failures) != OD_OK) b->broken = true;
    od_check_given(&context);
    if (!refused) od_check_lost(&context);
    if (!refused) keep_unchecked(b, &context);
    place_findings(b, &met, placed);
}

// ---- blanks of a row ---------------------------------------------------------------------------

static int compare_values(const void *left, const void *right) {
    const od_value *const *const a = left, *const *const b = right;
    return (*a > *b) - (*a < *b);
}

// Tells of each value that leaves blanks open on purpose, once.
static void report_left(od_batch *b, const od_entry **entries, size_t count, od_diagnostics *found) {
    if (count > 1) qsort(entries, count, sizeof *entries, compare_values);
    for (size_t i = 0; i < count; i++) {
        const od_entry *const entry = entries[i];
        if (i && entry == entries[i - 1]) continue;
        od_diagnostics *const list = is_shared(b, entry->value.source) ? &b->whole : found;
        od_diagnostic *const d = od_diagnose(
            list, OD_RULE_PLACEHOLDER_UNFILLED, entry->value.source, entry->value.span,
            od_say(list,
                   OD_SAY("“{1}” is left open on purpose; give --partial to have the draft all the same",
                          "“{1}”写明暂不填；仍要生成文稿，请加 --partial"),
                   entry->key));
        d->severity = od_check_leftover(b->reading.profile, b->context.stage);
    }
}

// Counts the blanks that stay open in `result`, and notes those for which the row has nothing.
static void count_blanks(od_batch *b, bool first_time, od_diagnostics *found,
                         od_fill_result *result) {
    const size_t count = b->reading.blanks.count;
    const od_entry **const left = od_arena_array(&b->row_arena, const od_entry *, count);
    size_t left_count = 0;
    for (size_t i = 0; i < count; i++) {
        const od_assignment *const given = &b->plan.blanks[i];
        result->blanks_kept += given->fate == OD_FATE_KEEP;
        result->blanks_left += given->fate == OD_FATE_NONE || given->fate == OD_FATE_LEAVE;
        if (given->fate == OD_FATE_LEAVE) left[left_count++] = given->entry;
        if (given->fate != OD_FATE_NONE || given->refused || !first_time) continue;
        od_uncovered *const u = &b->uncovered[i];
        if (!u->rows++) u->first = b->span;
    }
    if (!b->options.partial) report_left(b, left, left_count, found);
}

// ---- rows --------------------------------------------------------------------------------------

static void apply(od_batch *b, const od_edit_list *edits, od_fill_result *result) {
    b->out.size = 0;
    od_edit_apply(edits, b->reading.document->source.bytes, &b->out);
    result->bytes = od_buf_slice(&b->out);
    result->edits = edits->edits.items;
    result->edit_count = edits->edits.count;
}

static void fill_row(od_batch *b, bool first_time, od_diagnostics *found, od_fill_result *result) {
    od_arena *const arena = &b->row_arena;
    od_diagnostics met = {.arena = b->arena, .language = found->language};
    od_edit_list edits = {0};
    if (b->shared.count) b->values = od_value_merge(arena, &b->shared, &b->values);
    od_planner_plan(b->planner, &b->values, arena, &met, &b->plan);
    result->refused = !od_fill_edits(&b->view, &b->plan, &met, &edits) || b->plan.refused;
    if (!result->refused) apply(b, &edits, result);
    place_findings(b, &met, found);
    check_row(b, result->refused, found);
    result->refused = result->refused || b->broken;
    b->planned += first_time;
    count_blanks(b, first_time, found, result);
}

void od_batch_fill(od_batch *batch, size_t row, od_fill_result *result) {
    od_diagnostics found = {.arena = batch->arena, .language = batch->whole.language};
    const bool first_time = row >= batch->counted;
    if (first_time) batch->counted = row + 1;
    *result = (od_fill_result){0};
    od_arena_rewind(&batch->row_arena, batch->row_start);
    batch->values = (od_value){.kind = OD_MAPPING};
    batch->plan = (od_plan){0};
    if (od_rows_get(batch->rows, row, &batch->row_arena, &found, &batch->values)) {
        batch->span = batch->values.span;
        fill_row(batch, first_time, &found, result);
    } else {
        result->refused = true;
    }
    od_diagnostics_sort(&found);
    result->findings = (od_findings){.items = found.found.items, .count = found.found.count};
}

// A name may be a label where the table has the field by its id.
static size_t field_by_label(const od_batch *b, od_slice label) {
    size_t rival;
    const size_t field = od_labels_find(&b->labels, b->view.arena, label, &rival);
    return rival == SIZE_MAX ? field : SIZE_MAX;
}

bool od_batch_value(const od_batch *batch, od_slice name, od_slice *text, od_span *span) {
    const od_profile *const profile = batch->reading.profile;
    const od_value *const value = od_value_get(&batch->values, name);
    size_t field = profile ? od_profile_field(profile, name) : SIZE_MAX;
    if (field == SIZE_MAX && !value) field = field_by_label(batch, name);
    *text = (od_slice){0};
    *span = batch->span;
    if (value && value->source == batch->rows->source) *span = value->span;
    if (value && value->kind == OD_SCALAR) *text = od_slice_trim(value->text);
    if (field == SIZE_MAX) return value != NULL;
    const od_field_value *const said =
        batch->plan.values.fields ? &batch->plan.values.fields[field] : NULL;
    if (said && said->standing == OD_STANDING_ONE) *text = said->datum.text;
    return value || said; // a row that cannot be read says nothing
}

// ---- the table as a whole ----------------------------------------------------------------------

static bool is_same(const od_diagnostic *a, const od_diagnostic *b) {
    return a->source == b->source && a->span.start == b->span.start && a->rule == b->rule &&
           od_slice_equal(a->message, b->message);
}

static void drop_repeated(od_diagnostics *list) {
    size_t count = 0;
    for (size_t i = 0; i < list->found.count; i++)
        if (!count || !is_same(&list->found.items[i], &list->found.items[count - 1]))
            list->found.items[count++] = list->found.items[i];
    list->found.count = count;
}

od_findings od_batch_findings(od_batch *batch) {
    od_diagnostics found = {.arena = batch->arena, .language = batch->whole.language};
    for (size_t i = 0; i < batch->whole.found.count; i++)
        *od_array_push(batch->arena, &found.found) = batch->whole.found.items[i];
    od_uncovered *const lacking =
        od_arena_array(batch->arena, od_uncovered, batch->reading.blanks.count);
    size_t count = 0;
    for (size_t i = 0; i < batch->reading.blanks.count; i++) {
        if (!batch->uncovered[i].rows) continue;
        lacking[count] = batch->uncovered[i];
        lacking[count].blank = i;
        lacking[count].all = batch->uncovered[i].rows == batch->planned;
        count++;
    }
    od_check_context context = batch->context;
    context.reading = &batch->reading;
    context.plan = NULL;
    context.found = &found;
    od_check_uncovered(&context, batch->rows->source, batch->table.has_header, lacking, count);
    od_diagnostics_sort(&found);
    drop_repeated(&found);
    return (od_findings){.items = found.found.items,
                         .count = found.found.count,
                         .unchecked = batch->unchecked.items,
                         .unchecked_count = batch->unchecked.count};
}
