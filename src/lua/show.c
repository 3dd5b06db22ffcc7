#include "lua/show.h"

#include "base/utf8.h"
#include "lua/element.h"
#include "lua/names.h"
#include "lua/words.h"

#include <stdio.h>
#include <stdlib.h>

// The text grows in a userdata that lies at one place of Lua's stack, so that an error frees it.
typedef struct out {
    lua_State *L;
    int memory;
    char *data;
    size_t size, capacity;
} out;

static out begin(lua_State *L) {
    luaL_checkstack(L, 8, NULL);
    lua_pushnil(L);
    return (out){L, lua_gettop(L), NULL, 0, 0};
}

static void put(out *o, const char *text, size_t size) {
    if (!size) return; // `text` may be NULL
    if (o->capacity - o->size < size) {
        const size_t capacity = (o->capacity + size) * 2 + 120;
        char *const data = lua_newuserdatauv(o->L, capacity, 0);
        if (o->size) memcpy(data, o->data, o->size);
        lua_replace(o->L, o->memory);
        o->data = data;
        o->capacity = capacity;
    }
    memcpy(o->data + o->size, text, size);
    o->size += size;
}

static void put_text(out *o, const char *text) {
    put(o, text, strlen(text));
}

// Pushes the text in place of its memory.
static void end(out *o) {
    lua_settop(o->L, o->memory);
    lua_pushlstring(o->L, o->data ? o->data : "", o->size);
    lua_replace(o->L, o->memory);
}

static void put_integer(out *o, int64_t number) {
    char digits[32];
    const int size = snprintf(digits, sizeof digits, number < 0 ? "(%lld)" : "%lld",
                              (long long)number);
    put(o, digits, (size_t)size);
}

// Likewise where nothing could be misread: a place in a tuple.
static void put_number(out *o, int64_t number) {
    char digits[32];
    const int size = snprintf(digits, sizeof digits, "%lld", (long long)number);
    put(o, digits, (size_t)size);
}

// Haskell's show of a Double: 0.1 <= x < 10^7 in decimals, else with an exponent.
static void put_double(out *o, double number) {
    char text[64];
    int precision = 1;
    do snprintf(text, sizeof text, "%.*e", precision - 1, number);
    while (strtod(text, NULL) != number && ++precision <= 17);
    char *const exponent = strchr(text, 'e');
    const int power = exponent ? atoi(exponent + 1) : 0;
    if (exponent && (power < -1 || power >= 7) && number != 0) {
        *exponent = '\0';
        put_text(o, text);
        if (!strchr(text, '.')) put_text(o, ".0");
        snprintf(text, sizeof text, "e%d", power);
        put_text(o, text);
        return;
    }
    const int decimals = precision - 1 - power;
    snprintf(text, sizeof text, "%.*f", decimals < 1 ? 1 : decimals, number);
    put_text(o, text);
}

static const char *escape_name(uint32_t code) {
    static const char *const NAMES[] = {
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "a",   "b",   "t",  "n",
        "v",   "f",   "r",   "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
        "SYN", "ETB", "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US"};
    return code < 32 ? NAMES[code] : code == 127 ? "DEL" : code == '"' ? "\"" : "\\";
}

static void put_string(out *o, od_slice text) {
    enum { NOTHING, NUMBER, SHIFT_OUT } after = NOTHING;
    put(o, "\"", 1);
    size_t size;
    for (size_t at = 0; at < text.size; at += size) {
        const uint32_t code = od_utf8_read(text, at, &size);
        // "\1" before a digit and "\SO" before an H would be read as something else.
        if ((after == NUMBER && od_is_digit(code)) || (after == SHIFT_OUT && code == 'H'))
            put(o, "\\&", 2);
        after = NOTHING;
        if (code >= 32 && code < 127 && code != '"' && code != '\\') {
            put(o, text.data + at, 1);
        } else if (code < 128) {
            put(o, "\\", 1);
            put_text(o, escape_name(code));
            if (code == 14) after = SHIFT_OUT;
        } else {
            char number[16];
            snprintf(number, sizeof number, "\\%u",
                     (unsigned)(code == OD_NOT_UTF8 ? 0xFFFD : code));
            put_text(o, number);
            after = NUMBER;
        }
    }
    put(o, "\"", 1);
}

