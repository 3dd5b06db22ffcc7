// Reader of pandoc's JSON: from events straight to nodes, with no tree of values in between.
//
// The grammar (pandoc_grammar.c) is a table of parts. A stack of frames, one for each array or
// object that is open, says which part comes next. So nothing recurses, and where a text is wrong
// the stack is the path to the place.
#include "document/pandoc_json.h"

#include "base/limits.h"
#include "base/real.h"
#include "base/utf8.h"

// Which keys of a tagged object were there.
enum { SEEN_TAG = 1, SEEN_CONTENT = 2 };

// ---- errors ------------------------------------------------------------------------------------

// Appends the way to the value that is being read; `depth` frames of the stack lead there.
static void put_path(const od_ast_reader *r, size_t depth, od_buf *out) {
    for (size_t i = 0; i < depth; i++) {
        const od_ast_frame *const f = &r->frames.items[i];
        if (f->keyed) {
            if (i) od_buf_byte(out, '.');
            od_buf_add(out, f->key);
        } else {
            od_buf_byte(out, '[');
            od_buf_number(out, f->index ? f->index - 1 : 0);
            od_buf_byte(out, ']');
        }
    }
    if (!out->size) od_buf_byte(out, '$');
}

// Returns the path, in the middle of a very deep one `…`.
static od_slice path_of(const od_ast_reader *r, size_t depth) {
    enum { END_MAX = 100 };
    od_buf out = {0};
    put_path(r, depth, &out);
    od_slice path = od_arena_copy(r->failures->arena, od_buf_slice(&out));
    od_buf_free(&out);
    if (path.size <= (size_t)2 * END_MAX) return path;
    size_t end = END_MAX, start = path.size - END_MAX;
    while (((unsigned char)path.data[end] & 0xC0) == 0x80) end--;
    while (((unsigned char)path.data[start] & 0xC0) == 0x80) start++;
    return od_arena_concat(r->failures->arena, od_slice_cut(path, 0, end), OD_SLICE("…"),
                           od_slice_from(path, start));
}

bool od_ast_fail_at(od_ast_reader *r, od_status status, size_t depth, od_slice message) {
    const od_span span = r->events.token;
    r->status = status;
    od_fail_at(r->failures, r->events.source, span,
               od_say(r->failures, OD_SAY("byte {1}, {2}: {3}", "第{1}字节，{2}：{3}"),
                      od_arena_number(r->failures->arena, span.start), path_of(r, depth), message));
    return false;
}

static od_slice in_language(const od_ast_reader *r, od_text text) {
    return od_slice_of(r->failures->language == OD_CHINESE ? text.zh : text.en);
}

static od_slice number_of(const od_ast_reader *r, size_t number) {
    return od_arena_number(r->failures->arena, number);
}

static bool fail_kind(od_ast_reader *r, const od_ast_rule *expected, od_json_event event) {
    static const od_text FOUND[] = {
        [OD_JSON_NULL] = {"null", "null"},
        [OD_JSON_FALSE] = {"false", "false"},
        [OD_JSON_TRUE] = {"true", "true"},
        [OD_JSON_NUMBER] = {"a number", "数字"},
        [OD_JSON_STRING] = {"a string", "字符串"},
        [OD_JSON_KEY] = {"a key", "键"},
        [OD_JSON_OPEN_OBJECT] = {"an object", "对象"},
        [OD_JSON_CLOSE_OBJECT] = {"the end of an object", "对象的末尾"},
        [OD_JSON_OPEN_ARRAY] = {"an array", "数组"},
        [OD_JSON_CLOSE_ARRAY] = {"the end of an array", "数组的末尾"},
    };
    return od_ast_fail(r, OD_SAY("expected {1}, found {2}", "这里应是{1}，实际是{2}"),
                in_language(r, expected->what), in_language(r, FOUND[event]));
}

// ---- frames ------------------------------------------------------------------------------------

static od_ast_frame *top(od_ast_reader *r) {
    return &r->frames.items[r->frames.count - 1];
}

static od_node *make_node(od_ast_reader *r, od_node *parent, od_node_type type) {
    od_ast_end_run(r);
    od_node *const node = od_ast_append(r, parent, type);
    switch (type) {
    case OD_LINK:
    case OD_IMAGE: node->link = od_arena_new(r->arena, od_link); break;
    case OD_TABLE: node->table = od_arena_new(r->arena, od_table); break;
    case OD_CITATION: node->citation = od_arena_new(r->arena, od_citation); break;
    default: break;
    }
    return node;
}

