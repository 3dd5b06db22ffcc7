// Names of headings: the identifiers that pandoc gives them (auto_identifiers, or GitHub's with
// gfm_auto_identifiers), each once in a document.
// Source: pandoc, Text.Pandoc.Shared inlineListToIdentifier, uniqueIdent.
#ifndef OD_DOCUMENT_HEADING_NAMES_H
#define OD_DOCUMENT_HEADING_NAMES_H

#include "document/ast.h"

typedef struct od_id {
    od_slice name;
    size_t next; // number to try next behind this name
} od_id;

// Identifiers in use: a hash table without chains. Set up with an arena and zeros.
typedef struct od_ids {
    od_arena *arena;
    od_id *items;
    size_t count, capacity;
} od_ids;

// Gives `heading`, whose inlines are known, an identifier when it has none and `named` says so, and
// notes the one that it has.
void od_name_heading(od_ids *ids, od_arena *arena, od_node *heading, bool named, bool gfm);

#endif
