// Deadlines: no draft takes longer than it may, whatever is in it.
//
// Some inputs cost cmark-gfm time that grows with the square of their size, and no look at the
// input tells them all. So processor time is measured; when it is used up, words prepared before
// are written and the process ends with exit code 2.
#ifndef OD_CLI_DEADLINE_H
#define OD_CLI_DEADLINE_H

#include "cli/cli.h"

// Returns how many milliseconds of processor time a file of `size` bytes may take: what --timeout
// says, else five seconds and one more for every 4 MB. 0 is no limit.
long od_deadline_for(const od_cli *cli, size_t size);

// Returns the message of a file that took longer: "gave up after 5 s, too complex".
od_slice od_deadline_message(od_cli *cli, long milliseconds);

// Ends the process with exit code 2 after so much more processor time, writing `last_words` to
// `descriptor` first; they are borrowed until od_deadline_stop. Nothing happens for 0 milliseconds.
void od_deadline_start(long milliseconds, int descriptor, od_slice last_words);

// Stops the clock.
void od_deadline_stop(void);

// od_deadline_start for the file `path` of `size` bytes, the message going to standard error.
void od_deadline_start_file(od_cli *cli, const char *path, size_t size);

#endif
