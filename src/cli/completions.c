#include "cli/help.h"

// ---- words that a shell offers -----------------------------------------------------------------

static void add_word(od_buf *out, const char *word, bool *first) {
    if (!*first) od_buf_byte(out, ' ');
    *first = false;
    od_buf_text(out, word);
}

static void add_commands(od_buf *out) {
    bool first = true;
    for (size_t i = OD_COMMAND_NONE + 1; i < OD_COMMAND_COUNT; i++)
        add_word(out, od_command_row((od_command_id)i)->name, &first);
}

static void add_profiles(od_buf *out) {
    size_t count;
    const od_builtin_profile *const profiles = od_builtin_profiles(&count);
    bool first = true;
    for (size_t i = 0; i < count; i++) add_word(out, profiles[i].id, &first);
}

static void add_rules(od_buf *out) {
    size_t count;
    const od_rule *const rules = od_rules(&count);
    bool first = true;
    for (size_t i = 0; i < count; i++) add_word(out, rules[i].id, &first);
}

static void add_choices(od_buf *out, const od_choice *choices) {
    bool first = true;
    for (const od_choice *c = choices; c->name; c++) add_word(out, c->name, &first);
}

// Words of an offer; none for files alone.
static void add_offer(od_buf *out, od_offer offer) {
    switch (offer) {
    case OD_OFFER_PROFILES:
    case OD_OFFER_BUILTINS: add_profiles(out); break;
    case OD_OFFER_RULES: add_rules(out); break;
    case OD_OFFER_COMMANDS: add_commands(out); break;
    case OD_OFFER_VERBS:
        od_buf_text(out, "list show check learn ");
        add_profiles(out);
        break;
    case OD_OFFER_NOTHING:
    case OD_OFFER_FILES: break;
    }
}

static bool offers_files(od_offer offer) {
    return offer == OD_OFFER_FILES || offer == OD_OFFER_PROFILES || offer == OD_OFFER_VERBS;
}

static bool takes_value(const od_option *option) {
    return option->choices || option->value.en;
}

static void add_letter(od_buf *out, const char *before, char letter) {
    od_buf_text(out, before);
    od_buf_byte(out, letter);
}

// ---- bash --------------------------------------------------------------------------------------

static const char BASH_HEAD[] =
    "# bash completions of orgdraft; made by `orgdraft --completions bash`\n"
    "_orgdraft_offer() { # WORDS FILES: both may be empty\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\"\n"
    "        if [ -n \"$2\" ]; then compgen -f -- \"$cur\"; fi)\n"
    "}\n"
    "_orgdraft() {\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i\n"
    "    # bash makes three words of --option=value\n"
    "    if [ \"$cur\" = = ]; then cur=\n"
    "    elif [ \"$prev\" = = ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n"
    "            -*) ;;\n"
    "            *) command=${COMP_WORDS[i]}; break ;;\n"
    "        esac\n"
    "    done\n"
    "    case $command:$prev in\n";

static void bash_value(od_buf *out, const od_command *row, const od_option *option) {
    od_buf_text(out, "        ");
    od_buf_text(out, row->name);
    od_buf_text(out, ":--");
    od_buf_text(out, option->name);
    if (option->letter) {
        od_buf_byte(out, '|');
        od_buf_text(out, row->name);
        add_letter(out, ":-", option->letter);
    }
    od_buf_text(out, ") _orgdraft_offer '");
    if (option->choices) add_choices(out, option->choices);
    else add_offer(out, option->offer);
    od_buf_text(out, offers_files(option->offer) ? "' files; return ;;\n" : "' ''; return ;;\n");
}

static void bash_options(od_buf *out, const od_command *row) {
    od_buf_text(out, "        ");
    od_buf_text(out, row->name);
    od_buf_text(out, ":-*) _orgdraft_offer '");
    bool first = true;
    for (const od_option *o = row->options; o->name; o++) {
        add_word(out, "--", &first);
        od_buf_text(out, o->name);
    }
    od_buf_text(out, "' '' ;;\n        ");
    od_buf_text(out, row->name);
    od_buf_text(out, ":*) _orgdraft_offer '");
    add_offer(out, row->offer);
    od_buf_text(out, offers_files(row->offer) ? "' files ;;\n" : "' '' ;;\n");
}

