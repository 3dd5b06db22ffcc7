// Data: values read as the type of a field, and written in its format.
//
// Reads every notation of GB/T 15835 and of spreadsheets: 12, １２, 12.0, 12,500, 3.5亿, 十二,
// 二〇二二年二月十八日, 2022/2/8, 2022-02-18, Excel serials; writes `#`, `,`, `cn`, `cn_digit`,
// `cn_upper` and dates by pattern (`YYYY年M月D日`). Words that only look like numbers (一律, “七一”,
// 十九届) are not numbers.
#ifndef OD_DATA_DATUM_H
#define OD_DATA_DATUM_H

#include "data/decimal.h"
#include "data/moment.h"
#include "source/diagnostic.h"

#include <regex.h>

// A part of a date that a blank can stand for.
typedef enum od_part { OD_WHOLE, OD_PART_YEAR, OD_PART_MONTH, OD_PART_DAY } od_part;

// What a value is to be read as and how it is written. All zeros is free text.
typedef struct od_datum_type {
    od_field_type type;
    od_slice unit;           // measure word: accepted after the number, and taken off
    od_slice format;         // see the head of this file; empty is the plain form of the type
    const od_slice *choices; // OD_TYPE_ENUM
    size_t choice_count;
    bool allow_empty;
    bool has_min, has_max;
    od_decimal min, max;
    size_t max_chars;        // 0: no bound
    const od_slice *forbid;  // texts that must not occur in it
    size_t forbid_count;
    const regex_t *pattern;  // what the text must match somewhere, or NULL
    od_slice pattern_text;   // as people wrote it
} od_datum_type;

// A value read.
typedef struct od_datum {
    od_field_type type;
    od_slice text;     // texts; also the canonical plain form of everything else: "12", "2022-02-18"
    od_decimal number; // integer, decimal, percent, money, amount_cn, year, month, day; a time of
                       // day in seconds since midnight, a duration in seconds
    od_date date;      // date
    bool unit_dropped; // the value carried its unit: `12篇` for `XX篇`
} od_datum;

// Reads `text` as `type`, checking bounds, choices and forbidden texts.
//
// Ownership: the datum's text lives in `arena` or is `text`.
// Errors:    false, with `*why` what was expected, in `language` (“a whole number”).
bool od_datum_read(od_arena *arena, od_language language, const od_datum_type *type, od_slice text,
                   od_datum *datum, od_slice *why);

// Whether a value that od_datum_read refuses is of the type all the same, but not one that is allowed:
// out of bounds, none of the choices, with a forbidden text.
bool od_datum_is_of_type(od_arena *arena, const od_datum_type *type, od_slice text);

// Returns the text of `part` of `datum` in the format of `type`: what goes into a blank. A part of a
// date is written without leading zeros.
od_slice od_datum_write(od_arena *arena, const od_datum_type *type, const od_datum *datum,
                        od_part part);

// Whether two data of one type are the same value: 12 and 十二, 2022-02-18 and 2022年2月18日.
bool od_datum_equal(const od_datum *a, const od_datum *b);

// Returns the plain form of a datum, which is one for all ways of writing the value and reads back as
// it: 12.50, 2022-02-18, 9:30, 2小时30分 (2h 30m where it was written in Latin letters).
od_slice od_datum_plain(od_arena *arena, const od_datum *datum);

// Whether the plain form of a type is a number.
bool od_field_type_is_number(od_field_type type);

// Whether values of a type are words, whose end only the text around them tells.
bool od_field_type_is_text(od_field_type type);

// Splits the text of a list at its marks, 甲、乙；丙 or a, b, and returns the items, trimmed.
const od_slice *od_datum_items(od_arena *arena, od_slice text, size_t *count);

// Returns the type that the text right after a blank suggests (`篇` integer, `年` year, `月` month,
// `同志` person, `%` percent) and sets `*unit` to that measure word, empty when there is none.
// `before` is the text right before the blank (`金额` money).
od_field_type od_datum_guess(od_slice before, od_slice after, od_slice *unit);

// Returns the size of the mark between two items of a list that stands at byte `at` of `text` (、，；,;),
// or 0.
size_t od_list_mark(od_slice text, size_t at);

// ---- measure words -----------------------------------------------------------------------------

// Returns the bytes of the longest measure word at the start of `text`, or an empty slice.
// Source: GB/T 15835-2011 and the default list of the phrase rules (S5).
od_slice od_measure_word(od_slice text);

#endif
