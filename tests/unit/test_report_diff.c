// Differences: written out by hand, and then given to patch(1), which must make of the old text the
// new one.
#include "report/report.h"
#include "source/edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const od_report_options PLAIN = {0};

static void assert_diff(const char *path, const char *before, const od_edit *edits, size_t count,
                        const char *expected) {
    od_buf out = {0};
    od_report_diff(&out, path, od_slice_of(before), edits, count, &PLAIN);
    od_buf_byte(&out, '\0');
    assert_string_equal(out.data, expected);
    od_buf_free(&out);
}

#define EDIT(from, to, with) \
    (od_edit) { {from, to}, {with, sizeof(with) - 1} }

static void test_nothing(void **state) {
    (void)state;
    assert_diff("a", "one\n", NULL, 0, "");
    assert_diff("a", "", NULL, 0, "");
    const od_edit same[] = {EDIT(0, 3, "one")};
    assert_diff("a", "one\n", same, 1, "");
}

static void test_one_line(void **state) {
    (void)state;
    const od_edit edits[] = {EDIT(10, 12, "12")}; // XX
    assert_diff("dir/a.md", "1\n2\n3\n4\nabXXcd\n6\n7\n8\n9\n", edits, 1,
                "--- dir/a.md\n+++ dir/a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-abXXcd\n+ab12cd\n 6\n 7\n 8\n");
}

static void test_two_in_a_line_and_the_next(void **state) {
    (void)state;
    const od_edit edits[] = {EDIT(0, 1, "1"), EDIT(2, 3, "2"), EDIT(4, 5, "3")};
    assert_diff("a", "x-x\nx\nend\n", edits, 3,
                "--- a\n+++ a\n@@ -1,3 +1,3 @@\n-x-x\n-x\n+1-2\n+3\n end\n");
}

static void test_hunks(void **state) {
    (void)state;
    // Six lines between make one hunk, seven make two.
    const char *const six = "x\n1\n2\n3\n4\n5\n6\nx\n", *const seven = "x\n1\n2\n3\n4\n5\n6\n7\nx\n";
    const od_edit near[] = {EDIT(0, 1, "y"), EDIT(14, 15, "y")};
    assert_diff("a", six, near, 2,
                "--- a\n+++ a\n@@ -1,8 +1,8 @@\n-x\n+y\n 1\n 2\n 3\n 4\n 5\n 6\n-x\n+y\n");
    const od_edit far[] = {EDIT(0, 1, "y\nz"), EDIT(16, 17, "y")};
    assert_diff("a", seven, far, 2,
                "--- a\n+++ a\n@@ -1,4 +1,5 @@\n-x\n+y\n+z\n 1\n 2\n 3\n"
                "@@ -6,4 +7,4 @@\n 5\n 6\n 7\n-x\n+y\n");
}

static void test_no_newline(void **state) {
    (void)state;
    const od_edit last[] = {EDIT(2, 3, "y")};
    assert_diff("a", "1\nx", last, 1,
                "--- a\n+++ a\n@@ -1,2 +1,2 @@\n 1\n-x\n\\ No newline at end of file\n+y\n"
                "\\ No newline at end of file\n");
    const od_edit first[] = {EDIT(0, 1, "y")};
    assert_diff("a", "x\n2", first, 1,
                "--- a\n+++ a\n@@ -1,2 +1,2 @@\n-x\n+y\n 2\n\\ No newline at end of file\n");
    const od_edit append[] = {EDIT(1, 1, "\n2\n")};
    assert_diff("a", "1", append, 1,
                "--- a\n+++ a\n@@ -1 +1,2 @@\n-1\n\\ No newline at end of file\n+1\n+2\n");
}

static void test_insert_and_delete(void **state) {
    (void)state;
    const od_edit insert[] = {EDIT(2, 2, "new\n")};
    assert_diff("a", "1\n2\n", insert, 1, "--- a\n+++ a\n@@ -1,2 +1,3 @@\n 1\n+new\n 2\n");
    const od_edit at_end[] = {EDIT(4, 4, "3\n")};
    assert_diff("a", "1\n2\n", at_end, 1, "--- a\n+++ a\n@@ -1,2 +1,3 @@\n 1\n 2\n+3\n");
    const od_edit delete[] = {EDIT(2, 4, "")};
    assert_diff("a", "1\n2\n3\n", delete, 1, "--- a\n+++ a\n@@ -1,3 +1,2 @@\n 1\n-2\n 3\n");
    const od_edit all[] = {EDIT(0, 4, "")};
    assert_diff("a", "1\n2\n", all, 1, "--- a\n+++ a\n@@ -1,2 +0,0 @@\n-1\n-2\n");
    const od_edit fresh[] = {EDIT(0, 0, "1\n2\n")};
    assert_diff("a", "", fresh, 1, "--- a\n+++ a\n@@ -0,0 +1,2 @@\n+1\n+2\n");
    const od_edit join[] = {EDIT(1, 2, "+")};
    assert_diff("a", "1\n2\n3\n", join, 1, "--- a\n+++ a\n@@ -1,3 +1,2 @@\n-1\n-2\n+1+2\n 3\n");
}

static void test_line_ends_stay(void **state) {
    (void)state;
    const od_edit edits[] = {EDIT(3, 4, "y")};
    assert_diff("a", "1\r\nx\r\n", edits, 1, "--- a\n+++ a\n@@ -1,2 +1,2 @@\n 1\r\n-x\r\n+y\r\n");
}

