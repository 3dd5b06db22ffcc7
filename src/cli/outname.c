#include "cli/outname.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "report/print.h"

#include <limits.h>
#include <strings.h>

// ---- patterns ----------------------------------------------------------------------------------

static void add_literal(od_diagnostics *log, od_name_pattern *pattern, od_buf *literal) {
    if (literal->size)
        *od_array_push(log->arena, &pattern->parts) =
            (od_name_part){od_arena_copy(log->arena, od_buf_slice(literal)), false};
    literal->size = 0;
}

// Reads the slot whose brace stands at `*at` and moves `*at` past it; false when it has no end or no
// name.
static bool read_slot(od_diagnostics *log, od_slice text, size_t *at, od_name_pattern *pattern) {
    const size_t end = od_slice_find(text, OD_SLICE("}"), *at);
    if (end == SIZE_MAX) return false;
    const od_slice name = od_slice_trim(od_slice_cut(text, *at + 1, end));
    *od_array_push(log->arena, &pattern->parts) = (od_name_part){name, true};
    *at = end + 1;
    return name.size > 0;
}

bool od_name_pattern_read(od_diagnostics *log, const char *given, od_name_pattern *pattern,
                          od_slice *why) {
    const od_slice text = od_slice_of(given);
    od_buf literal = {0};
    bool right = true;
    *pattern = (od_name_pattern){0};
    for (size_t at = 0; at < text.size && right;) {
        const char byte = text.data[at];
        const bool is_brace = byte == '{' || byte == '}';
        const bool doubled = is_brace && at + 1 < text.size && text.data[at + 1] == byte;
        if (byte == '{' && !doubled) {
            add_literal(log, pattern, &literal);
            right = read_slot(log, text, &at, pattern);
            continue;
        }
        right = byte != '}' || doubled;
        od_buf_byte(&literal, byte);
        at += doubled ? 2 : 1;
    }
    add_literal(log, pattern, &literal);
    od_buf_free(&literal);
    if (!right)
        *why = od_say(log,
                      OD_SAY("“{1}” has a brace without its pair; a column is written {branch}, a brace "
                             "itself {{",
                             "“{1}”里的花括号没有配对；列名写作 {支部}，花括号本身写作 {{"),
                      text);
    else if (od_slice_ends(text, OD_SLICE("/")))
        *why = od_say(log,
                      OD_SAY("“{1}” names a folder; add the name of the files, such as {row}.md",
                             "“{1}”只是文件夹；请加上文件名，如 {row}.md"),
                      text);
    else return true;
    return false;
}

bool od_name_is_row(od_slice slot) {
    return od_slice_is(slot, "row");
}

bool od_name_pattern_varies(const od_name_pattern *pattern) {
    for (size_t i = 0; i < pattern->parts.count; i++)
        if (pattern->parts.items[i].is_slot) return true;
    return false;
}

// ---- values ------------------------------------------------------------------------------------

typedef struct fault {
    bool wrong;
    od_text why;
} fault;

// Returns the first of the faults that is one, or NULL.
static const fault *first_fault(const fault *faults, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (faults[i].wrong) return &faults[i];
    return NULL;
}

static bool has_any(od_slice text, const char *bytes) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] && strchr(bytes, text.data[i])) return true;
    return false;
}

static bool has_hidden(od_slice text) {
    for (size_t at = 0, size; at < text.size; at += size)
        if (od_print_hidden(od_utf8_read(text, at, &size))) return true;
    return false;
}

static bool check_value(od_diagnostics *log, od_slice value, od_slice *why) {
    const fault faults[] = {
        {!value.size, OD_SAY("the name of the file needs this value, and it is empty",
                             "文件名要用到这个值，它却是空的")},
        {has_any(value, "/\\"), OD_SAY("“{1}” would lead into another folder; a value in a file name "
                                       "has no / or \\",
                                       "“{1}”会指向别的文件夹；用作文件名的值不能有 / 或 \\")},
        {od_slice_is(value, "..") || od_slice_is(value, "."),
         OD_SAY("“{1}” is the name of a folder, not of a file", "“{1}”指的是文件夹，不能用作文件名")},
        {has_hidden(value), OD_SAY("“{1}” has characters that cannot be seen in a file name",
                                   "“{1}”里有看不见的字符，不能用作文件名")},
        {has_any(value, "<>:\"|?*"),
         OD_SAY("“{1}” has one of < > : \" | ? *, which Windows does not allow in file names",
                "“{1}”里有 < > : \" | ? * 之一，Windows的文件名不允许")},
    };
    const fault *const found = first_fault(faults, sizeof faults / sizeof *faults);
    if (found) *why = od_say(log, found->why, value);
    return !found;
}

// ---- parts of the path -------------------------------------------------------------------------

