// Syntax: what pandoc's GFM has beyond cmark-gfm's inlines, as an extension of cmark-gfm.
//
// Formulas, emoji and bare URLs have to be found while inlines are parsed, since what stands in
// them is not parsed. A formula or emoji becomes an HTML inline whose literal is its source and
// whose user data tells which it is; a bare URL becomes a link with its text.
#ifndef OD_DOCUMENT_SYNTAX_H
#define OD_DOCUMENT_SYNTAX_H

#include "document/reader.h"

#include <cmark-gfm-extension_api.h>

// Values of the user data, which HTML that is HTML does not have.
#define OD_SYNTAX_MATH "m"
#define OD_SYNTAX_DISPLAY "d"
#define OD_SYNTAX_EMOJI "e"

typedef struct od_syntax od_syntax;

// Makes the extension and attaches it to `parser`, whose nodes are made in `memory`; returns NULL
// when `options` ask for none of it. It lives in `scratch` and must be freed by od_syntax_free
// after the parser.
od_syntax *od_syntax_attach(od_arena *scratch, const od_reader_options *options,
                            cmark_parser *parser, cmark_mem *memory);

// Frees what cmark-gfm has allocated for it; NULL is nothing.
void od_syntax_free(od_syntax *syntax);

// Cuts the dollars, and the backticks of GitHub's form, off the source of a formula.
od_slice od_syntax_formula(od_slice source);

#endif
