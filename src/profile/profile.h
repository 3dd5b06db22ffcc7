// Profiles: what an organisation requires of a kind of document.
//
// A profile is a YAML file: sections, front matter, placeholder styles, fields, and the phrases
// that bind fields to the text. Loading one checks it whole: each unknown key, wrong type,
// unreachable section and phrase that names no field is a failure with its line and column.
//
// The format. Every key may be left out; `label` and `title` are a text or `{zh: …, en: …}`; where
// a list of texts is wanted, one text will do.
//
//     orgdraft-profile: 1          the version of the format
//     id: weekly                   how it is asked for; else the file's name
//     extends: zh-official         a built-in profile, or a path relative to this file. What this
//                                  file says replaces what the base says: sections and fields by
//                                  id, front matter keys by name, settings one by one; bindings and
//                                  kept texts are added. Sections stand in the order of this file,
//                                  those of the base that it does not name after the one they
//                                  followed there.
//     label: Weekly report
//     input: {plain_text: auto, run_in_headings: true}
//     headings: ["##", 一、, （一）]  by example, or by name: markup han han-paren arabic arabic-paren
//                                  chapter decimal bold; or `default`
//     placeholders:
//       styles: [XX, ____, "{{ }}"]  by example, or by name: run single line empty hint named
//                                  word form note; or `all`
//       keep: [XX乐队, "re:第XX届"]  texts in which no blank is one
//       leftover: {draft: warning, final: error}
//     extra: allow                 or warn, error: headings of the top level that are not listed
//     sections_order: fixed        or any
//     sections:                    in the order in which they must stand
//       - id: done                 without `.`, `:` or white space
//         title: What was done     for messages; else the first alias
//         any: [Done, "re:^已?完成"]  aliases: parts of the heading, or `re:` and a POSIX ERE
//         preamble: true           instead: the text before the first heading
//         level: 1                 of the heading; 0 is any
//         optional: true
//         repeat: true             may stand more than once
//         min_chars: 80
//         must_contain: [a, b]     at least one of them; as aliases
//         extra: allow
//         children_order: fixed
//         children: [{id: …}]
//     front_matter:
//       required: [unit]           read as the field of that id where there is one, else as text
//       optional: [contact]
//       keys:                      the long form; `due: date` is short for `due: {type: date}`, and
//                                  `state: [open, shut]` for an enum
//         due: {type: date, label: Due, required: true}
//         state: {type: enum, enum: [open, shut]}
//         hours: {type: decimal, min: 0, max: 24, list: true}   list: one or several of them
//         no: {pattern: "^W-[0-9]+$", max_chars: 8, forbid: [W-0], allow_empty: true}
//     fields:
//       count: {type: integer, label: Cases, unit: 件, min: 0, max: 99, format: cn,
//               print_unit: always, default: "=a + b", occurs: all, in_text: false, optional: true}
//       unit: {type: text, max_chars: 30, forbid: [科], pattern: "^第", allow_empty: true}
//     bindings:                    by section id, dotted where not unique; "*" is all the draft; `^` is
//                                  the edge of a paragraph
//       done: [办结<count>件]
//     rules:                       what must hold of the fields; see formula.h and docs/profile.md
//       - {id: sum, expr: a + b == count, when: filled(a), level: warning, zh: 共<count>件有误, en: …}
//     stale: [spring drive, {text: flood relief, years: 2021-2022}]  words to be found in drafts of
//                                  other years; without years, in any
//     lua: [rules/owner.lua]       rules in Lua, by paths relative to this file; added to the base's
//     checks: {quote-list: off, section-short: error}   off, info, warning or error for a built-in
//                                  rule, or `{draft: off, final: warning}`; see od_level
//     advisory: [quote-list]       rules of which profiles that extend this one inherit only what
//                                  `checks` says of final drafts; in others they are off
//     cjk_latin_space: never       or always, keep: a space between Han and Latin characters
//     keep_words: [一·二八路]        texts that the rules of style leave alone, as `placeholders.keep`
//     tally:                       over many drafts: which field tells them apart, and what is added
//                                  up, counted by value, smallest, largest, listed
//       {key: unit, sum: [count], count: [state], min: [due], max: [due], list: [due]}
#ifndef OD_PROFILE_PROFILE_H
#define OD_PROFILE_PROFILE_H

#include "base/names.h"
#include "data/value.h"
#include "document/outline.h"
#include "profile/formula.h"
#include "profile/pattern.h"
#include "profile/phrase.h"

// What to do about headings that a profile does not list.
typedef enum od_extra { OD_EXTRA_ALLOW, OD_EXTRA_WARN, OD_EXTRA_ERROR } od_extra;

typedef struct od_section_rule od_section_rule;
struct od_section_rule {
    od_slice id;
    od_slice path;  // ids from the top, dotted: "preparation.study"
    od_slice title; // how messages and new drafts call it
    const od_source *source; // of the profile that it stands in: this one, or one that it extends
    od_span span;            // of its id there
    const od_section_rule *parent; // NULL at the top
    int level;                     // 0: any
    bool preamble; // the text before the first heading; has no aliases
    bool optional, repeat;
    bool children_any_order;
    od_extra extra; // for headings below this one
    size_t min_chars;
    const od_pattern *aliases;
    size_t alias_count;
    const od_pattern *must_contain; // at least one of them
    size_t must_contain_count;
    const od_section_rule *children;
    size_t child_count;
};