static bool push(od_ast_reader *r, const od_ast_rule *rule, od_node *node, bool keyed) {
    const size_t limit = od_limit_value(AST_DEPTH);
    if (r->frames.count >= limit)
        return od_ast_fail_at(r, OD_LIMIT, r->frames.count,
                       od_say(r->failures,
                              OD_SAY("nested deeper than {1} levels (limit: document nesting)",
                                     "嵌套超过{1}层（上限：文档嵌套层数）"),
                              number_of(r, limit)));
    if (rule == &od_ast_rules[OD_PART_META]) node = r->meta;
    if (rule->node) node = make_node(r, node, (od_node_type)rule->node);
    if (rule->open) rule->open(r, node);
    if (r->frames.count == r->frames.capacity) {
        od_array_push(&r->scratch, &r->frames);
        r->frames.count--;
    }
    od_ast_frame *const f = &r->frames.items[r->frames.count++];
    *f = (od_ast_frame){.rule = rule, .node = node, .keyed = keyed, .object = r->objects};
    if (keyed) r->objects++;
    return true;
}

// Says what the value that begins now may be, and moves on; NULL when there may be none.
static const od_ast_rule *expect(od_ast_reader *r) {
    if (!r->frames.count) return &od_ast_rules[OD_PART_DOCUMENT];
    od_ast_frame *const f = top(r);
    if (f->keyed) return &od_ast_rules[f->part];
    const size_t index = f->index++;
    if (f->rule->kind != OD_AST_TUPLE) return &od_ast_rules[f->rule->parts[0]];
    if (index < f->rule->count) return &od_ast_rules[f->rule->parts[index]];
    od_ast_fail(r, OD_SAY("one item too many: expected {1}", "多了一项：这里应是{1}"),
         in_language(r, f->rule->what));
    return NULL;
}

static od_node *owner(od_ast_reader *r) {
    return r->frames.count ? top(r)->node : r->root;
}

// ---- tags --------------------------------------------------------------------------------------

// Where content stands before its tag, a second reading of the whole text finds the tags first.
typedef struct tag_reader {
    od_ast_reader *r;
    od_json_events events;
    OD_ARRAY(od_slice) tags; // by number of the object
    OD_ARRAY(size_t) open;   // numbers of the objects that are open; SIZE_MAX for arrays
    bool is_tag;             // whether the next value is a tag
} tag_reader;

static bool take_tag_event(void *context, od_json_event event, od_slice text) {
    tag_reader *const t = context;
    od_arena *const scratch = &t->r->scratch;
    const bool is_tag = t->is_tag;
    t->is_tag = false;
    switch (event) {
    case OD_JSON_OPEN_OBJECT:
        *od_array_push(scratch, &t->open) = t->tags.count;
        od_array_push(scratch, &t->tags);
        break;
    case OD_JSON_OPEN_ARRAY: *od_array_push(scratch, &t->open) = SIZE_MAX; break;
    case OD_JSON_CLOSE_OBJECT:
    case OD_JSON_CLOSE_ARRAY: t->open.count--; break;
    case OD_JSON_KEY: t->is_tag = od_slice_is(text, "t"); break;
    case OD_JSON_STRING:
        if (!is_tag) break;
        t->tags.items[t->open.items[t->open.count - 1]] =
            od_json_events_lasts(&t->events, text) ? text : od_arena_copy(scratch, text);
        break;
    default: break;
    }
    return true;
}

static bool find_tags(od_ast_reader *r) {
    if (r->tags) return true;
    tag_reader t = {.r = r, .events = r->events};
    t.events.take = take_tag_event;
    t.events.skip = NULL;
    t.events.context = &t;
    r->status = od_json_events_read(&t.events);
    r->tags = t.tags.items;
    r->tag_count = t.tags.count;
    return r->status == OD_OK;
}

static const od_ast_variant *find_variant(const od_ast_rule *rule, od_slice name) {
    for (const od_ast_variant *v = rule->variants; v->name; v++)
        if (name.size == v->size && memcmp(name.data, v->name, v->size) == 0) return v;
    return NULL;
}

// Makes the top frame one of the constructor `name`.
static bool resolve(od_ast_reader *r, od_slice name) {
    od_ast_frame *const f = top(r);
    const od_ast_rule *const rule = f->rule;
    f->variant = find_variant(rule, name);
    const bool is_null = f->variant && rule == &od_ast_rules[OD_PART_BLOCK] && !f->variant->node;
    if (is_null && r->version.count >= 2 && r->version.numbers[1] > 22) f->variant = NULL;
    if (!f->variant) {
        f->key = OD_SLICE("t");
        return od_ast_fail(r, OD_SAY("unknown type “{2}”: expected {1}", "未知的类型“{2}”：这里应是{1}"),
                    in_language(r, rule->what), name);
    }
    if (f->variant->node) f->node = make_node(r, f->node, (od_node_type)f->variant->node);
    else if (rule->choose) rule->choose(r, f->node, f->variant->number);
    return true;
}

