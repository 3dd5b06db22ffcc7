#include "profile/ere.h"

#include "base/bracket.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "document/fold.h"

#include <locale.h>

// How large the parts of an expression come out: counted repeats multiply (`(a{200}){200}`).
typedef struct group {
    size_t size; // of what is complete in it
    size_t atom; // of its last atom, which a repeat may still multiply
} group;

typedef struct translator {
    od_arena *arena;
    od_slice text;
    od_ere_use use;
    size_t at;
    od_buf out;
    OD_ARRAY(group) groups; // open ones; the first is the whole expression
    od_text why;
} translator;

static bool refuse(translator *t, od_text why) {
    t->why = why;
    return false;
}

static bool refuse_size(translator *t) {
    return refuse(t, OD_SAY("a regular expression past a limit (its size, or nested groups)",
                            "正则表达式超过上限（长度或括号层数）"));
}

// ---- what comes out ----------------------------------------------------------------------------

static bool add_atom(translator *t, size_t size) {
    group *const g = &t->groups.items[t->groups.count - 1];
    g->size += g->atom;
    g->atom = size;
    return g->size + size <= od_limit_value(REGEX_SIZE) || refuse_size(t);
}

static void put_byte_range(translator *t, unsigned char first, unsigned char last) {
    if (first == last) {
        od_buf_byte(&t->out, (char)first);
        return;
    }
    od_buf_add(&t->out, (od_slice){(const char[]){'[', (char)first, '-', (char)last, ']'}, 5});
}

// Puts the bytes of `first` to `last`, which must differ in such a way that the bytes at each place
// are one range of their own.
static size_t put_sequence(translator *t, uint32_t first, uint32_t last) {
    char low[4], high[4];
    const size_t size = od_utf8_write(first, low);
    od_utf8_write(last, high);
    od_buf_byte(&t->out, '|');
    for (size_t i = 0; i < size; i++)
        put_byte_range(t, (unsigned char)low[i], (unsigned char)high[i]);
    return size;
}

// Puts the UTF-8 sequences of a range beyond ASCII as alternatives, each after a `|`: the range is
// cut where the size of a sequence changes and where a later byte would not run through all its
// values.
static size_t put_range(translator *t, uint32_t first, uint32_t last) {
    static const uint32_t LAST_OF_SIZE[] = {0x7FF, 0xFFFF, 0x10FFFF};
    size_t states = 0;
    while (first <= last) {
        uint32_t end = last;
        for (size_t i = 0; i < sizeof LAST_OF_SIZE / sizeof *LAST_OF_SIZE; i++)
            if (first <= LAST_OF_SIZE[i] && end > LAST_OF_SIZE[i]) end = LAST_OF_SIZE[i];
        for (uint32_t low = 0x3F; low < 0x40000; low = low << 6 | 0x3F) {
            if ((first & ~low) == (end & ~low)) continue;
            if (first & low) end = first | low;
            else if ((end & low) != low) end = (end & ~low) - 1;
        }
        states += put_sequence(t, first, end);
        first = end + 1;
    }
    return states;
}

// Puts ASCII members as a bracket expression, in which `]` is first, `^` not, `-` last.
static void put_ascii(translator *t, const bool members[128]) {
    size_t count = 0;
    for (int c = 1; c < 128; c++) count += members[c];
    if (count == 127) {
        od_buf_text(&t->out, "[\x01-\x7F]");
        return;
    }
    if (count == 1 && members['^']) {
        od_buf_text(&t->out, "\\^");
        return;
    }
    od_buf_byte(&t->out, '[');
    if (members[']']) od_buf_byte(&t->out, ']');
    for (int c = 1; c < 128; c++)
        if (members[c] && !strchr("]^[-", c)) od_buf_byte(&t->out, (char)c);
    for (const char *c = "^[-"; *c; c++)
        if (members[(int)*c]) od_buf_byte(&t->out, *c);
    od_buf_byte(&t->out, ']');
}

// Puts a set of characters as one atom.
static bool put_set(translator *t, od_char_set *set) {
    od_char_set_normalize(t->arena, set);
    bool ascii[128] = {false};
    bool has_ascii = false;
    size_t states = 1;
    od_buf_byte(&t->out, '(');
    const size_t start = t->out.size;
    for (size_t i = 0; i < set->ranges.count; i++)
        for (uint32_t c = set->ranges.items[i].first; c < 128; c++)
            if (c && c <= set->ranges.items[i].last) ascii[c] = has_ascii = true;
    if (has_ascii) put_ascii(t, ascii);
    for (size_t i = 0; i < set->ranges.count; i++) {
        od_range range = set->ranges.items[i];
        if (range.first < 0x80) range.first = 0x80;
        if (range.first <= range.last) states += put_range(t, range.first, range.last);
    }
    // Each sequence came after a `|`, the first of them too much.
    if (!has_ascii && t->out.size > start) {
        memmove(t->out.data + start, t->out.data + start + 1, t->out.size - start - 1);
        t->out.size--;
    }
    od_buf_byte(&t->out, ')');
    return add_atom(t, states);
}

