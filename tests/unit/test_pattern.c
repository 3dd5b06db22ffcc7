// Patterns: parts of folded text, and regular expressions over characters in any locale.
#include "profile/pattern.h"

#include "document/fold.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

typedef struct example {
    const char *pattern, *text;
    int size; // of the match, -1 for none
} example;

static void assert_example(const example *e, bool exact) {
    od_arena arena = {0};
    od_pattern pattern;
    od_text why;
    size_t size = 0;
    const od_slice text = od_slice_of(e->pattern);
    if (!(exact ? od_pattern_read_exact : od_pattern_read)(&arena, text, &pattern, &why))
        fail_msg("%s: %s", e->pattern, why.en);
    const od_slice in =
        exact ? od_slice_of(e->text) : od_fold(&arena, od_slice_of(e->text));
    const bool matches = od_pattern_matches(&pattern, in, &size);
    if (matches != (e->size >= 0) || (matches && size != (size_t)e->size))
        fail_msg("%s on %s: %d, %zu bytes", e->pattern, e->text, matches, size);
    od_pattern_free(&pattern);
    od_arena_free(&arena);
}

static void test_parts(void **state) {
    (void)state;
    static const example EXAMPLES[] = {
        {"会前准备", "扎实做好会前准备", 12},
        {"会前准备", "扎实做好会后准备", -1},
        {"（A）组", "第(Ａ)组", 6},
        {"Action items", "ACTION  ITEMS and owners", 11},
        {"Action items", "Actions", -1},
        {"a", "", -1},
        {"re", "re", 2},
    };
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++)
        assert_example(&EXAMPLES[i], false);
}

static void test_folded(void **state) {
    (void)state;
    static const example EXAMPLES[] = {
        {"re:第[一二三]次", "召开第二次会议", 9},
        {"re:第[一二三]次", "召开第四次会议", -1},
        {"re:第[一-龥]次", "第百次", 9},
        {"re:第.次", "第12次", -1},
        {"re:第.次", "第百次", 9},
        {"re:第.{2}次", "第十二次", 12},
        {"re:第[^一]次", "第一次", -1},
        {"re:第[^一]次", "第二次", 9},
        {"re:会+议", "会会会议", 12},
        {"re:会?议", "议", 3},
        {"re:^(会议|座谈会)", "座谈会情况", 9},
        {"re:会$", "会议", -1},
        {"re:decision", "The DECISION", 8},
        {"re:（一）", "(一)", 5},
        {"re:[（]一", "（一）", 4},
        {"re:[０-９]{4}年", "2022年", 7},
        {"re:a b", "a b", 2},
        {"re:a *b", "ab", 2},
        {"re:[ 　]*a", "　a", 1},
        {"re:\\d{2}", "第十２２次", 2},
        {"re:\\D次", "第2次", -1},
        {"re:[]^-]x", "-x", 2},
        {"re:[^]^-]x", "-x", -1},
        {"re:[😀-😂]", "😁", 4},
        {"re:[À-퟿]", "中", 3},
        {"re:\\(\\*\\)", "(*)", 3},
    };
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++)
        assert_example(&EXAMPLES[i], false);
}

static void test_exact(void **state) {
    (void)state;
    static const example EXAMPLES[] = {
        {"^[A-Z]{2}-\\d+$", "AB-12", 5},
        {"^[A-Z]{2}-\\d+$", "ab-12", -1},
        {"^[A-Z]{2}-\\d+$", "AB-１２", -1},
        {"re:^a b$", "a b", 3},
        {"^a b$", "ab", -1},
        {"〔\\d{4}〕", "办〔2022〕5号", 10},
        {"（.）", "（一）", 9},
        {"（.）", "(一)", -1},
    };
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++)
        assert_example(&EXAMPLES[i], true);
}

// What a program has chosen for its messages must not change what a draft means.
static void test_locale(void **state) {
    if (!setlocale(LC_ALL, "C.UTF-8")) skip();
    test_folded(state);
    test_exact(state);
    setlocale(LC_ALL, "C");
}

static void test_refused(void **state) {
    (void)state;
    static const char *const WRONG[] = {
        "",        " ",       "re:",      "re:(",     "re:)",      "re:a)b",   "re:[a",
        "re:[z-a]", "re:*a",  "re:\\",    "re:\\1",   "re:\\p",    "re:a{2",   "re:a{b}",
        "re:a{3,1}", "re:[[:x:]]", "re:(a{200}){200}", "re:a{99999999999999999999}",
        "re:.{1000}",
    };
    od_arena arena = {0};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        od_pattern pattern;
        od_text why = {0};
        if (od_pattern_read(&arena, od_slice_of(WRONG[i]), &pattern, &why))
            fail_msg("%s was read", WRONG[i]);
        assert_non_null(why.en);
        assert_non_null(why.zh);
    }
    od_arena_free(&arena);
}

static void test_time(void **state) {
    (void)state;
    od_arena arena = {0};
    char *const text = od_arena_array(&arena, char, 20000);
    memset(text, 'a', 19999);
    od_pattern pattern;
    od_text why;
    size_t size;
    const clock_t start = clock();
    assert_true(od_pattern_read(&arena, OD_SLICE("re:(a|a)*(a|aa)*(a*)*b"), &pattern, &why));
    assert_false(od_pattern_matches(&pattern, (od_slice){text, 19999}, &size));
    od_pattern_free(&pattern);
    assert_true(od_pattern_read(&arena, OD_SLICE("re:(.{1,30}x){1,5}b"), &pattern, &why));
    od_pattern_free(&pattern);
    assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
    od_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),  cmocka_unit_test(test_folded),
        cmocka_unit_test(test_exact),  cmocka_unit_test(test_locale),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_time),
    };
    return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
