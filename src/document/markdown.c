// Markdown: cmark-gfm's blocks become ours one by one; inlines.c does what is in them.
//
// Of cmark-gfm's places only where a block starts is taken as it is, and the line where a paragraph
// ends; the ends of HTML, of lists and of code that is not closed are not what one would think.
#include "document/markdown.h"

#include "base/buf.h"
#include "document/cmark_memory.h"
#include "document/syntax.h"

#include <cmark-gfm-core-extensions.h>

// ---- places ------------------------------------------------------------------------------------

// Returns the index of the source line that is cmark-gfm's line `number`.
static size_t line_index(const od_markdown *m, int number) {
    const size_t index = m->first_line + (size_t)(number > 0 ? number - 1 : 0);
    return index < m->source->line_count ? index : m->source->line_count - 1;
}

static od_span line_span(const od_markdown *m, size_t line) {
    od_span span = od_source_line(m->source, line);
    if (span.start < m->body.start) span.start = m->body.start;
    if (span.end > m->body.end) span.end = m->body.end;
    return span;
}

// Returns the offset behind the last byte of the line that is not white space.
static size_t line_text_end(const od_markdown *m, size_t line) {
    const od_span span = line_span(m, line);
    return span.start + od_content_trim_end(od_source_cut(m->source, span)).size;
}

static size_t start_offset(const od_markdown *m, cmark_node *n) {
    const od_span line = line_span(m, line_index(m, cmark_node_get_start_line(n)));
    const int column = cmark_node_get_start_column(n);
    const size_t start = line.start + (size_t)(column > 0 ? column - 1 : 0);
    return start < line.end ? start : line.end;
}

static size_t skip_blanks(const od_markdown *m, size_t from, size_t end) {
    const char *const bytes = m->source->bytes.data;
    while (from < end && (bytes[from] == ' ' || bytes[from] == '\t')) from++;
    return from;
}

static od_node *add_node(od_markdown *m, od_node *parent, od_node_type type, size_t start,
                         size_t end) {
    od_node *const node =
        od_node_new(m->arena, type, (od_span){start, end > start ? end : start});
    od_node_append(parent, node);
    return node;
}

// ---- paragraphs and headings -------------------------------------------------------------------

// Maps the content of `n`, which is whole lines up to source line `last`, and sets the span of
// `into`.
static bool map_lines(od_markdown *m, cmark_node *n, size_t last, od_unescaping unescaping,
                      od_node *into) {
    const od_slice text = od_markdown_content(n);
    const size_t lines = od_content_count_lines(text);
    // Definitions of links may have stood before; they are no longer in the content.
    const size_t first = last + 1 >= lines ? last + 1 - lines : 0;
    const bool mapped = od_content_map_lines(&m->content, text, first, unescaping);
    if (mapped && m->content.pieces.count)
        into->span.start = m->content.pieces.items[0].source.start;
    into->span.end = line_text_end(m, last);
    if (into->span.end < into->span.start) into->span.end = into->span.start;
    return mapped;
}

// In a list without blank lines between its items, paragraphs are OD_PLAIN.
static od_node_type paragraph_type(const od_node *parent) {
    return parent->type == OD_ITEM && parent->parent->list.tight ? OD_PLAIN : OD_PARA;
}

// Returns the character that stands for the task mark at the front of `text`, or the empty slice.
static od_slice task_mark(od_slice text) {
    if (text.size < 3 || text.data[0] != '[' || text.data[2] != ']') return (od_slice){0};
    if (text.size > 3 && !od_content_is_space(text.data[3])) return (od_slice){0};
    if (text.data[1] == ' ') return OD_SLICE("\xE2\x98\x90 "); // ☐
    const bool done = text.data[1] == 'x' || text.data[1] == 'X';
    return done ? OD_SLICE("\xE2\x98\x92 ") : (od_slice){0}; // ☒
}

