// Blocks of pandoc's Markdown.
#include "document/pandoc_markdown.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "data/value.h"

#include <strings.h>

od_node *od_pm_add(od_pm *pm, od_node *parent, od_node_type type) {
    od_node *const node = od_node_new(pm->arena, type, OD_NO_SPAN);
    od_node_append(parent, node);
    return node;
}

void od_pm_pend(od_pm *pm, od_node *leaf, od_slice text, unsigned flags, size_t depth) {
    if (flags & OD_PM_DISCARD || !text.size) return;
    od_node *const node = od_pm_add(pm, leaf, OD_TEXT);
    if (depth > od_limit_value(CONTAINERS)) {
        node->leaf.text = od_arena_copy(pm->arena, text);
        return;
    }
    node->flags |= OD_FRESH;
    node->span.start = pm->pending.count;
    *od_array_push(&pm->scratch, &pm->pending) = (od_pm_pending){text, flags, depth};
}

static void refuse_depth(od_pm *pm) {
    if (pm->status != OD_OK) return;
    pm->status = OD_LIMIT;
    const od_text text = OD_SAY("nested quotes, lists and divs go deeper than {1} levels",
                                "引用、列表和块的嵌套超过{1}层");
    const od_slice most = od_arena_number(pm->failures->arena, od_limit_value(CONTAINERS));
    od_fail_at(pm->failures, pm->source, (od_span){0, 0}, od_say(pm->failures, text, most));
}

void od_pm_push(od_pm *pm, od_node *into, od_slice text, unsigned flags, size_t depth) {
    if (depth > od_limit_value(CONTAINERS)) {
        refuse_depth(pm);
        return;
    }
    *od_array_push(&pm->scratch, &pm->jobs) = (od_pm_job){into, text, 0, flags, depth};
}

// ---- lines -------------------------------------------------------------------------------------

// Returns how many columns of white space `line` begins with; `*size` is their bytes.
static size_t indent_of(od_slice line, size_t *size) {
    size_t columns = 0, at = 0;
    for (; at < line.size && od_pm_is_blank(line.data[at]); at++)
        columns += line.data[at] == '\t' ? 4 - columns % 4 : 1;
    *size = at;
    return columns;
}

// Returns `line` without up to three spaces before it, or the empty slice when it has more.
static od_slice unindented(od_slice line) {
    size_t size;
    return indent_of(line, &size) < 4 ? od_slice_from(line, size) : (od_slice){0};
}

static size_t count_run(od_slice line, size_t at, char mark) {
    size_t count = 0;
    while (od_pm_byte(line, at + count) == mark) count++;
    return count;
}

bool od_pm_is_rule(od_slice line) {
    size_t at = od_pm_skip_blanks(line, 0), count = 0;
    const char mark = od_pm_byte(line, at);
    if (!mark || !strchr("*-_", mark)) return false;
    for (; at < line.size; at++) {
        if (line.data[at] == mark) count++;
        else if (!od_pm_is_white(line.data[at])) return false;
    }
    return count >= 3;
}

// ---- code --------------------------------------------------------------------------------------

typedef struct fence {
    char mark;
    size_t size, indent;
    od_slice info;
} fence;

static bool read_fence(const od_pm *pm, od_slice line, fence *f) {
    size_t size;
    f->indent = indent_of(line, &size);
    if (f->indent > 3) return false;
    f->mark = od_pm_byte(line, size);
    const bool ticks = f->mark == '`' && od_pm_has(pm, OD_EXT_backtick_code_blocks);
    const bool tildes = f->mark == '~' && od_pm_has(pm, OD_EXT_fenced_code_blocks);
    if (!ticks && !tildes) return false;
    f->size = count_run(line, size, f->mark);
    f->info = od_slice_trim(od_slice_from(line, size + f->size));
    return f->size >= 3;
}

static bool closes_fence(od_slice line, const fence *f) {
    const od_slice text = unindented(line);
    const size_t count = count_run(text, 0, f->mark);
    return count >= f->size && od_pm_is_blank_line(od_slice_from(text, count));
}

static od_slice language_name(od_pm *pm, od_slice name) {
    const od_slice lower = od_pm_key(pm->arena, name);
    if (od_slice_is(lower, "c++")) return OD_SLICE("cpp");
    return od_slice_is(lower, "objective-c") ? OD_SLICE("objectivec") : lower;
}

