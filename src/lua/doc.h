// Docs: text to be laid out, with spaces at which lines may be broken, prefixes and blocks.
//
// A Doc is a userdata that never changes, made of others: a tree. It is laid out by way of its flat
// list of parts, as pandoc's doclayout does: nothing recurses on the depth of the tree.
// Source: doclayout, Text.DocLayout.
#ifndef OD_LUA_DOC_H
#define OD_LUA_DOC_H

#include "base/buf.h"
#include "lua/host.h"

typedef enum od_doc_kind {
    OD_DOC_EMPTY,
    OD_DOC_TEXT,            // text: one line
    OD_DOC_BLOCK,           // text: `lines` lines; number: its width
    OD_DOC_VFILL,           // text, once for each line of the blocks beside it
    OD_DOC_PREFIXED,        // text: the prefix; a
    OD_DOC_BEFORE_NON_BLANK, // a
    OD_DOC_FLUSH,           // a
    OD_DOC_STYLED,          // a
    OD_DOC_BREAKING_SPACE,
    OD_DOC_AFTER_BREAK,     // text
    OD_DOC_CARRIAGE_RETURN,
    OD_DOC_NEW_LINE,
    OD_DOC_BLANK_LINES,     // number
    OD_DOC_CONCAT,          // a, b
} od_doc_kind;

typedef struct od_doc od_doc;
struct od_doc {
    od_doc_kind kind;
    int64_t number; // of texts: the width
    size_t lines;
    od_slice text; // kept by a user value, as are the parts
    const od_doc *a, *b;
};

// Returns the Doc at `index`, or NULL.
const od_doc *od_to_doc(lua_State *L, int index);

// Pushes what the value at `index` is as a Doc: a Doc itself, or the text of a string or number;
// false, with nothing pushed, when it is none.
bool od_push_as_doc(lua_State *L, int index);

// Pushes a Doc of `kind` without parts.
void od_push_doc(lua_State *L, od_doc_kind kind, int64_t number);

// Pushes a Doc of `kind` with the text at `text` on the stack.
void od_push_doc_text(lua_State *L, od_doc_kind kind, int text);

// Pushes the lines of `text` as a Doc.
void od_push_literal(lua_State *L, od_slice text);

// Puts a Doc of `kind` around the one on top of the stack, in its place; an empty one stays empty.
// `text` (0 for none) is the place of its text.
void od_wrap_doc(lua_State *L, od_doc_kind kind, int text);

// Indents the Doc on top of the stack by `width` spaces.
void od_indent_doc(lua_State *L, int64_t width);

// Joins the two Docs on top of the stack into one, in their place.
void od_concat_docs(lua_State *L);

// Joins them with one of `kind` between, unless either is empty.
void od_join_docs(lua_State *L, od_doc_kind kind, int64_t number);

// Takes one line end, but no blank line, from the end of the Doc on top of the stack.
void od_cut_line_end(lua_State *L);

// Replaces the Doc on top of the stack by one without white space at its end, without blank lines
// at its start, without places to break lines.
void od_chomp_doc(lua_State *L);
void od_nestle_doc(lua_State *L);
void od_unbreak_doc(lua_State *L);

// Replaces the Doc on top of the stack by a block of `width`, its lines aligned.
typedef enum od_doc_alignment { OD_DOC_LEFT, OD_DOC_RIGHT, OD_DOC_CENTER } od_doc_alignment;
void od_block_doc(lua_State *L, od_doc_alignment alignment, int64_t width);

// Pushes the text of the Doc at `index`, laid out for lines of `columns` (-1: not broken).
void od_push_rendered(lua_State *L, int index, int64_t columns);

// Returns the column behind the Doc at `index` when it starts at `column`; sets `*longest` (unless
// NULL) to the longest line, which with `broken` are as short as can be.
int64_t od_doc_offset(lua_State *L, int index, int64_t column, bool broken, int64_t *longest);

// Whether two Docs are made the same way.
bool od_docs_equal(lua_State *L, const od_doc *a, const od_doc *b);

// Registers the metatable, with `metamethods` in it, and pushes it.
void od_open_docs(lua_State *L, const luaL_Reg *metamethods);

#endif
