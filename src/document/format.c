#include "document/format.h"

#include <strings.h>

enum { READ = OD_FORMAT_READ, WRITE = OD_FORMAT_WRITE, BOTH = READ | WRITE };

typedef struct format {
    const char *name;
    int use;
    const char *known, *defaults; // names of extensions
} format;

#define MARKDOWN \
    "abbreviations alerts all_symbols_escapable angle_brackets_escapable " \
    "ascii_identifiers auto_identifiers autolink_bare_uris backtick_code_blocks " \
    "blank_before_blockquote blank_before_header bracketed_spans citations " \
    "definition_lists east_asian_line_breaks emoji escaped_line_breaks example_lists " \
    "fancy_lists fenced_code_attributes fenced_code_blocks fenced_divs footnotes " \
    "four_space_rule gfm_auto_identifiers grid_tables gutenberg hard_line_breaks " \
    "header_attributes table_attributes ignore_line_breaks implicit_figures " \
    "implicit_header_references inline_code_attributes inline_notes " \
    "intraword_underscores latex_macros line_blocks link_attributes " \
    "lists_without_preceding_blankline literate_haskell mark markdown_attribute " \
    "markdown_in_html_blocks mmd_header_identifiers mmd_link_attributes " \
    "mmd_title_block multiline_tables native_divs native_spans old_dashes " \
    "pandoc_title_block pipe_tables raw_attribute raw_html raw_tex " \
    "rebase_relative_paths short_subsuperscripts shortcut_reference_links " \
    "simple_tables smart space_in_atx_header spaced_reference_links startnum " \
    "strikeout subscript superscript task_lists table_captions tex_math_dollars " \
    "tex_math_double_backslash tex_math_single_backslash wikilinks_title_after_pipe " \
    "wikilinks_title_before_pipe yaml_metadata_block"
#define COMMONMARK \
    "alerts ascii_identifiers attributes autolink_bare_uris bracketed_spans " \
    "definition_lists east_asian_line_breaks emoji fancy_lists fenced_divs footnotes " \
    "gfm_auto_identifiers hard_line_breaks implicit_figures " \
    "implicit_header_references pipe_tables raw_attribute raw_html " \
    "rebase_relative_paths smart sourcepos strikeout subscript superscript task_lists " \
    "tex_math_dollars tex_math_gfm wikilinks_title_after_pipe " \
    "wikilinks_title_before_pipe yaml_metadata_block"
#define HTML \
    "ascii_identifiers auto_identifiers east_asian_line_breaks empty_paragraphs " \
    "epub_html_exts gfm_auto_identifiers line_blocks literate_haskell native_divs " \
    "native_spans raw_html raw_tex smart task_lists tex_math_dollars " \
    "tex_math_double_backslash tex_math_single_backslash"
#define EPUB "epub_html_exts native_divs native_spans raw_html"
#define HTML_DEFAULTS "auto_identifiers line_blocks native_divs native_spans"
#define JATS "auto_identifiers east_asian_line_breaks element_citations"
#define COMMON "east_asian_line_breaks"
#define IDENTIFIERS "auto_identifiers"
#define ANY_IDENTIFIERS \
    "ascii_identifiers auto_identifiers east_asian_line_breaks gfm_auto_identifiers"
#define LATEX \
    "ascii_identifiers auto_identifiers east_asian_line_breaks empty_paragraphs " \
    "gfm_auto_identifiers latex_macros literate_haskell raw_tex smart task_lists"
#define LATEX_DEFAULTS "auto_identifiers latex_macros smart"
#define WIKI \
    "ascii_identifiers auto_identifiers east_asian_line_breaks gfm_auto_identifiers " \
    "smart"

