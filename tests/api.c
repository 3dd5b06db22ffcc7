// A stranger's program: it knows orgdraft.h and the library, nothing else.
//
// Everything is in memory: drafts, data, and a profile that the library asks for through od_io. What is
// expected was written by hand. It closes with `N passed, N failed`.
#include <orgdraft.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct counts {
    int passed, failed;
} counts;

static void expect(counts *c, int ok, const char *what) {
    if (ok) {
        c->passed++;
        return;
    }
    c->failed++;
    printf("FAILED: %s\n", what);
}

static od_slice slice(const char *text) {
    return (od_slice){text, strlen(text)};
}

static int is(od_slice text, const char *expected) {
    return text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
}

static int holds(od_slice text, const char *part) {
    const size_t size = strlen(part);
    for (size_t i = 0; i + size <= text.size; i++)
        if (memcmp(text.data + i, part, size) == 0) return 1;
    return 0;
}

static const od_diagnostic *find(const od_findings *found, const char *rule) {
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->items[i].rule, rule) == 0) return &found->items[i];
    return NULL;
}

// ---- files that are none -----------------------------------------------------------------------

static const char PROFILE[] =
    "orgdraft-profile: 1\n"
    "id: walk\n"
    "sections:\n"
    "  - {id: route, level: 1, any: [Route]}\n"
    "  - {id: people, level: 1, any: [People]}\n"
    "fields:\n"
    "  walkers: {type: integer, min: 1}\n"
    "bindings:\n"
    "  people: ['came <walkers> walkers']\n";

typedef struct files {
    int reads, releases;
} files;

static od_status read_file(void *context, const char *path, size_t limit, od_slice *bytes) {
    files *const f = context;
    f->reads++;
    if (strcmp(path, "memory/walk.yaml") != 0) return OD_NOT_FOUND;
    if (sizeof PROFILE - 1 > limit) return OD_LIMIT;
    *bytes = slice(PROFILE);
    return OD_OK;
}

static void release_file(void *context, od_slice bytes) {
    (void)bytes;
    ((files *)context)->releases++;
}

// ---- the usual course --------------------------------------------------------------------------

static const char DRAFT[] = "# Walk\n\n"
                            "## Route\n\nFrom XX to the mill, XX kilometres.\n\n"
                            "## People\n\nThere came XX walkers.\n";

typedef struct opened {
    od_session *session;
    od_document *document;
    od_profile *profile;
} opened;

static opened open_draft(counts *c, od_language language, od_io io, const char *text) {
    opened o = {.session = od_session_new(&(od_options){.language = language, .io = io})};
    const od_input input = {.path = "walk.md", .bytes = slice(text)};
    expect(c, od_document_open(o.session, &input, &o.document) == OD_OK, "the draft opens");
    expect(c, od_profile_load(o.session, "memory/walk.yaml", &o.profile) == OD_OK,
           "the profile is read through od_io");
    return o;
}

static void test_check(counts *c, od_io io) {
    opened o = open_draft(c, OD_ENGLISH, io, DRAFT);
    expect(c, strcmp(od_profile_id(o.profile), "walk") == 0, "the profile has its id");
    const od_findings *const found =
        od_check(o.session, o.document, o.profile, &(od_check_options){0});
    expect(c, found->count == 3, "three blanks are found and nothing else");
    const od_diagnostic *const first = found->count ? &found->items[0] : NULL;
    expect(c, first && strcmp(first->rule, "placeholder-unfilled") == 0, "their rule");
    expect(c, first && first->severity == OD_WARNING, "a warning in a draft");
    const od_position at = od_source_position(od_document_source(o.document),
                                              first ? first->span.start : 0, OD_CODE_POINTS);
    expect(c, at.line == 5 && at.column == 6 && at.offset == 23, "the place of the first");
    const od_findings *const final = od_check(o.session, o.document, o.profile,
                                              &(od_check_options){.stage = OD_STAGE_FINAL});
    expect(c, final->count == 3 && final->items[2].severity == OD_ERROR, "an error in a final one");
    od_session_free(o.session);
}

