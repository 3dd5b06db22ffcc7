#include "document/pandoc_markdown.h"

#include "document/meta.h"

#include <stdlib.h>

// ---- headings ----------------------------------------------------------------------------------

// Notes that `[label]` refers to the heading.
static void note_heading(od_pm *pm, od_slice label, const od_node *node) {
    const od_slice key = od_pm_key(&pm->scratch, label);
    const od_slice target =
        od_arena_concat(pm->arena, OD_SLICE("#"), node->heading.attr->identifier);
    *od_array_push(&pm->scratch, &pm->heading_names) = (od_name){key, pm->headings.count};
    *od_array_push(&pm->scratch, &pm->headings) = (od_pm_reference){key, {.target = target}};
}

// Reads what is pending in `leaf` into it.
static void read_pending(od_pm *pm, od_node *placeholder) {
    const od_pm_pending pending = pm->pending.items[placeholder->span.start];
    od_node *const leaf = placeholder->parent;
    // A space may stand before it, in what follows the key of a citation.
    od_node *before = leaf->first == placeholder ? NULL : leaf->first;
    while (before && before->next != placeholder) before = before->next;
    if (before) before->next = NULL;
    else leaf->first = NULL;
    leaf->last = before;
    od_pm_read_inlines(pm, pending, leaf);
}

static void read_below(od_pm *pm, od_node *root) {
    for (od_node *n = root; n && pm->status == OD_OK;) {
        if (n->type == OD_TEXT && n->flags & OD_FRESH) {
            od_node *const leaf = n->parent;
            od_node *before = leaf->first == n ? NULL : leaf->first;
            while (before && before->next != n) before = before->next;
            read_pending(pm, n);
            od_node *const first = before ? before->next : leaf->first;
            n = first ? first : od_node_next(root, leaf, true);
        } else n = od_node_next(root, n, false);
    }
}

static void read_headings(od_pm *pm, od_node *root) {
    const bool gfm = od_pm_has(pm, OD_EXT_gfm_auto_identifiers);
    const bool named = gfm || od_pm_has(pm, OD_EXT_auto_identifiers);
    for (od_node *n = root; n; n = od_node_next(root, n, false)) {
        if (n->type != OD_HEADING) continue;
        od_slice raw = {0};
        if (n->first) raw = pm->pending.items[n->first->span.start].text;
        if (n->first) read_below(pm, n);
        od_name_heading(&pm->ids, pm->arena, n, named, gfm);
        // One in a note comes too late to be referred to.
        if (n->heading.attr && root->type == OD_ROOT) note_heading(pm, raw, n);
    }
}

// ---- lists -------------------------------------------------------------------------------------

static bool has_para(const od_node *item, const od_node *but) {
    for (const od_node *n = item->first; n; n = n->next)
        if (n->type == OD_PARA && n != but) return true;
    return false;
}

// pandoc's compactify: a paragraph at the very end of a list without others is plain; with others
// all plain ones are paragraphs.
static void compact(od_node *list) {
    od_node *const last = list->last ? list->last->last : NULL;
    bool any = false, others = false;
    for (const od_node *item = list->first; item; item = item->next) {
        any = any || has_para(item, NULL);
        others = others || has_para(item, last);
    }
    list->list.tight = !others;
    if (last && last->type == OD_PARA && !others) {
        last->type = OD_PLAIN;
        return;
    }
    if (!any) return;
    for (od_node *item = list->first; item; item = item->next)
        for (od_node *n = item->first; n; n = n->next)
            if (n->type == OD_PLAIN) n->type = OD_PARA;
}

// Returns the offset behind `[ ]` or `[x]` with what stands behind it, or 0.
static size_t task_end(od_slice text) {
    if (text.size < 3 || text.data[0] != '[' || text.data[2] != ']') return 0;
    if (!strchr(" xX", text.data[1])) return 0;
    return text.size == 3 || od_pm_is_white(text.data[3]) ? 3 : 0;
}

