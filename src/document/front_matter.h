// Front matter: the YAML block at the very start of a draft.
//
// It opens with a line `---` (after an optional byte order mark; trailing spaces and tabs allowed),
// and closes with a line `---` or `...`. A first line `---` without a closing line, or whose next
// line is blank, is no front matter but a thematic break, as in pandoc (yaml_metadata_block).
#ifndef OD_DOCUMENT_FRONT_MATTER_H
#define OD_DOCUMENT_FRONT_MATTER_H

#include "data/value.h"
#include "source/diagnostic.h"

typedef struct od_front_matter {
    bool present;
    bool valid;            // false: the YAML has an error, told once in the findings of od_check
    od_span span;          // with both fences and the last line end
    od_span yaml;          // between the fences
    od_value values;       // a mapping; empty when absent or not valid
    size_t body;           // offset where the body starts (past the BOM when there is no front matter)
    od_slice error;        // with !valid: what is wrong, in the session's language
    od_span error_span;    // and where
} od_front_matter;

// Finds and reads the front matter of `source`. Never fails: what is wrong with it is part of it.
void od_front_matter_read(od_arena *arena, const od_source *source, od_language language,
                          od_front_matter *front_matter);

#endif
