// The parts of the reader of pandoc's JSON: the grammar, and what is known while a text is read.
#ifndef OD_DOCUMENT_PANDOC_JSON_H
#define OD_DOCUMENT_PANDOC_JSON_H

#include "base/buf.h"
#include "data/json_events.h"
#include "document/reader.h"

// What kind of value it is.
typedef enum od_ast_kind {
    OD_AST_ANYTHING, // skipped
    OD_AST_LIST,     // an array of the same parts
    OD_AST_TUPLE,    // an array of so many parts
    OD_AST_TAGGED,   // an object {"t": a name, "c": what that name says}
    OD_AST_RECORD,   // an object of certain fields
    OD_AST_MAP,      // an object of metadata
    OD_AST_TEXT,
    OD_AST_WHOLE,
    OD_AST_REAL,
    OD_AST_TRUTH,
} od_ast_kind;

// One constructor of a tagged part.
typedef struct od_ast_variant {
    const char *name;
    uint8_t size;    // of the name
    uint8_t content; // part
    uint8_t node;    // type of the node that it makes; 0: none
    uint8_t number;  // what it stands for, where it stands for a number
} od_ast_variant;

// One field of a record.
typedef struct od_ast_field {
    const char *name;
    uint8_t part;
} od_ast_field;

typedef struct od_ast_reader od_ast_reader;

// A scalar that has been read; which of its members counts is said by the kind of its part.
typedef struct od_ast_scalar {
    od_slice text;
    int64_t whole;
    double real;
    bool truth;
} od_ast_scalar;

// What a value may be, by its place, and what becomes of it.
typedef struct od_ast_rule {
    od_ast_kind kind;
    od_text what;    // what was expected, for messages
    uint8_t parts[6]; // a list: of its items; a tuple: of each of them
    uint8_t count;    // a tuple: of its items
    uint8_t node;     // type of the node that a list or tuple makes; 0: none, its parts are
                      // those of the node around
    bool nullable;
    int64_t least, most; // a whole number
    const od_ast_variant *variants; // tagged; the last one has no name
    const od_ast_field *fields;     // a record; likewise
    void (*choose)(od_ast_reader *r, od_node *node, uint8_t number); // tagged, without a node
    bool (*take)(od_ast_reader *r, od_node *node, const od_ast_scalar *value);
    void (*open)(od_ast_reader *r, od_node *node);
    bool (*close)(od_ast_reader *r, od_node *node, size_t count);
} od_ast_rule;

// An array or object that is open.
typedef struct od_ast_frame {
    const od_ast_rule *rule;
    od_node *node;          // to which its parts belong
    const od_ast_variant *variant; // tagged: once it is known
    size_t index;           // array: how many items have begun; object: bit set of fields seen
    size_t object;          // object: its number in order of opening
    uint8_t part;           // object: what the value of the last key is
    bool keyed;             // it is an object
    od_slice key;           // object: the last key
} od_ast_frame;

// The run of text to which words and spaces are being added.
typedef enum od_ast_last { OD_AST_NO_RUN, OD_AST_AFTER_WORD, OD_AST_AFTER_SPACE } od_ast_last;

typedef struct od_ast_run {
    od_node *parent;
    od_ast_last last;
    od_slice single; // the run while it is one word that lasts
    od_buf text;     // else
} od_ast_run;

struct od_ast_reader {
    od_arena *arena;
    od_arena scratch;
    od_diagnostics *failures;
    od_json_events events;
    od_status status;
    OD_ARRAY(od_ast_frame) frames;
    size_t objects; // opened so far
    od_ast_run run;
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


// The parts of which the reader itself knows something; the grammar has others behind them.
enum {
    OD_PART_ANYTHING,
    OD_PART_DOCUMENT,
    OD_PART_META,
    OD_PART_META_VALUE,
    OD_PART_BLOCK,
    OD_PART_INLINE,
    OD_PART_TAG,
    OD_PART_NOTHING, // as the content of a constructor: it has none
    OD_PARTS,
};

// ---- grammar (pandoc_grammar.c) ----------------------------------------------------------------

// The grammar, by part.
extern const od_ast_rule od_ast_rules[];

// Returns `text` as long as the tree lives.
od_slice od_ast_keep(od_ast_reader *r, od_slice text);

// Appends a new node to `parent`.
od_node *od_ast_append(od_ast_reader *r, od_node *parent, od_node_type type);

// Adds a Str, or a Space, SoftBreak or LineBreak, to the inlines of `parent`.
bool od_ast_take_word(od_ast_reader *r, od_node *parent, const od_ast_scalar *value);
void od_ast_add_space(od_ast_reader *r, od_node *parent, od_node_type type);

// Ends the run of text: what comes next is no word beside the last one.
void od_ast_end_run(od_ast_reader *r);

// ---- errors (pandoc_json.c) --------------------------------------------------------------------

// Notes what is wrong at the token that was read last, `depth` frames down, and returns false.
bool od_ast_fail_at(od_ast_reader *r, od_status status, size_t depth, od_slice message);

#define od_ast_fail(r, ...)                                \
    od_ast_fail_at((r), OD_INVALID, (r)->frames.count, od_say((r)->failures, __VA_ARGS__))

#endif