static void put_attributes(out *o, const od_attr *attr) {
    put_text(o, "[");
    for (size_t i = 0; i < attr->attribute_count; i++) {
        put_text(o, i ? ",(" : "(");
        put_string(o, attr->attributes[i].key);
        put_text(o, ",");
        put_string(o, attr->attributes[i].value);
        put_text(o, ")");
    }
    put_text(o, "]");
}

static void put_attr(out *o, const od_attr *attr) {
    static const od_attr EMPTY;
    if (!attr) attr = &EMPTY;
    put_text(o, "(");
    put_string(o, attr->identifier);
    put_text(o, ",[");
    for (size_t i = 0; i < attr->class_count; i++) {
        if (i) put_text(o, ",");
        put_string(o, attr->classes[i]);
    }
    put_text(o, "],");
    put_attributes(o, attr);
    put_text(o, ")");
}

static void put_columns(out *o, const od_table *table) {
    put_text(o, " [");
    for (size_t i = 0; i < table->column_count; i++) {
        put_text(o, i ? ",(" : "(");
        put_text(o, od_name_of(OD_NAMES_ALIGNMENT, table->columns[i].alignment));
        const double width = table->columns[i].width;
        if (od_has_width(&table->columns[i])) {
            put_text(o, ",ColWidth ");
            put_double(o, width == 0 ? 0 : width);
            put_text(o, ")");
        } else {
            put_text(o, ",ColWidthDefault)");
        }
    }
    put_text(o, "]");
}

static void put_target(out *o, const od_link *link) {
    put_text(o, " (");
    put_string(o, link->target);
    put_text(o, ",");
    put_string(o, link->title);
    put_text(o, ")");
}

// ---- opening and closing a node -----------------------------------------------------------------

// What stands before the children of a node; those in a list are separated by commas.
static void open_list_of(out *o, const od_node *node) {
    put_text(o, od_node_type_name((od_node_type)node->type));
    put_text(o, " ");
    switch ((od_node_type)node->type) {
    case OD_ORDERED_LIST:
        put_text(o, "(");
        put_number(o, (int64_t)node->list.start);
        put_text(o, ",");
        put_text(o, od_name_of(OD_NAMES_STYLE, node->list.style));
        put_text(o, ",");
        put_text(o, od_name_of(OD_NAMES_DELIMITER, node->list.delimiter));
        put_text(o, ") ");
        break;
    case OD_HEADING:
        put_integer(o, node->heading.level);
        put_text(o, " ");
        put_attr(o, node->heading.attr);
        put_text(o, " ");
        break;
    case OD_DIV:
    case OD_SPAN:
        put_attr(o, node->attr);
        put_text(o, " ");
        break;
    case OD_LINK:
    case OD_IMAGE:
        put_attr(o, node->link->attr);
        put_text(o, " ");
        break;
    case OD_QUOTED:
        put_text(o, od_name_of(OD_NAMES_QUOTE, node->double_quotes));
        put_text(o, " ");
        break;
    default: break;
    }
    put_text(o, "[");
}

static void put_leaf(out *o, const od_node *node) {
    put_text(o, od_node_type_name((od_node_type)node->type));
    switch ((od_node_type)node->type) {
    case OD_CODE:
    case OD_CODE_BLOCK:
        put_text(o, " ");
        put_attr(o, node->leaf.attr);
        break;
    case OD_MATH:
        put_text(o, " ");
        put_text(o, od_name_of(OD_NAMES_MATH, (node->flags & OD_DISPLAY) != 0));
        break;
    case OD_RAW_INLINE:
    case OD_RAW_BLOCK:
        put_text(o, " (Format ");
        put_string(o, od_slice_of(node->leaf.format));
        put_text(o, ")");
        break;
    case OD_TEXT: break;
    default: return; // HorizontalRule, Space, SoftBreak, LineBreak
    }
    put_text(o, " ");
    put_string(o, node->leaf.text);
}

