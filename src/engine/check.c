#include "engine/check.h"

#include "engine/session.h"

od_stage od_check_stage(const od_document *document, od_stage wanted) {
    if (wanted != OD_STAGE_AUTO) return wanted;
    static const char *const FINAL[] = {"final", "published", "accepted", "定稿", "正式"};
    const od_value *const status = od_value_at(&document->front_matter.values, "status");
    for (size_t i = 0; status && i < sizeof FINAL / sizeof *FINAL; i++)
        if (status->kind == OD_SCALAR && od_slice_is(status->text, FINAL[i])) return OD_STAGE_FINAL;
    return OD_STAGE_DRAFT;
}

od_severity od_check_leftover(const od_profile *profile, od_stage stage) {
    const bool final = stage == OD_STAGE_FINAL;
    if (profile && profile->has_leftover)
        return final ? profile->leftover_final : profile->leftover_draft;
    return final ? OD_ERROR : OD_WARNING;
}

static void check_text(const od_session *session, const od_document *document,
                       const od_profile *profile, const od_check_options *options,
                       od_diagnostics *found) {
    od_arena *const arena = found->arena;
    od_reading reading;
    od_reading_make(arena, document, profile, profile->binding_count || profile->stale_count,
                    &reading);
    od_places places;
    od_bind(&reading, &places);
    od_plan plan;
    od_plan_make(&reading, &places, options->data, &session->evaluator, found, &plan);
    od_check_context context = {.reading = &reading,
                                .places = &places,
                                .plan = &plan,
                                .has_data = options->data != NULL,
                                .values_given = plan.given,
                                .evaluator = &session->evaluator,
                                .today = options->today,
                                .stage = od_check_stage(document, options->stage),
                                .found = found};
    od_check_front_matter(&context);
    od_check_sections(&context);
    od_check_numbers(&context);
    od_check_blanks(&context, false);
    od_check_values(&context);
    od_check_stale(&context);
}

const od_findings *od_check(od_session *session, const od_document *document,
                            const od_profile *profile, const od_check_options *options) {
    // Results belong to the document; const says that what it holds of the draft does not change.
    od_arena *const arena = &((od_document *)document)->arena;
    od_diagnostics found = {.arena = arena, .language = session->options.language};
    od_check_context encoding = {.found = &found};
    od_check_encoding(&encoding, document);
    // Bytes in another encoding have no sections or blanks that could be told.
    if (document->first_invalid == SIZE_MAX) check_text(session, document, profile, options, &found);
    for (size_t i = 0; options->more && i < options->more->count; i++)
        *od_array_push(arena, &found.found) = options->more->items[i];
    od_suppress(document, options->more_rules, options->more_rule_count, &found);
    od_diagnostics_sort(&found);
    od_findings *const findings = od_arena_new(arena, od_findings);
    *findings = (od_findings){.items = found.found.items, .count = found.found.count};
    return findings;
}
