// The values are first gathered as a flat list of pieces with their widths, then laid out: what
// fits on its line stands there, anything else has its parts below each other.
#include "writer/native.h"

#include "base/real.h"
#include "base/utf8.h"
#include "writer/values.h"

#include <math.h>

// ---- strings -----------------------------------------------------------------------------------

static const char *escape_name(uint32_t code) {
    static const char *const NAMES[] = {
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "a",   "b",   "t",  "n",
        "v",   "f",   "r",   "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
        "SYN", "ETB", "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US"};
    return code < 32 ? NAMES[code] : code == 127 ? "DEL" : code == '"' ? "\"" : "\\";
}

void od_native_string(od_slice text, od_buf *out) {
    enum { NOTHING, NUMBER, SHIFT_OUT } after = NOTHING;
    size_t size;
    od_buf_byte(out, '"');
    for (size_t at = 0; at < text.size; at += size) {
        const uint32_t code = od_utf8_read(text, at, &size);
        // "\1" before a digit and "\SO" before an H would be read as something else.
        if ((after == NUMBER && od_is_digit(code)) || (after == SHIFT_OUT && code == 'H'))
            od_buf_text(out, "\\&");
        after = code == 14 ? SHIFT_OUT : code >= 128 ? NUMBER : NOTHING;
        if (code >= 32 && code < 127 && code != '"' && code != '\\') {
            od_buf_byte(out, text.data[at]);
            continue;
        }
        od_buf_byte(out, '\\');
        if (code < 128) od_buf_text(out, escape_name(code));
        else od_buf_number(out, code == OD_NOT_UTF8 ? 0xFFFD : code);
    }
    od_buf_byte(out, '"');
}

// ---- pieces ------------------------------------------------------------------------------------

typedef enum kind {
    ATOM,
    CONSTRUCTOR, // Name a b
    LIST,        // [ a , b ]
    TUPLE,       // ( a , b )
    RECORD,      // Name { a , b }
    FIELD,       // name = a
    END,
} kind;

typedef struct piece {
    kind kind;
    bool parens;
    od_slice name; // text of an atom, name of a constructor, record or field
    size_t count;  // of the parts of what is no atom
    size_t width;  // of all of it on one line
    size_t end;    // index of its END
} piece;

// A piece that is open.
typedef struct opened {
    size_t index;
    bool with_value; // it ends when its last part does: a field, an entry of a map
    bool with_other; // the one around it ends with it
} opened;

typedef struct gatherer {
    od_arena arena;
    OD_ARRAY(piece) pieces;
    OD_ARRAY(opened) open;
    od_buf text; // scratch
} gatherer;

static piece *top(gatherer *g) {
    return g->open.count ? &g->pieces.items[g->open.items[g->open.count - 1].index] : NULL;
}

static piece *add(gatherer *g, kind kind, od_slice name) {
    piece *const parent = top(g);
    const bool is_argument = parent && parent->kind == CONSTRUCTOR;
    if (parent) parent->count++;
    piece *const p = od_array_push(&g->arena, &g->pieces);
    p->kind = kind;
    p->name = name;
    p->parens = is_argument && (kind == CONSTRUCTOR || (kind == ATOM && name.data[0] == '-'));
    return p;
}

static void begin(gatherer *g, kind kind, const char *name, bool with_value, bool with_other) {
    add(g, kind, od_slice_of(name));
    *od_array_push(&g->arena, &g->open) =
        (opened){g->pieces.count - 1, with_value, with_other};
}

// Adds the width of a whole part to that of the piece around it.
static void add_width(gatherer *g, size_t width) {
    piece *const parent = top(g);
    if (parent) parent->width += width;
}

// Returns the width of `p`, which holds that of its parts alone, on one line.
static size_t full_width(const piece *p) {
    const size_t commas = p->count ? 3 * (p->count - 1) + 4 : 2;
    switch (p->kind) {
    case CONSTRUCTOR: return p->name.size + p->width + p->count + (p->parens ? 2 : 0);
    case RECORD: return p->name.size + 1 + p->width + commas;
    case FIELD: return p->name.size + 3 + p->width;
    default: return p->width + commas;
    }
}

static void finish(gatherer *g) {
    const opened last = g->open.items[g->open.count - 1];
    piece *const p = &g->pieces.items[last.index];
    p->width = full_width(p);
    p->end = g->pieces.count;
    const size_t width = p->width;
    od_array_push(&g->arena, &g->pieces)->kind = END;
    g->open.count--;
    add_width(g, width);
}

static void finish_fields(gatherer *g) {
    while (g->open.count && g->open.items[g->open.count - 1].with_value) finish(g);
}

