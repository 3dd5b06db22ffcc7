// Loading a profile: how the parts of its YAML are read, one file a part.
//
// A mapping is read by a table with one row a key. Nothing stops at the first mistake: each is
// noted, its setting stays as it was, and reading goes on.
#ifndef OD_PROFILE_LOADER_H
#define OD_PROFILE_LOADER_H

#include "base/names.h"
#include "profile/profile.h"

typedef OD_ARRAY(od_slice) od_slice_list;

typedef struct od_loader {
    od_arena *arena;
    od_diagnostics *failures;
    const od_source *source; // the file being read
    od_profile *profile;     // being made; it starts as a copy of its base
    od_slice_list *keep_regexes; // texts of all `keep` expressions of the profile and its bases
    const od_name *fields;       // of the profile by id, sorted; set by od_load_fields
    size_t field_count;
} od_loader;

// Reads the value of one key into `target`.
typedef void od_key_reader(od_loader *loader, const od_entry *entry, void *target);

// A key of a mapping: how it is read, and where in the mapping's target it goes.
typedef struct od_key_spec {
    const char *name;
    od_key_reader *read;
    size_t offset;
} od_key_spec;

// A word that a setting may be.
typedef struct od_choice {
    const char *word;
    int value;
} od_choice;

#define OD_COUNT(array) (sizeof(array) / sizeof *(array))

// ---- failures ----------------------------------------------------------------------------------

// Notes a failure at `span` of the file.
void od_load_fail(od_loader *loader, od_span span, od_slice message);

// Notes that `name` is wrong: “what” says what it is not, and the nearest of the names offered is
// suggested. {1} in `what` is the name.
void od_load_fail_name(od_loader *loader, od_span span, od_text what, od_slice name,
                       od_slice nearest);

// Notes that a key needs something else; `wanted` says what.
void od_load_fail_type(od_loader *loader, const od_entry *entry, od_text wanted);

// ---- mappings and their keys -------------------------------------------------------------------

// Reads a mapping by its table; unknown keys are failures. `what` says what it is when it is none.
void od_load_keys(od_loader *loader, const od_value *value, od_text what,
                  const od_key_spec *specs, size_t count, void *target);

// Readers of the usual settings. Targets: od_slice (a text that is not empty; a text or `{zh,
// en}`), bool (as it is, and its opposite), size_t, const od_entry * (to be read later); the last
// does nothing.
od_key_reader od_read_string, od_read_label, od_read_bool, od_read_not, od_read_size, od_read_entry,
    od_read_nothing;

// Reads one of `choices` into `*value`; false and a failure when it is none.
bool od_load_choice(od_loader *loader, const od_entry *entry, const od_choice *choices,
                    size_t count, int *value);

// Whether `value` is a text that is not empty.
bool od_is_text(const od_value *value);

// Reads one text or a list of texts, none of them empty; failures are noted and their items left
// out. The values are given back for their spans.
const od_value **od_load_texts(od_loader *loader, const od_entry *entry, size_t *count);

// As od_load_texts, without the spans.
const od_slice *od_load_slices(od_loader *loader, const od_entry *entry, size_t *count);

// Reads one pattern or a list of them.
const od_pattern *od_load_patterns(od_loader *loader, const od_entry *entry, size_t *count);

// Notes that the profile owns a pattern's regular expression.
void od_load_own(od_loader *loader, const od_pattern *pattern);

// Returns where the part `span` of a scalar's text stands in the file; the whole scalar when
// escapes or line breaks hide that.
od_span od_load_within(const od_value *value, od_span span);

// ---- names of profiles -------------------------------------------------------------------------

// Whether `name` is the path of a file, not the name of a built-in profile.
bool od_is_profile_path(od_slice name);

// Returns what `name` is called when it is written in the file `from`: a path goes from its folder.
od_slice od_profile_resolve(od_arena *arena, od_slice from, od_slice name);

// ---- the parts ---------------------------------------------------------------------------------

// What the values of a front matter key or a field must be: one table of keys serves both.
typedef struct od_value_settings {
    od_datum_type type;
    od_pattern pattern;
    const od_entry *min, *max, *choices, *pattern_entry, *format; // as written
} od_value_settings;

// The rows of those keys, for a target that starts with an od_value_settings.
#define OD_VALUE_KEYS                                                         \
    {"type", od_read_nothing, 0},                                             \
    {"unit", od_read_string, offsetof(od_value_settings, type.unit)},           \
    {"min", od_read_entry, offsetof(od_value_settings, min)},                 \
    {"max", od_read_entry, offsetof(od_value_settings, max)},                 \
    {"max_chars", od_read_size, offsetof(od_value_settings, type.max_chars)}, \
    {"forbid", od_read_forbid, offsetof(od_value_settings, type)},            \
    {"pattern", od_read_entry, offsetof(od_value_settings, pattern_entry)},   \
    {"enum", od_read_entry, offsetof(od_value_settings, choices)},            \
    {"format", od_read_entry, offsetof(od_value_settings, format)},           \
    {"allow_empty", od_read_bool, offsetof(od_value_settings, type.allow_empty)}

od_key_reader od_read_forbid; // profile_values.c

// Reads the `type:` of `entry`'s mapping before its other keys: a new type forgets what the base
// said of the old one. profile_values.c
void od_load_type(od_loader *loader, const od_entry *entry, od_value_settings *settings);

// Works out what the other keys of `entry`'s mapping said: bounds, choices, pattern, format.
// profile_values.c
void od_load_value_settings(od_loader *loader, const od_entry *entry, od_value_settings *settings);

// Each reads the value of its key in the profile; the entry is NULL when the file has no such key.
void od_load_headings(od_loader *loader, const od_entry *entry);     // profile_text.c
void od_load_input(od_loader *loader, const od_entry *entry);        // profile_text.c
void od_load_placeholders(od_loader *loader, const od_entry *entry); // profile_text.c
od_key_reader od_read_extra, od_read_order;                          // profile_sections.c
void od_load_sections(od_loader *loader, const od_entry *entry);     // profile_sections.c
void od_load_fields(od_loader *loader, const od_entry *entry);       // profile_fields.c
void od_load_front_matter(od_loader *loader, const od_entry *entry); // profile_keys.c
void od_load_bindings(od_loader *loader, const od_entry *entry,
                      const od_profile *base); // profile_bindings.c
void od_load_rules(od_loader *loader, const od_entry *entry); // profile_rules.c
void od_load_lua(od_loader *loader, const od_entry *entry);   // profile_rules.c
od_key_reader od_read_latin_space;                             // profile_checks.c
void od_load_checks(od_loader *loader, const od_entry *entry);     // profile_checks.c
void od_load_advisory(od_loader *loader, const od_entry *entry);   // profile_checks.c
void od_load_keep_words(od_loader *loader, const od_entry *entry); // profile_checks.c
void od_load_stale(od_loader *loader, const od_entry *entry); // profile_stale.c
void od_load_tally(od_loader *loader, const od_entry *entry); // profile_tally.c

// Makes what a profile says of rules what the profiles that extend it start from. profile_checks.c
void od_inherit_checks(od_profile *profile);

// Returns the index of a field that od_load_fields read, or SIZE_MAX. profile_fields.c
size_t od_load_find_field(const od_loader *loader, od_slice id);

// Returns the id of a field that `wrong` was probably meant to be, or an empty slice.
// profile_fields.c
od_slice od_load_nearest_field(const od_loader *loader, od_slice wrong);

#endif
