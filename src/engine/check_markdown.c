// md-code, md-heading, md-list, md-paragraph, md-rule, md-setext: blocks that are not what they look like.
#include "engine/check_markdown.h"

#include "base/utf8.h"
#include "engine/check_text.h"

typedef od_markdown_checker checker;
typedef OD_ARRAY(od_edit) edit_list;

bool od_holds_chinese(od_slice text) {
    size_t size;
    for (size_t at = 0; at < text.size; at += size) {
        if ((unsigned char)text.data[at] < 0xE3) size = 1;
        else if (od_is_chinese(od_utf8_read(text, at, &size))) return true;
    }
    return false;
}

// ---- lines -------------------------------------------------------------------------------------

static od_span line_at(const checker *k, size_t offset) {
    return od_source_line(k->source, od_source_line_at(k->source, offset));
}

static size_t skip_spaces(od_slice line) {
    size_t at = 0;
    while (at < line.size && (line.data[at] == ' ' || line.data[at] == '\t')) at++;
    return at;
}

static bool starts_chinese(od_slice text) {
    size_t size;
    return text.size && od_is_chinese(od_utf8_read(text, 0, &size));
}

static void give(const checker *k, od_diagnostic *d, od_text title, const edit_list *edits) {
    if (!edits->count) return;
    od_fix *const fix = od_arena_new(k->found->arena, od_fix);
    *fix = (od_fix){od_say(k->found, title), edits->items, edits->count};
    d->fix = fix;
}

static void replace(const checker *k, edit_list *edits, size_t start, size_t end, od_slice text) {
    *od_array_push(k->found->arena, edits) = (od_edit){{start, end}, text};
}

static od_slice line_end_of(od_slice bytes) {
    const size_t first = od_slice_find(bytes, OD_SLICE("\n"), 0);
    return first != SIZE_MAX && first > 0 && bytes.data[first - 1] == '\r' ? OD_SLICE("\r\n")
                                                                           : OD_SLICE("\n");
}

// ---- md-code -----------------------------------------------------------------------------------

// Whether every line of the block starts at the edge of the page, so that spaces alone make it code.
static bool indent_lines(const checker *k, const od_node *block, edit_list *edits) {
    for (size_t at = block->span.start; at < block->span.end;) {
        const od_span line = line_at(k, at);
        const od_slice text = od_source_cut(k->source, line);
        const size_t spaces = skip_spaces(text);
        if (spaces < text.size && !starts_chinese(od_slice_from(text, spaces))) return false;
        if (spaces < text.size)
            replace(k, edits, line.start, line.start + spaces, OD_SLICE("　　"));
        at = line.end > at ? line.end + 1 : at + 1;
    }
    return true;
}

// Whether the block reads as prose, with marks or blanks: names of things stand in code too.
static bool is_prose(od_slice text) {
    static const char *const SIGNS[] = {"，", "。", "；", "：", "、", "XX", "××", "__"};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (od_slice_find(text, od_slice_of(SIGNS[i]), 0) != SIZE_MAX) return true;
    return false;
}

static void check_code(const checker *k, const od_node *block) {
    const od_span first = line_at(k, block->span.start);
    const od_slice text = od_source_cut(k->source, first);
    const size_t spaces = skip_spaces(text);
    if (!spaces || !starts_chinese(od_slice_from(text, spaces))) return; // a fence, or code
    if (!is_prose(od_source_cut(k->source, block->span))) return;
    const size_t start = first.start + spaces;
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_MD_CODE, k->source, (od_span){start, first.end},
        od_say(k->found, OD_SAY("four spaces in front make this paragraph a block of code, in which no blank is "
                                "seen; write it from the edge, or with two full-width spaces",
                                "段首用了四个以上半角空格，Markdown会把这一段当成代码，其中的空白也认不出来；请顶格写，"
                                "或改用两个全角空格")));
    edit_list edits = {0};
    if (indent_lines(k, block, &edits))
        give(k, d, OD_SAY("indent by two full-width spaces", "改为两个全角空格"), &edits);
}

// ---- md-heading --------------------------------------------------------------------------------

