// Passages: the text of a section, as what counts its characters and looks for words in it reads it.
#ifndef OD_ENGINE_PASSAGE_H
#define OD_ENGINE_PASSAGE_H

#include "document/outline.h"

// A part of a draft: the blocks from `first` on, as far as they lie in `span`.
typedef struct od_passage {
    const od_node *first; // NULL: nothing
    od_span span;
} od_passage;

// Returns the text below the heading of `section`, with that of the sections in it.
od_passage od_passage_of(const od_section *section);

// Sets `parts` to the text before the first section, without the title.
void od_passage_preamble(const od_outline *outline, const od_node *root, od_passage parts[2]);

// Returns the next node of a passage after `node` (NULL: the first), or NULL. With `leaves` the
// inlines of a leaf block are left out.
const od_node *od_passage_next(const od_node *root, const od_passage *passage, const od_node *node,
                               bool leaves);

// Returns what a reader sees of `node`, a leaf block, in a passage; empty for other nodes.
od_slice od_passage_text(od_arena *arena, const od_source *source, const od_passage *passage,
                         const od_node *node);

// Returns how many characters a passage has, or `enough` once it has as many. `scratch` is as before.
size_t od_passage_chars(od_arena *scratch, const od_source *source, const od_node *root,
                        const od_passage *passage, size_t enough);

#endif
