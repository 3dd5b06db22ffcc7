// What an official paper is as a whole (GB/T 9704-2012, 7.2 and 7.3): its title, addressee and
// closing words, numbers of documents, short titles, and headings of one level in one form.
#include "engine/check_text.h"

#include "base/utf8.h"
#include "data/moment.h"
#include "document/document.h"

// ---- kinds of documents ------------------------------------------------------------------------

// The last word of a title. The statutory kinds come first.
static const char *const KINDS[] = {
    "报告",   "通知",   "通报",   "公告",   "通告",     "批复", "请示", "函",   "决定", "意见",
    "纪要",   "决议",   "命令",   "令",     "公报",     "议案", "总结", "计划", "方案", "办法",
    "规定",   "条例",   "细则",   "规则",   "制度",     "规划", "要点", "简报", "说明", "讲话",
    "致辞",   "倡议书", "承诺书", "责任书", "协议",     "合同", "名单", "清单", "台账", "记录",
    "章程",   "公约",   "准则",   "守则",   "程序",     "规程", "指南", "手册", "标准", "安排",
    "汇报",   "材料",   "预案",   "建议",   "纲要",     "提纲", "通讯", "信息", "证明", "介绍信",
    "感谢信", "慰问信", "贺信",   "报表",   "流程",     "要求", "须知", "声明", "启事", "提案",
    "答复",   "复函",   "述评",   "评估",   "会议纪要",
};
enum {
    KIND_COUNT = sizeof KINDS / sizeof *KINDS,
    DOUBLED_KINDS = 10,
    STATUTORY_KINDS = 11,
    NO_KIND = KIND_COUNT
};

static size_t kind_at_end(od_slice text, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (od_slice_ends(text, od_slice_of(KINDS[i]))) return i;
    return NO_KIND;
}

// ---- the title ---------------------------------------------------------------------------------

// The title of the draft, in its text or in its front matter.
typedef struct title {
    od_slice text;
    od_span span;
    size_t next; // index of the leaf behind it
    size_t kind; // in KINDS, or NO_KIND
    bool found;
} title;

static od_slice trim(od_slice text) {
    size_t size;
    while (text.size && od_is_space(od_utf8_read(text, 0, &size))) text = od_slice_from(text, size);
    while (text.size && od_is_space(od_utf8_read_before(text, text.size, &size))) text.size -= size;
    return text;
}

static bool has(od_slice text, const char *part) {
    return od_slice_find(text, od_slice_of(part), 0) != SIZE_MAX;
}

// Whether the first line of a plain text may be its title: short, and no sentence.
static bool looks_like_title(od_slice text) {
    static const char *const NEVER[] = {"。", "，", "：", "；", "号", ":"};
    enum { LONGEST = 180, SHORTEST = 12 };
    if (text.size > LONGEST || text.size < SHORTEST) return false;
    for (size_t i = 0; i < sizeof NEVER / sizeof *NEVER; i++)
        if (has(text, NEVER[i])) return false;
    return has(text, "关于") || kind_at_end(text, KIND_COUNT) != NO_KIND;
}

// Whether the first heading is the title: the outline says so where others follow below it.
static bool is_title(const od_text_checker *k, const od_section *s) {
    const bool alone = k->leaves.count && s->node == k->leaves.items[0] &&
                       s->node->type == OD_HEADING && s->node->heading.level == 1 && !s->next;
    return s->is_title || (alone && !s->number.present);
}

static bool find_marked_title(od_text_checker *k, title *t) {
    const od_outline *const outline = &k->context->reading->outline;
    if (!outline->count || !is_title(k, outline->sections[0])) return false;
    const od_section *const s = outline->sections[0];
    t->text = s->title;
    t->span = s->heading;
    while (t->next < k->leaves.count && k->leaves.items[t->next] != s->node) t->next++;
    t->next++;
    return true;
}

static bool find_plain_title(od_text_checker *k, title *t) {
    if (k->context->reading->document->kind != OD_PLAIN_TEXT || k->leaves.count < 2) return false;
    const od_outline *const outline = &k->context->reading->outline;
    if (outline->count && outline->sections[0]->node == k->leaves.items[0]) return false;
    od_text_load(k, k->leaves.items[0]);
    t->text = od_arena_copy(&k->kept, trim(k->text));
    t->span = od_visible_span(&k->visible, 0, k->text.size);
    t->next = 1;
    return looks_like_title(t->text);
}

