// Front matter against a profile: each finding's rule, place and words, in both languages.
#include "engine/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static const char PROFILE[] = "id: t\n"
                              "fields: {unit: {type: text, forbid: [科]}}\n"
                              "front_matter:\n"
                              "  required: [unit]\n"
                              "  keys:\n"
                              "    due: {type: date, label: Due}\n"
                              "    state: [open, shut]\n"
                              "    hours: {type: decimal, min: 0, max: 24}\n"
                              "    no: {pattern: '^W-[0-9]+$'}\n"
                              "    people: {list: true, max_chars: 4}\n"
                              "    note: {max_chars: 12}\n"
                              "    name: {required: true, allow_empty: true}\n";

static od_status read_file(void *context, const char *path, size_t limit, od_slice *bytes) {
    (void)path;
    (void)limit;
    *bytes = od_slice_of(context);
    return OD_OK;
}

// Asserts the findings of `draft`, a line each: `LINE:COLUMN-SIZE RULE WORDS`.
static void assert_findings(const char *profile, const char *draft, const char *expected) {
    for (int language = OD_ENGLISH; language <= OD_CHINESE; language++) {
        od_arena arena = {0};
        od_diagnostics found = {.arena = &arena, .language = (od_language)language};
        const od_io io = {.context = (void *)profile, .read = read_file};
        od_document document = {0};
        od_source_init(&document.source, &arena, "a.md", od_slice_of(draft), 1);
        od_front_matter_read(&arena, &document.source, found.language, &document.front_matter);
        od_profile *loaded;
        assert_int_equal(od_profile_read(&arena, &io, "t.yaml", &found, &loaded), OD_OK);
        const od_reading reading = {.arena = &arena, .document = &document, .profile = loaded};
        od_check_context context = {.reading = &reading, .found = &found};
        od_check_front_matter(&context);
        od_diagnostics_sort(&found);
        const char *line = expected;
        for (size_t i = 0; i < found.found.count; i++) {
            const od_diagnostic *const d = &found.found.items[i];
            const od_position at =
                od_source_position(d->source, d->span.start, OD_CODE_POINTS);
            char head[100];
            const int size = snprintf(head, sizeof head, "%zu:%zu-%zu %s", at.line, at.column,
                                      d->span.end - d->span.start, d->rule);
            const size_t end = strcspn(line, "\n");
            const size_t rest = end > (size_t)size ? end - (size_t)size - 1 : 0;
            const od_slice words = {line + size + 1, rest};
            if (strncmp(line, head, (size_t)size) != 0 ||
                (language == OD_ENGLISH && od_slice_find(d->message, words, 0) == SIZE_MAX))
                fail_msg("expected %.*s\n     got %s %s\n%s", (int)end, line, head, d->message.data,
                         draft);
            line += end + (line[end] == '\n');
        }
        if (*line) fail_msg("not found: %s\n%s", line, draft);
        od_profile_free(loaded);
        od_arena_free(&arena);
    }
}

static void test_block(void **state) {
    (void)state;
    assert_findings(PROFILE, "text\n", "1:1-0 front-matter-missing gives unit, name");
    assert_findings(PROFILE, "\xEF\xBB\xBFtext\n", "1:1-0 front-matter-missing");
    assert_findings(PROFILE, "---\nunit: \"a\n---\n", "2:7-1 front-matter-syntax");
    assert_findings(PROFILE, "---\n# nothing\n---\n",
                    "1:1-3 key-missing lacks “unit”\n1:1-3 key-missing lacks “name”");
    assert_findings("id: t\n", "text\n", "");
    assert_findings("id: t\n", "---\nwhat: ever\n---\n", "");
    assert_findings("id: t\n", "---\nprofil: adr\n---\n", "2:1-6 key-unknown did you mean “profile”");
    assert_findings("id: t\nfront_matter: {optional: [a]}\n", "text\n", "");
}

static void test_keys(void **state) {
    (void)state;
#define WHOLE "unit: 甲\nname: \"\"\n"
    assert_findings(PROFILE, "---\n" WHOLE "---\n", "");
    assert_findings(PROFILE, "---\nname: ~\nunit: \"\"\n---\n",
                    "2:1-4 key-missing “name” has no value\n3:1-4 key-missing “unit”");
    assert_findings(PROFILE, "---\n" WHOLE "staet: open\n---\n",
                    "4:1-5 key-unknown did you mean “state”");
    assert_findings(PROFILE, "---\n" WHOLE "weather: fine\n---\n", "4:1-7 key-unknown “weather”");
    assert_findings(PROFILE, "---\n" WHOLE "statsu: x\n---\n",
                    "4:1-6 key-unknown did you mean “status”");
    assert_findings(PROFILE, "---\n" WHOLE "title: x\nstatus: draft\nlang: zh\nauthor: [a]\n---\n",
                    "");
}

static void test_values(void **state) {
    (void)state;
    assert_findings(PROFILE, "---\n" WHOLE "due: soon\n---\n",
                    "4:6-4 key-type “Due (due)”: a date");
    assert_findings(PROFILE, "---\n" WHOLE "due: 2025-02-30\n---\n",
                    "4:6-10 key-value no such day");
    assert_findings(PROFILE, "---\n" WHOLE "due: 2025年２月30日\n---\n",
                    "4:6-18 key-value no such day");
    assert_findings(PROFILE, "---\n" WHOLE "due: 2024-02-29\n---\n", "");
    assert_findings(PROFILE, "---\n" WHOLE "state: opne\n---\n",
                    "4:8-4 key-value open, shut; it is “opne”; did you mean “open”?");
    assert_findings(PROFILE, "---\n" WHOLE "hours: many\n---\n", "4:8-4 key-type a number");
    assert_findings(PROFILE, "---\n" WHOLE "hours: 24.5\n---\n", "4:8-4 key-value at most 24");
    assert_findings(PROFILE, "---\n" WHOLE "hours: -1\n---\n", "4:8-2 key-value at least 0");
    assert_findings(PROFILE, "---\n" WHOLE "no: w-1\n---\n", "4:5-3 key-value pattern");
    assert_findings(PROFILE, "---\n" WHOLE "no: 'W-1'\n---\n", "");
    assert_findings(PROFILE, "---\nunit: 财务科\nname: a\n---\n", "2:7-9 key-value 科");
    assert_findings(PROFILE, "---\n" WHOLE "people: [ab, abcde, {c: d}]\n---\n",
                    "4:14-5 key-value at most 4\n4:21-6 key-type a list of values");
    assert_findings(PROFILE, "---\n" WHOLE "people: ab\n---\n", "");
    assert_findings(PROFILE, "---\n" WHOLE "state: [open]\n---\n", "4:8-6 key-type one value");
    assert_findings(PROFILE, "---\n" WHOLE "state: {is: open}\n---\n", "4:8-10 key-type one value");
    assert_findings(PROFILE, "---\n" WHOLE "note: |\n  one\n  two\n---\n", "");
    assert_findings(PROFILE, "---\n" WHOLE "state:\ndue: []\n---\n", "");
}

// A day that does not exist is wrong in any draft; other words for a date are not.
static void test_common_date(void **state) {
    (void)state;
    assert_findings("id: t\n", "---\ndate: 2025-13-01\n---\n", "2:7-10 key-value no such month");
    assert_findings("id: t\n", "---\ndate: Spring 2025\n---\n", "");
    assert_findings("id: t\n", "---\ndate: 2025-02\n---\n", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_block),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_common_date),
    };
    return cmocka_run_group_tests_name("check_front_matter", tests, NULL, NULL);
}
