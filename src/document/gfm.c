// What pandoc's GFM has and cmark-gfm has no hook for: alerts, lists of tasks, addresses of mail.
// Source: commonmark-extensions, Commonmark.Extensions.Alerts, TaskList and Autolink.
#include "document/links.h"
#include "document/markdown.h"

#include <strings.h>

// ---- alerts ------------------------------------------------------------------------------------

typedef struct alert {
    const char *mark, *class, *title;
} alert;

static const alert ALERTS[] = {
    {"[!NOTE]", "note", "Note"},          {"[!TIP]", "tip", "Tip"},
    {"[!WARNING]", "warning", "Warning"}, {"[!IMPORTANT]", "important", "Important"},
    {"[!CAUTION]", "caution", "Caution"},
};

static size_t space_end(od_slice text, size_t at) {
    while (at < text.size && od_content_is_space(text.data[at])) at++;
    return at;
}

// Returns the alert whose mark is the first line of `text`, or NULL.
static const alert *find_alert(od_slice text) {
    for (size_t i = 0; i < sizeof ALERTS / sizeof *ALERTS; i++) {
        const size_t size = strlen(ALERTS[i].mark);
        if (text.size < size || strncasecmp(text.data, ALERTS[i].mark, size) != 0) continue;
        const size_t end = space_end(text, size);
        const bool alone = end == text.size || memchr(text.data + size, '\n', end - size) ||
                           memchr(text.data + size, '\r', end - size);
        return alone ? &ALERTS[i] : NULL;
    }
    return NULL;
}

static const od_attr *class_attr(od_arena *arena, const char *name) {
    od_slice *const class = od_arena_new(arena, od_slice);
    *class = od_slice_of(name);
    od_attr *const attr = od_arena_new(arena, od_attr);
    *attr = (od_attr){.classes = class, .class_count = 1};
    return attr;
}

static void remove_first(od_node *parent) {
    parent->first = parent->first->next;
    if (!parent->first) parent->last = NULL;
}

static void add_first(od_node *parent, od_node *child) {
    child->parent = parent;
    child->next = parent->first;
    parent->first = child;
    if (!parent->last) parent->last = child;
}

static od_node *insert_after(od_node *before, od_node *node) {
    node->parent = before->parent;
    node->next = before->next;
    before->next = node;
    if (node->parent->last == before) node->parent->last = node;
    return node;
}

static od_node *make_title(od_arena *arena, const alert *a, od_span span) {
    od_node *const title = od_node_new(arena, OD_DIV, span);
    title->attr = class_attr(arena, "title");
    od_node *const para = od_node_new(arena, OD_PARA, span);
    od_node_append(title, para);
    od_node *const text = od_node_new(arena, OD_TEXT, span);
    text->flags |= OD_DECODED;
    text->leaf.text = od_slice_of(a->title);
    od_node_append(para, text);
    return title;
}

// Takes the mark off the front of the first block of the quote.
static void cut_mark(od_node *quote, const alert *a) {
    od_node *const leaf = quote->first, *const text = leaf->first;
    const size_t size = space_end(text->leaf.text, strlen(a->mark));
    if (size < text->leaf.text.size) {
        text->span.start += size;
        text->leaf.text = od_slice_from(text->leaf.text, size);
    } else {
        remove_first(leaf);
        const bool at_break = leaf->first && (leaf->first->type == OD_SOFT_BREAK ||
                                              leaf->first->type == OD_LINE_BREAK);
        if (at_break) remove_first(leaf);
    }
    if (leaf->first) leaf->span.start = leaf->first->span.start;
    else if (leaf->type == OD_HEADING) leaf->type = OD_HORIZONTAL_RULE;
    else remove_first(quote);
}

// A line that ends in a backslash is not over with its mark.
static bool is_at_line_end(const od_source *source, const od_node *text) {
    const od_node *const next = text->next;
    if (!next || next->type == OD_SOFT_BREAK) return true;
    return next->type == OD_LINE_BREAK && source->bytes.data[next->span.start] != '\\';
}

static void read_alert(od_arena *arena, const od_source *source, od_node *quote) {
    const od_node *const leaf = quote->first;
    if (!leaf || !leaf->first || leaf->first->type != OD_TEXT || leaf->first->flags) return;
    const bool rule = leaf->type == OD_HEADING && leaf->flags & OD_SETEXT && !leaf->first->next &&
                      leaf->heading.level == 2;
    if (leaf->type != OD_PARA && !rule) return;
    const od_slice text = leaf->first->leaf.text;
    const alert *const a = find_alert(text);
    if (!a) return;
    const size_t size = strlen(a->mark);
    const bool whole = space_end(text, size) == text.size;
    if ((whole && !is_at_line_end(source, leaf->first)) || (rule && !whole)) return;
    const size_t start = leaf->first->span.start;
    cut_mark(quote, a);
    quote->type = OD_DIV;
    quote->attr = class_attr(arena, a->class);
    add_first(quote, make_title(arena, a, (od_span){start, start + size}));
}

// ---- task lists --------------------------------------------------------------------------------

