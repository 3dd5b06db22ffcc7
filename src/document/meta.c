#include "document/meta.h"

#include "base/buf.h"
#include "base/real.h"

#include <stdlib.h>

// ---- maps --------------------------------------------------------------------------------------

od_node *od_meta_get(const od_node *map, od_slice key) {
    for (const od_node *n = map->first; n; n = n->next)
        if (od_slice_equal(n->leaf.text, key)) return n->first;
    return NULL;
}

static od_node *append(od_arena *arena, od_node *parent, od_node_type type) {
    od_node *const node = od_node_new(arena, type, OD_NO_SPAN);
    od_node_append(parent, node);
    return node;
}

void od_meta_put(od_arena *arena, od_node *map, od_slice key, od_node *value) {
    od_node *before = NULL;
    for (od_node *n = map->first; n && od_slice_compare(n->leaf.text, key) < 0; n = n->next)
        before = n;
    od_node *const after = before ? before->next : map->first;
    od_node *entry = after;
    if (!after || !od_slice_equal(after->leaf.text, key)) {
        entry = od_node_new(arena, OD_META_ENTRY, OD_NO_SPAN);
        entry->leaf.text = key;
        entry->parent = map;
        entry->next = after;
        *(before ? &before->next : &map->first) = entry;
        if (!after) map->last = entry;
    }
    entry->first = entry->last = NULL;
    od_node_append(entry, value);
}

static bool is_sorted(const od_node *map) {
    for (const od_node *n = map->first; n && n->next; n = n->next)
        if (od_slice_compare(n->leaf.text, n->next->leaf.text) >= 0) return false;
    return true;
}

static int compare_entries(const void *left, const void *right) {
    const od_node *const a = *(od_node *const *)left, *const b = *(od_node *const *)right;
    return od_slice_compare(a->leaf.text, b->leaf.text);
}

const od_node *od_meta_sort(od_node *map) {
    if (is_sorted(map)) return NULL;
    od_arena scratch = {0};
    OD_ARRAY(od_node *) entries = {0};
    for (od_node *n = map->first; n; n = n->next) *od_array_push(&scratch, &entries) = n;
    qsort(entries.items, entries.count, sizeof *entries.items, compare_entries);
    const od_node *twice = NULL;
    map->first = map->last = NULL;
    for (size_t i = 0; i < entries.count; i++) {
        od_node *const entry = entries.items[i];
        if (!twice && map->last && od_slice_equal(map->last->leaf.text, entry->leaf.text))
            twice = entry;
        entry->parent = entry->next = NULL;
        od_node_append(map, entry);
    }
    od_arena_free(&scratch);
    return twice;
}

// ---- flattening --------------------------------------------------------------------------------

// Moves the children of `from` to the end of `into`.
static void move_children(od_node *from, od_node *into) {
    for (od_node *n = from->first, *next; n; n = next) {
        next = n->next;
        n->parent = n->next = NULL;
        od_node_append(into, n);
    }
    from->first = from->last = NULL;
}

// Whether a line break parts `node` from what stands before it: a block or a line from the one by
// its side, a row from the row before it, whatever part of the table that is in.
static bool is_parted(const od_node *node, bool *seen_row) {
    static const bool PARTED[OD_NODE_TYPE_COUNT] = {
        [OD_BLOCK_QUOTE] = true,     [OD_ORDERED_LIST] = true, [OD_BULLET_LIST] = true,
        [OD_DEFINITION_LIST] = true, [OD_DIV] = true,          [OD_FIGURE] = true,
        [OD_TABLE] = true,           [OD_PLAIN] = true,        [OD_PARA] = true,
        [OD_HEADING] = true,         [OD_LINE_BLOCK] = true,   [OD_LINE] = true,
        [OD_CODE_BLOCK] = true,      [OD_RAW_BLOCK] = true,    [OD_HORIZONTAL_RULE] = true,
    };
    if (node->type == OD_TABLE) *seen_row = false;
    if (node->type == OD_ROW) {
        const bool parted = *seen_row;
        *seen_row = true;
        return parted;
    }
    const od_node *first = node->parent->first;
    if (first->type == OD_CAPTION) first = first->next;
    return PARTED[node->type] && first != node;
}

