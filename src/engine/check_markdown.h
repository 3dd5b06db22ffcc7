// The md rules: what a Markdown draft says in Chinese and does not come out so when it is published.
//
// A clerk writes Markdown as plain text with a few marks. Where CommonMark or GitHub read these in
// another way, nothing says so until the paper is out: bold that is none, a paragraph that is code, lines
// that run together. Each rule asks for Chinese text around, so that drafts in English, which use the
// marks on purpose, are left alone. See the notes on each rule in source/rule_text.inc.
#ifndef OD_ENGINE_CHECK_MARKDOWN_H
#define OD_ENGINE_CHECK_MARKDOWN_H

#include "engine/check.h"

typedef struct od_markdown_checker {
    const od_source *source;
    od_diagnostics *found;
    od_slice line_end; // as the draft writes it
    bool ranges_told; // another rule tells of each `~` of a range
} od_markdown_checker;

// Whether `text` holds a Han character or a mark of Chinese text.
bool od_holds_chinese(od_slice text);

// Looks at the text of a leaf block: bold, strikethrough, addresses, tags. check_markdown_text.c
void od_check_markdown_text(const od_markdown_checker *checker, const od_node *leaf);

#endif