// Reads what stands behind the fence; false when that is no attribute or name.
static bool read_info(od_pm *pm, od_slice info, const od_attr **attr, const char **format) {
    *attr = NULL;
    *format = NULL;
    if (!info.size) return true;
    if (od_pm_has(pm, OD_EXT_raw_attribute) &&
        od_pm_raw_attribute(pm->arena, info, 0, format) == info.size)
        return true;
    *format = NULL;
    size_t end = 0;
    while (end < info.size && !od_pm_is_white(info.data[end]) && !strchr("`{}", info.data[end]))
        end++;
    const od_slice name = od_slice_cut(info, 0, end);
    const size_t at = od_pm_skip_blanks(info, end);
    const od_attr *given = NULL;
    if (at < info.size && od_pm_attributes(pm->arena, info, at, &given) != info.size) return false;
    if (!name.size) {
        *attr = given;
        return true;
    }
    const size_t count = given ? given->class_count : 0;
    od_slice *const classes = od_arena_array(pm->arena, od_slice, count + 1);
    classes[0] = language_name(pm, name);
    for (size_t i = 0; i < count; i++) classes[i + 1] = given->classes[i];
    od_attr *const made = od_arena_new(pm->arena, od_attr);
    if (given) *made = *given;
    made->classes = classes;
    made->class_count = count + 1;
    *attr = made;
    return true;
}

bool od_pm_find_fence(const od_pm *pm, od_slice text, size_t at, size_t *end) {
    fence f;
    size_t next;
    if (!read_fence(pm, od_pm_line(text, at, &next), &f)) return false;
    if (f.mark == '`' && memchr(f.info.data ? f.info.data : "", '`', f.info.size)) return false;
    while (next < text.size)
        if (closes_fence(od_pm_line(text, next, &next), &f)) {
            *end = next;
            return true;
        }
    return false;
}

// Returns the code between the fences, each line with at most `indent` columns less.
static od_slice cut_code(od_pm *pm, od_slice text, size_t at, size_t end, const fence *f) {
    od_buf out = {0};
    for (size_t next; at < end; at = next) {
        od_slice line = od_pm_line(text, at, &next);
        if (next >= end && closes_fence(line, f)) break;
        size_t cut = 0;
        while (cut < f->indent && od_pm_byte(line, cut) == ' ') cut++;
        if (out.data) od_buf_byte(&out, '\n');
        else od_buf_reserve(&out, 1);
        od_buf_add(&out, od_slice_from(line, cut));
    }
    const od_slice code = od_arena_copy(pm->arena, od_buf_slice(&out));
    od_buf_free(&out);
    return code;
}

static bool read_fenced_code(od_pm *pm, od_pm_job *job) {
    fence f = {0};
    const od_attr *attr;
    const char *format;
    size_t end, next;
    if (!od_pm_find_fence(pm, job->text, job->at, &end)) return false;
    read_fence(pm, od_pm_line(job->text, job->at, &next), &f);
    if (!read_info(pm, f.info, &attr, &format)) return false;
    od_node *const node = od_pm_add(pm, job->into, format ? OD_RAW_BLOCK : OD_CODE_BLOCK);
    node->leaf.text = cut_code(pm, job->text, next, end, &f);
    if (format) node->leaf.format = format;
    else node->leaf.attr = attr;
    job->at = end;
    return true;
}

static bool read_indented_code(od_pm *pm, od_pm_job *job) {
    size_t next, size, at = job->at, end = at;
    od_buf out = {0};
    size_t kept = 0;
    for (; at < job->text.size; at = next) {
        const od_slice line = od_pm_line(job->text, at, &next);
        const bool blank = od_pm_is_blank_line(line);
        if (!blank && indent_of(line, &size) < 4) break;
        size_t cut = 0, columns = 0;
        while (columns < 4 && cut < line.size && od_pm_is_blank(line.data[cut]))
            columns += line.data[cut++] == '\t' ? 4 - columns % 4 : 1;
        od_buf_add(&out, od_slice_from(line, cut));
        od_buf_byte(&out, '\n');
        if (blank) continue;
        kept = out.size - 1;
        end = next;
    }
    if (!kept) {
        od_buf_free(&out);
        return false;
    }
    out.size = kept;
    od_node *const node = od_pm_add(pm, job->into, OD_CODE_BLOCK);
    node->leaf.text = od_arena_copy(pm->arena, od_buf_slice(&out));
    od_buf_free(&out);
    job->at = end;
    return true;
}

// ---- headings ----------------------------------------------------------------------------------

static void add_heading(od_pm *pm, od_pm_job *job, int level, od_slice text, const od_attr *attr) {
    od_node *const node = od_pm_add(pm, job->into, OD_HEADING);
    node->heading.level = level;
    node->heading.attr = attr;
    od_pm_pend(pm, node, od_slice_trim(text), job->flags, job->depth);
}