static void test_paths(void **state) {
    (void)state;
    const od_edit edits[] = {EDIT(0, 1, "y")};
    assert_diff("my report.md", "x\n", edits, 1,
                "--- my report.md\t\n+++ my report.md\t\n@@ -1 +1 @@\n-x\n+y\n");
    assert_diff("a\"b\\c\n", "x\n", edits, 1,
                "--- \"a\\\"b\\\\c\\012\"\n+++ \"a\\\"b\\\\c\\012\"\n@@ -1 +1 @@\n-x\n+y\n");
    assert_diff("报告.md", "x\n", edits, 1, "--- 报告.md\n+++ 报告.md\n@@ -1 +1 @@\n-x\n+y\n");
}

static void test_terminal(void **state) {
    (void)state;
    const od_edit edits[] = {EDIT(0, 1, "\x1B[2J")};
    const od_report_options options = {.color = true, .excerpt = true};
    od_buf out = {0};
    od_report_diff(&out, "a", OD_SLICE("x\n"), edits, 1, &options);
    od_buf_byte(&out, '\0');
    assert_string_equal(out.data, "\x1B[1m--- a\n+++ a\x1B[0m\n\x1B[1;36m@@ -1 +1 @@\x1B[0m\n"
                                  "\x1B[31m-x\x1B[0m\n\x1B[32m+\\x1B[2J\x1B[0m\n");
    od_buf_free(&out);
}

// ---- patch(1) ----------------------------------------------------------------------------------

static void write_file(const char *path, od_slice bytes) {
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data ? bytes.data : "", 1, bytes.size, file), bytes.size);
    fclose(file);
}

static od_buf read_file(const char *path) {
    od_buf bytes = {0};
    FILE *const file = fopen(path, "rb");
    if (!file) return bytes; // patch removes a file that becomes empty
    for (int c; (c = fgetc(file)) != EOF;) od_buf_byte(&bytes, (char)c);
    fclose(file);
    return bytes;
}

static unsigned next_random(unsigned *seed) {
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7FFF;
}

static od_buf random_text(unsigned *seed, size_t size) {
    static const char *const PIECES[] = {"a", "b", "\n", "\n", "\r\n", "XX", "字", "\n\n"};
    od_buf text = {0};
    while (text.size < size) od_buf_text(&text, PIECES[next_random(seed) % 8]);
    return text;
}

static void random_edits(od_arena *arena, od_edit_list *list, unsigned *seed, size_t size) {
    const size_t count = next_random(seed) % 6;
    for (size_t i = 0; i < count; i++) {
        od_span span = {next_random(seed) % (size + 1), 0};
        span.end = span.start + next_random(seed) % 4;
        if (span.end > size) span.end = size;
        od_buf text = random_text(seed, next_random(seed) % 4);
        od_edit_replace(arena, list, span, od_arena_copy(arena, od_buf_slice(&text)));
        od_buf_free(&text);
    }
}

static void test_patch(void **state) {
    (void)state;
    if (system("command -v patch >/dev/null") != 0) skip();
    char folder[] = "/tmp/orgdraft-diff-XXXXXX", path[64], command[128];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a b.md", folder);
    snprintf(command, sizeof command, "cd %s && patch -s -p0 --binary <a.diff", folder);
    char diff_path[64];
    snprintf(diff_path, sizeof diff_path, "%s/a.diff", folder);
    for (unsigned seed = 1; seed <= 300; seed++) {
        unsigned random = seed;
        od_arena arena = {0};
        od_edit_list list = {0};
        od_buf before = random_text(&random, seed % 60), after = {0}, diff = {0};
        random_edits(&arena, &list, &random, before.size);
        od_edit_apply(&list, od_buf_slice(&before), &after);
        od_report_diff(&diff, "a b.md", od_buf_slice(&before), list.edits.items, list.edits.count,
                       &PLAIN);
        const bool same = od_slice_equal(od_buf_slice(&before), od_buf_slice(&after));
        if (same != !diff.size) fail_msg("seed %u: %s", seed, same ? "not empty" : "empty");
        if (!same) {
            write_file(path, od_buf_slice(&before));
            write_file(diff_path, od_buf_slice(&diff));
            if (system(command) != 0)
                fail_msg("seed %u: patch refused\n%.*s", seed, (int)diff.size, diff.data);
            od_buf patched = read_file(path);
            if (!od_slice_equal(od_buf_slice(&patched), od_buf_slice(&after)))
                fail_msg("seed %u: patched otherwise\n%.*s", seed, (int)diff.size, diff.data);
            od_buf_free(&patched);
        }
        od_buf_free(&before);
        od_buf_free(&after);
        od_buf_free(&diff);
        od_arena_free(&arena);
    }
    unlink(path);
    unlink(diff_path);
    rmdir(folder);
}

// A hundred thousand edits in one line, and as many in lines of their own.
static void test_many(void **state) {
    (void)state;
    enum { COUNT = 100000 };
    od_edit *const edits = malloc(COUNT * sizeof *edits);
    char *const text = malloc(COUNT * 8);
    memset(text, 'z', COUNT * 8); // a long line follows
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT; i++) {
            memcpy(text + i * 4, round ? "aXX\n" : "aXXb", 4);
            edits[i] = (od_edit){{i * 4 + 1, i * 4 + 3}, OD_SLICE("12")};
        }
        od_buf out = {0};
        text[COUNT * 4 - 1] = '\n';
        od_report_diff(&out, "a", (od_slice){text, COUNT * 8}, edits, COUNT, &PLAIN);
        assert_true(out.size > COUNT * 8);
        od_buf_free(&out);
    }
    free(text);
    free(edits);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_one_line),
        cmocka_unit_test(test_two_in_a_line_and_the_next),
        cmocka_unit_test(test_hunks),
        cmocka_unit_test(test_no_newline),
        cmocka_unit_test(test_insert_and_delete),
        cmocka_unit_test(test_line_ends_stay),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_terminal),
        cmocka_unit_test(test_patch),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests_name("report_diff", tests, NULL, NULL);
}
