#include "document/html_parts.h"

#include <stdlib.h>
#include <strings.h>

const char *od_html_attribute(const GumboNode *element, const char *name) {
    const GumboAttribute *const found =
        gumbo_get_attribute(&element->v.element.attributes, name);
    return found ? found->value : NULL;
}

static bool is_white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

typedef OD_ARRAY(od_slice) slice_list;

static void add_classes(od_html *h, const char *names, slice_list *classes) {
    if (!names) return;
    while (*names) {
        while (is_white(*names)) names++;
        const char *end = names;
        while (*end && !is_white(*end)) end++;
        if (end > names)
            *od_array_push(h->arena, classes) =
                od_arena_copy(h->arena, (od_slice){names, (size_t)(end - names)});
        names = end;
    }
}

static bool is_skipped(const char *skip, const char *name) {
    const size_t size = strlen(name);
    for (const char *at = skip; at && (at = strstr(at, name)); at++)
        if (at > skip && at[-1] == ' ' && at[size] == ' ') return true;
    return strcmp(name, "id") == 0 || strcmp(name, "class") == 0;
}

// Returns the declarations of `style` but that of text-align, `a: b; c: d`.
static od_slice other_style(od_html *h, const char *style) {
    od_buf out = {0};
    while (*style) {
        const char *end = strchr(style, ';');
        if (!end) end = style + strlen(style);
        const od_slice part = od_slice_trim((od_slice){style, (size_t)(end - style)});
        const size_t colon = od_slice_find(part, OD_SLICE(":"), 0);
        if (part.size && colon != SIZE_MAX && !od_slice_starts(part, OD_SLICE("text-align"))) {
            if (out.size) od_buf_text(&out, "; ");
            od_buf_add(&out, od_slice_trim(od_slice_cut(part, 0, colon)));
            od_buf_text(&out, ": ");
            od_buf_add(&out, od_slice_trim(od_slice_from(part, colon + 1)));
        }
        style = *end ? end + 1 : end;
    }
    const od_slice made = od_arena_copy(h->arena, od_buf_slice(&out));
    od_buf_free(&out);
    return made;
}

const od_attr *od_html_attr(od_html *h, const GumboNode *element, const char *class,
                            const char *skip) {
    const GumboVector *const given = &element->v.element.attributes;
    const bool is_cell = element->v.element.tag == GUMBO_TAG_TD ||
                         element->v.element.tag == GUMBO_TAG_TH;
    slice_list classes = {0};
    OD_ARRAY(od_pair) pairs = {0};
    add_classes(h, class, &classes);
    add_classes(h, od_html_attribute(element, "class"), &classes);
    for (unsigned i = 0; i < given->length; i++) {
        const GumboAttribute *const a = given->data[i];
        if (is_skipped(skip, a->name)) continue;
        const char *const key = strncmp(a->name, "data-", 5) == 0 ? a->name + 5 : a->name;
        const bool style = is_cell && strcmp(key, "style") == 0;
        const od_slice value = style ? other_style(h, a->value)
                                     : od_arena_copy(h->arena, od_slice_of(a->value));
        if (style && !value.size) continue;
        *od_array_push(h->arena, &pairs) =
            (od_pair){od_arena_copy(h->arena, od_slice_of(key)), value};
    }
    const od_slice identifier =
        od_arena_copy(h->arena, od_slice_of(od_html_attribute(element, "id")));
    if (!identifier.size && !classes.count && !pairs.count) return NULL;
    od_attr *const attr = od_arena_new(h->arena, od_attr);
    *attr = (od_attr){identifier, classes.items, classes.count, pairs.items, pairs.count};
    return attr;
}

static od_alignment alignment_of(const char *name) {
    if (strcasecmp(name, "left") == 0) return OD_ALIGN_LEFT;
    if (strcasecmp(name, "right") == 0) return OD_ALIGN_RIGHT;
    return strcasecmp(name, "center") == 0 ? OD_ALIGN_CENTER : OD_ALIGN_DEFAULT;
}

od_alignment od_html_alignment(const GumboNode *element) {
    const char *const align = od_html_attribute(element, "align");
    if (align) return alignment_of(align);
    const char *const style = od_html_attribute(element, "style");
    const char *at = style ? strstr(style, "text-align") : NULL;
    if (!at) return OD_ALIGN_DEFAULT;
    at += strlen("text-align");
    while (*at == ':' || is_white(*at)) at++;
    char name[8] = {0};
    for (size_t i = 0; i + 1 < sizeof name && *at && *at != ';' && !is_white(*at); i++)
        name[i] = *at++;
    return alignment_of(name);
}

static double percentage(const char *text) {
    char *end;
    const double value = strtod(text, &end);
    return *end == '%' && value > 0 && value <= 100 ? value / 100 : 0;
}

double od_html_width(const GumboNode *element) {
    const char *const width = od_html_attribute(element, "width");
    const char *const style = od_html_attribute(element, "style");
    const char *at = style ? strstr(style, "width") : NULL;
    if (!at) return width ? percentage(width) : 0;
    at += strlen("width");
    while (*at == ':' || is_white(*at)) at++;
    return percentage(at);
}

void od_html_spell(const GumboNode *element, od_buf *out) {
    const GumboNode *n = element;
    for (;;) {
        const bool is_text = n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE ||
                             n->type == GUMBO_NODE_CDATA;
        if (is_text) od_buf_text(out, n->v.text.text);
        const bool is_element = n->type == GUMBO_NODE_ELEMENT;
        if (is_element && n->v.element.tag == GUMBO_TAG_BR) od_buf_byte(out, '\n');
        if (is_element && n->v.element.children.length) {
            n = n->v.element.children.data[0];
            continue;
        }
        while (n != element && n->index_within_parent + 1 >=
                                   n->parent->v.element.children.length)
            n = n->parent;
        if (n == element) return;
        n = n->parent->v.element.children.data[n->index_within_parent + 1];
    }
}

void od_html_remove(od_node *node) {
    od_node *const parent = node->parent;
    od_node *before = NULL;
    for (od_node *n = parent->first; n != node; n = n->next) before = n;
    if (before) before->next = node->next;
    else parent->first = node->next;
    if (parent->last == node) parent->last = before;
    node->parent = node->next = NULL;
}