static void check_hash(const checker *k, od_span line) {
    const od_slice text = od_source_cut(k->source, line);
    size_t marks = 0;
    while (marks < text.size && text.data[marks] == '#') marks++;
    // `#话题#` is a tag.
    if (!marks || marks > 6 || !starts_chinese(od_slice_from(text, marks)) ||
        od_slice_find(text, OD_SLICE("#"), marks) != SIZE_MAX)
        return;
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_MD_HEADING, k->source, (od_span){line.start, line.end},
        od_say(k->found, OD_SAY("this is no heading: `#` needs a space after it",
                                "“#”后面要空一格，否则这一行不是标题")));
    od_diagnostic_fix(k->found, d, od_say(k->found, OD_SAY("insert a space", "加一个空格")),
                      (od_edit){{line.start + marks, line.start + marks}, OD_SLICE(" ")});
}

// ---- md-paragraph ------------------------------------------------------------------------------

static size_t skip_numerals(od_slice line, size_t at) {
    size_t size;
    for (; at < line.size; at += size) {
        const uint32_t code = od_utf8_read(line, at, &size);
        if (!od_is_digit(code) && od_han_digit(code) < 0 && code != 0x5341) break; // 十
    }
    return at;
}

// Whether a line starts as an item or heading of Chinese papers does: 一、 （一） 1、 （1） 第一条, or
// with an indent of two full-width spaces. `1.` makes a list by itself.
static bool starts_item(od_slice line) {
    if (od_slice_starts(line, OD_SLICE("　　"))) return true;
    const bool bracket = od_slice_starts(line, OD_SLICE("（"));
    const bool ordinal = od_slice_starts(line, OD_SLICE("第"));
    const size_t start = bracket || ordinal ? 3 : 0, end = skip_numerals(line, start);
    const od_slice rest = od_slice_from(line, end);
    if (end == start) return false;
    if (bracket) return od_slice_starts(rest, OD_SLICE("）"));
    if (ordinal) return od_slice_starts(rest, OD_SLICE("条")) || od_slice_starts(rest, OD_SLICE("章"));
    return od_slice_starts(rest, OD_SLICE("、"));
}

static bool ends_sentence(od_slice line) {
    static const char *const ENDS[] = {"。", "！", "？", "；", "：", "……", "。”", "。）"};
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
        if (od_slice_ends(line, od_slice_of(ENDS[i]))) return true;
    return false;
}

// Whether the line break before `line` is one that a reader would have to see.
static bool is_lost_break(od_slice before, od_slice line) {
    if (od_slice_ends(before, OD_SLICE("  ")) || od_slice_ends(before, OD_SLICE("\\"))) return false;
    before = od_slice_trim(before);
    return starts_item(line) && (ends_sentence(before) || starts_item(before) ||
                                 od_slice_starts(line, OD_SLICE("　　")));
}

static od_diagnostic *tell_joined(const checker *k, od_span line) {
    return od_diagnose(k->found, OD_RULE_MD_PARAGRAPH, k->source, line,
                       od_say(k->found,
                              OD_SAY("this line runs on in the paragraph above when it is published; put an empty "
                                     "line between them",
                                     "这一行发布后会与上一行连成一段；请在两行之间空一行")));
}

// Whether `node` begins on the line right after `before`, and is no block of its own for others than us:
// the reader parts 一、 and （一） from the lines above them.
static bool is_joined(const checker *k, const od_node *before, const od_node *node) {
    const bool is_text = before->type == OD_PARA ||
                         (before->type == OD_HEADING && !(before->flags & OD_SETEXT));
    if (!node || !is_text || !node->span.end || node->span.start < before->span.end) return false;
    if (node->type != OD_PARA && node->type != OD_HEADING) return false;
    if ((node->flags & OD_SETEXT) || k->source->bytes.data[node->span.start] == '#') return false;
    if (k->source->bytes.data[before->span.start] == '#') return false;
    return od_source_line_at(k->source, node->span.start) ==
           od_source_line_at(k->source, before->span.end - 1) + 1;
}