// Cuts `{…}` off the end of `text` into `*attr`.
static od_slice cut_attributes(od_pm *pm, od_slice text, const od_attr **attr) {
    *attr = NULL;
    text = od_slice_trim(text);
    if (!text.size || text.data[text.size - 1] != '}') return text;
    for (size_t at = text.size; at-- > 0;) {
        if (text.data[at] != '{') continue;
        if (od_pm_attributes(pm->arena, text, at, attr) != text.size) {
            *attr = NULL;
            return text;
        }
        return od_slice_trim(od_slice_cut(text, 0, at));
    }
    return text;
}

static od_slice cut_hashes(od_slice text) {
    size_t end = text.size;
    while (end > 0 && text.data[end - 1] == '#') end--;
    if (end > 0 && text.data[end - 1] == '\\') return text;
    return od_slice_trim(od_slice_cut(text, 0, end));
}

static bool read_atx(od_pm *pm, od_pm_job *job, od_slice line, size_t next) {
    const size_t level = count_run(line, 0, '#');
    if (!level) return false;
    const bool spaced = od_pm_is_blank(od_pm_byte(line, level)) || level == line.size;
    if (od_pm_has(pm, OD_EXT_space_in_atx_header) && !spaced) return false;
    // `#. x` is a list.
    if (!spaced && strchr(".)", od_pm_byte(line, level))) return false;
    const od_attr *attr = NULL;
    od_slice text = od_slice_from(line, level);
    if (od_pm_has(pm, OD_EXT_header_attributes)) text = cut_attributes(pm, text, &attr);
    add_heading(pm, job, (int)level, cut_hashes(od_slice_trim(text)), attr);
    job->at = next;
    return true;
}

static bool read_heading(od_pm *pm, od_pm_job *job) {
    size_t next, after;
    const od_slice line = od_pm_line(job->text, job->at, &next);
    if (read_atx(pm, job, line, next)) return true;
    if (od_pm_is_blank_line(line) || next >= job->text.size) return false;
    const od_slice below = od_pm_line(job->text, next, &after);
    const char mark = od_pm_byte(below, 0);
    if (mark != '=' && mark != '-') return false;
    if (!od_pm_is_blank_line(od_slice_from(below, count_run(below, 0, mark)))) return false;
    const od_attr *attr = NULL;
    od_slice text = line;
    if (od_pm_has(pm, OD_EXT_header_attributes)) text = cut_attributes(pm, text, &attr);
    add_heading(pm, job, mark == '=' ? 1 : 2, text, attr);
    job->at = after;
    return true;
}

static bool read_rule(od_pm *pm, od_pm_job *job) {
    size_t next;
    if (!od_pm_is_rule(od_pm_line(job->text, job->at, &next))) return false;
    od_pm_add(pm, job->into, OD_HORIZONTAL_RULE);
    job->at = next;
    return true;
}

// ---- quotes and lines --------------------------------------------------------------------------

static bool read_quote(od_pm *pm, od_pm_job *job) {
    size_t next, at = job->at;
    if (od_pm_byte(unindented(od_pm_line(job->text, at, &next)), 0) != '>') return false;
    od_buf out = {0};
    for (; at < job->text.size; at = next) {
        od_slice line = od_pm_line(job->text, at, &next);
        const od_slice text = unindented(line);
        if (od_pm_byte(text, 0) == '>')
            line = od_slice_from(text, od_pm_byte(text, 1) == ' ' ? 2 : 1);
        else if (od_pm_is_blank_line(line)) break;
        else if (job->flags & OD_PM_IN_LIST && od_pm_starts_list(pm, job->text, at)) break;
        od_buf_add(&out, line);
        od_buf_byte(&out, '\n');
    }
    od_buf_byte(&out, '\n');
    od_node *const quote = od_pm_add(pm, job->into, OD_BLOCK_QUOTE);
    job->at = at;
    od_pm_push(pm, quote, od_arena_copy(&pm->scratch, od_buf_slice(&out)),
               job->flags & ~(unsigned)(OD_PM_IN_LIST | OD_PM_IN_DIV), job->depth + 1);
    od_buf_free(&out);
    return true;
}

static bool is_line(od_slice line) {
    return od_pm_byte(line, 0) == '|' && (line.size == 1 || od_pm_is_blank(line.data[1]));
}

