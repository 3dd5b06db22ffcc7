#include "writer/html_attributes.h"

#include <stdlib.h>

static void put_escaped(od_buf *out, od_slice text, const char *quote) {
    size_t from = 0;
    for (size_t i = 0; i < text.size; i++) {
        const char c = text.data[i];
        const char *const entity = c == '&'   ? "&amp;"
                                   : c == '<' ? "&lt;"
                                   : c == '>' ? "&gt;"
                                   : c == '"' ? quote
                                              : NULL;
        if (!entity) continue;
        od_buf_add(out, od_slice_cut(text, from, i));
        od_buf_text(out, entity);
        from = i + 1;
    }
    od_buf_add(out, od_slice_from(text, from));
}

void od_html_put_text(od_buf *out, od_slice text) {
    put_escaped(out, text, NULL);
}

void od_html_put_escaped(od_buf *out, od_slice text) {
    put_escaped(out, text, "&quot;");
}

void od_html_put_value(od_buf *out, const char *name, od_slice value) {
    od_buf_byte(out, ' ');
    od_buf_text(out, name);
    od_buf_text(out, "=\"");
    od_html_put_escaped(out, value);
    od_buf_byte(out, '"');
}

static int compare_name(const void *key, const void *entry) {
    const char *const *const name = entry;
    return od_slice_compare(*(const od_slice *)key, od_slice_of(*name));
}

// Whether HTML knows the attribute; to others `data-` is put in front. Source: the HTML standard's
// index of attributes, and RDFa's.
static bool is_known(od_slice name) {
    static const char *const NAMES[] = {
        "abbr", "about", "accept", "accept-charset", "accesskey", "action", "allow",
        "allowfullscreen", "allowpaymentrequest", "allowusermedia", "alt", "as", "async",
        "autocapitalize", "autocomplete", "autofocus", "autoplay", "charset", "checked", "cite",
        "class", "color", "cols", "colspan", "content", "contenteditable", "controls", "coords",
        "crossorigin", "data", "datatype", "datetime", "decoding", "default", "defer", "dir",
        "dirname", "disabled", "download", "draggable", "enctype", "enterkeyhint", "fetchpriority",
        "for", "form", "formaction", "formenctype", "formmethod", "formnovalidate", "formtarget",
        "headers", "height", "hidden", "high", "href", "hreflang", "http-equiv", "id",
        "imagesizes", "imagesrcset", "inputmode", "integrity", "is", "ismap", "itemid", "itemprop",
        "itemref", "itemscope", "itemtype", "kind", "lang", "list", "loading", "loop", "low",
        "manifest", "max", "maxlength", "media", "method", "min", "minlength", "multiple", "muted",
        "name", "nomodule", "nonce", "novalidate", "onabort", "onafterprint", "onauxclick",
        "onbeforeprint", "onbeforeunload", "onblur", "oncancel", "oncanplay", "oncanplaythrough",
        "onchange", "onclick", "onclose", "oncontextmenu", "oncopy", "oncuechange", "oncut",
        "ondblclick", "ondrag", "ondragend", "ondragenter", "ondragexit", "ondragleave",
        "ondragover", "ondragstart", "ondrop", "ondurationchange", "onemptied", "onended",
        "onerror", "onfocus", "onhashchange", "oninput", "oninvalid", "onkeydown", "onkeypress",
        "onkeyup", "onlanguagechange", "onload", "onloadeddata", "onloadedmetadata", "onloadend",
        "onloadstart", "onmessage", "onmessageerror", "onmousedown", "onmouseenter",
        "onmouseleave", "onmousemove", "onmouseout", "onmouseover", "onmouseup", "onoffline",
        "ononline", "onpagehide", "onpageshow", "onpaste", "onpause", "onplay", "onplaying",
        "onpopstate", "onprogress", "onratechange", "onrejectionhandled", "onreset", "onresize",
        "onscroll", "onsecuritypolicyviolation", "onseeked", "onseeking", "onselect", "onstalled",
        "onstorage", "onsubmit", "onsuspend", "ontimeupdate", "ontoggle", "onunhandledrejection",
        "onunload", "onvolumechange", "onwaiting", "onwheel", "open", "optimum", "pattern", "ping",
        "placeholder", "playsinline", "poster", "prefix", "preload", "property", "readonly",
        "referrerpolicy", "rel", "required", "resource", "rev", "reversed", "role", "rows",
        "rowspan", "sandbox", "scope", "selected", "shape", "size", "sizes", "slot", "span",
        "spellcheck", "src", "srcdoc", "srclang", "srcset", "start", "step", "style", "tabindex",
        "target", "title", "translate", "type", "typemustmatch", "typeof", "updateviacache",
        "usemap", "value", "vocab", "width", "workertype", "wrap",
    };
    if (memchr(name.data, ':', name.size) || od_slice_starts(name, OD_SLICE("data-")) ||
        od_slice_starts(name, OD_SLICE("aria-")))
        return true;
    return bsearch(&name, NAMES, sizeof NAMES / sizeof *NAMES, sizeof *NAMES, compare_name);
}

// What no parser of HTML takes for part of an attribute's name is left out of it.
static void put_name(od_buf *out, od_slice name) {
    if (!is_known(name)) od_buf_text(out, "data-");
    for (size_t i = 0; i < name.size; i++) {
        const char c = name.data[i];
        if ((unsigned char)c > ' ' && !strchr("\"'<>/=", c)) od_buf_byte(out, c);
    }
}

void od_html_put_pair(od_buf *out, const od_pair *pair) {
    if (!pair->key.size) return;
    od_buf_byte(out, ' ');
    put_name(out, pair->key);
    od_buf_text(out, "=\"");
    od_html_put_escaped(out, pair->value);
    od_buf_byte(out, '"');
}

void od_html_put_classes(od_buf *out, const od_slice *classes, size_t count, const char *first) {
    if (!count && !first) return;
    od_buf_text(out, " class=\"");
    if (first) od_buf_text(out, first);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 || first) od_buf_byte(out, ' ');
        od_html_put_escaped(out, classes[i]);
    }
    od_buf_byte(out, '"');
}

void od_html_put_attr_with(od_buf *out, const od_attr *attr, const char *first) {
    static const od_attr EMPTY;
    if (!attr) attr = &EMPTY;
    if (attr->identifier.size) od_html_put_value(out, "id", attr->identifier);
    od_html_put_classes(out, attr->classes, attr->class_count, first);
    for (size_t i = 0; i < attr->attribute_count; i++)
        od_html_put_pair(out, &attr->attributes[i]);
}

void od_html_put_attr(od_buf *out, const od_attr *attr) {
    od_html_put_attr_with(out, attr, NULL);
}

const od_slice *od_html_find_value(const od_attr *attr, const char *key) {
    for (size_t i = 0; attr && i < attr->attribute_count; i++)
        if (od_slice_is(attr->attributes[i].key, key)) return &attr->attributes[i].value;
    return NULL;
}

bool od_html_has_class(const od_attr *attr, const char *name) {
    for (size_t i = 0; attr && i < attr->class_count; i++)
        if (od_slice_is(attr->classes[i], name)) return true;
    return false;
}
