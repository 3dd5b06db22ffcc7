// Stale words: what belongs to certain years, and is left over in the draft of another.
#include "profile/loader.h"

#include <limits.h>

typedef struct settings {
    od_slice text;
    const od_entry *years;
} settings;

static bool read_year(od_slice text, int *year) {
    int value = 0;
    if (text.size != 4) return false;
    for (size_t i = 0; i < 4; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
        value = value * 10 + (text.data[i] - '0');
    }
    *year = value;
    return value > 0;
}

// Reads `2021`, `2021-2022`, `2021-` or `-2022`.
static bool read_years(od_slice text, od_stale_word *word) {
    size_t dash = od_slice_find(text, OD_SLICE("-"), 0);
    const bool one = dash == SIZE_MAX;
    if (one) dash = text.size;
    const od_slice from = od_slice_trim(od_slice_cut(text, 0, dash));
    const od_slice to = one ? from : od_slice_trim(od_slice_from(text, dash + 1));
    word->to = INT_MAX;
    if (!from.size && !to.size) return false;
    return (!from.size || read_year(from, &word->from)) && (!to.size || read_year(to, &word->to)) &&
           word->from <= word->to;
}

static bool read_word(od_loader *l, const od_value *item, od_stale_word *word) {
    static const od_key_spec KEYS[] = {{"text", od_read_string, offsetof(settings, text)},
                                       {"years", od_read_entry, offsetof(settings, years)}};
    settings s = {.text = item->text};
    *word = (od_stale_word){.source = l->source, .span = item->span};
    if (item->kind != OD_SCALAR)
        od_load_keys(l, item, OD_SAY("a stale word", "过时用语"), KEYS, OD_COUNT(KEYS), &s);
    word->text = s.text;
    word->folded = od_fold(l->arena, s.text);
    if (!word->folded.size) {
        od_load_fail(l, item->span,
                     od_say(l->failures, OD_SAY("a stale word needs a `text`",
                                                "过时用语要写明 text（哪几个字）")));
        return false;
    }
    if (s.years && (s.years->value.kind != OD_SCALAR || !read_years(s.years->value.text, word)))
        od_load_fail_type(l, s.years, OD_SAY("a year or a span of years: 2021, 2021-2022 or 2021-",
                                             "年份或年份范围：2021、2021-2022 或 2021-"));
    return true;
}

void od_load_stale(od_loader *l, const od_entry *entry) {
    if (!entry) return;
    od_profile *const profile = l->profile;
    const bool is_list = entry->value.kind == OD_SEQUENCE;
    const od_value *const items = is_list ? entry->value.items : &entry->value;
    const size_t count = is_list ? entry->value.count : 1, before = profile->stale_count;
    od_stale_word *const words = od_arena_array(l->arena, od_stale_word, before + count);
    if (before) memcpy(words, profile->stale, before * sizeof *words);
    for (size_t i = 0; i < count; i++)
        if (read_word(l, &items[i], &words[profile->stale_count])) profile->stale_count++;
    profile->stale = words;
}
