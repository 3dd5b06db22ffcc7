// The grammar of pandoc's JSON: what each value may be, and what becomes of it.
#include "document/pandoc_json.h"

#include "document/meta.h"

// The parts that the reader does not know.
enum {
    P_VERSION = OD_PARTS,
    P_VERSION_NUMBER,
    P_META_MAP,
    P_META_LIST,
    P_META_BOOL,
    P_BLOCKS,
    P_INLINES,
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
};

// ---- text --------------------------------------------------------------------------------------

od_slice od_ast_keep(od_ast_reader *r, od_slice text) {
    if (!text.size) return (od_slice){"", 0};
    return od_json_events_lasts(&r->events, text) ? text : od_arena_copy(r->arena, text);
}

od_node *od_ast_append(od_ast_reader *r, od_node *parent, od_node_type type) {
    od_node *const node = od_node_new(r->arena, type, OD_NO_SPAN);
    od_node_append(parent, node);
    return node;
}

void od_ast_end_run(od_ast_reader *r) {
    od_ast_run *const u = &r->run;
    if (u->last == OD_AST_NO_RUN) return;
    od_ast_append(r, u->parent, OD_TEXT)->leaf.text =
        u->single.size ? u->single : od_arena_copy(r->arena, od_buf_slice(&u->text));
    u->last = OD_AST_NO_RUN;
    u->single.size = 0;
    u->text.size = 0;
}

static void add_to_run(od_ast_reader *r, od_node *parent, od_slice text, od_ast_last last) {
    od_ast_run *const u = &r->run;
    u->parent = parent;
    if (u->last == OD_AST_NO_RUN && od_json_events_lasts(&r->events, text)) {
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
    for (size_t i = 0; i < word.size; i++)
        if (od_separates(word.data[i])) return false;
    return word.size > 0;
}

bool od_ast_take_word(od_ast_reader *r, od_node *parent, const od_ast_scalar *value) {
    if (r->run.last != OD_AST_AFTER_WORD && is_one_word(value->text)) {
        add_to_run(r, parent, value->text, OD_AST_AFTER_WORD);
        return true;
    }
    od_ast_end_run(r);
    od_node *const node = od_ast_append(r, parent, OD_TEXT);
    node->flags = OD_VERBATIM;
    node->leaf.text = od_ast_keep(r, value->text);
    return true;
}

// Adds a Space, SoftBreak or LineBreak, which joins the run where the words of the run give it
// back.
void od_ast_add_space(od_ast_reader *r, od_node *parent, od_node_type type) {
    if (type != OD_LINE_BREAK && r->run.last != OD_AST_AFTER_SPACE) {
        const od_slice text = type == OD_SPACE ? OD_SLICE(" ") : OD_SLICE("\n");
        add_to_run(r, parent, text, OD_AST_AFTER_SPACE);
        return;
    }
    od_ast_end_run(r);
    od_ast_append(r, parent, type)->flags = OD_VERBATIM;
}

static bool take_text(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    node->leaf.text = od_ast_keep(r, value->text);
    return true;
}

static bool take_format(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    if (value->text.size && memchr(value->text.data, '\0', value->text.size))
        return od_ast_fail(r, OD_SAY("the name of the format holds a NUL character", "格式名里有NUL字符"));
    if (!r->format.data || !od_slice_equal(r->format, value->text))
        r->format = od_arena_copy(r->arena, value->text);
    node->leaf.format = r->format.data;
    return true;
}

// ---- Attr --------------------------------------------------------------------------------------

static void open_attr(od_ast_reader *r, od_node *node) {
    (void)node;
    r->attr.identifier = (od_slice){0};
    r->attr.classes.count = r->attr.attributes.count = 0;
}

static bool take_identifier(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)node;
    r->attr.identifier = od_ast_keep(r, value->text);
    return true;
}

static bool take_class(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)node;
    *od_array_push(&r->scratch, &r->attr.classes) = od_ast_keep(r, value->text);
    return true;
}

static bool take_attribute_key(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)node;
    od_array_push(&r->scratch, &r->attr.attributes)->key = od_ast_keep(r, value->text);
    return true;
}

static bool take_attribute_value(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)node;
    r->attr.attributes.items[r->attr.attributes.count - 1].value = od_ast_keep(r, value->text);
    return true;
}

