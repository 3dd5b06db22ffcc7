// Attributes: an Attr of pandoc's as those of an HTML element.
#ifndef OD_WRITER_HTML_ATTRIBUTES_H
#define OD_WRITER_HTML_ATTRIBUTES_H

#include "base/buf.h"
#include "document/ast.h"

// Append `text` so that to a browser it is text, and the value of an attribute.
void od_html_put_text(od_buf *out, od_slice text);
void od_html_put_escaped(od_buf *out, od_slice text);

// Appends ` name="value"`.
void od_html_put_value(od_buf *out, const char *name, od_slice value);

// Appends an attribute of the document's, with `data-` in front where HTML knows none of this name.
void od_html_put_pair(od_buf *out, const od_pair *pair);

// Appends ` class="…"`: `first` unless NULL, then the others; nothing when there are none.
void od_html_put_classes(od_buf *out, const od_slice *classes, size_t count, const char *first);

// Appends ` id="…" class="…" …`; NULL is without attributes.
void od_html_put_attr(od_buf *out, const od_attr *attr);

// As od_html_put_attr, with the class `first` (unless NULL) before the others.
void od_html_put_attr_with(od_buf *out, const od_attr *attr, const char *first);

// Returns the value of attribute `key`, or NULL.
const od_slice *od_html_find_value(const od_attr *attr, const char *key);

bool od_html_has_class(const od_attr *attr, const char *name);

#endif
