// orgdraft fields: every blank of drafts, and the data file to fill in.
#include "cli/commands.h"
#include "cli/deadline.h"
#include "cli/draft.h"

#include "base/utf8.h"

typedef struct lister {
    od_cli *cli;
    const od_data *data;
    OD_ARRAY(od_report_fields) listed;
} lister;

// Says that a draft is in another encoding. Its bytes would be taken for text and blanks be missed.
static void refuse_encoding(od_cli *cli, const od_draft *draft, size_t offset) {
    const od_source *const source = od_document_source(draft->document);
    const od_position at = od_source_position(source, offset, OD_BYTES);
    od_cli_fail(cli, draft->name,
                od_say(&cli->log,
                       OD_SAY("line {1} is not UTF-8; convert the file first (for GBK: iconv -f "
                              "GB18030 -t UTF-8)",
                              "第{1}行不是UTF-8编码；请先转换（GBK文件可用：iconv -f GB18030 -t UTF-8）"),
                       od_arena_number(&cli->arena, at.line)));
}

static void list_draft(lister *l, const od_setting *setting, od_draft *draft) {
    od_cli *const cli = l->cli;
    if (!od_draft_open(cli, setting, draft)) return;
    const size_t invalid = od_utf8_find_invalid(od_buf_slice(&draft->file.bytes));
    if (invalid != SIZE_MAX) {
        refuse_encoding(cli, draft, invalid);
        return;
    }
    *od_array_push(&cli->arena, &l->listed) = (od_report_fields){
        od_document_source(draft->document),
        od_list_fields(cli->session, draft->document, draft->profile, l->data)};
}

// Drafts stay open until all are listed: the table is as wide as the widest of them.
static void list_file(lister *l, od_settings *settings, const char *path) {
    const bool is_stdin = strcmp(path, "-") == 0;
    od_setting setting;
    od_draft draft;
    if (!od_settings_find(settings, is_stdin ? NULL : path, &setting) ||
        !od_draft_read(l->cli, &setting, &draft))
        return;
    od_cli_keep(l->cli, draft.file.bytes);
    od_deadline_start_file(l->cli, draft.name, draft.file.bytes.size);
    list_draft(l, &setting, &draft);
    od_deadline_stop();
}

static void write_list(lister *l) {
    od_buf *const out = &l->cli->out;
    const od_report_fields *const items = l->listed.items;
    const od_report_options options = od_cli_report(l->cli, false);
    if (l->cli->args.skeleton) {
        od_report_skeleton(out, items, &options);
        return;
    }
    switch (l->cli->args.format) {
    case OD_FORMAT_JSON: od_report_fields_json(out, items, l->listed.count); break;
    case OD_FORMAT_YAML: od_report_fields_yaml(out, items, l->listed.count); break;
    case OD_FORMAT_CSV: od_report_fields_csv(out, items, l->listed.count); break;
    default: od_report_fields_table(out, items, l->listed.count, &options); break;
    }
}

static bool arguments_fit(od_cli *cli) {
    const od_args *const args = &cli->args;
    if (!args->operands.count)
        od_cli_fail(cli, NULL,
                    od_say(&cli->log, OD_SAY("name a draft, or - for standard input",
                                             "请给出文稿，或用“-”表示标准输入")));
    else if (args->skeleton && args->operands.count > 1)
        od_cli_fail(cli, NULL, od_say(&cli->log, OD_SAY("--skeleton takes one draft at a time",
                                                        "--skeleton 一次只能处理一份文稿")));
    else if (args->skeleton && args->format != OD_FORMAT_DEFAULT)
        od_cli_fail(cli, NULL,
                    od_say(&cli->log, OD_SAY("--skeleton is YAML of its own; leave --format out",
                                             "--skeleton 固定输出YAML，请去掉 --format")));
    return !cli->failed;
}

int od_cmd_fields(od_cli *cli) {
    lister l = {.cli = cli};
    od_data *data;
    if (!arguments_fit(cli) || !od_draft_prepare(cli, &data)) return OD_EXIT_FAILURE;
    l.data = data;
    od_settings *const settings = od_settings_new(cli);
    if (!settings) return OD_EXIT_FAILURE;
    for (size_t i = 0; i < cli->args.operands.count; i++)
        list_file(&l, settings, cli->args.operands.items[i]);
    if (l.listed.count) write_list(&l);
    return OD_EXIT_CLEAN;
}