// Cuts a task mark, `[ ] ` or `[x] `, off the first text of the first paragraph of a list item.
// cmark-gfm's own extension sees none in quotes and takes any `[x]` of the line for a tick.
static void cut_task_mark(od_markdown *m, od_node *paragraph) {
    od_node *const text = paragraph->first;
    if (!text || text->type != OD_TEXT || text->flags) return;
    od_slice mark = task_mark(text->leaf.text);
    if (!mark.size) return;
    size_t size = 3;
    while (size < text->leaf.text.size && od_content_is_space(text->leaf.text.data[size])) size++;
    if (size == 3) mark.size--; // nothing behind it
    if (size == text->leaf.text.size) {
        text->flags = OD_DECODED;
        text->leaf.text = mark;
        return;
    }
    const size_t end = text->span.start + size;
    od_node *const task = od_node_new(m->arena, OD_TEXT, (od_span){text->span.start, end});
    task->flags = OD_DECODED;
    task->leaf.text = mark;
    task->parent = paragraph;
    task->next = text;
    paragraph->first = task;
    text->span.start = end;
    text->leaf.text = od_source_cut(m->source, text->span);
}

// Reads a paragraph whose lines are text and nothing else; returns false when more is to be done.
static bool read_plain_lines(od_markdown *m, cmark_node *n, od_node *into) {
    into->span.end = line_text_end(m, line_index(m, cmark_node_get_end_line(n)));
    return into->span.end > into->span.start &&
           od_markdown_read_at_once(m, n, od_content_trim_end(od_markdown_content(n)), into);
}

static void read_lines(od_markdown *m, cmark_node *n, od_node *into) {
    int last = cmark_node_get_end_line(n);
    od_unescaping unescaping = OD_AS_IT_IS;
    cmark_node *const next = cmark_node_next(n);
    if (cmark_node_get_start_line(n) == 0 && next) {
        // The lines that stood before a table's header; cmark-gfm gives them no place.
        const od_slice table = od_markdown_content(next);
        last = cmark_node_get_start_line(next) + (int)od_content_count_lines(table) - 2;
        unescaping = OD_PIPES_UNESCAPED;
    }
    const bool mapped = map_lines(m, n, line_index(m, last), unescaping, into);
    od_markdown_read_inlines(m, n, mapped, into);
}

static void read_paragraph(od_markdown *m, cmark_node *n, od_node *parent) {
    const size_t start = start_offset(m, n);
    od_node *const node = add_node(m, parent, paragraph_type(parent), start, start);
    if (!read_plain_lines(m, n, node)) read_lines(m, n, node);
    if (m->options->task_lists && parent->type == OD_ITEM && parent->first == node &&
        parent->parent->type == OD_BULLET_LIST)
        cut_task_mark(m, node);
}

// Returns the line on which the block after `n` starts, or 0.
static int next_start(cmark_node *n) {
    while (n && !cmark_node_next(n)) n = cmark_node_parent(n);
    return n ? cmark_node_get_start_line(cmark_node_next(n)) : 0;
}

static bool is_setext(const od_markdown *m, cmark_node *n, size_t start) {
    return cmark_node_get_end_line(n) > cmark_node_get_start_line(n) ||
           m->source->bytes.data[start] != '#';
}

// Returns the line that underlines heading `n`. cmark-gfm ends such a heading there only when the
// text ends there as well, and else with the line after it.
static size_t underline(const od_markdown *m, cmark_node *n) {
    const int number = cmark_node_get_end_line(n);
    const size_t line = line_index(m, number);
    const od_slice text = od_slice_trim(od_source_cut(m->source, line_span(m, line)));
    const char mark = text.size ? text.data[text.size - 1] : '\0';
    size_t start = text.size;
    while (start > 0 && text.data[start - 1] == mark) start--;
    while (start > 0 && (text.data[start - 1] == '>' || od_content_is_space(text.data[start - 1])))
        start--;
    const bool is_it = start == 0 && (mark == '=' || mark == '-') && next_start(n) != number;
    return is_it || line == 0 ? line : line - 1;
}

