// Profiles: what is read, what extends what, and every mistake at its line and column.
#include "base/buf.h"
#include "profile/builtin.h"
#include "profile/profile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

// ---- files in memory ---------------------------------------------------------------------------

typedef struct file {
    const char *path, *text;
} file;

static od_status read_file(void *context, const char *path, size_t limit, od_slice *bytes) {
    for (const file *f = context; f->path; f++) {
        if (strcmp(f->path, path) != 0) continue;
        if (!f->text) return OD_IO;
        *bytes = od_slice_of(f->text);
        return bytes->size > limit ? OD_LIMIT : OD_OK;
    }
    return OD_NOT_FOUND;
}

typedef struct loaded {
    od_arena arena;
    od_diagnostics failures;
    od_profile *profile;
    od_status status;
} loaded;

static void load_named(loaded *l, const char *name, const file *files, od_language language) {
    const od_io io = {.context = (void *)files, .read = read_file};
    *l = (loaded){.failures = {.language = language}};
    l->failures.arena = &l->arena;
    l->status = od_profile_read(&l->arena, &io, name, &l->failures, &l->profile);
}

static void load_files(loaded *l, const file *files) {
    load_named(l, files[0].path, files, OD_ENGLISH);
    if (l->status != OD_OK)
        fail_msg("%s", l->failures.found.count ? l->failures.found.items[0].message.data : "?");
}

static void load(loaded *l, const char *yaml) {
    const file files[] = {{"a.yaml", yaml}, {0}};
    load_files(l, files);
}

static void unload(loaded *l) {
    if (l->status == OD_OK) od_profile_free(l->profile);
    od_arena_free(&l->arena);
}

static void assert_slice(od_slice slice, const char *expected) {
    if (!od_slice_is(slice, expected))
        fail_msg("“%.*s” is not “%s”", (int)slice.size, slice.data ? slice.data : "", expected);
}

// ---- mistakes ----------------------------------------------------------------------------------

// Asserts the failures of `files[0]`: one line each, `LINE:COLUMN WORDS`, and messages in Chinese
// too.
static void assert_failures(const file *files, const char *expected) {
    for (int language = OD_ENGLISH; language <= OD_CHINESE; language++) {
        loaded l;
        load_named(&l, files[0].path, files, (od_language)language);
        if (l.status == OD_OK) fail_msg("no failure in:\n%s", files[0].text);
        size_t i = 0;
        const char *line = expected;
        for (; *line; i++) {
            if (i == l.failures.found.count) fail_msg("not told: %s", line);
            const od_diagnostic *const d = &l.failures.found.items[i];
            od_position at = {0, 0, 0};
            if (d->source) at = od_source_position(d->source, d->span.start, OD_CODE_POINTS);
            char place[64];
            const int size = snprintf(place, sizeof place, "%zu:%zu ", at.line, at.column);
            const size_t end = strcspn(line, "\n");
            const od_slice words = {line + size, end - (size_t)size};
            if (strncmp(line, place, (size_t)size) != 0 ||
                (language == OD_ENGLISH && od_slice_find(d->message, words, 0) == SIZE_MAX) ||
                !d->message.size)
                fail_msg("expected %.*s\n     got %s%s\nin\n%s", (int)end, line, place,
                         d->message.data, files[0].text);
            line += end + (line[end] == '\n');
        }
        if (i != l.failures.found.count)
            fail_msg("too much: %s\nin\n%s", l.failures.found.items[i].message.data, files[0].text);
        unload(&l);
    }
}

static void assert_mistakes(const char *yaml, const char *expected) {
    const file files[] = {{"a.yaml", yaml}, {0}};
    assert_failures(files, expected);
}

