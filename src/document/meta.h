// Metadata: front matter and metadata files as pandoc's values, whose texts are Markdown.
//
// Follows pandoc 3.10's reading of YAML before CommonMark (yaml_metadata_block): a text that ends
// in a line end (a block scalar) gives MetaBlocks, any other MetaInlines, to which its blocks are
// flattened; null gives an empty MetaString; `yes`, `no`, `on`, `off`, `y`, `n` are booleans as
// `true` and `false` are; numbers are written the way Haskell shows them; keys that end in `_` are
// left out.
#ifndef OD_DOCUMENT_META_H
#define OD_DOCUMENT_META_H

#include "data/value.h"
#include "document/reader.h"

// Reads `values`, a mapping or null, into a new OD_META_MAP. A text that stands in its source as it
// is has spans there, any other has none.
//
// Errors: as od_read_markdown, told for the place of the value in its source.
od_status od_read_meta(od_arena *arena, const od_value *values, const od_reader_options *options,
                       od_diagnostics *failures, od_node **meta);

// Reads a text of metadata, `source`, whose blocks become those of `*root`.
typedef od_status od_meta_text_reader(const void *context, od_arena *arena, const od_source *source,
                                      od_diagnostics *failures, od_node **root);

// As od_read_meta, with texts in another format than GFM.
od_status od_read_meta_with(od_arena *arena, const od_value *values, od_meta_text_reader *read,
                            const void *context, od_diagnostics *failures, od_node **meta);

// Returns the value of `key` in `map`, an OD_META_MAP, or NULL.
od_node *od_meta_get(const od_node *map, od_slice key);

// Makes `value`, which must have no parent, that of `key` in `map`, in place of what was there.
void od_meta_put(od_arena *arena, od_node *map, od_slice key, od_node *value);

// Sorts the entries of `map` by key. Returns the first entry whose key is that of the one before
// it, or NULL; then the map is as it should be.
const od_node *od_meta_sort(od_node *map);

// Appends to `into` the inlines of the blocks below `parent`, as pandoc's blocks_to_inlines: blocks
// that follow each other are parted by a line break. The inlines are taken out of the blocks.
void od_meta_flatten(od_arena *arena, od_node *parent, od_node *into);

#endif