static void test_missing_section(counts *c, od_io io) {
    opened o = open_draft(c, OD_CHINESE, io, "# Walk\n\n## People\n\nThere came 4 walkers.\n");
    const od_findings *const found =
        od_check(o.session, o.document, o.profile, &(od_check_options){0});
    const od_diagnostic *const missing = find(found, "section-missing");
    expect(c, found->count == 1 && missing, "one section is missing");
    expect(c, missing && holds(missing->message, "Route"), "it is named");
    expect(c, missing && holds(missing->message, "缺少"), "in Chinese");
    od_session_free(o.session);
}

static void test_fields(counts *c, od_io io) {
    opened o = open_draft(c, OD_ENGLISH, io, DRAFT);
    const od_fields *const fields = od_list_fields(o.session, o.document, o.profile, NULL);
    expect(c, fields->count == 3, "three blanks are listed");
    if (fields->count != 3) return;
    const od_field *const last = &fields->items[2];
    expect(c, last->index == 3 && is(last->text, "XX"), "the last one");
    expect(c, is(last->name, "walkers"), "the profile names it");
    expect(c, is(last->section, "people"), "its section");
    expect(c, strcmp(od_field_type_name(last->type), "integer") == 0, "its type");
    expect(c, !last->has_value, "no data, no value");
    od_slice why;
    expect(c, od_field_accepts(o.session, last, slice("12"), &why), "it takes a number");
    expect(c, !od_field_accepts(o.session, last, slice("many"), &why) && why.size > 0,
           "it takes no word, and says why");
    expect(c, !od_field_accepts(o.session, last, slice("0"), &why), "it knows its bounds");
    od_session_free(o.session);
}

static void test_fill(counts *c, od_io io) {
    opened o = open_draft(c, OD_ENGLISH, io, DRAFT);
    od_data *const data = od_data_new(o.session);
    expect(c,
           od_data_add(data, "a.yaml", slice("From XX to the mill: Newbury\n'XX kilometres': 99\n")) ==
               OD_OK,
           "YAML is read");
    expect(c, od_data_add(data, "b.json", slice("{\"XX kilometres\": 11}")) == OD_OK, "JSON is read");
    const od_fields *const fields = od_list_fields(o.session, o.document, o.profile, data);
    if (fields->count == 3) {
        expect(c, is(fields->items[1].value, "11"), "the later file wins");
        od_data_answer(data, &fields->items[2], slice("7"));
    }
    const od_fill_result *filled;
    expect(c,
           od_fill(o.session, o.document, o.profile, data, &(od_fill_options){0}, &filled) == OD_OK,
           "fill works");
    expect(c, !filled->refused && filled->blanks_left == 0, "nothing is left");
    expect(c, filled->edit_count == 3, "three edits");
    expect(c,
           is(filled->bytes, "# Walk\n\n## Route\n\nFrom Newbury to the mill, 11 kilometres.\n\n"
                             "## People\n\nThere came 7 walkers.\n"),
           "the text, byte for byte");
    expect(c, filled->findings.count == 0, "no findings");
    od_session_free(o.session);
}

static void test_refusal(counts *c, od_io io) {
    opened o = open_draft(c, OD_ENGLISH, io, DRAFT);
    od_data *const data = od_data_new(o.session);
    od_data_add(data, "a.yaml", slice("walkers: many\nXX miles: 3\n"));
    const od_fill_result *filled;
    od_fill(o.session, o.document, o.profile, data, &(od_fill_options){0}, &filled);
    expect(c, filled->refused && filled->bytes.size == 0, "wrong data fills nothing");
    expect(c, find(&filled->findings, "value-type") != NULL, "the wrong value is told");
    expect(c, find(&filled->findings, "data-unmatched") != NULL, "and so is the wrong key");
    od_session_free(o.session);
}

