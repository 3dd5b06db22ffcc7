// JSON as values, put together from its events.
#include "data/builder.h"

#include "base/limits.h"
#include "data/json_events.h"

typedef struct reader {
    od_builder b;
    od_json_events events;
} reader;

static bool fail(reader *r, od_span span, od_text text) {
    return od_builder_fail(&r->b, OD_INVALID, span, od_say(r->b.failures, text));
}

static od_slice keep(const reader *r, od_slice text) {
    const bool lasts = !text.size || od_json_events_lasts(&r->events, text);
    return lasts ? text : od_arena_copy(r->b.arena, text);
}

static bool add(reader *r, od_value value, od_span span, od_slice text) {
    value.source = r->b.source;
    value.span = span;
    value.text = text;
    return od_builder_add(&r->b, &(od_built){.value = value, .nodes = 1});
}

static bool add_key(reader *r, od_slice key, od_span span) {
    if (!key.size) return fail(r, span, OD_SAY("the key is empty", "键是空的"));
    return od_builder_key(&r->b, keep(r, key), span);
}

static bool take(void *context, od_json_event event, od_slice text) {
    reader *const r = context;
    const od_span span = r->events.token;
    const od_slice raw = od_source_cut(r->b.source, span);
    od_built built;
    switch (event) {
    case OD_JSON_NULL: return add(r, (od_value){.kind = OD_NULL}, span, raw);
    case OD_JSON_FALSE:
    case OD_JSON_TRUE:
        return add(r, (od_value){.kind = OD_SCALAR, .boolean = true}, span, raw);
    case OD_JSON_NUMBER:
        return add(r, (od_value){.kind = OD_SCALAR, .number = true}, span, raw);
    case OD_JSON_STRING:
        return add(r, (od_value){.kind = OD_SCALAR, .quoted = true}, span, keep(r, text));
    case OD_JSON_KEY: return add_key(r, text, span);
    case OD_JSON_OPEN_OBJECT: return od_builder_open(&r->b, OD_MAPPING, span.start);
    case OD_JSON_OPEN_ARRAY: return od_builder_open(&r->b, OD_SEQUENCE, span.start);
    case OD_JSON_CLOSE_OBJECT:
    case OD_JSON_CLOSE_ARRAY: return od_builder_close(&r->b, span.end, &built);
    }
    return false;
}

static od_status read_text(reader *r, od_span range) {
    if (!od_builder_check_bytes(&r->b, range)) return OD_INVALID;
    if (!od_slice_trim(od_source_cut(r->b.source, range)).size) {
        fail(r, range, OD_SAY("the file is empty; write at least {}", "文件是空的，至少要写{}"));
        return OD_INVALID;
    }
    r->events = (od_json_events){.source = r->b.source,
                                 .range = range,
                                 .failures = r->b.failures,
                                 .refuse_nul = true,
                                 .take = take,
                                 .context = r};
    const od_status status = od_json_events_read(&r->events);
    return r->b.status != OD_OK ? r->b.status : status;
}

od_status od_json_read(od_arena *arena, const od_source *source, od_diagnostics *failures,
                       od_value *value) {
    static const od_slice MARK = {"\xEF\xBB\xBF", 3};
    const size_t start = od_slice_starts(source->bytes, MARK) ? MARK.size : 0;
    reader r = {.b = {.arena = arena,
                      .source = source,
                      .failures = failures,
                      .depth_max = od_limit_value(JSON_DEPTH),
                      .depth_message = OD_SAY("nested deeper than {1} levels (limit: JSON nesting)",
                                              "嵌套超过{1}层（上限：JSON 嵌套层数）")}};
    const od_status status = read_text(&r, (od_span){start, source->bytes.size});
    if (status == OD_OK) *value = r.b.root;
    od_builder_free(&r.b);
    return status;
}
