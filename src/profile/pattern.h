// Patterns: how aliases, words and the shapes of values are read.
#ifndef OD_PROFILE_PATTERN_H
#define OD_PROFILE_PATTERN_H

#include "profile/ere.h"

// An alias of a heading or a word to look for: a folded part of the text, or `re:` and a POSIX ERE.
// Either is found whatever the case of its ASCII letters.
typedef struct od_pattern {
    od_slice text;   // as written, without `re:`
    od_slice folded; // empty for a regular expression
    regex_t *regex;  // NULL for a part of the text
    od_span span;    // in the profile
} od_pattern;

// Whether `folded` text contains the pattern; sets `*size` to the bytes it matches. The pattern of
// a value (od_key_rule, od_field_rule) is a regular expression for the text as it is written, case
// and all.
bool od_pattern_matches(const od_pattern *pattern, od_slice folded, size_t *size);

// Finds the first match from byte `at` on.
bool od_pattern_find(const od_pattern *pattern, od_slice folded, size_t at, od_span *match);

// Returns how often the pattern stands in `folded` text, one behind the other; matches of nothing do not
// count.
size_t od_pattern_count(const od_pattern *pattern, od_slice folded);

// Reads an alias or a word: a part of the text, or `re:` and a regular expression for folded text.
// A pattern with a regex is to be given to od_pattern_free.
//
// Errors: false and `*why` when it is empty or no regular expression.
bool od_pattern_read(od_arena *arena, od_slice text, od_pattern *pattern, od_text *why);

// Reads a regular expression (`re:` before it may be left out) for text as it is written.
bool od_pattern_read_exact(od_arena *arena, od_slice text, od_pattern *pattern, od_text *why);

// Gives back what libc holds of a pattern.
void od_pattern_free(od_pattern *pattern);

#endif
