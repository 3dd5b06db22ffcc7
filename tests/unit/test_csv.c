// CSV: cells and their places, delimiters, and hostile files.
#include "base/buf.h"
#include "data/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

typedef struct fixture {
    od_arena arena;
    od_source source;
    od_diagnostics failures;
    od_csv csv;
    size_t offset; // of the next record
} fixture;

static void open_bytes(fixture *f, od_slice text) {
    *f = (fixture){0};
    f->failures = (od_diagnostics){.arena = &f->arena, .language = OD_ENGLISH};
    od_source_init(&f->source, &f->arena, "rows.csv", text, 0);
    od_csv_open(&f->csv, &f->source);
    f->offset = f->csv.start;
}

static void open_text(fixture *f, const char *text) {
    open_bytes(f, od_slice_of(text));
}

// Reads the next record, which must be these cells, each a text or, with a `"` before it, a quoted one.
static void assert_record(fixture *f, const char *const *cells, size_t count) {
    od_csv_record record;
    assert_false(od_csv_at_end(&f->csv, f->offset));
    assert_int_equal(od_csv_read(&f->csv, &f->arena, &f->failures, &f->offset, &record), OD_OK);
    assert_int_equal(record.count, count);
    for (size_t i = 0; i < count; i++) {
        const bool quoted = cells[i][0] == '"';
        if (!od_slice_is(record.cells[i].text, cells[i] + quoted))
            print_error("“%.*s”\n", (int)record.cells[i].text.size, record.cells[i].text.data);
        assert_true(od_slice_is(record.cells[i].text, cells[i] + quoted));
        assert_int_equal(record.cells[i].quoted, quoted);
    }
}

#define assert_cells(f, ...)                                    \
    assert_record((f), (const char *const[]){__VA_ARGS__},      \
                  sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void assert_end(fixture *f) {
    assert_true(od_csv_at_end(&f->csv, f->offset));
    assert_int_equal(f->failures.found.count, 0);
    od_arena_free(&f->arena);
}

static void test_cells(void **state) {
    (void)state;
    fixture f;
    open_text(&f, "a,b,c\n1,,3\r\n");
    assert_cells(&f, "a", "b", "c");
    assert_cells(&f, "1", "", "3");
    assert_end(&f);
    open_text(&f, "a,\"b,\nb\",\"say \"\"c\"\"\"\n\"\"\n");
    assert_cells(&f, "a", "\"b,\nb", "\"say \"c\"");
    assert_cells(&f, "\"");
    assert_end(&f);
    // A quote inside a cell that does not start with one is itself; the last line needs no end.
    open_text(&f, "5\" pipe,x\nlast, cell");
    assert_cells(&f, "5\" pipe", "x");
    assert_cells(&f, "last", " cell");
    assert_end(&f);
    open_text(&f, "a,b\n1,");
    assert_cells(&f, "a", "b");
    assert_cells(&f, "1", "");
    assert_end(&f);
    open_text(&f, "");
    assert_end(&f);
}

static void test_line_ends(void **state) {
    (void)state;
    fixture f;
    open_text(&f, "a\rb\r\nc\n\n\"d\r\ne\"\r");
    assert_cells(&f, "a");
    assert_cells(&f, "b");
    assert_cells(&f, "c");
    assert_cells(&f, "");
    assert_cells(&f, "\"d\r\ne");
    assert_end(&f);
}

static void test_delimiters(void **state) {
    (void)state;
    static const struct {
        const char *text;
        char delimiter;
    } CASES[] = {
        {"a,b;c,d\n", ','},      {"a;b;c,d\n", ';'},    {"a\tb\tc,d\n", '\t'}, {"a\n1;2;3\n", ','},
        {"\"a;b;c\",d\n", ','}, {"\"x,y\";z\n", ';'}, {"", ','},             {"a,b;c\n", ','},
        {"\xEF\xBB\xBF" "a;b\n", ';'},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture f;
        open_text(&f, CASES[i].text);
        assert_int_equal(f.csv.delimiter, CASES[i].delimiter);
        od_arena_free(&f.arena);
    }
}

static void test_places(void **state) {
    (void)state;
    fixture f;
    od_csv_record record;
    open_text(&f, "\xEF\xBB\xBF支部,数\n第三,\"1\"\"2\"\n");
    assert_cells(&f, "支部", "数");
    assert_int_equal(od_csv_read(&f.csv, &f.arena, &f.failures, &f.offset, &record), OD_OK);
    const od_position at =
        od_source_position(&f.source, record.cells[1].span.start, OD_CODE_POINTS);
    assert_int_equal(at.line, 2);
    assert_int_equal(at.column, 4);
    assert_true(od_slice_is(od_source_cut(&f.source, record.cells[1].span), "\"1\"\"2\""));
    assert_true(od_slice_is(od_source_cut(&f.source, record.span), "第三,\"1\"\"2\""));
    assert_end(&f);
}

static void assert_refused(const char *text, size_t line, size_t column) {
    fixture f;
    od_csv_record record;
    od_status status = OD_OK;
    open_text(&f, text);
    while (status == OD_OK && !od_csv_at_end(&f.csv, f.offset))
        status = od_csv_read(&f.csv, &f.arena, &f.failures, &f.offset, &record);
    assert_int_equal(status, OD_INVALID);
    assert_int_equal(f.failures.found.count, 1);
    const od_position at =
        od_source_position(&f.source, f.failures.found.items[0].span.start, OD_CODE_POINTS);
    assert_int_equal(at.line, line);
    assert_int_equal(at.column, column);
    od_arena_free(&f.arena);
}

static void test_refused(void **state) {
    (void)state;
    assert_refused("a,b\n1,\"never closed\n2,3\n", 2, 3);
    assert_refused("\"", 1, 1);
    assert_refused("a,\"b\"\"\n", 1, 3);
    assert_refused("a,b\n\"数\"字,2\n", 2, 4);
}

static void test_nul(void **state) {
    (void)state;
    fixture f;
    od_csv_record record;
    open_bytes(&f, OD_SLICE("a\0b,c\n"));
    assert_int_equal(od_csv_read(&f.csv, &f.arena, &f.failures, &f.offset, &record), OD_OK);
    assert_int_equal(record.count, 2);
    assert_int_equal(record.cells[0].text.size, 3);
    assert_end(&f);
}

// A million columns, and as many quotes and lines: time grows with the size and no faster.
static void test_wide(void **state) {
    (void)state;
    enum { COUNT = 1000000 };
    static const char *const PIECES[] = {",", "\"\",", "a\n", "\"\"\"\",", "\r"};
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        fixture f;
        od_buf text = {0};
        for (size_t n = 0; n < COUNT; n++) od_buf_text(&text, PIECES[i]);
        const clock_t start = clock();
        open_bytes(&f, od_buf_slice(&text));
        size_t cells = 0;
        while (!od_csv_at_end(&f.csv, f.offset)) {
            od_csv_record record;
            assert_int_equal(od_csv_read(&f.csv, &f.arena, &f.failures, &f.offset, &record), OD_OK);
            cells += record.count;
        }
        assert_true(cells == COUNT || cells == COUNT + 1);
        assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
        od_arena_free(&f.arena);
        od_buf_free(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),  cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_delimiters), cmocka_unit_test(test_places),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_nul),
        cmocka_unit_test(test_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
