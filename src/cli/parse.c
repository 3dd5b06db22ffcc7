#include "base/nearest.h"
#include "cli/options.h"
#include "data/datum.h"

#include <stdlib.h>

typedef struct parser {
    od_arena *arena;
    od_args *args;
    const char *const *words;
    size_t count, next;
    const od_option *options; // of the command so far
    od_diagnostics say;       // for od_say
    od_slice complaint;
} parser;

#define complain(parser, ...) ((parser)->complaint = od_say(&(parser)->say, __VA_ARGS__))

// ---- suggestions -------------------------------------------------------------------------------

od_slice od_suggest_word(const char *word, const char *const *names, size_t count) {
    od_nearest nearest = {.wrong = od_slice_of(word)};
    for (size_t i = 0; i < count; i++) {
        // What was begun and not ended is near, however long the rest is.
        if (nearest.wrong.size > 1 && od_slice_starts(od_slice_of(names[i]), nearest.wrong))
            return od_slice_of(names[i]);
        od_nearest_offer(&nearest, od_slice_of(names[i]));
    }
    return nearest.best;
}

static od_slice dashed(parser *p, od_slice name) {
    return od_arena_concat(p->arena, OD_SLICE("--"), name);
}

// Returns the command so far with a space behind it, as it stands before an option.
static od_slice command_words(parser *p) {
    return od_arena_concat(p->arena, od_slice_of(od_command_row(p->args->command)->name),
                           od_slice_of(p->args->command ? " " : ""));
}

static void complain_unknown_option(parser *p, od_slice name) {
    const char *names[64];
    size_t count = 0;
    for (const od_option *o = p->options; o->name && count < 64; o++) names[count++] = o->name;
    const od_slice nearest =
        od_suggest_word(od_arena_copy(p->arena, name).data, names, count);
    if (nearest.size)
        complain(p,
                 OD_SAY("there is no option {1}; did you mean {2}?",
                        "没有选项 {1}；是不是想用 {2}？"),
                 dashed(p, name), dashed(p, nearest));
    else
        complain(p,
                 OD_SAY("there is no option {1}; see orgdraft {2}--help",
                        "没有选项 {1}；请看 orgdraft {2}--help"),
                 dashed(p, name), command_words(p));
}

static void complain_unknown_command(parser *p, const char *word) {
    const char *names[OD_COMMAND_COUNT];
    for (size_t i = 0; i + 1 < OD_COMMAND_COUNT; i++)
        names[i] = od_command_row((od_command_id)(i + 1))->name;
    const od_slice nearest = od_suggest_word(word, names, OD_COMMAND_COUNT - 1);
    if (nearest.size)
        complain(p,
                 OD_SAY("there is no command “{1}”; did you mean “{2}”?",
                        "没有命令“{1}”；是不是想用“{2}”？"),
                 od_slice_of(word), nearest);
    else
        complain(p,
                 OD_SAY("there is no command “{1}”; see orgdraft --help",
                        "没有命令“{1}”；请看 orgdraft --help"),
                 od_slice_of(word));
}

// ---- values ------------------------------------------------------------------------------------

// Returns how an option is written on the command line: the way it was given.
static od_slice spelled(parser *p, const od_option *option, bool by_letter) {
    if (!by_letter) return dashed(p, od_slice_of(option->name));
    const char letter[] = {'-', option->letter};
    return od_arena_copy(p->arena, (od_slice){letter, sizeof letter});
}

static od_slice list_choices(parser *p, const od_choice *choices) {
    const od_slice mark = p->say.language == OD_CHINESE ? OD_SLICE("、") : OD_SLICE(", ");
    od_slice list = od_slice_of(choices->name);
    for (const od_choice *c = choices + 1; c->name; c++)
        list = od_arena_concat(p->arena, list, mark, od_slice_of(c->name));
    return list;
}

static bool read_choice(parser *p, const od_option *option, od_slice name, const char *value) {
    for (const od_choice *c = option->choices; c->name; c++) {
        if (strcmp(c->name, value) != 0) continue;
        *(int *)((char *)p->args + option->field) = c->value;
        return true;
    }
    complain(p, OD_SAY("{1} takes {2}; not “{3}”", "{1} 只能是 {2}；不能是“{3}”"), name,
             list_choices(p, option->choices), od_slice_of(value));
    return false;
}

// Reads digits and nothing else, up to `most`.
static bool read_digits(const char *text, size_t size, long most, long *number) {
    long n = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        n = n * 10 + (text[i] - '0');
        if (n > most) return false;
    }
    *number = n;
    return size > 0;
}

