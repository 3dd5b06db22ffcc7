// The parts of the reader of pandoc's Markdown: what its files share.
//
// Blocks first, by lines: what stands in a quote, an item or a div is a text of its own, read from
// a stack, so that nothing recurses. Each leaf block then holds one pending text, and the inlines
// of these are read in document order; the text of a link or a note is pending again.
// Source: pandoc, Text.Pandoc.Readers.Markdown, whose functions the names here follow.
#ifndef OD_DOCUMENT_PANDOC_MARKDOWN_H
#define OD_DOCUMENT_PANDOC_MARKDOWN_H

#include "base/buf.h"
#include "base/names.h"
#include "document/format.h"
#include "document/heading_names.h"
#include "document/reader.h"

// What is different inside some constructs.
enum {
    OD_PM_NO_LINKS = 1, // in the text of a link
    OD_PM_IN_NOTE = 2,  // where notes are not read
    OD_PM_IN_LIST = 4,  // where a list needs no blank line before it
    OD_PM_IN_DIV = 8,   // where `:::` ends a paragraph
    OD_PM_DISCARD = 16, // read for the definitions in it alone
    OD_PM_FIGURE = 32,  // an image alone is a figure
};

// A text whose blocks are being read below `into`.
typedef struct od_pm_job {
    od_node *into;
    od_slice text; // each line with its LF
    size_t at;
    unsigned flags;
    size_t depth;
} od_pm_job;

// The inlines of a leaf that are still to be read.
typedef struct od_pm_pending {
    od_slice text;
    unsigned flags;
    size_t depth;
} od_pm_pending;

typedef struct od_pm_reference {
    od_slice key; // normal form of the label
    od_link link;
} od_pm_reference;

typedef struct od_pm_text {
    od_slice key, text;
} od_pm_text;

// Names with their places in a list, sorted once all are known.
typedef OD_ARRAY(od_name) od_pm_index;

// One run of the reader.
typedef struct od_pm {
    od_arena *arena; // of the tree
    od_arena scratch;
    const od_extensions *extensions;
    od_diagnostics *failures;
    const od_source *source;
    od_status status;
    od_node *meta;
    OD_ARRAY(od_pm_job) jobs;
    OD_ARRAY(od_pm_pending) pending;
    OD_ARRAY(od_pm_reference) references, headings;
    OD_ARRAY(od_pm_text) notes;
    od_pm_index reference_names, heading_names, note_names, example_numbers;
    od_ids ids;
    size_t example_count, note_count;
    size_t copied, size; // bytes of notes read again, bytes of the whole
    size_t columns;      // how wide a line is taken to be
    struct {
        const char *start, *end;
    } no_dashes; // where in a text no line of dashes stands (pandoc_simple_tables.c)
} od_pm;

static inline bool od_pm_has(const od_pm *pm, od_extension extension) {
    return od_extensions_have(pm->extensions, extension);
}

// ---- texts (pandoc_text.c) ---------------------------------------------------------------------

static inline char od_pm_byte(od_slice text, size_t at) {
    return at < text.size ? text.data[at] : '\0';
}

static inline bool od_pm_is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

static inline bool od_pm_is_white(char byte) {
    return od_pm_is_blank(byte) || byte == '\n' || byte == '\r';
}

// Whether a letter or digit of any script stands at `at`.
bool od_pm_is_word(od_slice text, size_t at);

// Returns `at` behind white space; od_pm_skip_lines goes over one line end at most.
size_t od_pm_skip(od_slice text, size_t at);
size_t od_pm_skip_blanks(od_slice text, size_t at);
size_t od_pm_skip_line_end(od_slice text, size_t at);

// Returns the line at `at` without its line end, and sets `*next` to the next one.
od_slice od_pm_line(od_slice text, size_t at, size_t *next);

bool od_pm_is_blank_line(od_slice line);

// Returns the label `text` in the form in which labels are compared.
od_slice od_pm_key(od_arena *arena, od_slice text);

// Returns the end of what looks like an entity at `at`, a `&`, or SIZE_MAX.
size_t od_pm_entity_end(od_slice text, size_t at);

// Reads the code span at `at`; returns its end or SIZE_MAX.
size_t od_pm_code_end(od_slice text, size_t at);

// Returns what the entity `text`, `&…;`, stands for, or the empty slice.
od_slice od_pm_entity(od_arena *arena, od_slice text);

// Returns a copy of `text` with escapes and entities replaced.
od_slice od_pm_unescape(od_arena *arena, od_slice text);

