#include "cli/formats.h"

#include "base/utf8.h"
#include "data/json_events.h"
#include "document/format.h"
#include "writer/gfm.h"
#include "writer/html.h"
#include "writer/native.h"
#include "writer/pandoc_json.h"
#include "writer/plain.h"

#include <stddef.h>

// ---- readers -----------------------------------------------------------------------------------

typedef struct reader {
    const char *name;
    od_from from;
} reader;

static const reader READERS[] = {{"json", OD_FROM_JSON},
                                 {"gfm", OD_FROM_MARKDOWN},
                                 {"commonmark", OD_FROM_MARKDOWN},
                                 {"text", OD_FROM_TEXT}};
enum { READER_COUNT = sizeof READERS / sizeof *READERS };

// Extensions that can be switched, and what they are to our reader.
typedef struct extension {
    od_extension id;
    size_t field; // of od_reader_format: a bool
} extension;

#define IN(member) offsetof(od_reader_format, member)
static const extension EXTENSIONS[] = {
    {OD_EXT_pipe_tables, IN(options.tables)},
    {OD_EXT_strikeout, IN(options.strikethrough)},
    {OD_EXT_autolink_bare_uris, IN(options.autolinks)},
    {OD_EXT_task_lists, IN(options.task_lists)},
    {OD_EXT_footnotes, IN(options.footnotes)},
    {OD_EXT_gfm_auto_identifiers, IN(options.heading_identifiers)},
    {OD_EXT_tex_math_dollars, IN(options.math)},
    {OD_EXT_tex_math_gfm, IN(options.math_gfm)},
    {OD_EXT_emoji, IN(options.emoji)},
    {OD_EXT_alerts, IN(options.alerts)},
    {OD_EXT_hard_line_breaks, IN(options.hard_line_breaks)},
    {OD_EXT_yaml_metadata_block, IN(front_matter)},
};
enum { EXTENSION_COUNT = sizeof EXTENSIONS / sizeof *EXTENSIONS };

// Says that `extension` of a format cannot be changed here.
static bool refuse_extension(od_cli *cli, od_slice format, od_extension extension, bool on) {
    od_cli_fail(cli, NULL,
                od_say(&cli->log,
                       OD_SAY("orgdraft cannot switch the extension {1}{2} of {3}; leave it out, or "
                              "let pandoc do it: pandoc -t json | orgdraft filter -f json",
                              "orgdraft 不能切换 {3} 的扩展 {1}{2}；请去掉，或先用 pandoc -t json 转换"),
                       od_slice_of(on ? "+" : "-"), od_slice_of(od_extension_name(extension)),
                       format));
    return false;
}

// Reads pandoc's spelling of a format; no extension but those of `switched` may differ from the
// defaults.
static bool read_spec(od_cli *cli, const char *name, od_format_use use, const extension *switched,
                      size_t count, od_format_spec *spec) {
    od_slice error;
    if (od_format_spec_read(&cli->arena, od_slice_of(name), use, spec, &error) != OD_OK) {
        od_cli_fail(cli, NULL, error);
        return false;
    }
    od_extensions known, defaults;
    od_format_extensions(spec->name, &known, &defaults);
    for (size_t i = 0; i < count; i++)
        od_extensions_put(&defaults, switched[i].id,
                          od_extensions_have(&spec->extensions, switched[i].id));
    for (int e = 0; e < OD_EXTENSION_COUNT; e++) {
        const bool on = od_extensions_have(&spec->extensions, (od_extension)e);
        if (on != od_extensions_have(&defaults, (od_extension)e))
            return refuse_extension(cli, spec->name, (od_extension)e, on);
    }
    return true;
}

static void refuse_reader(od_cli *cli, od_slice name) {
    od_slice known = od_slice_of(READERS[0].name);
    for (size_t i = 1; i < READER_COUNT; i++)
        known = od_arena_concat(&cli->arena, known, OD_SLICE(", "), od_slice_of(READERS[i].name));
    od_cli_fail(cli, NULL,
                od_say(&cli->log,
                       OD_SAY("cannot read “{1}”; -f takes {2}; other formats: pandoc -t json | "
                              "orgdraft filter -f json",
                              "不能读取“{1}”格式；-f 可用 {2}；其他格式可先用 pandoc -t json 转换"),
                       name, known));
}

