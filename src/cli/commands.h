// Commands: one function each. All return the exit code; what they found is still in the buffers of
// `cli`.
#ifndef OD_CLI_COMMANDS_H
#define OD_CLI_COMMANDS_H

#include "cli/cli.h"

int od_cmd_none(od_cli *cli); // `orgdraft` without a command
int od_cmd_check(od_cli *cli);
int od_cmd_explain(od_cli *cli);
int od_cmd_extract(od_cli *cli);
int od_cmd_fields(od_cli *cli);
int od_cmd_fill(od_cli *cli);
int od_cmd_filter(od_cli *cli);
int od_cmd_help(od_cli *cli);
int od_cmd_json_filter(od_cli *cli); // the program as a filter of pandoc's
int od_cmd_lua(od_cli *cli);
int od_cmd_new(od_cli *cli);
int od_cmd_profile(od_cli *cli);

#endif