// Returns a line's text with the spaces it begins with made to stay, and the lines that continue
// it.
static od_slice line_text(od_pm *pm, od_slice text, od_slice line, size_t *next) {
    od_buf out = {0};
    size_t at = 2;
    for (; od_pm_byte(line, at) == ' '; at++) od_buf_add(&out, OD_SLICE("\xC2\xA0"));
    if (at < line.size) od_buf_add(&out, od_slice_from(line, at));
    else out.size = 0;
    while (*next < text.size && text.data[*next] == ' ' && out.size) {
        size_t after;
        const od_slice more = od_pm_line(text, *next, &after);
        if (od_pm_is_blank_line(more)) break;
        od_buf_byte(&out, ' ');
        od_buf_add(&out, od_slice_trim(more));
        *next = after;
    }
    const od_slice made = od_arena_copy(&pm->scratch, od_buf_slice(&out));
    od_buf_free(&out);
    return made;
}

static bool read_line_block(od_pm *pm, od_pm_job *job) {
    size_t next;
    od_slice line = od_pm_line(job->text, job->at, &next);
    if (!od_pm_has(pm, OD_EXT_line_blocks) || !is_line(line)) return false;
    od_node *const block = od_pm_add(pm, job->into, OD_LINE_BLOCK);
    while (job->at < job->text.size) {
        line = od_pm_line(job->text, job->at, &next);
        if (!is_line(line)) break;
        const od_slice text = line_text(pm, job->text, line, &next);
        od_pm_pend(pm, od_pm_add(pm, block, OD_LINE), text, job->flags, job->depth);
        job->at = next;
    }
    return true;
}

// ---- divs --------------------------------------------------------------------------------------

// Whether `line` opens a div; sets `*attr`.
static bool opens_div(od_arena *arena, od_slice line, const od_attr **attr) {
    size_t at = count_run(line, 0, ':');
    if (at < 3) return false;
    at = od_pm_skip_blanks(line, at);
    if (at >= line.size) return false;
    size_t end = od_pm_attributes(arena, line, at, attr);
    if (end == SIZE_MAX) {
        for (end = at; end < line.size && !od_pm_is_white(line.data[end]); end++) continue;
        *attr = od_pm_class(arena, od_slice_cut(line, at, end));
    }
    end = od_pm_skip_blanks(line, end);
    end += count_run(line, end, ':');
    return od_pm_is_blank_line(od_slice_from(line, end));
}

static bool closes_div(od_slice line) {
    const size_t count = count_run(line, 0, ':');
    return count >= 3 && od_pm_is_blank_line(od_slice_from(line, count));
}

// Returns where the line starts that closes the div whose text starts at `at`; without one a div
// goes up to the end.
static size_t div_end(od_pm *pm, od_slice text, size_t at, size_t *after) {
    size_t open = 1, next;
    bool fresh = true;
    const od_attr *attr;
    for (; at < text.size; at = next) {
        if (fresh && od_pm_find_fence(pm, text, at, &next)) continue;
        const od_slice line = od_pm_line(text, at, &next);
        *after = next;
        if (closes_div(line) && --open == 0) return at;
        const od_mark mark = od_arena_mark(&pm->scratch);
        const bool opens = fresh && opens_div(&pm->scratch, line, &attr);
        od_arena_rewind(&pm->scratch, mark);
        if (opens) open++;
        fresh = opens || closes_div(line) || od_pm_is_blank_line(line);
    }
    *after = text.size;
    return text.size;
}

static bool read_div(od_pm *pm, od_pm_job *job) {
    size_t next, after;
    const od_attr *attr;
    if (!od_pm_has(pm, OD_EXT_fenced_divs)) return false;
    if (!opens_div(pm->arena, od_pm_line(job->text, job->at, &next), &attr)) return false;
    const size_t end = div_end(pm, job->text, next, &after);
    od_node *const div = od_pm_add(pm, job->into, OD_DIV);
    div->attr = attr;
    job->at = after;
    const od_slice text = od_arena_concat(&pm->scratch, od_slice_cut(job->text, next, end),
                                          OD_SLICE("\n"));
    od_pm_push(pm, div, text, job->flags & ~(unsigned)OD_PM_IN_LIST, job->depth + 1);
    return true;
}

// ---- HTML and TeX ------------------------------------------------------------------------------

static void add_raw(od_pm *pm, od_pm_job *job, size_t start, size_t end, const char *format) {
    od_node *const node = od_pm_add(pm, job->into, OD_RAW_BLOCK);
    node->leaf.text = od_arena_copy(pm->arena, od_slice_cut(job->text, start, end));
    node->leaf.format = format;
    job->at = end;
}

static bool is_tag_name(od_slice name, const char *wanted) {
    return name.size == strlen(wanted) && strncasecmp(name.data, wanted, name.size) == 0;
}

