// What the writers have in common: how their answer is laid out.
#ifndef OD_WRITER_WRITER_H
#define OD_WRITER_WRITER_H

#include "base/buf.h"
#include "document/ast.h"

// What becomes of the spaces and soft breaks of a text, as pandoc's --wrap has it.
typedef enum od_wrap {
    OD_WRAP_AUTO,     // lines are filled up to `columns`
    OD_WRAP_NONE,     // a paragraph is one line
    OD_WRAP_PRESERVE, // lines end at the soft breaks
} od_wrap;

// All zeros means the defaults.
typedef struct od_writer_options {
    od_wrap wrap;
    size_t columns; // 0: 72, as pandoc's --columns
    bool standalone;
    const od_node *meta; // OD_META_MAP, for a document that stands alone; or NULL
} od_writer_options;

static inline size_t od_writer_columns(const od_writer_options *options) {
    return options->columns ? options->columns : 72;
}

#endif
