// orgdraft fill: the draft with its blanks filled.
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/deadline.h"
#include "cli/each.h"
#include "cli/write.h"

#include <unistd.h>

typedef struct filler {
    od_cli *cli;
    od_data *data;
    od_setting setting;
    od_draft draft;
    od_write_mode mode;
    const char *target; // file to write; NULL for standard output
    bool asked;
} filler;

// ---- arguments ---------------------------------------------------------------------------------

// Arguments that do not go together, the first that holds is said.
static bool arguments_fit(od_cli *cli) {
    const od_args *const a = &cli->args;
    const bool is_stdin = a->operands.count == 1 && strcmp(a->operands.items[0], "-") == 0;
    bool data_is_stdin = false, rows_are_stdin = a->each && strcmp(a->each, "-") == 0;
    for (size_t i = 0; i < a->data.count; i++)
        data_is_stdin |= strcmp(a->data.items[i], "-") == 0;
    const struct {
        bool wrong;
        od_text why;
    } faults[] = {
        {!a->operands.count, OD_SAY("name a draft, or - for standard input",
                                    "请给出文稿，或用“-”表示标准输入")},
        {a->operands.count > 1, OD_SAY("fill takes one draft at a time; data goes behind -d",
                                       "一次只能填一份文稿；数据文件请写在 -d 后面")},
        {a->each && !a->out,
         OD_SAY("--each needs --out, the names of the drafts, such as --out 'out/{row}.md'",
                "--each 要配合 --out 给出文件名，如 --out 'out/{row}.md'")},
        {!a->each && (a->out || a->encoding || a->dry_run || a->force || a->only_changed),
         OD_SAY("--out, --encoding, --dry-run, --force and --only-changed go with --each TABLE",
                "--out、--encoding、--dry-run、--force、--only-changed 要配合 --each 使用")},
        {a->each && (a->in_place || a->output || a->diff || a->ask),
         OD_SAY("--each writes where --out says; leave -i, -o, --diff and --ask out",
                "--each 按 --out 写文件，请去掉 -i、-o、--diff、--ask")},
        {a->force && a->only_changed, OD_SAY("give --force or --only-changed, not both",
                                             "--force 和 --only-changed 只能给一个")},
        {!a->data.count && !a->ask && !a->each,
         OD_SAY("give the data with -d, or use --ask; orgdraft fields --skeleton writes a data file "
                "to fill in",
                "请用 -d 给出数据，或用 --ask 逐个问答；orgdraft fields --skeleton 可生成待填的数据文件")},
        {a->in_place && a->output, OD_SAY("give -i or -o, not both", "-i 和 -o 只能给一个")},
        {a->diff && (a->in_place || a->output),
         OD_SAY("--diff writes nothing; leave -i and -o out", "--diff 不写文件，请去掉 -i 和 -o")},
        {is_stdin && a->in_place, OD_SAY("standard input cannot be written in place; use -o",
                                         "标准输入无法写回，请用 -o")},
        {is_stdin && a->ask,
         OD_SAY("--ask reads answers from standard input, so the draft must be a file",
                "--ask 要从标准输入读取回答，文稿须是文件")},
        {data_is_stdin && a->ask,
         OD_SAY("--ask reads answers from standard input, so the data must be a file",
                "--ask 要从标准输入读取回答，数据须是文件")},
        {data_is_stdin + is_stdin + rows_are_stdin > 1,
         OD_SAY("draft and data cannot both be standard input", "文稿和数据不能都来自标准输入")},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (!faults[i].wrong) continue;
        od_cli_fail(cli, NULL, od_say(&cli->log, faults[i].why));
        return false;
    }
    return true;
}

static bool refuse_target(filler *f, od_text why) {
    od_cli_fail(f->cli, f->target, od_say(&f->cli->log, why));
    return false;
}

// Decides which file is written. Never one that was only to be read.
static bool choose_target(filler *f) {
    const od_args *const args = &f->cli->args;
    f->mode = args->in_place ? OD_WRITE_REPLACE : OD_WRITE_ANY;
    f->target = args->in_place ? f->setting.path : args->output;
    if (f->target && strcmp(f->target, "-") == 0) f->target = NULL;
    struct stat found;
    if (!f->target || args->in_place || stat(f->target, &found) != 0) return true;
    for (size_t i = 0; i < args->data.count; i++)
        if (od_file_is(args->data.items[i], &found))
            return refuse_target(f, OD_SAY("is a data file; it was not overwritten",
                                           "是数据文件，没有覆盖"));
    if (od_file_is(args->profile, &found) || od_file_is(args->config, &found))
        return refuse_target(f, OD_SAY("is a profile or configuration; it was not overwritten",
                                       "是文种文件或配置文件，没有覆盖"));
    if (S_ISREG(found.st_mode) && od_file_same(&found, &f->draft.file.stat)) {
        f->mode = OD_WRITE_REPLACE;
        od_cli_note(f->cli, f->target,
                    od_say(&f->cli->log, OD_SAY("-o names the draft itself: it is filled in place",
                                                "-o 就是原文稿，将直接写回")));
    }
    return true;
}

// ---- what comes out ----------------------------------------------------------------------------

// With --partial a blank left is what was asked for, and no finding.
static od_findings without_blanks(od_cli *cli, od_findings findings) {
    od_diagnostic *const kept = od_arena_array(&cli->arena, od_diagnostic, findings.count);
    size_t count = 0;
    for (size_t i = 0; i < findings.count; i++) {
        const char *const rule = findings.items[i].rule;
        if (!rule || strcmp(rule, "placeholder-unfilled") != 0) kept[count++] = findings.items[i];
    }
    return (od_findings){.items = kept, .count = count};
}

