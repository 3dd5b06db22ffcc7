// Formats: what documents are read from and written to, by pandoc's names.
#ifndef OD_CLI_FORMATS_H
#define OD_CLI_FORMATS_H

#include "cli/cli.h"
#include "document/reader.h"
#include "writer/writer.h"

typedef enum od_from { OD_FROM_JSON, OD_FROM_MARKDOWN, OD_FROM_TEXT } od_from;

// A format to read, with its extensions.
typedef struct od_reader_format {
    const char *name; // without extensions
    od_from from;
    bool front_matter;
    od_reader_options options;
} od_reader_format;

// A document to be written.
typedef struct od_writing {
    const od_node *root, *meta;
    const od_pandoc_api *version; // of JSON
    od_writer_options options;
} od_writing;

// A format to write.
typedef struct od_writer_format {
    const char *name;
    void (*write)(const od_writing *writing, od_buf *out);
    bool (*accept)(od_slice bytes); // whether they may be what `write` writes
    const char *suffixes[3]; // of files that are written so when nothing else is said
} od_writer_format;

// Reads the name of a format with its extensions, such as `gfm-footnotes`. Returns false after saying what is wrong.
bool od_format_read(od_cli *cli, const char *name, od_reader_format *format);

// Returns the name of the format that a file of that path is read from.
const char *od_format_guess(const char *path);

// Returns the format of that name, NULL after saying that there is none.
const od_writer_format *od_format_writer(od_cli *cli, const char *name);

// Returns the format that a file of that path is written in, or NULL.
const od_writer_format *od_format_by_suffix(const char *path);

#endif
