#include "writer/emphasis.h"

#include "base/utf8.h"

// What a character is to CommonMark's rules. A symbol is punctuation to some versions of them only.
typedef enum char_class { SPACE, PUNCTUATION, SYMBOL, LETTER } char_class;

typedef struct chooser {
    od_tokens *tokens;
    OD_ARRAY(const od_token *) open; // emphasis around the present token, outermost first
    size_t alike[8];                 // how many of them have the same mark and size (see kind_of)
} chooser;

// ---- characters --------------------------------------------------------------------------------

static char_class class_of(uint32_t code) {
    if (code < 0x80) {
        if (code == ' ' || (code >= '\t' && code <= '\r')) return SPACE;
        return od_is_ascii_alpha(code) || od_is_digit(code) || code < 0x20 ? LETTER : PUNCTUATION;
    }
    // Zs; U+200B and its like are none.
    if (code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
        code == 0x205F || code == 0x3000)
        return SPACE;
    return od_is_alphanumeric(code) ? LETTER : SYMBOL;
}

// A word's white space is written as an entity. cmark-gfm looks through `~` at what is behind it.
static char_class class_in_word(uint32_t code) {
    if (code == '~') return SYMBOL;
    return code < 0x80 && class_of(code) == SPACE ? PUNCTUATION : class_of(code);
}

static const od_token *token_at(const chooser *c, size_t index) {
    return index < c->tokens->list.count ? &c->tokens->list.items[index] : NULL;
}

static bool is_tilde(const od_token *token) {
    return token && (token->kind == OD_TOKEN_OPEN || token->kind == OD_TOKEN_CLOSE) &&
           token->node->type == OD_STRIKEOUT;
}

// The class of a character beyond tildes, which some look through and others do not.
static char_class class_beyond(char_class beyond) {
    return beyond == LETTER || beyond == SYMBOL ? SYMBOL : PUNCTUATION;
}

// Return the token behind and before the mark at `index` that is not a tilde, or NULL at the ends
// of the block.
static od_token *token_behind(const chooser *c, size_t index) {
    do index++;
    while (is_tilde(token_at(c, index)));
    return index < c->tokens->list.count ? &c->tokens->list.items[index] : NULL;
}

static od_token *token_before(const chooser *c, size_t index) {
    while (index > 0 && is_tilde(token_at(c, index - 1))) index--;
    return index > 0 ? &c->tokens->list.items[index - 1] : NULL;
}

static bool is_word(const od_token *token) {
    return token && token->kind == OD_TOKEN_WORD;
}

// Whether the word is one character, whose first is its last.
static bool is_single(const chooser *c, const od_token *word) {
    const od_slice text = od_token_text(c->tokens, word);
    size_t size;
    od_utf8_read(text, 0, &size);
    return size == text.size;
}

static bool is_encoded(const chooser *c, const od_token *word, bool first) {
    if (first ? word->encode_first : word->encode_last) return true;
    return (word->encode_first || word->encode_last) && is_single(c, word);
}

// Returns the class of the character behind the mark at `index`.
static char_class class_behind(const chooser *c, size_t index) {
    const od_token *const token = token_behind(c, index);
    char_class found = PUNCTUATION;
    if (!token || token->kind == OD_TOKEN_WHITE || token->kind == OD_TOKEN_SPACE ||
        token->kind == OD_TOKEN_SOFT_BREAK)
        found = SPACE;
    else if (is_word(token) && !is_encoded(c, token, true)) {
        size_t size;
        found = class_in_word(od_utf8_read(od_token_text(c->tokens, token), 0, &size));
    }
    return is_tilde(token_at(c, index + 1)) ? class_beyond(found) : found;
}

// Returns the class of the character before the mark at `index`.
static char_class class_before(const chooser *c, size_t index) {
    const od_token *const token = token_before(c, index);
    char_class found = PUNCTUATION;
    if (!token || od_token_is_space(token) || token->kind == OD_TOKEN_WHITE) found = SPACE;
    else if (is_word(token) && !is_encoded(c, token, false)) {
        const od_slice text = od_token_text(c->tokens, token);
        size_t size;
        found = class_in_word(od_utf8_read_before(text, text.size, &size));
    }
    return index > 0 && is_tilde(token_at(c, index - 1)) ? class_beyond(found) : found;
}

