// Formulas: cells of a table of text that a spreadsheet would run instead of show.
//
// A text that begins with = + - @ (also full-width), a tab or a line end gets an apostrophe before it,
// which spreadsheets take for “this is text”; and so does one that begins so behind apostrophes, so
// that what reads the table can take off exactly what was put there. Numbers are no formulas.
// Source: OWASP, CSV injection.
#ifndef OD_DATA_FORMULA_H
#define OD_DATA_FORMULA_H

#include "base/slice.h"

// Whether `cell` needs the apostrophe.
bool od_formula_needs_guard(od_slice cell);

// Returns `cell` without the apostrophe that od_formula_needs_guard asked for, if it has one.
od_slice od_formula_unguard(od_slice cell);

#endif