static bool is_leaf(const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_CODE_BLOCK:
    case OD_RAW_BLOCK:
    case OD_HORIZONTAL_RULE:
    case OD_TEXT:
    case OD_SPACE:
    case OD_SOFT_BREAK:
    case OD_LINE_BREAK:
    case OD_CODE:
    case OD_MATH:
    case OD_RAW_INLINE: return true;
    default: return false;
    }
}

static void open_with_attr(out *o, const char *name, const od_attr *attr) {
    put_text(o, name);
    put_text(o, " ");
    put_attr(o, attr);
}

static void open_body(out *o, const od_node *body) {
    open_with_attr(o, "TableBody", body->body.attr);
    put_text(o, " (RowHeadColumns ");
    put_integer(o, (int32_t)body->body.row_head_columns);
    put_text(o, ") [");
}

static void open_cell(out *o, const od_node *cell) {
    open_with_attr(o, "Cell", cell->cell.attr);
    put_text(o, " ");
    put_text(o, od_name_of(OD_NAMES_ALIGNMENT, cell->cell.alignment));
    put_text(o, " (RowSpan ");
    put_integer(o, cell->cell.row_span);
    put_text(o, ") (ColSpan ");
    put_integer(o, cell->cell.column_span);
    put_text(o, ") [");
}

// Puts what stands before the children of `node`, or all of a leaf.
static void open_node(out *o, const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_ITEM:
    case OD_LINE:
    case OD_DEFINITION:
    case OD_PREFIX:
    case OD_SUFFIX: put_text(o, "["); break;
    case OD_TERM: put_text(o, "(["); break;
    case OD_META_INLINES:
    case OD_META_BLOCKS:
    case OD_META_LIST:
        put_text(o, od_node_type_name((od_node_type)node->type));
        put_text(o, " [");
        break;
    case OD_META_MAP: put_text(o, "MetaMap (fromList ["); break;
    case OD_META_ENTRY:
        put_text(o, "(");
        put_string(o, node->leaf.text);
        put_text(o, ",");
        break;
    case OD_META_STRING:
        put_text(o, "MetaString ");
        put_string(o, node->leaf.text);
        break;
    case OD_META_BOOL: put_text(o, node->truth ? "MetaBool True" : "MetaBool False"); break;
    case OD_FIGURE:
        open_with_attr(o, "Figure", node->attr);
        put_text(o, " ");
        break;
    case OD_TABLE:
        open_with_attr(o, "Table", node->table->attr);
        put_text(o, " ");
        break;
    case OD_CAPTION: put_text(o, "Caption "); break;
    case OD_SHORT_CAPTION: put_text(o, "(Just ["); break;
    case OD_TABLE_HEAD:
    case OD_TABLE_FOOT:
    case OD_ROW:
        open_with_attr(o, od_node_type_name((od_node_type)node->type), node->attr);
        put_text(o, " [");
        break;
    case OD_TABLE_BODY: open_body(o, node); break;
    case OD_CELL: open_cell(o, node); break;
    case OD_CITATION:
        put_text(o, "Citation {citationId = ");
        put_string(o, node->citation->id);
        put_text(o, ", citationPrefix = ");
        break;
    case OD_CITE: put_text(o, "Cite ["); break;
    case OD_ROOT: put_text(o, "["); break;
    default:
        if (is_leaf(node)) put_leaf(o, node);
        else open_list_of(o, node);
    }
}

