// The module `orgdraft`: what pandoc cannot tell a filter, the places of elements in the draft, and
// findings.
//
//     orgdraft.span(el)     {file=, start=, stop=, line=, column=}, or nil for what a filter made
//     orgdraft.source(el)   the bytes of the draft that it was read from, or nil
//     orgdraft.report{el, message=, rule=, severity=, fix=}
//     orgdraft.fields()     the blanks of the draft, as `orgdraft fields` lists them
//     orgdraft.outline()    its headings
//     orgdraft.language     of messages: "en" or "zh"
//     orgdraft.version      of orgdraft
//
// start and stop are offsets in bytes from 0, stop exclusive; line and column count from 1, columns in
// code points. `el` is an element, a list of them, or a table such as orgdraft.span gives.
#ifndef OD_LUA_MOD_ORGDRAFT_H
#define OD_LUA_MOD_ORGDRAFT_H

#include "lua/host.h"
#include "source/source.h"

// One file of the text that spans are of.
typedef struct od_draft_part {
    const od_source *source;
    size_t start; // where its bytes begin in the whole text
    // As a rule of `check` sees it; NULL for filters, which have it read when they ask for it.
    const od_document *document;
    const od_profile *profile;
} od_draft_part;

// One finding; spans are of the whole text.
typedef struct od_lua_report {
    od_span span;
    bool has_position, has_fix;
    od_severity severity;
    od_slice rule, message, fix_title, fix_text;
    od_span fix_span;
} od_lua_report;

// What the module speaks of. All zeros: a document that was not read from text.
typedef struct od_lua_draft {
    const od_draft_part *parts;
    size_t part_count;
    od_language language;
    const char *script; // the name of a rule that gives none comes from its file
    od_arena *arena;    // of the reports
    OD_ARRAY(od_lua_report) reports;
    od_locator locator;
} od_lua_draft;

// Returns the part that holds byte `offset` of the whole text, or NULL when there is none.
const od_draft_part *od_draft_part_at(const od_draft_part *parts, size_t count, size_t offset);

// Makes the module the global `orgdraft`. `draft` must live as long as the state.
void od_open_orgdraft(lua_State *L, od_lua_draft *draft);

#endif
