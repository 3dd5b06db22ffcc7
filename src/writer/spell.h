// Spelling: the text of inlines and metadata without any marks, as titles and the words for a
// screen reader need it.
#ifndef OD_WRITER_SPELL_H
#define OD_WRITER_SPELL_H

#include "base/buf.h"
#include "document/ast.h"

// Returns the value of `key` in `map` (OD_META_MAP or NULL), or NULL.
const od_node *od_find_meta(const od_node *map, const char *key);

// Appends the text below `node` without any marks, its notes left out: words and single spaces,
// code and formulas as they are.
void od_spell(const od_node *node, od_buf *out);

#endif
