#include "writer/values.h"

// White space waits for what follows it: as in pandoc's Builder a run of it is one node, and a line
// break takes in the white space around it.
typedef enum waiting { NOTHING, SPACE, SOFT_BREAK, LINE_BREAK } waiting;

// How a frame goes on.
typedef enum mode {
    ROOT,
    PLAIN,
    STEPS, // table, citation: parts that are always there in pandoc's types, whatever the tree has
    CITE,
    BODY,
    FIGURE_IMAGE, // this and those behind: of pandoc 2
    FIGURE_DIV,
    FIGURE_CAPTION,
} mode;

// A node whose children are being written.
typedef struct frame {
    const od_node *node;
    const od_node *next; // the child to come
    mode mode;
    size_t closes; // how many values are to be closed after the children
    size_t step;   // STEPS: the part to come; CITE: whether the citations are closed
    size_t rows;   // BODY: how many rows there were; SIZE_MAX once the head is closed
} frame;

typedef struct speller {
    const od_spelling *as;
    void *context;
    const od_values_options *options;
    od_arena scratch;
    OD_ARRAY(frame) frames;
    waiting space;
    bool in_word;
    od_slice piece; // the word while it is of one text
    od_buf word;    // else
} speller;

// ---- values ------------------------------------------------------------------------------------

static void open(speller *s, od_value_form form, const char *name, size_t count) {
    s->as->open(s->context, form, name, count);
}

static void open_list(speller *s) {
    open(s, OD_LIST, "", 0);
}

static void close(speller *s) {
    s->as->close(s->context);
}

static void constant(speller *s, const char *name) {
    s->as->constant(s->context, name);
}

static void text(speller *s, od_slice text) {
    s->as->text(s->context, text);
}

static void integer(speller *s, int64_t number) {
    s->as->integer(s->context, number);
}

static void wrapped_integer(speller *s, const char *name, uint32_t number) {
    open(s, OD_WRAPPER, name, 1);
    integer(s, number);
    close(s);
}

static void field(speller *s, const char *name) {
    s->as->field(s->context, od_slice_of(name));
}

static void put_pair(speller *s, od_slice a, od_slice b) {
    open(s, OD_TUPLE, "", 2);
    text(s, a);
    text(s, b);
    close(s);
}

static void put_attr(speller *s, const od_attr *attr) {
    static const od_attr EMPTY;
    if (!attr) attr = &EMPTY;
    open(s, OD_TUPLE, "", 3);
    text(s, attr->identifier);
    open_list(s);
    for (size_t i = 0; i < attr->class_count; i++) text(s, attr->classes[i]);
    close(s);
    open_list(s);
    for (size_t i = 0; i < attr->attribute_count; i++)
        put_pair(s, attr->attributes[i].key, attr->attributes[i].value);
    close(s);
    close(s);
}

// ---- words -------------------------------------------------------------------------------------

static void end_word(speller *s) {
    if (!s->in_word) return;
    s->as->word(s->context, s->piece.size ? s->piece : od_buf_slice(&s->word));
    s->in_word = false;
    s->piece.size = 0;
    s->word.size = 0;
}

// Ends what the inlines so far left open.
static void settle(speller *s) {
    static const char *const NAMES[] = {"", "Space", "SoftBreak", "LineBreak"};
    end_word(s);
    if (s->space == NOTHING) return;
    constant(s, NAMES[s->space]);
    s->space = NOTHING;
}

static void put_space(speller *s, waiting space) {
    end_word(s);
    if (space > s->space) s->space = space;
}

static void put_word(speller *s, od_slice word) {
    if (!s->in_word) {
        settle(s);
        s->in_word = true;
        s->piece = word;
        return;
    }
    od_buf_add(&s->word, s->piece);
    s->piece.size = 0;
    od_buf_add(&s->word, word);
}

static void put_run(speller *s, const od_node *node) {
    od_slice rest = node->leaf.text, word;
    // A space written as an entity is a character like another; a task mark has a space behind it.
    if ((node->flags & OD_DECODED) && rest.size == 1) {
        put_word(s, rest);
        return;
    }
    for (od_word_kind kind; od_words(&rest, &kind, &word);) {
        if (kind == OD_WORD) put_word(s, word);
        else put_space(s, kind == OD_WORD_SPACE ? SPACE : SOFT_BREAK);
    }
}