static void test_unknown_keys(void **state) {
    (void)state;
    assert_mistakes("id: a\nsekshions: []\n", "2:1 unknown key “sekshions”");
    assert_mistakes("id: a\nsectons: []\n", "2:1 did you mean “sections”");
    assert_mistakes("sections:\n  - {id: a, any: [x], min_char: 3}\n",
                    "2:23 did you mean “min_chars”");
    assert_mistakes("fields:\n  n: {typ: text}\n", "2:7 did you mean “type”");
    assert_mistakes("input: {plain: auto}\n", "1:9 plain_text");
    assert_mistakes("placeholders: {stiles: [XX]}\n", "1:16 did you mean “styles”");
    assert_mistakes("placeholders: {leftover: {darft: error}}\n", "1:27 did you mean “draft”");
    assert_mistakes("front_matter: {requird: [a]}\n", "1:16 did you mean “required”");
    assert_mistakes("front_matter: {keys: {a: {tipe: text}}}\n", "1:27 did you mean “type”");
    assert_mistakes("rules: [{id: a, expr: b, levle: error}]\n", "1:26 did you mean “level”");
    assert_mistakes("tally: {sums: []}\n", "1:9 did you mean “sum”");
    assert_mistakes("label: {fr: a}\n", "1:9 the keys here are: zh, en");
}

static void test_wrong_types(void **state) {
    (void)state;
    assert_mistakes("- a\n", "1:1 must be keys and values");
    assert_mistakes("", "1:1 must be keys and values");
    assert_mistakes("orgdraft-profile: 2\n", "1:19 must be 1");
    assert_mistakes("id: [a]\n", "1:5 must be a name");
    assert_mistakes("id: a b\n", "1:5 must be a name");
    assert_mistakes("label: []\n", "1:8 must be a text");
    assert_mistakes("sections: {id: a}\n", "1:11 list of sections");
    assert_mistakes("sections: [a]\n", "1:12 keys and values");
    assert_mistakes("sections: [{any: [a]}]\n", "1:12 needs an `id`");
    assert_mistakes("sections: [{id: a.b, any: [a]}]\n", "1:17 without `.`");
    assert_mistakes("sections: [{id: a, any: [[b]]}]\n", "1:26 text or a list of texts");
    assert_mistakes("sections: [{id: a, any: [b], level: -1}]\n", "1:37 a level from 1 to 9");
    assert_mistakes("sections: [{id: a, any: [b], level: top}]\n", "1:37 a level from 1 to 9");
    assert_mistakes("sections: [{id: a, any: [b], min_chars: many}]\n", "1:41 whole number");
    assert_mistakes("sections: [{id: a, any: [b], repeat: sometimes}]\n", "1:38 `true` or `false`");
    assert_mistakes("sections: [{id: a, any: [b], repeat: \"true\"}]\n", "1:38 `true` or `false`");
    assert_mistakes("sections: [{id: a, any: [b], extra: alow}]\n", "1:37 did you mean “allow”");
    assert_mistakes("sections: [{id: a, any: [b], children: {id: b}}]\n", "1:40 list of sections");
    assert_mistakes("sections: [{id: a, any: [b], children_order: none}]\n", "1:46 fixed, any");
    assert_mistakes("fields: [a]\n", "1:9 fields by their ids");
    assert_mistakes("fields: {a: text}\n", "1:13 a field must be keys and values");
    assert_mistakes("fields: {a: {type: intger}}\n", "1:20 did you mean “integer”");
    assert_mistakes("fields: {a: {in_text: no way}}\n", "1:23 `true` or `false`");
    assert_mistakes("fields: {a: {print_unit: never}}\n", "1:26 auto, always");
    assert_mistakes("fields: {a: {occurs: twice}}\n", "1:22 once, all");
    assert_mistakes("fields: {a: {format: cn}}\n", "1:22 must be");
    assert_mistakes("fields: {a: {type: date, format: cnn}}\n", "1:34 must be");
    assert_mistakes("fields: {<a>: {}}\n", "1:10 white space");
    assert_mistakes("headings: [一、, 1)]\n", "1:16 no form of heading");
    assert_mistakes("placeholders: {styles: [XX, abc]}\n", "1:29 no style of blank");
    assert_mistakes("placeholders: {leftover: {draft: fatal}}\n", "1:34 info, warning, error");
    assert_mistakes("input: {plain_text: true}\n", "1:21 must be one of: auto");
    assert_mistakes("front_matter: {required: {a: b}}\n", "1:26 a text or a list of texts");
    assert_mistakes("front_matter: {required: [a], optional: [b, a]}\n", "1:45 listed twice");
    assert_mistakes("front_matter: {keys: [a]}\n", "1:22 keys and what they must be");
    assert_mistakes("front_matter: {keys: {due: dat}}\n", "1:28 did you mean “date”");
    assert_mistakes("bindings: [a]\n", "1:11 phrases by the id");
    assert_mistakes("rules: {id: a}\n", "1:8 a list of rules");
    assert_mistakes("rules: [{id: a}]\n", "1:9 needs `expr`");
    assert_mistakes("rules: [{expr: a}]\n", "1:9 needs `id`");
    assert_mistakes("rules: [{id: a, expr: b, level: fatal}]\n", "1:33 info, warning, error");
    assert_mistakes("fields: {count: {}}\ntally: {sum: [cuont]}\n", "2:15 did you mean “count”");
}

