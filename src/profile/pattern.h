// Patterns: how aliases, words and the shapes of values are read.
#ifndef OD_PROFILE_PATTERN_H
#define OD_PROFILE_PATTERN_H

#include "profile/ere.h"
#include "profile/profile.h"

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