static void put_text(speller *s, const od_node *node) {
    if (!(node->flags & OD_VERBATIM)) {
        put_run(s, node);
        return;
    }
    settle(s);
    s->as->word(s->context, node->leaf.text);
}

static void put_break(speller *s, const od_node *node, waiting space) {
    if (node->flags & OD_VERBATIM) settle(s);
    put_space(s, space);
    if (node->flags & OD_VERBATIM) settle(s);
}

// ---- parts that a tree may lack ----------------------------------------------------------------

static void put_columns(speller *s, const od_table *table) {
    static const char *const NAMES[] = {"AlignDefault", "AlignLeft", "AlignRight", "AlignCenter"};
    open_list(s);
    for (size_t i = 0; i < table->column_count; i++) {
        open(s, OD_TUPLE, "", 2);
        constant(s, NAMES[table->columns[i].alignment]);
        const double width = table->columns[i].width;
        if (od_has_width(&table->columns[i])) {
            open(s, OD_TAGGED, "ColWidth", 1);
            s->as->real(s->context, width == 0 ? 0 : width);
            close(s);
        } else {
            constant(s, "ColWidthDefault");
        }
        close(s);
    }
    close(s);
}

static void put_empty_caption(speller *s) {
    open(s, OD_SINGLE, "Caption", 2);
    s->as->nothing(s->context);
    open_list(s);
    close(s);
    close(s);
}

static void put_empty_rows(speller *s, const char *name) {
    open(s, OD_SINGLE, name, 2);
    put_attr(s, NULL);
    open_list(s);
    close(s);
    close(s);
}

static void put_empty_field(speller *s, const char *name) {
    field(s, name);
    open_list(s);
    close(s);
}

// A table is attr, caption, columns, head, bodies, foot; a citation id, prefix, suffix and more.
// The steps are their children.
enum { STEP_CAPTION, STEP_HEAD, STEP_BODIES, STEP_FOOT, TABLE_STEPS };
enum { STEP_PREFIX, STEP_SUFFIX, CITATION_STEPS };

static size_t step_of(const od_node *child) {
    switch ((od_node_type)child->type) {
    case OD_TABLE_HEAD: return STEP_HEAD;
    case OD_TABLE_BODY: return STEP_BODIES;
    case OD_TABLE_FOOT: return STEP_FOOT;
    case OD_SUFFIX: return STEP_SUFFIX;
    default: return STEP_CAPTION; // which is STEP_PREFIX too
    }
}

// What follows step `step`.
static void end_step(speller *s, const od_node *node, size_t step) {
    if (node->type != OD_TABLE) return;
    if (step == STEP_CAPTION) put_columns(s, node->table);
    else if (step == STEP_HEAD) open_list(s);
    else if (step == STEP_BODIES) close(s);
}

static void put_empty_step(speller *s, const od_node *node, size_t step) {
    if (node->type == OD_CITATION)
        put_empty_field(s, step == STEP_PREFIX ? "citationPrefix" : "citationSuffix");
    else if (step == STEP_CAPTION) put_empty_caption(s);
    else if (step == STEP_HEAD) put_empty_rows(s, "TableHead");
    else if (step == STEP_FOOT) put_empty_rows(s, "TableFoot");
}

// Goes on to step `step`, over those that the tree lacks.
static void reach_step(speller *s, frame *f, size_t step) {
    for (; f->step < step; f->step++) {
        put_empty_step(s, f->node, f->step);
        end_step(s, f->node, f->step);
    }
}

static void put_rest_of_citation(speller *s, const od_citation *citation) {
    static const char *const MODES[] = {"NormalCitation", "AuthorInText", "SuppressAuthor"};
    field(s, "citationMode");
    constant(s, MODES[citation->mode]);
    field(s, "citationNoteNum");
    integer(s, citation->note_number);
    field(s, "citationHash");
    integer(s, citation->hash);
}

// ---- figures of pandoc 2 -----------------------------------------------------------------------

// Returns the only child of `node` when it is of type `type`, or NULL.
static const od_node *only_child(const od_node *node, od_node_type type) {
    const od_node *const child = node ? node->first : NULL;
    return child && !child->next && child->type == type ? child : NULL;
}

static const od_node *caption_of(const od_node *figure) {
    return figure->first && figure->first->type == OD_CAPTION ? figure->first : NULL;
}

