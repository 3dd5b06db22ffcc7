// The profiles that ship: profiles/*.yaml, compiled into the program (profiles/embed.sh).
#ifndef OD_PROFILE_BUILTIN_H
#define OD_PROFILE_BUILTIN_H

#include "base/slice.h"

// In order of id. In the file that profiles/embed.sh writes.
extern const od_builtin_profile od_builtin_table[];
extern const size_t od_builtin_count;

// Returns the built-in profile of that id, or NULL.
const od_builtin_profile *od_builtin_find(od_slice id);

// Returns the id of a built-in profile that `wrong` was probably meant to be, or an empty slice.
od_slice od_builtin_nearest(od_slice wrong);

#endif
