// Writer: GitHub-flavoured Markdown that reads back as the same tree.
//
// As pandoc's gfm writer has it where that is safe: `-` bullets, `1.  ` numbers, `#` headings, pipe
// tables, notes at the end, HTML for what Markdown cannot say. Beyond it, so that nothing is lost:
// * A character is escaped only where it would be read as markup, and there always.
// * Marks of emphasis are chosen by CommonMark's rules (emphasis.h).
// * Lists that follow each other get different bullets, tight lists stay tight, code is fenced.
// * A heading of levels 1 and 2 that has line breaks is underlined.
// What cannot come back the same: names of headings, what is written as HTML, the spaces within one
// word that a filter made, line breaks as --wrap changes them, and bare addresses (a@b.cn) that the
// tree has as plain text.
#ifndef OD_WRITER_GFM_H
#define OD_WRITER_GFM_H

#include "writer/writer.h"

// Appends the blocks below `root` as Markdown closed by a line end, or nothing when there are none;
// with front matter when `options` say that the document stands alone.
void od_write_gfm(const od_node *root, const od_writer_options *options, od_buf *out);

// Likewise as CommonMark, which has neither tables, notes, deleted text, tasks, alerts nor front
// matter: they become HTML or plain text.
void od_write_commonmark(const od_node *root, const od_writer_options *options, od_buf *out);

#endif