// Returns the inlines of a caption that is one paragraph, as their parent, or NULL.
static const od_node *caption_text(const od_node *caption) {
    const od_node *const plain = only_child(caption, OD_PLAIN);
    return plain ? plain : only_child(caption, OD_PARA);
}

// Returns the image of a figure that is no more than an image with its caption, or NULL.
static const od_node *simple_figure(const speller *s, const od_node *figure) {
    const od_node *const caption = caption_of(figure), *const last = figure->last;
    if (!last || last == caption || (caption ? caption->next : figure->first) != last) return NULL;
    const od_node *const image = last->type == OD_PLAIN ? only_child(last, OD_IMAGE) : NULL;
    const od_attr *const own = figure->attr;
    if (!image || (own && (own->class_count || own->attribute_count))) return NULL;
    if (image->link->attr && image->link->attr->identifier.size) return NULL;
    if (!caption || !caption->first) return image->first ? NULL : image;
    const od_node *const inlines = caption_text(caption);
    const bool same = inlines && (!image->first || s->options->same_inlines(inlines, image));
    return same ? image : NULL;
}

static frame *push(speller *s, const od_node *node, const od_node *next, size_t closes) {
    frame *const f = od_array_push(&s->scratch, &s->frames);
    *f = (frame){.node = node, .next = next, .mode = PLAIN, .closes = closes};
    return f;
}

// The figure becomes a paragraph of its image, with the identifier of the figure and its caption.
static void enter_figure_image(speller *s, const od_node *figure, const od_node *image) {
    od_attr attr = image->link->attr ? *image->link->attr : (od_attr){0};
    if (figure->attr) attr.identifier = figure->attr->identifier;
    open(s, OD_TAGGED, "Para", 1);
    open_list(s);
    open(s, OD_TAGGED, "Image", 3);
    put_attr(s, &attr);
    open_list(s);
    const od_node *const caption = caption_of(figure);
    push(s, image, caption && caption->first ? caption_text(caption)->first : NULL, 3)->mode =
        FIGURE_IMAGE;
}

static void leave_figure_image(speller *s, const od_node *image) {
    const od_link *const link = image->link;
    close(s); // of the inlines
    put_pair(s, link->target,
             od_arena_concat(&s->scratch, OD_SLICE("fig:"), link->title));
}

// Returns `attr` with the class `name` before its own, unless it has that.
static od_attr with_class(speller *s, const od_attr *attr, od_slice name) {
    od_attr copy = attr ? *attr : (od_attr){0};
    for (size_t i = 0; i < copy.class_count; i++)
        if (od_slice_equal(copy.classes[i], name)) return copy;
    od_slice *const classes = od_arena_array(&s->scratch, od_slice, copy.class_count + 1);
    classes[0] = name;
    if (copy.class_count) memcpy(classes + 1, copy.classes, copy.class_count * sizeof *classes);
    copy.classes = classes;
    copy.class_count++;
    return copy;
}

static void enter_div(speller *s, const od_attr *attr) {
    open(s, OD_TAGGED, "Div", 2);
    put_attr(s, attr);
    open_list(s);
}

static void enter_figure_div(speller *s, const od_node *figure) {
    const od_node *const caption = caption_of(figure);
    const od_attr attr = with_class(s, figure->attr, OD_SLICE("figure"));
    enter_div(s, &attr);
    push(s, figure, caption ? caption->next : figure->first, 2)->mode = FIGURE_DIV;
}

static void enter_old_figure(speller *s, const od_node *figure) {
    const od_node *const image = simple_figure(s, figure);
    if (image) enter_figure_image(s, figure, image);
    else enter_figure_div(s, figure);
}

// Goes on from the blocks of a figure to its caption; false when it has none.
static bool go_to_caption(speller *s, frame *f) {
    const od_node *const caption = caption_of(f->node);
    const od_node *first = caption ? caption->first : NULL;
    if (first && first->type == OD_SHORT_CAPTION) first = first->next;
    if (!first) return false;
    const od_attr attr = with_class(s, NULL, OD_SLICE("caption"));
    enter_div(s, &attr);
    f->mode = FIGURE_CAPTION;
    f->next = first;
    f->closes += 2;
    return true;
}

// ---- entering nodes ----------------------------------------------------------------------------

static void enter(speller *s, const od_node *node, size_t closes) {
    push(s, node, node->first, closes);
}

// Opens constructor `name`, whose last field is the list of the children.
static void open_tagged(speller *s, const od_node *node, size_t count) {
    open(s, OD_TAGGED, od_node_type_name((od_node_type)node->type), count);
}

