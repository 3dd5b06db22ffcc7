// Rules: what orgdraft itself can find in a draft or its data, one row each.
#ifndef OD_SOURCE_RULE_H
#define OD_SOURCE_RULE_H

#include <orgdraft.h>

// id in code, id for people, default severity. In the order of the ids for people.
#define OD_RULES(RULE)                                              \
    RULE(ABBREVIATION, "abbreviation", OD_INFO)                     \
    RULE(ADDRESSEE_FORM, "addressee-form", OD_WARNING)              \
    RULE(ATTACHMENT_LIST, "attachment-list", OD_WARNING)            \
    RULE(ATTENDANCE_LINE, "attendance-line", OD_WARNING)            \
    RULE(BINDING_MISSING, "binding-missing", OD_INFO)               \
    RULE(CAPTION_END, "caption-end", OD_WARNING)                    \
    RULE(DATA_AMBIGUOUS, "data-ambiguous", OD_ERROR)                \
    RULE(DATA_CONFLICT, "data-conflict", OD_ERROR)                  \
    RULE(DATA_SHAPE, "data-shape", OD_ERROR)                        \
    RULE(DATA_UNIT, "data-unit", OD_INFO)                           \
    RULE(DATA_UNMATCHED, "data-unmatched", OD_ERROR)                \
    RULE(DATE_FORM, "date-form", OD_WARNING)                        \
    RULE(DAY_NAME, "day-name", OD_WARNING)                          \
    RULE(DOCUMENT_NUMBER, "document-number", OD_WARNING)            \
    RULE(ENCODING_BIDI, "encoding-bidi", OD_WARNING)                \
    RULE(ENCODING_CONTROL, "encoding-control", OD_WARNING)          \
    RULE(ENCODING_NUL, "encoding-nul", OD_ERROR)                    \
    RULE(ENCODING_UTF8, "encoding-utf8", OD_ERROR)                  \
    RULE(FRONT_MATTER_MISSING, "front-matter-missing", OD_ERROR)    \
    RULE(FRONT_MATTER_SYNTAX, "front-matter-syntax", OD_ERROR)      \
    RULE(FULL_WIDTH_LETTER, "full-width-letter", OD_WARNING)        \
    RULE(FULL_WIDTH_SIGN, "full-width-sign", OD_INFO)               \
    RULE(HALF_WIDTH_MARK, "half-width-mark", OD_ERROR)              \
    RULE(HAN_LATIN_SPACE, "han-latin-space", OD_WARNING)            \
    RULE(HAN_SPACE, "han-space", OD_WARNING)                        \
    RULE(HAN_ZERO, "han-zero", OD_WARNING)                          \
    RULE(HEADING_END, "heading-end", OD_ERROR)                      \
    RULE(HEADING_NUMBER, "heading-number", OD_WARNING)              \
    RULE(HEADING_RUN_IN, "heading-run-in", OD_WARNING)              \
    RULE(HIDDEN_CHARACTER, "hidden-character", OD_WARNING)          \
    RULE(KEY_MISSING, "key-missing", OD_ERROR)                      \
    RULE(KEY_TYPE, "key-type", OD_ERROR)                            \
    RULE(KEY_UNKNOWN, "key-unknown", OD_WARNING)                    \
    RULE(KEY_VALUE, "key-value", OD_ERROR)                          \
    RULE(MARK_DOUBLED, "mark-doubled", OD_WARNING)                  \
    RULE(MARK_FORM, "mark-form", OD_WARNING)                        \
    RULE(MARK_PAIR, "mark-pair", OD_ERROR)                          \
    RULE(MD_BOLD, "md-bold", OD_WARNING)                            \
    RULE(MD_CODE, "md-code", OD_WARNING)                            \
    RULE(MD_HEADING, "md-heading", OD_WARNING)                      \
    RULE(MD_HTML, "md-html", OD_WARNING)                            \
    RULE(MD_LINK, "md-link", OD_INFO)                               \
    RULE(MD_LIST, "md-list", OD_INFO)                               \
    RULE(MD_PARAGRAPH, "md-paragraph", OD_INFO)                     \
    RULE(MD_RULE, "md-rule", OD_INFO)                               \
    RULE(MD_SETEXT, "md-setext", OD_INFO)                           \
    RULE(MD_STRIKE, "md-strike", OD_INFO)                           \
    RULE(NUMBER_APPROXIMATE, "number-approximate", OD_WARNING)      \
    RULE(NUMBER_HEDGE, "number-hedge", OD_WARNING)                  \
    RULE(NUMBER_MIXED, "number-mixed", OD_WARNING)                  \
    RULE(NUMBER_POINT, "number-point", OD_WARNING)                  \
    RULE(NUMBER_RANGE, "number-range", OD_WARNING)                  \
    RULE(NUMBER_SEPARATOR, "number-separator", OD_WARNING)          \
    RULE(NUMBER_STYLE, "number-style", OD_WARNING)                  \
    RULE(ORDINAL_MARK, "ordinal-mark", OD_WARNING)                  \
    RULE(OUTPUT_NAME, "output-name", OD_ERROR)                      \
    RULE(PLACEHOLDER_UNFILLED, "placeholder-unfilled", OD_WARNING)  \
    RULE(QUOTE_LIST, "quote-list", OD_WARNING)                      \
    RULE(SECTION_CONTENT, "section-content", OD_WARNING)            \
    RULE(SECTION_DUPLICATE, "section-duplicate", OD_ERROR)          \
    RULE(SECTION_EMPTY, "section-empty", OD_ERROR)                  \
    RULE(SECTION_EXTRA, "section-extra", OD_WARNING)                \
    RULE(SECTION_LEVEL, "section-level", OD_ERROR)                  \
    RULE(SECTION_MISSING, "section-missing", OD_ERROR)              \
    RULE(SECTION_ORDER, "section-order", OD_ERROR)                  \
    RULE(SECTION_SHORT, "section-short", OD_WARNING)                \
    RULE(SIGN_DATE, "sign-date", OD_ERROR)                          \
    RULE(SIGN_DATE_FUTURE, "sign-date-future", OD_WARNING)          \
    RULE(SUPPRESSION_UNKNOWN, "suppression-unknown", OD_WARNING)    \
    RULE(SUPPRESSION_UNUSED, "suppression-unused", OD_WARNING)      \
    RULE(TAB_INDENT, "tab-indent", OD_WARNING)                      \
    RULE(TITLE_FORM, "title-form", OD_WARNING)                      \
    RULE(TRAILING_SPACE, "trailing-space", OD_INFO)                 \
    RULE(VALUE_COMPUTED, "value-computed", OD_ERROR)                \
    RULE(VALUE_CONFLICT, "value-conflict", OD_ERROR)                \
    RULE(VALUE_DIFFERS, "value-differs", OD_ERROR)                  \
    RULE(VALUE_DOUBLED, "value-doubled", OD_WARNING)                \
    RULE(VALUE_LOST, "value-lost", OD_INFO)                         \
    RULE(VALUE_RANGE, "value-range", OD_ERROR)                      \
    RULE(VALUE_TYPE, "value-type", OD_ERROR)                        \
    RULE(WORD_STALE, "word-stale", OD_WARNING)

