// Many strings in one pass: overlaps, strings inside strings, and a naive search as the judge.
#include "base/automaton.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST = 4096 };

typedef struct hits {
    size_t numbers[MOST], ends[MOST], count;
} hits;

static void note(void *context, size_t number, size_t end) {
    hits *const h = context;
    assert_true(h->count < MOST);
    h->numbers[h->count] = number;
    h->ends[h->count++] = end;
}

static void strings_inside_strings(void **state) {
    (void)state;
    od_arena arena = {0};
    od_automaton *const a = od_automaton_new(&arena);
    assert_int_equal(od_automaton_add(a, OD_SLICE("he")), 0);
    assert_int_equal(od_automaton_add(a, OD_SLICE("she")), 1);
    assert_int_equal(od_automaton_add(a, OD_SLICE("his")), 2);
    assert_int_equal(od_automaton_add(a, OD_SLICE("hers")), 3);
    assert_int_equal(od_automaton_add(a, OD_SLICE("she")), 1);
    od_automaton_build(a);
    hits h = {.count = 0};
    od_automaton_run(a, OD_SLICE("ushers"), note, &h);
    assert_int_equal(h.count, 3);
    assert_int_equal(h.ends[0], 4);
    assert_int_equal(h.ends[1], 4);
    assert_int_equal(h.numbers[0] + h.numbers[1], 1); // he and she, in any order
    assert_int_equal(h.numbers[2], 3);
    assert_int_equal(h.ends[2], 6);
    od_arena_free(&arena);
}

static void nothing_to_find(void **state) {
    (void)state;
    od_arena arena = {0};
    od_automaton *const a = od_automaton_new(&arena);
    od_automaton_build(a);
    hits h = {.count = 0};
    od_automaton_run(a, OD_SLICE("text"), note, &h);
    od_automaton_run(a, (od_slice){0}, note, &h);
    assert_int_equal(h.count, 0);
    od_arena_free(&arena);
}

static size_t count_naive(od_slice text, const od_slice *words, size_t count) {
    size_t found = 0;
    for (size_t w = 0; w < count; w++)
        for (size_t at = 0; (at = od_slice_find(text, words[w], at)) != SIZE_MAX; at++) found++;
    return found;
}

// Appends up to `most` characters, of one to four bytes, that share their first bytes.
static od_slice random_text(char *bytes, size_t most) {
    static const char *const CHARS[] = {"a", "b", "\xC3\xA4", "一", "丁", "\xF0\x9F\x98\x80"};
    size_t size = 0;
    for (size_t i = 0; i < most; i++) {
        const char *const one = CHARS[rand() % 6];
        memcpy(bytes + size, one, strlen(one));
        size += strlen(one);
    }
    return (od_slice){bytes, size};
}

static void agrees_with_a_naive_search(void **state) {
    (void)state;
    enum { TEXT = 100, WORD = 3, WORDS = 12 };
    srand(7);
    for (int round = 0; round < 300; round++) {
        od_arena arena = {0};
        od_automaton *const a = od_automaton_new(&arena);
        char bytes[TEXT * 4], pool[WORDS][WORD * 4];
        od_slice words[WORDS];
        size_t count = 0;
        for (size_t i = 0; i < WORDS; i++) {
            words[count] = random_text(pool[count], 1 + (size_t)rand() % WORD);
            if (od_automaton_add(a, words[count]) == count) count++;
        }
        od_automaton_build(a);
        const od_slice text = random_text(bytes, TEXT);
        hits h = {.count = 0};
        od_automaton_run(a, text, note, &h);
        assert_int_equal(h.count, count_naive(text, words, count));
        for (size_t i = 0; i < h.count; i++)
            assert_true(od_slice_ends(od_slice_cut(text, 0, h.ends[i]), words[h.numbers[i]]));
        od_arena_free(&arena);
    }
}

// Strings that go on alone for long, and two that part late.
static void long_strings(void **state) {
    (void)state;
    enum { LONG = 1000 };
    char bytes[LONG], text[2 * LONG];
    memset(bytes, 'a', sizeof bytes);
    memset(text, 'a', sizeof text);
    text[2 * LONG - 1] = bytes[LONG - 1] = 'b';
    od_arena arena = {0};
    od_automaton *const a = od_automaton_new(&arena);
    assert_int_equal(od_automaton_add(a, (od_slice){bytes, LONG}), 0);
    assert_int_equal(od_automaton_add(a, (od_slice){bytes, LONG - 1}), 1);
    assert_int_equal(od_automaton_add(a, (od_slice){bytes + 700, LONG - 700}), 2);
    assert_int_equal(od_automaton_add(a, (od_slice){bytes, LONG}), 0);
    assert_int_equal(od_automaton_add(a, (od_slice){bytes + 700, LONG - 700}), 2);
    od_automaton_build(a);
    hits h = {.count = 0};
    od_automaton_run(a, (od_slice){text, sizeof text}, note, &h);
    size_t found[3] = {0};
    for (size_t i = 0; i < h.count; i++) found[h.numbers[i]]++;
    assert_int_equal(found[0], 1);
    assert_int_equal(found[1], LONG + 1);
    assert_int_equal(found[2], 1);
    od_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_inside_strings),
        cmocka_unit_test(nothing_to_find),
        cmocka_unit_test(agrees_with_a_naive_search),
        cmocka_unit_test(long_strings),
    };
    return cmocka_run_group_tests_name("automaton", tests, NULL, NULL);
}
