// Fill: the edits that a plan comes to. What od_fill and od_batch_fill share.
#ifndef OD_ENGINE_FILL_H
#define OD_ENGINE_FILL_H

#include "engine/plan.h"
#include "engine/session.h"
#include "source/edit.h"

// Adds to `edits` what `plan` puts into the blanks of `reading`, written as the kind of the draft has
// it; all in the arena of `reading`. Returns false, with findings, when a value cannot be written.
bool od_fill_edits(const od_reading *reading, const od_plan *plan, od_diagnostics *found,
                   od_edit_list *edits);

// Notes that a draft is not UTF-8 and returns OD_INVALID.
od_status od_fill_refuse_encoding(od_session *session, const od_document *document);

#endif
