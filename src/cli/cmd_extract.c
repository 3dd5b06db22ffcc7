// orgdraft extract: the values of finished drafts.
#include "cli/commands.h"
#include "cli/deadline.h"
#include "cli/record.h"
#include "cli/walk.h"
#include "cli/worker.h"
#include "cli/write.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "data/encoding.h"
#include "engine/expect.h"

#include <stdio.h>

typedef struct extractor {
    od_cli *cli;
    const od_data *data;
    od_walk walk;
    od_report_counts counts; // findings of all drafts
    od_buf packed;           // the record of the draft that was just read
    OD_ARRAY(od_record) records;
    size_t value_count, missing_count;
    int format;
} extractor;

// ---- one draft ---------------------------------------------------------------------------------

// Whether some field has a place there.
static bool is_of_field(const od_extraction *extraction, od_span span) {
    for (size_t i = 0; i < extraction->count; i++)
        for (size_t j = 0; j < extraction->items[i].place_count; j++)
            if (extraction->items[i].places[j].span.start == span.start) return true;
    return false;
}

// --merge shows itself where a field differs from the data; what a phrase of the data says that is of no
// field has no row there.
static od_findings without_differences(od_cli *cli, const od_extraction *extraction) {
    const od_findings *const findings = &extraction->findings;
    od_diagnostic *const kept = od_arena_array(&cli->arena, od_diagnostic, findings->count);
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        if (strcmp(findings->items[i].rule, "value-differs") != 0 ||
            !is_of_field(extraction, findings->items[i].span))
            kept[count++] = findings->items[i];
    return (od_findings){.items = kept, .count = count};
}

// Whether the format says where values stand: tables of many drafts do not.
static bool shows_places(const extractor *x) {
    return x->walk.files.count == 1 || x->format == OD_FORMAT_JSON || x->format == OD_FORMAT_YAML;
}

static bool extract_draft(extractor *x, const od_setting *setting, od_draft *draft,
                          od_report_counts *counts) {
    od_cli *const cli = x->cli;
    const od_extraction *extraction;
    if (!od_draft_open(cli, setting, draft)) return false;
    if (od_extract(cli->session, draft->document, draft->profile, x->data, &extraction) != OD_OK) {
        od_cli_fail_session(cli);
        return false;
    }
    const od_findings findings =
        cli->args.merge ? without_differences(cli, extraction) : extraction->findings;
    if (findings.count && cli->args.quiet < 2) {
        const od_report_options options = od_cli_report(cli, true);
        od_report_text(&cli->err, &findings, &options);
    }
    od_report_count(counts, &findings);
    counts->files = 1;
    od_record_pack(&x->packed, draft, extraction, shows_places(x));
    return true;
}

// Reads one file: its record is in `packed`, what is to be said of it in the buffers of `cli`.
static void extract_file(extractor *x, const od_setting *setting, int descriptor,
                         od_report_counts *counts) {
    od_draft draft;
    x->packed.size = 0;
    if (!od_draft_read(x->cli, setting, &draft)) return;
    od_buf last_words = {0};
    od_worker_start_clock(x->cli, draft.name, draft.file.bytes.size, descriptor, &last_words);
    if (!extract_draft(x, setting, &draft, counts)) x->packed.size = 0;
    od_deadline_stop();
    od_buf_free(&last_words);
    od_draft_close(&draft);
}

static void keep_record(extractor *x, size_t index, od_slice packed) {
    od_record record;
    if (!packed.size ||
        !od_record_unpack(x->cli, x->walk.files.items[index].name, packed, &record))
        return;
    *od_array_push(&x->cli->arena, &x->records) = record;
    for (size_t i = 0; i < record.profile->field_count; i++) {
        x->value_count += record.values[i].state == OD_EXTRACT_VALUE;
        x->missing_count += od_record_misses(&record, i);
    }
}

// ---- many drafts -------------------------------------------------------------------------------

static void work(void *context, size_t index, int descriptor, od_result *result) {
    extractor *const x = context;
    od_cli *const cli = x->cli;
    cli->out.size = cli->err.size = 0;
    cli->failed = false;
    const od_mark mark = od_arena_mark(&cli->arena);
    extract_file(x, &x->walk.files.items[index], descriptor, &result->counts);
    od_arena_rewind(&cli->arena, mark);
    result->failed = cli->failed;
    result->err = od_buf_slice(&cli->err);
    result->items = od_buf_slice(&x->packed);
}

