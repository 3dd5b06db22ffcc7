// Rules: ids in order, and every text there in both languages.
#include "base/utf8.h"
#include "source/diagnostic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static void test_ids(void **state) {
    (void)state;
    size_t count;
    const od_rule *const rules = od_rules(&count);
    assert_int_equal(count, OD_RULE_COUNT);
    for (size_t i = 1; i < count; i++) assert_true(strcmp(rules[i - 1].id, rules[i].id) < 0);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(strspn(rules[i].id, "abcdefghijklmnopqrstuvwxyz0123456789-"),
                         strlen(rules[i].id));
        assert_ptr_equal(od_rule_find(od_slice_of(rules[i].id)), &rules[i]);
        assert_int_not_equal(rules[i].severity, OD_FAILURE);
    }
    assert_string_equal(rules[OD_RULE_PLACEHOLDER_UNFILLED].id, "placeholder-unfilled");
    assert_int_equal(rules[OD_RULE_DATA_UNIT].severity, OD_INFO);
    assert_null(od_rule_find(OD_SLICE("placeholder")));
    assert_null(od_rule_find(OD_SLICE("")));
}

static bool has_han(const char *text) {
    const od_slice slice = od_slice_of(text);
    size_t size;
    for (size_t i = 0; i < slice.size; i += size)
        if (od_is_han(od_utf8_read(slice, i, &size))) return true;
    return false;
}

static void assert_text(const char *id, const char *text, bool chinese) {
    if (!text || !*text) fail_msg("%s: a text is missing", id);
    if (od_utf8_find_invalid(od_slice_of(text)) != SIZE_MAX) fail_msg("%s: not UTF-8", id);
    if (strchr(text, '\t') || text[strlen(text) - 1] == '\n') fail_msg("%s: white space", id);
    if (chinese && !has_han(text)) fail_msg("%s: not Chinese: %s", id, text);
}

static void test_texts(void **state) {
    (void)state;
    size_t count;
    const od_rule *const rules = od_rules(&count);
    for (size_t i = 0; i < count; i++) {
        const od_rule *const r = &rules[i];
        const char *const en[] = {r->en.summary, r->en.why, r->en.example, r->en.fix};
        const char *const zh[] = {r->zh.summary, r->zh.why, r->zh.example, r->zh.fix};
        for (size_t j = 0; j < 4; j++) assert_text(r->id, en[j], false);
        for (size_t j = 0; j < 4; j++) assert_text(r->id, zh[j], true);
        assert_false(has_han(r->en.summary));
        assert_null(strchr(r->en.summary, '\n'));
        assert_null(strchr(r->zh.summary, '\n'));
        assert_true(od_utf8_width(od_slice_of(r->en.summary)) <= 72); // lists have it after the id
        assert_true(od_utf8_width(od_slice_of(r->zh.summary)) <= 72);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests_name("rule", tests, NULL, NULL);
}