static void close_citation(out *o, const od_node *node) {
    put_text(o, ", citationMode = ");
    put_text(o, od_name_of(OD_NAMES_CITATION_MODE, node->citation->mode));
    put_text(o, ", citationNoteNum = ");
    char number[32];
    snprintf(number, sizeof number, "%lld", (long long)node->citation->note_number);
    put_text(o, number);
    put_text(o, ", citationHash = ");
    snprintf(number, sizeof number, "%lld", (long long)node->citation->hash);
    put_text(o, number);
    put_text(o, "}");
}

static bool has(const od_node *node, od_node_type type) {
    for (const od_node *child = node->first; child; child = child->next)
        if (child->type == type) return true;
    return false;
}

static void close_node(out *o, const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_TERM:
        put_text(o, "],[");
        if (!node->next || node->next->type != OD_DEFINITION) put_text(o, "])");
        break;
    case OD_DEFINITION:
        put_text(o, "]");
        if (!node->next || node->next->type != OD_DEFINITION) put_text(o, "])");
        break;
    case OD_META_MAP: put_text(o, "])"); break;
    case OD_META_ENTRY: put_text(o, ")"); break;
    case OD_META_STRING:
    case OD_META_BOOL:
    case OD_TABLE: break;
    case OD_SHORT_CAPTION: put_text(o, "])"); break;
    case OD_TABLE_BODY:
        if (!node->first || node->body.head_rows == 0) {
            if (!node->first) put_text(o, "] [");
        } else {
            size_t rows = 0;
            for (const od_node *row = node->first; row; row = row->next) rows++;
            if (rows <= node->body.head_rows) put_text(o, "] [");
        }
        put_text(o, "]");
        break;
    case OD_CAPTION:
        if (!od_list_start(node)) put_text(o, has(node, OD_SHORT_CAPTION) ? " [" : "Nothing [");
        put_text(o, "]");
        break;
    case OD_FIGURE:
        if (!has(node, OD_CAPTION)) put_text(o, "(Caption Nothing [])");
        if (!od_list_start(node)) put_text(o, " [");
        put_text(o, "]");
        break;
    case OD_CITATION: close_citation(o, node); break;
    case OD_CITE:
        if (!od_list_start(node)) put_text(o, "] [");
        put_text(o, "]");
        break;
    default:
        if (!is_leaf(node)) put_text(o, "]");
        if (node->type == OD_LINK || node->type == OD_IMAGE) put_target(o, node->link);
        break;
    }
}

// What stands before a child: a comma, or the end of the part before it.
static void before_table_part(out *o, const od_node *parent, const od_node *child, bool first) {
    switch ((od_node_type)child->type) {
    case OD_CAPTION: put_text(o, "("); break;
    case OD_TABLE_HEAD:
        if (first) put_text(o, "(Caption Nothing [])");
        if (first) put_columns(o, parent->table);
        put_text(o, " (");
        break;
    case OD_TABLE_BODY: break;
    default: put_text(o, " ("); break;
    }
}

static void before_child(out *o, const od_node *parent, const od_node *child, size_t index,
                         bool after_term) {
    const bool list_start = child == od_list_start(parent);
    switch ((od_node_type)parent->type) {
    case OD_TABLE: before_table_part(o, parent, child, index == 0); break;
    case OD_FIGURE:
        if (child->type == OD_CAPTION) put_text(o, "(");
        else if (list_start) put_text(o, index ? " [" : "(Caption Nothing []) [");
        else put_text(o, ",");
        break;
    case OD_CAPTION:
        if (list_start) put_text(o, index ? " [" : "Nothing [");
        else if (child->type != OD_SHORT_CAPTION) put_text(o, ",");
        break;
    case OD_CITE:
        if (list_start) put_text(o, "] [");
        else if (index) put_text(o, ",");
        break;
    case OD_CITATION:
        if (child->type == OD_SUFFIX) put_text(o, ", citationSuffix = ");
        break;
    case OD_TABLE_BODY:
        if (index == parent->body.head_rows) put_text(o, "] [");
        else if (index) put_text(o, ",");
        break;
    case OD_DEFINITION_LIST: {
        const bool first = child->type == OD_DEFINITION && after_term;
        if (index && !first) put_text(o, ",");
        break;
    }
    case OD_META_ENTRY: break;
    default:
        if (index) put_text(o, ",");
        break;
    }
}

