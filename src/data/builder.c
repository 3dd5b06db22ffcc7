#include "data/builder.h"

#include "base/block.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

bool od_builder_fail(od_builder *builder, od_status status, od_span span, od_slice message) {
    od_fail_at(builder->failures, builder->source, span, message);
    builder->status = status;
    return false;
}

void od_builder_reserve(od_builder *builder, size_t size) {
    enum { BYTES = 16 }; // that a value takes in a file, about
    const size_t limit = od_limit_value(YAML_NODES), wanted = size / BYTES + 1;
    builder->pending.capacity = wanted < limit ? wanted : limit;
    builder->pending.items =
        od_arena_bytes(&builder->scratch, builder->pending.capacity * sizeof(od_entry));
}

void od_builder_free(od_builder *builder) {
    od_arena_free(&builder->scratch);
}

static od_builder_frame *top(const od_builder *builder) {
    return builder->frames.count ? &builder->frames.items[builder->frames.count - 1] : NULL;
}

bool od_builder_wants_key(const od_builder *builder) {
    const od_builder_frame *const frame = top(builder);
    return frame && frame->kind == OD_MAPPING && !frame->has_key;
}

static bool count_nodes(od_builder *builder, size_t count, od_span span) {
    const size_t limit = od_limit_value(YAML_NODES);
    builder->nodes += count;
    if (builder->nodes <= limit) return true;
    return od_builder_fail(
        builder, OD_LIMIT, span,
        od_say(builder->failures,
               OD_SAY("more than {1} values in one file (limit: YAML nodes); split the file",
                      "一个文件里的值超过{1}个（上限：YAML 节点数），请拆分文件"),
               od_arena_number(builder->failures->arena, limit)));
}

// ---- keys --------------------------------------------------------------------------------------

bool od_builder_key(od_builder *builder, od_slice key, od_span span) {
    od_builder_frame *const frame = top(builder);
    frame->next.key = key;
    frame->next.key_span = span;
    frame->has_key = true;
    return count_nodes(builder, 1, span);
}

static int compare_keys(const void *left, const void *right) {
    const od_entry *const a = *(const od_entry *const *)left, *const b =
                                                                  *(const od_entry *const *)right;
    const int order = od_slice_compare(a->key, b->key);
    return order ? order : a < b ? -1 : a > b; // in the order of the file
}

static bool report_duplicate(od_builder *builder, const od_entry *first, const od_entry *second) {
    const size_t line = od_source_line_at(builder->source, first->key_span.start) + 1;
    return od_builder_fail(
        builder, OD_INVALID, second->key_span,
        od_say(builder->failures,
               OD_SAY("the key “{1}” is given twice, first on line {2}; keep one of them",
                      "键“{1}”写了两次，第一次在第{2}行；请只留一个"),
               second->key, od_arena_number(builder->failures->arena, line)));
}