static void mark_task(od_pm *pm, od_node *item) {
    od_node *const leaf = item->first;
    if (!leaf || (leaf->type != OD_PLAIN && leaf->type != OD_PARA) || !leaf->first) return;
    if (!(leaf->first->flags & OD_FRESH)) return;
    od_pm_pending *const pending = &pm->pending.items[leaf->first->span.start];
    const size_t end = task_end(pending->text);
    if (!end) return;
    const od_slice sign = pending->text.data[1] == ' ' ? OD_SLICE("\xE2\x98\x90")
                                                       : OD_SLICE("\xE2\x98\x92");
    pending->text = od_arena_concat(&pm->scratch, sign, od_slice_from(pending->text, end));
}

// A definition without a blank line before it is plain, whatever is in it.
static void make_plain(od_node *definition) {
    for (od_node *n = definition->first; n; n = n->next)
        if (n->type == OD_PARA) n->type = OD_PLAIN;
}

static void finish_lists(od_pm *pm, od_node *root) {
    for (od_node *n = root; n; n = od_node_next(root, n, false)) {
        // A paragraph that is all of a cell is plain.
        if (n->type == OD_CELL && n->first && !n->first->next && n->first->type == OD_PARA)
            n->first->type = OD_PLAIN;
        if (n->type == OD_DEFINITION && n->list.tight) make_plain(n);
        if (n->type != OD_BULLET_LIST && n->type != OD_ORDERED_LIST) continue;
        compact(n);
        if (!od_pm_has(pm, OD_EXT_task_lists)) continue;
        for (od_node *item = n->first; item; item = item->next) mark_task(pm, item);
    }
}

void od_pm_finish(od_pm *pm, od_node *root) {
    finish_lists(pm, root);
    read_headings(pm, root);
}

// ---- the text ----------------------------------------------------------------------------------

// Returns the body with each line closed by LF and an empty line at the end, as pandoc's parser
// wants it.
static od_slice prepare(od_pm *pm, od_slice body) {
    od_buf out = {0};
    if (od_slice_starts(body, OD_SLICE("\xEF\xBB\xBF"))) body = od_slice_from(body, 3);
    for (size_t i = 0; i < body.size; i++) {
        const char c = body.data[i];
        if (c != '\r') od_buf_byte(&out, c ? c : ' ');
        else if (i + 1 >= body.size || body.data[i + 1] != '\n') od_buf_byte(&out, '\n');
    }
    od_buf_text(&out, "\n\n");
    const od_slice text = od_arena_copy(&pm->scratch, od_buf_slice(&out));
    od_buf_free(&out);
    return text;
}

// ---- titles ------------------------------------------------------------------------------------

// Reads the part of `% title` at `at`, with the lines that continue it; returns its end.
static size_t title_part(od_pm *pm, od_slice text, size_t at, od_slice *part) {
    size_t next;
    *part = (od_slice){0};
    if (od_pm_byte(text, at) != '%') return at;
    *part = od_slice_trim(od_slice_from(od_pm_line(text, at, &next), 1));
    for (at = next; at < text.size; at = next) {
        const od_slice line = od_pm_line(text, at, &next);
        if (!od_pm_is_blank(od_pm_byte(line, 0)) || od_pm_is_blank_line(line)) break;
        *part = od_arena_concat(&pm->scratch, *part, OD_SLICE("\n"), od_slice_trim(line));
    }
    return at;
}

static od_node *add_entry(od_pm *pm, od_node *map, const char *key, od_node_type type) {
    od_node *const value = od_node_new(pm->arena, type, OD_NO_SPAN);
    od_meta_put(pm->arena, map, od_slice_of(key), value);
    return value;
}

static void add_authors(od_pm *pm, od_node *map, od_slice text) {
    od_node *const list = add_entry(pm, map, "author", OD_META_LIST);
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && text.data[end] != ';' && text.data[end] != '\n') end++;
        const od_slice name = od_slice_trim(od_slice_cut(text, at, end));
        if (name.size) od_pm_pend(pm, od_pm_add(pm, list, OD_META_INLINES), name, 0, 0);
        at = end + 1;
    }
}