// ---- flanking ----------------------------------------------------------------------------------

// Whether a mark whose near side is content of class `near` and whose far side is `far` can delimit
// that content.
static bool delimits(char mark, char_class near, char_class far) {
    if (near == SPACE) return false;
    const bool flanks = near != PUNCTUATION || far != LETTER;
    if (mark != '_' || !flanks) return flanks;
    // `_` does not work inside words.
    const bool flanks_far = far != SPACE && (far != PUNCTUATION || near != LETTER);
    return !flanks_far || far == PUNCTUATION;
}

// How many of the four readings of two symbols let the mark delimit.
static int count_readings(char mark, char_class near, char_class far) {
    static const char_class AS[] = {PUNCTUATION, LETTER};
    int count = 0;
    for (int i = 0; i < 4; i++) {
        const char_class as_near = near == SYMBOL ? AS[i & 1] : near;
        const char_class as_far = far == SYMBOL ? AS[i >> 1] : far;
        count += delimits(mark, as_near, as_far);
    }
    return count;
}

static bool surely_delimits(char mark, char_class near, char_class far) {
    return count_readings(mark, near, far) == 4;
}

static bool maybe_delimits(char mark, char_class near, char_class far) {
    return count_readings(mark, near, far) > 0;
}

// ---- neighbours --------------------------------------------------------------------------------

static bool is_marked(const od_token *token) {
    return token && (token->kind == OD_TOKEN_OPEN || token->kind == OD_TOKEN_CLOSE);
}

static const od_token *parent_of(const chooser *c) {
    return c->open.count ? c->open.items[c->open.count - 1] : NULL;
}

// Whether the emphasis [opening, closing] begins or ends right where the one around it does.
static bool touches_start(const chooser *c, size_t opening) {
    return opening > 0 && parent_of(c) == token_at(c, opening - 1);
}

static bool touches_end(const chooser *c, size_t closing) {
    const od_token *const parent = parent_of(c), *const after = token_at(c, closing + 1);
    return parent && after && after->kind == OD_TOKEN_CLOSE && after->node == parent->node;
}

// Whether `***` may be written where the emphasis [opening, closing] meets the one around it. All
// but `***a***` for emphasis within strong emphasis is read as meant, provided nothing else meets
// there.
static bool may_join_parent(const chooser *c, size_t opening, size_t closing) {
    const od_token *const parent = parent_of(c), *const own = token_at(c, opening);
    if (c->open.count != 1 || parent->node->type == own->node->type) return false;
    if (parent->node->type == OD_STRONG && touches_start(c, opening) && touches_end(c, closing))
        return false;
    const od_token *const before = parent > c->tokens->list.items ? parent - 1 : NULL;
    const od_token *const after = token_at(c, parent->size + 1);
    return !is_marked(before) && !is_marked(after);
}

// Whether `mark` runs into one of the same kind before or behind the emphasis [opening, closing].
static bool collides(const chooser *c, char mark, size_t opening, size_t closing) {
    const od_token *const before = opening ? token_at(c, opening - 1) : NULL;
    const bool at_start = touches_start(c, opening), at_end = touches_end(c, closing);
    if (is_marked(before) && !at_start && before->mark == mark) return true;
    if (!(at_start || at_end) || parent_of(c)->mark != mark) return false;
    return mark == '~' || !may_join_parent(c, opening, closing);
}

// Returns the index for `mark` with its size in chooser.alike.
static size_t kind_of(char mark, const od_token *token) {
    const size_t which = mark == '*' ? 0 : mark == '_' ? 1 : mark == '~' ? 2 : 3;
    return which * 2 + (token->node->type == OD_EMPH);
}

// Whether the opening mark would be taken for the closing one of an emphasis around it. The rule of
// three keeps `*` and `**` apart.
static bool closes_another(const chooser *c, char mark, size_t opening, char_class far,
                           char_class near) {
    return maybe_delimits(mark, far, near) && c->alike[kind_of(mark, token_at(c, opening))];
}

// ---- choosing ----------------------------------------------------------------------------------

