// Learning: a first profile from a draft with blanks and drafts that were finished from it.
//
// Only what the texts show is learned. Sections are the headings; each blank is a slot of a phrase
// that fits nowhere else; the finished drafts say, through the same phrases, which values stand in
// the blanks, hence of which type a field is, which blanks are one field, and which sums come out.
// What they do not show stays apart and is told to the person who goes on with the profile.
#ifndef OD_ENGINE_LEARN_H
#define OD_ENGINE_LEARN_H

#include "engine/lesson.h"

// Learns from `draft` and `count` drafts `finished` from it, into the arena of `draft`.
//
// Errors: OD_INVALID, after noting a failure: no blank in the draft, bytes that are not UTF-8, or a
//         finished draft in which not one of its phrases is found.
od_status od_learn(od_session *session, const od_document *draft,
                   const od_document *const *finished, size_t count, od_learned *learned);

#endif
