// Reader of pandoc's JSON: from events straight to nodes, with no tree of values in between.
//
// The grammar is a table of parts: what each value of the text may be, and what becomes of it. A stack
// of frames, one for each array or object that is open, says which part comes next. So nothing
// recurses, and where a text is wrong the stack is the path to the place.
#include "document/reader.h"

#include "base/limits.h"
#include "base/real.h"
#include "base/utf8.h"
#include "data/json_events.h"
#include "document/meta.h"

// What a value may be, by its place.
typedef enum part {
    P_ANYTHING, // skipped
    P_DOCUMENT,
    P_VERSION,
    P_VERSION_NUMBER,
    P_META,
    P_META_VALUE,
    P_META_MAP,
    P_META_LIST,
    P_META_BOOL,
    P_BLOCKS,
    P_BLOCK,
    P_INLINES,
    P_INLINE,
    P_TAG,
    P_WORD,
    P_TEXT,
    P_CODE,
    P_RAW,
    P_FORMAT,
    P_ATTR,
    P_IDENTIFIER,
    P_CLASSES,
    P_CLASS,
    P_ATTRIBUTES,
    P_ATTRIBUTE,
    P_ATTRIBUTE_KEY,
    P_ATTRIBUTE_VALUE,
    P_HEADER,
    P_LEVEL,
    P_LINES,
    P_LINE,
    P_ITEMS,
    P_ITEM,
    P_ORDERED_LIST,
    P_LIST_ATTRIBUTES,
    P_LIST_START,
    P_LIST_STYLE,
    P_LIST_DELIMITER,
    P_DEFINITION_ITEMS,
    P_DEFINITION_ITEM,
    P_TERM,
    P_DEFINITIONS,
    P_DEFINITION,
    P_DIV,
    P_FIGURE,
    P_CAPTION,
    P_SHORT_CAPTION,
    P_TABLE,
    P_COLUMNS,
    P_COLUMN,
    P_COLUMN_ALIGNMENT,
    P_COLUMN_WIDTH,
    P_WIDTH,
    P_TABLE_HEAD,
    P_TABLE_BODIES,
    P_TABLE_BODY,
    P_TABLE_FOOT,
    P_HEAD_COLUMNS,
    P_HEAD_ROWS,
    P_ROWS,
    P_ROW,
    P_CELLS,
    P_CELL,
    P_CELL_ALIGNMENT,
    P_ROW_SPAN,
    P_COLUMN_SPAN,
    P_QUOTED,
    P_QUOTE_TYPE,
    P_CITE,
    P_CITATIONS,
    P_CITATION,
    P_CITATION_ID,
    P_CITATION_PREFIX,
    P_CITATION_SUFFIX,
    P_CITATION_MODE,
    P_CITATION_NUMBER,
    P_CITATION_HASH,
    P_MATH,
    P_MATH_TYPE,
    P_LINK,
    P_TARGET,
    P_TARGET_URL,
    P_TARGET_TITLE,
    P_SPAN,
    P_NOTHING, // as the content of a constructor: it has none
} part;

typedef enum kind { ANYTHING, LIST, TUPLE, TAGGED, RECORD, MAP, TEXT, WHOLE, REAL, TRUTH } kind;

// One constructor of a tagged part.
typedef struct variant {
    const char *name;
    uint8_t size;    // of the name
    uint8_t content; // part
    uint8_t node;    // type of the node that it makes; 0: none
    uint8_t number;  // what it stands for, where it stands for a number
} variant;

// One field of a record.
typedef struct field {
    const char *name;
    uint8_t part;
} field;

typedef struct reader reader;

// A scalar that has been read; which of its members counts is said by the kind of its part.
typedef struct scalar {
    od_slice text;
    int64_t whole;
    double real;
    bool truth;
} scalar;

typedef struct rule {
    kind kind;
    od_text what;    // what was expected, for messages
    uint8_t parts[6]; // LIST: of its items; TUPLE: of each of them
    uint8_t count;    // TUPLE: items
    uint8_t node;     // type of the node that a list or tuple makes; 0: its parts belong to the node around
    bool nullable;
    int64_t least, most; // WHOLE
    const variant *variants; // TAGGED, the last one without a name
    const field *fields;     // RECORD, likewise
    void (*choose)(reader *r, od_node *node, uint8_t number); // TAGGED without a node
    bool (*take)(reader *r, od_node *node, const scalar *value);
    void (*open)(reader *r, od_node *node);
    bool (*close)(reader *r, od_node *node, size_t count);
} rule;

// An array or object that is open.
typedef struct frame {
    const rule *rule;
    od_node *node;          // to which its parts belong
    const variant *variant; // TAGGED: once it is known
    size_t index;           // array: how many items have begun; object: bit set of fields seen
    size_t object;          // object: its number in order of opening
    uint8_t part;           // object: what the value of the last key is
    bool keyed;             // it is an object
    od_slice key;           // object: the last key
} frame;

enum { SEEN_TAG = 1, SEEN_CONTENT = 2 };

// The run of text to which words and spaces are being added.
typedef enum last { NO_RUN, AFTER_WORD, AFTER_SPACE } last;

typedef struct run {
    od_node *parent;
    last last;
    od_slice single; // the run while it is one word that lasts
    od_buf text;     // else
} run;

struct reader {
    od_arena *arena;
    od_arena scratch;
    od_diagnostics *failures;
    od_json_events events;
    od_status status;
    OD_ARRAY(frame) frames;
    size_t objects; // opened so far
    run run;
    od_pandoc_api version;
    od_node *root, *meta;

    // By number of the object, its tag; made when an object is met whose content stands before it.
    const od_slice *tags;
    size_t tag_count;

    // What is being read of an Attr and of the columns of a table, none of which holds another.
    struct {
        od_slice identifier;
        OD_ARRAY(od_slice) classes;
        OD_ARRAY(od_pair) attributes;
    } attr;
    OD_ARRAY(od_column) columns;
    od_slice format; // the last one, closed by a NUL: most documents have one or two
};

// ---- errors ------------------------------------------------------------------------------------