static void add_atom(gatherer *g, od_slice text) {
    piece *const p = add(g, ATOM, text);
    p->width = text.size + (p->parens ? 2 : 0);
    add_width(g, p->width);
    finish_fields(g);
}

// Adds what was written to g->text.
static void add_text_atom(gatherer *g) {
    add_atom(g, od_arena_copy(&g->arena, od_buf_slice(&g->text)));
    g->text.size = 0;
}

// ---- the spelling ------------------------------------------------------------------------------

static void open(void *context, od_value_form form, const char *name, size_t count) {
    (void)count;
    gatherer *const g = context;
    switch (form) {
    case OD_TAGGED:
    case OD_SINGLE:
    case OD_WRAPPER: begin(g, CONSTRUCTOR, name, false, false); break;
    case OD_RECORD: begin(g, RECORD, name, false, false); break;
    case OD_TUPLE: begin(g, TUPLE, "", false, false); break;
    case OD_LIST: begin(g, LIST, "", false, false); break;
    case OD_OBJECT:
        begin(g, CONSTRUCTOR, "fromList", false, false);
        begin(g, LIST, "", false, true);
        break;
    }
}

static void close(void *context) {
    gatherer *const g = context;
    const bool with_other = g->open.items[g->open.count - 1].with_other;
    finish(g);
    if (with_other) finish(g);
    finish_fields(g);
}

static void add_string(void *context, od_slice text) {
    gatherer *const g = context;
    od_native_string(text, &g->text);
    add_text_atom(g);
}

// An entry of a map is a tuple of key and value.
static void field(void *context, od_slice name) {
    gatherer *const g = context;
    if (top(g)->kind == RECORD) {
        begin(g, FIELD, name.data, true, false);
        return;
    }
    begin(g, TUPLE, "", false, false);
    add_string(g, name);
    g->open.items[g->open.count - 1].with_value = true;
}

static void add_constant(void *context, const char *name) {
    add_atom(context, od_slice_of(name));
}

static void add_nothing(void *context) {
    add_atom(context, OD_SLICE("Nothing"));
}

static void add_integer(void *context, int64_t number) {
    gatherer *const g = context;
    if (number < 0) od_buf_byte(&g->text, '-');
    od_buf_number(&g->text, number < 0 ? -(size_t)number : (size_t)number);
    add_text_atom(g);
}

static void add_real(void *context, double number) {
    gatherer *const g = context;
    od_real_write(number, &g->text);
    add_text_atom(g);
}

static void add_truth(void *context, bool truth) {
    add_atom(context, truth ? OD_SLICE("True") : OD_SLICE("False"));
}

static void add_word(void *context, od_slice text) {
    begin(context, CONSTRUCTOR, "Str", false, false);
    add_string(context, text);
    finish(context);
    finish_fields(context);
}

static const od_spelling SPELLING = {
    .open = open,
    .close = close,
    .field = field,
    .constant = add_constant,
    .nothing = add_nothing,
    .text = add_string,
    .integer = add_integer,
    .real = add_real,
    .truth = add_truth,
    .word = add_word,
};

// ---- layout ------------------------------------------------------------------------------------

typedef enum mode {
    FLAT,       // all on one line
    BELOW_FLAT, // the parts below the name, all on one line
    BELOW,      // each part on a line of its own
} mode;

typedef struct frame {
    const piece *piece;
    mode mode;
    size_t column;   // of its first character, behind the parenthesis
    size_t trailing; // how many closing parentheses follow it on its last line
    size_t done;     // parts begun
} frame;

typedef struct printer {
    od_arena scratch;
    od_buf *out;
    const piece *pieces;
    OD_ARRAY(frame) frames;
    size_t column, indent;        // of what comes next, of its line
    size_t line_width, text_width; // of a line with and without its indentation
} printer;

static void put(printer *p, od_slice text) {
    od_buf_add(p->out, text);
    p->column += text.size;
}

static void put_text(printer *p, const char *text) {
    put(p, od_slice_of(text));
}

static void new_line(printer *p, size_t indent) {
    od_buf_byte(p->out, '\n');
    memset(od_buf_reserve(p->out, indent), ' ', indent);
    p->out->size += indent;
    p->column = p->indent = indent;
}

// Whether `width` columns fit on a line indented by `indent` whose text so far ends at `column`.
static bool fits(const printer *p, size_t indent, size_t column, size_t width) {
    return column + width <= p->line_width && column - indent + width <= p->text_width;
}

static bool has_block(kind kind) {
    return kind == LIST || kind == TUPLE || kind == RECORD;
}

static const char *opening(kind kind) {
    return kind == LIST ? "[ " : kind == TUPLE ? "( " : "{ ";
}

static const char *closing(kind kind) {
    return kind == LIST ? "]" : kind == TUPLE ? ")" : "}";
}

