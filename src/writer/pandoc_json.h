// Writer: the tree as pandoc's JSON (pandoc-types 1.23), in which pandoc and its filters speak.
#ifndef OD_WRITER_PANDOC_JSON_H
#define OD_WRITER_PANDOC_JSON_H

#include "base/buf.h"
#include "document/ast.h"

// Appends the document below `root` to `out`, without a line end behind it. A run of text becomes
// the Str, Space and SoftBreak that pandoc has in its place.
//
// `meta` is the JSON object of the metadata; the empty slice stands for `{}`. Bytes that are not
// UTF-8 become U+FFFD, since JSON cannot hold them. The citations of an OD_CITE are left out: no
// reader makes any yet.
void od_write_pandoc_json(const od_node *root, od_slice meta, od_buf *out);

#endif
