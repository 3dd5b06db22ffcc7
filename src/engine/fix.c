#include "base/buf.h"
#include "document/document.h"
#include "source/edit.h"

static bool all_fit(const od_edit_list *list, const od_fix *fix) {
    for (size_t i = 0; i < fix->edit_count; i++)
        if (!od_edit_fits(list, fix->edits[i])) return false;
    return true;
}

void od_apply_fixes(const od_document *document, const od_findings *findings, od_fixed *fixed) {
    // Results belong to the document; const says that what it holds of the draft does not change.
    od_arena *const arena = &((od_document *)document)->arena;
    od_edit_list list = {0};
    *fixed = (od_fixed){.bytes = document->source.bytes};
    for (size_t i = 0; i < findings->count; i++) {
        const od_fix *const fix = findings->items[i].fix;
        if (!fix || findings->items[i].source != &document->source || !all_fit(&list, fix)) continue;
        for (size_t j = 0; j < fix->edit_count; j++)
            od_edit_replace(arena, &list, fix->edits[j].span, fix->edits[j].text);
        fixed->fix_count++;
    }
    if (!list.edits.count) return;
    od_buf out = {0};
    od_edit_apply(&list, document->source.bytes, &out);
    fixed->bytes = od_arena_copy(arena, od_buf_slice(&out));
    od_buf_free(&out);
    fixed->edits = list.edits.items;
    fixed->edit_count = list.edits.count;
}
