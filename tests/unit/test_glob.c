// Globs: what each sign matches, .gitignore's rules of place, faults, and time.
#include "base/buf.h"
#include "base/glob.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

typedef struct example {
    const char *pattern, *path;
    bool matches;
} example;

static void test_signs(void **state) {
    (void)state;
    static const example EXAMPLES[] = {
        // Without a slash: the base name in any folder.
        {"*.md", "a.md", true},
        {"*.md", "x/y/a.md", true},
        {"*.md", "a.md/b", false},
        {"*.md", ".md", true},
        {"README", "docs/README", true},
        {"README", "docs/README.md", false},
        // With one: from the top.
        {"/README", "README", true},
        {"/README", "docs/README", false},
        {"docs/*.md", "docs/a.md", true},
        {"docs/*.md", "docs/x/a.md", false},
        {"docs/*.md", "x/docs/a.md", false},
        // `**` over folders.
        {"docs/**/*.md", "docs/a.md", true},
        {"docs/**/*.md", "docs/x/y/z/a.md", true},
        {"docs/**/*.md", "docsx/a.md", false},
        {"**/minutes/*", "minutes/a", true},
        {"**/minutes/*", "x/y/minutes/a", true},
        {"**/minutes/*", "x/yminutes/a", false},
        {"docs/**", "docs/a", true},
        {"docs/**", "docs/x/a", true},
        {"docs/**", "docs", false},
        {"**", "x/a", true},
        {"a**b", "axxb", true},
        {"a**b", "ax/xb", false},
        {"x/a**b/c", "x/ab/c", true},
        {"a/**/b/**/c", "a/b/c", true},
        {"a/**/b/**/c", "a/1/2/b/3/c", true},
        {"a/**/b/**/c", "a/1/2/3/c", false},
        // One character, also of more bytes than one.
        {"?.md", "报.md", true},
        {"?.md", "报告.md", false},
        {"a?b", "a/b", false},
        {"[0-9][0-9].md", "42.md", true},
        {"[0-9].md", "x.md", false},
        {"[!0-9].md", "x.md", true},
        {"[^0-9].md", "4.md", false},
        {"[一-十].md", "丁.md", true},
        {"[]a].md", "].md", true},
        {"[[:digit:]x]", "7", true},
        {"a[!b]c", "a/c", false},
        {"[\\]]", "]", true},
        // Braces, also in each other and empty.
        {"*.{md,txt}", "a.txt", true},
        {"*.{md,txt}", "a.rst", false},
        {"{reports,minutes}/**/*.md", "minutes/2/a.md", true},
        {"{a,b{1,2}}c", "b2c", true},
        {"{a,b{1,2}}c", "bc", false},
        {"a{,.old}", "a", true},
        {"a{,.old}", "a.old", true},
        {"{a}{b}", "ab", true},
        {"{**/x,y}/z", "1/2/x/z", true},
        {"a,b", "a,b", true},
        // Escapes.
        {"\\*.md", "*.md", true},
        {"\\*.md", "a.md", false},
        {"\\{a,b\\}", "{a,b}", true},
        // Folders.
        {"build/", "build/", true},
        {"build/", "build", false},
        {"build", "build/", true},
    };
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++) {
        const example *const e = &EXAMPLES[i];
        if (od_glob_match(od_slice_of(e->pattern), od_slice_of(e->path)) != e->matches)
            fail_msg("%s on %s", e->pattern, e->path);
    }
}

static void test_gitignore(void **state) {
    (void)state;
    od_arena arena = {0};
    const od_glob *glob;
    // No braces there.
    assert_int_equal(
        od_glob_read(&arena, OD_SLICE("{a,b}"), OD_GLOB_GITIGNORE, &glob), OD_GLOB_FINE);
    assert_true(od_glob_matches(glob, OD_SLICE("x/{a,b}")));
    assert_false(od_glob_matches(glob, OD_SLICE("a")));
    assert_int_equal(od_glob_read(&arena, OD_SLICE("{"), OD_GLOB_GITIGNORE, &glob), OD_GLOB_FINE);
    // What is in a folder goes with it.
    assert_int_equal(
        od_glob_read(&arena, OD_SLICE("build/"), OD_GLOB_GITIGNORE, &glob), OD_GLOB_FINE);
    assert_true(od_glob_covers(glob, OD_SLICE("x/build/y/a.md")));
    assert_false(od_glob_covers(glob, OD_SLICE("x/build")));
    assert_true(od_glob_covers(glob, OD_SLICE("x/build/")));
    assert_false(od_glob_covers(glob, OD_SLICE("x/building/a.md")));
    assert_int_equal(
        od_glob_read(&arena, OD_SLICE("/x/*.d"), OD_GLOB_GITIGNORE, &glob), OD_GLOB_FINE);
    assert_true(od_glob_covers(glob, OD_SLICE("x/1.d/a")));
    assert_false(od_glob_covers(glob, OD_SLICE("y/x/1.d/a")));
    od_arena_free(&arena);
}

static void test_faults(void **state) {
    (void)state;
    static const struct {
        const char *pattern;
        od_glob_fault fault;
    } FAULTS[] = {
        {"", OD_GLOB_EMPTY},         {"/", OD_GLOB_EMPTY},        {"[a", OD_GLOB_BRACKET},
        {"[z-a]", OD_GLOB_BRACKET},  {"[[:x:]]", OD_GLOB_BRACKET}, {"{a,b", OD_GLOB_BRACE},
        {"./a", OD_GLOB_PARTS},      {"a//b", OD_GLOB_PARTS},     {"../a", OD_GLOB_PARTS},
        {"a/./b", OD_GLOB_PARTS},    {"a\\", OD_GLOB_ESCAPE},     {"[[.a.]]", OD_GLOB_BRACKET},
    };
    od_arena arena = {0};
    for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++) {
        const od_glob *glob;
        if (od_glob_read(&arena, od_slice_of(FAULTS[i].pattern), OD_GLOB_CONFIG, &glob) !=
            FAULTS[i].fault)
            fail_msg("%s", FAULTS[i].pattern);
        assert_false(od_glob_match(od_slice_of(FAULTS[i].pattern), OD_SLICE("a")));
    }
    od_arena_free(&arena);
}

static void test_time(void **state) {
    (void)state;
    od_buf pattern = {0}, braces = {0}, path = {0};
    for (int i = 0; i < 200; i++) {
        od_buf_text(&pattern, i % 2 ? "**/" : "*a*a*b/");
        od_buf_text(&braces, "{a,aa,}");
        od_buf_text(&path, i % 2 ? "a/" : "aaaaaaaaaaaaaaaaaaaaaaaaa");
    }
    od_buf_text(&pattern, "c");
    od_buf_text(&braces, "/c");
    od_buf_text(&path, "d");
    const clock_t start = clock();
    assert_false(od_glob_match(od_buf_slice(&pattern), od_buf_slice(&path)));
    assert_false(od_glob_match(od_buf_slice(&braces), od_buf_slice(&path)));
    assert_true(clock() - start < CLOCKS_PER_SEC);
    od_buf_free(&pattern);
    od_buf_free(&braces);
    od_buf_free(&path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signs),
        cmocka_unit_test(test_gitignore),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_time),
    };
    return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
