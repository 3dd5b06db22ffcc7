// Outline: which lines are headings, how they nest, and the numbers they start with.
#include "base/buf.h"
#include "document/ast.h"
#include "document/outline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// ---- trees written as lines --------------------------------------------------------------------

typedef struct builder {
    od_arena arena;
    od_source source;
    od_node *root;
} builder;

static void add_text(builder *b, od_node *parent, od_span span) {
    if (span.start >= span.end) return;
    od_node *const text = od_node_new(&b->arena, OD_TEXT, span);
    text->leaf.text = od_source_cut(&b->source, span);
    od_node_append(parent, text);
}

// Adds the text of `span`, in which «…» is bold and | a hard line break.
static void add_inlines(builder *b, od_node *parent, od_span span) {
    const od_slice bytes = od_slice_cut(b->source.bytes, 0, span.end);
    for (size_t at = span.start; at < span.end;) {
        size_t open = od_slice_find(bytes, OD_SLICE("«"), at);
        const size_t pipe = od_slice_find(bytes, OD_SLICE("|"), at);
        if (pipe < open) {
            add_text(b, parent, (od_span){at, pipe});
            const od_span hard = {pipe, pipe + 1};
            od_node_append(parent, od_node_new(&b->arena, OD_LINE_BREAK, hard));
            at = pipe + 1;
            continue;
        }
        if (open == SIZE_MAX) open = span.end;
        add_text(b, parent, (od_span){at, open});
        if (open == span.end) return;
        const size_t close = od_slice_find(bytes, OD_SLICE("»"), open);
        od_node *const strong = od_node_new(&b->arena, OD_STRONG, (od_span){open, close + 2});
        od_node_append(parent, strong);
        add_text(b, strong, (od_span){open + 2, close});
        at = close + 2;
    }
}

static od_node *add_block(builder *b, od_node *parent, od_node_type type, od_span span,
                          size_t mark) {
    od_node *const node = od_node_new(&b->arena, type, span);
    od_node_append(parent, node);
    add_inlines(b, node, (od_span){span.start + mark, span.end});
    return node;
}

static void add_line(builder *b, od_span line) {
    const od_slice text = od_source_cut(&b->source, line);
    size_t level = 0;
    while (level < text.size && text.data[level] == '#') level++;
    if (level) {
        od_node *const heading = add_block(b, b->root, OD_HEADING, line, level + 1);
        heading->heading.level = (int)level;
    } else if (od_slice_starts(text, OD_SLICE("> "))) {
        od_node *const quote = od_node_new(&b->arena, OD_BLOCK_QUOTE, line);
        od_node_append(b->root, quote);
        add_block(b, quote, OD_PARA, (od_span){line.start + 2, line.end}, 0);
    } else if (od_slice_is(text, "---")) {
        od_node_append(b->root, od_node_new(&b->arena, OD_HORIZONTAL_RULE, line));
    } else {
        add_block(b, b->root, OD_PARA, line, 0);
    }
}

static void build(builder *b, const char *draft) {
    *b = (builder){0};
    od_source_init(&b->source, &b->arena, "draft", od_slice_of(draft), 0);
    b->root = od_node_new(&b->arena, OD_ROOT, (od_span){0, strlen(draft)});
    for (size_t i = 0; i < b->source.line_count; i++) {
        const od_span line = od_source_line(&b->source, i);
        if (od_slice_trim(od_source_cut(&b->source, line)).size) add_line(b, line);
    }
}

// ---- outlines written as lines -----------------------------------------------------------------

// Appends a section as `  （一）标题`: two spaces a level; `!` after a title, `…` after a run-in
// heading, `→` and the right spelling after a wrong number.
static void print_section(const builder *b, const od_section *s, od_buf *out) {
    for (int i = 1; i < s->level; i++) od_buf_text(out, "  ");
    const od_slice number = od_source_cut(&b->source, s->number.span);
    if (s->number.present) od_buf_add(out, number);
    if (s->number.right.size) {
        od_buf_text(out, "→");
        od_buf_add(out, s->number.right);
    }
    od_buf_add(out, s->title);
    if (s->is_title) od_buf_byte(out, '!');
    if (s->run_in) od_buf_text(out, "…");
    od_buf_byte(out, '\n');
}

