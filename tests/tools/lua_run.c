// Reads a Markdown file, runs Lua filters on it and prints pandoc's JSON: lua_run FILE FILTER…
// With -n reads no file but an empty document; with -r N prints the CPU time of N runs instead.
#include "document/document.h"
#include "document/reader.h"
#include "lua/filter.h"
#include "writer/pandoc_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct run {
    od_arena arena;
    od_node *root, *meta;
    int status;
} run;

static od_slice read_file(const char *path) {
    FILE *const file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    od_buf buf = {0};
    if (!file) {
        fprintf(stderr, "lua_run: cannot read %s\n", path);
        exit(2);
    }
    for (size_t got = 1; got;) {
        got = fread(od_buf_reserve(&buf, 65536), 1, 65536, file);
        buf.size += got;
    }
    if (file != stdin) fclose(file);
    return od_buf_slice(&buf);
}

static void print_failure(const char *path, const od_filter_failure *failure) {
    fprintf(stderr, "Error running filter %s:\n%.*s\n", path, (int)failure->message.size,
            failure->message.data);
    if (failure->handler && failure->place.start != SIZE_MAX)
        fprintf(stderr, "in %s at %zu-%zu\n", failure->handler, failure->place.start,
                failure->place.end);
}

static void filter(run *r, const char *path, const char *format) {
    od_filter_failure failure = {0};
    const od_slice source = read_file(path);
    const od_filter_settings settings = {.path = path, .format = format};
    od_filter *const f = od_filter_open(&settings, &failure);
    if (!f || failure.message.data) exit(2);
    if (od_filter_load(f, source, &failure) != OD_OK ||
        od_filter_run(f, &r->arena, &r->root, &r->meta, &failure) != OD_OK) {
        print_failure(path, &failure);
        r->status = 83;
    }
    od_filter_close(f);
    free((void *)(uintptr_t)source.data);
}

static void read_markdown(run *r, od_source *source, od_slice bytes, od_diagnostics *failures) {
    od_reader_options options = {.tables = true, .strikethrough = true, .autolinks = true,
                                 .task_lists = true, .footnotes = true,
                                 .heading_identifiers = true};
    od_source_init(source, &r->arena, "in.md", bytes, 0);
    if (od_read_markdown(&r->arena, source, (od_span){0, bytes.size}, &options, failures,
                         &r->root) != OD_OK)
        exit(2);
}

int main(int count, char **arguments) {
    if (count < 2) return 2;
    run r = {0};
    od_diagnostics failures = {.arena = &r.arena};
    od_source source;
    const bool none = strcmp(arguments[1], "-n") == 0;
    const od_slice bytes = none ? (od_slice){NULL, 0} : read_file(arguments[1]);
    read_markdown(&r, &source, bytes, &failures);
    r.meta = od_node_new(&r.arena, OD_META_MAP, OD_NO_SPAN);
    const clock_t start = clock();
    for (int i = 2; i < count && !r.status; i++) filter(&r, arguments[i], "json");
    if (getenv("LUA_RUN_TIME"))
        fprintf(stderr, "%.1f ms\n", (double)(clock() - start) * 1e3 / CLOCKS_PER_SEC);
    if (!r.status && !none) {
        od_buf out = {0};
        od_write_pandoc_json(r.root, r.meta, NULL, &out);
        fwrite(out.data, 1, out.size, stdout);
        putchar('\n');
        od_buf_free(&out);
    }
    od_arena_free(&r.arena);
    free((void *)(uintptr_t)bytes.data);
    return r.status;
}
