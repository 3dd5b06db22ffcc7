// The rules are those of commonmark-extensions (Math, Emoji, Autolink), by which pandoc reads GFM.
#include "document/syntax.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "document/emoji.h"
#include "document/links.h"

struct od_syntax {
    cmark_syntax_extension *extension;
    od_arena *scratch;
    cmark_mem *memory;
    const od_reader_options *options;
    // The block that is being parsed, and its content.
    cmark_node *block;
    od_slice text;
    OD_ARRAY(size_t) open; // places of `{` that no `}` closes, once a formula met one; rising
    size_t no_domain;      // up to here no host name begins
};

// ---- content -----------------------------------------------------------------------------------

static bool is_white(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

// Returns the content of the block that is parsed, as cmark-gfm parses it: without the white space
// at its end.
static od_slice content(od_syntax *s, cmark_node *block) {
    if (s->block == block) return s->text;
    s->block = block;
    s->open.count = 0;
    s->no_domain = 0;
    s->text = od_slice_of(cmark_node_get_string_content(block));
    for (; s->text.size; s->text.size--) {
        const char last = s->text.data[s->text.size - 1];
        if (!is_white(last) && last != '\v' && last != '\f') break;
    }
    return s->text;
}

static char byte_at(od_slice text, size_t at) {
    return at < text.size ? text.data[at] : '\0';
}

// ---- formulas ----------------------------------------------------------------------------------

static bool is_unclosed(const od_syntax *s, size_t at) {
    size_t low = 0, high = s->open.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (s->open.items[middle] < at) low = middle + 1;
        else high = middle;
    }
    return low < s->open.count && s->open.items[low] == at;
}

// Returns where the `$` stands that closes a formula whose text starts at `at`, or SIZE_MAX.
// Dollars in braces close nothing. Braces that are never closed are remembered, so that the text
// behind them is looked through once.
static size_t find_dollar(od_syntax *s, od_slice text, size_t at) {
    OD_ARRAY(size_t) open = {0};
    for (; at < text.size; at++) {
        const char c = text.data[at];
        if (c == '\\') at++;
        else if (c == '{') {
            if (is_unclosed(s, at)) return SIZE_MAX;
            *od_array_push(s->scratch, &open) = at;
        } else if (c == '}' && open.count == 0) return SIZE_MAX;
        else if (c == '}') open.count--;
        else if (c == '$' && open.count == 0) return at;
    }
    s->open.items = open.items;
    s->open.count = open.count;
    s->open.capacity = open.capacity;
    return SIZE_MAX;
}

// Returns the end of `` $`…`$ `` at `at`, or SIZE_MAX.
static size_t ticked_end(od_slice text, size_t at) {
    size_t ticks = 0;
    while (byte_at(text, at + 1 + ticks) == '`') ticks++;
    if (!ticks) return SIZE_MAX;
    for (size_t i = at + 1 + ticks; i < text.size; i++) {
        size_t found = 0;
        while (byte_at(text, i + found) == '`') found++;
        if (found == ticks) return byte_at(text, i + found) == '$' ? i + found + 1 : SIZE_MAX;
        i += found;
    }
    return SIZE_MAX;
}

static size_t formula_end(od_syntax *s, od_slice text, size_t at, bool *display) {
    *display = byte_at(text, at + 1) == '$';
    const size_t start = at + (*display ? 2 : 1);
    if (!*display && is_white(byte_at(text, start))) return SIZE_MAX;
    const size_t end = find_dollar(s, text, start);
    if (end == SIZE_MAX) return SIZE_MAX;
    if (*display) return byte_at(text, end + 1) == '$' ? end + 2 : SIZE_MAX;
    if (end == start || is_white(text.data[end - 1])) return SIZE_MAX;
    return od_is_digit((unsigned char)byte_at(text, end + 1)) ? SIZE_MAX : end + 1;
}

od_slice od_syntax_formula(od_slice source) {
    const size_t cut = source.size > 3 && source.data[1] == '$' ? 2 : 1;
    const od_slice text = od_slice_cut(source, cut, source.size - cut);
    size_t before = 0, after = 0;
    while (before < text.size && text.data[before] == '`') before++;
    while (after < text.size && text.data[text.size - 1 - after] == '`') after++;
    const bool ticked = cut == 1 && before == after && text.size > 2 * before;
    return ticked ? od_slice_cut(text, before, text.size - after) : text;
}

// ---- nodes -------------------------------------------------------------------------------------

// Makes an inline of the content bytes up to `end`. The cells of a table take HTML, but no custom
// inlines.
static cmark_node *take(const od_syntax *s, cmark_inline_parser *parser, od_slice text, size_t at,
                        size_t end, const char *kind) {
    od_buf source = {0};
    od_buf_add(&source, od_slice_cut(text, at, end));
    od_buf_byte(&source, '\0');
    cmark_node *const node = cmark_node_new_with_mem(CMARK_NODE_HTML_INLINE, s->memory);
    cmark_node_set_literal(node, source.data);
    cmark_node_set_user_data(node, (void *)(uintptr_t)kind);
    od_buf_free(&source);
    cmark_inline_parser_set_offset(parser, (int)end);
    return node;
}