static void done(void *context, size_t index, const od_result *result) {
    extractor *const x = context;
    x->counts.files += result->counts.files;
    x->counts.errors += result->counts.errors;
    x->counts.warnings += result->counts.warnings;
    x->counts.infos += result->counts.infos;
    x->cli->failed |= result->failed;
    od_buf_add(&x->cli->err, result->err);
    keep_record(x, index, result->items);
}

static void died(void *context, size_t index, int status, od_result *result) {
    extractor *const x = context;
    od_worker_died(x->cli, x->walk.files.items[index].name, status, result);
}

static void extract_all(extractor *x) {
    od_cli *const cli = x->cli;
    if (x->walk.files.count == 1) {
        extract_file(x, x->walk.files.items, OD_NO_WORKER, &x->counts);
        keep_record(x, 0, od_buf_slice(&x->packed));
        return;
    }
    od_cli_flush(cli); // before workers get a copy of it
    const od_pool pool = {.context = x,
                          .count = x->walk.files.count,
                          .workers = od_pool_workers(cli->args.jobs, x->walk.files.count),
                          .work = work,
                          .done = done,
                          .died = died};
    const int error = od_pool_run(&pool);
    if (error) od_cli_fail_errno(cli, NULL, error);
}

// ---- the tally ---------------------------------------------------------------------------------

static const od_slice *plain_values(od_arena *arena, const od_record *record) {
    od_slice *const values = od_arena_array(arena, od_slice, record->profile->field_count);
    for (size_t i = 0; i < record->profile->field_count; i++)
        if (record->values[i].state == OD_EXTRACT_VALUE) values[i] = record->values[i].value;
    return values;
}

// Whether all drafts have one profile; says so when not: their figures are not the same figures.
static bool is_one_profile(const extractor *x, const char *purpose_en, const char *purpose_zh) {
    const od_record *const records = x->records.items;
    for (size_t i = 1; i < x->records.count; i++) {
        if (records[i].profile == records[0].profile) continue;
        od_cli_note(x->cli, NULL,
                    od_say(&x->cli->log,
                           OD_SAY("the drafts have different profiles: “{1}” is {2}, “{3}” is {4}; {5}",
                                  "文稿的文种不同：“{1}”是{2}，“{3}”是{4}；{5}"),
                           records[0].path, records[0].profile->id, records[i].path,
                           records[i].profile->id,
                           od_slice_of(x->cli->args.language == OD_CHINESE ? purpose_zh
                                                                           : purpose_en)));
        return false;
    }
    return true;
}

// Reads the table of what is expected. Returns false after saying what is wrong with it.
static bool read_expected(extractor *x, od_tally_input *input) {
    od_cli *const cli = x->cli;
    const char *const path = cli->args.expect;
    const od_profile *const profile = input->profile;
    od_file file;
    od_rows *rows;
    if (!od_file_read(cli, path, path, &od_limit_table[OD_LIMIT_INDEX_DATA_SIZE], &file))
        return false;
    od_cli_keep(cli, file.bytes);
    od_deadline_start_file(cli, path, file.bytes.size);
    od_diagnostics found = {.arena = &cli->arena, .language = (od_language)cli->args.language};
    od_diagnostics failures = found;
    const bool right =
        od_rows_read(cli->session, path, od_buf_slice(&file.bytes), &(od_rows_options){0}, &rows) ==
            OD_OK &&
        od_expect_read(&cli->arena, profile, profile->tally ? profile->tally->key : SIZE_MAX, rows,
                       &found, &failures, input);
    od_deadline_stop();
    const od_findings listed = {.items = found.found.items, .count = found.found.count};
    const od_findings failed = {.items = failures.found.items, .count = failures.found.count};
    const od_report_options options = od_cli_report(cli, true);
    if (cli->args.quiet < 2) od_report_text(&cli->err, &listed, &options);
    od_report_failures(&cli->err, &failed);
    od_report_count(&x->counts, &listed);
    od_cli_fail_session(cli);
    cli->failed |= !right;
    return right;
}

