// Built-in profiles, found by the name a person typed.
#ifndef OD_CLI_BUILTINS_H
#define OD_CLI_BUILTINS_H

#include "cli/cli.h"

// Returns the built-in profile `name`, or NULL after saying which there are.
const od_builtin_profile *od_cli_builtin(od_cli *cli, const char *name);

#endif
