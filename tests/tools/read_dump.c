// Prints what the readers make of documents, as pandoc's JSON, one document a line.
//
// usage: read_dump < DOCUMENTS
//     Documents are separated by a NUL byte; the first line of each is the name of its format. What
//     cannot be read gives a line with the message in quotes.
#include "base/buf.h"
#include "document/front_matter.h"
#include "document/meta.h"
#include "document/reader.h"
#include "writer/pandoc_json.h"

#include <stdio.h>

static void read_all(FILE *file, od_buf *into) {
    for (size_t got = 1; got;) {
        got = fread(od_buf_reserve(into, 65536), 1, 65536, file);
        into->size += got;
    }
}

typedef struct draft {
    od_arena arena;
    od_source source;
    od_format_spec spec;
    od_diagnostics failures;
    od_node *root, *meta;
} draft;

static bool has(const draft *d, od_extension extension) {
    return od_extensions_have(&d->spec.extensions, extension);
}

static od_status read_gfm(draft *d) {
    const od_reader_options options = {
        .tables = has(d, OD_EXT_pipe_tables),
        .strikethrough = has(d, OD_EXT_strikeout),
        .autolinks = has(d, OD_EXT_autolink_bare_uris),
        .task_lists = has(d, OD_EXT_task_lists),
        .footnotes = has(d, OD_EXT_footnotes),
        .heading_identifiers = has(d, OD_EXT_gfm_auto_identifiers),
        .math = has(d, OD_EXT_tex_math_dollars),
        .math_gfm = has(d, OD_EXT_tex_math_gfm),
        .emoji = has(d, OD_EXT_emoji),
        .alerts = has(d, OD_EXT_alerts),
    };
    od_front_matter front = {0};
    if (has(d, OD_EXT_yaml_metadata_block))
        od_front_matter_read(&d->arena, &d->source, OD_ENGLISH, &front);
    const od_span body = {front.body, d->source.bytes.size};
    if (front.present && !front.valid) {
        od_fail_at(&d->failures, &d->source, front.error_span, front.error);
        return OD_INVALID;
    }
    od_status status = OD_OK;
    if (front.present)
        status = od_read_meta(&d->arena, &front.values, &options, &d->failures, &d->meta);
    if (status != OD_OK) return status;
    return od_read_markdown(&d->arena, &d->source, body, &options, &d->failures, &d->root);
}

static od_status read_draft(draft *d) {
    if (od_slice_is(d->spec.name, "html"))
        return od_read_html(&d->arena, &d->source, &d->spec.extensions, &d->failures, &d->root,
                            &d->meta);
    if (od_slice_starts(d->spec.name, OD_SLICE("markdown")))
        return od_read_pandoc_markdown(&d->arena, &d->source, &d->spec.extensions, 0, &d->failures,
                                       &d->root, &d->meta);
    return read_gfm(d);
}

static void dump(od_slice bytes) {
    draft d = {.failures.language = OD_ENGLISH};
    od_slice error = {0};
    od_buf out = {0};
    const size_t end = od_slice_find(bytes, OD_SLICE("\n"), 0);
    const size_t name = end == SIZE_MAX ? bytes.size : end;
    d.failures.arena = &d.arena;
    od_source_init(&d.source, &d.arena, "-",
                   od_slice_from(bytes, name < bytes.size ? name + 1 : name), 0);
    od_status status = od_format_spec_read(&d.arena, od_slice_cut(bytes, 0, name), OD_FORMAT_READ,
                                           &d.spec, &error);
    if (status == OD_OK) {
        status = read_draft(&d);
        if (status != OD_OK) error = d.failures.found.items[0].message;
    }
    if (status == OD_OK) od_write_pandoc_json(d.root, d.meta, NULL, &out);
    else {
        od_buf_byte(&out, '"');
        for (size_t i = 0; i < error.size; i++)
            od_buf_byte(&out, strchr("\"\\\n", error.data[i]) ? ' ' : error.data[i]);
        od_buf_byte(&out, '"');
    }
    printf("%.*s\n", (int)out.size, out.data);
    od_buf_free(&out);
    od_arena_free(&d.arena);
}

int main(void) {
    od_buf input = {0};
    read_all(stdin, &input);
    for (size_t at = 0; at < input.size;) {
        const od_slice left = od_slice_from(od_buf_slice(&input), at);
        const size_t hit = od_slice_find(left, (od_slice){"", 1}, 0);
        const size_t size = hit == SIZE_MAX ? left.size : hit;
        dump(od_slice_cut(left, 0, size));
        at += size + 1;
    }
    od_buf_free(&input);
    return 0;
}