static void assert_outline(const char *draft, const od_outline_options *options,
                           const char *expected) {
    builder b;
    build(&b, draft);
    od_outline outline;
    od_outline_read(&b.arena, &b.source, b.root, options, &outline);
    od_buf out = {0};
    for (size_t i = 0; i < outline.count; i++) print_section(&b, outline.sections[i], &out);
    od_buf_byte(&out, '\0');
    assert_string_equal(out.data, expected);
    od_buf_free(&out);
    od_arena_free(&b.arena);
}

typedef struct outline_case {
    const char *draft, *expected;
} outline_case;

static void assert_outlines(const outline_case *cases, size_t count, unsigned forms) {
    for (size_t i = 0; i < count; i++)
        assert_outline(cases[i].draft, &(od_outline_options){.forms = forms}, cases[i].expected);
}
#define ASSERT_OUTLINES(cases, forms) assert_outlines(cases, sizeof cases / sizeof *cases, forms)

// ---- cases -------------------------------------------------------------------------------------

// A sentence of 47 characters: too long for a heading before its 。
#define LONG "这一段没有标题只有很长很长的正文所以第一句话就远远超过了四十个字谁也不会把它当成一个小标题来读"

static void test_official(void **state) {
    (void)state;
    static const outline_case CASES[] = {
        {"开头\n一、准备\n（一）学习。正文很多\n（二）谈心。正文\n1.步骤\n正文\n（1）细节\n正文\n"
         "二、召开\n正文\n",
         "一、准备\n  （一）学习…\n  （二）谈心…\n    1.步骤\n      （1）细节\n二、召开\n"},
        // Levels are those of the draft, not of the forms.
        {"（一）甲\n正文\n1.丙\n正文\n（二）乙\n正文\n", "（一）甲\n  1.丙\n（二）乙\n"},
        {"1. Scope\nText.\n2. Terms\nText.\n", "1.Scope\n2.Terms\n"},
        {"一、准备\n1.学习\n正文\n二、召开\n", "一、准备\n  1.学习\n二、召开\n"},
        {"　　一、准备　\n　　正文\n", "一、准备\n"},
        {"第一部分 概况\n正文\n第一章 总则\n第一节 范围\n第一条 为了规范管理，制定本办法。\n"
         "第二条 定义\n第二章 附则\n第十二条 本办法自发布之日起施行。\n",
         "第一部分概况\n  第一章总则\n    第一节范围\n      第一条…\n      第二条定义\n"
         "  第二章附则\n    第十二条…\n"},
        {"第一章总则\n正文\n", "第一章总则\n"},
        {"第1章 总则\n", "第1章总则\n"},
        // A last 。 is a slip that does not make a paragraph of a heading.
        {"一、会前准备。\n支部很重视。\n二、会议召开。\n会议开了。\n", "一、会前准备\n二、会议召开\n"},
        {"一、主要做法：\n正文\n", "一、主要做法：\n"},
    };
    ASSERT_OUTLINES(CASES, 0);
}

static void test_run_in(void **state) {
    (void)state;
    static const outline_case CASES[] = {
        {"（一）认真学习，夯实基础。支部坚持学习。\n", "（一）认真学习，夯实基础…\n"},
        {"一、提高认识。二、加强领导。\n", "一、提高认识…\n"},
        {"（一）" LONG "。后面还有话。\n", ""},
        {"（一）学。后面还有话。\n", "（一）学…\n"},
        {"（一）。后面还有话。\n", ""},
        {"（一）做到“三明确。”\n正文\n", "（一）做到“三明确\n"},
        {"（一）做到“三明确。”支部坚持学习。\n", "（一）做到“三明确…\n"},
        {"«（一）认真学习。»支部坚持学习。\n", "（一）认真学习…\n"},
        {"«（一）认真学习»支部坚持学习。\n", "（一）认真学习…\n"},
        {"«（一）认真学习»：支部坚持学习。\n", "（一）认真学习…\n"},
        {"　　«（一）认真学习»　支部坚持学习。\n", "（一）认真学习…\n"},
        {"«（一）»认真学习。支部坚持学习。\n", "（一）认真学习…\n"},
        {"**（一）认真学习。**支部坚持学习。\n", "（一）认真学习…\n"},
        {"**（一）“XX”活动**支部坚持学习。\n", "（一）“XX”活动…\n"},
        {"**（一）**认真学习。支部坚持学习。\n", "（一）认真学习…\n"},
        {"**一、认真学习**\n正文\n", "一、认真学习\n"},
        {"一、认真学习|支部坚持学习。\n", "一、认真学习…\n"},
        {"### （一）认真学习。支部坚持学习。\n", "（一）认真学习…\n"},
        {"### （一）认真学习。\n正文\n", "（一）认真学习\n"},
        {"### 认真学习。支部坚持学习。\n", "认真学习。支部坚持学习。\n"},
    };
    ASSERT_OUTLINES(CASES, 0);
    assert_outline("（一）学习好。支部坚持学习。\n（二）谈心\n", &(od_outline_options){.no_run_in = true},
                   "（二）谈心\n");
}