// Tells of a run of such lines once, at the second of them.
static void check_run(const checker *k, const od_node *node) {
    edit_list edits = {0};
    const od_node *const second = node->next;
    for (; is_joined(k, node, node->next); node = node->next) {
        const od_span line = line_at(k, node->next->span.start);
        replace(k, &edits, line.start, line.start, k->line_end);
    }
    if (!edits.count) return;
    od_diagnostic *const d = tell_joined(k, line_at(k, second->span.start));
    if (second->parent->type == OD_ROOT)
        give(k, d, OD_SAY("put an empty line between", "中间空一行"), &edits);
}

static void check_lines(const checker *k, const od_node *leaf) {
    const od_slice whole = od_source_cut(k->source, leaf->span);
    if (!whole.size || (whole.data[0] != '#' && !memchr(whole.data, '\n', whole.size))) return;
    const bool is_plain = leaf->parent && leaf->parent->type == OD_ROOT;
    od_diagnostic *d = NULL;
    edit_list edits = {0};
    od_span before = {0};
    for (size_t at = leaf->span.start; at < leaf->span.end;) {
        const od_span line = line_at(k, at);
        const od_slice text = od_source_cut(k->source, line);
        if (is_plain) check_hash(k, line);
        if (at > leaf->span.start &&
            is_lost_break(od_source_cut(k->source, before),
                          od_slice_from(text, skip_spaces(text)))) {
            if (!d) d = tell_joined(k, line);
            if (is_plain) replace(k, &edits, line.start, line.start, k->line_end);
        }
        before = line;
        at = line.end > at ? line.end + 1 : at + 1;
        while (at < leaf->span.end && k->source->bytes.data[at] == '\n') at++;
    }
    if (d) give(k, d, OD_SAY("put an empty line between", "中间空一行"), &edits);
}

// ---- md-setext ---------------------------------------------------------------------------------

static void check_setext(const checker *k, const od_node *heading) {
    const od_slice text = od_source_cut(k->source, heading->span);
    const size_t last = od_source_line_at(k->source, heading->span.end - 1);
    if (last == 0) return;
    od_span under = od_source_line(k->source, last);
    od_slice mark = od_slice_trim(od_source_cut(k->source, under));
    // The span of a heading may end with its text.
    if (!od_slice_starts(mark, OD_SLICE("-")) && last + 1 < k->source->line_count) {
        under = od_source_line(k->source, last + 1);
        mark = od_slice_trim(od_source_cut(k->source, under));
    }
    if (!od_slice_starts(mark, OD_SLICE("---")) || !od_holds_chinese(text)) return;
    const size_t above = od_source_line_at(k->source, under.start) - 1;
    const od_slice line = od_slice_trim(od_source_cut(k->source, od_source_line(k->source, above)));
    if (!ends_sentence(line) && above == od_source_line_at(k->source, heading->span.start)) return;
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_MD_SETEXT, k->source, under,
        od_say(k->found, OD_SAY("`---` right below makes the paragraph a heading; put an empty line between for a "
                                "rule across the page",
                                "“---”紧跟在文字下面，会把上面的段落变成标题；要画分隔线，请在中间空一行")));
    od_diagnostic_fix(k->found, d, od_say(k->found, OD_SAY("put an empty line between", "中间空一行")),
                      (od_edit){{under.start, under.start}, k->line_end});
}

// ---- md-rule -----------------------------------------------------------------------------------

// A line of underscores where a form asks for something: `备注：`, and below it `______`.
static void check_rule(const checker *k, const od_node *rule, const od_node *before) {
    const od_slice text = od_slice_trim(od_source_cut(k->source, rule->span));
    if (!od_slice_starts(text, OD_SLICE("____")) || !before || before->type != OD_PARA) return;
    if (!od_slice_ends(od_slice_trim(od_source_cut(k->source, before->span)), OD_SLICE("："))) return;
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_MD_RULE, k->source, rule->span,
        od_say(k->found, OD_SAY("a line of nothing but `_` is printed as a rule, and is no blank to fill in",
                                "单独一行的“____”会变成分隔线，不是可以填写的空白")));
    od_diagnostic_fix(k->found, d,
                      od_say(k->found, OD_SAY("put a backslash in front", "在前面加反斜杠")),
                      (od_edit){{rule->span.start, rule->span.start}, OD_SLICE("\\")});
}

