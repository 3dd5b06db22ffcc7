// Dates as pandoc.utils.normalize_date reads them.
#ifndef OD_LUA_DATE_H
#define OD_LUA_DATE_H

#include "base/slice.h"

// Reads `text` as a date (2024-01-05, 01/05/2024, 5 January 2024, 20240105, 2024, …) and writes it
// as YYYY-MM-DD; false when it is none or lies before 1601.
// Source: pandoc, T.P.Shared.normalizeDate.
bool od_normalize_date(od_slice text, char date[11]);

#endif