static void test_values(void **state) {
    (void)state;
    assert_mistakes("fields: {a: {type: integer, min: 5, max: 4}}\n",
                    "1:42 `min` is more than `max`");
    assert_mistakes("fields: {a: {type: integer, min: few}}\n", "1:34 a number");
    assert_mistakes("fields: {a: {type: text, max: 4}}\n", "1:26 for numbers");
    assert_mistakes("fields: {a: {type: enum}}\n", "1:10 needs the values");
    assert_mistakes("fields: {a: {type: integer, enum: [b]}}\n", "1:29 goes with `type: enum`");
    assert_mistakes("fields: {a: {pattern: '[a'}}\n", "1:23 `[`");
    assert_mistakes("fields: {a: {type: integer, default: many}}\n", "1:38 the default");
    assert_mistakes("front_matter: {keys: {a: {type: integer, min: 2, max: 1}}}\n", "1:55 `min`");
    assert_mistakes("front_matter: {keys: {a: {pattern: 'a{'}}}\n", "1:36 `{`");
    assert_mistakes("placeholders: {keep: ['re:(']}\n", "1:23 `(`");
    assert_mistakes("sections: [{id: a, any: ['re:[z-a]']}]\n", "1:26 `[`");
    assert_mistakes("sections: [{id: a, any: [b], must_contain: ['re:*a']}]\n",
                    "1:45 nothing before it");
    assert_mistakes("sections: [{id: a, any: [　]}]\n", "1:26 no text");
}

static void test_unreachable(void **state) {
    (void)state;
    assert_mistakes("sections:\n  - {id: a}\n", "2:10 no heading can be the section “a”");
    assert_mistakes("sections:\n  - {id: a, any: [概况, 情况]}\n  - {id: b, any: [总结, 情况]}\n",
                    "3:23 an alias of “a” too");
    assert_mistakes("sections:\n  - {id: a, any: [Notes]}\n  - {id: b, any: [NOTES]}\n",
                    "3:19 “a”");
    assert_mistakes("sections: [{id: a, any: [x]}, {id: a, any: [y]}]\n", "1:36 the id “a”");
    assert_mistakes("sections: [{id: a, any: [x]}, {id: b, preamble: true}]\n",
                    "1:36 only the first");
    assert_mistakes("sections: [{id: a, preamble: true, any: [x]}]\n", "1:17 without a heading");
    assert_mistakes("sections: [{id: a, level: 2, any: [x], children: [{id: b, level: 2, any: "
                    "[y]}]}]\n",
                    "1:56 its level");
    // Not these: other parents, other levels, another word.
    loaded l;
    load(&l, "sections:\n"
             "  - {id: a, any: [x], children: [{id: c, any: [x]}]}\n"
             "  - {id: b, any: [xy], children: [{id: c, any: [x]}]}\n"
             "  - {id: d, level: 1, any: [z]}\n"
             "  - {id: e, level: 2, any: [z]}\n");
    unload(&l);
}