// ---- md-list -----------------------------------------------------------------------------------

// Sets `*number` to what is written in front of an item; false when that is no number.
static bool read_number(const checker *k, const od_node *item, od_span *digits, size_t *number) {
    const od_slice text = od_source_cut(k->source, item->span);
    const size_t start = skip_spaces(text);
    size_t at = start;
    for (*number = 0; at < text.size && at < start + 9 && od_is_digit((unsigned char)text.data[at]); at++)
        *number = *number * 10 + (size_t)(text.data[at] - '0');
    *digits = (od_span){item->span.start + start, item->span.start + at};
    return at > start;
}

static void tell_year(const checker *k, od_span digits) {
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_MD_LIST, k->source, digits,
        od_say(k->found, OD_SAY("“{1}.” at the start of a paragraph begins a numbered list; write a backslash "
                                "before the point",
                                "段首的“{1}.”会变成编号列表；请在点号前加反斜杠"),
               od_source_cut(k->source, digits)));
    od_diagnostic_fix(k->found, d,
                      od_say(k->found, OD_SAY("put a backslash before the point", "在点号前加反斜杠")),
                      (od_edit){{digits.end, digits.end}, OD_SLICE("\\")});
}

// Items are numbered one after another from the first, whatever is written; `1.` for all is a habit.
static void check_list(const checker *k, const od_node *list) {
    enum { YEARS = 1000 };
    size_t first, number, index = 0, place = 0;
    od_span digits;
    bool equal = true;
    const od_node *odd = NULL;
    if (!list->first || !read_number(k, list->first, &digits, &first)) return;
    if (first >= YEARS && od_holds_chinese(od_source_cut(k->source, list->first->span)))
        tell_year(k, digits);
    for (const od_node *item = list->first; item; item = item->next, index++) {
        if (!read_number(k, item, &digits, &number)) return;
        equal = equal && number == first;
        if (odd || number == first + index) continue;
        odd = item;
        place = first + index;
    }
    if (!odd || equal || !od_holds_chinese(od_source_cut(k->source, odd->span))) return;
    read_number(k, odd, &digits, &number);
    od_diagnose(k->found, OD_RULE_MD_LIST, k->source, digits,
                od_say(k->found,
                       OD_SAY("“{1}.” is published as “{2}.”: a list is numbered by itself from its first item",
                              "这里写的是“{1}.”，发布后会变成“{2}.”：列表从第一项起自动连续编号"),
                       od_source_cut(k->source, digits),
                       od_arena_number(k->found->arena, place)));
}

// ---- the draft ---------------------------------------------------------------------------------

static void check_node(const checker *k, const od_node *node, const od_node *before) {
    const bool is_text = node->type == OD_PARA || node->type == OD_HEADING;
    if (is_text && !(before && is_joined(k, before, node))) check_run(k, node);
    switch (node->type) {
    case OD_CODE_BLOCK: check_code(k, node); break;
    case OD_ORDERED_LIST: check_list(k, node); break;
    case OD_HORIZONTAL_RULE: check_rule(k, node, before); break;
    case OD_HEADING:
        if (node->flags & OD_SETEXT) check_setext(k, node);
        od_check_markdown_text(k, node);
        break;
    case OD_PARA:
        check_lines(k, node);
        od_check_markdown_text(k, node);
        break;
    case OD_PLAIN: od_check_markdown_text(k, node); break;
    default: break;
    }
}

void od_check_markdown(od_check_context *context) {
    const od_document *const document = context->reading->document;
    bool off[OD_RULE_COUNT] = {false};
    if (document->kind != OD_MARKDOWN) return;
    if (context->reading->profile) od_levels_off(context->reading->profile, context->stage, off);
    const checker k = {&document->source, context->found,
                       line_end_of(document->source.bytes), !off[OD_RULE_NUMBER_RANGE]};
    const od_node *before = NULL;
    const od_node *const root = document->root;
    for (const od_node *n = root; n; n = od_node_next(root, n, od_node_holds_inlines(n->type))) {
        check_node(&k, n, before && before->next == n ? before : NULL);
        before = n;
    }
}
