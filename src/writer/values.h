// Values: a tree as the values of pandoc's types that it stands for, constructor by constructor,
// with the fields of each in their order.
//
// pandoc's JSON and its native format are two spellings of the same values. This is where the order
// of fields is known, and where runs of text become the Str, Space and SoftBreak that pandoc has in
// their place; a spelling is a struct of functions.
//
// Source: pandoc-types 1.23, Text.Pandoc.Definition.
#ifndef OD_WRITER_VALUES_H
#define OD_WRITER_VALUES_H

#include "base/buf.h"
#include "document/ast.h"

// What is opened. In the comments, how JSON spells it.
typedef enum od_value_form {
    OD_TAGGED,  // a constructor of several: {"t": name, "c": its field, or an array of them}
    OD_SINGLE,  // the only constructor of a type: an array of its fields
    OD_WRAPPER, // a newtype, or Just: its field
    OD_RECORD,  // a constructor with named fields: an object
    OD_OBJECT,  // a map: an object
    OD_TUPLE,   // an array
    OD_LIST,    // an array
} od_value_form;

// The functions of a spelling; `context` is its own.
typedef struct od_spelling {
    // Opens a value of `count` fields (0 where that is not known), and closes the one opened last.
    void (*open)(void *context, od_value_form form, const char *name, size_t count);
    void (*close)(void *context);
    // Begins a field of a record or an entry of a map.
    void (*field)(void *context, od_slice name);
    void (*constant)(void *context, const char *name); // a constructor without fields
    void (*nothing)(void *context);                    // Nothing, of Maybe
    void (*text)(void *context, od_slice text);
    void (*integer)(void *context, int64_t number);
    void (*real)(void *context, double number);
    void (*truth)(void *context, bool truth);
    void (*word)(void *context, od_slice text); // a Str
} od_spelling;

typedef struct od_values_options {
    // When set, figures are spelt as pandoc 2 had them, whose types know none: a paragraph of an
    // image with the title `fig:…` where the figure is no more than that, else a div of class
    // `figure` that holds, after the blocks, a div of class `caption`. The function tells whether
    // the children of two nodes are the same inlines, since the alternative text of the image must
    // be the caption.
    bool (*same_inlines)(const od_node *a, const od_node *b);
} od_values_options;

// Spells the children of `parent` as one list of blocks or inlines; those of an OD_META_MAP as a
// map. Nothing recurses. A tree of either a reader or a filter will do: parts of tables and
// citations that are not there are spelt as empty ones.
void od_values_spell_children(const od_node *parent, const od_values_options *options,
                              const od_spelling *spelling, void *context);

// Spells one block or inline, row, cell, … A run of text is spelt as all the words and spaces that
// it holds, one after the other.
void od_values_spell_node(const od_node *node, const od_values_options *options,
                          const od_spelling *spelling, void *context);

#endif
