#include "cli/load.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "cli/deadline.h"
#include "cli/file.h"
#include "data/value.h"
#include "document/front_matter.h"
#include "document/meta.h"

#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct loader {
    od_cli *cli;
    const od_reader_format *format;
    od_loaded *loaded;
    od_diagnostics failures;
} loader;

static loader begin(od_cli *cli, od_loaded *loaded) {
    return (loader){cli, loaded->format, loaded,
                    {.arena = &cli->arena, .language = (od_language)cli->args.language}};
}

// Says why a reader failed.
static int fail(loader *l, od_status status) {
    const od_findings failures = {.items = l->failures.found.items,
                                  .count = l->failures.found.count};
    od_report_failures(&l->cli->err, &failures);
    l->cli->failed = true;
    return status == OD_INVALID ? OD_EXIT_PARSE : OD_EXIT_FAILURE;
}

// ---- files -------------------------------------------------------------------------------------

static bool read_file(od_cli *cli, const char *path, od_source *source) {
    const bool is_stdin = strcmp(path, "-") == 0;
    const char *const name = is_stdin ? "<stdin>" : path;
    if (is_stdin && isatty(STDIN_FILENO)) {
        od_cli_note(cli, NULL, od_say(&cli->log, OD_SAY("reading what you type; end with Ctrl-D",
                                                        "正在读取键盘输入，按 Ctrl-D 结束")));
        od_cli_flush(cli);
    }
    od_file file;
    if (!od_file_read(cli, is_stdin ? NULL : path, name, &od_limit_table[OD_LIMIT_INDEX_DRAFT_SIZE],
                      &file))
        return false;
    od_cli_keep(cli, file.bytes);
    *source = (od_source){.path = name, .bytes = od_buf_slice(&file.bytes)};
    return true;
}

// Reads the files into `*sources`; false after saying what is wrong.
static bool read_files(od_cli *cli, const char *const *paths, size_t count, od_source **sources,
                       size_t *size) {
    *sources = od_arena_array(&cli->arena, od_source, count);
    for (size_t i = 0; i < count; i++) {
        if (!read_file(cli, paths[i], &(*sources)[i])) return false;
        *size += (*sources)[i].bytes.size;
    }
    return true;
}

// ---- JSON --------------------------------------------------------------------------------------

// Moves the blocks and the metadata of a further document to the first.
static void join(od_loaded *to, od_node *root, od_node *meta) {
    for (od_node *child = root->first, *next; child; child = next) {
        next = child->next;
        child->next = child->parent = NULL;
        od_node_append(to->root, child);
    }
    for (od_node *entry = meta->first, *next; entry; entry = next) {
        next = entry->next;
        od_node *const value = entry->first;
        value->parent = NULL;
        od_meta_put(to->arena, to->meta, entry->leaf.text, value);
    }
}

static int load_json(loader *l, od_source *source) {
    od_loaded *const loaded = l->loaded;
    od_source_init(source, loaded->arena, source->path, source->bytes, 0);
    od_pandoc_api version;
    od_node *root, *meta;
    const od_status status =
        od_read_pandoc_json(loaded->arena, source, &l->failures, &version, &root, &meta);
    if (status != OD_OK) return fail(l, status);
    if (loaded->root) {
        join(loaded, root, meta);
        return OD_EXIT_CLEAN;
    }
    loaded->root = root;
    loaded->meta = meta;
    loaded->version = version;
    return OD_EXIT_CLEAN;
}

// ---- text --------------------------------------------------------------------------------------

// Joins the files to one text; one file is taken as it is.
static void join_texts(od_cli *cli, od_loaded *loaded, od_source *sources, size_t count) {
    od_draft_part *const parts = od_arena_array(loaded->arena, od_draft_part, count);
    od_buf whole = {0};
    for (size_t i = 0; i < count; i++) {
        if (i) od_buf_text(&whole, "\n\n");
        parts[i].start = whole.size;
        if (count > 1) od_buf_add(&whole, sources[i].bytes);
    }
    for (size_t i = 0; i < count; i++) {
        od_slice bytes = sources[i].bytes;
        if (count > 1)
            bytes = od_slice_cut(od_buf_slice(&whole), parts[i].start, parts[i].start + bytes.size);
        od_source_init(&sources[i], loaded->arena, sources[i].path, bytes, i);
        parts[i].source = &sources[i];
    }
    loaded->parts = parts;
    loaded->part_count = count;
    loaded->source = sources;
    if (count == 1) return;
    od_cli_keep(cli, whole);
    loaded->source = od_arena_new(loaded->arena, od_source);
    od_source_init(loaded->source, loaded->arena, sources[0].path, od_buf_slice(&whole), 0);
}