static void write_bash(od_buf *out) {
    od_buf_text(out, BASH_HEAD);
    for (size_t i = 0; i < OD_COMMAND_COUNT; i++) {
        const od_command *const row = od_command_row((od_command_id)i);
        for (const od_option *o = row->options; o->name; o++)
            if (takes_value(o)) bash_value(out, row, o);
    }
    od_buf_text(out, "    esac\n    case $command:$cur in\n");
    for (size_t i = 0; i < OD_COMMAND_COUNT; i++)
        bash_options(out, od_command_row((od_command_id)i));
    od_buf_text(out, "    esac\n}\ncomplete -o filenames -F _orgdraft orgdraft\n");
}

// ---- zsh ---------------------------------------------------------------------------------------

// Appends text for a specification of _arguments within single quotes.
static void add_zsh_text(od_buf *out, const char *text) {
    for (const char *at = text; *at; at++) {
        if (*at == '\'') {
            od_buf_text(out, "'\\''");
            continue;
        }
        if (*at == '[' || *at == ']' || *at == ':' || *at == '\\') od_buf_byte(out, '\\');
        od_buf_byte(out, *at);
    }
}

static void zsh_action(od_buf *out, od_offer offer, const od_choice *choices) {
    const bool files = offers_files(offer);
    if (choices || !files) {
        od_buf_byte(out, '(');
        if (choices) add_choices(out, choices);
        else add_offer(out, offer);
        od_buf_byte(out, ')');
    } else if (offer == OD_OFFER_FILES) {
        od_buf_text(out, "_files");
    } else {
        od_buf_text(out, "{ compadd -- ");
        add_offer(out, offer);
        od_buf_text(out, "; _files }");
    }
}

// '(-p --profile)'{-p,--profile}'[help]:value:action'
static void zsh_option(od_buf *out, const od_option *option) {
    const bool again = option->kind == OD_OPTION_LIST || option->kind == OD_OPTION_COUNTER;
    od_buf_text(out, "                ");
    if (again) od_buf_text(out, "'*'");
    if (option->letter) {
        if (!again) {
            add_letter(out, "'(-", option->letter);
            od_buf_text(out, " --");
            od_buf_text(out, option->name);
            od_buf_text(out, ")'");
        }
        add_letter(out, "{-", option->letter);
        od_buf_text(out, ",--");
        od_buf_text(out, option->name);
        od_buf_text(out, "}'[");
    } else {
        od_buf_text(out, "'--");
        od_buf_text(out, option->name);
        od_buf_byte(out, '[');
    }
    add_zsh_text(out, option->help.en);
    od_buf_byte(out, ']');
    if (takes_value(option)) {
        od_buf_byte(out, ':');
        add_zsh_text(out, option->value.en ? option->value.en : option->name);
        od_buf_byte(out, ':');
        zsh_action(out, option->offer, option->choices);
    }
    od_buf_text(out, "' \\\n");
}

static void zsh_command(od_buf *out, const od_command *row) {
    od_buf_text(out, "        ");
    od_buf_text(out, row->name);
    od_buf_text(out, ")\n            _arguments -s -S \\\n");
    for (const od_option *o = row->options; o->name; o++) zsh_option(out, o);
    od_buf_text(out, "                '*:");
    add_zsh_text(out, row->operands.en);
    od_buf_byte(out, ':');
    zsh_action(out, row->offer, NULL);
    od_buf_text(out, "' ;;\n");
}

