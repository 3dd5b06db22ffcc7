// Folding: texts that a reader takes for the same become the same bytes, for matching only.
//
// Full-width ASCII as half-width, no white space, all double and corner quotes as `"`, single ones as
// `'`, no `**` or `__` beside Han (marks that CommonMark leaves unresolved there), no controls. ASCII
// letters keep their case.
#ifndef OD_DOCUMENT_FOLD_H
#define OD_DOCUMENT_FOLD_H

#include "base/arena.h"

// Stands for a blank in folded text. Folding drops control characters, so no draft can hold it.
enum { OD_BLANK_MARK = 0x01 };

// A part of a text that folds to one OD_BLANK_MARK, whatever it holds.
typedef struct od_fold_mark {
    size_t start, end;
} od_fold_mark;

// How far folding has come; kept now and then, so that the way back need not start at the front.
typedef struct od_fold_state {
    size_t out;      // folded bytes made
    size_t at;       // bytes of the text read
    size_t mark;     // marks passed
    size_t previous; // end of the character read before, for marks beside Han; SIZE_MAX for none
} od_fold_state;

typedef struct od_folded {
    od_slice text;
    od_slice origin; // that was folded
    const od_fold_mark *marks;
    size_t mark_count;
    const od_fold_state *states; // one for each OD_FOLD_STEP folded bytes or more
    size_t state_count;
} od_folded;

enum { OD_FOLD_STEP = 512 };

// Returns `text` folded.
od_slice od_fold(od_arena *arena, od_slice text);

// Folds `text` with `marks` (rising, not overlapping; they may be empty) as OD_BLANK_MARKs. Both are
// borrowed for the way back, which is worked out when it is asked for: a map would be as large as the
// text, and few places are ever asked for.
void od_fold_marked(od_arena *arena, od_slice text, const od_fold_mark *marks, size_t mark_count,
                    od_folded *folded);

// Returns the byte of the text that the folded byte `at`, which starts a character, comes from.
size_t od_fold_origin(const od_folded *folded, size_t at);

// Returns the bytes of the text that the folded bytes [start, end), not empty, come from: from the first
// character's to the last one's, blanks whole.
od_span od_fold_range(const od_folded *folded, size_t start, size_t end);

#endif
