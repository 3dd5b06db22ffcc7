// Tokens: the inlines of a leaf block as a flat list of words, spaces and marks, so that whoever
// writes one of them sees its neighbours, and no one recurses.
//
// A word is what pandoc calls a Str: the texts that meet without a space are one. White space
// between words is one token, the strongest of what meets. There is none at the ends of the list,
// nor behind the opening or before the closing of emphasis: it stands outside, as no mark can
// enclose it. Only a line break may be first in either.
#ifndef OD_WRITER_TOKENS_H
#define OD_WRITER_TOKENS_H

#include "base/arena.h"
#include "base/buf.h"
#include "document/ast.h"

typedef enum od_token_kind {
    OD_TOKEN_WORD,       // may hold ASCII white space that an entity stood for
    OD_TOKEN_WHITE,      // white space within a verbatim text, at which no line is broken
    OD_TOKEN_SPACE,      // the kinds from here to OD_TOKEN_LINE_BREAK are spaces, weakest first
    OD_TOKEN_SOFT_BREAK,
    OD_TOKEN_LINE_BREAK,
    OD_TOKEN_NODE, // an inline as a whole
    OD_TOKEN_OPEN, // an inline's beginning and end
    OD_TOKEN_CLOSE,
} od_token_kind;

typedef struct od_token {
    const od_node *node; // OD_TOKEN_NODE and behind
    size_t at;           // words, white space: where the text starts in od_tokens.text
    size_t size;         // words, white space; of OD_TOKEN_OPEN and _CLOSE the other one's index
    uint8_t kind;
    char mark;                      // OD_TOKEN_OPEN, OD_TOKEN_CLOSE: see emphasis.h
    bool encode_first, encode_last; // words: see emphasis.h
} od_token;

typedef struct od_tokens {
    OD_ARRAY(od_token) list;
    od_buf text;
} od_tokens;

// How an inline is to appear in the list.
typedef enum od_token_role {
    OD_ROLE_WHOLE,       // one token, its children left out
    OD_ROLE_MARKED,      // two tokens around those of its children; emphasis of nothing is left out
    OD_ROLE_TRANSPARENT, // the tokens of its children alone
    OD_ROLE_ABSENT,
} od_token_role;

// Empties `tokens` and reads the inlines below `leaf` into it; an OD_LINE_BLOCK's lines are parted
// by line breaks. `role` is asked about every inline that is not text or space. The list grows in
// `arena`, its text in a buffer that the caller frees.
void od_tokens_read(od_tokens *tokens, od_arena *arena, const od_node *leaf,
                    od_token_role (*role)(const od_node *node));

static inline bool od_token_is_space(const od_token *token) {
    return token->kind >= OD_TOKEN_SPACE && token->kind <= OD_TOKEN_LINE_BREAK;
}

static inline bool od_node_is_emphasis(const od_node *node) {
    return node->type == OD_EMPH || node->type == OD_STRONG || node->type == OD_STRIKEOUT;
}

static inline od_slice od_token_text(const od_tokens *tokens, const od_token *token) {
    return od_slice_cut(od_buf_slice(&tokens->text), token->at, token->at + token->size);
}

#endif
