// Writer: HTML5, the elements and attributes those that pandoc's html5 writer makes.
//
// Formulas are TeX between `\(…\)` and `\[…\]`, as MathJax reads them; code is not coloured. All
// text is escaped; raw HTML in the tree is passed through, raw text of other formats left out.
#ifndef OD_WRITER_HTML_H
#define OD_WRITER_HTML_H

#include "writer/writer.h"

// Appends the blocks below `root` as HTML, notes behind them; a whole page when `options` say so,
// with the title, authors, date and language of the metadata. Closed by a line end.
void od_write_html(const od_node *root, const od_writer_options *options, od_buf *out);

// Appends one node, for use within Markdown: without a blank line, which would end it, and without
// a line end behind it. Its notes come right behind it.
void od_write_html_node(const od_node *node, const od_writer_options *options, od_buf *out);

#endif
