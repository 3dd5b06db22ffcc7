// Rules: what orgdraft itself can find in a draft or its data, one row each.
#ifndef OD_SOURCE_RULE_H
#define OD_SOURCE_RULE_H

#include <orgdraft.h>

// id in code, id for people, default severity. In the order of the ids for people.
#define OD_RULES(RULE)                                              \
    RULE(BINDING_MISSING, "binding-missing", OD_INFO)               \
    RULE(DATA_AMBIGUOUS, "data-ambiguous", OD_ERROR)                \
    RULE(DATA_CONFLICT, "data-conflict", OD_ERROR)                  \
    RULE(DATA_SHAPE, "data-shape", OD_ERROR)                        \
    RULE(DATA_UNIT, "data-unit", OD_INFO)                           \
    RULE(DATA_UNMATCHED, "data-unmatched", OD_ERROR)                \
    RULE(ENCODING_BIDI, "encoding-bidi", OD_WARNING)                \
    RULE(ENCODING_CONTROL, "encoding-control", OD_WARNING)          \
    RULE(ENCODING_NUL, "encoding-nul", OD_ERROR)                    \
    RULE(ENCODING_UTF8, "encoding-utf8", OD_ERROR)                  \
    RULE(FRONT_MATTER_MISSING, "front-matter-missing", OD_ERROR)    \
    RULE(FRONT_MATTER_SYNTAX, "front-matter-syntax", OD_ERROR)      \
    RULE(HEADING_NUMBER, "heading-number", OD_WARNING)              \
    RULE(KEY_MISSING, "key-missing", OD_ERROR)                      \
    RULE(KEY_TYPE, "key-type", OD_ERROR)                            \
    RULE(KEY_UNKNOWN, "key-unknown", OD_WARNING)                    \
    RULE(KEY_VALUE, "key-value", OD_ERROR)                          \
    RULE(PLACEHOLDER_UNFILLED, "placeholder-unfilled", OD_WARNING)  \
    RULE(SECTION_CONTENT, "section-content", OD_WARNING)            \
    RULE(SECTION_DUPLICATE, "section-duplicate", OD_ERROR)          \
    RULE(SECTION_EMPTY, "section-empty", OD_ERROR)                  \
    RULE(SECTION_EXTRA, "section-extra", OD_WARNING)                \
    RULE(SECTION_LEVEL, "section-level", OD_ERROR)                  \
    RULE(SECTION_MISSING, "section-missing", OD_ERROR)              \
    RULE(SECTION_ORDER, "section-order", OD_ERROR)                  \
    RULE(SECTION_SHORT, "section-short", OD_WARNING)                \
    RULE(SUPPRESSION_UNKNOWN, "suppression-unknown", OD_WARNING)    \
    RULE(SUPPRESSION_UNUSED, "suppression-unused", OD_WARNING)      \
    RULE(VALUE_COMPUTED, "value-computed", OD_ERROR)                \
    RULE(VALUE_CONFLICT, "value-conflict", OD_ERROR)                \
    RULE(VALUE_DIFFERS, "value-differs", OD_ERROR)                  \
    RULE(VALUE_DOUBLED, "value-doubled", OD_WARNING)                \
    RULE(VALUE_RANGE, "value-range", OD_ERROR)                      \
    RULE(VALUE_TYPE, "value-type", OD_ERROR)                        \
    RULE(WORD_STALE, "word-stale", OD_WARNING)

typedef enum od_rule_id {
#define RULE(name, id, severity) OD_RULE_##name,
    OD_RULES(RULE)
#undef RULE
    OD_RULE_COUNT,
} od_rule_id;

#endif