// Maps the content of `n`, part of one line that starts at `from`.
static bool map_in_line(od_markdown *m, cmark_node *n, size_t from, size_t end) {
    const od_slice text = od_markdown_content(n);
    from = skip_blanks(m, from, end);
    return od_content_map_at(&m->content, text, (od_span){from, end}, OD_AS_IT_IS);
}

static void read_heading(od_markdown *m, cmark_node *n, od_node *parent) {
    const size_t start = start_offset(m, n);
    const int level = cmark_node_get_heading_level(n);
    od_node *const node = add_node(m, parent, OD_HEADING, start, start);
    node->heading.level = level;
    const bool setext = is_setext(m, n, start);
    const size_t last = setext ? underline(m, n) : line_index(m, cmark_node_get_end_line(n));
    const size_t end = line_text_end(m, last);
    if (setext) node->flags |= OD_SETEXT;
    const bool mapped = setext ? map_lines(m, n, last > 0 ? last - 1 : 0, OD_AS_IT_IS, node)
                               : map_in_line(m, n, start + (size_t)level, end);
    if (end > node->span.start) node->span.end = end;
    od_markdown_read_inlines(m, n, mapped, node);
}

// ---- lines of official reports -----------------------------------------------------------------

// cmark-gfm takes `#`s off the end of a heading; the line was none: they are text.
static void add_rest(od_markdown *m, od_node *para, size_t from) {
    if (from >= para->span.end) return;
    od_node *text = para->last;
    if (!text || text->type != OD_TEXT || text->flags || text->span.end != from)
        text = add_node(m, para, OD_TEXT, from, from);
    text->span.end = para->span.end;
    text->leaf.text = od_source_cut(m->source, text->span);
}

// A line that was given to cmark-gfm as a heading, so that nothing in it could open another block.
static void read_own_line(od_markdown *m, cmark_node *n, size_t line, od_node *parent) {
    const od_span span = line_span(m, line);
    const size_t start = skip_blanks(m, span.start, span.end), end = line_text_end(m, line);
    od_node *const para = add_node(m, parent, OD_PARA, start, end);
    size_t rest = start;
    if (m->own_lines[line] == OD_OWN) {
        const bool mapped = map_in_line(m, n, start, end);
        const size_t count = m->content.pieces.count;
        rest = mapped && count ? m->content.pieces.items[count - 1].source.end : end;
        od_markdown_read_inlines(m, n, mapped, para);
    }
    add_rest(m, para, rest);
}

static bool is_own_line(const od_markdown *m, cmark_node *n) {
    return m->own_lines && m->own_lines[line_index(m, cmark_node_get_start_line(n))];
}

// An empty piece is not given: cmark-gfm looks at its first byte all the same.
static void feed_piece(const od_markdown *m, cmark_parser *parser, size_t start, size_t end) {
    if (end > start) cmark_parser_feed(parser, m->source->bytes.data + start, end - start);
}

// Feeds the body, each line that is a paragraph of its own as a heading; of one that is plain text
// no more is given away than that it is there.
static void feed(const od_markdown *m, cmark_parser *parser) {
    size_t fed = m->body.start;
    for (size_t i = m->first_line; m->own_lines && i < m->source->line_count; i++) {
        if (m->own_lines[i] == OD_NOT_OWN) continue;
        const od_span line = line_span(m, i);
        feed_piece(m, parser, fed, line.start);
        cmark_parser_feed(parser, "# ", 2);
        fed = m->own_lines[i] == OD_OWN_PLAIN ? line.end : line.start;
    }
    feed_piece(m, parser, fed, m->body.end);
    if (m->references.size) cmark_parser_feed(parser, m->references.data, m->references.size);
}

