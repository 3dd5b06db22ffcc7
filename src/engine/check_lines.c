// Paragraphs that are something of their own in an official paper: headings, lists of attachments,
// lines of attendance, captions, dates of signature (GB/T 9704-2012, 7.3; GB/T 15834-2011, A).
#include "engine/check_text.h"

#include "base/utf8.h"
#include "data/moment.h"
#include "document/document.h"

static size_t skip_spaces(const od_text_checker *k, size_t at) {
    while (at < k->text.size && od_is_space(od_text_at(k, at))) at = od_text_next(k, at);
    return at;
}

static size_t trim_end(const od_text_checker *k, size_t end) {
    size_t size;
    while (end && od_is_space(od_utf8_read_before(k->text, end, &size))) end -= size;
    return end;
}

static size_t last_start(const od_text_checker *k, size_t end) {
    size_t size = 0;
    if (end) od_utf8_read_before(k->text, end, &size);
    return end - size;
}

static od_slice cut(const od_text_checker *k, size_t start, size_t end) {
    return od_slice_cut(k->text, start, end);
}

// ---- headings ----------------------------------------------------------------------------------

static bool is_end_mark(uint32_t code) {
    return code == 0xFF0C || code == 0x3002 || code == 0xFF1B || code == 0xFF1A || code == 0x3001 ||
           code == ',' || code == ';' || code == ':' || code == '.';
}

static void check_heading_end(od_text_checker *k) {
    const size_t end = trim_end(k, k->text.size);
    size_t start = end;
    while (start && is_end_mark(od_text_before(k, start))) start = last_start(k, start);
    if (start == end || !start) return;
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_HEADING_END, start, end,
        od_say(k->found,
               OD_SAY("a heading on a line of its own ends without “{1}”",
                      "单独成行的一级标题末尾不用“{1}”"),
               cut(k, start, end)));
    od_text_fix(k, found, start, end, (od_slice){0});
    od_text_spare(k, start, end);
}

// A sentence on a line of its own is a heading if text stands below it, and else an item.
static void check_heading_stop(od_text_checker *k, const od_section *s) {
    const size_t end = trim_end(k, k->text.size), start = last_start(k, end);
    if (s->span.end <= s->node->span.end || od_text_at(k, start) != 0x3002) return;
    od_text_tell(k, OD_RULE_HEADING_RUN_IN, start, end,
                 od_say(k->found, OD_SAY("a heading on a line of its own ends without “。”",
                                         "单独成行的标题末尾不用句号；正文接排时才用句号")));
}

static void check_run_in(od_text_checker *k, const od_section *s) {
    enum { SHORTEST = 2 };
    if (!s->title.size || od_visible_chars(s->title) >= SHORTEST) return; // articles have none
    od_diagnose(k->found, OD_RULE_HEADING_RUN_IN, k->source, s->heading,
                od_say(k->found,
                       OD_SAY("the heading “{1}” is too short to be one", "“{1}”太短，不像标题"),
                       s->title));
}

static void check_heading(od_text_checker *k, const od_section *s) {
    if (s->is_title) return;
    if (k->on[OD_RULE_HEADING_END] && s->level == 1 && !s->run_in) check_heading_end(k);
    if (!k->on[OD_RULE_HEADING_RUN_IN] || s->level < 2 || !s->number.present) return;
    if (s->run_in) check_run_in(k, s);
    else check_heading_stop(k, s);
}

// ---- attendance --------------------------------------------------------------------------------

// Returns where the label ends that the text has at `at`, or `at`.
static size_t label_end(const od_text_checker *k, size_t at) {
    static const char *const LABELS[] = {"出席", "请假", "列席"};
    static const char *const REST[] = {"人员", "同志", "单位", "领导"};
    for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++) {
        if (!od_text_has(k, at, LABELS[i])) continue;
        for (size_t j = 0; j < sizeof REST / sizeof *REST; j++)
            if (od_text_has(k, at + 6, REST[j])) return at + 12;
        return at + 6;
    }
    return at;
}