static void test_wrong_forms(void **state) {
    (void)state;
    static const outline_case CASES[] = {
        {"(一)甲项\n正文\n（二)乙项\n正文\n（三）丙项\n", "(一)→（一）甲项\n（二)→（二）乙项\n（三）丙项\n"},
        {"㈠甲项\n㈡乙项\n", "㈠→（一）甲项\n㈡→（二）乙项\n"},
        {"一.甲项\n正文\n二．乙项\n正文\n", "一.→一、甲项\n二．→二、乙项\n"},
        {"一、 甲项\n二 、乙项\n", "一、 →一、甲项\n二 、→二、乙项\n"},
        {"（一）、甲项\n（ 二 ）乙项\n（三） 丙项\n",
         "（一）、→（一）甲项\n（ 二 ）→（二）乙项\n（三） →（三）丙项\n"},
        {"1、甲项\n正文\n2．乙项\n正文\n3,丙项\n正文\n４.丁项\n正文\n",
         "1、→1.甲项\n2．→2.乙项\n3,→3.丙项\n４.→4.丁项\n"},
        // Otherwise it would become an item of a list.
        {"1、 甲项\n正文\n", "1、 →1.甲项\n"},
        {"⑴甲项\n正文\n(2)乙项\n正文\n（３）丙项\n正文\n⒈丁项\n",
         "⑴→（1）甲项\n(2)→（2）乙项\n（３）→（3）丙项\n"},
        {"十、甲项\n一一、乙项\n一十二、丙项\n", "十、甲项\n一一、→十一、乙项\n一十二、→十二、丙项\n"},
        {"第一一章 总则\n", "第一一章→第十一章总则\n"},
        {"## 一. 甲项\n## （二） 乙项\n## 3、丙项\n", "一. →一、甲项\n（二） →（二）乙项\n3、→3.丙项\n"},
        // Right in English.
        {"(1) Scope\nText.\n(2) Terms\nText.\n", "(1)Scope\n(2)Terms\n"},
        {"## 1. 甲项\n", "1.甲项\n"},
    };
    ASSERT_OUTLINES(CASES, 0);
}

static void test_ordinary_text(void **state) {
    (void)state;
    static const outline_case CASES[] = {
        {"2022年2月18日召开会议\n", ""},
        {"（2022）5号\n", ""},
        {"（请假3人）\n", ""},
        {"1.5万人参加\n3.15晚会\n9:30开会\n10%的人\n1,000元\n01.目录\n", ""},
        {"二、三季度完成情况\n五、六月份安排\n5、6号楼\n1、2月份\n", ""},
        {"二、三会一课制度落实情况\n", "二、三会一课制度落实情况\n"},
        {"一、三个坚持\n", "一、三个坚持\n"},
        {"十一、中秋期间值班。请各支部安排好。\n", ""},
        {"15. 各单位报送材料\n正文\n", ""},
        {"第一条意见是加强学习\n第一，加强学习\n第一次会议\n", ""},
        {"第一节课讲解了基本知识。\n第一章讲的是总则，第二章讲的是分则。\n", ""},
        {"一是加强学习\n一律不得\n", ""},
        {"一、" LONG LONG "\n", ""},
        {"> 一、准备\n> 正文\n", ""},
        // Lists in plain text: sentences, and items with nothing below them.
        {"1. 张三负责整理材料，3月5日前完成。\n2. 李四负责联系场地。\n", ""},
        {"1. The chair opened the meeting.\nText.\n", ""},
        {"参会单位：\n1. 第一支部\n2. 第二支部\n会议由支部书记主持。\n", ""},
        {"1. 甲；\n2. 乙；\n（一）丙；\n（二）丁。\n正文\n", ""},
        {"（一）同意第一个方案。\n（二）由办公室牵头落实。\n会议结束。\n", ""},
        {"1. 学习\n正文\n2. 谈心\n3. 检视\n正文\n", "1.学习\n2.谈心\n3.检视\n"},
        {"1.学习\n（1）个人\n正文\n（2）集体\n正文\n2.谈心\n",
         "1.学习\n  （1）个人\n  （2）集体\n2.谈心\n"},
        {"一、\n正文\n", ""},
        {"一、甲\n正文\n附件：1. 名单\n2. 台账\n3. 说明。都在这里。\n正文\n", "一、甲\n"},
        {"附件：名单\n正文\n1. 甲\n正文\n", "1.甲\n"},
        {"1.1 范围\n**注意**\n", ""},
    };
    ASSERT_OUTLINES(CASES, 0);
}

