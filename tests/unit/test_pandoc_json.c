// pandoc's JSON: every construct there and back, what becomes of text, what is refused and where.
#include "document/reader.h"

#include "base/limits.h"
#include "writer/native.h"
#include "writer/pandoc_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

typedef struct fixture {
    od_arena arena;
    od_source source;
    od_diagnostics failures;
    od_status status;
    od_pandoc_api version;
    od_node *root, *meta;
} fixture;

static void read_slice(fixture *f, od_slice text, od_language language) {
    *f = (fixture){0};
    f->failures = (od_diagnostics){.arena = &f->arena, .language = language};
    od_source_init(&f->source, &f->arena, "a.json", text, 0);
    f->status = od_read_pandoc_json(&f->arena, &f->source, &f->failures, &f->version, &f->root,
                                    &f->meta);
    assert_int_equal(f->failures.found.count, f->status == OD_OK ? 0 : 1);
}

static void read_json(fixture *f, const char *text) {
    read_slice(f, od_slice_of(text), OD_ENGLISH);
    if (f->status != OD_OK) print_error("%s\n%s\n", text, f->failures.found.items[0].message.data);
    assert_int_equal(f->status, OD_OK);
}

static char *join(const char *a, const char *b, const char *c) {
    char *const text = malloc(strlen(a) + strlen(b) + strlen(c) + 1);
    return strcat(strcat(strcpy(text, a), b), c);
}

static char *document(const char *blocks) {
    return join("{\"pandoc-api-version\":[1,23,1],\"meta\":{},\"blocks\":[", blocks, "]}");
}

static void assert_bytes(od_buf *buf, const char *expected) {
    od_buf_byte(buf, '\0');
    assert_string_equal(buf->data, expected);
    od_buf_free(buf);
}

// Asserts that the document `text` is written as `expected`.
static void assert_written(const char *text, const od_pandoc_api *version, const char *expected) {
    fixture f;
    read_json(&f, text);
    od_buf out = {0};
    od_write_pandoc_json(f.root, f.meta, version ? version : &f.version, &out);
    assert_bytes(&out, expected);
    od_arena_free(&f.arena);
}

static void assert_same(const char *text) {
    assert_written(text, NULL, text);
}

static void assert_blocks(const char *blocks) {
    char *const text = document(blocks);
    assert_same(text);
    free(text);
}

static void assert_blocks_written(const char *blocks, const char *expected) {
    char *const text = document(blocks), *const wanted = document(expected);
    assert_written(text, NULL, wanted);
    free(text);
    free(wanted);
}

static void assert_inlines(const char *inlines) {
    char *const block = join("{\"t\":\"Para\",\"c\":[", inlines, "]}");
    assert_blocks(block);
    free(block);
}

#define STR(text) "{\"t\":\"Str\",\"c\":\"" text "\"}"
#define SPACE "{\"t\":\"Space\"}"
#define SOFT "{\"t\":\"SoftBreak\"}"
#define LINE "{\"t\":\"LineBreak\"}"
#define PLAIN(text) "{\"t\":\"Plain\",\"c\":[" STR(text) "]}"
#define NO_ATTR "[\"\",[],[]]"
#define ATTR "[\"i\",[\"a\",\"b\"],[[\"k\",\"v\"],[\"k\",\"\"]]]"
#define CELL(text) "[" NO_ATTR ",{\"t\":\"AlignDefault\"},1,1,[" PLAIN(text) "]]"
#define ROW(text) "[" NO_ATTR ",[" CELL(text) "]]"

// ---- every construct ---------------------------------------------------------------------------

static void test_blocks(void **state) {
    (void)state;
    static const char *const BLOCKS[] = {
        "",
        "{\"t\":\"Plain\",\"c\":[]}",
        "{\"t\":\"Para\",\"c\":[" STR("a") "]}",
        "{\"t\":\"LineBlock\",\"c\":[[],[" STR("a") "],[" SPACE "]]}",
        "{\"t\":\"CodeBlock\",\"c\":[" ATTR ",\"x\\n\\ty \\\"\\\\\"]}",
        "{\"t\":\"CodeBlock\",\"c\":[" NO_ATTR ",\"\"]}",
        "{\"t\":\"RawBlock\",\"c\":[\"latex\",\"\\\\x\"]},{\"t\":\"RawBlock\",\"c\":[\"\",\"\"]}",
        "{\"t\":\"BlockQuote\",\"c\":[{\"t\":\"BlockQuote\",\"c\":[]}," PLAIN("a") "]}",
        "{\"t\":\"OrderedList\",\"c\":[[3,{\"t\":\"LowerRoman\"},{\"t\":\"TwoParens\"}],[[" PLAIN("a") "],[]]]}",
        "{\"t\":\"OrderedList\",\"c\":[[-3,{\"t\":\"Example\"},{\"t\":\"OneParen\"}],[]]}",
        "{\"t\":\"BulletList\",\"c\":[[" PLAIN("a") "," PLAIN("b") "],[" PLAIN("c") "]]}",
        "{\"t\":\"DefinitionList\",\"c\":[[[" STR("t") "],[[" PLAIN("d") "],[]]],[[],[]]]}",
        "{\"t\":\"Header\",\"c\":[2," ATTR ",[" STR("h") "]]}",
        "{\"t\":\"HorizontalRule\"},{\"t\":\"HorizontalRule\"}",
        "{\"t\":\"Div\",\"c\":[" ATTR ",[" PLAIN("a") "]]}",
        "{\"t\":\"Figure\",\"c\":[" ATTR ",[[" STR("s") "],[" PLAIN("c") "]],[" PLAIN("b") "]]}",
        "{\"t\":\"Figure\",\"c\":[" NO_ATTR ",[null,[]],[]]}",
    };
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++) assert_blocks(BLOCKS[i]);
}

