// Decimals: numbers as people write them, exact.
//
// 12, １２, 12,500, 12 500, 0.46, -3, 3.5亿, 12万, 十二, 三点五, 一〇五; not 九十多, 三五, 4千 (GB/T 15835).
#ifndef OD_DATA_DECIMAL_H
#define OD_DATA_DECIMAL_H

#include "base/arena.h"

// A decimal number: digits × 10^-scale, scale 0 to 9. 12.50 is {1250, 2}.
typedef struct od_decimal {
    int64_t digits;
    int scale;
} od_decimal;

typedef enum od_decimal_fault {
    OD_DECIMAL_OK,
    OD_DECIMAL_NONE,     // the text is not a number
    OD_DECIMAL_TOO_BIG,  // more than 18 digits
    OD_DECIMAL_TOO_FINE, // more than 9 decimals
} od_decimal_fault;

// Reads `text`, all of it, as a number. Full-width digits must be half-width already.
od_decimal_fault od_decimal_read(od_slice text, od_decimal *number);

// As od_decimal_read where numbers are written digit by digit (format `cn_digit`): 三五 is 35 there, not
// three to five.
od_decimal_fault od_decimal_read_rows(od_slice text, od_decimal *number);

// Writes `number` plainly, with the decimals it was read with: 12.50.
od_slice od_decimal_write(od_arena *arena, od_decimal number);

// As od_decimal_write with a comma before every three digits: 12,500.00.
od_slice od_decimal_write_grouped(od_arena *arena, od_decimal number);

// Sets `*whole` when `number` is a whole one: 12.0 is 12.
bool od_decimal_whole(od_decimal number, int64_t *whole);

// Compares two numbers exactly: negative, zero, positive.
int od_decimal_compare(od_decimal a, od_decimal b);

#endif