// A key of the front matter.
typedef struct od_key_rule {
    od_slice name;
    od_slice label;
    bool required;
    bool list;          // the value is a list of such
    od_datum_type type; // what each value must read as
    od_pattern pattern; // of texts; text empty when there is none (the type knows it too)
} od_key_rule;

typedef struct od_field_rule {
    od_slice id;
    od_slice label; // how it is called for people; empty when the profile gives none
    const od_source *source; // of the profile that it stands in
    od_span span;            // of its id there
    od_datum_type type;
    od_pattern pattern; // of its text; text empty when there is none (the type knows it too)
    bool print_unit; // `print_unit: always`: written where the text has none after the blank
    bool occurs_all; // `occurs: all`: a key may fill every place
    bool not_in_text; // `in_text: false`: data only
    bool optional; // a draft need not say it, and what is not of its type was not meant for it
    od_slice default_value; // text, or `=expression`; empty when there is none
} od_field_rule;

typedef struct od_binding {
    const od_section_rule *scope; // NULL: the whole draft
    od_phrase phrase;
    const od_source *source; // of the profile that it stands in
    od_span span;            // of the phrase there
} od_binding;

// Words that belong to certain years.
typedef struct od_stale_word {
    od_slice text, folded;
    int from, to; // years in which they are right; to is 0 where the profile names none
    const od_source *source; // of the profile that it stands in
    od_span span;
} od_stale_word;

// A rule of the profile's own.
typedef struct od_profile_rule {
    od_slice id; // closed by a NUL
    od_severity level;
    od_formula expr; // what must hold
    od_formula when; // only then; may be empty
    od_slice zh, en; // what is said when it does not, with `<field>` for values; each may be empty
    const od_source *source; // of the profile that it stands in
    od_span span;            // of its id there
} od_profile_rule;

// How grave what a rule finds is in drafts of this profile. By default it is as the rule says, and
// rules of style and form (OD_TEXT_RULES) are off.
typedef enum od_level {
    OD_LEVEL_DEFAULT,
    OD_LEVEL_OFF,
    OD_LEVEL_INFO,
    OD_LEVEL_WARNING,
    OD_LEVEL_ERROR,
} od_level;

// Whether a space stands between Han characters and letters or digits beside them.
typedef enum od_latin_space {
    OD_LATIN_SPACE_KEEP, // as it is
    OD_LATIN_SPACE_NEVER,
    OD_LATIN_SPACE_ALWAYS,
} od_latin_space;

// What `checks` says of one rule.
typedef struct od_check_levels {
    od_level draft, final;
    bool advisory;
} od_check_levels;

// Fields, by index.
typedef struct od_tally_fields {
    const size_t *items;
    size_t count;
} od_tally_fields;

// What is made of many drafts.
typedef struct od_tally_rule {
    size_t key; // the field that tells drafts apart; SIZE_MAX: none
    od_tally_fields sum, count, min, max, list;
} od_tally_rule;

struct od_profile {
    od_slice id;
    od_slice label;
    od_source source;
    const od_profile *base; // that it extends; its parts are already merged in
    od_outline_options outline;
    od_blank_options blanks;
    bool has_leftover;
    od_severity leftover_draft, leftover_final;
    const od_section_rule *sections; // the top ones
    size_t section_count;
    bool sections_any_order;
    od_extra extra; // for headings of the top level
    bool has_front_matter; // the profile speaks of front matter: unknown keys are found
    bool front_matter_required; // some key is
    const od_key_rule *keys;
    size_t key_count;
    const od_field_rule *fields;
    size_t field_count;
    const od_name *field_index; // the ids of the fields, sorted
    const od_binding *bindings;
    size_t binding_count;
    const struct od_matcher *matcher; // of all bindings, compiled by the engine; NULL before
    od_profile_rule *rules; // the base's first
    size_t rule_count;
    const od_slice *lua; // paths of rules in Lua, each closed by a NUL
    size_t lua_count;
    const od_stale_word *stale; // the base's first
    size_t stale_count;
    od_check_levels checks[OD_RULE_COUNT];
    od_latin_space latin_space;
    const od_slice *keep_words; // the base's first
    size_t keep_word_count;
    const od_tally_rule *tally; // NULL: none
    OD_ARRAY(regex_t *) regexes; // that od_profile_free gives back
};

// Keys that any draft's front matter may have.
bool od_profile_common_key(od_slice name); // profile, doctype, status, title, date …

// Returns the rule after `rule` in the tree of sections, parents first; NULL gives the first one.
const od_section_rule *od_section_rule_next(const od_profile *profile, const od_section_rule *rule);

// Returns the section rule of that dotted path, or whose last part alone is `path`; NULL when there
// is none or the last part is not unique.
const od_section_rule *od_profile_section(const od_profile *profile, od_slice path);

// Returns the index of a field, or SIZE_MAX.
size_t od_profile_field(const od_profile *profile, od_slice id);

// Finds the next `<field>` or `<field.part>` in the message of a rule from byte `at` on; false when
// there is none. The field of the slot is SIZE_MAX when the profile has none of that name (`*name`).
bool od_rule_slot(const od_profile *profile, od_slice message, size_t at, od_slot *slot,
                  od_slice *name);

// Loads the profile `name` (see od_profile_load in orgdraft.h) into `arena`.
//
// Ownership: regular expressions are libc's; od_profile_free gives them back before the arena goes.
od_status od_profile_read(od_arena *arena, const od_io *io, const char *name,
                          od_diagnostics *failures, od_profile **profile);

// Frees what a profile holds outside its arena.
void od_profile_free(od_profile *profile);

#endif