static void write_zsh(od_buf *out) {
    od_buf_text(out, "#compdef orgdraft\n"
                     "# zsh completions of orgdraft; made by `orgdraft --completions zsh`\n"
                     "_orgdraft() {\n"
                     "    local state line\n"
                     "    local -a commands=(\n");
    for (size_t i = OD_COMMAND_NONE + 1; i < OD_COMMAND_COUNT; i++) {
        const od_command *const row = od_command_row((od_command_id)i);
        od_buf_text(out, "        '");
        od_buf_text(out, row->name);
        od_buf_byte(out, ':');
        add_zsh_text(out, row->summary.en);
        od_buf_text(out, "'\n");
    }
    od_buf_text(out, "    )\n    _arguments -C -S \\\n");
    for (const od_option *o = od_command_row(OD_COMMAND_NONE)->options; o->name; o++)
        zsh_option(out, o);
    od_buf_text(out, "                '1:command:->command' '*::argument:->argument'\n"
                     "    [[ $state == command ]] && _describe command commands\n"
                     "    [[ $state == argument ]] && case $words[1] in\n");
    for (size_t i = OD_COMMAND_NONE + 1; i < OD_COMMAND_COUNT; i++)
        zsh_command(out, od_command_row((od_command_id)i));
    od_buf_text(out, "    esac\n}\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
                     "    _orgdraft \"$@\"\nelse\n    compdef _orgdraft orgdraft\nfi\n");
}

// ---- fish --------------------------------------------------------------------------------------

static void add_fish_text(od_buf *out, const char *text) {
    od_buf_byte(out, '\'');
    for (const char *at = text; *at; at++) {
        if (*at == '\'' || *at == '\\') od_buf_byte(out, '\\');
        od_buf_byte(out, *at);
    }
    od_buf_byte(out, '\'');
}

static void fish_start(od_buf *out, const od_command *row) {
    od_buf_text(out, "complete -c orgdraft -n ");
    if (*row->name) {
        od_buf_text(out, "'__fish_seen_subcommand_from ");
        od_buf_text(out, row->name);
        od_buf_byte(out, '\'');
    } else {
        od_buf_text(out, "__fish_use_subcommand");
    }
}

static void fish_option(od_buf *out, const od_command *row, const od_option *option) {
    fish_start(out, row);
    if (option->letter) add_letter(out, " -s ", option->letter);
    od_buf_text(out, " -l ");
    od_buf_text(out, option->name);
    if (takes_value(option)) {
        const bool files = offers_files(option->offer);
        od_buf_text(out, files ? " -r -F" : " -x");
        if (option->choices || option->offer == OD_OFFER_PROFILES) {
            od_buf_text(out, " -a '");
            if (option->choices) add_choices(out, option->choices);
            else add_offer(out, option->offer);
            od_buf_byte(out, '\'');
        }
    }
    od_buf_text(out, " -d ");
    add_fish_text(out, option->help.en);
    od_buf_byte(out, '\n');
}

static void fish_command(od_buf *out, const od_command *row) {
    od_buf_text(out, "complete -c orgdraft -n __fish_use_subcommand -a ");
    od_buf_text(out, row->name);
    od_buf_text(out, " -d ");
    add_fish_text(out, row->summary.en);
    od_buf_byte(out, '\n');
    fish_start(out, row);
    if (offers_files(row->offer)) od_buf_text(out, " -F");
    od_buf_text(out, " -a '");
    add_offer(out, row->offer);
    od_buf_text(out, "'\n");
}

static void write_fish(od_buf *out) {
    od_buf_text(out, "# fish completions of orgdraft; made by `orgdraft --completions fish`\n"
                     "complete -c orgdraft -f\n");
    for (size_t i = 0; i < OD_COMMAND_COUNT; i++) {
        const od_command *const row = od_command_row((od_command_id)i);
        if (i != OD_COMMAND_NONE) fish_command(out, row);
        for (const od_option *o = row->options; o->name; o++) fish_option(out, row, o);
    }
}

void od_completions_write(od_buf *out, int shell) {
    static void (*const WRITERS[])(od_buf *) = {
        [OD_SHELL_BASH] = write_bash, [OD_SHELL_ZSH] = write_zsh, [OD_SHELL_FISH] = write_fish};
    WRITERS[shell](out);
}