// Reads `% title`, `% authors`, `% date`; returns where the body starts.
static size_t read_title(od_pm *pm, od_slice text, od_node *map) {
    od_slice title, authors, date;
    if (!od_pm_has(pm, OD_EXT_pandoc_title_block) || od_pm_byte(text, 0) != '%') return 0;
    size_t at = title_part(pm, text, 0, &title);
    at = title_part(pm, text, at, &authors);
    at = title_part(pm, text, at, &date);
    if (title.size) od_pm_pend(pm, add_entry(pm, map, "title", OD_META_INLINES), title, 0, 0);
    if (authors.size) add_authors(pm, map, authors);
    if (date.size) od_pm_pend(pm, add_entry(pm, map, "date", OD_META_INLINES), date, 0, 0);
    return at;
}

// ---- metadata ----------------------------------------------------------------------------------

// Reads a text of metadata, in which there is none.
static od_status read_text(const void *context, od_arena *arena, const od_source *source,
                           od_diagnostics *failures, od_node **root) {
    od_extensions extensions = *(const od_extensions *)context;
    od_node *meta;
    od_extensions_put(&extensions, OD_EXT_yaml_metadata_block, false);
    od_extensions_put(&extensions, OD_EXT_pandoc_title_block, false);
    return od_read_pandoc_markdown(arena, source, &extensions, 0, failures, root, &meta);
}

// Reads the YAML of one metadata block and puts its entries into `map`.
static od_status read_yaml(od_pm *pm, od_slice text, od_node *map) {
    od_source *const source = od_arena_new(pm->arena, od_source);
    od_source_init(source, pm->arena, pm->source->path, text, 0);
    od_value values;
    od_status status =
        od_yaml_read(pm->arena, source, (od_span){0, text.size}, pm->failures, &values);
    od_node *found = NULL;
    if (status == OD_OK)
        status = od_read_meta_with(pm->arena, &values, read_text, pm->extensions, pm->failures,
                                   &found);
    if (status != OD_OK) return status;
    for (od_node *entry = found->first; entry; entry = entry->next) {
        od_node *const value = entry->first;
        value->parent = NULL;
        od_meta_put(pm->arena, map, entry->leaf.text, value);
    }
    for (od_node *n = map; n; n = od_node_next(map, n, false)) n->span = OD_NO_SPAN;
    return OD_OK;
}

// ---- all ---------------------------------------------------------------------------------------

static void read_document(od_pm *pm, od_slice text, od_node *root, od_node *map) {
    const size_t body = read_title(pm, text, map);
    read_below(pm, map);
    od_pm_push(pm, root, od_slice_from(text, body), 0, 0);
    od_pm_run(pm, 0);
    od_pm_sort(&pm->reference_names);
    od_pm_sort(&pm->note_names);
    od_pm_sort(&pm->example_numbers);
    od_pm_finish(pm, root);
    od_pm_sort(&pm->heading_names);
    read_below(pm, root);
    for (od_node *n = pm->meta->first; n && pm->status == OD_OK; n = n->next)
        pm->status = read_yaml(pm, n->leaf.text, map);
}

od_status od_read_pandoc_markdown(od_arena *arena, const od_source *source,
                                  const od_extensions *extensions, size_t columns,
                                  od_diagnostics *failures, od_node **root, od_node **meta) {
    enum { COLUMNS = 80 };
    od_pm pm = {.arena = arena,
                .columns = columns ? columns : COLUMNS,
                .extensions = extensions,
                .failures = failures,
                .source = source,
                .size = source->bytes.size};
    pm.ids.arena = &pm.scratch;
    pm.meta = od_node_new(&pm.scratch, OD_META_LIST, OD_NO_SPAN);
    od_node *const made = od_node_new(arena, OD_ROOT, OD_NO_SPAN);
    od_node *const map = od_node_new(arena, OD_META_MAP, OD_NO_SPAN);
    // The text lives as long as the tree: metadata may point into it.
    read_document(&pm, od_arena_copy(arena, prepare(&pm, source->bytes)), made, map);
    od_arena_free(&pm.scratch);
    if (pm.status != OD_OK) return pm.status;
    *root = made;
    *meta = map;
    return OD_OK;
}
