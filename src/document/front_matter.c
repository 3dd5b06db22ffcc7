#include "document/front_matter.h"

#include "base/limits.h"

static const od_slice BYTE_ORDER_MARK = {"\xEF\xBB\xBF", 3};

// Whether `line` is `mark` and nothing but spaces and tabs after it.
static bool is_fence(od_slice line, const char *mark) {
    if (!od_slice_starts(line, od_slice_of(mark))) return false;
    return od_slice_trim(od_slice_from(line, strlen(mark))).size == 0;
}

static size_t line_end(const od_source *source, size_t line) {
    return line + 1 < source->line_count ? source->lines[line + 1] : source->bytes.size;
}

// Finds the fences; false when there is no front matter.
static bool find_fences(const od_source *source, size_t start, od_front_matter *f) {
    const od_slice first = od_slice_cut(source->bytes, start, od_source_line(source, 0).end);
    if (!is_fence(first, "---") || source->line_count < 2) return false;
    // A blank line after it makes the fence a thematic break.
    if (!od_slice_trim(od_source_cut(source, od_source_line(source, 1))).size) return false;
    for (size_t i = 1; i < source->line_count; i++) {
        const od_slice line = od_source_cut(source, od_source_line(source, i));
        if (!is_fence(line, "---") && !is_fence(line, "...")) continue;
        f->yaml = (od_span){source->lines[1], source->lines[i]};
        f->span = (od_span){start, line_end(source, i)};
        return true;
    }
    return false;
}

static void refuse(od_front_matter *f, od_span span, od_slice message) {
    f->error = message;
    f->error_span = span;
}

static od_span first_line(const od_source *source) {
    return od_source_line(source, 1);
}

static void read_yaml(od_arena *arena, const od_source *source, od_language language,
                      od_front_matter *f) {
    od_diagnostics failures = {.arena = arena, .language = language};
    od_value value = {0};
    if (f->yaml.end - f->yaml.start > od_limit_value(FRONT_MATTER_SIZE)) {
        const od_slice limit = od_arena_number(arena, od_limit_value(FRONT_MATTER_SIZE));
        refuse(f, first_line(source),
               od_say(&failures,
                      OD_SAY("the front matter is larger than {1} bytes (limit: front matter size)",
                             "文首信息超过{1}字节（上限：文首信息大小）"),
                      limit));
    } else if (od_yaml_read(arena, source, f->yaml, &failures, &value) != OD_OK) {
        refuse(f, failures.found.items[0].span, failures.found.items[0].message);
    } else if (value.kind == OD_MAPPING) {
        f->values = value;
        f->valid = true;
    } else if (value.kind == OD_NULL) {
        f->valid = true; // nothing, or comments alone
    } else {
        refuse(f, value.span,
               od_say(&failures,
                      OD_SAY("the front matter must be keys and values, one `key: value` a line",
                             "文首信息应为“键: 值”的形式，每行一个")));
    }
}

void od_front_matter_read(od_arena *arena, const od_source *source, od_language language,
                          od_front_matter *front_matter) {
    const size_t start = od_slice_starts(source->bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.size : 0;
    od_front_matter f = {.values = {.kind = OD_MAPPING, .source = source}, .body = start};
    if (find_fences(source, start, &f)) {
        f.present = true;
        f.body = f.span.end;
        f.values.span = (od_span){f.yaml.start, f.yaml.start};
        read_yaml(arena, source, language, &f);
    } else {
        f.span = f.yaml = (od_span){start, start};
        f.valid = true;
    }
    *front_matter = f;
}
