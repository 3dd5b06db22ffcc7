#include "engine/fill.h"

#include "base/buf.h"
#include "engine/check.h"
#include "engine/escape.h"

// Returns what a blank is replaced by; false with a finding when the value cannot be written there.
static bool write_value(const od_reading *reading, size_t index, const od_assignment *given,
                        od_diagnostics *found, od_slice *text) {
    const od_blank *const blank = &reading->blanks.items[index];
    *text = given->text;
    if (reading->document->kind != OD_MARKDOWN) return true;
    if (od_escape_markdown(reading->arena, reading->document->source.bytes, blank->span,
                           blank->start == 0, given->text, text))
        return true;
    od_diagnose(found, OD_RULE_VALUE_TYPE, given->entry->value.source, given->entry->value.span,
                od_say(found,
                       OD_SAY("“{1}” cannot be written after a backslash; fill this blank by hand",
                              "“{1}”前面有反斜杠，写进去会变样；请手工填写这一处"),
                       given->text));
    return false;
}

bool od_fill_edits(const od_reading *reading, const od_plan *plan, od_diagnostics *found,
                   od_edit_list *edits) {
    bool ok = true;
    for (size_t i = 0; i < reading->blanks.count; i++) {
        const od_blank *const blank = &reading->blanks.items[i];
        od_slice text;
        if (plan->blanks[i].fate != OD_FATE_FILL || !od_blank_fillable(blank)) continue;
        if (!write_value(reading, i, &plan->blanks[i], found, &text) ||
            od_edit_replace(reading->arena, edits, blank->span, text) != OD_OK)
            ok = false;
    }
    return ok;
}

static void apply(const od_reading *reading, const od_edit_list *edits, od_fill_result *result) {
    od_buf out = {0};
    od_edit_apply(edits, reading->document->source.bytes, &out);
    result->bytes = od_arena_copy(reading->arena, od_buf_slice(&out));
    od_buf_free(&out);
    result->edits = edits->edits.items;
    result->edit_count = edits->edits.count;
}

static size_t count_fate(const od_plan *plan, size_t count, od_fate fate) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) n += plan->blanks[i].fate == fate;
    return n;
}

od_status od_fill_refuse_encoding(od_session *session, const od_document *document) {
    od_diagnostics *const log = &session->failures;
    const size_t line = od_source_line_at(&document->source, document->first_invalid);
    od_fail(log, document->source.path,
            od_say(log,
                   OD_SAY("line {1} is not UTF-8; convert the file first (for GBK: iconv -f GB18030 -t "
                          "UTF-8)",
                          "第{1}行不是UTF-8编码；请先转换（GBK文件可用：iconv -f GB18030 -t UTF-8）"),
                   od_arena_number(log->arena, line + 1)));
    return OD_INVALID;
}

od_status od_fill(od_session *session, const od_document *document, const od_profile *profile,
                  const od_data *data, const od_fill_options *options,
                  const od_fill_result **result) {
    if (document->first_invalid != SIZE_MAX) 
        return od_fill_refuse_encoding(session, document);
    // Results belong to the document; const says that what it holds of the draft does not change.
    od_arena *const arena = &((od_document *)document)->arena;
    od_diagnostics found = {.arena = arena, .language = session->options.language};
    od_reading reading;
    od_reading_make(arena, document, profile, profile && profile->binding_count, &reading);
    od_places places;
    od_bind(&reading, &places);
    od_plan plan;
    od_plan_make(&reading, &places, data, &session->evaluator, &found, &plan);
    od_edit_list edits = {0};
    od_fill_result *const made = od_arena_new(arena, od_fill_result);
    made->refused = !od_fill_edits(&reading, &plan, &found, &edits) || plan.refused;
    if (!made->refused) apply(&reading, &edits, made);
    od_check_context context = {.reading = &reading,
                                .places = &places,
                                .plan = &plan,
                                .has_data = data != NULL,
                                .values_given = plan.given,
                                .stage = od_check_stage(document, options->stage),
                                .found = &found};
    od_check_given(&context);
    od_check_lost(&context);
    made->blanks_left = od_check_blanks(&context, true);
    made->blanks_kept = count_fate(&plan, reading.blanks.count, OD_FATE_KEEP);
    od_diagnostics_sort(&found);
    made->findings = (od_findings){.items = found.found.items, .count = found.found.count};
    *result = made;
    return OD_OK;
}