static void test_markup(void **state) {
    (void)state;
    static const outline_case CASES[] = {
        {"# 报告\n开头\n## 准备\n### 学习\n## 召开\n", "报告!\n准备\n  学习\n召开\n"},
        {"## 准备\n## 召开\n", "准备\n召开\n"},
        {"## 准备\n#### 学习\n### 谈心\n", "准备\n  学习\n  谈心\n"},
        {"# 准备\n# 召开\n", "准备\n召开\n"},
        {"# 报告\n正文\n", "报告\n"},
        {"# 一、准备\n## （一）学习\n", "一、准备\n  （一）学习\n"},
        {"# 报告\n# 一、准备\n# 二、召开\n", "报告!\n一、准备\n二、召开\n"},
        {"## 准备\n# 报告\n", "准备\n报告\n"},
        {"##\n正文\n", "\n"},
        {"## 一、准备\n（一）学习。正文\n（二）谈心。正文\n## 二、召开\n",
         "一、准备\n  （一）学习…\n  （二）谈心…\n二、召开\n"},
        {"## 一、准备\n### （一）学习\n（二）谈心\n正文\n二、召开\n",
         "一、准备\n  （一）学习\n  （二）谈心\n二、召开\n"},
        {"# 报告\n一、准备\n（一）学习。正文\n二、召开\n", "报告!\n一、准备\n  （一）学习…\n二、召开\n"},
        {"## 准备\n（一）学习。正文\n## 召开\n（一）主持。正文\n",
         "准备\n  （一）学习…\n召开\n  （一）主持…\n"},
        {"一、准备\n### （一）学习\n### 谈心\n二、召开\n## 附录\n",
         "一、准备\n  （一）学习\n  谈心\n二、召开\n附录\n"},
        // What is drawn smaller lies inside, whatever its number.
        {"## 一、准备\n### （一）学习\n### 二、召开\n## 三、成果\n",
         "一、准备\n  （一）学习\n  二、召开\n三、成果\n"},
        {"## **“三个”坚持**\n## **一、“三个”**\n", "“三个”坚持\n一、“三个”\n"},
        {"## 3.14 is pi\n## 2022年总结\n", "3.14 is pi\n2022年总结\n"},
    };
    ASSERT_OUTLINES(CASES, 0);
}

static void test_selected(void **state) {
    (void)state;
    static const outline_case BOLD[] = {
        {"«准备»\n正文\n（一）学习\n«召开»\n正文\n", "准备\n  （一）学习\n召开\n"},
        {"一、准备\n«学习»\n正文\n«谈心»\n正文\n二、召开\n", "一、准备\n  学习\n  谈心\n二、召开\n"},
        {"«关于会议的报告»\n一、准备\n二、召开\n", "关于会议的报告!\n一、准备\n二、召开\n"},
        {"**“三个”坚持**\n正文\n", "“三个”坚持\n"},
        {"«准备»好了\n«准备好了。»\n", ""},
        {"## 准备\n«学习»\n## 召开\n", "准备\n  学习\n召开\n"},
    };
    ASSERT_OUTLINES(BOLD, (1u << OD_FORM_COUNT) - 1);
    static const outline_case DECIMAL[] = {
        {"1 概述\n正文\n1.1 范围\n正文\n1.1.1 对象\n正文\n1.2范围之外\n2 方法\n",
         "1概述\n  1.1范围\n    1.1.1对象\n  1.2范围之外\n2方法\n"},
        {"3月召开会议\n1.5 万人参加了会议。后来散了。\n", ""},
        {"## 1.1 范围\n", "1.1范围\n"},
    };
    ASSERT_OUTLINES(DECIMAL, 1u << OD_FORM_DECIMAL | 1u << OD_FORM_MARKUP);
    static const outline_case HAN[] = {
        {"## 前言\n一、准备\n（一）学习。正文\n### 二、召开\n", "一、准备\n二、召开\n"},
    };
    ASSERT_OUTLINES(HAN, 1u << OD_FORM_HAN);
}

