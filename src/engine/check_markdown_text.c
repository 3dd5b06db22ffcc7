// md-bold, md-html, md-link, md-strike: marks within a paragraph that do not do what they look like.
#include "engine/check_markdown.h"

#include "base/utf8.h"
#include "engine/check_text.h"

#include <stdlib.h>

typedef od_markdown_checker checker;
typedef OD_ARRAY(od_edit) edit_list;

static uint32_t code_at(od_slice text, size_t at) {
    size_t size;
    return at < text.size ? od_utf8_read(text, at, &size) : 0;
}

static uint32_t code_before(od_slice text, size_t at) {
    size_t size;
    return at > 0 ? od_utf8_read_before(text, at, &size) : 0;
}

static void give(const checker *k, od_diagnostic *d, od_slice title, const edit_list *edits) {
    od_fix *const fix = od_arena_new(k->found->arena, od_fix);
    *fix = (od_fix){title, edits->items, edits->count};
    d->fix = fix;
}

static bool holds(od_slice text, const char *word) {
    return od_slice_find(text, od_slice_of(word), 0) != SIZE_MAX;
}

// Returns the next inline of `leaf` after `node` (the leaf itself: the first), or NULL.
static const od_node *next_inline(const od_node *leaf, const od_node *node) {
    return od_node_next(leaf, node, node != leaf && node->type == OD_NOTE);
}

// ---- md-bold -----------------------------------------------------------------------------------

// A `**` of a leaf, in the bytes of the source.
typedef struct stars {
    size_t at;
    bool works; // it opens or closes what is bold
    const od_node *strong;
} stars;

typedef OD_ARRAY(stars) stars_list;

static bool is_space(uint32_t code) {
    return code == 0 || code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0x3000;
}

// Whether CommonMark takes the character for a mark, of those that Chinese papers have.
static bool is_mark(uint32_t code) {
    if (code < 0x80) return code > ' ' && !od_is_alphanumeric(code);
    return (od_is_chinese_mark(code) && code != 0xFF5E) || (code >= 0x2010 && code <= 0x2027) ||
           (code >= 0xFF01 && code <= 0xFF0F && code != 0xFF04 && code != 0xFF0B);
}

static bool may_open(uint32_t before, uint32_t after) {
    return !is_space(after) && (!is_mark(after) || is_space(before) || is_mark(before));
}

static bool may_close(uint32_t before, uint32_t after) {
    return may_open(after, before);
}

// Adds the `**` of a text that were left as they are; false for runs that are something else.
static bool add_literal(const checker *k, const od_node *text, stars_list *list) {
    const od_slice bytes = od_source_cut(k->source, text->span);
    for (size_t at = 0; (at = od_slice_find(bytes, OD_SLICE("**"), at)) != SIZE_MAX; at += 2) {
        if ((at > 0 && bytes.data[at - 1] == '*') || code_at(bytes, at + 2) == '*') return false;
        *od_array_push(k->found->arena, list) = (stars){.at = text->span.start + at};
    }
    return true;
}

static int compare_stars(const void *left, const void *right) {
    const stars *const a = left, *const b = right;
    return a->at < b->at ? -1 : a->at > b->at;
}

// Collects every `**` of a leaf in order; false when they are not all of the plain kind.
static bool list_stars(const checker *k, const od_node *leaf, stars_list *list) {
    bool literal = false;
    for (const od_node *n = leaf; n; n = next_inline(leaf, n)) {
        if (n->flags & OD_OPAQUE) return false;
        if (n->type == OD_TEXT && !(n->flags & OD_DECODED)) {
            const size_t count = list->count;
            if (!add_literal(k, n, list)) return false;
            literal = literal || list->count > count;
        }
        if (n->type != OD_STRONG) continue;
        if (!od_slice_starts(od_source_cut(k->source, n->span), OD_SLICE("**"))) return false;
        *od_array_push(k->found->arena, list) = (stars){n->span.start, true, n};
        *od_array_push(k->found->arena, list) = (stars){n->span.end - 2, true, n};
    }
    if (literal) qsort(list->items, list->count, sizeof *list->items, compare_stars);
    return literal;
}

// Returns the closing mark that goes with an opening one, or 0.
static uint32_t partner(uint32_t code) {
    static const uint32_t PAIRS[][2] = {{0x201C, 0x201D}, {0x2018, 0x2019}, {0xFF08, 0xFF09},
                                        {0x300A, 0x300B}, {0x3010, 0x3011}, {0x3008, 0x3009},
                                        {0x300C, 0x300D}, {'"', '"'},       {'(', ')'}};
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++)
        if (PAIRS[i][0] == code) return PAIRS[i][1];
    return 0;
}

// Marks of ASCII may be marks of Markdown, or behind a backslash.
static bool is_movable(uint32_t code) {
    return code >= 0x80 && is_mark(code);
}

