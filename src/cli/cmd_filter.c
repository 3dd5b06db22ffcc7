// orgdraft filter: pandoc's Lua filters, run on documents. And `orgdraft-filter`, by which pandoc runs
// them through orgdraft.
#include "cli/commands.h"
#include "cli/filters.h"
#include "cli/write.h"

#include "document/meta.h"
#include "writer/spell.h"

static const char *const WRAPS[] = {
    [OD_WRAP_AUTO] = "auto", [OD_WRAP_NONE] = "none", [OD_WRAP_PRESERVE] = "preserve"};

static bool is_stdout(const char *path) {
    return !path || strcmp(path, "-") == 0;
}

// ---- formats -----------------------------------------------------------------------------------

static bool choose_reader(od_cli *cli, od_reader_format *format) {
    const od_word_list *const files = &cli->args.operands;
    const char *name = cli->args.from;
    if (!name) name = files->count ? od_format_guess(files->items[0]) : "gfm";
    return od_format_read(cli, name, format);
}

static const od_writer_format *choose_writer(od_cli *cli, const od_reader_format *from) {
    const char *const output = cli->args.output;
    if (cli->args.to) return od_format_writer(cli, cli->args.to);
    const od_writer_format *const by_name = is_stdout(output) ? NULL : od_format_by_suffix(output);
    if (by_name) return by_name;
    return od_format_writer(cli, from->from == OD_FROM_JSON ? "json" : "html");
}

// ---- running -----------------------------------------------------------------------------------

static int read_scripts(od_cli *cli, const od_word_list *paths, const od_script **scripts) {
    od_script *const read = od_arena_array(&cli->arena, od_script, paths->count);
    *scripts = read;
    for (size_t i = 0; i < paths->count; i++) {
        const int status = od_filters_read(cli, paths->items[i], &read[i]);
        if (status != OD_EXIT_CLEAN) return status;
    }
    return OD_EXIT_CLEAN;
}

typedef struct target {
    const od_args *args;
    const od_writer_format *format;
} target;

static void write_document(void *context, const od_loaded *document, od_buf *out) {
    const target *const to = context;
    const od_args *const args = to->args;
    const od_writing writing = {.root = document->root,
                                .meta = document->meta,
                                .version = document->version.count ? &document->version : NULL,
                                .options = {.wrap = (od_wrap)args->wrap,
                                            .columns = args->columns,
                                            .standalone = args->standalone,
                                            .meta = document->meta}};
    to->format->write(&writing, out);
}

static bool accept(void *context, od_slice bytes) {
    return ((const target *)context)->format->accept(bytes);
}

// Runs the filters and puts the document out; `format` is what FORMAT says.
static int run_filters(od_cli *cli, const od_word_list *paths, od_loaded *document,
                       const char *from, const char *format, const od_writer_format *to) {
    const od_args *const args = &cli->args;
    target target = {args, to};
    od_buf file = {0};
    od_filtering filtering = {.cli = cli,
                              .count = paths->count,
                              .document = document,
                              .format = args->as_format ? args->as_format : format,
                              .trust = args->trust,
                              .context = &target,
                              .write = write_document,
                              .accept = accept,
                              .out = is_stdout(args->output) ? &cli->out : &file};
    filtering.globals = (od_globals){.input_files = args->operands.items,
                                     .input_count = args->operands.count,
                                     .output_file = is_stdout(args->output) ? NULL : args->output,
                                     .user_data_dir = args->trust ? od_filters_data_dir(cli) : NULL,
                                     .from = from,
                                     .to = format,
                                     .columns = args->columns,
                                     .wrap = WRAPS[args->wrap],
                                     .standalone = args->standalone};
    bool ended = false;
    int status = read_scripts(cli, paths, &filtering.scripts);
    if (status == OD_EXIT_CLEAN) status = od_filters_run(&filtering, &ended);
    if (status == OD_EXIT_CLEAN && !ended && !is_stdout(args->output))
        od_file_replace(cli, args->output, OD_WRITE_ANY, NULL, od_buf_slice(&file));
    od_buf_free(&file);
    return status;
}

int od_cmd_filter(od_cli *cli) {
    od_reader_format from;
    if (!choose_reader(cli, &from)) return OD_EXIT_FAILURE;
    const od_writer_format *const to = choose_writer(cli, &from);
    if (!to) return OD_EXIT_FAILURE;
    od_loaded document;
    const int status = od_load_open(cli, &from, &cli->args.operands, &document);
    if (status != OD_EXIT_CLEAN) return status;
    return run_filters(cli, &cli->args.filters, &document, from.name, to->name, to);
}

// ---- within pandoc -----------------------------------------------------------------------------

static const char FILTERS[] = "orgdraft-filters";

static void add_path(od_cli *cli, const od_node *value, od_word_list *paths) {
    od_buf text = {0};
    if (value->type == OD_META_STRING) od_buf_add(&text, value->leaf.text);
    else od_spell(value, &text);
    if (text.size)
        *od_array_push(&cli->arena, paths) = od_arena_copy(&cli->arena, od_buf_slice(&text)).data;
    od_buf_free(&text);
}

static od_word_list filters_of(od_cli *cli, const od_node *meta) {
    od_word_list paths = {0};
    const od_node *const value = od_find_meta(meta, FILTERS);
    if (value && value->type == OD_META_LIST)
        for (const od_node *item = value->first; item; item = item->next)
            add_path(cli, item, &paths);
    else if (value) add_path(cli, value, &paths);
    for (size_t i = 0; i < cli->args.filters.count; i++)
        *od_array_push(&cli->arena, &paths) = cli->args.filters.items[i];
    return paths;
}

int od_cmd_json_filter(od_cli *cli) {
    const od_word_list *const words = &cli->args.operands;
    const char *const to = words->count ? words->items[0] : "json";
    od_reader_format from;
    od_format_read(cli, "json", &from);
    od_loaded document;
    int status = od_load_open(cli, &from, &(od_word_list){0}, &document);
    // Here, since it says which filters there are.
    if (status == OD_EXIT_CLEAN) status = od_load_parse_here(cli, &document);
    if (status != OD_EXIT_CLEAN) return status;
    const od_word_list paths = filters_of(cli, document.meta);
    cli->args.operands = (od_word_list){0}; // pandoc does not tell what it reads
    if (!paths.count)
        od_cli_note(cli, NULL,
                    od_say(&cli->log,
                           OD_SAY("no filters are named; name them in the metadata: {1}: [a.lua]",
                                  "没有给出过滤器；请写在元数据里：{1}: [a.lua]"),
                           od_slice_of(FILTERS)));
    cli->args.output = NULL;
    return run_filters(cli, &paths, &document, NULL, to, od_format_writer(cli, "json"));
}
