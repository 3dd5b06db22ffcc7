// orgdraft profile: lists, shows, checks and learns document types.
#include "cli/builtins.h"
#include "cli/commands.h"
#include "cli/deadline.h"
#include "cli/file.h"
#include "cli/page.h"
#include "cli/write.h"

#include "base/limits.h"
#include "base/utf8.h"

static void list(od_cli *cli) {
    size_t count, widest = 0;
    const od_builtin_profile *const profiles = od_builtin_profiles(&count);
    for (size_t i = 0; i < count; i++)
        if (strlen(profiles[i].id) > widest) widest = strlen(profiles[i].id);
    for (size_t i = 0; i < count; i++) {
        const od_text label = {profiles[i].label_en, profiles[i].label_zh};
        od_buf_text(&cli->out, profiles[i].id);
        od_page_text(&cli->out, od_slice_of(od_cli_text(cli, label)), widest + 2,
                       strlen(profiles[i].id));
    }
}

// A bare name is a file here, where od_profile_load would look for a built-in profile.
static const char *as_path(od_cli *cli, const char *name) {
    const od_slice path = od_slice_of(name);
    const bool is_path = strchr(name, '/') || od_slice_ends(path, OD_SLICE(".yaml")) ||
                         od_slice_ends(path, OD_SLICE(".yml"));
    return is_path ? name : od_arena_concat(&cli->arena, OD_SLICE("./"), path).data;
}

static void check(od_cli *cli, const char *name) {
    od_file file;
    // What the file system says about the file is said better here than by the loader.
    const int error = od_file_load(name, SIZE_MAX / 2, &file);
    od_file_free(&file);
    if (error) {
        od_cli_fail_errno(cli, name, error);
        return;
    }
    od_profile *profile;
    od_deadline_start_file(cli, name, 0);
    const od_status status = od_profile_load(cli->session, as_path(cli, name), &profile);
    od_deadline_stop();
    if (status != OD_OK) od_cli_fail_session(cli);
    else if (!cli->args.quiet)
        od_cli_note(cli, name, od_say(&cli->log, OD_SAY("is right: profile {1}", "没有错误：文种 {1}"),
                                      od_slice_of(od_profile_id(profile))));
}

static void start_session(od_cli *cli) {
    cli->session = od_session_new(
        &(od_options){.language = (od_language)cli->args.language, .io = od_file_io()});
}

static void check_all(od_cli *cli) {
    start_session(cli);
    for (size_t i = 1; i < cli->args.operands.count; i++) check(cli, cli->args.operands.items[i]);
}

static void show(od_cli *cli, const char *name) {
    const od_builtin_profile *const profile = od_cli_builtin(cli, name);
    if (profile) od_buf_text(&cli->out, profile->yaml);
}

// ---- learning ----------------------------------------------------------------------------------

// Opens a draft by its name on the command line; NULL after saying what went wrong.
static const od_document *open_draft(od_cli *cli, const char *path) {
    const bool is_stdin = strcmp(path, "-") == 0;
    const char *const name = is_stdin ? "<stdin>" : path;
    od_document *document;
    od_file file;
    if (!od_file_read(cli, is_stdin ? NULL : path, name,
                      &od_limit_table[OD_LIMIT_INDEX_DRAFT_SIZE], &file))
        return NULL;
    od_cli_keep(cli, file.bytes);
    const od_input input = {.path = name, .bytes = od_buf_slice(&file.bytes)};
    od_deadline_start_file(cli, name, file.bytes.size);
    const od_status status = od_document_open(cli->session, &input, &document);
    od_deadline_stop();
    if (status == OD_OK) return document;
    od_cli_fail_session(cli);
    return NULL;
}

static void write_learned(od_cli *cli, od_slice yaml, size_t unlearned) {
    const char *const target = cli->args.output;
    if (!target || strcmp(target, "-") == 0) od_buf_add(&cli->out, yaml);
    else if (!od_file_replace(cli, target, OD_WRITE_NEW, NULL, yaml)) return;
    if (unlearned && !cli->args.quiet)
        od_cli_note(cli, cli->args.operands.items[1],
                    od_say(&cli->log,
                           OD_SAY("blanks that could not be learned: {1}; the profile says which, "
                                  "and what to change",
                                  "有{1}处空白没有学会；写出的文件里说明了是哪几处、怎样改"),
                           od_arena_number(&cli->arena, unlearned)));
}

// The first operand is the verb, the second the draft with its blanks.
static void learn(od_cli *cli) {
    const od_word_list *const words = &cli->args.operands;
    const od_document **const drafts =
        od_arena_array(&cli->arena, const od_document *, words->count);
    size_t size = 0, unlearned;
    od_slice yaml;
    start_session(cli);
    for (size_t i = 1; i < words->count; i++) {
        drafts[i - 1] = open_draft(cli, words->items[i]);
        if (drafts[i - 1]) size += od_source_bytes(od_document_source(drafts[i - 1])).size;
    }
    if (cli->failed) return;
    od_deadline_start_file(cli, words->items[1], size);
    const od_status status = od_profile_learn(cli->session, drafts[0], drafts + 1,
                                              words->count - 2, &yaml, &unlearned);
    od_deadline_stop();
    if (status == OD_OK) write_learned(cli, yaml, unlearned);
    else od_cli_fail_session(cli);
}

int od_cmd_profile(od_cli *cli) {
    static const char *const VERBS[] = {"list", "show", "check", "learn"};
    const od_word_list *const words = &cli->args.operands;
    const char *const verb = words->count ? words->items[0] : "";
    if (cli->args.output && strcmp(verb, "learn") != 0) {
        od_cli_fail(cli, NULL, od_say(&cli->log, OD_SAY("-o goes with orgdraft profile learn",
                                                        "-o 只用于 orgdraft profile learn")));
    } else if (strcmp(verb, "list") == 0 && words->count == 1) {
        list(cli);
    } else if (strcmp(verb, "show") == 0 && words->count == 2) {
        show(cli, words->items[1]);
    } else if (strcmp(verb, "check") == 0 && words->count > 1) {
        check_all(cli);
    } else if (strcmp(verb, "learn") == 0 && words->count > 1) {
        learn(cli);
    } else {
        const od_slice near = od_suggest_word(verb, VERBS, sizeof VERBS / sizeof *VERBS);
        const od_text usage =
            OD_SAY("say orgdraft profile list, show NAME, check FILE…, or learn DRAFT FINISHED…",
                   "用法：orgdraft profile list、show 名称、check 文件…、learn 模板 成稿…");
        const od_text meant = OD_SAY("there is no “{1}”; did you mean orgdraft profile {2}?",
                                     "没有“{1}”；是不是想用 orgdraft profile {2}？");
        const bool suggest = near.size && !od_slice_is(near, verb);
        od_cli_fail(cli, NULL, od_say(&cli->log, suggest ? meant : usage, od_slice_of(verb), near));
    }
    return OD_EXIT_CLEAN;
}
