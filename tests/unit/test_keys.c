// Keys through the public header: which phrase names a blank, and how many values it takes.
#include <orgdraft.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static od_slice slice(const char *text) {
    return (od_slice){text, strlen(text)};
}

// Checks the keys of the blanks of a plain text: one line each, `KEY token/count`, `*` when shared.
static void expect(const char *draft, const char *expected) {
    od_session *const session = od_session_new(&(od_options){.language = OD_ENGLISH});
    od_document *document;
    const od_input input = {.path = "t.txt", .bytes = slice(draft)};
    assert_int_equal(od_document_open(session, &input, &document), OD_OK);
    const od_fields *const fields = od_list_fields(session, document, NULL, NULL);
    char found[4096] = "";
    for (size_t i = 0; i < fields->count; i++) {
        const od_field *const f = &fields->items[i];
        const size_t size = strlen(found);
        snprintf(found + size, sizeof found - size, "%.*s %zu/%zu%s\n", (int)f->key.size,
                 f->key.data, f->token, f->token_count, f->shared ? "*" : "");
    }
    assert_string_equal(found, expected);
    od_session_free(session);
}

static void blanks_that_stand_together_share_a_key(void **state) {
    (void)state;
    expect("查出问题XX类XX条，已改。\n", "查出问题XX类XX条 1/2\n查出问题XX类XX条 2/2\n");
    expect("由XX馆长向在座各位来宾和志愿者介绍了XX项目。\n",
           "由XX馆长向 1/1\n馆长向在座各位来宾和志愿者介绍了XX项目 1/1\n");
}

static void keys_grow_until_they_are_unique(void **state) {
    (void)state;
    expect("上午，到场XX人。\n下午，到场XX人。\n", "上午，到场XX人。 1/1\n下午，到场XX人。 1/1\n");
}

static void what_nothing_tells_apart_takes_a_list(void **state) {
    (void)state;
    expect("到场XX人。\n到场XX人。\n", "到场XX人 1/1*\n到场XX人 1/1*\n");
    // The second place has nothing around it that the first has not.
    expect("上午，到场XX人。\n到场XX人。\n", "到场XX人 1/1*\n到场XX人 1/1*\n");
}

static void names_are_keys_and_stay_apart(void **state) {
    (void)state;
    expect("由{{chair}}主持，到场XX人。\n", "chair 1/1\n到场XX人 1/1\n");
}

static void long_runs_stay_short(void **state) {
    (void)state;
    enum { BLANKS = 3000 };
    char *const draft = malloc(BLANKS * 32);
    assert_non_null(draft);
    char *end = draft;
    for (size_t i = 0; i < BLANKS; i++) end += sprintf(end, "演出XX场，");
    od_session *const session = od_session_new(&(od_options){.language = OD_ENGLISH});
    od_document *document;
    const od_input input = {.path = "t.txt", .bytes = {draft, (size_t)(end - draft)}};
    assert_int_equal(od_document_open(session, &input, &document), OD_OK);
    const od_fields *const fields = od_list_fields(session, document, NULL, NULL);
    assert_int_equal(fields->count, BLANKS);
    for (size_t i = 0; i < fields->count; i++) assert_true(fields->items[i].key.size < 200);
    od_session_free(session);
    free(draft);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_that_stand_together_share_a_key),
        cmocka_unit_test(keys_grow_until_they_are_unique),
        cmocka_unit_test(what_nothing_tells_apart_takes_a_list),
        cmocka_unit_test(names_are_keys_and_stay_apart),
        cmocka_unit_test(long_runs_stay_short),
    };
    return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