// The rules of style and form among them, which are off unless a profile switches them on.
#define OD_TEXT_RULES(RULE)                                         \
    RULE(ABBREVIATION) RULE(ADDRESSEE_FORM) RULE(ATTACHMENT_LIST)   \
    RULE(ATTENDANCE_LINE) RULE(CAPTION_END) RULE(DATE_FORM)         \
    RULE(DAY_NAME) RULE(DOCUMENT_NUMBER) RULE(FULL_WIDTH_LETTER)    \
    RULE(FULL_WIDTH_SIGN) RULE(HALF_WIDTH_MARK)                     \
    RULE(HAN_LATIN_SPACE) RULE(HAN_SPACE) RULE(HAN_ZERO)            \
    RULE(HEADING_END) RULE(HEADING_RUN_IN) RULE(HIDDEN_CHARACTER)   \
    RULE(MARK_DOUBLED) RULE(MARK_FORM) RULE(MARK_PAIR)              \
    RULE(NUMBER_APPROXIMATE) RULE(NUMBER_HEDGE) RULE(NUMBER_MIXED)  \
    RULE(NUMBER_POINT) RULE(NUMBER_RANGE) RULE(NUMBER_SEPARATOR)    \
    RULE(NUMBER_STYLE) RULE(ORDINAL_MARK) RULE(QUOTE_LIST)          \
    RULE(SIGN_DATE) RULE(SIGN_DATE_FUTURE) RULE(TAB_INDENT)         \
    RULE(TITLE_FORM) RULE(TRAILING_SPACE)

typedef enum od_rule_id {
#define RULE(name, id, severity) OD_RULE_##name,
    OD_RULES(RULE)
#undef RULE
    OD_RULE_COUNT,
} od_rule_id;

#endif