// Marks at the edges of what should be bold, put outside, let the stars do their work: **甲。**乙 as
// **甲**。乙. Sets what is left within; false when that does not help.
static bool move_marks(od_slice bytes, od_span *inner) {
    const uint32_t before = code_before(bytes, inner->start - 2), after = code_at(bytes, inner->end + 2);
    enum { MOST = 4 };
    for (int moved = 0; moved < MOST && inner->start < inner->end; moved++) {
        const uint32_t first = code_at(bytes, inner->start), last = code_before(bytes, inner->end);
        const bool opens = may_open(moved ? code_before(bytes, inner->start) : before, first) ||
                           may_open(before, first);
        const bool closes = may_close(last, after) || (moved && may_close(last, code_at(bytes, inner->end)));
        size_t size;
        if (opens && closes) return moved > 0;
        const bool is_pair = partner(first) == last && last;
        if (!opens || (is_pair && !closes)) {
            if (!is_movable(first) || (!is_pair && partner(first))) return false;
            od_utf8_read(bytes, inner->start, &size);
            inner->start += size;
        }
        if (!closes || (is_pair && !opens)) {
            if (!is_movable(last)) return false;
            od_utf8_read_before(bytes, inner->end, &size);
            inner->end -= size;
        }
    }
    return false;
}

static void fix_bold(const checker *k, od_diagnostic *d, od_span outer) {
    const od_slice bytes = k->source->bytes;
    od_arena *const arena = k->found->arena;
    const od_span inner = {outer.start + 2, outer.end - 2};
    od_span core = inner;
    edit_list edits = {0};
    if (!move_marks(bytes, &core)) return;
    if (core.start > inner.start)
        *od_array_push(arena, &edits) = (od_edit){
            {outer.start, core.start},
            od_arena_concat(arena, od_slice_cut(bytes, inner.start, core.start), OD_SLICE("**"))};
    if (core.end < inner.end)
        *od_array_push(arena, &edits) =
            (od_edit){{core.end, outer.end},
                      od_arena_concat(arena, OD_SLICE("**"), od_slice_cut(bytes, core.end, inner.end))};
    if (edits.count)
        give(k, d, od_say(k->found, OD_SAY("put the marks outside", "把标点移到**外面")), &edits);
}

static void tell_bold(const checker *k, od_span outer) {
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_MD_BOLD, k->source, outer,
        od_say(k->found, OD_SAY("this will not be bold, and the `**` stay in the text: a mark stands inside them and "
                                "a word outside",
                                "这里不会加粗，“**”会原样留在文中：**里面挨着标点、外面挨着字时不起作用")));
    fix_bold(k, d, outer);
}

// The author opens and closes in turn; what does so only now and then mixes all others up.
static void check_bold(const checker *k, const od_node *leaf) {
    stars_list list = {0};
    if (!list_stars(k, leaf, &list) || list.count % 2) return;
    for (size_t i = 0; i < list.count; i += 2) {
        const stars a = list.items[i], b = list.items[i + 1];
        const od_slice bytes = k->source->bytes;
        const od_span inner = {a.at + 2, b.at};
        if (a.works && b.works && a.strong == b.strong) continue;
        if (is_space(code_at(bytes, inner.start)) || is_space(code_before(bytes, inner.end))) continue;
        if (may_open(code_before(bytes, a.at), code_at(bytes, inner.start)) &&
            may_close(code_before(bytes, inner.end), code_at(bytes, b.at + 2)))
            continue; // only others around it are wrong
        if (od_holds_chinese(od_slice_cut(bytes, inner.start, inner.end)))
            tell_bold(k, (od_span){a.at, b.at + 2});
    }
}

// ---- md-strike ---------------------------------------------------------------------------------

static bool is_word(uint32_t code) {
    return od_is_alphanumeric(code) || code == '%';
}

// Whether the `~` at `at` stands between two words, as in a range: GitHub lets it open and close.
static bool is_range(od_slice bytes, size_t at) {
    return is_word(code_before(bytes, at)) && is_word(code_at(bytes, at + 1));
}

static void check_strike(const checker *k, const od_node *leaf) {
    edit_list edits = {0};
    for (const od_node *n = leaf; n; n = next_inline(leaf, n)) {
        if (n->type != OD_TEXT || (n->flags & (OD_DECODED | OD_OPAQUE))) continue;
        for (size_t at = n->span.start; at < n->span.end; at++)
            if (k->source->bytes.data[at] == '~' && is_range(k->source->bytes, at))
                *od_array_push(k->found->arena, &edits) = (od_edit){{at, at + 1}, OD_SLICE("～")};
    }
    if (edits.count < 2) return;
    const od_edit *const last = &edits.items[edits.count - 1];
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_MD_STRIKE, k->source, (od_span){edits.items[0].span.start, last->span.end},
        od_say(k->found, OD_SAY("GitHub and others strike out what stands between two `~`; write “～” for a range",
                                "同一段里有两个“~”，在GitHub等处中间的文字会被画上删除线；范围号请用“～”")));
    give(k, d, od_say(k->found, OD_SAY("write “～”", "改为“～”")), &edits);
}

