// Real numbers as text: whatever the locale of the process, with a decimal point.
#ifndef OD_BASE_REAL_H
#define OD_BASE_REAL_H

#include "base/buf.h"

// Reads `text`, a number as JSON writes them; false when it is too large for a double or has over
// 100 digits.
bool od_real_read(od_slice text, double *number);

// Appends finite `number` with the fewest digits that give it back, as Haskell shows it: `0.1`,
// `1.0`, `5.0e-2`, `1.5e7`; decimals from 0.1 up to below 10,000,000, else an exponent.
void od_real_write(double number, od_buf *out);

// Likewise a number that is told by its significant digits, of which the first is not `0`, and the
// power of ten of the first: 12.5 is "125", 1.
void od_real_write_digits(od_slice digits, int64_t power, od_buf *out);

#endif