static void test_tables(void **state) {
    (void)state;
    assert_blocks("{\"t\":\"Table\",\"c\":[" NO_ATTR ",[null,[]],[],[" NO_ATTR ",[]],[],[" NO_ATTR ",[]]]}");
    // A short caption of nothing is not the same as none.
    assert_blocks("{\"t\":\"Table\",\"c\":[" ATTR ",[[],[]],"
                  "[[{\"t\":\"AlignLeft\"},{\"t\":\"ColWidth\",\"c\":5.0e-2}],"
                  "[{\"t\":\"AlignCenter\"},{\"t\":\"ColWidthDefault\"}],"
                  "[{\"t\":\"AlignRight\"},{\"t\":\"ColWidth\",\"c\":0.5555555555555556}]],"
                  "[" ATTR ",[" ROW("h") "]],"
                  "[[" ATTR ",1,[" ROW("a") "," ROW("b") "],[" ROW("c") "]],"
                  "[" NO_ATTR ",0,[],[]],[" NO_ATTR ",0,[" ROW("d") "],[]]],"
                  "[" ATTR ",[" ROW("f") "]]]}");
    assert_blocks("{\"t\":\"Table\",\"c\":[" NO_ATTR ",[[" STR("s") "],[" PLAIN("c") "]],[],"
                  "[" NO_ATTR ",[[" ATTR ",[[" ATTR ",{\"t\":\"AlignRight\"},2,3,[]]]]]],[],"
                  "[" NO_ATTR ",[]]]}");
    // A table in the head row of a table.
    assert_blocks("{\"t\":\"Table\",\"c\":[" NO_ATTR ",[null,[]],[],[" NO_ATTR ",[]],"
                  "[[" NO_ATTR ",0,[[" NO_ATTR ",[[" NO_ATTR ",{\"t\":\"AlignDefault\"},1,1,["
                  "{\"t\":\"Table\",\"c\":[" NO_ATTR ",[null,[]],[],[" NO_ATTR ",[]],"
                  "[[" NO_ATTR ",0,[" ROW("a") "],[" ROW("b") "]]],[" NO_ATTR ",[]]]}"
                  "]]]]],[" ROW("c") "]]],[" NO_ATTR ",[]]]}");
}

static void test_inlines(void **state) {
    (void)state;
    static const char *const INLINES[] = {
        "{\"t\":\"Emph\",\"c\":[{\"t\":\"Strong\",\"c\":[{\"t\":\"Strikeout\",\"c\":[" STR("a") "]}]}]}",
        "{\"t\":\"Underline\",\"c\":[]},{\"t\":\"Superscript\",\"c\":[" STR("2") "]}",
        "{\"t\":\"Subscript\",\"c\":[" STR("2") "]},{\"t\":\"SmallCaps\",\"c\":[" STR("a") "]}",
        "{\"t\":\"Quoted\",\"c\":[{\"t\":\"SingleQuote\"},[" STR("a") "]]}",
        "{\"t\":\"Quoted\",\"c\":[{\"t\":\"DoubleQuote\"},[]]}",
        "{\"t\":\"Code\",\"c\":[" ATTR ",\" x \"]},{\"t\":\"Code\",\"c\":[" NO_ATTR ",\"\"]}",
        "{\"t\":\"Math\",\"c\":[{\"t\":\"InlineMath\"},\"x\"]},{\"t\":\"Math\",\"c\":[{\"t\":\"DisplayMath\"},\"\"]}",
        "{\"t\":\"RawInline\",\"c\":[\"html\",\"<b>\"]},{\"t\":\"RawInline\",\"c\":[\"tex\",\"\"]}",
        "{\"t\":\"Link\",\"c\":[" ATTR ",[" STR("a") "],[\"u\",\"t\"]]}",
        "{\"t\":\"Image\",\"c\":[" NO_ATTR ",[],[\"\",\"\"]]}",
        "{\"t\":\"Note\",\"c\":[" PLAIN("a") ",{\"t\":\"HorizontalRule\"}]},{\"t\":\"Note\",\"c\":[]}",
        "{\"t\":\"Span\",\"c\":[" ATTR ",[" STR("a") "," SPACE "]]}",
        "{\"t\":\"Cite\",\"c\":[[],[]]}",
        "{\"t\":\"Cite\",\"c\":[[{\"citationId\":\"a\",\"citationPrefix\":[" STR("p") "],"
        "\"citationSuffix\":[],\"citationMode\":{\"t\":\"AuthorInText\"},\"citationNoteNum\":-1,"
        "\"citationHash\":9007199254740993},{\"citationId\":\"\",\"citationPrefix\":[],"
        "\"citationSuffix\":[" SPACE "],\"citationMode\":{\"t\":\"SuppressAuthor\"},"
        "\"citationNoteNum\":2,\"citationHash\":0}],[" STR("[@a]") "]]}",
    };
    for (size_t i = 0; i < sizeof INLINES / sizeof *INLINES; i++) assert_inlines(INLINES[i]);
}