static void tell_colon(od_text_checker *k, size_t start, size_t at, size_t end) {
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_ATTENDANCE_LINE, start, end > at ? end : at,
        od_say(k->found,
               OD_SAY("“{1}” is followed by a full-width “：”", "“{1}”后面应为全角冒号“：”"),
               cut(k, start, at)));
    od_text_fix(k, found, at, end, OD_SLICE("："));
    od_text_spare(k, at, end);
}

// Tells of labels that stand in the line of another one.
static void check_own_line(od_text_checker *k, size_t from) {
    for (size_t at = from; (at = od_slice_find(k->text, OD_SLICE("席："), at)) != SIZE_MAX;
         at += 6) {
        const size_t start = at - 3;
        if (label_end(k, start) != at + 3) continue;
        od_text_tell(k, OD_RULE_ATTENDANCE_LINE, start, at + 3,
                     od_say(k->found, OD_SAY("“{1}” begins a line of its own", "“{1}”应另起一行"),
                            cut(k, start, at + 3)));
    }
    const size_t leave = od_slice_find(k->text, OD_SLICE("请假："), from);
    if (leave != SIZE_MAX)
        od_text_tell(k, OD_RULE_ATTENDANCE_LINE, leave, leave + 6,
                     od_say(k->found, OD_SAY("“{1}” begins a line of its own", "“{1}”应另起一行"),
                            cut(k, leave, leave + 6)));
}

static void check_attendance(od_text_checker *k, size_t start) {
    const size_t end = label_end(k, start);
    if (end == start) return;
    const uint32_t after = od_text_at(k, end);
    const size_t rest = skip_spaces(k, end);
    if (after == 0xFF1A) check_own_line(k, end);
    else if (after == ':') tell_colon(k, start, end, end + 1);
    else if (rest > end && od_is_han(od_text_at(k, rest)) &&
             od_slice_find(k->text, OD_SLICE("。"), rest) == SIZE_MAX)
        tell_colon(k, start, end, rest);
}

// ---- captions ----------------------------------------------------------------------------------

static size_t skip_caption_number(const od_text_checker *k, size_t at) {
    for (uint32_t code; (code = od_text_at(k, at)) != 0; at = od_text_next(k, at))
        if (!od_is_digit(code) && od_han_digit(code) < 0 && code != 0x5341 && code != '-' &&
            code != '.')
            break;
    return at;
}

static void check_caption(od_text_checker *k, size_t start) {
    const size_t name = start + 3, number = skip_caption_number(k, name);
    const uint32_t after = od_text_at(k, number);
    const size_t end = trim_end(k, k->text.size), stop = last_start(k, end);
    if (number == name || (!od_is_space(after) && after != 0xFF1A && after != ':')) return;
    od_text_spare(k, number, skip_spaces(k, number)); // that space is right
    if (!k->on[OD_RULE_CAPTION_END]) return;
    // A caption of several sentences is text.
    if (od_slice_find(k->text, OD_SLICE("。"), 0) != stop) return;
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_CAPTION_END, stop, end,
        od_say(k->found, OD_SAY("the caption of a figure or table ends without “。”",
                                "图、表的说明文字末尾不用句号")));
    od_text_fix(k, found, stop, end, (od_slice){0});
}

// ---- dates of signature ------------------------------------------------------------------------

static void tell_date(od_text_checker *k, size_t start, size_t end, od_date date,
                      od_date_fault fault) {
    const od_slice written = cut(k, start, end);
    const od_slice right = od_date_write(k->found->arena, date, OD_SLICE("YYYY年M月D日"));
    od_text text = OD_SAY("the date of signature “{1}” is written “{2}”",
                          "成文日期“{1}”应写作“{2}”");
    if (fault == OD_DATE_INCOMPLETE)
        text = OD_SAY("the date of signature “{1}” has no day", "成文日期“{1}”要写到日");
    if (fault == OD_DATE_SHORT_YEAR)
        text = OD_SAY("the year of “{1}” needs all four digits",
                      "成文日期“{1}”的年份应写全四位数字");
    if (fault == OD_DATE_NO_SUCH_DAY)
        text = OD_SAY("there is no such day: “{1}”", "成文日期“{1}”：没有这一天");
    if (fault == OD_DATE_OK && od_slice_equal(written, right)) return;
    od_diagnostic *const found = od_text_tell(k, OD_RULE_SIGN_DATE, start, end,
                                              od_say(k->found, text, written, right));
    if (fault == OD_DATE_OK) od_text_fix(k, found, start, end, right);
}

