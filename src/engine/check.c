#include "engine/check.h"

#include "engine/session.h"

#include <strings.h>

// Whether people wrote `word`: Final is final.
static bool says(const od_value *value, const char *word) {
    return value->kind == OD_SCALAR && value->text.size == strlen(word) &&
           strncasecmp(value->text.data, word, value->text.size) == 0;
}

od_stage od_check_stage(const od_document *document, od_stage wanted) {
    if (wanted != OD_STAGE_AUTO) return wanted;
    static const char *const FINAL[] = {"final", "published", "accepted", "定稿", "正式"};
    const od_value *const status = od_value_at(&document->front_matter.values, "status");
    for (size_t i = 0; status && i < sizeof FINAL / sizeof *FINAL; i++)
        if (says(status, FINAL[i])) return OD_STAGE_FINAL;
    return OD_STAGE_DRAFT;
}

od_severity od_check_leftover(const od_profile *profile, od_stage stage) {
    const bool final = stage == OD_STAGE_FINAL;
    if (profile && profile->has_leftover)
        return final ? profile->leftover_final : profile->leftover_draft;
    return final ? OD_ERROR : OD_WARNING;
}

static od_status check_text(od_session *session, const od_document *document,
                            const od_profile *profile, const od_check_options *options,
                            od_diagnostics *found, od_findings *findings) {
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
                                .io = &session->options.io,
                                .today = options->today.year ? options->today
                                                             : session->options.today,
                                .stage = od_check_stage(document, options->stage),
                                .found = found};
    od_check_front_matter(&context);
    od_check_sections(&context);
    od_check_numbers(&context);
    od_check_blanks(&context, false);
    const od_status status = od_check_rules(&context, &session->failures);
    od_check_values(&context);
    if (context.has_data) od_check_lost(&context);
    od_check_stale(&context);
    od_check_text(&context);
    od_check_markdown(&context);
    findings->unchecked = context.unchecked.items;
    findings->unchecked_count = context.unchecked.count;
    return status;
}

// Comments may name the rules of the profile, and those of the caller.
static void suppress(const od_document *document, const od_profile *profile,
                     const od_check_options *options, const bool *off, od_diagnostics *found) {
    const size_t own = profile->rule_count;
    const size_t count = own + options->more_rule_count;
    const char **const ids = od_arena_array(found->arena, const char *, count);
    for (size_t i = 0; i < own; i++) ids[i] = profile->rules[i].id.data;
    for (size_t i = 0; i < options->more_rule_count; i++) ids[own + i] = options->more_rules[i];
    od_suppress(document, ids, count, off, found);
}

const od_findings *od_check(od_session *session, const od_document *document,
                            const od_profile *profile, const od_check_options *options) {
    // Results belong to the document; const says that what it holds of the draft does not change.
    od_arena *const arena = &((od_document *)document)->arena;
    od_diagnostics found = {.arena = arena, .language = session->options.language};
    od_check_context encoding = {.found = &found};
    od_check_encoding(&encoding, document);
    // Bytes in another encoding have no sections or blanks that could be told.
    od_findings *const findings = od_arena_new(arena, od_findings);
    if (document->first_invalid == SIZE_MAX &&
        check_text(session, document, profile, options, &found, findings) != OD_OK)
        return NULL;
    const od_stage stage = od_check_stage(document, options->stage);
    bool off[OD_RULE_COUNT];
    od_levels_off(profile, stage, off);
    for (size_t i = 0; options->more && i < options->more->count; i++)
        *od_array_push(arena, &found.found) = options->more->items[i];
    suppress(document, profile, options, off, &found);
    od_levels_apply(profile, stage, &found);
    od_diagnostics_sort(&found);
    findings->items = found.found.items;
    findings->count = found.found.count;
    return findings;
}