static void test_metadata(void **state) {
    (void)state;
    assert_same("{\"pandoc-api-version\":[1,22,2,1],\"meta\":{"
                "\"\":{\"t\":\"MetaString\",\"c\":\"\"},"
                "\"a b\":{\"t\":\"MetaBool\",\"c\":true},"
                "\"b\":{\"t\":\"MetaBool\",\"c\":false},"
                "\"i\":{\"t\":\"MetaInlines\",\"c\":[" STR("a") "," SPACE "," STR("b") "]},"
                "\"l\":{\"t\":\"MetaList\",\"c\":[{\"t\":\"MetaList\",\"c\":[]},{\"t\":\"MetaString\",\"c\":\"x\"}]},"
                "\"m\":{\"t\":\"MetaMap\",\"c\":{\"x\":{\"t\":\"MetaMap\",\"c\":{}},\"y\":{\"t\":\"MetaBool\",\"c\":true}}},"
                "\"中\":{\"t\":\"MetaBlocks\",\"c\":[" PLAIN("a") "]}},\"blocks\":[]}");
    // Keys come out sorted.
    assert_written("{\"blocks\":[],\"meta\":{\"b\":{\"t\":\"MetaMap\",\"c\":{\"z\":{\"t\":\"MetaBool\",\"c\":true},"
                   "\"y\":{\"t\":\"MetaBool\",\"c\":false}}},\"a\":{\"t\":\"MetaString\",\"c\":\"x\"}},"
                   "\"pandoc-api-version\":[1,23]}",
                   NULL,
                   "{\"pandoc-api-version\":[1,23],\"meta\":{\"a\":{\"t\":\"MetaString\",\"c\":\"x\"},"
                   "\"b\":{\"t\":\"MetaMap\",\"c\":{\"y\":{\"t\":\"MetaBool\",\"c\":false},"
                   "\"z\":{\"t\":\"MetaBool\",\"c\":true}}}},\"blocks\":[]}");
}

// ---- text --------------------------------------------------------------------------------------

// The nodes of the only block, runs in `[…]`, verbatim ones in `<…>`, spaces by their names.
static void assert_nodes(const char *inlines, const char *expected) {
    char *const block = join("{\"t\":\"Plain\",\"c\":[", inlines, "]}");
    char *const text = document(block);
    fixture f;
    read_json(&f, text);
    od_buf out = {0};
    for (const od_node *n = f.root->first->first; n; n = n->next) {
        const bool verbatim = n->flags & OD_VERBATIM;
        assert_true(n->span.start == SIZE_MAX);
        if (n->type == OD_TEXT) {
            od_buf_byte(&out, verbatim ? '<' : '[');
            od_buf_add(&out, n->leaf.text);
            od_buf_byte(&out, verbatim ? '>' : ']');
        } else {
            od_buf_text(&out, od_node_type_name(n->type));
            assert_true(verbatim || n->type == OD_EMPH);
        }
    }
    assert_bytes(&out, expected);
    od_arena_free(&f.arena);
    free(text);
    free(block);
    assert_inlines(inlines); // and the words come out as they were
}

static void test_runs(void **state) {
    (void)state;
    assert_nodes("", "");
    assert_nodes(STR("one"), "[one]");
    assert_nodes(STR("a") "," SPACE "," STR("b") "," SOFT "," STR("中文。"), "[a b\n中文。]");
    assert_nodes(SPACE, "[ ]");
    assert_nodes(SPACE "," STR("a") "," SPACE, "[ a ]");
    assert_nodes(STR("a") "," SPACE "," SPACE "," STR("b"), "[a ]Space[b]");
    assert_nodes(SOFT "," SPACE "," SOFT, "[\n]Space[\n]");
    assert_nodes(STR("a") "," STR("b") "," STR("c"), "[a]<b>[c]");
    assert_nodes(STR("a b") "," STR("c"), "<a b>[c]");
    assert_nodes(STR("") "," SPACE "," STR(""), "<>[ ]<>");
    assert_nodes(STR("a\\tb") "," STR("\\n") "," STR("\xC2\xA0"), "<a\tb><\n>[\xC2\xA0]");
    assert_nodes(STR("a") "," LINE "," STR("b") "," SPACE "," LINE "," LINE,
                 "[a]LineBreak[b ]LineBreakLineBreak");
    assert_nodes(STR("a") ",{\"t\":\"Emph\",\"c\":[" STR("b") "," SPACE "]}," STR("c"),
                 "[a]Emph[c]");
}

static void test_escapes(void **state) {
    (void)state;
    // As pandoc writes them: control characters alone are escaped.
    assert_inlines(STR("\\\"\\\\\\n\\r\\t\\u0000\\u0001\\u001f/\x7F<>é\xF0\x9F\x98\x80"));
    assert_blocks_written("{\"t\":\"Plain\",\"c\":[{\"t\":\"\\u0053tr\",\"\\u0063\":\"\\/\\b\\f\\u00e9\\ud83d\\ude00\\u005C\"}]}",
                          "{\"t\":\"Plain\",\"c\":[" STR("/\\u0008\\u000c\xC3\xA9\xF0\x9F\x98\x80\\\\") "]}");
}