// The content of the top frame begins: its constructor must be known.
static bool prepare_content(od_ast_reader *r) {
    if (top(r)->variant) return true;
    if (!find_tags(r)) return false;
    const size_t object = top(r)->object;
    const od_slice name = object < r->tag_count ? r->tags[object] : (od_slice){0};
    if (!name.size)
        return od_ast_fail(r, OD_SAY("“t” is missing in {1}", "{1}缺少“t”"),
                           in_language(r, top(r)->rule->what));
    return resolve(r, name);
}

// ---- keys --------------------------------------------------------------------------------------

static bool fail_twice(od_ast_reader *r, od_slice key) {
    return od_ast_fail(r, OD_SAY("the key “{1}” is given twice", "键“{1}”写了两次"), key);
}

static bool see(od_ast_reader *r, size_t bit, od_slice key) {
    od_ast_frame *const f = top(r);
    if (f->index & bit) return fail_twice(r, key);
    f->index |= bit;
    return true;
}

static bool take_tagged_key(od_ast_reader *r, od_slice key) {
    od_ast_frame *const f = top(r);
    f->part = OD_PART_ANYTHING;
    if (key.size != 1 || (key.data[0] != 't' && key.data[0] != 'c')) return true;
    const bool is_tag = key.data[0] == 't';
    if (!see(r, is_tag ? SEEN_TAG : SEEN_CONTENT, key)) return false;
    if (is_tag) {
        f->part = OD_PART_TAG;
        return true;
    }
    if (!prepare_content(r)) return false;
    if (f->variant->content != OD_PART_NOTHING) f->part = f->variant->content;
    return true;
}

static bool take_record_key(od_ast_reader *r, od_slice key) {
    od_ast_frame *const f = top(r);
    f->part = OD_PART_ANYTHING;
    for (size_t i = 0; f->rule->fields[i].name; i++) {
        if (!od_slice_is(key, f->rule->fields[i].name)) continue;
        f->part = f->rule->fields[i].part;
        return see(r, (size_t)1 << i, key);
    }
    return true;
}

// The map of a frame, whose node is the entry that was read last.
static od_node *map_of(const od_ast_frame *f) {
    return f->node->type == OD_META_ENTRY ? f->node->parent : f->node;
}

static void take_map_key(od_ast_reader *r) {
    od_ast_frame *const f = top(r);
    f->node = od_ast_append(r, map_of(f), OD_META_ENTRY);
    f->node->leaf.text = f->key;
    f->part = OD_PART_META_VALUE;
}

static bool take_key(od_ast_reader *r, od_slice key) {
    od_ast_frame *const f = top(r);
    f->key = od_ast_keep(r, key);
    switch (f->rule->kind) {
    case OD_AST_TAGGED: return take_tagged_key(r, key);
    case OD_AST_RECORD: return take_record_key(r, key);
    case OD_AST_MAP: take_map_key(r); return true;
    default: f->part = OD_PART_ANYTHING; return true;
    }
}

// ---- scalars -----------------------------------------------------------------------------------

// Reads a whole number, also one written as `3.0` or `1e2`, as pandoc does.
static bool read_whole(od_slice text, int64_t *number) {
    const bool negative = text.data[0] == '-';
    int64_t read = 0; // negative, since that side reaches one further
    for (size_t i = negative; i < text.size; i++) {
        double real;
        if (text.data[i] < '0' || text.data[i] > '9') {
            const double most = 9007199254740992.0; // up to here doubles know whole numbers
            if (!od_real_read(text, &real) || real < -most || real > most) return false;
            *number = (int64_t)real;
            return (double)*number == real;
        }
        if (__builtin_mul_overflow(read, 10, &read) ||
            __builtin_sub_overflow(read, text.data[i] - '0', &read))
            return false;
    }
    if (!negative && read == INT64_MIN) return false;
    *number = negative ? read : -read;
    return true;
}

static bool take_whole(od_ast_reader *r, const od_ast_rule *rule, od_slice text) {
    od_ast_scalar value = {.text = text};
    if (read_whole(text, &value.whole) && value.whole >= rule->least && value.whole <= rule->most)
        return rule->take(r, owner(r), &value);
    return od_ast_fail(r, OD_SAY("“{2}” cannot be {1}: only whole numbers of a certain size can",
                          "“{2}”不能作{1}：须是一定范围内的整数"),
                in_language(r, rule->what), text);
}

