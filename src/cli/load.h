// Loading: the files of a command line read as one document, as pandoc reads them.
#ifndef OD_CLI_LOAD_H
#define OD_CLI_LOAD_H

#include "cli/formats.h"
#include "lua/mod_orgdraft.h"

// A document for filters, and the files that it is parsed from. Its trees live in `arena`, its bytes
// as long as the run.
typedef struct od_loaded {
    od_arena *arena;
    od_node *root, *meta;  // NULL until it is parsed
    od_pandoc_api version; // of the JSON it was parsed from; a count of 0: of none
    od_draft_part *parts;  // the files of a text, in order; none of JSON
    size_t part_count;
    size_t size; // bytes in all
    // What od_load_parse reads:
    const od_reader_format *format;
    od_source *source; // of all texts; the first file of JSON
    size_t count;      // files of JSON
    od_source *metadata;
    size_t metadata_count;
} od_loaded;

enum { OD_EXIT_PARSE = 64 }; // pandoc's, for input that is not what its format says

// Reads the bytes of `files` (standard input for `-` and when there are none) and of the files
// --metadata-file. `format` is borrowed. Returns OD_EXIT_CLEAN, or OD_EXIT_FAILURE after saying what
// is wrong.
int od_load_open(od_cli *cli, const od_reader_format *format, const od_word_list *files,
                 od_loaded *loaded);

// Parses what was read, in as much time as it takes. Text of several files is joined with blank lines
// between, so that notes and links reach from one to the other; several JSON documents are joined
// block after block. The metadata of --metadata-file goes under that of the document, and -M over
// it. Returns OD_EXIT_CLEAN, or another exit code after saying what is wrong.
int od_load_parse(od_cli *cli, od_loaded *loaded);

// As od_load_parse, in this process and within its deadline.
int od_load_parse_here(od_cli *cli, od_loaded *loaded);

// Returns the name under which the document is spoken of.
const char *od_load_name(const od_loaded *loaded);

#endif
