// The floor: what any program pays that parses the file with cmark-gfm, as check does (tables and
// footnotes), and looks at every node once.
//
// usage: floor FILE…
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path, size_t *size) {
    FILE *const file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) return NULL;
    const long end = ftell(file);
    if (end < 0) return NULL;
    rewind(file);
    char *const bytes = malloc((size_t)end + 1);
    *size = bytes ? fread(bytes, 1, (size_t)end, file) : 0;
    fclose(file);
    return bytes;
}

static size_t count_nodes(cmark_node *root) {
    size_t count = 0;
    cmark_iter *const iter = cmark_iter_new(root);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE)
        count += cmark_iter_get_event_type(iter) == CMARK_EVENT_ENTER;
    cmark_iter_free(iter);
    return count;
}

static bool parse(const char *path) {
    size_t size = 0;
    char *const bytes = read_file(path, &size);
    if (!bytes) return false;
    cmark_parser *const parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, bytes, size);
    cmark_node *const root = cmark_parser_finish(parser);
    printf("%zu\n", count_nodes(root));
    cmark_node_free(root);
    cmark_parser_free(parser);
    free(bytes);
    return true;
}

int main(int argc, char **argv) {
    cmark_gfm_core_extensions_ensure_registered();
    for (int i = 1; i < argc; i++) {
        if (parse(argv[i])) continue;
        fprintf(stderr, "floor: cannot read %s\n", argv[i]);
        return 2;
    }
    if (argc > 1) return 0;
    fprintf(stderr, "usage: floor FILE…\n");
    return 2;
}