enum { MOST_JOBS = 256, MOST_COLUMNS = 100000, MOST_SECONDS = 1000000 };

static bool read_number(parser *p, const od_option *option, od_slice name, const char *value,
                        long most) {
    long number;
    if (!read_digits(value, strlen(value), most, &number) || number == 0) {
        complain(p, OD_SAY("{1} takes a number from 1 to {3}; not “{2}”",
                           "{1} 应为1到{3}的数；不能是“{2}”"),
                 name, od_slice_of(value), od_arena_number(p->arena, (size_t)most));
        return false;
    }
    *(size_t *)((char *)p->args + option->field) = (size_t)number;
    return true;
}

// Seconds with at most three decimals, kept as milliseconds.
static bool read_seconds(parser *p, const od_option *option, od_slice name, const char *value) {
    const size_t size = strlen(value), point = strcspn(value, ".");
    long whole = 0, part = 0;
    const size_t decimals = point < size ? size - point - 1 : 0;
    const bool right = read_digits(value, point, MOST_SECONDS, &whole) && decimals <= 3 &&
                       (point == size || read_digits(value + point + 1, decimals, 999, &part));
    if (!right) {
        complain(p, OD_SAY("{1} takes seconds, such as 5 or 0.5; not “{2}”",
                           "{1} 应为秒数，如5或0.5；不能是“{2}”"),
                 name, od_slice_of(value));
        return false;
    }
    for (size_t i = decimals; i < 3; i++) part *= 10;
    *(long *)((char *)p->args + option->field) = whole * 1000 + part;
    return true;
}

static bool read_day(parser *p, const od_option *option, od_slice name, const char *value) {
    long year = 0, month = 0, day = 0;
    const bool shaped = strlen(value) == 10 && value[4] == '-' && value[7] == '-' &&
                        read_digits(value, 4, 9999, &year) &&
                        read_digits(value + 5, 2, 99, &month) &&
                        read_digits(value + 8, 2, 99, &day);
    if (!shaped || !od_date_exists((od_date){(int)year, (int)month, (int)day})) {
        complain(p, OD_SAY("{1} takes a day, such as 2025-03-01; not “{2}”",
                           "{1} 应为日期，如2025-03-01；不能是“{2}”"),
                 name, od_slice_of(value));
        return false;
    }
    *(od_day *)((char *)p->args + option->field) = (od_day){(int)year, (int)month, (int)day};
    return true;
}

static bool read_text(parser *p, const od_option *option, od_slice name, const char *value) {
    if (!*value) {
        complain(p, OD_SAY("{1} needs a value; what was given is empty",
                           "{1} 需要一个值；给出的是空的"),
                 name);
        return false;
    }
    void *const field = (char *)p->args + option->field;
    if (option->kind == OD_OPTION_LIST) *od_array_push(p->arena, (od_word_list *)field) = value;
    else *(const char **)field = value;
    return true;
}

static bool takes_value(const od_option *option) {
    return option->kind != OD_OPTION_FLAG && option->kind != OD_OPTION_COUNTER;
}

static bool set(parser *p, const od_option *option, od_slice name, const char *value) {
    switch (option->kind) {
    case OD_OPTION_FLAG: *(bool *)((char *)p->args + option->field) = true; return true;
    case OD_OPTION_COUNTER: ++*(int *)((char *)p->args + option->field); return true;
    case OD_OPTION_CHOICE: return read_choice(p, option, name, value);
    case OD_OPTION_NUMBER: return read_number(p, option, name, value, MOST_JOBS);
    case OD_OPTION_WIDTH: return read_number(p, option, name, value, MOST_COLUMNS);
    case OD_OPTION_SECONDS: return read_seconds(p, option, name, value);
    case OD_OPTION_DAY: return read_day(p, option, name, value);
    case OD_OPTION_TEXT:
    case OD_OPTION_LIST: return read_text(p, option, name, value);
    }
    return false;
}

// Takes the next word as the value of an option; false with a complaint when there is none.
static bool next_value(parser *p, const od_option *option, od_slice name, const char **value) {
    if (p->next < p->count) {
        *value = p->words[p->next++];
        return true;
    }
    const od_slice what =
        option->choices ? list_choices(p, option->choices)
                        : od_slice_of(p->say.language == OD_CHINESE ? option->value.zh
                                                                    : option->value.en);
    complain(p, OD_SAY("{1} needs a value: {2}", "{1} 后面要有值：{2}"), name, what);
    return false;
}

// ---- words -------------------------------------------------------------------------------------