static int refuse_encoding(loader *l, const od_source *source, size_t offset) {
    od_diagnostics *const log = &l->failures;
    od_fail_at(log, source, (od_span){offset, offset},
               od_say(log, OD_SAY("this byte is not UTF-8; save the file as UTF-8",
                                  "这里不是UTF-8编码，请把文件存为UTF-8")));
    return fail(l, OD_INVALID);
}

static int read_text(loader *l, const od_source *source) {
    od_loaded *const loaded = l->loaded;
    od_front_matter front = {0};
    if (l->format->front_matter) {
        od_front_matter_read(loaded->arena, source, l->failures.language, &front);
        if (front.present && !front.valid) {
            od_fail_at(&l->failures, source, front.error_span, front.error);
            return fail(l, OD_INVALID);
        }
    } else if (od_slice_starts(source->bytes, OD_SLICE("\xEF\xBB\xBF"))) {
        front.body = 3;
    }
    const od_span body = {front.body, source->bytes.size};
    od_status status = OD_OK;
    if (l->format->from == OD_FROM_TEXT)
        loaded->root = od_read_plain_text(loaded->arena, source, body);
    else
        status = od_read_markdown(loaded->arena, source, body, &l->format->options, &l->failures,
                                  &loaded->root);
    if (status != OD_OK) return fail(l, status);
    if (!front.present) {
        loaded->meta = od_node_new(loaded->arena, OD_META_MAP, OD_NO_SPAN);
        return OD_EXIT_CLEAN;
    }
    status = od_read_meta(loaded->arena, &front.values, &l->format->options, &l->failures,
                          &loaded->meta);
    return status == OD_OK ? OD_EXIT_CLEAN : fail(l, status);
}

static int load_text(loader *l) {
    const od_loaded *const loaded = l->loaded;
    for (size_t i = 0; i < loaded->part_count; i++) {
        const od_source *const source = loaded->parts[i].source;
        const size_t wrong = od_utf8_find_invalid(source->bytes);
        if (wrong != SIZE_MAX) return refuse_encoding(l, source, wrong);
    }
    return read_text(l, loaded->source);
}

// ---- memory ------------------------------------------------------------------------------------

// Reserves what a large draft is about to take in small pieces, and asks for large pages there: else
// a third of the time goes to making small ones. Nothing is taken that is not used.
static void reserve_memory(size_t size) {
#ifdef M_MMAP_MAX
    enum { SMALL = 256 * 1024, TIMES = 24, MOST = 512 * 1024 * 1024, PIECES = 1024 * 1024 };
    if (size < SMALL) return;
    const size_t wanted = size < MOST / TIMES ? size * TIMES : MOST;
    mallopt(M_MMAP_MAX, 0); // of the heap, which keeps it
    mallopt(M_TRIM_THRESHOLD, INT32_MAX);
    char *const reserve = malloc(wanted);
    mallopt(M_MMAP_MAX, INT16_MAX);
    mallopt(M_MMAP_THRESHOLD, PIECES);
    if (!reserve) return;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), at = (uintptr_t)reserve;
    const uintptr_t start = (at + page - 1) & ~(page - 1), end = (at + wanted) & ~(page - 1);
    madvise((void *)start, end - start, MADV_HUGEPAGE);
    free(reserve);
#else
    (void)size;
#endif
}

// ---- metadata of the command line --------------------------------------------------------------

static int add_metadata_file(loader *l, const od_source *read, od_node *under) {
    od_arena *const arena = l->loaded->arena;
    od_source *const source = od_arena_new(arena, od_source);
    od_source_init(source, arena, read->path, read->bytes, 0);
    const bool json = od_slice_ends(od_slice_of(source->path), OD_SLICE(".json"));
    od_value values;
    od_status status =
        json ? od_json_read(arena, source, &l->failures, &values)
             : od_yaml_read(arena, source, (od_span){0, source->bytes.size}, &l->failures, &values);
    od_node *meta;
    // As pandoc reads them: in the format of the document where that is Markdown.
    if (status == OD_OK)
        status = od_read_meta(arena, &values, &l->format->options, &l->failures, &meta);
    if (status != OD_OK) return fail(l, status);
    od_loaded to = {.arena = arena,
                    .root = od_node_new(arena, OD_ROOT, OD_NO_SPAN),
                    .meta = under};
    join(&to, od_node_new(arena, OD_ROOT, OD_NO_SPAN), meta);
    return OD_EXIT_CLEAN;
}