static void enter_children(speller *s, const od_node *node) {
    open_tagged(s, node, 1);
    open_list(s);
    enter(s, node, 2);
}

static void enter_list(speller *s, const od_node *node) {
    open_list(s);
    enter(s, node, 1);
}

static void enter_attr(speller *s, const od_node *node) {
    open_tagged(s, node, 2);
    put_attr(s, node->attr);
    open_list(s);
    enter(s, node, 2);
}

static void enter_heading(speller *s, const od_node *node) {
    open_tagged(s, node, 3);
    integer(s, node->heading.level);
    put_attr(s, node->heading.attr);
    open_list(s);
    enter(s, node, 2);
}

static void enter_ordered(speller *s, const od_node *node) {
    static const char *const STYLES[] = {"DefaultStyle", "Example",    "Decimal",   "LowerRoman",
                                         "UpperRoman",   "LowerAlpha", "UpperAlpha"};
    static const char *const DELIMITERS[] = {"DefaultDelim", "Period", "OneParen", "TwoParens"};
    open_tagged(s, node, 2);
    open(s, OD_TUPLE, "", 3);
    integer(s, (int64_t)node->list.start);
    constant(s, STYLES[node->list.style]);
    constant(s, DELIMITERS[node->list.delimiter]);
    close(s);
    open_list(s);
    enter(s, node, 2);
}

static void enter_quoted(speller *s, const od_node *node) {
    open_tagged(s, node, 2);
    constant(s, node->double_quotes ? "DoubleQuote" : "SingleQuote");
    open_list(s);
    enter(s, node, 2);
}

static void enter_link(speller *s, const od_node *node) {
    open_tagged(s, node, 3);
    put_attr(s, node->link->attr);
    open_list(s);
    enter(s, node, 1);
}

static void enter_cite(speller *s, const od_node *node) {
    open_tagged(s, node, 2);
    open_list(s);
    push(s, node, node->first, 2)->mode = CITE;
}

static void enter_citation(speller *s, const od_node *node) {
    open(s, OD_RECORD, "Citation", 6);
    field(s, "citationId");
    text(s, node->citation->id);
    push(s, node, node->first, 1)->mode = STEPS;
}

static void enter_affix(speller *s, const od_node *node) {
    field(s, node->type == OD_PREFIX ? "citationPrefix" : "citationSuffix");
    enter_list(s, node);
}

static void enter_term(speller *s, const od_node *node) {
    open(s, OD_TUPLE, "", 2);
    enter_list(s, node);
}

static void enter_figure(speller *s, const od_node *node) {
    if (s->options->same_inlines) {
        enter_old_figure(s, node);
        return;
    }
    open_tagged(s, node, 3);
    put_attr(s, node->attr);
    if (!caption_of(node)) {
        put_empty_caption(s);
        open_list(s);
    }
    enter(s, node, 2);
}

static void enter_caption(speller *s, const od_node *node) {
    open(s, OD_SINGLE, "Caption", 2);
    if (!node->first || node->first->type != OD_SHORT_CAPTION) {
        s->as->nothing(s->context);
        open_list(s);
    }
    enter(s, node, 2);
}

static void enter_short_caption(speller *s, const od_node *node) {
    open(s, OD_WRAPPER, "Just", 1);
    open_list(s);
    enter(s, node, 2);
}

static void enter_table(speller *s, const od_node *node) {
    open_tagged(s, node, 6);
    put_attr(s, node->table->attr);
    push(s, node, node->first, 1)->mode = STEPS;
}

static void enter_rows(speller *s, const od_node *node) {
    open(s, OD_SINGLE, od_node_type_name((od_node_type)node->type), 2);
    put_attr(s, node->attr);
    open_list(s);
    enter(s, node, 2);
}

static void enter_body(speller *s, const od_node *node) {
    open(s, OD_SINGLE, "TableBody", 4);
    put_attr(s, node->body.attr);
    wrapped_integer(s, "RowHeadColumns", node->body.row_head_columns);
    open_list(s);
    push(s, node, node->first, 2)->mode = BODY;
}

