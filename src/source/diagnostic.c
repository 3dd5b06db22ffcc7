#include "source/diagnostic.h"

#include "base/buf.h"

#include <stdlib.h>

// Appends `text` with each run of white space as one space, since a message is one line, and what
// stands for code and the like (U+FFFC) as an ellipsis.
static void add_folded(od_buf *buf, od_slice text) {
    const od_slice opaque = OD_SLICE("\xEF\xBF\xBC");
    bool space = false;
    for (size_t i = 0; i < text.size; i++) {
        const char byte = text.data[i];
        const bool is_space = byte == ' ' || (byte >= '\t' && byte <= '\r');
        if (byte == opaque.data[0] && od_slice_starts(od_slice_from(text, i), opaque)) {
            od_buf_text(buf, "…");
            i += opaque.size - 1;
        } else if (!is_space) od_buf_byte(buf, byte);
        else if (!space) od_buf_byte(buf, ' ');
        space = is_space;
    }
}

od_slice od_format(od_arena *arena, od_language language, od_text text, const od_slice *args,
                   size_t count) {
    const char *const format = language == OD_CHINESE ? text.zh : text.en;
    od_buf buf = {0};
    for (const char *at = format; *at; at++) {
        if (at[0] == '{' && at[1] >= '1' && at[1] <= '9' && at[2] == '}') {
            const size_t index = (size_t)(at[1] - '1');
            if (index < count) add_folded(&buf, args[index]);
            at += 2;
        } else {
            od_buf_byte(&buf, *at);
        }
    }
    const od_slice message = od_arena_copy(arena, od_buf_slice(&buf));
    od_buf_free(&buf);
    return message;
}

od_diagnostic *od_diagnose(od_diagnostics *list, od_rule_id rule, const od_source *source,
                           od_span span, od_slice message) {
    size_t count;
    const od_rule *const row = &od_rules(&count)[rule];
    od_diagnostic *const diagnostic = od_array_push(list->arena, &list->found);
    *diagnostic = (od_diagnostic){.source = source,
                                  .span = span,
                                  .rule = row->id,
                                  .severity = row->severity,
                                  .has_position = true,
                                  .message = message};
    return diagnostic;
}

void od_fail_at(od_diagnostics *list, const od_source *source, od_span span, od_slice message) {
    od_diagnostic *const diagnostic = od_array_push(list->arena, &list->found);
    *diagnostic = (od_diagnostic){.source = source,
                                  .span = span,
                                  .severity = OD_FAILURE,
                                  .has_position = source != NULL,
                                  .message = message};
}

void od_fail(od_diagnostics *list, const char *path, od_slice message) {
    const od_slice line =
        path ? od_arena_concat(list->arena, od_slice_of(path), OD_SLICE(": "), message) : message;
    od_fail_at(list, NULL, (od_span){0, 0}, line);
}

void od_diagnostic_fix(od_diagnostics *list, od_diagnostic *diagnostic, od_slice title,
                       od_edit edit) {
    od_edit *const edits = od_arena_new(list->arena, od_edit);
    od_fix *const fix = od_arena_new(list->arena, od_fix);
    *edits = edit;
    *fix = (od_fix){title, edits, 1};
    diagnostic->fix = fix;
}

void od_diagnostic_relate(od_diagnostics *list, od_diagnostic *diagnostic, const od_source *source,
                          od_span span, od_slice message) {
    const size_t count = diagnostic->related_count;
    od_related *related = (od_related *)diagnostic->related;
    // Full at every power of two: grow there.
    if ((count & (count - 1)) == 0) {
        related = od_arena_array(list->arena, od_related, count ? count * 2 : 1);
        if (count) memcpy(related, diagnostic->related, count * sizeof *related);
        diagnostic->related = related;
    }
    related[count] = (od_related){source, span, message};
    diagnostic->related_count = count + 1;
}

static int compare_sizes(size_t a, size_t b) {
    return a < b ? -1 : a > b;
}

// Of what is equal, the one that was found first comes first: the sections of a profile, in its order.
static int compare(const void *left, const void *right) {
    const od_diagnostic *const a = *(const od_diagnostic *const *)left;
    const od_diagnostic *const b = *(const od_diagnostic *const *)right;
    int order = compare_sizes(a->source ? a->source->order : 0, b->source ? b->source->order : 0);
    if (!order) order = (int)a->has_position - (int)b->has_position;
    if (!order) order = compare_sizes(a->span.start, b->span.start);
    if (!order) order = compare_sizes(a->span.end, b->span.end);
    if (!order) order = strcmp(a->rule ? a->rule : "", b->rule ? b->rule : "");
    return order ? order : (a > b) - (a < b);
}

void od_diagnostics_sort(od_diagnostics *list) {
    const size_t count = list->found.count;
    if (count < 2) return;
    const od_diagnostic **const order = od_arena_array(list->arena, const od_diagnostic *, count);
    od_diagnostic *const sorted = od_arena_array(list->arena, od_diagnostic, count);
    for (size_t i = 0; i < count; i++) order[i] = &list->found.items[i];
    qsort(order, count, sizeof *order, compare);
    for (size_t i = 0; i < count; i++) sorted[i] = *order[i];
    list->found.items = sorted;
    list->found.capacity = count;
}
