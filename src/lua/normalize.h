// Normalizing: inlines that come together become one, tables get full rows.
#ifndef OD_LUA_NORMALIZE_H
#define OD_LUA_NORMALIZE_H

#include "lua/store.h"

// Returns `table` with the cells that its columns have room for in each row, neither more nor fewer.
od_node *od_normalize_table(od_store *store, const od_node *table);

// The method `normalize` of a document. Source: pandoc-types, Text.Pandoc.Builder (the monoid of
// Inlines; normalizeTableHead, normalizeTableBody, normalizeTableFoot).
int od_normalize_document(lua_State *L);

#endif