static void *copy_items(od_ast_reader *r, const void *items, size_t count, size_t item_size) {
    if (!count) return NULL;
    return memcpy(od_arena_alloc_array(r->arena, count, item_size), items, count * item_size);
}

// Returns the Attr that has been read; NULL when it is empty.
static const od_attr *finish_attr(od_ast_reader *r) {
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

static bool close_attr(od_ast_reader *r, od_node *node, size_t count) {
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

static bool take_level(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)r;
    node->heading.level = (int)value->whole;
    return true;
}

static bool take_list_start(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)r;
    node->list.start = (size_t)value->whole;
    return true;
}

static void choose_list_style(od_ast_reader *r, od_node *node, uint8_t number) {
    (void)r;
    node->list.style = number;
}

static void choose_list_delimiter(od_ast_reader *r, od_node *node, uint8_t number) {
    (void)r;
    node->list.delimiter = number;
}

// Items without space between them hold OD_PLAIN.
static bool close_items(od_ast_reader *r, od_node *node, size_t count) {
    (void)r;
    (void)count;
    const od_node *const item = node->first;
    node->list.tight = item && item->first && item->first->type == OD_PLAIN;
    return true;
}

static void choose_quotes(od_ast_reader *r, od_node *node, uint8_t number) {
    (void)r;
    node->double_quotes = number;
}

static void choose_math(od_ast_reader *r, od_node *node, uint8_t number) {
    (void)r;
    if (number) node->flags |= OD_DISPLAY;
}

static bool take_url(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    link_of(node)->target = od_ast_keep(r, value->text);
    return true;
}

static bool take_title(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    link_of(node)->title = od_ast_keep(r, value->text);
    return true;
}

static bool take_citation_id(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    citation_of(node)->id = od_ast_keep(r, value->text);
    return true;
}

static void choose_citation_mode(od_ast_reader *r, od_node *node, uint8_t number) {
    (void)r;
    citation_of(node)->mode = (od_citation_mode)number;
}

static bool take_note_number(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)r;
    citation_of(node)->note_number = value->whole;
    return true;
}

static bool take_hash(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)r;
    citation_of(node)->hash = value->whole;
    return true;
}

// The fields may have come in any order; the prefix is the first child.
static bool close_citation(od_ast_reader *r, od_node *node, size_t count) {
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

static void open_columns(od_ast_reader *r, od_node *node) {
    (void)node;
    r->columns.count = 0;
}

static void open_column(od_ast_reader *r, od_node *node) {
    (void)node;
    od_array_push(&r->scratch, &r->columns);
}

static od_column *last_column(od_ast_reader *r) {
    return &r->columns.items[r->columns.count - 1];
}

static void choose_column_alignment(od_ast_reader *r, od_node *node, uint8_t number) {
    (void)node;
    last_column(r)->alignment = (od_alignment)number;
}

static bool take_width(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)node;
    last_column(r)->width = value->real == 0 ? -0.0 : value->real;
    return true;
}

static bool close_columns(od_ast_reader *r, od_node *node, size_t count) {
    table_of(node)->columns = copy_items(r, r->columns.items, count, sizeof(od_column));
    table_of(node)->column_count = count;
    return true;
}

// An empty caption is none.
static bool close_caption(od_ast_reader *r, od_node *caption, size_t count) {
    (void)r;
    (void)count;
    od_node *const table = caption->parent;
    if (table->type == OD_TABLE && !caption->first) table->first = table->last = NULL;
    return true;
}

static bool take_head_columns(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)r;
    node->body.row_head_columns = (uint32_t)value->whole;
    return true;
}

static bool close_head_rows(od_ast_reader *r, od_node *node, size_t count) {
    (void)r;
    node->body.head_rows = (uint32_t)count;
    return true;
}

static void choose_cell_alignment(od_ast_reader *r, od_node *node, uint8_t number) {
    (void)r;
    node->cell.alignment = number;
}

static bool take_row_span(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)r;
    node->cell.row_span = (uint32_t)value->whole;
    return true;
}

static bool take_column_span(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)r;
    node->cell.column_span = (uint32_t)value->whole;
    return true;
}

// ---- document and metadata ---------------------------------------------------------------------

static bool take_truth(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)r;
    node->truth = value->truth;
    return true;
}