static void test_liberal(void **state) {
    (void)state;
    // Space as no pandoc writes it, keys in any order, what is not known, older spellings of Space.
    assert_blocks_written(
        " { \"x\" : [ 1 , { \"t\" : null } ] , \"c\" :\n[ { \"c\" : [ {\"c\":\"a\",\"t\":\"Str\"} ] , "
        "\"z\":1.5e3, \"t\" : \"Emph\" }, {\"c\":[],\"t\":\"Space\"}, {\"t\":\"Space\",\"c\":[{}]} ],"
        "\"t\":\"Plain\" } ",
        "{\"t\":\"Plain\",\"c\":[{\"t\":\"Emph\",\"c\":[" STR("a") "]}," SPACE "," SPACE "]}");
    assert_blocks_written("{\"t\":\"Header\",\"c\":[2.0," NO_ATTR ",[]]},{\"c\":[1e1," NO_ATTR ",[]],\"t\":\"Header\"}",
                          "{\"t\":\"Header\",\"c\":[2," NO_ATTR ",[]]},{\"t\":\"Header\",\"c\":[10," NO_ATTR ",[]]}");
    assert_blocks_written(
        "{\"t\":\"Plain\",\"c\":[{\"t\":\"Cite\",\"c\":[[{\"citationHash\":1,\"citationSuffix\":[" STR("s") "],"
        "\"citationMode\":{\"t\":\"NormalCitation\"},\"citationPrefix\":[" STR("p") "],\"x\":{},"
        "\"citationNoteNum\":0,\"citationId\":\"a\"}],[]]}]}",
        "{\"t\":\"Plain\",\"c\":[{\"t\":\"Cite\",\"c\":[[{\"citationId\":\"a\",\"citationPrefix\":[" STR("p") "],"
        "\"citationSuffix\":[" STR("s") "],\"citationMode\":{\"t\":\"NormalCitation\"},"
        "\"citationNoteNum\":0,\"citationHash\":1}],[]]}]}");
    // The Null of 1.22 is no block; a byte order mark is no character.
    assert_written("\xEF\xBB\xBF{\"pandoc-api-version\":[1,22,2],\"meta\":{},\"blocks\":[{\"t\":\"Null\"},"
                   "{\"t\":\"HorizontalRule\"},{\"t\":\"Null\",\"c\":[]}]}\n",
                   NULL,
                   "{\"pandoc-api-version\":[1,22,2],\"meta\":{},\"blocks\":[{\"t\":\"HorizontalRule\"}]}");
}

// ---- refusals ----------------------------------------------------------------------------------

typedef struct refusal {
    const char *text;   // with `@` before the byte that is wrong
    const char *path;   // and what is said of it
    const char *en;
} refusal;

// Reads `marked` without its `@` and returns where that stood.
static size_t read_marked(fixture *f, const char *marked, od_language language, char **text) {
    *text = strdup(marked);
    char *const mark = strchr(*text, '@');
    assert_non_null(mark);
    memmove(mark, mark + 1, strlen(mark));
    read_slice(f, od_slice_of(*text), language);
    assert_int_equal(f->status, OD_INVALID);
    return (size_t)(mark - *text);
}

static void check_refusal(const refusal *r) {
    fixture f;
    char *text, wanted[400];
    const size_t at = read_marked(&f, r->text, OD_ENGLISH, &text);
    const od_diagnostic *const failure = &f.failures.found.items[0];
    snprintf(wanted, sizeof wanted, "byte %zu, %s: %s", at, r->path, r->en);
    assert_string_equal(failure->message.data, wanted);
    assert_int_equal(failure->span.start, at);
    assert_true(failure->span.end <= strlen(text));
    od_arena_free(&f.arena);
    free(text);
    read_marked(&f, r->text, OD_CHINESE, &text);
    assert_non_null(strstr(f.failures.found.items[0].message.data, "字节，"));
    od_arena_free(&f.arena);
    free(text);
}

#define HEAD "{\"pandoc-api-version\":[1,23,1],\"meta\":{},\"blocks\":"

