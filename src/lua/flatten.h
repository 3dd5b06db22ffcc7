// Flattening: blocks as one list of inlines.
#ifndef OD_LUA_FLATTEN_H
#define OD_LUA_FLATTEN_H

#include "lua/store.h"

// Appends to `parent` the inlines of the blocks from `first` on, those of `separator` (NULL: one
// line break) between two blocks. Source: pandoc, T.P.Shared.blocksToInlinesWithSep.
void od_flatten_blocks(od_store *store, od_node *parent, const od_node *first,
                       const od_node *separator);

#endif