// Whether the leaf stands where a date of signature may: not in a table or a list.
static bool may_sign(const od_text_checker *k) {
    return k->leaf->type == OD_PARA && k->leaf->parent && k->leaf->parent->type == OD_ROOT;
}

// A paragraph that is a date as a whole is the date of signature.
static void check_sign_date(od_text_checker *k) {
    enum { LONGEST = 60 };
    if (k->text.size > LONGEST || !may_sign(k)) return;
    size_t start = skip_spaces(k, 0), end = trim_end(k, k->text.size);
    if (end <= start) return;
    if (od_text_has(k, start, "（") && od_text_ends(k, end, "）")) {
        start += 3;
        end -= 3;
    }
    const od_slice text = cut(k, start, end);
    const bool parted = od_slice_find(text, OD_SLICE("年"), 0) != SIZE_MAX ||
                        memchr(text.data, '.', text.size) || memchr(text.data, '-', text.size) ||
                        memchr(text.data, '/', text.size);
    od_date date;
    const od_date_fault fault = parted ? od_date_read(text, &date) : OD_DATE_NONE;
    if (fault == OD_DATE_NONE || fault == OD_DATE_WITH_TIME) return;
    tell_date(k, start, end, date, fault);
    od_text_spare(k, 0, k->text.size);
    k->signed_on = fault == OD_DATE_OK ? date : (od_date){0};
    k->signed_span = od_visible_span(&k->visible, start, end);
}

// ---- attachments -------------------------------------------------------------------------------

static bool is_final_mark(uint32_t code) {
    return code == 0x3002 || code == 0xFF1B || code == 0xFF0C || code == 0x3001 || code == ';' ||
           code == ',' || code == '.';
}

static void tell_item(od_text_checker *k, size_t start, size_t end, od_text text,
                      const od_text_change *changes, size_t count) {
    od_diagnostic *const found = od_text_tell(k, OD_RULE_ATTACHMENT_LIST, start, end,
                                              od_say(k->found, text, cut(k, start, end)));
    if (count) od_text_fix_all(k, found, changes, count);
}

// Looks at the name [start, end) of an attachment.
static void check_item_name(od_text_checker *k, size_t start, size_t end) {
    size_t stop = trim_end(k, end);
    if (stop <= start) return;
    const size_t last = last_start(k, stop);
    if (is_final_mark(od_text_at(k, last))) {
        const od_text_change change = {last, stop, {0}};
        tell_item(k, last, stop,
                  OD_SAY("the name of an attachment ends without “{1}”", "附件名称后面不用“{1}”"),
                  &change, 1);
        od_text_spare(k, last, stop);
        stop = last;
    }
    const size_t open = skip_spaces(k, start);
    if (!od_text_has(k, open, "《") || !od_text_ends(k, stop, "》")) return;
    const od_text_change changes[] = {{open, open + 3, {0}}, {stop - 3, stop, {0}}};
    tell_item(
        k, open, stop,
        OD_SAY("the name of an attachment takes no “《》”: “{1}”", "附件名称不加书名号：“{1}”"),
        changes, 2);
}

// The number of an item: `2.`, or what people write for it.
typedef struct item {
    size_t start, mark, end;
    size_t number;
} item;

// Whether an item may start behind `code`.
static bool may_precede(uint32_t code) {
    return !code || od_is_space(code) || code == 0xFF1A || code == ':' || code == 0xFF1B ||
           code == ';';
}

// Reads an item at `at`: one or two digits and a mark.
static bool read_item(const od_text_checker *k, size_t at, item *i) {
    *i = (item){.start = at, .mark = at};
    while (i->mark < at + 2 && od_is_digit(od_text_at(k, i->mark)))
        i->number = i->number * 10 + (size_t)(k->text.data[i->mark++] - '0');
    const uint32_t mark = od_text_at(k, i->mark);
    i->end = od_text_next(k, i->mark);
    return i->mark > at && ((mark == '.' && !od_is_digit(od_text_at(k, i->end))) ||
                            mark == 0x3001 || mark == 0xFF0E);
}

