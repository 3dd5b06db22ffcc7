// Escaping: a value is a value, whatever marks it holds.
#ifndef OD_ENGINE_ESCAPE_H
#define OD_ENGINE_ESCAPE_H

#include "base/arena.h"

// Returns `value` written so that Markdown (CommonMark 0.31, GFM) shows just its characters when it
// replaces the bytes `span` of `source`: no emphasis, link, HTML, cell, heading or list comes of it.
// `block_start` says that nothing visible stands before it in its block.
//
// Errors: false when no writing does so: after a backslash that stands for itself.
bool od_escape_markdown(od_arena *arena, od_slice source, od_span span, bool block_start,
                        od_slice value, od_slice *escaped);

#endif
