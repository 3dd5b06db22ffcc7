// Writer: the tree as pandoc's JSON (pandoc-types 1.23), in which pandoc and its filters speak.
#ifndef OD_WRITER_PANDOC_JSON_H
#define OD_WRITER_PANDOC_JSON_H

#include "base/buf.h"
#include "document/ast.h"

// Appends the document below `root` to `out`, without a line end behind it. A run of text becomes
// the Str, Space and SoftBreak that pandoc has in its place.
//
// `meta` is the JSON object of the metadata; the empty slice stands for `{}`. Bytes that are not
// UTF-8 become U+FFFD, since JSON cannot hold them.
void od_write_pandoc_json(const od_node *root, od_slice meta, od_buf *out);

// As od_write_pandoc_json with the metadata as a tree, whose topmost node is an OD_META_MAP.
void od_write_pandoc_json_document(const od_node *root, const od_node *meta, od_buf *out);

#endif