static void test_bindings(void **state) {
    (void)state;
#define HEAD                                                \
    "fields: {count: {type: integer}, day: {type: date}}\n" \
    "sections: [{id: done, any: [x]}]\n"
    assert_mistakes(HEAD "bindings:\n  done: [办结<cuont>件]\n", "4:12 did you mean “count”");
    assert_mistakes(HEAD "bindings:\n  done: [\"办结<cuont>件\"]\n", "4:13 “<cuont>”");
    assert_mistakes(HEAD "bindings:\n  done: [\"\\t办结<cuont>件\"]\n", "4:10 “<cuont>”");
    assert_mistakes(HEAD "bindings:\n  done: 办结件\n", "4:9 no `<field>`");
    assert_mistakes(HEAD "bindings:\n  done: [\"<count>\"]\n", "4:11 no literal text");
    assert_mistakes(HEAD "bindings:\n  done: [a<count]\n", "4:11 without its `>`");
    assert_mistakes(HEAD "bindings:\n  done: [a<count><day>b]\n", "4:18 side by side");
    assert_mistakes(HEAD "bindings:\n  done: [a<count.year>b]\n", "4:11 only a date");
    assert_mistakes(HEAD "bindings:\n  dnoe: [a<count>b]\n", "4:3 did you mean “done”");
    assert_mistakes(HEAD "bindings:\n  done: [[a]]\n", "4:10 a text or a list of texts");
    assert_mistakes("fields: {n: {}}\n"
                    "sections:\n"
                    "  - {id: a, any: [x], children: [{id: c, any: [x]}]}\n"
                    "  - {id: b, any: [y], children: [{id: c, any: [x]}]}\n"
                    "bindings: {c: [x<n>]}\n",
                    "5:12 write its whole path, such as “a.c”");
}

static void test_all_at_once(void **state) {
    (void)state;
    assert_mistakes("orgdraft-profile: 1\n"
                    "idd: x\n"
                    "fields:\n"
                    "  n: {type: integer, min: 3, max: 1}\n"
                    "bindings:\n"
                    "  a: [x<m>y]\n"
                    "  b: [z<n>]\n"
                    "sections:\n"
                    "  - {id: a, any: [x], levl: 1}\n"
                    "  - {id: c}\n",
                    "2:1 did you mean “id”\n"
                    "4:35 `min`\n"
                    "6:8 “<m>”\n"
                    "7:3 the section “b”\n"
                    "9:23 did you mean “level”\n"
                    "10:10 “c”");
    assert_mistakes("id: a\nid: b\n", "2:1 id");
    assert_mistakes("id: [a\n", "1:5 not well closed");
}

// ---- what extends what -------------------------------------------------------------------------

static void test_extends_mistakes(void **state) {
    (void)state;
    const file circle[] = {{"x/a.yaml", "extends: ../y/b.yaml\n"},
                           {"x/../y/b.yaml", "extends: ../x/a.yaml\n"},
                           {0}};
    assert_failures(circle, "1:10 in a circle: x/a.yaml → y/b.yaml → x/a.yaml");
    const file itself[] = {{"./a.yaml", "id: a\nextends: a.yaml\n"}, {0}};
    assert_failures(itself, "2:10 in a circle");
    const file missing[] = {{"x/a.yaml", "extends: ./b.yaml\n"}, {0}};
    assert_failures(missing, "1:10 extends “x/b.yaml”: no such file");
    const file unreadable[] = {{"a.yaml", "extends: b.yml\n"}, {"b.yml", NULL}, {0}};
    assert_failures(unreadable, "1:10 cannot be read");
    const file unknown[] = {{"a.yaml", "extends: zh-offical\n"}, {0}};
    assert_failures(unknown, "1:10 did you mean “zh-official”");
    const file list[] = {{"a.yaml", "extends: [adr]\n"}, {0}};
    assert_failures(list, "1:10 name of a profile or a file");
    // A mistake of the base is told in the base's lines, and the rest goes on.
    const file both[] = {
        {"a.yaml", "extends: ./b.yaml\nlabell: x\n"}, {"b.yaml", "id: b\nlabell: x\n"}, {0}};
    assert_failures(both, "2:1 label\n2:1 label");
    // An alias of the base in the way of a section of this file.
    const file shadow[] = {
        {"a.yaml", "extends: ./b.yaml\nsections: [{id: b, any: [x]}]\n"},
        {"b.yaml", "id: b\nsections: [{id: a, any: [x]}]\n"},
        {0}};
    assert_failures(shadow, "2:26 “a”");
    assert_mistakes("extends: ./b.yaml\n", "1:10 “b.yaml”");
}

