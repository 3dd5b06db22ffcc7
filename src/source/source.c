#include "source/source.h"

#include "base/utf8.h"

static const od_slice BYTE_ORDER_MARK = {"\xEF\xBB\xBF", 3};

// Returns the offset after the line end at or after `from`, or SIZE_MAX when the text ends first.
static size_t next_line(od_slice bytes, size_t from) {
    for (size_t i = from; i < bytes.size; i++) {
        if (bytes.data[i] == '\n') return i + 1;
        if (bytes.data[i] == '\r')
            return i + 1 < bytes.size && bytes.data[i + 1] == '\n' ? i + 2 : i + 1;
    }
    return SIZE_MAX;
}

// As next_line for texts without CR, at the speed of memchr.
static size_t next_lf_line(od_slice bytes, size_t from) {
    const char *const hit = memchr(bytes.data + from, '\n', bytes.size - from);
    return hit ? (size_t)(hit - bytes.data) + 1 : SIZE_MAX;
}

void od_source_init(od_source *source, od_arena *arena, const char *path, od_slice bytes,
                    size_t order) {
    *source = (od_source){
        .path = od_arena_copy(arena, od_slice_of(path)).data, .bytes = bytes, .order = order};
    if (!bytes.size) bytes.data = "";
    size_t (*const next)(od_slice, size_t) =
        memchr(bytes.data, '\r', bytes.size) ? next_line : next_lf_line;
    // Two passes: one array of the right size instead of one that doubles.
    size_t count = 1;
    for (size_t i = next(bytes, 0); i != SIZE_MAX; i = next(bytes, i)) count++;
    size_t *const lines = od_arena_array(arena, size_t, count);
    size_t line = 1;
    for (size_t i = next(bytes, 0); i != SIZE_MAX; i = next(bytes, i)) lines[line++] = i;
    source->lines = lines;
    source->line_count = count;
}

const char *od_source_path(const od_source *source) {
    return source->path;
}

od_slice od_source_bytes(const od_source *source) {
    return source->bytes;
}

size_t od_source_line_at(const od_source *source, size_t offset) {
    size_t low = 0, high = source->line_count; // lines[low] <= offset < lines[high]
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset) low = middle;
        else high = middle;
    }
    return low;
}

od_span od_source_line(const od_source *source, size_t line) {
    const size_t start = source->lines[line];
    size_t end = line + 1 < source->line_count ? source->lines[line + 1] : source->bytes.size;
    if (line + 1 < source->line_count) {
        if (end > start && source->bytes.data[end - 1] == '\n') end--;
        if (end > start && source->bytes.data[end - 1] == '\r') end--;
    }
    return (od_span){start, end};
}

static size_t count_columns(od_slice text, od_column_unit unit) {
    switch (unit) {
    case OD_BYTES: return text.size;
    case OD_UTF16: return od_utf8_count_utf16(text);
    case OD_CODE_POINTS: break;
    }
    return od_utf8_count(text);
}

// Returns where the columns of the line that starts at `start` begin: past a byte order mark.
static size_t first_column(const od_source *source, size_t start) {
    return start == 0 && od_slice_starts(source->bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.size
                                                                         : start;
}

od_position od_source_position(const od_source *source, size_t offset, od_column_unit unit) {
    od_locator fresh = {0};
    return od_locate(&fresh, source, offset, unit);
}

od_position od_locate(od_locator *locator, const od_source *source, size_t offset,
                      od_column_unit unit) {
    const size_t line = od_source_line_at(source, offset);
    const size_t start = source->lines[line];
    od_position at = {line + 1, 1, first_column(source, start)};
    if (locator->source == source && locator->line_start == start && locator->at.line == line + 1 &&
        locator->at.offset <= offset)
        at = locator->at;
    if (offset > at.offset) {
        at.column += count_columns(od_slice_cut(source->bytes, at.offset, offset), unit);
        at.offset = offset;
    }
    *locator = (od_locator){source, start, at};
    at.offset = offset;
    return at;
}

size_t od_source_offset(const od_source *source, size_t line, size_t column) {
    if (line >= source->line_count) return source->bytes.size;
    const size_t start = source->lines[line];
    size_t offset = first_column(source, start), size;
    for (; column > 0 && offset < source->bytes.size; column--, offset += size)
        od_utf8_read(source->bytes, offset, &size);
    return offset;
}
