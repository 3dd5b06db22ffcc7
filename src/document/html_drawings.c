// SVG and MathML in HTML: a drawing is an image with its source in the target, a formula is what its
// annotation says in TeX.
#include "document/html_parts.h"

#include <ctype.h>

typedef struct spelling {
    const char *bytes, *text;
} spelling;

static void add_escaped(od_buf *out, const char *text) {
    static const spelling ESCAPES[] = {
        {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}};
    for (; *text; text++) {
        size_t i = 0;
        while (i < sizeof ESCAPES / sizeof *ESCAPES && *ESCAPES[i].bytes != *text) i++;
        if (i < sizeof ESCAPES / sizeof *ESCAPES) od_buf_text(out, ESCAPES[i].text);
        else od_buf_byte(out, *text);
    }
}

// Names are lower case in pandoc, whatever SVG wants.
static void add_name(od_buf *out, const char *name, size_t size) {
    for (size_t i = 0; i < size; i++) od_buf_byte(out, (char)tolower((unsigned char)name[i]));
}

static void add_element_name(od_buf *out, const GumboNode *element) {
    GumboStringPiece name = element->v.element.original_tag;
    gumbo_tag_from_original_text(&name);
    if (name.data) add_name(out, name.data, name.length);
    else od_buf_text(out, gumbo_normalized_tagname(element->v.element.tag));
}

// Whether pandoc writes an element that holds nothing as one tag.
static bool is_minimized(od_slice name) {
    static const char *const NAMES[] = {"col", "link", "path", "rect", "use"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (od_slice_is(name, NAMES[i])) return true;
    return false;
}

static void open_element(od_buf *out, const GumboNode *element) {
    const GumboVector *const given = &element->v.element.attributes;
    od_buf_byte(out, '<');
    const size_t start = out->size;
    add_element_name(out, element);
    const bool minimized = !element->v.element.children.length &&
                           is_minimized(od_slice_from(od_buf_slice(out), start));
    for (unsigned i = 0; i < given->length; i++) {
        const GumboAttribute *const a = given->data[i];
        od_buf_byte(out, ' ');
        add_name(out, a->original_name.data, a->original_name.length);
        if (!*a->value) continue;
        od_buf_text(out, "=\"");
        add_escaped(out, a->value);
        od_buf_byte(out, '"');
    }
    od_buf_text(out, minimized ? " />" : ">");
}

static void close_element(od_buf *out, const GumboNode *element) {
    if (od_slice_ends(od_buf_slice(out), OD_SLICE(" />")) && !element->v.element.children.length)
        return;
    od_buf_text(out, "</");
    add_element_name(out, element);
    od_buf_byte(out, '>');
}

static void add_leaf(od_buf *out, const GumboNode *node) {
    const GumboNode *const parent = node->parent;
    const bool raw = parent->type == GUMBO_NODE_ELEMENT &&
                     (parent->v.element.tag == GUMBO_TAG_STYLE ||
                      parent->v.element.tag == GUMBO_TAG_SCRIPT);
    if (node->type == GUMBO_NODE_COMMENT) {
        od_buf_text(out, "<!--");
        od_buf_text(out, node->v.text.text);
        od_buf_text(out, "-->");
    } else if (raw) od_buf_text(out, node->v.text.text);
    else add_escaped(out, node->v.text.text);
}

void od_html_spell_svg(const GumboNode *svg, od_buf *out) {
    const GumboNode *n = svg;
    for (;;) {
        if (n->type != GUMBO_NODE_ELEMENT) add_leaf(out, n);
        else open_element(out, n);
        if (n->type == GUMBO_NODE_ELEMENT && n->v.element.children.length) {
            n = n->v.element.children.data[0];
            continue;
        }
        for (;;) {
            if (n->type == GUMBO_NODE_ELEMENT) close_element(out, n);
            if (n == svg) return;
            const GumboVector *const siblings = &n->parent->v.element.children;
            const size_t next = n->index_within_parent + 1;
            n = next < siblings->length ? siblings->data[next] : n->parent;
            if (next < siblings->length) break;
        }
    }
}

const GumboNode *od_html_tex(const GumboNode *math) {
    const GumboNode *n = math;
    for (;;) {
        if (n->type == GUMBO_NODE_ELEMENT) {
            const char *const encoding = od_html_attribute(n, "encoding");
            if (encoding && strcmp(encoding, "application/x-tex") == 0) return n;
        }
        if (n->type == GUMBO_NODE_ELEMENT && n->v.element.children.length) {
            n = n->v.element.children.data[0];
            continue;
        }
        while (n != math && n->index_within_parent + 1 >= n->parent->v.element.children.length)
            n = n->parent;
        if (n == math) return NULL;
        n = n->parent->v.element.children.data[n->index_within_parent + 1];
    }
}

void od_html_add_base64(od_buf *out, od_slice bytes) {
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.size; i += 3) {
        uint32_t bits = 0;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (i + k < bytes.size ? (unsigned char)bytes.data[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            od_buf_byte(out, i + k > bytes.size ? '=' : DIGITS[bits >> (18 - 6 * k) & 63]);
    }
}
