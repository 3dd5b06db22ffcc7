#include "cli/each.h"

#include "base/limits.h"
#include "cli/deadline.h"
#include "cli/outname.h"
#include "cli/outputs.h"
#include "cli/progress.h"

#include <stdlib.h>
#include <unistd.h>

enum { KEPT_BYTES = 64 << 20 }; // of filled drafts; beyond that, a row is filled again to be written

// One row, once it was filled.
typedef struct row {
    od_slice name;        // of its file
    od_span span;         // of what the name comes from, in the table
    od_findings findings; // about it
    od_slice bytes;       // the filled draft, unless too many are kept
    bool named;           // the name can be one
} row;

typedef struct each {
    od_cli *cli;
    od_draft *draft;
    od_rows *rows;
    size_t count;
    const char *table; // name of the table in messages
    struct stat table_stat;
    od_name_pattern pattern;
    OD_ARRAY(od_slice) slots; // names in the pattern, as they stand
    od_slice *values;         // for them, of one row
    od_batch *batch;
    row *items;
    size_t kept;       // bytes
    size_t wrong;      // rows with mistakes
    size_t left;       // blanks left
    size_t sound;      // rows whose values could be filled in
    size_t known;      // rows that have every name of the pattern
    od_slice missing;  // a name that some row lacks
    od_diagnostics names; // findings about names of files
    od_findings whole;
    od_progress progress;
} each;

// ---- the table ---------------------------------------------------------------------------------

static void say_encoding(const each *e) {
    bool guessed;
    const od_slice encoding = od_slice_of(od_rows_encoding(e->rows, &guessed));
    if (!guessed || e->cli->args.quiet) return;
    od_cli_note(e->cli, e->table,
                od_say(&e->cli->log,
                       OD_SAY("is not UTF-8 and was read as GBK ({1}); if that is wrong, name its "
                              "encoding with --encoding",
                              "不是UTF-8，按GBK（{1}）读取；如果不对，请用 --encoding 指明编码"),
                       encoding));
}

static bool read_table(each *e) {
    od_cli *const cli = e->cli;
    const char *const path = cli->args.each;
    const bool is_stdin = strcmp(path, "-") == 0;
    e->table = is_stdin ? "<stdin>" : path;
    od_file file;
    if (!od_file_read(cli, is_stdin ? NULL : path, e->table,
                      &od_limit_table[OD_LIMIT_INDEX_DATA_SIZE], &file))
        return false;
    od_cli_keep(cli, file.bytes);
    e->table_stat = file.stat;
    const od_rows_options options = {.encoding = cli->args.encoding};
    od_deadline_start_file(cli, e->table, file.bytes.size);
    const od_status status =
        od_rows_read(cli->session, e->table, od_buf_slice(&file.bytes), &options, &e->rows);
    od_deadline_stop();
    if (status != OD_OK) {
        od_cli_fail_session(cli);
        return false;
    }
    e->count = od_rows_count(e->rows);
    say_encoding(e);
    return true;
}

static bool read_pattern(each *e) {
    od_cli *const cli = e->cli;
    od_slice why;
    if (!od_name_pattern_read(&cli->log, cli->args.out, &e->pattern, &why)) {
        od_cli_fail(cli, "--out", why);
        return false;
    }
    for (size_t i = 0; i < e->pattern.parts.count; i++)
        if (e->pattern.parts.items[i].is_slot)
            *od_array_push(&cli->arena, &e->slots) = e->pattern.parts.items[i].text;
    e->values = od_arena_array(&cli->arena, od_slice, e->slots.count);
    if (e->slots.count || e->count == 1) return true;
    od_cli_fail(cli, "--out",
                od_say(&cli->log,
                       OD_SAY("“{1}” is one name for {2} drafts; put a column in it, such as {row}",
                              "“{1}”只有一个名字，却有{2}份文稿；请在其中写上列名，如 {row}"),
                       od_slice_of(cli->args.out), od_arena_number(&cli->arena, e->count)));
    return false;
}

