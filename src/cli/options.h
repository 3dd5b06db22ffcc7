// Options: what the command line takes, in one table.
//
// Parsing, `--help`, the manual page and the completions of shells are made from the rows of this
// table and from nothing else, so that none of them can forget an option.
#ifndef OD_CLI_OPTIONS_H
#define OD_CLI_OPTIONS_H

#include "source/diagnostic.h"

// A value that an option takes, by its name on the command line.
typedef struct od_choice {
    const char *name; // NULL closes a list
    int value;
} od_choice;

// Where the value of an option goes in od_args, and how it is read.
typedef enum od_option_kind {
    OD_OPTION_FLAG,    // bool
    OD_OPTION_COUNTER, // int: how often it was given
    OD_OPTION_CHOICE,  // int: od_choice.value
    OD_OPTION_NUMBER,  // size_t, 1 to 256
    OD_OPTION_WIDTH,   // size_t, 1 to 100,000
    OD_OPTION_SECONDS, // long: milliseconds
    OD_OPTION_DAY,     // od_day, written YYYY-MM-DD
    OD_OPTION_TEXT,    // const char *
    OD_OPTION_LIST,    // od_word_list
} od_option_kind;

// What a shell offers for a value or an operand.
typedef enum od_offer {
    OD_OFFER_NOTHING,
    OD_OFFER_FILES,
    OD_OFFER_PROFILES, // built-in profiles, and files
    OD_OFFER_BUILTINS, // built-in profiles
    OD_OFFER_RULES,
    OD_OFFER_COMMANDS,
    OD_OFFER_VERBS, // of `profile`
} od_offer;

typedef struct od_option {
    const char *name; // without `--`; NULL closes a table
    char letter;      // 0 for none
    od_option_kind kind;
    size_t field;             // offset in od_args
    const od_choice *choices; // OD_OPTION_CHOICE
    od_offer offer;
    od_text value; // what its value is called; for choices they are listed themselves
    od_text help;
} od_option;

typedef struct od_example {
    const char *line; // NULL closes a list
    od_text text;
} od_example;

typedef enum od_command_id {
    OD_COMMAND_NONE, // `orgdraft` by itself
    OD_COMMAND_CHECK,
    OD_COMMAND_FIELDS,
    OD_COMMAND_FILL,
    OD_COMMAND_EXTRACT,
    OD_COMMAND_FILTER,
    OD_COMMAND_LUA,
    OD_COMMAND_NEW,
    OD_COMMAND_PROFILE,
    OD_COMMAND_EXPLAIN,
    OD_COMMAND_HELP,
    OD_COMMAND_COUNT,
} od_command_id;

typedef struct od_command {
    const char *name;
    od_text operands; // as the synopsis shows them
    od_text summary;  // one line
    od_text details;  // paragraphs, parted by line ends
    const od_option *options;
    const od_example *examples;
    od_offer offer; // for operands
} od_command;

// Returns the row of a command.
const od_command *od_command_row(od_command_id id);

// Returns the command of that name; OD_COMMAND_NONE when there is none.
od_command_id od_command_find(const char *name);

// Words of the command line, in order.
typedef OD_ARRAY(const char *) od_word_list;

typedef enum od_format_choice {
    OD_FORMAT_DEFAULT, // text of check, table of fields
    OD_FORMAT_JSON,
    OD_FORMAT_YAML,
    OD_FORMAT_CSV,
    OD_FORMAT_TABLE,
    OD_FORMAT_MARKDOWN,
} od_format_choice;

typedef enum od_color_choice { OD_COLOR_AUTO, OD_COLOR_ALWAYS, OD_COLOR_NEVER } od_color_choice;

// What the command line said. All zeros is the default where od_args_parse sets nothing else.
typedef struct od_args {
    od_command_id command;
    od_word_list operands;
    // everywhere
    int language, color;
    int quiet, verbose;
    bool help, version, limits, man;
    int shell; // of --completions
    // what drafts are read with
    const char *profile, *config, *stdin_filename;
    od_word_list data;
    bool no_config, force_exclude, allow_empty;
    int stage;
    long timeout; // milliseconds; 0 for none, less for the default
    od_day today; // all zeros when not given
    size_t jobs;  // 0 for as many as there are processors
    // what comes out
    int format, fail_on, unit;
    bool fix, diff, skeleton, in_place, partial, ask;
    const char *output, *encoding;
    // one draft per row
    const char *each, *out;
    bool force, only_changed, dry_run;
    // extract
    const char *merge, *expect;
    bool tally, bom;
    // filters
    od_word_list filters, metadata, metadata_files;
    const char *from, *to, *as_format, *code;
    size_t columns; // 0: not given
    int wrap;       // od_wrap
    bool standalone, trust;
} od_args;

enum { OD_SHELL_NONE, OD_SHELL_BASH, OD_SHELL_ZSH, OD_SHELL_FISH };

// Reads the command line into `args`. Mistakes are written to `complaint`, empty on success: one
// line that says what is wrong and what would be right.
//
// Ownership: `args` borrows from `words` and has its lists in `arena`.
void od_args_parse(od_arena *arena, const char *const *words, size_t count, od_args *args,
                   od_slice *complaint);

// Returns the name among `count` that `word` was probably meant to be: the one that it begins, else
// the nearest one; empty when none is near.
od_slice od_suggest_word(const char *word, const char *const *names, size_t count);

#endif
