// Ordinals: the numbers that headings of official documents start with.
//
// GB/T 9704-2012 7.3.3 and GB/T 15834-2011: `一、` `（一）` `1.` `（1）`, each in just this form. What
// people write instead (`(一)`, `㈠`, `1、`, `一一、`, `一、 `) is read too and told from the right form.
#ifndef OD_DOCUMENT_ORDINAL_H
#define OD_DOCUMENT_ORDINAL_H

#include "base/arena.h"

// Forms of headings; a profile selects some.
typedef enum od_heading_form {
    OD_FORM_MARKUP,       // # and underlined
    OD_FORM_HAN,          // 一、
    OD_FORM_HAN_PAREN,    // （一）
    OD_FORM_ARABIC,       // 1.
    OD_FORM_ARABIC_PAREN, // （1）
    OD_FORM_CHAPTER,      // 第一章 第一节 第一部分 第一条
    OD_FORM_DECIMAL,      // 1.1
    OD_FORM_BOLD,         // a line that is bold as a whole
    OD_FORM_COUNT,
} od_heading_form;

// Units of OD_FORM_CHAPTER, as od_ordinal.depth has them: outer ones are smaller.
enum { OD_UNIT_PART = 1, OD_UNIT_CHAPTER, OD_UNIT_SECTION, OD_UNIT_ARTICLE };

typedef struct od_ordinal {
    od_heading_form form;
    int64_t value;
    int depth;      // OD_FORM_DECIMAL: how many parts; OD_FORM_CHAPTER: the unit
    size_t end;     // of the number with its mark, and with white space that must not follow it
    od_slice right; // the right spelling of all that when it is wrong, else empty
} od_ordinal;

// Whether a text that starts with `code` can start with an ordinal at all.
bool od_ordinal_possible(uint32_t code);

// Reads the ordinal at byte `at` of visible text; false when there is none, or when what looks like
// one is a quantity (1.5, 二、三季度), a year (（2022）) or no number of a heading (0., 01.). With
// `decimals` also `1.1` and, before white space, `1`.
bool od_ordinal_read(od_arena *arena, od_slice text, size_t at, bool decimals, od_ordinal *ordinal);

// Returns how far out a number stands: that of an outer section is smaller. It is less than
// OD_ORDINAL_RANKS and more than 0.
int od_ordinal_rank(od_heading_form form, int depth);
enum { OD_ORDINAL_RANKS = 16 };

// Returns `value` as an ordinal of `form` and `depth` is written: `三、`.
od_slice od_ordinal_write(od_arena *arena, od_heading_form form, int depth, int64_t value);

#endif