static const format FORMATS[] = {
    {"ansi", WRITE, COMMON, IDENTIFIERS},
    {"asciidoc_legacy", WRITE, COMMON, IDENTIFIERS},
    {"asciidoctor", WRITE, COMMON, IDENTIFIERS},
    {"asciidoc", BOTH, ANY_IDENTIFIERS, IDENTIFIERS},
    {"bbcode_fluxbb", WRITE, COMMON, IDENTIFIERS},
    {"bbcode_hubzilla", WRITE, COMMON, IDENTIFIERS},
    {"bbcode_phpbb", WRITE, COMMON, IDENTIFIERS},
    {"bbcode_steam", WRITE, COMMON, IDENTIFIERS},
    {"bbcode_xenforo", WRITE, COMMON, IDENTIFIERS},
    {"bbcode", WRITE, COMMON, IDENTIFIERS},
    {"beamer", WRITE, LATEX, LATEX_DEFAULTS},
    {"biblatex", BOTH, COMMON, IDENTIFIERS},
    {"bibtex", BOTH, COMMON, IDENTIFIERS},
    {"bits", READ, COMMON, IDENTIFIERS},
    {"chunkedhtml", WRITE, COMMON, IDENTIFIERS},
    {"commonmark_x", BOTH,
     COMMONMARK,
     "alerts attributes bracketed_spans definition_lists emoji fancy_lists "
     "fenced_divs footnotes gfm_auto_identifiers implicit_header_references "
     "pipe_tables raw_attribute raw_html smart strikeout subscript superscript "
     "task_lists tex_math_dollars yaml_metadata_block"},
    {"commonmark", BOTH, COMMONMARK, "raw_html"},
    {"context", WRITE,
     "ascii_identifiers auto_identifiers east_asian_line_breaks gfm_auto_identifiers "
     "ntb raw_tex smart tagging",
     "auto_identifiers smart"},
    {"creole", READ, COMMON, IDENTIFIERS},
    {"csljson", BOTH, COMMON, IDENTIFIERS},
    {"csv", READ, COMMON, IDENTIFIERS},
    {"djot", BOTH, "east_asian_line_breaks sourcepos", IDENTIFIERS},
    {"docbook4", WRITE, COMMON, IDENTIFIERS},
    {"docbook5", WRITE, COMMON, IDENTIFIERS},
    {"docbook", BOTH, COMMON, IDENTIFIERS},
    {"docx", BOTH,
     "ascii_identifiers auto_identifiers citations east_asian_line_breaks "
     "empty_paragraphs gfm_auto_identifiers native_numbering styles",
     IDENTIFIERS},
    {"dokuwiki", BOTH,
     "ascii_identifiers auto_identifiers east_asian_line_breaks gfm_auto_identifiers "
     "raw_html smart tex_math_dollars",
     "smart"},
    {"dzslides", WRITE, COMMON, IDENTIFIERS},
    {"endnotexml", READ, COMMON, IDENTIFIERS},
    {"epub2", WRITE, HTML, EPUB},
    {"epub3", WRITE, HTML, EPUB},
    {"epub", BOTH, HTML, EPUB},
    {"fb2", BOTH, COMMON, IDENTIFIERS},
    {"gfm", BOTH,
     COMMONMARK,
     "alerts auto_identifiers autolink_bare_uris emoji footnotes gfm_auto_identifiers "
     "pipe_tables raw_html strikeout task_lists tex_math_dollars tex_math_gfm "
     "yaml_metadata_block"},
    {"haddock", BOTH, COMMON, IDENTIFIERS},
    {"html4", WRITE, HTML, HTML_DEFAULTS},
    {"html5", WRITE, HTML, HTML_DEFAULTS},
    {"html", BOTH, HTML, HTML_DEFAULTS},
    {"icml", WRITE, COMMON, IDENTIFIERS},
    {"ipynb", BOTH,
     "abbreviations alerts all_symbols_escapable angle_brackets_escapable "
     "ascii_identifiers auto_identifiers autolink_bare_uris backtick_code_blocks "
     "blank_before_blockquote blank_before_header bracketed_spans citations "
     "definition_lists east_asian_line_breaks emoji escaped_line_breaks example_lists "
     "fancy_lists fenced_code_attributes fenced_code_blocks fenced_divs footnotes "
     "four_space_rule gfm_auto_identifiers grid_tables gutenberg hard_line_breaks "
     "header_attributes table_attributes ignore_line_breaks implicit_figures "
     "implicit_header_references inline_code_attributes inline_notes "
     "intraword_underscores latex_macros line_blocks link_attributes "
     "lists_without_preceding_blankline literate_haskell mark markdown_attribute "
     "markdown_in_html_blocks mmd_header_identifiers mmd_link_attributes "
     "mmd_title_block multiline_tables native_divs native_spans old_dashes "
     "pandoc_title_block pipe_tables raw_attribute raw_html raw_tex raw_markdown "
     "rebase_relative_paths short_subsuperscripts shortcut_reference_links "
     "simple_tables smart space_in_atx_header spaced_reference_links startnum "
     "strikeout subscript superscript task_lists table_captions tex_math_dollars "
     "tex_math_double_backslash tex_math_single_backslash wikilinks_title_after_pipe "
     "wikilinks_title_before_pipe yaml_metadata_block",
     "all_symbols_escapable auto_identifiers autolink_bare_uris backtick_code_blocks "
     "fenced_code_blocks gfm_auto_identifiers intraword_underscores "
     "lists_without_preceding_blankline pipe_tables raw_html shortcut_reference_links "
     "space_in_atx_header strikeout task_lists tex_math_dollars"},
    {"jats_archiving", WRITE, JATS, IDENTIFIERS},
    {"jats_articleauthoring", WRITE, JATS, IDENTIFIERS},
    {"jats_publishing", WRITE, JATS, IDENTIFIERS},
    {"jats", BOTH, JATS, IDENTIFIERS},
    {"jira", BOTH, COMMON, IDENTIFIERS},
    {"json", BOTH, COMMON, IDENTIFIERS},
    {"latex", BOTH, LATEX, LATEX_DEFAULTS},
    {"man", BOTH, ANY_IDENTIFIERS, IDENTIFIERS},
    {"markdown_github", BOTH,
     MARKDOWN,
     "alerts all_symbols_escapable auto_identifiers autolink_bare_uris "
     "backtick_code_blocks emoji fenced_code_blocks footnotes gfm_auto_identifiers "
     "intraword_underscores lists_without_preceding_blankline pipe_tables raw_html "
     "shortcut_reference_links space_in_atx_header strikeout task_lists"},
    {"markdown_mmd", BOTH,
     MARKDOWN,
     "all_symbols_escapable auto_identifiers backtick_code_blocks definition_lists "
     "footnotes implicit_figures implicit_header_references intraword_underscores "
     "markdown_attribute mmd_header_identifiers mmd_link_attributes mmd_title_block "
     "pipe_tables raw_attribute raw_html short_subsuperscripts "
     "shortcut_reference_links spaced_reference_links subscript superscript "
     "tex_math_dollars tex_math_double_backslash"},
    {"markdown_phpextra", BOTH,
     MARKDOWN,
     "abbreviations definition_lists fenced_code_blocks footnotes header_attributes "
     "intraword_underscores link_attributes markdown_attribute pipe_tables raw_html "
     "shortcut_reference_links spaced_reference_links"},
    {"markdown_strict", BOTH,
     MARKDOWN,
     "raw_html shortcut_reference_links spaced_reference_links"},
    {"markdown", BOTH,
     MARKDOWN,
     "all_symbols_escapable auto_identifiers backtick_code_blocks "
     "blank_before_blockquote blank_before_header bracketed_spans citations "
     "definition_lists escaped_line_breaks example_lists fancy_lists "
     "fenced_code_attributes fenced_code_blocks fenced_divs footnotes grid_tables "
     "header_attributes table_attributes implicit_figures implicit_header_references "
     "inline_code_attributes inline_notes intraword_underscores latex_macros "
     "line_blocks link_attributes markdown_in_html_blocks multiline_tables "
     "native_divs native_spans pandoc_title_block pipe_tables raw_attribute raw_html "
     "raw_tex shortcut_reference_links simple_tables smart space_in_atx_header "
     "startnum strikeout subscript superscript task_lists table_captions "
     "tex_math_dollars yaml_metadata_block"},
    {"markua", WRITE, COMMON, ""},
    {"mdoc", READ, COMMON, IDENTIFIERS},
    {"mediawiki", BOTH, WIKI, IDENTIFIERS},
    {"ms", WRITE, COMMON, IDENTIFIERS},
    {"muse", BOTH,
     "amuse ascii_identifiers auto_identifiers east_asian_line_breaks "
     "gfm_auto_identifiers",
     "amuse auto_identifiers"},
    {"native", BOTH, COMMON, IDENTIFIERS},
    {"odt", BOTH,
     "ascii_identifiers auto_identifiers east_asian_line_breaks empty_paragraphs "
     "gfm_auto_identifiers native_numbering xrefs_name xrefs_number",
     IDENTIFIERS},
    {"opendocument", WRITE,
     "east_asian_line_breaks empty_paragraphs native_numbering xrefs_name "
     "xrefs_number",
     IDENTIFIERS},
    {"opml", BOTH,
     MARKDOWN,
     "all_symbols_escapable auto_identifiers backtick_code_blocks "
     "blank_before_blockquote blank_before_header bracketed_spans citations "
     "definition_lists escaped_line_breaks example_lists fancy_lists "
     "fenced_code_attributes fenced_code_blocks fenced_divs footnotes grid_tables "
     "header_attributes table_attributes implicit_figures implicit_header_references "
     "inline_code_attributes inline_notes intraword_underscores latex_macros "
     "line_blocks link_attributes markdown_in_html_blocks multiline_tables "
     "native_divs native_spans pandoc_title_block pipe_tables raw_attribute raw_html "
     "raw_tex shortcut_reference_links simple_tables smart space_in_atx_header "
     "startnum strikeout subscript superscript task_lists table_captions "
     "tex_math_dollars yaml_metadata_block"},
    {"org", BOTH,
     "ascii_identifiers auto_identifiers citations east_asian_line_breaks fancy_lists "
     "gfm_auto_identifiers smart smart_quotes special_strings task_lists",
     "auto_identifiers citations special_strings task_lists"},
    {"plain", WRITE,
     MARKDOWN,
     "blank_before_blockquote blank_before_header definition_lists example_lists "
     "fancy_lists grid_tables implicit_figures intraword_underscores latex_macros "
     "multiline_tables simple_tables startnum strikeout table_captions"},
    {"pod", READ, COMMON, IDENTIFIERS},
    {"pptx", BOTH, COMMON, IDENTIFIERS},
    {"revealjs", WRITE, COMMON, IDENTIFIERS},
    {"ris", READ, COMMON, IDENTIFIERS},
    {"rst", BOTH,
     "ascii_identifiers auto_identifiers east_asian_line_breaks gfm_auto_identifiers "
     "literate_haskell smart",
     IDENTIFIERS},
    {"rtf", BOTH, COMMON, IDENTIFIERS},
    {"s5", WRITE, COMMON, IDENTIFIERS},
    {"slideous", WRITE, COMMON, IDENTIFIERS},
    {"slidy", WRITE, COMMON, IDENTIFIERS},
    {"t2t", READ, COMMON, IDENTIFIERS},
    {"tei", WRITE, COMMON, IDENTIFIERS},
    {"texinfo", WRITE, COMMON, IDENTIFIERS},
    {"textile", BOTH,
     "ascii_identifiers auto_identifiers east_asian_line_breaks gfm_auto_identifiers "
     "old_dashes raw_tex smart",
     "auto_identifiers old_dashes raw_html smart"},
    {"tikiwiki", READ, ANY_IDENTIFIERS, IDENTIFIERS},
    {"tsv", READ, COMMON, IDENTIFIERS},
    {"twiki", READ, WIKI, IDENTIFIERS},
    {"typst", BOTH, "citations east_asian_line_breaks smart", "citations smart"},
    {"vimdoc", WRITE, COMMON, IDENTIFIERS},
    {"vimwiki", READ, ANY_IDENTIFIERS, IDENTIFIERS},
    {"xlsx", READ, COMMON, IDENTIFIERS},
    {"xml", BOTH, COMMON, IDENTIFIERS},
    {"xwiki", WRITE, COMMON, IDENTIFIERS},
    {"zimwiki", WRITE, COMMON, IDENTIFIERS},
};

