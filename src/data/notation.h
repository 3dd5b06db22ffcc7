// Notation: a value written as another one stands there, so that a text in words stays in words.
#ifndef OD_DATA_NOTATION_H
#define OD_DATA_NOTATION_H

#include "data/datum.h"

// Returns the text of `part` of `datum` in place of `raw`, which reads as `was` (NULL where it cannot
// be read): in the format of `type`; where that has none, in the one in which `raw` is written. The
// unit, 百分之 and % that `raw` has stay.
od_slice od_notation_write(od_arena *arena, const od_datum_type *type, const od_datum *datum,
                           od_part part, od_slice raw, const od_datum *was);

#endif