static bool take_number(od_ast_reader *r, const od_ast_rule *rule, od_slice text) {
    od_ast_scalar value = {.text = text};
    if (rule->kind == OD_AST_WHOLE) return take_whole(r, rule, text);
    if (rule->kind != OD_AST_REAL) return fail_kind(r, rule, OD_JSON_NUMBER);
    if (od_real_read(text, &value.real)) return rule->take(r, owner(r), &value);
    return od_ast_fail(r, OD_SAY("“{1}” is too large", "“{1}”太大"), text);
}

static bool take_string(od_ast_reader *r, const od_ast_rule *rule, od_slice text) {
    if (rule->kind != OD_AST_TEXT) return fail_kind(r, rule, OD_JSON_STRING);
    if (rule->take) return rule->take(r, owner(r), &(od_ast_scalar){.text = text});
    return top(r)->variant || resolve(r, text);
}

static bool take_scalar(od_ast_reader *r, od_json_event event, od_slice text) {
    const od_ast_rule *const rule = expect(r);
    if (!rule) return false;
    if (rule->kind == OD_AST_ANYTHING) return true;
    if (event == OD_JSON_STRING) return take_string(r, rule, text);
    if (event == OD_JSON_NUMBER) return take_number(r, rule, text);
    if (event == OD_JSON_NULL && rule->nullable) return true;
    if (event == OD_JSON_NULL || rule->kind != OD_AST_TRUTH) return fail_kind(r, rule, event);
    return rule->take(r, owner(r), &(od_ast_scalar){.truth = event == OD_JSON_TRUE});
}

// ---- arrays and objects ------------------------------------------------------------------------

static bool open_value(od_ast_reader *r, od_json_event event) {
    const od_ast_rule *const rule = expect(r);
    if (!rule) return false;
    const bool keyed = event == OD_JSON_OPEN_OBJECT;
    const od_ast_kind kind = rule->kind;
    const bool wants_keys = kind == OD_AST_TAGGED || kind == OD_AST_RECORD || kind == OD_AST_MAP;
    const bool wants_items = kind == OD_AST_LIST || kind == OD_AST_TUPLE;
    if (kind != OD_AST_ANYTHING && !(keyed ? wants_keys : wants_items))
        return fail_kind(r, rule, event);
    return push(r, rule, owner(r), keyed);
}

// What is wrong with an array or object as a whole is told at its end, by the path to itself.
#define fail_whole(r, ...) \
    od_ast_fail_at((r), OD_INVALID, (r)->frames.count - 1, od_say((r)->failures, __VA_ARGS__))

static bool close_tagged(od_ast_reader *r) {
    const od_ast_frame *const f = top(r);
    const od_ast_variant *const v = f->variant;
    if (!v)
        return fail_whole(r, OD_SAY("“t” is missing in {1}", "{1}缺少“t”"),
                          in_language(r, f->rule->what));
    if (v->content != OD_PART_NOTHING && !(f->index & SEEN_CONTENT))
        return fail_whole(r, OD_SAY("“c” is missing in {1}", "{1}缺少“c”"), od_slice_of(v->name));
    if (f->rule == &od_ast_rules[OD_PART_INLINE] && v->number)
        od_ast_add_space(r, f->node, (od_node_type)v->number);
    return true;
}

static bool close_record(od_ast_reader *r) {
    const od_ast_frame *const f = top(r);
    for (size_t i = 0; f->rule->fields[i].name; i++) {
        if (f->index >> i & 1) continue;
        return fail_whole(r, OD_SAY("“{1}” is missing in {2}", "{2}缺少“{1}”"),
                          od_slice_of(f->rule->fields[i].name), in_language(r, f->rule->what));
    }
    return true;
}

static bool close_tuple(od_ast_reader *r) {
    const od_ast_frame *const f = top(r);
    if (f->index == f->rule->count) return true;
    return fail_whole(r, OD_SAY("{1} items are too few: expected {2}", "只有{1}项，不够：这里应是{2}"),
                      number_of(r, f->index), in_language(r, f->rule->what));
}

static bool close_value(od_ast_reader *r) {
    const od_ast_frame *const f = top(r);
    const od_ast_rule *const rule = f->rule;
    bool fine = true;
    switch (rule->kind) {
    case OD_AST_LIST: od_ast_end_run(r); break;
    case OD_AST_TUPLE: fine = close_tuple(r); break;
    case OD_AST_TAGGED: fine = close_tagged(r); break;
    case OD_AST_RECORD: fine = close_record(r); break;
    default: break;
    }
    od_node *const node = rule->kind == OD_AST_MAP ? map_of(f) : f->node;
    const size_t count = f->index;
    r->frames.count--;
    return fine && (!rule->close || rule->close(r, node, count));
}