// Marks the lines of paragraph `n` when one of them is numbered. Returns whether any was marked.
static bool mark_lines(const od_markdown *m, cmark_node *n, unsigned char *marks) {
    const size_t end = line_index(m, cmark_node_get_end_line(n)) + 1;
    const size_t lines =
        od_content_count_lines(od_markdown_content(n));
    if (cmark_node_get_start_line(n) == 0 || lines < 2 || lines > end) return false;
    bool numbered = false;
    for (size_t i = end - lines; i < end && !numbered; i++)
        numbered = od_markdown_is_numbered(od_source_cut(m->source, line_span(m, i)));
    if (numbered) memset(marks + (end - lines), OD_OWN, lines);
    return numbered;
}

// Marks what od_markdown_guess_lines was not sure of. Returns whether the body must be parsed
// again.
static bool mark_own_lines(od_markdown *m, cmark_node *root) {
    unsigned char *const marks =
        od_arena_array(&m->scratch, unsigned char, m->source->line_count);
    if (m->own_lines) memcpy(marks, m->own_lines, m->source->line_count);
    bool any = false;
    for (cmark_node *n = cmark_node_first_child(root); n; n = cmark_node_next(n))
        if (cmark_node_get_type(n) == CMARK_NODE_PARAGRAPH && mark_lines(m, n, marks)) any = true;
    if (!any) return false;
    od_markdown_find_plain_lines(m->source, m->options, marks);
    m->own_lines = marks;
    return true;
}

// ---- other blocks ------------------------------------------------------------------------------

static const od_attr *language_attr(od_markdown *m, od_slice info) {
    size_t size = 0;
    while (size < info.size && !od_content_is_space(info.data[size])) size++;
    if (!size) return NULL;
    od_slice *const class = od_arena_new(m->arena, od_slice);
    *class = od_arena_copy(m->arena, od_slice_cut(info, 0, size));
    od_attr *const attr = od_arena_new(m->arena, od_attr);
    attr->classes = class;
    attr->class_count = 1;
    return attr;
}

// Returns cmark-gfm's number of the last line of a code block with `lines` lines of code. A fence
// that was not closed has as its end, in cmark-gfm, the line that closed the container around it.
static int code_end_line(cmark_node *n, bool fenced, int lines) {
    const int start = cmark_node_get_start_line(n);
    if (!fenced) return start + lines - 1;
    const int closing = start + lines + 1;
    const bool closed = cmark_node_get_end_line(n) >= closing && next_start(n) != closing;
    return closed ? closing : start + lines;
}

static bool is_formula(cmark_node *n) {
    const od_slice info = od_slice_of(cmark_node_get_fence_info(n)), math = OD_SLICE("math");
    return od_slice_starts(info, math) &&
           (info.size == math.size || od_content_is_space(info.data[math.size]));
}

static void read_formula(od_markdown *m, od_slice text, od_node *parent, size_t start, size_t end) {
    od_node *const para = add_node(m, parent, OD_PARA, start, end);
    od_node *const math = add_node(m, para, OD_MATH, start, end);
    math->flags |= OD_DISPLAY;
    math->leaf.text = od_arena_copy(m->arena, text);
}

static void read_code(od_markdown *m, cmark_node *n, od_node *parent) {
    od_slice text = od_slice_of(cmark_node_get_literal(n));
    int length, offset;
    char mark;
    const bool fenced = cmark_node_get_fenced(n, &length, &offset, &mark);
    const size_t lines = od_content_count_lines(text);
    const size_t end = line_text_end(m, line_index(m, code_end_line(n, fenced, (int)lines)));
    if (text.size && text.data[text.size - 1] == '\n') text.size--;
    if (m->options->math_gfm && is_formula(n)) {
        read_formula(m, text, parent, start_offset(m, n), end);
        return;
    }
    od_node *const node = add_node(m, parent, OD_CODE_BLOCK, start_offset(m, n), end);
    node->leaf.text = od_arena_copy(m->arena, text);
    node->leaf.attr = language_attr(m, od_slice_of(cmark_node_get_fence_info(n)));
}

