#include "writer/tokens.h"

#include "writer/walk.h"

typedef struct reader {
    od_tokens *tokens;
    od_arena *arena;
    od_token_role (*role)(const od_node *node);
} reader;

static od_token *last_token(const reader *r) {
    const size_t count = r->tokens->list.count;
    return count ? &r->tokens->list.items[count - 1] : NULL;
}

static od_token *add_token(reader *r, od_token_kind kind) {
    od_token *const token = od_array_push(r->arena, &r->tokens->list);
    token->kind = (uint8_t)kind;
    return token;
}

// ---- text --------------------------------------------------------------------------------------

static void add_text(reader *r, od_token_kind kind, od_slice text) {
    od_token *token = last_token(r);
    if (!token || token->kind != kind) {
        token = add_token(r, kind);
        token->at = r->tokens->text.size;
    }
    od_buf_add(&r->tokens->text, text);
    token->size += text.size;
}

// Whether `token` opens emphasis, which cannot begin with white space.
static bool opens_emphasis(const od_token *token) {
    return token->kind == OD_TOKEN_OPEN && od_node_is_emphasis(token->node);
}

// Adds a token before the last `behind` ones.
static od_token *insert_token(reader *r, od_token_kind kind, size_t behind) {
    add_token(r, kind);
    od_token *const items = r->tokens->list.items;
    const size_t at = r->tokens->list.count - 1 - behind;
    memmove(items + at + 1, items + at, behind * sizeof *items);
    items[at] = (od_token){.kind = (uint8_t)kind};
    return &items[at];
}

// Adds a space; when opening marks of emphasis are last, before them. A line break may stay: it is
// written as more than white space.
static void add_space(reader *r, od_token_kind kind) {
    const od_token *const items = r->tokens->list.items;
    const size_t count = r->tokens->list.count;
    const bool line_break = kind == OD_TOKEN_LINE_BREAK;
    size_t at = count;
    while (!line_break && at > 0 && opens_emphasis(&items[at - 1])) at--;
    if (at == 0 && !line_break) return;
    od_token *const before = at ? &r->tokens->list.items[at - 1] : NULL;
    if (!before || !od_token_is_space(before) ||
        (line_break && before->kind == OD_TOKEN_LINE_BREAK))
        insert_token(r, kind, count - at);
    else if (before->kind < kind) before->kind = (uint8_t)kind;
}

static bool is_white(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

// A verbatim text is one Str, its white space included.
static void add_verbatim(reader *r, od_slice text) {
    while (text.size) {
        const bool white = is_white(text.data[0]);
        size_t size = 1;
        while (size < text.size && is_white(text.data[size]) == white) size++;
        add_text(r, white ? OD_TOKEN_WHITE : OD_TOKEN_WORD, od_slice_cut(text, 0, size));
        text = od_slice_from(text, size);
    }
}

static void add_run(reader *r, const od_node *node) {
    od_slice text = node->leaf.text, word;
    if (node->flags & OD_VERBATIM) {
        add_verbatim(r, text);
        return;
    }
    // A space written as an entity is a character like another.
    if ((node->flags & OD_DECODED) && text.size == 1) {
        add_text(r, OD_TOKEN_WORD, text);
        return;
    }
    for (od_word_kind kind; od_words(&text, &kind, &word);) {
        if (kind == OD_WORD) add_text(r, OD_TOKEN_WORD, word);
        else add_space(r, kind == OD_WORD_SPACE ? OD_TOKEN_SPACE : OD_TOKEN_SOFT_BREAK);
    }
}

// ---- nodes -------------------------------------------------------------------------------------

static void add_quote(reader *r, const od_node *node, bool closing) {
    const char *const mark = node->double_quotes ? closing ? "”" : "“" : closing ? "’" : "‘";
    add_text(r, OD_TOKEN_WORD, od_slice_of(mark));
}

// Returns the index of the opening mark of `node`, which is the last one still open.
static size_t find_opening(const reader *r) {
    size_t at = r->tokens->list.count - 1;
    for (;;) {
        const od_token *const token = &r->tokens->list.items[at];
        if (token->kind == OD_TOKEN_OPEN) return at;
        at = (token->kind == OD_TOKEN_CLOSE ? token->size : at) - 1;
    }
}

static void close_node(reader *r, const od_node *node) {
    const size_t opening = find_opening(r), count = r->tokens->list.count;
    size_t spaces = 0;
    if (od_node_is_emphasis(node)) {
        od_token *const items = r->tokens->list.items;
        while (od_token_is_space(&items[count - 1 - spaces])) spaces++;
        if (opening + 1 + spaces == count) { // there is nothing in it
            memmove(items + opening, items + opening + 1, spaces * sizeof *items);
            r->tokens->list.count--;
            return;
        }
    }
    od_token *const token = insert_token(r, OD_TOKEN_CLOSE, spaces);
    token->node = node;
    token->size = opening;
    r->tokens->list.items[opening].size = count - spaces;
}

// Returns whether the children of `node` are to be read.
static bool enter_node(reader *r, const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_TEXT: add_run(r, node); return false;
    case OD_SPACE: add_space(r, OD_TOKEN_SPACE); return false;
    case OD_SOFT_BREAK: add_space(r, OD_TOKEN_SOFT_BREAK); return false;
    case OD_LINE_BREAK: add_space(r, OD_TOKEN_LINE_BREAK); return false;
    case OD_QUOTED: add_quote(r, node, false); return true;
    case OD_LINE: return true;
    case OD_CITATION: return false;
    default: break;
    }
    const od_token_role role = r->role(node);
    if (role == OD_ROLE_WHOLE) add_token(r, OD_TOKEN_NODE)->node = node;
    else if (role == OD_ROLE_MARKED) add_token(r, OD_TOKEN_OPEN)->node = node;
    return role == OD_ROLE_MARKED || role == OD_ROLE_TRANSPARENT;
}

static void leave_node(reader *r, const od_node *node) {
    if (node->type == OD_LINE) {
        if (node->next) add_token(r, OD_TOKEN_LINE_BREAK);
    } else if (node->type == OD_QUOTED) add_quote(r, node, true);
    else if (od_node_is_inline(node->type) && node->type < OD_NOTE &&
             r->role(node) == OD_ROLE_MARKED)
        close_node(r, node);
}

void od_tokens_read(od_tokens *tokens, od_arena *arena, const od_node *leaf,
                    od_token_role (*role)(const od_node *node)) {
    reader r = {.tokens = tokens, .arena = arena, .role = role};
    tokens->list.count = 0;
    tokens->text.size = 0;
    for (od_walk w = {.root = leaf}; od_walk_step(&w);) {
        if (w.leaving) leave_node(&r, w.node);
        else w.skip = !enter_node(&r, w.node);
    }
    while (tokens->list.count && od_token_is_space(last_token(&r))) tokens->list.count--;
}
