#include "engine/beside.h"

#include "base/utf8.h"

// ---- names -------------------------------------------------------------------------------------

static bool is_letter(char byte) {
    return (unsigned char)((byte | 32) - 'a') < 26;
}

static bool is_same(od_slice a, od_slice b) {
    return a.size == b.size && (!a.size || strncasecmp(a.data, b.data, a.size) == 0);
}

// Returns a name without the suffix that texts have.
static od_slice stem_of(od_slice name) {
    static const char *const SUFFIXES[] = {".md", ".markdown", ".txt", ".text"};
    for (size_t i = 0; i < sizeof SUFFIXES / sizeof *SUFFIXES; i++) {
        const size_t size = strlen(SUFFIXES[i]);
        if (name.size <= size) continue;
        if (is_same(od_slice_from(name, name.size - size), od_slice_of(SUFFIXES[i])))
            return od_slice_cut(name, 0, name.size - size);
    }
    return name;
}

// Sets `*number` to the digits at the start of a name, behind letters such as `ADR-`, without zeros, and
// returns where they end; 0 for none.
static size_t number_of(od_slice name, od_slice *number) {
    size_t start = 0;
    while (start < name.size && is_letter(name.data[start])) start++;
    while (start < name.size && strchr("-_# ", name.data[start])) start++;
    size_t end = start;
    while (end < name.size && od_is_digit((unsigned char)name.data[end])) end++;
    if (end == start) return 0;
    while (start + 1 < end && name.data[start] == '0') start++;
    *number = od_slice_cut(name, start, end);
    return end;
}

// Returns what is named: the target of a `[link](target)`, without what leads to a part of it.
static od_slice target_of(od_slice text) {
    text = od_slice_trim(text);
    const size_t open = od_slice_find(text, OD_SLICE("]("), 0);
    if (open != SIZE_MAX && od_slice_ends(text, OD_SLICE(")")))
        text = od_slice_cut(text, open + 2, text.size - 1);
    const size_t part = od_slice_find(text, OD_SLICE("#"), 1);
    if (part != SIZE_MAX) text = od_slice_cut(text, 0, part);
    return od_slice_starts(text, OD_SLICE("./")) ? od_slice_from(text, 2) : text;
}

bool od_record_is(od_slice text, od_slice name) {
    const od_slice target = target_of(text);
    od_slice wanted, number;
    if (is_same(target, name) || is_same(stem_of(target), stem_of(name))) return target.size > 0;
    // A number alone, perhaps with its title behind it: `ADR-0012 New shed`.
    const size_t end = number_of(target, &wanted);
    const bool alone = end && (end == target.size || strchr(" :", target.data[end]));
    return alone && number_of(name, &number) && od_slice_equal(wanted, number);
}

// ---- functions ---------------------------------------------------------------------------------

// Returns the path of the draft, or NULL: standard input has none.
static const char *path_of(const od_view *view) {
    const char *const path = view->values->reading->document->source.path;
    return path && *path && *path != '<' && strcmp(path, "-") != 0 ? path : NULL;
}

static od_evaluation not_known(const od_view *view, od_arena *arena, od_slice *why) {
    od_answer_refuse(view, arena, why, OD_SAY("the files beside the draft", "与文稿同一文件夹的文件"),
                     (od_slice){0});
    return OD_NAME_MISSING;
}

od_evaluation od_names_draft(void *context, od_arena *arena, const od_worth *arguments,
                             od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    if (!view->values) return od_answer_truth(worth, false);
    const char *const path = path_of(view);
    if (!path) return not_known(view, arena, why);
    const char *const slash = strrchr(path, '/');
    return od_answer_truth(worth,
                           od_record_is(arguments[0].text, od_slice_of(slash ? slash + 1 : path)));
}

// A search for the file that a text names.
typedef struct search {
    od_slice text;
    bool found;
} search;

static bool take_name(void *taker, od_slice name) {
    search *const s = taker;
    s->found = od_record_is(s->text, name);
    return !s->found;
}

od_evaluation od_names_file(void *context, od_arena *arena, const od_worth *arguments,
                            od_worth *worth, od_slice *why) {
    const od_view *const view = context;
    if (!view->values) return od_answer_truth(worth, true);
    search s = {.text = arguments[0].text};
    const char *const path = path_of(view);
    const od_slice target = target_of(s.text);
    const bool elsewhere = target.size && memchr(target.data, '/', target.size);
    if (!path || elsewhere || !view->io || !view->io->list ||
        view->io->list(view->io->context, path, take_name, &s) != OD_OK)
        return not_known(view, arena, why);
    return od_answer_truth(worth, s.found);
}
