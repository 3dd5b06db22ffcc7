// The outline: headings and the sections they open, as a tree.
//
// A heading is marked up (`##`, underlined), or numbered as official documents are (GB/T 9704: `一、`
// then `（一）` then `1.` then `（1）`; also `第一章`), or a bold line. A numbered heading of a paragraph
// may be *run-in*: `（一）小标题。正文…` has its heading up to the first `。`. Levels are logical, the depth
// in the tree: 1 for the outermost sections, whatever mark or number those have. Markup nests by
// its own levels and numbers by their order; where the two meet, a number in markup counts as the
// number. One `#` at the top of a draft is its title, not a section, when other headings follow
// below it; it is the root's first child and holds no sections.
#ifndef OD_DOCUMENT_OUTLINE_H
#define OD_DOCUMENT_OUTLINE_H

#include "document/ordinal.h"
#include "document/visible.h"

enum { OD_FORM_DEFAULT = 0 }; // all but OD_FORM_DECIMAL and OD_FORM_BOLD

typedef struct od_outline_options {
    unsigned forms;  // bit set of 1 << od_heading_form; 0 is the default
    bool no_run_in;  // run-in headings are not looked for
} od_outline_options;

// The number a heading's text starts with.
typedef struct od_heading_number {
    bool present;
    od_heading_form form; // of the number: OD_FORM_HAN … OD_FORM_DECIMAL
    int64_t value;        // of its last part: 3 for 三、 and for 1.3
    int depth;            // OD_FORM_DECIMAL: how many parts; OD_FORM_CHAPTER: see ordinal.h
    int64_t follows;      // number of the paragraph of this form before it that is no heading, or 0
    od_span span;         // in the source, with its mark: `三、`
    od_slice right;       // the right spelling when the form is wrong (`(一)` → `（一）`), else empty
    bool replaceable;     // the bytes of `span` are the number alone, without marks inside
} od_heading_number;

typedef struct od_section od_section;
struct od_section {
    od_section *parent, *next, *first, *last;
    const od_node *node;      // the block that holds the heading; NULL for the root
    od_heading_form form;     // why it is a heading
    int level;                // logical; 0 for the root and for a title
    bool is_title;
    bool run_in;
    od_heading_number number;
    od_span heading;          // of the heading's text in the source, number included, marks not;
                              // without a title (`第一条 正文…`) the number alone
    od_slice title;           // visible text of the heading without its number
    od_slice folded;          // title folded for matching
    size_t body;              // where the text after the heading starts
    od_span span;             // heading block start to the end of the last block before the next
    size_t index;             // from 0 in document order (the root is not counted)
};

typedef struct od_outline {
    od_section *root;            // span: the whole body; its own text is the preamble
    od_section **sections;       // all but the root, in document order
    size_t count;
} od_outline;

// Reads the outline of the tree below `tree`. Headings in quotes, lists, tables and notes are not
// sections of the draft.
void od_outline_read(od_arena *arena, const od_source *source, const od_node *tree,
                     const od_outline_options *options, od_outline *outline);

// Returns the innermost section (the root before the first heading) that byte `offset` lies in.
const od_section *od_outline_at(const od_outline *outline, size_t offset);

#endif
