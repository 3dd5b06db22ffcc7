// Check: everything that is wrong with a draft, one group of rules a file.
#ifndef OD_ENGINE_CHECK_H
#define OD_ENGINE_CHECK_H

#include "engine/plan.h"

// What the groups work on.
typedef struct od_check_context {
    const od_reading *reading;
    const od_places *places;
    const od_plan *plan; // what data would fill, and the values of all fields
    bool has_data;       // data was given: the plan fills blanks
    const od_value *const *values_given; // by field: what the data says, or NULL; NULL without data
    const od_evaluator *evaluator;
    const od_io *io; // NULL: nothing is known of what lies beside the draft
    od_day today;
    const bool *blamed;  // by field: a rule of the profile found it at fault; or NULL
    od_stage stage;      // OD_STAGE_DRAFT or OD_STAGE_FINAL: already decided
    od_diagnostics *found;
    OD_ARRAY(od_unchecked) unchecked; // rules of the profile that ask for what has no value
} od_check_context;

// Returns the stage of a draft: `wanted` unless that is OD_STAGE_AUTO, else what its front matter
// `status:` says (final, published and accepted are final).
od_stage od_check_stage(const od_document *document, od_stage wanted); // check.c

// Returns the severity of what a draft at `stage` leaves open.
od_severity od_check_leftover(const od_profile *profile, od_stage stage); // check.c

void od_check_encoding(od_check_context *context, const od_document *document); // check_encoding.c
void od_check_front_matter(od_check_context *context);                         // check_front_matter.c
void od_check_sections(od_check_context *context);                             // check_sections.c
void od_check_numbers(od_check_context *context);                              // check_numbers.c

// Reports the blanks that are left and returns how many; with `filled` those that the plan fills are
// not among them. check_blanks.c
size_t od_check_blanks(od_check_context *context, bool filled);

// Holds the profile's rules against the values of the plan: findings, `unchecked` and `blamed`. Nothing
// else of the context is needed than reading, plan, evaluator, today and found. rules.c
// Errors: OD_INVALID when a rule itself fails on this draft; `failures` says where and why.
od_status od_check_rules(od_check_context *context, od_diagnostics *failures);

// A blank for which rows of a table have no value.
typedef struct od_uncovered {
    size_t blank;            // index into od_reading.blanks
    size_t rows;             // how many
    od_span first;           // the first of them, in the table
    bool all;                // no row has one
} od_uncovered;

// Reports these blanks: in the draft when no row has a value, else at the first row without.
// `has_header`: rows get a value by a column. check_blanks.c
void od_check_uncovered(od_check_context *context, const od_source *table, bool has_header,
                        const od_uncovered *blanks, size_t count);

// Reports what the draft says of the profile's fields: in itself, and against the data.
void od_check_values(od_check_context *context); // check_values.c

// Reports values that the plan fills in and that will not be read back: value-lost. check_lost.c
void od_check_lost(od_check_context *context);

void od_check_stale(od_check_context *context); // check_stale.c

// Reports what does not come out of a Markdown draft as its text looks: the md rules. check_markdown.c
void od_check_markdown(od_check_context *context);

// Reports what is wrong with the form of the text, as far as the profile switches that on: the rules
// OD_TEXT_RULES. check_text.c
void od_check_text(od_check_context *context);

// Reports only where the draft differs from the data: value-differs. check_values.c
void od_check_given(od_check_context *context);

// Sets `off` of each rule, by od_rule_id, that finds nothing in drafts of the profile: what it switches
// off, and those of style that it does not switch on. levels.c
void od_levels_off(const od_profile *profile, od_stage stage, bool off[OD_RULE_COUNT]);

// Gives findings the levels of the profile's `checks`, and takes out those of rules that are off; those
// of rules that are not built in stay as they are. levels.c
void od_levels_apply(const od_profile *profile, od_stage stage, od_diagnostics *found);

// Takes out of `found` what the draft's suppression comments silence, and adds what is wrong with the
// comments themselves (unknown or unused). `rules` are ids beside the built-in ones that comments may
// name even if they found nothing. Comments for rules that are `off` (by od_rule_id; NULL: none is) are
// never unused. suppress.c
void od_suppress(const od_document *document, const char *const *rules, size_t rule_count,
                 const bool *off, od_diagnostics *found);

#endif
