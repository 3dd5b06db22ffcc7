// Prints the tree of Markdown as pandoc's JSON, one document a line.
//
// usage: ast_dump [-i] [-s] < DOCUMENTS
//     Documents are separated by a NUL byte. -i gives headings identifiers; -s prints the tree with
//     its spans instead, for people.
#include "base/buf.h"
#include "document/reader.h"
#include "writer/pandoc_json.h"

#include <stdio.h>
#include <string.h>

static void read_all(FILE *file, od_buf *into) {
    for (size_t got = 1; got;) {
        got = fread(od_buf_reserve(into, 65536), 1, 65536, file);
        into->size += got;
    }
}

static void print_tree(const od_source *source, const od_node *root) {
    for (const od_node *n = root; n; n = od_node_next(root, n, false)) {
        int depth = 0;
        for (const od_node *p = n; p != root; p = p->parent) depth++;
        printf("%*s%s %zu-%zu%s%s", depth * 2, "", od_node_type_name(n->type), n->span.start,
               n->span.end, n->flags & OD_DECODED ? " decoded" : "",
               n->flags & OD_OPAQUE ? " opaque" : "");
        if (n->type == OD_TEXT)
            printf(" <%.*s>", (int)n->leaf.text.size, n->leaf.text.data);
        const od_slice there = od_source_cut(source, n->span);
        printf(" [%.*s]\n", (int)there.size, there.data);
    }
}

static bool dump(od_slice bytes, bool identifiers, bool spans) {
    od_arena arena = {0};
    od_source source;
    od_source_init(&source, &arena, "-", bytes, 0);
    const od_reader_options options = {.tables = true,
                                       .strikethrough = true,
                                       .task_lists = true,
                                       .footnotes = true,
                                       .heading_identifiers = identifiers};
    od_diagnostics failures = {.arena = &arena};
    od_node *root = NULL;
    od_buf out = {0};
    const od_status status = od_read_markdown(&arena, &source, (od_span){0, bytes.size}, &options,
                                              &failures, &root);
    if (status == OD_OK && spans) print_tree(&source, root);
    else if (status == OD_OK) od_write_pandoc_json(root, NULL, NULL, &out);
    if (!spans) printf("%.*s\n", (int)out.size, out.data ? out.data : "");
    od_buf_free(&out);
    od_arena_free(&arena);
    return status == OD_OK;
}

int main(int argc, char **argv) {
    bool identifiers = false, spans = false;
    for (int i = 1; i < argc; i++) {
        identifiers = identifiers || strcmp(argv[i], "-i") == 0;
        spans = spans || strcmp(argv[i], "-s") == 0;
    }
    od_buf input = {0};
    read_all(stdin, &input);
    bool fine = true;
    for (size_t at = 0; at <= input.size;) {
        const od_slice left = od_slice_from(od_buf_slice(&input), at);
        const char *const end = left.size ? memchr(left.data, '\0', left.size) : NULL;
        const size_t size = end ? (size_t)(end - left.data) : left.size;
        fine = dump(od_slice_cut(left, 0, size), identifiers, spans) && fine;
        at += size + 1;
    }
    od_buf_free(&input);
    return fine ? 0 : 1;
}