static void test_extends_depth(void **state) {
    (void)state;
    char texts[20][32], paths[20][16];
    file files[20] = {{0}};
    for (int i = 0; i < 19; i++) {
        snprintf(paths[i], sizeof paths[i], "%d.yaml", i);
        snprintf(texts[i], sizeof texts[i], "extends: %d.yaml\n", i + 1);
        files[i] = (file){paths[i], texts[i]};
    }
    loaded l;
    load_named(&l, files[0].path, files, OD_ENGLISH);
    assert_int_equal(l.status, OD_LIMIT);
    unload(&l);
    snprintf(texts[15], sizeof texts[15], "id: last\n");
    load_named(&l, files[0].path, files, OD_ENGLISH);
    assert_int_equal(l.status, OD_OK);
    assert_slice(l.profile->id, "0");
    unload(&l);
}

static void test_not_found(void **state) {
    (void)state;
    const file none[] = {{0}};
    loaded l;
    load_named(&l, "meting-report", none, OD_ENGLISH);
    assert_int_equal(l.status, OD_NOT_FOUND);
    assert_slice(l.failures.found.items[0].message,
                 "meting-report: no built-in profile has this name; did you mean "
                 "“meeting-report”?");
    unload(&l);
    load_named(&l, "none.yaml", none, OD_CHINESE);
    assert_int_equal(l.status, OD_NOT_FOUND);
    assert_slice(l.failures.found.items[0].message, "none.yaml: 没有这个文件");
    unload(&l);
}

