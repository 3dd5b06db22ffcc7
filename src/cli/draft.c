#include "cli/draft.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "cli/deadline.h"

#include <unistd.h>

// ---- before the first draft --------------------------------------------------------------------

static bool add_data(od_cli *cli, od_data *data, const char *path) {
    const bool is_stdin = strcmp(path, "-") == 0;
    const char *const name = is_stdin ? "<stdin>" : path;
    od_file file;
    if (!od_file_read(cli, is_stdin ? NULL : path, name, &od_limit_table[OD_LIMIT_INDEX_DATA_SIZE],
                      &file))
        return false;
    od_cli_keep(cli, file.bytes);
    od_deadline_start_file(cli, name, file.bytes.size);
    const od_status status = od_data_add(data, name, od_buf_slice(&file.bytes));
    od_deadline_stop();
    if (status != OD_OK) od_cli_fail_session(cli);
    return status == OD_OK;
}

// What would be given and not heeded is refused: a hook would be idle and nobody notice.
static bool options_fit(od_cli *cli) {
    const od_args *const args = &cli->args;
    bool has_stdin = false;
    for (size_t i = 0; i < args->operands.count; i++)
        has_stdin |= strcmp(args->operands.items[i], "-") == 0;
    if (args->config && args->no_config)
        od_cli_fail(cli, NULL, od_say(&cli->log, OD_SAY("give --config or --no-config, not both",
                                                        "--config 和 --no-config 只能给一个")));
    else if (args->stdin_filename && !has_stdin)
        od_cli_fail(cli, NULL,
                    od_say(&cli->log,
                           OD_SAY("--stdin-filename names standard input; add - to the files",
                                  "--stdin-filename 是给标准输入起名的，请在文件中加上“-”")));
    return !cli->failed;
}

bool od_draft_prepare(od_cli *cli, od_data **data) {
    od_day today;
    if (!options_fit(cli) || !od_cli_today(cli, &today)) return false;
    cli->session = od_session_new(&(od_options){.language = (od_language)cli->args.language,
                                                .io = od_file_io(),
                                                .today = today});
    const od_word_list *const files = &cli->args.data;
    *data = files->count ? od_data_new(cli->session) : NULL;
    bool right = true;
    for (size_t i = 0; i < files->count; i++) right &= add_data(cli, *data, files->items[i]);
    od_profile *profile;
    if (!cli->args.profile || od_profile_load(cli->session, cli->args.profile, &profile) == OD_OK)
        return right;
    od_cli_fail_session(cli);
    return false;
}

// ---- reading -----------------------------------------------------------------------------------

bool od_draft_read(od_cli *cli, const od_setting *setting, od_draft *draft) {
    *draft = (od_draft){.name = setting->name};
    if (!setting->path && isatty(STDIN_FILENO)) {
        od_cli_note(cli, NULL, od_say(&cli->log, OD_SAY("reading what you type; end with Ctrl-D",
                                                        "正在读取键盘输入，按 Ctrl-D 结束")));
        od_cli_flush(cli);
    }
    return od_file_read(cli, setting->path, setting->name,
                        &od_limit_table[OD_LIMIT_INDEX_DRAFT_SIZE], &draft->file);
}

// ---- the profile -------------------------------------------------------------------------------

static bool is_path(od_slice name) {
    return od_slice_find(name, OD_SLICE("/"), 0) != SIZE_MAX ||
           od_slice_ends(name, OD_SLICE(".yaml")) || od_slice_ends(name, OD_SLICE(".yml"));
}

// A profile that front matter names by a path is found from the folder of the draft.
static const char *from_draft(od_cli *cli, const od_setting *setting, const char *name) {
    const char *const slash = setting->path ? strrchr(setting->path, '/') : NULL;
    if (!slash || name[0] == '/' || !is_path(od_slice_of(name))) return name;
    const od_slice folder = {setting->path, (size_t)(slash - setting->path) + 1};
    return od_arena_concat(&cli->arena, folder, od_slice_of(name)).data;
}

static void say_choice(od_cli *cli, const od_setting *setting, const od_draft *draft,
                       od_text reason) {
    if (!cli->args.verbose) return;
    const od_slice config = setting->config
                                ? od_slice_of(setting->config)
                                : od_say(&cli->log, OD_SAY("none", "无"));
    od_cli_note(cli, draft->name,
                od_say(&cli->log,
                       OD_SAY("profile {1} ({2}), configuration {3}", "文种 {1}（{2}），配置 {3}"),
                       od_slice_of(od_profile_id(draft->profile)),
                       od_say(&cli->log, reason), config));
}

static bool choose_profile(od_cli *cli, const od_setting *setting, od_draft *draft) {
    od_text reason = OD_SAY("-p", "-p");
    const char *name = cli->args.profile;
    if (!name) {
        reason = OD_SAY("front matter", "文稿开头");
        name = od_document_profile(draft->document);
        if (name) name = from_draft(cli, setting, name);
    }
    if (!name) {
        reason = OD_SAY("configuration", "配置");
        name = setting->profile;
    }
    if (!name) reason = OD_SAY("default", "默认");
    draft->profile_name = name;
    if (od_profile_for(cli->session, draft->document, name, &draft->profile) != OD_OK) {
        // Several drafts may name the same wrong profile: say which draft it was.
        od_cli_fail_session(cli);
        od_cli_fail(cli, draft->name,
                    od_say(&cli->log,
                           OD_SAY("not checked: its profile “{1}” ({2}) cannot be used",
                                  "没有检查：它的文种“{1}”（{2}）不能用"),
                           od_slice_of(name), od_say(&cli->log, reason)));
        return false;
    }
    say_choice(cli, setting, draft, reason);
    return true;
}

bool od_draft_open(od_cli *cli, const od_setting *setting, od_draft *draft) {
    const od_input input = {.path = draft->name, .bytes = od_buf_slice(&draft->file.bytes)};
    if (od_document_open(cli->session, &input, &draft->document) != OD_OK) {
        draft->document = NULL;
        od_cli_fail_session(cli);
        return false;
    }
    return choose_profile(cli, setting, draft);
}

void od_draft_close(od_draft *draft) {
    od_document_close(draft->document);
    od_file_free(&draft->file);
    draft->document = NULL;
}