static bool take_version_number(od_ast_reader *r, od_node *node, const od_ast_scalar *value) {
    (void)node;
    od_pandoc_api *const version = &r->version;
    if (version->count == OD_PANDOC_API_NUMBERS)
        return od_ast_fail(r, OD_SAY("a version has at most {1} numbers", "版本号最多{1}段"),
                    od_arena_number(r->failures->arena, OD_PANDOC_API_NUMBERS));
    version->numbers[version->count++] = (uint32_t)value->whole;
    return true;
}

static bool close_version(od_ast_reader *r, od_node *node, size_t count) {
    (void)node;
    const uint32_t *const n = r->version.numbers;
    if (count >= 2 && n[0] == 1 && (n[1] == 22 || n[1] == 23)) return true;
    return od_ast_fail(
        r, OD_SAY("this version of pandoc's document types is not known: only 1.22 (pandoc 2.11 to "
                  "2.19) and 1.23 (pandoc 3) are",
                  "不认识这个版本的pandoc文档类型：只认1.22（pandoc 2.11至2.19）和1.23（pandoc 3）"));
}

static bool close_meta_map(od_ast_reader *r, od_node *map, size_t count) {
    (void)count;
    const od_node *const twice = od_meta_sort(map);
    if (!twice) return true;
    return od_ast_fail(r, OD_SAY("the key “{1}” is given twice", "键“{1}”写了两次"), twice->leaf.text);
}

// ---- the grammar -------------------------------------------------------------------------------

#define NAME(literal) .name = literal, .size = sizeof(literal) - 1

static const od_ast_variant BLOCKS[] = {
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
    {NAME("HorizontalRule"), OD_PART_NOTHING, OD_HORIZONTAL_RULE, 0},
    {NAME("DefinitionList"), P_DEFINITION_ITEMS, OD_DEFINITION_LIST, 0},
    {NAME("LineBlock"), P_LINES, OD_LINE_BLOCK, 0},
    {NAME("Null"), OD_PART_NOTHING, 0, 0}, // until 1.22: a block that is nothing
    {0},
};