static const od_tally *make_tally(extractor *x) {
    od_arena *const arena = &x->cli->arena;
    od_tally_input *const input = od_arena_new(arena, od_tally_input);
    od_tally_record *const drafts = od_arena_array(arena, od_tally_record, x->records.count);
    for (size_t i = 0; i < x->records.count; i++)
        drafts[i] = (od_tally_record){x->records.items[i].path,
                                      plain_values(arena, &x->records.items[i])};
    *input = (od_tally_input){.profile = x->records.items[0].profile,
                              .drafts = drafts,
                              .draft_count = x->records.count};
    if (x->cli->args.expect && !read_expected(x, input)) return NULL;
    od_tally *const tally = od_arena_new(arena, od_tally);
    od_tally_make(arena, input, tally);
    return tally;
}

// Returns NULL when there is nothing to tally, or after saying why it cannot be done.
static const od_tally *tally_all(extractor *x) {
    if (!x->cli->args.tally || !x->records.count) return NULL;
    if (is_one_profile(x, "give the one to tally with -p", "请用 -p 指定按哪一种汇总"))
        return make_tally(x);
    x->cli->failed = true;
    return NULL;
}

// ---- what comes out ----------------------------------------------------------------------------

// The format that the name of a file asks for; 0 for none.
static int format_by_suffix(const char *path) {
    static const struct {
        const char *suffix;
        int format;
    } SUFFIXES[] = {{".yaml", OD_FORMAT_YAML}, {".yml", OD_FORMAT_YAML},
                    {".json", OD_FORMAT_JSON}, {".csv", OD_FORMAT_CSV},
                    {".md", OD_FORMAT_MARKDOWN}, {".markdown", OD_FORMAT_MARKDOWN}};
    for (size_t i = 0; path && i < sizeof SUFFIXES / sizeof *SUFFIXES; i++)
        if (od_slice_ends(od_slice_of(path), od_slice_of(SUFFIXES[i].suffix)))
            return SUFFIXES[i].format;
    return OD_FORMAT_DEFAULT;
}

static int choose_format(const extractor *x) {
    const od_args *const args = &x->cli->args;
    if (args->format != OD_FORMAT_DEFAULT) return args->format;
    const int by_name = format_by_suffix(args->output);
    if (by_name != OD_FORMAT_DEFAULT) return by_name;
    const bool single = x->walk.files.count == 1 && !args->merge && !args->tally;
    return single ? OD_FORMAT_YAML : OD_FORMAT_TABLE;
}

static void write_values(const extractor *x, const od_records *records, od_buf *out) {
    typedef void writer(od_buf *, const od_records *);
    static writer *const VALUES[] = {[OD_FORMAT_JSON] = od_report_extract_json,
                                     [OD_FORMAT_YAML] = od_report_extract_yaml,
                                     [OD_FORMAT_CSV] = od_report_extract_csv,
                                     [OD_FORMAT_TABLE] = od_report_extract_table,
                                     [OD_FORMAT_MARKDOWN] = od_report_extract_markdown};
    static writer *const MERGES[] = {[OD_FORMAT_JSON] = od_report_merge_json,
                                     [OD_FORMAT_YAML] = od_report_merge_yaml,
                                     [OD_FORMAT_CSV] = od_report_merge_csv,
                                     [OD_FORMAT_TABLE] = od_report_merge_table,
                                     [OD_FORMAT_MARKDOWN] = od_report_merge_markdown};
    (x->cli->args.merge ? MERGES : VALUES)[x->format](out, records);
}

// Says which character cannot be written.
static void refuse_character(od_cli *cli, od_slice text, size_t at) {
    size_t size;
    char code[16];
    const uint32_t character = od_utf8_read(text, at, &size);
    const int width = snprintf(code, sizeof code, "U+%04X", (unsigned)character);
    od_cli_fail(cli, cli->args.output,
                od_say(&cli->log,
                       OD_SAY("the encoding “{1}” has no character “{2}” ({3}); use gb18030 or utf-8 "
                              "with --bom",
                              "“{1}”编码里没有“{2}”字（{3}）；请改用 gb18030，或 utf-8 加 --bom"),
                       od_slice_of(cli->args.encoding), od_slice_cut(text, at, at + size),
                       (od_slice){code, (size_t)width}));
}