// `--name`, `--name=value`, `--name value`.
static bool read_long(parser *p, const char *word) {
    const size_t size = strcspn(word, "=");
    const od_slice name = {word, size};
    const od_option *option = p->options;
    while (option->name && !od_slice_is(name, option->name)) option++;
    if (!option->name) {
        complain_unknown_option(p, name);
        return false;
    }
    const od_slice shown = spelled(p, option, false);
    const char *value = word[size] ? word + size + 1 : NULL;
    if (value && !takes_value(option)) {
        complain(p, OD_SAY("{1} takes no value; write {1} alone", "{1} 不带值；只写 {1} 即可"),
                 shown);
        return false;
    }
    if (!value && takes_value(option) && !next_value(p, option, shown, &value)) return false;
    return set(p, option, shown, value);
}

// `-fix` for `--fix` is a common slip.
static bool complain_unknown_letter(parser *p, const char *word, char letter) {
    const od_option *option = p->options;
    while (option->name && strcmp(option->name, word) != 0) option++;
    if (option->name)
        complain(p, OD_SAY("there is no option -{1}; did you mean --{1}?",
                           "没有选项 -{1}；是不是想用 --{1}？"),
                 od_slice_of(word));
    else
        complain(p, OD_SAY("there is no option -{1}; see orgdraft {2}--help",
                           "没有选项 -{1}；请看 orgdraft {2}--help"),
                 od_arena_copy(p->arena, (od_slice){&letter, 1}), command_words(p));
    return false;
}

// `-q`, `-qv`, `-pNAME`, `-p NAME`.
static bool read_letters(parser *p, const char *word) {
    for (const char *at = word; *at; at++) {
        const od_option *option = p->options;
        while (option->name && option->letter != *at) option++;
        if (!option->name) return complain_unknown_letter(p, word, *at);
        const od_slice shown = spelled(p, option, true);
        if (!takes_value(option)) {
            set(p, option, shown, NULL);
            continue;
        }
        const char *value = at + 1;
        if (!*value && !next_value(p, option, shown, &value)) return false;
        return set(p, option, shown, value);
    }
    return true;
}

static bool read_word(parser *p, const char *word) {
    if (word[0] == '-' && word[1] == '-') return read_long(p, word + 2);
    if (word[0] == '-' && word[1]) return read_letters(p, word + 1);
    if (p->args->command == OD_COMMAND_NONE) {
        p->args->command = od_command_find(word);
        p->options = od_command_row(p->args->command)->options;
        if (p->args->command == OD_COMMAND_NONE) complain_unknown_command(p, word);
        return p->args->command != OD_COMMAND_NONE;
    }
    *od_array_push(p->arena, &p->args->operands) = word;
    return true;
}

// Whether all that follows are the arguments of a script.
static bool is_script(const parser *p) {
    return p->args->command == OD_COMMAND_LUA && (p->args->operands.count || p->args->code);
}

// The language has to be known before the first complaint.
static void find_language(const char *const *words, size_t count, od_args *args) {
    for (size_t i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
        const char *value = strncmp(words[i], "--lang", 6) == 0 ? words[i] + 6 : NULL;
        if (value && *value == '=') value++;
        else if (value && !*value) value = i + 1 < count ? words[i + 1] : NULL;
        else continue;
        if (value && strcmp(value, "zh") == 0) args->language = OD_CHINESE;
        if (value && strcmp(value, "en") == 0) args->language = OD_ENGLISH;
    }
}

static od_language locale_language(void) {
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const char *const value = getenv(NAMES[i]);
        if (value && *value) return strncmp(value, "zh", 2) == 0 ? OD_CHINESE : OD_ENGLISH;
    }
    return OD_ENGLISH;
}

void od_args_parse(od_arena *arena, const char *const *words, size_t count, od_args *args,
                   od_slice *complaint) {
    *args = (od_args){.language = (int)locale_language(), .timeout = -1, .fail_on = OD_WARNING};
    find_language(words, count, args);
    parser p = {.arena = arena,
                .args = args,
                .words = words,
                .count = count,
                .options = od_command_row(OD_COMMAND_NONE)->options,
                .say = {.arena = arena, .language = (od_language)args->language}};
    bool right = true;
    while (right && p.next < count && strcmp(words[p.next], "--") != 0 && !is_script(&p))
        right = read_word(&p, words[p.next++]);
    if (right && p.next < count && !is_script(&p)) p.next++; // the `--`
    while (right && p.next < count) *od_array_push(arena, &args->operands) = words[p.next++];
    *complaint = p.complaint;
}