// Whether Windows has a device of that name, whatever follows a dot.
static bool is_device(od_slice name) {
    static const char *const DEVICES[] = {"con", "prn", "aux", "nul", "conin$", "conout$"};
    static const char *const NUMBERED[] = {"com", "lpt"};
    static const char *const DIGITS[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
                                         "¹", "²", "³"};
    const char *const dot = name.size ? memchr(name.data, '.', name.size) : NULL;
    od_slice stem = od_slice_trim(dot ? od_slice_cut(name, 0, (size_t)(dot - name.data)) : name);
    for (size_t i = 0; i < sizeof DEVICES / sizeof *DEVICES; i++)
        if (stem.size == strlen(DEVICES[i]) && !strncasecmp(stem.data, DEVICES[i], stem.size))
            return true;
    for (size_t i = 0; i < sizeof NUMBERED / sizeof *NUMBERED; i++)
        for (size_t j = 0; j < sizeof DIGITS / sizeof *DIGITS; j++)
            if (stem.size == 3 + strlen(DIGITS[j]) && !strncasecmp(stem.data, NUMBERED[i], 3) &&
                od_slice_ends(stem, od_slice_of(DIGITS[j])))
                return true;
    return false;
}

static bool check_part(od_diagnostics *log, od_slice part, od_slice *why) {
    const fault faults[] = {
        {part.size > NAME_MAX, OD_SAY("the file name has {2} bytes, and {3} are allowed (some {4} "
                                      "Chinese characters); shorten the value",
                                      "文件名有{2}字节，最多{3}字节（约{4}个汉字）；请改短")},
        {od_slice_is(part, ".") || od_slice_is(part, ".."),
         OD_SAY("“{1}” is the name of a folder, not of a file", "“{1}”指的是文件夹，不能用作文件名")},
        {od_slice_ends(part, OD_SLICE(".")) || od_slice_ends(part, OD_SLICE(" ")),
         OD_SAY("“{1}” ends in a dot or space, which Windows drops",
                "“{1}”末尾是点或空格，Windows会去掉它")},
        {is_device(part), OD_SAY("“{1}” is the name of a device on Windows, not of a file",
                                 "“{1}”在Windows上是设备名，不能用作文件名")},
    };
    const fault *const found = first_fault(faults, sizeof faults / sizeof *faults);
    if (found)
        *why = od_say(log, found->why, part, od_arena_number(log->arena, part.size),
                      od_arena_number(log->arena, NAME_MAX), od_arena_number(log->arena, NAME_MAX / 3));
    return !found;
}

// Returns the part of `path` that holds byte `at`.
static od_slice part_at(od_slice path, size_t at) {
    size_t start = at, end = at;
    while (start > 0 && path.data[start - 1] != '/') start--;
    while (end < path.size && path.data[end] != '/') end++;
    return od_slice_cut(path, start, end);
}

// ---- names -------------------------------------------------------------------------------------

od_slice od_name_make(od_diagnostics *log, const od_name_pattern *pattern, const od_slice *values,
                      od_slice *why, size_t *slot) {
    const size_t count = pattern->parts.count;
    od_slice *const pieces = od_arena_array(log->arena, od_slice, count);
    size_t next = 0;
    bool right = true;
    *why = (od_slice){0};
    for (size_t i = 0; i < count; i++) {
        const od_name_part *const part = &pattern->parts.items[i];
        pieces[i] = part->is_slot ? values[next] : part->text;
        if (part->is_slot && right && !(right = check_value(log, values[next], why))) *slot = next;
        next += part->is_slot;
    }
    const od_slice name = od_arena_join(log->arena, pieces, count);
    size_t at = 0;
    next = 0;
    for (size_t i = 0; i < count && right; at += pieces[i].size, i++) {
        if (!pattern->parts.items[i].is_slot) continue;
        right = check_part(log, part_at(name, at), why);
        *slot = next++;
    }
    if (right && name.size >= PATH_MAX) {
        *why = od_say(log, OD_SAY("the name of the file with its folders is too long; shorten the value",
                                  "文件名连同文件夹太长，请改短"));
        *slot = 0;
    }
    return name;
}

od_slice od_name_fold(od_arena *arena, od_slice name) {
    od_buf folded = {0};
    for (size_t at = 0, size; at < name.size; at += size) {
        char bytes[4];
        const uint32_t code = od_utf8_read(name, at, &size);
        if (code == OD_NOT_UTF8) od_buf_byte(&folded, name.data[at]);
        else od_buf_add(&folded, (od_slice){bytes, od_utf8_write(od_lower_case(code), bytes)});
    }
    const od_slice copy = od_arena_copy(arena, od_buf_slice(&folded));
    od_buf_free(&folded);
    return copy;
}