static void test_merge(void **state) {
    (void)state;
    const file files[] = {
        {"a.yaml", "extends: ./b.yaml\n"
                   "label: {zh: 甲, en: A}\n"
                   "placeholders: {styles: [XX], keep: ['re:第X届', XY], leftover: {draft: error}}\n"
                   "front_matter: {required: [y], optional: [x], keys: {z: {max: 9}}}\n"
                   "sections:\n"
                   "  - {id: new, any: [新]}\n"
                   "  - id: s2\n"
                   "    min_chars: 7\n"
                   "    children:\n"
                   "      - {id: c2, any: [丁]}\n"
                   "      - {id: c3, any: [戊]}\n"
                   "fields:\n"
                   "  n: {max: 5}\n"
                   "  m: {type: date}\n"
                   "bindings:\n"
                   "  s2.c3: 计<m.day>日\n"
                   "  '*': 共<n>项\n"
                   "rules: [{id: r1, expr: n < 3}, {id: r3, expr: m}]\n"},
        {"b.yaml", "id: b\n"
                     "headings: [一、, '##']\n"
                     "input: {run_in_headings: false}\n"
                     "extra: warn\n"
                     "placeholders: {keep: [XX乐队, 're:X{3}']}\n"
                     "front_matter: {required: [x], optional: [y, z], keys: {z: {type: integer, "
                     "min: 1}}}\n"
                     "sections:\n"
                     "  - {id: s1, any: [甲]}\n"
                     "  - {id: s2, any: [乙], level: 1, children: [{id: c1, any: [丙]}, {id: c2, "
                     "any: [x]}]}\n"
                     "  - {id: s3, any: [己]}\n"
                     "fields:\n"
                     "  n: {type: integer, min: 1, unit: 项, label: 项数}\n"
                     "  o: {type: text}\n"
                     "bindings:\n"
                     "  s2: [有<n>项]\n"
                     "  c1: [由<o>承办]\n"
                     "rules: [{id: r1, expr: n}, {id: r2, expr: o}]\n"},
        {0}};
    loaded l;
    load_files(&l, files);
    const od_profile *const p = l.profile;
    assert_slice(p->id, "a");
    assert_slice(p->label, "A");
    assert_int_equal(p->outline.forms, 1 << OD_FORM_MARKUP | 1 << OD_FORM_HAN);
    assert_true(p->outline.no_run_in);
    assert_int_equal(p->extra, OD_EXTRA_WARN);
    assert_int_equal(p->blanks.styles, 1 << OD_BLANK_RUN);
    assert_int_equal(p->blanks.keep_count, 2);
    assert_slice(p->blanks.keep[1], "XY");
    assert_int_equal(p->blanks.keep_regex_count, 2);
    assert_int_equal(regexec(&p->blanks.keep_regex[0], "XXX", 0, NULL, 0), 0);
    assert_int_equal(regexec(&p->blanks.keep_regex[1], "第X届", 0, NULL, 0), 0);
    assert_int_equal(p->leftover_draft, OD_ERROR);
    assert_int_equal(p->leftover_final, OD_ERROR);
    // Sections: this file's order; the base's others after the ones they followed.
    assert_int_equal(p->section_count, 4);
    assert_slice(p->sections[0].id, "s1");
    assert_slice(p->sections[1].id, "new");
    assert_slice(p->sections[2].id, "s2");
    assert_slice(p->sections[3].id, "s3");
    const od_section_rule *const s2 = &p->sections[2];
    assert_int_equal(s2->min_chars, 7);
    assert_int_equal(s2->level, 1);
    assert_slice(s2->title, "乙");
    assert_int_equal(s2->child_count, 3);
    assert_slice(s2->children[0].path, "s2.c1");
    assert_ptr_equal(s2->children[0].parent, s2);
    assert_slice(s2->children[1].title, "丁");
    assert_slice(s2->children[2].id, "c3");
    assert_ptr_equal(s2->source, &p->source);
    assert_ptr_equal(s2->children[0].source, &p->base->source);
    // Fields keep their place and what is not said again.
    assert_int_equal(p->field_count, 3);
    assert_slice(p->fields[0].label, "项数");
    assert_true(p->fields[0].type.has_min && p->fields[0].type.has_max);
    assert_int_equal(p->fields[0].type.max.digits, 5);
    assert_slice(p->fields[2].id, "m");
    assert_int_equal(od_profile_field(p, OD_SLICE("o")), 1);
    assert_int_equal(od_profile_field(p, OD_SLICE("q")), SIZE_MAX);
    // Bindings: the base's first, in the sections of this profile.
    assert_int_equal(p->binding_count, 4);
    assert_ptr_equal(p->bindings[0].scope, s2);
    assert_ptr_equal(p->bindings[1].scope, &s2->children[0]);
    assert_ptr_equal(p->bindings[1].source, &p->base->source);
    assert_ptr_equal(p->bindings[2].scope, &s2->children[2]);
    assert_int_equal(p->bindings[2].phrase.slots[0].part, OD_PART_DAY);
    assert_null(p->bindings[3].scope);
    // Keys and rules by name.
    assert_int_equal(p->key_count, 3);
    assert_slice(p->keys[0].name, "x");
    assert_false(p->keys[0].required);
    assert_true(p->keys[1].required);
    assert_true(p->keys[2].type.has_min && p->keys[2].type.has_max);
    assert_int_equal(p->rule_count, 3);
    assert_slice(p->rules[0].expr.text, "n < 3");
    unload(&l);
}

// ---- what is read ------------------------------------------------------------------------------