// Looks at each pair, of which few entries have few.
static bool has_duplicates(const od_entry *entries, size_t count) {
    for (size_t i = 1; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (od_slice_equal(entries[i].key, entries[j].key)) return true;
    return false;
}

// Sorting, not hashing: no choice of keys can make it slow.
static bool check_duplicates(od_builder *builder, const od_entry *entries, size_t count) {
    enum { FEW = 8 };
    if (count <= FEW && !has_duplicates(entries, count)) return true;
    const od_mark mark = od_arena_mark(&builder->scratch);
    const od_entry **const sorted = od_arena_array(&builder->scratch, const od_entry *, count);
    for (size_t i = 0; i < count; i++) sorted[i] = &entries[i];
    qsort(sorted, count, sizeof *sorted, compare_keys);
    const od_entry *first = NULL, *second = NULL;
    for (size_t i = 1; i < count; i++) {
        if (!od_slice_equal(sorted[i - 1]->key, sorted[i]->key)) continue;
        if (second && second < sorted[i]) continue;
        first = sorted[i - 1];
        second = sorted[i];
    }
    od_arena_rewind(&builder->scratch, mark);
    return !second || report_duplicate(builder, first, second);
}

// ---- values ------------------------------------------------------------------------------------

bool od_builder_add(od_builder *builder, const od_built *built) {
    if (!count_nodes(builder, built->nodes, built->value.span)) return false;
    od_builder_frame *const frame = top(builder);
    if (!frame) {
        builder->root = built->value;
        builder->has_root = true;
        return true;
    }
    if (built->height + 1 > frame->height) frame->height = built->height + 1;
    frame->next.value = built->value;
    frame->has_key = false;
    *od_array_push(&builder->scratch, &builder->pending) = frame->next;
    return true;
}

bool od_builder_open(od_builder *builder, od_value_kind kind, size_t start) {
    const od_span span = {start, start + 1};
    if (builder->frames.count >= builder->depth_max)
        return od_builder_fail(
            builder, OD_LIMIT, span,
            od_say(builder->failures, builder->depth_message,
                   od_arena_number(builder->failures->arena, builder->depth_max)));
    *od_array_push(&builder->scratch, &builder->frames) =
        (od_builder_frame){.kind = kind,
                           .start = start,
                           .first = builder->pending.count,
                           .nodes_before = builder->nodes};
    return count_nodes(builder, 1, span);
}

size_t od_builder_last_end(const od_builder *builder) {
    return builder->pending.items[builder->pending.count - 1].value.span.end;
}

static const od_value *copy_items(od_arena *arena, const od_entry *entries, size_t count) {
    od_value *const items = od_arena_array(arena, od_value, count);
    for (size_t i = 0; i < count; i++) items[i] = entries[i].value;
    return items;
}

static const od_entry *copy_entries(od_arena *arena, const od_entry *entries, size_t count) {
    od_entry *const copy = od_arena_array(arena, od_entry, count);
    if (count) memcpy(copy, entries, count * sizeof *copy);
    return copy;
}

bool od_builder_close(od_builder *builder, size_t end, od_built *built) {
    const od_builder_frame frame = *top(builder);
    const size_t count = builder->pending.count - frame.first;
    const od_entry *const entries = count ? builder->pending.items + frame.first : NULL;
    od_value value = {.kind = frame.kind,
                      .source = builder->source,
                      .span = {frame.start, end},
                      .count = count};
    if (frame.kind == OD_SEQUENCE) value.items = copy_items(builder->arena, entries, count);
    else value.entries = copy_entries(builder->arena, entries, count);
    if (frame.kind == OD_MAPPING && !check_duplicates(builder, value.entries, count)) return false;
    builder->frames.count--;
    builder->pending.count = frame.first;
    *built = (od_built){value, builder->nodes - frame.nodes_before, frame.height + 1};
    builder->nodes = frame.nodes_before; // od_builder_add counts them again
    return od_builder_add(builder, built);
}

// ---- bytes -------------------------------------------------------------------------------------

static bool refuse_encoding(od_builder *builder, size_t at) {
    const od_slice bytes = builder->source->bytes;
    const od_span span = {at, at + 1};
    if (od_slice_starts(bytes, OD_SLICE("\xFF\xFE")) ||
        od_slice_starts(bytes, OD_SLICE("\xFE\xFF")))
        return od_builder_fail(builder, OD_INVALID, span,
                               od_say(builder->failures,
                                      OD_SAY("the file is UTF-16; save it as UTF-8",
                                             "文件是UTF-16编码，请另存为UTF-8")));
    return od_builder_fail(
        builder, OD_INVALID, span,
        od_say(
            builder->failures,
            OD_SAY("not UTF-8 here; the file may be GBK, as Excel and Notepad write it: save it as "
                   "UTF-8",
                   "这里不是UTF-8，文件可能是GBK（Excel、记事本常用）；请另存为UTF-8")));
}

// What no text file holds: C0 but tab and line ends, DEL, C1 but NEL, byte order marks inside, and
// the two noncharacters that libyaml refuses without a line.
static bool is_refused(uint32_t code) {
    if (code < 0x20) return code != '\t' && code != '\n' && code != '\r';
    return (code >= 0x7F && code < 0xA0 && code != 0x85) || code == 0xFEFF || code == 0xFFFE ||
           code == 0xFFFF;
}

static bool refuse_control(od_builder *builder, uint32_t code, od_span span) {
    char name[16];
    const int size = snprintf(name, sizeof name, "U+%04X", (unsigned)code);
    return od_builder_fail(
        builder, OD_INVALID, span,
        od_say(builder->failures,
               OD_SAY("an invisible control character ({1}) stands here; delete it",
                      "这里有看不见的控制字符（{1}），请删掉"),
               (od_slice){name, (size_t)size}));
}

// Whether the block at `bytes` may hold the start of a character that is refused; the byte behind it is
// looked at too.
static bool has_suspect(const char *bytes) {
    const od_block a = od_block_load(bytes), b = od_block_load(bytes + 1);
    return od_block_any(((a < 0x20) & (a != '\n')) | (a == 0x7F) | (a == 0xC2) |
                        ((a == 0xEF) & ((b == 0xBB) | (b == 0xBF))));
}

// Finds the next character from `*at` on that is refused; OD_NOT_UTF8 stands for none.
static uint32_t find_refused(od_slice bytes, size_t *at, size_t *size) {
    size_t block_end = *at; // up to here each is looked at
    for (; *at < bytes.size; *at += *size) {
        while (*at >= block_end && bytes.size - *at > OD_BLOCK) {
            block_end = *at + OD_BLOCK;
            if (!has_suspect(bytes.data + *at)) *at = block_end;
        }
        *size = 1;
        if (((unsigned char)bytes.data[*at] & 0xC0) == 0x80) continue; // the rest of a character
        const uint32_t code = od_utf8_read(bytes, *at, size);
        if (is_refused(code)) return code;
    }
    return OD_NOT_UTF8;
}

bool od_builder_check_bytes(od_builder *builder, od_span range) {
    const od_slice all = od_source_cut(builder->source, range);
    const size_t invalid = od_utf8_find_invalid(all);
    const od_slice valid = od_slice_cut(all, 0, invalid == SIZE_MAX ? all.size : invalid);
    size_t at = 0, size;
    const uint32_t refused = find_refused(valid, &at, &size);
    at += range.start;
    if (refused != OD_NOT_UTF8) return refuse_control(builder, refused, (od_span){at, at + size});
    return invalid == SIZE_MAX || refuse_encoding(builder, range.start + invalid);
}