static void read_html(od_markdown *m, cmark_node *n, od_node *parent) {
    const od_slice text = od_slice_of(cmark_node_get_literal(n));
    const int last = cmark_node_get_start_line(n) + (int)od_content_count_lines(text) - 1;
    const size_t end = line_text_end(m, line_index(m, last));
    od_node *const node = add_node(m, parent, OD_RAW_BLOCK, start_offset(m, n), end);
    const size_t start = node->span.start;
    const bool fits = text.size <= m->source->bytes.size - start;
    node->leaf.text = od_markdown_keep(m, (od_span){start, fits ? start + text.size : start}, text);
    node->leaf.format = "html";
}

static od_node *add_list(od_markdown *m, cmark_node *n, od_node *parent, size_t start, size_t end) {
    const bool ordered = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
    const od_node_type type = ordered ? OD_ORDERED_LIST : OD_BULLET_LIST;
    od_node *const list = add_node(m, parent, type, start, end);
    list->list.tight = cmark_node_get_list_tight(n) != 0;
    if (!ordered) return list;
    const bool period = cmark_node_get_list_delim(n) == CMARK_PERIOD_DELIM;
    list->list.start = (size_t)cmark_node_get_list_start(n);
    list->list.style = OD_STYLE_DECIMAL;
    list->list.delimiter = period ? OD_DELIMITER_PERIOD : OD_DELIMITER_ONE_PAREN;
    return list;
}

// ---- the walk ----------------------------------------------------------------------------------

// Reads one block; returns the node that its children belong below, or NULL when they are read.
static od_node *read_block(od_markdown *m, cmark_node *n, od_node *parent) {
    const cmark_node_type type = cmark_node_get_type(n);
    if (type == CMARK_NODE_PARAGRAPH) {
        read_paragraph(m, n, parent);
        return NULL;
    }
    const size_t start = start_offset(m, n);
    const size_t line = line_index(m, cmark_node_get_start_line(n));
    switch (type) {
    case CMARK_NODE_HEADING:
        if (is_own_line(m, n)) read_own_line(m, n, line, parent);
        else read_heading(m, n, parent);
        return NULL;
    case CMARK_NODE_CODE_BLOCK: read_code(m, n, parent); return NULL;
    case CMARK_NODE_HTML_BLOCK: read_html(m, n, parent); return NULL;
    case CMARK_NODE_THEMATIC_BREAK:
        add_node(m, parent, OD_HORIZONTAL_RULE, start, line_text_end(m, line));
        return NULL;
    case CMARK_NODE_FOOTNOTE_DEFINITION: return NULL; // read where it is referred to
    case CMARK_NODE_BLOCK_QUOTE:
        return add_node(m, parent, OD_BLOCK_QUOTE, start, line_text_end(m, line));
    case CMARK_NODE_LIST: return add_list(m, n, parent, start, line_text_end(m, line));
    case CMARK_NODE_ITEM: return add_node(m, parent, OD_ITEM, start, line_text_end(m, line));
    default: break;
    }
    if (strcmp(cmark_node_get_type_string(n), "table") == 0)
        od_markdown_read_table(m, n, add_node(m, parent, OD_TABLE, start, start));
    return NULL;
}

// A container ends where the last block in it ends.
static od_node *close_block(od_node *node) {
    if (node->last) node->span.end = node->last->span.end;
    return node->parent;
}

static void read_below(od_markdown *m, cmark_node *top, od_node *into) {
    od_node *parent = into;
    for (cmark_node *n = cmark_node_first_child(top); n;) {
        od_node *const opened = read_block(m, n, parent);
        if (opened && cmark_node_first_child(n)) {
            parent = opened;
            n = cmark_node_first_child(n);
            continue;
        }
        while (!cmark_node_next(n)) {
            n = cmark_node_parent(n);
            if (n == top) return;
            parent = close_block(parent);
        }
        n = cmark_node_next(n);
    }
}