static const od_ast_variant INLINES[] = {
    {NAME("Str"), P_WORD, 0, 0},
    {NAME("Space"), OD_PART_NOTHING, 0, OD_SPACE},
    {NAME("SoftBreak"), OD_PART_NOTHING, 0, OD_SOFT_BREAK},
    {NAME("LineBreak"), OD_PART_NOTHING, 0, OD_LINE_BREAK},
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

static const od_ast_variant META_VALUES[] = {
    {NAME("MetaInlines"), P_INLINES, OD_META_INLINES, 0},
    {NAME("MetaBlocks"), P_BLOCKS, OD_META_BLOCKS, 0},
    {NAME("MetaString"), P_TEXT, OD_META_STRING, 0},
    {NAME("MetaBool"), P_META_BOOL, OD_META_BOOL, 0},
    {NAME("MetaList"), P_META_LIST, OD_META_LIST, 0},
    {NAME("MetaMap"), P_META_MAP, OD_META_MAP, 0},
    {0},
};

static const od_ast_variant STYLES[] = {
    {NAME("DefaultStyle"), OD_PART_NOTHING, 0, OD_STYLE_DEFAULT},
    {NAME("Example"), OD_PART_NOTHING, 0, OD_STYLE_EXAMPLE},
    {NAME("Decimal"), OD_PART_NOTHING, 0, OD_STYLE_DECIMAL},
    {NAME("LowerRoman"), OD_PART_NOTHING, 0, OD_STYLE_LOWER_ROMAN},
    {NAME("UpperRoman"), OD_PART_NOTHING, 0, OD_STYLE_UPPER_ROMAN},
    {NAME("LowerAlpha"), OD_PART_NOTHING, 0, OD_STYLE_LOWER_ALPHA},
    {NAME("UpperAlpha"), OD_PART_NOTHING, 0, OD_STYLE_UPPER_ALPHA},
    {0},
};

static const od_ast_variant DELIMITERS[] = {
    {NAME("DefaultDelim"), OD_PART_NOTHING, 0, OD_DELIMITER_DEFAULT},
    {NAME("Period"), OD_PART_NOTHING, 0, OD_DELIMITER_PERIOD},
    {NAME("OneParen"), OD_PART_NOTHING, 0, OD_DELIMITER_ONE_PAREN},
    {NAME("TwoParens"), OD_PART_NOTHING, 0, OD_DELIMITER_TWO_PARENS},
    {0},
};

static const od_ast_variant ALIGNMENTS[] = {
    {NAME("AlignDefault"), OD_PART_NOTHING, 0, OD_ALIGN_DEFAULT},
    {NAME("AlignLeft"), OD_PART_NOTHING, 0, OD_ALIGN_LEFT},
    {NAME("AlignRight"), OD_PART_NOTHING, 0, OD_ALIGN_RIGHT},
    {NAME("AlignCenter"), OD_PART_NOTHING, 0, OD_ALIGN_CENTER},
    {0},
};

static const od_ast_variant WIDTHS[] = {
    {NAME("ColWidthDefault"), OD_PART_NOTHING, 0, 0},
    {NAME("ColWidth"), P_WIDTH, 0, 0},
    {0},
};

static const od_ast_variant QUOTES[] = {
    {NAME("SingleQuote"), OD_PART_NOTHING, 0, false},
    {NAME("DoubleQuote"), OD_PART_NOTHING, 0, true},
    {0},
};

static const od_ast_variant MODES[] = {
    {NAME("NormalCitation"), OD_PART_NOTHING, 0, OD_NORMAL_CITATION},
    {NAME("AuthorInText"), OD_PART_NOTHING, 0, OD_AUTHOR_IN_TEXT},
    {NAME("SuppressAuthor"), OD_PART_NOTHING, 0, OD_SUPPRESS_AUTHOR},
    {0},
};

static const od_ast_variant MATH_TYPES[] = {
    {NAME("InlineMath"), OD_PART_NOTHING, 0, false},
    {NAME("DisplayMath"), OD_PART_NOTHING, 0, true},
    {0},
};

static const od_ast_field DOCUMENT[] = {
    {"pandoc-api-version", P_VERSION}, {"meta", OD_PART_META}, {"blocks", P_BLOCKS}, {0}};

static const od_ast_field CITATION[] = {{"citationId", P_CITATION_ID},
                                 {"citationPrefix", P_CITATION_PREFIX},
                                 {"citationSuffix", P_CITATION_SUFFIX},
                                 {"citationMode", P_CITATION_MODE},
                                 {"citationNoteNum", P_CITATION_NUMBER},
                                 {"citationHash", P_CITATION_HASH},
                                 {0}};

// Whole numbers of pandoc are 64 bits wide; those of tables and levels are less here.
#define WHOLE_FROM(low, high) .kind = OD_AST_WHOLE, .least = (low), .most = (high)
#define LIST_OF(item) .kind = OD_AST_LIST, .parts = {item}
#define STRING .kind = OD_AST_TEXT, .what = {"a string", "字符串"}

const od_ast_rule od_ast_rules[] = {
    [OD_PART_ANYTHING] = {.kind = OD_AST_ANYTHING},
    [OD_PART_DOCUMENT] = {.kind = OD_AST_RECORD,
                    .what = {"a document {\"pandoc-api-version\", \"meta\", \"blocks\"}",
                             "文档{\"pandoc-api-version\", \"meta\", \"blocks\"}"},
                    .fields = DOCUMENT},
    [P_VERSION] = {LIST_OF(P_VERSION_NUMBER), .what = {"a version [1, 23]", "版本号[1, 23]"},
                   .close = close_version},
    [P_VERSION_NUMBER] = {WHOLE_FROM(0, UINT32_MAX), .what = {"a version number", "版本号数字"},
                          .take = take_version_number},
    [OD_PART_META] = {.kind = OD_AST_MAP,
                .what = {"an object of metadata values", "元数据对象"},
                .close = close_meta_map},
    [OD_PART_META_VALUE] = {.kind = OD_AST_TAGGED,
                      .what = {"a metadata value", "元数据值"},
                      .variants = META_VALUES},
    [P_META_MAP] = {.kind = OD_AST_MAP,
                    .what = {"an object of metadata values", "元数据对象"},
                    .close = close_meta_map},
    [P_META_LIST] = {LIST_OF(OD_PART_META_VALUE),
                     .what = {"a list of metadata values", "元数据值的列表"}},
    [P_META_BOOL] = {.kind = OD_AST_TRUTH,
                     .what = {"true or false", "true或false"},
                     .take = take_truth},
    [P_BLOCKS] = {LIST_OF(OD_PART_BLOCK), .what = {"a list of blocks", "块的列表"}},
    [OD_PART_BLOCK] = {.kind = OD_AST_TAGGED, .what = {"a block", "块"}, .variants = BLOCKS},
    [P_INLINES] = {LIST_OF(OD_PART_INLINE), .what = {"a list of inlines", "行内元素的列表"}},
    [OD_PART_INLINE] = {.kind = OD_AST_TAGGED, .what = {"an inline", "行内元素"}, .variants = INLINES},
    [OD_PART_TAG] = {.kind = OD_AST_TEXT, .what = {"the name of a constructor", "类型的名称"}},
    [P_WORD] = {STRING, .take = od_ast_take_word},
    [P_TEXT] = {STRING, .take = take_text},
    [P_CODE] = {.kind = OD_AST_TUPLE,
                .what = {"[attributes, text]", "[属性, 文字]"},
                .parts = {P_ATTR, P_TEXT},
                .count = 2},
    [P_RAW] = {.kind = OD_AST_TUPLE,
               .what = {"[format, text]", "[格式, 文字]"},
               .parts = {P_FORMAT, P_TEXT},
               .count = 2},
    [P_FORMAT] = {STRING, .take = take_format},
    [P_ATTR] = {.kind = OD_AST_TUPLE,
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
    [P_ATTRIBUTE] = {.kind = OD_AST_TUPLE,
                     .what = {"[key, value]", "[键, 值]"},
                     .parts = {P_ATTRIBUTE_KEY, P_ATTRIBUTE_VALUE},
                     .count = 2},
    [P_ATTRIBUTE_KEY] = {STRING, .take = take_attribute_key},
    [P_ATTRIBUTE_VALUE] = {STRING, .take = take_attribute_value},
    [P_HEADER] = {.kind = OD_AST_TUPLE,
                  .what = {"[level, attributes, inlines]", "[级别, 属性, 行内元素]"},
                  .parts = {P_LEVEL, P_ATTR, P_INLINES},
                  .count = 3},
    [P_LEVEL] = {WHOLE_FROM(INT32_MIN, INT32_MAX), .what = {"a level", "级别"}, .take = take_level},
    [P_LINES] = {LIST_OF(P_LINE), .what = {"a list of lines", "行的列表"}},
    [P_LINE] = {LIST_OF(OD_PART_INLINE),
                .what = {"a list of inlines", "行内元素的列表"},
                .node = OD_LINE},
    [P_ITEMS] = {LIST_OF(P_ITEM), .what = {"a list of items", "列表项的列表"}, .close = close_items},
    [P_ITEM] = {LIST_OF(OD_PART_BLOCK), .what = {"a list of blocks", "块的列表"}, .node = OD_ITEM},
    [P_ORDERED_LIST] = {.kind = OD_AST_TUPLE,
                        .what = {"[list attributes, items]", "[列表属性, 列表项]"},
                        .parts = {P_LIST_ATTRIBUTES, P_ITEMS},
                        .count = 2},
    [P_LIST_ATTRIBUTES] = {.kind = OD_AST_TUPLE,
                           .what = {"[start, style, delimiter]", "[起始编号, 样式, 分隔符]"},
                           .parts = {P_LIST_START, P_LIST_STYLE, P_LIST_DELIMITER},
                           .count = 3},
    [P_LIST_START] = {WHOLE_FROM(INT64_MIN, INT64_MAX), .what = {"a whole number", "整数"},
                      .take = take_list_start},
    [P_LIST_STYLE] = {.kind = OD_AST_TAGGED,
                      .what = {"a list style", "列表样式"},
                      .variants = STYLES,
                      .choose = choose_list_style},
    [P_LIST_DELIMITER] = {.kind = OD_AST_TAGGED,
                          .what = {"a list delimiter", "列表分隔符"},
                          .variants = DELIMITERS,
                          .choose = choose_list_delimiter},
    [P_DEFINITION_ITEMS] = {LIST_OF(P_DEFINITION_ITEM),
                            .what = {"a list of [term, definitions]", "[词条, 释义]的列表"}},
    [P_DEFINITION_ITEM] = {.kind = OD_AST_TUPLE,
                           .what = {"[term, definitions]", "[词条, 释义]"},
                           .parts = {P_TERM, P_DEFINITIONS},
                           .count = 2},
    [P_TERM] = {LIST_OF(OD_PART_INLINE),
                .what = {"a list of inlines", "行内元素的列表"},
                .node = OD_TERM},
    [P_DEFINITIONS] = {LIST_OF(P_DEFINITION), .what = {"a list of definitions", "释义的列表"}},
    [P_DEFINITION] = {LIST_OF(OD_PART_BLOCK),
                      .what = {"a list of blocks", "块的列表"},
                      .node = OD_DEFINITION},
    [P_DIV] = {.kind = OD_AST_TUPLE,
               .what = {"[attributes, blocks]", "[属性, 块]"},
               .parts = {P_ATTR, P_BLOCKS},
               .count = 2},
    [P_FIGURE] = {.kind = OD_AST_TUPLE,
                  .what = {"[attributes, caption, blocks]", "[属性, 标题, 块]"},
                  .parts = {P_ATTR, P_CAPTION, P_BLOCKS},
                  .count = 3},
    [P_CAPTION] = {.kind = OD_AST_TUPLE,
                   .what = {"a caption [short caption or null, blocks]", "标题[短标题或null, 块]"},
                   .parts = {P_SHORT_CAPTION, P_BLOCKS},
                   .count = 2,
                   .node = OD_CAPTION,
                   .close = close_caption},
    [P_SHORT_CAPTION] = {LIST_OF(OD_PART_INLINE),
                         .what = {"a list of inlines or null", "行内元素的列表或null"},
                         .node = OD_SHORT_CAPTION,
                         .nullable = true},
    [P_TABLE] = {.kind = OD_AST_TUPLE,
                 .what = {"[attributes, caption, columns, head, bodies, foot]",
                          "[属性, 标题, 列, 表头, 表体, 表尾]"},
                 .parts = {P_ATTR, P_CAPTION, P_COLUMNS, P_TABLE_HEAD, P_TABLE_BODIES,
                           P_TABLE_FOOT},
                 .count = 6},
    [P_COLUMNS] = {LIST_OF(P_COLUMN),
                   .what = {"a list of [alignment, width]", "[对齐, 宽度]的列表"},
                   .open = open_columns,
                   .close = close_columns},
    [P_COLUMN] = {.kind = OD_AST_TUPLE,
                  .what = {"[alignment, width]", "[对齐, 宽度]"},
                  .parts = {P_COLUMN_ALIGNMENT, P_COLUMN_WIDTH},
                  .count = 2,
                  .open = open_column},
    [P_COLUMN_ALIGNMENT] = {.kind = OD_AST_TAGGED,
                            .what = {"an alignment", "对齐方式"},
                            .variants = ALIGNMENTS,
                            .choose = choose_column_alignment},
    [P_COLUMN_WIDTH] = {.kind = OD_AST_TAGGED,
                        .what = {"a column width", "列宽"},
                        .variants = WIDTHS},
    [P_WIDTH] = {.kind = OD_AST_REAL, .what = {"a number", "数字"}, .take = take_width},
    [P_TABLE_HEAD] = {.kind = OD_AST_TUPLE,
                      .what = {"[attributes, rows]", "[属性, 行]"},
                      .parts = {P_ATTR, P_ROWS},
                      .count = 2,
                      .node = OD_TABLE_HEAD},
    [P_TABLE_BODIES] = {LIST_OF(P_TABLE_BODY), .what = {"a list of table bodies", "表体的列表"}},
    [P_TABLE_BODY] = {.kind = OD_AST_TUPLE,
                      .what = {"[attributes, row head columns, head rows, rows]",
                               "[属性, 行头列数, 表头行, 行]"},
                      .parts = {P_ATTR, P_HEAD_COLUMNS, P_HEAD_ROWS, P_ROWS},
                      .count = 4,
                      .node = OD_TABLE_BODY},
    [P_TABLE_FOOT] = {.kind = OD_AST_TUPLE,
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
    [P_ROW] = {.kind = OD_AST_TUPLE,
               .what = {"a row [attributes, cells]", "行[属性, 单元格]"},
               .parts = {P_ATTR, P_CELLS},
               .count = 2,
               .node = OD_ROW},
    [P_CELLS] = {LIST_OF(P_CELL), .what = {"a list of cells", "单元格的列表"}},
    [P_CELL] = {.kind = OD_AST_TUPLE,
                .what = {"a cell [attributes, alignment, row span, column span, blocks]",
                         "单元格[属性, 对齐, 跨行, 跨列, 块]"},
                .parts = {P_ATTR, P_CELL_ALIGNMENT, P_ROW_SPAN, P_COLUMN_SPAN, P_BLOCKS},
                .count = 5,
                .node = OD_CELL},
    [P_CELL_ALIGNMENT] = {.kind = OD_AST_TAGGED,
                          .what = {"an alignment", "对齐方式"},
                          .variants = ALIGNMENTS,
                          .choose = choose_cell_alignment},
    [P_ROW_SPAN] = {WHOLE_FROM(0, UINT32_MAX), .what = {"a number of rows", "行数"},
                    .take = take_row_span},
    [P_COLUMN_SPAN] = {WHOLE_FROM(0, UINT32_MAX), .what = {"a number of columns", "列数"},
                       .take = take_column_span},
    [P_QUOTED] = {.kind = OD_AST_TUPLE,
                  .what = {"[kind of quotes, inlines]", "[引号种类, 行内元素]"},
                  .parts = {P_QUOTE_TYPE, P_INLINES},
                  .count = 2},
    [P_QUOTE_TYPE] = {.kind = OD_AST_TAGGED,
                      .what = {"a kind of quotes", "引号种类"},
                      .variants = QUOTES,
                      .choose = choose_quotes},
    [P_CITE] = {.kind = OD_AST_TUPLE,
                .what = {"[citations, inlines]", "[引文, 行内元素]"},
                .parts = {P_CITATIONS, P_INLINES},
                .count = 2},
    [P_CITATIONS] = {LIST_OF(P_CITATION), .what = {"a list of citations", "引文的列表"}},
    [P_CITATION] = {.kind = OD_AST_RECORD,
                    .what = {"a citation", "引文"},
                    .fields = CITATION,
                    .node = OD_CITATION,
                    .close = close_citation},
    [P_CITATION_ID] = {STRING, .take = take_citation_id},
    [P_CITATION_PREFIX] = {LIST_OF(OD_PART_INLINE),
                           .what = {"a list of inlines", "行内元素的列表"},
                           .node = OD_PREFIX},
    [P_CITATION_SUFFIX] = {LIST_OF(OD_PART_INLINE),
                           .what = {"a list of inlines", "行内元素的列表"},
                           .node = OD_SUFFIX},
    [P_CITATION_MODE] = {.kind = OD_AST_TAGGED,
                         .what = {"a citation mode", "引文方式"},
                         .variants = MODES,
                         .choose = choose_citation_mode},
    [P_CITATION_NUMBER] = {WHOLE_FROM(INT64_MIN, INT64_MAX), .what = {"a whole number", "整数"},
                           .take = take_note_number},
    [P_CITATION_HASH] = {WHOLE_FROM(INT64_MIN, INT64_MAX), .what = {"a whole number", "整数"},
                         .take = take_hash},
    [P_MATH] = {.kind = OD_AST_TUPLE,
                .what = {"[kind of math, text]", "[公式种类, 文字]"},
                .parts = {P_MATH_TYPE, P_TEXT},
                .count = 2},
    [P_MATH_TYPE] = {.kind = OD_AST_TAGGED,
                     .what = {"a kind of math", "公式种类"},
                     .variants = MATH_TYPES,
                     .choose = choose_math},
    [P_LINK] = {.kind = OD_AST_TUPLE,
                .what = {"[attributes, inlines, [URL, title]]", "[属性, 行内元素, [网址, 标题]]"},
                .parts = {P_ATTR, P_INLINES, P_TARGET},
                .count = 3},
    [P_TARGET] = {.kind = OD_AST_TUPLE,
                  .what = {"[URL, title]", "[网址, 标题]"},
                  .parts = {P_TARGET_URL, P_TARGET_TITLE},
                  .count = 2},
    [P_TARGET_URL] = {STRING, .take = take_url},
    [P_TARGET_TITLE] = {STRING, .take = take_title},
    [P_SPAN] = {.kind = OD_AST_TUPLE,
                .what = {"[attributes, inlines]", "[属性, 行内元素]"},
                .parts = {P_ATTR, P_INLINES},
                .count = 2},
};
