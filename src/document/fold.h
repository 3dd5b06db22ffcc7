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

// Where a run of folded bytes comes from: the folded byte `at` from byte `from` of the text, and so
// on one by one until the next piece.
typedef struct od_fold_piece {
    size_t at, from;
} od_fold_piece;

typedef struct od_folded {
    od_slice text;
    const od_fold_piece *map; // rising; covers all of `text`
    size_t map_count;
} od_folded;

// A part of a text that folds to one OD_BLANK_MARK, whatever it holds.
typedef struct od_fold_mark {
    size_t start, end;
} od_fold_mark;

// Returns `text` folded.
od_slice od_fold(od_arena *arena, od_slice text);

// Folds `text` with `marks` (rising, not overlapping; they may be empty) as OD_BLANK_MARKs, and keeps
// the map.
void od_fold_marked(od_arena *arena, od_slice text, const od_fold_mark *marks, size_t mark_count,
                    od_folded *folded);

// Returns the byte of the text that the folded byte `at`, which starts a character, comes from.
size_t od_fold_origin(const od_folded *folded, size_t at);

#endif