static od_node *value_of(od_arena *arena, const char *text) {
    const bool truth = !text || strcmp(text, "true") == 0;
    if (truth || strcmp(text, "false") == 0) {
        od_node *const value = od_node_new(arena, OD_META_BOOL, OD_NO_SPAN);
        value->truth = truth;
        return value;
    }
    od_node *const value = od_node_new(arena, OD_META_STRING, OD_NO_SPAN);
    value->leaf.text = od_slice_of(text);
    return value;
}

// `-M key`, `-M key=value`; a key given again makes a list.
static void add_word(od_arena *arena, od_node *over, const char *word) {
    const size_t size = strcspn(word, "=:");
    const od_slice key = {word, size};
    od_node *const value = value_of(arena, word[size] ? word + size + 1 : NULL);
    od_node *const before = od_meta_get(over, key);
    if (!before) {
        od_meta_put(arena, over, key, value);
    } else if (before->type == OD_META_LIST) {
        od_node_append(before, value);
    } else {
        od_node *const list = od_node_new(arena, OD_META_LIST, OD_NO_SPAN);
        before->parent = before->next = NULL;
        od_node_append(list, before);
        od_node_append(list, value);
        od_meta_put(arena, over, key, list);
    }
}

static int load_metadata(od_cli *cli, od_loaded *loaded) {
    const od_word_list *const words = &cli->args.metadata;
    if (!loaded->metadata_count && !words->count) return OD_EXIT_CLEAN;
    od_reader_format gfm;
    od_format_read(cli, "gfm", &gfm);
    loader l = begin(cli, loaded);
    l.format = &gfm;
    od_node *const all = od_node_new(loaded->arena, OD_META_MAP, OD_NO_SPAN);
    od_node *const over = od_node_new(loaded->arena, OD_META_MAP, OD_NO_SPAN);
    for (size_t i = 0; i < loaded->metadata_count; i++) {
        const int status = add_metadata_file(&l, &loaded->metadata[i], all);
        if (status != OD_EXIT_CLEAN) return status;
    }
    for (size_t i = 0; i < words->count; i++) add_word(loaded->arena, over, words->items[i]);
    od_loaded to = {.arena = loaded->arena, .meta = all};
    od_node *const none = od_node_new(loaded->arena, OD_ROOT, OD_NO_SPAN);
    join(&to, none, loaded->meta);
    join(&to, none, over);
    loaded->meta = all;
    return OD_EXIT_CLEAN;
}

// ---- all ---------------------------------------------------------------------------------------

int od_load_open(od_cli *cli, const od_reader_format *format, const od_word_list *files,
                 od_loaded *loaded) {
    static const char *const STDIN[] = {"-"};
    const od_word_list *const metadata = &cli->args.metadata_files;
    const size_t count = files->count ? files->count : 1;
    *loaded = (od_loaded){.arena = &cli->arena,
                          .format = format,
                          .count = count,
                          .metadata_count = metadata->count};
    od_source *sources;
    if (!read_files(cli, files->count ? files->items : STDIN, count, &sources, &loaded->size) ||
        !read_files(cli, metadata->items, metadata->count, &loaded->metadata, &loaded->size))
        return OD_EXIT_FAILURE;
    reserve_memory(loaded->size);
    if (format->from == OD_FROM_JSON) loaded->source = sources;
    else join_texts(cli, loaded, sources, count);
    return OD_EXIT_CLEAN;
}

int od_load_parse(od_cli *cli, od_loaded *loaded) {
    loader l = begin(cli, loaded);
    int status = OD_EXIT_CLEAN;
    if (loaded->format->from != OD_FROM_JSON) status = load_text(&l);
    else
        for (size_t i = 0; i < loaded->count && status == OD_EXIT_CLEAN; i++)
            status = load_json(&l, &loaded->source[i]);
    return status == OD_EXIT_CLEAN ? load_metadata(cli, loaded) : status;
}

int od_load_parse_here(od_cli *cli, od_loaded *loaded) {
    od_deadline_start_file(cli, od_load_name(loaded), loaded->size);
    const int status = od_load_parse(cli, loaded);
    od_deadline_stop();
    return status;
}

const char *od_load_name(const od_loaded *loaded) {
    return loaded->source->path;
}