// Finds the next item at or after `at`.
static bool find_item(const od_text_checker *k, size_t at, item *i) {
    for (; at < k->text.size; at = od_text_next(k, at))
        if (od_is_digit(od_text_at(k, at)) && may_precede(od_text_before(k, at)) &&
            read_item(k, at, i))
            return true;
    return false;
}

static void check_item(od_text_checker *k, const item *i) {
    const od_text_change change = {i->mark, i->end, OD_SLICE(".")};
    if (od_text_at(k, i->mark) != '.')
        tell_item(
            k, i->start, i->end,
            OD_SAY("attachments are numbered “1.”, not “{1}”", "附件序号用“1.”的形式，不写“{1}”"),
            &change, 1);
    od_text_spare(k, i->start, i->end);
    if (i->number <= OD_ATTACHMENT_MAX) k->attachments.has[i->number] = true;
    if (i->number != ++k->attachments.listed)
        tell_item(k, i->start, i->end,
                  OD_SAY("attachments are numbered from 1 without gaps: “{1}”",
                         "附件序号应从1起连续编号：“{1}”"),
                  NULL, 0);
    k->attachments.listed = i->number;
}

// Looks at the items in [at, end of the text).
static void check_items(od_text_checker *k, size_t at) {
    item now, next;
    bool more = find_item(k, at, &now);
    if (!more) check_item_name(k, at, k->text.size);
    while (more) {
        check_item(k, &now);
        more = find_item(k, now.end, &next);
        check_item_name(k, now.end, more ? next.start : k->text.size);
        now = next;
    }
}

// Whether the leaf lists attachments, or goes on with the list of the one before.
static void check_attachments(od_text_checker *k, size_t start) {
    item first;
    od_attachments *const a = &k->attachments;
    const bool goes_on = a->open && read_item(k, start, &first);
    a->open = goes_on;
    if (goes_on) check_items(k, start);
    if (!od_text_has(k, start, "附件")) return;
    const size_t mark = start + 6;
    if (!od_text_has(k, mark, "：") && !od_text_has(k, mark, ":")) return;
    const size_t names = skip_spaces(k, od_text_next(k, mark));
    if (names >= trim_end(k, k->text.size)) return;
    a->open = a->present = true;
    a->listed = 0;
    memset(a->has, 0, sizeof a->has);
    a->span = od_visible_span(&k->visible, start, mark);
    check_items(k, names);
}

// Notes where the text speaks of attachments.
static void note_cited(od_text_checker *k, size_t start) {
    od_attachments *const a = &k->attachments;
    if (a->open) return; // their own list
    for (size_t at = start; (at = od_slice_find(k->text, OD_SLICE("附件"), at)) != SIZE_MAX;
         at += 6) {
        size_t end = at + 6;
        size_t number = 0;
        for (; end < at + 9 && od_is_digit(od_text_at(k, end)); end++)
            number = number * 10 + (size_t)(k->text.data[end] - '0');
        // The label above an attachment is no citation.
        if (at == start && skip_spaces(k, end) == k->text.size) return;
        *od_array_push(&k->kept, &a->cited) = (od_cited){number,
                                                         od_visible_span(&k->visible, at, end)};
    }
}

static const od_cited *find_cited(const od_attachments *a, size_t number) {
    for (size_t i = 0; i < a->cited.count; i++)
        if (a->cited.items[i].number == number || !a->cited.items[i].number)
            return &a->cited.items[i];
    return NULL;
}

// An attachment alone has no number, and may be cited as the first.
static bool is_listed(const od_attachments *a, size_t number) {
    if (!number || (number == 1 && !a->listed)) return true;
    return number <= OD_ATTACHMENT_MAX && a->has[number];
}