// Tags that are blocks where a block may start, and else inlines.
static bool is_either_tag(od_slice name) {
    static const char *const NAMES[] = {"audio", "button", "iframe", "video", "noscript", "object",
                                        "svg", "progress", "embed", "map", "area", "applet"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (is_tag_name(name, NAMES[i])) return true;
    return false;
}

static bool is_verbatim(od_slice name) {
    return is_tag_name(name, "pre") || is_tag_name(name, "script") || is_tag_name(name, "style") ||
           is_tag_name(name, "textarea");
}

static void read_html_div(od_pm *pm, od_pm_job *job, size_t at, const od_pm_tag *tag) {
    size_t end;
    size_t close = od_pm_find_closing(job->text, tag->end, tag->name, &end);
    if (close == SIZE_MAX) close = end = job->text.size;
    od_node *const div = od_pm_add(pm, job->into, OD_DIV);
    div->attr = od_pm_tag_attr(pm->arena, od_slice_cut(job->text, at, tag->end));
    const od_slice text = od_slice_cut(job->text, tag->end, close);
    const bool lines = od_slice_ends(text, OD_SLICE("\n"));
    job->at = end;
    od_pm_push(pm, div, od_arena_concat(&pm->scratch, text, lines ? OD_SLICE("\n") : OD_SLICE("")),
               job->flags & ~(unsigned)OD_PM_IN_LIST, job->depth + 1);
}

static bool read_html(od_pm *pm, od_pm_job *job) {
    const size_t at = od_pm_skip_blanks(job->text, job->at);
    od_pm_tag tag;
    if (at - job->at > 3 || od_pm_byte(job->text, at) != '<') return false;
    if (!od_pm_read_tag(job->text, at, &tag)) return false;
    if (tag.name.size && !od_pm_is_block_tag(tag.name) && !is_either_tag(tag.name)) return false;
    const bool opening = tag.name.size && !tag.closing && !tag.empty;
    if (opening && od_pm_has(pm, OD_EXT_native_divs) && is_tag_name(tag.name, "div")) {
        read_html_div(pm, job, at, &tag);
        return true;
    }
    if (!od_pm_has(pm, OD_EXT_raw_html)) return false;
    size_t end = tag.end;
    if (opening && is_verbatim(tag.name)) {
        if (od_pm_find_closing(job->text, tag.end, tag.name, &end) == SIZE_MAX) end = tag.end;
    }
    add_raw(pm, job, at, end, "html");
    return true;
}

// Reads `\begin{x}` up to its `\end{x}`.
static bool read_environment(od_pm *pm, od_pm_job *job) {
    const size_t at = od_pm_skip_blanks(job->text, job->at);
    const od_slice here = od_slice_from(job->text, at), begin = OD_SLICE("\\begin{");
    if (at - job->at > 3 || !od_slice_starts(here, begin)) return false;
    const char *const hit = memchr(here.data, '}', here.size);
    if (!hit) return false;
    const od_slice name = od_slice_cut(here, begin.size, (size_t)(hit - here.data) + 1);
    const od_slice open = od_slice_cut(here, 0, (size_t)(hit - here.data) + 1);
    const od_slice close = od_arena_concat(&pm->scratch, OD_SLICE("\\end{"), name);
    size_t from = open.size, depth = 1;
    while (depth) {
        const size_t end = od_slice_find(here, close, from);
        if (end == SIZE_MAX) return false;
        const size_t inner = od_slice_find(od_slice_cut(here, 0, end), open, from);
        if (inner != SIZE_MAX) depth++;
        else depth--;
        from = inner != SIZE_MAX ? inner + open.size : end + close.size;
    }
    add_raw(pm, job, at, at + from, "tex");
    return true;
}

// Commands that stand in a text; any other one that has a line to itself is a block.
// Source: pandoc, Text.Pandoc.Readers.LaTeX.
static bool is_inline_command(od_slice name) {
    static const char *const NAMES[] = {
        "emph",    "textbf",   "textit",   "texttt",  "textsc",    "textsf",    "textrm",
        "textmd",  "textup",   "textsl",   "textnormal", "textquotesingle", "textquotedbl", "bf",
        "it",      "tt",       "em",       "underline", "uline",   "sout",      "LaTeX",
        "TeX",     "ldots",    "dots",     "vdots",   "mdots",     "cite",      "citep",
        "citet",   "citeauthor", "citeyear", "textcite", "parencite", "autocite", "footcite",
        "ref",     "eqref",    "autoref",  "cref",    "Cref",      "pageref",   "label",
        "href",    "url",      "footnote", "mbox",    "hbox",      "verb",      "lstinline",
        "includegraphics", "textsuperscript", "textsubscript", "enquote", "ensuremath", "nolinkurl",
        "slshape", "scshape",  "bfseries", "textcolor", "colorbox", "gls",       "ac",
        "hyperlink", "hypertarget", "phantom", "quad", "qquad", "textasciitilde", "textbackslash",
        "ss",      "o",        "O",        "l",       "L",         "aa",        "AA",
        "ae",      "AE",       "oe",       "OE",      "pounds",    "euro",      "copyright",
        "P",       "S",        "c",        "H",       "u",         "v",         "i",
        "j",       "nocite",   "foreignlanguage", "textgreek", "SI", "num",     "unit", "qty"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (od_slice_is(name, NAMES[i])) return true;
    return false;
}

// Returns the end of `{…}` or `[…]` at `at`, or SIZE_MAX.
static size_t group_end(od_slice text, size_t at) {
    const char open = text.data[at], close = open == '{' ? '}' : ']';
    size_t depth = 0;
    for (; at < text.size; at++) {
        const char c = text.data[at];
        if (c == '\\') at++;
        else if (c == open) depth++;
        else if (c == close && --depth == 0) return at + 1;
        else if (c == '\n' && od_pm_byte(text, od_pm_skip_blanks(text, at + 1)) == '\n')
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

// Reads a command with its arguments that has a line to itself.
static bool read_command(od_pm *pm, od_pm_job *job) {
    const od_slice text = job->text;
    const size_t at = od_pm_skip_blanks(text, job->at);
    size_t end = at + 1;
    if (at - job->at > 3 || od_pm_byte(text, at) != '\\') return false;
    while (od_is_ascii_alpha((unsigned char)od_pm_byte(text, end))) end++;
    if (end == at + 1 || is_inline_command(od_slice_cut(text, at + 1, end))) return false;
    if (od_pm_byte(text, end) == '*') end++;
    for (;;) {
        const size_t next = od_pm_skip_blanks(text, end);
        const char c = od_pm_byte(text, next);
        if (c == '\n' || !c) break;
        if (c != '{' && c != '[') return false;
        end = group_end(text, next);
        if (end == SIZE_MAX) return false;
    }
    add_raw(pm, job, at, end, "tex");
    return true;
}

static bool read_tex(od_pm *pm, od_pm_job *job) {
    return od_pm_has(pm, OD_EXT_raw_tex) && (read_environment(pm, job) || read_command(pm, job));
}

// ---- definitions -------------------------------------------------------------------------------

// Reads `[label]:` at `at`; returns the offset behind the colon, or SIZE_MAX.
static size_t label_end(od_slice text, size_t at, od_slice *label) {
    if (od_pm_byte(text, at) != '[') return SIZE_MAX;
    size_t open = 1, i = at + 1;
    for (; i < text.size && open; i++) {
        const char c = text.data[i];
        if (c == '\\') i++;
        else if (c == '[') open++;
        else if (c == ']') open--;
        else if (c == '\n' && od_pm_byte(text, od_pm_skip_blanks(text, i + 1)) == '\n')
            return SIZE_MAX;
    }
    if (open || i > text.size || od_pm_byte(text, i) != ':') return SIZE_MAX;
    *label = od_slice_cut(text, at + 1, i - 1);
    return i + 1;
}

static size_t up_to_three(od_slice text, size_t at) {
    const size_t start = od_pm_skip_blanks(text, at);
    return start - at > 3 ? at : start;
}

static bool is_note_label(od_slice label) {
    if (label.size < 2 || label.data[0] != '^') return false;
    for (size_t i = 1; i < label.size; i++)
        if (od_pm_is_white(label.data[i])) return false;
    return true;
}

// Adds lines up to a blank one, each without the indentation of a block.
static size_t add_note_lines(od_slice text, size_t at, od_buf *out) {
    for (size_t next; at < text.size; at = next) {
        const od_slice line = od_pm_line(text, at, &next);
        od_slice label;
        if (od_pm_is_blank_line(line)) break;
        if (out->size && label_end(text, up_to_three(text, at), &label) != SIZE_MAX &&
            is_note_label(label))
            break;
        size_t cut = 0;
        while (cut < 4 && od_pm_byte(line, cut) == ' ') cut++;
        if (cut < 4 && od_pm_byte(line, cut) == '\t') cut++;
        else if (cut < 4) cut = 0;
        od_buf_add(out, od_slice_from(line, cut));
        od_buf_byte(out, '\n');
    }
    return at;
}

static bool is_indented(od_slice line) {
    size_t size;
    return !od_pm_is_blank_line(line) && indent_of(line, &size) >= 4;
}

static size_t skip_blank_lines(od_slice text, size_t at) {
    for (size_t next; at < text.size; at = next)
        if (!od_pm_is_blank_line(od_pm_line(text, at, &next))) break;
    return at;
}

static bool read_note(od_pm *pm, od_pm_job *job) {
    od_slice label;
    size_t next;
    size_t at = label_end(job->text, up_to_three(job->text, job->at), &label);
    if (!od_pm_has(pm, OD_EXT_footnotes) || at == SIZE_MAX || !is_note_label(label)) return false;
    od_buf out = {0};
    at = od_pm_skip_blanks(job->text, at);
    if (od_pm_byte(job->text, at) == '\n') at++;
    at = add_note_lines(job->text, at, &out);
    for (;;) {
        const size_t rest = skip_blank_lines(job->text, at);
        if (rest == at || rest >= job->text.size) break;
        if (!is_indented(od_pm_line(job->text, rest, &next))) break;
        od_buf_byte(&out, '\n');
        at = add_note_lines(job->text, rest, &out);
    }
    od_buf_byte(&out, '\n');
    const od_slice text = od_arena_copy(&pm->scratch, od_buf_slice(&out));
    od_buf_free(&out);
    *od_array_push(&pm->scratch, &pm->note_names) = (od_name){label, pm->notes.count};
    *od_array_push(&pm->scratch, &pm->notes) = (od_pm_text){label, text};
    job->at = at;
    od_pm_push(pm, od_node_new(&pm->scratch, OD_NOTE, OD_NO_SPAN), text,
               OD_PM_DISCARD | OD_PM_IN_NOTE, job->depth + 1);
    return true;
}

static bool read_reference(od_pm *pm, od_pm_job *job) {
    od_slice label;
    od_link link;
    size_t at = label_end(job->text, up_to_three(job->text, job->at), &label);
    if (at == SIZE_MAX || od_slice_trim(label).size == 0) return false;
    if (label.data[0] == '^' && od_pm_has(pm, OD_EXT_footnotes)) return false;
    if (label.data[0] == '@' && od_pm_has(pm, OD_EXT_citations)) return false;
    const size_t end = od_pm_definition_source(pm->arena, job->text, at, &link);
    if (end == SIZE_MAX) return false;
    const od_slice key = od_pm_key(&pm->scratch, label);
    *od_array_push(&pm->scratch, &pm->reference_names) = (od_name){key, pm->references.count};
    *od_array_push(&pm->scratch, &pm->references) = (od_pm_reference){key, link};
    job->at = end < job->text.size ? end + 1 : end;
    return true;
}

// ---- metadata ----------------------------------------------------------------------------------

static bool is_fence_of_metadata(od_slice line, bool closing) {
    const od_slice text = od_slice_trim(line);
    if (line.size && od_pm_is_blank(line.data[0])) return false;
    return od_slice_is(text, "---") || (closing && od_slice_is(text, "..."));
}

// Whether YAML is a mapping or empty, or wrong; a lone list or text is no metadata.
static bool is_metadata(od_pm *pm, od_slice text) {
    od_source source;
    od_value value;
    od_diagnostics failures = {.arena = &pm->scratch};
    od_source_init(&source, &pm->scratch, "", text, 0);
    if (od_yaml_read(&pm->scratch, &source, (od_span){0, text.size}, &failures, &value) != OD_OK)
        return true;
    return value.kind == OD_MAPPING || value.kind == OD_NULL;
}

// Metadata is kept as text; pandoc_markdown.c reads it when all blocks are there.
static bool read_metadata(od_pm *pm, od_pm_job *job) {
    size_t next, at;
    if (!od_pm_has(pm, OD_EXT_yaml_metadata_block) || job->depth || job->flags & OD_PM_DISCARD)
        return false;
    if (!is_fence_of_metadata(od_pm_line(job->text, job->at, &next), false)) return false;
    const size_t start = next;
    if (start >= job->text.size || od_pm_is_blank_line(od_pm_line(job->text, start, &next)))
        return false;
    for (at = start; at < job->text.size; at = next) {
        if (!is_fence_of_metadata(od_pm_line(job->text, at, &next), true)) continue;
        if (!is_metadata(pm, od_slice_cut(job->text, start, at))) return false;
        od_node *const node = od_pm_add(pm, pm->meta, OD_META_STRING);
        node->leaf.text = od_slice_cut(job->text, start, at);
        job->at = next;
        return true;
    }
    return false;
}

// ---- paragraphs --------------------------------------------------------------------------------

// Whether a paragraph ends before the line at `at`.
static bool ends_before(const od_pm *pm, const od_pm_job *job, size_t at) {
    size_t next;
    const od_slice line = od_pm_line(job->text, at, &next);
    if (od_pm_is_blank_line(line)) return true;
    const bool lists =
        job->flags & OD_PM_IN_LIST || od_pm_has(pm, OD_EXT_lists_without_preceding_blankline);
    if (lists && od_pm_starts_list(pm, job->text, at)) return true;
    if (!od_pm_has(pm, OD_EXT_blank_before_blockquote) &&
        od_pm_byte(unindented(line), 0) == '>')
        return true;
    if (!od_pm_has(pm, OD_EXT_blank_before_header) && od_pm_byte(line, 0) == '#') return true;
    return od_pm_byte(unindented(line), 0) == '`' && od_pm_find_fence(pm, job->text, at, &next);
}

static bool starts_environment(od_slice text, size_t at) {
    return od_slice_starts(od_slice_from(text, at), OD_SLICE("\\begin{")) &&
           od_slice_find(text, OD_SLICE("\\end{"), at) != SIZE_MAX;
}

// Returns where in the paragraph [at, end) a tag of a block stands, or `end`.
static size_t find_block_tag(const od_pm *pm, od_slice text, size_t at, size_t end) {
    if (!od_pm_has(pm, OD_EXT_raw_html) && !od_pm_has(pm, OD_EXT_native_divs)) return end;
    while (at < end) {
        const char c = text.data[at];
        od_pm_tag tag;
        size_t after = at + 1;
        if (c == '\\') {
            if (od_pm_has(pm, OD_EXT_raw_tex) && starts_environment(text, at)) return at;
            after++;
        } else if (c == '`') {
            const size_t code = od_pm_code_end(od_slice_cut(text, 0, end), at);
            if (code != SIZE_MAX) after = code;
            else while (od_pm_byte(text, after) == '`') after++;
        } else if (c == '<' && od_pm_read_tag(text, at, &tag)) {
            if (tag.name.size && od_pm_is_block_tag(tag.name)) return at;
            after = tag.end;
        }
        at = after;
    }
    return end;
}

// Returns the text of a paragraph. Where the text of an item ends with it, spaces at its end are a
// line break.
static od_slice paragraph_text(od_slice text, size_t start, size_t end) {
    const od_slice cut = od_slice_cut(text, start, end), trimmed = od_slice_trim(cut);
    if (end < text.size || !od_slice_ends(cut, OD_SLICE("  \n")) || !trimmed.size) return trimmed;
    return od_slice_from(cut, (size_t)(trimmed.data - cut.data));
}

static void read_paragraph(od_pm *pm, od_pm_job *job) {
    size_t next, end;
    const size_t start = job->at;
    od_pm_line(job->text, start, &next);
    for (end = next; end < job->text.size; end = next) {
        if (ends_before(pm, job, end)) break;
        od_pm_line(job->text, end, &next);
    }
    size_t after = SIZE_MAX;
    bool para = end < job->text.size && od_pm_is_blank_line(od_pm_line(job->text, end, &after));
    if (!para && end < job->text.size)
        para = !(job->flags & OD_PM_IN_LIST) || !od_pm_starts_list(pm, job->text, end);
    const size_t tag = find_block_tag(pm, job->text, start + (start < end), end);
    if (tag < end) {
        end = tag;
        para = false;
    }
    od_node *const node = od_pm_add(pm, job->into, para ? OD_PARA : OD_PLAIN);
    od_pm_pend(pm, node, paragraph_text(job->text, start, end), job->flags | OD_PM_FIGURE,
               job->depth);
    job->at = end;
}

// ---- all ---------------------------------------------------------------------------------------

typedef bool block_reader(od_pm *pm, od_pm_job *job);

// In pandoc's order.
static block_reader *const READERS[] = {
    read_fenced_code, read_metadata,      od_pm_read_bullets, read_div,
    read_heading,     read_html,          od_pm_read_table,   read_indented_code,
    read_tex,         read_line_block,    read_quote,         read_rule,
    od_pm_read_numbers, od_pm_read_definitions, read_note,    read_reference,
};

static void read_block(od_pm *pm, od_pm_job *job) {
    for (size_t i = 0; i < sizeof READERS / sizeof *READERS; i++)
        if (READERS[i](pm, job)) return;
    read_paragraph(pm, job);
}

void od_pm_run(od_pm *pm, size_t base) {
    while (pm->jobs.count > base && pm->status == OD_OK) {
        const size_t index = pm->jobs.count - 1;
        od_pm_job job = pm->jobs.items[index];
        job.at = skip_blank_lines(job.text, job.at);
        if (job.at >= job.text.size) {
            pm->jobs.count--;
            continue;
        }
        read_block(pm, &job);
        pm->jobs.items[index].at = job.at;
    }
}
