#include "document/links.h"

#include "base/utf8.h"

// Whether a letter or digit of any script stands at `at`; `*size` is its bytes.
static bool is_word(od_slice text, size_t at, size_t *size) {
    *size = 1;
    if (at >= text.size) return false;
    const uint32_t code = od_utf8_read(text, at, size);
    return code != OD_NOT_UTF8 && od_is_alphanumeric(code);
}

static bool is_word_before(od_slice text, size_t at) {
    size_t size;
    if (at == 0) return false;
    const uint32_t code = od_utf8_read_before(text, at, &size);
    return code != OD_NOT_UTF8 && od_is_alphanumeric(code);
}

static bool is_one_of(od_slice text, size_t at, const char *bytes) {
    return at < text.size && text.data[at] && strchr(bytes, text.data[at]);
}

bool od_link_may_start(od_slice text, size_t at) {
    if (is_word_before(text, at)) return false;
    return at == 0 || text.data[at - 1] != '_' || !is_word_before(text, at - 1);
}

bool od_link_starts_www(od_slice text, size_t at) {
    size_t size;
    return od_slice_starts(od_slice_from(text, at), OD_SLICE("www")) &&
           !is_word(text, at + 3, &size);
}

size_t od_link_scheme_start(od_slice text, size_t at) {
    static const char *const SCHEMES[] = {"https", "http", "ftp"};
    const od_slice before = od_slice_cut(text, 0, at);
    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
        const od_slice scheme = od_slice_of(SCHEMES[i]);
        if (od_slice_ends(before, scheme) && !is_word_before(text, at - scheme.size))
            return at - scheme.size;
    }
    return SIZE_MAX;
}

// Steps over a part of a host name, which ends in a letter or digit.
static bool host_part(od_slice text, size_t *at) {
    size_t size, end = *at;
    bool word = false;
    for (;; end += size) {
        const bool is = is_word(text, end, &size);
        if (!is && !is_one_of(text, end, "-_")) break;
        word = is;
    }
    *at = end;
    return word;
}

size_t od_link_host_end(od_slice text, size_t at, size_t *stop) {
    *stop = at;
    if (!host_part(text, stop)) return SIZE_MAX;
    size_t end = SIZE_MAX;
    while (is_one_of(text, *stop, ".")) {
        size_t next = *stop + 1;
        if (!host_part(text, &next)) break;
        *stop = end = next;
    }
    return end;
}

static const char TRAILING[] = "!\"')*,.:;?_~<";

// Whether nothing but marks stands between `at` and the next white space.
static bool is_link_end(od_slice text, size_t at) {
    while (is_one_of(text, at, TRAILING)) at++;
    return at >= text.size || is_one_of(text, at, " \t\r\n");
}

// Whether the `&` at `at` starts an entity at the end of the link.
static bool is_last_entity(od_slice text, size_t at) {
    size_t size, end = at + 1;
    while (is_word(text, end, &size)) end += size;
    return end > at + 1 && is_one_of(text, end, ";") && is_link_end(text, end + 1);
}

// Whether the byte at `at`, not a bracket, belongs to the path.
static bool is_path(od_slice text, size_t at) {
    size_t size;
    if (is_one_of(text, at, "&")) return !is_last_entity(text, at);
    if (is_one_of(text, at, " \t\r\n<]")) return false;
    return !is_one_of(text, at, TRAILING) || is_word(text, at + 1, &size);
}

size_t od_link_path_end(od_slice text, size_t at) {
    size_t open = 0;
    for (; at < text.size; at++) {
        const char c = text.data[at];
        if (c == '(') open++;
        else if (c == ')' && open == 0) break;
        else if (c == ')') open--;
        else if (!is_path(text, at)) break;
    }
    return at;
}

static bool is_name(od_slice text, size_t at, size_t *size) {
    return is_word(text, at, size) || is_one_of(text, at, ".-_+");
}

bool od_link_find_mail(od_slice text, size_t from, size_t *start, size_t *end) {
    size_t stop, size, name = from;
    bool named = false;
    for (size_t at = from; at < text.size; at += size) {
        if (is_name(text, at, &size)) {
            if (!named) name = at;
            named = true;
            continue;
        }
        if (named && text.data[at] == '@') {
            *end = od_link_host_end(text, at + 1, &stop);
            *start = name;
            if (*end != SIZE_MAX) return true;
        }
        named = false;
    }
    return false;
}