// After the caption, head and foot of a table, and after the caption of a figure.
static void after_child(out *o, const od_node *parent, const od_node *child) {
    if (parent->type == OD_FIGURE && child->type == OD_CAPTION) put_text(o, ")");
    if (parent->type != OD_TABLE) return;
    if (child->type == OD_CAPTION) {
        put_text(o, ")");
        put_columns(o, parent->table);
    } else if (child->type != OD_TABLE_BODY) {
        put_text(o, ")");
    }
    const bool last_before = child->type == OD_TABLE_HEAD || child->type == OD_TABLE_BODY;
    if (!last_before) return;
    const bool body_next = child->next && child->next->type == OD_TABLE_BODY;
    if (child->type == OD_TABLE_HEAD) put_text(o, body_next ? " [" : " []");
    else put_text(o, body_next ? "," : "]");
}

// ---- showing ------------------------------------------------------------------------------------

typedef struct shower {
    out o;
    od_frames frames;
} shower;

// Shows the inline at the place of the topmost frame, a word of a run; its text is done with at
// once.
static void show_words(shower *s, od_frame *frame) {
    od_words_place place = {frame->child, 0};
    od_node piece;
    const od_node *const parent = frame->node;
    bool starts = od_list_start(parent) == frame->child; // before it there may be citations
    while (place.node && (od_is_run(place.node) || od_is_break(place.node))) {
        const int top = lua_gettop(s->o.L);
        if (od_words_next(s->o.L, &place, &piece) == OD_WORDS_END) break;
        if (starts) before_child(&s->o, parent, frame->child, frame->count, false);
        else put_text(&s->o, ",");
        starts = false;
        frame->index++;
        frame->count++;
        put_leaf(&s->o, &piece);
        lua_settop(s->o.L, top);
        if (place.offset) continue;
    }
    frame->child = place.node;
}

static void show_children(shower *s) {
    od_frame *const frame = od_frames_top(&s->frames);
    const od_node *const child = frame->child;
    if (!child) {
        const od_node *const node = frame->node;
        close_node(&s->o, node);
        od_frames_pop(&s->frames);
        if (s->frames.depth) after_child(&s->o, od_frames_top(&s->frames)->node, node);
        return;
    }
    if (od_is_run(child) || od_is_break(child)) {
        show_words(s, frame);
        return;
    }
    before_child(&s->o, frame->node, child, frame->count, frame->stopped);
    frame->stopped = child->type == OD_TERM; // the first definition follows it
    frame->count++;
    frame->index++;
    frame->child = child->next;
    open_node(&s->o, child);
    od_frame *const below = od_frames_push(&s->frames);
    below->node = child;
    below->child = child->first;
}

static void show(shower *s, const od_node *node) {
    open_node(&s->o, node);
    od_frame *const frame = od_frames_push(&s->frames);
    frame->node = node;
    frame->child = node->first;
    while (s->frames.depth) show_children(s);
}

void od_push_shown(lua_State *L, const od_node *node) {
    shower s = {begin(L), od_frames_begin(od_host_of(L))};
    show(&s, node);
    end(&s.o);
}

void od_push_shown_attr(lua_State *L, const od_attr *attr) {
    out o = begin(L);
    put_attr(&o, attr);
    end(&o);
}

void od_push_shown_attributes(lua_State *L, const od_attr *attr) {
    out o = begin(L);
    put_attributes(&o, attr);
    end(&o);
}

void od_push_shown_document(lua_State *L, const od_node *root, const od_node *meta) {
    shower s = {begin(L), od_frames_begin(od_host_of(L))};
    put_text(&s.o, "Pandoc (Meta {unMeta = fromList [");
    od_node list = *meta; // shown as its entries only
    list.type = OD_ROOT;
    const size_t start = s.o.size;
    show(&s, &list);
    memmove(s.o.data + start, s.o.data + start + 1, s.o.size - start - 1); // without its brackets
    s.o.size -= 2;
    put_text(&s.o, "]}) ");
    show(&s, root);
    end(&s.o);
}