// Appends the way to the value that is being read; `depth` frames of the stack lead there.
static void put_path(const reader *r, size_t depth, od_buf *out) {
    for (size_t i = 0; i < depth; i++) {
        const frame *const f = &r->frames.items[i];
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
static od_slice path_of(const reader *r, size_t depth) {
    enum { END_MAX = 100 };
    od_buf out = {0};
    put_path(r, depth, &out);
    od_slice path = od_arena_copy(r->failures->arena, od_buf_slice(&out));
    od_buf_free(&out);
    if (path.size <= 2 * END_MAX) return path;
    size_t end = END_MAX, start = path.size - END_MAX;
    while (((unsigned char)path.data[end] & 0xC0) == 0x80) end--;
    while (((unsigned char)path.data[start] & 0xC0) == 0x80) start++;
    return od_arena_concat(r->failures->arena, od_slice_cut(path, 0, end), OD_SLICE("…"),
                           od_slice_from(path, start));
}

// Notes what is wrong at the token that was read last, `depth` frames down, and returns false.
static bool fail_at(reader *r, od_status status, size_t depth, od_slice message) {
    const od_span span = r->events.token;
    r->status = status;
    od_fail_at(r->failures, r->events.source, span,
               od_say(r->failures, OD_SAY("byte {1}, {2}: {3}", "第{1}字节，{2}：{3}"),
                      od_arena_number(r->failures->arena, span.start), path_of(r, depth), message));
    return false;
}

#define fail(r, ...) fail_at((r), OD_INVALID, (r)->frames.count, od_say((r)->failures, __VA_ARGS__))

static od_slice in_language(const reader *r, od_text text) {
    return od_slice_of(r->failures->language == OD_CHINESE ? text.zh : text.en);
}

static od_slice number_of(const reader *r, size_t number) {
    return od_arena_number(r->failures->arena, number);
}

static bool fail_kind(reader *r, const rule *expected, od_json_event event) {
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
    return fail(r, OD_SAY("expected {1}, found {2}", "这里应是{1}，实际是{2}"),
                in_language(r, expected->what), in_language(r, FOUND[event]));
}

// ---- text --------------------------------------------------------------------------------------

static od_slice keep(reader *r, od_slice text) {
    if (!text.size) return (od_slice){"", 0};
    return od_json_events_lasts(&r->events, text) ? text : od_arena_copy(r->arena, text);
}

static od_node *append(reader *r, od_node *parent, od_node_type type) {
    od_node *const node = od_node_new(r->arena, type, OD_NO_SPAN);
    od_node_append(parent, node);
    return node;
}

static void end_run(reader *r) {
    run *const u = &r->run;
    if (u->last == NO_RUN) return;
    append(r, u->parent, OD_TEXT)->leaf.text =
        u->single.size ? u->single : od_arena_copy(r->arena, od_buf_slice(&u->text));
    u->last = NO_RUN;
    u->single.size = 0;
    u->text.size = 0;
}

static void add_to_run(reader *r, od_node *parent, od_slice text, last last) {
    run *const u = &r->run;
    u->parent = parent;
    if (u->last == NO_RUN && od_json_events_lasts(&r->events, text)) {
        u->single = text;
    } else {
        od_buf_add(&u->text, u->single);
        u->single.size = 0;
        od_buf_add(&u->text, text);
    }
    u->last = last;
}

// Whether od_words would give `word` back as one word.
static bool is_one_word(od_slice word) {
    for (size_t i = 0; i < word.size; i++) {
        const char c = word.data[i];
        if (c <= ' ' && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) return false;
    }
    return word.size > 0;
}

static bool take_word(reader *r, od_node *parent, const scalar *value) {
    if (r->run.last != AFTER_WORD && is_one_word(value->text)) {
        add_to_run(r, parent, value->text, AFTER_WORD);
        return true;
    }
    end_run(r);
    od_node *const node = append(r, parent, OD_TEXT);
    node->flags = OD_VERBATIM;
    node->leaf.text = keep(r, value->text);
    return true;
}

// Adds a Space, SoftBreak or LineBreak, which joins the run where the words of the run give it back.
static void add_space(reader *r, od_node *parent, od_node_type type) {
    if (type != OD_LINE_BREAK && r->run.last != AFTER_SPACE) {
        add_to_run(r, parent, type == OD_SPACE ? OD_SLICE(" ") : OD_SLICE("\n"), AFTER_SPACE);
        return;
    }
    end_run(r);
    append(r, parent, type)->flags = OD_VERBATIM;
}

static bool take_text(reader *r, od_node *node, const scalar *value) {
    node->leaf.text = keep(r, value->text);
    return true;
}

static bool take_format(reader *r, od_node *node, const scalar *value) {
    if (value->text.size && memchr(value->text.data, '\0', value->text.size))
        return fail(r, OD_SAY("the name of the format holds a NUL character", "格式名里有NUL字符"));
    if (!r->format.data || !od_slice_equal(r->format, value->text))
        r->format = od_arena_copy(r->arena, value->text);
    node->leaf.format = r->format.data;
    return true;
}

// ---- Attr --------------------------------------------------------------------------------------

static void open_attr(reader *r, od_node *node) {
    (void)node;
    r->attr.identifier = (od_slice){0};
    r->attr.classes.count = r->attr.attributes.count = 0;
}

static bool take_identifier(reader *r, od_node *node, const scalar *value) {
    (void)node;
    r->attr.identifier = keep(r, value->text);
    return true;
}

static bool take_class(reader *r, od_node *node, const scalar *value) {
    (void)node;
    *od_array_push(&r->scratch, &r->attr.classes) = keep(r, value->text);
    return true;
}

static bool take_attribute_key(reader *r, od_node *node, const scalar *value) {
    (void)node;
    od_array_push(&r->scratch, &r->attr.attributes)->key = keep(r, value->text);
    return true;
}

static bool take_attribute_value(reader *r, od_node *node, const scalar *value) {
    (void)node;
    r->attr.attributes.items[r->attr.attributes.count - 1].value = keep(r, value->text);
    return true;
}

static void *copy_items(reader *r, const void *items, size_t count, size_t item_size) {
    if (!count) return NULL;
    return memcpy(od_arena_alloc_array(r->arena, count, item_size), items, count * item_size);
}

// Returns the Attr that has been read; NULL when it is empty.
static const od_attr *finish_attr(reader *r) {
    const size_t classes = r->attr.classes.count, attributes = r->attr.attributes.count;
    if (!r->attr.identifier.size && !classes && !attributes) return NULL;
    od_attr *const attr = od_arena_new(r->arena, od_attr);
    *attr = (od_attr){
        .identifier = r->attr.identifier,
        .classes = copy_items(r, r->attr.classes.items, classes, sizeof(od_slice)),
        .class_count = classes,
        .attributes = copy_items(r, r->attr.attributes.items, attributes, sizeof(od_pair)),
        .attribute_count = attributes};
    return attr;
}

// The payloads that nodes point to are made with them here and are written to until they are whole.
static od_link *link_of(od_node *node) {
    return (od_link *)node->link;
}

static od_table *table_of(od_node *node) {
    return (od_table *)node->table;
}

static od_citation *citation_of(od_node *node) {
    return (od_citation *)node->citation;
}

static bool close_attr(reader *r, od_node *node, size_t count) {
    (void)count;
    const od_attr *const attr = finish_attr(r);
    switch ((od_node_type)node->type) {
    case OD_CODE:
    case OD_CODE_BLOCK: node->leaf.attr = attr; break;
    case OD_HEADING: node->heading.attr = attr; break;
    case OD_CELL: node->cell.attr = attr; break;
    case OD_TABLE_BODY: node->body.attr = attr; break;
    case OD_TABLE: table_of(node)->attr = attr; break;
    case OD_LINK:
    case OD_IMAGE: link_of(node)->attr = attr; break;
    default: node->attr = attr; break;
    }
    return true;
}

// ---- payloads ----------------------------------------------------------------------------------

static bool take_level(reader *r, od_node *node, const scalar *value) {
    (void)r;
    node->heading.level = (int)value->whole;
    return true;
}

static bool take_list_start(reader *r, od_node *node, const scalar *value) {
    (void)r;
    node->list.start = (size_t)value->whole;
    return true;
}

static void choose_list_style(reader *r, od_node *node, uint8_t number) {
    (void)r;
    node->list.style = number;
}

static void choose_list_delimiter(reader *r, od_node *node, uint8_t number) {
    (void)r;
    node->list.delimiter = number;
}

// Items without space between them hold OD_PLAIN.
static bool close_items(reader *r, od_node *node, size_t count) {
    (void)r;
    (void)count;
    const od_node *const item = node->first;
    node->list.tight = item && item->first && item->first->type == OD_PLAIN;
    return true;
}

static void choose_quotes(reader *r, od_node *node, uint8_t number) {
    (void)r;
    node->double_quotes = number;
}

static void choose_math(reader *r, od_node *node, uint8_t number) {
    (void)r;
    if (number) node->flags |= OD_DISPLAY;
}

static bool take_url(reader *r, od_node *node, const scalar *value) {
    link_of(node)->target = keep(r, value->text);
    return true;
}

static bool take_title(reader *r, od_node *node, const scalar *value) {
    link_of(node)->title = keep(r, value->text);
    return true;
}

static bool take_citation_id(reader *r, od_node *node, const scalar *value) {
    citation_of(node)->id = keep(r, value->text);
    return true;
}

static void choose_citation_mode(reader *r, od_node *node, uint8_t number) {
    (void)r;
    citation_of(node)->mode = (od_citation_mode)number;
}

static bool take_note_number(reader *r, od_node *node, const scalar *value) {
    (void)r;
    citation_of(node)->note_number = value->whole;
    return true;
}

static bool take_hash(reader *r, od_node *node, const scalar *value) {
    (void)r;
    citation_of(node)->hash = value->whole;
    return true;
}

// The fields may have come in any order; the prefix is the first child.
static bool close_citation(reader *r, od_node *node, size_t count) {
    (void)r;
    (void)count;
    if (node->first->type == OD_PREFIX) return true;
    od_node *const suffix = node->first, *const prefix = node->last;
    node->first = prefix;
    node->last = suffix;
    prefix->next = suffix;
    suffix->next = NULL;
    return true;
}

// ---- tables ------------------------------------------------------------------------------------

static void open_columns(reader *r, od_node *node) {
    (void)node;
    r->columns.count = 0;
}

static void open_column(reader *r, od_node *node) {
    (void)node;
    od_array_push(&r->scratch, &r->columns);
}

static od_column *last_column(reader *r) {
    return &r->columns.items[r->columns.count - 1];
}

static void choose_column_alignment(reader *r, od_node *node, uint8_t number) {
    (void)node;
    last_column(r)->alignment = (od_alignment)number;
}

static bool take_width(reader *r, od_node *node, const scalar *value) {
    (void)node;
    last_column(r)->width = value->real;
    return true;
}

static bool close_columns(reader *r, od_node *node, size_t count) {
    table_of(node)->columns = copy_items(r, r->columns.items, count, sizeof(od_column));
    table_of(node)->column_count = count;
    return true;
}

// An empty caption is none.
static bool close_caption(reader *r, od_node *caption, size_t count) {
    (void)r;
    (void)count;
    od_node *const table = caption->parent;
    if (table->type == OD_TABLE && !caption->first) table->first = table->last = NULL;
    return true;
}

static bool take_head_columns(reader *r, od_node *node, const scalar *value) {
    (void)r;
    node->body.row_head_columns = (uint32_t)value->whole;
    return true;
}

static bool close_head_rows(reader *r, od_node *node, size_t count) {
    (void)r;
    node->body.head_rows = (uint32_t)count;
    return true;
}

static void choose_cell_alignment(reader *r, od_node *node, uint8_t number) {
    (void)r;
    node->cell.alignment = number;
}

static bool take_row_span(reader *r, od_node *node, const scalar *value) {
    (void)r;
    node->cell.row_span = (uint32_t)value->whole;
    return true;
}

static bool take_column_span(reader *r, od_node *node, const scalar *value) {
    (void)r;
    node->cell.column_span = (uint32_t)value->whole;
    return true;
}

// ---- document and metadata ---------------------------------------------------------------------

static bool take_truth(reader *r, od_node *node, const scalar *value) {
    (void)r;
    node->truth = value->truth;
    return true;
}

static bool take_version_number(reader *r, od_node *node, const scalar *value) {
    (void)node;
    od_pandoc_api *const version = &r->version;
    if (version->count == OD_PANDOC_API_NUMBERS)
        return fail(r, OD_SAY("a version has at most {1} numbers", "版本号最多{1}段"),
                    number_of(r, OD_PANDOC_API_NUMBERS));
    version->numbers[version->count++] = (uint32_t)value->whole;
    return true;
}

static bool close_version(reader *r, od_node *node, size_t count) {
    (void)node;
    const uint32_t *const n = r->version.numbers;
    if (count >= 2 && n[0] == 1 && (n[1] == 22 || n[1] == 23)) return true;
    return fail(r, OD_SAY("this version of pandoc's document types is not known: only 1.22 (pandoc 2.11 to "
                          "2.19) and 1.23 (pandoc 3) are",
                          "不认识这个版本的pandoc文档类型：只认1.22（pandoc 2.11至2.19）和1.23（pandoc 3）"));
}

static bool close_meta_map(reader *r, od_node *map, size_t count) {
    (void)count;
    const od_node *const twice = od_meta_sort(map);
    if (!twice) return true;
    return fail(r, OD_SAY("the key “{1}” is given twice", "键“{1}”写了两次"), twice->leaf.text);
}

// ---- the grammar -------------------------------------------------------------------------------

#define NAME(literal) .name = literal, .size = sizeof(literal) - 1

static const variant BLOCKS[] = {
    {NAME("Para"), P_INLINES, OD_PARA, 0},
    {NAME("Plain"), P_INLINES, OD_PLAIN, 0},
    {NAME("Header"), P_HEADER, OD_HEADING, 0},
    {NAME("BulletList"), P_ITEMS, OD_BULLET_LIST, 0},
    {NAME("OrderedList"), P_ORDERED_LIST, OD_ORDERED_LIST, 0},
    {NAME("BlockQuote"), P_BLOCKS, OD_BLOCK_QUOTE, 0},
    {NAME("CodeBlock"), P_CODE, OD_CODE_BLOCK, 0},
    {NAME("Div"), P_DIV, OD_DIV, 0},
    {NAME("Table"), P_TABLE, OD_TABLE, 0},
    {NAME("Figure"), P_FIGURE, OD_FIGURE, 0},
    {NAME("RawBlock"), P_RAW, OD_RAW_BLOCK, 0},
    {NAME("HorizontalRule"), P_NOTHING, OD_HORIZONTAL_RULE, 0},
    {NAME("DefinitionList"), P_DEFINITION_ITEMS, OD_DEFINITION_LIST, 0},
    {NAME("LineBlock"), P_LINES, OD_LINE_BLOCK, 0},
    {NAME("Null"), P_NOTHING, 0, 0}, // until 1.22: a block that is nothing
    {0},
};

static const variant INLINES[] = {
    {NAME("Str"), P_WORD, 0, 0},
    {NAME("Space"), P_NOTHING, 0, OD_SPACE},
    {NAME("SoftBreak"), P_NOTHING, 0, OD_SOFT_BREAK},
    {NAME("LineBreak"), P_NOTHING, 0, OD_LINE_BREAK},
    {NAME("Emph"), P_INLINES, OD_EMPH, 0},
    {NAME("Strong"), P_INLINES, OD_STRONG, 0},
    {NAME("Link"), P_LINK, OD_LINK, 0},
    {NAME("Code"), P_CODE, OD_CODE, 0},
    {NAME("Image"), P_LINK, OD_IMAGE, 0},
    {NAME("Span"), P_SPAN, OD_SPAN, 0},
    {NAME("RawInline"), P_RAW, OD_RAW_INLINE, 0},
    {NAME("Quoted"), P_QUOTED, OD_QUOTED, 0},
    {NAME("Cite"), P_CITE, OD_CITE, 0},
    {NAME("Math"), P_MATH, OD_MATH, 0},
    {NAME("Note"), P_BLOCKS, OD_NOTE, 0},
    {NAME("Strikeout"), P_INLINES, OD_STRIKEOUT, 0},
    {NAME("Underline"), P_INLINES, OD_UNDERLINE, 0},
    {NAME("Superscript"), P_INLINES, OD_SUPERSCRIPT, 0},
    {NAME("Subscript"), P_INLINES, OD_SUBSCRIPT, 0},
    {NAME("SmallCaps"), P_INLINES, OD_SMALL_CAPS, 0},
    {0},
};

static const variant META_VALUES[] = {
    {NAME("MetaInlines"), P_INLINES, OD_META_INLINES, 0},
    {NAME("MetaBlocks"), P_BLOCKS, OD_META_BLOCKS, 0},
    {NAME("MetaString"), P_TEXT, OD_META_STRING, 0},
    {NAME("MetaBool"), P_META_BOOL, OD_META_BOOL, 0},
    {NAME("MetaList"), P_META_LIST, OD_META_LIST, 0},
    {NAME("MetaMap"), P_META_MAP, OD_META_MAP, 0},
    {0},
};

static const variant STYLES[] = {
    {NAME("DefaultStyle"), P_NOTHING, 0, OD_STYLE_DEFAULT},
    {NAME("Example"), P_NOTHING, 0, OD_STYLE_EXAMPLE},
    {NAME("Decimal"), P_NOTHING, 0, OD_STYLE_DECIMAL},
    {NAME("LowerRoman"), P_NOTHING, 0, OD_STYLE_LOWER_ROMAN},
    {NAME("UpperRoman"), P_NOTHING, 0, OD_STYLE_UPPER_ROMAN},
    {NAME("LowerAlpha"), P_NOTHING, 0, OD_STYLE_LOWER_ALPHA},
    {NAME("UpperAlpha"), P_NOTHING, 0, OD_STYLE_UPPER_ALPHA},
    {0},
};

static const variant DELIMITERS[] = {
    {NAME("DefaultDelim"), P_NOTHING, 0, OD_DELIMITER_DEFAULT},
    {NAME("Period"), P_NOTHING, 0, OD_DELIMITER_PERIOD},
    {NAME("OneParen"), P_NOTHING, 0, OD_DELIMITER_ONE_PAREN},
    {NAME("TwoParens"), P_NOTHING, 0, OD_DELIMITER_TWO_PARENS},
    {0},
};

static const variant ALIGNMENTS[] = {
    {NAME("AlignDefault"), P_NOTHING, 0, OD_ALIGN_DEFAULT},
    {NAME("AlignLeft"), P_NOTHING, 0, OD_ALIGN_LEFT},
    {NAME("AlignRight"), P_NOTHING, 0, OD_ALIGN_RIGHT},
    {NAME("AlignCenter"), P_NOTHING, 0, OD_ALIGN_CENTER},
    {0},
};

static const variant WIDTHS[] = {
    {NAME("ColWidthDefault"), P_NOTHING, 0, 0},
    {NAME("ColWidth"), P_WIDTH, 0, 0},
    {0},
};

static const variant QUOTES[] = {
    {NAME("SingleQuote"), P_NOTHING, 0, false},
    {NAME("DoubleQuote"), P_NOTHING, 0, true},
    {0},
};

static const variant MODES[] = {
    {NAME("NormalCitation"), P_NOTHING, 0, OD_NORMAL_CITATION},
    {NAME("AuthorInText"), P_NOTHING, 0, OD_AUTHOR_IN_TEXT},
    {NAME("SuppressAuthor"), P_NOTHING, 0, OD_SUPPRESS_AUTHOR},
    {0},
};

static const variant MATH_TYPES[] = {
    {NAME("InlineMath"), P_NOTHING, 0, false},
    {NAME("DisplayMath"), P_NOTHING, 0, true},
    {0},
};

static const field DOCUMENT[] = {
    {"pandoc-api-version", P_VERSION}, {"meta", P_META}, {"blocks", P_BLOCKS}, {0}};

static const field CITATION[] = {{"citationId", P_CITATION_ID},
                                 {"citationPrefix", P_CITATION_PREFIX},
                                 {"citationSuffix", P_CITATION_SUFFIX},
                                 {"citationMode", P_CITATION_MODE},
                                 {"citationNoteNum", P_CITATION_NUMBER},
                                 {"citationHash", P_CITATION_HASH},
                                 {0}};

// Whole numbers of pandoc are 64 bits wide; those of tables and levels are less here.
#define WHOLE_FROM(low, high) .kind = WHOLE, .least = (low), .most = (high)
#define LIST_OF(item) .kind = LIST, .parts = {item}
#define STRING .kind = TEXT, .what = {"a string", "字符串"}

static const rule RULES[] = {
    [P_ANYTHING] = {.kind = ANYTHING},
    [P_DOCUMENT] = {.kind = RECORD,
                    .what = {"a document {\"pandoc-api-version\", \"meta\", \"blocks\"}",
                             "文档{\"pandoc-api-version\", \"meta\", \"blocks\"}"},
                    .fields = DOCUMENT},
    [P_VERSION] = {LIST_OF(P_VERSION_NUMBER), .what = {"a version [1, 23]", "版本号[1, 23]"},
                   .close = close_version},
    [P_VERSION_NUMBER] = {WHOLE_FROM(0, UINT32_MAX), .what = {"a version number", "版本号数字"},
                          .take = take_version_number},
    [P_META] = {.kind = MAP,
                .what = {"an object of metadata values", "元数据对象"},
                .close = close_meta_map},
    [P_META_VALUE] = {.kind = TAGGED,
                      .what = {"a metadata value", "元数据值"},
                      .variants = META_VALUES},
    [P_META_MAP] = {.kind = MAP,
                    .what = {"an object of metadata values", "元数据对象"},
                    .close = close_meta_map},
    [P_META_LIST] = {LIST_OF(P_META_VALUE),
                     .what = {"a list of metadata values", "元数据值的列表"}},
    [P_META_BOOL] = {.kind = TRUTH, .what = {"true or false", "true或false"}, .take = take_truth},
    [P_BLOCKS] = {LIST_OF(P_BLOCK), .what = {"a list of blocks", "块的列表"}},
    [P_BLOCK] = {.kind = TAGGED, .what = {"a block", "块"}, .variants = BLOCKS},
    [P_INLINES] = {LIST_OF(P_INLINE), .what = {"a list of inlines", "行内元素的列表"}},
    [P_INLINE] = {.kind = TAGGED, .what = {"an inline", "行内元素"}, .variants = INLINES},
    [P_TAG] = {.kind = TEXT, .what = {"the name of a constructor", "类型的名称"}},
    [P_WORD] = {STRING, .take = take_word},
    [P_TEXT] = {STRING, .take = take_text},
    [P_CODE] = {.kind = TUPLE,
                .what = {"[attributes, text]", "[属性, 文字]"},
                .parts = {P_ATTR, P_TEXT},
                .count = 2},
    [P_RAW] = {.kind = TUPLE,
               .what = {"[format, text]", "[格式, 文字]"},
               .parts = {P_FORMAT, P_TEXT},
               .count = 2},
    [P_FORMAT] = {STRING, .take = take_format},
    [P_ATTR] = {.kind = TUPLE,
                .what = {"attributes [identifier, [classes], [[key, value]]]",
                         "属性[标识, [类], [[键, 值]]]"},
                .parts = {P_IDENTIFIER, P_CLASSES, P_ATTRIBUTES},
                .count = 3,
                .open = open_attr,
                .close = close_attr},
    [P_IDENTIFIER] = {STRING, .take = take_identifier},
    [P_CLASSES] = {LIST_OF(P_CLASS), .what = {"a list of classes", "类的列表"}},
    [P_CLASS] = {STRING, .take = take_class},
    [P_ATTRIBUTES] = {LIST_OF(P_ATTRIBUTE),
                      .what = {"a list of [key, value]", "[键, 值]的列表"}},
    [P_ATTRIBUTE] = {.kind = TUPLE,
                     .what = {"[key, value]", "[键, 值]"},
                     .parts = {P_ATTRIBUTE_KEY, P_ATTRIBUTE_VALUE},
                     .count = 2},
    [P_ATTRIBUTE_KEY] = {STRING, .take = take_attribute_key},
    [P_ATTRIBUTE_VALUE] = {STRING, .take = take_attribute_value},
    [P_HEADER] = {.kind = TUPLE,
                  .what = {"[level, attributes, inlines]", "[级别, 属性, 行内元素]"},
                  .parts = {P_LEVEL, P_ATTR, P_INLINES},
                  .count = 3},
    [P_LEVEL] = {WHOLE_FROM(INT32_MIN, INT32_MAX), .what = {"a level", "级别"}, .take = take_level},
    [P_LINES] = {LIST_OF(P_LINE), .what = {"a list of lines", "行的列表"}},
    [P_LINE] = {LIST_OF(P_INLINE),
                .what = {"a list of inlines", "行内元素的列表"},
                .node = OD_LINE},
    [P_ITEMS] = {LIST_OF(P_ITEM), .what = {"a list of items", "列表项的列表"}, .close = close_items},
    [P_ITEM] = {LIST_OF(P_BLOCK), .what = {"a list of blocks", "块的列表"}, .node = OD_ITEM},
    [P_ORDERED_LIST] = {.kind = TUPLE,
                        .what = {"[list attributes, items]", "[列表属性, 列表项]"},
                        .parts = {P_LIST_ATTRIBUTES, P_ITEMS},
                        .count = 2},
    [P_LIST_ATTRIBUTES] = {.kind = TUPLE,
                           .what = {"[start, style, delimiter]", "[起始编号, 样式, 分隔符]"},
                           .parts = {P_LIST_START, P_LIST_STYLE, P_LIST_DELIMITER},
                           .count = 3},
    [P_LIST_START] = {WHOLE_FROM(INT64_MIN, INT64_MAX), .what = {"a whole number", "整数"},
                      .take = take_list_start},
    [P_LIST_STYLE] = {.kind = TAGGED,
                      .what = {"a list style", "列表样式"},
                      .variants = STYLES,
                      .choose = choose_list_style},
    [P_LIST_DELIMITER] = {.kind = TAGGED,
                          .what = {"a list delimiter", "列表分隔符"},
                          .variants = DELIMITERS,
                          .choose = choose_list_delimiter},
    [P_DEFINITION_ITEMS] = {LIST_OF(P_DEFINITION_ITEM),
                            .what = {"a list of [term, definitions]", "[词条, 释义]的列表"}},
    [P_DEFINITION_ITEM] = {.kind = TUPLE,
                           .what = {"[term, definitions]", "[词条, 释义]"},
                           .parts = {P_TERM, P_DEFINITIONS},
                           .count = 2},
    [P_TERM] = {LIST_OF(P_INLINE),
                .what = {"a list of inlines", "行内元素的列表"},
                .node = OD_TERM},
    [P_DEFINITIONS] = {LIST_OF(P_DEFINITION), .what = {"a list of definitions", "释义的列表"}},
    [P_DEFINITION] = {LIST_OF(P_BLOCK),
                      .what = {"a list of blocks", "块的列表"},
                      .node = OD_DEFINITION},
    [P_DIV] = {.kind = TUPLE,
               .what = {"[attributes, blocks]", "[属性, 块]"},
               .parts = {P_ATTR, P_BLOCKS},
               .count = 2},
    [P_FIGURE] = {.kind = TUPLE,
                  .what = {"[attributes, caption, blocks]", "[属性, 标题, 块]"},
                  .parts = {P_ATTR, P_CAPTION, P_BLOCKS},
                  .count = 3},
    [P_CAPTION] = {.kind = TUPLE,
                   .what = {"a caption [short caption or null, blocks]", "标题[短标题或null, 块]"},
                   .parts = {P_SHORT_CAPTION, P_BLOCKS},
                   .count = 2,
                   .node = OD_CAPTION,
                   .close = close_caption},
    [P_SHORT_CAPTION] = {LIST_OF(P_INLINE),
                         .what = {"a list of inlines or null", "行内元素的列表或null"},
                         .node = OD_SHORT_CAPTION,
                         .nullable = true},
    [P_TABLE] = {.kind = TUPLE,
                 .what = {"[attributes, caption, columns, head, bodies, foot]",
                          "[属性, 标题, 列, 表头, 表体, 表尾]"},
                 .parts = {P_ATTR, P_CAPTION, P_COLUMNS, P_TABLE_HEAD, P_TABLE_BODIES,
                           P_TABLE_FOOT},
                 .count = 6},
    [P_COLUMNS] = {LIST_OF(P_COLUMN),
                   .what = {"a list of [alignment, width]", "[对齐, 宽度]的列表"},
                   .open = open_columns,
                   .close = close_columns},
    [P_COLUMN] = {.kind = TUPLE,
                  .what = {"[alignment, width]", "[对齐, 宽度]"},
                  .parts = {P_COLUMN_ALIGNMENT, P_COLUMN_WIDTH},
                  .count = 2,
                  .open = open_column},
    [P_COLUMN_ALIGNMENT] = {.kind = TAGGED,
                            .what = {"an alignment", "对齐方式"},
                            .variants = ALIGNMENTS,
                            .choose = choose_column_alignment},
    [P_COLUMN_WIDTH] = {.kind = TAGGED, .what = {"a column width", "列宽"}, .variants = WIDTHS},
    [P_WIDTH] = {.kind = REAL, .what = {"a number", "数字"}, .take = take_width},
    [P_TABLE_HEAD] = {.kind = TUPLE,
                      .what = {"[attributes, rows]", "[属性, 行]"},
                      .parts = {P_ATTR, P_ROWS},
                      .count = 2,
                      .node = OD_TABLE_HEAD},
    [P_TABLE_BODIES] = {LIST_OF(P_TABLE_BODY), .what = {"a list of table bodies", "表体的列表"}},
    [P_TABLE_BODY] = {.kind = TUPLE,
                      .what = {"[attributes, row head columns, head rows, rows]",
                               "[属性, 行头列数, 表头行, 行]"},
                      .parts = {P_ATTR, P_HEAD_COLUMNS, P_HEAD_ROWS, P_ROWS},
                      .count = 4,
                      .node = OD_TABLE_BODY},
    [P_TABLE_FOOT] = {.kind = TUPLE,
                      .what = {"[attributes, rows]", "[属性, 行]"},
                      .parts = {P_ATTR, P_ROWS},
                      .count = 2,
                      .node = OD_TABLE_FOOT},
    [P_HEAD_COLUMNS] = {WHOLE_FROM(0, UINT32_MAX), .what = {"a number of columns", "列数"},
                        .take = take_head_columns},
    [P_HEAD_ROWS] = {LIST_OF(P_ROW),
                     .what = {"a list of rows", "行的列表"},
                     .close = close_head_rows},
    [P_ROWS] = {LIST_OF(P_ROW), .what = {"a list of rows", "行的列表"}},
    [P_ROW] = {.kind = TUPLE,
               .what = {"a row [attributes, cells]", "行[属性, 单元格]"},
               .parts = {P_ATTR, P_CELLS},
               .count = 2,
               .node = OD_ROW},
    [P_CELLS] = {LIST_OF(P_CELL), .what = {"a list of cells", "单元格的列表"}},
    [P_CELL] = {.kind = TUPLE,
                .what = {"a cell [attributes, alignment, row span, column span, blocks]",
                         "单元格[属性, 对齐, 跨行, 跨列, 块]"},
                .parts = {P_ATTR, P_CELL_ALIGNMENT, P_ROW_SPAN, P_COLUMN_SPAN, P_BLOCKS},
                .count = 5,
                .node = OD_CELL},
    [P_CELL_ALIGNMENT] = {.kind = TAGGED,
                          .what = {"an alignment", "对齐方式"},
                          .variants = ALIGNMENTS,
                          .choose = choose_cell_alignment},
    [P_ROW_SPAN] = {WHOLE_FROM(0, UINT32_MAX), .what = {"a number of rows", "行数"},
                    .take = take_row_span},
    [P_COLUMN_SPAN] = {WHOLE_FROM(0, UINT32_MAX), .what = {"a number of columns", "列数"},
                       .take = take_column_span},
    [P_QUOTED] = {.kind = TUPLE,
                  .what = {"[kind of quotes, inlines]", "[引号种类, 行内元素]"},
                  .parts = {P_QUOTE_TYPE, P_INLINES},
                  .count = 2},
    [P_QUOTE_TYPE] = {.kind = TAGGED,
                      .what = {"a kind of quotes", "引号种类"},
                      .variants = QUOTES,
                      .choose = choose_quotes},
    [P_CITE] = {.kind = TUPLE,
                .what = {"[citations, inlines]", "[引文, 行内元素]"},
                .parts = {P_CITATIONS, P_INLINES},
                .count = 2},
    [P_CITATIONS] = {LIST_OF(P_CITATION), .what = {"a list of citations", "引文的列表"}},
    [P_CITATION] = {.kind = RECORD,
                    .what = {"a citation", "引文"},
                    .fields = CITATION,
                    .node = OD_CITATION,
                    .close = close_citation},
    [P_CITATION_ID] = {STRING, .take = take_citation_id},
    [P_CITATION_PREFIX] = {LIST_OF(P_INLINE),
                           .what = {"a list of inlines", "行内元素的列表"},
                           .node = OD_PREFIX},
    [P_CITATION_SUFFIX] = {LIST_OF(P_INLINE),
                           .what = {"a list of inlines", "行内元素的列表"},
                           .node = OD_SUFFIX},
    [P_CITATION_MODE] = {.kind = TAGGED,
                         .what = {"a citation mode", "引文方式"},
                         .variants = MODES,
                         .choose = choose_citation_mode},
    [P_CITATION_NUMBER] = {WHOLE_FROM(INT64_MIN, INT64_MAX), .what = {"a whole number", "整数"},
                           .take = take_note_number},
    [P_CITATION_HASH] = {WHOLE_FROM(INT64_MIN, INT64_MAX), .what = {"a whole number", "整数"},
                         .take = take_hash},
    [P_MATH] = {.kind = TUPLE,
                .what = {"[kind of math, text]", "[公式种类, 文字]"},
                .parts = {P_MATH_TYPE, P_TEXT},
                .count = 2},
    [P_MATH_TYPE] = {.kind = TAGGED,
                     .what = {"a kind of math", "公式种类"},
                     .variants = MATH_TYPES,
                     .choose = choose_math},
    [P_LINK] = {.kind = TUPLE,
                .what = {"[attributes, inlines, [URL, title]]", "[属性, 行内元素, [网址, 标题]]"},
                .parts = {P_ATTR, P_INLINES, P_TARGET},
                .count = 3},
    [P_TARGET] = {.kind = TUPLE,
                  .what = {"[URL, title]", "[网址, 标题]"},
                  .parts = {P_TARGET_URL, P_TARGET_TITLE},
                  .count = 2},
    [P_TARGET_URL] = {STRING, .take = take_url},
    [P_TARGET_TITLE] = {STRING, .take = take_title},
    [P_SPAN] = {.kind = TUPLE,
                .what = {"[attributes, inlines]", "[属性, 行内元素]"},
                .parts = {P_ATTR, P_INLINES},
                .count = 2},
};

// ---- frames ------------------------------------------------------------------------------------

static frame *top(reader *r) {
    return &r->frames.items[r->frames.count - 1];
}

static od_node *make_node(reader *r, od_node *parent, od_node_type type) {
    end_run(r);
    od_node *const node = append(r, parent, type);
    switch (type) {
    case OD_LINK:
    case OD_IMAGE: node->link = od_arena_new(r->arena, od_link); break;
    case OD_TABLE: node->table = od_arena_new(r->arena, od_table); break;
    case OD_CITATION: node->citation = od_arena_new(r->arena, od_citation); break;
    default: break;
    }
    return node;
}

static bool push(reader *r, const rule *rule, od_node *node, bool keyed) {
    const size_t limit = od_limit_value(AST_DEPTH);
    if (r->frames.count >= limit)
        return fail_at(r, OD_LIMIT, r->frames.count,
                       od_say(r->failures,
                              OD_SAY("nested deeper than {1} levels (limit: document nesting)",
                                     "嵌套超过{1}层（上限：文档嵌套层数）"),
                              number_of(r, limit)));
    if (rule == &RULES[P_META]) node = r->meta;
    if (rule->node) node = make_node(r, node, (od_node_type)rule->node);
    if (rule->open) rule->open(r, node);
    if (r->frames.count == r->frames.capacity) {
        od_array_push(&r->scratch, &r->frames);
        r->frames.count--;
    }
    frame *const f = &r->frames.items[r->frames.count++];
    *f = (frame){.rule = rule, .node = node, .keyed = keyed, .object = r->objects};
    if (keyed) r->objects++;
    return true;
}

// Says what the value that begins now may be, and moves on; NULL when there may be none.
static const rule *expect(reader *r) {
    if (!r->frames.count) return &RULES[P_DOCUMENT];
    frame *const f = top(r);
    if (f->keyed) return &RULES[f->part];
    const size_t index = f->index++;
    if (f->rule->kind != TUPLE) return &RULES[f->rule->parts[0]];
    if (index < f->rule->count) return &RULES[f->rule->parts[index]];
    fail(r, OD_SAY("one item too many: expected {1}", "多了一项：这里应是{1}"),
         in_language(r, f->rule->what));
    return NULL;
}

static od_node *owner(reader *r) {
    return r->frames.count ? top(r)->node : r->root;
}

// ---- tags --------------------------------------------------------------------------------------

// Where content stands before its tag, a second reading of the whole text finds the tags first.
typedef struct tag_reader {
    reader *r;
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

static bool find_tags(reader *r) {
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

static const variant *find_variant(const rule *rule, od_slice name) {
    for (const variant *v = rule->variants; v->name; v++)
        if (name.size == v->size && memcmp(name.data, v->name, v->size) == 0) return v;
    return NULL;
}

// Makes the top frame one of the constructor `name`.
static bool resolve(reader *r, od_slice name) {
    frame *const f = top(r);
    const rule *const rule = f->rule;
    f->variant = find_variant(rule, name);
    const bool is_null = f->variant && rule->variants == BLOCKS && !f->variant->node;
    if (is_null && r->version.count >= 2 && r->version.numbers[1] > 22) f->variant = NULL;
    if (!f->variant) {
        f->key = OD_SLICE("t");
        return fail(r, OD_SAY("unknown type “{2}”: expected {1}", "未知的类型“{2}”：这里应是{1}"),
                    in_language(r, rule->what), name);
    }
    if (f->variant->node) f->node = make_node(r, f->node, (od_node_type)f->variant->node);
    else if (rule->choose) rule->choose(r, f->node, f->variant->number);
    return true;
}

// The content of the top frame begins: its constructor must be known.
static bool prepare_content(reader *r) {
    if (top(r)->variant) return true;
    if (!find_tags(r)) return false;
    const size_t object = top(r)->object;
    const od_slice name = object < r->tag_count ? r->tags[object] : (od_slice){0};
    if (!name.size)
        return fail(r, OD_SAY("“t” is missing in {1}", "{1}缺少“t”"), in_language(r, top(r)->rule->what));
    return resolve(r, name);
}

// ---- keys --------------------------------------------------------------------------------------

static bool fail_twice(reader *r, od_slice key) {
    return fail(r, OD_SAY("the key “{1}” is given twice", "键“{1}”写了两次"), key);
}

static bool see(reader *r, size_t bit, od_slice key) {
    frame *const f = top(r);
    if (f->index & bit) return fail_twice(r, key);
    f->index |= bit;
    return true;
}

static bool take_tagged_key(reader *r, od_slice key) {
    frame *const f = top(r);
    f->part = P_ANYTHING;
    if (key.size != 1 || (key.data[0] != 't' && key.data[0] != 'c')) return true;
    const bool is_tag = key.data[0] == 't';
    if (!see(r, is_tag ? SEEN_TAG : SEEN_CONTENT, key)) return false;
    if (is_tag) {
        f->part = P_TAG;
        return true;
    }
    if (!prepare_content(r)) return false;
    if (f->variant->content != P_NOTHING) f->part = f->variant->content;
    return true;
}

static bool take_record_key(reader *r, od_slice key) {
    frame *const f = top(r);
    f->part = P_ANYTHING;
    for (size_t i = 0; f->rule->fields[i].name; i++) {
        if (!od_slice_is(key, f->rule->fields[i].name)) continue;
        f->part = f->rule->fields[i].part;
        return see(r, (size_t)1 << i, key);
    }
    return true;
}

// The map of a frame, whose node is the entry that was read last.
static od_node *map_of(const frame *f) {
    return f->node->type == OD_META_ENTRY ? f->node->parent : f->node;
}

static void take_map_key(reader *r) {
    frame *const f = top(r);
    f->node = append(r, map_of(f), OD_META_ENTRY);
    f->node->leaf.text = f->key;
    f->part = P_META_VALUE;
}

static bool take_key(reader *r, od_slice key) {
    frame *const f = top(r);
    f->key = keep(r, key);
    switch (f->rule->kind) {
    case TAGGED: return take_tagged_key(r, key);
    case RECORD: return take_record_key(r, key);
    case MAP: take_map_key(r); return true;
    default: f->part = P_ANYTHING; return true;
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

static bool take_whole(reader *r, const rule *rule, od_slice text) {
    scalar value = {.text = text};
    if (read_whole(text, &value.whole) && value.whole >= rule->least && value.whole <= rule->most)
        return rule->take(r, owner(r), &value);
    return fail(r, OD_SAY("“{2}” cannot be {1}: only whole numbers of a certain size can",
                          "“{2}”不能作{1}：须是一定范围内的整数"),
                in_language(r, rule->what), text);
}

static bool take_number(reader *r, const rule *rule, od_slice text) {
    scalar value = {.text = text};
    if (rule->kind == WHOLE) return take_whole(r, rule, text);
    if (rule->kind != REAL) return fail_kind(r, rule, OD_JSON_NUMBER);
    if (od_real_read(text, &value.real)) return rule->take(r, owner(r), &value);
    return fail(r, OD_SAY("“{1}” is too large", "“{1}”太大"), text);
}

static bool take_string(reader *r, const rule *rule, od_slice text) {
    if (rule->kind != TEXT) return fail_kind(r, rule, OD_JSON_STRING);
    if (rule->take) return rule->take(r, owner(r), &(scalar){.text = text});
    return top(r)->variant || resolve(r, text);
}

static bool take_scalar(reader *r, od_json_event event, od_slice text) {
    const rule *const rule = expect(r);
    if (!rule) return false;
    if (rule->kind == ANYTHING) return true;
    if (event == OD_JSON_STRING) return take_string(r, rule, text);
    if (event == OD_JSON_NUMBER) return take_number(r, rule, text);
    if (event == OD_JSON_NULL && rule->nullable) return true;
    if (event == OD_JSON_NULL || rule->kind != TRUTH) return fail_kind(r, rule, event);
    return rule->take(r, owner(r), &(scalar){.truth = event == OD_JSON_TRUE});
}

// ---- arrays and objects ------------------------------------------------------------------------

static bool open_value(reader *r, od_json_event event) {
    const rule *const rule = expect(r);
    if (!rule) return false;
    const bool keyed = event == OD_JSON_OPEN_OBJECT;
    const bool wants_keys = rule->kind == TAGGED || rule->kind == RECORD || rule->kind == MAP;
    const bool wants_items = rule->kind == LIST || rule->kind == TUPLE;
    if (rule->kind != ANYTHING && !(keyed ? wants_keys : wants_items))
        return fail_kind(r, rule, event);
    return push(r, rule, owner(r), keyed);
}

// What is wrong with an array or object as a whole is told at its end, by the path to itself.
#define fail_whole(r, ...) \
    fail_at((r), OD_INVALID, (r)->frames.count - 1, od_say((r)->failures, __VA_ARGS__))

static bool close_tagged(reader *r) {
    const frame *const f = top(r);
    const variant *const v = f->variant;
    if (!v)
        return fail_whole(r, OD_SAY("“t” is missing in {1}", "{1}缺少“t”"),
                          in_language(r, f->rule->what));
    if (v->content != P_NOTHING && !(f->index & SEEN_CONTENT))
        return fail_whole(r, OD_SAY("“c” is missing in {1}", "{1}缺少“c”"), od_slice_of(v->name));
    if (f->rule->variants == INLINES && v->number)
        add_space(r, f->node, (od_node_type)v->number);
    return true;
}

static bool close_record(reader *r) {
    const frame *const f = top(r);
    for (size_t i = 0; f->rule->fields[i].name; i++) {
        if (f->index >> i & 1) continue;
        return fail_whole(r, OD_SAY("“{1}” is missing in {2}", "{2}缺少“{1}”"),
                          od_slice_of(f->rule->fields[i].name), in_language(r, f->rule->what));
    }
    return true;
}

static bool close_tuple(reader *r) {
    const frame *const f = top(r);
    if (f->index == f->rule->count) return true;
    return fail_whole(r, OD_SAY("{1} items are too few: expected {2}", "只有{1}项，不够：这里应是{2}"),
                      number_of(r, f->index), in_language(r, f->rule->what));
}

static bool close_value(reader *r) {
    const frame *const f = top(r);
    const rule *const rule = f->rule;
    bool fine = true;
    switch (rule->kind) {
    case LIST: end_run(r); break;
    case TUPLE: fine = close_tuple(r); break;
    case TAGGED: fine = close_tagged(r); break;
    case RECORD: fine = close_record(r); break;
    default: break;
    }
    od_node *const node = rule->kind == MAP ? map_of(f) : f->node;
    const size_t count = f->index;
    r->frames.count--;
    return fine && (!rule->close || rule->close(r, node, count));
}

// ---- words at once -----------------------------------------------------------------------------

// Most of a document is words and spaces as pandoc writes them. They are read here, letter by letter,
// in a tenth of the time that their events would take; anything else is left to the events.
static const od_slice STR = {"{\"t\":\"Str\",\"c\":\"", 16};
static const od_slice STR_END = {"\"}", 2};
static const od_slice SPACE = {"{\"t\":\"Space\"}", 13};
static const od_slice SOFT_BREAK = {"{\"t\":\"SoftBreak\"}", 17};

static bool starts(const char *at, const char *end, od_slice with) {
    return (size_t)(end - at) >= with.size && memcmp(at, with.data, with.size) == 0;
}

// Reads the word at `at`, in a Str of `list`; returns where its object ends, or `at`.
static const char *skip_word(reader *r, od_node *list, const char *at, const char *end) {
    const char *const word = at + STR.size;
    const char *close = word;
    while (close < end && (unsigned char)*close >= 0x20 && *close != '"' && *close != '\\') close++;
    if (!starts(close, end, STR_END)) return at;
    take_word(r, list, &(scalar){.text = {word, (size_t)(close - word)}});
    return close + STR_END.size;
}

static const char *skip_inline(reader *r, od_node *list, const char *at, const char *end) {
    if (starts(at, end, SPACE)) {
        add_space(r, list, OD_SPACE);
        return at + SPACE.size;
    }
    if (starts(at, end, STR)) return skip_word(r, list, at, end);
    if (!starts(at, end, SOFT_BREAK)) return at;
    add_space(r, list, OD_SOFT_BREAK);
    return at + SOFT_BREAK.size;
}

static const char *skip_inlines(void *context, const char *at, const char *end) {
    reader *const r = context;
    frame *const f = top(r);
    if (f->rule->kind != LIST || f->rule->parts[0] != P_INLINE) return at;
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
    reader *const r = context;
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

static od_status read_bytes(reader *r) {
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
    reader r = {.arena = arena,
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