// ---- places ------------------------------------------------------------------------------------

static void assert_cut(const builder *b, od_span span, const char *expected) {
    const od_slice text = od_source_cut(&b->source, span);
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
}

static void test_places(void **state) {
    (void)state;
    builder b;
    build(&b, "开头\n## 一、准备\n«（一）学习»。要学\n正文\n> 引\n## 二、召开\n会\n");
    od_outline outline;
    od_outline_read(&b.arena, &b.source, b.root, &(od_outline_options){0}, &outline);
    assert_int_equal(outline.count, 3);
    const od_section *const one = outline.sections[0], *const inner = outline.sections[1];
    assert_cut(&b, one->heading, "一、准备");
    assert_cut(&b, one->span, "## 一、准备\n«（一）学习»。要学\n正文\n> 引");
    assert_cut(&b, one->number.span, "一、");
    assert_true(one->number.replaceable);
    assert_int_equal(one->number.value, 1);
    assert_cut(&b, inner->heading, "（一）学习");
    assert_cut(&b, inner->span, "«（一）学习»。要学\n正文\n> 引");
    assert_cut(&b, (od_span){inner->body, inner->span.end}, "要学\n正文\n> 引");
    assert_int_equal(one->body, inner->span.start - 1);
    assert_ptr_equal(inner->parent, one);
    assert_ptr_equal(outline.root->first, one);
    assert_ptr_equal(outline.root->last, outline.sections[2]);
    assert_cut(&b, outline.sections[2]->span, "## 二、召开\n会");

    assert_ptr_equal(od_outline_at(&outline, 0), outline.root);
    assert_ptr_equal(od_outline_at(&outline, one->span.start - 1), outline.root);
    assert_ptr_equal(od_outline_at(&outline, one->span.start), one);
    assert_ptr_equal(od_outline_at(&outline, inner->span.start), inner);
    assert_ptr_equal(od_outline_at(&outline, inner->span.end - 1), inner);
    assert_ptr_equal(od_outline_at(&outline, b.source.bytes.size), outline.sections[2]);
    od_arena_free(&b.arena);
}

static void test_marked_number(void **state) {
    (void)state;
    builder b;
    build(&b, "(«一»)准备\n正文\n");
    od_outline outline;
    od_outline_read(&b.arena, &b.source, b.root, &(od_outline_options){0}, &outline);
    assert_int_equal(outline.count, 1);
    assert_true(od_slice_is(outline.sections[0]->number.right, "（一）"));
    assert_false(outline.sections[0]->number.replaceable);
    od_arena_free(&b.arena);
}

// A numbered paragraph that is no heading still counts.
static void test_follows(void **state) {
    (void)state;
    builder b;
    build(&b, "一、" LONG "。后面还有话。\n二、召开\n正文\n三、成果\n");
    od_outline outline;
    od_outline_read(&b.arena, &b.source, b.root, &(od_outline_options){0}, &outline);
    assert_int_equal(outline.count, 2);
    assert_int_equal(outline.sections[0]->number.follows, 1);
    assert_int_equal(outline.sections[1]->number.follows, 0);
    od_arena_free(&b.arena);
}

static void test_empty(void **state) {
    (void)state;
    assert_outline("", &(od_outline_options){0}, "");
    assert_outline("正文\n", &(od_outline_options){0}, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_official),      cmocka_unit_test(test_run_in),
        cmocka_unit_test(test_wrong_forms),   cmocka_unit_test(test_ordinary_text),
        cmocka_unit_test(test_markup),        cmocka_unit_test(test_selected),
        cmocka_unit_test(test_places),        cmocka_unit_test(test_marked_number),
        cmocka_unit_test(test_follows),       cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests_name("outline", tests, NULL, NULL);
}
