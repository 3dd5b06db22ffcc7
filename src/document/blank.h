// Blanks: the placeholders of a draft, found in visible text.
//
// Which forms count, and what only looks like one (XXL, 3×5, Super Bowl XX, 李××), is domain
// knowledge: the table of styles in blank.c has a row for each form with its source.
#ifndef OD_DOCUMENT_BLANK_H
#define OD_DOCUMENT_BLANK_H

#include "document/visible.h"

#include <regex.h>

// Styles of blanks; a profile selects some.
typedef enum od_blank_style {
    OD_BLANK_RUN,    // XX XXX ×× ＸＸ ✕✕ xx: two or more of one sign
    OD_BLANK_SINGLE, // X月X日: one sign right before a measure word
    OD_BLANK_LINE,   // ____ ＿＿
    OD_BLANK_EMPTY,  // （　　） 【 】 《》 with nothing inside
    OD_BLANK_HINT,   // 【请填写…】 <填写> [此处填写…]
    OD_BLANK_NAMED,  // {{name}}
    OD_BLANK_WORD,   // 某某 〇〇 ○○○ 某年某月某日
    OD_BLANK_FORM,   // 地点： at the end of a line of plain text
    OD_BLANK_NOTE,   // 待定 待补充 TBD TODO: told of, but filled by nobody but a person
    OD_BLANK_STYLE_COUNT,
} od_blank_style;

enum { OD_BLANK_ALL = (1 << OD_BLANK_STYLE_COUNT) - 1 };

typedef struct od_blank_options {
    unsigned styles;      // bit set of 1 << od_blank_style; 0 means all
    const od_slice *keep; // texts in which no blank is one: `XX乐队`
    size_t keep_count;
    const regex_t *keep_regex; // the same as regular expressions: `第XX届`
    size_t keep_regex_count;
    bool plain_text; // the draft is plain text: the line of a form (`地点：`) has a blank at its end
} od_blank_options;

typedef struct od_blank {
    size_t start, end; // bytes of the visible text
    od_span span;      // bytes of the source
    od_blank_style style;
    od_slice name;     // OD_BLANK_NAMED: what stands between the braces, trimmed
    bool vague;        // its bytes are not known one by one: it is told of, never edited
} od_blank;

// Whether a value can be put in the place of the blank.
static inline bool od_blank_fillable(const od_blank *blank) {
    return !blank->vague && blank->style != OD_BLANK_NOTE;
}

typedef OD_ARRAY(od_blank) od_blank_list;

// Whether the bytes of a source can hold a blank at all: a quick look that lets a caller skip
// reading the visible text of most blocks.
bool od_blank_possible(od_slice bytes);

// Adds the blanks of `visible` to `blanks`, in order, not overlapping.
void od_blank_find(od_arena *arena, const od_visible *visible, const od_blank_options *options,
                   od_blank_list *blanks);

#endif