bool od_format_read(od_cli *cli, const char *name, od_reader_format *format) {
    *format = (od_reader_format){.name = "text", .from = OD_FROM_TEXT, .front_matter = true};
    if (strcmp(name, "text") == 0) return true; // pandoc has none
    od_format_spec spec;
    if (!read_spec(cli, name, OD_FORMAT_READ, EXTENSIONS, EXTENSION_COUNT, &spec)) return false;
    const reader *row = READERS;
    while (row < READERS + READER_COUNT && !od_slice_is(spec.name, row->name)) row++;
    if (row == READERS + READER_COUNT) {
        refuse_reader(cli, spec.name);
        return false;
    }
    *format = (od_reader_format){.name = row->name, .from = row->from};
    for (size_t i = 0; i < EXTENSION_COUNT; i++)
        *(bool *)((char *)format + EXTENSIONS[i].field) =
            od_extensions_have(&spec.extensions, EXTENSIONS[i].id);
    return true;
}

const char *od_format_guess(const char *path) {
    const od_slice name = od_slice_of(path);
    if (od_slice_ends(name, OD_SLICE(".json"))) return "json";
    return od_slice_ends(name, OD_SLICE(".txt")) || od_slice_ends(name, OD_SLICE(".text")) ? "text"
                                                                                           : "gfm";
}

// ---- writers -----------------------------------------------------------------------------------

static void write_json(const od_writing *w, od_buf *out) {
    od_write_pandoc_json(w->root, w->meta, w->version, out);
    od_buf_byte(out, '\n');
}

static void write_gfm(const od_writing *w, od_buf *out) {
    od_write_gfm(w->root, &w->options, out);
}

static void write_commonmark(const od_writing *w, od_buf *out) {
    od_write_commonmark(w->root, &w->options, out);
}

static void write_html(const od_writing *w, od_buf *out) {
    od_write_html(w->root, &w->options, out);
}

static void write_plain(const od_writing *w, od_buf *out) {
    od_write_plain(w->root, &w->options, out);
}

static void write_native(const od_writing *w, od_buf *out) {
    od_write_native(w->root, &w->options, out);
}

static bool accept_text(od_slice bytes) {
    return od_utf8_find_invalid(bytes) == SIZE_MAX;
}

static const od_writer_format WRITERS[] = {
    {"json", write_json, od_json_is_valid, {".json"}},
    {"gfm", write_gfm, accept_text, {".md", ".markdown"}},
    {"commonmark", write_commonmark, accept_text, {NULL}},
    {"html", write_html, accept_text, {".html", ".htm"}},
    {"html5", write_html, accept_text, {NULL}},
    {"plain", write_plain, accept_text, {".txt", ".text"}},
    {"native", write_native, accept_text, {".native"}},
};
enum { WRITER_COUNT = sizeof WRITERS / sizeof *WRITERS };

const od_writer_format *od_format_writer(od_cli *cli, const char *name) {
    od_format_spec spec;
    if (!read_spec(cli, name, OD_FORMAT_WRITE, NULL, 0, &spec)) return NULL;
    od_slice known = {0};
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        if (od_slice_is(spec.name, WRITERS[i].name)) return &WRITERS[i];
        known = od_arena_concat(&cli->arena, known, od_slice_of(i ? ", " : ""),
                                od_slice_of(WRITERS[i].name));
    }
    od_cli_fail(cli, NULL,
                od_say(&cli->log,
                       OD_SAY("cannot write “{1}”; -t takes {2}; other formats: orgdraft filter -t "
                              "json | pandoc -f json",
                              "不能写“{1}”格式；-t 可用 {2}；其他格式可再用 pandoc -f json 转换"),
                       od_slice_of(name), known));
    return NULL;
}

const od_writer_format *od_format_by_suffix(const char *path) {
    const od_slice name = od_slice_of(path);
    for (size_t i = 0; i < WRITER_COUNT; i++)
        for (size_t s = 0; s < 3 && WRITERS[i].suffixes[s]; s++)
            if (od_slice_ends(name, od_slice_of(WRITERS[i].suffixes[s]))) return &WRITERS[i];
    return NULL;
}
