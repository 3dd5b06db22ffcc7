// Reads pandoc's JSON and writes it again.
//
// usage: json_round [-v VERSION] [-n | -s] [-c COLUMNS] < DOCUMENTS
//        json_round -t FILE
//     Documents are separated by a NUL byte; answers come one a line. -v VERSION (1.22.2.1) answers in
//     that version; -n writes the blocks in pandoc's native format, -s the whole document so, each
//     closed by a NUL byte. What cannot be read is answered by `! MESSAGE`. -t prints the
//     milliseconds that reading and writing FILE take, and the size of the answer.
#include "document/reader.h"
#include "writer/native.h"
#include "writer/pandoc_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct settings {
    od_pandoc_api version;
    bool native, standalone;
    size_t columns;
} settings;

static void read_all(FILE *file, od_buf *into) {
    for (size_t got = 1; got;) {
        got = fread(od_buf_reserve(into, 65536), 1, 65536, file);
        into->size += got;
    }
}

static bool convert(od_slice bytes, const settings *s, od_buf *out) {
    od_arena arena = {0};
    od_source source;
    od_source_init(&source, &arena, "-", bytes, 0);
    od_diagnostics failures = {.arena = &arena};
    od_pandoc_api version;
    od_node *root = NULL, *meta = NULL;
    const od_status status =
        od_read_pandoc_json(&arena, &source, &failures, &version, &root, &meta);
    if (status != OD_OK) {
        od_buf_text(out, "! ");
        od_buf_add(out, failures.found.items[0].message);
    } else if (s->native) {
        const od_writer_options options = {
            .standalone = s->standalone, .meta = meta, .columns = s->columns};
        od_write_native(root, &options, out);
    } else {
        od_write_pandoc_json(root, meta, s->version.count ? &s->version : &version, out);
    }
    od_arena_free(&arena);
    return status == OD_OK;
}

static bool convert_all(const od_buf *input, const settings *s) {
    bool fine = true;
    for (size_t at = 0; at <= input->size;) {
        const od_slice left = od_slice_from(od_buf_slice(input), at);
        const char *const end = left.size ? memchr(left.data, '\0', left.size) : NULL;
        const size_t size = end ? (size_t)(end - left.data) : left.size;
        od_buf out = {0};
        fine = convert(od_slice_cut(left, 0, size), s, &out) && fine;
        od_buf_byte(&out, s->native ? '\0' : '\n');
        fwrite(out.data, 1, out.size, stdout);
        od_buf_free(&out);
        at += size + 1;
    }
    return fine;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static bool measure(const char *path) {
    FILE *const file = fopen(path, "rb");
    if (!file) return false;
    od_buf input = {0}, out = {0};
    read_all(file, &input);
    fclose(file);
    od_arena arena = {0};
    od_source source;
    od_source_init(&source, &arena, path, od_buf_slice(&input), 0);
    od_diagnostics failures = {.arena = &arena};
    od_pandoc_api version;
    od_node *root = NULL, *meta = NULL;
    const double start = now();
    const od_status status =
        od_read_pandoc_json(&arena, &source, &failures, &version, &root, &meta);
    const double middle = now();
    if (status == OD_OK) od_write_pandoc_json(root, meta, &version, &out);
    printf("read %.1f ms, write %.1f ms, %zu bytes\n", middle - start, now() - middle, out.size);
    od_buf_free(&out);
    od_buf_free(&input);
    od_arena_free(&arena);
    return status == OD_OK;
}

static od_pandoc_api parse_version(const char *text) {
    od_pandoc_api version = {0};
    while (*text && version.count < OD_PANDOC_API_NUMBERS) {
        char *end;
        version.numbers[version.count++] = (uint32_t)strtoul(text, &end, 10);
        text = *end ? end + 1 : end;
    }
    return version;
}

int main(int argc, char **argv) {
    settings s = {0};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-t") == 0 && i + 1 < argc) return measure(argv[i + 1]) ? 0 : 1;
        if (strcmp(argv[i], "-v") == 0 && i + 1 < argc) s.version = parse_version(argv[++i]);
        if (strcmp(argv[i], "-c") == 0 && i + 1 < argc) s.columns = strtoul(argv[++i], NULL, 10);
        s.standalone = s.standalone || strcmp(argv[i], "-s") == 0;
        s.native = s.native || s.standalone || strcmp(argv[i], "-n") == 0;
    }
    od_buf input = {0};
    read_all(stdin, &input);
    const bool fine = convert_all(&input, &s);
    od_buf_free(&input);
    return fine ? 0 : 1;
}