static void flatten_leaf(od_arena *arena, od_node *node, od_node *into) {
    const bool is_code = node->type == OD_CODE_BLOCK;
    if (is_code || node->type == OD_RAW_BLOCK) {
        append(arena, into, is_code ? OD_CODE : OD_RAW_INLINE)->leaf = node->leaf;
        return;
    }
    move_children(node, into);
    if (node->type != OD_TERM) return;
    append(arena, into, OD_TEXT)->leaf.text = OD_SLICE(": ");
}

void od_meta_flatten(od_arena *arena, od_node *parent, od_node *into) {
    bool seen_row = false;
    od_node *next;
    for (od_node *n = od_node_next(parent, parent, false); n; n = next) {
        const bool is_leaf = od_node_holds_inlines((od_node_type)n->type) || !n->first;
        // A caption is no part of the text.
        const bool skip = is_leaf || n->type == OD_CAPTION;
        next = od_node_next(parent, n, skip);
        if (is_parted(n, &seen_row)) append(arena, into, OD_LINE_BREAK);
        if (is_leaf) flatten_leaf(arena, n, into);
    }
}

// ---- numbers -----------------------------------------------------------------------------------

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Appends the digits at `*at` to `digits` and returns how many there were.
static size_t take_digits(od_slice text, size_t *at, od_buf *digits) {
    const size_t start = *at;
    while (*at < text.size && is_digit(text.data[*at])) od_buf_byte(digits, text.data[(*at)++]);
    return *at - start;
}

// Reads an exponent at `*at`, where there may be none, and adds it to `*power`; false when it is
// none or too large to be meant.
static bool take_exponent(od_slice text, size_t *at, int64_t *power) {
    enum { DIGITS_MAX = 9 };
    if (*at == text.size || (text.data[*at] | 0x20) != 'e') return true;
    size_t i = *at + 1;
    const bool negative = i < text.size && text.data[i] == '-';
    if (i < text.size && (negative || text.data[i] == '+')) i++;
    const size_t start = i;
    int64_t exponent = 0;
    for (; i < text.size && is_digit(text.data[i]); i++) {
        if (i - start == DIGITS_MAX) return false;
        exponent = exponent * 10 + (text.data[i] - '0');
    }
    *power += negative ? -exponent : exponent;
    *at = i;
    return i > start;
}

// Reads `12`, `-1.50`, `1e3` as significant digits and the power of ten of the first; no digits for
// zero.
static bool read_decimal(od_slice text, od_buf *digits, int64_t *power) {
    size_t at = text.size && (text.data[0] == '-' || text.data[0] == '+');
    const size_t whole = take_digits(text, &at, digits);
    *power = (int64_t)whole - 1;
    if (!whole) return false;
    if (at < text.size && text.data[at] == '.') {
        at++;
        take_digits(text, &at, digits);
    }
    if (!take_exponent(text, &at, power) || at != text.size) return false;
    size_t zeros = 0;
    while (zeros < digits->size && digits->data[zeros] == '0') zeros++;
    memmove(digits->data, digits->data + zeros, digits->size - zeros);
    digits->size -= zeros;
    *power -= (int64_t)zeros;
    while (digits->size && digits->data[digits->size - 1] == '0') digits->size--;
    return true;
}

// Reads `0x1F` and `0o17`, up to 63 bits; larger ones are left as they are written.
static bool read_based(od_slice text, od_buf *digits, int64_t *power) {
    if (text.size < 3 || text.data[0] != '0') return false;
    const unsigned bits = text.data[1] == 'x' ? 4 : text.data[1] == 'o' ? 3 : 0;
    uint64_t number = 0;
    for (size_t i = 2; i < text.size && bits; i++) {
        const char low = (char)(text.data[i] | 0x20);
        const unsigned digit = is_digit(text.data[i])    ? (unsigned)(low - '0')
                               : low >= 'a' && low <= 'f' ? (unsigned)(low - 'a') + 10
                                                         : 16;
        if (digit >> bits || number >> (63 - bits)) return false;
        number = number << bits | digit;
    }
    if (number) od_buf_number(digits, number);
    *power = (int64_t)digits->size - 1;
    return bits != 0;
}

