// Each: one draft per row of a table, for `orgdraft fill --each`.
#ifndef OD_CLI_EACH_H
#define OD_CLI_EACH_H

#include "cli/draft.h"

// Fills the draft, which was read and not opened yet, from each row of the table that --each names,
// laid over `shared` (NULL: none), and writes the drafts where --out says. Nothing is written unless
// all of them can be. Returns the exit code.
int od_each_run(od_cli *cli, const od_setting *setting, od_draft *draft, const od_data *shared);

#endif