static void test_failures(counts *c, od_io io) {
    od_session *const session = od_session_new(&(od_options){.io = io});
    od_profile *profile = NULL;
    expect(c, od_profile_load(session, "memory/none.yaml", &profile) == OD_NOT_FOUND,
           "a profile that is not there");
    expect(c, od_profile_load(session, "no-such-profile", &profile) == OD_NOT_FOUND,
           "a built-in that is none");
    od_data *const data = od_data_new(session);
    expect(c, od_data_add(data, "a.yaml", slice("a: [1\n")) == OD_INVALID, "broken YAML");
    expect(c, od_data_add(data, "a.json", slice("{\"a\": }")) == OD_INVALID, "broken JSON");
    const od_findings failures = od_session_failures(session);
    expect(c, failures.count == 4, "each failure is noted");
    for (size_t i = 0; i < failures.count; i++)
        expect(c, failures.items[i].severity == OD_FAILURE && failures.items[i].message.size > 0,
               "with its message");
    od_session_clear_failures(session);
    expect(c, od_session_failures(session).count == 0, "and forgotten");
    od_session_free(session);
}

static void test_not_utf8(counts *c, od_io io) {
    opened o = open_draft(c, OD_ENGLISH, io, "# Walk\n\n## Route\n\nGr\xFCn\n");
    const od_findings *const found =
        od_check(o.session, o.document, o.profile, &(od_check_options){0});
    const od_diagnostic *const first = find(found, "encoding-utf8");
    expect(c, found->count == 1 && first, "another encoding is one finding");
    expect(c, first && first->span.start == 20, "at its byte");
    const od_fill_result *filled;
    expect(c,
           od_fill(o.session, o.document, o.profile, od_data_new(o.session), &(od_fill_options){0},
                   &filled) == OD_INVALID,
           "and is not filled");
    od_session_free(o.session);
}

static void test_fixes(counts *c, od_io io) {
    opened o = open_draft(c, OD_ENGLISH, io, "## Route\n\n(一)甲。乙\n\n## People\n\n丙\n");
    const od_findings *const found =
        od_check(o.session, o.document, o.profile, &(od_check_options){0});
    const od_diagnostic *const number = find(found, "heading-number");
    expect(c, number && number->fix, "a wrong form of a number has a fix");
    od_fixed fixed;
    od_apply_fixes(o.document, found, &fixed);
    expect(c, is(fixed.bytes, "## Route\n\n（一）甲。乙\n\n## People\n\n丙\n"), "which is applied");
    od_session_free(o.session);
}

static void test_tables(counts *c) {
    size_t count;
    const od_rule *const rules = od_rules(&count);
    expect(c, count > 20, "rules");
    for (size_t i = 0; i < count; i++) {
        expect(c, od_rule_find(slice(rules[i].id)) == &rules[i], "a rule is found by its id");
        expect(c, i == 0 || strcmp(rules[i - 1].id, rules[i].id) < 0, "rules are in order");
        expect(c,
               rules[i].en.summary && rules[i].en.why && rules[i].en.example && rules[i].en.fix &&
                   rules[i].zh.summary && rules[i].zh.why && rules[i].zh.example && rules[i].zh.fix,
               "a rule is explained in both languages");
    }
    expect(c, od_rule_find(slice("no-such-rule")) == NULL, "an unknown rule is not found");
    const od_limit *const limits = od_limits(&count);
    expect(c, count > 5 && limits[0].value > 0 && limits[0].reason, "limits have reasons");
    const od_builtin_profile *const profiles = od_builtin_profiles(&count);
    expect(c, count >= 6, "built-in profiles");
    for (size_t i = 0; i < count; i++) {
        od_session *const session = od_session_new(&(od_options){0});
        od_profile *profile;
        expect(c, od_profile_load(session, profiles[i].id, &profile) == OD_OK, profiles[i].id);
        od_session_free(session);
    }
}

int main(void) {
    counts c = {0, 0};
    files f = {0, 0};
    const od_io io = {.context = &f, .read = read_file, .release = release_file};
    test_check(&c, io);
    test_missing_section(&c, io);
    test_fields(&c, io);
    test_fill(&c, io);
    test_refusal(&c, io);
    test_failures(&c, io);
    test_not_utf8(&c, io);
    test_fixes(&c, io);
    test_tables(&c);
    expect(&c, f.reads > 0 && f.releases == f.reads - 1, "what was read is released");
    printf("%d passed, %d failed\n", c.passed, c.failed);
    return c.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