static void test_sections(void **state) {
    (void)state;
    loaded l;
    load(&l, "sections:\n"
             "  - {id: o, preamble: true, must_contain: a}\n"
             "  - {id: s, title: {zh: 题, en: T}, any: 're:^x', children_order: any, repeat: true,\n"
             "     children: [{id: c, any: [a]}]}\n"
             "  - {id: t, any: [b, c], optional: true, extra: error, children: [{id: c, any: "
             "[d]},\n"
             "     {id: u, any: [e]}]}\n"
             "sections_order: any\n");
    const od_profile *const p = l.profile;
    assert_true(p->sections_any_order);
    assert_true(p->sections[0].preamble);
    assert_slice(p->sections[0].title, "opening text");
    assert_int_equal(p->sections[0].must_contain_count, 1);
    assert_slice(p->sections[1].title, "T");
    assert_true(p->sections[1].repeat && p->sections[1].children_any_order);
    assert_non_null(p->sections[1].aliases[0].regex);
    assert_slice(p->sections[2].title, "b");
    assert_true(p->sections[2].optional);
    assert_int_equal(p->sections[2].extra, OD_EXTRA_ERROR);
    assert_ptr_equal(od_profile_section(p, OD_SLICE("t.c")), &p->sections[2].children[0]);
    assert_ptr_equal(od_profile_section(p, OD_SLICE("u")), &p->sections[2].children[1]);
    assert_null(od_profile_section(p, OD_SLICE("c")));
    assert_null(od_profile_section(p, OD_SLICE("x")));
    unload(&l);
}

static void test_text(void **state) {
    (void)state;
    loaded l;
    load(&l, "headings: ['##', （一）, (1), 1., 第一章, 1.1, '**', han]\n"
             "placeholders:\n"
             "  styles: [XX, ××, 某某, 〇〇, ____, '{{ }}', （　　）, 【请填写】, X月X日, '地点：', xx]\n");
    assert_int_equal(l.profile->outline.forms, (1 << OD_FORM_COUNT) - 1);
    assert_int_equal(l.profile->blanks.styles, OD_BLANK_ALL & ~(1 << OD_BLANK_NOTE));
    assert_false(l.profile->has_front_matter);
    assert_slice(l.profile->id, "a");
    unload(&l);
    load(&l, "headings: default\nplaceholders: {styles: [XX]}\n");
    assert_int_equal(l.profile->outline.forms, (1 << OD_FORM_DECIMAL) - 1);
    assert_int_equal(l.profile->blanks.styles, 1 << OD_BLANK_RUN);
    unload(&l);
}

static void test_front_matter(void **state) {
    (void)state;
    loaded l;
    load(&l, "fields: {year: {type: year, label: 年度}}\n"
             "front_matter:\n"
             "  required: [year, date, unit]\n"
             "  optional: contact\n"
             "  keys:\n"
             "    due: date\n"
             "    state: [open, shut]\n"
             "    status: {type: enum, enum: [draft, final], required: true}\n"
             "    people: list\n"
             "    no: {pattern: '^W-[0-9]+$', list: true}\n");
    const od_profile *const p = l.profile;
    assert_true(p->has_front_matter && p->front_matter_required);
    assert_int_equal(p->key_count, 9);
    assert_int_equal(p->keys[0].type.type, OD_TYPE_YEAR);
    assert_slice(p->keys[0].label, "年度");
    assert_int_equal(p->keys[1].type.type, OD_TYPE_DATE);
    assert_true(p->keys[2].required);
    assert_int_equal(p->keys[2].type.type, OD_TYPE_TEXT);
    assert_false(p->keys[3].required);
    assert_int_equal(p->keys[4].type.type, OD_TYPE_DATE);
    assert_int_equal(p->keys[5].type.type, OD_TYPE_ENUM);
    assert_int_equal(p->keys[5].type.choice_count, 2);
    assert_true(p->keys[6].required);
    assert_true(p->keys[7].list);
    assert_int_equal(p->keys[7].type.type, OD_TYPE_TEXT);
    assert_true(p->keys[8].list);
    size_t size;
    assert_true(od_pattern_matches(&p->keys[8].pattern, OD_SLICE("W-12"), &size));
    assert_false(od_pattern_matches(&p->keys[8].pattern, OD_SLICE("w-12"), &size));
    assert_true(od_profile_common_key(OD_SLICE("status")));
    assert_false(od_profile_common_key(OD_SLICE("due")));
    unload(&l);
}

