// Formats: pandoc's names of formats, `gfm+smart-emoji`, and the extensions that each knows and has
// by default, as pandoc 3.10 lists them (--list-extensions).
#ifndef OD_DOCUMENT_FORMAT_H
#define OD_DOCUMENT_FORMAT_H

#include "base/arena.h"

// In pandoc's order.
#define OD_EXTENSIONS(EXTENSION) \
    EXTENSION(abbreviations) EXTENSION(alerts) EXTENSION(all_symbols_escapable) EXTENSION(amuse) \
    EXTENSION(angle_brackets_escapable) EXTENSION(ascii_identifiers) EXTENSION(attributes)       \
    EXTENSION(auto_identifiers) EXTENSION(autolink_bare_uris) EXTENSION(backtick_code_blocks)    \
    EXTENSION(blank_before_blockquote) EXTENSION(blank_before_header) EXTENSION(bracketed_spans) \
    EXTENSION(citations) EXTENSION(definition_lists) EXTENSION(east_asian_line_breaks)           \
    EXTENSION(element_citations) EXTENSION(emoji) EXTENSION(empty_paragraphs)                    \
    EXTENSION(epub_html_exts) EXTENSION(escaped_line_breaks) EXTENSION(example_lists)            \
    EXTENSION(fancy_lists) EXTENSION(fenced_code_attributes) EXTENSION(fenced_code_blocks)       \
    EXTENSION(fenced_divs) EXTENSION(footnotes) EXTENSION(four_space_rule)                       \
    EXTENSION(gfm_auto_identifiers) EXTENSION(grid_tables) EXTENSION(gutenberg)                  \
    EXTENSION(hard_line_breaks) EXTENSION(header_attributes) EXTENSION(native_numbering)         \
    EXTENSION(ntb) EXTENSION(styles) EXTENSION(table_attributes) EXTENSION(ignore_line_breaks)   \
    EXTENSION(implicit_figures) EXTENSION(implicit_header_references)                            \
    EXTENSION(inline_code_attributes) EXTENSION(inline_notes) EXTENSION(intraword_underscores)   \
    EXTENSION(latex_macros) EXTENSION(line_blocks) EXTENSION(link_attributes)                    \
    EXTENSION(lists_without_preceding_blankline) EXTENSION(literate_haskell) EXTENSION(mark)     \
    EXTENSION(markdown_attribute) EXTENSION(markdown_in_html_blocks)                             \
    EXTENSION(mmd_header_identifiers) EXTENSION(mmd_link_attributes) EXTENSION(mmd_title_block)  \
    EXTENSION(multiline_tables) EXTENSION(native_divs) EXTENSION(native_spans)                   \
    EXTENSION(old_dashes) EXTENSION(pandoc_title_block) EXTENSION(pipe_tables)                   \
    EXTENSION(raw_attribute) EXTENSION(raw_html) EXTENSION(raw_tex) EXTENSION(raw_markdown)      \
    EXTENSION(rebase_relative_paths) EXTENSION(short_subsuperscripts)                            \
    EXTENSION(shortcut_reference_links) EXTENSION(simple_tables) EXTENSION(smart)                \
    EXTENSION(smart_quotes) EXTENSION(sourcepos) EXTENSION(space_in_atx_header)                  \
    EXTENSION(spaced_reference_links) EXTENSION(special_strings) EXTENSION(startnum)             \
    EXTENSION(strikeout) EXTENSION(subscript) EXTENSION(superscript) EXTENSION(tagging)          \
    EXTENSION(task_lists) EXTENSION(table_captions) EXTENSION(tex_math_dollars)                  \
    EXTENSION(tex_math_double_backslash) EXTENSION(tex_math_gfm)                                 \
    EXTENSION(tex_math_single_backslash) EXTENSION(wikilinks_title_after_pipe)                   \
    EXTENSION(wikilinks_title_before_pipe) EXTENSION(xrefs_name) EXTENSION(xrefs_number)         \
    EXTENSION(yaml_metadata_block)

typedef enum od_extension {
#define EXTENSION(name) OD_EXT_##name,
    OD_EXTENSIONS(EXTENSION)
#undef EXTENSION
    OD_EXTENSION_COUNT,
} od_extension;

// A set of extensions.
typedef struct od_extensions {
    uint64_t bits[(OD_EXTENSION_COUNT + 63) / 64];
} od_extensions;

static inline bool od_extensions_have(const od_extensions *set, od_extension extension) {
    return set->bits[extension / 64] >> (extension % 64) & 1;
}

static inline void od_extensions_put(od_extensions *set, od_extension extension, bool on) {
    const uint64_t bit = (uint64_t)1 << (extension % 64);
    if (on) set->bits[extension / 64] |= bit;
    else set->bits[extension / 64] &= ~bit;
}

// Returns the name of an extension.
const char *od_extension_name(od_extension extension);

// Finds an extension by its name, in any case; false when there is none.
bool od_extension_find(od_slice name, od_extension *extension);

// Sets what the format `name` (without extensions) knows and has by default, for formats that
// pandoc does not have as well, which know east_asian_line_breaks alone, as in pandoc.
void od_format_extensions(od_slice name, od_extensions *known, od_extensions *defaults);

typedef enum od_format_use { OD_FORMAT_READ = 1, OD_FORMAT_WRITE = 2 } od_format_use;

// A format as people write it.
typedef struct od_format_spec {
    od_slice name; // lower case
    od_extensions extensions;
} od_format_spec;

// Reads `text`, such as `markdown-smart`, as a format that pandoc can read or write.
//
// Errors: OD_INVALID, with `*error` in pandoc's words.
od_status od_format_spec_read(od_arena *arena, od_slice text, od_format_use use,
                              od_format_spec *spec, od_slice *error);

// Returns the name of format `index` (from 0) that pandoc can use so, or NULL at the end.
const char *od_format_name(size_t index, od_format_use use);

#endif