static bool find_title(od_text_checker *k, title *t) {
    if (find_marked_title(k, t)) return true;
    *t = (title){0};
    if (find_plain_title(k, t)) return true;
    *t = (title){0};
    const od_value *const value = od_value_at(&k->context->reading->document->front_matter.values,
                                              "title");
    if (!value || value->kind != OD_SCALAR || !value->text.size) return false;
    t->text = value->text;
    t->span = value->span;
    return true;
}

// Returns the title without what may stand in brackets behind its kind: （试行）.
static od_slice without_brackets(od_slice text) {
    while (od_slice_ends(text, OD_SLICE("）"))) {
        size_t open = text.size;
        while (open && !od_slice_starts(od_slice_from(text, open), OD_SLICE("（"))) open--;
        if (!open) return text;
        text = trim(od_slice_cut(text, 0, open));
    }
    return text;
}

static bool has_han(od_slice text) {
    size_t size;
    for (size_t at = 0; at < text.size; at += size)
        if (od_is_han(od_utf8_read(text, at, &size))) return true;
    return false;
}

static void tell_title(od_text_checker *k, const title *t, od_text text, od_slice word) {
    od_diagnose(k->found, OD_RULE_TITLE_FORM, k->source, t->span,
                od_say(k->found, text, t->text, word));
}

// Returns the first mark of the title that is none of its own, outside 《 》; empty when there is
// none.
static od_slice wrong_mark(od_slice text) {
    static const uint32_t WRONG[] = {0xFF0C, 0x3002, 0xFF1B, 0xFF1A, 0xFF01,
                                     0xFF1F, ',',    ';',    '!',    '?'};
    size_t depth = 0, size;
    for (size_t at = 0; at < text.size; at += size) {
        const uint32_t code = od_utf8_read(text, at, &size);
        if (code == 0x300A) depth++;
        if (code == 0x300B && depth) depth--;
        for (size_t i = 0; !depth && i < sizeof WRONG / sizeof *WRONG; i++)
            if (code == WRONG[i]) return od_slice_cut(text, at, at + size);
    }
    return (od_slice){0};
}

static bool is_doubled(od_slice text, size_t kind) {
    if (kind >= DOUBLED_KINDS) return false;
    const od_slice rest = od_slice_cut(text, 0, text.size - strlen(KINDS[kind]));
    const size_t other = kind_at_end(rest, DOUBLED_KINDS);
    // 征求意见函 and 复函 are kinds of letters.
    return other != NO_KIND && other != kind && !od_slice_is(od_slice_of(KINDS[other]), "函");
}

static void check_title(od_text_checker *k, title *t) {
    const od_slice text = without_brackets(trim(t->text));
    const od_slice mark = wrong_mark(text);
    t->kind = kind_at_end(text, KIND_COUNT);
    if (!k->on[OD_RULE_TITLE_FORM] || !has_han(text)) return;
    if (mark.size)
        tell_title(k, t,
                   OD_SAY("a title has no “{2}”; only titles of laws take marks",
                          "标题中除书名号等外不用标点“{2}”"),
                   mark);
    const size_t about = od_slice_find(text, OD_SLICE("关于"), 0);
    if (t->kind == NO_KIND)
        tell_title(k, t,
                   OD_SAY("the title “{1}” does not end with the kind of document",
                          "标题“{1}”末尾没有文种，如“报告”“通知”"),
                   (od_slice){0});
    else if (is_doubled(text, t->kind))
        tell_title(k, t,
                   OD_SAY("the title “{1}” names two kinds of documents; keep one",
                          "标题“{1}”重复使用文种，只能保留一个"),
                   (od_slice){0});
    else if (about != SIZE_MAX && od_slice_find(text, OD_SLICE("的"), about) == SIZE_MAX)
        tell_title(k, t,
                   OD_SAY("the title “{1}” lacks “的” before its kind: 关于…的…",
                          "标题“{1}”缺“的”，应为“关于……的……”"),
                   (od_slice){0});
}

// ---- the closing words -------------------------------------------------------------------------

