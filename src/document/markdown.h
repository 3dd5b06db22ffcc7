// The parts of the Markdown reader: what its files share.
#ifndef OD_DOCUMENT_MARKDOWN_H
#define OD_DOCUMENT_MARKDOWN_H

#include "document/content.h"
#include "document/reader.h"

#include <cmark-gfm.h>

// A reference to a footnote, whose definition is still to be read into its note.
typedef struct od_note_reference {
    od_node *note;
    size_t definition; // index in order of first reference
    size_t from;       // index of the reference whose definition holds this one, or SIZE_MAX
} od_note_reference;

// One run of od_read_markdown.
typedef struct od_markdown {
    od_arena *arena;  // of the tree
    od_arena scratch; // gone when the reader returns
    const od_source *source;
    od_span body;
    size_t first_line; // index of the source line that is cmark-gfm's line 1
    const od_reader_options *options;
    od_content content;
    OD_ARRAY(od_note_reference) notes;
    size_t note; // index of the reference whose definition is being read, or SIZE_MAX
    const unsigned char *own_lines; // od_own_line, by line of the source; NULL when no line is one
    od_slice references; // fed behind the body, to notes that nothing in it refers to
} od_markdown;

// Whether a line of the source is a paragraph of its own (official.c).
typedef enum od_own_line {
    OD_NOT_OWN,
    OD_OWN,       // its inlines are cmark-gfm's business
    OD_OWN_PLAIN, // it has no inlines but text
} od_own_line;

// ---- hazards (hazard.c) ------------------------------------------------------------------------

// Refuses, before cmark-gfm sees it, a body on which cmark-gfm is known to take too long.
//
// Errors: OD_LIMIT; `failures` gets the line and the name of the limit.
od_status od_markdown_refuse(const od_source *source, od_span body, bool tables,
                             od_diagnostics *failures);

// ---- official lines (official.c) ---------------------------------------------------------------

// Whether `line` starts with the number of a heading of an official document: `一、`, `（一）`, `(一)`,
// `第一章`.
bool od_markdown_is_numbered(od_slice line);

// Marks, as far as that is sure without parsing, the lines that are to be paragraphs of their own.
// Returns an array by line of the source, or NULL when it is sure of none.
unsigned char *od_markdown_guess_lines(od_arena *arena, const od_source *source, od_span body);

// Finds those of the marked lines that are OD_OWN_PLAIN.
void od_markdown_find_plain_lines(const od_source *source, const od_reader_options *options,
                                  unsigned char *marks);

// ---- inlines (inlines.c) -----------------------------------------------------------------------

// Returns the content of a leaf block. Where there are no inlines it is not asked for: cmark-gfm
// leaves it without a NUL at its end when nothing was ever put in (`#`, cells that a row lacks).
od_slice od_markdown_content(cmark_node *leaf);

// Reads the inlines of `leaf` into `into`, whose span is that of the block. With `mapped` the spans
// come from m->content, which must be the content of `leaf`; without they are opaque.
void od_markdown_read_inlines(od_markdown *m, cmark_node *leaf, bool mapped, od_node *into);

// Reads `leaf` into `into` when that is one text without any marks, `text`, line ends and all just
// the bytes of the span of `into`; else returns false. Most paragraphs and cells are like that, and
// this is all they cost.
bool od_markdown_read_at_once(od_markdown *m, cmark_node *leaf, od_slice text, od_node *into);

// Returns `text` as part of the source when it is the same as `span` of it, else a copy.
od_slice od_markdown_keep(const od_markdown *m, od_span span, od_slice text);

// ---- tables (tables.c) -------------------------------------------------------------------------

// Reads the table `table` into `into`.
void od_markdown_read_table(od_markdown *m, cmark_node *table, od_node *into);

// ---- what pandoc's GFM has beyond GFM (gfm.c) -----------------------------------------------------

// Turns quotes that begin with `[!NOTE]` into divs and addresses of mail into links, and parts lists
// of tasks from other ones.
void od_markdown_extend(od_arena *arena, const od_source *source, const od_reader_options *options,
                        od_node *root);

// ---- identifiers (identifier.c) ----------------------------------------------------------------

// Gives every heading below `root` the identifier that pandoc gives it (gfm_auto_identifiers).
void od_markdown_identify(od_arena *arena, od_node *root);

#endif