// ---- names -------------------------------------------------------------------------------------

static od_slice row_number(const each *e, size_t index) {
    return od_arena_number(&e->cli->arena, index + 1);
}

static void report_name(each *e, od_span span, od_slice why) {
    od_diagnose(&e->names, OD_RULE_OUTPUT_NAME, od_rows_source(e->rows), span, why);
}

// Gives the row that was filled last its file name. A row with mistakes of its own may lack what the
// name is made of.
static void name_row(each *e, size_t index, bool refused) {
    row *const r = &e->items[index];
    od_span *const spans = od_arena_array(&e->cli->arena, od_span, e->slots.count);
    bool known = true;
    for (size_t i = 0; i < e->slots.count; i++) {
        const od_slice slot = e->slots.items[i];
        const bool has = od_batch_value(e->batch, slot, &e->values[i], &spans[i]);
        if (od_name_is_row(slot)) e->values[i] = row_number(e, index);
        else if (!has) {
            known = false;
            e->missing = slot;
        }
    }
    e->sound += !refused;
    e->known += known;
    od_slice why;
    size_t slot = 0;
    r->name = od_name_make(&e->cli->log, &e->pattern, e->values, &why, &slot);
    if (e->slots.count) r->span = spans[slot];
    r->named = !why.size;
    if (why.size && (known || !refused)) report_name(e, r->span, why);
}

// A name without regard to case, and whose it is.
typedef struct claim {
    od_slice folded;
    size_t row;
} claim;

static int compare_claims(const void *left, const void *right) {
    const claim *const a = left, *const b = right;
    const int order = od_slice_compare(a->folded, b->folded);
    return order ? order : (a->row > b->row) - (a->row < b->row);
}

static void report_shared_name(each *e, size_t first, size_t second) {
    const od_source *const source = od_rows_source(e->rows);
    const od_position at =
        od_source_position(source, e->items[first].span.start, OD_CODE_POINTS);
    const bool same = od_slice_equal(e->items[first].name, e->items[second].name);
    const od_text text =
        same ? OD_SAY("the draft would be called “{1}”, as that of line {2}; name the drafts by more "
                      "columns, such as {row}",
                      "文稿会叫“{1}”，与第{2}行的重名；请在 --out 中多用一列来区分，如 {row}")
             : OD_SAY("the draft would be called “{1}”, which differs from “{3}” of line {2} in capital "
                      "letters only: some systems see no difference",
                      "文稿会叫“{1}”，与第{2}行的“{3}”只有大小写不同，有的系统分不清");
    report_name(e, e->items[second].span,
                od_say(&e->cli->log, text, e->items[second].name,
                       od_arena_number(&e->cli->arena, at.line), e->items[first].name));
}

static void check_shared_names(each *e) {
    claim *const claims = od_arena_array(&e->cli->arena, claim, e->count);
    size_t count = 0;
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].named)
            claims[count++] = (claim){od_name_fold(&e->cli->arena, e->items[i].name), i};
    if (count > 1) qsort(claims, count, sizeof *claims, compare_claims);
    size_t first = 0; // of those with one name
    for (size_t i = 1; i < count; i++) {
        if (od_slice_equal(claims[i].folded, claims[first].folded))
            report_shared_name(e, claims[first].row, claims[i].row);
        else first = i;
    }
}

// ---- filling -----------------------------------------------------------------------------------

// Whether a finding fails the run. Blanks that are left are counted by themselves.
static bool fails(const each *e, const od_diagnostic *finding) {
    return strcmp(finding->rule, "placeholder-unfilled") != 0 &&
           (int)finding->severity >= e->cli->args.fail_on;
}

static bool any_fails(const each *e, const od_findings *findings) {
    for (size_t i = 0; i < findings->count; i++)
        if (fails(e, &findings->items[i])) return true;
    return false;
}