static void enter_cell(speller *s, const od_node *node) {
    static const char *const NAMES[] = {"AlignDefault", "AlignLeft", "AlignRight", "AlignCenter"};
    open(s, OD_SINGLE, "Cell", 5);
    put_attr(s, node->cell.attr);
    constant(s, NAMES[node->cell.alignment]);
    wrapped_integer(s, "RowSpan", node->cell.row_span);
    wrapped_integer(s, "ColSpan", node->cell.column_span);
    open_list(s);
    enter(s, node, 2);
}

static void put_code(speller *s, const od_node *node) {
    open_tagged(s, node, 2);
    put_attr(s, node->leaf.attr);
    text(s, node->leaf.text);
    close(s);
}

static void put_raw(speller *s, const od_node *node) {
    open_tagged(s, node, 2);
    open(s, OD_WRAPPER, "Format", 1);
    text(s, od_slice_of(node->leaf.format));
    close(s);
    text(s, node->leaf.text);
    close(s);
}

static void put_math(speller *s, const od_node *node) {
    open_tagged(s, node, 2);
    constant(s, node->flags & OD_DISPLAY ? "DisplayMath" : "InlineMath");
    text(s, node->leaf.text);
    close(s);
}

static void put_rule(speller *s, const od_node *node) {
    constant(s, od_node_type_name((od_node_type)node->type));
}

static void enter_meta_map(speller *s, const od_node *node) {
    open_tagged(s, node, 1);
    open(s, OD_OBJECT, "", 0);
    enter(s, node, 2);
}

static void enter_meta_entry(speller *s, const od_node *node) {
    s->as->field(s->context, node->leaf.text);
    enter(s, node, 0);
}

static void put_meta_string(speller *s, const od_node *node) {
    open_tagged(s, node, 1);
    text(s, node->leaf.text);
    close(s);
}

static void put_meta_bool(speller *s, const od_node *node) {
    open_tagged(s, node, 1);
    s->as->truth(s->context, node->truth);
    close(s);
}

static void enter_node(speller *s, const od_node *node) {
    static void (*const ENTER[OD_NODE_TYPE_COUNT])(speller *, const od_node *) = {
        [OD_BLOCK_QUOTE] = enter_children,
        [OD_ORDERED_LIST] = enter_ordered,
        [OD_BULLET_LIST] = enter_children,
        [OD_ITEM] = enter_list,
        [OD_DEFINITION_LIST] = enter_children,
        [OD_TERM] = enter_term,
        [OD_DEFINITION] = enter_list,
        [OD_DIV] = enter_attr,
        [OD_FIGURE] = enter_figure,
        [OD_TABLE] = enter_table,
        [OD_CAPTION] = enter_caption,
        [OD_SHORT_CAPTION] = enter_short_caption,
        [OD_TABLE_HEAD] = enter_rows,
        [OD_TABLE_BODY] = enter_body,
        [OD_TABLE_FOOT] = enter_rows,
        [OD_ROW] = enter_rows,
        [OD_CELL] = enter_cell,
        [OD_PLAIN] = enter_children,
        [OD_PARA] = enter_children,
        [OD_HEADING] = enter_heading,
        [OD_LINE_BLOCK] = enter_children,
        [OD_LINE] = enter_list,
        [OD_CODE_BLOCK] = put_code,
        [OD_RAW_BLOCK] = put_raw,
        [OD_HORIZONTAL_RULE] = put_rule,
        [OD_CITATION] = enter_citation,
        [OD_PREFIX] = enter_affix,
        [OD_SUFFIX] = enter_affix,
        [OD_META_MAP] = enter_meta_map,
        [OD_META_ENTRY] = enter_meta_entry,
        [OD_META_LIST] = enter_children,
        [OD_META_INLINES] = enter_children,
        [OD_META_BLOCKS] = enter_children,
        [OD_META_STRING] = put_meta_string,
        [OD_META_BOOL] = put_meta_bool,
        [OD_EMPH] = enter_children,
        [OD_STRONG] = enter_children,
        [OD_STRIKEOUT] = enter_children,
        [OD_UNDERLINE] = enter_children,
        [OD_SUPERSCRIPT] = enter_children,
        [OD_SUBSCRIPT] = enter_children,
        [OD_SMALL_CAPS] = enter_children,
        [OD_QUOTED] = enter_quoted,
        [OD_CITE] = enter_cite,
        [OD_LINK] = enter_link,
        [OD_IMAGE] = enter_link,
        [OD_SPAN] = enter_attr,
        [OD_NOTE] = enter_children,
        [OD_CODE] = put_code,
        [OD_MATH] = put_math,
        [OD_RAW_INLINE] = put_raw,
    };
    switch ((od_node_type)node->type) {
    case OD_TEXT: put_text(s, node); return;
    case OD_SPACE: put_break(s, node, SPACE); return;
    case OD_SOFT_BREAK: put_break(s, node, SOFT_BREAK); return;
    case OD_LINE_BREAK: put_break(s, node, LINE_BREAK); return;
    default: break;
    }
    settle(s);
    if (ENTER[node->type]) ENTER[node->type](s, node);
}