static void test_fields(void **state) {
    (void)state;
    loaded l;
    load(&l, "fields:\n"
             "  a: {type: integer, unit: 件, min: 0, max: 99, format: cn, print_unit: always}\n"
             "  b: {max_chars: 30, forbid: [科, 室], pattern: '^第', allow_empty: true}\n"
             "  c: {enum: [x, y], default: x, occurs: all, in_text: false}\n"
             "  d: {type: decimal, default: '=a * 2', min: 0.5}\n"
             "  e: {type: date, format: YYYY年M月D日}\n");
    const od_field_rule *const f = l.profile->fields;
    assert_int_equal(l.profile->field_count, 5);
    assert_true(f[0].print_unit);
    assert_slice(f[0].type.unit, "件");
    assert_slice(f[0].type.format, "cn");
    assert_int_equal(f[0].type.max.digits, 99);
    assert_int_equal(f[1].type.max_chars, 30);
    assert_int_equal(f[1].type.forbid_count, 2);
    assert_true(f[1].type.allow_empty);
    assert_ptr_equal(f[1].type.pattern, f[1].pattern.regex);
    assert_int_equal(f[2].type.type, OD_TYPE_ENUM);
    assert_slice(f[2].default_value, "x");
    assert_true(f[2].occurs_all && f[2].not_in_text);
    assert_slice(f[3].default_value, "=a * 2");
    assert_true(f[3].type.has_min);
    assert_slice(f[4].type.format, "YYYY年M月D日");
    unload(&l);
}

// ---- those that ship ---------------------------------------------------------------------------

static void test_builtin(void **state) {
    (void)state;
    size_t count;
    const od_builtin_profile *const profiles = od_builtin_profiles(&count);
    assert_true(count >= 8);
    const file none[] = {{0}};
    for (size_t i = 0; i < count; i++)
        for (int language = OD_ENGLISH; language <= OD_CHINESE; language++) {
            loaded l;
            load_named(&l, profiles[i].id, none, (od_language)language);
            if (l.status != OD_OK) fail_msg("%s", l.failures.found.items[0].message.data);
            assert_slice(l.profile->id, profiles[i].id);
            assert_slice(l.profile->label,
                         language == OD_CHINESE ? profiles[i].label_zh : profiles[i].label_en);
            unload(&l);
        }
    assert_null(od_builtin_find(OD_SLICE("meeting")));
}

static void test_three_parts(void **state) {
    (void)state;
    const file none[] = {{0}};
    loaded l;
    load_named(&l, "meeting-report-3part", none, OD_CHINESE);
    const od_profile *const p = l.profile;
    assert_slice(p->base->id, "zh-official");
    assert_int_equal(p->section_count, 4);
    assert_int_equal(p->sections[0].must_contain_count, 2);
    assert_int_equal(p->sections[1].child_count, 3);
    assert_true(p->sections[1].children_any_order);
    assert_int_equal(p->field_count, 27);
    assert_int_equal(p->binding_count, 27);
    assert_int_equal(p->rule_count, 1 + 11); // of its base, and its own
    assert_non_null(p->tally);
    assert_int_equal(p->blanks.styles, 1 << OD_BLANK_RUN | 1 << OD_BLANK_WORD | 1 << OD_BLANK_LINE |
                                           1 << OD_BLANK_NAMED);
    assert_slice(p->bindings[3].phrase.literals[1], "年");
    assert_slice(p->fields[od_profile_field(p, OD_SLICE("assessed"))].default_value,
                 "=excellent + qualified + basic + unqualified");
    unload(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unknown_keys),
        cmocka_unit_test(test_wrong_types),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_unreachable),
        cmocka_unit_test(test_bindings),
        cmocka_unit_test(test_all_at_once),
        cmocka_unit_test(test_extends_mistakes),
        cmocka_unit_test(test_extends_depth),
        cmocka_unit_test(test_not_found),
        cmocka_unit_test(test_merge),
        cmocka_unit_test(test_sections),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_front_matter),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_builtin),
        cmocka_unit_test(test_three_parts),
    };
    return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
