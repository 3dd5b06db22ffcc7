// Front matter: where it is, where it is not, and what is wrong with it.
#include "base/buf.h"
#include "base/limits.h"
#include "document/front_matter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct fixture {
    od_arena arena;
    od_source source;
    od_front_matter front_matter;
} fixture;

static void read_bytes(fixture *f, od_slice text, od_language language) {
    *f = (fixture){0};
    od_source_init(&f->source, &f->arena, "d.md", text, 0);
    od_front_matter_read(&f->arena, &f->source, language, &f->front_matter);
}

static void assert_cut(const fixture *f, od_span span, const char *expected) {
    assert_true(od_slice_is(od_source_cut(&f->source, span), expected));
}

static void test_present(void **state) {
    (void)state;
    static const struct {
        const char *text, *yaml, *body, *title;
    } CASES[] = {
        {"---\ntitle: 甲\n---\n正文\n", "title: 甲\n", "正文\n", "甲"},
        {"---\ntitle: 甲\n...\n正文", "title: 甲\n", "正文", "甲"},
        {"--- \t\ntitle: 甲\n---  \n\n# 一\n", "title: 甲\n", "\n# 一\n", "甲"},
        {"\xEF\xBB\xBF---\r\ntitle: 甲\r\n---\r\n正文\r\n", "title: 甲\r\n", "正文\r\n", "甲"},
        {"---\rtitle: 甲\r---\r正文\r", "title: 甲\r", "正文\r", "甲"},
        {"---\ntitle: 甲\n---", "title: 甲\n", "", "甲"},
        {"---\n---\n正文\n", "", "正文\n", NULL},
        {"---\n# 注\n---\n正文\n", "# 注\n", "正文\n", NULL},
        {"---\ntitle: 甲\n----\n---\n", NULL, "", NULL},
        {"---\ntext: |\n  a\n  ---\n  b\n---\n正文\n", "text: |\n  a\n  ---\n  b\n", "正文\n", NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture f;
        read_bytes(&f, od_slice_of(CASES[i].text), OD_ENGLISH);
        const od_front_matter *const m = &f.front_matter;
        assert_true(m->present);
        assert_int_equal(m->valid, CASES[i].yaml != NULL);
        if (CASES[i].yaml) assert_cut(&f, m->yaml, CASES[i].yaml);
        assert_cut(&f, (od_span){m->body, f.source.bytes.size}, CASES[i].body);
        assert_int_equal(m->span.end, m->body);
        assert_int_equal(m->values.kind, OD_MAPPING);
        const od_value *const title = od_value_at(&m->values, "title");
        assert_int_equal(title != NULL, CASES[i].title != NULL);
        if (title) assert_cut(&f, title->span, CASES[i].title);
        od_arena_free(&f.arena);
    }
}

static void test_absent(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t body;
    } CASES[] = {
        {"", 0},
        {"\xEF\xBB\xBF", 3},
        {"\xEF\xBB\xBF# 一\n", 3},
        {"# 一\n---\na: 1\n---\n", 0},
        {"\n---\na: 1\n---\n", 0},
        {" ---\na: 1\n---\n", 0},
        {"----\na: 1\n---\n", 0},
        {"---", 0},
        {"---\n", 0},
        {"---\n\na: 1\n---\n", 0},      // a thematic break, and text
        {"---\n  \na: 1\n---\n", 0},
        {"---\ntitle: 甲\n正文\n", 0}, // never closed
        {"---\ntitle: 甲\n --- \n", 0},
        {"--- a\nb: 1\n---\n", 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture f;
        read_bytes(&f, od_slice_of(CASES[i].text), OD_ENGLISH);
        assert_false(f.front_matter.present);
        assert_true(f.front_matter.valid);
        assert_int_equal(f.front_matter.body, CASES[i].body);
        assert_int_equal(f.front_matter.values.kind, OD_MAPPING);
        assert_int_equal(f.front_matter.values.count, 0);
        assert_int_equal(f.front_matter.error.size, 0);
        od_arena_free(&f.arena);
    }
}

static void test_invalid(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t line, column;
        const char *en, *zh;
    } CASES[] = {
        {"---\ntitle: 甲\ntitle: 乙\n---\n", 3, 1, "given twice, first on line 2", "第一次在第2行"},
        {"\xEF\xBB\xBF---\r\n标题：甲\r\nb: 1\r\n---\r\n", 2, 3, "full-width colon", "全角冒号"},
        {"---\n只有一句话\n---\n", 2, 1, "keys and values", "键: 值"},
        {"---\n- a\n- b\n---\n", 2, 1, "keys and values", "键: 值"},
        {"---\na: [1\n---\n", 2, 4, "not well closed", "没有写完"},
        {"---\na: \"1\n---\n", 2, 4, "never closed", "没有配对"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (int language = OD_ENGLISH; language <= OD_CHINESE; language++) {
            fixture f;
            read_bytes(&f, od_slice_of(CASES[i].text), (od_language)language);
            assert_true(f.front_matter.present);
            assert_false(f.front_matter.valid);
            assert_int_equal(f.front_matter.values.kind, OD_MAPPING);
            assert_int_equal(f.front_matter.values.count, 0);
            const od_position place =
                od_source_position(&f.source, f.front_matter.error_span.start, OD_CODE_POINTS);
            assert_int_equal(place.line, CASES[i].line);
            assert_int_equal(place.column, CASES[i].column);
            assert_non_null(strstr(f.front_matter.error.data,
                                   language == OD_CHINESE ? CASES[i].zh : CASES[i].en));
            od_arena_free(&f.arena);
        }
}

static void test_size(void **state) {
    (void)state;
    od_buf buf = {0};
    od_buf_text(&buf, "---\na: 1\n");
    while (buf.size <= od_limit_value(FRONT_MATTER_SIZE) + 4) od_buf_text(&buf, "# 0123456789\n");
    od_buf_text(&buf, "---\nbody\n");
    fixture f;
    read_bytes(&f, od_buf_slice(&buf), OD_ENGLISH);
    assert_true(f.front_matter.present);
    assert_false(f.front_matter.valid);
    assert_non_null(strstr(f.front_matter.error.data, "limit: front matter size"));
    assert_cut(&f, (od_span){f.front_matter.body, buf.size}, "body\n");
    od_arena_free(&f.arena);
    od_buf_free(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_present),
        cmocka_unit_test(test_absent),
        cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_size),
    };
    return cmocka_run_group_tests_name("front matter", tests, NULL, NULL);
}
