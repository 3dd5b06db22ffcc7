// Sessions: what documents, profiles and data of one run share.
#ifndef OD_ENGINE_SESSION_H
#define OD_ENGINE_SESSION_H

#include "data/dataset.h"
#include "document/document.h"
#include "engine/evaluate.h"
#include "profile/profile.h"

// A profile once loaded, by the name it was asked for.
typedef struct od_loaded_profile {
    od_slice name;
    od_profile *profile;
} od_loaded_profile;

struct od_session {
    od_arena arena;
    od_options options;
    od_diagnostics failures;
    od_findings failures_view; // what od_session_failures hands out
    size_t source_count;
    od_document *documents;
    od_evaluator evaluator;
    OD_ARRAY(od_loaded_profile) profiles;
};

// Makes a session that asks `evaluator`, which belongs to it from now on. od_session_new, which the
// public header has, hands in the one of src/lua.
od_session *od_session_create(const od_options *options, const od_evaluator *evaluator);

#endif
