#include "cli/help.h"

static const char *pick(od_text text, od_language language) {
    return language == OD_CHINESE ? text.zh : text.en;
}

// Appends text so that roff takes none of it for a request or a hyphen.
static void add_text(od_buf *out, const char *text) {
    for (const char *at = text; *at; at++) {
        const bool starts = at == text || at[-1] == '\n';
        if (starts && (*at == '.' || *at == '\'')) od_buf_text(out, "\\&");
        if (*at == '\\') od_buf_text(out, "\\e");
        else if (*at == '-') od_buf_text(out, "\\-");
        else if (*at == '\n') od_buf_text(out, "\n.PP\n");
        else od_buf_byte(out, *at);
    }
}

static void add_line(od_buf *out, const char *request, const char *text) {
    od_buf_text(out, request);
    add_text(out, text);
    od_buf_byte(out, '\n');
}

static void add_option(od_buf *out, const od_option *option, od_language language) {
    od_buf_text(out, ".TP\n");
    if (option->letter) {
        const char letter[] = {'\\', '-', option->letter};
        od_buf_text(out, "\\fB");
        od_buf_add(out, (od_slice){letter, sizeof letter});
        od_buf_text(out, "\\fR, ");
    }
    od_buf_text(out, "\\fB\\-\\-");
    add_text(out, option->name);
    od_buf_text(out, "\\fR");
    const char *const value = pick(option->value, language);
    if (value) {
        od_buf_text(out, " \\fI");
        add_text(out, value);
        od_buf_text(out, "\\fR");
    }
    for (const od_choice *c = option->choices; c && c->name; c++) {
        od_buf_text(out, c == option->choices ? " \\fI" : "\\fR|\\fI");
        add_text(out, c->name);
    }
    od_buf_text(out, option->choices ? "\\fR\n" : "\n");
    add_text(out, pick(option->help, language));
    od_buf_byte(out, '\n');
}

static void add_examples(od_buf *out, const od_command *row, od_language language) {
    for (const od_example *e = row->examples; e->line; e++) {
        od_buf_text(out, ".PP\n");
        add_text(out, pick(e->text, language));
        od_buf_text(out, language == OD_CHINESE ? "：\n" : ":\n");
        od_buf_text(out, ".RS\n.nf\n");
        add_text(out, e->line);
        od_buf_text(out, "\n.fi\n.RE\n");
    }
}

static void add_command(od_buf *out, const od_command *row, od_language language) {
    od_buf_text(out, ".SS \"orgdraft ");
    add_text(out, row->name);
    od_buf_byte(out, ' ');
    add_text(out, pick(row->operands, language));
    od_buf_text(out, "\"\n");
    add_text(out, pick(row->summary, language));
    od_buf_text(out, language == OD_CHINESE ? "。\n" : ".\n");
    if (pick(row->details, language)) {
        od_buf_text(out, ".PP\n");
        add_text(out, pick(row->details, language));
        od_buf_byte(out, '\n');
    }
    for (const od_option *o = row->options; o->name; o++) add_option(out, o, language);
    add_examples(out, row, language);
}

typedef struct man_row {
    const char *term;
    od_text text;
} man_row;

typedef struct man_section {
    od_text title;
    man_row rows[4];
} man_section;

// What the tables do not hold.
static const man_section CLOSING[] = {
    {OD_SAY("EXIT STATUS", "退出码"),
     {{"0", OD_SAY("Nothing was found; all blanks were filled.", "没有问题；空白全部填好。")},
      {"1", OD_SAY("Findings at or above --fail-on; blanks are left; the data has mistakes.",
                   "有达到 --fail-on 级别的问题；留有空白；数据有错。")},
      {"2", OD_SAY("Wrong usage or configuration, something that cannot be read or written, an "
                   "internal limit, or nothing to check. This outweighs 1.",
                   "用法或配置有误、文件无法读写、超过内部上限，或没有可检查的；优先于1。")}}},
    {OD_SAY("ENVIRONMENT", "环境变量"),
     {{"LC_ALL, LC_MESSAGES, LANG",
       OD_SAY("Language of messages: Chinese when the first that is set starts with zh.",
              "消息的语言：第一个设了值的若以zh开头则用中文。")},
      {"NO_COLOR, FORCE_COLOR",
       OD_SAY("Colours off, or on; --color outweighs both.",
              "关闭或打开颜色；--color 优先。")}}},
    {OD_SAY("FILES", "文件"),
     {{".orgdraft.yaml",
       OD_SAY("Which profile each file of a repository has and which files are ignored; the "
              "nearest one from the folder of the draft upward to the root of the repository.",
              "规定仓库中每个文件的文种和忽略哪些文件；从文稿所在文件夹向上找最近的一个，到仓库根为止。")},
      {".gitignore", OD_SAY("Files that are left out when a folder is searched.",
                            "检查文件夹时跳过的文件。")}}},
};

static void add_closing(od_buf *out, od_language language) {
    for (size_t i = 0; i < sizeof CLOSING / sizeof *CLOSING; i++) {
        add_line(out, ".SH ", pick(CLOSING[i].title, language));
        for (size_t row = 0; row < 4 && CLOSING[i].rows[row].term; row++) {
            od_buf_text(out, ".TP\n");
            add_line(out, ".B ", CLOSING[i].rows[row].term);
            add_line(out, "", pick(CLOSING[i].rows[row].text, language));
        }
    }
}

void od_man_write(od_buf *out, od_language language) {
    const bool zh = language == OD_CHINESE;
    const od_command *const self = od_command_row(OD_COMMAND_NONE);
    od_buf_text(out, ".TH ORGDRAFT 1 \"\" \"orgdraft " OD_VERSION "\"\n");
    add_line(out, ".SH ", zh ? "名称" : "NAME");
    od_buf_text(out, "orgdraft \\- ");
    add_line(out, "", pick(self->summary, language));
    add_line(out, ".SH ", zh ? "用法" : "SYNOPSIS");
    od_buf_text(out, ".B orgdraft\n");
    add_line(out, "", pick(self->operands, language));
    add_line(out, ".SH ", zh ? "说明" : "DESCRIPTION");
    add_line(out, "", pick(self->details, language));
    for (const od_option *o = self->options; o->name; o++) add_option(out, o, language);
    add_line(out, ".SH ", zh ? "命令" : "COMMANDS");
    for (size_t i = OD_COMMAND_NONE + 1; i < OD_COMMAND_COUNT; i++)
        add_command(out, od_command_row((od_command_id)i), language);
    add_closing(out, language);
}
