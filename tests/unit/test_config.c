// Configurations: which profile a file has, which files are left alone, and mistakes at their
// places.
#include <orgdraft.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static od_status read_config(od_session *session, const char *path, const char *text,
                             od_config **config) {
    return od_config_read(session, path, (od_slice){text, strlen(text)}, config);
}

static const char TEXT[] = "# which profile is whose\n"
                           "profile: minutes-zh\n"
                           "files:\n"
                           "  \"adr/**/*.md\": adr\n"
                           "  \"adr/\": postmortem\n"
                           "  \"*.txt\": ./profiles/weekly.yaml\n"
                           "  \"{2023,2024}/*.md\": /etc/own.yml\n"
                           "ignore: [old/, \"*.bak.md\", /tmp]\n";

static void test_profiles(void **state) {
    (void)state;
    static const char *const EXPECTED[][2] = {
        {"adr/0001.md", "adr"},
        {"adr/x/0001.md", "adr"},
        {"adr/x.rst", "postmortem"},
        {"x/adr/y.rst", "postmortem"},
        {"x/y/a.txt", "conf/profiles/weekly.yaml"},
        {"2024/a.md", "/etc/own.yml"},
        {"x/2024/a.md", "minutes-zh"},
        {"a.md", "minutes-zh"},
    };
    od_session *const session = od_session_new(&(od_options){0});
    od_config *config;
    assert_int_equal(read_config(session, "conf/.orgdraft.yaml", TEXT, &config), OD_OK);
    for (size_t i = 0; i < sizeof EXPECTED / sizeof *EXPECTED; i++)
        assert_string_equal(od_config_profile(config, EXPECTED[i][0]), EXPECTED[i][1]);
    od_session_free(session);
}

static void test_ignored(void **state) {
    (void)state;
    static const char *const IGNORED[] = {"old/a.md", "x/old/y/a.md", "x/a.bak.md", "tmp",
                                          "tmp/a.md"};
    static const char *const CHECKED[] = {"a.md", "old", "older/a.md", "x/tmp/a.md", "a.bak.txt"};
    od_session *const session = od_session_new(&(od_options){0});
    od_config *config;
    assert_int_equal(read_config(session, ".orgdraft.yaml", TEXT, &config), OD_OK);
    for (size_t i = 0; i < sizeof IGNORED / sizeof *IGNORED; i++)
        if (!od_config_ignores(config, IGNORED[i])) fail_msg("%s", IGNORED[i]);
    for (size_t i = 0; i < sizeof CHECKED / sizeof *CHECKED; i++)
        if (od_config_ignores(config, CHECKED[i])) fail_msg("%s", CHECKED[i]);
    assert_string_equal(od_config_profile(config, "a.txt"), "profiles/weekly.yaml");
    od_session_free(session);
}

static void test_empty(void **state) {
    (void)state;
    static const char *const EMPTY[] = {"", "# nothing\n", "{}\n", "ignore: []\n"};
    od_session *const session = od_session_new(&(od_options){0});
    for (size_t i = 0; i < sizeof EMPTY / sizeof *EMPTY; i++) {
        od_config *config;
        assert_int_equal(read_config(session, ".orgdraft.yaml", EMPTY[i], &config), OD_OK);
        assert_null(od_config_profile(config, "a.md"));
        assert_false(od_config_ignores(config, "a.md"));
    }
    od_session_free(session);
}

// One mistake each: its place, and words of the message.
static void test_mistakes(void **state) {
    (void)state;
    static const char *const MISTAKES[][3] = {
        {"profil: adr\n", "1:1", "did you mean “profile”"},
        {"- adr\n", "1:1", "must be keys and values"},
        {"profile: adrr\n", "1:10", "did you mean “adr”"},
        {"profile: weekly\n", "1:10", "no built-in profile"},
        {"profile: [adr]\n", "1:10", "must be the name of a profile"},
        {"files: adr\n", "1:8", "patterns and their profiles"},
        {"files:\n  \"a[b\": adr\n", "2:3", "`[`"},
        {"files:\n  \"./a\": adr\n", "2:3", "go from the folder"},
        {"files:\n  a.md: minuts-en\n", "2:9", "did you mean “minutes-en”"},
        {"ignore: [\"{a\"]\n", "1:10", "`{`"},
        {"ignore: [a, /]\n", "1:13", "empty"},
        {"ignore: {a: b}\n", "1:9", "list of texts"},
        {"ignore: [\"a\\\\\"]\n", "1:10", "`\\`"},
        {"profile: adr\nprofile: adr\n", "2:1", "profile"},
        {"profile: [\n", "", ""},
    };
    for (size_t i = 0; i < sizeof MISTAKES / sizeof *MISTAKES; i++) {
        od_session *const session = od_session_new(&(od_options){0});
        od_config *config = NULL;
        assert_int_equal(read_config(session, ".orgdraft.yaml", MISTAKES[i][0], &config),
                         OD_INVALID);
        const od_findings failures = od_session_failures(session);
        assert_int_equal(failures.count, 1);
        const od_diagnostic *const d = &failures.items[0];
        const od_position at = od_source_position(d->source, d->span.start, OD_CODE_POINTS);
        char place[64];
        snprintf(place, sizeof place, "%zu:%zu", at.line, at.column);
        if ((*MISTAKES[i][1] && strcmp(place, MISTAKES[i][1]) != 0) ||
            !strstr(d->message.data, MISTAKES[i][2]))
            fail_msg("%s: %s %s", MISTAKES[i][0], place, d->message.data);
        od_session_free(session);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_profiles),
        cmocka_unit_test(test_ignored),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_mistakes),
    };
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