void od_check_attachments(od_text_checker *k) {
    const od_attachments *const a = &k->attachments;
    if (!a->present) return;
    for (size_t i = 0; i < a->cited.count; i++)
        if (!is_listed(a, a->cited.items[i].number))
            od_diagnose(k->found, OD_RULE_ATTACHMENT_LIST, k->source, a->cited.items[i].span,
                        od_say(k->found,
                               OD_SAY("attachment {1} is not in the list of attachments",
                                      "文中提到附件{1}，附件说明里没有列出"),
                               od_arena_number(k->found->arena, a->cited.items[i].number)));
    for (size_t n = 1; n <= a->listed && n <= OD_ATTACHMENT_MAX; n++)
        if (a->has[n] && !find_cited(a, n))
            od_diagnose(k->found, OD_RULE_ATTACHMENT_LIST, k->source, a->span,
                        od_say(k->found,
                               OD_SAY("attachment {1} is listed, and the text never speaks of it",
                                      "列出了附件{1}，正文没有提到"),
                               od_arena_number(k->found->arena, n)));
}

// ---- spaces at both ends -----------------------------------------------------------------------

// In plain text a leaf is what is on a line; in Markdown a tab makes code.
static void check_tab(od_text_checker *k) {
    const size_t end = k->leaf->span.start;
    size_t start = end;
    if (k->context->reading->document->kind != OD_PLAIN_TEXT) return;
    while (start && k->source->bytes.data[start - 1] == '\t') start--;
    if (start == end ||
        od_source_line(k->source, od_source_line_at(k->source, start)).start < start)
        return;
    od_diagnose(
        k->found, OD_RULE_TAB_INDENT, k->source, (od_span){start, end},
        od_say(k->found, OD_SAY("the paragraph is indented by a tab; indent it by two characters",
                                "段首用了制表符，应空两个汉字")));
}

static bool is_blank_byte(char byte) {
    return byte == ' ' || byte == '\t';
}

static void check_line_end(od_text_checker *k, size_t line, bool last) {
    const od_span span = od_source_line(k->source, line);
    size_t start = span.end;
    while (start > span.start && is_blank_byte(k->source->bytes.data[start - 1])) start--;
    // Two spaces break a line of Markdown.
    const bool breaks = k->context->reading->document->kind != OD_PLAIN_TEXT && !last &&
                        span.end - start >= 2;
    if (start == span.end || start == span.start || breaks) return;
    od_diagnostic *const found = od_diagnose(
        k->found, OD_RULE_TRAILING_SPACE, k->source, (od_span){start, span.end},
        od_say(k->found, OD_SAY("spaces stand at the end of the line (--fix deletes them)",
                                "行末有多余的空格。可用 --fix 自动删去")));
    od_diagnostic_fix(k->found, found, od_say(k->found, OD_SAY("delete the spaces", "删去空格")),
                      (od_edit){{start, span.end}, {0}});
}

static void check_line_ends(od_text_checker *k) {
    const od_span span = k->leaf->span;
    size_t line = od_source_line_at(k->source, span.start);
    const size_t last = od_source_line_at(k->source,
                                          span.end > span.start ? span.end - 1 : span.end);
    if (line < k->lines_seen) line = k->lines_seen; // cells of a table share one
    for (; line <= last; line++) check_line_end(k, line, line == last);
    k->lines_seen = last + 1;
}

// ---- one leaf ----------------------------------------------------------------------------------

void od_check_line(od_text_checker *k, const od_section *section) {
    if (k->on[OD_RULE_TAB_INDENT]) check_tab(k);
    if (k->on[OD_RULE_TRAILING_SPACE]) check_line_ends(k);
    const size_t start = skip_spaces(k, 0);
    if (k->on[OD_RULE_ATTACHMENT_LIST] && k->attachments.possible) {
        if (!section || section->number.form == OD_FORM_ARABIC) check_attachments(k, start);
        else k->attachments.open = false;
        note_cited(k, start);
    }
    if (section) {
        check_heading(k, section);
        return;
    }
    if (k->on[OD_RULE_SIGN_DATE]) check_sign_date(k);
    if (k->on[OD_RULE_ATTENDANCE_LINE]) check_attendance(k, start);
    if (od_text_has(k, start, "图") || od_text_has(k, start, "表")) check_caption(k, start);
}
