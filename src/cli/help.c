#include "cli/help.h"

#include "base/utf8.h"
#include "cli/page.h"

enum { OPTION_INDENT = 2, TEXT_INDENT = 26 };

static const char *pick(od_text text, od_language language) {
    return language == OD_CHINESE ? text.zh : text.en;
}

static void add_title(od_buf *out, od_text text, od_language language) {
    od_buf_byte(out, '\n');
    od_buf_text(out, pick(text, language));
    od_buf_byte(out, '\n');
}

// `  -p, --profile NAME|FILE`
static void add_spelling(od_buf *out, const od_option *option, od_language language) {
    od_page_pad(out, 0, OPTION_INDENT);
    if (option->letter) {
        od_buf_byte(out, '-');
        od_buf_byte(out, option->letter);
        od_buf_text(out, ", ");
    } else {
        od_buf_text(out, "    ");
    }
    od_buf_text(out, "--");
    od_buf_text(out, option->name);
    const char *const value = pick(option->value, language);
    if (value) {
        od_buf_byte(out, ' ');
        od_buf_text(out, value);
    }
    for (const od_choice *c = option->choices; c && c->name; c++) {
        od_buf_byte(out, c == option->choices ? ' ' : '|');
        od_buf_text(out, c->name);
    }
}

static void add_option(od_buf *out, const od_option *option, od_language language) {
    const size_t before = out->size;
    add_spelling(out, option, language);
    size_t column = od_utf8_width(od_slice_from(od_buf_slice(out), before));
    if (column + 2 > TEXT_INDENT) {
        od_buf_byte(out, '\n');
        column = 0;
    }
    od_page_text(out, od_slice_of(pick(option->help, language)), TEXT_INDENT, column);
}

static void add_commands(od_buf *out, od_language language) {
    add_title(out, OD_SAY("Commands:", "命令："), language);
    for (size_t i = OD_COMMAND_NONE + 1; i < OD_COMMAND_COUNT; i++) {
        const od_command *const row = od_command_row((od_command_id)i);
        od_buf_text(out, "  ");
        od_buf_text(out, row->name);
        od_page_text(out, od_slice_of(pick(row->summary, language)), 12, 2 + strlen(row->name));
    }
}

static void add_examples(od_buf *out, const od_command *row, od_language language) {
    add_title(out, OD_SAY("Examples:", "例子："), language);
    for (const od_example *e = row->examples; e->line; e++) {
        od_buf_text(out, "  ");
        od_buf_text(out, e->line);
        od_buf_byte(out, '\n');
        od_page_text(out, od_slice_of(pick(e->text, language)), 6, 0);
    }
}

static void add_usage(od_buf *out, const od_command *row, od_language language) {
    od_buf_text(out, language == OD_CHINESE ? "用法：orgdraft " : "Usage: orgdraft ");
    if (*row->name) {
        od_buf_text(out, row->name);
        od_buf_text(out, language == OD_CHINESE ? " [选项]… " : " [OPTION]… ");
    }
    od_buf_text(out, pick(row->operands, language));
    od_buf_byte(out, '\n');
}

void od_help_write(od_buf *out, od_command_id id, od_language language) {
    const od_command *const row = od_command_row(id);
    add_usage(out, row, language);
    od_buf_text(out, *row->name ? "" : "orgdraft ");
    od_page_text(out, od_slice_of(pick(row->summary, language)), 0, *row->name ? 0 : 9);
    if (pick(row->details, language)) {
        od_buf_byte(out, '\n');
        od_page_text(out, od_slice_of(pick(row->details, language)), 0, 0);
    }
    if (id == OD_COMMAND_NONE) add_commands(out, language);
    add_title(out, OD_SAY("Options:", "选项："), language);
    for (const od_option *o = row->options; o->name; o++) add_option(out, o, language);
    add_examples(out, row, language);
    if (id != OD_COMMAND_NONE) return;
    od_buf_byte(out, '\n');
    od_buf_text(out, language == OD_CHINESE
                         ? "每个命令的选项：orgdraft 命令 --help。“--”之后都是文件名。\n"
                         : "Options of a command: orgdraft COMMAND --help. After `--` all are file "
                           "names.\n");
}