// Brings the text to the encoding asked for. Returns false after saying why that cannot be.
static bool encode(const extractor *x, od_buf *text) {
    od_cli *const cli = x->cli;
    if (cli->args.bom) {
        od_buf marked = {0};
        od_buf_text(&marked, "\xEF\xBB\xBF");
        od_buf_add(&marked, od_buf_slice(text));
        od_buf_free(text);
        *text = marked;
    }
    if (!cli->args.encoding) return true;
    od_buf encoded = {0};
    size_t missing;
    const od_status status =
        od_charset_encode(cli->args.encoding, od_buf_slice(text), &encoded, &missing);
    if (status == OD_INVALID) refuse_character(cli, od_buf_slice(text), missing);
    else if (status != OD_OK)
        od_cli_fail(cli, NULL,
                    od_say(&cli->log,
                           OD_SAY("the encoding “{1}” is unknown; use gbk, gb18030 or utf-8",
                                  "没有“{1}”这种编码；可用 gbk、gb18030、utf-8"),
                           od_slice_of(cli->args.encoding)));
    od_buf_free(text);
    *text = encoded;
    return status == OD_OK;
}

static bool put(const extractor *x, od_buf *text) {
    od_cli *const cli = x->cli;
    const char *const target = cli->args.output;
    if (!encode(x, text)) return false;
    if (!target || strcmp(target, "-") == 0) {
        od_buf_add(&cli->out, od_buf_slice(text));
        return true;
    }
    return od_file_replace(cli, target, OD_WRITE_ANY, NULL, od_buf_slice(text));
}

static void write_report(extractor *x, const od_tally *tally) {
    od_report_options options = od_cli_report(x->cli, false);
    if (x->cli->args.output) options.color = false;
    const od_records records = {x->records.items, x->records.count, tally, &options};
    od_buf text = {0};
    if (!x->cli->args.merge && !x->cli->args.tally && x->format != OD_FORMAT_JSON)
        (void)is_one_profile(x, "their columns stand side by side", "各自的列并排列出");
    write_values(x, &records, &text);
    put(x, &text);
    od_buf_free(&text);
}

static void summarize(extractor *x) {
    od_cli *const cli = x->cli;
    if (cli->args.quiet || cli->args.merge) return;
    od_cli_note(cli, x->records.count == 1 ? x->walk.files.items[0].name : NULL,
                od_say(&cli->log,
                       x->records.count == 1
                           ? OD_SAY("values: {2}; not in the draft: {3}", "取得{2}个值，缺{3}个")
                           : OD_SAY("drafts: {1}; values: {2}; missing: {3}",
                                    "{1}份文稿，取得{2}个值，缺{3}个"),
                       od_arena_number(&cli->arena, x->records.count),
                       od_arena_number(&cli->arena, x->value_count),
                       od_arena_number(&cli->arena, x->missing_count)));
}

// ---- the command -------------------------------------------------------------------------------

static bool arguments_fit(od_cli *cli) {
    const od_args *const a = &cli->args;
    const bool csv = a->format == OD_FORMAT_CSV ||
                     (a->format == OD_FORMAT_DEFAULT && format_by_suffix(a->output) == OD_FORMAT_CSV);
    const struct {
        bool wrong;
        od_text why;
    } faults[] = {
        {!a->operands.count, OD_SAY("name a finished draft or a folder, or - for standard input",
                                    "请给出写好的文稿或文件夹，或用“-”表示标准输入")},
        {a->expect && !a->tally, OD_SAY("--expect goes with --tally", "--expect 要与 --tally 合用")},
        {a->merge && a->tally, OD_SAY("give --merge or --tally, not both",
                                      "--merge 和 --tally 只能给一个")},
        {a->merge && a->data.count, OD_SAY("--merge names the data; leave -d out",
                                           "--merge 已指明数据，请去掉 -d")},
        {(a->bom || a->encoding) && !csv,
         OD_SAY("--bom and --encoding are for CSV; add --format csv",
                "--bom 和 --encoding 用于CSV，请加 --format csv")},
        {a->bom && a->encoding, OD_SAY("--bom marks UTF-8; give it or --encoding",
                                       "--bom 是UTF-8的标记，与 --encoding 只能给一个")},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (!faults[i].wrong) continue;
        od_cli_fail(cli, NULL, od_say(&cli->log, faults[i].why));
        return false;
    }
    // The data of --merge is read as that of -d is.
    if (a->merge) *od_array_push(&cli->arena, &cli->args.data) = a->merge;
    return true;
}

