// How a draft's text is read: its headings and its placeholders.
#include "profile/loader.h"
#include "profile/pattern.h"

// ---- headings ----------------------------------------------------------------------------------

// A name and the examples by which people know the form better, folded.
static const struct form_name {
    const char *name;
    unsigned forms;
} FORM_NAMES[] = {
    {"markup", 1u << OD_FORM_MARKUP},
    {"#", 1u << OD_FORM_MARKUP},
    {"##", 1u << OD_FORM_MARKUP},
    {"han", 1u << OD_FORM_HAN},
    {"一、", 1u << OD_FORM_HAN},
    {"han-paren", 1u << OD_FORM_HAN_PAREN},
    {"(一)", 1u << OD_FORM_HAN_PAREN},
    {"arabic", 1u << OD_FORM_ARABIC},
    {"1.", 1u << OD_FORM_ARABIC},
    {"arabic-paren", 1u << OD_FORM_ARABIC_PAREN},
    {"(1)", 1u << OD_FORM_ARABIC_PAREN},
    {"chapter", 1u << OD_FORM_CHAPTER},
    {"第一章", 1u << OD_FORM_CHAPTER},
    {"第一节", 1u << OD_FORM_CHAPTER},
    {"第一部分", 1u << OD_FORM_CHAPTER},
    {"decimal", 1u << OD_FORM_DECIMAL},
    {"1.1", 1u << OD_FORM_DECIMAL},
    {"bold", 1u << OD_FORM_BOLD},
    {"**", 1u << OD_FORM_BOLD},
    {"default", ((1u << OD_FORM_COUNT) - 1) & ~(1u << OD_FORM_DECIMAL | 1u << OD_FORM_BOLD)},
};

static bool find_forms(od_slice name, unsigned *forms) {
    for (size_t i = 0; i < OD_COUNT(FORM_NAMES); i++) {
        if (!od_slice_is(name, FORM_NAMES[i].name)) continue;
        *forms |= FORM_NAMES[i].forms;
        return true;
    }
    return false;
}

void od_load_headings(od_loader *l, const od_entry *entry) {
    if (!entry) return;
    size_t count;
    const od_value **const texts = od_load_texts(l, entry, &count);
    unsigned forms = 0;
    for (size_t i = 0; i < count; i++) {
        if (find_forms(texts[i]->text, &forms) ||
            find_forms(od_fold(l->arena, texts[i]->text), &forms))
            continue;
        od_load_fail(l, texts[i]->span,
                     od_say(l->failures,
                            OD_SAY("“{1}” is no form of heading; known are: “##”, 一、, （一）, 1., "
                                   "（1）, "
                                   "第一章, 1.1, “**”, default",
                                   "“{1}”不是已知的标题形式；可用：“##”、一、、（一）、1.、（1）、第一章、1.1、“**”、"
                                   "default"),
                            texts[i]->text));
    }
    if (forms) l->profile->outline.forms = forms;
}

// ---- input -------------------------------------------------------------------------------------

// Which reader a draft needs is known before its profile is, from its name.
static void read_plain_text(od_loader *l, const od_entry *entry, void *target) {
    static const od_choice CHOICES[] = {{"auto", 0}};
    int chosen;
    (void)target;
    od_load_choice(l, entry, CHOICES, OD_COUNT(CHOICES), &chosen);
}

void od_load_input(od_loader *l, const od_entry *entry) {
    static const od_key_spec KEYS[] = {
        {"plain_text", read_plain_text, 0},
        {"run_in_headings", od_read_not, offsetof(od_outline_options, no_run_in)},
    };
    if (entry)
        od_load_keys(l, &entry->value, OD_SAY("`input`", "“input”"), KEYS, OD_COUNT(KEYS),
                     &l->profile->outline);
}

// ---- placeholders ------------------------------------------------------------------------------

// Names, and those examples that are no blanks where they stand alone.
static const struct style_name {
    const char *name;
    unsigned styles;
} STYLE_NAMES[] = {
    {"run", 1u << OD_BLANK_RUN},      {"xx", 1u << OD_BLANK_RUN},
    {"single", 1u << OD_BLANK_SINGLE}, {"X", 1u << OD_BLANK_SINGLE},
    {"×", 1u << OD_BLANK_SINGLE},     {"line", 1u << OD_BLANK_LINE},
    {"__", 1u << OD_BLANK_LINE},      {"empty", 1u << OD_BLANK_EMPTY},
    {"hint", 1u << OD_BLANK_HINT},    {"named", 1u << OD_BLANK_NAMED},
    {"{{ }}", 1u << OD_BLANK_NAMED},  {"{{}}", 1u << OD_BLANK_NAMED},
    {"word", 1u << OD_BLANK_WORD},    {"form", 1u << OD_BLANK_FORM},
    {"note", 1u << OD_BLANK_NOTE},    {"all", OD_BLANK_ALL},
};

