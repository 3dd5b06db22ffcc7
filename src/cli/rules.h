// Rules in Lua: filters that report what they find in a draft and change nothing.
#ifndef OD_CLI_RULES_H
#define OD_CLI_RULES_H

#include "cli/draft.h"
#include "cli/modules.h"

// The rules of a run, in order.
typedef struct od_rules_given {
    const od_script *scripts;
    size_t count;
    const char **ids; // what each is called where it does not say: the name of its file
} od_rules_given;

// Reads the rules of -L. Returns false after saying what went wrong.
bool od_rules_read(od_cli *cli, od_rules_given *rules);

// Runs these rules and those of the draft's profile on a draft that is open, and sets in
// `options` what they found. Returns false after saying which of them failed.
bool od_rules_run(od_cli *cli, const od_rules_given *rules, const od_draft *draft,
                  od_check_options *options);

#endif
