// HTML blocks: which begin where, and how they end. Source: CommonMark 0.29, "HTML blocks".
#include "base/utf8.h"
#include "writer/gfm_parts.h"

#include <stdlib.h>
#include <strings.h>

static int compare_name(const void *key, const void *entry) {
    const od_slice *const name = key;
    const char *const *const other = entry;
    const int order = strncasecmp(name->data, *other, name->size);
    return order ? order : -(int)(unsigned char)(*other)[name->size];
}

static bool is_among(od_slice name, const char *const *names, size_t count) {
    return name.size && bsearch(&name, names, count, sizeof *names, compare_name);
}

// Kind 6: the elements that are blocks.
static bool is_block_name(od_slice name) {
    static const char *const NAMES[] = {
        "address",  "article",  "aside",    "base",     "basefont", "blockquote", "body",
        "caption",  "center",   "col",      "colgroup", "dd",       "details",    "dialog",
        "dir",      "div",      "dl",       "dt",       "fieldset", "figcaption", "figure",
        "footer",   "form",     "frame",    "frameset", "h1",       "h2",         "h3",
        "h4",       "h5",       "h6",       "head",     "header",   "hr",         "html",
        "iframe",   "legend",   "li",       "link",     "main",     "menu",       "menuitem",
        "meta",     "nav",      "noframes", "ol",       "optgroup", "option",     "p",
        "param",    "search",   "section",  "source",   "summary",  "table",      "tbody",
        "td",       "tfoot",    "th",       "thead",    "title",    "tr",         "track",
        "ul",
    };
    return is_among(name, NAMES, sizeof NAMES / sizeof *NAMES);
}

// Kind 1: the elements whose content is text.
static bool is_text_name(od_slice name) {
    static const char *const NAMES[] = {"pre", "script", "style", "textarea"};
    return is_among(name, NAMES, sizeof NAMES / sizeof *NAMES);
}

static od_slice name_at(od_slice text, size_t at) {
    size_t end = at;
    while (end < text.size && (od_is_ascii_alpha((unsigned char)text.data[end]) ||
                               od_is_digit((unsigned char)text.data[end])))
        end++;
    return od_slice_cut(text, at, end);
}

// Kinds 2 to 5: comments, instructions, declarations.
static bool is_declaration(od_slice text) {
    return text.size > 1 && text.data[0] == '<' && (text.data[1] == '!' || text.data[1] == '?');
}

bool od_gfm_html_interrupts(od_slice text) {
    text = od_slice_trim(text);
    if (text.size < 2 || text.data[0] != '<') return false;
    if (is_declaration(text)) return true;
    const bool closing = text.data[1] == '/';
    const od_slice name = name_at(text, closing ? 2 : 1);
    return is_block_name(name) || (!closing && is_text_name(name));
}

bool od_gfm_html_needs_blank(od_slice text) {
    text = od_slice_trim(text);
    return !is_declaration(text) && !(text.size > 1 && is_text_name(name_at(text, 1)));
}
