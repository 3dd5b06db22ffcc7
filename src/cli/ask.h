// Asking: a person gives the values that are missing, one question after another.
//
// Questions go to standard error and answers come from standard input, line by line, so that it
// works on a terminal and from a pipe alike.
#ifndef OD_CLI_ASK_H
#define OD_CLI_ASK_H

#include "cli/draft.h"

// Asks for each value that `data` does not have and adds the answers to it. What stands in several
// places is asked once; an answer of the wrong type is asked again, with the reason; an empty line
// leaves the blank; the end of input leaves the rest. Returns how many were answered.
size_t od_ask(od_cli *cli, const od_draft *draft, od_data *data);

#endif
