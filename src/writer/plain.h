// Writer: plain text, for mail and for reading in a terminal; laid out as pandoc's plain writer
// does.
//
// Emphasis has no marks, as in pandoc; strikeout keeps its `~~`. Notes are `[1]` and stand at the
// end. Formulas are their TeX. Tables are drawn by their widths on a terminal: simple ones with
// spaces, those with widths or line breaks in several lines, those with blocks in a grid.
#ifndef OD_WRITER_PLAIN_H
#define OD_WRITER_PLAIN_H

#include "writer/writer.h"

// Appends the blocks below `root` as text closed by a line end, or nothing when there are none;
// with title, authors and date in front when `options` say that the document stands alone.
void od_write_plain(const od_node *root, const od_writer_options *options, od_buf *out);

#endif
