// Loading: the files of a command line read as one document, as pandoc reads them.
#ifndef OD_CLI_LOAD_H
#define OD_CLI_LOAD_H

#include "cli/formats.h"
#include "lua/mod_orgdraft.h"

// A document for filters. Its trees live in `arena`, its bytes as long as the run.
typedef struct od_loaded {
    od_arena *arena;
    od_node *root, *meta;
    od_pandoc_api version; // of the JSON it was read from; a count of 0: of none
    od_draft_part *parts;  // the files of a text, in order; none of JSON
    size_t part_count;
    size_t size; // bytes in all
} od_loaded;

enum { OD_EXIT_PARSE = 64 }; // pandoc's, for input that is not what its format says

// Reads `files` (standard input for `-` and when there are none). Text of several files is joined with
// blank lines between, so that notes and links reach from one to the other; several JSON documents are
// joined block after block. Returns OD_EXIT_CLEAN, or another exit code after saying what is wrong.
int od_load(od_cli *cli, const od_reader_format *format, const od_word_list *files, od_loaded *loaded);

// Lays the metadata of the files --metadata-file under that of `loaded`, and -M over it. Returns as
// od_load.
int od_load_metadata(od_cli *cli, od_loaded *loaded);

#endif
