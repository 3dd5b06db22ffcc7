#include "profile/pattern.h"

#include "base/utf8.h"
#include "document/fold.h"

static const od_slice PREFIX = {"re:", 3};

static bool read_regex(od_arena *arena, od_slice text, od_ere_use use, od_pattern *pattern,
                       od_text *why) {
    regex_t *const regex = od_arena_new(arena, regex_t);
    if (!od_ere_compile(arena, text, use, regex, why)) return false;
    *pattern = (od_pattern){.text = text, .regex = regex};
    return true;
}

bool od_pattern_read(od_arena *arena, od_slice text, od_pattern *pattern, od_text *why) {
    if (od_slice_starts(text, PREFIX))
        return read_regex(arena, od_slice_from(text, PREFIX.size), OD_ERE_FOLDED, pattern, why);
    *pattern = (od_pattern){.text = text, .folded = od_fold(arena, text)};
    if (pattern->folded.size) return true;
    *why = OD_SAY("there is no text in it to look for", "里面没有可以查找的文字");
    return false;
}

bool od_pattern_read_exact(od_arena *arena, od_slice text, od_pattern *pattern, od_text *why) {
    const size_t start = od_slice_starts(text, PREFIX) ? PREFIX.size : 0;
    return read_regex(arena, od_slice_from(text, start), OD_ERE_EXACT, pattern, why);
}

void od_pattern_free(od_pattern *pattern) {
    if (pattern->regex) regfree(pattern->regex);
    pattern->regex = NULL;
}

// ---- matching ----------------------------------------------------------------------------------

static char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 32) : byte;
}

static bool is_same(const char *a, const char *b, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

static bool has_letters(od_slice text) {
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)((text.data[i] | 32) - 'a') < 26) return true;
    return false;
}

// Returns where `part` stands in `text` from `at` on, or SIZE_MAX.
static size_t find_part(od_slice text, od_slice part, size_t at) {
    if (!has_letters(part)) return od_slice_find(text, part, at);
    for (; at + part.size <= text.size; at++)
        if (is_same(text.data + at, part.data, part.size)) return at;
    return SIZE_MAX;
}

bool od_pattern_find(const od_pattern *pattern, od_slice folded, size_t at, od_span *match) {
    if (!pattern->regex) {
        match->start = find_part(folded, pattern->folded, at);
        match->end = match->start + pattern->folded.size;
        return match->start != SIZE_MAX;
    }
    regmatch_t found = {(regoff_t)at, (regoff_t)folded.size};
    const char *const text = folded.data ? folded.data : "";
    if (regexec(pattern->regex, text, 1, &found, REG_STARTEND) != 0) return false;
    *match = (od_span){(size_t)found.rm_so, (size_t)found.rm_eo};
    return true;
}

bool od_pattern_matches(const od_pattern *pattern, od_slice folded, size_t *size) {
    od_span match;
    if (!od_pattern_find(pattern, folded, 0, &match)) return false;
    *size = match.end - match.start;
    return true;
}

size_t od_pattern_count(const od_pattern *pattern, od_slice folded) {
    size_t count = 0, size;
    od_span match;
    for (size_t at = 0; at < folded.size && od_pattern_find(pattern, folded, at, &match);) {
        const bool empty = match.end == match.start;
        count += !empty;
        at = match.end;
        if (!empty || at >= folded.size) continue;
        od_utf8_read(folded, at, &size);
        at += size;
    }
    return count;
}