static const struct closing {
    const char *words, *kind;
} CLOSINGS[] = {
    {"特此报告", "报告"}, {"特此通知", "通知"}, {"特此通报", "通报"}, {"特此公告", "公告"},
    {"特此通告", "通告"}, {"特此批复", "批复"}, {"特此函复", "函"},   {"特此函告", "函"},
    {"特此函达", "函"},   {"特此致函", "函"},   {"请批示", "请示"},   {"请批复", "请示"},
    {"请予批示", "请示"}, {"请予批复", "请示"},
};

static void check_closing(od_text_checker *k, const title *t) {
    for (size_t i = 0; i < sizeof CLOSINGS / sizeof *CLOSINGS; i++) {
        const od_slice words = od_slice_of(CLOSINGS[i].words);
        const size_t at = od_slice_find(k->text, words, 0);
        if (at == SIZE_MAX || strcmp(CLOSINGS[i].kind, KINDS[t->kind]) == 0) continue;
        od_diagnostic *const found = od_text_tell(
            k, OD_RULE_TITLE_FORM, at, at + words.size,
            od_say(k->found,
                   OD_SAY("“{1}” closes a {2}, but the title says {3}",
                          "“{1}”是“{2}”的结束语，与标题的文种“{3}”不一致"),
                   words, od_slice_of(CLOSINGS[i].kind), od_slice_of(KINDS[t->kind])));
        if (found)
            od_diagnostic_relate(k->found, found, k->source, t->span,
                                 od_say(k->found, OD_SAY("the title", "标题在这里")));
        return;
    }
}

// The closing words stand in one of the last paragraphs.
static void check_closings(od_text_checker *k, const title *t) {
    enum { LAST = 10, LONGEST = 240 };
    if (t->kind >= STATUTORY_KINDS) return;
    const size_t count = k->leaves.count, first = count > LAST ? count - LAST : 0;
    for (size_t i = first > t->next ? first : t->next; i < count; i++) {
        const od_span span = k->leaves.items[i]->span;
        if (span.end - span.start > LONGEST) continue;
        od_text_load(k, k->leaves.items[i]);
        check_closing(k, t);
    }
}

// ---- the addressee -----------------------------------------------------------------------------

// Whether a line without marks names bodies: 各…, …局, …委员会.
static bool names_bodies(od_slice text) {
    static const char *const ENDS[] = {
        "单位", "部门",   "局",     "委",   "办",   "院",   "公司", "中心", "支部",
        "政府", "厅",     "处",     "科",   "室",   "街道", "镇",   "乡",   "村",
        "机关", "委员会", "办公室", "学校", "企业", "党委", "总支", "社区",
    };
    enum { LONGEST = 240 };
    static const char *const NEVER[] = {"。", "：", "；", "（", "年"};
    if (!text.size || text.size > LONGEST) return false;
    for (size_t i = 0; i < sizeof NEVER / sizeof *NEVER; i++)
        if (has(text, NEVER[i])) return false;
    bool ends = false;
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
        ends |= od_slice_ends(text, od_slice_of(ENDS[i]));
    return ends;
}

// Whether the leaf at `index` is a paragraph of sentences.
static bool is_sentence(od_text_checker *k, size_t index) {
    if (index >= k->leaves.count) return false;
    od_text_load(k, k->leaves.items[index]);
    return has(k->text, "。") || has(k->text, "，");
}

static void check_addressee(od_text_checker *k, const title *t) {
    const bool sentence_below = is_sentence(k, t->next + 1);
    if (t->next >= k->leaves.count || k->leaves.items[t->next]->type == OD_HEADING) return;
    od_text_load(k, k->leaves.items[t->next]);
    const od_slice text = trim(k->text);
    const size_t start = text.size ? (size_t)(text.data - k->text.data) : 0,
                 end = start + text.size;
    const bool closed = od_slice_ends(text, OD_SLICE("："));
    if (closed && t->kind != NO_KIND && strcmp(KINDS[t->kind], "请示") == 0 && !has(text, "。") &&
        (has(text, "、") || has(text, "，")))
        od_text_tell(k, OD_RULE_ADDRESSEE_FORM, start, end,
                     od_say(k->found, OD_SAY("a request (请示) has exactly one addressee",
                                             "请示只能有一个主送机关")));
    if (closed || !sentence_below) return;
    size_t stop = end;
    while (stop > start && (od_text_before(k, stop) == 0xFF0C || od_text_before(k, stop) == 0x3002))
        stop -= 3;
    if (!names_bodies(od_slice_cut(k->text, start, stop))) return;
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_ADDRESSEE_FORM, start, end,
        od_say(k->found, OD_SAY("the addressee is followed by a full-width “：”",
                                "主送机关后面应为全角冒号“：”")));
    od_text_fix(k, found, stop, end, OD_SLICE("："));
}