enum { FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS };

static const char *const NAMES[OD_EXTENSION_COUNT] = {
#define EXTENSION(name) #name,
    OD_EXTENSIONS(EXTENSION)
#undef EXTENSION
};

const char *od_extension_name(od_extension extension) {
    return NAMES[extension];
}

static bool is_name(od_slice text, const char *name) {
    return text.size == strlen(name) && strncasecmp(text.data, name, text.size) == 0;
}

bool od_extension_find(od_slice name, od_extension *extension) {
    for (int i = 0; i < OD_EXTENSION_COUNT; i++) {
        if (!is_name(name, NAMES[i])) continue;
        *extension = (od_extension)i;
        return true;
    }
    return false;
}

static const format *find(od_slice name) {
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (is_name(name, FORMATS[i].name)) return &FORMATS[i];
    return NULL;
}

static od_extensions read_names(const char *names) {
    od_extensions set = {0};
    od_extension extension;
    for (const char *end; *names; names = *end ? end + 1 : end) {
        end = strchr(names, ' ');
        if (!end) end = names + strlen(names);
        if (od_extension_find((od_slice){names, (size_t)(end - names)}, &extension))
            od_extensions_put(&set, extension, true);
    }
    return set;
}

void od_format_extensions(od_slice name, od_extensions *known, od_extensions *defaults) {
    const format *const f = find(name);
    *known = read_names(f ? f->known : COMMON);
    *defaults = read_names(f ? f->defaults : IDENTIFIERS);
}