static cmark_node *match_formula(od_syntax *s, cmark_inline_parser *parser, od_slice text,
                                 size_t at) {
    size_t end = SIZE_MAX;
    bool display = false;
    if (s->options->math) end = formula_end(s, text, at, &display);
    if (end == SIZE_MAX && s->options->math_gfm) end = ticked_end(text, at);
    if (end == SIZE_MAX) return NULL;
    return take(s, parser, text, at, end, display ? OD_SYNTAX_DISPLAY : OD_SYNTAX_MATH);
}

static cmark_node *match_emoji(const od_syntax *s, cmark_inline_parser *parser, od_slice text,
                               size_t at) {
    size_t end = at + 1;
    for (; end < text.size; end++) {
        const unsigned char c = (unsigned char)text.data[end];
        if (!od_is_ascii_alpha(c) && !od_is_digit(c) && c != '_' && c != '+' && c != '-') break;
    }
    if (byte_at(text, end) != ':' || !od_emoji(od_slice_cut(text, at + 1, end)).size) return NULL;
    return take(s, parser, text, at, end + 1, OD_SYNTAX_EMOJI);
}

// Makes a link of the content bytes [start, end); `parser` stands behind the first `known` of them,
// which are text already.
static cmark_node *take_link(const od_syntax *s, cmark_inline_parser *parser, cmark_node *parent,
                             od_slice text, size_t start, size_t known, size_t end) {
    od_buf target = {0};
    const bool scheme = byte_at(text, start) != 'w';
    if (!scheme) od_buf_text(&target, "http://");
    const size_t shown = target.size;
    od_buf_add(&target, od_slice_cut(text, start, end));
    od_buf_byte(&target, '\0');
    cmark_node_unput(parent, (int)known);
    cmark_node *const link = cmark_node_new_with_mem(CMARK_NODE_LINK, s->memory);
    cmark_node *const label = cmark_node_new_with_mem(CMARK_NODE_TEXT, s->memory);
    cmark_node_set_url(link, target.data);
    cmark_node_set_literal(label, target.data + shown);
    cmark_node_append_child(link, label);
    od_buf_free(&target);
    cmark_inline_parser_set_offset(parser, (int)end);
    return link;
}

static cmark_node *match_link(od_syntax *s, cmark_inline_parser *parser, cmark_node *parent,
                              od_slice text, size_t at) {
    if (at < s->no_domain) return NULL;
    size_t start = at, host = at;
    if (text.data[at] == ':') {
        start = od_link_scheme_start(text, at);
        host = at + 3;
        if (start == SIZE_MAX || !od_slice_starts(od_slice_from(text, at), OD_SLICE("://")))
            return NULL;
    } else if (!od_link_starts_www(text, at)) return NULL;
    if (!od_link_may_start(text, start)) return NULL;
    size_t stop;
    const size_t end = od_link_host_end(text, host, &stop);
    if (end == SIZE_MAX) {
        s->no_domain = stop;
        return NULL;
    }
    return take_link(s, parser, parent, text, start, at - start, od_link_path_end(text, end));
}

static cmark_node *match(cmark_syntax_extension *extension, cmark_parser *parser,
                         cmark_node *parent, unsigned char character,
                         cmark_inline_parser *inlines) {
    (void)parser;
    od_syntax *const s = cmark_syntax_extension_get_private(extension);
    const od_slice text = content(s, parent);
    const size_t at = (size_t)cmark_inline_parser_get_offset(inlines);
    if (at >= text.size) return NULL;
    if (character == '$') return match_formula(s, inlines, text, at);
    cmark_node *found = NULL;
    if (character == ':' && s->options->emoji) found = match_emoji(s, inlines, text, at);
    if (!found && s->options->autolinks) found = match_link(s, inlines, parent, text, at);
    return found;
}

// ---- the extension -----------------------------------------------------------------------------

// A list of characters is a list of pointers that are the characters.
static cmark_llist *add_character(cmark_llist *list, bool wanted, char character) {
    if (!wanted) return list;
    return cmark_llist_append(cmark_get_default_mem_allocator(), list,
                              (void *)(uintptr_t)(unsigned char)character);
}

od_syntax *od_syntax_attach(od_arena *scratch, const od_reader_options *options,
                            cmark_parser *parser, cmark_mem *memory) {
    cmark_llist *list = add_character(NULL, options->math || options->math_gfm, '$');
    list = add_character(list, options->emoji || options->autolinks, ':');
    list = add_character(list, options->autolinks, 'w');
    if (!list) return NULL;
    od_syntax *const s = od_arena_new(scratch, od_syntax);
    s->scratch = scratch;
    s->memory = memory;
    s->options = options;
    s->extension = cmark_syntax_extension_new("orgdraft");
    cmark_syntax_extension_set_private(s->extension, s, NULL);
    cmark_syntax_extension_set_match_inline_func(s->extension, match);
    cmark_syntax_extension_set_special_inline_chars(s->extension, list);
    cmark_parser_attach_syntax_extension(parser, s->extension);
    return s;
}

void od_syntax_free(od_syntax *s) {
    if (!s) return;
    cmark_syntax_extension_free(cmark_get_default_mem_allocator(), s->extension);
}
