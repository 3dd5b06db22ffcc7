// Visible text: what a reader of a leaf block sees, with a map back to the source.
//
// Inline marks are gone; an escape or entity is the character it stands for; a soft break is nothing
// between Han characters and one space elsewhere, a hard one a line end; what a reader cannot edit as
// text (code, math, raw HTML) is one OD_OPAQUE_MARK, an HTML comment nothing. The map is a list of
// stretches: within an *exact* stretch visible bytes and source bytes go together one by one; a
// stretch that is not exact belongs to its source span as a whole.
#ifndef OD_DOCUMENT_VISIBLE_H
#define OD_DOCUMENT_VISIBLE_H

#include "document/ast.h"
#include "document/fold.h"
#include "source/source.h"

// Stands for code, raw HTML and the like: U+FFFC, OBJECT REPLACEMENT CHARACTER.
#define OD_OPAQUE_MARK "\xEF\xBF\xBC"

typedef enum od_stretch_kind {
    OD_STRETCH_EXACT, // byte for byte
    OD_STRETCH_WHOLE, // one escape, entity, soft break or opaque mark, and the source of just that
    OD_STRETCH_VAGUE, // the source is only known to lie in the span: nothing there may be edited
} od_stretch_kind;

typedef struct od_stretch {
    size_t at;      // offset in the visible text where the stretch starts
    od_span source; // where it comes from
    od_stretch_kind kind;
} od_stretch;

typedef struct od_visible {
    od_slice text;
    const od_stretch *map; // rising in `at`, covering all of `text`
    size_t map_count;
} od_visible;

// Reads the visible text of `leaf`, a node that holds inlines (od_node_holds_inlines), or of an
// inline with inline children. Notes are left out: their blocks are leaves of their own.
void od_visible_read(od_arena *arena, const od_source *source, const od_node *leaf,
                     od_visible *visible);

// Returns the source span of the visible bytes [start, end): from the first byte's source to the
// last byte's; parts of a stretch that is not exact take it whole.
od_span od_visible_span(const od_visible *visible, size_t start, size_t end);

// Whether the visible bytes [start, end) come from one piece of source without marks between, so that
// replacing their span replaces them and nothing else.
bool od_visible_contiguous(const od_visible *visible, size_t start, size_t end);

// Returns the part of `visible` that lies in the source range `span`, for run-in headings and for
// a section's own part of a block.
od_visible od_visible_within(od_arena *arena, const od_visible *visible, od_span span);

// Returns how many characters a person would count: code points that are not white space.
size_t od_visible_chars(od_slice text);

#endif
