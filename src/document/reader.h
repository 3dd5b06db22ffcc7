// Readers: from bytes to the syntax tree.
//
// The Markdown reader is cmark-gfm's (GFM 0.29): its tree is converted node by node and thrown away.
// The plain-text reader takes each line that is not blank as one paragraph. The reader of pandoc's
// JSON takes the tree that pandoc has made.
#ifndef OD_DOCUMENT_READER_H
#define OD_DOCUMENT_READER_H

#include "document/ast.h"
#include "document/format.h"
#include "source/diagnostic.h"

typedef struct od_reader_options {
    // Beyond CommonMark: what a command needs, since each extension costs time and has inputs on
    // which cmark-gfm is slow (bare URLs and single-tilde strikethrough are never read by check:
    // `100~150元、200~300元` is a range, and a URL swallows the Chinese text after it).
    bool tables, strikethrough, autolinks, task_lists, footnotes;
    bool heading_identifiers; // pandoc's automatic ids (gfm_auto_identifiers)
    // What pandoc's gfm has beyond GFM: `$x$` and `$$x$$`; `` $`x`$ `` and code blocks of language
    // math; `:smile:`; `> [!NOTE]`.
    bool math, math_gfm, emoji, alerts;
    bool hard_line_breaks; // every end of a line within a paragraph is a break
    // An official report is often a Markdown file without blank lines, one paragraph a line. With
    // this, a paragraph one of whose lines starts with an official number (`一、`, `（一）`, `第一章`)
    // is read as one paragraph a line, as a person reads it. Filters leave it off.
    // Definitions of footnotes that nothing refers to are kept too, as notes of an empty OD_PLAIN at
    // the end of the tree.
    bool report_lines;
} od_reader_options;

// Reads `body` of `source` as Markdown into a new tree in `arena`. Spans are offsets in the source.
//
// Errors: OD_LIMIT when the input would take cmark-gfm too long (limits.h): `failures` gets the line.
od_status od_read_markdown(od_arena *arena, const od_source *source, od_span body,
                           const od_reader_options *options, od_diagnostics *failures,
                           od_node **root);

// Reads `body` of `source` as plain text: each line that is not blank is one OD_PARA with one exact
// OD_TEXT; `<!-- … -->` inside a line is an OD_RAW_INLINE of format "html".
od_node *od_read_plain_text(od_arena *arena, const od_source *source, od_span body);

// Reads `source` as pandoc's Markdown with `extensions` into new trees in `arena`: `*root` of the
// blocks, `*meta` of type OD_META_MAP. No node has a span.
//
// `columns` is how wide a line is taken to be, for the widths of columns of tables; 0 means 80.
// Differs from pandoc in that TeX macros are not read.
// Errors: OD_LIMIT when containers are nested too deep, OD_INVALID when the YAML of a metadata block
//         has an error; one failure tells.
// Source: pandoc 3.10, Text.Pandoc.Readers.Markdown.
od_status od_read_pandoc_markdown(od_arena *arena, const od_source *source,
                                  const od_extensions *extensions, size_t columns,
                                  od_diagnostics *failures, od_node **root, od_node **meta);

// Reads `source` as HTML with `extensions`; as od_read_pandoc_markdown. What is in <head> becomes
// metadata.
//
// Source: pandoc 3.10, Text.Pandoc.Readers.HTML.
od_status od_read_html(od_arena *arena, const od_source *source, const od_extensions *extensions,
                       od_diagnostics *failures, od_node **root, od_node **meta);

// A version of pandoc's document types, as their JSON names it: 1.23.1 has three numbers.
enum { OD_PANDOC_API_NUMBERS = 8 };
typedef struct od_pandoc_api {
    uint32_t numbers[OD_PANDOC_API_NUMBERS];
    size_t count;
} od_pandoc_api;

// Reads `source`, pandoc's JSON of version 1.22 (pandoc 2.11 to 2.19) or 1.23 (pandoc 3), into new
// trees in `arena`: `*root` of the blocks, `*meta` of type OD_META_MAP. No node has a span.
//
// A run of words and spaces becomes one OD_TEXT where the words of its text are just these; any other
// Str, Space or LineBreak becomes a node with OD_VERBATIM. Keys may come in any order, and unknown ones
// are skipped; a key given twice is an error. The block Null of 1.22 is left out. An image that 1.22
// means as a figure (a title `fig:…`) stays an image.
//
// Ownership: texts point into the source.
// Errors:    OD_INVALID, OD_LIMIT, with one failure that tells the byte, the path in the JSON
//            (`blocks[3].c[1][0].t`) and what was expected.
// Source:    pandoc-types, Text.Pandoc.Definition, and aeson's encoding of it.
od_status od_read_pandoc_json(od_arena *arena, const od_source *source, od_diagnostics *failures,
                              od_pandoc_api *version, od_node **root, od_node **meta);

#endif
