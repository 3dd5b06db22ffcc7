// orgdraft check: what is missing or wrong in drafts.
#include "cli/commands.h"
#include "cli/deadline.h"
#include "cli/draft.h"
#include "cli/rules.h"
#include "cli/walk.h"
#include "cli/worker.h"
#include "cli/write.h"

typedef struct checker {
    od_cli *cli;
    const od_data *data;
    od_rules_given rules;
    od_walk walk;
    od_report_counts counts; // of all files so far
    od_buf items, unchecked; // their findings as JSON, and the rules that lacked data
    bool changes;            // --diff: something would change
} checker;

// ---- one draft ---------------------------------------------------------------------------------

// A document or a difference owns standard output; then findings are on standard error.
static bool stdout_is_taken(const od_args *args, const od_setting *setting) {
    return args->diff || (args->fix && !setting->path);
}

static void report(checker *c, const od_setting *setting, const od_findings *findings) {
    od_cli *const cli = c->cli;
    if (cli->args.format == OD_FORMAT_JSON) {
        od_report_json_items(&c->items, findings);
        od_report_json_unchecked(&c->unchecked, findings);
    } else if (cli->args.quiet < 2) {
        const bool taken = stdout_is_taken(&cli->args, setting);
        const od_report_options options = od_cli_report(cli, taken);
        od_report_text(taken ? &cli->err : &cli->out, findings, &options);
        const od_report_options notes = od_cli_report(cli, true);
        if (!cli->args.quiet) od_report_text_unchecked(&cli->err, findings, &notes);
    }
}

// Returns NULL after saying what went wrong.
static const od_findings *find(const checker *c, const od_draft *draft) {
    od_check_options options = {.stage = (od_stage)c->cli->args.stage, .data = c->data};
    if (!od_rules_run(c->cli, &c->rules, draft, &options)) return NULL;
    const od_findings *const found =
        od_check(c->cli->session, draft->document, draft->profile, &options);
    if (found) return found;
    od_cli_fail_session(c->cli);
    od_cli_fail(c->cli, draft->name,
                od_say(&c->cli->log, OD_SAY("not checked: a rule of its profile failed (see above)",
                                            "没有检查：它的文种的一条规则出错（见上）")));
    return NULL;
}

static void show_difference(checker *c, const od_draft *draft, const od_findings *findings) {
    od_fixed fixed;
    od_apply_fixes(draft->document, findings, &fixed);
    const od_report_options options = od_cli_report(c->cli, false);
    od_report_diff(&c->cli->out, draft->name, od_buf_slice(&draft->file.bytes), fixed.edits,
                   fixed.edit_count, &options);
}

// Applies the fixes in memory, and looks again. Returns false after saying what went wrong.
static bool mend(const checker *c, const od_setting *setting, od_draft *draft,
                 const od_findings **findings, bool *changed) {
    od_fixed fixed;
    od_apply_fixes(draft->document, *findings, &fixed);
    *changed = fixed.edit_count > 0;
    if (!*changed) return true;
    od_buf bytes = {0};
    od_buf_add(&bytes, fixed.bytes); // which lives in the document that is closed now
    od_draft_close(draft);
    draft->file.bytes = bytes;
    if (!od_draft_open(c->cli, setting, draft)) return false;
    *findings = find(c, draft);
    return *findings != NULL;
}

// Writes the mended draft where it belongs.
static bool put(const checker *c, const od_setting *setting, const od_draft *draft, bool changed) {
    const od_slice bytes = od_buf_slice(&draft->file.bytes);
    if (!setting->path) od_buf_add(&c->cli->out, bytes);
    else if (changed)
        return od_file_replace(c->cli, setting->path, OD_WRITE_REPLACE, &draft->file.stat, bytes);
    return true;
}

// Checks the draft that was read; false after saying what went wrong. It is written last, when
// nothing else can fail.
static bool check_draft(checker *c, const od_setting *setting, od_draft *draft,
                        od_report_counts *counts) {
    const od_args *const args = &c->cli->args;
    if (!od_draft_open(c->cli, setting, draft)) return false;
    const od_findings *findings = find(c, draft);
    if (!findings) return false;
    bool changed = false;
    if (args->diff) show_difference(c, draft, findings);
    else if (args->fix && !mend(c, setting, draft, &findings, &changed)) return false;
    report(c, setting, findings);
    od_report_count(counts, findings);
    counts->files = 1;
    od_deadline_stop();
    return args->diff || !args->fix || put(c, setting, draft, changed);
}

// ---- one file ----------------------------------------------------------------------------------

// Checks one file; what comes out is in the buffers of `cli`. When it cannot be done, only standard
// error has something.
static void check_file(checker *c, const od_setting *setting, int descriptor,
                       od_report_counts *counts) {
    od_draft draft;
    if (!od_draft_read(c->cli, setting, &draft)) return;
    od_buf record = {0};
    od_worker_start_clock(c->cli, draft.name, draft.file.bytes.size, descriptor, &record);
    if (!check_draft(c, setting, &draft, counts)) {
        c->cli->out.size = c->items.size = c->unchecked.size = 0;
        *counts = (od_report_counts){0};
    }
    od_deadline_stop();
    od_buf_free(&record);
    od_draft_close(&draft);
}

static void check_one(checker *c) {
    check_file(c, &c->walk.files.items[0], OD_NO_WORKER, &c->counts);
    c->changes = c->cli->args.diff && c->cli->out.size;
}

// ---- many files --------------------------------------------------------------------------------

