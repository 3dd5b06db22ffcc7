// Pages: what stands around the blocks of an HTML document that stands alone.
#include "writer/html_attributes.h"
#include "writer/html_parts.h"
#include "writer/spell.h"

static void put_line(od_html *h, const char *text) {
    od_layout_string(&h->layout, text);
    od_layout_line_end(&h->layout);
}

static void put_spelled(od_html *h, const od_node *value) {
    od_buf text = {0};
    od_spell(value, &text);
    od_html_put_escaped(od_layout_chunk(&h->layout), od_slice_trim(od_buf_slice(&text)));
    od_buf_free(&text);
}

// Returns the first of a list, or a value that is none.
static const od_node *first_of(const od_node *value) {
    return value && value->type == OD_META_LIST ? value->first : value;
}

static const od_node *next_of(const od_node *value) {
    return value->parent && value->parent->type == OD_META_LIST ? value->next : NULL;
}

// `lang`, which must be a language tag: it is used outside of text.
static void put_language(od_html *h, const od_node *value) {
    od_layout_string(&h->layout, "<html");
    if (value) {
        od_layout_string(&h->layout, " lang=\"");
        put_spelled(h, value);
        od_layout_string(&h->layout, "\"");
    }
    put_line(h, ">");
}

static void put_meta(od_html *h, const char *name, const od_node *value) {
    for (const od_node *n = first_of(value); n; n = next_of(n)) {
        od_layout_string(&h->layout, "<meta name=\"");
        od_layout_string(&h->layout, name);
        od_layout_string(&h->layout, "\" content=\"");
        put_spelled(h, n);
        put_line(h, "\" />");
    }
}

// Chinese paragraphs want more leading than Latin ones. Colours follow what the reader's system is
// set to. The page loads nothing from elsewhere.
static void put_style(od_html *h) {
    static const char *const LINES[] = {
        "<style>",
        ":root { color-scheme: light dark; }",
        "body { max-width: 44em; margin: 0 auto; padding: 1.5em;",
        "  font: 1em/1.7 system-ui, \"Noto Sans\", \"Noto Sans CJK SC\", sans-serif;",
        "  overflow-wrap: break-word; }",
        "h1, h2, h3, h4, h5, h6 { line-height: 1.3; margin: 1.6em 0 0.6em; }",
        "img, video { max-width: 100%; }",
        "figure { margin: 1.5em 0; }",
        "figcaption, caption { font-size: 0.9em; margin: 0.5em 0; }",
        "table { border-collapse: collapse; margin: 1em 0; }",
        "th, td { border: 1px solid color-mix(in srgb, currentColor 30%, transparent);",
        "  padding: 0.3em 0.7em; vertical-align: top; }",
        "pre { overflow-x: auto; padding: 0.8em; border: 1px solid;",
        "  border-color: color-mix(in srgb, currentColor 20%, transparent); }",
        "blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid;",
        "  border-color: color-mix(in srgb, currentColor 30%, transparent); }",
        "ul.task-list { list-style: none; padding-left: 1.2em; }",
        ".task-list input { margin-right: 0.5em; }",
        ".smallcaps { font-variant: small-caps; }",
        ".line-block { white-space: pre-line; }",
        ".columns { display: flex; gap: 2em; }",
        ".footnotes { font-size: 0.9em; }",
        "@media print { body { max-width: none; padding: 0; } }",
        "</style>",
    };
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) put_line(h, LINES[i]);
}

static void put_title(od_html *h, const od_node *title) {
    od_layout_string(&h->layout, "<title>");
    // A page must have a title to be announced by.
    if (title && title->first) put_spelled(h, title);
    else if (title && title->type == OD_META_STRING) put_spelled(h, title);
    else od_layout_string(&h->layout, "Untitled");
    put_line(h, "</title>");
}

// Puts a value with its inlines, or each of a list.
static void put_value(od_html *h, const char *before, const od_node *value, const char *after) {
    for (const od_node *n = first_of(value); n; n = next_of(n)) {
        od_layout_string(&h->layout, before);
        if (n->type == OD_META_INLINES) od_html_write_below(h, n);
        else put_spelled(h, n);
        put_line(h, after);
    }
}

static void put_header(od_html *h, const od_node *meta) {
    const od_node *const title = od_find_meta(meta, "title");
    if (!title) return;
    put_line(h, "<header id=\"title-block-header\">");
    put_value(h, "<h1 class=\"title\">", title, "</h1>");
    put_value(h, "<p class=\"subtitle\">", od_find_meta(meta, "subtitle"), "</p>");
    put_value(h, "<p class=\"author\">", od_find_meta(meta, "author"), "</p>");
    put_value(h, "<p class=\"date\">", od_find_meta(meta, "date"), "</p>");
    put_line(h, "</header>");
}

void od_html_open_page(od_html *h) {
    const od_node *const meta = h->options->meta;
    put_line(h, "<!DOCTYPE html>");
    put_language(h, od_find_meta(meta, "lang"));
    put_line(h, "<head>");
    put_line(h, "<meta charset=\"utf-8\" />");
    put_line(h, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />");
    put_meta(h, "author", od_find_meta(meta, "author"));
    put_meta(h, "dcterms.date", od_find_meta(meta, "date"));
    put_title(h, od_find_meta(meta, "title"));
    put_style(h);
    put_line(h, "</head>");
    put_line(h, "<body>");
    put_header(h, meta);
    put_line(h, "<main>");
}

void od_html_close_page(od_html *h) {
    od_layout_line_end(&h->layout);
    put_line(h, "</main>");
    od_layout_string(&h->layout, "</body>");
    od_layout_line_end(&h->layout);
    od_layout_string(&h->layout, "</html>");
}
