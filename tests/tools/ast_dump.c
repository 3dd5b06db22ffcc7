// Prints the tree of Markdown as pandoc's JSON, one document a line.
//
// usage: ast_dump [-i] [-m] [-s] < DOCUMENTS
//     Documents are separated by a NUL byte. -i gives headings identifiers; -m reads front matter as
//     metadata; -s prints the tree with its spans instead, for people.
#include "base/buf.h"
#include "document/front_matter.h"
#include "document/meta.h"
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
        printf("%*s%s %zd-%zd%s%s", depth * 2, "", od_node_type_name(n->type),
               (ssize_t)n->span.start, (ssize_t)n->span.end, n->flags & OD_DECODED ? " decoded" : "",
               n->flags & OD_OPAQUE ? " opaque" : "");
        if (n->type == OD_TEXT)
            printf(" <%.*s>", (int)n->leaf.text.size, n->leaf.text.data);
        const od_slice there =
            n->span.start == SIZE_MAX ? (od_slice){0} : od_source_cut(source, n->span);
        printf(" [%.*s]\n", (int)there.size, there.data);
    }
}

typedef struct settings {
    bool identifiers, meta, spans;
} settings;

static od_status read_document(od_arena *arena, const od_source *source, const settings *s,
                               od_node **root, od_node **meta) {
    const od_reader_options options = {.tables = true,
                                       .strikethrough = true,
                                       .task_lists = true,
                                       .footnotes = true,
                                       .heading_identifiers = s->identifiers};
    od_diagnostics failures = {.arena = arena};
    od_front_matter matter = {0};
    if (s->meta) od_front_matter_read(arena, source, OD_ENGLISH, &matter);
    const od_span body = {matter.body, source->bytes.size};
    od_status status = od_read_markdown(arena, source, body, &options, &failures, root);
    if (status == OD_OK) status = od_read_meta(arena, &matter.values, &options, &failures, meta);
    return status;
}

static bool dump(od_slice bytes, const settings *s) {
    od_arena arena = {0};
    od_source source;
    od_source_init(&source, &arena, "-", bytes, 0);
    od_node *root = NULL, *meta = NULL;
    od_buf out = {0};
    const od_status status = read_document(&arena, &source, s, &root, &meta);
    if (status == OD_OK && s->spans) {
        print_tree(&source, meta);
        print_tree(&source, root);
    } else if (status == OD_OK) {
        od_write_pandoc_json(root, meta, NULL, &out);
    }
    if (!s->spans) printf("%.*s\n", (int)out.size, out.data ? out.data : "");
    od_buf_free(&out);
    od_arena_free(&arena);
    return status == OD_OK;
}

int main(int argc, char **argv) {
    settings s = {0};
    for (int i = 1; i < argc; i++) {
        s.identifiers = s.identifiers || strcmp(argv[i], "-i") == 0;
        s.meta = s.meta || strcmp(argv[i], "-m") == 0;
        s.spans = s.spans || strcmp(argv[i], "-s") == 0;
    }
    od_buf input = {0};
    read_all(stdin, &input);
    bool fine = true;
    for (size_t at = 0; at <= input.size;) {
        const od_slice left = od_slice_from(od_buf_slice(&input), at);
        const char *const end = left.size ? memchr(left.data, '\0', left.size) : NULL;
        const size_t size = end ? (size_t)(end - left.data) : left.size;
        fine = dump(od_slice_cut(left, 0, size), &s) && fine;
        at += size + 1;
    }
    od_buf_free(&input);
    return fine ? 0 : 1;
}
