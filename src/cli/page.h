// Layout: text for people in lines that fit a terminal of 80 columns, Chinese as wide as it shows.
#ifndef OD_CLI_PAGE_H
#define OD_CLI_PAGE_H

#include "base/buf.h"

enum { OD_LAYOUT_COLUMNS = 79 };

// Appends `text` in lines that start at column `indent` (from 0); `column` is where the first one
// already stands. Line ends in `text` start a new line. Closes with a line end.
void od_page_text(od_buf *out, od_slice text, size_t indent, size_t column);

// Appends spaces from `column` up to column `to`.
void od_page_pad(od_buf *out, size_t column, size_t to);

#endif