static bool is_task(const od_source *source, const od_node *item) {
    const od_node *const leaf = item->first, *const text = leaf ? leaf->first : NULL;
    if (!leaf || (leaf->type != OD_PLAIN && leaf->type != OD_PARA) || !text) return false;
    return text->type == OD_TEXT && text->flags & OD_DECODED &&
           source->bytes.data[text->span.start] == '[' &&
           (od_slice_starts(text->leaf.text, OD_SLICE("\xE2\x98\x90")) ||
            od_slice_starts(text->leaf.text, OD_SLICE("\xE2\x98\x92")));
}

// Where the last line of a block ends, without blank lines that belong to it.
static size_t content_end(const od_node *block) {
    for (;; block = block->last) {
        const bool container = block->type == OD_ITEM || block->type == OD_BLOCK_QUOTE ||
                               block->type == OD_BULLET_LIST || block->type == OD_ORDERED_LIST;
        if (!container || !block->last) return block->span.end;
    }
}

static bool blank_between(const od_source *source, const od_node *block, const od_node *next) {
    size_t lines = 0;
    for (size_t at = content_end(block); at < next->span.start; at++)
        lines += source->bytes.data[at] == '\n';
    return lines > 1;
}

static bool has_blank_lines(const od_source *source, const od_node *list) {
    for (const od_node *item = list->first; item; item = item->next) {
        if (item->next && blank_between(source, item, item->next)) return true;
        for (const od_node *block = item->first; block && block->next; block = block->next)
            if (blank_between(source, block, block->next)) return true;
    }
    return false;
}

// Makes a part of a loose list tight when the blank lines are in other parts.
static void tighten(const od_source *source, od_node *list) {
    if (list->list.tight || has_blank_lines(source, list)) return;
    list->list.tight = true;
    for (od_node *item = list->first; item; item = item->next)
        for (od_node *block = item->first; block; block = block->next)
            if (block->type == OD_PARA) block->type = OD_PLAIN;
}

// To pandoc items with a task mark and items without are lists of different kinds: a list goes up
// to where the kind changes, and the rest is another list.
static void split_tasks(od_arena *arena, const od_source *source, od_node *list) {
    const size_t end = list->span.end;
    od_node *item = list->first;
    bool split = false;
    list->first = list->last = NULL;
    for (od_node *next; item; item = next) {
        next = item->next;
        item->parent = item->next = NULL;
        if (list->last && is_task(source, list->last) != is_task(source, item)) {
            od_node *const rest = od_node_new(arena, OD_BULLET_LIST, item->span);
            rest->list = list->list;
            list->span.end = list->last->span.end;
            tighten(source, list);
            list = insert_after(list, rest);
            split = true;
        }
        od_node_append(list, item);
    }
    list->span.end = end;
    if (split) tighten(source, list);
}

// ---- addresses of mail -------------------------------------------------------------------------

static od_node *exact_text(od_arena *arena, const od_source *source, size_t start, size_t end) {
    od_node *const text = od_node_new(arena, OD_TEXT, (od_span){start, end});
    text->leaf.text = od_source_cut(source, text->span);
    return text;
}

static od_node *make_mail(od_arena *arena, const od_source *source, size_t start, size_t end) {
    od_node *const node = od_node_new(arena, OD_LINK, (od_span){start, end});
    od_link *const link = od_arena_new(arena, od_link);
    const od_slice address = od_source_cut(source, node->span);
    link->target = od_arena_concat(arena, OD_SLICE("mailto:"), address);
    node->link = link;
    od_node_append(node, exact_text(arena, source, start, end));
    return node;
}

// Cuts the addresses out of exact `text`; returns the last node that it became.
static od_node *read_mail(od_arena *arena, const od_source *source, od_node *text) {
    const od_slice whole = text->leaf.text;
    const size_t base = text->span.start;
    size_t at = 0, start, end;
    od_node *last = text;
    while (od_link_find_mail(whole, at, &start, &end)) {
        if (start > at && at == 0) {
            text->span.end = base + start;
            text->leaf.text = od_slice_cut(whole, 0, start);
        } else if (start > at) last = insert_after(last, exact_text(arena, source, base + at,
                                                                    base + start));
        od_node *const mail = make_mail(arena, source, base + start, base + end);
        if (start == 0) {
            // The text's own node becomes the link.
            text->type = OD_LINK;
            text->link = mail->link;
            text->span = mail->span;
            text->first = text->last = mail->first;
            mail->first->parent = text;
        } else last = insert_after(last, mail);
        at = end;
    }
    if (at > 0 && at < whole.size)
        last = insert_after(last, exact_text(arena, source, base + at, base + whole.size));
    return last;
}

// Whether what `link` shows is its target, so that nothing in it is a link again.
static bool is_bare(const od_source *source, const od_node *link) {
    return link->type == OD_LINK && source->bytes.data[link->span.start] != '[';
}

void od_markdown_extend(od_arena *arena, const od_source *source, const od_reader_options *options,
                        od_node *root) {
    if (!options->alerts && !options->autolinks && !options->task_lists) return;
    bool skip = false;
    for (od_node *n = root; n; n = od_node_next(root, n, skip)) {
        skip = is_bare(source, n);
        if (options->task_lists && n->type == OD_BULLET_LIST) split_tasks(arena, source, n);
        if (options->alerts && n->type == OD_BLOCK_QUOTE) read_alert(arena, source, n);
        if (options->autolinks && n->type == OD_TEXT && !n->flags &&
            memchr(n->leaf.text.data, '@', n->leaf.text.size)) {
            n = read_mail(arena, source, n);
            skip = true;
        }
    }
}