// ---- words at once -----------------------------------------------------------------------------

// Most of a document is words and spaces as pandoc writes them. They are read here, letter by
// letter, in a tenth of the time that their events would take; anything else is left to the
// events.
static const od_slice STR = {"{\"t\":\"Str\",\"c\":\"", 16};
static const od_slice STR_END = {"\"}", 2};
static const od_slice SPACE = {"{\"t\":\"Space\"}", 13};
static const od_slice SOFT_BREAK = {"{\"t\":\"SoftBreak\"}", 17};

static bool starts(const char *at, const char *end, od_slice with) {
    return (size_t)(end - at) >= with.size && memcmp(at, with.data, with.size) == 0;
}

// Reads the word at `at`, in a Str of `list`; returns where its object ends, or `at`.
static const char *skip_word(od_ast_reader *r, od_node *list, const char *at, const char *end) {
    const char *const word = at + STR.size;
    const char *const close = od_json_string_run(word, end);
    if (!starts(close, end, STR_END)) return at;
    od_ast_take_word(r, list, &(od_ast_scalar){.text = {word, (size_t)(close - word)}});
    return close + STR_END.size;
}

static const char *skip_inline(od_ast_reader *r, od_node *list, const char *at, const char *end) {
    if (starts(at, end, SPACE)) {
        od_ast_add_space(r, list, OD_SPACE);
        return at + SPACE.size;
    }
    if (starts(at, end, STR)) return skip_word(r, list, at, end);
    if (!starts(at, end, SOFT_BREAK)) return at;
    od_ast_add_space(r, list, OD_SOFT_BREAK);
    return at + SOFT_BREAK.size;
}

static const char *skip_inlines(void *context, const char *at, const char *end) {
    od_ast_reader *const r = context;
    od_ast_frame *const f = top(r);
    if (f->rule->kind != OD_AST_LIST || f->rule->parts[0] != OD_PART_INLINE) return at;
    for (const char *last = at;;) {
        const char *const after = skip_inline(r, f->node, at, end);
        if (after == at) return last;
        f->index++;
        r->objects++;
        last = after;
        if (after == end || *after != ',') return last;
        at = after + 1;
    }
}

static bool take(void *context, od_json_event event, od_slice text) {
    od_ast_reader *const r = context;
    switch (event) {
    case OD_JSON_KEY: return take_key(r, text);
    case OD_JSON_OPEN_OBJECT:
    case OD_JSON_OPEN_ARRAY: return open_value(r, event);
    case OD_JSON_CLOSE_OBJECT:
    case OD_JSON_CLOSE_ARRAY: return close_value(r);
    default: return take_scalar(r, event, text);
    }
}

// ---- all ---------------------------------------------------------------------------------------

static od_status read_bytes(od_ast_reader *r) {
    const od_slice text = od_source_cut(r->events.source, r->events.range);
    const size_t invalid = od_utf8_find_invalid(text);
    if (invalid == SIZE_MAX) {
        const od_status status = od_json_events_read(&r->events);
        return r->status != OD_OK ? r->status : status;
    }
    const size_t at = r->events.range.start + invalid;
    od_fail_at(r->failures, r->events.source, (od_span){at, at + 1},
               od_say(r->failures, OD_SAY("byte {1}: not UTF-8", "第{1}字节：不是UTF-8"),
                      number_of(r, at)));
    return OD_INVALID;
}

od_status od_read_pandoc_json(od_arena *arena, const od_source *source, od_diagnostics *failures,
                              od_pandoc_api *version, od_node **root, od_node **meta) {
    static const od_slice MARK = {"\xEF\xBB\xBF", 3};
    const size_t start = od_slice_starts(source->bytes, MARK) ? MARK.size : 0;
    od_ast_reader r = {.arena = arena,
                .failures = failures,
                .events = {.source = source,
                           .range = {start, source->bytes.size},
                           .failures = failures,
                           .take = take,
                           .skip = skip_inlines},
                .root = od_node_new(arena, OD_ROOT, OD_NO_SPAN),
                .meta = od_node_new(arena, OD_META_MAP, OD_NO_SPAN)};
    r.events.context = &r;
    const od_status status = read_bytes(&r);
    if (status == OD_OK) {
        *version = r.version;
        *root = r.root;
        *meta = r.meta;
    }
    od_buf_free(&r.run.text);
    od_arena_free(&r.scratch);
    return status;
}