// ---- what goes in ------------------------------------------------------------------------------

static od_slice fold_one(translator *t, uint32_t code) {
    char bytes[4];
    return od_fold(t->arena, (od_slice){bytes, od_utf8_write(code, bytes)});
}

static bool is_folded(const translator *t) {
    return t->use == OD_ERE_FOLDED;
}

// Folds the ends of each range, so that a set written in full width means the same in half width.
static void fold_set(translator *t, od_char_set *set) {
    size_t count = 0, size;
    for (size_t i = 0; i < set->ranges.count; i++) {
        od_range range = set->ranges.items[i];
        const od_slice first = fold_one(t, range.first), last = fold_one(t, range.last);
        if (range.first == range.last && !first.size) continue; // white space: folded text has none
        if (first.size) range.first = od_utf8_read(first, 0, &size);
        if (last.size) range.last = od_utf8_read(last, 0, &size);
        if (range.first <= range.last) set->ranges.items[count++] = range;
    }
    set->ranges.count = count;
}

static bool read_set(translator *t) {
    od_char_set set;
    const size_t end = od_bracket_read(t->arena, t->text, t->at, OD_BRACKET_ERE, &set);
    if (end == SIZE_MAX)
        return refuse(t, OD_SAY("a `[` that is not closed, or whose content is no set of "
                                "characters",
                                "“[”没有对应的“]”，或者其中的内容有误"));
    t->at = end;
    if (is_folded(t)) fold_set(t, &set);
    if (!set.ranges.count && !set.negated) { // only white space, which folding took
        od_buf_text(&t->out, "()");
        return add_atom(t, 1);
    }
    return put_set(t, &set);
}

static bool put_class(translator *t, char letter) {
    static const struct {
        char letter;
        const char *class;
    } CLASSES[] = {{'d', "digit"}, {'w', "alnum"}, {'s', "space"}};
    od_char_set set = {.negated = letter < 'a'};
    for (size_t i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++)
        if (CLASSES[i].letter == (letter | 32))
            od_char_set_add_class(t->arena, &set, od_slice_of(CLASSES[i].class));
    if ((letter | 32) == 'w') od_char_set_add(t->arena, &set, '_', '_');
    return put_set(t, &set);
}

static bool is_one_of(char byte, const char *bytes) {
    return byte && strchr(bytes, byte);
}

static bool put_literal(translator *t, od_slice text) {
    // One atom, so that a repeat after it takes all its bytes; nothing is an atom too.
    const bool repeats = t->at < t->text.size && is_one_of(t->text.data[t->at], "*+?{");
    const bool grouped = !text.size || (text.size > 1 && repeats);
    if (grouped) od_buf_byte(&t->out, '(');
    for (size_t i = 0; i < text.size; i++) {
        if (is_one_of(text.data[i], ".[]\\()*+?{}|^$")) od_buf_byte(&t->out, '\\');
        od_buf_byte(&t->out, text.data[i]);
    }
    if (grouped) od_buf_byte(&t->out, ')');
    return add_atom(t, text.size ? text.size : 1);
}

static bool read_literal(translator *t) {
    size_t size;
    const uint32_t code = od_utf8_read(t->text, t->at, &size);
    const od_slice text = od_slice_cut(t->text, t->at, t->at + size);
    t->at += size;
    return put_literal(t, is_folded(t) && code != OD_NOT_UTF8 ? fold_one(t, code) : text);
}

static bool read_escape(translator *t) {
    if (++t->at == t->text.size)
        return refuse(t, OD_SAY("a `\\` at the end of a regular expression", "正则表达式以“\\”结尾"));
    const char byte = t->text.data[t->at];
    if (is_one_of(byte, "dwsDWS")) {
        t->at++;
        return put_class(t, byte);
    }
    if (byte == 'b' || byte == 'B') {
        t->at++;
        od_buf_add(&t->out, (od_slice){(const char[]){'\\', byte}, 2});
        return add_atom(t, 1);
    }
    if (od_is_ascii_alpha((unsigned char)byte) || od_is_digit((unsigned char)byte))
        return refuse(t, OD_SAY("a `\\` before a letter or digit that has no meaning there",
                                "“\\”后面的字母或数字没有特殊含义"));
    return read_literal(t);
}