const char *od_format_name(size_t index, od_format_use use) {
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (FORMATS[i].use & (int)use && index-- == 0) return FORMATS[i].name;
    return NULL;
}

// ---- reading -----------------------------------------------------------------------------------

static bool is_sign(char byte) {
    return byte == '+' || byte == '-';
}

static size_t name_end(od_slice text, size_t at) {
    while (at < text.size && !is_sign(text.data[at])) at++;
    return at;
}

static od_status refuse_syntax(od_arena *arena, od_slice text, od_slice *error) {
    const od_slice found = text.size ? od_arena_concat(arena, OD_SLICE("'"),
                                                       od_slice_cut(text, 0, 1), OD_SLICE("'"))
                                     : OD_SLICE("end of input");
    *error = od_arena_concat(arena, OD_SLICE("Error parsing format '"), text,
                             OD_SLICE("': (line 1, column 1):\nunexpected "), found);
    return OD_INVALID;
}

static od_status refuse_extension(od_arena *arena, od_slice extension, od_slice name,
                                  od_slice *error) {
    *error = od_arena_concat(arena, OD_SLICE("The extension '"), extension,
                             OD_SLICE("' is not supported for "), name,
                             OD_SLICE(".\nUse --list-extensions="), name,
                             OD_SLICE(" to list supported extensions."));
    return OD_INVALID;
}

od_status od_format_spec_read(od_arena *arena, od_slice text, od_format_use use,
                              od_format_spec *spec, od_slice *error) {
    const size_t end = name_end(text, 0);
    if (end == 0) return refuse_syntax(arena, text, error);
    const od_slice name = od_slice_cut(text, 0, end);
    const format *const f = find(name);
    if (!f || !(f->use & (int)use)) {
        const od_slice start = use == OD_FORMAT_READ ? OD_SLICE("Unknown input format '")
                                                     : OD_SLICE("Unknown output format '");
        *error = od_arena_concat(arena, start, name, OD_SLICE("'"));
        return OD_INVALID;
    }
    const od_extensions known = read_names(f->known);
    od_format_spec made = {od_slice_of(f->name), read_names(f->defaults)};
    for (size_t at = end, stop; at < text.size; at = stop) {
        stop = name_end(text, at + 1);
        const od_slice wanted = od_slice_cut(text, at + 1, stop);
        od_extension extension;
        if (!od_extension_find(wanted, &extension) || !od_extensions_have(&known, extension))
            return refuse_extension(arena, wanted, made.name, error);
        od_extensions_put(&made.extensions, extension, text.data[at] == '+');
    }
    *spec = made;
    return OD_OK;
}
