// Edits: replacements of byte spans, collected in any order and applied once.
//
// Follows LSP TextEdit[]: spans name the original text and may touch, not overlap.
#ifndef OD_SOURCE_EDIT_H
#define OD_SOURCE_EDIT_H

#include "base/arena.h"
#include "base/buf.h"

// Edits of one source, sorted by span. All zeros is empty.
typedef struct od_edit_list {
    OD_ARRAY(od_edit) edits;
} od_edit_list;

// Adds to `list` the replacement of `span` by `text`. Adding in rising order costs no search.
//
// Units:     bytes of the list's source; an empty span inserts.
// Ownership: `text` is borrowed until od_edit_apply returns.
// Errors:    OD_OVERLAP when the span cuts an earlier edit, or inserts at the same place; the list is
//            then as before. The same edit again is no error and adds nothing.
// Source:    LSP 3.17, TextEdit[].
od_status od_edit_replace(od_arena *arena, od_edit_list *list, od_span span, od_slice text);

// Whether od_edit_replace would take the edit.
bool od_edit_fits(const od_edit_list *list, od_edit edit);

// Appends to `out` the bytes of `original` with the edits of `list` applied.
void od_edit_apply(const od_edit_list *list, od_slice original, od_buf *out);

// Sets `inverse` to the edits that lead from the edited bytes back to `original`.
void od_edit_invert(od_arena *arena, const od_edit_list *list, od_slice original,
                    od_edit_list *inverse);

#endif
