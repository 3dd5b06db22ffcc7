// The drafts that ship: each names its profile and has nothing wrong with it but its blanks.
#include <orgdraft.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void check_draft(const od_builtin_profile *builtin, od_language language) {
    od_session *const session = od_session_new(&(od_options){.language = language});
    char path[100];
    snprintf(path, sizeof path, "%s%s", builtin->id, builtin->suffix);
    const od_slice bytes = {builtin->draft, strlen(builtin->draft)};
    od_document *document;
    od_profile *profile;
    assert_int_equal(
        od_document_open(session, &(od_input){.path = path, .bytes = bytes}, &document), OD_OK);
    assert_int_equal(od_profile_for(session, document, NULL, &profile), OD_OK);
    assert_string_equal(od_profile_id(profile), builtin->id);
    const od_findings *const found = od_check(session, document, profile, &(od_check_options){0});
    size_t blanks = 0;
    for (size_t i = 0; i < found->count; i++) {
        const od_diagnostic *const d = &found->items[i];
        if (strcmp(d->rule, "placeholder-unfilled") != 0)
            fail_msg("%s:%zu: %s", path,
                     od_source_position(d->source, d->span.start, OD_CODE_POINTS).line,
                     d->message.data);
        blanks++;
    }
    assert_true(blanks >= 10);
    od_session_free(session);
}

static void test_drafts(void **state) {
    (void)state;
    size_t count;
    const od_builtin_profile *const profiles = od_builtin_profiles(&count);
    for (size_t i = 0; i < count; i++) {
        check_draft(&profiles[i], OD_ENGLISH);
        check_draft(&profiles[i], OD_CHINESE);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_drafts),
    };
    return cmocka_run_group_tests_name("builtin", tests, NULL, NULL);
}
