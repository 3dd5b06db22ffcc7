#include "source/edit.h"

// Returns the index of the first edit that does not end before `span` starts.
static size_t find_place(const od_edit_list *list, od_span span) {
    size_t low = 0, high = list->edits.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (list->edits.items[middle].span.end <= span.start) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool overlap(od_span a, od_span b) {
    if (a.start == a.end && b.start == b.end) return a.start == b.start;
    return a.start < b.end && b.start < a.end;
}

static bool same(od_edit a, od_edit b) {
    return a.span.start == b.span.start && a.span.end == b.span.end &&
           od_slice_equal(a.text, b.text);
}

// Returns the edit of `list` that is `edit`, or that it cuts; NULL when there is neither. `place` is
// that of find_place: an insertion at the end of its neighbour sorts after it, so both are looked at.
static const od_edit *find_neighbour(const od_edit_list *list, od_edit edit, size_t place) {
    for (size_t i = place ? place - 1 : 0; i < list->edits.count && i <= place; i++) {
        const od_edit *const other = &list->edits.items[i];
        if (same(*other, edit) || overlap(other->span, edit.span)) return other;
    }
    return NULL;
}

bool od_edit_fits(const od_edit_list *list, od_edit edit) {
    const od_edit *const other = find_neighbour(list, edit, find_place(list, edit.span));
    return !other || same(*other, edit);
}

od_status od_edit_replace(od_arena *arena, od_edit_list *list, od_span span, od_slice text) {
    const od_edit edit = {span, text};
    const size_t place = find_place(list, span);
    const od_edit *const other = find_neighbour(list, edit, place);
    if (other) return same(*other, edit) ? OD_OK : OD_OVERLAP;
    od_array_push(arena, &list->edits);
    od_edit *const items = list->edits.items;
    memmove(items + place + 1, items + place, (list->edits.count - 1 - place) * sizeof *items);
    items[place] = edit;
    return OD_OK;
}

void od_edit_apply(const od_edit_list *list, od_slice original, od_buf *out) {
    size_t done = 0, size = original.size;
    for (size_t i = 0; i < list->edits.count; i++) size += list->edits.items[i].text.size;
    od_buf_reserve(out, size);
    for (size_t i = 0; i < list->edits.count; i++) {
        const od_edit *const edit = &list->edits.items[i];
        od_buf_add(out, od_slice_cut(original, done, edit->span.start));
        od_buf_add(out, edit->text);
        done = edit->span.end;
    }
    od_buf_add(out, od_slice_from(original, done));
}

void od_edit_invert(od_arena *arena, const od_edit_list *list, od_slice original,
                    od_edit_list *inverse) {
    *inverse = (od_edit_list){0};
    size_t added = 0, removed = 0; // by the edits so far
    for (size_t i = 0; i < list->edits.count; i++) {
        const od_edit edit = list->edits.items[i];
        const size_t start = edit.span.start - removed + added;
        *od_array_push(arena, &inverse->edits) =
            (od_edit){{start, start + edit.text.size},
                      od_slice_cut(original, edit.span.start, edit.span.end)};
        removed += edit.span.end - edit.span.start;
        added += edit.text.size;
    }
}