// ---- plain text ---------------------------------------------------------------------------------

static void put_quote(out *o, const od_node *node, bool leaving) {
    static const char *const MARKS[2][2] = {{"\u2018", "\u2019"}, {"\u201C", "\u201D"}};
    put_text(o, MARKS[node->double_quotes][leaving]);
}

static void put_run(out *o, const od_node *node) {
    if (node->flags & (OD_VERBATIM | OD_DECODED)) {
        put(o, node->leaf.text.data, node->leaf.text.size);
        return;
    }
    od_slice rest = node->leaf.text, word;
    od_word_kind kind;
    while (od_words(&rest, &kind, &word)) {
        if (kind == OD_WORD) put(o, word.data, word.size);
        else put_text(o, " ");
    }
}

// A line break of HTML is one, too.
static bool is_raw_break(const od_node *node) {
    return strcmp(node->leaf.format, "html") == 0 &&
           od_slice_starts(node->leaf.text, OD_SLICE("<br"));
}

// Writes a node that was entered; false to leave its children out.
static bool put_plain(out *o, const od_node *node) {
    switch ((od_node_type)node->type) {
    case OD_TEXT: put_run(o, node); break;
    case OD_SPACE:
    case OD_SOFT_BREAK:
    case OD_LINE_BREAK: put_text(o, " "); break;
    case OD_CODE:
    case OD_MATH:
    case OD_META_STRING: put(o, node->leaf.text.data, node->leaf.text.size); break;
    case OD_META_BOOL: put_text(o, node->truth ? "true" : "false"); break;
    case OD_QUOTED: put_quote(o, node, false); break;
    case OD_RAW_INLINE:
        if (is_raw_break(node)) put_text(o, " ");
        break;
    case OD_CITATION:
    case OD_NOTE: return false;
    default: break;
    }
    return true;
}

static bool is_meta_scalar(const od_node *node) {
    return node->type == OD_META_STRING || node->type == OD_META_BOOL;
}

// Writes `node` and all below it; of metadata without `scalars` only inlines and blocks.
static void put_all_plain(out *o, const od_node *node, bool scalars) {
    od_visit visit = od_visit_begin(od_host_of(o->L), node);
    bool skip = false;
    while (od_visit_next(&visit, skip)) {
        skip = false;
        if (visit.leaving && visit.at->type == OD_QUOTED) put_quote(o, visit.at, true);
        else if (!visit.leaving && (scalars || !is_meta_scalar(visit.at)))
            skip = !put_plain(o, visit.at);
    }
}

void od_push_plain(lua_State *L, const od_node *node) {
    out o = begin(L);
    // The prefix of a citation that is asked for itself counts.
    if (node->type == OD_CITATION) {
        for (const od_node *part = node->first; part; part = part->next)
            put_all_plain(&o, part, true);
    } else {
        put_all_plain(&o, node, true);
    }
    end(&o);
}

void od_push_plain_document(lua_State *L, const od_node *root, const od_node *meta) {
    out o = begin(L);
    put_all_plain(&o, meta, false);
    put_all_plain(&o, root, true);
    end(&o);
}

// ---- equality -----------------------------------------------------------------------------------

bool od_nodes_equal(lua_State *L, const od_node *a, const od_node *b) {
    if (a == b) return true;
    if (a->type != b->type) return false;
    const bool text = a->type == OD_TEXT;
    if (text) return od_slice_equal(a->leaf.text, b->leaf.text);
    if (a->type == OD_SPACE || a->type == OD_SOFT_BREAK || a->type == OD_LINE_BREAK) return true;
    od_push_shown(L, a);
    od_push_shown(L, b);
    const bool equal = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return equal;
}