// ---- md-link -----------------------------------------------------------------------------------

// Returns the end of the address that starts at `at`: of what it may hold by its standard.
static size_t address_end(od_slice bytes, size_t at, size_t end) {
    static const char OTHERS[] = "<>\"\\^`{|} \t\r\n";
    while (at < end && (unsigned char)bytes.data[at] > ' ' && (unsigned char)bytes.data[at] < 0x7F &&
           !memchr(OTHERS, bytes.data[at], sizeof OTHERS - 1))
        at++;
    return at;
}

static void tell_link(const checker *k, size_t start, size_t end, bool has_scheme) {
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_MD_LINK, k->source, (od_span){start, end},
        od_say(k->found, OD_SAY("GitHub and others take the Chinese text after this address for a part of it; put the "
                                "address in `< >`, or a space after it",
                                "网址后面紧跟中文，在GitHub等处会连同后面的文字一起变成链接；请用“< >”括住网址，或在后面空一格")));
    if (!has_scheme) return;
    od_arena *const arena = k->found->arena;
    edit_list edits = {0};
    *od_array_push(arena, &edits) = (od_edit){{start, start}, OD_SLICE("<")};
    *od_array_push(arena, &edits) = (od_edit){{end, end}, OD_SLICE(">")};
    give(k, d, od_say(k->found, OD_SAY("put the address in < >", "用< >括住网址")), &edits);
}

// Whether an address is one where it starts: with `www.` it needs white space or an opening before it.
static bool is_bare(od_slice bytes, size_t start, bool has_scheme) {
    const uint32_t before = code_before(bytes, start);
    if (has_scheme) return before >= 0x80 || !(od_is_alphanumeric(before) || before == '/');
    return is_space(before) || before == '*' || before == '_' || before == '~' || before == '(';
}

static void check_links(const checker *k, const od_node *text, const char *start_word) {
    const od_slice bytes = k->source->bytes, word = od_slice_of(start_word);
    const bool has_scheme = start_word[0] == 'h';
    for (size_t at = text->span.start; at < text->span.end;) {
        const size_t start = od_slice_find(od_slice_cut(bytes, 0, text->span.end), word, at);
        if (start == SIZE_MAX) return;
        const size_t end = address_end(bytes, start, text->span.end);
        if (is_bare(bytes, start, has_scheme) && end > start + word.size && end < text->span.end &&
            (unsigned char)bytes.data[end] >= 0x80 && od_is_chinese(code_at(bytes, end)))
            tell_link(k, start, end, has_scheme);
        at = end > start ? end : start + 1;
    }
}

static void check_addresses(const checker *k, const od_node *leaf) {
    static const char *const STARTS[] = {"http://", "https://", "www."};
    for (const od_node *n = leaf; n; n = next_inline(leaf, n)) {
        const bool is_plain = n->type == OD_TEXT && !(n->flags & (OD_DECODED | OD_OPAQUE)) &&
                              n->parent->type != OD_LINK;
        for (size_t i = 0; is_plain && i < sizeof STARTS / sizeof *STARTS; i++)
            check_links(k, n, STARTS[i]);
    }
}

// ---- md-html -----------------------------------------------------------------------------------

static void check_tag(const checker *k, const od_node *raw) {
    const od_slice text = od_source_cut(k->source, raw->span);
    size_t end = 1;
    while (end < text.size && (text.data[end] == 'X' || text.data[end] == 'x')) end++;
    if (end < 3 || end + 1 != text.size || text.data[end] != '>') return;
    od_diagnostic *const d = od_diagnose(
        k->found, OD_RULE_MD_HTML, k->source, raw->span,
        od_say(k->found, OD_SAY("“{1}” is taken for a tag of HTML: it is not seen when published, and is no blank; "
                                "leave the brackets out, or write `\\<`",
                                "“{1}”会被当成HTML标记：发布后看不见，也不算空白；请去掉尖括号，或写成“\\<”"),
               text));
    od_diagnostic_fix(k->found, d, od_say(k->found, OD_SAY("put a backslash in front", "在前面加反斜杠")),
                      (od_edit){{raw->span.start, raw->span.start}, OD_SLICE("\\")});
}

static void check_tags(const checker *k, const od_node *leaf) {
    for (const od_node *n = leaf; n; n = next_inline(leaf, n))
        if (n->type == OD_RAW_INLINE) check_tag(k, n);
}

// ---- one leaf ----------------------------------------------------------------------------------

void od_check_markdown_text(const od_markdown_checker *k, const od_node *leaf) {
    const od_slice text = od_source_cut(k->source, leaf->span);
    if (!text.size) return;
    const bool chinese = od_holds_chinese(text);
    if (memchr(text.data, '<', text.size)) check_tags(k, leaf);
    if (!chinese) return;
    if (holds(text, "**")) check_bold(k, leaf);
    if (!k->ranges_told && memchr(text.data, '~', text.size)) check_strike(k, leaf);
    if (holds(text, "://") || holds(text, "www.")) check_addresses(k, leaf);
}
