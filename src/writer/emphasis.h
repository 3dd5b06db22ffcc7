// Emphasis: which marks make Markdown read emphasis where the tree has it.
//
// CommonMark decides by the characters around `*` and `_` whether they can open or close, and pairs
// what can. So `**（一）学习。**支部` is not bold: the mark after the full stop cannot close before a
// letter. Here marks are chosen by those rules, node by node, so that nothing else can be read:
// `*`, as pandoc writes; else `_`; else one of them with the neighbouring character written as an
// entity, which counts as punctuation (`**（一）学习。**&#25903;部`); else HTML (`<em>`).
//
// Where the versions of CommonMark differ (a symbol such as ￥ is punctuation in newer ones), both
// are satisfied. Source: CommonMark 0.29 and 0.31, "Emphasis and strong emphasis".
#ifndef OD_WRITER_EMPHASIS_H
#define OD_WRITER_EMPHASIS_H

#include "writer/tokens.h"

// Sets od_token.mark of the tokens that open or close emphasis: '*', '_', '~', or '<' for HTML; and
// encode_first, encode_last of the words whose first or last character must be written as an
// entity. All other marked inlines count as punctuation on both sides.
void od_emphasis_choose(od_tokens *tokens, od_arena *scratch);

#endif