// ---- attributes (pandoc_attributes.c) ----------------------------------------------------------

// Reads `{#id .class key=value}` at `at`; returns its end or SIZE_MAX. `*attr` is NULL for `{}`.
size_t od_pm_attributes(od_arena *arena, od_slice text, size_t at, const od_attr **attr);

// Reads `{=format}` at `at`; returns its end or SIZE_MAX.
size_t od_pm_raw_attribute(od_arena *arena, od_slice text, size_t at, const char **format);

// Returns an attr of one class and no more.
const od_attr *od_pm_class(od_arena *arena, od_slice name);

// A tag of HTML.
typedef struct od_pm_tag {
    size_t end;
    od_slice name; // as written; empty for a comment and the like
    bool closing, empty;
} od_pm_tag;

// Reads the tag, comment or declaration at `at`, a `<`; false when there is none.
bool od_pm_read_tag(od_slice text, size_t at, od_pm_tag *tag);

// Whether a tag of this name starts or ends a block.
bool od_pm_is_block_tag(od_slice name);

// Returns the attributes of the tag `text`, or NULL.
const od_attr *od_pm_tag_attr(od_arena *arena, od_slice text);

// Returns where the `</name>` starts that closes the tag before `at`, and sets `*end` to its end;
// SIZE_MAX when there is none.
size_t od_pm_find_closing(od_slice text, size_t at, od_slice name, size_t *end);

// ---- links (pandoc_links.c) --------------------------------------------------------------------

// Reads `(target "title")` at `at`; returns its end or SIZE_MAX.
size_t od_pm_link_source(od_arena *arena, od_slice text, size_t at, od_link *link);

// Reads the target and title of a definition `[label]: target "title"` at `at`, behind the colon.
size_t od_pm_definition_source(od_arena *arena, od_slice text, size_t at, od_link *link);

// Sorts an index; od_pm_find returns the number of the last entry of `key`, or SIZE_MAX.
void od_pm_sort(od_pm_index *index);
size_t od_pm_find(const od_pm_index *index, od_slice key);

// ---- blocks and inlines ------------------------------------------------------------------------

od_node *od_pm_add(od_pm *pm, od_node *parent, od_node_type type);

// Adds a text whose inlines are to be read below `leaf`.
void od_pm_pend(od_pm *pm, od_node *leaf, od_slice text, unsigned flags, size_t depth);

// Pushes a text whose blocks are to be read below `into`; refused when it lies too deep.
void od_pm_push(od_pm *pm, od_node *into, od_slice text, unsigned flags, size_t depth);

// Reads blocks until no more than `base` jobs are left (pandoc_blocks.c).
void od_pm_run(od_pm *pm, size_t base);

// Reads the headings below `root`, which names them, and makes its lists tight or loose
// (pandoc_markdown.c).
void od_pm_finish(od_pm *pm, od_node *root);

// Each tries to read one kind of block at the job's place; false when there is none.
bool od_pm_read_bullets(od_pm *pm, od_pm_job *job);     // pandoc_lists.c
bool od_pm_read_numbers(od_pm *pm, od_pm_job *job);     // pandoc_lists.c
bool od_pm_read_definitions(od_pm *pm, od_pm_job *job); // pandoc_lists.c
bool od_pm_read_table(od_pm *pm, od_pm_job *job);       // pandoc_tables.c

// Whether a list starts at the line `at` (pandoc_lists.c).
bool od_pm_starts_list(const od_pm *pm, od_slice text, size_t at);

// Whether the line is `* * *` or the like.
bool od_pm_is_rule(od_slice line);

// Whether fenced code starts at `at`; sets `*end` behind its last line.
bool od_pm_find_fence(const od_pm *pm, od_slice text, size_t at, size_t *end);

// Reads `pending` into `leaf` (pandoc_inlines.c).
void od_pm_read_inlines(od_pm *pm, od_pm_pending pending, od_node *leaf);

// Reads a citation in square brackets at `at` (pandoc_citations.c); returns its end or SIZE_MAX.
// `close` is where its `]` stands.
size_t od_pm_read_citation(od_pm *pm, od_slice text, size_t at, size_t close, unsigned flags,
                           size_t depth, od_node *parent);

// Reads `@key` or `-@key` at `at`, with what may follow it in brackets; returns its end or
// SIZE_MAX.
size_t od_pm_read_author(od_pm *pm, od_slice text, size_t at, unsigned flags, size_t depth,
                         od_node *parent);

#endif