static bool collect(extractor *x) {
    od_cli *const cli = x->cli;
    x->walk = (od_walk){.cli = cli, .settings = od_settings_new(cli)};
    if (!x->walk.settings) return false;
    for (size_t i = 0; i < cli->args.operands.count; i++)
        od_walk_add(&x->walk, cli->args.operands.items[i]);
    if (cli->args.merge && x->walk.files.count > 1) {
        od_cli_fail(cli, NULL, od_say(&cli->log, OD_SAY("--merge takes one draft at a time",
                                                        "--merge 一次只能处理一份文稿")));
        return false;
    }
    if (x->walk.files.count || cli->failed || cli->args.allow_empty || x->walk.left_out)
        return true;
    od_cli_fail(cli, NULL,
                od_say(&cli->log,
                       OD_SAY("nothing was read: no .md, .markdown, .txt or .text file is there; name "
                              "files, or allow it with --allow-empty",
                              "什么也没有读：没有 .md、.markdown、.txt、.text 文件；请点名文件，"
                              "或用 --allow-empty 允许")));
    return false;
}

// Whether the file to be written is none that is only to be read; false after saying which.
static bool target_is_free(const extractor *x) {
    od_cli *const cli = x->cli;
    const od_args *const a = &cli->args;
    struct stat found;
    if (!a->output || stat(a->output, &found) != 0) return true;
    od_text why = {0};
    for (size_t i = 0; i < x->walk.files.count; i++)
        if (od_file_is(x->walk.files.items[i].path, &found))
            why = OD_SAY("is a draft to be read; it was not overwritten", "是要读取的文稿，没有覆盖");
    for (size_t i = 0; i < a->data.count; i++)
        if (od_file_is(a->data.items[i], &found))
            why = OD_SAY("is a data file; it was not overwritten", "是数据文件，没有覆盖");
    if (od_file_is(a->expect, &found))
        why = OD_SAY("is the table of --expect; it was not overwritten", "是 --expect 的表，没有覆盖");
    if (od_file_is(a->profile, &found) || od_file_is(a->config, &found))
        why = OD_SAY("is a profile or configuration; it was not overwritten",
                     "是文种文件或配置文件，没有覆盖");
    if (why.en) od_cli_fail(cli, a->output, od_say(&cli->log, why));
    return !why.en;
}

static bool has_changes(const extractor *x) {
    for (size_t i = 0; x->cli->args.merge && i < x->records.count; i++)
        for (size_t j = 0; j < x->records.items[i].profile->field_count; j++)
            if (x->records.items[i].values[j].change != OD_CHANGE_NONE) return true;
    return false;
}

static int exit_code(const extractor *x, const od_tally *tally) {
    const int fail_on = x->cli->args.fail_on;
    size_t found = x->counts.errors + (fail_on <= OD_WARNING ? x->counts.warnings : 0) +
                   (fail_on <= OD_INFO ? x->counts.infos + x->missing_count : 0);
    if (tally) {
        if (fail_on <= OD_WARNING)
            found += tally->twice.count + tally->missing.count + tally->extra.count;
        if (fail_on <= OD_INFO) found += tally->outliers.count;
        found += tally->differences.count;
    }
    return found || has_changes(x) ? OD_EXIT_FINDINGS : OD_EXIT_CLEAN;
}

int od_cmd_extract(od_cli *cli) {
    extractor x = {.cli = cli};
    od_data *data;
    if (!arguments_fit(cli) || !od_draft_prepare(cli, &data) || !collect(&x) ||
        !target_is_free(&x))
        return OD_EXIT_FAILURE;
    x.data = data;
    x.format = choose_format(&x);
    extract_all(&x);
    const od_tally *const tally = tally_all(&x);
    // Who reads it must not take a failure for drafts without values.
    if (x.records.count || !cli->failed) write_report(&x, tally);
    summarize(&x);
    od_buf_free(&x.packed);
    return exit_code(&x, tally);
}