// ---- the date of signature ---------------------------------------------------------------------

static void check_signed(od_text_checker *k) {
    if (!k->signed_on.year) return;
    const od_date done = k->habits.done;
    if (k->on[OD_RULE_SIGN_DATE] && done.year && od_date_days(done) > od_date_days(k->signed_on)) {
        od_diagnostic *const found = od_diagnose(
            k->found, OD_RULE_SIGN_DATE, k->source, k->signed_span,
            od_say(k->found,
                   OD_SAY("signed on “{1}”, before “{2}”, of which the text reports as done",
                          "成文日期“{1}”早于文中已完成事项的日期“{2}”"),
                   od_source_cut(k->source, k->signed_span),
                   od_source_cut(k->source, k->habits.done_span)));
        od_diagnostic_relate(k->found, found, k->source, k->habits.done_span,
                             od_say(k->found, OD_SAY("done on this day", "文中说这一天已经完成")));
    }
    const od_day today = k->context->today;
    const od_date now = {today.year, today.month, today.day};
    if (k->on[OD_RULE_SIGN_DATE_FUTURE] && today.year &&
        od_date_days(k->signed_on) > od_date_days(now))
        od_diagnose(
            k->found, OD_RULE_SIGN_DATE_FUTURE, k->source, k->signed_span,
            od_say(k->found,
                   OD_SAY("the date of signature “{1}” is still to come", "成文日期“{1}”还没有到"),
                   od_source_cut(k->source, k->signed_span)));
}

// ---- headings of one level ---------------------------------------------------------------------

static bool has_body(const od_section *s) {
    return s->run_in || s->span.end > s->node->span.end;
}

// Headings below one section run in, or stand on lines of their own.
static void check_siblings(od_text_checker *k, const od_section *parent) {
    const od_section *first = NULL;
    for (const od_section *s = parent->first; s; s = s->next) {
        if (s->level < 2 || !s->number.present || !has_body(s)) continue;
        if (!first) first = s;
        if (s->run_in == first->run_in || s->number.form != first->number.form) continue;
        const od_text lines = OD_SAY("“{1}” runs into its text, “{2}” stands on a line of its own",
                                     "“{1}”与正文接排，而“{2}”单独成行，同级标题应一致");
        const od_text runs = OD_SAY("“{1}” stands on a line of its own, “{2}” runs into its text",
                                    "“{1}”单独成行，而“{2}”与正文接排，同级标题应一致");
        od_diagnostic *const found = od_diagnose(
            k->found, OD_RULE_HEADING_RUN_IN, k->source, s->heading,
            od_say(k->found, s->run_in ? lines : runs, s->title, first->title));
        od_diagnostic_relate(k->found, found, k->source, first->heading,
                             od_say(k->found, OD_SAY("the other heading", "另一个标题")));
        return;
    }
}

void od_check_headings(od_text_checker *k) {
    const od_outline *const outline = &k->context->reading->outline;
    if (!k->on[OD_RULE_HEADING_RUN_IN]) return;
    for (size_t i = 0; i < outline->count; i++) check_siblings(k, outline->sections[i]);
}

// ---- numbers of documents ----------------------------------------------------------------------

static const struct bracket {
    uint32_t open;
    const char *close;
} BRACKETS[] = {{0x3014, "〕"}, {'[', "]"},     {'(', ")"},
                {0xFF08, "）"}, {0x3010, "】"}, {0xFF3B, "］"}};

static size_t digits_end(const od_text_checker *k, size_t at) {
    while (at < k->text.size && od_is_digit((unsigned char)k->text.data[at])) at++;
    return at;
}

