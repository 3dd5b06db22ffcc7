// Brackets: the sets of characters that `[a-z]` writes in globs and regular expressions.
//
// Follows POSIX 9.3.5 over code points: ranges, `[:alpha:]` classes (ASCII), a `]` right after the
// opening is itself. Collating symbols and equivalence classes have no meaning without a locale and
// are refused.
#ifndef OD_BASE_BRACKET_H
#define OD_BASE_BRACKET_H

#include "base/arena.h"

// Code points from `first` to `last`, both included.
typedef struct od_range {
    uint32_t first, last;
} od_range;

// All zeros is the empty set.
typedef struct od_char_set {
    OD_ARRAY(od_range) ranges; // in any order, may overlap
    bool negated;
} od_char_set;

// How brackets are written: globs know `[!a]` beside `[^a]` and escape by `\`.
typedef enum od_bracket_syntax { OD_BRACKET_ERE, OD_BRACKET_GLOB } od_bracket_syntax;

// Reads the bracket expression whose `[` stands at byte `start` of `text`.
//
// Returns the offset after its `]`, or SIZE_MAX when it has no end, a range is the wrong way round,
// or it names an unknown class.
size_t od_bracket_read(od_arena *arena, od_slice text, size_t start, od_bracket_syntax syntax,
                       od_char_set *set);

// Adds the ASCII characters of a class such as `alpha` to `set`; false for an unknown one.
bool od_char_set_add_class(od_arena *arena, od_char_set *set, od_slice name);

// Adds the code points from `first` to `last`.
void od_char_set_add(od_arena *arena, od_char_set *set, uint32_t first, uint32_t last);

// Whether `code` is in `set`.
bool od_char_set_has(const od_char_set *set, uint32_t code);

// Rewrites `set` without `negated`: rising ranges that neither overlap nor touch. Code points run
// to U+10FFFF without surrogates.
void od_char_set_normalize(od_arena *arena, od_char_set *set);

#endif
