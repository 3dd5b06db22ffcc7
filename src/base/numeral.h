// Numerals: Chinese numbers as words and as digits, read and written.
//
// Counting (十二, 三千零五十二, 一万二千) and digit-by-digit writing (二〇二二) of GB/T 15835-2011, and
// the capitals of money (壹仟贰佰) of the Ministry of Finance's rules for bills.
#ifndef OD_BASE_NUMERAL_H
#define OD_BASE_NUMERAL_H

#include "base/arena.h"

// Reads the Chinese counting number at the start of `text` (small or capital numerals, also digit by
// digit, also 廿 卅 and ㈠ are not read) and sets `*size` to its bytes; false when there is none or it
// does not fit. 十一 is 11, 一一 is not a counting number but 11 digit by digit; `*digits` says so.
bool od_numeral_read(od_slice text, int64_t *number, size_t *size, bool *digits);

// Returns `number` in counting words: 32 is 三十二, 12 is 十二, 105 is 一百零五.
od_slice od_numeral_write(od_arena *arena, int64_t number);

// Returns `number` digit by digit: 2022 is 二〇二二.
od_slice od_numeral_write_digits(od_arena *arena, int64_t number);

// Returns `number` in capitals: 32 is 叁拾贰.
od_slice od_numeral_write_capital(od_arena *arena, int64_t number);

#endif