static void work(void *context, size_t index, int descriptor, od_result *result) {
    checker *const c = context;
    od_cli *const cli = c->cli;
    cli->out.size = cli->err.size = c->items.size = c->unchecked.size = 0;
    cli->failed = false;
    const od_mark mark = od_arena_mark(&cli->arena);
    check_file(c, &c->walk.files.items[index], descriptor, &result->counts);
    od_arena_rewind(&cli->arena, mark);
    result->failed = cli->failed;
    result->out = od_buf_slice(&cli->out);
    result->err = od_buf_slice(&cli->err);
    result->items = od_buf_slice(&c->items);
    result->unchecked = od_buf_slice(&c->unchecked);
}

static void done(void *context, size_t index, const od_result *result) {
    (void)index;
    checker *const c = context;
    c->counts.files += result->counts.files;
    c->counts.errors += result->counts.errors;
    c->counts.warnings += result->counts.warnings;
    c->counts.infos += result->counts.infos;
    c->counts.unchecked += result->counts.unchecked;
    c->cli->failed |= result->failed;
    c->changes |= c->cli->args.diff && result->out.size;
    od_buf_add(&c->items, result->items);
    od_buf_add(&c->unchecked, result->unchecked);
    od_buf_add(&c->cli->out, result->out);
    od_buf_add(&c->cli->err, result->err);
    if (result->out.size || result->err.size) od_cli_flush(c->cli);
}

static void died(void *context, size_t index, int status, od_result *result) {
    checker *const c = context;
    od_worker_died(c->cli, c->walk.files.items[index].name, status, result);
}

static void check_all(checker *c) {
    od_cli *const cli = c->cli;
    od_cli_flush(cli); // before workers get a copy of it
    const od_pool pool = {.context = c,
                          .count = c->walk.files.count,
                          .workers = od_pool_workers(cli->args.jobs, c->walk.files.count),
                          .work = work,
                          .done = done,
                          .died = died};
    const int error = od_pool_run(&pool);
    if (error) od_cli_fail_errno(cli, NULL, error);
}

// ---- the command -------------------------------------------------------------------------------

static const od_text NOTHING_NAMED =
    OD_SAY("nothing to check; name a file or a folder, or - for standard input",
           "没有要检查的；请给出文件或文件夹，或用“-”表示标准输入");
static const od_text NOTHING_THERE =
    OD_SAY("nothing was checked: no .md, .markdown, .txt or .text file is there; name files, or "
           "allow it with --allow-empty",
           "什么也没有检查：没有 .md、.markdown、.txt、.text 文件；请点名文件，或用 --allow-empty 允许");

// Whether arguments go together; says so when not.
static bool arguments_fit(od_cli *cli) {
    const od_args *const args = &cli->args;
    if (args->fix && args->diff)
        od_cli_fail(cli, NULL,
                    od_say(&cli->log, OD_SAY("--fix writes and --diff does not; give one",
                                             "--fix 会写文件而 --diff 不写，只能给一个")));
    // A draft must not be changed when nobody can be told.
    else if (args->fix && cli->stdout_closed)
        od_cli_fail(cli, od_cli_text(cli, OD_SAY("standard output", "标准输出")),
                    od_say(&cli->log, OD_SAY("is closed; nothing was changed",
                                             "已被关闭，没有改动文件")));
    return !cli->failed;
}

static bool collect(checker *c) {
    od_cli *const cli = c->cli;
    c->walk = (od_walk){.cli = cli, .settings = od_settings_new(cli)};
    if (!c->walk.settings) return false;
    for (size_t i = 0; i < cli->args.operands.count; i++)
        od_walk_add(&c->walk, cli->args.operands.items[i]);
    if (c->walk.files.count || cli->failed || cli->args.allow_empty || c->walk.left_out)
        return true;
    od_cli_fail(cli, NULL,
                od_say(&cli->log, cli->args.operands.count ? NOTHING_THERE : NOTHING_NAMED));
    return false;
}

// Closes the report: the JSON around the findings, or a line about how many there are.
static void conclude(checker *c) {
    od_cli *const cli = c->cli;
    const bool checked = c->counts.files > 0;
    if (cli->args.format == OD_FORMAT_JSON) {
        const bool taken = checked && stdout_is_taken(&cli->args, c->walk.files.items);
        // Who reads it must not take a failure for a draft without findings.
        if (checked || !cli->failed)
            od_report_json(taken ? &cli->err : &cli->out, od_buf_slice(&c->items),
                           od_buf_slice(&c->unchecked), &c->counts);
    } else if (checked && !cli->args.quiet) {
        od_cli_flush(cli); // no summary of what nobody got
        const od_report_options options = od_cli_report(cli, true);
        od_report_text_summary(&cli->err, &c->counts, &options);
    }
}

int od_cmd_check(od_cli *cli) {
    checker c = {.cli = cli};
    od_data *data;
    if (!arguments_fit(cli) || !od_draft_prepare(cli, &data) ||
        !od_rules_read(cli, &c.rules) || !collect(&c))
        return OD_EXIT_FAILURE;
    c.data = data;
    if (c.walk.files.count == 1) check_one(&c);
    else if (c.walk.files.count > 1) check_all(&c);
    conclude(&c);
    od_buf_free(&c.items);
    od_buf_free(&c.unchecked);
    const size_t found = c.counts.errors +
                         (cli->args.fail_on <= OD_WARNING ? c.counts.warnings : 0) +
                         (cli->args.fail_on <= OD_INFO ? c.counts.infos : 0);
    return found || c.changes ? OD_EXIT_FINDINGS : OD_EXIT_CLEAN;
}
