// The parts of the HTML reader: what its files share. Gumbo is seen by them alone.
#ifndef OD_DOCUMENT_HTML_PARTS_H
#define OD_DOCUMENT_HTML_PARTS_H

#include "base/buf.h"
#include "document/heading_names.h"
#include "document/reader.h"

#include <gumbo.h>

// An element whose children are being read.
typedef struct od_html_frame {
    const GumboNode *element;
    od_node *made;         // its node, or NULL
    od_node *container;    // where blocks went before it
    size_t generation;     // of the leaf it belongs to
    bool is_inline, is_leaf, quotes;
    OD_ARRAY(double) widths; // of a table: those of its columns, 0 for unknown
} od_html_frame;

// One run of the reader.
typedef struct od_html {
    od_arena *arena; // of the tree
    od_arena scratch;
    const od_extensions *extensions;
    od_node *root, *meta;
    OD_ARRAY(od_html_frame) frames;
    od_node *container;          // where blocks go
    od_node *leaf;               // the block that is being filled, or NULL
    od_node *inner;              // the inline of it that is being filled, or the leaf
    OD_ARRAY(od_node *) waiting; // inlines that open with the next word, behind the space before it
    od_buf run;                  // text that is not a node yet
    char space;                  // white space that the next word brings: ' ', '\n' or none
    bool started;                // something stands in the line that is being filled
    bool is_explicit;            // the leaf ends with its tag
    size_t generation;           // counts leaves
    size_t quotes;               // open <q>
    size_t padding;              // cells that rows lacked
    bool padded_too_much;
    bool has_formula;            // MathML without an annotation in TeX, which is not read
} od_html;

// Returns the value of an attribute, NULL when it is not there.
const char *od_html_attribute(const GumboNode *element, const char *name);

// Returns the attributes of `element` but those that `skip` names (space-separated, with spaces
// around), with `class`, unless NULL, before its classes; NULL when nothing is left.
const od_attr *od_html_attr(od_html *h, const GumboNode *element, const char *class,
                            const char *skip);

// Returns the alignment that `align` or the style of a cell asks for.
od_alignment od_html_alignment(const GumboNode *element);

// Returns the width that a `col` asks for as a part of the whole, 0 for none.
double od_html_width(const GumboNode *element);

// Appends all text below `element` to `out`; a `br` is a line end.
void od_html_spell(const GumboNode *element, od_buf *out);

// Appends the source of a drawing as pandoc spells it (html_drawings.c).
void od_html_spell_svg(const GumboNode *svg, od_buf *out);

// Returns the annotation of a formula that says it in TeX, or NULL.
const GumboNode *od_html_tex(const GumboNode *math);

void od_html_add_base64(od_buf *out, od_slice bytes);

// Takes `node` out of its parent, of which it is a child.
void od_html_remove(od_node *node);

// Puts the parts of the table in order when all are read, pads rows and sets columns; a table
// without cells is taken away.
void od_html_finish_table(od_html *h, od_node *table, const double *widths, size_t width_count);

#endif