// ---- between and after children ----------------------------------------------------------------

static void end_citations(speller *s, frame *f) {
    if (f->step) return;
    f->step = 1;
    close(s);
    open_list(s);
}

static void end_head_rows(speller *s, frame *f) {
    if (f->rows == SIZE_MAX) return;
    f->rows = SIZE_MAX;
    close(s);
    open_list(s);
}

static void before_child(speller *s, frame *f, const od_node *child) {
    if (f->mode == STEPS) reach_step(s, f, step_of(child));
    else if (f->mode == CITE && child->type != OD_CITATION) end_citations(s, f);
    else if (f->mode == BODY && f->rows == f->node->body.head_rows) end_head_rows(s, f);
    if (f->mode == BODY && f->rows != SIZE_MAX) f->rows++;
}

static void after_children(speller *s, frame *f) {
    const bool is_table = f->node->type == OD_TABLE;
    switch (f->mode) {
    case ROOT: break;
    case STEPS:
        reach_step(s, f, is_table ? TABLE_STEPS : CITATION_STEPS);
        if (!is_table) put_rest_of_citation(s, f->node->citation);
        break;
    case CITE: end_citations(s, f); break;
    case BODY: end_head_rows(s, f); break;
    case FIGURE_IMAGE: leave_figure_image(s, f->node); break;
    default:
        if (f->node->type != OD_LINK && f->node->type != OD_IMAGE) break;
        close(s); // of the inlines
        put_pair(s, f->node->link->target, f->node->link->title);
    }
}

// What follows in the frame of its parent when `node` has been closed.
static void after_node(speller *s, const od_node *node) {
    frame *const parent = s->frames.count ? &s->frames.items[s->frames.count - 1] : NULL;
    switch ((od_node_type)node->type) {
    case OD_TERM: open_list(s); break; // of the definitions
    case OD_SHORT_CAPTION: open_list(s); break;
    case OD_CAPTION:
        if (node->parent && node->parent->type == OD_FIGURE) open_list(s);
        break;
    default: break;
    }
    if ((node->type == OD_TERM || node->type == OD_DEFINITION) &&
        (!node->next || node->next->type != OD_DEFINITION)) {
        close(s);
        close(s);
    }
    // A body is followed by others; any other step is over.
    if (parent && parent->mode == STEPS && node->type != OD_TABLE_BODY)
        end_step(s, parent->node, parent->step++);
}

static void leave(speller *s) {
    frame *const f = &s->frames.items[s->frames.count - 1];
    settle(s);
    if (f->mode == FIGURE_DIV && go_to_caption(s, f)) return;
    after_children(s, f);
    for (size_t i = 0; i < f->closes; i++) close(s);
    const od_node *const node = f->node;
    const bool is_over = f->mode == ROOT || f->mode >= FIGURE_IMAGE;
    s->frames.count--;
    if (!is_over) after_node(s, node);
}

static void spell(speller *s) {
    while (s->frames.count) {
        frame *const f = &s->frames.items[s->frames.count - 1];
        const od_node *const child = f->next;
        if (!child) {
            leave(s);
            continue;
        }
        f->next = child->next;
        before_child(s, f, child);
        enter_node(s, child);
    }
    settle(s);
    od_buf_free(&s->word);
    od_arena_free(&s->scratch);
}

void od_values_spell_children(const od_node *parent, const od_values_options *options,
                              const od_spelling *spelling, void *context) {
    speller s = {.as = spelling, .context = context, .options = options};
    open(&s, parent->type == OD_META_MAP ? OD_OBJECT : OD_LIST, "", 0);
    push(&s, parent, parent->first, 1)->mode = ROOT;
    spell(&s);
}

void od_values_spell_node(const od_node *node, const od_values_options *options,
                          const od_spelling *spelling, void *context) {
    speller s = {.as = spelling, .context = context, .options = options};
    enter_node(&s, node);
    spell(&s);
}