static bool open_group(translator *t) {
    if (t->groups.count > od_limit_value(REGEX_DEPTH)) return refuse_size(t);
    *od_array_push(t->arena, &t->groups) = (group){0};
    od_buf_byte(&t->out, '(');
    t->at++;
    return true;
}

static bool close_group(translator *t) {
    if (t->groups.count == 1)
        return refuse(t, OD_SAY("a `)` without its `(`", "“)”没有对应的“(”"));
    const group g = t->groups.items[--t->groups.count];
    od_buf_byte(&t->out, ')');
    t->at++;
    return add_atom(t, g.size + g.atom + 1);
}

// Reads the digits at the place of the expression; a number past the limit stays past it.
static size_t read_number(translator *t) {
    size_t number = 0;
    for (; t->at < t->text.size && od_is_digit((unsigned char)t->text.data[t->at]); t->at++) {
        od_buf_byte(&t->out, t->text.data[t->at]);
        if (number <= od_limit_value(REGEX_SIZE))
            number = number * 10 + (size_t)(t->text.data[t->at] - '0');
    }
    return number;
}

static bool read_count(translator *t) {
    od_buf_byte(&t->out, '{');
    t->at++;
    size_t count = read_number(t);
    if (t->at < t->text.size && t->text.data[t->at] == ',') {
        od_buf_byte(&t->out, ',');
        t->at++;
        const size_t most = read_number(t);
        if (most > count) count = most;
    }
    if (t->at == t->text.size || t->text.data[t->at] != '}')
        return refuse(t, OD_SAY("a `{` that is no repeat such as `{2}` or `{1,3}`; a brace "
                                "itself is "
                                "written `\\{`",
                                "“{”应写成重复次数，如“{2}”或“{1,3}”；花括号本身要写成“\\{”"));
    od_buf_byte(&t->out, '}');
    t->at++;
    group *const g = &t->groups.items[t->groups.count - 1];
    if (count > 1) g->atom *= count;
    return g->size + g->atom <= od_limit_value(REGEX_SIZE) || refuse_size(t);
}

static bool read_sign(translator *t, char sign) {
    od_buf_byte(&t->out, sign);
    t->at++;
    return true;
}

static bool read_any(translator *t) {
    od_char_set any = {.negated = true};
    t->at++;
    return put_set(t, &any);
}

static bool read_part(translator *t) {
    const char byte = t->text.data[t->at];
    switch (byte) {
    case '[': return read_set(t);
    case '\\': return read_escape(t);
    case '(': return open_group(t);
    case ')': return close_group(t);
    case '{': return read_count(t);
    case '*':
    case '+':
    case '?':
    case '|':
    case '^':
    case '$': return read_sign(t, byte);
    case '.': return read_any(t);
    default: return read_literal(t);
    }
}

static bool translate(translator *t) {
    if (!t->text.size) return refuse(t, OD_SAY("an empty regular expression", "正则表达式是空的"));
    *od_array_push(t->arena, &t->groups) = (group){0};
    while (t->at < t->text.size)
        if (!read_part(t)) return false;
    if (t->groups.count > 1)
        return refuse(t, OD_SAY("a `(` without its `)`", "“(”没有对应的“)”"));
    od_buf_byte(&t->out, '\0');
    return true;
}

// ---- libc --------------------------------------------------------------------------------------

static od_text error_text(int error) {
    switch (error) {
    case REG_BADRPT:
        return OD_SAY("a `*`, `+`, `?` or `{` with nothing before it to repeat",
                      "“*”“+”“?”“{”前面没有可以重复的内容");
    case REG_BADBR:
        return OD_SAY("a repeat whose numbers are not in order", "重复次数的两个数字大小颠倒");
    case REG_ESPACE: return OD_SAY("the regular expression is too large", "正则表达式过于复杂");
    default: return OD_SAY("not a regular expression (POSIX ERE)", "不是有效的正则表达式（POSIX ERE）");
    }
}

// In the locale C libc takes bytes for characters, which is what the translation is made for.
static int compile(regex_t *regex, const char *text, int flags) {
    const locale_t bytes = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    const locale_t before = uselocale(bytes);
    const int error = regcomp(regex, text, flags);
    uselocale(before);
    freelocale(bytes);
    return error;
}

bool od_ere_compile(od_arena *arena, od_slice text, od_ere_use use, regex_t *regex, od_text *why) {
    translator t = {.arena = arena, .text = text, .use = use};
    bool done = translate(&t);
    if (done) {
        const int error =
            compile(regex, t.out.data, REG_EXTENDED | (is_folded(&t) ? REG_ICASE : 0));
        if (error) done = refuse(&t, error_text(error));
    }
    if (!done) *why = t.why;
    od_buf_free(&t.out);
    return done;
}
