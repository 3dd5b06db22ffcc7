// Outputs: many files written together, all or none.
//
// Each is written beside its goal first; when all of them are there, and the disk has them, they are
// renamed into place. If anything fails, what was in place is put back, what was new is removed, and
// so are folders made on the way. Signals that would end the program wait, and are heeded between two
// files by taking everything back; only kill -9 can leave something behind.
#ifndef OD_CLI_OUTPUTS_H
#define OD_CLI_OUTPUTS_H

#include "cli/write.h"

typedef struct od_outputs od_outputs;

// What may be done with files that exist.
typedef enum od_outputs_mode {
    OD_OUTPUTS_NEW,     // nothing: they are a failure
    OD_OUTPUTS_FORCE,   // they are replaced
    OD_OUTPUTS_CHANGED, // they are replaced when their content differs
} od_outputs_mode;

// Makes an empty set of outputs; it lives as long as `cli`.
od_outputs *od_outputs_new(od_cli *cli, od_outputs_mode mode);

// Adds the file `path`, borrowed, whose folders below the first `given` bytes of it were not chosen by
// the user himself: there no link is followed. `read` are the files that this run reads, which are
// never replaced. Returns false after saying why it cannot be written.
bool od_outputs_add(od_outputs *outputs, const char *path, size_t given, const struct stat *read,
                    size_t read_count);

// Returns how many files that exist are in the way; only the first ones were named.
size_t od_outputs_existing(const od_outputs *outputs);

// Begins to write; od_outputs_end must follow.
void od_outputs_begin(od_outputs *outputs);

// Writes the content of output `index` beside its goal. Returns false after saying what went wrong,
// or when the program is to end.
bool od_outputs_write(od_outputs *outputs, size_t index, od_slice bytes);

// Puts all in place, when `whole`; takes all back otherwise, or when that fails. Returns whether all is
// in place; else says what has become of the files.
bool od_outputs_end(od_outputs *outputs, bool whole);

// Returns how many outputs held their content already and were left alone.
size_t od_outputs_unchanged(const od_outputs *outputs);

#endif