// 《…》 comes before the number when both are cited.
static void check_order(od_text_checker *k, size_t start, size_t end) {
    const size_t next = od_text_has(k, end, "）") ? end + 3 : end;
    if (od_text_has(k, next, "《"))
        od_text_tell(
            k, OD_RULE_DOCUMENT_NUMBER, start, end,
            od_say(k->found, OD_SAY("when a document is cited its title comes first, then its "
                                    "number: 《…》（…〔2022〕5号）",
                                    "引用公文应先引标题、后引发文字号：《……》（……〔2022〕5号）")));
}

size_t od_check_document_number(od_text_checker *k, size_t at, uint32_t code) {
    const char *close = NULL;
    for (size_t i = 0; i < sizeof BRACKETS / sizeof *BRACKETS; i++)
        if (code == BRACKETS[i].open) close = BRACKETS[i].close;
    const size_t year = od_text_next(k, at), year_end = digits_end(k, year);
    // A number of two digits in round brackets may be anything.
    const bool short_year = year_end - year == 2 && code != '(' && code != 0xFF08;
    if (!close || (year_end - year != 4 && !short_year) || !od_text_has(k, year_end, close) ||
        !od_is_han(od_text_before(k, at)))
        return at;
    const size_t behind = year_end + strlen(close);
    const size_t digits = od_text_has(k, behind, "第") ? behind + 3 : behind;
    const size_t end = digits_end(k, digits);
    if (end == digits || !od_text_has(k, end, "号")) return at;
    k->bracket_until = end;
    size_t first = digits;
    while (first + 1 < end && k->text.data[first] == '0') first++;
    const bool right = code == 0x3014 && year_end - year == 4 && digits == behind &&
                       first == digits;
    if (!k->on[OD_RULE_DOCUMENT_NUMBER]) return end;
    if (right) {
        check_order(k, at, end + 3);
        return end;
    }
    const od_slice number = od_arena_concat(&k->scratch, OD_SLICE("〔"),
                                            od_slice_cut(k->text, year, year_end), OD_SLICE("〕"),
                                            od_slice_cut(k->text, first, end));
    const bool whole = year_end - year == 4;
    od_diagnostic *const found = od_text_tell(
        k, OD_RULE_DOCUMENT_NUMBER, at, end + 3,
        od_say(
            k->found,
            whole ? OD_SAY("the number of the document is written “{1}号”", "发文字号应写作“{1}号”")
                  : OD_SAY("the year in the number of a document needs all four digits",
                           "发文字号的年份应写全四位数字"),
            number));
    if (whole) od_text_fix(k, found, at, end, number);
    return end;
}

// ---- short titles ------------------------------------------------------------------------------

void od_check_cited_title(od_text_checker *k, size_t start, size_t end) {
    static const char *const SHORT[] = {"通知", "意见", "办法", "条例", "规定", "决定",
                                        "方案", "纲要", "规划", "细则", "准则", "决议",
                                        "通报", "报告", "制度", "要点"};
    if (!k->on[OD_RULE_ABBREVIATION]) return;
    const od_slice name = od_slice_cut(k->text, start + 3, end - 3);
    for (size_t i = 0; i < sizeof SHORT / sizeof *SHORT; i++) {
        if (!od_slice_is(name, SHORT[i]) || k->introduced >> i & 1) continue;
        k->introduced |= 1u << i; // once is enough
        if (od_text_ends(k, start, "简称") || od_text_ends(k, start, "下称") ||
            od_text_ends(k, start, "简称为"))
            return;
        od_text_tell(k, OD_RULE_ABBREVIATION, start, end,
                     od_say(k->found,
                            OD_SAY("“{1}” is short for a title that was not introduced "
                                   "(以下简称…)",
                                   "简称“{1}”第一次出现前没有用“以下简称”说明"),
                            od_slice_cut(k->text, start, end)));
    }
}

// ---- the draft ---------------------------------------------------------------------------------

void od_check_official(od_text_checker *k) {
    title t = {0};
    if (k->on[OD_RULE_ATTACHMENT_LIST]) od_check_attachments(k);
    check_signed(k);
    t.found = (k->on[OD_RULE_TITLE_FORM] || k->on[OD_RULE_ADDRESSEE_FORM]) && find_title(k, &t);
    if (!t.found) return;
    check_title(k, &t);
    if (k->on[OD_RULE_TITLE_FORM]) check_closings(k, &t);
    if (k->on[OD_RULE_ADDRESSEE_FORM]) check_addressee(k, &t);
}