// What must be written as entities for a mark to work, on one side of an emphasis.
typedef struct remedy {
    bool near, far;
    char_class near_class, far_class;
} remedy;

static remedy find_remedy(char mark, char_class near, char_class far) {
    remedy r = {.near_class = near, .far_class = far};
    if (near == SPACE) {
        r.near = true;
        r.near_class = PUNCTUATION;
    }
    if (!surely_delimits(mark, r.near_class, far)) {
        r.far = true;
        r.far_class = PUNCTUATION;
    }
    return r;
}

static bool starts_with_tilde(const chooser *c, const od_token *word) {
    return is_word(word) && od_token_text(c->tokens, word).data[0] == '~';
}

static bool ends_with_tilde(const chooser *c, const od_token *word) {
    const od_slice text = is_word(word) ? od_token_text(c->tokens, word) : OD_SLICE(" ");
    return text.data[text.size - 1] == '~';
}

// Whether the emphasis around can bear that the word next to one of its marks becomes an entity: it
// was chosen before, for the character.
static bool bears_entity(const chooser *c, const od_token *word, bool behind) {
    if (!is_single(c, word)) return true;
    const od_token *const parent = parent_of(c);
    const size_t at = (size_t)(word - c->tokens->list.items);
    const size_t mark = behind ? at + 1 : at - 1;
    const od_token *const token = behind || at > 0 ? token_at(c, mark) : NULL;
    if (!parent || !token || token->node != parent->node || !is_marked(token)) return true;
    return (behind ? class_behind(c, mark) : class_before(c, mark)) <= PUNCTUATION;
}

// Chooses `mark` for the emphasis [opening, closing] if it works, with entities only if `entities`.
// Only a word's first or last character can be one.
static bool try_mark(chooser *c, char mark, bool entities, size_t opening, size_t closing) {
    od_token *const items = c->tokens->list.items;
    if (collides(c, mark, opening, closing)) return false;
    od_token *const first = token_behind(c, opening), *const before = token_before(c, opening);
    od_token *const last = token_before(c, closing), *const behind = token_behind(c, closing);
    // What is behind a tilde at the edge may be anything.
    const char_class near_start = starts_with_tilde(c, first) ? SPACE : class_behind(c, opening);
    const char_class near_end = ends_with_tilde(c, last) ? SPACE : class_before(c, closing);
    const remedy start = find_remedy(mark, near_start, class_before(c, opening));
    const remedy end = find_remedy(mark, near_end, class_behind(c, closing));
    if (!entities && (start.near || start.far || end.near || end.far)) return false;
    if ((start.near && !is_word(first)) || (start.far && !is_word(before)) ||
        (end.near && !is_word(last)) || (end.far && !is_word(behind)))
        return false;
    if ((start.far && !bears_entity(c, before, false)) ||
        (end.far && !bears_entity(c, behind, true)))
        return false;
    if (closes_another(c, mark, opening, start.far_class, start.near_class)) return false;
    items[opening].mark = items[closing].mark = mark;
    if (start.near) first->encode_first = true;
    if (start.far) before->encode_last = true;
    if (end.near) last->encode_last = true;
    if (end.far) behind->encode_first = true;
    return true;
}

static void choose(chooser *c, size_t opening) {
    od_token *const items = c->tokens->list.items;
    const size_t closing = items[opening].size;
    const char *const marks = items[opening].node->type == OD_STRIKEOUT ? "~" : "*_";
    for (int entities = 0; entities < 2; entities++)
        for (const char *mark = marks; *mark; mark++)
            if (try_mark(c, *mark, entities, opening, closing)) return;
    items[opening].mark = items[closing].mark = '<';
}

void od_emphasis_choose(od_tokens *tokens, od_arena *scratch) {
    chooser c = {.tokens = tokens};
    for (size_t i = 0; i < tokens->list.count; i++) {
        const od_token *const token = &tokens->list.items[i];
        if (!is_marked(token) || !od_node_is_emphasis(token->node)) continue;
        if (token->kind == OD_TOKEN_CLOSE) {
            c.open.count--;
            c.alike[kind_of(token->mark, token)]--;
            continue;
        }
        choose(&c, i);
        *od_array_push(scratch, &c.open) = token;
        c.alike[kind_of(token->mark, token)]++;
    }
}