// Whether the number is a whole one that fits into 64 bits.
static bool is_integer(od_slice digits, int64_t power, bool negative) {
    static const char LARGEST[] = "9223372036854775807";
    if ((int64_t)digits.size > power + 1 || power > 18) return false;
    if (power < 18) return true;
    char padded[sizeof LARGEST];
    memset(padded, '0', sizeof padded - 1);
    padded[sizeof padded - 1] = '\0';
    memcpy(padded, digits.data, digits.size);
    const int order = strcmp(padded, LARGEST);
    return order <= 0 || (negative && strcmp(padded, "9223372036854775808") == 0);
}

static void put_number(od_slice digits, int64_t power, bool negative, od_buf *out) {
    if (digits.size && negative) od_buf_byte(out, '-');
    if (!is_integer(digits, power, negative)) {
        od_real_write_digits(digits, power, out);
        return;
    }
    od_buf_add(out, digits);
    for (int64_t i = (int64_t)digits.size; i <= power; i++) od_buf_byte(out, '0');
}

// Returns what pandoc makes of `text` when that is a number, else `text`.
static od_slice number_text(od_arena *arena, od_slice text) {
    od_buf digits = {0}, out = {0};
    int64_t power = 0;
    od_slice shown = text;
    if (read_based(text, &digits, &power) || read_decimal(text, &digits, &power)) {
        if (digits.size) put_number(od_buf_slice(&digits), power, text.data[0] == '-', &out);
        else od_buf_byte(&out, '0');
        shown = od_arena_copy(arena, od_buf_slice(&out));
    }
    od_buf_free(&digits);
    od_buf_free(&out);
    return shown;
}

// ---- texts -------------------------------------------------------------------------------------

typedef struct reader {
    od_arena *arena;
    od_meta_text_reader *read;
    const void *context;
    od_diagnostics *failures;
} reader;

// Moves the spans of a tree whose text starts at `base` of its source, or takes them away.
static void move_spans(od_node *root, size_t base) {
    for (od_node *n = root; n; n = od_node_next(root, n, false)) {
        if (base == SIZE_MAX || n->span.start == SIZE_MAX) n->span = OD_NO_SPAN;
        else n->span = (od_span){n->span.start + base, n->span.end + base};
    }
}

// Returns where `text` stands in `source`, which may be NULL, or SIZE_MAX when it does not.
static size_t base_of(const od_source *source, od_slice text) {
    const od_slice bytes = source ? source->bytes : (od_slice){0};
    const uintptr_t start = (uintptr_t)bytes.data, at = (uintptr_t)text.data;
    const bool is_part = bytes.size && at >= start && at - start + text.size <= bytes.size;
    return is_part ? at - start : SIZE_MAX;
}

// Whether `text` ends in a line end, apart from spaces and tabs.
static bool is_blocks(od_slice text) {
    while (text.size && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t'))
        text.size--;
    return text.size && text.data[text.size - 1] == '\n';
}

// cmark-gfm closes the last line of HTML with a line end, whether there is one or not.
static void trim_html(od_node *last) {
    if (last && last->type == OD_RAW_BLOCK && od_slice_ends(last->leaf.text, OD_SLICE("\n")))
        last->leaf.text.size--;
}

static od_status read_text(reader *r, const od_value *value, od_slice text, od_node *parent) {
    const bool blocks = is_blocks(text);
    if (!blocks) text = od_slice_trim(text);
    od_source *const source = od_arena_new(r->arena, od_source);
    od_source_init(source, r->arena, value->source ? value->source->path : "", text, 0);
    od_diagnostics inner = {.arena = r->failures->arena, .language = r->failures->language};
    od_node *root;
    const od_status status = r->read(r->context, r->arena, source, &inner, &root);
    if (status != OD_OK) {
        od_fail_at(r->failures, value->source, value->span, inner.found.items[0].message);
        return status;
    }
    od_node *const node = append(r->arena, parent, blocks ? OD_META_BLOCKS : OD_META_INLINES);
    if (!blocks) trim_html(root->last);
    if (blocks) move_children(root, node);
    else od_meta_flatten(r->arena, root, node);
    move_spans(node, base_of(value->source, text));
    node->span = value->source ? value->span : OD_NO_SPAN;
    return OD_OK;
}

// ---- values ------------------------------------------------------------------------------------

// Reads one of YAML 1.1's plain booleans.
static bool read_boolean(od_slice text, bool *truth) {
    static const char *const WORDS[][2] = {
        {"true", "false"}, {"True", "False"}, {"TRUE", "FALSE"}, {"yes", "no"}, {"Yes", "No"},
        {"YES", "NO"},     {"on", "off"},     {"On", "Off"},     {"ON", "OFF"}, {"y", "n"},
        {"Y", "N"}};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        *truth = od_slice_is(text, WORDS[i][0]);
        if (*truth || od_slice_is(text, WORDS[i][1])) return true;
    }
    return false;
}

