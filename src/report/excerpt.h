// Excerpts: the line of a finding as a terminal shows it, with carets below the place.
#ifndef OD_REPORT_EXCERPT_H
#define OD_REPORT_EXCERPT_H

#include "report/print.h"
#include "source/source.h"

// Returns the cells that the margin of a line takes, by the number of that line; notes below an
// excerpt are indented as much.
size_t od_excerpt_margin(size_t line);

// Appends the line that `span` starts in, `line` being its number from 1, and carets under the part
// of `span` that lies in it, in `color`. A line that is too wide is shown around the place only,
// the rest as `…`, so that the cost does not grow with the line.
void od_excerpt_add(od_buf *out, const od_source *source, od_span span, size_t line, od_color color,
                    const od_report_options *options);

#endif