static void test_refusals(void **state) {
    (void)state;
    static const refusal CASES[] = {
        {"@[]", "$", "expected a document {\"pandoc-api-version\", \"meta\", \"blocks\"}, found an array"},
        {"@3", "$", "expected a document {\"pandoc-api-version\", \"meta\", \"blocks\"}, found a number"},
        {"{@}", "$", "“pandoc-api-version” is missing in a document {\"pandoc-api-version\", \"meta\", \"blocks\"}"},
        {"{\"pandoc-api-version\":[1,23],\"meta\":{}@}", "$",
         "“blocks” is missing in a document {\"pandoc-api-version\", \"meta\", \"blocks\"}"},
        {"{\"pandoc-api-version\":[1,20@],\"meta\":{},\"blocks\":[]}", "pandoc-api-version",
         "this version of pandoc's document types is not known: only 1.22 (pandoc 2.11 to 2.19) and "
         "1.23 (pandoc 3) are"},
        {"{\"pandoc-api-version\":[1@]}", "pandoc-api-version",
         "this version of pandoc's document types is not known: only 1.22 (pandoc 2.11 to 2.19) and "
         "1.23 (pandoc 3) are"},
        {"{\"pandoc-api-version\":[1,23,1,1,1,1,1,1,@1]}", "pandoc-api-version[8]",
         "a version has at most 8 numbers"},
        {"{\"pandoc-api-version\":[1,@-23]}", "pandoc-api-version[1]",
         "“-23” cannot be a version number: only whole numbers of a certain size can"},
        {HEAD "[],@\"blocks\":[]}", "blocks", "the key “blocks” is given twice"},
        {HEAD "@null}", "blocks", "expected a list of blocks, found null"},
        {HEAD "[{\"t\":@\"Foo\",\"c\":[]}]}", "blocks[0].t", "unknown type “Foo”: expected a block"},
        {HEAD "[{\"t\":@\"Null\"}]}", "blocks[0].t", "unknown type “Null”: expected a block"},
        {HEAD "[{\"t\":@\"Str\",\"c\":\"a\"}]}", "blocks[0].t", "unknown type “Str”: expected a block"},
        {HEAD "[{\"c\":[],\"t\":\"Para\"},{@\"c\":[],\"t\":\"X\"}]}", "blocks[1].t",
         "unknown type “X”: expected a block"},
        {HEAD "[{@\"c\":[]}]}", "blocks[0].c", "“t” is missing in a block"},
        {HEAD "[{@}]}", "blocks[0]", "“t” is missing in a block"},
        {HEAD "[{\"t\":\"Para\"@}]}", "blocks[0]", "“c” is missing in Para"},
        {HEAD "[{\"t\":@5}]}", "blocks[0].t", "expected the name of a constructor, found a number"},
        {HEAD "[{\"t\":\"Para\",\"c\":[" STR("a") "," SPACE ",{\"t\":@\"Sp\"}]}]}", "blocks[0].c[2].t",
         "unknown type “Sp”: expected an inline"},
        {HEAD "[{\"t\":\"Para\",\"c\":[{\"t\":\"Str\",\"c\":@1}]}]}", "blocks[0].c[0].c",
         "expected a string, found a number"},
        {HEAD "[{\"t\":\"Para\",@\"t\":\"Plain\",\"c\":[]}]}", "blocks[0].t", "the key “t” is given twice"},
        {HEAD "[{\"t\":\"Header\",\"c\":[1," NO_ATTR "@]}]}", "blocks[0].c",
         "2 items are too few: expected [level, attributes, inlines]"},
        {HEAD "[{\"t\":\"Header\",\"c\":[1," NO_ATTR ",[],@3]}]}", "blocks[0].c[3]",
         "one item too many: expected [level, attributes, inlines]"},
        {HEAD "[{\"t\":\"Header\",\"c\":[@1.5," NO_ATTR ",[]]}]}", "blocks[0].c[0]",
         "“1.5” cannot be a level: only whole numbers of a certain size can"},
        {HEAD "[{\"t\":\"Header\",\"c\":[@99999999999," NO_ATTR ",[]]}]}", "blocks[0].c[0]",
         "“99999999999” cannot be a level: only whole numbers of a certain size can"},
        {HEAD "[{\"t\":\"Div\",\"c\":[[\"\",[@[]],[]],[]]}]}", "blocks[0].c[0][1][0]",
         "expected a string, found an array"},
        {HEAD "[{\"t\":\"Div\",\"c\":[[\"\",[],@{}],[]]}]}", "blocks[0].c[0][2]",
         "expected a list of [key, value], found an object"},
        {HEAD "[{\"t\":\"OrderedList\",\"c\":[[1,{\"t\":@\"Roman\"},{\"t\":\"Period\"}],[]]}]}",
         "blocks[0].c[0][1].t", "unknown type “Roman”: expected a list style"},
        {HEAD "[{\"t\":\"RawBlock\",\"c\":[@\"a\\u0000b\",\"\"]}]}", "blocks[0].c[0]",
         "the name of the format holds a NUL character"},
        {HEAD "[{\"t\":\"Plain\",\"c\":[{\"t\":\"Cite\",\"c\":[[{\"citationId\":\"a\"@}],[]]}]}]}",
         "blocks[0].c[0].c[0][0]", "“citationPrefix” is missing in a citation"},
        {"{\"pandoc-api-version\":[1,23],\"meta\":{\"a\":{\"t\":\"MetaMap\",\"c\":{\"b\":@true}}}}",
         "meta.a.c.b", "expected a metadata value, found true"},
        {"{\"pandoc-api-version\":[1,23],\"meta\":{\"b\":{\"t\":\"MetaBool\",\"c\":true},"
         "\"a\":{\"t\":\"MetaBool\",\"c\":true},\"b\":{\"t\":\"MetaBool\",\"c\":true}@}}",
         "meta", "the key “b” is given twice"},
        {"{\"pandoc-api-version\":[1,23],\"meta\":{\"a\":{\"t\":\"MetaBool\",\"c\":@\"true\"}}}",
         "meta.a.c", "expected true or false, found a string"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) check_refusal(&CASES[i]);
}

static void test_not_json(void **state) {
    (void)state;
    static const struct {
        const char *text; // with `@` as above
        const char *part;
    } CASES[] = {
        {"@", "ends too early"},
        {HEAD "[@", "ends too early"},
        {HEAD "[{\"t\":\"Para\",\"c\":[" STR("a") ",@]}]}", "delete a comma"},
        {HEAD "[{\"t\":\"Para\",\"c\":[" STR("a@\nb") "]}]}", "line break"},
        {HEAD "[{\"t\":\"Para\",\"c\":[" STR("a") " @" STR("b") "]}]}", "“,” is missing"},
        {HEAD "[]}@}", "goes on"},
        {HEAD "[{\"t\":\"Plain\",\"c\":[" STR("@\xFF") "]}]}", ": not UTF-8"},
        {HEAD "[{\"t\":\"Plain\",\"c\":[" STR("@\\ud800") "]}]}", "half a character"},
        // Where content stands before its tag, the rest of the text is looked at first.
        {HEAD "[{\"c\":[" STR("a") "],\"t\":\"Para\"},{@]}", "in double quotes"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        fixture f;
        char *text;
        const size_t at = read_marked(&f, CASES[i].text, OD_ENGLISH, &text);
        assert_non_null(strstr(f.failures.found.items[0].message.data, CASES[i].part));
        assert_int_equal(f.failures.found.items[0].span.start, at);
        od_arena_free(&f.arena);
        free(text);
    }
}

// ---- depth -------------------------------------------------------------------------------------

static void repeat(od_buf *buf, const char *text, size_t count) {
    for (size_t i = 0; i < count; i++) od_buf_text(buf, text);
}

// A document of `count` quotes in each other, tags before or behind their content.
static void nest(od_buf *buf, size_t count, bool tags_first) {
    od_buf_text(buf, HEAD "[");
    repeat(buf, tags_first ? "{\"t\":\"BlockQuote\",\"c\":[" : "{\"c\":[", count);
    repeat(buf, tags_first ? "]}" : "],\"t\":\"BlockQuote\"}", count);
    od_buf_text(buf, "]}");
}

static void test_depth(void **state) {
    (void)state;
    // The document and its blocks are two levels, a quote two more.
    const size_t most = (od_limit_value(AST_DEPTH) - 2) / 2;
    for (int tags_first = 0; tags_first < 2; tags_first++) {
        fixture f;
        od_buf in = {0}, out = {0}, expected = {0}, native = {0};
        nest(&in, most, tags_first);
        nest(&expected, most, true);
        read_slice(&f, od_buf_slice(&in), OD_ENGLISH);
        assert_int_equal(f.status, OD_OK);
        od_write_pandoc_json(f.root, f.meta, &f.version, &out);
        assert_true(od_slice_equal(od_buf_slice(&out), od_buf_slice(&expected)));
        od_write_native(f.root, &(od_writer_options){0}, &native);
        assert_true(native.size > most * 10);
        od_buf_free(&native);
        od_arena_free(&f.arena);
        in.size = 0;
        nest(&in, 1000000, tags_first);
        const clock_t start = clock();
        read_slice(&f, od_buf_slice(&in), OD_ENGLISH);
        assert_int_equal(f.status, OD_LIMIT);
        assert_non_null(strstr(f.failures.found.items[0].message.data, "limit: document nesting"));
        assert_true(f.failures.found.items[0].message.size < 1000); // the path is cut
        assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
        od_arena_free(&f.arena);
        od_buf_free(&in);
        od_buf_free(&out);
        od_buf_free(&expected);
    }
}

// Every beginning of a document, and one with each byte changed, is read or refused without a fault.
static void test_mangled(void **state) {
    (void)state;
    static const char TEXT[] =
        "{\"meta\":{\"k\":{\"c\":[{\"c\":true,\"t\":\"MetaBool\"}],\"t\":\"MetaList\"}},"
        "\"pandoc-api-version\":[1,23,1],\"blocks\":["
        "{\"t\":\"Para\",\"c\":[" STR("a") "," SPACE "," SPACE "," STR("\\u4e2d b") "," SOFT ",{\"t\":\"Link\",\"c\":["
        ATTR ",[" STR("x") "],[\"u\",\"\"]]}]},"
        "{\"t\":\"Table\",\"c\":[" NO_ATTR ",[null,[]],[[{\"t\":\"AlignLeft\"},{\"t\":\"ColWidth\",\"c\":0.5}]],["
        NO_ATTR ",[" ROW("h") "]],[[" NO_ATTR ",0,[],[" ROW("c") "]]],[" NO_ATTR ",[]]]}]}";
    static const char BYTES[] = "\0 []{},:\"\\ct1-\xE4\xFF";
    const size_t size = sizeof TEXT - 1;
    for (size_t i = 0; i < size; i++) {
        fixture f;
        // From the heap, so that a read past the end is seen.
        char *const part = malloc(i ? i : 1);
        memcpy(part, TEXT, i);
        read_slice(&f, (od_slice){part, i}, OD_CHINESE);
        assert_int_not_equal(f.status, OD_OK);
        od_arena_free(&f.arena);
        free(part);
    }
    char *const copy = malloc(size);
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j < sizeof BYTES - 1; j++) {
            fixture f;
            memcpy(copy, TEXT, size);
            copy[i] = BYTES[j];
            read_slice(&f, (od_slice){copy, size}, OD_ENGLISH);
            od_buf out = {0};
            if (f.status == OD_OK) od_write_pandoc_json(f.root, f.meta, &f.version, &out);
            od_buf_free(&out);
            od_arena_free(&f.arena);
        }
    free(copy);
}

// ---- version 1.22 ------------------------------------------------------------------------------

#define IMAGE(attr, alt, title) "{\"t\":\"Image\",\"c\":[" attr ",[" alt "],[\"u\",\"" title "\"]]}"
#define FIGURE(attr, caption, blocks) \
    "{\"t\":\"Figure\",\"c\":[" attr "," caption ",[" blocks "]]}"
#define IN_PLAIN(inlines) "{\"t\":\"Plain\",\"c\":[" inlines "]}"

static void assert_old(const char *blocks, const char *expected) {
    static const od_pandoc_api OLD = {.numbers = {1, 22, 2, 1}, .count = 4};
    char *const text = document(blocks);
    char *const wanted = join("{\"pandoc-api-version\":[1,22,2,1],\"meta\":{},\"blocks\":[", expected, "]}");
    assert_written(text, &OLD, wanted);
    free(text);
    free(wanted);
}

static void test_old_figures(void **state) {
    (void)state;
    // No more than an image with its caption.
    assert_old(FIGURE("[\"f\",[],[]]", "[null,[" IN_PLAIN(STR("a") "," SPACE "," STR("b")) "]]",
                      IN_PLAIN(IMAGE("[\"\",[\"c\"],[[\"k\",\"v\"]]]", STR("a") "," SPACE "," STR("b"), "t"))),
               "{\"t\":\"Para\",\"c\":[" IMAGE("[\"f\",[\"c\"],[[\"k\",\"v\"]]]",
                                               STR("a") "," SPACE "," STR("b"), "fig:t") "]}");
    // Without an alternative text of its own, without a caption.
    assert_old(FIGURE(NO_ATTR, "[null,[{\"t\":\"Para\",\"c\":[{\"t\":\"Emph\",\"c\":[" STR("a") "]}]}]]",
                      IN_PLAIN(IMAGE(NO_ATTR, "", ""))),
               "{\"t\":\"Para\",\"c\":[" IMAGE(NO_ATTR, "{\"t\":\"Emph\",\"c\":[" STR("a") "]}", "fig:") "]}");
    assert_old(FIGURE(NO_ATTR, "[null,[]]", IN_PLAIN(IMAGE(NO_ATTR, "", ""))),
               "{\"t\":\"Para\",\"c\":[" IMAGE(NO_ATTR, "", "fig:") "]}");
    // More than that.
    assert_old(FIGURE("[\"f\",[\"x\"],[]]", "[[" STR("s") "],[" PLAIN("a") "]]", PLAIN("b") "," PLAIN("c")),
               "{\"t\":\"Div\",\"c\":[[\"f\",[\"figure\",\"x\"],[]],[" PLAIN("b") "," PLAIN("c") ","
               "{\"t\":\"Div\",\"c\":[[\"\",[\"caption\"],[]],[" PLAIN("a") "]]}]]}");
    assert_old(FIGURE(NO_ATTR, "[null,[" PLAIN("a") "]]", IN_PLAIN(IMAGE(NO_ATTR, STR("b"), ""))),
               "{\"t\":\"Div\",\"c\":[[\"\",[\"figure\"],[]],[" IN_PLAIN(IMAGE(NO_ATTR, STR("b"), "")) ","
               "{\"t\":\"Div\",\"c\":[[\"\",[\"caption\"],[]],[" PLAIN("a") "]]}]]}");
    assert_old(FIGURE("[\"\",[\"figure\"],[]]", "[null,[]]", ""),
               "{\"t\":\"Div\",\"c\":[[\"\",[\"figure\"],[]],[]]}");
    // A figure in the note of a caption of a figure, and what follows.
    assert_old(FIGURE(NO_ATTR, "[null,[" IN_PLAIN("{\"t\":\"Note\",\"c\":[" FIGURE(
                          NO_ATTR, "[null,[]]", IN_PLAIN(IMAGE(NO_ATTR, "", ""))) "]}") "]]",
                      IN_PLAIN(IMAGE(NO_ATTR, "", ""))) "," PLAIN("z"),
               "{\"t\":\"Para\",\"c\":[" IMAGE(NO_ATTR, "{\"t\":\"Note\",\"c\":[{\"t\":\"Para\",\"c\":["
               IMAGE(NO_ATTR, "", "fig:") "]}]}", "fig:") "]}," PLAIN("z"));
}

// ---- what filters make -------------------------------------------------------------------------

static od_node *node(od_arena *arena, od_node *parent, od_node_type type) {
    od_node *const made = od_node_new(arena, type, OD_NO_SPAN);
    if (parent) od_node_append(parent, made);
    return made;
}

// Parts that pandoc's types have are written though the tree lacks them.
static void test_missing_parts(void **state) {
    (void)state;
    static const od_table TABLE;
    static const od_citation CITATION = {.id = {"a", 1}};
    od_arena arena = {0};
    od_node *const root = node(&arena, NULL, OD_ROOT);
    node(&arena, root, OD_TABLE)->table = &TABLE;
    od_node *const cite = node(&arena, node(&arena, root, OD_PLAIN), OD_CITE);
    od_node *const citation = node(&arena, cite, OD_CITATION);
    citation->citation = &CITATION;
    node(&arena, node(&arena, citation, OD_SUFFIX), OD_SPACE);
    node(&arena, cite, OD_TEXT)->leaf.text = OD_SLICE("x\xFFy");
    node(&arena, root, OD_FIGURE);
    od_buf out = {0};
    od_write_pandoc_json(root, NULL, NULL, &out);
    assert_bytes(&out,
                 "{\"pandoc-api-version\":[1,23,1,2],\"meta\":{},\"blocks\":["
                 "{\"t\":\"Table\",\"c\":[" NO_ATTR ",[null,[]],[],[" NO_ATTR ",[]],[],[" NO_ATTR ",[]]]},"
                 "{\"t\":\"Plain\",\"c\":[{\"t\":\"Cite\",\"c\":[[{\"citationId\":\"a\",\"citationPrefix\":[],"
                 "\"citationSuffix\":[" SPACE "],\"citationMode\":{\"t\":\"NormalCitation\"},"
                 "\"citationNoteNum\":0,\"citationHash\":0}],[" STR("x\xEF\xBF\xBDy") "]]}]},"
                 "{\"t\":\"Figure\",\"c\":[" NO_ATTR ",[null,[]],[]]}]}");
    od_write_pandoc_json_node(citation, &out);
    assert_bytes(&out, "{\"citationId\":\"a\",\"citationPrefix\":[],\"citationSuffix\":[" SPACE "],"
                       "\"citationMode\":{\"t\":\"NormalCitation\"},\"citationNoteNum\":0,\"citationHash\":0}");
    od_write_pandoc_json_node(root->last, &out);
    assert_bytes(&out, "{\"t\":\"Figure\",\"c\":[" NO_ATTR ",[null,[]],[]]}");
    od_arena_free(&arena);
}

// ---- native ------------------------------------------------------------------------------------

static void assert_native(const char *blocks, size_t columns, const char *expected) {
    char *const text = document(blocks);
    fixture f;
    read_json(&f, text);
    od_buf out = {0};
    od_write_native(f.root, &(od_writer_options){.columns = columns}, &out);
    assert_bytes(&out, expected);
    od_arena_free(&f.arena);
    free(text);
}

// As pandoc 2.17 and 3.10 lay them out.
static void test_native(void **state) {
    (void)state;
    assert_native("", 0, "[]\n");
    assert_native("{\"t\":\"HorizontalRule\"},{\"t\":\"Para\",\"c\":[" STR("a") "," SPACE "," STR("b") "]}", 0,
                  "[ HorizontalRule , Para [ Str \"a\" , Space , Str \"b\" ] ]\n");
    assert_native("{\"t\":\"Header\",\"c\":[-1," ATTR ",[" STR("\\u0001\\u000eH\\u007f\\\"\\\\é5中\\n") "]]}", 0,
                  "[ Header\n"
                  "    (-1)\n"
                  "    ( \"i\" , [ \"a\" , \"b\" ] , [ ( \"k\" , \"v\" ) , ( \"k\" , \"\" ) ] )\n"
                  "    [ Str \"\\SOH\\SO\\&H\\DEL\\\"\\\\\\233\\&5\\20013\\n\" ]\n"
                  "]\n");
    assert_native("{\"t\":\"OrderedList\",\"c\":[[-3,{\"t\":\"Decimal\"},{\"t\":\"Period\"}],[[" PLAIN("a") "],[]]]}", 40,
                  "[ OrderedList\n"
                  "    ( -3 , Decimal , Period )\n"
                  "    [ [ Plain [ Str \"a\" ] ] , [] ]\n"
                  "]\n");
}

static void test_native_document(void **state) {
    (void)state;
    fixture f;
    read_json(&f, "{\"pandoc-api-version\":[1,23],\"meta\":{\"a\":{\"t\":\"MetaMap\",\"c\":{\"b\":"
                  "{\"t\":\"MetaBool\",\"c\":true}}}},\"blocks\":[]}");
    od_buf out = {0};
    od_write_native(f.root, &(od_writer_options){.standalone = true, .meta = f.meta}, &out);
    assert_bytes(&out, "Pandoc\n"
                       "  Meta\n"
                       "    { unMeta =\n"
                       "        fromList\n"
                       "          [ ( \"a\" , MetaMap (fromList [ ( \"b\" , MetaBool True ) ]) ) ]\n"
                       "    }\n"
                       "  []\n");
    od_write_native(f.root, &(od_writer_options){.standalone = true}, &out);
    assert_bytes(&out, "Pandoc Meta { unMeta = fromList [] } []\n");
    od_arena_free(&f.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),      cmocka_unit_test(test_tables),
        cmocka_unit_test(test_inlines),     cmocka_unit_test(test_metadata),
        cmocka_unit_test(test_runs),        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_liberal),     cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_not_json),    cmocka_unit_test(test_depth),
        cmocka_unit_test(test_mangled),     cmocka_unit_test(test_old_figures),
        cmocka_unit_test(test_missing_parts), cmocka_unit_test(test_native),
        cmocka_unit_test(test_native_document),
    };
    return cmocka_run_group_tests_name("pandoc json", tests, NULL, NULL);
}
