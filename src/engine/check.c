#include "engine/check.h"

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
