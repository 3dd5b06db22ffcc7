// Records: what a draft says, as bytes that go from the worker that read it to the process that writes
// the report.
#ifndef OD_CLI_RECORD_H
#define OD_CLI_RECORD_H

#include "cli/draft.h"
#include "report/extract.h"

// Appends the record of `draft`, with the places of its values or, since they cost time, without; then
// only what stands in the places of a field that is not one value is there.
void od_record_pack(od_buf *out, const od_draft *draft, const od_extraction *extraction,
                    bool with_places);

// Reads a record into the arena of `cli`; its profile is loaded, if it was not. Returns false after
// saying what is wrong with the profile.
bool od_record_unpack(od_cli *cli, const char *path, od_slice bytes, od_record *record);

#endif