static void fill_row(each *e, size_t index) {
    od_fill_result result;
    row *const r = &e->items[index];
    od_batch_fill(e->batch, index, &result);
    r->findings = result.findings;
    e->left += result.blanks_left;
    const bool blank = result.blanks_left && !e->cli->args.partial;
    e->wrong += result.refused || blank || any_fails(e, &result.findings);
    name_row(e, index, result.refused);
    if (result.refused || e->kept + result.bytes.size > KEPT_BYTES) return;
    r->bytes = od_arena_copy(&e->cli->arena, result.bytes);
    e->kept += result.bytes.size;
}

// The draft filled from each row in turn, under a clock for each.
static bool fill_rows(each *e) {
    const size_t size = e->draft->file.bytes.size;
    e->items = od_arena_array(&e->cli->arena, row, e->count);
    for (size_t i = 0; i < e->count; i++) {
        if (i % 64 == 0) od_deadline_start_file(e->cli, e->draft->name, 64 * size);
        fill_row(e, i);
        od_progress_step(&e->progress);
    }
    od_deadline_stop();
    e->whole = od_batch_findings(e->batch);
    check_shared_names(e);
    od_cli_fail_session(e->cli); // a rule that is wrong in itself
    return !e->cli->failed;
}

// The keys that the draft need not have: those of --out, and the column in which orgdraft extract says
// where each row comes from.
static od_slice *list_used(const each *e) {
    od_slice *const used = od_arena_array(&e->cli->arena, od_slice, e->slots.count + 1);
    for (size_t i = 0; i < e->slots.count; i++) used[i] = e->slots.items[i];
    used[e->slots.count] = OD_SLICE("path");
    return used;
}

static bool open_batch(each *e, const od_setting *setting, const od_data *shared) {
    od_cli *const cli = e->cli;
    od_deadline_start_file(cli, e->draft->name, e->draft->file.bytes.size);
    const od_batch_options options = {.stage = (od_stage)cli->args.stage,
                                      .partial = cli->args.partial,
                                      .used = list_used(e),
                                      .used_count = e->slots.count + 1};
    bool done = od_draft_open(cli, setting, e->draft);
    if (done && od_batch_new(cli->session, e->draft->document, e->draft->profile, shared, e->rows,
                             &options, &e->batch) != OD_OK) {
        od_cli_fail_session(cli);
        done = false;
    }
    od_deadline_stop();
    return done;
}

// ---- findings ----------------------------------------------------------------------------------

static void report_findings(each *e, const od_findings *findings) {
    od_cli *const cli = e->cli;
    od_diagnostic *const shown = od_arena_array(&cli->arena, od_diagnostic, findings->count);
    od_findings list = {.items = shown};
    // With --partial a blank left is what was asked for.
    const bool all = !cli->args.partial || cli->args.verbose;
    for (size_t i = 0; i < findings->count; i++)
        if (all || strcmp(findings->items[i].rule, "placeholder-unfilled") != 0)
            shown[list.count++] = findings->items[i];
    const od_report_options options = od_cli_report(cli, true);
    if (cli->args.quiet < 2 && list.count) od_report_text(&cli->err, &list, &options);
}

// What is wrong with all rows first, then what is wrong with each.
static void report_all(each *e) {
    OD_ARRAY(od_diagnostic) rows = {0};
    for (size_t i = 0; i < e->count; i++)
        for (size_t j = 0; j < e->items[i].findings.count; j++)
            *od_array_push(&e->cli->arena, &rows) = e->items[i].findings.items[j];
    for (size_t i = 0; i < e->names.found.count; i++)
        *od_array_push(&e->cli->arena, &rows) = e->names.found.items[i];
    od_diagnostics sorted = {.arena = &e->cli->arena};
    sorted.found.items = rows.items;
    sorted.found.count = rows.count;
    sorted.found.capacity = rows.capacity;
    od_diagnostics_sort(&sorted);
    report_findings(e, &e->whole);
    const od_report_options options = od_cli_report(e->cli, true);
    if (!e->cli->args.quiet) od_report_text_unchecked(&e->cli->err, &e->whole, &options);
    report_findings(
        e, &(od_findings){.items = sorted.found.items, .count = sorted.found.count});
}

