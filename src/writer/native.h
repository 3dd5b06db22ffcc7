// Writer: pandoc's native format, its values as Haskell shows them, laid out as pandoc lays them
// out (pretty-show on the pretty library): what fits on its line stands there, which without
// indentation must not be longer than 60 of 72 columns.
#ifndef OD_WRITER_NATIVE_H
#define OD_WRITER_NATIVE_H

#include "writer/writer.h"

// Appends the blocks below `root`, or the whole document when it stands alone, and a line end.
void od_write_native(const od_node *root, const od_writer_options *options, od_buf *out);

// Appends `text` as Haskell shows a string.
void od_native_string(od_slice text, od_buf *out);

#endif