// Reads an example as a draft with nothing else in it.
static bool find_style(od_loader *l, od_slice example, unsigned *styles) {
    for (size_t i = 0; i < OD_COUNT(STYLE_NAMES); i++) {
        if (!od_slice_is(example, STYLE_NAMES[i].name)) continue;
        *styles |= STYLE_NAMES[i].styles;
        return true;
    }
    const od_stretch whole = {0, {0, example.size}, OD_STRETCH_EXACT};
    const od_visible visible = {example, &whole, 1};
    const od_blank_options options = {.plain_text = true};
    od_blank_list found = {0};
    od_blank_find(l->arena, &visible, &options, &found);
    if (!found.count) return false;
    *styles |= 1u << found.items[0].style;
    return true;
}

static void read_styles(od_loader *l, const od_entry *entry, void *target) {
    size_t count;
    const od_value **const texts = od_load_texts(l, entry, &count);
    unsigned styles = 0;
    for (size_t i = 0; i < count; i++) {
        if (find_style(l, texts[i]->text, &styles)) continue;
        od_load_fail(l, texts[i]->span,
                     od_say(l->failures,
                            OD_SAY("“{1}” is no style of blank; known are such as: XX, X月, ____, "
                                   "（　）, "
                                   "【请填写】, “{{ }}”, 某某, all",
                                   "“{1}”不是已知的空白形式；可用：XX、X月、____、（　）、【请填写】、“{{ }}”、某某、"
                                   "all等"),
                            texts[i]->text));
    }
    if (styles) ((od_blank_options *)target)->styles = styles;
}

// Adds the texts to those of the base; expressions are compiled when all are known.
static void read_keep(od_loader *l, const od_entry *entry, void *target) {
    od_blank_options *const blanks = target;
    size_t count;
    const od_value **const texts = od_load_texts(l, entry, &count);
    od_slice *const keep = od_arena_array(l->arena, od_slice, blanks->keep_count + count);
    if (blanks->keep_count) memcpy(keep, blanks->keep, blanks->keep_count * sizeof *keep);
    for (size_t i = 0; i < count; i++) {
        od_pattern pattern;
        od_text why;
        if (!od_slice_starts(texts[i]->text, OD_SLICE("re:"))) {
            keep[blanks->keep_count++] = texts[i]->text;
        } else if (od_pattern_read_exact(l->arena, texts[i]->text, &pattern, &why)) {
            *od_array_push(l->arena, l->keep_regexes) = pattern.text;
            od_pattern_free(&pattern);
        } else {
            od_load_fail(l, texts[i]->span, od_say(l->failures, why));
        }
    }
    blanks->keep = keep;
}

// The expressions stand in one array, so those of the bases are compiled again for this profile.
static void compile_keep(od_loader *l) {
    regex_t *const regexes = od_arena_array(l->arena, regex_t, l->keep_regexes->count);
    l->profile->blanks.keep_regex = regexes;
    l->profile->blanks.keep_regex_count = l->keep_regexes->count;
    for (size_t i = 0; i < l->keep_regexes->count; i++) {
        od_text why;
        if (od_ere_compile(l->arena, l->keep_regexes->items[i], OD_ERE_EXACT, &regexes[i], &why))
            *od_array_push(l->arena, &l->profile->regexes) = &regexes[i];
    }
}

static void read_severity(od_loader *l, const od_entry *entry, void *target) {
    static const od_choice CHOICES[] = {
        {"info", OD_INFO}, {"warning", OD_WARNING}, {"error", OD_ERROR}};
    int chosen;
    if (od_load_choice(l, entry, CHOICES, OD_COUNT(CHOICES), &chosen))
        *(od_severity *)target = (od_severity)chosen;
}

static const od_key_spec LEFTOVER_KEYS[] = {
    {"draft", read_severity, offsetof(od_profile, leftover_draft)},
    {"final", read_severity, offsetof(od_profile, leftover_final)},
};

static void read_leftover(od_loader *l, const od_entry *entry, void *target) {
    od_profile *const profile = l->profile;
    (void)target;
    if (!profile->has_leftover) {
        profile->leftover_draft = OD_WARNING;
        profile->leftover_final = OD_ERROR;
    }
    profile->has_leftover = true;
    od_load_keys(l, &entry->value, OD_SAY("`leftover`", "“leftover”"), LEFTOVER_KEYS,
                 OD_COUNT(LEFTOVER_KEYS), profile);
}

void od_load_placeholders(od_loader *l, const od_entry *entry) {
    static const od_key_spec KEYS[] = {
        {"styles", read_styles, 0},
        {"keep", read_keep, 0},
        {"leftover", read_leftover, 0},
    };
    if (entry)
        od_load_keys(l, &entry->value, OD_SAY("`placeholders`", "“placeholders”"), KEYS,
                     OD_COUNT(KEYS), &l->profile->blanks);
    if (l->keep_regexes->count) compile_keep(l);
}
