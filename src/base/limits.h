// Limits: every bound of the program in one table, so that messages, `orgdraft --limits` and tests
// name the same numbers. Each exists because an input was seen that needs it.
#ifndef OD_BASE_LIMITS_H
#define OD_BASE_LIMITS_H

#include <orgdraft.h>

// name in code, name for people, value, unit, reason.
#define OD_LIMITS(LIMIT)                                                                           \
    LIMIT(DRAFT_SIZE, "draft size", (size_t)256 << 20, "bytes",                                    \
          "a draft larger than this is no draft, and memory is about 10 bytes a byte")             \
    LIMIT(LINE_SIZE, "line length", (size_t)1 << 20, "bytes",                                      \
          "cmark-gfm needs quadratic time on some long lines")                                     \
    LIMIT(FRONT_MATTER_SIZE, "front matter size", (size_t)1 << 20, "bytes",                        \
          "front matter holds keys, not text")                                                     \
    LIMIT(DATA_SIZE, "data file size", (size_t)64 << 20, "bytes", "one report needs a few KB")     \
    LIMIT(PROFILE_SIZE, "profile size", (size_t)4 << 20, "bytes", "a profile is a page or two")    \
    LIMIT(PLACEHOLDERS, "blanks in a draft", 100000, "blanks", "each may become a finding")        \
    LIMIT(VALUE_SIZE, "value size", (size_t)64 << 10, "bytes", "a value fills a blank in a line")  \
    LIMIT(CONTAINERS, "nested quotes and lists", 200, "levels",                                    \
          "cmark-gfm needs quadratic time in them")                                                \
    LIMIT(TABLE_CELLS, "table cells in a row", 1000, "cells",                                      \
          "cmark-gfm needs quadratic time in them")                                                \
    LIMIT(TABLE_PADDING, "missing table cells", (size_t)1 << 19, "cells",                          \
          "cmark-gfm adds every cell that a row lacks")                                            \
    LIMIT(YAML_DEPTH, "YAML nesting", 64, "levels", "libyaml needs quadratic time in it")          \
    LIMIT(YAML_NODES, "YAML nodes", 2000000, "nodes", "bounds memory")                             \
    LIMIT(YAML_ALIASES, "YAML aliases", 100, "aliases", "aliases of aliases grow without bound")   \
    LIMIT(YAML_ALIAS_NODES, "nodes made by YAML aliases", 10000, "nodes",                          \
          "aliases of aliases grow without bound")                                                 \
    LIMIT(JSON_DEPTH, "JSON nesting", 64, "levels", "readers below would recurse on it")           \
    LIMIT(AST_DEPTH, "document nesting", 10000, "levels",                                          \
          "a block takes two levels of pandoc's JSON or three, and no one writes such quotes")     \
    LIMIT(EXTENDS_DEPTH, "profiles extending each other", 16, "files", "a chain may be a circle")  \
    LIMIT(REGEX_SIZE, "regular expression size", 5000, "states",                                   \
          "counted repeats multiply, and libc needs memory for each")                              \
    LIMIT(REGEX_DEPTH, "nested groups in a regular expression", 50, "levels",                      \
          "libc recurses on them")                                                                 \
    LIMIT(FILTER_SIZE, "filter size", (size_t)1 << 20, "bytes", "a filter is a page or two")       \
    LIMIT(FILTER_MODULES, "Lua files beside a filter", 256, "files",                               \
          "all are read before a caged filter runs")                                               \
    LIMIT(FILTER_MEMORY, "memory of a caged filter", (size_t)256 << 20, "bytes",                   \
          "what Lua holds, and 32 bytes a byte of the draft; the process may have half as much "   \
          "again, and 128 bytes a byte of the draft")                                              \
    LIMIT(FILTER_OUTPUT, "what a caged filter prints", (size_t)1 << 20, "bytes",                   \
          "an endless print would fill the disk")                                                  \
    LIMIT(FILTER_ANSWER, "answer of a caged filter", (size_t)64 << 20, "bytes",                    \
          "its document; and 64 bytes more a byte of the draft")

enum {
#define LIMIT(name, text, value, unit, reason) OD_LIMIT_INDEX_##name,
    OD_LIMITS(LIMIT)
#undef LIMIT
    OD_LIMIT_COUNT,
};

// Returns the value of a limit: od_limit_value(DRAFT_SIZE).
#define od_limit_value(name) (od_limit_table[OD_LIMIT_INDEX_##name].value)
extern const od_limit od_limit_table[OD_LIMIT_COUNT];

#endif