static bool all_well(const each *e) {
    return !e->wrong && !e->names.found.count && !any_fails(e, &e->whole);
}

static void say_refused(const each *e) {
    od_cli *const cli = e->cli;
    if (cli->args.quiet) return;
    const od_text text =
        e->wrong ? OD_SAY("nothing was written: {1} of {2} rows have mistakes",
                          "没有写入任何文稿：{2}行数据中有{1}行有错")
                 : OD_SAY("nothing was written: the table has mistakes", "没有写入任何文稿：表有错");
    od_cli_note(cli, e->table,
                od_say(&cli->log, text, od_arena_number(&cli->arena, e->wrong),
                       od_arena_number(&cli->arena, e->count)));
}

static int refuse_unknown_name(const each *e) {
    od_cli *const cli = e->cli;
    od_cli_fail(cli, "--out",
                od_say(&cli->log,
                       OD_SAY("“{1}” is no column of {2}, and no field of the profile",
                              "“{1}”不是 {2} 的列，也不是文种里的字段"),
                       e->missing, od_slice_of(e->table)));
    return OD_EXIT_FAILURE;
}

// ---- what comes out ----------------------------------------------------------------------------

static od_slice bytes_of(each *e, size_t index) {
    if (e->items[index].bytes.data) return e->items[index].bytes;
    od_fill_result result;
    od_batch_fill(e->batch, index, &result);
    return result.bytes;
}

static od_outputs_mode choose_mode(const od_args *args) {
    if (args->force) return OD_OUTPUTS_FORCE;
    return args->only_changed ? OD_OUTPUTS_CHANGED : OD_OUTPUTS_NEW;
}

// Adds the file `path` to those that this run reads.
static void add_read(const char *path, struct stat *read, size_t *count) {
    if (path && strcmp(path, "-") != 0 && stat(path, &read[*count]) == 0) ++*count;
}

// Makes the list of outputs; NULL after saying which of them cannot be written.
static od_outputs *plan_outputs(each *e) {
    const od_args *const args = &e->cli->args;
    struct stat *const read = od_arena_array(&e->cli->arena, struct stat, args->data.count + 4);
    size_t read_count = 0, given = 0;
    read[read_count++] = e->draft->file.stat;
    read[read_count++] = e->table_stat;
    add_read(args->profile, read, &read_count);
    add_read(args->config, read, &read_count);
    for (size_t i = 0; i < args->data.count; i++) add_read(args->data.items[i], read, &read_count);
    if (!e->pattern.parts.items[0].is_slot) given = e->pattern.parts.items[0].text.size;
    od_outputs *const outputs = od_outputs_new(e->cli, choose_mode(args));
    bool right = true;
    for (size_t i = 0; i < e->count; i++)
        right &= od_outputs_add(outputs, e->items[i].name.data, given, read, read_count);
    if (od_outputs_existing(outputs))
        od_cli_fail(e->cli, e->table,
                    od_say(&e->cli->log,
                           OD_SAY("nothing was written: {1} of {2} drafts exist already",
                                  "没有写入任何文稿：{2}份文稿中有{1}份的文件已存在"),
                           od_arena_number(&e->cli->arena, od_outputs_existing(outputs)),
                           od_arena_number(&e->cli->arena, e->count)));
    return right ? outputs : NULL;
}