// Whether `value` is a block scalar of nothing, which pandoc takes for null.
static bool is_null(const od_value *value) {
    if (value->kind == OD_NULL) return true;
    if (!value->quoted || value->text.size || !value->source) return false;
    const char first = value->source->bytes.data[value->span.start];
    return first == '|' || first == '>';
}

static od_status read_scalar(reader *r, const od_value *value, od_node *parent) {
    bool truth;
    if (is_null(value)) {
        append(r->arena, parent, OD_META_STRING);
        return OD_OK;
    }
    if (!value->quoted && read_boolean(value->text, &truth)) {
        append(r->arena, parent, OD_META_BOOL)->truth = truth;
        return OD_OK;
    }
    const od_slice text = value->quoted ? value->text : number_text(r->arena, value->text);
    return read_text(r, value, text, parent);
}

// A collection whose parts are being read.
typedef struct frame {
    const od_value *value;
    od_node *node;
    size_t next;
} frame;

static bool is_ignored(od_slice key) {
    return key.size && key.data[key.size - 1] == '_';
}

static bool is_collection(const od_value *value) {
    return value->kind == OD_MAPPING || value->kind == OD_SEQUENCE;
}

// Reads the next part of the collection `f`. Sets `*inner` when that is a collection, whose parts
// are still to be read.
static od_status read_part(reader *r, frame *f, frame *inner) {
    od_node *parent = f->node;
    const od_value *value;
    if (f->value->kind == OD_MAPPING) {
        const od_entry *const entry = &f->value->entries[f->next++];
        if (is_ignored(entry->key)) return OD_OK;
        parent = append(r->arena, f->node, OD_META_ENTRY);
        parent->leaf.text = entry->key;
        if (entry->value.source) parent->span = entry->key_span;
        value = &entry->value;
    } else {
        value = &f->value->items[f->next++];
    }
    if (!is_collection(value)) return read_scalar(r, value, parent);
    const bool is_map = value->kind == OD_MAPPING;
    *inner = (frame){value, append(r->arena, parent, is_map ? OD_META_MAP : OD_META_LIST), 0};
    return OD_OK;
}

static od_status read_all(reader *r, const od_value *values, od_node *meta) {
    od_arena scratch = {0};
    OD_ARRAY(frame) frames = {0};
    *od_array_push(&scratch, &frames) = (frame){values, meta, 0};
    od_status status = OD_OK;
    while (frames.count && status == OD_OK) {
        frame *const f = &frames.items[frames.count - 1];
        frame inner = {0};
        if (f->next < f->value->count) {
            status = read_part(r, f, &inner);
            if (inner.value) *od_array_push(&scratch, &frames) = inner;
            continue;
        }
        if (f->node->type == OD_META_MAP) od_meta_sort(f->node);
        frames.count--;
    }
    od_arena_free(&scratch);
    return status;
}

od_status od_read_meta_with(od_arena *arena, const od_value *values, od_meta_text_reader *read,
                            const void *context, od_diagnostics *failures, od_node **meta) {
    reader r = {.arena = arena, .read = read, .context = context, .failures = failures};
    od_node *const map = od_node_new(arena, OD_META_MAP, OD_NO_SPAN);
    const od_status status =
        values->kind == OD_MAPPING ? read_all(&r, values, map) : OD_OK;
    if (status == OD_OK) *meta = map;
    return status;
}

static od_status read_gfm(const void *context, od_arena *arena, const od_source *source,
                          od_diagnostics *failures, od_node **root) {
    return od_read_markdown(arena, source, (od_span){0, source->bytes.size}, context, failures,
                            root);
}

od_status od_read_meta(od_arena *arena, const od_value *values, const od_reader_options *options,
                       od_diagnostics *failures, od_node **meta) {
    return od_read_meta_with(arena, values, read_gfm, options, failures, meta);
}
