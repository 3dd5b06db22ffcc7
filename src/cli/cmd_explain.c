// orgdraft explain: why a rule exists, and what to do about what it finds.
#include "cli/commands.h"
#include "cli/page.h"

static const char *const SEVERITIES[] = {"info", "warning", "error", "failure"};

static void title(od_cli *cli, od_text text) {
    od_buf_byte(&cli->out, '\n');
    od_buf_text(&cli->out, od_cli_text(cli, text));
    od_buf_byte(&cli->out, '\n');
}

// An example keeps its lines.
static void show_lines(od_buf *out, od_slice text) {
    while (text.size) {
        const size_t found = od_slice_find(text, OD_SLICE("\n"), 0);
        const size_t end = found == SIZE_MAX ? text.size : found;
        if (end) od_buf_text(out, "    ");
        od_buf_add(out, od_slice_cut(text, 0, end));
        od_buf_byte(out, '\n');
        text = od_slice_from(text, end < text.size ? end + 1 : end);
    }
}

static void show_silencing(od_cli *cli, const char *id) {
    static const struct {
        const char *before, *after;
        od_text text;
    } WAYS[] = {
        {"<!-- orgdraft-disable-next-line ", " -->", OD_SAY("the next line", "下一行")},
        {"<!-- orgdraft-disable-line ", " -->", OD_SAY("this line", "本行")},
        {"<!-- orgdraft-disable ", " -->", OD_SAY("from here on", "从这里起")},
        {"<!-- orgdraft-enable ", " -->", OD_SAY("until here", "到这里止")},
        {"<!-- orgdraft-disable-file ", " -->", OD_SAY("the whole file", "整个文件")},
    };
    title(cli, OD_SAY("Turn it off by a comment in the draft", "在文稿中用注释关闭"));
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        const size_t before = cli->out.size;
        od_buf_text(&cli->out, "  ");
        od_buf_text(&cli->out, WAYS[i].before);
        od_buf_text(&cli->out, id);
        od_buf_text(&cli->out, WAYS[i].after);
        od_page_text(&cli->out, od_slice_of(od_cli_text(cli, WAYS[i].text)), 62,
                       cli->out.size - before);
    }
}

static void explain(od_cli *cli, const od_rule *rule) {
    const bool zh = cli->args.language == OD_CHINESE;
    od_buf *const out = &cli->out;
    od_buf_text(out, rule->id);
    od_buf_text(out, " (");
    od_buf_text(out, SEVERITIES[rule->severity]);
    od_buf_text(out, ")\n");
    od_page_text(out, od_slice_of(zh ? rule->zh.summary : rule->en.summary), 2, 0);
    title(cli, OD_SAY("Why", "为什么"));
    od_page_text(out, od_slice_of(zh ? rule->zh.why : rule->en.why), 2, 0);
    title(cli, OD_SAY("Example", "例子"));
    show_lines(out, od_slice_of(zh ? rule->zh.example : rule->en.example));
    title(cli, OD_SAY("How to mend it", "怎样改正"));
    od_page_text(out, od_slice_of(zh ? rule->zh.fix : rule->en.fix), 2, 0);
    show_silencing(cli, rule->id);
}

static void list(od_cli *cli) {
    size_t count;
    const od_rule *const rules = od_rules(&count);
    for (size_t i = 0; i < count; i++) {
        const size_t before = cli->out.size;
        od_buf_text(&cli->out, rules[i].id);
        od_page_pad(&cli->out, cli->out.size - before, 22);
        od_buf_text(&cli->out, SEVERITIES[rules[i].severity]);
        const char *const summary =
            cli->args.language == OD_CHINESE ? rules[i].zh.summary : rules[i].en.summary;
        od_page_text(&cli->out, od_slice_of(summary), 31, cli->out.size - before);
    }
}

static void complain(od_cli *cli, const char *word) {
    size_t count;
    const od_rule *const rules = od_rules(&count);
    const char **const names = od_arena_array(&cli->arena, const char *, count);
    for (size_t i = 0; i < count; i++) names[i] = rules[i].id;
    const od_slice nearest = od_suggest_word(word, names, count);
    const od_text meant = OD_SAY("there is no rule “{1}”; did you mean “{2}”?",
                                 "没有规则“{1}”；是不是“{2}”？");
    const od_text none = OD_SAY("there is no rule “{1}”; orgdraft explain lists them all",
                                "没有规则“{1}”；orgdraft explain 列出所有规则");
    od_cli_fail(cli, NULL,
                od_say(&cli->log, nearest.size ? meant : none, od_slice_of(word), nearest));
}

int od_cmd_explain(od_cli *cli) {
    const od_word_list *const words = &cli->args.operands;
    if (!words->count) list(cli);
    for (size_t i = 0; i < words->count; i++) {
        const od_rule *const rule = od_rule_find(od_slice_of(words->items[i]));
        if (i) od_buf_byte(&cli->out, '\n');
        if (rule) explain(cli, rule);
        else complain(cli, words->items[i]);
    }
    return OD_EXIT_CLEAN;
}