static void report(filler *f, const od_fill_result *result) {
    od_cli *const cli = f->cli;
    od_findings findings = result->findings;
    if (cli->args.partial && !result->refused && !cli->args.verbose)
        findings = without_blanks(cli, findings);
    const od_report_options options = od_cli_report(cli, true);
    if (cli->args.quiet < 2) od_report_text(&cli->err, &findings, &options);
    if (cli->args.quiet) return;
    const od_slice filled = od_arena_number(&cli->arena, result->edit_count);
    const od_slice left = od_arena_number(&cli->arena, result->blanks_left);
    const od_text text =
        result->refused ? OD_SAY("nothing was filled: the data has mistakes",
                                 "一处也没有填：数据有错")
        : cli->args.diff ? OD_SAY("would be filled: {1}; left blank: {2}", "将填{1}处，空着{2}处")
                         : OD_SAY("filled: {1}; left blank: {2}", "已填{1}处，空着{2}处");
    od_cli_note(cli, f->draft.name, od_say(&cli->log, text, filled, left));
}

// What a person typed must not be lost because one value was wrong.
static void save_answers(filler *f) {
    od_cli *const cli = f->cli;
    const od_report_fields listed = {
        od_document_source(f->draft.document),
        od_list_fields(cli->session, f->draft.document, f->draft.profile, f->data)};
    const od_report_options options = {.language = (od_language)cli->args.language};
    od_cli_note(cli, NULL,
                od_say(&cli->log,
                       OD_SAY("these are your answers; save them in a data file and correct it:",
                              "以下是您的回答，可存成数据文件再改：")));
    od_report_skeleton(&cli->err, &listed, &options);
}

static void show_difference(filler *f, const od_fill_result *result) {
    const od_report_options options = od_cli_report(f->cli, false);
    od_report_diff(&f->cli->out, f->draft.name, od_buf_slice(&f->draft.file.bytes), result->edits,
                   result->edit_count, &options);
}

static bool put(filler *f, const od_fill_result *result) {
    if (f->cli->args.diff) show_difference(f, result);
    else if (f->target)
        return od_file_replace(f->cli, f->target, f->mode, &f->draft.file.stat, result->bytes);
    else od_buf_add(&f->cli->out, result->bytes);
    return true;
}

// ---- the command -------------------------------------------------------------------------------

static const od_fill_result *fill(filler *f) {
    const od_fill_result *result;
    const od_fill_options options = {.stage = (od_stage)f->cli->args.stage};
    if (od_fill(f->cli->session, f->draft.document, f->draft.profile, f->data, &options, &result) ==
        OD_OK)
        return result;
    od_cli_fail_session(f->cli);
    return NULL;
}

// Fills the draft, asking first when that is wanted and the data so far has no mistakes.
static const od_fill_result *fill_and_ask(filler *f) {
    od_cli *const cli = f->cli;
    od_deadline_start_file(cli, f->draft.name, f->draft.file.bytes.size);
    const od_fill_result *result =
        od_draft_open(cli, &f->setting, &f->draft) ? fill(f) : NULL;
    od_deadline_stop();
    if (!cli->args.ask || !result || result->refused) return result;
    f->asked = od_ask(cli, &f->draft, f->data) > 0;
    if (!f->asked) return result;
    od_deadline_start_file(cli, f->draft.name, f->draft.file.bytes.size);
    result = fill(f);
    od_deadline_stop();
    return result;
}

// Whether there is a finding that fails the run, beside blanks: a text that differs from the data.
static bool has_failing(const filler *f, const od_fill_result *result) {
    const od_findings findings = without_blanks(f->cli, result->findings);
    for (size_t i = 0; i < findings.count; i++)
        if ((int)findings.items[i].severity >= f->cli->args.fail_on) return true;
    return false;
}

static int finish(filler *f, const od_fill_result *result) {
    if (!result->refused && !put(f, result)) {
        if (f->asked) save_answers(f);
        return OD_EXIT_FAILURE;
    }
    od_cli_flush(f->cli); // nothing is said of a draft that nobody got
    report(f, result);
    if (result->refused && f->asked) save_answers(f);
    const bool left = result->blanks_left && !f->cli->args.partial;
    return result->refused || left || has_failing(f, result) ? OD_EXIT_FINDINGS : OD_EXIT_CLEAN;
}

int od_cmd_fill(od_cli *cli) {
    filler f = {.cli = cli};
    if (!arguments_fit(cli) || !od_draft_prepare(cli, &f.data)) return OD_EXIT_FAILURE;
    const char *const path = cli->args.operands.items[0];
    od_settings *const settings = od_settings_new(cli);
    if (!settings ||
        !od_settings_find(settings, strcmp(path, "-") == 0 ? NULL : path, &f.setting) ||
        !od_draft_read(cli, &f.setting, &f.draft))
        return OD_EXIT_FAILURE;
    od_cli_keep(cli, f.draft.file.bytes);
    if (cli->args.each) return od_each_run(cli, &f.setting, &f.draft, f.data);
    if (!f.data) f.data = od_data_new(cli->session);
    if (!choose_target(&f)) return OD_EXIT_FAILURE;
    const od_fill_result *const result = fill_and_ask(&f);
    return result ? finish(&f, result) : OD_EXIT_FAILURE;
}
