// Help: what the tables of commands and options say, for a person at a terminal, as a manual page,
// and as completions of shells.
#ifndef OD_CLI_HELP_H
#define OD_CLI_HELP_H

#include "cli/options.h"

#include "base/buf.h"

// Appends the help of a command, in lines of at most 80 columns.
void od_help_write(od_buf *out, od_command_id id, od_language language);

// Appends the manual page as roff, for man(1).
void od_man_write(od_buf *out, od_language language);

// Appends the completions of a shell, OD_SHELL_BASH and its kin.
void od_completions_write(od_buf *out, int shell);

#endif