// ---- notes -------------------------------------------------------------------------------------

typedef struct definition {
    cmark_node *node;
    bool used;
} definition;

typedef OD_ARRAY(definition) definition_list;

// cmark-gfm moves the definitions that are referred to to the end, in order of first reference.
static void collect_definitions(od_markdown *m, cmark_node *root, definition_list *list) {
    for (cmark_node *n = cmark_node_first_child(root); n; n = cmark_node_next(n))
        if (cmark_node_get_type(n) == CMARK_NODE_FOOTNOTE_DEFINITION)
            od_array_push(&m->scratch, list)->node = n;
}

// Whether reference `at` stands in the definition that it refers to, or too deep to tell.
static bool is_circular(const od_markdown *m, size_t at) {
    enum { DEEPEST = 64 };
    const size_t definition = m->notes.items[at].definition;
    for (size_t depth = 0; depth < DEEPEST; depth++) {
        at = m->notes.items[at].from;
        if (at == SIZE_MAX) return false;
        if (m->notes.items[at].definition == definition) return true;
    }
    return true;
}

// Returns the label at `at`, brackets and all, when it is that of a definition: `[^label]:`.
static od_slice definition_label(od_slice text, size_t at) {
    size_t end = at + 2;
    while (end < text.size && !strchr("]\r\n \t[", text.data[end])) end++;
    const bool closes = end > at + 2 && end + 1 < text.size && text.data[end] == ']';
    return closes && text.data[end + 1] == ':' ? od_slice_cut(text, at, end + 1) : (od_slice){0};
}

// Returns references to all definitions of the body, as a paragraph to be fed behind it, when there
// are more than the `known` ones of the tree; else nothing.
static od_slice make_references(od_markdown *m, size_t known) {
    const od_slice text = od_slice_cut(m->source->bytes, 0, m->body.end);
    od_buf out = {0};
    size_t count = 0, at = m->body.start;
    od_buf_text(&out, "\n\n");
    for (; (at = od_slice_find(text, OD_SLICE("[^"), at)) != SIZE_MAX; at++) {
        const od_slice label = definition_label(text, at);
        if (!label.size) continue;
        od_buf_add(&out, label);
        od_buf_byte(&out, '\n');
        count++;
    }
    const od_slice references =
        count > known ? od_arena_copy(&m->scratch, od_buf_slice(&out)) : (od_slice){0};
    od_buf_free(&out);
    return references;
}

// Takes the paragraph of references out of the tree; false when the body has swallowed it, as code or
// a comment that is not closed does.
static bool drop_references(const od_markdown *m, cmark_node *root) {
    cmark_node *n = cmark_node_last_child(root);
    while (n && cmark_node_get_type(n) == CMARK_NODE_FOOTNOTE_DEFINITION)
        n = cmark_node_previous(n);
    const size_t lines = od_source_line_at(m->source, m->body.end) + 1 - m->first_line;
    if (!n || cmark_node_get_type(n) != CMARK_NODE_PARAGRAPH ||
        (size_t)cmark_node_get_start_line(n) <= lines)
        return false;
    cmark_node_free(n);
    return true;
}

// Adds the definitions that nothing refers to, which cmark-gfm and pandoc drop, as notes of an empty
// block at the end: what is open in them is open in the draft.
static void read_unused(od_markdown *m, definition_list *definitions, od_node *into) {
    od_node *block = NULL;
    for (size_t i = 0; i < definitions->count; i++) {
        definition *const d = &definitions->items[i];
        if (d->used) continue;
        if (!block) block = add_node(m, into, OD_PLAIN, m->body.end, m->body.end);
        od_node *const note = add_node(m, block, OD_NOTE, m->body.end, m->body.end);
        d->used = true;
        m->note = SIZE_MAX;
        read_below(m, d->node, note);
    }
}