// Goes to where the next part of a block begins.
static void separate_block(printer *p, const frame *f) {
    if (!f->done) put_text(p, opening(f->piece->kind));
    else if (f->mode != BELOW) put_text(p, " , ");
    else {
        new_line(p, f->column);
        put_text(p, ", ");
    }
}

static void separate(printer *p, frame *f) {
    if (has_block(f->piece->kind)) separate_block(p, f);
    else if (f->mode == BELOW || (f->mode == BELOW_FLAT && !f->done)) new_line(p, f->column + 2);
    else put_text(p, " ");
    f->done++;
}

// Returns how many closing parentheses follow part `part` on its line.
static size_t trailing_of(const printer *p, const frame *f, const piece *part) {
    if (f->piece->kind != CONSTRUCTOR) return 0;
    const piece *const after = part->kind == ATOM ? part + 1 : p->pieces + part->end + 1;
    return after->kind == END ? f->trailing + f->piece->parens : 0;
}

static mode choose_mode(const printer *p, const piece *piece, size_t trailing) {
    if (fits(p, p->indent, p->column, piece->width + trailing)) return FLAT;
    if (piece->kind == LIST || piece->kind == TUPLE) return BELOW;
    const size_t indent = p->column + piece->parens + 2;
    const size_t name = piece->name.size + 1 + (piece->kind == FIELD ? 2 : 0);
    const size_t parts = piece->width - name - piece->parens; // a closing one counts
    return fits(p, indent, indent, parts + trailing) ? BELOW_FLAT : BELOW;
}

static void begin_piece(printer *p, const piece *piece, mode mode, size_t trailing) {
    if (piece->parens) put_text(p, "(");
    frame *const f = od_array_push(&p->scratch, &p->frames);
    *f = (frame){.piece = piece, .mode = mode, .column = p->column, .trailing = trailing};
    put(p, piece->name);
    if (piece->kind == FIELD) put_text(p, " =");
    if (piece->kind != RECORD) return;
    // Its block stands behind or below the name.
    if (mode == FLAT) put_text(p, " ");
    else new_line(p, f->column + 2);
    f->column = p->column;
}

static void end_piece(printer *p) {
    const frame *const f = &p->frames.items[--p->frames.count];
    if (has_block(f->piece->kind)) {
        if (!f->done) put(p, od_slice_cut(od_slice_of(opening(f->piece->kind)), 0, 1));
        else if (f->mode == BELOW) new_line(p, f->column);
        else put_text(p, " ");
        put_text(p, closing(f->piece->kind));
    }
    if (f->piece->parens) put_text(p, ")");
}

static void put_atom(printer *p, const piece *atom) {
    if (atom->parens) put_text(p, "(");
    put(p, atom->name);
    if (atom->parens) put_text(p, ")");
}

static void put_part(printer *p, const piece *piece) {
    size_t trailing = 0;
    bool flat = false;
    if (p->frames.count) {
        frame *const parent = &p->frames.items[p->frames.count - 1];
        separate(p, parent);
        trailing = trailing_of(p, parent, piece);
        flat = parent->mode != BELOW;
    }
    if (piece->kind == ATOM) put_atom(p, piece);
    else begin_piece(p, piece, flat ? FLAT : choose_mode(p, piece, trailing), trailing);
}

static void print(const gatherer *g, size_t columns, od_buf *out) {
    // In single precision, as the pretty library reckons.
    const float text_width = nearbyintf((float)columns / 1.2f);
    printer p = {.out = out,
                 .pieces = g->pieces.items,
                 .line_width = columns,
                 .text_width = (size_t)text_width};
    for (size_t i = 0; i < g->pieces.count; i++) {
        if (g->pieces.items[i].kind == END) end_piece(&p);
        else put_part(&p, &g->pieces.items[i]);
    }
    od_buf_byte(out, '\n');
    od_arena_free(&p.scratch);
}

static void gather_meta(gatherer *g, const od_node *meta, const od_values_options *options) {
    static const od_node NONE = {.type = OD_META_MAP};
    begin(g, RECORD, "Meta", false, false);
    begin(g, FIELD, "unMeta", true, false);
    od_values_spell_children(meta ? meta : &NONE, options, &SPELLING, g);
    finish(g);
}

void od_write_native(const od_node *root, const od_writer_options *options, od_buf *out) {
    static const od_values_options VALUES;
    gatherer g = {0};
    if (options->standalone) {
        begin(&g, CONSTRUCTOR, "Pandoc", false, false);
        gather_meta(&g, options->meta, &VALUES);
    }
    od_values_spell_children(root, &VALUES, &SPELLING, &g);
    if (options->standalone) finish(&g);
    print(&g, od_writer_columns(options), out);
    od_buf_free(&g.text);
    od_arena_free(&g.arena);
}
