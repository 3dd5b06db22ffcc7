// Section rules and outlines for tests, written as short texts.
#ifndef TESTS_UNIT_SECTIONS_H
#define TESTS_UNIT_SECTIONS_H

#include "base/buf.h"
#include "document/reader.h"
#include "engine/check.h"
#include "profile/pattern.h"
#include "source/source.h"

#include <assert.h>

// Rules are lines, children two spaces further in:
//
//     id FLAGS = alias | alias ; min N ; has word | word ; level N
//
// with the flags ^ preamble, ? optional, * repeat, ~ children in any order, w/e extra children
// warned of or errors. A first line `~`, `w` or `e` alone says the same of the top.
typedef struct rule_line {
    od_slice text;
    size_t depth;
} rule_line;

static od_slice take_until(od_slice *text, char end) {
    const char *const hit = text->size ? memchr(text->data, end, text->size) : NULL;
    const size_t size = hit ? (size_t)(hit - text->data) : text->size;
    const od_slice part = od_slice_trim(od_slice_cut(*text, 0, size));
    *text = od_slice_from(*text, hit ? size + 1 : size);
    return part;
}

static const od_pattern *read_patterns(od_arena *arena, od_slice text, size_t *count) {
    OD_ARRAY(od_pattern) list = {0};
    while (text.size) {
        od_text why;
        const bool read =
            od_pattern_read(arena, take_until(&text, '|'), od_array_push(arena, &list), &why);
        assert(read);
        (void)read;
    }
    *count = list.count;
    return list.items;
}

static size_t read_count(od_slice text) {
    size_t number = 0;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            number = number * 10 + (size_t)(text.data[i] - '0');
    return number;
}

static void read_flag(char flag, od_section_rule *rule) {
    switch (flag) {
    case '^': rule->preamble = true; break;
    case '?': rule->optional = true; break;
    case '*': rule->repeat = true; break;
    case '~': rule->children_any_order = true; break;
    case 'w': rule->extra = OD_EXTRA_WARN; break;
    case 'e': rule->extra = OD_EXTRA_ERROR; break;
    default: break;
    }
}

static void read_rule(od_arena *arena, od_slice text, od_section_rule *rule) {
    od_slice head = take_until(&text, '=');
    rule->id = take_until(&head, ' ');
    for (size_t i = 0; i < head.size; i++) read_flag(head.data[i], rule);
    rule->path = rule->parent ? od_arena_concat(arena, rule->parent->path, OD_SLICE("."), rule->id)
                              : rule->id;
    rule->aliases = read_patterns(arena, take_until(&text, ';'), &rule->alias_count);
    rule->title = rule->alias_count ? rule->aliases[0].text : rule->id;
    while (text.size) {
        od_slice option = take_until(&text, ';');
        const od_slice name = take_until(&option, ' ');
        if (od_slice_is(name, "min")) rule->min_chars = read_count(option);
        if (od_slice_is(name, "level")) rule->level = (int)read_count(option);
        if (od_slice_is(name, "has"))
            rule->must_contain = read_patterns(arena, option, &rule->must_contain_count);
    }
}

// Makes rules of the lines [*at, count) that are `depth` deep, until one that is less.
static const od_section_rule *make_rules(od_arena *arena, const rule_line *lines, size_t count,
                                         size_t *at, const od_section_rule *parent,
                                         size_t *made) {
    const size_t depth = *at < count ? lines[*at].depth : 0;
    *made = 0;
    for (size_t i = *at; i < count && lines[i].depth >= depth; i++)
        *made += lines[i].depth == depth;
    od_section_rule *const rules = od_arena_array(arena, od_section_rule, *made);
    for (size_t i = 0; i < *made; i++) {
        rules[i].parent = parent;
        read_rule(arena, lines[(*at)++].text, &rules[i]);
        if (*at < count && lines[*at].depth > depth)
            rules[i].children =
                make_rules(arena, lines, count, at, &rules[i], &rules[i].child_count);
    }
    return rules;
}

static void make_profile(od_arena *arena, const char *text, od_profile *profile) {
    *profile = (od_profile){0};
    od_source_init(&profile->source, arena, "profile", od_slice_of(text), 1);
    OD_ARRAY(rule_line) lines = {0};
    od_section_rule top = {0};
    for (od_slice rest = od_slice_of(text); rest.size;) {
        const char *const start = rest.data;
        const od_slice line = take_until(&rest, '\n');
        if (!line.size) continue;
        if (line.size == 1 && !lines.count) read_flag(line.data[0], &top);
        else *od_array_push(arena, &lines) = (rule_line){line, (size_t)(line.data - start) / 2};
    }
    size_t at = 0;
    profile->sections = make_rules(arena, lines.items, lines.count, &at, NULL,
                                   &profile->section_count);
    profile->sections_any_order = top.children_any_order;
    profile->extra = top.extra;
}


static void free_patterns(const od_pattern *patterns, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (patterns[i].regex) regfree(patterns[i].regex);
}

static void free_rules(const od_section_rule *rules, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free_patterns(rules[i].aliases, rules[i].alias_count);
        free_patterns(rules[i].must_contain, rules[i].must_contain_count);
        free_rules(rules[i].children, rules[i].child_count);
    }
}

// ---- drafts ------------------------------------------------------------------------------------

// A draft held against a profile.
typedef struct held {
    od_arena arena;
    od_profile profile;
    od_document document;
    od_reading reading;
    od_diagnostics found;
} held;

// Reads `draft` (Markdown when it has a `#`, else plain text) and holds it against `rules`.
static inline void hold(held *h, const char *rules, const char *draft, od_language language) {
    *h = (held){0};
    od_arena *const arena = &h->arena;
    od_source *const source = &h->document.source;
    h->found = (od_diagnostics){.arena = arena, .language = language};
    make_profile(arena, rules, &h->profile);
    od_source_init(source, arena, "draft", od_slice_of(draft), 0);
    const od_span body = {0, source->bytes.size};
    if (strchr(draft, '#')) {
        const od_reader_options options = {.tables = true, .report_lines = true};
        od_diagnostics failures = {.arena = arena};
        const od_status status = od_read_markdown(arena, source, body, &options, &failures,
                                                  &h->document.root);
        assert(status == OD_OK);
        (void)status;
    } else {
        h->document.root = od_read_plain_text(arena, source, body);
    }
    od_reading *const r = &h->reading;
    *r = (od_reading){.arena = arena, .document = &h->document, .profile = &h->profile};
    od_outline_read(arena, source, h->document.root, &h->profile.outline, &r->outline);
    od_align(arena, &r->outline, &h->profile, &r->alignment);
}

static inline void release(held *h) {
    free_rules(h->profile.sections, h->profile.section_count);
    od_arena_free(&h->arena);
}

// Returns the findings as `rule@line`, sorted, with a space between; closed by a NUL.
static inline const char *list_findings(held *h) {
    od_buf out = {0};
    od_diagnostics_sort(&h->found);
    for (size_t i = 0; i < h->found.found.count; i++) {
        const od_diagnostic *const d = &h->found.found.items[i];
        if (i) od_buf_byte(&out, ' ');
        od_buf_text(&out, d->rule);
        od_buf_byte(&out, '@');
        od_buf_number(&out, od_source_line_at(d->source, d->span.start) + 1);
    }
    const od_slice text = od_arena_copy(&h->arena, od_buf_slice(&out));
    od_buf_free(&out);
    return text.data;
}

#endif