static void say_written(const each *e, const od_outputs *outputs) {
    od_cli *const cli = e->cli;
    if (cli->args.quiet) return;
    const size_t unchanged = od_outputs_unchanged(outputs);
    const od_text text =
        unchanged ? OD_SAY("drafts written: {1}; unchanged: {2}; left blank: {3}",
                           "已写{1}份文稿，{2}份没有变化，共空着{3}处")
                  : OD_SAY("drafts written: {1}; left blank: {3}", "已写{1}份文稿，共空着{3}处");
    od_cli_note(cli, e->table,
                od_say(&cli->log, text, od_arena_number(&cli->arena, e->count - unchanged),
                       od_arena_number(&cli->arena, unchanged),
                       od_arena_number(&cli->arena, e->left)));
}

static int write_all(each *e, od_outputs *outputs) {
    bool whole = true;
    od_outputs_begin(outputs);
    for (size_t i = 0; i < e->count && whole; i++) {
        whole = od_outputs_write(outputs, i, bytes_of(e, i));
        od_progress_step(&e->progress);
    }
    od_progress_end(&e->progress);
    if (!od_outputs_end(outputs, whole)) return OD_EXIT_FAILURE;
    say_written(e, outputs);
    return OD_EXIT_CLEAN;
}

// Shows the name of each draft and where it first differs from the template.
static int show_all(each *e) {
    enum { SHOWN = 3 }; // differences of a draft
    od_cli *const cli = e->cli;
    const od_report_options options = od_cli_report(cli, false);
    od_progress_end(&e->progress);
    for (size_t i = 0; i < e->count; i++) {
        od_fill_result result;
        od_batch_fill(e->batch, i, &result);
        const size_t count = result.edit_count, shown = count < SHOWN ? count : SHOWN;
        od_report_diff(&cli->out, e->items[i].name.data, od_buf_slice(&e->draft->file.bytes),
                       result.edits, shown, &options);
        od_buf_add(&cli->out,
                   od_say(&cli->log, OD_SAY("{1}: filled: {2}, of which shown: {3}; left blank: {4}\n",
                                            "{1}：将填{2}处，以上显示{3}处，空着{4}处\n"),
                          e->items[i].name, od_arena_number(&cli->arena, count),
                          od_arena_number(&cli->arena, shown),
                          od_arena_number(&cli->arena, result.blanks_left)));
    }
    if (!cli->args.quiet)
        od_cli_note(cli, e->table,
                    od_say(&cli->log,
                           OD_SAY("drafts that would be written: {1}; nothing was written",
                                  "将写{1}份文稿；这次没有写入"),
                           od_arena_number(&cli->arena, e->count)));
    return OD_EXIT_CLEAN;
}

static int finish(each *e) {
    // A name that no row has is a mistake of the command line, not of the rows.
    const bool is_unknown = e->sound && !e->known;
    if (is_unknown) e->names.found.count = 0;
    report_all(e);
    if (is_unknown) return refuse_unknown_name(e);
    od_outputs *const outputs = all_well(e) ? plan_outputs(e) : NULL;
    if (!all_well(e)) {
        say_refused(e);
        return OD_EXIT_FINDINGS;
    }
    if (!outputs) return OD_EXIT_FAILURE;
    return e->cli->args.dry_run ? show_all(e) : write_all(e, outputs);
}

int od_each_run(od_cli *cli, const od_setting *setting, od_draft *draft, const od_data *shared) {
    each e = {.cli = cli, .draft = draft};
    e.names = (od_diagnostics){.arena = &cli->arena, .language = cli->log.language};
    if (!read_table(&e) || !read_pattern(&e) || !open_batch(&e, setting, shared))
        return OD_EXIT_FAILURE;
    od_progress_start(&e.progress, cli, e.count * (cli->args.dry_run ? 1 : 2));
    const bool filled = fill_rows(&e);
    od_progress_end(&e.progress);
    const int code = filled ? finish(&e) : OD_EXIT_FAILURE;
    od_progress_end(&e.progress);
    od_batch_free(e.batch);
    return code;
}
