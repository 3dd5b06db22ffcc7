// Writer: the tree as pandoc's JSON, in which pandoc and its filters speak. Byte for byte what
// pandoc writes for the same document.
#ifndef OD_WRITER_PANDOC_JSON_H
#define OD_WRITER_PANDOC_JSON_H

#include "base/buf.h"
#include "document/reader.h"

// Appends the document of `root` and `meta` (an OD_META_MAP, or NULL for none) to `out`, without a
// line end behind it. `version` is what the document is to be answered in; NULL is that of pandoc
// 3.10, 1.23.1.2.
//
// In version 1.22 a figure is written as pandoc 2 had them: as a paragraph with an image whose
// title begins with `fig:` where that says it all, else as a div of class `figure` with the blocks
// and a div of class `caption`.
//
// Bytes that are not UTF-8 become U+FFFD, since JSON cannot hold them.
void od_write_pandoc_json(const od_node *root, const od_node *meta, const od_pandoc_api *version,
                          od_buf *out);

// Appends one block or inline in version 1.23.
void od_write_pandoc_json_node(const od_node *node, od_buf *out);

#endif
