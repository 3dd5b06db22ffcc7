// Writes documents anew, as each of the writers has them.
//
// usage: write [-f gfm|json] [-t gfm|html|plain|json] [-w auto|none|preserve] [-c COLUMNS] [-i]
//              [-s] < DOCUMENTS
//     Markdown is read with all that the reader can read, with -i also identifiers of headings; -s
//     writes documents that stand alone. Documents are separated by NUL bytes, answers closed by
//     one.
#include "base/buf.h"
#include "document/reader.h"
#include "writer/gfm.h"
#include "writer/html.h"
#include "writer/pandoc_json.h"
#include "writer/plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct settings {
    const char *from, *to;
    bool identifiers;
    od_writer_options writer;
} settings;

static void read_all(FILE *file, od_buf *into) {
    for (size_t got = 1; got;) {
        got = fread(od_buf_reserve(into, 65536), 1, 65536, file);
        into->size += got;
    }
}

static void write_root(const settings *s, const od_node *root, const od_node *meta, od_buf *out) {
    od_writer_options options = s->writer;
    options.meta = meta;
    if (strcmp(s->to, "gfm") == 0) od_write_gfm(root, &options, out);
    else if (strcmp(s->to, "html") == 0) od_write_html(root, &options, out);
    else if (strcmp(s->to, "plain") == 0) od_write_plain(root, &options, out);
    else od_write_pandoc_json(root, meta, NULL, out);
}

static bool write_document(const settings *s, od_slice bytes) {
    od_arena arena = {0};
    od_source source;
    od_source_init(&source, &arena, "-", bytes, 0);
    const od_reader_options options = {.tables = true,
                                       .strikethrough = true,
                                       .autolinks = true,
                                       .task_lists = true,
                                       .footnotes = true,
                                       .math = true,
                                       .math_gfm = true,
                                       .emoji = true,
                                       .alerts = true,
                                       .heading_identifiers = s->identifiers};
    od_diagnostics failures = {.arena = &arena};
    od_pandoc_api version = {0};
    od_node *root = NULL, *meta = NULL;
    od_buf out = {0};
    const bool json = strcmp(s->from, "json") == 0;
    const od_span body = {0, bytes.size};
    const od_status status =
        json ? od_read_pandoc_json(&arena, &source, &failures, &version, &root, &meta)
             : od_read_markdown(&arena, &source, body, &options, &failures, &root);
    if (status == OD_OK) write_root(s, root, meta, &out);
    if (out.size) fwrite(out.data, 1, out.size, stdout);
    putchar('\0');
    od_buf_free(&out);
    od_arena_free(&arena);
    return status == OD_OK;
}

static od_wrap wrap_of(const char *name) {
    if (strcmp(name, "none") == 0) return OD_WRAP_NONE;
    return strcmp(name, "preserve") == 0 ? OD_WRAP_PRESERVE : OD_WRAP_AUTO;
}

static settings read_settings(int argc, char **argv) {
    settings s = {.from = "gfm", .to = "gfm"};
    for (int i = 1; i < argc; i++) {
        const char *const value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "-s") == 0) s.writer.standalone = true;
        else if (strcmp(argv[i], "-i") == 0) s.identifiers = true;
        else if (strcmp(argv[i], "-f") == 0) s.from = value;
        else if (strcmp(argv[i], "-t") == 0) s.to = value;
        else if (strcmp(argv[i], "-w") == 0) s.writer.wrap = wrap_of(value);
        else if (strcmp(argv[i], "-c") == 0) s.writer.columns = strtoul(value, NULL, 10);
    }
    return s;
}

int main(int argc, char **argv) {
    const settings s = read_settings(argc, argv);
    od_buf input = {0};
    read_all(stdin, &input);
    bool fine = true;
    for (size_t at = 0; at <= input.size;) {
        const od_slice left = od_slice_from(od_buf_slice(&input), at);
        const char *const end = left.size ? memchr(left.data, '\0', left.size) : NULL;
        const size_t size = end ? (size_t)(end - left.data) : left.size;
        fine = write_document(&s, od_slice_cut(left, 0, size)) && fine;
        at += size + 1;
    }
    od_buf_free(&input);
    return fine ? 0 : 1;
}
