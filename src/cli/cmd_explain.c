// orgdraft explain: why a rule exists, and what to do about what it finds.
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/page.h"
#include "profile/profile.h"

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

static void show_profile(od_cli *cli, const char *id) {
    title(cli, OD_SAY("Turn it off, or change how grave it is, in a profile",
                      "在文种文件中关闭，或改变级别（off info warning error）"));
    od_buf_text(&cli->out, "  checks: {");
    od_buf_text(&cli->out, id);
    od_buf_text(&cli->out, ": off}\n");
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
    if (rule != od_rule_find(OD_SLICE("encoding-utf8"))) show_profile(cli, rule->id);
}

// ---- rules of a profile ------------------------------------------------------------------------

static void show_text(od_cli *cli, od_text heading, od_slice text) {
    if (!text.size) return;
    title(cli, heading);
    od_page_text(&cli->out, text, 2, 0);
}

// Says where a rule comes from.
static void show_origin(od_cli *cli, const od_profile *profile, const od_profile_rule *rule) {
    const od_position at = od_source_position(rule->source, rule->span.start, OD_CODE_POINTS);
    od_page_text(&cli->out,
                 od_say(&cli->log,
                        OD_SAY("A rule of the profile “{1}”, in {2} at line {3}.",
                               "文种“{1}”的规则，见{2}第{3}行。"),
                        profile->label, od_slice_of(od_source_path(rule->source)),
                        od_arena_number(&cli->arena, at.line)),
                 2, 0);
}

static void explain_own(od_cli *cli, const od_profile *profile, const od_profile_rule *rule) {
    od_buf *const out = &cli->out;
    const bool chinese = cli->args.language == OD_CHINESE;
    const od_slice first = chinese ? rule->zh : rule->en, second = chinese ? rule->en : rule->zh;
    od_buf_add(out, rule->id);
    od_buf_text(out, " (");
    od_buf_text(out, SEVERITIES[rule->level]);
    od_buf_text(out, ")\n");
    show_origin(cli, profile, rule);
    show_text(cli, OD_SAY("What must hold", "应成立"), rule->expr.text);
    show_text(cli, OD_SAY("Only when", "适用条件"), rule->when.text);
    show_text(cli, OD_SAY("What is said when it does not", "不成立时的提示"),
              first.size ? first : second);
    show_silencing(cli, rule->id.data);
}

static const od_profile_rule *find_own(const od_profile *profile, const char *id) {
    for (size_t i = 0; profile && i < profile->rule_count; i++)
        if (od_slice_is(profile->rules[i].id, id)) return &profile->rules[i];
    return NULL;
}

// ---- all rules ---------------------------------------------------------------------------------

static void list_rule(od_cli *cli, od_slice id, od_severity severity, od_slice summary) {
    const size_t before = cli->out.size;
    od_buf_add(&cli->out, id);
    od_page_pad(&cli->out, cli->out.size - before, 22);
    od_buf_text(&cli->out, SEVERITIES[severity]);
    od_page_text(&cli->out, summary, 31, cli->out.size - before);
}

static void list(od_cli *cli, const od_profile *profile) {
    size_t count;
    const od_rule *const rules = od_rules(&count);
    const bool chinese = cli->args.language == OD_CHINESE;
    for (size_t i = 0; i < count; i++)
        list_rule(cli, od_slice_of(rules[i].id), rules[i].severity,
                  od_slice_of(chinese ? rules[i].zh.summary : rules[i].en.summary));
    for (size_t i = 0; profile && i < profile->rule_count; i++) {
        const od_profile_rule *const own = &profile->rules[i];
        list_rule(cli, own->id, own->level, own->expr.text);
    }
}

static void complain(od_cli *cli, const od_profile *profile, const char *word) {
    size_t count;
    const od_rule *const rules = od_rules(&count);
    const size_t own = profile ? profile->rule_count : 0;
    const char **const names = od_arena_array(&cli->arena, const char *, count + own);
    for (size_t i = 0; i < count; i++) names[i] = rules[i].id;
    for (size_t i = 0; i < own; i++) names[count + i] = profile->rules[i].id.data;
    const od_slice nearest = od_suggest_word(word, names, count + own);
    const od_text meant = OD_SAY("there is no rule “{1}”; did you mean “{2}”?",
                                 "没有规则“{1}”；是不是“{2}”？");
    const od_text none = OD_SAY("there is no rule “{1}”; orgdraft explain lists them all, with -p "
                                "those of a profile too",
                                "没有规则“{1}”；orgdraft explain 列出所有规则，文种自己的规则要加 -p");
    od_cli_fail(cli, NULL,
                od_say(&cli->log, nearest.size ? meant : none, od_slice_of(word), nearest));
}

// Loads the profile of -p, if there is one; false after saying what went wrong.
static bool load_profile(od_cli *cli, od_profile **profile) {
    *profile = NULL;
    if (!cli->args.profile) return true;
    cli->session = od_session_new(
        &(od_options){.language = (od_language)cli->args.language, .io = od_file_io()});
    if (od_profile_load(cli->session, cli->args.profile, profile) == OD_OK) return true;
    od_cli_fail_session(cli);
    return false;
}

int od_cmd_explain(od_cli *cli) {
    const od_word_list *const words = &cli->args.operands;
    od_profile *profile;
    if (!load_profile(cli, &profile)) return OD_EXIT_FAILURE;
    if (!words->count) list(cli, profile);
    for (size_t i = 0; i < words->count; i++) {
        const od_rule *const rule = od_rule_find(od_slice_of(words->items[i]));
        const od_profile_rule *const own = find_own(profile, words->items[i]);
        if (i) od_buf_byte(&cli->out, '\n');
        if (rule) explain(cli, rule);
        else if (own) explain_own(cli, profile, own);
        else complain(cli, profile, words->items[i]);
    }
    return OD_EXIT_CLEAN;
}
