// Sections: headings and what follows them, put into Divs.
#ifndef OD_LUA_SECTIONS_H
#define OD_LUA_SECTIONS_H

#include "lua/store.h"

#define OD_NO_BASE_LEVEL INT64_MIN

// Appends to `parent` the blocks from `first` on, each heading with what belongs to it in a Div of
// class `section`; `numbered` gives both the attribute `number`, and headings are moved to `base`
// unless it is OD_NO_BASE_LEVEL. Source: pandoc, T.P.Shared.makeSections.
void od_make_sections(od_store *store, od_node *parent, const od_node *first, bool numbered,
                      int64_t base);

#endif
