// Drafts: a file of the command line, read, opened and given its profile.
#ifndef OD_CLI_DRAFT_H
#define OD_CLI_DRAFT_H

#include "cli/file.h"
#include "cli/settings.h"

typedef struct od_draft {
    const char *name; // in messages
    od_file file;
    od_document *document;
    od_profile *profile;
    const char *profile_name; // that it was loaded by; NULL: the default
} od_draft;

// Checks that the options fit together, starts the session of a run, loads the profile of -p and
// reads the data files of -d into `*data` (NULL without any). Returns false after saying what went
// wrong.
bool od_draft_prepare(od_cli *cli, od_data **data);

// Reads the bytes of a draft. Returns false after saying what went wrong.
bool od_draft_read(od_cli *cli, const od_setting *setting, od_draft *draft);

// Opens the draft that was read and chooses its profile: -p, front matter, configuration, default.
// Returns false after saying what went wrong. The draft is to be closed in both cases.
bool od_draft_open(od_cli *cli, const od_setting *setting, od_draft *draft);

// Closes the document and frees the bytes, unless od_cli_keep has them.
void od_draft_close(od_draft *draft);

#endif
