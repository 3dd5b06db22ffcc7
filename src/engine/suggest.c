#include "engine/suggest.h"

#include "base/nearest.h"
#include "base/utf8.h"

enum { KEY_CHARS = 64, WINDOW_CHARS = 160 };

// Folded text as code points, each with the byte it starts at.
typedef struct codes {
    uint32_t code[WINDOW_CHARS + 1];
    size_t byte[WINDOW_CHARS + 1];
    size_t count;
} codes;

static void read_codes(od_slice text, size_t from, size_t bound, codes *c) {
    size_t size;
    c->count = 0;
    for (; from < text.size && c->count < bound; from += size) {
        c->code[c->count] = od_utf8_read(text, from, &size);
        c->byte[c->count++] = from;
    }
    c->byte[c->count] = from;
}

// Reads the characters of `leaf` around the mark at byte `mark`, `reach` on each side.
static void read_window(od_slice text, size_t mark, size_t reach, codes *window) {
    size_t from = mark, size;
    for (size_t n = 0; n < reach && from > 0; n++) {
        od_utf8_read_before(text, from, &size);
        from -= size;
    }
    read_codes(text, from, reach * 2 + 1, window);
}

typedef struct fit {
    size_t cost, start, end; // window indices
} fit;

// Finds the part of `window` that takes the fewest changes to become `key` (Sellers, 1980): as edit
// distance, but a match may start anywhere at no cost.
static fit best_fit(const codes *key, const codes *window) {
    size_t cost[KEY_CHARS + 1], start[KEY_CHARS + 1];
    for (size_t i = 0; i <= key->count; i++) cost[i] = i, start[i] = 0;
    fit best = {SIZE_MAX, 0, 0};
    for (size_t j = 0; j < window->count; j++) {
        size_t diagonal = cost[0], diagonal_start = start[0];
        start[0] = j + 1;
        for (size_t i = 1; i <= key->count; i++) {
            size_t c = diagonal + (key->code[i - 1] != window->code[j]);
            size_t s = i == 1 ? j : diagonal_start;
            if (cost[i] + 1 < c) c = cost[i] + 1, s = start[i];
            if (cost[i - 1] + 1 < c) c = cost[i - 1] + 1, s = start[i - 1];
            diagonal = cost[i];
            diagonal_start = start[i];
            cost[i] = c;
            start[i] = s;
        }
        if (cost[key->count] < best.cost)
            best = (fit){cost[key->count], start[key->count], j + 1};
    }
    return best;
}

static od_slice join(od_arena *arena, const od_phrase *phrase) {
    od_slice text = phrase->literals[0];
    for (size_t i = 0; i < phrase->slot_count; i++)
        text = od_arena_concat(arena, text, ((od_slice){(const char[]){OD_BLANK_MARK}, 1}),
                               phrase->literals[i + 1]);
    return text;
}

// Returns the end of the measure word that the phrase, ending at `end`, cuts short: 人次 for `XX人`.
static size_t whole_end(od_slice text, const od_phrase *phrase, size_t end) {
    const size_t last = phrase->literals[phrase->slot_count].size;
    if (!last || last > end) return end;
    const size_t measure = od_measure_word(od_slice_from(text, end - last)).size;
    return measure > last ? end - last + measure : end;
}

bool od_suggest_phrase(const od_reading *reading, const od_phrase *phrase, size_t *budget,
                       od_near *near) {
    codes key, window;
    read_codes(join(reading->arena, phrase), 0, KEY_CHARS + 1, &key);
    if (key.count > KEY_CHARS || !phrase->slot_count) return false;
    const size_t reach = key.count + 4 < WINDOW_CHARS / 2 ? key.count + 4 : WINDOW_CHARS / 2 - 1;
    size_t least = key.count / 3 + 1; // costs must stay below it
    bool found = false;
    for (size_t l = 0; l < reading->leaves.count; l++) {
        const od_leaf *const leaf = &reading->leaves.items[l];
        for (size_t i = 0; i < leaf->blank_count; i++) {
            const size_t work = key.count * (reach * 2 + 1);
            if (*budget < work) return found;
            *budget -= work;
            read_window(leaf->folded.text, leaf->marks[i], reach, &window);
            const fit f = best_fit(&key, &window);
            const size_t start = window.byte[f.start], end = window.byte[f.end];
            if (f.cost >= least || start > leaf->marks[i] || end <= leaf->marks[i]) continue;
            least = f.cost;
            found = true;
            const size_t whole = whole_end(leaf->folded.text, phrase, end);
            *near = (od_near){od_match_text(leaf, start, whole), od_match_span(leaf, start, whole),
                              f.cost == 0 && whole == end};
        }
    }
    return found;
}

// Looks at one more name, as long as the budget lasts.
static void consider(od_nearest *nearest, od_slice name, size_t *budget) {
    const size_t work = nearest->wrong.size * name.size + 1;
    if (*budget < work) return;
    *budget -= work;
    od_nearest_offer(nearest, name);
}

// Sections nest no deeper than YAML_DEPTH, so this recursion is bounded.
static void consider_sections(od_nearest *nearest, const od_section_rule *rules, size_t count,
                              size_t *budget) {
    for (size_t i = 0; i < count; i++) {
        consider(nearest, rules[i].id, budget);
        consider_sections(nearest, rules[i].children, rules[i].child_count, budget);
    }
}

od_slice od_suggest_name(const od_reading *reading, od_slice name, size_t *budget) {
    const od_profile *const profile = reading->profile;
    od_nearest nearest = {.wrong = name};
    for (size_t i = 0; profile && i < profile->field_count; i++)
        consider(&nearest, profile->fields[i].id, budget);
    if (profile)
        consider_sections(&nearest, profile->sections, profile->section_count, budget);
    for (size_t i = 0; i < reading->blanks.count; i++)
        if (reading->blanks.items[i].style == OD_BLANK_NAMED)
            consider(&nearest, reading->blanks.items[i].name, budget);
    return nearest.best;
}
