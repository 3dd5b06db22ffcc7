// Globs: patterns of paths, as configuration files and .gitignore write them.
//
// `*` and `?` stay within one part of a path, `**` as a whole part is any number of folders,
// `[a-z]` and `[!a-z]` are one character, `{a,b}` is either (configuration only; .gitignore has no
// braces), `\` takes the next character as it is. A pattern without a `/` but at its end matches in
// any folder; one that ends in `/` matches only folders. Matching takes time proportional to
// pattern times path, whatever the stars. Source: gitignore(5).
#ifndef OD_BASE_GLOB_H
#define OD_BASE_GLOB_H

#include "base/arena.h"

typedef struct od_glob od_glob;

typedef enum od_glob_syntax { OD_GLOB_CONFIG, OD_GLOB_GITIGNORE } od_glob_syntax;

// Why a pattern cannot match anything.
typedef enum od_glob_fault {
    OD_GLOB_FINE,
    OD_GLOB_EMPTY,   // nothing is left of it
    OD_GLOB_BRACKET, // a `[` without its `]`, a range the wrong way round, an unknown class
    OD_GLOB_BRACE,   // a `{` without its `}`
    OD_GLOB_PARTS,   // an empty part, or `.` or `..`, which the paths it is held against never have
    OD_GLOB_ESCAPE,  // a `\` at its end
} od_glob_fault;

// Reads a pattern (of .gitignore: without its `!`) into `arena`; `*glob` is set only when it is
// fine.
od_glob_fault od_glob_read(od_arena *arena, od_slice pattern, od_glob_syntax syntax,
                           const od_glob **glob);

// Whether `glob` matches `path`, which has `/` between its parts, no `/` at its start, and one at
// its end when it is a folder.
bool od_glob_matches(const od_glob *glob, od_slice path);

// Whether `glob` matches `path` or a folder above it.
bool od_glob_covers(const od_glob *glob, od_slice path);

// od_glob_read and od_glob_matches in one, for a pattern of a configuration that is used once; a
// faulty pattern matches nothing.
bool od_glob_match(od_slice pattern, od_slice path);

#endif