// Puts the blocks of each definition below every reference to it, as pandoc has them. What is
// referred to twice comes twice: copies may hold copies, so together they may not outgrow the body.
static void read_notes(od_markdown *m, cmark_node *root, od_node *into) {
    definition_list definitions = {0};
    collect_definitions(m, root, &definitions);
    size_t copied = 0;
    for (size_t i = 0; i < m->notes.count || m->references.size; i++) {
        if (i == m->notes.count) {
            m->references = (od_slice){0};
            read_unused(m, &definitions, into);
            if (i == m->notes.count) break;
        }
        const od_note_reference reference = m->notes.items[i];
        if (reference.definition >= definitions.count) continue;
        definition *const d = &definitions.items[reference.definition];
        if (d->used && (copied > m->body.end - m->body.start || is_circular(m, i))) continue;
        m->note = i;
        read_below(m, d->node, reference.note);
        const od_node *const last = reference.note->last;
        if (d->used && last) copied += last->span.end - reference.note->first->span.start + 1;
        d->used = true;
    }
}

// ---- parsing -----------------------------------------------------------------------------------

static void attach(cmark_parser *parser, bool wanted, const char *name) {
    if (wanted)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
}

static cmark_node *parse(od_markdown *m) {
    cmark_gfm_core_extensions_ensure_registered();
    int options = CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;
    // To look for notes cmark-gfm goes through all nodes, and again.
    const od_slice body = od_source_cut(m->source, m->body);
    if (m->options->footnotes && body.size && memchr(body.data, '^', body.size))
        options |= CMARK_OPT_FOOTNOTES;
    cmark_mem *const memory = od_cmark_memory_begin(m->body.end - m->body.start);
    cmark_parser *const parser = cmark_parser_new_with_mem(options, memory);
    attach(parser, m->options->tables, "table");
    attach(parser, m->options->strikethrough, "strikethrough");
    od_syntax *const syntax = od_syntax_attach(&m->scratch, m->options, parser, memory);
    feed(m, parser);
    cmark_node *const root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    od_syntax_free(syntax);
    return root;
}

static cmark_node *parse_lines(od_markdown *m) {
    if (m->options->report_lines) {
        unsigned char *const marks = od_markdown_guess_lines(&m->scratch, m->source, m->body);
        if (marks) od_markdown_find_plain_lines(m->source, m->options, marks);
        m->own_lines = marks;
    }
    cmark_node *root = parse(m);
    if (m->options->report_lines && mark_own_lines(m, root)) root = parse(m);
    return root;
}

// Parses again when the body defines notes that it does not refer to, in a draft that is to be looked
// through as a whole.
static cmark_node *parse_notes(od_markdown *m, cmark_node *root) {
    if (!m->options->report_lines || !m->options->footnotes) return root;
    definition_list definitions = {0};
    collect_definitions(m, root, &definitions);
    m->references = make_references(m, definitions.count);
    if (!m->references.size) return root;
    root = parse(m);
    if (drop_references(m, root)) return root;
    m->references = (od_slice){0};
    return parse(m);
}

od_status od_read_markdown(od_arena *arena, const od_source *source, od_span body,
                           const od_reader_options *options, od_diagnostics *failures,
                           od_node **root) {
    const od_status status = od_markdown_refuse(source, body, options->tables, failures);
    if (status != OD_OK) return status;
    od_markdown m = {.arena = arena, .source = source, .body = body, .options = options};
    m.first_line = od_source_line_at(source, body.start);
    m.content = (od_content){.arena = &m.scratch, .source = source};
    m.note = SIZE_MAX;
    cmark_node *const parsed = parse_notes(&m, parse_lines(&m));
    od_node *const made = od_node_new(arena, OD_ROOT, body);
    read_below(&m, parsed, made);
    read_notes(&m, parsed, made);
    od_cmark_memory_end();
    od_arena_free(&m.scratch);
    od_markdown_extend(arena, source, options, made);
    if (options->heading_identifiers) od_markdown_identify(arena, made);
    *root = made;
    return OD_OK;
}
