// Regular expressions: POSIX extended ones (POSIX 9.4) over code points, whatever the locale.
//
// libc matches characters only in a locale that knows them, and a library does not choose its
// program's locale. So an expression is rewritten to one over bytes: `.` and `[一-十]` become the
// UTF-8 sequences they stand for. `\d`, `\w`, `\s` and their capitals are known beside the
// standard; what else `\` may not stand before (a letter, or a digit: ERE has no back-references)
// is refused, since libc would take it for something else without a word.
#ifndef OD_PROFILE_ERE_H
#define OD_PROFILE_ERE_H

#include "source/diagnostic.h"

#include <regex.h>

typedef enum od_ere_use {
    OD_ERE_EXACT,  // matched against text as it is
    OD_ERE_FOLDED, // matched against folded text (fold.h), letters in either case
} od_ere_use;

// Compiles `text` into `*regex`, which regfree gives back.
//
// Errors: false, nothing to free, and `*why` says what is wrong.
bool od_ere_compile(od_arena *arena, od_slice text, od_ere_use use, regex_t *regex, od_text *why);

#endif
