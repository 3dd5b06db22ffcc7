// What reading alone costs: the reader's own part of check, to hold against floor.
//
// usage: read FILE
#include "base/buf.h"
#include "document/reader.h"

#include <stdio.h>

static bool read_file(const char *path, od_buf *into) {
    FILE *const file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) return false;
    const long end = ftell(file);
    if (end < 0) return false;
    rewind(file);
    into->size = fread(od_buf_reserve(into, (size_t)end + 1), 1, (size_t)end, file);
    fclose(file);
    return true;
}

int main(int argc, char **argv) {
    od_buf bytes = {0};
    if (argc != 2 || !read_file(argv[1], &bytes)) {
        fprintf(stderr, "usage: read FILE\n");
        return 2;
    }
    od_arena arena = {0};
    od_source source;
    od_source_init(&source, &arena, argv[1], od_buf_slice(&bytes), 0);
    const od_reader_options options = {.tables = true, .footnotes = true, .report_lines = true};
    od_diagnostics failures = {.arena = &arena};
    od_node *root;
    if (od_read_markdown(&arena, &source, (od_span){0, bytes.size}, &options, &failures, &root) !=
        OD_OK)
        return 1;
    size_t count = 0;
    for (const od_node *n = root; n; n = od_node_next(root, n, false)) count++;
    printf("%zu\n", count);
    od_arena_free(&arena);
    od_buf_free(&bytes);
    return 0;
}
